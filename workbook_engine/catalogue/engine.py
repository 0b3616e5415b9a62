"""The engine itself: its limits, its factor library as a file, what it could not do."""

from __future__ import annotations

from workbook_engine.catalogue.declaring import error, note, warning
from workbook_engine.texts import Text

NOT_WRITTEN = error(
    "not-written",
    Text("结果未能写出", "Results not written"),
    Text("结果没有写出：{detail}。", "The results were not written: {detail}."),
    Text("请检查输出文件夹是否可写、文件是否正被打开，然后重新运行。", "See that the output folder can be written to and the file is not open, then run again."),
)
TYPED_OVER = warning(
    "typed-over",
    Text("结果表上改过的数未采用", "A change on a computed sheet is not used"),
    Text("“{subject}”的“{column}”在结果工作簿中是“{stored}”，应为 {expected}。核算仍按 {expected}，没有采用这里的数。", "“{column}” of “{subject}” is “{stored}” in the results workbook and should be {expected}. The result is computed with {expected}, not with what stands here."),
    Text("结果表上的改动只供试算。要采用，请把因子作为自有因子加进因子库，把评分填进收集表的质量列；如果结果工作簿由较早的因子库写成，则无需处理。", "Changes on computed sheets are trials. To use one, add the factor to a factor library of your own, or the score to the quality columns of the collection workbook; where an earlier library wrote the results workbook there is nothing to do."),
    Text("自己的因子库用 --factors 指定。", "Name your own library by --factors."),
)
TYPED_ON_RESULTS = warning(
    "typed-on-results",
    Text("结果表上填写的内容未读取", "Content typed on a computed sheet"),
    Text("这张表由程序计算，表上另外填写的内容（{count} 处：{cells}）没有读取：“{typed}”。", "This sheet is computed by the program; what else was typed on it (cells: {count}: {cells}) was not read: “{typed}”."),
    Text("重新运行时这张表会重新生成，不会保留这些内容。说明请填在数据表该行的备注列，数据请改在数据表中；自己的批注和计算请放在另外的文件中。", "The sheet is written anew at each run, without them. Put remarks into the column Remark of the row in the sheets that were filled in, data into their cells, and calculations of your own into a file of your own."),
)
SCENARIO_LEFT_ON = warning(
    "scenario-left-on",
    Text("结果工作簿停在某个情景", "A results workbook that shows a scenario"),
    Text("这份结果工作簿的开关停在“{scenario}”，其中的数是该情景的。现在给出的是本次结果，不是该情景。", "The switch of this results workbook is on “{scenario}”: its figures are that scenario's. What is given now is the result itself."),
    Text("引用这份文件中的数之前，请把开关调回“{base}”；各情景的结果见新的结果工作簿的情景表。", "Before figures of this file are quoted, set the switch to “{base}”; scenarios are on the scenario sheet of the new results."),
)
LAYOUT_NOT_FILLED = warning(
    "layout-not-filled",
    Text("版式未能填写", "The layout was not filled in"),
    Text("版式“{layout}”没有填写：{detail}。结果工作簿不受影响。", "The layout “{layout}” was not filled in: {detail}. The results workbook is not affected."),
    Text("请修改版式后重新运行。", "Please correct the layout and run again."),
)
LAYOUT_GAP = warning(
    "layout-gap",
    Text("版式有缺漏", "Something is missing in the layout"),
    Text("版式“{layout}”：{detail}。", "The layout “{layout}”: {detail}."),
    Text("请改正版式中以 result_ 开头的名称（公式→名称管理器），会丢失的内容请换成普通图片或图表，然后重新运行。", "Please check the layout's names that begin with result_ (Formulas, Name Manager), put ordinary pictures or charts in place of what is lost, and run again."),
)
RESULTS_BESIDE_OPEN = note(
    "results-beside-open",
    Text("旧结果正打开着", "Older results are open"),
    Text("旧的结果工作簿“{older}”正在 Excel 中打开，新的结果另存为“{name}”。", "The older results workbook “{older}” is open in Excel; the new results are beside it as “{name}”."),
    Text("请关闭旧的，以新的为准。", "Close the older one; the new one counts."),
)
CAME_AT_ONCE = warning(
    "came-at-once",
    Text("同一研究有两份", "Two workbooks of one study"),
    Text("它与“{others}”是同一企业、产品和周期的，都在收件文件夹中，日期分不出先后，所以两份都保留，没有把哪一份当作更正。", "It is of the same company, product and period as “{others}”; both are in the inbox and their dates do not tell which is the later, so both stand and neither is taken for a correction."),
    Text("请确认以哪一份为准，把另一份移出收件文件夹；如果两份都要，请把其中一份的产品型号写得不同。", "Find out which one counts and move the other out of the inbox; where both are meant, give one of them another model."),
)
ENGINE_FAULT = error(
    "engine-fault",
    Text("程序出错", "Fault in the program"),
    Text("处理这个文件时程序出错：{detail}。", "The program failed on this file: {detail}."),
    Text("请把文件和这条信息发给维护者；其他文件不受影响。", "Please send the file and this message to the maintainers; other files are not affected."),
)
