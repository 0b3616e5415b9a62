"""What somebody typed over or beside the cells that the template keeps for itself: live check, counts, lists."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest

from example_workbooks import fill
from tests.office import converted
from workbook_engine.intake import open_workbook
from workbook_engine.intake.listed_words import words_not_read
from workbook_engine.pipeline import factor_library, process, read_workbook, write_template
from workbook_engine.spec.collection import COLLECTION
from workbook_engine.spec.optional import GROUPS
from workbook_engine.spec.sentences import is_own_sentence
from workbook_engine.template.layout import plan_book
from workbook_engine.template.options import Content, TemplateOptions
from workbook_engine.template.rules import book_checks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from openpyxl import Workbook

    from workbook_engine.findings import Finding
    from workbook_engine.texts import Language

FILLED = fill.HERE / fill.TENGFEI.folder / fill.TENGFEI.file
OLDER = fill.HERE.parent / "tests" / "versions" / "template_1_0.xlsx"
UNREAD = ("content-not-read", "list-words-unknown")
CHECK, COUNTS, LISTS, MAKE = "填写说明", "检查", "列表", "产品生产"


def unread(path: Path) -> list[tuple[str, str, str]]:
    """Return place, cells and sample of each finding on cells that nobody read."""
    return [_told(finding) for finding in process(path).findings if finding.code in UNREAD]


def _told(finding: Finding) -> tuple[str, str, str]:
    return (
        str(finding.where),
        str(finding.params["cells"]),
        str(finding.params.get("sample", finding.params.get("typed"))),
    )


def typed(folder: Path, *cells: tuple[str, str, object], source: Path = FILLED) -> Path:
    """Return the example with some cells typed over."""
    book = openpyxl.load_workbook(source)
    for sheet, address, value in cells:
        book[sheet][address] = value
    path = folder / "typed.xlsx"
    book.save(path)
    return path


def shown_only(folder: Path, *cells: tuple[str, str, object]) -> Path:
    """Return the example with its values pasted over all formulas, then typed over."""
    book, values = openpyxl.load_workbook(FILLED), openpyxl.load_workbook(FILLED, data_only=True)
    for name in (CHECK, COUNTS, LISTS, *(sheet.title for sheet in book if sheet.title not in (CHECK, COUNTS, LISTS))):
        for cell in _formulas(book, name):
            cell.value = values[name][cell.coordinate].value
    for sheet, address, value in cells:
        book[sheet][address] = value
    path = folder / "shown.xlsx"
    book.save(path)
    return path


def _formulas(book: Workbook, name: str) -> Iterator[openpyxl.cell.Cell]:
    return (cell for row in book[name].iter_rows() for cell in row if cell.data_type == "f")


@pytest.mark.parametrize("path", [FILLED, OLDER], ids=["filled", "template 1.0"])
def test_nothing_is_said_of_the_templates_own_cells(path: Path, tmp_path: Path) -> None:
    assert unread(path) == []
    assert unread(typed(tmp_path, source=path)) == []


def test_nothing_is_said_of_the_english_template(tmp_path: Path) -> None:
    write_template(tmp_path / "english.xlsx", "en")
    assert unread(tmp_path / "english.xlsx") == []


def test_nothing_is_said_of_values_in_place_of_all_formulas(tmp_path: Path) -> None:
    assert unread(shown_only(tmp_path)) == []


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_nothing_is_said_where_another_format_keeps_no_formulas(kind: str, tmp_path: Path) -> None:
    saved = converted([FILLED, fill.TEMPLATE, OLDER], kind, tmp_path, tmp_path / "profile").values()
    assert [unread(path) for path in saved] == [[], [], []]


TYPED = [
    # over the check's state, its count, its sentences, a sheet's title; beside it
    (CHECK, "C31", "全部由总公司采购"),
    (CHECK, "D32", 12),
    (CHECK, "E33", "运输由供应商负责。"),
    (CHECK, "B34", "生产（二车间）"),
    (CHECK, "F35", "成品由客户自提"),
    (MAKE, "B3", "本表电量不含宿舍"),
    # over a key, a count, a sentence; beside and below them
    (COUNTS, "B4", "柴油 500 L 未填"),
    (COUNTS, "C5", 3),
    (COUNTS, "D6", "电量不含宿舍"),
    (COUNTS, "F8", 500),
    (COUNTS, "D500", "另有柴油"),
    # over a heading, a word of a list, a name; beside and below them
    (LISTS, "F1", "我们的材料"),
    (LISTS, "F5", "再生铜（自产）"),
    (LISTS, "B7", "分支箱"),
    (LISTS, "K2", "柴油 500 L"),
    (LISTS, "F400", "铜排"),
    (LISTS, "G9", 12.5),
]


@pytest.mark.parametrize("cell", TYPED, ids=lambda each: f"{each[0]}!{each[1]}")
def test_what_is_typed_over_the_templates_own_cells_is_told(cell: tuple[str, str, object], tmp_path: Path) -> None:
    sheet, address, value = cell
    assert unread(typed(tmp_path, cell)) == [(f"{sheet}!{address}", address, str(value)[:30])]


def test_a_word_added_to_a_list_is_told(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(FILLED)
    row = next(n for n in range(2, 400) if book[LISTS].cell(n, 6).value is None)
    assert unread(typed(tmp_path, (LISTS, f"F{row}", "再生铜（自产）"))) == [
        (f"{LISTS}!F{row}", f"F{row}", "再生铜（自产）")
    ]


def test_a_template_of_another_library_is_one_note() -> None:
    library, removed = factor_library(), {"diesel", "steel"}
    words = {word for key in removed for word in library.flows[key].name}
    listed = sum(cell.value in words for row in openpyxl.load_workbook(FILLED)[LISTS].iter_rows() for cell in row)
    names = {name: key for name, key in library.names.items() if key not in removed}
    flows = {key: flow for key, flow in library.flows.items() if key not in removed}
    factors = {key: factor for key, factor in library.factors.items() if factor.flow not in removed}
    book = open_workbook(FILLED).book
    assert book
    (found,) = words_not_read(book, replace(library, names=names, flows=flows, factors=factors))
    assert (found.params["count"], found.severity.name) == (listed, "NOTE")
    assert listed >= len(removed)
    assert list(words_not_read(book, library)) == []


def test_a_library_with_more_flows_than_the_template_lists_is_no_matter() -> None:
    library = factor_library()
    book = open_workbook(FILLED).book
    assert book
    assert list(words_not_read(book, replace(library, names={**library.names, "再生铜": "recycled"}))) == []


# --- words that the template prints elsewhere, and a company may choose -----------------------------------------------


@pytest.mark.parametrize(
    ("sheet", "address", "word"),
    [
        ("基本信息", "F6", "数量"), ("基本信息", "H8", "仓储"), ("核算设置", "G6", "供应商"), ("基本信息", "J7", "kg"),
        (MAKE, "Z9", "使用"), (MAKE, "R200", "数量"), ("原材料获取", "D300", "供应商"), ("基本信息", "G60", "运输"),
    ],
)  # fmt: skip
def test_an_answer_beside_its_place_is_told_though_the_template_prints_it_elsewhere(
    sheet: str, address: str, word: str, tmp_path: Path
) -> None:
    assert (f"{sheet}!{address}", address, word) in unread(typed(tmp_path, (sheet, address, word)))


@pytest.mark.parametrize("title", ["产品生产", "使用", "填写说明"])
def test_a_title_alone_in_a_row_says_nothing(title: str, tmp_path: Path) -> None:
    assert unread(typed(tmp_path, (MAKE, "B300", title))) == []


@pytest.mark.parametrize(
    ("sheet", "cells"),
    [
        ("原材料获取", {"C60": "使用", "D60": "数量"}), ("基本信息", {"E40": "供应商", "F40": "数量"}),
    ],
)  # fmt: skip
def test_answers_among_others_in_a_row_outside_every_block_are_told(
    sheet: str, cells: dict[str, str], tmp_path: Path
) -> None:
    path = typed(tmp_path, *((sheet, address, word) for address, word in cells.items()))
    first = next(iter(cells))
    told = dict.fromkeys(where for where, _, _ in unread(path))
    assert told == {f"{sheet}!{first}": None}
    (listed,) = (addresses for _, addresses, _ in unread(path))
    assert listed == ", ".join(cells)


def test_a_formula_over_the_line_above_the_headings_or_below_a_title_is_told(tmp_path: Path) -> None:
    over = ("原材料获取", "E5", '="另有柴油500"'), (MAKE, "B3", "=1200+5")
    assert [(where, cells) for where, cells, _ in unread(typed(tmp_path, *over))] == [
        ("原材料获取!E5", "E5"), (f"{MAKE}!B3", "B3"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("address", "value", "code"),
    [
        ("E7", '="数量"&"（万度）"', "heading-unknown"), ("F7", 2024, "heading-unknown"),
        ("D7", "#REF!", "heading-unknown"), ("B7", "=A1", "heading-changed"),
    ],
)  # fmt: skip
def test_a_heading_that_is_no_text_is_a_heading_retyped(address: str, value: object, code: str, tmp_path: Path) -> None:
    """A formula without a value, since openpyxl saves none; a number; an error."""
    found = read_workbook(typed(tmp_path, ("原材料获取", address, value))).findings
    told = [(f.code, str(f.where), f.params["typed"]) for f in found if f.code.startswith("heading")]
    assert told == [(code, f"原材料获取!{address}", str(value))]


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("＊数量（万）", "heading-unknown"), ("数量（千）", "heading-unknown"), ("數量（萬）", "heading-unknown"),
        ("Amount (thousands)", "heading-unknown"), ("数量（1000）", "heading-unknown"),
        ("数量（月均）", "heading-remark"), ("数量（不含二期）", "heading-remark"), ("数量（估算）", "heading-remark"),
        ("数量（含税）", "heading-remark"), ("Amount (net of scrap)", "heading-remark"),
        ("数量（必填）", "understood-as"), ("数量（2025年）", "understood-as"), ("数量（Amount）", "understood-as"),
    ],
)  # fmt: skip
def test_what_stands_in_brackets_in_a_heading_of_numbers_is_told(heading: str, code: str, tmp_path: Path) -> None:
    found = read_workbook(typed(tmp_path, ("原材料获取", "E7", heading))).findings
    assert [f.code for f in found if str(f.where) == "原材料获取!E7"] == [code]


WITHOUT_FORMULAS = [
    (CHECK, "C31", "全部由总公司采购"),
    (CHECK, "D32", "十二"),
    (CHECK, "D35", 1234),
    (CHECK, "E33", "运输由供应商负责。"),
    (MAKE, "B3", "本表电量不含宿舍"),
    (COUNTS, "C5", "三"),
    (COUNTS, "D6", "电量不含宿舍"),
    (COUNTS, "D7", "三月份电量不含宿舍。"),
    (LISTS, "K2", "柴油 500 L"),
    (LISTS, "F5", "再生铜（自产）"),
]


@pytest.mark.parametrize("cell", WITHOUT_FORMULAS, ids=lambda each: f"{each[0]}!{each[1]}")
def test_it_is_told_where_no_formulas_are_left(cell: tuple[str, str, object], tmp_path: Path) -> None:
    sheet, address, value = cell
    assert unread(shown_only(tmp_path, cell)) == [(f"{sheet}!{address}", address, str(value))]


def test_sentences_of_a_newer_template_are_not_known(tmp_path: Path) -> None:
    typed_over = (COUNTS, "D7", "新版模板的另一句话。")
    assert unread(shown_only(tmp_path, typed_over)) == [(f"{COUNTS}!D7", "D7", typed_over[2])]
    assert unread(shown_only(tmp_path, typed_over, (CHECK, "B2", "7.0"))) == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("groups", [frozenset(), frozenset(GROUPS)], ids=["plain", "all columns"])
def test_every_sentence_of_the_check_is_known(language: Language, groups: frozenset[str]) -> None:
    book = plan_book(COLLECTION, language, TemplateOptions(groups=groups), Content())
    messages = [check.message for sheet in book_checks(book) for check in sheet.checks if check.message]
    assert len(messages) > 60
    for message in messages:
        for text in message:
            assert is_own_sentence(COLLECTION, text.replace("{n}", "12")), text


@pytest.mark.parametrize(
    "text", ["缺“电费单”。", "我们没有填产品。", "12 行可补全：数据来源、三月份。", "没有填产品。12", ""]
)
def test_what_only_looks_like_a_sentence_is_none(text: str) -> None:
    assert not is_own_sentence(COLLECTION, text)


def test_the_sentences_of_the_former_template_are_known() -> None:
    cells = openpyxl.load_workbook(OLDER)[COUNTS].iter_rows(min_row=2, min_col=4, max_col=4, values_only=True)
    shown = [re.search(r'>0\)?,((?:"[^"]*"|\$C\$\d+|&)+),""\)$', str(formula)) for (formula,) in cells if formula]
    texts = [re.sub(r"\$C\$\d+", "12", found[1]).replace('"', "").replace("&", "") for found in shown if found]
    assert len(texts) == len(shown) > 60
    assert [text for text in texts if not is_own_sentence(COLLECTION, text)] == []


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_it_is_told_in_every_format(kind: str, tmp_path: Path) -> None:
    (saved,) = converted([typed(tmp_path, *WITHOUT_FORMULAS)], kind, tmp_path / "out", tmp_path / "profile").values()
    assert sorted(unread(saved)) == sorted((f"{s}!{a}", a, str(v)) for s, a, v in WITHOUT_FORMULAS)


def test_a_results_workbook_handed_in_again_is_none_of_it(tmp_path: Path) -> None:
    (results,) = process(FILLED, tmp_path).results
    assert [f for f in process(results).findings if f.code == "content-not-read"] == []
