"""What to ask each company, as text: complete, in order, up to date, and in nobody's way."""

from __future__ import annotations

import errno
import io
import os
from dataclasses import replace
from pathlib import Path

import msoffcrypto.format.ooxml
import openpyxl
import pytest

from tests.batch.folders import letters, litter, run
from tests.batch.season import OUTPUT, PRODUCTION_KWH, example, good, number
from workbook_engine.batch.ledger import Ledger, Rules
from workbook_engine.batch.overview import refresh
from workbook_engine.batch.record import FindingRecord, Record
from workbook_engine.cli import main
from workbook_engine.placing import STATE
from workbook_engine.texts import Text

RULES = Rules("1", "1", "", "")
LIBRARY = Path(__file__).parents[2] / "templates" / "factor_library.xlsx"


def finding(severity: str, word: str, effect: float | None = None, cell: str = "B2") -> FindingRecord:
    message = Text(f"表!{cell}: {word}。", f"表!{cell}: {word}.")
    return FindingRecord(word, severity, "表", cell, Text("题", "t"), message, Text("请改。", "Mend it."), effect)


def enter(out: Path, *records: Record) -> None:
    (out / STATE).mkdir(exist_ok=True)
    with Ledger(out) as ledger:
        for record in records:
            ledger.add(record, RULES)
            ledger.lies_at(f"/in/{record.file}", record, RULES)


def test_a_letter_asks_what_forbids_a_result_first_and_then_by_effect(tmp_path: Path) -> None:
    findings = (
        finding("note", "一条说明"),
        finding("warning", "小", 1.0),
        finding("warning", "大", -50.0),
        finding("error", "缺", None),
        finding("error", "错", 3.0, "C5"),
    )
    enter(tmp_path, Record("甲.xlsx", "aa", "incomplete", findings, company="甲公司"))
    assert refresh(tmp_path).letters == ("询问/甲公司.txt",)
    text = letters(tmp_path)["甲公司.txt"]
    assert text.splitlines()[0] == "甲公司："
    assert [line for line in text.splitlines() if line[:1].isdigit() or line.endswith("：")] == [
        "甲公司：",
        "须更正，否则得不出结果：",
        "1. 表!C5: 错。请改。",
        "2. 表!B2: 缺。请改。",
        "请核对：",
        "1. 表!B2: 大。请改。",
        "2. 表!B2: 小。请改。",
    ]
    assert (tmp_path / "询问" / "甲公司.txt").read_bytes().startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in (tmp_path / "询问" / "甲公司.txt").read_bytes()


def test_what_only_the_consultant_can_answer_is_not_asked_of_the_company(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    (inbox / "a.xlsx").write_bytes(good(example(), "甲公司", 1.0))  # the example chose the factor of CO2 alone, of 2022
    said = finding("warning", "library-source-missing"), finding("error", "factor-missing")
    (inbox / "因子库.xlsx").write_bytes(LIBRARY.read_bytes())
    run(inbox, out)
    enter(out, Record("乙.xlsx", "bb", "incomplete", said, company="乙公司"))
    refresh(out)
    assert list(letters(out)) == ["甲公司.txt"]
    assert "因子" not in letters(out)["甲公司.txt"]
    questions = openpyxl.load_workbook(out / "汇总.xlsx")["询问清单"]
    codes = {cell.value for row in questions.iter_rows() for cell in row}
    assert {
        "electricity-co2-series",
        "factor-older-than-data",
        "factor-library",
        "library-source-missing",
        "factor-missing",
    } <= codes


def test_a_letter_names_no_option_of_the_command_and_the_consultant_is_told_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    plain, locked = io.BytesIO(good(example(), "甲公司", 1.0)), io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("wbe", locked)
    (inbox / "a.xlsx").write_bytes(locked.getvalue())
    assert main(["run", str(inbox), "-o", str(out), "--limit", "cells=3000000", "--lang", "zh"]) == 1
    assert "--password" in capsys.readouterr().out
    (letter,) = letters(out).values()
    assert "这个工作簿设有打开密码。请取消密码后重新提交，或把密码告知咨询机构。" in letter
    assert "--" not in letter
    cells = [
        cell.value for sheet in openpyxl.load_workbook(out / "汇总.xlsx") for row in sheet.iter_rows() for cell in row
    ]
    assert any("--password" in str(value) for value in cells)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without named pipes")
def test_pipes_and_links_are_the_consultants_own_and_stand_in_no_letter(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    os.mkfifo(inbox / "管道.xlsx")
    (inbox / "链接.xlsx").symlink_to("/dev/zero")
    assert main(["run", str(inbox), "-o", str(out), "--lang", "zh"]) == 1
    assert not letters(out)
    cells = [str(cell.value) for row in openpyxl.load_workbook(out / "汇总.xlsx")["总览"].iter_rows() for cell in row]
    assert "请把工作簿文件本身放到这里。" in cells
    assert not [value for value in cells if value.startswith("请企业重新提交")]


def test_a_letter_goes_when_there_is_nothing_to_ask_and_nothing_else_goes(tmp_path: Path) -> None:
    record = Record("甲.xlsx", "aa", "incomplete", (finding("error", "缺"),), company="甲公司")
    enter(tmp_path, record)
    refresh(tmp_path)
    (tmp_path / "询问" / "电话记录.txt").write_text("the consultant's own")
    enter(tmp_path, replace(record, status="ok", findings=(finding("note", "一条说明"),)))
    assert refresh(tmp_path).letters == ()
    assert list(letters(tmp_path)) == ["电话记录.txt"]


def test_a_file_of_somebody_else_is_not_overwritten_and_no_two_companies_share_one(tmp_path: Path) -> None:
    (tmp_path / "询问").mkdir()
    (tmp_path / "询问" / "甲公司.txt").write_text("the consultant's own")
    records = [
        Record(f"{n}.xlsx", f"{n}", "incomplete", (finding("error", "缺"),), company=company)
        for n, company in enumerate(("甲公司", "Abc", "ABC", "a/b", "a:b"))
    ]
    enter(tmp_path, *records)
    first = refresh(tmp_path).letters
    assert len({name.casefold() for name in first}) == 5
    assert (tmp_path / "询问" / "甲公司.txt").read_text() == "the consultant's own"
    assert "询问/甲公司 (2).txt" in first
    before = letters(tmp_path)
    assert refresh(tmp_path, anew=True).letters == ()  # nothing has changed
    assert letters(tmp_path) == before


def test_a_workbook_that_was_not_read_is_asked_for_again(tmp_path: Path) -> None:
    enter(tmp_path, Record("/in/照片.xlsx", "aa", "rejected", (finding("error", "不是工作簿"),)))
    refresh(tmp_path)
    (text,) = letters(tmp_path).values()
    assert "文件“照片.xlsx”" in text
    assert "请处理后重新发送" in text


def test_english_workbooks_are_asked_about_in_english(tmp_path: Path) -> None:
    enter(tmp_path, Record("a.xlsx", "aa", "incomplete", (finding("error", "missing"),), company="A", language="en"))
    refresh(tmp_path)
    assert "To be corrected; without it there is no result:\n1. 表!B2: missing. Mend it." in letters(tmp_path)["A.txt"]


def test_a_corrected_workbook_is_not_asked_about_and_of_two_at_once_it_is_asked_which_counts(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    (inbox / "a.xlsx").write_bytes(good(example(), "甲公司", 1.0))
    (inbox / "b.xlsx").write_bytes(good(example(), "甲公司", 2.0))
    run(inbox, out)
    refresh(out)
    assert "文件“b.xlsx”" in letters(out)["甲公司.txt"]
    assert "请告知以哪一份为准" in letters(out)["甲公司.txt"]
    assert "移出" not in letters(out)["甲公司.txt"]  # that is for the consultant
    (inbox / "a.xlsx").write_bytes(good(example(), "甲公司", 3.0))  # in the place of one: the one that counts
    run(inbox, out)
    refresh(out)
    assert "b.xlsx" not in letters(out)["甲公司.txt"]


def test_what_is_asked_of_several_versions_alike_is_asked_once(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    for name, kwh in (("a.xlsx", 1.0), ("b.xlsx", 2.0), ("c.xlsx", 3.0)):
        (inbox / name).write_bytes(good(example(), "甲公司", kwh))
    run(inbox, out)
    refresh(out)
    text = letters(out)["甲公司.txt"]
    assert text.count("以哪一份为准") == 1
    assert text.count("单位产品质量（kg）”没有填写") == 1
    assert all(text.index(f"文件“{name}.xlsx”") < text.index("以哪一份为准") for name in "abc")
    questions = [line.partition(" ")[2] for line in text.splitlines() if line[:1].isdigit()]
    assert len(questions) > 2
    assert len(questions) == len(set(questions))


def test_versions_with_questions_of_their_own_are_asked_once_which_counts(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    (inbox / "a.xlsx").write_bytes(good(example(), "甲公司", 1.0))
    (inbox / "b.xlsx").write_bytes(good(example(), "甲公司", 2.0, **{number(OUTPUT): number("0")}))
    run(inbox, out)
    refresh(out)
    text = letters(out)["甲公司.txt"]
    assert text.count("以哪一份为准") == 1
    assert text.count("须更正") == 1  # of the one


def test_a_letter_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "询问").write_text("in the way")
    enter(tmp_path, Record("甲.xlsx", "aa", "incomplete", (finding("error", "缺"),), company="甲公司"))
    refreshed = refresh(tmp_path)
    assert (refreshed.letters, refreshed.held) == ((), ("询问/甲公司.txt",))
    assert (tmp_path / "汇总.xlsx").exists()
    (tmp_path / "询问").unlink()
    assert refresh(tmp_path).letters == ("询问/甲公司.txt",)  # though the ledger has not changed


@pytest.mark.parametrize("is_named", [True, False], ids=["with its name", "without a name yet"])
def test_a_process_killed_over_its_letters_leaves_none_that_the_next_takes_for_somebody_elses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_named: bool
) -> None:
    for company in ("甲公司", "乙公司"):
        enter(tmp_path, Record(f"{company}.xlsx", company, "incomplete", (finding("error", "缺"),), company=company))
    replace = Path.replace

    def killed(self: Path, target: Path) -> Path:
        if target.parent.name == "询问":
            if is_named:
                replace(self, target)
            raise KeyboardInterrupt  # that nothing catches
        return replace(self, target)

    with monkeypatch.context() as dying:
        dying.setattr(Path, "replace", killed)
        dying.setattr(Path, "unlink", lambda *_, **__: None)  # nor is anything cleared away any more
        dying.setattr("shutil.rmtree", lambda *_, **__: None)
        with pytest.raises(KeyboardInterrupt):
            refresh(tmp_path)
    refresh(tmp_path)
    assert sorted(letters(tmp_path)) == sorted(["甲公司.txt", "乙公司.txt"])
    assert litter(tmp_path) == []


def test_a_letter_that_a_program_of_windows_holds_is_told_and_brought_up_to_date_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    enter(tmp_path, Record("甲.xlsx", "aa", "incomplete", (finding("error", "缺"),), company="甲公司"))
    enter(tmp_path, Record("乙.xlsx", "bb", "incomplete", (finding("error", "缺"),), company="乙公司"))
    refresh(tmp_path)
    before = letters(tmp_path)
    enter(tmp_path, Record("甲.xlsx", "cc", "incomplete", (finding("error", "少"),), company="甲公司"))
    enter(tmp_path, Record("乙.xlsx", "dd", "ok", (), company="乙公司"))  # nothing to ask any more
    put, unlink = Path.replace, Path.unlink

    def in_use(self: Path, target: Path) -> Path:
        if target.parent.name == "询问":
            raise PermissionError(errno.EACCES, "in use")
        return put(self, target)

    def held(self: Path, missing_ok: bool = False) -> None:  # noqa: FBT001, FBT002 - as pathlib has it
        if self.name == "乙公司.txt":
            raise PermissionError(errno.EACCES, "in use")
        unlink(self, missing_ok)

    with monkeypatch.context() as windows:
        windows.setattr(Path, "replace", in_use)
        windows.setattr(Path, "unlink", held)
        assert main(["overview", str(tmp_path), "--lang", "zh"]) == 0
    said = capsys.readouterr().err
    assert said.count("没能更新") == 2
    assert "甲公司.txt（可能正被打开，或磁盘已满），下次再写" in said
    assert letters(tmp_path) == before  # whole, and nothing beside them
    assert refresh(tmp_path).letters == ("询问/甲公司.txt",)
    assert list(letters(tmp_path)) == ["甲公司.txt"]


def test_the_amount_that_is_asked_for_stands_in_the_letter(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    (inbox / "a.xlsx").write_bytes(good(example(), "甲公司", -1.0))
    assert PRODUCTION_KWH in number(PRODUCTION_KWH)
    run(inbox, out)
    refresh(out)
    must = letters(out)["甲公司.txt"].partition("须更正")[2].partition("请核对")[0]
    assert "产品生产!" in must
    assert "-1" in must
