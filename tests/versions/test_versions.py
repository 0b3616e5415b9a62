"""Workbooks of earlier versions of the template are read as they were: one of each version is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbook_engine.pipeline import process
from workbook_engine.spec.collection import VERSION

KEPT = sorted(Path(__file__).parent.glob("template_*.xlsx"))


def test_the_present_version_is_not_among_them() -> None:
    assert VERSION.replace(".", "_") not in {path.stem.removeprefix("template_") for path in KEPT}
    assert KEPT


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_the_published_study_has_its_printed_total(path: Path) -> None:
    done = process(path)
    assert done.submission is not None
    assert done.submission.template_version == path.stem.removeprefix("template_").replace("_", ".")
    assert done.status == "ok"
    assert done.footprint is not None
    assert done.footprint.products[0].cfp_kg_co2e == pytest.approx(14.2922, abs=5e-5)  # report T400104-14-2026
