"""The workbooks that are mutated: the four filled examples, and two of them across languages."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from example_workbooks import fill
from tests.mutation.harness import Base, base_of
from workbook_engine.pipeline import write_template

if TYPE_CHECKING:
    from pathlib import Path

# What a company that thinks in English answers in the Chinese template.
_ENGLISH = {
    "电力": "Electricity", "柴油": "Diesel", "汽油": "Gasoline", "天然气": "Natural gas",
    "每功能单位": "Per functional unit", "本产品全年合计": "Product, annual total",
    "全厂全年合计": "Plant, annual total",
    "初级数据": "Primary", "次级数据": "Secondary", "是": "Yes", "否": "No", "功能单位": "Functional unit",
    "供应商提供": "Supplier", "计量仪表": "Meter", "生产或库存台账": "Production or stock ledger", "估算": "Estimate",
    "成品运输": "Distribution", "摇篮到坟墓": "Cradle to grave", "企业自定权重": "Stated weights",
    "电力碳足迹因子": "Carbon-footprint factor", "电力二氧化碳排放因子": "CO2 emission factor",
}  # fmt: skip


def example_bases() -> list[Base]:
    """Return the filled examples as they are committed."""
    return [base_of(case.folder, fill.HERE / case.folder / case.file, case) for case in fill.CASES]


def foreign_bases(folder: Path) -> list[Base]:
    """Return two examples typed in Chinese into the English template, and two typed in English into the Chinese."""
    english = folder / "english_template.xlsx"
    write_template(english, "en")
    bases = []
    for case in (fill.JUXIN_PLANT, fill.TENGFEI):
        typed = {
            "Chinese in the English template": (english, case),
            "English in the Chinese template": (fill.TEMPLATE, _in_english(case)),
        }
        for name, (template, answers) in typed.items():
            path = folder / f"{case.folder} {name}.xlsx"
            fill.fill(template, path, answers)
            bases.append(base_of(f"{case.folder}, {name}", path, case))
    return bases


def _in_english(case: fill.Case) -> fill.Case:
    def word(value: object) -> object:
        return _ENGLISH.get(value, value) if isinstance(value, str) else value

    def row(answers: fill.RowData) -> fill.RowData:
        return {key: word(value) for key, value in answers.items()}

    return dataclasses.replace(
        case,
        fields=row(case.fields),
        settings=row(case.settings),
        tables={key: [row(each) for each in rows] for key, rows in case.tables.items()},
        boundary={key: row(each) for key, each in case.boundary.items()},
    )
