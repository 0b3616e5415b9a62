"""The folder in which a run writes what is not finished yet, and the locks that tell whether a run lives.

It lies in the output folder (a rename never crosses a disk) and is locked while its run lives; the next run removes
what a killed one left.
"""

from __future__ import annotations

import contextlib
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import IO, Final, Self

from workbook_engine.placing import STATE, explained, numbers

_LOCK: Final = "lock"
_DEAD: Final = ".dead"  # ends the name of a folder that is being removed
_DEAD_AFTER_SECONDS: Final = 86_400.0  # where the file system knows no locks, a staging folder this old is dead
_NO_LOCKS: Final = numbers("ENOLCK", "ENOTSUP", "EOPNOTSUPP", "ENOSYS")
_HELD: Final = numbers("EACCES", "EAGAIN", "EDEADLK", "EWOULDBLOCK")


class Staging:
    """The folder in which one run writes what is not finished yet; it goes when the run ends.

    Raises PlaceError where the output folder cannot be written to.
    """

    def __init__(self, out: Path) -> None:
        parent = out / STATE / "staging"
        with explained(out):
            parent.mkdir(parents=True, exist_ok=True)
            _sweep(parent)
            self.path, self._lock = _own_folder(parent)

    def __enter__(self) -> Self:
        """Return the staging folder itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the folder, and its parents where nothing else is in them."""
        self._lock.release()
        _remove(self.path)
        with contextlib.suppress(OSError):
            self.path.parent.rmdir()
            self.path.parent.parent.rmdir()


def _own_folder(parent: Path) -> tuple[Path, FileLock]:
    """Make a folder and lock it. Another run that sweeps between the two takes it away: then make the next."""
    while True:
        folder = Path(tempfile.mkdtemp(dir=parent))
        lock = FileLock(folder / _LOCK)
        with contextlib.suppress(FileNotFoundError):
            if lock.acquire(blocking=False) and lock.path.exists():
                return folder, lock
        lock.release()


def _sweep(parent: Path) -> None:
    """Remove the staging folders of runs that are dead: whose lock nobody holds.

    Whatever step a run was killed in: one that only made its folder left it empty, one that removed it left part of
    it. Another run whose folder is taken away before it is locked makes the next.
    """
    for folder in parent.iterdir():
        lock = folder / _LOCK
        is_free = _is_free(lock) if lock.exists() else _age(folder) > _DEAD_AFTER_SECONDS
        if is_free or folder.name.endswith(_DEAD):
            _remove(folder)
        else:
            with contextlib.suppress(OSError):
                folder.rmdir()  # if it is empty


def _remove(folder: Path) -> None:
    """Remove a dead run's folder. Under another name first: a child that outlives its run writes no more into it."""
    with contextlib.suppress(OSError):  # Windows renames no folder in which a file is open: the next sweep tries again
        dead = folder if folder.name.endswith(_DEAD) else folder.rename(folder.with_name(folder.name + _DEAD))
        shutil.rmtree(dead, ignore_errors=True)


def _is_free(lock: Path) -> bool:
    with contextlib.suppress(OSError):
        held = FileLock(lock)
        if held.acquire(blocking=False):
            held.release()
            return True
        return False
    return _age(lock) > _DEAD_AFTER_SECONDS


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0


class FileLock:
    """An exclusive lock on a file; the system lets go of it when the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[bytes] | None = None

    def acquire(self, *, blocking: bool = True) -> bool:
        """Take the lock; tell whether we have it. A file system without locks says yes: there is none to hold."""
        file = self.path.open("ab")
        try:
            _lock(file, blocking=blocking)
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                file.close()
                if error.errno not in _HELD:
                    raise
                return False
        self._file = file
        return True

    def release(self) -> None:
        """Let go of the lock."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def __enter__(self) -> Self:
        """Take the lock, waiting for it."""
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the lock."""
        self.release()


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes], *, blocking: bool) -> None:
        file.seek(0)
        while True:
            try:
                return msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if blocking else msvcrt.LK_NBLCK, 1)
            except OSError as error:  # LK_LOCK gives up after ten seconds
                if not blocking or error.errno not in _HELD:
                    raise
else:
    import fcntl

    def _lock(file: IO[bytes], *, blocking: bool) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if blocking else fcntl.LOCK_NB))
