"""Units as companies write them, each with a dimension and an exact factor to the dimension's base unit.

An own table, not a general library: those read `pcs` as parsec, `T` as tesla, `ton` as 907 kg, and refuse ㎡, KWH, tkm.

How a text is read, in this order:
1. spacing, separators (`kW·h`, `t.km`, `t-km`), full-width forms and superscripts are evened out (`_key`);
2. a spelling whose capitals carry meaning must match them: `MW` and `mW` differ, and `mw` is neither;
3. any other spelling matches in upper and lower case alike: `KWH`, `Kg`, `T`;
4. a multiplier in front of a known unit: `万kWh`, `10⁴Nm³`, `千只`, `亿度`;
5. a second spelling of the same unit in brackets: `吨（t）`.
What can be read in two ways is not read (None): the caller reports it.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from workbook_engine.errors import UnitError
from workbook_engine.frozen import frozen
from workbook_engine.patterns import pattern
from workbook_engine.texts import Text
from workbook_engine.traditional import SIMPLIFIED

if TYPE_CHECKING:
    from collections.abc import Mapping

Dimension = Literal[
    "energy", "mass", "volume", "length", "freight", "area", "count", "package", "trip", "time", "power", "ratio",
    "currency", "emission",
]  # fmt: skip


@frozen
class Unit:
    """A unit: an amount in it times `exact` is the amount in the base unit of its dimension.

    A box is not a barrel, so units of the dimension `package` convert only to themselves. Nm³ and m³ share a dimension
    and the factor 1, as Chinese statistics do: whoever must tell them apart compares `symbol`.
    """

    symbol: str
    dimension: Dimension
    exact: Fraction

    @property
    def factor(self) -> float:
        """Return `exact` as a float."""
        return float(self.exact)

    def converts_to(self, other: Unit) -> bool:
        """Tell whether an amount in this unit can be stated in the other."""
        return self.dimension == other.dimension and (self.dimension != "package" or self.symbol == other.symbol)

    def __hash__(self) -> int:
        """Return the symbol's, which each line asks for: that of a fraction takes twenty times as long."""
        return hash(self.symbol)

    def __str__(self) -> str:
        """Return the symbol."""
        return self.symbol


class UnitPhrase(NamedTuple):
    """What a unit text says: `kg/台` is the unit kg with `per_text` 台 and `per` the unit 台 (None if unknown).

    `convention` is set where the spelling was read by a convention that the reader should be told of.
    """

    unit: Unit
    per_text: str = ""
    per: Unit | None = None
    convention: Text | None = None


def convert(amount: float, source: Unit, target: Unit) -> float:
    """Return an amount in `source` as an amount in `target`.

    Raise UnitError where the two do not convert (kWh to kg) or the result is beyond a float.
    """
    if source is target:
        return amount
    if not source.converts_to(target):
        message = f"{source} ({source.dimension}) does not convert to {target} ({target.dimension})"
        raise UnitError(message)
    a, b = source.exact, target.exact
    # Whole numbers multiplied, then one division: 9 kg is 0.009 t, where 9 * 0.001 is 0.009000000000000001.
    result = amount * (a.numerator * b.denominator) / (a.denominator * b.numerator)
    if not abs(result) <= _LARGEST:
        message = f"{amount} {source} is no finite amount in {target}"
        raise UnitError(message)
    return result


_LARGEST = 1.7976931348623157e308  # the largest finite double, IEEE 754


# --- the table --------------------------------------------------------------------------------------------------------

# A spelling after "=" must match in upper and lower case, because another case could be another unit (mg and Mg) or
# a slip of a thousand millions (mWh for MWh). All others match in any case. Spaces, separators and ^ do not count.
_Row = tuple[str, Fraction | int, str]

_J = Fraction(1, 3_600_000)  # 1 kWh = 3.6 MJ, by definition of the watt-hour (SI brochure, table 8: 1 h = 3600 s)
_KCAL = Fraction(41868, 10) * _J  # 1 kcal = 4.1868 kJ, international table calorie (GB/T 2589-2020, appendix A)
_TCE = 7_000_000 * _KCAL  # 1 kgce = 7000 kcal = 29.3076 MJ (GB/T 2589-2020, 3.6), as heat content: 1 tce = 8141 kWh
_LB = Fraction(45_359_237, 100_000_000)  # avoirdupois pound, exact by the international agreement of 1959

_ENERGY: tuple[_Row, ...] = (
    ("kWh", 1, "kWh 度 度电 千瓦时 千瓦小时 千瓦·时 kW·小时 kW·时 kilowatt-hour kilowatt-hours 瓩时"),
    ("Wh", Fraction(1, 1000), "Wh 瓦时"),
    ("MWh", 1000, "=MWh =MWH =Mwh =MwH 兆瓦时 兆瓦·时 兆瓦小时"),
    ("GWh", 1_000_000, "GWh 吉瓦时"),
    ("TWh", 1_000_000_000, "TWh 太瓦时"),
    ("J", _J, "J 焦 焦耳"),
    ("kJ", 1000 * _J, "kJ 千焦 千焦耳"),
    ("MJ", 10**6 * _J, "=MJ =Mj 兆焦 兆焦耳"),
    ("GJ", 10**9 * _J, "GJ 吉焦 吉焦耳 百万千焦 百万kJ"),
    ("TJ", 10**12 * _J, "TJ 太焦 太焦耳"),
    ("kcal", _KCAL, "kcal 大卡 千卡"),
    ("Mcal", 1000 * _KCAL, "=Mcal =MCAL 兆卡"),
    ("Gcal", 10**6 * _KCAL, "Gcal 吉卡 百万大卡 百万千卡"),
    # International table Btu: 1055.05585262 J (ISO 80000-5:2007, annex C). "M" of MBtu is 1000 or 10⁶: not read.
    ("MMBtu", 10**6 * Fraction(105_505_585_262, 10**8) * _J, "MMBtu 百万英热 百万英热单位"),
    ("tce", _TCE, "tce 吨标煤 吨标准煤 t标煤 t标准煤 吨ce 吨标煤当量 吨标准煤当量"),
    ("kgce", _TCE / 1000, "kgce 千克标煤 千克标准煤 公斤标煤 公斤标准煤 kg标煤 kg标准煤"),
    ("gce", _TCE / 10**6, "gce 克标煤 克标准煤 g标煤 g标准煤"),
)
_MASS: tuple[_Row, ...] = (
    ("kg", 1, "kg kgs 千克 公斤 kilogram kilograms kilo"),
    ("g", Fraction(1, 1000), "g 克 gram grams"),
    ("mg", Fraction(1, 10**6), "=mg 毫克"),
    ("t", 1000, "t 吨 公吨 tonne tonnes 顿"),  # 顿: the commonest slip of the pinyin keyboard for 吨, no unit itself
    ("kt", 10**6, "kt 千吨"),
    # 斤 and 两: the market system as tied to the metric one in 1959 (State Council order on units of measurement).
    ("斤", Fraction(1, 2), "斤 市斤"),
    ("两", Fraction(1, 20), "两 市两"),
    ("担", 50, "担 市担"),
    ("lb", _LB, "lb lbs 磅 pound pounds"),
    ("短吨", 2000 * _LB, "短吨 美吨"),
    ("长吨", 2240 * _LB, "长吨 英吨"),
)
_VOLUME: tuple[_Row, ...] = (
    ("m³", 1, "m3 立方米 立方 方 立米 cbm"),
    (
        "Nm³",
        1,
        "Nm3 标方 标立方 标立方米 标准立方米 标准立方 标m3 m3标 m3标况 m3标态 标态m3 标态立方米 标态立方",
    ),
    ("L", Fraction(1, 1000), "L 升 公升 立升 liter litre liters litres dm3 立方分米"),
    ("mL", Fraction(1, 10**6), "=ml =mL 毫升 cm3 立方厘米"),
    ("kL", 1, "kL 千升"),
)
_LENGTH: tuple[_Row, ...] = (
    ("km", 1, "km kms 公里 千米"),
    ("m", Fraction(1, 1000), "m 米 延米 公尺 meter metre meters metres"),
    ("dm", Fraction(1, 10**4), "dm 分米"),
    ("cm", Fraction(1, 10**5), "cm 厘米 公分"),
    ("mm", Fraction(1, 10**6), "=mm 毫米"),
    ("n mile", Fraction(1852, 1000), "nmile 海里"),  # SI brochure, 8th edition, table 8
    ("mile", Fraction(1_609_344, 10**6), "mile miles 英里"),  # exact by the international agreement of 1959
)
_AREA: tuple[_Row, ...] = (
    ("m²", 1, "m2 平方米 平米 平方 sqm"),
    ("dm²", Fraction(1, 100), "dm2 平方分米"),
    ("cm²", Fraction(1, 10**4), "cm2 平方厘米"),
    ("mm²", Fraction(1, 10**6), "=mm2 平方毫米"),
    ("km²", 10**6, "km2 平方公里 平方千米"),
    ("公顷", 10**4, "公顷 ha hm2"),
    ("亩", Fraction(10**4, 15), "亩 市亩"),  # 15 亩 are one hectare
)
_COUNT: tuple[_Row, ...] = (
    *(
        (word, 1, word)
        for word in "台套件只块片根条支辆张把颗粒枚组副座节串樘架部艘头棵幅面段股册份盏株尊顶扇床本具羽锭"
    ),
    ("个", 1, "个 pcs pc piece pieces ea each unit units nos 个数"),
    *((word, 1, word) for word in ("台套", "单元", "模块", "模组")),
    ("件套", 1, "件套"),
    ("set", 1, "set sets"),
    ("对", 2, "对 双 pair pairs"),
    ("打", 12, "打 dozen"),
    ("kpcs", 1000, "kpcs"),
)
_PACKAGE: tuple[_Row, ...] = (
    *((word, 1, word) for word in "箱盒包袋桶瓶罐卷盘轴捆扎筒车批托"),
    ("roll", 1, "roll rolls"),
    ("ctn", 1, "ctn ctns carton cartons"),
    ("box", 1, "box boxes"),
)
_TIME: tuple[_Row, ...] = (
    ("h", 1, "h hr hrs 小时 时 hour hours 钟头 工时 人时 人工时 man-hour man-hours"),
    ("min", Fraction(1, 60), "min mins 分钟 minute minutes"),
    ("s", Fraction(1, 3600), "=s sec 秒 秒钟 second seconds"),
    ("d", 24, "=d 天 日 day days"),
    ("周", 168, "周 星期 week weeks"),
    # A common year of 365 days = 8760 h, and its twelfth: what use-stage energy is counted by. No calendar's month.
    ("年", 8760, "年 =a yr yrs year years"),
    ("月", 730, "月 个月 month months"),
)
_POWER: tuple[_Row, ...] = (
    ("W", 1, "W Wp 瓦 瓦特"),  # Wp: of a photovoltaic module, at its peak
    ("kW", 1000, "kW kWp 千瓦 瓩"),
    ("MW", 10**6, "=MW =Mw =MWp 兆瓦"),
    ("GW", 10**9, "GW GWp 吉瓦"),
    ("mW", Fraction(1, 1000), "=mW 毫瓦"),
)
_EMISSION: tuple[_Row, ...] = (
    ("gCO2e", Fraction(1, 1000), "gCO2e gCO2eq gCO2当量 克CO2e"),
    ("kgCO2e", 1, "kgCO2e kgCO2eq kgCO2-eq kgCO2当量 kg二氧化碳当量 千克二氧化碳当量 公斤二氧化碳当量 千克CO2e"),
    ("tCO2e", 1000, "tCO2e tCO2eq tCO2-eq tCO2当量 吨CO2e 吨CO2当量 吨二氧化碳当量 t二氧化碳当量"),
    ("gCO2", Fraction(1, 1000), "gCO2"),
    ("kgCO2", 1, "kgCO2 千克二氧化碳 公斤二氧化碳 kg二氧化碳"),
    ("tCO2", 1000, "tCO2 吨CO2 吨二氧化碳 t二氧化碳"),
)
_TRIP: tuple[_Row, ...] = (("次", 1, "次 趟 车次 回 trip trips"),)
_RATIO: tuple[_Row, ...] = (
    ("无量纲", 1, "无量纲"),
    ("%", Fraction(1, 100), "% 百分比 百分数 percent pct"),
    ("‰", Fraction(1, 1000), "‰ 千分比"),
    ("ppm", Fraction(1, 10**6), "ppm"),
)
_CURRENCY: tuple[_Row, ...] = (("元", 1, "元 圆 人民币 人民币元 rmb cny ¥ yuan"),)

# t·km is every mass times every distance that freight is stated in: 吨公里, kg·km, 吨·千米.
_DISTANCE = ("km", "公里", "千米")
_FREIGHT: tuple[_Row, ...] = (
    ("t·km", 1, " ".join(mass + distance for mass in ("t", "吨", "公吨", "tonne") for distance in _DISTANCE)),
    (
        "kg·km",
        Fraction(1, 1000),
        " ".join(mass + distance for mass in ("kg", "千克", "公斤") for distance in _DISTANCE),
    ),
)

_TABLES: Mapping[Dimension, tuple[_Row, ...]] = {
    "energy": _ENERGY,
    "mass": _MASS,
    "volume": _VOLUME,
    "length": _LENGTH,
    "freight": _FREIGHT,
    "area": _AREA,
    "count": _COUNT,
    "package": _PACKAGE,
    "time": _TIME,
    "power": _POWER,
    "emission": _EMISSION,
    "trip": _TRIP,
    "ratio": _RATIO,
    "currency": _CURRENCY,
}

# What stands in front of a unit as a multiplier. 千克, 千瓦时, 百万千焦 are in the table itself, which goes first.
_MULTIPLIERS: dict[str, tuple[str, int]] = {
    "百万": ("百万", 10**6),
    "千万": ("千万", 10**7),
    "十万": ("十万", 10**5),
    "百": ("百", 100),
    "千": ("千", 1000),
    "万": ("万", 10**4),
    "亿": ("亿", 10**8),
    "10^3": ("千", 1000),
    "10^4": ("万", 10**4),
    "10^6": ("百万", 10**6),
    "10^8": ("亿", 10**8),
    "10000": ("万", 10**4),
    "1000": ("千", 1000),
    "100": ("百", 100),  # L/100km
}

_METRIC_TON = Text("“ton”按公吨（1000 kg）读取", "“ton” is read as the metric tonne (1000 kg)")
_CONVENTIONS: dict[str, Text] = {
    "ton": _METRIC_TON,
    "tons": _METRIC_TON,
    "tonkm": _METRIC_TON,
    "tonskm": _METRIC_TON,
    "顿": Text("“顿”按“吨”读取", "“顿” is read as 吨 (t)"),
}
_BY_CONVENTION = {"ton": "t", "tons": "t", "tonkm": "t·km", "tonskm": "t·km"}  # China is metric by law


def _build() -> tuple[dict[str, Unit], dict[str, Unit], dict[str, Unit]]:
    """Return the units by symbol, by spelling whose case matters, and by casefolded spelling."""
    symbols: dict[str, Unit] = {}
    exact: dict[str, Unit] = {}
    folded: dict[str, Unit] = {}
    for dimension, rows in _TABLES.items():
        for symbol, factor, spellings in rows:
            unit = symbols[symbol] = Unit(symbol, dimension, Fraction(factor))
            for spelling in spellings.split():
                if spelling.startswith("="):
                    _enter(exact, _key(spelling[1:]), unit)
                else:
                    _enter(folded, _key(spelling).casefold(), unit)
    for spelling, symbol in _BY_CONVENTION.items():
        _enter(folded, spelling, symbols[symbol])
    return symbols, exact, folded


def _enter(table: dict[str, Unit], spelling: str, unit: Unit) -> None:
    if table.setdefault(spelling, unit) is not unit:
        message = f"unit spelling {spelling!r} stands for both {table[spelling]} and {unit}"
        raise UnitError(message)


# --- reading a unit text ----------------------------------------------------------------------------------------------

_LONGEST = 60  # characters; a longer text is a sentence and no unit
_SUPERSCRIPT_POWER = pattern("10([⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# A point between digits is a decimal point, and a dash before a digit an exponent (m-3): these do count.
_NO_MEANING = pattern(r"[\s·•‧∙⋅・*×✕_\u200b-\u200f\u2060\ufeff]|[‐‑‒–-](?!\d)|(?<!\d)\.|\.(?!\d)")
_CARET = pattern(r"(?<!10)\^")
_LABEL = pattern(r"^(?:计量)?(?:单位|unit)s?[:：]", re.IGNORECASE)
_BRACKETED = pattern(r"^[(\[【〔{](.*)[)\]】〕}]$")
_TRAILING_BRACKET = pattern(r"^([^()\[\]]+)[(\[]([^()\[\]]+)[)\]]$")
_PER = pattern(r"[/每]|\bper\b", re.IGNORECASE)
_PER_IN_BRACKETS = pattern(r"\(\s*([/每][^()]+)\)$")  # kg（每台）


def _key(text: str) -> str:
    """Return the text without what does not tell one unit from another."""
    return _CARET.sub("", _NO_MEANING.sub("", _even(text)))


def _even(text: str) -> str:
    """Return the text in NFKC. 10⁴ is written 10^4 before, which NFKC would make 104."""
    powers = _SUPERSCRIPT_POWER.sub(lambda found: "10^" + found[1].translate(_SUPERSCRIPTS), text)
    return unicodedata.normalize("NFKC", powers).strip().translate(SIMPLIFIED)


def parse_unit(text: str) -> Unit | None:
    """Return the unit that a text names, or None where it names none, two, or one per another (`kg/台`)."""
    phrase = parse_unit_phrase(text)
    return phrase.unit if phrase and not phrase.per_text else None


@lru_cache(maxsize=4096)  # a workbook writes the same dozen units thousands of times
def parse_unit_phrase(text: str) -> UnitPhrase | None:
    """Return the unit that a text names together with what it is per, or None where the unit is unknown."""
    if len(text) > _LONGEST:
        return None
    bare = _unwrap(_LABEL.sub("", _unwrap(_even(text))))
    head, *tail = _PER.split(_PER_IN_BRACKETS.sub(r"\1", bare), maxsplit=1)
    unit, convention = _lookup(head)
    per_text = _unwrap(tail[0].strip()) if tail else ""
    if unit is None or (tail and not per_text):
        return None
    return UnitPhrase(unit, per_text, _lookup(per_text)[0] if per_text else None, convention)


def _unwrap(text: str) -> str:
    found = _BRACKETED.match(text)
    return found[1].strip() if found else text


def _lookup(text: str) -> tuple[Unit | None, Text | None]:
    """Return the unit of a text without denominator, and the convention it was read by."""
    twice = _TRAILING_BRACKET.match(text.strip())
    if twice and _table_unit(_key(twice[1] + twice[2])) is None:  # else the brackets are of one name: 台（套）
        first, second = _lookup(twice[1]), _lookup(twice[2])
        return first if first[0] is second[0] else (None, None)
    key = _key(twice[1] + twice[2] if twice else text)
    unit = _table_unit(key)
    return (unit, _CONVENTIONS.get(key.casefold())) if unit else (_multiplied(key), None)


def _table_unit(key: str) -> Unit | None:
    return _EXACT.get(key) or _FOLDED.get(key.casefold())


def _multiplied(key: str) -> Unit | None:
    """Return the unit of `万kWh`: a multiplier and a unit of the table."""
    for written, (word, times) in _MULTIPLIERS.items():
        if not key.startswith(written):
            continue
        unit = _table_unit(key.removeprefix(written))
        if unit and unit.dimension != "ratio":
            return Unit(word + unit.symbol, unit.dimension, unit.exact * times)
    return None


_SYMBOLS, _EXACT, _FOLDED = _build()
UNITS: Mapping[str, Unit] = MappingProxyType(_SYMBOLS)  # by symbol, without the multiplied ones
