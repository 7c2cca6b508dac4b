"""The lines of a table, as GitHub's tables are written: PC draws them, phones do not."""

import re
from typing import Final

_DELIMITER_ROW: Final = re.compile(r"\|?+(?:[ \t]*+:?+-++:?+[ \t]*+(?:\||$))++[ \t]*+$")
_PIPE: Final = re.compile(r"(?<!\\)\|")


def alignments(line: str) -> tuple[str, ...]:
    """What the line under a table's head says of each column: "", "left", "center" or "right".

    Empty where the line is no such line; one without any `|` is none.
    """
    if "|" not in line or not _DELIMITER_ROW.match(line):
        return ()
    return tuple(_alignment(cell) for cell in cells(line))


def cells(line: str) -> list[str]:
    """The cells of a row, as they are to be read for inline markup."""
    row = line.strip(" \t").removeprefix("|")
    if row.endswith("|") and not row.endswith("\\|"):
        row = row[:-1]
    return [cell.strip(" \t").replace("\\|", "|") for cell in _PIPE.split(row)]


def _alignment(cell: str) -> str:
    match cell.startswith(":"), cell.endswith(":"):
        case True, True:
            return "center"
        case True, False:
            return "left"
        case False, True:
            return "right"
        case _:
            return ""
