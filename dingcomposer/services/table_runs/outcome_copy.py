"""A copy of a run's table with what became of each row, as XLSX or CSV.

The cells are those of the table as they were read; the original is not touched.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from errno import EEXIST
from pathlib import Path

from dingcomposer.interchange.exports.tables import Cell, CsvTable, XlsxTable
from dingcomposer.storage.planned.table_runs import TableRowOutcome, TableRunStore


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
