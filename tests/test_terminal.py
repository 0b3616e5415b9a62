"""Tables fit the terminal, Chinese counts double, progress is said in words."""

from __future__ import annotations

import io
import time
import unicodedata

import pytest

from workbook_engine.report import MARKS
from workbook_engine.terminal import Progress, Steps, fitted, harmless, table, width
from workbook_engine.texts import Text

HEADINGS = ("文件", "产品", "数")
ROWS = (("一个很长很长很长的文件名.xlsx", "分支箱", "1.5"), ("b.xlsx", "环网箱", "12,345.6789"))


def test_chinese_takes_two_columns() -> None:
    assert width("表a") == 3
    assert width("e\u0301") == 1
    assert fitted("分支箱与环网箱", 7) == "分支箱…"


@pytest.mark.parametrize("columns", [40, 60, 200])
def test_a_table_fits_and_keeps_its_numbers_whole(columns: int) -> None:
    lines = table(HEADINGS, ROWS, frozenset({2}), columns)
    assert all(width(line) <= columns for line in lines)
    assert [line.split()[-1] for line in lines[2:]] == ["1.5", "12,345.6789"]
    assert {width(line) for line in lines[2:]} == {width(lines[1])}  # numbers end in one column


def test_a_name_cannot_command_the_terminal() -> None:
    assert harmless("a\x1b[2Jb\r\nc\u202ed") == "a [2Jb  c d"


def test_progress_is_said_in_words() -> None:
    progress = Progress(100, "zh", io.StringIO())
    for n in range(50):
        progress.advance("a.xlsx", ok=n > 4, unchanged=n < 10)
    said = progress.text(progress._first_at + 20)
    assert said == "50/100  未能完成 5  2.0 个/秒  剩余 0:25"  # 40 worked on in 20 s; 50 left at 2 a second


def test_the_time_left_is_not_guessed_from_the_first_workbook() -> None:
    progress = Progress(200, "zh", io.StringIO())
    progress.advance("a.xlsx", ok=True, unchanged=False)
    assert progress.text(progress._first_at + 1).endswith("…  剩余 …")
    assert progress.text(progress._first_at + 10).endswith("剩余 33:10")


def test_where_there_is_no_terminal_lines_are_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    stream, clock = io.StringIO(), iter(range(0, 100, 3))
    monkeypatch.setattr("workbook_engine.terminal.time.monotonic", lambda: float(next(clock)))
    with Progress(4, "en", stream) as progress:
        for _ in range(4):
            progress.advance("a.xlsx", ok=True, unchanged=False)
    assert stream.getvalue().splitlines() == [
        "2/4  0 not ok  0.7/s  0:03 left",
        "4/4  0 not ok  0.4/s  0:00 left",
        "4 files, 0 of them unchanged; 15.0 s",
    ]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_life_before_anything_is_done() -> None:
    stream = Terminal()
    with Progress(3, "zh", stream):
        for _ in range(100):
            if "0/3" in stream.getvalue():
                break
            time.sleep(0.05)
    assert "[........................] 0/3" in stream.getvalue()
    assert stream.getvalue().endswith("\r\033[K共 0 个文件，其中 0 个未变化；用时 " + stream.getvalue()[-6:])


def test_progress_stays_on_one_line_of_a_chinese_console_of_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which gives “, … and ● two columns: a line that runs over is not drawn over again, but below."""
    monkeypatch.setattr("workbook_engine.terminal.terminal_columns", lambda: 80)
    stream = Terminal()
    with Progress(3, "zh", stream) as progress:
        progress.advance("“甲”——①号·分支箱×2…" * 5 + ".xlsx", ok=True, unchanged=False)
        time.sleep(0.5)
    drawn = [part for part in stream.getvalue().split("\r") if "①" in part]
    assert drawn
    wide = sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in drawn[0].partition("\033")[0])
    assert 60 < wide < 80


def test_table_and_signs_are_such_as_a_chinese_console_of_windows_shows_in_their_columns() -> None:
    for line in (*table(HEADINGS, ROWS, frozenset({2}), 200), *MARKS.values()):
        assert line.encode("cp936").decode("cp936") == line
    assert set(table(HEADINGS, ROWS, frozenset({2}), 200)[1]) == {"-", " "}


def test_a_command_of_some_seconds_tells_a_terminal_what_it_does_and_leaves_nothing_behind() -> None:
    stream = Terminal()
    with Steps("zh", stream) as steps:
        steps(Text("正在用 LibreOffice 重算", "Recalculating"))
        for _ in range(100):
            if "重算" in stream.getvalue():
                break
            time.sleep(0.05)
    assert "\r正在用 LibreOffice 重算… 0 秒\033[K" in stream.getvalue()
    assert stream.getvalue().endswith("\r\033[K")
    silent = io.StringIO()
    with Steps("zh", silent):
        time.sleep(0.5)
    assert silent.getvalue() == ""


def test_of_one_workbook_a_terminal_shows_no_progress() -> None:
    stream = Terminal()
    with Progress(1, "zh", stream) as progress:
        time.sleep(0.5)
        progress.advance("a.xlsx", ok=True, unchanged=False)
    assert stream.getvalue() == ""
