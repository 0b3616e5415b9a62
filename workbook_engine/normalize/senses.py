"""The words themselves that tell that an amount is another thing than its row's columns say, and what they mean.

`RULES` are the words of a name that contradict a row of certain flows; `BESIDE` those that may change an amount, by
where they stand. A line each: a word that companies use and nobody thought of is added here, in small letters.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

from workbook_engine import catalogue
from workbook_engine.model import Stage
from workbook_engine.model.biogenic import EMITTED, METHANE, REMOVED
from workbook_engine.patterns import pattern
from workbook_engine.texts import Text
from workbook_engine.traditional import simplified

if TYPE_CHECKING:
    from collections.abc import Collection

    from workbook_engine.findings import FindingType

GRID, CO2, FOSSIL_METHANE = "electricity", "co2", "ch4_fossil"  # keys of flows
BIOGENIC = (EMITTED, REMOVED, METHANE)
_I = re.IGNORECASE


class Rule(NamedTuple):
    """Words of a name, and what is wrong with them in a row of these flows.

    Every flow where neither `categories` nor `keys` are given. `stage`: the only one. `settled_by`: a field that says
    what is meant. `unless`: words beside which these are right.
    """

    words: re.Pattern[str]
    kind: FindingType
    categories: Collection[str] = ()
    keys: Collection[str] = ()
    stage: Stage | None = None
    settled_by: str = ""
    unless: re.Pattern[str] | None = None

    def concerns(self, stage: Stage, category: str, key: str) -> bool:
        """Tell whether the words would be wrong in a row of this stage and flow."""
        is_of_these = category in self.categories or key in self.keys or not (self.categories or self.keys)
        return is_of_these and self.stage in (None, stage)


_TAKEN_OFF = pattern(r"不含|不包括|扣除|扣减|减去|已减|剔除|除外|excluding|excl\.|net of|less ", _I)
_GOES_OUT = pattern(r"上网|余电|外售|外供|外送|外输|售电|卖电|反送|送出|\bsold\b|\bexport|fed in(?:to)? ", _I)
_LEFT_OVER = pattern(r"外售|外卖|变卖|出售|边角|下脚|废料|回炉|off-?cuts?\b|\bsold\b", _I)
_REMOVAL = pattern(
    r"碳汇|捕集|捕获|固碳|封存|减排|移除|清除|抵[消销]|碳信用|\bCCU?S\b|CCUS|CCER|\boffset|\bremov|captur|sequest", _I
)
_BIOGENIC = pattern(
    r"生物质|生物源|生物基|生物柴油|生物燃|生物天然气|沼气|秸秆|稻壳|木屑|木柴|薪柴|发酵|bio-?(?:genic|mass|gas|diesel)|ferment",
    _I,
)
_UPTAKE = pattern(r"吸收|光合|固定(?:量|的)|uptake|taken up|absor", _I)
_OFFSET = pattern(
    r"碳汇|捕集|捕获|封存|减排|抵[消销]|碳信用|绿化|植树|造林|避免|\bCCU?S\b|CCUS|CCER|\bVCS\b|\boffset|captur|sequest|avoided"
    r"|\bplanting\b|afforest",
    _I,
)
_FOSSIL = pattern(
    r"(?<!非)化石|(?<!生物)(?:柴油|天然气|汽油|煤)|石油|液化气|焦炭|石灰石|水泥"
    r"|(?<!non-)(?<!non)fossil|(?<!bio[- ])\b(?:coal|diesel|natural gas|gasoline|petrol|LPG|LNG|limestone|cement)\b",
    _I,
)
_BLENDED = pattern(r"乙醇汽油|甲醇汽油|\bE(?:10|20|85)\b|\bB(?:5|7|10|20)\b|ethanol|biofuel blend", _I)
_OWN_POWER = pattern(r"光伏|太阳能|风电|风力|自发|自备|余热发电|\bPV\b|\bsolar\b|\bwind\b|self-gener", _I)
_PER_YEAR = pattern(
    r"(?<![0-9０-９十全])年(?:用|耗|均|度|运行)|每年|全年|[/／]年|per (?:year|annum)|\bannual|yearly", _I
)


_RECYCLED = pattern(r"再生|回收料|回用|废[钢铁铝铜锌铅纸塑旧]|二手|翻新|recycled|reclaimed|refurbished|\bscrap\b", _I)
_CHARGE = pattern(
    r"充气|充装|充注|充填|灌装|填充|加注|额定|铭牌|装量|存量|库存|灭火器|\bcharged?\b|fire extinguisher", _I
)
_VOC = pattern(r"VOCs?(?![a-z])|挥发性有机|非甲烷|有机废气|volatile organic|non-methane", _I)
_ESCAPES = pattern(
    r"泄漏|泄露|漏|逸散|逸出|损失|损耗|排放|释放|补充|补加|补气|leak|loss|emi(?:ssion|tted)|refill|fugitive", _I
)

RULES = (
    Rule(_GOES_OUT, catalogue.AMOUNT_GOES_OUT, ("electricity", "heat", "fuel", "water"), unless=_TAKEN_OFF),
    Rule(_LEFT_OVER, catalogue.AMOUNT_GOES_OUT, ("material",), stage=Stage.RAW_MATERIAL_ACQUISITION, unless=_TAKEN_OFF),
    Rule(
        _RECYCLED,
        catalogue.RECYCLED_AS_PRIMARY,
        ("material",),
        stage=Stage.RAW_MATERIAL_ACQUISITION,
        settled_by="factor_id",
    ),
    Rule(_CHARGE, catalogue.GAS_CHARGE, ("gas",), unless=_ESCAPES),
    Rule(_REMOVAL, catalogue.REMOVAL_AS_EMISSION, ("gas",), (EMITTED,)),
    Rule(_UPTAKE, catalogue.REMOVAL_AS_EMISSION, keys=(CO2, EMITTED), unless=_ESCAPES),
    Rule(_OFFSET, catalogue.OFFSET_AS_REMOVAL, keys=(REMOVED,)),
    Rule(_VOC, catalogue.VOC_AS_METHANE, keys=("ch4", FOSSIL_METHANE, METHANE)),
    Rule(_FOSSIL, catalogue.FOSSIL_AS_BIOGENIC, keys=BIOGENIC),
    Rule(_BIOGENIC, catalogue.BIOGENIC_AS_FOSSIL, ("fuel",), (CO2, FOSSIL_METHANE), settled_by="factor_id"),
    Rule(_BLENDED, catalogue.FUEL_BLENDED, ("fuel",), settled_by="factor_id"),
    Rule(_OWN_POWER, catalogue.OWN_POWER_AT_GRID, keys=(GRID,), settled_by="supply"),
    Rule(_PER_YEAR, catalogue.USE_PER_YEAR, stage=Stage.USE, settled_by="years"),
)


class Sense(NamedTuple):
    """What words of a remark may mean. `stages`: where they do; everywhere where that is empty."""

    words: re.Pattern[str]
    meaning: Text
    stages: Collection[Stage] = ()


_UNKNOWN = Sense(
    pattern(
        r"[未没]有?(?:作|做|进行)?(?:统计|计量|记录)|无(?:法)?(?:统计|计量|记录|数据|表)|[没缺]有?数据|没有?(?:装|安装)?[电水气]?表|不详|不清楚|不知道|待[定补查核确]|暂[无缺估]"
        r"|(?<![接招款优看])待(?![机料用])[^，,。；;、已\s]{1,4}(?:确认|核实|核对|补充|提供)(?![后的])"
        r"|not (?:recorded|measured|metered|known)|no (?:data|meter|records)|unknown|\bTB[CD]\b",
        _I,
    ),
    Text("数量可能并不知道", "the amount may not be known"),
)
_TRANSPORT = (Stage.RAW_MATERIAL_TRANSPORT, Stage.DISTRIBUTION)
_PERIOD = Sense(
    pattern(
        r"(?<![比较])上年(?!持平)|去年|前年|往年|半年|季度|月均|月平均|每个?月(?!.{0,4}(?:抄|汇总|合计|累计|报表|统计|发票|账单))|日均|每[天日]|每年|年均|截[至止]|(?<![0-9])(?!1\s*月?\s*[-~～—–至到]\s*12\s*月)[0-9]{1,2}\s*月?\s*[-~～—–至到]\s*[0-9]{1,2}\s*月"
        r"|last year|previous year|half[- ]year|per (?:month|day|year)|monthly|daily",
        _I,
    ),
    Text("数量可能不是整个统计周期的", "the amount may not be that of the whole reference period"),
)
_SALES = Sense(
    pattern(r"销量|销售|发货|出货|入库|\bsales\b|\bsold\b|shipped", _I),
    Text("可能是销量或入库量，而不是产量", "this may be what was sold or stocked rather than the output"),
)
_REJECTS = Sense(
    pattern(r"(?<![不未没])(?:含|包括|计入).{0,6}?(?:废品|报废|不合格|次品|不良|返工|试制|样品)|reject|scrap", _I),
    Text("可能含不合格品", "rejects may be among it"),
)
_PART = Sense(
    pattern(
        r"其中|已含|已包[含括]|包[含括]在|含在|已计入|已列入|已并入|重复|合计中|总[量表]中|included in|of which|thereof",
        _I,
    ),
    Text("可能已算在别的行里，或只是一部分", "it may be in another row already, or be a part only"),
)
_SHARE = Sense(pattern(r"[0-9][0-9.]*\s*[%％]"), Text("写有比例", "it states a share"))
_WET = Sense(pattern(r"湿基|干基|湿重|干重|含水|水分|湿料|moisture|wet (?:basis|weight)|dry (?:basis|weight)", _I), Text("干湿基准可能不同", "it may be wet or dry weight"))  # fmt: skip
_GROSS = Sense(pattern(r"毛重|皮重|(?<![不未])含(?:包装|托盘)|gross (?:weight|mass)|with packaging", _I), Text("可能是毛重", "it may be gross weight"))  # fmt: skip
_WAY_BACK = Sense(pattern(r"往返|来回|返程|回程|空载|空车|round trip|empty (?:way|return)", _I), Text("往返、空驶没有另计", "the way back is not counted apart"), _TRANSPORT)  # fmt: skip
_PURE = Sense(pattern(r"浓度|纯度|折纯|折百|折标|concentration|purity", _I), Text("数量可能要折纯或折标", "it may have to be stated as pure substance"))  # fmt: skip
_TAX = Sense(pattern(r"含税|不含税|税率|[0-9]\s*万?元|\bvat\b|\btax\b", _I), Text("可能是由金额折算的", "it may come from an amount of money"))  # fmt: skip
_SCOPE = Sense(pattern(r"(?<![不未没])(?:含|包括).{0,4}?(?:办公|宿舍|食堂|生活|其[他它]产品|外协|租户)|offices? included|other products", _I), Text("范围可能更大", "its scope may be wider"))  # fmt: skip
_SHARED = Sense(pattern(r"[共合]用(?!\s*[0-9电水气汽量])|(?<!办)公用|公摊|shared (?:with|by|between)", _I), Text("可能有一部分属于别的工厂或产品", "a part may belong to another plant or product"))  # fmt: skip
# What a name says beside what it names. 来料检验 is a workshop, and so may 回收 and 设计 be.
_METER = Sense(
    pattern(r"倍率|表底|止码|起码|读数|示数|抄见|meter reading|multiplier", _I),
    Text("可能是表底读数，或要乘倍率", "it may be a meter reading, or lack the meter's multiplier"),
)
# 电表读数 in a remark says where the figure is from.
_MULTIPLIER = _METER._replace(
    words=pattern(
        r"(?<!已乘)(?<!已含)(?<!乘以)(?<!考虑)(?<!换算)倍率(?!.{0,6}(?:已|后))|表底|止码|起码"
        r"|\bmultiplier\b(?!.{0,20}\bapplied)",
        _I,
    )
)
_STOCK = Sense(
    pattern(r"期[初末]|库存|结存|盘存|(?:采购|购入|购买|进货)[量数]|\bstock\b", _I),
    Text("可能是库存或采购量，而不是用量", "it may be what was stocked or bought rather than used"),
)
_PLANNED = Sense(
    pattern(
        r"(?:计划|预算|预计|预测|设计|额定|定额|理论|目标)(?:用|耗|电|水|气|能|量|值|产|消)|产能|\bplanned\b|\bbudgeted\b|design (?:value|capacity)|\brated\b",
        _I,
    ),
    Text("可能是计划、设计或定额数，而不是实际数", "it may be planned, designed or rated rather than what occurred"),
)
_REUSED = Sense(
    pattern(r"周转|循环使用|可循环|重复使用|反复使用|多次使用|returnable|reus", _I),
    Text("可能使用多次，要按次数分摊", "it may be used several times, and is to be divided by them"),
    (Stage.RAW_MATERIAL_ACQUISITION, *_TRANSPORT),
)
_PIECE = Sense(
    pattern(r"单重|单[件个只片根块支](?:质量|重量|净重)|mass of one|weight of one", _I),
    Text("可能只是一件的量", "it may be that of one piece alone"),
)
MAY_BE_PROVISIONAL = Text(  # nothing to ask of an estimate whose source says that it is one
    "可能是暂估或推算的数，要换成实际数", "it may be provisional or estimated, to be replaced by the actual figure"
)
_PROVISIONAL = Sense(
    pattern(r"暂[估定按]|预估|估[算计值]|推算|推测|estimate|provisional|approximat", _I),
    MAY_BE_PROVISIONAL,
)
_STOPPED = Sense(
    pattern(
        r"(?<!未)(?<!不)(?<!春节)(?<!国庆)(?<!元旦)(?<!假期)(?<!周末)停[产工业](?!.{0,2}(?:报警|按钮|开关))|歇业|检修期|试生产|试运行|试产|调试(?:用|期|阶段|耗)|疫情期|shut[ -]?down|trial (?:run|production)|commissioning",
        _I,
    ),
    Text(
        "统计期内可能停产或试生产，数量未必代表正常一年", "a standstill or trial run: it may not stand for a usual year"
    ),
)
_CONVERTED = Sense(
    pattern(r"折算|折合|换算|(?<!未)(?<!不)分摊|(?<!un)allocated|converted", _I),
    Text(
        "可能已经折算或分摊，再按所填的基准除会重复",
        "it may be converted or allocated already, and be divided once more",
    ),
)
_OUTSOURCED = Sense(
    pattern(r"外协|委外|外发加工|委托加工|代加工|subcontract|outsourc|toll manufactur", _I),
    Text("可能是外协单位的，不在本厂的账单里", "it may be a subcontractor's, not of the plant's own bills"),
    (Stage.PRODUCTION,),
)
_LEFT_OUT = Sense(
    pattern(r"(?:不|未|没有?)(?:含|包[含括]|计入)(?!税)|\bexcluding\b|\bexcl\.|not included", _I),
    Text(
        "写明有一部分没有计入：属于本产品的，要另有一行",
        "a part is left out: if it belongs to the product, it needs a row of its own",
    ),
)
_BESIDES = Sense(
    pattern(
        r"另有(?!附|说明|证明|记录|台账)|另(?:计|加|算)(?!量)|漏(?:记|计|抄|填|报)|(?<!不)少(?:记|计|填|报)(?!量)|多(?:记|计|填|报)(?!量)|[未没]有?抄|尚有|还有"
        r"|\bin addition\b|\badditional(?:ly)?\b|not (?:yet )?(?:entered|read)|\bomitted\b",
        _I,
    ),
    Text("可能还有一部分没有填，或多填了", "a part of it may not be entered yet, or too much may be"),
)
_FORECAST = Sense(
    pattern(r"预计|预测(?!性)|预算[数值]|计划[数值]|\bforecast|\bprojected\b", _I),
    Text("可能是预计数，而不是实际数", "it may be forecast rather than what occurred"),
)
_ALL_ENERGY = Sense(
    pattern(r"综合能耗|总能耗|能耗(?:总量|合计)|能源消(?:耗|费)(?:总量|合计)|total energy", _I),
    Text("可能是各种能源的合计，与分品种的行重复", "it may be the sum of all energy, which rows of each kind hold too"),
)
_GENERATED = Sense(
    pattern(r"发电量|power generated|generation of", _I),
    Text("发电量里可能有上网的部分，要填自用的", "a part of what is generated may be fed in; what is used is wanted"),
)
_VOID = Sense(
    pattern(
        r"示例|样例|举例|仅供参考|测试(?:数据|用例)|模拟数据|虚[构拟]数据|作废|弃用|[请待应可]删除|勿用|不要用|"
        r"example only|for example|sample data|dummy|test data|to be deleted|please delete|obsolete|superseded",
        _I,
    ),
    Text("这一行可能是示例或已经作废", "the row may be an example, or void"),
)
# 更正为 26000000. 已更正 speaks of what is typed, and 由煤改为天然气 of a fuel.
_CORRECTED = Sense(
    pattern(
        r"(?:更正|订正|修正|[更修]?改|调整|应|实际?)[为成是]\s*[:：]?\s*[0-9][0-9,.]*|(?:corrected|changed) to [0-9][0-9,.]*|should (?:be|read) [0-9][0-9,.]*",
        _I,
    ),
    Text("写有另一个数，可能是更正", "it states another figure, perhaps a correction"),
)
_BUT_USE = tuple(stage for stage in Stage if stage is not Stage.USE)  # of use, a year is asked about above
_MEAN_IN_USE = Sense(  # 每天 is left out: of a device it tells the hours more often than the amount
    pattern(r"月均|月平均|日均|日平均|每个?[月天日](?:用|耗|消耗)|per month|monthly|daily (?:use|consumption)", _I),
    Text(
        "数量可能是一个月或一天的，而不是整个使用寿命的",
        "the amount may be that of a month or a day, not of the service life",
    ),
    (Stage.USE,),
)
_PARTLY = Sense(
    pattern(r"未分摊|约占|占[约到]?(?:[一二三四五六七八九]|[0-9.]+)成", _I),
    Text("可能只有一部分属于本产品", "a part of it only may be of the product"),
)
_CUSTOMERS = Sense(pattern(r"客供|客户提供|甲供", _I), Text("可能由客户提供", "the customer may supply it"))
_NAMED = (
    _PART, _PERIOD._replace(stages=_BUT_USE), _METER, _STOCK, _PLANNED, _WET, _GROSS, _WAY_BACK, _PURE, _TAX, _SCOPE, _SHARED,
    _CUSTOMERS, _REUSED, _PIECE, _PARTLY, _MEAN_IN_USE, _PROVISIONAL, _STOPPED, _CONVERTED, _OUTSOURCED,
    _LEFT_OUT, _FORECAST, _ALL_ENERGY, _GENERATED, _VOID,
)  # fmt: skip
MAY_BE_BIOGENIC = Text("可能是生物源的", "it may be biogenic")  # nothing to ask of what counts as that
_SENSES = (
    _PART,
    _UNKNOWN,
    _PERIOD,
    _REJECTS,
    Sense(_GOES_OUT, Text("可能含外供、外售的部分", "a part may leave the plant")),
    Sense(_BIOGENIC, MAY_BE_BIOGENIC, (Stage.PRODUCTION, Stage.USE, Stage.END_OF_LIFE)),
    _WET,
    _GROSS,
    _WAY_BACK,
    _MULTIPLIER,
    _PURE,
    Sense(pattern(r"再生|回收料|回用料|翻新|recycled|refurbished", _I), Text("因子是否按再生料选取", "the factor may have to be that of recycled material"), (Stage.RAW_MATERIAL_ACQUISITION,)),
    _TAX,
    Sense(pattern(r"单位\s*[:：是为应]|[千万亿]\s*(?:kWh|度|千瓦时|吨|立方|m3|m³|升)|\bunit is\b", _I), Text("单位可能不同", "its unit may be another")),
    _SCOPE,
    _SHARED,
    Sense(pattern(r"客供|客户提供|甲供|来料", _I), Text("可能由客户提供", "the customer may supply it")),
    Sense(pattern(r"寿命|年限|lifetime|service life", _I), Text("写有使用年限", "it states a service life"), (Stage.USE,)),
    _PROVISIONAL,
    _STOPPED,
    _OUTSOURCED,
    _LEFT_OUT,
    _BESIDES,
    _FORECAST,
    _ALL_ENERGY,
    _VOID,
    _CORRECTED,
    _SHARE,
)  # fmt: skip
BESIDE = {  # what is looked for where
    "item": _NAMED,
    "remark": _SENSES,
    "data_source": (_PERIOD, _FORECAST),
    "output": (
        _PLANNED,
        _PART,
        _UNKNOWN,
        _PERIOD,
        _REJECTS,
        _SALES,
        _PROVISIONAL,
        _STOPPED,
        _LEFT_OUT,
        _BESIDES,
        _FORECAST,
        _VOID,
        _CORRECTED,
        _SHARE,
    ),
}


def may_tell(name: str) -> bool:
    """Tell whether a name may hold one of those words or a year: few do, and asking word by word takes thrice as long."""
    return bool(
        _any_named().search(simplified(name).lower())
    )  # casefold makes two letters of ß, and some words are counted


@functools.cache
def _any_named() -> re.Pattern[str]:
    """Return all the words of names as one pattern, for small letters, in which they are written above."""
    return re.compile("|".join([*(sense.words.pattern for sense in _NAMED), "20[0-9]{2}"]))
