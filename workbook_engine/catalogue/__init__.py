"""The catalogue: every type of finding, declared once, a module for each subject. docs/findings.md is generated from it.

Users say `catalogue.FILE_DAMAGED`, whatever the subject: the modules hold nothing but types of findings.
"""

from __future__ import annotations

from workbook_engine.catalogue import cells, engine, factors, files, lines, quality, study, tables, verification
from workbook_engine.catalogue.cells import *
from workbook_engine.catalogue.engine import *
from workbook_engine.catalogue.factors import *
from workbook_engine.catalogue.files import *
from workbook_engine.catalogue.lines import *
from workbook_engine.catalogue.quality import *
from workbook_engine.catalogue.study import *
from workbook_engine.catalogue.tables import *
from workbook_engine.catalogue.verification import *
from workbook_engine.findings import FindingType

# What a company cannot answer: factors, scenarios, the program and the consultant's own folder, its pipes and links, and
# layout; that of the factor library is the consultant's too.
FOR_CONSULTANT = frozenset(
    {
        engine.CAME_AT_ONCE.code,
        engine.ENGINE_FAULT.code,
        engine.LAYOUT_GAP.code,
        engine.LAYOUT_NOT_FILLED.code,
        engine.NOT_WRITTEN.code,
        files.FILE_CHANGING.code,
        files.FILE_NOT_REGULAR.code,
        files.FILE_UNREADABLE.code,
        factors.FACTOR_MISSING.code,
        factors.FACTOR_OLDER_THAN_DATA.code,
        factors.ELECTRICITY_CO2_SERIES.code,
        factors.ELECTRICITY_REGION_NATIONAL.code,
        tables.FACTOR_LIBRARY.code,
        tables.TEMPLATE_NEWER.code,
        study.FACTOR_SET_UNKNOWN.code,
        factors.FACTOR_ID_UNKNOWN.code,
        factors.FACTOR_OF_OTHER_FLOW.code,
        engine.SCENARIO_LEFT_ON.code,
        quality.SCENARIO_ROW_LEFT_OUT.code,
        # notes on the method and the report: nothing that a company could do
        factors.FACTOR_CAUTION.code,
        factors.FACTOR_NEWER_THAN_DATA.code,
        factors.FACTOR_SEVERAL.code,
        factors.FACTOR_YEAR_LAG.code,
        factors.FUEL_WITHOUT_UPSTREAM.code,
        study.SETTING_DEFAULTED.code,
        verification.CONTRACT_ALTERNATIVE.code,
        verification.CREDITS_APART.code,
        verification.CREDITS_INCLUDED.code,
        verification.CUTOFF_UNDER.code,
        verification.EXCLUSION_NOT_ESTIMATED.code,
        verification.PARTIAL_CFP.code,
    }
)
_OF_LIBRARY = "library-"

_SUBJECTS = (files, cells, tables, study, lines, verification, engine, factors, quality)


def all_types() -> list[FindingType]:
    """Return every type in the order of the subjects, and within them in that of their declaration."""
    return [kind for subject in _SUBJECTS for kind in vars(subject).values() if isinstance(kind, FindingType)]


def is_for_consultant(code: str) -> bool:
    """Tell whether a finding is the consultant's to answer, not the company's."""
    return code in FOR_CONSULTANT or code.startswith(_OF_LIBRARY)
