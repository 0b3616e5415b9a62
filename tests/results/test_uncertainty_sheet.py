"""Uncertainty and sensitivity: live formulas from scores to intervals, and what each input moves."""

from __future__ import annotations

import math
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests import recalc
from tests.results import studies
from workbook_engine.results import write_results
from workbook_engine.results.package import called
from workbook_engine.widths import on_one_line, text_width

if TYPE_CHECKING:
    from pathlib import Path

SHEET, SCORES = "不确定性与敏感性", "数据质量评分"


def _one_line(path: Path) -> Path:
    """145.2147 kWh × 0.5777 alone: row 7 is its stage, row 8 the total; its scores stand in row 5."""
    base = studies.inventory()
    line = base.lines[0]
    boundary = {stage: replace(b, included=stage is line.stage) for stage, b in base.boundary.items()}
    write_results(path, studies.job(replace(base, lines=(line,), boundary=boundary)), language="zh")
    return path


# Amount: basic 0.0006, completeness 3 adds 0.0006, reliability 2 adds 0.0006 = 0.0018.
# Factor: basic 0.0006, technology 2 adds 0.0006, geography 5 adds 0.002, reliability 2 adds 0.0006 = 0.0038.
AMOUNT, FACTOR = 0.0018, 0.0038


def test_interval_of_one_line(tmp_path: Path) -> None:
    path = _one_line(tmp_path / "results.xlsx")
    values = recalc.ironcalc_values(path)
    gsd = math.exp(math.sqrt(AMOUNT + FACTOR))
    emission = 145.2147 * 0.5777
    assert [values[SHEET, f"{c}8"] for c in "CGHI"] == pytest.approx(
        [emission, gsd, emission / gsd**1.96, emission * gsd**1.96]
    )
    assert recalc.differences(path, values) == []


def test_a_worse_score_widens_the_interval(tmp_path: Path) -> None:
    path, changed = _one_line(tmp_path / "results.xlsx"), tmp_path / "changed.xlsx"
    recalc.change_cell(path, changed, SCORES, "I5", 5)  # reliability 2 -> 5: 0.04 in place of 0.0006
    values = recalc.ironcalc_values(changed)
    assert values[SHEET, "G8"] == pytest.approx(math.exp(math.sqrt(AMOUNT + FACTOR + 0.0394)))
    # DQR: the worse of amount and factor: technology 2, geography 5, time 1, completeness 3, reliability 5
    assert values[SHEET, "D8"] == pytest.approx((2 + 5 + 1 + 3 + 5) / 5)


def test_a_shared_factor_errs_for_all_its_lines_alike(tmp_path: Path) -> None:
    """Two equal lines of one factor: σ² = 2 (E/2E)² σ²a + σ²f; of two factors it would be half of both."""
    base = studies.inventory()
    line = base.lines[0]
    lines = (line, replace(line, id="RM-009"))
    boundary = {stage: replace(b, included=stage is line.stage) for stage, b in base.boundary.items()}
    path = tmp_path / "results.xlsx"
    write_results(path, studies.job(replace(base, lines=lines, boundary=boundary)), language="zh")
    assert recalc.ironcalc_values(path)[SHEET, "F8"] == pytest.approx(AMOUNT / 2 + FACTOR)
    other = replace(studies.EF_ELECTRICITY, id="another")
    apart = (line, replace(line, id="RM-009", factor=other))
    write_results(path, studies.job(replace(base, lines=apart, boundary=boundary)), language="zh")
    assert recalc.ironcalc_values(path)[SHEET, "F8"] == pytest.approx((AMOUNT + FACTOR) / 2)


def test_swings_follow_the_step(tmp_path: Path) -> None:
    path, changed = tmp_path / "results.xlsx", tmp_path / "changed.xlsx"
    write_results(path, studies.job(), language="zh")
    recalc.change_cell(path, changed, SHEET, "F3", 0.2)
    before, after = recalc.ironcalc_values(path), recalc.ironcalc_values(changed)
    swings = {(str(before.get((SHEET, f"C{row}"))), str(before.get((SHEET, f"B{row}")))): row for row in range(5, 60)}
    line = swings["数量", "RM-001 电流互感器等"]
    assert before[SHEET, f"G{line}"] == pytest.approx(0.1 * 145.2147 * 0.5777)
    assert after[SHEET, f"F{line}"] == pytest.approx(-0.2 * 145.2147 * 0.5777)
    # Output + 10 %: annual totals of the product ÷ 1.1; of the plant ÷ (1 + 0.1 × 2160/9660).
    product = (35_000 * 0.5777 + 1008 * 3.0959096373) / 2400
    plant = (134_189.3 * 0.5777 + 24_150 * 0.5777 + 1207.5 * 2.162188809) * 0.9 / 9660
    expected = product * (1 / 1.1 - 1) + plant * (1 / (1 + 0.1 * 2160 / 9660) - 1)
    output = next(row for (kind, _), row in swings.items() if kind == "产量")
    assert before[SHEET, f"G{output}"] == pytest.approx(expected, rel=1e-6)


def test_an_incomplete_study_is_not_assessed(tmp_path: Path) -> None:
    base = studies.inventory()
    lines = tuple(replace(line, factor=None) if line.id == "DI-001" else line for line in base.lines)
    path = tmp_path / "results.xlsx"
    write_results(path, studies.job(replace(base, lines=lines)), language="zh")
    numbers = [v for (sheet, cell), v in recalc.stored_values(path).items() if sheet == SHEET and cell != "F3"]
    assert not [value for value in numbers if isinstance(value, int | float)]


def test_without_an_assessment_its_sheets_are_absent(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    write_results(path, replace(studies.job(), assessment=None), language="zh")
    assert not {sheet for sheet, _ in recalc.stored_values(path)} & {SHEET, SCORES}


def test_a_name_too_long_for_the_axis_is_whole_in_the_table(tmp_path: Path) -> None:
    """The tornado takes a shorter one from a column beside what is printed."""
    name = "Cold-rolled galvanised steel sheet for the outer enclosure"
    base = studies.inventory()
    path = tmp_path / "results.xlsx"
    lines = (replace(base.lines[0], item=name), *base.lines[1:])
    write_results(path, studies.job(replace(base, lines=lines)), language="en")
    sheet = openpyxl.load_workbook(path)["Uncertainty and sensitivity"]
    (row,) = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 3).value == "Amount"
              and str(sheet.cell(row, 2).value).startswith("RM-001")]  # fmt: skip
    assert sheet.cell(row, 2).value == f"RM-001 {name}"
    assert sheet.cell(row, 2).alignment.wrap_text
    assert (sheet.row_dimensions[row].height or 0) > 25  # of two lines
    short = str(sheet.cell(row, 17).value)
    assert short == on_one_line(f"RM-001 {name}", 60)
    assert short.endswith("…")
    assert sheet.print_area.endswith(f"$M${sheet.max_row}")
    with zipfile.ZipFile(path) as package:
        charts = [package.read(part).decode() for part in package.namelist() if part.startswith("xl/charts/chart")]
    assert len([chart for chart in charts if f"<c:v>{short}</c:v>" in chart]) == 1


def test_a_latin_name_may_have_twice_as_many_letters_as_a_chinese_one_has_characters() -> None:
    for letter, most in (("a", 120), ("甲", 60)):
        assert called(letter * most) == letter * most
        assert called(letter * (most + 1)).endswith("…")


@pytest.mark.parametrize("name", ["甲" * 33_000, "very long " * 3_000, "两行\n名称" * 40])
def test_a_name_on_an_axis_is_one_short_line(name: str) -> None:
    shown = on_one_line(name, 60)
    assert text_width(shown) <= 60
    assert shown.endswith("…")
    assert "\n" not in shown


def test_a_name_that_fits_on_an_axis_stays_whole() -> None:
    assert on_one_line("RM-001 壳体、铜线铜排", 60) == "RM-001 壳体、铜线铜排"
