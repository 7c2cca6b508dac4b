"""Two sends side by side: what is otherwise about them, and their messages with the differences."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.payload import body_sha256
from dingcomposer.core.plain_text import clean
from dingcomposer.storage.history import AttemptRow, SendRow
from dingcomposer.ui.preview.bubble.bubble import MessageAuthor, RenderContext
from dingcomposer.ui.preview.comparison import BESIDE_PX, Comparison
from dingcomposer.ui.texts import time
from dingcomposer.ui.texts.attempts import is_by_dingtalk
from dingcomposer.ui.texts.messages import kind_name
from dingcomposer.ui.texts.outcomes import outcome_words, own_words, status_word
from dingcomposer.ui.texts.robots import robot_words
from dingcomposer.ui.texts.translate import join_sentences
from dingcomposer.ui.widgets.buttons import DialogButton
from dingcomposer.ui.widgets.layouts import OrderedDialog, resize_within_screen
from dingcomposer.ui.widgets.plain_text import plain_label

Sent = tuple[SendRow, Sequence[AttemptRow]]


class TwoSendsDialog(OrderedDialog):
    """The older one at the left. Nothing can be changed here."""

    def __init__(
        self, older: Sent, newer: Sent, render: RenderContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("two_sends")
        self.setWindowTitle(self.tr("Two messages side by side"))
        self._older, self._newer = older, newer
        inside = QWidget(self)
        inside.setProperty("plain", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(16)
        column.addLayout(self._make_facts(inside))
        is_same = body_sha256(older[0].message) == body_sha256(newer[0].message)
        if is_same:
            words = self.tr("The message is the same, letter by letter.")
            same = plain_label(words, inside, "two_sends.same")
            same.setProperty("quiet", True)
            column.addWidget(same)
        author = MessageAuthor(newer[0].robot_name, newer[0].robot_colour)
        column.addWidget(Comparison(older[0].message, newer[0].message, author, render, inside))
        column.addStretch(1)
        area = QScrollArea(self)
        area.setAccessibleName(self.tr("What is different"))
        area.setProperty("plain", True)
        area.setProperty("ringed", True)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        close = DialogButton("two_sends.close", self.tr("Close"), self)
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 20, 24, 16)
        whole.setSpacing(12)
        whole.addWidget(area, 1)
        whole.addLayout(buttons)
        resize_within_screen(self, QSize(BESIDE_PX + 96, 720), QSize(480, 320))

    @property
    def differences(self) -> list[str]:
        """The names of what is otherwise about the two."""
        pairs = zip(self._facts(*self._older), self._facts(*self._newer), strict=True)
        return [name for (name, older), (_, newer) in pairs if older != newer]

    def _make_facts(self, parent: QWidget) -> QGridLayout:
        """A line for each fact; where the two differ there is a sign, and bold letters."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        grid.setColumnStretch(3, 1)
        differing = self.differences
        pairs = zip(self._facts(*self._older), self._facts(*self._newer), strict=True)
        for row, ((name, older), (_, newer)) in enumerate(pairs):
            is_other = name in differing
            sign = QLabel("≠" if is_other else "", parent)
            sign.setAccessibleName(self.tr("different") if is_other else "")
            heading = plain_label(name, parent)
            heading.setProperty("quiet", True)
            heading.setWordWrap(False)
            grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(heading, row, 1, Qt.AlignmentFlag.AlignTop)
            for place, value in ((2, older), (3, newer)):
                label = plain_label(value, parent)
                label.setAccessibleName(f"{name}: {clean(value)}")
                label.setAlignment(Qt.AlignmentFlag.AlignTop)
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                font = label.font()
                font.setBold(is_other)
                label.setFont(font)
                grid.addWidget(label, row, place)
        return grid

    def _facts(self, row: SendRow, attempts: Sequence[AttemptRow]) -> list[tuple[str, str]]:
        said = outcome_words(row, is_dingtalk=is_by_dingtalk(row, attempts))
        status = self.tr("{status}.").format(status=status_word(row.status))
        return [
            (self.tr("Written down"), time.full_time(row.created_at)),
            (self.tr("Robot"), robot_words(row.robot_name, row.stage)),
            (self.tr("Address"), attempts[-1].url if attempts else ""),
            (self.tr("Kind"), kind_name(row.kind)),
            (self.tr("Outcome"), join_sentences((status, said.happened))),
            (self.tr("Answer"), own_words(row.errcode, row.errmsg)),
            (self.tr("How often it was sent"), str(row.attempts)),
            (self.tr("Duration"), time.duration(row.duration_ms)),
            ("msgUuid", row.msg_uuid),
            (self.tr("SHA-256 without msgUuid"), _short(body_sha256(row.message))),
        ]


def _short(digest: str) -> str:
    """As much of a hash as tells two apart; a whole one is wider than its column."""
    return f"{digest[:20]}…"
