"""A table with headings out of the rows of a sheet: which row names the columns, and what is below.

What is merged in the sheet stands in its first cell only; below the headings each row of such a
cell gets its words. Two rows of headings ("考勤" over "迟到" and "早退") become one.
"""

import re
from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import Final

from dingcomposer.core.plain_text import clean
from dingcomposer.core.records import dataclass

MOST_ROWS: Final = 10_000
"""So many rows go out in one run; at 20 a minute one robot takes more than eight hours for them."""

MOST_COLUMNS: Final = 200
_LOOKED_AT: Final = 10
"""The headings are looked for in so many rows from the top."""

HEADING_CHARACTERS: Final = 60
_NUMBER: Final = re.compile(r"[-+]?[0-9][0-9.,:/%-]*")
_ERROR: Final = re.compile(
    r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|GETTING_DATA)"
)


@dataclass(frozen=True, slots=True)
class MergedCells:
    """A block of cells that a sheet shows as one; each number counts from 0, the last included."""

    top: int
    left: int
    bottom: int
    right: int


class TableFault(StrEnum):
    """Why rows are no table."""

    EMPTY = "empty"
    NO_ROWS = "no_rows"  # headings, and nothing below them
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"


class TableNote(StrEnum):
    """What was made of the headings, which a person should look at."""

    ROWS_ABOVE = "rows_above"  # a title, perhaps: passed over
    TWO_ROWS = "two_rows"
    SAME_NAME = "same_name"  # `names` are what the later ones are called now
    WITHOUT_NAME = "without_name"  # `names` are the letters of their columns
    MERGED = "merged"  # cells below the headings
    HIDDEN = "hidden"  # `names` has how many of the rows the sheet hides


class TableError(Exception):
    """Rows are no table; `fault` says why, `count` how many there are of what is too many."""

    def __init__(self, fault: TableFault, count: int = 0) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.count = count


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its number in the sheet, from 1, and a cell for each heading."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DataTable:
    """Rows with named columns. `heading_row` counts from 1, as sheets do."""

    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]
    heading_row: int = 1
    notes: tuple[tuple[TableNote, tuple[str, ...]], ...] = ()

    def values(self, row: TableRow) -> dict[str, str]:
        """A row's cells by the names of their columns."""
        return dict(zip(self.headings, row.cells, strict=True))


def is_cell_error(cell: str) -> bool:
    """Whether a cell holds what a formula gives that cannot be worked out: #N/A, #REF!."""
    return cell.startswith("#") and _ERROR.fullmatch(cell.strip()) is not None


def column_letters(column: int) -> str:
    """What a sheet calls its column of this number, from 0: A, B, … AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def find_headings(rows: Sequence[Sequence[str]]) -> int:
    """The row that most probably names the columns, from 1: the first that is as wide as those
    below it; a title above stands alone in its row."""
    looked_at = [_filled(row) for row in rows[:_LOOKED_AT]]
    widest = max(looked_at, default=0)
    for number, filled in enumerate(looked_at, 1):
        if filled and filled * 2 > widest:
            return number
    return 1


def read_table(
    rows: Sequence[Sequence[str]],
    *,
    heading_row: int | None = None,
    merged: Sequence[MergedCells] = (),
    hidden: Collection[int] = (),
) -> DataTable:
    """The table of these rows, which begin at the sheet's top left cell. Raises TableError.

    `hidden` are the numbers of the rows that the sheet hides: they are told, and are rows as well.

    `heading_row` says which row names the columns where a person has chosen it; else it is found.
    """
    if not any(_filled(row) for row in rows):
        raise TableError(TableFault.EMPTY)
    first = heading_row or find_headings(rows)
    heading = first - 1
    width = max((len(row) for row in rows[heading:]), default=0)
    if width > MOST_COLUMNS:
        raise TableError(TableFault.TOO_MANY_COLUMNS, width)
    grid, is_merged = _unmerged(rows, merged, heading, width)
    notes: list[tuple[TableNote, tuple[str, ...]]] = []
    if any(_filled(row) for row in rows[:heading]):
        notes.append((TableNote.ROWS_ABOVE, ()))
    names = [_heading(cell) for cell in grid[heading]]
    body = heading + 1
    if heading_row is None and _is_second_row(grid, rows, heading, merged):
        lower = [_heading(cell) for cell in grid[body]]
        names = _joined(names, lower, heading, merged)
        body += 1
        notes.append((TableNote.TWO_ROWS, ()))
    kept = [
        column
        for column in range(width)
        if names[column] or any(row[column].strip() for row in grid[body:])
    ]
    headings, more = _named(names, kept)
    notes += more
    if is_merged:
        notes.append((TableNote.MERGED, ()))
    found = tuple(
        TableRow(number, tuple(row[column] for column in kept))
        for number, row in enumerate(grid[body:], body + 1)
        if any(cell.strip() for cell in row)
    )
    if not found:
        raise TableError(TableFault.NO_ROWS)
    unseen = sum(one.number in hidden for one in found)
    if unseen:
        notes.append((TableNote.HIDDEN, (str(unseen),)))
    if len(found) > MOST_ROWS:
        raise TableError(TableFault.TOO_MANY_ROWS, len(found))
    return DataTable(headings, found, first, tuple(notes))


def _filled(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell.strip())


def _heading(cell: str) -> str:
    """A heading as a field's name can be: on one line, without braces."""
    words = " ".join(clean(cell).replace("{", "(").replace("}", ")").split())
    return words[:HEADING_CHARACTERS].strip()


def _unmerged(
    rows: Sequence[Sequence[str]], merged: Sequence[MergedCells], heading: int, width: int
) -> tuple[list[list[str]], bool]:
    """The rows, each as wide as the table; below the headings what is merged is filled in."""
    grid = [[*row[:width], *[""] * (width - len(row))] for row in rows]
    is_merged = False
    for block in merged:
        if not (0 <= block.top < len(grid) and 0 <= block.left < width):
            continue
        words = grid[block.top][block.left]
        if block.top <= heading or not words.strip():
            continue
        for line in grid[block.top : block.bottom + 1]:
            line[block.left] = words
        is_merged = is_merged or block.bottom > block.top
    return grid, is_merged


def _is_second_row(
    grid: Sequence[Sequence[str]],
    rows: Sequence[Sequence[str]],
    heading: int,
    merged: Sequence[MergedCells],
) -> bool:
    """Whether the row below the headings names columns, too.

    It does where a heading is merged over several columns that have words below it, or where it
    has words just where the headings have none; a number is no name.
    """
    if heading + 2 >= len(rows):
        return False
    upper, lower = grid[heading], grid[heading + 1]
    if any(_NUMBER.fullmatch(cell.strip()) for cell in lower):
        return False
    for block in merged:
        if block.top == block.bottom == heading and block.right > block.left:
            return all(lower[at].strip() for at in range(block.left, block.right + 1))
    spans = any(block.top == heading and block.bottom == heading + 1 for block in merged)
    gaps = [at for at, cell in enumerate(upper) if not cell.strip()]
    return bool(gaps) and spans and all(lower[at].strip() for at in gaps)


def _joined(
    upper: Sequence[str], lower: Sequence[str], heading: int, merged: Sequence[MergedCells]
) -> list[str]:
    """Two rows of headings as one: what is merged in the upper one goes on to the right."""
    above = list(upper)
    for block in merged:
        if block.top == heading:
            for column in range(block.left + 1, min(block.right + 1, len(above))):
                above[column] = above[block.left]
    return [
        f"{first} {second}"[:HEADING_CHARACTERS].strip() if second != first else first
        for first, second in zip(above, lower, strict=True)
    ]


def _named(
    names: Sequence[str], kept: Sequence[int]
) -> tuple[tuple[str, ...], list[tuple[TableNote, tuple[str, ...]]]]:
    """A name of its own for each column that is kept, and what was made up for it."""
    given: dict[str, None] = {}
    same, without = [], []
    for column in kept:
        name = names[column] or column_letters(column)
        if not names[column]:
            without.append(name)
        own, number = name, 2
        while own in given:
            own, number = f"{name} ({number})", number + 1
        if own != name:
            same.append(own)
        given[own] = None
    notes = []
    if same:
        notes.append((TableNote.SAME_NAME, tuple(same)))
    if without:
        notes.append((TableNote.WITHOUT_NAME, tuple(without)))
    return tuple(given), notes
