"""The workbook that is written: XlsxWriter made strict and quick, for templates, results and overviews alike.

book.py has the workbook and its formats, sheet.py the cells, quick.py how they become XML, characters.py what a text
may hold. Nothing else imports XlsxWriter.
"""

from xlsxwriter.chart import Chart
from xlsxwriter.format import Format

from workbook_engine.writing.book import BookWriter
from workbook_engine.writing.sheet import SheetWriter

__all__ = ["BookWriter", "Chart", "Format", "SheetWriter"]
