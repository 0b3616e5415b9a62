"""What each company has to be asked, as text to paste into a letter or a message: OUT/询问/<company>.txt.

Rebuilt from the ledger with the overview. A file is written where its text has changed, and removed where there is
nothing to ask any more. What the ledger does not know as its own in that folder is left alone.
"""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Final, NamedTuple

from workbook_engine.batch.record import BLOCKING
from workbook_engine.batch.saying import said_of
from workbook_engine.catalogue import is_for_consultant
from workbook_engine.naming import safe_name
from workbook_engine.placing import PlaceError, versions, write_whole
from workbook_engine.texts import Text, several

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from workbook_engine.batch.ledger import Entry, Ledger
    from workbook_engine.batch.record import FindingRecord
    from workbook_engine.texts import Language

FOLDER: Final = "询问"
_NOTE: Final = "letters"  # of the ledger: the names of the files that are ours
_ENCODING: Final = "utf-8-sig"  # older editors of Windows know UTF-8 by its mark
NO_COMPANY: Final = Text("未读出企业名称", "the company (its name was not read)")
GREETING: Final = Text("{company}：", "To {company}:")
OPENING: Final = Text(
    "贵公司返回的数据收集表已经核对，以下各项请在原表中更正或答复后发回，不要另建新表。",
    "We have checked the data collection workbook that you returned. Please correct or answer the following in "
    "the same workbook and return it.",
)
NOT_READ: Final = Text("没有读成，请处理后重新发送：", "could not be read; please see to it and send it again:")
MUST: Final = Text("须更正，否则得不出结果：", "To be corrected; without it there is no result:")
PLEASE: Final = Text("请核对：", "Please check:")
WHICH: Final = Text(
    "同一产品收到了不止一份（另有“{others}”），请告知以哪一份为准。",
    "We hold more than one workbook on this product (there is “{others}”, too); please tell us which counts.",
)
WHICH_OF_THESE: Final = Text(
    "以上各份是同一产品的，请告知以哪一份为准。", "They are on one product; please tell us which counts."
)
FILE: Final = Text("文件“{file}”", "File “{file}”")
PRODUCTS: Final = Text("（{products}）", " ({products})")
_BETWEEN: Final = Text("、", ", ")
_SPACE: Final = Text("", " ")  # between two sentences


class Letters(NamedTuple):
    """The letters that were written, and those that could not be (open, a full disk), as paths below `out`."""

    written: tuple[str, ...]
    held: tuple[str, ...]


def write_letters(
    ledger: Ledger, out: Path, staging: Path, companies: Iterable[tuple[str, Sequence[Entry]]]
) -> Letters:
    """Bring the letters up to date. `companies` holds each company with those of its workbooks that count.

    The ledger knows a letter as ours before it is there: a process that is killed in between leaves none behind that
    the next one would take for somebody else's.
    """
    folder = out / FOLDER
    ours: set[str] = set(json.loads(ledger.note(_NOTE) or "[]"))
    letters = _named(companies, folder, ours)
    if not ours.issuperset(letters):
        ledger.set_note(_NOTE, _as_note(ours.union(letters)))
    written: list[str] = []
    held: list[str] = []
    for name, text in letters.items():
        try:
            if _write(folder / name, text, staging):
                written.append(f"{FOLDER}/{name}")
        except PlaceError:
            held.append(f"{FOLDER}/{name}")
    left = set(letters)
    for name in sorted(ours.difference(letters)):
        try:
            (folder / name).unlink(missing_ok=True)
        except OSError:  # open in a program of Windows: it is still ours
            left.add(name)
            held.append(f"{FOLDER}/{name}")
    with contextlib.suppress(OSError):
        folder.rmdir()  # if it is empty
    if not ours.issubset(left):
        ledger.set_note(_NOTE, _as_note(left))
    return Letters(tuple(written), tuple(held))


def _named(companies: Iterable[tuple[str, Sequence[Entry]]], folder: Path, ours: Collection[str]) -> dict[str, str]:
    """Return the letters by the names of their files."""
    letters: dict[str, str] = {}
    taken: set[str] = set()  # as a disk may compare them
    for company, entries in companies:
        text = _letter(company, entries)
        if text:
            stem = safe_name(company, NO_COMPANY.zh)
            name = next(name for name in versions(f"{stem}.txt") if _is_free(folder, name, taken, ours))
            taken.add(name.casefold())
            letters[name] = text
    return letters


def _as_note(names: Iterable[str]) -> str:
    return json.dumps(sorted(names), ensure_ascii=False)


def _is_free(folder: Path, name: str, taken: set[str], ours: Collection[str]) -> bool:
    return name.casefold() not in taken and (name in ours or not (folder / name).exists())


def _write(path: Path, text: str, staging: Path) -> bool:
    content = text.replace("\n", "\r\n").encode(_ENCODING)
    with contextlib.suppress(OSError):
        if path.read_bytes() == content:
            return False
    write_whole(path, content, staging)
    return True


def _letter(company: str, entries: Sequence[Entry]) -> str:
    """Return the letter to a company, "" where there is nothing to ask. Its language is that of its workbooks.

    Versions of one product stand together: which counts is asked once, and what is asked of all of them, too.
    """
    language: Language = "en" if all(entry.record.language == "en" for entry in entries) else "zh"
    of_product: dict[frozenset[str], list[Entry]] = {}
    for entry in entries:
        if entry.record.status != "failed":
            of_product.setdefault(frozenset((_name(entry), *entry.others)), []).append(entry)
    parts = [part for versions_of_it in of_product.values() for part in _of_product(versions_of_it, language)]
    if not parts:
        return ""
    greeting = GREETING.to(language).format(company=company or NO_COMPANY.to(language))
    return "\n\n".join([greeting, OPENING.to(language), *parts]) + "\n"


def _of_product(entries: Sequence[Entry], language: Language) -> Iterator[str]:
    """Yield the parts on a workbook, or on several versions: what they are, what all are asked, what each is."""
    of_all = frozenset.intersection(*(frozenset(map(_said, entry.record.findings)) for entry in entries))
    questions = list(_questions(entries[0], language, lambda finding: _said(finding) in of_all))
    if questions or entries[0].others:
        yield "\n".join(_heading(entry, language) for entry in entries)
    if len(entries) > 1:
        yield WHICH_OF_THESE.to(language)
    elif others := entries[0].others:
        yield WHICH.to(language).format(others=several(others).to(language))
    yield from questions
    for entry in entries if len(entries) > 1 else ():
        own = list(_questions(entry, language, lambda finding: _said(finding) not in of_all))
        if own:
            yield _heading(entry, language)
            yield from own


def _said(finding: FindingRecord) -> tuple[str, Text, Text]:
    """Return what a finding says, whatever its effect in each version."""
    return finding.code, finding.message, finding.remedy


def _name(entry: Entry) -> str:
    return entry.path.replace("\\", "/").rpartition("/")[2]  # the outcome may be that of a copy, under its name


def _heading(entry: Entry, language: Language) -> str:
    products = _BETWEEN.to(language).join(product.title for product in entry.record.products)
    return FILE.to(language).format(file=_name(entry)) + (
        PRODUCTS.to(language).format(products=products) if products else ""
    )


def _questions(entry: Entry, language: Language, wanted: Callable[[FindingRecord], bool]) -> Iterator[str]:
    """Yield what must be mended in a workbook and what should be checked, each a numbered list; heaviest first."""
    record = entry.record
    must, please = (
        sorted(
            (f for f in record.findings if f.severity == severity and not is_for_consultant(f.code) and wanted(f)),
            key=lambda f: -abs(f.effect_kg_co2e or 0.0),
        )
        for severity in (BLOCKING, "warning")
    )
    opening = NOT_READ if record.status == "rejected" else MUST
    for opened, findings in ((opening, must), (PLEASE, please)):
        lines = [
            f"{n}. {said.message}{_SPACE.to(language)}{said.remedy}"
            for n, said in enumerate(said_of(findings, language), 1)
        ]
        if lines:
            yield "\n".join([opened.to(language), *lines])
