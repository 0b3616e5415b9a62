"""Words that stand for none where a name belongs: `/` is a blank, `待定` is not, and `全部产品` is every product."""

from __future__ import annotations

import pytest

from tests.books import line, returned
from tests.studies import Outcome, process_book
from workbook_engine.findings import Severity
from workbook_engine.grid import Cell

KWH = 0.5777
PRODUCTION = "产品生产"
NOTHING = ("/", "—", "无", "N/A", "不适用", "／")


def outcome(**cells: object) -> Outcome:
    return process_book(returned({"production": [line(**cells)]}))


@pytest.mark.parametrize("word", NOTHING)
@pytest.mark.parametrize(
    ("key", "cell"), [("product", "C7"), ("plant", "H7"), ("data_source", "I7"), ("quality", "J7")]
)
def test_what_may_be_blank_is_blank(word: str, key: str, cell: str) -> None:
    done = outcome(**{key: word})
    assert done.said() == []
    assert (PRODUCTION, cell, "read-as-blank") in done.said(Severity.NOTE)
    assert ((PRODUCTION, cell, "recommended-empty") in done.said(Severity.WARNING)) is (
        key in ("data_source", "quality")
    )
    assert done.cfp == pytest.approx(100 * KWH)


@pytest.mark.parametrize("word", NOTHING)
@pytest.mark.parametrize(
    ("key", "cell", "code"),
    [("unit", "F7", "unit-missing"), ("flow", "D7", "flow-missing"), ("basis", "G7", "basis-missing")],
)
def test_what_must_be_filled_in_is_missing(word: str, key: str, cell: str, code: str) -> None:
    assert outcome(**{key: word}).said() == [(PRODUCTION, cell, code)]


@pytest.mark.parametrize("key", ["product", "quality", "unit", "flow", "basis"])
def test_what_will_come_is_no_blank(key: str) -> None:
    assert [code for _, _, code in outcome(**{key: "待定"}).said()] == ["value-pending"]
    assert [code for _, _, code in outcome(**{key: "同上"}).said()] == ["value-same-as-above"]  # of the first row


def test_an_amount_below_detection_asks_for_the_value_to_take() -> None:
    assert [code for _, _, code in outcome(amount="未检出").said()] == ["number-is-bound"]


def test_an_error_value_is_told_once() -> None:
    for key, cell in (("flow", "D7"), ("unit", "F7")):
        assert outcome(**{key: Cell("error", "#N/A")}).said() == [(PRODUCTION, cell, "cell-error")]


@pytest.mark.parametrize(("typed", "told"), [("2024", False), ("2024年", True)])
def test_a_year_is_told_as_understood_where_it_was_written_otherwise(typed: str, told: bool) -> None:  # noqa: FBT001
    done = process_book(returned(fields={"settings.electricity_year": typed}))
    assert ("understood-as" in done.codes()) is told
    assert done.cfp == pytest.approx(100 * KWH)


def test_a_stage_that_does_not_apply_is_outside() -> None:
    """The boundary's own words count: a company that crosses a stage out has decided."""
    done = process_book(returned(boundary={"use": "/"}))
    assert done.said() == []
    assert [code for _, _, code in process_book(returned(boundary={"production": "/"})).said()] == ["stage-not-decided"]


@pytest.mark.parametrize("word", ["全部产品", "所有产品", "all"])
def test_every_product(word: str) -> None:
    done = outcome(product=word)
    assert (PRODUCTION, "C7", "understood-as") in done.said(Severity.NOTE)
    assert done.cfp == pytest.approx(100 * KWH)


# --- the period in one cell -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2025年度", None),
        ("2025.1.1-2025.12.31", None),
        (None, "2025年1月-12月"),
        ("2025年初", "2025年底"),
        ("2025年1月", "2025年末"),
    ],
)
def test_a_period_in_one_cell_is_the_whole_of_it(start: str | None, end: str | None) -> None:
    done = process_book(returned(fields={"study.period_start": start, "study.period_end": end}))
    assert done.said() == []
    study = done.inventory.study
    assert (str(study.period_start), str(study.period_end)) == ("2025-01-01", "2025-12-31")


@pytest.mark.parametrize(("start", "end"), [("2025-01-01", None), ("2025年1月", None), (None, "2025-12-31")])
def test_one_day_or_one_month_is_no_period(start: str | None, end: str | None) -> None:
    done = process_book(returned(fields={"study.period_start": start, "study.period_end": end}))
    assert [code for _, _, code in done.said()] == ["required-empty"]
