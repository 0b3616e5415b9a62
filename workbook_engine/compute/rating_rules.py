"""How figures are rated 1 (best) to 5 on five dimensions: the rules, as tables.

The meaning of the scores is that of the pedigree matrix (Weidema and Wesnæs 1996, J. Cleaner Prod. 4, 167-174; as in
Weidema et al. 2013, Data quality guideline for the ecoinvent database version 3, table 10.4), in SCALE. Which score a
figure gets is this program's reading of it, rule by rule, from what the workbook and the factor library say; what
they do not say scores 5 and is shown as not known. A consultant who knows better types a score of his own.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from workbook_engine.model import Dimension
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

WORST = 5
T, G, Y, C, R = (
    Dimension.TECHNOLOGY,
    Dimension.GEOGRAPHY,
    Dimension.TIME,
    Dimension.COMPLETENESS,
    Dimension.RELIABILITY,
)

SCALE: Final[Mapping[Dimension, tuple[Text, ...]]] = MappingProxyType(
    {
        T: (
            Text("所研究的企业、工艺和材料", "enterprises, processes and materials under study"),
            Text("相同工艺和材料，其他企业", "the same processes and materials, other enterprises"),
            Text("相同工艺和材料，不同技术", "the same processes and materials, another technology"),
            Text("相近的工艺或材料", "related processes or materials"),
            Text("实验室规模、不同技术，或未知", "laboratory scale, another technology, or not known"),
        ),
        G: (
            Text("所研究的地区", "the area under study"),
            Text("包含该地区的更大区域的平均", "average of a larger area that includes it"),
            Text("生产条件相似的地区", "an area with similar conditions"),
            Text("生产条件略为相似的地区", "an area with slightly similar conditions"),
            Text("条件明显不同的地区，或未知", "a distinctly different area, or not known"),
        ),
        Y: (
            Text("与数据年份相差不到 3 年", "less than 3 years from the data"),
            Text("不到 6 年", "less than 6 years"),
            Text("不到 10 年", "less than 10 years"),
            Text("不到 15 年", "less than 15 years"),
            Text("15 年及以上，或未知", "15 years or more, or not known"),
        ),
        C: (
            Text("全部相关现场，足以平滑波动的时段", "all relevant sites, a period that evens out fluctuations"),
            Text("半数以上现场，足够的时段", "more than half of the sites, an adequate period"),
            Text("少数现场，或时段较短", "some of the sites, or a shorter period"),
            Text("个别现场，或少数现场且时段较短", "one site, or some for a shorter period"),
            Text("未知", "not known"),
        ),
        R: (
            Text("经核验的测量数据", "verified, measured"),
            Text("部分基于假设的核验数据，或未经核验的测量数据", "verified, partly assumed; or measured, not verified"),
            Text("未经核验，部分基于估计", "not verified, partly estimated"),
            Text("有依据的估计", "a qualified estimate"),
            Text("无依据的估计，或未知", "an unqualified estimate, or not known"),
        ),
    }
)


class Scored(NamedTuple):
    """Scores that a fact gives on some dimensions, and the fact in words."""

    scores: Mapping[Dimension, int]
    fact: Text


# --- amounts ----------------------------------------------------------------------------------------------------------

# By the data source, a key of spec.collection.SOURCES; "" where it is not stated or is none of these.
BY_SOURCE: Final[Mapping[str, Scored]] = MappingProxyType(
    {
        "meter": Scored({T: 1, G: 1, Y: 1, R: 2}, Text("计量仪表，未经核验", "metered, not verified")),
        "invoice": Scored({T: 1, G: 1, Y: 1, R: 2}, Text("发票或结算单，未经核验", "invoiced, not verified")),
        "ledger": Scored({T: 1, G: 1, Y: 1, R: 3}, Text("台账，部分为推算", "from ledgers, partly worked out")),
        "supplier": Scored({T: 1, G: 1, Y: 1, R: 3}, Text("供应商提供，未经核验", "a supplier's, not verified")),
        "database": Scored({T: 4, G: 5, Y: 5, C: 4, R: 4}, Text("数据库或文献", "database or literature")),
        "estimate": Scored({T: 3, G: 3, Y: 3, C: 4, R: 5}, Text("估算，依据未说明", "estimate, no grounds stated")),
        "": Scored({T: 5, G: 5, Y: 5, R: 5}, Text("数据来源未说明或不能归类", "source not stated or not listed")),
    }
)
# An amount that the company itself calls secondary was not measured at the process, whatever its source.
SECONDARY: Final = Scored({T: 3, G: 3, Y: 3}, Text("企业注明为次级数据", "called secondary by the company"))

# An annual total covers its reference period; of an amount per unit nobody says how many pieces it was taken from.
FULL_YEAR_DAYS: Final = 365
HALF_YEAR_DAYS: Final = 180
FULL_YEAR: Final = Scored({C: 1}, Text("整年合计", "total of a full year"))
PART_YEAR: Final = Scored({C: 3}, Text("不足一年的合计", "total of less than a year"))
SHORT_PERIOD: Final = Scored({C: 4}, Text("不足半年的合计", "total of less than half a year"))
NO_PERIOD: Final = Scored({C: 5}, Text("统计周期未说明", "reference period not stated"))
PER_UNIT_PRIMARY: Final = Scored({C: 3}, Text("每单位数据，样本未说明", "per unit, sample not stated"))
PER_UNIT_SECONDARY: Final = Scored({C: 4}, Text("每单位次级数据", "per unit, secondary"))
PER_UNIT_UNSTATED: Final = Scored({C: 5}, Text("每单位数据，初级或次级未说明", "per unit, primary or not is unsaid"))

# --- factors ----------------------------------------------------------------------------------------------------------

BY_TIER: Final[Mapping[str, Scored]] = MappingProxyType(
    {
        "definition": Scored({R: 1}, Text("按定义", "by definition")),
        "P": Scored({R: 1}, Text("读自官方文件原件", "read from the official document")),
        "own": Scored({R: 2}, Text("自有因子", "the user's own")),
        "documented": Scored({R: 2}, Text("供应商声明，附报告编号或标准", "declared by the supplier, with its report")),
        "stated": Scored({R: 3}, Text("供应商声明，未附报告", "declared by the supplier, without a report")),
        "S2": Scored({R: 2}, Text("两份转录件一致", "two secondary copies agree")),
        "S1": Scored({R: 3}, Text("一份转录件", "one secondary copy")),
        "derived": Scored({R: 4}, Text("推算", "derived")),
        "": Scored({R: 5}, Text("读取等级未说明", "tier not stated")),
    }
)
# By the series: what its factors cover (completeness) and how near they are to the thing itself (technology).
BY_SERIES: Final[Mapping[str, Scored]] = MappingProxyType(
    {
        "own": Scored({T: 2, C: 2}, Text("自有因子", "the user's own factor")),
        "supplier": Scored({T: 1, G: 1, C: 2}, Text("供应商自身产品的碳足迹", "the supplier's own footprint")),
        "electricity_footprint": Scored({T: 2, C: 1}, Text("电网平均，全生命周期", "grid average, whole life cycle")),
        "electricity_co2": Scored({T: 2, C: 4}, Text("电网平均，仅发电的 CO2", "grid average, CO2 of generation only")),
        "gbt32151": Scored({T: 2, C: 3}, Text("缺省值，仅燃烧的 CO2", "default, CO2 of combustion only")),
        "ndrc2015": Scored({T: 2, C: 3}, Text("缺省值，仅燃烧的 CO2", "default, CO2 of combustion only")),
        "gbt51366": Scored({T: 3, C: 2}, Text("行业缺省值", "default of the industry")),
        "gwp_ar6": Scored({T: 1, C: 1}, Text("GWP100", "GWP100")),
        "gwp_ar5": Scored({T: 1, C: 1}, Text("GWP100", "GWP100")),
        "iso14067": Scored({T: 1, C: 1}, Text("标准规定的特征化因子", "as the standard lays down")),
        "report": Scored({T: 3, C: 3}, Text("已发表报告所用因子", "factor of a published report")),
        "cpcd": Scored({T: 4, C: 4, R: 4}, Text("文献值，质量未评级", "literature value of no stated quality")),
        "desnz_proxy": Scored({T: 3, C: 2}, Text("英国替代值", "UK proxy")),
        "": Scored({T: 5, C: 5}, Text("系列未登记", "series not known")),
    }
)
SAME_REGION: Final = Scored({G: 1}, Text("所研究的地区", "of the region of the study"))
NATION_OF_IT: Final = Scored({G: 2}, Text("全国平均", "national average"))
WORLD: Final = Scored({G: 2}, Text("全球平均", "global average"))
OTHER_PROVINCE: Final = Scored({G: 3}, Text("国内其他地区", "another region of the country"))
OTHER_COUNTRY: Final = Scored({G: 5}, Text("其他国家", "another country"))
NO_REGION: Final = Scored({G: 5}, Text("地区未说明", "region not stated"))
BY_REGION: Final[Mapping[str, Scored]] = MappingProxyType({"CN": NATION_OF_IT, "GLO": WORLD, "": NO_REGION})
SUPPLIER_SERIES: Final = "supplier"  # a declared footprint is of the supplier's own place, whatever that is called
ANY_REGION: Final = Scored({G: 1}, Text("与地区无关", "the same everywhere"))

# Years between factor and data -> score: the first limit that is greater counts (pedigree matrix, temporal).
YEARS: Final = ((3, 1), (6, 2), (10, 3), (15, 4))
NO_YEAR: Final = Scored({Y: 5}, Text("年份未说明", "year not stated"))
AGELESS: Final = Scored({Y: 1}, Text("不随年份变化", "does not age"))
# Properties of fuels, GWP values, the ±1 of biogenic CO2; their year is that of the document (as in factors/ageing.py).
AGELESS_CATEGORIES: Final = frozenset({"fuel", "heat", "gas", "biogenic"})
ANYWHERE_CATEGORIES: Final = frozenset({"gas", "biogenic"})
