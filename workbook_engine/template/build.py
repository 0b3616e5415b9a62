"""Spec → blank data-collection template, as a workbook of its own: `template_bytes` is the one way in."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from workbook_engine.grid import Area, quote_sheet
from workbook_engine.spec.collection import COLLECTION
from workbook_engine.spec.schema import MARK_ASIDE
from workbook_engine.spec.words import STATE_LABEL
from workbook_engine.template.blocks import BlockWriter, count_name
from workbook_engine.template.check_sheet import CheckSheet, SheetState
from workbook_engine.template.checks import month_key
from workbook_engine.template.conditions import quoted
from workbook_engine.template.counts import Answers
from workbook_engine.template.dropdowns import ListSheet, Validations
from workbook_engine.template.instructions import CheckTable, InstructionsWriter
from workbook_engine.template.layout import (
    CHECKS,
    FIRST_COLUMN,
    INSTRUCTIONS,
    INTRO_ROW,
    LISTS,
    MARK_COLUMN,
    STATE_ROW,
    TITLE_ROW,
    BookPlan,
    SheetPlan,
    plan_book,
)
from workbook_engine.template.options import Shown, TemplateOptions, fixed_row_key, initial_content
from workbook_engine.template.printing import set_up_page, set_up_paper
from workbook_engine.template.rules import book_checks, months_of
from workbook_engine.template.style import CREATED, FONTS, ROW_PIXELS, TAB_COLOURS, Styles
from workbook_engine.widths import AT_10_POINTS, line_count
from workbook_engine.writing import BookWriter

if TYPE_CHECKING:
    from workbook_engine.spec.schema import TemplateSpec
    from workbook_engine.template.options import Content, Lists, Row
    from workbook_engine.texts import Language
    from workbook_engine.writing import SheetWriter

PROTECTION = {
    "select_locked_cells": True,
    "select_unlocked_cells": True,
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "delete_rows": True,
    "sort": True,
    "autofilter": True,
    "objects": True,
    "scenarios": True,
}
STATE_LINES = 2  # that there is room for, at least
LINE_HEIGHT = 15.0


def template_bytes(
    *,
    lists: Lists,
    spec: TemplateSpec = COLLECTION,
    language: Language = "zh",
    options: TemplateOptions | None = None,
) -> bytes:
    """Return the template as the bytes of an .xlsx file; the same arguments give the same bytes."""
    options = options or TemplateOptions()
    content = initial_content(spec, lists, language, options)
    plan = plan_book(spec, language, options, content)
    return _Builder(plan, _answers(plan, content, Shown(lists, language)), lists, options).build()


def _answers(plan: BookPlan, content: Content, shown: Shown) -> Answers:
    """Return the content as the cells show it: choices as words, given rows complete and in order."""
    fields = {
        f"{form.form.key}.{field.key}": shown.value(field, content.fields.get(f"{form.form.key}.{field.key}"))
        for _, form in plan.forms()
        for field in form.form.fields
    }
    return Answers(
        fields, {table.table.key: _rows(table.table.key, plan, content, shown) for _, table in plan.tables()}
    )


def _rows(key: str, plan: BookPlan, content: Content, shown: Shown) -> list[Row]:
    table = plan.spec.table(key)
    rows = [dict(row) for row in content.tables.get(key, ())]
    if table.fixed_rows:
        given = {fixed_row_key(table, row): row for row in rows}
        label = next(field.key for field in table.fields if field.kind.value == "label")
        rows = [{**given.get(f.key, {}), label: f.title.to(plan.language)} for f in table.fixed_rows]
    return [{f.key: shown.value(f, row.get(f.key)) for f in table.fields} for row in rows]


class _Builder:
    """Puts one workbook together."""

    def __init__(self, plan: BookPlan, answers: Answers, lists: Lists, options: TemplateOptions) -> None:
        self._plan = plan
        self._language = plan.language
        self._answers = answers
        self._lists = lists
        title = plan.spec.title.to(plan.language)
        self._content = io.BytesIO()
        font = {"font_name": FONTS[plan.language]}
        self._book = BookWriter(self._content, font, default_row_height=ROW_PIXELS)
        self._book.set_properties({"title": title, "company": options.company, "created": CREATED})
        self._styles = Styles(self._book)

    def build(self) -> bytes:
        first = self._book.sheet(INSTRUCTIONS.to(self._language))
        sheets = [(plan, self._book.sheet(plan.name)) for plan in self._plan.sheets]
        lists = self._book.sheet(LISTS.to(self._language))
        counts = self._book.sheet(CHECKS.to(self._language))

        checks = CheckSheet(self._plan, book_checks(self._plan), self._answers, counts.name)
        checks.write(counts, self._styles)
        for month in map(month_key, months_of(self._plan)):
            self._book.define(count_name(month), checks.count_cell(month))
        states = checks.states()
        table = InstructionsWriter(self._book, first, self._styles, self._plan).write(states)
        set_up_paper(first, self._plan, landscape=False)
        list_sheet = ListSheet(lists, (self._styles.header_may, self._styles.body))
        validations = Validations(self._plan, self._lists, list_sheet, self._answers)
        for (plan, sheet), state in zip(sheets, states, strict=True):
            self._sheet(plan, sheet, validations)
            self._state(plan, sheet, table, state)
        self._finish(first, [sheet for _, sheet in sheets], [lists, counts])
        self._book.close()
        return self._content.getvalue()

    def _sheet(self, plan: SheetPlan, sheet: SheetWriter, validations: Validations) -> None:
        sheet.column(MARK_COLUMN, 2, hidden=True)
        for column, width in plan.widths.items():
            sheet.column(column, width)
        sheet.text(TITLE_ROW, FIRST_COLUMN, plan.name, self._styles.title)
        sheet.row(TITLE_ROW, height=28)
        sheet.text(INTRO_ROW, FIRST_COLUMN, plan.sheet.intro.to(self._language), self._styles.intro)
        sheet.row(STATE_ROW + 1, height=6)
        BlockWriter(self._book, sheet, self._styles, validations, self._language).write(plan, self._answers)
        sheet.set_tab_color(TAB_COLOURS["consultant" if plan.sheet.for_consultant else "input"])
        set_up_page(sheet, plan, self._plan)

    def _state(self, plan: SheetPlan, sheet: SheetWriter, table: CheckTable, state: SheetState) -> None:
        """Repeat the sheet's line of the check under its title, where the person who types sees it."""
        row = table.rows[state.sheet]
        word, sentences = (f"{quote_sheet(table.name)}!${column}${row}" for column in "CE")
        label = STATE_LABEL.to(self._language)
        sheet.text(STATE_ROW, MARK_COLUMN, f"{MARK_ASIDE}state", self._styles.mark)
        formula = f'={quoted(label)}&{word}&IF({sentences}="",""," · "&{sentences})'
        said = f" · {state.sentences.value}" if state.sentences.value else ""
        lines = max(STATE_LINES, line_count(said, sum(plan.widths.values()), AT_10_POINTS))
        sheet.row(STATE_ROW, height=lines * LINE_HEIGHT)
        sheet.across(Area(STATE_ROW, FIRST_COLUMN, STATE_ROW, plan.last_column), "", self._styles.state)
        sheet.formula(STATE_ROW, FIRST_COLUMN, formula, f"{label}{state.state.value}{said}", self._styles.state)

    def _finish(self, first: SheetWriter, sheets: list[SheetWriter], hidden: list[SheetWriter]) -> None:
        for sheet in [first, *sheets, *hidden]:
            sheet.protect("", PROTECTION)
            sheet.hide_gridlines(1)
        for sheet in hidden:
            sheet.hide()
        first.hide_gridlines(2)
        first.activate()
