"""Labelled test messages of the chosen kinds, sent like any other message."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from dingcomposer.core.messages import Kind, Message
from dingcomposer.core.robot import Robot
from dingcomposer.ui import questions
from dingcomposer.ui.robots.form_fields import show_note
from dingcomposer.ui.texts.checkup import trial_message
from dingcomposer.ui.texts.messages import kind_name
from dingcomposer.ui.widgets.layouts import FlowLayout


class TestMessages(QFrame):
    """Boxes for the six kinds, and a button that hands one message of each chosen kind to `send`.

    A production robot asks first.
    """

    def __init__(
        self, robot: Robot, send: Callable[[Message], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("checkup.trial")
        self.setProperty("panel", True)
        self._robot = robot
        self._send = send
        self._boxes = {kind: self._box(kind) for kind in Kind}
        self._note = QLabel(self)
        self._note.setObjectName("checkup.trial.note")
        self.button = QPushButton(self.tr("Send test messages"), self)
        self.button.setObjectName("checkup.trial.send")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._on_clicked)
        self._lay_out()
        self._show_chosen()

    @property
    def chosen(self) -> tuple[Kind, ...]:
        """The kinds that are ticked."""
        return tuple(kind for kind, box in self._boxes.items() if box.isChecked())

    def _box(self, kind: Kind) -> QCheckBox:
        box = QCheckBox(kind_name(kind), self)
        box.setObjectName(f"checkup.trial.{kind.value}")
        box.toggled.connect(self._show_chosen)
        return box

    def _lay_out(self) -> None:
        heading = QLabel(self.tr("Test messages"), self)
        intro = QLabel(self)
        show_note(
            intro,
            self.tr(
                "Each is posted to the group, says that it is a test, and appears in the history."
            ),
        )
        boxes = QWidget(self)
        flow = FlowLayout(boxes)
        for box in self._boxes.values():
            flow.addWidget(box)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(6)
        for widget in (heading, intro, boxes):
            column.addWidget(widget)
        column.addWidget(self._note)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_chosen(self) -> None:
        self.button.setEnabled(bool(self.chosen))
        show_note(self._note, "")

    def _on_clicked(self) -> None:
        kinds = self.chosen
        if self._robot.is_production and not self._may_send(kinds):
            return
        for kind in kinds:
            self._send(trial_message(kind, self._robot))
            self._boxes[kind].setChecked(False)
        show_note(self._note, self.tr("Handed over. The history shows the outcome."))

    def _may_send(self, kinds: tuple[Kind, ...]) -> bool:
        words = self.tr("Post test messages to the production group {group}?")
        details = self.tr("Kinds: {kinds}")
        question = questions.Question(
            "checkup_trial",
            self.tr("Test messages"),
            words.format(group=self._robot.name),
            (
                questions.back(),
                questions.Choice("send", self.tr("Post them")),
            ),
            "back",
            details.format(kinds=", ".join(map(kind_name, kinds))),
        )
        return questions.ask(self, question) == "send"
