"""The rules that a study was computed by, at the end of its summary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbook_engine.results.columns import SummaryColumns as At
from workbook_engine.results.package import DASH, shown
from workbook_engine.results.sheets import write_section
from workbook_engine.results.words import (
    allocation_title,
    bracketed,
    electricity_region,
    engine_title,
    factor_set_title,
    setting_title,
)
from workbook_engine.texts import LANGUAGES, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout
    from workbook_engine.results.package import Page

RULES: Final = Text("采用的规则", "Rules used")
SOURCE_FILE: Final = Text("{name}  SHA-256 {digest}", "{name}  SHA-256 {digest}")


def write_rules(page: Page, job: ResultsJob, layout: Layout) -> int:
    """Write the rules and return their last row."""
    row, language = layout.rules, layout.language
    write_section(page, row, RULES.to(language), (At.STAGE, At.LAST))
    for label, value in _rules(job):
        row += 1
        page.text(row, At.STAGE, label.to(language), "bold")
        page.landmark(f"rule {label.en}", row, At.STAGE)
        page.text(row, At.EMISSION, shown(value.to(language)), "plain")
    return row


def _rules(job: ResultsJob) -> Iterator[tuple[Text, Text]]:
    """Yield what a reader must know to judge the figures."""
    settings, study = job.inventory.settings, job.inventory.study

    def word(field: str, key: str) -> Text:
        return Text(setting_title(field, key, "zh"), setting_title(field, key, "en"))

    yield Text("依据标准", "Standards"), _same(study.standards)
    yield Text("系统边界", "System boundary"), word("boundary_type", study.boundary_type)
    yield Text("因子集", "Factor set"), Text(factor_set_title(job, "zh"), factor_set_title(job, "en"))
    series = word("electricity_series", settings.electricity_series)
    year = settings.electricity_year or DASH
    yield (
        Text("电力因子", "Electricity"),
        Text(
            f"{series.zh}，{year} 年，{electricity_region(job, 'zh')}",
            f"{series.en}, {year}, {electricity_region(job, 'en')}",
        ),
    )
    yield Text("GWP 数据集", "GWP set"), word("gwp_set", settings.gwp_set)
    for plant in job.inventory.plants:
        basis = Text(
            allocation_title(plant.allocation_basis, "zh") or DASH,
            allocation_title(plant.allocation_basis, "en") or DASH,
        )
        yield (
            Text(f"分摊：{plant.name}", f"Allocation: {plant.name}"),
            Text(*(basis.to(language) + bracketed(plant.justification, language) for language in LANGUAGES)),
        )
    yield (
        Text("数值修约", "Rounding"),
        Text(
            f"数量与排放量 {settings.decimals_amount} 位小数，占比 {settings.decimals_share} 位，四舍五入，"
            "不修约中间值",
            f"Amounts and emissions to {settings.decimals_amount} decimals, shares to {settings.decimals_share}, "
            "half up; intermediate values are not rounded",
        ),
    )
    yield Text("核算程序", "Engine"), _same(engine_title(job))
    source = SOURCE_FILE.filled(name=job.source_name, digest=job.source_sha256)
    yield Text("原始文件", "Source file"), Text(*map(str.strip, source))


def _same(text: str) -> Text:
    return Text(text or DASH, text or DASH)
