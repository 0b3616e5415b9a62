"""Where a run takes its workbooks from and puts its results: paths, or URLs that are mirrored while it lasts."""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_engine.batch.inbox import search
from workbook_engine.batch.outfolder import OutFolder
from workbook_engine.batch.remote import RemoteFolder, fetch_inbox, is_url
from workbook_engine.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from workbook_engine.batch.inbox import Inbox


@frozen
class Places:
    """The workbooks of a run, in the order in which they are told of, and its output folder (None: reading alone).

    `names` holds what people call a file that is a copy; `inbox` is None where something came from a URL: what is not
    there any more is then not looked for.
    """

    files: tuple[Path, ...]
    out: OutFolder | None
    is_folder: bool
    names: Mapping[Path, str] = field(default_factory=dict)
    inbox: Inbox | None = None
    unreadable: tuple[Path, ...] = ()
    others: tuple[Path, ...] = ()  # files beside the workbooks that are none

    @property
    def shown(self) -> list[str]:
        """Return how people are told of the files."""
        return [self.names.get(file) or str(file) for file in self.files]


@contextlib.contextmanager
def opened(paths: Sequence[str], out: str | None, most_bytes: int) -> Iterator[Places]:
    """Find and fetch the workbooks, and open the output folder. Raises InboxError, RemoteError."""
    local = [Path(path) for path in paths if not is_url(path)]
    with contextlib.ExitStack() as stack:
        folder: OutFolder | None = None
        if out is not None:
            folder = stack.enter_context(RemoteFolder(out)) if is_url(out) else OutFolder(Path(out))
        inbox = search(local, Path(out) if out is not None and not is_url(out) else None)
        names: dict[Path, str] = {}
        urls = [path for path in paths if is_url(path)]
        if urls:
            fetched = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="workbook-engine-")))
            for number, url in enumerate(urls):
                found = fetch_inbox(url, fetched / str(number), most_bytes)
                names.update({file: name for file, name in found.items() if not _lies_in(name, out)})
        files = (*inbox.files, *names)
        yield Places(
            files=files,
            out=folder,
            is_folder=len(files) > 1 or bool(inbox.folders) or bool(urls),
            names=names,
            inbox=None if urls else inbox,
            unreadable=inbox.unreadable,
            others=inbox.others,
        )


def _lies_in(name: str, out: str | None) -> bool:
    return out is not None and name.startswith(out.rstrip("/") + "/")
