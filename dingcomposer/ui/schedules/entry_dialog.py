"""Dialog for the system's scheduler: shows what would be written, writes it, takes it away."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.interchange.system_entries.entry import SystemEntry
from dingcomposer.services.scheduling.system_entries import (
    EntryError,
    RunTool,
    Scheduler,
    chosen_folder,
    has_older,
    install,
    is_installed,
    program_command,
    run_tool,
    schedule_entry,
    this_scheduler,
    uninstall,
)
from dingcomposer.ui.texts.translate import join_sentences
from dingcomposer.ui.widgets.buttons import DialogButton
from dingcomposer.ui.widgets.layouts import OrderedDialog, resize_within_screen
from dingcomposer.ui.widgets.plain_text import plain_label

_NAMES = {
    Scheduler.SYSTEMD: "systemd (Linux)",
    Scheduler.CRON: "cron (Linux, macOS)",
    Scheduler.LAUNCHD: "launchd (macOS)",
    Scheduler.WINDOWS: "Task Scheduler (Windows)",
}


class EntryDialog(OrderedDialog):
    """`data_folder` is where this program works; `run` calls the system's tools."""

    def __init__(
        self,
        data_folder: Path,
        parent: QWidget | None = None,
        *,
        run: RunTool = run_tool,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("entry")
        self.setWindowTitle(self.tr("Send without the window"))
        self._data_folder, self._run = data_folder, run
        intro = plain_label(
            self.tr(
                "While the window is closed, the system's own scheduler can look once a minute for"
                " what is due. This is what would be written for that, in your own folders:"
            ),
            self,
        )
        self._kind = QComboBox(self)
        self._kind.setObjectName("entry.kind")
        self._kind.setAccessibleName(self.tr("Scheduler"))
        for kind, name in _NAMES.items():
            self._kind.addItem(name, kind.value)
        self._kind.setCurrentIndex(self._kind.findData(this_scheduler().value))
        self._text = QPlainTextEdit(self)
        self._text.setObjectName("entry.text")
        self._text.setAccessibleName(self.tr("What would be written"))
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._never_run = plain_label(
            self.tr(
                "This was made by the scheduler's own rules, and never tried on such a system."
            ),
            self,
            "entry.never_run",
        )
        self._never_run.setProperty("notice", "warn")
        self._state = plain_label("", self, "entry.state")
        self._state.setProperty("quiet", True)
        self._write = DialogButton("entry.write", self.tr("Write it"), self)
        self._write.clicked.connect(self._on_write)
        self._remove = DialogButton("entry.remove", self.tr("Take it away"), self)
        self._remove.clicked.connect(self._on_remove)
        close = DialogButton("entry.close", self.tr("Close"), self)
        close.clicked.connect(self.accept)
        last = QHBoxLayout()
        last.setSpacing(8)
        last.addWidget(self._state, 1)
        for button in (self._write, self._remove, close):
            last.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(intro)
        column.addWidget(self._kind)
        column.addWidget(self._text, 1)
        column.addWidget(self._never_run)
        column.addLayout(last)
        resize_within_screen(self, QSize(640, 480), QSize(440, 320))
        self._kind.activated.connect(lambda _row: self._show_entry())
        self._show_entry()

    def _entry(self) -> SystemEntry:
        kind = Scheduler(self._kind.currentData())
        folder = self._data_folder
        return schedule_entry(kind, program_command(), chosen_folder(folder), folder)

    def _show_entry(self, told: str = "") -> None:
        entry = self._entry()
        self._text.setPlainText(entry.shown)
        self._never_run.setVisible(not entry.was_run)
        try:
            is_there, is_known = is_installed(entry, self._run), has_older(entry, self._run)
        except EntryError as error:
            is_there, is_known, told = False, False, told or self._no(error)
        state = self.tr("It is there.") if is_there else self.tr("It is not there.")
        if is_known and not is_there:
            state = self.tr("An earlier one is there, which differs from this.")
        self._state.setText(told or state)
        self._write.setEnabled(not is_there)
        self._remove.setEnabled(is_known)

    def _on_write(self) -> None:
        self._carry_out(install)

    def _on_remove(self) -> None:
        self._carry_out(uninstall)

    def _carry_out(self, work: Callable[[SystemEntry, RunTool], None]) -> None:
        told = ""
        try:
            work(self._entry(), self._run)
        except EntryError as error:
            told = self._no(error)
        except OSError as error:
            told = join_sentences((self.tr("The file could not be written."), error.strerror or ""))
        self._show_entry(told)

    def _no(self, error: EntryError) -> str:
        words = self.tr("{tool} says no: {words}")
        return words.format(tool=error.tool, words=error.words)
