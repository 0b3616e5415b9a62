"""Rows of the stage sheets that are no lines of activity data: remarks, examples, totals and parts of them.

A row of which nothing tells whether it is a line or a note is asked about, once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.normalize.totals import item_of
from workbook_engine.patterns import pattern
from workbook_engine.spec.schema import Kind
from workbook_engine.traditional import simplified

if TYPE_CHECKING:
    from workbook_engine.normalize.context import Row, Slot
    from workbook_engine.normalize.totals import Totals

_PART_OF = pattern(r"^[\s(（\[【—–·-]*(?:其中|其内|内含|包[括含][:：]|含[:：]|of which|including|thereof)[:：]?")
_EXAMPLE = pattern(
    r"^(?:[(（\[【](?:示例|样例|例|example)[)）\]】]|示例|样例|例如|例[:：]|填写示例|举例|example|e\.g\.)"
)
# Below a table: 填表人：张三, 审核：李四, 日期：2026年3月1日.
_SIGNED = pattern(
    r"^(?:(?:填表|填报|制表|编制|审核|复核|校核|批准|审批|负责|经办|联系)人?|部门|电话|联系(?:电话|方式)|"
    r"(?:填表|填报)?日期|(?:单位)?(?:盖章|签字|签名)|"
    r"(?:prepared|filled in|reviewed|checked|approved) by|date|signature|phone)\s*(?:[:：]|$)"
)
# Above the rows of a group: 一、主要原料, （二）辅料, 包装材料：.
_GROUP = pattern(
    r"^(?:[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|第[一二三四五六七八九十]{1,3}(?:部分|类|组)|[A-HIVX]{1,3}[、)）])|[:：]$"
)
_DATA = (Kind.NUMBER, Kind.DATE)
_CHOSEN = (Kind.CHOICE, Kind.UNIT, Kind.PRODUCT, Kind.PLANT)
_NAMING = ("item", "flow")
_LONGEST = 60  # characters of a text that a question repeats
_LINE_CELLS = 3  # a line has a flow, an amount and a unit at least
EXAMPLE_FIELDS = ("item", "flow", "amount")  # where these are the example's, word for word, it was left in


def is_no_line(row: Row, totals: Totals, below: Row | None) -> bool:
    """Tell whether a row is none, with what is to be said of it.

    `totals`: what the table has told so far; `below`: the row after this one.
    """
    if _is_remark(row) or _is_group(row, below):
        return True
    item = item_of(row)
    if _is_signed(row, item) or _is_example(row, item) or totals.is_total(row, item) or _is_part(row, item):
        return True
    return _is_bare(row)


def _is_remark(row: Row) -> bool:
    """Tell whether nothing but a remark stands in the row; it is kept as a note."""
    if row.record.cells.keys() - {"remark"}:
        return False
    row.context.report(catalogue.REMARK_ROW, row.where, typed=row.text("remark"))
    return True


def _is_group(row: Row, below: Row | None) -> bool:
    """Tell whether a row has nothing but the title of the rows below it."""
    if len(row.record.cells) > 1 or below is None or len(below.record.cells) < _LINE_CELLS:
        return False
    title = row.text("item")
    if not _GROUP.search(simplified(title)) or _GROUP.search(simplified(below.text("item"))):
        return False  # where the row below is numbered too, it is an item whose figures are missing
    row.context.report(catalogue.REMARK_ROW, row.where, typed=title)
    return True


def _is_signed(row: Row, item: str) -> bool:
    """Tell whether every cell of the row says who filled the table in, or when."""
    if not _SIGNED.match(simplified(item).casefold()):
        return False
    texts = [str(cell.value).strip() for cell in row.record.cells.values()]
    if not all(_SIGNED.match(simplified(text).casefold()) for text in texts):
        return False
    row.context.report(catalogue.REMARK_ROW, row.where, typed=" ".join(texts))
    return True


def _is_example(row: Row, item: str) -> bool:
    """Report a row that calls itself an example, or is the template's own, word for word."""
    if is_named_example(item):
        row.context.report(catalogue.EXAMPLE_NAMED, row.where, item=item)
        return True
    for key in EXAMPLE_FIELDS:
        field = row.fields.get(key)
        if field and not (field.example and row.has(key) and row.text(key) in field.example):
            return False
    row.context.report(catalogue.EXAMPLE_ROW, row.where)
    return True


def _is_bare(row: Row) -> bool:
    """Report a row that has a name alone, a line without its data or a note, or choices alone, as if drawn down.

    All that is missing would be an error each, and none of them would ask which it is.
    """
    filled = texts_alone(row)
    if not filled:
        return False
    if len(filled) == 1 and filled[0].spec.kind not in _CHOSEN:
        ask_what_it_is(filled[0])
        return True
    if any(slot.spec.key in _NAMING for slot in filled):
        return False
    typed = "”、“".join(slot.text for slot in filled)
    row.context.report(catalogue.ROW_CHOICES_ALONE, filled[0].where, typed=typed)
    return True


def texts_alone(row: Row) -> list[Slot]:
    """Return the filled cells of a row from the left, remarks aside, where none of them holds data; else none."""
    filled = [key for key in row.record.cells if key != "remark"]
    if any(row.fields[key].kind in _DATA or row.record.cells[key].kind != "text" for key in filled):
        return []
    return sorted(row.slots(filled), key=lambda slot: slot.where.column or 0)


def ask_what_it_is(slot: Slot) -> None:
    """Ask whether a cell that is all that stands in its row is a line without its data, or a note."""
    typed = slot.text if len(slot.text) <= _LONGEST else f"{slot.text[:_LONGEST]}…"
    slot.context.report(catalogue.ROW_BARE, slot.where, typed=typed)


def is_named_example(item: str) -> bool:
    """Tell whether a row is called an example."""
    return bool(_EXAMPLE.match(simplified(item).casefold()))


def _is_part(row: Row, item: str) -> bool:
    """Report a row that says of itself that it is a part of the one above."""
    if not _PART_OF.match(simplified(item).casefold()) or not row.has("amount"):
        return False
    row.context.report(catalogue.PART_OF_ABOVE, row.slot("amount").where, item=item)
    return True
