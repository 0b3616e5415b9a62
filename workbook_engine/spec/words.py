"""What the template prints beside its fields: the words of its first sheet and of its live check.

They stand here so that the reader knows them: what is printed was typed by nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Collection

    from workbook_engine.spec.schema import Table

HOW = Text("怎样填写", "How to fill it in")
UNITS = Text("常用单位", "Units")
COLOURS = Text("颜色与标记", "Colours and marks")
CHECK = Text("填报检查", "Check")
CHECK_NOTE = Text("随填随更新；点击页签名称可跳转。", "Updated as you type; click a sheet's name to go there.")
CHECK_HEADINGS = (
    Text("页签", "Sheet"),
    Text("状态", "State"),
    Text("已填行/项", "Filled"),
    Text("还缺什么、哪里不一致", "What is missing or inconsistent"),
)
STATES = (  # what the check says of a sheet
    Text("未填写", "Not begun"),
    Text("须补充", "To be completed"),
    Text("已完成", "Complete"),
    Text("不适用", "Not applicable"),
)
COUNT_HEADINGS = (Text("检查项", "Check"), Text("个数", "Count"), Text("说明", "Sentence"))  # of the sheet that counts
VERSION = Text("模板版本 ", "Template version ")  # at the foot of each page, before the number
STATE_LABEL = Text("填报检查：", "Check: ")  # begins the line under a sheet's title

# What a cell wants: its word in the legend, and what that means.
WANTS_MUST = Text("必填", "Required")
WANTS_MAY = Text("选填", "Optional")
COMPUTED = Text("自动计算", "Computed")
LOCKED = Text("请勿改动", "Do not change")
MISSING = Text("待补", "Missing")
MUST_MEANING = Text(
    "底色浅黄、标题带＊：缺了就算不出结果。", "Pale yellow, heading with *: without it there is no result."
)
MAY_MEANING = Text(
    "白底：有就填；“建议填写”的内容报告中要用。",
    "White: fill in what you have; what is “wanted” goes into the report.",
)
COMPUTED_MEANING = Text("灰白底：公式自动得出，不用填。", "Off-white: formulas work it out.")
LOCKED_MEANING = Text("灰底：固定内容，已锁定。", "Grey: fixed and locked.")
MISSING_MEANING = Text(
    "橙底红框：这一行已经开始填，此格必填而仍为空，或应填数字处是文字。",
    "Orange, red frame: required and still empty in a row that is begun, or text in place of a number.",
)

# What templates that are out there print and the present one does not: whoever changes a printed text adds the former.
FORMER = (
    Text(
        "两种填法任选其一：① 填全年数量；② 填 12 个月的数量。两者都填时会核对。",
        "Two ways, choose either: ① the year's amount; ② the twelve months. If both are given they are compared.",
    ),
)
PRINTED = (
    *FORMER,
    HOW, UNITS, COLOURS, CHECK, CHECK_NOTE, *CHECK_HEADINGS, *COUNT_HEADINGS, WANTS_MUST, WANTS_MAY, COMPUTED, LOCKED, MISSING,
    MUST_MEANING, MAY_MEANING, COMPUTED_MEANING, LOCKED_MEANING, MISSING_MEANING,
)  # fmt: skip

PAGE_OF = Text("第 &P 页，共 &N 页", "Page &P of &N")  # in footers

_HOW_MANY = {
    2: Text("两种填法任选其一：", "Two ways, choose either: "),
    3: Text("三种填法任选其一：", "Three ways, choose one: "),
}


def guidance(table: Table, routes: Collection[tuple[str, ...]]) -> Text | None:
    """Return what stands above a table: the ways to fill in a row, where the template has several, and its note."""
    words = [way for route, way in zip(table.routes, table.ways, strict=False) if route in routes]
    if not words:
        return table.note
    if len(words) == 1:
        return None
    note = table.note or Text("", "")
    zh = "；".join(f"{number} {way.zh}" for number, way in zip("①②③④", words, strict=False))
    en = "; ".join(f"{number} {way.en}" for number, way in zip("①②③④", words, strict=False))
    many = _HOW_MANY[len(words)]
    return Text(f"{many.zh}{zh}。{note.zh}", f"{many.en}{en}. {note.en}".strip())


def all_guidance(table: Table) -> list[Text]:
    """Return whatever may stand above a table, by the groups of columns that its template has."""
    told = [guidance(table, table.routes[:count]) for count in range(len(table.ways) + 1)]
    return [text for text in told if text]
