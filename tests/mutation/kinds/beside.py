"""What stands where nobody reads: beside the cells, over the live check, on the template's hidden sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutation.kinds.registry import moved
from tests.mutation.kinds.tools import NEWER, any_sheet, own_sheets
from tests.mutation.rawbook import NotApplicableError

if TYPE_CHECKING:
    from tests.mutation.case import Case
    from tests.mutation.rawbook import RawSheet

WORDS = ("另有柴油 500 L 未填", "三月份漏记 1200 度", "电量不含宿舍")


@moved("words at the head of a sheet's pages")
def _(case: Case) -> None:
    sheet = any_sheet(case)
    sheet.edit("<oddHeader>.*?</oddHeader>", f"<oddHeader>&amp;C{case.quoted(case.rng.choice(WORDS))}</oddHeader>")
    case.said("beside-not-read")


@moved("words at the foot of even pages")
def _(case: Case) -> None:
    sheet = any_sheet(case)
    sheet.edit("<headerFooter[^>]*>", '<headerFooter differentOddEven="1">')
    words = case.quoted(case.rng.choice(WORDS), but=".xls")
    blank = "(?:<evenHeader></evenHeader>)?(?:<evenFooter></evenFooter>)?"
    sheet.edit(f"</oddFooter>{blank}", f"</oddFooter><evenFooter>&amp;R{words}</evenFooter>")
    case.said("beside-not-read")


def _with_known_messages(case: Case) -> None:
    """What a newer template's own messages say is not known, and so none is told: that it is newer is told instead."""
    if NEWER in case.applied:
        raise NotApplicableError


@moved("another input message")
def _(case: Case) -> None:
    _with_known_messages(case)
    any_sheet(case).edit(' prompt="[^"]*"', f' prompt="{case.quoted(case.rng.choice(WORDS))}"')
    case.said("beside-not-read")


@moved("another error alert")
def _(case: Case) -> None:
    _with_known_messages(case)
    any_sheet(case).edit(' error="[^"]*"', f' error="{case.quoted(case.rng.choice(WORDS))}"')
    case.said("beside-not-read")


@moved("a constant in a name")
def _(case: Case) -> None:
    held = case.rng.choice(["0.5777", '"另有柴油 500 L"', "1200*12"])
    case.book.names.append(({"name": "用电量"}, held))
    case.said("beside-not-read")


@moved("words in the document's properties")
def _(case: Case) -> None:
    part = "docProps/core.xml"
    properties = case.book.parts.get(part, b"").decode()
    if "</cp:coreProperties>" not in properties:
        raise NotApplicableError
    words = f'<d:description xmlns:d="http://purl.org/dc/elements/1.1/">{case.quoted(case.rng.choice(WORDS))}</d:description>'
    written = f"{words}</cp:coreProperties>"
    case.book.parts[part] = properties.replace("</cp:coreProperties>", written).encode()
    case.said("beside-not-read")


@moved("words over the live check")
def _(case: Case) -> None:
    sheet = next((sheet for sheet in case.book.sheets if sheet.name in ("填写说明", "Instructions")), None)
    if sheet is None:
        raise NotApplicableError
    case.claim(sheet)
    checks = [row for row in sheet.rows.values() if (state := row.cells.get(3)) and state.formula is not None]
    if not checks:
        raise NotApplicableError
    cell = case.rng.choice(checks).put(case.rng.choice([3, 4, 5]), case.quoted(case.rng.choice(WORDS)))
    case.mentioned(cell, sheet)


@moved("words over the line under a sheet's title")
def _(case: Case) -> None:
    sheet = any_sheet(case)
    row = next((row for row in sheet.rows.values() if row.text(1) == "wbe:aside:state"), None)
    if row is None:
        raise NotApplicableError
    case.mentioned(row.put(2, case.quoted(case.rng.choice(WORDS))), sheet)


@moved("words on the hidden sheet of lists")
def _(case: Case) -> None:
    _type(case, _own(case, "列表", "Lists"), case.rng.choice([(2, 6), (60, 6), (5, 15), (3, 2), (500, 7)]))


@moved("words on the hidden sheet of counts")
def _(case: Case) -> None:
    _type(case, _own(case, "检查", "Checks"), case.rng.choice([(5, 2), (5, 3), (6, 4), (7, 8), (400, 2)]))


def _own(case: Case, *names: str) -> RawSheet:
    found = next((sheet for sheet in own_sheets(case) if sheet.name in names), None)
    if found is None:
        raise NotApplicableError
    case.claim(found)
    return found


def _type(case: Case, sheet: RawSheet, place: tuple[int, int]) -> None:
    row, column = place
    case.mentioned(sheet.row(row).put(column, case.quoted(case.rng.choice(WORDS))), sheet)
