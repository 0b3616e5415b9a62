"""The command line: parsed by argparse by what arguments.py declares, its help and its complaints in two languages.

Of argparse only what its documentation names is used or overridden, so that it is the same on each Python.
"""

from __future__ import annotations

import argparse
import re
import sys
from typing import TYPE_CHECKING, Any, Final, NoReturn

from workbook_engine.arguments import ABOUT, COMMANDS, HELP, LANG, VERSION
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbook_engine.arguments import Option
    from workbook_engine.texts import Language

_NAME: Final = "workbook-engine"
_ERROR = Text("错误：{said}", "error: {said}")

# What argparse says in English, as Python 3.11 to 3.15 word it, and how it is told in Chinese. What a later one words
# otherwise is told in its own words.
_SAID = (
    (r"unrecognized arguments: (.*)", "没有这样的参数：{}"),
    (r"the following arguments are required: (.*)", "还缺参数：{}"),
    (r"argument (\S+): expected one argument", "{} 后面要写一个值"),
    (r"argument (\S+): invalid choice: (.*?)(?:, maybe you meant .*)? \(choose from (.*)\)", "{} 不能是 {}；可选：{}"),
    (r"argument (\S+): invalid \w+ value: (.*)", "{} 的值 {} 写法不对"),
    (r"argument (\S+): ignored explicit argument (.*)", "{} 后面不带值，多了 {}"),
    (r"ambiguous option: (\S+) could match (.*)", "{} 不完整，可能是 {}"),
)


class _Parser(argparse.ArgumentParser):
    """One that speaks its language: in its help, and of what is wrong with a command."""

    def __init__(
        self,
        *,
        language: Language,
        about: Text,
        options: Sequence[Option],
        commands: Mapping[str, Text] | None = None,
        **settings: Any,
    ) -> None:
        super().__init__(add_help=False, **settings)
        self.language: Language = language
        self.about, self.options, self.commands = about, (HELP, *options), commands or {}
        for option in self.options:
            self.add_argument(*option.names, **option.settings)

    def format_usage(self) -> str:
        from workbook_engine.command_help import usage  # noqa: PLC0415 - only where it is shown

        return usage(self.prog, self.options, self.language, has_commands=bool(self.commands))

    def format_help(self) -> str:
        from workbook_engine.command_help import page  # noqa: PLC0415 - only where it is shown

        return page(self.prog, self.about, self.options, self.commands, self.language)

    def error(self, message: str) -> NoReturn:
        said = _in_chinese(message) if self.language == "zh" else message
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {_ERROR.to(self.language).format(said=said)}\n")


def _in_chinese(message: str) -> str:
    for pattern, words in _SAID:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return words.format(*found.groups())
    return message


def parser(language: Language) -> argparse.ArgumentParser:
    """Return the parser; its help is in `language`. What was chosen has `command`, the sub-command's name.

    Raises OptionError, as it parses, where an option has a value that it cannot take.
    """
    about = {name: said for name, (said, _) in COMMANDS.items()}
    main = _Parser(language=language, prog=_NAME, about=ABOUT, options=(VERSION, LANG), commands=about)
    main.set_defaults(lang=None)
    commands = main.add_subparsers(required=True, metavar="COMMAND", dest="command", prog=_NAME)
    for name, (said, options) in COMMANDS.items():
        commands.add_parser(name, language=language, about=said, options=(*options, LANG))
    return main
