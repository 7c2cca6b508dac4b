"""Dialog for the background: stay in the tray when the window is closed, start at login."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from dingcomposer.interchange.system_entries.entry import SystemEntry
from dingcomposer.services.scheduling.system_entries import (
    EntryError,
    RunTool,
    chosen_folder,
    install,
    is_installed,
    login_entry,
    program_command,
    run_tool,
    uninstall,
)
from dingcomposer.services.settings import KEEPS_RUNNING, Settings
from dingcomposer.ui.texts.translate import join_sentences
from dingcomposer.ui.tray.icon import is_tray_there
from dingcomposer.ui.widgets.buttons import DialogButton
from dingcomposer.ui.widgets.layouts import OrderedDialog, resize_within_screen
from dingcomposer.ui.widgets.plain_text import plain_label


class BackgroundDialog(OrderedDialog):
    """Two ticks; both are kept at once, and off at first.

    `data_folder` is where this program works; `has_tray` and `run` are the system's.

    Signals:
        entry_wanted(): the person asks for the system's own scheduler instead.
    """

    entry_wanted = Signal()

    def __init__(
        self,
        settings: Settings,
        data_folder: Path,
        parent: QWidget | None = None,
        *,
        has_tray: Callable[[], bool] = is_tray_there,
        run: RunTool = run_tool,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("background")
        self.setWindowTitle(self.tr("Keep running in the background"))
        self._settings, self._data_folder, self._run = settings, data_folder, run
        intro = plain_label(
            self.tr("What is planned is sent while this program runs, with or without its window."),
            self,
        )
        self._keeps = QCheckBox(self.tr("Stay in the tray when the window is closed"), self)
        self._keeps.setObjectName("background.tray")
        self._keeps.setChecked(settings.value(KEEPS_RUNNING))
        self._login = QCheckBox(self.tr("Start in the tray when I log in"), self)
        self._login.setObjectName("background.login")
        at_login = self._entry()
        self._login.setChecked(is_installed(at_login, run))
        self._note = plain_label("", self, "background.note")
        self._note.setProperty("notice", "warn")
        self._where = plain_label(self._where_words(at_login), self, "background.where")
        self._where.setProperty("quiet", True)
        if not has_tray():
            self._note.setText(
                self.tr("This desktop has no tray: closing the window ends the program.")
            )
            self._keeps.setEnabled(settings.value(KEEPS_RUNNING))
        self._note.setVisible(bool(self._note.text()))
        close = DialogButton("background.close", self.tr("Close"), self)
        close.clicked.connect(self.accept)
        entry = DialogButton("background.entry", self.tr("Send without the window…"), self)
        entry.setToolTip(self.tr("The system's own scheduler sends what is due"))
        entry.clicked.connect(self._on_entry)
        last = QHBoxLayout()
        last.addWidget(entry)
        last.addStretch(1)
        last.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        for widget in (intro, self._keeps, self._login, self._where, self._note):
            column.addWidget(widget)
        column.addStretch(1)
        column.addLayout(last)
        resize_within_screen(self, QSize(460, 260), QSize(360, 200))
        self._keeps.toggled.connect(self._on_keeps)
        self._login.clicked.connect(self._on_login)

    def _entry(self) -> SystemEntry:
        return login_entry(program_command(), chosen_folder(self._data_folder))

    def _where_words(self, entry: SystemEntry) -> str:
        """Where the entry would stand, and that it was never tried where that is so."""
        where = entry.files[0].path if entry.files else entry.install[0][2]
        words = self.tr("For the login this is written: {path}").format(path=where)
        if entry.was_run:
            return words
        return join_sentences((words, self.tr("It was never tried on such a system.")))

    def _on_entry(self) -> None:
        self.accept()
        self.entry_wanted.emit()

    def _on_keeps(self, is_on: bool) -> None:
        self._settings.set(KEEPS_RUNNING, is_on)
        self._settings.save()

    def _on_login(self, is_on: bool) -> None:
        told = ""
        try:
            if is_on:
                install(self._entry(), self._run)
            else:
                uninstall(self._entry(), self._run)
        except EntryError as error:
            words = self.tr("{tool} says no: {words}")
            told = words.format(tool=error.tool, words=error.words)
        except OSError as error:
            words = self.tr("The file could not be written.")
            told = join_sentences((words, error.strerror or ""))
        if told:
            self._login.setChecked(not is_on)
            self._note.setText(told)
        self._note.setVisible(bool(told))
