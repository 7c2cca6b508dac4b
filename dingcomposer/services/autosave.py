"""Autosave: writes the draft down as it changes, and keeps trying where the disk refuses."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QObject, QTimer, Signal

from dingcomposer.core.draft import Draft
from dingcomposer.services.draft_session import DraftSession
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.drafts import DraftStore

RETRY_MS = 5_000


class Autosave(QObject):
    """Saves the draft when its session says that it is due.

    Signals:
        trouble(StorageError): the draft could not be written; it is tried again by itself.
        saved(): the newest draft is on the disk.
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
        self._is_saved = True
        session.changed.connect(self._on_changed)
        session.target_changed.connect(self._on_changed)
        session.save_due.connect(self._on_save_due)

    @property
    def is_saved(self) -> bool:
        """True where the disk has all that was written."""
        return self._is_saved

    def save(self) -> bool:
        """Write the newest draft now; False where the disk refused."""
        try:
            self._store.save(self._session.draft, self._session.target_id, self._now())
        except StorageError as error:
            self._retry.start()
            self.trouble.emit(error)
            return False
        self._retry.stop()
        self._is_saved = True
        self.saved.emit()
        return True

    def stop(self) -> None:
        """Write nothing any more: the database is about to be closed."""
        self._session.save_due.disconnect(self._on_save_due)
        self._retry.stop()

    def _on_changed(self) -> None:
        self._is_saved = False

    def _on_save_due(self, draft: Draft, target_id: str | None) -> None:
        del draft, target_id  # the session's newest are the same, or newer
        self.save()
