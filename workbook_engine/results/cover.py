"""封面: what this workbook is, its result, whether it still says what the engine computed, and where things are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbook_engine.grid import Area, address
from workbook_engine.results.columns import AllocationColumns, SummaryColumns
from workbook_engine.results.package import DASH, shown
from workbook_engine.results.scenario_switch import switch_of
from workbook_engine.results.sheets import (
    Column,
    amount_format,
    difference_formula,
    open_sheet,
    quantity_code,
    write_header,
    write_section,
)
from workbook_engine.results.study import stages_of
from workbook_engine.results.words import (
    OUTPUT,
    SEMICOLON,
    bracketed,
    engine_title,
    period_word,
    product_title,
    setting_title,
    short_title,
)
from workbook_engine.texts import Text
from workbook_engine.writing.sheet import reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.model import ProductFootprint, Stage
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout
    from workbook_engine.results.package import Package, Page
    from workbook_engine.texts import Language

TITLE: Final = Text("产品碳足迹核算结果", "Carbon footprint of products")
RESULT: Final = Text("结果", "Result")
ABOUT: Final = Text("研究信息", "The study")
VERSIONS: Final = Text("版本与校验", "Versions and checks")
PERIOD: Final = Text("统计周期", "Reference period")
CONTENTS: Final = Text("目录", "Contents")
INPUTS: Final = Text(
    "企业原始数据（按原样保留，可修改后重新提交）",
    "The company's data (kept as returned; can be corrected and handed in again)",
)
COMPLETE: Final = Text("完整", "complete")
INCOMPLETE: Final = Text("未完成", "incomplete")
PARTIAL: Final = Text("部分产品碳足迹（partial CFP）", "partial CFP")
WHOLE: Final = Text("产品碳足迹（CFP）", "CFP")
COMMA: Final = Text("，", ", ")
TWIN: Final = Text(
    "双重核对：差为本工作簿公式的结果与核算程序的计算值之差，0 表示两者一致；修改输入后，差即为修改的影响。",
    "Twin check: a difference is the result of this workbook's formulas less the engine's value; 0 means that they "
    "agree. After an input is changed it is the effect of that change.",
)
VERIFY: Final = Text(
    "逐格复核：任何人都可运行 workbook-engine verify 加本文件名，由独立的计算引擎重算每个公式。",
    "Cell by cell: anybody can run workbook-engine verify on this file; independent engines recalculate each formula.",
)
ENGINE_STAGE: Final = Text("程序计算值：{}", "Engine's value: {}")
STAGE: Final = Text("逐项核算：{}", "Line by line: {}")

VERSION_LABELS: Final = {
    "engine": Text("核算程序", "Engine"),
    "library": Text("因子库", "Factor library"),
    "library_sha256": Text("因子库 SHA-256", "Library's SHA-256"),
    "source": Text("原始文件", "Source file"),
    "source_sha256": Text("原始文件 SHA-256", "Source file's SHA-256"),
}

WHAT: Final = {
    "summary": Text("各产品的总量、各阶段数值与占比、图、采用的规则", "Totals, stages with shares, charts, rules used"),
    "report": Text("可直接粘贴到报告的表和图", "Tables and figure, ready for the report"),
    "hotspots": Text("排放最大的数据行、改进潜力、瀑布图", "The largest lines, what lowering them brings, waterfall"),
    "scenarios": Text("情景的结果与变化，并列比较", "Results of the scenarios, side by side"),
    "uncertainty": Text("95 % 区间、方差来源、敏感性", "95 % intervals, where they come from, sensitivity"),
    "draws": Text("抽样得到的区间与分布", "Intervals and distribution as drawn"),
    "ratings": Text("每个数量和因子的质量评分", "Scores of each amount and factor"),
    "normalization": Text("从原始数量到单位产品活动数据", "From the amounts as given to activity per unit"),
    "allocation": Text("产量、分摊权重、全厂总量的控制", "Outputs, weights, control of plant totals"),
    "factors": Text("采用的排放因子及来源", "The factors used, with sources"),
    "choices": Text(
        "选用依据、其他可选因子、改用的影响", "Why these factors, the alternatives, what they would change"
    ),
    "gases": Text("化石与生物成因、土地利用变化、航空分列", "Fossil, biogenic, land-use change, aircraft apart"),
    "quality": Text("初级数据占比、小额流、排除的过程", "Primary-data share, small flows, what was left out"),
    "declared": Text("与已有报告逐项核对及可能原因", "An earlier report, figure by figure, with probable causes"),
    "findings": Text("回收表中发现的问题", "What was found in the returned workbook"),
    "differences": Text("企业改动了什么，各改动对结果的影响", "What the company changed, and what each change did"),
    "trace": Text("每个结果回到原始单元格", "Each result back to the company's cell"),
    "clauses": Text("标准要求的内容在何处", "Where each reporting item is answered"),
}


class At:
    """Columns of the sheet."""

    LABEL = 2
    VALUE = 3
    KIND = 4
    ENGINE = 5
    WORKBOOK = 6
    DIFFERENCE = 7
    LARGEST = 8
    STAGES = 10  # beside the printed area


COLUMNS: Final = {
    At.LABEL: Column(Text("产品", "Product"), 32),
    At.VALUE: Column(Text("功能/声明单位", "Functional or declared unit"), 24),
    At.KIND: Column(Text("状态", "State"), 30),
    At.ENGINE: Column(Text("程序计算值 kgCO2e", "Engine's value kgCO2e"), 18),
    At.WORKBOOK: Column(Text("本工作簿 kgCO2e", "This workbook kgCO2e"), 18),
    At.DIFFERENCE: Column(Text("总量之差", "Difference of the total"), 13),
    At.LARGEST: Column(Text("最大差（含各阶段）", "Largest difference, stages too"), 19),
}


ACROSS: Final = (At.LABEL, At.LARGEST)
MOST_ON_A_PAGE: Final = 12  # products with which the cover still is one page


def write_cover(package: Package, job: ResultsJob, layout: Layout) -> None:
    """Write the sheet."""
    page = open_sheet(package, job, layout, "cover", TITLE, job.inventory.study.company)
    page.widths(
        {column: spec.width for column, spec in COLUMNS.items()} | dict.fromkeys(_stage_columns(job).values(), 16)
    )
    if package.theme.logo:
        page.sheet.picture(1, At.WORKBOOK, package.theme.logo)
    row = _results(page, job, layout, 4)
    row = _pairs(page, row + 1, ABOUT.to(layout.language), list(_about(job, layout)))
    row = _outputs(page, job, layout, row)
    row = _pairs(page, row + 1, VERSIONS.to(layout.language), list(_versions(job, layout.language)))
    row = _contents(page, job, layout, row + 1)
    page.sheet.print_area(0, 0, row - 1, At.LARGEST - 1)
    page.sheet.set_portrait()
    if len(job.footprint.products) <= MOST_ON_A_PAGE:
        page.sheet.fit_to_pages(1, 1)
    page.sheet.activate()
    page.sheet.set_first_sheet()


def _results(page: Page, job: ResultsJob, layout: Layout, row: int) -> int:
    write_section(page, row, RESULT.to(layout.language), ACROSS)
    engine = {
        column: Column(Text(*map(str.format, ENGINE_STAGE, stage.title)), 16)
        for stage, column in _stage_columns(job).items()
    }
    write_header(page, COLUMNS | engine, layout.language, row + 1)
    row += 2
    for product in job.footprint.products:
        _result(page, job, layout, row, product)
        row += 1
    for text in (TWIN, VERIFY):
        page.text(row, At.LABEL, text.to(layout.language), "note")
        row += 1
    return row


def _result(page: Page, job: ResultsJob, layout: Layout, row: int, product: ProductFootprint) -> None:
    language, total, amounts = layout.language, product.cfp_kg_co2e, amount_format(job)
    page.text(row, At.LABEL, product_title(product.product))
    page.text(row, At.VALUE, shown(product.product.unit))
    page.landmark("unit", row, At.VALUE)
    state = (INCOMPLETE if total is None else COMPLETE).to(language)
    kind = (PARTIAL if product.is_partial else WHOLE).to(language)
    _state(page, job, layout, row, COMMA.to(language).join((state, kind)), is_final=total is not None)
    if total is None:
        page.text(row, At.ENGINE, DASH, "dash")
    else:
        page.number(row, At.ENGINE, total, "number", amounts)
    page.figure(row, At.WORKBOOK, layout.total(product.product.key), total, "band_number", amounts)
    difference = difference_formula(address(row, At.WORKBOOK), address(row, At.ENGINE))
    unchanged = None if total is None else 0.0
    page.figure(row, At.DIFFERENCE, difference, unchanged, "number", amounts)
    page.figure(row, At.LARGEST, _largest(job, layout, row, product), unchanged, "number", amounts)
    columns = _stage_columns(job)
    for stage in product.stages:
        if total is not None and stage.kg_co2e is not None:
            page.number(row, columns[stage.stage], stage.kg_co2e, "number", amounts)


def _stage_columns(job: ResultsJob) -> dict[Stage, int]:
    """Return the columns of the engine's values of stages, beside the printed area."""
    return {stage: At.STAGES + index for index, stage in enumerate(stages_of(job))}


def _largest(job: ResultsJob, layout: Layout, row: int, product: ProductFootprint) -> str:
    """Return the largest difference of a product's total and stages; the engine's values stand beside the page."""
    block = layout.summary[product.product.key]
    terms = [f"ABS({address(row, At.DIFFERENCE)})"]
    columns = _stage_columns(job)
    for stage in product.stages:
        cell = layout.at("summary", block.stages[stage.stage], SummaryColumns.EMISSION)
        terms.append(f"ABS({difference_formula(cell, address(row, columns[stage.stage]))})")
    return f"MAX({','.join(terms)})"


def _state(page: Page, job: ResultsJob, layout: Layout, row: int, words: str, *, is_final: bool) -> None:
    switch = switch_of(job, layout)
    if switch is None or not is_final:
        page.text(row, At.KIND, words, "good" if is_final else "bad")
        return
    page.formula(row, At.KIND, switch.unless_scenario(words), words, "good")
    page.alarm(Area(row, At.KIND, row, At.KIND), words)


def _pairs(page: Page, row: int, title: str, pairs: list[tuple[str, str]]) -> int:
    write_section(page, row, title, ACROSS)
    for offset, (label, value) in enumerate(pairs, start=1):
        page.text(row + offset, At.LABEL, label, "bold")
        if label in PERIOD:
            page.landmark("period", row + offset, At.LABEL)
        page.text(row + offset, At.VALUE, shown(value) or DASH, "plain")
    return row + len(pairs) + 1


def _about(job: ResultsJob, layout: Layout) -> Iterator[tuple[str, str]]:
    study, language = job.inventory.study, layout.language
    period = f"{study.period_start or DASH} – {study.period_end or DASH}"
    yield Text("企业名称", "Company").to(language), study.company
    yield Text("地址", "Address").to(language), study.address
    if plants := list(_plants(job)):
        yield Text("工厂", "Plants").to(language), SEMICOLON.to(language).join(plants)
    yield Text("报告编号", "Report number").to(language), study.report_no
    yield PERIOD.to(language), period
    yield Text("依据标准", "Standards").to(language), study.standards
    boundary = setting_title("boundary_type", study.boundary_type, language)
    stages = Text("、", ", ").to(language).join(stage.title.to(language) for stage in stages_of(job))
    colon = Text("：", ": ").to(language)
    yield Text("系统边界", "System boundary").to(language), f"{boundary}{colon}{stages}" if boundary else stages


def _plants(job: ResultsJob) -> Iterator[str]:
    """Yield the plants with their addresses, where the company states any."""
    table = job.submission.tables.get("plants")
    for record in table.records if table else ():
        texts = (str(record.cells[key].value or "").strip() for key in ("name", "address") if key in record.cells)
        if words := " ".join(filter(None, texts)):
            yield words


def _outputs(page: Page, job: ResultsJob, layout: Layout, row: int) -> int:
    """Write each product's output of the period, where there is one and room for it; return the next row."""
    products = job.inventory.products
    for product in products if len(products) <= MOST_ON_A_PAGE else ():
        if product.output is None:
            continue
        label = OUTPUT.to(layout.language).format(period=period_word(job).to(layout.language))
        if len(products) > 1:
            label += bracketed(short_title(job, product), layout.language)
        page.text(row, At.LABEL, shown(label), "bold_wrap")
        cell = layout.at("allocation", layout.outputs[product.key], AllocationColumns.OUTPUT)
        unit = shown(product.output.unit or product.unit).replace('"', "")
        code = f'{quantity_code(product.output.value)}" {unit}"'
        page.formula(row, At.VALUE, cell, product.output.value, "plain_figure", code)
        row += 1
    return row


def _versions(job: ResultsJob, language: Language) -> Iterator[tuple[str, str]]:
    values = {
        "engine": engine_title(job),
        "library": job.library.version if job.library else "",
        "library_sha256": job.library.sha256 if job.library else "",
        "source": job.source_name,
        "source_sha256": job.source_sha256,
    }
    for key, label in VERSION_LABELS.items():
        yield label.to(language), values[key]


def _contents(page: Page, job: ResultsJob, layout: Layout, row: int) -> int:
    """List the sheets in their order, each as a link with a word of what is on it; return the last row."""
    write_section(page, row, CONTENTS.to(layout.language), ACROSS)
    for key in layout.sheets:
        if key == "cover":
            continue
        row += 1
        page.link(row, At.LABEL, layout.at(key, 1, 2), layout.sheets[key], "plain_link")
        page.text(row, At.VALUE, _what(key, job, layout), "plain")
    row += 1
    page.text(row, At.LABEL, INPUTS.to(layout.language), "note")
    for sheet in layout.raw.sheets:
        if sheet.visible:
            row += 1
            name = layout.raw.names[sheet.name]
            page.link(row, At.LABEL, reference(name, 1, 2, absolute=False), name, "plain_link")
    return row


def _what(key: str, job: ResultsJob, layout: Layout) -> str:
    if key in WHAT:
        return WHAT[key].to(layout.language)
    stage = next(stage for stage in stages_of(job) if stage.value == key)
    return STAGE.to(layout.language).format(stage.title.to(layout.language))
