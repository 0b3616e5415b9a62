"""docs/method.md names a test for each rule: each of them is there, and so is what the other pages name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from workbook_engine import catalogue
from workbook_engine.findings import FindingType

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "least"), [("method.md", 80), ("developing.md", 10)])
def test_every_test_that_a_page_names_is_there(name: str, least: int) -> None:
    files = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")}
    named = re.findall(r"`(test_\w+)::(test_\w+)`", (ROOT / "docs" / name).read_text(encoding="utf-8"))
    assert [f"{file}::{test}" for file, test in named if f"def {test}(" not in files.get(file, "")] == []
    assert len(named) > least


@pytest.mark.parametrize(
    "page", ["README.md", "docs/reading.md", "docs/folder.md", "docs/results.md", "docs/limits.md", "docs/parts.md"]
)
def test_findings_and_files_that_a_page_names_are_there(page: str) -> None:
    codes = {kind.code for kind in vars(catalogue).values() if isinstance(kind, FindingType)}
    words = set(re.findall(r"`([^`\n]+)`", (ROOT / page).read_text(encoding="utf-8")))
    assert {word for word in words if re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", word)} <= codes
    paths = {word for word in words if re.fullmatch(r"[\w/]+\.(py|md)", word)}
    assert {
        path for path in paths if not any((ROOT / base / path).exists() for base in (".", "workbook_engine"))
    } == set()


def test_every_rule_is_held_by_a_test() -> None:
    rules = [
        row for row in PAGE.splitlines() if row.startswith("| ") and not row.startswith(("| ---", "| rule", "| prop"))
    ]
    assert [row for row in rules if "::" not in row and "as above" not in row] == []
    assert len(rules) > 60


def test_pages_that_it_leads_to_are_there() -> None:
    assert all((ROOT / "docs" / name).exists() for name in re.findall(r"\]\((\w+\.md)\)", PAGE))
