"""What a template is written for: the dropdowns' words, the client, the stages wanted, and values to fill in.

`Content` is the one way in which values get into a template: the consultant's defaults, a client's name, a returned
workbook that is refilled, next year's template that starts from this year's.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import field
from typing import TYPE_CHECKING

from workbook_engine.errors import SpecError
from workbook_engine.frozen import frozen
from workbook_engine.model import Stage
from workbook_engine.spec.schema import Field, Form, Kind, Table, TemplateSpec
from workbook_engine.texts import Language, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@frozen
class Typed:
    """A formula as a company would type it ("=1200*12"), with the value that it shows."""

    formula: str
    value: float | str


Scalar = float | int | str | dt.date | None
Value = Scalar | Typed
Row = dict[str, Value]


@frozen
class Content:
    """Values to fill in: `fields` keyed "form.field", `tables` keyed by table: its rows, each field key -> value.

    A choice may be given by its key ("plant_total") or as text. A row of a table with given rows names its row under
    the table's label field: {"stage": "production", "included": "no"}. None and "" leave a cell blank.
    """

    fields: Mapping[str, Value] = field(default_factory=dict)
    tables: Mapping[str, Sequence[Mapping[str, Value]]] = field(default_factory=dict)


@frozen
class Lists:
    """The words of the dropdowns that come from the factor library.

    `flows` is keyed by category (electricity, heat, fuel, material, transport, gas, biogenic, water, waste); the first
    factor set, the first electricity year (the newest) and the first region are what a new template is preset to.
    """

    flows: Mapping[str, Sequence[Text]]
    factor_sets: Sequence[str] = ("gbt32151",)
    electricity_years: Sequence[int] = (2024,)
    electricity_regions: Sequence[Text] = (Text("全国", "China"),)


@frozen
class TemplateOptions:
    """For whom the template is. Sheets of stages that are not wanted are left out and preset to "no"; None: all."""

    company: str = ""
    product: str = ""
    model: str = ""
    stages: frozenset[Stage] | None = None
    groups: frozenset[str] = frozenset({"monthly"})
    content: Content | None = None


def initial_content(spec: TemplateSpec, lists: Lists, language: Language, options: TemplateOptions) -> Content:
    """Return everything that stands in the template from the start: presets, then the content, then the client.

    Raise SpecError where the options name a group, a field, a table or a given row that the spec does not have.
    """
    _check_groups(spec, options.groups)
    fields: dict[str, Value] = dict(_presets(lists, language))
    tables: dict[str, list[Row]] = {}
    if options.product or options.model:
        tables["products"] = [{"name": options.product, "model": options.model}]
    if options.stages is not None:
        tables["boundary"] = [
            {"stage": stage.value, "included": "yes" if stage in options.stages else "no"} for stage in Stage
        ]
    if options.content is not None:
        fields.update({key: value for key, value in options.content.fields.items() if value not in (None, "")})
        for key, rows in options.content.tables.items():
            tables[key] = _merged(spec.table(key), tables.get(key, []), rows)
    fields.update(_client(options))
    _check_keys(spec, fields, tables)
    return Content(_only_declared(spec, fields), tables)


def _presets(lists: Lists, language: Language) -> Row:
    """Return the usual choices: newest footprint factors, AR6 (the latest, ISO 14067, 6.5.1), decimals as printed."""
    return {
        "study.standards": Text("GB/T 24067-2024；ISO 14067:2018", "GB/T 24067-2024; ISO 14067:2018").to(language),
        "settings.factor_set": lists.factor_sets[0],
        "settings.electricity_series": "electricity_footprint",
        "settings.electricity_year": lists.electricity_years[0],
        "settings.electricity_region": lists.electricity_regions[0].to(language),
        "settings.gwp_set": "AR6",
        "settings.decimals_amount": 4,
        "settings.decimals_share": 2,
    }


def _client(options: TemplateOptions) -> Row:
    return {"study.company": options.company} if options.company else {}


def _merged(table: Table, preset: list[Row], rows: Sequence[Mapping[str, Value]]) -> list[Row]:
    """Return the content's rows; given rows keep a preset where the content says nothing."""
    if not table.fixed_rows:
        return [dict(row) for row in rows]
    label = label_field(table).key
    merged = {str(row[label]): dict(row) for row in preset}
    for row in rows:
        key = fixed_row_key(table, row)
        merged.setdefault(key, {}).update({**row, label: key})
    return list(merged.values())


def label_field(table: Table) -> Field:
    """Return the field of a table with given rows that holds their titles."""
    return next(candidate for candidate in table.fields if candidate.kind is Kind.LABEL)


def fixed_row_key(table: Table, row: Mapping[str, Value]) -> str:
    """Return the key of the given row that `row` names by key or title; SpecError if there is none."""
    named = row.get(label_field(table).key)
    for fixed in table.fixed_rows:
        if named in {fixed.key, fixed.title.zh, fixed.title.en}:
            return fixed.key
    raise SpecError(f"{table.key}: no given row is called {named!r}")


def _only_declared(spec: TemplateSpec, fields: Row) -> Row:
    declared = {f"{form.key}.{f.key}" for _, form in spec.forms() for f in form.fields}
    return {key: value for key, value in fields.items() if key in declared}


NO_GROUP = Text(
    "没有这样的可选列组：{unknown}；可用的有：{known}", "no optional columns are called {unknown}; there are: {known}"
)


def _check_groups(spec: TemplateSpec, groups: frozenset[str]) -> None:
    known = {f.group for sheet in spec.sheets for block in sheet.blocks for f in block.fields if f.group}
    unknown = sorted(group for group in groups - known if group)
    if unknown:
        raise SpecError(NO_GROUP.filled(unknown=", ".join(unknown), known=", ".join(sorted(known))))


def _check_keys(spec: TemplateSpec, fields: Row, tables: Mapping[str, Sequence[Mapping[str, Value]]]) -> None:
    presets = _presets(Lists({}), "zh")
    for name in fields.keys() - presets.keys():
        form, _, key = name.partition(".")
        if key not in {f.key for f in _form(spec, form).fields}:
            raise SpecError(f"the template has no field {name!r}")
    for name, rows in tables.items():
        known = {f.key for f in spec.table(name).fields}
        unknown = {key for row in rows for key in row} - known
        if unknown:
            raise SpecError(f"the table {name!r} has no field {', '.join(sorted(unknown))}")


def _form(spec: TemplateSpec, key: str) -> Form:
    try:
        return spec.form(key)
    except KeyError:
        raise SpecError(f"the template has no form {key!r}") from None


class Shown:
    """What cells show in the template's language.

    A choice may be given by its key, or by its word in either language, as a returned workbook in the other one has
    it; so may a name that the lists of flows and regions offer. Anything else stays as it is: what a company typed in
    its own words, and units, which are read in every spelling and have no counterpart each.
    """

    def __init__(self, lists: Lists, language: Language) -> None:
        self._language = language
        self._flows = _words((text for texts in lists.flows.values() for text in texts), language)
        self._regions = _words(lists.electricity_regions, language)

    def value(self, field_: Field, value: Value) -> Value:
        """Return what a cell of that field shows of a value."""
        if not isinstance(value, str):
            return value
        choice = next((choice for choice in field_.choices if value in (choice.key, *choice.title)), None)
        if choice:
            return choice.title.to(self._language)
        if field_.kind is Kind.FLOW:
            return self._flows.get(value, value)
        return self._regions.get(value, value) if field_.choices_from == "electricity_regions" else value


def _words(texts: Iterable[Text], language: Language) -> dict[str, str]:
    """Return each text's words with the one of a language; a word of several texts is left out."""
    found: dict[str, set[str]] = {}
    for text in texts:
        for word in text:
            found.setdefault(word, set()).add(text.to(language))
    return {word: next(iter(meant)) for word, meant in found.items() if len(meant) == 1}


def is_blank(value: Value) -> bool:
    """Return whether a cell with this value counts as not filled in."""
    return value is None or value == "" or (isinstance(value, Typed) and value.value == "")
