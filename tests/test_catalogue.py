"""The catalogue of findings: its sentences can be filled in, in both languages; its page is up to date."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from docs.generate import PAGES
from workbook_engine.catalogue import all_types
from workbook_engine.findings import CellRef, Finding, FindingType, Severity, by_weight

DOCS = Path(__file__).parent.parent / "docs"


def names(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


@pytest.mark.parametrize("kind", all_types(), ids=lambda kind: kind.code)
def test_both_languages_fill_in_the_same_words(kind: FindingType) -> None:
    assert names(kind.message.zh) == names(kind.message.en)
    assert names(kind.remedy.zh) == names(kind.remedy.en)
    assert names(kind.aside.zh) == names(kind.aside.en)
    assert "" not in names(kind.message.zh) | names(kind.remedy.zh)


@pytest.mark.parametrize("kind", all_types(), ids=lambda kind: kind.code)
def test_a_code_is_kebab_case_and_every_sentence_is_written(kind: FindingType) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", kind.code)
    for text in (kind.title, kind.message, kind.remedy):
        assert all(word.strip() for word in text)


@pytest.mark.parametrize("kind", all_types(), ids=lambda kind: kind.code)
def test_every_sentence_is_written_as_its_language_is(kind: FindingType) -> None:
    """Full stops at the end, full-width punctuation in Chinese, no Chinese in English but the words it is about."""
    for text in (kind.message, kind.remedy, *([kind.aside] if any(kind.aside) else [])):
        assert re.search(r"(。|\{help\})$", text.zh)
        assert re.search(r"(\.|\{help\})$", text.en)
    for text in (kind.title, kind.message, kind.remedy):
        assert not re.search(r"[\u4e00-\u9fff”][,;:!?()]|[,;:!?()][\u4e00-\u9fff“]", text.zh)
        assert not re.search(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]", re.sub("万|亿|“一”", "", text.en))
        for sentence in text:
            assert sentence == " ".join(sentence.split())
            assert sentence.count("“") == sentence.count("”")
            assert not re.search(r"\"|‘|’|\.\.|。。", sentence)


@pytest.mark.parametrize("kind", all_types(), ids=lambda kind: kind.code)
def test_no_sentence_has_a_key_of_the_program(kind: FindingType) -> None:
    for text in (kind.title, kind.message, kind.remedy):
        for sentence in text:
            assert not re.search(r"\b[a-z]+_[a-z_]+\b", re.sub(r"\{.*?\}", "", sentence))


@pytest.mark.parametrize("kind", all_types(), ids=lambda kind: kind.code)
def test_no_company_is_told_of_the_command(kind: FindingType) -> None:
    """A clerk has no command line: what it offers is the aside, which letters and correction copies leave out."""
    for text in (kind.title, kind.message, kind.remedy):
        assert not re.search(r"--[a-z]|\b(run|check|template) --|command|命令|选项 -", text.zh + text.en)


def test_no_code_is_declared_twice() -> None:
    codes = [kind.code for kind in all_types()]
    assert sorted(codes) == sorted(set(codes))


@pytest.mark.parametrize("page", PAGES)
def test_the_generated_page_is_the_committed_one(page: str) -> None:
    assert (DOCS / page).read_text(encoding="utf-8") == PAGES[page](), "run: python -m docs.generate"


def test_the_gravest_comes_first_then_what_moves_the_result_most() -> None:
    def finding(severity: Severity, effect: float | None, row: int) -> Finding:
        kind = next(kind for kind in all_types() if kind.severity is severity)
        return Finding(kind, CellRef("表", row, 1), {}, effect)

    note, small, large = finding(Severity.NOTE, 99, 1), finding(Severity.ERROR, 1, 2), finding(Severity.ERROR, -5, 3)
    assert by_weight([note, small, large]) == [large, small, note]
