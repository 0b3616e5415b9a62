"""汇总.xlsx and the tables: every file once, in figures, in links, in what to ask; right after whatever happened."""

from __future__ import annotations

import os
import shutil
import urllib.parse
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NoReturn

import openpyxl
import pandas as pd
import pytest

from tests.batch.folders import letters, run
from tests.batch.season import example, good, make, number
from tests.recalc import differences, ironcalc_values
from workbook_engine import batch
from workbook_engine.batch.ledger import Ledger, Rules
from workbook_engine.batch.overview import refresh
from workbook_engine.batch.record import Record
from workbook_engine.cli import main
from workbook_engine.placing import STATE

if TYPE_CHECKING:
    from pathlib import Path

HEADER = 4


def rows(path: Path, sheet: str) -> list[dict[str, Any]]:
    """Return the rows of a table of ours, by heading."""
    table = openpyxl.load_workbook(path)[sheet]
    headings = {cell.column: str(cell.value) for cell in table[HEADER] if cell.value}
    return [
        {headings[cell.column]: cell for cell in row if cell.column in headings} for row in table.iter_rows(HEADER + 1)
    ]


def values(path: Path, sheet: str) -> list[dict[str, Any]]:
    return [{heading: cell.value for heading, cell in row.items()} for row in rows(path, sheet)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight workbooks (the fourth faulty, the eighth hostile), one of them corrected since, with their results."""
    root = tmp_path_factory.mktemp("季度 #1 100%")
    season = make(root / "in", 8)
    late = root / "in" / "更正 0001.xlsx"
    late.write_bytes(good(example(), season[1].company, 40_000.0))
    os.utime(late, (2e9, 2e9))
    run(root / "in", root / "out")
    refresh(root / "out")
    return root


def test_every_workbook_is_a_row_with_its_figures(folder: Path) -> None:
    table = values(folder / "out" / "汇总.xlsx", "总览")
    assert len(table) == 9
    records = {o.record.file.rpartition("/")[2]: o.record for o in run(folder / "in", folder / "out")}
    assert {row["返回的工作簿"] for row in table} == set(records)
    for row in table:
        record = records[row["返回的工作簿"]]
        if record.status != "ok":
            continue
        (product,) = record.products
        assert row["碳足迹 kgCO2e"] == pytest.approx(product.cfp_kg_co2e, rel=1e-15)
        stages = ("原材料获取", "原材料运输", "产品生产", "成品运输", "产品处置")
        assert sum(row[stage] for stage in stages) == pytest.approx(product.cfp_kg_co2e, rel=1e-12)
        assert (row["仓储"], row["使用"]) == (None, None)  # outside the boundary, which is not 0
        assert row["结果性质"] == "部分产品碳足迹"


def test_a_copy_is_a_row_of_its_own_and_counts_for_nothing(tmp_path: Path) -> None:
    """The same bytes under two names are one answer: compared once, asked about once."""
    inbox, out = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    (inbox / "甲.xlsx").write_bytes(good(example(), "甲公司", 40_000.0))
    shutil.copy2(inbox / "甲.xlsx", inbox / "甲 - 副本.xlsx")  # of the same date, as the Explorer copies
    run(inbox, out)
    refresh(out)
    table = {row["返回的工作簿"]: row for row in values(out / "汇总.xlsx", "总览")}
    assert {name: row["状态"] for name, row in table.items()} == {"甲.xlsx": "完成", "甲 - 副本.xlsx": "副本"}
    assert table["甲 - 副本.xlsx"]["下一步"] == "与“甲.xlsx”内容相同，不另计"
    assert {row["返回的工作簿"] for row in values(out / "汇总.xlsx", "询问清单")} == {"甲.xlsx"}
    (letter,) = letters(out).values()
    assert letter.count("文件“") == letter.count("文件“甲.xlsx”") == 1
    assert [path.name for path in out.rglob("*碳足迹结果*.xlsx")] == ["甲-碳足迹结果.xlsx"]
    (inbox / "甲.xlsx").unlink()  # the other one is the answer then
    main(["run", str(inbox), "-o", str(out), "--lang", "zh"])
    table = {row["返回的工作簿"]: row for row in values(out / "汇总.xlsx", "总览")}
    assert {name: row["状态"] for name, row in table.items()} == {"甲.xlsx": "已移动", "甲 - 副本.xlsx": "完成"}
    assert table["甲.xlsx"]["下一步"] == "已移动或改名，现为“甲 - 副本.xlsx”"


def test_what_was_not_read_and_has_left_the_inbox_is_not_asked_for_for_ever(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    (inbox / "甲.xlsx").write_bytes(good(example(), "甲公司", 40_000.0))
    (inbox / "乙.xlsx").write_bytes(b"no workbook")
    run = ["run", str(inbox), "-o", str(out), "--lang", "zh"]
    assert main(run) == 1
    assert "重新提交" in {row["返回的工作簿"]: row for row in values(out / "汇总.xlsx", "总览")}["乙.xlsx"]["下一步"]
    assert len(letters(out)) == 2
    (inbox / "乙.xlsx").unlink()
    assert main(run) == 0
    row = {row["返回的工作簿"]: row for row in values(out / "汇总.xlsx", "总览")}["乙.xlsx"]
    assert (row["状态"], row["下一步"]) == ("已移走", "没有读成，原文件已移走，无需处理")
    assert {row["返回的工作簿"] for row in values(out / "汇总.xlsx", "询问清单")} == {"甲.xlsx"}
    said = [cell.value for line in openpyxl.load_workbook(out / "汇总.xlsx")["总览"].iter_rows() for cell in line]
    assert any("工作簿 2 个：完成 1，已移走 1。" in str(text) for text in said)
    assert list(letters(out)) == ["甲公司.txt"]
    (inbox / "乙.xlsx").write_bytes(good(example(), "乙公司", 20_000.0))  # sent again, under the same name
    assert main(run) == 0
    assert [row["状态"] for row in values(out / "汇总.xlsx", "总览")] == ["完成", "完成"]


def test_states_and_next_steps_are_said(folder: Path) -> None:
    table = {row["返回的工作簿"]: row for row in values(folder / "out" / "汇总.xlsx", "总览")}
    assert table["0003 返回 📊.xlsx"]["状态"] == "未完成"
    assert table["0003 返回 📊.xlsx"]["碳足迹 kgCO2e"] == "—"
    assert "询问清单" in table["0003 返回 📊.xlsx"]["下一步"]
    assert table["0007 返回 📊.xlsx"]["状态"] == "未读取"
    assert "重新提交" in table["0007 返回 📊.xlsx"]["下一步"]
    assert table["0001 返回 📊.xlsx"]["状态"] == "已被更正"
    assert table["更正 0001.xlsx"]["状态"] == "完成"


def test_every_link_leads_to_its_file(folder: Path) -> None:
    links = [
        cell.hyperlink.target
        for row in rows(folder / "out" / "汇总.xlsx", "总览")
        for cell in row.values()
        if cell.hyperlink
    ]
    assert len(links) == 9 + 8  # every returned workbook, and the results of all but the hostile one
    for link in links:
        assert "\\" not in link
        assert (folder / "out" / urllib.parse.unquote(link)).is_file(), link


def test_a_returned_workbook_on_another_drive_is_linked_by_its_whole_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def on_another_drive(*_: object) -> NoReturn:
        raise ValueError("path is on mount 'C:', start on mount 'D:'")  # as os.path.relpath of Windows says

    inbox, out = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    (inbox / "甲.xlsx").write_bytes(good(example(), "甲公司", 1.0))
    run(inbox, out)
    monkeypatch.setattr("workbook_engine.batch.overview.os.path.relpath", on_another_drive)
    refresh(out)
    (row,) = rows(out / "汇总.xlsx", "总览")
    assert urllib.parse.unquote(row["返回的工作簿"].hyperlink.target).endswith(f"{inbox.as_posix()}/甲.xlsx")


def test_products_are_compared_in_two_charts_without_what_was_corrected(folder: Path) -> None:
    path = folder / "out" / "汇总.xlsx"
    table = values(path, "产品对比")
    assert len([row for row in table if row["产品"]]) == 6  # of 9: one corrected, one faulty, one hostile
    with zipfile.ZipFile(path) as package:
        charts = [package.read(name) for name in package.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 2
    assert all(b'<c:min val="0"/>' in chart for chart in charts)  # totals that lie close together still start at zero
    assert differences(path, ironcalc_values(path)) == []


def test_a_chart_of_many_products_begins_a_page(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    for count in range(1, 10):  # eight are printed on one page with their table
        (inbox / f"{count}.xlsx").write_bytes(good(example(), f"第{count}公司", 1000.0 * count))
    run(inbox, out)
    page = openpyxl.load_workbook(refresh(out).path)["产品对比"]
    tops = [chart.anchor._from.row for chart in page._charts]  # 0-based: so many rows stand above it
    assert len(tops) == 2
    assert [mark.id for mark in page.row_breaks.brk] == tops


def test_names_on_the_axis_leave_room_for_the_bars_and_stay_apart(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, kwh in (("一", 40_000.0), ("二", 41_000.0)):
        (tmp_path / "in" / f"{name}.xlsx").write_bytes(good(example(), "一家名字很长的电气设备有限责任公司", kwh))
    run(tmp_path / "in", tmp_path / "out")
    refresh(tmp_path / "out")
    sheet = openpyxl.load_workbook(tmp_path / "out" / "汇总.xlsx")["产品对比"]
    column = next(cell.column for cell in sheet[HEADER] if cell.value == "图：名称")
    assert sorted(str(sheet.cell(row, column).value) for row in (HEADER + 1, HEADER + 2)) == ["一.xlsx", "二.xlsx"]
    letter, before = (openpyxl.utils.get_column_letter(at) for at in (column, column - 1))
    assert f":${before}$" in sheet.print_area  # what the charts are drawn from stands beside what is printed
    with zipfile.ZipFile(tmp_path / "out" / "汇总.xlsx") as package:
        charts = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 2
    assert all(f"!${letter}$5:${letter}$6</c:f>" in chart.partition("<c:cat>")[2] for chart in charts)


def test_the_overview_is_broken_beside_its_figures(folder: Path) -> None:
    sheet = openpyxl.load_workbook(folder / "out" / "汇总.xlsx")["总览"]
    headings = {cell.column: cell.value for cell in sheet[HEADER]}
    assert [headings[mark.id + 1] for mark in sheet.col_breaks.brk] == ["95% 下限", "结果工作簿"]
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage  # fitted to pages, programs would break it where they like
    width = sum(dimension.width for letter, dimension in sheet.column_dimensions.items() if not dimension.hidden)
    assert 50 <= sheet.page_setup.scale < 100
    assert width > 300


def test_questions_are_ordered_by_company_and_by_what_rests_on_them(folder: Path) -> None:
    table = values(folder / "out" / "汇总.xlsx", "询问清单")
    companies = [row["企业"] for row in table]
    assert companies == sorted(companies)
    faulty = [row for row in table if row["返回的工作簿"] == "0003 返回 📊.xlsx"]
    assert faulty[0]["类别"] == "须更正"
    rests = [row["涉及 kgCO2e"] or 0 for row in faulty if row["类别"] == "请核对"]
    assert rests == sorted(rests, reverse=True)
    assert rests[0] > 1000  # on the row of the purchased parts
    assert "0001 返回 📊.xlsx" not in {row["返回的工作簿"] for row in table}  # corrected: nothing to ask any more


def test_all_findings_are_listed(folder: Path) -> None:
    with Ledger(folder / "out") as ledger:
        expected = sum(len(entry.record.findings) for entry in ledger.entries())
    assert len(values(folder / "out" / "汇总.xlsx", "问题清单")) == expected > 20


def test_the_history_tells_what_a_correction_changed(folder: Path) -> None:
    table = values(folder / "out" / "汇总.xlsx", "提交记录")
    first = next(row for row in table if row["文件"] == "0001 返回 📊.xlsx")
    corrected = next(row for row in table if row["文件"] == "更正 0001.xlsx")
    assert corrected["更正序号"] == first["序号"]
    assert corrected["结果变化 kgCO2e"] == pytest.approx(corrected["碳足迹 kgCO2e"] - first["碳足迹 kgCO2e"], rel=1e-9)


def test_two_workbooks_of_one_study_that_came_at_once_are_a_question_and_no_mistake(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    for name, kwh in (("每套.xlsx", 10_000.0), ("全厂.xlsx", 20_000.0)):
        (inbox / name).write_bytes(good(example(), "甲公司", kwh))
    run(inbox, out)
    path = refresh(out).path
    table = {row["返回的工作簿"]: row for row in values(path, "总览")}
    assert [row["状态"] for row in table.values()] == ["完成", "完成"]
    assert "先定以哪一份为准（另有“全厂.xlsx”）" in table["每套.xlsx"]["下一步"]
    assert "先定以哪一份为准（另有“每套.xlsx”）" in table["全厂.xlsx"]["下一步"]
    compared = [row["产品"] for row in values(path, "产品对比") if row["产品"]]
    assert {name.rpartition(" · ")[2] for name in compared} == {"每套.xlsx", "全厂.xlsx"}
    for sheet in ("询问清单", "问题清单"):
        assert [row["代码"] for row in values(path, sheet)].count("came-at-once") == 2
    assert [row["更正序号"] for row in values(path, "提交记录")] == [None, None]


def test_the_overview_is_rebuilt_when_it_is_missing_or_behind_and_else_left_alone(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    (inbox / "a.xlsx").write_bytes(good(example(), "甲公司", 1.0))
    run(inbox, out)
    path = refresh(out).path
    before = path.read_bytes()
    path.touch()
    stamp = path.stat().st_mtime_ns
    refresh(out)
    assert path.stat().st_mtime_ns == stamp
    path.unlink()
    refresh(out)
    assert path.read_bytes() == before  # the same ledger, the same bytes
    (inbox / "b.xlsx").write_bytes(good(example(), "乙公司", 2.0))
    run(inbox, out)  # killed before the overview: the ledger is ahead of it
    refresh(out)
    assert len(values(path, "总览")) == 2


def test_an_overview_that_is_open_is_written_beside_and_put_right_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    (inbox / "a.xlsx").write_bytes(good(example(), "甲公司", 1.0))
    run(inbox, out)
    refresh(out)
    (inbox / "b.xlsx").write_bytes(good(example(), "乙公司", 2.0))
    run(inbox, out)
    from pathlib import Path as AnyPath  # noqa: PLC0415

    really = AnyPath.replace

    def locked(self: Path, target: Path) -> Path:
        if target.name == "汇总.xlsx":
            raise PermissionError(13, "in use")
        return really(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(AnyPath, "replace", locked)
        refreshed = refresh(out)
    assert (refreshed.path, refreshed.is_beside) == (out / "汇总 (2).xlsx", True)
    assert len(values(refreshed.path, "总览")) == 2
    assert refresh(out).path == out / "汇总.xlsx"
    assert len(values(out / "汇总.xlsx", "总览")) == 2
    assert not (out / "汇总 (2).xlsx").exists()


def test_texts_of_companies_stay_texts(tmp_path: Path) -> None:
    (tmp_path / STATE).mkdir()
    record = Record("/in/=1.xlsx", "aa", "rejected", company='=cmd|" /c calc"!A1', report_no="+1")
    with Ledger(tmp_path) as ledger:
        ledger.add(record, Rules("1", "1", "", ""))
        ledger.lies_at("/in/=1.xlsx", record, Rules("1", "1", "", ""))
    path = refresh(tmp_path).path
    assert [
        cell for row in openpyxl.load_workbook(path)["总览"].iter_rows() for cell in row if cell.data_type == "f"
    ] == []
    batch.write_tables(tmp_path, ["csv"])
    line = (tmp_path / "汇总.csv").read_text(encoding="utf-8-sig").splitlines()[1]
    assert line.startswith("\"'=cmd|")
    assert "'+1" in line


def test_tables_hold_the_same_figures_in_both_formats(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="the extra 'analysis' is not installed")
    out = tmp_path / "out"
    shutil.copytree(folder / "out", out)
    batch.write_tables(out, ["csv", "parquet"])
    csv, parquet = pd.read_csv(out / "汇总.csv"), pd.read_parquet(out / "汇总.parquet")
    assert len(csv) == len(parquet) == 9
    assert list(csv.columns) == list(parquet.columns)
    assert csv["cfp_kg_co2e"].dtype == parquet["cfp_kg_co2e"].dtype == "float64"
    pd.testing.assert_series_equal(csv["cfp_kg_co2e"], parquet["cfp_kg_co2e"], rtol=0, atol=0)
    assert csv["cfp_kg_co2e"].notna().sum() == 7
    assert csv["use_kg_co2e"].isna().all()
    assert len(pd.read_csv(out / "问题清单.csv")) == len(pd.read_parquet(out / "问题清单.parquet")) > 20


def test_parquet_without_pyarrow_is_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    assert main(["overview", str(folder / "out"), "--tables", "parquet", "--lang", "zh"]) == 2
    assert "workbook-engine[analysis]" in capsys.readouterr().err


def test_the_command_writes_the_overview_of_a_folder_and_not_of_one_workbook(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inbox = tmp_path / "in"
    inbox.mkdir()
    (inbox / "a.xlsx").write_bytes(good(example(), "甲公司", 1.0, **{number("4302"): number("4303")}))
    assert main(["run", str(inbox / "a.xlsx"), "-o", str(tmp_path / "one")]) == 0
    assert not (tmp_path / "one" / "汇总.xlsx").exists()
    assert main(["run", str(inbox), "-o", str(tmp_path / "all"), "--lang", "zh"]) == 0
    assert (tmp_path / "all" / "汇总.xlsx").is_file()
    assert "汇总.xlsx" in capsys.readouterr().out
    assert main(["overview", str(inbox), "--lang", "zh"]) == 2
    assert "处理台账" in capsys.readouterr().err


def test_a_folder_of_english_workbooks_has_an_english_overview(tmp_path: Path) -> None:
    (tmp_path / STATE).mkdir()
    record = Record("/in/a.xlsx", "aa", "rejected", language="en")
    with Ledger(tmp_path) as ledger:
        for sha256 in ("aa", "bb"):
            ledger.add(replace(record, sha256=sha256), Rules("1", "1", "", ""))
            ledger.lies_at(f"/in/{sha256}.xlsx", replace(record, sha256=sha256), Rules("1", "1", "", ""))
    assert openpyxl.load_workbook(refresh(tmp_path).path).sheetnames == [
        "Overview",
        "Questions",
        "Findings",
        "Submissions",
    ]
