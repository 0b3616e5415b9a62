"""What verification finds: cells that differ, sheets that are not as they were, and what could not be checked."""

from __future__ import annotations

import enum

from workbook_engine.frozen import frozen

IRONCALC, LIBREOFFICE, ENGINE = "ironcalc", "LibreOffice", "engine"


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
    FILE_NOT_OURS = "file-not-ours"
    # what does not make a workbook unsound
    FILE_FITS = "file-fits"
    SHEET_ADDED = "sheet-added"
    OTHER_ENGINE = "other-engine"
    OTHER_LIBRARY = "other-library"
    NOT_CHECKED = "not-checked"


HARMLESS = frozenset({About.FILE_FITS, About.SHEET_ADDED, About.OTHER_LIBRARY, About.OTHER_ENGINE, About.NOT_CHECKED})


class Why(enum.StrEnum):
    """Why a check could not be made."""

    NOT_INSTALLED = "not-installed"
    NOT_LOADED = "not-loaded"
    NO_VALUES = "no-values"
    NO_INPUTS = "no-inputs"
    INPUTS_GONE = "inputs-gone"


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
    """A cell that is not as it should be.

    `follows`: its formula refers to another cell that differs, so that it may only be told after that one.
    """

    sheet: str
    cell: str
    stored: str
    expected: str
    follows: bool = False


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
        return not any(remark.is_harmful for remark in self.remarks) and not any(
            check.differences or (check.name == ENGINE and not check.was_made) for check in self.checks
        )
