"""The facts that the library workbook is built from: four CSV files beside this module, values as printed.

    facts.csv    one printed value a row: its flow, its series, its role (factor, or a parameter of a fuel), its source
    flows.csv    the flows: key, category, names, reference unit, synonyms, density, part shown apart
    series.csv   the series: names, place in the default order, caution
    sets.csv     the factor sets: which factor a flow uses

A fuel's parameters are rows of their own (role ncv, carbon_content, oxidation, printed_per_gj) whose ids share a stem:
FU-GBT32151.22-13-NCV, -CC and -OF make the factor FU-GBT32151.22-13.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_engine.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

# Raised with every change of the facts; results print it.
LIBRARY_VERSION = "2026.2"

Row = dict[str, str]


@frozen
class FuelFacts:
    """The facts of one fuel variant: role -> row."""

    id: str
    by_role: Mapping[str, Row]

    @property
    def first(self) -> Row:
        """Return the row of the NCV, whose source stands for the variant."""
        return self.by_role["ncv"]


def read_rows(name: str) -> list[Row]:
    """Return the rows of one of the CSV files (`flows`, `facts`, `series`, `sets`), in file order."""
    source = Path(__file__).with_name(f"{name}.csv")
    return list(csv.DictReader(source.read_text(encoding="utf-8").splitlines()))


def direct_facts() -> list[Row]:
    """Return the facts that are factors as they stand, GWP values included."""
    return [row for row in read_rows("facts") if row["role"] == "factor"]


def fuel_facts() -> list[FuelFacts]:
    """Return the fuel variants, each with the rows of its parameters."""
    found: dict[str, dict[str, Row]] = {}
    for row in read_rows("facts"):
        if row["role"] != "factor":
            found.setdefault(row["id"].rpartition("-")[0], {})[row["role"]] = row
    return [FuelFacts(stem, roles) for stem, roles in found.items()]
