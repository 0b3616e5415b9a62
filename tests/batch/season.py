"""A season of returned workbooks, made from the examples: other companies, products and amounts; some of them bad.

    python -m tests.batch.season FOLDER COUNT      writes a season, for the longer runs that docs/folder.md describes

One in ten is faulty (a clerk's slip, so there is a finding and no total), one in a hundred hostile or no workbook.
Everything follows from the seed.
"""

from __future__ import annotations

import io
import random
import re
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

EXAMPLES: Final = Path(__file__).parent.parent.parent / "example_workbooks"
COMPANY, PRODUCT, MODEL = "浙江康格电气有限公司", "一二次融合成套柱上断路器", "ZW32-12/630-20"
PRODUCTION_KWH, OUTPUT = "10593.054", "4302"
KWH_FACTOR: Final = 0.5366  # the study names the 2022 CO2 factor of the grid, kgCO2e/kWh
_REFERENCE: Final = re.compile(rb"&#([0-9]{3,7});")  # 汉字, as some versions of openpyxl write them
_LEVEL: Final = 1  # of compression: a season is made more often than it is read


@dataclass(frozen=True)
class Returned:
    """A workbook of the season. `kwh` is what it says for production, None where it is faulty or hostile."""

    path: Path
    kind: str  # good, faulty, hostile
    company: str
    kwh: float | None


def example() -> dict[str, bytes]:
    """Return the parts of the published example T4000402."""
    (path,) = (EXAMPLES / "T4000402").glob("*.xlsx")
    with zipfile.ZipFile(path) as package:
        return {name: _REFERENCE.sub(_character, package.read(name)) for name in package.namelist()}


def _character(reference: re.Match[bytes]) -> bytes:
    return chr(int(reference[1])).encode()


def workbook(parts: dict[str, bytes], changes: dict[str, str]) -> bytes:
    """Return the example with texts and numbers of its sheets exchanged. Each must stand in it."""
    left = set(changes)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as package:
        for name, data in parts.items():
            content = data
            if name.startswith("xl/worksheets/sheet"):
                text = data.decode()
                for old, new in changes.items():
                    if old in text:
                        left.discard(old)
                        text = text.replace(old, new)
                content = text.encode()
            package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, _LEVEL)
    if left:
        raise ValueError(left)
    return written.getvalue()


def number(value: str) -> str:
    """Return a number as it stands in a cell."""
    return f"<v>{value}</v>"


def good(parts: dict[str, bytes], company: str, kwh: float, **changes: str) -> bytes:
    """Return the example of another company that used other electricity in production."""
    return workbook(parts, {COMPANY: company, number(PRODUCTION_KWH): number(repr(kwh)), **changes})


def make(folder: Path, count: int, seed: int = 1) -> list[Returned]:
    """Write `count` workbooks into sub-folders of `folder`, one of each company."""
    parts, chance = example(), random.Random(seed)  # noqa: S311 - a repeatable choice
    hostile, faulty = _of_every(count, 100, 7), _of_every(count, 10, 3)
    season = []
    for index in range(count):
        company = f"第{index:04}电气有限公司"
        place = folder / f"批次 {index % 7}"
        place.mkdir(parents=True, exist_ok=True)
        path = place / f"{index:04} 返回 📊.xlsx"
        kwh = round(chance.uniform(5_000, 50_000), 3)
        if index in hostile:
            path.write_bytes(_hostile(parts, chance.randrange(5)))
            season.append(Returned(path, "hostile", "", None))
        elif index in faulty:
            path.write_bytes(_faulty(parts, company, chance.randrange(3)))
            season.append(Returned(path, "faulty", company, None))
        else:
            path.write_bytes(good(parts, company, kwh))
            season.append(Returned(path, "good", company, kwh))
    return season


def _of_every(count: int, period: int, first: int) -> set[int]:
    return set(range(first, count, period))


def _faulty(parts: dict[str, bytes], company: str, kind: int) -> bytes:
    if kind == 0:
        parts = {name: _as_text(data) for name, data in parts.items()}
    changes: dict[str, str] = ({}, {">kg</t>": ">箱</t>"}, {number(OUTPUT): number("0")})[kind]
    return workbook(parts, {COMPANY: company, **changes})


def _as_text(data: bytes) -> bytes:
    """Turn the amount of production into a text that says it is still to come."""
    if number(PRODUCTION_KWH).encode() not in data:
        return data
    begin = data.index(number(PRODUCTION_KWH).encode())
    cell = data.rindex(b"<c ", 0, begin)
    tag = data[cell:begin].replace(b' t="n"', b"").replace(b"<c ", b'<c t="inlineStr" ')
    end = begin + len(number(PRODUCTION_KWH))
    return data[:cell] + tag + "<is><t>待定</t></is>".encode() + data[end:]


def _hostile(parts: dict[str, bytes], kind: int) -> bytes:
    whole = workbook(parts, {})
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    return (
        whole[: len(whole) // 2],  # cut off
        b"\x89PNG\r\n\x1a\n" + bytes(1000),  # a photo
        workbook({**parts, "xl/workbook.xml": bomb}, {}),  # entities
        workbook({**parts, "xl/worksheets/sheet4.xml": b"<worksheet>" + b" " * 250_000_000}, {}),  # 200 MB a part
        b"",
    )[kind]


if __name__ == "__main__":
    made = make(Path(sys.argv[1]), int(sys.argv[2]))
    print({kind: sum(r.kind == kind for r in made) for kind in ("good", "faulty", "hostile")})  # noqa: T201
