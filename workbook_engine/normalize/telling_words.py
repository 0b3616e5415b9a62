"""Words in a row that say its amount is another thing than the row's columns say: nothing typed is passed over.

An item or a flow that says so contradicts the row, or its factor, and what is meant is not certain:
goes out     外售, 上网: the amount leaves the plant, and would be added as if it were used
removal      碳汇, CCUS, CCER: CO2 taken up or a right bought, and would be added as an emission
biogenic     生物质, 沼气: would count, and be shown, as fossil CO2; a factor that the row names settles it
blended      乙醇汽油: its biogenic part counts as fossil, as the library has no factor of the blend
own power    光伏, 自发自用: counts by the grid's factor, as the column for the supply is blank
recycled     再生铝, 废钢: counts by the factor of primary material
charge       充气量: what a device holds, and would be added as if all of it escaped
per year     年用电量 on the sheet of use, where the amount is that of the whole service life

Neither a name nor a remark is a figure: 上半年, 毛重, 倍率40 in them count for nothing.
A remark is read by people alone. One whose words may change the amount, its unit, period, scope or factor is a warning
at the remark: what is typed there counts for nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from workbook_engine import catalogue
from workbook_engine.factors.vehicles import fuel_is_assumed
from workbook_engine.model import Stage
from workbook_engine.normalize.amounts import MONTHS
from workbook_engine.normalize.context import typed
from workbook_engine.normalize.wording import shown
from workbook_engine.patterns import pattern
from workbook_engine.texts import Text, joined

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from workbook_engine.findings import FindingType
    from workbook_engine.model import Flow
    from workbook_engine.normalize.context import Row

GRID, CO2 = "electricity", "co2"  # keys of flows
_I = re.IGNORECASE

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
_BLENDED = pattern(r"乙醇汽油|甲醇汽油|\bE(?:10|20|85)\b|\bB(?:5|7|10|20)\b|ethanol|biofuel blend", _I)
_OWN_POWER = pattern(r"光伏|太阳能|风电|风力|自发|自备|余热发电|\bPV\b|\bsolar\b|\bwind\b|self-gener", _I)
_PER_YEAR = pattern(
    r"(?<![0-9０-９十全])年(?:用|耗|均|度|运行)|每年|全年|[/／]年|per (?:year|annum)|\bannual|yearly", _I
)


_RECYCLED = pattern(r"再生|回收料|回用|废[钢铁铝铜锌铅纸塑旧]|二手|翻新|recycled|reclaimed|refurbished|\bscrap\b", _I)
_CHARGE = pattern(
    r"充气|充装|充注|充填|灌装|填充|加注|额定|铭牌|装量|存量|库存|灭火器|\bcharged?\b|fire extinguisher", _I
)
_ESCAPES = pattern(
    r"泄漏|泄露|漏|逸散|逸出|损失|损耗|排放|释放|补充|补加|补气|leak|loss|emi(?:ssion|tted)|refill|fugitive", _I
)


class _Rule(NamedTuple):
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


_RULES = (
    _Rule(_GOES_OUT, catalogue.AMOUNT_GOES_OUT, ("electricity", "heat", "fuel", "water"), unless=_TAKEN_OFF),
    _Rule(
        _LEFT_OVER, catalogue.AMOUNT_GOES_OUT, ("material",), stage=Stage.RAW_MATERIAL_ACQUISITION, unless=_TAKEN_OFF
    ),
    _Rule(
        _RECYCLED,
        catalogue.RECYCLED_AS_PRIMARY,
        ("material",),
        stage=Stage.RAW_MATERIAL_ACQUISITION,
        settled_by="factor_id",
    ),
    _Rule(_CHARGE, catalogue.GAS_CHARGE, ("gas",), unless=_ESCAPES),
    _Rule(_REMOVAL, catalogue.REMOVAL_AS_EMISSION, ("gas",)),
    _Rule(_BIOGENIC, catalogue.BIOGENIC_AS_FOSSIL, ("fuel",), (CO2,), settled_by="factor_id"),
    _Rule(_BLENDED, catalogue.FUEL_BLENDED, ("fuel",), settled_by="factor_id"),
    _Rule(_OWN_POWER, catalogue.OWN_POWER_AT_GRID, keys=(GRID,), settled_by="supply"),
    _Rule(_PER_YEAR, catalogue.USE_PER_YEAR, stage=Stage.USE, settled_by="years"),
)


class _Sense(NamedTuple):
    """What words of a remark may mean. `stages`: where they do; everywhere where that is empty."""

    words: re.Pattern[str]
    meaning: Text
    stages: Collection[Stage] = ()


_UNKNOWN = _Sense(
    pattern(
        r"[未没]有?(?:作|做|进行)?(?:统计|计量|记录)|无(?:法)?(?:统计|计量|记录|数据|表)|[没缺]有?数据|没有?(?:装|安装)?[电水气]?表|不详|不清楚|不知道|待[定补查核确]|暂[无缺估]"
        r"|not (?:recorded|measured|metered|known)|no (?:data|meter|records)|unknown|\bTB[CD]\b",
        _I,
    ),
    Text("数量可能并不知道", "the amount may not be known"),
)
_TRANSPORT = (Stage.RAW_MATERIAL_TRANSPORT, Stage.DISTRIBUTION)
_PERIOD = _Sense(
    pattern(
        r"(?<![比较])上年(?!持平)|去年|前年|往年|半年|季度|月均|月平均|每个?月(?!.{0,4}(?:抄|汇总|合计|累计|报表|统计|发票|账单))|日均|每[天日]|每年|年均|截[至止]|(?<![0-9])(?!1\s*月?\s*[-~～—–至到]\s*12\s*月)[0-9]{1,2}\s*月?\s*[-~～—–至到]\s*[0-9]{1,2}\s*月"
        r"|last year|previous year|half[- ]year|per (?:month|day|year)|monthly|daily",
        _I,
    ),
    Text("数量可能不是整个统计周期的", "the amount may not be that of the whole reference period"),
)
_SALES = _Sense(
    pattern(r"销量|销售|发货|出货|入库|\bsales\b|\bsold\b|shipped", _I),
    Text("可能是销量或入库量，而不是产量", "this may be what was sold or stocked rather than the output"),
)
_REJECTS = _Sense(
    pattern(r"(?:含|包括|计入).{0,6}?(?:废品|报废|不合格|次品|不良|返工|试制|样品)|reject|scrap", _I),
    Text("可能含不合格品", "rejects may be among it"),
)
_PART = _Sense(
    pattern(
        r"其中|已含|已包[含括]|包[含括]在|含在|已计入|已列入|已并入|重复|合计中|总[量表]中|included in|of which|thereof",
        _I,
    ),
    Text("可能已算在别的行里，或只是一部分", "it may be in another row already, or be a part only"),
)
_SHARE = _Sense(pattern(r"[0-9][0-9.]*\s*[%％]"), Text("写有比例", "it states a share"))
_PERCENT = pattern(r"[0-9０-９][0-9０-９.．]*\s*[%％]")
# 备件（2%）, 备件 3%: the number stands alone, and what it is of is not said.
_NUMBER = r"([0-9０-９][0-9０-９.．]*\s*[%％])\s*"
_PERCENT_ALONE = pattern(rf"[(（]\s*{_NUMBER}[)）]$|[\s:：、，,*×]{_NUMBER}$")
_OF_WHAT = pattern(
    r"更换|损耗|损失|备件|备用|备品|含水|含湿|水分|余量|富余|报废|废品|次品|不良|回收|利用率|占比|占|比例|分摊|装载|负载|负荷|泄漏|漏|维修|质保|返修|"
    r"折算|其中|spare|loss|scrap|moisture|share|recycl|warranty|repair|leak",
    _I,
)
# 另有 2 吨, 餐桌用 400g: another amount. A size (25kg/桶, 18吨货车) or a state (80度) is none.
_AMOUNT = pattern(
    r"(?<![0-9.])([0-9][0-9,，.]*)\s*(?:kWh|MWh|千瓦时|度电|kg|公斤|千克|吨|t|g|克|L|升|m3|m³|立方米?)"
    r"(?![A-Za-z0-9²³/／·×*]|[以货卡车级位袋桶瓶箱装罐包]|\s*[/／每])",
    _I,
)
_SIZE = pattern(r"规格|型号|载重|载质量|额定|容量|容积|吨位|克重|capacity|rated|payload", _I)
_FIGURE = pattern(r"[0-9]+(?:\.[0-9]+)?")
_AMOUNT_FIELDS = ("amount", "mass", "output")
OTHER_AMOUNT = Text("写有另一个数量", "it states another amount")
_SHARE_FIELDS = ("loss_rate", "scrap_rate", "route_share", "contract_share")
_WET = _Sense(pattern(r"湿基|干基|湿重|干重|含水|水分|湿料|moisture|wet (?:basis|weight)|dry (?:basis|weight)", _I), Text("干湿基准可能不同", "it may be wet or dry weight"))  # fmt: skip
_GROSS = _Sense(pattern(r"毛重|皮重|含包装|含托盘|gross (?:weight|mass)|with packaging", _I), Text("可能是毛重", "it may be gross weight"))  # fmt: skip
_WAY_BACK = _Sense(pattern(r"往返|来回|返程|回程|空载|空车|round trip|empty (?:way|return)", _I), Text("往返、空驶没有另计", "the way back is not counted apart"), _TRANSPORT)  # fmt: skip
_PURE = _Sense(pattern(r"浓度|纯度|折纯|折百|折标|concentration|purity", _I), Text("数量可能要折纯或折标", "it may have to be stated as pure substance"))  # fmt: skip
_TAX = _Sense(pattern(r"含税|不含税|税率|[0-9]\s*万?元|\bVAT\b|\btax\b", _I), Text("可能是由金额折算的", "it may come from an amount of money"))  # fmt: skip
_SCOPE = _Sense(pattern(r"(?:含|包括).{0,4}?(?:办公|宿舍|食堂|生活|其[他它]产品|外协|租户)|offices? included|other products", _I), Text("范围可能更大", "its scope may be wider"))  # fmt: skip
_SHARED = _Sense(pattern(r"[共合]用(?!\s*[0-9电水气汽量])|(?<!办)公用|公摊|shared (?:with|by|between)", _I), Text("可能有一部分属于别的工厂或产品", "a part may belong to another plant or product"))  # fmt: skip
_SENSES = (
    _PART,
    _UNKNOWN,
    _PERIOD,
    _REJECTS,
    _Sense(_GOES_OUT, Text("可能含外供、外售的部分", "a part may leave the plant")),
    _Sense(_BIOGENIC, Text("可能是生物源的", "it may be biogenic"), (Stage.PRODUCTION, Stage.USE, Stage.END_OF_LIFE)),
    _WET,
    _GROSS,
    _WAY_BACK,
    _PURE,
    _Sense(pattern(r"再生|回收料|回用料|翻新|recycled|refurbished", _I), Text("因子是否按再生料选取", "the factor may have to be that of recycled material"), (Stage.RAW_MATERIAL_ACQUISITION,)),
    _TAX,
    _Sense(pattern(r"单位\s*[:：是为应]|[千万亿]\s*(?:kWh|度|千瓦时|吨|立方|m3|m³|升)|\bunit is\b", _I), Text("单位可能不同", "its unit may be another")),
    _SCOPE,
    _SHARED,
    _Sense(pattern(r"客供|客户提供|甲供|来料", _I), Text("可能由客户提供", "the customer may supply it")),
    _Sense(pattern(r"寿命|年限|lifetime|service life", _I), Text("写有使用年限", "it states a service life"), (Stage.USE,)),
    _SHARE,
)  # fmt: skip
# What a name says beside what it names. 来料检验 is a workshop, and so may 回收 and 设计 be.
_METER = _Sense(
    pattern(r"倍率|表底|止码|起码|读数|示数|抄见|meter reading|multiplier", _I),
    Text("可能是表底读数，或要乘倍率", "it may be a meter reading, or lack the meter's multiplier"),
)
_STOCK = _Sense(
    pattern(r"期[初末]|库存|结存|盘存|(?:采购|购入|购买|进货)[量数]|\bstock\b", _I),
    Text("可能是库存或采购量，而不是用量", "it may be what was stocked or bought rather than used"),
)
_PLANNED = _Sense(
    pattern(
        r"(?:计划|预算|预计|预测|设计|额定|定额|理论|目标)(?:用|耗|电|水|气|能|量|值|产|消)|产能|\bplanned\b|\bbudgeted\b|design (?:value|capacity)|\brated\b",
        _I,
    ),
    Text("可能是计划、设计或定额数，而不是实际数", "it may be planned, designed or rated rather than what occurred"),
)
_REUSED = _Sense(
    pattern(r"周转|循环使用|可循环|重复使用|反复使用|多次使用|returnable|reus", _I),
    Text("可能使用多次，要按次数分摊", "it may be used several times, and is to be divided by them"),
    (Stage.RAW_MATERIAL_ACQUISITION, *_TRANSPORT),
)
_PIECE = _Sense(
    pattern(r"单重|单[件个只片根块支](?:质量|重量|净重)|mass of one|weight of one", _I),
    Text("可能只是一件的量", "it may be that of one piece alone"),
)
_BUT_USE = tuple(stage for stage in Stage if stage is not Stage.USE)  # of use, a year is asked about above
_PARTLY = _Sense(
    pattern(r"未分摊|约占|占[约到]?(?:[一二三四五六七八九]|[0-9.]+)成", _I),
    Text("可能只有一部分属于本产品", "a part of it only may be of the product"),
)
_CUSTOMERS = _Sense(pattern(r"客供|客户提供|甲供", _I), Text("可能由客户提供", "the customer may supply it"))
_NAMED = (
    _PART, _PERIOD._replace(stages=_BUT_USE), _METER, _STOCK, _PLANNED, _WET, _GROSS, _WAY_BACK, _PURE, _TAX, _SCOPE, _SHARED,
    _CUSTOMERS, _REUSED, _PIECE, _PARTLY,
)  # fmt: skip
_ANY_NAMED = pattern("|".join(sense.words.pattern for sense in _NAMED) + "|20[0-9]{2}", _I)  # few names have any of it
_BESIDE = {  # what is looked for where
    "item": _NAMED,
    "remark": _SENSES,
    "data_source": (_PERIOD,),
    "output": (_PLANNED, _PART, _UNKNOWN, _PERIOD, _REJECTS, _SALES, _SHARE),
}
_YEAR = pattern(r"(?<![0-9])(20[0-9]{2})\s*年")
_DONE = r"(?:导出|出具|填写|填报|打印|提供|发布|检定|校准|投产|建成|更新)"  # the date of a paper, or of a machine
_DATED = pattern(rf"{_DONE}[^0-9]{{0,4}}20[0-9]{{2}}\s*年|20[0-9]{{2}}\s*年[0-9月日]*{_DONE}")
OTHER_YEAR = Text("是统计周期以外的年份", "it names a year outside the reference period")


def check_words(row: Row, item: str, stage: Stage, flow: Flow | None, years: frozenset[int]) -> None:
    """Report words of a line that contradict what its columns say, and remarks that may change it."""
    _check_names(row, item, stage, flow)
    _check_share(row, item)
    _check_vehicle(row, item, flow)
    if _ANY_NAMED.search(item):
        _check_remark(row, "item", "item", stage, years)
    _check_remark(row, "remark", "remark", stage, years)
    _check_remark(row, "data_source", "data_source", stage, years)


def check_output_remark(row: Row) -> None:
    """Report a remark beside an output that may change it."""
    _check_remark(row, "remark", "output", None, frozenset())


def _check_names(row: Row, item: str, stage: Stage, flow: Flow | None) -> None:
    for key in ("item", "flow"):
        text = typed(row.record.cells.get(key))
        kind = _contradicts(row, text, stage, flow) if text else None
        if kind:
            params = {"item": item, "typed": shown(text), "flow": flow.name if flow else text}
            row.context.report(kind, row.slot(key).where, **params)
            return


def _check_vehicle(row: Row, item: str, flow: Flow | None) -> None:
    """Say which vehicle was taken where the words leave its fuel open: 18吨货车 may burn diesel or gas, or be electric."""
    if flow is None or flow.category != "transport" or row.has("factor_id"):
        return
    slot = row.slot("mode" if row.has("mode") else "flow")
    if fuel_is_assumed(flow, slot.text):
        row.context.report(catalogue.VEHICLE_ASSUMED, slot.where, item=item, typed=slot.text, flow=flow.name)


def _check_share(row: Row, item: str) -> None:
    """Ask about a share in an item's name, which nobody has multiplied the amount by as far as the row tells."""
    if ("%" in item or "％" in item) and not row.has_any(_SHARE_FIELDS):
        found = _says_share(item)
        if found:
            params = {"item": item, "typed": found}
            row.context.report(catalogue.SHARE_IN_NAME, row.slot("item").where, **params)


@lru_cache(maxsize=1024)
def _says_share(item: str) -> str:
    """Return the share that a name states, "" where it is a grade of the thing itself: 30%盐酸, 透光率91%玻璃."""
    bare = _PERCENT_ALONE.search(item)
    if bare:
        return (bare[1] or bare[2]).strip()
    found = _PERCENT.search(item)
    return found[0].strip() if found and _OF_WHAT.search(item) else ""


def _contradicts(row: Row, text: str, stage: Stage, flow: Flow | None) -> FindingType | None:
    """Return what is wrong with a name, None where nothing is. A flow that is not known is reported as that."""
    if flow is None:
        return None
    for rule in _rules_broken(text, stage, flow.category, flow.key):
        is_settled = rule.settled_by and row.has(rule.settled_by)
        if not is_settled and not (rule.unless and rule.unless.search(text)) and not rule.words.search(flow.name.zh):
            return rule.kind
    return None


@lru_cache(maxsize=1024)  # a large study names a few flows a hundred thousand times
def _rules_broken(text: str, stage: Stage, category: str, key: str) -> tuple[_Rule, ...]:
    return tuple(rule for rule in _rules(stage, category, key) if rule.words.search(text))


@lru_cache(maxsize=1024)
def _rules(stage: Stage, category: str, key: str) -> tuple[_Rule, ...]:
    return tuple(rule for rule in _RULES if rule.concerns(stage, category, key))


def _check_remark(row: Row, key: str, beside: str, stage: Stage | None, years: frozenset[int]) -> None:
    text = typed(row.record.cells.get(key))
    found = _senses(text, beside, stage, years) if text else None
    if text and key == "remark":
        found = {**(found or {}), **dict.fromkeys(_other_amounts(row, text), OTHER_AMOUNT)}
    if found:
        meanings = dict.fromkeys(found.values())
        meaning = Text("；".join(each.zh for each in meanings), "; ".join(each.en for each in meanings))
        row.context.report(catalogue.REMARK_MAY_COUNT, row.slot(key).where, words=joined(found), meaning=meaning)


def _other_amounts(row: Row, text: str) -> list[str]:
    """Return the amounts that a remark states and none of the row's own cells does."""
    amounts = _amounts(text)
    own = {_digits(typed(row.record.cells.get(key))) for key in (*_AMOUNT_FIELDS, *MONTHS)} if amounts else set()
    return [said for said, digits in amounts if digits not in own]


@lru_cache(maxsize=1024)
def _amounts(text: str) -> tuple[tuple[str, str], ...]:
    """Return the amounts that a text states, each with its digits."""
    if _SIZE.search(text):
        return ()
    return tuple((found[0].strip(), _digits(found[1])) for found in _AMOUNT.finditer(text))


def _digits(text: str) -> str:
    """Return the figure of a text, 2400 of 2,400升, "" where it has none."""
    found = _FIGURE.search(text.replace(",", "").replace("，", ""))
    return f"{float(found[0]):.12g}" if found else ""


@lru_cache(maxsize=1024)  # a source of data is the same in most rows
def _senses(text: str, beside: str, stage: Stage | None, years: frozenset[int]) -> Mapping[str, Text]:
    """Return the words of a text that may count, each with what it may mean."""
    found: dict[str, Text] = {}
    for sense in _BESIDE[beside]:
        word = sense.words.search(text) if not sense.stages or stage in sense.stages else None
        if word:
            found.setdefault(word[0].strip(), sense.meaning)
    others = [year[0] for year in _YEAR.finditer(_DATED.sub("", text)) if years and int(year[1]) not in years]
    return found | dict.fromkeys(others, OTHER_YEAR)
