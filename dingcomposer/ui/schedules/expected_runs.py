"""The next runs of a schedule: when, to whom, and the message of each as the group will see it."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.messages import Message
from dingcomposer.core.plain_text import clean
from dingcomposer.core.scheduling.timing import ClockChange
from dingcomposer.services.scheduling.planner import ExpectedRun
from dingcomposer.ui import theme
from dingcomposer.ui.preview.bubble.bubble import Bubble, MessageAuthor, RenderContext
from dingcomposer.ui.preview.viewport import BubbleArea
from dingcomposer.ui.texts.schedules import clock_change_sentence, due_words, obstacle_sentence
from dingcomposer.ui.texts.translate import join_names, join_sentences
from dingcomposer.ui.widgets.plain_text import plain_label, plain_tip

_ROW_PX = 30
_NEUTRAL = "#8A919C"


class ExpectedRuns(QWidget):
    """A list of times at the top, the message of the chosen one below.

    Robots that share a message stand in one row; what is told of a run stands below the list.
    """

    def __init__(self, render: RenderContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._render = render
        self._runs: tuple[ExpectedRun, ...] = ()
        self._colours: dict[str, str] = {}
        self._shown: tuple[Message, str] | None = None
        self._heading = plain_label(self.tr("The next runs"), self)
        self._heading.setProperty("heading", True)
        self._list = QListWidget(self)
        self._list.setObjectName("schedule.expected")
        self._list.setAccessibleName(self.tr("The next runs"))
        self._list.setProperty("rows", True)
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._note = plain_label("", self, "schedule.expected.note")
        self._note.setProperty("notice", "warn")
        self._note.hide()
        self._bubble = Bubble(self, pictures=render.pictures)
        self._area = BubbleArea(self._bubble, self)
        self._area.setObjectName("schedule.message")
        self._area.setAccessibleName(self.tr("The message as the group will see it"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._heading)
        column.addWidget(self._list, 3)
        column.addWidget(self._note)
        column.addWidget(self._area, 2)
        self._list.currentRowChanged.connect(self._on_row)

    def show_runs(
        self,
        runs: Sequence[ExpectedRun],
        now: datetime,
        colours: dict[str, str],
        *,
        is_elsewhere: bool = False,
    ) -> None:
        """Show these; the chosen place stays. `is_elsewhere`: they go by another clock."""
        heading = self.tr("The next runs, by this computer's clock")
        self._heading.setText(heading if is_elsewhere else self.tr("The next runs"))
        row = max(self._list.currentRow(), 0)
        self._runs, self._colours = tuple(runs), colours
        self._list.blockSignals(True)
        self._list.clear()
        for run in runs:
            names = join_names(clean(one.robot.name) for one in run.sends)
            item = QListWidgetItem(f"{due_words(run.due, now)}    {names}")
            item.setSizeHint(QSize(0, _ROW_PX))
            item.setToolTip(plain_tip(item.text()))
            if not run.due.is_known or any(one.obstacle for one in run.sends):
                item.setForeground(QColor(theme.current().warn))
            self._list.addItem(item)
        self._list.setCurrentRow(min(row, len(runs) - 1))
        self._list.blockSignals(False)
        self._on_row(self._list.currentRow())

    def _on_row(self, row: int) -> None:
        run = self._runs[row] if 0 <= row < len(self._runs) else None
        self._area.setVisible(run is not None and bool(run.sends))
        if run is None or not run.sends:
            self._note.hide()
            return
        send = run.sends[0]
        author = MessageAuthor(send.robot.name, self._colours.get(send.robot.robot_id, _NEUTRAL))
        if self._shown != (send.message, send.robot.name):
            self._shown = (send.message, send.robot.name)
            self._bubble.show_message(send.message, author, at_names=self._render.names())
        sentences = []
        if not run.due.is_known:
            sentences.append(
                self.tr("Nobody knows yet whether that day is worked: you will be asked then.")
            )
        if run.due.change is not ClockChange.NONE:
            sentences.append(clock_change_sentence(run.due.change))
        for one in run.sends:
            if one.obstacle is not None:
                words = self.tr("{group}: nothing would leave. {why}")
                why = obstacle_sentence(one.obstacle)
                sentences.append(words.format(group=clean(one.robot.name), why=why))
        self._note.setText(join_sentences(sentences))
        self._note.setVisible(bool(sentences))
