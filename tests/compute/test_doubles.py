"""Energy that stands in a workbook twice: each way is told, at the row that counts again. 0.5777 kgCO2e/kWh."""

from __future__ import annotations

import pytest

from tests.books import PRODUCT, line, returned
from tests.studies import Outcome, process_book

TOTAL = "本产品全年合计"
KWH, OUTPUT = 0.5777, 1000


def outcome(*rows: dict[str, object], **tables: list[dict[str, object]]) -> Outcome:
    return process_book(returned({"production": list(rows), **tables}))


def said(done: Outcome, code: str) -> list[str | None]:
    return [finding.where.cell for finding in done.findings if finding.code == code and finding.where]


@pytest.mark.parametrize("name", ["全厂用电", "总表", "厂区总用电量", "Whole plant"])
@pytest.mark.parametrize("parts", [(600, 400), (600, 380), (600,)])
def test_a_whole_beside_its_parts_is_told(name: str, parts: tuple[int, ...]) -> None:
    """1000 kWh by the main meter, of which 600 and 400 by two others: 1000 counts, not 2000."""
    rows = [line(item=f"{number}号车间", amount=part, basis=TOTAL) for number, part in enumerate(parts, 1)]
    done = outcome(line(item=name, amount=1000, basis=TOTAL), *rows)
    assert said(done, "whole-beside-parts") == ["E7"]
    assert done.cfp == pytest.approx((1000 + sum(parts)) * KWH / OUTPUT)  # all of them, until somebody says


def test_parts_that_do_not_fit_and_names_of_workshops_are_no_whole() -> None:
    more = outcome(line(item="全厂用电", amount=500, basis=TOTAL), line(item="外租厂房", amount=900, basis=TOTAL))
    assert said(more, "whole-beside-parts") == []
    named = outcome(line(item="总装车间", amount=500, basis=TOTAL), line(item="冲压车间", amount=300, basis=TOTAL))
    assert said(named, "whole-beside-parts") == []


SMALL, LARGE = (
    {**PRODUCT, "name": name, "model": model} for name, model in (("小箱", "S"), ("大箱", "L"))
)  # fmt: skip


def of_two(*rows: dict[str, object]) -> Outcome:
    return process_book(returned({"production": list(rows)}, products=[SMALL, LARGE]))


def test_a_row_that_lost_its_product_is_told_where_the_other_product_has_its_own() -> None:
    """30 kWh of the small box, 40 of the large one, whose product was deleted: the small one counts 70."""
    done = of_two(line(item="装配", amount=30, product="小箱"), line(item="装配", amount=40))
    assert done.cfp == pytest.approx(70 * KWH)
    (finding,) = [each for each in done.findings if each.code == "row-for-all-products"]
    assert (finding.where.cell if finding.where else None, finding.params["product"]) == ("E8", "大箱")


@pytest.mark.parametrize(
    "rows",
    [
        (line(item="装配", product="小箱"), line(item="喷涂")),  # another item
        (line(item="装配", product="小箱"), line(item="装配", flow="柴油", unit="kg")),  # another flow
        (line(item="装配", product="小箱"), line(item="装配", product="大箱")),
        (line(item="装配", product="小箱"), line(item="装配", product="大箱"), line(item="装配")),  # each has its own
        (line(item="装配", product="小箱"), line(item="装配"), line(item="装配", amount=7)),
    ],
)  # fmt: skip
def test_a_row_for_every_product_is_not_one_that_lost_it(rows: tuple[dict[str, object], ...]) -> None:
    assert said(of_two(*rows), "row-for-all-products") == []


def test_one_figure_under_two_names_is_told() -> None:
    first, second = (line(item=name, amount=12345, basis=TOTAL) for name in ("车间用电", "外购电"))
    assert said(outcome(first, second), "figure-twice") == ["E8"]


def test_diesel_of_production_that_stands_in_transport_too_is_told() -> None:
    """8.642 t of the fleet in both tables: 3.095910 kgCO2/kg would count twice."""
    diesel = line(item="车队柴油", flow="柴油", amount=8.642, unit="t", basis=TOTAL)
    transport = diesel | {"item": "原料运输"}
    assert said(outcome(line(), diesel, raw_material_transport=[transport]), "figure-twice") != []


def test_round_figures_and_amounts_of_one_unit_come_twice_by_chance() -> None:
    rounded = [line(item=name, amount=1200, basis=TOTAL) for name in ("焊接", "喷涂")]
    assert said(outcome(*rounded), "figure-twice") == []
    single = [line(item=name, amount=1.2345) for name in ("焊接", "喷涂")]
    assert said(outcome(*single), "figure-twice") == []


@pytest.mark.parametrize(
    ("amounts", "cell"),
    [
        ((1234.5, 600.25, 634.25), "E7"),
        ((600.25, 634.25, 1234.5), "E9"),
        ((50, 1234.5, 600.25, 634.25, 70), "E8"),
        ((0.1 + 0.2345, 0.1, 0.2345), "E7"),
        ((*[400] * 12, 4800), "E19"),
    ],
)
def test_a_row_that_is_the_sum_of_its_neighbours_is_told(amounts: tuple[float, ...], cell: str) -> None:
    """No name says so, but 1234.5 kWh of 600.25 and 634.25 is a main meter: 1234.5 should count, not 2469."""
    rows = [line(item=f"{number}号表", amount=amount, basis=TOTAL) for number, amount in enumerate(amounts, 1)]
    done = outcome(*rows)
    assert said(done, "sum-of-rows") == [cell]


@pytest.mark.parametrize(
    "rows",
    [
        [line(item=name, amount=amount) for name, amount in (("甲", 30), ("乙", 10), ("丙", 20))],  # by chance
        [line(item=name, amount=amount) for name, amount in (("甲", 4), ("乙", 1), ("丙", 1), ("丁", 1), ("戊", 1))],
        [line(item=name, amount=amount) for name, amount in (("甲", 1234.5), ("乙", 600.25))],
        [line(amount=1234.5), line(item="乙", amount=600.25, basis=TOTAL), line(item="丙", amount=634.25, basis=TOTAL)],
        [line(item="全厂用电", amount=1234.5), line(item="乙", amount=600.25), line(item="丙", amount=634.25)],
    ],
)
def test_rows_that_are_no_certain_sum_are_not_told_as_one(rows: list[dict[str, object]]) -> None:
    assert said(outcome(*rows), "sum-of-rows") == []


def gas(coal: str = "煤气站用煤", item: str = "隧道窑", flow: str = "煤气", m3: float = 9000) -> list[str | None]:
    """Return where gas of 52.27 GJ/10⁴ m³ beside 3 t of coal is told."""
    rows = line(item=coal, flow="烟煤", amount=3, unit="t"), line(item=item, flow=flow, amount=m3, unit="m³")
    return said(outcome(*rows), "gas-beside-coal")


@pytest.mark.parametrize(
    "changes",
    [
        {},  # 47 GJ of gas beside some 60 GJ of coal, by the coal's name
        {"m3": 900},  # the rest of the gas goes elsewhere
        {"coal": "煤焦化炼焦", "flow": "焦炉煤气", "m3": 1000},
        {"coal": "烟煤"},  # by the heat
        {"coal": "烟煤", "flow": "发生炉煤气", "m3": 900},  # by the gas's name
    ],
)
def test_gas_beside_the_coal_of_which_it_may_be_made_is_told(changes: dict[str, object]) -> None:
    assert gas(**changes) == ["E8"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        {"item": "外购煤气"},
        {"item": "隧道窑（管道煤气）"},
        {"m3": 90_000},  # more heat than the coal has
        {"coal": "烟煤", "m3": 900},  # nothing says so
        {"coal": "锅炉用煤"},
        {"coal": "喷雾干燥塔"},
        {"flow": "天然气", "m3": 900},
    ],
)
def test_gas_that_is_bought_or_cannot_be_of_the_coal_is_not_told(changes: dict[str, object]) -> None:
    assert gas(**changes) == []  # type: ignore[arg-type]
