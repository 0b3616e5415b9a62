"""What is typed, once more as it is typed in Taiwan and Hong Kong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutation.kinds.registry import TYPED, typed
from tests.mutation.rawbook import NotApplicableError
from tests.traditional import FORMS, traditional

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.mutation.case import Case
    from tests.mutation.rawbook import RawCell

# The kinds whose words have other characters there, in some of what they type.
OF_WORDS = (
    "number: 万", "number: 亿", "number: Chinese numerals", "number: financial numerals", "number: 约",
    "number: remark in brackets", "number: full-width 万", "number: 万 in words", "number: 亿 and 万",
    "number: 万 and thousands", "number: about, in 万", "number: about, in words", "number: in square brackets",
    "no number: a limit in words", "no number: below detection", "no number: a range in 万",
    "no number: a share of another", "no number: words", "no number: to be supplied", "no number: elsewhere",
    "no number: an unknown unit behind", "no number: about a range", "no number: not recorded", "nothing occurs: 无",
    "nothing occurs: 不适用", "dates: with the weekday", "transport by mass and distance",
    "transport by a lorry whose fuel is not named", "transport in t·km", "transport: the mass in pieces",
    "transport: the distance pending", "name: half a year", "name: a month's mean", "name: another year",
    "name: a meter's multiplier", "name: a meter's reading", "name: planned", "name: wider in scope", "name: in part",
    "name: gross weight", "name: a share", "name: sold, fed out", "parts that add up to the row above them",
    "a part that fits within the row above it", "a row that calls itself a part, in brackets",
    "a row that is the sum of others, in no words", "recycled material by the factor of primary",
    "a charge of gas given as an emission", "weights that the plant's own words call totals",
    "fuel by a measure that only a density converts",
    "magnitude: the product's mass a thousand times that of its unit", "output: words", "output: pending",
    "output in 万", "output as text with its unit", "output of a year, in thousands", "total below what plants make",
    "total below the products", "example left among the products", "product's unit of output unknown",
    "plant's product misspelt", "plant's product by another name", "plant misspelt in the list of its products",
    "plant named between two of them", "plant unknown in a line", "plant misspelt in a line", "weight missing",
    "unit changed in the neighbour cell", "unit moved into the amount's cell", "万 in the amount and in the unit",
    "fuel by its heat", "electricity in tce", "unit per piece beside per functional unit",
    "unit per piece beside a total", "unit: unknown", "unit: of another dimension",
    "magnitude: 万kWh in the unit column, the amount in kWh", "flow: another word for it",
    "basis: another word for it", "quality: another word for it", "nothing where a name may be blank",
    "nothing where a plant may be blank", "product: all of them", "basis: none", "flow: misspelt", "flow: unknown",
    "basis: unknown", "product: unknown", "product: by its name", "product: misspelt by a character",
    "same as above in words", "same as above in the product",
)  # fmt: skip


def _retyped(kind: Callable[[Case], None]) -> Callable[[Case], None]:
    def mutate(case: Case) -> None:
        quoted = set(case.quotes)
        before = {id(cell): cell.text for cell in _cells(case)}
        kind(case)
        form = case.rng.choice(FORMS)
        words = {cell.text: traditional(cell.text, form) for cell in _cells(case) if before.get(id(cell)) != cell.text}
        if all(text == other for text, other in words.items()):
            raise NotApplicableError
        for cell in _cells(case):
            if cell.text in words and before.get(id(cell)) != cell.text:
                cell.value = words[cell.text]
        case.quotes = {
            said if said in quoted else traditional(said, form): without for said, without in case.quotes.items()
        }

    return mutate


def _cells(case: Case) -> list[RawCell]:
    """Return the cells that hold a text, all but the template's own."""
    sheets = [sheet for sheet in case.book.sheets if sheet.state == "visible"]
    cells = (cell for sheet in sheets for _, column, cell in sheet.cells() if column > 1)
    return [cell for cell in cells if cell.text and cell.formula is None]


def retype() -> None:
    """Put the kinds down that type words, as they are typed there."""
    for name in OF_WORDS:
        typed(f"{name}, in traditional characters")(_retyped(TYPED[name]))
