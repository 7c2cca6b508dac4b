"""Commits that nobody waits for: a thread brings them to the disk, many with one fsync.

SQLite's own way (`synchronous = FULL`) is an fsync within each commit: 3 to 30 ms in which the
window is deaf, three times for each send. Here a commit is written to the WAL, where a killed
process leaves it whole, and the WAL is synced afterwards. Once `when_on_disk` has told, a power cut
leaves it whole, too, and everything that was committed before it.

The same thread moves what stands in the WAL into the file (a checkpoint), with two fsyncs more,
which SQLite by itself does within a commit now and then: 226 ms were seen, on a busy disk.
"""

import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dingcomposer.storage.database import Database, StorageError, StorageFault
from dingcomposer.storage.disk.faults import os_fault

log = logging.getLogger(__name__)

CHECKPOINT_COMMITS = 16
"""After so many commits what they wrote is moved from the WAL into the file."""

CLOSING_S = 2.0
"""How long the last sync is waited for at the end; SQLite syncs the file itself then."""


Told = Callable[[StorageFault | None], None]
"""Hears what keeps something from the disk; None where it is there."""


def untold(_fault: StorageFault | None) -> None:
    """For those who do not wait."""


def sync_file(path: Path) -> None:
    """Bring what was written to a file to the disk, whoever wrote it. Raises OSError."""
    # A handle that may write: Windows syncs no other. SQLite has no lock on its WAL that closing
    # it would drop.
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class WalSync:
    """Light transactions of one database, and the thread that syncs them.

    Main thread, except that `told` is called in the thread. After a sync that failed the system
    may have dropped what was to be written: nothing is told to be on the disk any more, until all
    of the WAL was written into the database's own file.
    """

    def __init__(self, database: Database, sync: Callable[[Path], None] = sync_file) -> None:
        self._database = database
        self._sync = sync
        self._wal = database.path.with_name(f"{database.path.name}-wal")
        self._is_light: bool | None = None  # None: not known yet whether there is a WAL
        self._turn = threading.Condition()
        self._told: list[Told] = []
        self._fault: StorageFault | None = None
        self._is_closed = False
        self._thread: threading.Thread | None = None
        self._commits = 0
        self._is_checkpoint_due = False
        database.leave_checkpoints(self._on_committed)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """As `Database.joined_transaction`, but on the disk only when `when_on_disk` tells."""
        database = self._database
        if database.is_in_transaction:
            yield
            return
        if self._is_light is None:
            # A file system without shared memory: SQLite goes on with another journal.
            self._is_light = database.rows("PRAGMA journal_mode")[0][0] == "wal"
        if self._fault is not None:
            if not database.empty_wal():
                raise StorageError(StorageFault.LOCKED)
            self._fault = None
        if not self._is_light:
            with database.transaction():
                yield
            return
        with database.light_transaction():
            yield

    def when_on_disk(self, told: Told = untold) -> None:
        """Have all that is committed brought to the disk; `told` hears when it is there."""
        with self._turn:
            if self._is_light and not self._is_closed:
                self._told.append(told)
                self._wake()
                return
        told(StorageFault.OTHER if self._is_closed else None)

    def close(self) -> None:
        """Sync what is left, then no more; before the database is closed."""
        with self._turn:
            self._is_closed = True
            self._turn.notify()
        if self._thread is not None:
            self._thread.join(CLOSING_S)

    def _on_committed(self) -> None:
        self._commits += 1
        if self._commits >= CHECKPOINT_COMMITS:
            self._commits = 0
            with self._turn:
                if not self._is_closed:
                    self._is_checkpoint_due = True
                    self._wake()

    def _wake(self) -> None:
        """Let the thread look what there is to do. Within its turn."""
        self._turn.notify()
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="wal-sync", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        while True:
            with self._turn:
                while not self._told and not self._is_checkpoint_due and not self._is_closed:
                    self._turn.wait()
                told, self._told = self._told, []
                is_due = self._is_checkpoint_due and not self._is_closed
                self._is_checkpoint_due = False
            if not told and not is_due:
                return
            if told:
                if self._fault is None:
                    self._fault = self._try_to_sync()
                fault = self._fault
                for tell in told:
                    tell(fault)
            if is_due and self._fault is None:
                self._database.checkpoint()

    def _try_to_sync(self) -> StorageFault | None:
        try:
            self._sync(self._wal)
        except OSError as error:
            log.warning("what was committed could not be synced (%s)", type(error).__name__)
            fault = os_fault(error)
            is_told_apart = fault in (StorageFault.FULL, StorageFault.NO_HANDLES)
            return fault if is_told_apart else StorageFault.OTHER
        return None
