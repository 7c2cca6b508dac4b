"""Resend dialog: which of the groups that failed get the message, and which wording of it."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.messages import Message
from dingcomposer.core.robot import Robot
from dingcomposer.services.outbox import message_for
from dingcomposer.services.recovery import same_failure
from dingcomposer.storage.history import SendRow
from dingcomposer.ui.texts.send.broadcast import first_time_sentence, same_failure_sentence
from dingcomposer.ui.widgets.icons import dot_icon
from dingcomposer.ui.widgets.layouts import OrderedDialog, resize_within_screen
from dingcomposer.ui.widgets.plain_text import plain_label

_ROW_PX = 64


class ResendDialog(OrderedDialog):
    """Groups that would fail again as they did are not ticked at first, and say why.

    `message` is what failed, `edited` what the draft has become since, or None where it has not.
    `chosen`, `message` and `own` are the answer once it is accepted.
    """

    def __init__(
        self,
        failed: Sequence[tuple[Robot, SendRow]],
        message: Message,
        edited: Message | None,
        now: datetime,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("resend")
        self.setWindowTitle(self.tr("Send to those that failed"))
        self._failed = tuple(failed)
        self._message, self._edited = message, edited
        self._now = now
        self._boxes: list[QCheckBox] = []
        self._notes: list[QLabel] = []
        self._as_it_is = QRadioButton(self.tr("as it stands in the window now (changed)"), self)
        self._as_sent = QRadioButton(self.tr("as it was sent"), self)
        self._words = plain_label("", self, "resend.words")
        self._buttons = QDialogButtonBox(self)
        self._next = QPushButton(self.tr("Continue…"), self._buttons)
        self._lay_out()
        self._show_notes()

    @property
    def message(self) -> Message:
        """The wording that is to be sent."""
        return self._message if self._chosen_edit is None else self._chosen_edit

    @property
    def own(self) -> dict[str, Message]:
        """What each group had been sent, by the robots' ids, where that is to be sent again."""
        if self._chosen_edit is not None:
            return {}
        return {robot.robot_id: row.message for robot, row in self._failed}

    @property
    def _chosen_edit(self) -> Message | None:
        return self._edited if self._as_it_is.isChecked() else None

    @property
    def chosen(self) -> tuple[Robot, ...]:
        """The robots that are ticked, in their order."""
        pairs = zip(self._failed, self._boxes, strict=True)
        return tuple(robot for (robot, _), box in pairs if box.isChecked())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        wordings = QButtonGroup(self)
        for radio, name in ((self._as_it_is, "resend.edited"), (self._as_sent, "resend.sent")):
            radio.setObjectName(name)
            radio.setVisible(self._edited is not None)
            wordings.addButton(radio)
        (self._as_sent if self._edited is None else self._as_it_is).setChecked(True)
        if self._edited is not None:
            heading = plain_label(self.tr("The message"), self)
            heading.setProperty("heading", True)
            column.addWidget(heading)
            column.addWidget(self._as_it_is)
            column.addWidget(self._as_sent)
        column.addWidget(self._words)
        column.addWidget(self._groups(), 1)
        column.addWidget(self._buttons)
        back = self._buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        back.setObjectName("resend.cancel")
        back.setAutoDefault(False)
        self._next.setObjectName("resend.next")
        self._next.setProperty("primary", True)
        self._buttons.addButton(self._next, QDialogButtonBox.ButtonRole.AcceptRole)
        self._next.setDefault(True)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._as_it_is.toggled.connect(self._show_notes)
        above = 130 if self._edited is None else 220
        wanted = QSize(520, min(above + _ROW_PX * len(self._failed), 560))
        resize_within_screen(self, wanted, QSize(420, 240))

    def _groups(self) -> QScrollArea:
        inside = QWidget()
        inside.setProperty("plain", True)
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 8, 0)
        rows.setSpacing(2)
        for at, (robot, _) in enumerate(self._failed):
            box = QCheckBox(robot.name.replace("&", "&&"), inside)
            box.setObjectName(f"resend.group.{at}")
            box.setIcon(dot_icon(robot.colour))
            box.toggled.connect(self._show_count)
            note = plain_label("", inside, f"resend.note.{at}")
            note.setContentsMargins(26, 0, 0, 8)
            rows.addWidget(box)
            rows.addWidget(note)
            self._boxes.append(box)
            self._notes.append(note)
        rows.addStretch(1)
        area = QScrollArea(self)
        area.setProperty("plain", True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setObjectName("resend.groups")
        area.setAccessibleName(self.tr("Groups"))
        area.setWidgetResizable(True)
        area.setWidget(inside)
        return area

    def _show_notes(self) -> None:
        """Say of each group what is to be expected of this wording, and tick by that."""
        is_any = False
        for (robot, row), box, note in zip(self._failed, self._boxes, self._notes, strict=True):
            its = message_for(robot, self.message, self.own)
            same = same_failure(row, its, robot, self._now)
            is_any = is_any or same is not None
            box.setChecked(same is None)
            note.setText(
                first_time_sentence(row, robot.keywords)
                if same is None
                else same_failure_sentence(same, row, robot.keywords)
            )
            box.setAccessibleDescription(note.text())
            note.setProperty("note", "quiet" if same is None else "warn")
            note.style().polish(note)
        self._words.setText(
            self.tr("Groups that would refuse it again are not ticked. You are asked once more.")
            if is_any
            else self.tr("You are asked once more before anything is sent.")
        )
        self._show_count()

    def _show_count(self) -> None:
        self._next.setEnabled(bool(self.chosen))
