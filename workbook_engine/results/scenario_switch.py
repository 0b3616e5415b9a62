"""The switch on the scenario sheet: which scenario the whole workbook shows. At first it shows the result itself.

A line that scenarios change takes its activity × (1 + Σ chosen × (times - 1)) and its factor + Σ chosen × share ×
(other factor - own), where `chosen` is 1 in the row of the scenario that the switch names: with the result itself
chosen, both are as they are. From the stage sheets everything down to the charts follows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbook_engine.frozen import frozen
from workbook_engine.results.columns import ScenarioColumns
from workbook_engine.results.layout import FIRST_ROW
from workbook_engine.results.study import counted_results
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from workbook_engine.model import LineResult, ProductFootprint, ScenarioChange, ScenarioResult
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout

SWITCH_ROW: Final = 3
CHART_ROWS: Final = 13  # rows that a product's chart takes on the sheet
BASE: Final = Text("本次结果", "The result")
SHOWS_SCENARIO: Final = Text(
    "当前显示的是“{sheet}”表所选的情景，不是本次结果。",
    "This shows the scenario that is chosen on the sheet {sheet}, not the result.",
)

Change = tuple["ScenarioResult", "ScenarioChange", "ProductFootprint", "LineResult"]


def changes_of(job: ResultsJob) -> list[Change]:
    """Return each change for each product whose result has the line, in the order of the sheet's rows."""
    return list(_changes(job))


def _changes(job: ResultsJob) -> Iterator[Change]:
    lines: dict[str, list[tuple[ProductFootprint, LineResult]]] = {}
    for product, result in counted_results(job):
        lines.setdefault(result.line.id, []).append((product, result))
    for scenario in job.assessment.scenarios if job.assessment else ():
        for change in scenario.scenario.changes:
            for product, result in lines.get(change.line_id, []):
                yield scenario, change, product, result


def block_row(job: ResultsJob, product: int) -> int:
    """Return the row of a product's title on the sheet; the header, the result and the scenarios follow."""
    scenarios = len(job.assessment.scenarios) if job.assessment else 0
    return FIRST_ROW + (scenarios + 4 + CHART_ROWS) * product


def scenario_row(job: ResultsJob, product: int, scenario: int) -> int:
    """Return the row of a scenario in a product's block."""
    return block_row(job, product) + 3 + scenario


def first_change_row(job: ResultsJob) -> int:
    """Return the row of the first change on the sheet."""
    return block_row(job, len(job.footprint.products)) + 3


@frozen
class Switch:
    """Where the switch and the changes of each line stand: (product key, line id) -> rows with their factors' ids."""

    layout: Layout
    rows: Mapping[tuple[str, str], tuple[tuple[int, str], ...]]

    def activity(self, product: str, line: str, own: str) -> str:
        """Return the formula of a line's activity as the switch has it; `own` is the activity of the result."""
        terms = [
            f"+{self._chosen(row)}*({self._at(row, ScenarioColumns.TIMES)}-1)"
            for row, _ in self.rows.get((product, line), ())
        ]
        return f"{own}*(1{''.join(terms)})" if terms else own

    def factor(self, product: str, line: str, own: str, cell: Callable[[str], str]) -> str:
        """Return the formula of a line's factor, or of a part of it, as the switch has it.

        `own` is that of the result; `cell` returns the same of another factor, by its id.
        """
        terms = [
            f"+{self._chosen(row)}*{self._at(row, ScenarioColumns.SHARE)}*({cell(factor)}-{own})"
            for row, factor in self.rows.get((product, line), ())
            if factor
        ]
        return f"{own}{''.join(terms)}"

    def factors(self, product: str, line: str) -> tuple[str, ...]:
        """Return the ids of the factors that scenarios give a line."""
        return tuple(factor for _, factor in self.rows.get((product, line), ()) if factor)

    def unless_scenario(self, words: str) -> str:
        """Return the formula of `words` about the result, in whose place a warning stands while a scenario is shown."""
        language = self.layout.language
        warning = SHOWS_SCENARIO.to(language).format(sheet=self.layout.sheets["scenarios"])
        is_result = f'{switch_cell(self.layout)}="{BASE.to(language)}"'
        return f'IF({is_result},"{_quoted(words)}","{_quoted(warning)}")'

    def _chosen(self, row: int) -> str:
        return f"({switch_cell(self.layout)}={self._at(row, ScenarioColumns.NAME)})"

    def _at(self, row: int, column: int) -> str:
        return self.layout.at("scenarios", row, column)


def _quoted(text: str) -> str:
    return text.replace('"', '""')


def switch_cell(layout: Layout) -> str:
    """Return the reference to the switch."""
    return layout.at("scenarios", SWITCH_ROW, ScenarioColumns.LINE, absolute=True)


def switch_of(job: ResultsJob, layout: Layout) -> Switch | None:
    """Return the switch of a study that has scenarios."""
    if "scenarios" not in layout.sheets:
        return None
    rows: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for row, (_, change, product, result) in enumerate(changes_of(job), start=first_change_row(job)):
        place = (product.product.key, result.line.id)
        rows.setdefault(place, []).append((row, change.factor.id if change.factor else ""))
    return Switch(layout, {place: tuple(found) for place, found in rows.items()})
