"""What an open database still holds, written to another file.

The open handle reads what was deleted or replaced as if nothing had happened. What was overwritten
it reads as far as SQLite has it in memory or in the WAL.
"""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

DERIVED = frozenset(
    {
        *("daily_sums", "robot_sums", "sums_state"),
        *("send_blocks", "search_state", "search_facets"),
    }
)
"""Tables that are filled anew from what is copied: by triggers, or as the index is built."""
_BEGUN = frozenset({"chain_state"})  # an empty database has a row of it, which is to give way


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


def set_aside(path: Path) -> Path:
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
