"""The template found in the workbook: its sheets, tables, headings, and what a cell of it should hold."""

from __future__ import annotations

from workbook_engine.catalogue.declaring import error, note, warning
from workbook_engine.texts import Text

# the template in the workbook: sheets, tables, headings

NOT_OUR_TEMPLATE = error(
    "not-our-template",
    Text("不是数据收集表", "Not the data-collection template"),
    Text("在这个工作簿中找不到数据收集表的任何表格。", "No table of the data-collection template was found in this workbook."),
    Text("请使用我们发送的数据收集表填写；如数据已填在这个工作簿里，请复制到收集表中。", "Please use the template that we sent; if this workbook holds the data, copy them into the template."),
)
FACTOR_LIBRARY = error(
    "factor-library",
    Text("是因子库", "A factor library"),
    Text("这是排放因子库，不是企业填写的数据收集表，没有核算。", "This is a library of emission factors, no data-collection workbook; nothing was computed."),
    Text("请把它移出收件文件夹。", "Move it out of the folder of returned workbooks."),
    Text("要用它核算，用 --factors 指定。", "To compute with it, name it by --factors."),
)
FOUND_BY_NAME = note(
    "found-by-name",
    Text("按名称识别", "Found by its names"),
    Text("隐藏的标记已丢失，这张表按工作簿中定义的名称识别。", "The hidden marks are gone; this sheet was read by the workbook's defined names."),
    Text("请核对读出的数据是否齐全。", "Please check that everything was read."),
)
FOUND_BY_LABEL = note(
    "found-by-label",
    Text("按标题识别", "Found by its headings"),
    Text("隐藏的标记已丢失，这张表按标题文字识别。", "The hidden marks are gone; this sheet was read by its headings."),
    Text("请核对读出的数据是否齐全。", "Please check that everything was read."),
)
HEADING_DISAGREES = error(
    "heading-disagrees",
    Text("列标题与列不符", "Heading and column disagree"),
    Text("这一列原为“{expected}”，现在的标题是“{typed}”，无法确定列中数据的含义。", "This column was “{expected}” and is now headed “{typed}”: what its data mean is not certain."),
    Text("请恢复原来的列标题，并确认数据填在正确的列。", "Restore the heading and make sure that the data are in the right column."),
)
HEADING_UNKNOWN = error(
    "heading-unknown",
    Text("列标题被改写", "Heading retyped"),
    Text("这一列原为“{expected}”，现在的标题是“{typed}”，不能确定列中填的是不是同一项。", "This column was “{expected}” and is now headed “{typed}”: whether it still holds the same is not certain."),
    Text("请恢复原来的列标题；如果填的是别的内容，请移到备注列。", "Restore the heading; if the column holds something else, move that to the remarks."),
)
HEADING_CHANGED = warning(
    "heading-changed",
    Text("列标题被改写", "Heading retyped"),
    Text("这一列原为“{expected}”，现在的标题是“{typed}”，仍按“{expected}”读取。", "This column was “{expected}” and is now headed “{typed}”; it was read as “{expected}”."),
    Text("请核对；建议恢复原来的列标题。", "Please check; it is best to restore the heading."),
)
HEADING_REMARK = warning(
    "heading-remark",
    Text("列标题中加了说明", "Remark added to a heading"),
    Text("列标题“{typed}”已理解为“{value}”；其中的“{words}”没有改变任何一个数。", "The heading “{typed}” was taken as “{value}”; “{words}” in it changed no number."),
    Text("请核对列中各数是否仍是标题原来所指的量；说明请写在备注列。", "Check that the numbers in the column are still what the heading asks for; remarks belong in the remarks column."),
)
HEADING_OF_OTHER_YEAR = warning(
    "heading-of-other-year",
    Text("列标题写的是别的年份", "Heading of another year"),
    Text("列标题“{typed}”写的是 {year} 年，统计周期是 {start} 至 {end}。", "The heading “{typed}” names {year}; the reference period is {start} to {end}."),
    Text("请改填统计周期内的数据，并改正列标题；统计周期填错的，请在“基本信息”中改正。", "Give the data of the reference period and correct the heading; or correct the period on Basics where that is wrong."),
)
HEADINGS_GONE = note(
    "headings-gone",
    Text("列标题已删除", "Headings deleted"),
    Text("表格的列标题行不见了，各列按隐藏的标记识别。", "The row of headings is gone; the columns were told apart by the hidden marks."),
    Text("请核对读出的数据；建议恢复列标题。", "Please check what was read; it is best to restore the headings."),
)
COLUMN_TWICE = error(
    "column-twice",
    Text("同一列有两份", "A column appears twice"),
    Text("“{heading}”有两列，只读取了 {taken} 列；这一列的内容没有读取。", "There are two columns “{heading}”; only column {taken} was read, and this one was not."),
    Text("请只保留一列，或把另一列的标题改成它的实际内容。", "Keep one of them, or give the other a heading that says what it holds."),
)
COLUMN_MISSING = error(
    "column-missing",
    Text("缺少列", "Column missing"),
    Text("这张表缺少“{heading}”列。", "This table has no column “{heading}”."),
    Text("请把这一列加回来，标题照原样填写；或使用我们发送的收集表。", "Put the column back under its heading, or use the template that we sent."),
)
TABLE_UNCLEAR = error(
    "table-unclear",
    Text("分不清是哪张表", "Which table is it?"),
    Text("从列标题看，这可能是以下任一张表：{tables}；数据没有读取。", "By its headings this could be any of: {tables}; its data were not read."),
    Text("请在表的上方写明表名，或把工作表改回原来的名称。", "Put the table's title above it, or give the sheet its former name."),
)
DATA_NOT_READ = error(
    "data-not-read",
    Text("数据未读取", "Data not read"),
    Text("有 {count} 行像是数据，但在表格之外，没有被读取：第 {rows} 行。", "Looks like data but stands outside the tables and was not read: row {rows} ({count} in all)."),
    Text("请把它们移到列标题之下；如果不是核算数据，请删除或移到备注列。", "Move them below the table's headings; if they are no data for the study, delete them or move them to the remarks."),
)
LABEL_DISAGREES = error(
    "label-disagrees",
    Text("标签与位置不符", "Label and place disagree"),
    Text("这一行原为“{expected}”，现在的标签是“{typed}”，无法确定填的是哪一项。", "This row was “{expected}” and is now labelled “{typed}”: which of them is given is not certain."),
    Text("请恢复原来的标签，并确认内容填在正确的行。", "Restore the label and make sure that the content is in the right row."),
)
ROW_TWICE = error(
    "row-twice",
    Text("同一行有两份", "A row appears twice"),
    Text("“{label}”在第 {other} 行已有，这一行没有读取。", "“{label}” stands in row {other} already; this row was not read."),
    Text("请只保留一行。", "Keep one of them."),
)
VALUE_BEHIND_LABEL = note(
    "value-behind-label",
    Text("填在标签格里", "Typed into the label's cell"),
    Text("内容填在了标签格里，已读作“{value}”。", "The content stands in the label's cell; it was read as “{value}”."),
    Text("无需处理；下次请填在标签右边的格里。", "Nothing to do; next time type it into the cell to the right."),
)
MERGED_REPEATED = note(
    "merged-repeated",
    Text("合并单元格", "Merged cells"),
    Text("“{heading}”第 {first} 至 {last} 行合并，内容按适用于其中每一行读取。", "“{heading}” is merged over rows {first} to {last}; its content was read for each of them."),
    Text("请核对；建议取消合并，逐行填写。", "Please check; it is best to unmerge the cells and fill in each row."),
)
MERGED_NUMBER = error(
    "merged-number",
    Text("数字单元格合并", "Merged number"),
    Text("“{heading}”第 {first} 至 {last} 行合并为一个数，不能确定怎样分到各行。", "“{heading}” is one number merged over rows {first} to {last}: how it is divided among them is not certain."),
    Text("请取消合并，在每一行填写自己的数。", "Unmerge the cells and give each row its own number."),
)
MERGED_ACROSS = warning(
    "merged-across",
    Text("跨列合并", "Merged across columns"),
    Text("这里跨 {count} 列合并，内容按“{heading}”读取，其余列为空。", "{count} columns are merged here; the content was read as “{heading}”, the others are blank."),
    Text("请核对；建议取消合并，各列分别填写。", "Please check; it is best to unmerge the cells and fill in each column."),
)
CONTENT_UNDER_MERGE = error(
    "content-under-merge",
    Text("合并区域下藏有内容", "Content under merged cells"),
    Text("合并的单元格下面还藏着“{typed}”，看不见，没有读取。", "Under the merged cells lies “{typed}”, which nobody sees; it was not read."),
    Text("请取消合并，核对每个单元格的内容。", "Unmerge the cells and check what each of them holds."),
)
HIDDEN_COLUMNS = note(
    "hidden-columns-read",
    Text("隐藏的列已读取", "Hidden columns are read"),
    Text("隐藏的列中有内容，照常读取：{columns} 列。", "Hidden columns hold content and are read: {columns}."),
    Text("如果不应计入，请清除其中的内容。", "If they should not count, clear them."),
)
HIDDEN_SHEET = warning(
    "hidden-sheet-read",
    Text("隐藏的工作表已计入", "Hidden sheet is counted"),
    Text("这张工作表是隐藏的，其中的数据照常计入。", "This sheet is hidden; its data are counted."),
    Text("如果不应计入，请清除其中的数据。", "If they should not count, clear them."),
)
TEMPLATE_OLDER = note(
    "template-older",
    Text("旧版收集表", "Older template"),
    Text("这是 {version} 版的收集表，现行版本是 {own}；旧版的内容已全部读取。", "This is the template of version {version}; the present one is {own}. All that the older one asks for was read."),
    Text("无需处理。", "Nothing to do."),
    Text("要改用现行版本，用 template --from 把内容带过去。", "To go on with the present version, template --from takes the content over."),
)
TEMPLATE_NEWER = warning(
    "template-newer",
    Text("收集表比程序新", "Template newer than the program"),
    Text("这是 {version} 版的收集表，程序只认识到 {own} 版，新增的内容可能没有读取。", "This is the template of version {version}; this program knows versions up to {own}, and what is new may not be read."),
    Text("请更新程序后重新处理。", "Update the program and run it again."),
)
FIELD_TWICE = error(
    "field-twice",
    Text("同一项填了两处", "Given twice"),
    Text("这一项在 {other} 也有，两处内容不同。", "This item also stands at {other}, with other content."),
    Text("请只保留一处，或改为一致。", "Keep one of them, or make them agree."),
)
TABLE_TWICE = error(
    "table-twice",
    Text("同一张表有两份", "A table appears twice"),
    Text("这张表在“{other}”中也有一份，数据不同；只读取了“{other}”。", "This table also stands on “{other}” with other data; only “{other}” was read."),
    Text("请删除多余的一份，或把数据合并到“{other}”。", "Delete one of them, or move its rows to “{other}”."),
)
SHEET_COPIED = note(
    "sheet-copied",
    Text("工作表重复", "Copied sheet"),
    Text("与“{other}”的数据完全相同，只计算一次。", "It holds the same data as “{other}” and is counted once."),
    Text("无需处理；可以删除这一份。", "Nothing to do; this copy may be deleted."),
)
SHEET_NOT_READ = warning(
    "sheet-not-read",
    Text("工作表未读取", "Sheet not read"),
    Text("这张工作表不属于数据收集表，其中 {count} 个单元格没有被读取。", "This sheet is no part of the template; its cells with content ({count}) were not read."),
    Text("如果其中有需要核算的数据，请填到收集表对应的页签。", "If it holds data for the study, enter them on the template's sheets."),
)
OWN_SHEET_NOT_READ = error(
    "own-sheet-not-read",
    Text("收集表的页签读不出来", "Sheet of the template not recognised"),
    Text("这张工作表名为“{title}”，但找不到列标题，其中 {count} 个单元格没有被读取。", "This sheet is named “{title}”, but its headings cannot be found; its cells with content ({count}) were not read."),
    Text("请从下发的收集表中复制这张表的列标题行，放在数据上方；表中如没有需要核算的数据，请删除这张表或改名。", "Copy the row of headings from the template that you were sent and put it above the data; if nothing on the sheet belongs to the study, delete or rename it."),
)
HIDDEN_SHEET_NOT_READ = note(
    "hidden-sheet-not-read",
    Text("隐藏的工作表未读取", "Hidden sheet not read"),
    Text("这张隐藏的工作表不属于数据收集表，其中有内容的单元格（{count} 个）没有被读取。", "This hidden sheet is no part of the template; its cells with content ({count}) were not read."),
    Text("如果其中有需要核算的数据，请填到收集表对应的页签。", "If it holds data for the study, enter them on the template's sheets."),
)
WORDS_ROW = note(
    "words-row",
    Text("说明行未计入", "Remark below the table"),
    Text("这一行是说明文字，没有当作数据：“{typed}”。", "This row is a remark and was not taken as data: “{typed}”."),
    Text("无需处理；如果是一行数据，请去掉开头的“注：”一类字样并填写完整。", "Nothing to do; if it is a line of data, delete the word in front and fill in the row."),
)
COMMENT_NOT_READ = warning(
    "comment-not-read",
    Text("批注、文本框未读取", "Comment or text box not read"),
    Text("这张工作表上的批注、文本框（{count} 个）没有被读取，例如“{typed}”。", "Comments and text boxes on this sheet ({count}) were not read, for example “{typed}”."),
    Text("如果其中有数据，请填到表格中；有说明，请写在备注列。", "If they hold data, enter them in the tables; if explanations, in the column Remark."),
)
BESIDE_NOT_READ = note(
    "beside-not-read",
    Text("单元格以外的文字未读取", "Text beside the cells not read"),
    Text("{place}里写有文字（{count} 处），没有被读取：“{typed}”。", "Text in {place} ({count}) was not read: “{typed}”."),
    Text("如果其中有核算数据，请填到表格中；有说明，请写在备注列。其他内容不用处理。", "If it holds data, enter them in the tables; if explanations, in the column Remark. Otherwise nothing is to be done."),
)
LIST_WORDS_UNKNOWN = note(
    "list-words-unknown",
    Text("列表中有因子库没有的选项", "Choices that the factor library lacks"),
    Text("隐藏的列表页上有 {count} 个选项，因子库和模板中都没有：{cells}（“{typed}”）。可能是有人添加的，也可能模板是按另一版因子库生成的。", "The hidden sheet of lists offers {count} words that neither factor library nor template has: {cells} (“{typed}”). Somebody may have added them, or the template was made with another factor library."),
    Text("如果是贵公司添加的、并且说明了用量，请填到表格中；否则不用处理。由咨询机构核对所用的因子库。", "If your company added them and they tell of an amount, enter it in the tables; otherwise nothing is to be done. The consultant should check which factor library is used."),
)
PICTURE_NOT_READ = note(
    "picture-not-read",
    Text("图片、嵌入的文件未读取", "Pictures or embedded files not read"),
    Text("工作簿中有图片或嵌入的文件（{count} 个；{sheets}），其中的内容没有读取。", "The workbook holds pictures or embedded files ({count}; {sheets}); what they show was not read."),
    Text("如果其中有核算数据（如电费单照片），请填到表格中；作为证明材料或标志的，不用处理。", "If they show data (a photograph of a bill, say), enter them in the tables; evidence and logos may stay as they are."),
)
PARTS_NOT_READ = note(
    "parts-not-read",
    Text("工作簿的其他内容未读取", "Other content of the workbook not read"),
    Text("工作簿里还有：{parts}。这些内容没有读取。", "The workbook also holds: {parts}. None of it was read."),
    Text("如果其中有核算数据，请填到表格中；否则不用处理。", "If it holds data for the study, enter them in the tables; otherwise nothing is to be done."),
)
ANSWER_NOT_READ = warning(
    "answer-not-read",
    Text("问题清单旁的答复", "Answers beside the list of findings"),
    Text("这张清单旁边写有答复（{count} 处），程序不读取：“{typed}”。", "Answers stand beside this list (cells: {count}); the program does not read them: “{typed}”."),
    Text("能改的请直接在数据表中改；其他答复请写在该行的备注列。", "Correct what can be corrected in the sheets themselves; put any other answer into the column Remark of its row."),
)
CONTENT_NOT_READ = warning(
    "content-not-read",
    Text("内容未读取", "Content not read"),
    Text("有 {count} 个单元格在表格之外，没有被读取：{cells}（“{sample}”）。", "Not read, as it stands outside the tables (cells: {count}): {cells} (“{sample}”)."),
    Text("如果是核算数据，请移到表格中对应的列；如果是说明，请填在备注列。", "If they are data, move them into the columns of the table; if remarks, into the column Remark."),
)

# what a cell should hold

REQUIRED_EMPTY = error(
    "required-empty",
    Text("必填项为空", "Required and empty"),
    Text("“{field}”没有填写。", "“{field}” is empty."),
    Text("请填写“{field}”。{help}", "Please fill in “{field}”. {help}"),
)
RECOMMENDED_EMPTY = warning(
    "recommended-empty",
    Text("报告需要的内容为空", "Wanted for the report"),
    Text("“{field}”没有填写，不影响计算，但报告需要。", "“{field}” is empty; the figures stand, but the report needs it."),
    Text("请补充“{field}”。{help}", "Please add “{field}”. {help}"),
)
CHOICE_UNKNOWN = error(
    "choice-unknown",
    Text("不在选项中", "Not one of the choices"),
    Text("“{typed}”不是“{field}”的选项。", "“{typed}” is not a choice of “{field}”."),
    Text("请从下列选项中选择：{choices}。", "Please choose one of: {choices}."),
)
READ_AS_BLANK = note(
    "read-as-blank",
    Text("按未填写处理", "Read as blank"),
    Text("“{field}”填的是“{typed}”，按未填写处理。", "“{field}” is “{typed}”: it was read as blank."),
    Text("无需处理；如有内容，请填写。", "Nothing to do; fill it in if there is something to say."),
)
UNDERSTOOD_AS = note(
    "understood-as",
    Text("按含义理解", "Understood by its meaning"),
    Text("“{typed}”已理解为“{value}”。", "“{typed}” was understood as “{value}”."),
    Text("无需处理；如理解有误，请改填。", "Nothing to do; if it was misunderstood, please correct it."),
)
CELL_ERROR = error(
    "cell-error",
    Text("公式出错", "Formula error"),
    Text("单元格显示 {typed}，公式已失效。", "The cell shows {typed}: its formula no longer works."),
    Text("请改正公式，或直接填数字。", "Correct the formula, or type the number."),
)
OUT_OF_RANGE = error(
    "out-of-range",
    Text("超出允许范围", "Out of range"),
    Text("“{field}”为 {typed}，应{limit}。", "“{field}” is {typed}; it should be {limit}."),
    Text("请核对并改正。", "Please check and correct it."),
)
