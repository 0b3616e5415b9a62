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

# what the file is

FILE_PICTURE = _error(
    "file-is-a-picture",
    Text("是图片", "A picture"),
    Text("这个文件是图片（{found}），程序读不到其中的数据。", "This file is a picture ({found}); data cannot be read from it."),
    Text("请把数据填入下发的 Excel 模板后提交，图片可作为附件另发。", "Type the data into the Excel template that you were sent; the picture may follow as an annex."),
)
FILE_DOCUMENT = _error(
    "file-is-a-document",
    Text("是文档", "A document"),
    Text("这个文件是{found}，不是 Excel 工作簿。", "This file is {found}, not an Excel workbook."),
    Text("请把数据填入下发的 Excel 模板后提交。", "Type the data into the Excel template that you were sent and send that."),
)
FILE_PLAIN_TEXT = _error(
    "file-is-plain-text",
    Text("是文本文件", "A text file"),
    Text("这个文件是{found}，没有工作表、格式和公式。", "This file is {found}; it has no sheets, formats or formulas."),
    Text("请用 Excel 或 WPS 打开，把数据填入下发的模板并存为 .xlsx 后提交。", "Open it in Excel or WPS, put its data into the template that you were sent and save that as .xlsx."),
)
FILE_EMPTY = _error(
    "file-empty",
    Text("空文件", "Empty file"),
    Text("这个文件是空的（0 字节）。", "This file is empty (0 bytes)."),
    Text("请重新发送原文件。", "Send the original again."),
)
FILE_ENCRYPTED = _error(
    "file-encrypted",
    Text("有打开密码", "Password needed"),
    Text("这个工作簿设有打开密码。", "This workbook is protected by a password for opening."),
    Text("请取消密码后重新提交，或把密码告诉顾问（命令行选项 --password）。", "Remove the password and send it again, or tell the consultant the password (option --password)."),
)
FILE_LOCKED = _error(
    "file-locked",
    Text("有打开密码", "Password needed"),
    Text("这个文件设有打开密码；这种格式加密后程序无法读取，给出密码也不行。", "This file is protected by a password; in this format it cannot be read, even with the password."),
    Text("请取消密码，或另存为带密码的 .xlsx，再重新提交。", "Remove the password, or save it as an .xlsx with a password, and send it again."),
)
FILE_WRONG_PASSWORD = _error(
    "file-wrong-password",
    Text("密码不对", "Wrong password"),
    Text("给出的密码都打不开这个工作簿。", "None of the passwords given opens this workbook."),
    Text("请核对密码（注意大小写、全角半角），或取消密码后重新提交。", "Check the password (capitals, full-width characters), or remove it and send the workbook again."),
)
FILE_TEMPORARY = _error(
    "file-temporary",
    Text("临时文件", "Temporary file"),
    Text("这是办公软件打开工作簿时生成的临时文件，不是工作簿。", "This is a temporary file that an office program made while a workbook was open, not the workbook."),
    Text("请关闭打开着的工作簿，提交工作簿本身。", "Close the open workbook and send the workbook itself."),
)
FILE_NOT_REGULAR = _error(
    "file-not-regular",
    Text("不是普通文件", "Not a regular file"),
    Text("这里不是普通文件，而是{found}。", "This is not a regular file but {found}."),
    Text("请把工作簿文件本身放到这里。", "Put the workbook file itself here."),
)
FILE_UNREADABLE = _error(
    "file-unreadable",
    Text("打不开文件", "File cannot be opened"),
    Text("系统不让读这个文件：{reason}。", "The system does not let this file be read: {reason}."),
    Text("请确认文件存在、有读取权限、没有被其他程序独占。", "See that the file exists, may be read by you and is not locked by another program."),
)
FILE_CHANGING = _error(
    "file-changing",
    Text("文件正在写入", "File being written"),
    Text("读取时文件还在变化，可能正在复制或保存。", "The file changed while it was read; it is probably being copied or saved."),
    Text("请等复制或保存完成后再运行。", "Run again when copying or saving has finished."),
)
FILE_UNSAFE = _error(
    "file-unsafe",
    Text("文件结构可疑", "Suspicious file"),
    Text("文件的内部结构不正常，为安全起见没有读取：{detail}。", "The inner structure of the file is not that of a genuine workbook, so it was not read: {detail}."),
    Text("请在 Excel 或 WPS 中打开原文件，另存一份后提交。", "Open the original in Excel or WPS, save a copy and send that."),
)
FILE_WITHOUT_SHEETS = _error(
    "file-without-sheets",
    Text("没有工作表", "No worksheets"),
    Text("工作簿里没有可读的工作表。", "The workbook has no worksheet that can be read."),
    Text("请确认发送的是填好的工作簿，另存一份后重新提交。", "See that this is the workbook you filled in; save a copy and send that."),
)
FILE_OTHER_FORMAT = _note(
    "file-other-format",
    Text("格式与扩展名不符", "Extension differs from content"),
    Text("文件名以 {extension} 结尾，内容其实是 {found}；已按内容读取。", "The name ends in {extension}, the content is {found}; it was read by its content."),
    Text("无需处理；下次请另存为 .xlsx。", "Nothing to do; next time save it as .xlsx."),
)
FILE_VALUES_ONLY = _note(
    "file-values-only",
    Text("只读到数值", "Values only"),
    Text("{found} 格式只能读出数值，读不出公式。", "From the format {found} only values can be read, not formulas."),
    Text("如需保留公式，请另存为 .xlsx 后提交。", "If the formulas matter, save it as .xlsx and send that."),
)

# how much it holds; each limit is an attribute of intake.limits.Limits

_RAISE = Text(
    "请删去无关内容后另存再提交；如确属正常，顾问可用命令行选项 --limit {option}=… 放宽（现为 {limit}）。",
    "Remove what does not belong there, save and send it again; if it is genuine, the consultant can raise the limit: --limit {option}=… (now {limit}).",
)


def _limit(code: str, title: Text, message: Text) -> FindingType:
    return _error(code, title, message, _RAISE)


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
    Text("读取这个文件需要的内存超过 {limit}，或读取程序因它中止。", "Reading this file needs more than {limit} of memory, or made the reading program stop."),
)
READING_TOO_SLOW = _limit(
    "reading-too-slow",
    Text("读取时间过长", "Reading takes too long"),
    Text("读取这个文件超过 {limit} 秒。", "Reading this file takes more than {limit} seconds."),
)

# --- the sheets -------------------------------------------------------------------------------------------------------

SHEET_SKIPPED = _note(
    "sheet-skipped",
    Text("不是表格", "Not a table sheet"),
    Text("这一页是{found}，没有单元格，未读取。", "This sheet is {found}; it has no cells and was not read."),
    Text("无需处理。", "Nothing to do."),
)
SHEET_UNREADABLE = _error(
    "sheet-unreadable",
    Text("工作表缺失", "Sheet missing"),
    Text("工作簿列有这张工作表，文件里却没有它的内容。", "The workbook lists this sheet, but the file does not hold its content."),
    Text("请在 Excel 或 WPS 中打开检查，另存一份后提交。", "Open it in Excel or WPS, see that the sheet is there, save a copy and send that."),
)
CELLS_LOST = _error(
    "cells-lost",
    Text("单元格读漏", "Cells lost"),
    Text("文件里有 {stored} 个有内容的单元格，只读出 {delivered} 个。", "The file holds {stored} cells with content, {delivered} were read."),
    Text("请另存一份后重新提交；如仍如此，请联系顾问。", "Save a copy and send that; if it happens again, tell the consultant."),
)

# --- single cells -----------------------------------------------------------------------------------------------------

CELL_INVALID = _error(
    "cell-invalid",
    Text("单元格内容无效", "Invalid cell content"),
    Text("单元格里存的“{raw}”{reason}。", "The cell holds “{raw}”, {reason}."),
    Text("请重新填写这个单元格。", "Type this cell again."),
)
CELL_BEYOND_GRID = _error(
    "cell-beyond-grid",
    Text("单元格位置无效", "Cell outside the sheet"),
    Text("有内容存在不可能的位置“{address}”，未读取：“{raw}”。", "Content is stored at the impossible address “{address}” and was not read: “{raw}”."),
    Text("请在 Excel 或 WPS 中打开检查，另存一份后提交。", "Open it in Excel or WPS, check it, save a copy and send that."),
)
CELL_TWICE = _error(
    "cell-twice",
    Text("单元格重复", "Cell stored twice"),
    Text("文件里这个单元格存了两次：“{kept}”（已采用）和“{dropped}”。", "The file holds this cell twice: “{kept}” (taken) and “{dropped}”."),
    Text("请重新填写这个单元格并另存。", "Type this cell again and save the workbook."),
)
CELL_FORMULA_LOST = _warning(
    "cell-formula-lost",
    Text("公式缺失", "Formula missing"),
    Text("这个单元格原有公式，但文件里没有存下公式本身；已按保存的数值读取。", "This cell had a formula, but the file does not hold the formula itself; the stored value was read."),
    Text("请核对数值，或重新输入公式后另存。", "Check the value, or type the formula again and save."),
)
CELLS_MORE_LIKE_IT = _warning(
    "cells-more-like-it",
    Text("同类问题还有", "More of the same"),
    Text("除已列出的以外，同类问题（{title}）还有 {count} 处。", "Besides those listed there are {count} more of the same kind ({title})."),
    Text("请先改正已列出的，再提交检查其余。", "Mend those listed first, then send it again to see the rest."),
)
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
NUMBER_WITH_UNIT = _note(
    "number-with-unit",
    Text("数字带单位", "Number with a unit in the same cell"),
    Text("“{typed}”中写有单位，已读作 {value} {unit}。", "“{typed}” holds a unit; it was read as {value} {unit}."),
    Text("无需处理；建议只填数字，单位填在单位列。", "Nothing to do; better type the number only, and its unit in the unit column."),
)
NUMBER_PER_UNIT = _warning(
    "number-per-unit",
    Text("数字带“每……”", "Number that is per something"),
    Text("“{typed}”写的是每“{per}”的量，已读作 {value} {unit}。", "“{typed}” is an amount per “{per}”; it was read as {value} {unit}."),
    Text("请核对数据口径（每功能单位、全年合计）是否与此一致，并只填数字。", "Check that the basis (per functional unit, annual total) says the same, and type the number only."),
)
NUMBER_ONE_COMMA = _warning(
    "number-one-comma",
    Text("逗号含义待核对", "Comma to be checked"),
    Text("“{typed}”中的逗号按千位分隔读取，得 {value}。", "The comma of “{typed}” was read as a thousands separator: {value}."),
    Text("如逗号是小数点，请改为小数点；否则请去掉逗号。", "If it is a decimal comma, type a decimal point; if not, leave the comma out."),
)
NUMBER_SEPARATORS_UNCLEAR = _error(
    "number-separators-unclear",
    Text("分隔符含义不明", "Unclear separators"),
    Text("“{typed}”中的逗号、点或空格可以有两种读法，未读取。", "The commas, points or spaces of “{typed}” can be read in two ways; it was not read."),
    Text("请只用一个小数点，不用千位分隔符。", "Use one decimal point and no thousands separator."),
)
NUMBER_APPROXIMATE = _warning(
    "number-approximate",
    Text("约数", "Approximate number"),
    Text("“{typed}”是约数，已按 {value} 计算。", "“{typed}” is approximate; {value} was used."),
    Text("有准确数时请填准确数；否则请在备注中说明依据。", "Type the exact figure if there is one; otherwise say in the remark where it comes from."),
)
NUMBER_WITH_TOLERANCE = _warning(
    "number-with-tolerance",
    Text("带公差的数", "Number with a tolerance"),
    Text("“{typed}”带有公差（{low} 至 {high}），已按 {value} 计算。", "“{typed}” has a tolerance ({low} to {high}); {value} was used."),
    Text("请填实际的平均值。", "Type the actual mean."),
)
NUMBER_IS_RANGE = _error(
    "number-is-range",
    Text("填的是范围", "A range, not a number"),
    Text("“{typed}”是一个范围，不能确定取哪个数。", "“{typed}” is a range; which figure holds is not certain."),
    Text("请填一个数：实际值或平均值。", "Type one number: the actual value or the mean."),
)
NUMBER_IS_BOUND = _error(
    "number-is-bound",
    Text("填的是上限或下限", "A limit, not a number"),
    Text("“{typed}”只说明了上限或下限，不是一个确定的数。", "“{typed}” gives a limit only, not a definite number."),
    Text("请填实际值；低于检出限的请填采用的值并在备注说明。", "Type the actual value; where it is below a detection limit, type the value to use and say so in the remark."),
)
NUMBER_IN_BRACKETS = _warning(
    "number-in-brackets",
    Text("括号中的数", "Number in brackets"),
    Text("“{typed}”整个写在括号里，按会计写法读作 {value}。", "“{typed}” is in brackets; it was read as {value}, as accountants write negative numbers."),
    Text("如不是负数，请去掉括号。", "If it is not negative, leave the brackets out."),
)
NUMBER_WITH_REMARK = _warning(
    "number-with-remark",
    Text("数字后有说明", "Number with a remark"),
    Text("“{typed}”已读作 {value}，括号中的说明“{remark}”未参与计算。", "“{typed}” was read as {value}; the remark “{remark}” was not used."),
    Text("请核对该说明不改变数量，并移到备注列。", "Check that the remark does not change the amount, and move it to the remark column."),
)
NUMBER_IS_EXPRESSION = _error(
    "number-is-expression",
    Text("填的是算式", "A calculation, not a number"),
    Text("“{typed}”是一个没有算出结果的算式。", "“{typed}” is a calculation without its result."),
    Text("请填计算结果；或以“=”开头写成公式，并把单元格格式改为“常规”。", "Type the result; or begin it with “=” in a cell of the format General, so that it is calculated."),
)
NUMBER_UNIT_UNKNOWN = _error(
    "number-unit-unknown",
    Text("数字后的文字看不懂", "Unknown words after a number"),
    Text("“{typed}”中的“{unit}”不是已知的单位，该数未读取。", "“{unit}” in “{typed}” is no known unit; the number was not read."),
    Text("请只填数字，单位从单位列的列表中选择，其他说明写在备注列。", "Type the number only, choose its unit from the list of the unit column, and put anything else in the remark."),
)
NUMBER_CONVERTED = _note(
    "number-converted",
    Text("已换算单位", "Unit converted"),
    Text("“{typed}”已换算为 {value} {unit}。", "“{typed}” was converted to {value} {unit}."),
    Text("无需处理；建议只填数字，按单位列的单位填写。", "Nothing to do; better type the number only, in the unit of the unit column."),
)
NUMBER_UNIT_MISFIT = _error(
    "number-unit-misfit",
    Text("单位与此处不符", "Unit that does not fit here"),
    Text("“{typed}”的单位是 {unit}，这里应为 {wanted}，不能换算。", "“{typed}” is in {unit}; {wanted} is wanted here, and there is no conversion."),
    Text("请核对单位，只填以 {wanted} 计的数字。", "Check the unit, and type the number in {wanted} only."),
)
NUMBER_SCALED_TWICE = _error(
    "number-scaled-twice",
    Text("“万”可能重复", "万 may be meant once"),
    Text("数量“{typed}”中有“万”或“亿”，单位 {wanted} 中也有，不能确定是否重复。", "The amount “{typed}” holds 万 or 亿, and so does the unit {wanted}; whether both are meant is not certain."),
    Text("请只填数字，“万”只写在单位里。", "Type the number only, and leave 万 to the unit."),
)
UNIT_BY_CONVENTION = _warning(
    "unit-by-convention",
    Text("单位按惯例读取", "Unit read by convention"),
    Text("“{typed}”：{convention}。", "“{typed}”: {convention}."),
    Text("如不符，请改用没有歧义的单位。", "If that is not meant, use a unit that can be read in one way only."),
)
NUMBER_ONE_OR_DASH = _error(
    "number-one-or-dash",
    Text("“一”含义不明", "“一” can be one or a dash"),
    Text("“{typed}”可能是数字“一”，也可能是横线。", "“{typed}” can be the numeral one or a dash."),
    Text("是 1 请填 1；没有数据请留空并在备注说明。", "Type 1 if it is one; leave the cell blank and remark why if there is no figure."),
)
DATE_AS_TEXT = _note(
    "date-as-text",
    Text("文本日期", "Date stored as text"),
    Text("“{typed}”已读作日期 {value}。", "“{typed}” was read as the date {value}."),
    Text("无需处理；如读错，请按“年-月-日”改填，例如 2025-01-01。", "Nothing to do; if it was misread, type it as year-month-day, such as 2025-01-01."),
)
DATE_AS_SERIAL = _note(
    "date-as-serial",
    Text("日期显示为序号", "Date shown as a serial number"),
    Text("{typed} 是日期序号，已读作 {value}。", "{typed} is a date's serial number; it was read as {value}."),
    Text("无需处理；把单元格格式改为“日期”即可正常显示。", "Nothing to do; with the cell's format set to Date it shows as a date."),
)
DATE_COMPLETED = _note(
    "date-completed",
    Text("日期没有写到日", "Date without its day"),
    Text("“{typed}”没有写到日，已按 {value} 读取。", "“{typed}” names no day; it was read as {value}."),
    Text("无需处理；如不符，请写出年、月、日。", "Nothing to do; if that is not what is meant, type year, month and day."),
)
DATE_IS_PERIOD = _warning(
    "date-is-period",
    Text("填的是一段时间", "A period, not a date"),
    Text("“{typed}”是一段时间，已取 {value}。", "“{typed}” is a period; {value} was taken."),
    Text("请核对，并只填一个日期。", "Please check, and type one date only."),
)
DATE_AMBIGUOUS = _error(
    "date-ambiguous",
    Text("日期有两种读法", "Date with two readings"),
    Text("“{typed}”可以读成 {first} 或 {second}。", "“{typed}” can be {first} or {second}."),
    Text("请按“年-月-日”填写，例如 2025-01-31。", "Type it as year-month-day, such as 2025-01-31."),
)
DATE_IMPOSSIBLE = _error(
    "date-impossible",
    Text("不存在的日期", "Impossible date"),
    Text("“{typed}”：没有这一天。", "“{typed}”: there is no such day."),
    Text("请核对年、月、日。", "Check year, month and day."),
)
DATE_IMPLAUSIBLE = _error(
    "date-implausible",
    Text("年份不合理", "Implausible year"),
    Text("日期 {typed} 的年份不合理。", "The date {typed} has an implausible year."),
    Text("如果要填的是年份（如 2025），请把单元格格式改为“常规”后重填。", "If a year such as 2025 was meant, set the cell's format to General and type it again."),
)
DATE_WITHOUT_YEAR = _error(
    "date-without-year",
    Text("日期没有年份", "Date without a year"),
    Text("“{typed}”没有写年份。", "“{typed}” names no year."),
    Text("请写出年、月、日，例如 2025-01-31。", "Type year, month and day, such as 2025-01-31."),
)
NOT_A_DATE = _error(
    "not-a-date",
    Text("不是日期", "Not a date"),
    Text("“{typed}”不是一个确定的日期。", "“{typed}” is not a definite date."),
    Text("请按“年-月-日”填写，例如 2025-01-31。", "Type it as year-month-day, such as 2025-01-31."),
)
VALUE_PENDING = _error(
    "value-pending",
    Text("待补充", "Still to come"),
    Text("“{typed}”：这一项还没有数据。", "“{typed}”: this figure is still missing."),
    Text("请补充；确实没有数据时，请在备注说明原因。", "Please fill it in; if there is no figure, say why in the remark."),
)
SAME_AS_ABOVE_READ = _note(
    "same-as-above-read",
    Text("“同上”已读取", "Same as above, read"),
    Text("“{typed}”已按上一行读作“{value}”。", "“{typed}” was read as the row above says: “{value}”."),
    Text("无需处理；建议写出内容，排序后就不会错位。", "Nothing to do; better write it out, so that sorting changes nothing."),
)
VALUE_SAME_AS_ABOVE = _error(
    "value-same-as-above",
    Text("写的是“同上”", "Same as above"),
    Text("“{typed}”：这里需要写出数或日期本身。", "“{typed}”: the figure or the date itself is wanted here."),
    Text("请填写与上一行相同的内容。", "Type what stands in the row above."),
)
VALUE_ELSEWHERE = _error(
    "value-elsewhere",
    Text("写在别处", "Stands elsewhere"),
    Text("“{typed}”：数据写在别处，未读取。", "“{typed}”: the figure stands elsewhere and was not read."),
    Text("请把数填在这个单元格里。", "Type the figure itself into this cell."),
)
FORMULA_NOT_CALCULATED = _error(
    "formula-not-calculated",
    Text("公式没有结果", "Formula without a result"),
    Text("公式“{typed}”没有保存计算结果。", "The formula “{typed}” was saved without its result."),
    Text("请在 Excel 或 WPS 中打开，按 F9 重算后保存再提交。", "Open the workbook in Excel or WPS, press F9, save it and send it again."),
)
FORMULA_RECALCULATED = _note(
    "formula-recalculated",
    Text("公式已重新计算", "Formula calculated here"),
    Text("公式“{formula}”没有保存计算结果，由程序算得 {value}。", "The formula “{formula}” was saved without its result; the program worked it out: {value}."),
    Text("请核对；在 Excel 或 WPS 中打开并保存一次，结果就会存入。", "Please check; opened and saved once in Excel or WPS, it keeps its result."),
)
BOOLEAN_FOR_NUMBER = _error(
    "boolean-for-number",
    Text("填的是逻辑值", "TRUE or FALSE for a number"),
    Text("单元格的值是 {typed}，不是数。", "The cell holds {typed}, which is no number."),
    Text("请填数字。", "Type the number."),
)
DATE_FOR_NUMBER = _error(
    "date-for-number",
    Text("填的是日期", "A date for a number"),
    Text("“{typed}”是日期，这里应填数。", "“{typed}” is a date where a number belongs."),
    Text("请把单元格格式改为“常规”，重新填数（如 1.5、3-2 会被 Excel 自动变成日期）。", "Set the cell's format to General and type the number again (Excel makes dates of 3-2 and the like by itself)."),
)
INVALID_VALUE = _error(
    "invalid-value",
    Text("无效内容", "Invalid content"),
    Text("单元格内容“{typed}”不是有效的值。", "The cell's content “{typed}” is no valid value."),
    Text("请重新填写这个单元格。", "Type this cell again."),
)

# --- the template in the workbook: sheets, tables, headings -----------------------------------------------------------

NOT_OUR_TEMPLATE = _error(
    "not-our-template",
    Text("不是数据收集表", "Not the data-collection template"),
    Text("在这个工作簿中找不到数据收集表的任何表格。", "No table of the data-collection template was found in this workbook."),
    Text("请使用我们发送的数据收集表填写；如数据在别的表里，请复制到收集表中。", "Please use the template that we sent; if the data are in another workbook, copy them into the template."),
)
FOUND_BY_NAME = _note(
    "found-by-name",
    Text("按名称识别", "Found by its names"),
    Text("隐藏的标记已丢失，这张表按工作簿中定义的名称识别。", "The hidden marks are gone; this sheet was read by the workbook's defined names."),
    Text("请核对读出的数据是否齐全。", "Please check that everything was read."),
)
FOUND_BY_LABEL = _note(
    "found-by-label",
    Text("按标题识别", "Found by its headings"),
    Text("隐藏的标记已丢失，这张表按标题文字识别。", "The hidden marks are gone; this sheet was read by its headings."),
    Text("请核对读出的数据是否齐全。", "Please check that everything was read."),
)
HEADING_DISAGREES = _error(
    "heading-disagrees",
    Text("列标题与列不符", "Heading and column disagree"),
    Text("这一列原为“{expected}”，现在的标题是“{typed}”，无法确定列中数据的含义。", "This column was “{expected}” and is now headed “{typed}”: what its data mean is not certain."),
    Text("请恢复原来的列标题，并确认数据填在正确的列。", "Restore the heading and make sure that the data are in the right column."),
)
HEADING_UNKNOWN = _error(
    "heading-unknown",
    Text("列标题被改写", "Heading retyped"),
    Text("这一列原为“{expected}”，现在的标题是“{typed}”，不能确定列中填的是不是同一项。", "This column was “{expected}” and is now headed “{typed}”: whether it still holds the same is not certain."),
    Text("请恢复原来的列标题；如果填的是别的内容，请移到备注列。", "Restore the heading; if the column holds something else, move that to the remarks."),
)
HEADING_CHANGED = _warning(
    "heading-changed",
    Text("列标题被改写", "Heading retyped"),
    Text("这一列原为“{expected}”，现在的标题是“{typed}”，仍按“{expected}”读取。", "This column was “{expected}” and is now headed “{typed}”; it was read as “{expected}”."),
    Text("请核对；建议恢复原来的列标题。", "Please check, and better restore the heading."),
)
HEADINGS_GONE = _note(
    "headings-gone",
    Text("列标题已删除", "Headings deleted"),
    Text("表格的列标题行不见了，各列按隐藏的标记识别。", "The row of headings is gone; the columns were told apart by the hidden marks."),
    Text("请核对读出的数据；建议恢复列标题。", "Please check what was read, and better restore the headings."),
)
COLUMN_TWICE = _error(
    "column-twice",
    Text("同一列有两份", "A column appears twice"),
    Text("“{heading}”有两列，只读取了 {taken} 列；这一列的内容没有读取。", "There are two columns “{heading}”; only column {taken} was read, and this one was not."),
    Text("请只保留一列，或把另一列的标题改成它的实际内容。", "Keep one of them, or head the other one as what it holds."),
)
COLUMN_MISSING = _error(
    "column-missing",
    Text("缺少列", "Column missing"),
    Text("这张表缺少“{heading}”列。", "This table has no column “{heading}”."),
    Text("请把这一列加回来，标题照原样填写；或使用我们发送的收集表。", "Put the column back under its heading, or use the template that we sent."),
)
TABLE_UNCLEAR = _error(
    "table-unclear",
    Text("分不清是哪张表", "Which table is it?"),
    Text("从列标题看，这可能是以下任一张表：{tables}；数据没有读取。", "By its headings this could be any of: {tables}; its data were not read."),
    Text("请在表的上方写明表名，或把工作表改回原来的名称。", "Put the table's title above it, or give the sheet its former name."),
)
DATA_NOT_READ = _error(
    "data-not-read",
    Text("数据未读取", "Data not read"),
    Text("有 {count} 行像是数据，但在表格之外，没有被读取：第 {rows} 行。", "Looks like data but stands outside the tables and was not read: row {rows} ({count} in all)."),
    Text("请把它们移到列标题之下；如果不是核算数据，请删除或移到备注列。", "Move them below the table's headings; if they are no data for the study, delete them or move them to the remarks."),
)
LABEL_DISAGREES = _error(
    "label-disagrees",
    Text("标签与位置不符", "Label and place disagree"),
    Text("这一行原为“{expected}”，现在的标签是“{typed}”，无法确定填的是哪一项。", "This row was “{expected}” and is now labelled “{typed}”: which of them is given is not certain."),
    Text("请恢复原来的标签，并确认内容填在正确的行。", "Restore the label and make sure that the content is in the right row."),
)
ROW_TWICE = _error(
    "row-twice",
    Text("同一行有两份", "A row appears twice"),
    Text("“{label}”在第 {other} 行已有，这一行没有读取。", "“{label}” stands in row {other} already; this row was not read."),
    Text("请只保留一行。", "Keep one of them."),
)
VALUE_BEHIND_LABEL = _note(
    "value-behind-label",
    Text("填在标签格里", "Typed into the label's cell"),
    Text("内容填在了标签格里，已读作“{value}”。", "The content stands in the label's cell; it was read as “{value}”."),
    Text("无需处理；下次请填在标签右边的格里。", "Nothing to do; next time type it into the cell to the right."),
)
MERGED_REPEATED = _note(
    "merged-repeated",
    Text("合并单元格", "Merged cells"),
    Text("“{heading}”第 {first} 至 {last} 行合并，内容按适用于其中每一行读取。", "“{heading}” is merged over rows {first} to {last}; its content was read for each of them."),
    Text("请核对；建议取消合并，逐行填写。", "Please check; better unmerge the cells and fill in each row."),
)
MERGED_NUMBER = _error(
    "merged-number",
    Text("数字单元格合并", "Merged number"),
    Text("“{heading}”第 {first} 至 {last} 行合并为一个数，不能确定怎样分到各行。", "“{heading}” is one number merged over rows {first} to {last}: how it is divided among them is not certain."),
    Text("请取消合并，在每一行填写自己的数。", "Unmerge the cells and give each row its own number."),
)
MERGED_ACROSS = _warning(
    "merged-across",
    Text("跨列合并", "Merged across columns"),
    Text("这里跨 {count} 列合并，内容按“{heading}”读取，其余列为空。", "{count} columns are merged here; the content was read as “{heading}”, the others are blank."),
    Text("请核对；建议取消合并，各列分别填写。", "Please check; better unmerge the cells and fill in each column."),
)
CONTENT_UNDER_MERGE = _error(
    "content-under-merge",
    Text("合并区域下藏有内容", "Content under merged cells"),
    Text("合并的单元格下面还藏着“{typed}”，看不见，没有读取。", "Under the merged cells lies “{typed}”, which nobody sees; it was not read."),
    Text("请取消合并，核对每个单元格的内容。", "Unmerge the cells and check what each of them holds."),
)
HIDDEN_COLUMNS = _note(
    "hidden-columns-read",
    Text("隐藏的列已读取", "Hidden columns are read"),
    Text("隐藏的列中有内容，照常读取：{columns} 列。", "Hidden columns hold content and are read: {columns}."),
    Text("如果不应计入，请清除其中的内容。", "If they should not count, clear them."),
)
HIDDEN_SHEET = _warning(
    "hidden-sheet-read",
    Text("隐藏的工作表已计入", "Hidden sheet is counted"),
    Text("这张工作表是隐藏的，其中的数据照常计入。", "This sheet is hidden; its data are counted."),
    Text("如果不应计入，请清除其中的数据。", "If they should not count, clear them."),
)
TEMPLATE_OLDER = _note(
    "template-older",
    Text("旧版收集表", "Older template"),
    Text("这是 {version} 版的收集表，现行版本是 {own}；旧版的内容已全部读取。", "This is the template of version {version}; the present one is {own}. What the older one asks was read."),
    Text("无需处理；可用 template --from 把内容移到现行版本。", "Nothing to do; template --from moves its content into the present version."),
)
TEMPLATE_NEWER = _warning(
    "template-newer",
    Text("收集表比程序新", "Template newer than the program"),
    Text("这是 {version} 版的收集表，程序只认识到 {own} 版，新增的内容可能没有读取。", "This is the template of version {version}; this program knows versions up to {own}, and what is new may not be read."),
    Text("请更新程序后重新处理。", "Update the program and run it again."),
)
FIELD_TWICE = _error(
    "field-twice",
    Text("同一项填了两处", "Given twice"),
    Text("这一项在 {other} 也有，两处内容不同。", "This item also stands at {other}, with other content."),
    Text("请只保留一处，或改为一致。", "Keep one of them, or make them agree."),
)
TABLE_TWICE = _error(
    "table-twice",
    Text("同一张表有两份", "A table appears twice"),
    Text("这张表在“{other}”中也有一份，数据不同；只读取了“{other}”。", "This table also stands on “{other}” with other data; only “{other}” was read."),
    Text("请删除多余的一份，或把数据合并到“{other}”。", "Delete one of them, or move its rows to “{other}”."),
)
SHEET_COPIED = _note(
    "sheet-copied",
    Text("工作表重复", "Copied sheet"),
    Text("与“{other}”的数据完全相同，只计算一次。", "It holds the same data as “{other}” and is counted once."),
    Text("无需处理；可以删除这一份。", "Nothing to do; this copy may be deleted."),
)
SHEET_NOT_READ = _warning(
    "sheet-not-read",
    Text("工作表未读取", "Sheet not read"),
    Text("这张工作表不属于数据收集表，其中 {count} 个单元格没有被读取。", "This sheet is no part of the template; its cells with content ({count}) were not read."),
    Text("如果其中有需要核算的数据，请填到收集表对应的页签。", "If it holds data for the study, enter them on the template's sheets."),
)
HIDDEN_SHEET_NOT_READ = _note(
    "hidden-sheet-not-read",
    Text("隐藏的工作表未读取", "Hidden sheet not read"),
    Text("这张隐藏的工作表不属于数据收集表，其中有内容的单元格（{count} 个）没有被读取。", "This hidden sheet is no part of the template; its cells with content ({count}) were not read."),
    Text("如果其中有需要核算的数据，请填到收集表对应的页签。", "If it holds data for the study, enter them on the template's sheets."),
)
WORDS_ROW = _note(
    "words-row",
    Text("说明行未计入", "Remark below the table"),
    Text("这一行是说明文字，没有当作数据：“{typed}”。", "This row is a remark and was not taken as data: “{typed}”."),
    Text("无需处理；如果是一行数据，请去掉开头的“注：”一类字样并填写完整。", "Nothing to do; if it is a line of data, take away the word in front and fill in the row."),
)
COMMENT_NOT_READ = _note(
    "comment-not-read",
    Text("批注、文本框未读取", "Comment or text box not read"),
    Text("这张工作表上的批注、文本框（{count} 个）没有被读取，例如“{typed}”。", "Comments and text boxes on this sheet ({count}) were not read, for example “{typed}”."),
    Text("如果其中有数据，请填到表格中；有说明，请写在备注列。", "If they hold data, enter them in the tables; if explanations, in the column Remark."),
)
CONTENT_NOT_READ = _warning(
    "content-not-read",
    Text("内容未读取", "Content not read"),
    Text("有 {count} 个单元格在表格之外，没有被读取：{cells}（“{sample}”）。", "Not read, as it stands outside the tables (cells: {count}): {cells} (“{sample}”)."),
    Text("如果是核算数据，请移到表格中对应的列；如果是说明，请填在备注列。", "If they are data, move them into the columns of the table; if remarks, into the column Remark."),
)

# --- what a cell should hold ------------------------------------------------------------------------------------------

REQUIRED_EMPTY = _error(
    "required-empty",
    Text("必填项为空", "Required and empty"),
    Text("“{field}”没有填写。", "“{field}” is empty."),
    Text("请填写“{field}”。{help}", "Please fill in “{field}”. {help}"),
)
RECOMMENDED_EMPTY = _warning(
    "recommended-empty",
    Text("报告需要的内容为空", "Wanted for the report"),
    Text("“{field}”没有填写，不影响计算，但报告需要。", "“{field}” is empty; the figures stand, but the report wants it."),
    Text("请补充“{field}”。{help}", "Please add “{field}”. {help}"),
)
CHOICE_UNKNOWN = _error(
    "choice-unknown",
    Text("不在选项中", "Not one of the choices"),
    Text("“{typed}”不是“{field}”的选项。", "“{typed}” is not a choice of “{field}”."),
    Text("请从下列选项中选择：{choices}。", "Please choose one of: {choices}."),
)
UNDERSTOOD_AS = _note(
    "understood-as",
    Text("按含义理解", "Understood by its meaning"),
    Text("“{typed}”已理解为“{value}”。", "“{typed}” was understood as “{value}”."),
    Text("无需处理；如理解有误，请改填。", "Nothing to do; if it was misunderstood, please correct it."),
)
CELL_ERROR = _error(
    "cell-error",
    Text("公式出错", "Formula error"),
    Text("单元格显示 {typed}，公式已失效。", "The cell shows {typed}: its formula no longer works."),
    Text("请改正公式，或直接填数字。", "Mend the formula, or type the number."),
)
OUT_OF_RANGE = _error(
    "out-of-range",
    Text("超出允许范围", "Out of range"),
    Text("“{field}”为 {typed}，应{limit}。", "“{field}” is {typed}; it should be {limit}."),
    Text("请核对并改正。", "Please check and correct it."),
)

# --- products, plants, period, boundary, settings ---------------------------------------------------------------------

NO_PRODUCT = _error(
    "no-product",
    Text("没有产品", "No product"),
    Text("“产品”表中没有填写任何产品。", "No product is given in the table Products."),
    Text("请在“基本信息”的“产品”表中至少填写一个产品及其功能单位。", "Give at least one product with its functional unit in the sheet Basics."),
)
PRODUCT_TWICE = _error(
    "product-twice",
    Text("产品重名", "Two products of one name"),
    Text("产品“{name}”在表中出现了两次，其他表无法区分。", "The product “{name}” appears twice; other sheets cannot tell them apart."),
    Text("请用规格型号区分产品名称。", "Tell them apart by adding the model to the name."),
)
PRODUCT_UNKNOWN = _error(
    "product-unknown",
    Text("产品不在产品表中", "Unknown product"),
    Text("“{typed}”不在“基本信息”的产品表中。", "“{typed}” is not in the table of products on Basics."),
    Text("请从列表中选择产品；适用于所有产品的请留空。", "Choose a product from the list; leave blank if the row applies to all."),
)
PLANT_UNKNOWN = _error(
    "plant-unknown",
    Text("工厂不在工厂表中", "Unknown plant"),
    Text("“{typed}”不在“工厂与产量”的工厂表中。", "“{typed}” is not in the table of plants."),
    Text("请从列表中选择工厂，或先在“工厂与产量”中添加。", "Choose a plant from the list, or add it on the sheet Plants first."),
)
PLANT_MISSING = _error(
    "plant-missing",
    Text("没有指明工厂", "No plant named"),
    Text("这是全厂合计，但有 {count} 个工厂，没有指明是哪一个。", "This is a plant total, but there are {count} plants and none is named."),
    Text("请在“工厂”列选择工厂。", "Choose the plant in the column Plant."),
)
PLANT_WITHOUT_PRODUCTS = _error(
    "plant-without-products",
    Text("没有列出工厂的产品", "Plant without products"),
    Text("用到了全厂合计，但没有列出“{plant}”生产的产品和产量，无法分摊。", "Plant totals are used, but the products and output of “{plant}” are not listed: they cannot be divided."),
    Text("请在“工厂与产量”中列出该厂全部产品及年产量。", "List all products of the plant with their annual output on the sheet Plants."),
)
PLANT_IMPLIED = _note(
    "plant-implied",
    Text("按单一工厂处理", "Taken as one plant"),
    Text("没有填写“工厂与产量”，全厂合计全部归于唯一的产品“{product}”。", "The sheet Plants is empty: plant totals are taken as wholly for the one product “{product}”."),
    Text("如果该厂还生产其他产品，请在“工厂与产量”中列出。", "If the plant makes other products too, list them on the sheet Plants."),
)
PRODUCT_SIMILAR = _error(
    "product-similar",
    Text("产品名称不一致", "Product's name differs"),
    Text("“{typed}”像是本次核算的“{product}”，但名称不完全相同；如果是同一产品，分摊会漏掉它。", "“{typed}” resembles “{product}” of this study but is not the same; if it is the same product, the allocation would miss it."),
    Text("同一产品请从列表中选择；不同的产品请在名称后注明型号。", "If it is the same, choose it from the list; if it is another product, add its model to the name."),
)
PLANT_MAKES_OTHERS = _error(
    "plant-makes-others",
    Text("工厂的产品中没有本次核算的产品", "Plant makes none of the study's products"),
    Text("用到了“{plant}”的全厂合计，但该厂的产品中没有本次核算的产品，无法分摊。", "Totals of “{plant}” are used, but its products are none of this study: nothing can be allocated."),
    Text("请在“工厂与产量”中补上本次核算的产品，名称与“基本信息”中的一致。", "Add the product of this study to the plant on the sheet Plants, under the name that it has on Basics."),
)
OUTPUT_MISSING = _error(
    "output-missing",
    Text("缺少年产量", "Annual output missing"),
    Text("“{product}”没有年产量，年度总量无法折算到每功能单位。", "The annual output of “{product}” is missing: annual totals cannot be brought to one unit."),
    Text("请填写统计周期内的年产量。", "Please give the output in the reference period."),
)
OUTPUT_ZERO = _error(
    "output-zero",
    Text("年产量不是正数", "Annual output is not positive"),
    Text("“{product}”的年产量为 {typed}，无法折算。", "The annual output of “{product}” is {typed}: nothing can be divided by it."),
    Text("请填写实际年产量。", "Please give the real output."),
)
OUTPUT_CONVERTED = _note(
    "output-converted",
    Text("产量已换算", "Output converted"),
    Text("产量 {typed} {unit} 已换算为 {value}。", "The output of {typed} {unit} was read as {value}."),
    Text("无需处理；如换算有误，请改填以台、套、件计的数量。", "Nothing to do; if that is wrong, give the number of pieces."),
)
OUTPUT_DISAGREES = _error(
    "output-disagrees",
    Text("产量不一致", "Outputs disagree"),
    Text("“{product}”在“基本信息”的年产量是 {stated}，各工厂合计是 {summed}。", "The annual output of “{product}” is {stated} on Basics, its plants add up to {summed}."),
    Text("请核对并改为一致。", "Please check and make them agree."),
)
WEIGHTS_MIXED = _error(
    "weights-mixed",
    Text("权重有的写作百分数，有的不是", "Weights with and without %"),
    Text("“{plant}”的分摊权重是 {weights}：像是一部分写作百分数、一部分没有写 %，无法确定。", "The weights of “{plant}” are {weights}: some seem to be percentages and some without %, which is not certain."),
    Text("请统一写法：都写成百分数（如 90%、10%），或都写成一般的数（如 90、10）。", "Write all of them alike: all as percentages (90 %, 10 %), or all as plain numbers (90, 10)."),
)
WEIGHT_MISSING = _error(
    "weight-missing",
    Text("缺少分摊权重", "Allocation weight missing"),
    Text("“{plant}”按“{basis}”分摊，但“{product}”没有填权重。", "“{plant}” is divided by “{basis}”, but “{product}” has no weight."),
    Text("请填写每件的{basis}；按件数分摊的，请把分摊依据改为“产量（件数）”。", "Give the {basis} of one piece, or choose allocation by count."),
)
REFERENCE_FLOW_MISSING = _error(
    "reference-flow-missing",
    Text("缺少基准流", "Reference flow missing"),
    Text("“{product}”的功能单位是“{unit}”，产量以“{output_unit}”计，两者不能换算，年度总量无法折算到每功能单位。", "The functional unit of “{product}” is “{unit}”, its output is counted in “{output_unit}”: they do not convert, so annual totals cannot be brought to one unit."),
    Text("请填写基准流（一个功能单位相当于多少产量单位）；收集表没有这一列时，请向咨询机构索取含“基准流”的收集表。", "State the reference flow (units of output in one functional unit); if the template has no such column, ask the consultant for one with it."),
)
REFERENCE_FLOW_TWICE = _error(
    "reference-flow-twice",
    Text("基准流两处不一致", "Reference flow stated twice"),
    Text("“{product}”的基准流填了 {first}，每产量单位的功能单位数填了 {second}，两者应互为倒数。", "The reference flow of “{product}” is {first}, the functional units per unit of output {second}: one should be 1 divided by the other."),
    Text("请只填一项，或改为一致。", "Keep one of them, or make them agree."),
)
OUTPUT_UNIT_OTHER_WORD = _warning(
    "output-unit-other-word",
    Text("产量单位与功能单位不同", "Output counted in another word"),
    Text("“{product}”的产量以“{output_unit}”计，功能单位是“{unit}”；已按一{output_unit}就是一个“{counted}”计算。", "The output of “{product}” is in {output_unit}, its unit is “{unit}”; one {output_unit} was taken as one {counted}."),
    Text("请核对并统一写法；如果一{counted}含多{output_unit}，请把产量改填为以“{counted}”计的数。", "Please check and use one word; if one {counted} is several {output_unit}, state the output in {counted}."),
)
FUNCTIONAL_UNIT_UNCLEAR = _warning(
    "functional-unit-unclear",
    Text("功能单位与产量单位未能比较", "Functional unit and output not compared"),
    Text("“{product}”的功能单位“{unit}”不是已知的计量单位，与产量单位“{output_unit}”按一比一处理。", "The functional unit “{unit}” of “{product}” is no known unit; it was taken as one to one with the output's “{output_unit}”."),
    Text("请核对；不是一比一的，请填写基准流。", "Please check; where it is not one to one, state the reference flow."),
)
PLANT_UNITS_MIXED = _warning(
    "plant-units-mixed",
    Text("产量单位不同却按件数分摊", "Outputs of different kinds divided by count"),
    Text("“{plant}”按件数分摊，各产品的产量单位却不同：{units}。", "“{plant}” is divided by count, but its outputs are counted in different units: {units}."),
    Text("请改按质量、工时或产值分摊，或统一产量单位。", "Divide by mass, hours or value, or state all outputs in one unit."),
)
PLANT_DOES_NOT_MAKE = _error(
    "plant-does-not-make",
    Text("该厂不生产此产品", "Not made at this plant"),
    Text("这一行是“{plant}”的全厂合计，所属产品是“{product}”，但该厂的产品中没有它。", "This is a total of “{plant}” for “{product}”, which is not among the products of that plant."),
    Text("请在“工厂与产量”中补充该产品，或改正工厂、所属产品。", "Add the product to the plant on the sheet Plants, or correct the plant or the product."),
)
PLANT_TOTAL_OF_ONE_PRODUCT = _warning(
    "plant-total-of-one-product",
    Text("全厂合计却指明了一种产品", "Plant total that names one product"),
    Text("这一行是“{plant}”的全厂合计，又指明了产品“{product}”：只计入了该产品分摊到的部分，其他产品没有计入。", "This is a total of “{plant}” that names “{product}”: its allocated part is counted for that product, and nothing for the others."),
    Text("数量若是该产品的全年合计，请把数据口径改为“本产品全年合计”；若是全厂的，请把所属产品留空。", "If the amount is the product's own annual total, choose that basis; if it is the plant's, leave the product blank."),
)
PERIOD_REVERSED = _error(
    "period-reversed",
    Text("统计周期颠倒", "Reference period reversed"),
    Text("统计周期的结束（{end}）早于开始（{start}）。", "The reference period ends ({end}) before it begins ({start})."),
    Text("请核对两个日期。", "Please check the two dates."),
)
PERIOD_NOT_A_YEAR = _warning(
    "period-not-a-year",
    Text("统计周期不是一年", "Reference period is not a year"),
    Text("统计周期是 {start} 至 {end}，共 {days} 天；数据按同期产量折算，不作年化。", "The reference period is {start} to {end}, {days} days; data are divided by the output of the same period and not scaled to a year."),
    Text("请确认产量与数据属于同一周期，并说明为什么不是一整年。", "Make sure that the output is of the same period, and say why it is not a year."),
)
STAGE_NOT_DECIDED = _error(
    "stage-not-decided",
    Text("没有说明是否纳入", "Stage neither in nor out"),
    Text("“{stage}”没有填写是否纳入系统边界。", "It is not said whether “{stage}” is inside the system boundary."),
    Text("请在“基本信息”的系统边界表中选择是或否。", "Choose Yes or No in the boundary table of Basics."),
)
STAGE_TAKEN_AS_OUT = _note(
    "stage-taken-as-out",
    Text("按不纳入处理", "Taken as outside"),
    Text("“{stage}”没有填写是否纳入，也没有数据，按不纳入处理。", "“{stage}” is neither marked nor filled in: it is taken as outside the boundary."),
    Text("如需纳入，请在系统边界表中选“是”并填写该页签。", "If it belongs to the study, choose Yes and fill in its sheet."),
)
STAGE_WITHOUT_DATA = _error(
    "stage-without-data",
    Text("纳入的阶段没有数据", "Stage without data"),
    Text("“{stage}”在系统边界内，但没有任何数据。", "“{stage}” is inside the boundary but has no data."),
    Text("请填写该阶段的数据；确实为零的填 0；不纳入的请在系统边界表中选“否”并说明理由。", "Fill in the stage; type 0 where it is really zero; or choose No in the boundary table and say why."),
)
STAGE_SHEET_GONE = _error(
    "stage-sheet-gone",
    Text("阶段的页签不见了", "Sheet of a stage is gone"),
    Text("“{stage}”在系统边界内，但工作簿里找不到填写它的页签。", "“{stage}” is inside the boundary, but the workbook has no sheet for it any more."),
    Text("请从原来的收集表把这个页签复制回来，填写后再提交；不纳入的请在系统边界表中选“否”并说明理由。", "Copy the sheet back from the template as you got it and fill it in; or choose No in the boundary table and say why."),
)
STAGE_OUT_WITH_DATA = _warning(
    "stage-out-with-data",
    Text("不纳入的阶段有数据", "Data on an excluded stage"),
    Text("“{stage}”标为不纳入，但填了 {count} 行数据；这些数据没有计入。", "“{stage}” is marked as outside but has {count} rows of data; they are not counted."),
    Text("请确认是否纳入。", "Please confirm whether it belongs to the study."),
)
STAGE_OUT_UNJUSTIFIED = _warning(
    "stage-out-unjustified",
    Text("不纳入的阶段没有理由", "Stage left out without a reason"),
    Text("“{stage}”不纳入系统边界，但没有写理由。", "“{stage}” is outside the boundary, and no reason is given."),
    Text("请写明理由：只有不会显著改变结论的阶段才可以不纳入。", "Say why: a stage may be left out only if that does not change the conclusions significantly."),
)
EXCLUSION_UNJUSTIFIED = _warning(
    "exclusion-unjustified",
    Text("排除的过程没有理由", "Process left out without a reason"),
    Text("“{stage}”排除了“{typed}”，但没有写理由。", "“{stage}” leaves out “{typed}”, and no reason is given."),
    Text("请写明理由，例如按取舍准则占比不足 1%。", "Say why, for instance that it is under 1 % by the cut-off criteria."),
)
STAGE_WITHOUT_DATA_OF_PRODUCT = _error(
    "stage-without-data-of-product",
    Text("这个产品在该阶段没有数据", "Product without data in a stage"),
    Text("“{stage}”在系统边界内，但没有“{product}”的数据。", "“{stage}” is inside the boundary but has no data of “{product}”."),
    Text("请填写该产品的数据（确实为零的填 0），或把适用于所有产品的行的“所属产品”留空。", "Give the product's data (0 where it is really zero), or leave the product blank on rows that apply to all."),
)
DECLARED_WITHOUT_PRODUCT = _warning(
    "declared-without-product",
    Text("已有结果未注明产品", "Earlier result without its product"),
    Text("本次核算有 {count} 个产品，这一行没有注明是哪个产品的结果，未核对。", "There are {count} products, and the row does not say whose result it is; it was not compared."),
    Text("请在“产品”列选择产品。", "Choose the product in the column Product."),
)
DECLARED_SUBJECT_UNKNOWN = _warning(
    "declared-subject-unknown",
    Text("不知道是哪个因子", "Unknown factor of a report"),
    Text("“{typed}”既不是因子库中的流，也不是 GWP，这一行没有核对。", "“{typed}” is neither a flow of the library nor GWP; the row was not checked."),
    Text("请填写电力、燃料的名称，或 GWP。", "Name electricity, a fuel, or GWP."),
)
RESULT_NOT_KNOWN = _error(
    "result-not-known",
    Text("结果无法得出", "Result not known"),
    Text("“{product}”的碳足迹无法得出：{lines} 的单位产品活动数据算不出来。", "The footprint of “{product}” cannot be worked out: the activity per unit of {lines} is not known."),
    Text("请核对这些行的产量和分摊权重：全部为 0 时无法分摊。", "Check outputs and allocation weights behind these rows: if all of them are 0, nothing can be divided."),
)
SETTING_DEFAULTED = _note(
    "setting-defaulted",
    Text("采用缺省设置", "Default setting"),
    Text("“{field}”没有填写，采用“{value}”。", "“{field}” is not set: “{value}” is used."),
    Text("请咨询机构确认。", "For the consultant to confirm."),
)
FACTOR_SET_UNKNOWN = _error(
    "factor-set-unknown",
    Text("因子集不存在", "Unknown factor set"),
    Text("因子库中没有名为“{typed}”的因子集。", "The factor library has no factor set named “{typed}”."),
    Text("请从下列名称中选择：{choices}。", "Choose one of: {choices}."),
)

# --- lines of activity data -------------------------------------------------------------------------------------------

AMOUNT_MISSING = _error(
    "amount-missing",
    Text("缺少数量", "Amount missing"),
    Text("“{item}”没有填数量。", "“{item}” has no amount."),
    Text("请填写数量；确实为零填 0。", "Give the amount; type 0 if it is really zero."),
)
AMOUNT_PENDING = _error(
    "amount-pending",
    Text("数量待定", "Amount pending"),
    Text("“{item}”的数量写的是“{typed}”。", "The amount of “{item}” is given as “{typed}”."),
    Text("请在确定后填写数量。", "Give the amount once it is known."),
)
AMOUNT_PER_PIECE = _error(
    "amount-per-piece",
    Text("数量与口径矛盾", "Amount and basis disagree"),
    Text("“{item}”的数量“{typed}”是每“{per}”的，数据口径却是“{basis}”。", "The amount of “{item}”, “{typed}”, is per “{per}”, but its basis is “{basis}”."),
    Text("请把口径改为“每功能单位”，或填写全年合计的数量。", "Choose the basis “per functional unit”, or give the annual total."),
)
AMOUNT_NEGATIVE = _error(
    "amount-negative",
    Text("数量为负", "Negative amount"),
    Text("“{item}”的数量是 {typed}。", "The amount of “{item}” is {typed}."),
    Text("请核对；回收、抵扣类数据请与咨询机构确认填法。", "Please check; ask the consultant how to state recycling or credits."),
)
ROW_NOT_APPLICABLE = _note(
    "row-not-applicable",
    Text("不适用的行", "Row that does not apply"),
    Text("“{item}”的数量写的是“{typed}”，按不发生处理，不计入。", "The amount of “{item}” is “{typed}”: taken as not occurring and not counted."),
    Text("如果实际发生，请填写数量。", "If it does occur, give the amount."),
)
UNIT_MISSING = _error(
    "unit-missing",
    Text("缺少单位", "Unit missing"),
    Text("“{item}”没有填单位。", "“{item}” has no unit."),
    Text("请填写单位，例如 {example}。", "Give the unit, e.g. {example}."),
)
UNIT_UNKNOWN = _error(
    "unit-unknown",
    Text("单位无法识别", "Unknown unit"),
    Text("单位“{typed}”无法识别。", "The unit “{typed}” is not known."),
    Text("请改用常用单位，例如 {example}。", "Use a common unit, e.g. {example}."),
)
UNIT_MISMATCH = _error(
    "unit-mismatch",
    Text("单位与品种不符", "Unit does not fit"),
    Text("“{flow}”不能用“{typed}”计量，也没有换算依据。", "“{flow}” cannot be counted in “{typed}”, and there is no conversion with a source."),
    Text("请核对单位，或改填以 {example} 计的数量。", "Check the unit, or give the amount in {example}."),
)
UNIT_CONFLICT = _error(
    "unit-conflict",
    Text("两处单位不一致", "Two units disagree"),
    Text("数量“{typed}”中的单位与单位列的“{unit}”不一致。", "The unit in “{typed}” is not the “{unit}” of the unit column."),
    Text("请确认单位，数量只填数字。", "Say which unit is meant, and type digits only."),
)
UNIT_FROM_HEADING = _note(
    "unit-from-heading",
    Text("单位取自列标题", "Unit from the heading"),
    Text("“{item}”没有填单位，按列标题读作 {unit}。", "“{item}” has no unit of its own; {unit} was taken from the heading."),
    Text("无需处理；建议在单位列填写。", "Nothing to do; better give it in the unit column."),
)
HEADING_UNIT_CONFLICT = _error(
    "heading-unit-conflict",
    Text("单位与列标题不一致", "Unit and heading disagree"),
    Text("单位列是 {unit}，数量的列标题写的是 {headed}，不能确定以哪个为准。", "The unit column says {unit}, the heading of the amounts {headed}: which of them holds is not certain."),
    Text("请改为一致；列标题中不用写单位。", "Make them agree; the heading needs no unit."),
)
FLOW_MISSING = _error(
    "flow-missing",
    Text("缺少能源或材料", "Energy or material missing"),
    Text("“{item}”没有填写是哪种能源或材料。", "It is not said which energy or material “{item}” is."),
    Text("请从列表中选择，或写明名称。", "Choose from the list, or write its name."),
)
FLOW_UNKNOWN = _error(
    "flow-unknown",
    Text("因子库中没有", "Not in the factor library"),
    Text("因子库中没有“{typed}”，无法取得排放因子。", "“{typed}” is not in the factor library: there is no emission factor for it."),
    Text("请从列表中选择{near}；确需新增的，由咨询机构在因子库中补充并注明来源。", "Choose from the list{near}; if it is new, the consultant adds it to the factor library with its source."),
)
BASIS_MISSING = _error(
    "basis-missing",
    Text("缺少数据口径", "Basis missing"),
    Text("“{item}”没有说明数量是每功能单位的还是全年合计。", "It is not said whether the amount of “{item}” is per unit or an annual total."),
    Text("请在“数据口径”列选择。", "Choose it in the column Basis."),
)
TWO_ROUTES = _error(
    "two-routes",
    Text("两种填法都填了", "Given in two ways"),
    Text("“{item}”既填了燃料用量，又填了货物质量和运距，会重复计算。", "“{item}” gives both the fuel and mass × distance: it would be counted twice."),
    Text("请只保留一种；如果是两段运输，请分成两行。", "Keep one of them; if they are two legs, use two rows."),
)
ROUTE_INCOMPLETE = _error(
    "route-incomplete",
    Text("运输数据不完整", "Transport row incomplete"),
    Text("“{item}”缺少：{missing}。", "“{item}” lacks: {missing}."),
    Text("请补齐；或改填燃料用量。", "Please add it, or give the fuel used instead."),
)
MONTHS_DISAGREE = _error(
    "months-disagree",
    Text("逐月合计与全年数量不符", "Months do not add up"),
    Text("“{item}”各月合计 {summed}，全年数量 {stated}，相差 {difference}。", "The months of “{item}” add up to {summed}, the year is given as {stated}: a difference of {difference}."),
    Text("请核对各月数量和全年数量。", "Please check the months and the year's amount."),
)
MONTHS_INCOMPLETE = _error(
    "months-incomplete",
    Text("月份不全", "Months missing"),
    Text("“{item}”只填了 {count} 个月（统计周期有 {wanted} 个月），也没有全年数量。", "Only {count} of the {wanted} months of “{item}” are given, and no amount for the period."),
    Text("请补齐各月（没有发生的填 0），或填写全年数量。", "Add the other months (0 where there was none), or give the year's amount."),
)
# what optional columns ask for: percentages, suppliers, losses, trips, use, end of life, electricity

PERCENT_AS_NUMBER = _note(
    "percent-as-number",
    Text("百分比填成了数", "Percentage as a number"),
    Text("“{field}”填的是 {typed}，已读作 {typed}%。", "“{field}” is {typed}; it was read as {typed} %."),
    Text("无需处理；建议填写时带百分号。", "Nothing to do; better type the per cent sign too."),
)
SUPPLIER_FIELD_MISSING = _error(
    "supplier-field-missing",
    Text("缺少供应商数据", "Supplier's figure missing"),
    Text("“{item}”的数据口径是“{basis}”，但没有填“{field}”，无法折算到单位产品。", "The basis of “{item}” is “{basis}”, but “{field}” is empty: the amount cannot be brought to one unit of product."),
    Text("请填写“{field}”，或改选数据口径。", "Give “{field}”, or choose another basis."),
)
SUPPLIER_FIELD_UNUSED = _warning(
    "supplier-field-unused",
    Text("填了却没有用到", "Filled in but not used"),
    Text("“{item}”填了“{field}”，但数据口径是“{basis}”，没有用它折算。", "“{item}” gives “{field}”, but its basis is “{basis}”: it was not used."),
    Text("数量若是每件零部件的或供应商全年的，请改选相应的数据口径；否则请清空“{field}”。", "If the amount is for one part, or the supplier's annual total, choose that basis; otherwise clear “{field}”."),
)
OWN_CFP_UNIT_UNCLEAR = _error(
    "own-cfp-unit-unclear",
    Text("声明碳足迹的单位不清", "Unit of the declared footprint unclear"),
    Text("供应商声明碳足迹的单位“{typed}”看不出是每件还是每千克的。", "The unit “{typed}” of the supplier's footprint does not say what it is per."),
    Text("请写成 kgCO2e/件 或 kgCO2e/kg 的形式。", "Write it like kgCO2e/piece or kgCO2e/kg."),
)
OWN_CFP_UNDOCUMENTED = _warning(
    "own-cfp-undocumented",
    Text("声明碳足迹缺依据", "Declared footprint not documented"),
    Text("“{item}”采用供应商声明的碳足迹，但没有填：{missing}。", "“{item}” uses the supplier's declared footprint, but these are empty: {missing}."),
    Text("请向供应商索取并补充；没有依据的声明值经不起核查。", "Ask the supplier for them: a declared value without them does not stand up to a verifier."),
)
LOSS_ON_TOTAL = _warning(
    "loss-on-total",
    Text("合计数又填了损耗", "Loss on a total"),
    Text("“{item}”是全年合计，通常已含损耗；另填的损耗率 {typed} 已计入。", "“{item}” is an annual total, which mostly holds its losses; the rate {typed} beside it was applied."),
    Text("合计数若是实际领用或计量的，请清空损耗率；若是净用量，请在备注说明。", "Clear the rate if the total is what was metered or issued; say so in the remark if it is a net amount."),
)
TRIPS_INCOMPLETE = _error(
    "trips-incomplete",
    Text("车次数据不完整", "Trips incomplete"),
    Text("“{item}”按车次填写，但缺少：{missing}。", "“{item}” is given by trips but lacks: {missing}."),
    Text("请补齐；或改填燃料用量，或货物质量和运距。", "Please add it, or give the fuel used, or mass and distance."),
)
TRIPS_MIXED = _error(
    "trips-mixed",
    Text("几种填法混在一行", "Ways mixed in one row"),
    Text("“{item}”既按车次填写，又填了：{others}，会重复计算。", "“{item}” is given by trips and also has: {others}; it would be counted twice."),
    Text("请只保留一种填法；如果是两段运输，请分成两行。", "Keep one way; if they are two legs, use two rows."),
)
YEARS_MISSING = _error(
    "years-missing",
    Text("缺少使用年限", "Service life missing"),
    Text("“{item}”的数量是功率，没有填使用年限，无法算出一生的能耗。", "The amount of “{item}” is a power; without the service life its energy is not known."),
    Text("请填写使用年限（年）。", "Give the service life in years."),
)
HOURS_ASSUMED = _note(
    "hours-assumed",
    Text("按全年带电计算", "Energised all year"),
    Text("“{item}”没有填年运行小时，按 8760 小时（全年带电）计算。", "“{item}” gives no hours a year; 8760 were taken (energised all year)."),
    Text("不是全年带电的，请填写年运行小时。", "Give the hours if it is not energised all year."),
)
ROUTES_NOT_WHOLE = _error(
    "routes-not-whole",
    Text("处理占比合计不是 100%", "Routes are not the whole"),
    Text("“{item}”各处理方式的占比合计为 {sum}。", "The treatment routes of “{item}” add up to {sum}."),
    Text("请补上其余部分的处理方式，使合计为 100%。", "Add the route of the rest, so that they make 100 %."),
)
SUPPLY_OF_OTHER_FLOW = _warning(
    "supply-of-other-flow",
    Text("电力来源填在了别的品种上", "Supply of electricity on another flow"),
    Text("“{item}”是“{flow}”，不是电力；“电力来源”没有用到。", "“{item}” is “{flow}”, not electricity; its supply was not used."),
    Text("请清空“电力来源”，或改正品种。", "Clear the supply, or correct the flow."),
)
OWN_ELECTRICITY_BY_FUEL = _note(
    "own-electricity-by-fuel",
    Text("自发电按燃料计", "Own electricity counted by its fuel"),
    Text("“{item}”是自发自用的电，其燃料已另列，这一行不计入。", "“{item}” is generated on site from a fuel that has its own row: this row is not counted."),
    Text("请确认燃料已填在同一阶段。", "Make sure that the fuel stands in the same stage."),
)
OWN_GENERATION_UNNAMED = _error(
    "own-generation-unnamed",
    Text("没有写明发电方式", "Technology of own generation not named"),
    Text("“{item}”是自发自用的电，但品种写的是“电力”，不知道怎样发的。", "“{item}” is generated on site, but its flow is plain electricity: how it is generated is not said."),
    Text("请把品种改为光伏发电、风力发电等；烧燃料发的，请填燃料，并把电力来源选为“自发自用（燃料已另列）”。", "Name the technology as the flow (photovoltaic, wind …); if a fuel is burnt for it, list the fuel and choose “Own generation, its fuel is listed”."),
)
CONTRACT_APART = _note(
    "contract-apart",
    Text("绿电另列对照", "Contract shown apart"),
    Text("“{item}”的结果按电网因子计算；合同因子 {factor} kgCO2e/kWh 的结果作为对照另列。", "“{item}” counts by the grid's factor; the result with the contract's {factor} kgCO2e/kWh is shown apart as an alternative."),
    Text("无需处理。", "Nothing to do."),
)
CONTRACT_FACTOR_MISSING = _warning(
    "contract-factor-missing",
    Text("缺少合同因子", "Contract's factor missing"),
    Text("“{item}”是绿电或绿证，但没有合同因子，不能给出对照结果。", "“{item}” is under a contract or certificates without a factor: no alternative result can be given."),
    Text("请填写合同因子（确为零填 0），或把品种改为发电方式（如风力发电）。", "Give the contract's factor (0 if it is zero), or name the technology as the flow."),
)
CONTRACT_UNDOCUMENTED = _warning(
    "contract-undocumented",
    Text("绿电缺凭证编号", "Contract not documented"),
    Text("“{item}”是绿电或绿证，但没有填合同或证书编号。", "“{item}” is under a contract or certificates, but their number is not given."),
    Text("请填写合同、结算单或绿证的编号。", "Give the number of the contract, the settlement or the certificates."),
)
MONTHS_VARY = _note(
    "months-vary",
    Text("月度波动大", "Months vary strongly"),
    Text("“{item}”这个月为 {value}，各月平均 {mean}，月度变异系数 {variation}。", "“{item}” has {value} in this month against a mean of {mean}; the coefficient of variation is {variation}."),
    Text("如属季节、停产等正常情况，请在备注说明；否则请核对。", "Say why in the remark if it is a season or a standstill; otherwise please check."),
)
MONTH_OUTSIDE_PERIOD = _error(
    "month-outside-period",
    Text("月份不在统计周期内", "Month outside the period"),
    Text("“{item}”在 {month} 填了数，但该月不在统计周期内。", "“{item}” has an amount in {month}, which is outside the reference period."),
    Text("请清空该月，或改正统计周期。", "Clear that month, or correct the reference period."),
)
MONTHS_OF_LONG_PERIOD = _error(
    "months-of-long-period",
    Text("周期超过一年，不能按月填", "Months of a period over a year"),
    Text("统计周期超过 12 个月，“{item}”的月份列不能表示是哪一年的月份。", "The reference period is longer than 12 months: which year the months of “{item}” belong to is not certain."),
    Text("请填写整个周期的合计数，清空各月。", "Give the total of the whole period and clear the months."),
)
SUBTOTAL_ROW = _note(
    "subtotal-row",
    Text("合计行未计入", "Total row left out"),
    Text("“{item}”是合计行（等于上面各行之和），没有重复计入。", "“{item}” is a total of the rows above it and is not counted again."),
    Text("无需处理。", "Nothing to do."),
)
SUBTOTAL_UNCERTAIN = _error(
    "subtotal-uncertain",
    Text("疑似合计行", "Is it a total?"),
    Text("“{item}”像是合计行，但数量不等于上面各行之和。", "“{item}” looks like a total, but it is not the sum of the rows above it."),
    Text("是合计行请删除；是单独一项请改名称。", "Delete the row if it is a total; rename it if it is an item of its own."),
)
EXAMPLE_ROW = _error(
    "example-row",
    Text("示例行没有删除", "Example row left in"),
    Text("这一行与填写示例完全相同。", "This row is the example of the template."),
    Text("请删除示例行；如果恰好是真实数据，请在备注中说明。", "Delete it; if it happens to be real, say so in the remark."),
)
EXAMPLE_NAMED = _error(
    "example-named",
    Text("示例行没有删除", "Example row left in"),
    Text("“{item}”写明是示例，没有计入。", "“{item}” says that it is an example; it was not counted."),
    Text("请删除示例行；如果是真实数据，请改名称。", "Delete the row; if it is real, rename it."),
)
PART_OF_ABOVE = _error(
    "part-of-above",
    Text("“其中”项", "A part of another row"),
    Text("“{item}”是上面某一项的一部分，一起计入会重复，没有计入。", "“{item}” is a part of a row above it; it would be counted twice and was not counted."),
    Text("请删除这一行；如果要分开填，请删除上面的合计，各项分别成行。", "Delete the row; to give the parts, delete the total above and give each part a row of its own."),
)
REMARK_ROW = _note(
    "remark-row",
    Text("只有备注的行", "Row of remarks only"),
    Text("这一行只有备注：“{typed}”。", "Only a remark stands in this row: “{typed}”."),
    Text("无需处理；如果漏填了数据，请补上。", "Nothing to do, unless data were left out."),
)
HIDDEN_ROWS = _warning(
    "hidden-rows-read",
    Text("隐藏的行已计入", "Hidden rows are counted"),
    Text("有 {count} 行被隐藏或筛选掉，其中的数据照常计入：第 {rows} 行。", "{count} hidden or filtered rows hold data and are counted: rows {rows}."),
    Text("如果不应计入，请删除这些行。", "If they should not count, delete them."),
)

# --- what a verifier looks for ----------------------------------------------------------------------------------------
# Computed results are never changed by these: they say where somebody should look, and what it may move.

PARTIAL_CFP = _note(
    "partial-cfp",
    Text("部分产品碳足迹", "Partial CFP"),
    Text("系统边界不含：{stages}；“{product}”的结果是部分产品碳足迹，报告中应标明，其单位称为声明单位。", "The boundary is without: {stages}; the result of “{product}” is a partial CFP and is to be labelled so, its unit being a declared unit."),
    Text("在报告中标明“部分产品碳足迹”，并说明未纳入的阶段。", "Label it as a partial CFP in the report and say which stages are left out."),
)
BOUNDARY_TYPE_DISAGREES = _warning(
    "boundary-type-disagrees",
    Text("系统边界与各阶段不一致", "Boundary and stages disagree"),
    Text("系统边界写的是“{type}”，但{stages}。", "The boundary is given as “{type}”, but {stages}."),
    Text("请改正系统边界的说法，或各阶段的取舍。", "Correct the name of the boundary, or the choice of stages."),
)
DECLARED_UNIT_OF_WHOLE_LIFE = _warning(
    "declared-unit-of-whole-life",
    Text("全生命周期却用声明单位", "Declared unit for a whole life cycle"),
    Text("“{product}”的单位类别是声明单位，但边界包含全部阶段；声明单位只用于部分产品碳足迹。", "“{product}” has a declared unit, but the boundary covers the whole life cycle; declared units are for partial footprints."),
    Text("请改为功能单位。", "Make it a functional unit."),
)
PRODUCTION_WITHOUT_ENERGY = _warning(
    "production-without-energy",
    Text("生产阶段没有能源", "Production without energy"),
    Text("“{product}”的产品生产阶段没有电力、热力或燃料。", "The production stage of “{product}” has no electricity, heat or fuel."),
    Text("请补充生产用能；确实没有的，请在备注说明。", "Add the energy used; if there is really none, say so in a remark."),
)
MASS_MISSING = _warning(
    "mass-missing",
    Text("材料质量少于产品质量", "Materials weigh less than the product"),
    Text("“{product}”每单位质量 {mass} kg，原材料合计只有 {materials} kg（{share}）。", "“{product}” weighs {mass} kg a unit; its materials add up to {materials} kg only ({share})."),
    Text("请补充缺少的材料，或核对质量和单位；不计的材料请写明。", "Add the missing materials, or check masses and units; name what is left out."),
)
MASS_EXCEEDS = _warning(
    "mass-exceeds",
    Text("材料质量远大于产品质量", "Materials weigh far more than the product"),
    Text("“{product}”每单位质量 {mass} kg，原材料合计 {materials} kg（{share}）。", "“{product}” weighs {mass} kg a unit; its materials add up to {materials} kg ({share})."),
    Text("请核对单位（kg 与 t、g）、数据口径和重复的行；损耗大的请填损耗率。", "Check units (kg for t or g), the basis and rows given twice; state losses as a rate."),
)
LINE_TWICE = _warning(
    "line-twice",
    Text("疑似重复填写", "Given twice?"),
    Text("“{item}”与 {other} 的品种、数量、单位、口径都相同，两行都计入了。", "“{item}” has the same flow, amount, unit and basis as {other}; both are counted."),
    Text("重复的请删除一行；不是重复的，请改项目名称以便区分。", "Delete one if it is the same; otherwise tell them apart by their names."),
)
LEG_TWICE = _warning(
    "leg-twice",
    Text("同一段运输算了两次？", "One leg counted twice?"),
    Text("“{item}”既有按燃料的行，又有按质量和运距的行（{other}），两行都计入了。", "“{item}” is given by fuel and, at {other}, by mass and distance; both are counted."),
    Text("同一段运输请只保留一种；是两段运输的，请改项目名称。", "Keep one of them if it is one leg; if they are two, name them differently."),
)
TOTAL_WITHIN_TOTAL = _note(
    "total-within-total",
    Text("全厂合计是否已含产品合计", "Product's total within the plant's?"),
    Text("同一阶段的“{flow}”既有全厂合计 {whole} {unit}（{other}），又有产品合计 {part} {unit}，两者都计入了。", "“{flow}” is given in this stage as a plant's total, {whole} {unit} ({other}), and as products' totals, {part} {unit}; both are counted."),
    Text("产品合计若已含在全厂合计中，请从全厂合计中减去，或删除产品的行。", "If the plant's total holds the products', take them off there, or delete the products' rows."),
)
TOTALS_EXCEED_PLANT = _warning(
    "totals-exceed-plant",
    Text("产品合计超过全厂合计", "Products use more than the plant"),
    Text("同一阶段的“{flow}”，产品合计共 {part} {unit}，超过全厂合计 {whole} {unit}（{other}）：能量或物料平衡不成立。", "The products' totals of “{flow}” in this stage are {part} {unit}, more than the plant's {whole} {unit} ({other}): the balance does not close."),
    Text("请核对单位和数量；如果两者是分开计量的不同部分，请在备注说明。", "Check units and amounts; say so in the remark if they are different parts, metered apart."),
)
CUTOFF_UNDER = _note(
    "cutoff-under",
    Text("占比很小的流", "Flows under the cut-off"),
    Text("“{product}”有 {count} 行各占不到 {limit}，合计 {share}：{lines}。这些行都已计入。", "“{product}” has {count} lines under {limit} each, {share} in all: {lines}. All of them are counted."),
    Text("无需处理；按取舍准则可以不计的流以此为据。", "Nothing to do; this is what the cut-off criteria could leave out."),
)
OMISSION_OVER = _warning(
    "omission-over",
    Text("不计的流超过单项限值", "Flow left out is above the limit"),
    Text("不计的“{item}”估计占“{product}”的 {share}，超过单项 {limit}。", "“{item}”, left out, is estimated at {share} of “{product}”, above the limit of {limit} for one flow."),
    Text("请补充数据，计入这一项。", "Give its data and count it."),
)
OMISSIONS_OVER_TOTAL = _warning(
    "omissions-over-total",
    Text("不计的流合计超限", "Flows left out are above the limit in all"),
    Text("“{product}”不计的各项合计估计占 {share}，超过 {limit}。", "What is left out of “{product}” is estimated at {share} in all, above the limit of {limit}."),
    Text("请把其中较大的几项计入。", "Count the larger ones of them."),
)
OMISSION_NOT_ESTIMATED = _warning(
    "omission-not-estimated",
    Text("不计的流没有估算", "Flow left out without an estimate"),
    Text("不计的“{item}”没有估算排放，也没有质量可与产品质量相比。", "“{item}”, left out, has no estimate, and no mass that could be compared with the product's."),
    Text("请估算其排放或质量：取舍准则的影响要评估并写入报告。", "Estimate its emission or its mass: the effect of the cut-off is to be assessed and reported."),
)
EXCLUSION_NOT_ESTIMATED = _note(
    "exclusion-not-estimated",
    Text("排除的过程未估算", "Process left out, not estimated"),
    Text("“{stage}”排除了“{typed}”，没有给出估算。", "“{stage}” leaves out “{typed}”, without an estimate."),
    Text("如按取舍准则排除，请在“核算设置”的取舍表中填写估算。", "If it is left out by the cut-off criteria, put an estimate into the table of the settings sheet."),
)
INTENSITY_DIFFERS = _warning(
    "intensity-differs",
    Text("单耗与其他产品相差悬殊", "Intensity far from other products"),
    Text("“{product}”在“{stage}”的“{flow}”每{per} {value} {unit}，同一工作簿其他产品为 {others}，相差 {ratio} 倍。", "“{product}” uses {value} {unit} of “{flow}” per {per} in “{stage}”, the other products of this workbook {others}: a factor of {ratio}."),
    Text("请核对单位（kWh 与 万kWh、kg 与 t）、产量和数据口径。", "Check units (kWh for 万kWh, kg for t), output and basis."),
)
MAGNITUDE_MONTH = _warning(
    "magnitude-month",
    Text("某月数量级不同", "Month of another magnitude"),
    Text("“{item}”这个月为 {value}，其他月的中位数是 {median}，相差约 {ratio} 倍。", "“{item}” has {value} in this month, the median of the others is {median}: a factor of about {ratio}."),
    Text("请核对这个月的单位（如 kWh 与 万kWh、kg 与 t）。数值没有改动。", "Check this month's unit (kWh for 万kWh, kg for t). The figure was left as it is."),
)
MAGNITUDE_UNIT = _warning(
    "magnitude-unit",
    Text("单位相差悬殊而数字相近", "Units far apart, figures alike"),
    Text("“{item}”填 {value} {unit}，同类的 {other} 填 {other_value} {other_unit}：数字相近，单位却差 {ratio} 倍。", "“{item}” is {value} {unit}, and {other} of the same kind {other_value} {other_unit}: figures alike, units a factor of {ratio} apart."),
    Text("请核对两行的单位。数值没有改动。", "Check the units of both. The figures were left as they are."),
)
MAGNITUDE_GOODS = _warning(
    "magnitude-goods",
    Text("运输质量与产品质量不相称", "Goods mass out of proportion"),
    Text("“{item}”折合每单位“{product}”运 {value} kg，货物（产品或全部材料）是 {mass} kg，相差约 {ratio} 倍。", "“{item}” carries {value} kg for each unit of “{product}”, where product or materials weigh {mass} kg: a factor of about {ratio}."),
    Text("请核对质量单位（kg 与 t）和数据口径。数值没有改动。", "Check the unit of mass (kg for t) and the basis. The figure was left as it is."),
)
MAGNITUDE_MATERIAL = _warning(
    "magnitude-material",
    Text("材料质量与产品质量不相称", "Material out of proportion"),
    Text("“{item}”折合每单位“{product}”用 {value} kg，产品质量是 {mass} kg，相差约 {ratio} 倍。", "“{item}” is {value} kg for each unit of “{product}”, which weighs {mass} kg: a factor of about {ratio}."),
    Text("请核对单位（kg 与 t、g）和数据口径。数值没有改动。", "Check the unit (kg for t or g) and the basis. The figure was left as it is."),
)
MAGNITUDE_ENERGY = _warning(
    "magnitude-energy",
    Text("单位质量能耗高得离奇", "Energy out of any proportion"),
    Text("“{item}”折合每千克“{product}”{value} kWh，远高于任何已知工业过程。", "“{item}” is {value} kWh for each kg of “{product}”, far above any industrial process."),
    Text("请核对单位（kWh 与 万kWh）、数据口径和产量。数值没有改动。", "Check the unit (kWh for 万kWh), the basis and the output. The figure was left as it is."),
)
MAGNITUDE_YEAR = _warning(
    "magnitude-year",
    Text("全年用电大得离奇", "A year's electricity out of any proportion"),
    Text("“{item}”填 {value} {unit}，即全年 {kwh} kWh，相当于大型电解铝厂的用电。", "“{item}” is {value} {unit}, which is {kwh} kWh a year: what a large aluminium smelter uses."),
    Text("请核对单位是否应为 kWh。数值没有改动。", "Check whether kWh is meant. The figure was left as it is."),
)
_CHECK_LARGE = Text("请核对单位（kWh 与 万kWh、kg 与 t）、数据口径和产量；属实的请在备注说明。数值没有改动。", "Check the unit (kWh for 万kWh, kg for t), the basis and the output; say so in the remark if it is right. The figure was left as it is.")
MAGNITUDE_STAGE_LARGE = _warning(
    "magnitude-stage-large",
    Text("某阶段占比大得少见", "A stage of unusual weight"),
    Text("“{stage}”占“{product}”（不含使用阶段）的 {share}，主要来自“{item}”：{value} {unit}。", "{stage} is {share} of “{product}” without its use stage, most of it “{item}”: {value} {unit}."),
    _CHECK_LARGE,
)
MAGNITUDE_STAGE_SMALL = _warning(
    "magnitude-stage-small",
    Text("某阶段占比小得少见", "A stage of unusually little weight"),
    Text("“{stage}”中的这一项只占“{product}”（不含使用阶段）的 {share}：“{item}”{value} {unit}。", "In {stage} this is only {share} of “{product}” without its use stage: “{item}”, {value} {unit}."),
    _CHECK_LARGE,
)
MAGNITUDE_PACKAGING = _warning(
    "magnitude-packaging",
    Text("包装比产品还重", "Packaging heavier than the product"),
    Text("“{item}”折合每单位“{product}”{value} kg，产品质量是 {mass} kg。", "“{item}” is {value} kg for each unit of “{product}”, which weighs {mass} kg."),
    Text("请核对单位（kg 与 g、t）和数据口径。数值没有改动。", "Check the unit (kg for g or t) and the basis. The figure was left as it is."),
)
MAGNITUDE_YEAR_SMALL = _warning(
    "magnitude-year-small",
    Text("全厂全年用电小得少见", "A year's electricity of unusually little"),
    Text("全厂全年用电合计只有 {kwh} kWh（“{item}”单位填 {unit}），不及一户家庭。", "The plant's electricity of the whole year is only {kwh} kWh (“{item}” in {unit}), less than a household's."),
    Text("请核对单位是否应为 万kWh 或 MWh。数值没有改动。", "Check whether 万kWh or MWh is meant. The figure was left as it is."),
)
DISTANCE_FAR = _warning(
    "distance-far",
    Text("运距超过地球半周", "A distance of more than half round the Earth"),
    Text("“{item}”的运距是 {value} km。", "“{item}” goes {value} km."),
    Text("请核对单位（km 与 m），以及是否填了全年累计里程。数值没有改动。", "Check the unit (km for m), and whether it is the year's mileage. The figure was left as it is."),
)
CONSUMPTION_ODD = _warning(
    "consumption-odd",
    Text("百公里油耗少见", "An unusual consumption per 100 km"),
    Text("“{item}”的百公里用量是 {value} {unit}。", "“{item}” takes {value} {unit} per 100 km."),
    Text("货车一般在 5 到 60 L/100km 之间；请核对。数值没有改动。", "Lorries take 5 to 60 L/100 km; please check. The figure was left as it is."),
)
MAGNITUDE_DOMINATES = _warning(
    "magnitude-dominates",
    Text("一行压倒其他所有行", "One line outweighs all others"),
    Text("“{item}”占“{product}”的 {share}，是第二大行的 {ratio} 倍。", "“{item}” is {share} of “{product}”, {ratio} times the second largest line."),
    Text("请核对单位（kWh 与 万kWh、kg 与 t）和数据口径；属实的请在备注说明。", "Check its unit (kWh for 万kWh, kg for t) and basis; say so in the remark if it is right."),
)

CREDITS_APART = _note(
    "credits-apart",
    Text("回收抵扣单列", "Recycling credits shown apart"),
    Text("“{product}”的回收抵扣合计 {value} kgCO2e，单独列出，不计入结果（截断法）。", "Recycling credits of “{product}” are {value} kgCO2e; they are shown apart and are no part of the result (cut-off approach)."),
    Text("如采用其他方法，请在核算设置中选择，并在报告中说明。", "Choose otherwise in the settings if another approach is taken, and say so in the report."),
)
CREDITS_INCLUDED = _note(
    "credits-included",
    Text("回收抵扣已计入", "Recycling credits are counted"),
    Text("按核算设置，回收抵扣已计入结果；缺省是单列（截断法）。", "By the settings recycling credits are part of the result; by default they are shown apart (cut-off approach)."),
    Text("请在报告中说明所采用的方法。", "Say in the report which approach was taken."),
)
CONTRACT_ALTERNATIVE = _note(
    "contract-alternative",
    Text("按合同因子的对照结果", "Alternative by contracts"),
    Text("“{product}”按电网因子为 {value}，按绿电合同或绿证的因子为 {alternative} kgCO2e；结果以前者为准。", "“{product}” is {value} by the grid's factors and {alternative} kgCO2e by those of contracts or certificates; the former is the result."),
    Text("无需处理；报告中引用后者时须注明是对照值。", "Nothing to do; where the report quotes the latter it is to be labelled as an alternative."),
)

# results of an earlier report, typed in and compared; where a cause fits it is named

DECLARED_AGREES = _note(
    "declared-agrees",
    Text("与已有报告一致", "Agrees with the earlier report"),
    Text("核对了已有报告的 {count} 个数，{agree} 个按所印位数一致。", "Of {count} figures of the earlier report {agree} agree to the printed digit."),
    Text("无需处理。", "Nothing to do."),
)
DECLARED_NOT_COMPARED = _note(
    "declared-not-compared",
    Text("未能核对", "Not compared"),
    Text("“{subject}”在本次核算中没有结果，无法核对 {printed}。", "“{subject}” has no result here, so {printed} could not be compared."),
    Text("补齐数据后再核对。", "Compare again when the data are complete."),
)
_SAY_WHICH = Text("请核对报告，并说明以哪个数为准。", "Check the report and say which figure holds.")
DECLARED_DIFFERS = _warning(
    "declared-differs",
    Text("与已有报告不一致", "Differs from the earlier report"),
    Text("“{subject}”报告印 {printed}，核算为 {computed}，相差 {difference}；没有找到明显原因。", "“{subject}” is printed as {printed} and computed as {computed}, a difference of {difference}; no likely cause was found."),
    Text("请核对活动数据、因子和数据口径是否与报告相同。", "Check whether activity data, factors and bases are those of the report."),
)
DECLARED_TOTAL_REPEATS_LINE = _warning(
    "declared-total-repeats-line",
    Text("总计重复了某一行", "Total repeats a line"),
    Text("总计印 {printed}，与“{line}”的数相同，核算总计为 {computed}：总计行误印了该行。", "The total is printed as {printed}, which is the figure of “{line}”; computed, it is {computed}: the total row repeats that line."),
    Text("请把报告中的总计改为 {computed}。", "Correct the total of the report to {computed}."),
)
DECLARED_DIGIT = _warning(
    "declared-digit",
    Text("疑似数字误印", "Misprinted digit"),
    Text("“{subject}”报告印 {printed}，核算为 {computed}，只差一位数字。", "“{subject}” is printed as {printed} and computed as {computed}: one digit differs."),
    _SAY_WHICH,
)
DECLARED_TRANSPOSED = _warning(
    "declared-transposed",
    Text("疑似数字颠倒", "Transposed digits"),
    Text("“{subject}”报告印 {printed}，核算为 {computed}，相邻两位数字颠倒。", "“{subject}” is printed as {printed} and computed as {computed}: two neighbouring digits are swapped."),
    _SAY_WHICH,
)
DECLARED_DECIMAL_SHIFT = _warning(
    "declared-decimal-shift",
    Text("差 10 的整数次方", "Decimal point or unit shifted"),
    Text("“{subject}”报告印 {printed}，核算为 {computed}，相差 {ratio} 倍：小数点或单位（kg 与 t、kWh 与 万kWh）有误。", "“{subject}” is printed as {printed} and computed as {computed}, a factor of {ratio}: the decimal point or a unit (kg for t, kWh for 万kWh) slipped."),
    _SAY_WHICH,
)
DECLARED_ROUNDED_FACTOR = _warning(
    "declared-rounded-factor",
    Text("报告用了修约后的因子", "Computed with a rounded factor"),
    Text("“{subject}”报告印 {printed}，核算为 {computed}；用修约后的因子（{factor} 取 {rounded}）可得到印刷值。", "“{subject}” is printed as {printed} and computed as {computed}; the rounded factor ({factor} as {rounded}) gives the print."),
    Text("计算应采用未修约的因子，只在列示时修约。", "Compute with the unrounded factor and round only what is shown."),
)
DECLARED_OTHER_FACTOR = _warning(
    "declared-other-factor",
    Text("报告用了另一个因子", "Computed with another factor"),
    Text("“{subject}”报告印 {printed}，核算为 {computed}；{flow}改用因子 {factor}（{value}）可得到印刷值。", "“{subject}” is printed as {printed} and computed as {computed}; with the factor {factor} ({value}) for {flow} the print comes out."),
    Text("请确认应采用哪一个因子；要复现该报告，请在因子集中点名它。", "Decide which factor holds; to reproduce the report name it in the factor set."),
)
DECLARED_ROUNDED_ACTIVITY = _warning(
    "declared-rounded-activity",
    Text("报告用了修约后的活动数据", "Computed with rounded activity"),
    Text("“{subject}”报告印 {printed}，核算为 {computed}；活动数据修约到 {decimals} 位小数后可得到印刷值。", "“{subject}” is printed as {printed} and computed as {computed}; activity rounded to {decimals} decimals gives the print."),
    Text("计算应采用未修约的活动数据。", "Compute with unrounded activity data."),
)
DECLARED_SUM_OF_ROUNDED = _warning(
    "declared-sum-of-rounded",
    Text("总计由修约后的各行相加", "Total adds up rounded rows"),
    Text("总计印 {printed}，等于各阶段修约后的和；由未修约的值相加并修约应为 {computed}。", "The total is printed as {printed}, the sum of the rounded stages; unrounded values give {computed}."),
    Text("总计应由未修约的值相加，并加注末位可能不等。", "Add up unrounded values, and note that the last digit may differ."),
)
DECLARED_OTHER_STAGE = _warning(
    "declared-other-stage",
    Text("印成了另一行的数", "Figure of another row"),
    Text("“{subject}”报告印 {printed}，核算为 {computed}；印刷值是“{line}”的数。", "“{subject}” is printed as {printed} and computed as {computed}; the print is the figure of “{line}”."),
    _SAY_WHICH,
)
DECLARED_LAST_DIGIT = _warning(
    "declared-last-digit",
    Text("末位修约不同", "Last digit rounded otherwise"),
    Text("“{subject}”报告印 {printed}，核算修约为 {computed}，末位差 1。", "“{subject}” is printed as {printed} and rounds to {computed}: one unit of the last digit."),
    Text("请核对修约规则（四舍五入，由未修约的值）。", "Check the rounding (half up, from unrounded values)."),
)
DECLARED_SHARE_CLOSED = _warning(
    "declared-share-closed",
    Text("占比被凑成 100%", "Shares pushed to close at 100 %"),
    Text("“{subject}”占比印 {printed}，修约应为 {computed}；各行修约后合计 {sum}，印刷值把差额加在这一行，凑成 100%。", "The share of “{subject}” is printed as {printed} and rounds to {computed}; the rounded column adds up to {sum}, and the print puts the rest on this row to close at 100 %."),
    Text("占比应如实修约，合计可以不等于 100%，加注说明即可。", "Print shares as they round; a note says why the column may not add up to 100 %."),
)
DECLARED_SHARE_FOLLOWS = _warning(
    "declared-share-follows",
    Text("占比由报告自己的数算出", "Share follows the report's own figures"),
    Text("“{subject}”占比印 {printed}，核算为 {computed}；它由报告所印的排放量和总计算出。", "The share of “{subject}” is printed as {printed} and computed as {computed}; it follows from the emissions that the report prints."),
    Text("先更正排放量和总计，占比随之改正。", "Correct emission and total first; the share follows."),
)
DECLARED_SUM_DIFFERS = _warning(
    "declared-sum-differs",
    Text("报告各行之和不等于总计", "Printed rows do not add up"),
    Text("“{product}”报告所印各阶段之和为 {sum}，所印总计为 {printed}。", "The stages that the report prints for “{product}” add up to {sum}, its total is {printed}."),
    Text("请核对报告的各行和总计。", "Check the rows and the total of the report."),
)
DECLARED_GWP_YEAR = _warning(
    "declared-gwp-year",
    Text("GWP 报告与年份不符", "GWP report and year disagree"),
    Text("报告称 GWP 取自“{named}”，年份写 {year}；{report} 是 {right} 年的，{year} 年{instead}。", "The report takes its GWP from “{named}” and dates it {year}; {report} is of {right}, and {year} {instead}."),
    Text("请核实采用的是哪一次评估报告，并改正名称或年份。", "Find out which assessment report was used and correct its name or year."),
)
DECLARED_GWP_OTHER = _warning(
    "declared-gwp-other",
    Text("GWP 数据集不同", "Another GWP set"),
    Text("报告的 GWP 取自 {report}，本次核算采用 {used}。", "The report takes its GWP from {report}; this study uses {used}."),
    Text("要与报告比较，请在核算设置中选同一 GWP 数据集。", "To compare, choose the same GWP set in the settings."),
)
DECLARED_SERIES_MISNAMED = _warning(
    "declared-series-misnamed",
    Text("电力因子系列名称不符", "Electricity series misnamed"),
    Text("报告把 {value} 称作“{named}”；该数值属于“{series}”，两个系列不是一回事。", "The report calls {value} “{named}”; the value is of the series “{series}”, and the two series are not the same."),
    Text("请把报告中的名称改为“{series}”。", "Correct the name in the report to “{series}”."),
)
DECLARED_FACTOR_YEAR = _warning(
    "declared-factor-year",
    Text("因子年份不符", "Year of a factor disagrees"),
    Text("报告称“{named}”的 {value} 是 {year} 年的；因子库中它是 {right} 年的（{factor}）。", "The report dates the {value} of “{named}” {year}; in the library it is of {right} ({factor})."),
    Text("请核对报告中的年份。", "Check the year in the report."),
)
DECLARED_FACTOR_ROUNDED = _note(
    "declared-factor-rounded",
    Text("报告列示的是修约后的因子", "Factor printed rounded"),
    Text("报告印 {value} {unit}；{factor} 未修约为 {exact}。", "The report prints {value} {unit}; unrounded, {factor} is {exact}."),
    Text("列示可以修约，计算应采用未修约的值。", "It may be printed rounded; compute with the unrounded value."),
)
DECLARED_FACTOR_OTHER = _warning(
    "declared-factor-other",
    Text("报告的因子不是本次所用", "Factor of the report is another"),
    Text("报告印 {value} {unit}，是因子 {factor}；本次核算用的是 {used}。", "The report prints {value} {unit}, which is {factor}; this study uses {used}."),
    Text("要复现该报告，请在因子集中点名 {factor}。", "To reproduce the report name {factor} in the factor set."),
)
DECLARED_FACTOR_UNKNOWN = _warning(
    "declared-factor-unknown",
    Text("因子库中没有报告的因子", "Factor of the report not in the library"),
    Text("报告印 {value} {unit}，因子库中“{flow}”没有这个数值。", "The report prints {value} {unit}; the library has no such value of “{flow}”."),
    Text("请查明其来源；需要时把它作为自有因子加入因子库。", "Find its source; add it to the library as a factor of your own where needed."),
)

# --- the engine itself ------------------------------------------------------------------------------------------------

NOT_WRITTEN = _error(
    "not-written",
    Text("结果未能写出", "Results not written"),
    Text("结果没有写出：{detail}。", "The results were not written: {detail}."),
    Text("请检查输出文件夹是否可写、文件是否正被打开，然后重新运行。", "See that the output folder can be written to and the file is not open, then run again."),
)
TYPED_OVER = _warning(
    "typed-over",
    Text("结果表上改过的数未采用", "A change on a computed sheet is not used"),
    Text("“{subject}”的“{column}”在结果工作簿中是“{stored}”，应为 {expected}。核算仍按 {expected}，没有采用这里的数。", "“{column}” of “{subject}” is “{stored}” in the results workbook and should be {expected}. The result is computed with {expected}, not with what stands here."),
    Text("结果表上的改动只供试算。要采用，请把因子作为自有因子加进因子库（run --factors），把评分填进收集表的质量列；如果结果工作簿由较早的因子库写成，则无需处理。", "Changes on computed sheets are trials. To use one, add the factor to a factor library of your own (run --factors), or the score to the quality columns of the collection workbook; where an earlier library wrote the results workbook there is nothing to do."),
)
LAYOUT_NOT_FILLED = _warning(
    "layout-not-filled",
    Text("版式未能填写", "The layout was not filled in"),
    Text("版式“{layout}”没有填写：{detail}。结果工作簿不受影响。", "The layout “{layout}” was not filled in: {detail}. The results workbook is not affected."),
    Text("请修改版式后重新运行。", "Please mend the layout and run again."),
)
LAYOUT_GAP = _warning(
    "layout-gap",
    Text("版式有缺漏", "Something is missing in the layout"),
    Text("版式“{layout}”：{detail}。", "The layout “{layout}”: {detail}."),
    Text("请检查版式中以 result_ 开头的名称（公式→名称管理器），改正后重新运行。", "Please check the layout's names that begin with result_ (Formulas, Name Manager), and run again."),
)
RESULTS_BESIDE_OPEN = _note(
    "results-beside-open",
    Text("旧结果正打开着", "Older results are open"),
    Text("旧的结果工作簿“{older}”正在 Excel 中打开，新的结果另存为“{name}”。", "The older results workbook “{older}” is open in Excel; the new results are beside it as “{name}”."),
    Text("请关闭旧的，以新的为准。", "Close the older one; the new one counts."),
)
ENGINE_FAULT = _error(
    "engine-fault",
    Text("程序出错", "Fault in the program"),
    Text("处理这个文件时程序出错：{detail}。", "The program failed on this file: {detail}."),
    Text("请把文件和这条信息发给维护者；其他文件不受影响。", "Please send the file and this message to the maintainers; other files are not affected."),
)

# --- the factor library -----------------------------------------------------------------------------------------------
# A row that is not sound is left out and said so here; a study that needs it is then blocked by `factor-missing`.

LIBRARY_ROW_INCOMPLETE = _warning(
    "library-row-incomplete",
    Text("因子库行不完整", "Incomplete row of the library"),
    Text("因子库此行缺少“{column}”，未采用。", "This row of the factor library lacks “{column}” and is not used."),
    Text("请补填该单元格，或删除整行。", "Fill in the cell, or delete the row."),
)
LIBRARY_VALUE_UNREADABLE = _warning(
    "library-value-unreadable",
    Text("因子库数值不可读", "Unreadable value in the library"),
    Text("“{column}”中的“{typed}”不是一个数，未采用。", "“{typed}” in “{column}” is not a number and is not used."),
    Text("请只填数字，单位填在单位列。", "Type the number only; its unit goes into the unit column."),
)
LIBRARY_DUPLICATE_ID = _warning(
    "library-duplicate-id",
    Text("因子库编号重复", "Duplicate id in the library"),
    Text("编号“{id}”已在 {first} 用过，两行都未采用。", "The id “{id}” already stands at {first}; neither row is used."),
    Text("请给其中一行改用新的编号。", "Give one of the rows an id of its own."),
)
LIBRARY_UNKNOWN_UNIT = _warning(
    "library-unknown-unit",
    Text("因子库单位不认识", "Unknown unit in the library"),
    Text("单位“{unit}”不能用于流“{flow}”（以 {expected} 计），此行未采用。", "The unit “{unit}” does not fit the flow “{flow}”, which counts in {expected}; the row is not used."),
    Text("请写成 kgCO2e/{expected} 这样的形式。", "Write it like kgCO2e/{expected}."),
)
LIBRARY_UNKNOWN_WORD = _warning(
    "library-unknown-word",
    Text("因子库用词不认识", "Unknown word in the library"),
    Text("“{column}”中的“{typed}”不在规定的词中。", "“{typed}” is none of the words of “{column}”."),
    Text("请填写下列之一：{choices}。", "Use one of: {choices}."),
)
LIBRARY_UNKNOWN_FLOW = _warning(
    "library-unknown-flow",
    Text("因子库流不认识", "Unknown flow in the library"),
    Text("“流”表中没有“{flow}”，此行未采用。", "The sheet of flows has no “{flow}”; the row is not used."),
    Text("请在“流”表中添加它，或改正拼写。", "Add it to the sheet of flows, or mend the spelling."),
)
LIBRARY_UNKNOWN_SERIES = _warning(
    "library-unknown-series",
    Text("因子系列未登记", "Series not declared"),
    Text("“系列”表中没有“{series}”；这一行只有点名时才会采用。", "The sheet of series has no “{series}”; the row is used only where it is named."),
    Text("请在“系列”表中登记；自有因子可选“自有因子”。", "Declare it there; for your own factors “Own factors” will do."),
)
LIBRARY_SOURCE_MISSING = _warning(
    "library-source-missing",
    Text("因子无来源", "Factor without a source"),
    Text("因子“{id}”既没有发布机构，也没有文件。", "The factor “{id}” has neither publisher nor document."),
    Text("请写明来源；没有来源的因子经不起核查。", "State its source: a factor without one does not stand up to a verifier."),
)
LIBRARY_VALUE_IMPLAUSIBLE = _warning(
    "library-value-implausible",
    Text("因子数值可疑", "Implausible factor"),
    Text("“{id}”的数值 {value} {unit} 超出此类因子的常见范围。", "The value {value} {unit} of “{id}” is outside the usual range of its kind."),
    Text("请核对数值和单位（常见错误：kg 与 t、kWh 与 万kWh）。", "Check value and unit (kg for t, kWh for 10,000 kWh are common slips)."),
)
LIBRARY_FUEL_VALUE_DIFFERS = _warning(
    "library-fuel-value-differs",
    Text("燃料因子与参数不符", "Fuel factor differs from its parameters"),
    Text("表中的 {shown} 与按参数算出的 {computed} 不符，已采用算出的值。", "The sheet shows {shown}, its parameters give {computed}; the latter is used."),
    Text("请恢复该单元格的公式，或改正参数。", "Restore the formula of the cell, or mend the parameters."),
)
LIBRARY_FLOW_WITHOUT_FACTOR = _warning(
    "library-flow-without-factor",
    Text("流没有因子", "Flow without a factor"),
    Text("流“{flow}”没有任何因子。", "The flow “{flow}” has no factor."),
    Text("请在“排放因子”或“燃料”表中添加一个。", "Add one to the sheet of factors or fuels."),
)
LIBRARY_AMBIGUOUS_NAME = _warning(
    "library-ambiguous-name",
    Text("名称指向多个流", "Name of several flows"),
    Text("“{name}”同时是“{first}”和“{second}”的名称，按它找不到流。", "“{name}” names both “{first}” and “{second}”, so neither is found by it."),
    Text("请从其中一行的名称或同义词中删去它。", "Remove it from the name or the synonyms of one of them."),
)
LIBRARY_SET_UNKNOWN_FACTOR = _warning(
    "library-set-unknown-factor",
    Text("因子集所指因子不可用", "Factor set names an unusable factor"),
    Text("因子集“{set}”为流“{flow}”指定的“{factor}”不存在、未采用，或属于别的流。", "The set “{set}” names “{factor}” for the flow “{flow}”: it does not exist, is not used, or is of another flow."),
    Text("请改填“排放因子”或“燃料”表中该流的编号。", "Give an id that the sheets of factors or fuels have for that flow."),
)
LIBRARY_SET_FLOW_TWICE = _warning(
    "library-set-flow-twice",
    Text("因子集重复指定", "Flow named twice in a factor set"),
    Text("因子集“{set}”已为流“{flow}”指定了“{first}”，此行未采用。", "The set “{set}” already names “{first}” for the flow “{flow}”; this row is not used."),
    Text("请只保留一行。", "Keep one of the rows."),
)

# --- factors ----------------------------------------------------------------------------------------------------------

FACTOR_MISSING = _error(
    "factor-missing",
    Text("没有排放因子", "No emission factor"),
    Text("流“{flow}”没有可采用的排放因子（{reason}）。", "The flow “{flow}” has no emission factor that may be used ({reason})."),
    Text("请咨询机构在核算设置、因子集中点名一个因子，或在因子库中添加。库中现有：{available}。", "For the consultant: name one in the settings or the factor set, or add one to the library. It has: {available}."),
)
FACTOR_ID_UNKNOWN = _error(
    "factor-id-unknown",
    Text("因子编号不存在", "Unknown factor id"),
    Text("因子库中没有编号“{id}”。", "The factor library has no id “{id}”."),
    Text("请核对编号，或留空由系统按规则选取。", "Check the id, or leave it blank and the rules choose."),
)
FACTOR_OF_OTHER_FLOW = _error(
    "factor-of-other-flow",
    Text("因子属于别的流", "Factor of another flow"),
    Text("编号“{id}”是“{other}”的因子，不是“{flow}”的。", "The id “{id}” is a factor of “{other}”, not of “{flow}”."),
    Text("请改填该流的因子编号，或改正流的名称。", "Give an id of this flow, or mend the flow’s name."),
)
FACTOR_SEVERAL = _note(
    "factor-several",
    Text("有同等因子可选", "Equally good factors"),
    Text("“{flow}”另有同等的因子：{others}；采用了“{factor}”。", "“{flow}” has other factors as good: {others}; “{factor}” is used."),
    Text("如应采用另一个，请在因子集中点名。", "If another is meant, name it in the factor set."),
)
FACTOR_CAUTION = _note(
    "factor-caution",
    Text("因子使用提示", "Caution on a factor"),
    Text("“{factor}”（{id}）取自“{series}”：{caution}。", "“{factor}” ({id}) is of the series “{series}”: {caution}."),
    Text("有更合适的因子时请改用，并在报告中说明。", "Use a better one where there is one, and say so in the report."),
)
FACTOR_OLDER_THAN_DATA = _warning(
    "factor-older-than-data",
    Text("因子早于数据年份", "Factor older than the data"),
    Text("数据是 {data_year} 年的，“{factor}”是 {factor_year} 年的。", "The data are of {data_year}, “{factor}” is of {factor_year}."),
    Text("请核对是否有更新的因子（库中：{newer}），或在报告中说明理由。", "Check for a newer one (in the library: {newer}), or justify it in the report."),
)
FACTOR_YEAR_LAG = _note(
    "factor-year-lag",
    Text("因子年份略早", "Factor of an earlier year"),
    Text("数据是 {data_year} 年的，库中最新的“{factor}”是 {factor_year} 年的。", "The data are of {data_year}; the newest “{factor}” of the library is of {factor_year}."),
    Text("更新的因子公布后可更换。", "Change it when a newer one is published."),
)
FACTOR_NEWER_THAN_DATA = _note(
    "factor-newer-than-data",
    Text("因子晚于数据年份", "Factor newer than the data"),
    Text("数据是 {data_year} 年的，库中没有不晚于该年的因子，采用了 {factor_year} 年的“{factor}”。", "The data are of {data_year}; no factor is as old, “{factor}” of {factor_year} is used."),
    Text("如有当年的因子，请添加到因子库。", "If there is one of that year, add it to the library."),
)
ELECTRICITY_CO2_SERIES = _warning(
    "electricity-co2-series",
    Text("电力采用了二氧化碳排放因子", "CO2 emission factor used for electricity"),
    Text("“{factor}”只含发电的二氧化碳；产品碳足迹应采用电力碳足迹因子（全生命周期）。", "“{factor}” covers the CO2 of generation only; a product footprint wants the life-cycle carbon-footprint factor."),
    Text("请在核算设置中改选“电力碳足迹因子”，或在报告中说明理由。", "Choose the carbon-footprint factor in the settings, or justify it in the report."),
)
ELECTRICITY_REGION_NATIONAL = _warning(
    "electricity-region-national",
    Text("改用全国电力因子", "National electricity factor used"),
    Text("“{series}”没有{region}的因子，已改用全国的“{factor}”。", "“{series}” has no factor of {region}; the national “{factor}” is used."),
    Text("如有该地区的因子，请添加到因子库；否则在设置中将地区留空。", "If there is one, add it to the library; else leave the region blank in the settings."),
)

# --- quality and scenarios: not needed for the result -----------------------------------------------------------------

QUALITY_NOT_READ = _warning(
    "quality-not-read",
    Text("质量评定未采用", "Quality not read"),
    Text("{field}：“{typed}”读不懂，没有采用。", "{field}: “{typed}” cannot be read and is not used."),
    Text("评分请填 1 到 5 的整数，不确定度请填百分数（5% 填 5）；留空则按规则评定。", "A rating is a whole number from 1 to 5, a spread a percentage (5 for 5 %); blank is rated by the rules."),
)
SPREAD_NOT_USED = _warning(
    "spread-not-used",
    Text("不确定度未采用", "Spread not used"),
    Text("数量的不确定度没有采用：{reason}。", "The amount's spread is not used: {reason}."),
    Text("请改正分布、±% 或上下限；留空则按规则评定。", "Mend distribution, ± % or limits; blank is rated by the rules."),
)
SCENARIO_ROW_LEFT_OUT = _warning(
    "scenario-row-left-out",
    Text("情景的一行没有采用", "A row of a scenario left out"),
    Text("情景的这一行没有采用：{reason}。", "This row of a scenario is left out: {reason}."),
    Text("请更正这一行；基准结果不受影响。", "Mend the row; the result itself is not affected."),
)
