"""A copy of a run's table with what became of each row, and why, as XLSX or CSV.

The cells are those of the table as they were read; the original is not touched.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from errno import EEXIST
from pathlib import Path
from typing import Final

from dingcomposer.core.checks.problems import Problem, ProblemCode, Severity
from dingcomposer.core.row_messages.filling import RowFinding, RowMessage, RowProblem
from dingcomposer.interchange.exports.tables import Cell, CsvTable, XlsxTable
from dingcomposer.storage.database import to_json
from dingcomposer.storage.planned.table_runs import TableRowOutcome, TableRunStore

BLOCKED: Final = "blocked"
"""With this begins what is written down of a row that could not be sent."""


def note_of(row: RowMessage, mask: Callable[[str], str] = lambda text: text) -> str:
    """Why a row cannot be sent, to be written down: the first thing that blocks it, as JSON."""
    finding = next((one for one in row.findings if one.problem.blocks), None)
    if finding is not None:
        note = {"problem": finding.problem, "words": mask(finding.words), "column": finding.column}
        return f"{BLOCKED} {to_json(note)}"
    for one in row.problems:
        if one.severity is Severity.BLOCKS:
            params = [
                [name, mask(value) if isinstance(value, str) else value]
                for name, value in one.params
            ]
            return f"{BLOCKED} {to_json({'code': one.code, 'field': one.field, 'params': params})}"
    return BLOCKED


def read_note(left_out: str) -> RowFinding | Problem | None:
    """What `note_of` wrote down; None where there is nothing of it, or nothing that is known."""
    _, _, text = left_out.partition(" ")
    try:
        note = json.loads(text)
        if "problem" in note:
            return RowFinding(RowProblem(note["problem"]), note["words"], note["column"])
        params = tuple((str(name), value) for name, value in note["params"])
        return Problem(ProblemCode(note["code"]), note["field"], Severity.BLOCKS, params)
    except (ValueError, KeyError, TypeError):
        return None


def rows_of(store: TableRunStore, run_id: str) -> Iterator[TableRowOutcome]:
    """All rows of a run, in the order of the table. Raises StorageError."""
    page = store.outcomes(run_id)
    while page:
        yield from page
        page = store.outcomes(run_id, page[-1].position)


def write_copy(
    path: Path, headings: Sequence[str], more: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> None:
    """Write the copy, whole or not at all: XLSX where the name says so, else CSV. Raises OSError.

    `more` are the headings of what stands behind the table's own cells in each row; one that the
    table has already gets a star.
    """
    names = [*headings]
    for name in more:
        while name in names:
            name = f"{name}*"  # noqa: PLW2901 - tried again
        names.append(name)
    if path.exists() and not path.is_file():
        raise FileExistsError(EEXIST, "it is there, and no file")
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    file: CsvTable | XlsxTable | None = None
    try:
        if path.suffix.casefold() == ".xlsx":
            file = XlsxTable(unfinished, names, "1")
        else:
            file = CsvTable(unfinished, names)
        for row in rows:
            file.add(row)
        file.finish()
        file = None
        unfinished.replace(path)
    finally:
        if file is not None:
            with suppress(OSError):
                file.abandon()
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
