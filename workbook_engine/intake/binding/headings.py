"""What a printed heading stands for, also where somebody wrote it in two languages or put a remark behind it."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from workbook_engine.matching import Match, canonical
from workbook_engine.patterns import pattern
from workbook_engine.traditional import simplified
from workbook_engine.units import parse_unit_phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_engine.grid import Cell
    from workbook_engine.matching import Matcher
    from workbook_engine.spec.index import SpecIndex
    from workbook_engine.spec.schema import Table

MIN_HEADINGS = 3  # so many headings of one table in a row make it a header, where the marks are gone
_LONGEST = 60  # characters: a longer text is a remark
_PARTS = tuple(pattern(each) for each in (r"\n+", r"[\n/|]+", r"[\n/|、]+"))  # a heading may hold 、 itself
_WRAPPED = pattern(r"^\s*[(\[【〔]([^()\[\]【】〔〕]+)[)\]】〕]\s*$")
_REMARK = pattern(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_YEAR = pattern(r"(?<![0-9])20[0-9]{2}(?![0-9])")
_ROW_NUMBERS = frozenset(canonical(word) for word in ("序号", "行号", "No.", "no", "#", "№"))


def match_heading(matcher: Matcher[str], text: str) -> Match[str] | None:
    """Return the field that a heading means: as the matcher knows it, or in one of the forms above."""
    if len(text) > _LONGEST:
        return None
    return matcher.find(text) or _bilingual(matcher, text) or _wrapped(matcher, text) or _remarked(matcher, text)


def _bilingual(matcher: Matcher[str], text: str) -> Match[str] | None:
    """Read `数量 / Amount`, or one below the other: each part must mean the same field."""
    for separator in _PARTS:
        parts = [part for part in separator.split(text) if part.strip()]
        found = [matcher.find(part) for part in parts] if len(parts) > 1 else []
        known = [match for match in found if match]
        if known and len(known) == len(found) and len({match.value for match in known}) == 1:
            remark = next((match.remark for match in known if match.remark), "")
            return Match(known[0].value, known[0].text, "similar" if remark else "canonical", remark)
    return None


def _wrapped(matcher: Matcher[str], text: str) -> Match[str] | None:
    found = _WRAPPED.match(unicodedata.normalize("NFKC", text))
    return matcher.find(found[1]) if found else None


def _remarked(matcher: Matcher[str], text: str) -> Match[str] | None:
    """Read `数量（2025年）`: a remark with digits that is no unit is passed on with the match."""
    plain = unicodedata.normalize("NFKC", text)
    remarks = _REMARK.findall(plain)
    match = matcher.find(_REMARK.sub(" ", plain)) if remarks else None
    return match._replace(step="similar", remark=" ".join(remarks)) if match and match.step != "similar" else None


def unit_in(match: Match[str]) -> str:
    """Return the unit that a heading's remark names, "" where it is no unit."""
    return match.remark if match.remark and parse_unit_phrase(match.remark) else ""


def year_in(match: Match[str]) -> int | None:
    """Return the one year that a heading's remark names: 数量（2024年）. Of two years each row may have its own."""
    found = set(_YEAR.findall(match.remark))
    return int(found.pop()) if len(found) == 1 else None


# 数量（万）: whether the numbers below are thousands of what they say is not certain. Of a unit (万kWh) it is.
_TIMES = pattern(r"[十百千万亿]|\b(?:thousand|million)s?\b|10{1,9}s?\b|,000|'000", re.IGNORECASE)
_PLAIN_REMARK = pattern(
    r"(?:必填|必须填|选填|可填|任填|任选.?|建议填写|填写?|请.*|见.*|如.*|例如.*|示例.*|数字|数值|小数|保留.*|单位|20[0-9]{2}\s*年?度?|本?年度?"
    r"|全年|合计|本期|required|optional|recommended|number|please .*|see .*|e\.?g\.? .*|unit)",
    re.IGNORECASE,
)


def is_times(match: Match[str]) -> bool:
    """Tell whether a heading's remark may multiply the numbers below it: 数量（万）, Amount (thousands)."""
    return bool(match.remark and not unit_in(match) and _TIMES.search(simplified(match.remark)))


def may_count(matcher: Matcher[str], match: Match[str]) -> bool:
    """Tell whether a heading's remark may say what the numbers below it are: 数量（月均）, 数量（不含二期）.

    数量（Amount） says the same twice.
    """
    plain = simplified(match.remark).strip()
    if not plain or unit_in(match) or _PLAIN_REMARK.fullmatch(plain):
        return False
    same = matcher.find(plain)
    return same is None or same.value != match.value


_MONTH = "month_"  # twelve headings that any ledger has: they count as one


def is_row_number(text: str) -> bool:
    """Tell whether a heading announces mere row numbers."""
    return canonical(text) in _ROW_NUMBERS


# --- which table a header is of ---------------------------------------------------------------------------------------


def may_be_header(cells: Mapping[int, Cell], index: SpecIndex) -> bool:
    """Tell, quickly, whether it is worth looking at a row as a header: it has no number, and words of the template."""
    texts = []
    for cell in cells.values():
        if cell.kind == "text":
            texts.append(str(cell.value))
        elif cell.kind in ("number", "date"):
            return False
    return len(texts) >= MIN_HEADINGS and sum(index.is_heading(text) for text in texts) >= MIN_HEADINGS - 1


def columns_of(index: SpecIndex, table: str, cells: Mapping[int, Cell]) -> dict[int, Match[str]]:
    """Return the columns whose heading is one of the table's."""
    matcher = index.headings[table]
    return {
        column: match
        for column, cell in cells.items()
        if cell.kind == "text" and (match := match_heading(matcher, str(cell.value)))
    }


def table_of_header(
    cells: Mapping[int, Cell], index: SpecIndex, near: tuple[str, ...]
) -> tuple[str | None, tuple[str, ...]]:
    """Return the table whose headings stand in a row, or None and the tables it could be of (none: it is no header).

    A heading that is the field's own title counts twice: tables share many synonyms. `near` are the tables that the
    sheet, or a title above, speaks of: they decide between equals.
    """
    scores: dict[str, int] = {}
    for key in index.tables:
        found = columns_of(index, key, cells)
        if len({_MONTH if match.value.startswith(_MONTH) else match.value for match in found.values()}) >= MIN_HEADINGS:
            scores[key] = sum(2 if match.text in index.titles[key] else 1 for match in found.values())
    best = [key for key, score in scores.items() if score == max(scores.values())]
    chosen = best if len(best) == 1 else [key for key in near if key in best][:1]
    return (chosen[0], ()) if chosen else (None, tuple(best))


def looks_like_data(cells: Mapping[int, Cell], columns: Mapping[str, int], table: Table, index: SpecIndex) -> bool:
    """Tell whether a row below the keys is data: a number under a number's key, a known unit or choice under its."""
    for field in table.fields:
        cell = cells.get(columns.get(field.key, 0))
        if cell is None:
            continue
        if cell.kind in ("number", "date", "uncached", "error") and field.kind.value in ("number", "date"):
            return True
        if cell.kind == "text" and index.is_answer(field, str(cell.value)):
            return True
    return False
