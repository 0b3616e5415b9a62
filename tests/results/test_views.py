"""The client's view, and a consultant's own theme."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from tests import recalc
from tests.books import line, returned
from tests.results import studies
from tests.studies import write_book_results
from workbook_engine.errors import WriteError
from workbook_engine.grid import Cell
from workbook_engine.model import Appearance, Entry, Stage
from workbook_engine.pipeline import process
from workbook_engine.results import load_theme, write_results
from workbook_engine.results.raw_sheets import CONTACT
from workbook_engine.results.theme import Theme
from workbook_engine.verify import verify

if TYPE_CHECKING:
    from workbook_engine.texts import Language

SECRET, PHONE = "报价内部备注", "总机 1234"


def _client_job() -> studies.ResultsJob:
    job = studies.job()
    lines = tuple(replace(line, remark=SECRET) for line in job.inventory.lines)
    studied = replace(job.inventory, lines=lines)
    fields = {**job.submission.fields, CONTACT: Entry(Cell("text", PHONE), studies.where(studies.BASICS, 3, 3))}
    job = studies.job(studied)
    return replace(job, submission=replace(job.submission, fields=fields), is_client_view=True)


def test_the_client_s_view_has_no_remarks_contacts_and_findings(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    write_results(path, _client_job(), language="zh")
    values = recalc.stored_values(path)
    assert not [place for place, value in values.items() if SECRET in str(value)]
    assert (studies.BASICS, "C3") not in values  # where the contact stood
    assert "问题清单" not in {sheet for sheet, _ in values}
    with zipfile.ZipFile(path) as package:  # nor in notes, names, properties, or anywhere else
        parts = {name: package.read(name).decode("utf-8", "ignore") for name in package.namelist()}
    assert not [name for name, part in parts.items() if SECRET in part or PHONE in part]
    assert recalc.differences(path, recalc.ironcalc_values(path)) == []


@pytest.mark.parametrize(("language", "title"), [("zh", "问题清单"), ("en", "Findings")])
def test_the_client_s_view_names_no_sheet_that_it_does_not_have(tmp_path: Path, language: Language, title: str) -> None:
    path = tmp_path / "results.xlsx"
    for amount in (100, "待定"):  # with a total, and without
        full = tmp_path / "full.xlsx"
        write_book_results(returned({"production": [line(amount=amount)]}), full)
        (written,) = process(full, tmp_path / "out", appearance=Appearance("client", language=language)).results
        path = type(full)(written)
        assert title not in load_workbook(path).sheetnames
        assert not [place for place, value in recalc.stored_values(path).items() if title in str(value)]
        outcome = recalc.stored_values(full)
        assert [place for place, value in outcome.items() if "问题清单" in str(value)]  # the full view does


def test_the_full_view_has_them(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    write_results(path, replace(_client_job(), is_client_view=False), language="zh")
    assert [place for place, value in recalc.stored_values(path).items() if SECRET in str(value)]


def test_the_client_s_view_gives_the_same_result_again_and_is_verified_as_such(tmp_path: Path) -> None:
    full = tmp_path / "full.xlsx"
    outcome = write_book_results(returned({"production": [line(remark=SECRET)]}), full)
    again = process(full, tmp_path / "out", appearance=Appearance("client"))
    assert again.footprint is not None
    assert again.footprint.products[0].cfp_kg_co2e == outcome.cfp
    (written,) = again.results
    assert SECRET not in str(recalc.stored_values(type(full)(written)).values())
    assert verify(type(full)(written)).is_sound


def test_results_are_written_in_the_language_asked_for_and_verified_as_such(tmp_path: Path) -> None:
    full = tmp_path / "full.xlsx"
    write_book_results(returned({"production": [line()]}), full)
    (written,) = process(full, tmp_path / "out", appearance=Appearance(language="en")).results
    names = load_workbook(written).sheetnames
    assert names[:3] == ["Cover", "Summary", "Report tables"]
    assert verify(type(full)(written)).is_sound


def _png() -> bytes:
    """Return a picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    header = (1).to_bytes(4, "big") * 2 + bytes([8, 0, 0, 0, 0])
    pixels = zlib.compress(b"\x00\xff")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def test_a_theme_changes_colours_font_and_logo(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(_png())
    theme = tmp_path / "house.toml"
    theme.write_text(
        'font = "SimSun"\ndark = "#004D40"\nlogo = "logo.png"\n[stages]\nproduction = "#123456"\n', encoding="utf-8"
    )
    path = tmp_path / "results.xlsx"
    write_results(path, replace(studies.job(), theme=load_theme(theme)), language="zh")
    book = load_workbook(path)
    header = book["溯源"]["B4"]
    assert (header.font.name, header.fill.start_color.rgb) == ("SimSun", "FF004D40")
    assert book["核算-产品生产"].sheet_properties.tabColor.rgb == "FF123456"
    with zipfile.ZipFile(path) as package:
        (logo,) = [name for name in package.namelist() if name.startswith("xl/media/")]
        assert package.read(logo) == _png()


@pytest.mark.parametrize(
    "text",
    [
        'dark = "green"',
        'colour = "#000000"',
        "font_size = 200",
        'logo = "missing.png"',
        '[stages]\nmoon = "#000000"',
        "dark =",
    ],
)
def test_a_theme_that_is_not_sound_is_refused(tmp_path: Path, text: str) -> None:
    theme = tmp_path / "house.toml"
    theme.write_text(text, encoding="utf-8")
    with pytest.raises(WriteError, match=r"house\.toml"):
        load_theme(theme)


def test_the_theme_of_the_documentation_names_all_that_a_theme_has(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "results.md").read_text(encoding="utf-8")
    stated = page.partition("```toml\n")[2].partition("```")[0]
    (tmp_path / "logo.png").write_bytes(_png())
    theme = tmp_path / "house.toml"
    theme.write_text(
        stated.replace('# logo = "logo.png" ', 'logo = "logo.png"'), encoding="utf-8-sig"
    )  # as Notepad may
    loaded = load_theme(theme)
    assert (loaded.font, loaded.dark, loaded.logo) == ("宋体", "#004D40", tmp_path / "logo.png")
    assert loaded.stages[Stage.PRODUCTION] == "#C55A11"
    for name in [field.name for field in fields(Theme)]:
        assert f"\n{name} = " in "\n" + stated.replace("# logo", "logo") or name == "stages"
    assert all(stage.value in stated for stage in Stage)


def test_a_theme_changes_one_stage_s_colour_alone(tmp_path: Path) -> None:
    theme = tmp_path / "house.toml"
    theme.write_text('[stages]\nuse = "#000000"', encoding="utf-8")
    colours = load_theme(theme).stages
    assert colours[Stage.USE] == "#000000"
    assert colours[Stage.PRODUCTION] == studies.job().theme.stages[Stage.PRODUCTION]
