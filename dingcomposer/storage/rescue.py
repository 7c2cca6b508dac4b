"""A database as it stood, or what an open one still holds, written to another file.

The open handle reads what was deleted or replaced as if nothing had happened. What was overwritten
it reads as far as SQLite has it in memory or in the WAL.
"""

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from dingcomposer.storage.disk.open_file import Displacement

_PAGES = 1_024

DERIVED = frozenset(
    {
        *("daily_sums", "robot_sums", "sums_state"),
        *("send_blocks", "search_state", "search_facets"),
    }
)
"""Tables that are filled anew from what is copied: by triggers, or as the index is built."""
_BEGUN = frozenset({"chain_state"})  # an empty database has a row of it, which is to give way


def copy_before_update(path: Path, newest: int) -> Path | None:
    """What an update to a newer schema has left of a database, of `newest` or an earlier one."""
    copies = (path.with_name(f"{path.name}.v{number}") for number in range(newest, 0, -1))
    return next((copy for copy in copies if copy.is_file()), None)


class CopyCancelled(Exception):
    """The copy is not wanted any more."""


class Snapshot:
    """A database as it stood at one moment, to be copied while it changes.

    Made in the main thread; `copy_to` may run in another, and `cancel` be called by any. Until it
    is closed, the WAL keeps what was written since. Raises sqlite3.Error.
    """

    def __init__(self, path: Path) -> None:
        self._is_cancelled = False
        self._connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            self._connection.execute("BEGIN")
            self._connection.execute("SELECT 1 FROM sqlite_schema").fetchone()
        except sqlite3.Error:
            self._connection.close()
            raise

    def copy_to(self, to: Path) -> None:
        """Write it to a file, complete or not at all. Raises OSError and CopyCancelled, too."""
        unfinished = to.with_name(f"{to.name}.part")
        unfinished.unlink(missing_ok=True)
        try:
            # Readable by its owner only, as the database itself.
            os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            with closing(sqlite3.connect(unfinished, isolation_level=None)) as copy:
                self._connection.backup(copy, pages=_PAGES, progress=self._go_on)
                # One file, without a WAL beside it that could be left behind.
                copy.execute("PRAGMA journal_mode = DELETE")
            unfinished.replace(to)
        finally:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)

    def cancel(self) -> None:
        """End the copy that is under way."""
        self._is_cancelled = True

    def close(self) -> None:
        """Let go of that moment."""
        with suppress(sqlite3.Error):
            self._connection.close()

    def _go_on(self, _status: int, _left: int, _total: int) -> None:
        if self._is_cancelled:
            raise CopyCancelled


def copy_whole(source: sqlite3.Connection, target: sqlite3.Connection) -> bool:
    """Copy everything; False where what came out is no sound database of the same program."""
    try:
        source.backup(target)
        checked = target.execute("PRAGMA quick_check(1)").fetchone()[0]
        ours, theirs = (
            one.execute("PRAGMA application_id").fetchone()[0] for one in (source, target)
        )
        target.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error:
        return False
    return bool(checked == "ok" and ours == theirs)


def copy_what_can_be_read(source: sqlite3.Connection, target: sqlite3.Connection) -> int:
    """Copy row by row into the same, empty tables, from both ends of each; how many rows."""
    tables = [
        str(name)
        for (name,) in target.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        ).fetchall()
        if str(name) not in DERIVED
    ]
    before = target.total_changes
    for table in tables:
        for direction in ("ASC", "DESC"):
            if _copy_table(source, target, table, direction):
                break
    return target.total_changes - before


def set_aside(path: Path, found: Displacement, *, has_own_wal: bool) -> None:
    """Keep what stands at a database's names and is not ours, byte for byte."""
    aside = free_name(path)
    if found is Displacement.OVERWRITTEN:
        # The same file: SQLite would still write to it when it closes.
        shutil.copy2(path, aside)
    elif found is Displacement.REPLACED:
        path.replace(aside)
    wal = path.with_name(f"{path.name}-wal")
    if wal.exists() and not has_own_wal:
        wal.replace(aside.with_name(f"{aside.name}-wal"))


def free_name(path: Path) -> Path:
    """A free name beside a file, to keep somebody else's under."""
    number = 1
    while (aside := path.with_name(f"{path.name}.aside-{number}")).exists():
        number += 1
    return aside


def _copy_table(
    source: sqlite3.Connection, target: sqlite3.Connection, table: str, direction: str
) -> bool:
    """Copy a table from one end; False where it could not be read to the other."""
    columns = [str(row[1]) for row in target.execute(f"PRAGMA table_info({table})").fetchall()]
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    otherwise = "REPLACE" if table in _BEGUN else "IGNORE"
    insert = f"INSERT OR {otherwise} INTO {table} ({names}) VALUES ({marks})"
    try:
        query = f"SELECT {names} FROM {table} ORDER BY rowid {direction}"
        with closing(source.execute(query)) as rows:
            while (row := rows.fetchone()) is not None:
                with suppress(sqlite3.IntegrityError):  # a row that was spoilt
                    target.execute(insert, tuple(row))
    except sqlite3.Error:
        return False
    return True
