"""The standard data-collection template, declared once.

From here come headings, widths, validation, input messages, names, the reader's binding, the checks of cells and the
reference page. Change a sentence here and it changes everywhere. A change that alters what is asked raises VERSION
and gets a line in CHANGELOG.md.
"""

from __future__ import annotations

from dataclasses import replace

from workbook_engine.model import Basis, Dimension, Stage
from workbook_engine.spec.optional import (
    CREDITS,
    CUTOFF,
    DECLARED,
    DECLARED_SOURCES,
    END_OF_LIFE,
    FACTOR_ID,
    GREEN_POWER,
    LOSSES,
    OMISSIONS,
    REFERENCE_FLOW,
    SUPPLIER,
    SUPPLIER_BASES,
    TRIPS,
    USE_PROFILE,
)
from workbook_engine.spec.schema import Choice, Field, FixedRow, Form, Kind, Required, SheetSpec, Table, TemplateSpec
from workbook_engine.texts import Text

VERSION = "1.2"

# --- words that several fields share ----------------------------------------------------------------------------------

YES = Choice("yes", Text("是", "Yes"), ("纳入", "包含", "包括", "√", "✓", "y", "true", "1", "in"))
NO = Choice("no", Text("否", "No"), ("不纳入", "不包含", "不包括", "×", "✗", "n", "false", "0", "out"))

BASES = (
    Choice(Basis.PER_UNIT.value, Text("每功能单位", "Per functional unit"), ("每台", "每套", "每件", "单台", "单位产品", "每声明单位", "per declared unit", "per unit")),
    Choice(Basis.PRODUCT_TOTAL.value, Text("本产品全年合计", "Product, annual total"), ("本产品全年", "产品年总量", "本产品年度合计", "product total", "annual total of the product")),
    Choice(Basis.PLANT_TOTAL.value, Text("全厂全年合计", "Plant, annual total"), ("全厂全年", "工厂年总量", "全厂年度合计", "全厂", "plant total", "annual total of the plant")),
)

DATA_QUALITY = (
    Choice("primary", Text("初级数据", "Primary"), ("初级", "实测", "现场数据", "primary data", "measured")),
    Choice("secondary", Text("次级数据", "Secondary"), ("次级", "背景数据", "文献", "secondary data", "database")),
)

SOURCES = (
    Choice("meter", Text("计量仪表", "Meter"), ("电表", "水表", "气表", "燃气表", "仪表", "抄表", "电表读数", "meter reading")),
    Choice("invoice", Text("发票或结算单", "Invoice"), ("发票", "结算单", "电费单", "电费发票", "账单", "加油发票", "bill")),
    Choice("ledger", Text("生产或库存台账", "Production or stock ledger"), ("台账", "生产台账", "库存台账", "生产报表", "生产统计", "领料单", "物料清单", "BOM", "ERP", "ledger")),
    Choice("supplier", Text("供应商提供", "Supplier"), ("供应商", "供应商数据", "供方", "供方提供")),
    Choice("database", Text("数据库或文献", "Database or literature"), ("数据库", "文献", "database", "literature")),
    Choice("estimate", Text("估算", "Estimate"), ("估计", "推算", "经验值", "经验估算")),
)

ALLOCATION_BASES = (
    Choice("count", Text("产量（件数）", "Output count"), ("件数", "数量", "产量", "台数", "count", "pieces")),
    Choice("mass", Text("质量", "Mass"), ("重量", "按质量", "按重量")),
    Choice("hours", Text("工时", "Working hours"), ("按工时", "hours", "labour hours")),
    Choice("value", Text("经济价值", "Economic value"), ("产值", "按产值", "价值", "value", "revenue")),
    Choice("stated", Text("企业自定权重", "Stated weights"), ("自定", "约定权重", "stated", "weights")),
)

# --- fields that every table of activity data has ---------------------------------------------------------------------


def _item(title: Text, example: Text) -> Field:
    return Field(
        "item", title, Kind.TEXT,
        Text("一行填一项。", "One item a row."),
        Required.SHOULD, example, width=19, synonyms=("名称", "项目", "item", "name", "部件名称", "工序", "路段"),
    )


PRODUCT = Field(
    "product", Text("所属产品", "Product"), Kind.PRODUCT,
    Text("从列表中选择产品；留空表示对所有产品都适用。", "Choose the product; leave blank if the row applies to every product."),
    width=13, synonyms=("产品", "产品名称", "适用产品"),
)
AMOUNT = Field(
    "amount", Text("数量", "Amount"), Kind.NUMBER,
    Text("只填数字，不带单位。确实为零填 0；没有数据请留空并在备注说明。", "Digits only, no unit. Type 0 if it is really zero; leave blank and remark if there is no figure."),
    Required.MUST, Text("12500", "12500"), width=13, minimum=0, synonyms=("用量", "消耗量", "活动水平", "活动数据", "活动水平数据", "合计", "总量", "年用量", "quantity", "consumption"),
)
BASIS = Field(
    "basis", Text("数据口径", "Basis"), Kind.CHOICE,
    Text("数量是每功能单位的、本产品全年合计的，还是全厂全年合计的？", "Is the amount per functional unit, this product's annual total, or the whole plant's annual total?"),
    Required.MUST, BASES[1].title, width=15, choices=BASES, synonyms=("口径", "统计口径", "数据基准", "基准"),
)
BASIS_OF_MATERIALS = replace(BASIS, choices=(*BASES, *SUPPLIER_BASES))
PLANT = Field(
    "plant", Text("工厂", "Plant"), Kind.PLANT,
    Text("数据口径为“全厂全年合计”且有多个工厂时必填。", "Needed where the basis is a plant total and there are several plants."),
    width=11, synonyms=("厂区", "生产基地", "车间", "site", "factory"),
)
DATA_SOURCE = Field(
    "data_source", Text("数据来源", "Data source"), Kind.CHOICE,
    Text("数字从哪里来？可从列表选择，也可自行填写。", "Where does the figure come from? Choose, or type your own words."),
    Required.SHOULD, SOURCES[0].title, width=13, choices=SOURCES, free=True, synonyms=("来源", "source"),
)
QUALITY = Field(
    "quality", Text("初级/次级", "Primary or secondary"), Kind.CHOICE,
    Text("初级数据：本企业或供应商实测、记录的；次级数据：来自数据库、文献或估算的。", "Primary: measured or recorded at the process. Secondary: from databases, literature or estimates."),
    Required.SHOULD, DATA_QUALITY[0].title, width=10, choices=DATA_QUALITY, synonyms=("数据类型", "数据类别", "初级/次级数据", "data type"),
)
REMARK = Field(
    "remark", Text("备注", "Remark"), Kind.TEXT,
    Text("需要说明的情况。", "Anything we should know."),
    width=15, synonyms=("说明", "注", "remarks", "note", "notes", "comment"),
)
UNIT_SYNONYMS = ("计量单位", "单 位", "units")


def _flow(title: Text, categories: tuple[str, ...], example: Text, required: Required = Required.MUST) -> Field:
    return Field(
        "flow", title, Kind.FLOW,
        Text("从列表中选择；列表中没有的，请直接写明名称。", "Choose from the list; if it is not there, write its name."),
        required, example, width=17, free=True, categories=categories,
        synonyms=("能源或材料", "能源品种", "能源种类", "燃料", "燃料种类", "材料", "种类", "品种", "流", "flow", "energy", "fuel", "material"),
    )


def _unit(dimensions: tuple[str, ...], required: Required = Required.MUST) -> Field:
    return Field(
        "unit", Text("单位", "Unit"), Kind.UNIT,
        Text("数量的单位，例如 kWh、kg、t、m³。注意：1 万kWh = 10000 kWh，1 t = 1000 kg。", "The amount's unit, e.g. kWh, kg, t, m³. Mind that 1 t = 1000 kg."),
        required, Text("kWh", "kWh"), width=9, free=True, dimensions=dimensions, synonyms=UNIT_SYNONYMS,
    )


MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTHS = tuple(
    Field(
        f"month_{month:02d}", Text(f"{month}月", name), Kind.NUMBER,
        Text("可不填全年数量而逐月填写；两者都填时会核对。", "May be filled in month by month in place of the year's amount; if both are given they are compared."),
        width=7.3, minimum=0, group="monthly", synonyms=(f"{month} 月", f"{month}月份", f"M{month}"),
    )
    for month, name in enumerate(MONTH_NAMES, start=1)
)

SCORES = tuple(Choice(str(score), Text(str(score), str(score))) for score in range(1, 6))
RATINGS = tuple(
    Field(
        f"rating_{dimension.value}", Text(f"评分：{dimension.title.zh}", f"Rating: {dimension.title.en}"), Kind.CHOICE,
        Text("咨询人员评定数量的质量：1 最好，5 最差；留空按规则评定。", "For the consultant, of the amount: 1 best, 5 worst; blank is rated by the rules."),
        width=9, choices=SCORES, group="quality", synonyms=(f"数据质量：{dimension.title.zh}", f"数据质量-{dimension.title.zh}"),
    )
    for dimension in Dimension
)
SPREAD = Field(
    "spread", Text("数量不确定度（±%，95%）", "Amount ± % (95 %)"), Kind.NUMBER,
    Text("已知时填写，例如仪表精度 ±2% 填 2；留空由数据质量评分推算。", "Where it is known, e.g. 2 for a meter of ± 2 %; blank is worked out from the ratings."),
    width=11, minimum=0, maximum=1000, group="quality", synonyms=("不确定度", "数量不确定度", "uncertainty", "uncertainty (%)"),
)

SPREADS = (
    SPREAD,
    Field(
        "distribution", Text("数量的分布", "Amount's distribution"), Kind.CHOICE,
        Text("留空为对数正态；填了上下限而未选分布的按三角分布（数量为最可能值）。", "Blank is lognormal, or triangular where limits stand (the amount is the likeliest value)."),
        width=11, group="quality", choices=(
            Choice("lognormal", Text("对数正态", "Lognormal"), ("对数正态分布",)),
            Choice("normal", Text("正态", "Normal"), ("正态分布", "高斯分布", "gaussian")),
            Choice("triangular", Text("三角", "Triangular"), ("三角分布", "三角形分布", "triangle")),
            Choice("uniform", Text("均匀", "Uniform"), ("均匀分布", "矩形分布", "rectangular")),
        ), synonyms=("不确定度分布", "概率分布", "distribution of the amount"),
    ),
    Field(
        "low", Text("可能的最小数量", "Lowest amount"), Kind.NUMBER,
        Text("三角分布和均匀分布的下限，单位与数量相同；与 ±% 二者选一。", "Lower limit of a triangular or uniform distribution, in the amount's unit; in place of ± %."),
        width=11, minimum=0, group="quality", synonyms=("数量下限", "最小可能值", "lower limit of the amount"),
    ),
    Field(
        "high", Text("可能的最大数量", "Highest amount"), Kind.NUMBER,
        Text("三角分布和均匀分布的上限，单位与数量相同。", "Upper limit of a triangular or uniform distribution, in the amount's unit."),
        width=11, minimum=0, group="quality", synonyms=("数量上限", "最大可能值", "upper limit of the amount"),
    ),
)

ACTIVITY_ROUTE = ("flow", "amount", "unit", "basis")


def _activity_table(
    stage: Stage, fields: tuple[Field, ...], routes: tuple[tuple[str, ...], ...], ways: tuple[Text, ...] = (), note: Text | None = None
) -> Table:
    return Table(stage.value, stage.title, (*fields, *FACTOR_ID, *RATINGS, *SPREADS), routes=routes, ways=ways, stage=stage, note=note)


TRANSPORT_FIELDS = (
    PRODUCT,
    _flow(Text("燃料", "Fuel"), ("fuel", "electricity"), Text("柴油", "Diesel"), Required.MAY),
    Field("amount", Text("燃料用量", "Fuel used"), Kind.NUMBER, AMOUNT.help, Required.MAY, Text("850", "850"), width=10, minimum=0,
          synonyms=("用油量", "耗油量", "数量", "用量", "油耗", "amount", "fuel amount")),
    Field("unit", Text("燃料单位", "Fuel unit"), Kind.UNIT, Text("kg、t 或 L。", "kg, t or L."), Required.MAY, Text("kg", "kg"), width=9, free=True,
          dimensions=("mass", "volume", "energy"), synonyms=UNIT_SYNONYMS),
    Field("mass", Text("货物质量", "Goods mass"), Kind.NUMBER,
          Text("不知道燃料用量时，填货物质量、运距和运输方式。", "If the fuel is not known, give mass, distance and mode instead."),
          Required.MAY, Text("12.5", "12.5"), width=10, minimum=0, synonyms=("货重", "运输质量", "运量", "重量", "货物重量", "cargo mass", "mass")),
    Field("mass_unit", Text("质量单位", "Mass unit"), Kind.UNIT, Text("kg 或 t。", "kg or t."), Required.MAY, Text("t", "t"), width=9, free=True,
          dimensions=("mass",), synonyms=("货物单位", "质量的单位", "重量单位")),
    Field("distance_km", Text("运距（km）", "Distance (km)"), Kind.NUMBER, Text("单程公里数。", "One way, in kilometres."), Required.MAY, Text("320", "320"),
          width=10, minimum=0, synonyms=("运距", "距离", "运输距离", "里程", "distance", "运输距离（km）", "公里数")),
    Field("mode", Text("运输方式", "Mode"), Kind.FLOW,
          Text("从列表中选择车型、铁路、船舶或航空。", "Choose the vehicle, rail, ship or air."),
          Required.MAY, Text("重型柴油货车(载重18t)", "Heavy diesel truck, 18 t"), width=18, free=True, categories=("transport",),
          synonyms=("方式", "车型", "运输工具", "transport mode", "vehicle")),
    BASIS, PLANT, DATA_SOURCE, QUALITY, REMARK, *TRIPS,
)
TRANSPORT_ROUTES = (
    ("flow", "amount", "unit", "basis"),
    ("mode", "mass", "mass_unit", "distance_km", "basis"),
    ("flow", "trips", "distance_km", "per_100km", "basis"),
)
TRANSPORT_WAYS = (
    Text("填燃料、用量和单位", "fuel, amount and unit"),
    Text("填货物质量、单位、运距和运输方式", "goods mass, its unit, distance and mode"),
    Text("填燃料、车次、运距和百公里油耗", "fuel, trips, distance and fuel per 100 km"),
)

ALL_UNITS = ("energy", "mass", "volume", "area", "count", "freight")

# --- the sheets -------------------------------------------------------------------------------------------------------

BASICS = SheetSpec(
    "basics", Text("基本信息", "Basics"),
    Text("企业、产品、统计周期和系统边界。", "The company, its products, the reference period and the system boundary."),
    (
        Form("study", Text("企业与报告", "Company and report"), (
            Field("company", Text("企业名称", "Company"), Kind.TEXT, Text("营业执照上的全称。", "The full registered name."), Required.SHOULD,
                  Text("浙江示例电气有限公司", "Example Electric Co., Ltd."), 34, synonyms=("公司名称", "单位名称", "company name", "委托方")),
            Field("address", Text("地址", "Address"), Kind.TEXT, Text("生产地址；有多个厂区时在“工厂与产量”中分别填写。", "Where it is made; several plants go into the sheet Plants."), Required.SHOULD,
                  Text("浙江省温州市……", "…"), 34, synonyms=("企业地址", "生产地址")),
            Field("contact", Text("联系部门", "Contact"), Kind.TEXT, Text("可以答复数据问题的部门或岗位。", "The department that can answer questions about the data."), width=34,
                  synonyms=("联系人", "联系方式", "contact person")),
            Field("report_no", Text("报告编号", "Report number"), Kind.TEXT, Text("由咨询机构填写。", "Filled in by the consultant."), width=34, synonyms=("编号", "report no", "report no.")),
            Field("standards", Text("依据标准", "Standards"), Kind.TEXT, Text("核算依据的标准。", "The standards that the study follows."), Required.SHOULD,
                  Text("GB/T 24067-2024；ISO 14067:2018", "GB/T 24067-2024; ISO 14067:2018"), 34, synonyms=("标准", "核算标准")),
            Field("period_start", Text("统计周期开始", "Reference period from"), Kind.DATE, Text("数据所属年度的第一天，例如 2025-01-01。", "First day of the year of the data, e.g. 2025-01-01."), Required.MUST,
                  Text("2025-01-01", "2025-01-01"), 34, synonyms=("统计期开始", "开始日期", "周期开始", "period start")),
            Field("period_end", Text("统计周期结束", "Reference period to"), Kind.DATE, Text("数据所属年度的最后一天，例如 2025-12-31。", "Last day of the year of the data, e.g. 2025-12-31."), Required.MUST,
                  Text("2025-12-31", "2025-12-31"), 34, synonyms=("统计期结束", "结束日期", "周期结束", "period end")),
            Field("boundary_type", Text("系统边界", "System boundary"), Kind.CHOICE, Text("整体范围；各阶段的取舍在下面的表中填写。", "The overall scope; each stage is decided in the table below."), Required.SHOULD,
                  Text("摇篮到坟墓", "Cradle to grave"), 34, choices=(
                      Choice("cradle_to_grave", Text("摇篮到坟墓", "Cradle to grave"), ("从摇篮到坟墓", "全生命周期", "cradle-to-grave")),
                      Choice("cradle_to_gate", Text("摇篮到大门", "Cradle to gate"), ("从摇篮到大门", "cradle-to-gate")),
                      Choice("other", Text("其他", "Other"), ("部分阶段",)),
                  ), synonyms=("边界", "boundary")),
        )),
        Table("boundary", Text("各阶段的系统边界", "System boundary by stage"), (
            Field("stage", Text("生命周期阶段", "Life-cycle stage"), Kind.LABEL, Text("", ""), width=24, synonyms=("阶段", "stage")),
            Field("covers", Text("纳入的过程", "Processes covered"), Kind.TEXT, Text("这一阶段包括哪些过程。", "What the stage covers."), Required.MAY, None, 30, synonyms=("包含过程", "包括", "covers", "included processes")),
            Field("included", Text("是否纳入", "Included"), Kind.CHOICE, Text("选择是或否。", "Choose yes or no."), Required.MUST, YES.title, 10, choices=(YES, NO), synonyms=("纳入", "included?")),
            Field("excludes", Text("排除的过程", "Processes left out"), Kind.TEXT, Text("这一阶段不包括哪些过程。", "What the stage leaves out."), Required.MAY, None, 19, synonyms=("不包含过程", "不包括", "excludes", "excluded processes")),
            Field("reason", Text("排除理由", "Why left out"), Kind.TEXT, Text("不纳入某阶段或排除某过程的理由。", "Why a stage or a process is left out."), Required.MAY, None, 19, synonyms=("理由", "原因", "reason")),
        ), rows=len(Stage), fixed_rows=tuple(FixedRow(stage.value, stage.title) for stage in Stage)),
        Table("products", Text("产品", "Products"), (
            Field("name", Text("产品名称", "Product name"), Kind.TEXT, Text("一行一个产品（型号）。", "One product (model) a row."), Required.MUST, Text("低压电缆分支箱", "Cable distribution box"), 24,
                  synonyms=("名称", "产品", "product", "name")),
            Field("model", Text("规格型号", "Model"), Kind.TEXT, Text("铭牌上的型号。", "As on the name plate."), Required.SHOULD, Text("TFDF", "TFDF"), 22, synonyms=("型号", "规格", "type", "型号规格")),
            Field("unit_kind", Text("单位类别", "Kind of unit"), Kind.CHOICE,
                  Text("核算到使用和处置阶段为功能单位；只到出厂为声明单位。", "Functional unit if use and end of life are covered; declared unit for a partial footprint."),
                  Required.MAY, Text("功能单位", "Functional unit"), 11, choices=(
                      Choice("functional", Text("功能单位", "Functional unit"), ("functional",)),
                      Choice("declared", Text("声明单位", "Declared unit"), ("declared",)),
                  ), synonyms=("类别", "功能/声明单位类别")),
            Field("unit", Text("功能/声明单位", "Functional or declared unit"), Kind.TEXT, Text("结果是对多少产品而言，例如 1 台。", "What the result is for, e.g. 1 piece."), Required.MUST,
                  Text("1 台", "1 piece"), 14, synonyms=("功能单位", "声明单位", "functional unit", "declared unit", "核算单位")),
            Field("mass_kg", Text("单位产品质量（kg）", "Mass per unit (kg)"), Kind.NUMBER, Text("一个功能单位的产品质量，千克。", "Mass of one functional unit, in kilograms."), Required.SHOULD,
                  Text("85", "85"), 13, minimum=0, exclusive=True, synonyms=("质量", "重量", "单台重量", "产品质量", "mass", "单位产品质量")),
            Field("output", Text("年产量", "Annual output"), Kind.NUMBER, Text("统计周期内的产量，所有工厂合计。", "Output in the reference period, all plants together."), Required.SHOULD,
                  Text("2400", "2400"), 12, minimum=0, exclusive=True, synonyms=("产量", "全年产量", "年度产量", "output", "production")),
            Field("output_unit", Text("产量单位", "Output unit"), Kind.UNIT, Text("台、套、件等，与功能单位一致。", "Pieces, sets …, the same as in the functional unit."), Required.SHOULD,
                  Text("台", "piece"), 10, free=True, dimensions=("count", "mass", "energy"), synonyms=("单位", "年产量单位", "unit")),
            *REFERENCE_FLOW,
        ), routes=(("name", "unit"),)),
    ),
    landscape=False, synonyms=("企业信息", "basic information", "产品信息", "企业基本信息"),
)

PLANTS = SheetSpec(
    "plants", Text("工厂与产量", "Plants"),
    Text("只有用到“全厂全年合计”的数据时才需要填写：各工厂生产哪些产品，全厂总量怎样分摊。", "Only where plant totals are used: what each plant makes, and how its totals are divided."),
    (
        Table("plants", Text("工厂", "Plants"), (
            Field("name", Text("工厂名称", "Plant"), Kind.TEXT, Text("简称即可，其他表引用这个名称。", "A short name; the other sheets refer to it."), Required.MUST, Text("乐清工厂", "Main plant"), 20, synonyms=("工厂", "厂区", "名称", "plant name")),
            Field("address", Text("地址", "Address"), Kind.TEXT, Text("工厂地址。", "Where it is."), width=30, synonyms=("工厂地址",)),
            Field("allocation_basis", Text("分摊依据", "Allocation by"), Kind.CHOICE, Text("全厂总量按什么分给各产品。", "What plant totals are divided by."), Required.SHOULD, ALLOCATION_BASES[0].title, 18,
                  choices=ALLOCATION_BASES, synonyms=("分配依据", "分摊方法", "分配方法", "allocation basis")),
            Field("justification", Text("分摊理由", "Why so"), Kind.TEXT, Text("为什么这样分摊是合理的。", "Why this is a fair way to divide them."), Required.SHOULD, Text("各产品工艺相同，单台能耗相近", "Same process, similar energy per piece"), 22, synonyms=("理由", "分配理由", "justification")),
        ), rows=6, routes=(("name",),)),
        Table("plant_products", Text("各工厂的产品与产量", "Products and output of each plant"), (
            Field("plant", Text("工厂", "Plant"), Kind.PLANT, Text("只有一个工厂时可留空。", "May be blank if there is one plant."), Required.MAY, Text("乐清工厂", "Main plant"), 20, synonyms=("工厂名称", "厂区")),
            Field("product", Text("产品", "Product"), Kind.PRODUCT, Text("该工厂生产的每一种产品，包括不在本次核算范围内的。", "Every product that the plant makes, also those outside this study."), Required.MUST, Text("低压电缆分支箱", "Cable distribution box"), 30, free=True, synonyms=("产品名称", "产品型号")),
            Field("output", Text("年产量", "Annual output"), Kind.NUMBER, Text("该工厂该产品统计周期内的产量；只在一个工厂生产的产品可留空，取“基本信息”中的年产量。", "Output at this plant; may be blank for a product made at one plant only, its output is then taken from Basics."), Required.MAY, Text("7500", "7500"), 12, minimum=0, synonyms=("产量", "全年产量")),
            Field("unit", Text("单位", "Unit"), Kind.UNIT, Text("台、套、件等。", "Pieces, sets …"), Required.MAY, Text("台", "piece"), 10, free=True, dimensions=("count", "mass", "energy"), synonyms=UNIT_SYNONYMS),
            Field("weight", Text("分摊权重", "Weight"), Kind.NUMBER, Text("每件的权重：单件质量、工时或产值，或自定系数；按件数分摊时留空（即 1）。", "Per piece: its mass, hours or value, or a stated weight; blank (1) if divided by count."), Required.MAY, Text("1", "1"), 12, minimum=0, synonyms=("权重", "分配权重", "系数", "allocation weight")),
            REMARK,
        ), routes=(("product",),)),
    ),
    landscape=False, synonyms=("工厂", "产量", "工厂产量", "plants and output"),
)

STAGE_SHEETS = (
    SheetSpec("raw_material_acquisition", Stage.RAW_MATERIAL_ACQUISITION.title,
        Text("生产所用的原材料、零部件：填材料用量，或供应商生产它们所用的能源。", "Materials and parts: their amounts, or the energy that suppliers used to make them."),
        (_activity_table(Stage.RAW_MATERIAL_ACQUISITION, (
            _item(Text("原材料或零部件", "Material or part"), Text("铜排", "Copper bar")), PRODUCT,
            _flow(Text("材料或能源", "Material or energy"), ("material", "electricity", "fuel", "heat", "water", "biogenic"), Text("电力", "Electricity")),
            AMOUNT, _unit(ALL_UNITS), BASIS_OF_MATERIALS, PLANT, DATA_SOURCE, QUALITY, REMARK, *SUPPLIER, *LOSSES, *GREEN_POWER),
            (ACTIVITY_ROUTE, ("own_cfp", "own_cfp_unit", "pieces"), ("own_cfp", "own_cfp_unit", "amount", "unit", "basis")),
            (Text("材料或能源、数量、单位、口径", "material or energy, amount, unit, basis"),
             Text("供应商声明的每件碳足迹和单位产品用量", "the supplier's footprint per part, and parts per unit"),
             Text("供应商声明的碳足迹和数量、单位、口径", "the supplier's footprint, with amount, unit and basis"))),),
        synonyms=("原材料", "原辅料获取", "原辅料获取阶段", "原材料获取阶段", "raw materials")),
    SheetSpec("raw_material_transport", Stage.RAW_MATERIAL_TRANSPORT.title,
        Text("把原材料、零部件运到工厂。", "Bringing materials and parts to the plant."),
        (_activity_table(Stage.RAW_MATERIAL_TRANSPORT, (_item(Text("运输的物料", "What is carried"), Text("壳体", "Enclosures")), *TRANSPORT_FIELDS), TRANSPORT_ROUTES, TRANSPORT_WAYS),),
        synonyms=("原辅料运输", "原材料运输阶段", "原辅料运输阶段", "inbound transport")),
    SheetSpec("production", Stage.PRODUCTION.title,
        Text("厂内生产所用的能源、燃料，以及直接排放的温室气体（如 SF6、制冷剂）。", "Energy and fuels used in the plant, and greenhouse gases released there (SF6, refrigerants)."),
        (_activity_table(Stage.PRODUCTION, (
            _item(Text("工序或用途", "Process"), Text("装配车间用电", "Assembly")), PRODUCT,
            _flow(Text("能源、燃料或气体", "Energy, fuel or gas"), ("electricity", "fuel", "heat", "gas", "biogenic", "water", "material"), Text("电力", "Electricity")),
            Field("amount", AMOUNT.title, AMOUNT.kind, AMOUNT.help, Required.MAY, AMOUNT.example, AMOUNT.width, minimum=0, synonyms=AMOUNT.synonyms),
            _unit(ALL_UNITS), BASIS, PLANT, DATA_SOURCE, QUALITY, REMARK, *MONTHS, *LOSSES, *GREEN_POWER),
            (ACTIVITY_ROUTE, ("flow", *(m.key for m in MONTHS), "unit", "basis")),
            (Text("填全年数量", "the year's amount"), Text("填统计周期内各月的数量", "each month of the reference period")),
            Text("两者都填时会核对。", "If both are given they are compared.")),),
        synonyms=("生产", "生产阶段", "产品生产阶段", "manufacturing")),
    SheetSpec("distribution", Stage.DISTRIBUTION.title,
        Text("把成品运到客户；成品仓储所用的能源也填在这里。", "Bringing the product to the customer; energy used in storing it goes here too."),
        (_activity_table(Stage.DISTRIBUTION, (_item(Text("运输或仓储项目", "Leg or store"), Text("运往客户", "To the customer")),
            Field("part", Text("环节", "Part"), Kind.CHOICE, Text("成品运输或仓储；留空为成品运输。", "Distribution or storage; blank is distribution."), width=10, choices=(
                Choice(Stage.DISTRIBUTION.value, Text("成品运输", "Distribution"), ("运输", "transport")),
                Choice(Stage.STORAGE.value, Text("仓储", "Storage"), ("储存", "仓库", "warehouse")),
            ), synonyms=("阶段",)), *TRANSPORT_FIELDS), TRANSPORT_ROUTES, TRANSPORT_WAYS),),
        synonyms=("成品运输阶段", "产品运输", "仓储", "成品运输与仓储", "distribution and storage")),
    SheetSpec("use", Stage.USE.title,
        Text("产品在使用寿命内消耗的能源、耗材和排放的气体，按整个使用寿命填写。", "Energy, consumables and gases over the product's service life."),
        (_activity_table(Stage.USE, (
            _item(Text("使用环节", "Use"), Text("运行损耗", "Standing losses")), PRODUCT,
            _flow(Text("能源、燃料或气体", "Energy, fuel or gas"), ("electricity", "fuel", "heat", "gas", "biogenic", "water", "material"), Text("电力", "Electricity")),
            AMOUNT, _unit(ALL_UNITS), BASIS, PLANT, DATA_SOURCE, QUALITY, REMARK, *USE_PROFILE), (ACTIVITY_ROUTE,)),),
        synonyms=("使用阶段", "产品使用", "use stage")),
    SheetSpec("end_of_life", Stage.END_OF_LIFE.title,
        Text("报废产品的拆解、运输和处理。", "Dismantling, transport and treatment of the product at its end of life."),
        (_activity_table(Stage.END_OF_LIFE, (
            _item(Text("处置环节", "Treatment"), Text("拆解用电", "Dismantling")), PRODUCT,
            _flow(Text("能源、燃料或废弃物", "Energy, fuel or waste"), ("electricity", "fuel", "heat", "waste", "transport", "gas", "biogenic"), Text("电力", "Electricity")),
            AMOUNT, _unit(ALL_UNITS), BASIS, PLANT, DATA_SOURCE, QUALITY, REMARK, *END_OF_LIFE), (ACTIVITY_ROUTE,)),),
        synonyms=("处置", "产品处置阶段", "生命末期", "生命末期处置", "废弃处置", "end-of-life", "disposal")),
)

SETTINGS = SheetSpec(
    "settings", Text("核算设置", "Settings"),
    Text("由咨询机构填写，企业无需填写。", "For the consultant; the company leaves it as it is."),
    (
        Form("settings", Text("因子与规则", "Factors and rules"), (
            Field("factor_set", Text("因子集", "Factor set"), Kind.CHOICE, Text("因子库“因子集”表中的名称；决定燃料等采用哪一套缺省值。", "A name from the library's sheet of factor sets; decides which defaults are used."), Required.MUST, None, 30, choices_from="factor_sets", free=True, synonyms=("采用因子集",)),
            Field("electricity_series", Text("电力因子系列", "Electricity series"), Kind.CHOICE,
                  Text("产品碳足迹应采用电力碳足迹因子（全生命周期）；二氧化碳排放因子只含燃烧排放。", "A footprint wants the life-cycle footprint factor; the CO2 emission factor covers combustion only."), Required.MUST, Text("电力碳足迹因子", "Carbon-footprint factor"), 30,
                  choices=(
                      Choice("electricity_footprint", Text("电力碳足迹因子", "Carbon-footprint factor"), ("碳足迹因子", "footprint")),
                      Choice("electricity_co2", Text("电力二氧化碳排放因子", "CO2 emission factor"), ("排放因子", "co2")),
                  ), synonyms=("电力因子",)),
            Field("electricity_year", Text("电力因子年份", "Electricity year"), Kind.NUMBER, Text("因子对应的数据年份，例如 2024。", "The year that the factor stands for, e.g. 2024."), Required.MUST, Text("2024", "2024"), 30, minimum=2000, maximum=2100, choices_from="electricity_years", free=True, synonyms=("年份",)),
            Field("electricity_region", Text("电力因子地区", "Electricity region"), Kind.CHOICE, Text("全国、区域或省份；留空为全国。", "The nation, a grid region or a province; blank is the nation."), Required.MAY, Text("全国", "China"), 30, choices_from="electricity_regions", free=True, synonyms=("地区", "区域")),
            Field("gwp_set", Text("GWP 数据集", "GWP set"), Kind.CHOICE, Text("温室气体全球增温潜势（GWP100）取自哪一次 IPCC 评估报告。", "Which IPCC assessment report the GWP100 values come from."), Required.MUST, Text("IPCC AR6", "IPCC AR6"), 30,
                  choices=(Choice("AR5", Text("IPCC AR5", "IPCC AR5"), ("ar5", "第五次评估报告")), Choice("AR6", Text("IPCC AR6", "IPCC AR6"), ("ar6", "第六次评估报告"))), synonyms=("gwp",)),
            Field("decimals_amount", Text("数量与排放量小数位", "Decimals of amounts"), Kind.NUMBER, Text("结果表中活动数据和排放量的小数位数。", "Decimals of amounts and emissions in the results."), Required.MAY, Text("4", "4"), 30, minimum=0, maximum=8),
            Field("decimals_share", Text("占比小数位", "Decimals of shares"), Kind.NUMBER, Text("百分比的小数位数。", "Decimals of percentages."), Required.MAY, Text("2", "2"), 30, minimum=0, maximum=6),
            CREDITS, *CUTOFF,
        )),
        OMISSIONS, DECLARED, DECLARED_SOURCES,
    ),
    for_consultant=True, landscape=False, synonyms=("设置", "因子设置"),
)

CHANGES = (
    Choice("times", Text("数量乘以", "Amount times"), ("数量×", "数量 ×", "乘以", "amount ×", "×")),
    Choice("factor", Text("改用因子（编号）", "Factor (id)"), ("改用因子", "因子编号", "换因子", "factor id", "factor")),
    Choice("factor_value", Text("因子改为（数值）", "Factor (value)"), ("因子改为", "因子数值", "factor value")),
    Choice("flow", Text("改用流（名称）", "Flow (name)"), ("改用流", "改用", "换流", "flow")),
)
SCENARIOS = SheetSpec(
    "scenarios", Text("情景设置", "Scenario settings"),
    Text("由咨询机构填写：要与基准结果比较的情景，一行一项改变；同名的行合成一个情景。", "For the consultant: what to compare the result with, a row for each change; rows of one name make one scenario."),
    (
        Table("scenarios", Text("情景", "Scenarios"), (
            Field("scenario", Text("情景名称", "Scenario"), Kind.TEXT, Text("同一情景的各行填同一名称。", "The same name on each row of a scenario."), Required.SHOULD, Text("2030 年电网", "Grid of 2030"), 24,
                  group="scenarios", synonyms=("情景", "方案", "scenario name")),
            Field("target", Text("适用于", "Applies to"), Kind.TEXT, Text("数据行编号（如 PR-001）、阶段、流或项目的名称；留空为全部数据行。", "A line (PR-001), a stage, a flow or an item; blank is every line."), Required.MAY, Text("电力", "Electricity"), 24,
                  group="scenarios", synonyms=("对象", "范围", "target")),
            Field("change", Text("改变", "Change"), Kind.CHOICE, Text("改数量、改因子，还是改用另一种流。", "Whether amount, factor or flow changes."), Required.SHOULD, CHANGES[0].title, 18,
                  choices=CHANGES, free=True, group="scenarios", synonyms=("改变方式", "变更", "change kind")),
            Field("value", Text("改为", "To"), Kind.TEXT, Text("乘数、因子编号、因子数值（kgCO2e/流的单位），或流的名称。", "The multiplier, the factor's id, its value (kgCO2e per unit of the flow), or the flow's name."), Required.SHOULD, Text("0.8", "0.8"), 24,
                  group="scenarios", synonyms=("值", "数值", "value")),
            Field("share", Text("比例（%）", "Share (%)"), Kind.NUMBER, Text("因子或流的改变只涉及一部分时填写；留空为 100。", "Where a change of factor or flow concerns only a part; blank is 100."), Required.MAY, Text("50", "50"), 10,
                  minimum=0, maximum=100, group="scenarios", synonyms=("比例", "占比", "share")),
            Field("remark", REMARK.title, REMARK.kind, REMARK.help, width=30, group="scenarios", synonyms=REMARK.synonyms),
        ), rows=40),
    ),
    synonyms=("情景分析设置", "scenario inputs"), for_consultant=True,
)

COLLECTION = TemplateSpec(
    VERSION,
    Text("产品碳足迹数据收集表", "Product carbon footprint: data collection"),
    (
        Text("请按页签从左到右填写：先填“基本信息”，再填各阶段。不适用的阶段在“基本信息”的系统边界表中选“否”，该页签不用填。", "Go from left to right, Basics first. For a stage that does not apply choose No in the boundary table of Basics and skip its sheet."),
        Text("一行填一项数据：名称、能源或材料、数量、单位、数据口径。数量只填数字，单位填在单位列，可以改选。", "One row, one item: name, energy or material, amount, unit, basis. Digits only in the amount; the unit goes beside it."),
        Text("数据口径有三种：每功能单位、本产品全年合计、全厂全年合计。有年度总量就直接填总量，不必自己折算到单台。", "Three bases: per functional unit, annual total of the product, annual total of the plant. Annual totals need not be divided."),
        Text("填了“全厂全年合计”的，请在“工厂与产量”中列出该厂全部产品及产量。", "Where plant totals are given, list all products of the plant with their output in the sheet Plants."),
        Text("确实为零请填 0；没有数据请留空，并在备注中说明原因，不要填估计的 0。", "Type 0 where it is really zero; leave blank where there is no figure, and say why in the remark."),
        Text("可以填公式（如 =1200*12），可以插入或删除行；画了线的行不够时接着往下填，线会自动出现，打印时也在内。", "Formulas (=1200*12) and inserted or deleted rows are welcome. Go on below the drawn rows: lines appear as you type, and print."),
        Text("请不要改动表头和灰色单元格，不要把数据贴成图片。", "Please leave headings and grey cells as they are, and do not paste pictures in place of data."),
        Text("发回前请看下面的“填报检查”：各页签都是“已完成”或“不适用”，即可发回。", "Before you send it back look at the check below: it is ready when every sheet is complete or not applicable."),
    ),
    (BASICS, PLANTS, *STAGE_SHEETS, SETTINGS, SCENARIOS),
    unit_hints=(
        (Text("电力、热力", "Electricity, heat"), Text("kWh（度）、万kWh、MWh、GJ。1 万kWh = 10000 kWh，1 MWh = 1000 kWh，1 GJ ≈ 277.78 kWh。", "kWh, MWh, GJ. 1 MWh = 1000 kWh, 1 GJ ≈ 277.78 kWh.")),
        (Text("燃料、材料、气体", "Fuels, materials, gases"), Text("kg、t、L、m³、万m³。1 t = 1000 kg，1 万m³ = 10000 m³。", "kg, t, L, m³. 1 t = 1000 kg, 1 m³ = 1000 L.")),
        (Text("生物源 CO2", "Biogenic CO2"), Text("木、竹、纸、粮食等吸收或放出的 CO2，都填正数。kg CO2 = 干质量 kg × 含碳率 × 44/12。", "Taken up or given off by wood, bamboo, paper, grain; both positive. kg CO2 = dry mass in kg × carbon content × 44/12.")),
        (Text("运输", "Transport"), Text("燃料用量填 kg、t 或 L；货物质量填 kg 或 t，运距填公里。", "Fuel in kg, t or L; goods mass in kg or t, distance in kilometres.")),
    ),
)
