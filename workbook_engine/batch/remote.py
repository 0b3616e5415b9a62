"""Folders by URL (s3://…, sftp://…, memory://…), through fsspec: mirrored on a disk as far as a run needs them.

Returned workbooks are fetched before the run. Of an output folder the ledger is fetched at once, older results and
inputs when they are needed; what is finished is put there as it is finished, the ledger every few seconds after it:
a run that is killed has lost nothing that its ledger knows of. One run at a time works in a remote folder (lease.py).
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import tempfile
import time
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final, Self

from workbook_engine.batch.inbox import SUFFIXES
from workbook_engine.batch.lease import NAME as LEASE
from workbook_engine.batch.lease import HeldError, Lease
from workbook_engine.batch.ledger_file import NAME as LEDGER
from workbook_engine.batch.outfolder import OutFolder
from workbook_engine.errors import WorkbookEngineError
from workbook_engine.patterns import pattern
from workbook_engine.placing import STATE
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_URL: Final = pattern(r"[A-Za-z][A-Za-z0-9+.-]+(://|::)")  # two letters at least: C:\ is a drive
_CHECKPOINT_SECONDS: Final = 10.0
_OBJECT_STORES: Final = {"s3", "s3a", "gs", "gcs", "abfs", "az", "memory"}  # a put is whole or not at all there
_DATES: Final = ("mtime", "LastModified", "last_modified", "updated", "created")


class RemoteError(WorkbookEngineError):
    """A folder by URL cannot be used."""


def is_url(text: str) -> bool:
    """Tell whether a place is a URL and not a path."""
    return bool(_URL.match(text))


@contextlib.contextmanager
def _reported(url: str) -> Iterator[None]:
    """Say what is wrong with a remote folder, whatever its library raises."""
    try:
        yield
    except RemoteError:
        raise
    except HeldError as error:
        raise RemoteError(Text(f"{url}：{error.text.zh}。", f"{url}: {error.text.en}")) from error
    except ImportError as error:
        zh = f'{url}：需要 fsspec 及该协议的支持（pip install "workbook-engine[cluster]"）：{error}'
        en = f'{url}: needs fsspec and its support of the protocol (pip install "workbook-engine[cluster]"): {error}'
        raise RemoteError(Text(zh, en)) from error
    except Exception as error:  # every protocol's library has exceptions of its own
        words = f"{type(error).__name__}: {error}"
        raise RemoteError(Text(f"{url}：{words}", f"{url}: {words}")) from error


def _opened(url: str) -> tuple[Any, str]:
    """Return fsspec's file system of a URL, and the path in it."""
    import fsspec  # noqa: PLC0415 - an extra

    system, path = fsspec.core.url_to_fs(url)
    return system, str(path).rstrip("/")


# --- the inbox --------------------------------------------------------------------------------------------------------


def fetch_inbox(url: str, into: Path, most_bytes: int) -> dict[Path, str]:
    """Fetch the workbooks of a remote folder, or the one file; return the local files, each with its URL.

    A file over the limit is not fetched: in its place stands one of its size, which reading refuses as it would it.
    """
    with _reported(url):
        system, root = _opened(url)
        infos = system.find(root, detail=True)
        found: dict[Path, str] = {}
        for path, info in sorted(infos.items()):
            relative = PurePosixPath(path.rpartition("/")[2] if path == root else os.path.relpath(path, root))
            if not _is_workbook(relative, alone=path == root):
                continue
            local = into.joinpath(*relative.parts)
            local.parent.mkdir(parents=True, exist_ok=True)
            if int(info.get("size") or 0) > most_bytes:
                with local.open("wb") as file:
                    file.truncate(int(info["size"]))
            else:
                system.get_file(path, str(local))
            at = _date(info)
            os.utime(local, (at, at))
            found[local] = system.unstrip_protocol(path)
        return found


def _is_workbook(path: PurePosixPath, *, alone: bool) -> bool:
    if alone:
        return True
    hidden = any(part.startswith((".", "~")) for part in path.parts)
    return path.suffix.lower() in SUFFIXES and not hidden


def _date(info: dict[str, Any]) -> float:
    """Return when a remote file was last changed, as far as its store says; else the beginning of time."""
    for key in _DATES:
        value = info.get(key)
        if isinstance(value, dt.datetime):
            return value.timestamp()
        if isinstance(value, int | float):
            return float(value)
    return 0.0


# --- the output folder ------------------------------------------------------------------------------------------------


class RemoteFolder(OutFolder):
    """An output folder by URL, for one run at a time. Use it as a context manager: the ledger is put there last."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._mirror = tempfile.TemporaryDirectory(prefix="workbook-engine-")
        super().__init__(Path(self._mirror.name))
        self._put_at = time.monotonic()
        self._there: set[str] = set()
        with _reported(url):
            self._system, self._root = _opened(url)
        self._lease = Lease(self._read_lease, self._write_lease, lambda: self._system.rm_file(self._lease_path))

    def __enter__(self) -> Self:
        """Return the folder itself, with its ledger on the disk. Raises RemoteError where another run is at work."""
        with _reported(self.url):
            self._lease.take()
            there = self._system.find(self._root)
            self._there = {os.path.relpath(path, self._root).replace(os.sep, "/") for path in there}
        self.bring(f"{STATE}/{LEDGER}")
        self.bring("汇总.xlsx")
        return self

    def __exit__(self, *_: object) -> None:
        """Put the ledger where it belongs and remove the mirror."""
        try:
            self.checkpoint(now=True)
            with _reported(self.url):
                self._lease.release()
        finally:
            self._mirror.cleanup()

    @property
    def _lease_path(self) -> str:
        return f"{self._root}/{STATE}/{LEASE}"

    def _read_lease(self) -> bytes | None:
        self._system.invalidate_cache(self._root)
        with contextlib.suppress(FileNotFoundError):
            content: bytes = self._system.cat_file(self._lease_path)
            return content
        return None

    def _write_lease(self, content: bytes) -> None:
        self._system.makedirs(self._lease_path.rpartition("/")[0], exist_ok=True)
        self._system.pipe_file(self._lease_path, content)

    def show(self, relative: str) -> str:
        """Return the file's URL."""
        return f"{self.url}/{relative}"

    def has(self, relative: str) -> bool:
        """Tell whether there is such a file, here or there."""
        return relative in self._there or (self.path / relative).exists()

    def bring(self, relative: str) -> Path:
        """Fetch a file."""
        local = self.path / relative
        if relative in self._there and not local.exists():
            with _reported(self.show(relative)):
                local.parent.mkdir(parents=True, exist_ok=True)
                self._system.get_file(f"{self._root}/{relative}", str(local))
        return local

    def bring_folder(self, folders: Sequence[str]) -> None:
        """Fetch what is in a folder, however its name is spelled there."""
        wanted = "/".join(folders).casefold()
        for relative in sorted(self._there):
            if relative.rpartition("/")[0].casefold() == wanted:
                self.bring(relative)

    def publish(self, relative: str) -> None:
        """Put a file where it belongs; it appears there whole."""
        with _reported(self.show(relative)):
            target = f"{self._root}/{relative}"
            self._system.makedirs(target.rpartition("/")[0], exist_ok=True)
            if _OBJECT_STORES & set(_protocols(self._system)):
                self._system.put_file(str(self.path / relative), target)
            else:
                half = f"{target}.part"
                self._system.put_file(str(self.path / relative), half)
                self._system.mv(half, target)
        self._there.add(relative)

    def checkpoint(self, *, now: bool = False) -> None:
        """Put the ledger there, every few seconds."""
        if now or time.monotonic() - self._put_at >= _CHECKPOINT_SECONDS:
            self._put_at = time.monotonic()
            with _reported(self.url):
                self._lease.renew()
            if (self.path / STATE / LEDGER).exists():
                self.publish(f"{STATE}/{LEDGER}")


def _protocols(system: Any) -> tuple[str, ...]:
    protocol = system.protocol
    return (protocol,) if isinstance(protocol, str) else tuple(protocol)
