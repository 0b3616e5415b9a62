"""Rows of the library workbook -> flows, series, factor sets. What is unsound becomes a finding.

A row that cannot be used is left out and its finding says so; what is only doubtful is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.frozen import frozen
from workbook_engine.model import Flow
from workbook_engine.patterns import pattern
from workbook_engine.texts import Text
from workbook_engine.units import Unit, parse_unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_engine.factors.row_reader import RowReader

OWN_SERIES = "own"
_SEPARATORS = pattern(r"[、;；|\n]")  # between the synonyms in one cell


@frozen
class Series:
    """A series of factors. `rank` is its place in the default order; None: used only where it is named."""

    key: str
    name: Text
    rank: int | None
    caution: str = ""


@frozen
class FactorSet:
    """A named choice: flow key -> factor id."""

    key: str
    name: Text
    choices: Mapping[str, str]


@frozen
class FlowRow:
    """A flow, the unit its factors count in, and the part of the results that its emission is shown apart as."""

    flow: Flow
    unit: Unit
    part: str


def read_flow(reader: RowReader) -> FlowRow | None:
    """Return the flow of a row, or None where key, name, category or unit are not sound."""
    if not reader.require("key", "name_zh", "category", "unit"):
        return None
    category, unit = reader.word("category"), parse_unit(reader.text("unit"))
    if unit is None:
        reader.unknown_word("unit", "kWh, GJ, kg, m³, t·km …")
    if unit is None or not category:
        return None
    name_zh = reader.text("name_zh")
    flow = Flow(
        key=reader.text("key"),
        name=Text(name_zh, reader.text("name_en") or name_zh),
        category=category,
        unit=unit.symbol,
        synonyms=_split(reader.text("synonyms")),
        density_kg_per_l=reader.number("density_kg_per_l"),
        density_source=reader.text("density_source"),
    )
    return FlowRow(flow, unit, reader.word("part"))


def _split(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in _SEPARATORS.split(text) if name.strip())


def read_series(reader: RowReader) -> Series | None:
    """Return the series of a row, or None where it has no key."""
    if not reader.require("key"):
        return None
    rank, name = reader.number("rank"), reader.text("name_zh") or reader.text("key")
    return Series(
        key=reader.text("key"),
        name=Text(name, reader.text("name_en") or name),
        rank=None if rank is None else int(rank),
        caution=reader.text("caution"),
    )
