"""What an outcome depends on besides the workbook: when one of these changes, everything is computed anew."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import workbook_engine
from workbook_engine.batch.ledger import Rules
from workbook_engine.batch.work import Settings
from workbook_engine.errors import LibraryError, unreadable
from workbook_engine.intake.limits import DEFAULT_LIMITS, Limits
from workbook_engine.pipeline import library_path
from workbook_engine.placing import digest
from workbook_engine.spec.collection import COLLECTION

if TYPE_CHECKING:
    from workbook_engine.model import Appearance, Sampling


def settings_for(
    factors: Path | None = None,
    *,
    passwords: tuple[str, ...] = (),
    limits: Limits = DEFAULT_LIMITS,
    sampling: Sampling | None = None,
    appearance: Appearance | None = None,
) -> Settings:
    """Return the settings of a run, with the factor library as it is now. Raises LibraryError."""
    path = library_path(factors).absolute()
    try:
        return Settings(str(path), digest(path), passwords, limits, sampling, appearance)
    except OSError as error:
        raise LibraryError(unreadable(path, error)) from error


def rules_of(settings: Settings) -> Rules:
    """Return what the ledger knows an outcome by. Passwords are not in it: they change locked workbooks alone."""
    look = settings.appearance
    files = [digest(Path(path)) for path in (look.theme, look.layout) if path] if look else []
    chosen = hashlib.sha256(repr((settings.limits, settings.sampling, look, files)).encode()).hexdigest()[:12]
    return Rules(engine_version(), COLLECTION.version, settings.library_sha256, chosen)


@functools.cache
def engine_version() -> str:
    """Return the version with a hash of the program's source: a changed program is another engine, released or not."""
    source = hashlib.sha256()
    for file in sorted(Path(workbook_engine.__file__).parent.rglob("*.py")):
        source.update(file.read_bytes())
    return f"{workbook_engine.__version__}+{source.hexdigest()[:12]}"
