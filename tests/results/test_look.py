"""How the results workbook looks: figures that say what they are, headings, charts that hold for every study."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests import recalc
from tests.books import line, returned
from tests.studies import written
from workbook_engine.results.widths import text_width

if TYPE_CHECKING:
    from pathlib import Path


def _widths(path: Path, sheet: str) -> dict[int, float]:
    """Return column -> width; openpyxl keeps only the first of columns that share one."""
    found: dict[int, float] = {}
    for dimension in openpyxl.load_workbook(path)[sheet].column_dimensions.values():
        found |= dict.fromkeys(range(dimension.min, dimension.max + 1), dimension.width)
    return found


def test_a_pure_gas_is_its_own_part_whatever_its_factor_is_changed_to(tmp_path: Path) -> None:
    lines = [
        line(item="充气", flow="SF6", amount=0.002, unit="kg"),  # × 25,200 = 50.4 (AR6)
        line(item="制冷", flow="HFC-134a", amount=0.01, unit="kg"),  # × 1,530 = 15.3
        line(item="发泡", flow="HCFC-141b", amount=0.1, unit="kg"),  # × 860 = 86
        line(item="用电", amount=10),  # × 0.5777, whose parts are not published
    ]
    path = written(returned({"production": lines}), tmp_path / "results.xlsx")
    values = recalc.ironcalc_values(path)
    assert recalc.differences(path, values) == []
    rows = {str(v): cell[1:] for (sheet, cell), v in values.items() if sheet == "温室气体分列" and cell[0] == "B"}
    gases = {gas: values["温室气体分列", f"D{rows[gas]}"] for gas in ("HFCs", "SF6", "其他含氟气体", "未区分")}
    assert gases == pytest.approx({"HFCs": 15.3, "SF6": 50.4, "其他含氟气体": 86.0, "未区分": 5.777})

    printed = next(f"F{cell[1:]}" for (sheet, cell), v in values.items() if sheet == "排放因子" and v == "GWP-AR6-SF6")
    recalc.change_cell(path, tmp_path / "trial.xlsx", "排放因子", printed, 23500.0)
    trial = recalc.ironcalc_values(tmp_path / "trial.xlsx")
    assert trial["温室气体分列", f"D{rows['SF6']}"] == pytest.approx(47.0)
    assert trial["温室气体分列", f"D{rows['未区分']}"] == pytest.approx(5.777)


def test_a_heading_does_not_leave_its_last_bracket_on_a_line_of_its_own(tmp_path: Path) -> None:
    lines = [line(), line(flow="柴油", unit="kg"), line(flow="甲烷（非化石）", unit="kg")]
    path = written(returned({"production": lines}), tmp_path / "results.xlsx")
    widths = {name: _widths(path, name) for name in ("排放因子", "温室气体分列")}
    book = openpyxl.load_workbook(path)
    for name, header in (("排放因子", 4), ("温室气体分列", 5)):
        sheet = book[name]
        for cell in sheet[header]:
            width = widths[name][cell.column]
            for words in str(cell.value or "").split("\n"):
                over = text_width(words) + 1 - width
                assert not (words.endswith("）") and 0 < over <= 4), (name, cell.coordinate, words, width)
