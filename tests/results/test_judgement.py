"""What stands beside a total on the summary: how good it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import recalc
from tests.books import PRODUCT, line, returned
from tests.studies import write_book_results

if TYPE_CHECKING:
    from pathlib import Path


def beside_the_totals(values: recalc.Values) -> list[list[object]]:
    """Return the cells F, G, I and K of each row of the summary that has an interval: low, high, DQR, primary."""
    rows = sorted(int(c[1:]) for (s, c), v in values.items() if s == "结果摘要" and v == "95 % 区间")
    return [[values.get(("结果摘要", f"{letter}{row}")) for letter in "FGIK"] for row in rows]


def test_the_total_s_interval_quality_and_primary_share_stand_beside_it(tmp_path: Path) -> None:
    # 100 kWh metered (DQR 2.0, primary) and 300 kWh estimated, secondary (3.6): DQR 3.2, primary 25 %
    # σ² = 0.25² × 0.0018 + 0.75² × 0.0527 + 0.001225 = 0.03098125, σ 0.1760149; 231.08 ÷ and × exp(1.96 σ) = 1.411974
    path = tmp_path / "results.xlsx"
    rows = [line(), line(amount=300, data_source="估算", quality="次级数据")]
    write_book_results(returned({"production": rows}), path)
    values = recalc.ironcalc_values(path)
    assert beside_the_totals(values) == [pytest.approx([231.08 / 1.411974, 231.08 * 1.411974, 3.2, 0.25], rel=1e-6)]
    assert recalc.differences(path, values) == []


def test_each_product_has_its_own(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    products = [PRODUCT, PRODUCT | {"name": "开关柜", "model": "K2"}]
    rows = [line(), line(amount=300, product="开关柜", data_source="估算", quality="次级数据")]
    write_book_results(returned({"production": rows}, products=products), path)
    values = recalc.ironcalc_values(path)
    first, second = beside_the_totals(values)
    assert first[2:] == pytest.approx([2.0, 1.0])
    assert second[2:] == pytest.approx([3.2, 0.25])
    assert recalc.differences(path, values) == []


def test_an_incomplete_product_has_none(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    write_book_results(returned({"production": [line(flow="独角兽毛")]}), path)
    assert beside_the_totals(recalc.ironcalc_values(path)) == []
