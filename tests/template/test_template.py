"""Spec → template: marks, names, validation, protection, look; what a reader and a company need of every cell."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from tests.recalc import differences, ironcalc_values
from tests.template.typist import asked, read_marks
from workbook_engine.errors import SpecError
from workbook_engine.model import Stage
from workbook_engine.pipeline import read_workbook, write_template
from workbook_engine.resources import DATA_COLLECTION_TEMPLATE, shipped
from workbook_engine.spec.collection import COLLECTION, VERSION
from workbook_engine.spec.limits import OFFERED_UNITS
from workbook_engine.spec.optional import GROUPS
from workbook_engine.spec.schema import Form, Kind, Required, field_name, table_name
from workbook_engine.template import Content, Lists, TemplateOptions, template_bytes
from workbook_engine.texts import LANGUAGES, Text
from workbook_engine.units import parse_unit
from workbook_engine.widths import AT_10_POINTS, line_count, text_width

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from workbook_engine.spec.schema import Field
    from workbook_engine.texts import Language

Templates = dict["Language", "Path"]
Input = tuple[str, "Field", "Worksheet", int, int]


def input_cells(book: Workbook) -> list[Input]:
    """Return every cell that is there to be filled in: name, field, sheet, row, column (of a table: rows 1 and 200)."""
    marks = read_marks(book)
    found: list[Input] = []
    for _, block, fields in asked():
        if isinstance(block, Form):
            for field in fields:
                place = marks.fields[f"{block.key}.{field.key}"]
                found.append((f"{block.key}.{field.key}", field, book[place.sheet], place.row, place.column))
            continue
        sheet, first, columns = marks.tables[block.key]
        last = first + (len(block.fixed_rows) or block.rows) - 1
        for field in fields:
            if field.kind is not Kind.LABEL:
                column = columns[field.key]
                found += [(f"{block.key}.{field.key}", field, book[sheet], row, column) for row in (first, last)]
    return found


@pytest.fixture(scope="module", params=LANGUAGES)
def book(request: pytest.FixtureRequest, blank: Templates) -> Workbook:
    return openpyxl.load_workbook(blank[request.param])


# --- the file ---------------------------------------------------------------------------------------------------------


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_committed_template_is_a_freshly_written_one(blank: Templates) -> None:
    # Part by part: how a part is compressed depends on the machine's zlib, what is in it must not.
    committed, fresh = parts(shipped(DATA_COLLECTION_TEMPLATE)), parts(blank["zh"])
    assert list(committed) == list(fresh)
    changed = [name for name in fresh if committed[name] != fresh[name]]
    assert changed == [], "run: python -m docs.generate"


def test_two_writings_give_the_same_bytes(blank: Templates, tmp_path: Path) -> None:
    write_template(tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == blank["zh"].read_bytes()


def test_the_sheets_are_those_of_the_spec_between_the_instructions_and_the_hidden_lists(blank: Templates) -> None:
    book = openpyxl.load_workbook(blank["zh"])
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"] == [
        *("填写说明", "基本信息", "工厂与产量", "原材料获取", "原材料运输", "产品生产"),
        *("成品运输", "使用", "产品处置", "核算设置"),
    ]
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"] == ["列表", "检查"]


# --- found again ------------------------------------------------------------------------------------------------------


def test_version_and_language_stand_beside_their_marks_and_have_names(blank: Templates) -> None:
    for language in LANGUAGES:
        book = openpyxl.load_workbook(blank[language])
        marks = read_marks(book)
        for key, value in (("version", VERSION), ("language", language)):
            place = marks.fields[f"template.{key}"]
            assert book[place.sheet].cell(place.row, 2).value == value
            target = book.defined_names[field_name("template", key)].attr_text
            assert target.replace("'", "") == f"{place.sheet}!$B${place.row}"


def test_every_form_field_has_its_mark_and_a_name_on_its_value(book: Workbook) -> None:
    marks = read_marks(book)
    for _, form, fields in asked():
        for field in fields if isinstance(form, Form) else ():
            place = marks.fields[f"{form.key}.{field.key}"]
            target = book.defined_names[field_name(form.key, field.key)].attr_text
            assert target.replace("'", "") == f"{place.sheet}!$C${place.row}"


def test_every_table_has_a_hidden_key_row_above_its_headings_and_a_name_on_it(book: Workbook) -> None:
    marks = read_marks(book)
    for _, table, fields in asked():
        if isinstance(table, Form):
            continue
        name, first, columns = marks.tables[table.key]
        sheet = book[name]
        assert list(columns) == [field.key for field in fields]
        assert sheet.row_dimensions[first - 2].hidden
        headings = [
            str(sheet.cell(first - 1, column).value).replace("\n（", "（").replace("\n", " ")
            for column in columns.values()
        ]
        titles = [field.title for field in fields]
        assert all(heading.strip("＊* ") in title for heading, title in zip(headings, titles, strict=True))
        last = get_column_letter(max(columns.values()))
        target = book.defined_names[table_name(table.key)].attr_text
        assert target.replace("'", "") == f"{name}!$B${first - 2}:${last}${first - 2}"


def test_defined_names_are_ascii(book: Workbook) -> None:
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.]*", name) for name in book.defined_names)


def test_column_a_is_hidden_everywhere(book: Workbook) -> None:
    assert all(sheet.column_dimensions["A"].hidden for sheet in book.worksheets)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_blank_template_reads_as_empty_and_says_nothing(blank: Templates, language: Language) -> None:
    read = read_workbook(blank[language])
    assert read.findings == ()
    assert read.submission is not None
    assert (read.submission.language, read.submission.template_version) == (language, VERSION)
    assert not read.submission.from_results
    filled = {key for key, entry in read.submission.fields.items() if entry.cell is not None}
    assert {key for key in filled if not key.startswith(("template.", "settings."))} == {"study.standards"}
    rows = {key: len(table.records) for key, table in read.submission.tables.items()}
    assert rows.pop("boundary") == 7
    assert set(rows.values()) == {0}


# --- every input cell -------------------------------------------------------------------------------------------------


def test_every_input_cell_is_unlocked_on_a_protected_sheet(book: Workbook) -> None:
    for name, _, sheet, row, column in input_cells(book):
        cell = sheet.cell(row, column)
        locked = cell.protection.locked if cell.has_style else sheet.row_dimensions[row].protection.locked
        assert not locked, (name, cell.coordinate)
        assert sheet.protection.sheet
        assert not sheet.protection.password


def test_a_row_of_a_table_is_unlocked_throughout_so_that_it_can_be_deleted_and_sorted(book: Workbook) -> None:
    marks = read_marks(book)
    for table in ("products", "plant_products", "production"):
        name, first, _ = marks.tables[table]
        for row in (first, first + 199):
            assert book[name].row_dimensions[row].protection.locked is False
        for allowed in ("insertRows", "deleteRows", "sort", "autoFilter", "formatColumns", "formatRows"):
            assert getattr(book[name].protection, allowed) is False, allowed  # False: not forbidden


def test_headings_and_labels_are_locked(book: Workbook) -> None:
    marks = read_marks(book)
    for name, first, columns in marks.tables.values():
        assert all(book[name].cell(first - 1, column).protection.locked for column in columns.values())
    for place in marks.fields.values():
        assert book[place.sheet].cell(place.row, 2).protection.locked


def test_every_input_cell_has_a_validation_with_an_input_message(book: Workbook) -> None:
    for name, field, sheet, row, column in input_cells(book):
        coordinate = f"{get_column_letter(column)}{row}"
        found = [v for v in sheet.data_validations.dataValidation if coordinate in v.sqref]
        assert len(found) == 1, (name, coordinate)
        validation = found[0]
        assert validation.promptTitle in (field.title.zh, field.title.en)
        assert len(validation.promptTitle) <= 32
        assert validation.prompt.startswith((field.help.zh, field.help.en))
        assert len(validation.prompt) <= 255
        assert validation.showInputMessage


def test_the_kind_of_a_field_decides_what_its_cell_takes(book: Workbook) -> None:
    expected = {Kind.TEXT: None, Kind.DATE: "date", Kind.NUMBER: "decimal"}
    for name, field, sheet, row, column in input_cells(book):
        coordinate = f"{get_column_letter(column)}{row}"
        validation = next(v for v in sheet.data_validations.dataValidation if coordinate in v.sqref)
        assert validation.type == expected.get(field.kind, "list") or field.choices_from, name
        refuses = field.kind in (Kind.NUMBER, Kind.DATE) or (field.kind is Kind.CHOICE and not field.free)
        if refuses and not field.choices_from:
            assert validation.errorStyle in (None, "stop"), name
        elif validation.type == "list":
            assert validation.errorStyle == "warning" or not validation.showErrorMessage, name


def test_limits_of_numbers_come_from_the_spec(blank: Templates) -> None:
    book = openpyxl.load_workbook(blank["zh"])
    limits = {}
    for name, _, sheet, row, column in input_cells(book):
        validation = next(
            v for v in sheet.data_validations.dataValidation if f"{get_column_letter(column)}{row}" in v.sqref
        )
        limits[name] = (validation.operator, validation.formula1, validation.formula2)
    assert limits["products.output"][:2] == ("greaterThan", "0")
    assert limits["production.amount"][:2] == ("greaterThanOrEqual", "0")
    assert limits["settings.decimals_amount"] == (None, "0", "8")


def test_required_cells_are_told_by_colour_word_and_star(blank: Templates) -> None:
    book = openpyxl.load_workbook(blank["zh"])
    sheet_name, first, columns = read_marks(book).tables["use"]
    sheet = book[sheet_name]
    must, may = columns["amount"], columns["remark"]
    assert [sheet.cell(first - 3, column).value for column in (must, may)] == ["必填", "选填"]
    assert [sheet.cell(first - 1, column).value for column in (must, may)] == ["＊数量", "备注"]
    fills = [sheet.cell(first, column).fill.fgColor.rgb for column in (must, may)]
    headings = [sheet.cell(first - 1, column).fill.fgColor.rgb for column in (must, may)]
    assert len(set(fills)) == 2
    assert len(set(headings)) == 2


def test_the_two_ways_to_fill_in_a_transport_row_are_named_above_the_columns(blank: Templates) -> None:
    book = openpyxl.load_workbook(blank["zh"])
    name, first, columns = read_marks(book).tables["raw_material_transport"]
    words = {key: book[name].cell(first - 3, column).value for key, column in columns.items()}
    assert {key for key, word in words.items() if word == "任选①"} == {"flow", "amount", "unit"}
    assert {key for key, word in words.items() if word == "任选②"} == {"mass", "mass_unit", "distance_km", "mode"}
    assert {key for key, word in words.items() if word == "必填"} == {"basis"}


def test_no_cell_of_a_table_is_merged(book: Workbook) -> None:
    marks = read_marks(book)
    for name, first, _ in marks.tables.values():
        for area in book[name].merged_cells.ranges:
            assert area.max_row < first - 3 or area.max_row <= 3


def test_headings_fit_their_cells(book: Workbook) -> None:
    marks = read_marks(book)
    for name, first, columns in marks.tables.values():
        sheet = book[name]
        for column in columns.values():
            heading = sheet.cell(first - 1, column)
            width = sheet.column_dimensions[get_column_letter(column)].width
            assert heading.alignment.wrap_text
            words = [word.strip("＊* ") for word in str(heading.value).split()]
            assert all(text_width(word, AT_10_POINTS) < width for word in words if word.isascii()), (
                heading.value
            )  # none is cut in two
            assert line_count(str(heading.value), width, AT_10_POINTS) * 12 <= sheet.row_dimensions[first - 1].height


def test_help_beside_a_form_fits_between_its_column_and_the_edge(book: Workbook) -> None:
    marks = read_marks(book)
    for key, place in marks.fields.items():
        if key.startswith("study."):
            sheet = book[place.sheet]
            room = sum(sheet.column_dimensions[letter].width for letter in "DEFGH")
            assert line_count(str(sheet.cell(place.row, 4).value), room, AT_10_POINTS) == 1


def test_the_note_on_magnitudes_and_the_usual_units_stand_in_the_instructions(blank: Templates) -> None:
    sheet = openpyxl.load_workbook(blank["zh"]).worksheets[0]
    text = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    assert "1 万kWh = 10000 kWh" in text
    for word in ("必填", "选填", "自动计算", "请勿改动", "模板版本"):
        assert word in text or any(word in str(cell.number_format) for row in sheet.iter_rows() for cell in row)


# --- lists ------------------------------------------------------------------------------------------------------------


def listed(book: Workbook, table: str, key: str) -> list[str]:
    """Return the words that the list of a table's column offers."""
    name, first, columns = read_marks(book).tables[table]
    coordinate = f"{get_column_letter(columns[key])}{first}"
    formula = next(v for v in book[name].data_validations.dataValidation if coordinate in v.sqref).formula1
    if formula.startswith('"'):
        return formula.strip('"').split(",")
    sheet, _, cells = formula.replace("'", "").rpartition("!")
    return [str(cell.value) for (cell,) in book[sheet][cells.replace("$", "")]]


def test_flows_are_offered_from_the_library_by_category(blank: Templates) -> None:
    book = openpyxl.load_workbook(blank["zh"])
    production, transport = listed(book, "production", "flow"), listed(book, "distribution", "mode")
    assert {"电力", "柴油", "天然气", "六氟化硫"} <= set(production)
    assert any("重型柴油货车" in word for word in transport)
    assert not set(production) & set(transport)


def test_choices_are_offered_as_words(blank: Templates) -> None:
    words = {language: listed(openpyxl.load_workbook(blank[language]), "use", "basis") for language in LANGUAGES}
    assert words["zh"] == ["每功能单位", "本产品全年合计", "全厂全年合计"]
    assert words["en"] == ["Per functional unit", "Product, annual total", "Plant, annual total"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_unit_offered_is_understood_with_its_dimension(language: Language) -> None:
    for dimension, units in OFFERED_UNITS[language].items():
        for unit in units:
            found = parse_unit(unit)
            assert found is not None, unit
            assert found.dimension == dimension, unit


def test_a_word_with_a_comma_goes_to_the_list_sheet(tmp_path: Path) -> None:
    # An inline list would split it in two.
    lists = Lists({"electricity": [Text("电力, 外购", "Electricity, bought"), Text("风电", "Wind power")]})
    (tmp_path / "t.xlsx").write_bytes(template_bytes(lists=lists))
    assert listed(openpyxl.load_workbook(tmp_path / "t.xlsx"), "use", "flow") == ["电力, 外购", "风电"]


# --- for one client ---------------------------------------------------------------------------------------------------


def written(tmp_path: Path, language: Language = "zh", **options: object) -> Workbook:
    write_template(tmp_path / "t.xlsx", language, TemplateOptions(**options))  # type: ignore[arg-type]
    return openpyxl.load_workbook(tmp_path / "t.xlsx")


def test_company_and_product_are_filled_in(tmp_path: Path) -> None:
    book = written(tmp_path, company="=cmd|'/c calc'!A1", product="分支箱", model="TFDF")
    marks = read_marks(book)
    place = marks.fields["study.company"]
    assert book[place.sheet].cell(place.row, 3).value == "=cmd|'/c calc'!A1"
    assert "calc" not in "".join(parts(tmp_path / "t.xlsx")["xl/worksheets/sheet2.xml"].decode())  # no formula
    name, first, columns = marks.tables["products"]
    assert [book[name].cell(first, columns[key]).value for key in ("name", "model")] == ["分支箱", "TFDF"]


def test_sheets_of_stages_not_wanted_are_left_out_and_their_boundary_says_no(tmp_path: Path) -> None:
    wanted = frozenset({Stage.RAW_MATERIAL_ACQUISITION, Stage.PRODUCTION, Stage.STORAGE})
    book = written(tmp_path, stages=wanted)
    titles = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    # Storage stands on the sheet of distribution, which therefore stays.
    assert titles == ["填写说明", "基本信息", "工厂与产量", "原材料获取", "产品生产", "成品运输", "核算设置"]
    marks = read_marks(book)
    name, _, columns = marks.tables["boundary"]
    said = {key: book[name].cell(row, columns["included"]).value for key, row in marks.fixed.items()}
    assert {key.rpartition(".")[2] for key, word in said.items() if word == "是"} == {stage.value for stage in wanted}
    assert list(said.values()).count("否") == 4


def test_without_the_group_of_months_the_amount_is_required(tmp_path: Path) -> None:
    book = written(tmp_path, groups=frozenset())
    name, first, columns = read_marks(book).tables["production"]
    assert not [key for key in columns if key.startswith("month")]
    assert book[name].cell(first - 1, columns["amount"]).value == "＊数量"


def test_optional_groups_are_asked_for_by_name(tmp_path: Path) -> None:
    groups = frozenset({field.group for sheet in COLLECTION.sheets for block in sheet.blocks for field in block.fields})
    book = written(tmp_path, groups=groups)
    marks = read_marks(book)
    for _, table in COLLECTION.tables():
        assert list(marks.tables[table.key][2]) == [field.key for field in table.fields]
    path = tmp_path / "t.xlsx"
    assert differences(path, ironcalc_values(path)) == []
    read = read_workbook(path)
    assert [finding.code for finding in read.findings] == []


def test_the_presets_of_the_settings_are_the_usual_choices(blank: Templates) -> None:
    read = read_workbook(blank["zh"])
    assert read.submission is not None
    values = {key: entry.cell.value for key, entry in read.submission.fields.items() if entry.cell}
    assert values["settings.factor_set"] == "gbt32151"
    assert values["settings.electricity_series"] == "电力碳足迹因子"
    assert values["settings.electricity_region"] == "全国"
    assert values["settings.gwp_set"] == "IPCC AR6"
    assert (values["settings.decimals_amount"], values["settings.decimals_share"]) == (4, 2)


@pytest.mark.parametrize(
    "content",
    [
        Content(fields={"study.colour": "x"}),
        Content(fields={"nothing.company": "x"}),
        Content(tables={"production": [{"colour": "x"}]}),
        Content(tables={"boundary": [{"stage": "recycling", "included": "yes"}]}),
    ],
)
def test_content_that_the_spec_does_not_have_raises(tmp_path: Path, content: Content) -> None:
    with pytest.raises(SpecError):
        written(tmp_path, content=content)


def test_a_sheet_that_must_be_filled_in_needs_no_more_than_its_required_fields() -> None:
    # Half an hour for one product and ten parts: a row of activity data asks for at most five things.
    for _, table in COLLECTION.tables():
        if table.stage is not None:
            assert sum(field.required is Required.MUST for field in table.fields) <= 5


@pytest.mark.parametrize(
    ("groups", "told"),
    [
        (frozenset(), "两种填法任选其一：① 填燃料、用量和单位；② 填货物质量、单位、运距和运输方式。"),
        (
            frozenset({"trips"}),
            (
                "三种填法任选其一：① 填燃料、用量和单位；② 填货物质量、单位、运距和运输方式；"
                "③ 填燃料、车次、运距和百公里油耗。"
            ),
        ),
    ],
)
def test_what_stands_above_a_table_tells_the_ways_that_the_template_has(
    tmp_path: Path, groups: frozenset[str], told: str
) -> None:
    write_template(tmp_path / "t.xlsx", "zh", TemplateOptions(groups=groups))
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["原材料运输"]
    assert told in [cell.value for row in sheet.iter_rows(max_row=8) for cell in row]


@pytest.mark.parametrize(("language", "own"), [("zh", "语言 中文"), ("en", "Language English")])
def test_the_language_is_shown_by_its_own_name(tmp_path: Path, language: Language, own: str) -> None:
    write_template(tmp_path / "t.xlsx", language)
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    (cell,) = [c for row in book.worksheets[0].iter_rows(max_row=4) for c in row if c.value == language]
    assert cell.number_format.replace('"', "") == f";;;{own}"


def test_a_long_heading_is_broken_before_its_brackets(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx", "zh", TemplateOptions(groups=frozenset({"supplier", "quality"})))
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["原材料获取"]
    headings = {cell.value for row in sheet.iter_rows(max_row=10) for cell in row}
    assert {"单位产品用量\n（件）", "数量不确定度\n（±%，95%）"} <= headings


@pytest.mark.parametrize(("groups", "paper"), [(frozenset(), 9), (frozenset(GROUPS), 8)])
def test_a_sheet_that_would_be_too_small_to_read_is_printed_on_a3(
    tmp_path: Path, groups: frozenset[str], paper: int
) -> None:
    write_template(tmp_path / "t.xlsx", "zh", TemplateOptions(groups=groups))
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert int(book["原材料获取"].page_setup.paperSize) == paper
    assert int(book["基本信息"].page_setup.paperSize) == 9
