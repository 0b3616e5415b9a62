"""The two sentences of the summary that say what makes most of a result: right as written, and after a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import recalc
from tests.books import PRODUCT, line, returned
from tests.results.wood import pallet
from tests.studies import write_book_results

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_engine.grid import Book

# 120 and 30 kWh in production, 60 and 50 in use: shares of 260 kWh, all at one factor.
TABLES = {
    "production": [line(item="装配", amount=120), line(item="喷涂", amount=30)],
    "use": [line(item="运行", amount=60), line(item="维护", amount=50)],
}


def said(path: Path, sheet: str = "结果摘要") -> list[str]:
    values = recalc.ironcalc_values(path)
    assert recalc.differences(path, values) == []
    return sentences(values, sheet)


def sentences(values: recalc.Values, sheet: str = "结果摘要") -> list[str]:
    begins = ("排放最大的", "The largest ")
    return [str(v) for (name, _), v in values.items() if name == sheet and str(v).startswith(begins)]


def test_largest_stage_and_line_are_named_with_their_shares(tmp_path: Path) -> None:
    write_book_results(returned(TABLES), tmp_path / "r.xlsx")
    assert said(tmp_path / "r.xlsx") == [  # 150, 120 + 60 + 50 and 120 of 260
        "排放最大的阶段是产品生产，占 57.69%。排放最大的三行数据合计占 88.46%。",
        "排放最大的一行数据是 PR-001 装配，占 46.15%；见“热点分析”。",
    ]


def test_in_english(tmp_path: Path) -> None:
    write_book_results(returned(TABLES), tmp_path / "r.xlsx", "en")
    assert said(tmp_path / "r.xlsx", "Summary") == [
        "The largest stage is Production, with 57.69%. The three largest lines make 88.46% together.",
        "The largest line is PR-001 装配, with 46.15%; see Hotspots.",
    ]


@pytest.mark.parametrize("program", ["ironcalc", pytest.param("libreoffice", marks=pytest.mark.libreoffice)])
def test_they_follow_a_scenario(program: str, tmp_path: Path) -> None:
    """Use ten times as long: 600 + 500 kWh of 1250, and another line, another stage in front."""
    rows = [{"scenario": "久用", "target": "使用", "change": "数量乘以", "value": 10}]
    path, switched = tmp_path / "r.xlsx", tmp_path / "s.xlsx"
    write_book_results(returned({**TABLES, "scenarios": rows}), path)
    recalc.change_text(path, switched, "情景", "C3", "久用")
    values = (
        recalc.ironcalc_values(switched) if program == "ironcalc" else recalc.libreoffice_values(switched, tmp_path)
    )
    assert sentences(values) == [
        "排放最大的阶段是使用，占 88.00%。排放最大的三行数据合计占 97.60%。",
        "排放最大的一行数据是 US-001 运行，占 48.00%；见“热点分析”。",
    ]


def test_each_product_has_its_own(tmp_path: Path) -> None:
    products = [PRODUCT, PRODUCT | {"name": "开关柜", "model": "K2"}]
    use = [line(item="运行", amount=60, product=PRODUCT["name"]), line(item="运行", amount=600, product="开关柜")]
    write_book_results(returned({"production": [line(item="装配", amount=120)], "use": use}, products=products),
                       tmp_path / "r.xlsx")  # fmt: skip
    assert said(tmp_path / "r.xlsx") == [
        "排放最大的阶段是产品生产，占 66.67%。",
        "排放最大的一行数据是 PR-001 装配，占 66.67%；见“热点分析”。",
        "排放最大的阶段是使用，占 83.33%。",
        "排放最大的一行数据是 US-002 运行，占 83.33%；见“热点分析”。",
    ]


@pytest.mark.parametrize(
    "book",
    [
        returned({"production": [line()]}),  # one line: nothing to compare
        returned({"production": [line(), line(item="未知", flow="未知材料")]}),  # no total
        pallet(),  # an uptake: shares past 100 %
    ],
)
def test_they_are_left_out_where_they_would_mislead(book: Book, tmp_path: Path) -> None:
    write_book_results(book, tmp_path / "r.xlsx")
    assert said(tmp_path / "r.xlsx") == []
