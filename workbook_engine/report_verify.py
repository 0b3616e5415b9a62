"""What `verify` says on the terminal: what befell whole sheets, what each check found, what that means, what to do."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from workbook_engine.texts import Text
from workbook_engine.verify import ENGINE, IRONCALC, LIBREOFFICE, About, Why

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.texts import Language
    from workbook_engine.verify import Check, Difference, Remark, Verification

COUNTED = Text("{file}：{count} 个公式", "{file}: {count} formulas")
REMARKS = {
    About.SHEET_GONE: Text(
        "{sheet}：缺少此工作表，已被删除，或改名后认不出",
        "{sheet}: the sheet is missing: deleted, or renamed beyond recognition",
    ),
    About.SHEET_EMPTIED: Text("{sheet}：此工作表的内容已被清空", "{sheet}: the sheet has been emptied"),
    About.SHEET_RENAMED: Text("{sheet}：此工作表被改名为“{stored}”", "{sheet}: the sheet has been renamed {stored}"),
    About.SHEET_UNEXPECTED: Text(
        "{sheet}：带有本程序的标记，但按文件中的数据程序不会写出这张表，未核对",
        "{sheet}: it has this program's mark, but from the data in the file no such sheet is written; not checked",
    ),
    About.NO_VALUES: Text(
        "{sheet}：公式没有保存结果值，用公式重算的结果核对",
        "{sheet}: formulas carry no values; what they give was compared",
    ),
    About.VALUES_ONLY: Text(
        "{sheet}：公式都已变成数值，修改输入后不再更新；此表只核对数值和文字",
        "{sheet}: all formulas became values and follow no change any more; only values and texts are compared",
    ),
    About.COLUMNS_MOVED: Text(
        "{sheet}：列有增删{moved}；此表只核对文字和常数",
        "{sheet}: columns came or went{moved}; of this sheet only texts and constants are compared",
    ),
    About.ROWS_MOVED: Text(
        "{sheet}：行有增删{moved}；此表只核对文字和常数",
        "{sheet}: rows came or went{moved}; of this sheet only texts and constants are compared",
    ),
    About.ROWS_SORTED: Text(
        "{sheet}：行被重新排序，各公式不再对应原来的数据行；此表只核对文字和常数",
        "{sheet}: rows were sorted, so formulas no longer belong to their lines; only texts and constants are compared",
    ),
    About.SHEET_ADDED: Text(
        "{sheet}：不是程序写出的工作表，未核对", "{sheet}: a sheet that this program did not write, not checked"
    ),
    About.OTHER_ENGINE: Text(
        "由 {stored} 写出，本程序是 {expected}：写法和计算规则可能不同，请用写出它的版本核对",
        "written by {stored}, while this is {expected}: wording and rules may differ; verify it with the version that "
        "wrote it",
    ),
    About.OTHER_LIBRARY: Text(
        "核算时用的因子库（{stored}）与本次核对用的（{expected}）不是同一文件；可用 --factors 给出当时的因子库",
        "made with another factor library ({stored}) than this check ({expected}); --factors takes the one of then",
    ),
    About.NOT_CHECKED: Text(
        "{sheet}：未核对；须用 --source 给出上一次提交的工作簿",
        "{sheet}: not checked; that takes the earlier submission, given by --source",
    ),
    About.FILE_FITS: Text(
        "{stored}：SHA-256 与文件所载的“{expected}”相符，据此核对",
        "{stored}: its SHA-256 is the one stated for {expected}; compared with it",
    ),
    About.FILE_NOT_OURS: Text(
        "{stored}：SHA-256 与文件所载的（{expected}）不同，不是写出此工作簿所用的文件，未用于核对",
        "{stored}: its SHA-256 is not the one stated ({expected}), so this workbook was not made of it; not used",
    ),
}
OF_THE_FILE = {
    About.NO_VALUES: Text(
        "文件由不保存计算结果的程序（如 openpyxl）保存：公式都在，结果值都没有，用公式重算的结果核对；"
        "预览、手机和 pandas 看不到数值，请用 Excel、WPS 或 LibreOffice 打开并保存一次",
        "the file was saved by a program that keeps no values of formulas, as openpyxl does: formulas are there, their "
        "values are not, so what the formulas give was compared. Previews, phones and pandas see no figures: open it "
        "in Excel, WPS or LibreOffice and save it",
    ),
    About.VALUES_ONLY: Text(
        "文件中的公式都已变成数值（如用 pandas 或只读数值的方式另存），修改输入后不再更新；只核对数值和文字",
        "all formulas in the file became values, as pandas does or a copy of values only; they follow no change any "
        "more, and only values and texts are compared",
    ),
}
INSERTED = Text("，插入了 {new}", ", inserted: {new}")
DELETED = Text("，删除了 {gone}", ", deleted: {gone}")

AGREES = Text(
    "{check}：一致（最大相对差 {largest:.1e}）", "{check}: agrees (largest relative difference {largest:.1e})"
)
DIFFERS = Text("{check}：{count} 个单元格不一致", "{check}: {count} cells differ")
DIFFERS_ONE = Text("{check}：1 个单元格不一致", "{check}: 1 cell differs")
NOT_MADE = {
    Why.NOT_INSTALLED: Text("{check}：未安装，未检查", "{check}: not installed, not checked"),
    Why.NOT_LOADED: Text("{check}：它打不开这个文件，未检查", "{check}: it cannot load this file, not checked"),
    Why.NO_VALUES: Text(
        "{check}：文件中没有公式的结果值，无可比较", "{check}: no formula carries a value, nothing to compare"
    ),
    Why.NO_INPUTS: Text(
        "{check}：未能核对，文件里已没有可读的企业数据表",
        "{check}: not checked, no readable input sheets are left in the file",
    ),
    Why.INPUTS_GONE: Text(
        "{check}：未能核对，企业数据表已不全", "{check}: not checked, the input sheets are not complete any more"
    ),
}
CELL = Text("  {sheet}!{cell}：文件中 {stored}，应为 {expected}", "  {sheet}!{cell}: is {stored}, should be {expected}")
FOLLOW = Text("  另有 {count} 个单元格由此而不一致", "  {count} more cells differ because of these")
FOLLOW_ALL = Text("  都是由上述工作表的变动而来", "  all because of what befell the sheets above")
MORE = Text("  其余 {count} 个未列出（--json 列出全部）", "  {count} more are not listed (--json lists all)")
NAMES = {
    IRONCALC: Text("ironcalc 重算", "Recalculated by ironcalc"),
    LIBREOFFICE: Text("LibreOffice 重算", "Recalculated by LibreOffice"),
    ENGINE: Text("由原始数据重新核算", "Computed again from the inputs"),
}
SOUND = Text(
    "结论：完好。每个数都由其公式得出，公式、因子和文字与程序按企业数据写出的相同。",
    "Sound: every figure follows from its formula, and formulas, factors and texts are what the program writes from "
    "the data.",
)
NOT_RECALCULATED = Text(
    "结论：不完好。文件中保存的数值不是其公式现在的结果：有单元格在保存之后被改动。"
    "若改动是有意的，用 Excel、WPS 或 LibreOffice 打开、重算并保存后再核对；否则请向提供方索取原件。",
    "Not sound: the figures in the file are not what their formulas give now; cells were changed after it was saved. "
    "If that was meant, open it in Excel, WPS or LibreOffice, recalculate, save and check again; if not, ask for the "
    "original.",
)
REWRITTEN = Text(
    "结论：数值与公式相符，但上列内容被改写，不再是程序按企业数据得出的结果。"
    "若改动的是企业的原始数据，请用 workbook-engine run 重新核算；否则请向提供方索取原件。",
    "The figures follow from the formulas, but what is listed above was rewritten: this is no longer what the program "
    "makes of the data. If inputs were mended, run workbook-engine on this file; if not, ask for the original.",
)
DAMAGED = Text(
    "结论：不完好。上列工作表被删除、改名、清空、移动或添加，不再是程序写出的工作簿；请向提供方索取原件。",
    "Not sound: the sheets above were deleted, renamed, emptied, moved or added, so that this is no longer the "
    "workbook that the program wrote; ask for the original.",
)
OTHER_VERSION = Text(
    "结论：不能确认。数值与公式相符，但本程序与写出它的版本不同，上列差异可能由此而来；请用写出它的版本核对。",
    "Not known: the figures follow from the formulas, but this version is not the one that wrote the file, and the "
    "differences above may come of that; verify it with the version that wrote it.",
)
VALUES_GONE = Text(
    "结论：内容与程序按企业数据写出的相同，只是文件没有保存结果值；用 Excel、WPS 或 LibreOffice 打开并保存后即为完好。",
    "The contents are what the program writes from the data, only the values are not in the file: open it in Excel, "
    "WPS or LibreOffice and save it, and it is sound.",
)
UNKNOWN = Text(
    "结论：不完好。企业数据表不全，公式、因子和文字是否被改写无从核对；请向提供方索取原件。",
    "Not sound: without all input sheets nobody can tell whether formulas, factors and texts were rewritten; ask for "
    "the original.",
)
ONLY_VALUES = Text(
    "结论：数值和文字与程序按企业数据得出的相同，但公式已变成数值：无法追溯，也不随修改更新；请向提供方索取原件。",
    "Values and texts are what the program makes of the data, but formulas were turned into values: nothing can be "
    "traced, nothing follows a change; ask for the original.",
)
OTHER_FILE = Text(
    "结论：不能确认。给出的文件不是写出此工作簿所用的文件；请给出企业交回的原件再核对。",
    "Not known: a file that was given is not one that this workbook was made of; verify it with the original file that "
    "the company returned.",
)
EMPTY = Text("（空）", "(empty)")
MOST_SHOWN = 20
LONGEST = 80  # characters of a cell: formulas and sentences can be long
BEFORE = 12  # characters that are shown before the first that differs


def as_document(result: Verification) -> dict[str, Any]:
    """Return the result as one JSON document."""
    checks = [{**dataclasses.asdict(check), "was_made": check.was_made} for check in result.checks]
    return {**dataclasses.asdict(result), "checks": checks, "sound": result.is_sound}


def as_lines(result: Verification, language: Language) -> Iterator[str]:
    """Yield the result as lines of text."""
    yield COUNTED.to(language).format(file=result.file, count=result.formulas)
    for remark in result.remarks:
        yield _remark(remark, language)
    for check in result.checks:
        yield from _check(check, language)
    yield _verdict(result).to(language)


def _remark(remark: Remark, language: Language) -> str:
    text = REMARKS[remark.about] if remark.sheet else OF_THE_FILE.get(remark.about, REMARKS[remark.about])
    moved = "".join(
        part.to(language).format(new=remark.stored, gone=remark.expected)
        for part, word in ((INSERTED, remark.stored), (DELETED, remark.expected))
        if word
    )
    return text.to(language).format(sheet=remark.sheet, stored=remark.stored, expected=remark.expected, moved=moved)


def _check(check: Check, language: Language) -> Iterator[str]:
    name = NAMES[check.name].to(language)
    if not check.was_made:
        yield NOT_MADE[Why(check.why)].to(language).format(check=name)
    elif not check.differences:
        yield AGREES.to(language).format(check=name, largest=check.largest)
    else:
        count = len(check.differences)
        yield (DIFFERS_ONE if count == 1 else DIFFERS).to(language).format(check=name, count=count)
        first = [found for found in check.differences if not found.follows]
        yield from (_line(found, language) for found in first[:MOST_SHOWN])
        if len(first) > MOST_SHOWN:
            yield MORE.to(language).format(count=len(first) - MOST_SHOWN)
        if not first:
            yield FOLLOW_ALL.to(language)
        elif len(first) < count:
            yield FOLLOW.to(language).format(count=count - len(first))


def _verdict(result: Verification) -> Text:
    if result.is_sound:
        return SOUND
    harm = {remark.about for remark in result.remarks if remark.is_harmful}
    if About.FILE_NOT_OURS in harm:
        return OTHER_FILE
    engine = next(check for check in result.checks if check.name == ENGINE)
    if not engine.was_made:
        return UNKNOWN
    if harm - {About.NO_VALUES, About.VALUES_ONLY}:
        return DAMAGED
    if any(check.differences for check in result.checks):
        return _of_cells(result, engine)
    return VALUES_GONE if harm == {About.NO_VALUES} else ONLY_VALUES


def _of_cells(result: Verification, engine: Check) -> Text:
    """Say what it means that single cells differ."""
    if any(check.differences for check in result.checks if check is not engine):
        return NOT_RECALCULATED
    is_other = any(remark.about is About.OTHER_ENGINE for remark in result.remarks)
    return OTHER_VERSION if is_other else REWRITTEN


def _line(found: Difference, language: Language) -> str:
    stored, expected = (content or EMPTY.to(language) for content in _short(found.stored, found.expected))
    return CELL.to(language).format(sheet=found.sheet, cell=found.cell, stored=stored, expected=expected)


def _short(stored: str, expected: str) -> tuple[str, str]:
    """Return two contents in few characters: from shortly before the first that differs, where they are long."""
    same = next((at for at, pair in enumerate(zip(stored, expected, strict=False)) if len({*pair}) > 1), 0)
    start = max(0, same - BEFORE) if max(len(stored), len(expected)) > LONGEST and same > LONGEST // 2 else 0
    return _cut(stored, start), _cut(expected, start)


def _cut(content: str, start: int) -> str:
    text = ("…" if start else "") + content[start:].replace("\n", " ")
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
