"""What `verify` says on the terminal: what each check found, what that means, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.texts import Text
from workbook_engine.verify import ENGINE, IRONCALC, LIBREOFFICE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.texts import Language
    from workbook_engine.verify import Check, Difference, Verification

COUNTED = Text("{file}：{count} 个公式", "{file}: {count} formulas")
AGREES = Text(
    "{check}：一致（最大相对差 {largest:.1e}）", "{check}: agrees (largest relative difference {largest:.1e})"
)
DIFFERS = Text("{check}：{count} 个单元格不一致", "{check}: {count} cells differ")
NOT_RUN = Text("{check}：未安装，未检查", "{check}: not installed, not checked")
NO_INPUTS = Text(
    "{check}：未能核对，文件里已没有可读的企业数据表",
    "{check}: not checked, no readable input sheets are left in the file",
)
CELL = Text("  {sheet}!{cell}：文件中 {stored}，应为 {expected}", "  {sheet}!{cell}: is {stored}, should be {expected}")
MISSING = Text("  {sheet}：缺少此工作表", "  {sheet}: the sheet is missing")
FOLLOW = Text("  另有 {count} 个单元格由此而不一致", "  {count} more cells differ because of these")
MORE = Text("  其余 {count} 个未列出（--json 列出全部）", "  {count} more are not listed (--json lists all)")
NAMES = {
    IRONCALC: Text("ironcalc 重算", "Recalculated by ironcalc"),
    LIBREOFFICE: Text("LibreOffice 重算", "Recalculated by LibreOffice"),
    ENGINE: Text("由原始数据重新核算", "Computed again from the inputs"),
}
SOUND = Text(
    "结论：完好。每个数都由其公式得出，公式和因子与程序按企业数据写出的相同。",
    "Sound: every figure follows from its formula, and formulas and factors are what the program writes from the data.",
)
NOT_RECALCULATED = Text(
    "结论：不完好。文件中保存的数值不是其公式现在的结果：有单元格在保存之后被改动。"
    "若改动是有意的，用 Excel、WPS 或 LibreOffice 打开、重算并保存后再核对；否则请向提供方索取原件。",
    "Not sound: the figures in the file are not what their formulas give now; cells were changed after it was saved. "
    "If that was meant, open it in Excel, WPS or LibreOffice, recalculate, save and check again; if not, ask for the "
    "original.",
)
REWRITTEN = Text(
    "结论：数值与公式相符，但上列单元格的公式、因子或常数被改写，不再是程序按企业数据得出的结果。"
    "若改动的是企业的原始数据，请用 workbook-engine run 重新核算；否则请向提供方索取原件。",
    "The figures follow from the formulas, but in the cells above formulas, factors or constants were rewritten: this "
    "is no longer what the program makes of the data. If inputs were mended, run workbook-engine on this file; if not, "
    "ask for the original.",
)
UNKNOWN = Text(
    "结论：不能确认。没有企业数据表，公式和因子是否被改写无从核对；请向提供方索取原件。",
    "Not known: without the input sheets nobody can tell whether formulas and factors were rewritten; ask for the "
    "original.",
)
EMPTY = Text("（空）", "(empty)")
MOST_SHOWN = 20
LONGEST = 80  # characters of a cell: formulas can be long


def as_lines(result: Verification, language: Language) -> Iterator[str]:
    """Yield the result as lines of text."""
    yield COUNTED.to(language).format(file=result.file, count=result.formulas)
    for check in result.checks:
        yield from _check(check, language)
    yield _verdict(result).to(language)


def _check(check: Check, language: Language) -> Iterator[str]:
    name = NAMES[check.name].to(language)
    if not check.was_made:
        yield (NO_INPUTS if check.name == ENGINE else NOT_RUN).to(language).format(check=name)
    elif not check.differences:
        yield AGREES.to(language).format(check=name, largest=check.largest)
    else:
        yield DIFFERS.to(language).format(check=name, count=len(check.differences))
        first = [found for found in check.differences if not found.follows]
        yield from (_line(found, language) for found in first[:MOST_SHOWN])
        if len(first) > MOST_SHOWN:
            yield MORE.to(language).format(count=len(first) - MOST_SHOWN)
        if len(first) < len(check.differences):
            yield FOLLOW.to(language).format(count=len(check.differences) - len(first))


def _verdict(result: Verification) -> Text:
    if result.is_sound:
        return SOUND
    if any(check.differences for check in result.checks if check.name != ENGINE):
        return NOT_RECALCULATED
    return REWRITTEN if all(check.was_made for check in result.checks if check.name == ENGINE) else UNKNOWN


def _line(found: Difference, language: Language) -> str:
    text = CELL if found.cell else MISSING
    stored, expected = (_short(content) or EMPTY.to(language) for content in (found.stored, found.expected))
    return text.to(language).format(sheet=found.sheet, cell=found.cell, stored=stored, expected=expected)


def _short(content: str) -> str:
    return content if len(content) <= LONGEST else content[: LONGEST - 1] + "…"
