"""Inventory: what was understood of a submission: products, plants, lines with amount, unit, basis and factor."""

from __future__ import annotations

import enum
import math
from dataclasses import field
from typing import TYPE_CHECKING

from workbook_engine.frozen import frozen
from workbook_engine.model.quantity import apply_steps
from workbook_engine.model.stages import Stage
from workbook_engine.texts import Text

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping
    from decimal import Decimal

    from workbook_engine.findings import CellRef
    from workbook_engine.model.factors import EmissionFactor, Flow
    from workbook_engine.model.quantity import Quantity, Step
    from workbook_engine.model.spread import Spread
    from workbook_engine.model.stages import Basis


class Dimension(enum.Enum):
    """What the quality of a figure is rated on, 1 (best) to 5, in the order in which every sheet lists it."""

    TECHNOLOGY = "technology"
    GEOGRAPHY = "geography"
    TIME = "time"
    COMPLETENESS = "completeness"
    RELIABILITY = "reliability"

    __hash__ = object.__hash__  # as of stages

    @property
    def title(self) -> Text:
        """Return its word."""
        return _DIMENSION_TITLES[self]


_DIMENSION_TITLES = {
    Dimension.TECHNOLOGY: Text("技术代表性", "Technology"),
    Dimension.GEOGRAPHY: Text("地理代表性", "Geography"),
    Dimension.TIME: Text("时间代表性", "Time"),
    Dimension.COMPLETENESS: Text("完整性", "Completeness"),
    Dimension.RELIABILITY: Text("可靠性", "Reliability"),
}


@frozen
class Product:
    """A product of the study. `unit` is the functional unit, or the declared unit where `is_declared`."""

    key: str  # "P1", "P2", … in the order of the sheet
    name: str
    model: str
    unit: str  # as typed: "1 台"
    is_declared: bool
    where: CellRef
    mass_kg: Quantity | None = None
    output: Quantity | None = None  # in the reference period, in functional or declared units


@frozen
class PlantProduct:
    """One product made at a plant: its output there and its allocation weight. product is None outside the study."""

    product: str | None  # Product.key
    name: str
    output: Quantity
    weight: Quantity | None  # None: 1, by count

    @property
    def weight_value(self) -> float:
        """Return w."""
        return self.weight.value if self.weight else 1.0


@frozen
class Plant:
    """A plant and how its totals are divided among its products."""

    key: str  # "F1", …
    name: str
    where: CellRef | None  # None: the one plant that a study without a plant table implies
    products: tuple[PlantProduct, ...]
    allocation_basis: str = ""  # choice key: count, mass, hours, value, stated
    justification: str = ""

    @property
    def weighted_output(self) -> float:
        """Return Σ wᵢOᵢ over the plant's products."""
        return math.fsum(p.output.value * p.weight_value for p in self.products)


@frozen
class StageBoundary:
    """Whether a stage is inside the system boundary, what it covers, and what was left out and why."""

    stage: Stage
    included: bool
    covers: str
    excludes: str
    reason: str
    where: CellRef | None


@frozen
class Settings:
    """The consultant's choices, each a key of the factor library or a number."""

    factor_set: str
    electricity_series: str
    electricity_year: int | None
    electricity_region: str
    gwp_set: str
    decimals_amount: int = 4
    decimals_share: int = 2
    cutoff_flow: float = 0.01  # share of the whole under which one flow may be left out
    cutoff_total: float = 0.05  # share of the whole that all omitted flows together may have
    include_credits: bool = False  # recycling credits are part of the result, not shown apart


@frozen
class Contract:
    """Electricity that is bought under a contract or with certificates, or generated on site.

    The result counts it with the grid's factor; `factor` gives the labelled alternative (None: not stated) for the
    `share` of the line's amount that is covered.
    """

    kind: str  # choice key: contract, certificate
    factor: EmissionFactor | None
    share: float
    document: str = ""


@frozen
class ActivityLine:
    """One line of activity data as understood. Amount and factor are None where a finding blocks the line.

    amount × and ÷ the steps = the amount in the flow's reference unit, on the line's basis (period total or per unit).
    """

    id: str  # "RM-001": the stage's letters and the ordinal of the row
    stage: Stage
    item: str
    product: str | None  # Product.key; None: all products of the study
    flow: Flow | None
    flow_typed: str
    amounts: tuple[Quantity, ...]  # summed: one amount, or the monthly values
    unit: str  # as typed
    steps: tuple[Step, ...]
    basis: Basis
    plant: str | None  # Plant.key
    factor: EmissionFactor | None
    where: CellRef
    data_source: str = ""
    is_primary: bool | None = None
    remark: str = ""
    blocked: bool = False  # an error stands against the row: it has no emission until that is mended
    stated_ratings: Mapping[Dimension, Quantity] = field(default_factory=dict)  # 1 to 5, typed by the consultant
    stated_spread: Spread | None = None  # of the amount, typed
    contract: Contract | None = None
    rung: str = ""  # of the ladder by which the factor was chosen: line, factor_set, settings, default; or supplier
    alternatives: tuple[EmissionFactor, ...] = ()  # the flow's other factors
    is_credit: bool = False  # an avoided burden: its emission is negative, and shown apart unless the settings say so

    @property
    def variation(self) -> float | None:
        """Return the coefficient of variation of monthly amounts (standard deviation ÷ mean); None without months."""
        mean = (self.amount or 0.0) / max(len(self.amounts), 1)
        if len(self.amounts) < 2 or not mean:
            return None
        squares = math.fsum((quantity.value - mean) ** 2 for quantity in self.amounts)
        return math.sqrt(squares / len(self.amounts)) / mean

    @property
    def amount(self) -> float | None:
        """Return the amount in the unit as typed: the sum of `amounts`, or None where it is not known."""
        return math.fsum(quantity.value for quantity in self.amounts) if self.amounts else None

    @property
    def reference_amount(self) -> float | None:
        """Return the amount in the flow's reference unit, still on the line's basis."""
        amount = self.amount
        return None if amount is None else apply_steps(amount, self.steps)


@frozen
class ScenarioChange:
    """What a scenario does to one line: its amount × `times`, and `share` of it at another factor, if one is given.

    `words` say the changes as the sheet names them; `where` is the row that asks for them.
    """

    line_id: str
    times: float
    factor: EmissionFactor | None
    share: float  # a fraction; the rest keeps the line's own factor
    words: Text
    where: CellRef


@frozen
class Scenario:
    """Named changes of inputs, at most one for each line."""

    name: str
    changes: tuple[ScenarioChange, ...]


@frozen
class Study:
    """What the study is about, in the company's words."""

    company: str
    address: str
    report_no: str
    standards: str
    boundary_type: str  # choice key: cradle_to_grave, cradle_to_gate, other
    period_start: datetime.date | None
    period_end: datetime.date | None

    @property
    def data_year(self) -> int | None:
        """Return the year that the data stand for: the one in which the middle of the reference period lies."""
        if self.period_start is None or self.period_end is None:
            return self.period_end.year if self.period_end else None
        return (self.period_start + (self.period_end - self.period_start) / 2).year

    @property
    def years(self) -> frozenset[int]:
        """Return the years that the reference period touches; none where it is not known."""
        if self.period_start is None or self.period_end is None:
            return frozenset()
        return frozenset(range(self.period_start.year, self.period_end.year + 1))


@frozen
class Omission:
    """A flow or process that was left out by the cut-off criteria, with what it is estimated at, per product unit."""

    item: str
    stage: Stage | None
    product: str | None  # Product.key; None: all products of the study
    kg_co2e: Quantity | None
    mass_kg: Quantity | None
    reason: str
    where: CellRef


@frozen
class Printed:
    """A number of an earlier report as it was typed: shares in per cent; how many decimals were typed."""

    value: Decimal
    decimals: int
    where: CellRef


@frozen
class DeclaredResult:
    """A result that an earlier report prints: of a stage, or (None) the total. The share is in per cent."""

    product: str  # Product.key
    stage: Stage | None
    kg_co2e: Printed | None
    share: Printed | None
    printed_in: str  # "table 5.2-1", "abstract"
    where: CellRef


@frozen
class DeclaredSource:
    """How an earlier report names a factor or the GWP report that it used: the words, a value, a year."""

    flow: Flow | None  # None: the GWP set
    named: str
    value: Printed | None
    unit: str
    year: int | None
    where: CellRef


@frozen
class Inventory:
    """Everything that the footprint is computed from. Blocked lines are in it, with amount or factor None."""

    study: Study
    settings: Settings
    products: tuple[Product, ...]
    plants: tuple[Plant, ...]
    boundary: Mapping[Stage, StageBoundary]
    lines: tuple[ActivityLine, ...]
    blocked_products: frozenset[str] = frozenset()  # product keys whose total a finding outside the lines forbids
    omissions: tuple[Omission, ...] = ()
    declared: tuple[DeclaredResult, ...] = ()
    declared_sources: tuple[DeclaredSource, ...] = ()
    scenarios: tuple[Scenario, ...] = ()

    def printed_decimals(self, product: str) -> tuple[int, int]:
        """Return the decimals of a product's earlier report, of emissions and of shares: those of the longest figure.

        A cell that holds a number has lost its closing zeros.
        """
        rows = [row for row in self.declared if row.product == product]
        return (
            max((row.kg_co2e.decimals for row in rows if row.kg_co2e), default=0),
            max((row.share.decimals for row in rows if row.share), default=0),
        )

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Return the stages inside the boundary, in the standard order."""
        return tuple(s for s in Stage if s in self.boundary and self.boundary[s].included)
