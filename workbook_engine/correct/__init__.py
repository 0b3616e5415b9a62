"""The correction copy: a company's own workbook with what is wrong coloured, commented and listed in front.

`correction_list` says what stands in the list; `annotated` puts it into a workbook. Neither knows how the findings
came about.
"""

from workbook_engine.correct.annotate import annotated
from workbook_engine.correct.listing import CorrectionList, Item, correction_list

__all__ = ["CorrectionList", "Item", "annotated", "correction_list"]
