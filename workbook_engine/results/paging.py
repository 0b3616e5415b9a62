"""Where the pages of a computed sheet begin: tables and charts stay whole, and rows do not go on without headings.

What fits a page begins on a new one where too little is left of the last. A longer table is broken between its rows,
never so that one of them stands alone. Headings can be repeated of one table of a sheet alone, and then stand above
every page after it: so the long table is the last of its sheet, and what is short below it takes the table's last rows
along to its page, which then begins within the table that the headings are of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook_engine.results.package import Page

ROW_HEIGHT = 16.5  # points; a line of Chinese at 10 points with some air
A4_SHORT, A4_LONG = 595.3, 841.9  # points
SIDE_MARGINS, END_MARGINS = 72.0, 108.0  # points, as print_setup has them
SLACK = 0.97  # of the room: programs differ in the width of a column
LEAST_ROOM = 0.3  # of a page, for a long table to begin on it
MOST_SHRUNK, LEAST_SCALE = 1.3, 0.5  # what is this much more than a page is shrunk to fit, if it can still be read
KEPT_WHOLE = 0.5  # of a page: a table whose headings are repeated goes on over pages if it is longer
TOGETHER = 2  # rows of a table: so many stand below its headings, and so many on its last page


class Block(NamedTuple):
    """Rows that stand on one page where it has room for them; else they are parted between their pieces, if any."""

    first: int
    last: int
    pieces: tuple[Block, ...] = ()
    rows: int = 0  # of a table, which may be parted between its rows: the first below its headings


class Headed(NamedTuple):
    """The table whose headings may be repeated: the row of these, and the table's last."""

    header: int
    last: int


def in_parts(*blocks: Block) -> Block:
    """Return blocks that follow each other as one, which is parted between them."""
    return Block(blocks[0].first, blocks[-1].last, blocks)


def table(start: int, first: int, last: int) -> Block:
    """Return a table as a block; from `start` on stand its title and headings, from `first` on its rows."""
    return Block(start, last, rows=first)


def paginate(
    page: Page,
    blocks: Sequence[Block],
    columns: tuple[int, int],
    headed: Headed | None = None,
    *,
    portrait: bool = False,
) -> None:
    """Break a sheet into pages so that blocks stay whole, as many on a page as there is room for.

    What is a little more than one page in all is made to fit. `columns` are the first and last that are printed; the
    headings of the table that is `headed` are repeated where every page after them begins within it.
    """
    page.table = ()
    width = page.width(range(columns[0], columns[1] + 1))
    if portrait:
        page.sheet.set_portrait()
    if is_one_page(_height(page, 1, blocks[-1].last) if blocks else 0.0, width, portrait=portrait):
        page.sheet.fit_to_pages(1, 1)
        return
    room = _room(width, portrait=portrait)
    starts = _starts(page, blocks, room, headed)
    if headed:
        starts = _taken_along(page, starts, headed, blocks[-1].last, room)
        if all(start <= headed.last for start in starts if start > headed.header):
            page.sheet.repeat_rows(headed.header - 1)
    page.sheet.set_h_pagebreaks([start - 1 for start in starts])


def is_one_page(height: float, width: float, *, portrait: bool = False) -> bool:
    """Tell whether rows and columns of these points fit one page, if need be a little smaller than by their width."""
    room = _room(width, portrait=portrait)
    if height <= room:
        return True
    return height <= room * MOST_SHRUNK and _scale(width, portrait=portrait) * room / height >= LEAST_SCALE


def _room(width: float, *, portrait: bool) -> float:
    """Return the points of rows that a page has room for when columns of that width are fitted across it."""
    return SLACK * ((A4_LONG if portrait else A4_SHORT) - END_MARGINS) / _scale(width, portrait=portrait)


def _scale(width: float, *, portrait: bool) -> float:
    return min(1.0, ((A4_SHORT if portrait else A4_LONG) - SIDE_MARGINS) / width)


def _height(page: Page, first: int, last: int) -> float:
    return page.height(first, last, ROW_HEIGHT)


def _starts(page: Page, blocks: Sequence[Block], room: float, headed: Headed | None) -> list[int]:
    """Return the rows with which pages begin, without the first."""
    used = _height(page, 1, blocks[0].first - 1)
    rooms = (room - used, *[room] * (len(blocks) - 1))  # the first is below the title, which is no page by itself
    pieces = [
        piece for block, left in zip(blocks, rooms, strict=True) for piece in _pieces(page, block, left, room, headed)
    ]
    starts: list[int] = []
    for index, piece in enumerate(pieces):
        size = _height(page, piece.first, piece.last)
        is_long = size > room
        if index:
            used += _height(page, pieces[index - 1].last + 1, piece.first - 1)
        if index and used and (used > room * (1 - LEAST_ROOM) if is_long else used + size > room):
            starts.append(piece.first)
            goes_on = headed is not None and headed.header < piece.first <= headed.last
            used = _height(page, headed.header, headed.header) if headed and goes_on else 0.0
        used = (used + size) % room if is_long else used + size
    return starts


def _pieces(page: Page, block: Block, left: float, room: float, headed: Headed | None) -> list[Block]:
    """Return a block that fits into what is left of a page, else its pieces, of which each may have a page."""
    most = min(left, KEPT_WHOLE * room) if headed and headed.header <= block.last <= headed.last else left
    if _height(page, block.first, block.last) <= most:
        return [block]
    pieces = block.pieces or _rows(page, block)
    return [each for piece in pieces for each in _pieces(page, piece, room, room, headed)] if pieces else [block]


def _rows(page: Page, block: Block) -> tuple[Block, ...]:
    """Return the rows of a table, the first with its headings; of a sheet that is streamed none has a known height."""
    first, end = block.rows + TOGETHER, block.last - TOGETHER + 1  # between those that stay together
    if not block.rows or first > end or page.package.constant_memory:
        return ()
    between = (Block(row, row) for row in range(first, end))
    return Block(block.first, first - 1), *between, Block(end, block.last)


def _taken_along(page: Page, starts: list[int], headed: Headed, end: int, room: float) -> list[int]:
    """Let the one page that begins below a table that goes on begin with the table's last rows, if it holds them."""
    within = [start for start in starts if headed.header < start <= headed.last]
    if not within or starts[-1] <= headed.last or starts[-2] != within[-1]:
        return starts
    tail = max(headed.last - TOGETHER + 1, within[-1])
    if tail - within[-1] < TOGETHER:  # the rows before it would stand alone
        tail = within[-1]
    fits = _height(page, headed.header, headed.header) + _height(page, tail, end) <= room
    return [*(start for start in starts if start < tail), tail] if fits else starts
