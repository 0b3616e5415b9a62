"""Headings and labels retyped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutation.kinds.registry import moved
from tests.mutation.kinds.tools import STAGE_TABLES, bare, column_of, heading, lines_of, stage_table
from tests.mutation.rawbook import NotApplicableError
from workbook_engine.spec.collection import COLLECTION

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.mutation.case import Case, Table


def _retype(
    heading_of: Callable[[str, str], str], keys: tuple[str, ...] = ("flow", "amount", "unit", "basis", "item")
) -> Callable[[Case], None]:
    def mutate(case: Case) -> None:
        table = stage_table(case)
        for key in keys:
            cell = heading(table, key)
            cell.value = heading_of(cell.text, _other_language(cell.text, table.key))
            case.allow(cell)

    return mutate


# Letters that differ, as they are written in Taiwan and Hong Kong: simplified, traditional, simplified, …
_PAIRS = (
    "数數单單据據径徑类類气氣体體运運输輸产產废廢与與电電业業东東个個为為书書亿億从從价價优優传傳侧側储儲关關养養内內册冊写寫农農冲沖决決况況净淨准準减減划劃则則办辦务務动動劳勞区區医醫华華卖賣厂廠厅廳历歷"
    "发發变變号號后後听聽员員园園国國图圖圆圓场場块塊处處备備复復头頭实實审審对對导導将將层層币幣师師带帶帮幫库庫应應开開异異张張强強归歸当當录錄总總户戶护護报報担擔择擇损損换換断斷无無时時显顯机機权權条條"
    "来來极極构構标標样樣检檢残殘汇匯泽澤洁潔测測浆漿涂塗温溫湿濕满滿灯燈炉爐点點炼煉烟煙热熱环環现現画畫监監盖蓋盘盤码碼确確础礎种種称稱积積税稅笔筆签簽简簡红紅约約级級纯純线線组組细細终終经經结結统統维維"
    "绿綠缆纜网網联聯胶膠脑腦节節范範药藥获獲营營补補装裝规規视視览覽观觀计計认認让讓议議记記讲講许許论論设設证證评評识識试試该該详詳语語误誤说說请請读讀调調负負财財责責败敗货貨质質购購贴貼费費资資车車转轉"
    "轮輪软軟载載较較边邊达達过過还還这這进進远遠连連选選递遞邮郵释釋里裡钟鐘钢鋼铁鐵铜銅铝鋁银銀锌鋅镁鎂锡錫错錯键鍵锅鍋长長门門闭閉问問间間队隊阳陽阴陰阶階际際险險随隨难難静靜页頁项項顺順须須预預领領频頻"
    "题題颜顏额額风風饮飲马馬验驗黄黃龙龍万萬"
)
_WORDS = str.maketrans(_PAIRS[::2], _PAIRS[1::2])
_WIDE = {n: n + 0xFEE0 for n in range(0x21, 0x7F)}
RETYPED: dict[str, Callable[[str, str], str]] = {  # of the heading, and of it in the other language
    "with spaces": lambda text, _: " ".join(text),
    "with a line break": lambda text, _: f"{text[:2]}\n{text[2:]}",
    "with brackets": lambda text, _: f"{text}（必填）",
    "in brackets": lambda text, _: f"【{bare(text)}】",
    "full-width": lambda text, _: text.translate(_WIDE),
    "traditional": lambda text, _: text.translate(_WORDS),
    "with a colon": lambda text, _: f"{bare(text)}：",
    "without the star": lambda text, _: bare(text),
    "in two languages": lambda text, other: f"{bare(text)} / {other}",
    "in two languages, on two lines": lambda text, other: f"{bare(text)}\n{other}",
    "with the year": lambda text, _: f"{bare(text)}（2025年）",
}  # fmt: skip


def _other_language(text: str, table: str) -> str:
    titles = {field.title.zh: field.title.en for field in COLLECTION.table(table).fields}
    both = {**titles, **{en: zh for zh, en in titles.items()}}
    if bare(text) not in both:
        raise NotApplicableError  # a heading of an older template
    return both[bare(text)]


for _name, _function in RETYPED.items():
    moved(f"headings {_name}")(_retype(_function))


@moved("headings in the other language")
def _(case: Case) -> None:
    table = stage_table(case)
    for column, cell in table.header.cells.items():
        if column > 1 and cell.text:
            cell.value = _other_language(cell.text, table.key)


@moved("heading misspelt")
def _(case: Case) -> None:
    table = stage_table(case)
    cell = heading(table, "basis")
    cell.value = cell.text.replace("数据", "数剧").replace("Basis", "Bassis")
    case.allow(cell)


@moved("heading of the flow misspelt")
def _(case: Case) -> None:
    table = stage_table(case)
    cell = heading(table, "flow")
    cell.value = (
        cell.text.replace("燃料", "燃枓")
        .replace("材料", "材枓")
        .replace("nergy", "nergie")
        .replace("aterial", "aterail")
    )
    case.allow(cell)


@moved("heading of the products misspelt")
def _(case: Case) -> None:
    table = case.tables["products"]
    case.claim(table.sheet)
    cell = heading(table, "name")
    cell.value = cell.text.replace("名称", "名稱呼").replace("name", "nmae")
    case.allow(cell)


@moved("heading of amounts beyond recognition")
def _(case: Case) -> None:
    table = stage_table(case)
    cell = heading(table, "amount")
    cell.value = case.rng.choice(["abc", "见下", "2025"])
    case.need(cell, *lines_of(table))


@moved("heading of amounts with the right unit")
def _(case: Case) -> None:
    table, unit = _table_of_one_unit(case)
    cell = heading(table, "amount")
    cell.value = f"{bare(cell.text)}（{unit}）"
    case.allow(cell)


@moved("heading of amounts with another unit")
def _(case: Case) -> None:
    table, unit = _table_of_one_unit(case)
    cell = heading(table, "amount")
    other = {"kWh": "万kWh", "kg": "t", "m³": "万m³"}[unit]
    cell.value = f"{bare(cell.text)}（{other}）"
    case.need(cell, *lines_of(table))


@moved("unit in the heading, its column empty")
def _(case: Case) -> None:
    table, unit = _table_of_one_unit(case)
    cell = heading(table, "amount")
    cell.value = f"{bare(cell.text)}（{unit}）"
    case.allow(cell)
    for row in lines_of(table):
        case.allow(row.put(column_of(table, "unit"), None))


def _table_of_one_unit(case: Case) -> tuple[Table, str]:
    free = [
        table for key in STAGE_TABLES if id((table := case.tables[key]).sheet) not in case.touched
        and len(units := {row.text(column_of(table, "unit")) for row in lines_of(table)}) == 1
        and units <= {"kWh", "kg", "m³"} and not any(id(row) in case.touched for row in table.rows)
    ]  # fmt: skip
    if not free:
        raise NotApplicableError
    table = case.rng.choice(free)
    case.claim(table.sheet)
    return table, lines_of(table)[0].text(column_of(table, "unit"))


@moved("heading of amounts turned into money")
def _(case: Case) -> None:
    table = stage_table(case)
    cell = heading(table, "amount")
    cell.value = case.rng.choice(["金额（元）", "金额", "单价", "折标煤（tce）"])
    case.need(cell, *lines_of(table))


@moved("heading of the mass per product with another unit")
def _(case: Case) -> None:
    table = case.tables["products"]
    case.claim(table.sheet)
    cell = heading(table, "mass_kg")
    cell.value = "单位产品质量（t）"
    case.allow(cell)


@moved("a form's label retyped")
def _(case: Case) -> None:
    sheet, row = case.fields["study.period_start"]
    case.claim(sheet)
    cell = row.cells[2]
    cell.value = case.rng.choice(["统计周期 开始：", "統計週期開始", "开始日期", "统计周期（开始）", "数据从哪天起"])
    case.allow(cell)


@moved("the whole workbook in traditional characters")
def _(case: Case) -> None:
    for sheet in case.book.sheets:
        if sheet.state == "visible":
            case.claim(sheet)
            sheet.name = sheet.name.translate(_WORDS)
            for _, _, cell in sheet.cells():
                if cell.formula is None and not cell.text.startswith("wbe:"):
                    cell.value = cell.text.translate(_WORDS) if cell.text else cell.value
    case.book.names = []
