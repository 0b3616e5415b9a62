"""Every part of an .ods and every stream of an .xls: read, known to hold nothing of the company's own, or told.

Both are known by their names, which the programs agree on; see parts.py for .xlsx.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.grid import Beside, Unread
from workbook_engine.intake.parts import MACROS, REVISIONS, SIGNATURE, TOLD, UNKNOWN
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from workbook_engine.intake.package import Package

_PICTURES = "pictures/"
# Beginning of a part's name -> what reads it, or why it holds nothing of the company's own; see ods.py for the first.
_OF_ODS = {
    "content.xml": "cells and what is drawn",
    "styles.xml": "formats, heads and feet of pages",
    "meta.xml": "properties",
    "mimetype": "the kind of file",
    "settings.xml": "what was last looked at",
    "manifest.rdf": "the list of parts",
    "meta-inf/manifest.xml": "the list of parts",
    "thumbnails/": "a small picture of the first sheet",
    "configurations2/": "buttons of the program's own window",
    "objectreplacements/": "charts as they were last drawn",
    "layout-cache": "how pages were last laid out",
    "basic/script-lc.xml": "the list of macros",
    "basic/standard/script-lb.xml": "the list of macros",
    "dialogs/dialog-lc.xml": "the list of windows of macros",
    "dialogs/standard/dialog-lb.xml": "the list of windows of macros",
}
_TOLD_OF_ODS = {
    "basic/": MACROS,
    "scripts/": MACROS,
    "dialogs/": MACROS,
    "meta-inf/documentsignatures.xml": SIGNATURE,
    "meta-inf/macrosignatures.xml": SIGNATURE,
    "versions/": Text("文档的旧版本", "earlier versions of the document"),
    "versionlist.xml": Text("文档的旧版本", "earlier versions of the document"),
    "media/": TOLD["media"].words,
}
# Beginning of the name of a stream or storage at the root of an .xls, in small letters.
_OF_XLS = {
    "workbook": "cells and what is drawn",
    "book": "the same for Excel 95",
    "\5summaryinformation": "properties",
    "\5documentsummaryinformation": "properties",
    "\1compobj": "the kind of file",
    "\1ole": "the kind of file",
    "\3": "how an object is shown",
    "mbd": "embedded files, which are told as pictures",
    "lnk": "linked files, which are told as pictures",
    "user names": "names of those who have a shared workbook open",
    "msodatastore": "XML that programs keep",
    "etextdata": "what WPS keeps",
    "xcb": "buttons of the program's own window",
    "encryption": "how the file was enciphered",
    "\6dataspaces": "how the file was enciphered",
}
_TOLD_OF_XLS = {
    "_vba_project": MACROS,
    "vba": MACROS,
    "macros": MACROS,
    "_sx_db": TOLD["pivotCacheDefinition"].words,
    "ctls": TOLD["activeXControlBinary"].words,
    "revision log": REVISIONS,
    "_signatures": SIGNATURE,
    "_xmlsignatures": SIGNATURE,
}


def unread_of_ods(package: Package, pictures: Collection[str], folders: Collection[str]) -> Iterator[Unread | Beside]:
    """Yield the parts of an OpenDocument package that nobody reads; pictures that no sheet shows are pictures.

    `pictures` are the names of those that sheets show, `folders` those of charts and documents in this one.
    """
    shown = {name.casefold() for name in pictures}
    within = tuple(f"{folder.casefold()}/" for folder in folders)
    for name in package.names:
        if name.startswith(_PICTURES):
            if name.rpartition("/")[2] not in shown:
                yield Beside("picture", name.rpartition("/")[2])
        elif not name.startswith((*_OF_ODS, *within)):
            words = next((words for beginning, words in _TOLD_OF_ODS.items() if name.startswith(beginning)), None)
            yield Unread(words) if words else Unread(UNKNOWN.words, name)


def unread_of_xls(names: Iterable[str]) -> Iterator[Unread]:
    """Yield what nobody reads of the streams and storages at the root of an .xls."""
    for name in names:
        small = name.casefold()
        if small.startswith(tuple(_OF_XLS)):
            continue
        words = next((words for beginning, words in _TOLD_OF_XLS.items() if small.startswith(beginning)), None)
        yield Unread(words) if words else Unread(UNKNOWN.words, "".join(filter(str.isprintable, name)))
