"""Every kind of workbook that we write is valid to a port of Microsoft's Open XML SDK: schemas, relations, semantics.

`openxml-audit` is in the extra "dev". It stands beside test_package_validity.py, which knows what no schema says.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.results import studies
from tests.results.generated import Generator
from workbook_engine import cli
from workbook_engine.results import write_results

if TYPE_CHECKING:
    from collections.abc import Callable

openxml_audit = pytest.importorskip("openxml_audit")
EXAMPLES = sorted((Path(__file__).parent.parent.parent / "example_workbooks").glob("*/*.xlsx"))
GROUPS = "monthly,quality,scenarios"


def faults(path: Path) -> list[str]:
    """Return what the validator has against a workbook."""
    result = openxml_audit.OpenXmlValidator(max_errors=0).validate(str(path))
    return [f"{error.part_uri} {error.path}: {error.description}" for error in result.errors]


def _command(*words: str) -> None:
    assert cli.main([*words]) == 0


def _run(folder: Path, *options: str) -> None:
    _command("run", str(EXAMPLES[0]), "-o", str(folder), *options)


def _worked(folder: Path, language: str) -> None:
    write_results(folder / "results.xlsx", studies.job(), language=language)  # type: ignore[arg-type]


def _of_many_products(folder: Path) -> None:
    write_results(folder / "results.xlsx", Generator(7).job(), language="zh")


def _corrected(folder: Path) -> None:
    """Two submissions of a study: the second one's results have a sheet of what was changed."""
    inbox = folder / "inbox"
    inbox.mkdir()
    shutil.copy(EXAMPLES[0], inbox / "1.xlsx")
    _command("diff", str(EXAMPLES[0]), str(inbox / "1.xlsx"), "-o", str(folder / "out"))
    shutil.rmtree(inbox)


WORKBOOKS: dict[str, Callable[[Path], None]] = {
    "results": lambda folder: _run(folder, "--lang", "zh"),
    "results with draws": lambda folder: _run(folder, "--draws", "2000"),
    "client's view": lambda folder: _run(folder, "--view", "client"),
    "results of a worked study": lambda folder: _worked(folder, "zh"),
    "results in English": lambda folder: _worked(folder, "en"),
    "results of several products": _of_many_products,
    "results with what was changed": _corrected,
    "template": lambda folder: _command("template", "-o", str(folder / "t.xlsx"), "--include", GROUPS),
    "template in English": lambda folder: _command("template", "-o", str(folder / "t.xlsx"), "--lang", "en"),
    "template filled in": lambda folder: _command("template", "-o", str(folder / "t.xlsx"), "--from", str(EXAMPLES[0])),
    "factor library": lambda folder: _command("library", "-o", str(folder / "l.xlsx")),
}


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_a_workbook_of_ours_is_valid(kind: str, tmp_path: Path) -> None:
    WORKBOOKS[kind](tmp_path)
    written = sorted(tmp_path.rglob("*.xlsx"))
    assert written
    for path in written:
        assert faults(path) == [], path.name


def test_the_validator_sees_what_excel_would_repair(tmp_path: Path) -> None:
    import zipfile  # noqa: PLC0415 - to break a workbook

    _worked(tmp_path, "zh")
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(tmp_path / "results.xlsx") as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, part.replace(b"<c:plotArea>", b"<c:unknown/><c:plotArea>"))
    assert any("unknown" in fault for fault in faults(broken))
