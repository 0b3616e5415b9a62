"""What the options of arguments.OPENING say: the passwords to try, and the limits that hold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workbook_engine.errors import ReadError, unreadable

if TYPE_CHECKING:
    import argparse

    from workbook_engine.intake.limits import Limits


def limits_of(options: argparse.Namespace) -> Limits:
    """Return the limits that hold."""
    from workbook_engine.intake.limits import DEFAULT_LIMITS  # noqa: PLC0415 - `--help` and `--version` need none

    return replace(DEFAULT_LIMITS, **dict(options.limit))


def passwords_of(options: argparse.Namespace) -> tuple[str, ...]:
    """Return the passwords to try. Raises ReadError where the file of them cannot be read."""
    if options.passwords is None:
        return tuple(options.password)
    try:
        lines = options.passwords.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(unreadable(options.passwords, error)) from error
    return (*options.password, *filter(None, lines))
