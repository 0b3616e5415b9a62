"""Whatever changes a figure or a text that is seen, or hides one, is found; what only is written otherwise is not."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import PIL.Image
import pytest

from tests import recalc
from tests.results.kinds import EXAMPLES, command, made
from tests.verify.attacks import attacked
from tests.verify.attacks_beside import ATTACKS
from tests.verify.conftest import not_installed
from tests.verify.editing import rewrite
from workbook_engine.pipeline import process
from workbook_engine.report_verify import as_lines
from workbook_engine.verify import AROUND, About, What, verify

if TYPE_CHECKING:
    from workbook_engine.verify import Verification

KINDS = ("results with scenarios", "results with draws", "client's view", "results with an earlier report")
NAMES = (*KINDS, *(path.stem for path in EXAMPLES))
TIMES = 8 if os.environ.get("WBE_MANY") else 1  # attacks of each sort


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:

    kinds = [path for kind in KINDS for path in made(kind, tmp_path_factory.mktemp("kind")) if "汇总" not in path.name]
    examples = (process(path, tmp_path_factory.mktemp("example")).results for path in EXAMPLES)
    return [*kinds, *(Path(path) for paths in examples for path in paths)]


def _around(result: Verification) -> dict[What, str]:
    (check,) = (check for check in result.checks if check.name == AROUND)
    return {found.what: f"{found.sheet}!{found.cell}" for found in check.differences}


@pytest.mark.parametrize("name", ATTACKS)
@pytest.mark.parametrize("time", range(TIMES))
def test_an_attack_is_found(name: str, time: int, workbooks: list[Path], tmp_path: Path) -> None:
    rng = random.Random(f"{name} {time}")  # noqa: S311 - repeatable, not secret
    changed = tmp_path / "changed.xlsx"
    done = ""
    for path in rng.sample(workbooks, len(workbooks)):
        if done := attacked(path, changed, name, rng):
            break
    assert done, "no workbook has anything of the kind"
    result = verify(changed)
    assert not result.is_sound, done
    told = [found for check in result.checks for found in check.differences if not found.follows]
    assert told or any(remark.is_harmful for remark in result.remarks)


@pytest.mark.parametrize("number", range(len(NAMES)))
def test_as_written_and_as_openpyxl_saves_it_nothing_is_named(
    number: int, workbooks: list[Path], tmp_path: Path
) -> None:
    path = workbooks[number]
    assert verify(path).is_sound
    openpyxl.load_workbook(path).save(tmp_path / "saved.xlsx")
    assert _around(verify(tmp_path / "saved.xlsx")) == {}


@pytest.mark.libreoffice
def test_as_libreoffice_saves_it_nothing_is_named(
    workbooks: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All are saved in one run of the program, which is not asked again as they are verified."""
    monkeypatch.setattr("workbook_engine.verify.by_libreoffice", not_installed)
    copies = [tmp_path / f"{number}.xlsx" for number in range(len(workbooks))]
    for path, copy in zip(workbooks, copies, strict=True):
        copy.write_bytes(path.read_bytes())
    saved = recalc.recalculate(copies, tmp_path)
    for kind, copy in zip(NAMES, copies, strict=True):
        result = verify(saved / copy.name)
        assert result.is_sound, (kind, [found for check in result.checks for found in check.differences])


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("number format that hides", What.UNSEEN),
        ("number format of fewer digits", What.FORMAT),
        ("white on white", What.UNSEEN),
        ("row hidden", What.HIDDEN),
        ("chart point", What.CHART_POINT),
        ("chart reference", What.CHART_DATA),
        ("chart title", What.CHART_TEXT),
        ("link taken away", What.LINK),
        ("text box over cells", What.PICTURE),
    ],
)
def test_it_is_named_for_what_it_is(name: str, what: What, workbooks: list[Path], tmp_path: Path) -> None:
    attacked(workbooks[0], tmp_path / "changed.xlsx", name, random.Random(name))  # noqa: S311
    assert what in _around(verify(tmp_path / "changed.xlsx"))


def test_the_same_format_of_many_cells_is_one_sentence(workbooks: list[Path], tmp_path: Path) -> None:
    book = openpyxl.load_workbook(workbooks[0])
    for row in book["排放因子"].iter_rows(min_row=5):
        for cell in row:
            cell.number_format = "0"
    book.save(tmp_path / "changed.xlsx")
    result = verify(tmp_path / "changed.xlsx")
    (check,) = (check for check in result.checks if check.name == AROUND)
    assert len(check.differences) <= 4
    assert sum(found.more + 1 for found in check.differences) > 4
    assert {found.what for found in check.differences} == {What.FORMAT}


def test_charts_that_are_all_gone_are_one_sentence(workbooks: list[Path], tmp_path: Path) -> None:
    book = openpyxl.load_workbook(workbooks[0])
    for sheet in book.worksheets:
        sheet._charts = []
    book.save(tmp_path / "changed.xlsx")
    result = verify(tmp_path / "changed.xlsx")
    assert About.CHARTS_GONE in {remark.about for remark in result.remarks}
    assert _around(result) == {}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("macros", "文件的组成：文件中 宏，应为 （无）"),
        ("objects hidden", "整个工作簿 的隐藏状态：文件中 图表和图形不显示，应为 没有隐藏"),
        ("formula of an array", "的公式怎样计算：文件中 数组公式 "),
        ("chart trendline", "趋势线"),
        ("row hidden", "的隐藏状态：文件中 隐藏，应为 没有隐藏"),
        ("white on white", "是否看得见：文件中 看不见"),
    ],
)
def test_it_is_told_in_words_that_a_verifier_reads(name: str, told: str, workbooks: list[Path], tmp_path: Path) -> None:
    attacked(workbooks[1], tmp_path / "changed.xlsx", name, random.Random(name))  # noqa: S311
    assert told in "\n".join(as_lines(verify(tmp_path / "changed.xlsx"), "zh"))


def test_a_logo_and_parts_of_other_programs_are_told_and_no_harm(tmp_path: Path) -> None:
    """A logo is in no workbook's inputs, so that nothing can tell whether it is the one."""
    PIL.Image.new("RGB", (200, 80), "navy").save(tmp_path / "logo.png")
    (tmp_path / "theme.toml").write_text('logo = "logo.png"', encoding="utf-8")
    command("run", str(EXAMPLES[0]), "-o", str(tmp_path / "out"), "--theme", str(tmp_path / "theme.toml"))
    (path,) = (tmp_path / "out").rglob("*碳足迹结果.xlsx")
    result = verify(path)
    assert result.is_sound
    assert [(remark.about, remark.sheet) for remark in result.remarks] == [(About.LOGO, "封面")]
    kept = rewrite(path, tmp_path / "kept.xlsx", {"_rels/.rels": _with_custom_properties})
    assert [remark.about for remark in verify(kept).remarks] == [About.LOGO, About.PARTS_ADDED]
    assert verify(kept).is_sound


def _with_custom_properties(data: bytes) -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
    one = f'<Relationship Id="rId99" Type="{kind}" Target="docProps/custom.xml"/></Relationships>'
    return data.replace(b"</Relationships>", one.encode())
