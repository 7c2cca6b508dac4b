"""How a run over a table fares: a bar, the counts, and stop, go on, once more, a copy."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from dingcomposer.core.plain_text import clean
from dingcomposer.services.table_runs.runner import TableRunProgress
from dingcomposer.storage.planned.table_runs import TableRun, TableRunState
from dingcomposer.ui.table_send.sentences import progress_sentence
from dingcomposer.ui.texts.outcomes import unknown_sentence
from dingcomposer.ui.texts.time import full_day_time
from dingcomposer.ui.widgets.buttons import DialogButton
from dingcomposer.ui.widgets.plain_text import plain_label


class RunBar(QWidget):
    """What stands above the rows while they are sent, and afterwards.

    Signals:
        asked(str): "stop", "go_on", "again" what failed, "leave" what is left, "copy" the table
            with its outcomes.
    """

    asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._heading = plain_label("", self, "table_send.run")
        self._heading.setProperty("heading", True)
        self._bar = QProgressBar(self)
        self._bar.setObjectName("table_send.progress")
        self._bar.setAccessibleName(self.tr("Progress"))
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(8)
        self._told = plain_label("", self, "table_send.counts")
        self._buttons = {
            "stop": DialogButton("table_send.stop", self.tr("Stop"), self),
            "go_on": DialogButton("table_send.go_on", self.tr("Go on"), self),
            "leave": DialogButton("table_send.leave", self.tr("Leave the rest unsent"), self),
            "again": DialogButton(
                "table_send.again", self.tr("Send those that failed again"), self
            ),
            "copy": DialogButton(
                "table_send.copy", self.tr("Save a copy with the outcomes…"), self
            ),
        }
        row = QHBoxLayout()
        row.setSpacing(8)
        for name, button in self._buttons.items():
            button.clicked.connect(lambda _=False, name=name: self.asked.emit(name))
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._heading)
        column.addWidget(self._bar)
        column.addWidget(self._told)
        column.addLayout(row)

    def show_left(self, run: TableRun) -> None:
        """A run that was left behind: nothing of it goes on by itself."""
        words = self.tr("“{name}” of {time} was not sent to its end.")
        name = clean(run.name) or self.tr("Pasted rows")
        self._heading.setText(words.format(name=name, time=full_day_time(run.created_at)))
        self._show_bar(run.done, run.rows)
        told = self.tr("{done} of {rows} rows are sent. Nothing goes on by itself.")
        self._told.setText(told.format(done=f"{run.done:,}", rows=f"{run.rows:,}"))
        self._offer("go_on", "leave", "copy")

    def show_progress(self, name: str, progress: TableRunProgress) -> None:
        """How the run fares by now."""
        self._heading.setText(self._state_words(progress).format(name=clean(name)))
        self._show_bar(progress.summary.over, progress.total)
        counts = progress_sentence(progress.summary, progress.left)
        self._told.setText("\n".join(filter(None, (counts, unknown_sentence(progress.summary)))))
        match progress.state:
            case TableRunState.WRITING:
                self._offer()
            case TableRunState.RUNNING:
                self._offer("stop")
            case TableRunState.STOPPED:
                self._offer("go_on", "leave", "copy")
            case TableRunState.ENDED:
                self._offer(*(("again",) if progress.failed else ()), "copy")

    def _state_words(self, progress: TableRunProgress) -> str:
        match progress.state:
            case TableRunState.WRITING:
                return self.tr("“{name}” is being written down …")
            case TableRunState.RUNNING:
                return self.tr("“{name}” is being sent")
            case TableRunState.STOPPED:
                return self.tr("“{name}” is stopped")
            case TableRunState.ENDED:
                return self.tr("“{name}” is sent")

    def _show_bar(self, done: int, total: int) -> None:
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)

    def _offer(self, *names: str) -> None:
        for name, button in self._buttons.items():
            button.setVisible(name in names)
