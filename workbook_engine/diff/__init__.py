"""Two submissions of one study: what differs, cell by cell, and what each difference did to the result."""

from workbook_engine.diff.compare import Side, compare

__all__ = ["Side", "compare"]
