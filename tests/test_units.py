from __future__ import annotations

import math
from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from workbook_engine.errors import UnitError
from workbook_engine.units import (
    UNITS,
    Dimension,
    Unit,
    convert,
    parse_unit,
    parse_unit_phrase,
)

BASES: dict[Dimension, str] = {
    "energy": "kWh",
    "mass": "kg",
    "volume": "m³",
    "length": "km",
    "freight": "t·km",
    "area": "m²",
    "count": "个",
    "package": "箱",
    "trip": "次",
    "time": "h",
    "power": "W",
    "ratio": "无量纲",
    "currency": "元",
    "emission": "kgCO2e",
}
# symbol -> every spelling that must be read as it
SPELLINGS = {
    "kWh": "kWh KWH kwh Kwh KWh kW·h KW.H kW*h kw-h 度 千瓦时 千瓦時 （kWh） (度) 千瓦时（kWh） ｋＷｈ 单位：kWh ㎾h",
    "Wh": "Wh WH wh 瓦时",
    "MWh": "MWh MWH Mwh 兆瓦时 MW·h",
    "GWh": "GWh gwh GWH 吉瓦时",
    "万kWh": "万kWh 万KWH 万度 万千瓦时 10⁴kWh 10^4kWh ×10⁴kWh 10000kWh 萬度",
    "亿kWh": "亿kWh 亿度 亿千瓦时",
    "kJ": "kJ KJ 千焦",
    "MJ": "MJ 兆焦",
    "GJ": "GJ gj 吉焦 百万千焦 百万kJ",
    "TJ": "TJ 太焦",
    "kcal": "kcal Kcal 大卡 千卡",
    "tce": "tce TCE t.c.e 吨标煤 吨标准煤 t标准煤",
    "kgce": "kgce KGCE 千克标准煤 公斤标煤",
    "万tce": "万tce 万吨标准煤",
    "kg": "kg KG Kg kG 公斤 千克 ㎏ kg. ［kg］",
    "g": "g 克 G",
    "mg": "mg 毫克",
    "t": "t T 吨 噸 公吨 公噸 吨（t） t（吨） 吨(T) 单位:吨 tonne Tonnes ton",
    "kt": "kt 千吨",
    "万t": "万吨 万t",
    "斤": "斤 市斤",
    "两": "两",
    "lb": "lb LBS 磅",
    "m³": "m³ m3 M3 m^3 ㎥ 立方 立方米 方 cbm",
    "Nm³": "m³（标况） Nm³ Nm3 NM3 nm3 N·m³ 标方 标立方 标准立方米",
    "万m³": "万m³ 万方 万立方米 10⁴m³",
    "万Nm³": "万Nm³ 10⁴Nm³ 10^4Nm3 万标方",
    "L": "L l 升 公升",
    "mL": "ml mL 毫升",
    "km": "km KM 公里 千米 ㎞",
    "m": "m M 米",
    "mm": "mm 毫米",
    "t·km": "t·km tkm t.km t*km t×km t-km TKM 吨公里 吨·公里 吨千米 吨・公里 t公里 吨·km ton-km",
    "kg·km": "kg·km kgkm kg.km 公斤公里",
    "万t·km": "万吨公里 万t·km 10⁴t·km",
    "m²": "m² m2 M2 ㎡ 平方米 平米",
    "台": "台 臺",
    "台套": "台套 台（套） 台(套)",
    "套": "套",
    "件": "件",
    "只": "只",
    "个": "个 pcs PCS Pcs pc piece pieces EA",
    "块": "块",
    "片": "片",
    "根": "根",
    "条": "条",
    "支": "支",
    "辆": "辆",
    "组": "组",
    "万台": "万台",
    "千只": "千只",
    "箱": "箱",
    "h": "工时 h H 小时 时 hours",
    "min": "min 分钟",
    "年": "年 a year",
    "W": "W w 瓦",
    "kW": "kW KW kw 千瓦 ㎾",
    "MW": "MW Mw 兆瓦",
    "mW": "mW 毫瓦",
    "%": "% ％ 百分比",
    "元": "元 人民币 RMB ￥ ¥",
    "万元": "万元",
    "kgCO2e": "kgCO2e kgCO2eq kg·CO₂e kgCO₂-eq",
}

# symbol -> how much of the base unit one of it is, worked by hand
FACTORS = {
    "MWh": Fraction(1000),
    "万kWh": Fraction(10_000),
    "MJ": Fraction(10, 36),  # 1 kWh = 3.6 MJ
    "GJ": Fraction(10_000, 36),
    "kgce": Fraction(8141, 1000),  # 29.3076 MJ / 3.6 = 8.141 kWh
    "tce": Fraction(8141),
    "kcal": Fraction(1163, 10**6),  # 4.1868 kJ / 3600
    "t": Fraction(1000),
    "g": Fraction(1, 1000),
    "mg": Fraction(1, 10**6),
    "斤": Fraction(1, 2),
    "两": Fraction(1, 20),
    "lb": Fraction("0.45359237"),
    "L": Fraction(1, 1000),
    "mL": Fraction(1, 10**6),
    "万Nm³": Fraction(10_000),
    "m": Fraction(1, 1000),
    "kg·km": Fraction(1, 1000),
    "万t·km": Fraction(10_000),
    "min": Fraction(1, 60),
    "年": Fraction(8760),
    "mW": Fraction(1, 1000),
    "%": Fraction(1, 100),
    "亩": Fraction(20_000, 30),
    "千只": Fraction(1000),
}


@pytest.mark.parametrize(
    ("symbol", "spelling"), [(s, word) for s, words in SPELLINGS.items() for word in words.split()]
)
def test_spelling_is_read_as_the_unit(symbol: str, spelling: str) -> None:
    unit = parse_unit(spelling)
    assert unit is not None
    assert unit.symbol == symbol


@pytest.mark.parametrize(("symbol", "exact"), FACTORS.items())
def test_factor_to_the_base_unit_is_exact(symbol: str, exact: Fraction) -> None:
    unit = parse_unit(symbol)
    assert unit is not None
    assert unit.exact == exact
    assert unit.factor == float(exact)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "/", "-", "1", "120", "kg/台", "kWh/年"),  # nothing, a number, or one unit per another
        *("mw", "mwh", "mWh", "mj", "mJ", "MG", "Mg", "ML", "MM", "Mt", "MT"),  # milli or mega, metric ton or megatonne
        *("104Nm3", "1.000kg", "10.00kWh", "m-3"),  # a lost superscript, a decimal point, an exponent
        *(
            "kVA",
            "A",
            "V",
            "℃",
            "N·m",
            "吨煤",
            "加仑",
            "oz",
            "千瓦每",
            "kg吨",
            "吨（kg）",
            "kWh kWh",
            "百分",
            "k",
            "万",
            "/台",
        ),
        "x" * 10_000,
        "(" * 1000,
    ],
)
def test_what_is_no_single_certain_unit_is_not_read(text: str) -> None:
    assert parse_unit(text) is None


@pytest.mark.parametrize(
    ("text", "symbol", "per_text", "per"),
    [
        ("kWh/年", "kWh", "年", "年"),
        ("吨／年", "t", "年", "年"),
        ("kg/台", "kg", "台", "台"),
        ("kg（每台）", "kg", "台", "台"),
        ("kWh(/台)", "kWh", "台", "台"),
        ("kWh每套", "kWh", "套", "套"),
        ("kg per piece", "kg", "piece", "个"),
        ("L/100km", "L", "100km", "百km"),
        ("L/百公里", "L", "百公里", "百km"),
        ("kW/h", "kW", "h", "h"),  # a slip for kWh: told apart by its dimension, never mended here
        ("kgCO2e/(t·km)", "kgCO2e", "t·km", "t·km"),
        ("kgCO2e/t.km", "kgCO2e", "t.km", "t·km"),
        ("kgCO2/kWh", "kgCO2", "kWh", "kWh"),
        ("t/10^4Nm3", "t", "10^4Nm3", "万Nm³"),
        ("吨/班次", "t", "班次", None),
    ],
)
def test_denominator_is_returned_with_the_unit(text: str, symbol: str, per_text: str, per: str | None) -> None:
    phrase = parse_unit_phrase(text)
    assert phrase is not None
    assert (phrase.unit.symbol, phrase.per_text) == (symbol, per_text)
    assert (phrase.per.symbol if phrase.per else None) == per


def test_unit_read_by_convention_says_so() -> None:
    ton, tonne = parse_unit_phrase("ton"), parse_unit_phrase("tonne")
    assert ton is not None
    assert tonne is not None
    assert ton.unit is tonne.unit
    assert ton.convention is not None
    assert tonne.convention is None


@pytest.mark.parametrize(
    ("amount", "source", "target", "expected"),
    [
        (36, "GJ", "kWh", 10_000),
        (1, "tce", "GJ", 29.3076),
        (9, "kg", "t", 0.009),
        (3.5, "万度", "kWh", 35_000),
        (2, "斤", "kg", 1),
        (1200, "kg·km", "t·km", 1.2),
        (0, "MJ", "tce", 0),
        (90, "min", "h", 1.5),
        (15, "%", "%", 15),
        (7, "箱", "箱", 7),
    ],
)
def test_amount_is_converted(amount: float, source: str, target: str, expected: float) -> None:
    a, b = parse_unit(source), parse_unit(target)
    assert a is not None
    assert b is not None
    assert convert(amount, a, b) == expected


@pytest.mark.parametrize(("source", "target"), [("kWh", "kg"), ("kW", "kWh"), ("L", "kg"), ("箱", "桶"), ("t", "t·km")])
def test_units_of_different_meaning_do_not_convert(source: str, target: str) -> None:
    with pytest.raises(UnitError):
        convert(1, UNITS[source], UNITS[target])


def test_amount_beyond_a_float_is_refused() -> None:
    with pytest.raises(UnitError):
        convert(1e308, UNITS["t"], UNITS["mg"])


def test_each_dimension_has_a_base_unit() -> None:
    assert set(BASES) == set(get_args(Dimension)) == {unit.dimension for unit in UNITS.values()}
    for dimension, symbol in BASES.items():
        base = parse_unit(symbol)
        assert base is not None
        assert (base.dimension, base.exact) == (dimension, 1)


def test_symbols_are_read_back_as_their_own_unit() -> None:
    assert {symbol: parse_unit(symbol) for symbol in UNITS} == dict(UNITS)


units = st.sampled_from(sorted(UNITS.values(), key=lambda unit: unit.symbol))
amounts = st.floats(min_value=-1e12, max_value=1e12, allow_nan=False)


@settings(suppress_health_check=[HealthCheck.filter_too_much])  # most pairs do not convert
@given(amounts, units, units)
def test_conversion_there_and_back_is_the_same_amount(amount: float, one: Unit, other: Unit) -> None:
    assume(one.converts_to(other))
    there = convert(amount, one, other)
    assert math.isclose(convert(there, other, one), amount, rel_tol=1e-12, abs_tol=1e-300)


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    phrase = parse_unit_phrase(text)
    assert phrase is None or phrase.unit.exact > 0
