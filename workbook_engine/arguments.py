"""What the command understands: its sub-commands with their options, declared as data, explained in both languages."""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook_engine import __version__
from workbook_engine.errors import OptionError
from workbook_engine.texts import LANGUAGES, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

ABOVE_ZERO = Text("“{text}”应为大于 0 的整数", "{text}: a whole number above 0 is meant")
NO_SECONDS = Text("“{text}”应为秒数，不小于 {least}", "{text}: seconds are meant, {least} or more")
TOO_FEW_DRAWS = Text("--draws 至少为 {count}", "--draws is to be at least {count}")
NO_WORKBOOK = Text(
    "要写的是 Excel 工作簿：请给出以 {suffix} 结尾的文件名，不能是“{text}”",
    "an Excel workbook is written: give a file name that ends in {suffix}, not {text}",
)
NO_FORMAT = Text("--tables 只有 csv、parquet，不能是“{text}”", "--tables knows csv and parquet, not {text}")


class Option:
    """An argument of a sub-command: its names, what it is for, and how argparse is to take it."""

    __slots__ = ("help", "names", "settings")

    def __init__(self, *names: str, zh: str, en: str, **settings: Any) -> None:
        self.names, self.help, self.settings = names, Text(zh, en), settings

    @property
    def is_named(self) -> bool:
        """Whether it is given by its name, not by its place."""
        return self.names[0].startswith("-")

    @property
    def value(self) -> str:
        """What stands for its value where it is explained: FILE, {zh,en}; "" of a switch, which takes none."""
        if self.settings.get("action", "append") != "append":
            return ""
        if choices := self.settings.get("choices"):
            return f"{{{','.join(choices)}}}"
        return str(self.settings.get("metavar") or self.names[-1].lstrip("-").upper())


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise OptionError(ABOVE_ZERO.filled(text=text))
    return number


def _pause(text: str) -> float:
    return _seconds(text, 0.01)  # without any the processor would have no rest


def _wait(text: str) -> float:
    return _seconds(text, 0)


def _seconds(text: str, least: float) -> float:
    seconds = float(text)
    if not least <= seconds < math.inf:
        raise OptionError(NO_SECONDS.filled(text=text, least=least))
    return seconds


def _workbook(text: str) -> Path:
    return _named(text, ".xlsx")


def _copy(text: str) -> Path:
    return _named(text, ".xlsx", ".xlsm")  # with the macros of the company's own


def _named(text: str, *suffixes: str) -> Path:
    """Return the path of a workbook to be written: Excel opens none whose name says that it is something else."""
    path = Path(text)
    if path.suffix.lower() not in suffixes:
        raise OptionError(NO_WORKBOOK.filled(text=text, suffix=suffixes[0]))
    return path


def _draws(text: str) -> int:
    from workbook_engine.compute.simulation import FEWEST  # noqa: PLC0415 - only where draws are asked for

    draws = int(text)
    if draws < FEWEST:
        raise OptionError(TOO_FEW_DRAWS.filled(count=FEWEST))
    return draws


def _formats(text: str) -> tuple[str, ...]:
    formats = tuple(part.strip().lower() for part in text.split(",") if part.strip())
    if not formats or not set(formats) <= {"csv", "parquet"}:
        raise OptionError(NO_FORMAT.filled(text=text))
    return formats


def _limit(text: str) -> tuple[str, float]:
    from workbook_engine.intake.limits import parse_limit  # noqa: PLC0415 - only where one is given

    return parse_limit(text)


HELP = Option("-h", "--help", action="help", zh="显示本帮助后退出", en="show this help and exit")
VERSION = Option("--version", action="version", version=f"workbook-engine {__version__}", zh="显示程序版本后退出", en="show the program's version and exit")
# Given before the command or behind it; where it is not, nothing is noted: what stood before the command counts.
LANG = Option("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, zh="文字的语言（默认：屏幕上用系统的语言，写出的文件用收回的工作簿的语言，没有则用中文）", en="language of the texts (default: on the screen the system's, in files that of the returned workbook, else Chinese)")
JSON = Option("--json", action="store_true", zh="只输出一份 JSON", en="print one JSON document and nothing else")
FACTORS = Option("--factors", type=Path, metavar="FILE", zh="因子库工作簿（默认：随程序提供的）", en="factor library workbook (default: the shipped one)")
JOBS = Option("--jobs", type=_positive, metavar="N", zh="工作进程数（默认：每个处理器一个）", en="worker processes (default: one a processor)")
# Of every command that opens returned workbooks; opening.py reads them.
OPENING = (
    Option("--password", action="append", default=[], metavar="WORD", zh="打开工作簿的密码；可重复给出，逐个尝试", en="password that opens a protected workbook; may be given again: each is tried"),
    Option("--passwords", type=Path, metavar="FILE", zh="密码文件，每行一个（同机的其他人能看到 --password，看不到它）", en="file of passwords, one a line: others who use the machine do not see them, as they see --password"),
    Option("--limit", type=_limit, action="append", default=[], metavar="NAME=VALUE", zh="放宽（或收紧）读取上限，如 file_bytes=60MB；可重复（docs/limits.md）", en="raise or lower what a workbook may hold, e.g. file_bytes=60MB; may be given again (docs/limits.md)"),
)
TABLES = Option("--tables", type=_formats, default=(), metavar="FORMATS", zh="汇总另存为数据表：csv、parquet，或两者用逗号隔开", en="the overview as tables too: csv, parquet, or both with a comma")
RESULTS = Option("results", type=Path, metavar="RESULTS", zh="结果工作簿", en="a results workbook")
PATHS = Option("paths", nargs="+", metavar="PATH", zh="工作簿，或要查找的文件夹（含子文件夹），或其 URL", en="a workbook, or a folder that is searched through, or its URL")
TO_FOLDER = Option("-o", "--out", required=True, metavar="DIR", zh="结果文件夹，或其 URL", en="folder for the results, or its URL")
TO_FILE = Option("-o", "--out", type=_workbook, required=True, metavar="FILE", zh="要写的文件（.xlsx）", en="the file to write (.xlsx)")
TO_COPY = Option("-o", "--out", type=_copy, required=True, metavar="FILE", zh="要写的文件（.xlsx；原件含宏的也可用 .xlsm）", en="the file to write (.xlsx; of one with macros .xlsm, too)")

# Of the commands that write the results of a folder.
LOOKS = (
    Option("--draws", type=_draws, metavar="N", zh="除解析法外，另用蒙特卡洛法抽样 N 次（至少 1000）", en="draw the uncertainty by Monte Carlo, N times (1000 or more), beside the analytic one"),
    Option("--seed", type=int, metavar="S", zh="抽样的种子（默认：固定值）", en="seed of the draws (default: a fixed one)"),
    Option("--view", choices=("full", "client"), default="full", zh="client：不含备注、联系方式和问题清单", en="client: no remarks, contacts, findings"),
    Option("--theme", type=Path, metavar="FILE", zh="主题文件（TOML）：颜色、字体、标志", en="theme file (TOML): colours, font, logo"),
    Option("--layout", type=Path, metavar="HOUSE", zh="自己的版式工作簿（含 result_… 名称），在每个结果工作簿旁填好一份", en="workbook of your own with names result_…, filled in beside each results workbook"),
)

COMMANDS: Mapping[str, tuple[Text, tuple[Option, ...]]] = {
    "run": (
        Text("处理工作簿或文件夹，写出结果工作簿", "process workbooks or folders and write results workbooks"),
        (
            PATHS, TO_FOLDER, JSON, FACTORS, JOBS, TABLES, *OPENING,
            Option("--scheduler", default="", metavar="ADDRESS", zh="由 Dask 调度器的工作进程来做：tcp://…", en="do the work on the workers of a Dask scheduler: tcp://…"),
            Option("--again", action="store_true", zh="全部重新处理，没有变化的也不跳过", en="process everything again, unchanged files too"),
            *LOOKS,
        ),
    ),
    "check": (Text("只读取和检查，不写结果", "read and check alone, write nothing"), (PATHS, JSON, FACTORS, JOBS, *OPENING)),
    "watch": (
        Text("监视文件夹，有新的或改动的工作簿就处理", "watch folders and process workbooks as they arrive or change"),
        (
            Option("paths", nargs="+", metavar="PATH", zh="要监视的文件夹（含子文件夹）", en="folder to watch, with its sub-folders"),
            TO_FOLDER, FACTORS, JOBS, *OPENING, *LOOKS,
            Option("--poll", type=_pause, default=2.0, metavar="S", zh="每隔几秒看一次（默认 2）", en="seconds between looks (default: 2)"),
            Option("--settle", type=_wait, default=2.0, metavar="S", zh="文件几秒没有变化才处理（默认 2）", en="seconds for which a file must stay unchanged before it is taken (default: 2)"),
            Option("--no-events", action="store_true", zh="只按 --poll 定时查看，不等系统通知（网络盘）", en="look only every --poll seconds, do not listen for events (network drives)"),
        ),
    ),
    "diff": (
        Text("比较两次提交：改了什么，各改动对结果的影响", "compare two submissions: what changed, what it did"),
        (
            Option("old", type=Path, metavar="OLD", zh="较早的工作簿（收回的或结果）", en="the earlier workbook, returned or of results"),
            Option("new", type=Path, metavar="NEW", zh="较新的工作簿", en="the later one"),
            Option("-o", "--out", type=Path, metavar="DIR", zh="另写出 NEW 的结果，其中有一张变更表", en="write the results of NEW with a sheet of it"),
            JSON, FACTORS, *OPENING,
        ),
    ),
    "overview": (
        Text("重建输出文件夹的汇总", "rebuild the overview of an output folder"),
        (Option("out", metavar="DIR", zh="run 的输出文件夹，或其 URL", en="output folder of a run, or its URL"), TABLES),
    ),
    "correct": (
        Text("给企业的更正副本：问题单元格着色加批注，前面附问题清单", "a copy for the company: wrong cells coloured and commented, a list of them in front"),
        (
            Option("path", type=Path, metavar="RETURNED", zh="企业交回的工作簿", en="the workbook as the company returned it"),
            TO_COPY, FACTORS, *OPENING,
            Option("--fresh", action="store_true", zh="不用副本，改为一份填好所读内容的新收集表", en="a fresh template filled with what was read, in place of a copy of the company's own file"),
        ),
    ),
    "template": (
        Text("生成数据收集表", "write the data-collection template"),
        (
            TO_FILE, FACTORS, *OPENING,
            Option("--company", zh="预先填入的企业名称", en="company name to write into it"),
            Option("--product", zh="预先填入的产品名称", en="product name to write into it"),
            Option("--model", zh="预先填入的规格型号", en="model of the product to write into it"),
            Option("--stages", zh="要收集的阶段，逗号隔开（默认：全部）", en="stages to ask for, comma-separated (default: all)"),
            Option("--include", zh="要加的可选列组（docs/template.md），逗号隔开", en="groups of optional columns (docs/template.md), comma-separated"),
            Option("--from", dest="source", type=Path, metavar="FILE", zh="用这份收回的工作簿预先填写", en="returned workbook to fill it from"),
            Option("--next-year", action="store_true", zh="与 --from 合用：不带统计期、产量和数量", en="with --from: without period, outputs and amounts"),
        ),
    ),
    "explain": (
        Text("逐步说明结果工作簿中的一行是怎样算出来的", "tell how a line of a results workbook comes about"),
        (
            RESULTS,
            Option("--line", default="", metavar="ID", zh="行编号，如 PR-001（默认：全部）", en="the line, e.g. PR-001 (default: all)"),
            Option("--product", default="", metavar="NAME", zh="产品名称或型号（默认：全部）", en="name or model of a product (default: all)"),
        ),
    ),
    "verify": (
        Text("用独立引擎重算结果工作簿并逐格核对", "recalculate a results workbook by other engines and compare"),
        (
            RESULTS, FACTORS, JSON,
            Option("--source", type=Path, action="append", default=[], metavar="FILE", zh="企业交回的原件，据此逐格核对；可再给出上次提交的原件", en="the returned workbook itself, to compare with; may be given again, for the submission before it"),
            *OPENING,
        ),
    ),
    "library": (Text("生成因子库工作簿", "write the factor library workbook"), (TO_FILE,)),
}
ABOUT = Text("由工作簿核算产品碳足迹。", "Product carbon footprints from workbooks.")
