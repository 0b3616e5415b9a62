"""What was chosen of the factor library, by which rung, what else there was, and what that would change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from tests import recalc
from tests.books import PRODUCT, line, returned
from tests.studies import written

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

SHEET = "因子选用"
WHY, ID, NAME, VALUE, UNIT, YEAR, REGION, SERIES, SOURCE, TIER, ACTIVITY, CHANGE, PART = range(1, 14)


def table(path: Path) -> list[tuple[object, ...]]:
    sheet: Worksheet = load_workbook(path, data_only=True)[SHEET]
    return [tuple(row) for row in sheet.iter_rows(min_row=5, values_only=True)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Write 300 kWh of electricity in two lines, 2 kg of diesel, and 3 pieces with a supplier's footprint of 1.5."""
    tables = {
        "raw_material_acquisition": [
            line(item="铜排", flow=None, amount=None, unit=None, pieces=3, own_cfp=1.5, own_cfp_unit="kgCO2e/件",
                 own_cfp_report="R1", own_cfp_standard="ISO 14067", own_cfp_boundary="摇篮到大门"),
        ],
        "production": [line(), line(amount=200), line(item="叉车", flow="柴油", amount=2, unit="kg")],
    }  # fmt: skip
    return written(returned(tables), tmp_path / "results.xlsx")


def test_the_rung_of_each_factor_is_said_in_words(path: Path) -> None:
    used = {str(row[ID]): str(row[WHY]) for row in table(path) if row[WHY] not in ("可选", None, "")}
    assert used["EL-CF-2024-CN"] == "核算设置：电力碳足迹因子，全国，2024"
    assert used["SUPPLIER-RM-001"] == "供应商声明的碳足迹"
    assert "因子集指定：GB/T 32151 缺省值" in used.values()  # the diesel
    assert len(used) == 3


def test_an_alternative_shows_what_it_would_change(path: Path) -> None:
    # 300 kWh × (0.5366 - 0.5777) = -12.33 kgCO2e; of 300 × 0.5777 + 2 × 3.0959096373 + 3 × 1.5 = 184.0018193 kgCO2e
    rows = {str(row[ID]): row for row in table(path)}
    assert rows["EL-CF-2024-CN"][ACTIVITY] == 300
    other = rows["EL-CO2-2022-CN"]
    assert (other[WHY], other[VALUE], other[YEAR]) == ("可选", 0.5366, "2022")
    assert other[CHANGE] == pytest.approx(-12.33, rel=1e-9)
    assert other[PART] == pytest.approx(-12.33 / 184.0018192746, rel=1e-9)
    assert "生态环境部" in str(other[SOURCE])


def test_the_other_set_of_fuel_defaults_is_an_alternative(path: Path) -> None:
    # diesel by the NDRC guidelines of 2015: 43.33 × 20.2 × 0.98 × 44/12 / 1000 = 3.1451242 kgCO2/kg
    ndrc = 43.33 * 20.2 * 0.98 * 44 / 12 / 1000
    gbt = 42.652 * 20.2 * 0.98 * 44 / 12 / 1000
    changes = [float(str(row[CHANGE])) for row in table(path) if row[WHY] == "可选" and row[UNIT] == "kgCO2e/kg"]
    assert any(change == pytest.approx(2 * (ndrc - gbt), rel=1e-9) for change in changes)


def test_the_changes_are_live(path: Path) -> None:
    assert recalc.differences(path, recalc.ironcalc_values(path)) == []
    electricity = load_workbook(path)[SHEET]
    formulas = [str(row[CHANGE]) for row in electricity.iter_rows(min_row=5, values_only=True) if row[WHY] == "可选"]
    assert all(formula.startswith("=") for formula in formulas)


def test_a_product_alone_is_not_named_over_its_columns(path: Path) -> None:
    heads = [cell.value for cell in load_workbook(path)[SHEET][4]]
    assert heads[ACTIVITY : PART + 1] == ["活动数据合计", "变化 kgCO2e", "占总量的变化"]


def test_each_product_has_columns_of_its_own(tmp_path: Path) -> None:
    products = [PRODUCT, PRODUCT | {"name": "环网箱", "model": "B"}]
    tables = {"production": [line(product="分支箱"), line(amount=40, product="环网箱")]}
    path = written(returned(tables, products=products), tmp_path / "results.xlsx")
    sheet = load_workbook(path, data_only=True)[SHEET]
    heads = [cell.value for cell in sheet[4]]
    first, second = heads.index("分支箱\n变化 kgCO2e"), heads.index("环网箱\n变化 kgCO2e")
    (row,) = [row for row in table(path) if row[ID] == "EL-CO2-2022-CN"]
    assert row[first] == pytest.approx(100 * (0.5366 - 0.5777))
    assert row[second] == pytest.approx(40 * (0.5366 - 0.5777))
