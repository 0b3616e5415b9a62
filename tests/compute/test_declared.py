"""An earlier report reconciled line by line: the slips of the three published studies, typed in as they are printed.

The studies are rebuilt from their activity tables (see the example workbooks); the figures are those of their reports.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.books import PRODUCT, Answers, line, returned
from tests.studies import Outcome, process_book
from workbook_engine.findings import Severity

TOTAL = "本产品全年合计"
RAW, INBOUND, MAKE = "raw_material_acquisition", "raw_material_transport", "production"
OUTBOUND, END = "distribution", "end_of_life"
ZH = {RAW: "原材料获取", INBOUND: "原材料运输", MAKE: "产品生产", OUTBOUND: "成品运输", END: "产品处置"}


def fuel(name: str, amount: float, basis: str = "每功能单位", unit: str = "kg") -> Answers:
    return line(item=name, flow=name, amount=amount, unit=unit, basis=basis)


def power(amount: float, basis: str = "每功能单位") -> Answers:
    return line(item="用电", amount=amount, basis=basis)


# Report T4000402 (zhejiang, 2024): annual totals over 4302 pieces, CO2 factor 0.5366 of 2022, diesel 43.33 × 0.0726
BREAKER: dict[str, list[Answers]] = {
    RAW: [power(10561464.084, TOTAL)],
    INBOUND: [fuel("柴油", 15192.179, TOTAL)],
    MAKE: [power(10593.054, TOTAL)],
    OUTBOUND: [fuel("柴油", 14063.125, TOTAL)],
    END: [power(44418.992, TOTAL)],
}
BREAKER_FIELDS = {
    "settings.factor_set": "report_T4000402", "settings.electricity_series": "电力二氧化碳排放因子",
    "settings.electricity_year": 2022, "settings.gwp_set": "IPCC AR5",
    "study.period_start": "2024-01-01", "study.period_end": "2024-12-31",
}  # fmt: skip
BREAKER_PRINT = {RAW: (1317.3597, "97.90%"), INBOUND: (11.109, "0.83%"), MAKE: (1.3213, "0.10%"),
                 OUTBOUND: (10.2834, "0.76%"), END: (5.5405, "0.41%")}  # fmt: skip

# Report T400104-14-2026: per unit, unrounded activity that reproduces the print; footprint factor 0.5777 of 2024
BOX: dict[str, list[Answers]] = {
    RAW: [power(7.25372)],
    INBOUND: [fuel("柴油", 0.02822)],
    MAKE: [power(4.65641), fuel("柴油", 0.0108), fuel("汽油", 0.0517)],
    OUTBOUND: [fuel("柴油", 0.28176)],
    END: [power(10.84885)],
}
BOX_PRINT = {RAW: (4.1905, "29.32%"), INBOUND: (0.0874, "0.61%"), MAKE: (2.8747, "20.11%"),
             OUTBOUND: (0.8723, "6.10%"), END: (6.2674, "43.86%")}  # fmt: skip


def declared(printed: dict[str, tuple[float, str]], total: object, **changes: object) -> list[dict[str, Any]]:
    rows = [{"printed_in": "结果表", "stage": ZH[stage], "kg_co2e": kg, "share": share}
            for stage, (kg, share) in printed.items()]  # fmt: skip
    rows.append({"printed_in": "结果表", "stage": "总计", "kg_co2e": total, "share": "100.00%"})
    return [row | changes for row in rows]


def reconcile(
    lines: dict[str, list[Answers]], rows: list[dict[str, Any]], fields: Answers | None = None, output: int = 4302
) -> Outcome:
    products = [PRODUCT | {"output": output, "mass_kg": None}]
    return process_book(returned(lines | {"declared": rows}, fields, products=products))


def slips(outcome: Outcome) -> list[str]:
    return [finding.code for finding in outcome.findings if finding.code.startswith("declared-")]


def test_report_that_was_computed_alike_agrees_in_every_figure() -> None:
    outcome = reconcile(BREAKER, declared(BREAKER_PRINT, 1345.6139), BREAKER_FIELDS)
    assert slips(outcome) == ["declared-agrees"]
    (note,) = [finding for finding in outcome.findings if finding.code == "declared-agrees"]
    assert (note.params["count"], note.params["agree"]) == (12, 12)


# --- the slips in print -----------------------------------------------------------------------------------------------


def test_total_row_that_repeats_the_raw_materials_is_named() -> None:
    # table 5.2-1 of T4000402 prints 1317.3597 as the total; it is 1345.6139
    outcome = reconcile(BREAKER, declared(BREAKER_PRINT, 1317.3597), BREAKER_FIELDS)
    (slip,) = [finding for finding in outcome.findings if finding.code == "declared-total-repeats-line"]
    assert slip.params["computed"] == "1345.6139"
    assert "原材料获取" in slip.message("zh")
    assert slips(outcome) == ["declared-total-repeats-line", "declared-agrees"]


def test_misprinted_digit_of_the_abstract_is_named() -> None:
    # the abstract of T4000402 prints end of life as 5.5401, its table 5.5405
    rows = [*declared(BREAKER_PRINT, 1345.6139), {"printed_in": "摘要", "stage": "产品处置", "kg_co2e": 5.5401}]
    outcome = reconcile(BREAKER, rows, BREAKER_FIELDS)
    (slip,) = [finding for finding in outcome.findings if finding.code == "declared-digit"]
    assert (slip.params["printed"], slip.params["computed"]) == ("5.5401", "5.5405")
    assert slips(outcome) == ["declared-digit", "declared-agrees"]


@pytest.mark.parametrize("source", [{"named": "IPCC第五次评估报告", "year": 2021}, {"named": "IPCC AR5 (2021)"}])
def test_fifth_assessment_report_dated_2021_is_named(source: dict[str, object]) -> None:
    # T4000402 and T410267-1: AR5 is of 2013/2014, 2021 is AR6
    tables = BREAKER | {"declared_sources": [{"subject": "GWP", **source}]}
    outcome = process_book(returned(tables, BREAKER_FIELDS, products=[PRODUCT | {"output": 4302}]))
    (slip,) = [finding for finding in outcome.findings if finding.code == "declared-gwp-year"]
    assert (slip.params["report"], slip.params["year"], slip.params["right"]) == ("AR5", 2021, "2013/2014")
    assert "AR6" in slip.message("en")


def test_share_that_was_pushed_to_close_the_column_is_named() -> None:
    # T400104-14-2026: 6.2674 / 14.2922 = 43.852 % rounds to 43.85, and the column to 99.99; the print has 43.86
    outcome = reconcile(BOX, declared(BOX_PRINT, 14.2922))
    (slip,) = [finding for finding in outcome.findings if finding.code == "declared-share-closed"]
    assert (slip.params["printed"], slip.params["computed"], slip.params["sum"]) == ("43.86%", "43.85%", "99.99%")
    assert slips(outcome) == ["declared-share-closed", "declared-agrees"]


@pytest.mark.parametrize(
    ("named", "is_slip"),
    [
        ("电力碳足迹因子", False),
        ("2024年全国电力平均碳足迹因子", False),
        ("电力二氧化碳排放因子", True),
        ("全国电力平均碳足迹因子（电力二氧化碳排放因子）", True),  # called both, as in T410267-1
        ("electricity CO2 emission factor", True),
        ("electricity carbon footprint factor", False),
    ],
)
def test_footprint_factor_of_electricity_under_the_other_series_name_is_named(named: str, is_slip: bool) -> None:  # noqa: FBT001
    source = {"subject": "电力", "named": named, "value": 0.5777, "unit": "kgCO2/kWh", "year": 2024}
    outcome = process_book(returned({MAKE: [power(12.5021)], "declared_sources": [source]}))
    assert ("declared-series-misnamed" in outcome.codes()) is is_slip


# --- other causes -----------------------------------------------------------------------------------------------------


def cause(lines: dict[str, list[Answers]], printed: object, stage: str = "产品生产") -> Any:
    outcome = reconcile(lines, [{"stage": stage, "kg_co2e": printed}], output=1000)
    (found,) = [finding for finding in outcome.findings if finding.code.startswith("declared-")
                and finding.code not in ("declared-agrees", "declared-sum-differs")]  # fmt: skip
    return found


def test_rounded_factor_is_named() -> None:
    # 100 kg of diesel: 42.652 × 0.0726 = 3.0965352 -> 309.6535, where 0.0725853… gives 309.5910
    found = cause({MAKE: [fuel("柴油", 100)]}, 309.6535)
    assert found.code == "declared-rounded-factor"
    assert found.params["rounded"] == "0.0726 tCO2/GJ"


def test_a_last_digit_that_is_rounded_otherwise_is_named() -> None:
    # 1234.5 kWh × 0.5777 = 713.17065: half up 713.1707, printed one more
    assert cause({MAKE: [power(1234.5)]}, 713.1708).code == "declared-last-digit"


def test_other_ncv_variant_of_the_library_is_named() -> None:
    # 43.33 GJ/t × 0.0726 (report T4000402) gives 314.5758 for 100 kg
    found = cause({MAKE: [fuel("柴油", 100)]}, 314.5758)
    assert found.code == "declared-other-factor"
    assert found.params["factor"].en == "FU-T4000402-DIESEL"


def test_other_set_of_defaults_is_named_with_all_its_factors() -> None:
    # 10 kg each by NDRC 2015: (43.33 × 20.2 + 44.80 × 18.9) × 98 % × 44/12 = 6187.67 kg for a tonne each
    found = cause({MAKE: [fuel("柴油", 10), fuel("汽油", 10)]}, 61.8767)
    assert found.code == "declared-other-factor"
    assert set(found.params["factor"].en.split(", ")) == {"FU-NDRC2015-10", "FU-NDRC2015-11"}


def test_other_series_of_electricity_is_named_as_another_factor() -> None:
    # 1234.5 kWh × 0.5366 (CO2, 2022) = 662.4327
    found = cause({MAKE: [power(1234.5)]}, 662.4327)
    assert found.code == "declared-other-factor"
    assert "EL-CO2-2022" in found.params["factor"].en


def test_rounded_activity_is_named() -> None:
    # 7.25372 rounds to 7.25; 7.25 × 0.5777 = 4.188325 where the unrounded gives 4.1905
    found = cause({MAKE: [power(7.25372)]}, 4.1883)
    assert (found.code, found.params["decimals"]) == ("declared-rounded-activity", 2)


def test_transposed_digits_are_named() -> None:
    # 7.25372 × 0.5777 = 4.19047… printed 4.1950 for 4.1905
    assert cause({MAKE: [power(7.25372)]}, "4.1950").code == "declared-transposed"


@pytest.mark.parametrize(("printed", "ratio"), [(4190.5, "1000"), (0.00041905, "10000"), (41.905, "10")])
def test_shifted_decimal_point_is_named(printed: float, ratio: str) -> None:
    found = cause({MAKE: [power(7.25372)]}, printed)
    assert (found.code, found.params["ratio"]) == ("declared-decimal-shift", ratio)


def test_figure_of_another_stage_is_named() -> None:
    found = cause({MAKE: [power(7.25372)], END: [power(3.1)]}, 1.7909)  # 3.1 × 0.5777 = 1.79087
    assert found.code == "declared-other-stage"
    assert "产品处置" in found.message("zh")


def test_total_of_rounded_rows_is_named() -> None:
    # 3 × 0.12346 = 0.3704 (0.37038), the rounded rows 3 × 0.1235 = 0.3705
    lines = {stage: [power(0.12346 / 0.5777)] for stage in (RAW, MAKE, END)}
    assert cause(lines, 0.3705, stage="总计").code == "declared-sum-of-rounded"


def test_difference_without_a_cause_is_said_with_its_size() -> None:
    found = cause({MAKE: [power(7.25372)]}, 4.7731)
    assert (found.code, found.params["difference"]) == ("declared-differs", "0.5826")
    assert found.severity is Severity.WARNING


def test_share_that_follows_from_a_misprinted_total_is_told_apart() -> None:
    # total printed 13.0000: 4.1905 / 13 = 32.23 %
    rows = [{"stage": "原材料获取", "kg_co2e": 4.1905, "share": "32.23%"}, {"stage": "总计", "kg_co2e": 13}]
    assert "declared-share-follows" in slips(reconcile(BOX, rows))


def test_rows_that_do_not_add_up_to_the_printed_total_are_reported() -> None:
    rows = declared(BOX_PRINT | {MAKE: (3.3333, "20.11%")}, 14.2922)
    assert "declared-sum-differs" in slips(reconcile(BOX, rows))


def test_stage_without_a_result_is_not_compared() -> None:
    assert slips(reconcile(BOX, [{"stage": "使用", "kg_co2e": 3.1}])) == ["declared-not-compared", "declared-agrees"]


def test_figures_are_compared_with_the_decimals_of_the_report() -> None:
    # 14.2922 printed with two decimals, in cells that drop closing zeros: 14.29 and 6.10 % as 6.1
    rows = [{"stage": "总计", "kg_co2e": 14.29}, {"stage": "成品运输", "kg_co2e": 0.87, "share": 0.061}]
    assert slips(reconcile(BOX, rows)) == ["declared-agrees"]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ({"subject": "柴油", "value": 0.0726, "unit": "tCO2/GJ"}, "declared-factor-rounded"),
        ({"subject": "柴油", "value": 3.145758, "unit": "kgCO2/kg"}, "declared-factor-other"),
        ({"subject": "柴油", "value": 2.5, "unit": "kgCO2/kg"}, "declared-factor-unknown"),
        ({"subject": "电力", "value": 0.5777, "unit": "kgCO2e/kWh", "year": 2022}, "declared-factor-year"),
        ({"subject": "GWP", "named": "IPCC 第五次评估报告", "year": 2013}, "declared-gwp-other"),
        ({"subject": "月亮", "named": "月亮"}, "declared-subject-unknown"),
    ],
)
def test_factor_of_a_report_is_compared_with_the_library(source: dict[str, object], code: str) -> None:
    tables = {MAKE: [fuel("柴油", 1), power(1)], "declared_sources": [source]}
    assert code in process_book(returned(tables)).codes()


def test_figures_of_an_unsaid_or_unknown_product_are_compared_with_none() -> None:
    # of two products each line is the same 100 kWh × 0.5777; 57.77 stands for neither until somebody says for which
    products = [PRODUCT, PRODUCT | {"name": "环网箱", "model": "B"}]
    rows = [{"stage": "总计", "kg_co2e": 57.77}, {"stage": "总计", "kg_co2e": 99, "product": "环网箱"}]
    outcome = process_book(returned({MAKE: [line()], "declared": rows}, products=products))
    assert slips(outcome) == ["declared-without-product", "declared-differs", "declared-agrees"]
    (note,) = [finding for finding in outcome.findings if finding.code == "declared-agrees"]
    assert (note.params["count"], note.params["agree"]) == (1, 0)


def test_without_a_product_the_figures_are_those_of_the_only_one() -> None:
    assert slips(reconcile({MAKE: [line()]}, [{"stage": "总计", "kg_co2e": 57.77}])) == ["declared-agrees"]
