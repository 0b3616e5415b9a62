"""The sentences of the template's live check, so that the reader knows them where a format keeps no formulas.

{n} is the count; {titles} are titles of fields, tables or stages, one or several. `_IN_TABLE` tells the tables of one
sheet apart, in front of a sentence on its rows.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from workbook_engine.model import Stage
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workbook_engine.spec.schema import TemplateSpec

MONTHS_WANTED = Text("统计周期内各月", "each month of the reference period")
_CIRCLED = "①②③④"
_OR = Text("或", " or ")

FIELD_MISSING = Text("缺“{titles}”。", "“{titles}” is missing. ")
FIELD_WANTED = Text("建议填写“{titles}”。", "“{titles}” is worth filling in. ")
ROWS_WITHOUT = Text("{n} 行缺“{titles}”。", "Rows without “{titles}”: {n}. ")
NO_WAY_COMPLETE = Text("{n} 行没有填全（{titles}）。", "Rows with neither {titles} complete: {n}. ")
TEXT_IN_NUMBERS = Text("{n} 个数字单元格里是文字。", "Cells with text in place of a number: {n}. ")
ROWS_WANTED = Text("{n} 行可补全：{titles}。", "Rows worth completing ({titles}): {n}. ")
GIVEN_ROWS_WITHOUT = Text("{n} 行未填“{titles}”。", "Rows without “{titles}”: {n}. ")
NO_PRODUCT = Text("没有填产品。", "No product is given. ")
PERIOD_REVERSED = Text("统计周期的结束早于开始。", "The reference period ends before it begins. ")
NO_OUTPUT = Text(
    "用到了“本产品全年合计”，但 {n} 个产品没有填年产量。",
    "A product's annual totals are used, but products without annual output: {n}. ",
)
NO_REASON = Text("{n} 个不纳入的阶段没有写理由。", "Stages left out without a reason: {n}. ")
NO_PLANT_OUTPUT = Text(
    "各阶段用到了“全厂全年合计”，请填写该厂的全部产品与产量。",
    "Plant totals are used: list all products of the plant with their output. ",
)
PRODUCTS_WITHOUT_PLANT = Text(
    "有多个工厂，{n} 行产品没有选工厂。", "There are several plants; product rows without a plant: {n}. "
)
TOTALS_WITHOUT_PLANT = Text(
    "有多个工厂，{n} 行“全厂全年合计”没有选工厂。", "There are several plants; plant totals without a plant: {n}. "
)
STAGE_EMPTY = Text(
    "系统边界中“{titles}”选了“是”，这里还没有数据。", "“{titles}” is inside the boundary, but there are no data. "
)
STAGE_FILLED = Text(
    "系统边界中“{titles}”选了“否”，这里却有 {n} 行数据。",
    "“{titles}” is outside the boundary, but rows with data: {n}. ",
)
STAGE_UNDECIDED = Text(
    "“基本信息”中还没有选择是否纳入“{titles}”。", "Basics does not yet say whether “{titles}” is included. "
)
MONTHS_DIFFER = Text("{n} 行的全年数量与各月之和不符。", "Rows whose amount is not the sum of the months: {n}. ")
_IN_TABLE = Text("“{titles}”中 ", "{titles}: ")

# Those of templates that are out there belong here too: whoever changes one adds the former.
_ALL = (
    FIELD_MISSING, FIELD_WANTED, ROWS_WITHOUT, NO_WAY_COMPLETE, TEXT_IN_NUMBERS, ROWS_WANTED, GIVEN_ROWS_WITHOUT,
    NO_PRODUCT, PERIOD_REVERSED, NO_OUTPUT, NO_REASON, NO_PLANT_OUTPUT, PRODUCTS_WITHOUT_PLANT, TOTALS_WITHOUT_PLANT,
    STAGE_EMPTY, STAGE_FILLED, STAGE_UNDECIDED, MONTHS_DIFFER,
)  # fmt: skip
_FORMER_TITLES = (Text("1月～12月", "Jan–Dec"),)  # for MONTHS_WANTED


def about(sentence: Text, *titles: Text) -> Text:
    """Return a sentence about titles; its {n} stays."""
    zh, en = "、".join(title.zh for title in titles), ", ".join(title.en for title in titles)
    return Text(sentence.zh.replace("{titles}", zh), sentence.en.replace("{titles}", en))


def in_table(title: Text, sentence: Text) -> Text:
    """Return a sentence on the rows of one of several tables."""
    where = about(_IN_TABLE, title)
    return Text(where.zh + sentence.zh, where.en + sentence.en)


def ways(titles: Iterable[Text]) -> Text:
    """Return what the ways to fill in a row are: ①… 或②…."""
    numbered = list(zip(_CIRCLED, titles, strict=False))
    zh, en = (
        (f"{number}{title.zh}" for number, title in numbered),
        (f"{number} {title.en}" for number, title in numbered),
    )
    return Text(_OR.zh.join(zh), _OR.en.join(en))


def is_own_sentence(spec: TemplateSpec, text: str) -> bool:
    """Tell whether the live check says this somewhere, whatever the count."""
    bare = "".join(text.split())
    return any(all(_parts(titles) <= _titles(spec) for titles in found.groups() if titles) for found in _matches(bare))


def _matches(bare: str) -> Iterator[re.Match[str]]:
    return (found for sentence in _patterns() if (found := sentence.fullmatch(bare)))


@functools.lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Return each sentence without blanks, the place of its count and of its titles open."""

    def opened(text: str) -> str:
        return re.escape("".join(text.split())).replace(r"\{n\}", "[0-9]+").replace(r"\{titles\}", "(.+?)")

    pairs = ((opened(before), opened(text)) for each in _ALL for before, text in zip(_IN_TABLE, each, strict=True))
    return tuple(re.compile(f"(?:{before})?{text}") for before, text in pairs)


def _parts(titles: str) -> set[str]:
    return set(re.split(rf"[、,]|(?:{_OR.zh}|{_OR.en.strip()})?[{_CIRCLED}]", titles)) - {""}


@functools.lru_cache(maxsize=4)
def _titles(spec: TemplateSpec) -> frozenset[str]:
    """Return the parts of all titles of fields, tables and stages without blanks: a comma may stand in one."""
    titles = [MONTHS_WANTED, *_FORMER_TITLES, *(stage.title for stage in Stage)]
    for block in (block for sheet in spec.sheets for block in sheet.blocks):
        titles += [block.title, *(field.title for field in block.fields)]
    return frozenset(part for title in titles for word in title for part in _parts("".join(word.split())))
