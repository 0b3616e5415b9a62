"""The first sheet: how to fill the template in, what the colours mean, and the live check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.frozen import frozen
from workbook_engine.grid import Area, quote_sheet
from workbook_engine.spec import words
from workbook_engine.spec.schema import MARK_FIELD, field_name
from workbook_engine.template.layout import FIRST_COLUMN, MARK_COLUMN, VALUE_COLUMN
from workbook_engine.template.rules import State
from workbook_engine.template.style import GREY_INK, MISSING_FILL, REQUIRED_MARK, Wants
from workbook_engine.texts import Text
from workbook_engine.widths import AT_10_POINTS, line_count

if TYPE_CHECKING:
    from workbook_engine.template.check_sheet import SheetState
    from workbook_engine.template.layout import BookPlan
    from workbook_engine.template.style import Styles
    from workbook_engine.writing import BookWriter, SheetWriter

WIDTHS = {2: 21.0, 3: 15.0, 4: 10.0, 5: 72.0}
LAST_COLUMN = 5
LINE_HEIGHT = 16.0
CHECK_LINES = 2  # of a sheet's sentences: more shows where more stands there when the template is written

VERSION = Text("模板版本", "Template version")
LANGUAGE = Text("语言", "Language")
OWN_NAME = Text("中文", "English")
LEGEND = (
    (Wants.MUST, words.MUST_MEANING),
    (Wants.MAY, words.MAY_MEANING),
    (Wants.COMPUTED, words.COMPUTED_MEANING),
    (Wants.LOCKED, words.LOCKED_MEANING),
)


@frozen
class CheckTable:
    """Where the visible check stands: for each sheet's key the row of its state."""

    name: str
    rows: dict[str, int]


class InstructionsWriter:
    """Writes the first sheet."""

    def __init__(self, book: BookWriter, sheet: SheetWriter, styles: Styles, plan: BookPlan) -> None:
        self._book = book
        self._sheet = sheet
        self._styles = styles
        self._plan = plan
        self._language = plan.language
        self._row = 1

    def write(self, states: list[SheetState]) -> CheckTable:
        """Write the sheet and return where its check stands."""
        self._sheet.column(MARK_COLUMN, 2, hidden=True)
        for column, width in WIDTHS.items():
            self._sheet.column(column, width)
        self._title()
        self._how()
        self._units()
        self._legend()
        return self._check(states)

    def _title(self) -> None:
        self._sheet.text(self._row, FIRST_COLUMN, self._plan.spec.title.to(self._language), self._styles.title)
        self._sheet.row(self._row, height=28)
        self._row += 1
        self._fact("version", VERSION, self._plan.spec.version)
        self._fact("language", LANGUAGE, self._language, f'"{OWN_NAME.to(self._language)}"')

    def _fact(self, key: str, label: Text, value: str, shown: str = "@") -> None:
        self._sheet.text(self._row, MARK_COLUMN, f"{MARK_FIELD}template.{key}", self._styles.mark)
        # The value alone stands in the cell; its label is the number format, so that column B is value and print. The
        # fourth section is that of texts: without the other three a format without @ would be one of numbers.
        label_format = f'"{label.to(self._language)} "'
        style = self._book.style(font_size=9, font_color=GREY_INK, num_format=f";;;{label_format}{shown}")
        self._sheet.text(self._row, FIRST_COLUMN, value, style)
        self._book.define(field_name("template", key), self._sheet.reference(self._row, FIRST_COLUMN))
        self._row += 1

    def _how(self) -> None:
        self._heading(words.HOW)
        width = sum(WIDTHS.values())
        for number, sentence in enumerate(self._plan.spec.instructions, start=1):
            text = f"{number}. {sentence.to(self._language)}"
            self._sheet.across(Area(self._row, FIRST_COLUMN, self._row, LAST_COLUMN), text, self._styles.body)
            self._sheet.row(self._row, height=line_count(text, width, AT_10_POINTS) * LINE_HEIGHT + 2)
            self._row += 1

    def _units(self) -> None:
        self._heading(words.UNITS)
        for kind, hint in self._plan.spec.unit_hints:
            self._sheet.text(self._row, FIRST_COLUMN, kind.to(self._language), self._styles.label)
            self._meaning(hint)

    def _legend(self) -> None:
        self._heading(words.COLOURS)
        for wants, meaning in LEGEND:
            word = (REQUIRED_MARK.to(self._language) if wants is Wants.MUST else "") + wants.value.to(self._language)
            self._sheet.text(self._row, FIRST_COLUMN, word, self._styles.cell(wants, align="center"))
            self._meaning(meaning)
        self._sheet.text(self._row, FIRST_COLUMN, words.MISSING.to(self._language), self._styles.missing_sample)
        self._meaning(words.MISSING_MEANING)

    def _meaning(self, meaning: Text) -> None:
        self._sheet.text(self._row, VALUE_COLUMN, meaning.to(self._language), self._styles.help)
        self._row += 1

    def _check(self, states: list[SheetState]) -> CheckTable:
        self._heading(words.CHECK)
        self._sheet.text(self._row, FIRST_COLUMN, words.CHECK_NOTE.to(self._language), self._styles.note)
        self._row += 1
        for column, heading in enumerate(words.CHECK_HEADINGS, start=FIRST_COLUMN):
            self._sheet.text(self._row, column, heading.to(self._language), self._styles.header_must)
        self._sheet.row(self._row, height=20)
        first = self._row + 1
        rows = {state.sheet: first + number for number, state in enumerate(states)}
        for state in states:
            self._state(rows[state.sheet], state)
        self._emphasise(Area(first, VALUE_COLUMN, first + len(states) - 1, VALUE_COLUMN))
        return CheckTable(self._sheet.name, rows)

    def _state(self, row: int, state: SheetState) -> None:
        name = next(sheet.name for sheet in self._plan.sheets if sheet.sheet.key == state.sheet)
        computed = self._styles.cell(Wants.COMPUTED, align="center", bold=True)
        number = self._styles.cell(Wants.COMPUTED, align="center", num_format="0")
        sentences = self._styles.cell(Wants.COMPUTED, text_wrap=True, font_size=9, indent=1)
        self._sheet.text(row, FIRST_COLUMN, name, self._styles.link)
        self._sheet.link(row, FIRST_COLUMN, f"{quote_sheet(name)}!B1", name)
        self._sheet.formula(row, VALUE_COLUMN, state.state.formula, state.state.value, computed)
        self._sheet.formula(row, VALUE_COLUMN + 1, state.filled.formula, state.filled.value, number)
        self._sheet.formula(row, LAST_COLUMN, state.sentences.formula, state.sentences.value, sentences)
        lines = max(CHECK_LINES, line_count(str(state.sentences.value), WIDTHS[LAST_COLUMN], AT_10_POINTS))
        self._sheet.row(row, height=lines * 13.0 + 8)

    def _emphasise(self, area: Area) -> None:
        looks = {
            State.INCOMPLETE: {"bg_color": MISSING_FILL, "font_color": "#9C2A1B"},
            State.COMPLETE: {"font_color": "#2E6B3E"},
            State.NOT_APPLICABLE: {"font_color": "#7F7F7F"},
        }
        for state, look in looks.items():
            word = state.value.to(self._language)
            options = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": self._styles.emphasis(**look)}
            self._sheet.conditional(area, options)

    def _heading(self, title: Text) -> None:
        self._sheet.row(self._row, height=8)
        self._row += 1
        self._sheet.text(self._row, FIRST_COLUMN, title.to(self._language), self._styles.heading)
        for column in range(FIRST_COLUMN + 1, LAST_COLUMN + 1):
            self._sheet.blank(self._row, column, self._styles.heading)
        self._sheet.row(self._row, height=22)
        self._row += 1
