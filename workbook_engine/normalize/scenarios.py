"""The scenario table -> scenarios: which lines each row changes, and how.

A row names its target (a line's id, a stage, a flow or an item; blank: every line), the kind of change and what to
change it to. Scenarios are not needed for the result: a row that is not understood is left out with a warning.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from workbook_engine import catalogue
from workbook_engine.factors import choose
from workbook_engine.matching import Matcher, canonical
from workbook_engine.model import Scenario, ScenarioChange, Stage
from workbook_engine.normalize.context import rows
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook_engine.model import ActivityLine, EmissionFactor, Settings, Study
    from workbook_engine.normalize.context import Context, Row

NO_NAME = Text("没有情景名称", "no name of the scenario")
NO_CHANGE = Text("没有说明改变什么", "it does not say what changes")
NO_TARGET = Text("“{typed}”不是数据行、阶段、流或项目", "“{typed}” is no line, stage, flow or item")
NO_NUMBER = Text("“{typed}”不是不小于 0 的数", "“{typed}” is no number of 0 or more")
NO_SHARE = Text("比例“{typed}”不是 0 到 100 的数", "the share “{typed}” is no number from 0 to 100")
NO_FACTOR = Text("因子库中没有“{typed}”", "the factor library has no “{typed}”")
NO_FLOW = Text("因子库中没有流“{typed}”", "the factor library has no flow “{typed}”")
OTHER_UNIT = Text(
    "“{typed}”按 {unit} 计，与所选数据行的单位不同", "“{typed}” counts in {unit}, the lines chosen do not"
)
NO_LIBRARY_FACTOR = Text("流“{typed}”没有可采用的因子", "the flow “{typed}” has no factor that may be used")
SEVERAL_FLOWS = Text(
    "所选数据行不止一种流（{flows}），请用流或数据行编号指明",
    "the lines chosen are of several flows ({flows}): name one",
)
TWICE = Text("{line} 的因子在同一情景中改了两次", "the factor of {line} is changed twice in the scenario")

TIMES_WORDS = Text("数量 × {value:.10g}", "amount × {value:.10g}")
FACTOR_WORDS = Text("因子 {name}", "factor {name}")
PART_WORDS = Text("{share:.10g} % {words}", "{share:.10g} % at {words}")


class _Unreadable(Exception):  # noqa: N818 - it never leaves this module
    """Why a row is left out."""

    def __init__(self, reason: Text, **params: object) -> None:
        self.reason = Text(reason.zh.format(**params), reason.en.format(**params))
        super().__init__(self.reason.en)


class _Change(NamedTuple):
    """What one row does to each of its lines."""

    name: str
    lines: tuple[str, ...]
    times: float | None
    factor: EmissionFactor | None
    share: float
    words: Text


class _Around(NamedTuple):
    """What a row refers to."""

    lines: Sequence[ActivityLine]
    settings: Settings
    data_year: int | None


def read_scenarios(
    context: Context, lines: Sequence[ActivityLine], settings: Settings, study: Study
) -> tuple[Scenario, ...]:
    """Read the table. Scenarios come in the order in which they are first named."""
    around = _Around(lines, settings, study.data_year)
    scenarios: dict[str, dict[str, ScenarioChange]] = {}
    for row in rows(context, "scenarios"):
        if set(row.record.cells) <= {"remark"}:
            continue
        try:
            change = _read(row, around)
            _add(scenarios.setdefault(change.name, {}), change, row)
        except _Unreadable as problem:
            context.report(catalogue.SCENARIO_ROW_LEFT_OUT, row.where, reason=problem.reason)
    return tuple(Scenario(name, tuple(changes.values())) for name, changes in scenarios.items() if changes)


def _read(row: Row, around: _Around) -> _Change:
    name, kind = row.slot("scenario").text, row.slot("change").choice()
    if not name:
        raise _Unreadable(NO_NAME)
    lines = _targets(row.slot("target").text, around.lines)
    share = _share(row)
    typed = row.slot("value").text
    if kind == "times":
        value = _number(row)
        words = Text(TIMES_WORDS.zh.format(value=value), TIMES_WORDS.en.format(value=value))
        return _Change(name, tuple(line.id for line in lines), value, None, 1.0, words)
    if kind == "factor_value":
        factor = _stated_factor(_number(row), name, lines)
    elif kind == "factor":
        factor = _library_factor(row, typed)
    elif kind == "flow":
        factor = _factor_of_flow(row, typed, around)
    else:
        raise _Unreadable(NO_CHANGE)
    return _Change(name, _fitting(row, lines, factor, typed), None, factor, share, _factor_words(factor, share))


def _targets(typed: str, lines: Sequence[ActivityLine]) -> tuple[ActivityLine, ...]:
    """Return the lines that a target names; the first of these that fits: id, stage, flow, item."""
    if not typed:
        return tuple(lines)
    wanted = canonical(typed)
    stage = _STAGES.find(typed)
    ways = (
        [line for line in lines if canonical(line.id) == wanted],
        [line for line in lines if stage is not None and line.stage.value == stage.value],
        [line for line in lines if line.flow and wanted in _names_of_flow(line)],
        [line for line in lines if canonical(line.item) == wanted],
    )
    found = next((way for way in ways if way), None)
    if not found:
        raise _Unreadable(NO_TARGET, typed=typed)
    return tuple(found)


_STAGES = Matcher({word: stage.value for stage in Stage for word in (*stage.title, stage.value)})


def _names_of_flow(line: ActivityLine) -> set[str]:
    flow = line.flow
    names = {line.flow_typed} if flow is None else {line.flow_typed, flow.key, *flow.name, *flow.synonyms}
    return {canonical(name) for name in names if name}


def _number(row: Row) -> float:
    slot = row.slot("value")
    value = slot.reading().value
    if value is None or value < 0:
        raise _Unreadable(NO_NUMBER, typed=slot.text)
    return value


def _share(row: Row) -> float:
    slot = row.slot("share")
    if not slot.text:
        return 1.0
    value = slot.reading().value
    if value is None or not 0 <= value <= 100:
        raise _Unreadable(NO_SHARE, typed=slot.text)
    return value / 100


# --- factors ----------------------------------------------------------------------------------------------------------


def _stated_factor(value: float, name: str, lines: Sequence[ActivityLine]) -> EmissionFactor:
    """Return a factor of the scenario's own, in the unit of the one flow that its lines have."""
    base = next((line.factor for line in lines if line.factor), None)
    if base is None:
        raise _Unreadable(NO_TARGET, typed=lines[0].id if lines else "")
    _one_flow([line for line in lines if line.factor])
    stated = f"{value:.10g} {base.unit}"
    return replace(
        base, id=f"{name} ({stated})", name=Text(stated, stated), value=value, printed_value=value,
        printed_unit=base.unit, series="", year=None, region="", publisher="", document="", tier="", note="",
        fuel=None, gases={}, where=None,
    )  # fmt: skip


def _library_factor(row: Row, typed: str) -> EmissionFactor:
    wanted = canonical(typed)
    factors = row.context.library.factors.values()
    factor = next((factor for factor in factors if canonical(factor.id) == wanted), None)
    if not typed or factor is None:
        raise _Unreadable(NO_FACTOR, typed=typed)
    return factor


def _factor_of_flow(row: Row, typed: str, around: _Around) -> EmissionFactor:
    flow = row.context.library.find_flow(typed) if typed else None
    if flow is None:
        raise _Unreadable(NO_FLOW, typed=typed)
    factor = choose(row.context.library, flow, around.settings, data_year=around.data_year).factor
    if factor is None:
        raise _Unreadable(NO_LIBRARY_FACTOR, typed=typed)
    return factor


def _fitting(row: Row, lines: Sequence[ActivityLine], factor: EmissionFactor, typed: str) -> tuple[str, ...]:
    """Return the lines that a factor can be given to: of its category and its unit, and of one flow.

    A stage may hold electricity beside diesel: the factor of another grid means the electricity. Copper beside steel
    is not told apart like that, so a factor of copper wants the flow or the lines named.
    """
    flow = row.context.library.flows.get(factor.flow)
    of_unit = [line for line in lines if line.factor and line.factor.unit == factor.unit]
    found = [line for line in of_unit if flow is None or (line.flow and line.flow.category == flow.category)]
    if not found:
        raise _Unreadable(OTHER_UNIT, typed=typed, unit=factor.unit.rpartition("/")[2])
    _one_flow(found)
    return tuple(line.id for line in found)


def _one_flow(lines: Sequence[ActivityLine]) -> None:
    flows = {line.flow.key: line.flow.name for line in lines if line.flow}
    if len(flows) > 1:
        shown = Text(*("、".join(name[language] for name in flows.values()) for language in (0, 1)))
        raise _Unreadable(Text(SEVERAL_FLOWS.zh.format(flows=shown.zh), SEVERAL_FLOWS.en.format(flows=shown.en)))


def _factor_words(factor: EmissionFactor, share: float) -> Text:
    def words(language: int) -> str:
        text = FACTOR_WORDS[language].format(name=factor.name[language])
        return text if share == 1 else PART_WORDS[language].format(share=share * 100, words=text)

    return Text(words(0), words(1))


# --- joining the rows of a scenario -----------------------------------------------------------------------------------


def _add(changes: dict[str, ScenarioChange], change: _Change, row: Row) -> None:
    """Add a row's change to each of its lines: multipliers multiply; a factor can be changed once."""
    both = [line for line in change.lines if change.factor and line in changes and changes[line].factor]
    if both:
        raise _Unreadable(TWICE, line=both[0])
    for line in change.lines:
        before = changes.get(line)
        if before is None:
            changes[line] = ScenarioChange(
                line,
                1.0 if change.times is None else change.times,
                change.factor,
                change.share,
                change.words,
                row.where,
            )
            continue
        words = Text(f"{before.words.zh}；{change.words.zh}", f"{before.words.en}; {change.words.en}")
        if change.factor is None:
            changes[line] = replace(before, times=before.times * (change.times or 0.0), words=words)
        else:
            changes[line] = replace(before, factor=change.factor, share=change.share, words=words)
