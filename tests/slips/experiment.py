"""Type a slip of magnitude into every amount of whole studies, one at a time, and see who is asked about it.

    python -m tests.slips.experiment                 all studies, the table and what was silent
    python -m tests.slips.experiment plate cable     some of them

The slips are those of units: ÷ and × 1000 (kg for t, MWh for kWh), ÷ and × 10 000 (kWh for 万kWh), and of amounts by
mass ÷ and × 1 000 000 (g for t). A slip is *told* where a question or an error stands on its row that did not stand
there before, *elsewhere* where it stands on another row alone, else *silent*; of the silent ones those count that move
a product's total by more than a thousandth.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.books import changed
from tests.slips.factories import FACTORIES
from tests.studies import process_book
from workbook_engine.findings import Severity
from workbook_engine.grid import address
from workbook_engine.pipeline import read_workbook
from workbook_engine.spec.collection import COLLECTION
from workbook_engine.spec.schema import MARK_TABLE, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.studies import Outcome
    from workbook_engine.grid import Book

EXAMPLES = Path(__file__).parents[2] / "example_workbooks"
THOUSAND, MYRIAD, MILLION = 1e3, 1e4, 1e6
BY_UNIT = (1 / THOUSAND, THOUSAND, 1 / MYRIAD, MYRIAD)
MATTERS = 1e-3  # of a product's total
MASS_UNITS = ("kg", "t", "g", "吨", "千克", "克")
# What a unit is typed of; shares, years, pieces and settings are none of it.
AMOUNTS = frozenset({
    "amount", "mass", "distance_km", "mass_kg", "output", "weight", "own_cfp",
    *(f"month_{n:02d}" for n in range(1, 13)),
})  # fmt: skip
# Questions that a study has for other reasons, and which a slip only makes worth asking, or takes away.
UNRELATED = frozenset({"vehicle-matters", "cutoff-under"})


@dataclass(frozen=True)
class Amount:
    """A number that somebody typed: its place, the column, what it is of, and the unit beside it."""

    sheet: str
    cell: str
    row: int
    table: str
    column: str
    item: str
    value: float
    unit: str


@dataclass(frozen=True)
class Verdict:
    """What became of one slip: how far it moved the totals, and the questions that are new."""

    study: str
    amount: Amount
    times: float
    moved: float | None  # of the product that it moves most; None where a total is gone
    here: tuple[str, ...]
    elsewhere: tuple[str, ...]

    @property
    def word(self) -> str:
        """Return told, elsewhere, silent, or small where nothing says so and nothing hangs on it."""
        if self.here:
            return "told"
        if self.elsewhere:
            return "elsewhere"
        return "silent" if self.moved is None or self.moved > MATTERS else "small"


def studies() -> dict[str, Book]:
    """Return the workbooks of the published studies and of all factories."""
    books = {}
    for path in sorted(EXAMPLES.glob("*/*.xlsx")):
        book = read_workbook(path).book
        assert book is not None
        books[path.parent.name] = book
    return books | {name: make() for name, make in FACTORIES.items()}


def amounts(book: Book) -> Iterator[Amount]:
    """Yield every amount of a workbook's tables, found by the template's marks."""
    kinds = {table.key: {f.key: f for f in table.fields} for _, table in COLLECTION.tables()}
    for sheet in book.sheets:
        columns: dict[int, str] = {}
        table = ""
        for row, cells in sheet.rows():
            mark = str(cells[1].value) if 1 in cells else ""
            if mark.startswith(MARK_TABLE):
                table = mark.removeprefix(MARK_TABLE)
                columns = {column: str(cell.value) for column, cell in cells.items() if column > 1}
                continue
            by_key = {key: cells[column] for column, key in columns.items() if column in cells}
            for column, key in columns.items():
                cell = cells.get(column)
                wanted = key in AMOUNTS and kinds.get(table, {}).get(key) and kinds[table][key].kind is Kind.NUMBER
                if not wanted or cell is None or cell.kind != "number" or not cell.value:
                    continue
                named = by_key.get("item") or by_key.get("name") or by_key.get("product")
                unit = by_key.get({"mass": "mass_unit", "output": "output_unit"}.get(key, "unit")) or by_key.get("unit")
                yield Amount(
                    sheet.name, address(row, column), row, table, key, str(named.value) if named else "",
                    float(cell.value), str(unit.value) if unit else "",
                )  # fmt: skip


def slips(amount: Amount) -> tuple[float, ...]:
    """Return by what an amount may be wrong."""
    if amount.column == "distance_km":
        return (1 / THOUSAND, THOUSAND)  # m and km; nobody counts in 万km
    is_mass = amount.column in ("mass_kg", "mass") or (amount.column == "amount" and amount.unit in MASS_UNITS)
    return (*BY_UNIT, 1 / MILLION, MILLION) if is_mass else BY_UNIT


def try_slips(study: str, book: Book) -> Iterator[Verdict]:
    """Yield the verdict of every slip in every amount of a study."""
    sound = process_book(book)
    before = _asked(sound)
    for amount in amounts(book):
        for times in slips(amount):
            outcome = process_book(changed(book, amount.sheet, amount.cell, amount.value * times))
            new = [each for each in _asked(outcome) if each not in before]
            here = {code for sheet, row, code in new if (sheet, row) == (amount.sheet, amount.row)}
            rest = {code for *_, code in new} - here
            yield Verdict(study, amount, times, _moved(sound, outcome), tuple(sorted(here)), tuple(sorted(rest)))


def _asked(outcome: Outcome) -> set[tuple[str, int | None, str]]:
    return {
        (finding.where.sheet if finding.where else "", finding.where.row if finding.where else None, finding.code)
        for finding in outcome.findings
        if finding.severity is not Severity.NOTE and finding.code not in UNRELATED
    }


def _moved(sound: Outcome, outcome: Outcome) -> float | None:
    pairs = zip(sound.footprint.products, outcome.footprint.products, strict=True)
    moved = []
    for before, after in pairs:
        if before.cfp_kg_co2e is None or after.cfp_kg_co2e is None:
            return None
        moved.append(abs(after.cfp_kg_co2e / before.cfp_kg_co2e - 1))
    return max(moved)


def table(verdicts: list[Verdict], by: str = "study") -> str:
    """Return the counts of verdicts as Markdown."""
    words = ("told", "elsewhere", "silent", "small")
    groups: dict[str, Counter[str]] = {}
    for verdict in verdicts:
        key = verdict.study if by == "study" else f"{verdict.amount.table}.{verdict.amount.column}"
        groups.setdefault(key, Counter())[verdict.word] += 1
    rows = [f"| {key} | {' | '.join(str(count[word]) for word in words)} |" for key, count in groups.items()]
    whole = Counter(verdict.word for verdict in verdicts)
    rows.append(f"| all | {' | '.join(str(whole[word]) for word in words)} |")
    return "\n".join((f"| | {' | '.join(words)} |", "|---|---|---|---|---|", *rows))


def described(verdict: Verdict) -> str:
    """Return one verdict as a line."""
    amount = verdict.amount
    moved = "no total" if verdict.moved is None else f"{verdict.moved:.4%}"
    said = ", ".join(verdict.here or verdict.elsewhere)
    return (
        f"{verdict.study:24} {amount.table}.{amount.column} {amount.cell} {amount.item} {amount.value:g} {amount.unit} "
        f"× {verdict.times:g}: {verdict.word}, moves {moved} {said}"
    )


def main(names: list[str], books: Mapping[str, Book] | None = None) -> None:
    """Print the tables and what was silent."""
    books = books or studies()
    verdicts = [each for name, book in books.items() if not names or name in names for each in try_slips(name, book)]
    print(table(verdicts))
    print(table(verdicts, by="column"))
    for verdict in verdicts:
        if verdict.word in ("silent", "elsewhere"):
            print(described(verdict))


if __name__ == "__main__":
    main(sys.argv[1:])
