"""Sound studies of many trades, as companies fill them in: what a slip is typed into, and what no rule may ask about.

Amounts are of the order that such plants have. Each way of stating amounts is among them: per unit, a product's and a
plant's annual totals, months, kg and t, materials by mass and by supplier's energy or footprint, freight and fuel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.books import returned

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook_engine.grid import Book

Row = dict[str, Any]
UNIT, YEAR, PLANT = "每功能单位", "本产品全年合计", "全厂全年合计"
RAW, INBOUND, MAKE = "raw_material_acquisition", "raw_material_transport", "production"
OUTBOUND, USE, END = "distribution", "use", "end_of_life"
EL = "电力"
T8, T18, T30 = "中型柴油货车(载重8t)", "重型柴油货车(载重18t)", "重型柴油货车(载重30t)"
T46, RAIL = "重型柴油货车(载重46t)", "铁路运输"
FIGURES: Row = {"data_source": "计量仪表", "quality": "初级数据"}
MONTHS = (31, 28, 35, 30, 33, 36, 40, 39, 34, 30, 32, 29)


def use(item: str, flow: str, amount: float | None, unit: str, basis: str = UNIT, **more: object) -> Row:
    """Return a row of activity data."""
    row = {"item": item, "flow": flow, "amount": amount, "unit": unit, "basis": basis}
    return {key: value for key, value in {**row, **FIGURES, **more}.items() if value is not None}


def carry(item: str, mass: float, unit: str, km: float, mode: str = T18, basis: str = UNIT, **more: object) -> Row:
    """Return a row of freight."""
    row = {"item": item, "mass": mass, "mass_unit": unit, "distance_km": km, "mode": mode, "basis": basis}
    return {**row, **FIGURES, **more}


def good(name: str, unit: str, mass: float, output: float, output_unit: str, kind: str = "功能单位") -> Row:
    """Return a row of products."""
    return {
        "name": name, "model": "A1", "unit_kind": kind, "unit": unit, "mass_kg": mass, "output": output,
        "output_unit": output_unit,
    }  # fmt: skip


def plate() -> Book:
    """Return float glass: quartz sand and dolomite by mass, soda by its supplier's electricity."""
    return returned(
        {
            RAW: [
                use("石英砂", "砂", 0.71, "t"), use("白云石", "碎石", 0.28, "t"),
                use("纯碱（供应商用电）", EL, 160, "kWh"), use("水", "自来水", 0.3, "t"),
            ],
            INBOUND: [carry("石英砂", 0.71, "t", 150, T30), carry("白云石", 0.28, "t", 90, T30)],
            MAKE: [
                use("熔窑", "天然气", 4340, "万m³", YEAR), use("用电", EL, 1984, "万kWh", YEAR),
                use("碳酸盐分解", "二氧化碳（直接排放）", 44600, "t", YEAR),
            ],
            OUTBOUND: [carry("发运", 1.04, "t", 380, T30)],
        },
        products=[good("浮法玻璃", "1 t", 1000, 248000, "t", "声明单位")],
    )  # fmt: skip


def slab() -> Book:
    """Return precast concrete: materials by mass, admixture with its supplier's footprint."""
    return returned(
        {
            RAW: [
                use("水泥", "普通硅酸盐水泥（市场平均）", 380, "kg"), use("中砂", "砂", 760, "kg"),
                use("碎石", "碎石", 1050, "kg"), use("钢筋", "热轧碳钢钢筋", 95, "kg"), use("拌合水", "自来水", 165, "kg"),
                use("减水剂（供应商用电）", EL, 2.4, "kWh"),
            ],
            INBOUND: [
                carry("水泥", 380, "kg", 60, T30), carry("中砂", 760, "kg", 45, T30), carry("碎石", 1050, "kg", 45, T30),
                carry("钢筋", 95, "kg", 210),
            ],
            MAKE: [
                use("搅拌与振捣", EL, 396000, "kWh", YEAR), use("养护锅炉", "天然气", 118000, "m³", YEAR),
                use("叉车", "柴油", 26.4, "t", YEAR),
            ],
            OUTBOUND: [carry("运到工地", 2450, "kg", 85, T30)],
            END: [use("破碎", "柴油", 1.3, "kg"), use("运往再生厂", T18, 61.25, "t·km")],
        },
        products=[good("预制叠合板", "1 m³", 2450, 22000, "m³", "声明单位")],
    )  # fmt: skip


def cement() -> Book:
    """Return cement: a year's totals in t."""
    return returned(
        {
            RAW: [
                use("天然石膏", "天然石膏", 38700, "t", YEAR), use("石灰石", "碎石", 903000, "t", YEAR),
                use("水", "自来水", 516000, "t", YEAR),
            ],
            INBOUND: [
                carry("石膏运输", 38700, "t", 180, T30, YEAR), carry("石灰石运输", 903000, "t", 25, T46, YEAR),
            ],
            MAKE: [
                use("回转窑", "烟煤", 90300, "t", YEAR), use("粉磨用电", EL, 72240000, "kWh", YEAR),
                use("石灰石分解", "二氧化碳（直接排放）", 430000, "t", YEAR),
            ],
            OUTBOUND: [carry("发往搅拌站", 860000, "t", 65, T30, YEAR)],
        },
        products=[good("P·O 42.5水泥", "1 t", 1000, 860000, "t", "声明单位")],
    )  # fmt: skip


def cloth() -> Book:
    """Return two cloths of one plant, allocated by mass, yarn by its supplier's electricity."""
    made = [
        {"plant": "柯桥厂", "product": name, "output": output, "unit": "t", "weight": 1000}
        for name, output in (("涤纶坯布", 5200), ("色布", 3100), ("外销纱", 1700))
    ]
    return returned(
        {
            "plants": [{"name": "柯桥厂", "allocation_basis": "质量", "justification": "单位能耗与质量成正比"}],
            "plant_products": made,
            RAW: [use("涤纶切片（供应商用电）", EL, 620, "kWh")],
            INBOUND: [carry("切片运输", 1.02, "t", 420)],
            MAKE: [
                use("全厂用电", EL, 2150, "万kWh", PLANT), use("蒸汽", "热力", 186000, "GJ", PLANT),
                use("定型机", "天然气", 245, "万m³", PLANT), use("水", "自来水", 310000, "t", PLANT),
                use("色布染整用电", EL, 190, "万kWh", YEAR, product="色布"),
            ],
            OUTBOUND: [carry("送服装厂", 1, "t", 260, T8)],
        },
        products=[good("涤纶坯布", "1 t", 1000, 5200, "t", "声明单位"), good("色布", "1 t", 1000, 3100, "t", "声明单位")],
    )  # fmt: skip


def charger() -> Book:
    """Return a small electronic device with its use: parts of grams."""
    return returned(
        {
            RAW: [
                use("外壳", "聚苯乙烯", 0.062, "kg"),
                use("散热片", "铝板带", 0.018, "kg"), use("磁芯与铁件", "冷轧碳钢板卷", 0.06, "kg"),
                use("线路板（供应商用电）", EL, 1.9, "kWh"), use("彩盒", "低密度聚乙烯", 0.012, "kg"),
            ],
            INBOUND: [carry("零件运输", 0.16, "kg", 340, T8)],
            MAKE: [use("贴片与组装", EL, 1430000, "kWh", YEAR), use("叉车", "柴油", 5200, "kg", YEAR)],
            OUTBOUND: [carry("成品发运", 0.18, "kg", 1450)],
            USE: [use("充电损耗", EL, 24.5, "kWh", data_source="估算", quality="次级数据")],
            END: [use("拆解用电", EL, 0.03, "kWh", data_source="估算", quality="次级数据")],
        },
        products=[good("65W充电器", "1 只", 0.14, 2600000, "只")],
    )  # fmt: skip


def biscuits() -> Book:
    """Return food: flour by its mill's electricity, packaging by mass."""
    return returned(
        {
            RAW: [
                use("面粉（供应商用电）", EL, 0.08, "kWh"), use("包装袋", "低密度聚乙烯", 0.035, "kg"),
                use("生产用水", "自来水", 1.4, "kg"),
            ],
            INBOUND: [carry("面粉", 0.82, "kg", 310, RAIL), carry("包装袋", 0.035, "kg", 60, T8)],
            MAKE: [use("烘炉", "天然气", 868000, "m³", YEAR), use("车间用电", EL, 3100000, "kWh", YEAR)],
            OUTBOUND: [carry("送配送中心", 1.06, "kg", 220, T8)],
        },
        products=[good("苏打饼干", "1 kg", 1, 12400000, "kg", "声明单位")],
    )  # fmt: skip


def pipe() -> Book:
    """Return pipes: one resin, a year's totals."""
    return returned(
        {
            RAW: [
                use("PVC 树脂", "聚氯乙烯", 18870, "t", YEAR), use("缠绕膜", "低密度聚乙烯", 37, "t", YEAR),
                use("水", "自来水", 9250, "t", YEAR),
            ],
            INBOUND: [carry("树脂", 18870, "t", 95, T30, YEAR)],
            MAKE: [
                use("挤出用电", EL, 795.5, "万kWh", YEAR), use("蒸汽", "热力", 11200, "GJ", YEAR),
                use("叉车柴油", "柴油", 21.5, "t", YEAR),
            ],
            OUTBOUND: [carry("发运", 18500, "t", 410, T30, YEAR)],
        },
        products=[good("聚氯乙烯管材", "1 t", 1000, 18500, "t", "声明单位")],
    )  # fmt: skip


def cabinets() -> Book:
    """Return two steel cabinets of one plant, allocated by mass."""
    made = [
        {"plant": "顺德厂", "product": name, "output": output, "unit": "件", "weight": kg}
        for name, output, kg in (("钢制文件柜", 36000, 42.5), ("钢制更衣柜", 15500, 61))
    ]
    return returned(
        {
            "plants": [{"name": "顺德厂", "allocation_basis": "质量", "justification": "喷涂面积与质量成正比"}],
            "plant_products": made,
            RAW: [
                use("冷轧板", "冷轧碳钢板卷", 44.2, "kg", product="钢制文件柜"),
                use("冷轧板", "冷轧碳钢板卷", 63.9, "kg", product="钢制更衣柜"),
                use("缠绕膜", "低密度聚乙烯", 0.4, "kg"), use("粉末涂料（供应商用电）", EL, 0.9, "kWh"),
            ],
            INBOUND: [
                carry("钢板", 44.2, "kg", 130, product="钢制文件柜"), carry("钢板", 63.9, "kg", 130, product="钢制更衣柜"),
            ],
            MAKE: [
                use("全厂用电", EL, 1420000, "kWh", PLANT), use("固化炉", "天然气", 213000, "m³", PLANT),
                use("空调补充", "HFC-134a", 8, "kg", PLANT),
            ],
            OUTBOUND: [use("自有货车", "柴油", 0.62, "kg")],
            END: [use("破碎用电", EL, 1.8, "kWh", data_source="估算", quality="次级数据")],
        },
        products=[good("钢制文件柜", "1 件", 42.5, 36000, "件"), good("钢制更衣柜", "1 件", 61, 15500, "件")],
    )  # fmt: skip


def battery() -> Book:
    """Return a battery pack: cells by their supplier's electricity, housings by mass, losses in use."""
    return returned(
        {
            RAW: [
                use("壳体铝板", "铝板带", 46, "kg"), use("托盘钢板", "热镀锌碳钢板卷", 38, "kg"),
                use("电芯（供应商用电）", EL, 2350, "kWh"), use("绝缘板", "聚苯乙烯", 3.2, "kg"),
            ],
            INBOUND: [carry("壳体铝板", 46, "kg", 280), carry("电芯", 228, "kg", 560), carry("托盘钢板", 38, "kg", 190)],
            MAKE: [use("PACK 线用电", EL, 533, "万kWh", YEAR), use("冷却液测试", "HFC-134a", 24, "kg", YEAR)],
            OUTBOUND: [carry("发运到电站", 330, "kg", 1200, T30)],
            USE: [use("循环损耗", EL, 4100, "kWh", data_source="估算", quality="次级数据")],
            END: [use("拆解用电", EL, 62, "kWh", data_source="估算", quality="次级数据")],
        },
        products=[good("储能电池包", "1 套", 310, 41000, "套")],
    )  # fmt: skip


def paper() -> Book:
    """Return paper: pulp of waste paper by its supplier's electricity, a year's totals."""
    return returned(
        {
            RAW: [
                use("废纸打浆（供应商用电）", EL, 4100, "万kWh", YEAR), use("水", "自来水", 1150000, "t", YEAR),
                use("包装膜", "低密度聚乙烯", 310, "t", YEAR),
            ],
            INBOUND: [carry("废纸", 108000, "t", 210, T30, YEAR)],
            MAKE: [
                use("造纸机用电", EL, 5280, "万kWh", YEAR), use("外购蒸汽", "热力", 576000, "GJ", YEAR),
                use("装载机", "柴油", 182, "t", YEAR),
            ],
            OUTBOUND: [carry("送包装厂", 96000, "t", 145, T18, YEAR)],
        },
        products=[good("白板纸", "1 t", 1000, 96000, "t", "声明单位")],
    )  # fmt: skip


def boxes() -> Book:
    """Return two mouldings of one plant, allocated by count."""
    made = [
        {"plant": "一车间", "product": name, "output": output, "unit": "个"}
        for name, output in (("周转箱", 480000), ("托盘", 62000))
    ]
    return returned(
        {
            "plants": [{"name": "一车间", "allocation_basis": "产量（件数）", "justification": "机台相同"}],
            "plant_products": made,
            RAW: [
                use("HDPE 粒子", "高密度聚乙烯", 2.14, "kg", product="周转箱"),
                use("HDPE 粒子", "高密度聚乙烯", 15.8, "kg", product="托盘"),
            ],
            INBOUND: [
                carry("粒子", 2.14, "kg", 75, T8, product="周转箱"), carry("粒子", 15.8, "kg", 75, T8, product="托盘"),
            ],
            MAKE: [use("注塑机用电", EL, 216, "万kWh", PLANT), use("冷却水", "自来水", 5400, "t", PLANT)],
            OUTBOUND: [
                carry("送客户", 2.1, "kg", 180, T8, product="周转箱"), carry("送客户", 15.5, "kg", 180, T8, product="托盘"),
            ],
            END: [use("破碎用电", EL, 0.4, "kWh", data_source="估算", quality="次级数据")],
        },
        products=[good("周转箱", "1 个", 2.1, 480000, "个"), good("托盘", "1 个", 15.5, 62000, "个")],
    )  # fmt: skip


def cable() -> Book:
    """Return cable: conductors by supplier's electricity, twelve months of electricity in 万kWh."""
    months = {f"month_{number:02d}": amount / 2 for number, amount in enumerate(MONTHS, 1)}
    return returned(
        {
            RAW: [
                use("绝缘与护套料", "聚氯乙烯", 240, "kg"), use("钢带铠装", "冷轧碳钢板卷", 85, "kg"),
                use("铜杆（供应商用电）", EL, 260, "kWh"), use("填充绳", "低密度聚乙烯", 12, "kg"),
            ],
            INBOUND: [carry("铜杆", 520, "kg", 320), carry("绝缘与护套料", 240, "kg", 110)],
            MAKE: [
                use("拉丝挤塑", EL, None, "万kWh", YEAR, **months), use("退火", "天然气", 3.6, "万m³", YEAR),
            ],
            OUTBOUND: [carry("发往工地", 920, "kg", 460, T30)],
        },
        products=[good("电力电缆", "1 km", 850, 1200, "km", "声明单位")],
    )  # fmt: skip


def castings() -> Book:
    """Return castings: pig iron, alloy, coke, moulding sand bought anew, crates."""
    return returned(
        {
            RAW: [
                use("生铁", "铸造生铁", 620, "t", YEAR), use("钢料", "普通碳钢（市场平均）", 380, "t", YEAR),
                use("硅铁", "炼钢用铁合金（市场平均）", 14, "t", YEAR), use("型砂补充", "砂", 21, "t", YEAR),
            ],
            INBOUND: [
                carry("生铁", 620, "t", 340, RAIL, YEAR), carry("钢料", 380, "t", 60, T18, YEAR),
                carry("型砂", 21, "t", 85, T18, YEAR),
            ],
            MAKE: [
                use("中频炉用电", EL, 98, "万kWh", YEAR), use("烘包", "天然气", 42000, "m³", YEAR),
                use("叉车", "柴油", 9.6, "t", YEAR),
            ],
            OUTBOUND: [carry("发运", 900, "t", 420, T18, YEAR)],
            END: [use("回炉前破碎", EL, 0.9, "kWh", data_source="估算", quality="次级数据")],
        },
        products=[good("球铁阀体", "1 件", 45, 20000, "件")],
    )  # fmt: skip


def transformer() -> Book:
    """Return a distribution transformer: heavy, few pieces, its use far above the rest; disposal by routes."""
    return returned(
        {
            RAW: [
                use("箱体钢板", "热轧碳钢中厚板", 620, "kg"), use("铁心（供应商用电）", EL, 980, "kWh"),
                use("散热片", "冷轧碳钢板卷", 180, "kg"), use("铝箔绕组", "铝板带", 310, "kg"),
                use("密封件", "聚氯乙烯", 1.6, "kg"),
            ],
            INBOUND: [
                carry("钢板", 800, "kg", 240), carry("铁心", 880, "kg", 620), carry("铝箔", 310, "kg", 450),
            ],
            MAKE: [
                use("绕线与装配", EL, 198000, "kWh", YEAR), use("烘燥炉", "天然气", 31000, "m³", YEAR),
                use("试验泄漏", "六氟化硫", 1.2, "kg", YEAR),
            ],
            OUTBOUND: [carry("发往变电站", 2150, "kg", 780, T30)],
            USE: [
                use("空载损耗", EL, 350, "W", years=20, hours_per_year=8760, data_source="估算", quality="次级数据"),
                use("负载损耗", EL, 3, "kW", years=20, hours_per_year=8760, load_factor=0.25, data_source="估算",
                    quality="次级数据"),
            ],
            END: [
                use("拆解用电", EL, 46, "kWh", data_source="估算", quality="次级数据"),
                use("运往回收厂", T18, 215, "t·km", data_source="估算", quality="次级数据"),
            ],
        },
        products=[good("配电变压器", "1 台", 2100, 640, "台")],
    )  # fmt: skip


def detergent() -> Book:
    """Return a bottle of detergent: mostly water, an agent with its supplier's footprint, packaging in grams."""
    return returned(
        {
            RAW: [
                {"item": "表面活性剂", "amount": 0.32, "unit": "kg", "basis": UNIT, "own_cfp": 1.9,
                 "own_cfp_unit": "kgCO2e/kg", "own_cfp_report": "EPD-21", "own_cfp_standard": "ISO 14067",
                 "own_cfp_boundary": "摇篮到大门", "data_source": "供应商提供", "quality": "初级数据"},
                use("去离子水", "自来水", 1.62, "kg"), use("瓶", "高密度聚乙烯", 92, "g"), use("瓶盖", "聚苯乙烯", 11, "g"),
            ],
            INBOUND: [carry("表面活性剂", 0.32, "kg", 640), carry("瓶", 92, "g", 130, T8)],
            MAKE: [use("配制灌装", EL, 46.5, "万kWh", YEAR), use("蒸汽", "热力", 2900, "GJ", YEAR)],
            OUTBOUND: [carry("送商超", 2.1, "kg", 540)],
        },
        products=[good("洗衣液 2kg 装", "1 瓶", 2.04, 5600000, "瓶")],
    )  # fmt: skip


def profile() -> Book:
    """Return extruded aluminium: a year's totals, scrap stated as a loss rate."""
    return returned(
        {
            RAW: [
                use("铝锭", "电解铝", 1.0, "t", loss_rate="4%"), use("隔热条", "聚氯乙烯", 6.5, "kg"),
                use("保护膜", "低密度聚乙烯", 2.2, "kg"), use("粉末（供应商用电）", EL, 21, "kWh"),
            ],
            INBOUND: [carry("铝锭", 1.04, "t", 1350, RAIL), carry("隔热条", 6.5, "kg", 420, T8)],
            MAKE: [
                use("挤压时效", EL, 1650, "万kWh", YEAR), use("铝棒炉", "天然气", 205, "万m³", YEAR),
                use("氧化槽蒸汽", "热力", 21000, "GJ", YEAR), use("叉车", "柴油", 64, "t", YEAR),
            ],
            OUTBOUND: [carry("发往门窗厂", 1.01, "t", 620, T30)],
        },
        products=[good("铝合金型材", "1 t", 1000, 30000, "t", "声明单位")],
    )  # fmt: skip


def module() -> Book:
    """Return a solar module: glass and frame by mass, cells by their supplier's footprint per piece."""
    return returned(
        {
            RAW: [
                use("光伏玻璃", "平板玻璃", 17.2, "kg"), use("铝边框", "铝板带", 2.6, "kg"),
                {"item": "电池片", "pieces": 144, "own_cfp": 0.72, "own_cfp_unit": "kgCO2e/件", "own_cfp_report": "PCF-9",
                 "own_cfp_standard": "ISO 14067", "own_cfp_boundary": "摇篮到大门", "data_source": "供应商提供",
                 "quality": "初级数据"},
                use("胶膜", "低密度聚乙烯", 1.9, "kg"), use("焊带（供应商用电）", EL, 0.7, "kWh"),
            ],
            INBOUND: [carry("光伏玻璃", 17.2, "kg", 410, T30), carry("铝边框", 2.6, "kg", 260), carry("胶膜", 1.9, "kg", 150)],
            MAKE: [use("层压与测试", EL, 1120, "万kWh", YEAR), use("空调补充", "HFC-32", 46, "kg", YEAR)],
            OUTBOUND: [carry("海运前陆运", 23.5, "kg", 320, T30), carry("海运", 23.5, "kg", 11500, "干散货船(载重2500t)")],
            END: [use("拆解", EL, 1.4, "kWh", data_source="估算", quality="次级数据")],
        },
        products=[good("光伏组件", "1 块", 22.8, 2100000, "块")],
    )  # fmt: skip


def board() -> Book:
    """Return printed cartons of a small works: all by the plant's totals, one product of several."""
    made = [
        {"plant": "本厂", "product": name, "output": output, "unit": "万只", "weight": weight}
        for name, output, weight in (("彩盒", 620, 0.11), ("外箱", 95, 0.64))
    ]
    return returned(
        {
            "plants": [{"name": "本厂", "allocation_basis": "质量", "justification": "用料成正比"}],
            "plant_products": made,
            RAW: [use("面纸（供应商用电）", EL, 0.21, "kWh"), use("塑料膜", "低密度聚乙烯", 2.4, "g")],
            INBOUND: [carry("面纸", 0.13, "kg", 210)],
            MAKE: [
                use("印刷模切", EL, 74, "万kWh", PLANT), use("锅炉", "天然气", 12.6, "万m³", PLANT),
                use("水", "自来水", 4600, "t", PLANT),
            ],
            OUTBOUND: [carry("送客户", 0.11, "kg", 95, T8)],
        },
        products=[good("彩盒", "1 只", 0.11, 6200000, "只")],
    )  # fmt: skip


FACTORIES: dict[str, Callable[[], Book]] = {
    make.__name__: make
    for make in (
        plate, slab, cement, cloth, charger, biscuits, pipe, cabinets, battery, paper, boxes, cable, castings, transformer,
        detergent, profile, module, board,
    )
}  # fmt: skip
