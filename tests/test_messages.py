"""What a clerk is told of a workbook that is almost right: the messages themselves, in Chinese."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from tests.books import PRODUCT, cell, line, returned
from tests.studies import Outcome, process_book
from workbook_engine.findings import Severity
from workbook_engine.grid import Area, Cell, MemorySheet
from workbook_engine.model import Stage
from workbook_engine.pipeline import process, write_template
from workbook_engine.template import TemplateOptions
from workbook_engine.texts import Text, joined

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_engine.texts import Language

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


SENTENCE = "以上用电量按车间电表抄表数统计，不含办公楼"


@pytest.mark.parametrize("stage", [stage.value for stage in Stage if stage is not Stage.STORAGE])
def test_a_sentence_below_a_table_is_asked_about_once(stage: str) -> None:
    rows = [line(), {"item": SENTENCE}] if stage == MAKE else [{"item": SENTENCE}]
    done = process_book(returned({MAKE: [line()], stage: rows}))
    (message,) = said(done, "row-bare")
    assert message.endswith(f"这一行只有“{SENTENCE}”：是漏填了数据的一项，还是一句说明，不能确定。")
    sheet = message.partition("!")[0]
    told = [f.code for f in done.findings if f.where and f.where.sheet == sheet and f.severity is not Severity.NOTE]
    assert told == ["row-bare"]
    assert not done.is_final


@pytest.mark.parametrize(
    ("table", "key"),
    [("products", "name"), ("plants", "name"), ("plant_products", "plant"), ("plant_products", "product")],
)
def test_a_sentence_below_products_or_plants_is_neither(table: str, key: str) -> None:
    own = {"plants": [{"name": "甲厂", "allocation_basis": "质量", "justification": "同类"}], "plant_products": []}
    row = {key: SENTENCE}
    products = [PRODUCT, row] if table == "products" else [PRODUCT]
    tables = {MAKE: [line()], **own} | ({table: [*own[table], row]} if table in own else {})
    done = process_book(returned(tables, products=products))
    assert [finding.code for finding in done.findings if finding.severity is Severity.ERROR] == ["row-bare"]
    assert len(done.inventory.products) == 1
    assert len(done.inventory.plants) < 2


def test_a_name_of_a_product_alone_is_a_product() -> None:
    done = process_book(returned(products=[PRODUCT, {"name": "环网箱 DTU HXGN-12(V、V、PT)/630-20"}]))
    assert "row-bare" not in codes(done)
    assert "required-empty" in codes(done)


def test_choices_that_were_drawn_down_are_told_once_a_row() -> None:
    drawn = {"unit": "kWh", "basis": "每功能单位", "data_source": "计量仪表"}
    done = process_book(returned({MAKE: [line(), drawn, drawn]}))
    assert said(done, "row-choices-alone") == [
        f"{TITLE}!F{row}: 这一行只选了“kWh”、“每功能单位”、“计量仪表”，没有项目和数量。" for row in (8, 9)
    ]
    assert len([finding for finding in done.findings if finding.severity is Severity.ERROR]) == 2


def test_a_row_with_a_name_and_a_flow_is_told_what_it_lacks() -> None:
    done = process_book(returned({MAKE: [line(), {"item": "照明", "flow": "电力"}]}))
    assert {"amount-missing", "unit-missing", "basis-missing"} <= set(codes(done))


def test_a_product_of_a_plant_without_name_and_output_is_called_by_its_row() -> None:
    plant = {"plants": [{"name": "甲厂"}], "plant_products": [{"plant": "甲厂", "unit": "台"}]}
    done = process_book(returned({MAKE: [line()], **plant}))
    (message,) = said(done, "output-missing")
    assert "“第 12 行”没有年产量" in message


@pytest.mark.parametrize(
    "options", [{}, {"company": "甲公司", "product": "分支箱", "model": "A1", "stages": {Stage.USE}}]
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_untouched_template_is_told_in_one_sentence(
    options: dict[str, Any], language: Language, tmp_path: Path
) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, language, TemplateOptions(**options))
    done = process(path)
    assert [finding.sentence(language) for finding in done.findings] == [
        "这份数据收集表还没有填写。" if language == "zh" else "Nothing has been filled into this template yet."
    ]
    assert done.status == "incomplete"


@pytest.mark.parametrize("address", ["C7", "C11", "B31", "E31", "C19"])
def test_a_template_of_which_something_is_filled_in_is_told_what_it_lacks(address: str, tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path)
    book = openpyxl.load_workbook(path)
    book["基本信息"][address] = "杭州"
    book.save(path)
    told = [finding.code for finding in process(path).findings]
    # A name alone may have been written into it before it was sent out.
    assert ("nothing-filled-in" in told) == (address == "B31")


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
    own = MemorySheet("补充", {1: {1: cell("另有天然气"), 2: cell(5000), 3: cell("m³")}, 3: {1: Cell("text", "1月")}})
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


def test_a_number_merged_over_rows_is_told_once() -> None:
    book = returned({MAKE: [line(), line(item="照明", amount=None)]})
    sheets = tuple(
        MemorySheet(sheet.name, dict(sheet.rows()), merges=(Area(7, 5, 8, 5),)) if sheet.name == TITLE else sheet
        for sheet in book.sheets
    )
    told = codes(process_book(replace(book, sheets=sheets)))
    assert "merged-number" in told
    assert "amount-missing" not in told


def test_a_stages_sheet_without_its_headings_is_told_once() -> None:
    book = returned({MAKE: [line()]})
    sheets = []
    for sheet in book.sheets:
        rows = {row: cells for row, cells in sheet.rows() if sheet.name != TITLE or row > 6}
        sheets.append(MemorySheet(sheet.name, rows))
    told = codes(process_book(replace(book, sheets=tuple(sheets))))
    assert "own-sheet-not-read" in told
    assert "stage-sheet-gone" not in told


def test_a_product_without_a_name_is_told_once_and_never_as_nothing_in_quotes() -> None:
    plant = {"plants": [{"name": "甲厂"}], "plant_products": [{"plant": "甲厂", "product": "分支箱"}]}
    rows = [line(), line(item="照明", basis="全厂全年合计", plant="甲厂")]
    done = process_book(returned({MAKE: rows, **plant}, products=[PRODUCT | {"name": None}]))
    assert [finding.code for finding in done.findings if finding.severity is Severity.ERROR] == ["required-empty"]
    assert not [finding for finding in done.findings if "“”" in finding.message("zh") + finding.message("en")]


def test_same_as_above_for_an_amount_asks_for_the_figure() -> None:
    done = process_book(returned({MAKE: [line(), line(item="照明", amount="同上")]}))
    (finding,) = [finding for finding in done.findings if finding.code == "value-same-as-above"]
    assert finding.where is not None
    assert finding.where.cell == "E8"
    assert "amount-pending" not in codes(done)


def test_an_incomplete_transport_row_is_told_at_the_first_cell_that_is_empty_in_each_language() -> None:
    row = {"item": "壳体", "mass": 2, "mass_unit": "t", "basis": "每功能单位"}
    done = process_book(returned({"raw_material_transport": [row]}))
    (finding,) = [finding for finding in done.findings if finding.code == "route-incomplete"]
    assert finding.sentence("zh") == "“壳体”缺少：运距（km）、运输方式。"
    assert finding.sentence("en") == "“壳体” lacks: Distance (km), Mode."
    assert finding.where is not None
    assert finding.where.cell == "I7"


def test_a_unit_of_goods_that_is_missing_is_one_of_mass() -> None:
    row = {"item": "壳体", "mass": 2, "distance_km": 100, "mode": "公路运输", "basis": "每功能单位"}
    done = process_book(returned({"raw_material_transport": [row]}))
    (finding,) = [finding for finding in done.findings if finding.code == "unit-missing"]
    assert finding.remedy("zh") == "请填写单位，例如 kg、t。"


def test_means_and_sums_are_written_without_an_exponent() -> None:
    months = {f"month_{number:02}": 110000000 if number == 1 else 11000 for number in range(1, 13)}
    rows = [line(amount=134189.3, basis="本产品全年合计", **months)]
    done = process_book(returned({MAKE: rows}))
    assert "各月平均 9176750，" in said(done, "months-vary")[0]
    assert "各月合计 110121000，全年数量 134189.3，相差 109986810.7。" in said(done, "months-disagree")[0]


def test_an_amount_that_is_asked_about_is_shown_in_full() -> None:
    rows = [line(amount=134189.3, unit="万kWh", basis="本产品全年合计")]
    (message,) = said(process_book(returned({MAKE: rows})), "magnitude-year")
    assert "填 134189.3 万kWh，即全年 1341893000 kWh" in message


def test_lists_are_set_apart_as_each_language_does() -> None:
    done = process_book(returned(fields={"settings.gwp_set": "AR9"}))
    (finding,) = [finding for finding in done.findings if finding.code == "choice-unknown"]
    assert finding.remedy("zh").endswith("IPCC AR5、IPCC AR6。")
    assert finding.remedy("en").endswith("IPCC AR5, IPCC AR6.")
    (basis,) = [f for f in process_book(returned({MAKE: [line(basis="每年")]})).findings if f.code == "choice-unknown"]
    assert basis.remedy("zh").endswith("每功能单位、本产品全年合计、全厂全年合计。")


def test_english_words_with_commas_are_set_apart_by_semicolons() -> None:
    words = [Text("甲", "Plant, annual total"), Text("乙", "Per unit")]
    assert joined(words) == Text("甲、乙", "Plant, annual total; Per unit")
    assert joined(["a", "b"]).en == "a, b"
