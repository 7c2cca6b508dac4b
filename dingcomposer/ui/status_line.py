"""The line at the foot of the window: the last verdict, and how many messages are left."""

from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from dingcomposer.core.delivery import Status
from dingcomposer.core.limits import PACE_PER_MINUTE
from dingcomposer.core.robot import Robot
from dingcomposer.ui.outbox import Outbox
from dingcomposer.ui.send_flow import Verdict
from dingcomposer.ui.widgets.status_sign import colours_of
from dingcomposer.ui.wording.verdicts import status_word

TICK_MS = 1_000


class StatusLine(QStatusBar):
    """Says the newest thing at the left, and the robot's pace at the right."""

    def __init__(self, outbox: Outbox, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.setSizeGripEnabled(False)
        self._outbox = outbox
        self._robot: Robot | None = None
        self._said = self._label("status.said")
        self._left = self._label("status.left")
        self._notice = self._label("status.notice")
        self.addWidget(self._said, 1)
        self.addPermanentWidget(self._notice)
        self.addPermanentWidget(self._left)
        # The sliding minute frees places while nothing else happens.
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._show_left)
        outbox.reported.connect(self._show_left)
        outbox.added.connect(self._show_left)

    def say(self, sentence: str) -> None:
        """Show a sentence until there is a newer one."""
        self._said.setStyleSheet("")
        self._said.setText(sentence)
        self._said.setToolTip(sentence)

    def say_verdict(self, verdict: Verdict) -> None:
        """Show what came of a send."""
        report, group = verdict.report, verdict.robot.name
        if report.status is Status.DELIVERED and report.duration_ms is not None:
            sentence = self.tr("Delivered to {group} in {milliseconds} ms").format(
                group=group, milliseconds=QLocale().toString(round(report.duration_ms))
            )
        else:
            sentence = self.tr("{status}: {group}").format(
                status=status_word(report.status), group=group
            )
        self.say(sentence)
        self._said.setStyleSheet(f"color: {colours_of(report.status)[0]};")

    def show_address(self, address: str) -> None:
        """Show where a link in a message leads; nothing is opened from here."""
        self.say(self.tr("Leads to {address}").format(address=address))

    def set_notice(self, sentence: str) -> None:
        """Something that holds for this run, such as secrets in memory only; "" for nothing."""
        self._notice.setText(sentence)
        self._notice.setVisible(bool(sentence))

    def set_robot(self, robot: Robot | None) -> None:
        """Whose pace is shown."""
        self._robot = robot
        self._show_left()

    def _show_left(self) -> None:
        if self._robot is None:
            self._left.clear()
            self._tick.stop()
            return
        left = self._outbox.left(self._robot.robot_id)
        self._left.setText(
            self.tr("{left} of {limit} left this minute").format(left=left, limit=PACE_PER_MINUTE)
        )
        if left < PACE_PER_MINUTE:
            self._tick.start()
        else:
            self._tick.stop()

    def _label(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setContentsMargins(8, 0, 8, 0)
        # A long sentence must not make the window wider.
        label.setMinimumWidth(1)
        return label
