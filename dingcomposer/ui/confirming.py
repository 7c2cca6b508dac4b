"""The question before a message goes where it matters: group, message, and who is pinged."""

from dataclasses import dataclass

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

from dingcomposer.core.messages import Message, mentions_of
from dingcomposer.core.robot import Robot
from dingcomposer.ui.preview.bubble import Bubble, Sender


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What is about to happen, and what speaks against it, in sentences."""

    message: Message
    robot: Robot
    warnings: tuple[str, ...] = ()


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
        column.addWidget(self._pinged_line(confirmation.message))
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
            f"QLabel {{ border-left: 4px solid {robot.colour}; padding: 2px 0 2px 10px;"
            " font-size: 17px; font-weight: 600; }"
        )
        return label

    def _pinged_line(self, message: Message) -> QLabel:
        mentions = mentions_of(message)
        if mentions.is_all:
            words = self.tr("Everyone in the group will be pinged.")
        elif mentions.people:
            words = self.tr("%n person(s) will be pinged: {names}", "", mentions.people).format(
                names=self.tr(", ").join((*mentions.mobiles, *mentions.user_ids))
            )
        else:
            words = self.tr("Nobody will be pinged.")
        label = QLabel(words, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setObjectName("confirm.pinged")
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


def confirm(parent: QWidget | None, confirmation: Confirmation) -> bool:
    """Ask and wait; True where the message is to go out."""
    dialog = ConfirmDialog(confirmation, parent)
    try:
        return dialog.exec() == QDialog.DialogCode.Accepted
    finally:
        dialog.deleteLater()
