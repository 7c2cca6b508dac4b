"""The dialog of a robot's check-up (体检)."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.checkup.report import (
    ABOUT_THE_MESSAGE,
    CheckupStep,
    FindingCode,
    StepFinding,
    StepResult,
    finding,
    waiting,
)
from dingcomposer.core.messages import Message
from dingcomposer.core.robot import Credentials, Robot
from dingcomposer.services.bridge import Bridge
from dingcomposer.ui import theme
from dingcomposer.ui.checkup.rows import CheckupRow
from dingcomposer.ui.checkup.runner import CheckupRunner, CheckupSources, start_probe
from dingcomposer.ui.checkup.test_messages import TestMessages
from dingcomposer.ui.robots.form_fields import Tone, show_note
from dingcomposer.ui.texts.checkup import (
    answerer,
    as_text,
    ask_label,
    is_asked_for,
    message_summary,
    summary,
)
from dingcomposer.ui.texts.robots import stage_word
from dingcomposer.ui.widgets.icons import dot_icon
from dingcomposer.ui.widgets.layouts import OrderedDialog
from dingcomposer.ui.widgets.plain_text import announce, plain_label

if TYPE_CHECKING:
    from dingcomposer.dingtalk.client import Client
    from dingcomposer.dingtalk.network import Network

_UNFINISHED = (StepResult.WAITING, StepResult.RUNNING)
# Without these nothing could be answered.
_NEEDED_TO_ASK = (
    CheckupStep.WEBHOOK,
    CheckupStep.TOKEN,
    CheckupStep.PROXY,
    CheckupStep.NAME,
    CheckupStep.CONNECTION,
    CheckupStep.TLS,
)


class CheckupDialog(OrderedDialog):
    """Checks `robot`, line by line, from the moment it is shown until it is closed.

    `read_credentials` is called in a thread of the check-up's own (it may wait; it raises
    SecretsUnavailable), and so are `network` and `make_client`. `message` is the one being written
    to this robot, None where there is none. `send` posts a test message like any other message.

    Signals:
        probed(str): one call with this robot's token is about to leave; it counts for its pace.
        meaning_wanted(str): show this section of the guide.
    """

    probed = Signal(str)
    meaning_wanted = Signal(str)

    def __init__(
        self,
        robot: Robot,
        read_credentials: Callable[[str], Credentials],
        message: Message | None,
        bridge: Bridge,
        parent: QWidget | None = None,
        *,
        make_client: "Callable[[], Client]",
        network: "Callable[[Robot], Network]",
        clock_ms: Callable[[], int],
        send: Callable[[Message], None],
    ) -> None:
        super().__init__(parent)
        self.setObjectName("checkup")
        self.setWindowTitle(self.tr("Check-up: {name}").format(name=robot.name))
        self._robot = robot
        self._message = message
        self._bridge = bridge
        self._clock_ms = clock_ms
        self._sources = CheckupSources(read_credentials, network, make_client, clock_ms)
        self._run: CheckupRunner | None = None
        self._is_closed = False
        self._is_running = self._is_asking = False
        self._who = answerer(robot)
        self.lines = {step: CheckupRow(step, self._who, self) for step in CheckupStep}
        self.trial = TestMessages(robot, send, self)
        self._summary = plain_label("", self, "checkup.summary")
        self._message_note = plain_label("", self, "checkup.message_note")
        self._note = QLabel(self)
        self._note.setObjectName("checkup.note")
        self.ask_button = self._button("checkup.ask", ask_label(robot))
        self.copy_button = self._button("checkup.copy", self.tr("Copy as text"))
        self.again_button = self._button("checkup.again", self.tr("Check again"))
        self.close_button = self._button("checkup.close", self.tr("Close"))
        self._lay_out()
        self._connect()

    @property
    def findings(self) -> tuple[StepFinding, ...]:
        """What the lines say now, in their order."""
        return tuple(line.finding for line in self.lines.values())

    def sizeHint(self) -> QSize:
        """Most of the lines at once, and within a window of 900 × 600."""
        return QSize(720, 600)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin."""
        super().showEvent(event)
        if self._run is None:
            self.close_button.setFocus()
            self._start()

    def done(self, result: int) -> None:
        """Close, however it came to that; what is under way ends."""
        self._is_closed = True
        if self._run is not None:
            self._run.cancel()
        super().done(result)

    # Building

    def _button(self, name: str, label: str) -> QPushButton:
        button = QPushButton(label, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        return button

    def _lay_out(self) -> None:
        area = QScrollArea(self)
        area.setObjectName("checkup.area")
        area.setAccessibleName(self.tr("Steps of the check-up"))
        area.setProperty("plain", True)
        area.setProperty("ringed", True)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._body())
        button_row = QHBoxLayout()
        button_row.setContentsMargins(24, 12, 24, 16)
        button_row.setSpacing(8)
        button_row.addWidget(self.copy_button)
        button_row.addWidget(self._note, 1)
        button_row.addStretch(0)
        button_row.addWidget(self.again_button)
        button_row.addWidget(self.close_button)
        line = QFrame(self)
        line.setProperty("hairline", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(area, 1)
        column.addWidget(line)
        column.addLayout(button_row)
        self.setMinimumSize(QSize(480, 300) * theme.text_scale())

    def _head(self) -> QGridLayout:
        dot = QLabel(self)
        dot.setPixmap(dot_icon(self._robot.colour).pixmap(QSize(16, 16), 3.0))
        name = plain_label(self._robot.name, self)
        name.setProperty("heading", True)
        stage = QLabel(stage_word(self._robot.stage), self)
        stage.setProperty("note", "bad" if self._robot.is_production else "quiet")
        head = QGridLayout()
        head.setContentsMargins(24, 18, 24, 12)
        head.setHorizontalSpacing(8)
        head.setVerticalSpacing(4)
        head.setColumnStretch(1, 1)
        head.addWidget(dot, 0, 0)
        head.addWidget(name, 0, 1)
        head.addWidget(stage, 0, 2)
        head.addWidget(self._summary, 1, 1)
        head.addWidget(self.ask_button, 1, 2, Qt.AlignmentFlag.AlignTop)
        return head

    def _body(self) -> QWidget:
        heading = plain_label(self.tr("The message you are writing"), self)
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 0, 24, 16)
        column.setSpacing(12)
        column.addWidget(self._panel(one for one in CheckupStep if one not in ABOUT_THE_MESSAGE))
        column.addWidget(heading)
        column.addWidget(self._message_note)
        column.addWidget(self._panel(one for one in CheckupStep if one in ABOUT_THE_MESSAGE))
        column.addWidget(self.trial)
        column.addStretch(1)
        return body

    def _panel(self, steps: Iterable[CheckupStep]) -> QFrame:
        """These steps' lines, one below the other."""
        panel = QFrame(self)
        panel.setProperty("panel", True)
        rows = QVBoxLayout(panel)
        rows.setContentsMargins(1, 2, 1, 2)
        rows.setSpacing(0)
        for number, step in enumerate(steps):
            if number:
                hairline = QFrame(panel)
                hairline.setProperty("hairline", True)
                rows.addWidget(hairline)
            rows.addWidget(self.lines[step])
        return panel

    def _connect(self) -> None:
        self.ask_button.clicked.connect(self._on_ask_clicked)
        self.copy_button.clicked.connect(self._on_copy_clicked)
        self.again_button.clicked.connect(self._start)
        self.close_button.clicked.connect(self.accept)
        self.close_button.setDefault(True)
        for line in self.lines.values():
            line.meaning_wanted.connect(self.meaning_wanted)

    # Checking

    def _start(self) -> None:
        for step, line in self.lines.items():
            line.show_finding(waiting(step))
        post = self._bridge.post
        run = CheckupRunner(
            self._robot,
            self._message,
            self._sources,
            found=lambda one: post(partial(self._on_found, one)),
            over=lambda: post(self._on_over),
        )
        self._run = run
        self._is_running = True
        self._show_state()
        run.start()

    def _on_found(self, one: StepFinding) -> None:
        if self._is_closed or not shiboken6.isValid(self):
            return
        self.lines[one.step].show_finding(one)
        self._show_state()

    def _on_over(self) -> None:
        if self._is_closed or not shiboken6.isValid(self):
            return
        self._is_running = False
        for step, line in self.lines.items():
            if line.finding.verdict in _UNFINISHED:
                line.show_finding(finding(step, StepResult.WARN, FindingCode.BROKE_OFF))
        self._show_state()
        announce(self, self._summary.text())

    def _on_ask_clicked(self) -> None:
        self._is_asking = True
        probe_line = self.lines[CheckupStep.PROBE]
        probe_line.show_finding(finding(CheckupStep.PROBE, StepResult.RUNNING, FindingCode.RUNNING))
        self._show_state()
        self.probed.emit(self._robot.robot_id)
        post = self._bridge.post
        start_probe(
            self._robot,
            self._sources,
            found=lambda one: post(partial(self._on_found, one)),
            over=lambda: post(self._on_asked),
        )

    def _on_asked(self) -> None:
        self._is_asking = False
        self._on_over()

    # What is shown

    def _show_state(self) -> None:
        is_busy = self._is_running or self._is_asking
        barred = any(
            self.lines[step].finding.verdict is StepResult.CROSS for step in _NEEDED_TO_ASK
        )
        self.ask_button.setEnabled(not is_busy and not barred)
        self.again_button.setEnabled(not is_busy)
        self.copy_button.setEnabled(not is_busy)
        why = self.tr("Only when the faults above are gone.") if barred and not is_busy else ""
        self.ask_button.setToolTip(why)
        self.ask_button.setAccessibleDescription(why)
        self.ask_button.setProperty("primary", is_asked_for(self.findings) and not barred)
        self.ask_button.style().unpolish(self.ask_button)
        self.ask_button.style().polish(self.ask_button)
        verdicts = {one.verdict for one in self.findings if one.step not in ABOUT_THE_MESSAGE}
        tone: Tone = "quiet"
        if StepResult.CROSS in verdicts:
            tone = "bad"
        elif StepResult.WARN in verdicts:
            tone = "warn"
        show_note(self._summary, summary(self.findings, self._who), tone)
        about_message = {one.verdict for one in self.findings if one.step in ABOUT_THE_MESSAGE}
        message_tone: Tone = "bad" if StepResult.CROSS in about_message else "warn"
        show_note(self._message_note, message_summary(self.findings), message_tone)
        show_note(self._note, "")

    def _on_copy_clicked(self) -> None:
        at = datetime.fromtimestamp(self._clock_ms() / 1000, UTC)
        QGuiApplication.clipboard().setText(as_text(self._robot, self.findings, at))
        show_note(self._note, self.tr("Copied, without token, secret or password."))
