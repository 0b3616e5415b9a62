"""Where everything stands in the template, worked out before anything is written.

A sheet from top to bottom: title, what it is for, its live state; then its blocks, each with a spacer before it.

    form     [heading]                                     one row a field: A mark, B label, C value, D help
    table    [heading] [note] [needs] [keys: hidden] [headings] [rows]

Column A is hidden and holds the marks of spec/schema.py; tables begin in column B. The key row stands immediately
above the row of headings, and the rows begin immediately below that.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from workbook_engine.frozen import frozen
from workbook_engine.grid import column_letter, quote_sheet
from workbook_engine.model import Stage
from workbook_engine.spec.schema import Field, Form, Required, SheetSpec, Table, TemplateSpec
from workbook_engine.spec.words import guidance
from workbook_engine.texts import Language, Text
from workbook_engine.widths import AT_10_POINTS, text_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from workbook_engine.template.options import Content, TemplateOptions

MARK_COLUMN = 1
FIRST_COLUMN = 2
VALUE_COLUMN = 3  # of a form
HELP_COLUMN = 4
TITLE_ROW = 1
INTRO_ROW = 2
STATE_ROW = 3
FIRST_BLOCK_ROW = 5  # after a spacer
ROOM_TO_ROW = 1000  # a table that nothing follows is validated, coloured and checked at least so far
SPARE_ROWS = 20  # below refilled content that is longer than the prepared rows
DRAWN_SHARED = 10  # rows drawn of a table that shares its sheet
PAGE_WIDTH, PAGE_HEIGHT = 784.0, 505.0  # points between the margins of A4 across
POINTS_A_CHARACTER = 5.25  # 7 pixels at 96 dots an inch
ROW_POINTS = 18.0
COLUMN_PADDING = 3.75  # points that a column has beside its characters
PAGE_FILLED = 0.92  # of a page that the drawn rows may take: programs differ in the height of a row
TOP_ROWS = 9  # title, intro, state, note, needs, headings, in heights of a row
BOLD = 1.1  # how much wider a heading is than other text

INSTRUCTIONS = Text("填写说明", "Instructions")
LISTS = Text("列表", "Lists")
CHECKS = Text("检查", "Checks")


@frozen
class Need:
    """What an empty cell of a column means: required as such, or (way 1, 2, …) as part of one of several ways."""

    required: Required
    way: int = 0


@frozen
class FormPlan:
    """A form: the row of its heading (None: the sheet's title serves) and of each field."""

    form: Form
    heading_row: int | None
    rows: Mapping[str, int]
    last_row: int


@frozen
class TablePlan:
    """A table: its rows and columns. `last_row` ends the prepared rows, `room_row` what is validated and checked."""

    table: Table
    fields: tuple[Field, ...]
    needs: Mapping[str, Need]
    ways: tuple[tuple[str, ...], ...]  # the fields of each way that not all ways share
    columns: Mapping[str, int]
    heading_row: int | None
    note: Text | None
    note_row: int | None
    need_row: int
    key_row: int
    header_row: int
    first_row: int
    last_row: int
    room_row: int
    drawn_rows: int  # how many rows carry lines and colour from the start: what the blank template prints

    @property
    def last_column(self) -> int:
        """Return the column of the last field."""
        return max(self.columns.values())


@frozen
class SheetPlan:
    """A sheet: its name in the workbook's language, its blocks and the widths of its columns."""

    sheet: SheetSpec
    name: str
    blocks: tuple[FormPlan | TablePlan, ...]
    widths: Mapping[int, float]
    stages: tuple[Stage, ...]

    @property
    def last_column(self) -> int:
        """Return the last column in use."""
        return max(self.widths)

    @property
    def only_table(self) -> TablePlan | None:
        """Return the sheet's table where the sheet consists of one."""
        block = self.blocks[0]
        return block if len(self.blocks) == 1 and isinstance(block, TablePlan) else None


@frozen
class BookPlan:
    """The whole template in one language."""

    spec: TemplateSpec
    language: Language
    sheets: tuple[SheetPlan, ...]

    def tables(self) -> Iterator[tuple[SheetPlan, TablePlan]]:
        """Yield every table with its sheet."""
        for sheet in self.sheets:
            for block in sheet.blocks:
                if isinstance(block, TablePlan):
                    yield sheet, block

    def forms(self) -> Iterator[tuple[SheetPlan, FormPlan]]:
        """Yield every form with its sheet."""
        for sheet in self.sheets:
            for block in sheet.blocks:
                if isinstance(block, FormPlan):
                    yield sheet, block

    def table(self, key: str) -> tuple[SheetPlan, TablePlan] | None:
        """Return a table with its sheet, None where the template was written without it."""
        return next(((sheet, plan) for sheet, plan in self.tables() if plan.table.key == key), None)

    def column_range(self, table: str, field: str) -> str:
        """Return the reference to a column of a table, from its first row as far as there is room."""
        sheet, plan = self._table(table)
        letter = column_letter(plan.columns[field])
        return f"{quote_sheet(sheet.name)}!${letter}${plan.first_row}:${letter}${plan.room_row}"

    def form_cell(self, form: str, field: str) -> str:
        """Return the reference to the value of a form's field."""
        sheet, plan = next((sheet, plan) for sheet, plan in self.forms() if plan.form.key == form)
        return f"{quote_sheet(sheet.name)}!${column_letter(VALUE_COLUMN)}${plan.rows[field]}"

    def fixed_cell(self, table: str, row_key: str, field: str) -> str:
        """Return the reference to a cell in a given row of a table."""
        sheet, plan = self._table(table)
        row = plan.first_row + [fixed.key for fixed in plan.table.fixed_rows].index(row_key)
        return f"{quote_sheet(sheet.name)}!${column_letter(plan.columns[field])}${row}"

    def _table(self, key: str) -> tuple[SheetPlan, TablePlan]:
        found = self.table(key)
        if found is None:
            raise KeyError(key)
        return found


def plan_book(spec: TemplateSpec, language: Language, options: TemplateOptions, content: Content) -> BookPlan:
    """Return where everything stands: the sheets of the stages wanted, each table with room for its content."""
    wanted = [sheet for sheet in spec.sheets if _is_wanted(sheet, options)]
    return BookPlan(spec, language, tuple(_plan_sheet(sheet, language, options, content) for sheet in wanted))


def stages_of(sheet: SheetSpec) -> tuple[Stage, ...]:
    """Return the stages whose lines stand on the sheet: its tables' own, and those that a row may choose."""
    known = {stage.value: stage for stage in Stage}
    found: list[Stage] = []
    for block in sheet.blocks:
        if isinstance(block, Table) and block.stage is not None:
            chosen = [known[c.key] for field in block.fields for c in field.choices if c.key in known]
            found += [block.stage, *(stage for stage in chosen if stage is not block.stage)]
    return tuple(found)


def _is_wanted(sheet: SheetSpec, options: TemplateOptions) -> bool:
    if all(field.group and field.group not in options.groups for block in sheet.blocks for field in block.fields):
        return False
    stages = stages_of(sheet)
    return not stages or options.stages is None or any(stage in options.stages for stage in stages)


def _plan_sheet(sheet: SheetSpec, language: Language, options: TemplateOptions, content: Content) -> SheetPlan:
    row = FIRST_BLOCK_ROW
    blocks: list[FormPlan | TablePlan] = []
    wanted = [block for block in sheet.blocks if _asked_fields(block.fields, options.groups)]
    for number, block in enumerate(wanted):
        headed = len(wanted) > 1
        is_last = number == len(wanted) - 1
        if isinstance(block, Form):
            plan: FormPlan | TablePlan = _plan_form(_form_of(block, options.groups), row, headed=headed)
        else:
            rows = len(content.tables.get(block.key, ()))
            plan = _plan_table(block, row, options.groups, rows, headed=headed, is_last=is_last)
        blocks.append(plan)
        row = plan.last_row + 2  # a spacer row between blocks
    return SheetPlan(sheet, sheet.title.to(language), tuple(blocks), _widths(blocks, language), stages_of(sheet))


def _is_asked(group: str, groups: frozenset[str]) -> bool:
    return not group or group in groups


def _asked_fields(fields: tuple[Field, ...], groups: frozenset[str]) -> tuple[Field, ...]:
    """Return the fields of the groups that are asked for, each with the choices of those groups."""
    return tuple(
        replace(field, choices=tuple(choice for choice in field.choices if _is_asked(choice.group, groups)))
        for field in fields
        if _is_asked(field.group, groups)
    )


def _form_of(form: Form, groups: frozenset[str]) -> Form:
    return replace(form, fields=_asked_fields(form.fields, groups))


def _plan_form(form: Form, row: int, *, headed: bool) -> FormPlan:
    first = row + 1 if headed else row
    rows = {field.key: first + n for n, field in enumerate(form.fields)}
    return FormPlan(form, row if headed else None, rows, first + len(form.fields) - 1)


def _plan_table(
    table: Table, row: int, groups: frozenset[str], filled: int, *, headed: bool, is_last: bool
) -> TablePlan:
    fields = _asked_fields(table.fields, groups)
    routes = available_routes(table, fields)
    heading_row = row if headed else None
    note = guidance(table, routes)
    note_row = row + headed if note else None
    need_row = row + headed + (note_row is not None)
    first_row = need_row + 3  # needs, keys, headings
    prepared = table.rows if filled <= table.rows else filled + SPARE_ROWS
    last_row = first_row + prepared - 1
    # One row more than prepared where a block follows: a row inserted below the last one is then inside the range.
    room_row = last_row if table.fixed_rows else max(ROOM_TO_ROW, last_row + SPARE_ROWS) if is_last else last_row + 1
    return TablePlan(
        table=table,
        fields=fields,
        needs={field.key: need_of(field, routes) for field in fields},
        ways=_ways(fields, routes),
        columns={field.key: FIRST_COLUMN + n for n, field in enumerate(fields)},
        heading_row=heading_row,
        note=note,
        note_row=note_row,
        need_row=need_row,
        key_row=need_row + 1,
        header_row=need_row + 2,
        first_row=first_row,
        last_row=last_row,
        room_row=room_row,
        drawn_rows=_drawn_rows(table, fields, prepared, filled, shared=headed),
    )


def _drawn_rows(table: Table, fields: tuple[Field, ...], prepared: int, filled: int, *, shared: bool) -> int:
    if table.fixed_rows:
        return prepared
    return min(prepared, max(filled, DRAWN_SHARED if shared else _rows_of_a_page(fields)))


def _rows_of_a_page(fields: tuple[Field, ...]) -> int:
    """Return how many rows fit on one page once the sheet is shrunk to one page across."""
    scale = min(1.0, PAGE_WIDTH / points_across(field.width for field in fields))
    return int(PAGE_FILLED * PAGE_HEIGHT / (scale * ROW_POINTS)) - TOP_ROWS


def points_across(widths: Iterable[float]) -> float:
    """Return how many points columns of these widths, in characters, take side by side."""
    return math.fsum(POINTS_A_CHARACTER * width + COLUMN_PADDING for width in widths)


def available_routes(table: Table, fields: tuple[Field, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the routes all of whose fields are in the template."""
    keys = {field.key for field in fields}
    return tuple(route for route in table.routes if keys.issuperset(route))


def _ways(fields: tuple[Field, ...], routes: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """Return for each of several routes the fields, in the order of the columns, that not all routes share."""
    if len(routes) < 2:
        return ()
    shared = set.intersection(*(set(route) for route in routes))
    return tuple(tuple(f.key for f in fields if f.key in route and f.key not in shared) for route in routes)


def need_of(field: Field, routes: tuple[tuple[str, ...], ...]) -> Need:
    """Return what an empty cell of the field means in a table that is filled in by these routes."""
    ways = [number for number, route in enumerate(routes, start=1) if field.key in route]
    if not ways:
        return Need(field.required)
    return Need(Required.MUST) if len(ways) == len(routes) else Need(Required.MAY, ways[0])


def _widths(blocks: list[FormPlan | TablePlan], language: Language) -> dict[int, float]:
    widths: dict[int, float] = {}
    for block in blocks:
        if isinstance(block, FormPlan):
            wanted = {FIRST_COLUMN: 20.0, VALUE_COLUMN: max(f.width for f in block.form.fields)}
        else:
            wanted = {
                block.columns[field.key]: max(field.width, _word_width(field.title.to(language)))
                for field in block.fields
            }
        for column, width in wanted.items():
            widths[column] = max(widths.get(column, 0), width)
    return widths


def _word_width(title: str) -> float:
    """Return the width of a column in which no word of a heading is parted; 汉字 may be parted anywhere."""
    words = title.split() if title.isascii() else ()
    longest = max((text_width(word, AT_10_POINTS) for word in words), default=0.0)
    return BOLD * longest + AT_10_POINTS.padding
