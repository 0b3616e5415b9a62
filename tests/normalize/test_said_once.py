"""What holds of a factor or of a sheet is said once, however many lines it concerns: findings take room and time."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.books import Answers, line, returned
from tests.studies import process_book

LINES = 2_000
_FEW = 3  # of one kind: a first line may be of another factor than those that follow
_LEG: Answers = {"flow": None, "amount": None, "unit": None, "mass": 80, "mass_unit": "kg", "distance_km": 500}


@pytest.mark.parametrize(
    ("table", "changes"),
    [
        ("production", {"flow": "柴油", "unit": "kg"}),
        ("production", {"flow": "柴油", "unit": "L"}),
        ("production", {"flow": "天然气", "unit": "m³"}),
        ("production", {}),  # electricity, of which the newest factor is older than the data
        ("production", {"flow": "自来水", "unit": "t"}),
        ("production", {"flow": "六氟化硫", "unit": "kg"}),
        ("raw_material_acquisition", {"flow": "冷轧钢板", "unit": "kg"}),
        ("raw_material_transport", _LEG | {"mode": "轻型柴油货车"}),
        ("raw_material_transport", _LEG | {"mode": "18吨货车"}),
    ],
)
def test_two_thousand_like_lines_are_told_as_few(table: str, changes: Answers) -> None:
    lines = {table: [line(item=f"第{number}项", **changes) for number in range(LINES)]}
    done = process_book(returned({"production": [line(amount=5000)], **lines}))
    assert len(done.inventory.lines) >= LINES
    told = Counter(finding.code for finding in done.findings)
    assert {code: count for code, count in told.items() if count > _FEW} == {}


def test_what_is_wrong_at_each_line_is_told_at_each() -> None:
    lines = [line(item="铜件", flow="铜排", unit="kg") for _ in range(20)]
    done = process_book(returned({"production": [line()], "raw_material_acquisition": lines}))
    missing = {finding.where for finding in done.findings if finding.code == "factor-missing"}
    assert len(missing) == len(lines)
