"""The workbooks that are mutated: the filled examples, an older template, across languages, two products."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from example_workbooks import fill
from tests.mutation.harness import Base, base_of
from workbook_engine.pipeline import write_template
from workbook_engine.spec.optional import GROUPS
from workbook_engine.template.options import TemplateOptions

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


# What only some templates ask for: a service life, treatment routes, suppliers' data by piece and by year.
PROFILED = dataclasses.replace(
    fill.JUXIN_PLANT,
    folder="profiled",
    file="",
    fields=fill.JUXIN_PLANT.fields | {"study.boundary_type": "摇篮到坟墓"},
    tables={
        "products": [
            {"name": "户外柱上断路器", "model": "ZW20-12", "unit_kind": "功能单位", "unit": "1 台", "output": 400,
             "output_unit": "台"},
        ],
        "raw_material_acquisition": [
            fill.activity("电流互感器加工用电", "电力", 3.5, "kWh", "每件零部件", "供应商提供",
                          supplier="温州互感器厂", pieces=3),
            fill.activity("箱体加工用电", "电力", 52000, "kWh", "供应商全年合计", "供应商提供",
                          supplier="乐清钣金厂", pieces=2, supplier_output=16000),
        ],
        "raw_material_transport": [
            fill.activity("外购件的运输", "柴油", 0.8, "kg", fill.PER_UNIT, "供应商提供"),
        ],
        "production": [fill.activity("装配用电", "电力", 26500, "kWh", fill.PRODUCT, "计量仪表")],
        "distribution": [fill.activity("成品运往客户", "柴油", 0.5, "kg", fill.PER_UNIT, "估算", part="成品运输")],
        "use": [
            fill.activity("控制器待机损耗", "电力", 2.5, "W", fill.PER_UNIT, "估算", years=20, hours_per_year=8000,
                          **fill.ESTIMATED),
            fill.activity("加热器用电", "电力", 9, "kWh", fill.PER_UNIT, "估算", years=16, load_factor=0.5,
                          **fill.ESTIMATED),
        ],
        "end_of_life": [
            fill.activity("拆解用电", "电力", 4.5, "kWh", fill.PER_UNIT, "估算", route="拆解", route_share=1,
                          **fill.ESTIMATED),
            fill.activity("环氧树脂破碎用电", "电力", 4.75, "kWh", fill.PER_UNIT, "估算", route="回收利用",
                          route_share=1, **fill.ESTIMATED),
        ],
    },
    boundary=fill.JUXIN_PLANT.boundary | {"use": fill.included("待机损耗和加热")},
)  # fmt: skip


_VERSION_1_0 = fill.HERE.parent / "tests" / "versions" / "template_1_0.xlsx"
_BREAKER, _SWITCH = "户外真空断路器", "户外隔离开关"
_FIRST, _SECOND = "乐清一厂", "温州二厂"
# Two products; one is made at two plants, one plant makes both and a third that is outside the study.
SEVERAL = dataclasses.replace(
    fill.JUXIN_PLANT,
    folder="several_products",
    file="",
    tables={
        "products": [
            {"name": _BREAKER, "model": "ZW32-12", "unit_kind": "功能单位", "unit": "1 台", "output": 400,
             "output_unit": "台"},
            {"name": _SWITCH, "model": "GW9-12", "unit_kind": "功能单位", "unit": "1 台", "output": 1000,
             "output_unit": "台"},
        ],
        "plants": [
            {"name": _FIRST, "allocation_basis": "企业自定权重", "justification": "按单台工时"},
            {"name": _SECOND, "allocation_basis": "企业自定权重", "justification": "只生产一种产品"},
        ],
        "plant_products": [
            {"plant": _FIRST, "product": _BREAKER, "output": 300, "unit": "台", "weight": 2},
            {"plant": _FIRST, "product": _SWITCH, "output": 1000, "unit": "台", "weight": 0.5},
            {"plant": _FIRST, "product": "避雷器", "output": 3000, "unit": "台", "weight": 0.1},
            {"plant": _SECOND, "product": _BREAKER, "output": 100, "unit": "台", "weight": 1},
        ],
        "raw_material_acquisition": [
            fill.activity("铜件加工用电", "电力", 36.5, "kWh", fill.PER_UNIT, "供应商提供", product=_BREAKER),
            fill.activity("瓷件烧制用气", "天然气", 5200, "m³", fill.PRODUCT, "供应商提供", product=_SWITCH),
        ],
        "raw_material_transport": [
            fill.activity("外购件的运输", "柴油", 0.8, "kg", fill.PER_UNIT, "供应商提供"),
        ],
        "production": [
            fill.activity("一厂生产用电", "电力", 140000, "kWh", fill.PLANT, "计量仪表", plant=_FIRST),
            fill.activity("二厂生产用电", "电力", 2400, "kWh", fill.PLANT, "计量仪表", plant=_SECOND),
        ],
        "distribution": [fill.activity("成品运往客户", "柴油", 0.5, "kg", fill.PER_UNIT, "估算", part="成品运输")],
        "end_of_life": [
            fill.activity("拆解用电", "电力", 2.25, "kWh", fill.PER_UNIT, "估算", **fill.ESTIMATED),
            fill.activity("拆解用气", "天然气", 0.125, "m³", fill.PER_UNIT, "估算", **fill.ESTIMATED),
        ],
    },
)  # fmt: skip


def example_bases() -> list[Base]:
    """Return the filled examples as they are committed, and one in the template's previous version."""
    examples = [base_of(case.folder, fill.HERE / case.folder / case.file, case) for case in fill.CASES]
    return [*examples, base_of("template 1.0", _VERSION_1_0, fill.TENGFEI)]


def made_bases(folder: Path) -> list[Base]:
    """Return two examples typed in Chinese into the English template, two in English into the Chinese, and two more."""
    english, whole = folder / "english_template.xlsx", folder / "whole_template.xlsx"
    write_template(english, "en")
    write_template(whole, "zh", TemplateOptions(groups=frozenset(GROUPS)))
    typed = [
        ("two products, two plants", fill.TEMPLATE, SEVERAL, SEVERAL),
        ("service life, routes, suppliers", whole, PROFILED, PROFILED),
    ]
    for case in (fill.JUXIN_PLANT, fill.TENGFEI):
        typed.append((f"{case.folder}, Chinese in the English template", english, case, case))
        typed.append((f"{case.folder}, English in the Chinese template", fill.TEMPLATE, _in_english(case), case))
    bases = []
    for name, template, answers, truth in typed:
        path = folder / f"{name}.xlsx"
        fill.fill(template, path, answers)
        bases.append(base_of(name, path, truth))
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
