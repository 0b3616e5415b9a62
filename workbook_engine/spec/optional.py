"""Columns and tables that only some studies need, by group: `template --include supplier,losses` shows them.

They stand to the right of the columns that every template has, or below its forms, and are read wherever they are
found. A percentage is stored as a fraction (the cells have the format %); 5 in place of 5 % is read with a note.
"""

from __future__ import annotations

from dataclasses import replace

from workbook_engine.model import Stage
from workbook_engine.spec.schema import Choice, Field, Kind, Required, Table
from workbook_engine.texts import Text

# What --include takes, with what the group is for.
GROUPS = {
    "monthly": Text("逐月数据", "amounts month by month"),
    "supplier": Text("供应商数据：单件能耗、供应商产量、供应商声明的碳足迹", "suppliers' data: energy per piece, output, declared footprints"),
    "losses": Text("损耗率与废品率", "losses and scrap"),
    "trips": Text("车次 × 运距 × 百公里油耗", "trips × distance × fuel per 100 km"),
    "use_profile": Text("使用年限、负载率、年运行小时", "service life, load factor, hours of use"),
    "end_of_life": Text("处理方式占比与回收抵扣", "treatment routes by share, recycling credits"),
    "green_power": Text("自发电、绿电与绿证", "own generation, green power, certificates"),
    "reference_flow": Text("功能单位与产量单位不同时的基准流", "the reference flow, where functional unit and output differ"),
    "factor_id": Text("逐行指定因子与电力地区", "a factor or a region of electricity named line by line"),
    "quality": Text("数据质量评分与不确定度", "data quality ratings and uncertainty"),
    "scenarios": Text("情景比较", "scenarios"),
    "cutoff": Text("取舍准则与被排除的流", "cut-off criteria and what was left out"),
    "declared": Text("与已有报告的结果核对", "reconciliation with an earlier report"),
}

_PIECE = ("count", "mass", "energy")


def _grouped(group: str, *fields: Field) -> tuple[Field, ...]:
    return tuple(replace(field, group=group) for field in fields)


def _percent(key: str, title: Text, help_: Text, group: str, synonyms: tuple[str, ...]) -> Field:
    return Field(key, title, Kind.NUMBER, help_, width=11, dimensions=("ratio",), minimum=0, group=group, synonyms=synonyms)


REFERENCE_FLOW = (
    Field("reference_flow", Text("基准流（产量单位/功能单位）", "Reference flow (units of output per functional unit)"), Kind.NUMBER,
          Text("一个功能单位相当于多少个产量单位；两者不同时填写。例如功能单位 1 kWh、每台一生供电 5000 kWh，填 0.0002。", "Units of output that make one functional unit, where the two differ: for 1 kWh delivered, by a piece that delivers 5000 kWh in its life, 0.0002."),
          width=16, minimum=0, exclusive=True, group="reference_flow", synonyms=("基准流", "参考流", "reference flow")),
    Field("units_per_output", Text("每产量单位的功能单位数", "Functional units per unit of output"), Kind.NUMBER,
          Text("与“基准流”二选一：一个产量单位相当于多少个功能单位，例如每台一生供电 5000 kWh，填 5000。", "In place of the reference flow: functional units that one unit of output gives, e.g. 5000 for a piece that delivers 5000 kWh in its life."),
          width=16, minimum=0, exclusive=True, group="reference_flow", synonyms=("每台功能单位数", "functional units per piece")),
)

# Bases that only materials and parts have, beside the three of every table.
PER_PART, SUPPLIER_TOTAL = "per_part", "supplier_total"
SUPPLIER_BASES = (
    Choice(PER_PART, Text("每件零部件", "Per part"), ("每个零部件", "每件部件", "per piece of the part"), group="supplier"),
    Choice(SUPPLIER_TOTAL, Text("供应商全年合计", "Supplier, annual total"), ("供应商全年", "供应商年总量", "annual total of the supplier"), group="supplier"),
)
SUPPLIER = (
    Field("supplier", Text("供应商", "Supplier"), Kind.TEXT, Text("供应商名称。", "The supplier's name."), width=16, group="supplier", synonyms=("供应商名称", "供方", "vendor")),
    Field("pieces", Text("单位产品用量（件）", "Parts per unit"), Kind.NUMBER,
          Text("一个功能单位用几件这种零部件。数据口径为“每件零部件”“供应商全年合计”时必填。", "How many of this part one functional unit takes. Needed with the bases Per part and Supplier, annual total."),
          width=12, minimum=0, exclusive=True, group="supplier", synonyms=("单台用量", "单台件数", "用量（件/台）", "pieces per unit")),
    Field("supplier_output", Text("供应商产量", "Supplier's output"), Kind.NUMBER,
          Text("供应商同一统计周期内这种零部件的产量（件）。数据口径为“供应商全年合计”时必填。", "How many of this part the supplier made in the same period. Needed with the basis Supplier, annual total."),
          width=12, minimum=0, exclusive=True, group="supplier", synonyms=("供应商年产量", "supplier output")),
    Field("own_cfp", Text("供应商声明的碳足迹", "Supplier's declared footprint"), Kind.NUMBER,
          Text("供应商报告或声明的产品碳足迹数值；填了它，就不再取因子库的因子。", "The footprint that the supplier declares; with it no factor of the library is used."),
          width=13, minimum=0, group="supplier", synonyms=("供应商碳足迹", "声明碳足迹", "declared cfp", "supplier cfp")),
    Field("own_cfp_unit", Text("声明碳足迹单位", "Its unit"), Kind.UNIT, Text("例如 kgCO2e/件、kgCO2e/kg。", "Such as kgCO2e/piece or kgCO2e/kg."),
          example=Text("kgCO2e/件", "kgCO2e/piece"), width=13, free=True, group="supplier", synonyms=("碳足迹单位", "声明单位", "unit of declared cfp")),
    Field("own_cfp_report", Text("声明报告编号", "Report number"), Kind.TEXT, Text("供应商碳足迹报告或证书的编号。", "Number of the supplier's report or certificate."), width=16, group="supplier",
          synonyms=("供应商报告编号", "证书编号", "supplier report number")),
    Field("own_cfp_standard", Text("声明依据标准", "Its standard"), Kind.TEXT, Text("例如 ISO 14067:2018。", "Such as ISO 14067:2018."), width=16, group="supplier", synonyms=("声明标准", "standard of declared cfp")),
    Field("own_cfp_boundary", Text("声明系统边界", "Its boundary"), Kind.TEXT, Text("例如 摇篮到大门。", "Such as cradle to gate."), width=14, group="supplier", synonyms=("声明边界", "boundary of declared cfp")),
)

LOSSES = (
    _percent("loss_rate", Text("损耗率（占投入）", "Loss (share of input)"), Text("投入量中成为废料的比例：投入 100 kg 有 5 kg 成废料，填 5%。数量应为净用量。", "The part of the input that becomes waste: 5 % if 5 kg of 100 kg do. The amount is then the net amount."), "losses", ("损耗率", "材料损耗率", "loss rate")),
    _percent("scrap_rate", Text("废品率", "Scrap rate"), Text("做出的零部件中不合格的比例：做 100 件有 2 件报废，填 2%。", "The part of the pieces made that is rejected: 2 % if 2 of 100 are."), "losses", ("不良率", "报废率", "reject rate")),
)

TRIPS = (
    Field("trips", Text("车次", "Trips"), Kind.NUMBER, Text("第三种填法：车次 × 运距 × 百公里油耗，并填燃料种类。", "A third way: trips × distance × consumption per 100 km, with the fuel."), width=9, minimum=0, group="trips", synonyms=("次数", "运输次数", "趟数", "number of trips")),
    Field("per_100km", Text("百公里油耗", "Fuel per 100 km"), Kind.NUMBER, Text("每百公里的燃料用量，单位填在“燃料单位”列，留空为 L。", "Fuel for 100 km, its unit in the column Fuel unit; blank is litres."), width=11, minimum=0, group="trips", synonyms=("百公里油耗（L/100km）", "油耗（L/100km）", "l/100km", "consumption per 100 km")),
    Field("round_trip", Text("是否往返", "Return trip counted"), Kind.CHOICE, Text("空车返回也计入的选“是”，运距按双倍计。", "Yes if the empty way back counts too: the distance is doubled."), width=9, group="trips",
          choices=(Choice("yes", Text("是", "Yes"), ("往返", "y", "√")), Choice("no", Text("否", "No"), ("单程", "n", "×"))), synonyms=("往返", "round trip")),
)

USE_PROFILE = (
    Field("years", Text("使用年限（年）", "Service life (years)"), Kind.NUMBER, Text("填了年限，“数量”就是每年的量（或以 W、kW 计的功率），乘以年限。", "With it the amount is that of one year (or a power in W or kW), and is multiplied by the years."), width=11, minimum=0, exclusive=True, group="use_profile", synonyms=("使用寿命", "设计寿命", "年限", "service life")),
    Field("hours_per_year", Text("年运行小时", "Hours a year"), Kind.NUMBER, Text("数量为功率（W、kW）时填写；留空按全年带电 8760 小时。", "Where the amount is a power (W, kW); blank: 8760 hours, energised all year."), width=11, minimum=0, maximum=8784, group="use_profile", synonyms=("年运行时间", "年工作小时", "hours per year")),
    _percent("load_factor", Text("负载率", "Load factor"), Text("实际负载与额定的比例，直接相乘；负载损耗与电流平方成正比的，填损耗系数（负载率的平方）。", "The share of the rated amount, simply multiplied; for losses that go with the square of the current give the square."), "use_profile", ("负荷率", "负载系数", "load rate")),
)

YES_NO = (Choice("yes", Text("是", "Yes"), ("y", "√", "抵扣")), Choice("no", Text("否", "No"), ("n", "×")))
END_OF_LIFE = (
    Field("route", Text("处理方式", "Treatment route"), Kind.CHOICE, Text("这部分怎样处理；同一项目分几种方式的，各写一行并填占比。", "How this part is treated; one row for each route of an item, with its share."), width=12, free=True, group="end_of_life", choices=(
        Choice("recycling", Text("回收利用", "Recycling"), ("回收", "再生利用")), Choice("incineration", Text("焚烧", "Incineration")), Choice("landfill", Text("填埋", "Landfill")),
        Choice("reuse", Text("再使用", "Reuse"), ("重复使用", "梯次利用")), Choice("dismantling", Text("拆解", "Dismantling"))), synonyms=("处置方式", "处理路线", "route")),
    _percent("route_share", Text("处理占比", "Share of route"), Text("按这种方式处理的比例；同一项目各方式合计应为 100%。", "The part treated this way; the routes of one item add up to 100 %."), "end_of_life", ("处置占比", "处理比例", "share")),
    Field("credit", Text("回收抵扣", "Recycling credit"), Kind.CHOICE, Text("选“是”：这一行是回收所替代的原生材料（避免的排放），单独列出，缺省不计入结果。", "Yes: the row is the primary material that recycling replaces (avoided emissions), shown apart and by default not part of the result."), width=10, group="end_of_life", choices=YES_NO, synonyms=("抵扣", "回收抵免", "credit")),
)

GREEN_POWER = (
    Field("supply", Text("电力来源", "Supply of electricity"), Kind.CHOICE, Text("留空为电网。自发自用的写明发电方式（如光伏发电）；绿电、绿证的结果仍按电网因子，另列合同因子的对照值。", "Blank is the grid. Own generation names its technology (photovoltaic …). Green power and certificates still count by the grid, with the contract's factor shown beside it."), width=14, group="green_power", choices=(
        Choice("grid", Text("电网", "Grid"), ("外购", "市电")), Choice("self", Text("自发自用", "Own generation"), ("自发电", "自产", "self-generated")),
        Choice("self_fuel", Text("自发自用（燃料已另列）", "Own generation, its fuel is listed"), ("自发电（燃料另列）", "余热发电")),
        Choice("contract", Text("绿电合同", "Green power contract"), ("绿电", "绿电直购", "绿电交易", "ppa")), Choice("certificate", Text("绿证", "Certificates"), ("绿色电力证书", "gec", "i-rec"))), synonyms=("用电来源", "supply")),
    _percent("contract_share", Text("绿电占比", "Share covered"), Text("这一行电量中由绿电合同或绿证覆盖的比例；留空为 100%。", "The part of the row's amount that the contract or the certificates cover; blank is 100 %."), "green_power", ("绿电比例", "share covered by contract")),
    Field("contract_factor", Text("合同因子（kgCO2e/kWh）", "Contract's factor (kgCO2e/kWh)"), Kind.NUMBER, Text("合同或证书对应的因子，生命周期口径；确为零的填 0。", "The contract's or certificates' life-cycle factor; type 0 where it is really zero."), width=13, minimum=0, group="green_power", synonyms=("合同因子", "绿电因子", "contract factor")),
    Field("contract_no", Text("合同或证书编号", "Contract or certificate"), Kind.TEXT, Text("合同、结算单或绿证的编号。", "Number of the contract, the settlement or the certificates."), width=16, group="green_power", synonyms=("绿证编号", "合同编号", "certificate number")),
)

FACTOR_ID = (
    Field("factor_id", Text("指定因子编号", "Factor id"), Kind.TEXT, Text("由咨询机构填写：因子库中的编号；填了就用它。", "For the consultant: an id of the factor library, which is then used."), width=18, group="factor_id", synonyms=("因子编号", "factor")),
    Field("factor_region", Text("电力地区", "Region of electricity"), Kind.CHOICE, Text("这一行的电力用在别的省份时填写；留空取核算设置中的地区。", "Where this row's electricity is used in another province; blank: that of the settings."), width=12, free=True, choices_from="electricity_regions", group="factor_id", synonyms=("用电地区", "因子地区", "region of electricity")),
)

_STAGES = tuple(Choice(stage.value, stage.title) for stage in Stage)
CREDITS = Field("credits", Text("回收抵扣的处理", "Recycling credits"), Kind.CHOICE, Text("缺省单列，不计入结果（截断法）。", "By default shown apart and not part of the result (cut-off approach)."), example=Text("单列", "Shown apart"), width=30, group="end_of_life",
                choices=(Choice("apart", Text("单列", "Shown apart"), ("不计入", "截断法", "cut-off")), Choice("included", Text("计入结果", "Part of the result"), ("计入", "included"))))
CUTOFF = (
    _percent("cutoff_flow", Text("取舍准则：单项", "Cut-off: one flow"), Text("单项排放占总量低于此比例的可以不计；缺省 1%。", "A flow under this share of the whole may be left out; 1 % by default."), "cutoff", ("单项取舍",)),
    _percent("cutoff_total", Text("取舍准则：合计", "Cut-off: in all"), Text("不计的各项合计不超过此比例；缺省 5%。", "All that is left out may not exceed this share; 5 % by default."), "cutoff", ("合计取舍",)),
)
OMISSIONS = Table("omissions", Text("按取舍准则不计的流", "Left out by the cut-off criteria"), _grouped(
    "cutoff",
    Field("item", Text("不计的流或过程", "Flow or process left out"), Kind.TEXT, Text("一行一项。", "One a row."), Required.MUST, Text("包装材料", "Packaging"), 30, synonyms=("排除的流", "不计项目")),
    Field("stage", Text("生命周期阶段", "Life-cycle stage"), Kind.CHOICE, Text("属于哪个阶段。", "Its stage."), width=34, choices=_STAGES, synonyms=("阶段",)),
    Field("product", Text("产品", "Product"), Kind.PRODUCT, Text("留空为所有产品。", "Blank: every product."), width=40, synonyms=("产品名称",)),
    Field("kg_co2e", Text("估算排放（kgCO2e/功能单位）", "Estimate (kgCO2e per unit)"), Kind.NUMBER, Text("估算的排放量，每功能单位。", "What it is estimated at, per functional unit."), width=16, minimum=0, synonyms=("估算排放", "estimate")),
    Field("mass_kg", Text("或估算质量（kg/功能单位）", "Or its mass (kg per unit)"), Kind.NUMBER, Text("不知道排放时填质量，与产品质量相比。", "Its mass where the emission is not known, compared with the product's."), width=16, minimum=0, synonyms=("估算质量",)),
    Field("reason", Text("理由", "Why"), Kind.TEXT, Text("为什么可以不计。", "Why it may be left out."), width=30, synonyms=("原因",)),
), rows=20, note=Text("估算排放与估算质量二者填一即可。", "Either an estimate of the emission or the mass will do."))

DECLARED = Table("declared", Text("已有报告的结果", "Results of an earlier report"), _grouped(
    "declared",
    Field("printed_in", Text("出处", "Where printed"), Kind.TEXT, Text("例如 表5.2-1、摘要。", "Such as table 5.2-1, abstract."), example=Text("表5.2-1", "table 5.2-1"), width=30, synonyms=("位置", "where")),
    Field("stage", Text("阶段或总计", "Stage or total"), Kind.CHOICE, Text("选择阶段；总计选“总计”。", "The stage, or Total."), Required.MUST, Text("总计", "Total"), 34, choices=(*_STAGES, Choice("total", Text("总计", "Total"), ("合计", "总和", "碳足迹", "sum"))), synonyms=("阶段", "生命周期阶段", "stage")),
    Field("product", Text("产品", "Product"), Kind.PRODUCT, Text("只有一个产品时可留空。", "May be blank if there is one product."), width=40, synonyms=("产品名称",)),
    Field("kg_co2e", Text("排放量（kgCO2e）", "Emission (kgCO2e)"), Kind.NUMBER, Text("照报告原样填写，每功能单位。", "As printed, per functional unit."), width=16, synonyms=("排放量", "碳足迹", "印刷值", "emission")),
    Field("share", Text("占比", "Share"), Kind.NUMBER, Text("照报告原样填写，例如 43.86%。", "As printed, such as 43.86 %."), width=16, dimensions=("ratio",), synonyms=("百分比", "比例")),
), rows=30)
DECLARED_SOURCES = Table("declared_sources", Text("已有报告所称的因子来源", "Factors as an earlier report names them"), _grouped(
    "declared",
    Field("subject", Text("电力、燃料或 GWP", "Electricity, a fuel, or GWP"), Kind.FLOW, Text("报告说的是哪个因子；全球增温潜势填 GWP。", "Which factor the report speaks of; GWP for the global warming potentials."), Required.MUST, Text("GWP", "GWP"), 30, free=True, categories=("electricity", "fuel", "heat"), synonyms=("因子对象", "subject")),
    Field("named", Text("报告中的名称", "As named in the report"), Kind.TEXT, Text("照抄，例如 IPCC 第五次评估报告、电力二氧化碳排放因子。", "As printed, such as IPCC Fifth Assessment Report, electricity CO2 emission factor."), Required.SHOULD, Text("IPCC 第五次评估报告", "IPCC Fifth Assessment Report"), 34, synonyms=("名称", "named as")),
    Field("year", Text("报告所称年份", "Year as printed"), Kind.NUMBER, Text("报告写的年份，例如 2021。", "The year that the report gives, such as 2021."), width=40, minimum=1990, maximum=2100, synonyms=("年份",)),
    Field("value", Text("因子数值", "Value"), Kind.NUMBER, Text("照报告原样填写。", "As printed."), width=16, synonyms=("数值", "因子值")),
    Field("unit", Text("因子单位", "Unit"), Kind.UNIT, Text("照报告原样填写，例如 kgCO2e/kWh、tCO2/GJ。", "As printed, such as kgCO2e/kWh or tCO2/GJ."), width=16, free=True, synonyms=("单位",)),
), rows=20)
