"""Texts beside the cells that are neither the template's nor a program's.

They stand at the head or foot of pages, in messages of cells, in defined names, in properties of the document.

One finding for each place, so that a company that writes its name at the head of every sheet is told so once.
"""

from __future__ import annotations

import functools
import re
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote

from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Finding
from workbook_engine.grid import Beside
from workbook_engine.intake.formulas import area_of
from workbook_engine.intake.values import unescaped
from workbook_engine.patterns import pattern
from workbook_engine.spec.messages import is_own_message
from workbook_engine.spec.words import STATES, VERSION
from workbook_engine.texts import Text
from workbook_engine.traditional import simplified

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from workbook_engine.grid import Book, Unread
    from workbook_engine.spec.schema import TemplateSpec

_PLACES = {
    "margin": Text("页眉、页脚", "heads and feet of pages"),
    "prompt": Text("单元格的输入提示或出错提示", "input messages or error alerts of cells"),
    "name": Text("名称（定义的名称、视图、保护区域）", "names (defined names, views, protected ranges)"),
    "formula": Text("公式（N 函数）", "formulas (function N)"),
    "property": Text("文档属性（标题、关键词、备注等）", "properties of the document (title, keywords, comments)"),
    "drawing": Text(
        "图表、SmartArt、控件，或图片、表格的说明", "charts, diagrams, controls or descriptions of pictures and tables"
    ),
    "choices": Text("下拉列表的选项", "choices of drop-down lists"),
    "guide": Text("拼音指南", "phonetic guides"),
    "condition": Text("条件格式的条件", "conditions of conditional formats"),
    "label": Text("表格（超级表）的名称、标签", "names and labels of tables"),
    "link": Text("超链接的屏幕提示", "tips of hyperlinks"),
    "target": Text("超链接或外部链接的地址", "targets of links that lead out of the workbook"),
    "tab": Text("页签名称", "names of sheets"),
    "scenario": Text("方案管理器", "the scenario manager"),
}
_MOST, _LONGEST = 3, 40  # texts that a message repeats, and characters of each
_LONGEST_LIST = 8  # sheets
_IN_CELLS = Text("单元格中", "in cells")

# Codes in the head or foot of a page (ECMA-376 part 1, 18.3.1.46): section, font, size, colour, look, fields.
_CODES = pattern(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K[0-9]{2}[+-][0-9]{3}|[0-9]+|[A-Za-z])')
_AMPERSAND = "\0"  # which no XML holds, in the place of "&&"
_VERSION = pattern(rf"(?:{VERSION.zh}|{VERSION.en})[0-9.]+")
_SECTION = pattern(r"&[LCR]", re.IGNORECASE)
_NUMBERING = pattern(
    r"第|页码?|共|总|of|pages?|[^\w]|_", re.IGNORECASE
)  # words and signs that stand about page numbers
_IN_TABS = pattern(r"[\W\d_]|副本|填写|已填|修改|更新|最终|版|表|页|copy|sheet|final|new|v(?=\d)", re.IGNORECASE)
_SCHEME = pattern(r"^(?:mailto:|https?://|ftp://|file:/*)")
_OWN_CONDITIONS = frozenset(word for state in STATES for word in state)
_WORD = 2  # characters that say something
_NO_TITLES = {"untitled spreadsheet"}  # what PhpSpreadsheet writes where nothing is said


def beside_findings(book: Book, spec: TemplateSpec, *, is_known_version: bool, from_results: bool) -> Iterator[Finding]:
    """Yield a finding for each place in which texts stand that are not the template's.

    Of a results workbook only names are looked at: the rest is this program's. The messages of a newer template are not
    known.
    """
    written = functools.cache(functools.partial(_written, spec))  # most sheets have the same head and foot, and most
    is_own = functools.cache(functools.partial(is_own_message, spec))  # columns the same messages
    cells = _Cells(book)
    found: dict[str, list[Beside]] = {}
    for each in book.beside:
        if each.place == "choices" or (from_results and each.place != "name"):
            continue  # the former are told by who knows the library, intake/listed_words.py
        if each.place == "prompt" and (not is_known_version or is_own(each.text)):
            continue
        if each.place == "property" and (each.text in spec.title or each.text.casefold() in _NO_TITLES):
            continue
        if each.place == "margin" and not written(each.text):
            continue
        if (each.place == "condition" and each.text in _OWN_CONDITIONS) or cells.say(each):
            continue
        found.setdefault(each.place, []).append(each)
    if not from_results and (tabs := list(_tabs(book, spec))):
        found["tab"] = tabs
    if pictures := found.pop("picture", []):
        pictures.sort(key=lambda each: not each.area)  # first those whose cell is known
        places = list(dict.fromkeys(where for each in pictures if (where := _where(each))))
        listed = "、".join(map(str, places[:_LONGEST_LIST]))
        params: dict[str, object] = {"count": len(pictures), "sheets": listed or _IN_CELLS}
        yield Finding(catalogue.PICTURE_NOT_READ, places[0] if places else None, params)
    for place, texts in found.items():
        shown = [_as_shown(each, written) for each in texts]
        yield _told(place, texts, shown)


def unread_findings(book: Book) -> Iterator[Finding]:
    """Yield one finding on all parts of the workbook that nobody reads, each kind once."""
    if not book.unread:
        return
    sheets = {each.sheet for each in book.unread}
    sheet = sheets.pop() if len(sheets) == 1 else ""  # else each says its own
    kinds: dict[Text, dict[Text, None]] = {}
    for each in book.unread:
        said = kinds.setdefault(each.kind, {})
        if (name := _named(each, sheet)).zh:
            said.setdefault(name)
    told = [_part(kind, list(said)) for kind, said in kinds.items()]
    parts = Text("；".join(text.zh for text in told), "; ".join(text.en for text in told))
    yield Finding(catalogue.PARTS_NOT_READ, CellRef(sheet) if sheet else None, {"parts": parts})


def _named(each: Unread, sheet: str) -> Text:
    """Return the name of a part, with the sheet that it is on where the finding has another place."""
    name = f"“{_short(each.text)}”" if each.text else ""
    if not each.sheet or each.sheet == sheet:
        return Text(name, name)
    return Text(f"{name}（{each.sheet}）", f"{name} ({each.sheet})".strip())


def _part(kind: Text, said: list[Text]) -> Text:
    if not said:
        return kind
    more = Text("等", " and more") if len(said) > _MOST else Text("", "")
    zh, en = "、".join(name.zh for name in said[:_MOST]), ", ".join(name.en for name in said[:_MOST])
    return Text(f"{kind.zh}{zh}{more.zh}", f"{kind.en} {en}{more.en}")


def told_choices(lists: list[tuple[Beside, list[str]]]) -> Finding:
    """Return the finding on lists that offer words of somebody's own."""
    return _told("choices", [each for each, _ in lists], [word for _, words in lists for word in words])


def _told(place: str, texts: list[Beside], shown: Iterable[str]) -> Finding:
    typed = "”、“".join(_short(text) for text in islice(dict.fromkeys(shown), _MOST))
    params = {"place": _PLACES[place], "count": len(texts), "typed": typed}
    return Finding(catalogue.BESIDE_NOT_READ, _where(texts[0]), params)


def _tabs(book: Book, spec: TemplateSpec) -> Iterator[Beside]:
    """Yield the tabs that say something beside the title of a sheet: 产品生产（不含二车间）."""
    titles = sorted((title for sheet in spec.sheets for title in sheet.title), key=len, reverse=True)
    for sheet in book.sheets:
        name = simplified(sheet.name)
        title = next((title for title in titles if title in name), "")
        if title and len(_IN_TABS.sub("", name.replace(title, "", 1))) >= _WORD:
            yield Beside("tab", sheet.name, sheet.name)


def _as_shown(each: Beside, written: Callable[[str], str]) -> str:
    if each.place in {"target", "formula"} and each.area:
        return f"{each.area}: {each.text}"
    return written(each.text) if each.place == "margin" else each.text


class _Cells:
    """Tells what cells say, too: an address that a program made a link of, a heading of a table, says nothing more."""

    def __init__(self, book: Book) -> None:
        self._sheets = {sheet.name: sheet for sheet in book.sheets}
        self._texts: dict[str, dict[tuple[int, int], str]] = {}
        self._said: dict[str, set[str]] = {}

    def say(self, each: Beside) -> bool:
        """Tell whether a target of a link or a label of a table stands in cells."""
        if each.place == "target":
            return self._show(each)
        return each.place == "label" and self._hold(each)

    def _show(self, link: Beside) -> bool:
        """Tell whether the cell of a link shows where it leads."""
        area = area_of(link.area)
        if area is None:
            return False
        texts = self._texts_of(link.sheet)
        shown = _bare(texts.get((area.first_row, area.first_column), ""))
        return _bare(link.text) in shown

    def _hold(self, label: Beside) -> bool:
        """Tell whether a cell of the sheet says what a label says, whatever its blanks."""
        if label.sheet not in self._said:
            self._said[label.sheet] = {"".join(text.split()) for text in self._texts_of(label.sheet).values()}
        return "".join(unescaped(label.text).split()) in self._said[label.sheet]

    def _texts_of(self, name: str) -> dict[tuple[int, int], str]:
        if name not in self._texts:
            rows = self._sheets[name].rows() if name in self._sheets else ()
            cells = ((row, column, cell) for row, cells in rows for column, cell in cells.items())
            self._texts[name] = {(row, column): str(cell.value) for row, column, cell in cells if cell.kind == "text"}
        return self._texts[name]


def _bare(text: str) -> str:
    """Return an address without what programs add."""
    return _SCHEME.sub("", unquote(text).casefold().replace("\\", "/")).rstrip("/").strip()


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def _where(first: Beside) -> CellRef | None:
    area = area_of(first.area.partition(" ")[0]) if first.area else None
    if area:
        return CellRef(first.sheet, area.first_row, area.first_column)
    return CellRef(first.sheet) if first.sheet else None


def _written(spec: TemplateSpec, text: str) -> str:
    """Return what somebody wrote at the head or foot of pages, "" where it is the template's, or numbers pages."""
    sections = _SECTION.split(text.replace("&&", _AMPERSAND))
    texts = (" ".join(_CODES.sub(" ", section).replace(_AMPERSAND, "&").split()) for section in sections)
    return " ".join(text for text in texts if not _is_own(spec, text))


def _is_own(spec: TemplateSpec, text: str) -> bool:
    return text in spec.title or bool(_VERSION.fullmatch(text)) or not _NUMBERING.sub("", simplified(text))
