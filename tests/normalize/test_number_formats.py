"""What a number's format shows counts: a per cent sign, a unit, a division; each from the file to what is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.books import PRODUCT, line, returned
from tests.intake.parts import one_sheet, styles_xml
from tests.studies import process_book
from workbook_engine.grid import Cell
from workbook_engine.intake.formats import meaning_of
from workbook_engine.intake.open import open_bytes
from workbook_engine.model import Stage

if TYPE_CHECKING:
    from workbook_engine.model import Processed

MAKE = Stage.PRODUCTION.value
KWH = 0.5777
MEANINGS = {
    "General": "", "0.00": "", "#,##0.00": "", "0.00E+00": "", "# ?/?": "", "@": "", "": "", "[h]:mm": "",
    '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ': "", "#,##0.00_);(#,##0.00)": "",
    "[$¥-804]#,##0.00": "¥", '"¥"#,##0.00': "¥", "\\$#,##0": "¥", "[$CNY] 0.00": "¥", "#,##0.00 [$€-407]": "¥",
    "[$-804]0.00": "",
    '_ "¥"* #,##0.00_ ;_ "¥"* \\-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ': "¥", "[$-409]0.00;[Red]0.00": "",
    '"约"0': "",  # in front of the number
    '[>10000]0.0,"万";0': "",  # what is shown depends on the number
    "0%": "%", "0.00%": "%", "[Red]0.0%;[Blue]-0.0%": "%",
    '0.0"kg"': "kg", r"0.0\k\g": "kg", '0.00 "t"': "t", "0.0吨": "吨", 'General"度"': "度", "G/通用格式度": "度",
    '0.0"%"': "pct",
    '0.0,"t"': "/1000t", "0,": "/1000", "#,##0.0,,": "/1000000", '0!.0,"万"': "/10000万", r'0\.0,"万"': "/10000万",
    ";;;": ";", '"见附件"': ";",
    "yyyy-mm-dd": "date", 'yyyy"年"m"月"': "date",
}  # fmt: skip


@pytest.mark.parametrize(("code", "meaning"), MEANINGS.items())
def test_a_format_means_what_excel_shows(code: str, meaning: str) -> None:
    assert meaning_of(code) == meaning


@pytest.mark.parametrize(("code", "meaning"), [(9, "%"), (44, "¥"), (7, "¥"), (43, ""), (2, ""), ('0.0"kg"', "kg")])
def test_a_cell_carries_what_its_format_means(code: str | int, meaning: str) -> None:
    data = one_sheet('<row><c s="1"><v>0.9</v></c><c s="1"><f>A1</f></c></row>', styles=styles_xml(code))
    opened = open_bytes(data)
    assert opened.book is not None
    ((_, cells),) = opened.book.sheets[0].rows()
    assert cells == {1: Cell("number", 0.9, None, meaning), 2: Cell("uncached", None, "A1", meaning)}


def processed(**cells: object) -> Processed:
    return process_book(returned({MAKE: [line(**cells)]}))


def number(value: float, format_: str = "") -> Cell:
    return Cell("number", value, None, format_)


def total(done: Processed) -> float | None:
    assert done.footprint is not None
    return done.footprint.products[0].cfp_kg_co2e


@pytest.mark.parametrize(
    ("loss", "share", "code"),
    [
        (number(0.2, "%"), 0.2, None),
        (number(0.0), 0.0, None),
        (number(20.0), 0.2, "percent-as-number"),
        (number(20.0, "pct"), 0.2, "percent-read"),
        (number(0.5, "pct"), 0.005, "percent-read"),
        (Cell("text", "20%"), 0.2, "percent-read"),
    ],
)
def test_a_share_is_read_as_it_is_shown(loss: Cell, share: float, code: str | None) -> None:
    done = processed(loss_rate=loss)
    assert total(done) == pytest.approx(100 / (1 - share) * KWH)
    found = [finding.code for finding in done.findings if finding.where and finding.where.cell]
    assert ([code] if code else []) == [each for each in found if "number" in each or "percent" in each]


@pytest.mark.parametrize(
    ("loss", "code", "words"),
    [
        (number(0.2), "percent-unclear", "填的是 0.2，单元格不是百分比格式：是 0.2% 还是 20%"),
        (Cell("text", "0.2"), "percent-unclear", "是 0.2% 还是 20%"),
        (number(1.0), "percent-unclear", "是 1% 还是 100%"),
        (number(20.0, "%"), "out-of-range", "2000%"),
    ],
)
def test_a_share_that_is_not_certain_is_asked_about(loss: Cell, code: str, words: str) -> None:
    done = processed(loss_rate=loss)
    assert total(done) is None
    (finding,) = [each for each in done.findings if each.code == code]
    assert words in finding.message("zh")


@pytest.mark.parametrize(
    ("amount", "unit", "kwh", "code"),
    [
        (number(100.0, "kWh"), "kWh", 100, "number-format-unit"),
        (number(100.0, "度"), None, 100, "number-format-unit"),
        (number(2.0, "万kWh"), "万kWh", 20000, "number-format-unit"),
        (number(35000.0, "/10000万"), "kWh", 35000, "number-format-scales"),
        (number(100.0, ";"), "kWh", 100, "number-format-hides"),
        (number(100.0, "左右"), "kWh", 100, "number-format-text"),
        (number(100.0, "¥"), "kWh", 100, "number-format-money"),
    ],
)
def test_an_amount_is_read_with_the_unit_that_its_format_shows(
    amount: Cell, unit: str | None, kwh: float, code: str
) -> None:
    done = processed(amount=amount, unit=unit)
    assert total(done) == pytest.approx(kwh * KWH)
    assert [each.code for each in done.findings if "number" in each.code] == [code]


@pytest.mark.parametrize(
    ("amount", "unit", "code", "words"),
    [
        (number(2.0, "万kWh"), "kWh", "unit-conflict", "“2万kWh”"),
        (number(2.0, "万"), "kWh", "number-format-unclear", "“2万”"),
        (number(1.2, "%"), "kWh", "unit-conflict", "“120%”"),
    ],
)
def test_an_amount_whose_format_says_otherwise_is_asked_about(amount: Cell, unit: str, code: str, words: str) -> None:
    done = processed(amount=amount, unit=unit)
    assert total(done) is None
    (finding,) = [each for each in done.findings if each.code == code]
    assert words in finding.message("zh")
    assert finding.where is not None


def test_a_percentage_where_a_count_belongs_is_no_count() -> None:
    """Excel stores a 20 that is typed into a cell of the format % as 0.2."""
    done = process_book(returned({Stage.USE.value: [line(unit="W", years=number(0.2, "%"))]}))
    assert "percent-for-number" in [finding.code for finding in done.findings]


def test_weights_by_economic_value_may_be_formatted_as_money() -> None:
    tables = {
        MAKE: [line(basis="全厂全年合计", plant="甲厂", amount=1000)],
        "plants": [{"name": "甲厂", "allocation_basis": "经济价值", "justification": "售价不同"}],
        "plant_products": [
            {"plant": "甲厂", "product": "分支箱", "output": 1000, "unit": "台", "weight": number(800.0, "¥")},
            {"plant": "甲厂", "product": "避雷器", "output": 500, "unit": "台", "weight": number(1600.0, "¥")},
        ],
    }
    done = process_book(returned(tables, products=[PRODUCT | {"output": 1000}]))
    assert "number-format-money" not in [finding.code for finding in done.findings]
    assert total(done) == pytest.approx(1000 / 1000 * 0.5 * KWH)
