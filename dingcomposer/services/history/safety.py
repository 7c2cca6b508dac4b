"""Backups of the history, and checks of the database, off the main thread."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from dingcomposer.services.background import Background
from dingcomposer.storage.archive.reader import Reader
from dingcomposer.storage.database import Database, StorageError
from dingcomposer.storage.disk.faults import faults, os_fault
from dingcomposer.storage.rescue import CopyCancelled, Snapshot
from dingcomposer.storage.upkeep.backups import Backup, BackupCheck, BackupFolder, check_backup

log = logging.getLogger(__name__)

LOOK_MS = 3_600_000
"""So often it is looked whether a weekly backup is due."""


class SoundnessReport(NamedTuple):
    """What a check found: SQLite's own words about damages, and how many sends the index lacks."""

    damages: tuple[str, ...]
    missing: int

    @property
    def is_sound(self) -> bool:
        """True where nothing is wrong."""
        return not self.damages and not self.missing


class HistorySafety(QObject):
    """Makes backups weekly and on demand, and checks. Main thread.

    Signals:
        backed_up(Backup): a backup was made.
        failed(StorageError): a backup, a check or a restore could not be made.
        checked(SoundnessReport): the database was read through.
        backup_checked(Path, BackupCheck): a backup was read through.
    """

    backed_up = Signal(object)
    failed = Signal(object)
    checked = Signal(object)
    backup_checked = Signal(object, object)

    def __init__(
        self,
        database: Database,
        parent: QObject | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(parent)
        self.folder = BackupFolder(database.path)
        self._database = database
        self._background = Background(self)
        self._now = now
        self._snapshot: Snapshot | None = None
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def is_busy(self) -> bool:
        """True while a copy is being made."""
        return self._snapshot is not None

    def start(self) -> None:
        """Make what is due, and look for it from time to time."""
        self._timer.start()
        if self._database.before_migrating is not None:
            self._snapshot, to = self._database.before_migrating
            self._database.before_migrating = None
            self._background.run("copy", _copy, _Copy(self._snapshot, to), self._on_copied)
        else:
            self._look()

    def stop(self) -> None:
        """Do nothing more; a copy that is under way is given up, and leaves nothing behind."""
        self._timer.stop()
        if self._snapshot is not None:
            self._snapshot.cancel()
        self._background.close()

    def back_up(self, *, is_automatic: bool = False) -> bool:
        """Make a backup now; False where a copy is being made already."""
        if self._snapshot is not None:
            return False
        try:
            with faults():
                self._snapshot = Snapshot(self._database.path)
        except StorageError as error:
            self.failed.emit(error)
            return False
        task = _Backup(self._snapshot, self.folder, self._now(), is_automatic)
        self._background.run("copy", _back_up, task, self._on_copied)
        return True

    def check(self) -> None:
        """Read the whole database through."""
        self._background.run("check", _check, self._database.path, self._on_checked)

    def check_backup(self, path: Path) -> None:
        """Read a backup through."""
        self._background.run("check", check_backup, path, partial(self._on_backup_checked, path))

    def restore(self, path: Path) -> bool:
        """Let a backup take the database's place at the next start; False where that failed."""
        try:
            self.folder.prepare_restore(path)
        except StorageError as error:
            self.failed.emit(error)
            return False
        return True

    def _look(self) -> None:
        # Nothing is worth a backup before the first send.
        try:
            has_sends = bool(self._database.rows("SELECT 1 FROM sends LIMIT 1"))
        except StorageError:
            return
        if has_sends and self.folder.is_due(self._now()):
            self.back_up(is_automatic=True)

    def _on_copied(self, outcome: "Backup | StorageError | None") -> None:
        if self._snapshot is not None:
            self._snapshot.close()
            self._snapshot = None
        if isinstance(outcome, StorageError):
            log.warning("a backup could not be made (%s)", outcome.fault.value)
            self.failed.emit(outcome)
        elif outcome is not None:
            self.backed_up.emit(outcome)

    def _on_checked(self, outcome: "SoundnessReport | StorageError") -> None:
        if isinstance(outcome, StorageError):
            self.failed.emit(outcome)
        else:
            self.checked.emit(outcome)

    def _on_backup_checked(self, path: Path, outcome: BackupCheck) -> None:
        self.backup_checked.emit(path, outcome)


class _Copy(NamedTuple):
    snapshot: Snapshot
    to: Path


class _Backup(NamedTuple):
    snapshot: Snapshot
    folder: BackupFolder
    at: datetime
    is_automatic: bool


def _copy(task: _Copy) -> StorageError | None:
    try:
        with faults():
            task.snapshot.copy_to(task.to)
    except StorageError as error:
        return error
    except OSError as error:
        return StorageError(os_fault(error))
    except CopyCancelled:
        task.snapshot.close()
    return None


def _back_up(task: _Backup) -> Backup | StorageError | None:
    try:
        return task.folder.write(task.snapshot, task.at, is_automatic=task.is_automatic)
    except StorageError as error:
        return error
    except CopyCancelled:
        task.snapshot.close()
        return None


def _check(path: Path) -> SoundnessReport | StorageError:
    """SQLite's own check, and whether each send that the index is to hold stands in it."""
    from contextlib import closing

    from dingcomposer.storage.search.index import count_missing

    try:
        with closing(Reader(path)) as reader:
            found = [row[0] for row in reader.rows("PRAGMA integrity_check(20)")]
            damages = tuple(str(one) for one in found if one != "ok")
            return SoundnessReport(damages, count_missing(reader.rows))
    except StorageError as error:
        return error
