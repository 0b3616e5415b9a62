"""A calculation record, read back from a results workbook: a line's way from the typed cell to kgCO2e.

What is told stands in the workbook; nothing is computed anew and no factor library is asked. Sheets are found by their
marks, columns by their headings in either language, rows by the line's id, so that a workbook which Excel or WPS saved
again is read as well. Figures are those that the file carries. The words of the standard and the template are told in
the language that is asked for; sentences (conversions, reasons, findings) stay in the workbook's, and that is said.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from workbook_engine.catalogue import all_types
from workbook_engine.errors import ResultsError
from workbook_engine.findings import Severity, told
from workbook_engine.frozen import frozen
from workbook_engine.intake import open_workbook
from workbook_engine.model import Stage
from workbook_engine.results import (
    choice_sheet,
    factor_sheet,
    finding_sheet,
    normalization_sheet,
    ratings_sheet,
    trace_sheet,
)
from workbook_engine.results import stage_sheets as stages
from workbook_engine.results.columns import (
    ChoiceColumns,
    FactorColumns,
    NormalizationColumns,
    RatingColumns,
    ScenarioColumns,
    StageColumns,
    TraceColumns,
)
from workbook_engine.results.layout import AFTER_STAGES, HEADER_ROW
from workbook_engine.results.package import DASH
from workbook_engine.results.scenario_switch import BASE, SWITCH_ROW
from workbook_engine.results.words import DATA_SOURCES, SECONDARY_OR_PRIMARY, SEMICOLON, TIERS, bracketed
from workbook_engine.spec.collection import BASIS_OF_MATERIALS
from workbook_engine.spec.marks import computed_key
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from workbook_engine.grid import Book, Cell, Sheet
    from workbook_engine.results.sheets import Column
    from workbook_engine.texts import Language

NO_RESULTS = Text(
    "{file}：不是结果工作簿；请先用 workbook-engine run 核算，再给出得到的结果工作簿",
    "{file}: not a results workbook; run workbook-engine run first, and give the workbook that it writes",
)
NO_SHEET = Text(
    "{file}：这个结果工作簿里缺少“{sheet}”表", "{file}: the sheet “{sheet}” of this results workbook is missing"
)
NO_LINE = Text("{file}：没有数据行 {line}；有 {lines}", "{file}: no line {line}; its lines: {lines}")
TYPED = Text("原始单元格", "Cell as typed")
READ = Text("读作", "Read as")
CONVERTED = Text("换算", "Conversion")
PER_UNIT = Text("每单位产品", "Per unit")
ACTIVITY = Text("活动数据", "Activity")
FACTOR = Text("排放因子", "Factor")
FACTOR_SOURCE = Text("因子来源", "Its source")
FACTOR_VALUE = Text("因子推导", "How it comes about")
CHOSEN = Text("选用依据", "Chosen by")
OTHERS = Text("其他可选（总量变化）", "Others (change of total)")  # if all lines of the factor took it
EMISSION = Text("排放量", "Emission")
SCENARIO = Text("显示的情景", "Scenario shown")
QUALITY = Text("数据质量", "Data quality")
FINDINGS = Text("问题", "Findings")
NOTE = Text("说明", "Note")
COLON = Text("：", ": ")
AS_IT_STANDS = Text(
    "（工作簿是英文的，其中的句子照原文列出。）",
    "(The workbook is in Chinese; its sentences are told as they stand in it.)",
)

MAX_OTHERS = 5  # alternatives that a record names: those that would change most

# Words of ours that a workbook in the other language has in that one.
WORDS: tuple[Text, ...] = (
    *(stage.title for stage in Stage),
    *(choice.title for choice in (*BASIS_OF_MATERIALS.choices, *DATA_SOURCES)),
    *SECONDARY_OR_PRIMARY.values(),
    *TIERS.values(),
    *(severity.title for severity in Severity),
)

_N = NormalizationColumns(0)  # a study's own steps stand in words beside it


@frozen
class Record:
    """How one line of one product comes about: headed facts, in the order of the calculation."""

    line_id: str
    item: str
    product: str
    stage: str
    facts: tuple[tuple[Text, str], ...]
    is_translated: bool = False  # the workbook is in the other language: sentences are told as they stand


class _Row:
    """One row of a computed sheet, its cells by the numbers that the writer's columns have."""

    def __init__(self, cells: Mapping[int, Cell], columns: Mapping[int, int]) -> None:
        self._cells = cells
        self._columns = columns

    def cell(self, column: int) -> Cell | None:
        """Return a cell, wherever its column went."""
        return self._cells.get(self._columns.get(column, 0))

    def text(self, column: int) -> str:
        """Return what the cell shows: numbers to twelve digits, "" for a blank or a dash."""
        cell = self.cell(column)
        if cell is None or cell.value is None:
            return ""
        text = f"{cell.value:,.12g}" if isinstance(cell.value, float) else str(cell.value).strip()
        return "" if text == DASH else text

    def formula(self, column: int) -> str:
        """Return the cell's formula with its "=", or ""."""
        cell = self.cell(column)
        return f"={cell.formula}" if cell and cell.formula else ""


def explain(path: Path, line: str = "", product: str = "", language: Language = "zh") -> tuple[Record, ...]:
    """Return the records of a line, or of all; `product` is a name, a model or a part of them.

    `language` is that of the words; sentences are in the workbook's.

    Raises ResultsError where the file is no results workbook, or has no such line or product.
    """
    opened = open_workbook(path)
    if opened.book is None:
        raise ResultsError(told(opened.findings, path))
    reader = _Reader(opened.book, str(path), language)
    records = [
        reader.record(row)
        for row in reader.rows("trace", trace_sheet.COLUMNS)
        if _same(line, row.text(TraceColumns.ID)) and product.casefold() in row.text(TraceColumns.PRODUCT).casefold()
    ]
    if not records:
        known = dict.fromkeys(row.text(TraceColumns.ID) for row in reader.rows("trace", trace_sheet.COLUMNS))
        asked = f"{line} {product}".strip()
        raise ResultsError(NO_LINE.filled(file=path.name, line=asked, lines=", ".join(known)))
    return tuple(records)


def _same(wanted: str, line_id: str) -> bool:
    return bool(line_id) and (not wanted or wanted.casefold() == line_id.casefold())


class _Reader:
    """Finds the computed sheets of a book and the rows in them."""

    def __init__(self, book: Book, name: str, language: Language) -> None:
        self.sheets = {key: sheet for sheet in book.sheets if (key := computed_key(sheet))}
        self.name = name
        self.language = language
        self._rows: dict[str, list[_Row]] = {}

    def rows(self, key: str, columns: Mapping[int, Column]) -> list[_Row]:
        """Return the rows below the header of a computed sheet."""
        if key not in self._rows:
            sheet = self.sheets.get(key)
            if sheet is None:
                raise ResultsError(self._without(key))
            self._rows[key] = list(_below_header(sheet, columns))
        return self._rows[key]

    def _without(self, key: str) -> Text:
        """Return what to say where a sheet is missing."""
        if not self.sheets:
            return NO_RESULTS.filled(file=self.name)
        title = AFTER_STAGES[key]
        return Text(
            NO_SHEET.zh.format(file=self.name, sheet=title.zh), NO_SHEET.en.format(file=self.name, sheet=title.en)
        )

    def find(self, key: str, columns: Mapping[int, Column], wanted: Mapping[int, str]) -> _Row | None:
        """Return the first row whose cells read as wanted."""
        return next(
            (row for row in self.rows(key, columns) if all(row.text(c) == text for c, text in wanted.items())), None
        )

    def record(self, trace: _Row) -> Record:
        """Return the record of a row of the trace."""
        line, product = trace.text(TraceColumns.ID), trace.text(TraceColumns.PRODUCT)
        normal = self.find("normalization", normalization_sheet.columns_of(_N), {_N.ID: line, _N.PRODUCT: product})
        stage = self._stage_row(trace)
        facts: list[tuple[Text, str]] = [(TYPED, _typed(trace, stage, self.language))]
        facts += _amounts(normal, trace, self.language)
        facts += self._factor(trace, stage)
        facts += self._scenario()
        facts.append((EMISSION, _emission(trace, stage, self.language)))
        facts += self._quality(line, trace.text(TraceColumns.FACTOR_ID))
        facts += [(FINDINGS, words) for words in self._findings(trace.text(TraceColumns.PLACE))]
        return Record(
            line,
            trace.text(TraceColumns.ITEM),
            product,
            _word(trace.text(TraceColumns.STAGE), self.language),
            tuple((label, words) for label, words in facts if words),
            is_translated=self.is_translated,
        )

    @functools.cached_property
    def is_translated(self) -> bool:
        """Whether the workbook is in the other language."""
        header = next((cells for number, cells in self.sheets["trace"].rows() if number == HEADER_ROW), {})
        own = {column.title.to(self.language) for column in trace_sheet.COLUMNS.values()}
        return not any(str(cell.value) in own for cell in header.values())

    def _stage_row(self, trace: _Row) -> _Row | None:
        """Return the line's row on its stage's sheet, in the block of its product."""
        title = trace.text(TraceColumns.STAGE)
        key = next((stage.value for stage in Stage if title in stage.title), "")
        if key not in self.sheets:
            return None
        subtotals = Text(*(words.format(title) for words in stages.SUBTOTAL))  # credits stand below them
        line, product, inside = trace.text(TraceColumns.ID), trace.text(TraceColumns.PRODUCT), False
        for row in self.rows(key, stages.COLUMNS):
            first = row.text(StageColumns.ID)
            if inside and first == line:
                return row
            if first and not row.text(StageColumns.ITEM) and first not in subtotals:  # a product's band
                inside = first.startswith(product)
        return None

    def _factor(self, trace: _Row, stage: _Row | None) -> Iterator[tuple[Text, str]]:
        factor_id = trace.text(TraceColumns.FACTOR_ID)
        row = self.find("factors", factor_sheet.COLUMNS, {FactorColumns.ID: factor_id}) if factor_id else None
        if row is None:
            return
        unit = stage.text(StageColumns.FACTOR_UNIT) if stage else row.text(FactorColumns.UNIT)
        yield FACTOR, f"{trace.text(TraceColumns.FACTOR)} {unit}  {factor_id}  {row.text(FactorColumns.NAME)}"
        columns = (
            FactorColumns.PUBLISHER, FactorColumns.DOCUMENT, FactorColumns.YEAR, FactorColumns.REGION,
            FactorColumns.SERIES, FactorColumns.TIER, FactorColumns.NOTE,
        )  # fmt: skip
        yield FACTOR_SOURCE, "  ".join(_word(text, self.language) for column in columns if (text := row.text(column)))
        yield FACTOR_VALUE, _factor_value(row)
        yield from self._choice(factor_id, trace.text(TraceColumns.PRODUCT))

    def _scenario(self) -> Iterator[tuple[Text, str]]:
        """Yield the scenario whose figures the workbook shows, where its switch is not at the result itself."""
        sheet = self.sheets.get("scenarios")
        cells = next((cells for row, cells in sheet.rows() if row == SWITCH_ROW), {}) if sheet else {}
        cell = cells.get(ScenarioColumns.LINE)
        if cell and cell.value and str(cell.value) not in BASE:
            yield SCENARIO, str(cell.value)

    def _choice(self, factor_id: str, product: str) -> Iterator[tuple[Text, str]]:
        """Yield by which rung a factor was chosen, and the alternatives with what they would change."""
        at, inside = ChoiceColumns, False
        others: list[tuple[float, str]] = []
        if "choices" not in self.sheets:
            return
        products = list(dict.fromkeys(r.text(TraceColumns.PRODUCT) for r in self.rows("trace", trace_sheet.COLUMNS)))
        columns = {**choice_sheet.COLUMNS, **choice_sheet.product_columns(products)}
        first = at.PRODUCTS + choice_sheet.PER_PRODUCT * products.index(product)
        for row in self.rows("choices", columns):
            why = row.text(at.WHY)
            if why and why not in choice_sheet.ALTERNATIVE:
                inside = row.text(at.ID) == factor_id
                if inside:
                    yield CHOSEN, why
            elif inside and row.text(at.VALUE):
                others.append(_other(row, row.cell(first + 1), row.cell(first + 2), self.language))
        others.sort(key=lambda other: -other[0])
        left = len(others) - MAX_OTHERS
        more = "  …" + bracketed(f"+{left}", self.language) if left > 0 else ""
        yield OTHERS, SEMICOLON.to(self.language).join(words for _, words in others[:MAX_OTHERS]) + more

    def _quality(self, line: str, factor: str) -> Iterator[tuple[Text, str]]:
        if "ratings" not in self.sheets:
            return
        for wanted in filter(None, (line, factor)):
            row = self.find("ratings", ratings_sheet.COLUMNS, {RatingColumns.ID: wanted})
            if row:
                scores = " ".join(row.text(RatingColumns.FIRST_SCORE + index) for index in range(ratings_sheet.SCORES))
                yield QUALITY, f"{wanted}{COLON.to(self.language)}{scores}  {row.text(RatingColumns.REASON)}"

    def _findings(self, place: str) -> Iterator[str]:
        """Yield what was found in the row of the company's sheet that a place is in."""
        if "findings" not in self.sheets or not place:
            return
        at = finding_sheet.At
        for row in self.rows("findings", finding_sheet.COLUMNS):
            if _row_of(row.text(at.PLACE)) == _row_of(place):
                yield f"{_word(row.text(at.SEVERITY), self.language)}{COLON.to(self.language)}{self._said(row)}"

    def _said(self, finding: _Row) -> str:
        """Return the sentence of a finding; where it is in the other language, after what kind of finding it is."""
        message, code = (finding.text(column) for column in (finding_sheet.At.MESSAGE, finding_sheet.At.CODE))
        kind = next((kind for kind in all_types() if kind.code == code), None) if self.is_translated else None
        return f"{kind.title.to(self.language)}{COLON.to(self.language)}{message}" if kind else message


def _below_header(sheet: Sheet, columns: Mapping[int, Column]) -> Iterator[_Row]:
    found: dict[int, int] = {}
    for number, cells in sheet.rows():
        if number == HEADER_ROW:
            found = _columns(cells, columns)
        elif number > HEADER_ROW:
            yield _Row(cells, found)


def _columns(header: Mapping[int, Cell], wanted: Mapping[int, Column]) -> dict[int, int]:
    """Return the writer's column -> the column in the file. Of equal headings the first stands for the first."""
    free = dict(sorted(header.items()))
    found: dict[int, int] = {}
    for number, spec in sorted(wanted.items()):
        place = next((place for place, cell in free.items() if str(cell.value) in spec.title), None)
        if place is not None:
            found[number] = place
            del free[place]
    return found


def _row_of(place: str) -> tuple[str, str]:
    sheet, _, cell = place.rpartition("!")
    return sheet, cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _word(text: str, language: Language) -> str:
    """Return a word of ours in a language; any other as it is."""
    return next((word.to(language) for word in WORDS if text in word), text)


def _typed(trace: _Row, stage: _Row | None, language: Language) -> str:
    kinds = (stage.text(StageColumns.DATA_SOURCE) if stage else "", trace.text(TraceColumns.PRIMARY))
    words = Text("，", ", ").to(language).join(_word(kind, language) for kind in kinds if kind)
    return f"{trace.text(TraceColumns.PLACE)}  “{trace.text(TraceColumns.TYPED)}”  {words}".rstrip()


def _amounts(normal: _Row | None, trace: _Row, language: Language) -> Iterator[tuple[Text, str]]:
    if normal is None:
        return
    unit = normal.text(_N.reference_unit)
    has_amount = bool(normal.text(_N.AMOUNT))
    if has_amount:
        yield READ, f"{normal.text(_N.AMOUNT)} {normal.text(_N.UNIT)}  {normal.formula(_N.AMOUNT)}".rstrip()
    if normal.text(_N.step_text) and has_amount:
        yield CONVERTED, f"{normal.text(_N.step_text)}  → {normal.text(_N.reference_amount)} {unit}"
    formula = normal.formula(_N.coefficient)
    coefficient = f"× {normal.text(_N.coefficient)}  {formula}".rstrip() if formula else ""
    yield PER_UNIT, f"{_word(normal.text(_N.basis), language)}  {coefficient}".rstrip()
    yield ACTIVITY, f"{trace.text(TraceColumns.ACTIVITY)} {unit}" if trace.text(TraceColumns.ACTIVITY) else ""
    yield NOTE, normal.text(_N.note)


def _other(row: _Row, change: Cell | None, part: Cell | None, language: Language) -> tuple[float, str]:
    """Return an alternative in words, with the size of its change."""
    at = ChoiceColumns
    words = f"{row.text(at.ID)} {row.text(at.VALUE)} {row.text(at.UNIT)}"
    size = 0.0
    if change and isinstance(change.value, float):
        size = abs(change.value)
        words += f" → {change.value:+,.6g} kgCO2e"
    if part and isinstance(part.value, float):
        words += bracketed(f"{part.value:+.2%}", language)
    return size, words


def _factor_value(row: _Row) -> str:
    """Return how the value of a factor comes about: a fuel's parameters, or the printed value × a conversion."""
    at = FactorColumns
    if row.text(at.NCV):
        parts = [f"{row.text(at.NCV)} {row.text(at.NCV_UNIT)}"]
        if row.text(at.CARBON) and row.text(at.OXIDATION):
            parts += [f"{row.text(at.CARBON)} tC/TJ", row.text(at.OXIDATION), "44/12"]
        else:
            parts.append(f"{row.text(at.PER_GJ)} tCO2/GJ")
        return " × ".join(parts)
    if row.text(at.CONVERSION) in ("", "1"):
        return ""
    return f"{row.text(at.PRINTED)} {row.text(at.PRINTED_UNIT)} × {row.text(at.CONVERSION)}"


def _emission(trace: _Row, stage: _Row | None, language: Language) -> str:
    emission = trace.text(TraceColumns.EMISSION)
    if not emission:
        return stage.text(StageColumns.NOTE) if stage else ""
    share = trace.cell(TraceColumns.SHARE)
    part = bracketed(f"{share.value:.2%}", language) if share and isinstance(share.value, float) else ""
    factors = f"{trace.text(TraceColumns.ACTIVITY)} × {trace.text(TraceColumns.FACTOR)}"
    if stage and stage.text(StageColumns.NOTE) in stages.CREDIT:
        part = bracketed(stages.CREDIT.to(language), language)
    return f"{factors} = {emission} kgCO2e{part}"


def as_text(record: Record, language: Language) -> str:
    """Return a record as lines for a terminal."""
    head = f"{record.line_id}  {record.item}{bracketed(record.stage, language)}  {record.product}"
    labels = [label.to(language) for label, _ in record.facts]
    width = max((_width(label) for label in labels), default=0)
    rows = (
        f"  {label}{' ' * (width - _width(label))}  {words}"
        for label, (_, words) in zip(labels, record.facts, strict=True)
    )
    return "\n".join((head, *rows, *([f"  {AS_IT_STANDS.to(language)}"] if record.is_translated else [])))


def _width(text: str) -> int:
    return sum(1 if character.isascii() else 2 for character in text)
