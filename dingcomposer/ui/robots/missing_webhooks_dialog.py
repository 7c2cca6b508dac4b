"""The one dialog that asks for all webhooks that are gone, at the start of the program."""

from collections.abc import Sequence
from dataclasses import replace

import shiboken6
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.robot import Robot
from dingcomposer.core.webhook import PastedWebhook
from dingcomposer.services.robot_profiles import RobotProfiles, SecretsStatus
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.secrets import KEEP, CredentialsChange, Outcome, SecretsUnavailable
from dingcomposer.ui.robots.form_fields import Tone, show_note
from dingcomposer.ui.robots.paste_field import PasteBox
from dingcomposer.ui.robots.prompts import confirm_host, confirm_looks, confirm_token
from dingcomposer.ui.texts.robots import missing_reason, stage_word
from dingcomposer.ui.texts.storage import secrets_sentence, storage_sentence
from dingcomposer.ui.widgets.buttons import DefaultButton, DialogButton, answer_row
from dingcomposer.ui.widgets.icons import dot_icon
from dingcomposer.ui.widgets.layouts import OrderedDialog, resize_within_screen
from dingcomposer.ui.widgets.plain_text import plain_label


def robots_without_webhook(robot_profiles: RobotProfiles) -> tuple[Robot, ...]:
    """The robots in the list of which it is known that no token is kept."""
    return tuple(
        robot
        for robot in robot_profiles.robots
        if not robot.is_sandbox and robot_profiles.seen(robot.robot_id) is SecretsStatus.MISSING
    )


class MissingRow(QFrame):
    """One robot, and a field for its webhook; what is pasted one after the other adds up.

    Signals:
        changed: something was found in a paste.
    """

    changed = Signal()

    def __init__(self, robot: Robot, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.robot = robot
        self.access_token: str | None = None
        self.secret: str | None = None
        self.paste = PasteBox(f"missing.{robot.robot_id}", self, lines=1)
        self.paste.field.setAccessibleName(self.tr("Webhook of {name}").format(name=robot.name))
        self._needs = QLabel(self)
        self._needs.setObjectName(f"missing.{robot.robot_id}.secret")
        self._asks_for_secret = robot.expects_signature
        self._lay_out()
        self._show_needs()
        self.paste.found.connect(self._on_found)

    def _lay_out(self) -> None:
        dot = QLabel(self)
        dot.setPixmap(dot_icon(self.robot.colour).pixmap(QSize(16, 16)))
        name = plain_label(self.robot.name, self)
        stage = QLabel(stage_word(self.robot.stage), self)
        stage.setProperty("note", "bad" if self.robot.is_production else "quiet")
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(dot)
        head.addWidget(name, 1)
        head.addWidget(stage)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.paste)
        column.addWidget(self._needs)

    def _show_needs(self) -> None:
        needs = self.robot.expects_signature and self.secret is None
        words = self.tr("It checks signatures: paste its SEC… secret too.")
        show_note(self._needs, words if needs else "")
        self._needs.setVisible(self._asks_for_secret)  # an answer moves no field below

    def _on_found(self, pasted: PastedWebhook) -> None:
        if pasted.endpoint:
            self.robot = replace(self.robot, endpoint=pasted.endpoint)
        if pasted.access_token:
            self.access_token = pasted.access_token
        if pasted.secret:
            self.secret = pasted.secret
            self.robot = replace(self.robot, expects_signature=True)
        self._show_needs()
        self.changed.emit()


class MissingWebhooksDialog(OrderedDialog):
    """Lists the robots whose webhooks are gone and says why. Any of them may wait for later."""

    def __init__(self, robot_profiles: RobotProfiles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("missing")
        self.setWindowTitle(self.tr("Webhooks to paste"))
        self._robot_profiles = robot_profiles
        self._waiting: set[str] = set()
        self._troubles: list[str] = []
        self.rows = [MissingRow(robot, self) for robot in robots_without_webhook(robot_profiles)]
        self.reason = QLabel(self)
        self.later_button = DialogButton("missing.later", self.tr("Later"), self)
        self.save_button = DefaultButton("missing.save", self.tr("Save"), self)
        self._lay_out()
        for row in self.rows:
            row.changed.connect(self._show_reason)
            row.paste.field.confirmed.connect(self._on_enter)
        self.later_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._on_save_clicked)
        self._show_reason()

    def sizeHint(self) -> QSize:
        """As high as a few robots need."""
        return QSize(560, min(220 + 128 * len(self.rows), 560))

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the first robot."""
        super().showEvent(event)
        if self.rows and not event.spontaneous():
            self.rows[0].paste.setFocus()

    def _lay_out(self) -> None:
        heading = QLabel(self.tr("%n robot(s) cannot send yet", "", len(self.rows)), self)
        heading.setProperty("heading", True)
        why = QLabel(self)
        why.setObjectName("missing.why")
        show_note(why, missing_reason(self._robot_profiles))
        inside = QWidget()
        inside.setProperty("plain", True)
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        for row in self.rows:
            rows.addWidget(row)
        rows.addStretch(1)
        area = QScrollArea(self)
        area.setProperty("plain", True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(heading)
        column.addWidget(why)
        column.addWidget(area, 1)
        self.reason.setObjectName("missing.reason")
        column.addLayout(answer_row(self, self.reason, self.save_button, self.later_button))
        resize_within_screen(self, self.sizeHint(), QSize(440, 260))

    def _filled(self) -> list[MissingRow]:
        return [row for row in self.rows if row.access_token]

    def _show_reason(self) -> None:
        filled = len(self._filled())
        self.save_button.setEnabled(filled > 0 and not self._waiting)
        words = self.tr("Paste at least one webhook.") if not filled else ""
        if filled and filled < len(self.rows):
            words = self.tr("%n can wait for later.", "", len(self.rows) - filled)
        self._say(words)

    def _on_enter(self) -> None:
        """Enter in a field that holds nothing more to be taken apart."""
        if self.save_button.isEnabled():
            self._on_save_clicked()

    def _on_save_clicked(self) -> None:
        left = [row for row in self.rows if not row.paste.take()]
        if left:
            left[0].paste.setFocus()
            return
        self._troubles.clear()
        ready: list[tuple[MissingRow, Robot]] = []
        for row in self._filled():
            robot = confirm_host(self, row.robot, self._robot_profiles.get(row.robot.robot_id))
            if robot is None or not self._may_have(row, [one for one, _ in ready]):
                row.paste.setFocus()
                return
            ready.append((row, robot))
        self._waiting = {robot.robot_id for _, robot in ready}
        self._show_reason()
        for row, robot in ready:
            self._save(row, robot)

    def _may_have(self, row: MissingRow, before: Sequence[MissingRow]) -> bool:
        """Whether a row's webhook is whole and its robot's own, or is meant all the same."""
        if not confirm_looks(self, row.access_token or "", row.secret or ""):
            return False
        same = [one.robot for one in before if one.access_token == row.access_token]
        token = row.access_token or ""
        return confirm_token(self, self._robot_profiles, row.robot, token, same)

    def _save(self, row: MissingRow, robot: Robot) -> None:
        def on_kept(outcome: Outcome) -> None:
            if not shiboken6.isValid(self):
                return
            if isinstance(outcome, SecretsUnavailable):
                self._finish(robot, secrets_sentence(outcome.reason))
            else:
                self._finish(robot, "")

        try:
            change = CredentialsChange(row.access_token or KEEP, row.secret or KEEP)
            self._robot_profiles.save(robot, change, on_kept)
        except StorageError as error:
            self._finish(robot, storage_sentence(error.fault))

    def _finish(self, robot: Robot, trouble: str) -> None:
        self._waiting.discard(robot.robot_id)
        if trouble:
            words = self.tr("{name}: {why}").format(name=robot.name, why=trouble)
            self._troubles.append(words)
        if self._waiting:
            return
        if self._troubles:
            self._show_reason()
            self._say("\n".join(self._troubles), "bad")
        else:
            self.accept()

    def _say(self, words: str, tone: Tone = "quiet") -> None:
        show_note(self.reason, words, tone)
