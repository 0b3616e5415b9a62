"""Amounts as people type them: numbers in all spellings, what is no number, and nothing at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutation.kinds.registry import typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.mutation.case import Case, Line

SPELLINGS: dict[str, tuple[float, str]] = {
    "number stored as text": (10593.5, "10593.5"),
    "thousands separators": (1234567.5, "1,234,567.5"),
    "full-width digits": (1234.5, "１２３４．５"),
    "full-width with separators": (12345.6, "１２，３４５．６"),
    "spaces between thousands": (12345.0, "12 345"),
    "spaces around": (812.25, "  812.25 "),
    "no-break spaces": (812.25, "812.25\u00a0"),
    "line break behind": (812.25, "812.25\n"),
    "万": (35000.0, "3.5万"),
    "亿": (120000000.0, "1.2亿"),
    "Chinese numerals": (35000.0, "三万五千"),
    "financial numerals": (35000.0, "叁万伍仟"),
    "traditional numerals": (35000.0, "3.5萬"),
    "times a power of ten": (1200.0, "1.2×10³"),
    "times a power of ten, typed": (1200.0, "1.2*10^3"),
    "scientific notation": (1200.0, "1.2E3"),
    "约": (1200.0, "约1200"),
    "≈": (1200.0, "≈1,200"),
    "左右": (1200.0, "1200左右"),
    "a tolerance": (1200.0, "1200±5"),
    "remark in brackets": (1200.0, "1200（含损耗）"),
    "plus sign": (77.5, "+77.5"),
    "apostrophe thousands": (12345.0, "12'345"),
    "one comma of thousands": (12345.0, "12,345"),
    "full-width 万": (35000.0, "３．５万"),
    "万 in words": (35000.0, "三点五万"),
    "亿 and 万": (120_000_000.0, "一亿二千万"),
    "万 and thousands": (125_000.0, "12万5千"),
    "about, in 万": (12000.0, "约1.2万"),
    "about, in words": (1200.0, "大约 1,200 左右"),
    "power of ten without a factor": (1000.0, "10^3"),
    "traditional financial numerals": (35000.0, "參萬伍仟"),
    "full stop behind": (1200.0, "1200。"),
    "in square brackets": (1200.0, "1200【实测】"),
    "a calculation as text": (14_400.0, "1200*12"),
    "a formula as text": (14_400.0, "=1200*12"),
    "two shifts": (2460.0, "1230×2"),
    "a calculation with its result": (14_400.0, "1200×12=14400"),
    "an apostrophe in front": (1200.0, "'1200"),
    "zero-width space": (812.25, "\u200b812.25"),
}  # fmt: skip


def _spelling(amount: float, typed: str) -> Callable[[Case], None]:
    def mutate(case: Case) -> None:
        line = case.pick()
        case.allow(line.retype(amount, typed))

    return mutate


for _name, (_amount, _typed) in SPELLINGS.items():
    typed(f"number: {_name}")(_spelling(_amount, _typed))

NO_NUMBERS: dict[str, object] = {
    "a range": "100-120",
    "a range with ~": "100～120",
    "a limit": "<0.1",
    "a limit in words": "小于0.5",
    "below detection": "未检出",
    "a range in 万": "1万-2万",
    "money": "1200元",
    "a share of another": "占总量的一半",
    "at least": "100以上",
    "words": "一万多",
    "pending": "待定",
    "to be supplied": "暂无数据",
    "elsewhere": "见附件",
    "same as above": "同上",
    "a question mark": "?",
    "percent": "15%",
    "an unknown unit behind": "120箩",
    "two numbers": "120/130",
    "unclear separators": "1.234,5.6",
    "a size": "1200×800",
    "a calculation that is wrong": "1200×12=1440",
    "an error typed as text": "#REF!",
    "a date": "2025.1.1",
    "TRUE": True,
    "at most": "≤5",
    "more than": ">100",
    "a range in words": "100到120",
    "about a range": "约100-120",
    "full-width blank": "\u3000",
    "English": "to be confirmed",
    "not recorded": "未统计",
    "a date of two numbers": "2025/3/1",
    "blank": None,
    "negative": -12.5,
    "in brackets": "(120)",
    "#REF!": "#REF!",
    "#DIV/0!": "#DIV/0!",
    "five thousand digits": "9" * 5000,
}


def _no_number(typed: object) -> Callable[[Case], None]:
    def mutate(case: Case) -> None:
        line = case.pick()
        case.need(line.type("amount", typed), *([line.cell("unit")] if typed in ("15%", "1200元") else []))  # type: ignore[arg-type]

    return mutate


for _name, _value in NO_NUMBERS.items():
    typed(f"no number: {_name}")(_no_number(_value))


@typed("no number: an error value of a formula")
def _(case: Case) -> None:
    line = case.pick()
    case.need(line.type("amount", "#REF!", "SUM(#REF!)"))


for _word in ("/", "—", "无", "N/A", "不适用"):

    @typed(f"nothing occurs: {_word}")
    def _(case: Case, word: str = _word) -> None:
        line = case.pick()
        drop(case, line)
        line.type("amount", word)


def drop(case: Case, line: Line) -> None:
    """Take a line out of the truth; a stage inside the boundary that has none left, of a product, must be reported."""
    case.lines.remove(line)
    answer = case.boundary[line.stage].cells[4]
    if line.stage not in case.stages and answer.value is None:
        case.taken_as_outside(answer)
        return
    if line.stage not in case.stages:
        case.need(answer, line.row)  # the row, where its column of amounts is gone
        return
    for product in case.products:
        others = any(other.shares[product] for other in case.lines if other.stage == line.stage)
        if line.shares[product] and not others:
            case.need(case.tables["products"].rows[product], answer)


@typed("an explicit zero")
def _(case: Case) -> None:
    line = case.pick()
    line.type("amount", 0.0)
    line.kg = 0.0
