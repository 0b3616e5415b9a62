"""Flows, bases, products and the like in other words, misspelt, or with `同上`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutation.kinds.registry import typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.mutation.case import Case, Line

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
    typed(f"{_key}: another word for it")(_word(_key))

NOTHING = ("/", "—", "无", "N/A", "不适用")


@typed("nothing where a name may be blank")
def _(case: Case) -> None:
    line = case.pick(lambda line: not line.text("product"))
    cell = line.type(case.rng.choice(["product", "quality", "data_source"]), case.rng.choice(NOTHING))
    case.allow(cell)
    case.mentioned(cell)


@typed("nothing where a plant may be blank")
def _(case: Case) -> None:
    line = case.pick(lambda line: line.stage == "production" and not line.text("plant"))
    case.allow(line.type("plant", case.rng.choice(NOTHING)))


@typed("product: all of them")
def _(case: Case) -> None:
    line = case.pick(lambda line: not line.text("product"))
    case.allow(line.type("product", case.rng.choice(["全部产品", "所有产品", "all"])))


BAD_WORDS: dict[str, tuple[str, object]] = {
    "flow: crossed out": ("flow", "/"),
    "flow: pending": ("flow", "待定"),
    "basis: none": ("basis", "无"),
    "basis: pending": ("basis", "待定"),
    "product: pending": ("product", "待定"),
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

    @typed(_name)
    def _(case: Case, key: str = _key, value: object = _value) -> None:
        line = case.pick(lambda line: line.row is line.table.rows[0])
        without_any = [case.tables["products"].header] if key == "product" else []  # where there is no product at all
        case.need(line.type(key, value), *without_any)  # type: ignore[arg-type]


def _line_of_one_product(case: Case) -> tuple[Line, int]:
    """Choose a line that counts for one product alone."""
    line = case.pick(lambda line: sum(share > 0 for share in line.shares) == 1)
    return line, next(number for number in case.products if line.shares[number])


@typed("product: by its name")
def _(case: Case) -> None:
    line, product = _line_of_one_product(case)
    line.type("product", case.product_cell("name", product).value)


@typed("product: by its model")
def _(case: Case) -> None:
    line, product = _line_of_one_product(case)
    line.type("product", case.product_cell("model", product).value)


@typed("product: misspelt by a character")
def _(case: Case) -> None:
    line, product = _line_of_one_product(case)
    case.allow(line.type("product", case.misspelt(case.product_cell("name", product).text)))


@typed("same as above in words")
def _(case: Case) -> None:
    line = case.pick(lambda line: line.row is line.table.rows[-1])
    _, *rest = case.split(line, case.rng.randint(1, 3))
    words = case.rng.sample(["flow", "unit", "basis", "data_source", "quality"], case.rng.randint(1, 4))
    for each in rest:
        for key in words:
            case.allow(each.type(key, case.rng.choice(["同上", "〃", "同上行", "ditto"])))


@typed("same as above in the product")
def _(case: Case) -> None:
    line = case.pick(lambda line: line.row is line.table.rows[-1] and sum(share > 0 for share in line.shares) == 1)
    product = next(number for number in case.products if line.shares[number])
    for n, each in enumerate(case.split(line, 2)):
        each.type("product", "同上" if n else case.product_cell("name", product).value)
