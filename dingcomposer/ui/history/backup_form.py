"""Backups: what is there and what can be done with them; and the way back where nothing opens."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.services.history.safety import HistorySafety, SoundnessReport
from dingcomposer.services.translations import Language, Translators
from dingcomposer.storage.database import StorageError, StorageFault
from dingcomposer.storage.upkeep.backups import (
    Backup,
    BackupCheck,
    BackupFolder,
    check_backup,
    set_aside,
)
from dingcomposer.ui import questions
from dingcomposer.ui.questions import Choice, Question
from dingcomposer.ui.texts.storage import storage_sentence, topic_of_keeping
from dingcomposer.ui.texts.time import full_day_time
from dingcomposer.ui.texts.translate import translate
from dingcomposer.ui.widgets.buttons import DialogButton
from dingcomposer.ui.widgets.plain_text import plain_tip

_PATH = Qt.ItemDataRole.UserRole


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
        item.setToolTip(plain_tip(str(one.path)))
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
            self._said.setText(self.tr("%Ln message(s) missing in the search.", "", report.missing))

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
            self.tr("Restore this backup? It holds %Ln message(s).", "", check.sends),
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


def ask_at_the_start(
    database_path: Path, language: Language, explain: Callable[[str, Language], None]
) -> bool:
    """As `ask_for_way_back`, where no program is there yet that speaks the person's language."""
    application = QCoreApplication.instance()
    assert application is not None
    translators = Translators(application)
    translators.use(language)
    try:
        spoken = translators.language
        return ask_for_way_back(database_path, lambda topic: explain(topic, spoken))
    finally:
        translators.uninstall()


def ask_for_way_back(database_path: Path, explain: Callable[[str], None]) -> bool:
    """Where a database does not open: ask whether its newest sound backup is to be restored.

    Or whether to begin anew; what is there is kept beside it in either case. `explain` shows a
    section of the guide. True where the start may be tried again.
    """
    folder = BackupFolder(database_path)
    checked = ((one, check_backup(one.path)) for one in folder.list())
    found = next(((one, check) for one, check in checked if check.problem is None), None)
    choices = [
        Choice("close", translate("WayBack", "Close"), is_default=found is None),
        Choice("anew", translate("WayBack", "Begin anew"), is_destructive=True),
        Choice("meaning", translate("OutcomePanel", "What does this mean?")),
    ]
    details = translate("WayBack", "What is there is kept beside it, whatever you choose.")
    if found is not None:
        backup, check = found
        choices.append(Choice("restore", translate("WayBack", "Restore"), is_default=True))
        newest = "–" if check.newest_at is None else full_day_time(check.newest_at)
        held = translate(
            "WayBack",
            "There is a sound backup of {time}. It holds {number} messages, the newest of {newest};"
            " what came later is not in it.",
        )
        details = "\n".join(
            (
                held.format(
                    time=full_day_time(backup.made_at), number=f"{check.sends:,}", newest=newest
                ),
                details,
            )
        )
    sentence = translate("WayBack", "The database is damaged and cannot be opened.")
    details = f"{details}\n\n{database_path}"
    question = Question("wayBack", "DingComposer", sentence, tuple(choices), "close", details)
    while (chosen := questions.ask(None, question)) == "meaning":
        explain(topic_of_keeping(StorageFault.DAMAGED))
    try:
        if chosen == "restore" and found is not None:
            folder.prepare_restore(found[0].path)
        elif chosen == "anew":
            set_aside(database_path)
    except StorageError as error:
        why = Question(
            "start", "DingComposer", storage_sentence(error.fault), (questions.ok(),), "ok"
        )
        questions.ask(None, why)
        return False
    return chosen != "close"
