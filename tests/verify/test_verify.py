"""verify: a results workbook as written is sound; what was changed in it is named."""

from __future__ import annotations

import json
import re
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests import recalc
from tests.books import line, returned
from tests.studies import write_book_results
from tests.verify.editing import rewrite
from workbook_engine.cli import main
from workbook_engine.errors import ResultsError
from workbook_engine.verify import AROUND, ENGINE, IRONCALC, LIBREOFFICE, Check, verify

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_engine.texts import Text


@pytest.fixture
def results(tmp_path: Path) -> Path:
    path = tmp_path / "results.xlsx"
    write_book_results(returned({"production": [line(), line(amount=12)]}), path)
    return path


def _check(path: Path, name: str) -> Check:
    return next(check for check in verify(path).checks if check.name == name)


def _cells(check: Check) -> set[tuple[str, str]]:
    return {(found.sheet, found.cell) for found in check.differences}


def test_a_workbook_as_written_is_sound(results: Path) -> None:
    verification = verify(results)
    assert verification.is_sound
    assert verification.formulas > 50
    assert all(check.largest < 1e-9 for check in verification.checks)


@pytest.mark.libreoffice
def test_libreoffice_is_asked_too(results: Path) -> None:
    assert _check(results, LIBREOFFICE).was_made


def test_a_figure_that_does_not_follow_from_its_formula_is_named(results: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.xlsx"
    amount = write_book_results(returned({"production": [line()]}), results).inventory.lines[0].amounts[0].where
    recalc.change_cell(results, changed, amount.sheet, str(amount.cell), 500.0)  # the figures of before stay
    check = _check(changed, IRONCALC)
    assert ("结果摘要", "B6") in _cells(check)


def test_a_formula_that_was_overwritten_is_named(results: Path, tmp_path: Path) -> None:
    total = next(c for (s, c), f in recalc.formula_cells(results).items() if s == "结果摘要" and f.startswith("=SUM(C"))
    value = recalc.stored_values(results)["结果摘要", total]
    changed = tmp_path / "changed.xlsx"
    recalc.change_cell(results, changed, "结果摘要", total, float(str(value)))  # the same figure, typed
    assert not _check(changed, IRONCALC).differences
    (found,) = _check(changed, ENGINE).differences
    assert (found.sheet, found.cell) == ("结果摘要", total)
    assert found.expected.startswith("=SUM(")


def test_a_factor_that_was_overwritten_is_named(results: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.xlsx"
    recalc.change_cell(results, changed, "排放因子", "F5", 0.4)
    assert ("排放因子", "F5") in _cells(_check(changed, ENGINE))


def test_what_is_no_results_workbook_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "text.xlsx"
    text.write_text("no workbook", encoding="utf-8")
    with pytest.raises(ResultsError):
        verify(text)
    with pytest.raises(ResultsError):
        verify(tmp_path / "missing.xlsx")


def test_the_command_says_so(results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(results), "--lang", "zh"]) == 0
    assert "一致" in capsys.readouterr().out
    changed = tmp_path / "changed.xlsx"
    recalc.change_cell(results, changed, "排放因子", "F5", 0.4)
    assert main(["verify", str(changed), "--lang", "en"]) == 1
    assert "排放因子!F5" in capsys.readouterr().out
    assert main(["verify", str(changed), "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert document["sound"] is False
    assert {check["name"] for check in document["checks"]} == {IRONCALC, LIBREOFFICE, ENGINE, AROUND}


def test_a_terminal_is_told_what_takes_time_and_a_pipe_is_not(
    results: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said: list[Text] = []
    monkeypatch.setattr("workbook_engine.terminal.Steps.__call__", lambda _, step: said.append(step))
    assert main(["verify", str(results), "--lang", "zh"]) == 0
    assert [step.zh for step in said] == [
        "正在读取",
        "正在用 ironcalc 重算",
        "正在由原始数据重新核算并逐格比较",
        "正在用 LibreOffice 重算",
    ]
    assert capsys.readouterr().err == ""


def test_what_was_changed_is_told_before_what_follows_from_it(results: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.xlsx"
    amount = write_book_results(returned({"production": [line()]}), results).inventory.lines[0].amounts[0].where
    recalc.change_cell(results, changed, amount.sheet, str(amount.cell), 500.0)
    check = _check(changed, IRONCALC)
    assert [(found.sheet, found.cell) for found in check.differences if not found.follows] == [("归一化", "G5")]
    assert len(check.differences) > 50


def test_the_verdict_says_what_it_means(results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(results), "--lang", "zh"]) == 0
    assert "结论：完好" in capsys.readouterr().out
    changed = tmp_path / "changed.xlsx"
    recalc.change_cell(results, changed, "产品生产", _amount(results), 500.0)
    assert main(["verify", str(changed), "--lang", "zh"]) == 1
    said = capsys.readouterr().out
    assert "结论：不完好" in said
    assert "由此而不一致" in said
    assert all(len(text) < 250 for text in said.splitlines())


def _amount(results: Path) -> str:
    """Return the cell of the first line's amount."""
    return recalc.formula_cells(results)["归一化", "G5"].rpartition("!")[2].replace("$", "")


@pytest.mark.libreoffice
def test_a_mended_and_recalculated_workbook_is_told_as_such(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A factor was overwritten and all recalculated: figures follow from formulas, but not from the data."""
    changed = tmp_path / "changed.xlsx"
    recalc.change_cell(results, changed, "排放因子", "F5", 0.4)
    saved = recalc.recalculate([changed], tmp_path) / changed.name
    assert main(["verify", str(saved), "--lang", "zh"]) == 1
    said = capsys.readouterr().out
    assert "排放因子!F5：文件中 0.4，应为 0.5777" in said
    assert "结论：数值与公式相符，但" in said


def test_a_stored_value_that_was_removed_is_told_in_words(
    results: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    changed = tmp_path / "changed.xlsx"
    part = recalc.sheet_parts(results)["归一化"]
    with zipfile.ZipFile(results) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", data, count=1) if name == part else data)
    assert main(["verify", str(changed), "--lang", "zh"]) == 1
    said = capfd.readouterr().out
    assert "归一化!G5：文件中 （空），应为 10" in said
    assert main(["verify", str(changed), "--json"]) == 1
    json.loads(capfd.readouterr().out)  # native code prints of such a cell; the document is all there is


def test_an_input_sheet_that_was_deleted_is_named(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.load_workbook(results)
    del book["产品生产"]
    changed = tmp_path / "changed.xlsx"
    book.save(changed)
    assert main(["verify", str(changed), "--lang", "zh"]) == 1
    assert "产品生产：缺少此工作表" in capsys.readouterr().out


def test_without_the_companys_sheets_nothing_is_called_sound(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Formulas that agree with their values prove nothing of a workbook whose inputs are gone."""
    book = openpyxl.load_workbook(results)
    for sheet in book.worksheets:
        if not str(sheet["A1"].value).startswith("wbe:results:"):
            del book[sheet.title]
    changed = tmp_path / "changed.xlsx"
    book.save(changed)
    assert not verify(changed).is_sound
    assert main(["verify", str(changed), "--lang", "zh"]) == 1
    said = capsys.readouterr().out
    assert "企业数据表已不全" in said
    assert "未安装" not in said.partition("由原始数据重新核算")[2]


def test_what_only_rounding_tells_apart_is_sound(tmp_path: Path) -> None:
    """A scenario that moves 0.000002 of 12,841 kgCO2e: the difference of two totals has few digits in any program."""
    path = tmp_path / "results.xlsx"
    for number in range(12):
        amounts = (12345.678 + number / 7, 9876.54321 + number / 3, 0.0000123 + number * 1e-7)
        lines = [line(item=name, amount=amount) for name, amount in zip("甲乙丙", amounts, strict=True)]
        scenario = {"scenario": "少用", "target": "PR-003", "change": "数量乘以", "value": 0.8}
        write_book_results(returned({"production": lines, "scenarios": [scenario]}), path)
        assert not _check(path, IRONCALC).differences


def test_a_small_difference_that_was_changed_is_named_all_the_same(tmp_path: Path) -> None:
    path, changed = tmp_path / "results.xlsx", tmp_path / "changed.xlsx"
    lines = [line(amount=12345.678), line(item="乙", amount=1.0)]
    scenario = {"scenario": "少用", "target": "PR-002", "change": "数量乘以", "value": 0.8}
    write_book_results(returned({"production": lines, "scenarios": [scenario]}), path)
    (cell,) = (c for (s, c), f in recalc.formula_cells(path).items() if s == "情景" and f == "=D8-D7")
    part = recalc.sheet_parts(path)["情景"]
    pattern = rf'(r="{cell}"[^>]*><f>[^<]*</f><v>)([^<]*)'.encode()
    rewrite(path, changed, {part: lambda data: re.sub(pattern, lambda at: at[1] + b"-0.11554001", data)})
    assert ("情景", cell) in _cells(_check(changed, IRONCALC))
    assert ("情景", cell) in _cells(_check(changed, ENGINE))
