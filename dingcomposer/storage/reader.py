"""A connection that only reads, for work off the main thread: searches, exports, checks."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dingcomposer.storage.database import BUSY_TIMEOUT_MS, Row, Value, faults


class Reader:
    """The database as it stands, read by the thread that made this. Raises StorageError.

    It never writes, and never keeps the main thread from writing (WAL).
    """

    def __init__(self, path: Path) -> None:
        with faults():
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro",
                uri=True,
                isolation_level=None,
                timeout=BUSY_TIMEOUT_MS / 1000,
                check_same_thread=False,  # `interrupt` alone is called from another thread
            )
        self._connection.row_factory = Row

    def rows(self, sql: str, *values: Value) -> list[Row]:
        """All rows that a query finds."""
        with faults():
            return self._connection.execute(sql, values).fetchall()

    def iterate(self, sql: str, *values: Value) -> Iterator[Row]:
        """The rows that a query finds, one after the other."""
        with faults():
            yield from self._connection.execute(sql, values)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is read inside is of one moment, however long it takes."""
        with faults():
            self._connection.execute("BEGIN")
            self._connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall()
        try:
            yield
        finally:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")

    def interrupt(self) -> None:
        """End the query that is under way: it raises. Any thread may call this."""
        self._connection.interrupt()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
