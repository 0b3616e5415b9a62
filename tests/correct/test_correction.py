"""The correction copy: the original stays, wrong cells are marked, and the copy reads again as the original does."""

from __future__ import annotations

import errno
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from example_workbooks import fill
from tests.office import converted
from workbook_engine import catalogue
from workbook_engine.cli import main
from workbook_engine.correct import correction_list, words
from workbook_engine.correction import write_correction
from workbook_engine.errors import ReadError, WriteError
from workbook_engine.findings import CellRef, Finding, Severity
from workbook_engine.pipeline import process, read_workbook

if TYPE_CHECKING:
    from workbook_engine.model import Submission

CASES = {case.folder: fill.HERE / case.folder / case.file for case in fill.CASES}
RED, YELLOW = (words.FILLS[grade] for grade in (Severity.ERROR, Severity.WARNING))


@pytest.fixture
def returned(tmp_path: Path) -> Path:
    """Return a workbook with an unknown unit, an approximate amount, a stray remark and a formula."""
    book = openpyxl.load_workbook(CASES["T410267-1_plant_totals"])
    production, disposal = book["产品生产"], book["产品处置"]
    production["E9"] = "约134189.3"
    production["F9"] = "箩"
    production["AA9"] = "另有柴油 500 kg"
    disposal["E8"] = "=20000+4150"
    disposal["E8"].comment = Comment("张工核过", "张三")
    path = tmp_path / "returned.xlsx"
    book.save(path)
    return path


def content(submission: Submission | None) -> dict[str, object]:
    """Return all that was bound, by place."""
    assert submission is not None
    tables = {
        f"{key} {table.sheet}!{record.row} {field}": cell.value
        for key, table in submission.tables.items()
        for record in table.records
        for field, cell in record.cells.items()
    }
    return tables | {
        f"{key} {entry.where}": entry.cell and entry.cell.value for key, entry in submission.fields.items()
    }


def values(submission: Submission | None) -> dict[str, list[dict[str, object]]]:
    """Return all that was bound, without places."""
    assert submission is not None
    tables = {
        key: [{field: cell.value for field, cell in record.cells.items()} for record in table.records]
        for key, table in submission.tables.items()
    }
    fields = [{key: entry.cell.value} for key, entry in submission.fields.items() if entry.cell is not None]
    return {**{key: rows for key, rows in tables.items() if rows}, "fields": sorted(fields, key=str)}


def corrected(path: Path, target: Path, **options: Any) -> Any:
    write_correction(path, target, **options)
    return openpyxl.load_workbook(target)


def test_the_original_is_not_touched(returned: Path, tmp_path: Path) -> None:
    before = returned.read_bytes(), returned.stat().st_mtime_ns
    write_correction(returned, tmp_path / "copy.xlsx")
    assert (returned.read_bytes(), returned.stat().st_mtime_ns) == before


def test_the_original_is_never_overwritten(returned: Path) -> None:
    with pytest.raises(WriteError, match="original"):
        write_correction(returned, returned)


def test_wrong_cells_are_coloured_and_say_what_to_do(returned: Path, tmp_path: Path) -> None:
    book = corrected(returned, tmp_path / "copy.xlsx")
    sheet = book["产品生产"]
    assert sheet["F9"].fill.start_color.rgb == RED
    assert sheet["F9"].comment.text.startswith("【须更正】单位“箩”无法识别。\n怎样改：")
    assert sheet["E9"].fill.start_color.rgb == YELLOW
    assert sheet["D9"].comment is None
    assert sheet["AA9"].fill.start_color.rgb == YELLOW


def test_the_list_stands_in_front_and_leads_to_the_cells(returned: Path, tmp_path: Path) -> None:
    book = corrected(returned, tmp_path / "copy.xlsx")
    sheet = book.worksheets[0]
    assert (sheet.title, book.active.title) == ("问题清单", "问题清单")
    rows = [row for row in sheet.iter_rows(min_col=2, max_col=9) if isinstance(row[0].value, int)]
    assert [row[0].value for row in rows] == list(range(1, len(rows) + 1))
    first = rows[0]
    assert [cell.value for cell in first[1:4]] == ["须更正", "产品生产!F9", "单位“箩”无法识别。"]
    assert first[2].hyperlink.location == "'产品生产'!F9"
    assert first[5].value == "箩"
    grades = [row[1].value for row in rows]
    assert grades == sorted(grades, key=["须更正", "请核对", "说明"].index)
    assert {row[2].value for row in rows} >= {"产品生产!E9", "产品生产!AA9", "产品处置!E8"}


def test_the_list_is_printed_with_its_name_and_page_numbers(returned: Path, tmp_path: Path) -> None:
    page = corrected(returned, tmp_path / "copy.xlsx")["问题清单"]
    assert page.oddHeader.right.text.endswith("&A")
    assert "&P" in page.oddFooter.right.text
    row = next(row for row in page.iter_rows(min_col=2, max_col=9) if row[0].value == 1)
    assert [cell.alignment.indent for cell in row] == [
        0,
        0,
        1,
        1,
        1,
        1,
        1,
        0,
    ]  # what is not centred keeps off the lines


def test_a_comment_of_the_company_stays(returned: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(returned)
    book["产品生产"]["F9"].comment = Comment("单位按箩计", "李四")
    book.save(returned)
    copy = corrected(returned, tmp_path / "copy.xlsx")
    assert copy["产品生产"]["F9"].comment.text.endswith("单位按箩计")
    assert copy["产品处置"]["E8"].comment.text.endswith("\n张工核过")  # below what is asked of it


@pytest.mark.parametrize("case", CASES)
def test_the_copy_is_read_as_the_original(case: str, tmp_path: Path) -> None:
    write_correction(CASES[case], tmp_path / "copy.xlsx")
    assert content(read_workbook(tmp_path / "copy.xlsx").submission) == content(read_workbook(CASES[case]).submission)
    before, after = process(CASES[case]), process(tmp_path / "copy.xlsx")
    assert after.footprint == before.footprint
    assert [f.code for f in after.findings] == [f.code for f in before.findings]


def test_a_copy_of_a_workbook_with_errors_and_formulas_is_read_as_the_original(returned: Path, tmp_path: Path) -> None:
    write_correction(returned, tmp_path / "copy.xlsx")
    assert content(read_workbook(tmp_path / "copy.xlsx").submission) == content(read_workbook(returned).submission)


def test_a_mended_copy_loses_its_marks(returned: Path, tmp_path: Path) -> None:
    """The company mends the cell in the copy and sends it back: what was marked looks as it did before."""
    filled = openpyxl.load_workbook(returned)
    filled["产品生产"]["AA9"].fill = PatternFill("solid", start_color="FF00FF00")
    filled.save(returned)
    copy = corrected(returned, tmp_path / "copy.xlsx")
    copy["产品生产"]["F9"] = "kWh"
    copy["产品生产"]["AA9"] = None
    copy.save(tmp_path / "mended.xlsx")
    again = corrected(tmp_path / "mended.xlsx", tmp_path / "again.xlsx")
    original = openpyxl.load_workbook(returned)
    for address in ("F9", "AA9"):
        cell = again["产品生产"][address]
        assert cell.comment is None
        assert cell.fill.start_color.rgb == original["产品生产"][address].fill.start_color.rgb
    assert again["产品生产"]["E9"].fill.start_color.rgb == YELLOW
    assert sum(sheet.title.startswith("问题清单") for sheet in again.worksheets) == 1


def test_empty_drawings_are_not_called_lost(tmp_path: Path) -> None:
    """The workbook that LibreOffice saved holds drawing parts with nothing in them; openpyxl does not write them."""
    assert read_workbook(CASES["T400104-14-2026"]).book.lossy_parts == ("drawings",)  # type: ignore[union-attr]
    done = write_correction(CASES["T400104-14-2026"], tmp_path / "copy.xlsx")
    assert done.lost_parts == ()
    said = [cell.value for row in openpyxl.load_workbook(tmp_path / "copy.xlsx").worksheets[0]["B2:B6"] for cell in row]
    assert not any("可能缺少" in str(sentence) for sentence in said)


def test_a_fresh_template_holds_what_was_read(returned: Path, tmp_path: Path) -> None:
    done = write_correction(returned, tmp_path / "fresh.xlsx", fresh=True)
    assert done.is_fresh
    fresh, original = read_workbook(tmp_path / "fresh.xlsx").submission, read_workbook(returned).submission
    assert values(fresh) == values(original)
    book = openpyxl.load_workbook(tmp_path / "fresh.xlsx")
    assert book["产品生产"]["F9"].fill.start_color.rgb == RED
    places = [row[2].value for row in book.worksheets[0].iter_rows(min_col=2, max_col=9)]
    assert "产品生产!F9" in places
    assert "原文件 产品生产!AA9" in places  # what nobody read cannot be in the new workbook: it is told


@pytest.mark.libreoffice
def test_a_file_that_cannot_be_annotated_gives_a_fresh_template(returned: Path, tmp_path: Path) -> None:
    old = converted([returned], "xls", tmp_path / "saved", tmp_path / "profile")[returned]
    done = write_correction(old, tmp_path / "copy.xlsx")
    assert done.is_fresh
    assert openpyxl.load_workbook(tmp_path / "copy.xlsx")["产品生产"]["F9"].fill.start_color.rgb == RED


def test_a_workbook_that_is_none_of_ours_gets_its_list(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "你好"
    book.save(tmp_path / "other.xlsx")
    copy = corrected(tmp_path / "other.xlsx", tmp_path / "copy.xlsx")
    assert copy.sheetnames == ["问题清单", "Sheet"]
    assert "找不到数据收集表" in str([cell.value for row in copy.worksheets[0].iter_rows() for cell in row])


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "photo.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    with pytest.raises(ReadError):
        write_correction(tmp_path / "photo.xlsx", tmp_path / "copy.xlsx")


def test_text_that_begins_like_a_formula_stays_text(returned: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(returned)
    cell = book["产品生产"]["F9"]
    cell.value, cell.data_type = "=cmd|' /C calc'!A0", "s"
    book.save(returned)
    write_correction(returned, tmp_path / "copy.xlsx")
    with zipfile.ZipFile(tmp_path / "copy.xlsx") as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_the_command_says_what_it_did(returned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "out" / "更正.xlsx"
    # To be checked: the approximate amount, the stray remark, the mass that is blank, the use stage left out.
    assert main(["correct", str(returned), "-o", str(target), "--lang", "zh"]) == 1
    assert capsys.readouterr().out.splitlines() == [str(target), "须更正 1 处，请核对 5 处"]
    assert main(["correct", str(tmp_path / "nothing.xlsx"), "-o", str(target)]) == 2
    assert main(["correct", str(CASES["T4000402"]), "-o", str(target)]) == 0


def test_the_copy_is_in_the_language_asked_for(returned: Path, tmp_path: Path) -> None:
    copy = corrected(returned, tmp_path / "copy.xlsx", language="en")
    assert copy.sheetnames[0] == "Corrections"
    assert copy["产品生产"]["F9"].comment.text.startswith("[Error] ")


def test_a_copy_that_is_open_in_excel_is_left_and_said(
    returned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_use(*_: object) -> NoReturn:
        raise PermissionError(errno.EACCES, "in use")  # what Windows says then

    folder = tmp_path / "out"
    folder.mkdir()
    target = folder / "更正.xlsx"
    target.write_bytes(b"an earlier copy")
    monkeypatch.setattr(Path, "replace", in_use)
    assert main(["correct", str(returned), "-o", str(target), "--lang", "zh"]) == 2
    assert target.name in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {target.name: b"an earlier copy"}


def test_what_only_the_consultant_can_answer_comes_after_what_the_company_is_asked() -> None:
    where = CellRef("产品生产", 9, 4)
    of_consultant = Finding(catalogue.ELECTRICITY_CO2_SERIES, where, {"factor": "甲"}, effect_kg_co2e=900.0)
    small = Finding(catalogue.NUMBER_APPROXIMATE, where, {"typed": "约3", "value": "3"}, effect_kg_co2e=1.0)
    error = Finding(catalogue.FACTOR_MISSING, where, {"flow": "甲", "reason": "", "available": ""})
    listed = correction_list([error, of_consultant, small], "zh", "a.xlsx")
    assert [item.severity.value for item in listed.items] == ["error", "warning", "warning"]
    assert [item.effect_kg_co2e for item in listed.items] == [None, 1.0, 900.0]


def test_a_note_on_the_method_is_not_the_companys() -> None:
    mine = Finding(catalogue.NUMBER_AS_TEXT, CellRef("产品生产", 9, 5), {"typed": "1", "value": "1"})
    method = Finding(catalogue.FACTOR_YEAR_LAG, None, {"data_year": 2025, "factor": "电力", "factor_year": 2024})
    warned = Finding(catalogue.FACTOR_OLDER_THAN_DATA, None, {**method.params, "newer": "—"})
    listed = correction_list([mine, method, warned], "zh", "a.xlsx")
    assert [item.problem.partition("，")[0] for item in listed.items] == ["数据是 2025 年的", "“1”是文本"]
    assert listed.counts[Severity.NOTE] == 1
    assert listed.left_out == 0
