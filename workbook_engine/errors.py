"""What a caller cannot mend in the workbook: one base class and its few children.

What an author or a consultant *can* mend is a Finding (see findings.py), never an exception.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.texts import Text

if TYPE_CHECKING:
    from pathlib import Path

NO_SUCH_FILE = Text("没有这个文件或文件夹", "no such file or folder")
_MAY_NOT = Text("没有读取它的权限，或它正被其他程序占用", "you may not read it, or another program holds it")
_FOLDER = Text("这是一个文件夹", "it is a folder")
_NOT_UTF8 = Text("不是 UTF-8 编码的文字", "it is no UTF-8 text")
_UNREADABLE = (
    (FileNotFoundError, NO_SUCH_FILE),
    (PermissionError, _MAY_NOT),
    (IsADirectoryError, _FOLDER),
    (UnicodeDecodeError, _NOT_UTF8),
)


def why_unreadable(error: Exception) -> Text:
    """Return why a file could not be opened or decoded, never what stands in it."""
    known = next((text for kind, text in _UNREADABLE if isinstance(error, kind)), None)
    said = getattr(error, "strerror", None) or type(error).__name__
    return known or Text(said, said)


def unreadable(path: Path, error: Exception) -> Text:
    """Return the same, with the file that it is about."""
    why = why_unreadable(error)
    return Text(f"{path}：{why.zh}", f"{path}: {why.en}")


class WorkbookEngineError(Exception):
    """Base of everything that this package raises on purpose.

    `text` is what people are told, each in their language; what only developers meet is said in English alone.
    """

    def __init__(self, said: str | Text = "") -> None:
        self.text = Text(said, said) if isinstance(said, str) else said
        super().__init__(self.text.en)


class LibraryError(WorkbookEngineError):
    """The factor library cannot be used: its sheets, ids, units or sources are not sound."""


class SpecError(WorkbookEngineError):
    """The template spec contradicts itself: a slip of ours, found when it is loaded."""


class WriteError(WorkbookEngineError):
    """A workbook could not be written: the disk, a lock, or a writer that refused a cell."""


class ResultsError(WorkbookEngineError):
    """A file is no results workbook of ours, or lacks what was asked of it."""


class UnitError(WorkbookEngineError):
    """An amount cannot be stated in another unit: the dimensions differ, or the result is beyond a float."""


class OptionError(WorkbookEngineError):
    """An option of the command has a value that it cannot take."""


class ReadError(WorkbookEngineError):
    """A workbook that a command needs, other than one to be processed, cannot be read."""
