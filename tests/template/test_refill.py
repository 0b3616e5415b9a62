"""A returned workbook moved into a fresh template holds the same inputs; next year's begins without the amounts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from workbook_engine.cli import main
from workbook_engine.findings import CellRef
from workbook_engine.grid import Cell
from workbook_engine.model import BoundTable, Entry, Record, Submission
from workbook_engine.pipeline import FLOW_CATEGORIES, factor_library, process, read_workbook, write_template
from workbook_engine.spec.collection import COLLECTION
from workbook_engine.spec.schema import Kind
from workbook_engine.template import Content, TemplateOptions, Typed, content_of, groups_of

EXAMPLES = Path(__file__).parents[2] / "example_workbooks"
_FLOWS = [name for each in FLOW_CATEGORIES for name in (flow.name for flow in factor_library().offered_flows(each))]
_CHOICES = [
    choice.title
    for sheet in COLLECTION.sheets
    for block in sheet.blocks
    for field in block.fields
    for choice in field.choices
]
KNOWN_IN_CHINESE = {text.zh for text in (*_FLOWS, *_CHOICES) if text.zh != text.en}
CONTENT = Content(
    fields={"study.company": "甲公司", "study.period_start": dt.date(2025, 1, 1), "study.report_no": "T1"},
    tables={
        "products": [{"name": "分支箱", "unit": "1 台", "mass_kg": 85, "output": 2400}],
        "boundary": [{"stage": "use", "included": "no", "reason": "未核算"}],
        "production": [
            {"item": "装配", "flow": "电力", "amount": Typed("=1200*12", 14400.0), "unit": "kWh", "month_03": 7},
            {"item": "焊接", "amount": "约120", "remark": "=1+1"},
        ],
        "raw_material_transport": [{"item": "壳体", "mass": 3, "distance_km": 320}],
    },
)


def submitted(path: Path, content: Content) -> Submission:
    write_template(path, "zh", TemplateOptions(content=content))
    submission = read_workbook(path).submission
    assert submission is not None
    return submission


def inputs(submission: Submission) -> tuple[dict[str, object], dict[str, list[dict[str, object]]]]:
    fields = {key: (e.cell.kind, e.cell.value) for key, e in submission.fields.items() if e.cell is not None}
    tables = {
        key: [{name: (cell.value, cell.formula) for name, cell in record.cells.items()} for record in table.records]
        for key, table in submission.tables.items()
    }
    return fields, tables


def test_a_refilled_template_holds_the_same_inputs(tmp_path: Path) -> None:
    first = submitted(tmp_path / "first.xlsx", CONTENT)
    second = submitted(tmp_path / "second.xlsx", content_of(first, COLLECTION))
    assert inputs(second) == inputs(first)


def test_next_year_keeps_who_and_what_and_leaves_out_how_much(tmp_path: Path) -> None:
    first = submitted(tmp_path / "first.xlsx", CONTENT)
    content = content_of(first, COLLECTION, for_next_year=True)
    assert content.fields["study.company"] == "甲公司"
    assert not {"study.period_start", "study.report_no"} & set(content.fields)
    assert content.tables["products"] == [{"name": "分支箱", "unit": "1 台", "mass_kg": 85}]
    assert content.tables["production"] == [
        {"item": "装配", "flow": "电力", "unit": "kWh"},
        {"item": "焊接", "remark": "=1+1"},
    ]
    assert content.tables["raw_material_transport"] == [{"item": "壳体", "distance_km": 320}]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (Cell("number", 14400.0, "1200*12"), Typed("=1200*12", 14400.0)),
        (Cell("number", 3.0, "SUM(1,2)"), Typed("=SUM(1,2)", 3.0)),
        (Cell("number", 5.0, "C5+C6"), 5.0),  # C5 is another cell in the new workbook
        (Cell("number", 5.0, "HYPERLINK(1)"), 5.0),
        (Cell("uncached", None, "1200*12"), Typed("=1200*12", "")),
        (Cell("uncached", None, "Sheet2!A1"), "=Sheet2!A1"),
        (Cell("error", "#REF!", None), "#REF!"),
        (Cell("date", 45658.0, None), dt.date(2025, 1, 1)),
        (Cell("bool", value=True), "TRUE"),
        (Cell("invalid", "NaN", None), "NaN"),
    ],
)
def test_what_was_typed_is_kept(cell: Cell, value: object) -> None:
    table = BoundTable("use", "使用", 7, {"amount": 5}, (Record(8, {"amount": cell}),))
    submission = Submission("zh", "1.0", {}, {"use": table}, ("使用",))
    assert content_of(submission, COLLECTION).tables["use"] == [{"amount": value}]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (Cell("number", 0.05, format="%"), 0.05),
        (Cell("number", 0.05, "1/20", "%"), Typed("=1/20", 0.05)),
        (Cell("number", 5.0), 0.05),  # a percentage in a cell that lost its format
        (Cell("number", 0.9), "0.9"),  # nobody knows: in a cell of the format % it would be 90 %
        (Cell("number", 0.0), 0.0),
        (Cell("number", 0.9, format="pct"), "0.9%"),
        (Cell("text", "5%"), "5%"),
    ],
)
def test_a_share_says_in_a_cell_of_percent_what_it_said_before(cell: Cell, value: object) -> None:
    table = BoundTable("production", "产品生产", 7, {"loss_rate": 5}, (Record(8, {"loss_rate": cell}),))
    submission = Submission("zh", "1.0", {}, {"production": table}, ("产品生产",))
    assert content_of(submission, COLLECTION).tables["production"] == [{"loss_rate": value}]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (Cell("number", 2.0, format="万kWh"), "2万kWh"),
        (Cell("number", 1.2, format="%"), "120%"),
        (Cell("number", 35000.0, format="/10000万"), 35000.0),
        (Cell("number", 7.0, format=";"), 7.0),
    ],
)
def test_what_a_format_said_of_an_amount_is_kept(cell: Cell, value: object) -> None:
    table = BoundTable("use", "使用", 7, {"amount": 5}, (Record(8, {"amount": cell}),))
    submission = Submission("zh", "1.0", {}, {"use": table}, ("使用",))
    assert content_of(submission, COLLECTION).tables["use"] == [{"amount": value}]


def test_dates_follow_the_date_system_of_the_workbook() -> None:
    entry = Entry(Cell("date", 44196.0), CellRef("基本信息", 10, 3))
    submission = Submission("zh", "1.0", {"study.period_start": entry}, {}, ("基本信息",))
    # 1904 began 1,462 days after 1900: 45658 - 1462 = 44196.
    assert content_of(submission, COLLECTION, date1904=True).fields["study.period_start"] == dt.date(2025, 1, 1)


def test_the_groups_that_are_filled_in_are_asked_for_again(tmp_path: Path) -> None:
    first = submitted(tmp_path / "first.xlsx", CONTENT)
    assert groups_of(first, COLLECTION) == {"monthly"}
    without = Content(tables={"production": [{"item": "装配", "amount": 5}]})
    assert groups_of(submitted(tmp_path / "second.xlsx", without), COLLECTION) == set()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_does_not_come_along_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str) -> None:
    """A comment, a column and a sheet of the company's own, and the stages that were not asked for."""
    submitted(tmp_path / "first.xlsx", CONTENT)
    book = openpyxl.load_workbook(tmp_path / "first.xlsx")
    book["产品生产"]["E9"].comment = Comment("含一期", "甲")
    book["产品生产"]["AZ9"] = "一班"
    book.create_sheet("附表")["B2"] = 33
    book.save(tmp_path / "returned.xlsx")
    command = ["template", "--from", str(tmp_path / "returned.xlsx"), "-o", str(tmp_path / "next.xlsx"), "--next-year"]
    assert main([*command, "--stages", "production", "--lang", language]) == 0
    said = capsys.readouterr().err
    for word in ("含一期", "AZ9", "一班", "附表", {"zh": "原材料运输", "en": "Raw material transport"}[language]):
        assert word in said
    assert main(["template", "--from", str(tmp_path / "first.xlsx"), "-o", str(tmp_path / "next.xlsx")]) == 0
    assert capsys.readouterr().err == ""  # all of it is in the new one


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*/*.xlsx")), ids=lambda path: path.parent.name)
def test_a_workbook_moved_into_the_other_language_and_back_holds_the_same_answers(
    example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Choices and what lists offer in the new template's language; the result is the same."""
    english, chinese = tmp_path / "en.xlsx", tmp_path / "zh.xlsx"
    assert main(["template", "--from", str(example), "-o", str(english), "--lang", "en"]) == 0
    assert main(["template", "--from", str(english), "-o", str(chinese), "--lang", "zh"]) == 0
    capsys.readouterr()
    read = {path: read_workbook(path).submission for path in (example, english, chinese)}
    chosen = {
        path: [
            str(cell.value)
            for key, table in submission.tables.items()
            for record in table.records
            for name, cell in record.cells.items()
            if COLLECTION.table(key).field(name).kind in (Kind.CHOICE, Kind.FLOW)
        ]
        for path, submission in read.items()
        if submission is not None
    }
    assert chosen[english]
    assert not [word for word in chosen[english] if word in KNOWN_IN_CHINESE]
    assert chosen[chinese] == chosen[example]
    totals = [
        [product.cfp_kg_co2e for product in done.footprint.products]
        for done in map(process, (example, english, chinese))
        if done.footprint
    ]
    assert totals[0] == totals[1] == totals[2]


def test_what_a_company_wrote_in_its_own_words_is_not_translated(tmp_path: Path) -> None:
    rows = [{"item": "装配", "flow": "电", "amount": 5, "unit": "度", "basis": "每功能单位", "data_source": "抄表"}]
    first = submitted(tmp_path / "first.xlsx", Content({}, {"production": rows}))
    write_template(tmp_path / "en.xlsx", "en", TemplateOptions(content=content_of(first, COLLECTION)))
    second = read_workbook(tmp_path / "en.xlsx").submission
    assert second is not None
    (row,) = inputs(second)[1]["production"]
    assert {name: value for name, (value, _) in row.items()} == {
        "item": "装配",
        "flow": "电",
        "amount": 5.0,
        "unit": "度",
        "basis": "Per functional unit",
        "data_source": "抄表",
    }
