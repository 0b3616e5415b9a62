from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook_engine.matching import Match, Matcher, canonical, edits

HEADINGS = {
    "数量": "amount",
    "Amount": "amount",
    "单位": "unit",
    "数据来源": "source",
    "数据口径": "basis",
    "原材料名称": "material",
    "单位产品质量（kg）": "mass",
    "运距（km）": "distance",
    "Data source": "source",
    "Reference period": "period",
    "1月": "jan",
    "11月": "nov",
}
MATCHER = Matcher(HEADINGS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" 数 量 ", "数量"),
        ("数\n量", "数量"),
        ("数量：", "数量"),
        ("*数量", "数量"),
        ("數量", "数量"),
        ("運輸車輛", "运输车辆"),
        ("（kWh）", "(kwh)"),
        ("ＡＭＯＵＮＴ", "amount"),
        ("Data Source", "datasource"),
        ("2024–2025", "2024-2025"),
        ("√", "√"),
        ("*", "*"),
        ("\u200b数量\ufeff", "数量"),
        ("", ""),
        ("\u3000", ""),
    ],
)
def test_canonical_form(text: str, expected: str) -> None:
    assert canonical(text) == expected


@pytest.mark.parametrize(
    ("text", "value", "step"),
    [
        ("数量", "amount", "exact"),
        ("數 量：", "amount", "canonical"),
        ("ＡＭＯＵＮＴ", "amount", "canonical"),
        ("数量（万kWh）", "amount", "similar"),
        ("单位产品质量", "mass", "similar"),
        ("运距(公里)", "distance", "similar"),
        ("数据来原", "source", "similar"),
        ("据数来源", "source", "similar"),
        ("原材料名", "material", "similar"),
        ("原材料的名称", "material", "similar"),
        ("Data sourse", "source", "similar"),
        ("Refrence perid", "period", "similar"),
    ],
)
def test_text_is_found_at_its_step_of_the_ladder(text: str, value: str, step: str) -> None:
    found = MATCHER.find(text)
    assert found is not None
    assert (found.value, found.step) == (value, step)


@pytest.mark.parametrize(
    "text", ["", " ", "数", "数质", "备注", "21月", "12月", "数据", "金额合计", "Data", "数量(2024年)"]
)
def test_text_that_is_not_near_enough_is_not_found(text: str) -> None:
    assert MATCHER.find(text) is None


def test_remark_in_brackets_is_handed_over() -> None:
    assert MATCHER.find("数量（万kWh）") == Match("amount", "数量", "similar", "万kWh")


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        ("东区工厂", "西区工厂"),
        ("一号厂房", "二号厂房"),
        ("1号厂房", "2号厂房"),
        ("聚氯乙烯", "聚氟乙烯"),
        ("热轧钢板", "冷轧钢板"),
        ("无缝钢管", "无缝钢棒"),
        ("含税单价", "不含税单价"),
        ("直接排放量", "间接排放量"),
        ("上半年产量", "下半年产量"),
        ("Plant A", "Plant B"),
        ("plant east", "plant west"),
        ("JX0317-D30", "JX0317-D31"),
        ("ZW32-12/630-20", "ZW32-12/1250-20"),
        ("断路器（进线）", "断路器（出线）"),
        ("断路器", "断路器（12kV-2）"),
        ("铜线铜排", "铝线铝排"),
        ("甲公司产品", "乙公司产品"),
        ("年用电量", "月用电量"),
    ],
)
def test_edit_that_changes_the_meaning_is_no_misspelling(known: str, typed: str) -> None:
    assert Matcher({known: 1}).find(typed) is None
    assert Matcher({typed: 1}).find(known) is None or "（12" in typed


def test_misspelling_of_two_things_is_neither() -> None:
    assert Matcher({"原料概况表": 1, "原料概览表": 2}).find("原料概略表") is None
    assert Matcher({"原料概况表": 1, "原料概览表": 1}).find("原料概略表") == Match(1, "原料概况表", "similar")


def test_texts_that_differ_by_nothing_that_counts_match_only_as_written() -> None:
    matcher = Matcher({"DTU ": 1, "dtu": 2})
    assert matcher.find("dtu") == Match(2, "dtu", "exact")
    assert matcher.find("Dtu") is None


def test_a_value_may_be_none() -> None:
    assert Matcher({"无": None}).find(" 无 ") == Match(None, "无", "canonical")


def test_nearest_are_suggested_first() -> None:
    matcher = Matcher({"聚氯乙烯": "pvc", "聚乙烯": "pe", "铜": "cu", "PVC": "pvc"})
    assert matcher.suggestions("聚氟乙烯") == ["pvc", "pe"]
    assert matcher.suggestions("") == []


def test_the_name_before_brackets_is_suggested_before_names_as_long() -> None:
    known = {"柴油": "diesel", "柴油上游生产": "upstream", "柴油(上游)": "upstream"}
    assert Matcher(known).suggestions("柴油（0号）")[0] == "diesel"


def test_what_shares_one_character_alone_is_not_suggested() -> None:
    matcher = Matcher({"热水": "heat", "塑料": "plastic", "水": "water", "铜": "cu", "瓦楞纸箱": "box"})
    assert [matcher.suggestions(typed) for typed in ("污水", "染料", "胶水")] == [[], [], []]
    assert [matcher.suggestions(typed) for typed in ("铜排", "纸箱")] == [["cu"], ["box"]]


@pytest.mark.parametrize(
    ("a", "b", "distance"),
    [("", "", 0), ("abc", "abc", 0), ("abc", "acb", 1), ("ab", "a", 1), ("abcd", "badc", 2), ("abc", "xyz", 3)],
)  # fmt: skip
def test_edits_are_counted(a: str, b: str, distance: int) -> None:
    assert edits(a, b, 3) == edits(b, a, 3) == distance
    assert edits(a, b, 1) == min(distance, 2)


texts = st.text(alphabet=st.sampled_from("数量单位据来源（）() ：*abcA1２東东\n"), max_size=10)


@given(st.dictionaries(texts, st.integers(0, 3), max_size=6), texts)
def test_whatever_is_typed_is_found_exactly_or_less_certainly_but_never_breaks(
    known: dict[str, int], text: str
) -> None:
    matcher = Matcher(known)
    found = matcher.find(text)
    assert found == matcher.find(text)
    if text in known:
        assert found == Match(known[text], text, "exact")
    elif found is not None:
        assert found.step != "exact"
        assert found.value == known[found.text]
        assert (canonical(text) == canonical(found.text)) == (found.step == "canonical")


@given(st.text(max_size=30))
def test_canonical_form_is_its_own_canonical_form(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once
    assert bool(once) == bool(once.strip())


@given(st.text("abcd", max_size=8), st.text("abcd", max_size=8))
def test_distance_is_symmetric_and_zero_for_equals_only(a: str, b: str) -> None:
    assert edits(a, b, 20) == edits(b, a, 20)
    assert (edits(a, b, 20) == 0) == (a == b)
    assert edits(a, b, 20) >= abs(len(a) - len(b))


def test_a_short_misspelt_word_that_is_near_two_values_is_no_match_where_that_matters() -> None:
    flows = {"steam": "heat", "steel": "steel", "copper": "copper"}
    assert Matcher(flows, wary=True).find("stem") is None
    assert Matcher(flows, wary=True).find("stel") is None
    assert Matcher({"steam": "heat", "copper": "copper"}, wary=True).find("stem") is not None
    assert (
        Matcher({"copper": "copper"}, wary=True).find("shop") is None
    )  # two edits from nothing else is no match either
    assert Matcher(flows, wary=True).find("coper") is not None
