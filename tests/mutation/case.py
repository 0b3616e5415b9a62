"""One returned workbook under mutation, with its truth: what its total must be, or where a finding must stand.

The truth is worked out here, from what the company typed and the published factors, by the arithmetic of the reports:
never from the program's own output. Whoever changes the workbook changes the truth with it.
"""

from __future__ import annotations

import datetime as dt
import math
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.mutation.rawbook import NotApplicableError, RawBook, RawCell, RawRow, RawSheet, Value
from workbook_engine.spec.schema import MARK_FIELD, MARK_ROW, MARK_TABLE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from example_workbooks import fill

# kgCO2e per unit. GB/T 32151: NCV GJ/t x tC/TJ x oxidation x 44/12; electricity as the reports print it.
_DIESEL = 42.652 * 20.2 * 0.98 * 44 / 12 / 1000
_FACTORS_32151 = {
    "电力": 0.5777,  # carbon-footprint factor of 2024
    "柴油": _DIESEL,
    "汽油": 43.070 * 18.9 * 0.98 * 44 / 12 / 1000,
    "天然气": 389.31 * 15.3 * 0.99 * 44 / 12 / 10_000,  # per m³
}
_FACTORS_T4000402 = {"电力": 0.5366, "柴油": 43.33 * 0.0726}  # CO2 factor of 2022; NDRC's NCV, printed factor per GJ

STAGES = (
    "raw_material_acquisition", "raw_material_transport", "production", "distribution", "storage", "use", "end_of_life",
)  # fmt: skip


@dataclass(eq=False, slots=True)
class Table:
    """A table of the workbook as it was sent out."""

    key: str
    sheet: RawSheet
    columns: dict[str, int]
    keys: RawRow
    header: RawRow
    first: int  # number of the first row of data
    rows: list[RawRow] = field(default_factory=list)  # with content


@dataclass(eq=False, slots=True)
class Line:
    """A row of activity data: kgCO2e of its whole amount, and which share of that one piece of each product has."""

    case: Case
    table: Table
    row: RawRow
    stage: str
    amount: float
    kg: float
    shares: tuple[float, ...]

    def of(self, product: int) -> float:
        """Return what the row adds to one piece of a product."""
        return self.kg * self.shares[product]

    def cell(self, key: str) -> RawCell:
        """Return the cell of a field, made where it was blank."""
        return self.row.cells.setdefault(self.table.columns[key], RawCell())

    def text(self, key: str) -> str:
        return self.row.text(self.table.columns[key])

    def type(self, key: str, value: Value, formula: str | None = None) -> RawCell:
        return self.row.put(self.table.columns[key], value, formula)

    def retype(self, amount: float, typed: Value, formula: str | None = None) -> RawCell:
        """Type another amount, as `typed`; the truth follows."""
        self.kg *= amount / self.amount
        self.amount = amount
        return self.type("amount", typed, formula)

    @property
    def place(self) -> str:
        column = self.table.columns["amount"]
        return f"{chr(64 + column)}{self.table.sheet.number_of(self.row)}"


@dataclass(eq=False)
class Case:
    """A workbook, its truth, and what must be, or may be, reported."""

    name: str
    book: RawBook
    rng: random.Random
    answers: fill.Case
    tables: dict[str, Table] = field(default_factory=dict)
    fields: dict[str, tuple[RawSheet, RawRow]] = field(default_factory=dict)
    boundary: dict[str, RawRow] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    start: dt.date | None = None
    end: dt.date | None = None
    must: list[tuple[str, list[object]]] = field(default_factory=list)  # an error at one of these; no total
    doubt: list[tuple[str, list[object]]] = field(default_factory=list)  # the truth cannot be known: a finding there
    mention: list[tuple[str, list[object]]] = field(
        default_factory=list
    )  # a note, at least, must stand at one of these
    codes: list[str] = field(default_factory=list)  # findings that must be there where nothing else was changed
    quotes: dict[str, str] = field(default_factory=dict)  # words that a finding must repeat -> a format without them
    may: list[object] = field(default_factory=list)  # right, or an error at one of these
    suffix: str = ".xlsx"  # of the format that it was sent back in
    is_calculated: bool = False  # who saved it worked out the formulas that had no value
    spoilt: list[RawRow] = field(default_factory=list)  # their figures hang on something that is wrong elsewhere
    follows: list[object] = field(default_factory=list)  # errors that follow from what is wrong may stand here
    copies: dict[int, object] = field(default_factory=dict)  # id of a row or a cell -> its like on a copied sheet
    lost: list[RawSheet] = field(default_factory=list)  # so much is gone from these that only that is reported
    touched: set[int] = field(default_factory=set)
    applied: list[str] = field(default_factory=list)
    after_save: list[Callable[[Path], Path]] = field(default_factory=list)  # another file in its place
    refused: str = ""  # the finding with which the whole file is sent back

    @property
    def products(self) -> range:
        return range(len(self.answers.tables["products"]))

    @property
    def stages(self) -> set[str]:
        """Return the stages that have lines."""
        return {line.stage for line in self.lines}

    def by_stage(self, product: int) -> dict[str, float]:
        """Return the true result of each stage that has lines."""
        return {
            stage: math.fsum(line.of(product) for line in self.lines if line.stage == stage) for stage in self.stages
        }

    def total(self, product: int) -> float:
        return math.fsum(line.of(product) for line in self.lines)

    def pick(self, wanted: Callable[[Line], bool] = lambda _: True) -> Line:
        """Choose a line that no other mutation has touched."""
        free = [line for line in self.lines if id(line.row) not in self.touched and wanted(line)]
        if not free:
            raise NotApplicableError
        line = self.rng.choice(free)
        self.touched.add(id(line.row))
        return line

    def claim(self, thing: object) -> None:
        """Take a thing for this mutation; where another has it already, this one does not apply."""
        if id(thing) in self.touched:
            raise NotApplicableError
        self.touched.add(id(thing))

    def need(self, *cells: object) -> None:
        """Say that an error must stand at one of the cells, rows or sheets."""
        self.must.append((self.applied[-1] if self.applied else "", list(cells)))

    def doubted(self, *cells: object) -> None:
        """Say that the total cannot be known, and that a finding must stand at one of the cells."""
        self.doubt.append((self.applied[-1] if self.applied else "", list(cells)))

    def mentioned(self, *cells: object) -> None:
        """Say that something must be said at one of the cells, be it a note."""
        self.mention.append((self.applied[-1] if self.applied else "", list(cells)))

    def quoted(self, words: str, but: str = "") -> str:
        """Say that a finding must repeat these words, whatever else is wrong, and return them to be typed.

        `but` is the format in which LibreOffice does not save them.
        """
        self.quotes[words] = but
        return words

    def need_no_more(self, gone: object) -> None:
        """Say that nothing need be said any more of what was to be told at this thing, or elsewhere."""
        self.must = [(what, things) for what, things in self.must if all(thing is not gone for thing in things)]

    def taken_as_outside(self, answer: RawCell) -> None:
        """Say that a stage is taken as outside, with a note: its answer is blank, and it has no data (any more)."""
        self.need_no_more(answer)
        self.mentioned(answer)

    def delete_sheet(self, sheet: RawSheet) -> None:
        """Delete a sheet; nobody can repeat what was typed on it."""
        self.quotes = {words: but for words, but in self.quotes.items() if not sheet.says(words)}
        self.book.remove_sheet(sheet)

    def said(self, code: str) -> None:
        """Say that a finding of that code must be there, wherever, where nothing else was changed."""
        self.codes.append(code)

    def copied(self, sheet: RawSheet, twin: RawSheet) -> None:
        """Say that what is expected of a sheet's rows and cells may be found on its copy instead."""
        for number, row in sheet.rows.items():
            self.copies[id(row)] = twin.rows[number]
            for column, cell in row.cells.items():
                self.copies[id(cell)] = twin.rows[number].cells[column]

    def spoil(self, hangs: Callable[[Line], bool]) -> None:
        """Say that figures hang on what is wrong elsewhere, so that they cannot be known."""
        self.spoilt += [line.row for line in self.lines if hangs(line)]

    def allow(self, *cells: object) -> None:
        """Say that an error at one of these is as good as the right total."""
        self.may += cells

    def misspelt(self, name: str) -> str:
        """Return a name with one character that looks or sounds like the right one."""
        for right, wrong in ("合和", "支之", "厂场", "断段", "隔鬲", "工公"):
            if right in name:
                return name.replace(right, wrong, 1)
        raise NotApplicableError

    def product_cell(self, key: str, product: int = 0) -> RawCell:
        table = self.tables["products"]
        return table.rows[product].cells.setdefault(table.columns[key], RawCell())

    def field_cell(self, key: str) -> RawCell:
        """Return the value cell of a form's field."""
        _, row = self.fields[key]
        return row.cells.setdefault(3, RawCell())

    def add_row(self, table: Table, answers: dict[str, Value], gap: int = 0) -> RawRow:
        """Type a new row below the last one with content."""
        last = max((table.sheet.number_of(row) for row in table.rows), default=table.first - 1)
        row = table.sheet.row(last + 1 + gap)
        for key, value in answers.items():
            row.put(table.columns[key], value)
        table.rows.append(row)
        return row

    def add_line(self, like: Line, amount: float, item: str, gap: int = 0) -> Line:
        """Add a line that differs from another in item and amount only."""
        answers: dict[str, Value] = {key: like.row.cells[column].value for key, column in like.table.columns.items()
                   if column in like.row.cells and not like.row.cells[column].is_blank}  # fmt: skip
        row = self.add_row(like.table, answers | {"item": item, "amount": amount}, gap)
        for key in (
            each for each in answers if each.endswith(("_share", "_rate", "_factor"))
        ):  # filled down with its per cent
            row.cells[like.table.columns[key]].style = like.cell(key).style
        line = Line(self, like.table, row, like.stage, amount, like.kg * amount / like.amount, like.shares)
        self.lines.append(line)
        if any(like.row is spoilt for spoilt in self.spoilt):
            self.spoilt.append(row)
        return line

    def split(self, line: Line, count: int) -> list[Line]:
        """Give a line's amount in several rows that add up to it."""
        part = line.amount / 2**count
        names = ("一车间", "二车间", "三车间", "仓库", "办公楼", "食堂")
        added = [self.add_line(line, part, f"{line.text('item')} {names[n % 6]}{n // 6 or ''}") for n in range(count)]
        line.retype(line.amount - part * count, line.amount - part * count)
        for each in added:
            self.touched.add(id(each.row))
        return [line, *added]


def open_case(name: str, path: Path, answers: fill.Case) -> Case:
    """Return an example workbook with its truth."""
    case = Case(name, RawBook.open(path), random.Random(0), answers)
    for sheet in case.book.sheets:
        if sheet.state == "visible":
            _find_blocks(case, sheet)
    for stage in STAGES:
        for number, row_answers in enumerate(answers.tables.get(stage, [])):
            table = case.tables[stage]
            row = table.sheet.row(table.first + number)
            table.rows.append(row)
            amount = row_answers["amount"]
            if isinstance(amount, float | int):
                kg = amount * _factors(answers)[str(row_answers["flow"])] * _times(row_answers)
                case.lines.append(Line(case, table, row, stage, amount, kg, _shares(answers, row_answers)))
    for key in ("products", "plants", "plant_products"):
        table = case.tables[key]
        table.rows += [table.sheet.row(table.first + n) for n in range(len(answers.tables.get(key, [])))]
    case.start = dt.date.fromisoformat(str(answers.fields["study.period_start"]))
    case.end = dt.date.fromisoformat(str(answers.fields["study.period_end"]))
    return case


def _factors(answers: fill.Case) -> dict[str, float]:
    return _FACTORS_T4000402 if answers.folder == "T4000402" else _FACTORS_32151


def _times(row: dict[str, object]) -> float:
    """Return what a row's own columns make of its amount: a life in years, hours of a power in W, parts, a route."""
    times = 1.0
    for key in ("years", "load_factor", "pieces", "route_share", "hours_per_year"):
        times *= _number(row.get(key, 1))
    return times / _number(row.get("supplier_output", 1)) / (1000 if row["unit"] == "W" else 1)


def _shares(answers: fill.Case, row: dict[str, object]) -> tuple[float, ...]:
    """Return for each product which share of a row's amount one piece of it has.

    1 of an amount per functional unit; 1/O of a product's total; of a plant's total wₖOₖₚ / ΣwᵢOᵢₚ of the plant's
    products, divided by Oₖ, the product's output at all plants.
    """
    shares = []
    for product in answers.tables["products"]:
        output = product.get("output")
        made = [made for made in answers.tables.get("plant_products", []) if made["plant"] == row.get("plant")]
        if row.get("product") not in (None, product["name"]):
            shares.append(0.0)
        elif row["basis"] in ("每功能单位", "每件零部件", "供应商全年合计"):
            shares.append(1.0)
        elif row["basis"] == "本产品全年合计":
            assert isinstance(output, int)
            shares.append(1 / output)
        else:
            assert isinstance(output, int)
            weighted = {each["product"]: _number(each.get("weight", 1)) * _number(each.get("output", output))
                        for each in made}  # fmt: skip
            shares.append(weighted.get(product["name"], 0.0) / sum(weighted.values()) / output)
    return tuple(shares)


def _number(value: object) -> float:
    assert isinstance(value, int | float)
    return value


def _find_blocks(case: Case, sheet: RawSheet) -> None:
    numbers = sorted(sheet.rows)
    for number in numbers:
        row = sheet.rows[number]
        mark = row.text(1)
        if mark.startswith(MARK_FIELD):
            case.fields[mark.removeprefix(MARK_FIELD)] = (sheet, row)
        elif mark.startswith(MARK_TABLE):
            key = mark.removeprefix(MARK_TABLE)
            columns = {cell.text: column for column, cell in row.cells.items() if column > 1 and cell.text}
            case.tables[key] = Table(key, sheet, columns, row, sheet.rows[number + 1], number + 2)
        elif mark.startswith(MARK_ROW):
            case.boundary[mark.rpartition(".")[2]] = row
