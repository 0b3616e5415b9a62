"""The hidden sheet that counts for the live check: one row a check, its key, its count and its sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbook_engine.frozen import frozen
from workbook_engine.grid import quote_sheet
from workbook_engine.spec.schema import MARK_ASIDE
from workbook_engine.spec.words import COUNT_HEADINGS
from workbook_engine.template.checks import Check, Level
from workbook_engine.template.conditions import quoted
from workbook_engine.template.rules import SheetChecks, State
from workbook_engine.texts import Language, Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbook_engine.template.counts import Answers
    from workbook_engine.template.layout import BookPlan
    from workbook_engine.template.style import Styles
    from workbook_engine.writing import SheetWriter

KEY_COLUMN, COUNT_COLUMN, SENTENCE_COLUMN = 2, 3, 4
FIRST_ROW = 2


@frozen
class Live:
    """A formula and the value that it has now."""

    formula: str
    value: float | str


@frozen
class SheetState:
    """What the check shows of a sheet: its state, how much is filled, and the sentences."""

    sheet: str
    state: Live
    filled: Live
    sentences: Live


class CheckSheet:
    """Works out the counts, writes the hidden sheet, and says what the visible table shows."""

    def __init__(self, book: BookPlan, checks: Sequence[SheetChecks], answers: Answers, name: str) -> None:
        self._book = book
        self._language: Language = book.language
        self._sheets = checks
        self._checks: list[Check] = [check for sheet in checks for check in sheet.checks]
        self._rows = {check.key: row for row, check in enumerate(self._checks, start=FIRST_ROW)}
        self._filled = {sheet.sheet: sheet.filled for sheet in checks}
        self._name = name
        self._answers = answers
        self._by_key: Mapping[str, Check] = {check.key: check for check in self._checks}

    def count(self, key: str) -> float:
        """Return the count of that key for what stands in the workbook now."""
        return self._by_key[key].count.value(self._book, self._answers, self.count)

    def write(self, sheet: SheetWriter, styles: Styles) -> None:
        """Write the hidden sheet."""
        sheet.column(1, 2, hidden=True)
        sheet.column(KEY_COLUMN, 36)
        sheet.column(COUNT_COLUMN, 10)
        sheet.column(SENTENCE_COLUMN, 60)
        sheet.text(1, 1, f"{MARK_ASIDE}sheet", styles.mark)
        for column, heading in enumerate(COUNT_HEADINGS, start=KEY_COLUMN):
            sheet.text(1, column, heading.to(self._language), styles.header_may)
        for check in self._checks:
            row = self._rows[check.key]
            sheet.text(row, KEY_COLUMN, check.key)
            formula = check.count.formula(self._book, self.count_cell)
            sheet.formula(row, COUNT_COLUMN, f"={formula}", self.count(check.key))
            if check.message is not None:
                sentence = self._sentence(check)
                sheet.formula(row, SENTENCE_COLUMN, sentence.formula, sentence.value)

    def states(self) -> list[SheetState]:
        """Return what the visible table shows, sheet by sheet."""
        return [self._state(sheet) for sheet in self._sheets]

    def _state(self, sheet: SheetChecks) -> SheetState:
        filled = self.count(sheet.filled)
        shown = [check.key for check in sheet.checks if check.message is not None]
        shown.sort(key=lambda key: _ORDER[self._by_key[key].level])
        sentences = "".join(str(self._sentence(self._by_key[key]).value) for key in shown)
        formula = "&".join(self._sentence_cell(key) for key in shown) or '""'
        return SheetState(
            sheet.sheet,
            Live(self._state_formula(sheet), self._state_of(sheet).value.to(self._language)),
            Live(f"={self.count_cell(sheet.filled)}", filled),
            Live(f"={formula}", sentences),
        )

    def _state_of(self, sheet: SheetChecks) -> State:
        gaps, conflicts = (sum(self.count(key) for key in sheet.keys(level)) for level in (Level.GAP, Level.CONFLICT))
        filled = self.count(sheet.filled) > 0
        if conflicts > 0 or (filled and gaps > 0):
            return State.INCOMPLETE
        if filled:
            return State.COMPLETE
        off = sheet.not_applicable and self.count(sheet.not_applicable) > 0
        return State.NOT_APPLICABLE if off else State.EMPTY

    def _state_formula(self, sheet: SheetChecks) -> str:
        gaps, conflicts = (self._sum(sheet.keys(level)) for level in (Level.GAP, Level.CONFLICT))
        filled = self.count_cell(sheet.filled)
        word = {state: quoted(state.value.to(self._language)) for state in State}
        off = f"{self.count_cell(sheet.not_applicable)}>0" if sheet.not_applicable else "FALSE"
        idle = f"IF({off},{word[State.NOT_APPLICABLE]},{word[State.EMPTY]})"
        done = f"IF({filled}>0,{word[State.COMPLETE]},{idle})"
        return f"=IF(({conflicts})+({filled}>0)*({gaps})>0,{word[State.INCOMPLETE]},{done})"

    def _sentence(self, check: Check) -> Live:
        message = (check.message or Text("", "")).to(self._language)
        cell = self.count_cell(check.key).rpartition("!")[2]
        count = self.count(check.key)
        pieces = [cell if piece == "{n}" else quoted(piece) for piece in re.split(r"(\{n\})", message) if piece]
        filled = self._filled[check.sheet]
        shown = count > 0 and (check.level is not Level.ADVICE or self.count(filled) > 0)
        applies = f"AND({cell}>0,{self.count_cell(filled)}>0)" if check.level is Level.ADVICE else f"{cell}>0"
        value = message.replace("{n}", f"{count:.0f}") if shown else ""
        return Live(f'=IF({applies},{"&".join(pieces)},"")', value)

    def _sum(self, keys: Sequence[str]) -> str:
        return "+".join(self.count_cell(key) for key in keys) or "0"

    def count_cell(self, key: str) -> str:
        """Return the reference to the cell of a count."""
        return f"{quote_sheet(self._name)}!$C${self._rows[key]}"

    def _sentence_cell(self, key: str) -> str:
        return f"{quote_sheet(self._name)}!$D${self._rows[key]}"


_ORDER = {level: number for number, level in enumerate((Level.CONFLICT, Level.GAP, Level.HINT, Level.ADVICE))}
