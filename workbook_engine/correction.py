"""A correction copy: the company's own workbook with what is wrong marked in it, or a fresh one filled in its stead."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_engine.correct import annotated, correction_list
from workbook_engine.errors import ReadError, WriteError
from workbook_engine.findings import Severity, by_weight, told
from workbook_engine.frozen import frozen
from workbook_engine.intake import open_workbook
from workbook_engine.intake.isolate import ChildFailedError, shared_child
from workbook_engine.intake.limits import DEFAULT_LIMITS
from workbook_engine.pipeline import bind, examine, factor_library, refilled, write_template
from workbook_engine.placing import write_whole
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from workbook_engine.correct import CorrectionList
    from workbook_engine.factors import FactorLibrary
    from workbook_engine.findings import Finding
    from workbook_engine.grid import Book
    from workbook_engine.intake import Opened
    from workbook_engine.intake.limits import Limits
    from workbook_engine.model import Processed
    from workbook_engine.pipeline import Read
    from workbook_engine.texts import Language

ORIGINAL = Text(
    "{file}：这是企业的原文件，不会改动；请用 -o 给出另一个文件名",
    "{file}: this is the company's original, which stays as it is; give another name by -o",
)
NO_MACROS = Text(
    "{file}：写出的工作簿里没有宏，Excel 打不开这样命名的文件；请用 -o 给出以 .xlsx 结尾的文件名",
    "{file}: what is written has no macros, and Excel opens none of that name; give one that ends in .xlsx by -o",
)
NOT_ANNOTATED = Text(
    "{file}：新的收集表没有标注成功，没有写出；请用 check 查看问题，用 template --from 生成填好的收集表",
    "{file}: the fresh template could not be annotated and was not written; check tells what is wrong, and template"
    " --from writes a template filled in",
)


@frozen
class Corrected:
    """What became of a correction copy: the findings, what it lacks of the original, whether it is a fresh one.

    `has_submission` is false where nothing of the file was read, so that no fresh one could be filled.
    """

    findings: tuple[Finding, ...]
    lost_parts: tuple[Text, ...]
    is_fresh: bool
    has_submission: bool = True


def write_correction(
    path: Path,
    target: Path,
    *,
    fresh: bool = False,
    factors: FactorLibrary | None = None,
    language: Language | None = None,
    limits: Limits = DEFAULT_LIMITS,
    passwords: tuple[str, ...] = (),
) -> Corrected:
    """Write a copy of a company's workbook with what is wrong coloured, commented and listed in front.

    `fresh` gives, in place of the copy, a new template filled with what was read; so does a file of which no copy can
    be made (.xls, .ods, .xlsb, a password). The original is not touched. Raises ReadError where the file cannot be
    read, WriteError where `target` cannot be written, or is the original.
    """
    if target.exists() and path.exists() and target.samefile(path):
        raise WriteError(ORIGINAL.filled(file=target))
    library = factors or factor_library()
    opened = open_workbook(path, limits, passwords)
    done, _ = examine(str(path), opened, library)
    if opened.book is None:
        raise ReadError(told(opened.findings, path))
    words: Language = language or (done.submission.language if done.submission else "zh")
    copied = None if fresh else _own_copy(path, opened)
    if copied is not None:
        listed = correction_list(done.findings, words, path.name)
        marked = _marked(copied, listed, _lossy(opened.book, target), keep_macros=target.suffix.lower() == ".xlsm")
        if marked is not None:
            data, lost = marked
            write_whole(target, data)
            return Corrected(done.findings, lost, is_fresh=False, has_submission=done.submission is not None)
    if done.submission is None:
        raise ReadError(told((finding for finding in done.findings if finding.severity is Severity.ERROR), path))
    return _fresh_correction(path, target, done, bind(opened), words, library)


def _own_copy(path: Path, opened: Opened) -> bytes | None:
    """Return the bytes of a workbook that can be annotated, None where only a fresh template can be given."""
    if opened.book is None or opened.book.format not in ("xlsx", "xlsm"):
        return None
    data = path.read_bytes()
    is_zip = data.startswith(b"PK")  # an encrypted workbook is none: it was read through its password
    return data if is_zip and hashlib.sha256(data).hexdigest() == opened.sha256 else None


def _lossy(book: Book, target: Path) -> tuple[str, ...]:
    """Return what the copy may lack. Macros stay where the copy is an .xlsm as well."""
    keeps_macros = book.format == "xlsm" and target.suffix.lower() == ".xlsm"
    return tuple(part for part in book.lossy_parts if part != "vba" or not keeps_macros)


def _marked(
    data: bytes, listed: CorrectionList, lossy: tuple[str, ...] = (), *, keep_macros: bool
) -> tuple[bytes, tuple[Text, ...]] | None:
    """Annotate in the killable child, and say what is lost; None where the library that does it fails on the file."""
    child = shared_child(DEFAULT_LIMITS.memory_bytes, DEFAULT_LIMITS.seconds)
    try:
        return child.call(annotated, data, listed, lossy, keep_macros=keep_macros)
    except ChildFailedError:
        return None


def _fresh_correction(
    path: Path, target: Path, done: Processed, read: Read, language: Language, library: FactorLibrary
) -> Corrected:
    """Write a new template filled with what was read, marked the same way."""
    if target.suffix.lower() == ".xlsm":
        raise WriteError(NO_MACROS.filled(file=target))
    options, template_language = refilled(read)
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "template.xlsx"
        write_template(template, template_language, options, library)
        again, _ = examine(str(template), open_workbook(template), library)
        data = template.read_bytes()
    carried = {finding.type for finding in again.findings}
    # What concerns the returned file alone: where things stood in it, and what in it was read by nobody.
    there = [finding for finding in read.findings if finding.type not in carried]
    sheets = read.book.sheet_names if read.book else ()
    listed = correction_list(again.findings, language, path.name, in_original=by_weight(there, sheets))
    marked = _marked(data, listed, keep_macros=False)
    if marked is None:
        raise WriteError(NOT_ANNOTATED.filled(file=target))
    write_whole(target, marked[0])
    return Corrected(done.findings, (), is_fresh=True)
