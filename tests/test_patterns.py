"""A pattern is compiled when it is first used, and is from then on what `re.compile` gives."""

from __future__ import annotations

import importlib
import re

import pytest

from workbook_engine.patterns import pattern


def test_it_is_compiled_at_its_first_use_and_only_then(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    real = re.compile
    monkeypatch.setattr(re, "compile", lambda text, flags=0: compiled.append(text) or real(text, flags))
    number = pattern(r"(?P<digits>[0-9]+)|x", re.IGNORECASE)
    assert compiled == []
    assert number.fullmatch("X") is not None
    assert [match["digits"] for match in number.finditer("a12b3")] == ["12", "3"]
    assert number.sub("#", "a12b3") == "a#b#"
    assert (number.pattern, number.groups) == (r"(?P<digits>[0-9]+)|x", 1)
    assert compiled == [r"(?P<digits>[0-9]+)|x"]


def test_it_takes_bytes_and_says_what_is_wrong_with_it() -> None:
    assert pattern(rb"\d").findall(b"a1") == [b"1"]
    with pytest.raises(re.error):
        pattern("(").match("")


def test_every_pattern_of_the_program_compiles() -> None:
    """What is wrong with a pattern would else be seen where it is first used."""
    from tests.test_layering import modules  # noqa: PLC0415

    seen = 0
    for name in modules():
        if name.endswith("__main__"):
            continue
        for value in vars(importlib.import_module(name)).values():
            for each in value if isinstance(value, tuple) else value.values() if isinstance(value, dict) else (value,):
                if type(each).__name__ == "_Uncompiled":
                    each.groups  # noqa: B018 - the first use
                    seen += 1
    assert seen > 100
