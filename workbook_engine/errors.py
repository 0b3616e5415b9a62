"""What a caller cannot mend in the workbook: one base class and its few children.

What an author or a consultant *can* mend is a Finding (see findings.py), never an exception.
"""

from __future__ import annotations

from workbook_engine.texts import Text


class WorkbookEngineError(Exception):
    """Base of everything that this package raises on purpose.

    `text` is what people are told, each in their language; what only developers meet is said in English alone.
    """

    def __init__(self, said: str | Text = "") -> None:
        self.text = Text(said, said) if isinstance(said, str) else said
        super().__init__(self.text.en)


class LibraryError(WorkbookEngineError):
    """The factor library cannot be used: its sheets, ids, units or sources are not sound."""


class SpecError(WorkbookEngineError):
    """The template spec contradicts itself: a slip of ours, found when it is loaded."""


class WriteError(WorkbookEngineError):
    """A workbook could not be written: the disk, a lock, or a writer that refused a cell."""


class ResultsError(WorkbookEngineError):
    """A file is no results workbook of ours, or lacks what was asked of it."""


class UnitError(WorkbookEngineError):
    """An amount cannot be stated in another unit: the dimensions differ, or the result is beyond a float."""


class ReadError(WorkbookEngineError):
    """A workbook that a command needs, other than one to be processed, cannot be read."""
