from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.books import PRODUCT, line, returned
from tests.studies import process_book
from workbook_engine.catalogue import all_types
from workbook_engine.findings import CellRef, Severity
from workbook_engine.grid import Cell, CellKind
from workbook_engine.intake import bind_inputs
from workbook_engine.normalize import build_inventory
from workbook_engine.normalize.numbers import NumberReading, plain_number, read_number
from workbook_engine.pipeline import factor_library
from workbook_engine.units import UNITS, parse_unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook_engine.texts import Language


def read(text: str) -> NumberReading:
    return read_number(Cell("text", text))


def codes(reading: NumberReading) -> tuple[str, ...]:
    return tuple(kind.code for kind, _ in reading.notes)


# --- numbers that are certain -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("120", 120),
        (" 120\n", 120),
        ("\u3000120\u00a0", 120),
        ("\ufeff120\u200b", 120),
        ("１２３．４", 123.4),
        ("－５", -5),
        ("−5", -5),
        ("+5", 5),
        ("0", 0),
        ("０", 0),
        ("-0", 0),
        (".5", 0.5),
        ("12.", 12),
        ("12。5", 12.5),
        ("120。", 120),
        ("1,234.5", 1234.5),
        ("１，２３４．５", 1234.5),
        ("1,234,567", 1_234_567),
        ("12 345", 12_345),
        ("12\u00a0345.6", 12_345.6),
        ("12\u202f345", 12_345),
        ("1'234'567", 1_234_567),
        ("1.2E+04", 12_000),
        ("1.2e4", 12_000),
        ("5E-3", 0.005),
        ("1.2×10⁴", 12_000),
        ("1.2*10^4", 12_000),
        ("3x10⁻³", 0.003),
        ("3.5万", 35_000),
        ("3.5 万", 35_000),
        ("3.3万", 33_000),
        ("1.2亿", 120_000_000),
        ("5百万", 5_000_000),
        ("2千", 2_000),
        ("1,200.5万", 12_005_000),
        ("-3万", -30_000),
        ("3万5千", 35_000),
        ("1亿2000万", 120_000_000),
        ("1万2000", 12_000),
        ("十二", 12),
        ("二十", 20),
        ("三万五千", 35_000),
        ("三万五", 35_000),
        ("一百五", 150),
        ("一百零五", 105),
        ("三千零五十", 3_050),
        ("两万", 20_000),
        ("壹佰贰拾叁", 123),
        ("貳萬", 20_000),
        ("二〇二五", 2025),
        ("一点五", 1.5),
        ("一点五万", 15_000),
        ("三点一四", 3.14),
        ("零", 0),
        ("负三", -3),
        ("九亿八千七百六十五万四千三百二十一", 987_654_321),
    ],
)
def test_text_number_is_read_with_a_note(text: str, value: float) -> None:
    reading = read(text)
    assert (reading.kind, reading.value) == ("number", value)
    assert codes(reading) == ("number-as-text",)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("120kg", 120, "kg"),
        ("120 KG", 120, "kg"),
        ("120公斤", 120, "kg"),
        ("１２０ｋｇ", 120, "kg"),
        ("120（kg）", 120, "kg"),
        ("1,234.5 kWh", 1234.5, "kWh"),
        ("3.5万度", 35_000, "kWh"),
        ("3.5万kWh", 35_000, "kWh"),
        ("3千克", 3, "kg"),
        ("三千克", 3_000, "g"),
        ("3千瓦时", 3, "kWh"),
        ("5百万千焦", 5, "GJ"),
        ("2万吨", 20_000, "t"),
        ("三万五千度", 35_000, "kWh"),
        ("两吨", 2, "t"),
        ("二两", 2, "两"),
        ("二十两", 20, "两"),
        ("3台", 3, "台"),
        ("12m³", 12, "m³"),
        ("12m3", 12, "m³"),
        ("1.2×10⁴Nm³", 12_000, "Nm³"),
        ("15%", 15, "%"),
        ("１５％", 15, "%"),
        ("5 EA", 5, "个"),
        ("20年", 20, "年"),
        ("¥1200", 1200, "元"),
        ("1200元", 1200, "元"),
    ],
)
def test_unit_in_the_same_cell_is_read_with_a_note(text: str, value: float, unit: str) -> None:
    reading = read(text)
    assert reading.unit is not None
    assert (reading.kind, reading.value, reading.unit.symbol) == ("number", value, unit)
    assert codes(reading) == ("number-with-unit",)


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("约120", 120, ("number-approximate",)),
        ("大约 1.2万", 12_000, ("number-approximate",)),
        ("\u7d04120", 120, ("number-approximate",)),  # the traditional form
        ("≈120", 120, ("number-approximate",)),
        ("~120", 120, ("number-approximate",)),
        ("120左右", 120, ("number-approximate",)),
        ("120（估）", 120, ("number-approximate",)),
        ("120（估算值）", 120, ("number-approximate",)),
        ("约120kg", 120, ("number-with-unit", "number-approximate")),
        ("120kg左右", 120, ("number-with-unit", "number-approximate")),
        ("120±5", 120, ("number-with-tolerance",)),
        ("120 +/- 5", 120, ("number-with-tolerance",)),
        ("1,234", 1234, ("number-one-comma",)),
        ("1,200万", 12_000_000, ("number-one-comma",)),
        ("120kg/台", 120, ("number-per-unit",)),
        ("120（含备件）", 120, ("number-with-remark",)),
        ("(120)", -120, ("number-in-brackets",)),
        ("（１２０）", -120, ("number-in-brackets",)),
        ("2 ton", 2, ("number-with-unit", "unit-by-convention")),
    ],
)
def test_what_somebody_should_look_at_is_read_with_a_warning(
    text: str, value: float, expected: tuple[str, ...]
) -> None:
    reading = read(text)
    assert (reading.kind, reading.value, codes(reading)) == ("number", value, expected)
    assert any(kind.severity is Severity.WARNING for kind, _ in reading.notes)


def test_tolerance_gives_the_ends() -> None:
    assert (read("120±5").low, read("120±5").high) == (115, 125)
    assert (read("120kg±5kg").low, read("200±10%").high) == (115, 220)
    assert (read("200±10%").unit, read("120±5kg").unit) == (None, UNITS["kg"])
    assert read("120kg±5台").value is None


def test_denominator_and_multiplier_are_told() -> None:
    reading = read("1.2万kWh/台")
    assert (reading.value, reading.multiplier, reading.per_text, reading.per) == (12_000, 1e4, "台", UNITS["台"])
    assert (read("1.2亿").multiplier, read("120").multiplier) == (1e8, 1)


# --- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\n", "\u00a0\t", "\u200b"])
def test_white_space_is_blank(text: str) -> None:
    assert read(text) == NumberReading("blank")
    assert read_number(None) == NumberReading("blank")


@pytest.mark.parametrize(
    ("sense", "words"),
    [
        ("mark", "/ ／ - — —— – － // \\"),
        ("none", "无 無 没有 未使用 None （无） 无。"),
        ("not-applicable", "N/A n/a NA 不适用 不涉及 Ｎ／Ａ"),
    ],
)
def test_word_for_nothing_is_told_with_its_meaning(sense: str, words: str) -> None:
    for word in words.split():
        reading = read(word)
        assert (word, reading.kind, reading.value, reading.sense) == (word, "nothing", None, sense)
        assert reading.notes == []


@pytest.mark.parametrize(
    "text", ["待定", "待补充", "TBD", "tbc", "未知", "?", "？", "暂无", "无数据", "待 定", "…", "……", "..."]
)
def test_figure_still_to_come_is_an_error(text: str) -> None:
    assert (read(text).kind, read(text).value, codes(read(text))) == ("pending", None, ("value-pending",))


@pytest.mark.parametrize("text", ["同上", "〃", "″", "ditto"])
def test_same_as_above_is_told_apart(text: str) -> None:
    assert (read(text).kind, read(text).value, codes(read(text))) == ("same", None, ("value-same-as-above",))


# --- what is not read -------------------------------------------------------------------------------------------------


UNCERTAIN = {
    "number-separators-unclear": "1,5 1.234.567 1.234,5 12,34 1,23,456 0,123 1,2345 12,5kg",
    "number-is-range": "100-120 100~120 100～120 100—120 100至120 100到120kg 约100-120 1-2万",
    "number-is-bound": "<0.1 ＜0.1 ≤5 >100 不足1 100以上 120多 3万余 120+ 不超过5kg 5kg以下",
    "number-is-expression": "120/2 120-100 (3+4)*5 1200×800 60*40 3×2.5 1200×800×600 20×2=50 =SUM(A1:A3) "
    "=3/0 =A1*2 =(3+4",
    "number-unit-unknown": "120foo 5e 10⁴ 1½ 120kg吨 3万5 3三 5mw 120kg/ 0x1F",
    "number-per-time": "120/月 4万/月 120／天 120每月 每月120 月均120 日均3.5万 每天约120 120/季度 120/班",
    "value-elsewhere": "见附件2 详见附表 参见发票 请见发票",
    "cell-error": "#REF! #DIV/0! #N/A",
    "date-for-number": "2025.1.1 2025-01-01 2025年1月",
    "number-one-or-dash": "一",
    "not-a-number": "120（130） 1_000 120? 120！ 120- 120* 120、130 "
    "abc ① ½ nan inf -inf Infinity 1e400 1e-400 --5 ٣ 𝟏𝟐 一百万千 kg120 ( ) . , % 万 点 负 百",
}


@pytest.mark.parametrize(
    ("code", "text"), [(code, text) for code, texts in UNCERTAIN.items() for text in texts.split()]
)
def test_what_is_not_certain_is_reported_and_not_read(code: str, text: str) -> None:
    reading = read(text)
    assert (reading.kind, reading.value, codes(reading)) == ("unclear", None, (code,))
    severities = {kind.code: kind.severity for kind in all_types()}
    assert severities[code] is Severity.ERROR


@pytest.mark.parametrize("text", ["12 34", "12\n345", "12\t345", "120 130 1", "1 2", "3.5 4"])
def test_two_numbers_in_a_cell_are_not_one(text: str) -> None:
    assert read(text).kind == "unclear"


@pytest.mark.parametrize(
    "text", ["1234567890123456", "9" * 5_000, "一二三四五六七八九一二三四五六七八", "x" * 40_000, "1" + " " * 300 + "2"]
)
def test_number_longer_than_a_spreadsheet_keeps_is_not_read(text: str) -> None:
    assert (read(text).kind, read(text).value) == ("unclear", None)


def test_ends_of_a_range_and_of_a_limit_are_told() -> None:
    assert (read("100~120kg").low, read("100~120kg").high, read("100~120kg").unit) == (100, 120, UNITS["kg"])
    assert (read("1-2万").low, read("1-2万").high) == (None, None)  # 1 or 10 000?
    assert (read("<0.1").low, read("<0.1").high) == (None, 0.1)
    assert (read("120以上").low, read("120以上").high) == (120, None)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (Cell("error", "#REF!"), "cell-error"),
        (Cell("uncached", None, "SUM(C5:C16)"), "formula-not-calculated"),
        (Cell("bool", True), "boolean-for-number"),  # noqa: FBT003
        (Cell("date", 45658.0), "date-for-number"),
        (Cell("invalid", "9" * 5000), "invalid-value"),
        (Cell("number", math.nan), "invalid-value"),
        (Cell("number", math.inf), "invalid-value"),
    ],
)
def test_cell_of_another_kind_is_reported(cell: Cell, code: str) -> None:
    reading = read_number(cell)
    assert (reading.kind, reading.value, codes(reading)) == ("unclear", None, (code,))


@pytest.mark.parametrize(
    ("serial", "date1904", "shown"),
    [
        (45717.0, False, "2025-03-01"),
        (44255.0, True, "2025-03-01"),
        (45717.75, False, "2025-03-01"),
        (0.25, False, "06:00"),
    ],
)
def test_date_in_the_place_of_a_number_is_told_as_it_is_seen(serial: float, date1904: bool, shown: str) -> None:  # noqa: FBT001
    (((_, params)),) = read_number(Cell("date", serial), date1904=date1904).notes
    assert params["typed"] == shown


def test_number_cell_is_read_as_it_is_without_a_word() -> None:
    assert read_number(Cell("number", 12.5)) == NumberReading("number", 12.5)
    assert read_number(Cell("number", 0.0, "A1*0")) == NumberReading("number", 0.0)
    assert (plain_number(Cell("number", 12.5)), plain_number(Cell("text", "12.5")), plain_number(None)) == (
        12.5,
        None,
        None,
    )


# --- the column's unit ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "unit", "value", "expected"),
    [
        ("120", "kg", 120, ("number-as-text",)),
        ("120kg", "kg", 120, ("number-with-unit",)),
        ("2t", "kg", 2000, ("number-converted",)),
        ("3.5万度", "万kWh", 3.5, ("number-converted",)),
        ("3600MJ", "kWh", 1000, ("number-converted",)),
        ("约2t", "kg", 2000, ("number-approximate", "number-converted")),
        ("2kWh", "kg", None, ("number-unit-misfit",)),
        ("3.5万", "kWh", 35_000, ("number-as-text",)),
        ("3.5万", "万kWh", None, ("number-scaled-twice",)),
        ("待定", "kg", None, ("value-pending",)),
    ],
)
def test_reading_is_stated_in_the_unit_of_its_column(
    text: str, unit: str, value: float | None, expected: tuple[str, ...]
) -> None:
    wanted = parse_unit(unit)
    assert wanted is not None
    reading = read(text).in_unit(wanted)
    assert (reading.value, codes(reading)) == (value, expected)


# --- what is said -----------------------------------------------------------------------------------------------------


def test_finding_says_where_what_and_how_it_was_read() -> None:
    (finding,) = read("3.5万").findings(CellRef("生产", 12, 4))
    assert finding.message("zh") == "生产!D12: “3.5万”是文本，已读作 35000。"
    (finding,) = read("2kWh").in_unit(UNITS["kg"]).findings(CellRef("生产", 12, 4))
    assert finding.message("en") == "生产!D12: “2kWh” is in kWh; kg is wanted here, and there is no conversion."


def test_long_text_is_shortened_in_the_message() -> None:
    (finding,) = read("很长" * 500).findings(CellRef("生产", 12, 4))
    assert len(finding.message("zh")) < 80


# --- whatever is typed ------------------------------------------------------------------------------------------------


def full_width(text: str) -> str:
    return "".join(chr(ord(character) + 0xFEE0) if 0x21 <= ord(character) < 0x7F else character for character in text)


STYLES: list[Callable[[float], str]] = [
    repr,
    lambda value: f"{value:.15g}",
    lambda value: full_width(repr(value)),
    lambda value: f"\u3000{value!r}\u00a0",
    lambda value: f"{value:.14e}",
    lambda value: f"{value:,}",
    lambda value: f"{value:,}".replace(",", " "),
    lambda value: f"{value!r}kg",
    lambda value: f"{value!r} 度",
    lambda value: f"约{value!r}",
    lambda value: f"{value!r}（含税）",
    lambda value: f"{value / 1e4!r}万",
]


@given(st.floats(min_value=-1e12, max_value=1e12, allow_subnormal=False), st.sampled_from(STYLES))
def test_number_is_read_back_in_every_style(value: float, style: Callable[[float], str]) -> None:
    reading = read(style(value))
    assert reading.kind == "number"
    assert reading.value == pytest.approx(value, rel=1e-13, abs=1e-300)
    assert reading.notes


CHINESE = "零一二三四五六七八九"


def in_chinese(number: int) -> str:
    """Write a whole number below 10⁸ as it is spoken, by the schoolbook rule: an independent writer for the reader."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        gap = "零" if 0 < low < 1000 else ""
        return in_chinese(high) + "万" + gap + (in_chinese(low) if low else "")
    digits = f"{number:04d}"
    spoken = "".join(
        CHINESE[int(digit)] + unit if digit != "0" else "零" for digit, unit in zip(digits, "千百十 ", strict=True)
    )
    spoken = spoken.replace(" ", "").lstrip("零")
    while "零零" in spoken:
        spoken = spoken.replace("零零", "零")
    return spoken.rstrip("零") or "零"


@given(st.integers(min_value=2, max_value=99_999_999))
def test_chinese_numeral_is_read_back(number: int) -> None:
    assert read(in_chinese(number)).value == number


typed = st.text(
    alphabet=st.sampled_from(
        "0123456789.,，。 -—~～/±<>()（）万亿千百十零一二两三五点约左右kgtmWh度%台e+*×=’'年月日每"
    ),
    max_size=14,
)


@given(st.one_of(typed, st.text(max_size=60)))
def test_no_text_breaks_the_reader_or_passes_without_a_word(text: str) -> None:
    reading = read(text)
    if reading.kind == "number":
        assert reading.value is not None
        assert math.isfinite(reading.value)
        assert reading.notes
    else:
        assert reading.value is None
        assert reading.kind in ("blank", "nothing") or any(kind.severity is Severity.ERROR for kind, _ in reading.notes)
    for finding in reading.findings(CellRef("表", 1, 1)):
        assert finding.message("zh")
        assert finding.remedy("en")


@given(st.from_regex(r"[+-]?[0-9]{1,15}(\.[0-9]{0,10})?([eE][+-]?[0-9]{1,2})?", fullmatch=True))
def test_plain_decimal_is_what_python_reads(text: str) -> None:
    assert read(text).value == float(text)


@given(st.from_regex(r"[0-9]{1,6}([.,' ][0-9]{1,4}){1,3}", fullmatch=True))
def test_grouped_digits_are_read_only_in_full_groups_of_three(text: str) -> None:
    value = read(text).value
    if value is not None:
        whole, _, fraction = text.partition(".")
        separators = {character for character in whole if not character.isdigit()}
        first, *groups = re.split("[,' ]", whole)
        assert len(separators) <= 1
        assert all(len(group) == 3 for group in groups)
        assert not groups or len(first) <= 3
        assert value == float(first + "".join(groups) + "." + fraction)


cells = st.one_of(st.none(), st.booleans(), st.floats(), st.text(max_size=20))


@given(st.builds(Cell, st.sampled_from(get_args(CellKind)), cells))
def test_no_cell_breaks_the_reader(cell: Cell) -> None:
    reading = read_number(cell)
    assert reading.value is None or math.isfinite(reading.value)
    assert (reading.value is not None) == (reading.kind == "number")


@pytest.mark.parametrize(("language", "code"), [("zh", "number-as-text"), ("en", "number-one-comma")])
def test_one_comma_is_a_question_only_where_it_may_be_a_decimal_one(language: Language, code: str) -> None:
    """In China 2,400 is 2400; in a template in English it may be 2.4."""
    submission, found = bind_inputs(returned({"production": [line(amount="2,400")]}))
    assert submission is not None
    inventory, told = build_inventory(replace(submission, language=language), factor_library(), found)
    assert inventory.lines[0].amount == 2400
    assert [finding.code for finding in told if finding.where and finding.where.cell == "E7"] == [code]


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("=715000*2", 1_430_000, "number-calculated"),
        ("＝（300+400）×12", 8400, "number-calculated"),
        ("=1200-200/4", 1150, "number-calculated"),
        ("715000×2=1430000", 1_430_000, "number-calculated"),
        ("715000×2", 1_430_000, "number-multiplied"),
        ("715000 * 2", 1_430_000, "number-multiplied"),
        ("12x365", 4380, "number-multiplied"),
        ("12*3.5万", 420_000, "number-multiplied"),
        ("1,200×12=", 14_400, "number-multiplied"),
        ("1000+430", 1430, "number-multiplied"),
        ("0.1+0.2", 0.3, "number-multiplied"),
    ],
)
def test_calculations_typed_as_text_are_worked_out(text: str, value: float, code: str) -> None:
    assert (read(text).value, codes(read(text))) == (value, (code,))


@pytest.mark.parametrize("text", ["'1430", "’1430", "'1,430", "'＋1430"])
def test_the_apostrophe_that_makes_a_text_of_a_number_is_no_part_of_it(text: str) -> None:
    assert (read(text).value, read(text).kind) == (1430, "number")
    assert codes(read(text)) in (("number-as-text",), ("number-one-comma",))


@pytest.mark.parametrize(
    "text", ["1430000/年", "143万/年", "1430000每年", "1,430,000 / 年度", "1430000/a", "1430000 per year"]
)
def test_a_number_per_year_is_one_where_the_basis_is_a_total_of_the_year(text: str) -> None:
    year = "本产品全年合计"
    done = process_book(returned({"production": [line(amount=text, basis=year)]}))
    plain = process_book(returned({"production": [line(amount=1_430_000, basis=year)]}))
    assert done.cfp == plain.cfp is not None
    assert "per-agrees" in done.codes()
    assert done.said() == []
    per_unit = process_book(returned({"production": [line(amount=text)]}))
    assert ([code for *_, code in per_unit.said()], per_unit.cfp) == (["per-unclear"], None)


@pytest.mark.parametrize(
    ("tables", "products", "fields"),
    [
        ({"amount": "1430/年", "unit": "kWh/台", "basis": "本产品全年合计"}, {}, {}),
        ({"amount": "1430/年", "unit": "kWh/台"}, {}, {}),
        ({"amount": "1430/年", "basis": "本产品全年合计"}, {}, {"study.period_end": "2025-06-30"}),
        ({"month_01": "120/年"}, {}, {}),
        ({}, {"mass_kg": "80/年"}, {}),
    ],
)
def test_a_number_per_year_elsewhere_is_asked_about(
    tables: dict[str, object], products: dict[str, object], fields: dict[str, object]
) -> None:
    if "month_01" in tables:
        tables = {f"month_{month:02d}": 120 for month in range(1, 13)} | tables
        tables |= {"amount": None, "basis": "本产品全年合计"}
    book = returned({"production": [line(**tables)]}, fields, products=[PRODUCT | products])
    assert process_book(book).said()


def test_an_output_per_year_is_the_years() -> None:
    rows = {"production": [line(amount=9000, basis="本产品全年合计")]}
    done = process_book(returned(rows, products=[PRODUCT | {"output": "1000/年"}]))
    assert done.cfp == process_book(returned(rows)).cfp is not None


@pytest.mark.parametrize(("language", "code"), [("zh", "number-as-text"), ("en", "number-one-dot")])
@pytest.mark.parametrize(
    ("text", "is_open"), [("12.000", True), ("143.500", True), ("1430.000", False), ("0.125", False)]
)
def test_one_point_is_a_question_only_where_it_may_part_thousands(
    language: Language, code: str, text: str, is_open: bool  # noqa: FBT001
) -> None:  # fmt: skip
    submission, found = bind_inputs(returned({"production": [line(amount=text)]}))
    assert submission is not None
    inventory, told = build_inventory(replace(submission, language=language), factor_library(), found)
    assert inventory.lines[0].amount == float(text)
    said = [finding.code for finding in told if finding.where and finding.where.cell == "E7"]
    assert said == [code if is_open else "number-as-text"]
