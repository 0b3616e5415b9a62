"""What of a workbook's pictures, charts and shapes a copy that openpyxl writes still has, counted sheet by sheet.

openpyxl keeps charts, and pictures that lie on a sheet by themselves (of a group one), where Pillow can write them; it
keeps no shapes, no pictures of headers, backgrounds, comments and cells, and no links on pictures. `drawn` counts them
in a file, `held` in the workbook that openpyxl made of it: what the second lacks is lost in the copy.
"""

from __future__ import annotations

import contextlib
import io
import posixpath
import warnings
import zipfile
from collections import Counter
from typing import IO, TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from workbook_engine.grid import LOSSY_PARTS
from workbook_engine.patterns import pattern
from workbook_engine.texts import Text, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

COUNTED: Final = ("charts", "drawings", "images", "picture-links")  # words of grid.LOSSY_PARTS
ELSEWHERE: Final = ""  # in place of a sheet's name: pictures inside cells or charts
WRITTEN_AS_THEY_ARE: Final = ("gif", "jpeg", "png")  # by openpyxl; others it has Pillow make a PNG of
MOST_PIXELS: Final = 50_000_000  # that a picture of another format may unpack to

ON_SHEET: Final = Text("“{sheet}” {count} 个", "{count} on “{sheet}”")
IN_CELLS: Final = Text("单元格或图表中 {count} 个", "{count} in cells or charts")
BRACKETED: Final = Text("{part}（{places}）", "{part} ({places})")

_FALLBACK = pattern(rb"<mc:Fallback\b.*?</mc:Fallback>")
_CHART = pattern(rb"<(?:\w+:)?chart[ />]")
_PICTURE = pattern(rb"<(?:\w+:)?pic[ >].*?</(?:\w+:)?pic>")
_SHAPE = pattern(rb"<(?:\w+:)?(?:sp|cxnSp)[ >]")
_LINK = pattern(rb"<(?:\w+:)?hlinkClick\b")
_IMAGE_DATA = pattern(rb"<v:imagedata\b")

Counts = dict[str, Counter[str]]  # sheet name -> word of COUNTED -> how many


def load(source: Path | io.BytesIO, **options: Any) -> Any:
    """Return openpyxl's workbook, without the pictures that it could not write again. Raises what openpyxl raises."""
    import openpyxl  # noqa: PLC0415 - with Pillow a quarter of a second to import; only copies and layouts need it

    with warnings.catch_warnings(), _any_size():
        warnings.simplefilter("ignore")  # openpyxl tells of what it loses; the caller says so in our words
        book = openpyxl.load_workbook(source, **options)
        for sheet in _sheets(book):
            if hasattr(sheet, "_images"):
                sheet._images = [image for image in sheet._images if _can_be_written(image)]  # noqa: SLF001 - there is no other way to a sheet's pictures
                for image in sheet._images:  # noqa: SLF001
                    _mend(image)
    return book


def save(book: Any, target: io.BytesIO) -> None:
    """Save a workbook that `load` gave."""
    with _any_size():
        book.save(target)


@contextlib.contextmanager
def _any_size() -> Iterator[None]:
    """Let Pillow tell the size of a picture however large: it need not unpack one that is written as it is."""
    from PIL import Image  # noqa: PLC0415 - as openpyxl

    most, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
    try:
        yield
    finally:
        Image.MAX_IMAGE_PIXELS = most


def _can_be_written(image: Any) -> bool:
    """Tell whether a picture can be saved: as it is, or by Pillow as a PNG."""
    if image.format in WRITTEN_AS_THEY_ARE:
        return True
    if image.width * image.height > MOST_PIXELS:
        return False
    from PIL import Image  # noqa: PLC0415 - as openpyxl

    try:
        with Image.open(io.BytesIO(image.ref.getvalue())) as opened:
            opened.save(io.BytesIO(), format="png")
    except Exception:  # noqa: BLE001 - Pillow's readers raise many kinds; whichever it is, the picture cannot be saved
        return False
    return True


def _mend(image: Any) -> None:
    """Take from a picture what openpyxl writes wrongly: a link that leads nowhere makes Excel repair the file.

    It also gives each picture an outline that the original has not.
    """
    anchor = image.anchor
    frame = getattr(anchor, "pic", None) or getattr(getattr(anchor, "groupShape", None), "pic", None)
    if frame is None:
        return
    named = getattr(getattr(frame, "nvPicPr", None), "cNvPr", None)
    if named is not None:
        named.hlinkClick = named.hlinkHover = None
    line = getattr(frame.spPr, "ln", None)
    if line is not None and line.w is None and not (line.solidFill or line.gradFill or line.pattFill):
        frame.spPr.ln = None


def _sheets(book: Any) -> list[Any]:
    return [*book.worksheets, *book.chartsheets]


# --- counting ---------------------------------------------------------------------------------------------------------


def held(book: Any) -> Counts:
    """Return what openpyxl will write of a loaded workbook."""
    return {
        sheet.title: Counter(charts=len(getattr(sheet, "_charts", ())), images=len(getattr(sheet, "_images", ())))
        for sheet in _sheets(book)
    }


def drawn(source: Path | IO[bytes]) -> Counts:
    """Return what a workbook's file holds. A part that is no XML holds nothing that could be shown."""
    with zipfile.ZipFile(source) as package:
        return _Drawn(package).counts()


class _Drawn:
    """Counts what a package draws, by the relationships that lead from a sheet to it."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self.package = package
        self.names = set(package.namelist())

    def counts(self) -> Counts:
        found: Counts = {}
        owners: set[str] = set()
        for name, part in self._sheets():
            owners.add(part)
            counts = found[name] = Counter()
            counts["images"] += self._pictures_of(part)  # its background
            for target, _ in self._related(part):
                if "drawings/" in target:
                    owners.add(target)
                    counts += self._drawing(target)
            found[name] = counts
        elsewhere = sum(self._pictures_of(part) for part in self._owners_of_pictures() - owners)
        if elsewhere:
            found[ELSEWHERE] = Counter(images=elsewhere)
        return found

    def _sheets(self) -> Iterator[tuple[str, str]]:
        """Yield the sheets' names and parts."""
        workbook = next((target for target, kind in self._related("") if kind == "officeDocument"), "")
        related = {identifier: target for identifier, (target, _) in self._relations(workbook).items()}
        root = self._xml(workbook)
        for element in root.iter() if root is not None else ():
            if _local(element.tag) == "sheet":
                identifier = next((value for key, value in element.attrib.items() if _local(key) == "id"), "")
                if identifier in related:
                    yield element.get("name", ""), related[identifier]

    def _drawing(self, part: str) -> Counter[str]:
        data = _FALLBACK.sub(b"", self._read(part))
        if part.endswith(".vml"):
            return Counter(images=len(_IMAGE_DATA.findall(data)))
        pictures = _PICTURE.findall(data)
        rest = _PICTURE.sub(b"", data)
        return Counter({
            "charts": len(_CHART.findall(rest)),
            "drawings": len(_SHAPE.findall(rest)),
            "images": len(pictures),
            "picture-links": sum(_LINK.search(picture) is not None for picture in pictures),
        })  # fmt: skip

    def _pictures_of(self, part: str) -> int:
        return sum(kind == "image" for _, kind in self._related(part))

    def _owners_of_pictures(self) -> set[str]:
        owners = set()
        for name in self.names:
            folder, _, file = name.rpartition("/_rels/")
            if file.endswith(".rels") and folder.startswith("xl"):
                owners.add(f"{folder}/{file.removesuffix('.rels')}")
        return owners

    def _related(self, part: str) -> list[tuple[str, str]]:
        return list(self._relations(part).values())

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return id -> part and kind of what a part refers to inside the package."""
        folder, _, file = part.rpartition("/")
        root = self._xml(f"{folder}/_rels/{file}.rels".lstrip("/"))
        found: dict[str, tuple[str, str]] = {}
        for element in root if root is not None else ():
            if element.get("TargetMode") != "External":
                target = element.get("Target", "")
                path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
                found[element.get("Id", "")] = path.lstrip("/"), element.get("Type", "").rpartition("/")[2]
        return found

    def _xml(self, part: str) -> ET.Element | None:
        try:
            return ET.fromstring(self._read(part))  # noqa: S314 - intake has refused what declares entities
        except ET.ParseError:
            return None

    def _read(self, part: str) -> bytes:
        return self.package.read(part) if part in self.names else b""


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


# --- telling ----------------------------------------------------------------------------------------------------------


def lost(before: Counts, after: Counts) -> dict[str, dict[str, int]]:
    """Return word of COUNTED -> sheet name -> how many of them the copy lacks."""
    missing: dict[str, dict[str, int]] = {}
    for sheet, counts in before.items():
        for part in COUNTED:
            count = counts[part] - after.get(sheet, Counter())[part]
            if count > 0:
                missing.setdefault(part, {})[sheet] = count
    return missing


def lost_parts(candidates: Iterable[str], missing: Mapping[str, Mapping[str, int]]) -> tuple[Text, ...]:
    """Return what a copy lacks, in words: the parts that are counted with their sheets, the others as they are.

    `candidates` are words of Book.lossy_parts.
    """
    told = []
    for part in sorted({*(part for part in candidates if part not in COUNTED), *missing}):
        places = [
            (ON_SHEET if sheet else IN_CELLS).filled(sheet=sheet, count=count)
            for sheet, count in missing.get(part, {}).items()
        ]
        told.append(_with_places(LOSSY_PARTS[part], places))
    return tuple(told)


def _with_places(word: Text, places: list[Text]) -> Text:
    if not places:
        return word
    listed = joined(places)
    return Text(
        BRACKETED.zh.format(part=word.zh, places=listed.zh), BRACKETED.en.format(part=word.en, places=listed.en)
    )
