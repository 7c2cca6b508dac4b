"""The one SQLite file: opened with care, changed in transactions, its faults told apart.

A foreign exception's text is never handed on: it can quote what was being written.
"""

import errno
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from dingcomposer.storage.migrations import APPLICATION_ID, STEPS, Step

BUSY_TIMEOUT_MS = 300
"""How long another process's lock is waited for: the window stands still meanwhile."""

Row = sqlite3.Row
Value = str | int | float | None

_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class StorageFault(StrEnum):
    """What is wrong with the disk, the file or its version."""

    CANNOT_CREATE = "cannot_create"
    FULL = "full"
    LOCKED = "locked"
    DAMAGED = "damaged"
    NEWER = "newer"
    READ_ONLY = "read_only"
    UNREADABLE = "unreadable"
    OTHER = "other"


class StorageError(Exception):
    """The disk, a lock, a damaged file, a newer schema. `sqlite_name` is a code for the log."""

    def __init__(self, fault: StorageFault, sqlite_name: str = "") -> None:
        super().__init__(fault.value, sqlite_name)
        self.fault = fault
        self.sqlite_name = sqlite_name


class Database:
    """An open database, of this program's newest schema. For the thread that made it only.

    Missing folders and the file are made (readable by their owner only); an older schema is brought
    up to date after a backup beside it; a newer or damaged file is refused and left as it is.
    Opening looks at the header and the schema, not at every page: a page that is damaged further in
    shows when it is read. Every method raises StorageError.
    """

    def __init__(
        self,
        path: Path,
        *,
        steps: Sequence[Step] = STEPS,
        busy_timeout_ms: int = BUSY_TIMEOUT_MS,
    ) -> None:
        self.path = path
        self._busy_timeout_ms = busy_timeout_ms
        self._steps = steps
        _make(path)
        version = self._look()
        with _faults():
            self._connection = self._connect(path)
        try:
            self._set_up(version)
        except BaseException:
            self._connection.close()
            raise

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is run inside is committed together, or nothing of it. Not to be nested."""
        with _faults():
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            with _faults():
                self._connection.execute("COMMIT")
        except BaseException:
            # A full disk may have rolled back already; a disk that fails may refuse to.
            if self._connection.in_transaction:
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
            raise

    def run(self, sql: str, *values: Value) -> int:
        """Run a statement that changes something; how many rows it changed."""
        with _faults():
            return self._connection.execute(sql, [_storable(value) for value in values]).rowcount

    def rows(self, sql: str, *values: Value) -> list[Row]:
        """All rows that a query finds; a caller bounds them by LIMIT where they may be many."""
        with _faults():
            return self._connection.execute(sql, [_storable(value) for value in values]).fetchall()

    def insert(self, table: str, columns: Mapping[str, Value]) -> None:
        """Add one row; the names are the program's own, never a person's."""
        marks = ", ".join("?" * len(columns))
        self.run(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", *columns.values())

    def update(self, table: str, columns: Mapping[str, Value], where: str, *values: Value) -> int:
        """Change the rows that `where` finds; how many there were."""
        changes = ", ".join(f"{name} = ?" for name in columns)
        return self.run(f"UPDATE {table} SET {changes} WHERE {where}", *columns.values(), *values)

    @property
    def pages(self) -> int:
        """How many pages the file has."""
        return int(self.rows("PRAGMA page_count")[0][0])

    @property
    def max_pages(self) -> int:
        """The most pages that the file may have: to bound it, and to try out a full disk."""
        return int(self.rows("PRAGMA max_page_count")[0][0])

    @max_pages.setter
    def max_pages(self, pages: int) -> None:
        self.rows(f"PRAGMA max_page_count = {int(pages)}")

    def backup(self, to: Path) -> None:
        """Write a whole, consistent copy; whatever stood at `to` is replaced once it is complete.

        A copy of the file alone would lose what is committed but still in the WAL.
        """
        unfinished = to.with_name(f"{to.name}.part")
        try:
            unfinished.unlink(missing_ok=True)
            _make(unfinished)
            with _faults():
                copy = self._connect(unfinished)
                try:
                    self._connection.backup(copy)
                    # One file, without a WAL beside it that could be left behind.
                    copy.execute("PRAGMA journal_mode = DELETE")
                finally:
                    copy.close()
            unfinished.replace(to)
        except OSError as error:
            raise StorageError(_os_fault(error)) from None
        finally:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the file; closing twice is fine."""
        self._connection.close()

    # Opening

    def _connect(self, path: Path, query: str = "") -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}{query}",
            uri=True,
            isolation_level=None,  # BEGIN and COMMIT stand where we write them
            timeout=self._busy_timeout_ms / 1000,
        )
        connection.row_factory = Row
        return connection

    def _look(self) -> int:
        """The version of what stands there, 0 where nothing does yet. Changes nothing."""
        wal = self.path.with_name(f"{self.path.name}-wal")
        try:
            with self.path.open("rb") as file:
                header = file.read(_HEADER_BYTES)
            has_wal = wal.exists() and wal.stat().st_size > 0
        except OSError:
            raise StorageError(StorageFault.UNREADABLE) from None
        if not header and not has_wal:
            return 0
        if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
            # SQLite takes an empty file for a new one, and would throw its WAL away.
            raise StorageError(StorageFault.DAMAGED)
        if has_wal:
            with _faults():
                reader = self._connect(self.path, "?mode=ro")
                try:
                    version = int(reader.execute("PRAGMA user_version").fetchone()[0])
                    application = int(reader.execute("PRAGMA application_id").fetchone()[0])
                finally:
                    reader.close()
        else:
            version = int.from_bytes(header[60:64], "big")
            application = int.from_bytes(header[68:72], "big")
        if version > len(self._steps):
            raise StorageError(StorageFault.NEWER)
        if version and application != APPLICATION_ID:
            # Somebody else's database; with version 0 and tables in it, `_set_up` finds out.
            raise StorageError(StorageFault.DAMAGED)
        return version

    def _set_up(self, version: int) -> None:
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",  # what is committed survives a power cut
            "secure_delete = ON",  # what is deleted is overwritten
            "trusted_schema = OFF",
        ):
            self.rows(f"PRAGMA {pragma}")
        tables = self._try_to_write()
        if version == 0 and tables and self._version() == 0:
            raise StorageError(StorageFault.DAMAGED)
        if 0 < version < len(self._steps):
            self.backup(self.path.with_name(f"{self.path.name}.v{version}"))
        self._migrate(version)
        # Only now: a step that rebuilds a table needs it off, and within a transaction it stays.
        self.rows("PRAGMA foreign_keys = ON")

    def _try_to_write(self) -> int:
        """Show a lock, or a file that cannot be written, now and not later; how many tables.

        BEGIN IMMEDIATE alone would do with reading where the file is read-only.
        """
        with _faults():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                tables = self.rows("SELECT count(*) FROM sqlite_schema")[0][0]
                self._connection.execute(f"PRAGMA user_version = {self._version()}")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
        return int(tables)

    def _migrate(self, version: int) -> None:
        """Run the missing steps, each with its version in one transaction.

        Not `executescript`: it commits first.
        """
        for number, step in enumerate(self._steps[version:], start=version + 1):
            with self.transaction():
                if self._version() >= number:  # another process was faster
                    continue
                for statement in step:
                    self.run(statement)
                self.run(f"PRAGMA application_id = {APPLICATION_ID}")
                self.run(f"PRAGMA user_version = {number}")

    def _version(self) -> int:
        return int(self.rows("PRAGMA user_version")[0][0])


def to_json(value: object) -> str:
    """The value as compact JSON in which every text survives, lone surrogates too.

    SQLite's TEXT is UTF-8, which cannot say half a character; JSON's escapes can.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"))
    return text


def from_json(text: str) -> Any:
    """The value that `to_json` wrote; StorageError where the text is no longer that."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise StorageError(StorageFault.DAMAGED) from None


def to_micros(at: datetime) -> int:
    """An aware time as the database holds it."""
    return (at - _EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """The UTC time that `to_micros` wrote."""
    return _EPOCH + micros * _MICROSECOND


def _storable(value: Value) -> Value:
    """Half a character, in an answer's errmsg for example, must not keep a row unwritten."""
    if not isinstance(value, str):
        return value
    try:
        value.encode()
    except UnicodeEncodeError:
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return value


def _make(path: Path) -> None:
    """Make the file, empty and readable by its owner only, where it does not exist.

    SQLite gives the files beside it (-wal, -shm) the same permissions.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise StorageError(_os_fault(error)) from None


def _os_fault(error: OSError) -> StorageFault:
    is_full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return StorageFault.FULL if is_full else StorageFault.CANNOT_CREATE


_FAULTS = {
    sqlite3.SQLITE_FULL: StorageFault.FULL,
    sqlite3.SQLITE_BUSY: StorageFault.LOCKED,
    sqlite3.SQLITE_LOCKED: StorageFault.LOCKED,
    sqlite3.SQLITE_PROTOCOL: StorageFault.LOCKED,
    sqlite3.SQLITE_CORRUPT: StorageFault.DAMAGED,
    sqlite3.SQLITE_NOTADB: StorageFault.DAMAGED,
    sqlite3.SQLITE_READONLY: StorageFault.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: StorageFault.UNREADABLE,
    sqlite3.SQLITE_PERM: StorageFault.UNREADABLE,
    sqlite3.SQLITE_IOERR: StorageFault.UNREADABLE,
    sqlite3.SQLITE_NOLFS: StorageFault.OTHER,
}


@contextmanager
def _faults() -> Iterator[None]:
    """The world's faults become StorageError; a mistake of ours stays what it is."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code is not None:
            fault = _FAULTS.get(code & 0xFF)
        elif isinstance(error, sqlite3.OperationalError):
            fault = StorageFault.DAMAGED  # a TEXT that is not UTF-8; Python gives it no code
        else:
            fault = None  # a closed database, a foreign thread
        if fault is None:
            raise
        raise StorageError(fault, getattr(error, "sqlite_errorname", "")) from None
