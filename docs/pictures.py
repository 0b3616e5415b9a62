"""Draw the README's pictures: `python docs/pictures.py`. Needs LibreOffice and poppler (soffice, pdftotext, pdftoppm).

The sheets are those of the committed template, and of the results workbook of one example study, as they print.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from workbook_engine.pipeline import process

HERE = Path(__file__).parent
IMAGES = HERE / "images"
ROOT = HERE.parent
EXAMPLE = ROOT / "example_workbooks" / "T410267-1_plant_totals"
RESOLUTION = "80"  # dots an inch: readable on a page, small in the repository

TEMPLATE_SHEETS = {
    "填写说明": "template_instructions",
    "基本信息": "template_basics",
}
RESULTS_SHEETS = {
    "封面": "results_cover",
    "结果摘要": "results_summary",
    "热点分析": "results_hotspots",
    "不确定性与敏感性": "results_uncertainty",
    "分摊": "results_allocation",
    "溯源": "results_trace",
}


def main() -> None:
    """Draw every picture."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        draw(ROOT / "templates" / "data_collection_template.xlsx", TEMPLATE_SHEETS, work)
        done = process(next(EXAMPLE.glob("*.xlsx")), work)
        draw(Path(done.results[0]), RESULTS_SHEETS, work)


def draw(workbook: Path, sheets: dict[str, str], work: Path) -> None:
    """Print a workbook and draw the first page of each named sheet; a page's header ends with its sheet's name."""
    book = work / "book.xlsx"
    book.write_bytes(workbook.read_bytes())
    profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
    run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(work), str(book))
    pdf = str(book.with_suffix(".pdf"))
    pages = run("pdftotext", "-layout", pdf, "-").split("\f")
    for sheet, name in sheets.items():
        number = next(n for n, page in enumerate(pages, 1) if page.lstrip().partition("\n")[0].rstrip().endswith(sheet))
        page = ["-f", str(number), "-l", str(number), "-singlefile", "-r", RESOLUTION, "-png"]
        run("pdftoppm", *page, pdf, str(IMAGES / name))


def run(*command: str) -> str:
    """Run a command and return what it prints."""
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


if __name__ == "__main__":
    sys.exit(main())
