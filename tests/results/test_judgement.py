"""The line of the summary that says how good a total is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import recalc
from tests.books import PRODUCT, line, returned
from tests.studies import write_book_results

if TYPE_CHECKING:
    from pathlib import Path


def lines_of(values: recalc.Values) -> list[str]:
    return [str(v) for (s, _), v in values.items() if s == "结果摘要" and "DQR" in str(v)]


def test_the_total_s_interval_quality_and_primary_share_stand_beside_it(tmp_path: Path) -> None:
    # 100 kWh metered (DQR 2.0, primary) and 300 kWh estimated, secondary (3.6): DQR 3.2, primary 25 %
    # σ² = 0.25² × 0.0018 + 0.75² × 0.0527 + 0.001225 = 0.03098125, σ 0.1760149; 231.08 ÷ and × exp(1.96 σ) = 1.411974
    path = tmp_path / "results.xlsx"
    rows = [line(), line(amount=300, data_source="估算", quality="次级数据")]
    write_book_results(returned({"production": rows}), path)
    values = recalc.ironcalc_values(path)
    assert lines_of(values) == ["95 % 区间 163.6573 – 326.2791；数据质量 DQR 3.20；初级数据 25.0%"]
    assert recalc.differences(path, values) == []


@pytest.mark.libreoffice
def test_libreoffice_writes_the_same_line_for_each_product(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    products = [PRODUCT, PRODUCT | {"name": "开关柜", "model": "K2"}]
    rows = [line(), line(amount=300, product="开关柜", data_source="估算", quality="次级数据")]
    write_book_results(returned({"production": rows}, products=products), path)
    values = recalc.libreoffice_values(path, tmp_path)
    assert len(lines_of(values)) == 2
    assert recalc.differences(path, values) == []


def test_an_incomplete_product_has_no_such_line(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    write_book_results(returned({"production": [line(flow="独角兽毛")]}), path)
    assert lines_of(recalc.ironcalc_values(path)) == []
