"""What only some templates ask for: the service life, treatment routes, and what suppliers tell of their parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutation.kinds.registry import typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.mutation.case import Case, Line
    from tests.mutation.rawbook import Value

READ: dict[str, tuple[Value, ...]] = {
    "years": ("{}年", "{} 年", "约{}年", "{}a", "{} years"),
    "hours_per_year": ("{}h", "{}小时", "{:,}", "{}小时/年"),
    "load_factor": ("{:.0%}", "{}", "约{:.0%}", "{:.2%}"),
    "pieces": ("{}件", "{}个", "{}只", "{} 台"),
    "supplier_output": ("{:,}", "{}件", "{:,}个", "1.6万"),
    "route_share": ("{:.0%}", "{}", "{:.1%}"),
}
UNREADABLE: dict[str, tuple[Value, ...]] = {
    "years": ("待定", "二十到三十年", "15-20", -5.0, 0.0, "很久", "#REF!", "长期"),
    "hours_per_year": ("待定", "7000-8000", "全年", "8小时/天", 9000.0, -1.0, "见说明"),
    "load_factor": ("待定", "40%-60%", "很低", -0.5, "轻载"),
    "pieces": ("待定", "2或3", 0.0, -1.0, "若干", "见BOM", None),
    "supplier_output": ("待定", "一万多", 0.0, "不详", "商业秘密", None),
    "route_share": ("待定", "大部分", "一半以上", "120%", -0.25, "其余"),
}


def _number(line: Line, key: str) -> float:
    value = line.cell(key).value
    assert isinstance(value, float | int)
    return value


def _with(key: str) -> Callable[[Line], bool]:
    return lambda line: key in line.table.columns and not line.cell(key).is_blank


for _key, _forms in READ.items():

    @typed(f"profile: {_key} as text")
    def _(case: Case, key: str = _key, forms: tuple[str, ...] = _forms) -> None:  # type: ignore[assignment]
        line = case.pick(_with(key))
        value = _number(line, key)
        shown = int(value) if value == int(value) else value
        case.allow(line.type(key, case.rng.choice(forms).format(shown)))


for _key, _values in UNREADABLE.items():

    @typed(f"profile: {_key} that is no number")
    def _(case: Case, key: str = _key, values: tuple[Value, ...] = _values) -> None:
        line = case.pick(_with(key))
        case.need(line.type(key, case.rng.choice(values)))


@typed("profile: the life of a power is not told")
def _(case: Case) -> None:
    line = case.pick(lambda line: "years" in line.table.columns and line.text("unit") == "W")
    case.need(line.type("years", None))


@typed("profile: a life in months")
def _(case: Case) -> None:
    line = case.pick(_with("years"))
    line.kg *= 12
    case.doubted(line.type("years", _number(line, "years") * 12))


@typed("profile: hours of a day")
def _(case: Case) -> None:
    line = case.pick(_with("hours_per_year"))
    line.kg *= 22 / _number(line, "hours_per_year")
    case.doubted(line.type("hours_per_year", 22.0))


@typed("profile: routes that are not the whole")
def _(case: Case) -> None:
    line = case.pick(_with("route_share"))
    case.doubted(*(each.type("route_share", 0.25) for each in [line]), *line.table.rows)


@typed("profile: a route's share as a number of per cent")
def _(case: Case) -> None:
    line = case.pick(_with("route_share"))
    case.need(line.type("route_share", _number(line, "route_share") * 100))  # in a cell of the format %


def _second_route(case: Case) -> tuple[Line, Line]:
    """Let an item go two ways, 0.375 and 0.625 of it, with the same amount in both rows."""
    one = case.pick(_with("route_share"))
    two = case.add_line(one, one.amount, one.text("item"))
    for line, share, route in ((one, 0.375, "回收利用"), (two, 0.625, "填埋")):
        case.claim(line.row) if line is two else None
        line.kg *= share
        line.type("route_share", share)
        line.type("route", route)
    two.cell("route_share").style = one.cell("route_share").style
    return one, two


@typed("profile: an item by two routes")
def _(case: Case) -> None:
    _second_route(case)


@typed("profile: an item by two routes, one share no number")
def _(case: Case) -> None:
    case.need(_second_route(case)[1].type("route_share", case.rng.choice(UNREADABLE["route_share"])))


@typed("profile: an item by two routes, one share missing")
def _(case: Case) -> None:
    one, two = _second_route(case)
    case.need(two.type("route_share", None), two.row, one.row)


@typed("profile: a credit in an unknown word")
def _(case: Case) -> None:
    line = case.pick(_with("route_share"))
    case.need(line.type("credit", "也许"))


@typed("profile: an unknown route")
def _(case: Case) -> None:
    line = case.pick(_with("route_share"))
    case.allow(line.type("route", "卖给废品站"))


@typed("profile: a declared footprint without its unit")
def _(case: Case) -> None:
    line = case.pick(_with("pieces"))
    case.need(line.type("own_cfp_unit", None), line.type("own_cfp", 12.5))


@typed("profile: a declared footprint in another unit than the amount")
def _(case: Case) -> None:
    line = case.pick(_with("pieces"))
    line.type("own_cfp", 12.5)
    case.need(line.type("own_cfp_unit", "kgCO2e/kg"), line.cell("unit"), line.row)


@typed("profile: a declared footprint of a piece")
def _(case: Case) -> None:
    line = case.pick(_with("pieces"))
    for key in ("amount", "unit", "flow", "supplier_output"):
        line.type(key, None)
    unit, times = case.rng.choice([("kgCO2e/件", 1.0), ("kgCO2e/个", 1.0), ("gCO2e/件", 1e3), ("tCO2e/件", 1e-3)])
    line.type("own_cfp", 12.5 * times)
    line.type("own_cfp_unit", unit)
    line.kg, line.amount = 12.5 * _number(line, "pieces"), _number(line, "pieces")
    case.allow(line.row)


@typed("profile: a supplier's year beside the basis of a piece")
def _(case: Case) -> None:
    line = case.pick(lambda line: _with("pieces")(line) and line.cell("supplier_output").is_blank)
    case.doubted(line.type("supplier_output", 16000.0), line.row)


@typed("profile: a supplier's basis unknown")
def _(case: Case) -> None:
    line = case.pick(_with("pieces"))
    case.need(line.type("basis", case.rng.choice(["每批", "供应商", "每箱"])), line.row)
