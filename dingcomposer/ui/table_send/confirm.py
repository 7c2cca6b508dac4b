"""The one question before the messages of a table: how many, to whom, and how long it takes."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.messages import mentions_of
from dingcomposer.core.plain_text import clean
from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import Robot
from dingcomposer.core.row_messages.filling import RowMessage
from dingcomposer.ui import theme
from dingcomposer.ui.texts.robots import stage_word
from dingcomposer.ui.texts.translate import join_sentences
from dingcomposer.ui.widgets.buttons import DefaultButton, DialogButton, answer_row
from dingcomposer.ui.widgets.layouts import OrderedDialog, resize_within_screen
from dingcomposer.ui.widgets.plain_text import plain_label


@dataclass(frozen=True, slots=True)
class TableConfirmation:
    """What is confirmed. `refused` are those that the sandbox refused, None where it was not asked.

    `minutes` is how long the pace makes it take, `left_out` how many rows stay behind.
    """

    rows: tuple[RowMessage, ...]
    minutes: int
    left_out: int = 0
    refused: int | None = None


class TableConfirmDialog(OrderedDialog):
    """Every robot with the number of its messages, production first."""

    def __init__(self, asked: TableConfirmation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("table_send.confirm")
        self.setWindowTitle(self.tr("One message for each row"))
        robots = _robots_of(asked.rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        messages = self.tr("%n message(s)", "", len(asked.rows))
        groups = self.tr("to %n group(s)", "", len(robots))
        words = self.tr("Send {messages} {groups}?").format(messages=messages, groups=groups)
        heading = plain_label(words, self, "table_send.confirm.heading")
        heading.setProperty("heading", True)
        column.addWidget(heading)
        column.addWidget(
            plain_label(self._duration(asked.minutes), self, "table_send.confirm.time")
        )
        column.addWidget(self._robot_list(robots, asked.rows), 1)
        column.addWidget(plain_label(self._pings(asked.rows), self, "table_send.confirm.pinged"))
        for name, sentence, is_warning in self._remarks(asked):
            label = plain_label(sentence, self, f"table_send.confirm.{name}")
            label.setProperty("notice" if is_warning else "note", "warn" if is_warning else "quiet")
            column.addWidget(label)
        send = DefaultButton(
            "table_send.confirm.send",
            self.tr("Send %n message(s)", "", len(asked.rows)),
            self,
        )
        back = DialogButton("table_send.confirm.back", self.tr("Back"), self)
        send.clicked.connect(self.accept)
        back.clicked.connect(self.reject)
        reason = plain_label("", self)
        column.addLayout(answer_row(self, reason, send, back))
        if any(one.is_production for one in robots):
            back.setFocus()
        resize_within_screen(self, QSize(520, 460), QSize(360, 320))

    def _duration(self, minutes: int) -> str:
        if not minutes:
            return self.tr("All of them may leave at once.")
        pace = self.tr("DingTalk takes 20 messages a minute from a robot.")
        takes = self.tr("It will take about %n minute(s).", "", minutes)
        return join_sentences((takes, pace))

    def _robot_list(self, robots: Sequence[Robot], rows: Sequence[RowMessage]) -> QTreeWidget:
        counts = Counter(one.robot.robot_id for one in rows if one.robot is not None)
        shown = QTreeWidget(self)
        shown.setObjectName("table_send.confirm.robots")
        shown.setAccessibleName(self.tr("Robots"))
        shown.setProperty("rows", True)
        shown.setRootIsDecorated(False)
        shown.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        shown.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        shown.setHeaderLabels([self.tr("Robot"), self.tr("Stage"), self.tr("Messages")])
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for robot in robots:
            words = [clean(robot.name), stage_word(robot.stage), f"{counts[robot.robot_id]:,}"]
            item = QTreeWidgetItem(shown, words)
            item.setTextAlignment(2, right)
            if robot.is_production:
                item.setForeground(1, QColor(theme.current().bad))
        shown.headerItem().setTextAlignment(2, right)
        header = shown.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        return shown

    def _pings(self, rows: Sequence[RowMessage]) -> str:
        mentions = [mentions_of(one.message) for one in rows]
        everyone = sum(one.is_all for one in mentions)
        some = sum(bool(one.people) for one in mentions)
        told = []
        if everyone:
            told.append(self.tr("%n message(s) ping everyone in the group.", "", everyone))
        if some:
            told.append(self.tr("%n message(s) ping somebody.", "", some))
        return join_sentences(told) or self.tr("Nobody will be pinged.")

    def _remarks(self, asked: TableConfirmation) -> list[tuple[str, str, bool]]:
        remarks = []
        if asked.left_out:
            left_out = self.tr("%n row(s) are left out.", "", asked.left_out)
            remarks.append(("left_out", left_out, True))
        if asked.refused is None:
            remarks.append(("trial", self.tr("Not tried in the sandbox."), False))
        elif asked.refused:
            refused = self.tr("The sandbox refused %n of them.", "", asked.refused)
            remarks.append(("trial", refused, True))
        else:
            remarks.append(("trial", self.tr("The sandbox took all of them."), False))
        return remarks


def _robots_of(rows: Sequence[RowMessage]) -> list[Robot]:
    """Each robot once, production first, as they come in the table."""
    found = {one.robot.robot_id: one.robot for one in rows if one.robot is not None}
    return sorted(found.values(), key=lambda one: not one.is_production)
