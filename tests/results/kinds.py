"""Every kind of workbook that the program writes, each made as a person would have it made."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
from openpyxl.workbook.defined_name import DefinedName

from tests.books import PRODUCT, line, returned
from tests.compute.test_declared import BREAKER, BREAKER_FIELDS, BREAKER_PRINT, declared
from tests.results import studies
from tests.results.generated import Generator
from tests.results.wood import pallet
from workbook_engine import cli
from workbook_engine.intake.open import Opened
from workbook_engine.model import Sampling
from workbook_engine.pipeline import examine, factor_library, write_results_file
from workbook_engine.results import write_results

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook_engine.grid import Book

EXAMPLES = sorted((Path(__file__).parent.parent.parent / "example_workbooks").glob("*/*.xlsx"))
GROUPS = "monthly,quality,scenarios"
SCENARIOS = [
    {"scenario": "2030 年电网", "target": "电力", "change": "因子改为（数值）", "value": 0.4},
    {"scenario": "少用电", "target": "电力", "change": "数量乘以", "value": 0.8},
]


def command(*words: str) -> None:
    """Run the command line, which must end well."""
    assert cli.main([*words]) == 0


def _run(folder: Path, *options: str) -> None:
    command("run", str(EXAMPLES[0]), "-o", str(folder), *options)


def _worked(folder: Path, language: str) -> None:
    write_results(folder / "results.xlsx", studies.job(), language=language)  # type: ignore[arg-type]


def _of_many_products(folder: Path) -> None:
    write_results(folder / "results.xlsx", Generator(7).job(), language="zh")


def _of_book(book: Book, folder: Path, sampling: Sampling | None = None) -> None:
    """Write the results of a book as the pipeline does."""
    done, _ = examine("returned.xlsx", Opened(book, (), "ab" * 32), factor_library(), sampling)
    write_results_file(folder / "results.xlsx", done, book, factor_library())


def _scenarios(folder: Path) -> None:
    products = [PRODUCT, PRODUCT | {"name": "开关柜", "model": "K2"}]
    tables = {"production": [line(), line(amount=40, product="开关柜")], "scenarios": SCENARIOS}
    book = returned(tables, products=products)
    _of_book(book, folder, Sampling(draws=1000))


def _incomplete(folder: Path) -> None:
    book = returned({"production": [line(), line(amount="待定")]})
    _of_book(book, folder, Sampling(draws=1000))


def _biogenic(folder: Path, *, to_the_grave: bool = True) -> None:
    _of_book(pallet(to_the_grave=to_the_grave), folder, Sampling(draws=1000))


def _declared(folder: Path) -> None:
    """An earlier report was typed in, and is held against the result."""
    rows = [*declared(BREAKER_PRINT, 1317.3597), {"printed_in": "摘要", "stage": "产品处置", "kg_co2e": 5.5401}]
    _of_book(returned(BREAKER | {"declared": rows}, BREAKER_FIELDS), folder)


def _corrected(folder: Path) -> None:
    """Two submissions of a study: the second one's results have a sheet of what was changed."""
    inbox = folder / "inbox"
    inbox.mkdir()
    book = openpyxl.load_workbook(EXAMPLES[0])
    typed = [cell for row in book["产品生产"].iter_rows() for cell in row if isinstance(cell.value, float)]
    for cell in typed:
        cell.value = float(cell.value) * 1.25
    assert typed
    book.save(inbox / "1.xlsx")
    command("diff", str(EXAMPLES[0]), str(inbox / "1.xlsx"), "-o", str(folder / "out"))
    shutil.rmtree(inbox)


def _house(folder: Path) -> None:
    """A layout of the consultant's own, filled in; the results workbook beside it is looked at elsewhere."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "报告"
    sheet["A1"], sheet["B2"] = "产品碳足迹", "=B1*1000"
    book.defined_names["result_total"] = DefinedName("result_total", attr_text="'报告'!$B$1")
    house = folder.parent / f"{folder.name}-house.xlsx"
    book.save(house)
    _run(folder, "--layout", str(house))
    for path in folder.rglob("*.xlsx"):
        if not path.stem.endswith("house"):
            path.unlink()


KINDS: dict[str, Callable[[Path], None]] = {
    "results and overview": lambda folder: _run(folder, "--lang", "zh"),
    "results and overview in English": lambda folder: _run(folder, "--lang", "en"),
    "results with draws": lambda folder: _run(folder, "--draws", "2000"),
    "client's view": lambda folder: _run(folder, "--view", "client"),
    "results of a worked study": lambda folder: _worked(folder, "zh"),
    "results in English": lambda folder: _worked(folder, "en"),
    "results of several products": _of_many_products,
    "results with scenarios": _scenarios,
    "results without a total": _incomplete,
    "results with biogenic CO2": _biogenic,
    "results below zero": lambda folder: _biogenic(folder, to_the_grave=False),
    "results with an earlier report": _declared,
    "results with what was changed": _corrected,
    "house layout": _house,
    "copy for the company": lambda folder: command("correct", str(EXAMPLES[0]), "-o", str(folder / "c.xlsx")),
    "fresh copy for the company": lambda folder: command(
        "correct", str(EXAMPLES[0]), "--fresh", "-o", str(folder / "c.xlsx")
    ),
    "template": lambda folder: command("template", "-o", str(folder / "t.xlsx"), "--include", GROUPS),
    "template in English": lambda folder: command("template", "-o", str(folder / "t.xlsx"), "--lang", "en"),
    "template filled in": lambda folder: command("template", "-o", str(folder / "t.xlsx"), "--from", str(EXAMPLES[0])),
    "factor library": lambda folder: command("library", "-o", str(folder / "l.xlsx")),
}


def made(kind: str, folder: Path) -> list[Path]:
    """Make a kind of workbook in an empty folder and return what was written."""
    KINDS[kind](folder)
    written = sorted(folder.rglob("*.xlsx"))
    assert written
    return written
