"""What holds against whatever lies in a folder: each promise, the code that keeps it, the tests that would break.

This table is where a maintainer finds what must go on holding; the tests below it are those that had no other place.
docs/limits.md lists the figures.
"""

from __future__ import annotations

import csv
import importlib
import os
import re
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import openpyxl
import pytest

from tests.intake.hostile import MB, ROW, ole2
from tests.intake.parts import one_sheet, sheet_xml, strings_xml, workbook_parts, zipped
from tests.intake.test_isolate import child  # noqa: F401 - a fixture
from tests.intake.test_other_formats import FLOAT, ods, ods_cell, table
from workbook_engine.batch.inbox import search
from workbook_engine.cli import main
from workbook_engine.grid import Cell
from workbook_engine.intake.limits import LIMITS, Limits
from workbook_engine.intake.open import open_bytes, open_workbook
from workbook_engine.placing import STATE

if TYPE_CHECKING:
    from workbook_engine.intake.isolate import Child

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "example_workbooks").rglob("*.xlsx"))


class Promise(NamedTuple):
    what: str
    code: str  # modules below workbook_engine and what in them keeps it
    tests: str  # files and tests that break where it is not kept


PROMISES = [
    # one killable child a file
    Promise("address space, wall clock, file size, no core", "intake.isolate:_limit intake.isolate:Child",
            "test_isolate::test_what_kills_or_fills_the_child_is_reported_and_the_next_call_works "
            "test_isolate::test_a_hanging_child_is_killed_in_time "
            "test_promises::test_a_child_has_its_limits_and_no_core"),
    Promise("a private temporary directory that the parent clears", "intake.isolate:Child._clear_folder",
            "test_isolate::test_nothing_is_left_behind "
            "test_isolate::test_nothing_is_left_behind_where_the_parent_is_killed"),
    # intake
    Promise("lstat, regular files only: no links, pipes, sockets, devices", "intake.screen:read_private",
            "test_files::test_a_named_pipe_is_not_waited_for test_files::test_a_socket_is_no_file "
            "test_files::test_a_link_is_not_followed "
            "test_files::test_a_file_swapped_for_a_pipe_after_the_check_does_not_hang"),
    Promise("at most 25 MB", "intake.screen:_whole", "test_files::test_a_file_over_the_limit_is_not_read"),
    Promise("content sniffed, the extension not believed", "intake.screen:refuse_other intake.packages:read_zip",
            "test_files::test_the_extension_is_not_believed test_hostile::test_hostile_file_is_named_and_harmless"),
    Promise("an old .doc that is called .xlsx is refused by name", "intake.ole2:kind_of",
            "test_promises::test_an_old_document_called_xlsx_is_a_document"),
    Promise("lock and temporary files skipped", "intake.screen:is_temporary batch.inbox:search",
            "test_files::test_lock_and_temporary_files_are_told_apart "
            "test_inbox::test_lock_temporary_and_other_files_are_passed_over"),
    Promise("names that are not UTF-8", "naming:printable", "test_files::test_a_name_that_is_no_utf8_is_read "
            "test_command::test_a_name_that_is_no_utf8_and_a_pipe_are_nothing_special"),
    Promise("hashed and read from one private copy; a file that is being written is not half read",
            "intake.screen:_whole intake.open:open_workbook",
            "test_files::test_a_workbook_is_read_and_hashed_and_left_alone "
            "test_files::test_a_file_that_changes_while_it_is_read_is_not_half_read "
            "test_watch::test_a_file_that_grows_waits"),
    Promise("a folder of 10,000 files, pipes and loops among them", "batch.inbox:search",
            "test_promises::test_a_folder_of_ten_thousand_files test_inbox::test_links_to_folders_are_not_followed"),
    # zip
    Promise("bytes counted while inflating: 200 MB a part, 300 MB in all; 2,000 entries",
            "intake.package:Package.stream intake.package:_directory",
            "test_read_books::test_each_limit_has_its_finding_and_can_be_raised "
            "test_hostile::test_hostile_file_is_named_and_harmless"),
    Promise("overlaps, names twice or that differ by case, checksums", "intake.package:_refuse_overlaps "
            "intake.package:_by_name", "test_hostile::test_hostile_file_is_named_and_harmless"),
    Promise("nothing is extracted to disk", "intake.package:Package.stream",
            "test_promises::test_reading_opens_no_file_for_writing"),
    Promise("media is never inflated", "intake.package:Package.stream",
            "test_promises::test_a_bomb_among_the_pictures_is_not_looked_at"),
    # XML
    Promise("any DTD refused", "intake.markup:new_parser", "test_hostile::test_hostile_file_is_named_and_harmless"),
    Promise("depth at most 256", "intake.worksheet:SheetScan intake.markup:walk",
            "test_promises::test_256_levels_are_read_and_257_are_not"),
    # geometry
    Promise("dimension and declared counts ignored", "intake.worksheet:SheetScan",
            "test_read_cells::test_dimension_is_not_believed test_promises::test_an_example_with_a_wrong_dimension"),
    Promise("references checked against the grid before anything is allocated", "intake.worksheet:_column",
            "test_promises::test_cells_beyond_the_grid_are_told_in_each_format"),
    Promise("merges, hyperlinks, validations, blank styles never expanded", "intake.worksheet:SheetScan",
            "test_hostile::test_hostile_file_is_named_and_harmless"),
    Promise("2 million cells, 1,100 sheets, 20,000 names, 20,000 merges; 32,767 characters a cell, 64 MB in all",
            "intake.limits:Limits", "test_promises::test_the_limits_are_those_that_were_surveyed "
            "test_read_books::test_each_limit_has_its_finding_and_can_be_raised"),
    # values
    Promise("a bad cell is a finding on that cell with its raw text", "intake.values:Values intake.values:why_invalid",
            "test_promises::test_a_bad_cell_is_told_and_its_neighbours_are_read"),
    # what was counted
    Promise("cells in the file are counted against those delivered", "intake.xlsx:_Reading._sheet "
            "intake.biff:stored_sheets", "test_nothing_lost::test_a_cell_that_a_reader_drops_is_missed "
            "test_nothing_lost::test_a_cell_that_xlrd_drops_is_missed"),
    Promise("no sheets are a failure", "intake.xlsx:read_xlsx", "test_promises::test_no_sheets_are_a_failure"),
    # output
    Promise("text that begins like a formula, tab or return never becomes one", "batch.tables:_harmless "
            "writing.sheet:SheetWriter.text", "test_promises::test_no_text_of_a_company_becomes_a_formula "
            "test_writing::test_text_stays_text_whatever_it_begins_with"),
    Promise("names do not command the terminal; no HTML is written", "terminal:harmless naming:printable",
            "test_terminal::test_a_name_cannot_command_the_terminal test_promises::test_no_html_is_written"),
    Promise("what XML forbids is never written", "writing.characters:writable",
            "test_writing::test_characters_that_xml_forbids_are_written_as_excel_writes_them "
            "test_raw_sheets::test_hostile_text_stays_text"),
    # losing data in silence
    Promise("Strict OOXML is read", "intake.markup:local_name", "test_promises::test_an_example_in_strict_ooxml"),
    Promise("UTF-16 parts are read", "intake.markup:new_parser", "test_promises::test_an_example_in_utf_16"),
    Promise("error cells are errors", "intake.values:_error",
            "test_read_cells::test_value_formula_and_kind_come_together "
            "test_other_formats::test_xlsb_every_kind_of_cell"),
    Promise("values under merges are kept", "intake.worksheet:SheetScan",
            "test_read_books::test_values_under_a_merge_are_kept "
            "test_other_formats::test_ods_sheets_merges_hidden_state_and_names"),
    Promise("a formula without a cached value is no blank", "intake.worksheet:SheetScan._computed "
            "intake.recalculate:recalculated",
            "test_promises::test_a_formula_without_a_value_is_no_blank"),
]  # fmt: skip


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.what)
def test_a_promise_names_code_and_tests_that_are_there(promise: Promise) -> None:
    for code in promise.code.split():
        module, _, name = code.partition(":")
        found = importlib.import_module(f"workbook_engine.{module}")
        for piece in name.split("."):
            found = getattr(found, piece)
    for test in promise.tests.split():
        file, _, name = test.partition("::")
        texts = [path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob(f"{file}.py")]
        assert any(f"def {name}(" in text for text in texts), test


# --- one killable child -----------------------------------------------------------------------------------------------


def own_limits() -> dict[str, int]:
    import resource  # noqa: PLC0415 - POSIX only

    names = ("RLIMIT_CORE", "RLIMIT_AS", "RLIMIT_FSIZE")
    return {name: resource.getrlimit(getattr(resource, name))[0] for name in names}


@pytest.mark.skipif(sys.platform != "linux", reason="limits of address space and core files are Linux's here")
def test_a_child_has_its_limits_and_no_core(child: Child) -> None:  # noqa: F811 - the fixture
    assert child.call(own_limits) == {"RLIMIT_CORE": 0, "RLIMIT_AS": 500 * MB, "RLIMIT_FSIZE": 500 * MB}


# --- intake -----------------------------------------------------------------------------------------------------------


def test_an_old_document_called_xlsx_is_a_document(tmp_path: Path) -> None:
    (tmp_path / "收集表.xlsx").write_bytes(ole2({"WordDocument": b"x", "1Table": b"y"}))
    opened = open_workbook(tmp_path / "收集表.xlsx")
    assert (opened.book, [f.code for f in opened.findings]) == (None, ["file-is-a-document"])
    assert "Word" in opened.findings[0].message("zh")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this platform has no named pipes")
def test_a_folder_of_ten_thousand_files(tmp_path: Path) -> None:
    for number in range(10_000):
        folder = tmp_path / f"{number % 100:02d}"
        folder.mkdir(exist_ok=True)
        (folder / f"公司{number}.xlsx").write_bytes(b"%PDF-1.7" if number % 2 else b"")
    os.mkfifo(tmp_path / "00" / "pipe.xlsx")
    (tmp_path / "00" / "device.xlsx").symlink_to("/dev/zero")
    (tmp_path / "00" / "again").symlink_to(tmp_path, target_is_directory=True)
    files = search([tmp_path]).files
    assert len(files) == 10_002
    found = [open_workbook(file).findings[0].code for file in files]
    assert {code: found.count(code) for code in set(found)} == {
        "file-empty": 5_000, "file-is-a-document": 5_000, "file-not-regular": 2,
    }  # fmt: skip


# --- zip and XML ------------------------------------------------------------------------------------------------------

_opened_for_writing: list[str] | None = None  # where a test listens


def _listen(event: str, arguments: tuple[object, ...]) -> None:
    if _opened_for_writing is None or event not in {"open", "os.mkdir", "os.rename", "os.link", "os.symlink"}:
        return
    flags = arguments[2] if event == "open" else os.O_WRONLY
    if isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        _opened_for_writing.append(str(arguments[0]))


def test_reading_opens_no_file_for_writing(tmp_path: Path) -> None:
    global _opened_for_writing  # noqa: PLW0603 - an audit hook cannot be taken away again
    sys.addaudithook(_listen)
    outside = zipped(workbook_parts({"表": sheet_xml(ROW)}) | {"../../evil.xml": "x", "xl/media/a.png": b"x"})
    same = ods(table(f"<table:table-row>{ods_cell(FLOAT.format('1'), '1')}</table:table-row>"))
    try:
        _opened_for_writing = []
        (tmp_path / "heard").write_text("x")
        assert _opened_for_writing.pop() == str(tmp_path / "heard")
        assert open_bytes(outside).book
        assert open_bytes(same).book
        assert _opened_for_writing == []
    finally:
        _opened_for_writing = None


def test_a_bomb_among_the_pictures_is_not_looked_at() -> None:
    parts = workbook_parts({"表": sheet_xml(ROW)}) | {"xl/media/image1.png": bytes(250 * MB)}
    opened = open_bytes(zipped(parts))
    assert opened.book
    assert dict(opened.book.sheets[0].rows()) == {1: {1: Cell("number", 1.0)}}
    assert opened.findings == ()


def nested(levels: int, within: int) -> str:
    return "<a>" * (levels - within) + "</a>" * (levels - within)


@pytest.mark.parametrize(
    ("part", "around", "within"),
    [
        ("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData>{}</worksheet>", 1),
        ("xl/styles.xml", "<styleSheet>{}</styleSheet>", 1),
        ("xl/sharedStrings.xml", "<sst><si><t>a</t></si>{}</sst>", 1),
        ("docProps/app.xml", "<Properties>{}</Properties>", 1),
    ],
)
def test_256_levels_are_read_and_257_are_not(part: str, around: str, within: int) -> None:
    parts = workbook_parts({"表": sheet_xml(ROW)}, strings=strings_xml("<t>a</t>"), styles="<styleSheet/>")
    assert open_bytes(zipped(parts | {part: around.format(nested(256, within))})).findings == ()
    refused = open_bytes(zipped(parts | {part: around.format(nested(257, within))}))
    assert (refused.book, [f.code for f in refused.findings]) == (None, ["xml-too-deep"])


def test_256_levels_of_an_ods_are_read_and_257_are_not() -> None:
    content = '<d xmlns:t="t"><t:table t:name="表"/>{}</d>'

    def spreadsheet(levels: int) -> bytes:
        mimetype = "application/vnd.oasis.opendocument.spreadsheet"
        return zipped({"mimetype": mimetype, "content.xml": content.format(nested(levels, 1))})

    assert open_bytes(spreadsheet(256)).findings == ()
    assert [f.code for f in open_bytes(spreadsheet(257)).findings] == ["xml-too-deep"]


# --- geometry and values ----------------------------------------------------------------------------------------------


def test_the_limits_are_those_that_were_surveyed() -> None:
    limits = Limits()
    assert (limits.file_bytes, limits.part_bytes, limits.total_bytes) == (25 * MB, 200 * MB, 300 * MB)
    assert (limits.entries, limits.xml_depth, limits.cells) == (2_000, 256, 2_000_000)
    assert (limits.sheets, limits.names, limits.merges) == (1_100, 20_000, 20_000)
    assert (limits.cell_characters, limits.text_characters) == (32_767, 64 * MB)
    assert 1_000 * MB <= limits.memory_bytes <= 2_000 * MB
    assert limits.seconds == 30.0
    assert set(LIMITS) == set(limits.__dataclass_fields__)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (one_sheet('<row r="1"><c r="XFE1"><v>5</v></c><c r="A1"><v>1</v></c></row>'), 1),
        (one_sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048577"><c r="A1048577"><v>5</v></c></row>'), 1),
        (
            ods(table(
                f"<table:table-row>{ods_cell(FLOAT.format('1'), '1')}</table:table-row>"
                '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row>'
                f"<table:table-row table:number-rows-repeated='3'>{ods_cell(FLOAT.format('5'), '5')}</table:table-row>"
            )),
            1,
        ),
        (
            ods(table(
                f"<table:table-row>{ods_cell(FLOAT.format('1'), '1')}"
                '<table:table-cell table:number-columns-repeated="16383"/>'
                f"{ods_cell(FLOAT.format('5'), '5')}</table:table-row>"
            )),
            1,
        ),
    ],
    ids=["xlsx column", "xlsx row", "ods row", "ods column"],
)  # fmt: skip
def test_cells_beyond_the_grid_are_told_in_each_format(data: bytes, told: int) -> None:
    opened = open_bytes(data)
    assert opened.book
    assert next(iter(opened.book.sheets[0].rows()))[1] == {1: Cell("number", 1.0)}
    beyond = [f for f in opened.findings if f.code == "cell-beyond-grid"]
    assert len(beyond) == told
    assert "5" in beyond[0].message("zh")
    assert [f.code for f in opened.findings if f.code != "cell-beyond-grid"] == []


BAD = ("NaN", "1e400", "9" * 5_000, "1_0", "１２")


@pytest.mark.parametrize("raw", BAD, ids=lambda raw: raw[:9])
def test_a_bad_cell_is_told_and_its_neighbours_are_read(raw: str) -> None:
    opened = open_bytes(
        one_sheet(f'<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>{raw}</v></c><c r="C2"><v>3</v></c></row>')
    )
    assert opened.book
    assert dict(opened.book.sheets[0].rows()) == {
        2: {1: Cell("number", 1.0), 2: Cell("invalid", raw), 3: Cell("number", 3.0)}
    }
    assert [(f.code, str(f.where)) for f in opened.findings] == [("cell-invalid", "表!B2")]
    assert raw[:20] in opened.findings[0].message("zh")


def test_no_sheets_are_a_failure() -> None:
    for data in (zipped(workbook_parts({})), ods("")):
        opened = open_bytes(data)
        assert (opened.book, [f.code for f in opened.findings]) == (None, ["file-without-sheets"])


def test_a_formula_without_a_value_is_no_blank() -> None:
    computed = ods_cell("", "", 'table:formula="of:=1+1"')
    found = ods(table(f"<table:table-row>{computed}</table:table-row>"))
    for data in (one_sheet('<row r="1"><c r="A1"><f>1+1</f></c></row>'), found):
        opened = open_bytes(data)
        assert opened.book
        assert dict(opened.book.sheets[0].rows()) == {1: {1: Cell("uncached", None, "1+1")}}


# --- losing data in silence: a whole example, written otherwise -------------------------------------------------------

STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    b"http://schemas.openxmlformats.org/drawingml/2006/": b"http://purl.oclc.org/ooxml/drawingml/",
}


def rewritten(path: Path, change: object) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return zipped({name: change(name, archive.read(name)) for name in archive.namelist()})  # type: ignore[operator]


def everything(data: bytes) -> dict[tuple[str, int, int], Cell]:
    opened = open_bytes(data)
    assert opened.book
    of_template = [finding.params["typed"] for finding in opened.findings if finding.code == "text-format-hides"]
    assert len(opened.findings) == len(of_template)
    assert set(of_template) <= {"zh", "en"}  # the template's language, which a format shows in words: left out later on
    return {
        (sheet.name, row, column): cell
        for sheet in opened.book.sheets
        for row, cells in sheet.rows()
        for column, cell in cells.items()
    }


def strict(_: str, content: bytes) -> bytes:
    for old, new in STRICT.items():
        content = content.replace(old, new)
    return content


def wide(name: str, content: bytes) -> bytes:
    if not name.endswith((".xml", ".rels")):
        return content
    text = re.sub(r"^<\?xml[^>]*\?>", '<?xml version="1.0" encoding="UTF-16"?>', content.decode("utf-8"))
    return text.encode("utf-16")


def of_one_cell(name: str, content: bytes) -> bytes:
    assert "worksheets/sheet" not in name or b"<dimension" in content or name.endswith(".rels")
    return re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', content)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_an_example_in_strict_ooxml(path: Path) -> None:
    assert everything(rewritten(path, strict)) == everything(path.read_bytes())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_an_example_in_utf_16(path: Path) -> None:
    assert everything(rewritten(path, wide)) == everything(path.read_bytes())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_an_example_with_a_wrong_dimension(path: Path) -> None:
    assert everything(rewritten(path, of_one_cell)) == everything(path.read_bytes())


# --- output -----------------------------------------------------------------------------------------------------------

FORMULA = re.compile(rb"<f[ >][^<]*")
TAIL = "cmd|'/C calc'!A0"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "_x000D_="], ids=["=", "+", "-", "@", "tab", "return"])
def test_no_text_of_a_company_becomes_a_formula(start: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the results, the overview, its tables, the correction copy, a template filled in again, the letters' names."""
    typed = start + TAIL
    book = openpyxl.load_workbook(EXAMPLES[0])
    for sheet, title in (("基本信息", "企业名称"), ("基本信息", "报告编号")):
        row = next(row for row in book[sheet].iter_rows() for cell in row if cell.value == title)
        row[2].value, row[2].data_type = typed, "s"
    stage = book["产品生产"]
    for cell in [c for row in stage.iter_rows() for c in row if c.value in {"工序或用途", "备注"}]:
        below = stage.cell(cell.row + 1, cell.column)
        below.value, below.data_type = typed, "s"
    inbox = tmp_path / "in"
    inbox.mkdir()
    book.save(inbox / "收集表.xlsx")
    returned, out = str(inbox / "收集表.xlsx"), tmp_path / "out"
    monkeypatch.chdir(tmp_path)
    main(["run", str(inbox), "-o", str(out), "--tables", "csv", "--jobs", "1"])
    main(["correct", returned, "-o", str(out / "更正.xlsx")])
    main(["correct", returned, "-o", str(out / "新表.xlsx"), "--fresh"])
    main(["template", "-o", str(out / "模板.xlsx"), "--from", returned])
    workbooks = list(out.rglob("*.xlsx"))
    assert len(workbooks) == 5
    told = 0
    for path in workbooks:
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist() if name.endswith(".xml")}
        told += any(TAIL.encode() in part or b"cmd|&apos;/C calc" in part for part in parts.values())
        assert [f for part in parts.values() for f in FORMULA.findall(part) if b"/C calc" in f] == [], path.name
    assert told == 5
    for path in out.glob("*.csv"):
        texts = [cell for row in csv.reader(path.open(encoding="utf-8-sig", newline="")) for cell in row]
        assert any(TAIL in text for text in texts)
        assert [text for text in texts if TAIL in text and not text[:1].isalnum() and text[:1] not in "'“"] == []


def test_no_html_is_written(tmp_path: Path) -> None:
    """There is no place where a name would have to be escaped for HTML: what comes out are workbooks and plain text."""
    main(["run", str(EXAMPLES[0]), str(EXAMPLES[1]), "-o", str(tmp_path / "out"), "--tables", "csv"])
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file() and STATE not in path.parts]
    assert {path.suffix for path in files} == {".xlsx", ".txt", ".csv"}
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "workbook_engine").rglob("*.py"))
    assert [word for word in ("</a>", "</td>", "</html>") if word in code] == []
