"""The command: parse arguments, print, exit code; nothing else.

Exit status: 0 all ok; 1 some workbook has findings that block its result; 2 it could not run.
"""

from __future__ import annotations

import argparse
import locale
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook_engine import __version__
from workbook_engine.errors import WorkbookEngineError
from workbook_engine.naming import printable
from workbook_engine.texts import LANGUAGES, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook_engine.model import Appearance, Sampling
    from workbook_engine.texts import Language

OK, BLOCKED, COULD_NOT_RUN = 0, 1, 2

FAULT = Text(
    "程序出错：{error}。请连同输入文件告知维护者；设置环境变量 WORKBOOK_ENGINE_DEBUG=1 再运行可看到详情。",
    "a fault in the program: {error}. Please tell the maintainers; WORKBOOK_ENGINE_DEBUG=1 shows the details.",
)
STOPPED = Text("已中断；再次运行会从这里继续", "stopped; the next run goes on from here")

# What `check` has no options for, as `run` would have it.
CHECK_ALONE: dict[str, Any] = {
    "out": None,
    "draws": None,
    "view": "full",
    "theme": None,
    "again": False,
    "scheduler": "",
    "tables": (),
}
CORRECTED = Text("须更正 {errors} 处，请核对 {warnings} 处", "to be corrected: {errors}, to be checked: {warnings}")
FRESH_INSTEAD = Text(
    "这种文件不能加批注，已改为新的收集表，填入了读到的内容",
    "a file of this kind cannot be annotated: this is a fresh template, filled with what was read",
)
LOST_IN_COPY = Text(
    "副本里可能缺少原文件的：{parts}；加 --fresh 可改为一份填好的新收集表",
    "the copy may lack of the original: {parts}; --fresh gives a fresh template, filled in, in its place",
)

HELP = {
    "run": Text("处理工作簿或文件夹，写出结果工作簿", "process workbooks or folders and write results workbooks"),
    "check": Text("只读取和检查，不写结果", "read and check alone, write nothing"),
    "explain": Text("逐步说明结果工作簿中的一行是怎样算出来的", "tell how a line of a results workbook comes about"),
    "verify": Text("用独立引擎重算结果工作簿并逐格核对", "recalculate a results workbook by other engines and compare"),
    "layout": Text("把结果填入自己的版式工作簿", "fill a layout workbook of one's own with the results"),
    "overview": Text("重建输出文件夹的汇总", "rebuild the overview of an output folder"),
    "watch": Text(
        "监视文件夹，有新的或改动的工作簿就处理", "watch folders and process workbooks as they arrive or change"
    ),
    "diff": Text("比较两次提交：改了什么，各改动对结果的影响", "compare two submissions: what changed, what it did"),
    "correct": Text(
        "给企业的更正副本：问题单元格着色加批注，前面附问题清单",
        "a copy for the company: wrong cells coloured and commented, a list of them in front",
    ),
    "template": Text("生成数据收集表", "write the data-collection template"),
    "library": Text("生成因子库工作簿", "write the factor library workbook"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with `arguments`, those of the process by default, and return its exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    language: Language = options.lang or system_language()
    try:
        status: int = options.action(options, language)
    except WorkbookEngineError as error:
        text: Text | None = getattr(error, "text", None)
        print(f"workbook-engine: {text.to(language) if text else error}", file=sys.stderr)
        return COULD_NOT_RUN
    except KeyboardInterrupt:
        print(f"workbook-engine: {STOPPED.to(language)}", file=sys.stderr)
        return COULD_NOT_RUN
    except Exception as error:
        if os.environ.get("WORKBOOK_ENGINE_DEBUG"):
            raise
        print(
            f"workbook-engine: {FAULT.to(language).format(error=f'{type(error).__name__}: {error}')}", file=sys.stderr
        )
        return COULD_NOT_RUN
    return status


def system_language() -> Language:
    """Return zh where the system speaks Chinese, else en."""
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    name = next((name for name in names if name), "") or locale.getlocale()[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="workbook-engine", description="Product carbon footprints from workbooks.")
    parser.add_argument("--version", action="version", version=f"workbook-engine {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    run = _add_run(commands, "run", _run)
    run.add_argument("-o", "--out", required=True, metavar="DIR", help="folder for the results, or its URL")
    _add_tables(run)
    scheduler = "do the work on the workers of a Dask scheduler: tcp://…"
    run.add_argument("--scheduler", default="", metavar="ADDRESS", help=scheduler)
    run.add_argument("--again", action="store_true", help="process everything again, unchanged files too")
    _add_sampling(run)
    run.add_argument(
        "--view", choices=("full", "client"), default="full", help="client: no remarks, contacts, findings"
    )
    run.add_argument("--theme", type=Path, metavar="FILE", help="theme file (TOML): colours, font, logo")
    _add_run(commands, "check", _run).set_defaults(**CHECK_ALONE)
    _add_watch(commands)
    _add_diff(commands)
    overview = _command(commands, "overview", _overview)
    overview.add_argument("out", metavar="DIR", help="output folder of a run, or its URL")
    _add_tables(overview)
    _add_correct(commands)
    _add_template(commands)
    explain = _command(commands, "explain", _explain)
    explain.add_argument("results", type=Path, metavar="RESULTS", help="a results workbook")
    explain.add_argument("--line", default="", metavar="ID", help="the line, e.g. PR-001 (default: all)")
    explain.add_argument("--product", default="", metavar="NAME", help="name or model of a product (default: all)")
    verify = _command(commands, "verify", _verify)
    verify.add_argument("results", type=Path, metavar="RESULTS", help="a results workbook")
    verify.add_argument("--factors", type=Path, metavar="FILE", help="factor library workbook")
    verify.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
    layout = _command(commands, "layout", _layout)
    layout.add_argument("workbook", type=Path, metavar="WORKBOOK", help="a returned or a results workbook")
    layout.add_argument("house", type=Path, metavar="HOUSE", help="the layout: a workbook with names result_…")
    layout.add_argument("-o", "--out", type=Path, required=True, metavar="FILE")
    layout.add_argument("--factors", type=Path, metavar="FILE", help="factor library workbook")
    library = _command(commands, "library", _library)
    library.add_argument("-o", "--out", type=Path, required=True, metavar="FILE")
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, action: object
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=HELP[name].en, description=" / ".join(HELP[name]))
    command.add_argument("--lang", choices=LANGUAGES, help="language of the texts (default: the system's)")
    command.set_defaults(action=action)
    return command


def _add_run(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, action: object
) -> argparse.ArgumentParser:
    command = _command(commands, name, action)
    command.add_argument(
        "paths", nargs="+", metavar="PATH", help="a workbook, or a folder that is searched through, or its URL"
    )
    command.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
    command.add_argument(
        "--factors", type=Path, metavar="FILE", help="factor library workbook (default: the shipped one)"
    )
    command.add_argument("--jobs", type=_positive, metavar="N", help="worker processes (default: one a processor)")
    return command


def _add_watch(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = _command(commands, "watch", _watch)
    command.add_argument("paths", nargs="+", metavar="PATH", help="folder to watch, with its sub-folders")
    command.add_argument("-o", "--out", required=True, metavar="DIR", help="folder for the results")
    command.add_argument("--factors", type=Path, metavar="FILE", help="factor library workbook")
    command.add_argument("--jobs", type=_positive, metavar="N", help="worker processes (default: one a processor)")
    command.add_argument("--poll", type=float, default=2.0, metavar="S", help="seconds between looks (default: 2)")
    settle = "seconds for which a file must stay unchanged before it is taken (default: 2)"
    command.add_argument("--settle", type=float, default=2.0, metavar="S", help=settle)
    events = "look only every --poll seconds, do not listen for events (network drives)"
    command.add_argument("--no-events", action="store_true", help=events)


def _add_diff(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = _command(commands, "diff", _diff)
    command.add_argument("old", type=Path, metavar="OLD", help="the earlier workbook, returned or of results")
    command.add_argument("new", type=Path, metavar="NEW", help="the later one")
    command.add_argument("-o", "--out", type=Path, metavar="DIR", help="write the results of NEW with a sheet of it")
    command.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
    command.add_argument("--factors", type=Path, metavar="FILE", help="factor library workbook")


def _add_correct(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = _command(commands, "correct", _correct)
    command.add_argument("path", type=Path, metavar="RETURNED", help="the workbook as the company returned it")
    command.add_argument("-o", "--out", type=Path, required=True, metavar="FILE", help="the copy to send back")
    fresh = "a fresh template filled with what was read, in place of a copy of the company's own file"
    command.add_argument("--fresh", action="store_true", help=fresh)
    command.add_argument("--password", help="password that opens the workbook")
    command.add_argument("--factors", type=Path, metavar="FILE", help="factor library workbook")


def _add_tables(command: argparse.ArgumentParser) -> None:
    formats = "the overview as tables too: csv, parquet, or both with a comma"
    command.add_argument("--tables", type=_formats, default=(), metavar="FORMATS", help=formats)


def _formats(text: str) -> tuple[str, ...]:
    formats = tuple(part.strip().lower() for part in text.split(",") if part.strip())
    if not formats or not set(formats) <= {"csv", "parquet"}:
        raise argparse.ArgumentTypeError(text)
    return formats


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(text)
    return number


def _add_sampling(command: argparse.ArgumentParser) -> None:
    draws = "draw the uncertainty by Monte Carlo, N times (1000 or more), beside the analytic one"
    command.add_argument("--draws", type=_draws, metavar="N", help=draws)
    command.add_argument("--seed", type=int, metavar="S", help="seed of the draws (default: a fixed one)")


def _draws(text: str) -> int:
    from workbook_engine.compute.simulation import FEWEST  # noqa: PLC0415 - only where draws are asked for

    draws = int(text)
    if draws < FEWEST:
        raise argparse.ArgumentTypeError(f"at least {FEWEST}")
    return draws


def _sampling(options: argparse.Namespace) -> Sampling | None:
    if not options.draws:
        return None
    from workbook_engine.model import Sampling  # noqa: PLC0415 - only where draws are asked for

    return Sampling(options.draws) if options.seed is None else Sampling(options.draws, options.seed)


def _appearance(options: argparse.Namespace) -> Appearance | None:
    """Return how results are to look, None for the program's own way. A theme that is not sound is said at once."""
    if options.view == "full" and options.theme is None:
        return None
    from workbook_engine.model import Appearance  # noqa: PLC0415

    if options.theme is not None:
        from workbook_engine.results import load_theme  # noqa: PLC0415 - only where a theme is asked for

        load_theme(options.theme)
    return Appearance(options.view, str(options.theme.absolute()) if options.theme else None)


def _add_template(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = _command(commands, "template", _template)
    command.add_argument("-o", "--out", type=Path, required=True, metavar="FILE")
    command.add_argument("--company", help="company name to write into it")
    command.add_argument("--product", help="product name to write into it")
    command.add_argument("--model", help="model of the product to write into it")
    command.add_argument("--stages", help="stages to ask for, comma-separated (default: all)")
    command.add_argument("--include", help="groups of optional columns (docs/template.md), comma-separated")
    command.add_argument("--from", dest="source", type=Path, metavar="FILE", help="returned workbook to fill it from")
    command.add_argument("--next-year", action="store_true", help="with --from: without period, outputs and amounts")
    command.add_argument("--factors", type=Path, metavar="FILE", help="factor library workbook that feeds its lists")


def _run(options: argparse.Namespace, language: Language) -> int:
    from workbook_engine import folder_commands  # noqa: PLC0415 - `--help` and `--version` need nothing

    return folder_commands.run(options, language, _sampling(options), _appearance(options))


def _watch(options: argparse.Namespace, language: Language) -> int:
    from workbook_engine import folder_commands  # noqa: PLC0415

    return folder_commands.watch(options, language)


def _diff(options: argparse.Namespace, language: Language) -> int:
    from workbook_engine import folder_commands  # noqa: PLC0415

    return folder_commands.diff(options, language)


def _overview(options: argparse.Namespace, language: Language) -> int:
    from workbook_engine import folder_commands  # noqa: PLC0415

    return folder_commands.overview(options, language)


def _correct(options: argparse.Namespace, language: Language) -> int:
    from workbook_engine.correct.listing import part_names  # noqa: PLC0415 - only this command needs them
    from workbook_engine.correction import write_correction  # noqa: PLC0415
    from workbook_engine.findings import Severity  # noqa: PLC0415
    from workbook_engine.pipeline import factor_library  # noqa: PLC0415

    corrected = write_correction(
        options.path,
        options.out,
        fresh=options.fresh,
        factors=factor_library(options.factors),
        language=options.lang,
        password=options.password,
    )
    counts = {grade: sum(f.severity is grade for f in corrected.findings) for grade in Severity}
    print(options.out)
    print(CORRECTED.to(language).format(errors=counts[Severity.ERROR], warnings=counts[Severity.WARNING]))
    if corrected.is_fresh and not options.fresh:
        print(FRESH_INSTEAD.to(language), file=sys.stderr)
    if corrected.lost_parts:
        parts = part_names(corrected.lost_parts, language)
        print(LOST_IN_COPY.to(language).format(parts=parts), file=sys.stderr)
    return BLOCKED if counts[Severity.ERROR] else OK


def _template(options: argparse.Namespace, _: Language) -> int:
    from workbook_engine.model import Stage  # noqa: PLC0415
    from workbook_engine.pipeline import factor_library, refill_options, write_template  # noqa: PLC0415
    from workbook_engine.template import TemplateOptions  # noqa: PLC0415 - pulls in the writer

    try:
        stages = frozenset(map(Stage, options.stages.split(","))) if options.stages else None
    except ValueError as error:
        print(f"workbook-engine: {error}; stages are: {', '.join(s.value for s in Stage)}", file=sys.stderr)
        return COULD_NOT_RUN
    start, language = TemplateOptions(), LANGUAGES[0]
    if options.source:
        start, language = refill_options(options.source, for_next_year=options.next_year)
    wanted = replace(
        start,
        company=options.company or "",
        product=options.product or "",
        model=options.model or "",
        stages=stages,
        groups=start.groups | frozenset(options.include.split(",") if options.include else ()),
    )
    write_template(options.out, options.lang or language, wanted, factor_library(options.factors))
    print(options.out)
    return OK


def _library(options: argparse.Namespace, _: Language) -> int:
    from workbook_engine.pipeline import write_factor_library  # noqa: PLC0415

    write_factor_library(options.out, options.lang or "zh")
    print(options.out)
    return OK


def _verify(options: argparse.Namespace, language: Language) -> int:
    from workbook_engine.pipeline import factor_library  # noqa: PLC0415
    from workbook_engine.verify import as_lines, verify  # noqa: PLC0415 - pulls in all engines

    result = verify(options.results, factor_library(options.factors))
    if options.json:
        import dataclasses  # noqa: PLC0415
        import json  # noqa: PLC0415

        print(json.dumps({**dataclasses.asdict(result), "sound": result.is_sound}, ensure_ascii=False))
    else:
        for line in as_lines(result, language):
            print(printable(line))
    return OK if result.is_sound else BLOCKED


def _layout(options: argparse.Namespace, language: Language) -> int:
    from workbook_engine.house import fill_layout  # noqa: PLC0415 - pulls in openpyxl
    from workbook_engine.pipeline import factor_library, process  # noqa: PLC0415

    done = process(options.workbook, factors=factor_library(options.factors))
    filled = fill_layout(options.house, done, options.out)
    for remark in filled.remarks:
        print(printable(remark.to(language)), file=sys.stderr)
    print(printable(str(options.out)))
    return OK if done.status == "ok" else BLOCKED


def _explain(options: argparse.Namespace, language: Language) -> int:
    from workbook_engine.explain import as_text, explain  # noqa: PLC0415 - pulls in the reader and the writer

    records = explain(options.results, options.line, options.product)
    print("\n\n".join(as_text(record, language) for record in records))
    return OK
