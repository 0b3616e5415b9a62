"""The one data model: what flows from step to step, frozen, each value with the cell that it came from.

    Submission   what the company wrote, cell by cell, under the spec's keys: nothing interpreted yet
    Inventory    what was understood: products, allocation, lines with amount, unit, basis and factor
    Footprint    what follows: emission of each line, stages, totals, shares

A float is in the unit that its name or its docstring says. None stands for "not known" and blocks what depends on it;
an explicit 0 is a value like any other.
"""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from workbook_engine.texts import Text

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping
    from decimal import Decimal

    import pandas as pd

    from workbook_engine.findings import CellRef, Finding
    from workbook_engine.grid import Cell
    from workbook_engine.texts import Language


class Stage(enum.Enum):
    """The life-cycle stages, in the order in which every sheet lists them."""

    RAW_MATERIAL_ACQUISITION = "raw_material_acquisition"
    RAW_MATERIAL_TRANSPORT = "raw_material_transport"
    PRODUCTION = "production"
    DISTRIBUTION = "distribution"
    STORAGE = "storage"
    USE = "use"
    END_OF_LIFE = "end_of_life"

    @property
    def title(self) -> Text:
        """Return the standard's term."""
        return _STAGE_TITLES[self]


_STAGE_TITLES = {
    Stage.RAW_MATERIAL_ACQUISITION: Text("原材料获取", "Raw material acquisition"),
    Stage.RAW_MATERIAL_TRANSPORT: Text("原材料运输", "Raw material transport"),
    Stage.PRODUCTION: Text("产品生产", "Production"),
    Stage.DISTRIBUTION: Text("成品运输", "Distribution"),
    Stage.STORAGE: Text("仓储", "Storage"),
    Stage.USE: Text("使用", "Use"),
    Stage.END_OF_LIFE: Text("产品处置", "End of life"),
}


class Basis(enum.Enum):
    """What an amount is stated for."""

    PER_UNIT = "per_unit"  # per functional or declared unit: as it is
    PRODUCT_TOTAL = "product_total"  # of this product in the reference period: ÷ its output
    PLANT_TOTAL = "plant_total"  # of the whole plant: allocated to its products, ÷ output


# --- Submission -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell that the company could fill in: what stands there (None: blank) and where that is."""

    cell: Cell | None
    where: CellRef


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a table: field key -> cell. A field that is blank, or whose column is absent, has no entry."""

    row: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class BoundTable:
    """A table of the spec as it was found: its sheet, where its fields' columns are, and its rows with content."""

    key: str
    sheet: str
    header_row: int
    columns: Mapping[str, int]  # field key -> 1-based column
    records: tuple[Record, ...]
    heading_units: Mapping[str, str] = field(default_factory=dict)  # field key -> the unit that its heading names


@dataclass(frozen=True, slots=True)
class Submission:
    """A returned workbook under the spec's keys. `fields` is keyed "form.field"; `tables` by the table's key."""

    language: Language
    template_version: str | None
    fields: Mapping[str, Entry]
    tables: Mapping[str, BoundTable]
    input_sheets: tuple[str, ...]  # the sheets in which something was bound, in the workbook's order
    from_results: bool = False  # the workbook is one of our own results workbooks, handed in again


# --- Factors ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Flow:
    """A thing that is used, burnt, moved or emitted, and the unit in which factors and sheets count it."""

    key: str  # stable, ASCII: "electricity", "diesel", "steel_cold_rolled_coil"
    name: Text
    category: str  # electricity, heat, fuel, material, transport, gas, water, waste
    unit: str  # reference unit: kWh, GJ, kg, m3, t·km
    synonyms: tuple[str, ...] = ()
    density_kg_per_l: float | None = None
    density_source: str = ""


@dataclass(frozen=True, slots=True)
class FuelParameters:
    """How a fuel's factor comes about: NCV × carbon content × oxidation × 44/12, or NCV × a printed factor per GJ.

    `ncv_gj` is GJ per `ncv_unit` ("t" or "10^4 m3"), carbon content tC/TJ, oxidation a fraction,
    `printed_t_co2_per_gj` the factor per GJ where a document prints it rounded and multiplies with that.
    """

    ncv_gj: float
    ncv_unit: str
    carbon_content_t_per_tj: float | None = None
    oxidation: float | None = None
    printed_t_co2_per_gj: float | None = None


@dataclass(frozen=True, slots=True)
class EmissionFactor:
    """One variant of a flow's factor, with its source. `value` is kgCO2e per the flow's reference unit.

    `printed_value` and `printed_unit` are as the source prints them; `gases` holds the parts (co2, ch4_fossil, n2o,
    co2_biogenic, ch4_biogenic, land_use_change, aircraft; kgCO2e per reference unit) where the source tells them apart.
    """

    id: str
    flow: str
    name: Text
    value: float
    unit: str  # "kgCO2e/kWh"
    printed_value: float
    printed_unit: str
    series: str  # electricity_footprint, electricity_co2, gbt32151, ndrc2015, gbt51366, cpcd, desnz_proxy, gwp_ar5, …
    year: int | None
    region: str
    publisher: str
    document: str
    tier: str  # P, S2, S1, definition, derived: how the value was read
    note: str = ""
    fuel: FuelParameters | None = None
    gases: Mapping[str, float] = field(default_factory=dict)
    where: CellRef | None = None  # its row in the library workbook
    spread_percent: float | None = None  # ± % at 95 % confidence, where its document states one


# --- Inventory --------------------------------------------------------------------------------------------------------


class Dimension(enum.Enum):
    """What the quality of a figure is rated on, 1 (best) to 5, in the order in which every sheet lists it."""

    TECHNOLOGY = "technology"
    GEOGRAPHY = "geography"
    TIME = "time"
    COMPLETENESS = "completeness"
    RELIABILITY = "reliability"

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


class Operation(enum.Enum):
    """How a step of a line's way from the typed amount to the activity acts."""

    MULTIPLY = "×"
    DIVIDE = "÷"


@dataclass(frozen=True, slots=True)
class Step:
    """One multiplication or division on the way from a typed amount to the amount in the flow's reference unit.

    `where` is the cell that holds the operand, if it was typed; else `source` says where the constant comes from.
    Where the operand is worked out of the number in that cell, `rule` says how, as a spreadsheet would ("1-x": a loss
    rate; "x/100": a percentage typed as a whole number), and `cell_value` is that number x.
    """

    operation: Operation
    operand: float
    label: Text
    where: CellRef | None = None
    source: str = ""
    rule: str = ""
    cell_value: float | None = None

    @property
    def read(self) -> float:
        """Return the number that stands in the cell."""
        return self.operand if self.cell_value is None else self.cell_value


def apply_steps(amount: float, steps: tuple[Step, ...]) -> float:
    """Return the amount after the steps, taken one after another as the results workbook does."""
    for step in steps:
        amount = amount * step.operand if step.operation is Operation.MULTIPLY else amount / step.operand
    return amount


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that was read: its value, the unit symbol beside it, the cell, and the text as typed.

    Where `parts` are given the value is their sum (an output that only the plants state); where `steps` are given the
    number of the cell, or the sum, went through them (an output brought to functional units).
    """

    value: float
    where: CellRef
    typed: str
    unit: str = ""
    parts: tuple[Quantity, ...] = ()
    steps: tuple[Step, ...] = ()
    before_steps: float | None = None

    @property
    def read(self) -> float:
        """Return the number of the cell, or the sum of the parts, before the steps."""
        return self.value if self.before_steps is None else self.before_steps

    def after(self, *steps: Step) -> Quantity:
        """Return the quantity after further steps."""
        value = apply_steps(self.value, steps)
        return replace(self, value=value, steps=(*self.steps, *steps), before_steps=self.read)


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class StageBoundary:
    """Whether a stage is inside the system boundary, what it covers, and what was left out and why."""

    stage: Stage
    included: bool
    covers: str
    excludes: str
    reason: str
    where: CellRef | None


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Contract:
    """Electricity that is bought under a contract or with certificates, or generated on site.

    The result counts it with the grid's factor; `factor` gives the labelled alternative (None: not stated) for the
    `share` of the line's amount that is covered.
    """

    kind: str  # choice key: contract, certificate
    factor: EmissionFactor | None
    share: float
    document: str = ""


@dataclass(frozen=True, slots=True)
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
    stated_spread: Quantity | None = None  # ± % of the amount at 95 % confidence, typed
    contract: Contract | None = None
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Scenario:
    """Named changes of inputs, at most one for each line."""

    name: str
    changes: tuple[ScenarioChange, ...]


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Omission:
    """A flow or process that was left out by the cut-off criteria, with what it is estimated at, per product unit."""

    item: str
    stage: Stage | None
    product: str | None  # Product.key; None: all products of the study
    kg_co2e: Quantity | None
    mass_kg: Quantity | None
    reason: str
    where: CellRef


@dataclass(frozen=True, slots=True)
class Printed:
    """A number of an earlier report as it was typed: shares in per cent; how many decimals were typed."""

    value: Decimal
    decimals: int
    where: CellRef


@dataclass(frozen=True, slots=True)
class DeclaredResult:
    """A result that an earlier report prints: of a stage, or (None) the total. The share is in per cent."""

    product: str | None  # Product.key; None: the only product
    stage: Stage | None
    kg_co2e: Printed | None
    share: Printed | None
    printed_in: str  # "table 5.2-1", "abstract"
    where: CellRef


@dataclass(frozen=True, slots=True)
class DeclaredSource:
    """How an earlier report names a factor or the GWP report that it used: the words, a value, a year."""

    flow: Flow | None  # None: the GWP set
    named: str
    value: Printed | None
    unit: str
    year: int | None
    where: CellRef


@dataclass(frozen=True, slots=True)
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

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Return the stages inside the boundary, in the standard order."""
        return tuple(s for s in Stage if s in self.boundary and self.boundary[s].included)


# --- Footprint --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LineResult:
    """A line's contribution to one product: activity per unit in the flow's reference unit, and its emission."""

    line: ActivityLine
    share_of_total: float | None  # what activity per unit is to reference_amount: 1, 1/output, or wₖOₖₚ/Σwᵢoᵢ/Oₖ
    activity: float | None
    kg_co2e: float | None
    share: float | None = None  # of the product's total; None where there is no final total
    contractual_kg_co2e: float | None = None  # by the contract's factor; None without a contract, or without its factor


@dataclass(frozen=True, slots=True)
class StageResult:
    """A stage of one product: the sum of its lines, None where one of them is blocked."""

    stage: Stage
    lines: tuple[LineResult, ...]
    kg_co2e: float | None
    share: float | None


@dataclass(frozen=True, slots=True)
class ProductFootprint:
    """One product's footprint per functional or declared unit. `cfp_kg_co2e` is None unless it is final."""

    product: Product
    stages: tuple[StageResult, ...]
    cfp_kg_co2e: float | None
    is_partial: bool  # a significant stage is outside the boundary: the result is a partial CFP
    credits: tuple[LineResult, ...] = ()  # recycling credits that are shown apart; negative, in no stage and no total
    contractual_kg_co2e: float | None = None  # the total with contracts' factors in place of the grid's; an alternative

    @property
    def credits_kg_co2e(self) -> float | None:
        """Return the sum of the credits that are shown apart, None where there is none or one is not known."""
        known = [result.kg_co2e for result in self.credits if result.kg_co2e is not None]
        return math.fsum(known) if known and len(known) == len(self.credits) else None


@dataclass(frozen=True, slots=True)
class PlantControl:
    """The proof that a plant's total is divided without rest: amounts in the flow's reference unit.

    `in_study` and `outside` are Σ (per piece × output at the plant) over the products of the study and over the others.
    """

    line: str  # ActivityLine.id
    plant: str  # Plant.key
    unit: str
    total: float
    in_study: float
    outside: float

    @property
    def difference(self) -> float:
        """Return what is allocated less the total: 0 but for the last binary digits."""
        return math.fsum((self.in_study, self.outside, -self.total))


@dataclass(frozen=True, slots=True)
class Footprint:
    """The footprints of all products of a workbook."""

    products: tuple[ProductFootprint, ...]
    controls: tuple[PlantControl, ...] = ()

    def to_frame(self) -> pd.DataFrame:
        """Return one row a line: product, stage, line, item, flow, activity, unit, factor, kg_co2e, share."""
        import pandas as pd  # noqa: PLC0415 - pandas takes a third of a second to import; only this method needs it

        rows = [
            {
                "product": footprint.product.name,
                "model": footprint.product.model,
                "stage": stage.stage.value,
                "line": result.line.id,
                "item": result.line.item,
                "flow": result.line.flow.key if result.line.flow else None,
                "activity": result.activity,
                "unit": result.line.flow.unit if result.line.flow else None,
                "factor": result.line.factor.id if result.line.factor else None,
                "factor_kg_co2e": result.line.factor.value if result.line.factor else None,
                "kg_co2e": result.kg_co2e,
                "share": result.share,
            }
            for footprint in self.products
            for stage in footprint.stages
            for result in stage.lines
        ]
        return pd.DataFrame(rows)


# --- Assessment -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rating:
    """One score of a figure's quality, 1 (best) to 5, and the rule or the cell that it comes from."""

    score: int
    reason: Text
    where: CellRef | None = None  # the cell in which it was typed
    is_unknown: bool = False  # nothing is known: the worst score stands


@dataclass(frozen=True, slots=True)
class Pedigree:
    """The quality of one figure, an amount or a factor, and how far it may be off.

    `variance` is σ² of the figure's natural logarithm: the figure is taken as the median of a lognormal distribution
    with the geometric standard deviation exp(σ). `basic` is the part that even the best data have.
    """

    ratings: Mapping[Dimension, Rating]
    basic: float
    variance: float
    is_stated: bool = False  # the spread was typed, the ratings do not enter it


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure's 95 % interval, kgCO2e, with the geometric standard deviation that it comes from."""

    gsd: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class LineAssessment:
    """A line of one product: on each dimension the worse of amount and factor; None where the line has no emission."""

    line_id: str
    scores: Mapping[Dimension, int]
    dqr: float  # the mean of the scores
    variance_share: float | None = None  # of the variance of the product's total


@dataclass(frozen=True, slots=True)
class StageAssessment:
    """A stage of one product; None where it has no result. Shares are of the stage's emissions, by size."""

    stage: Stage
    dqr: float | None
    primary_share: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Swing:
    """What one input changes: the total with the input lower and higher by the step, all else as it is.

    `subject` is a line id, a factor id, or the product's key for its output.
    """

    kind: str  # amount, factor, output
    subject: str
    low: float  # the total with the input × (1 - step)
    high: float

    @property
    def reach(self) -> float:
        """Return the distance between the two totals."""
        return abs(self.high - self.low)


@dataclass(frozen=True, slots=True)
class ProductAssessment:
    """One product; what hangs on its total is None or empty where there is no final total."""

    product: str  # Product.key
    lines: tuple[LineAssessment, ...]
    stages: tuple[StageAssessment, ...]
    dqr: float | None
    primary_share: float | None
    interval: Interval | None
    swings: tuple[Swing, ...]  # the widest first


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """A scenario and the footprints of all products under it."""

    scenario: Scenario
    footprint: Footprint


@dataclass(frozen=True, slots=True)
class Appearance:
    """How results workbooks are to look. `view` is "full", or "client": without remarks, contacts and findings.

    `theme` is the path of a theme file (TOML: colours, font, logo), None for the program's own.
    """

    view: str = "full"
    theme: str | None = None


@dataclass(frozen=True, slots=True)
class Sampling:
    """A Monte Carlo run that is asked for: how many draws, and the seed that makes it repeatable."""

    draws: int = 100_000
    seed: int = 20240823  # any number would do; it is stated beside the figures


@dataclass(frozen=True, slots=True)
class Sampled:
    """A figure over the draws of a Monte Carlo run, kgCO2e; `low` and `high` are the 2.5 and 97.5 % quantiles."""

    mean: float
    median: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Histogram:
    """Draws counted in bins of one width; bin i lies between edges i and i + 1. What lies outside is not counted."""

    edges: tuple[float, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ProductDraws:
    """One product over the draws.

    `variance_shares` are by input, (kind, subject) as in Swing: its squared correlation with the total, of the sum of
    all of them.
    """

    product: str  # Product.key
    total: Sampled
    stages: Mapping[Stage, Sampled]
    variance_shares: Mapping[tuple[str, str], float]  # the largest first
    histogram: Histogram


@dataclass(frozen=True, slots=True)
class MonteCarlo:
    """A Monte Carlo run over all products that have a total. Products share their draws."""

    sampling: Sampling
    products: tuple[ProductDraws, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """How good the figures of a footprint are: ratings, primary-data share, uncertainty, sensitivity.

    `amounts` and `factors` hold the pedigree of each line's amount, by line id, and of each factor, by factor id.
    `step` is the fraction by which the sensitivities move each input.
    """

    amounts: Mapping[str, Pedigree]
    factors: Mapping[str, Pedigree]
    products: tuple[ProductAssessment, ...]
    scenarios: tuple[ScenarioResult, ...]
    step: float
    variances: Mapping[Dimension, tuple[float, ...]] = field(default_factory=dict)  # what scores 1 to 5 add to σ²
    scale: Mapping[Dimension, tuple[Text, ...]] = field(default_factory=dict)  # what scores 1 to 5 mean
    monte_carlo: MonteCarlo | None = None  # on request


# --- Comparison of two submissions ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that differs between two submissions, as typed; "" where it is blank or was not there."""

    field: Text
    old: str
    new: str
    where: CellRef | None  # in the later submission; in the earlier one where the row is gone


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does to one product, kgCO2e per unit: later less earlier. None where one of them is not known."""

    product: str  # Product.key in the later submission
    total: float | None
    stages: Mapping[Stage, float | None]


@dataclass(frozen=True, slots=True)
class Change:
    """A field or a row that differs. A row is one change: a unit and its amount mean nothing apart.

    `effects` are those of this change alone, or of it and the changes that follow with `is_joined`, which mean nothing
    without it (a product's new name, wherever it stands); empty where they were not worked out.
    """

    kind: str  # changed, added, removed
    block: Text  # the form's or table's title
    subject: str  # what the row is about, "" for a field
    cells: tuple[CellChange, ...]
    effects: tuple[Effect, ...] = ()
    is_joined: bool = False


@dataclass(frozen=True, slots=True)
class ProductComparison:
    """One product before and after. `rest` is what all changes together do beyond the sum of each alone."""

    product: str  # Product.key in the later submission
    name: str
    old_kg_co2e: float | None
    new_kg_co2e: float | None
    old_stages: Mapping[Stage, float | None]
    new_stages: Mapping[Stage, float | None]
    rest: Effect | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a later submission of a study changed, and what each change did.

    `method`: "onto-old", each change made alone in the earlier submission; "off-new", each taken back alone in the
    later one, because the earlier had no result; "none" where neither had. Both are computed with the same factor
    library. `by_table` says that there were so many changes that those of a table were taken together.
    """

    old_name: str
    old_sha256: str
    changes: tuple[Change, ...]
    products: tuple[ProductComparison, ...]
    only_old: tuple[str, ...]  # names of products that the later one no longer has
    method: str
    by_table: bool = False


# --- Processed --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Processed:
    """One workbook after the whole pipeline, as far as it got."""

    file: str
    sha256: str
    status: str  # ok, incomplete, rejected, failed
    findings: tuple[Finding, ...]
    submission: Submission | None = None
    inventory: Inventory | None = None
    footprint: Footprint | None = None
    assessment: Assessment | None = None
    results: tuple[str, ...] = ()
    comparison: Comparison | None = None  # with the submission that this one corrects
