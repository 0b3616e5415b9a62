"""What arrives: the file, what it is, how much it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.catalogue.declaring import error, note
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from workbook_engine.findings import FindingType

FILE_NOT_A_WORKBOOK = error(
    "file-not-a-workbook",
    Text("不是工作簿", "Not a workbook"),
    Text("这个文件不是 Excel 工作簿（实际是：{found}）。", "This file is not an Excel workbook (it is: {found})."),
    Text("请用 Excel 或 WPS 打开原文件，另存为 .xlsx 后重新提交；如是压缩包，请先解压，提交其中的工作簿。", "Open the original in Excel or WPS, save it as .xlsx and send it again; unpack an archive first and send the workbook in it."),
)
FILE_DAMAGED = error(
    "file-damaged",
    Text("文件损坏", "Damaged file"),
    Text("文件损坏，读不完整：{detail}。", "The file is damaged and cannot be read completely: {detail}."),
    Text("请在 Excel 或 WPS 中打开并另存一份，再提交；如打不开，请重新发送。", "Open it in Excel or WPS, save a copy and send that; if it does not open, send the file again."),
)

# what the file is

FILE_PICTURE = error(
    "file-is-a-picture",
    Text("是图片", "A picture"),
    Text("这个文件是图片（{found}），程序读不到其中的数据。", "This file is a picture ({found}); data cannot be read from it."),
    Text("请把数据填入我们发送的数据收集表后提交，图片可作为附件另发。", "Type the data into the Excel template that you were sent; the picture may follow as an annex."),
)
FILE_DOCUMENT = error(
    "file-is-a-document",
    Text("是文档", "A document"),
    Text("这个文件不是 Excel 工作簿，而是：{found}。", "This file is {found}, not an Excel workbook."),
    Text("请把数据填入我们发送的数据收集表后提交。", "Type the data into the Excel template that you were sent and send that."),
)
FILE_PLAIN_TEXT = error(
    "file-is-plain-text",
    Text("是文本文件", "A text file"),
    Text("这个文件不是 Excel 工作簿，而是：{found}；其中没有工作表、格式和公式。", "This file is {found}; it has no sheets, formats or formulas."),
    Text("请用 Excel 或 WPS 打开，把数据填入我们发送的数据收集表，存为 .xlsx 后提交。", "Open it in Excel or WPS, put its data into the template that you were sent and save that as .xlsx."),
)
FILE_EMPTY = error(
    "file-empty",
    Text("空文件", "Empty file"),
    Text("这个文件是空的（0 字节）。", "This file is empty (0 bytes)."),
    Text("请重新发送原文件。", "Send the original again."),
)
FILE_ENCRYPTED = error(
    "file-encrypted",
    Text("有打开密码", "Password needed"),
    Text("这个工作簿设有打开密码。", "This workbook is protected by a password for opening."),
    Text("请取消密码后重新提交，或把密码告知咨询机构。", "Remove the password and send it again, or tell the consultant the password."),
    Text("已知密码的，用 --password 给出后重新运行。", "A password that you know is given by --password."),
)
FILE_LOCKED = error(
    "file-locked",
    Text("有打开密码", "Password needed"),
    Text("这个文件设有打开密码；这种格式加密后程序无法读取，给出密码也不行。", "This file is protected by a password; in this format it cannot be read, even with the password."),
    Text("请取消密码，或另存为带密码的 .xlsx，再重新提交。", "Remove the password, or save it as an .xlsx with a password, and send it again."),
)
FILE_ENCIPHERED = error(
    "file-enciphered",
    Text("被加密软件加密", "Encrypted by the company's software"),
    Text("这个文件被贵公司电脑上的加密软件（文档安全、防泄密软件）加密，在外面打不开。", "This file is encrypted by security software on your company's computers and cannot be opened elsewhere."),
    Text("请先按贵公司的流程解密（外发），再重新提交。没有设打开密码，不必提供密码。", "Have it decrypted for sending, as your company provides for, and send it again. There is no password to tell."),
)
FILE_WRONG_PASSWORD = error(
    "file-wrong-password",
    Text("密码不对", "Wrong password"),
    Text("这个工作簿设有打开密码，已知的密码都打不开。", "This workbook is protected by a password for opening, and no password that is known opens it."),
    Text("请取消密码后重新提交，或把密码告知咨询机构（注意大小写、全角半角）。", "Remove the password and send it again, or tell the consultant the password (mind capitals and full-width characters)."),
    Text("用 --password 给出的密码请再核对。", "Check what was given by --password."),
)
FILE_TEMPORARY = error(
    "file-temporary",
    Text("临时文件", "Temporary file"),
    Text("这是办公软件打开工作簿时生成的临时文件，不是工作簿。", "This is a temporary file that an office program made while a workbook was open, not the workbook."),
    Text("请关闭打开着的工作簿，提交工作簿本身。", "Close the open workbook and send the workbook itself."),
)
FILE_NOT_REGULAR = error(
    "file-not-regular",
    Text("不是普通文件", "Not a regular file"),
    Text("这里不是普通文件，而是{found}。", "This is not a regular file but {found}."),
    Text("请把工作簿文件本身放到这里。", "Put the workbook file itself here."),
)
FILE_UNREADABLE = error(
    "file-unreadable",
    Text("打不开文件", "File cannot be opened"),
    Text("打不开这个文件：{reason}。", "The file cannot be opened: {reason}."),
    Text("请确认文件存在、有读取权限、没有被其他程序独占。", "See that the file exists, may be read by you and is not locked by another program."),
)
FILE_CHANGING = error(
    "file-changing",
    Text("文件正在写入", "File being written"),
    Text("读取时文件还在变化，可能正在复制或保存。", "The file changed while it was read; it is probably being copied or saved."),
    Text("请等复制或保存完成后再运行。", "Run again when copying or saving has finished."),
)
FILE_UNSAFE = error(
    "file-unsafe",
    Text("文件结构可疑", "Suspicious file"),
    Text("文件的内部结构不正常，为安全起见没有读取：{detail}。", "The inner structure of the file is not that of a genuine workbook, so it was not read: {detail}."),
    Text("请在 Excel 或 WPS 中打开原文件，另存一份后提交。", "Open the original in Excel or WPS, save a copy and send that."),
)
FILE_WITHOUT_SHEETS = error(
    "file-without-sheets",
    Text("没有工作表", "No worksheets"),
    Text("工作簿里没有可读的工作表。", "The workbook has no worksheet that can be read."),
    Text("请确认发送的是填好的工作簿，另存一份后重新提交。", "See that this is the workbook you filled in; save a copy and send that."),
)
FILE_OTHER_FORMAT = note(
    "file-other-format",
    Text("格式与扩展名不符", "Extension differs from content"),
    Text("文件名以 {extension} 结尾，内容其实是 {found}；已按内容读取。", "The name ends in {extension}, the content is {found}; it was read by its content."),
    Text("无需处理；下次请另存为 .xlsx。", "Nothing to do; next time save it as .xlsx."),
)
FILE_VALUES_ONLY = note(
    "file-values-only",
    Text("有的公式只读到数值", "Values only of some formulas"),
    Text("这个 {found} 文件中有 {count} 个公式读不出来，只读到它们的数值。", "Of {count} formulas in this {found} file only the values can be read."),
    Text("如需保留公式，请另存为 .xlsx 后提交。", "If the formulas matter, save it as .xlsx and send that."),
)

# how much it holds; each limit is an attribute of intake.limits.Limits

_REMOVE = Text(
    "请删去与核算无关的内容，另存后再提交；如果都需要，请告知咨询机构。",
    "Remove what does not belong to the study, save and send it again; if all of it is needed, tell the consultant.",
)
_RAISE = Text(
    "文件确属正常的，可用 --limit {option}=… 放宽（现为 {set}）。",
    "If it is genuine, raise the limit by --limit {option}=… (now {set}).",
)
_RAISE_SECONDS = Text(
    "文件确属正常的，可用 --limit {option}=… 放宽（现为 {set}，文件每 1 MB 另加 20）。",
    "If it is genuine, raise the limit by --limit {option}=… (now {set}, and 20 more for each MB of the file).",
)


def _limit(code: str, title: Text, message: Text, aside: Text = _RAISE) -> FindingType:
    return error(code, title, message, _REMOVE, aside)


FILE_TOO_LARGE = _limit(
    "file-too-large",
    Text("文件过大", "File too large"),
    Text("文件超过 {limit}。", "The file is larger than {limit}."),
)
PART_TOO_LARGE = _limit(
    "part-too-large",
    Text("解压后过大", "Unzipped part too large"),
    Text("文件内有一部分解压后超过 {limit}。", "A part of the file is larger than {limit} when unzipped."),
)
PARTS_TOO_LARGE = _limit(
    "parts-too-large",
    Text("解压后过大", "Unzipped file too large"),
    Text("文件解压后共超过 {limit}。", "The file is larger than {limit} in all when unzipped."),
)
PARTS_TOO_MANY = _limit(
    "parts-too-many",
    Text("内含文件过多", "Too many parts"),
    Text("文件内含的部件超过 {limit} 个。", "The file consists of more than {limit} parts."),
)
ELEMENTS_TOO_MANY = _limit(
    "elements-too-many",
    Text("内部标记过多", "Too many inner elements"),
    Text("文件内部的标记超过 {limit} 个，大多不是数据（如空单元格、空行）。", "The file has more than {limit} inner elements, most of them no data (blank cells and rows)."),
)
XML_TOO_DEEP = _limit(
    "xml-too-deep",
    Text("嵌套过深", "Nested too deep"),
    Text("文件内部的层次超过 {limit} 层。", "The file's inner structure is nested more than {limit} levels deep."),
)
CELLS_TOO_MANY = _limit(
    "cells-too-many",
    Text("单元格过多", "Too many cells"),
    Text("有内容的单元格超过 {limit} 个。", "More than {limit} cells have content."),
)
SHEETS_TOO_MANY = _limit(
    "sheets-too-many",
    Text("工作表过多", "Too many sheets"),
    Text("工作表超过 {limit} 张。", "There are more than {limit} sheets."),
)
NAMES_TOO_MANY = _limit(
    "names-too-many",
    Text("名称过多", "Too many names"),
    Text("定义的名称超过 {limit} 个。", "There are more than {limit} defined names."),
)
MERGES_TOO_MANY = _limit(
    "merges-too-many",
    Text("合并区域过多", "Too many merged areas"),
    Text("合并的区域超过 {limit} 个。", "There are more than {limit} merged areas."),
)
FORMATS_TOO_MANY = _limit(
    "formats-too-many",
    Text("单元格格式过多", "Too many cell formats"),
    Text("单元格格式超过 {limit} 种。", "There are more than {limit} cell formats."),
)
TEXT_TOO_MUCH = _limit(
    "text-too-much",
    Text("文字过多", "Too much text"),
    Text("文字和公式共超过 {limit} 个字符。", "Texts and formulas are more than {limit} characters in all."),
)
READING_TOO_HEAVY = _limit(
    "reading-too-heavy",
    Text("读取所需内存过大", "Reading needs too much memory"),
    Text("读取这个文件需要的内存超过 {limit}，或读取程序因此中止。", "Reading this file needs more than {limit} of memory, or made the reading program stop."),
)
READING_TOO_SLOW = _limit(
    "reading-too-slow",
    Text("读取时间过长", "Reading takes too long"),
    Text("读取这个文件超过 {limit} 秒。", "Reading this file takes more than {limit} seconds."),
    _RAISE_SECONDS,
)
