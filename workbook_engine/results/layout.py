"""Where everything stands in the results workbook, worked out before anything is written.

The sheets refer to each other in all directions (a stage's share needs the summary's total, the summary needs the
stages), so the rows are settled first. Every sheet of ours keeps its hidden column A for the mark; content begins in
column B.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbook_engine.frozen import frozen
from workbook_engine.results.columns import FactorColumns, NormalizationColumns, SummaryColumns
from workbook_engine.spec.collection import DATA_QUALITY
from workbook_engine.texts import Text
from workbook_engine.writing.sheet import reference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_engine.model import ActivityLine, Stage
    from workbook_engine.results.compact_maps import LineRows
    from workbook_engine.results.raw import RawSheets
    from workbook_engine.texts import Language

HEADER_ROW: Final = 4  # of every sheet with one table; its rows begin below
FIRST_ROW: Final = HEADER_ROW + 1

BEFORE_STAGES: Final[Mapping[str, Text]] = {
    "cover": Text("封面", "Cover"),
    "summary": Text("结果摘要", "Summary"),
    "report": Text("报告用表", "Report tables"),
    "hotspots": Text("热点分析", "Hotspots"),
    "scenarios": Text("情景", "Scenarios"),
    "uncertainty": Text("不确定性与敏感性", "Uncertainty and sensitivity"),
    "draws": Text("蒙特卡洛", "Monte Carlo"),
}
AFTER_STAGES: Final[Mapping[str, Text]] = {
    "normalization": Text("归一化", "Normalization"),
    "allocation": Text("分摊", "Allocation"),
    "factors": Text("排放因子", "Emission factors"),
    "choices": Text("因子选用", "Choice of factors"),
    "gases": Text("温室气体分列", "Emissions by gas"),
    "quality": Text("数据质量与取舍", "Data quality and cut-off"),
    "ratings": Text("数据质量评分", "Data quality scores"),
    "declared": Text("申报结果核对", "Declared results"),
    "findings": Text("问题清单", "Findings"),
    "differences": Text("与上次提交的差异", "Changes since last time"),
    "trace": Text("溯源", "Trace"),
    "clauses": Text("条款对照", "Clauses"),
}
# Parts of a factor that sources tell apart, in the order of ISO 14067:2018, 7.2. The emission of a pure gas is all its
# own: the fluorinated ones are grouped as the Kyoto Protocol lists them (Annex A), what it does not list stands last.
GASES: Final[Mapping[str, Text]] = {
    "co2": Text("CO2（化石）", "CO2 (fossil)"),
    "ch4_fossil": Text("CH4（化石）", "CH4 (fossil)"),
    "n2o": Text("N2O", "N2O"),
    "hfcs": Text("HFCs", "HFCs"),
    "pfcs": Text("PFCs", "PFCs"),
    "sf6": Text("SF6", "SF6"),
    "nf3": Text("NF3", "NF3"),
    "other_fluorinated": Text("其他含氟气体", "Other fluorinated gases"),
    "ch4": Text("CH4（来源未分）", "CH4 (origin unspecified)"),
    "co2_biogenic": Text("CO2（生物成因）", "CO2 (biogenic)"),
    "co2_removed": Text("CO2 移除（生物质吸收）", "CO2 removed (biomass)"),
    "ch4_biogenic": Text("CH4（生物成因）", "CH4 (biogenic)"),
    "land_use_change": Text("直接土地利用变化", "Direct land-use change"),
    "aircraft": Text("航空运输", "Aircraft transport"),
}
PIXELS_OF_A_ROW: Final = 22  # of paging.ROW_HEIGHT
STAGE_SHEET: Final = Text("核算-{}", "Calc {}")


@frozen
class SummaryBlock:
    """The rows of one product on the summary."""

    title: int
    total_line: int
    state: int
    most: int  # the first of the rows that say what makes most of the result; 0: none
    header: int
    stages: Mapping[Stage, int]
    total: int
    note: int
    credits: int  # rows of what stands beside the result
    contractual: int
    biogenic: int  # 0 where there is no biogenic CO2
    chart: int
    end: int


@frozen
class PlantBlock:
    """The rows of one plant on the allocation sheet."""

    title: int
    header: int
    first: int
    total: int


@frozen
class Layout:
    """Names of sheets and rows of everything that is referred to."""

    language: Language
    raw: RawSheets
    sheets: Mapping[str, str]  # "summary", a stage's value, … -> sheet name
    columns: NormalizationColumns
    lines: Mapping[str, LineRows]  # product key -> line id -> row on the normalization sheet and on the trace
    blocks: Mapping[str, tuple[int, int]]  # product key -> first and last row of its counted lines there
    first_rows: Mapping[str, int]  # line id -> the row where its amount is read: its first on that sheet
    stage_lines: Mapping[str, LineRows]  # product key -> line id -> row on its stage's sheet
    stage_bands: Mapping[tuple[str, Stage], int]
    stage_ends: Mapping[Stage, int]  # the last row of a stage's products
    subtotals: Mapping[tuple[str, Stage], int]  # credits that are shown apart stand below their stage's subtotal
    outputs: Mapping[str, int]  # product key -> row of its output on the allocation sheet
    plants: Mapping[str, PlantBlock]
    controls: tuple[ActivityLine, ...]  # plant totals, each with a control row
    control_row: int
    factors: Mapping[str, int]  # factor id -> row on the factor sheet
    gases: tuple[str, ...]  # those that the factors used tell apart: columns of the factor sheet after its last
    rated_lines: Mapping[str, int]  # line id -> row of its scores
    rated_factors: Mapping[str, int]  # factor id -> row of its scores
    variance_row: int  # header of the table of variances below them
    summary: Mapping[str, SummaryBlock]
    comparison: int  # row of the comparison's header on the summary; 0 with one product
    rules: int

    def at(self, sheet: str, row: int, column: int, *, absolute: bool = False) -> str:
        """Return the reference to a cell of one of our sheets, by the sheet's key."""
        return reference(self.sheets[sheet], row, column, absolute=absolute)

    @property
    def primary_word(self) -> str:
        """Return the word that stands for primary data on our sheets."""
        return DATA_QUALITY[0].title.to(self.language)

    def block(self, product: str) -> tuple[int, int]:
        """Return the first and last row of a product's lines on the normalization sheet and on the trace."""
        return self.blocks[product]

    def factor(self, factor: str, column: int = FactorColumns.VALUE) -> str:
        """Return the reference to a factor's value, or to another column of it, on the factor sheet."""
        return self.at("factors", self.factors[factor], column)

    def total(self, product: str) -> str:
        """Return the reference to a product's total on the summary."""
        return self.at("summary", self.summary[product].total, SummaryColumns.EMISSION)
