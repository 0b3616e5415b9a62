"""Lists whose words stand in a validation: those of the template say nothing, words of somebody's own are told."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from example_workbooks import fill
from tests.intake import biff, binary
from tests.mutation.carriers import FORMATS
from tests.office import converted
from workbook_engine.intake.biff import stored_sheets
from workbook_engine.intake.legacy import _streams
from workbook_engine.intake.listed_words import choices_not_read
from workbook_engine.intake.open import open_bytes, open_workbook
from workbook_engine.pipeline import factor_library, process, write_template
from workbook_engine.spec.optional import GROUPS
from workbook_engine.template import TemplateOptions

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_engine.grid import Book
    from workbook_engine.texts import Language

FILLED = fill.HERE / fill.TENGFEI.folder / fill.TENGFEI.file
OLDER = fill.HERE.parent / "tests" / "versions" / "template_1_0.xlsx"


def told(book: Book | None) -> list[tuple[str, object, object]]:
    assert book
    found = choices_not_read(book, factor_library())
    return [(str(f.where), f.params["count"], f.params["typed"]) for f in found]


def with_lists(path: Path) -> Path:
    """Save the example with two lists of the company's own and one of words that it may choose."""
    book = openpyxl.load_workbook(FILLED)
    for cell, words in (("K9", "二车间另有柴油 500 L,是"), ("K10", "kWh,t,柴油,是"), ("K11", "夜班")):
        rule = DataValidation(type="list", formula1=f'"{words}"', sqref=cell)
        book["产品生产"].add_data_validation(rule)
    book.save(path)
    return path


@pytest.mark.parametrize("path", [FILLED, OLDER], ids=["filled", "template 1.0"])
def test_nothing_is_said_of_the_templates_lists(path: Path, tmp_path: Path) -> None:
    assert told(open_workbook(path).book) == []
    openpyxl.load_workbook(path).save(tmp_path / "again.xlsx")
    assert told(open_workbook(tmp_path / "again.xlsx").book) == []


@pytest.mark.libreoffice
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_said_of_a_blank_template_in_any_format(language: Language, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_template(path, language, TemplateOptions(groups=frozenset(GROUPS)))
    saved = [converted([path], kind, tmp_path / kind, tmp_path / "profile")[path] for kind in FORMATS]
    for each in (path, *saved):
        book = open_workbook(each).book
        assert told(book) == []
        assert book
        assert any(text.place == "choices" for text in book.beside)


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["as saved", *FORMATS])
def test_lists_of_ones_own_are_told_in_every_format(kind: str, tmp_path: Path) -> None:
    path = with_lists(tmp_path / "a.xlsx")
    if kind != "as saved":
        path = converted([path], kind, tmp_path / "out", tmp_path / "profile")[path]
    ((where, count, typed),) = told(open_workbook(path).book)
    assert where in {"产品生产!K9", ""} or kind != "xlsx"
    assert (count, sorted(str(typed).split("”、“"))) == (2, ["二车间另有柴油 500 L", "夜班"])


def test_they_are_told_where_the_job_is_done(tmp_path: Path) -> None:
    done = process(with_lists(tmp_path / "a.xlsx"))
    (found,) = (f for f in done.findings if f.code == "beside-not-read")
    assert found.message("zh").startswith(
        "产品生产!K9: 下拉列表的选项里写有文字（2 处），没有被读取：“二车间另有柴油 500 L”"
    )


def test_lists_of_a_results_workbook_are_our_own(tmp_path: Path) -> None:
    (results,) = process(FILLED, tmp_path).results
    assert [f for f in process(results).findings if f.code == "beside-not-read"] == []


def test_a_list_in_the_extensions_of_excel_2010_is_told() -> None:
    rule = (
        '<extLst><ext><x14:dataValidations xmlns:x14="x" xmlns:xm="m"><x14:dataValidation type="list"><x14:formula1>'
        '<xm:f>"夜班,是"</xm:f></x14:formula1><xm:sqref>C9</xm:sqref></x14:dataValidation></x14:dataValidations></ext>'
        "</extLst></worksheet>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(FILLED) as before, zipfile.ZipFile(buffer, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "xl/worksheets/sheet4.xml":
                data = data.replace(b"</worksheet>", rule.encode())
            after.writestr(name, data)
    assert told(open_bytes(buffer.getvalue()).book) == [("原材料获取", 1, "夜班")]


def test_lists_of_binary_formats_are_read_and_broken_ones_take_nothing_away() -> None:
    words = "夜班,是"
    texts = b"".join(binary.wide("") for _ in range(4))
    token = struct.pack("<IBH", 3 + 2 * len(words), 0x17, len(words)) + words.encode("utf-16-le")
    rule = struct.pack("<I", 3) + struct.pack("<5I", 1, 8, 20, 2, 2)[:20] + texts + token + bytes(8)
    number = binary.cell(5, 1, struct.pack("<d", 5))
    for length in (*range(4, len(rule), 3), len(rule)):
        data = binary.workbook({"表": binary.sheet(binary.row(1), number) + binary.record(64, rule[:length])})
        book = open_bytes(data).book
        assert book
    assert [(each.place, each.text, each.area) for each in book.beside] == [("choices", "夜班\n是", "C9")]

    listed = "夜班\0是"
    blank = struct.pack("<HB", 1, 0) + b"\0"
    old = struct.pack("<HHBBB", 3 + 2 * len(listed), 0, 0x17, len(listed), 1) + listed.encode("utf-16-le")
    record = struct.pack("<I", 0x83) + blank * 4 + old + struct.pack("<2H", 0, 0) + struct.pack("<5H", 1, 8, 8, 2, 2)
    for length in (*range(4, len(record), 3), len(record)):
        sheet = biff.substream(biff.WORKSHEET, biff.number(1, 1, 5), biff.record(0x1BE, record[:length]))
        (stored,) = stored_sheets(_streams(biff.workbook({"表": sheet}))("Workbook"))
    assert [(each.place, each.text, each.area) for each in stored.beside] == [("choices", "夜班\n是", "C9")]
