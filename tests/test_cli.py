"""The command as a user runs it: arguments, what it prints, exit status."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from workbook_engine import cli
from workbook_engine.arguments import COMMANDS
from workbook_engine.cli import ACTIONS, main
from workbook_engine.terminal import width

ROOT = Path(__file__).parent.parent
EXAMPLE = next((ROOT / "example_workbooks" / "T4000402").glob("*.xlsx"))


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """Return a returned workbook in which an amount was typed as words."""
    path = tmp_path / "returned.xlsx"
    book = openpyxl.load_workbook(EXAMPLE)
    sheet = book["产品生产"]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == 10593.054)
    cell.value = "一万多"
    book.save(path)
    return path


def test_check_prints_one_json_document_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(EXAMPLE), "--json", "--lang", "en"]) == 0
    (workbook,) = json.loads(capsys.readouterr().out)["workbooks"]
    assert workbook["file"] == str(EXAMPLE)
    assert workbook["status"] == "ok"
    assert workbook["results"] == []
    (product,) = workbook["products"]
    assert product["cfp_kg_co2e"] == pytest.approx(1345.6139, abs=5e-5)
    assert list(product["stages"]) == [
        "raw_material_acquisition",
        "raw_material_transport",
        "production",
        "distribution",
        "end_of_life",
    ]
    assert product["stages"]["production"]["share"] == pytest.approx(0.000982, abs=5e-7)


def test_run_writes_the_results_and_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(EXAMPLE.parent), "-o", str(tmp_path), "--lang", "zh"]) == 0
    (path,) = tmp_path.rglob("*碳足迹结果.xlsx")
    printed = re.sub(r"\s", "", capsys.readouterr().out)
    assert re.sub(r"\s", "", str(path)) in printed
    assert "1,345.6139" in printed


def test_a_workbook_with_errors_is_incomplete_and_exits_with_1(
    broken: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", str(broken), "-o", str(tmp_path / "out"), "--json", "--lang", "zh"]) == 1
    (workbook,) = json.loads(capsys.readouterr().out)["workbooks"]
    assert workbook["status"] == "incomplete"
    assert workbook["products"][0]["cfp_kg_co2e"] is None
    assert workbook["products"][0]["stages"]["production"] == {"kg_co2e": None, "share": None}
    (error,) = [finding for finding in workbook["findings"] if finding["severity"] == "error"]
    assert error["sheet"] == "产品生产"
    assert error["message"].startswith(f"产品生产!{error['cell']}: “一万多”")
    assert error["remedy"]


def test_what_is_no_workbook_is_rejected(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    photo = tmp_path / "表格.xlsx"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert main(["check", str(photo), "--json"]) == 1
    (workbook,) = json.loads(capsys.readouterr().out)["workbooks"]
    assert workbook["status"] == "rejected"
    assert workbook["findings"][0]["severity"] == "error"


def test_a_missing_file_could_not_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / "nothing.xlsx")]) == 2
    assert "nothing.xlsx" in capsys.readouterr().err


def test_an_unusable_factor_library_could_not_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library = tmp_path / "factors.xlsx"
    library.write_text("no workbook", encoding="utf-8")
    assert main(["check", str(EXAMPLE), "--factors", str(library)]) == 2
    assert "factors.xlsx" in capsys.readouterr().err


def test_the_original_is_not_touched(tmp_path: Path) -> None:
    copy = tmp_path / EXAMPLE.name
    shutil.copyfile(EXAMPLE, copy)
    before = copy.read_bytes(), copy.stat().st_mtime_ns
    main(["run", str(copy), "-o", str(tmp_path / "out"), "--json"])
    assert (copy.read_bytes(), copy.stat().st_mtime_ns) == before


@pytest.mark.parametrize("command", ["template", "library"])
def test_templates_are_written(command: str, tmp_path: Path) -> None:
    target = tmp_path / "neu" / "out.xlsx"
    assert main([command, "-o", str(target), "--lang", "en"]) == 0
    assert openpyxl.load_workbook(target).sheetnames


def test_a_template_for_one_client_leaves_out_what_is_not_wanted(tmp_path: Path) -> None:
    target = tmp_path / "t.xlsx"
    arguments = ["--company", "示例公司", "--product", "分支箱", "--stages", "production,end_of_life", "--lang", "zh"]
    assert main(["template", "-o", str(target), *arguments]) == 0
    book = openpyxl.load_workbook(target)
    values = {cell.value for row in book["基本信息"].iter_rows() for cell in row}
    assert {"示例公司", "分支箱"} <= values
    assert "产品生产" in book.sheetnames
    assert "使用" not in book.sheetnames


def test_a_template_is_filled_from_a_returned_workbook(tmp_path: Path) -> None:
    returned, target = tmp_path / "returned.xlsx", tmp_path / "t.xlsx"
    assert main(["template", "-o", str(returned), "--company", "甲公司", "--product", "分支箱", "--lang", "en"]) == 0
    assert main(["template", "-o", str(target), "--from", str(returned), "--next-year", "--model", "X"]) == 0
    book = openpyxl.load_workbook(target)  # in the language of the returned one
    values = {cell.value for row in book["Basics"].iter_rows() for cell in row}
    assert {"甲公司", "分支箱"} <= values


def test_optional_columns_are_asked_for_by_group(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "t.xlsx"
    assert main(["template", "-o", str(target), "--include", "scenarios"]) == 0
    assert "情景设置" in openpyxl.load_workbook(target).sheetnames
    assert main(["template", "-o", str(target), "--include", "colour"]) == 2
    assert "scenarios" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_fills_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.xlsx").write_text("no workbook", encoding="utf-8")
    assert main(["template", "-o", str(tmp_path / "t.xlsx"), "--from", str(tmp_path / "x.xlsx")]) == 2
    assert "x.xlsx" in capsys.readouterr().err
    assert not (tmp_path / "t.xlsx").exists()


@pytest.mark.parametrize("command", ["correct", "template"])
def test_what_is_wrong_with_a_file_that_a_command_needs_is_told_in_the_language_asked_for(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "photo.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    words = [command, str(picture)] if command == "correct" else [command, "--from", str(picture)]
    assert main([*words, "-o", str(tmp_path / "out.xlsx"), "--lang", "en"]) == 2
    assert "This file is a picture" in (said := capsys.readouterr().err)
    assert "图片" not in said
    assert main([*words, "-o", str(tmp_path / "out.xlsx"), "--lang", "zh"]) == 2
    assert "这个文件是图片" in capsys.readouterr().err


WRONG = {
    "check x --limit colour=3": "没有叫“colour”的上限",
    "check x --limit cells=-3": "大于 0 的数",
    "check x --limt cells=3": "没有这样的参数：--limt cells=3",
    "check": "还缺参数：PATH",
    "chekc x": "COMMAND 不能是 'chekc'；可选：",
    "check x --json=3": "--json 后面不带值，多了 '3'",
    "check x --pass y": "--pass 不完整，可能是 --password, --passwords",
    "run x -o": "-o/--out 后面要写一个值",
    "run x -o y --view public": "--view 不能是 'public'；可选：",
    "run x -o y --jobs 0": "“0”应为大于 0 的整数",
    "run x -o y --jobs many": "--jobs 的值 'many' 写法不对",
    "run x -o y --draws 3": "--draws 至少为 1000",
    "run x -o y --tables xls": "不能是“xls”",
    "run . -o y --theme none.toml": "none.toml：没有这个文件",
    "run . -o y --layout none.xlsx": "none.xlsx：打不开这个文件：没有这个文件",
    "run . -o y --factors none.xlsx": "none.xlsx：没有这个文件",
    "check . --passwords none.txt": "none.txt：没有这个文件",
    "watch x -o y --poll -1": "“-1”应为秒数，不小于 0.01",
    "watch x -o y --settle nan": "“nan”应为秒数，不小于 0",
    "watch . -o .": "结果要有自己的文件夹",
    "explain none.xlsx": "没有这个文件",
    "verify none.xlsx": "none.xlsx：打不开这个文件：没有这个文件",
    "template -o y.xlsx --stages none": "没有这样的阶段：none",
    "template -o y.xlsx --include none": "没有这样的可选列组：none",
}


@pytest.mark.parametrize("words", WRONG)
def test_what_is_wrong_with_a_command_is_told_in_chinese(
    words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    try:
        status: int | str | None = main([*words.split(), "--lang", "zh"])
    except SystemExit as left:
        status = left.code
    assert status == 2
    said = capsys.readouterr()
    assert not said.out
    assert WRONG[words] in said.err
    assert not re.search(r"argument|expected|invalid|choice|choose|option|required", said.err)
    assert not list(tmp_path.iterdir())


def test_a_theme_that_is_no_theme_is_told_in_chinese(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    theme = tmp_path / "house.toml"
    for written, told in (("dark = 3", "dark = 3 不是主题里的颜色"), ("dark =", "不是 TOML 文件")):
        theme.write_text(written, encoding="utf-8")
        assert main(["run", str(EXAMPLE), "-o", str(tmp_path / "out"), "--theme", str(theme), "--lang", "zh"]) == 2
        assert told in capsys.readouterr().err


def test_an_unknown_stage_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["template", "-o", str(tmp_path / "t.xlsx"), "--stages", "produktion"]) == 2
    assert "raw_material_acquisition" in capsys.readouterr().err


def test_the_package_is_the_command() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "workbook_engine", "--version"], capture_output=True, text=True, check=True
    )
    assert run.stdout.startswith("workbook-engine ")


def test_every_command_is_in_the_readme_and_does_something() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [command for command in COMMANDS if f"| `{command} " not in readme] == []
    assert set(COMMANDS) == set(ACTIONS)


@pytest.mark.parametrize(("words", "said"), [(["--help"], "写出结果工作簿"), (["run", "--help"], "工作进程数")])
def test_help_speaks_the_language_that_is_asked_for(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    with pytest.raises(SystemExit):
        main(words)
    assert said in capsys.readouterr().out
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    with pytest.raises(SystemExit):
        main(words)
    assert said not in capsys.readouterr().out


@pytest.mark.parametrize("words", [[], *([command] for command in COMMANDS)])
def test_help_in_chinese_has_no_english_words_but_names(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """The program's names, its placeholders and the proper names of its texts are what stays."""
    with pytest.raises(SystemExit):
        main([*words, "--lang", "zh", "--help"])
    said = capsys.readouterr().out
    assert said.startswith(f"用法：{' '.join(['workbook-engine', *words])} ")
    assert "\n选项：\n" in said
    assert re.search(r"--help +显示本帮助后退出", said)
    assert not re.search(r"usage|positional|arguments|options|show|exit|[：:]:|： *:", said)


def test_help_in_chinese_keeps_to_the_columns_of_the_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    for command in COMMANDS:
        with pytest.raises(SystemExit):
            main([command, "--help", "--lang", "zh"])
    lines = capsys.readouterr().out.splitlines()
    assert max(map(width, lines)) <= 60
    assert [line for line in lines if line.strip()[:1] in tuple("，。；：、）”") or line.endswith("（")] == []


@pytest.mark.parametrize("name", ["收集表", "收集表.xls", "t.xlsm", "a.b"])
@pytest.mark.parametrize("words", ["template -o NAME", "library -o NAME", "correct EXAMPLE --fresh -o NAME"])
def test_what_is_written_has_a_name_that_excel_opens(
    words: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Excel opens no workbook whose name says that it is something else."""
    target = tmp_path / name
    given = [{"NAME": str(target), "EXAMPLE": str(EXAMPLE)}.get(word, word) for word in words.split()]
    assert main([*given, "--lang", "zh"]) == 2
    said = capsys.readouterr().err
    assert name in said
    assert ".xlsx" in said
    assert not target.exists()


def test_the_language_may_stand_before_the_command(tmp_path: Path) -> None:
    before, behind = tmp_path / "before.xlsx", tmp_path / "behind.xlsx"
    assert main(["--lang", "en", "template", "-o", str(before)]) == 0
    assert main(["template", "-o", str(behind), "--lang", "en"]) == 0
    sheets = [openpyxl.load_workbook(path, read_only=True).sheetnames for path in (before, behind)]
    assert sheets[0] == sheets[1]
    assert "Basics" in sheets[0]


def test_a_reader_who_goes_away_is_no_fault() -> None:
    """As in `workbook-engine check … | head -1`."""
    command = [sys.executable, "-m", "workbook_engine", "check", str(EXAMPLE), "--json", "--lang", "en"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        _, said = process.communicate(timeout=60)
    assert b"fault" not in said
    assert b"Traceback" not in said
    assert b"Exception" not in said


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("gbk", "箱 10 m2 \\U00030ede"),
        ("cp1252", "\\u7bb1 10 m² \\U00030ede"),
        ("ascii", "\\u7bb1 10 m2 \\U00030ede"),
    ],
)
def test_an_output_that_takes_few_characters_gets_all_that_is_said(tmp_path: Path, encoding: str, shown: str) -> None:
    """As a pipe or a file of Windows, which takes the system's code page alone: m³ as m3, what it lacks as \\uXXXX."""
    product = "箱 10 m² 𰻞"  # in no code page
    path = tmp_path / "a.xlsx"
    book = openpyxl.load_workbook(EXAMPLE)
    cell = next(cell for row in book["基本信息"] for cell in row if cell.value == "一二次融合成套柱上断路器")
    cell.value = product
    book.save(path)

    def said(*options: str, **environment: str) -> bytes:
        command = [sys.executable, "-m", "workbook_engine", "check", str(path), "--lang", "zh", *options]
        run = subprocess.run(command, capture_output=True, check=True, env={**os.environ, **environment})
        return run.stdout

    told = said(PYTHONIOENCODING=encoding).decode(encoding)
    assert shown in told
    whole = json.loads(said("--json", PYTHONIOENCODING="utf-8"))
    assert whole["workbooks"][0]["products"][0]["product"] == product
    assert json.loads(said("--json", PYTHONIOENCODING=encoding).decode("ascii")) == whole


@pytest.mark.parametrize(
    ("error", "system", "gone"),
    [
        (BrokenPipeError(), "posix", True),
        (OSError(errno.EINVAL, "Invalid argument"), "nt", True),  # of a pipe on Windows
        (OSError(errno.EINVAL, "Invalid argument"), "posix", False),
        (OSError(errno.EINVAL, "Invalid argument", "a:b.xlsx"), "nt", False),  # of a file
    ],
)
def test_a_reader_who_goes_away_is_known_on_each_system(
    error: Exception,
    system: str,
    gone: bool,  # noqa: FBT001 - what the case comes to
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(os, "name", system)
        assert cli._has_reader_gone(error) is gone


def test_what_is_unsound_in_the_factor_library_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library = tmp_path / "因子库.xlsx"
    book = openpyxl.load_workbook(ROOT / "templates" / "factor_library.xlsx")
    sheet = book["排放因子"]
    keys = next(row for row in sheet.iter_rows() if str(row[0].value).startswith("wbe:table:"))
    value = next(cell for cell in sheet[keys[0].row + 2] if sheet.cell(keys[0].row, cell.column).value == "value")
    value.value = "约0.58"
    book.save(library)
    main(["check", str(EXAMPLE), "--factors", str(library), "--lang", "zh"])
    assert f"排放因子!{value.coordinate}" in capsys.readouterr().err


def test_draws_are_for_runs_and_too_few_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(EXAMPLE), "-o", str(tmp_path), "--draws", "10", "--lang", "en"]) == 2
    assert "at least 1000" in capsys.readouterr().err
    assert main(["run", str(EXAMPLE), "-o", str(tmp_path), "--draws", "2000", "--seed", "7", "--lang", "zh"]) == 0


def test_a_template_has_the_optional_columns_that_are_asked_for(tmp_path: Path) -> None:
    target = tmp_path / "t.xlsx"
    assert main(["template", "-o", str(target), "--include", "supplier,declared"]) == 0
    book = openpyxl.load_workbook(target)
    texts = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {"供应商声明的碳足迹", "已有报告的结果"} <= texts
    assert "百公里油耗" not in texts


def test_an_unknown_group_of_columns_is_answered_with_the_known_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["template", "-o", str(tmp_path / "t.xlsx"), "--include", "suppliers"]) == 2
    assert "supplier, trips" in capsys.readouterr().err


def test_an_output_folder_whose_name_is_too_long_is_told_as_that(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", str(EXAMPLE.parent), "-o", str(tmp_path / ("长" * 300)), "--lang", "zh"]) == 2
    assert "路径太长" in capsys.readouterr().err


def test_options_that_need_another_say_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["template", "-o", str(tmp_path / "t.xlsx"), "--next-year", "--lang", "zh"]) == 2
    assert "--next-year 要与 --from 合用" in capsys.readouterr().err
    assert not (tmp_path / "t.xlsx").exists()
    assert main(["check", str(tmp_path), "--limit", "cells", "--lang", "zh"]) == 2
    assert "“cells”后面要写数值：cells=…" in capsys.readouterr().err
