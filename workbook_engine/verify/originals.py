"""The files that a results workbook was made of, where they are given: known by the SHA-256 that it states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.errors import ReadError
from workbook_engine.findings import told
from workbook_engine.frozen import frozen
from workbook_engine.verify.result import About, Remark

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from workbook_engine.intake.open import Opened
    from workbook_engine.results.stated import Stated

SHORTEST = 12  # digits of a SHA-256: fewer prove nothing


@frozen
class Originals:
    """The returned workbook and the submission before it, None where they were not given; what is to be said of each.

    A file that the results workbook does not state is neither.
    """

    source: Opened | None
    earlier: Opened | None
    remarks: tuple[Remark, ...]


def originals(given: Iterable[tuple[Path, Opened]], about: Stated) -> Originals:
    """Tell the files apart. Raises ReadError where one that is stated cannot be read."""
    source = earlier = None
    remarks: list[Remark] = []
    for path, opened in given:
        is_source, is_earlier = _is(opened, about.source_sha256), _is(opened, about.earlier_sha256)
        if not is_source and not is_earlier:
            remarks.append(Remark(About.FILE_NOT_OURS, "", path.name, about.source_sha256))
            continue
        if opened.book is None:
            raise ReadError(told(opened.findings, path))
        source, earlier = (opened if is_source else source), (opened if is_earlier else earlier)
        remarks.append(Remark(About.FILE_FITS, "", path.name, about.source if is_source else about.earlier))
    return Originals(source, earlier, tuple(remarks))


def _is(opened: Opened, digest: str) -> bool:
    return len(digest) >= SHORTEST and opened.sha256.startswith(digest)
