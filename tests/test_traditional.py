"""Traditional characters: whatever the program looks for is found in them, too, and shown as it was typed."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import workbook_engine
from tests.traditional import FORMS, to_simplified, traditional
from workbook_engine.normalize import number_words, senses
from workbook_engine.normalize.number_texts import read_number_text
from workbook_engine.traditional import SIMPLIFIED, simplified
from workbook_engine.units import _TABLES, parse_unit

PACKAGE = Path(workbook_engine.__file__).parent
# What is held against words that somebody typed; the sentences of the others are only shown.
LOOKING = ("matching.py", "units.py", "normalize", "factors", "compute", "intake", "spec")
# 帳 is 账 in accounts, 矽 the Taiwanese name of 硅, and 螢光 the light 荧光: OpenCC has them by their words.
BY_WORD = {"帳": "账", "矽": "硅", "螢": "荧"}


def _files() -> list[Path]:
    places = [PACKAGE / each for each in LOOKING]
    return [file for place in places for file in ([place] if place.is_file() else sorted(place.rglob("*.py")))]


def _texts(file: Path) -> list[str]:
    """Return the texts of a module, but for its docstrings."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    shown = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in shown
    ]


def _is_typed(character: str) -> bool:
    """Tell whether keyboards of Taiwan and Hong Kong have a character: others are rare."""
    try:
        character.encode("big5hkscs")
    except UnicodeEncodeError:
        return False
    return True


def test_the_table_covers_what_the_program_looks_for() -> None:
    library = workbook_engine.factor_library()
    named = [str(flow) for flow in library.flows.values()]
    looked_for = {each for file in _files() for text in _texts(file) for each in text}.union(*named)
    assert {*"充余摊证累试制"} <= looked_for
    missing = {
        character: simple
        for character, simple in to_simplified().items()
        if simple in looked_for and _is_typed(character) and ord(character) not in SIMPLIFIED
    }
    assert not missing


def test_the_table_is_of_one_mind_with_opencc() -> None:
    theirs = to_simplified()
    assert {chr(n): simple for n, simple in SIMPLIFIED.items() if theirs.get(chr(n)) != simple} == BY_WORD


def test_nothing_is_looked_for_in_traditional_characters() -> None:
    """A pattern of them would never be found: the text that it is held against is simplified."""
    beside = {
        "number_words.py",
        "senses.py",
        "telling_words.py",
        "no_lines.py",
        "doubles.py",
        "magnitude.py",
        "units.py",
    }
    for file in _files():
        if file.name in beside:
            assert not [text for text in _texts(file) if simplified(text) != text], file


def test_a_text_stays_as_long() -> None:
    typed = "SF6充氣量（1臺），餘電：3.5萬度"
    assert simplified(typed) == "SF6充气量（1台），余电：3.5万度"
    assert len(simplified(typed)) == len(typed)
    assert simplified("kWh") == "kWh"


@pytest.mark.parametrize("form", FORMS)
def test_units_are_known_in_every_form(form: str) -> None:
    spellings = [spelling.lstrip("=") for rows in _TABLES.values() for _, _, many in rows for spelling in many.split()]
    changed = [spelling for spelling in spellings if traditional(spelling, form) != spelling]
    assert len(changed) > 60
    for spelling in changed:
        assert parse_unit(traditional(spelling, form)) is parse_unit(spelling), spelling


@pytest.mark.parametrize("form", FORMS)
def test_words_in_place_of_numbers_are_known_in_every_form(form: str) -> None:
    changed = [word for word in number_words.STANDS_FOR if traditional(word, form) != word]
    assert len(changed) > 20
    for word in changed:
        typed = traditional(word, form)
        assert read_number_text(typed) == read_number_text(word)._replace(typed=typed), word


@pytest.mark.parametrize(
    ("typed", "value", "unit", "remark"),
    [
        ("120噸", 120, "噸", ""),
        ("約 3.5萬度電", 35000, "度電", ""),
        ("1200（約數）", 1200, "", "約數"),
        ("120（含備件）", 120, "", "含備件"),
        ("大約120公噸", 120, "公噸", ""),
        ("參仟伍佰", 3500, "", ""),
    ],
)
def test_what_stands_about_a_number_is_shown_as_typed(typed: str, value: float, unit: str, remark: str) -> None:
    reading = read_number_text(typed)
    assert (reading.value, reading.unit_text, reading.remark, reading.typed) == (value, unit, remark, typed)


def test_no_name_that_may_tell_is_passed_over() -> None:
    for word in (
        "充氣量（倍率40）",
        "餘電折算",
        "試運行用電",
        "預計用量",
        "毛重",
        "來回",
        "計劃用量",
        "證書（約占六成）",
    ):
        plain = simplified(word)
        assert senses.may_tell(word) == senses.may_tell(plain), word
