"""Two things wrong in one row are both told: a company that mends the one shall not hear of the other next week."""

from __future__ import annotations

import itertools
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from tests.books import PRODUCT, line, returned
from tests.studies import process_book

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_engine.grid import Book

RAW, TRANSPORT, MAKE = "raw_material_acquisition", "raw_material_transport", "production"
USE, END, PRODUCTS, PLANTS, MADE = "use", "end_of_life", "products", "plants", "plant_products"
BY_THE_PIECE, BY_THE_YEAR, DECLARED = "parts by the piece", "parts by the year", "declared footprints"
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
PER_UNIT = {"basis": "每功能单位", "data_source": "估算", "quality": "次级数据"}
OF_PIECES: Problems = {
    "no pieces": {"pieces": None},
    "pieces not known yet": {"pieces": "待定"},
    "pieces in a range": {"pieces": "2~3"},
    "no such pieces": {"pieces": "若干"},
    "zero pieces": {"pieces": 0},
    "fewer than no pieces": {"pieces": -2},
}
OF_ROUTES: Problems = {
    "no such share": {"route_share": "大部分"},
    "a share not known yet": {"route_share": "待定"},
    "a share in a range": {"route_share": "40~60%"},
    "more than the whole": {"route_share": "120%"},
    "a share below zero": {"route_share": -0.2},
    "no such credit": {"credit": "也许"},
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
    USE: (
        {"item": "待机损耗", "flow": "电力", "amount": 5, "unit": "W", "years": 20, "hours_per_year": 8000} | PER_UNIT,
        OF_AMOUNTS
        | {
            "no such flow": {"flow": "某种能"},
            "no life": {"years": None},
            "a life not known yet": {"years": "待定"},
            "a life in a range": {"years": "15~20"},
            "no such life": {"years": "很久"},
            "a life below zero": {"years": -5},
            "a life in months": {"years": 240},
            "hours not known yet": {"hours_per_year": "待定"},
            "hours of a day": {"hours_per_year": 8},
            "hours of no year": {"hours_per_year": 9000},
            "no such hours": {"hours_per_year": "全天"},
            "no such load": {"load_factor": "轻载"},
            "a load in a range": {"load_factor": "40~60%"},
            "a load below zero": {"load_factor": -0.5},
        },
    ),
    END: (
        {"item": "拆解", "flow": "电力", "amount": 4, "unit": "kWh", "route": "拆解", "route_share": 1} | PER_UNIT,
        {name: problem for name, problem in OF_AMOUNTS.items() if name != "a share in the name"}  # it is the route's
        | OF_ROUTES
        | {"no such flow": {"flow": "某种能"}},
    ),
    BY_THE_PIECE: (
        {"item": "互感器", "flow": "电力", "amount": 3.5, "unit": "kWh", "supplier": "甲厂", "pieces": 3}
        | {"basis": "每件零部件", "data_source": "供应商提供", "quality": "初级数据"},
        OF_AMOUNTS
        | OF_PIECES
        | {
            "no such flow": {"flow": "某种能"},
            "no such loss": {"loss_rate": "很少"},
            "a scrap rate in a range": {"scrap_rate": "1~2%"},
            "an output that nothing asks for": {"supplier_output": 100},
        },
    ),
    BY_THE_YEAR: (
        {"item": "箱体", "flow": "电力", "amount": 52000, "unit": "kWh", "supplier": "乙厂", "pieces": 2}
        | {"supplier_output": 16000, "basis": "供应商全年合计", "data_source": "供应商提供", "quality": "初级数据"},
        OF_AMOUNTS
        | OF_PIECES
        | {
            "no such flow": {"flow": "某种能"},
            "no output": {"supplier_output": None},
            "an output not known yet": {"supplier_output": "待定"},
            "no such output": {"supplier_output": "商业秘密"},
            "zero output": {"supplier_output": 0},
        },
    ),
    DECLARED: (
        {
            "item": "互感器",
            "flow": "电力",
            "supplier": "甲厂",
            "pieces": 3,
            "own_cfp": 12.5,
            "own_cfp_unit": "kgCO2e/件",
        }
        | {"own_cfp_report": "R-1", "own_cfp_standard": "ISO 14067:2018", "own_cfp_boundary": "摇篮到大门"}
        | PER_UNIT,
        {key: problem for key, problem in OF_PIECES.items() if key != "no pieces"}
        | {
            "a footprint not known yet": {"own_cfp": "待定"},
            "a footprint in a range": {"own_cfp": "10~12"},
            "a footprint below zero": {"own_cfp": -1},
            "no unit of the footprint": {"own_cfp_unit": None},
            "no such unit of the footprint": {"own_cfp_unit": "kWh/件"},
            "no report": {"own_cfp_report": None},
            "no boundary": {"own_cfp_boundary": None},
            "no such basis": {"basis": "大概"},
            "no such product": {"product": "没有的产品"},
            "a remark": {"remark": "上半年"},
        },
    ),
    PRODUCTS: (
        dict(PRODUCT),
        {
            "no name": {"name": None},
            "no model": {"model": None},
            "no such kind of unit": {"unit_kind": "大概"},
            "no unit": {"unit": None},
            "a mass in a range": {"mass_kg": "70~80"},
            "a mass below zero": {"mass_kg": -80},
            "no mass": {"mass_kg": None},
            "an output not known yet": {"output": "待定"},
            "no output": {"output": None},
            "an output in a range": {"output": "900~1000"},
            "an output below zero": {"output": -1},
            "no such unit of output": {"output_unit": "箩"},
        },
    ),
    PLANTS: (
        {"name": "一厂", "allocation_basis": "企业自定权重", "justification": "按单台工时"},
        {
            "no name": {"name": None},
            "no such basis": {"allocation_basis": "大概"},
            "no basis": {"allocation_basis": None},
            "no justification": {"justification": None},
        },
    ),
    MADE: (
        {"plant": "一厂", "product": "分支箱", "output": 600, "unit": "台", "weight": 2},
        {
            "no such plant": {"plant": "不存在厂"},
            "no plant": {"plant": None},
            "no product": {"product": None},
            "an output not known yet": {"output": "待定"},
            "no output": {"output": None},
            "an output in a range": {"output": "900~1000"},
            "another output than the product's": {"output": 900},
            "no such unit": {"unit": "箩"},
            "a weight not known yet": {"weight": "待定"},
            "no weight": {"weight": None},
            "a weight below zero": {"weight": -1},
            "a weight in a range": {"weight": "1~2"},
        },
    ),
}
PLACES = ("一厂", "二厂")
STAGES = {BY_THE_PIECE: RAW, BY_THE_YEAR: RAW, DECLARED: RAW}
CASES = [
    (stage, one, other)
    for stage, (_, problems) in OF.items()
    for one, other in itertools.combinations(problems, 2)
    if not problems[one].keys() & problems[other].keys()
]
# What cannot be judged without the other cell: a size without a figure, a share that the loss rate may be, what a
# basis or a plant asks for.
DEPENDENT = ("magnitude-", "cutoff-")
_OF_BASIS, _OF_PLANT = ("supplier-field-missing", "supplier-field-unused"), ("weight-missing", "output-disagrees")
NEEDED = {
    "no such loss": ("share-in-name",),
    "a scrap rate in a range": ("share-in-name",),
    "no basis": _OF_BASIS,
    "no such basis": _OF_BASIS,
    "no such plant": _OF_PLANT,
    "no plant": _OF_PLANT,
    "no product": ("output-disagrees", "output-missing"),
    "no name": ("weights-by-count",),
}


def _book(kind: str, cells: dict[str, Any]) -> Book:
    """Return a workbook with the one row, and what it needs beside it."""
    if kind == PRODUCTS:
        return returned({MAKE: [line(basis="本产品全年合计")]}, products=[cells])
    if kind in (PLANTS, MADE):
        plant, made = (cells if kind == key else OF[key][0] for key in (PLANTS, MADE))
        others = [{"plant": name, "product": "避雷器", "output": 3000, "unit": "台", "weight": 0.5} for name in PLACES]
        rest = {"plant": PLACES[1], "product": "分支箱", "output": 400, "unit": "台", "weight": 2}
        second = OF[PLANTS][0] | {"name": PLACES[1]}
        year = [line(basis="全厂全年合计", plant=name, amount=50000, item=f"{name}用电") for name in PLACES]
        return returned({PLANTS: [plant, second], MADE: [made, rest, *others], MAKE: year})
    beside = {} if kind == MAKE else {MAKE: [line()]}
    return returned({STAGES.get(kind, kind): [cells], **beside})


def _told(kind: str, cells: dict[str, Any]) -> set[tuple[str, str | None]]:
    """Return what is told of the row, by code and cell; of several blanks in a route one sentence names all."""
    findings = process_book(_book(kind, cells)).findings
    return {
        (finding.code, None if finding.code == "route-incomplete" else finding.where.cell)
        for finding in findings
        if finding.where is not None and not finding.code.startswith(DEPENDENT)
    }


@cache
def _told_of(kind: str, *names: str) -> set[tuple[str, str | None]]:
    good, problems = OF[kind]
    cells = dict(good)
    for name in names:
        cells |= problems[name]
    return _told(kind, cells)


@pytest.mark.parametrize(("kind", "one", "other"), CASES, ids=lambda word: word.replace(" ", "-"))
def test_neither_of_two_problems_hides_the_other(kind: str, one: str, other: str) -> None:
    fine = _told_of(kind)
    alone = _told_of(kind, one) - fine, _told_of(kind, other) - fine
    assert alone[0]
    assert alone[1]
    both = _told_of(kind, one, other)
    hidden = {(code, cell) for code, cell in alone[0] - both if code not in NEEDED.get(other, ())}
    hidden |= {(code, cell) for code, cell in alone[1] - both if code not in NEEDED.get(one, ())}
    assert not hidden


@pytest.mark.parametrize("cells", [{"amount": "5%"}, {"amount": "５％", "unit": None}, {"amount": 5, "unit": "%"}])
def test_a_share_is_no_amount(cells: dict[str, Any]) -> None:
    """5 % of a material that nobody weighed: neither 5 nor 0.05 kg."""
    told = {code: cell for code, cell in _told(RAW, OF[RAW][0] | cells) if code == "amount-is-share"}
    assert told == {"amount-is-share": "F7" if cells.get("unit") == "%" else "E7"}
