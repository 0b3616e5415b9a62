"""What is a workbook of the inbox and what is not."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from workbook_engine.batch import InboxError, find_workbooks, inbox, search
from workbook_engine.batch.inbox import Inbox, in_order_of_arrival
from workbook_engine.placing import STATE

if TYPE_CHECKING:
    from pathlib import Path


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return path


def names(root: Path, out: Path | None = None) -> list[str]:
    return [path.relative_to(root).as_posix() for path in find_workbooks([root], out)]


def test_workbooks_of_all_formats_are_found_in_sub_folders(tmp_path: Path) -> None:
    for name in ("a.xlsx", "甲/b.XLSX", "甲/乙/c.xls", "d.ods", "e.csv", "f.et", "g.xlsm", "h.xlsb"):
        touch(tmp_path / name)
    assert len(names(tmp_path)) == 8


@pytest.mark.parametrize("name", ["~$a.xlsx", ".~lock.a.xlsx#", ".hidden.xlsx", "~WRL1.xlsx", "a.docx", "a.xlsx.part"])
def test_lock_temporary_and_other_files_are_passed_over(tmp_path: Path, name: str) -> None:
    touch(tmp_path / name)
    assert names(tmp_path) == []


def test_the_output_folder_and_those_of_others_are_passed_over(tmp_path: Path) -> None:
    touch(tmp_path / "a.xlsx")
    touch(tmp_path / "结果" / "b.xlsx")
    touch(tmp_path / "old" / STATE / "ledger.sqlite")
    touch(tmp_path / "old" / "c.xlsx")
    assert names(tmp_path, tmp_path / "结果") == ["a.xlsx"]


def test_the_inbox_itself_cannot_be_the_output_folder(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    with pytest.raises(InboxError) as caught:
        search([tmp_path], tmp_path / "sub" / "..")
    assert "自己的文件夹" in caught.value.text.zh


def test_a_file_that_is_named_is_taken_whatever_it_is_called_and_once(tmp_path: Path) -> None:
    file = touch(tmp_path / "a.dat")
    assert find_workbooks([file, file, tmp_path]) == [file]


def test_other_forms_of_an_answer_are_named_those_that_may_hold_workbooks_first(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xltx", "合同.pdf", "三家.zip", "转发.eml", "Thumbs.db", "notes.txt", "~$a.xlsx"):
        touch(tmp_path / name)
    inbox = search([tmp_path])
    assert {path.name for path in inbox.files} == {"a.xlsx", "b.xltx"}
    assert [path.name for path in inbox.others] == ["三家.zip", "转发.eml", "合同.pdf"]


def test_two_hundred_folders_deep_is_nothing_special(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["层"] * 200)
    touch(deep / "a.xlsx")
    assert find_workbooks([tmp_path]) == [deep / "a.xlsx"]


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    touch(tmp_path / "in" / "a.xlsx")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in", target_is_directory=True)
    assert names(tmp_path / "in") == ["a.xlsx"]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    closed = touch(tmp_path / "closed" / "a.xlsx").parent
    closed.chmod(0)
    try:
        assert search([tmp_path]).unreadable == (closed,)
    finally:
        closed.chmod(0o700)


def test_the_oldest_comes_first_and_a_tie_goes_by_name(tmp_path: Path) -> None:
    for name, at in (("c.xlsx", 10), ("a.xlsx", 20), ("b.xlsx", 10)):
        os.utime(touch(tmp_path / name), (at, at))
    assert [path.name for path in in_order_of_arrival(find_workbooks([tmp_path]))] == ["b.xlsx", "c.xlsx", "a.xlsx"]


def test_a_folder_typed_in_other_case_is_the_same_folder_where_the_disk_takes_it_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "Returned" / "Batch 1"
    folder.mkdir(parents=True)
    file = folder / "a.xlsx"
    typed = tmp_path / "RETURNED" / "batch 1"
    monkeypatch.setattr(inbox, "_IGNORES_CASE", False)
    assert inbox.key_of(typed / "a.xlsx") != inbox.key_of(file)  # there they are two
    monkeypatch.setattr(inbox, "_IGNORES_CASE", True)
    inbox._spelled.cache_clear()
    assert inbox.key_of(typed / "a.xlsx") == inbox.key_of(file) == str(file)
    assert Inbox((), (typed,)).misses([str(file)]) == [str(file)]
    assert inbox.key_of(tmp_path / "nowhere" / "a.xlsx") == str(tmp_path / "nowhere" / "a.xlsx")
    inbox._spelled.cache_clear()
