"""How much of everything a workbook may hold, and the refusal of one that holds more.

The figures stand against a survey of 2,554 workbooks of strangers: the largest genuine one had 60 MB unzipped, 1,033
zip entries and 262,000 cells. The consultant can raise each (`--limit NAME=VALUE`); the finding's remedy names it.
"""

from __future__ import annotations

import math
import re
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.errors import OptionError, WorkbookEngineError
from workbook_engine.findings import CellRef, Finding
from workbook_engine.frozen import frozen
from workbook_engine.patterns import pattern
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from workbook_engine.findings import FindingType

MB = 1_000_000
SECONDS_PER_MB = 20.0  # a large genuine workbook may take its time; a small hostile one may not


@frozen
class Limits:
    """The largest workbook that is read. Bytes are counted as they are inflated, never as a file declares them."""

    file_bytes: int = 25 * MB  # the file as it lies on the disk
    part_bytes: int = 200 * MB  # one part of the package, inflated
    total_bytes: int = 300 * MB  # all parts that are read, inflated
    entries: int = 2_000  # entries of the zip directory; relationships of the workbook
    elements: int = 5_000_000  # elements of all parts that are read: two for each of the cells, and a million rows
    xml_depth: int = 256  # elements within elements
    cells: int = 2_000_000  # non-blank cells of the workbook
    sheets: int = 1_100
    names: int = 20_000  # defined names
    merges: int = 20_000  # merged areas of a sheet
    formats: int = 65_490  # cell formats; Excel's own limit
    cell_characters: int = 32_767  # Excel's own limit of one cell
    text_characters: int = 64 * MB  # texts and formulas of the workbook
    memory_bytes: int = 1_500 * MB  # address space of the child that does the risky work
    seconds: float = 30.0  # wall clock, and 20 more for each MB of the file

    def seconds_for(self, size: int) -> float:
        """Return how long a file of `size` bytes may take: longer where it has a size to show for it."""
        return self.seconds + SECONDS_PER_MB * size / MB


DEFAULT_LIMITS = Limits()
_OF_SIZE = ("file_bytes", "part_bytes", "total_bytes", "elements", "cells", "text_characters")
_RESULTS = 10  # a results workbook has some 60 cells for each line that a company filled in


def of_results(limits: Limits) -> Limits:
    """Return how much a results workbook may hold: ten times as much as a returned one."""
    return replace(limits, **{name: _RESULTS * getattr(limits, name) for name in _OF_SIZE})


# attribute -> what it limits, and the finding of a workbook beyond it
LIMITS: dict[str, tuple[Text, FindingType]] = {
    "file_bytes": (Text("文件大小", "size of the file"), catalogue.FILE_TOO_LARGE),
    "part_bytes": (Text("文件内一个部件解压后的大小", "one part of the package, unzipped"), catalogue.PART_TOO_LARGE),
    "total_bytes": (Text("解压后总大小", "all parts that are read, unzipped"), catalogue.PARTS_TOO_LARGE),
    "entries": (Text("文件内部件的个数", "parts of the package"), catalogue.PARTS_TOO_MANY),
    "elements": (Text("文件内部的标记个数", "elements of the inner structure"), catalogue.ELEMENTS_TOO_MANY),
    "xml_depth": (Text("文件内部结构的层数", "levels of the inner structure"), catalogue.XML_TOO_DEEP),
    "cells": (Text("有内容的单元格", "cells with content"), catalogue.CELLS_TOO_MANY),
    "sheets": (Text("工作表", "sheets"), catalogue.SHEETS_TOO_MANY),
    "names": (Text("定义的名称", "defined names"), catalogue.NAMES_TOO_MANY),
    "merges": (Text("每张工作表的合并区域", "merged areas of a sheet"), catalogue.MERGES_TOO_MANY),
    "formats": (Text("单元格格式（Excel 自身的上限）", "cell formats (Excel's own limit)"), catalogue.FORMATS_TOO_MANY),
    "cell_characters": (
        Text("一个单元格的字符（Excel 自身的上限）", "characters of a cell (Excel's own limit)"),
        catalogue.CELL_INVALID,
    ),
    "text_characters": (Text("文字和公式的总字符数", "characters of all texts and formulas"), catalogue.TEXT_TOO_MUCH),
    "memory_bytes": (Text("处理一个工作簿的内存", "memory for one workbook"), catalogue.READING_TOO_HEAVY),
    "seconds": (
        Text("处理一个工作簿的秒数", "seconds for one workbook"),
        catalogue.READING_TOO_SLOW,
    ),
}
_ASSIGNED = pattern(r"(\w+)\s*=\s*([\d.,_]+)\s*(MB|GB|)", re.IGNORECASE)


class Refused(WorkbookEngineError):  # noqa: N818 - it says what became of the workbook, no fault of ours
    """The whole workbook cannot be read; `finding` says why. It never leaves intake: open.py makes it a finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding

    def __reduce__(self) -> tuple[type[Refused], tuple[Finding]]:
        """Travel between processes with the finding."""
        return Refused, (self.finding,)


def damaged(detail_zh: str, detail_en: str) -> Refused:
    """Return the refusal of a file that contradicts itself or breaks off."""
    return Refused(Finding(catalogue.FILE_DAMAGED, params={"detail": Text(detail_zh, detail_en)}))


def exceeded(limits: Limits, attribute: str, sheet: str | None = None, size: int = 0) -> Refused:
    """Return the refusal of a workbook beyond `limits.attribute`; a file of `size` bytes has its seconds for them."""
    where = CellRef(sheet) if sheet else None
    set_to = getattr(limits, attribute)
    value = limits.seconds_for(size) if attribute == "seconds" else set_to
    params = {"limit": readable(attribute, value), "option": attribute, "set": readable(attribute, set_to)}
    return Refused(Finding(LIMITS[attribute][1], where, params))


def readable(attribute: str, value: float) -> str:
    """Return 25 MB for bytes, 2,000,000 for counts, 132 for seconds."""
    if attribute == "seconds" and value >= 10:
        return f"{value:,.0f}"
    return f"{value / MB:,.10g} MB" if attribute.endswith("_bytes") else f"{value:,.10g}"


NO_SUCH_LIMIT = Text("没有叫“{name}”的上限；可用的有 {known}", "{name}: no such limit; there are {known}")
NO_VALUE = Text("“{name}”后面要写数值：{name}=…", "{name}: its value is missing: {name}=…")
NO_COUNT = Text("“{text}”：请写一个大于 0 的数", "{text}: give a number above 0")
NO_SIZE = Text(
    "“{text}”：请写一个大于 0 的数，可带 MB 或 GB", "{text}: give a number above 0, with MB or GB if you like"
)


def parse_limit(text: str) -> tuple[str, float]:
    """Return name and value of `file_bytes=60MB`, `cells=3,000,000`. Raises OptionError, with what is meant."""
    found = _ASSIGNED.fullmatch(text.strip())
    known = {field.name for field in fields(Limits)}
    name = found[1].lower() if found else text.partition("=")[0].strip()
    if name not in known:
        raise OptionError(NO_SUCH_LIMIT.filled(name=name, known=", ".join(sorted(known))))
    if "=" not in text:
        raise OptionError(NO_VALUE.filled(name=name))
    try:
        value = float(found[2].replace(",", "")) if found else math.nan
    except ValueError:
        value = math.nan
    value *= {"": 1, "MB": MB, "GB": 1000 * MB}[found[3].upper() if found else ""]
    if not value > 0 or (found and found[3] and not name.endswith("_bytes")):
        raise OptionError((NO_SIZE if name.endswith("_bytes") else NO_COUNT).filled(text=text))
    return name, value if name == "seconds" else int(value)


def limits_page() -> str:
    """Return the page of all limits, for docs."""
    rows = [
        f"| `{name}` | {readable(name, getattr(DEFAULT_LIMITS, name))} | {text.zh} · {text.en} | `{kind.code}` |"
        for name, (text, kind) in LIMITS.items()
    ]
    return "\n".join([_PAGE_HEAD, *rows, ""])


_PAGE_HEAD = """# Limits 读取上限

How much a workbook may hold, generated from `workbook_engine/intake/limits.py`. A workbook beyond one is not read; the
finding names the limit. Where the workbook is genuine, raise it: `--limit NAME=VALUE`, as often as needed, for every
command that opens returned workbooks (`--limit file_bytes=60MB --limit cells=3000000`); in the library `limits=`.
超过上限的工作簿不读取，问题清单会写明是哪一项；确属正常的文件，用 `--limit 名称=数值` 放宽后再运行。

`seconds` grows by 20 for each MB of the file. A single small workbook is read in the process of the command itself, and
`process()` of the library works in its caller's: there the clock is looked at while the file is read. Larger ones, and
those of a folder, are worked on in a child process, which is ended when its time is over. `memory_bytes` is a limit of
address space, set on that child; it exists on Linux and, in part, on macOS; Windows has none, there the time limit and
the counts hold. What else holds against whatever lies in a folder, and which test would break, is listed in
`tests/intake/test_promises.py`.

| limit | default | what it counts | finding |
|---|---|---|---|"""
