r"""Putting finished files where people look for them: whole or not at all, and never over other content.

A file is written in the staging folder of its run (see staging.py), flushed to the disk, and only then given its name:

    OUT/.workbook-engine/staging/<run>/…    OUT/<company>/<product>/<name>.xlsx, <name> (2).xlsx, …
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import itertools
import os
import time
from typing import TYPE_CHECKING, Final

from workbook_engine.errors import WriteError
from workbook_engine.frozen import frozen
from workbook_engine.naming import printable, safe_name
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

STATE: Final = ".workbook-engine"  # in the output folder: the ledger, copies of the inputs, staging
_EXCEL_PATH: Final = 218  # characters; Excel on Windows opens no workbook with a longer path (Microsoft's limits page)
_SHORTEST: Final = 16  # characters that a name is never shortened below
_MAX_VERSIONS: Final = 10_000
_IS_WINDOWS: Final = os.name == "nt"
_WINDOWS_PATH: Final = 259  # characters; of a longer path Windows says that it is not there, unless told otherwise
_HELD_SECONDS: Final = (0.05, 0.1, 0.2, 0.4, 0.8)  # between tries: a virus scanner of Windows looks into new files

_FULL = Text("磁盘已满或超出配额", "the disk is full, or its quota is used up")
_READ_ONLY = Text("文件夹只读，或没有写入权限", "the folder is read-only, or you may not write into it")
_TOO_LONG = Text(
    "路径太长，请换一个路径较短的输出文件夹", "the path is too long; choose an output folder with a shorter path"
)
_GONE = Text("文件夹不存在，磁盘或网络连接可能已断开", "the folder is not there; a drive may have been disconnected")
_OPEN = Text("文件正被其他程序打开", "the file is open in another program")
_NOT_OVERWRITTEN = Text(
    "文件正被其他程序打开，或不允许改写", "the file is open in another program, or may not be overwritten"
)
_IN_THE_WAY = Text(
    "“{name}”是一个文件，占着文件夹的位置，请改名或移走",
    "“{name}” is a file and stands where a folder is needed; rename it or move it away",
)
_BY_NAME: Final = {
    _FULL: ("ENOSPC", "EDQUOT", "EFBIG"),
    _READ_ONLY: ("EACCES", "EPERM", "EROFS"),
    _TOO_LONG: ("ENAMETOOLONG",),
    _GONE: ("ENOENT", "ENXIO", "ENODEV", "EIO", "ESTALE", "ENOTCONN", "EHOSTDOWN"),
    _OPEN: ("EBUSY", "ETXTBSY"),
    _IN_THE_WAY: ("ENOTDIR", "EEXIST"),
}
_BY_WINDOWS: Final = {32: _OPEN, 33: _OPEN, 112: _FULL, 206: _TOO_LONG, 53: _GONE, 64: _GONE, 67: _GONE}


def numbers(*names: str) -> set[int]:
    """Return the error numbers of these names, those that this system has."""
    return {getattr(errno, name) for name in names if hasattr(errno, name)}


_BY_ERRNO: Final = {number: text for text, names in _BY_NAME.items() for number in numbers(*names)}
_NO_LINKS: Final = numbers("EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK", "EXDEV", "EINVAL")


class PlaceError(WriteError):
    """A file could not be put in its place. `reason` says why in both languages, `text` where, too."""

    def __init__(self, path: Path, error: OSError, reason: Text | None = None) -> None:
        self.path = path
        self.reason = reason or _reason(path, error)
        super().__init__(
            Text(f"{printable(str(path))}：{self.reason.zh}。", f"{printable(str(path))}: {self.reason.en}")
        )


def _reason(path: Path, error: OSError) -> Text:
    known = _BY_WINDOWS.get(getattr(error, "winerror", None) or 0) or _BY_ERRNO.get(error.errno or 0)
    said = error.strerror or type(error).__name__
    if known is _IN_THE_WAY:
        return known.filled(name=printable(_in_the_way(path).name))
    if known is _GONE and _IS_WINDOWS and len(str(path.absolute())) > _WINDOWS_PATH:
        return _TOO_LONG
    return known or Text(said, said)


def _in_the_way(path: Path) -> Path:
    """Return what of a path is a file where a folder is needed; all of it where none can be seen."""
    return next((part for part in (path, *path.parents) if part.is_file()), path)


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Raise PlaceError for what the system says of a path."""
    try:
        yield
    except OSError as error:
        raise PlaceError(path, error) from error


@frozen
class Placed:
    """Where a file stands now.

    `is_new` is false where the same content stood there already; `beside_open` names an older version that is open in
    Excel at this moment.
    """

    path: Path
    is_new: bool
    beside_open: str | None = None


def flush(path: Path) -> None:
    """Have the system write a file's content to the disk. Raises PlaceError."""
    with explained(path), path.open("rb+") as file:
        os.fsync(file.fileno())


def write_whole(target: Path, content: bytes, staging: Path | None = None) -> None:
    """Write a file that may take another's place: whole or not at all. Raises PlaceError.

    Until it is whole it stands in `staging`, a folder on the same disk that is swept after a process that was killed;
    without one beside the target.
    """
    temporary = (staging or target.parent) / f".~{os.urandom(4).hex()}-{target.name}"
    with explained(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            _overwrite(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)
    _flush_folder(target.parent)


def _overwrite(temporary: Path, target: Path) -> None:
    """Put a file in another's place. The folder takes files: what may not be is about the other. Raises PlaceError."""
    try:
        _replace(temporary, target)
    except PermissionError as error:
        raise PlaceError(target, error, _NOT_OVERWRITTEN if target.exists() else None) from error


def place(temporary: Path, out: Path, parts: Sequence[str], name: str) -> Placed:
    """Give a flushed file its name below `out`, as the first version that is free or holds the same content.

    `parts` are the folders and `name` the file, all of them safe names. Raises PlaceError.
    """
    *parts, name = fitted(out, [*parts, name])
    folder = out
    with explained(out.joinpath(*parts, name)):
        for part in parts:
            folder = folder / _as_it_stands(folder, part)
        folder.mkdir(parents=True, exist_ok=True)
        return _place(temporary, folder, name)


def _place(temporary: Path, folder: Path, name: str) -> Placed:
    taken = {entry.name.casefold(): entry.name for entry in folder.iterdir()}
    beside_open = None
    for version in versions(name):
        if version.casefold() not in taken:
            try:
                _publish(temporary, folder / version)
            except FileExistsError:  # another run was quicker
                taken[version.casefold()] = version
            else:
                return Placed(folder / version, is_new=True, beside_open=beside_open)
        older = taken[version.casefold()]
        if _same_content(temporary, folder / older):
            temporary.unlink()
            return Placed(folder / older, is_new=False)
        if f"~${older}".casefold() in taken:
            beside_open = older
    raise AssertionError  # `versions` has no end short of its limit


def versions(name: str) -> Iterator[str]:
    """Yield `name`, then `name (2)`, `name (3)`, … with the suffix kept."""
    stem, dot, suffix = name.rpartition(".")
    yield name
    for number in itertools.count(2):
        if number > _MAX_VERSIONS:
            raise OSError(errno.EEXIST, f"{_MAX_VERSIONS} versions")
        yield f"{stem} ({number}){dot}{suffix}"


def _as_it_stands(folder: Path, name: str) -> str:
    """Return a folder's name as it is spelled on the disk: ABC and abc are one folder wherever the files go next."""
    if (folder / name).is_dir() or not folder.is_dir():
        return name
    return next((entry.name for entry in os.scandir(folder) if entry.name.casefold() == name.casefold()), name)


def _publish(temporary: Path, target: Path) -> None:
    """Give a file its final name unless something has it. Raises FileExistsError."""
    if _IS_WINDOWS:
        _rename(temporary, target)
        return
    try:
        os.link(temporary, target)  # refuses a name that is taken; a rename would not
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if target.exists():
            raise FileExistsError(errno.EEXIST, "exists", str(target)) from error
        temporary.rename(target)
    else:
        temporary.unlink()
    _flush_folder(target.parent)


def _rename(temporary: Path, target: Path) -> None:
    """Rename as Windows does it: a name that is taken is refused."""
    _patiently(lambda: os.rename(temporary, target))  # noqa: PTH104 - as Path.rename; said by the name that Windows documents


def _replace(temporary: Path, target: Path) -> None:
    _patiently(lambda: temporary.replace(target))


def _patiently(step: Callable[[], object]) -> None:
    """Take a step; on Windows, where something holds a file, again for a while. Raises PermissionError."""
    for seconds in _HELD_SECONDS if _IS_WINDOWS else ():
        try:
            step()
        except PermissionError:
            time.sleep(seconds)
        else:
            return
    step()


def _flush_folder(folder: Path) -> None:
    """Have the system write a folder's names to the disk, where it can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _same_content(one: Path, other: Path) -> bool:
    try:
        if one.stat().st_size != other.stat().st_size:
            return False
        return digest(one) == digest(other)
    except OSError:
        return False  # open and locked, or gone: other content for all we know


def digest(path: Path) -> str:
    """Return the SHA-256 of a file as hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def replace_or_beside(temporary: Path, target: Path) -> tuple[Path, bool]:
    """Put a flushed file in the place of `target`, or beside it where that is open in another program.

    Returns where it stands, and whether that is beside. Raises PlaceError.
    """
    with explained(target):
        for version in versions(target.name):
            try:
                _replace(temporary, target.with_name(version))
            except PermissionError:
                if not target.with_name(version).exists():
                    raise
            else:
                _flush_folder(target.parent)
                return target.with_name(version), version != target.name
    raise AssertionError


def fitted(out: Path, names: Sequence[str], most: int | None = None) -> list[str]:
    """Return the names, shortened where the whole path would be longer than Excel opens (on Windows).

    The longest are shortened first; none below 16 characters, even if that is too long still: the system then says so.
    """
    most = most or (_EXCEL_PATH if _IS_WINDOWS else 0)
    fitting = list(names)
    room = most - len(str(out.absolute())) - len(fitting) if most else 0
    while most and sum(map(len, fitting)) > room:
        longest = max(range(len(fitting)), key=lambda index: len(_stem(fitting[index])[0]))
        stem, rest = _stem(fitting[longest])
        if len(stem) <= _SHORTEST:
            break
        excess = sum(map(len, fitting)) - room
        fitting[longest] = safe_name(names[longest].removesuffix(rest), most=max(_SHORTEST, len(stem) - excess)) + rest
    return fitting


def _stem(name: str) -> tuple[str, str]:
    """Split what may be shortened from what says what the file is: the part after the last hyphen, and the suffix."""
    if not name.endswith(".xlsx"):
        return name, ""
    head, hyphen, tail = name.rpartition("-")
    return (head, hyphen + tail) if head else (name.removesuffix(".xlsx"), ".xlsx")
