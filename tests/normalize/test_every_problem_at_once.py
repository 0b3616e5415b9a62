"""Two things wrong in one row are both told: a company that mends the one shall not hear of the other next week."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest

from tests.books import line, returned
from tests.studies import process_book

if TYPE_CHECKING:
    from collections.abc import Mapping

RAW, TRANSPORT, MAKE = "raw_material_acquisition", "raw_material_transport", "production"
Problems = dict[str, dict[str, Any]]

OF_AMOUNTS: Problems = {
    "no flow": {"flow": None},
    "a share": {"amount": "5%"},
    "not known yet": {"amount": "待定"},
    "a range": {"amount": "100~200"},
    "below zero": {"amount": -5},
    "no amount": {"amount": None},
    "no such unit": {"unit": "斛"},
    "no unit": {"unit": None},
    "a unit of shares": {"unit": "%"},
    "no such basis": {"basis": "大概"},
    "no basis": {"basis": None},
    "no such factor": {"factor_id": "ZZZ"},
    "a remark": {"remark": "上半年"},
    "a share in the name": {"item": "备件（2%）"},
    "no such product": {"product": "没有的产品"},
}
OF: Mapping[str, tuple[dict[str, Any], Problems]] = {
    RAW: (
        line(item="钢", flow="普通碳钢（市场平均）", amount=10, unit="kg", basis="每功能单位"),
        OF_AMOUNTS | {"no such flow": {"flow": "某某合金"}, "no such loss": {"loss_rate": "很少"}},
    ),
    MAKE: (
        line(item="电", flow="电力", amount=100, unit="kWh", basis="本产品全年合计"),
        OF_AMOUNTS
        | {"no such flow": {"flow": "某种能"}, "no such plant": {"basis": "全厂全年合计", "plant": "不存在厂"}},
    ),
    TRANSPORT: (
        {"item": "钢板", "mass": 12, "mass_unit": "t", "distance_km": 100, "mode": "重型柴油货车(载重18t)"}
        | {"basis": "本产品全年合计", "data_source": "台账", "quality": "初级数据"},
        {
            "no such mode": {"mode": "飞碟"},
            "no mode": {"mode": None},
            "a share": {"mass": "5%"},
            "not known yet": {"mass": "待定"},
            "no mass": {"mass": None},
            "no such unit": {"mass_unit": "斛"},
            "no unit": {"mass_unit": None},
            "a unit of energy": {"mass_unit": "kWh"},
            "no distance": {"distance_km": None},
            "no such distance": {"distance_km": "很远"},
            "below zero": {"distance_km": -3},
            "no such basis": {"basis": "大概"},
            "no basis": {"basis": None},
            "no such factor": {"factor_id": "ZZZ"},
            "a remark": {"remark": "往返"},
            "a word in the name": {"item": "钢板（往返）"},
        },
    ),
}
CASES = [
    (stage, one, other)
    for stage, (_, problems) in OF.items()
    for one, other in itertools.combinations(problems, 2)
    if not problems[one].keys() & problems[other].keys()
]
# What cannot be judged without the other cell: a size without a figure, a share that the loss rate may be.
DEPENDENT = ("magnitude-", "cutoff-")
SHARE_OF_A_LOSS = {"no such loss", "a share in the name"}


def _told(stage: str, cells: dict[str, Any]) -> set[tuple[str, str | None]]:
    """Return what is told of the row, by code and cell; of several blanks in a route one sentence names all."""
    others = {} if stage == MAKE else {MAKE: [line()]}
    findings = process_book(returned({stage: [cells], **others})).findings
    return {
        (finding.code, None if finding.code == "route-incomplete" else finding.where.cell)
        for finding in findings
        if finding.where is not None and not finding.code.startswith(DEPENDENT)
    }


@pytest.mark.parametrize(("stage", "one", "other"), CASES, ids=lambda word: word.replace(" ", "-"))
def test_neither_of_two_problems_hides_the_other(stage: str, one: str, other: str) -> None:
    good, problems = OF[stage]
    alone = [_told(stage, good | problems[name]) - _told(stage, good) for name in (one, other)]
    both = _told(stage, good | problems[one] | problems[other])
    hidden = (alone[0] | alone[1]) - both
    if {one, other} == SHARE_OF_A_LOSS:
        hidden -= {("share-in-name", "B7")}
    assert alone[0]
    assert alone[1]
    assert not hidden


@pytest.mark.parametrize("cells", [{"amount": "5%"}, {"amount": "５％", "unit": None}, {"amount": 5, "unit": "%"}])
def test_a_share_is_no_amount(cells: dict[str, Any]) -> None:
    """5 % of a material that nobody weighed: neither 5 nor 0.05 kg."""
    told = {code: cell for code, cell in _told(RAW, OF[RAW][0] | cells) if code == "amount-is-share"}
    assert told == {"amount-is-share": "F7" if cells.get("unit") == "%" else "E7"}
