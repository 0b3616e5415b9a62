"""The digests of what was written on the computed sheets, for the day the workbook is handed in again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.spec.carried import root
from workbook_engine.spec.own_words import known_marks, own_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.results.package import Package


def marks_of_pages(package: Package) -> Iterator[str]:
    """Yield the texts that carry along what stands on the computed sheets written so far."""
    roots = [] if package.constant_memory else list(map(root, package.workbook.strings()))
    for page in package.computed_pages():
        if contents := page.sheet.contents:
            formulas = [(column + 1, formula) for (column, _, _), formula in contents.formulas.items()]
            computed, worded = (
                {column + 1 for column, has_text, _ in contents.formulas if has_text is is_text}
                for is_text in (False, True)
            )
            yield from own_marks(page.key, contents.digests(roots), computed, worded, formulas)
    if package.known:
        yield from known_marks(package.known)
