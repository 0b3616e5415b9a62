"""Read a number as people type it: what is certain with a note, what is not as a finding.

How a text is read, in this order (`_LADDER`); the first that knows the text decides:
1. blank; a word that stands for no number (/ 无 不适用 待定 同上 见附件); an error code typed as text;
2. a number, with 万 or 亿, a unit, a remark in brackets: `1,234.5` `１２３．４` `3.5万度` `三万五千` `120（估）`;
3. about a number: `约120` `≈1.2万` `120左右`;
4. with a tolerance: `120±5`; in brackets: `(120)`; a calculation of which the result is meant (calculations.py);
   `1430000/年`, where the reader holds what it is per against the basis;
5. what is read by nobody but is told apart, so that the remedy fits: a date, a range, a limit, a calculation, unclear
   separators, an unknown unit.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from workbook_engine import catalogue
from workbook_engine.normalize import number_words as words
from workbook_engine.normalize.calculations import calculation
from workbook_engine.normalize.number_readings import BLANK, NumberReading, unclear
from workbook_engine.normalize.numerals import Numeral, arabic, chinese, even, scaled
from workbook_engine.normalize.wording import shown
from workbook_engine.patterns import pattern
from workbook_engine.traditional import simplified
from workbook_engine.units import UNITS, UnitPhrase, parse_unit_phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook_engine.findings import FindingType

_LONGEST = 200  # characters; a longer text is a story
_PLAIN = pattern(r"-?[0-9]{1,15}(?:\.[0-9]{1,20})?")
_APOSTROPHE = pattern(r"^['‘](?=[-+0-9.])")  # what makes a text of a number in Excel, and came along as a character
_ONE_DOT = pattern(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")  # 12.000: twelve, or twelve thousand as some countries write it


def read_number_text(text: str) -> NumberReading:
    """Return what a text says where a number belongs (see the module's order of rules)."""
    if _PLAIN.fullmatch(text):  # most of all texts: a column of numbers stored as text is read ten times faster
        is_open = text[-4:-3] == "." and _ONE_DOT.fullmatch(text)
        said = catalogue.NUMBER_ONE_DOT if is_open else catalogue.NUMBER_AS_TEXT
        return NumberReading("number", float(text) + 0.0, text, types=(said,))
    evened = _APOSTROPHE.sub("", even(text))
    if not evened:
        return BLANK
    if len(evened) <= _LONGEST:
        plain = simplified(evened)
        for rung in _LADDER:
            reading = rung(plain)
            if reading is not None:
                return _as_typed(reading, plain, evened)._replace(typed=text.strip())
    return unclear(text, catalogue.NOT_A_NUMBER)


def _as_typed(reading: NumberReading, plain: str, typed: str) -> NumberReading:
    """Return the reading of a simplified text with its words as they stand in the typed one, which is as long."""

    def back(said: str) -> str:
        at = plain.find(said)
        return typed[at : at + len(said)] if at >= 0 else said

    if plain == typed:
        return reading
    return reading._replace(
        unit_text=back(reading.unit_text), per_text=back(reading.per_text), remark=back(reading.remark)
    )


# --- words that stand for no number -----------------------------------------------------------------------------------

_TRAILING = "。;；、,，:： "
_WRAPPED = pattern(r"^[(（\[【](.+)[)）\]】]$")
_ELSEWHERE = pattern(rf"^(?:{words.ELSEWHERE})", re.IGNORECASE)
_WORD_TYPES: dict[str, tuple[FindingType, ...]] = {
    "nothing": (),
    "pending": (catalogue.VALUE_PENDING,),
    "same": (catalogue.VALUE_SAME_AS_ABOVE,),
}


def _word(text: str) -> NumberReading | None:
    """Read a word that stands for no number."""
    key = text.casefold()
    bare = _WRAPPED.sub(r"\1", key.rstrip(_TRAILING) or key)
    found = words.STANDS_FOR.get(key) or words.STANDS_FOR.get(bare) or words.STANDS_FOR.get("".join(bare.split()))
    if found:
        kind, sense = found
        return NumberReading(kind, sense=sense, types=_WORD_TYPES[kind])
    if bare in words.BELOW_DETECTION:
        return unclear(text, catalogue.NUMBER_IS_BOUND)
    if key in words.ERROR_CODES:
        return unclear(text, catalogue.CELL_ERROR)
    if text == "一":
        return unclear(text, catalogue.NUMBER_ONE_OR_DASH)
    return unclear(text, catalogue.VALUE_ELSEWHERE) if _ELSEWHERE.match(text) else None


# --- a number ---------------------------------------------------------------------------------------------------------

_REMARK = pattern(r"^(?P<head>[^()\[\]【】]*[^()\[\]【】\s])\s*[(\[【](?P<remark>[^()\[\]【】]+)[)\]】]$")
_MONEY = pattern(r"^[¥￥]\s*(?=[0-9])")
_ROUGH_HEAD = pattern(rf"^(?:{words.ROUGH})\.?[:：]?\s*", re.IGNORECASE)
_ROUGH_TAIL = pattern(rf"\s*(?:{words.ROUGH_AFTER})$")
_ROUGH = pattern(rf"^(?:{words.ROUGH}|{words.ROUGH_REMARK})\.?$", re.IGNORECASE)


def _amount(text: str) -> NumberReading | None:
    """Read one number with nothing but its unit and a remark in brackets."""
    money = _MONEY.match(text)
    if money:
        reading = _amount(text[money.end() :] + "元")
        return reading and reading._replace(unit_text="¥")
    text = text.rstrip("。;；")
    return _bare_amount(text) or _remarked(text)


def _bare_amount(text: str) -> NumberReading | None:
    known = [(numeral, phrase) for numeral in _numerals(text) if (phrase := _unit_of(numeral.rest)) is not None]
    if not known:
        return None
    # 3千克 is 3 kg rather than 3000 g, but 3.5万度 is 35000 kWh rather than 3.5 of a unit 万kWh.
    plain = (pair for pair in known if pair[1] == "" or str(pair[1].unit) in UNITS)
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
        return NumberReading("number", numeral.value, multiplier=numeral.multiplier, types=tuple(notes))
    notes.append(catalogue.NUMBER_PER_UNIT if phrase.per_text else catalogue.NUMBER_WITH_UNIT)
    if phrase.convention:
        notes.append(catalogue.UNIT_BY_CONVENTION)
    return NumberReading(
        "number",
        numeral.value,
        unit=phrase.unit,
        unit_text=numeral.rest.strip(),
        per_text=phrase.per_text,
        per=phrase.per,
        multiplier=numeral.multiplier,
        types=tuple(notes),
        convention=phrase.convention,
    )


def _remarked(text: str) -> NumberReading | None:
    """Read `120（估）` and `120（含备件）`: a number, and words in brackets that are no second number."""
    found = _REMARK.match(text)
    reading = _bare_amount(found["head"]) if found else None
    if not found or reading is None or _bare_amount(found["remark"].strip()):
        return None
    remark = found["remark"].strip()
    note = catalogue.NUMBER_APPROXIMATE if _ROUGH.match(remark) else catalogue.NUMBER_WITH_REMARK
    return reading._replace(remark=remark, types=_add(reading.types, note))


def _add(notes: tuple[FindingType, ...], note: FindingType) -> tuple[FindingType, ...]:
    """Return the notes with a graver one, which says the value itself: the plain number-as-text is dropped."""
    return (*(each for each in notes if each not in (catalogue.NUMBER_AS_TEXT, note)), note)


# --- a number that is not quite one -----------------------------------------------------------------------------------


def _rough(text: str) -> NumberReading | None:
    bare = _ROUGH_TAIL.sub("", _ROUGH_HEAD.sub("", text))
    reading = _amount(bare) if bare != text else None
    return reading and reading._replace(types=_add(reading.types, catalogue.NUMBER_APPROXIMATE))


_TOLERANCE = pattern(r"^(?P<mean>[^±]+?)\s*(?:±|\+/-|\+-)\s*(?P<by>[^±+/-]+)$")


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
    return mean._replace(
        unit=unit[0],
        unit_text=unit[1],
        low=mean.value - spread,
        high=mean.value + spread,
        types=_add(mean.types, catalogue.NUMBER_WITH_TOLERANCE),
    )


_BRACKETS = pattern(r"^\(([^()]+)\)(.*)$")


def _bracketed(text: str) -> NumberReading | None:
    """Read (120) as accountants mean it: -120."""
    found = _BRACKETS.match(text)
    reading = _bare_amount(found[1] + found[2]) if found and found[1][:1] not in "+-" else None
    if reading is None or reading.value is None:
        return None
    return reading._replace(value=-reading.value + 0.0, types=_add(reading.types, catalogue.NUMBER_IN_BRACKETS))


# --- what is no number, told apart ------------------------------------------------------------------------------------

_DATE = pattern(r"^(?:19|20)[0-9]{2}(?:[-/.][0-9]{1,2}[-/.][0-9]{1,2}|年[0-9]{1,2}月)")


def _date(text: str) -> NumberReading | None:
    return unclear(text, catalogue.DATE_FOR_NUMBER) if _DATE.match(text) else None


_RANGE = pattern(r"^(?P<low>.*?[^\s~—–至到-])\s*(?:~+|-+|—+|–|至|到)\s*(?P<high>[^\s~—–至到-].*)$")


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
    return unclear(text, catalogue.NUMBER_IS_RANGE, unit=high.unit, unit_text=high.unit_text, **ends)


_LIMIT_HEAD = pattern(rf"^(?:(?P<most>{words.AT_MOST})|(?P<least>{words.AT_LEAST}))\s*", re.IGNORECASE)
_LIMIT_TAIL = pattern(rf"(?:(?P<most>{words.AT_MOST_AFTER})|(?P<least>{words.AT_LEAST_AFTER}))(?P<unit>[^0-9]*)$")


def _limit(text: str) -> NumberReading | None:
    head, tail = _LIMIT_HEAD.match(text), _LIMIT_TAIL.search(text)
    found = head or tail
    if not found:
        return None
    number = _bare_amount(text[found.end() :] if head else text[: found.start()] + found["unit"])
    if number is None:
        return None
    end = {"high" if found["most"] else "low": number.value}
    return unclear(text, catalogue.NUMBER_IS_BOUND, unit=number.unit, unit_text=number.unit_text, **end)


_TERM = r"[\s(]*[0-9][0-9.,]*\s*[万亿%]?[\s)]*"
_EXPRESSION = pattern(rf"^=|^[+-]?{_TERM}(?:[-+*/×÷xX^]{_TERM})+(?:=(?:{_TERM})?)?$")
_SEPARATED = pattern(r"^[+-]?[0-9][0-9.,' ]*[0-9](?=[^0-9]*$)")
# Of 120? and 120- nothing is a unit's name.
_NUMBER_AND_WORDS = pattern(r"^[+-]?[0-9][0-9.,' ]*\s*(?P<words>[^\W\d_].*|[/(（\[【].*[^\W\d_].*)$")


def _calculated(text: str) -> NumberReading | None:
    """Read a calculation that was typed as text, as far as it is one and no size, range or ratio."""
    found = calculation(text)
    if found is None:
        return None
    said = catalogue.NUMBER_CALCULATED if found.is_certain else catalogue.NUMBER_MULTIPLIED
    return NumberReading("number", found.value, types=(said,))


def _expression(text: str) -> NumberReading | None:
    return unclear(text, catalogue.NUMBER_IS_EXPRESSION) if _EXPRESSION.match(text) else None


def _separated(text: str) -> NumberReading | None:
    found = _SEPARATED.match(text)
    grouped = found and any(separator in found[0] for separator in ",.' ")
    return unclear(text, catalogue.NUMBER_SEPARATORS_UNCLEAR) if grouped and not _head_is_number(text) else None


def _head_is_number(text: str) -> bool:
    return arabic(text) is not None


_TIMES = r"(?:个?月|[天日周]|星期|季度?|小时|班次?|month|week|day|hour|h\b)"
_PER_TIME = pattern(
    rf"^[^/每]*[0-9万千亿度吨]\s*(?:[/每]|per )\s*{_TIMES}$"
    rf"|^(?:每{_TIMES}|[月日周季](?:均|平均|用量|产量))[^0-9]{{0,4}}[0-9]"
)


_PER_YEAR = pattern(r"^(?P<head>[^/每]*[0-9万亿])\s*(?P<per>(?:/|每)\s*(?:年度?|a|yr|year)|per (?:year|annum))$")


def _per_year(text: str) -> NumberReading | None:
    """Read 1430000/年, whose unit stands beside it: who reads it must hold the year against the basis."""
    found = _PER_YEAR.match(text.casefold())
    reading = _bare_amount(found["head"]) if found else None
    if not found or reading is None or reading.unit is not None:
        return None
    said = (catalogue.NUMBER_PER_UNIT,)
    return reading._replace(unit_text=found["per"], per_text="年", per=UNITS["年"], types=said)


def _per_time(text: str) -> NumberReading | None:
    """Tell a number per month apart: `只填数字` as its remedy would make a year's of it."""
    return unclear(text, catalogue.NUMBER_PER_TIME) if _PER_TIME.match(text) else None


def _unknown_unit(text: str) -> NumberReading | None:
    found = _NUMBER_AND_WORDS.match(text)
    if not found or not _head_is_number(text):
        return None
    return unclear(text, catalogue.NUMBER_UNIT_UNKNOWN, unit_text=shown(found["words"]))


_LADDER: tuple[Callable[[str], NumberReading | None], ...] = (
    _word,
    _date,
    _amount,
    _rough,
    _tolerance,
    _bracketed,
    _range,
    _limit,
    _calculated,
    _expression,
    _separated,
    _per_year,
    _per_time,
    _unknown_unit,
)
