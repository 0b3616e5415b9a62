"""The overview as plain tables for analysts: CSV and Parquet, through pandas. Figures keep every digit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from workbook_engine.batch.ledger import Ledger
from workbook_engine.batch.overview import gather
from workbook_engine.errors import WorkbookEngineError
from workbook_engine.model import Stage
from workbook_engine.placing import flush, replace_or_beside
from workbook_engine.staging import Staging
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    import pandas as pd

    from workbook_engine.results.overview import Overview, OverviewFinding, OverviewRow
    from workbook_engine.texts import Language

PRODUCTS, FINDINGS = "汇总", "问题清单"  # the names of the tables' files
# What Excel takes for the beginning of a formula in a CSV; the wide ones where it runs in Chinese or Japanese.
_FORMULA_START: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class TablesError(WorkbookEngineError):
    """A table cannot be written."""


def write_tables(out: Path, formats: Sequence[str], language: Language = "zh") -> list[Path]:
    """Write the tables of an output folder, in each of the formats, and return their paths.

    Raises TablesError where Parquet is asked for and pyarrow is not installed, PlaceError, LedgerError.
    """
    _require(formats)
    written = []
    with Staging(out) as staging, Ledger(out) as ledger:
        overview = gather(ledger, out).overview
        for name, frame in ((PRODUCTS, products_frame(overview)), (FINDINGS, findings_frame(overview, language))):
            for kind in formats:
                temporary = staging.path / f"{name}.{kind}"
                _WRITERS[kind](frame, temporary)
                flush(temporary)
                written.append(replace_or_beside(temporary, out / temporary.name)[0])
    return written


def _require(formats: Iterable[str]) -> None:
    if "parquet" in formats:
        try:
            import pyarrow  # noqa: F401, PLC0415 - an extra
        except ImportError as error:
            raise TablesError(
                Text(
                    '写 Parquet 需要 pyarrow：pip install "workbook-engine[analysis]"。',
                    'Parquet needs pyarrow: pip install "workbook-engine[analysis]"',
                )
            ) from error


def _write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a CSV that Excel opens as it is: a byte order mark for 汉字, and no text that it takes for a formula."""
    texts = frame.select_dtypes(include=["object", "string"]).columns
    safe = frame.assign(**{column: frame[column].map(_harmless) for column in texts})
    safe.to_csv(path, index=False, encoding="utf-8-sig")


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_START) else value


def _write_parquet(frame: pd.DataFrame, path: Path) -> None:
    frame.to_parquet(path, index=False)


_WRITERS: Final[dict[str, Callable[[pd.DataFrame, Path], None]]] = {"csv": _write_csv, "parquet": _write_parquet}


def products_frame(overview: Overview) -> pd.DataFrame:
    """Return one row for each workbook and product; kgCO2e per unit, NaN where not known or outside the boundary."""
    import pandas as pd  # noqa: PLC0415 - a third of a second, and only these tables need it

    return pd.DataFrame([_product(row) for row in overview.rows], columns=list(_PRODUCT_COLUMNS)).astype(
        {column: "float64" for column, kind in _PRODUCT_COLUMNS.items() if kind is float}
    )


def findings_frame(overview: Overview, language: Language) -> pd.DataFrame:
    """Return one row for each finding of each workbook."""
    import pandas as pd  # noqa: PLC0415

    rows = [_finding(finding, language) for finding in overview.findings]
    return pd.DataFrame(rows, columns=list(_FINDING_COLUMNS)).astype({"effect_kg_co2e": "float64"})


_PRODUCT_COLUMNS: Final[dict[str, type]] = {
    **dict.fromkeys(("company", "product", "model", "unit", "status", "is_current"), str),
    **dict.fromkeys(("lines", "lines_done"), int),
    **dict.fromkeys(("cfp_kg_co2e", *(f"{stage.value}_kg_co2e" for stage in Stage)), float),
    **dict.fromkeys(("low_95_kg_co2e", "high_95_kg_co2e", "data_quality_rating", "primary_data_share"), float),
    **dict.fromkeys(("errors", "warnings"), int),
    **dict.fromkeys(("period", "report_no", "returned_workbook", "results_workbook"), str),
}
_FINDING_COLUMNS: Final = (
    "company", "returned_workbook", "severity", "code", "place", "message", "remedy", "effect_kg_co2e",
)  # fmt: skip


def _product(row: OverviewRow) -> dict[str, Any]:
    return {
        "company": row.company,
        "product": row.product,
        "model": row.model,
        "unit": row.unit,
        "status": row.state.en,
        "is_current": row.is_current,
        "lines": row.lines,
        "lines_done": row.lines_done,
        "cfp_kg_co2e": row.cfp_kg_co2e,
        **{f"{stage.value}_kg_co2e": row.stages.get(stage) for stage in Stage},
        "low_95_kg_co2e": row.low,
        "high_95_kg_co2e": row.high,
        "data_quality_rating": row.dqr,
        "primary_data_share": row.primary_share,
        "errors": row.errors,
        "warnings": row.warnings,
        "period": row.period,
        "report_no": row.report_no,
        "returned_workbook": row.source[1] or row.source[0],
        "results_workbook": row.result[1],
    }


def _finding(finding: OverviewFinding, language: Language) -> dict[str, Any]:
    return {
        "company": finding.company,
        "returned_workbook": finding.source[1] or finding.source[0],
        "severity": finding.severity.en.lower(),
        "code": finding.code,
        "place": finding.place,
        "message": finding.message.to(language),
        "remedy": finding.remedy.to(language),
        "effect_kg_co2e": finding.effect_kg_co2e,
    }
