"""Returned workbooks to measure with: the published examples, as many as wanted, and one of any number of lines."""

from __future__ import annotations

import dataclasses
import itertools
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks.measure import Worker
from workbook_engine.model import Stage
from workbook_engine.pipeline import write_template
from workbook_engine.template import TemplateOptions
from workbook_engine.template.options import Content

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES = Path(__file__).parents[2] / "example_workbooks"

COMPANIES = ("浙江康格电气有限公司", "杭州聚昕科技有限公司", "浙江腾飞电器有限公司")

STUDY: dict[str, Any] = {
    "study.company": "示例电气有限公司",
    "study.address": "浙江省温州市",
    "study.report_no": "BENCH-1",
    "study.standards": "GB/T 24067-2024",
    "study.period_start": "2024-01-01",
    "study.period_end": "2024-12-31",
    "study.boundary_type": "other",
}
PRODUCTS = [
    {"name": "环网箱", "model": "A1", "unit_kind": "functional", "unit": "1 台", "mass_kg": 80, "output": 2400,
     "output_unit": "台"},
]  # fmt: skip
PLANTS = [{"name": "一厂", "address": "温州", "allocation_basis": "count", "justification": "工序相同"}]
PLANT_PRODUCTS = [
    {"plant": "一厂", "product": "环网箱", "output": 2400, "unit": "台"},
    {"plant": "一厂", "product": "其他产品", "output": 7600, "unit": "台"},
]

# What companies type, in the proportions of the published studies: text and odd units among plain numbers.
_MATERIAL = ("raw_material_acquisition", "production", "end_of_life")
_KINDS = (  # flow, unit, and what brings an amount to a plausible size in it
    ("电力", "kWh", 1.0),
    ("柴油", "kg", 0.1),
    ("天然气", "m³", 0.1),
    ("电力", "万kWh", 1e-4),
    ("柴油", "t", 1e-4),
    ("汽油", "kg", 0.1),
)
_FREIGHT = {"mass_unit": "t", "mode": "重型柴油货车(载重18t)"}
_SOURCES = ("计量仪表", "供应商提供", "生产或库存台账")
_BASES = ("plant_total", "product_total", "per_unit")
_SIZES = (10.0, 1.0, 1e-4)  # of an amount on these bases


def lines_workbook(path: Path, lines: int) -> None:
    """Write a complete returned workbook of so many lines of activity data, spread over four stages."""
    tables: dict[str, list[dict[str, Any]]] = {
        "products": PRODUCTS,
        "plants": PLANTS,
        "plant_products": PLANT_PRODUCTS,
        **{stage: [] for stage in (*_MATERIAL, "raw_material_transport")},
    }
    for stage, row in itertools.islice(_rows(), lines):
        tables[stage].append(row)
    tables["boundary"] = [
        {"stage": stage.value, "included": "yes" if tables.get(stage.value) else "no", "reason": "未核算"}
        for stage in Stage
    ]
    content = Content(fields=STUDY, tables=tables)
    write_template(path, "zh", TemplateOptions(groups=frozenset(), content=content))


def _rows() -> Iterator[tuple[str, dict[str, Any]]]:
    for number in itertools.count(1):
        common = {
            "item": f"项目 {number}",
            "basis": _BASES[number % 3],
            "plant": "一厂" if number % 3 == 0 else "",
            "data_source": _SOURCES[number % len(_SOURCES)],
            "quality": "secondary" if number % 5 == 0 else "primary",
        }
        size = (1 + number * 7919 % 100_000 / 37) * _SIZES[number % 3]
        if number % 4 == 0:
            basis = "per_unit" if number % 8 else "plant_total"
            mass = size * (1e-6 if number % 8 else 1e-3)
            row = {**common, **_FREIGHT, "basis": basis, "plant": "一厂" if number % 8 == 0 else ""}
            yield "raw_material_transport", {**row, "mass": round(mass, 9), "distance_km": 100 + number % 900}
        else:
            flow, unit, scale = _KINDS[number // 4 % len(_KINDS)]
            amount = round(size * scale, 6)
            typed = f"{amount:,}" if number % 50 == 1 else amount  # one in fifty as text: "1,234.5"
            yield _MATERIAL[number % 4 - 1], {**common, "flow": flow, "unit": unit, "amount": typed}


def examples() -> list[Path]:
    """Return the published examples, as companies returned them."""
    return sorted(EXAMPLES.glob("*/*.xlsx"))


def many(folder: Path, count: int) -> Path:
    """Fill `folder` with so many workbooks: the examples in turn, each from another company.

    The same company's would count as corrections of each other, and the same content as one workbook.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for number, source in zip(range(count), itertools.cycle(examples()), strict=False):
        target = folder / f"{source.stem}_{number:04d}.xlsx"
        if not target.exists():
            _renamed(source, target, f"{number:04d}")
    return folder


def _renamed(source: Path, target: Path, number: str) -> None:
    """Copy a workbook with another company's name."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/sharedStrings.xml" or name.startswith("xl/worksheets/"):  # texts may stand in the cells
                for company in COMPANIES:
                    for typed in (company.encode(), company.encode("ascii", "xmlcharrefreplace")):
                        data = data.replace(b">%b<" % typed, b">%b%b<" % (typed, number.encode()))
            new.writestr(name, data)


@dataclasses.dataclass(frozen=True)
class Inputs:
    """Where the workbooks to measure with lie; each is written when it is first asked for."""

    folder: Path

    def lines(self, count: int) -> Path:
        """Return the workbook of so many lines."""
        path = self.folder / f"lines_{count}.xlsx"
        if not path.exists():
            with Worker("lines") as writer:  # its memory is not to be carried over to the contenders
                writer.run(path=path, lines=count)
        return path

    def example(self) -> Path:
        """Return the published study that uses most of the template: two products of one plant, monthly allocation."""
        return next(path for path in examples() if "plant_totals" in str(path))

    def inbox(self, count: int) -> Path:
        """Return a folder of so many workbooks."""
        return many(self.folder / f"inbox_{count}", count)
