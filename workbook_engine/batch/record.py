"""What is kept of a processed workbook: plain data, small, the same in a worker, in the ledger and in a report.

A record holds its findings as sentences in both languages, not as references to the catalogue: the ledger of last
season can be read by next season's program.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from workbook_engine.catalogue import CAME_AT_ONCE
from workbook_engine.findings import NOTHING, Finding, advice, weight
from workbook_engine.frozen import frozen
from workbook_engine.matching import canonical
from workbook_engine.naming import printable
from workbook_engine.texts import Text, several

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from workbook_engine.model import Processed, ProductAssessment, ProductFootprint, Study
    from workbook_engine.texts import Language

BLOCKING = "error"  # the severity that forbids a final result


@frozen
class StageRecord:
    """A stage of a product: `stage` is its key; kgCO2e per unit and share of the total, None where not known."""

    stage: str
    kg_co2e: float | None
    share: float | None


@frozen
class ProductRecord:
    """One product's result. `lines_done` of `lines` have an emission; a stage without any line counts as one."""

    name: str
    model: str
    unit: str
    is_declared: bool
    cfp_kg_co2e: float | None
    is_partial: bool
    lines: int
    lines_done: int
    stages: tuple[StageRecord, ...]
    dqr: float | None = None
    primary_share: float | None = None
    low: float | None = None  # 95 % interval of the total
    high: float | None = None

    @property
    def title(self) -> str:
        """Return name and model."""
        return f"{self.name} {self.model}".strip()


@frozen
class FindingRecord:
    """One finding with its sentences.

    `effect_kg_co2e` is how much it can move a product's result per unit, or, where that cannot be told, how much of the
    result rests on its row at present; None where neither is known.
    """

    code: str
    severity: str
    sheet: str | None
    cell: str | None
    title: Text
    message: Text
    remedy: Text
    effect_kg_co2e: float | None = None
    aside: Text = NOTHING  # what the consultant can do instead

    def advice(self, language: Language) -> str:
        """Return what to do about it as the consultant is told: the company's remedy, then what the command offers."""
        return advice(self.remedy.to(language), self.aside.to(language), language)

    @property
    def place(self) -> str:
        """Return sheet and cell, "" where it has none."""
        return "!".join(part for part in (self.sheet, self.cell) if part)

    @property
    def sentence(self) -> Text:
        """Return the message without its place."""
        prefix = f"{self.place}: "
        return Text(self.message.zh.removeprefix(prefix), self.message.en.removeprefix(prefix))


@frozen
class Record:
    """One workbook after the pipeline. `results` are paths, relative to the output folder as the ledger keeps them.

    `sha256` is that of the bytes that were read, "" where none could be; `previous` that of the earlier submission
    that this one corrects; `beside` that of the first of the same study that came at once with this one: nothing tells
    which is the later. `trace` is for the maintainers: where the program itself failed.
    """

    file: str
    sha256: str
    status: str  # ok, incomplete, rejected, failed
    findings: tuple[FindingRecord, ...] = ()
    products: tuple[ProductRecord, ...] = ()
    results: tuple[str, ...] = ()
    language: str = "zh"
    company: str = ""
    report_no: str = ""
    period: str = ""  # "2025-01-01/2025-12-31", "" where not known
    template_version: str = ""
    previous: str = ""
    beside: str = ""
    trace: str = ""

    @property
    def errors(self) -> tuple[FindingRecord, ...]:
        """Return the findings that block a result."""
        return tuple(finding for finding in self.findings if finding.severity == BLOCKING)

    def count(self, severity: str) -> int:
        """Return how many findings have a severity."""
        return sum(finding.severity == severity for finding in self.findings)


@frozen
class Identity:
    """What makes two workbooks submissions of the same study: company and product, each in canonical spelling."""

    keys: frozenset[str] = field(default_factory=frozenset)  # one "company|product" for each product
    period: str = ""


def record_of(done: Processed) -> Record:
    """Return the record of a processed workbook."""
    study = done.inventory.study if done.inventory else None
    return Record(
        file=printable(done.file),
        sha256=done.sha256,
        status=done.status,
        findings=finding_records(done.findings, done.footprint.emissions_of_rows() if done.footprint else {}),
        products=_products(done),
        results=done.results,
        language=done.submission.language if done.submission else "zh",
        company=study.company if study else "",
        report_no=study.report_no if study else "",
        period=_period(study) if study else "",
        template_version=(done.submission.template_version or "") if done.submission else "",
    )


def identity_of(record: Record) -> Identity:
    """Return what a submission is known by; without company or product it is known by nothing."""
    company = canonical(record.company)
    if not company:
        return Identity()
    products = {canonical(product.title) for product in record.products} - {""}
    return Identity(frozenset(f"{company}|{product}" for product in products), record.period)


def finding_records(
    findings: Iterable[Finding], emissions: Mapping[tuple[str, int], float] = MappingProxyType({})
) -> tuple[FindingRecord, ...]:
    """Return findings with their sentences in both languages. `emissions` are those that rest on a (sheet, row)."""
    return tuple(
        FindingRecord(
            code=finding.code,
            severity=finding.severity.value,
            sheet=finding.where.sheet if finding.where else None,
            cell=finding.where.cell if finding.where else None,
            title=finding.type.title,
            message=Text(finding.message("zh"), finding.message("en")),
            remedy=Text(finding.remedy("zh"), finding.remedy("en")),
            effect_kg_co2e=weight(finding, emissions),
            aside=Text(finding.aside("zh"), finding.aside("en")) if finding.type.aside != NOTHING else NOTHING,
        )
        for finding in findings
    )


def with_question(record: Record, others: Sequence[str]) -> Record:
    """Return a record that asks which counts: it, or the other workbooks of its study that came at once with it.

    The ledger's record does not hold the question: it is settled by taking the others out of the inbox.
    """
    if not others:
        return record
    (question,) = finding_records([Finding(CAME_AT_ONCE, None, {"others": several(others)})])
    errors = len(record.errors)  # they stay in front
    return replace(record, findings=(*record.findings[:errors], question, *record.findings[errors:]))


def _products(done: Processed) -> tuple[ProductRecord, ...]:
    if done.footprint is None:
        return ()
    assessed = done.assessment.products if done.assessment else (None,) * len(done.footprint.products)
    return tuple(map(_product, done.footprint.products, assessed))


def _product(footprint: ProductFootprint, assessed: ProductAssessment | None) -> ProductRecord:
    lines = footprint.lines
    product, interval = footprint.product, assessed.interval if assessed else None
    return ProductRecord(
        name=product.name,
        model=product.model,
        unit=product.unit,
        is_declared=product.is_declared,
        cfp_kg_co2e=footprint.cfp_kg_co2e,
        is_partial=footprint.is_partial,
        lines=len(lines) + sum(stage.kg_co2e is None and not stage.lines for stage in footprint.stages),
        lines_done=sum(line.kg_co2e is not None for line in lines),
        stages=tuple(StageRecord(stage.stage.value, stage.kg_co2e, stage.share) for stage in footprint.stages),
        dqr=assessed.dqr if assessed else None,
        primary_share=assessed.primary_share if assessed else None,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
    )


def _period(study: Study) -> str:
    return f"{study.period_start}/{study.period_end}" if study.period_start and study.period_end else ""


# --- packed, for the ledger -------------------------------------------------------------------------------------------


def to_bytes(record: Record) -> bytes:
    """Return a record as compressed JSON, a fifth of its size; figures keep every digit."""
    return zlib.compress(_JSON.encode(record).encode(), level=1)


def _fields(data: Any) -> dict[str, object]:
    """Return a frozen object as JSON has it, without the copy that asdict makes of all that lies below."""
    return {name: getattr(data, name) for name in data.__dataclass_fields__}


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_fields)


def from_bytes(data: bytes) -> Record:
    """Return the record that `to_bytes` packed."""
    values: dict[str, Any] = json.loads(zlib.decompress(data))
    values["findings"] = tuple(_finding_from(finding) for finding in values["findings"])
    values["products"] = tuple(_product_from(product) for product in values["products"])
    values["results"] = tuple(values["results"])
    return Record(**values)


def _finding_from(values: dict[str, Any]) -> FindingRecord:
    for name in ("title", "message", "remedy", "aside"):
        values[name] = Text(*values.get(name, NOTHING))  # records of earlier versions have no aside
    return FindingRecord(**values)


def _product_from(values: dict[str, Any]) -> ProductRecord:
    values["stages"] = tuple(StageRecord(**stage) for stage in values["stages"])
    return ProductRecord(**values)
