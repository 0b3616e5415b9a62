"""A folder: every file accounted for once, whoever was quicker, whatever lies in it, however often it is run."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from tests.batch.folders import AnyOrder, ledger, litter, results, run
from tests.batch.season import EXAMPLES, KWH_FACTOR, OUTPUT, PRODUCT, PRODUCTION_KWH, Returned, example, good, make
from workbook_engine import batch, catalogue
from workbook_engine.batch.workers import PoolExecutor
from workbook_engine.intake.limits import DEFAULT_LIMITS
from workbook_engine.placing import STATE

PARTS = example()
PUBLISHED = json.loads((EXAMPLES / "T4000402" / "expected.json").read_text(encoding="utf-8"))
SUFFIX = "-碳足迹结果"
LATER = 600  # seconds: files whose dates are nearer were saved in one go


def published_total() -> float:
    (record,) = [o.record for o in run(list((EXAMPLES / "T4000402").glob("*.xlsx")), None)]
    total = record.products[0].cfp_kg_co2e
    assert total is not None
    assert f"{total:.4f}" == "1345.6139"  # as printed in the report
    return total


def put(folder: Path, name: str, company: str = "甲公司", kwh: float = 10_000.0, at: int = 0) -> Path:
    """Put a workbook into the inbox, last changed `at` seconds after the first."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(good(PARTS, company, kwh))
    os.utime(path, (1_760_000_000 + at, 1_760_000_000 + at))
    return path


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Returned]]:
    """Twenty workbooks, two of them faulty, one hostile."""
    folder = tmp_path_factory.mktemp("收件 📥")
    return folder, make(folder, 20)


def test_every_file_is_accounted_for_once_and_sums_agree(season: tuple[Path, list[Returned]], tmp_path: Path) -> None:
    inbox, returned = season
    outcomes = run(inbox, tmp_path, executor=PoolExecutor(2))
    assert sorted(o.record.file for o in outcomes) == sorted(str(r.path) for r in returned)
    assert sorted(entry[0] for entry in ledger(tmp_path)) == sorted(str(r.path) for r in returned)
    records = {o.record.file: o.record for o in outcomes}
    published = published_total()
    for workbook in returned:
        record = records[str(workbook.path)]
        if workbook.kind == "good":
            assert workbook.kwh is not None
            total = published + (workbook.kwh - float(PRODUCTION_KWH)) / float(OUTPUT) * KWH_FACTOR
            assert record.status == "ok"
            assert record.products[0].cfp_kg_co2e == pytest.approx(total, rel=1e-12)
            assert record.results[0].endswith(f"{workbook.path.stem}{SUFFIX}.xlsx")
            assert Path(record.results[0]).is_file()
        elif workbook.kind == "faulty":
            assert (record.status, record.products[0].cfp_kg_co2e) == ("incomplete", None)
        else:
            assert (record.status, record.products, record.results) == ("rejected", (), ())
        assert record.status == "ok" or record.errors
    assert litter(tmp_path) == []


def test_the_outcome_does_not_hang_on_who_was_quicker(season: tuple[Path, list[Returned]], tmp_path: Path) -> None:
    inbox, _ = season
    for name in ("another.xlsx", "again.xlsx"):  # same name and company, other content: versions and corrections
        put(inbox / "晚到" / name, "0001.xlsx", "第0001电气有限公司", 7_000.0 + len(name), at=LATER * len(name))
    outs = [tmp_path / str(seed) for seed in range(3)]
    for seed, out in enumerate(outs):
        run(inbox, out, executor=AnyOrder(seed))
    shutil.rmtree(inbox / "晚到")
    assert results(outs[0]) == results(outs[1]) == results(outs[2])
    assert ledger(outs[0]) == ledger(outs[1]) == ledger(outs[2])
    assert len(results(outs[0])) == 21


def test_unchanged_files_are_left_alone(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    for n in range(3):
        put(inbox, f"{n}.xlsx", f"公司{n}")
    first = run(inbox, out)
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()}
    worker = AnyOrder(0)
    second = run(inbox, out, executor=worker)
    assert worker.performed == 0
    assert [o.is_unchanged for o in second] == [True] * 3
    assert [o.record for o in second] == [o.record for o in first]
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()} == before


def test_a_moved_or_touched_file_is_unchanged(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    path = put(inbox, "a.xlsx")
    run(inbox, out)
    moved = inbox / "归档" / "b.xlsx"
    moved.parent.mkdir()
    path.rename(moved)
    moved.touch()
    (outcome,) = run(inbox, out)
    assert outcome.is_unchanged
    assert outcome.record.file == str(moved)


def test_changed_rules_compute_everything_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    put(inbox, "a.xlsx")
    put(inbox, "b.xlsx", kwh=11_000.0, at=LATER)
    run(inbox, out)
    monkeypatch.setattr("workbook_engine.batch.rules.engine_version", lambda: "next")
    worker = AnyOrder(0)
    outcomes = run(inbox, out, executor=worker)
    assert worker.performed == 2
    # what corrects what was settled when they came, and a new reckoning of the older does not turn it round
    assert [bool(o.record.previous) for o in outcomes] == [False, True]


def test_another_factor_library_is_another_rule(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    put(inbox, "a.xlsx")
    run(inbox, out)
    from workbook_engine.pipeline import library_path  # noqa: PLC0415

    own = tmp_path / "own.xlsx"
    own.write_bytes(library_path().read_bytes() + b"\0")  # a zip may be followed by anything
    worker = AnyOrder(0)
    list(batch.run([inbox / "a.xlsx"], out, batch.settings_for(own), batch.Options(executor=worker)))
    assert worker.performed == 1


def test_everything_again_when_told(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    put(inbox, "a.xlsx")
    run(inbox, out)
    before = results(out)
    worker = AnyOrder(0)
    run(inbox, out, executor=worker, again=True)
    assert worker.performed == 1
    assert results(out) == before  # the same content is the same file


def test_a_results_workbook_that_was_removed_is_made_again(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    put(inbox, "a.xlsx")
    (outcome,) = run(inbox, out)
    before = results(out)
    Path(outcome.record.results[0]).unlink()
    (outcome,) = run(inbox, out)
    assert not outcome.is_unchanged
    assert results(out) == before


def test_results_that_somebody_edited_are_never_overwritten(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    put(inbox, "a.xlsx")
    (outcome,) = run(inbox, out)
    edited = Path(outcome.record.results[0])
    edited.write_bytes(b"edited by the consultant")
    (outcome,) = run(inbox, out, again=True)
    assert edited.read_bytes() == b"edited by the consultant"
    assert Path(outcome.record.results[0]).name == f"a{SUFFIX} (2).xlsx"


def test_files_of_the_same_content_share_their_results(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    put(inbox, "a.xlsx")
    put(inbox / "再发", "b.xlsx", at=9)
    worker = AnyOrder(0)
    outcomes = run(inbox, out, executor=worker)
    assert worker.performed == 1
    assert [o.record.file for o in outcomes] == [str(inbox / "a.xlsx"), str(inbox / "再发" / "b.xlsx")]
    assert outcomes[0].record.results == outcomes[1].record.results
    assert len(ledger(out)) == 2


def test_one_name_from_two_senders_gives_two_results(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    put(inbox / "一", "表.xlsx", kwh=1.0)
    put(inbox / "二", "表.xlsx", kwh=2.0, at=3)
    names = [Path(o.record.results[0]).name for o in run(inbox, out)]
    assert names == [f"表{SUFFIX}.xlsx", f"表{SUFFIX} (2).xlsx"]


# --- corrections ---


def test_a_correction_is_known_by_company_product_and_period(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    put(inbox, "z.xlsx", "甲公司", 1.0)
    run(inbox, out)
    put(inbox, "更正 a.xlsx", "甲公司 ", 2.0, at=LATER)
    put(inbox, "b.xlsx", "乙公司", 3.0, at=LATER)
    by_name = {Path(o.record.file).name: o.record for o in run(inbox, out)}
    assert by_name["更正 a.xlsx"].previous == by_name["z.xlsx"].sha256
    assert by_name["b.xlsx"].previous == by_name["z.xlsx"].previous == ""
    entries = {Path(str(e[0])).name: e for e in ledger(out)}
    assert entries["z.xlsx"][2] == by_name["更正 a.xlsx"].sha256


def test_three_submissions_at_once_correct_each_other_in_the_order_of_their_dates(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    put(inbox, "c.xlsx", kwh=1.0, at=0)
    put(inbox, "b.xlsx", kwh=2.0, at=LATER)
    put(inbox, "a.xlsx", kwh=3.0, at=2 * LATER)
    by_name = {Path(o.record.file).name: o.record for o in run(inbox, out, executor=AnyOrder(5))}
    assert by_name["a.xlsx"].previous == by_name["b.xlsx"].sha256
    assert by_name["b.xlsx"].previous == by_name["c.xlsx"].sha256
    assert by_name["c.xlsx"].previous == ""


def asked(outcomes: list[batch.Outcome]) -> dict[str, list[str]]:
    """Return, of each file that asks which of those that came at once counts, the question."""
    return {
        Path(o.record.file).name: [f.message.zh for f in o.record.findings if f.code == catalogue.CAME_AT_ONCE.code]
        for o in outcomes
        if any(f.code == catalogue.CAME_AT_ONCE.code for f in o.record.findings)
    }


def test_two_that_came_at_once_both_stand_and_it_is_asked_which_counts(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    one, other = put(inbox, "一.xlsx", kwh=1.0), put(inbox, "二.xlsx", kwh=2.0, at=LATER - 1)
    worker = AnyOrder(3)
    outcomes = run(inbox, out, executor=worker)
    assert worker.performed == 2  # none is compared with the other
    assert [(o.record.status, o.record.previous) for o in outcomes] == [("ok", "")] * 2
    (question,) = asked(outcomes)["二.xlsx"]
    assert "“一.xlsx”" in question
    with batch.Ledger(out) as book:
        assert {Path(e.path).name: (e.corrected_by, e.others) for e in book.entries()} == {
            "一.xlsx": ("", ("二.xlsx",)), "二.xlsx": ("", ("一.xlsx",)),
        }  # fmt: skip
    assert asked(run(inbox, out)) == asked(outcomes)  # as long as nobody answers

    put(inbox, "三.xlsx", kwh=3.0, at=2 * LATER)  # a correction is one of both
    outcomes = run(inbox, out)
    third = next(o.record for o in outcomes if o.record.file.endswith("三.xlsx"))
    with batch.Ledger(out) as book:
        assert [e.corrected_by for e in book.entries()] == [third.sha256, third.sha256, ""]
    assert asked(run(inbox, out)) == {}
    assert one.exists()
    assert other.exists()


def test_the_question_is_answered_by_taking_one_out_of_the_inbox(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    one = put(inbox, "一.xlsx", kwh=1.0)
    put(inbox, "二.xlsx", kwh=2.0)
    put(inbox, "三.xlsx", kwh=3.0)
    assert list(asked(run(inbox, out))) == ["三.xlsx", "二.xlsx"]  # of one date they go by name
    one.unlink()
    (inbox / "三.xlsx").rename(tmp_path / "三.xlsx")
    inside = batch.search([inbox], out)
    options = batch.Options(executor=AnyOrder(0), inbox=inside)
    (left,) = batch.run(inside.files, out, batch.settings_for(), options)
    assert (left.is_unchanged, asked([left])) == (True, {})


def test_what_came_at_once_with_one_that_was_taken_out_before_corrects_it(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    one = put(inbox, "一.xlsx", kwh=1.0)
    (first,) = run(inbox, out)
    one.unlink()
    put(inbox, "二.xlsx", kwh=2.0, at=5)
    inside = batch.search([inbox], out)
    options = batch.Options(executor=AnyOrder(0), inbox=inside)
    (second,) = batch.run(inside.files, out, batch.settings_for(), options)
    assert second.record.previous == first.record.sha256


def test_the_question_does_not_hang_on_who_was_quicker_or_on_a_run_that_was_broken_off(tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    for n in range(4):
        put(inbox, f"{n}.xlsx", kwh=1.0 + n, at=n)
    outs = [tmp_path / str(seed) for seed in range(3)]
    for seed, out in enumerate(outs):
        if seed:
            stop = iter([False] * (8 + 4 * seed) + [True] * 99)
            run(inbox, out, executor=AnyOrder(seed), stop=lambda stop=stop: next(stop))
        run(inbox, out, executor=AnyOrder(seed))
    assert ledger(outs[0]) == ledger(outs[1]) == ledger(outs[2])
    assert results(outs[0]) == results(outs[1]) == results(outs[2])


def test_what_took_its_place_corrects_it_even_under_another_product_name(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    path = put(inbox, "a.xlsx")
    (first,) = run(inbox, out)
    path.write_bytes(good(PARTS, "甲公司", 2.0, **{PRODUCT: "柱上断路器（更名）"}))
    (second,) = run(inbox, out)
    assert second.record.previous == first.record.sha256


def test_a_correction_carries_a_sheet_of_what_was_changed(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    put(inbox, "第一次.xlsx", kwh=10_593.054)
    put(inbox, "第二次.xlsx", kwh=20_593.054, at=LATER)  # 10,000 kWh more
    worker = AnyOrder(0)
    first, second = run(inbox, out, executor=worker)
    assert worker.performed == 3  # the second once more, when it was known what it corrects
    assert "与上次提交的差异" not in openpyxl.load_workbook(first.record.results[0], read_only=True).sheetnames
    sheet = openpyxl.load_workbook(second.record.results[0], data_only=True)["与上次提交的差异"]
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert "第一次.xlsx" in str(sheet["B2"].value)
    changed = cells["20593.054"].row
    assert sheet.cell(changed, cells["20593.054"].column - 1).value == "10593.054"
    effect = sheet.cell(changed, 9).value
    assert effect == pytest.approx(10_000 / float(OUTPUT) * KWH_FACTOR, rel=1e-9)


def test_a_correction_in_the_same_place_is_compared_at_once(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    put(inbox, "a.xlsx", kwh=1.0)
    run(inbox, out)
    put(inbox, "a.xlsx", kwh=2.0)
    worker = AnyOrder(0)
    (outcome,) = run(inbox, out, executor=worker)
    assert worker.performed == 1
    assert "与上次提交的差异" in openpyxl.load_workbook(outcome.record.results[0], read_only=True).sheetnames


def test_a_lost_copy_of_the_earlier_submission_costs_the_comparison_alone(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    put(inbox, "a.xlsx", kwh=1.0)
    (first,) = run(inbox, out)
    sha256 = first.record.sha256
    (out / STATE / "inputs" / sha256[:2] / sha256).write_bytes(b"torn")
    put(inbox, "a.xlsx", kwh=2.0)
    (second,) = run(inbox, out)
    assert (second.record.status, second.record.previous) == ("ok", sha256)
    assert "与上次提交的差异" not in openpyxl.load_workbook(second.record.results[0], read_only=True).sheetnames


def test_the_inputs_of_every_submission_are_kept(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    path = put(inbox, "a.xlsx", kwh=1.0)
    content = path.read_bytes()
    (first,) = run(inbox, out)
    put(inbox, "a.xlsx", kwh=2.0)
    run(inbox, out)
    sha256 = first.record.sha256
    assert (out / STATE / "inputs" / sha256[:2] / sha256).read_bytes() == content


def test_a_file_that_left_the_inbox_is_noted_and_kept(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    path = put(inbox, "a.xlsx")
    put(inbox, "b.xlsx", "乙公司")
    run(inbox, out)
    path.unlink()
    inside = batch.search([inbox], out)
    list(batch.run(inside.files, out, batch.settings_for(), batch.Options(executor=AnyOrder(0), inbox=inside)))
    assert {Path(str(e[0])).name: e[3] for e in ledger(out)} == {"a.xlsx": True, "b.xlsx": False}


# --- what stands in the way ---


def test_a_file_that_failed_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    put(inbox, "a.xlsx")
    put(inbox, "b.xlsx", "乙公司")

    def broken(*_: object) -> None:
        raise RuntimeError("a slip of ours")

    with monkeypatch.context() as patch:
        patch.setattr("workbook_engine.batch.work.examine", broken)
        failed = run(inbox, out)
    assert [o.record.status for o in failed] == ["failed", "failed"]
    assert [f.code for f in failed[0].record.findings] == ["engine-fault"]
    assert "a slip of ours" in failed[0].record.trace
    assert [o.record.status for o in run(inbox, out)] == ["ok", "ok"]


def test_a_full_disk_is_said_for_each_file_and_mended_by_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    put(inbox, "a.xlsx")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("workbook_engine.placing.os.link", full)
        (outcome,) = run(inbox, out)
    assert outcome.record.status == "failed"
    assert "磁盘已满" in outcome.record.findings[0].message.zh
    assert results(out) == {}
    (outcome,) = run(inbox, out)
    assert outcome.record.status == "ok"


def test_an_output_folder_open_in_excel_gets_the_new_version_beside(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    path = put(inbox, "a.xlsx", kwh=1.0)
    (outcome,) = run(inbox, out)
    result = Path(outcome.record.results[0])
    result.with_name("~$" + result.name).write_bytes(b"owner")
    path.write_bytes(good(PARTS, "甲公司", 2.0))
    (outcome,) = run(inbox, out)
    (said,) = [f for f in outcome.record.findings if f.code == catalogue.RESULTS_BESIDE_OPEN.code]
    assert result.name in said.message.zh
    assert f"a{SUFFIX} (2).xlsx" in said.message.zh


def test_a_file_over_its_time_is_killed_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    put(inbox, "a.xlsx")
    put(inbox, "b.xlsx", "乙公司")
    monkeypatch.setattr("workbook_engine.intake.limits.SECONDS_PER_MB", 0.0)
    hurried = replace(batch.settings_for(), limits=replace(DEFAULT_LIMITS, seconds=0.02))  # a child starts slower
    outcomes = list(batch.run(batch.find_workbooks([inbox]), out, hurried, batch.Options(jobs=2)))
    assert [[f.code for f in o.record.findings] for o in outcomes] == [["reading-too-slow"]] * 2
    monkeypatch.setattr("workbook_engine.intake.limits.SECONDS_PER_MB", 1e6)
    unlimited = batch.Options(executor=AnyOrder(0))  # the next time, under the same rules, the machine is not busy
    again = list(batch.run(batch.find_workbooks([inbox]), out, hurried, unlimited))
    assert [(o.record.status, o.is_unchanged) for o in again] == [("ok", False)] * 2


def test_a_worker_that_dies_loses_nothing(season: tuple[Path, list[Returned]], tmp_path: Path) -> None:
    inbox, returned = season
    pool = PoolExecutor(2)
    outcomes = []
    for outcome in batch.run(
        batch.find_workbooks([inbox]), tmp_path, batch.settings_for(), batch.Options(executor=pool)
    ):
        outcomes.append(outcome)
        if len(outcomes) in (5, 10, 15):
            os.kill(pool.children[len(outcomes) % len(pool.children)], 9)
    statuses = {Path(o.record.file).name: o.record.status for o in outcomes}
    assert len(outcomes) == len(returned)
    for workbook in returned:
        assert (
            statuses[workbook.path.name] == {"good": "ok", "faulty": "incomplete", "hostile": "rejected"}[workbook.kind]
        )


def test_closing_a_run_early_keeps_what_was_done_and_leaves_no_child(
    season: tuple[Path, list[Returned]], tmp_path: Path
) -> None:
    inbox, returned = season
    pool = PoolExecutor(2)
    outcomes = batch.run(batch.find_workbooks([inbox]), tmp_path, batch.settings_for(), batch.Options(executor=pool))
    done = [next(outcomes).record.file for _ in range(5)]
    children = pool.children
    outcomes.close()
    for child in children:
        with pytest.raises(ProcessLookupError):
            os.kill(child, 0)
    entered = [entry[0] for entry in ledger(tmp_path)]
    assert entered[:5] == done  # what was told is in the ledger, which writes several at a time
    assert litter(tmp_path) == []
    worker = AnyOrder(0)
    assert len(run(inbox, tmp_path, executor=worker)) == len(returned)
    assert worker.performed == len(returned) - len(entered)


def test_reading_alone_writes_nothing(tmp_path: Path) -> None:
    put(tmp_path, "a.xlsx")
    (outcome,) = run(tmp_path, None)
    assert outcome.record.status == "ok"
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]
