"""Passwords and limits from the command line: what opens with them, and that no password is told to anybody."""

from __future__ import annotations

import io
import json
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from msoffcrypto.format.ooxml import OOXMLFile

from tests.intake.hostile import ods
from tests.intake.parts import one_sheet
from workbook_engine.cli import main
from workbook_engine.errors import OptionError
from workbook_engine.intake.limits import DEFAULT_LIMITS, LIMITS, parse_limit
from workbook_engine.intake.open import open_bytes
from workbook_engine.pipeline import process

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EXAMPLE = next((Path(__file__).parent.parent / "example_workbooks" / "T4000402").glob("*.xlsx"))
FIRST, SECOND = "温州-secret-1", "Hangzhou secret 2"


def protect(target: Path, password: str) -> None:
    encrypted = io.BytesIO()
    with EXAMPLE.open("rb") as plain:
        OOXMLFile(plain).encrypt(password, encrypted)
    target.write_bytes(encrypted.getvalue())


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    protect(folder / "a.xlsx", FIRST)
    protect(folder / "b.xlsx", SECOND)
    (folder / "c.xlsx").write_bytes(EXAMPLE.read_bytes())
    return folder


def outcome(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> dict[str, tuple[str, list[str]]]:
    """Return status and codes of errors of each file."""
    main([*arguments, "--json"])
    workbooks = json.loads(capsys.readouterr().out)["workbooks"]
    return {
        Path(book["file"]).name: (book["status"], [f["code"] for f in book["findings"] if f["severity"] == "error"])
        for book in workbooks
    }


def contents(folder: Path) -> Iterator[bytes]:
    """Yield every file below a folder, and the parts of those that are zips."""
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.read_bytes()
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    yield from map(archive.read, archive.namelist())


def test_each_password_is_tried_on_each_file_and_told_to_nobody(
    inbox: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    locked = {"a.xlsx": ("rejected", ["file-encrypted"]), "b.xlsx": ("rejected", ["file-encrypted"])}
    assert outcome(["run", str(inbox), "-o", str(out)], capfd) == locked | {"c.xlsx": ("ok", [])}
    one = outcome(["run", str(inbox), "-o", str(out), "--password", FIRST], capfd)  # the ledger knew them as locked
    assert one == {"a.xlsx": ("ok", []), "b.xlsx": ("rejected", ["file-wrong-password"]), "c.xlsx": ("ok", [])}
    both = ["run", str(inbox), "-o", str(out), "--password", FIRST, "--password", SECOND]
    assert outcome(both, capfd) == dict.fromkeys(("a.xlsx", "b.xlsx", "c.xlsx"), ("ok", []))
    main([*both, "--again"])
    printed = "".join(capfd.readouterr())
    for password in (FIRST, SECOND):
        assert password not in printed
        written = [password.encode(encoding) for encoding in ("utf-8", "utf-16-le")]
        assert not any(word in content for content in contents(out) for word in written)


def test_passwords_can_stand_in_a_file(inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = tmp_path / "passwords.txt"
    words.write_text(f"{SECOND}\r\n\r\n{FIRST}\r\n", encoding="utf-8-sig")
    found = outcome(["check", str(inbox), "--passwords", str(words)], capsys)
    assert found == dict.fromkeys(("a.xlsx", "b.xlsx", "c.xlsx"), ("ok", []))
    assert main(["check", str(inbox), "--passwords", str(tmp_path / "none.txt")]) == 2
    assert "none.txt" in capsys.readouterr().err


def test_the_other_commands_open_with_a_password_too(inbox: Path, tmp_path: Path) -> None:
    locked, plain, out = str(inbox / "a.xlsx"), str(inbox / "c.xlsx"), str(tmp_path / "t.xlsx")
    assert main(["diff", locked, plain, "--password", FIRST]) == 0
    assert main(["template", "-o", out, "--from", locked, "--password", FIRST]) == 0
    assert main(["correct", locked, "-o", out, "--password", FIRST]) == 0
    assert main(["template", "-o", out, "--from", locked]) == 2


def test_a_limit_is_named_by_its_finding_and_can_be_raised(capsys: pytest.CaptureFixture[str]) -> None:
    check = ["check", str(EXAMPLE), "--lang", "en", "--json"]
    assert main([*check, "--limit", "cells=100"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["workbooks"][0]["findings"]
    assert finding["code"] == "cells-too-many"
    assert "--limit cells=" in finding["remedy"]
    assert main([*check, "--limit", "cells=100", "--limit", "cells=5,000", "--limit", "file_bytes=1MB"]) == 0


def test_limits_are_given_as_people_write_them() -> None:
    assert parse_limit("file_bytes=60MB") == ("file_bytes", 60_000_000)
    assert parse_limit("memory_bytes = 1.5 gb") == ("memory_bytes", 1_500_000_000)
    assert parse_limit("cells=3,000,000") == ("cells", 3_000_000)
    assert parse_limit("seconds=2.5") == ("seconds", 2.5)
    for wrong in ("cell=3", "cells", "cells=many", "cells=0", "cells=5MB", "cells=-1", "seconds=1.2.3"):
        with pytest.raises(OptionError, match=r"no such limit|above 0|value is missing"):
            parse_limit(wrong)


def test_a_limit_that_is_none_could_not_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(EXAMPLE), "--limit", "celles=5", "--lang", "en"]) == 2
    assert "no such limit" in capsys.readouterr().err


def test_every_limit_is_documented() -> None:
    assert set(LIMITS) == set(DEFAULT_LIMITS.__dataclass_fields__)


def heavy(path: Path) -> Path:
    """Write a small file that takes long to read: two million short cells."""
    rows = "".join(f'<row r="{n}">' + f"<c><v>{n}</v></c>" * 20 + "</row>" for n in range(1, 60_000))
    with zipfile.ZipFile(EXAMPLE) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "xl/worksheets/sheet2.xml":
                data = data.replace(b"</sheetData>", b"").partition(b"<sheetData")[0] + b"<sheetData>" + rows.encode()
                data += b"</sheetData></worksheet>"
            new.writestr(entry.filename, data)
    return path


@pytest.mark.parametrize("make", [lambda: one_sheet("<row/>" * 500_000), lambda: ods("<t:table-row/>" * 500_000)])
def test_the_clock_runs_where_a_workbook_is_read_in_process(
    make: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbook_engine.intake.limits.SECONDS_PER_MB", 0.0)
    started = time.monotonic()
    opened = open_bytes(make(), replace(DEFAULT_LIMITS, seconds=0.05))
    assert [finding.code for finding in opened.findings] == ["reading-too-slow"]
    assert time.monotonic() - started < 30


def test_a_file_that_takes_too_long_is_told_the_seconds_that_it_had(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "monotonic", iter(range(0, 10**9, 60)).__next__)
    data = io.BytesIO(one_sheet("<row/>" * 500_000))
    with zipfile.ZipFile(data, "a") as package:
        package.writestr("xl/media/image1.png", bytes(5_100_000))
    (finding,) = open_bytes(data.getvalue()).findings
    assert finding.code == "reading-too-slow"
    for language in ("zh", "en"):
        assert " 132 " in finding.message(language)  # 30 seconds, and 20 for each of 5.1 MB
        assert "30" in finding.advice(language)


def test_a_single_workbook_that_takes_too_long_is_killed_and_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    monkeypatch.setattr("workbook_engine.intake.limits.SECONDS_PER_MB", 0.0)
    path = heavy(tmp_path / "heavy.xlsx")
    assert outcome(["check", str(path), "--limit", "seconds=0.3"], capsys) == {
        "heavy.xlsx": ("rejected", ["reading-too-slow"])
    }
    assert list(temporary.iterdir()) == []


def test_of_a_workbook_that_is_no_template_nothing_else_is_told(tmp_path: Path) -> None:
    """Cells that were struck through in a task list are nobody's business."""
    path = tmp_path / "tasks.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        struck = workbook.add_format({"font_strikeout": True})
        workbook.add_worksheet("任务").write_row(0, 0, ["打电话", "发邮件"], struck)
    assert [finding.code for finding in process(path).findings] == ["not-our-template"]
