"""What is drawn on a sheet of an OOXML package: texts of boxes, charts, diagrams and controls; pictures, objects.

Text boxes are told like comments, since people write there what belongs into a cell. The others are gathered among the
texts beside the cells: a title of a chart repeats a sheet more often than it adds to it.
"""

from __future__ import annotations

import posixpath
import re
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import unquote

from workbook_engine.intake.markup import NotWellFormed, attribute, walk
from workbook_engine.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from workbook_engine.intake.beside import BesideTexts
    from workbook_engine.intake.markup import Attributes
    from workbook_engine.intake.package import Package

_EMBEDDED = frozenset({"oleObject", "package"})
_WITH_TEXTS = frozenset({"chart", "chartEx", "diagramData", "chartUserShapes"})
_BODIES = ("txBody", "rich", "pt")  # of a shape, of a chart, of a diagram
_TYPED_VALUES = ("tx", "strLit", "numLit")
_REFERENCES = ("strRef", "numRef", "multiLvlStrRef")  # of a chart to cells
_SHOWN_VALUES = 12  # of a series
# Pictures in cells: of WPS, of Excel. They belong to the workbook.
_IN_CELLS = ("xl/cellimages.xml", "xl/richdata/richvaluerel.xml")
# What Excel, WPS and telephones call a picture or write about it themselves.
_BY_PROGRAM = pattern(
    r"自动生成|automatically generated"
    r"|^(?:图片|图像|图表|形状|文本框|矩形|复选框|picture|image|chart|shape|text ?box|check ?box)?\s*[\d_-]*$"
    r"|\.(?:png|jpe?g|gif|bmp|[ew]mf|svg|tiff?|webp)$|^[0-9a-f]{12,}$|^(?:img|dsc|wps|mmexport|upload_post)[a-z0-9_-]*$",
    re.IGNORECASE,
)


def is_of_program(text: str) -> bool:
    """Tell whether a program, or a telephone, called a picture or a control so."""
    return bool(_BY_PROGRAM.search(text))


def drawn(package: Package, part: str, texts: BesideTexts) -> list[str]:
    """Return the texts of a sheet's boxes; add to `texts` what else is drawn on it."""
    related = [(kind, target) for kind, target in package.relationships(part).values() if target in package]
    boxes: list[str] = []
    for kind, target in related:
        if kind == "drawing":
            boxes += _of_drawing(package, target, texts)
        elif kind == "image" or kind in _EMBEDDED:  # the former lies behind the cells
            texts.add("picture", posixpath.basename(target))
        elif kind == "control":
            _add_caption(package, target, texts)
    are_embedded = any(kind in _EMBEDDED for kind, _ in related)
    for target in (target for kind, target in related if kind == "vmlDrawing"):
        if not are_embedded:  # of which there is a picture there, too
            _add_pictures(package, target, texts)
        for text in _captions(package, target):
            if text not in boxes and not is_of_program(text):  # Excel repeats there what it draws elsewhere
                texts.add("drawing", text)
    return boxes


def _add_pictures(package: Package, part: str, texts: BesideTexts) -> None:
    """Add the pictures at the head or foot of pages, and those in comments."""
    for kind, target in package.relationships(part).values():
        if kind == "image":
            texts.add("picture", posixpath.basename(target))


def _add_caption(package: Package, part: str, texts: BesideTexts) -> None:
    """Add the caption of an ActiveX control that keeps its properties as XML; most keep them in a form of their own."""

    def on_property(attributes: Attributes) -> None:
        text = attribute(attributes, "value") or ""
        if attribute(attributes, "name") == "Caption" and not is_of_program(text):
            texts.add("drawing", text)

    with suppress(NotWellFormed):
        walk(part, package.stream(part), package.limits, {"ocxPr": on_property}, {})


def pictures_in_cells(package: Package) -> Iterator[str]:
    """Yield the names of the pictures that WPS and Excel put into cells."""
    for part in _IN_CELLS:
        if part in package:
            related = package.relationships(part).values()
            yield from (posixpath.basename(target) for kind, target in related if kind == "image")


def _of_drawing(package: Package, part: str, texts: BesideTexts) -> list[str]:
    boxes, about = _texts_of(package, part)
    for text in about:
        if not is_of_program(text):
            texts.add("drawing", text)
    for kind, target in package.relationships(part).values():
        if target not in package:
            continue
        if kind == "image":
            texts.add("picture", posixpath.basename(target))
        elif kind in _WITH_TEXTS:
            for text in _of_chart(package, target):
                texts.add("drawing", text)
    for target in package.outside(part).values():
        texts.add("target", unquote(target))
    return boxes


def _of_chart(package: Package, part: str) -> Iterator[str]:
    """Yield the texts of a chart or diagram, and of boxes drawn upon a chart. One that is no XML costs no workbook."""
    with suppress(NotWellFormed):
        yield from _texts_of(package, part)[0]
        for kind, target in package.relationships(part).values():
            if kind == "chartUserShapes" and target in package:
                yield from _texts_of(package, target)[0]


def _texts_of(package: Package, part: str) -> tuple[list[str], list[str]]:
    """Return the texts of a part that were typed, and what pictures and shapes say of themselves."""
    scan = _Texts()
    walk(part, package.stream(part), package.limits, scan.starts, scan.ends)
    return scan.found, scan.about


class _Texts:
    """The pass over a drawing, chart or diagram.

    What a chart takes from cells stands in it once more, within a reference; outside of one it was typed.
    """

    def __init__(self) -> None:
        self.found: list[str] = []
        self.about: list[str] = []
        self._pieces: list[str] = []
        self._values: list[str] = []  # of a series or its name
        self._references = 0  # that are open
        self.starts: dict[str, Callable[[Attributes], None]] = {
            "cNvPr": self._on_shape,
            **dict.fromkeys(_BODIES, lambda _: self._pieces.clear()),
            **dict.fromkeys(_REFERENCES, lambda _: self._refer(1)),
        }
        self.ends: dict[str, Callable[[str], None]] = {
            "t": self._pieces.append,
            "v": self._on_value,
            **dict.fromkeys(_BODIES, self._end_body),
            **dict.fromkeys(_REFERENCES, lambda _: self._refer(-1)),
            **dict.fromkeys(_TYPED_VALUES, self._end_values),
        }

    def _on_shape(self, attributes: Attributes) -> None:
        said = (" ".join((attribute(attributes, word) or "").split()) for word in ("descr", "title"))
        self.about += (text for text in said if text)

    def _refer(self, change: int) -> None:
        self._references += change

    def _on_value(self, text: str) -> None:
        if not self._references and text.strip():
            self._values.append(" ".join(text.split()))

    def _end_values(self, _: str) -> None:
        if self._values:
            self.found.append(", ".join(self._values[:_SHOWN_VALUES]))
        self._values.clear()

    def _end_body(self, _: str) -> None:
        if text := " ".join("".join(self._pieces).split()):
            self.found.append(text)
        self._pieces.clear()


def _captions(package: Package, part: str) -> list[str]:
    """Return the captions of the controls of a sheet; comments stand in their own part."""
    found: list[str] = []
    pieces: list[str] = []
    is_comment = False

    def on_shape(_: Attributes) -> None:
        nonlocal is_comment
        pieces.clear()
        is_comment = False

    def on_client_data(attributes: Attributes) -> None:
        nonlocal is_comment
        is_comment = attribute(attributes, "ObjectType") == "Note"

    def on_end(_: str) -> None:
        text = " ".join(" ".join(pieces).split())
        if text and not is_comment:
            found.append(text)
        pieces.clear()

    starts = {"shape": on_shape, "ClientData": on_client_data}
    ends = {"font": pieces.append, "div": pieces.append, "span": pieces.append, "shape": on_end}
    with suppress(NotWellFormed):  # which VML need not be
        walk(part, package.stream(part), package.limits, starts, ends)
    return found
