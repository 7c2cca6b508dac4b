"""The dialog in which a robot is added or edited."""

from dataclasses import replace
from functools import partial

import shiboken6
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.robot import Robot, Stage, unlike
from dingcomposer.services.robot_profiles import RobotProfiles, SecretsStatus, new_robot_id
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.secrets import (
    KEEP,
    CredentialsChange,
    Outcome,
    SecretsReason,
    SecretsState,
    SecretsUnavailable,
)
from dingcomposer.ui import questions
from dingcomposer.ui.robots.form import RobotForm
from dingcomposer.ui.robots.form_fields import Tone, show_note
from dingcomposer.ui.robots.prompts import confirm_host, confirm_looks, confirm_token
from dingcomposer.ui.robots.secret_field import Kept, SecretField
from dingcomposer.ui.texts.problems import field_label
from dingcomposer.ui.texts.storage import secrets_sentence, storage_sentence
from dingcomposer.ui.texts.translate import join_names
from dingcomposer.ui.widgets.buttons import DefaultButton, DialogButton, answer_row
from dingcomposer.ui.widgets.layouts import OrderedDialog, resize_within_screen


class RobotDialog(OrderedDialog):
    """Adds a robot, or edits `robot`. It stays open until what was entered is kept.

    `field` is where to begin, for example "robot.secret".

    Signals:
        saved(str): the robot of this id is kept as it was entered.
    """

    saved = Signal(str)

    def __init__(
        self,
        robot_profiles: RobotProfiles,
        robot: Robot | None = None,
        parent: QWidget | None = None,
        *,
        field: str = "",
    ) -> None:
        super().__init__(parent)
        self.setObjectName("robot")
        self._robot_profiles = robot_profiles
        self._known = robot
        self._field = field
        self._is_saving = False
        self.setWindowTitle(self.tr("Add a robot") if robot is None else self.tr("Edit robot"))
        shown = robot or self._new_robot()
        taken = robot_profiles.names(besides=shown.robot_id)
        self.form = RobotForm(shown, taken, self, is_new=robot is None)
        self.reason = QLabel(self)
        self.cancel_button = DialogButton("robot.cancel", self.tr("Cancel"), self)
        self.save_button = DefaultButton("robot.save", self.tr("Save"), self)
        self._lay_out()
        self._connect()
        self._show_kept()
        self._show_reason()

    def sizeHint(self) -> QSize:
        """Calm, and within a window of 900 × 600."""
        return QSize(600, 580)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin where filling in begins."""
        super().showEvent(event)
        if not event.spontaneous():
            self.form.focus_field(self._field)

    def reject(self) -> None:
        """Close; what was entered and not saved is asked about once."""
        if self._is_saving or not self.form.is_changed or self._may_discard():
            super().reject()

    # Building

    def _new_robot(self) -> Robot:
        taken = [robot.colour for robot in self._robot_profiles.robots]
        return Robot(new_robot_id(), "", colour=unlike(taken), stage=Stage.PRODUCTION)

    def _lay_out(self) -> None:
        area = QScrollArea(self)
        area.setObjectName("robot.area")
        area.setProperty("plain", True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.form.setContentsMargins(24, 20, 24, 16)
        area.setWidget(self.form)
        line = QFrame(self)
        line.setProperty("hairline", True)
        self.reason.setObjectName("robot.reason")
        row = answer_row(self, self.reason, self.save_button, self.cancel_button)
        row.setContentsMargins(24, 12, 24, 16)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(area, 1)
        column.addWidget(line)
        column.addLayout(row)
        # The form scrolls up and down only: what is wider than the dialog would be cut off.
        bar = area.verticalScrollBar().sizeHint().width()
        least = QSize(max(460, self.form.minimumSizeHint().width() + bar), 360)
        resize_within_screen(self, self.sizeHint(), least, is_measured=True)

    def _connect(self) -> None:
        fields = self.form.connection
        fields.token.reveal_requested.connect(partial(self._reveal, fields.token))
        fields.secret.reveal_requested.connect(partial(self._reveal, fields.secret))
        password = self.form.network.password
        password.reveal_requested.connect(partial(self._reveal, password))
        self.form.changed.connect(self._show_reason)
        self._robot_profiles.keyring_found.connect(self._show_reason)
        self._robot_profiles.find_keyring()
        self.save_button.clicked.connect(self._on_save_clicked)
        self.cancel_button.clicked.connect(self.reject)
        self._robot_profiles.changed.connect(self._show_kept)

    # What is kept

    def _show_kept(self) -> None:
        robot = self._robot_profiles.get(self._known.robot_id) if self._known is not None else None
        if robot is None:
            return
        seen = self._robot_profiles.seen(robot.robot_id)
        if seen is SecretsStatus.UNREADABLE:
            reason = self._robot_profiles.reason(robot.robot_id) or SecretsReason.BROKEN
            why = secrets_sentence(reason)
            self.form.connection.set_kept(Kept.UNREADABLE, Kept.UNREADABLE, why)
            password = Kept.UNREADABLE if robot.has_proxy_password else Kept.EMPTY
            self.form.network.password.set_kept(password, why)
            return
        is_gone = seen is SecretsStatus.MISSING
        token = Kept.KEPT if robot.has_token and not is_gone else Kept.EMPTY
        secret = Kept.KEPT if robot.has_secret and not is_gone else Kept.EMPTY
        password = Kept.KEPT if robot.has_proxy_password and not is_gone else Kept.EMPTY
        self.form.connection.set_kept(token, secret, "")
        self.form.network.password.set_kept(password)

    def _reveal(self, field: SecretField) -> None:
        if self._known is None:
            return
        self._robot_profiles.request_credentials(
            self._known.robot_id, partial(self._on_revealed, field)
        )

    def _on_revealed(self, field: SecretField, outcome: Outcome) -> None:
        if not shiboken6.isValid(self):
            return
        if isinstance(outcome, SecretsUnavailable):
            field.cannot_show(secrets_sentence(outcome.reason))
        elif field is self.form.connection.token:
            field.show_kept(outcome.access_token)
        elif field is self.form.network.password:
            field.show_kept(outcome.proxy_password or "")
        else:
            field.show_kept(outcome.secret or "")

    # Saving

    def _on_save_clicked(self) -> None:
        if not self.form.paste.take() or self._blocked():
            self._show_reason()
            return
        robot = self._confirmed()
        if robot is None:
            return
        now = self._robot_profiles.get(robot.robot_id)
        if now is not None:  # what was learned of its secrets while the dialog was open
            robot = replace(
                robot,
                has_token=now.has_token,
                has_secret=now.has_secret,
                has_proxy_password=now.has_proxy_password,
            )
        change = CredentialsChange(
            self.form.connection.token.value() or KEEP,
            self.form.connection.secret.value(),
            self.form.network.password.value(),
        )
        keep = self._robot_profiles.add if self._known is None else self._robot_profiles.save
        self._set_saving(not change.is_empty)
        try:
            keep(robot, change, self._on_kept)
        except StorageError as error:
            self._set_saving(False)
            self._say(storage_sentence(error.fault), "bad")
            return
        self._known = robot
        self.form.set_stored(robot)
        if change.is_empty:
            self._finish()

    def _confirmed(self) -> Robot | None:
        """The robot, once all is confirmed that has to be; None where it is not."""
        fields = self.form.connection
        if not confirm_looks(self, fields.token.typed, fields.secret.typed):
            return None
        robot, token = confirm_host(self, self.form.robot, self._known), fields.token.typed
        if robot is None or not token:
            return robot
        return robot if confirm_token(self, self._robot_profiles, robot, token) else None

    def _on_kept(self, outcome: Outcome) -> None:
        if not shiboken6.isValid(self):
            return
        self._set_saving(False)
        if isinstance(outcome, SecretsUnavailable):
            words = self.tr("The robot is saved, but its webhook and secret are not. {why}")
            self._say(words.format(why=secrets_sentence(outcome.reason)), "bad")
            return
        self._finish()

    def _finish(self) -> None:
        assert self._known is not None
        self.saved.emit(self._known.robot_id)
        self.accept()

    def _set_saving(self, is_saving: bool) -> None:
        self._is_saving = is_saving
        self.form.setEnabled(not is_saving)
        self._show_reason()

    def _may_discard(self) -> bool:
        question = questions.Question(
            "discard_robot",
            self.tr("Close without saving"),
            self.tr("Close without saving what you entered?"),
            (
                questions.back(),
                questions.Choice("discard", self.tr("Close"), is_destructive=True),
            ),
            "back",
        )
        return questions.ask(self, question) == "discard"

    # What is said

    def _blocked(self) -> str:
        fields = [one.field for one in self.form.blocking]
        if self.form.lacks_webhook:
            fields.insert(0, "robot.endpoint")
        labels = dict.fromkeys(field_label(_group_of(field)) for field in fields)
        if not labels:
            return ""
        words = self.tr("Still to fill in or correct: {fields}")
        return words.format(fields=join_names(labels))

    def _show_reason(self) -> None:
        blocked = self._blocked()
        self.save_button.setEnabled(not blocked and not self._is_saving)
        self.save_button.setAccessibleDescription(blocked)
        if self._is_saving:
            self._say(self.tr("Saving webhook and secret…"))
        elif blocked:
            self._say(blocked)
        elif self._robot_profiles.secrets_state is SecretsState.MEMORY:
            self._say(secrets_sentence(SecretsReason.MISSING), "warn")
        else:
            self._say("")

    def _say(self, words: str, tone: Tone = "quiet") -> None:
        show_note(self.reason, words, tone)


def _group_of(field: str) -> str:
    """ "robot.keywords" for "robot.keywords.3": the reason names fields, a field its entries."""
    return ".".join(field.split(".")[:2])
