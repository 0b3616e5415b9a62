"""How a message writes numbers and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.texts import Text, joined

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook_engine.model import ActivityLine, DeclaredResult

TOTAL = Text("总计", "Total")
LISTED = 8  # of a longer list only the first are named


def number(value: float) -> str:
    """Return a number to four significant digits: 0.5777, 12.5, 134200."""
    return f"{float(f'{value:.4g}'):.12g}"


def percent(share: float) -> str:
    """Return a share as a percentage: 0.43%, 12%, 79200%."""
    return f"{float(f'{share * 100:.3g}'):.12g}%"


def amount(value: float) -> str:
    """Return an amount as the company typed it, without the noise of adding up: 134189.3."""
    return f"{float(f'{value:.12g}'):.15g}"


def named(line: ActivityLine) -> Text:
    """Return how a line is called, and where: “生产用电”（产品生产!E9）."""
    where = line.amounts[0].where if line.amounts else line.where
    return Text(f"“{line.item}”（{where}）", f"“{line.item}” ({where})")


def listed(words: Iterable[str | Text], of: int | None = None) -> Text:
    """Return a list in one line, shortened; `of`: how many there are, where only the first LISTED or more are given."""
    first = list(words)
    count = of or len(first)
    shown = joined(first[:LISTED])
    return Text(f"{shown.zh} 等 {count} 项", f"{shown.en} and {count - LISTED} more") if count > LISTED else shown


def subject(row: DeclaredResult) -> Text:
    """Return the name of a declared figure: its stage or the total, and where it is printed."""
    title = row.stage.title if row.stage else TOTAL
    if not row.printed_in:
        return title
    return Text(f"{title.zh}（{row.printed_in}）", f"{title.en} ({row.printed_in})")
