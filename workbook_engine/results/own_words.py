"""The digests of what was written on the computed sheets, for the day the workbook is handed in again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.spec.own_words import known_marks, own_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.results.package import Package


def marks_of_pages(package: Package) -> Iterator[str]:
    """Yield the texts that carry along what stands on the computed sheets written so far."""
    for page in package.computed_pages():
        if contents := page.sheet.contents:
            found = list(contents.kinds())
            computed, worded = ({column + 1 for column, gives, _ in found if gives is text} for text in (False, True))
            formulas = [(column + 1, formula) for column, _, formula in found]
            yield from own_marks(page.key, contents.digests(), computed, worded, formulas)
    if package.known:
        yield from known_marks(package.known)
