"""The results workbook: a live model of formulas with the engine's values beside them.

`job_of(...)` gathers what it shows, `write_results(path, job, language=...)` writes it: all that the pipeline needs.
"""

from workbook_engine.results.job import ResultsJob, job_of
from workbook_engine.results.theme import DEFAULT_THEME, Theme, load_theme
from workbook_engine.results.write import write_results

__all__ = ["DEFAULT_THEME", "ResultsJob", "Theme", "job_of", "load_theme", "write_results"]
