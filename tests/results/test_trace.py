"""The trace of each example, followed both ways: the company's own cell (read by openpyxl) to the result and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from openpyxl import load_workbook

from tests.books import line, returned
from tests.studies import written
from workbook_engine.model import Appearance
from workbook_engine.pipeline import factor_library, process

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from workbook_engine.texts import Language

EXAMPLES = Path(__file__).parents[2] / "example_workbooks"
CASES = sorted(folder.parent.name for folder in EXAMPLES.glob("*/expected.json"))
PER_UNIT, PRODUCT, PLANT = "每功能单位", "本产品全年合计", "全厂全年合计"
NAMES = {
    "zh": ("溯源", "排放因子", "归一化"),
    "en": ("Trace", "Emission factors", "Normalization"),
}
TRACE = {"id": "B", "place": "F", "typed": "G", "read": "H", "conversion": "I", "activity": "J", "factor_id": "L"} | {
    "factor": "M", "emission": "N",
}  # fmt: skip


class Books(NamedTuple):
    language: Language
    returned: Workbook
    shown: Workbook  # formulas and links
    values: Workbook


@pytest.fixture(scope="module", params=[(case, language) for case in CASES for language in NAMES], ids="-".join)
def books(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Books:
    case, language = request.param
    source = next((EXAMPLES / case).glob("*.xlsx"))
    done = process(source, tmp_path_factory.mktemp(case), appearance=Appearance(language=language))
    (results,) = done.results
    return Books(
        language, load_workbook(source, data_only=True), load_workbook(results),
        load_workbook(results, data_only=True),
    )  # fmt: skip


def target(cell: Cell) -> tuple[str, str]:
    """Return the sheet and the cell that a link leads to."""
    assert cell.hyperlink is not None
    assert cell.hyperlink.location is not None
    sheet, _, place = cell.hyperlink.location.partition("!")
    return sheet.strip("'"), place


def table_row(sheet: Worksheet, row: int) -> dict[str, Any]:
    """Return what a company typed in a row, by the keys of the template's hidden row above the table."""
    head = max(r for r in range(1, row) if str(sheet.cell(r, 1).value or "").startswith("wbe:table:"))
    keys = {str(cell.value): cell.column for cell in sheet[head][1:] if cell.value}
    return {key: sheet.cell(row, column).value for key, column in keys.items()}


def table(book: Workbook, name: str) -> list[dict[str, Any]]:
    """Return the rows of a table of the returned workbook."""
    for sheet in book.worksheets:
        for (mark,) in sheet.iter_rows(max_col=1):
            if mark.value == f"wbe:table:{name}":
                rows = []
                for row in range(mark.row + 2, mark.row + 30):
                    if str(sheet.cell(row, 1).value or "").startswith("wbe:table:"):
                        break
                    found = table_row(sheet, row)
                    if next(iter(found.values())):
                        rows.append(found)
                return rows
    return []


def per_unit(book: Workbook, typed: dict[str, Any]) -> float:
    """Return what one unit of product has of the amount, worked out from the company's own cells."""
    (product,) = table(book, "products")
    amount = float(typed["amount"])
    if typed["basis"] == PER_UNIT:
        return amount
    if typed["basis"] == PRODUCT:
        return amount / float(product["output"])
    assert typed["basis"] == PLANT
    made = table(book, "plant_products")
    outputs = [float(row["output"] or product["output"]) for row in made]
    weights = [float(row["weight"] or 1) for row in made]
    own = next(weight for row, weight in zip(made, weights, strict=True) if str(product["name"]) in str(row["product"]))
    return amount * own / sum(o * w for o, w in zip(outputs, weights, strict=True))


def rows(books: Books) -> list[int]:
    sheet = books.values[NAMES[books.language][0]]
    return [row for row in range(5, sheet.max_row + 1) if sheet[f"B{row}"].value]


def test_every_data_row_of_the_company_is_traced_once(books: Books) -> None:
    trace = books.shown[NAMES[books.language][0]]
    traced = [target(trace[f"{TRACE['place']}{row}"]) for row in rows(books)]
    assert len(set(traced)) == len(traced)
    typed = [
        (sheet.title, cell.coordinate)
        for sheet in books.returned.worksheets
        for (mark,) in sheet.iter_rows(max_col=1)
        if str(mark.value or "").startswith("wbe:table:")
        for column in [next((c.column for c in sheet[mark.row] if c.value == "amount"), None)]
        if column and any(c.value == "basis" for c in sheet[mark.row])
        for cell in [sheet.cell(row, column) for row in range(mark.row + 2, sheet.max_row + 1)]
        if isinstance(cell.value, int | float)
    ]
    assert sorted(traced) == sorted(typed)


def test_each_line_says_what_the_company_typed_and_what_became_of_it(books: Books) -> None:
    name, factors, normalization = NAMES[books.language]
    trace, shown, library = books.values[name], books.shown[name], factor_library()
    for row in rows(books):
        said = {key: trace[f"{column}{row}"].value for key, column in TRACE.items()}
        sheet, place = target(shown[f"{TRACE['place']}{row}"])
        assert said["place"] == f"{sheet}!{place}"
        cell = books.returned[sheet][place]
        assert float(said["typed"]) == said["read"] == pytest.approx(float(cell.value), rel=1e-15)
        assert books.values[sheet][place].value == cell.value  # the sheet that came along holds the same
        typed = table_row(books.returned[sheet], cell.row)
        assert said["activity"] == pytest.approx(per_unit(books.returned, typed), rel=1e-12)
        assert bool(said["conversion"]) is (typed["basis"] != PER_UNIT)
        if said["conversion"]:
            assert target(shown[f"{TRACE['conversion']}{row}"])[0] == normalization
        at_factors = target(shown[f"{TRACE['factor_id']}{row}"])
        assert at_factors[0] == factors
        assert books.values[factors][at_factors[1]].value == said["factor_id"]
        factor = library.factors[said["factor_id"]]
        assert said["factor"] == pytest.approx(factor.value, rel=1e-15)
        value_cell = f"D{books.values[factors][at_factors[1]].row}"
        assert books.values[factors][value_cell].value == pytest.approx(factor.value, rel=1e-15)
        assert said["emission"] == pytest.approx(said["activity"] * factor.value, rel=1e-12)


def test_the_links_lead_both_ways(books: Books) -> None:
    name = NAMES[books.language][0]
    trace = books.shown[name]
    for row in rows(books):
        line = trace[f"B{row}"].value
        stage, place = target(trace[f"B{row}"])
        assert books.shown[stage][place].value == line
        assert target(books.shown[stage][place]) == (name, f"B{row}")
        sheet, cell = target(trace[f"{TRACE['place']}{row}"])
        back = [c for c in books.shown[sheet][books.shown[sheet][cell].row] if c.hyperlink]
        assert [target(c) for c in back] == [(name, f"B{row}")]


def test_a_tiny_number_stands_as_it_was_typed(tmp_path: Path) -> None:
    lines = [line(amount=0.000009, unit="万kWh"), line(item="指示灯", amount=0.0000125)]
    path = written(returned({"production": lines}), tmp_path / "results.xlsx")
    typed = [row[6].value for row in load_workbook(path)["溯源"].iter_rows(min_row=5)]
    assert typed[:2] == ["0.000009", "0.0000125"]
