"""The same work on a real Dask scheduler with two workers on the loopback address, one of them killed at work."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.batch.folders import ledger, litter, results, run
from tests.batch.season import make
from workbook_engine import batch
from workbook_engine.batch.cluster import ClusterError, ClusterExecutor
from workbook_engine.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9")

ROOT = Path(__file__).parent.parent.parent
SCHEDULER = "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"
WORKER = "distributed.cli.dask_worker", "--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard", "--no-nanny"


class Cluster:
    """A scheduler and workers of our own, each a process."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "scheduler.json"
        self.folder = folder
        self.processes = [self._start(*SCHEDULER, "--scheduler-file", str(self.file))]
        deadline = time.monotonic() + 60
        while not self.file.exists() and time.monotonic() < deadline:
            time.sleep(0.1)

    @property
    def address(self) -> str:
        import json  # noqa: PLC0415

        return str(json.loads(self.file.read_text())["address"])

    def add_worker(self) -> subprocess.Popen[bytes]:
        options = ("--scheduler-file", str(self.file), "--local-directory", str(self.folder))
        self.processes.append(self._start(*WORKER, *options))
        return self.processes[-1]

    def _start(self, module: str, *options: str) -> subprocess.Popen[bytes]:
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        return subprocess.Popen(
            [sys.executable, "-m", module, *options], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def close(self) -> None:
        for process in reversed(self.processes):
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path)
    yield cluster
    cluster.close()


def test_a_worker_that_is_killed_at_work_loses_nothing(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbook_engine.batch.cluster.BATCH", 2)  # twelve batches: the killed worker has some of them
    inbox, out = tmp_path / "in", tmp_path / "out"
    season = make(inbox, 24)
    first = cluster.add_worker()
    cluster.add_worker()
    options = batch.Options(scheduler=cluster.address)
    outcomes = []
    for outcome in batch.run(batch.find_workbooks([inbox]), out, batch.settings_for(), options):
        outcomes.append(outcome)
        if len(outcomes) == 2:
            assert first.poll() is None
            first.kill()
    assert len(outcomes) == 24
    run(inbox, tmp_path / "here")
    assert results(out) == results(tmp_path / "here")
    assert ledger(out) == ledger(tmp_path / "here")
    assert litter(out) == []
    status = {"good": "ok", "faulty": "incomplete", "hostile": "rejected"}
    assert {o.record.file: o.record.status for o in outcomes} == {str(r.path): status[r.kind] for r in season}


def test_the_command_takes_a_scheduler(cluster: Cluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(tmp_path / "in", 3)
    cluster.add_worker()
    arguments = ["run", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--scheduler", cluster.address]
    assert main([*arguments, "--lang", "zh"]) == 0
    assert "3 个文件" in capsys.readouterr().err
    assert len(results(tmp_path / "out")) == 3


def test_a_scheduler_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbook_engine.batch.cluster._CONNECT_SECONDS", 1)
    with pytest.raises(ClusterError) as caught:
        ClusterExecutor("tcp://127.0.0.1:9")
    assert "连不上调度器" in caught.value.text.zh


def test_a_scheduler_without_workers_is_said(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbook_engine.batch.cluster._CONNECT_SECONDS", 3)
    with pytest.raises(ClusterError) as caught:
        ClusterExecutor(cluster.address)
    assert "没有可用的工作节点" in caught.value.text.zh


def test_workers_of_another_version_are_said(cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path / "in", 2)
    cluster.add_worker()
    monkeypatch.setattr("workbook_engine.batch.cluster.engine_version", lambda: "0.0.1")
    options = batch.Options(scheduler=cluster.address)
    with pytest.raises(ClusterError) as caught:
        list(batch.run(batch.find_workbooks([tmp_path / "in"]), tmp_path / "out", batch.settings_for(), options))
    assert "0.0.1" in caught.value.text.zh
