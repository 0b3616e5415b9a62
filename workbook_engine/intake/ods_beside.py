"""What an OpenDocument spreadsheet holds beside its cells: heads and feet of pages, messages, names, properties.

Heads and feet belong to page styles (styles.xml), messages and names to the document (content.xml), properties to
meta.xml.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from workbook_engine.grid import Beside
from workbook_engine.intake.limits import exceeded
from workbook_engine.intake.markup import LocalNames, NotWellFormed, attribute, parsed, walk
from workbook_engine.intake.properties import is_of_program
from workbook_engine.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from workbook_engine.intake.beside import BesideTexts
    from workbook_engine.intake.limits import Limits
    from workbook_engine.intake.markup import Attributes
    from workbook_engine.intake.package import Package

_STYLES = "styles.xml"
_META = ("title", "subject", "description", "keyword", "user-defined")
_REGIONS = {"region-left", "region-center", "region-right"}
_MARGINS = {f"{which}{page}" for which in ("header", "footer") for page in ("", "-left", "-first")}
# Fields, whose text is what the program last showed.
_FIELDS = {
    "sheet-name", "page-number", "page-count", "date", "time", "file-name", "title", "author-name", "author-initials",
}  # fmt: skip
MESSAGES = {"help-message", "error-message"}
VALIDATION = "content-validation"
_LIST = "cell-content-is-in-list("
_WORD = pattern(r'"((?:[^"]|"")*)"')


def read_meta(package: Package) -> tuple[str, tuple[Beside, ...]]:
    """Return who saved the document last, and what stands in its properties that no program wrote."""
    written: list[str] = []
    generator: list[str] = []
    name = ""

    def on_property(attributes: Attributes) -> None:
        nonlocal name
        name = "" if attribute(attributes, "value-type") == "boolean" else attribute(attributes, "name") or ""

    def on_property_end(text: str) -> None:
        if name and text.strip() and not is_of_program(name):
            written.append(f"{name}: {text.strip()}")

    ends: dict[str, Callable[[str], None]] = dict.fromkeys(_META, written.append)
    ends |= {"generator": generator.append, "user-defined": on_property_end}
    if "meta.xml" in package:
        walk("meta.xml", package.stream("meta.xml"), package.limits, {"user-defined": on_property}, ends)
    beside = tuple(Beside("property", text.strip()) for text in written if text.strip())
    return generator[0].strip() if generator else "", beside


def read_margins(package: Package) -> dict[str, list[str]]:
    """Return page style -> the texts at head and foot of its pages, as Excel would write them: & is &&."""
    scan = _Margins(package.limits)
    if _STYLES in package:
        scan.run(package.stream(_STYLES))
    return scan.found


class _Margins:
    """The pass over the page styles."""

    def __init__(self, limits: Limits) -> None:
        self.found: dict[str, list[str]] = {}
        self._left = limits.text_characters
        self._limits = limits
        self._local = LocalNames()
        self._text: list[str] = []
        self._style = ""
        self._margins = self._fields = 0  # elements that are open

    def run(self, chunks: Iterable[bytes]) -> None:
        """Read the part."""
        for _ in parsed(_STYLES, chunks, self._start, self._end, self._on_text):
            if self._left < 0:
                raise exceeded(self._limits, "text_characters")

    def _start(self, name: str, attributes: Attributes) -> None:
        tag = self._local[name]
        if tag == "master-page":
            self._style = attribute(attributes, "name") or ""
        self._margins += tag in _MARGINS
        self._fields += tag in _FIELDS
        if tag == "p":
            self._text.append(" ")

    def _end(self, name: str) -> None:
        tag = self._local[name]
        self._fields -= tag in _FIELDS
        self._margins -= tag in _MARGINS
        if tag in _REGIONS or tag in _MARGINS:
            if written := " ".join("".join(self._text).replace("&", "&&").split()):
                self.found.setdefault(self._style, []).append(written)
            self._text.clear()

    def _on_text(self, piece: str) -> None:
        if self._margins and not self._fields:
            self._left -= len(piece)
            self._text.append(piece)


def of_objects(package: Package, objects: Iterable[tuple[str, str]]) -> Iterator[Beside]:
    """Yield what is typed into the charts of a document, by sheet and folder; another document in it is a picture."""
    for sheet, folder in objects:
        part = f"{folder}/content.xml"
        texts = _chart_texts(package, part) if part in package else None
        if texts is None:
            yield Beside("picture", folder, sheet)
        else:
            yield from (Beside("drawing", text, sheet) for text in texts)


def _chart_texts(package: Package, part: str) -> list[str] | None:
    """Return titles and the like, None where it is no chart."""
    found: list[str] = []
    pieces: list[str] = []
    is_chart = False

    def on_chart(_: Attributes) -> None:
        nonlocal is_chart
        is_chart = True

    def on_title_end(_: str) -> None:
        if text := " ".join("".join(pieces).split()):
            found.append(text)

    titles = ("title", "subtitle", "footer")
    starts = {"chart": on_chart, **dict.fromkeys(titles, lambda _: pieces.clear())}
    ends = {"p": pieces.append, "span": pieces.append, **dict.fromkeys(titles, on_title_end)}
    with suppress(NotWellFormed):  # which costs no workbook
        walk(part, package.stream(part), package.limits, starts, ends)
    return found if is_chart else None


def _base(address: str) -> str:
    """Return the cell of an address: 表.E1."""
    return address.rpartition(".")[2].replace("$", "")


class Messages:
    """Gathers the messages of content validations while content.xml is read."""

    def __init__(self, texts: BesideTexts) -> None:
        self._texts = texts
        self._text: list[str] | None = None  # of the message that is being read

    def start(self, tag: str, attributes: Attributes) -> None:
        """Take the beginning of an element."""
        if tag == VALIDATION:
            _, is_list, words = (attribute(attributes, "condition") or "").partition(_LIST)
            choices = (word.replace('""', '"').strip() for word in _WORD.findall(words) if is_list)
            self._texts.add("choices", "\n".join(choices), _base(attribute(attributes, "base-cell-address") or ""))
        if tag in MESSAGES:
            self._text = []
            self._texts.add("prompt", attribute(attributes, "title") or "")

    def add(self, text: str) -> None:
        """Take a piece of text."""
        if self._text is not None:
            self._text.append(text)

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if self._text is not None and tag == "p":
            self._text.append("\n")
        elif self._text is not None and tag in MESSAGES:
            self._texts.add("prompt", "".join(self._text).strip())
            self._text = None
