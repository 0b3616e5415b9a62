"""The blank templates of both languages, written once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from workbook_engine.pipeline import write_template
from workbook_engine.texts import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_engine.texts import Language


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> dict[Language, Path]:
    folder = tmp_path_factory.mktemp("templates")
    for language in LANGUAGES:
        write_template(folder / f"{language}.xlsx", language)
    return {language: folder / f"{language}.xlsx" for language in LANGUAGES}
