"""What stands on a sheet beside its cells, is read by nobody and may hold data: comments and text boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Finding
from workbook_engine.grid import column_number
from workbook_engine.intake.markup import attribute, walk
from workbook_engine.patterns import pattern
from workbook_engine.spec.schema import COMMENT_AUTHOR

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook_engine.intake.markup import Attributes
    from workbook_engine.intake.package import Package

Beside = tuple[tuple[int, int] | None, str]  # row and column where there is one, text

_SHOWN = 40  # characters of the first one
_ADDRESS = pattern(r"([A-Z]{1,3})([0-9]{1,7})")


def beside_cells(
    package: Package,
    part: str,
    sheet: str,
    read_comments: Callable[[Package, str], list[Beside]] | None = None,
) -> list[Finding]:
    """Return a finding if a worksheet part has comments or text boxes of somebody else than this program.

    `read_comments` reads a part of comments that is not XML.
    """
    found: list[Beside] = []
    for kind, target in package.relationships(part).values():
        if target in package and kind == "comments":
            found += (read_comments or _comments)(package, target)
        elif target in package and kind == "drawing":
            found += [(None, text) for text in _text_boxes(package, target)]
    return not_read(sheet, found)


def not_read(sheet: str, found: list[Beside]) -> list[Finding]:
    """Return the finding on the comments and text boxes of a sheet: row and column where there is one, text."""
    if not found:
        return []
    place, text = found[0]
    where = CellRef(sheet, *place) if place else CellRef(sheet)
    return [Finding(catalogue.COMMENT_NOT_READ, where, {"count": len(found), "typed": text[:_SHOWN]})]


def _comments(package: Package, part: str) -> list[Beside]:
    authors: list[str] = []
    found: list[Beside] = []
    pieces: list[str] = []
    address, author = "", ""

    def on_comment(attributes: Attributes) -> None:
        nonlocal address, author
        number = attributes.get("authorId", "")
        author = authors[int(number)] if number.isdecimal() and int(number[:6]) < len(authors) else ""
        address = attribute(attributes, "ref") or ""
        pieces.clear()

    def on_comment_end(_: str) -> None:
        text = " ".join("".join(pieces).split())
        if text and author != COMMENT_AUTHOR:
            at = _ADDRESS.fullmatch(address)
            found.append(((int(at[2]), column_number(at[1])) if at else None, text))

    ends = {"author": authors.append, "t": pieces.append, "comment": on_comment_end}
    walk(part, package.stream(part), package.limits, {"comment": on_comment}, ends)
    return found


def _text_boxes(package: Package, part: str) -> list[str]:
    found: list[str] = []
    pieces: list[str] = []

    def on_end(_: str) -> None:
        if text := " ".join("".join(pieces).split()):
            found.append(text)
        pieces.clear()

    walk(
        part,
        package.stream(part),
        package.limits,
        {"txBody": lambda _: pieces.clear()},
        {"t": pieces.append, "txBody": on_end},
    )
    return found
