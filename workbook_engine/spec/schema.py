"""What the template's declaration is made of: fields, forms, tables, sheets. Data only, no behaviour beyond look-up.

A *form* is a block of label and value, one below the other; a *table* is a header and rows. Where a table has
`fixed_rows`, its rows are given (the stages of the system boundary) and the company only fills in beside them.

How the blocks are marked in a workbook, so that they are found again wherever rows and columns went (column A is
hidden and holds the marks; see MARK_* below):

    form field      column A of its row:         wbe:field:<form>.<field>      value in the column after its label
    table           column A of its key row:     wbe:table:<table>             field keys across the (hidden) key row
    fixed row       column A of the row:         wbe:row:<table>.<row key>
    rows that the template fills itself: column A       wbe:aside:<what>       nothing of them is read
    each block also has a defined name: wbe_<form>_<field> on the value cell, wbe_table_<table> on the key row's cells
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from workbook_engine.frozen import frozen
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.model import Stage

COMMENT_AUTHOR = "Workbook Engine"  # of the comments in a correction copy: by it they are known again
MARK_FIELD = "wbe:field:"
MARK_TABLE = "wbe:table:"
LIBRARY_MARK = f"{MARK_TABLE}library"  # on the first sheet of a factor library
MARK_ROW = "wbe:row:"
MARK_RESULTS = "wbe:results:"  # column A of row 1 on a sheet that the engine computed: no input, never read back
MARK_ASIDE = "wbe:aside:"  # column A of a row that the template fills itself; of row 1, as "wbe:aside:sheet": the sheet
MARK_CORRECTIONS = f"{MARK_ASIDE}corrections"  # below that mark of a sheet: the list in front of a correction copy
NAME_PREFIX = "wbe_"


class Kind(enum.Enum):
    """What a cell is for."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"  # one of `choices`, or of the factor library's (`choices_from`)
    UNIT = "unit"  # a unit of measure; a list is offered, any known spelling is read
    FLOW = "flow"  # a flow of the factor library; a list is offered, free text is matched
    PRODUCT = "product"  # the name of a product of the study
    PLANT = "plant"  # the name of a plant
    LABEL = "label"  # printed by the template, not typed


class Required(enum.Enum):
    """What an empty cell means."""

    MUST = "must"  # the result hangs on it: an error
    SHOULD = "should"  # the report wants it: a warning
    MAY = "may"


# What the template prints above a column: how much it is wanted, or to which of several ways it belongs.
NEED_WORDS = {
    Required.MUST: Text("必填", "required"),
    Required.SHOULD: Text("建议填写", "wanted"),
    Required.MAY: Text("选填", "optional"),
}
WAY_WORDS = tuple(Text(f"任选{number}", f"either {number}") for number in "①②③④")


@frozen
class Choice:
    """One value of a closed list: its stable key, its word, other words that mean it."""

    key: str
    title: Text
    synonyms: tuple[str, ...] = ()
    group: str = ""  # as of a field: offered where that group is asked for, read everywhere


@frozen
class Field:
    """One cell of a form, or one column of a table. `width` is in characters of the sheet's font (a 汉字 is two)."""

    key: str
    title: Text
    kind: Kind
    help: Text
    required: Required = Required.MAY
    example: Text | None = None
    width: float = 12
    choices: tuple[Choice, ...] = ()
    choices_from: str = ""  # "factor_sets", "electricity_years", "electricity_regions": asked of the factor library
    free: bool = False  # the list is an offer, other text is allowed
    categories: tuple[str, ...] = ()  # of a flow: which categories of the library its list offers
    dimensions: tuple[
        str, ...
    ] = ()  # of a unit: which dimensions its list offers; of a number: ("ratio",) a percentage
    minimum: float | None = None
    exclusive: bool = False  # the minimum itself is not allowed
    maximum: float | None = None
    group: str = ""  # "": always in the template; else only where that group is asked for
    synonyms: tuple[str, ...] = ()  # other headings that mean this field, any language


@frozen
class Form:
    """A block of label and value."""

    key: str
    title: Text
    fields: tuple[Field, ...]


@frozen
class FixedRow:
    """A given row of a table with fixed rows."""

    key: str
    title: Text
    synonyms: tuple[str, ...] = ()


@frozen
class Table:
    """A header and rows. `routes` are the alternative sets of fields that make a row complete, `ways` their words."""

    key: str
    title: Text
    fields: tuple[Field, ...]
    rows: int = 200  # prepared; a company may go on below them
    fixed_rows: tuple[FixedRow, ...] = ()
    routes: tuple[tuple[str, ...], ...] = ()
    ways: tuple[Text, ...] = ()
    stage: Stage | None = None
    note: Text | None = None

    def field(self, key: str) -> Field:
        """Return the field of that key; KeyError if there is none."""
        for candidate in self.fields:
            if candidate.key == key:
                return candidate
        raise KeyError(key)


@frozen
class SheetSpec:
    """A sheet of the template, its blocks from top to bottom. `for_consultant`: not the company's to fill in."""

    key: str
    title: Text
    intro: Text
    blocks: tuple[Form | Table, ...]
    synonyms: tuple[str, ...] = ()
    landscape: bool = True
    for_consultant: bool = False


@frozen
class TemplateSpec:
    """The whole template."""

    version: str
    title: Text
    instructions: tuple[Text, ...]
    sheets: tuple[SheetSpec, ...]
    unit_hints: tuple[tuple[Text, Text], ...] = ()  # what is measured, and its units

    __eq__, __hash__ = object.__eq__, object.__hash__  # by identity: indexes of it are cached

    def forms(self) -> Iterator[tuple[SheetSpec, Form]]:
        """Yield every form with its sheet."""
        for sheet in self.sheets:
            for block in sheet.blocks:
                if isinstance(block, Form):
                    yield sheet, block

    def tables(self) -> Iterator[tuple[SheetSpec, Table]]:
        """Yield every table with its sheet."""
        for sheet in self.sheets:
            for block in sheet.blocks:
                if isinstance(block, Table):
                    yield sheet, block

    def table(self, key: str) -> Table:
        """Return the table of that key; KeyError if there is none."""
        for _, table in self.tables():
            if table.key == key:
                return table
        raise KeyError(key)

    def form(self, key: str) -> Form:
        """Return the form of that key; KeyError if there is none."""
        for _, form in self.forms():
            if form.key == key:
                return form
        raise KeyError(key)


def field_name(form: str, field: str) -> str:
    """Return the defined name of a form's value cell."""
    return f"{NAME_PREFIX}{form}_{field}"


def table_name(table: str) -> str:
    """Return the defined name of a table's key row."""
    return f"{NAME_PREFIX}table_{table}"
