"""The properties of a legacy .xls: the property sets of its container, [MS-OLEPS]."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from workbook_engine.grid import Beside
from workbook_engine.intake.properties import is_of_program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SUMMARY, _DOCUMENT = "\5SummaryInformation", "\5DocumentSummaryInformation"
_TYPED = {_SUMMARY: (2, 3, 5, 6), _DOCUMENT: (2, 14)}  # title, subject, keywords, comments; category, manager
_DICTIONARY, _CODE_PAGE = 0, 1  # properties that are about the others
_WIDE = 1200  # the code page of UTF-16
_CODECS = {65001: "utf-8", 936: "gb18030", 1252: "cp1252", 950: "big5", 932: "cp932"}
_LONGEST = 65_534  # bytes of a text that are looked at: as many as a cell's can have
_MOST = 1_000  # properties of a set that are looked at


def read_property_sets(stream: Callable[[str], bytes]) -> tuple[Beside, ...]:
    """Return what stands in the properties that no program wrote. `stream` gives a stream of the container by name.

    What is broken is left out: it says nothing of the cells.
    """
    written: list[str] = []
    for name, typed in _TYPED.items():
        sections = _sections(stream(name))
        first = next(sections, {})
        written += [text for number in typed if (text := first.get(number, ""))]
        written += [text for section in sections for text in _own(section)]
    return tuple(Beside("property", text) for text in written)


def _own(section: dict[int, str]) -> Iterator[str]:
    """Yield the properties of a section that its own dictionary names, which stands in it below 0 -> "number name"."""
    for entry in section.get(_DICTIONARY, "").splitlines():
        number, _, name = entry.partition(" ")
        text = section.get(int(number), "")
        if text and not is_of_program(name):
            yield f"{name}: {text}"


def _sections(data: bytes) -> Iterator[dict[int, str]]:
    """Yield each section: number of a property -> its text."""
    try:
        (count,) = struct.unpack_from("<I", data, 24)
        starts = [struct.unpack_from("<I", data, 28 + 20 * index + 16)[0] for index in range(min(count, 2))]
    except struct.error:
        return
    for start in starts:
        yield _section(data, start)


def _section(data: bytes, start: int) -> dict[int, str]:
    found: dict[int, str] = {}
    try:
        (count,) = struct.unpack_from("<I", data, start + 4)
        listed = [struct.unpack_from("<2I", data, start + 8 + 8 * index) for index in range(min(count, _MOST))]
        pages = [struct.unpack_from("<H", data, start + at + 4)[0] for number, at in listed if number == _CODE_PAGE]
        page = pages[0] if pages else 936
        for number, at in listed:
            read = _dictionary if number == _DICTIONARY else _value
            found[number] = read(data, start + at, page)
    except struct.error:
        pass  # what was read before it breaks off stands
    return found


def _value(data: bytes, at: int, page: int) -> str:
    """Return a property that a person types, a text or a number; "" for any other kind."""
    (kind,) = struct.unpack_from("<I", data, at)
    if kind == 2:
        return str(struct.unpack_from("<h", data, at + 4)[0])
    if kind == 3:
        return str(struct.unpack_from("<i", data, at + 4)[0])
    if kind == 5:
        return f"{struct.unpack_from('<d', data, at + 4)[0]:.12g}"
    if kind not in {30, 31}:
        return ""
    (size,) = struct.unpack_from("<I", data, at + 4)
    size = min(2 * size if kind == 31 else size, _LONGEST)
    return _decoded(data[at + 8 : at + 8 + size], _WIDE if kind == 31 else page)


def _dictionary(data: bytes, at: int, page: int) -> str:
    """Return the dictionary as lines of a number and a name."""
    (count,) = struct.unpack_from("<I", data, at)
    at += 4
    lines = []
    for _ in range(min(count, _MOST)):
        number, size = struct.unpack_from("<2I", data, at)
        length = 2 * size if page == _WIDE else size
        name = _decoded(data[at + 8 : at + 8 + min(length, _LONGEST)], page)
        lines.append(f"{number} {' '.join(name.split())}")
        at += 8 + (length + 3 & ~3 if page == _WIDE else length)
    return "\n".join(lines)


def _decoded(data: bytes, page: int) -> str:
    codec = "utf-16-le" if page == _WIDE else _CODECS.get(page, "gb18030")
    return data.decode(codec, "replace").partition("\0")[0].strip()
