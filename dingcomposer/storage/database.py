"""The one SQLite file: opened with care, changed in transactions, its faults told apart.

A foreign exception's text is never handed on: it can quote what was being written.
"""

import json
import logging
import os
import sqlite3
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from dingcomposer.storage.disk.faults import StorageError, StorageFault, faults, os_fault
from dingcomposer.storage.disk.open_file import (
    HEADER_BYTES,
    MAGIC,
    Displacement,
    OpenFile,
    agree,
    application_of,
)
from dingcomposer.storage.migrations import APPLICATION_ID, STEPS, Step
from dingcomposer.storage.rescue import Snapshot, copy_what_can_be_read, copy_whole, set_aside

__all__ = ["Database", "Row", "StorageError", "StorageFault", "Value"]

log = logging.getLogger(__name__)

BUSY_TIMEOUT_MS = 300
"""How long another process's lock is waited for: the window stands still meanwhile."""

HELD_BYTES = 8_000_000
"""Up to this size a database is kept in memory too: see `Database.hold_in_memory`."""

COPIED_AT_ONCE_BYTES = 32_000_000
"""A larger file is copied before a migration while the window is used already."""

LATE_PAGES = 8_000
"""So many wait in the WAL until a commit moves them itself where a thread does that: 32 MB."""

Row = sqlite3.Row
Value = str | int | float | bytes | None

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


_RESTORED = {
    Displacement.DELETED: StorageFault.DELETED,
    Displacement.REPLACED: StorageFault.REPLACED,
    Displacement.OVERWRITTEN: StorageFault.OVERWRITTEN,
}


class Database:
    """An open database, of this program's newest schema. For the thread that made it only.

    Missing folders and the file are made (readable by their owner only); an older schema is brought
    up to date after a backup beside it (of a large one `before_migrating` is to be copied later);
    a newer or damaged file is refused and left as it is.
    Opening looks at the header and the schema, not at every page: a page that is damaged further in
    shows when it is read. Every method raises StorageError.

    Before each change it is seen that the file on the disk is still the one that is open. If not,
    what it held is written to a new file under the old name, whatever stands there is set aside,
    and the change is refused with DELETED, REPLACED or OVERWRITTEN (LOST where that failed).
    `may_restore` is asked first; `on_restored` is called when the new file is there. `has_company`
    says whether other processes of this program have the file open.
    """

    def __init__(
        self,
        path: Path,
        *,
        steps: Sequence[Step] = STEPS,
        busy_timeout_ms: int = BUSY_TIMEOUT_MS,
        may_restore: Callable[[], bool] = lambda: True,
    ) -> None:
        self.path = path
        self.on_restored: Callable[[], None] = lambda: None
        self.has_company: Callable[[], bool] = lambda: False
        # A large file as it stood before it was migrated, and where the copy of it is to be.
        self.before_migrating: tuple[Snapshot, Path] | None = None
        self._busy_timeout_ms = busy_timeout_ms
        self._steps = steps
        self._may_restore = may_restore
        self._file: OpenFile | None = None
        self._data_version = 0
        self._told_version = 0
        self._is_held = False
        self._had_company = False
        self._on_committed: Callable[[], None] | None = None
        self._open()
        self._told_version = self._data_version

    def _open(self) -> None:
        self._is_down = False
        try:
            self._open_file()
        except BaseException:
            self._is_down = True
            raise

    def _open_file(self) -> None:
        _make(self.path)
        version = self._look()
        with faults():
            self._connection = self._connect(self.path)
        try:
            self._set_up(version)
            try:
                self._file = OpenFile(self.path)
            except OSError:
                raise StorageError(StorageFault.UNREADABLE) from None
            self._data_version = self._read_data_version()
        except BaseException:
            self._connection.close()
            raise

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is run inside is committed together, or nothing of it. Not to be nested."""
        self._demand_in_place()
        with faults():
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            with faults():
                self._connection.execute("COMMIT")
        except BaseException:
            # A full disk may have rolled back already; a disk that fails may refuse to.
            if self._connection.in_transaction:
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
            raise
        self._note()

    @contextmanager
    def joined_transaction(self) -> Iterator[None]:
        """A transaction, or a part of the one that is under way."""
        with nullcontext() if self.is_in_transaction else self.transaction():
            yield

    @contextmanager
    def light_transaction(self) -> Iterator[None]:
        """A transaction that does not wait for the disk: a power cut may take it back.

        For what is made anew then.
        """
        self.rows("PRAGMA synchronous = NORMAL")
        try:
            with self.transaction():
                yield
        finally:
            self.rows("PRAGMA synchronous = FULL")

    @property
    def is_in_transaction(self) -> bool:
        """Whether what is run now belongs to a transaction."""
        return self._connection.in_transaction

    def run(self, sql: str, *values: Value) -> int:
        """Run a statement that changes something; how many rows it changed."""
        stands_alone = self._is_down or not self._connection.in_transaction
        if stands_alone:
            self._demand_in_place()
        with faults():
            changed = self._connection.execute(sql, [storable(one) for one in values]).rowcount
        if stands_alone:
            self._note()
        return changed

    def rows(self, sql: str, *values: Value) -> list[Row]:
        """All rows that a query finds; a caller bounds them by LIMIT where they may be many."""
        if self._is_down:
            self._demand_in_place()
        try:
            with faults():
                found = self._connection.execute(sql, [storable(value) for value in values])
                return found.fetchall()
        except StorageError:
            # Damaged, perhaps, because it is not ours any more.
            if not self._connection.in_transaction:
                self._demand_in_place()
            raise

    def insert(self, table: str, columns: Mapping[str, Value]) -> None:
        """Add one row; the names are the program's own, never a person's."""
        marks = ", ".join("?" * len(columns))
        self.run(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", *columns.values())

    def insert_all(self, table: str, rows: Sequence[Mapping[str, Value]]) -> None:
        """Add rows of the same columns, in their order, within the caller's transaction."""
        if not rows:
            return
        names = list(rows[0])
        marks = ", ".join("?" * len(names))
        values = ([_plain(row[name]) for name in names] for row in rows)
        with faults():
            sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"
            self._connection.executemany(sql, values)

    def update(self, table: str, columns: Mapping[str, Value], where: str, *values: Value) -> int:
        """Change the rows that `where` finds; how many there were."""
        changes = ", ".join(f"{name} = ?" for name in columns)
        return self.run(f"UPDATE {table} SET {changes} WHERE {where}", *columns.values(), *values)

    def hold_in_memory(self) -> None:
        """Read what is there into SQLite's own memory, so that overwriting the file loses nothing.

        Of a file that is larger than HELD_BYTES only what was read lately is held.
        """
        if self.pages * self._page_bytes() > HELD_BYTES:
            return
        self._is_held = True
        self.rows(f"PRAGMA cache_size = -{HELD_BYTES // 1_000}")
        for (table,) in self.rows("SELECT name FROM sqlite_schema WHERE type = 'table'"):
            columns = [
                f'length("{row["name"]}")' for row in self.rows(f"PRAGMA table_info({table})")
            ]
            # The length in characters needs the whole text, overflow pages and all.
            self.rows(f"SELECT {', '.join(f'sum({one})' for one in columns)} FROM {table}")

    def is_changed_elsewhere(self) -> bool:
        """Whether another connection has committed since this was last asked."""
        version = self._read_data_version()
        is_changed = version != self._told_version
        self._told_version = version
        return is_changed

    def _page_bytes(self) -> int:
        return int(self.rows("PRAGMA page_size")[0][0])

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

    def empty_wal(self) -> bool:
        """Write all that is committed into the file itself; False where a reader is in the way."""
        self._demand_in_place()
        is_blocked = bool(self.rows("PRAGMA wal_checkpoint(TRUNCATE)")[0][0])
        self._note()
        return not is_blocked

    def leave_checkpoints(self, on_committed: Callable[[], None]) -> None:
        """Leave it to a thread to move what is committed into the file, which takes long fsyncs.

        `on_committed` is called after each commit; the thread calls `checkpoint` now and then.
        """
        self._on_committed = on_committed
        self.rows(f"PRAGMA wal_autocheckpoint = {LATE_PAGES}")

    def checkpoint(self) -> bool:
        """Move what is committed from the WAL into the file; False where not all could be.

        Any thread. What is wrong with the disk shows when something is committed.
        """
        file = self._file
        with suppress(sqlite3.Error, OSError):
            return file is not None and file.checkpoint()
        return False

    def backup(self, to: Path) -> None:
        """Write a whole, consistent copy; whatever stood at `to` is replaced once it is complete.

        A copy of the file alone would lose what is committed but still in the WAL.
        """
        with faults():
            snapshot = Snapshot(self.path)
        try:
            with faults():
                snapshot.copy_to(to)
        except OSError as error:
            raise StorageError(os_fault(error)) from None
        finally:
            snapshot.close()

    def close(self) -> None:
        """Close the file; closing twice is fine."""
        if self._file is not None:
            # What is only held open would be gone; and SQLite removes the WAL by its name, whosever
            # it is by now.
            with suppress(StorageError):
                self._demand_in_place()
        self._close()

    def _close(self) -> None:
        if self.before_migrating is not None:
            self.before_migrating[0].close()
            self.before_migrating = None
        if self._file is not None:
            self._file.end_checkpoints()
        with suppress(sqlite3.Error):
            self._connection.close()
        # Only now: closing a handle on the file drops the locks that SQLite has on it.
        if self._file is not None:
            self._file.close()
            self._file = None

    # Whether it is still there

    def _note(self) -> None:
        if self._file is not None:
            self._file.note()
        if self._on_committed is not None:
            self._on_committed()

    def _displacement(self) -> Displacement | None:
        if self._file is None:
            return None
        found = self._file.displacement()
        if found is Displacement.OVERWRITTEN and self._file.is_of(APPLICATION_ID):
            with suppress(StorageError):
                self._had_company = self._had_company or self.has_company()
                is_explained = self._agrees if self._had_company else self._is_unchanged
                version = self._read_data_version()
                # Another program wrote to it, through SQLite and with its locks; or nobody did.
                if version != self._data_version or is_explained():
                    self._data_version = version
                    self._file.note()
                    return None
        return found

    def _is_unchanged(self) -> bool:
        """Whether what stands in the file is what is known of it, as far as that can be seen.

        It takes as long as reading the file: asked only where somebody has set its time.
        """
        if self._file is None or not self._file.looks_the_same():
            return False
        with faults():
            reader = self._connect(self.path, "?mode=ro")
            try:
                if reader.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                    return False
                is_large = self.pages * self._page_bytes() > HELD_BYTES
                return is_large or reader.serialize() == self._connection.serialize()
            finally:
                reader.close()

    def _agrees(self) -> bool:
        """Whether a fresh reader finds what this connection knows; see `open_file.agree`."""
        with faults():
            reader = self._connect(self.path, "?mode=ro")
            try:
                return agree(self._connection, reader, HELD_BYTES)
            finally:
                reader.close()

    def _read_data_version(self) -> int:
        with faults():
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def _demand_in_place(self) -> None:
        """Raise StorageError where the file is not the one that was opened, having restored it."""
        if self._is_down:
            self._open()
            return
        found = self._displacement()
        if found is None:
            return
        log.warning("the database was %s while it was open", found.value)
        try:
            self._restore(found)
        except (StorageError, OSError, sqlite3.Error) as error:
            log.warning("it could not be written anew (%s)", type(error).__name__)
            raise StorageError(StorageFault.LOST) from None
        log.info("it was written anew")
        self.on_restored()
        raise StorageError(_RESTORED[found])

    def _restore(self, found: Displacement) -> None:
        """Write what is still held to a new file under the old name, and go on with that."""
        if not self._may_restore():
            raise StorageError(StorageFault.LOCKED)
        unfinished = self.path.with_name(f"{self.path.name}.part")
        try:
            unfinished.unlink(missing_ok=True)
            self._rescue(unfinished)
            assert self._file is not None
            set_aside(self.path, found, has_own_wal=self._file.has_own_wal())
            self._is_down = True
            self._close()
            for end in ("-wal", "-shm"):
                self.path.with_name(f"{self.path.name}{end}").unlink(missing_ok=True)
            unfinished.replace(self.path)
            self._open()
            if self._is_held:
                self.hold_in_memory()
        finally:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)

    def _rescue(self, to: Path) -> None:
        _make(to)
        with faults():
            copy = self._connect(to)
        try:
            if copy_whole(self._connection, copy):
                return
        finally:
            copy.close()
        to.unlink()
        fresh = Database(to, steps=self._steps)
        try:
            fresh.rows("PRAGMA foreign_keys = OFF")  # half a table is better than none
            with fresh.transaction():
                rows = copy_what_can_be_read(self._connection, fresh._connection)
        finally:
            fresh.close()
        log.warning("%d rows of it could be read", rows)

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
            if not stat.S_ISREG(self.path.stat().st_mode):
                # Not to be opened: a pipe waits for somebody to write to it.
                raise StorageError(StorageFault.NO_FILE)
            with self.path.open("rb") as file:
                header = file.read(HEADER_BYTES)
            has_wal = wal.exists() and wal.stat().st_size > 0
        except OSError:
            raise StorageError(StorageFault.UNREADABLE) from None
        if not header and not has_wal:
            return 0
        if len(header) < HEADER_BYTES or not header.startswith(MAGIC):
            # SQLite takes an empty file for a new one, and would throw its WAL away.
            raise StorageError(StorageFault.DAMAGED)
        version = int.from_bytes(header[60:64], "big")
        application = application_of(header)
        if application not in (0, APPLICATION_ID):
            raise StorageError(StorageFault.FOREIGN)
        if has_wal or not application:
            # Read-only; without a WAL as a file that nobody changes: nothing appears beside it.
            with faults():
                reader = self._connect(self.path, "?mode=ro" + ("" if has_wal else "&immutable=1"))
                try:
                    version = int(reader.execute("PRAGMA user_version").fetchone()[0])
                    application = int(reader.execute("PRAGMA application_id").fetchone()[0])
                    tables = int(reader.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0])
                finally:
                    reader.close()
            if application != APPLICATION_ID and (application or version or tables):
                raise StorageError(StorageFault.FOREIGN)
        if version > len(self._steps):
            raise StorageError(StorageFault.NEWER)
        return version

    def _set_up(self, version: int) -> None:
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",  # what is committed survives a power cut
            "secure_delete = ON",  # what is deleted is overwritten
            "trusted_schema = OFF",
        ):
            self.rows(f"PRAGMA {pragma}")
        if self._on_committed is not None:
            self.leave_checkpoints(self._on_committed)
        tables = self._try_to_write()
        if version == 0 and tables and self._version() == 0:
            raise StorageError(StorageFault.FOREIGN)
        if 0 < version < len(self._steps):
            before = self.path.with_name(f"{self.path.name}.v{version}")
            if self.pages * self._page_bytes() <= COPIED_AT_ONCE_BYTES:
                self.backup(before)
            else:
                with faults():
                    self.before_migrating = Snapshot(self.path), before
        self._migrate(version)
        # Only now: a step that rebuilds a table needs it off, and within a transaction it stays.
        self.rows("PRAGMA foreign_keys = ON")

    def _try_to_write(self) -> int:
        """Show a lock, or a file that cannot be written, now and not later; how many tables.

        BEGIN IMMEDIATE alone would do with reading where the file is read-only.
        """
        with faults():
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


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def to_json(value: object) -> str:
    """The value as compact JSON in which every text survives, lone surrogates too.

    SQLite's TEXT is UTF-8, which cannot say half a character; JSON's escapes can.
    """
    text = _encode(value)
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


def _plain(value: Value) -> Value:
    """As `storable`; of a word of an enumeration what SQLite need not find out to be a text."""
    if isinstance(value, str):
        return str(value) if value.isascii() else storable(value)
    return value


def storable(value: Value) -> Value:
    """A value as it is written: half a character, in an errmsg for example, must not prevent it."""
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
        raise StorageError(os_fault(error)) from None
