"""Keeping the history: how long, what mentions a person, backups, and whether it is sound."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.services.history.archive import HistoryArchive
from dingcomposer.services.history.safety import HistorySafety, SoundnessReport
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.upkeep.backups import Backup, BackupCheck
from dingcomposer.ui import questions
from dingcomposer.ui.history.retention_form import PersonForm, RetentionForm
from dingcomposer.ui.questions import Choice, Question
from dingcomposer.ui.texts.storage import storage_sentence
from dingcomposer.ui.texts.time import full_day_time
from dingcomposer.ui.widgets.buttons import DialogButton
from dingcomposer.ui.widgets.layouts import resize_within_screen
from dingcomposer.ui.widgets.segmented_bar import SegmentedBar

_PATH = Qt.ItemDataRole.UserRole


class UpkeepDialog(QDialog):
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
        self._notice = QLabel(self)
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
        self._notice.setText(self.tr("%n message(s) deleted for good.", "", count))
        self.rows_gone.emit()

    def _on_failed(self, error: StorageError) -> None:
        self._notice.setText(storage_sentence(error.fault))
        self.rows_gone.emit()


class BackupForm(QWidget):
    """The backups that are there, and what can be done with them."""

    def __init__(self, safety: HistorySafety, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._safety = safety
        self._list = QListWidget(self)
        self._list.setObjectName("history.upkeep.backups")
        self._list.setProperty("rows", True)
        self._list.setAccessibleName(self.tr("Backups, newest first"))
        self._now = DialogButton("history.upkeep.back_up", self.tr("Back up now"), self)
        self._restore = DialogButton("history.upkeep.restore", self.tr("Restore…"), self)
        self._other = DialogButton("history.upkeep.other", self.tr("Restore a file…"), self)
        self._check = DialogButton("history.upkeep.check", self.tr("Check the database"), self)
        self._said = QLabel(self)
        self._said.setObjectName("history.upkeep.said")
        self._said.setWordWrap(True)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._lay_out()
        self._now.clicked.connect(self._on_now)
        self._restore.clicked.connect(self._on_restore)
        self._other.clicked.connect(self._on_other)
        self._check.clicked.connect(self._on_check)
        self._list.currentRowChanged.connect(lambda row: self._restore.setEnabled(row >= 0))
        safety.backed_up.connect(self._on_backed_up)
        safety.checked.connect(self._on_checked)
        safety.backup_checked.connect(self._on_backup_checked)
        self.show_backups()

    def show_backups(self) -> None:
        """Show those that are there now."""
        self._list.clear()
        for one in self._safety.folder.list():
            self._list.addItem(self._item(one))
        self._restore.setEnabled(False)

    def _item(self, one: Backup) -> QListWidgetItem:
        kind = self.tr("weekly") if one.is_automatic else self.tr("on demand")
        words = self.tr("{time}   {size} MB   {kind}")
        item = QListWidgetItem(
            words.format(
                time=full_day_time(one.made_at), size=f"{one.size_bytes / 1e6:,.1f}", kind=kind
            )
        )
        item.setData(_PATH, str(one.path))
        item.setToolTip(str(one.path))
        return item

    def _lay_out(self) -> None:
        words = QLabel(
            self.tr(
                "A copy of everything but the secrets is made each week; the newest five are kept."
                " They lie in {folder}."
            ).format(folder=self._safety.folder.path),
            self,
        )
        words.setProperty("quiet", True)
        words.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self._now, self._restore, self._other):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._check)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 12, 4, 4)
        column.setSpacing(12)
        column.addWidget(words)
        column.addWidget(self._list, 1)
        column.addLayout(row)
        column.addWidget(self._said)

    def _on_now(self) -> None:
        if self._safety.back_up():
            self._said.setText(self.tr("Being copied …"))

    def _on_backed_up(self, _backup: Backup) -> None:
        self._said.setText(self.tr("The backup is made."))
        self.show_backups()

    def _on_check(self) -> None:
        self._said.setText(self.tr("Being read through …"))
        self._safety.check()

    def _on_checked(self, report: SoundnessReport) -> None:
        if report.is_sound:
            self._said.setText(self.tr("The database is sound, and every message can be found."))
        elif report.damages:
            words = self.tr("The database is damaged: {damages}")
            self._said.setText(words.format(damages="; ".join(report.damages[:3])))
        else:
            self._said.setText(self.tr("%n message(s) missing in the search.", "", report.missing))

    def _on_restore(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            self._look_into(Path(str(item.data(_PATH))))

    def _on_other(self) -> None:
        chosen = questions.choose_file(self, self.tr("Restore a file…"))
        if chosen:
            self._look_into(Path(chosen))

    def _look_into(self, path: Path) -> None:
        self._said.setText(self.tr("Being read through …"))
        self._safety.check_backup(path)

    def _on_backup_checked(self, path: Path, check: BackupCheck) -> None:
        if check.problem is not None:
            self._said.setText(
                self.tr("This file cannot be restored. {why}").format(
                    why=storage_sentence(check.problem)
                )
            )
            return
        self._said.setText("")
        if questions.ask(self, self._question(check)) == "restore" and self._safety.restore(path):
            self._said.setText(
                self.tr("At the next start this backup takes the place of what is here now.")
            )

    def _question(self, check: BackupCheck) -> Question:
        newest = self._time(check.newest_at)
        return Question(
            "history.restore",
            self.tr("Restore a backup"),
            self.tr("Restore this backup? It holds %n message(s).", "", check.sends),
            (questions.back(), Choice("restore", self.tr("Restore"), is_destructive=True)),
            "back",
            self.tr(
                "The newest is of {time}. At the next start it takes the place of everything that"
                " is here now: history, drafts, robots and contacts. What is here now is kept"
                " beside it."
            ).format(time=newest),
        )

    def _time(self, at: datetime | None) -> str:
        return "–" if at is None else full_day_time(at)
