"""Folders by URL: the same results, the same ledger, fetched and put as far as is needed."""

from __future__ import annotations

import json
import os
import socket
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.batch.folders import results
from tests.batch.season import example, good
from workbook_engine.batch.remote import RemoteError, RemoteFolder, is_url
from workbook_engine.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

fsspec = pytest.importorskip("fsspec", reason="the extra 'cluster' is not installed")
PARTS = example()


@pytest.fixture
def memory() -> Iterator[fsspec.AbstractFileSystem]:
    system = fsspec.filesystem("memory")
    system.store.clear()
    system.pseudo_dirs[:] = [""]
    yield system
    system.store.clear()


@pytest.mark.parametrize(
    ("place", "url"),
    [("s3://b/in", True), ("memory://x", True), ("C:\\data", False), ("C:/data", False), ("/a", False), ("a:b", False)],
)
def test_a_url_is_told_from_a_path(place: str, url: bool) -> None:  # noqa: FBT001
    assert is_url(place) is url


def test_a_folder_by_url_gives_the_same_results_as_one_on_a_disk(
    memory: fsspec.AbstractFileSystem, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, company in enumerate(("甲公司", "乙公司", "丙公司")):
        content = good(PARTS, company, 1000.0 + number)
        memory.pipe_file(f"/in/第 {number} 批/表.xlsx", content)
        path = tmp_path / "in" / f"第 {number} 批" / "表.xlsx"
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    memory.pipe_file("/in/~$表.xlsx", b"owner")
    memory.pipe_file("/in/readme.txt", b"no workbook")
    arguments = ["--jobs", "1", "--json", "--lang", "zh"]
    assert main(["run", "memory://in", "-o", "memory://out", *arguments]) == 0
    remote = json.loads(capsys.readouterr().out)
    assert main(["run", str(tmp_path / "in"), "-o", str(tmp_path / "out"), *arguments]) == 0
    local = json.loads(capsys.readouterr().out)
    assert [w["file"] for w in remote["workbooks"]] == [f"memory:///in/第 {n} 批/表.xlsx" for n in range(3)]
    assert [w["products"] for w in remote["workbooks"]] == [w["products"] for w in local["workbooks"]]
    there = {path.removeprefix("/out/") for path in memory.find("/out")}
    assert set(results(tmp_path / "out")) <= there
    assert {"汇总.xlsx", ".workbook-engine/ledger.sqlite"} <= there
    for name in results(tmp_path / "out"):
        assert memory.cat_file(f"/out/{name}") == (tmp_path / "out" / name).read_bytes()
    assert all(w["results"][0].startswith("memory://out/") for w in remote["workbooks"])


def test_what_is_unchanged_is_left_alone_and_versions_are_kept(
    memory: fsspec.AbstractFileSystem, capsys: pytest.CaptureFixture[str]
) -> None:
    def run() -> str:
        assert main(["run", "memory://in", "-o", "memory://out", "--jobs", "1", "--lang", "zh"]) == 0
        return capsys.readouterr().err

    memory.pipe_file("/in/表.xlsx", good(PARTS, "甲公司", 1.0))
    memory.pipe_file("/in/另.xlsx", good(PARTS, "乙公司", 1.0))
    run()
    before = {path: memory.cat_file(path) for path in memory.find("/out") if path.endswith("结果.xlsx")}
    assert "2 个未变化" in run()
    memory.pipe_file("/in/表.xlsx", good(PARTS, "甲公司", 2.0))
    assert "1 个未变化" in run()
    names = sorted(path.rpartition("/")[2] for path in memory.find("/out") if "表-" in path)
    assert names == ["表-碳足迹结果 (2).xlsx", "表-碳足迹结果.xlsx"]
    assert {path: memory.cat_file(path) for path in before} == before


def test_a_second_run_on_one_folder_is_refused_and_told_of_the_first(
    memory: fsspec.AbstractFileSystem, capsys: pytest.CaptureFixture[str]
) -> None:
    memory.pipe_file("/in/表.xlsx", good(PARTS, "甲公司", 1.0))
    run = ["run", "memory://in", "-o", "memory://out", "--jobs", "1", "--lang", "zh"]
    with RemoteFolder("memory://out"):
        assert main(run) == 2
        said = capsys.readouterr().err
        assert socket.gethostname() in said
        assert f"进程 {os.getpid()}" in said
        assert "等它结束后再运行" in said
        assert memory.find("/out") == ["/out/.workbook-engine/run.json"]
    assert main(run) == 0
    assert "/out/.workbook-engine/run.json" not in memory.find("/out")


@pytest.mark.parametrize(
    ("left", "status"),
    [
        ({"host": socket.gethostname(), "pid": 2**22 + 1, "ago": 1}, 0),  # killed on this machine: no such process
        ({"host": "elsewhere", "pid": 1, "ago": 1}, 2),
        ({"host": "elsewhere", "pid": 1, "ago": 121}, 0),  # not heard of for two minutes
        (None, 0),  # half-written, or somebody's own
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="there a process cannot be asked whether it lives")
def test_what_a_killed_run_left_holds_nobody_up_for_long(
    memory: fsspec.AbstractFileSystem, left: dict[str, Any] | None, status: int
) -> None:
    memory.pipe_file("/in/表.xlsx", good(PARTS, "甲公司", 1.0))
    run = {"run": "x", **left, "renewed": time.time() - left["ago"], "since": 0} if left else {"run": "x"}
    memory.pipe_file("/out/.workbook-engine/run.json", json.dumps(run).encode())
    assert main(["run", "memory://in", "-o", "memory://out", "--jobs", "1"]) == status


def test_a_run_that_was_displaced_ends_before_it_puts_its_ledger_there(
    memory: fsspec.AbstractFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbook_engine.batch.lease.SILENT_SECONDS", 0.0)  # it is taken for dead, and lives
    first, second = RemoteFolder("memory://out"), RemoteFolder("memory://out")
    for folder in (first, second):
        folder.__enter__()
        (folder.path / ".workbook-engine").mkdir()
        (folder.path / ".workbook-engine" / "ledger.sqlite").write_bytes(b"second" if folder is second else b"first")
    with pytest.raises(RemoteError, match="took over"):
        first.__exit__()
    second.__exit__()
    assert memory.find("/out") == ["/out/.workbook-engine/ledger.sqlite"]
    assert memory.cat_file("/out/.workbook-engine/ledger.sqlite") == b"second"


def test_a_file_that_is_too_large_is_not_fetched_but_reported(
    memory: fsspec.AbstractFileSystem, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    memory.pipe_file("/in/大.xlsx", bytes(25_000_001))
    fetched = []
    monkeypatch.setattr(type(memory), "get_file", lambda *arguments, **_: fetched.append(arguments))
    assert main(["run", "memory://in", "-o", "memory://out", "--json"]) == 1
    (workbook,) = json.loads(capsys.readouterr().out)["workbooks"]
    assert [finding["code"] for finding in workbook["findings"]] == ["file-too-large"]
    assert fetched == []


def test_an_unknown_protocol_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "nosuch://in", "-o", "memory://out", "--lang", "zh"]) == 2
    assert "nosuch://in" in capsys.readouterr().err
    assert main(["watch", "memory://in", "-o", "out", "--lang", "zh"]) == 2
    assert "网络驱动器" in capsys.readouterr().err
