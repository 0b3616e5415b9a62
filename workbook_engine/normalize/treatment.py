"""End of life: treatment routes by share, and recycling credits.

A credit is the primary material that recycling replaces: amount × factor with a minus sign. By the cut-off approach,
which is the default, it is no part of the result and shown apart.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.findings import Severity
from workbook_engine.matching import canonical
from workbook_engine.model import Operation, Stage, Step
from workbook_engine.normalize.ratios import read_ratio
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook_engine.model import ActivityLine
    from workbook_engine.normalize.context import Context, Row

SHARE = Text("处理占比", "Share of the route")
AVOIDED = Text("抵扣（避免的排放）", "Credit (avoided emissions)")
WHOLE_TOLERANCE = 5e-4  # shares are typed to a tenth of a per cent


def is_credit(row: Row) -> bool:
    """Tell whether a row states a recycling credit."""
    return row.has("credit") and row.slot("credit").choice() == "yes"


def route_steps(row: Row, *, credit: bool) -> tuple[Step, ...]:
    """Return the steps to the part that goes this way, and the minus sign of a credit."""
    share = read_ratio(row.slot("route_share")) if row.has("route_share") else None
    steps = (share.step(Operation.MULTIPLY, SHARE),) if share else ()
    minus = (Step(Operation.MULTIPLY, -1.0, AVOIDED, source=str(row.slot("credit").where)),) if credit else ()
    return (*steps, *minus)


def _has_error(context: Context, lines: Iterable[ActivityLine]) -> bool:
    """Tell whether something is wrong in one of these rows: a share that could not be read comes first."""
    rows = {(line.where.sheet, line.where.row) for line in lines}
    wrong = (found.where for found in context.findings if found.severity is Severity.ERROR)
    return bool(rows) and any(where is not None and (where.sheet, where.row) in rows for where in wrong)


def check_routes(context: Context, lines: Iterable[ActivityLine]) -> None:
    """Report items whose treatment routes are not the whole of them: what is not said is not zero."""
    routes: dict[tuple[str, str | None], list[tuple[ActivityLine, float]]] = {}
    without: dict[tuple[str, str | None], list[ActivityLine]] = {}
    for line in lines:
        share = next((step.operand for step in line.steps if step.label is SHARE), None)
        if share is None and line.stage is Stage.END_OF_LIFE:
            without.setdefault((canonical(line.item), line.product), []).append(line)
        elif share is not None and not line.is_credit:
            routes.setdefault((canonical(line.item), line.product), []).append((line, share))
    for key, of_item in routes.items():
        whole = math.fsum(share for _, share in of_item)
        if abs(whole - 1) > WHOLE_TOLERANCE and not _has_error(context, without.get(key, ())):
            line = of_item[-1][0]
            context.report(catalogue.ROUTES_NOT_WHOLE, line.where, item=line.item, sum=f"{whole:.2%}")
