"""The sheet of a Monte Carlo run: figures as drawn, how they were drawn, and whether they are of this study still."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import recalc
from tests.books import line, returned
from tests.studies import write_book_results
from workbook_engine.compute import assess
from workbook_engine.model import Sampling, Stage

if TYPE_CHECKING:
    from pathlib import Path

SHEET = "蒙特卡洛"
SAMPLING = Sampling(5_000, 42)


def column_of(values: recalc.Values, text: str) -> dict[str, object]:
    """Return the row of cells that begins with a text in column B, by column letter."""
    row = next(cell[1:] for (sheet, cell), value in values.items() if (sheet, value, cell[0]) == (SHEET, text, "B"))
    return {letter: values.get((SHEET, f"{letter}{row}")) for letter in "CDEFGHI"}


def test_without_a_run_there_is_no_such_sheet(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    write_book_results(returned(), path)
    assert SHEET not in recalc.sheet_parts(path)


def test_the_figures_are_those_of_the_run_and_say_how_they_were_drawn(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    tables = {"production": [line()], "use": [line(amount=300, data_source="估算", quality="次级数据")]}
    outcome = write_book_results(returned(tables), path, sampling=SAMPLING)
    run = assess(outcome.inventory, outcome.footprint, sampling=SAMPLING).monte_carlo
    assert run is not None
    draws = run.products[0]
    values = recalc.ironcalc_values(path)
    for title, sampled in (("合计", draws.total), ("使用", draws.stages[Stage.USE])):
        row = column_of(values, title)
        assert [row[c] for c in "DEFG"] == pytest.approx([sampled.mean, sampled.median, sampled.low, sampled.high])
    assert column_of(values, "合计")["C"] == pytest.approx(400 * 0.5777)  # computed: live from the summary
    texts = [value for (sheet, _), value in values.items() if sheet == SHEET and isinstance(value, str)]
    assert any("5,000 次" in text and "42" in text and "PCG64" in text for text in texts)
    largest = column_of(values, "PR-001 生产用电")["D"], column_of(values, "US-001 生产用电")["D"]
    assert isinstance(largest[0], float)
    assert isinstance(largest[1], float)
    assert largest[1] > largest[0]
    assert recalc.differences(path, values) == []


def test_a_changed_input_says_that_the_run_is_out_of_date(tmp_path: Path) -> None:
    path, changed = tmp_path / "results.xlsx", tmp_path / "changed.xlsx"
    outcome = write_book_results(returned(), path, sampling=SAMPLING)
    where = outcome.inventory.lines[0].amounts[0].where
    assert where.cell is not None
    recalc.change_cell(path, changed, where.sheet, where.cell, 250)
    before, after = (recalc.ironcalc_values(file) for file in (path, changed))
    assert before[SHEET, "B6"] == "抽样结果与当前数值一致。"
    assert "重新运行" in str(after[SHEET, "B6"])
    assert column_of(after, "合计")["C"] == pytest.approx(250 * 0.5777)


def test_an_incomplete_product_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    write_book_results(returned({"production": [line(flow="独角兽毛")]}), path, sampling=SAMPLING)
    values = recalc.ironcalc_values(path)
    assert not any(sheet == SHEET and isinstance(value, float) for (sheet, _), value in values.items())


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.xlsx", "b.xlsx")]
    for path in paths:
        write_book_results(returned(), path, sampling=SAMPLING)
    assert paths[0].read_bytes() == paths[1].read_bytes()
