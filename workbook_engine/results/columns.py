"""The columns of our sheets, by name: sheets refer to each other's cells by them. Column A holds the mark."""

from __future__ import annotations

from workbook_engine.frozen import frozen


class SummaryColumns:
    """Columns of a product's block on the summary."""

    STAGE = 2
    EMISSION = 3
    SHARE = 4
    CHART = 6
    LAST = 12  # that is printed
    PIE_NAME = 14
    BAR_NAME = 15


class StageColumns:
    """Columns of a stage sheet."""

    ID = 2
    ITEM = 3
    FLOW = 4
    ACTIVITY = 5
    UNIT = 6
    FACTOR = 7
    FACTOR_UNIT = 8
    EMISSION = 9
    SHARE = 10
    FACTOR_ID = 11
    FACTOR_SOURCE = 12
    DATA_SOURCE = 13
    PRIMARY = 14
    NOTE = 15
    BY_CONTRACT = 16  # only where a line has an electricity contract


class FactorColumns:
    """Columns of the factor sheet."""

    ID = 2
    NAME = 3
    VALUE = 4
    UNIT = 5
    PRINTED = 6
    PRINTED_UNIT = 7
    CONVERSION = 8
    NCV = 9
    NCV_UNIT = 10
    CARBON = 11
    OXIDATION = 12
    PER_GJ = 13
    OTHER_GASES = 14
    SERIES = 15
    YEAR = 16
    REGION = 17
    PUBLISHER = 18
    DOCUMENT = 19
    TIER = 20
    NOTE = 21


class ChoiceColumns:
    """Columns of the choice of factors; after the last come three of each product."""

    WHY = 2
    ID = 3
    NAME = 4
    VALUE = 5
    UNIT = 6
    YEAR = 7
    REGION = 8
    SERIES = 9
    SOURCE = 10
    TIER = 11
    PRODUCTS = 12


class AllocationColumns:
    """Columns of the allocation sheet; its three tables share them as far as they go."""

    NAME = 2
    DETAIL = 3
    OUTPUT = 4
    UNIT = 5
    WEIGHT = 6
    WEIGHTED = 7
    SHARE = 8
    PER_PIECE = 9
    SOURCE = 10


@frozen
class NormalizationColumns:
    """Columns of the normalization sheet, which has as many step columns as the study's longest conversion."""

    steps: int

    ID = 2
    PRODUCT = 3
    STAGE = 4
    ITEM = 5
    SOURCE = 6
    AMOUNT = 7
    UNIT = 8
    FIRST_STEP = 9

    @property
    def combined(self) -> int:
        """Return the column of the conversion as a whole."""
        return self.FIRST_STEP + self.steps

    @property
    def unused(self) -> tuple[int, ...]:
        """Return the columns in which nothing stands where no line is converted."""
        return () if self.steps else (self.combined, self.step_text)

    @property
    def step_text(self) -> int:
        """Return the column that says the steps in words."""
        return self.combined + 1

    @property
    def reference_amount(self) -> int:
        """Return the column of the amount in the flow's reference unit."""
        return self.combined + 2

    @property
    def reference_unit(self) -> int:
        """Return the column of that unit."""
        return self.combined + 3

    @property
    def basis(self) -> int:
        """Return the column of the basis."""
        return self.combined + 4

    @property
    def coefficient(self) -> int:
        """Return the column of what an activity per unit is to the amount."""
        return self.combined + 5

    @property
    def activity(self) -> int:
        """Return the column of the activity per functional or declared unit."""
        return self.combined + 6

    @property
    def note(self) -> int:
        """Return the last column."""
        return self.combined + 7


class ScenarioColumns:
    """Columns of the scenarios: results (stages from STAGES on, then total and change), and changes."""

    NAME = 2
    STAGES = 3

    LINE = 3
    WORDS = 4
    PLACE = 5
    TIMES = 6
    SHARE = 7
    FACTOR = 8
    BASE = 9
    CHANGED = 10
    DIFFERENCE = 11
    PRODUCT = 12
    STAGE = 13


class UncertaintyColumns:
    """Columns of a product's stages and total on the sheet of uncertainty."""

    NAME = 2
    EMISSION = 3
    DQR = 4
    PRIMARY = 5
    VARIANCE = 6
    GSD = 7
    LOW = 8
    HIGH = 9


class RatingColumns:
    """Columns of the data quality scores; five of them are the scores."""

    ID = 2
    NAME = 3
    SOURCE = 4
    FIRST_SCORE = 5
    BASIC = 10
    VARIANCE = 11
    REASON = 12


class TraceColumns:
    """Columns of the trace."""

    ID = 2
    PRODUCT = 3
    STAGE = 4
    ITEM = 5
    PLACE = 6
    TYPED = 7
    READ = 8
    CONVERSION = 9
    ACTIVITY = 10
    UNIT = 11
    FACTOR_ID = 12
    FACTOR = 13
    EMISSION = 14
    SHARE = 15
    PRIMARY = 16
    RANK_KEY = 17
    RANK = 18
    BIOGENIC = 19  # only where there is biogenic CO2
