"""Write what is generated and committed, `python -m docs.generate`: reference pages, template, factor library.

Tests hold all of it to the code.
"""

from __future__ import annotations

import sys
from pathlib import Path

from workbook_engine.arguments import COMMANDS, LANG, Option
from workbook_engine.catalogue import all_types
from workbook_engine.compute.reference import quality_page
from workbook_engine.findings import advice
from workbook_engine.intake.limits import limits_page
from workbook_engine.intake.parts import parts_page
from workbook_engine.pipeline import write_factor_library, write_template
from workbook_engine.spec.collection import COLLECTION
from workbook_engine.template.reference import reference_page

HERE = Path(__file__).parent
TEMPLATES = HERE.parent / "templates"
FINDINGS_HEAD = """# Findings 问题清单

Every finding that the engine can report, generated from `workbook_engine/catalogue/`. A code is stable: filter by it.
须更正 (error) blocks the result; 请核对 (warning) leaves it standing; 说明 (note) tells what was understood.
Words in braces are filled in; a message is printed behind its place, `产品生产!E8: …`. What names an
option of the command is told to the consultant alone, not in letters and correction copies.
"""
COMMANDS_HEAD = """# Commands 命令

Every sub-command of `workbook-engine` with its options, generated from `workbook_engine/arguments.py`.
`workbook-engine COMMAND --help` tells the same, in the language of the system or of `--lang`.

Exit status: 0 all ok; 1 some workbook has findings that block its result; 2 it could not run.
"""


def findings_page() -> str:
    """Return the page of all finding types, in the order of the catalogue."""
    parts = [FINDINGS_HEAD]
    for kind in all_types():
        title = f"## `{kind.code}` {kind.title.zh} · {kind.title.en}"
        grade = f"{kind.severity.title.zh} · {kind.severity.value}"
        zh = f"- {kind.message.zh} {kind.remedy.zh}{kind.aside.zh}"
        en = f"- {kind.message.en} {advice(kind.remedy.en, kind.aside.en, 'en')}"
        parts.append(f"{title}\n\n{grade}\n\n{zh}\n{en}\n")
    return "\n".join(parts)


def commands_page() -> str:
    """Return the page of the sub-commands with their options."""
    parts = [COMMANDS_HEAD]
    for name, (about, options) in COMMANDS.items():
        rows = [f"| `{_written(option)}` | {option.help.zh} | {option.help.en} |" for option in (*options, LANG)]
        parts.append(
            f"## `{name}`\n\n{about.zh}。\n{about.en.capitalize()}.\n\n| | | |\n|---|---|---|\n"
            + "\n".join(rows)
            + "\n"
        )
    return "\n".join(parts)


def _written(option: Option) -> str:
    """Return an option as one types it in a table of Markdown."""
    if not option.is_named:
        return f"{option.value}{'…' if 'nargs' in option.settings else ''}"
    value = option.value.strip("{}").replace(",", "\\|")
    return f"{option.names[0]} {value}".rstrip()


def template_page() -> str:
    """Return the page of the data-collection template."""
    return reference_page(COLLECTION)


PAGES = {
    "commands.md": commands_page,
    "findings.md": findings_page,
    "template.md": template_page,
    "quality.md": quality_page,
    "limits.md": limits_page,
    "parts.md": parts_page,
}


def main() -> None:
    """Write every page and both workbooks; the template's lists come from the library, which is the first."""
    for name, page in PAGES.items():
        (HERE / name).write_text(page(), encoding="utf-8")
    write_factor_library(TEMPLATES / "factor_library.xlsx")
    write_template(TEMPLATES / "data_collection_template.xlsx")


if __name__ == "__main__":
    sys.exit(main())
