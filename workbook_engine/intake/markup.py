"""XML without trees: expat's events, with document types refused and depth limited.

Names are matched without their namespace, because the same element comes as `row`, `x:row` or in the Strict
namespace. No tree is built, so that a part of millions of tiny elements costs no memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn
from xml.parsers import expat

from workbook_engine import catalogue
from workbook_engine.findings import Finding
from workbook_engine.intake.limits import Limits, Refused, damaged, exceeded
from workbook_engine.patterns import pattern
from workbook_engine.texts import Text

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Iterator, Mapping

Attributes = dict[str, str]

# What XML 1.0 forbids, raw or as a reference. Exporters other than Excel do write them, copied out of a database;
# the escape that Excel itself uses for such characters takes their place, and the cell is reported.
_FORBIDDEN = pattern(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:x0*(?:[0-8bcefBCEF]|1[0-9a-fA-F])|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]));"
)
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")


class NotWellFormed(Refused):
    """A part is not XML."""

    def __init__(self, part: str, error: Exception) -> None:
        zh, en = f"“{part}”不是完好的 XML（{error}）", f"“{part}” is not well-formed XML ({error})"
        super().__init__(damaged(zh, en).finding)


_PIECES = 256  # of one text; the 32,767 characters of a cell come in fewer, however they are escaped


def refuse_endless(text: list[str], limits: Limits) -> None:
    """Refuse a single text that is longer than any cell's can be, before it is whole; forget the blanks of a file.

    Called between chunks: expat hands text over in pieces of up to 8,192 characters, markup's own blanks among them.
    """
    if len(text) <= _PIECES:
        return
    if any(not piece.isspace() for piece in text[_PIECES:]):
        raise exceeded(limits, "text_characters")
    del text[_PIECES:]


class LocalNames(dict[str, str]):
    """Qualified name -> name without prefix; fills itself."""

    def __missing__(self, name: str) -> str:
        """Split a name that is new."""
        local = self[name] = local_name(name)
        return local


def local_name(name: str) -> str:
    """Return a name without its prefix."""
    return name.rpartition(":")[2]


def new_parser(part: str) -> expat.XMLParserType:
    """Return an expat parser that refuses a document type: with it go entities, and what they expand to."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> NoReturn:
        detail = Text(f"“{part}”含有文档类型定义（DTD）", f"“{part}” has a document type definition (DTD)")
        raise Refused(Finding(catalogue.FILE_UNSAFE, params={"detail": detail}))

    parser.StartDoctypeDeclHandler = refuse
    return parser


def parsed(
    part: str,
    chunks: Iterable[bytes],
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None],
    on_text: Callable[[str], object],
) -> Iterator[None]:
    """Parse a part by calls of `start(name, attributes)`, `end(name)`, `on_text(piece)`; give way after each chunk.

    XML that is not well formed refuses the workbook.
    """
    parser = new_parser(part)
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, on_text
    for chunk in chunks:
        _feed(parser, chunk, part)
        yield
    _feed(parser, b"", part, last=True)
    yield


def _feed(parser: expat.XMLParserType, chunk: bytes, part: str, *, last: bool = False) -> None:
    try:
        parser.Parse(chunk, last)
    except (expat.ExpatError, LookupError, ValueError) as error:  # the last two: an encoding it does not know
        raise NotWellFormed(part, error) from error


def without_forbidden(data: bytes) -> bytes:
    """Return the XML with each forbidden character written as Excel writes it, `_x000B_`. UTF-16 is left alone."""
    if data.startswith(_UTF16_MARKS):
        return data
    return _FORBIDDEN.sub(_escape, data)


def _escape(match: re.Match[bytes]) -> bytes:
    found = match.group()
    if not found.startswith(b"&#"):
        code = found[0]
    elif found[2:3] == b"x":
        code = int(found[3:-1], 16)
    else:
        code = int(found[2:-1])
    return b"_x%04X_" % code


def walk(
    part: str,
    chunks: Iterable[bytes],
    limits: Limits,
    on_start: Mapping[str, Callable[[Attributes], None]],
    on_end: Mapping[str, Callable[[str], None]],
) -> None:
    """Read one part: call `on_start[local name](attributes)` and `on_end[local name](its own text)`.

    Attributes keep their prefixes (`r:id`); see `attribute`. The text is what stands directly before the end tag.
    """
    local, depth, text = LocalNames(), 0, list[str]()

    def start(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.xml_depth:
            raise exceeded(limits, "xml_depth")
        text.clear()
        if handler := on_start.get(local[name]):
            handler(attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if handler := on_end.get(local[name]):
            handler("".join(text))
        text.clear()

    for _ in parsed(part, chunks, start, end, text.append):
        refuse_endless(text, limits)


def attribute(attributes: Attributes, local_name: str) -> str | None:
    """Return an attribute by its local name, whatever its prefix: `r:id`, `relationships:id`, `id`."""
    for name, value in attributes.items():
        if name.rpartition(":")[2] == local_name:
            return value
    return None


def is_true(value: str | None) -> bool:
    """Tell whether an xsd:boolean attribute is set: writers use 1 and true."""
    return value in {"1", "true", "on"}


def is_struck(attributes: Attributes) -> bool:
    """Tell whether a `<strike>` strikes through: it does unless it says that it does not."""
    return is_true(attribute(attributes, "val") or "1")
