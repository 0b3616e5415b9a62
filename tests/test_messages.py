"""What a clerk is told of a workbook that is almost right: the messages themselves, in Chinese."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.books import cell, line, returned
from tests.studies import Outcome, process_book
from workbook_engine.grid import Cell, MemorySheet
from workbook_engine.model import Stage

MAKE = Stage.PRODUCTION.value
TITLE = "产品生产"


def said(done: Outcome, code: str) -> list[str]:
    return [finding.message("zh") for finding in done.findings if finding.code == code]


def codes(done: Outcome) -> list[str]:
    return [finding.code for finding in done.findings]


def test_a_row_without_a_name_is_called_by_its_number() -> None:
    done = process_book(returned({MAKE: [line(), {"amount": 100}]}))
    (message,) = said(done, "flow-missing")
    number = message.partition("!D")[2].partition(":")[0]
    assert f"“第 {number} 行”没有填写是哪种能源或材料" in message


def test_a_unit_that_is_wrong_raises_no_question_of_size() -> None:
    """1,000 kWh typed as 1 tce: no household is compared with it."""
    plant = {"plants": [{"name": "甲厂"}], "plant_products": [{"plant": "甲厂", "product": "分支箱", "output": 1000}]}
    row = line(amount=16.5, unit="tce", basis="全厂全年合计", plant="甲厂")
    done = process_book(returned({MAKE: [row], **plant}))
    assert "unit-mismatch" in codes(done)
    assert "magnitude-year-small" not in codes(done)
    smaller = line(amount=16.5, unit="kWh", basis="全厂全年合计", plant="甲厂")
    assert "magnitude-year-small" in codes(process_book(returned({MAKE: [smaller], **plant})))


@pytest.mark.parametrize(("value", "shown"), [(3000.0, "“3000”"), (0.5, "“0.5”"), ("另见", "“另见”")])
def test_a_cell_that_nobody_read_is_shown_as_it_was_typed(value: float | str, shown: str) -> None:
    book = returned({MAKE: [line()]})
    sheets = []
    for sheet in book.sheets:
        rows = {row: dict(cells) for row, cells in sheet.rows()}
        if sheet.name == TITLE:
            rows[max(rows) + 3] = {90: cell(value)}
        sheets.append(MemorySheet(sheet.name, rows))
    (message,) = said(process_book(replace(book, sheets=tuple(sheets))), "content-not-read")
    assert shown in message


def test_a_ledger_of_the_companys_own_is_no_table_of_the_template() -> None:
    """Twelve months and a unit stand in any ledger."""
    heads = ["单位", *(f"{month}月" for month in range(1, 13))]
    own = MemorySheet(
        "电表台账",
        {1: dict(enumerate(map(cell, heads), 2)), 2: {2: cell("kWh"), **dict.fromkeys(range(3, 15), cell(10))}},
    )
    book = returned({MAKE: [line()]})
    done = process_book(replace(book, sheets=(*book.sheets, own)))
    assert done.is_final
    assert said(done, "sheet-not-read")
    assert "table-twice" not in codes(done)


def test_every_cell_of_a_sheet_that_nobody_read_is_counted() -> None:
    """A row that looks like a line (a number and its unit) counts with all of its cells."""
    own = MemorySheet("补充", {1: {1: cell("另有天然气"), 2: cell(5000), 3: cell("m³")}, 3: {1: Cell("text", "张三")}})
    book = returned({MAKE: [line()]})
    (message,) = said(process_book(replace(book, sheets=(*book.sheets, own))), "sheet-not-read")
    assert "其中 4 个单元格没有被读取" in message


def test_the_ends_of_a_tolerance_are_shown_without_noise() -> None:
    (message,) = said(process_book(returned({MAKE: [line(amount="145.2147±5%")]})), "number-with-tolerance")
    assert "137.953965 至 152.475435" in message


def test_a_weight_that_is_missing_beside_stated_ones_is_not_one() -> None:
    def outcome(*weights: float | None) -> Outcome:
        products = [
            {"plant": "甲厂", "product": name, "output": 1000, "weight": weight}
            for name, weight in zip(("分支箱", "环网箱"), weights, strict=False)
        ]
        plants = [{"name": "甲厂", "allocation_basis": "企业自定权重", "justification": "按工时"}]
        rows = [line(amount=50000, basis="全厂全年合计", plant="甲厂")]
        return process_book(returned({MAKE: rows, "plants": plants, "plant_products": products}))

    assert "“环网箱”没有填权重" in said(outcome(0.9, None), "weight-missing")[0]
    assert "weight-missing" not in codes(outcome(0.9, 1))
    assert "weight-missing" not in codes(outcome(None))  # the plant makes nothing else


def test_a_number_that_is_roughly_given_twice_over_is_told_once() -> None:
    assert codes(process_book(returned({MAKE: [line(amount="约13.4万度（估）")]}))).count("number-approximate") == 1
