"""Queue dialog: every waiting message with its countdown, and what can be done about it."""

from collections import Counter
from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.limits import PACE_PER_MINUTE
from dingcomposer.services.outbox import Outbox
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.history import HistoryStore, SendRow
from dingcomposer.ui import theme
from dingcomposer.ui.queue.model import QueueColumn, QueueModel
from dingcomposer.ui.texts import time
from dingcomposer.ui.widgets.buttons import DialogButton
from dingcomposer.ui.widgets.layouts import OrderedDialog, resize_within_screen
from dingcomposer.ui.widgets.plain_text import plain_label
from dingcomposer.ui.widgets.row_table import CutInTheMiddle, RowTable

TICK_MS = 1_000


class QueueDialog(OrderedDialog):
    """Stands beside the window; sending goes on meanwhile.

    `say` gets what was just done, or came too late, in a sentence.

    Signals:
        merge_wanted(str): make one message of all that wait for this robot.
    """

    merge_wanted = Signal(str)

    def __init__(
        self,
        outbox: Outbox,
        history: HistoryStore,
        say: Callable[[str], None],
        parent: QWidget | None = None,
        *,
        names: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        super().__init__(parent)
        self._say = say
        self.setObjectName("queue")
        self.setWindowTitle(self.tr("Queue"))
        self._outbox = outbox
        self._history = history
        self._crowded = ""
        self._model = QueueModel(self._send, self, names=names)
        self._table = RowTable(self)
        self._table.setObjectName("queue.table")
        self._table.setAccessibleName(self.tr("Waiting messages"))
        self._table.setModel(self._model)
        self._table.setItemDelegateForColumn(QueueColumn.ROBOT, CutInTheMiddle(self))
        self._summary = QLabel(self)
        self._summary.setObjectName("queue.summary")
        self._summary.setProperty("heading", True)
        self._hint = plain_label("", self, "queue.hint")
        self._hint.setProperty("notice", True)
        self._merge = DialogButton("queue.merge", self.tr("Merge into one message…"), self)
        self._earlier = DialogButton("queue.earlier", self.tr("Earlier"), self)
        self._later = DialogButton("queue.later", self.tr("Later"), self)
        self._cancel = DialogButton("queue.cancel", self.tr("Cancel message"), self)
        self._pause = DialogButton("queue.pause", self.tr("Pause"), self)
        self._close = DialogButton("queue.close", self.tr("Close"), self)
        self._lay_out()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Show the queue as it stands now."""
        chosen = self._chosen()
        waiting, is_paused = self._outbox.waiting(), self._outbox.is_paused
        self._model.show_queue(waiting, is_paused=is_paused)
        self._choose(chosen)
        self._summary.setText(
            time.queue_summary(waiting, is_paused=is_paused) or self.tr("Nothing is waiting.")
        )
        self._pause.setText(self.tr("Resume") if is_paused else self.tr("Pause"))
        self._pause.setAccessibleName(self._pause.text())
        self._show_hint(Counter(one.robot_id for one in waiting))
        self._show_buttons()

    # Building

    def _lay_out(self) -> None:
        columns = self._table.horizontalHeader()
        columns.setSectionResizeMode(QueueColumn.ROBOT, QHeaderView.ResizeMode.Fixed)
        columns.setSectionResizeMode(QueueColumn.MESSAGE, QHeaderView.ResizeMode.Stretch)
        columns.setSectionResizeMode(QueueColumn.WAIT, QHeaderView.ResizeMode.Fixed)
        self._table.setColumnWidth(QueueColumn.ROBOT, theme.scaled_px(160))
        self._table.setColumnWidth(QueueColumn.WAIT, theme.scaled_px(152))
        head = QHBoxLayout()
        head.addWidget(self._summary, 1)
        head.addWidget(self._pause)
        explained = self.tr(
            "What cannot leave at once waits here: a robot takes 20 messages a minute. One robot's"
            " messages go in this order."
        )
        order = QLabel(explained, self)
        order.setProperty("quiet", True)
        order.setWordWrap(True)
        hint = QHBoxLayout()
        hint.setSpacing(8)
        hint.addWidget(self._hint, 1)
        hint.addWidget(self._merge)
        button_row = QHBoxLayout()
        button_row.setSpacing(8)
        for button in (self._earlier, self._later, self._cancel):
            button_row.addWidget(button)
        button_row.addStretch(1)
        button_row.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(order)
        column.addLayout(hint)
        column.addWidget(self._table, 1)
        column.addLayout(button_row)
        resize_within_screen(self, QSize(640, 420), QSize(480, 320))

    def _connect(self) -> None:
        tick = QTimer(self, interval=TICK_MS)
        tick.timeout.connect(self.refresh)
        tick.start()
        for signal in (self._outbox.added, self._outbox.changed, self._outbox.queue_changed):
            signal.connect(self.refresh)
        self._table.selectionModel().currentRowChanged.connect(self._show_buttons)
        self._earlier.clicked.connect(lambda: self._move(-1))
        self._later.clicked.connect(lambda: self._move(1))
        self._cancel.clicked.connect(self._on_cancel_clicked)
        self._pause.clicked.connect(self._on_pause_clicked)
        self._merge.clicked.connect(lambda: self.merge_wanted.emit(self._crowded))
        self._close.clicked.connect(self.accept)

    # What happens

    def _send(self, msg_uuid: str) -> SendRow | None:
        try:
            return self._history.row(msg_uuid)
        except StorageError:
            return None  # the countdown is there all the same

    def _chosen(self) -> str | None:
        waiting = self._model.waiting_at(self._table.currentIndex().row())
        return waiting.msg_uuid if waiting else None

    def _choose(self, msg_uuid: str | None) -> None:
        number = None if msg_uuid is None else self._model.number_of(msg_uuid)
        if number is not None and number != self._table.currentIndex().row():
            self._table.setCurrentIndex(self._model.index(number, QueueColumn.ROBOT))

    def _show_hint(self, counts: Counter[str]) -> None:
        crowded = counts.most_common(1)[0] if counts else ("", 0)
        is_crowded = crowded[1] > PACE_PER_MINUTE
        self._crowded = crowded[0] if is_crowded else ""
        self._hint.setVisible(is_crowded)
        self._merge.setVisible(is_crowded)
        if is_crowded:
            self._hint.setText(
                self.tr(
                    "%n message(s) wait for one robot, which may send {limit} a minute."
                    " One message that says it all would arrive sooner.",
                    "",
                    crowded[1],
                ).format(limit=PACE_PER_MINUTE)
            )

    def _show_buttons(self) -> None:
        number = self._table.currentIndex().row()
        self._earlier.setEnabled(self._model.can_move(number, -1))
        self._later.setEnabled(self._model.can_move(number, 1))
        self._cancel.setEnabled(self._model.waiting_at(number) is not None)

    def _move(self, steps: int) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._outbox.move(chosen, steps)

    def _on_cancel_clicked(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        if self._outbox.cancel(chosen):
            self._say(self.tr("The message was taken out of the queue."))
        else:
            self._say(self.tr("Too late: this message is being sent."))
        self.refresh()

    def _on_pause_clicked(self) -> None:
        if self._outbox.is_paused:
            self._outbox.resume()
        else:
            self._outbox.pause()
