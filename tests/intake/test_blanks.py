"""A part that is nothing but blanks: read to its end, and nothing of it kept."""

from __future__ import annotations

import pytest

from workbook_engine.intake.limits import DEFAULT_LIMITS, Refused
from workbook_engine.intake.markup import refuse_endless, walk


def test_blanks_between_elements_are_forgotten_and_what_follows_is_read() -> None:
    text = [" " * 8192, "\n"] * 5_000
    refuse_endless(text, DEFAULT_LIMITS)
    assert len(text) < 1_000
    read: list[str] = []
    chunks = [b"<a>", *([b" " * 65_536] * 400), b"<b>12</b></a>"]
    walk("part", chunks, DEFAULT_LIMITS, {}, {"b": read.append})
    assert read == ["12"]


def test_a_text_without_end_is_refused_before_it_is_whole() -> None:
    chunks = iter([b"<a>", *([b"x" * 65_536] * 400)])
    with pytest.raises(Refused) as refused:
        walk("part", chunks, DEFAULT_LIMITS, {}, {})
    assert refused.value.finding.code == "text-too-much"
    assert next(chunks, None) is not None
