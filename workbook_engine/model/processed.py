"""What the whole pipeline gives, and how its results workbook is to look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.frozen import frozen

if TYPE_CHECKING:
    from workbook_engine.findings import Finding
    from workbook_engine.model.assessment import Assessment
    from workbook_engine.model.comparison import Comparison
    from workbook_engine.model.footprint import Footprint
    from workbook_engine.model.inventory import Inventory
    from workbook_engine.model.submission import Submission
    from workbook_engine.texts import Language


@frozen
class Appearance:
    """How results workbooks are to look. `view` is "full", or "client": without remarks, contacts and findings.

    `theme` is the path of a theme file (TOML: colours, font, logo), None for the program's own. `layout` is the path
    of a workbook of the consultant's own that is filled in beside each results workbook. `language` None is that of
    the company's workbook.
    """

    view: str = "full"
    theme: str | None = None
    layout: str | None = None
    language: Language | None = None


@frozen
class Processed:
    """One workbook after the whole pipeline, as far as it got."""

    file: str
    sha256: str
    status: str  # ok, incomplete, rejected, failed
    findings: tuple[Finding, ...]
    submission: Submission | None = None
    inventory: Inventory | None = None
    footprint: Footprint | None = None
    assessment: Assessment | None = None
    results: tuple[str, ...] = ()
    comparison: Comparison | None = None  # with the submission that this one corrects
    reading: tuple[Finding, ...] = ()  # of the findings those that reading the workbook gave
    sheets: tuple[str, ...] = ()  # of the returned workbook, in their order
