"""Where what is written of a study lies: the folders of company and product below the output folder, and its name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from workbook_engine.errors import WriteError
from workbook_engine.naming import safe_name
from workbook_engine.patterns import pattern
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from workbook_engine.model import Appearance, Processed
    from workbook_engine.texts import Language

SUFFIX = Text("碳足迹结果", "CFP results")  # of a results workbook's name, after the returned workbook's own
NO_COMPANY, NO_PRODUCT = Text("未填企业", "no company"), Text("未填产品", "no product")
SEVERAL = Text(" 等{count}种", " and others ({count})")
# A results workbook that is handed in again gives the next version of itself.
_RESULTS_END = pattern(rf"-(?:{'|'.join(SUFFIX)})(?: \(\d+\))?$")


def results_name(done: Processed, language: Language) -> tuple[tuple[str, str], str]:
    """Return the folders of the company and of the product, and the name of the results workbook in them."""
    if done.submission is None or done.inventory is None:
        msg = "a workbook that was not read has no results"
        raise WriteError(msg)
    own = done.submission.language  # of the folders: a study lies in one place, whatever language it is written in
    products = [f"{product.name} {product.model}".strip() for product in done.inventory.products]
    product = products[0] if products else ""
    if len(products) > 1:
        product = safe_name(product, most=40) + SEVERAL.to(own).format(count=len(products))
    company = safe_name(done.inventory.study.company, NO_COMPANY.to(own))
    stem = _RESULTS_END.sub("", Path(done.file).stem)
    folders = (company, safe_name(product, NO_PRODUCT.to(own)))
    return folders, f"{safe_name(stem)}-{SUFFIX.to(language)}.xlsx"


def layout_name(done: Processed, appearance: Appearance) -> tuple[tuple[str, str], str]:
    """Return the folders and the name of a layout that is filled in: the returned workbook's and the layout's own."""
    folders, _ = results_name(done, language_of(done, appearance))
    stem = _RESULTS_END.sub("", Path(done.file).stem)
    return folders, f"{safe_name(stem)}-{safe_name(Path(appearance.layout or '').stem)}.xlsx"


def language_of(done: Processed, appearance: Appearance | None) -> Language:
    """Return the language of the results: the one asked for, else that of the company's workbook."""
    own: Language = done.submission.language if done.submission else "zh"
    return appearance.language or own if appearance else own
