"""What was written into the cells of a sheet of ours, once for each column: what it carries along of itself.

Of formulas one of each kind counts: a column repeats them, with other rows. They are sorted many at once, which takes a
fourth of the time.
"""

from __future__ import annotations

import functools
import itertools
import math
import zlib
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from workbook_engine.patterns import pattern
from workbook_engine.spec.carried import root
from workbook_engine.spec.own_formulas import without_rows
from workbook_engine.spec.own_words import in_column, number_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workbook_engine.spec.known import Known

_DIGITS: Final = b"0123456789"
_TEN: Final = frozenset("0123456789")
_EXACT: Final = 1_000  # digests of a streamed sheet that are kept one by one
_AT_HAND: Final = 200  # texts and numbers of a streamed sheet that are not looked up again
_AT_ONCE: Final = 200  # formulas of a streamed sheet that are sorted together
_WORDED: Final = 500  # formulas of a streamed sheet of which those whose texts hold digits count with all of them

# Where digits were left out that were no row's: between signs, at an end.
_FIGURE: Final = pattern(rb"(?:^|[-+*/^(,=<>&])\.?(?=[-+*/^),=<>&%]|$)")


def _spells_digits(formula: str) -> bool:
    """Tell whether the texts of a formula (a name, a sentence) hold digits: no row's, they stay."""
    return not _TEN.isdisjoint("".join(formula.split('"')[1::2]))


@functools.lru_cache(maxsize=4096)
def _has_figures(kind: bytes) -> bool:
    """Tell whether a formula, here without its digits, holds figures, by which it may differ from the next."""
    return _FIGURE.search(kind) is not None


class Contents:
    """The contents of a sheet; columns count from 0."""

    _most_worded: float = math.inf  # kinds, beyond which digits in the texts of formulas do not count

    def __init__(self) -> None:
        self.texts: set[tuple[int, str]] = set()
        self.numbers: set[tuple[int, float]] = set()
        self.formulas: list[tuple[int, bool, str]] = []  # column, whether it gives a text; not sorted yet
        self._kinds: dict[tuple[int, bool, str | bytes], str] = {}  # the same, and what a kind has in common -> one

    def kinds(self) -> Iterator[tuple[int, bool, str]]:
        """Yield column, whether the value is a text, and the formula, of each kind one in a column."""
        self.sort_formulas()
        return ((column, is_text, formula) for (column, is_text, _), formula in self._kinds.items())

    def sort_formulas(self) -> None:
        """Keep of the formulas one of each kind.

        What those of a kind have in common is all but their digits. One whose texts hold digits counts with all of its
        digits, one that holds figures with these.
        """
        if not self.formulas:
            return
        columns, are_texts, formulas = zip(*self.formulas, strict=True)
        self.formulas.clear()
        kinds: list[str | bytes] = [*"\0".join(formulas).encode().translate(None, _DIGITS).split(b"\0")]
        unlike = {kind for kind in set(kinds) if isinstance(kind, bytes) and (b'"' in kind or _has_figures(kind))}
        figured: list[int] = []
        for place, kind in enumerate(kinds) if unlike else ():
            if kind in unlike:
                formula = formulas[place]
                if '"' in formula and len(self._kinds) < self._most_worded and _spells_digits(formula):
                    kinds[place] = formula
                elif _has_figures(kind):
                    figured.append(place)
        rows = without_rows("\0".join(formulas[place] for place in figured)).split("\0")
        for place, kind in zip(figured, rows, strict=bool(figured)):
            kinds[place] = kind
        self._kinds.update(zip(zip(columns, are_texts, kinds, strict=True), formulas, strict=True))

    def add_number(self, column: int, number: float) -> None:
        """Add a number."""
        self.numbers.add((column, number))

    def add_stock(self, column: int, cell: Any) -> None:
        """Add a cell that went the stock way and holds no text."""
        kind = type(cell).__name__
        if kind in ("Number", "Datetime"):
            self.add_number(column, cell.number)
        elif kind == "Boolean":
            self.add_number(column, int(cell.boolean))
        elif kind == "Formula":
            self.formulas.append((column, isinstance(cell.value, str), cell.formula))

    def add_stock_text(self, column: int, text: str) -> None:
        """Add a text that went the stock way."""
        self.texts.add((column, text))

    def digests(self) -> set[int]:
        """Return the digests of texts and numbers."""
        contents: Iterable[tuple[int, float | str]] = itertools.chain(self.texts, self.numbers)
        return {in_column(root(content), column + 1) for column, content in contents}


class StreamedContents(Contents):
    """The contents of a sheet whose rows are let go: the first ones by their digests, the others among the `known`."""

    _most_worded = _WORDED

    def __init__(self, key: str, known: Known) -> None:
        super().__init__()
        self.bodies: defaultdict[int, dict[str, str]] = defaultdict(dict)  # column -> text -> XML
        self._sheet = root(key)
        self._known = known
        self._digests: set[int] = set()
        self._left = _AT_HAND

    def add_text(self, column: int, text: str, body: str) -> None:
        """Add a plain text, which is not at hand in that column, with its XML."""
        checksum = root(text) if "  " in text else zlib.crc32(text.encode())  # the same, of a text with single blanks
        self._add(in_column(checksum, column + 1), checksum)
        self.bodies[column][text] = body
        self._left -= 1
        if not self._left:
            self.bodies.clear()
            self._left = _AT_HAND

    def add_number(self, column: int, number: float) -> None:
        """Add a number that is not among the last ones."""
        if len(self.numbers) >= _AT_HAND:
            self.numbers.clear()
        self.numbers.add((column, number))
        checksum = root(number)
        self._add(in_column(checksum, column + 1), number_on(self._sheet, checksum, column + 1))

    def let_go(self) -> None:
        """Sort the formulas, where they are many, before the row is let go."""
        if len(self.formulas) >= _AT_ONCE:
            self.sort_formulas()

    def add_stock_text(self, column: int, text: str) -> None:
        """Add a text that went the stock way, as those do that are long or hold what is to be escaped."""
        self._add(in_column(root(text), column + 1), root(text))

    def digests(self) -> set[int]:
        """Return the digests that are kept one by one."""
        return self._digests

    def _add(self, digest: int, checksum: int) -> None:
        if len(self._digests) < _EXACT:
            self._digests.add(digest)
        elif digest not in self._digests:
            self._known.add(checksum)
