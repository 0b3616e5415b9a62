"""What may lie in a folder besides workbooks: each is told apart at once, and none is waited for."""

from __future__ import annotations

import hashlib
import os
import socket
from pathlib import Path

import pytest

from tests.intake.parts import one_sheet
from workbook_engine.intake import screen
from workbook_engine.intake.limits import Limits
from workbook_engine.intake.open import open_workbook

GOOD = one_sheet('<row r="1"><c r="A1"><v>1</v></c></row>')


def codes(path: Path, limits: Limits | None = None) -> list[str]:
    return [finding.code for finding in open_workbook(path, limits or Limits()).findings]


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "公司 报表😀.xlsx"
    path.write_bytes(GOOD)
    return path


def test_a_workbook_is_read_and_hashed_and_left_alone(good: Path) -> None:
    before = good.stat()
    opened = open_workbook(good)
    assert opened.book
    assert opened.findings == ()
    assert opened.sha256 == hashlib.sha256(GOOD).hexdigest()
    assert (good.stat().st_mtime_ns, good.read_bytes()) == (before.st_mtime_ns, GOOD)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this platform has no named pipes")
def test_a_named_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    assert codes(tmp_path / "pipe.xlsx") == ["file-not-regular"]


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this platform has no sockets in folders")
def test_a_socket_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path may have 108 bytes
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("s.xlsx")
        assert codes(Path("s.xlsx")) == ["file-not-regular"]


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_link_is_not_followed(good: Path, tmp_path: Path) -> None:
    (tmp_path / "link.xlsx").symlink_to(good)
    (tmp_path / "device.xlsx").symlink_to("/dev/zero")
    (tmp_path / "nowhere.xlsx").symlink_to(tmp_path / "no such file")
    for name in ("link.xlsx", "device.xlsx", "nowhere.xlsx"):
        assert codes(tmp_path / name) == ["file-not-regular"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this platform has no named pipes")
def test_a_file_swapped_for_a_pipe_after_the_check_does_not_hang(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between lstat and open somebody puts a pipe in the file's place."""
    real = Path.lstat(good)
    good.unlink()
    os.mkfifo(good)
    monkeypatch.setattr(Path, "lstat", lambda _: real)
    assert codes(good) == ["file-not-regular"]


def test_a_folder_a_missing_and_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    (tmp_path / "empty.xlsx").touch()
    assert codes(tmp_path / "folder.xlsx") == ["file-not-regular"]
    assert codes(tmp_path / "empty.xlsx") == ["file-empty"]
    assert codes(tmp_path / "missing.xlsx") == ["file-unreadable"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to this user")
def test_a_file_that_may_not_be_read(good: Path) -> None:
    good.chmod(0)
    assert codes(good) == ["file-unreadable"]


@pytest.mark.parametrize(
    "name", ["~$报表.xlsx", ".~lock.报表.xlsx#", "报表.xlsx.tmp", "报表.xlsx.crdownload", "~WRL0001.tmp"]
)
def test_lock_and_temporary_files_are_told_apart(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(GOOD)
    assert screen.is_temporary(name)
    assert codes(tmp_path / name) == ["file-temporary"]


@pytest.mark.parametrize("name", ["报表.xlsx", "~报表.xlsx", "a~$b.xlsx", ".xlsx"])
def test_other_names_are_workbooks(name: str) -> None:
    assert not screen.is_temporary(name)


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "big.xlsx").open("wb") as file:
        file.truncate(26_000_000)  # sparse: it takes no space
    assert codes(tmp_path / "big.xlsx") == ["file-too-large"]


def test_a_file_that_changes_while_it_is_read_is_not_half_read(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = os.read

    def read_while_it_grows(descriptor: int, count: int) -> bytes:
        piece = read(descriptor, count)
        with good.open("ab") as other:
            other.write(b"more")
        return piece

    monkeypatch.setattr(screen.os, "read", read_while_it_grows)
    limits = Limits(file_bytes=100_000)  # it would grow as long as it is read
    assert codes(good, limits) == ["file-changing"]


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_that_is_no_utf8_is_read(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xb1\xa8.xlsx"))  # GBK, from an old zip
    path.write_bytes(GOOD)
    assert codes(path) == []


def test_the_extension_is_not_believed(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_bytes(GOOD)
    (tmp_path / "a.xlsx").write_bytes(b"\xff\xd8\xff\xe0 a photograph")
    assert codes(tmp_path / "a.xls") == ["file-other-format"]
    assert codes(tmp_path / "a.xlsx") == ["file-is-a-picture"]


@pytest.mark.parametrize(
    "beginning", [b"%TSD-Header-###%\x01\x00", b"b\x14#e\x01\x00E-SafeNet\x00\x00LOCK", b"E-SafeNet\x00\x00LOCK"]
)
def test_a_file_that_a_companys_security_software_encrypted_is_called_that(beginning: bytes, tmp_path: Path) -> None:
    path = tmp_path / "收集表.xlsx"
    path.write_bytes(beginning + bytes(range(256)) * 40)
    assert codes(path) == ["file-enciphered"]
    path.write_bytes("软件,数量\n".encode() + b"a," * 40 + b"E-SafeNet,1")  # a text that names it further on
    assert codes(path) == ["file-is-plain-text"]
