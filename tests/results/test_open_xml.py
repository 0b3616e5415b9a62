"""Every kind of workbook that we write is valid to a port of Microsoft's Open XML SDK: schemas, relations, semantics.

`openxml-audit` is in the extra "dev". It stands beside test_package_validity.py, which knows what no schema says.
"""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.results.kinds import KINDS, made

if TYPE_CHECKING:
    from pathlib import Path

openxml_audit = pytest.importorskip("openxml_audit")


SAVED_BY_OPENPYXL = ("house layout", "copy for the company", "fresh copy for the company")
# What openpyxl writes in every workbook, not we: texts inside the cells, a font's properties in an order of its own.
KNOWN_OF_OPENPYXL = ("inline-string cell", "/fonts[1]/font[")


def faults(path: Path) -> list[str]:
    """Return what the validator has against a workbook."""
    result = openxml_audit.OpenXmlValidator(max_errors=0).validate(str(path))
    return [f"{error.part_uri} {error.path}: {error.description}" for error in result.errors]


@pytest.mark.parametrize("kind", KINDS)
def test_a_workbook_of_ours_is_valid(kind: str, tmp_path: Path) -> None:
    for path in made(kind, tmp_path):
        found = faults(path)
        if kind in SAVED_BY_OPENPYXL:
            found = [fault for fault in found if not any(known in fault for known in KNOWN_OF_OPENPYXL)]
        assert found == [], path.name


def test_the_validator_sees_what_excel_would_repair(tmp_path: Path) -> None:
    made("results of a worked study", tmp_path)
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(tmp_path / "results.xlsx") as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, part.replace(b"<c:plotArea>", b"<c:unknown/><c:plotArea>"))
    assert any("unknown" in fault for fault in faults(broken))
