"""Backups: whole copies of the database in a folder of their own, and the way back to one.

A copy is made of a snapshot, through SQLite's own backup, so that the program goes on meanwhile. A
backup that is to be restored is put beside the database first, and takes its place at the next
start, before anything is open.
"""

import logging
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dingcomposer.core.records import dataclass
from dingcomposer.storage.database import (
    StorageError,
    StorageFault,
    from_micros,
)
from dingcomposer.storage.disk.faults import faults, os_fault
from dingcomposer.storage.migrations import APPLICATION_ID, STEPS
from dingcomposer.storage.rescue import Snapshot, free_name

log = logging.getLogger(__name__)

KEPT = 5
"""So many backups that were made by themselves are kept; those on demand stay."""
EVERY = timedelta(days=7)

_AUTOMATIC, _ON_DEMAND = "weekly", "backup"
_END = ".sqlite3"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup that is there."""

    path: Path
    made_at: datetime
    size_bytes: int
    is_automatic: bool


@dataclass(frozen=True, slots=True)
class BackupCheck:
    """What a backup holds. `problem` is None where it can be restored."""

    problem: StorageFault | None
    sends: int = 0
    newest_at: datetime | None = None


class BackupFolder:
    """The backups of a database, in "backups" beside it. Any thread."""

    def __init__(self, database_path: Path) -> None:
        self._database_path = database_path
        self.path = database_path.with_name("backups")

    def list(self) -> tuple[Backup, ...]:
        """Those that are there, the newest first."""
        found = []
        with suppress(OSError):
            for path in self.path.glob(f"*{_END}"):
                kind, _, stamp = path.name.removesuffix(_END).partition("-")
                with suppress(ValueError):
                    at = datetime.strptime(stamp[:15], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
                    found.append(Backup(path, at, path.stat().st_size, kind == _AUTOMATIC))
        return tuple(sorted(found, key=lambda one: (one.made_at, one.path.name), reverse=True))

    def is_due(self, now: datetime) -> bool:
        """Whether a weekly backup is to be made."""
        made = [one.made_at for one in self.list() if one.is_automatic]
        return not made or now - max(made) >= EVERY

    def write(self, snapshot: Snapshot, at: datetime, *, is_automatic: bool) -> Backup:
        """Make one; of the weekly ones the oldest go. Raises StorageError and CopyCancelled."""
        kind = _AUTOMATIC if is_automatic else _ON_DEMAND
        to = self.path / f"{kind}-{at.astimezone(UTC):%Y%m%dT%H%M%S}{_END}"
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            with faults():
                snapshot.copy_to(to)
            made = Backup(to, at, to.stat().st_size, is_automatic)
        except OSError as error:
            raise StorageError(os_fault(error)) from None
        for old in [one for one in self.list() if one.is_automatic][KEPT:]:
            with suppress(OSError):
                old.path.unlink()
        return made

    def remove_all(self) -> int:
        """Delete every backup, one that is to be restored, and copies from before migrations.

        How many there were.
        """
        name = self._database_path.name
        paths = [one.path for one in self.list()]
        paths += [one for one in (_restore_path(self._database_path),) if one.exists()]
        paths += list(self._database_path.parent.glob(f"{name}.v*"))
        paths += list(self._database_path.parent.glob(f"{name}.aside-*"))
        count = 0
        for path in paths:
            with suppress(OSError):
                path.unlink()
                count += 1
        return count

    def prepare_restore(self, backup: Path) -> None:
        """Put a backup where the next start takes it from. Raises StorageError."""
        to = _restore_path(self._database_path)
        part = to.with_name(f"{to.name}.part")
        try:
            shutil.copyfile(backup, part)
            part.chmod(0o600)
            part.replace(to)
        except OSError as error:
            raise StorageError(os_fault(error)) from None
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def check_backup(path: Path) -> BackupCheck:
    """Whether a file is a sound database of this program's, and what it holds. Any thread."""
    try:
        with faults():
            uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
            with closing(sqlite3.connect(uri, uri=True)) as reader:
                application = reader.execute("PRAGMA application_id").fetchone()[0]
                version = reader.execute("PRAGMA user_version").fetchone()[0]
                if application != APPLICATION_ID:
                    return BackupCheck(StorageFault.FOREIGN)
                if version > len(STEPS):
                    return BackupCheck(StorageFault.NEWER)
                if reader.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                    return BackupCheck(StorageFault.DAMAGED)
                sends, newest = reader.execute(
                    "SELECT count(*), (SELECT created_at FROM sends ORDER BY key DESC LIMIT 1)"
                    " FROM sends"
                ).fetchone()
    except StorageError as error:
        return BackupCheck(error.fault)
    return BackupCheck(None, int(sends), None if newest is None else from_micros(newest))


def apply_restore(database_path: Path) -> bool:
    """At the start, before the database is opened: let a prepared backup take its place.

    What stood there is set aside whole. True where something was restored. Ended at any moment, it
    is done at the next start. Raises StorageError.
    """
    prepared = _restore_path(database_path)
    if not prepared.exists():
        return False
    wal = database_path.with_name(f"{database_path.name}-wal")
    try:
        if database_path.exists():
            aside = free_name(database_path)
            # What is committed and not in the file yet: without it the copy would be older.
            with suppress(sqlite3.Error), closing(sqlite3.connect(database_path)) as old:
                old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            shutil.copy2(database_path, aside)
            if wal.exists():
                shutil.copy2(wal, aside.with_name(f"{aside.name}-wal"))
        for end in ("-wal", "-shm"):
            database_path.with_name(f"{database_path.name}{end}").unlink(missing_ok=True)
        prepared.replace(database_path)
    except OSError as error:
        raise StorageError(os_fault(error)) from None
    log.info("a backup was restored")
    return True


def set_aside(database_path: Path) -> Path:
    """Let a database that does not open make room; where it is now. Raises StorageError."""
    aside = free_name(database_path)
    try:
        database_path.rename(aside)
        for end in ("-wal", "-shm"):
            with suppress(FileNotFoundError):
                database_path.with_name(f"{database_path.name}{end}").rename(
                    aside.with_name(f"{aside.name}{end}")
                )
    except OSError as error:
        raise StorageError(os_fault(error)) from None
    return aside


def _restore_path(database_path: Path) -> Path:
    return database_path.with_name(f"{database_path.name}.restore")
