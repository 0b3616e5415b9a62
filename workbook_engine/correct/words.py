"""The words and colours of a correction copy."""

from __future__ import annotations

from workbook_engine.findings import Severity
from workbook_engine.spec.schema import COMMENT_AUTHOR
from workbook_engine.texts import Text

AUTHOR = COMMENT_AUTHOR  # of our comments: by it they are taken away again
LIST_TITLE = Text("问题清单", "Corrections")
COUNTS = Text(
    "须更正 {errors} 处（红色），请核对 {warnings} 处（黄色），另有说明 {notes} 条。",
    "To be corrected: {errors} (red). To be checked: {warnings} (yellow). Notes: {notes}.",
)
NOTHING = Text("没有发现问题。", "Nothing was found to be wrong.")
HOW = Text(
    "请从上往下改：点击“位置”跳到该单元格，鼠标停在彩色单元格上可看到说明；改完后保存，把本文件发回。原文件没有改动。",
    "Go from top to bottom: click a place to jump to its cell; a coloured cell tells what is wrong when you point at "
    "it. When everything is corrected, save this file and send it back. Your original was not changed.",
)
FRESH = Text(
    "这是一份新的收集表，已填入从“{file}”读到的内容；没有读到的内容列在下面，请补填。",
    "This is a fresh template, filled with what was read from “{file}”; what was not read is listed below.",
)
LOST = Text(
    "这份副本里可能缺少原文件的：{parts}。需要时请对照原文件。",
    "This copy may lack parts of the original: {parts}. Where they matter, look there.",
)
MORE = Text("另有 {count} 条未列出；请先改正上面的，再检查一次。", "{count} more are not listed; correct these first.")
HEADINGS = (
    Text("序号", "No."),
    Text("程度", "Severity"),
    Text("位置", "Place"),
    Text("问题", "What is wrong"),
    Text("怎样改", "What to do"),
    Text("现在的内容", "As it is now"),
    Text("对结果的影响（kgCO2e）", "Effect on the result (kgCO2e)"),
    Text("改好了", "Done"),
)
WHOLE_FILE = Text("整个文件", "whole file")
IN_ORIGINAL = Text("原文件 {place}", "original file, {place}")
REMEDY = Text("怎样改：", "What to do: ")
GRADED = Text("【{grade}】", "[{grade}] ")  # before a comment's sentence

FILLS = {Severity.ERROR: "FFFFA7A7", Severity.WARNING: "FFFFE08A"}  # ARGB; the grade stands in the comment as a word
INK = {Severity.ERROR: "FF9C1C1C", Severity.WARNING: "FF7A5B00", Severity.NOTE: "FF595959"}
FONTS = {"zh": "Microsoft YaHei", "en": "Calibri"}
