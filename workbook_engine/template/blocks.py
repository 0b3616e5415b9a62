"""Writes forms and tables: marks, headings, input cells with their validation, content, and what is still missing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from workbook_engine.grid import Area, address, column_letter
from workbook_engine.spec.schema import (
    MARK_ASIDE,
    MARK_FIELD,
    MARK_ROW,
    MARK_TABLE,
    NAME_PREFIX,
    Field,
    Kind,
    Required,
    field_name,
    table_name,
)
from workbook_engine.template.checks import MONTHLY, begun_condition, in_period, no_way_complete
from workbook_engine.template.conditions import COUNT, Condition, Empty, Every, Not, Reference, Some, any_filled
from workbook_engine.template.dropdowns import need_word
from workbook_engine.template.layout import (
    FIRST_COLUMN,
    HELP_COLUMN,
    MARK_COLUMN,
    VALUE_COLUMN,
    FormPlan,
    Need,
    SheetPlan,
    TablePlan,
)
from workbook_engine.template.options import Typed, Value, is_blank
from workbook_engine.template.style import DATE_FORMAT, REQUIRED_MARK, Wants
from workbook_engine.widths import AT_10_POINTS, line_count

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbook_engine.template.counts import Answers
    from workbook_engine.template.dropdowns import Validations
    from workbook_engine.template.options import Row
    from workbook_engine.template.style import Styles
    from workbook_engine.texts import Language
    from workbook_engine.writing import BookWriter, Format, SheetWriter

PERCENT_FORMAT = "0.###%"  # a fraction is stored: Excel and WPS take a typed 5 as 5 % in such a cell
LINE_HEIGHT = 15.0
HEADER_PADDING = 6.0
MOST_LINES = 20  # of a row of text that somebody typed
HEADING_HEIGHT = 22.0


class BlockWriter:
    """Writes the blocks of one sheet."""

    def __init__(
        self, book: BookWriter, sheet: SheetWriter, styles: Styles, validations: Validations, language: Language
    ) -> None:
        self._book = book
        self._sheet = sheet
        self._styles = styles
        self._validations = validations
        self._language = language

    def write(self, plan: SheetPlan, answers: Answers) -> None:
        """Write all blocks of the sheet."""
        for block in plan.blocks:
            if block.heading_row is not None:
                block_title = block.form.title if isinstance(block, FormPlan) else block.table.title
                self._heading(block.heading_row, block_title.to(self._language), plan.last_column)
            if isinstance(block, FormPlan):
                self._form(block, answers.fields, plan.widths[VALUE_COLUMN])
            else:
                self._table(block, plan, answers.tables.get(block.table.key, ()))

    # --- forms ---

    def _form(self, plan: FormPlan, values: Mapping[str, Value], width: float) -> None:
        for field in plan.form.fields:
            row = plan.rows[field.key]
            need = Need(field.required)
            wants = Wants.MUST if need.required is Required.MUST else Wants.MAY
            self._sheet.text(row, MARK_COLUMN, f"{MARK_FIELD}{plan.form.key}.{field.key}", self._styles.mark)
            self._sheet.text(row, FIRST_COLUMN, self._titled(field, need), self._styles.label)
            value = values.get(f"{plan.form.key}.{field.key}")
            self.value(row, VALUE_COLUMN, value, self._styles.cell(wants, **_cell_options(field, in_form=True)))
            if (height := _text_height({VALUE_COLUMN: value}, {VALUE_COLUMN: width})) is not None:
                self._sheet.row(row, height=height)
            self._sheet.text(row, HELP_COLUMN, field.help.to(self._language), self._styles.help)
            self._sheet.validate(Area(row, VALUE_COLUMN, row, VALUE_COLUMN), self._validations.options(field, need))
            self._book.define(field_name(plan.form.key, field.key), self._sheet.reference(row, VALUE_COLUMN))

    # --- tables ---

    def _table(self, plan: TablePlan, sheet: SheetPlan, rows: Sequence[Row]) -> None:
        if plan.note_row is not None and plan.note is not None:
            self._sheet.text(plan.note_row, FIRST_COLUMN, plan.note.to(self._language), self._styles.note)
        self._keys(plan)
        self._headers(plan, sheet.widths)
        self._cells(plan, rows, sheet.widths)
        self._validate(plan)
        self._colour(plan)

    def _keys(self, plan: TablePlan) -> None:
        self._sheet.row(plan.key_row, hidden=True)
        self._sheet.text(plan.key_row, MARK_COLUMN, f"{MARK_TABLE}{plan.table.key}", self._styles.mark)
        for key, column in plan.columns.items():
            self._sheet.text(plan.key_row, column, key, self._styles.mark)
        first = self._sheet.reference(plan.key_row, FIRST_COLUMN)
        self._book.define(table_name(plan.table.key), f"{first}:${column_letter(plan.last_column)}${plan.key_row}")

    def _headers(self, plan: TablePlan, widths: Mapping[int, float]) -> None:
        lines = 1
        self._sheet.text(plan.need_row, MARK_COLUMN, f"{MARK_ASIDE}needs", self._styles.mark)
        for field in plan.fields:
            need, column = plan.needs[field.key], plan.columns[field.key]
            title = in_lines(self._titled(field, need), widths[column])
            must = need.required is Required.MUST
            if field.kind is not Kind.LABEL:
                self._sheet.text(plan.need_row, column, need_word(need).to(self._language), self._styles.need)
            style = self._styles.header_must if must else self._styles.header_may
            self._sheet.text(plan.header_row, column, title, style)
            lines = max(lines, line_count(title, widths[column], AT_10_POINTS))
        self._sheet.row(plan.header_row, height=max(lines, 2) * LINE_HEIGHT + HEADER_PADDING)

    def _cells(self, plan: TablePlan, rows: Sequence[Row], widths: Mapping[int, float]) -> None:
        keys = [fixed.key for fixed in plan.table.fixed_rows]
        for offset in range(plan.last_row - plan.first_row + 1):
            row = plan.first_row + offset
            values = rows[offset] if offset < len(rows) else {}
            height = _text_height({column: values.get(key) for key, column in plan.columns.items()}, widths)
            if keys:
                self._sheet.text(row, MARK_COLUMN, f"{MARK_ROW}{plan.table.key}.{keys[offset]}", self._styles.mark)
                if height is not None:
                    self._sheet.row(row, height=height)
            else:
                # The whole row is unlocked: Excel lets a row of a protected sheet be deleted or sorted only then.
                self._sheet.row(row, height=height, style=self._styles.open_row)
            if offset < plan.drawn_rows:
                for field in plan.fields:
                    self._cell(plan, row, field, values)

    def _cell(self, plan: TablePlan, row: int, field: Field, values: Mapping[str, Value]) -> None:
        wants = self._wants(plan, field)
        value = values.get(field.key)
        self.value(row, plan.columns[field.key], value, self._styles.cell(wants, **_cell_options(field)))

    def _wants(self, plan: TablePlan, field: Field) -> Wants:
        if field.kind is Kind.LABEL:
            return Wants.LOCKED
        return Wants.MUST if plan.needs[field.key].required is Required.MUST else Wants.MAY

    def _validate(self, plan: TablePlan) -> None:
        end = plan.last_row if plan.table.fixed_rows else plan.room_row
        for field in plan.fields:
            if field.kind is not Kind.LABEL:
                column = plan.columns[field.key]
                options = self._validations.options(field, plan.needs[field.key])
                self._sheet.validate(Area(plan.first_row, column, end, column), options)

    def _colour(self, plan: TablePlan) -> None:
        """Colour what is missing in a row that is begun, and text for a number; draw rows as they are reached."""
        if plan.table.fixed_rows:
            return
        cell = _cell_of(plan, plan.first_row)
        for field in plan.fields:
            missing = missing_condition(plan, field)
            if missing is not None:
                self._mark_missing(plan, field, "=" + missing.formula(cell))
            if field.kind is Kind.NUMBER:
                self._mark_missing(plan, field, f"=ISTEXT({cell(field.key)})")
        if plan.last_row - plan.first_row >= plan.drawn_rows:
            self._draw_as_reached(plan)

    def _mark_missing(self, plan: TablePlan, field: Field, formula: str) -> None:
        column = plan.columns[field.key]
        area = Area(plan.first_row, column, plan.room_row, column)
        options = {"type": "formula", "criteria": formula, "format": self._styles.missing(), "stop_if_true": True}
        self._sheet.conditional(area, options)

    def _draw_as_reached(self, plan: TablePlan) -> None:
        first = plan.first_row + plan.drawn_rows
        above = f"${column_letter(FIRST_COLUMN)}{first - 1}:${column_letter(plan.last_column)}{first}"
        for field in plan.fields:
            column = plan.columns[field.key]
            style = self._styles.reached(self._wants(plan, field))
            options = {"type": "formula", "criteria": f"=COUNTA({above})>0", "format": style}
            self._sheet.conditional(Area(first, column, plan.room_row, column), options)

    # --- cells ---

    def value(self, row: int, column: int, value: Value, style: Format) -> None:
        """Write a value by its type: text is never taken for a formula, a formula comes with its value."""
        if isinstance(value, Typed):
            self._sheet.formula(row, column, value.formula, value.value, style)
        elif is_blank(value) or value is None:
            self._sheet.blank(row, column, style)
        elif isinstance(value, bool):
            self._sheet.boolean(row, column, value=value, style=style)
        elif isinstance(value, int | float):
            self._sheet.number(row, column, value, style)
        elif isinstance(value, dt.date):
            self._sheet.date(row, column, value, style)
        else:
            self._sheet.text(row, column, value, style)

    def _titled(self, field: Field, need: Need) -> str:
        title = field.title.to(self._language)
        return f"{REQUIRED_MARK.to(self._language)}{title}" if need.required is Required.MUST else title

    def _heading(self, row: int, title: str, last_column: int) -> None:
        self._sheet.row(row, height=HEADING_HEIGHT)
        self._sheet.text(row, FIRST_COLUMN, title, self._styles.heading)
        for column in range(FIRST_COLUMN + 1, last_column + 1):
            self._sheet.blank(row, column, self._styles.heading)


def in_lines(title: str, width: float) -> str:
    """Return a heading that is too long for one line broken before its brackets, not inside them."""
    if line_count(title, width, AT_10_POINTS) == 1:
        return title
    return title.replace("（", "\n（", 1) if "（" in title else title.replace(" (", "\n(", 1)


def missing_condition(plan: TablePlan, field: Field) -> Condition | None:
    """Return when a cell of the field is to be filled in still: None for what may stay empty.

    A field of one of several ways is wanted where no way is complete and either its way is begun or none is.
    """
    need = plan.needs[field.key]
    begun = begun_condition(plan)
    if need.way:
        way = plan.ways[need.way - 1]
        other_begun = Some(tuple(any_filled(other) for other in plan.ways if other is not way))
        wanted = (in_period(field),) if field.group == MONTHLY else ()
        is_next = Some((any_filled(way), Not(other_begun)))
        return Every((begun, Empty(field.key), *wanted, no_way_complete(plan), is_next))
    return Every((begun, Empty(field.key))) if need.required is Required.MUST else None


def _cell_of(plan: TablePlan, row: int) -> Reference:
    """Return what names the cells of a row, and counts by the names that are defined for them."""

    def reference(field: str) -> str:
        if field.startswith(COUNT):
            return count_name(field.removeprefix(COUNT))
        return f"${address(row, plan.columns[field])}"

    return reference


def count_name(key: str) -> str:
    """Return the defined name of a count: what colours a cell may not refer to another sheet in every program."""
    return f"{NAME_PREFIX}{key.replace('.', '_')}"


def _text_height(values: Mapping[int, Value], widths: Mapping[int, float]) -> float | None:
    """Return the height of a row whose text takes several lines; None where the usual one will do."""
    texts = [(column, value) for column, value in values.items() if isinstance(value, str) and value]
    lines = max((line_count(text, widths[column], AT_10_POINTS) for column, text in texts), default=1)
    return LINE_HEIGHT * min(lines, MOST_LINES) + HEADER_PADDING if lines > 1 else None


def _cell_options(field: Field, *, in_form: bool = False) -> dict[str, Any]:
    if field.kind is Kind.DATE:
        return {"num_format": DATE_FORMAT, "align": "left", "indent": 1}
    if field.kind is Kind.NUMBER:
        # A number too long for its column is printed smaller, never as ####.
        options: dict[str, Any] = {"align": "left"} if in_form else {"align": "right", "shrink": True}
        return {**options, "indent": 1} | ({"num_format": PERCENT_FORMAT} if "ratio" in field.dimensions else {})
    return {"text_wrap": True, "indent": 1}
