"""What verification finds: cells that differ, sheets that are not as they were, and what could not be checked."""

from __future__ import annotations

import enum

from workbook_engine.frozen import frozen

IRONCALC, LIBREOFFICE, ENGINE, AROUND = "ironcalc", "LibreOffice", "engine", "around"


class About(enum.StrEnum):
    """What is told of a whole sheet, or of the file, in one sentence and before any cell."""

    SHEET_GONE = "sheet-gone"
    SHEET_EMPTIED = "sheet-emptied"
    SHEET_RENAMED = "sheet-renamed"
    SHEET_UNEXPECTED = "sheet-unexpected"
    NO_VALUES = "no-values"
    VALUES_ONLY = "values-only"
    ROWS_MOVED = "rows-moved"
    COLUMNS_MOVED = "columns-moved"
    ROWS_SORTED = "rows-sorted"
    ROWS_EMPTIED = "rows-emptied"
    CHARTS_GONE = "charts-gone"
    DIGESTS_GONE = "digests-gone"
    FILE_NOT_OURS = "file-not-ours"
    # what does not make a workbook unsound
    FILE_FITS = "file-fits"
    SHEET_ADDED = "sheet-added"
    SHEETS_ORDERED = "sheets-ordered"
    OTHER_ENGINE = "other-engine"
    OTHER_LIBRARY = "other-library"
    NOT_CHECKED = "not-checked"
    BY_DIGEST = "by-digest"
    LOGO = "logo"
    PARTS_ADDED = "parts-added"


HARMLESS = frozenset(
    {
        About.FILE_FITS,
        About.SHEET_ADDED,
        About.SHEETS_ORDERED,
        About.OTHER_LIBRARY,
        About.OTHER_ENGINE,
        About.NOT_CHECKED,
        About.BY_DIGEST,
        About.LOGO,
        About.PARTS_ADDED,
    }
)


class What(enum.StrEnum):
    """What of a workbook differs: the content of a cell, or something around it."""

    CONTENT = "content"
    CHANGED = "changed"  # the same, but nobody can tell what it was
    FORMAT = "number-format"
    UNSEEN = "unseen"  # a text in the colour of its ground, or of no size
    HIDDEN = "hidden"  # a row, a column or a sheet
    MERGED = "merged"
    LINK = "link"
    TIP = "tip"  # of a link
    NOTE = "note"
    LIST = "list"  # the answers that a cell offers
    ALLOWED = "allowed"  # what a cell takes, and what it says about that
    CONDITION = "conditional-format"
    CHART = "chart"
    CHART_TEXT = "chart-text"
    CHART_DATA = "chart-data"  # the cells that it refers to
    CHART_SCALE = "chart-scale"
    CHART_POINT = "chart-point"  # a figure that it keeps of such a cell
    PICTURE = "picture"
    LOGO = "logo"  # on the cover
    PART = "part"  # of the file, which no workbook of ours has
    ARRAY = "array"  # a formula that is computed otherwise than its text says
    PRINTED = "printed"  # which rows repeat, which cells are printed
    MARGIN = "margin"  # head and foot of printed pages
    NAME = "name"
    PROPERTY = "property"
    CALCULATION = "calculation"
    TOTAL = "total"  # of a product, which is nowhere on the cover


class Why(enum.StrEnum):
    """Why a check could not be made."""

    NOT_INSTALLED = "not-installed"
    NOT_LOADED = "not-loaded"
    TOO_LARGE = "too-large"
    TOO_SLOW = "too-slow"
    NO_VALUES = "no-values"
    NO_INPUTS = "no-inputs"
    INPUTS_GONE = "inputs-gone"
    VALUES_ONLY = "values-only"
    OTHER_FORMAT = "other-format"
    OTHER_ENGINE = "other-engine"


@frozen
class Remark:
    """One such sentence. `sheet` has the name that the program gave it, "" where it is about the file.

    `stored` is what there is in the file, `expected` what there should be; both "" where neither helps.
    """

    about: About
    sheet: str = ""
    stored: str = ""
    expected: str = ""

    @property
    def is_harmful(self) -> bool:
        """Whether the workbook is not sound because of it."""
        return self.about not in HARMLESS


@frozen
class Difference:
    """A cell that is not as it should be, or what stands around it: `cell` may be an area, or the number of a chart.

    `more`: how many cells of the sheet differ in the same way. `follows`: its formula refers to another cell that
    differs, so that it may only be told after that one.
    """

    sheet: str
    cell: str
    stored: str
    expected: str
    follows: bool = False
    what: What = What.CONTENT
    more: int = 0


@frozen
class Check:
    """One check: why it could not be made ("" where it was), the largest relative difference, and what differs."""

    name: str
    why: Why | str = ""
    largest: float = 0.0
    differences: tuple[Difference, ...] = ()

    @property
    def was_made(self) -> bool:
        """Whether it could be made."""
        return not self.why


@frozen
class Verification:
    """What came of a results workbook."""

    file: str
    formulas: int
    remarks: tuple[Remark, ...]
    checks: tuple[Check, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing differs in any check that was made, and the engine's own was.

        Without it nobody knows whether formulas and factors are those that the data ask for.
        """
        return not (
            self.is_of_other_engine
            or any(remark.is_harmful for remark in self.remarks)
            or any(check.differences or (check.name == ENGINE and not check.was_made) for check in self.checks)
        )

    @property
    def is_of_other_engine(self) -> bool:
        """Whether another version of the program wrote it, so that only its totals were compared."""
        return any(check.why == Why.OTHER_ENGINE for check in self.checks)
