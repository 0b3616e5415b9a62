"""Figures that a spreadsheet made when a cell was drawn down are asked about, figures that companies have are not."""

from __future__ import annotations

import pytest

from tests.books import line, returned
from tests.studies import process_book
from workbook_engine.findings import Severity

FREIGHT = {
    "item": "运输",
    "mass": 2,
    "mass_unit": "t",
    "distance_km": 300,
    "mode": "重型柴油货车(载重18t)",
    "basis": "每功能单位",
    "data_source": "台账",
    "quality": "初级数据",
}


def told(table: str, *rows: dict[str, object]) -> list[tuple[str | None, str]]:
    done = process_book(
        returned({table: list(rows), "production": [line()]} if table != "production" else {table: rows})
    )
    codes = ("amounts-count-up", "amounts-repeated")
    return [(cell, code) for _, cell, code in done.said(Severity.WARNING) if code in codes]


def amounts(*values: object) -> list[dict[str, object]]:
    return [line(item=f"设备{number}", amount=value) for number, value in enumerate(values, 1)]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((1200, 1201, 1202), [("E7", "amounts-count-up")]),
        ((880, 1200.5, 1201.5, 1202.5, 70), [("E8", "amounts-count-up")]),
        (("120kWh", "121kWh", "122kWh"), [("E7", "amounts-count-up")]),
        ((1234.5,) * 4, [("E7", "amounts-repeated")]),
        ((1231, 1232, 1233, 1233, 1233, 1233), [("E7", "amounts-count-up"), ("E9", "amounts-repeated")]),
        ((1, 2, 3, 4), []),  # pieces
        ((100, 100, 100, 100), []),
        ((1234.5, 1234.5, 1234.5), []),  # three phases
        ((1200, 1201), []),
        ((1202, 1201, 1200), []),
        ((1200, 1202, 1204), []),
        ((1200, 1201, None, 1202, 1203), []),
    ],
)
def test_amounts(values: tuple[object, ...], expected: list[tuple[str, str]]) -> None:
    assert told("production", *amounts(*values)) == expected


def test_distances_that_count_up_are_asked_about_those_that_are_the_same_are_not() -> None:
    """What comes from one supplier comes as far."""
    rising = [FREIGHT | {"item": f"物料{n}", "mass": 2 + 3 * n, "distance_km": 312 + n} for n in range(4)]
    assert told("raw_material_transport", *rising) == [("I7", "amounts-count-up")]
    alike = [FREIGHT | {"item": f"物料{n}", "mass": 2 + 3 * n, "distance_km": 312.4} for n in range(4)]
    assert told("raw_material_transport", *alike) == []


def test_the_sentence_says_how_many_and_which() -> None:
    done = process_book(returned({"production": amounts(1200, 1201, 1202)}))
    (found,) = (each for each in done.findings if each.code == "amounts-count-up")
    where, _, words = found.message("zh").partition(" ")
    assert (where, words) == ("产品生产!E7:", "从这一格往下，3 个数逐行加 1（1200 到 1202），像是下拉填充出来的。")
