"""A process's claim on the sends that it has under way; it ends with the process.

Several programs may work on one data folder: a window, commands, a timer. Each row that is not
over has the lease of whoever sends it, so that a start ends only what a dead process has left.
The lease is a locked file (`storage.folder_lock`): the system gives it back, however the process
ends.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from dingcomposer.storage.database import Database
from dingcomposer.storage.folder_lock import FolderLock

FOLDER = "processes"


class ProcessLease:
    """One process's lease in a data folder. Made anew by each start; `release` ends it.

    Raises OSError where it cannot be made, as `FolderLock.acquire` does.
    """

    def __init__(self, data_folder: Path) -> None:
        self._folder = data_folder / FOLDER
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self.lease_id = os.urandom(16).hex()
        self._lock = FolderLock(self._path_of(self.lease_id))
        self._lock.acquire()

    def is_alive(self, lease_id: str | None) -> bool:
        """Whether a living process holds this lease; where nobody can be asked, it counts as so."""
        if not lease_id or not lease_id.isalnum():
            return False
        if lease_id == self.lease_id:
            return True
        path = self._path_of(lease_id)
        if not path.exists():
            return False
        lock = FolderLock(path)
        try:
            if not lock.acquire():
                return True
        except OSError:
            return True
        lock.release()
        return False

    def has_others(self) -> bool:
        """Whether another living process has a lease in this data folder."""
        found = (path.stem for path in self._folder.glob("*.lock"))
        return any(one != self.lease_id and self.is_alive(one) for one in found)

    def release(self) -> None:
        """Give the lease back; the folder goes with the last one."""
        self._lock.release()
        with suppress(OSError):
            self._folder.rmdir()

    def _path_of(self, lease_id: str) -> Path:
        return self._folder / f"{lease_id}.lock"


class UnderWay:
    """Which process has which send under way, as the database they share says. Raises StorageError.

    Without a lease there is no other process: whatever is under way was left by a dead one.
    """

    def __init__(self, database: Database, lease: ProcessLease | None) -> None:
        self._database = database
        self._lease = lease

    @property
    def is_shared(self) -> bool:
        """Whether other processes may work on the same database."""
        return self._lease is not None

    def claim(self, send_keys: Sequence[int]) -> None:
        """This process sends them from now on; part of the caller's transaction."""
        if self._lease is not None:
            marks = ", ".join("?" * len(send_keys))
            self._database.run(
                f"INSERT OR REPLACE INTO leases SELECT key, ? FROM sends WHERE key IN ({marks})",
                self._lease.lease_id,
                *send_keys,
            )

    def end(self, send_key: int) -> None:
        """Nobody sends it any more; part of the caller's transaction."""
        if self._lease is not None:
            self._database.run("DELETE FROM leases WHERE send_key = ?", send_key)

    def is_own(self, send_key: int) -> bool:
        """Whether this process sends it."""
        return self._lease is not None and self._holder(send_key) == self._lease.lease_id

    def is_held(self, send_key: int) -> bool:
        """Whether a living process sends it, this one or another."""
        return self._lease is not None and self._lease.is_alive(self._holder(send_key))

    def _holder(self, send_key: int) -> str | None:
        rows = self._database.rows("SELECT lease FROM leases WHERE send_key = ?", send_key)
        return rows[0]["lease"] if rows else None
