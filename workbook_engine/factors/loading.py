"""From the library workbook to a FactorLibrary.

Order: series, flows, factors (direct, fuels, GWP), factor sets; each needs the ones before it. Findings name the sheet
and cell of the library workbook. LibraryError is raised only where nothing is left to work with.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from workbook_engine import catalogue
from workbook_engine.errors import LibraryError
from workbook_engine.factors.factor_rows import Known, read_factor, read_fuel
from workbook_engine.factors.library import FactorLibrary
from workbook_engine.factors.row_reader import RowReader, canonical
from workbook_engine.factors.rows import OWN_SERIES, FactorSet, FlowRow, Series, read_flow, read_series
from workbook_engine.factors.tables import read_tables
from workbook_engine.findings import Finding
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workbook_engine.factors.tables import TableRow
    from workbook_engine.grid import Book
    from workbook_engine.model import EmissionFactor

_FACTOR_TABLES = (("factors", read_factor), ("fuels", read_fuel), ("gwp", read_factor))
_OWN = Series(OWN_SERIES, Text("自有因子", "Own factors"), 1)

NO_LIBRARY = Text(
    "这个工作簿不是因子库，或其隐藏的标识行已丢失：没有读到可用的流或因子",
    "this workbook is no factor library, or its hidden key rows are gone: no usable flows or factors were found in it",
)

T = TypeVar("T")


def load_library(book: Book) -> tuple[FactorLibrary, tuple[Finding, ...]]:
    """Return the factor library of a workbook, and what is unsound in it.

    Raise LibraryError where the workbook is no factor library, or none of its flows or factors can be used.
    """
    findings: list[Finding] = []
    tables = read_tables(book)
    series = dict(_unique(tables.get("series", []), "key", read_series, findings)) or {OWN_SERIES: _OWN}
    flow_rows = tables.get("flows", [])
    flows = dict(_unique(flow_rows, "key", read_flow, findings))
    names = _names(flow_rows, flows, findings)
    known = Known({canonical(n): flows[key] for n, key in names.items()}, _series_names(series))
    factors = _factors(tables, known, findings)
    if not flows or not factors:
        raise LibraryError(NO_LIBRARY)
    findings += _undeclared_series(factors, series)
    findings += _without_factor(flow_rows, flows, factors)
    library = FactorLibrary(
        version=_version(tables.get("library", [])),
        flows=MappingProxyType({key: row.flow for key, row in flows.items()}),
        factors=MappingProxyType(factors),
        series=MappingProxyType(series),
        factor_sets=MappingProxyType(_sets(tables.get("sets", []), known, factors, findings)),
        names=MappingProxyType(names),
    )
    return library, tuple(findings)


def _unique(
    rows: list[TableRow], id_key: str, read: Callable[[RowReader], T | None], findings: list[Finding]
) -> dict[str, T]:
    """Read rows, leaving out those without a sound content and every row whose id stands twice."""
    found: dict[str, T] = {}
    first: dict[str, TableRow] = {}
    for row in rows:
        reader = RowReader(row, findings)
        key = reader.text(id_key)
        if canonical(key) in first:
            where = first[canonical(key)].where(id_key)
            reader.add(catalogue.LIBRARY_DUPLICATE_ID, id_key, id=key, first=str(where))
            found.pop(RowReader(first[canonical(key)]).text(id_key), None)
            continue
        item = read(reader)
        if key:
            first[canonical(key)] = row
        if item is not None:
            found[key] = item
    return found


def _series_names(series: Mapping[str, Series]) -> dict[str, str]:
    return {canonical(name): s.key for s in series.values() for name in (*s.name, s.key)}


def _factors(tables: dict[str, list[TableRow]], known: Known, findings: list[Finding]) -> dict[str, EmissionFactor]:
    readers = dict(_FACTOR_TABLES)
    rows = [row for table, _ in _FACTOR_TABLES for row in tables.get(table, [])]
    return _unique(rows, "id", lambda reader: readers[reader.row.table](reader, known), findings)


def _undeclared_series(factors: Mapping[str, EmissionFactor], series: Mapping[str, Series]) -> list[Finding]:
    first = {factor.series: factor for factor in reversed(list(factors.values())) if factor.series not in series}
    return [Finding(catalogue.LIBRARY_UNKNOWN_SERIES, factor.where, {"series": key}) for key, factor in first.items()]


def _without_factor(
    rows: list[TableRow], flows: Mapping[str, FlowRow], factors: Mapping[str, EmissionFactor]
) -> list[Finding]:
    covered = {factor.flow for factor in factors.values()}
    readers = ((row, RowReader(row).text("key")) for row in rows)
    return [
        Finding(catalogue.LIBRARY_FLOW_WITHOUT_FACTOR, row.where("key"), {"flow": flows[key].flow.name})
        for row, key in readers
        if key in flows and key not in covered
    ]


def _version(rows: list[TableRow]) -> str:
    return RowReader(rows[0]).text("version") if rows else ""


def _sets(
    rows: list[TableRow], known: Known, factors: Mapping[str, EmissionFactor], findings: list[Finding]
) -> dict[str, FactorSet]:
    names: dict[str, Text] = {}
    choices: dict[str, dict[str, str]] = {}
    for row in rows:
        reader = RowReader(row, findings)
        entry = known.flow(reader) if reader.require("set", "flow", "factor") else None
        if entry is None:
            continue
        key, flow, factor = reader.text("set"), entry.flow.key, reader.text("factor")
        name = reader.text("name_zh") or key
        names.setdefault(key, Text(name, reader.text("name_en") or name))
        chosen = choices.setdefault(key, {})
        if flow in chosen:
            params = {"set": key, "flow": entry.flow.name, "first": chosen[flow]}
            reader.add(catalogue.LIBRARY_SET_FLOW_TWICE, "flow", **params)
        elif factor not in factors or factors[factor].flow != flow:
            params = {"set": key, "flow": entry.flow.name, "factor": factor}
            reader.add(catalogue.LIBRARY_SET_UNKNOWN_FACTOR, "factor", **params)
        else:
            chosen[flow] = factor
    return {key: FactorSet(key, names[key], MappingProxyType(chosen)) for key, chosen in choices.items()}


def _names(rows: list[TableRow], flows: Mapping[str, FlowRow], findings: list[Finding]) -> dict[str, str]:
    """Return name, synonym or key -> flow key. A name that two flows share leads to neither."""
    owners: dict[str, str] = {}
    ambiguous: set[str] = set()
    names: dict[str, str] = {}
    for row in rows:
        reader = RowReader(row, findings)
        entry = flows.get(reader.text("key"))
        for name in dict.fromkeys((entry.flow.key, *entry.flow.name, *entry.flow.synonyms)) if entry else ():
            key = reader.text("key")
            other = owners.setdefault(canonical(name), key)
            if other != key:
                ambiguous.add(canonical(name))
                params = {"name": name, "first": flows[other].flow.name, "second": flows[key].flow.name}
                reader.add(catalogue.LIBRARY_AMBIGUOUS_NAME, "synonyms", **params)
            names[name] = key
    return {name: key for name, key in names.items() if canonical(name) not in ambiguous}
