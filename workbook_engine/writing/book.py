"""The workbook: its formats, its names, and how it is put together; the same content gives the same bytes."""

from __future__ import annotations

import functools
import types
import zlib
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter.workbook
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from workbook_engine.errors import WriteError
from workbook_engine.writing.quick import QuickPackager, QuickTags, StringTable, quicken
from workbook_engine.writing.sheet import SheetWriter

if TYPE_CHECKING:
    import io
    from collections.abc import Mapping

    from xlsxwriter.chart import Chart

_LEVEL: Final = 3  # of compression: a sixteenth of the time of writing less than at the usual 6, a twelfth more bytes


class _QuickZip(xlsxwriter.workbook.ZipFile):  # type: ignore[misc]  # XlsxWriter ships no types
    """A package that is compressed quickly."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.compresslevel = _LEVEL

    def writestr(self, zinfo: Any, data: bytes) -> None:
        """Add a part as the stock method does, in one piece: that one writes the head of each twice."""
        deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        packed = deflate.compress(data) + deflate.flush()
        zinfo.CRC, zinfo.file_size, zinfo.compress_size = zlib.crc32(data), len(data), len(packed)
        zinfo.header_offset, zinfo.external_attr = self.fp.tell(), 0o600 << 16
        self.fp.write(zinfo.FileHeader(zip64=False) + packed)
        self.start_dir = self.fp.tell()
        self.filelist.append(zinfo)
        self.NameToInfo[zinfo.filename] = zinfo
        self._didModify = True


# XlsxWriter has no option for the level: its own method, with another package.
_pack_quickly = types.FunctionType(
    Workbook._store_workbook.__code__,  # noqa: SLF001
    {**vars(xlsxwriter.workbook), "ZipFile": _QuickZip},
)


class BookWriter(QuickTags, Workbook):  # type: ignore[misc]  # XlsxWriter ships no types
    """A workbook that is being written to a path, or into memory.

    `font` is what formats have where they say nothing else; `options` are XlsxWriter's. A workbook of which many are
    made is packed `quickly`.
    """

    def __init__(
        self, target: str | io.BytesIO, font: Mapping[str, Any], *, quickly: bool = False, **options: Any
    ) -> None:
        in_memory = not options.get("constant_memory")  # else each part is first a file in the temporary folder
        texts = dict.fromkeys(("strings_to_formulas", "strings_to_numbers", "strings_to_urls"), False)
        super().__init__(target, {"in_memory": in_memory, **texts, **options})
        self.str_table = StringTable()
        self._font = font
        self._quickly = quickly
        self._styles: dict[tuple[tuple[str, Any], ...], Format] = {}

    def sheet(self, name: str) -> SheetWriter:
        """Add a worksheet."""
        sheet: SheetWriter = self.add_worksheet(name, SheetWriter)
        return sheet

    def style(self, **properties: Any) -> Format:
        """Return the format of these XlsxWriter properties; the same properties give the same format."""
        properties = {**self._font, **properties}
        key = tuple(sorted(properties.items()))
        if key not in self._styles:
            self._styles[key] = self.add_format(properties)
        return self._styles[key]

    def add_format(self, properties: Mapping[str, Any] | None = None) -> Format:
        """Return a format of its own of XlsxWriter's properties: a copy, since copying takes a small part of making."""
        like = _made_once(tuple({**self.default_format_properties, **(properties or {})}.items()))
        made = Format.__new__(Format)
        vars(made).update(vars(like))
        made.xf_format_indices, made.dxf_format_indices = self.xf_format_indices, self.dxf_format_indices
        self.formats.append(made)
        return made

    def add_chart(self, options: dict[str, Any]) -> Chart:
        """Make a chart of a type and subtype, to be placed on a sheet or combined with another."""
        return quicken(super().add_chart(options))

    def define(self, name: str, reference: str) -> None:
        """Define a workbook-wide name for a reference ("'Sheet'!$A$1")."""
        if self.define_name(name, f"={reference}"):
            raise WriteError(f"the name {name} could not be defined as {reference}")

    def _store_workbook(self) -> None:
        if self._quickly:
            _pack_quickly(self)
        else:
            super()._store_workbook()

    def _get_packager(self) -> QuickPackager:
        return QuickPackager()


@functools.lru_cache(maxsize=512)  # a results workbook has some 70
def _made_once(properties: tuple[tuple[str, Any], ...]) -> Format:
    """Return a format to be copied, its key among the formats of a workbook worked out."""
    made = Format(dict(properties))
    made._get_format_key()  # noqa: SLF001 - it is kept, and the workbook asks for it
    return made
