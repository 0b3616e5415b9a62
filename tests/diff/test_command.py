"""`diff`, and the sheet of a correction's results: live where it can be, and the same in every engine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.batch.season import KWH_FACTOR, OUTPUT, PRODUCTION_KWH, example, good, number
from tests.recalc import differences, ironcalc_values
from workbook_engine.cli import main
from workbook_engine.pipeline import process

if TYPE_CHECKING:
    from pathlib import Path

PARTS = example()
MORE_KWH = 10_000.0
EFFECT = MORE_KWH / float(OUTPUT) * KWH_FACTOR  # kWh ÷ annual output × the study's factor


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "一.xlsx", tmp_path / "二.xlsx"
    old.write_bytes(good(PARTS, "甲公司", float(PRODUCTION_KWH)))
    new.write_bytes(good(PARTS, "甲公司", float(PRODUCTION_KWH) + MORE_KWH))
    return old, new


def test_a_change_is_printed_with_its_cell_and_its_effect(
    two: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", *map(str, two), "--lang", "zh"]) == 0
    said = capsys.readouterr().out
    assert "10593.054 → 20593.054" in said
    assert f"+{EFFECT:.4f} kgCO2e（产品生产 +{EFFECT:.4f}）" in said
    assert "“—”" not in said
    assert "1,345.6139" in said


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh", "“—”：那一份还得不出结果，原因请用 workbook-engine check 查看那一份。"),
        ("en", "workbook-engine check on it tells why"),
    ],
)
def test_a_figure_that_is_not_known_points_to_check(
    two: tuple[Path, Path], capsys: pytest.CaptureFixture[str], language: str, told: str
) -> None:
    book = openpyxl.load_workbook(two[1])
    (cell,) = [c for row in book["产品生产"].iter_rows() for c in row if c.value == float(PRODUCTION_KWH) + MORE_KWH]
    cell.value = "待定"
    book.save(two[1])
    assert main(["diff", *map(str, two), "--lang", language]) == 0
    assert told in capsys.readouterr().out


def test_json_holds_every_digit(two: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", *map(str, two), "--json", "--lang", "zh"]) == 0
    document = json.loads(capsys.readouterr().out)
    (change,) = document["changes"]
    (cell,) = change["cells"]
    assert (cell["old"], cell["new"], cell["sheet"]) == ("10593.054", "20593.054", "产品生产")
    assert change["effects"][0]["stages"]["production"] == pytest.approx(EFFECT, rel=1e-9)
    (product,) = document["products"]
    assert product["new_kg_co2e"] - product["old_kg_co2e"] == pytest.approx(EFFECT, rel=1e-9)
    assert product["interaction"]["kg_co2e"] == pytest.approx(0, abs=1e-9)


def test_a_results_workbook_is_compared_by_its_inputs(
    two: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results = process(two[0], tmp_path / "out").results[0]
    assert main(["diff", results, str(two[0]), "--lang", "zh"]) == 0
    assert "没有改动" in capsys.readouterr().out
    assert main(["diff", results, str(two[1]), "--lang", "zh"]) == 0
    assert "20593.054" in capsys.readouterr().out


def test_what_cannot_be_read_is_said(
    two: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(two[0].read_bytes()[:1000])
    assert main(["diff", str(cut), str(two[1]), "--lang", "zh"]) == 1
    assert capsys.readouterr().err.startswith(f"workbook-engine: {cut}：文件损坏")
    assert main(["diff", str(two[0]), str(cut), "--lang", "zh"]) == 1
    assert capsys.readouterr().err.startswith(f"workbook-engine: {cut}：文件损坏")
    text = tmp_path / "text.xlsx"
    text.write_text("1,2", encoding="utf-8")
    assert main(["diff", str(text), str(cut), "--lang", "en"]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert [line.partition(".xlsx: ")[0] for line in lines] == [
        f"workbook-engine: {path.with_suffix('')}" for path in (text, cut)
    ]
    assert main(["diff", "nowhere.xlsx", str(cut), "--lang", "zh"]) == 2


@pytest.fixture
def corrected(two: tuple[Path, Path], tmp_path: Path) -> Path:
    """The results of a correction with several changes: an amount, the output, a unit that stops the result."""
    new = tmp_path / "三.xlsx"
    new.write_bytes(good(PARTS, "甲公司", 20_000.0, **{number(OUTPUT): number("4000")}))
    assert main(["diff", str(two[0]), str(new), "-o", str(tmp_path / "out"), "--lang", "zh"]) == 0
    (path,) = (tmp_path / "out").rglob("*.xlsx")
    return path


def test_the_sheet_agrees_with_an_independent_engine_and_adds_up(corrected: Path) -> None:
    assert differences(corrected, ironcalc_values(corrected)) == []
    sheet = openpyxl.load_workbook(corrected, data_only=True)["与上次提交的差异"]
    rows = {str(row[1].value): row for row in sheet.iter_rows()}
    total = next(row for row in sheet.iter_rows() if row[2].value == "合计")
    old, new, change = (cell.value for cell in total[3:6])
    assert new - old == pytest.approx(change, rel=1e-9)
    effects = [row[8].value for row in sheet.iter_rows() if row[1].value == "修改"]
    assert len(effects) == 2
    rest, whole = rows["交互影响"][8].value, rows["合计"][8].value
    assert [rows[word][7].value for word in ("交互影响", "合计")] == ["交互影响", "合计"]  # a second page begins there
    assert sum(effects) + rest == pytest.approx(change, rel=1e-9)
    assert whole == pytest.approx(change, rel=1e-9)
    assert abs(rest) > 0.01  # output and amount act on each other


def test_places_lead_to_the_cell_in_this_workbook(corrected: Path) -> None:
    book = openpyxl.load_workbook(corrected)
    sheet = book["与上次提交的差异"]
    links = [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert len(links) == 2
    for cell in links:
        name, _, place = cell.hyperlink.location.rpartition("!")
        assert book[name.strip("'")][place].value in {20_000, 4000}


def test_on_paper_before_stays_beside_now_and_a_second_page_begins_with_the_place(
    two: tuple[Path, Path], tmp_path: Path
) -> None:
    old, new = two
    book = openpyxl.load_workbook(new)
    (cell,) = [c for row in book["基本信息"].iter_rows() for c in row if c.value == float(OUTPUT)]
    cell.value = 2 * float(OUTPUT)  # every stage moves, and has a column
    book.save(new)
    sheet = openpyxl.load_workbook(process(new, tmp_path / "out", previous=old).results[0])["与上次提交的差异"]
    (header,) = [[str(c.value) for c in row] for row in sheet.iter_rows() if row[1].value == "改动"]
    (mark,) = sheet.col_breaks.brk  # the last column of the first page
    assert header[mark.id] == "位置"
    assert sheet.page_setup.scale
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage  # or the break goes for nothing
    note = str(sheet["B3"].value)
    assert "。" in note
    assert "。 " not in note
