"""The company's sheets stand in the results workbook as they were read, and can be read again."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import openpyxl
import pytest
from openpyxl import load_workbook

from tests import recalc
from tests.benchmarks.workbooks import STUDY
from tests.books import PRODUCT, line, returned
from tests.results import studies
from tests.studies import write_book_results
from workbook_engine.grid import MAX_ROW, Area, Book, Cell, MemorySheet, column_letter
from workbook_engine.model import BoundTable, Record, Stage
from workbook_engine.pipeline import process, write_template
from workbook_engine.results import write_results
from workbook_engine.results.portable import is_portable
from workbook_engine.results.raw_rules import validations
from workbook_engine.template.options import Content, TemplateOptions
from workbook_engine.widths import text_width

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("results") / "results.xlsx"
    write_results(path, studies.job(), language="zh")
    return path


def test_every_input_cell_stands_at_its_address(written: Path) -> None:
    stored = recalc.stored_values(written)
    for sheet in studies.book().sheets:
        if sheet.name in studies.submission().input_sheets:
            for row, cells in sheet.rows():
                for column, cell in cells.items():
                    assert stored.get((sheet.name, f"{recalc.letters(column)}{row}"), "") == cell.value


def test_sheets_without_input_stay_behind(written: Path) -> None:
    names = load_workbook(written).sheetnames
    assert "填写说明" not in names
    assert "列表" not in names


def test_a_sheet_that_a_formula_needs_comes_along(tmp_path: Path) -> None:
    source = studies.book()
    materials = next(s for s in source.sheets if s.name == studies.MATERIALS)
    cells = {row: dict(columns) for row, columns in materials.rows()}
    cells[5][5] = Cell("number", 145.2147, "'列表'!B1*2")
    sheets = tuple(MemorySheet(s.name, cells) if s is materials else s for s in source.sheets)
    path = tmp_path / "results.xlsx"
    write_results(path, studies.job(source=Book(sheets, source.names)), language="zh")
    assert recalc.formula_cells(path)[studies.MATERIALS, "E5"] == "='列表'!B1*2"
    assert load_workbook(path)["列表"].sheet_state == "hidden"


def test_own_formulas_live_on_and_others_become_values_with_a_note(written: Path) -> None:
    formulas = recalc.formula_cells(written)
    assert formulas[studies.TRANSPORT, "E6"] == "=1000+SUM(E8:E9)"
    assert (studies.END, "E6") not in formulas
    cell = load_workbook(written)[studies.END]["E6"]
    assert cell.value == 1207.5
    assert cell.comment is not None
    assert "[1]外部.xlsx" in cell.comment.text


def test_marks_and_names_come_along(written: Path) -> None:
    book = load_workbook(written)
    assert book[studies.BASICS]["A3"].value == "wbe:field:study.company"
    assert book[studies.BASICS].column_dimensions["A"].hidden
    assert book.defined_names["wbe_study_company"].attr_text == "'基本信息'!$C$3"
    assert "wbe_list_units" not in book.defined_names  # its sheet stayed behind
    assert book["_wbe"]["A1"].value == "wbe:field:template.version"
    assert book["_wbe"].sheet_state == "hidden"


def test_computed_sheets_say_so(written: Path) -> None:
    book = load_workbook(written)
    raw = set(studies.submission().input_sheets) | {"_wbe"}
    for sheet in book.worksheets:
        mark = sheet["A1"].value
        assert (sheet.title in raw) != str(mark).startswith("wbe:results:"), sheet.title


HOSTILE = {
    "command": "=cmd|' /C calc'!A0",
    "plus": "+1",
    "at": "@SUM(1)",
    "rich": "<r><t>x</t></r>",
    "markup": "<b>&amp;\"'",
    "escape": "_x0041_",
    "control": "a\x01b\x0bc",
    "right-to-left": "abc\u202edcba",
    "surrogate": "a\ud800b",
    "long": "长" * 40_000,
    "newline": "one\ntwo",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_stays_text(tmp_path: Path, name: str) -> None:
    text = HOSTILE[name]
    source = studies.book()
    materials = next(s for s in source.sheets if s.name == studies.MATERIALS)
    cells = {row: dict(columns) for row, columns in materials.rows()}
    cells[5][2] = Cell("text", text)
    sheets = tuple(MemorySheet(s.name, cells) if s is materials else s for s in source.sheets)
    base = studies.inventory()
    lines = tuple(
        line
        if line.id != "RM-001"
        else type(line)(**{f: getattr(line, f) for f in line.__dataclass_fields__} | {"item": text})
        for line in base.lines
    )
    inventory = type(base)(**{f: getattr(base, f) for f in base.__dataclass_fields__} | {"lines": lines})
    path = tmp_path / "results.xlsx"
    write_results(path, studies.job(inventory, Book(sheets, source.names)), language="zh")
    book = load_workbook(path)
    raw, shown = book[studies.MATERIALS]["B5"], book["归一化"]["E5"]
    assert raw.data_type == shown.data_type == "s"
    if name not in ("long", "surrogate", "rich"):
        # openpyxl gives control characters as the file escapes them
        assert str(raw.value).replace("_x0001_", "\x01").replace("_x000B_", "\x0b").replace("_x005F_", "_") == text
    if name == "long":
        assert len(str(raw.value)) in (32_766, 32_767)
        assert raw.comment is not None
        named = [
            str(cell.value)
            for sheet in book
            if sheet.title not in (studies.MATERIALS, "_wbe")
            for row in sheet
            for cell in row
        ]
        assert {len(words) <= 70 for words in named if text[:20] in words} == {True}
    assert "\u202e" not in str(shown.value)
    assert recalc.differences(path, recalc.ironcalc_values(path)) == []


def test_merged_cells_are_merged_again_and_overlapping_ones_are_left(tmp_path: Path) -> None:
    source = studies.book()
    materials = next(s for s in source.sheets if s.name == studies.MATERIALS)
    merged = MemorySheet(materials.name, dict(materials.rows()), merges=(Area(1, 2, 1, 4), Area(1, 3, 2, 3)))
    sheets = tuple(merged if s is materials else s for s in source.sheets)
    path = tmp_path / "results.xlsx"
    write_results(path, studies.job(source=Book(sheets)), language="zh")
    assert [str(r) for r in load_workbook(path)[materials.name].merged_cells.ranges] == ["B1:D1"]


SHEETS, NAMES = {"产品生产", "O'Brien"}, {"wbe_total"}
PORTABLE = [
    "1200*12",
    "SUM(C5:C16)/1000",
    "'产品生产'!E5+产品生产!$E$6",
    "IF(A1>0,\"a\"\"b\",'O''Brien'!B2)",
    "SUM(A:A)",
    "wbe_total*2",
    "ROUND(-A1^2%,2)",
    "TRUE",
    "1.5E-3*A1",
    "sum(a1)",
]
NOT_PORTABLE = [
    "[1]Sheet1!A1",
    "'[外部.xlsx]表'!A1",
    "#REF!+1",
    "NOW()",
    'INDIRECT("A1")',
    "OFFSET(A1,1,1)",
    "Table1[数量]",
    "{1,2}",
    "没有的表!A1",
    "unknown_name+1",
    "_xlfn.XLOOKUP(A1,B:B,C:C)",
    "SUM(Sheet1:Sheet3!A1)",
    "A1:A3!B1",
    'WEBSERVICE("http://x")',
    '"open',
    "@A1",
    "",
    "A1" * 2000,
    '"a\x01"',
]


@pytest.mark.parametrize("formula", PORTABLE)
def test_formulas_that_can_live_here(formula: str) -> None:
    assert is_portable(formula, SHEETS, NAMES)


@pytest.mark.parametrize("formula", NOT_PORTABLE)
def test_formulas_that_cannot(formula: str) -> None:
    assert not is_portable(formula, SHEETS, NAMES)


def test_input_sheets_keep_the_template_s_lists_and_limits(tmp_path: Path) -> None:
    """A consultant may mend there: what the template refuses is refused, its lists are offered."""
    path = tmp_path / "results.xlsx"
    write_book_results(returned({"production": [line(), line(amount=300)]}), path)
    sheet = load_workbook(path)["产品生产"]
    headings = {str(cell.value).strip("＊* "): cell.column_letter for cell in sheet[_header_row(sheet)] if cell.value}
    row = _header_row(sheet) + 1

    def rule(heading: str) -> DataValidation:
        cell = f"{headings[heading]}{row}"
        (found,) = (rule for rule in sheet.data_validations.dataValidation if cell in rule.sqref)
        return found

    assert (rule("数量").type, rule("数量").operator, rule("数量").formula1) == ("decimal", "greaterThanOrEqual", "0")
    assert rule("数据口径").type == "list"
    assert "全厂全年合计" in rule("数据口径").formula1
    assert rule("数据口径").errorStyle in (None, "stop")
    assert "kWh" in rule("单位").formula1
    assert rule("单位").errorStyle == "warning"  # any spelling is read
    assert rule("所属产品").formula1.startswith("'基本信息'!$")


@pytest.mark.parametrize(("last", "until"), [(20, 70), (MAX_ROW - 10, MAX_ROW), (MAX_ROW, MAX_ROW)])
def test_spare_rows_with_lists_and_limits_end_with_the_grid(last: int, until: int) -> None:
    table = BoundTable("production", "产品生产", 8, {"amount": 5}, (Record(last, {}),))
    submission = SimpleNamespace(tables={"production": table}, fields={})
    ((area, _),) = validations(SimpleNamespace(submission=submission), SimpleNamespace(language="zh"), "产品生产")  # type: ignore[arg-type]
    assert area == Area(9, 5, until, 5)


def test_empty_input_cells_are_drawn_and_not_read(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    outcome = write_book_results(returned({"production": [line()]}), path)
    sheet = load_workbook(path)["产品生产"]
    row = _header_row(sheet) + 1
    cells = [sheet.cell(row, cell.column) for cell in sheet[row - 1] if cell.value and cell.column > 1]
    assert {cell.border.left.style for cell in cells} == {"thin"}
    assert any(cell.value is None for cell in cells)
    again = process(path)
    assert again.footprint is not None
    assert again.footprint.products[0].cfp_kg_co2e == outcome.cfp


def _header_row(sheet: Worksheet) -> int:
    return next(cell.row for row in sheet.iter_rows() for cell in row if str(cell.value).strip("＊* ") == "数据口径")


# -- on paper


def _settings(tmp_path: Path, **tables: list[dict[str, object]]) -> Worksheet:
    """Return 核算设置 of the results of a template that asks for what was left out and for an earlier report."""
    content = Content(
        fields=dict(STUDY),
        tables={
            "products": [PRODUCT],
            "boundary": [
                {"stage": each.value, "included": "yes" if each is Stage.PRODUCTION else "no", "reason": "不涉及"}
                for each in Stage
            ],
            "production": [line()],
            **tables,
        },
    )
    source, groups = tmp_path / "returned.xlsx", frozenset({"cutoff", "declared"})
    write_template(source, "zh", TemplateOptions(groups=groups, content=content))
    done = process(source, tmp_path / "out")
    assert process(done.results[0], tmp_path / "again").status == done.status  # its printed areas are no content
    return load_workbook(done.results[0])["核算设置"]


def test_no_page_is_printed_for_rows_and_tables_that_nobody_filled_in(tmp_path: Path) -> None:
    left_out = [{"item": "标签", "stage": "production", "kg_co2e": 0.1, "reason": "占比小"}]
    sheet = _settings(tmp_path, omissions=left_out)
    rows = {str(sheet.cell(row, 2).value): row for row in range(1, sheet.max_row + 1)}
    assert rows["已有报告所称的因子来源"] > rows["已有报告的结果"] > rows["标签"] + 10  # the template's blank rows
    areas = [area.replace("$", "").partition("!")[2] for area in sheet.print_area.split(",")]
    assert areas == [f"A1:G{rows['标签']}"]


def test_each_table_of_a_long_sheet_begins_a_page(tmp_path: Path) -> None:
    declared = [{"stage": "total", "kg_co2e": 57.77}]
    sheet = _settings(tmp_path, declared=declared, declared_sources=[{"subject": "GWP", "named": "AR5"}])
    rows = {str(sheet.cell(row, 2).value): row for row in range(1, sheet.max_row + 1)}
    areas = [area.replace("$", "").partition("!")[2] for area in sheet.print_area.split(",")]
    first, last = rows["已有报告的结果"], rows["已有报告所称的因子来源"]
    assert [area.partition(":")[0] for area in areas[1:]] == [f"A{first}", f"A{last}"]
    assert areas[1].endswith(str(first + 4))  # title, keys, headings (rows between are the template's), the total


def test_labels_have_room_above_tables_that_nobody_filled_in(tmp_path: Path) -> None:
    sheet = _settings(tmp_path)
    labels = [str(sheet.cell(row, 2).value) for row in range(5, 16)]
    assert "数量与排放量小数位" in labels
    assert sheet.column_dimensions["B"].width >= text_width("数量与排放量小数位")


def test_a_bracket_at_the_end_of_a_heading_is_not_parted(tmp_path: Path) -> None:
    sheet = _settings(tmp_path, omissions=[{"item": "标签", "stage": "production", "mass_kg": 0.1, "reason": "占比小"}])
    texts = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("估算排放")]
    (heading,) = [cell for cell in texts if str(cell.value).endswith("）")]
    bracket = "（" + str(heading.value).rpartition("（")[2]
    assert sheet.column_dimensions[heading.column_letter].width >= text_width(bracket) + 2


def test_a_number_has_room_for_the_digits_that_were_typed(tmp_path: Path) -> None:
    months = {f"month_{month:02d}": 134189.25 + month for month in range(1, 13)}
    path = tmp_path / "results.xlsx"
    write_book_results(returned({"production": [line(amount=None, **months)]}), path)
    sheet = load_workbook(path)["产品生产"]
    (january,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == 134190.25]
    assert sheet.column_dimensions[january.column_letter].width >= len("134190.25") + 2


def _collected(tmp_path: Path, **tables: list[dict[str, object]]) -> Workbook:
    """Return the results of a template with scores and months in which these tables were filled in."""
    boundary = [
        {"stage": each.value, "included": "yes" if each.value in tables else "no", "reason": "不涉及"} for each in Stage
    ]
    content = Content(fields=dict(STUDY), tables={"products": [PRODUCT], "boundary": boundary, **tables})
    source = tmp_path / "returned.xlsx"
    write_template(source, "zh", TemplateOptions(groups=frozenset({"quality", "monthly"}), content=content))
    done = process(source, tmp_path / "out")
    again = process(done.results[0], tmp_path / "again")
    assert [finding.code for finding in again.findings] == [finding.code for finding in done.findings]
    return load_workbook(done.results[0])


def test_a_sheet_that_was_left_empty_says_so_on_its_one_page(tmp_path: Path) -> None:
    book = _collected(tmp_path, production=[line()])
    said = {sheet.title: sheet.oddHeader.center.text for sheet in book if sheet.sheet_state == "visible"}
    empty = {"工厂与产量", "原材料获取", "原材料运输", "成品运输", "使用", "产品处置"}
    assert {name for name, words in said.items() if words} == empty
    assert {str(said[name]).strip() for name in empty} == {"本表没有填写"}
    assert [len(book[name].col_breaks.brk) for name in empty] == [0] * len(empty)


def test_columns_that_nobody_used_are_no_second_page(tmp_path: Path) -> None:
    sheet = _collected(tmp_path, production=[line(remark="含照明")])["产品生产"]
    assert not sheet.col_breaks.brk
    headings = next(row for row in sheet.iter_rows() if "备注" in {cell.value for cell in row})
    last = next(cell for cell in headings if cell.value == "备注")
    assert sheet.print_area.endswith(f":${last.column_letter}${sheet.max_row}")
    assert headings[-1].value != "备注"


def test_columns_that_somebody_used_are_printed(tmp_path: Path) -> None:
    sheet = _collected(tmp_path, production=[line(rating_reliability=2)])["产品生产"]
    headings = next(row for row in sheet.iter_rows() if "备注" in {cell.value for cell in row})
    scored = next(cell for cell in headings if "可靠性" in str(cell.value))
    assert sheet.print_area.endswith(f":${scored.column_letter}${sheet.max_row}")
    assert len(sheet.col_breaks.brk) == 1  # with the months before it, it goes over two pages


def test_words_above_a_table_are_printed_as_far_as_they_reach(tmp_path: Path) -> None:
    """Of a table of which four short columns were used, the guidance above is wider than these."""
    sheet = _collected(tmp_path, production=[{"item": "用电", "flow": "电力", "amount": 1, "unit": "kWh"}])["产品生产"]
    last = openpyxl.utils.column_index_from_string(sheet.print_area.rpartition("$")[0].rpartition("$")[2])
    widths = [sheet.column_dimensions[column_letter(column)].width for column in range(2, last + 1)]
    above = [str(cell.value) for (cell,) in sheet.iter_rows(2, 7, 2, 2) if cell.value]
    assert sum(widths) >= max(map(text_width, above))


def test_no_word_that_was_filled_in_is_parted(tmp_path: Path) -> None:
    row = {"item": "Lorry", "part": "distribution", "flow": "柴油", "amount": 2, "unit": "kg", "basis": "per_unit"}
    boundary = [{"stage": each.value, "included": "yes" if each is Stage.DISTRIBUTION else "no"} for each in Stage]
    content = Content(fields=dict(STUDY), tables={"products": [PRODUCT], "boundary": boundary, "distribution": [row]})
    source = tmp_path / "returned.xlsx"
    write_template(source, "en", TemplateOptions(groups=frozenset(), content=content))
    sheet = load_workbook(process(source, tmp_path / "out").results[0])["Distribution"]
    cells = [cell for row in sheet.iter_rows(min_row=3) for cell in row if cell.value == "Distribution"]
    assert cells
    assert all(sheet.column_dimensions[cell.column_letter].width >= len("Distribution") + 2 for cell in cells)
