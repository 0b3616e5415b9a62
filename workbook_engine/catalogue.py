"""The catalogue: every type of finding, declared once. docs/findings.md is generated from it.

Order: the file, the sheets and tables, single cells, units, products and plants, lines, factors, results. A message
says what is wrong at the place that is printed before it; a remedy says what to do, to a clerk who is no expert.
Codes are stable: consultants filter by them, so a code is never given another meaning.
"""

from __future__ import annotations

from workbook_engine.findings import FindingType, Severity
from workbook_engine.texts import Text

CATALOGUE: dict[str, FindingType] = {}


def _declare(code: str, severity: Severity, title: Text, message: Text, remedy: Text) -> FindingType:
    if code in CATALOGUE:
        message_text = f"finding code declared twice: {code}"
        raise ValueError(message_text)
    CATALOGUE[code] = FindingType(code, severity, title, message, remedy)
    return CATALOGUE[code]


def _error(code: str, title: Text, message: Text, remedy: Text) -> FindingType:
    return _declare(code, Severity.ERROR, title, message, remedy)


def _warning(code: str, title: Text, message: Text, remedy: Text) -> FindingType:
    return _declare(code, Severity.WARNING, title, message, remedy)


def _note(code: str, title: Text, message: Text, remedy: Text) -> FindingType:
    return _declare(code, Severity.NOTE, title, message, remedy)


# --- the file ---------------------------------------------------------------------------------------------------------

FILE_NOT_A_WORKBOOK = _error(
    "file-not-a-workbook",
    Text("不是工作簿", "Not a workbook"),
    Text("这个文件不是 Excel 工作簿（实际是：{found}）。", "This file is not an Excel workbook (it is: {found})."),
    Text("请用 Excel 或 WPS 打开原文件，另存为 .xlsx 后重新提交。", "Open the original in Excel or WPS, save it as .xlsx and send it again."),
)
FILE_DAMAGED = _error(
    "file-damaged",
    Text("文件损坏", "Damaged file"),
    Text("文件损坏，读不完整：{detail}。", "The file is damaged and cannot be read completely: {detail}."),
    Text("请在 Excel 或 WPS 中打开并另存一份，再提交；如打不开，请重新发送。", "Open it in Excel or WPS, save a copy and send that; if it does not open, send the file again."),
)

# --- single cells -----------------------------------------------------------------------------------------------------

NUMBER_AS_TEXT = _note(
    "number-as-text",
    Text("文本数字", "Number stored as text"),
    Text("“{typed}”是文本，已读作 {value}。", "“{typed}” is text; it was read as {value}."),
    Text("无需处理；如读错，请改填数字。", "Nothing to do; if it was misread, type the number itself."),
)
NOT_A_NUMBER = _error(
    "not-a-number",
    Text("不是数", "Not a number"),
    Text("“{typed}”不是一个确定的数。", "“{typed}” is not a definite number."),
    Text("请只填数字，单位填在单位列。", "Type the number only; its unit goes into the unit column."),
)
