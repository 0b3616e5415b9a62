"""The digests of what was written on the computed sheets, for the day the workbook is handed in again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.spec.carried import root
from workbook_engine.spec.own_words import in_column, own_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.results.package import Package


def marks_of_pages(package: Package) -> Iterator[str]:
    """Yield the texts that carry along what stands on the computed sheets written so far; nothing of streamed rows."""
    if package.constant_memory:
        return
    roots = list(map(root, package.workbook.strings()))
    for page in package.computed_pages():
        found = page.sheet.contents
        digests = {in_column(roots[index], column + 1) for column, index in found.texts}
        digests |= {in_column(root(number), column + 1) for column, number in found.numbers}
        computed, worded = ({column + 1 for column in each} for each in (found.computed, found.worded))
        yield from own_marks(page.key, digests, computed, worded)
