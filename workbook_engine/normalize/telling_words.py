"""Words in a row that say its amount is another thing than the row's columns say: nothing typed is passed over.

An item or a flow that says so contradicts the row, or its factor, and what is meant is not certain:
goes out     外售, 上网: the amount leaves the plant, and would be added as if it were used
removal      碳汇, CCUS, CCER: CO2 taken up or a right bought, and would be added as an emission
biogenic     生物质, 沼气: would count, and be shown, as fossil CO2; a factor that the row names settles it
fossil       煤, 天然气: would be shown as biogenic, and be left out where a result is given without it
offset       CCER, 碳汇, 捕集: would be taken off the result as if the product's own biomass had taken it up
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

import math
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.factors.vehicles import fuel_is_assumed
from workbook_engine.normalize.amounts import MONTHS
from workbook_engine.normalize.context import typed
from workbook_engine.normalize.senses import BESIDE, BIOGENIC, MAY_BE_BIOGENIC, MAY_BE_PROVISIONAL, RULES, may_tell
from workbook_engine.normalize.wording import shown
from workbook_engine.patterns import pattern
from workbook_engine.texts import Text, joined
from workbook_engine.traditional import simplified
from workbook_engine.units import parse_unit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from workbook_engine.findings import CellRef, Finding, FindingType
    from workbook_engine.model import Flow, Stage
    from workbook_engine.normalize.context import Context, Row
    from workbook_engine.normalize.senses import Rule

_I = re.IGNORECASE
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
_SENTENCES = (catalogue.WORDS_ROW, catalogue.REMARK_ROW)
_AMOUNT_FIELDS = ("amount", "mass", "output")
OTHER_AMOUNT = Text("写有另一个数量", "it states another amount")
_SHARE_FIELDS = ("loss_rate", "scrap_rate", "route_share", "contract_share")

_YEAR = pattern(r"(?<![0-9])(20[0-9]{2})\s*年|(?<![0-9A-Za-z.-])(20[0-3][0-9])\s*(?=[)）]|全年|[上下]半年|$)")
_DONE = r"(?:导出|出具|填写|填报|打印|提供|发布|检定|校准|投产|建成|更新)"  # the date of a paper, or of a machine
_DATED = pattern(rf"{_DONE}[^0-9]{{0,4}}20[0-9]{{2}}\s*年|20[0-9]{{2}}\s*年[0-9月日]*{_DONE}")
_ESTIMATE = pattern(r"估[算计]|推算|经验|estimate", re.IGNORECASE)  # as the source of data
_FOR_NOW = pattern(r"暂|provisional", re.IGNORECASE)  # an estimate that will not do
OTHER_YEAR = Text("是统计周期以外的年份", "it names a year outside the reference period")


def check_words(row: Row, item: str, stage: Stage, flow: Flow | None, years: frozenset[int]) -> None:
    """Report words of a line that contradict what its columns say, and remarks that may change it."""
    _check_names(row, item, stage, flow)
    _check_share(row, item)
    _check_vehicle(row, flow)
    if may_tell(item):
        _check_remark(row, "item", "item", stage, years)
    is_biogenic = flow is not None and flow.key in BIOGENIC
    _check_remark(row, "remark", "remark", stage, years, but=(MAY_BE_BIOGENIC,) if is_biogenic else ())
    _check_remark(row, "data_source", "data_source", stage, years)
    _check_amount(row, item)


def check_output_remark(row: Row) -> None:
    """Report a remark beside an output that may change it."""
    _check_remark(row, "remark", "output", None, frozenset())


def check_sentences(context: Context, told: Iterable[Finding], years: frozenset[int]) -> None:
    """Report rows of words, 注：以上电量含宿舍, that may change an amount of the table as a remark in its row may.

    `told` are the findings that say that a row is none but words.
    """
    stages = {table.sheet: context.spec.table(key).stage for key, table in context.submission.tables.items()}
    for finding in told:
        if finding.type in _SENTENCES and finding.where:
            text, stage = str(finding.params["typed"]), stages.get(finding.where.sheet)
            found = {**_senses(text, "remark", stage, years), **{said: OTHER_AMOUNT for said, _ in _amounts(text)}}
            if found:
                _report(context, finding.where, found)


def _check_names(row: Row, item: str, stage: Stage, flow: Flow | None) -> None:
    for key in ("item", "flow"):
        text = typed(row.record.cells.get(key))
        kind = _contradicts(row, simplified(text), stage, flow) if text else None
        if kind:
            params = {"item": item, "typed": shown(text), "flow": flow.name if flow else text}
            row.context.report(kind, row.slot(key).where, **params)
            return


def _check_vehicle(row: Row, flow: Flow | None) -> None:
    """Say which vehicle was taken where the words leave its fuel open: 18吨货车 may burn diesel or gas."""
    if flow is None or flow.category != "transport" or row.has("factor_id"):
        return
    slot = row.slot("mode" if row.has("mode") else "flow")
    if fuel_is_assumed(flow, slot.text):
        row.context.report_once(catalogue.VEHICLE_ASSUMED, slot.where, typed=slot.text, flow=flow.name)


def _check_share(row: Row, item: str) -> None:
    """Ask about a share in an item's name, which nobody has multiplied the amount by as far as the row tells."""
    if "%" in item or "％" in item:
        found = _says_share(item)
        if found and not _is_stated(row, found):
            params = {"item": item, "typed": found}
            row.context.report(catalogue.SHARE_IN_NAME, row.slot("item").where, **params)


def _is_stated(row: Row, share: str) -> bool:
    """Tell whether one of the row's own cells states a share, 2% or 0.02: what is in another one is another share."""
    percent = float(_digits(unicodedata.normalize("NFKC", share)) or 0)
    stated = [float(digits) for key in _SHARE_FIELDS if (digits := _digits(typed(row.record.cells.get(key))))]
    return any(math.isclose(each, wanted) for each in stated for wanted in (percent, percent / 100))


@lru_cache(maxsize=1024)
def _says_share(item: str) -> str:
    """Return the share that a name states, "" where it is a grade of the thing itself: 30%盐酸, 透光率91%玻璃."""
    bare = _PERCENT_ALONE.search(item)
    if bare:
        return (bare[1] or bare[2]).strip()
    found = _PERCENT.search(item)
    return found[0].strip() if found and _OF_WHAT.search(simplified(item)) else ""


def _contradicts(row: Row, text: str, stage: Stage, flow: Flow | None) -> FindingType | None:
    """Return what is wrong with a name, None where nothing is. A flow that is not known is reported as that."""
    if flow is None:
        return None
    for rule in _rules(stage, flow.category, flow.key):
        if not rule.words.search(text):
            continue
        is_settled = rule.settled_by and row.has(rule.settled_by)
        if not is_settled and not (rule.unless and rule.unless.search(text)) and not rule.words.search(flow.name.zh):
            return rule.kind
    return None


@lru_cache(maxsize=1024)  # a large study names a few flows a hundred thousand times
def _rules(stage: Stage, category: str, key: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in RULES if rule.concerns(stage, category, key))


def _check_remark(
    row: Row, key: str, beside: str, stage: Stage | None, years: frozenset[int], *, but: Collection[Text] = ()
) -> None:
    text = typed(row.record.cells.get(key))
    found = _senses(text, beside, stage, years) if text else None
    if found and but:
        found = {word: meaning for word, meaning in found.items() if meaning not in but}
    if found and _ESTIMATE.search(simplified(typed(row.record.cells.get("data_source")))):
        found = {word: m for word, m in found.items() if m != MAY_BE_PROVISIONAL or _FOR_NOW.match(simplified(word))}
    if text and key == "remark":
        found = {**(found or {}), **dict.fromkeys(_other_amounts(row, text), OTHER_AMOUNT)}
    if found:
        _report(row.context, row.slot(key).where, found)


def _report(context: Context, where: CellRef, found: Mapping[str, Text]) -> None:
    meanings = dict.fromkeys(found.values())
    meaning = Text("；".join(each.zh for each in meanings), "; ".join(each.en for each in meanings))
    context.report(catalogue.REMARK_MAY_COUNT, where, words=joined(found), meaning=meaning)


def _check_amount(row: Row, item: str) -> None:
    """Ask about an amount in an item's name that the row's cells do not state, in a unit of its kind: 柴油 3.2吨."""
    for said in _other_amounts(row, item) if _AMOUNT.search(simplified(item)) else ():
        own, named = (parse_unit(text) for text in (row.text("unit") or row.text("mass_unit"), _unit_of(said)))
        if own is not None and named is not None and own.converts_to(named):
            params = {"words": said, "meaning": OTHER_AMOUNT}
            row.context.report(catalogue.REMARK_MAY_COUNT, row.slot("item").where, **params)


def _unit_of(amount: str) -> str:
    return amount.lstrip("0123456789.,， ")


def _other_amounts(row: Row, text: str) -> list[str]:
    """Return the amounts that a remark states and none of the row's own cells does."""
    amounts = _amounts(text)
    own = {_digits(typed(row.record.cells.get(key))) for key in (*_AMOUNT_FIELDS, *MONTHS)} if amounts else set()
    return [said for said, digits in amounts if digits not in own]


@lru_cache(maxsize=1024)
def _amounts(text: str) -> tuple[tuple[str, str], ...]:
    """Return the amounts that a text states, each with its digits."""
    plain = simplified(text)
    if _SIZE.search(plain):
        return ()
    return tuple((_as_typed(text, found), _digits(found[1])) for found in _AMOUNT.finditer(plain))


def _as_typed(text: str, found: re.Match[str]) -> str:
    """Return what was found in the simplified form of a text, as it stands in the text."""
    return text[slice(*found.span())].strip()


def _digits(text: str) -> str:
    """Return the figure of a text, 2400 of 2,400升, "" where it has none."""
    found = _FIGURE.search(text.replace(",", "").replace("，", ""))
    return f"{float(found[0]):.12g}" if found else ""


@lru_cache(maxsize=1024)  # a source of data is the same in most rows
def _senses(text: str, beside: str, stage: Stage | None, years: frozenset[int]) -> Mapping[str, Text]:
    """Return the words of a text that may count, each with what it may mean."""
    found: dict[str, Text] = {}
    plain = simplified(text)
    for sense in BESIDE[beside]:
        word = sense.words.search(plain) if not sense.stages or stage in sense.stages else None
        if word:
            found.setdefault(_as_typed(text, word), sense.meaning)
    others = [
        year[0] for year in _YEAR.finditer(_DATED.sub("", plain)) if years and int(year[1] or year[2]) not in years
    ]
    return found | dict.fromkeys(others, OTHER_YEAR)
