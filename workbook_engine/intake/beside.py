"""What stands beside the cells, is read by nobody and may hold data.

Comments and text boxes are somebody's own, and told at once. Heads and feet of pages, messages of cells, defined names
and properties of the document are the template's in the first place: they are gathered here, and told by
binding/outside.py, which knows the template's words.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote

from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Finding
from workbook_engine.grid import Beside, column_number
from workbook_engine.intake.drawings import drawn
from workbook_engine.intake.markup import NotWellFormed, attribute, walk
from workbook_engine.intake.names import is_name_of_program
from workbook_engine.patterns import pattern
from workbook_engine.spec.schema import COMMENT_AUTHOR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from workbook_engine.intake.markup import Attributes
    from workbook_engine.intake.package import Package

Note = tuple[tuple[int, int] | None, str]  # row and column where there is one, text
Place = Literal[
    "margin",
    "prompt",
    "choices",
    "name",
    "property",
    "drawing",
    "picture",
    "link",
    "target",
    "scenario",
    "formula",
    "guide",
    "condition",
    "label",
]

# Elements of a worksheet part that are printed at the head or foot of pages; attributes of a validation that are shown.
MARGINS = frozenset(f"{which}{end}" for which in ("odd", "even", "first") for end in ("Header", "Footer"))
MESSAGES = ("promptTitle", "prompt", "errorTitle", "error")

_SHOWN = 40  # characters of the first one
_ADDRESS = pattern(r"([A-Z]{1,3})([0-9]{1,7})")


class BesideTexts:
    """Gathers the texts beside the cells of a sheet; one that stands at several places is kept once."""

    def __init__(self, sheet: str, count: Callable[[int], None]) -> None:
        """`count` takes the characters off the workbook's allowance, and refuses too many."""
        self.sheet = sheet
        self._count = count
        self._areas: dict[tuple[Place, str], str] = {}

    def add(self, place: Place, text: str, area: str = "") -> None:
        """Keep a text; `area` is where it is shown."""
        if (place, text) not in self._areas and text.strip():
            self._count(len(text))
            self._areas[place, text] = area

    def all(self) -> Iterator[Beside]:
        """Yield the texts in their order."""
        for (place, text), area in self._areas.items():
            yield Beside(place, text, self.sheet, area)


def beside_cells(
    package: Package,
    part: str,
    texts: BesideTexts,
    read_comments: Callable[[Package, str], list[Note]] | None = None,
) -> list[Finding]:
    """Return a finding if a worksheet part has comments or text boxes of somebody else than this program.

    What else is drawn there is added to `texts`. `read_comments` reads a part of comments that is not XML.
    """
    related = {kind: target for kind, target in package.relationships(part).values() if target in package}
    found: list[Note] = []
    if "comments" in related:  # in which Excel repeats what was said in a dialogue
        found += (read_comments or _comments)(package, related["comments"])
    elif "threadedComment" in related:
        found += _dialogue(package, related["threadedComment"])
    if "table" in related:
        _add_tables(package, part, texts)
    found += [(None, text) for text in drawn(package, part, texts)]
    return not_read(texts.sheet, found)


def _add_tables(package: Package, part: str, texts: BesideTexts) -> None:
    """Add what somebody wrote about the tables of a sheet: remark and alternative text."""

    def on_table(attributes: Attributes) -> None:
        for word in ("comment", "altText", "altTextSummary"):
            texts.add("drawing", attribute(attributes, word) or "")
        if (name := attribute(attributes, "displayName") or "") and not is_name_of_program(name):
            texts.add("label", name)

    def on_column(attributes: Attributes) -> None:
        for word in ("name", "totalsRowLabel"):
            texts.add("label", attribute(attributes, word) or "")

    for kind, target in package.relationships(part).values():
        if kind == "table" and target in package:
            with suppress(NotWellFormed):  # which costs no workbook
                walk(target, package.stream(target), package.limits, {"table": on_table, "tableColumn": on_column}, {})


def described_connections(package: Package, related: Iterable[tuple[str, str]]) -> Iterator[Beside]:
    """Yield what somebody wrote about the workbook's connections to data elsewhere."""
    found: list[str] = []

    def on_connection(attributes: Attributes) -> None:
        found.append(attribute(attributes, "description") or "")

    for kind, target in related:
        if kind == "connections" and target in package:
            with suppress(NotWellFormed):
                walk(target, package.stream(target), package.limits, {"connection": on_connection}, {})
    yield from (Beside("property", text) for text in found if text.strip())


def add_targets(package: Package, part: str, links: list[tuple[str, str]], texts: BesideTexts) -> None:
    """Add to `texts` where the links of a part lead outside of the workbook; a link is a relationship and its area."""
    outside = package.outside(part) if links else {}
    for relation, area in links:
        texts.add("target", unquote(outside.get(relation, "")), area)


def linked_workbooks(package: Package, related: Iterable[tuple[str, str]]) -> Iterator[Beside]:
    """Yield the other workbooks that formulas or names of this one refer to."""
    for kind, part in related:
        if kind == "externalLink":
            with suppress(NotWellFormed):
                yield from (Beside("target", unquote(target)) for target in package.outside(part).values())


def not_read(sheet: str, found: list[Note]) -> list[Finding]:
    """Return the finding on the comments and text boxes of a sheet: row and column where there is one, text."""
    if not found:
        return []
    place, text = found[0]
    where = CellRef(sheet, *place) if place else CellRef(sheet)
    return [Finding(catalogue.COMMENT_NOT_READ, where, {"count": len(found), "typed": text[:_SHOWN]})]


def _comments(package: Package, part: str) -> list[Note]:
    authors: list[str] = []
    found: list[Note] = []
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


def _dialogue(package: Package, part: str) -> list[Note]:
    """Return what was said in the dialogues of Excel 365: each line at its cell."""
    found: list[Note] = []
    address = ""

    def on_line(attributes: Attributes) -> None:
        nonlocal address
        address = attribute(attributes, "ref") or ""

    def on_text(text: str) -> None:
        if said := " ".join(text.split()):
            at = _ADDRESS.fullmatch(address)
            found.append(((int(at[2]), column_number(at[1])) if at else None, said))

    walk(part, package.stream(part), package.limits, {"threadedComment": on_line}, {"text": on_text})
    return found
