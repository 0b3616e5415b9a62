"""Fill the data-collection template in as the companies of the three published studies would return it.

    python example_workbooks/fill.py            writes the returned workbooks into the folders beside this file

It types into the generated template with openpyxl, as a person types into its cells; the workbook of T400104-14-2026 is
then opened and saved by LibreOffice, as some companies do. Figures are those of the published reports; where a printed
figure is rounded too far to reproduce the printed result, the unrounded one is inferred, and expected.json says so.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl

from workbook_engine.correct.heights import fit_rows

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).parent
TEMPLATE = HERE.parent / "templates" / "data_collection_template.xlsx"

PER_UNIT, PRODUCT, PLANT = "每功能单位", "本产品全年合计", "全厂全年合计"
MARK_FIELD, MARK_TABLE, MARK_ROW = "wbe:field:", "wbe:table:", "wbe:row:"
RowData = dict[str, object]


@dataclass(frozen=True)
class Case:
    """One returned workbook: its folder and file, and what the company typed where."""

    folder: str
    file: str
    fields: dict[str, object]
    tables: dict[str, list[RowData]]
    boundary: dict[str, RowData]
    settings: dict[str, object]
    save_with_libreoffice: bool = False


def activity(item: str, flow: str, amount: object, unit: str, basis: str, source: str, **more: object) -> RowData:
    """Return a row of activity data as the companies fill it in: measured figures."""
    row = {"item": item, "flow": flow, "amount": amount, "unit": unit, "basis": basis, "data_source": source}
    return {**row, "quality": "初级数据", **more}


def included(covers: str, excludes: str = "", reason: str = "") -> RowData:
    """Return the boundary row of a stage that is in."""
    return {"included": "是", "covers": covers, "excludes": excludes, "reason": reason}


def left_out(reason: str) -> RowData:
    """Return the boundary row of a stage that is out."""
    return {"included": "否", "reason": reason}


STANDARDS = "GB/T 24067-2024；ISO 14067:2018"
PACKAGING = "包装材料质量占比小，按取舍准则排除"
NOT_COUNTED = "报告未核算该阶段"
ESTIMATED = {"quality": "次级数据"}

KANGGE = Case(
    folder="T4000402",
    file="T4000402_浙江康格_柱上断路器.xlsx",
    fields={
        "study.company": "浙江康格电气有限公司",
        "study.address": "浙江省温州市乐清市乐清经济开发区浦南五路268号；浙江省温州市石塘镇上马工业区朝阳北路8号A幢",
        "study.report_no": "T4000402",
        "study.standards": STANDARDS,
        "study.period_start": "2024-01-01",
        "study.period_end": "2024-12-31",
        "study.boundary_type": "摇篮到坟墓",
    },
    tables={
        "products": [
            {
                "name": "一二次融合成套柱上断路器",
                "model": "ZW32-12/630-20",
                "unit_kind": "功能单位",
                "unit": "1 台",
                "output": 4302,
                "output_unit": "台",
            },
        ],
        "raw_material_acquisition": [
            activity(
                "壳体、铜线铜排、真空灭弧室、钢构件等（供应商用电）", "电力", 10561464.084, "kWh", PRODUCT, "供应商提供"
            ),
        ],
        "raw_material_transport": [
            activity("壳体、铜线铜排、真空灭弧室、钢构件等的运输", "柴油", 15192.179, "kg", PRODUCT, "供应商提供"),
        ],
        "production": [activity("厂区内生产用电", "电力", 10593.054, "kWh", PRODUCT, "计量仪表")],
        "distribution": [activity("成品运往客户", "柴油", 14063.125, "kg", PRODUCT, "生产或库存台账", part="成品运输")],
        "end_of_life": [activity("金属铜、铁的回收利用", "电力", 44418.992, "kWh", PRODUCT, "估算", **ESTIMATED)],
    },
    boundary={
        "raw_material_acquisition": included(
            "壳体、铜线铜排、真空灭弧室、钢构件等原材料的获取", "包装材料获取", PACKAGING
        ),
        "raw_material_transport": included(
            "壳体、铜线铜排、真空灭弧室、钢构件等原材料的运输", "包装材料运输", PACKAGING
        ),
        "production": included("厂区内生产产品阶段"),
        "distribution": included("柴油运输"),
        "storage": left_out(NOT_COUNTED),
        "use": left_out(NOT_COUNTED),
        "end_of_life": included("金属铜、铁的回收利用"),
    },
    settings={
        "factor_set": "report_T4000402",
        "electricity_series": "电力二氧化碳排放因子",
        "electricity_year": 2022,
        "gwp_set": "IPCC AR5",
    },
)

JUXIN_FIELDS: dict[str, object] = {
    "study.company": "杭州聚昕科技有限公司",
    "study.address": "浙江省杭州市余杭区闲林街嘉企路8号2幢2楼201室；江西省南昌市南昌县武阳镇武阳创业园雪芹路1666号",
    "study.report_no": "T410267-1",
    "study.standards": STANDARDS,
    "study.period_start": "2025-01-01",
    "study.period_end": "2025-12-31",
    "study.boundary_type": "摇篮到坟墓",
}
JUXIN_PRODUCT: RowData = {
    "name": "一二次融合成套环网箱 DTU",
    "model": "HXGN □-12(V、V、PT)/630-20、JX0317-D30",
    "unit_kind": "功能单位",
    "unit": "1 套",
    "output": 2400,
    "output_unit": "套",
}
JUXIN_BOUNDARY = {
    "raw_material_acquisition": included(
        "1相电流互感器、零序电流互感器、电压互感器、断路器等获取", "包装材料获取", PACKAGING
    ),
    "raw_material_transport": included(
        "1相电流互感器、零序电流互感器、电压互感器、断路器等运输", "包装材料运输", PACKAGING
    ),
    "production": included("厂区内生产阶段"),
    "distribution": included("柴油运输"),
    "storage": left_out(NOT_COUNTED),
    "use": left_out(NOT_COUNTED),
    "end_of_life": included("废旧电子电器产品等的处置"),
}
FOOTPRINT_2024: dict[str, object] = {
    "factor_set": "gbt32151",
    "electricity_series": "电力碳足迹因子",
    "electricity_year": 2024,
    "gwp_set": "IPCC AR5",
}
SUPPLIED_PARTS = "互感器、断路器等（供应商用电）"
CARRIED_PARTS = "互感器、断路器等的运输"

JUXIN_PER_UNIT = Case(
    folder="T410267-1_per_unit",
    file="T410267-1_杭州聚昕_环网箱DTU_每套.xlsx",
    fields=JUXIN_FIELDS,
    tables={
        "products": [JUXIN_PRODUCT],
        "raw_material_acquisition": [activity(SUPPLIED_PARTS, "电力", 145.2147, "kWh", PER_UNIT, "供应商提供")],
        "raw_material_transport": [activity(CARRIED_PARTS, "柴油", 0.8289, "kg", PER_UNIT, "供应商提供")],
        "production": [activity("厂区内生产用电", "电力", 12.5021, "kWh", PER_UNIT, "计量仪表")],
        "distribution": [activity("成品运往客户", "柴油", 0.6236, "kg", PER_UNIT, "生产或库存台账", part="成品运输")],
        "end_of_life": [
            activity("废旧电子电器产品处置用电", "电力", 2.25, "kWh", PER_UNIT, "估算", **ESTIMATED),
            activity("废旧电子电器产品处置用气", "天然气", 0.1125, "m³", PER_UNIT, "估算", **ESTIMATED),
        ],
    },
    boundary=JUXIN_BOUNDARY,
    settings=FOOTPRINT_2024,
)

JUXIN_PLANT = Case(
    folder="T410267-1_plant_totals",
    file="T410267-1_杭州聚昕_环网箱DTU_全厂.xlsx",
    fields=JUXIN_FIELDS,
    tables={
        "products": [JUXIN_PRODUCT],
        "plants": [
            {
                "name": "南昌工厂",
                "address": "江西省南昌市南昌县武阳镇",
                "allocation_basis": "企业自定权重",
                "justification": "两种产品工序相同，按单套加工量的比例确定权重",
            },
        ],
        "plant_products": [
            {"plant": "南昌工厂", "product": "一二次融合成套环网箱 DTU", "unit": "套", "weight": 0.9},
            {"plant": "南昌工厂", "product": "集中式 DTU JX0317-D30", "output": 7500, "unit": "套", "weight": 1},
        ],
        "raw_material_acquisition": [activity(SUPPLIED_PARTS, "电力", 145.2147, "kWh", PER_UNIT, "供应商提供")],
        "raw_material_transport": [activity(CARRIED_PARTS, "柴油", 0.82893, "kg", PER_UNIT, "供应商提供")],
        "production": [activity("厂区内生产用电", "电力", 134189.3, "kWh", PLANT, "计量仪表", plant="南昌工厂")],
        "distribution": [activity("成品运往客户", "柴油", 0.62357, "kg", PER_UNIT, "生产或库存台账", part="成品运输")],
        "end_of_life": [
            activity("废旧电子电器产品处置用电", "电力", 24150, "kWh", PLANT, "估算", plant="南昌工厂", **ESTIMATED),
            activity("废旧电子电器产品处置用气", "天然气", 1207.5, "m³", PLANT, "估算", plant="南昌工厂", **ESTIMATED),
        ],
    },
    boundary=JUXIN_BOUNDARY,
    settings=FOOTPRINT_2024,
)

TENGFEI_PARTS = "塑料外壳式断路器、箱体、主开关进出线、主母线、N母线、PE母线、聚氯乙烯绝缘导线、绝缘子等原材料"
TENGFEI = Case(
    folder="T400104-14-2026",
    file="T400104-14-2026_浙江腾飞_低压电缆分支箱.xlsx",
    fields={
        "study.company": "浙江腾飞电器有限公司",
        "study.address": "浙江省温州市乐清市柳市镇东风工业区腾飞路17号",
        "study.report_no": "T400104-14-2026",
        "study.standards": "PAS 2050:2011；GB/T 24067-2024；ISO 14067:2018",
        "study.period_start": "2025-01-01",
        "study.period_end": "2025-12-31",
        "study.boundary_type": "摇篮到坟墓",
    },
    tables={
        "products": [{"name": "低压电缆分支箱", "model": "TFDF", "unit_kind": "功能单位", "unit": "1 台"}],
        "raw_material_acquisition": [
            activity("断路器、箱体、母线、绝缘子等（供应商用电）", "电力", 7.25372, "kWh", PER_UNIT, "供应商提供"),
        ],
        "raw_material_transport": [
            activity("断路器、箱体、母线、绝缘子等的运输", "柴油", 0.02822, "kg", PER_UNIT, "供应商提供"),
            activity("断路器、箱体、母线、绝缘子等的运输", "汽油", "/", "kg", PER_UNIT, "供应商提供"),
        ],
        "production": [
            activity("厂区内生产用电", "电力", 4.65641, "kWh", PER_UNIT, "计量仪表"),
            activity("厂内柴油车", "柴油", 0.0108, "kg", PER_UNIT, "生产或库存台账"),
            activity("厂内汽油车", "汽油", 0.0517, "kg", PER_UNIT, "生产或库存台账"),
        ],
        "distribution": [activity("成品运往客户", "柴油", 0.28176, "kg", PER_UNIT, "生产或库存台账", part="成品运输")],
        "end_of_life": [
            activity("壳体、元器件的拆解，废旧塑料回收", "电力", 10.84885, "kWh", PER_UNIT, "估算", **ESTIMATED)
        ],
    },
    boundary={
        "raw_material_acquisition": included(f"{TENGFEI_PARTS}获取", "包装材料获取", PACKAGING),
        "raw_material_transport": included(f"{TENGFEI_PARTS}的运输", "包装材料运输", PACKAGING),
        "production": included("厂区内生产低压电缆分支箱阶段"),
        "distribution": included("柴油运输"),
        "storage": left_out(NOT_COUNTED),
        "use": left_out(NOT_COUNTED),
        "end_of_life": included("壳体、元器件的拆解，废旧塑料回收"),
    },
    settings=FOOTPRINT_2024,
    save_with_libreoffice=True,
)

CASES = (KANGGE, JUXIN_PER_UNIT, JUXIN_PLANT, TENGFEI)


# --- typing into the template -----------------------------------------------------------------------------------------


def main() -> None:
    """Write every case."""
    for case in CASES:
        target = HERE / case.folder / case.file
        target.parent.mkdir(exist_ok=True)
        fill(TEMPLATE, target, case)
        if case.save_with_libreoffice:
            resave(target)
        print(target)


def fill(template: Path, target: Path, case: Case) -> None:
    """Type a case's answers into the template's cells and save it as `target`."""
    book = openpyxl.load_workbook(template)
    fields = case.fields | {f"settings.{key}": value for key, value in case.settings.items()}
    for sheet in book.worksheets:
        _fill_sheet(sheet, fields, case)
        fit_rows(sheet)  # as the program of somebody who types does
    book.save(target)


def _fill_sheet(sheet: Worksheet, fields: dict[str, object], case: Case) -> None:
    columns: dict[str, int] = {}
    for row in range(1, sheet.max_row + 1):
        mark = str(sheet.cell(row, 1).value or "")
        if mark.startswith(MARK_FIELD) and mark.removeprefix(MARK_FIELD) in fields:
            sheet.cell(row, 3).value = fields[mark.removeprefix(MARK_FIELD)]
        elif mark.startswith(MARK_TABLE):
            columns = {cell.value: cell.column for cell in sheet[row] if cell.column > 1 and cell.value}
            for offset, answers in enumerate(case.tables.get(mark.removeprefix(MARK_TABLE), []), 2):
                _fill_row(sheet, row + offset, columns, answers)
        elif mark.startswith(MARK_ROW):
            _fill_row(sheet, row, columns, case.boundary[mark.rpartition(".")[2]])


def _fill_row(sheet: Worksheet, row: int, columns: dict[str, int], answers: RowData) -> None:
    for key, value in answers.items():
        if value != "":
            sheet.cell(row, columns[key]).value = value


def resave(path: Path) -> None:
    """Open the workbook in LibreOffice and save it again."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        to_xlsx = ["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(path)]
        subprocess.run(["soffice", profile, *to_xlsx], check=True, capture_output=True)
        path.write_bytes((out / path.name).read_bytes())


if __name__ == "__main__":
    sys.exit(main())
