"""The output folder: on a disk, or (see remote.py) somewhere else with its present part mirrored on a disk.

The coordinator works on the disk and says what it needs and what it has finished; paths are relative, with "/".
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class OutFolder:
    """An output folder on a disk: everything is there already, and there to stay."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def show(self, relative: str) -> str:
        """Return how people are told of a file in it."""
        return str(self.path / relative)

    def has(self, relative: str) -> bool:
        """Tell whether there is such a file."""
        return (self.path / relative).exists()

    def bring(self, relative: str) -> Path:
        """Return the file's path on the disk, with its content there if there is such a file."""
        return self.path / relative

    def bring_folder(self, folders: Sequence[str]) -> None:
        """Have all that is in a folder on the disk: a new file must not take another's name."""

    def publish(self, relative: str) -> None:
        """Put a finished file where it belongs."""

    def checkpoint(self, *, now: bool = False) -> None:
        """Put the ledger, which is whole at this moment, where it belongs: from time to time, or `now`."""


def as_folder(out: Path | OutFolder) -> OutFolder:
    """Return an output folder that was given by its path, or as it is."""
    return OutFolder(out) if isinstance(out, Path) else out
