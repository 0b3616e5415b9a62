"""What `verify` says on the terminal: what befell whole sheets, what each check found, what that means, what to do."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any

from workbook_engine.patterns import pattern
from workbook_engine.texts import Text
from workbook_engine.verify import AROUND, ENGINE, IRONCALC, LIBREOFFICE, About, What, Why

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
    About.ROWS_EMPTIED: Text(
        "{sheet}：第 {expected} 行的填写已被清空", "{sheet}: what was filled in is gone from row {expected}"
    ),
    About.SHEET_ADDED: Text(
        "{sheet}：不是程序写出的工作表，未核对", "{sheet}: a sheet that this program did not write, not checked"
    ),
    About.SHEETS_ORDERED: Text(
        "工作表的次序与写出时不同，自“{sheet}”起；内容不受影响",
        "the sheets stand in another order than they were written in, from {sheet} on; what is in them is not affected",
    ),
    About.DIGESTS_GONE: Text(
        "{sheet}：写出时留下的校验码已不在（隐藏工作表 _wbe 被删改），其中的填写是否被改动无从判断；"
        "可用 --source 给出企业交回的原件",
        "{sheet}: the digests kept as it was written are gone (the hidden sheet _wbe was changed), so that nobody can "
        "tell whether its inputs were; --source takes the file that the company returned",
    ),
    About.OTHER_ENGINE: Text(
        "由 {stored} 写出，本程序是 {expected}，文字、版式和计算规则可能不同。本程序能核对的是：保存的数值是否由"
        "文件中的公式得出，各产品的总量是否与按企业数据重新核算的相同；不能判断的是：文字、公式、图表是否被改写。请用写出它的版本再核对",
        "written by {stored}, while this is {expected}; wording, layout and rules may differ. What this program can "
        "tell: whether the figures follow from the formulas in the file, and whether the totals are those that it "
        "computes from the data. What it cannot: whether texts, formulas or charts were rewritten. Verify it with the "
        "version that wrote it, too",
    ),
    About.OTHER_LIBRARY: Text(
        "核算时用的因子库（{stored}）与本次核对用的（{expected}）不是同一文件；可用 --factors 给出当时的因子库",
        "made with another factor library ({stored}) than this check ({expected}); --factors takes the one of then",
    ),
    About.NOT_CHECKED: Text(
        "{sheet}：未核对；须用 --source 给出上一次提交的工作簿",
        "{sheet}: not checked; that takes the earlier submission, given by --source",
    ),
    About.CHARTS_GONE: Text(
        "文件中已没有图表，原有的图表被删除，或被不保留图表的程序另存",
        "no charts are left: they were deleted, or the file was saved by a program that keeps none",
    ),
    About.BY_DIGEST: Text(
        "{sheet}：上次的数值、填写和各处改动的影响不能由此文件重新得出，只用写出时留下的校验码逐格核对；"
        "要重新核算，须用 --source 给出上一次提交的工作簿",
        "{sheet}: earlier figures and texts, and what each change did, cannot be worked out from this file; its cells "
        "were held against digests kept as it was written. To compute it again, give the earlier submission (--source)",
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
REMARKS |= {
    About.LOGO: Text(
        "{sheet}：有一张图片，应是徽标（--theme），本程序不核对它的内容，请看一眼",
        "{sheet}: it has a picture, a logo by all appearances (--theme), whose content is not checked: look at it",
    ),
    About.PARTS_ADDED: Text(
        "文件中另有：{stored}。它们不参与计算，也不显示在表上，未核对",
        "the file also has: {stored}. They take no part in the calculation and no sheet shows them; not checked",
    ),
}
OF_THE_FILE = {
    About.DIGESTS_GONE: Text(
        "写出时留下的校验码已不在（隐藏工作表 _wbe 被删改），企业填写的内容是否被改动无从判断；"
        "可用 --source 给出企业交回的原件",
        "the digests kept as the file was written are gone (the hidden sheet _wbe was changed), so that nobody can "
        "tell whether inputs were; --source takes the file that the company returned",
    ),
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
ALIKE = Text("{check}：一致", "{check}: agree")
DIFFERS = Text("{check}：{count} 处不一致", "{check}: {count} differ")
DIFFERS_ONE = Text("{check}：1 处不一致", "{check}: 1 differs")
NOT_MADE = {
    Why.NOT_INSTALLED: Text("{check}：未安装，未检查", "{check}: not installed, not checked"),
    Why.NOT_LOADED: Text("{check}：它打不开这个文件，未检查", "{check}: it cannot load this file, not checked"),
    Why.TOO_LARGE: Text(
        "{check}：文件过大，未检查（它会占用过多内存；其他各项检查不受影响）",
        "{check}: the file is too large for it (it would take too much memory), not checked; other checks are made",
    ),
    Why.TOO_SLOW: Text(
        "{check}：3 分钟内没有算完，未检查", "{check}: it did not come to an end in 3 minutes, not checked"
    ),
    Why.NO_VALUES: Text(
        "{check}：文件中没有公式的结果值，无可比较", "{check}: no formula carries a value, nothing to compare"
    ),
    Why.NO_INPUTS: Text(
        "{check}：未能核对，文件里已没有可读的企业数据表",
        "{check}: not checked, no readable input sheets are left in the file",
    ),
    Why.VALUES_ONLY: Text("{check}：文件只剩数值，未核对", "{check}: not checked, only values are left in the file"),
    Why.OTHER_FORMAT: Text("{check}：文件不是 .xlsx，未核对", "{check}: not checked, the file is no .xlsx"),
    Why.OTHER_ENGINE: Text("{check}：由另一版本写出，未核对", "{check}: not checked, another version wrote it"),
    Why.INPUTS_GONE: Text(
        "{check}：未能核对，企业数据表已不全", "{check}: not checked, the input sheets are not complete any more"
    ),
}
CELL = Text("  {place}：文件中 {stored}，应为 {expected}", "  {place}: is {stored}, should be {expected}")
BESIDE = Text("  {place}：文件中 {stored}，应为 {expected}", "  {place}: now {stored}, as written {expected}")
CHANGED_ROW = Text(
    "  {sheet} 第 {row} 行：有单元格与写出时不同（很长的表只能核对到行）",
    "  {sheet}, row {row}: some cell of it is not what was written (of very long sheets only the row is known)",
)
CHANGED = Text("  {place}：文件中 {stored}，写出时不是这样", "  {place}: is {stored}, which is not what was written")
PLACES = {
    What.CONTENT: Text("{sheet}!{cell}", "{sheet}!{cell}"),
    What.CHANGED: Text("{sheet}!{cell}", "{sheet}!{cell}"),
    What.FORMAT: Text("{sheet}!{cell}{more} 的数字格式", "{sheet}!{cell}{more}, number format"),
    What.UNSEEN: Text("{sheet}!{cell}{more} 是否看得见", "{sheet}!{cell}{more}, whether it can be seen"),
    What.HIDDEN: Text("{sheet} {cell}{more} 的隐藏状态", "{sheet} {cell}{more}, whether it is hidden"),
    What.ARRAY: Text("{sheet}!{cell}{more} 的公式怎样计算", "{sheet}!{cell}{more}, how its formula is computed"),
    What.MERGED: Text("{sheet}!{cell}{more} 的合并单元格", "{sheet}!{cell}{more}, merged cells"),
    What.LINK: Text("{sheet}!{cell}{more} 的链接", "{sheet}!{cell}{more}, link"),
    What.TIP: Text("{sheet}!{cell}{more} 的链接提示", "{sheet}!{cell}{more}, tip of its link"),
    What.NOTE: Text("{sheet}!{cell}{more} 的批注", "{sheet}!{cell}{more}, note"),
    What.LIST: Text("{sheet}!{cell}{more} 的下拉选项", "{sheet}!{cell}{more}, list of answers"),
    What.ALLOWED: Text(
        "{sheet}!{cell}{more} 的数据有效性限制和提示",
        "{sheet}!{cell}{more}, what the cell takes and says",
    ),
    What.CONDITION: Text("{sheet}!{cell}{more} 的条件格式", "{sheet}!{cell}{more}, conditional format"),
    What.CHART: Text("{sheet} 第 {cell} 张图表的类型", "{sheet}, chart {cell}, type"),
    What.CHART_TEXT: Text("{sheet} 第 {cell} 张图表的文字", "{sheet}, chart {cell}, texts"),
    What.CHART_DATA: Text("{sheet} 第 {cell} 张图表的数据区域", "{sheet}, chart {cell}, cells that it shows"),
    What.CHART_SCALE: Text("{sheet} 第 {cell} 张图表的坐标轴", "{sheet}, chart {cell}, scale of its axes"),
    What.CHART_POINT: Text(
        "{sheet} 第 {cell} 张图表保存的数值{more}", "{sheet}, chart {cell}, figure that it keeps{more}"
    ),
    What.PICTURE: Text("{sheet} 的图片、文本框等图形的个数", "{sheet}, count of pictures, text boxes and other shapes"),
    What.PRINTED: Text("{sheet} 的打印标题和打印区域", "{sheet}, repeated rows and printed area"),
    What.MARGIN: Text("{sheet} 的页眉页脚", "{sheet}, head and foot of its pages"),
    What.NAME: Text("定义名称 {cell}", "defined name {cell}"),
    What.PROPERTY: Text("文档属性 {cell}", "property {cell} of the document"),
    What.CALCULATION: Text("工作簿的计算设置", "how the workbook calculates"),
    What.PART: Text("文件的组成", "what the file is made of"),
    What.LOGO: Text("{sheet} 的徽标", "{sheet}, logo"),
    What.TOTAL: Text("{sheet}：“{cell}”的总量", "{sheet}: total of {cell}"),
}
HIDDEN_WHOLE = Text("{sheet}{more} 的隐藏状态", "{sheet}{more}, whether it is hidden")  # no cell
WHOLE = Text("整个工作簿", "the whole workbook")
# What `verify` calls things around cells -> as they are read. Texts and formulas of the file are left alone.
WORDS = {
    "hidden": Text("隐藏", "hidden"),
    "seen": Text("看得见", "can be seen"),
    "not seen": Text(
        "看不见（颜色同底色、字号过小或格式不显示）", "cannot be seen (colour of its ground, tiny, or by its format)"
    ),
    "rich value": Text("以图片或数据类型代替显示", "shown as a picture or a data type"),
    "struck": Text("有删除线", "struck through"),
    "fill": Text("重复填满单元格", "repeated to fill the cell"),
    "indented": Text("缩进到单元格之外", "indented out of the cell"),
    "objects": Text("图表和图形不显示", "charts and shapes not shown"),
    "tabs": Text("工作表标签不显示", "tabs of sheets not shown"),
    "window": Text("窗口隐藏", "window hidden"),
    "zeros": Text("0 不显示", "zeros not shown"),
    "values": Text("显示公式而不显示数值", "formulas shown in place of values"),
    "rows and columns of the usual size": Text("默认行高或列宽为 0", "usual rows or columns have no size"),
    "above row": Text("冻结窗格以上的行看不到，从第几行起：", "rows above the frozen pane out of sight, up to row"),
    "filter": Text("筛选，第几列（从 0 起）：", "filtered by column (from 0)"),
    "merged": Text("合并", "merged"),
    "manual": Text("手动计算", "by hand only"),
    "iterate": Text("迭代计算", "in iterations"),
    "rounded": Text("以显示精度为准", "with the digits that are shown"),
    "1904": Text("1904 日期系统", "dates counted from 1904"),
    "array": Text("数组公式", "array formula"),
    "dataTable": Text("模拟运算表", "data table"),
    "pieChart": Text("饼图", "pie"),
    "doughnutChart": Text("圆环图", "doughnut"),
    "barChart": Text("柱形图或条形图", "bars"),
    "lineChart": Text("折线图", "lines"),
    "areaChart": Text("面积图", "areas"),
    "scatterChart": Text("散点图", "points"),
    "stacked": Text("堆积", "stacked"),
    "percentStacked": Text("百分比堆积", "stacked to 100 %"),
    "legend": Text("图例", "legend"),
    "trendline": Text("趋势线", "trend line"),
    "of no colour": Text("无色或白色的系列或数据点", "a series or point of no colour or white"),
    "hidden cells too": Text("包括隐藏的单元格", "hidden cells too"),
    "maxMin": Text("逆序坐标轴", "reversed axis"),
    "no axis": Text("不显示的坐标轴", "axis not shown"),
    "builtInUnit": Text("显示单位", "display units"),
    "custUnit": Text("显示单位", "display units"),
    "logBase": Text("对数坐标，底数", "logarithmic, base"),
    "min": Text("最小值", "minimum"),
    "max": Text("最大值", "maximum"),
    "titles": Text("打印标题", "repeated rows"),
    "area": Text("打印区域", "printed area"),
    "not refused": Text("不拒绝其他输入", "others not refused"),
    "invisible": Text("使内容看不见", "hides the content"),
    "no figure": Text("不显示数值", "figure not shown"),
    "macros": Text("宏", "macros"),
    "other workbooks": Text("对其他工作簿的引用", "references to other workbooks"),
    "connections": Text("外部数据连接", "connections to data elsewhere"),
    "chart sheet": Text("图表工作表", "a sheet that is a chart"),
    "custom XML": Text("自定义 XML", "custom XML"),
    "custom properties": Text("自定义文档属性", "custom properties"),
    "add-ins": Text("加载项", "add-ins"),
}
_IN_WORDS = frozenset(
    {
        What.UNSEEN, What.HIDDEN, What.ARRAY, What.MERGED, What.CALCULATION, What.CHART, What.CHART_SCALE, What.PRINTED,
        What.ALLOWED, What.CONDITION, What.PART,
    }
)  # fmt: skip
_WORD = pattern(rf"(?<![\w.])(?:{'|'.join(sorted(map(re.escape, WORDS), key=len, reverse=True))})(?![\w.(])")
NOTHING = {
    What.HIDDEN: Text("没有隐藏", "not hidden"),
    What.MERGED: Text("没有合并", "not merged"),
    What.UNSEEN: Text("照常显示", "shown as it is"),
    What.ARRAY: Text("普通公式", "as any formula"),
    What.CALCULATION: Text("自动计算", "by itself, with all digits"),
}
NONE = Text("（无）", "none")
AND_MORE = Text("（及另外 {count} 处）", " (and {count} more)")
FOLLOW = Text("  另有 {count} 个单元格由此而不一致", "  {count} more cells differ because of these")
FOLLOW_ALL = Text("  都是由上述工作表的变动而来", "  all because of what befell the sheets above")
MORE = Text("  其余 {count} 个未列出（--json 列出全部）", "  {count} more are not listed (--json lists all)")
NAMES = {
    IRONCALC: Text("ironcalc 重算", "Recalculated by ironcalc"),
    LIBREOFFICE: Text("LibreOffice 重算", "Recalculated by LibreOffice"),
    ENGINE: Text("由原始数据重新核算", "Computed again from the inputs"),
    AROUND: Text("图表、格式、链接等", "Charts, formats, links and the like"),
}
DOING = {
    "": Text("正在读取", "Reading"),
    IRONCALC: Text("正在用 ironcalc 重算", "Recalculating by ironcalc"),
    LIBREOFFICE: Text("正在用 LibreOffice 重算", "Recalculating by LibreOffice"),
    ENGINE: Text("正在由原始数据重新核算并逐格比较", "Computing again from the inputs and comparing each cell"),
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
    "makes of the data. If inputs were corrected, run workbook-engine on this file; if not, ask for the original.",
)
DAMAGED = Text(
    "结论：不完好。上列工作表被删除、改名、清空、移动或添加，不再是程序写出的工作簿；请向提供方索取原件。",
    "Not sound: the sheets above were deleted, renamed, emptied, moved or added, so that this is no longer the "
    "workbook that the program wrote; ask for the original.",
)
OTHER_VERSION = Text(
    "结论：不能确认。数值与公式相符，各产品的总量与按企业数据重新核算的相同；其余须用写出它的版本核对。",
    "Not known: the figures follow from the formulas, and the totals are those that follow from the data; the rest "
    "takes the version that wrote it.",
)
OTHER_TOTAL = Text(
    "结论：不能确认。数值与公式相符，但上列总量与按企业数据重新核算的不同：可能是两个版本的计算规则不同，也可能是被改写；"
    "请用写出它的版本核对。",
    "Not known: the figures follow from the formulas, but the totals above are not what this version computes from the "
    "data. The rules of the two versions may differ, or it was rewritten: verify it with the version that wrote it.",
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
OF_CELLS = frozenset({What.CONTENT, What.CHANGED, What.CHART_POINT, What.TOTAL})
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
    stored = _worded(remark.stored, What.PART, language) if remark.about is About.PARTS_ADDED else remark.stored
    return text.to(language).format(sheet=remark.sheet, stored=stored, expected=remark.expected, moved=moved)


def _check(check: Check, language: Language) -> Iterator[str]:
    name = NAMES[check.name].to(language)
    if not check.was_made:
        yield NOT_MADE[Why(check.why)].to(language).format(check=name)
    elif not check.differences:
        text = ALIKE if check.name == AROUND else AGREES
        yield text.to(language).format(check=name, largest=check.largest)
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
    harm = {remark.about for remark in result.remarks if remark.is_harmful}
    engine = next(check for check in result.checks if check.name == ENGINE)
    verdicts = (
        (result.is_sound, SOUND),
        (About.FILE_NOT_OURS in harm, OTHER_FILE),
        (not engine.was_made, UNKNOWN),
        (bool(harm - {About.NO_VALUES, About.VALUES_ONLY, About.CHARTS_GONE}), DAMAGED),
        (any(check.differences for check in result.checks), _of_cells(result)),
        (result.is_of_other_engine, OTHER_VERSION),
        (About.VALUES_ONLY in harm, ONLY_VALUES),
        (About.NO_VALUES in harm, VALUES_GONE),
    )
    return next((verdict for holds, verdict in verdicts if holds), DAMAGED)


def _of_cells(result: Verification) -> Text:
    """Say what it means that single cells differ."""
    if any(check.differences for check in result.checks if check.name in {IRONCALC, LIBREOFFICE}):
        return NOT_RECALCULATED
    return OTHER_TOTAL if result.is_of_other_engine else REWRITTEN


def _line(found: Difference, language: Language) -> str:
    if found.what is What.CHANGED and ":" in found.cell:
        return CHANGED_ROW.to(language).format(sheet=found.sheet, row=found.cell.partition(":")[0])
    empty = EMPTY if found.what in OF_CELLS else NOTHING.get(found.what, NONE)
    contents = (_worded(content, found.what, language) for content in (found.stored, found.expected))
    stored, expected = (content or empty.to(language) for content in _short(*contents))
    more = AND_MORE.to(language).format(count=found.more) if found.more else ""
    sheet = found.sheet or WHOLE.to(language)
    places = HIDDEN_WHOLE if found.what is What.HIDDEN and not found.cell else PLACES[found.what]
    place = places.to(language).format(sheet=sheet, cell=found.cell, more=more)
    template = CHANGED if found.what is What.CHANGED else CELL if found.what in OF_CELLS else BESIDE
    return template.to(language).format(place=place, stored=stored, expected=expected)


def _worded(content: str, what: What, language: Language) -> str:
    """Return what is told of a thing around cells in a reader's words."""
    return _WORD.sub(lambda found: WORDS[found[0]].to(language), content) if what in _IN_WORDS else content


def _short(stored: str, expected: str) -> tuple[str, str]:
    """Return two contents in few characters: from shortly before the first that differs, where they are long."""
    same = next((at for at, pair in enumerate(zip(stored, expected, strict=False)) if len({*pair}) > 1), 0)
    start = max(0, same - BEFORE) if max(len(stored), len(expected)) > LONGEST and same > LONGEST // 2 else 0
    return _cut(stored, start), _cut(expected, start)


def _cut(content: str, start: int) -> str:
    text = ("…" if start else "") + content[start:].replace("\n", " ")
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
