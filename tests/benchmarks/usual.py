"""The usual script: what a colleague would write with pandas, openpyxl and XlsxWriter to do the same job.

    python -m tests.benchmarks.usual WORKBOOK RESULTS
    python -m tests.benchmarks.usual FOLDER RESULTS_FOLDER PROCESSES

It is written honestly: sheets are read once for values (pandas) and once for formulas (openpyxl), arithmetic is on
columns, results carry formulas with values and charts, nothing is done twice on purpose. It does less than the engine:
it knows no isolation, no misspellings, dates, gaps or conflicts, no scenarios, data quality or uncertainty, and
about half of the sheets.
"""

from __future__ import annotations

import multiprocessing
import re
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterator

READER = "openpyxl"  # what pandas itself takes; "calamine" is quicker, where somebody thinks of it
_library: dict[str, Any] = {}
LIBRARY = Path(__file__).parents[2] / "templates" / "factor_library.xlsx"
STAGES = {
    "原材料获取": "原材料获取",
    "原材料运输": "原材料运输",
    "产品生产": "产品生产",
    "成品运输": "成品运输",
    "使用": "使用",
    "产品处置": "产品处置",
}
HEADINGS = {
    "flow": ("材料或能源", "燃料", "能源、燃料或气体", "能源、燃料或废弃物"),
    "amount": ("数量", "燃料用量"),
    "unit": ("单位", "燃料单位"),
    "basis": ("数据口径",),
    "plant": ("工厂",),
    "mass": ("货物质量",),
    "mass_unit": ("质量单位",),
    "distance": ("运距(km)",),
    "mode": ("运输方式",),
    "source": ("数据来源",),
    "quality": ("初级/次级",),
}
MONTHS = [f"{month}月" for month in range(1, 13)]
UNITS = {  # unit -> factor to the unit in which factors count
    "kwh": 1.0, "度": 1.0, "万kwh": 1e4, "mwh": 1e3, "kg": 1.0, "t": 1e3, "吨": 1e3, "g": 1e-3, "m3": 1.0, "万m3": 1e4,
    "gj": 1.0, "km": 1.0,
}  # fmt: skip
LINE_COLUMNS = ["item", "flow", "amount", "unit", "basis", "reference", "coefficient", "activity", "factor", "emission"]
TITLES = [
    "项目",
    "能源或材料",
    "数量",
    "单位",
    "数据口径",
    "换算后数量",
    "系数",
    "单位产品活动数据",
    "排放因子",
    "排放量",
]


def tidy(text: object) -> str:
    """Return a heading or unit without stars, spaces and full-width forms."""
    return re.sub(r"[\s*]", "", unicodedata.normalize("NFKC", str(text)))


def load_library(path: Path) -> dict[str, Any]:
    """Read flows, factors and factor sets."""
    sheets = pd.read_excel(path, sheet_name=None, header=None, engine=READER)
    tables = {name: _library_table(frame) for name, frame in sheets.items() if name != "说明"}
    factors = pd.concat([
        tables["排放因子"][["id", "flow", "value", "series", "year", "region", "document"]],
        tables["燃料"].rename(columns={"factor": "value"})[["id", "flow", "value", "series", "year", "region", "document"]],
        tables["GWP"][["id", "flow", "value", "series", "year", "region", "document"]],
    ])  # fmt: skip
    flows = tables["流"]
    names = {}
    for _, flow in flows.iterrows():
        for word in [flow["name_zh"], *str(flow["synonyms"]).split("、")]:
            names.setdefault(tidy(word).lower(), flow["name_zh"])
    return {"factors": factors, "flows": names, "sets": tables["因子集"]}


def _library_table(frame: pd.DataFrame) -> pd.DataFrame:
    key_row = frame.index[frame[0].astype(str).str.startswith("wbe:table:")][0]
    table = frame.loc[key_row + 2 :].copy()
    table.columns = frame.loc[key_row].tolist()
    return table.dropna(how="all")


def process(path: Path, library: dict[str, Any], out: Path) -> None:
    """Read a returned workbook, compute, and write the results workbook."""
    values = pd.read_excel(path, sheet_name=None, header=None, engine=READER)
    formulas = openpyxl.load_workbook(path)
    study = dict(_labels(values["基本信息"]))
    settings = dict(_labels(values["核算设置"]))
    products = table(values["基本信息"], "产品名称")
    shares = plant_shares(values["工厂与产量"])
    lines = pd.concat([stage_lines(values[sheet], stage, sheet) for sheet, stage in STAGES.items() if sheet in values])
    lines["reference"] = lines.apply(_reference, axis=1)
    product = products.iloc[0]
    output = number(product.get("年产量"))
    lines["coefficient"] = lines.apply(
        lambda line: _coefficient(line, output, shares, str(product["产品名称"])), axis=1
    )
    lines["activity"] = lines["reference"] * lines["coefficient"]
    chosen = {flow: choose(flow, library, settings) for flow in lines["flow"].unique()}
    lines["factor"] = lines["flow"].map(lambda flow: chosen[flow][1])
    lines["emission"] = lines["activity"] * lines["factor"]
    problems = lines[lines["emission"].isna()]
    write(out, values, formulas, study, product, lines, chosen, problems)


def _labels(frame: pd.DataFrame) -> Iterator[tuple[str, Any]]:
    for row in frame.itertuples(index=False):
        if isinstance(row[1], str) and len(row) > 2:
            yield tidy(row[1]), row[2]


def table(frame: pd.DataFrame, heading: str) -> pd.DataFrame:
    """Return the table that has the heading, down to the first empty row."""
    for position, row in enumerate(frame.itertuples(index=False)):
        titles = [tidy(value) if isinstance(value, str) else "" for value in row]
        if heading in titles:
            body = frame.iloc[position + 1 :]
            empty = body.iloc[:, 1:].isna().all(axis=1)
            body = body.loc[: empty.idxmax() - 1] if empty.any() else body
            body = body.loc[:, [bool(title) for title in titles]].copy()
            body.columns = [title for title in titles if title]
            return body
    return pd.DataFrame()


def stage_lines(frame: pd.DataFrame, stage: str, sheet: str) -> pd.DataFrame:
    """Return a stage's lines under our own headings."""
    found = table(frame, "数据口径")
    names = {title: key for key, titles in HEADINGS.items() for title in titles}
    found = found.rename(columns={**names, found.columns[0]: "item"})
    for key in HEADINGS:
        if key not in found:
            found[key] = None
    found["amount"] = found["amount"].map(number)
    found["mass"], found["distance"] = found["mass"].map(number), found["distance"].map(number)
    months = [month for month in MONTHS if month in found]
    if months:
        found["amount"] = found["amount"].fillna(
            found[months].apply(lambda column: column.map(number)).sum(axis=1, min_count=12)
        )
    found["stage"], found["sheet"], found["row"] = stage, sheet, found.index + 1
    found = found[found["amount"].notna() | found["mass"].notna()].copy()
    freight = found["mass"].notna()
    found.loc[freight, "flow"] = found.loc[freight, "mode"]
    return found


def number(value: Any) -> float | None:
    """Return what people type as a number: 1,234.5, １２, 约120."""
    if isinstance(value, int | float):
        return float(value) if value == value else None  # noqa: PLR0124 - NaN
    match = re.search(r"-?\d+(\.\d+)?", unicodedata.normalize("NFKC", str(value)).replace(",", ""))
    return float(match.group()) if match else None


def _reference(line: pd.Series) -> float | None:
    if pd.notna(line["mass"]):
        return line["mass"] * UNITS.get(tidy(line["mass_unit"]).lower(), 1.0) / 1000 * line["distance"]
    factor = UNITS.get(tidy(line["unit"]).lower())
    return None if factor is None else line["amount"] * factor


def plant_shares(frame: pd.DataFrame) -> dict[tuple[str, str], float]:
    """Return (plant, product) -> the product's part of the plant's totals for one unit."""
    made = table(frame, "产品")
    if made.empty:
        return {}
    weights = made["分摊权重"].map(number).fillna(1.0)
    outputs = made["年产量"].map(number).fillna(2400.0)
    totals = (weights * outputs).groupby(made["工厂"]).transform("sum")
    return {
        (plant, product): weight / total
        for plant, product, weight, total in zip(made["工厂"], made["产品"], weights, totals, strict=True)
    }


def _coefficient(
    line: pd.Series, output: float | None, shares: dict[tuple[str, str], float], product: str
) -> float | None:
    basis = str(line["basis"])
    if basis.startswith("每"):
        return 1.0
    if basis.startswith("本产品"):
        return 1.0 / output if output else None
    plant = line["plant"] if isinstance(line["plant"], str) else next(iter(shares), (None,))[0]
    return shares.get((plant, product), 1.0 / output if output else None)


def choose(typed: Any, library: dict[str, Any], settings: dict[str, Any]) -> tuple[str, float | None, str]:
    """Return id, value and source of the factor of a flow: by the factor set, else electricity by year, else the first."""
    flow = library["flows"].get(tidy(typed).lower(), typed)
    factors = library["factors"][library["factors"]["flow"] == flow]
    chosen = library["sets"]
    chosen = chosen[(chosen["set"] == settings.get("因子集")) & (chosen["flow"] == flow)]
    if len(chosen):
        factors = factors[factors["id"] == chosen.iloc[0]["factor"]]
    elif flow == "电力":
        factors = factors[(factors["series"] == settings.get("电力因子系列")) & (factors["region"] == "全国")]
        factors = factors[factors["year"] == settings.get("电力因子年份")]
    if factors.empty:
        return "", None, ""
    first = factors.iloc[0]
    return first["id"], number(first["value"]), str(first["document"])


# --- results ----------------------------------------------------------------------------------------------------------


def write(
    out: Path, values: dict[str, pd.DataFrame], formulas: openpyxl.Workbook, study: dict[str, Any],
    product: pd.Series, lines: pd.DataFrame, chosen: dict[str, tuple[str, float | None, str]], problems: pd.DataFrame,
) -> None:  # fmt: skip
    """Write the results workbook: summary with charts, a sheet for each stage, factors, trace, the company's sheets."""
    with pd.ExcelWriter(out, engine="xlsxwriter") as writer:
        book = writer.book
        styles = {
            "head": book.add_format({"bold": True, "border": 1, "bg_color": "#D9E2F3"}),
            "number": book.add_format({"num_format": "#,##0.0000", "border": 1}),
            "share": book.add_format({"num_format": "0.00%", "border": 1}),
            "text": book.add_format({"border": 1}),
        }
        stages = list(dict.fromkeys(lines["stage"]))
        pd.DataFrame().to_excel(writer, sheet_name="结果摘要")
        factor_rows = _factor_sheet(writer, styles, chosen)
        subtotals = {
            stage: _stage_sheet(writer, styles, stage, lines[lines["stage"] == stage], factor_rows) for stage in stages
        }
        _trace_sheet(writer, styles, lines)
        problems[["stage", "item", "flow", "unit"]].to_excel(writer, sheet_name="问题清单", index=False)
        _summary(writer, styles, study, product, lines, subtotals)
        for name, frame in values.items():
            _raw_sheet(writer, name, frame, formulas[name])


def _factor_sheet(
    writer: pd.ExcelWriter, styles: dict[str, Any], chosen: dict[str, tuple[str, float | None, str]]
) -> dict[str, int]:
    frame = pd.DataFrame([(flow, *factor) for flow, factor in chosen.items()], columns=["流", "编号", "数值", "来源"])
    frame.to_excel(writer, sheet_name="排放因子", index=False)
    writer.sheets["排放因子"].set_column(0, 3, 22, styles["text"])
    return {flow: row for row, flow in enumerate(chosen, start=2)}


def _stage_sheet(
    writer: pd.ExcelWriter, styles: dict[str, Any], stage: str, lines: pd.DataFrame, factors: dict[str, int]
) -> int:
    name = f"核算-{stage}"
    sheet = writer.book.add_worksheet(name)
    writer.sheets[name] = sheet
    sheet.write_row(0, 0, TITLES, styles["head"])
    sheet.set_column(0, 9, 16)
    sheet.freeze_panes(1, 1)
    for row, line in enumerate(lines[LINE_COLUMNS].itertuples(index=False), start=1):
        sheet.write_string(row, 0, str(line.item), styles["text"])
        sheet.write_string(row, 1, str(line.flow), styles["text"])
        _figure(sheet, row, 2, None, line.amount, styles["number"])
        sheet.write_string(row, 3, str(line.unit), styles["text"])
        sheet.write_string(row, 4, str(line.basis), styles["text"])
        _figure(sheet, row, 5, None, line.reference, styles["number"])
        _figure(sheet, row, 6, None, line.coefficient, styles["number"])
        _figure(sheet, row, 7, f"=F{row + 1}*G{row + 1}", line.activity, styles["number"])
        _figure(sheet, row, 8, f"=排放因子!C{factors[line.flow]}", line.factor, styles["number"])
        _figure(sheet, row, 9, f"=H{row + 1}*I{row + 1}", line.emission, styles["number"])
    last = len(lines) + 1
    sheet.write_string(last, 0, "小计", styles["head"])
    sheet.write_formula(last, 9, f"=SUM(J2:J{last})", styles["number"], lines["emission"].sum())
    return last + 1


def _figure(sheet: Any, row: int, column: int, formula: str | None, value: Any, style: Any) -> None:
    if value is None or pd.isna(value):
        sheet.write_blank(row, column, None, style)
    elif formula:
        sheet.write_formula(row, column, formula, style, value)
    else:
        sheet.write_number(row, column, value, style)


def _trace_sheet(writer: pd.ExcelWriter, styles: dict[str, Any], lines: pd.DataFrame) -> None:
    frame = lines[
        [
            "stage",
            "item",
            "sheet",
            "row",
            "amount",
            "unit",
            "reference",
            "activity",
            "factor",
            "emission",
            "source",
            "quality",
        ]
    ]
    frame.to_excel(writer, sheet_name="溯源", index=False)
    writer.sheets["溯源"].set_column(0, 11, 14, styles["text"])


def _summary(
    writer: pd.ExcelWriter, styles: dict[str, Any], study: dict[str, Any], product: pd.Series, lines: pd.DataFrame,
    subtotals: dict[str, int],
) -> None:  # fmt: skip
    sheet = writer.sheets["结果摘要"]
    sheet.write_row(0, 0, ["产品", str(product["产品名称"]), str(study.get("企业名称", ""))], styles["head"])
    sheet.write_row(2, 0, ["阶段", "排放量", "占比"], styles["head"])
    sums = lines.groupby("stage", sort=False)["emission"].sum()
    total, last = sums.sum(), 3 + len(sums)
    for row, (stage, value) in enumerate(sums.items(), start=3):
        sheet.write_string(row, 0, stage, styles["text"])
        sheet.write_formula(row, 1, f"='核算-{stage}'!J{subtotals[stage]}", styles["number"], value)
        sheet.write_formula(row, 2, f"=B{row + 1}/B{last + 1}", styles["share"], value / total if total else 0)
    sheet.write_string(last, 0, "合计", styles["head"])
    sheet.write_formula(last, 1, f"=SUM(B4:B{last})", styles["number"], total)
    for position, kind in enumerate(("pie", "column")):
        chart = writer.book.add_chart({"type": kind})
        chart.add_series({
            "categories": ["结果摘要", 3, 0, last - 1, 0],
            "values": ["结果摘要", 3, 1, last - 1, 1],
            "data_labels": {"percentage": True} if kind == "pie" else {"value": True},
        })  # fmt: skip
        chart.set_title({"name": "各阶段碳排放"})
        sheet.insert_chart(2, 4 + 8 * position, chart)
    top = lines.nlargest(10, "emission")[["item", "emission"]]
    top.to_excel(writer, sheet_name="热点", index=False)
    chart = writer.book.add_chart({"type": "bar"})
    chart.add_series({"categories": ["热点", 1, 0, len(top), 0], "values": ["热点", 1, 1, len(top), 1]})
    writer.sheets["热点"].insert_chart(1, 4, chart)


def _raw_sheet(writer: pd.ExcelWriter, name: str, frame: pd.DataFrame, source: Any) -> None:
    """Copy a sheet of the company's, with its formulas."""
    frame.to_excel(writer, sheet_name=name, header=False, index=False)
    sheet = writer.sheets[name]
    for row in source.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                value = (
                    frame.iat[cell.row - 1, cell.column - 1]
                    if cell.row <= len(frame) and cell.column <= frame.shape[1]
                    else 0
                )
                sheet.write_formula(
                    cell.row - 1, cell.column - 1, str(cell.value), None, "" if pd.isna(value) else value
                )


def process_folder(folder: Path, out: Path, processes: int) -> None:
    """Process every workbook of a folder, in so many processes."""
    files = sorted(folder.glob("*.xlsx"))
    jobs = [(file, out / f"{file.stem}-results.xlsx") for file in files]
    with multiprocessing.Pool(processes, _load) as pool:
        pool.starmap(_job, jobs)


def _load() -> None:
    global _library  # noqa: PLW0603 - as such scripts do it
    _library = load_library(LIBRARY)


def _job(source: Path, target: Path) -> None:
    process(source, _library, target)


def main() -> None:
    """Process one workbook or a folder: the script as its author would start it."""
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    if source.is_dir():
        process_folder(source, target, int(sys.argv[3]))
    else:
        process(source, load_library(LIBRARY), target)


if __name__ == "__main__":
    main()
