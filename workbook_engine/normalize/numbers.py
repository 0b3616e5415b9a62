"""Read a number as people type it into a cell: what is certain with a note, what is not as a finding.

How a text is read, in this order (`_LADDER`); the first that knows the text decides:
1. blank; a word that stands for no number (/ 无 不适用 待定 同上 见附件); an error code typed as text;
2. a number, with 万 or 亿, a unit, a remark in brackets: `1,234.5` `１２３．４` `3.5万度` `三万五千` `120kg/台` `120（估）`;
3. about a number: `约120` `≈1.2万` `120左右`;
4. with a tolerance: `120±5`; in brackets: `(120)`;
5. what is read by nobody but is told apart, so that the remedy fits: a date, a range, a limit, a calculation, unclear
   separators, an unknown unit.
Numbers that a program stored as numbers never come here: callers ask `plain_number` first.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from workbook_engine import catalogue
from workbook_engine.findings import Finding
from workbook_engine.normalize.numerals import Numeral, arabic, chinese, even, scaled
from workbook_engine.units import UNITS, UnitPhrase, parse_unit_phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook_engine.findings import CellRef, FindingType
    from workbook_engine.grid import Cell
    from workbook_engine.units import Unit

NumberKind = Literal[
    "number",  # value is set
    "blank",  # no cell, or white space only
    "nothing",  # the company says that there is none: `sense` tells how
    "pending",  # the company says that it will come, or that it does not know
    "same",  # as the cell above: the caller knows that cell
    "unclear",  # something else: notes say what
]
Sense = Literal[
    "",
    "mark",  # / - —: crossed out
    "none",  # 无, 未使用: there is none
    "not-applicable",  # N/A, 不适用
]


@dataclass(frozen=True, slots=True)
class NumberReading:
    """What a cell says where a number belongs. `value` is finite, and None unless `kind` is "number".

    `value` is in `unit` where the cell itself names one (`3.5万度` is 35000 kWh, `15%` is 15 %), else in whatever
    unit the column has. `multiplier` is the 万 (1e4) or 亿 (1e8) that the number was written with and that `value`
    already contains: with a column in 万kWh it may have been meant once. `per_text` is set for `120kg/台`. `low` and
    `high` are the ends of a range, a limit or a tolerance, where they could be read.
    """

    kind: NumberKind
    value: float | None = None
    typed: str = ""
    sense: Sense = ""
    unit: Unit | None = None
    unit_text: str = ""
    per_text: str = ""
    per: Unit | None = None
    multiplier: float = 1.0
    low: float | None = None
    high: float | None = None
    remark: str = ""
    notes: tuple[FindingType, ...] = ()

    def findings(self, where: CellRef) -> list[Finding]:
        """Return the notes as findings at a cell."""
        return [Finding(note, where, self._params()) for note in self.notes]

    def _params(self) -> dict[str, object]:
        return {
            "typed": _shown(self.typed),
            "value": _figure(self.value),
            "unit": self.unit_text if self.unit is None else self.unit.symbol,
            "per": self.per_text,
            "low": _figure(self.low),
            "high": _figure(self.high),
            "remark": self.remark,
        }


_SHOWN = 40  # characters of a long text that a message repeats


def _shown(typed: str) -> str:
    text = " ".join(typed.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _figure(value: float | None) -> str:
    if value is None:
        return ""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def plain_number(cell: Cell | None) -> float | None:
    """Return the value of a cell that holds a finite number, else None: the fast way before `read_number`."""
    if cell is not None and cell.kind == "number" and math.isfinite(cell.value):  # type: ignore[arg-type]
        return cell.value  # type: ignore[return-value]
    return None


BLANK = NumberReading("blank")


def read_number(cell: Cell | None) -> NumberReading:
    """Return what a cell says where a number belongs. Never raises, never returns NaN or an infinite value."""
    value = plain_number(cell)
    if value is not None:
        return NumberReading("number", value)
    if cell is None:
        return BLANK
    if cell.kind == "text":
        return read_number_text(str(cell.value))
    if cell.kind == "uncached":
        return _unclear("=" + (cell.formula or ""), catalogue.FORMULA_NOT_CALCULATED)
    shown = _figure(cell.value) if isinstance(cell.value, float) and math.isfinite(cell.value) else str(cell.value)
    return _unclear(shown.upper() if cell.kind == "bool" else shown, _NO_TEXT[cell.kind])


_NO_TEXT: dict[str, FindingType] = {
    "error": catalogue.ERROR_VALUE,
    "bool": catalogue.BOOLEAN_FOR_NUMBER,
    "date": catalogue.DATE_FOR_NUMBER,
    "invalid": catalogue.INVALID_VALUE,
    "number": catalogue.INVALID_VALUE,  # NaN or infinite
}


def _unclear(typed: str, note: FindingType, **known: object) -> NumberReading:
    return NumberReading("unclear", typed=typed, notes=(note,), **known)  # type: ignore[arg-type]


_LONGEST = 200  # characters; a longer text is a story


def read_number_text(text: str) -> NumberReading:
    """Return what a text says where a number belongs (see the module's order of rules)."""
    evened = even(text)
    if not evened:
        return BLANK
    if len(evened) <= _LONGEST:
        for rung in _LADDER:
            reading = rung(evened)
            if reading is not None:
                return replace(reading, typed=text.strip())
    return _unclear(text, catalogue.NOT_A_NUMBER)


# --- words that stand for no number -----------------------------------------------------------------------------------

_WORDS: dict[str, tuple[NumberKind, Sense]] = {
    **dict.fromkeys(["/", "//", "\\", "-", "--", "---", "—", "——", "–", "―", "─", "──", "_", "__", "…", "……"], ("nothing", "mark")),
    **dict.fromkeys(
        ["无", "無", "没有", "沒有", "none", "nil", "nothing", "无此项", "无此项目", "没用", "未用", "未使用", "不使用", "没有使用", "无使用"]
        + ["未发生", "未产生", "不产生", "无消耗", "无此类", "无该项", "不存在"],
        ("nothing", "none"),
    ),
    **dict.fromkeys(
        ["n/a", "na", "n.a.", "n.a", "不适用", "不適用", "不涉及", "不需要", "无需", "无需填写", "not applicable"],
        ("nothing", "not-applicable"),
    ),
    **dict.fromkeys(
        ["待定", "待补充", "待補充", "待补", "待填", "待提供", "待确认", "待核实", "待统计", "待查", "待测", "稍后补充", "稍后提供", "后补"]
        + ["tbd", "tbc", "tba", "pending", "unknown", "未知", "不详", "不清楚", "不知道", "?", "??", "???", "暂无", "暂缺", "暂无数据"]
        + ["无数据", "没有数据", "无法提供", "无法统计", "未统计", "暂未统计", "缺", "缺失", "no data", "not available"],
        ("pending", ""),
    ),
    **dict.fromkeys(["同上", "同上行", "同前", "〃", "″", '"', "''", "ditto", "same as above", "as above"], ("same", "")),
}  # fmt: skip
_TRAILING = "。;；、,，:： "
_WRAPPED = re.compile(r"^[(（\[【](.+)[)）\]】]$")
_ERROR_CODES = frozenset(["#ref!", "#div/0!", "#value!", "#name?", "#num!", "#null!", "#n/a", "#spill!", "#calc!"])
_ELSEWHERE = re.compile(r"^(?:[详参请另]?见|请?参[见考照]|参阅|见附).|^(?:see|refer to)\b", re.IGNORECASE)


def _word(text: str) -> NumberReading | None:
    """Read a word that stands for no number."""
    key = text.casefold()
    bare = _WRAPPED.sub(r"\1", key.rstrip(_TRAILING) or key)
    found = _WORDS.get(key) or _WORDS.get(bare) or _WORDS.get("".join(bare.split()))
    if found:
        kind, sense = found
        return NumberReading(kind, sense=sense, notes=(catalogue.VALUE_PENDING,) if kind == "pending" else ())
    if key in _ERROR_CODES:
        return _unclear(text, catalogue.ERROR_VALUE)
    if text == "一":
        return _unclear(text, catalogue.NUMBER_ONE_OR_DASH)
    return _unclear(text, catalogue.VALUE_ELSEWHERE) if _ELSEWHERE.match(text) else None


# --- a number ---------------------------------------------------------------------------------------------------------

_REMARK = re.compile(r"^(?P<head>[^()\[\]【】]*[^()\[\]【】\s])\s*[(\[【](?P<remark>[^()\[\]【】]+)[)\]】]$")
_MONEY = re.compile(r"^[¥￥]\s*(?=[0-9])")
_ROUGH_WORDS = "约|大约|约为|约合|大概|大致|近|接近|将近|估计|估算|估|预估|预计|暂估|左右|上下|≈|~|approx|approximately|about|around|estimated|est|ca"
_ROUGH_HEAD = re.compile(rf"^(?:{_ROUGH_WORDS})\.?[:：]?\s*", re.IGNORECASE)
_ROUGH_TAIL = re.compile(r"\s*(?:左右|上下|估|约)$")
_ROUGH = re.compile(rf"^(?:{_ROUGH_WORDS}|估计值|估算值|预估值|约数|概数)\.?$", re.IGNORECASE)


def _amount(text: str) -> NumberReading | None:
    """Read one number with nothing but its unit and a remark in brackets."""
    money = _MONEY.match(text)
    if money:
        reading = _amount(text[money.end() :] + "元")
        return reading and replace(reading, unit_text="¥")
    text = text.rstrip("。;；")
    return _bare_amount(text) or _remarked(text)


def _bare_amount(text: str) -> NumberReading | None:
    known = [(numeral, phrase) for numeral in _numerals(text) if (phrase := _unit_of(numeral.rest)) is not None]
    if not known:
        return None
    # 3千克 is 3 kg rather than 3000 g, but 3.5万度 is 35000 kWh rather than 3.5 of a unit 万kWh.
    plain = (
        pair for pair in known if pair[1] == "" or (isinstance(pair[1], UnitPhrase) and str(pair[1].unit) in UNITS)
    )
    return _reading(*next(plain, known[0]))


def _numerals(text: str) -> list[Numeral]:
    number = arabic(text)
    return [*([number, *scaled(number)] if number else ()), *chinese(text)]


def _unit_of(rest: str) -> UnitPhrase | Literal[""] | None:
    """Return the unit behind a number, "" where nothing follows it, None where something unknown does."""
    bare = rest.strip()
    if not bare:
        return ""
    return None if bare[0] in "0123456789.,'" else parse_unit_phrase(bare)


def _reading(numeral: Numeral, phrase: UnitPhrase | Literal[""]) -> NumberReading:
    notes: list[FindingType] = [catalogue.NUMBER_ONE_COMMA] if numeral.one_comma else []
    if not phrase:
        notes = notes or [catalogue.NUMBER_AS_TEXT]
        return NumberReading("number", numeral.value, multiplier=numeral.multiplier, notes=tuple(notes))
    notes.append(catalogue.NUMBER_PER_UNIT if phrase.per_text else catalogue.NUMBER_WITH_UNIT)
    return NumberReading(
        "number",
        numeral.value,
        unit=phrase.unit,
        unit_text=numeral.rest.strip(),
        per_text=phrase.per_text,
        per=phrase.per,
        multiplier=numeral.multiplier,
        notes=tuple(notes),
    )


def _remarked(text: str) -> NumberReading | None:
    """Read `120（估）` and `120（含备件）`: a number, and words in brackets that are no second number."""
    found = _REMARK.match(text)
    reading = _bare_amount(found["head"]) if found else None
    if not found or reading is None or _bare_amount(found["remark"].strip()):
        return None
    remark = found["remark"].strip()
    note = catalogue.NUMBER_APPROXIMATE if _ROUGH.match(remark) else catalogue.NUMBER_WITH_REMARK
    return replace(reading, remark=remark, notes=_add(reading.notes, note))


def _add(notes: tuple[FindingType, ...], note: FindingType) -> tuple[FindingType, ...]:
    """Return the notes with a graver one, which says the value itself: the plain number-as-text is dropped."""
    return (*(each for each in notes if each is not catalogue.NUMBER_AS_TEXT), note)


# --- a number that is not quite one -----------------------------------------------------------------------------------


def _rough(text: str) -> NumberReading | None:
    bare = _ROUGH_TAIL.sub("", _ROUGH_HEAD.sub("", text))
    reading = _amount(bare) if bare != text else None
    return reading and replace(reading, notes=_add(reading.notes, catalogue.NUMBER_APPROXIMATE))


_TOLERANCE = re.compile(r"^(?P<mean>[^±]+?)\s*(?:±|\+/-|\+-)\s*(?P<by>[^±+/-]+)$")


def _tolerance(text: str) -> NumberReading | None:
    found = _TOLERANCE.match(text)
    by = _bare_amount(found["by"]) if found else None
    if not found or not by or by.value is None:
        return None
    mean = _bare_amount(found["mean"]) or _bare_amount(found["mean"] + by.unit_text)
    if not mean or mean.value is None:
        return None
    percent = by.unit is UNITS["%"] and mean.unit is not UNITS["%"]
    if not percent and mean.unit and by.unit and by.unit is not mean.unit:
        return None
    spread = abs(mean.value) * by.value / 100 if percent else by.value
    unit = (mean.unit, mean.unit_text) if mean.unit or percent else (by.unit, by.unit_text)
    return replace(
        mean,
        unit=unit[0],
        unit_text=unit[1],
        low=mean.value - spread,
        high=mean.value + spread,
        notes=_add(mean.notes, catalogue.NUMBER_WITH_TOLERANCE),
    )


_BRACKETS = re.compile(r"^\(([^()]+)\)(.*)$")


def _bracketed(text: str) -> NumberReading | None:
    """Read (120) as accountants mean it: -120."""
    found = _BRACKETS.match(text)
    reading = _bare_amount(found[1] + found[2]) if found and found[1][:1] not in "+-" else None
    if reading is None or reading.value is None:
        return None
    return replace(reading, value=-reading.value + 0.0, notes=_add(reading.notes, catalogue.NUMBER_IN_BRACKETS))


# --- what is no number, told apart ------------------------------------------------------------------------------------

_DATE = re.compile(r"^(?:19|20)[0-9]{2}(?:[-/.][0-9]{1,2}[-/.][0-9]{1,2}|年[0-9]{1,2}月)")


def _date(text: str) -> NumberReading | None:
    return _unclear(text, catalogue.DATE_FOR_NUMBER) if _DATE.match(text) else None


_RANGE = re.compile(r"^(?P<low>.*?[^\s~—–至到-])\s*(?:~+|-+|—+|–|至|到)\s*(?P<high>[^\s~—–至到-].*)$")


def _range(text: str) -> NumberReading | None:
    found = _RANGE.match(_ROUGH_HEAD.sub("", text))
    high = _bare_amount(found["high"]) if found else None
    if not found or not high or high.value is None:
        return None
    low = _bare_amount(found["low"])
    if not low or low.value is None or (not low.unit and not high.unit and low.value >= high.value):
        return None
    ends: dict[str, object] = {"low": low.value, "high": high.value} if low.unit in (None, high.unit) else {}
    if low.multiplier != high.multiplier:
        ends = {}  # 1-2万: 1 or 10 000?
    return _unclear(text, catalogue.NUMBER_IS_RANGE, unit=high.unit, unit_text=high.unit_text, **ends)


_AT_MOST = "<=|<|≤|≦|⩽|小于等于|小于|少于|低于|不足|不超过|不到|不大于|不高于|不多于|至多|最多|最大|最高|以内|以下|以内|less than|below|under|max"
_AT_LEAST = ">=|>|≥|≧|⩾|大于等于|大于|超过|高于|多于|不少于|不低于|不小于|至少|最少|最小|最低|以上|余|多|几|\\+|more than|above|over|min"
_LIMIT_HEAD = re.compile(rf"^(?:(?P<most>{_AT_MOST})|(?P<least>{_AT_LEAST}))\s*", re.IGNORECASE)
_LIMIT_TAIL = re.compile(r"(?:(?P<most>以内|以下)|(?P<least>以上|余|多|几|\+))(?P<unit>[^0-9]*)$")


def _limit(text: str) -> NumberReading | None:
    head, tail = _LIMIT_HEAD.match(text), _LIMIT_TAIL.search(text)
    found = head or tail
    if not found:
        return None
    number = _bare_amount(text[found.end() :] if head else text[: found.start()] + found["unit"])
    if number is None:
        return None
    end = {"high" if found["most"] else "low": number.value}
    return _unclear(text, catalogue.NUMBER_IS_BOUND, unit=number.unit, unit_text=number.unit_text, **end)


_EXPRESSION = re.compile(r"^=?\s*[(+-]*[0-9][0-9.,\s万%]*(?:[-+*/×÷xX^()]+[\s(]*[0-9][0-9.,\s万%)]*)+=?$|^=")
_SEPARATED = re.compile(r"^[+-]?[0-9][0-9.,' ]*[0-9](?=[^0-9]*$)")
_NUMBER_AND_WORDS = re.compile(r"^[+-]?[0-9][0-9.,' ]*\s*(?P<words>[^0-9\s].*)$")


def _expression(text: str) -> NumberReading | None:
    return _unclear(text, catalogue.NUMBER_IS_EXPRESSION) if _EXPRESSION.match(text) else None


def _separated(text: str) -> NumberReading | None:
    found = _SEPARATED.match(text)
    grouped = found and any(separator in found[0] for separator in ",.' ")
    return _unclear(text, catalogue.NUMBER_SEPARATORS_UNCLEAR) if grouped and not _head_is_number(text) else None


def _head_is_number(text: str) -> bool:
    return arabic(text) is not None


def _unknown_unit(text: str) -> NumberReading | None:
    found = _NUMBER_AND_WORDS.match(text)
    if not found or not _head_is_number(text):
        return None
    return _unclear(text, catalogue.NUMBER_UNIT_UNKNOWN, unit_text=_shown(found["words"]))


_LADDER: tuple[Callable[[str], NumberReading | None], ...] = (
    _word,
    _date,
    _amount,
    _rough,
    _tolerance,
    _bracketed,
    _range,
    _limit,
    _expression,
    _separated,
    _unknown_unit,
)
