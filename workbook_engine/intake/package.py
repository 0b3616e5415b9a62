"""The zip package: its directory checked before anything is inflated, its parts inflated under a count.

Order of the checks: number of entries, directory readable, names (normalised, unique whatever their case), no
encryption, known compression, no overlapping entries. Only parts that are asked for are inflated, in memory, and as
they are: counted in bytes and in elements, and against the clock.
"""

from __future__ import annotations

import io
import posixpath
import struct
import time
import zipfile
import zlib
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from workbook_engine import catalogue
from workbook_engine.findings import Finding
from workbook_engine.intake.limits import Limits, Refused, damaged, exceeded
from workbook_engine.intake.markup import attribute, walk
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.intake.markup import Attributes

_OUTSIDE = "External"  # of a relationship whose target is none of the package
_CHUNK = 1 << 16
_LONGEST_TAG = 1_000_000  # bytes of one tag with its attributes: expat takes it whole, whatever the clock says
_LARGE = 8_000_000  # bytes of a part whose elements are counted beforehand
_MOST_KEPT = 20_000  # relationships of all parts that are kept
_ENTRY_MAGIC = b"PK\x01\x02"
_LOCAL_HEADER = 30  # bytes before the name; APPNOTE 4.3.7
# zipfile promises BadZipFile; these escape it from hostile directories.
_DIRECTORY_ERRORS = (
    zipfile.BadZipFile,
    NotImplementedError,
    struct.error,
    ValueError,
    OverflowError,
    IndexError,
    EOFError,
    OSError,
)


class Relation(NamedTuple):
    """What a part says that another one is to it."""

    id: str
    kind: str  # last word of the type
    target: str  # normalised name of a part, or an address outside of the package
    is_outside: bool


class Package:
    """An OOXML or ODF package in memory."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Check the directory of `data`; raise Refused where it is not that of a genuine package."""
        self._data = data
        self.limits = limits
        self._inflated = self._elements = 0
        self._relations: dict[str, tuple[Relation, ...]] = {}
        self._kept_relations = 0
        self._last_moment = time.monotonic() + limits.seconds_for(len(data))
        directory = _directory(data, limits)
        self._entries = _by_name(directory)
        _refuse_overlaps(data, directory)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the normalised names of all parts, in the order of the directory."""
        return tuple(self._entries)

    @property
    def declared_bytes(self) -> int:
        """Return how large all parts are, inflated, as declared; a part that turns out larger is refused."""
        return sum(entry.file_size for entry in self._entries.values())

    def size_of(self, name: str) -> int:
        """Return how large a part is, inflated, as declared; 0 where there is none."""
        entry = self._entries.get(normal(name))
        return entry.file_size if entry else 0

    def __contains__(self, name: str) -> bool:
        return normal(name) in self._entries

    def stream(self, name: str) -> Iterator[bytes]:
        """Yield a part in chunks, counted and its checksum verified. A missing part refuses the workbook."""
        entry = self._entries.get(normal(name))
        if entry is None:
            raise damaged(f"缺少“{name}”", f"“{name}” is missing")
        self._refuse_crowded(entry)
        size = checksum = tag = 0
        for chunk in _inflate(entry, self._raw(entry)):
            size += len(chunk)
            self._count(size, chunk)
            tag = 0 if b">" in chunk else tag + len(chunk) * (b"=" in chunk)
            if tag > _LONGEST_TAG:
                raise _unsafe(f"“{name}”的一个标记过长", f"“{name}” has an endless tag")
            checksum = zlib.crc32(chunk, checksum)
            if size > entry.file_size:
                raise damaged(f"“{name}”大小不符", f"“{name}” is larger than the file declares")
            yield chunk
        if checksum != entry.CRC:
            raise damaged(f"“{name}”校验不符", f"the checksum of “{name}” does not match")

    def read(self, name: str) -> bytes:
        """Return a part whole."""
        return b"".join(self.stream(name))

    def relationships(self, source: str) -> dict[str, tuple[str, str]]:
        """Return id -> (last word of the type, normalised target) of a part; "" is the package. None has no parts."""
        return {each.id: (each.kind, each.target) for each in self.relations(source) if not each.is_outside}

    def outside(self, source: str) -> dict[str, str]:
        """Return id -> target of the relationships of a part that lead out of the package."""
        return {each.id: each.target for each in self.relations(source) if each.is_outside}

    def relations(self, source: str) -> tuple[Relation, ...]:
        """Return all relationships of a part, the last of those with the same id. Few are kept for the next asking."""
        kept = self._relations.get(source)
        if kept is None:
            kept = self._read_relations(source)
            if self._kept_relations + len(kept) <= _MOST_KEPT:
                self._kept_relations += len(kept)
                self._relations[source] = kept
        return kept

    def _read_relations(self, source: str) -> tuple[Relation, ...]:
        folder, _, base = source.rpartition("/")
        name = f"{folder}/_rels/{base}.rels".lstrip("/")
        found: dict[tuple[str, bool], Relation] = {}
        counts = [0, 0]

        def on_relationship(attributes: Attributes) -> None:
            is_outside = attribute(attributes, "TargetMode") == _OUTSIDE
            if counts[is_outside] >= self.limits.entries:
                raise exceeded(self.limits, "entries")
            identity, target = attribute(attributes, "Id") or "", attribute(attributes, "Target") or ""
            counts[is_outside] += (identity, is_outside) not in found
            kind = (attribute(attributes, "Type") or "").rpartition("/")[2]
            target = target if is_outside else self._resolve(folder, target)
            found[identity, is_outside] = Relation(identity, kind, target, is_outside)

        if name in self:
            walk(name, self.stream(name), self.limits, {"Relationship": on_relationship}, {})
        return tuple(found.values())

    def _resolve(self, folder: str, target: str) -> str:
        """Return the normalised name of a relationship's target, taken literally or percent-decoded."""
        for candidate in (target, unquote(target)):
            name = candidate.replace("\\", "/")
            path = name if name.startswith("/") else posixpath.join(folder, name)
            if normal(path) in self._entries:
                return normal(path)
        return normal(target)

    def _raw(self, entry: zipfile.ZipInfo) -> memoryview:
        start = _payload(self._data, entry)
        return memoryview(self._data)[start : start + entry.compress_size]

    def refuse_slow(self, elements: int = 0) -> None:
        """Count elements of a part (records, where it is binary); refuse too many, and look at the clock."""
        self._elements += elements
        if self._elements > self.limits.elements:
            raise exceeded(self.limits, "elements")
        if time.monotonic() > self._last_moment:
            raise exceeded(self.limits, "seconds", size=len(self._data))

    def _refuse_crowded(self, entry: zipfile.ZipInfo) -> None:
        """Count the elements of a large part before the parser, which is far slower, sees any of them."""
        if entry.file_size < _LARGE:
            return
        size, elements = 0, self._elements
        for chunk in _inflate(entry, self._raw(entry)):
            size += len(chunk)
            elements += _elements_of(chunk)
            if elements > self.limits.elements:
                raise exceeded(self.limits, "elements")
            if size > self.limits.part_bytes:
                return  # which is refused as it is read

    def _count(self, part: int, chunk: bytes) -> None:
        self.refuse_slow(_elements_of(chunk))
        self._inflated += len(chunk)
        if part > self.limits.part_bytes:
            raise exceeded(self.limits, "part_bytes")
        if self._inflated > self.limits.total_bytes:
            raise exceeded(self.limits, "total_bytes")


def _elements_of(chunk: bytes) -> int:
    return chunk.count(b"<") - chunk.count(b"</")


def normal(name: str) -> str:
    """Return a part name as it is looked up: slashes forward, no dots, no leading slash, lower case (OPC 10.1)."""
    return posixpath.normpath("/" + name.replace("\\", "/")).lstrip("/").casefold()


def _directory(data: bytes, limits: Limits) -> list[zipfile.ZipInfo]:
    """Return the entries. Their magic numbers are counted first, so that zipfile never builds a million objects."""
    if data.count(_ENTRY_MAGIC) > limits.entries:
        raise exceeded(limits, "entries")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist()
    except _DIRECTORY_ERRORS as error:
        raise damaged("内部目录读不出", "its inner directory cannot be read") from error


def _by_name(directory: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    entries: dict[str, zipfile.ZipInfo] = {}
    for entry in directory:
        if entry.is_dir() or entry.filename.endswith("\\"):
            continue
        name = normal(entry.filename)
        if name in entries:
            raise _unsafe(f"部件“{entry.filename}”出现两次", f"the part “{entry.filename}” stands in it twice")
        if entry.flag_bits & 0x1:
            raise Refused(Finding(catalogue.FILE_LOCKED))
        entries[name] = entry
    return entries


def _refuse_overlaps(data: bytes, directory: list[zipfile.ZipInfo]) -> None:
    """Refuse entries that share bytes: that is how a small file claims to hold petabytes."""
    end = 0
    for entry in sorted(directory, key=lambda each: each.header_offset):
        if entry.header_offset < end:
            raise _unsafe("压缩条目互相重叠", "entries of the zip archive overlap")
        end = _payload(data, entry) + entry.compress_size
    if end > len(data):
        raise damaged("文件不完整", "the file is cut off")


def _payload(data: bytes, entry: zipfile.ZipInfo) -> int:
    """Return where the entry's bytes begin: its local header is as long as that header says, not the directory."""
    header = data[entry.header_offset : entry.header_offset + _LOCAL_HEADER]
    if len(header) < _LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
        raise damaged("压缩条目损坏", "an entry of the zip archive is broken")
    name_length, extra_length = struct.unpack_from("<HH", header, 26)
    return entry.header_offset + _LOCAL_HEADER + int(name_length) + int(extra_length)


def _inflate(entry: zipfile.ZipInfo, raw: memoryview) -> Iterator[bytes]:
    if entry.compress_type == zipfile.ZIP_STORED:
        yield from in_chunks(raw)
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        yield from _deflated(entry.filename, raw)
    else:
        raise _unsafe("使用了少见的压缩方法", "an unusual compression method is used")


def in_chunks(data: bytes | memoryview) -> Iterator[bytes]:
    """Yield data piece by piece."""
    for start in range(0, len(data), _CHUNK):
        yield bytes(data[start : start + _CHUNK])


def _deflated(name: str, raw: memoryview) -> Iterator[bytes]:
    """Yield at most a chunk at a time, whatever the ratio of compression."""
    engine = zlib.decompressobj(-15)
    try:
        for start in range(0, len(raw), _CHUNK):
            yield engine.decompress(raw[start : start + _CHUNK], _CHUNK)
            while engine.unconsumed_tail:
                yield engine.decompress(engine.unconsumed_tail, _CHUNK)
        yield engine.flush()
    except zlib.error as error:
        raise damaged(f"“{name}”解压失败", f"“{name}” cannot be unzipped") from error
    if not engine.eof:
        raise damaged(f"“{name}”不完整", f"“{name}” is cut off")


def _unsafe(detail_zh: str, detail_en: str) -> Refused:
    return Refused(Finding(catalogue.FILE_UNSAFE, params={"detail": Text(detail_zh, detail_en)}))
