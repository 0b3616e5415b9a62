"""Who is at work in a remote output folder: an object there that names the run, renewed while it lives.

A store has no lock that two machines could see, so a second run is refused for as long as the first was heard of
lately. One that was killed is taken for dead at once on its own machine, and after two minutes on any other. Should two
begin in the same moment, the one that wrote first finds the other's name at its next renewal, which comes before its
ledger is put there, and ends.
"""

from __future__ import annotations

import json
import os
import socket
import time
from typing import TYPE_CHECKING, Any, Final

from workbook_engine.errors import WorkbookEngineError
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable

NAME: Final = "run.json"
SILENT_SECONDS: Final = 120.0  # after which a run that was not heard of is taken for dead

AT_WORK: Final = Text(
    "另一个运行（计算机 {host}，进程 {pid}，自 {since}）正在使用这个输出文件夹；请等它结束后再运行。"
    "如果它已被中断，{wait} 秒后再试",
    "another run is at work in this output folder (computer {host}, process {pid}, since {since}); run again when it "
    "has ended, or in {wait} s if it was broken off",
)
DISPLACED: Final = Text(
    "另一个运行（计算机 {host}，进程 {pid}）接管了这个输出文件夹，本次到此为止；请等它结束后再运行",
    "another run took over this output folder (computer {host}, process {pid}), so this one ends; run again when that "
    "one has ended",
)


class HeldError(WorkbookEngineError):
    """Another run is at work there."""


class Lease:
    """The object of one run. `read` gives its bytes, None where there is none; `write` puts them, `remove` takes it."""

    def __init__(
        self, read: Callable[[], bytes | None], write: Callable[[bytes], None], remove: Callable[[], None]
    ) -> None:
        self._read, self._write, self._remove = read, write, remove
        self._run = {
            "run": os.urandom(8).hex(), "host": socket.gethostname(), "pid": os.getpid(), "since": time.time(),
        }  # fmt: skip

    def take(self) -> None:
        """Say that this run is at work. Raises HeldError."""
        other = self._other()
        if other is not None and _is_alive(other):
            wait = max(1, round(SILENT_SECONDS - (time.time() - other["renewed"])))
            raise HeldError(_filled(AT_WORK, other, wait))
        self._put()

    def renew(self) -> None:
        """Say so again. Raises HeldError where another run has taken over."""
        other = self._other()
        if other is not None:
            raise HeldError(_filled(DISPLACED, other))
        self._put()

    def release(self) -> None:
        """Say that this run has ended."""
        if self._other() is None:
            self._remove()

    def _put(self) -> None:
        self._write(json.dumps({**self._run, "renewed": time.time()}).encode())

    def _other(self) -> dict[str, Any] | None:
        """Return what another run has written; what cannot be understood is nobody's."""
        content = self._read()
        try:
            found: dict[str, Any] | None = json.loads(content or b"null")
            return (
                None if found is None or found["run"] == self._run["run"] else {**found, "renewed": +found["renewed"]}
            )
        except (ValueError, KeyError, TypeError):
            return None


def _is_alive(run: dict[str, Any]) -> bool:
    if time.time() - run["renewed"] >= SILENT_SECONDS:
        return False
    if run["host"] != socket.gethostname() or os.name == "nt":
        return True
    try:
        os.kill(run["pid"], 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's process
        return True
    return True


def _filled(text: Text, run: dict[str, Any], wait: int = 0) -> Text:
    since = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(run.get("since", run["renewed"])))
    values = {"host": run.get("host", "?"), "pid": run.get("pid", "?"), "since": since, "wait": wait}
    return Text(text.zh.format(**values), text.en.format(**values))
