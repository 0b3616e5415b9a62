"""docs/method.md names a test for each rule: each of them is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(test_\w+)::(test_\w+)`", PAGE)


def test_every_test_that_the_page_names_is_there() -> None:
    files = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")}
    missing = [f"{file}::{test}" for file, test in NAMED if f"def {test}(" not in files.get(file, "")]
    assert missing == []
    assert len(NAMED) > 80


def test_every_rule_is_held_by_a_test() -> None:
    rules = [
        row for row in PAGE.splitlines() if row.startswith("| ") and not row.startswith(("| ---", "| rule", "| prop"))
    ]
    assert [row for row in rules if "::" not in row and "as above" not in row] == []
    assert len(rules) > 60


def test_pages_that_it_leads_to_are_there() -> None:
    assert all((ROOT / "docs" / name).exists() for name in re.findall(r"\]\((\w+\.md)\)", PAGE))
