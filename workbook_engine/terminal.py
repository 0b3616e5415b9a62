"""What the terminal can show: a table that fits its width, and the progress of a long run.

Written by hand because a single workbook's run is over before a library for terminals is imported.
"""

from __future__ import annotations

import functools
import math
import os
import shutil
import sys
import threading
import time
import unicodedata
from typing import TYPE_CHECKING, Final, Self, TextIO

from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from workbook_engine.texts import Language

BOLD, DIM, RESET = "\033[1m", "\033[2m", "\033[0m"
_BAR: Final = 24  # characters of the progress bar
_REDRAW_SECONDS: Final = 0.2
_WARM_SECONDS: Final = 3.0  # until a rate says how long the rest may take
_LINE_SECONDS: Final = 5.0  # between the plain lines where there is no terminal
_ENABLE_VIRTUAL_TERMINAL_PROCESSING: Final = 0x0004  # of SetConsoleMode (learn.microsoft.com, "SetConsoleMode")
PLAINER: Final = "workbook-engine.plainer"  # the name of an error handler of codecs
_PLAIN: Final = {
    "×": "x",
    "→": ">",
    "—": "-",
    "–": "-",
    "−": "-",
    "“": '"',
    "”": '"',
    "…": "~",
}
_NARROWEST: Final = 10  # columns that a text column keeps

PROGRESS = Text(
    "{done}/{total}  未能完成 {failed}  {rate}  剩余 {left}", "{done}/{total}  {failed} not ok  {rate}  {left} left"
)
STEP = Text("{step}… {seconds} 秒", "{step} … {seconds} s")
RATE = Text("{rate:.1f} 个/秒", "{rate:.1f}/s")
FINISHED = Text(
    "共 {total} 个文件，其中 {unchanged} 个未变化；用时 {seconds:.1f} 秒",
    "{total} files, {unchanged} of them unchanged; {seconds:.1f} s",
)


def as_json(document: object, stream: TextIO, indent: int | None = None) -> str:
    """Return a JSON document as a stream takes it: in UTF-8 as it is, in any other encoding with ASCII alone."""
    import json  # noqa: PLC0415 - only where it is asked for

    is_utf8 = (stream.encoding or "utf-8").lower().replace("-", "") == "utf8"
    return json.dumps(document, ensure_ascii=not is_utf8, indent=indent)


def plainer(error: UnicodeError) -> tuple[str, int]:
    r"""Have a stream write what its encoding lacks: m³ as m3, what has no plainer form as \uXXXX (a codecs handler)."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_plain(c, error.encoding) for c in error.object[error.start : error.end]), error.end


def _plain(character: str, encoding: str) -> str:
    forms = [unicodedata.normalize("NFKC", character), _PLAIN.get(character, character)]
    for form in forms:
        if form.encode(encoding, "ignore").decode(encoding) == form:
            return form
    return character.encode("ascii", "backslashreplace").decode("ascii")


def has_colours(stream: TextIO) -> bool:
    """Tell whether a stream is a terminal that understands colours (https://no-color.org)."""
    return is_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


if sys.platform == "win32":

    @functools.cache
    def is_terminal(stream: TextIO) -> bool:
        """Tell whether a stream is a terminal that obeys escape sequences: a console of Windows has to be asked to."""
        import ctypes  # noqa: PLC0415 - on Windows alone
        import msvcrt  # noqa: PLC0415

        if not stream.isatty():
            return False
        handle, mode = ctypes.c_void_p(msvcrt.get_osfhandle(stream.fileno())), ctypes.c_ulong()
        console = ctypes.windll.kernel32
        known = console.GetConsoleMode(handle, ctypes.byref(mode))
        return bool(known and console.SetConsoleMode(handle, mode.value | _ENABLE_VIRTUAL_TERMINAL_PROCESSING))
else:

    def is_terminal(stream: TextIO) -> bool:
        """Tell whether a stream is a terminal that obeys escape sequences."""
        return stream.isatty()


def styled(text: str, style: str, stream: TextIO) -> str:
    """Return the text in a style where the stream can show it."""
    return f"{style}{text}{RESET}" if has_colours(stream) else text


def harmless(text: str) -> str:
    """Return a company's text without control characters: a file name must not command the terminal."""
    return "".join(c if c.isprintable() or c == " " else " " for c in text)


def width(text: str, doubtful: int = 1) -> int:
    """Return how many columns a text takes: East Asian characters take two.

    `doubtful` is what “, …, ● and their like take: two in a Chinese console of Windows, else one.
    """
    return sum(_columns(character, doubtful) for character in text)


def _columns(character: str, doubtful: int) -> int:
    if unicodedata.combining(character):
        return 0
    return {"W": 2, "F": 2, "A": doubtful}.get(unicodedata.east_asian_width(character), 1)


def fitted(text: str, columns: int, doubtful: int = 1) -> str:
    """Return the text cut to so many columns, with an ellipsis where something is missing."""
    if width(text, doubtful) <= columns:
        return text
    taken, used = [], doubtful
    for character in text:
        used += _columns(character, doubtful)
        if used > columns:
            break
        taken.append(character)
    return "".join(taken) + "…"


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], numeric: frozenset[int], columns: int) -> list[str]:
    """Return the lines of a table in at most `columns` columns: the widest text columns are cut first.

    `numeric` holds the indices of the columns that are set to the right and never cut.
    """
    widths = [max(width(row[index]) for row in (headings, *rows)) for index in range(len(headings))]
    room = columns - 2 * (len(widths) - 1)
    while sum(widths) > room:
        longest = max((i for i in range(len(widths)) if i not in numeric), key=widths.__getitem__)
        if widths[longest] <= _NARROWEST:
            break
        widths[longest] = max(_NARROWEST, widths[longest] - (sum(widths) - room))
        others = max((widths[i] for i in range(len(widths)) if i not in numeric and i != longest), default=0)
        widths[longest] = max(widths[longest], min(others, room // 2))
        if sum(widths) > room and widths[longest] == others:
            widths[longest] -= 1
    return [
        "  ".join(_cell(text, widths[i], right=i in numeric) for i, text in enumerate(row)).rstrip()
        for row in (headings, ["-" * w for w in widths], *rows)
    ]


def _cell(text: str, columns: int, *, right: bool) -> str:
    text = fitted(text, columns)
    filling = " " * (columns - width(text))
    return filling + text if right else text + filling


def terminal_columns() -> int:
    """Return the width of the terminal; 120 where there is none."""
    return shutil.get_terminal_size((120, 24)).columns


class LiveLine:
    """A line that a thread draws again and again on a terminal, and that is gone at the end; elsewhere nothing."""

    def __init__(self, text: Callable[[], str], stream: TextIO | None = None) -> None:
        self._text = text
        self._stream = stream or sys.stderr
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        """Begin to draw."""
        if is_terminal(self._stream):
            self._thread = threading.Thread(target=self._keep_drawing, daemon=True)
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Clear the line."""
        if self._thread is not None:
            self._ended.set()
            self._thread.join()
            self._stream.write("\r\033[K")
            self._stream.flush()

    def _keep_drawing(self) -> None:
        while not self._ended.wait(_REDRAW_SECONDS):
            line = fitted(harmless(self._text()), terminal_columns() - 1, doubtful=2)
            self._stream.write(f"\r{line}\033[K")
            self._stream.flush()


class Steps(LiveLine):
    """What a command is doing, with the seconds since it began: a LiveLine that is told each step as it comes."""

    def __init__(self, language: Language, stream: TextIO | None = None) -> None:
        super().__init__(self.text, stream)
        self._language = language
        self._step = Text("", "")
        self._start = time.monotonic()

    def __call__(self, step: Text) -> None:
        """Say what is done from now on."""
        self._step = step

    def text(self) -> str:
        """Return the line."""
        seconds = int(time.monotonic() - self._start)
        return STEP.to(self._language).format(step=self._step.to(self._language), seconds=seconds)


class Progress:
    """The progress of a run: a line that is drawn again and again on a terminal, plain lines elsewhere.

    On a terminal it lives from the first second on, whether or not anything is done yet.
    """

    def __init__(self, total: int, language: Language, stream: TextIO | None = None) -> None:
        self.total = total
        self.done = self.failed = self.unchanged = 0
        self._file = ""
        self._first_at = math.inf  # when the first was worked on: the workers' own start is not held against the rest
        self._language = language
        self._stream = stream or sys.stderr
        self._is_terminal = is_terminal(self._stream)
        self._start = self._shown_at = time.monotonic()
        self._line = LiveLine(self._drawn, self._stream)

    def __enter__(self) -> Self:
        """Begin to draw; of one file there is nothing to see."""
        if self.total > 1:
            self._line.__enter__()
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        """Clear the line, and say what it came to where it was more than one file, unless nothing could be done."""
        self._line.__exit__()
        if self.total > 1 and (self.done or error is None):
            seconds = time.monotonic() - self._start
            text = FINISHED.to(self._language)
            print(text.format(total=self.done, unchanged=self.unchanged, seconds=seconds), file=self._stream)
        self._stream.flush()

    def advance(self, file: str, *, ok: bool, unchanged: bool) -> None:
        """Count a file that is done."""
        self.done += 1
        self.failed += not ok
        self.unchanged += unchanged
        self._file = file
        now = time.monotonic()
        if not unchanged:
            self._first_at = min(self._first_at, now)
        if not self._is_terminal and now - self._shown_at >= _LINE_SECONDS:
            self._shown_at = now
            print(self.text(now), file=self._stream, flush=True)

    def text(self, now: float) -> str:
        """Return the progress in words: done, failed, rate, time left (not before there is something to tell it by)."""
        worked, elapsed = self.done - self.unchanged, now - self._first_at
        rate = worked / elapsed if elapsed >= _WARM_SECONDS else 0.0
        return PROGRESS.to(self._language).format(
            done=self.done,
            total=self.total,
            failed=self.failed,
            rate=RATE.to(self._language).format(rate=rate) if rate else "…",
            left=_clock((self.total - self.done) / rate) if rate else "…",
        )

    def _drawn(self) -> str:
        full = _BAR * self.done // max(self.total, 1)
        return f"[{'#' * full}{'.' * (_BAR - full)}] {self.text(time.monotonic())}  {self._file}"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
