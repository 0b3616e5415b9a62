"""Words for the keys of the data model, from the spec where it has them."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from workbook_engine.factors.regions import NATION, find_region, region_name
from workbook_engine.results.package import shown
from workbook_engine.results.raw import SUPPLIER_SERIES
from workbook_engine.spec.collection import ALLOCATION_BASES, BASES, COLLECTION, DATA_QUALITY
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook_engine.findings import CellRef
    from workbook_engine.model import ActivityLine, Basis, EmissionFactor, Product
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.spec.schema import Choice
    from workbook_engine.texts import Language

SECONDARY_OR_PRIMARY = {True: DATA_QUALITY[0].title, False: DATA_QUALITY[1].title}
DATA_SOURCES = COLLECTION.table("production").field("data_source").choices
STATED_SERIES = {  # those that no library holds
    SUPPLIER_SERIES: Text("供应商声明", "Declared by the supplier"),
    "contract": Text("合同或证书", "Contract or certificates"),
}
YEAR = Text("全年", "year")
PERIOD = Text("统计周期", "period")
OUTPUT = Text("{period}产量", "Output of the {period}")
TOTAL_CFP = Text("合计（产品碳足迹）", "Total (CFP)")
SEMICOLON = Text("；", "; ")
LISTED = Text("、", ", ")
BRACKETS = Text("（{}）", " ({})")
ENGLISH_UNITS = {"个": "piece", "对": "pair", "打": "dozen", "年": "year", "月": "month", "周": "week"}
INPUT_KINDS = {  # what can be uncertain
    "amount": Text("数量", "Amount"),
    "factor": Text("因子", "Factor"),
    "output": Text("产量", "Output"),
}
TIERS = {  # those that are words; P, S2, S1 stand for themselves
    "definition": Text("定义", "definition"),
    "own": Text("自有", "own"),
    "derived": Text("推算", "derived"),
    "stated": Text("申报", "stated"),
}


def engine_title(job: ResultsJob) -> str:
    """Return the program with its version."""
    return f"Workbook Engine {job.engine_version}".strip()


def period_word(job: ResultsJob) -> Text:
    """Return what the reference period is called: a year, where it is one."""
    study = job.inventory.study
    if study.period_start is None or study.period_end is None:
        return PERIOD
    next_day = study.period_end + datetime.timedelta(days=1)
    start = study.period_start
    return YEAR if (next_day.year, next_day.month, next_day.day) == (start.year + 1, start.month, start.day) else PERIOD


def choice_title(choices: Iterable[Choice], key: str, language: Language) -> str:
    """Return the word of a choice's key, or the key itself where the spec has no such choice."""
    return next((choice.title.to(language) for choice in choices if choice.key == key), key)


def basis_title(basis: Basis, language: Language) -> str:
    """Return the word for a basis."""
    return choice_title(BASES, basis.value, language)


def allocation_title(key: str, language: Language) -> str:
    """Return the word for an allocation basis."""
    return choice_title(ALLOCATION_BASES, key, language)


def setting_title(field: str, key: str, language: Language) -> str:
    """Return the word of a key of the settings or of the study."""
    form = "study" if field == "boundary_type" else "settings"
    choices = next(f.choices for f in COLLECTION.form(form).fields if f.key == field)
    return choice_title(choices, key, language)


def factor_set_title(job: ResultsJob, language: Language) -> str:
    """Return the name of the study's factor set."""
    key = job.inventory.settings.factor_set
    found = job.library.factor_sets.get(key) if job.library else None
    return found.name.to(language) if found else key


def series_title(job: ResultsJob, factor: EmissionFactor, language: Language) -> str:
    """Return the name of a factor's series."""
    if factor.series in STATED_SERIES:
        return STATED_SERIES[factor.series].to(language)
    return job.library.series_name(factor.series).to(language) if job.library else factor.series


def electricity_region(job: ResultsJob, language: Language) -> str:
    """Return the region whose electricity factor the settings ask for: the nation where they name none."""
    typed = job.inventory.settings.electricity_region
    return _region(typed or NATION).to(language)


def _region(text: str) -> Text:
    return region_name(find_region(text) or text)


def region_title(factor: EmissionFactor, language: Language) -> str:
    """Return the name of the region that a factor is of."""
    return _region(factor.region).to(language)


def tier_title(factor: EmissionFactor, language: Language) -> str:
    """Return how a factor was read: the sign, or the word where it is one."""
    tier = TIERS.get(factor.tier)
    return tier.to(language) if tier else factor.tier


def source_title(line: ActivityLine, language: Language) -> str:
    """Return where a line's data come from: the word of the template's list, or what the company typed."""
    typed = line.data_source
    return next((choice.title.to(language) for choice in DATA_SOURCES if typed in choice.title), typed)


def bracketed(text: str, language: Language) -> str:
    """Return a text in brackets to follow a word; nothing for nothing."""
    return BRACKETS.to(language).format(text) if text else ""


def primary_title(line: ActivityLine, language: Language) -> str:
    """Return primary, secondary, or nothing where the company did not say."""
    return "" if line.is_primary is None else SECONDARY_OR_PRIMARY[line.is_primary].to(language)


def unit_title(unit: str, language: Language) -> str:
    """Return a unit of the engine's as the language writes it: of some it knows an English name by its Chinese one."""
    if language == "zh" or unit.isascii():
        return unit
    of, slash, per = unit.rpartition("/")
    return of + slash + ENGLISH_UNITS.get(per, per)


def capitalised(text: str) -> str:
    """Return a text that fills a cell by itself: Latin ones begin with a capital."""
    return text[:1].upper() + text[1:]


def product_title(product: Product) -> str:
    """Return name and model."""
    return shown(f"{product.name}  {product.model}".strip())


def short_title(job: ResultsJob, product: Product) -> str:
    """Return a product's name for the rows of a table; with its model where another product has the same name."""
    same = sum(other.name == product.name for other in job.inventory.products)
    return shown(product.name) if same == 1 else product_title(product)


NO_REASON = Text("数据未齐，未计算", "not computed: data incomplete")


def reason(job: ResultsJob, where: CellRef, language: Language) -> str:
    """Return why a line has no result: the titles of the errors on its row."""
    titles = [title.to(language) for title in job.errors.get((where.sheet, where.row), ())]
    return SEMICOLON.to(language).join(dict.fromkeys(titles)) if titles else NO_REASON.to(language)
