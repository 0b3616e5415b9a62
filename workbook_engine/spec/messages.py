"""What a program says at an input cell of the template: its input message, and why it refuses what was typed."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from workbook_engine.spec.limits import limits_in_words
from workbook_engine.spec.schema import NEED_WORDS, WAY_WORDS, Field, Kind, TemplateSpec
from workbook_engine.texts import LANGUAGES, Language, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_TITLE = 32  # characters of a message's title; Excel's own limit

_NOT_IN_LIST = Text(
    "列表中没有这一项。请从列表中选择；确实没有的，可以保留您的写法。",
    "This is not in the list. Choose from the list; if it is really missing there, keep your own words.",
)
_NO_SUCH_PRODUCT = Text(
    "“基本信息”的产品表中没有这个名称。请从列表中选择，或先在那里填写该产品。",
    "The table of products on Basics has no such name. Choose from the list, or enter the product there first.",
)
_NO_SUCH_PLANT = Text(
    "“工厂与产量”的工厂表中没有这个名称。请从列表中选择，或先在那里填写该工厂。",
    "The table of plants has no such name. Choose from the list, or enter the plant there first.",
)
_ERRORS = {
    Kind.DATE: Text("请填日期，例如 2025-01-01。", "Type a date, e.g. 2025-01-01."),
    Kind.CHOICE: Text("请从列表中选择。", "Choose from the list."),
    Kind.PRODUCT: _NO_SUCH_PRODUCT,
    Kind.PLANT: _NO_SUCH_PLANT,
}
_A_PERCENTAGE = Text(
    "请填百分数，例如 5%；没有数据请留空。", "Type a percentage, e.g. 5 %; leave blank if there is no figure."
)


def error_message(field: Field) -> Text:
    """Return what a program says when something else is typed: what belongs there, and what to do without a figure."""
    if field.free or field.choices_from:
        return _NOT_IN_LIST
    if field.kind is not Kind.NUMBER:
        return _ERRORS.get(field.kind, _NOT_IN_LIST)
    if "ratio" in field.dimensions:
        return _A_PERCENTAGE
    limits = limits_in_words(field)
    within = Text(f"，应{limits.zh}" if limits.zh else "", f", {limits.en}" if limits.en else "")
    return Text(
        f"请只填数字，不带单位和文字{within.zh}；没有数据请留空。",
        f"Digits only, without unit or words{within.en}; leave blank if there is no figure.",
    )


def input_message(field: Field, need: Text, language: Language) -> str:
    """Return what is shown beside the cell: help, an example, how much it is wanted."""
    parts = (_help(field, language), f"[{need.to(language)}]")
    return "\n".join(part for part in parts if part)


def _help(field: Field, language: Language) -> str:
    example = field.example and Text(f"例：{field.example.zh}", f"Example: {field.example.en}")
    parts = (field.help.to(language), example.to(language) if example else "")
    return "\n".join(part for part in parts if part)


# What templates that are out there say and the present one does not: whoever changes a help text adds the former here.
_FORMER = (
    Text("请只填数字，不带单位和文字，且在允许范围内。", "Digits only, without unit or words, within the limits."),
    Text(
        "温室气体全球增温潜势（GWP100）取自哪一次 IPCC 评估报告。\n例：AR6",
        "Which IPCC assessment report the GWP100 values come from.\nExample: AR6",
    ),
)
_NEEDS = frozenset(f"{''.join(word.split())}]" for need in (*NEED_WORDS.values(), *WAY_WORDS) for word in need)


def is_own_message(spec: TemplateSpec, text: str) -> bool:
    """Tell whether the template says this at some cell, or did: a title, an input message, or a refusal."""
    bare = "".join(text.split())
    message, _, need = bare.rpartition("[")
    return (message if need in _NEEDS else bare) in _said(spec)


@functools.lru_cache(maxsize=4)
def _said(spec: TemplateSpec) -> frozenset[str]:
    """Return what the template's messages say, without blanks and without the word on how much a cell is wanted."""
    return frozenset("".join(text.split()) for text in _messages(spec))


def _messages(spec: TemplateSpec) -> Iterator[str]:
    for field in (field for sheet in spec.sheets for block in sheet.blocks for field in block.fields):
        yield from (title[:MAX_TITLE] for title in field.title)
        yield from error_message(field)
        yield from (_help(field, language) for language in LANGUAGES)
    for former in _FORMER:
        yield from former
