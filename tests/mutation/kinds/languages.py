"""What companies write in the other language than the template's, or in both: nothing, pending, about, a range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutation.kinds.amounts import drop
from tests.mutation.kinds.registry import typed

if TYPE_CHECKING:
    from tests.mutation.case import Case

NOTHING = ("None", "n.a.", "NA", "nil", "not applicable", "does not occur", "無", "不適用", "没有")
PENDING = ("TBD", "tbc", "to be determined", "pending", "to follow", "not available", "unknown", "n/k", "待確認",
           "暫無數據", "未知")  # fmt: skip
SAME = ("ditto", "same as above", "as above", "〃", '"', "同前", "同上行")
RANGES = ("100 to 120", "between 100 and 120", "less than 5", "over 100", "approx. 100-120", "at least 100",
          "half of the total", "see attachment", "see invoice", "不足100", "100余")  # fmt: skip


@typed("language: nothing occurs")
def _(case: Case) -> None:
    line = case.pick()
    drop(case, line)
    case.allow(line.type("amount", case.rng.choice(NOTHING)))


@typed("language: pending")
def _(case: Case) -> None:
    line = case.pick()
    case.need(line.type("amount", case.rng.choice(PENDING)))


@typed("language: same as above")
def _(case: Case) -> None:
    line = case.pick()
    case.need(line.type("amount", case.rng.choice(SAME)))


@typed("language: no single number")
def _(case: Case) -> None:
    line = case.pick()
    case.need(line.type("amount", case.rng.choice(RANGES)))


@typed("language: M for a million, or for mega")
def _(case: Case) -> None:
    line = case.pick()
    case.need(line.type("amount", "12M"), line.cell("unit"))


@typed("language: about")
def _(case: Case) -> None:
    line = case.pick()
    words = case.rng.choice(["approx. {}", "ca. {}", "about {}", "{} approx.", "~{}", "約{}", "大概{}", "{}上下"])
    case.allow(line.type("amount", words.format(f"{line.amount:.15g}")))


@typed("language: numbers in words")
def _(case: Case) -> None:
    line = case.pick()
    amount, typed_as = case.rng.choice(
        [(12_000.0, "12 thousand"), (1_200_000.0, "1.2 million"), (12_000.0, "1.2萬"), (12_000.0, "壹萬貳仟")]
    )
    cell = line.type("amount", typed_as)
    line.kg *= amount / line.amount
    line.amount = amount
    case.allow(cell)


@typed("language: a unit in words")
def _(case: Case) -> None:
    words = {
        "kWh": ["kilowatt hours", "kilowatt-hours", "千瓦時", "KWh", "度電"],
        "kg": ["kilograms", "kilogram", "Kgs.", "公斤（kg）", "千克/kg"],
        "m³": ["cubic metres", "cubic meters", "cbm", "立方公尺", "m3 "],
    }
    line = case.pick(lambda line: line.text("unit") in words)
    case.allow(line.type("unit", case.rng.choice(words[line.text("unit")])))
