"""The template's reference page: every sheet, block and field of the spec, as Markdown in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.spec.limits import offered_units
from workbook_engine.spec.optional import GROUPS
from workbook_engine.spec.schema import Field, Form, Kind, Table, TemplateSpec, field_name, table_name
from workbook_engine.spec.words import guidance
from workbook_engine.template.dropdowns import need_word
from workbook_engine.template.layout import Need, available_routes, need_of
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.spec.schema import SheetSpec

HEAD = """# The data-collection template 数据收集表

Every sheet and field of version {version}, generated from `workbook_engine/spec/collection.py`. A key is stable:
content that is filled in from Python and the columns that are read back go by it. Any unit that the program knows may
be typed; the list offers the usual ones. A field of a group stands in the template only where that group is asked for
(`monthly` always, unless it is left out), and is read wherever it is found.
"""
HEADINGS = "| key | 标题 · heading | 内容 · kind | 要求 · need | 说明 · help | 例 · example |"
COLUMNS = f"{HEADINGS}\n|---|---|---|---|---|---|"
KINDS = {
    Kind.TEXT: Text("文字", "text"),
    Kind.NUMBER: Text("数字", "number"),
    Kind.DATE: Text("日期", "date"),
    Kind.CHOICE: Text("选项", "choice"),
    Kind.UNIT: Text("单位", "unit"),
    Kind.FLOW: Text("因子库中的流", "flow of the factor library"),
    Kind.PRODUCT: Text("产品名称", "product of the study"),
    Kind.PLANT: Text("工厂名称", "plant"),
    Kind.LABEL: Text("固定文字", "printed"),
}


def reference_page(spec: TemplateSpec) -> str:
    """Return the page."""
    sheets = (part for sheet in spec.sheets for part in _sheet(sheet))
    return "\n\n".join([HEAD.format(version=spec.version).strip(), _groups(), *sheets]) + "\n"


def _groups() -> str:
    """Return what `workbook-engine template --include` takes."""
    rows = (f"| `{key}` | {_both(text)} |" for key, text in GROUPS.items())
    return "\n".join(["## Groups 可选列", "", "| `--include` | 内容 · what for |", "|---|---|", *rows])


def _sheet(sheet: SheetSpec) -> Iterator[str]:
    yield f"## {_both(sheet.title)}"
    yield _both(sheet.intro, "\n")
    for block in sheet.blocks:
        yield from _form(block) if isinstance(block, Form) else _table(block)


def _form(form: Form) -> Iterator[str]:
    yield f"### {_both(form.title)}"
    first = field_name(form.key, form.fields[0].key)
    yield f"Form `{form.key}`: one value a field, each with a defined name (`{first}` …)."
    yield _rows(form.fields, {field.key: Need(field.required) for field in form.fields})


def _table(table: Table) -> Iterator[str]:
    yield f"### {_both(table.title)}"
    rows = "given rows" if table.fixed_rows else f"{table.rows} rows prepared, more allowed"
    yield f"Table `{table.key}` (key row: `{table_name(table.key)}`), {rows}."
    routes = available_routes(table, table.fields)
    told = guidance(table, routes)
    if told:
        yield _both(told, "\n")
    yield _rows(table.fields, {field.key: need_of(field, routes) for field in table.fields})
    if table.fixed_rows:
        yield "Rows: " + ", ".join(f"`{row.key}` {_both(row.title)}" for row in table.fixed_rows)


def _rows(fields: tuple[Field, ...], needs: dict[str, Need]) -> str:
    return "\n".join([COLUMNS, *(_row(field, needs[field.key]) for field in fields)])


def _row(field: Field, need: Need) -> str:
    wanted = "" if field.kind is Kind.LABEL else _both(need_word(need))
    example = _both(field.example) if field.example else ""
    cells = (f"`{field.key}`", _both(field.title), _kind(field), wanted, _both(field.help, "<br>"), example)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _kind(field: Field) -> str:
    parts = [_both(KINDS[field.kind])]
    if field.choices:
        parts.append("<br>".join(f"`{choice.key}` {_both(choice.title)}" for choice in field.choices))
    if field.choices_from:
        parts.append(f"from the library: {field.choices_from}")
    if field.categories:
        parts.append(", ".join(field.categories))
    if field.kind is Kind.UNIT:
        parts.append(", ".join(offered_units(field, "zh")))
    parts += [*_limits(field), *(["列表外的也可 · other words allowed"] if field.free else [])]
    if field.group:
        parts.append(f"group `{field.group}`")
    return "<br>".join(parts)


def _limits(field: Field) -> Iterator[str]:
    if field.minimum is not None:
        yield f"{'>' if field.exclusive else '≥'} {field.minimum:g}"
    if field.maximum is not None:
        yield f"≤ {field.maximum:g}"


def _both(text: Text, between: str = " · ") -> str:
    return text.zh if text.zh == text.en else between.join(part for part in text if part)
