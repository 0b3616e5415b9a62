"""改进建议: what is said of a hotspot follows from what is used, by whom, and how well it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.books import line, returned
from tests.studies import write_book_results

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_engine.texts import Language

SECONDARY = {"quality": "次级数据"}
PRIMARY = {"quality": "初级数据"}


def _told(folder: Path, tables: dict[str, list[dict[str, object]]], language: Language = "zh") -> list[tuple[str, str]]:
    """Return words and subject of each suggestion, in their order, and the note below them."""
    path = folder / "results.xlsx"
    write_book_results(returned(tables), path, language)  # type: ignore[arg-type]
    sheet = openpyxl.load_workbook(path, data_only=True)["热点分析" if language == "zh" else "Hotspots"]
    head = "改进建议" if language == "zh" else "What would lower it"
    first = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 2).value == head) + 1
    rows = []
    while sheet.cell(first, 2).value:
        rows.append((str(sheet.cell(first, 2).value), str(sheet.cell(first, 3).value or "")))
        first += 1
    return rows


@pytest.mark.parametrize(
    ("stage", "used", "zh", "en"),
    [
        ("production", {}, "节约用电，或改用低碳电力", "Use less electricity, or electricity that emits less"),
        ("raw_material_acquisition", {}, "请供应商节约用电，或改用低碳电力",
         "Ask the supplier to use less electricity, or electricity that emits less"),
        ("use", {}, "降低使用中的耗电和损耗", "Lower the electricity and the losses in use"),
        ("production", {"flow": "天然气", "unit": "m³"}, "节约燃料，或改用排放更低的能源",
         "Burn less fuel, or use energy that emits less"),
        ("distribution", {"flow": "柴油", "unit": "kg", "part": "成品运输"},
         "缩短运距、提高装载率，或改用排放更低的运输方式",
         "Carry it less far, in fuller loads, or by a mode that emits less"),
        ("raw_material_acquisition", {"flow": "热轧碳钢宽带钢", "unit": "kg"}, "减少用量和损耗，或改用再生、低碳材料",
         "Use and lose less of it, or take recycled or low-carbon material"),
        ("production", {"flow": "HFC-134a", "unit": "kg"}, "减少泄漏，加强回收，或改用增温潜势更低的气体",
         "Let less of it escape, recover it, or take a gas of lower GWP"),
    ],
)  # fmt: skip
def test_what_to_do_follows_from_what_is_used_and_by_whom(
    tmp_path: Path, stage: str, used: dict[str, object], zh: str, en: str
) -> None:
    tables = {stage: [line(**used, **PRIMARY)]}
    assert [_told(tmp_path, tables)[0][0], _told(tmp_path, tables, "en")[0][0]] == [zh, en]


def test_secondary_data_are_to_be_measured_first(tmp_path: Path) -> None:
    told = _told(tmp_path, {"production": [line(**SECONDARY)]})
    assert told[0][0] == "节约用电，或改用低碳电力；现用次级数据，请先用实测数据核实"
    told = _told(tmp_path, {"production": [line(**SECONDARY)]}, "en")
    assert told[0][0].endswith("emits less; the data are secondary: measure them first")


def test_lines_that_use_the_same_are_told_together_by_what_they_use(tmp_path: Path) -> None:
    rows = [line(item="甲", amount=60, **PRIMARY), line(item="乙", amount=40, **SECONDARY)]
    told = _told(tmp_path, {"production": rows})
    assert told[0] == ("节约用电，或改用低碳电力", "电力（2 行：PR-001、PR-002）")
    assert told[-1][0].endswith("各条的效果可能重叠，不能相加。")


def test_what_one_line_makes_most_of_is_not_told_twice(tmp_path: Path) -> None:
    """Of 100 kWh one line has 94: both suggestions would be the same."""
    rows = [line(item="甲", amount=94, **PRIMARY), line(item="乙", amount=6, **PRIMARY)]
    told = _told(tmp_path, {"production": rows})
    assert [subject for _, subject in told[:-1]] == ["PR-001 甲", "PR-002 乙"]
