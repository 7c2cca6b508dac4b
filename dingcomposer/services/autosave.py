"""Autosave: writes the drafts down as they change, and keeps trying where the disk refuses."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QObject, QTimer, Signal

from dingcomposer.services.draft_session import DraftSession
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.drafts import DraftStore

RETRY_MS = 5_000


class Autosave(QObject):
    """Saves the drafts when their session says that it is due: between two keys, never in one.

    Signals:
        trouble(StorageError): the drafts could not be written; it is tried again by itself.
        saved(): all of them are on the disk.
    """

    trouble = Signal(object)
    saved = Signal()

    def __init__(
        self,
        session: DraftSession,
        store: DraftStore,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._store = store
        self._now = now
        self._retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._retry.timeout.connect(self.save)
        session.save_due.connect(self.save)

    @property
    def is_saved(self) -> bool:
        """True where the disk has all that was written."""
        return self._session.is_saved

    def save(self) -> bool:
        """Write what is new now; False where the disk refused."""
        try:
            self._store.write(self._session.unsaved(), self._now())
        except StorageError as error:
            self._retry.start()
            self.trouble.emit(error)
            return False
        self._retry.stop()
        self._session.mark_saved()
        self.saved.emit()
        return True

    def stop(self) -> None:
        """Write nothing any more: the database is about to be closed."""
        self._session.save_due.disconnect(self.save)
        self._retry.stop()
