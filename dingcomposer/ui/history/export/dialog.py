"""Export dialog: which sends, in which form, and how far it is."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QProgressBar,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.records import dataclass
from dingcomposer.services.history.exports import STEP, ExportTask, export
from dingcomposer.services.history.long_task import LongTask
from dingcomposer.storage.disk.faults import StorageError, StorageFault, os_fault
from dingcomposer.storage.evidence.records import ChainHead
from dingcomposer.ui import questions
from dingcomposer.ui.history.export.items import export_item, file_of, report_words, suggested_name
from dingcomposer.ui.texts.archive.evidence import number
from dingcomposer.ui.texts.archive.exports import (
    MOST_IN_PDF,
    ExportFormat,
    format_name,
    format_sentence,
)
from dingcomposer.ui.texts.storage import storage_sentence
from dingcomposer.ui.widgets.buttons import DialogButton, answer_box
from dingcomposer.ui.widgets.layouts import OrderedDialog, resize_to_hold
from dingcomposer.ui.widgets.plain_text import plain_label


@dataclass(frozen=True, slots=True)
class ExportScope:
    """Some sends that can be carried out: what they are called, and their keys, None for all."""

    name: str
    words: str
    count: int
    keys: Sequence[int] | None


class ExportDialog(OrderedDialog):
    """Asks, then writes; it stays open until the file stands, or the person has ended it.

    `scopes` are offered in this order, the first one chosen. `say` gets what was done.

    Signals:
        written(str): the file stands here.
    """

    written = Signal(str)

    def __init__(
        self,
        database: Path,
        scopes: Sequence[ExportScope],
        head: ChainHead | None,
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("export")
        self.setWindowTitle(self.tr("Export"))
        self._database = database
        self._scopes = tuple(scopes)
        self._head = head
        self._now = now
        self._target = Path()
        self._task = LongTask((OSError, StorageError), self)
        # Bubbles are widgets.
        self._drawing = LongTask((OSError, StorageError), self, is_in_turns=True)
        self._scope_group = QButtonGroup(self)
        self._format_group = QButtonGroup(self)
        self._progress = QProgressBar(self)
        self._progress.setObjectName("export.progress")
        self._progress.setAccessibleName(self.tr("Progress"))
        self._progress.setTextVisible(False)
        self._words = plain_label("", self, "export.words")
        self._choices = QWidget(self)
        self._cancel = DialogButton("export.cancel", self.tr("Cancel"), self)
        self._start = DialogButton("export.start", self.tr("Export…"), self)
        self._start.setProperty("primary", True)
        self._lay_out()
        for task in (self._task, self._drawing):
            task.progressed.connect(self._on_progressed)
            task.finished.connect(self._on_finished)
            task.failed.connect(self._on_failed)
            task.cancelled.connect(self._on_cancelled)
        self._scope_group.idToggled.connect(self._show_offered)
        self._show_offered()
        self._start.clicked.connect(self._on_start)
        self._cancel.clicked.connect(self.reject)

    @property
    def is_running(self) -> bool:
        """True while it writes."""
        return self._task.is_running or self._drawing.is_running

    def choose(self, chosen: ExportFormat) -> None:
        """Choose a form."""
        self._format_group.button(list(ExportFormat).index(chosen)).setChecked(True)

    def write_to(self, target: Path) -> None:
        """Begin to write what is chosen."""
        scope = self._scopes[self._scope_group.checkedId()]
        chosen = list(ExportFormat)[self._format_group.checkedId()]
        words = report_words(scope.words, scope.count, self._head, self._now())
        self._target = target
        is_drawn = chosen is ExportFormat.PDF
        task = ExportTask(
            self._database,
            target,
            scope.keys,
            file_of(chosen, words),
            export_item(chosen),
            1 if is_drawn else STEP,
        )
        self._show_running(is_running=True)
        (self._drawing if is_drawn else self._task).start(partial(export, task))

    def reject(self) -> None:
        """Close it; while it writes, end that first."""
        if self.is_running:
            self._words.setText(self.tr("Ending…"))
            self._cancel.setEnabled(False)
            self._task.cancel()
            self._drawing.cancel()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """As Cancel does."""
        if self.is_running:
            event.ignore()
            self.reject()
        else:
            super().closeEvent(event)

    # Building

    def _lay_out(self) -> None:
        choices = QVBoxLayout(self._choices)
        choices.setContentsMargins(0, 0, 0, 0)
        choices.setSpacing(4)
        choices.addWidget(self._heading(self.tr("Which messages?")))
        for at, scope in enumerate(self._scopes):
            radio = QRadioButton(scope.words.replace("&", "&&"), self._choices)
            radio.setObjectName(f"export.scope.{scope.name}")
            radio.setChecked(at == 0)
            self._scope_group.addButton(radio, at)
            choices.addWidget(radio)
        choices.addSpacing(12)
        choices.addWidget(self._heading(self.tr("In which form?")))
        for at, chosen in enumerate(ExportFormat):
            radio = QRadioButton(format_name(chosen), self._choices)
            radio.setObjectName(f"export.format.{chosen.value}")
            radio.setAccessibleDescription(format_sentence(chosen))
            radio.setChecked(at == 0)
            self._format_group.addButton(radio, at)
            note = plain_label(format_sentence(chosen), self._choices)
            note.setProperty("quiet", True)
            note.setContentsMargins(26, 0, 0, 6)
            choices.addWidget(radio)
            choices.addWidget(note)
        safe = plain_label(
            self.tr("Webhooks and secrets are in none of them: the history does not hold any."),
            self._choices,
        )
        safe.setProperty("quiet", True)
        choices.addSpacing(4)
        choices.addWidget(safe)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(answer_box(self, self._start, self._cancel))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(self._choices)
        column.addStretch(1)
        column.addWidget(self._words)
        column.addWidget(self._progress)
        column.addLayout(buttons)
        self._progress.hide()
        self._words.hide()
        self._start.setDefault(True)
        resize_to_hold(self, 480)

    def _heading(self, words: str) -> QWidget:
        heading = plain_label(words, self._choices)
        heading.setProperty("heading", True)
        return heading

    def _show_running(self, *, is_running: bool) -> None:
        self._choices.setEnabled(not is_running)
        self._start.setEnabled(not is_running)
        self._progress.setVisible(is_running)
        self._progress.setRange(0, 1)  # nothing moves by itself
        self._progress.setValue(0)
        self._words.setText("")
        self._words.setVisible(is_running)
        self._cancel.setEnabled(True)

    # What happens

    def _show_offered(self) -> None:
        """A PDF is offered for as many as it can hold."""
        pdf = self._format_group.button(list(ExportFormat).index(ExportFormat.PDF))
        scope = self._scopes[max(self._scope_group.checkedId(), 0)]
        pdf.setEnabled(scope.count <= MOST_IN_PDF)
        if not pdf.isEnabled() and pdf.isChecked():
            self.choose(ExportFormat.REPORT)

    def _on_start(self) -> None:
        chosen = list(ExportFormat)[self._format_group.checkedId()]
        target = questions.choose_new_file(
            self,
            self.tr("Export"),
            suggested_name(chosen, self._now()),
            f"{format_name(chosen)} (*.{chosen.value})",
        )
        if target:
            path = Path(target)
            self.write_to(path if path.suffix else path.with_suffix(f".{chosen.value}"))

    def _on_progressed(self, done: int, total: int) -> None:
        if done >= total > 0:
            self._progress.setValue(self._progress.maximum())
            self._words.setText(self.tr("Finishing the file…"))
            return
        # A million rows and more are beyond what a bar of so few pixels can tell apart.
        self._progress.setRange(0, 1000)
        self._progress.setValue(done * 1000 // total if total else 1000)
        if self._cancel.isEnabled():
            words = self.tr("{done} of {total} messages")
            self._words.setText(words.format(done=number(done), total=number(total)))

    def _on_finished(self, _count: int) -> None:
        self.written.emit(str(self._target))
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        self._show_running(is_running=False)
        fault = error.fault if isinstance(error, StorageError) else None
        if isinstance(error, OSError) and os_fault(error) is StorageFault.FULL:
            fault = StorageFault.FULL
        why = (
            self.tr("The file could not be written there. Choose another folder.")
            if fault is None
            else storage_sentence(fault)
        )
        self._words.tell(self.tr("Nothing was exported. {why}").format(why=why))
        self._words.show()

    def _on_cancelled(self) -> None:
        self._show_running(is_running=False)
        super().reject()
