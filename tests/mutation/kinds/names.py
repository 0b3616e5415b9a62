"""Names that say more than their row counts, rows that hold other rows, and what words alone tell to be otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutation.kinds.registry import typed
from tests.mutation.rawbook import NotApplicableError, RawCell

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.mutation.case import Case, Line

# A name counts for nothing, so that the amount stands as typed; what was meant is asked.
MAY_COUNT: dict[str, tuple[str, ...]] = {
    "half a year": ("{}（上半年）", "1-6月{}", "{}，7～12月"),
    "a month's mean": ("月平均{}", "{}（月均）"),
    "another year": ("2019年{}", "{}（2019年）"),
    "a meter's multiplier": ("{}（倍率40）", "{}，电表倍率 60"),
    "a meter's reading": ("{}：表底", "{}（止码）"),
    "planned": ("{}（计划用量）", "{}的定额用量"),
    "wider in scope": ("{}（含办公楼）", "{}（包括宿舍、食堂）"),
    "in part": ("{}（约占六成）", "{}（未分摊）"),
    "gross weight": ("{}（毛重）",),
    "a share": ("{}（2%）", "{} 3%", "{}（损耗5%）"),
}


def _names(forms: tuple[str, ...], *, needs_period: bool, but: str = "") -> Callable[[Case], None]:
    def mutate(case: Case) -> None:
        if needs_period:  # where it cannot be read, that is told in place of what is held against it
            case.claim(case.field_cell("study.period_start"))
        line = case.pick(lambda line: bool(line.text("item")) and line.stage != but)
        case.doubted(line.type("item", case.rng.choice(forms).format(line.text("item"))))

    return mutate


for _name, _forms in MAY_COUNT.items():
    _but = "use" if _name == "half a year" else ""  # a heater of a customer's runs for a season, every year
    typed(f"name: {_name}")(_names(_forms, needs_period=_name == "another year", but=_but))


@typed("name: sold, fed out")
def _(case: Case) -> None:
    line = case.pick(lambda line: line.text("flow") in ("电力", "天然气", "柴油"))
    case.need(line.type("item", case.rng.choice(["余电上网", "外售部分", "外供给隔壁工厂"])))


# --- rows that hold other rows ---------------------------------------------------------------------------------------

SIGNS = ("- {}", "—{}", "·{}", "　{}", "    {}", "└ {}", "（1）{}", "①{}")


def _last(case: Case) -> Line:
    """Choose the last line of a table: rows that are typed now stand below it, and are not sorted away from it."""
    line = case.pick(lambda line: line.table.rows[-1] is line.row and bool(line.text("item")))
    case.claim(line.table.sheet)
    return line


def _parts(case: Case, line: Line, shares: tuple[float, ...]) -> list[Line]:
    sign = case.rng.choice(SIGNS)
    parts = [case.add_line(line, line.amount * share, sign.format(name))
             for share, name in zip(shares, ("前段", "后段"), strict=False)]  # fmt: skip
    for part in parts:
        case.touched.add(id(part.row))
    return parts


@typed("parts that add up to the row above them")
def _(case: Case) -> None:
    parts = _parts(case, _last(case), (0.375, 0.625))
    case.need(parts[0].row)


@typed("a part that fits within the row above it")
def _(case: Case) -> None:
    parts = _parts(case, _last(case), (0.375,))
    case.doubted(parts[0].row)


@typed("a row that calls itself a part, in brackets")
def _(case: Case) -> None:
    line = _last(case)
    part = case.add_line(line, line.amount / 4, case.rng.choice(["（其中）照明", "- 其中：照明", "内含照明"]))
    case.touched.add(id(part.row))
    case.lines.remove(part)  # it is no line, and that is an error
    case.need(part.row)


@typed("a row that is the sum of others, in no words")
def _(case: Case) -> None:
    line = _last(case)
    if line.amount == float(f"{line.amount:.3g}") or len(line.table.rows) > 1:
        raise NotApplicableError  # round figures are sums by chance
    rows = case.split(line, 2)
    whole = case.add_line(rows[0], sum(each.amount for each in rows), "进线表")
    case.touched.add(id(whole.row))
    case.doubted(whole.row)


# --- what only words tell --------------------------------------------------------------------------------------------

_ALUMINIUM, _SF6 = 20.3, "六氟化硫"  # kgCO2e/kg of primary aluminium


@typed("recycled material by the factor of primary")
def _(case: Case) -> None:
    line = case.pick(lambda line: line.stage == "raw_material_acquisition" and "pieces" not in line.table.columns)
    line.type("flow", "电解铝")
    line.type("unit", "kg")
    line.kg = line.amount * _ALUMINIUM
    case.doubted(line.type("item", case.rng.choice(["再生铝壳体", "废铝", "铝壳（翻新件）", "回收料铝锭"])))


@typed("a charge of gas given as an emission")
def _(case: Case) -> None:
    line = case.pick(lambda line: line.stage == "production")
    words = {
        "item": case.rng.choice(["SF6充气量", "开关充装SF6", "SF6铭牌充气"]),
        "flow": _SF6,
        "amount": 0.001,
        "unit": "kg",
    }
    row = case.add_row(line.table, {**words, "basis": line.text("basis"), "product": line.text("product") or None})
    case.claim(row)
    case.need(row)


@typed("a product's total without its product")
def _(case: Case) -> None:
    line = case.pick(lambda line: line.text("basis") == "本产品全年合计" and bool(line.text("product")))
    cell = line.type("product", None)
    case.need(cell, line.row)


@typed("weights that the plant's own words call totals")
def _(case: Case) -> None:
    plants, made = case.tables["plants"], case.tables["plant_products"]
    if not plants.rows:
        raise NotApplicableError
    cell = plants.rows[0].cells.setdefault(plants.columns["justification"], RawCell())
    # What weights are of is asked once the outputs that they are multiplied by can be read.
    for thing in (cell, case.product_cell("output"), made.header, *made.rows):
        case.claim(thing)
    cell.value = case.rng.choice(["按全年总工时分摊", "按年产值比例", "按年度总重量"])
    case.doubted(*(row.cells[made.columns["weight"]] for row in made.rows if made.columns["weight"] in row.cells))


@typed("fuel by a measure that only a density converts")
def _(case: Case) -> None:
    units = {"汽油": ("L", "升"), "天然气": ("kg", "吨")}
    line = case.pick(lambda line: line.text("flow") in units)
    flow = line.cell("flow")  # whose heading may be unclear: it says what converts
    case.need(line.type("unit", case.rng.choice(units[line.text("flow")])), flow)


@typed("magnitude: what one piece takes, as the year's total")
def _(case: Case) -> None:
    line = case.pick(lambda line: line.stage == "production" and line.text("basis") == "本产品全年合计"
                     and line.text("flow") == "电力" and 0 < line.amount * max(line.shares) < 500)  # fmt: skip
    amount = round(line.amount * max(line.shares), 4)
    case.doubted(line.retype(amount, amount))


@typed("magnitude: the product's mass a thousand times that of its unit")
def _(case: Case) -> None:
    mass, unit = case.product_cell("mass_kg"), case.product_cell("unit")
    case.claim(mass)
    case.claim(unit)
    if not unit.text:
        raise NotApplicableError
    unit.value = f"{unit.text}（净重60kg）"
    mass.value = 60_000.0
    case.doubted(mass)
