"""A table as markdown: as lines with their headings, which phones draw, too, or with pipes.

Phones draw no tables (see `cases/markdown/differences.md`): a line for each row says the same.
Cells are markdown of their own, on one line each.
"""

import re
from collections.abc import Sequence
from typing import Final

from dingcomposer.core.records import dataclass

_CJK: Final = re.compile("[\u3400-\u9fff]")
_NUMBER: Final = re.compile(r"[-+¥$€]?[\d.,:/年月日\-%\s]+")
_PIPE: Final = re.compile(r"(?<!\\)\|")
_HEADING_CHARACTERS: Final = 24


@dataclass(frozen=True, slots=True)
class CellTable:
    """The headings, none where nobody knows them, and the rows, each as long as the widest."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def to_table(rows: Sequence[Sequence[str]], *, has_headings: bool | None = None) -> CellTable:
    """A table of these rows, without empty ones; None: the first row's looks say what it is."""
    full = [tuple(" ".join(cell.split()) for cell in row) for row in rows]
    full = [row for row in full if any(row)]
    width = max((_width(row) for row in full), default=0)
    even = tuple((*row, *[""] * width)[:width] for row in full)
    if has_headings is None:
        has_headings = _looks_like_headings(even)
    return CellTable(even[0], even[1:]) if has_headings and even else CellTable((), even)


def to_lines(table: CellTable) -> str:
    """An item for each row: `- 姓名：张三；部门：研发`. Empty cells are left out."""
    words = "".join((*table.headings, *(cell for row in table.rows for cell in row)))
    colon, between = ("：", "；") if _CJK.search(words) else (": ", "; ")
    if not table.rows:
        return f"- {between.join(filter(None, table.headings))}" if any(table.headings) else ""
    lines = []
    for row in table.rows:
        named = zip(table.headings or [""] * len(row), row, strict=True)
        cells = [f"{name}{colon}{cell}" if name else cell for name, cell in named if cell]
        lines.append(f"- {between.join(cells)}")
    return "\n".join(lines)


def to_pipes(table: CellTable) -> str:
    """The table between pipes, which a PC draws."""
    width = len(table.headings) or len(table.rows[0]) if table.headings or table.rows else 0
    if not width:
        return ""
    head = table.headings or ("",) * width
    lines = [_row(head), _row(("---",) * width), *map(_row, table.rows)]
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    written = " | ".join(_PIPE.sub(r"\\|", cell) for cell in cells)
    return f"| {written} |"


def _width(row: Sequence[str]) -> int:
    return max((place for place, cell in enumerate(row, 1) if cell), default=0)


def _looks_like_headings(rows: Sequence[Sequence[str]]) -> bool:
    """Short words, all different, and no numbers among them; something stands below."""
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    first = rows[0]
    is_short = all(cell and len(cell) <= _HEADING_CHARACTERS for cell in first)
    return is_short and len(set(first)) == len(first) and not any(map(_NUMBER.fullmatch, first))
