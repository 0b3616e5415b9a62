"""A file -> a grid of cells -> a Submission. The only layer that knows how a spreadsheet file is read."""

from workbook_engine.intake.bind import bind_inputs
from workbook_engine.intake.listed_words import lists_not_read
from workbook_engine.intake.open import Opened, open_workbook

__all__ = ["Opened", "bind_inputs", "lists_not_read", "open_workbook"]
