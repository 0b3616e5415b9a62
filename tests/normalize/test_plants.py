"""How a plant's totals are divided where what was typed can be read in two ways, or in several units.

Electricity counts 0.5777 kgCO2e/kWh. Each case is worked by hand in the comment before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.books import PRODUCT, line, returned
from tests.recalc import differences, ironcalc_values
from tests.studies import Outcome, process_book, written
from workbook_engine.findings import Severity
from workbook_engine.grid import PERCENT, Cell

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_engine.grid import Book

KWH = 0.5777
PLANT = "全厂全年合计"
SHEET = "工厂与产量"


def product(**changes: object) -> dict[str, Any]:
    return {key: value for key, value in (PRODUCT | changes).items() if value is not None}


def book(basis: str | None, *made: dict[str, Any], **own: object) -> Book:
    """Return a study of one plant with 1000 kWh, whose product has an output of 100 unless `own` says otherwise."""
    plant = {"name": "南厂", "justification": "工艺相同"} | ({"allocation_basis": basis} if basis else {})
    tables = {"production": [line(amount=1000, basis=PLANT)], "plants": [plant], "plant_products": list(made)}
    return returned(tables, products=[product(**({"output": 100} | own))])


def outcome(basis: str | None, *made: dict[str, Any], **own: object) -> Outcome:
    return process_book(book(basis, *made, **own))


BOX, STRIP = {"product": "分支箱", "output": 100}, {"product": "端子排", "output": 300}


def test_a_plants_product_whose_name_is_a_part_of_the_studys_is_asked_about() -> None:
    # 分支箱 is the study's; the plant names 低压分支箱, which may be it or another: nobody says which.
    done = outcome("产量（件数）", BOX | {"product": "低压分支箱"}, STRIP)
    assert (SHEET, "C12", "product-similar") in done.said()
    assert not done.is_final
    other = outcome("产量（件数）", BOX, BOX | {"product": "低压分支箱"})  # the study's own is there: this is another
    assert other.said() == []
    assert other.cfp == pytest.approx(1000 / 200 * KWH)


@pytest.mark.parametrize("other", ["红茶饮料", "红茶饮料 500mL×15", "绿茶饮料（无糖）"])
def test_a_name_like_the_studys_beside_it_in_its_own_plant_is_another_product(other: str) -> None:
    # 1000 / (100 + 300) = 2.5 kWh
    tea = {"name": "绿茶饮料", "model": "500mL×15"}
    done = outcome("产量（件数）", {"product": "绿茶饮料", "output": 100}, {"product": other, "output": 300}, **tea)
    assert done.said() == []
    assert (SHEET, "C13", "product-alike") in done.said(Severity.WARNING)
    assert done.cfp == pytest.approx(2.5 * KWH)


def test_a_name_like_the_studys_in_another_plant_may_be_it() -> None:
    made = (
        {"plant": "南厂", "product": "绿茶饮料", "output": 100},
        {"plant": "北厂", "product": "红茶饮料", "output": 300},
    )
    plants = [
        {"name": name, "justification": "工艺相同", "allocation_basis": "产量（件数）"} for name in ("南厂", "北厂")
    ]
    tables = {"production": [line(basis=PLANT, plant="南厂")], "plants": plants, "plant_products": list(made)}
    done = process_book(returned(tables, products=[product(name="绿茶饮料", output=None)]))
    assert "product-similar" in done.codes()
    assert not done.is_final


@pytest.mark.parametrize("basis", ["产量（件数）", None])
def test_weights_beside_division_by_count_are_asked_about(basis: str | None) -> None:
    # By count 1000 / 400 = 2.5 kWh, by the weights 1000 × 85 / (85 × 100 + 300) = 9.66 kWh: nobody says which.
    done = outcome(basis, BOX | {"weight": 85}, STRIP | {"weight": 1})
    assert done.said() == [(SHEET, "F12", "weights-by-count")]
    assert "allocation-basis-missing" not in done.codes()  # it says that the plant was divided by count
    assert not done.is_final


def test_weights_that_are_all_alike_are_those_of_a_count() -> None:
    # 1000 / (100 + 300) = 2.5 kWh
    done = outcome("产量（件数）", BOX | {"weight": 1}, STRIP | {"weight": 1})
    assert done.said() == []
    assert done.cfp == pytest.approx(2.5 * KWH)


def test_a_plant_without_a_basis_is_divided_by_count_and_that_is_said() -> None:
    done = outcome(None, BOX, STRIP)
    assert done.said() == []
    assert (SHEET, "D7", "allocation-basis-missing") in done.said(Severity.WARNING)
    assert done.cfp == pytest.approx(2.5 * KWH)


def test_outputs_in_tonnes_and_kilograms_are_divided_in_one_unit(tmp_path: Path) -> None:
    # 100 t and 50 000 kg are 150 t: 1000 / 150 = 6.6667 kWh for 1 t
    made = {"product": "分支箱", "output": 100, "unit": "t"}, {"product": "端子排", "output": 50000, "unit": "kg"}
    returned_book = book("产量（件数）", *made, unit="1 t", output_unit="t")
    done = process_book(returned_book)
    assert done.said() == []
    assert done.cfp == pytest.approx(1000 / 150 * KWH)
    (control,) = done.footprint.controls
    assert (control.in_study, control.outside) == (pytest.approx(1000 * 100 / 150), pytest.approx(1000 * 50 / 150))
    path = written(returned_book, tmp_path / "results.xlsx")
    assert differences(path, ironcalc_values(path)) == []


def test_a_weight_is_of_one_unit_of_output_as_it_was_typed() -> None:
    # 2 h a tonne × 100 t + 0.001 h a kg × 50 000 kg = 200 + 50 = 250 h: 1000 × 2 / 250 = 8 kWh for 1 t
    made = (
        {"product": "分支箱", "output": 100, "unit": "t", "weight": 2},
        {"product": "端子排", "output": 50000, "unit": "kg", "weight": 0.001},
    )
    done = outcome("工时", *made, unit="1 t", output_unit="t")
    assert done.said() == []
    assert done.cfp == pytest.approx(8 * KWH)


def test_a_blank_unit_of_output_is_the_one_of_the_product() -> None:
    # 100 (t, as Basics says) and 50 000 kg, as above
    made = {"product": "分支箱", "output": 100}, {"product": "端子排", "output": 50000, "unit": "kg"}
    done = outcome("产量（件数）", *made, unit="1 t", output_unit="t")
    assert done.cfp == pytest.approx(1000 / 150 * KWH)


@pytest.mark.parametrize(
    ("basis", "weights", "kwh"),
    [
        # 85 kg × 100 + 0.5 kg × 300 = 8650 kg: 1000 × 85 / 8650
        ("质量", ("85kg", "500g"), 1000 * 85 / 8650),
        # 2 h × 100 + 0.5 h × 300 = 350 h: 1000 × 2 / 350
        ("工时", ("2h", "30分钟"), 1000 * 2 / 350),
        # 12 000 元 × 100 + 1000 元 × 300 = 1 500 000 元: 1000 × 12 000 / 1 500 000
        ("经济价值", ("1.2万元", "1000元"), 8),
    ],
)
def test_a_weight_may_carry_the_unit_of_its_basis(basis: str, weights: tuple[str, str], kwh: float) -> None:
    done = outcome(basis, BOX | {"weight": weights[0]}, STRIP | {"weight": weights[1]})
    assert done.said() == []
    assert done.cfp == pytest.approx(kwh * KWH)


def test_an_output_of_zero_does_not_hide_that_its_weight_is_missing() -> None:
    done = outcome("企业自定权重", BOX | {"weight": 1}, STRIP | {"output": 0})
    assert {code for _, _, code in done.said(Severity.ERROR)} == {"output-zero", "weight-missing"}


def test_a_weight_in_a_unit_of_another_basis_is_reported() -> None:
    done = outcome("质量", BOX | {"weight": "2h"}, STRIP | {"weight": 1})
    assert (SHEET, "F12", "number-unit-misfit") in done.said()


def test_two_plants_of_one_name_are_reported() -> None:
    plant = {"name": "南厂", "allocation_basis": "产量（件数）", "justification": "工艺相同"}
    tables = {
        "production": [line(amount=1000, basis=PLANT, plant="南厂")],
        "plants": [plant, plant],
        "plant_products": [BOX | {"plant": "南厂"}],
    }
    assert (SHEET, "B8", "plant-twice") in process_book(returned(tables, products=[product(output=100)])).said()


def test_a_product_that_stands_twice_at_a_plant_is_added_up_and_said() -> None:
    # 1000 kWh ÷ (100 + 300 + 300) pieces
    done = outcome("产量（件数）", BOX, STRIP, STRIP)
    assert (SHEET, "D14", "plant-product-twice") in done.said(Severity.WARNING)
    assert done.cfp == pytest.approx(1000 / 700 * KWH)


def test_a_plant_total_of_one_product_without_output_asks_for_the_output_alone() -> None:
    tables = {"production": [line(amount=1000, basis=PLANT)]}
    done = process_book(returned(tables, products=[product(output=None)]))
    assert [code for _, _, code in done.said()] == ["output-missing"]
    assert not done.is_final


@pytest.mark.parametrize("stated", [400, None])
def test_one_plants_blank_output_of_several_is_missing(stated: int | None) -> None:
    """The product's 400 are not the second plant's: the plants' outputs do not disagree, one of them is not given."""
    plants = [
        {"name": name, "justification": "单独计量", "allocation_basis": "产量（件数）"} for name in ("南厂", "北厂")
    ]
    made = [BOX | {"plant": "南厂", "output": 300, "unit": "台"}, {"product": "分支箱", "plant": "北厂"}]
    tables = {"production": [line(amount=1000, basis=PLANT, plant="南厂")], "plants": plants, "plant_products": made}
    done = process_book(returned(tables, products=[product(output=stated)]))
    assert done.said() == [(SHEET, "D14", "output-missing")]
    assert not done.is_final
    (line_of_plant,) = done.footprint.products[0].stages[0].lines
    assert line_of_plant.kg_co2e in (None, pytest.approx(1000 / 400 * KWH))  # never by the 300 of one plant alone


def test_a_blank_output_of_the_only_plant_is_the_products() -> None:
    done = outcome("产量（件数）", {"product": "分支箱"})
    assert done.said() == []
    assert done.cfp == pytest.approx(10 * KWH)


@pytest.mark.parametrize("total", ["合计", "小计（台）", "Total"])
def test_a_total_below_what_a_plant_makes_is_no_product(total: str) -> None:
    """1000 / (100 + 300) = 2.5 kWh; with the 400 of the total as a third product it would be 1.25 kWh."""
    done = outcome("产量（件数）", BOX, STRIP, {"product": total, "output": 400})
    assert done.said() == []
    assert (SHEET, "C14", "subtotal-row") in done.said(Severity.NOTE)
    assert done.cfp == pytest.approx(2.5 * KWH)


def test_a_total_that_is_not_the_sum_is_asked_about() -> None:
    done = outcome("产量（件数）", BOX, STRIP, {"product": "合计", "output": 500})
    assert done.said() == [(SHEET, "C14", "subtotal-uncertain")]


def test_a_plants_total_in_the_column_of_plants() -> None:
    done = outcome("产量（件数）", BOX, STRIP, {"plant": "合计", "output": 400})
    assert done.said() == []
    assert done.cfp == pytest.approx(2.5 * KWH)


def test_a_total_below_the_products_is_no_product() -> None:
    products = [product(), product(name="端子排", output=500), {"name": "合计", "output": 1500}]
    done = process_book(returned(products=products))
    assert done.said() == []
    assert [each.name for each in done.inventory.products] == ["分支箱", "端子排"]


@pytest.mark.parametrize(("table", "cell"), [("products", ("基本信息", "B28")), ("plants", (SHEET, "B7"))])
def test_an_example_left_in_is_no_product_and_no_plant(table: str, cell: tuple[str, str]) -> None:
    plant = {"name": "南厂", "allocation_basis": "产量（件数）", "justification": "工艺相同"}
    tables = {"production": [line()], "plants": [plant], "plant_products": [BOX | {"plant": "南厂"}]}
    products = [product(output=100)]
    (products if table == "products" else tables["plants"]).insert(
        0, (products[0] if table == "products" else plant) | {"name": "示例：某某"}
    )
    done = process_book(returned(tables, products=products))
    assert done.said() == [(*cell, "example-named")]
    assert done.cfp is None


def _weighed(basis: str, first: object, second: object) -> Outcome:
    """1000 pieces of A (80 kg) and 3000 of another product, 8000 kWh in all."""
    tables = {
        "plants": [{"name": "一厂", "allocation_basis": basis, "justification": "相同工艺"}],
        "plant_products": [
            {"product": "分支箱", "output": 1000, "unit": "台", "weight": first},
            {"product": "其他箱", "output": 3000, "unit": "台", "weight": second},
        ],
        "production": [line(amount=8000, basis="全厂全年合计")],
    }
    return process_book(returned(tables))


@pytest.mark.parametrize(("first", "second"), [(0.3, 0.7), (30, 70), ("30%", "70%"), (33.33, 66.66)])
def test_weights_that_add_up_to_a_whole_may_be_shares_and_are_asked_about(first: object, second: object) -> None:
    """As shares A takes 0.3 × 8000 / 1000 = 2.4 kWh; as weights 8000 × 0.3 / (0.3 × 1000 + 0.7 × 3000) = 1 kWh."""
    done = _weighed("企业自定权重", first, second)
    assert ("工厂与产量", "F12", "weights-like-shares") in done.said()
    assert not done.is_final


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (Cell("number", 0.3, format=PERCENT), Cell("number", 0.7, format=PERCENT), ("30%、70%", "100%")),
        ("30%", "70%", ("30%、70%", "100%")),
        (0.3, 0.7, ("0.3、0.7", "1")),
    ],
)
def test_weights_are_told_as_their_cells_show_them(first: object, second: object, told: tuple[str, str]) -> None:
    done = _weighed("企业自定权重", first, second)
    (finding,) = [finding for finding in done.findings if finding.code == "weights-like-shares"]
    assert f"是 {told[0]}，合计 {told[1]}：" in finding.message("zh")
    by_count = _weighed("产量（件数）", first, second)
    (finding,) = [finding for finding in by_count.findings if finding.code == "weights-by-count"]
    assert f"（{told[0]}）" in finding.message("zh")


def test_one_weight_in_per_cent_beside_another_that_is_not_is_told_so() -> None:
    done = _weighed("企业自定权重", Cell("number", 0.9, format=PERCENT), 10)
    (finding,) = [finding for finding in done.findings if finding.code == "weights-mixed"]
    assert "是 90%、10：" in finding.message("zh")


def test_the_same_weights_times_ten_are_weights() -> None:
    done = _weighed("企业自定权重", 3, 7)
    assert done.said() == []
    assert done.cfp == pytest.approx(8000 * 3 / (3 * 1000 + 7 * 3000) * 0.5777)  # 1 kWh


def test_a_years_mass_as_the_weight_of_a_piece_is_told() -> None:
    """80,000 kg is the mass of 1000 pieces of 80 kg: as a weight it would count a thousandfold."""
    done = _weighed("质量", 80_000, 300_000)
    assert ("工厂与产量", "F12", "weight-not-mass") in done.said(Severity.WARNING)
    assert "weight-not-mass" not in _weighed("质量", 85, 300_000).codes()


@pytest.mark.parametrize(
    ("basis", "first", "second", "cell"),
    [("质量", 80, 65_000, "F12"), ("质量", 80_000, 65, "F13"), ("产值", 12_000, 1.2, "F13")],
)
def test_weights_of_two_units_are_asked_about(basis: str, first: float, second: float, cell: str) -> None:
    """80 kg beside 65 kg that were typed as 65,000 g: 1000 boxes would take 0.04 % of the year, not 29 %."""
    assert ("工厂与产量", cell, "weights-far-apart") in _weighed(basis, first, second).said(Severity.WARNING)


@pytest.mark.parametrize(("heavy", "is_asked"), [(1000, True), (300, False)])
def test_fewer_are_made_of_what_is_much_heavier(heavy: int, *, is_asked: bool) -> None:
    """80 kg beside 5000: pieces of 5 kg in grams where as many are made; castings of 5 t where fewer are."""
    done = outcome("质量", BOX | {"output": 1000, "weight": 80}, STRIP | {"output": heavy, "weight": 5000}, output=1000)
    assert ("weights-far-apart" in done.codes()) is is_asked


@pytest.mark.parametrize(
    ("made", "is_asked"),
    [
        ({"product": "铸件", "output": 300, "unit": "t", "weight": 1}, True),
        ({"product": "铸件", "output": 300, "unit": "t", "weight": 1000}, False),
        ({"product": "铸件", "output": 300_000, "unit": "kg", "weight": 1}, False),
        ({"product": "5kg铸件", "output": 30, "unit": "件", "weight": 5000}, True),
        ({"product": "5kg铸件", "output": 30, "unit": "件", "weight": 5.2}, False),
    ],
)
def test_a_weight_that_is_not_the_mass_of_its_unit_or_name_is_asked_about(
    made: dict[str, Any], *, is_asked: bool
) -> None:
    """300 t at 1 kg each would be 0.3 t: the boxes would take all of the year but for 0.4 %."""
    done = outcome("质量", BOX | {"output": 1000, "weight": 80}, made, output=1000)
    assert ((SHEET, "F13", "weight-not-unit") in done.said(Severity.WARNING)) is is_asked


@pytest.mark.parametrize(("basis", "first", "second"), [("质量", 80, 1.2), ("企业自定权重", 1, 500), ("质量", 80, 0)])
def test_weights_that_only_differ_are_not(basis: str, first: float, second: float) -> None:
    assert "weights-far-apart" not in _weighed(basis, first, second).codes()


@pytest.mark.parametrize("name", ["全厂", "全部产品", "All products"])
@pytest.mark.parametrize(("output", "code"), [(4000, "subtotal-uncertain"), (1000, "subtotal-row")])
def test_the_whole_plant_among_its_products_takes_no_part(name: str, output: int, code: str) -> None:
    """8000 kWh for 1000 pieces are 8 kWh each; with 4000 of 全厂 beside them each would take 8000 / 5000 = 1.6 kWh."""
    tables = {
        "plants": [{"name": "一厂", "allocation_basis": "产量（件数）", "justification": "相同工艺"}],
        "plant_products": [
            {"product": "分支箱", "output": 1000, "unit": "台"},
            {"product": name, "output": output, "unit": "台"},
        ],
        "production": [line(amount=8000, basis=PLANT)],
    }
    done = process_book(returned(tables))
    assert [finding.where.cell for finding in done.findings if finding.code == code and finding.where] == ["C13"]
    assert done.is_final is (code == "subtotal-row")
    if done.is_final:
        assert done.cfp == pytest.approx(8 * KWH)


def test_a_products_total_of_a_study_of_two_names_its_product() -> None:
    """5000 kWh of A or of B: each by its own output would have 5000 kWh of A and 5000 more of B."""
    two = [PRODUCT | {"name": "A", "model": "A"}, PRODUCT | {"name": "B", "model": "B", "output": 500}]
    row = line(amount=5000, basis="本产品全年合计")
    done = process_book(returned({"production": [row]}, products=two))
    assert ("产品生产", "C7", "product-of-total-missing") in done.said()
    assert not done.is_final
    named = [row | {"product": "A"}, row | {"product": "B", "item": "B 用电"}]
    done = process_book(returned({"production": named}, products=two))
    assert [product.cfp_kg_co2e for product in done.footprint.products] == pytest.approx([5 * 0.5777, 10 * 0.5777])


def test_a_plant_without_totals_beside_one_that_has_them_is_asked_about() -> None:
    """60,000 kWh of the first plant, which makes 600 of 1000: 100 kWh each there, 60 if the second used none."""
    plants = [{"name": name, "allocation_basis": "产量（件数）", "justification": "同类"} for name in ("一厂", "二厂")]
    made = [{"plant": "一厂", "product": "分支箱", "output": 600, "unit": "台"},
            {"plant": "二厂", "product": "分支箱", "output": 400, "unit": "台"}]  # fmt: skip
    first, second = (
        line(item=f"{name}用电", amount=60_000, basis="全厂全年合计", plant=name) for name in ("一厂", "二厂")
    )
    own = line(item="外包", amount=5)

    def codes(*rows: dict[str, object]) -> set[str]:
        return process_book(returned({"plants": plants, "plant_products": made, "production": list(rows)})).codes()

    assert "plant-without-totals" in codes(first)
    assert "plant-without-totals" not in codes(first, second)
    assert "plant-without-totals" not in codes(first, own)


def unnamed(*made: dict[str, Any]) -> Book:
    """Return a study that lists what is made and leaves the table of plants blank."""
    tables = {"production": [line(amount=1000, basis=PLANT)], "plant_products": list(made)}
    return returned(tables, products=[product(output=100)])


def test_products_listed_without_a_plant_are_divided_by_count_and_that_is_asked_about() -> None:
    done = process_book(unnamed(BOX, STRIP))  # 1000 / 400
    assert done.cfp == pytest.approx(1000 / 400 * KWH)
    assert (SHEET, "B11", "allocation-basis-missing") in done.said(Severity.WARNING)
    said = next(each for each in done.findings if each.code == "allocation-basis-missing")
    assert said.message("zh").endswith("“本厂”没有选择分摊依据，已按产量（件数）分摊。")


def test_the_only_product_listed_without_a_plant_bears_it_all() -> None:
    done = process_book(unnamed(BOX))
    assert done.cfp == pytest.approx(1000 / 100 * KWH)
    assert done.said(Severity.WARNING) == []


def test_weights_of_a_plant_without_name_and_basis_are_asked_about() -> None:
    done = process_book(unnamed(BOX | {"weight": 85}, STRIP | {"weight": 1}))
    assert [each for each in done.said() if each[0] == SHEET] == [(SHEET, "F11", "weights-by-count")]
    assert "allocation-basis-missing" not in done.codes()


def test_products_listed_without_a_plant_are_written(tmp_path: Path) -> None:
    path = written(unnamed(BOX, STRIP), tmp_path / "results.xlsx")
    assert differences(path, ironcalc_values(path)) == []
