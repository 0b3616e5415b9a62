"""The help of the command, laid out by the columns that a terminal gives to each character.

Laid out here because argparse does so by characters, in English, a little otherwise in every release of Python, and
what could be changed about it is private to it.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Final

from workbook_engine.terminal import width
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbook_engine.arguments import Option
    from workbook_engine.texts import Language

_USAGE = Text("用法：", "usage: ")
_ARGUMENTS = Text("参数：", "arguments:")
_COMMANDS = Text("命令：", "commands:")
_OPTIONS = Text("选项：", "options:")
_COMMAND: Final = "COMMAND"
_MARGIN: Final = 2  # columns left free at the right, as argparse does
_INDENT: Final = 2
_GAP: Final = 2  # columns between what is explained and its explanation
_DEEPEST: Final = 24  # the column in which explanations begin at the latest
_NARROWEST: Final = 11  # columns that an explanation has at the least
_PIECE = re.compile(r"\s*[（“]*(?:[!-~]+|\S)[，。；：、）”…]*")  # what no line breaks within


def usage(program: str, options: Sequence[Option], language: Language, *, has_commands: bool = False) -> str:
    """Return how a command is written: what it is called, then its options, then what has no name of its own."""
    named = [_in_usage(option) for option in options if option.is_named]
    others = [_in_usage(option) for option in options if not option.is_named]
    if has_commands:
        others.append(f"{_COMMAND} ...")
    start = _USAGE.to(language) + program
    columns = _columns()
    line = " ".join((start, *named, *others))
    if width(line) <= columns:
        return f"{line}\n"
    indent = min(width(start) + 1, columns * 3 // 4)
    lines = [*_packed(named, columns - indent), *_packed(others, columns - indent)]
    return f"{start} " + f"\n{indent * ' '}".join(lines) + "\n"


def page(program: str, about: Text, options: Sequence[Option], commands: Mapping[str, Text], language: Language) -> str:
    """Return the whole help of a command: its usage, what it is for, its arguments, options and sub-commands."""
    sections = (
        (_ARGUMENTS, [(_named(option), option.help.to(language)) for option in options if not option.is_named]),
        (_OPTIONS, [(_named(option), option.help.to(language)) for option in options if option.is_named]),
        (_COMMANDS, [(name, said.to(language)) for name, said in commands.items()]),
    )
    longest = max(width(term) for _, rows in sections for term, _ in rows)
    column = min(_INDENT + longest + _GAP, _DEEPEST)
    parts = [usage(program, options, language, has_commands=bool(commands)), *_wrapped(about.to(language), _columns())]
    for heading, rows in sections:
        if rows:
            parts += ["", heading.to(language), *(line for row in rows for line in _explained(*row, column))]
    return "\n".join(parts) + "\n"


def _in_usage(option: Option) -> str:
    if not option.is_named:
        return f"{option.value} [{option.value} ...]" if "nargs" in option.settings else option.value
    written = f"{option.names[0]} {option.value}".rstrip()
    return written if option.settings.get("required") else f"[{written}]"


def _named(option: Option) -> str:
    """Return an option by all its names, each with its value."""
    return ", ".join(f"{name} {option.value}".rstrip() for name in option.names) if option.is_named else option.value


def _explained(term: str, text: str, column: int) -> list[str]:
    """Return the lines of one entry: the term, and from `column` on its explanation, below where the term is long."""
    first = " " * _INDENT + term
    lines = [" " * column + line for line in _wrapped(text, max(_columns() - column, _NARROWEST))]
    if width(first) + _GAP <= column:
        return [first + lines[0][width(first) :], *lines[1:]]
    return [first, *lines]


def _packed(words: Sequence[str], columns: int) -> list[str]:
    """Return the words in lines of at most `columns` columns; none is broken."""
    lines: list[str] = []
    for word in words:
        if lines and width(lines[-1]) + 1 + width(word) <= columns:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _wrapped(text: str, columns: int) -> list[str]:
    """Break a text into lines: between words, and between Chinese characters but before no mark."""
    lines = [""]
    for piece in _PIECE.findall(text):
        if lines[-1] and width(lines[-1] + piece.rstrip()) > columns:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]


def _columns() -> int:
    return max(shutil.get_terminal_size().columns - _MARGIN, _NARROWEST)
