"""What the program wrote on its computed sheets, as the results workbook carries it along: digests of texts and numbers.

Nobody can compute that again once an amount was changed, or with another version of the program; so the workbook keeps
it. What stands on a computed sheet and has no digest of its column was typed there by somebody.

A sheet's digests are few: the same text in a column has one. One typed text in tens of thousands may look like ours. Of
a study whose rows are streamed each sheet has the digests of its first contents; the others are known, whatever their
column, by a set of fixed size that all its sheets share (`spec.known`): there it is two in a thousand.
"""

from __future__ import annotations

import base64
import binascii
import sys
from array import array
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from workbook_engine.frozen import frozen
from workbook_engine.spec.carried import META_SHEET, root
from workbook_engine.spec.known import Known
from workbook_engine.spec.own_formulas import FormulaKind, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from workbook_engine.grid import Book

MARK_OWN: Final = "wbe:own:"  # column A of a row of the hidden sheet: sheet's key, columns of formulas, digests
MARK_FORMULAS: Final = "wbe:formulas:"  # the same: sheet's key, digests of the kinds of its formulas
MARK_KNOWN: Final = "wbe:known:"  # the same, of the whole workbook: the piece's number, bytes in all, the piece
_BYTES: Final = 3  # of a digest
_MOST: Final = 30_000  # characters of a mark's digests; a cell holds 32,767
_FULL: Final = (1 << 8 * _BYTES) - 1
_SPREAD: Final = 0x9E3779B1  # makes another digest of the same content in another column (2**32 by the golden ratio)
_NEAR: Final = (1 - 2e-14, 1 + 2e-14)


@frozen
class OwnWords:
    """What the program wrote on a sheet. Columns count from 1."""

    digests: frozenset[int]
    computed: frozenset[int]  # columns with a formula whose value is a number
    worded: frozenset[int]  # columns with a formula whose value is a text
    kinds: frozenset[int] = frozenset()  # of formulas, with the columns that they look at; none of older workbooks
    loose_kinds: frozenset[int] = frozenset()  # of formulas, without
    sheet: int = 0  # checksum of the sheet's key
    known: Known | None = None  # of streamed rows

    @property
    def formulas(self) -> frozenset[int]:
        """The columns with a formula."""
        return self.computed | self.worded


def in_column(content_root: int, column: int) -> int:
    """Return the digest of a content in a column."""
    return content_root + column * _SPREAD & _FULL


def number_on(sheet: int, content_root: int, column: int) -> int:
    """Return the checksum of a number in a column of one of the sheets."""
    return content_root + sheet + column * _SPREAD & 0xFFFFFFFF


def has(words: OwnWords, content: float | str, column: int) -> bool:
    """Tell whether the program wrote that in a column of the sheet, by the digests of it that the sheet keeps.

    Programs store 15 digits of a number: the last of the 12 that count may have been rounded otherwise.
    """
    if in_column(root(content), column) in words.digests:
        return True
    return not isinstance(content, str) and any(in_column(each, column) in words.digests for each in _near(content))


def knows(words: OwnWords, content: float | str, column: int) -> bool:
    """Tell whether the program wrote that in the streamed rows of the sheet: a text in any column, of any sheet."""
    if words.known is None:
        return False
    if isinstance(content, str):
        return root(content) in words.known
    near = (root(content), *_near(content))
    return any(number_on(words.sheet, each, column) in words.known for each in near)


def _near(number: float) -> tuple[int, ...]:
    return tuple(root(number * near) for near in _NEAR)


def has_kind(words: OwnWords, kind: FormulaKind, column: int, *, with_columns: bool) -> bool:
    """Tell whether the program wrote a formula of that kind in a column of the sheet."""
    if with_columns:
        return in_column(kind.with_columns, column) in words.kinds
    return in_column(kind.without, column) in words.loose_kinds


def own_marks(
    key: str,
    digests: Iterable[int],
    computed: Iterable[int],
    worded: Iterable[int],
    formulas: Iterable[tuple[int, str]],
) -> Iterator[str]:
    """Yield the texts that carry along what stands on a sheet; `formulas` are one of each kind, with its column."""
    columns = " ".join(",".join(map(str, sorted(each))) for each in (computed, worded))
    for piece in _pieces(_packed(digests)):
        yield f"{MARK_OWN}{key} {columns} {piece}"
    kinds = [(column, kind_of(formula)) for column, formula in formulas]
    if kinds:
        exact = _packed({in_column(kind.with_columns, column) for column, kind in kinds})
        loose = _packed({in_column(kind.without, column) for column, kind in kinds})
        for piece in _pieces(exact):
            yield f"{MARK_FORMULAS}{key} {piece} "
        for piece in _pieces(loose):
            yield f"{MARK_FORMULAS}{key}  {piece}"


def known_marks(known: Known) -> Iterator[str]:
    """Yield the texts that carry along what is known of the streamed rows."""
    data = known.packed()
    for number, piece in enumerate(_pieces(data)):
        yield f"{MARK_KNOWN}{number} {len(data)} {piece}"


def _packed(digests: Iterable[int]) -> bytes:
    numbers = array("I", sorted(digests))
    if sys.byteorder == "little":
        numbers.byteswap()
    data = bytearray(numbers.tobytes())
    del data[:: numbers.itemsize]  # of four bytes the last three, the first of which counts most
    return bytes(data)


def _pieces(data: bytes) -> Iterator[str]:
    text = base64.b64encode(data).decode("ascii")
    return (text[start : start + _MOST] for start in range(0, max(len(text), 1), _MOST))


def carried_own(book: Book) -> Mapping[str, OwnWords]:
    """Return what a results workbook says that the program wrote: sheet's key -> its words.

    Empty where an older version made it, or what is known of streamed rows is not whole. What somebody wrote into the hidden sheet is passed over.
    """
    found: dict[str, OwnWords] = {}
    pieces: dict[int, str] = {}
    size = ""
    for text in _texts(book):
        if text.startswith(MARK_OWN):
            _take_words(text.removeprefix(MARK_OWN), found)
        elif text.startswith(MARK_FORMULAS):
            _take_kinds(text.removeprefix(MARK_FORMULAS), found)
        elif text.startswith(MARK_KNOWN):
            number, size, piece = f"{text.removeprefix(MARK_KNOWN)}  ".split(" ")[:3]
            pieces[int(number) if number.isdecimal() else -1] = piece
    if not pieces:
        return found
    data = _unpacked("".join(pieces.get(number, "") for number in range(len(pieces))))
    if data is None or str(len(data)) != size:
        return {}  # of what was streamed nobody can tell any more what is ours
    known = Known.of(data)
    return {key: replace(words, known=known) for key, words in found.items()}


def _texts(book: Book) -> Iterator[str]:
    meta = next((sheet for sheet in book.sheets if sheet.name == META_SHEET), None)
    return (str(cells[1].value) for _, cells in (meta.rows() if meta else ()) if 1 in cells)


def _take_words(text: str, found: dict[str, OwnWords]) -> None:
    parts = text.split(" ")
    data = _unpacked(parts[-1])
    if len(parts) != 4 or data is None:
        return
    try:
        computed, worded = (frozenset(int(column) for column in each.split(",") if column) for each in parts[1:3])
    except ValueError:
        return
    before = found.get(parts[0], OwnWords(frozenset(), computed, worded, sheet=root(parts[0])))
    found[parts[0]] = replace(before, digests=before.digests | _digests(data))


def _take_kinds(text: str, found: dict[str, OwnWords]) -> None:
    key, _, packed = text.partition(" ")
    exact, _, loose = packed.partition(" ")
    data = _unpacked(exact), _unpacked(loose)
    if key in found and None not in data:
        before = found[key]
        found[key] = replace(
            before,
            kinds=before.kinds | _digests(data[0] or b""),
            loose_kinds=before.loose_kinds | _digests(data[1] or b""),
        )


def _unpacked(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        return None


def _digests(data: bytes) -> frozenset[int]:
    return frozenset(int.from_bytes(data[at : at + _BYTES], "big") for at in range(0, len(data), _BYTES))
