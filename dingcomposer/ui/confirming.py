"""The question before a message goes where it matters: group, message, and who is pinged.

Before production it also says whether exactly this was rehearsed, and what changed since.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.differing import differences
from dingcomposer.core.messages import Mentions, Message
from dingcomposer.core.payload import body_sha256
from dingcomposer.core.pings import Pings, pings
from dingcomposer.core.robot import Robot
from dingcomposer.storage.rehearsals import Rehearsal
from dingcomposer.ui.preview.bubble import Bubble, Sender
from dingcomposer.ui.widgets.difference_view import DifferenceView
from dingcomposer.ui.wording.pings import listed, not_pinged_sentences


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What is about to happen, and what speaks against it, in sentences.

    `rehearsal` is the newest of this message, else of the draft that it comes from. `listed` are
    the people of the draft, some of whom a message of its kind may leave out.
    """

    message: Message
    robot: Robot
    warnings: tuple[str, ...] = ()
    rehearsal: Rehearsal | None = None
    listed: Mentions | None = None


class ConfirmDialog(QDialog):
    """Shows the group in its colour, the message as the group will see it, and who is pinged."""

    def __init__(self, confirmation: Confirmation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confirm")
        self.setWindowTitle(self.tr("Send this message?"))
        robot = confirmation.robot
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(self._group_line(robot))
        self._add_pings(column, confirmation)
        if robot.is_production:
            self._add_rehearsal(column, confirmation)
        for sentence in confirmation.warnings:
            column.addWidget(self._warning(sentence))
        column.addWidget(self._picture(confirmation), 1)
        column.addWidget(self._buttons(robot))
        self.setMinimumSize(460, 420)

    def _group_line(self, robot: Robot) -> QLabel:
        stage = self.tr("production") if robot.is_production else self.tr("test")
        words = self.tr("To {group} ({stage})").format(group=robot.name, stage=stage)
        label = QLabel(words, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setObjectName("confirm.group")
        label.setStyleSheet(
            f"QLabel {{ border: none; border-left: 4px solid {robot.colour}; padding: 2px 0 2px 10px;"
            " font-size: 17px; font-weight: 600; }"
        )
        return label

    def _add_pings(self, column: QVBoxLayout, confirmation: Confirmation) -> None:
        found = pings(confirmation.message, confirmation.listed)
        column.addWidget(self._line("confirm.pinged", self._pinged(found)))
        sentences = not_pinged_sentences(found)
        if sentences:
            column.addWidget(self._line("confirm.not_pinged", "\n".join(sentences), note="warn"))

    def _pinged(self, found: Pings) -> str:
        if found.is_all:
            return self.tr("Everyone in the group will be pinged.")
        if not found.pinged:
            return self.tr("Nobody will be pinged.")
        words = self.tr("%n person(s) will be pinged: {names}", "", len(found.pinged))
        return words.format(names=listed(found.pinged))

    def _add_rehearsal(self, column: QVBoxLayout, confirmation: Confirmation) -> None:
        rehearsal = confirmation.rehearsal
        if rehearsal is None:
            column.addWidget(
                self._line("confirm.rehearsal", self.tr("Not rehearsed."), note="warn")
            )
            return
        is_unchanged = body_sha256(rehearsal.message) == body_sha256(confirmation.message)
        words = (
            self.tr("Rehearsed at {time} in {group}, unchanged since.")
            if is_unchanged
            else self.tr("Rehearsed at {time} in {group}, changed since.")
        )
        told = words.format(time=_time(rehearsal.rehearsed_at), group=rehearsal.robot_name)
        note = "good" if is_unchanged else "warn"
        column.addWidget(self._line("confirm.rehearsal", told, note=note))
        if not is_unchanged:
            lines = differences(rehearsal.message, confirmation.message)
            column.addWidget(DifferenceView("confirm.differences", lines, self))

    def _line(self, name: str, words: str, *, note: str = "") -> QLabel:
        label = QLabel(words, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setObjectName(name)
        label.setProperty("note", note)
        label.setWordWrap(True)
        return label

    def _warning(self, sentence: str) -> QLabel:
        label = QLabel(sentence, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("notice", "warn")
        label.setWordWrap(True)
        return label

    def _picture(self, confirmation: Confirmation) -> QScrollArea:
        robot = confirmation.robot
        bubble = Bubble(self)
        bubble.show_message(confirmation.message, Sender(robot.name, robot.colour))
        area = QScrollArea(self)
        area.setObjectName("confirm.message")
        area.setAccessibleName(self.tr("The message as the group will see it"))
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(bubble)
        return area

    def _buttons(self, robot: Robot) -> QDialogButtonBox:
        box = QDialogButtonBox(self)
        back = box.addButton(self.tr("Back"), QDialogButtonBox.ButtonRole.RejectRole)
        send = QPushButton(self.tr("Send to {group}").format(group=robot.name), box)
        send.setProperty("primary", True)
        box.addButton(send, QDialogButtonBox.ButtonRole.AcceptRole)
        back.setObjectName("confirm.back")
        send.setObjectName("confirm.send")
        # The safe answer is the one that a stray Enter gives.
        back.setDefault(True)
        back.setFocus()
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        return box


def _time(at: datetime) -> str:
    """By this computer's clock; the date too where it was not today."""
    local = at.astimezone()
    is_today = local.date() == datetime.now(UTC).astimezone().date()
    return local.strftime("%H:%M" if is_today else "%Y-%m-%d %H:%M")


def confirm(parent: QWidget | None, confirmation: Confirmation) -> bool:
    """Ask and wait; True where the message is to go out."""
    dialog = ConfirmDialog(confirmation, parent)
    try:
        return dialog.exec() == QDialog.DialogCode.Accepted
    finally:
        dialog.deleteLater()
