"""The ledger: small, whole, and for several runs at a time."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from workbook_engine.batch.ledger import Ledger, Rules
from workbook_engine.batch.ledger_file import LedgerError
from workbook_engine.batch.record import (
    FindingRecord,
    ProductRecord,
    Record,
    StageRecord,
    from_bytes,
    identity_of,
    to_bytes,
)
from workbook_engine.placing import STATE
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from pathlib import Path

RULES = Rules("1", "1", "library", "limits")
STAGE = StageRecord("production", 0.1 + 0.2, 1.0)
PRODUCT = ProductRecord("断路器", "A1", "1 台", False, 0.1 + 0.2, True, 3, 3, (STAGE,), 2.5, None)  # noqa: FBT003
FINDING = FindingRecord("x", "error", "产品", "B2", Text("题", "t"), Text("错", "m"), Text("改", "r"), 1.5)
RECORD = Record("收件/a.xlsx", "aa", "ok", (FINDING,), (PRODUCT,), ("甲/乙/a.xlsx",), "zh", "甲公司", "R1", "2025/2026")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / STATE).mkdir()
    return tmp_path


def test_a_record_comes_back_as_it_was_to_the_last_digit() -> None:
    assert from_bytes(to_bytes(RECORD)) == RECORD


def test_an_outcome_is_known_by_content_and_rules(out: Path) -> None:
    with Ledger(out) as ledger:
        ledger.add(RECORD, RULES)
    with Ledger(out) as ledger:
        assert ledger.known("aa", RULES) == RECORD
        assert ledger.known("bb", RULES) is None
        for other in (RULES._replace(engine="2"), RULES._replace(template="2"), RULES._replace(library_sha256="2")):
            assert ledger.known("aa", other) is None


def test_what_failed_is_listed_but_not_known(out: Path) -> None:
    with Ledger(out) as ledger:
        ledger.lies_at("/in/a.xlsx", replace(RECORD, status="failed"), RULES)
    with Ledger(out) as ledger:
        assert ledger.known("aa", RULES) is None
        assert [entry.record.status for entry in ledger.entries()] == ["failed"]


def test_the_latest_submission_of_a_study_is_found(out: Path) -> None:
    with Ledger(out) as ledger:
        for sha256, period in (("aa", "2024"), ("bb", "2025"), ("cc", ""), ("dd", "2024")):
            ledger.add(replace(RECORD, sha256=sha256, period=period), RULES)
        ledger.flush()
        identity = identity_of(replace(RECORD, period="2025"))
        assert ledger.latest(identity, "new") == "cc"  # no period is known of it: it may be this one
        assert ledger.latest(identity, "new", before=3) == "bb"
        assert ledger.latest(identity_of(replace(RECORD, company="乙公司")), "new") == ""
        assert ledger.latest(identity_of(replace(RECORD, company="")), "new") == ""


def test_company_and_product_are_compared_in_canonical_spelling() -> None:
    one = identity_of(RECORD)
    assert identity_of(replace(RECORD, company=" 甲公司　")) == one
    assert identity_of(replace(RECORD, products=(replace(PRODUCT, model="Ａ１"),))) == one
    assert identity_of(replace(RECORD, products=(replace(PRODUCT, model="A2"),))) != one


def test_several_runs_write_at_once(out: Path) -> None:
    def write(number: int) -> None:
        with Ledger(out) as ledger:
            for n in range(20):
                ledger.add(replace(RECORD, sha256=f"{number}-{n}"), RULES)
                ledger.lies_at(f"/in/{number}-{n}", replace(RECORD, sha256=f"{number}-{n}"), RULES)
                ledger.flush()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Ledger(out) as ledger:
        entries = list(ledger.entries())
    assert len(entries) == 80
    assert sorted(entry.number for entry in entries) == list(range(1, 81))


def test_a_damaged_ledger_is_set_aside_and_said(out: Path) -> None:
    (out / STATE / "ledger.sqlite").write_bytes(b"no database" * 1000)
    with Ledger(out) as ledger:
        assert ledger.set_aside is not None
        assert ledger.set_aside.read_bytes().startswith(b"no database")
        assert list(ledger.entries()) == []


def test_a_ledger_of_the_first_version_is_taken_on(out: Path) -> None:
    with Ledger(out) as ledger:
        ledger.add(RECORD, RULES)
        ledger.lies_at("/in/a.xlsx", RECORD, RULES)
    connection = sqlite3.connect(out / STATE / "ledger.sqlite")
    connection.executescript(
        "DROP INDEX submission_by_beside; ALTER TABLE submission DROP COLUMN dated;"
        "ALTER TABLE submission DROP COLUMN beside; PRAGMA user_version = 1"
    )
    connection.close()
    for _ in range(2):
        with Ledger(out) as ledger:
            assert [(entry.path, entry.record, entry.others) for entry in ledger.entries()] == [
                ("/in/a.xlsx", RECORD, ())
            ]


def test_a_file_of_which_no_content_is_known_is_not_taken_for_corrected(out: Path) -> None:
    with Ledger(out) as ledger:
        ledger.add(RECORD, RULES)
        ledger.lies_at("/in/a.xlsx", RECORD, RULES)
        ledger.lies_at("/in/pipe.xlsx", replace(RECORD, sha256="", status="rejected"), RULES)
    with Ledger(out) as ledger:
        assert [entry.corrected_by for entry in ledger.entries()] == ["", ""]


def test_a_ledger_of_a_newer_program_is_left_alone(out: Path) -> None:
    with Ledger(out):
        pass
    connection = sqlite3.connect(out / STATE / "ledger.sqlite")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(LedgerError) as caught:
        Ledger(out)
    assert "更新版本" in caught.value.text.zh


def test_a_folder_without_place_for_the_ledger_is_said(tmp_path: Path) -> None:
    with pytest.raises(LedgerError) as caught:
        Ledger(tmp_path / "nowhere")
    assert "打不开" in caught.value.text.zh
