"""Biogenic CO2, computed and shown apart: a wooden pallet worked by hand (wood.py), to the grave and to the gate.

The factors are those of ISO 14067:2018, 6.5.2: -1 for what biomass takes up, +1 for what is given off.
"""

from __future__ import annotations

import math
import shutil
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests import recalc
from tests.books import line, returned
from tests.results.wood import (
    BURNT,
    EMITTED,
    FIRE,
    KILN,
    MAKING,
    METHANE,
    PALLET,
    POWER,
    TAKEN_UP,
    UPTAKE,
    WOOD,
    pallet,
)
from tests.studies import process_book, write_book_results
from workbook_engine.compute import assess
from workbook_engine.model import Sampling
from workbook_engine.model.biogenic import biogenic_carbon

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_engine.texts import Language

BALANCE = {"biogenic-not-released", "biogenic-without-uptake", "biogenic-in-product"}
GASES = {"zh": "温室气体分列", "en": "Emissions by gas"}
NAMES = {
    "zh": ("CO2（生物成因）", "CO2 移除（生物质吸收）", "其中：生物源 CO2 净值", "合计，不含生物源 CO2", "合计"),
    "en": (
        "CO2 (biogenic)",
        "CO2 removed (biomass)",
        "Of which biogenic CO2, net",
        "Total without biogenic CO2",
        "Total",
    ),
}


def gases(values: recalc.Values, language: Language) -> dict[str, list[object]]:
    """Return the rows of the sheet by their name: stages, then the total."""
    sheet = GASES[language]
    rows = {str(value): cell[1:] for (name, cell), value in values.items() if name == sheet and cell[0] == "B"}
    return {name: [values.get((sheet, f"{letter}{rows[name]}")) for letter in "CDEF"] for name in NAMES[language]}


def approx(*values: float) -> object:
    return pytest.approx(values, rel=1e-9, abs=1e-12)


def test_what_is_taken_up_and_given_off_again_is_nothing() -> None:
    done = process_book(pallet())
    stages = {stage.stage.value: stage.kg_co2e for stage in done.footprint.products[0].stages}
    assert stages == pytest.approx(
        {"raw_material_acquisition": -22 * 0.5 * 44 / 12, "production": POWER + 4 * 0.5 * 44 / 12, "end_of_life": 33}
    )
    assert done.is_final
    assert done.cfp == pytest.approx(2.8885)
    assert not BALANCE & done.codes()
    carbon = biogenic_carbon(done.footprint.products[0])
    assert carbon is not None
    assert (carbon.removed, carbon.released) == approx(TAKEN_UP, KILN + BURNT)
    assert carbon.net_kg_co2e == pytest.approx(0, abs=1e-9)


def test_what_leaves_by_the_gate_is_told_with_its_carbon() -> None:
    """33 kg CO2 are 9 kg of carbon in the pallet: 18 kg of wood, half of it carbon."""
    done = process_book(pallet(to_the_grave=False))
    assert done.cfp == pytest.approx(POWER - 33)
    (told,) = (finding for finding in done.findings if finding.code in BALANCE)
    assert (told.code, told.params["kept"], told.params["carbon"]) == ("biogenic-in-product", "33", "9")
    assert told.effect_kg_co2e == pytest.approx(33)


@pytest.mark.parametrize(
    ("rows", "code", "kept"),
    [
        ({"end_of_life": [line(item="拆解")]}, "biogenic-not-released", "33"),
        ({"end_of_life": [FIRE | {"amount": 32}]}, "biogenic-not-released", "1"),
        ({"end_of_life": [FIRE | {"amount": 32.7}]}, "", ""),  # within 1 % of 40.3333
        ({"production": [*MAKING, line(item="发酵", flow=EMITTED, unit="kg")]}, "biogenic-without-uptake", "100"),
        # 2 kg CH4 hold the carbon of 5.5 kg CO2: what rots as methane is given off too
        ({"end_of_life": [FIRE | {"amount": 27.5}, line(item="腐烂", flow=METHANE, amount=2, unit="kg")]}, "", ""),
    ],
)
def test_carbon_that_does_not_balance_over_the_whole_life_is_asked_about(
    rows: dict[str, list[dict[str, object]]], code: str, kept: str
) -> None:
    done = process_book(pallet(**rows))
    told = [(finding.code, finding.params["kept"]) for finding in done.findings if finding.code in BALANCE]
    assert told == ([(code, kept)] if code else [])
    assert done.is_final


def test_biogenic_methane_counts_by_its_own_gwp() -> None:
    """AR6: 27.0 for methane that is not fossil; it is a gas of its own, no biogenic CO2."""
    done = process_book(
        pallet(end_of_life=[FIRE | {"amount": 27.5}, line(item="腐烂", flow=METHANE, amount=2, unit="kg")])
    )
    assert done.cfp == pytest.approx(POWER - 5.5 + 2 * 27.0)


@pytest.mark.parametrize(("unit", "amount"), [("kgCO2", 1000), ("tCO2", 1), ("kgCO2e", 1000), ("t", 1), ("kg", 1000)])
@pytest.mark.parametrize("flow", [UPTAKE, "二氧化碳（生物源）", "二氧化碳"])
def test_units_of_co2_are_units_of_its_mass(unit: str, amount: float, flow: str) -> None:
    done = process_book(pallet(production=[*MAKING, line(item="锅炉", flow=flow, amount=amount, unit=unit)]))
    assert done.cfp == pytest.approx(POWER + (-1000 if flow == UPTAKE else 1000))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_gases_are_shown_with_and_without_biogenic_co2(language: Language, tmp_path: Path) -> None:
    write_book_results(pallet(), tmp_path / "r.xlsx", language)
    values = recalc.ironcalc_values(tmp_path / "r.xlsx")
    assert recalc.differences(tmp_path / "r.xlsx", values) == []
    emitted, removed, net, without, total = gases(values, language).values()
    assert emitted == approx(0, KILN, BURNT, KILN + BURNT)
    assert removed == approx(-TAKEN_UP, 0, 0, -TAKEN_UP)
    assert net == approx(-TAKEN_UP, KILN, BURNT, 0)
    assert without == approx(0, POWER, 0, POWER)
    assert total == approx(-TAKEN_UP, KILN + POWER, BURNT, POWER)


@pytest.mark.parametrize("to_the_grave", [True, False])
def test_the_whole_workbook_follows_a_change(*, to_the_grave: bool, tmp_path: Path) -> None:
    """10 kg more wood, all of it in the pallet: 18.3333 kg more taken up; the figure without biogenic CO2 stays."""
    path = tmp_path / "r.xlsx"
    done = write_book_results(pallet(to_the_grave=to_the_grave), path)
    more = 10 * 0.5 * 44 / 12
    book = openpyxl.load_workbook(path)
    found = [
        cell for row in book["原材料获取"].iter_rows() for cell in row
        if isinstance(cell.value, float) and abs(cell.value - TAKEN_UP) < 1e-9
    ]  # fmt: skip
    found[0].value = TAKEN_UP + more
    book.save(tmp_path / "changed.xlsx")
    values = recalc.ironcalc_values(tmp_path / "changed.xlsx")
    assert done.cfp is not None
    summary = {str(v): cell[1:] for (sheet, cell), v in values.items() if sheet == "结果摘要" and cell[0] == "B"}
    assert values["结果摘要", f"C{summary['合计（产品碳足迹）']}"] == pytest.approx(done.cfp - more, rel=1e-9)
    assert values["结果摘要", f"C{summary['另：不含生物源 CO2，吸收、排放都不计']}"] == pytest.approx(POWER, rel=1e-9)
    report = {str(v): cell[1:] for (sheet, cell), v in values.items() if sheet == "报告用表" and cell[0] == "B"}
    assert values["报告用表", f"C{report['不含生物源 CO2']}"] == pytest.approx(POWER, rel=1e-9)
    _, removed, _, without, _ = gases(values, "zh").values()
    assert removed[0] == pytest.approx(-TAKEN_UP - more)
    assert without[3 if to_the_grave else 2] == pytest.approx(POWER)


def test_an_uptake_is_no_hotspot_and_ranks_last_even_below_zero(tmp_path: Path) -> None:
    write_book_results(pallet(to_the_grave=False), tmp_path / "r.xlsx")
    values = recalc.ironcalc_values(tmp_path / "r.xlsx")
    column = [str(values.get(("热点分析", f"C{row}"))) for row in range(1, 20)]
    ranked = [text for text in column if text[:3] in ("RM-", "PR-")]
    assert ranked[:3] == ["PR-002 干燥窑烧边皮", "PR-001 裁切用电", "RM-001 松木吸收的 CO2"]
    assert ranked[3:] == ["PR-001 裁切用电"]  # what would lower it: not the kiln, whose wood took as much up


def test_a_name_that_is_no_flow_is_asked_about() -> None:
    """Nothing counts as an uptake by a guess."""
    done = process_book(pallet(raw_material_acquisition=[WOOD | {"flow": "木材固碳量"}]))
    assert done.cfp is None


def test_products_of_one_workbook_have_their_own_carbon(tmp_path: Path) -> None:
    other = PALLET | {"name": "纸箱", "model": "K", "output": 10}
    rows = [WOOD | {"product": "木托盘"}, line(item="纸浆木吸收", flow=UPTAKE, amount=5, unit="kg", product="纸箱")]
    book = returned({"raw_material_acquisition": rows, "production": [line(amount=5)]}, products=[PALLET, other])
    done = write_book_results(book, tmp_path / "r.xlsx")
    values = recalc.ironcalc_values(tmp_path / "r.xlsx")
    assert recalc.differences(tmp_path / "r.xlsx", values) == []
    assert [product.cfp_kg_co2e for product in done.footprint.products] == approx(POWER - TAKEN_UP, POWER - 5)
    without = [
        cell
        for (sheet, cell), value in values.items()
        if sheet == "结果摘要" and value == "另：不含生物源 CO2，吸收、排放都不计"
    ]
    assert [values["结果摘要", f"C{cell[1:]}"] for cell in without] == approx(POWER, POWER)


def test_amounts_of_one_carbon_err_alike() -> None:
    """Taken up and given off in full, it adds nothing to the interval: what is left is the electricity's own.

    Amounts as here have scores 3 and 2 beside three 1 (reliability 0.002, completeness 0.0001, basic 0.0006).
    """
    whole, power = (
        process_book(pallet()),
        process_book(pallet(raw_material_acquisition=[], production=MAKING[:1], end_of_life=[])),
    )
    interval, alone = (assess(done.inventory, done.footprint).products[0].interval for done in (whole, power))
    assert interval is not None
    assert alone is not None
    assert interval.gsd == pytest.approx(alone.gsd, rel=1e-12)


def test_what_stays_in_the_product_errs_as_its_amount_does() -> None:
    """Of 33 kg net, σ² = 0.0006 + 0.002 + 0.0001 of each amount: 33² σ² beside what the other side of it adds."""
    done = process_book(
        pallet(production=[MAKING[0] | {"amount": 1000}, MAKING[1]], end_of_life=[line(item="拆解", amount=1)])
    )
    assessment = assess(done.inventory, done.footprint)
    total = 1001 * 0.5777 - 33
    (sigma2,) = {assessment.amounts[key].variance for key in ("RM-001", "PR-002")}
    power = assessment.factors["EL-CF-2024-CN"].variance
    amounts = assessment.amounts["PR-001"].variance * (577.7**2 + 0.5777**2)
    expected = (33**2 * sigma2 + amounts + power * (1001 * 0.5777) ** 2) / total**2
    interval = assessment.products[0].interval
    assert interval is not None
    assert math.log(interval.gsd) ** 2 == pytest.approx(expected, rel=1e-9)


def test_draws_agree_with_the_analytic_interval() -> None:
    done = process_book(pallet())
    assessment = assess(done.inventory, done.footprint, sampling=Sampling(draws=20_000))
    interval, drawn = assessment.products[0].interval, assessment.monte_carlo
    assert interval is not None
    assert drawn is not None
    assert (drawn.products[0].total.low, drawn.products[0].total.high) == pytest.approx(
        (interval.low, interval.high), rel=0.02
    )


def test_the_sheet_tells_what_errs_alike(tmp_path: Path) -> None:
    """The columns of what errs alike stand where there is biogenic CO2, and only there; every formula agrees."""
    path = tmp_path / "r.xlsx"
    write_book_results(pallet(end_of_life=[line(item="拆解", amount=1)]), path)
    values = recalc.ironcalc_values(path)
    assert recalc.differences(path, values) == []
    assert "同误差 ΣEσ" in values.values()
    write_book_results(returned({"production": [line()]}), path)
    assert "同误差 ΣEσ" not in recalc.ironcalc_values(path).values()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("to_the_grave", [True, False])
def test_libreoffice_agrees(*, to_the_grave: bool, tmp_path: Path) -> None:
    write_book_results(pallet(to_the_grave=to_the_grave), tmp_path / "r.xlsx", sampling=Sampling(draws=1000))
    values = recalc.libreoffice_values(tmp_path / "r.xlsx", tmp_path)
    assert recalc.differences(tmp_path / "r.xlsx", values) == []
    below = [place for place, value in values.items() if value == 0.0 and math.copysign(1.0, float(str(value))) < 0]
    assert below == []  # a zero that is shown as -0.0000


def test_a_scenario_and_a_sensitivity_move_an_uptake(tmp_path: Path) -> None:
    """Half the wood: 20.1667 kg less taken up. The uptake a tenth higher: the total 4.0333 kg lower."""
    change = {"scenario": "少用木材", "target": "RM-001", "change": "数量乘以", "value": 0.5}
    done = write_book_results(pallet(scenarios=[change]), tmp_path / "r.xlsx")
    assessment = assess(done.inventory, done.footprint)
    (scenario,) = assessment.scenarios
    assert scenario.footprint.products[0].cfp_kg_co2e == pytest.approx(POWER + TAKEN_UP / 2)
    swing = next(each for each in assessment.products[0].swings if (each.kind, each.subject) == ("amount", "RM-001"))
    assert (swing.low, swing.high) == approx(POWER + TAKEN_UP / 10, POWER - TAKEN_UP / 10)
    assert "factor" not in {each.kind for each in assessment.products[0].swings}  # ±1 is laid down, not measured
    values = recalc.ironcalc_values(tmp_path / "r.xlsx")
    assert recalc.differences(tmp_path / "r.xlsx", values) == []


def test_a_zero_has_no_sign(tmp_path: Path) -> None:
    """What cancels out is stored as 0, not as -0.0, which programs show as -0.0000E+00."""
    write_book_results(pallet(), tmp_path / "r.xlsx")
    zeros = [value for value in recalc.stored_values(tmp_path / "r.xlsx").values() if value == 0]
    assert zeros
    assert all(math.copysign(1, float(value)) == 1 for value in zeros)
