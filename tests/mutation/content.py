"""What companies type: each function changes a workbook as a company did, and its truth with it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from tests.mutation.rawbook import NotApplicableError, RawCell
from workbook_engine.grid import address

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.mutation.case import Case, Line

Mutation = "Callable[[Case], None]"
CONTENT: dict[str, Callable[[Case], None]] = {}


def content(name: str) -> Callable[[Callable[[Case], None]], Callable[[Case], None]]:
    def register(function: Callable[[Case], None]) -> Callable[[Case], None]:
        assert name not in CONTENT, name
        CONTENT[name] = function
        return function

    return register


# --- numbers in all spellings -----------------------------------------------------------------------------------------

SPELLINGS: dict[str, tuple[float, str]] = {
    "number stored as text": (10593.5, "10593.5"),
    "thousands separators": (1234567.5, "1,234,567.5"),
    "full-width digits": (1234.5, "１２３４．５"),
    "full-width with separators": (12345.6, "１２，３４５．６"),
    "spaces between thousands": (12345.0, "12 345"),
    "spaces around": (812.25, "  812.25 "),
    "no-break spaces": (812.25, "812.25\u00a0"),
    "line break behind": (812.25, "812.25\n"),
    "万": (35000.0, "3.5万"),
    "Chinese numerals": (35000.0, "三万五千"),
    "scientific notation": (1200.0, "1.2E3"),
    "约": (1200.0, "约1200"),
    "≈": (1200.0, "≈1,200"),
    "左右": (1200.0, "1200左右"),
    "remark in brackets": (1200.0, "1200（含损耗）"),
    "plus sign": (77.5, "+77.5"),
    "apostrophe thousands": (12345.0, "12'345"),
    "one comma of thousands": (12345.0, "12,345"),
}  # fmt: skip


def _spelling(amount: float, typed: str) -> Callable[[Case], None]:
    def mutate(case: Case) -> None:
        line = case.pick()
        case.allow(line.retype(amount, typed))

    return mutate


for _name, (_amount, _typed) in SPELLINGS.items():
    content(f"number: {_name}")(_spelling(_amount, _typed))

NO_NUMBERS: dict[str, object] = {
    "a range": "100-120",
    "a range with ~": "100～120",
    "a limit": "<0.1",
    "at least": "100以上",
    "words": "一万多",
    "pending": "待定",
    "to be supplied": "暂无数据",
    "elsewhere": "见附件",
    "same as above": "同上",
    "a question mark": "?",
    "percent": "15%",
    "an unknown unit behind": "120箩",
    "two numbers": "120/130",
    "unclear separators": "1.234,5.6",
    "a calculation as text": "1200*12",
    "an error typed as text": "#REF!",
    "a date": "2025.1.1",
    "TRUE": True,
    "blank": None,
    "negative": -12.5,
    "in brackets": "(120)",
    "#REF!": "#REF!",
    "#DIV/0!": "#DIV/0!",
    "five thousand digits": "9" * 5000,
}


def _no_number(typed: object) -> Callable[[Case], None]:
    def mutate(case: Case) -> None:
        line = case.pick()
        case.need(line.type("amount", typed), *([line.cell("unit")] if typed == "15%" else []))  # type: ignore[arg-type]

    return mutate


for _name, _value in NO_NUMBERS.items():
    content(f"no number: {_name}")(_no_number(_value))


@content("no number: an error value of a formula")
def _(case: Case) -> None:
    line = case.pick()
    case.need(line.type("amount", "#REF!", "SUM(#REF!)"))


for _word in ("/", "—", "无", "N/A", "不适用"):

    @content(f"nothing occurs: {_word}")
    def _(case: Case, word: str = _word) -> None:
        line = case.pick()
        _drop(case, line)
        line.type("amount", word)


def _drop(case: Case, line: Line) -> None:
    """Take a line out of the truth; a stage inside the boundary that has none left must be reported."""
    case.lines.remove(line)
    if line.stage not in case.stages:
        case.need(case.boundary[line.stage].cells[4])


@content("an explicit zero")
def _(case: Case) -> None:
    line = case.pick()
    line.type("amount", 0.0)
    line.kg = 0.0


# --- units ------------------------------------------------------------------------------------------------------------

# Spelling -> how many of it are one of the unit that the row was in. 1 kWh = 0.0036 GJ; 1 kg = 2 斤.
UNITS: dict[str, dict[str, float]] = {
    "kWh": {"度": 1, "千瓦时": 1, "KWH": 1, "kW·h": 1, "ｋＷｈ": 1, "万kWh": 1e-4, "万度": 1e-4, "MWh": 1e-3,
            "GJ": 0.0036, "千瓦时（kWh）": 1, "kwh ": 1, "万千瓦时": 1e-4},
    "kg": {"公斤": 1, "千克": 1, "KG": 1, "t": 1e-3, "吨": 1e-3, "噸": 1e-3, "g": 1e3, "克": 1e3, "斤": 2,
           "吨（t）": 1e-3},
    "m³": {"立方米": 1, "方": 1, "m3": 1, "Nm³": 1, "万m³": 1e-4, "立方": 1, "㎥": 1},
}  # fmt: skip


@content("unit changed in the neighbour cell")
def _(case: Case) -> None:
    line = case.pick(lambda line: line.text("unit") in UNITS)
    unit, per = case.rng.choice(sorted(UNITS[line.text("unit")].items()))
    line.type("unit", unit)
    line.type("amount", line.amount * per)


@content("unit moved into the amount's cell")
def _(case: Case) -> None:
    line = case.pick(lambda line: line.text("unit") in UNITS)
    unit, per = case.rng.choice(sorted(UNITS[line.text("unit")].items()))
    case.allow(line.type("amount", f"{round(line.amount * per, 6):.15g}{unit}"), line.type("unit", None))
    line.kg *= round(line.amount * per, 6) / (line.amount * per)


@content("another unit in the amount's cell than in the unit column")
def _(case: Case) -> None:
    line = case.pick(lambda line: line.text("unit") == "kWh")
    case.need(line.type("amount", f"{line.amount:.15g}MWh"), line.cell("unit"))


@content("万 in the amount and in the unit")
def _(case: Case) -> None:
    line = case.pick(lambda line: line.text("unit") == "kWh")
    line.type("unit", "万kWh")
    case.need(line.type("amount", "3.5万"), line.cell("unit"))


for _name, _unit in {
    "blank": None,
    "unknown": "箩",
    "of another dimension": "台",
    "same as above, first row": "同上",
}.items():

    @content(f"unit: {_name}")
    def _(case: Case, unit: str | None = _unit) -> None:
        line = case.pick(lambda line: line.row is line.table.rows[0])
        case.need(line.type("unit", unit))


# --- words ------------------------------------------------------------------------------------------------------------

FLOWS = {
    "电力": ("電力", "用电", "电 力", "电力\n", "electricity", "Electricity", "外购电力", "电"),
    "柴油": ("柴 油", "0号柴油", "diesel", "Diesel"),
    "天然气": ("天然氣", "natural gas"),
    "汽油": ("gasoline",),
}
WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "basis": {
        "每功能单位": ("每台", "每功能單位", "每 功能单位", "Per functional unit", "单位产品"),
        "本产品全年合计": ("本产品全年", "本產品全年合計", "Product, annual total", "本产品年度合计"),
        "全厂全年合计": ("全厂全年", "全廠全年合計", "Plant, annual total", "全厂"),
    },
    "quality": {"初级数据": ("初级", "实测", "初級數據", "Primary"), "次级数据": ("次级", "文献", "Secondary")},
}


def _word(key: str) -> Callable[[Case], None]:
    def mutate(case: Case) -> None:
        words = FLOWS if key == "flow" else WORDS[key]
        line = case.pick(lambda line: line.text(key) in words)
        cell = line.cell(key)
        cell.value = case.rng.choice(words[line.text(key)])
        case.allow(cell)

    return mutate


for _key in ("flow", "basis", "quality"):
    content(f"{_key}: another word for it")(_word(_key))

BAD_WORDS: dict[str, tuple[str, object]] = {
    "flow: misspelt": ("flow", "电历"),
    "flow: unknown": ("flow", "神秘粉末"),
    "flow: blank": ("flow", None),
    "flow: error value": ("flow", "#N/A"),
    "basis: blank": ("basis", None),
    "basis: unknown": ("basis", "随便"),
    "basis: error value": ("basis", "#NAME?"),
    "product: unknown": ("product", "洗衣机"),
    "product: same as above, first row": ("product", "同上"),
}
for _name, (_key, _value) in BAD_WORDS.items():

    @content(_name)
    def _(case: Case, key: str = _key, value: object = _value) -> None:
        line = case.pick(lambda line: line.row is line.table.rows[0])
        case.need(line.type(key, value))  # type: ignore[arg-type]


@content("product: by its name")
def _(case: Case) -> None:
    case.pick().type("product", case.product_cell("name").value)


@content("product: by its model")
def _(case: Case) -> None:
    case.pick().type("product", case.product_cell("model").value)


@content("product: misspelt by a character")
def _(case: Case) -> None:
    line = case.pick()
    name = case.product_cell("name").text
    case.allow(line.type("product", name.replace("合", "和") if "合" in name else name.replace("支", "之")))


@content("same as above in words")
def _(case: Case) -> None:
    line = case.pick(lambda line: line.row is line.table.rows[-1])
    _, *rest = case.split(line, case.rng.randint(1, 3))
    words = case.rng.sample(["flow", "unit", "basis", "data_source", "quality"], case.rng.randint(1, 4))
    for each in rest:
        for key in words:
            case.allow(each.type(key, case.rng.choice(["同上", "〃", "同上行", "ditto"])))


@content("same as above in the product")
def _(case: Case) -> None:
    line = case.pick(lambda line: line.row is line.table.rows[-1])
    for n, each in enumerate(case.split(line, 2)):
        each.type("product", "同上" if n else case.product_cell("name").value)


# --- formulas ---------------------------------------------------------------------------------------------------------


@content("formula with its value")
def _(case: Case) -> None:
    line = case.pick()
    line.type("amount", line.amount, f"{line.amount / 4!r}*4")


@content("formula without its value")
def _(case: Case) -> None:
    line = case.pick()
    case.allow(line.type("amount", None, f"{line.amount / 4!r}*4"))


@content("formula over cells beside the table, without its value")
def _(case: Case) -> None:
    line = case.pick()
    number, column = line.table.sheet.number_of(line.row), max(line.table.columns.values()) + 2
    for offset in range(4):
        line.row.put(column + offset, line.amount / 4)
    first, last = address(number, column), address(number, column + 3)
    case.allow(line.type("amount", None, f"ROUND(SUM({first}:{last}),9)"))


@content("formula into another workbook, without its value")
def _(case: Case) -> None:
    line = case.pick()
    case.need(line.type("amount", None, "[1]Sheet1!$B$2*12"))


@content("formula of an unknown function, without its value")
def _(case: Case) -> None:
    line = case.pick()
    case.need(line.type("amount", None, "MYMACRO(3)"))


@content("a unit and a flow by formula, without their values")
def _(case: Case) -> None:
    line = case.pick()
    case.allow(line.type("unit", None, f'"{line.text("unit")}"'), line.type("flow", None, f'"{line.text("flow")}"&""'))


@content("formulas that show nothing in rows not used")
def _(case: Case) -> None:
    line = case.pick()
    table = line.table
    last = max(table.sheet.number_of(row) for row in table.rows)
    for offset in range(2, 6):
        row = table.sheet.row(last + offset)
        row.put(table.columns["unit"], "", f'IF(B{last + offset}="","","kWh")')
        row.put(table.columns["amount"], "", f'IF(B{last + offset}="","",1)')


# --- months -----------------------------------------------------------------------------------------------------------


def _months(case: Case) -> tuple[Line, list[float]]:
    line = case.pick(lambda line: line.stage == "production")
    parts = [line.amount / 16] * 11
    return line, [*parts, line.amount - sum(parts)]


@content("months in place of the year's amount")
def _(case: Case) -> None:
    line, months = _months(case)
    for number, value in enumerate(months, 1):
        line.type(f"month_{number:02d}", value)
    line.type("amount", None)


@content("months that add up to the year's amount")
def _(case: Case) -> None:
    line, months = _months(case)
    for number, value in enumerate(months, 1):
        line.type(f"month_{number:02d}", value)


@content("months that do not add up")
def _(case: Case) -> None:
    line, months = _months(case)
    for number, value in enumerate(months, 1):
        line.type(f"month_{number:02d}", value * 1.1)
    case.need(line.cell("amount"))


@content("months missing, no amount of the year")
def _(case: Case) -> None:
    line, months = _months(case)
    for number, value in enumerate(months[:10], 1):
        line.type(f"month_{number:02d}", value)
    case.need(line.type("amount", None), line.cell("month_01"))


# --- products, outputs, plants ----------------------------------------------------------------------------------------


def _needs_output(case: Case) -> bool:
    return case.name.startswith(("T4000402", "T410267-1_plant"))


OUTPUTS: dict[str, object] = {
    "missing": None,
    "zero": 0.0,
    "words": "两千多",
    "pending": "待统计",
    "negative": -5.0,
    "error value": "#VALUE!",
}
for _name, _value in OUTPUTS.items():

    @content(f"output: {_name}")
    def _(case: Case, value: object = _value) -> None:
        cell = case.product_cell("output")
        case.claim(cell)
        if not _needs_output(case):
            raise NotApplicableError
        cell.value = value  # type: ignore[assignment]
        made = case.tables["plant_products"]
        case.need(cell, *(row.cells.setdefault(made.columns["output"], RawCell()) for row in made.rows[:1]))


@content("output in 万")
def _(case: Case) -> None:
    cell, unit = case.product_cell("output"), case.product_cell("output_unit")
    case.claim(cell)
    if not isinstance(cell.value, float):
        raise NotApplicableError
    cell.value = cell.value / 1e4
    unit.value = f"万{unit.text}"


@content("output as text with its unit")
def _(case: Case) -> None:
    cell = case.product_cell("output")
    case.claim(cell)
    if not isinstance(cell.value, float):
        raise NotApplicableError
    cell.value = f"{cell.value:,.0f}{case.product_cell('output_unit').text}"
    case.allow(cell)


@content("output differs between sheets")
def _(case: Case) -> None:
    table = case.tables["plant_products"]
    if not table.rows:
        raise NotApplicableError
    case.claim(case.product_cell("output"))
    other = table.rows[0].put(table.columns["output"], 2300.0)
    case.need(case.product_cell("output"), other)


@content("product's unit of output unknown")
def _(case: Case) -> None:
    cell = case.product_cell("output_unit")
    case.claim(case.product_cell("output"))
    if cell.is_blank:
        raise NotApplicableError
    cell.value = "箩筐"
    case.need(cell)


@content("no product")
def _(case: Case) -> None:
    row = case.tables["products"].rows[0]
    case.claim(case.product_cell("output"))
    for cell in row.cells.values():
        cell.value = None
    case.need(case.tables["products"].header)


def _plant_cells(case: Case, key: str) -> RawCell:
    table = case.tables["plant_products"]
    if not table.rows:
        raise NotApplicableError
    case.claim(table.rows[0])
    return table.rows[0].cells.setdefault(table.columns[key], RawCell())


@content("plant's product misspelt")
def _(case: Case) -> None:
    cell = _plant_cells(case, "product")
    cell.value = "一二次融和成套环网箱 DTU"
    case.tables["plant_products"].rows[0].put(case.tables["plant_products"].columns["output"], 2400.0)
    case.need(cell)


@content("plant's product by another name")
def _(case: Case) -> None:
    cell = _plant_cells(case, "product")
    cell.value = "高压柜"
    made = case.tables["plant_products"]
    output = made.rows[0].put(made.columns["output"], 2400.0)
    case.need(cell, output, case.product_cell("output"), case.product_cell("name"))


@content("plant misspelt in the list of its products")
def _(case: Case) -> None:
    cell = _plant_cells(case, "plant")
    cell.value = "南昌公厂"
    case.allow(cell)


@content("plant unknown in a line")
def _(case: Case) -> None:
    line = case.pick(lambda line: line.text("basis") == "全厂全年合计")
    case.need(line.type("plant", "长沙工厂"))


@content("plant misspelt in a line")
def _(case: Case) -> None:
    line = case.pick(lambda line: line.text("basis") == "全厂全年合计")
    case.allow(line.type("plant", "南昌工场"))


@content("weight missing")
def _(case: Case) -> None:
    table = case.tables["plants"]
    weight = _plant_cells(case, "weight")
    weight.value = None
    table.rows[0].put(table.columns["allocation_basis"], "质量")
    case.need(weight)


# --- the period -------------------------------------------------------------------------------------------------------

# First and last day as people type them; the truth is 2025-01-01 to 2025-12-31 (or the year of the example).
DATES = {
    "dots": ("{y}.1.1", "{y}.12.31"),
    "slashes": ("{y}/1/1", "{y}/12/31"),
    "Chinese": ("{y}年1月1日", "{y}年12月31日"),
    "Chinese months": ("{y}年1月", "{y}年12月"),
    "Chinese numerals": ("二〇{d}年一月一日", "二〇{d}年十二月三十一日"),
    "eight digits": ("{y}0101", "{y}1231"),
    "eight digits as number": (0.0, 0.0),
    "serial numbers": (-1.0, -1.0),
    "months with a hyphen": ("{y}-01", "{y}-12"),
    "years": ("{y}年", "{y}年"),
    "English": ("1 Jan {y}", "31 Dec {y}"),
    "American with a day that is no month": ("1/1/{y}", "12/31/{y}"),
    "with the time": ("{y}-01-01 00:00:00", "{y}-12-31 00:00:00"),
    "full-width": ("２０２５－０１－０１", "２０２５－１２－３１"),
    "traditional": ("{y}年1月1日", "{y}年12月31號"),
}


def _dates(first: str | float, last: str | float) -> Callable[[Case], None]:
    def mutate(case: Case) -> None:
        start, end = case.field_cell("study.period_start"), case.field_cell("study.period_end")
        case.claim(start)
        assert case.start
        assert case.end
        year = case.start.year
        if isinstance(first, float):
            for cell, day in ((start, case.start), (end, case.end)):
                serial = (day - dt.date(1899, 12, 30)).days  # 1 January 1900 is 1, and 29 February 1900 is counted
                cell.value = float(serial) if first else float(f"{day:%Y%m%d}")
        else:
            numeral = "".join("〇一二三四五六七八九"[int(n)] for n in str(year)[2:])
            if "２" in first and year != 2025:
                raise NotApplicableError
            start.value = first.format(y=year, d=numeral)
            end.value = str(last).format(y=year, d=numeral)
        case.allow(start, end)

    return mutate


for _name, (_first, _last) in DATES.items():
    content(f"dates: {_name}")(_dates(_first, _last))


for _name, (_key, _value) in {
    "blank": ("period_start", None),
    "words": ("period_end", "去年"),
    "no such day": ("period_end", "2025-02-30"),
    "two readings": ("period_start", "3/4/2025"),
    "reversed": ("period_end", "2020-01-01"),
    "without its year": ("period_start", "1月1日"),
    "error value": ("period_end", "#VALUE!"),
}.items():

    @content(f"dates: {_name}")
    def _(case: Case, key: str = _key, value: object = _value) -> None:
        case.claim(case.field_cell("study.period_start"))
        cell = case.field_cell(f"study.{key}")
        cell.value = value  # type: ignore[assignment]
        case.need(cell)


# --- rows that are no lines, and lines in odd places ------------------------------------------------------------------


@content("subtotal row with the sum")
def _(case: Case) -> None:
    line = case.pick(lambda line: len(line.table.rows) == 1)
    rows = case.split(line, case.rng.randint(1, 3))
    word = case.rng.choice(["合计", "小计", "总计", "合 计", "合计：", "合計", "Total", "Subtotal"])
    row = case.add_row(line.table, {"item": word, "amount": sum(each.amount for each in rows)})
    case.allow(row)


@content("subtotal row as a formula over the rows above it")
def _(case: Case) -> None:
    line = case.pick(lambda line: len(line.table.rows) == 1)
    rows = case.split(line, case.rng.randint(1, 3))
    word = case.rng.choice(["合计", "电力合计", "全部", "本页小计（kWh）", "全厂用量"])
    total = sum(each.amount for each in rows)
    row = case.add_row(
        line.table, {"item": word, "flow": line.text("flow"), "unit": line.text("unit"), "basis": line.text("basis")}
    )
    row.put(line.table.columns["amount"], total, f"SUM({rows[0].place}:{rows[-1].place})")
    case.allow(row)


@content("subtotal row in other words, filled in like a line")
def _(case: Case) -> None:
    line = case.pick(lambda line: len(line.table.rows) == 1)
    rows = case.split(line, case.rng.randint(1, 3))
    word = case.rng.choice(["电力合计", "以上合计", "本页小计", "合计（全年）", "总用量合计", "小计 Subtotal"])
    answers = {"item": word, "flow": line.text("flow"), "unit": line.text("unit"), "basis": line.text("basis")}
    case.allow(case.add_row(line.table, {**answers, "amount": sum(each.amount for each in rows)}))


@content("subtotal row that is not the sum")
def _(case: Case) -> None:
    line = case.pick(lambda line: len(line.table.rows) == 1)
    rows = case.split(line, 2)
    answers = {"item": "合计", "flow": line.text("flow"), "unit": line.text("unit"), "basis": line.text("basis")}
    row = case.add_row(line.table, {**answers, "amount": sum(each.amount for each in rows) * 1.5})
    case.need(row)


@content("a plant's whole named 合计 with nothing above it")
def _(case: Case) -> None:
    line = case.pick(lambda line: len(line.table.rows) == 1)
    case.allow(line.type("item", "全厂用电合计"))


@content("example row left in")
def _(case: Case) -> None:
    table = case.tables["production"]
    case.claim(table.header)
    words = {"item": case.rng.choice(["示例：装配车间用电", "例：装配车间", "（示例）装配车间用电", "填写示例"])}
    row = case.add_row(table, {**words, "flow": "电力", "amount": 12500.0, "unit": "kWh", "basis": "每功能单位"})
    case.need(row)


@content("a line pasted twice")
def _(case: Case) -> None:
    line = case.pick()
    twin = case.add_line(line, line.amount, line.text("item"))
    twin.row.cells[line.table.columns["amount"]].value = line.row.cells[line.table.columns["amount"]].value
    case.claim(twin.row)
    case.doubted(twin.row, line.row)


@content("a row of remarks only")
def _(case: Case) -> None:
    line = case.pick()
    case.add_row(line.table, {"remark": "以上数据由设备部提供"})


@content("lines far below, blank rows between")
def _(case: Case) -> None:
    line = case.pick()
    case.add_line(line, line.amount / 2, "补充：临时用量", gap=case.rng.choice([1, 3, 40]))


@content("table continued below the prepared rows")
def _(case: Case) -> None:
    line = case.pick()
    for each in case.split(line, 30)[1:]:
        each.type("remark", "续")
    case.add_line(line, line.amount, "模板行以外", gap=300)


@content("signatures below the table")
def _(case: Case) -> None:
    line = case.pick()
    row = case.add_row(line.table, {}, gap=2)
    row.put(2, "填表人：张三")
    row.put(line.table.columns["amount"], "审核：李四")
    row.put(line.table.columns["basis"], "日期：2026年3月1日")
    line.table.rows.remove(row)
    case.allow(row)


@content("data typed beside the table")
def _(case: Case) -> None:
    line = case.pick()
    cell = line.row.put(max(line.table.columns.values()) + 2, "另有柴油 500 kg")
    case.doubted(cell)


@content("a second table typed to the right")
def _(case: Case) -> None:
    line = case.pick()
    column = max(line.table.columns.values()) + 3
    number = line.table.sheet.number_of(line.row)
    for offset, word in enumerate(("工序或用途", "能源、燃料或气体", "数量", "单位", "数据口径")):
        line.table.header.put(column + offset, word)
    for offset, value in enumerate(("二车间", "电力", 500.0, "kWh", "每功能单位")):
        line.table.sheet.row(number).put(column + offset, value)
    cells = [line.row.cells[column + n] for n in range(5)] + [line.table.header.cells[column + n] for n in range(5)]
    case.doubted(*cells)


@content("typed over a row of the template's own words")
def _(case: Case) -> None:
    line = case.pick()
    needs = line.table.sheet.row(line.table.sheet.number_of(line.table.keys) - 1)
    case.claim(needs)
    case.doubted(needs.put(max(line.table.columns.values()) + 1, "另有汽油 30 kg"))


@content("typed into the words above a column")
def _(case: Case) -> None:
    line = case.pick()
    needs = line.table.sheet.row(line.table.sheet.number_of(line.table.keys) - 1)
    case.claim(needs)
    case.doubted(needs.put(line.table.columns["amount"], "单位都是万kWh"))


@content("typed into a help cell")
def _(case: Case) -> None:
    _, row = case.fields["study.report_no"]
    case.claim(row)
    case.doubted(row.put(4, "另有一台备用发电机，用柴油 30 kg"))


@content("typed behind the label of a form")
def _(case: Case) -> None:
    _, row = case.fields["study.company"]
    case.claim(row)
    row.put(2, f"企业名称：{row.text(3)}")
    row.put(3, None)
    case.allow(row)


@content("typed onto the sheet of instructions")
def _(case: Case) -> None:
    sheet = case.book.sheets[0]
    case.claim(sheet)
    cell = sheet.row(max(sheet.rows) + 2).put(2, "补充数据：柴油 500 kg，请一并计入")
    case.doubted(cell)


@content("typed into the title row")
def _(case: Case) -> None:
    line = case.pick()
    row = line.table.sheet.row(3)
    case.claim(row)
    case.doubted(row.put(max(line.table.columns.values()) + 1, "单位：吨"))


# --- transport by mass and distance -----------------------------------------------------------------------------------


@content("transport given in both ways")
def _(case: Case) -> None:
    line = case.pick(lambda line: line.stage in ("raw_material_transport", "distribution"))
    for key, value in {"mass": 12.5, "mass_unit": "t", "distance_km": 320.0, "mode": "重型柴油货车(载重18t)"}.items():
        line.type(key, value)
    case.need(line.cell("amount"), line.row)


@content("transport without its distance")
def _(case: Case) -> None:
    line = case.pick(lambda line: line.stage in ("raw_material_transport", "distribution"))
    for key, value in {
        "mass": 12.5,
        "mass_unit": "t",
        "mode": "重型柴油货车(载重18t)",
        "amount": None,
        "flow": None,
        "unit": None,
    }.items():
        line.type(key, value)
    case.need(line.row)


# --- the boundary -----------------------------------------------------------------------------------------------------


@content("boundary: another word for yes and no")
def _(case: Case) -> None:
    for stage, row in case.boundary.items():
        case.claim(row.cells[4])
        inside = stage in case.stages
        row.put(4, case.rng.choice(["√", "纳入", "Yes", "包含", "Y"] if inside else ["×", "不纳入", "No", "N"]))


@content("boundary: blank for a stage with data")
def _(case: Case) -> None:
    stage = case.rng.choice(sorted(case.stages))
    cell = case.boundary[stage].cells[4]
    case.claim(cell)
    cell.value = None
    case.need(cell)


@content("boundary: no for a stage with data")
def _(case: Case) -> None:
    stage = case.rng.choice(sorted(case.stages))
    cell = case.boundary[stage].cells[4]
    case.claim(cell)
    cell.value = "否"
    case.doubted(cell)


@content("boundary: yes for a stage without data")
def _(case: Case) -> None:
    cell = case.boundary["use"].cells[4]
    case.claim(cell)
    cell.value = "是"
    case.need(cell)


@content("boundary: an unknown word")
def _(case: Case) -> None:
    stage = case.rng.choice(sorted(case.stages))
    cell = case.boundary[stage].cells[4]
    case.claim(cell)
    cell.value = "部分"
    case.need(cell)


# --- settings ---------------------------------------------------------------------------------------------------------


@content("settings: an unknown factor set")
def _(case: Case) -> None:
    cell = case.field_cell("settings.factor_set")
    case.claim(cell)
    cell.value = "我们自己的因子"
    case.need(cell)


@content("settings: the year as text")
def _(case: Case) -> None:
    cell = case.field_cell("settings.electricity_year")
    case.claim(cell)
    if isinstance(cell.value, float):
        cell.value = case.rng.choice([f"{cell.value:.0f}", f" {cell.value:.0f} "])
    case.allow(cell)


@content("settings: the year is not a number")
def _(case: Case) -> None:
    cell = case.field_cell("settings.electricity_year")
    case.claim(cell)
    cell.value = "最新"
    case.need(cell)
