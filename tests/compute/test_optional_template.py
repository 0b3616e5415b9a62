"""The optional columns from end to end: a template with them, filled in, read, computed, written and recalculated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.recalc import differences, ironcalc_values
from workbook_engine.model import Stage
from workbook_engine.pipeline import process, write_template
from workbook_engine.spec.optional import GROUPS
from workbook_engine.template import Content, TemplateOptions

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_engine.texts import Language

KWH, PV = 0.5777, 0.0520
INSIDE = (Stage.RAW_MATERIAL_ACQUISITION, Stage.RAW_MATERIAL_TRANSPORT, Stage.PRODUCTION, Stage.USE, Stage.END_OF_LIFE)
DIESEL = 42.652 * 20.2 * 0.98 * 44 / 12 / 1000  # kgCO2/kg, GB/T 32151

SOURCE = {"data_source": "meter", "quality": "primary"}
CONTENT = Content(
    fields={"study.company": "示例", "study.period_start": "2025-01-01", "study.period_end": "2025-12-31"},
    tables={
        # 2000 pieces; the functional unit is 1 kWh delivered, a piece delivers 5000
        "products": [{"name": "甲", "model": "A", "unit": "1 kWh", "output": 2000, "output_unit": "台",
                      "units_per_output": 5000}],
        "boundary": [{"stage": stage.value, "included": "yes" if stage in INSIDE else "no", "reason": "不涉及"}
                     for stage in Stage],
        Stage.RAW_MATERIAL_ACQUISITION.value: [
            {"item": "铜排", "own_cfp": 4.2, "own_cfp_unit": "kgCO2e/件", "pieces": 0.001, "supplier": "乙",
             "own_cfp_report": "1", "own_cfp_standard": "ISO 14067", "own_cfp_boundary": "摇篮到大门", **SOURCE},
        ],
        Stage.RAW_MATERIAL_TRANSPORT.value: [
            {"item": "运铜", "flow": "柴油", "trips": 20, "distance_km": 100, "per_100km": 30, "round_trip": "yes",
             "basis": "product_total", **SOURCE},
        ],
        Stage.PRODUCTION.value: [
            {"item": "用电", "flow": "电力", "amount": 95, "unit": "万kWh", "basis": "product_total", "loss_rate": 0.05,
             "supply": "contract", "contract_share": 0.4, "contract_factor": 0.03, "contract_no": "7", **SOURCE},
            {"item": "屋顶光伏", "flow": "光伏发电", "amount": 10, "unit": "万kWh", "basis": "product_total",
             "supply": "self", **SOURCE},
        ],
        Stage.USE.value: [
            {"item": "损耗", "flow": "电力", "amount": 0.002, "unit": "W", "years": 20, "basis": "per_unit", **SOURCE},
        ],
        Stage.END_OF_LIFE.value: [
            {"item": "壳体", "flow": "电力", "amount": 0.4, "unit": "kWh", "basis": "per_unit", "route": "recycling",
             "route_share": 0.75, **SOURCE},
            {"item": "壳体", "flow": "电力", "amount": 0.1, "unit": "kWh", "basis": "per_unit", "route": "landfill",
             "route_share": 0.25, **SOURCE},
        ],
        "declared": [{"stage": "total", "kg_co2e": 0.5041, "printed_in": "摘要"}],
        "declared_sources": [{"subject": "GWP", "named": "IPCC AR5", "year": 2021}],
        "omissions": [{"item": "包装", "kg_co2e": 0.01}],
    },
)  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_filled_template_gives_what_is_worked_by_hand(language: Language, tmp_path: Path) -> None:
    """Worked by hand, over 2000 × 5000 = 10⁷ kWh delivered.

    raw materials  4.2 × 0.001                                              = 0.0042
    transport      20 × 100 km × 2 × 30 L / 100 km = 1200 L × 0.84 kg/L × 3.0959 / 10⁷ = 0.00031207
    production     (950 000 / 0.95 × 0.5777 + 100 000 × 0.052) / 10⁷        = 0.05829
    use            0.002 W × 8760 h × 20 / 1000 = 0.3504 kWh × 0.5777       = 0.20242608
    end of life    (0.4 × 0.75 + 0.1 × 0.25) × 0.5777                       = 0.1877525
    """
    target = tmp_path / "returned.xlsx"
    write_template(target, language, TemplateOptions(groups=frozenset(GROUPS), content=CONTENT))
    done = process(target, tmp_path / "out")
    assert [finding.message("zh") for finding in done.findings if finding.severity.value == "error"] == []
    assert done.footprint is not None
    (product,) = done.footprint.products
    expected = [
        4.2 * 0.001,
        1200 * 0.84 * DIESEL / 1e7,
        (1e6 * KWH + 1e5 * PV) / 1e7,
        0.3504 * KWH,
        0.325 * KWH,
    ]
    assert [stage.kg_co2e for stage in product.stages] == pytest.approx(expected)
    assert product.cfp_kg_co2e == pytest.approx(sum(expected))
    # 40 % of a million kWh at 0.03 in place of 0.5777
    assert product.contractual_kg_co2e == pytest.approx(sum(expected) - 4e5 * (KWH - 0.03) / 1e7)
    codes = {finding.code for finding in done.findings}
    assert {"declared-gwp-year", "declared-differs", "omission-over", "contract-alternative"} <= codes
    (results,) = done.results
    again = process(tmp_path / "out" / results)  # its shares stand in cells of the format %
    assert again.footprint is not None
    assert again.footprint.products[0].cfp_kg_co2e == pytest.approx(sum(expected))
    assert differences(tmp_path / "out" / results, ironcalc_values(tmp_path / "out" / results)) == []
