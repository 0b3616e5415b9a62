"""Sheets and single cells, as any spreadsheet has them."""

from __future__ import annotations

from workbook_engine.catalogue.declaring import error, note, warning
from workbook_engine.texts import Text

# the sheets

SHEET_SKIPPED = note(
    "sheet-skipped",
    Text("不是表格", "Not a table sheet"),
    Text("这一页是{found}，没有单元格，未读取。", "This sheet is {found}; it has no cells and was not read."),
    Text("无需处理。", "Nothing to do."),
)
SHEET_UNREADABLE = error(
    "sheet-unreadable",
    Text("工作表缺失", "Sheet missing"),
    Text("工作簿列有这张工作表，文件里却没有它的内容。", "The workbook lists this sheet, but the file does not hold its content."),
    Text("请在 Excel 或 WPS 中打开检查，另存一份后提交。", "Open it in Excel or WPS, see that the sheet is there, save a copy and send that."),
)
CELLS_LOST = error(
    "cells-lost",
    Text("单元格读漏", "Cells lost"),
    Text("文件里有 {stored} 个有内容的单元格，只读出 {delivered} 个。", "The file holds {stored} cells with content, {delivered} were read."),
    Text("请另存一份后重新提交；如仍如此，请联系咨询机构。", "Save a copy and send that; if it happens again, tell the consultant."),
)

# single cells

CELL_INVALID = error(
    "cell-invalid",
    Text("单元格内容无效", "Invalid cell content"),
    Text("单元格里存的“{raw}”{reason}。", "The cell holds “{raw}”, {reason}."),
    Text("请重新填写这个单元格。", "Type this cell again."),
)
CELL_BEYOND_GRID = error(
    "cell-beyond-grid",
    Text("单元格位置无效", "Cell outside the sheet"),
    Text("有内容存放在不存在的位置“{address}”，未读取：“{raw}”。", "Content is stored at the impossible address “{address}” and was not read: “{raw}”."),
    Text("请在 Excel 或 WPS 中打开检查，另存一份后提交。", "Open it in Excel or WPS, check it, save a copy and send that."),
)
CELL_TWICE = error(
    "cell-twice",
    Text("单元格重复", "Cell stored twice"),
    Text("文件里这个单元格存了两次：“{kept}”（已采用）和“{dropped}”。", "The file holds this cell twice: “{kept}” (taken) and “{dropped}”."),
    Text("请重新填写这个单元格并另存。", "Type this cell again and save the workbook."),
)
CELL_FORMULA_LOST = warning(
    "cell-formula-lost",
    Text("公式缺失", "Formula missing"),
    Text("这个单元格原有公式，但文件里没有存下公式本身；已按保存的数值读取。", "This cell had a formula, but the file does not hold the formula itself; the stored value was read."),
    Text("请核对数值，或重新输入公式后另存。", "Check the value, or type the formula again and save."),
)
CELL_STRUCK_OUT = warning(
    "cell-struck-out",
    Text("带删除线", "Struck through"),
    Text("“{typed}”带有删除线：是否作废不能确定，仍按填写内容读取。", "“{typed}” is struck through; whether it still holds is not certain, and it was read as typed."),
    Text("如已作废，请清除内容或填写正确的值；如仍有效，请去掉删除线。", "If it no longer holds, clear the cell or type the right value; if it does, remove the strikethrough."),
)
CELL_UNSEEN = warning(
    "cell-unseen",
    Text("字在表上看不见", "Text that cannot be seen"),
    Text("“{typed}”在表上看不见（字色与底色相同或几乎相同，或字号太小，或字体只显示图形），仍按填写内容读取。", "“{typed}” cannot be seen on the sheet (letters in the colour of the cell or nearly so, too small, or of a font of pictures); it was read as typed."),
    Text("如不应计入，请清除内容；如应计入，请换成看得见的颜色、字号和字体。", "If it is not to count, clear the cell; if it is, give it a colour, size and font that can be seen."),
)
CELL_PARTLY_UNSEEN = warning(
    "cell-partly-unseen",
    Text("一部分字在表上看不见", "Part of a text that cannot be seen"),
    Text("“{typed}”中的“{hidden}”在表上看不见（字色与底色相同或几乎相同，或字号太小，或字体只显示图形），仍按填写内容读取。", "“{hidden}” within “{typed}” cannot be seen on the sheet (letters in the colour of the cell or nearly so, too small, or of a font of pictures); it was read as typed."),
    Text("如不应计入，请删去这部分；如应计入，请换成看得见的颜色、字号和字体。", "If it is not to count, delete it; if it is, give it a colour, size and font that can be seen."),
)
NUMBER_PARTLY_UNSEEN = error(
    "number-partly-unseen",
    Text("数字的一部分看不见", "Number partly unseen"),
    Text("“{typed}”中的“{hidden}”在表上看不见（字色与底色相同或几乎相同，或字号太小，或字体只显示图形），取哪个数不能确定。", "“{hidden}” within “{typed}” cannot be seen (letters in the colour of the cell or nearly so, too small, or of a font of pictures); which number holds is not certain."),
    Text("请重新填写这个单元格，只留应计入的数。", "Please type the cell anew, with the number that is to count alone."),
)
RULE_HIDES = warning(
    "rule-hides",
    Text("条件格式会隐藏内容", "Conditional format that hides"),
    Text("{area} 的条件格式在条件成立时使内容看不见（字与底色相同，或不显示数值）；看不见的仍按填写内容读取。", "A conditional format of {area} makes its cells' content unseen where its condition holds (letters in the colour of the cell, or no value shown); it was read as typed."),
    Text("请核对这些单元格里是否有不应计入的内容，并删去这条条件格式。", "See whether these cells hold anything that is not to count, and remove that conditional format."),
)
ROW_STRUCK_OUT = warning(
    "row-struck-out",
    Text("整行带删除线", "Row struck through"),
    Text("这一行有 {count} 个单元格带有删除线（“{typed}”等）：是否作废不能确定，仍按填写内容计算。", "{count} cells of this row are struck through (“{typed}” first); whether they still hold is not certain, and the row was used."),
    Text("如已作废，请清除这一行；如仍有效，请去掉删除线。", "If the row no longer holds, clear it; if it does, remove the strikethrough."),
)
CELL_PARTLY_STRUCK_OUT = warning(
    "cell-partly-struck-out",
    Text("部分文字带删除线", "Partly struck through"),
    Text("“{typed}”中有一部分带有删除线，连同这一部分读取。", "A part of “{typed}” is struck through; it was read with that part."),
    Text("请删去作废的文字；如仍有效，请去掉删除线。", "Delete what no longer holds; if all of it does, remove the strikethrough."),
)
NUMBER_PARTLY_STRUCK_OUT = error(
    "number-partly-struck-out",
    Text("数字的一部分带删除线", "Number partly struck through"),
    Text("“{typed}”中有一部分数字带有删除线，取哪个数不能确定。", "Some digits of “{typed}” are struck through; which number holds is not certain."),
    Text("请删去作废的数字，只留一个数。", "Delete what no longer holds, so that one number is left."),
)
CELLS_MORE_LIKE_IT = warning(
    "cells-more-like-it",
    Text("同类问题还有", "More of the same"),
    Text("除已列出的以外，同类问题（{title}）还有 {count} 处。", "Besides those listed there are more of the same kind ({title}): {count}."),
    Text("请先改正已列出的，再提交检查其余。", "Correct those listed first, then send it again to see the rest."),
)
NUMBER_AS_TEXT = note(
    "number-as-text",
    Text("文本数字", "Number stored as text"),
    Text("“{typed}”是文本，已读作 {value}。", "“{typed}” is text; it was read as {value}."),
    Text("无需处理；如读错，请改填数字。", "Nothing to do; if it was misread, type the number itself."),
)
NOT_A_NUMBER = error(
    "not-a-number",
    Text("不是数", "Not a number"),
    Text("“{typed}”不是一个确定的数。", "“{typed}” is not a definite number."),
    Text("请只填数字；旁边有单位列的，单位填在那一列。", "Type the number only; where there is a unit column, the unit goes there."),
)
NUMBER_WITH_UNIT = note(
    "number-with-unit",
    Text("数字带单位", "Number with a unit in the same cell"),
    Text("“{typed}”中写有单位，已读作 {value} {unit}。", "“{typed}” holds a unit; it was read as {value} {unit}."),
    Text("无需处理；建议只填数字，单位填在单位列。", "Nothing to do; it is best to type the number only, and its unit in the unit column."),
)
NUMBER_FORMAT_UNIT = note(
    "number-format-unit",
    Text("数字格式中带单位", "Unit in the number's format"),
    Text("单元格的数字格式中带有单位，显示为“{typed}”，已读作 {value} {unit}。", "The cell's number format has a unit and shows “{typed}”; it was read as {value} {unit}."),
    Text("无需处理；建议单元格用“常规”格式，单位填在单位列。", "Nothing to do; it is best to use the format General, and to give the unit in the unit column."),
)
NUMBER_FORMAT_TEXT = note(
    "number-format-text",
    Text("数字格式中带文字", "Words in the number's format"),
    Text("单元格显示“{typed}”，其中的“{unit}”来自数字格式，不是填写的内容；已读作 {value}。", "The cell shows “{typed}”; “{unit}” comes from its number format and was not typed. It was read as {value}."),
    Text("请核对数字；需要说明的，写在备注列。", "Check the number; what is to be said belongs in the remarks column."),
)
NUMBER_FORMAT_MONEY = warning(
    "number-format-money",
    Text("数字格式是货币", "Formatted as money"),
    Text("单元格显示“{typed}”，是金额的格式；这里要填的不是金额，已读作 {value}。", "The cell shows “{typed}”, as amounts of money are shown; none is asked for here. It was read as {value}."),
    Text("填的是金额的，请改填数量；数字没有错的，把单元格格式改为“常规”即可。", "Where it is money, give the quantity in its place; where the number is right, set the cell's format to General."),
)
NUMBER_FORMAT_SCALES = warning(
    "number-format-scales",
    Text("数字格式缩小了显示值", "Number format that shows less"),
    Text("单元格的数字格式把数缩小显示为“{typed}”，实际存的数是 {value}，已按 {value} 计算。", "The cell's number format shows the number as “{typed}”; the cell holds {value}, and {value} was used."),
    Text("请把单元格格式改为“常规”，核对数字与单位。", "Set the cell's format to General, and check number and unit."),
)
NUMBER_FORMAT_HIDES = warning(
    "number-format-hides",
    Text("数字被格式隐藏", "Number hidden by its format"),
    Text("单元格看上去是空白或文字，实际存有数 {value}，已按 {value} 计算。", "The cell looks blank, or shows a text, but holds the number {value}, which was used."),
    Text("请把单元格格式改为“常规”，核对这个数；不需要的请删除。", "Set the cell's format to General and check the number; delete it where it is not meant."),
)
TEXT_FORMAT_HIDES = warning(
    "text-format-hides",
    Text("文字被格式隐藏", "Text hidden by its format"),
    Text("单元格看上去是空白，实际写有“{typed}”（被单元格的数字格式隐藏，如“;;;”），仍按填写内容读取。", "The cell looks blank, but holds “{typed}”, which its number format (;;; or the like) does not show; it was read as typed."),
    Text("请把单元格格式改为“常规”，核对内容；不需要的请清除。", "Set the cell's format to General and check the text; clear the cell where it is not meant."),
)
NUMBER_FORMAT_UNCLEAR = error(
    "number-format-unclear",
    Text("数字格式改变了数的大小", "Number format that changes the size"),
    Text("单元格显示“{typed}”，其中的“{unit}”来自数字格式，实际存的数是 {low}：是否要乘以“{unit}”，不能确定。", "The cell shows “{typed}”; “{unit}” comes from its number format, and the cell holds {low}: whether it is to be multiplied is not certain."),
    Text("请把单元格格式改为“常规”，填写完整的数字，并核对单位列。", "Set the cell's format to General, type the whole number, and check the unit column."),
)
NUMBER_PER_UNIT = warning(
    "number-per-unit",
    Text("数字带“每……”", "Number that is per something"),
    Text("“{typed}”写的是每“{per}”的量，已读作 {value} {unit}。", "“{typed}” is an amount per “{per}”; it was read as {value} {unit}."),
    Text("请核对数据口径（每功能单位、全年合计）是否与此一致，并只填数字。", "Check that the basis (per functional unit, annual total) says the same, and type the number only."),
)
NUMBER_ONE_COMMA = warning(
    "number-one-comma",
    Text("逗号含义待核对", "Comma to be checked"),
    Text("“{typed}”中的逗号按千位分隔读取，得 {value}。", "The comma of “{typed}” was read as a thousands separator: {value}."),
    Text("如逗号是小数点，请改为小数点；否则请去掉逗号。", "If it is a decimal comma, type a decimal point; if not, leave the comma out."),
)
NUMBER_ONE_DOT = warning(
    "number-one-dot",
    Text("点的含义待核对", "Point to be checked"),
    Text("“{typed}”中的点按小数点读取，得 {value}。", "The point of “{typed}” was read as a decimal point: {value}."),
    Text("如点是千位分隔符，请去掉；否则请改填数字。", "If it separates thousands, leave it out; if not, type the number itself."),
)
NUMBER_CALCULATED = note(
    "number-calculated",
    Text("文本算式已算出", "A calculation in a text, worked out"),
    Text("“{typed}”是文本算式，已算作 {value}。", "“{typed}” is a calculation stored as text; it was worked out as {value}."),
    Text("无需处理；如算错，请改填结果。", "Nothing to do; if it is wrong, type the result."),
)
NUMBER_MULTIPLIED = warning(
    "number-multiplied",
    Text("填的是算式", "A calculation in place of its result"),
    Text("“{typed}”按算式读取，得 {value}。", "“{typed}” was read as a calculation: {value}."),
    Text("请核对结果，并改填这个数；不是算式的，请填实际数量。", "Check the result and type it instead; if no calculation was meant, type the amount."),
)
NUMBER_SEPARATORS_UNCLEAR = error(
    "number-separators-unclear",
    Text("分隔符含义不明", "Unclear separators"),
    Text("“{typed}”中的逗号、点或空格可以有两种读法，未读取。", "The commas, points or spaces of “{typed}” can be read in two ways; it was not read."),
    Text("请只用一个小数点，不用千位分隔符。", "Use one decimal point and no thousands separator."),
)
NUMBER_APPROXIMATE = warning(
    "number-approximate",
    Text("约数", "Approximate number"),
    Text("“{typed}”是约数，已按 {value} 计算。", "“{typed}” is approximate; {value} was used."),
    Text("有准确数时请填准确数；否则请在备注中说明依据。", "Type the exact figure if there is one; otherwise say in the remark where it comes from."),
)
NUMBER_WITH_TOLERANCE = warning(
    "number-with-tolerance",
    Text("带公差的数", "Number with a tolerance"),
    Text("“{typed}”带有公差（{low} 至 {high}），已按 {value} 计算。", "“{typed}” has a tolerance ({low} to {high}); {value} was used."),
    Text("请填实际的平均值。", "Type the actual mean."),
)
NUMBER_IS_RANGE = error(
    "number-is-range",
    Text("填的是范围", "A range, not a number"),
    Text("“{typed}”是一个范围，不能确定取哪个数。", "“{typed}” is a range; which figure holds is not certain."),
    Text("请填一个数：实际值或平均值。", "Type one number: the actual value or the mean."),
)
NUMBER_IS_BOUND = error(
    "number-is-bound",
    Text("填的是上限或下限", "A limit, not a number"),
    Text("“{typed}”只说明了上限或下限，不是一个确定的数。", "“{typed}” gives a limit only, not a definite number."),
    Text("请填实际值；低于检出限的请填采用的值并在备注说明。", "Type the actual value; where it is below a detection limit, type the value to use and say so in the remark."),
)
NUMBER_IN_BRACKETS = warning(
    "number-in-brackets",
    Text("括号中的数", "Number in brackets"),
    Text("“{typed}”整个写在括号里，按会计写法读作 {value}。", "“{typed}” is in brackets; it was read as {value}, as accountants write negative numbers."),
    Text("如不是负数，请去掉括号。", "If it is not negative, leave the brackets out."),
)
NUMBER_WITH_REMARK = warning(
    "number-with-remark",
    Text("数字后有说明", "Number with a remark"),
    Text("“{typed}”已读作 {value}，括号中的说明“{remark}”未参与计算。", "“{typed}” was read as {value}; the remark “{remark}” was not used."),
    Text("请核对该说明不改变数量，并移到备注列。", "Check that the remark does not change the amount, and move it to the remark column."),
)
NUMBER_IS_EXPRESSION = error(
    "number-is-expression",
    Text("填的是算式", "A calculation, not a number"),
    Text("“{typed}”是一个没有算出结果的算式。", "“{typed}” is a calculation without its result."),
    Text("请填计算结果；或以“=”开头写成公式，并把单元格格式改为“常规”。", "Type the result; or begin it with “=” in a cell of the format General, so that it is calculated."),
)
NUMBER_PER_TIME = error(
    "number-per-time",
    Text("每月、每天的数", "A number per month or day"),
    Text("“{typed}”像是每月或每天的数，没有读取。", "“{typed}” reads as a number per month or day; it was not read."),
    Text("请填整个统计周期的合计数；填在月份列的，请只填数字。", "Give the total of the whole reference period; in a column of months the number only."),
)
NUMBER_UNIT_UNKNOWN = error(
    "number-unit-unknown",
    Text("数字后的文字看不懂", "Unknown words after a number"),
    Text("“{typed}”中的“{unit}”不是已知的单位，该数未读取。", "“{unit}” in “{typed}” is no known unit; the number was not read."),
    Text("请只填数字，单位从单位列的列表中选择，其他说明写在备注列。", "Type the number only, choose its unit from the list of the unit column, and put anything else in the remark."),
)
NUMBER_CONVERTED = note(
    "number-converted",
    Text("已换算单位", "Unit converted"),
    Text("“{typed}”已换算为 {value} {unit}。", "“{typed}” was converted to {value} {unit}."),
    Text("无需处理；建议换算为 {unit} 后只填数字。", "Nothing to do; it is best to type the number only, in {unit}."),
)
PERCENT_READ = note(
    "percent-read",
    Text("百分数", "Per cent"),
    Text("“{typed}”已读作 {value}。", "“{typed}” was read as {value}."),
    Text("无需处理；如读错，请按百分比格式重填。", "Nothing to do; if it was misread, type it again as a percentage."),
)
NUMBER_UNIT_MISFIT = error(
    "number-unit-misfit",
    Text("单位与此处不符", "Unit that does not fit here"),
    Text("“{typed}”的单位是 {unit}，这里应为 {wanted}，不能换算。", "“{typed}” is in {unit}; {wanted} is wanted here, and there is no conversion."),
    Text("请核对单位，只填以 {wanted} 计的数字。", "Check the unit, and type the number in {wanted} only."),
)
NUMBER_UNIT_UNWANTED = error(
    "number-unit-unwanted",
    Text("这里不用写单位", "No unit wanted here"),
    Text("“{typed}”带有单位，而“{field}”只要一个数，不能确定含义。", "“{typed}” has a unit, but “{field}” is a plain number: what is meant is not certain."),
    Text("请只填数字；原来的单位与要求不同的，请先换算。", "Type the number only; convert it first where it is in another unit than the one asked for."),
)
NUMBER_NOT_WHOLE = error(
    "number-not-whole",
    Text("应为整数", "Not a whole number"),
    Text("“{field}”填的是 {typed}，这里应填整数。", "“{field}” is {typed} where a whole number belongs."),
    Text("请填写整数，不带小数。", "Type a whole number, without decimals."),
)
NUMBER_SCALED_TWICE = error(
    "number-scaled-twice",
    Text("“万”可能重复", "万 may be meant once"),
    Text("数量“{typed}”中有“万”或“亿”，单位 {wanted} 中也有，不能确定是否重复。", "The amount “{typed}” holds 万 or 亿, and so does the unit {wanted}; whether both are meant is not certain."),
    Text("请只填数字，“万”只写在单位里。", "Type the number only, and leave 万 to the unit."),
)
UNIT_BY_CONVENTION = warning(
    "unit-by-convention",
    Text("单位按惯例读取", "Unit read by convention"),
    Text("“{typed}”：{convention}。", "“{typed}”: {convention}."),
    Text("如不符，请改用没有歧义的单位。", "If that is not meant, use a unit that can be read in one way only."),
)
NUMBER_ONE_OR_DASH = error(
    "number-one-or-dash",
    Text("“一”含义不明", "“一” can be one or a dash"),
    Text("“{typed}”可能是数字“一”，也可能是横线。", "“{typed}” can be the numeral one or a dash."),
    Text("是 1 请填 1；没有数据请留空并在备注说明。", "Type 1 if it is one; leave the cell blank and remark why if there is no figure."),
)
DATE_AS_TEXT = note(
    "date-as-text",
    Text("文本日期", "Date stored as text"),
    Text("“{typed}”已读作日期 {value}。", "“{typed}” was read as the date {value}."),
    Text("无需处理；如读错，请按“年-月-日”改填，例如 2025-01-01。", "Nothing to do; if it was misread, type it as year-month-day, such as 2025-01-01."),
)
DATE_AS_SERIAL = note(
    "date-as-serial",
    Text("日期显示为序号", "Date shown as a serial number"),
    Text("{typed} 是日期序号，已读作 {value}。", "{typed} is a date's serial number; it was read as {value}."),
    Text("无需处理；把单元格格式改为“日期”即可正常显示。", "Nothing to do; with the cell's format set to Date it shows as a date."),
)
DATE_COMPLETED = note(
    "date-completed",
    Text("日期没有写到日", "Date without its day"),
    Text("“{typed}”没有写到日，已按 {value} 读取。", "“{typed}” names no day; it was read as {value}."),
    Text("无需处理；如不符，请写出年、月、日。", "Nothing to do; if that is not what is meant, type year, month and day."),
)
DATE_IS_PERIOD = warning(
    "date-is-period",
    Text("填的是一段时间", "A period, not a date"),
    Text("“{typed}”是一段时间，已取 {value}。", "“{typed}” is a period; {value} was taken."),
    Text("请核对，并只填一个日期。", "Please check, and type one date only."),
)
DATE_AMBIGUOUS = error(
    "date-ambiguous",
    Text("日期有两种读法", "Date with two readings"),
    Text("“{typed}”可以读成 {first} 或 {second}。", "“{typed}” can be {first} or {second}."),
    Text("请按“年-月-日”填写，例如 2025-01-31。", "Type it as year-month-day, such as 2025-01-31."),
)
DATE_IMPOSSIBLE = error(
    "date-impossible",
    Text("不存在的日期", "Impossible date"),
    Text("“{typed}”：没有这一天。", "“{typed}”: there is no such day."),
    Text("请核对年、月、日。", "Check year, month and day."),
)
DATE_IMPLAUSIBLE = error(
    "date-implausible",
    Text("年份不合理", "Implausible year"),
    Text("日期 {typed} 的年份不合理。", "The date {typed} has an implausible year."),
    Text("请按“年-月-日”填写，例如 2025-01-01；只要填年份的，请先把单元格格式改为“常规”，再填 2025 这样的年份。", "Type it as year-month-day, such as 2025-01-01; where only a year is wanted, set the cell's format to General and type the year, such as 2025."),
)
DATE_WITHOUT_YEAR = error(
    "date-without-year",
    Text("日期没有年份", "Date without a year"),
    Text("“{typed}”没有写年份。", "“{typed}” names no year."),
    Text("请写出年、月、日，例如 2025-01-31。", "Type year, month and day, such as 2025-01-31."),
)
NOT_A_DATE = error(
    "not-a-date",
    Text("不是日期", "Not a date"),
    Text("“{typed}”不是一个确定的日期。", "“{typed}” is not a definite date."),
    Text("请按“年-月-日”填写，例如 2025-01-31。", "Type it as year-month-day, such as 2025-01-31."),
)
VALUE_PENDING = error(
    "value-pending",
    Text("待补充", "Still to come"),
    Text("“{typed}”：这一项还没有数据。", "“{typed}”: this is still missing."),
    Text("请补充；确实没有时，请在备注说明原因。", "Please fill it in; if there is none, say why in the remark."),
)
SAME_AS_ABOVE_READ = note(
    "same-as-above-read",
    Text("“同上”已读取", "Same as above, read"),
    Text("“{typed}”已按上一行读作“{value}”。", "“{typed}” was read as the row above says: “{value}”."),
    Text("无需处理；建议写出内容，排序后就不会错位。", "Nothing to do; it is best to write it out, so that sorting changes nothing."),
)
VALUE_SAME_AS_ABOVE = error(
    "value-same-as-above",
    Text("写的是“同上”", "Same as above"),
    Text("“{typed}”：这里需要写出内容本身。", "“{typed}”: the content itself is wanted here."),
    Text("请填写与上一行相同的内容。", "Type what stands in the row above."),
)
VALUE_ELSEWHERE = error(
    "value-elsewhere",
    Text("写在别处", "Stands elsewhere"),
    Text("“{typed}”：数据写在别处，未读取。", "“{typed}”: the figure stands elsewhere and was not read."),
    Text("请把数填在这个单元格里。", "Type the figure itself into this cell."),
)
FORMULA_CIRCULAR = error(
    "formula-circular",
    Text("公式引用了自己", "Formula looks at its own cell"),
    Text("公式“{typed}”是循环引用：直接或经过其他单元格引用了自己，保存的结果不可用。", "The formula “{typed}” is circular: it depends on its own cell, directly or through others; the result saved with it cannot be used."),
    Text("请改正公式的范围，不要包括本单元格；或直接填写数字。", "Correct its range so that it leaves this cell out, or type the figure itself."),
)
FORMULA_OF_NOTHING = error(
    "formula-of-nothing",
    Text("公式引用的单元格都是空的", "Formula of empty cells"),
    Text("公式“{typed}”引用的单元格都是空的，结果 0 不是数据。", "All cells that the formula “{typed}” looks at are empty: its 0 is no figure."),
    Text("请填写被引用的单元格（确实为零的填 0），或改正公式；也可以直接填数字。", "Fill those cells in (0 where it is really zero), correct the formula, or type the figure itself."),
)
SUM_PASSES_OVER = warning(
    "sum-passes-over",
    Text("求和漏掉了文本格式的数", "Sum without a number stored as text"),
    Text("求和公式没有加上 {cell} 的“{typed}”：它存成了文本，Excel 求和时跳过文本。", "The sum leaves out “{typed}” in {cell}: it is stored as text, which a sum passes over."),
    Text("请把 {cell} 改成数字（只填数字，不带单位），核对求和结果后保存。", "Make {cell} a number (digits only, no unit), look at the sum again and save."),
)
FORMULA_NOT_CALCULATED = error(
    "formula-not-calculated",
    Text("公式没有结果", "Formula without a result"),
    Text("公式“{typed}”没有保存计算结果。", "The formula “{typed}” was saved without its result."),
    Text("请直接填写数字；或在 Excel 或 WPS 中打开（公式引用了别的文件的，那个文件也要在手边），看到结果后保存，再提交。", "Type the figure itself; or open the workbook in Excel or WPS, with any other file that the formula looks at at hand, and save it once the result shows."),
)
FORMULA_RECALCULATED = note(
    "formula-recalculated",
    Text("公式已重新计算", "Formula calculated here"),
    Text("公式“{formula}”没有保存计算结果，由程序算得 {value}。", "The formula “{formula}” was saved without its result; the program worked it out: {value}."),
    Text("请核对；在 Excel 或 WPS 中打开并保存一次，结果就会存入。", "Please check; opened and saved once in Excel or WPS, it keeps its result."),
)
BOOLEAN_FOR_NUMBER = error(
    "boolean-for-number",
    Text("填的是逻辑值", "TRUE or FALSE for a number"),
    Text("单元格的值是 {typed}，不是数。", "The cell holds {typed}, which is no number."),
    Text("请填数字。", "Type the number."),
)
DATE_FOR_NUMBER = error(
    "date-for-number",
    Text("填的是日期", "A date for a number"),
    Text("“{typed}”是日期，这里应填数。", "“{typed}” is a date where a number belongs."),
    Text("请把单元格格式改为“常规”，重新填数（如 1.5、3-2 会被 Excel 自动变成日期）。", "Set the cell's format to General and type the number again (Excel makes dates of 3-2 and the like by itself)."),
)
INVALID_VALUE = error(
    "invalid-value",
    Text("无效内容", "Invalid content"),
    Text("单元格内容“{typed}”不是有效的值。", "The cell's content “{typed}” is no valid value."),
    Text("请重新填写这个单元格。", "Type this cell again."),
)
