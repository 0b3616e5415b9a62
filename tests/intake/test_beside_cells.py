"""Texts beside the cells: what a person wrote there is told, once for each place; what programs write is not.

The filled example is edited as people edit it, by openpyxl and in the file's own XML, and saved by LibreOffice.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
from openpyxl.packaging.custom import BoolProperty, IntProperty, StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from example_workbooks import fill
from tests.intake import binary
from tests.intake.parts import sheet_xml, workbook_parts, zipped
from tests.mutation.carriers import FORMATS
from tests.office import converted
from workbook_engine.findings import Finding, Severity
from workbook_engine.intake.binding.marks import Mark, name_targets
from workbook_engine.intake.limits import Limits
from workbook_engine.intake.names import is_constant
from workbook_engine.intake.open import open_bytes
from workbook_engine.pipeline import bind, read_workbook
from workbook_engine.spec.collection import COLLECTION
from workbook_engine.spec.index import spec_index

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from openpyxl import Workbook

    from workbook_engine.grid import Book

    Edit = Callable[[Workbook], None]

FILLED = fill.HERE / fill.TENGFEI.folder / fill.TENGFEI.file
OLDER = fill.HERE.parent / "tests" / "versions" / "template_1_0.xlsx"
Told = tuple[str, str, object, object]  # place of the finding, what it is in, count, text


def told(findings: tuple[Finding, ...]) -> list[Told]:
    return [
        (str(f.where or ""), f.params["place"].zh, f.params["count"], f.params["typed"])  # type: ignore[attr-defined]
        for f in findings
        if f.code == "beside-not-read"
    ]


def edited(edit: Edit, source: Path = FILLED) -> list[Told]:
    """Return what is told of the example after it was edited in openpyxl."""
    book = openpyxl.load_workbook(source)
    edit(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return told(bind(open_bytes(buffer.getvalue())).findings)


def replaced(part: str, old: str, new: str, source: Path = FILLED) -> list[Told]:
    """Return what is told of the example after its XML was edited."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(buffer, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if re.fullmatch(part, name):
                assert old in data.decode()
                data = data.decode().replace(old, new, 1).encode()
            after.writestr(name, data)
    return told(bind(open_bytes(buffer.getvalue())).findings)


# --- nothing is said of what nobody wrote -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", [fill.TEMPLATE, FILLED, OLDER], ids=["template", "filled", "template 1.0"])
def test_nothing_is_said_of_what_the_template_writes(path: Path) -> None:
    assert told(read_workbook(path).findings) == []
    assert edited(lambda _: None, path) == []


def test_nothing_is_said_of_what_programs_write() -> None:
    def edit(book: Workbook) -> None:
        for sheet in book:
            sheet.oddHeader.center.text = "&A"
            sheet.oddFooter.left.text = "第 &P 页，共 &N 页"
            sheet.oddFooter.center.text = '&"宋体,常规"&12&K000000Page &P of &N'
            sheet.evenFooter.right.text = "&D &T &F &G - &P -"
        book.custom_doc_props.append(StringProperty(name="KSOProductBuildVer", value="2052-12.1.0.16929"))
        book.custom_doc_props.append(StringProperty(name="ICV", value="4F5A2C"))
        book.custom_doc_props.append(StringProperty(name="AppVersion", value="16.0300"))
        book.custom_doc_props.append(BoolProperty(name="LinksUpToDate", value=False))
        book.custom_doc_props.append(StringProperty(name="MSIP_Label_1f_Name", value="公司内部"))
        book.properties.creator, book.properties.lastModifiedBy = "王工", "王工"
        for name, value in (
            ("_xlfn.IFERROR", "#NAME?"),
            ("solver_num", "0"),
            ("损坏", "#REF!"),
            ("税率", "'核算设置'!$C$10"),
        ):
            book.defined_names[name] = DefinedName(name, attr_text=value)

    assert edited(edit) == []


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", FORMATS)
def test_nothing_is_said_of_what_libreoffice_saves(kind: str, tmp_path: Path) -> None:
    (saved,) = converted([FILLED], kind, tmp_path, tmp_path / "profile").values()
    assert told(read_workbook(saved).findings) == []


# --- what somebody wrote ----------------------------------------------------------------------------------------------


def test_heads_and_feet_of_pages_are_told_once() -> None:
    def edit(book: Workbook) -> None:
        for sheet in book.worksheets[:4]:
            sheet.oddHeader.center.text = "&B腾飞电气 R&&D"
        book["产品生产"].firstHeader.left.text = "另有柴油 500 L"
        book["产品生产"].evenFooter.right.text = "&8模板版本 1.1 补充：用电不含宿舍"

    assert edited(edit) == [
        ("填写说明", "页眉、页脚", 6, "腾飞电气 R&D”、“模板版本 1.1 补充：用电不含宿舍”、“另有柴油 500 L")
    ]


def test_constants_and_remarks_in_names_are_told() -> None:
    def edit(book: Workbook) -> None:
        book.defined_names["电力因子"] = DefinedName("电力因子", attr_text="0.5777*1000")
        book.defined_names["说明"] = DefinedName("说明", attr_text='"另有柴油 500 L"')
        book.defined_names["隐藏"] = DefinedName("隐藏", attr_text="1", hidden=True)
        book.defined_names["wbe_study_company"].comment = "集团名称"

    assert edited(edit) == [
        (
            "",
            "名称（定义的名称、视图、保护区域）",
            3,
            'wbe_study_company: 集团名称”、“电力因子 = 0.5777*1000”、“说明 = "另有柴油 500 L"',
        )
    ]


@pytest.mark.parametrize(
    ("formula", "answer"),
    [
        ("12", True), ("-1.5E3", True), ('"x"', True), ('"say ""A1"""', True), ("{1,2;3,4}", True), ("(1+2)%", True),
        ("Sheet1!$A$1", False), ("'表 1'!$A$1:$B$2", False), ("#REF!", False), ("SUM(1,2)", False), ("", False),
        ('"a"&Sheet1!$A$1', False), ("TRUE", False), ("NOW()", False), ("甲+1", False),
    ],
)  # fmt: skip
def test_which_names_hold_something_themselves(formula: str, answer: bool) -> None:  # noqa: FBT001 - an answer
    assert is_constant("甲", formula) is answer


def test_a_changed_message_is_told_at_its_cell() -> None:
    def edit(book: Workbook) -> None:
        for rule in book["产品生产"].data_validations.dataValidation[:2]:
            rule.prompt = "二车间的电费单在财务处，三月份漏记 1200 度"
        book["基本信息"].add_data_validation(
            DataValidation(sqref="C6 C8", error="只能填集团名称", showErrorMessage=True)
        )

    assert edited(edit) == [
        ("基本信息!C6", "单元格的输入提示或出错提示", 2, "只能填集团名称”、“二车间的电费单在财务处，三月份漏记 1200 度")
    ]


def test_what_is_written_into_the_documents_properties_is_told() -> None:
    def edit(book: Workbook) -> None:
        properties = book.properties
        properties.title, properties.subject, properties.keywords = "腾飞分支箱数据", "", "碳足迹"
        properties.description = "电量不含宿舍"
        book.custom_doc_props.append(IntProperty(name="全年用电（度）", value=120000))

    (found,) = edited(edit)
    assert found[:3] == ("", "文档属性（标题、关键词、备注等）", 4)
    assert found[3] == "腾飞分支箱数据”、“电量不含宿舍”、“碳足迹"


def test_the_manager_in_the_properties_is_told_and_the_company_is_not() -> None:
    changed = "<Manager>见纸质台账</Manager><Company>联想（北京）有限公司</Company>"
    assert replaced(r"docProps/app\.xml", "<AppVersion>", f"{changed}<AppVersion>")[0][2:] == (1, "见纸质台账")


def test_messages_of_a_newer_template_are_not_compared() -> None:
    def edit(book: Workbook, version: str | None) -> None:
        book["填写说明"]["B2"] = version
        book["产品生产"].data_validations.dataValidation[0].prompt = "另一版的提示"

    assert edited(lambda book: edit(book, "7.0")) == []
    assert len(edited(lambda book: edit(book, "1.0"))) == 1
    assert len(edited(lambda book: edit(book, None))) == 1  # the sheet that states it was deleted


def test_the_finding_is_a_note() -> None:
    book = openpyxl.load_workbook(FILLED)
    book.properties.keywords = "碳足迹"
    buffer = io.BytesIO()
    book.save(buffer)
    (found,) = (f for f in bind(open_bytes(buffer.getvalue())).findings if f.code == "beside-not-read")
    assert found.severity is Severity.NOTE


# --- in other formats -------------------------------------------------------------------------------------------------


def _written(book: Workbook) -> None:
    book["产品生产"].oddHeader.center.text = "&B腾飞电气 R&&D"
    book["产品生产"].oddFooter.right.text = "&8第 &P 页 电量不含宿舍"
    book["使用"].data_validations.dataValidation[0].prompt = "三月份漏记\n1200 度"
    book["使用"].data_validations.dataValidation[1].error = "只填电表读数"
    book.defined_names["电力因子"] = DefinedName("电力因子", attr_text="0.5777*1000")
    book.defined_names["说明"] = DefinedName("说明", attr_text='"另有柴油 500 L"')
    book.properties.keywords, book.properties.description = "碳足迹", "电量不含宿舍"
    book.custom_doc_props.append(StringProperty(name="台账", value="见二车间"))


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", FORMATS)
def test_what_is_written_is_told_in_every_format(kind: str, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(FILLED)
    _written(book)
    book.save(tmp_path / "written.xlsx")
    (saved,) = converted([tmp_path / "written.xlsx"], kind, tmp_path / "out", tmp_path / "profile").values()
    found = {
        place: (count, sorted(typed.split("”、“"))) for _, place, count, typed in told(read_workbook(saved).findings)
    }  # type: ignore[attr-defined]
    assert found == {
        "页眉、页脚": (2, ["第 页 电量不含宿舍", "腾飞电气 R&D"]),
        "单元格的输入提示或出错提示": (2, ["三月份漏记 1200 度", "只填电表读数"]),
        "名称（定义的名称、视图、保护区域）": (2, ["电力因子 = 0.5777*1000", '说明 = "另有柴油 500 L"']),
        "文档属性（标题、关键词、备注等）": (3, ["台账: 见二车间", "电量不含宿舍", "碳足迹"]),
    }


def wide(*texts: str) -> bytes:
    return b"".join(binary.wide(text) if text else struct.pack("<I", 0xFFFFFFFF) for text in texts)


def xlsb_name(name: str, tokens: bytes, scope: int = 0xFFFFFFFF, remark: str = "", flags: int = 0) -> bytes:
    """Return a BrtName, [MS-XLSB] 2.4.725: flags, key, sheet, name, tokens, what they need beside, remark."""
    formula = struct.pack("<I", len(tokens)) + tokens + bytes(4)
    return binary.record(39, struct.pack("<IBI", flags, 0, scope) + binary.wide(name) + formula + wide(remark))


def xlsb(*of_book: bytes, of_sheet: bytes = b"", more: Mapping[str, str] | None = None) -> Book:
    """Return the book of an .xlsb of the sheets 甲 and 乙, with further records."""
    listed = b"".join(
        binary.record(156, struct.pack("<II", 0, n) + wide(f"rId{n}", name)) for n, name in enumerate("甲乙", 1)
    )
    parts = {"xl/workbook.bin": listed + b"".join(of_book), **(more or {})}
    sheet = binary.sheet(binary.row(1), binary.cell(5, 1, struct.pack("<d", 1))) + of_sheet
    opened = open_bytes(binary.workbook({"甲": sheet, "乙": binary.sheet()}, more=parts))
    assert opened.book, opened.findings
    return opened.book


def token(kind: int, layout: str = "", *values: float) -> bytes:
    return bytes([kind]) + struct.pack(f"<{layout}", *values)


WORDS = "另有柴油"
TEXT_TOKEN = token(0x17, "H", len(WORDS)) + WORDS.encode("utf-16-le")
SHEETS = (  # references 0 and 1 mean the second sheet and a sheet of another book
    binary.record(355, bytes(8)) + binary.record(357)
    + binary.record(362, struct.pack("<I6i", 2, 1, 1, 1, 0, 0, 0))
)  # fmt: skip


@pytest.mark.parametrize(
    ("tokens", "formula"),
    [
        (token(0x1E, "H", 12), "12"), (token(0x1F, "d", 0.5777), "0.5777"), (TEXT_TOKEN, '"另有柴油"'),
        (token(0x1F, "d", 0.5) + token(0x1E, "H", 1000) + token(5), "0.5*1000"),
        (token(0x1E, "H", 3) + token(0x13), "-3"), (token(0x1E, "H", 3) + token(0x14), "3%"),
        (token(0x3A, "HIH", 0, 5, 2), "'乙'!$C$6"), (token(0x5A, "HIH", 0, 5, 0xC002), "'乙'!C6"),
        (token(0x3B, "H2I2H", 0, 4, 4, 1, 15), "'乙'!$B$5:$P$5"), (token(0x3D, "14x"), "#REF!"),
        (token(0x3A, "HIH", 1, 5, 2), "'[1]'!$C$6"), (token(0x3A, "HIH", 9, 5, 2), None),  # another book, no book
        (token(0x21, "H", 10), "NA()"), (token(5), None), (token(0x1E), None), (b"", None),  # a function, and breaks
    ],
)  # fmt: skip
def test_names_of_an_xlsb_are_read_from_their_tokens(tokens: bytes, formula: str | None) -> None:
    book = xlsb(SHEETS, xlsb_name("某", tokens), xlsb_name("某", tokens, scope=0))
    assert book.names == ({"某": formula, "'甲'!某": formula} if formula else {})


def test_what_names_of_an_xlsb_hold_is_told() -> None:
    number = token(0x1F, "d", 0.5777)
    book = xlsb(
        SHEETS, xlsb_name("因子", number), xlsb_name("暗", number, flags=1), xlsb_name("_xlfn.X", number),
        xlsb_name("表", token(0x3A, "HIH", 0, 5, 2), remark="见二车间"),
    )  # fmt: skip
    assert [each.text for each in book.beside] == ["因子 = 0.5777", "表: 见二车间"]


def test_pages_messages_and_properties_of_an_xlsb_are_told() -> None:
    margins = binary.record(479, bytes(2) + wide("&C腾飞电气", "", "", "", "", "首页"))
    area = struct.pack("<I4I", 1, 8, 20, 2, 2)
    rule = binary.record(64, bytes(4) + area + wide("", "只填电表读数", "提示", "三月份漏记"))
    core = "<p><title>分支箱</title></p>"
    book = xlsb(of_sheet=margins + rule, more={"docProps/core.xml": core})
    assert [(each.place, each.text, each.sheet, each.area) for each in book.beside] == [
        ("margin", "&C腾飞电气", "甲", ""), ("margin", "首页", "甲", ""), ("prompt", "只填电表读数", "甲", "C9"),
        ("prompt", "提示", "甲", "C9"), ("prompt", "三月份漏记", "甲", "C9"), ("property", "分支箱", "", ""),
    ]  # fmt: skip


def test_broken_records_beside_the_cells_of_an_xlsb_take_nothing_away() -> None:
    whole = xlsb_name("因子", token(0x1E, "H", 1))
    for length in range(2, len(whole)):
        xlsb(binary.record(39, whole[2:length]), of_sheet=binary.record(64, whole[:length]) + binary.record(479))


def test_names_of_an_xlsb_that_mark_the_template_find_its_cells() -> None:
    book = xlsb(SHEETS, xlsb_name("wbe_study_company", token(0x3A, "HIH", 0, 5, 2)))
    assert name_targets(book, spec_index(COLLECTION)) == {("乙", 6): Mark("field", "study.company", 3)}


# --- and cannot hold anybody up ---------------------------------------------------------------------------------------


def test_texts_beside_the_cells_count_like_any_other() -> None:
    header = f"<headerFooter><oddHeader>{'长' * 600}</oddHeader></headerFooter>"
    rules = "".join(f'<dataValidation prompt="{n:04d}" sqref="A1"/>' for n in range(200))
    limits = Limits(text_characters=500)
    for after in (header, f"<dataValidations>{rules}</dataValidations>"):
        opened = open_bytes(one_sheet_after(after), limits)
        assert [f.code for f in opened.findings] == ["text-too-much"]


def one_sheet_after(after: str) -> bytes:
    return zipped(workbook_parts({"表": sheet_xml("", after=after)}))


def test_the_same_message_at_many_cells_is_kept_once() -> None:
    rules = "".join(f'<dataValidation prompt="同一句" sqref="A{n}"/>' for n in range(1, 5000))
    opened = open_bytes(one_sheet_after(f"<dataValidations>{rules}</dataValidations>"), Limits(text_characters=500))
    assert opened.book is not None
    assert [(each.text, each.area) for each in opened.book.beside] == [("同一句", "A1")]


def test_properties_with_a_document_type_are_refused() -> None:
    parts = workbook_parts({"表": sheet_xml('<row r="1"><c><v>1</v></c></row>')})
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><p><title>&a;</title></p>'
    assert [f.code for f in open_bytes(zipped({**parts, "docProps/core.xml": bomb})).findings] == ["file-unsafe"]
