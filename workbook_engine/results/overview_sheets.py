"""汇总.xlsx: every product of a folder on one sheet, compared in charts, with all findings and what to ask whom."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from workbook_engine.model import Stage
from workbook_engine.results import charts
from workbook_engine.results.layout import FIRST_ROW, HEADER_ROW
from workbook_engine.results.package import CREATED, DASH, ROOM_ACROSS, Package, shown
from workbook_engine.results.paging import A4_LONG, SIDE_MARGINS
from workbook_engine.results.sheets import (
    Column,
    Table,
    freeze,
    open_page,
    print_setup,
    set_widths,
    table_page,
    write_header,
)
from workbook_engine.results.theme import DEFAULT_THEME
from workbook_engine.texts import Text, counted
from workbook_engine.widths import on_one_line, text_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from workbook_engine.results.overview import Link, Overview, OverviewFinding, OverviewRow, OverviewSubmission
    from workbook_engine.results.package import Page
    from workbook_engine.results.theme import Theme
    from workbook_engine.texts import Language

OVERVIEW, COMPARISON = Text("总览", "Overview"), Text("产品对比", "Comparison")
FINDINGS, QUESTIONS = Text("问题清单", "Findings"), Text("询问清单", "Questions")
HISTORY = Text("提交记录", "Submissions")
COUNTS = Text("工作簿 {all} 个：{states}。", "Workbooks: {all} ({states}).")
UNITS = Text("碳足迹以 kgCO2e 计，每功能单位或声明单位。", "Footprints in kgCO2e per functional or declared unit.")
ORDER = Text(
    "按企业排列；先列使结果无法得出的问题，其次按对结果的影响由大到小。给每家企业的文字见“询问”文件夹。",
    "By company; what forbids a result comes first, then what moves it most. Texts to send: in the folder 询问.",
)
LARGEST = Text("结果最大的 {count} 个，共 {all} 个", "The {count} largest of {all}")
CHART_TITLES = (
    Text("各产品碳足迹（kgCO2e/单位）", "Footprints of products (kgCO2e per unit)"),
    Text("各阶段占比", "Shares of stages"),
)
BAR_NAME = Text("图：名称", "Chart: name")
MORE = Text("其余未列出（工作表行数上限）", "the others are not listed: a sheet holds no more rows")

AMOUNT: Final = "#,##0.0000"
SHARE: Final = "0.0%"
AXIS_WIDTH: Final = 44  # of a name on the charts' axis: the bars keep most of the room
LEAST_PRODUCT: Final = 14  # of a product's name in front of its file
MAX_BARS: Final = 25  # more would be unreadable
ONE_PAGE_BARS: Final = 8  # so many can be read where table and charts are printed on one page
MAX_ROWS: Final = 1_000_000  # of a sheet; Excel has 1,048,576


class At:
    """Columns of the overview; the stages stand side by side from STAGES on."""

    COMPANY, PRODUCT, MODEL, UNIT, STATE, LINES, CFP, LABEL, STAGES = 2, 3, 4, 5, 6, 7, 8, 9, 10
    LOW, HIGH, DQR, PRIMARY, ERRORS, WARNINGS, NEXT, RESULT, SOURCE, PERIOD, REPORT = range(17, 28)


_STAGES: Final = tuple(Stage)
ROW_COLUMNS: Final = {
    At.COMPANY: Column(Text("企业", "Company"), 26),
    At.PRODUCT: Column(Text("产品", "Product"), 26),
    At.MODEL: Column(Text("型号", "Model"), 18),
    At.UNIT: Column(Text("单位", "Unit"), 8),
    At.STATE: Column(Text("状态", "State"), 12),
    At.LINES: Column(Text("完整度", "Completeness"), 9),
    At.CFP: Column(Text("碳足迹 kgCO2e", "CFP kgCO2e"), 15),
    At.LABEL: Column(Text("结果性质", "Kind of result"), 13),
    **{At.STAGES + index: Column(stage.title, 12) for index, stage in enumerate(_STAGES)},
    At.LOW: Column(Text("95% 下限", "95 % low"), 13),
    At.HIGH: Column(Text("95% 上限", "95 % high"), 13),
    At.DQR: Column(Text("数据质量 DQR", "DQR"), 9),
    At.PRIMARY: Column(Text("初级数据占比", "Primary data"), 10),
    At.ERRORS: Column(Text("须更正", "Errors"), 8),
    At.WARNINGS: Column(Text("请核对", "Warnings"), 8),
    At.NEXT: Column(Text("下一步", "Next step"), 34),
    At.RESULT: Column(Text("结果工作簿", "Results workbook"), 48),
    At.SOURCE: Column(Text("返回的工作簿", "Returned workbook"), 42),
    At.PERIOD: Column(Text("统计周期", "Period"), 22),
    At.REPORT: Column(Text("报告编号", "Report no."), 18),
}


class FindingAt:
    """Columns of the findings and of the questions."""

    NUMBER, COMPANY, SOURCE, SEVERITY, PLACE, MESSAGE, REMEDY, EFFECT, CODE = range(2, 11)


FINDING_COLUMNS: Final = {
    FindingAt.NUMBER: Column(Text("序号", "No."), 7),
    FindingAt.COMPANY: Column(Text("企业", "Company"), 26),
    FindingAt.SOURCE: Column(Text("返回的工作簿", "Returned workbook"), 42),
    FindingAt.SEVERITY: Column(Text("类别", "Severity"), 9),
    FindingAt.PLACE: Column(Text("位置", "Place"), 18),
    FindingAt.MESSAGE: Column(Text("问题", "What"), 50),
    FindingAt.REMEDY: Column(Text("处理建议", "What to do"), 44),
    FindingAt.EFFECT: Column(Text("涉及 kgCO2e", "Rests on it, kgCO2e"), 13),
    FindingAt.CODE: Column(Text("代码", "Code"), 24),
}


class SubmissionAt:
    """Columns of the history."""

    NUMBER, AT, NAME, COMPANY, PRODUCT, STATE, CFP, CORRECTS, CHANGE = range(2, 11)


SUBMISSION_COLUMNS: Final = {
    SubmissionAt.NUMBER: Column(Text("序号", "No."), 7),
    SubmissionAt.AT: Column(Text("处理时间", "Processed"), 17),
    SubmissionAt.NAME: Column(Text("文件", "File"), 36),
    SubmissionAt.COMPANY: Column(Text("企业", "Company"), 26),
    SubmissionAt.PRODUCT: Column(Text("产品", "Product"), 30),
    SubmissionAt.STATE: Column(Text("状态", "State"), 10),
    SubmissionAt.CFP: Column(Text("碳足迹 kgCO2e", "CFP kgCO2e"), 15),
    SubmissionAt.CORRECTS: Column(Text("更正序号", "Corrects no."), 10),
    SubmissionAt.CHANGE: Column(Text("结果变化 kgCO2e", "Change kgCO2e"), 15),
}


def write_overview(path: Path, overview: Overview, *, language: Language, theme: Theme = DEFAULT_THEME) -> None:
    """Write the overview's workbook to `path`, which is overwritten. Raises WriteError."""
    package = Package(path, theme, constant_memory=True)
    package.workbook.set_properties({"title": OVERVIEW.to(language), "created": CREATED.replace(tzinfo=None)})
    page = _write_rows(package, overview, language)
    _write_comparison(package, page, overview.rows, language)
    _write_findings(package, QUESTIONS, ORDER.to(language), overview.questions, language)
    _write_findings(package, FINDINGS, _counts(overview, language), overview.findings, language)
    _write_history(package, overview.submissions, language)
    package.close()


# --- one row for each workbook and product ---


def _counts(overview: Overview, language: Language) -> str:
    """Return how many workbooks there are, and how many in each state."""
    states = counted(overview.counts, language)
    return COUNTS.to(language).format(all=sum(count for _, count in overview.counts), states=states)


def _write_rows(package: Package, overview: Overview, language: Language) -> Page:
    page = open_page(package, OVERVIEW.to(language), "overview", OVERVIEW.to(language), "")
    print_setup(page, "", "", language)
    set_widths(page, ROW_COLUMNS, language)
    # Within the columns that stand on both printed pages.
    page.across(2, (At.COMPANY, At.PRODUCT), f"{_counts(overview, language)} {UNITS.to(language)}", "note_wrap")
    write_header(page, ROW_COLUMNS, language)
    for number, row in enumerate(overview.rows):
        _write_row(page, FIRST_ROW + number, row, language)
    freeze(page, At.PRODUCT, FIRST_ROW + len(overview.rows) - 1, At.REPORT)
    _print_side_by_side(page)
    return page


def _print_side_by_side(page: Page) -> None:
    """Print figures on the first page, what to do on the second, files on the third, each beside the product.

    At a scale, not fitted: programs that fit a sheet to pages take no notice of where they are to break.
    """
    parts = ((At.MODEL, At.LOW), (At.LOW, At.RESULT), (At.RESULT, At.REPORT + 1))
    widest = max(page.width(range(*part)) for part in parts)
    scale = ROOM_ACROSS * (A4_LONG - SIDE_MARGINS) / (page.width((At.COMPANY, At.PRODUCT)) + widest)
    page.table = ()
    page.sheet.set_print_scale(int(100 * min(1.0, scale)))
    page.sheet.repeat_columns(0, At.PRODUCT - 1)
    page.sheet.set_v_pagebreaks([first - 1 for first, _ in parts[1:]])
    page.sheet.print_across()


def _write_row(page: Page, number: int, row: OverviewRow, language: Language) -> None:
    for column, text in ((At.COMPANY, row.company), (At.PRODUCT, row.product), (At.MODEL, row.model)):
        page.text(number, column, shown(text) or DASH)
    page.text(number, At.UNIT, shown(row.unit), "centre")
    page.text(number, At.STATE, row.state.to(language), row.style)
    _figure(page, number, At.LINES, row.lines_done / row.lines if row.lines else None, "0%")
    _figure(page, number, At.CFP, row.cfp_kg_co2e, AMOUNT)
    page.text(number, At.LABEL, row.label.to(language) if row.label else "", "centre")
    for index, stage in enumerate(_STAGES):
        if stage in row.stages:
            _figure(page, number, At.STAGES + index, row.stages[stage], AMOUNT)
        else:
            page.blank(number, At.STAGES + index)
    _figure(page, number, At.LOW, row.low, AMOUNT)
    _figure(page, number, At.HIGH, row.high, AMOUNT)
    _figure(page, number, At.DQR, row.dqr, "0.0")
    _figure(page, number, At.PRIMARY, row.primary_share, SHARE)
    page.number(number, At.ERRORS, row.errors, "centre_number", "0")
    page.number(number, At.WARNINGS, row.warnings, "centre_number", "0")
    page.text(number, At.NEXT, shown(row.next_step.to(language)))
    _link(page, number, At.RESULT, row.result)
    _link(page, number, At.SOURCE, row.source)
    page.text(number, At.PERIOD, shown(row.period), "centre")
    page.text(number, At.REPORT, shown(row.report_no))


def _figure(page: Page, row: int, column: int, value: float | None, number: str) -> None:
    if value is None:
        page.text(row, column, DASH, "dash")
    else:
        page.number(row, column, value, "number", number)


def _link(page: Page, row: int, column: int, link: Link) -> None:
    text, target = link
    if target:
        page.file_link(row, column, target, text)
    else:
        page.text(row, column, shown(text))


# --- the comparison ---


def bar_name(product: str, file: str) -> str:
    """Return what tells a bar from the others of a file that holds several products."""
    room = max(AXIS_WIDTH - text_width(file) - LEAST_PRODUCT / 2, LEAST_PRODUCT)
    return shown(f"{on_one_line(product, room)} · {file}")


def _write_comparison(package: Package, source: Page, rows: Sequence[OverviewRow], language: Language) -> None:
    """Compare the final results of the products: a table of references to the overview, and two charts of it."""
    final = [(FIRST_ROW + n, row) for n, row in enumerate(rows) if row.is_current and row.cfp_kg_co2e is not None]
    largest = sorted(final, key=lambda pair: -(pair[1].cfp_kg_co2e or 0.0))[:MAX_BARS]
    if not largest:
        return
    stages = [stage for stage in _STAGES if any(row.stages.get(stage) for _, row in largest)]
    subtitle = LARGEST.to(language).format(count=len(largest), all=len(final))
    columns = {2: Column(Text("产品", "Product"), 44), 3: Column(ROW_COLUMNS[At.CFP].title, 15)}
    columns |= {4 + index: Column(stage.title, 13) for index, stage in enumerate(stages)}
    words = ("comparison", COMPARISON.to(language), subtitle)
    page = table_page(package, COMPARISON.to(language), words, Table(columns, 2), language)
    names = Counter(product.called(language) for _, product in largest)
    files = Counter(product.source[0] for _, product in largest)
    bars = 4 + len(stages) + 1
    page.text(HEADER_ROW, bars, BAR_NAME.to(language), "header")
    for row, (at, product) in enumerate(largest, FIRST_ROW):
        name = product.called(language)
        file = product.source[0] if names[name] > 1 else ""  # two workbooks of one study are told apart by their files
        page.text(row, 2, shown(f"{name} · {file}" if file else name))
        page.formula(row, 3, source.cell(at, At.CFP), product.cfp_kg_co2e or 0.0, "number", AMOUNT)
        for column, stage in enumerate(stages, 4):
            place = source.cell(at, At.STAGES + _STAGES.index(stage))
            page.formula(row, column, place, product.stages.get(stage) or 0.0, "number", AMOUNT)
        bar = bar_name(product.product, file) if files[file] > 1 else shown(file or name)
        page.text(row, bars, on_one_line(bar, AXIS_WIDTH), "plain")
    last = FIRST_ROW + len(largest) - 1
    categories = charts.cells(page, FIRST_ROW, last, bars)
    series = [
        (stage.title.to(language), charts.cells(page, FIRST_ROW, last, column), package.theme.stages[stage])
        for column, stage in enumerate(stages, 4)
    ]
    from_zero = all((product.stages.get(stage) or 0.0) >= 0 for _, product in largest for stage in stages)
    if len(largest) <= ONE_PAGE_BARS:
        page.sheet.fit_to_pages(1, 1)
    row, breaks = last + 2, []
    for title, percent in zip(CHART_TITLES, (False, True), strict=True):
        axis = "" if percent else "kgCO2e"
        chart = charts.stacked(
            package, title.to(language), axis, series, categories, percent=percent, from_zero=from_zero
        )
        height = 140 + 26 * len(largest)
        chart.set_size({"width": 980, "height": height})
        page.chart(row, 2, chart)
        breaks.append(row - 1)
        row += height // 20 + 2
    if len(largest) > ONE_PAGE_BARS:
        page.sheet.set_h_pagebreaks(breaks)  # no chart is parted
    page.sheet.print_area(0, 0, row - 1, bars - 2)


# --- findings and questions ---


def _write_findings(
    package: Package, title: Text, subtitle: str, findings: Iterable[OverviewFinding], language: Language
) -> None:
    words = (title.en.lower(), title.to(language), subtitle)
    page = table_page(package, title.to(language), words, Table(FINDING_COLUMNS, FindingAt.SOURCE), language)
    row = HEADER_ROW
    for number, finding in enumerate(findings, 1):
        row = HEADER_ROW + number
        if number > MAX_ROWS:
            page.text(row, FindingAt.NUMBER, MORE.to(language), "plain")
            break
        _write_finding(page, row, number, finding, language)
    freeze(page, FindingAt.SOURCE, row, FindingAt.CODE)


def _write_finding(page: Page, row: int, number: int, finding: OverviewFinding, language: Language) -> None:
    page.number(row, FindingAt.NUMBER, number, "centre_number", "0")
    page.text(row, FindingAt.COMPANY, shown(finding.company) or DASH)
    _link(page, row, FindingAt.SOURCE, finding.source)
    page.text(row, FindingAt.SEVERITY, finding.severity.to(language), finding.style)
    page.text(row, FindingAt.PLACE, shown(finding.place))
    page.text(row, FindingAt.MESSAGE, shown(finding.message.to(language)))
    page.text(row, FindingAt.REMEDY, shown(finding.remedy.to(language)))
    if finding.effect_kg_co2e is None:
        page.blank(row, FindingAt.EFFECT)
    else:
        page.number(row, FindingAt.EFFECT, finding.effect_kg_co2e, "number", AMOUNT)
    page.text(row, FindingAt.CODE, finding.code)


# --- the history ---


def _write_history(package: Package, submissions: Iterable[OverviewSubmission], language: Language) -> None:
    words = ("submissions", HISTORY.to(language), "")
    table = Table(SUBMISSION_COLUMNS, SubmissionAt.COMPANY)
    page = table_page(package, HISTORY.to(language), words, table, language)
    row = HEADER_ROW
    for row, submission in enumerate(submissions, FIRST_ROW):
        page.number(row, SubmissionAt.NUMBER, submission.number, "centre_number", "0")
        page.text(row, SubmissionAt.AT, submission.at, "centre")
        page.text(row, SubmissionAt.NAME, shown(submission.name))
        page.text(row, SubmissionAt.COMPANY, shown(submission.company))
        page.text(row, SubmissionAt.PRODUCT, shown(submission.product))
        page.text(row, SubmissionAt.STATE, submission.state.to(language), "centre")
        _figure(page, row, SubmissionAt.CFP, submission.cfp_kg_co2e, AMOUNT)
        if submission.corrects is None:
            page.blank(row, SubmissionAt.CORRECTS)
            page.blank(row, SubmissionAt.CHANGE)
        else:
            page.number(row, SubmissionAt.CORRECTS, submission.corrects, "centre_number", "0")
            _figure(page, row, SubmissionAt.CHANGE, submission.change, "+" + AMOUNT + ";-" + AMOUNT + ";0")
    freeze(page, SubmissionAt.COMPANY, row, SubmissionAt.CHANGE)
