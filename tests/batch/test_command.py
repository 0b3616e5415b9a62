"""`run` and `check` as they are typed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.batch.season import example, good, make
from workbook_engine import report
from workbook_engine.cli import main

EXAMPLES = Path(__file__).parents[2] / "example_workbooks"
STAGES = [
    "raw_material_acquisition",
    "raw_material_transport",
    "production",
    "distribution",
    "end_of_life",
]


@pytest.fixture
def returned(tmp_path: Path) -> Path:
    path = tmp_path / "收件 箱" / "甲 😀.xlsx"
    path.parent.mkdir()
    path.write_bytes(good(example(), "甲公司", 20_000.0))
    return path


def test_json_is_one_document_of_the_agreed_form(
    returned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "结果"
    assert main(["run", str(returned), "-o", str(out), "--json", "--lang", "zh"]) == 0
    written = capsys.readouterr()
    assert written.err == ""
    document = json.loads(written.out)
    assert list(document) == ["workbooks"]
    (workbook,) = document["workbooks"]
    assert list(workbook) == ["file", "status", "products", "results", "findings"]
    assert (workbook["file"], workbook["status"]) == (str(returned), "ok")
    (product,) = workbook["products"]
    assert list(product) == ["product", "model", "unit", "cfp_kg_co2e", "stages"]
    assert list(product["stages"]) == STAGES
    assert all(list(stage) == ["kg_co2e", "share"] for stage in product["stages"].values())
    total = sum(stage["kg_co2e"] for stage in product["stages"].values())
    assert total == pytest.approx(product["cfp_kg_co2e"], rel=1e-12)
    for finding in workbook["findings"]:
        assert list(finding) == ["code", "severity", "sheet", "cell", "message", "remedy"]


def test_check_says_the_same_and_writes_nothing(returned: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(returned), "--json"]) == 0
    (workbook,) = json.loads(capsys.readouterr().out)["workbooks"]
    assert (workbook["status"], workbook["results"]) == ("ok", [])
    assert [path.name for path in returned.parent.iterdir()] == [returned.name]


def test_a_folder_is_told_in_the_order_of_its_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    season = make(tmp_path / "in", 9)
    for path, at in zip(sorted(r.path for r in season), range(9, 0, -1), strict=True):
        os.utime(path, (at, at))
    assert main(["run", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--json", "--jobs", "2"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert [w["file"] for w in document["workbooks"]] == sorted(str(r.path) for r in season)
    statuses = {w["file"]: w["status"] for w in document["workbooks"]}
    assert {r.kind: statuses[str(r.path)] for r in season} == {
        "good": "ok", "faulty": "incomplete", "hostile": "rejected",
    }  # fmt: skip


def test_the_table_names_file_product_total_and_what_to_mend(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(tmp_path / "in", 4)  # the fourth is faulty
    assert main(["run", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--lang", "zh", "--jobs", "1"]) == 1
    said = capsys.readouterr()
    assert "一二次融合成套柱上断路器" in said.out
    assert said.out.count("×") >= 1
    assert "4 个文件" in said.err


def test_a_sentence_that_fits_several_cells_is_told_once_before_their_places(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    study = EXAMPLES / "T4000402"  # its grid electricity stands in three stages
    assert main(["run", str(study), "-o", str(tmp_path), "--lang", "zh"]) == 0
    lines = capsys.readouterr().out.splitlines()
    (told,) = [line for line in lines if "只含发电的二氧化碳" in line]
    assert told.startswith("  ! 原材料获取!D8、产品处置!D8、产品生产!D9: “")  # the heaviest first
    assert main(["run", str(study), "-o", str(tmp_path), "--lang", "en"]) == 0
    assert "  ! 原材料获取!D8, 产品处置!D8, 产品生产!D9: “" in capsys.readouterr().out


def test_archives_and_documents_beside_the_workbooks_are_told(
    returned: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for number in range(7):
        (returned.parent / f"第{number}家.zip").write_bytes(b"PK")
    assert main(["check", str(returned.parent), "--lang", "zh"]) == 0
    assert (
        "没有处理的其他文件 7 个：第0家.zip、第1家.zip、第2家.zip、第3家.zip、第4家.zip、…。" in capsys.readouterr().err
    )
    (tmp_path / "只有压缩包").mkdir()
    (tmp_path / "只有压缩包" / "甲.zip").write_bytes(b"PK")
    assert main(["check", str(tmp_path / "只有压缩包"), "--lang", "zh"]) == 2
    assert "没有处理的其他文件 1 个：甲.zip。" in capsys.readouterr().err


def test_check_tells_everything_and_rows_that_follow_each_other_as_one_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "MAX_SHOWN", 1)
    book = openpyxl.load_workbook(next((EXAMPLES / "T4000402").glob("*.xlsx")))
    sheet = book["原材料获取"]
    for row in range(9, 22):  # nobody says where the figures come from
        for column, value in zip("BDEFG", (f"件{row}", "新料", 1, "kg", "每功能单位"), strict=True):
            sheet[f"{column}{row}"] = value
    path = tmp_path / "returned.xlsx"
    book.save(path)
    assert main(["check", str(path), "--lang", "zh"]) == 1
    said = capsys.readouterr().out
    assert "原材料获取!D9:D21: 因子库中没有“新料”" in said
    assert "原材料获取!I9:I21: “数据来源”没有填写" in said
    main(["run", str(path), "-o", str(tmp_path / "out"), "--lang", "zh"])
    said = capsys.readouterr().out
    assert "新料" in said
    assert "数据来源" not in said


def test_of_many_workbooks_it_is_told_what_to_do_about_those_that_are_not_ok(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    season = make(tmp_path / "in", 24)  # of which 3, 13 and 23 are faulty, 7 is hostile
    files = [str(returned.path) for returned in season]
    run = ["run", *files, "-o", str(tmp_path / "out"), "--lang", "zh", "--jobs", "1"]
    monkeypatch.setattr("workbook_engine.report.MAX_NOT_OK", 3)
    assert main(run) == 1
    said = capsys.readouterr().out.splitlines()
    assert "完成 20，未完成 3，未读取 1" in said
    told = [line for line in said if line.startswith(str(tmp_path / "in"))]
    assert [line.rpartition("  ")[2] for line in told] == ["未完成", "未读取", "未完成"]
    for line in told:  # each is followed by what is wrong and by what to do
        after = said[said.index(line) + 1 :]
        assert after[0].startswith("  × ")
        assert "请" in after[1]
    assert "另有 1 个工作簿未能完成，见汇总.xlsx" in said
    assert len(said) < 20
    assert main(["check", *files, "--lang", "zh", "--jobs", "1"]) == 1  # it writes no overview, so all are told
    said = capsys.readouterr().out.splitlines()
    assert len([line for line in said if line.startswith(str(tmp_path / "in"))]) == 4


@pytest.mark.parametrize("others", [0, 5, 25])  # told one by one, as a table, as a list
def test_what_was_corrected_since_or_is_a_copy_is_no_longer_to_be_mended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], others: int
) -> None:
    inbox = tmp_path / "in"
    inbox.mkdir()
    for number in range(others):
        (inbox / f"其他{number:02}.xlsx").write_bytes(good(example(), f"其他{number}公司", 1_000.0))
    if others:  # a copy of one that is done
        (inbox / "其他00 - 副本.xlsx").write_bytes((inbox / "其他00.xlsx").read_bytes())
    wrong, copy, right = (inbox / f"{name}.xlsx" for name in ("甲", "甲 - 副本", "甲更正"))
    wrong.write_bytes(good(example(), "甲公司", 9.0, **{">kg</t>": ">箱</t>"}))
    copy.write_bytes(wrong.read_bytes())
    for path in (wrong, copy):
        os.utime(path, (1_760_000_000, 1_760_000_000))
    run = ["run", str(inbox), "-o", str(tmp_path / "out"), "--lang", "zh", "--jobs", "1"]
    assert main(run) == 1
    assert "箱" in capsys.readouterr().out
    right.write_bytes(good(example(), "甲公司", 20_000.0))
    for _ in range(2):  # the run in which the correction comes, and one in which nothing is new
        assert main(run) == 0
        said = capsys.readouterr().out
        assert "箱" not in said
        assert "未完成" not in said
        if others <= 5:
            rows = {line.split()[0]: line.split()[-1] for line in said.splitlines() if ".xlsx  " in line}
            assert (rows["甲.xlsx"], rows["甲更正.xlsx"]) == ("已被更正", "完成")
            assert "  副本" in said
        if others:
            assert f"完成 {others + 1}，已被更正 1，副本 2" in said
        assert main([*run, "--json"]) == 0
        workbooks = json.loads(capsys.readouterr().out)["workbooks"]
        instead = {Path(each["file"]).name: (each["status"], each.get("superseded")) for each in workbooks}
        assert instead["甲.xlsx"] == ("incomplete", "corrected")
        assert instead["甲更正.xlsx"] == ("ok", None)
    assert main(["check", str(inbox), "--lang", "zh"]) == 1  # which knows nothing of what came when
    assert "箱" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "nowhere.xlsx", "-o", "out"], "没有这个文件"),
        (["run", "empty", "-o", "out"], "没有找到工作簿"),
        (["run", "full", "-o", "full"], "自己的文件夹"),
        (["run", "full", "-o", "full/a.xlsx"], "占着"),
        (["run", "full", "-o", "out", "--factors", "full/none.xlsx"], "none.xlsx"),
    ],
)
def test_what_cannot_be_run_ends_with_2_and_a_clear_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a.xlsx").write_bytes(b"x")
    assert main([*arguments, "--lang", "zh"]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="names that are no Unicode, and pipes")
def test_a_name_that_is_no_utf8_and_a_pipe_are_nothing_special(
    returned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inbox = os.fsencode(returned.parent)
    os.link(returned, inbox + b"/\xb1\xed.xlsx")
    os.mkfifo(returned.parent / "pipe.xlsx")
    (returned.parent / "link.xlsx").symlink_to("/dev/zero")
    assert main(["run", str(returned.parent), "-o", str(tmp_path / "out"), "--json", "--jobs", "1"]) == 1
    statuses = {w["file"].rpartition("/")[2]: w["status"] for w in json.loads(capsys.readouterr().out)["workbooks"]}
    assert statuses == {"甲 😀.xlsx": "ok", "\\xb1\\xed.xlsx": "ok", "pipe.xlsx": "rejected", "link.xlsx": "rejected"}


def test_one_workbook_starts_no_other_process_and_nothing_heavy(returned: Path, tmp_path: Path) -> None:
    code = (
        "import subprocess, sys\n"
        "def refuse(*a, **k): raise AssertionError('a process was started')\n"
        "subprocess.Popen = refuse\n"
        "from workbook_engine.cli import main\n"
        f"status = main(['run', {str(returned)!r}, '-o', {str(tmp_path / 'out')!r}, '--json'])\n"
        "print(*sorted(m for m in sys.modules if '.' not in m), file=sys.stderr); sys.exit(status)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert not set(done.stderr.split()) & {"pandas", "numpy", "openpyxl", "rich", "ironcalc", "distributed", "fsspec"}
