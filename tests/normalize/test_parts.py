"""Rows that are written as parts of the one above. 10 kg of fasteners, of which 6 kg bolts and 4 kg nuts, are 10 kg.

Counted as they stand they would be 20 kg of steel, 41 kgCO2e at 2.05 kgCO2e/kg, in place of 20.5.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.books import line, returned
from tests.studies import Outcome, process_book

STEEL = "普通碳钢（市场平均）"
RAW = "raw_material_acquisition"


def outcome(*rows: tuple[str, object, str], **more: Any) -> Outcome:
    lines = [line(item=item, flow=STEEL, amount=amount, unit=unit, **more) for item, amount, unit in rows]
    return process_book(returned({RAW: lines}))


def said(done: Outcome, code: str) -> list[str | None]:
    return [finding.where.cell for finding in done.findings if finding.code == code and finding.where]


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        ("紧固件", "-{}"),
        ("紧固件", "- {}"),
        ("紧固件", "—{}"),
        ("紧固件", "·{}"),
        ("紧固件", "　{}"),
        ("紧固件", "    {}"),
        ("紧固件", "└─{}"),
        ("紧固件", "①{}"),
        ("紧固件", "（1）{}"),
        ("1 紧固件", "1.1 {}"),
        ("2、紧固件", "2.1、{}"),
        ("2.1 紧固件", "2.1.3 {}"),
    ],
)
def test_parts_that_add_up_to_the_row_above_are_refused(whole: str, part: str) -> None:
    done = outcome((whole, 10, "kg"), (part.format("螺栓"), 6, "kg"), (part.format("螺母"), 4000, "g"))
    assert said(done, "subitems-add-up") == ["E8"]
    assert not done.is_final


def test_the_next_whole_ends_the_parts_of_the_last() -> None:
    done = outcome(
        ("紧固件", 10, "kg"), ("- 螺栓", 6, "kg"), ("- 螺母", 4, "kg"),
        ("壳体", 30, "kg"), ("- 前板", 20, "kg"), ("- 后板", 10, "kg"),
    )  # fmt: skip
    assert said(done, "subitems-add-up") == ["E8", "E11"]


def test_parts_within_the_row_above_are_asked_about() -> None:
    done = outcome(("紧固件", 10, "kg"), ("- 螺栓", 6, "kg"))
    assert said(done, "subitems-fit") == ["E8"]
    assert done.is_final


@pytest.mark.parametrize(
    "rows",
    [
        [("- 螺栓", 6, "kg"), ("- 螺母", 4, "kg")],  # a list, of nothing above it
        [("紧固件", 10, "kg"), ("- 壳体", 60, "kg")],  # more than the row above
        [("冷库", 10, "kg"), ("-20℃冷库", 6, "kg")],  # a name
        [("紧固件", 10, "kg"), (" 螺栓", 6, "kg")],  # a slip of the space bar
        [("1 紧固件", 10, "kg"), ("2 螺栓", 6, "kg")],
        [("304不锈钢", 10, "kg"), ("304.5 mm 管", 6, "kg")],
        [("1 紧固件", 10, "kg"), ("1.5mm钢板", 6, "kg")],
    ],
)
def test_rows_that_are_no_parts_of_another_are_left_alone(rows: list[tuple[str, object, str]]) -> None:
    done = outcome(*rows)
    assert not {"subitems-add-up", "subitems-fit"} & done.codes()
    assert done.is_final


@pytest.mark.parametrize("name", ["其中螺栓", "（其中）螺栓", "- 其中：螺栓", "内含螺栓", "包括：螺栓"])
def test_a_row_that_calls_itself_a_part_is_refused(name: str) -> None:
    assert said(outcome(("紧固件", 10, "kg"), (name, 6, "kg")), "part-of-above") == ["E8"]
