"""The parts of a long message before they go: a list, and each as the group will see it."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.messages import Message, mentions_of
from dingcomposer.core.payload import size_bytes
from dingcomposer.core.robot import Robot
from dingcomposer.ui.preview.bubble.bubble import Bubble, MessageAuthor, RenderContext
from dingcomposer.ui.widgets.buttons import DefaultButton, DialogButton, answer_row
from dingcomposer.ui.widgets.layouts import OrderedDialog, resize_within_screen


class PartsDialog(OrderedDialog):
    """Accepted where the parts are to go."""

    def __init__(
        self,
        parts: Sequence[Message],
        robot: Robot,
        render: RenderContext,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("parts")
        self.setWindowTitle(self.tr("Send in parts"))
        self._parts, self._robot, self._names = parts, robot, render.names()
        words = self.tr(
            "DingTalk takes no message of this length. These %n part(s) go out one after the other,"
            " each with its number; where one fails, those that still wait are held back.",
            "",
            len(parts),
        )
        label = QLabel(words, self)
        label.setWordWrap(True)
        self._list = QListWidget(self)
        self._list.setObjectName("parts.list")
        self._list.setAccessibleName(self.tr("Parts"))
        self._list.setProperty("rows", True)
        self._list.setFixedWidth(170)
        for number, part in enumerate(parts, 1):
            size = self.locale().toString(size_bytes(part))
            line = self.tr("Part {number}: {bytes} bytes")
            self._list.addItem(line.format(number=number, bytes=size))
        self._bubble = Bubble(self, pictures=render.pictures)
        area = QScrollArea(self)
        area.setObjectName("parts.preview")
        area.setAccessibleName(self.tr("The message as the group will see it"))
        area.setProperty("ringed", True)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._bubble)
        self._list.currentRowChanged.connect(self._show_part)
        self._list.setCurrentRow(0)
        send_words = self.tr("Send %n part(s) to {group}", "", len(parts))
        send = DefaultButton("parts.send", send_words.format(group=robot.name), self)
        send.clicked.connect(self.accept)
        back = DialogButton("parts.back", self.tr("Back"), self)
        back.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._list)
        row.addWidget(area, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(label)
        column.addLayout(row, 1)
        column.addLayout(answer_row(self, QLabel(self), send, back))
        resize_within_screen(self, QSize(760, 620), QSize(480, 320))

    def _show_part(self, number: int) -> None:
        message = self._parts[number]
        self._bubble.show_message(
            message,
            MessageAuthor(self._robot.name, self._robot.colour),
            at_names=self._names,
            is_reader_mentioned=bool(mentions_of(message)),
        )
