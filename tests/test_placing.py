"""Results get their names whole or not at all, and never over other content."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from workbook_engine import placing
from workbook_engine.placing import PlaceError, fitted, place, replace_or_beside, write_whole
from workbook_engine.staging import Staging

FOLDERS = ("公司", "产品")
NAME = "表-碳足迹结果.xlsx"


def put(out: Path, content: bytes, name: str = NAME, folders: tuple[str, ...] = FOLDERS) -> placing.Placed:
    out.mkdir(exist_ok=True)
    temporary = out / "temporary"
    temporary.write_bytes(content)
    placed = place(temporary, out, folders, name)
    assert not temporary.exists()
    return placed


def test_other_content_becomes_the_next_version_and_the_older_stays(tmp_path: Path) -> None:
    names = [put(tmp_path, content).path.name for content in (b"one", b"two", b"three")]
    assert names == [NAME, "表-碳足迹结果 (2).xlsx", "表-碳足迹结果 (3).xlsx"]
    assert (tmp_path / "公司" / "产品" / NAME).read_bytes() == b"one"


def test_the_same_content_is_the_same_file(tmp_path: Path) -> None:
    put(tmp_path, b"one")
    put(tmp_path, b"two")
    again = put(tmp_path, b"two")
    assert (again.path.name, again.is_new) == ("表-碳足迹结果 (2).xlsx", False)
    assert put(tmp_path, b"one").path.name == NAME
    assert len(list((tmp_path / "公司" / "产品").iterdir())) == 2


def test_names_that_differ_in_case_alone_do_not_collide(tmp_path: Path) -> None:
    put(tmp_path, b"one", "Box.xlsx", ("ACME",))
    assert put(tmp_path, b"two", "BOX.xlsx", ("Acme",)).path == tmp_path / "ACME" / "BOX (2).xlsx"


def test_a_version_that_is_open_in_excel_is_named(tmp_path: Path) -> None:
    first = put(tmp_path, b"one").path
    first.with_name("~$" + first.name).write_bytes(b"owner")
    second = put(tmp_path, b"two")
    assert second.path.name == "表-碳足迹结果 (2).xlsx"
    assert second.beside_open == first.name


def test_where_links_are_unknown_nothing_is_overwritten_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> NoReturn:
        raise OSError(errno.EPERM, "no links on this disk")

    monkeypatch.setattr(os, "link", no_links)
    assert [put(tmp_path, content).path.name for content in (b"one", b"two")] == [NAME, "表-碳足迹结果 (2).xlsx"]


def test_another_run_that_takes_the_name_first_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = os.link

    def late(source: Path, target: Path) -> None:
        if target.name == NAME:
            target.write_bytes(b"theirs")
        link(source, target)

    monkeypatch.setattr(os, "link", late)
    placed = put(tmp_path, b"ours")
    assert placed.path.name == "表-碳足迹结果 (2).xlsx"
    assert placed.path.read_bytes() == b"ours"
    assert placed.path.with_name(NAME).read_bytes() == b"theirs"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "磁盘已满"),
        (errno.EROFS, "只读"),
        (errno.EACCES, "只读"),
        (errno.ENAMETOOLONG, "路径太长"),
        (errno.EIO, "断开"),
    ],
)
def test_what_stands_in_the_way_is_said_in_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    def fails(*_: object) -> NoReturn:
        raise OSError(number, "x")

    monkeypatch.setattr(os, "link", fails)
    monkeypatch.setattr(placing, "_NO_LINKS", set())
    with pytest.raises(PlaceError) as caught:
        put(tmp_path, b"one")
    assert said in caught.value.reason.zh
    assert not (tmp_path / "公司" / "产品" / NAME).exists()


def test_an_output_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(PlaceError) as caught:
        Staging(tmp_path / "out")
    assert "占着" in caught.value.reason.zh


def test_a_path_over_what_the_system_takes_is_said(tmp_path: Path) -> None:
    deep = tmp_path
    while len(str(deep)) < 4200:
        deep = deep / ("d" * 200)
    with pytest.raises(PlaceError) as caught:
        Staging(deep)
    assert "太长" in caught.value.reason.zh


# --- what is replaced in place: the overview ---


def test_a_file_in_use_is_written_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "汇总.xlsx"
    target.write_bytes(b"old")
    temporary = tmp_path / "temporary"
    temporary.write_bytes(b"new")
    replace = Path.replace

    def locked(self: Path, other: Path) -> Path:
        if other == target:
            raise PermissionError(errno.EACCES, "in use")
        return replace(self, other)

    monkeypatch.setattr(Path, "replace", locked)
    assert replace_or_beside(temporary, target) == (tmp_path / "汇总 (2).xlsx", True)
    assert target.read_bytes() == b"old"


# --- the length of paths ---


def test_names_are_shortened_until_excel_can_open_the_path() -> None:
    out = Path("/" + "o" * 99)
    names = ["公" * 60, "品" * 60, "表" * 60 + "-碳足迹结果.xlsx"]
    short = fitted(out, names, 218)
    assert len(str(out.joinpath(*short))) <= 218
    assert short[-1].endswith("-碳足迹结果.xlsx")
    assert all(len(name) >= 16 for name in short)


def test_names_that_fit_stay_as_they_are() -> None:
    names = ["公司", "产品", NAME]
    assert fitted(Path("/o"), names, 218) == names


@pytest.mark.skipif(sys.platform == "win32", reason="on Windows the limit of Excel counts")
def test_elsewhere_only_the_system_limits_a_path() -> None:
    names = ["公" * 60, "品" * 60, "表" * 60 + "-碳足迹结果.xlsx"]
    assert fitted(Path("/" + "o" * 300), names) == names


def test_a_file_takes_the_place_of_another_whole(tmp_path: Path) -> None:
    target = tmp_path / "新建" / "a.xlsx"
    write_whole(target, b"one")
    write_whole(target, b"two")
    assert target.read_bytes() == b"two"
    assert list(target.parent.iterdir()) == [target]


def test_where_the_name_cannot_be_taken_the_older_file_stays_and_nothing_else_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_use(*_: object) -> NoReturn:
        raise PermissionError(errno.EACCES, "in use")  # what Windows says of a workbook that is open in Excel

    target = tmp_path / "a.xlsx"
    target.write_bytes(b"one")
    monkeypatch.setattr(Path, "replace", in_use)
    with pytest.raises(PlaceError) as refused:
        write_whole(target, b"two")
    assert "正被其他程序打开" in refused.value.text.zh
    assert target.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [target]


# --- Windows ---


def test_a_new_file_that_a_virus_scanner_holds_gets_its_name_when_it_is_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, rename = [True, True], os.rename

    def scanned(source: Path, target: Path) -> None:
        if held:
            held.pop()
            raise PermissionError(errno.EACCES, "The process cannot access the file")
        rename(source, target)

    monkeypatch.setattr("workbook_engine.placing._IS_WINDOWS", True)
    monkeypatch.setattr(os, "rename", scanned)
    temporary = tmp_path / "temporary"
    temporary.write_bytes(b"results")
    placed = place(temporary, tmp_path / "out", [], "a.xlsx")
    assert (placed.path.read_bytes(), temporary.exists()) == (b"results", False)


def test_an_older_file_that_a_virus_scanner_holds_is_replaced_when_it_is_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, replace = [True, True, True], Path.replace

    def scanned(self: Path, target: Path) -> Path:
        if held:
            held.pop()
            raise PermissionError(errno.EACCES, "The process cannot access the file")
        return replace(self, target)

    monkeypatch.setattr("workbook_engine.placing._IS_WINDOWS", True)
    monkeypatch.setattr(Path, "replace", scanned)
    target, temporary = tmp_path / "汇总.xlsx", tmp_path / "temporary"
    target.write_bytes(b"old")
    temporary.write_bytes(b"new")
    assert replace_or_beside(temporary, target) == (target, False)
    held.append(True)
    write_whole(target, b"newer")
    assert target.read_bytes() == b"newer"


def test_a_path_beyond_what_windows_finds_is_told_as_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def not_found(*_: object, **__: object) -> NoReturn:
        raise FileNotFoundError(errno.ENOENT, "The system cannot find the path specified")

    monkeypatch.setattr("workbook_engine.placing._IS_WINDOWS", True)
    monkeypatch.setattr(Path, "mkdir", not_found)
    for folder, told in (("short", "文件夹不存在"), ("long" * 60, "路径太长")):
        with pytest.raises(PlaceError) as refused:
            write_whole(tmp_path / folder / "a.xlsx", b"content")
        assert told in refused.value.text.zh
