"""Every type of finding is raised by some test: here those that no other test names, each told at its cell."""

from __future__ import annotations

import io
import json
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import msoffcrypto.format.ooxml
import pytest
import xlsxwriter

from tests.books import PRODUCT, Answers, cell, changed, line, returned
from tests.studies import process_book
from workbook_engine import catalogue
from workbook_engine.catalogue import all_types
from workbook_engine.cli import main
from workbook_engine.findings import FindingType, Severity
from workbook_engine.grid import Area, Book, Cell, MemorySheet
from workbook_engine.intake import bind_inputs, open_workbook
from workbook_engine.intake.limits import Limits
from workbook_engine.intake.open import open_bytes
from workbook_engine.spec.collection import COLLECTION
from workbook_engine.spec.schema import MARK_FIELD

if TYPE_CHECKING:
    from collections.abc import Callable

TESTS = Path(__file__).parent
ENGINE = TESTS.parent / "workbook_engine"
CATALOGUE = ENGINE / "catalogue"
MAKE, MOVE, BASICS, PLANTS = "产品生产", "原材料运输", "基本信息", "工厂与产量"
PLANT = {"name": "甲厂", "allocation_basis": "质量", "justification": "同类产品"}
WHOLE_PLANT = line(basis="全厂全年合计", plant="甲厂")
FREIGHT = {"item": "壳体", "mass": 2, "mass_unit": "t", "distance_km": 100, "mode": "公路运输", "basis": "每功能单位"}
EXAMPLE_ROW = 7  # of production: keys in row 5, headings in 6, the first line in 7


def made(*rows: Answers, **tables: list[Answers]) -> Book:
    return returned({"production": list(rows), **tables})


def edited(book: Book, name: str, edit: Callable[[MemorySheet], MemorySheet]) -> Book:
    sheets = []
    for sheet in book.sheets:
        own = MemorySheet(sheet.name, {row: dict(cells) for row, cells in sheet.rows()})
        sheets.append(edit(own) if sheet.name == name else own)
    return replace(book, sheets=tuple(sheets))


def merged(*area: int) -> Callable[[MemorySheet], MemorySheet]:
    return lambda sheet: replace(sheet, merges=(Area(*area),))


def without_marks(sheet: MemorySheet) -> MemorySheet:
    cells = {row: {c: v for c, v in own.items() if c > 1} for row, own in sheet.cells.items() if row != 5}
    return replace(sheet, cells=cells)


def without(row: int) -> Callable[[MemorySheet], MemorySheet]:
    return lambda sheet: replace(sheet, cells={number: own for number, own in sheet.cells.items() if number != row})


def plants(*products: Answers, **changes: object) -> dict[str, list[Answers]]:
    return {"plants": [PLANT | changes], "plant_products": list(products)}


EXAMPLE = {
    field.key: field.example.zh
    for field in COLLECTION.table("production").fields
    if field.key in ("item", "flow", "amount", "unit", "basis")
}
NAMES = {"wbe_study_company": "'基本信息'!$C$5"}


def unmarked(sheet: MemorySheet) -> MemorySheet:
    """Take the mark and the label of the company's name away."""
    return replace(sheet, cells=sheet.cells | {5: {3: sheet.cells[5][3]}})


def added(name: str, row: int, cells: dict[int, object]) -> Book:
    def edit(sheet: MemorySheet) -> MemorySheet:
        own = dict(sheet.cells) | {row: {column: cell(value) for column, value in cells.items()}}
        return replace(sheet, cells=dict(sorted(own.items())))

    return edited(returned(), name, edit)


def versioned(version: str) -> Book:
    return added(BASICS, 90, {1: MARK_FIELD + "template.version", 2: version})


MADE = {"plant": "甲厂", "product": "分支箱", "output": 1000, "unit": "台", "weight": 80}
MONTHS = {f"month_{number:02}": 10 for number in range(1, 7)}
CASES: dict[str, tuple[Book, str, str | None]] = {
    "same-as-above-read": (made(line(), line(item="照明", data_source="同上")), MAKE, "I8"),
    "unit-from-heading": (changed(made(line(unit=None)), MAKE, "E6", "数量（kWh）"), MAKE, "F7"),
    "heading-unit-conflict": (changed(made(line()), MAKE, "E6", "数量（万kWh）"), MAKE, "F7"),
    "two-routes": (
        returned({"raw_material_transport": [FREIGHT | {"flow": "柴油", "amount": 1, "unit": "kg"}]}), MOVE, "E7",
    ),
    "route-incomplete": (returned({"raw_material_transport": [FREIGHT | {"mode": None}]}), MOVE, "J7"),
    "months-incomplete": (made(line(amount=None, basis="本产品全年合计", **MONTHS)), MAKE, "L7"),
    "part-of-above": (made(line(basis="本产品全年合计"), line(item="其中：照明", amount=3)), MAKE, "E8"),
    "subitems-add-up": (made(line(), line(item="- 照明")), MAKE, "E8"),
    "subitems-fit": (made(line(), line(item="- 照明", amount=3)), MAKE, "E8"),
    "period-far-off": (
        returned(fields={"study.period_start": "2052-01-01", "study.period_end": "2052-12-31"}), BASICS, "C10",
    ),
    "amounts-count-up": (made(*(line(item=f"{n}号机", amount=1200 + n) for n in range(1, 4))), MAKE, "E7"),
    "amounts-repeated": (made(*(line(item=f"{n}号机", amount=1234.5) for n in range(1, 5))), MAKE, "E7"),
    "number-format-money": (made(line(amount=Cell("number", 10.0, None, "¥"))), MAKE, "E7"),
    "heading-of-other-year": (changed(made(line()), MAKE, "E6", "数量（2023年）"), MAKE, "E6"),
    "gas-beside-coal": (
        made(
            line(item="煤气站用煤", flow="烟煤", amount=3, unit="t"),
            line(item="窑炉", flow="煤气", amount=9000, unit="m³"),
        ), MAKE, "E8",
    ),
    "products-in-one": (returned(products=[PRODUCT | {"name": "办公椅、儿童椅"}]), BASICS, None),
    "formula-circular": (made(line(amount=Cell("number", 0.0, "SUM(E6:E9)"))), MAKE, "E7"),
    "formula-of-nothing": (made(line(amount=Cell("number", 0.0, "Z90*1000"))), MAKE, "E7"),
    "sum-passes-over": (
        made(line(amount=Cell("number", 300.0, "SUM(L7:M7)"), month_01=300, month_02="1,250")),
        MAKE,
        "E7",
    ),
    "product-twice": (returned(products=[PRODUCT, PRODUCT]), BASICS, None),
    "plant-missing": (
        made(line(basis="全厂全年合计"), plants=[PLANT, PLANT | {"name": "乙厂"}], plant_products=[MADE]), MAKE, "H7",
    ),
    "plant-without-products": (made(WHOLE_PLANT, plants=[PLANT], plant_products=[]), PLANTS, None),
    "product-similar": (
        made(WHOLE_PLANT, **plants(MADE | {"product": "分支箱（户外）"})), PLANTS, None,
    ),
    "product-alike": (
        made(WHOLE_PLANT, **plants(MADE, MADE | {"product": "分支箱（户外）"})), PLANTS, None,
    ),
    "plant-makes-others": (made(WHOLE_PLANT, **plants(MADE | {"product": "变压器"})), PLANTS, None),
    "stage-taken-as-out": (returned(boundary={"use": ""}), BASICS, None),
    "hours-assumed": (returned({"use": [line(amount=12, unit="W", years=20)]}), "使用", None),
    "contract-apart": (made(line(supply="绿电合同", contract_factor=0.02, contract_no="GT-1")), MAKE, None),
    "contract-undocumented": (made(line(supply="绿电合同", contract_factor=0.02)), MAKE, None),
    "example-row": (made(line(), EXAMPLE), MAKE, "B8"),
    "column-twice": (
        changed(changed(edited(made(line()), MAKE, without_marks), MAKE, "CA6", "数量"), MAKE, "CA7", 5), MAKE, "CA7",
    ),
    "template-older": (versioned("0.9"), BASICS, "B90"),
    "template-newer": (versioned("99.0"), BASICS, "B90"),
    "field-twice": (
        added(BASICS, 90, {1: MARK_FIELD + "study.company", 2: "企业名称", 3: "另一家公司"}), BASICS, "C90",
    ),
    "value-behind-label": (
        changed(returned(), BASICS, "B7", "联系部门：质量部"), BASICS, "B7",
    ),
    "label-disagrees": (changed(returned(), BASICS, "B5", "地址"), BASICS, "B5"),
    "row-twice": (added(BASICS, 24, {2: "产品生产", 4: "是"}), BASICS, "B24"),
    "data-not-read": (added(BASICS, 3, {2: "用电", 3: "柴油", 4: 500, 5: "kg"}), BASICS, None),
    "found-by-name": (replace(edited(returned(), BASICS, unmarked), names=NAMES), BASICS, None),
    "heading-unknown": (changed(made(line()), MAKE, "E6", "名目"), MAKE, "E6"),
    "heading-changed": (changed(made(line()), MAKE, "K6", "名目"), MAKE, "K6"),
    "heading-remark": (changed(made(line()), MAKE, "E6", "＊数量（月均）"), MAKE, "E6"),
    "headings-gone": (edited(made(line()), MAKE, without(6)), MAKE, None),
    "merged-repeated": (edited(made(line(), line(item="照明", basis=None)), MAKE, merged(7, 7, 8, 7)), MAKE, "G7"),
    "merged-number": (edited(made(line(), line(item="照明", amount=None)), MAKE, merged(7, 5, 8, 5)), MAKE, "E7"),
    "merged-across": (edited(made(line(quality=None)), MAKE, merged(7, 9, 7, 10)), MAKE, "I7"),
    "content-under-merge": (edited(made(line()), MAKE, merged(7, 5, 7, 6)), MAKE, "F7"),
    "hidden-columns-read": (
        edited(made(line()), MAKE, lambda sheet: replace(sheet, hidden_columns=frozenset({9}))), MAKE, None,
    ),
    "hidden-sheet-read": (edited(made(line()), MAKE, lambda sheet: replace(sheet, visible=False)), MAKE, None),
}  # fmt: skip


@pytest.mark.parametrize("code", CASES)
def test_it_is_told_at_its_cell(code: str) -> None:
    book, sheet, address = CASES[code]
    found = [finding for finding in process_book(book).findings if finding.code == code]
    assert found, [(finding.code, str(finding.where)) for finding in process_book(book).findings]
    place = found[0].where
    assert place is not None
    assert place.sheet == sheet
    assert address in (None, place.cell)


def test_a_chart_sheet_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "chart.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        workbook.add_worksheet("数据").write("A1", 1)
        chart = workbook.add_chart({"type": "line"})
        chart.add_series({"values": "=数据!$A$1:$A$1"})
        workbook.add_chartsheet("图").set_chart(chart)
    assert [(f.code, str(f.where)) for f in open_workbook(path).findings] == [("sheet-skipped", "图")]


def test_a_workbook_without_its_first_sheet_is_told_that_alone() -> None:
    book = made(line())
    gone = replace(book, sheets=tuple(sheet for sheet in book.sheets if sheet.name != BASICS))
    done = process_book(gone)
    assert [code for _, _, code in done.said()] == ["basics-gone"]
    assert BASICS not in {sheet for sheet, _, _ in done.said(Severity.WARNING)}


def test_a_formula_saved_without_its_result_is_worked_out_and_noted() -> None:
    book = made(line(amount=Cell("uncached", None, formula="50*2")))
    _, said = bind_inputs(book)
    notes = [finding for finding in said if finding.code == "formula-recalculated"]
    assert [(note.code, str(note.where), note.params["value"]) for note in notes] == [
        ("formula-recalculated", "产品生产!E7", "100")
    ]


def test_results_that_cannot_be_put_down_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file has the name that the company's folder wants."""
    source = next((Path(__file__).parent.parent / "example_workbooks" / "T410267-1_per_unit").glob("*.xlsx"))
    (tmp_path / "杭州聚昕科技有限公司").touch()
    assert main(["run", str(source), "-o", str(tmp_path), "--json", "--lang", "zh"]) == 1
    (workbook,) = json.loads(capsys.readouterr().out)["workbooks"]
    assert [finding["code"] for finding in workbook["findings"] if finding["severity"] == "error"] == ["not-written"]


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of memory for a process there")
def test_a_file_that_needs_more_memory_than_its_child_may_have_is_told() -> None:
    plain, encrypted = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(plain) as workbook:
        workbook.add_worksheet().write("A1", 1)
    msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("secret", encrypted)
    opened = open_bytes(encrypted.getvalue(), Limits(memory_bytes=20_000_000), passwords=("secret",))
    assert [finding.code for finding in opened.findings] == ["reading-too-heavy"]


def test_every_type_is_raised_somewhere_and_held_by_a_test() -> None:
    """A type that nothing raises is no type; one that no test names may be raised wrongly."""
    program = "".join(path.read_text("utf-8") for path in sorted(ENGINE.rglob("*.py")) if CATALOGUE not in path.parents)
    tests = "".join(path.read_text("utf-8") for path in sorted(TESTS.rglob("*.py")))
    declared = {name: kind for name, kind in vars(catalogue).items() if isinstance(kind, FindingType)}
    assert len(declared) == len(all_types())
    raised, held = set(re.findall(r"\w+", program)), set(re.findall(r"[\w-]+", tests))
    assert [name for name in declared if name not in raised] == []
    assert [kind.code for name, kind in declared.items() if not {name, kind.code} & held] == []
