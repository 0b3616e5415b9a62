"""Studies built by hand, as the pipeline would hand them over: the workbook's cells, what was read, what was computed.

The figures are those of published report T410267-1 (per unit 12.50211 kWh, 2.25 kWh and 0.1125 m³ from plant totals
134,189.3 kWh, 24,150 kWh and 1,207.5 m³ over 7,500 × 1 + 2,400 × 0.9 = 9,660 weighted pieces).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from workbook_engine.compute import assess, compute_footprint
from workbook_engine.findings import CellRef, Finding
from workbook_engine.grid import Book, Cell, MemorySheet
from workbook_engine.model import (
    ActivityLine,
    Basis,
    BoundTable,
    EmissionFactor,
    Entry,
    Flow,
    FuelParameters,
    Inventory,
    Operation,
    Plant,
    PlantProduct,
    Product,
    Quantity,
    Record,
    Settings,
    Stage,
    StageBoundary,
    Step,
    Study,
    Submission,
)
from workbook_engine.results import ResultsJob
from workbook_engine.texts import Text

N, T = "number", "text"


def sheet(name: str, rows: dict[int, list[object]], *, visible: bool = True) -> MemorySheet:
    """Build a sheet: row -> values from column A on; None is blank, a Cell stands as it is."""
    return MemorySheet(
        name,
        {
            row: {column: cell(value) for column, value in enumerate(values, 1) if value is not None}
            for row, values in rows.items()
        },
        visible,
        hidden_columns=frozenset({1}),
    )


def cell(value: object) -> Cell:
    if isinstance(value, Cell):
        return value
    return Cell(N, float(value)) if isinstance(value, int | float) else Cell(T, str(value))


ELECTRICITY = Flow("electricity", Text("电力", "Electricity"), "electricity", "kWh")
DIESEL = Flow("diesel", Text("柴油", "Diesel"), "fuel", "kg", density_kg_per_l=0.84)
GAS = Flow("natural_gas", Text("天然气", "Natural gas"), "fuel", "m3")

EF_ELECTRICITY = EmissionFactor(
    "electricity_footprint_2024_cn",
    "electricity",
    Text("全国电力平均碳足迹因子", "National electricity footprint"),
    0.5777,
    "kgCO2e/kWh",
    0.5777,
    "kgCO2e/kWh",
    "electricity_footprint",
    2024,
    "全国",
    "生态环境部、国家统计局、国家能源局",
    "2024年电力碳足迹因子数据的公告",
    "S2",
)
EF_DIESEL = EmissionFactor(
    "diesel_gbt32151",
    "diesel",
    Text("柴油", "Diesel"),
    42.652 * 20.2 * 0.98 * 44 / 12 / 1000,
    "kgCO2e/kg",
    0.0726,
    "tCO2/GJ",
    "gbt32151",
    2023,
    "全国",
    "国家标准委",
    "GB/T 32151.27",
    "P",
    "",
    FuelParameters(42.652, "t", 20.2, 0.98),
)
EF_DIESEL_PRINTED = replace(
    EF_DIESEL,
    id="diesel_ndrc2015_printed",
    value=43.33 * 0.0726,
    series="ndrc2015",
    fuel=FuelParameters(43.33, "t", 20.2, 0.98, 0.0726),
)
EF_GAS = EmissionFactor(
    "natural_gas_gbt32151",
    "natural_gas",
    Text("天然气", "Natural gas"),
    389.31 * 15.3 * 0.99 * 44 / 12 / 1000 / 10,
    "kgCO2e/m3",
    21.62189,
    "tCO2/10^4 m3",
    "gbt32151",
    2023,
    "全国",
    "国家标准委",
    "GB/T 32151.24",
    "P",
    "",
    FuelParameters(389.31, "10^4 m3", 15.3, 0.99),
)

BASICS, PLANTS, MATERIALS, TRANSPORT, PRODUCTION, END = (
    "基本信息",
    "工厂与产量",
    "原材料获取",
    "原材料运输",
    "产品生产",
    "产品处置",
)
OTHER = "成品运输"
COLUMNS = {"item": 2, "product": 3, "flow": 4, "amount": 5, "unit": 6, "basis": 7}
MONTHS = {f"month_{month:02d}": 7 + month for month in range(1, 13)}


def book() -> Book:
    """Return the returned workbook's cells."""
    head: list[object] = ["wbe:table:x", "item", "product", "flow", "amount", "unit", "basis"]
    return Book(
        (
            sheet("填写说明", {1: [None, "产品碳足迹数据收集表"], 2: ["wbe:field:template.version", "版本", "1.0"]}),
            sheet(
                BASICS,
                {
                    1: [None, "基本信息"],
                    3: ["wbe:field:study.company", "企业名称", "示例科技有限公司"],
                    6: ["wbe:table:products", "name", "model", "unit", "mass_kg", "output", "output_unit"],
                    7: [None, "产品名称", "规格型号", "功能/声明单位", "单位产品质量（kg）", "年产量", "产量单位"],
                    8: [None, "一二次融合成套环网箱 DTU", "HXGN-12", "1 套", 850, 2400, "套"],
                },
            ),
            sheet(
                PLANTS,
                {
                    3: ["wbe:table:plants", "name", "allocation_basis"],
                    4: [None, "工厂名称", "分摊依据"],
                    5: [None, "余杭工厂", "企业自定权重"],
                    8: ["wbe:table:plant_products", "plant", "product", "output", "unit", "weight"],
                    9: [None, "工厂", "产品", "年产量", "单位", "分摊权重"],
                    10: [None, "余杭工厂", "集中式 DTU", 7500, "套"],
                    11: [None, "余杭工厂", "一二次融合成套环网箱 DTU", None, "套", 0.9],
                },
            ),
            sheet(
                MATERIALS,
                {
                    3: head,
                    4: [None, "原材料或零部件", "所属产品", "材料或能源", "数量", "单位", "数据口径"],
                    5: [None, "电流互感器等", None, "电力", 145.2147, "kWh", "每功能单位"],
                    6: [None, "壳体", None, "电力", "3.5万度", "", "本产品全年合计"],
                },
            ),
            sheet(
                TRANSPORT,
                {
                    3: head,
                    4: [None, "运输的物料", "所属产品", "燃料", "燃料用量", "燃料单位", "数据口径"],
                    5: [None, "外购件", None, "柴油", Cell("number", 0.8289, "0.8+0.0289"), "kg", "每功能单位"],
                    6: [None, "壳体", None, "柴油", Cell("number", 1200.0, "1000+SUM(E8:E9)"), "L", "本产品全年合计"],
                    8: [None, None, None, None, 150],
                    9: [None, None, None, None, 50],
                },
            ),
            sheet(
                PRODUCTION,
                {
                    3: [*head, *MONTHS],
                    4: [
                        None,
                        "工序",
                        "所属产品",
                        "能源",
                        "数量",
                        "单位",
                        "数据口径",
                        *(f"{m}月" for m in range(1, 13)),
                    ],
                    5: [None, "装配", None, "电力", None, "kWh", "全厂全年合计", *([11000.0] * 11), 13189.3],
                },
            ),
            sheet(
                OTHER,
                {
                    3: head,
                    4: [None, "运输或仓储项目", "所属产品", "燃料", "燃料用量", "燃料单位", "数据口径"],
                    5: [None, "运往客户", None, "柴油", 0.6236, "kg", "每功能单位"],
                },
            ),
            sheet(
                END,
                {
                    3: head,
                    4: [None, "处置环节", "所属产品", "能源", "数量", "单位", "数据口径"],
                    5: [None, "拆解用电", None, "电力", 2.415, "万kWh", "全厂全年合计"],
                    6: [None, "焚烧", None, "天然气", Cell("number", 1207.5, "[1]外部.xlsx!A1"), "m3", "全厂全年合计"],
                },
            ),
            sheet("列表", {1: ["kWh"]}, visible=False),
        ),
        names={
            "wbe_study_company": f"'{BASICS}'!$C$3",
            "wbe_table_products": f"'{BASICS}'!$B$6:$G$6",
            "wbe_list_units": "'列表'!$A$1:$A$9",
            "_xlnm.Print_Area": f"'{BASICS}'!$A$1:$G$9",
        },
    )


def where(name: str, row: int, column: int = 5) -> CellRef:
    return CellRef(name, row, column)


def _quantity(name: str, row: int, value: float, typed: str = "", column: int = 5, unit: str = "") -> Quantity:
    return Quantity(value, where(name, row, column), typed or f"{value:g}", unit)


def _line(  # noqa: PLR0917 - a row of the table below
    number: str,
    stage: Stage,
    item: str,
    flow: Flow,
    factor: EmissionFactor | None,
    amounts: tuple[Quantity, ...],
    unit: str,
    basis: Basis,
    place: CellRef,
    steps: tuple[Step, ...] = (),
) -> ActivityLine:
    return ActivityLine(
        id=number,
        stage=stage,
        item=item,
        product=None,
        flow=flow,
        flow_typed=flow.name.zh,
        amounts=amounts,
        unit=unit,
        steps=steps,
        basis=basis,
        plant="F1" if basis is Basis.PLANT_TOTAL else None,
        factor=factor,
        where=place,
        data_source="计量仪表",
        is_primary=True,
    )


def lines() -> tuple[ActivityLine, ...]:
    litres = (Step(Operation.MULTIPLY, 0.84, Text("密度 kg/L", "density kg/L"), source="GB 19147"),)
    ten_thousand = (Step(Operation.MULTIPLY, 10_000.0, Text("万kWh → kWh", "10^4 kWh to kWh"), source="定义"),)
    per_unit, product, plant = Basis.PER_UNIT, Basis.PRODUCT_TOTAL, Basis.PLANT_TOTAL
    months = tuple(
        _quantity(PRODUCTION, 5, 13189.3 if month == 12 else 11000.0, column=7 + month) for month in range(1, 13)
    )
    return (
        _line(
            "RM-001",
            Stage.RAW_MATERIAL_ACQUISITION,
            "电流互感器等",
            ELECTRICITY,
            EF_ELECTRICITY,
            (_quantity(MATERIALS, 5, 145.2147),),
            "kWh",
            per_unit,
            where(MATERIALS, 5),
        ),
        _line(
            "RM-002",
            Stage.RAW_MATERIAL_ACQUISITION,
            "壳体",
            ELECTRICITY,
            EF_ELECTRICITY,
            (_quantity(MATERIALS, 6, 35_000.0, "3.5万度"),),
            "度",
            product,
            where(MATERIALS, 6),
        ),
        _line(
            "RT-001",
            Stage.RAW_MATERIAL_TRANSPORT,
            "外购件",
            DIESEL,
            EF_DIESEL,
            (_quantity(TRANSPORT, 5, 0.8289),),
            "kg",
            per_unit,
            where(TRANSPORT, 5),
        ),
        _line(
            "RT-002",
            Stage.RAW_MATERIAL_TRANSPORT,
            "壳体",
            DIESEL,
            EF_DIESEL,
            (_quantity(TRANSPORT, 6, 1200.0),),
            "L",
            product,
            where(TRANSPORT, 6),
            steps=litres,
        ),
        _line(
            "PR-001",
            Stage.PRODUCTION,
            "装配",
            ELECTRICITY,
            EF_ELECTRICITY,
            months,
            "kWh",
            plant,
            where(PRODUCTION, 5, 8),
        ),
        _line(
            "DI-001",
            Stage.DISTRIBUTION,
            "运往客户",
            DIESEL,
            EF_DIESEL,
            (_quantity(OTHER, 5, 0.6236),),
            "kg",
            per_unit,
            where(OTHER, 5),
        ),
        _line(
            "EL-001",
            Stage.END_OF_LIFE,
            "拆解用电",
            ELECTRICITY,
            EF_ELECTRICITY,
            (_quantity(END, 5, 2.415),),
            "万kWh",
            plant,
            where(END, 5),
            steps=ten_thousand,
        ),
        _line(
            "EL-002", Stage.END_OF_LIFE, "焚烧", GAS, EF_GAS, (_quantity(END, 6, 1207.5),), "m3", plant, where(END, 6)
        ),
    )


def inventory() -> Inventory:
    output = Quantity(2400.0, where(BASICS, 8, 6), "2400", "套")
    product = Product(
        "P1", "一二次融合成套环网箱 DTU", "HXGN-12", "1 套", is_declared=False, where=where(BASICS, 8, 2), output=output
    )
    other = PlantProduct(None, "集中式 DTU", Quantity(7500.0, where(PLANTS, 10, 4), "7500", "套"), None)
    own = PlantProduct("P1", product.name, output, Quantity(0.9, where(PLANTS, 11, 6), "0.9"))
    plant = Plant("F1", "余杭工厂", where(PLANTS, 5, 2), (other, own), "stated", "单件工时之比")
    stages = {line.stage for line in lines()}
    return Inventory(
        Study(
            "示例科技有限公司",
            "浙江省杭州市",
            "T410267-1",
            "GB/T 24067-2024；ISO 14067:2018",
            "cradle_to_grave",
            dt.date(2025, 1, 1),
            dt.date(2025, 12, 31),
        ),
        Settings("gbt32151", "electricity_footprint", 2024, "", "AR6"),
        (product,),
        (plant,),
        {stage: StageBoundary(stage, stage in stages, "", "包装材料", "低于取舍准则", None) for stage in Stage},
        lines(),
    )


def submission(source: Book | None = None) -> Submission:
    source = source or book()

    def table(key: str, name: str, header: int, columns: dict[str, int]) -> BoundTable:
        found = next(s for s in source.sheets if s.name == name)
        rows = [(row, cells) for row, cells in found.rows() if row > header]
        records = tuple(Record(row, {k: cells[c] for k, c in columns.items() if c in cells}) for row, cells in rows)
        return BoundTable(key, name, header, columns, records)

    return Submission(
        "zh",
        "1.0",
        {
            "study.company": Entry(Cell(T, "示例科技有限公司"), where(BASICS, 3, 3)),
            "template.version": Entry(Cell(T, "1.0"), where("填写说明", 2, 3)),
        },
        {
            "products": table(
                "products", BASICS, 7, {"name": 2, "model": 3, "unit": 4, "mass_kg": 5, "output": 6, "output_unit": 7}
            ),
            Stage.RAW_MATERIAL_ACQUISITION.value: table(Stage.RAW_MATERIAL_ACQUISITION.value, MATERIALS, 4, COLUMNS),
            Stage.RAW_MATERIAL_TRANSPORT.value: table(Stage.RAW_MATERIAL_TRANSPORT.value, TRANSPORT, 4, COLUMNS),
            Stage.PRODUCTION.value: table(Stage.PRODUCTION.value, PRODUCTION, 4, COLUMNS | MONTHS),
            Stage.DISTRIBUTION.value: table(Stage.DISTRIBUTION.value, OTHER, 4, COLUMNS),
            Stage.END_OF_LIFE.value: table(Stage.END_OF_LIFE.value, END, 4, COLUMNS),
        },
        (BASICS, PLANTS, MATERIALS, TRANSPORT, PRODUCTION, OTHER, END),
    )


def job(studied: Inventory | None = None, source: Book | None = None, findings: tuple[Finding, ...] = ()) -> ResultsJob:
    """Return the job of the study, or of an inventory or a book of one's own."""
    studied = studied or inventory()
    source = source or book()
    footprint = compute_footprint(studied)
    return ResultsJob(
        source,
        submission(source),
        studied,
        footprint,
        findings,
        "回收表.xlsx",
        "ab" * 32,
        "0.1.0",
        assessment=assess(studied, footprint),
    )
