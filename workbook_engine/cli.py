"""The command: parse arguments, print, exit code; nothing else.

Exit status: 0 all ok; 1 some workbook has findings that block its result; 2 it could not run.
"""

from __future__ import annotations

import argparse
import codecs
import errno
import gc
import io
import locale
import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbook_engine.command_line import parser
from workbook_engine.errors import OptionError, WorkbookEngineError
from workbook_engine.naming import printable
from workbook_engine.opening import limits_of, passwords_of
from workbook_engine.terminal import PLAINER, Steps, as_json, harmless, plainer
from workbook_engine.texts import LANGUAGES, Text, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from workbook_engine.findings import Finding
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
    "layout": None,
    "again": False,
    "scheduler": "",
    "tables": (),
}
CORRECTED = Text("须更正 {errors} 处，请核对 {warnings} 处", "to be corrected: {errors}, to be checked: {warnings}")
NO_STAGE = Text("没有这样的阶段：{stages}；可用的有：{known}", "no such stage: {stages}; there are: {known}")
NEXT_OF_WHAT = Text(
    "--next-year 要与 --from 合用：请给出今年收回的工作簿",
    "--next-year goes with --from: give this year's returned workbook",
)
FRESH_INSTEAD = Text(
    "这种文件不能加批注，已改为新的收集表，填入了读到的内容",
    "a file of this kind cannot be annotated: this is a fresh template, filled with what was read",
)
FRESH_OFFERED = Text(
    "；加 --fresh 可改为一份填好的新收集表", "; --fresh gives a fresh template, filled in, in its place"
)
FOUND_IN_SOURCE = Text(
    "“{file}”的内容已带入；读取时有以下情况，其中没有读取的内容不在新表里：",
    "The content of “{file}” was taken over. On reading it this was found; what was not read is not in the template:",
)
STAGES_LEFT_OUT = Text(
    "不在 --stages 里的阶段没有带入，原工作簿在其中填有内容：{stages}",
    "of stages that --stages leaves out the returned workbook has data, which were not taken over: {stages}",
)
LOST_IN_COPY = Text(
    "副本里可能缺少原文件的：{parts}",
    "the copy may lack of the original: {parts}",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with `arguments`, those of the process by default, and return its exit status."""
    gc.set_threshold(50_000)  # a run makes many objects and hardly a cycle: looking for them so often finds nothing
    if arguments is None:
        sys.unraisablehook = _dropped
        _tell_all()
    words = sys.argv[1:] if arguments is None else arguments
    language = _asked_language(words) or system_language()
    try:
        options = parser(language).parse_args(words)
        status = ACTIONS[options.command](options, language)
        sys.stdout.flush()
    except WorkbookEngineError as error:
        print(f"workbook-engine: {error.text.to(language)}", file=sys.stderr)
        return COULD_NOT_RUN
    except KeyboardInterrupt:
        print(f"workbook-engine: {STOPPED.to(language)}", file=sys.stderr)
        return COULD_NOT_RUN
    except Exception as error:
        if _has_reader_gone(error):  # (`| head`): nothing more to tell, at exit neither
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return COULD_NOT_RUN
        if os.environ.get("WORKBOOK_ENGINE_DEBUG"):
            raise
        print(
            f"workbook-engine: {FAULT.to(language).format(error=f'{type(error).__name__}: {error}')}", file=sys.stderr
        )
        return COULD_NOT_RUN
    return status


def _tell_all() -> None:
    """Have what the output's encoding lacks told in plainer signs: a pipe or a file of Windows takes its code page."""
    codecs.register_error(PLAINER, plainer)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=PLAINER)


def _has_reader_gone(error: Exception) -> bool:
    """Tell whether who read our words has gone; Windows says so by EINVAL (CPython issue 79935)."""
    return isinstance(error, BrokenPipeError) or (
        os.name == "nt" and isinstance(error, OSError) and error.errno == errno.EINVAL and error.filename is None
    )


def _dropped(fault: sys.UnraisableHookArgs) -> None:
    """Pass over what a half-written file says when it is dropped: that the disk is full has been told by then."""
    if not isinstance(fault.exc_value, OSError):
        sys.__unraisablehook__(fault)


def _asked_language(words: Sequence[str]) -> Language | None:
    """Return what `--lang` says, before anything is parsed: `--help` speaks it too."""
    said = " ".join(words).replace("--lang=", "--lang ").partition("--lang ")[2].partition(" ")[0]
    return next((language for language in LANGUAGES if language == said), None)


def system_language() -> Language:
    """Return zh where the system speaks Chinese, else en."""
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    name = next((name for name in names if name), "") or locale.getlocale()[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


def _sampling(options: argparse.Namespace) -> Sampling | None:
    if not options.draws:
        return None
    from workbook_engine.model import Sampling  # noqa: PLC0415 - only where draws are asked for

    return Sampling(options.draws) if options.seed is None else Sampling(options.draws, options.seed)


def _appearance(options: argparse.Namespace) -> Appearance | None:
    """Return how results are to look, None for the program's own way.

    A theme or a layout that cannot be used is said at once: not for each workbook of a folder.
    """
    if options.view == "full" and options.theme is None and options.layout is None and options.lang is None:
        return None
    from workbook_engine.model import Appearance  # noqa: PLC0415

    if options.theme is not None:
        from workbook_engine.results import load_theme  # noqa: PLC0415 - only where a theme is asked for

        load_theme(options.theme)
    if options.layout is not None:
        from workbook_engine.house import check_layout  # noqa: PLC0415 - only where a layout is asked for

        check_layout(options.layout)
    theme, layout = (str(path.absolute()) if path else None for path in (options.theme, options.layout))
    return Appearance(options.view, theme, layout, options.lang)


def _run(options: argparse.Namespace, language: Language) -> int:
    from workbook_engine import folder_commands  # noqa: PLC0415 - `--help` and `--version` need nothing

    return folder_commands.run(options, language, _sampling(options), _appearance(options))


def _check(options: argparse.Namespace, language: Language) -> int:
    return _run(argparse.Namespace(**CHECK_ALONE, **vars(options)), language)


def _watch(options: argparse.Namespace, language: Language) -> int:
    from workbook_engine import folder_commands  # noqa: PLC0415

    return folder_commands.watch(options, language, _sampling(options), _appearance(options))


def _diff(options: argparse.Namespace, language: Language) -> int:
    from workbook_engine import folder_commands  # noqa: PLC0415

    return folder_commands.diff(options, language)


def _overview(options: argparse.Namespace, language: Language) -> int:
    from workbook_engine import folder_commands  # noqa: PLC0415

    return folder_commands.overview(options, language)


def _correct(options: argparse.Namespace, language: Language) -> int:
    from workbook_engine.correction import write_correction  # noqa: PLC0415
    from workbook_engine.findings import Severity  # noqa: PLC0415
    from workbook_engine.pipeline import factor_library  # noqa: PLC0415

    corrected = write_correction(
        options.path,
        options.out,
        fresh=options.fresh,
        factors=factor_library(options.factors),
        language=options.lang,
        limits=limits_of(options),
        passwords=passwords_of(options),
    )
    counts = {grade: sum(f.severity is grade for f in corrected.findings) for grade in Severity}
    print(options.out)
    print(CORRECTED.to(language).format(errors=counts[Severity.ERROR], warnings=counts[Severity.WARNING]))
    if corrected.is_fresh and not options.fresh:
        print(FRESH_INSTEAD.to(language), file=sys.stderr)
    if corrected.lost_parts:
        parts = joined(corrected.lost_parts).to(language)
        offered = FRESH_OFFERED.to(language) if corrected.has_submission else ""
        print(LOST_IN_COPY.to(language).format(parts=parts) + offered, file=sys.stderr)
    return BLOCKED if counts[Severity.ERROR] else OK


def _template(options: argparse.Namespace, words: Language) -> int:
    from workbook_engine.model import Stage  # noqa: PLC0415
    from workbook_engine.pipeline import factor_library, refill_of, write_template  # noqa: PLC0415
    from workbook_engine.template import TemplateOptions  # noqa: PLC0415 - pulls in the writer

    try:
        stages = frozenset(map(Stage, options.stages.split(","))) if options.stages else None
    except ValueError as error:
        raise OptionError(NO_STAGE.filled(stages=options.stages, known=", ".join(s.value for s in Stage))) from error
    if options.next_year and not options.source:
        raise OptionError(NEXT_OF_WHAT)
    start, language = TemplateOptions(), LANGUAGES[0]
    found: tuple[Finding, ...] = ()
    if options.source:
        refill = refill_of(
            options.source, for_next_year=options.next_year, limits=limits_of(options), passwords=passwords_of(options)
        )
        start, language, found = refill.options, refill.language, refill.findings
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
    tables = wanted.content.tables if wanted.content else {}
    left_out = [stage.title for stage in Stage if stages and stage not in stages and tables.get(stage.value)]
    if left_out:
        print(STAGES_LEFT_OUT.to(words).format(stages=joined(left_out).to(words)), file=sys.stderr)
    _say_found(found, options.source, words)
    return OK


def _say_found(findings: Iterable[Finding], source: Path, language: Language) -> None:
    """Say what was found in a workbook that fills in another: what was read by nobody is not in the new one."""
    from workbook_engine.batch.record import finding_records  # noqa: PLC0415
    from workbook_engine.batch.saying import said_of  # noqa: PLC0415

    said = said_of(finding_records(findings), language)
    if said:
        print(FOUND_IN_SOURCE.to(language).format(file=printable(source.name)), file=sys.stderr)
    for one in said:
        print(f"  {harmless(one.message)}", file=sys.stderr)


def _library(options: argparse.Namespace, _: Language) -> int:
    from workbook_engine.pipeline import write_factor_library  # noqa: PLC0415

    write_factor_library(options.out, options.lang or "zh")
    print(options.out)
    return OK


def _verify(options: argparse.Namespace, language: Language) -> int:
    from workbook_engine.pipeline import factor_library  # noqa: PLC0415
    from workbook_engine.report_verify import DOING, as_document, as_lines  # noqa: PLC0415
    from workbook_engine.verify import verify  # noqa: PLC0415 - pulls in all engines

    limits, passwords = limits_of(options), passwords_of(options)
    library = factor_library(options.factors)
    with Steps(language) as steps:
        result = verify(
            options.results, library, options.source, limits, passwords, telling=lambda name: steps(DOING[name])
        )
    if options.json:
        print(as_json(as_document(result), sys.stdout))
    else:
        for line in as_lines(result, language):
            print(printable(line))
    return OK if result.is_sound else BLOCKED


def _explain(options: argparse.Namespace, language: Language) -> int:
    from workbook_engine.explain import as_text, explain  # noqa: PLC0415 - pulls in the reader and the writer

    records = explain(options.results, options.line, options.product, language)
    print("\n\n".join(as_text(record, language) for record in records))
    return OK


ACTIONS: dict[str, Callable[[argparse.Namespace, Language], int]] = {
    "run": _run,
    "check": _check,
    "watch": _watch,
    "diff": _diff,
    "overview": _overview,
    "correct": _correct,
    "template": _template,
    "explain": _explain,
    "verify": _verify,
    "library": _library,
}
