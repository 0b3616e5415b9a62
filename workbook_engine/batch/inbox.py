"""What lies in the inbox: which files are workbooks to be processed, and in which order."""

from __future__ import annotations

import contextlib
import functools
import os
import sys
from typing import TYPE_CHECKING, Final

from workbook_engine.errors import WorkbookEngineError
from workbook_engine.frozen import frozen
from workbook_engine.naming import printable
from workbook_engine.placing import STATE
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

# What a folder is searched for: workbooks, also such as were saved as a template of one's own, and tables as text.
SUFFIXES = frozenset(
    {".xlsx", ".xlsm", ".xls", ".xlsb", ".xltx", ".xltm", ".xlt", ".ods", ".ots", ".et", ".ett", ".csv"}
)
# What may hold workbooks that nobody took out, and other forms in which a company may have answered: told, not read.
CONTAINERS = frozenset({".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".eml", ".msg", ".mht", ".lnk", ".url"})
OTHER_FORMS = frozenset(
    {".doc", ".docx", ".wps", ".rtf", ".pdf", ".htm", ".html", ".jpg", ".jpeg", ".png", ".heic", ".bmp", ".tif"}
    | {".tiff", ".numbers", ".pages", ".bak"}
)
ON_ITS_WAY = frozenset({".crdownload", ".part", ".partial", ".download", ".tmp"})  # a half download, or half saved
_IGNORES_CASE: Final = sys.platform in {"win32", "darwin"}  # as their disks usually do
_PASSED_OVER = ("~", ".")  # lock and temporary files of Excel (~$), WPS and LibreOffice (.~lock), hidden files


class InboxError(WorkbookEngineError):
    """The output folder is the inbox itself. `text` says so in both languages."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            Text(
                f"{path}：结果要有自己的文件夹，不能与收件文件夹相同。",
                f"{path}: the results need a folder of their own, the inbox itself cannot be it",
            )
        )


@frozen
class Inbox:
    """What was found: the workbooks, each once, the folders searched, and those that the system did not let us read.

    `others` are files beside them by which a company may have answered; what may hold workbooks comes first.
    """

    files: tuple[Path, ...]
    folders: tuple[Path, ...] = ()
    unreadable: tuple[Path, ...] = ()
    others: tuple[Path, ...] = ()

    def misses(self, keys: Iterable[str]) -> list[str]:
        """Return those of the files, as the ledger calls them, that should have been found and were not."""
        present = {key_of(file) for file in self.files}
        searched = tuple(map(_key_of_folder, self.folders))
        unknown = tuple(map(_key_of_folder, self.unreadable))
        return [key for key in keys if key not in present and key.startswith(searched) and not key.startswith(unknown)]


def key_of(path: Path) -> str:
    """Return how the ledger calls a file: its whole path, fit for printing."""
    whole = path.absolute()
    return printable(str(_spelled(whole.parent) / whole.name))


def _key_of_folder(folder: Path) -> str:
    return printable(str(_spelled(folder.absolute()))) + os.sep


@functools.lru_cache(maxsize=4096)
def _spelled(folder: Path) -> Path:
    """Return a folder as the disk spells it: where IN and in are one, the ledger would know each file twice."""
    if not _IGNORES_CASE or folder.parent == folder:
        return folder
    parent = _spelled(folder.parent)
    with contextlib.suppress(OSError):
        names = os.listdir(parent)  # noqa: PTH208 - names alone
        alike = [name for name in names if name.casefold() == folder.name.casefold()]
        if folder.name not in names and len(alike) == 1:
            return parent / alike[0]
    return parent / folder.name


def find_workbooks(paths: Sequence[Path], out: Path | None = None) -> list[Path]:
    """Return the workbooks that `paths` name: files as they are, folders searched through, in a stable order."""
    return list(search(paths, out).files)


def search(paths: Sequence[Path], out: Path | None = None) -> Inbox:
    """Search folders through; a file that is named is taken as it is.

    Passed over: lock, temporary and hidden files, links to folders, and output folders, this run's and others', which
    may lie inside the inbox. Raises InboxError where the output folder is the inbox itself.
    """
    found: list[Path] = []
    others: list[Path] = []
    unreadable: list[Path] = []
    check_apart(paths, out)
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 - pathlib's raises where a name is too long
            files = sorted(_files(path, out, unreadable))
            found += (file for file in files if file.suffix.lower() in SUFFIXES)
            others += (file for file in files if file.suffix.lower() in CONTAINERS | OTHER_FORMS | ON_ITS_WAY)
        else:
            found.append(path)
    folders = tuple(path for path in paths if os.path.isdir(path))  # noqa: PTH112
    others.sort(key=lambda path: path.suffix.lower() not in CONTAINERS)
    return Inbox(tuple(dict.fromkeys(found)), folders, tuple(unreadable), tuple(dict.fromkeys(others)))


def check_apart(paths: Sequence[Path], out: Path | None) -> None:
    """Raise InboxError where the output folder is the inbox itself. pathlib's tests raise where a name is too long."""
    for path in paths:
        if os.path.isdir(path) and out is not None and os.path.exists(out) and out.samefile(path):  # noqa: PTH110, PTH112
            raise InboxError(path)


def _files(root: Path, out: Path | None, unreadable: list[Path]) -> Iterator[Path]:
    """Walk a folder without recursion: a tree may be deeper than Python's stack."""
    skip = out.absolute() if out else None
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:
            unreadable.append(folder)
            continue
        if folder is not root and any(entry.name == STATE for entry in entries):
            continue  # somebody's output folder
        for entry in entries:
            if entry.name.startswith(_PASSED_OVER):
                continue
            path = folder / entry.name
            if entry.is_dir(follow_symlinks=False):
                if path.absolute() != skip:
                    waiting.append(path)
            else:
                yield path


def in_order_of_arrival(files: Iterable[Path]) -> list[Path]:
    """Return the files oldest first, so that a correction comes after what it corrects.

    A tie goes by name, the shorter one first: of two with the same content the other is the copy, as in the ledger.
    """
    return sorted(files, key=lambda path: (dated(path), len(str(path)), str(path)))


def dated(path: Path) -> float:
    """Return when a file was last changed, as the disk says; the beginning of time where it says nothing."""
    try:
        return path.lstat().st_mtime
    except OSError:
        return 0.0
