"""A formula that looks at its own cell has no result of its own: it is told, and one beside it is not."""

from __future__ import annotations

import pytest

from workbook_engine.normalize.circular import is_circular

PLACE = ("产品生产", 10, 5)  # E10


@pytest.mark.parametrize(
    "formula", ["SUM(E9:E12)", "E10+1", "$E$10*2", "SUM(E12:E9)", "'产品生产'!E10", "产品生产!E10+1", "SUM(A1:Z99)"]
)
def test_a_formula_that_looks_at_its_own_cell(formula: str) -> None:
    assert is_circular(formula, PLACE)


@pytest.mark.parametrize(
    "formula",
    [
        "SUM(L10:W10)",
        "SUM(E1:E9)",
        "E100",
        "AE10",
        "E10A",
        "汇总!E10",
        "'一厂'!E10",
        '"E10"&1',
        "ROW(E10)*2",
        "E10(1)",
        "12*5",
    ],
)
def test_a_formula_that_does_not(formula: str) -> None:
    assert not is_circular(formula, PLACE)
