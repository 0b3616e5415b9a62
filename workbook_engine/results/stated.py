"""What a results workbook says about itself, read back from its sheets by the words that wrote them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from workbook_engine.frozen import frozen
from workbook_engine.model import Appearance, Sampling
from workbook_engine.patterns import pattern
from workbook_engine.results.cover import INPUTS, VERSION_LABELS, At
from workbook_engine.results.difference_sheet import EARLIER
from workbook_engine.results.draws_sheet import METHOD
from workbook_engine.results.layout import AFTER_STAGES, BEFORE_STAGES
from workbook_engine.results.package import DASH
from workbook_engine.results.raw_sheets import VIEW_MARK
from workbook_engine.results.rules import SOURCE_FILE
from workbook_engine.results.trace_sheet import SOURCE
from workbook_engine.spec.carried import META_SHEET
from workbook_engine.spec.marks import computed_key
from workbook_engine.texts import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.grid import Book, Cell, Sheet
    from workbook_engine.texts import Language, Text

MOST_DRAWS = 10_000_000  # whoever writes a larger figure into the file shall not keep a verifier waiting
_PLACE = pattern(r"\\{(\w+)(?::,)?\\}")  # a placeholder, as `re.escape` leaves it
_TITLES = {**BEFORE_STAGES, **AFTER_STAGES}


@frozen
class Stated:
    """What the workbook says: "" or None for what cannot be found. `inputs` are the company's sheets, as listed.

    Of the earlier submission, with which it is compared, only the first digits of the SHA-256 stand there.
    """

    language: Language
    is_client: bool
    source: str
    source_sha256: str
    engine: str
    library: str
    library_sha256: str
    inputs: tuple[str, ...]
    sampling: Sampling | None
    has_comparison: bool
    earlier: str
    earlier_sha256: str

    @property
    def appearance(self) -> Appearance:
        """How the workbook was asked for; its theme is not stated."""
        return Appearance("client" if self.is_client else "full", language=self.language)


def stated(book: Book) -> Stated:
    """Read it. Where sheets were deleted or typed over, the others say it too: what most of them say counts."""
    sheets = {key: sheet for sheet in book.sheets if (key := computed_key(sheet))}
    language = _language(sheets)
    cover = _texts(sheets.get("cover"))
    versions = {key: _beside(cover, label.to(language)) for key, label in VERSION_LABELS.items()}
    sources = [
        *_found(SOURCE, _texts(sheets.get("trace"))),
        *_found(SOURCE_FILE, _texts(sheets.get("summary"))),
        *([(versions["source"], versions["source_sha256"].strip(DASH))] if versions["source"] else []),
    ]
    source, digest = Counter(sources).most_common(1)[0][0] if sources else ("", "")
    earlier, earlier_digest = next(_found(EARLIER, _texts(sheets.get("differences"))), ("", ""))
    return Stated(
        language=language,
        is_client=_is_client(book, sheets),
        source=source,
        source_sha256=digest,
        engine=versions["engine"],
        library=versions["library"],
        library_sha256=versions["library_sha256"].strip(DASH),
        inputs=tuple(_below(cover, INPUTS.to(language))),
        sampling=_sampling(sheets.get("draws")),
        has_comparison="differences" in sheets,
        earlier=earlier,
        earlier_sha256=earlier_digest,
    )


def _language(sheets: dict[str, Sheet]) -> Language:
    def known(language: Language) -> int:
        return sum(sheet.name.startswith(_TITLES[key].to(language)) for key, sheet in sheets.items() if key in _TITLES)

    return max(LANGUAGES, key=known)


def _is_client(book: Book, sheets: dict[str, Sheet]) -> bool:
    """Tell whether it is the client's view: by its mark, or, where that sheet is gone, by what that view lacks."""
    meta = next((sheet for sheet in book.sheets if sheet.name == META_SHEET), None)
    if meta is None:
        return not sheets.keys() & {"findings", "declared"}
    return any(cell.value == VIEW_MARK for _, cells in meta.rows() for cell in cells.values())


def _texts(sheet: Sheet | None) -> list[dict[int, str]]:
    """Return the texts of a sheet's rows by column."""
    rows = sheet.rows() if sheet else ()
    return [{column: str(cell.value) for column, cell in cells.items() if _is_text(cell)} for _, cells in rows]


def _is_text(cell: Cell) -> bool:
    return cell.kind == "text" and cell.formula is None


def _beside(rows: list[dict[int, str]], label: str) -> str:
    return next((row.get(At.VALUE, "") for row in rows if row.get(At.LABEL) == label), "")


def _below(rows: list[dict[int, str]], label: str) -> Iterator[str]:
    """Yield the labels of the rows below one; the list is the last thing on the cover."""
    places = [index for index, row in enumerate(rows) if row.get(At.LABEL) == label]
    for row in rows[places[0] + 1 :] if places else ():
        if row.get(At.LABEL):
            yield row[At.LABEL]


def _found(written: Text, rows: list[dict[int, str]]) -> Iterator[tuple[str, str]]:
    """Yield what stands in the places of a text, wherever it was written."""
    for row in rows:
        for text in row.values():
            for found in _pattern(written, text):
                yield found["name"], found["digest"].strip(DASH)


def _pattern(written: Text, text: str) -> Iterator[dict[str, str]]:
    for language in LANGUAGES:
        shape = _PLACE.sub(r"(?P<\1>.*?)", re.escape(written.to(language)))
        if found := re.fullmatch(shape, text):
            yield found.groupdict()
            return


def _sampling(sheet: Sheet | None) -> Sampling | None:
    """Return the run that the sheet says it shows, the usual one where it says nothing that can be; None without it."""
    if sheet is None:
        return None
    for row in _texts(sheet):
        for text in row.values():
            for found in _pattern(METHOD, text):
                draws, seed = found["draws"].replace(",", ""), found["seed"]
                if draws.isdecimal() and seed.isdecimal() and 0 < int(draws) <= MOST_DRAWS:
                    return Sampling(int(draws), int(seed))
    return Sampling()
