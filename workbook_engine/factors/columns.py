"""The library workbook, declared once: its tables, their columns, and the words that stand above them.

The writer (template/library.py) makes the sheets from it; the reader (tables.py) finds the columns again by the keys
in the hidden row above each header, whatever is renamed or moved. A table's mark stands in the hidden column A of that
row, as in the data-collection template: `wbe:table:<table>` (spec/schema.py).
"""

from __future__ import annotations

import enum
from dataclasses import field
from typing import TYPE_CHECKING

from workbook_engine.frozen import frozen
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_engine.texts import Language


class ColumnKind(enum.Enum):
    """What a column's cells hold, which decides their format and their validation."""

    KEY = "key"
    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    YEAR = "year"
    PERCENT = "percent"
    FORMULA = "formula"


@frozen
class Column:
    """One column: stable key, heading, width in characters (a 汉字 is two), and what to type into it."""

    key: str
    title: Text
    kind: ColumnKind
    width: float
    help: Text
    choices: Mapping[str, Text] = field(default_factory=dict)  # key -> the word that stands in the cell
    strong: bool = False  # what the table is read for


@frozen
class LibraryTable:
    """One table, one sheet."""

    key: str
    sheet: Text
    intro: Text
    columns: tuple[Column, ...]

    def ordered(self, language: Language) -> tuple[Column, ...]:
        """Return the columns as they stand in a workbook of that language: its own names before the other's."""
        if language == "zh":
            return self.columns
        swapped = {"name_zh": "name_en", "name_en": "name_zh"}
        by_key = {column.key: column for column in self.columns}
        return tuple(by_key[swapped.get(column.key, column.key)] for column in self.columns)


CATEGORIES: dict[str, Text] = {
    "electricity": Text("电力", "Electricity"),
    "heat": Text("热力", "Heat"),
    "fuel": Text("燃料", "Fuels"),
    "material": Text("材料与部件", "Materials and parts"),
    "transport": Text("运输", "Transport"),
    "gas": Text("温室气体", "Greenhouse gases"),
    "biogenic": Text("生物源 CO2", "Biogenic CO2"),
    "water": Text("水", "Water"),
    "waste": Text("废弃物处理", "Waste treatment"),
}
# How a value was read, best first: what the ladder prefers where all else is equal.
TIERS: dict[str, Text] = {
    "P": Text("读自官方文件的原件", "read from a copy of the official document"),
    "definition": Text("按定义", "by definition"),
    "own": Text("本机构自有：检测报告、供应商声明等", "the user's own: test reports, suppliers' declarations"),
    "S2": Text("两份转录件一致", "two secondary copies agree"),
    "S1": Text("一份转录件", "one secondary copy"),
    "derived": Text("由其他数值推算", "derived from other values"),
}
# What ISO 14067 (7.2) and GB/T 24067 want shown apart in the results; the keys of EmissionFactor.gases.
PARTS: dict[str, Text] = {
    "co2": Text("二氧化碳", "CO2"),
    "ch4_fossil": Text("化石甲烷", "fossil CH4"),
    "n2o": Text("氧化亚氮", "N2O"),
    "hfcs": Text("氢氟碳化物", "HFCs"),
    "pfcs": Text("全氟化碳", "PFCs"),
    "sf6": Text("六氟化硫", "SF6"),
    "nf3": Text("三氟化氮", "NF3"),
    "other_fluorinated": Text("其他含氟气体", "other fluorinated gases"),
    "ch4": Text("甲烷（来源不分）", "CH4, origin unspecified"),
    "co2_biogenic": Text("生物源二氧化碳", "biogenic CO2"),
    "co2_removed": Text("生物质吸收的二氧化碳", "CO2 removed by biomass"),
    "ch4_biogenic": Text("生物源甲烷", "biogenic CH4"),
    "land_use_change": Text("土地利用变化", "land-use change"),
    "aircraft": Text("航空运输", "aircraft"),
}
NCV_UNITS: dict[str, Text] = {unit: Text(unit, unit) for unit in ("GJ/t", "GJ/10⁴Nm³")}

_K, _T, _L, _N = ColumnKind.KEY, ColumnKind.TEXT, ColumnKind.LONG_TEXT, ColumnKind.NUMBER

# fmt: off
_STABLE_KEY = Text("稳定的英文键。", "A stable key.")
_ID = Column("id", Text("编号", "Id"), _K, 25, Text("因子的唯一编号，不得重复。", "The factor's own id; no two alike."))
_FLOW = Column("flow", Text("流", "Flow"), _L, 22, Text("从列表选择；“流”表中的名称或键。", "Choose; a name or key of the sheet of flows."))
_NAME_ZH = Column("name_zh", Text("名称", "Chinese name"), _L, 27, Text("中文名称。", "The Chinese name."))
_NAME_EN = Column("name_en", Text("英文名称", "Name"), _L, 27, Text("英文名称。", "The English name."))
_SERIES = Column("series", Text("系列", "Series"), _L, 19, Text("从列表选择；自有因子选“自有因子”。", "Choose; “Own factors” for your own."))
_SOURCE = (
    Column("year", Text("年份", "Year"), ColumnKind.YEAR, 7, Text("数值所代表的年份。", "The year it stands for.")),
    Column("region", Text("地区", "Region"), _T, 12, Text("全国、区域电网、省份、全球等。", "China, a grid region, a province, Global.")),
    Column("tier", Text("等级", "Tier"), _T, 8, Text("数值是怎样读到的，见“说明”；自有因子填 own。", "How it was read, see the first sheet; own for your own."), {tier: Text(tier, tier) for tier in TIERS}),
    Column("spread", Text("±% (95%)", "± % (95 %)"), _N, 8, Text("文件给出的不确定度，例如 ±5% 填 5；留空由质量评分推算。", "Where the document states one: 5 for ± 5 %. Blank: from the ratings.")),
    Column("publisher", Text("发布机构", "Publisher"), _L, 18, Text("谁发布的。", "Who published it.")),
    Column("document", Text("文件", "Document"), _L, 34, Text("文件名、编号、表号。", "Title, number, table.")),
    Column("note", Text("备注", "Note"), _L, 27, Text("使用时须知道的。", "What a user must know.")),
)
_VALUE = (
    Column("value", Text("数值", "Value"), _N, 10, Text("文件印出的数值，不换算。", "As printed, not converted."), strong=True),
    Column("unit", Text("单位", "Unit"), _T, 12, Text("例如 kgCO2e/kWh。", "For example kgCO2e/kWh.")),
)

LIBRARY = LibraryTable(
    "library", Text("说明", "Read me"), Text("因子库", "Factor library"),
    (Column("version", Text("版本", "Version"), _T, 14, Text("因子库版本。", "The library's version.")),),
)
FLOWS = LibraryTable(
    "flows", Text("流", "Flows"),
    Text("流是被使用、燃烧、运输或排放的东西。企业填写的名称按“名称、英文名称、同义词”识别；可在表末添加。",
         "A flow is what is used, burnt, moved or emitted. What a company types is found by name or synonym; add rows at the end."),
    (
        Column("key", Text("键", "Key"), _K, 30, _STABLE_KEY),
        Column("category", Text("类别", "Category"), _T, 11, Text("从列表选择。", "Choose."), CATEGORIES),
        _NAME_ZH,
        Column("unit", Text("计量单位", "Unit"), _T, 9, Text("因子和结果以此单位计。", "What factors and results count in.")),
        Column("synonyms", Text("同义词", "Synonyms"), _L, 46, Text("用“、”隔开。", "Separated by 、 or ;")),
        Column("density_kg_per_l", Text("密度 (kg/L)", "Density (kg/L)"), _N, 8, Text("体积与质量换算用。", "Ties volume to mass.")),
        Column("density_source", Text("密度来源", "Source of density"), _L, 26, Text("文件和页码。", "Document and page.")),
        Column("part", Text("单列分项", "Shown apart as"), _T, 11, Text("结果中须单列的部分；一般留空。", "A part that results show apart; mostly blank."), PARTS),
        _NAME_EN,
    ),
)
FACTORS = LibraryTable(
    "factors", Text("排放因子", "Emission factors"),
    Text("直接给出的排放因子，按文件印出的数值和单位。自有因子请在表末添加：系列选“自有因子”，来源写全。",
         "Factors given directly, in the value and unit of their document. Add yours at the end: series “Own factors”, the source in full."),
    (_ID, _FLOW, _NAME_ZH, *_VALUE, _SERIES, *_SOURCE, _NAME_EN),
)
FUELS = LibraryTable(
    "fuels", Text("燃料", "Fuels"),
    Text("燃料排放因子 = 低位发热量 × 单位热值含碳量 × 碳氧化率 × 44/12；文件直接给出单位热值排放因子的，以低位发热量乘之。",
         "A fuel’s factor = NCV × carbon content × oxidation × 44/12, or NCV × the factor per heat where a document gives that."),
    (
        _ID, _FLOW,
        Column("ncv", Text("低位发热量", "NCV"), _N, 10, Text("文件印出的数值。", "As printed.")),
        Column("ncv_unit", Text("热值单位", "NCV unit"), _T, 12, Text("从列表选择。", "Choose."), NCV_UNITS),
        Column("carbon_content", Text("含碳量 (tC/TJ)", "Carbon (tC/TJ)"), _N, 9, Text("单位热值含碳量。", "Carbon per heat.")),
        Column("oxidation", Text("碳氧化率", "Oxidation"), ColumnKind.PERCENT, 9, Text("0% 到 100%。", "0% to 100%.")),
        Column("printed_per_gj", Text("单位热值因子 (tCO2/GJ)", "Per heat (tCO2/GJ)"), _N, 11, Text("仅当文件直接使用此值时填写，此时不用含碳量和氧化率。", "Only where a document multiplies with it.")),
        Column("factor", Text("排放因子", "Factor"), ColumnKind.FORMULA, 10, Text("公式，自动计算。", "Computed."), strong=True),
        Column("factor_unit", Text("因子单位", "Factor unit"), ColumnKind.FORMULA, 10, Text("公式，自动给出。", "Computed.")),
        _SERIES, *_SOURCE,
    ),
)
GWP = LibraryTable(
    "gwp", Text("GWP", "GWP"),
    Text("全球增温潜势 GWP100（kgCO2e/kg）。研究采用哪一次 IPCC 评估报告，在核算设置中选定，并写在结果表上。",
         "GWP100 in kgCO2e/kg. Which IPCC report a study uses is a setting and stands on its results."),
    (_ID, _FLOW, _NAME_ZH, *_VALUE, _SERIES, *_SOURCE, _NAME_EN),
)
SETS = LibraryTable(
    "sets", Text("因子集", "Factor sets"),
    Text("因子集是一组指定的选择：某个流用哪一个因子。未列出的流按默认次序选取。可添加自己的因子集。",
         "A factor set names which factor a flow uses; flows it does not list follow the default order. Add your own sets."),
    (
        Column("set", Text("因子集", "Set"), _K, 18, _STABLE_KEY),
        Column("name_zh", _NAME_ZH.title, _L, 34, _NAME_ZH.help),
        _FLOW,
        Column("factor", Text("因子编号", "Factor id"), _K, 25, Text("“排放因子”或“燃料”表中的编号。", "An id of the sheets of factors or fuels.")),
        Column("note", Text("备注", "Note"), _L, 34, Text("为什么这样选。", "Why.")),
        Column("name_en", _NAME_EN.title, _L, 30, _NAME_EN.help),
    ),
)
SERIES = LibraryTable(
    "series", Text("系列", "Series"),
    Text("系列把同一来源的因子归在一起。“默认次序”为空的系列，只有在数据行、因子集或核算设置指定时才采用。",
         "A series holds the factors of one source. One without an order is used only where a line, a factor set or the settings name it."),
    (
        Column("key", Text("键", "Key"), _K, 24, _STABLE_KEY),
        Column("name_zh", _NAME_ZH.title, _L, 34, _NAME_ZH.help),
        Column("rank", Text("默认次序", "Order"), ColumnKind.YEAR, 10, Text("数字小的优先；留空的只有被指定时才用。", "The smaller goes first; blank: only if named.")),
        Column("caution", Text("使用提示", "Caution"), _L, 56, Text("采用时写入问题清单的话。", "Said wherever it is used.")),
        Column("name_en", _NAME_EN.title, _L, 34, _NAME_EN.help),
    ),
)
# fmt: on
TABLES = (LIBRARY, FLOWS, FACTORS, FUELS, GWP, SETS, SERIES)
