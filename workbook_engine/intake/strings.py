"""The shared strings: texts that the cells of all sheets refer to by number.

Up to `_MANY` they are a list of ready cells. Beyond, they are one run of bytes and its offsets, a fifth of the
memory; a cell then holds the text's number, and the sheet puts the text in when its rows are asked for.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from typing import TYPE_CHECKING

from workbook_engine.intake.colours import ILLEGIBLE
from workbook_engine.intake.letters import LETTERS
from workbook_engine.intake.limits import exceeded
from workbook_engine.intake.markup import LocalNames, is_struck, parsed, refuse_endless
from workbook_engine.intake.raised import shift_of, shifted
from workbook_engine.intake.struck import StruckPieces
from workbook_engine.intake.values import cell_of, text_cell
from workbook_engine.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from workbook_engine.grid import Cell
    from workbook_engine.intake.colours import Colour
    from workbook_engine.intake.limits import Limits
    from workbook_engine.intake.markup import Attributes
    from workbook_engine.intake.raised import Shift

_MANY = 50_000
_KEPT = 4_096  # texts of a sheet's columns repeat: units, choices, names of flows


class CompactStrings:
    """Very many texts in little memory."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q", [0])
        self._invalid: dict[int, Cell] = {}
        self._kept: dict[int, Cell] = {}

    def __len__(self) -> int:
        return len(self._ends) - 1

    def append(self, cell: Cell) -> None:
        """Add the next text."""
        if cell.kind == "invalid":
            self._invalid[len(self)] = cell
        self._bytes += str(cell.value).encode("utf-8", "surrogatepass")
        self._ends.append(len(self._bytes))

    def __getitem__(self, index: int, /) -> Cell:
        """Return a text cell that holds the text's number; see `cell`."""
        if index >= len(self):
            raise IndexError(index)
        return self._invalid.get(index) or cell_of("text", index)

    def cell(self, index: int) -> Cell:
        """Return the cell of a text by its number; a text that comes again and again is one object."""
        cell = self._kept.get(index)
        if cell is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            text = self._bytes[self._ends[index] : self._ends[index + 1]].decode("utf-8", "surrogatepass")
            cell = self._kept[index] = cell_of("text", text)
        return cell


class Looks:
    """What is odd about shared texts, by their numbers."""

    def __init__(self, is_pale: Callable[[Colour], bool] = lambda _: False) -> None:
        """`is_pale` tells whether some cell of the workbook has nearly that colour."""
        self.is_pale = is_pale
        self.struck: dict[str, bool] = {}  # with pieces that are struck through: whether all of it is
        self.pale: dict[str, list[tuple[Colour, str]]] = {}  # colour and text of pieces that a cell may hide
        self.guides: dict[str, str] = {}  # phonetic guides that are no reading


_READING = pattern(
    r"[\u3040-\u30ff\uff66-\uff9f\u3100-\u312f\s·・\-]*"  # kana, bopomofo
    r"|(?:\s*(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?[aeiouüv]{1,3}(?:ng?|r)?[1-5]?\s*)+",  # pinyin
    re.IGNORECASE,
)


def is_reading(guide: str) -> bool:
    """Tell whether a phonetic guide says nothing but how its text is read: kana, bopomofo, pinyin."""
    plain = "".join(c for c in unicodedata.normalize("NFD", guide) if c == "\u0308" or not unicodedata.combining(c))
    return bool(_READING.fullmatch(unicodedata.normalize("NFC", plain))) or bool(_READING.fullmatch(guide))


def read_strings(
    part: str, chunks: Iterable[bytes], limits: Limits, looks: Looks | None = None
) -> tuple[list[Cell] | CompactStrings, Looks]:
    """Read sharedStrings.xml: rich text joined, phonetic readings (rPh) left out.

    Return the texts, and what is odd about some of them.
    """
    looks = looks or Looks()
    few: list[Cell] = []
    strings: list[Cell] | CompactStrings = few
    left = limits.text_characters
    for text in _texts(part, chunks, limits, looks):
        left -= len(text)
        if left < 0:
            raise exceeded(limits, "text_characters")
        if len(strings) >= limits.cells:
            raise exceeded(limits, "cells")
        strings.append(text_cell(text, limits))
        if len(strings) == _MANY and strings is few:
            strings = _compact(few)
    return strings, looks


def _compact(cells: list[Cell]) -> CompactStrings:
    strings = CompactStrings()
    for cell in cells:
        strings.append(cell)
    cells.clear()
    return strings


def _texts(  # noqa: C901, PLR0915 - one branch for each element
    part: str, chunks: Iterable[bytes], limits: Limits, looks: Looks
) -> Iterator[str]:
    """Yield the text of each si; note in `looks` what is odd about it."""
    local, depth, phonetic, most = LocalNames(), 0, False, limits.cell_characters
    ready: list[str] = []
    pieces: list[str] = []
    text: list[str] = []
    number = 0
    strikes = StruckPieces()
    colour: Colour | None = None  # of the run that is being read
    shift: Shift | None = None  # raised or lowered
    guide: list[str] = []

    def start(name: str, attributes: Attributes) -> None:
        nonlocal depth, phonetic, colour, shift
        depth += 1
        if depth > limits.xml_depth:
            raise exceeded(limits, "xml_depth")
        text.clear()
        tag = local[name]
        if tag == "rPh":
            phonetic = True
        elif tag == "strike":
            strikes.is_on = is_struck(attributes)
        elif tag in LETTERS and colour != ILLEGIBLE:
            colour = LETTERS[tag](attributes) or colour
        elif tag == "vertAlign":
            shift = shift_of(attributes)

    def end(name: str) -> None:  # noqa: C901 - one branch for each element
        nonlocal depth, phonetic, number, colour, shift
        depth -= 1
        tag = local[name]
        if tag == "t":
            if not phonetic and len(pieces) <= most:  # a text of more pieces is too long for a cell whatever follows
                strikes.add(text)
                pieces.extend([shifted(pieces, "".join(text), shift)] if shift else text)
                if colour is not None and looks.is_pale(colour):
                    looks.pale.setdefault(str(number), []).append((colour, "".join(text)))
            elif phonetic and len(guide) <= most:
                guide.extend(text)
        elif tag == "r":
            strikes.is_on, colour, shift = False, None, None
        elif tag == "si":
            whole = "".join(pieces)
            ready.append(whole)
            pieces.clear()
            if strikes.pieces and (is_whole := strikes.is_whole(whole)) is not None:
                looks.struck[str(number)] = is_whole
            if guide:
                if not is_reading(said := "".join(guide)):
                    looks.guides[str(number)] = said
                guide.clear()
            number += 1
        elif tag == "rPh":
            phonetic = False

    for _ in parsed(part, chunks, start, end, text.append):
        refuse_endless(text, limits)
        yield from ready
        ready.clear()
