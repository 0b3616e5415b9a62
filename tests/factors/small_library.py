"""Small library workbooks for tests: tables as text, one row a line, columns separated by |."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.factors import FactorLibrary, load_library
from workbook_engine.grid import Book, Cell, MemorySheet
from workbook_engine.model import Settings

if TYPE_CHECKING:
    from workbook_engine.findings import Finding

FLOWS = """
key         | category    | name_zh | name_en     | unit | synonyms     | density_kg_per_l | density_source
electricity | electricity | 电力    | Electricity | kWh  | 市电、用电   |                  |
diesel      | fuel        | 柴油    | Diesel      | kg   | 0#柴油       | 0.84             | a guideline, page 15
natural_gas | fuel        | 天然气  | Natural gas | m³   |              |                  |
heat        | heat        | 热力    | Heat        | GJ   | 蒸汽         |                  |
steel       | material    | 钢      | Steel       | kg   |              |                  |
copper      | material    | 铜      | Copper      | kg   |              |                  |
sf6         | gas         | 六氟化硫 | SF6        | kg   |              |                  |
"""
SERIES = """
key                   | name_zh      | name_en       | rank | caution
own                   | 自有         | Own           | 1    |
gbt                   | 国标         | GB/T          | 2    |
cpcd                  | 数据库       | Database      |      | 未评级
electricity_footprint | 电力碳足迹   | Footprint     |      |
electricity_co2       | 电力二氧化碳 | CO2           |      |
gwp_ar5               | AR5          | AR5           |      |
gwp_ar6               | AR6          | AR6           |      |
"""
FACTORS = """
id|flow|value|unit|series|year|region|publisher|document|tier
EL-F-2023|electricity|0.6205|kgCO2e/kWh|electricity_footprint|2023|CN|MEE|notice|S2
EL-F-2024|electricity|0.5777|kgCO2e/kWh|electricity_footprint|2024|CN|MEE|notice|P
EL-C-2022|electricity|0.5366|kgCO2/kWh|electricity_co2|2022|CN|MEE|notice|S1
EL-C-2023|electricity|0.5306|kgCO2/kWh|electricity_co2|2023|CN|MEE|notice|P
EL-C-23-ZJ|electricity|0.4974|kgCO2/kWh|electricity_co2|2023|CN-Zhejiang|MEE|notice|P
HEAT|heat|0.11|tCO2/GJ|gbt|2025|CN|SAC|standard|S2
STEEL-19|steel|2050|kgCO2e/t|gbt|2019|CN|MOHURD|standard|S2
STEEL-DB|steel|2380|kgCO2e/t|cpcd|2021|CN|CPCD|database|S1
COPPER-DB|copper|5.795|kgCO2e/kg|cpcd|2015|CN|CPCD|database|S1
"""
FUELS = """
id|flow|ncv|ncv_unit|carbon_content|oxidation|printed_per_gj|series|year|region|publisher|document|tier
DIESEL|diesel|42.652|GJ/t|20.2|98%||gbt|2024|CN|SAC|standard|S1
DIESEL-R|diesel|43.33|GJ/t|||0.0726|cpcd|2025|CN|report|report|P
GAS|natural_gas|389.31|GJ/10⁴Nm³|15.3|0.99||gbt|2024|CN|SAC|standard|S1
"""
GWP = """
id|flow|value|unit|series|year|region|publisher|document|tier
SF6-AR5|sf6|23500|kgCO2e/kg|gwp_ar5|2013|GLO|IPCC|AR5|S1
SF6-AR6|sf6|25200|kgCO2e/kg|gwp_ar6|2021|GLO|IPCC|AR6|S1
"""
SETS = """
set    | name_zh | name_en | flow   | factor
gbt    | 国标    | GB/T    | diesel | DIESEL
report | 报告    | Report  | diesel | DIESEL-R
report | 报告    | Report  | copper | COPPER-DB
"""
TABLES = {"flows": FLOWS, "series": SERIES, "factors": FACTORS, "fuels": FUELS, "gwp": GWP, "sets": SETS}


def sheet(table: str, text: str) -> MemorySheet:
    """Return a table's sheet: mark and keys in row 1, the heading in row 2, rows from row 3, all from column B."""
    lines = [[part.strip() for part in line.split("|")] for line in text.strip().splitlines()]
    keys, rows = lines[0], lines[1:]
    cells = {
        1: {1: Cell("text", f"wbe:table:{table}")} | {n: Cell("text", key) for n, key in enumerate(keys, 2)},
        2: {n: Cell("text", f"the heading of {key}") for n, key in enumerate(keys, 2)},
    }
    for number, row in enumerate(rows, 3):
        cells[number] = {n: _cell(typed) for n, typed in enumerate(row, 2) if typed}
    return MemorySheet(table, cells)


def _cell(typed: str) -> Cell:
    try:
        return Cell("number", float(typed))
    except ValueError:
        return Cell("text", typed)


def load(**changed: str) -> tuple[FactorLibrary, tuple[Finding, ...]]:
    """Load the small library; a keyword replaces a table, or adds rows to it where it is called `more_<table>`."""
    tables = {key: changed.get(key, text).rstrip() + changed.get(f"more_{key}", "") for key, text in TABLES.items()}
    return load_library(Book(tuple(sheet(key, text) for key, text in tables.items())))


def library(**changed: str) -> FactorLibrary:
    """Return the small library, which must be sound."""
    loaded, findings = load(**changed)
    assert not findings, [finding.message("en") for finding in findings]
    return loaded


def found(findings: tuple[Finding, ...]) -> list[tuple[str, str | None, str]]:
    """Return findings as (table, cell, code)."""
    return [(f.where.sheet, f.where.cell, f.code) if f.where else ("", None, f.code) for f in findings]


def settings(**changed: object) -> Settings:
    """Return settings of a study, footprint electricity and AR6 unless changed."""
    usual: dict[str, object] = {
        "factor_set": "gbt",
        "electricity_series": "electricity_footprint",
        "electricity_year": None,
        "electricity_region": "",
        "gwp_set": "AR6",
    }
    return Settings(**(usual | changed))  # type: ignore[arg-type]
