"""Connection section of the robot form: whether there is a webhook, its parts, the signature."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from dingcomposer.core.authority import AuthorityError, read_authority
from dingcomposer.core.checks.problems import Problem, Severity
from dingcomposer.core.checks.robots import check_secret, check_token
from dingcomposer.core.robot import Robot
from dingcomposer.core.webhook import PastedError, PastedWebhook, parse_pasted
from dingcomposer.ui.robots.form_fields import FieldRows, NotedLine, show_note
from dingcomposer.ui.robots.secret_field import Kept, SecretField
from dingcomposer.ui.texts.problems import problem_sentence
from dingcomposer.ui.texts.translate import join_sentences


class ConnectionSection(FieldRows):
    """Whether there is a webhook and to which host it leads; whether the robot signs.

    `parts` holds the webhook's address and its token, masked: whoever pastes never needs them, so
    the form places them where it has its technical details.

    Signals:
        changed: a person changed something.
        webhook_typed(Pasted): a whole webhook was put into one of the fields; it left the field.
    """

    changed = Signal()
    webhook_typed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signed = self._is_secret_removed = False
        self._why = ""
        self.webhook = QLabel(self)
        self.webhook.setObjectName("robot.webhook")
        self.webhook.setTextFormat(Qt.TextFormat.PlainText)
        self.webhook.setWordWrap(True)
        self.parts = FieldRows(self)
        label = self.tr("Webhook, without its token")
        self.endpoint = NotedLine("robot.endpoint", label, self.parts)
        self.token = SecretField("robot.token", self.tr("Access token"), self.parts)
        self.signature = QCheckBox(self.tr("The robot checks a signature (加签)"), self)
        self.signature.setObjectName("robot.signature")
        self.signature.setAccessibleName(self.signature.text())
        self.secret = SecretField("robot.secret", self.tr("Signing secret"), self, can_remove=True)
        self.secret.line.setPlaceholderText("SEC…")
        self._signing = QLabel(self)
        self._signing.setObjectName("robot.signature.note")
        self.add_row(self.tr("Webhook"), self.webhook, top_px=0)
        self.add_row(self.tr("Signature"), self._signature_box(), top_px=3)
        self.parts.add_row(self.tr("Webhook address"), self.endpoint)
        self.parts.add_row(self.tr("Access token"), self.token)
        self.endpoint.edited.connect(self._on_endpoint_edited)
        self.token.changed.connect(self._on_token_changed)
        self.secret.changed.connect(self._on_secret_changed)
        self.signature.clicked.connect(self._on_signature_clicked)

    def show_robot(self, robot: Robot) -> None:
        """Show where a robot stands."""
        self.endpoint.line.setText(robot.endpoint)
        self.signature.setChecked(robot.expects_signature)
        self._signed = robot.expects_signature
        self.show_signing()

    def set_kept(self, token: Kept, secret: Kept, why: str) -> None:
        """What is known of the token and secret that are kept."""
        self.token.set_kept(token, why)
        self.secret.set_kept(secret, why)
        self._why = why
        self.show_signing()
        self._show_webhook()

    def fill(self, pasted: PastedWebhook) -> None:
        """Take over what was pasted."""
        if pasted.endpoint:
            self.endpoint.line.setText(pasted.endpoint)
        if pasted.access_token:
            self.token.fill(pasted.access_token)
        if pasted.secret:
            self.secret.fill(pasted.secret)

    def apply(self, robot: Robot) -> Robot:
        """The robot with what stands here; token and secret are read from their fields."""
        return replace(
            robot, endpoint=self.endpoint.text, expects_signature=self.signature.isChecked()
        )

    def secret_problems(self) -> tuple[Problem, ...]:
        """What is wrong with a token or secret that was typed."""
        token, secret = self.token.typed, self.secret.typed
        return (*(check_token(token) if token else ()), *check_secret(secret))

    def show_problems(self, endpoint: tuple[Problem, ...], of_secrets: tuple[Problem, ...]) -> None:
        """Tell each problem below its field."""
        self.endpoint.show_problems(endpoint)
        for field, path in ((self.token, "robot.token"), (self.secret, "robot.secret")):
            own = [one for one in of_secrets if one.field == path]
            blocks = any(one.severity is Severity.BLOCKS for one in own)
            field.show_trouble("\n".join(map(problem_sentence, own)), blocks=blocks)
        self._show_webhook()

    def show_signing(self) -> None:
        """Say what follows from the signature and the secret as they are."""
        signs, has_secret = self.signature.isChecked(), self.secret.has_value
        self.secret.setVisible(signs or has_secret or self.secret.is_removed)
        if signs and not has_secret:
            words = self.tr(
                "Paste the secret that begins with SEC; without it DingTalk refuses every message."
            )
            show_note(self._signing, words, "warn")
        elif has_secret and not signs:
            words = self.tr("A secret is stored, so messages are still signed.")
            show_note(self._signing, words)
        else:
            show_note(self._signing, "")

    def _host(self) -> str:
        try:
            return str(read_authority(self.endpoint.text))
        except AuthorityError:
            return "?"  # what is wrong with it stands below its field

    def _show_webhook(self) -> None:
        """Say whether there is a webhook, and whose address it has."""
        host, kept = self._host(), self.token.kept
        odd = check_token(self.token.typed) if self.token.typed else ()
        if odd:
            words = self.tr("{host}. {why}")
            why = join_sentences(problem_sentence(one) for one in odd)
            show_note(self.webhook, words.format(host=host, why=why), "warn")
        elif self.token.typed:
            replaces = kept is not Kept.EMPTY
            words = self.tr("{host}, a new one: it takes the place of the one before when saved.")
            words = (words if replaces else self.tr("{host}, found.")).format(host=host)
            show_note(self.webhook, words)
        elif kept is Kept.KEPT:
            show_note(self.webhook, self.tr("{host}, stored.").format(host=host))
        elif kept is Kept.UNREADABLE:
            words = self.tr("It is left unchanged. {why}").format(why=self._why)
            show_note(self.webhook, words, "warn")
        else:
            show_note(self.webhook, self.tr("Paste it at the top."))

    def _signature_box(self) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for one in (self.signature, self.secret, self._signing):
            column.addWidget(one)
        box.setFocusProxy(self.signature)
        return box

    def _on_endpoint_edited(self) -> None:
        if "access_token=" in self.endpoint.text:
            self._take_webhook(self.endpoint.text)
        self.changed.emit()

    def _on_token_changed(self) -> None:
        typed = self.token.typed
        if "://" in typed or "access_token=" in typed:
            self._take_webhook(typed)
        self.changed.emit()

    def _on_secret_changed(self) -> None:
        if self.secret.typed:
            self.signature.setChecked(True)
        elif self.secret.is_removed != self._is_secret_removed:
            # Without its secret a robot cannot sign; with it back it signs as before.
            self._is_secret_removed = self.secret.is_removed
            self.signature.setChecked(self._signed and not self.secret.is_removed)
        self.show_signing()
        self.changed.emit()

    def _on_signature_clicked(self, is_on: bool) -> None:
        self._signed = is_on
        self.show_signing()
        self.changed.emit()

    def _take_webhook(self, text: str) -> None:
        # A webhook in the wrong field is taken apart as well: its token must not stand in sight.
        try:
            pasted = parse_pasted(text)
        except PastedError:
            return
        if pasted.endpoint and pasted.access_token:
            self.webhook_typed.emit(pasted)
