"""The package as a library: the README's lines, and each step by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

import workbook_engine as we

EXAMPLE = next((Path(__file__).parent.parent / "example_workbooks" / "T400104-14-2026").glob("*.xlsx"))


def test_the_whole_way_in_one_call(tmp_path: Path) -> None:
    study = we.process(EXAMPLE, out=tmp_path)
    assert study.status == "ok"
    assert study.footprint is not None
    assert study.footprint.products[0].cfp_kg_co2e == pytest.approx(14.2922, abs=5e-5)
    assert Path(study.results[0]).is_file()


def test_each_step_by_itself() -> None:
    read = we.read_workbook(EXAMPLE)
    assert read.submission is not None
    inventory, findings = we.build_inventory(read.submission, we.factor_library())
    footprint = we.compute_footprint(inventory)
    assert not [finding for finding in findings if finding.severity is we.Severity.ERROR]
    assert footprint.products[0].cfp_kg_co2e == pytest.approx(14.2922, abs=5e-5)


def test_every_public_name_is_there() -> None:
    for name in we.__all__:
        assert getattr(we, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        _ = we.nothing
