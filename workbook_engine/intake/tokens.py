"""Formulas of binary workbooks -> text, as Excel shows them: each is a run of tokens for a machine with a stack.

.xls ([MS-XLS] 2.5.198) and .xlsb ([MS-XLSB] 2.5.97) have the same tokens; rows, columns and lengths are of other sizes.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from workbook_engine.grid import column_letter, quote_sheet
from workbook_engine.intake.values import error_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

Place = tuple[int, int]  # row and column, both from 0
BookKind = Literal["own", "functions", "other"]  # this workbook, an add-in, another workbook


class Layout(NamedTuple):
    """The sizes in which a format writes its tokens."""

    place: struct.Struct  # row, column
    area: struct.Struct  # first and last row, first and last column
    rows: int  # of the grid
    columns: int
    text: Callable[[bytes, int], tuple[str, int]]  # what stands there, and the position after it
    array: int  # bytes behind the token of an array, whose values come after all tokens
    size_of_array: struct.Struct  # columns, rows
    size_less_one: int  # 1 where both are counted from 0
    value_sizes: Mapping[int, tuple[str, int]]  # by the kind of a value in an array: what it is, its bytes
    areas_of_memory: tuple[struct.Struct, int]  # how many follow the tokens, and the bytes of each


class Source(NamedTuple):
    """A book that references may mean."""

    kind: BookKind
    names: list[str]  # that formulas use of it, in order


@dataclass(slots=True)
class Sources:
    """What the numbers in a workbook's formulas mean."""

    sheets: Sequence[str] = ()  # their names in order
    names: Sequence[str] = ()  # the defined ones in order
    books: list[Source] = field(default_factory=list)
    references: list[tuple[int, int, int]] = field(default_factory=list)  # book, its first and last sheet, from 0

    def sheet(self, reference: int) -> str:
        """Return what stands before the `!`; of another workbook its number alone."""
        number, first, last = self.references[reference]
        if self._book(number).kind != "own":
            return self._of_other(number)
        if not (0 <= first < len(self.sheets) and 0 <= last < len(self.sheets)):
            return "#REF"  # a sheet that was deleted
        return quote_sheet(self.sheets[first] if first == last else f"{self.sheets[first]}:{self.sheets[last]}")

    def name(self, number: int) -> str:
        """Return a defined name; they are counted from 1."""
        if not 0 < number <= len(self.names):
            raise Unknown
        return self.names[number - 1]

    def other_name(self, reference: int, number: int) -> str:
        """Return a name of the book that a reference means, or a function of an add-in."""
        source = self.references[reference][0]
        book = self._book(source)
        if book.kind == "own":
            return self.name(number)
        name = book.names[number - 1] if 0 < number <= len(book.names) else ""
        if not name:
            raise Unknown
        return name if book.kind == "functions" else f"{self._of_other(source)}!{name}"

    def _book(self, number: int) -> Source:
        if not 0 <= number < len(self.books):
            raise Unknown
        return self.books[number]

    def _of_other(self, number: int) -> str:
        return f"'[{sum(book.kind == 'other' for book in self.books[: number + 1])}]'"


class Unknown(Exception):  # noqa: N818 - no error: the formula is none of those that are read
    """A token that is not read."""


def formula(tokens: bytes, more: bytes, place: Place, layout: Layout, sources: Sources) -> str:
    """Return the formula of a cell, "" where it holds what is not read; `more` is what follows the tokens."""
    reading = _Reading(tokens, more, place, layout, sources)
    try:
        return reading.text()
    except (Unknown, IndexError, struct.error):
        return ""


class _Reading:
    """Takes the tokens of one formula."""

    def __init__(self, tokens: bytes, more: bytes, place: Place, layout: Layout, sources: Sources) -> None:
        self._tokens, self._more = tokens, more
        self._row, self._column = place
        self._layout, self._sources = layout, sources
        self._at = self._at_more = 0
        self._stack: list[str] = []

    def text(self) -> str:
        tokens, stack, end = self._tokens, self._stack, len(self._tokens)
        if end > _LONGEST:
            raise Unknown
        while self._at < end:
            token = tokens[self._at]
            self._at += 1
            if token in _BETWEEN:
                right = stack.pop()
                stack[-1] += _BETWEEN[token] + right
            elif token in _AROUND:
                before, after = _AROUND[token]
                stack[-1] = before + stack[-1] + after
            else:
                take = _TAKEN.get(token & 0x1F | 0x20 if token >= _OF_CLASS else token)
                if take is None:
                    raise Unknown
                take(self)
        if len(stack) != 1 or self._at != end:
            raise Unknown
        return stack[0]

    def _unpack(self, of: struct.Struct) -> tuple[int, ...]:
        values = of.unpack_from(self._tokens, self._at)
        self._at += of.size
        return values

    def _push(self, text: str) -> None:
        self._stack.append(text)

    # --- operands

    def whole(self) -> None:
        self._push(str(*self._unpack(_SHORT)))

    def real(self) -> None:
        self._push(_number(*self._unpack(_DOUBLE)))

    def truth(self) -> None:
        self._push("TRUE" if self._unpack(_BYTE)[0] else "FALSE")

    def error(self) -> None:
        self._push(error_text(*self._unpack(_BYTE)))

    def nothing(self) -> None:
        self._push("")

    def quoted(self) -> None:
        text, self._at = self._layout.text(self._tokens, self._at)
        self._push(_quoted(text))

    def cell(self) -> None:
        self._push(self._shown(*self._unpack(self._layout.place)))

    def area(self) -> None:
        self._push(self._shown_area(*self._unpack(self._layout.area)))

    def moved_cell(self) -> None:
        self._push(self._shown(*self._moved(*self._unpack(self._layout.place))))

    def moved_area(self) -> None:
        first, last, left, right = self._unpack(self._layout.area)
        (first, left), (last, right) = self._moved(first, left), self._moved(last, right)
        self._push(self._shown_area(first, last, left, right))

    def cell_of_sheet(self) -> None:
        sheet = self._sources.sheet(*self._unpack(_SHORT))
        self.cell()
        self._stack[-1] = f"{sheet}!{self._stack[-1]}"

    def area_of_sheet(self) -> None:
        sheet = self._sources.sheet(*self._unpack(_SHORT))
        self.area()
        self._stack[-1] = f"{sheet}!{self._stack[-1]}"

    def lost_cell(self) -> None:
        self._unpack(self._layout.place)
        self._push("#REF!")

    def lost_area(self) -> None:
        self._unpack(self._layout.area)
        self._push("#REF!")

    def lost_cell_of_sheet(self) -> None:
        self._unpack(_SHORT)
        self.lost_cell()

    def lost_area_of_sheet(self) -> None:
        self._unpack(_SHORT)
        self.lost_area()

    def name(self) -> None:
        self._push(self._sources.name(*self._unpack(_LONG)))

    def other_name(self) -> None:
        source, number = self._unpack(_SOURCE_AND_NUMBER)
        self._push(self._sources.other_name(source, number))

    def array(self) -> None:
        """Take an array of constants, whose values stand behind the tokens of the formula."""
        self._at += self._layout.array
        columns, rows = self._layout.size_of_array.unpack_from(self._more, self._at_more)
        self._at_more += self._layout.size_of_array.size
        columns, rows = columns + self._layout.size_less_one, rows + self._layout.size_less_one
        if not 0 < columns <= self._layout.columns or len(self._more) < columns * rows:
            raise Unknown  # each value takes a byte at least
        lines = zip(*[self._values(columns * rows)] * columns, strict=True)
        self._push("{" + ";".join(",".join(line) for line in lines) + "}")

    def _values(self, count: int) -> Iterator[str]:
        for _ in range(count):
            kind, self._at_more = self._more[self._at_more], self._at_more + 1
            what, size = self._layout.value_sizes.get(kind, ("", 0))
            start = self._at_more
            self._at_more += size
            if what == "text":
                text, self._at_more = _long_text(self._layout, self._more, start)
                yield _quoted(text)
            elif what == "number":
                yield _number(*_DOUBLE.unpack_from(self._more, start))
            elif what == "truth":
                yield "TRUE" if self._more[start] else "FALSE"
            elif what == "error":
                yield error_text(self._more[start])
            elif what == "nothing":
                yield ""
            else:
                raise Unknown

    # --- what works on operands

    def function(self) -> None:
        (number,) = self._unpack(_SHORT)
        name, least, most = _function(number)
        if least != most:
            raise Unknown
        self._call(name, least)

    def function_of_count(self) -> None:
        count, number = self._unpack(_COUNT_AND_FUNCTION)
        count &= 0x7F
        if number == _CALL and count:  # of a name that stands on the stack below the arguments
            self._call(self._stack.pop(-count), count - 1)
        else:
            self._call(_function(number)[0], count)

    def _call(self, name: str, count: int) -> None:
        if count > len(self._stack):
            raise Unknown
        start = len(self._stack) - count
        self._stack[start:] = [f"{name}({','.join(self._stack[start:])})"]

    def attribute(self) -> None:
        """Take what only helps to calculate or to show; but that a sum of one argument is none."""
        kind, size = self._unpack(_ATTRIBUTE)
        if kind & _CHOOSE:
            self._at += 2 * (size + 1)
        elif kind & _SUM:
            self._call("SUM", 1)

    def memory(self) -> None:
        """Take the areas that the tokens behind it come to: these are taken as they are."""
        self._at += 6
        count, size = self._layout.areas_of_memory
        self._at_more += count.size + size * count.unpack_from(self._more, self._at_more)[0]

    def memory_without_areas(self) -> None:
        self._at += 6

    def memory_of_function(self) -> None:
        self._at += 2

    # --- places

    def _moved(self, row: int, column: int) -> Place:
        """Return a place that is stated by its distance from the cell."""
        if column & _ROW_MOVES:
            row = (row + self._row) % self._layout.rows
        if column & _COLUMN_MOVES:
            moves = column & (_ROW_MOVES | _COLUMN_MOVES)
            column = (column + self._column) % self._layout.columns | moves
        return row, column

    def _shown(self, row: int, column: int) -> str:
        return self._letters(column) + _row(row, column)

    def _shown_area(self, first: int, last: int, left: int, right: int) -> str:
        if not first and last == self._layout.rows - 1:
            return f"{self._letters(left)}:{self._letters(right)}"
        most = self._layout.columns - 1
        if not left & most and right & most == most:
            return f"{_row(first, left)}:{_row(last, right)}"
        return f"{self._shown(first, left)}:{self._shown(last, right)}"

    def _letters(self, column: int) -> str:
        letters = column_letter((column & (self._layout.columns - 1)) + 1)
        return letters if column & _COLUMN_MOVES else f"${letters}"


def _row(row: int, column: int) -> str:
    return f"{row + 1}" if column & _ROW_MOVES else f"${row + 1}"


def _number(value: float) -> str:
    return f"{value:.15G}"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _function(number: int) -> tuple[str, int, int]:
    """Return name, least and most arguments of a function."""
    if number in _SINCE_2007:
        return _SINCE_2007[number]
    from xlrd.formula import func_defs  # noqa: PLC0415 - only where a binary workbook calculates

    try:
        name, least, most = func_defs[number][:3]
    except KeyError:
        raise Unknown from None
    return name, least, most


# --- the two formats --------------------------------------------------------------------------------------------------


def _short_text(data: bytes, position: int) -> tuple[str, int]:
    """Return a text of .xls: its length, the width of its characters, the characters."""
    return _characters(data, position + 2, data[position], data[position + 1])


def _characters(data: bytes, start: int, length: int, flags: int) -> tuple[str, int]:
    end = start + length * (2 if flags & 1 else 1)
    if end > len(data):
        raise Unknown
    return data[start:end].decode("utf-16-le" if flags & 1 else "latin-1", "replace"), end


def _wide_text(data: bytes, position: int) -> tuple[str, int]:
    return _characters(data, position + 2, _SHORT.unpack_from(data, position)[0], 1)


def _long_text(layout: Layout, data: bytes, position: int) -> tuple[str, int]:
    """Return a text in an array, whose length has two bytes in both formats."""
    if layout is XLSB:
        return _wide_text(data, position)
    return _characters(data, position + 3, _SHORT.unpack_from(data, position)[0], data[position + 2])


_BYTE, _SHORT, _LONG, _DOUBLE = (struct.Struct(code) for code in ("<B", "<H", "<I", "<d"))
_SOURCE_AND_NUMBER, _COUNT_AND_FUNCTION, _ATTRIBUTE = (struct.Struct(code) for code in ("<HI", "<BH", "<BH"))
_ROW_MOVES, _COLUMN_MOVES = 0x8000, 0x4000  # bits of a column: without them the place stays where it is
_LONGEST = 16_384  # bytes of a formula in Excel
_OF_CLASS = 0x40  # from it on a token is one of the 32 before it, for a value or an array
_CALL = 0xFF
_CHOOSE, _SUM = 0x04, 0x10
_BETWEEN = {
    0x03: "+", 0x04: "-", 0x05: "*", 0x06: "/", 0x07: "^", 0x08: "&", 0x09: "<", 0x0A: "<=", 0x0B: "=", 0x0C: ">=",
    0x0D: ">", 0x0E: "<>", 0x0F: " ", 0x10: ",", 0x11: ":",
}  # fmt: skip
_AROUND = {0x12: ("+", ""), 0x13: ("-", ""), 0x14: ("", "%"), 0x15: ("(", ")")}
_TAKEN: Mapping[int, Callable[[_Reading], None]] = {
    0x16: _Reading.nothing, 0x17: _Reading.quoted, 0x19: _Reading.attribute, 0x1C: _Reading.error,
    0x1D: _Reading.truth, 0x1E: _Reading.whole, 0x1F: _Reading.real, 0x20: _Reading.array,
    0x21: _Reading.function, 0x22: _Reading.function_of_count, 0x23: _Reading.name,
    0x24: _Reading.cell, 0x25: _Reading.area, 0x26: _Reading.memory, 0x27: _Reading.memory_without_areas,
    0x28: _Reading.memory_without_areas, 0x29: _Reading.memory_of_function,
    0x2A: _Reading.lost_cell, 0x2B: _Reading.lost_area, 0x2C: _Reading.moved_cell, 0x2D: _Reading.moved_area,
    0x39: _Reading.other_name, 0x3A: _Reading.cell_of_sheet, 0x3B: _Reading.area_of_sheet,
    0x3C: _Reading.lost_cell_of_sheet, 0x3D: _Reading.lost_area_of_sheet,
}  # fmt: skip

XLS = Layout(
    struct.Struct("<2H"), struct.Struct("<4H"), 65_536, 256, _short_text, 7, struct.Struct("<BH"), 1,
    {0: ("nothing", 8), 1: ("number", 8), 2: ("text", 0), 4: ("truth", 8), 16: ("error", 8)}, (_SHORT, 8),
)  # fmt: skip
XLSB = Layout(
    struct.Struct("<IH"), struct.Struct("<2I2H"), 1_048_576, 16_384, _wide_text, 14, struct.Struct("<2I"), 0,
    {0: ("number", 8), 1: ("text", 0), 2: ("truth", 1), 4: ("error", 4)}, (_LONG, 16),
)  # fmt: skip

# Functions that xlrd does not know, since no .xls has their numbers, [MS-XLSB] 2.5.97.10; of those of engineers,
# banks and data cubes none.
_MANY = 255
_SINCE_2007: Mapping[int, tuple[str, int, int]] = {
    417: ("QUOTIENT", 2, 2), 420: ("ISEVEN", 1, 1), 421: ("ISODD", 1, 1), 422: ("MROUND", 2, 2), 449: ("EDATE", 2, 2),
    450: ("EOMONTH", 2, 2), 451: ("YEARFRAC", 2, 3), 464: ("RANDBETWEEN", 2, 2), 465: ("WEEKNUM", 1, 2),
    468: ("CONVERT", 3, 3), 471: ("WORKDAY", 2, 3), 472: ("NETWORKDAYS", 2, 3), 473: ("GCD", 1, _MANY),
    475: ("LCM", 1, _MANY), 480: ("IFERROR", 2, 2), 481: ("COUNTIFS", 2, _MANY), 482: ("SUMIFS", 3, _MANY),
    483: ("AVERAGEIF", 2, 3), 484: ("AVERAGEIFS", 3, _MANY),
}  # fmt: skip
