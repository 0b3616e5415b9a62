"""A consultant's own layout: names are filled in, formulas stay, what does not fit is said."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.drawing.image import Image
from openpyxl.workbook.defined_name import DefinedName

from tests import recalc
from tests.books import line, returned
from tests.houses import layout
from tests.results.wood import KILN, POWER, TAKEN_UP, pallet
from tests.studies import write_book_results
from workbook_engine import drawings
from workbook_engine.cli import main
from workbook_engine.house import Filled, check_layout, fill_layout
from workbook_engine.house.layout import _losses
from workbook_engine.model import Appearance
from workbook_engine.pipeline import process

if TYPE_CHECKING:
    from pathlib import Path

LOGO = bytes.fromhex(  # a PNG of one pixel
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fccfc0500f000485018052dd93"
    "2e0000000049454e44ae426082"
)


def _house(path: Path, names: dict[str, str], cells: dict[str, object]) -> Path:
    layout(names, cells).save(path)
    return path


def _filled(tmp_path: Path, names: dict[str, str], cells: dict[str, object]) -> tuple[Filled, Path]:
    results, target = tmp_path / "results.xlsx", tmp_path / "filled.xlsx"
    write_book_results(returned({"production": [line(item="=1+1"), line(amount=300)]}), results)
    house = _house(tmp_path / "house.xlsx", names, cells)
    return fill_layout(house, process(results), target, "zh"), target


def test_figures_go_to_their_names_and_formulas_stay(tmp_path: Path) -> None:
    names = {"result_total": "$B$2", "result_P1_unit": "$C$2", "result_production_share": "$B$3"}
    filled, target = _filled(tmp_path, names, {"B5": "=B2*1000", "A1": "产品碳足迹"})
    assert filled == Filled(tuple(sorted(names)), ())
    sheet = openpyxl.load_workbook(target)["报告"]
    assert sheet["B2"].value == pytest.approx(400 * 0.5777)
    assert sheet["B3"].value == pytest.approx(1)
    assert sheet["B5"].value == "=B2*1000"
    assert recalc.ironcalc_values(target)["报告", "B5"] == pytest.approx(400 * 0.5777 * 1000)


def test_a_table_is_written_by_its_keys_and_text_stays_text(tmp_path: Path) -> None:
    names = {"result_lines": "$A$4:$C$4", "result_total": "$B$1", "result_unit": "$C$1"}
    _, target = _filled(tmp_path, names, {"A4": "{item}", "B4": "{kg_co2e}", "C4": "合计"})
    sheet = openpyxl.load_workbook(target)["报告"]
    assert (sheet["A4"].value, sheet["A4"].data_type) == ("=1+1", "s")
    assert [sheet[f"B{row}"].value for row in (4, 5)] == [pytest.approx(100 * 0.5777), pytest.approx(300 * 0.5777)]
    assert sheet["C4"].value == "合计"


def test_what_is_unknown_or_missing_is_said(tmp_path: Path) -> None:
    names = {"result_totl": "$B$2", "result_unit": "$B$3:$C$9"}
    filled, _ = _filled(tmp_path, names, {})
    said = [remark.en for remark in filled.remarks]
    assert filled.names == ()
    assert any(text.startswith("result_totl: there is no result") for text in said)
    assert any(text.startswith("result_unit: is not a cell") for text in said)
    assert any(text.startswith("result_P1_total: the layout has no place") for text in said)


def test_a_table_moves_what_stands_below(tmp_path: Path) -> None:
    _, target = _filled(tmp_path, {"result_lines": "$A$4:$B$4"}, {"A4": "{item}", "B4": "{share}", "A5": "以上为明细"})
    sheet = openpyxl.load_workbook(target)["报告"]
    assert [sheet[cell].value for cell in ("A5", "A6", "A7")] == ["生产用电", "以上为明细", None]


def test_biogenic_co2_has_names_of_its_own(tmp_path: Path) -> None:
    names = {"result_total": "$B$1", "result_unit": "$C$1", "result_biogenic_removed": "$B$2"}
    names |= {"result_biogenic_emitted": "$B$3", "result_P1_without_biogenic": "$B$4"}
    write_book_results(pallet(to_the_grave=False), tmp_path / "results.xlsx")
    house = _house(tmp_path / "house.xlsx", names, {})
    assert fill_layout(house, process(tmp_path / "results.xlsx"), tmp_path / "filled.xlsx", "zh").remarks == ()
    sheet = openpyxl.load_workbook(tmp_path / "filled.xlsx")["报告"]
    assert [sheet[f"B{row}"].value for row in (1, 2, 3, 4)] == pytest.approx([POWER - 33, -TAKEN_UP, KILN, POWER])
    _, target = _filled(tmp_path, names, {})
    assert [openpyxl.load_workbook(target)["报告"][f"B{row}"].value for row in (2, 3, 4)] == ["—", "—", "—"]


def test_an_incomplete_result_is_a_dash(tmp_path: Path) -> None:
    results, target = tmp_path / "results.xlsx", tmp_path / "filled.xlsx"
    write_book_results(returned({"production": [line(flow="独角兽毛")]}), results)
    house = _house(tmp_path / "house.xlsx", {"result_total": "$B$2"}, {})
    fill_layout(house, process(results), target, "zh")
    assert openpyxl.load_workbook(target)["报告"]["B2"].value == "—"


@pytest.fixture
def run_with_layout(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Return a returned workbook, a layout that lacks the unit, and the folder for results."""
    returned_book = tmp_path / "returned.xlsx"
    write_book_results(returned({"production": [line()]}), returned_book)
    return returned_book, _house(tmp_path / "版式.xlsx", {"result_total": "$B$2"}, {}), tmp_path / "out"


def test_a_run_fills_the_layout_beside_the_results(run_with_layout: tuple[Path, Path, Path]) -> None:
    book, house, out = run_with_layout
    assert main(["run", str(book), "-o", str(out), "--layout", str(house), "--lang", "zh"]) == 0
    (filled,) = out.rglob("*-版式.xlsx")
    assert list(filled.parent.glob("*-碳足迹结果.xlsx"))
    assert openpyxl.load_workbook(filled)["报告"]["B2"].value == pytest.approx(100 * 0.5777)


def test_what_a_layout_lacks_is_a_finding_of_the_run(
    run_with_layout: tuple[Path, Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    book, house, out = run_with_layout
    assert main(["run", str(book), "-o", str(out), "--layout", str(house), "--json"]) == 0
    (workbook,) = json.loads(capsys.readouterr().out)["workbooks"]
    (gap,) = (finding for finding in workbook["findings"] if finding["code"] == "layout-gap")
    assert "result_P1_unit" in gap["message"]
    assert len(workbook["results"]) == 2


def test_a_second_run_with_the_layout_changes_nothing_and_a_changed_layout_does(
    run_with_layout: tuple[Path, Path, Path],
) -> None:
    book, house, out = run_with_layout
    arguments = ["run", str(book), "-o", str(out), "--layout", str(house)]
    main(arguments)
    main([*arguments, "--again"])
    assert len(list(out.rglob("*-版式*.xlsx"))) == 1
    _house(house, {"result_total": "$C$2", "result_unit": "$D$2"}, {})
    main(arguments)
    assert len(list(out.rglob("*-版式*.xlsx"))) == 2


def test_a_layout_that_cannot_be_filled_costs_no_results(
    run_with_layout: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    book, house, out = run_with_layout
    monkeypatch.setattr(drawings, "load", lambda _: openpyxl.load_workbook("no such file"))
    done = process(book, out, appearance=Appearance(layout=str(house)))
    assert [finding.code for finding in done.findings if finding.code.startswith("layout")] == ["layout-not-filled"]
    assert len(done.results) == 1


def test_a_layout_that_is_no_workbook_is_said_before_anything_is_done(
    run_with_layout: tuple[Path, Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    book, house, out = run_with_layout
    house.write_bytes(b"no workbook")
    assert main(["run", str(book), "-o", str(out), "--layout", str(house), "--lang", "zh"]) == 2
    assert "workbook-engine:" in capsys.readouterr().err
    assert not out.exists()


def test_a_name_that_is_nearly_right_is_helped(tmp_path: Path) -> None:
    filled, _ = _filled(tmp_path, {"result_production": "$B$2", "result_totl": "$B$3", "result_unit": "$B$4"}, {})
    said = [remark.zh for remark in filled.remarks]
    assert "result_production：没有这个名称的结果；相近的有 result_production_kg、result_production_share" in said
    assert any(text.startswith("result_totl：没有这个名称的结果；相近的有 result_total") for text in said)


def test_what_a_layout_loses_is_named_in_words(tmp_path: Path) -> None:
    house, results = (
        _house(tmp_path / "house.xlsx", {"result_total": "$B$2", "result_unit": "$C$2"}, {}),
        tmp_path / "r.xlsx",
    )
    with zipfile.ZipFile(house, "a") as package:
        package.writestr("xl/slicers/slicer1.xml", b"")
    write_book_results(returned({"production": [line()]}), results)
    (lost, *_) = fill_layout(house, process(results), tmp_path / "filled.xlsx", "zh").remarks
    assert lost.zh == "版式含有填写时会丢失的内容：切片器"
    assert lost.en == "the layout holds what is lost when it is filled in: slicers"


def test_a_column_that_a_table_does_not_have_is_said(tmp_path: Path) -> None:
    names = {"result_lines": "$A$4:$C$4", "result_total": "$B$1", "result_unit": "$C$1"}
    filled, target = _filled(tmp_path, names, {"A4": "{item}", "B4": "{emission}", "C4": "合计"})
    assert [remark.zh for remark in filled.remarks] == ["result_lines：表格没有 {emission} 这一列"]
    assert openpyxl.load_workbook(target)["报告"]["B4"].value == "—"


def test_a_logo_and_a_chart_stay_and_are_not_called_lost(tmp_path: Path) -> None:
    house, results, target = tmp_path / "house.xlsx", tmp_path / "r.xlsx", tmp_path / "filled.xlsx"
    logo = tmp_path / "logo.png"
    logo.write_bytes(LOGO)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "报告"
    sheet.add_image(Image(str(logo)), "A1")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=4, max_row=8))
    sheet.add_chart(chart, "E5")
    for name, place in (("total", "$B$2"), ("unit", "$C$2")):
        book.defined_names[f"result_{name}"] = DefinedName(f"result_{name}", attr_text=f"'报告'!{place}")
    book.save(house)
    write_book_results(returned({"production": [line()]}), results)
    filled = fill_layout(house, process(results), target, "zh")
    assert filled.remarks == ()
    with zipfile.ZipFile(target) as package:
        assert {"xl/charts/chart1.xml", "xl/media/image1.png"} <= set(package.namelist())

    shaped = tmp_path / "shaped.xlsx"
    with zipfile.ZipFile(house) as old, zipfile.ZipFile(shaped, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/drawings/drawing1.xml":  # a text box beside the picture
                box = b"<twoCellAnchor><from/><to/><sp><nvSpPr/></sp><clientData/></twoCellAnchor></wsDr>"
                data = data.replace(b"</wsDr>", box)
            new.writestr(name, data)
    assert b"<sp>" in zipfile.ZipFile(shaped).read("xl/drawings/drawing1.xml")
    (lost,) = _losses(shaped, check_layout(shaped), openpyxl.load_workbook(house))
    assert lost.zh == "版式含有填写时会丢失的内容：图形（“报告” 1 个）"


def test_figures_without_a_format_look_as_in_the_results(tmp_path: Path) -> None:
    names = {"result_total": "$B$1", "result_unit": "$C$1", "result_production_share": "$B$2", "result_dqr": "$B$3",
             "result_low": "$B$5", "result_lines": "$A$7:$C$7"}  # fmt: skip
    _, target = _filled(tmp_path, names, {"A7": "{item}", "B7": "{kg_co2e}", "C7": "{share}"})
    sheet = openpyxl.load_workbook(target)["报告"]
    formats = [sheet[cell].number_format for cell in ("B1", "B2", "B3", "B5", "B7", "C8", "C1")]
    assert formats == ["#,##0.0000", "0.00%", "0.00", "#,##0.0000", "#,##0.0000", "0.00%", "General"]
