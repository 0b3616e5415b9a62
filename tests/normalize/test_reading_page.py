"""docs/reading.md, "Understood as typed": each row of its tables is typed, and read as the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.books import line, returned
from tests.studies import process_book
from workbook_engine.findings import Severity
from workbook_engine.grid import Cell
from workbook_engine.normalize.dates import read_date
from workbook_engine.units import convert, parse_unit

PAGE = (Path(__file__).parents[2] / "docs" / "reading.md").read_text(encoding="utf-8")
SECTION = PAGE.split("## Understood as typed")[1].split("\n## ")[0]
PRODUCTION = "产品生产"  # its first row of data is 7; amounts stand in E


def rows(heading: str) -> list[tuple[str, ...]]:
    """Return the rows of the table whose first heading is this one, without the backquotes of what is typed."""
    table = SECTION.split(f"| {heading} |")[1].split("\n\n")[0]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()[2:]]
    return [(row[0].strip("`"), *row[1:]) for row in cells]


def named(text: str) -> set[str]:
    return set(re.findall(r"`([a-z-]+)`", text))


@pytest.mark.parametrize(("typed", "read", "findings"), rows("amount typed"))
def test_amount_is_read_as_the_page_says(typed: str, read: str, findings: str) -> None:
    outcome = process_book(returned({"production": [line(amount=None if typed == "blank" else typed)]}))
    at_the_row = {f.code for f in outcome.findings if f.where and f.where.sheet == PRODUCTION and f.where.row == 7}
    assert at_the_row - {"factor-year-lag"} == named(findings)
    if read == "no row":
        assert outcome.inventory.lines == ()
        return
    plain = process_book(returned({"production": [line(amount=float(read or 1))]}))
    assert plain.cfp is not None
    assert outcome.cfp == (plain.cfp if read else None)
    assert bool(read) or any(f.severity is Severity.ERROR and f.code in named(findings) for f in outcome.findings)


@pytest.mark.parametrize(("typed", "means"), rows("unit typed"))
def test_unit_is_read_as_the_page_says(typed: str, means: str) -> None:
    number, symbol = means.split()
    unit, base = parse_unit(typed), parse_unit(symbol)
    assert unit is not None
    assert base is not None
    assert convert(1, unit, base) == pytest.approx(float(number), rel=1e-6)


@pytest.mark.parametrize(("typed", "epoch", "read", "findings"), rows("date typed"))
def test_date_is_read_as_the_page_says(typed: str, epoch: str, read: str, findings: str) -> None:
    cell = Cell("number", float(typed)) if typed.isdigit() else Cell("text", typed)
    reading = read_date(cell, date1904=epoch == "1904")
    assert str(reading.value) == read
    assert {kind.code for kind, _ in reading.notes} == named(findings)


def test_the_tables_are_found() -> None:
    assert [len(rows(name)) > least for name, least in (("amount typed", 20), ("unit typed", 15))] == [True, True]
    assert len(rows("date typed")) >= 4
