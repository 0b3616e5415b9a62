"""What stands in a cell's XML -> a Cell. A value that is none becomes an `invalid` cell with its raw text."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Protocol

from workbook_engine.grid import Cell
from workbook_engine.intake.formats import DATE
from workbook_engine.intake.limits import exceeded
from workbook_engine.patterns import pattern
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workbook_engine.grid import CellKind
    from workbook_engine.intake.colours import Colour
    from workbook_engine.intake.limits import Limits
    from workbook_engine.intake.styles import CellFormats

# Excel writes a character that XML forbids as _xHHHH_, and a literal "_x000D_" as "_x005F_x000D_" (ECMA-376 22.9.2.19).
_ESCAPE = pattern(r"_x([0-9A-Fa-f]{4})_")
_SURROGATES = pattern(r"[\ud800-\udfff]")
_FORBIDDEN = pattern(r"_x(?:00(?:0[0-8BCEFbcef]|1[0-9A-Fa-f])|[dD][89a-fA-F][0-9A-Fa-f]{2}|[fF]{3}[eEfF])_")

_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
SHOWN = 60  # characters of a cell's text in a message
_FIRST_DAY, _LAST_DAY = 1900_01_01, 2999_12_31
_LAST_SERIAL = {False: 2_958_466.0, True: 2_957_004.0}  # the day after 9999-12-31, in the 1900 and the 1904 system


class Strings(Protocol):
    """The shared strings: a Cell for each number. A text may come as its own number, see strings.py."""

    def __getitem__(self, index: int, /) -> Cell: ...
    def __len__(self) -> int: ...


_new = tuple.__new__


def cell_of(kind: CellKind, value: float | str | bool | None) -> Cell:  # noqa: FBT001 - a value, not a switch
    """Return Cell(kind, value), three times as fast as the NamedTuple's own constructor: it is made a million times."""
    return _new(Cell, (kind, value, None, ""))


def unescaped(text: str) -> str:
    """Return a stored text as its reader sees it: `_x000D_` is a carriage return; what XML forbids stays escaped."""
    if "_x" not in text:
        return text
    plain = _ESCAPE.sub(_character, text)
    return _whole_surrogates(plain) if _SURROGATES.search(plain) else plain


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    if code in {0x9, 0xA, 0xD} or 0x20 <= code < 0xFFFE:
        return chr(code)
    return match[0]


def _whole_surrogates(text: str) -> str:
    """Join surrogate pairs; a lonely one cannot be written to any file and goes back to its escape."""
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return _SURROGATES.sub(lambda match: f"_x{ord(match[0]):04X}_", joined)


class Values:
    """Makes cells of one workbook."""

    def __init__(self, strings: Strings, formats: tuple[str, ...], *, date1904: bool, limits: Limits) -> None:
        self.strings = strings
        self.struck_formats: frozenset[str] = frozenset()  # cell formats that strike through
        self.unseen_formats: frozenset[str] = frozenset()  # cell formats whose text has the colour of the cell
        self.formats_without_text: frozenset[str] = frozenset()  # cell formats that do not show a text
        self.has_pictures_in_cells = False  # whether an error may stand for one
        self.cell_formats: CellFormats | None = None  # which know the colours of cells
        self.pale_texts: Mapping[str, list[tuple[Colour, str]]] = {}  # shared texts with pieces that a cell may hide
        self.guides: Mapping[str, str] = {}  # shared texts -> phonetic guides that are no reading
        self.struck_texts: Mapping[str, bool] = {}  # shared texts with a strike: whether all of it is struck
        self.formats = {str(style): meaning for style, meaning in enumerate(formats) if meaning}
        self.date1904 = date1904
        self.limits = limits
        self._text_left = limits.text_characters
        self._makers: dict[str, Callable[[str], Cell]] = {
            "s": self.shared,
            "b": _boolean,
            "e": _error,
            "str": self.text,
            "inlineStr": self.text,
            "d": self._iso_date,
        }

    def of(self, kind: str, raw: str) -> Cell:
        """Return the cell of any type but a number."""
        maker = self._makers.get(kind)
        return maker(raw) if maker else cell_of("invalid", raw)

    def number(self, raw: str, style: str | None) -> Cell:
        """Return a number, or a date where its format shows one. Python's own leniency (1_000, ١٢, nan) is refused."""
        try:
            value = float(raw)
        except ValueError:
            return cell_of("invalid", raw)
        if value - value != 0.0 or "_" in raw or not raw.isascii():  # the first is true of nan and infinity alone
            return cell_of("invalid", raw)
        return _new(Cell, ("number", value, None, "")) if style not in self.formats else self._formatted(value, style)

    def _formatted(self, value: float, style: str | None) -> Cell:
        meaning = self.format_of(style)
        if meaning == DATE:
            return dated(value, date1904=self.date1904)
        return _new(Cell, ("number", value, None, meaning))

    def format_of(self, style: str | None) -> str:
        """Return what a cell's format says beyond its digits (see formats.py)."""
        return self.formats.get(style or "", "")

    def text(self, raw: str) -> Cell:
        """Return a text, counted; one that no spreadsheet may hold is invalid."""
        self.count(len(raw))
        if "_x" in raw or len(raw) > self.limits.cell_characters:
            return text_cell(raw, self.limits)
        return _new(Cell, ("text", raw, None, ""))

    def count(self, characters: int) -> None:
        """Take `characters` of the workbook's allowance."""
        self._text_left -= characters
        if self._text_left < 0:
            raise exceeded(self.limits, "text_characters")

    def shared(self, raw: str) -> Cell:
        """Return the cell of a shared string by its number."""
        try:
            index = int(raw)
            if index >= 0:
                return self.strings[index]
        except (ValueError, IndexError):
            pass
        return cell_of("invalid", raw)

    def _iso_date(self, raw: str) -> Cell:
        serial = serial_of(raw, date1904=self.date1904)
        return cell_of("invalid", raw) if serial is None else cell_of("date", serial)


def dated(serial: float, *, date1904: bool) -> Cell:
    """Return a date's cell. A serial number of no calendar day is invalid, unless it is a day itself: 20250101."""
    if 0.0 <= serial < _LAST_SERIAL[date1904]:
        return cell_of("date", serial)
    return cell_of("number" if _is_day(serial) else "invalid", serial)


def _is_day(number: float) -> bool:
    """Tell whether a number's digits are year, month and day; Excel shows it as ######## in a cell of dates."""
    if not number.is_integer() or not _FIRST_DAY <= number <= _LAST_DAY:
        return False
    try:
        date(int(number) // 10_000, int(number) // 100 % 100, int(number) % 100)
    except ValueError:
        return False
    return True


def text_cell(raw: str, limits: Limits) -> Cell:
    """Return the Cell of a stored text."""
    text = unescaped(raw)
    if len(text) > limits.cell_characters or ("_x" in text and _FORBIDDEN.search(text)):
        return cell_of("invalid", text)
    return cell_of("text", text)


def _boolean(raw: str) -> Cell:
    value = {"1": True, "true": True, "0": False, "false": False}.get(raw.strip().lower())
    return cell_of("invalid", raw) if value is None else cell_of("bool", value)


def error_text(code: int) -> str:
    """Return the error of a binary format as it is shown; [MS-XLS] 2.5.10, [MS-XLSB] 2.5.97.2."""
    return _ERRORS.get(code, f"#ERROR{code}!")


def _error(raw: str) -> Cell:
    return cell_of("error", raw)


def serial_of(iso: str, *, date1904: bool = False) -> float | None:
    """Return the serial number of an ISO 8601 date or time, None where it is none.

    1900-01-01 is 1, and 1900-03-01 is 61: the 1900 system counts a 29 February 1900 that never was.
    """
    text = iso.strip()
    try:
        if re.fullmatch(r"T?\d{2}:\d{2}.*", text):
            return _fraction(time.fromisoformat(text))
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC)
    days = moment.date().toordinal() - (date(1904, 1, 1) if date1904 else date(1899, 12, 30)).toordinal()
    if not date1904 and days < 61:
        days -= 1
    return days + _fraction(moment.time()) if days >= 0 else None


def _fraction(moment: time) -> float:
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second + moment.microsecond / 1e6
    return seconds / 86400


_NOT_A_NUMBER = Text("不是可用的数字", "which is no usable number")
_NOT_A_DATE = Text("不是可能的日期", "which is no possible date")
_NO_TEXT = Text("指向不存在的文本", "which refers to a text that the file does not hold")
_NOT_KNOWN = Text("类型不明", "whose type is unknown")
_TOO_LONG = Text("超过一个单元格允许的长度", "which is longer than a cell may be")
_CONTROL = Text("含有不可见的控制字符", "which has invisible control characters")


def why_invalid(kind: str, cell: Cell, limits: Limits) -> Text:
    """Return the end of the sentence “the cell holds …,” for a cell of XML type `kind` that came out invalid."""
    text = str(cell.value)
    if kind == "n":
        return _NOT_A_DATE if isinstance(cell.value, float) and math.isfinite(cell.value) else _NOT_A_NUMBER
    if kind in {"s", "str", "inlineStr"}:
        if len(text) > limits.cell_characters:
            return _TOO_LONG
        return _CONTROL if _FORBIDDEN.search(text) else _NO_TEXT
    return {"d": _NOT_A_DATE, "b": _NOT_KNOWN}.get(kind, _NOT_KNOWN)


def shown(cell: Cell) -> str:
    """Return a cell's value for a message, cut where it is long."""
    text = str(cell.value if cell.formula is None else f"={cell.formula}")
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"
