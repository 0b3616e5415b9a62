"""Tables fit the terminal, Chinese counts double, progress is said in words."""

from __future__ import annotations

import io

import pytest

from workbook_engine.terminal import Progress, fitted, harmless, table, width

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
    said = progress.text(progress._start + 20)
    assert said == "50/100  未能完成 5  2.0 个/秒  剩余 0:25"  # 40 worked on in 20 s; 50 left at 2 a second


def test_where_there_is_no_terminal_lines_are_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    stream, clock = io.StringIO(), iter(range(0, 100, 3))
    monkeypatch.setattr("workbook_engine.terminal.time.monotonic", lambda: float(next(clock)))
    progress = Progress(4, "en", stream)
    for _ in range(4):
        progress.advance("a.xlsx", ok=True, unchanged=False)
    progress.finish()
    assert stream.getvalue().splitlines() == [
        "2/4  0 not ok  0.3/s  0:06 left",
        "4/4  0 not ok  0.3/s  0:00 left",
        "4 files, 0 of them unchanged; 15.0 s",
    ]
