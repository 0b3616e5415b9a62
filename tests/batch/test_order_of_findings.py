"""What moves the result most is said first, in the same order on the terminal, in 问题清单, 询问 and 询问清单."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.batch.folders import letters
from workbook_engine.cli import main
from workbook_engine.pipeline import process

EXAMPLES = Path(__file__).parents[2] / "example_workbooks"
# What a clerk typed, and the cells of what comes first for it. Electricity of T4000402, kgCO2e per unit: 原材料获取!8
# 1317, 产品处置!8 5.5, 产品生产!9 1.3.
BROKEN = {
    "nothing": ("T4000402", {}, ["原材料获取!D8", "原材料获取!D8", "产品处置!D8", "产品处置!D8", "产品生产!D9"]),
    "two estimates": ("T4000402", {"产品处置!E8": "约44418", "产品生产!E9": "约10593"}, ["原材料获取!D8"]),
    "a small estimate": ("T400104-14-2026", {"产品生产!E9": "约4520"}, ["产品生产!E9"]),
    "two errors": ("T400104-14-2026", {"产品生产!E9": "待定", "产品生产!F10": "箱"}, ["产品生产!E9", "产品生产!F10"]),
    "all at once": (
        "T4000402",
        {"产品生产!E9": "见附件", "成品运输!F9": "约1.2万", "产品处置!D8": None},
        ["产品生产!E9"],
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_moves_the_result_most_comes_first_everywhere(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    example, typed, first = BROKEN[case]
    (source,) = (EXAMPLES / example).glob("*.xlsx")
    book = openpyxl.load_workbook(source)
    for place, value in typed.items():
        sheet, _, cell = place.partition("!")
        book[sheet][cell] = value
    inbox, out = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    returned = inbox / "a.xlsx"
    book.save(returned)

    findings = [finding for finding in process(returned).findings if finding.severity.value != "note"]
    assert [str(finding.where) for finding in findings][: len(first)] == first
    main(["run", str(inbox), "-o", str(out), "--lang", "zh"])
    terminal = capsys.readouterr().out
    (letter,) = letters(out).values()
    (results,) = out.rglob("a-碳足迹结果.xlsx")
    listed = _sentences(results, "问题清单")
    asked = _sentences(out / "汇总.xlsx", "询问清单")
    told = [finding.sentence("zh") for finding in findings]
    for said in (listed, asked):
        assert _is_in_order([each for each in said if each in told], told)
    for said in (terminal, letter):
        at = [(said.index(sentence), sentence) for sentence in told if sentence in said]
        assert _is_in_order([sentence for _, sentence in sorted(at)], told)
        assert at


def _sentences(path: Path, sheet: str) -> list[str]:
    rows = list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))
    (heading,) = [row for row in rows if "问题" in row]
    return [str(row[heading.index("问题")]) for row in rows]


def _is_in_order(said: list[str], told: list[str]) -> bool:
    """Tell whether sentences come as they first come in `told`."""
    places = [told.index(sentence) for sentence in dict.fromkeys(said)]
    return bool(places) and places == sorted(places)
