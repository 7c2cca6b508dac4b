"""Dialog for what was due and not sent: each schedule once, with "send now" and "leave it"."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from dingcomposer.core.plain_text import clean
from dingcomposer.core.scheduling.schedule import MessageSchedule, RunState
from dingcomposer.services.scheduling.planner import Planner
from dingcomposer.storage.planned.runs import PlannedRun
from dingcomposer.ui.texts.schedules import groups_words, missed_time
from dingcomposer.ui.texts.translate import join_names
from dingcomposer.ui.widgets.buttons import DialogButton
from dingcomposer.ui.widgets.layouts import OrderedDialog, PlainArea, resize_within_screen
from dingcomposer.ui.widgets.plain_text import plain_label

_TIMES_SHOWN = 3
_ROW_PX = 96
_OTHERS_PX = 150
_ROWS_SHOWN = 4


class MissedDialog(OrderedDialog):
    """Nothing is sent from here but by a click; closing it leaves the question open.

    Signals:
        send_requested(int, list[int]): send the run of this id now, and let those be.
        left(list[int]): let these runs be.
    """

    send_requested = Signal(int, object)
    left = Signal(object)

    def __init__(self, planner: Planner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("missed")
        self.setWindowTitle(self.tr("Not sent"))
        self._planner = planner
        self._rows: list[QWidget] = []
        intro = plain_label(
            self.tr(
                "These were due while nothing ran that could send them, or on a day of which"
                " nobody knows whether it is worked. Nothing is sent late by itself."
            ),
            self,
            "missed.intro",
        )
        self._inside = QWidget(self)
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 4, 0)
        self._column.setSpacing(8)
        self._column.addStretch(1)
        later = DialogButton("missed.later", self.tr("Decide later"), self)
        later.clicked.connect(self.reject)
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(later)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(intro)
        column.addWidget(PlainArea(self._inside, self), 1)
        column.addLayout(last)
        planner.changed.connect(self.refresh)
        self.refresh()
        height = _OTHERS_PX + _ROW_PX * min(max(len(self._rows), 1), _ROWS_SHOWN)
        resize_within_screen(self, QSize(560, height), QSize(420, 200))

    def refresh(self) -> None:
        """Show what still waits for an answer; with the last one the dialog closes."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self._rows = []
        waiting: dict[str, list[PlannedRun]] = {}
        for run in self._planner.runs.open_runs():
            waiting.setdefault(run.schedule_id, []).append(run)
        for number, (schedule_id, runs) in enumerate(waiting.items()):
            schedule = self._planner.get(schedule_id)
            if schedule is not None:
                row = self._row(schedule, runs, self._planner.now)
                self._column.insertWidget(number, row)
                self._rows.append(row)
        if not self._rows:
            self.accept()

    def _row(self, schedule: MessageSchedule, runs: Sequence[PlannedRun], now: datetime) -> QWidget:
        frame = QFrame(self._inside)
        frame.setObjectName(f"missed.row.{schedule.schedule_id}")
        frame.setProperty("panel", True)
        name = plain_label(clean(schedule.name), frame)
        name.setProperty("heading", True)
        times = plain_label(self._times(runs, now), frame, "missed.times")
        groups = plain_label(groups_words(schedule), frame)
        groups.setProperty("quiet", True)
        words = QVBoxLayout()
        words.setSpacing(2)
        for label in (name, times, groups):
            words.addWidget(label)
        ids = [one.run_id for one in runs]
        send = DialogButton("missed.send", self.tr("Send now…"), frame)
        if len(runs) > 1:
            send.setToolTip(self.tr("It is sent once; the other times are left."))
        send.clicked.connect(partial(self._on_send, ids))
        leave = DialogButton("missed.leave", self.tr("Leave it"), frame)
        leave.clicked.connect(partial(self._on_leave, ids))
        row = QHBoxLayout(frame)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(8)
        row.addLayout(words, 1)
        for button in (send, leave):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return frame

    def _times(self, runs: Sequence[PlannedRun], now: datetime) -> str:
        is_unknown = all(one.state is RunState.UNKNOWN_DAY for one in runs)
        newest = [missed_time(one, now, is_plain=is_unknown) for one in runs[-_TIMES_SHOWN:]]
        told = join_names(newest)
        more = len(runs) - len(newest) + sum(one.earlier for one in runs)
        if more:
            words = self.tr("{times}, and %n time(s) before", "", more)
            told = words.format(times=told)
        words = self.tr("Is that day worked? {times}") if is_unknown else self.tr("Missed: {times}")
        return words.format(times=told)

    def _on_send(self, run_ids: list[int]) -> None:
        self.send_requested.emit(run_ids[-1], run_ids[:-1])

    def _on_leave(self, run_ids: list[int]) -> None:
        self.left.emit(run_ids)
