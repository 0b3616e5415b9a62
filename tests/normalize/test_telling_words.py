"""Names and remarks that say that an amount is another thing than the row's columns say: none is passed over.

What each would have done, per piece: 10 kWh of the roof's power sold to the grid are 5.777 kgCO2e too many; a tonne of
CO2 captured, 1000 kg added where they are not emitted; a year's 100 kWh for ten years of use, 57.77 in place of 577.7.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.books import line, returned
from tests.studies import Outcome, process_book
from tests.traditional import traditional
from workbook_engine.findings import Severity
from workbook_engine.normalize.senses import BESIDE, Sense, may_tell

if TYPE_CHECKING:
    from collections.abc import Iterator

RAW, TRANSPORT, MAKE, USE = "raw_material_acquisition", "raw_material_transport", "production", "use"
STEEL = "普通碳钢（市场平均）"
KWH = 0.5777
EMITTED, UPTAKE = "生物源 CO2（排放）", "CO2 移除（生物质吸收）"


_TYPED = ("item", "flow", "remark", "data_source", "justification")
_forms = [""]  # of OpenCC, in which a company types its words; "" is in simplified characters


@pytest.fixture(params=["", "s2tw"], ids=["simplified", "traditional"], autouse=True)
def form(request: pytest.FixtureRequest) -> Iterator[str]:
    """Every case of this module, and once more as it is typed in Taiwan."""
    _forms.append(request.param)
    yield request.param
    _forms.pop()


def outcome(stage: str, *rows: dict[str, Any], **book: Any) -> Outcome:
    return process_book(returned({stage: [written(row) for row in rows]}, **book))


def written(row: dict[str, Any]) -> dict[str, Any]:
    form = _forms[-1]
    words = {key: traditional(row[key], form) for key in _TYPED if form and isinstance(row.get(key), str)}
    return row | words


def said(done: Outcome, code: str) -> list[str | None]:
    return [finding.where.cell for finding in done.findings if finding.code == code and finding.where]


@pytest.mark.parametrize(
    ("stage", "cells", "cell", "code"),
    [
        (MAKE, line(item="光伏上网电量（外售）", amount=10), "B7", "amount-goes-out"),
        (MAKE, line(item="外供蒸汽", flow="热力", unit="MJ"), "B7", "amount-goes-out"),
        (MAKE, line(item="Power sold to the grid"), "B7", "amount-goes-out"),
        (RAW, line(item="边角料外卖", flow=STEEL, unit="kg"), "B7", "amount-goes-out"),
        (RAW, line(item="回炉料", flow="铸造生铁", unit="kg"), "B7", "amount-goes-out"),
        (MAKE, line(item="厂区绿化碳汇", flow="二氧化碳", unit="t"), "B7", "removal-as-emission"),
        (MAKE, line(item="CCUS", flow="二氧化碳", unit="kg"), "B7", "removal-as-emission"),
        (MAKE, line(item="购买CCER", flow="二氧化碳", unit="t"), "B7", "removal-as-emission"),
        (MAKE, line(item="发酵", flow="二氧化碳", unit="t"), "B7", "biogenic-as-fossil"),
        (MAKE, line(item="沼气泄漏", flow="甲烷（化石）", unit="kg"), "B7", "biogenic-as-fossil"),
        (RAW, line(item="松木吸收的二氧化碳", flow="二氧化碳", unit="kg"), "B7", "removal-as-emission"),
        (RAW, line(item="Uptake of timber", flow="CO2", unit="kg"), "B7", "removal-as-emission"),
        (MAKE, line(item="木屑固碳", flow=EMITTED, unit="kg"), "B7", "removal-as-emission"),
        (MAKE, line(item="天然气锅炉", flow=EMITTED, unit="kg"), "B7", "fossil-as-biogenic"),
        (MAKE, line(item="石灰石分解", flow=EMITTED, unit="kg"), "B7", "fossil-as-biogenic"),
        (MAKE, line(item="coal boiler", flow=EMITTED, unit="kg"), "B7", "fossil-as-biogenic"),
        (RAW, line(item="厂区绿化", flow=UPTAKE, unit="kg"), "B7", "offset-as-removal"),
        (RAW, line(item="购买CCER抵消", flow=UPTAKE, unit="t"), "B7", "offset-as-removal"),
        (RAW, line(item="Captured CO2", flow=UPTAKE, unit="t"), "B7", "offset-as-removal"),
        ("end_of_life", line(item="填埋储存", flow=UPTAKE, unit="kg"), "D7", "removal-out-of-place"),
        ("end_of_life", line(item="回收木材", flow=EMITTED, unit="kg", credit="是"), "N7", "removal-out-of-place"),
        (MAKE, line(item="生物质锅炉", flow="烟煤", unit="t"), "B7", "biogenic-as-fossil"),
        (MAKE, line(item="沼气锅炉", flow="天然气", unit="m³"), "B7", "biogenic-as-fossil"),
        (MAKE, line(item="VOCs排放", flow="甲烷", unit="kg"), "B7", "voc-as-methane"),
        (MAKE, line(item="非甲烷总烃", flow="甲烷（化石）", unit="kg"), "B7", "voc-as-methane"),
        (MAKE, line(item="NMVOC, dryer", flow="甲烷", unit="t"), "B7", "voc-as-methane"),
        (USE, line(item="年用电量（10年寿命）"), "B7", "use-per-year"),
        (USE, line(item="单台年耗电"), "B7", "use-per-year"),
        (USE, line(item="Annual consumption"), "B7", "use-per-year"),
    ],
)
def test_a_name_that_contradicts_its_row_blocks_the_result(
    stage: str, cells: dict[str, Any], cell: str, code: str
) -> None:
    done = outcome(stage, cells)
    assert cell in said(done, code)
    assert not done.is_final


def test_own_power_that_counts_by_the_grid_is_told() -> None:
    done = outcome(MAKE, line(item="屋顶光伏自发自用", amount=10))
    assert said(done, "own-power-at-grid") == ["B7"]
    assert done.cfp == pytest.approx(10 * KWH)


def test_a_blended_fuel_that_counts_as_fossil_is_told() -> None:
    """1 t of gasoline with a tenth of ethanol counts as a tonne of gasoline: 2925.056 kgCO2."""
    done = outcome(MAKE, line(item="叉车", flow="乙醇汽油", amount=1, unit="t"))
    assert said(done, "fuel-blended") == ["D7"]
    assert done.cfp == pytest.approx(43.070 * 18.9 * 0.98 * 44 / 12)


@pytest.mark.parametrize(
    ("stage", "cells"),
    [
        (MAKE, line(item="外购电（已扣除外售电）")),
        (MAKE, line(item="销售部用电")),
        (MAKE, line(item="焊接 soldering")),
        (MAKE, line(item="光伏", flow="光伏发电")),
        (MAKE, line(item="光伏", flow="光伏发电", supply="自发自用")),
        (MAKE, line(item="生物制药车间", flow="天然气", unit="m³")),
        (MAKE, line(item="捕集装置用电")),
        (MAKE, line(flow="二氧化碳（生物源）", unit="t")),
        (MAKE, line(item="生物质锅炉", flow=EMITTED, unit="kg", remark="烧木屑")),
        (MAKE, line(item="生物柴油叉车", flow=EMITTED, unit="kg")),
        (MAKE, line(item="biodiesel trucks", flow=EMITTED, unit="kg")),
        (MAKE, line(item="吸收塔排放", flow="二氧化碳", unit="kg")),
        (RAW, line(item="松木固碳", flow=UPTAKE, unit="kg")),
        ("use", line(item="滤纸所用木浆吸收", flow=UPTAKE, unit="kg")),
        (MAKE, line(item="全年用电", basis="本产品全年合计")),
        (USE, line(item="年用电量", years=10)),
        (USE, line(item="20年用电量")),
        (USE, line(item="寿命期内用电")),
        ("end_of_life", line(item="回收边角料", flow=STEEL, unit="kg", credit="是")),
        (RAW, line(item="外购废钢替代", flow=STEEL, unit="kg")),
    ],
)
def test_names_that_say_what_the_row_says_raise_no_question(stage: str, cells: dict[str, Any]) -> None:
    told = {"amount-goes-out", "removal-as-emission", "biogenic-as-fossil", "own-power-at-grid", "use-per-year"}
    told |= {"fossil-as-biogenic", "offset-as-removal", "removal-out-of-place", "remark-may-count"}
    assert not told & outcome(stage, cells).codes()


REMARKS = [
    "已包含在总用电内", "其中外购电600", "上半年数据", "1-6月", "2024年数据", "月均值", "含报废品", "其余上网",
    "含水率10%，湿基", "毛重", "浓度30%", "含税", "单位：吨", "按万kWh填写", "含办公楼和宿舍", "来料加工", "占全厂30%",
    "included in the total", "last year's figure",
    "未统计", "没有装表", "暂无数据", "待核实", "待财务确认", "等待供应商核实", "not metered",
    "7-8月停产检修", "12月数据暂估", "按工时推算", "电镀委外", "试生产阶段", "partly estimated",
    "两厂共用", "餐桌用 400g", "另有2吨未入账", "实际 1,350 kWh", "共用5.2t",
    "另有12000未抄表", "漏记一块表", "尚有一路未填", "less 1200 not yet entered", "另計夜班",
    "示例，请删除", "作废", "测试数据", "for example", "dummy", "此行可删除",
]  # fmt: skip


@pytest.mark.parametrize("remark", REMARKS)
def test_a_remark_that_may_change_the_amount_is_told_at_its_cell(remark: str) -> None:
    done = outcome(MAKE, line(remark=remark))
    assert said(done, "remark-may-count") == ["K7"]
    assert done.cfp == pytest.approx(100 * KWH)


def test_words_are_shown_as_they_were_typed() -> None:
    done = outcome(MAKE, line(item="生产用电", remark="電錶倍率40，含宿舍、試製樣品，僅為暫估"))
    (finding,) = (each for each in done.findings if each.code == "remark-may-count")
    assert "暫估" in finding.message("zh")
    assert "暂估" not in finding.message("zh")


def test_a_way_back_in_a_remark_is_told_of_transports() -> None:
    row = {"item": "钢板", "mass": 12, "mass_unit": "t", "distance_km": 100, "mode": "重型柴油货车(载重18t)"}
    row |= {"basis": "本产品全年合计", "data_source": "台账", "quality": "初级数据", "remark": "往返，返程空载"}
    assert said(outcome(TRANSPORT, row), "remark-may-count") == ["O7"]


@pytest.mark.parametrize("item", ["月均用电", "日平均用电量", "每月用电", "每天耗电", "electricity per month"])
@pytest.mark.parametrize("years", [None, 20])
def test_a_month_or_a_day_of_the_use_stage_is_asked_about(item: str, years: int | None) -> None:
    assert said(outcome(USE, line(item=item, years=years)), "remark-may-count") == ["B7"]


@pytest.mark.parametrize("item", ["每天运行8小时的加热器", "采暖期11-3月加热", "日光灯", "月台照明"])
def test_a_season_and_hours_of_the_use_stage_are_not(item: str) -> None:
    assert said(outcome(USE, line(item=item, years=20)), "remark-may-count") == []


def test_recycled_material_in_a_remark_is_told() -> None:
    assert said(outcome(RAW, line(item="钢", flow=STEEL, unit="kg", remark="100%再生料")), "remark-may-count") == ["K7"]


def test_a_data_source_of_another_year_is_told() -> None:
    assert said(outcome(MAKE, line(data_source="2024年电费单")), "remark-may-count") == ["I7"]
    assert said(outcome(MAKE, line(data_source="2025年电费单")), "remark-may-count") == []


@pytest.mark.parametrize(
    "remark",
    [
        "2025年电费发票",
        "2025年1-12月",
        "1月至12月合计表",
        "电表读数",
        "设备部提供",
        "见附件3",
        "OK",
        "25kg/桶",
        "18吨货车运来",
        "80度水温",
        "规格 2kg",
        "按 0.6 kg/台 充装",
        "100kWh",
    ],
)
def test_plain_remarks_raise_no_question(remark: str) -> None:
    done = outcome(MAKE, line(remark=remark))
    assert done.said(Severity.ERROR) == []
    assert said(done, "remark-may-count") == []


@pytest.mark.parametrize(
    "remark", ["销量", "含不合格品50台", "1-6月", "其中出口300台", "暂估", "停产两月", "不含二车间"]
)
def test_a_remark_beside_a_plants_output_is_told(remark: str) -> None:
    tables = {
        "plants": [{"name": "一厂", "allocation_basis": "产量（件数）", "justification": "相同"}],
        "plant_products": [written({"product": "分支箱", "output": 1000, "unit": "台", "remark": remark})],
        MAKE: [line(basis="全厂全年合计")],
    }
    assert said(process_book(returned(tables)), "remark-may-count") == ["G12"]


@pytest.mark.parametrize(
    "item",
    [
        "质保更换（2%）",
        "备件 3%",
        "钢板（损耗5%）",
        "含水率5%的污泥",
        "备件：３％",
        "废品率2%部分",
        "Spare parts (2 %)",
    ],
)
def test_a_share_in_a_name_is_asked_about(item: str) -> None:
    """10 kg of which 2 % are replaced may be 0.2 kg: 0.41 kgCO2e in place of 20.5."""
    done = outcome(RAW, line(item=item, flow=STEEL, amount=10, unit="kg"))
    assert said(done, "share-in-name") == ["B7"]
    assert done.is_final


@pytest.mark.parametrize(
    "cells",
    [
        line(item="30%玻纤增强件", flow=STEEL, amount=10, unit="kg"),
        line(item="透光率91%盖板", flow=STEEL, amount=10, unit="kg"),
        line(item="合金件（含Al 95%）", flow=STEEL, amount=10, unit="kg"),
        line(item="钢板（损耗5%）", flow=STEEL, amount=10, unit="kg", loss_rate=0.05),
    ],
)
def test_a_grade_and_a_share_that_is_applied_are_not_asked_about(cells: dict[str, Any]) -> None:
    assert said(outcome(RAW, cells), "share-in-name") == []


@pytest.mark.parametrize(
    ("stage", "cells"),
    [
        (RAW, line(item="钢板（损耗5%）", flow=STEEL, amount=10, unit="kg", loss_rate=0.02)),
        (RAW, line(item="备件 ３％", flow=STEEL, amount=10, unit="kg", loss_rate=0.05)),
        ("end_of_life", line(item="拆解用电 3%", route="拆解", route_share=1.0)),
    ],
)
def test_a_share_beside_another_one_is_asked_about(stage: str, cells: dict[str, Any]) -> None:
    """What the row multiplies by is not what the name says."""
    assert said(outcome(stage, cells), "share-in-name") == ["B7"]


@pytest.mark.parametrize("typed", [0.3, "30%", "30", "0.30"])
def test_a_share_that_the_row_states_is_not(typed: float | str) -> None:
    done = outcome("end_of_life", line(item="焚烧 30%", route="焚烧", route_share=typed))
    assert said(done, "share-in-name") == []


@pytest.mark.parametrize(
    ("stage", "cells"),
    [
        (MAKE, line(item="生产用电（上半年）")),
        (MAKE, line(item="1-6月用电")),
        (MAKE, line(item="月平均用电")),
        (MAKE, line(item="2023年用电")),
        (MAKE, line(item="用电2023")),
        (MAKE, line(item="叉车用柴油 3.2吨", flow="柴油", unit="t")),
        (RAW, line(item="轴承0.5kg", flow=STEEL, unit="g")),
        (MAKE, line(item="用电（2023）")),
        (MAKE, line(item="生产用电（不含空压站）")),
        (MAKE, line(item="预计用电")),
        (MAKE, line(item="综合能耗", flow="烟煤", unit="tce")),
        (MAKE, line(item="光伏发电量", flow="光伏发电")),
        (MAKE, line(item="车间电表读数（倍率40）")),
        (MAKE, line(item="电表止码")),
        (MAKE, line(item="计划用电量")),
        (MAKE, line(item="用电（折标煤）")),
        (MAKE, line(item="全厂用电（含办公楼、宿舍）")),
        (MAKE, line(item="与二厂公用的锅炉", flow="天然气", unit="m³")),
        (MAKE, line(item="两条线电表，本产品约占六成")),
        (RAW, line(item="壳体（毛重）", flow=STEEL, unit="kg")),
        (RAW, line(item="壳体单重", flow=STEEL, unit="kg")),
        (RAW, line(item="壳体（客供）", flow=STEEL, unit="kg")),
        (RAW, line(item="树脂乳液（浓度30%）", flow="聚氯乙烯", unit="kg")),
        (RAW, line(item="滤饼（湿重）", flow="聚氯乙烯", unit="kg")),
        (RAW, line(item="塑料托盘（周转使用）", flow="高密度聚乙烯", unit="kg")),
        (RAW, line(item="钢板期末库存", flow=STEEL, unit="kg")),
        (TRANSPORT, line(item="钢板运输（往返）", flow="柴油", unit="kg")),
        (MAKE, line(item="生产用电（7月停产）")),
        (MAKE, line(item="二线试生产用电")),
        (MAKE, line(item="压缩空气用电（暂估）")),
        (MAKE, line(item="估算用电")),
        (MAKE, line(item="Electricity (estimated)")),
        (MAKE, line(item="外协折算电量")),
        (MAKE, line(item="委外电镀用电")),
        (MAKE, line(item="车间用电（已分摊）")),
        (RAW, line(item="钢材（按吨钢折算）", flow=STEEL, unit="kg")),
        (RAW, line(item="钢板（作废）", flow=STEEL, unit="kg")),
        (MAKE, line(item="焊接（测试数据）")),
    ],
)
def test_a_name_that_may_change_the_amount_is_asked_about(stage: str, cells: dict[str, Any]) -> None:
    done = outcome(stage, cells)
    assert said(done, "remark-may-count") == ["B7"]
    assert done.is_final


@pytest.mark.parametrize(
    ("stage", "cells"),
    [
        *((MAKE, line(item=item)) for item in (
            "行政办公用电", "周转车充电", "来料检验", "设计部用电", "Purchased electricity", "Integrated circuit line",
            "废气处理", "测试车间用电", "样品间用电",
            "谷段电量", "停车场照明", "急停按钮", "调试车间用电", "估价部用电", "外购蒸汽站用电", "2019年投产的注塑机",
        )),
        *((MAKE, line(remark=remark)) for remark in (
            "已接待客户确认", "待机能耗已核实", "待机时间核实过",
            "每月抄表汇总", "与上年持平", "ERP导出，2026年1月", "检定日期：2024年3月",
        )),
        (RAW, line(item="紧固件 M8×20", flow=STEEL, unit="kg")),
        (RAW, line(item="外协铜排", flow=STEEL, unit="kg")),
        (MAKE, line(item="未停产")),
        (MAKE, line(item="叉车用柴油 0.5吨", flow="柴油", amount=0.5, unit="t")),
        (MAKE, line(item="5t行车用电")),
        (RAW, line(item="25kg桶装料", flow=STEEL, unit="kg")),
        (MAKE, line(remark="春节停产")),
        (MAKE, line(item="预测性维护系统用电")),
        (RAW, line(item="2024铝合金型材", flow="铝板带", unit="kg")),
        (RAW, line(item="壳体 T-2024", flow=STEEL, unit="kg")),
        (RAW, line(item="包装木箱钢带", flow=STEEL, unit="kg")),
        (USE, line(item="每年耗电", years=10)),
    ],
)  # fmt: skip
def test_ordinary_names_and_remarks_are_not_asked_about(stage: str, cells: dict[str, Any]) -> None:
    assert "remark-may-count" not in outcome(stage, cells).codes()


@pytest.mark.parametrize("item", ["再生铝壳体", "废铝", "回收料", "二手铝型材", "Recycled aluminium"])
def test_recycled_material_by_the_factor_of_primary_is_asked_about(item: str) -> None:
    """1 kg of primary aluminium has 20.3 kgCO2e, of remelted a tenth of it or less."""
    done = outcome(RAW, line(item=item, flow="电解铝", amount=1, unit="kg"))
    assert said(done, "recycled-as-primary") == ["B7"]
    assert done.cfp == pytest.approx(20.3)


@pytest.mark.parametrize("item", ["SF6充气量", "环网柜额定充气", "SF6 charge"])
def test_what_a_device_holds_is_no_emission(item: str) -> None:
    """1.2 kg of SF6 in the tank would be 30,240 kgCO2e (25,200 a kg by AR6) that nobody emitted."""
    done = outcome(MAKE, line(), line(item=item, flow="六氟化硫", amount=1.2, unit="kg"))
    assert said(done, "gas-charge") == ["B8"]
    assert not done.is_final


@pytest.mark.parametrize("item", ["SF6充气泄漏", "制冷剂补充量", "SF6 leak on filling", "SF6"])
def test_what_escapes_counts(item: str) -> None:
    done = outcome(MAKE, line(item=item, flow="六氟化硫", amount=0.001, unit="kg"))
    assert "gas-charge" not in done.codes()
    assert done.cfp == pytest.approx(25.2)


@pytest.mark.parametrize("sense", BESIDE["item"], ids=lambda sense: sense.meaning.en)
@given(st.data())
def test_no_name_that_tells_something_is_passed_over_by_the_first_look(sense: Sense, data: st.DataObject) -> None:
    name = data.draw(st.from_regex(sense.words.pattern).filter(sense.words.search))
    assert may_tell(name)
    assert may_tell(name.upper()) or len(name.upper()) != len(name)  # ß is SS, and some words are counted in letters


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("注：以上电量不含宿舍", "不含"),
        ("注：电表倍率为40，未乘", "倍率"),
        ("备注：二期用电未计入", "未计入"),
        ("说明：以上为2023年数据", "2023年"),
        ("注：另有柴油 3.2吨", "3.2吨"),
        ("注：电表读数汇总，已乘倍率40", ""),
        ("注：见附件台账", ""),
        ("注：数据由生产部提供", ""),
        ("注：单位均为 kWh", ""),
    ],
)
@pytest.mark.parametrize("key", ["item", "remark"])
def test_a_sentence_below_the_lines_is_read_as_a_remark_is(key: str, sentence: str, words: str) -> None:
    done = outcome(MAKE, line(), {key: sentence})
    told = [finding.message("zh") for finding in done.findings if finding.code == "remark-may-count"]
    form = _forms[-1]
    assert [(traditional(words, form) if form else words) in sentence for sentence in told] == [True] * bool(words)
    assert done.cfp == pytest.approx(100 * KWH)


@pytest.mark.parametrize(
    ("remark", "is_asked"),
    [
        ("更正为 26000000", True),
        ("应为1200", True),
        ("此处改为：350", True),
        ("corrected to 1200", True),
        ("已更正", False),
        ("2023年由煤改为天然气", False),
        ("实际用量", False),
        ("供应商改为江苏某厂", False),
    ],
)
def test_a_figure_that_corrects_the_amount_is_asked_about(remark: str, *, is_asked: bool) -> None:
    done = outcome(MAKE, line(remark=remark))
    told = [finding.message("en") for finding in done.findings if finding.code == "remark-may-count"]
    assert (
        any(
            "perhaps a correction" in sentence and written({"remark": remark})["remark"][-3:] in sentence
            for sentence in told
        )
        is is_asked
    )  # the whole figure is repeated
