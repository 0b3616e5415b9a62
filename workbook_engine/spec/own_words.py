"""What the program wrote on its computed sheets, as the results workbook carries it along: digests of texts and numbers.

Nobody can compute that again once an amount was changed, or with another version of the program; so the workbook keeps
it. What stands on a computed sheet and has no digest of its column was typed there by somebody.

A sheet's digests are few: the same text in a column has one. One typed text in tens of thousands may look like ours.
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Final

from workbook_engine.frozen import frozen
from workbook_engine.spec.carried import META_SHEET, root

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from workbook_engine.grid import Book

MARK_OWN: Final = "wbe:own:"  # column A of a row of the hidden sheet: sheet's key, columns of formulas, digests
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

    @property
    def formulas(self) -> frozenset[int]:
        """The columns with a formula."""
        return self.computed | self.worded


def in_column(content_root: int, column: int) -> int:
    """Return the digest of a content in a column."""
    return content_root + column * _SPREAD & _FULL


def has(words: OwnWords, content: float | str, column: int) -> bool:
    """Tell whether the program wrote that in a column of the sheet.

    Programs store 15 digits of a number: the last of the 12 that count may have been rounded otherwise.
    """
    if in_column(root(content), column) in words.digests:
        return True
    if isinstance(content, str):
        return False
    return any(in_column(root(content * near), column) in words.digests for near in _NEAR)


def own_marks(key: str, digests: Iterable[int], computed: Iterable[int], worded: Iterable[int]) -> Iterator[str]:
    """Yield the texts that carry along what stands on a sheet."""
    columns = " ".join(",".join(map(str, sorted(each))) for each in (computed, worded))
    packed = b"".join(digest.to_bytes(_BYTES, "big") for digest in sorted(digests))
    text = base64.b64encode(packed).decode("ascii")
    for start in range(0, max(len(text), 1), _MOST):
        yield f"{MARK_OWN}{key} {columns} {text[start : start + _MOST]}"


def carried_own(book: Book) -> Mapping[str, OwnWords]:
    """Return what a results workbook says that the program wrote: sheet's key -> its words.

    Empty where an older version made it. What somebody wrote into the hidden sheet is passed over.
    """
    meta = next((sheet for sheet in book.sheets if sheet.name == META_SHEET), None)
    found: dict[str, OwnWords] = {}
    for _, cells in meta.rows() if meta else ():
        text = str(cells[1].value) if 1 in cells else ""
        if text.startswith(MARK_OWN) and (each := _read(text.removeprefix(MARK_OWN))):
            key, words = each
            before = found.get(key)
            digests = words.digests | before.digests if before else words.digests
            found[key] = OwnWords(digests, words.computed, words.worded)
    return found


def _read(text: str) -> tuple[str, OwnWords] | None:
    try:
        key, computed, worded, packed = text.split(" ")
        data = base64.b64decode(packed, validate=True)
        columns = [frozenset(int(column) for column in each.split(",") if column) for each in (computed, worded)]
    except (ValueError, binascii.Error):
        return None
    digests = (int.from_bytes(data[at : at + _BYTES], "big") for at in range(0, len(data), _BYTES))
    return key, OwnWords(frozenset(digests), *columns)
