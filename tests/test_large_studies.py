"""Studies of very many lines: kept compactly they give the same file, byte for byte, and their memory is bounded."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path

import pytest

from tests.benchmarks.workbooks import examples, lines_workbook
from tests.results import studies
from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Finding
from workbook_engine.grid import Cell
from workbook_engine.intake import store
from workbook_engine.model import (
    ActivityLine,
    Basis,
    Dimension,
    Operation,
    Quantity,
    Stage,
    Step,
    columns,
    compact,
    packed,
)
from workbook_engine.model.submission import Record, packed_records
from workbook_engine.pipeline import process
from workbook_engine.results.compact_maps import CellNumbers, LineRows
from workbook_engine.results.words import NO_REASON, reason
from workbook_engine.texts import Text

LINES = int(os.environ.get("WORKBOOK_ENGINE_TEST_LINES", "20000"))
# What this Python, the libraries, the factor library and digests of fixed size take, and 0.88 kB for each line: 150 MB
# for 100,000.
MOST_MB = 62 + LINES * 0.00088

_CHILD = """
import sys
from pathlib import Path
from workbook_engine.pipeline import process
done = process(sys.argv[1], sys.argv[2])
assert done.status == "ok", done.status
status = Path("/proc/self/status").read_text()
print(int(status.partition("VmHWM:")[2].split()[0]) / 1024)
"""


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything count as very many: three items already."""
    for module, names in (
        (columns, ("FEW", "_BLOCK")),
        (compact, ("FEW", "_BLOCK")),
        (packed, ("_FEW", "_BLOCK")),
        (store, ("_FEW", "_BLOCK")),
    ):
        for name, size in zip(names, (3, 2), strict=True):
            monkeypatch.setattr(module, name, size)


@pytest.mark.parametrize("workbook", examples(), ids=lambda path: path.stem)
def test_compact_studies_give_the_same_file(workbook: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    usual = process(workbook, tmp_path / "usual")
    request.getfixturevalue("few")
    large = process(workbook, tmp_path / "large")
    assert isinstance(large.inventory and large.inventory.lines[0], ActivityLine)
    assert any(type(line) is compact.CompactLine for line in large.inventory.lines)
    assert large.findings == usual.findings
    assert Path(large.results[0]).read_bytes() == Path(usual.results[0]).read_bytes()


LINE = ActivityLine(
    id="RM-001",
    stage=Stage.RAW_MATERIAL_ACQUISITION,
    item="铜排",
    product="P1",
    flow=None,
    flow_typed="铜",
    amounts=(Quantity(1.5, CellRef("原材料", 7, 4), "1.5", "t"), Quantity(0.5, CellRef("原材料", 7, 5), "0.5", "t")),
    unit="t",
    steps=(
        Step(Operation.MULTIPLY, 1000.0, Text("换算", "conversion"), source="1 t = 1000 kg"),
        Step(Operation.DIVIDE, 0.8, Text("损耗", "loss"), CellRef("原材料", 7, 9), rule="1-x", cell_value=0.2),
    ),
    basis=Basis.PLANT_TOTAL,
    plant="F1",
    factor=None,
    where=CellRef("原材料", 7, 4),
    data_source="计量仪表",
    is_primary=True,
    remark="备注",
)


@pytest.mark.usefixtures("few")
def test_compact_line_stands_for_a_line() -> None:
    lines = compact.LineList()
    for number in range(4):
        lines.append(replace(LINE, id=f"RM-{number:03d}"))
    first = lines[0]
    assert type(first) is compact.CompactLine
    assert isinstance(first, ActivityLine)
    usual = replace(LINE, id="RM-000")
    assert first == usual
    assert usual == first
    for field in fields(ActivityLine):
        assert getattr(first, field.name) == getattr(usual, field.name), field.name
    assert first.amount == 2.0
    assert first.reference_amount == 2.0 * 1000.0 / 0.8
    assert first.variation == usual.variation == 0.5  # 1.5 and 0.5: mean 1, standard deviation 0.5
    changed = replace(first, item="铝排")
    assert type(changed) is ActivityLine
    assert changed == replace(usual, item="铝排")
    assert first != changed


@pytest.mark.usefixtures("few")
def test_lines_with_a_rating_of_their_own_stay_as_they_are() -> None:
    lines = compact.LineList()
    rated = replace(LINE, rung="line", stated_ratings={Dimension.TIME: Quantity(2.0, LINE.where, "2")})
    for line in (rated, LINE, rated, LINE):
        lines.append(line)
    assert [type(line) for line in lines] == [ActivityLine, compact.CompactLine, ActivityLine, compact.CompactLine]
    assert lines[0] is rated


@pytest.mark.usefixtures("few")
def test_packed_records() -> None:
    records = [
        Record(row, {"item": Cell("text", f"项目 {row}"), "amount": Cell("number", row / 3, "A1*2")})
        for row in range(5, 12)
    ]
    sequence = packed_records()
    for record in records:
        sequence.append(record)
    kept = sequence.settled()
    assert list(kept) == records
    assert len(kept) == 7
    assert [kept[index] for index in (0, 3, 6, -1, -7)] == [records[index] for index in (0, 3, 6, -1, -7)]
    assert kept[2:6:2] == tuple(records[2:6:2])
    with pytest.raises(IndexError):
        kept[7]


def test_rows_of_lines_and_numbers_of_cells() -> None:
    rows = LineRows({"RM-001": 0, "RM-002": 1, "EL-001": 2})
    rows["RM-002"] = 70_000
    rows["EL-001"] = 6
    assert dict(rows) == {"RM-002": 70_000, "EL-001": 6}
    assert "RM-001" not in rows
    assert "ST-001" not in rows
    numbers = CellNumbers()
    numbers["原材料", 1_048_576, 4] = 0.0
    numbers["原材料", 5, 4] = 1.25
    assert dict(numbers) == {("原材料", 1_048_576, 4): 0.0, ("原材料", 5, 4): 1.25}
    assert len(numbers) == 2
    assert numbers.find("原材料", 6, 4) is None
    assert ("生产", 5, 4) not in numbers


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of memory is read as Linux tells it")
def test_memory_of_a_large_study(tmp_path: Path) -> None:
    workbook = tmp_path / "large.xlsx"
    lines_workbook(workbook, LINES)
    ran = subprocess.run(
        [sys.executable, "-c", _CHILD, str(workbook), str(tmp_path / "out")],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[1],
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert float(ran.stdout) < MOST_MB


def test_a_line_without_a_result_says_the_errors_of_its_row() -> None:
    here, below = CellRef("原材料", 7, 4), CellRef("原材料", 8, 4)
    said = (
        Finding(catalogue.UNIT_MISMATCH, here),
        Finding(catalogue.REQUIRED_EMPTY, replace(here, column=9)),
        Finding(catalogue.UNIT_MISMATCH, replace(here, column=5)),  # a title is said once
        Finding(catalogue.NUMBER_APPROXIMATE, here),  # no error
        Finding(catalogue.CELL_ERROR, below),
    )
    job = studies.job(findings=said)
    titles = [catalogue.UNIT_MISMATCH.title.zh, catalogue.REQUIRED_EMPTY.title.zh]
    assert reason(job, here, "zh") == "；".join(titles)
    assert reason(job, below, "zh") == catalogue.CELL_ERROR.title.zh
    assert reason(job, replace(here, sheet="生产"), "zh") == NO_REASON.zh
