"""Keeping the history: a window with how long, what mentions a person, and backups."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.services.history.archive import HistoryArchive
from dingcomposer.storage.database import StorageError
from dingcomposer.ui.history.backup_form import BackupForm
from dingcomposer.ui.history.retention_form import PersonForm, RetentionForm
from dingcomposer.ui.texts.storage import storage_sentence
from dingcomposer.ui.widgets.layouts import OrderedDialog, resize_within_screen
from dingcomposer.ui.widgets.plain_text import PlainLabel
from dingcomposer.ui.widgets.segmented_bar import SegmentedBar

_PATH = Qt.ItemDataRole.UserRole


class UpkeepDialog(OrderedDialog):
    """Three parts; what is begun goes on when it is closed.

    Signals:
        rows_gone(): sends were removed; what shows them reads anew.
    """

    rows_gone = Signal()

    def __init__(
        self,
        archive: HistoryArchive,
        names: Callable[[], Mapping[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("history.upkeep")
        self.setWindowTitle(self.tr("Keep and back up the history"))
        self._notice = PlainLabel(self)
        self._notice.setObjectName("history.upkeep.notice")
        self._notice.setWordWrap(True)
        self._notice.setProperty("quiet", True)
        self._backups = BackupForm(archive.safety, self)
        person = PersonForm(archive.removal, names, archive.safety.folder.remove_all, self)
        person.deleted.connect(self._backups.show_backups)
        self._bar = SegmentedBar(self)
        self._bar.setObjectName("history.upkeep.part")
        self._stack = QStackedWidget(self)
        self._pages: dict[str, QWidget] = {}
        self._add("retention", self.tr("How long"), RetentionForm(archive.removal, self))
        self._add("person", self.tr("A person"), person)
        self._add("backups", self.tr("Backups"), self._backups)
        self._bar.choose("retention")
        self._bar.chosen.connect(self._on_chosen)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        box.rejected.connect(self.reject)
        # Enter in a field is for the field.
        box.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._bar)
        column.addWidget(self._stack, 1)
        column.addWidget(self._notice)
        column.addWidget(box)
        archive.removal.progressed.connect(self._on_progressed)
        archive.removal.completed.connect(self._on_completed)
        archive.removal.failed.connect(self._on_failed)
        archive.safety.failed.connect(self._on_failed)
        resize_within_screen(self, QSize(680, 560), QSize(560, 400))

    def _add(self, key: str, label: str, page: QWidget) -> None:
        self._bar.add(key, label)
        self._pages[key] = page
        self._stack.addWidget(page)

    def _on_chosen(self, key: str) -> None:
        self._stack.setCurrentWidget(self._pages[key])

    def _on_progressed(self, done: int, total: int) -> None:
        words = self.tr("Deleting: {done} of {total}")
        self._notice.setText(words.format(done=f"{done:,}", total=f"{total:,}"))

    def _on_completed(self, count: int) -> None:
        self._notice.tell(self.tr("%Ln message(s) deleted for good.", "", count))
        self.rows_gone.emit()

    def _on_failed(self, error: StorageError) -> None:
        self._notice.tell(storage_sentence(error.fault))
        self.rows_gone.emit()
