"""Before a file is read as a workbook: it is one file, of an acceptable size, whole, and what it claims to be.

The extension is never believed; what counts is the content.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.errors import why_unreadable
from workbook_engine.findings import Finding
from workbook_engine.intake.limits import Refused, exceeded
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_engine.findings import FindingType
    from workbook_engine.intake.limits import Limits

_LINK = Text("链接", "a link")
_FOLDER = Text("文件夹", "a folder")
_DEVICE = Text("管道、套接字或设备", "a pipe, a socket or a device")

# Beginnings (offset, bytes) of what people send in the place of a workbook.
_PICTURES = (
    (0, b"\x89PNG", "PNG"),
    (0, b"\xff\xd8\xff", "JPEG"),
    (0, b"GIF8", "GIF"),
    (0, b"BM", "BMP"),
    (0, b"II*\x00", "TIFF"),
    (0, b"MM\x00*", "TIFF"),
    (8, b"WEBP", "WebP"),
    (4, b"ftypheic", "HEIC"),
    (4, b"ftypheix", "HEIC"),
    (4, b"ftypmif1", "HEIF"),
    (4, b"ftypavif", "AVIF"),
)
_DOCUMENTS = (
    (0, b"%PDF", Text("PDF 文档", "a PDF document")),
    (0, b"{\\rtf", Text("RTF 文档", "an RTF document")),
    (0, b"Rar!", Text("RAR 压缩包", "a RAR archive")),
    (0, b"7z\xbc\xaf\x27\x1c", Text("7z 压缩包", "a 7z archive")),
    (0, b"\x1f\x8b", Text("gzip 压缩包", "a gzip archive")),
    (0, b"MZ", Text("Windows 程序", "a Windows program")),
    (0, b"\x7fELF", Text("程序", "a program")),
    (0, b"SQLite format 3", Text("数据库", "a database")),
)
# What the software puts before a file that keeps a company's documents from leaving it: on its own computers every
# program sees the plain file, elsewhere none does.
_ENCIPHERED, _ENCIPHERED_TOO, _MARK_WITHIN = b"%TSD-Header-###%", b"E-SafeNet", 64
_HTML = Text("网页（HTML）", "a web page (HTML)")
_XML = Text("XML 文件", "an XML file")
_TEXT = Text("文本文件（CSV/TXT）", "a text file (CSV/TXT)")
_UNKNOWN = Text("未知格式", "of an unknown format")
_HEAD = 4096  # bytes that tell a text from other content

ZIP, OLE2 = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_temporary(name: str) -> bool:
    """Tell whether a file name is that of a lock or temporary file of Excel, WPS, LibreOffice or a download."""
    return name.startswith(("~$", ".~", "~WRL", ".DS_Store", "._")) or name.lower().endswith(
        (".tmp", ".part", ".crdownload", ".swp", "~")
    )


def read_private(path: Path, limits: Limits) -> bytes:
    """Return the content of a regular file as it is now; whatever else stands there is refused, never waited for."""
    if is_temporary(path.name):
        raise Refused(Finding(catalogue.FILE_TEMPORARY))
    try:
        _refuse_irregular(path.lstat().st_mode)
        # O_NONBLOCK: a pipe put in the file's place since then must not hang; O_NOFOLLOW: nor a link lead elsewhere.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | _flags("O_NONBLOCK", "O_NOFOLLOW"))
        try:
            return _whole(descriptor, limits)
        finally:
            os.close(descriptor)
    except OSError as error:
        params = {"reason": why_unreadable(error)}
        raise Refused(Finding(catalogue.FILE_UNREADABLE, params=params)) from error


def _flags(*names: str) -> int:
    return sum(getattr(os, name, 0) for name in names)


def _refuse_irregular(mode: int) -> None:
    if not stat.S_ISREG(mode):
        found = _LINK if stat.S_ISLNK(mode) else _FOLDER if stat.S_ISDIR(mode) else _DEVICE
        raise Refused(Finding(catalogue.FILE_NOT_REGULAR, params={"found": found}))


def _whole(descriptor: int, limits: Limits) -> bytes:
    before = os.fstat(descriptor)
    _refuse_irregular(before.st_mode)
    if before.st_size > limits.file_bytes:
        raise exceeded(limits, "file_bytes")
    data = _read(descriptor, limits.file_bytes + 1)
    after = os.fstat(descriptor)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(data) != after.st_size:
        raise Refused(Finding(catalogue.FILE_CHANGING))
    return data


def _read(descriptor: int, most: int) -> bytes:
    pieces = []
    while most > 0 and (piece := os.read(descriptor, min(most, 1 << 20))):
        pieces.append(piece)
        most -= len(piece)
    return b"".join(pieces)


def refuse_old_office(kind: str) -> Refused:
    """Return the refusal of an OLE2 file that is no workbook."""
    words = {
        "doc": Text("Word 文档", "a Word document"),
        "ppt": Text("PowerPoint 演示文稿", "a PowerPoint presentation"),
    }
    if kind in words:
        return _is(catalogue.FILE_DOCUMENT, words[kind])
    return _is(
        catalogue.FILE_NOT_A_WORKBOOK,
        Text("其他 Office 旧格式文件，或已损坏", "another old Office file, or a damaged one"),
    )


def refuse_other(data: bytes) -> Refused:
    """Return the refusal of content that is neither a zip nor an OLE2 file."""
    if not data:
        return Refused(Finding(catalogue.FILE_EMPTY))
    if data.startswith(_ENCIPHERED) or _ENCIPHERED_TOO in data[:_MARK_WITHIN]:
        return Refused(Finding(catalogue.FILE_ENCIPHERED))
    for offset, beginning, word in _PICTURES:
        if data.startswith(beginning, offset):
            return _is(catalogue.FILE_PICTURE, Text(word, word))
    for offset, beginning, text in _DOCUMENTS:
        if data.startswith(beginning, offset):
            return _is(catalogue.FILE_DOCUMENT, text)
    return _refuse_text(data[:_HEAD])


def _refuse_text(head: bytes) -> Refused:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"mime-version:")):
        return _is(catalogue.FILE_DOCUMENT, _HTML)
    if b"excel.sheet" in start or b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        return _is(catalogue.FILE_NOT_A_WORKBOOK, Text("Excel 2003 XML 表格", "an Excel 2003 XML spreadsheet"))
    if start.startswith(b"<?xml"):
        return _is(catalogue.FILE_DOCUMENT, _HTML if b"<html" in start else _XML)
    if _is_text(head):
        return _is(catalogue.FILE_PLAIN_TEXT, _TEXT)
    return _is(catalogue.FILE_NOT_A_WORKBOOK, _UNKNOWN)


def _is_text(head: bytes) -> bool:
    """Tell whether bytes are text in an encoding that Chinese systems write. UTF-16 and UTF-32 by their mark."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return True
    if b"\x00" in head:  # without a mark: four bytes a character are rarely valid by chance, two bytes often
        zeros = b"\x00" * 4
        whole = len(head) % 4 == 0 and zeros not in head
        # the zeros behind it make an invalid end as certain as an invalid beginning
        return whole and any(_decodes(head + zeros * 2, encoding) for encoding in ("utf-32-le", "utf-32-be"))
    return any(_decodes(head, encoding) for encoding in ("utf-8", "gb18030"))


def _decodes(head: bytes, encoding: str) -> bool:
    try:
        head[: -4 if len(head) >= _HEAD else None].decode(encoding)  # the last character may be cut
    except UnicodeDecodeError as error:
        return error.start > len(head) - 8
    return True


def _is(kind: FindingType, found: Text) -> Refused:
    return Refused(Finding(kind, params={"found": found}))
