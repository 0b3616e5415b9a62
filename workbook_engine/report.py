"""What the terminal shows of a run: a progress bar, a short table, what to mend; or one JSON document."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from workbook_engine.findings import Severity
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workbook_engine.findings import Finding
    from workbook_engine.model import Processed, ProductAssessment, ProductFootprint
    from workbook_engine.texts import Language

MAX_SHOWN = 8  # findings printed of one workbook; the results workbook lists them all

STATUS = {
    "ok": Text("完成", "ok"),
    "incomplete": Text("未完成", "incomplete"),
    "rejected": Text("未读取", "rejected"),
    "failed": Text("出错", "failed"),
}
HEADINGS = (
    Text("文件", "File"),
    Text("产品", "Product"),
    Text("单位", "Unit"),
    Text("碳足迹 kgCO2e", "CFP kgCO2e"),
    Text("须更正", "Errors"),
    Text("请核对", "Warnings"),
    Text("状态", "State"),
)
PROGRESS = Text("处理中", "Processing")
MORE = Text("另有 {count} 条，见问题清单", "{count} more, see the list of findings")
RESULTS_IN = Text("结果", "Results")


def as_json(results: Sequence[Processed], language: Language) -> str:
    """Return the one JSON document that `--json` prints: unrounded numbers, stages outside the boundary absent."""
    return json.dumps({"workbooks": [_workbook(r, language) for r in results]}, ensure_ascii=False, indent=2)


def _workbook(result: Processed, language: Language) -> dict[str, Any]:
    products = result.footprint.products if result.footprint else ()
    assessed = result.assessment.products if result.assessment else ()
    return {
        "file": result.file,
        "status": result.status,
        "products": [_product(*both) for both in zip(products, assessed, strict=True)],
        "results": list(result.results),
        "findings": [_finding(finding, language) for finding in result.findings],
    }


def _product(footprint: ProductFootprint, assessed: ProductAssessment) -> dict[str, Any]:
    return {
        "product": footprint.product.name,
        "model": footprint.product.model,
        "unit": footprint.product.unit,
        "cfp_kg_co2e": footprint.cfp_kg_co2e,
        "stages": {stage.stage.value: {"kg_co2e": stage.kg_co2e, "share": stage.share} for stage in footprint.stages},
        "interval_95": [assessed.interval.low, assessed.interval.high] if assessed.interval else None,
        "data_quality_rating": assessed.dqr,
        "primary_data_share": assessed.primary_share,
    }


def _finding(finding: Finding, language: Language) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "sheet": finding.where.sheet if finding.where else None,
        "cell": finding.where.cell if finding.where else None,
        "message": finding.message(language),
        "remedy": finding.remedy(language),
    }


def show_progress(done: Iterable[Processed], total: int, language: Language) -> list[Processed]:
    """Collect the results under a progress bar; where standard error is no terminal, without one."""
    from rich.console import Console  # noqa: PLC0415 - 50 ms to import, and `--json` needs none of it
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("[dim]{task.fields[file]}"),
    )
    results: list[Processed] = []
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task(PROGRESS.to(language), total=total, file="")
        for result in done:
            results.append(result)
            progress.update(task, advance=1, file=result.file)
    return results


def show_table(results: Sequence[Processed], language: Language) -> None:
    """Print a row for each product, then what has to be mended, then where the results lie."""
    from rich.console import Console  # noqa: PLC0415
    from rich.markup import escape  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    console = Console(highlight=False)
    table = Table(*(heading.to(language) for heading in HEADINGS[:3]))
    for heading in HEADINGS[3:6]:
        table.add_column(heading.to(language), justify="right")
    table.add_column(HEADINGS[6].to(language))
    for result in results:
        for row in _table_rows(result, language):
            table.add_row(*map(escape, row))
    console.print(table)
    for result in results:
        _show_findings(console, result, language)
    for result in results:
        for path in result.results:
            console.print(f"{RESULTS_IN.to(language)}: {escape(path)}", soft_wrap=True)


def _table_rows(result: Processed, language: Language) -> list[tuple[str, ...]]:
    counts = [
        str(sum(f.severity is severity for f in result.findings)) for severity in (Severity.ERROR, Severity.WARNING)
    ]
    status = STATUS[result.status].to(language)
    file = result.file.replace("\\", "/").rpartition("/")[2]
    products = result.footprint.products if result.footprint else ()
    if not products:
        return [(file, "", "", "—", *counts, status)]
    return [
        (
            file,
            " ".join(filter(None, (p.product.name, p.product.model))),
            p.product.unit,
            "—" if p.cfp_kg_co2e is None else f"{p.cfp_kg_co2e:,.4f}",
            *counts,
            status,
        )
        for p in products
    ]


def _show_findings(console: Any, result: Processed, language: Language) -> None:
    from rich.markup import escape  # noqa: PLC0415

    errors = [finding for finding in result.findings if finding.severity is Severity.ERROR]
    if not errors:
        return
    console.print(f"\n{escape(result.file)}", style="bold", soft_wrap=True)
    for finding in errors[:MAX_SHOWN]:
        console.print(f"  ✗ {escape(finding.message(language))}", soft_wrap=True)
        console.print(f"    {escape(finding.remedy(language))}", style="dim", soft_wrap=True)
    if len(errors) > MAX_SHOWN:
        console.print(f"  {MORE.to(language).format(count=len(errors) - MAX_SHOWN)}", style="dim")
