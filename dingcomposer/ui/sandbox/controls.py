"""Where the sandbox stands, what the robot that is looked at enforces, and what goes wrong next."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QRegularExpressionValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.limits import PACE_PER_MINUTE
from dingcomposer.sandbox.faults import FaultPlan
from dingcomposer.sandbox.rules import Rules
from dingcomposer.ui import theme
from dingcomposer.ui.sandbox.fault_picker import FaultPicker
from dingcomposer.ui.texts.translate import join_sentences
from dingcomposer.ui.widgets.layouts import FlowLayout

if TYPE_CHECKING:
    from dingcomposer.sandbox.server import SandboxRobot, SandboxServer

_ROW_PX = 32
# 1 to 65535, or nothing. With QIntValidator a line that was emptied never counts as edited.
_PORT = r"|[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5]"
_COMMAS = re.compile(r"[,，、]")


class SandboxControls(QFrame):
    """Every control works on the server at once; what it shows is read from there.

    Signals:
        clear_wanted(): a person wants an empty view.
        robot_wanted(): a person wants one more sandbox robot.
        robot_chosen(): another robot is looked at; see `robot`.
        rules_set(SandboxRobot): a person changed what this robot enforces.
        port_chosen(int): a person wants this port at each start; 0: any.
        token_kept(bool): a person wants tokens and secrets to stay, or not.
        said(str): a sentence for the status line.
    """

    clear_wanted = Signal()
    robot_wanted = Signal()
    robot_chosen = Signal()
    rules_set = Signal(object)
    port_chosen = Signal(int)
    token_kept = Signal(bool)
    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sandbox.head")
        self.setProperty("panel", True)
        self._server: SandboxServer | None = None
        self._robot: SandboxRobot | None = None
        self._is_newest_wanted = False
        self._address = QLabel(self)
        self._address.setObjectName("sandbox.address")
        self._address.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._clear = self._button("sandbox.clear", self.tr("Clear view"))
        self._robots = QComboBox(self)
        self._robots.setObjectName("sandbox.robot")
        self._add = self._button("sandbox.add", self.tr("+ Add a sandbox robot"))
        self._add.setToolTip(
            self.tr("To copy a real robot's rules, use that robot's context menu in the list")
        )
        self._copy_webhook = self._button("sandbox.copy_webhook", self.tr("Copy webhook"))
        self._copy_webhook.setToolTip(
            self.tr("For a script of your own: address and access token of this sandbox robot")
        )
        self._copy_secret = self._button("sandbox.copy_secret", self.tr("Copy secret"))
        self._copy_secret.setToolTip(self.tr("For a script of your own that signs its requests"))
        self._port = self._line("sandbox.port", self.tr("any"))
        self._port.setValidator(QRegularExpressionValidator(_PORT, self._port))
        self._port.setToolTip(
            self.tr("The port at each start, so that a script finds it again; empty: a free one")
        )
        self._keeps_token = QCheckBox(self.tr("Keep token and secret"), self)
        self._keeps_token.setObjectName("sandbox.keep_token")
        self._keeps_token.setToolTip(
            self.tr(
                "The same at each start, for all sandbox robots; they lie in the password store"
            )
        )
        self._signature = QCheckBox(self.tr("Signature required"), self)
        self._signature.setObjectName("sandbox.signature")
        self._pace = QCheckBox(self)
        self._pace.setText(self.tr("{limit} messages per minute").format(limit=PACE_PER_MINUTE))
        self._pace.setObjectName("sandbox.pace")
        self._keywords = self._line("sandbox.keywords", self.tr("none"))
        self._keywords.setToolTip(
            self.tr("A message must contain one of them; separate them with commas")
        )
        self._addresses = self._line("sandbox.addresses", self.tr("any"))
        self._addresses.setToolTip(
            self.tr("Only these may call: 1.1.1.1 or 1.1.1.0/24; separate them with commas")
        )
        self._caller = self._line("sandbox.caller", "127.0.0.1")
        self._caller.setToolTip(
            self.tr("The address from which calls seem to come, to try a list of addresses")
        )
        self._faults = FaultPicker(self)
        self._lay_out()
        self._connect()
        self.show_waiting(self.tr("The sandbox is starting…"))

    @property
    def robot(self) -> "SandboxRobot | None":
        """The robot that is looked at."""
        return self._robot

    def set_server(self, server: "SandboxServer") -> None:
        """The sandbox is up, or has other robots than before."""
        self._server = server
        where = self.tr("Listens on {address}, for this computer only.").format(address=server.url)
        if self._keeps_token.isChecked():
            kept = self.tr("Tokens and secrets stay the same; they lie in the password store.")
        else:
            kept = self.tr("Tokens and secrets are new at each start and never stored.")
        self._address.setText(join_sentences([where, kept]))
        self._controls.setEnabled(True)
        robots = server.robots
        before = self._robot
        if before not in robots or self._is_newest_wanted:
            self._robot = robots[-1] if self._is_newest_wanted else robots[0]
        self._is_newest_wanted = False
        self._robots.clear()
        for robot in robots:
            self._robots.addItem(robot.name, robot.number)
        if self._robot is not None:
            self._robots.setCurrentIndex(robots.index(self._robot))
        self.refresh()
        if self._robot is not before:
            self.robot_chosen.emit()

    def show_kept(self, port: int, *, keeps_token: bool) -> None:
        """Show what stays the same at each start; `port` 0: a free one each time."""
        self._port.setText(str(port) if port else "")
        self._port.setModified(False)
        self._keeps_token.setChecked(keeps_token)
        if self._server is not None:
            self.set_server(self._server)

    def show_waiting(self, sentence: str) -> None:
        """There is no sandbox (yet), and why."""
        self._server = self._robot = None
        self._address.setText(sentence)
        self._controls.setEnabled(False)

    def refresh(self) -> None:
        """Show what is enforced, and whether a fault is still to come."""
        if self._robot is None:
            return
        rules = self._robot.rules
        self._signature.setChecked(rules.secret_required)
        self._pace.setChecked(rules.pace_per_minute is not None)
        for line, words in (
            (self._keywords, ", ".join(rules.keywords)),
            (self._addresses, ", ".join(rules.addresses)),
            (self._caller, rules.caller),
        ):
            if not line.hasFocus():
                line.setText(words)
        self._faults.show_plans(self._robot.faults)

    # Building

    def _button(self, name: str, label: str) -> QPushButton:
        button = QPushButton(label, self)
        button.setObjectName(name)
        button.setAccessibleName(label)
        return button

    def _line(self, name: str, placeholder: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(name)
        line.setPlaceholderText(placeholder)
        return line

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._address, 1)
        top.addWidget(self._clear)
        self._address.setWordWrap(True)
        self._controls = QWidget(self)
        flow = FlowLayout(self._controls, gap=4)
        flow.addWidget(self._row(self._robots, self.tr("Robot"), 176))
        flow.addWidget(self._row(self._add))
        flow.addWidget(self._row(self._copy_webhook))
        flow.addWidget(self._row(self._copy_secret))
        flow.addWidget(self._row(self._port, self.tr("Port"), 64))
        flow.addWidget(self._row(self._keeps_token))
        flow.addWidget(self._row(self._signature))
        flow.addWidget(self._row(self._pace))
        flow.addWidget(self._row(self._keywords, self.tr("Keywords"), 176))
        flow.addWidget(self._row(self._addresses, self.tr("Allowed addresses"), 176))
        flow.addWidget(self._row(self._caller, self.tr("Calls come from"), 120))
        flow.addWidget(self._row(self._faults.kind, self.tr("What goes wrong"), 264))
        for widget in (self._faults.times, self._faults.taken):
            widget.setFixedHeight(theme.scaled_px(_ROW_PX))
            flow.addWidget(widget)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._controls.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self._controls)
        self.setSizePolicy(policy)

    def _row(self, widget: QWidget, label: str = "", width_px: int = 0) -> QWidget:
        """A control with its label, as high as all others."""
        row = QWidget(self._controls)
        row.setFixedHeight(theme.scaled_px(_ROW_PX))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 8, 0)
        line.setSpacing(8)
        if label:
            words = QLabel(label, row)
            words.setBuddy(widget)
            widget.setAccessibleName(label)
            line.addWidget(words)
        if width_px:
            widget.setFixedWidth(theme.scaled_px(width_px))
        line.addWidget(widget)
        return row

    def _connect(self) -> None:
        self._clear.clicked.connect(self.clear_wanted)
        self._add.clicked.connect(self._on_add_clicked)
        self._robots.activated.connect(self._on_robot_chosen)
        self._copy_webhook.clicked.connect(self._on_copy_webhook_clicked)
        self._copy_secret.clicked.connect(self._on_copy_secret_clicked)
        self._port.editingFinished.connect(self._on_port_left)
        self._keeps_token.clicked.connect(self.token_kept)
        self._signature.clicked.connect(self._on_signature_clicked)
        self._pace.clicked.connect(self._on_pace_clicked)
        for line in (self._keywords, self._addresses, self._caller):
            line.editingFinished.connect(self._on_lines_edited)
        self._faults.ordered.connect(self._on_fault_ordered)

    # What a person does

    def _on_add_clicked(self) -> None:
        self._is_newest_wanted = True
        self.robot_wanted.emit()

    def _on_copy_webhook_clicked(self) -> None:
        if self._server is not None and self._robot is not None:
            webhook = f"{self._server.url}?access_token={quote(self._robot.access_token, safe='')}"
            QGuiApplication.clipboard().setText(webhook)
            self.said.emit(self.tr("The sandbox's webhook is in the clipboard."))

    def _on_copy_secret_clicked(self) -> None:
        if self._robot is not None:
            QGuiApplication.clipboard().setText(self._robot.secret)
            self.said.emit(self.tr("The sandbox's secret is in the clipboard."))

    def _on_port_left(self) -> None:
        if self._port.isModified():
            self._port.setModified(False)
            self.port_chosen.emit(int(self._port.text() or 0))

    def _on_robot_chosen(self, index: int) -> None:
        if self._server is not None and self._server.robots[index] is not self._robot:
            self._robot = self._server.robots[index]
            self.refresh()
            self.robot_chosen.emit()

    def _on_signature_clicked(self, is_on: bool) -> None:
        if self._robot is not None:
            self._set(replace(self._robot.rules, secret_required=is_on))

    def _on_pace_clicked(self, is_on: bool) -> None:
        if self._robot is not None:
            pace = PACE_PER_MINUTE if is_on else None
            self._set(replace(self._robot.rules, pace_per_minute=pace))

    def _on_lines_edited(self) -> None:
        if self._robot is not None:
            self._set(
                replace(
                    self._robot.rules,
                    keywords=_entries(self._keywords.text()),
                    addresses=_entries(self._addresses.text()),
                    caller=self._caller.text().strip(),
                )
            )

    def _set(self, rules: Rules) -> None:
        if self._robot is not None and rules != self._robot.rules:
            self._robot.rules = rules
            self.rules_set.emit(self._robot)

    def _on_fault_ordered(self, plans: tuple[FaultPlan, ...]) -> None:
        if self._robot is not None:
            self._robot.faults = plans


def _entries(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, _COMMAS.split(text))))
