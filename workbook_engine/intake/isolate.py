"""One killable child process for work that can hang, eat the memory or abort: reused, and replaced when it dies.

`Child.call(function, *arguments)` runs a module's function in another interpreter and returns its result. The child
has a limit of memory, a wall clock and no core file, works in a private temporary directory that this side clears,
and ends with its parent. It is started by the interpreter's own command, not by fork, so it behaves alike on Windows
(where a memory limit does not exist) and in a program without an `if __name__ == "__main__"`.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import json
import os
import pickle
import shutil
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal, ParamSpec, TypeVar, cast

from workbook_engine.errors import WorkbookEngineError

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")

Reason = Literal["memory", "time", "crash"]
_HEADER = 8  # bytes of a message's length
_START_SECONDS = 60.0  # a starting interpreter that takes longer is not coming
_GRACE_SECONDS = 5.0  # after which a child ends itself, should its parent not
_PREFIX = "workbook-engine-"
_START = """
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from workbook_engine.intake.isolate import serve
serve()
"""


class ChildFailedError(WorkbookEngineError):
    """The child gave no result: it took too much memory or time, or it crashed. `detail` names an exception."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason: Reason = reason
        self.detail = detail


class Child:
    """A child process, started when first needed. Threads take turns."""

    def __init__(self, memory_bytes: int, seconds: float) -> None:
        self.memory_bytes = memory_bytes
        self.seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: Path | None = None
        self._owner = os.getpid()
        self._lock = threading.Lock()

    def call(self, function: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """Return `function(*arguments)`, computed in the child within its usual seconds: see call_within."""
        return self.call_within(self.seconds, function, *arguments, **named)

    def call_within(self, seconds: float, function: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """Return `function(*arguments)`, computed in the child. Function and arguments must be picklable.

        Raises ChildFailedError where the child gave no result, and what the function raised where it is one of ours.
        """
        if _in_child:  # one fence is enough: a worker of a folder's run is a child already
            return cast("T", _outcome(*_tried(function, arguments, named)))
        with self._lock:
            process = self._running()
            request = (function, arguments, named, seconds + _GRACE_SECONDS)
            kind, value = self._exchange(process, request, seconds)
            self._clear_folder()
        return cast("T", _outcome(kind, value))

    def _exchange(self, process: subprocess.Popen[bytes], request: object, seconds: float) -> tuple[str, Any]:
        """Return the child's answer; kill it where there is none in time, or where we are interrupted meanwhile."""
        timed_out = threading.Event()
        timer = threading.Timer(seconds, _kill, (process, timed_out))
        timer.daemon = True
        timer.start()
        try:
            _send(_pipe(process.stdin), request)
            kind, value = _receive(_pipe(process.stdout))
        except (EOFError, OSError) as error:
            self.close()
            raise ChildFailedError("time" if timed_out.is_set() else "crash") from error
        except BaseException:
            self.close()
            raise
        finally:
            timer.cancel()
        return kind, value

    def close(self) -> None:
        """End the child and remove its directory. The next call starts another."""
        process, self._process = self._process, None
        if process is not None and self._owner == os.getpid():
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    _pipe(pipe).close()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    @property
    def pid(self) -> int | None:
        """Return the process id, None where no child runs."""
        return self._process.pid if self._process else None

    def kill(self) -> None:
        """End the child at once, from any thread: a call that is on raises ChildFailedError."""
        process = self._process
        if process is not None:
            process.kill()

    def _running(self) -> subprocess.Popen[bytes]:
        """Return the child, started where there is none; its start does not count as time of the work."""
        if self._process is not None and self._process.poll() is None:
            return self._process
        import subprocess  # noqa: PLC0415 - a single workbook needs no child

        self.close()
        self._folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self._folder))
        path = json.dumps([str(Path(entry).resolve()) for entry in sys.path])
        self._process = process = subprocess.Popen(  # noqa: S603 - this interpreter, our own text
            [sys.executable, "-c", _START, path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._folder,
            env={**os.environ, **places},
        )
        self._exchange(process, self.memory_bytes, _START_SECONDS)
        return process

    def _clear_folder(self) -> None:
        for entry in self._folder.iterdir() if self._folder and self._folder.is_dir() else ():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry, ignore_errors=True)
            else:
                with contextlib.suppress(OSError):  # Windows removes no file that the child still has open
                    entry.unlink()


def _kill(process: subprocess.Popen[bytes], timed_out: threading.Event) -> None:
    timed_out.set()
    process.kill()


_CHILDREN: dict[tuple[int, int, float], Child] = {}


def shared_child(memory_bytes: int, seconds: float) -> Child:
    """Return this process's child of these limits; it ends with the process."""
    key = (os.getpid(), memory_bytes, seconds)  # a fork does not share its parent's pipes
    if key not in _CHILDREN:
        _CHILDREN[key] = Child(memory_bytes, seconds)
        atexit.register(_CHILDREN[key].close)
    return _CHILDREN[key]


def _outcome(kind: str, value: Any) -> Any:
    if kind == "result":
        return value
    if kind == "raised":
        raise value
    raise ChildFailedError("memory" if kind == "memory" else "crash", str(value))


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise EOFError
    return pipe


def _send(pipe: IO[bytes], message: object) -> None:
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    pipe.write(len(data).to_bytes(_HEADER, "little") + data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> Any:
    header = pipe.read(_HEADER)
    if len(header) < _HEADER:
        raise EOFError
    size = int.from_bytes(header, "little")
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return pickle.loads(data)  # noqa: S301 - from our own child or parent


# --- the child's side -------------------------------------------------------------------------------------------------


_in_child = False


def serve() -> None:
    """Answer calls until the parent is gone."""
    global _in_child  # noqa: PLW0603 - a fact of the whole process
    _in_child = True
    gc.set_threshold(50_000)  # as in cli.py
    requests, results = _private_pipes()
    try:
        _limit(int(_receive(requests)))
        _send(results, ("ready", None))
        while True:
            _send(results, _answer(*_receive(requests)))
    except (EOFError, OSError):
        _leave_nothing()


def _leave_nothing() -> None:
    """Remove the private directory: a parent that was killed no longer can."""
    folder = Path.cwd()
    if folder.name.startswith(_PREFIX):
        os.chdir(folder.parent)  # Windows removes no folder that a process stands in
        shutil.rmtree(folder, ignore_errors=True)


def _private_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Take the pipes for ourselves; whatever a library prints goes nowhere."""
    requests, results = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return requests, results


def _limit(memory_bytes: int) -> None:
    """Set what the platform has: address space, no core file, no interrupt meant for the parent."""
    import signal  # noqa: PLC0415 - the parent needs none of these

    for name in ("SIGINT", "SIGBREAK"):  # a console sends them to all its processes; the second is of Windows
        if name in signal.Signals.__members__:
            signal.signal(signal.Signals[name], signal.SIG_IGN)
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - POSIX only

        for kind, value in (
            (resource.RLIMIT_AS, memory_bytes),
            (resource.RLIMIT_FSIZE, memory_bytes),
            (resource.RLIMIT_CORE, 0),
        ):
            with contextlib.suppress(ValueError, OSError):  # macOS refuses some
                resource.setrlimit(kind, (value, value))


def _answer(function: Callable[..., object], arguments: Any, named: Any, last_seconds: float) -> tuple[str, object]:
    import faulthandler  # noqa: PLC0415

    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123
        faulthandler.dump_traceback_later(last_seconds, exit=True, file=nowhere)
        try:
            return _tried(function, arguments, named)
        finally:
            faulthandler.cancel_dump_traceback_later()


def _tried(function: Callable[..., object], arguments: Any, named: Any) -> tuple[str, object]:
    try:
        return "result", function(*arguments, **named)
    except WorkbookEngineError as error:
        return "raised", error
    except MemoryError:
        return "memory", ""
    except RecursionError:
        return "crash", "RecursionError"
    except Exception as error:  # noqa: BLE001 - the top of this process: libraries raise what they like on bad files
        return "crash", type(error).__name__
