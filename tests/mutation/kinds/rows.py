"""Rows that are no lines, lines in odd places, and words where nothing was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutation.kinds.registry import typed
from tests.mutation.rawbook import NotApplicableError

if TYPE_CHECKING:
    from tests.mutation.case import Case


@typed("subtotal row with the sum")
def _(case: Case) -> None:
    line = case.pick(lambda line: len(line.table.rows) == 1)
    rows = case.split(line, case.rng.randint(1, 3))
    word = case.rng.choice(["合计", "小计", "总计", "合 计", "合计：", "合計", "Total", "Subtotal"])
    row = case.add_row(line.table, {"item": word, "amount": sum(each.amount for each in rows)})
    case.allow(row)


@typed("subtotal row as a formula over the rows above it")
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


@typed("subtotal row in other words, filled in like a line")
def _(case: Case) -> None:
    line = case.pick(lambda line: len(line.table.rows) == 1)
    rows = case.split(line, case.rng.randint(1, 3))
    word = case.rng.choice(["电力合计", "以上合计", "本页小计", "合计（全年）", "总用量合计", "小计 Subtotal"])
    answers = {"item": word, "flow": line.text("flow"), "unit": line.text("unit"), "basis": line.text("basis")}
    case.allow(case.add_row(line.table, {**answers, "amount": sum(each.amount for each in rows)}))


@typed("subtotal row that is not the sum")
def _(case: Case) -> None:
    line = case.pick(lambda line: len(line.table.rows) == 1)
    rows = case.split(line, 2)
    answers = {"item": "合计", "flow": line.text("flow"), "unit": line.text("unit"), "basis": line.text("basis")}
    row = case.add_row(line.table, {**answers, "amount": sum(each.amount for each in rows) * 1.5})
    case.need(row)


@typed("a plant's whole named 合计 with nothing above it")
def _(case: Case) -> None:
    line = case.pick(lambda line: len(line.table.rows) == 1)
    case.allow(line.type("item", "全厂用电合计"))


@typed("example row left in")
def _(case: Case) -> None:
    table = case.tables["production"]
    case.claim(table.header)
    words = {"item": case.rng.choice(["示例：装配车间用电", "例：装配车间", "（示例）装配车间用电", "填写示例"])}
    row = case.add_row(table, {**words, "flow": "电力", "amount": 12500.0, "unit": "kWh", "basis": "每功能单位"})
    case.need(row)


@typed("a line pasted twice")
def _(case: Case) -> None:
    line = case.pick()
    twin = case.add_line(line, line.amount, line.text("item"))
    twin.row.cells[line.table.columns["amount"]].value = line.row.cells[line.table.columns["amount"]].value
    case.claim(twin.row)
    case.doubted(twin.row, line.row)


@typed("a row of remarks only")
def _(case: Case) -> None:
    line = case.pick()
    case.add_row(line.table, {"remark": "以上数据由设备部提供"})


@typed("lines far below, blank rows between")
def _(case: Case) -> None:
    line = case.pick()
    case.add_line(line, line.amount / 2, "补充：临时用量", gap=case.rng.choice([1, 3, 40]))


@typed("table continued below the prepared rows")
def _(case: Case) -> None:
    line = case.pick()
    for each in case.split(line, 30)[1:]:
        each.type("remark", "续")
    case.add_line(line, line.amount, "模板行以外", gap=300)


@typed("signatures below the table")
def _(case: Case) -> None:
    line = case.pick()
    row = case.add_row(line.table, {}, gap=2)
    row.put(2, "填表人：张三")
    row.put(line.table.columns["amount"], "审核：李四")
    row.put(line.table.columns["basis"], "日期：2026年3月1日")
    line.table.rows.remove(row)
    case.allow(row)


@typed("data typed beside the table")
def _(case: Case) -> None:
    line = case.pick()
    cell = line.row.put(max(line.table.columns.values()) + 2, "另有柴油 500 kg")
    case.doubted(cell)


@typed("a second table typed to the right")
def _(case: Case) -> None:
    line = case.pick()
    column = max(line.table.columns.values()) + 3
    if any(not cell.is_blank for row in line.table.rows for n, cell in row.cells.items() if n >= column):
        raise NotApplicableError  # what stands there already would be under its headings
    number = line.table.sheet.number_of(line.row)
    for offset, word in enumerate(("工序或用途", "能源、燃料或气体", "数量", "单位", "数据口径")):
        line.table.header.put(column + offset, word)
    for offset, value in enumerate(("二车间", "电力", 500.0, "kWh", "每功能单位")):
        line.table.sheet.row(number).put(column + offset, value)
    cells = [line.row.cells[column + n] for n in range(5)] + [line.table.header.cells[column + n] for n in range(5)]
    case.doubted(*cells)


@typed("typed over a row of the template's own words")
def _(case: Case) -> None:
    line = case.pick()
    needs = line.table.sheet.row(line.table.sheet.number_of(line.table.keys) - 1)
    case.claim(needs)
    case.doubted(needs.put(max(line.table.columns.values()) + 1, "另有汽油 30 kg"))


@typed("typed into the words above a column")
def _(case: Case) -> None:
    line = case.pick()
    needs = line.table.sheet.row(line.table.sheet.number_of(line.table.keys) - 1)
    case.claim(needs)
    case.doubted(needs.put(line.table.columns["amount"], "单位都是万kWh"))


@typed("typed into a help cell")
def _(case: Case) -> None:
    _, row = case.fields["study.report_no"]
    case.claim(row)
    case.doubted(row.put(4, "另有一台备用发电机，用柴油 30 kg"))


@typed("typed behind the label of a form")
def _(case: Case) -> None:
    _, row = case.fields["study.company"]
    case.claim(row)
    row.put(2, f"企业名称：{row.text(3)}")
    row.put(3, None)
    case.allow(row)


@typed("typed onto the sheet of instructions")
def _(case: Case) -> None:
    sheet = case.book.sheets[0]
    case.claim(sheet)
    cell = sheet.row(max(sheet.rows) + 2).put(2, "补充数据：柴油 500 kg，请一并计入")
    case.doubted(cell)


@typed("typed into the title row")
def _(case: Case) -> None:
    line = case.pick()
    row = line.table.sheet.row(3)
    case.claim(row)
    case.doubted(row.put(max(line.table.columns.values()) + 1, "单位：吨"))


@typed("a stage's table emptied, a picture or a message in its place")
def _(case: Case) -> None:
    line = case.pick()
    rows = line.table.rows
    if any(id(row) in case.touched for row in rows if row is not line.row):
        raise NotApplicableError
    for row in rows:
        case.touched.add(id(row))
        for cell in row.cells.values():
            cell.value = cell.formula = None
    rows[0].put(line.table.columns["item"], case.rng.choice(["见附图", "数据见邮件附件", "详见照片"]))
    case.lines = [each for each in case.lines if each.stage != line.stage]
    case.need(rows[0], case.boundary[line.stage])
    case.allow(rows[0], case.boundary[line.stage])
