"""Cell for cell against openpyxl: values and formulas, on generated workbooks and on real odd ones.

Where the two differ, the difference is listed here with its reason; one that is not, fails.
"""

from __future__ import annotations

import io
import random
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.formula import ArrayFormula

from tests.intake.oracle import Difference, differences
from tests.intake.parts import sheet_xml, strings_xml, styles_xml, workbook_parts, zipped
from workbook_engine.intake.open import open_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

ODD = Path(__file__).resolve().parents[3] / "shared" / "odd-workbooks"
EXAMPLES = Path(__file__).resolve().parents[2] / "example_workbooks"


def is_empty_text(difference: Difference) -> bool:
    """An empty text is no content to us and '' to openpyxl; a formula's empty result is '' to us and None to it."""
    return difference.ours is None or difference.theirs is None or difference.ours[1] == difference.theirs[1]


def is_escape(difference: Difference) -> bool:
    """openpyxl leaves the `_x000D_` of an inline text as it is stored."""
    return bool(difference.ours and difference.theirs and "_x000D_" in str(difference.theirs[0]))


def is_strict(difference: Difference) -> bool:
    """openpyxl reads the Strict variant of the format as no sheets at all."""
    return difference.theirs is None


EXPLAINED: dict[str, Callable[[Difference], bool]] = {
    "apache-poi__59746_NoRowNums.xlsx": is_empty_text,
    "apache-poi__ElapsedFormatTests.xlsx": is_empty_text,
    "apache-poi__FormulaEvalTestData_Copy.xlsx": is_empty_text,
    "phpspreadsheet__issue.4312c.xlsx": is_empty_text,
    "tafia-calamine__issue446.xlsx": is_empty_text,
    "tafia-calamine__has_x000D_inline.xlsx": is_escape,
    "closedxml__universal-content-strict.xlsx": is_strict,
    "phpspreadsheet__issue.3843a.template.xlsx": is_strict,
    "tafia-calamine__strict_iso_paths.xlsx": is_strict,
}
NOT_READ_BY_OPENPYXL = {"tafia-calamine__pivots.xlsx": "openpyxl raises TypeError on its pivot cache"}


def readable(folder: Path) -> list[Path]:
    """Return the files of a folder that are .xlsx or .xlsm by name and content."""
    files = sorted(path for path in folder.rglob("*.xls[xm]") if path.read_bytes()[:2] == b"PK")
    return [path for path in files if open_bytes(path.read_bytes()).book]


@pytest.mark.skipif(not ODD.is_dir(), reason="the odd workbooks are not beside the repository")
def test_real_odd_workbooks_read_as_openpyxl_reads_them() -> None:
    read = [path for path in readable(ODD) if path.name not in NOT_READ_BY_OPENPYXL]
    assert len(read) >= 35
    for path in read:
        data = path.read_bytes()
        book = open_bytes(data).book
        assert book
        explained = EXPLAINED.get(path.name)
        found = differences(data, book)
        assert [each for each in found if not (explained and explained(each))] == [], path.name
        assert bool(found) == bool(explained), f"{path.name} has no difference any more"


@pytest.mark.skipif(not ODD.is_dir(), reason="the odd workbooks are not beside the repository")
def test_the_same_cells_of_real_odd_workbooks_are_struck_through() -> None:
    seen = 0
    for path in [path for path in readable(ODD) if path.name not in NOT_READ_BY_OPENPYXL]:
        opened = open_bytes(path.read_bytes())
        ours = {(f.where.sheet, f.where.row, f.where.column) for f in opened.findings if f.code == "cell-struck-out"}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl will not write again
            book = openpyxl.load_workbook(path)
        theirs = {
            (sheet.title, *place)
            for sheet in book.worksheets
            for place, cell in sheet._cells.items()
            if cell.value is not None and cell.font.strike
        }
        assert ours == theirs, path.name
        seen += len(ours)
    assert seen >= 5


@pytest.mark.skipif(not list(EXAMPLES.rglob("*.xlsx")), reason="no example workbooks yet")
def test_example_workbooks_read_as_openpyxl_reads_them() -> None:
    for path in readable(EXAMPLES):
        data = path.read_bytes()
        book = open_bytes(data).book
        assert book
        assert [each for each in differences(data, book) if not is_empty_text(each)] == [], path.name


@pytest.mark.parametrize("seed", range(25))
def test_generated_sheets_read_as_openpyxl_reads_them(seed: int) -> None:
    data = generated(random.Random(seed))  # noqa: S311 - a repeatable choice
    opened = open_bytes(data)
    assert opened.book
    assert opened.findings == ()
    assert differences(data, opened.book) == []


FORMULAS = (
    "F6*G6", "SUM($A$1:F6)", 'F6&amp;"F6"', "'O''Brien'!F6+表!$G6", "LOG10(F6)", "F$6+$F6", "SUM(F:F)+SUM(6:6)",
    "IF(F6&gt;1E5,F6,-F6)", '_xlfn.CONCAT(F6,"a ""b""")', "INDEX(F6:G9,2,1)%", "tax_F6+F6",
)  # fmt: skip


def generated(chance: random.Random) -> bytes:
    """Return a workbook as no program writes it, of all types of cells, with and without addresses."""
    sheets = {name: sheet_xml("".join(_rows(chance))) for name in ("表", "Sheet 2", "O'Brien")}
    strings = strings_xml("<t>电力</t>", "<r><t>柴</t></r><r><t> 油</t></r>", '<t xml:space="preserve"> a </t>')
    styles = styles_xml("yyyy-mm-dd", 14, "0.00", "[h]:mm", 'yyyy"年"m"月"', "h:mm")
    return zipped(workbook_parts(sheets, strings=strings, styles=styles))


def _rows(chance: random.Random) -> list[str]:
    rows = []
    for shared, number in enumerate(sorted(chance.sample(range(1, 60), 25))):
        cells = "".join(_cell(chance, number, column) for column in sorted(chance.sample(range(8, 24), 9)))
        formula = chance.choice(FORMULAS)
        master = f'<c r="X{number}"><f t="shared" ref="X{number}:AB{number}" si="{shared}">{formula}</f><v>1</v></c>'
        dependents = "".join(
            f'<c r="{letters}{number}"><f t="shared" si="{shared}"/><v>2</v></c>' for letters in ("Y", "Z", "AA", "AB")
        )
        rows.append(f'<row r="{number}" spans="1:3">{cells}{master}{dependents}</row>')
    return rows


def _cell(chance: random.Random, row: int, column: int) -> str:
    address = f' r="{chr(64 + column)}{row}"'
    style = chance.choice(("", "", ' s="1"', ' s="3"', ' s="4"', ' s="5"', ' s="6"'))
    number = chance.choice(("0", "1", "12.5", "45658", "0.75", "1234.000001", "100"))
    return chance.choice((
        f"<c{address}{style}><v>{number}</v></c>",
        f"<c{address}{style}><f>{number}*2</f><v>{number}</v></c>",
        f'<c{address} t="s"><v>{chance.randrange(3)}</v></c>',
        f'<c{address} t="inlineStr"><is><t>直接</t></is></c>',
        f'<c{address} t="str"><f>A1&amp;B1</f><v>结果</v></c>',
        f'<c{address} t="b"><v>{chance.randrange(2)}</v></c>',
        f'<c{address} t="e"><f>1/0</f><v>#DIV/0!</v></c>',
        f"<c{address}><f>A1+1</f></c>",
        f"<c{address}><f>A1+2</f><v></v></c>",
        f"<c{address}{style}/>",
    ))  # fmt: skip


def test_what_xlsxwriter_and_openpyxl_write_reads_alike() -> None:
    for data in (_by_xlsxwriter(), _by_openpyxl()):
        opened = open_bytes(data)
        assert opened.book
        assert [each for each in differences(data, opened.book) if not is_array_member(each)] == []


def is_array_member(difference: Difference) -> bool:
    """Cells under an array formula carry its text here, as Excel shows it; openpyxl gives it to the first alone."""
    return bool(difference.ours and difference.ours[1] == "B1:B3*2" and difference.theirs and not difference.theirs[1])


def _by_xlsxwriter() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        date = workbook.add_format({"num_format": "yyyy/m/d"})
        sheet = workbook.add_worksheet("生产 数据")
        sheet.write_row(0, 0, ["项目", 1.5, True, "a\nb", "_x000D_"])
        sheet.write_number(1, 0, 45658, date)
        sheet.write_formula(1, 1, "=SUM(B1:B1)", None, 1.5)
        sheet.write_formula(1, 2, '=IF(B1>1,"",2)', None, "x")
        sheet.write_array_formula("D4:D6", "{=B1:B3*2}", None, 3)
        sheet.merge_range("A8:C9", "合并")
        sheet.write_rich_string("A11", "a", date, "b", "c")
    return buffer.getvalue()


def _by_openpyxl() -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(["=1200*12", 2.5, "文本", None, False, "#REF!"])
    sheet["C5"] = ArrayFormula("C5:C7", "=B1:B3*2")
    sheet["D9"] = "=C5"
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()
