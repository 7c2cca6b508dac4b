"""Network section of the robot form: the proxy, and whose certificates are trusted."""

import re
from dataclasses import replace
from urllib.parse import unquote

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.checks.problems import Problem
from dingcomposer.core.robot import ProxyMode, Robot, TrustSource
from dingcomposer.dingtalk.network import Environment, read_environment
from dingcomposer.ui import questions
from dingcomposer.ui.robots.form_fields import FieldRows, NotedLine, show_note
from dingcomposer.ui.robots.secret_field import SecretField
from dingcomposer.ui.texts.translate import join_names, join_sentences

_PORT_AT_END = re.compile(r"@[^@]*:[0-9]+/?$")


class NetworkSection(FieldRows):
    """Proxy and certificates, and below each what the environment says and whether it is obeyed.

    Signals:
        changed: a person changed one of them.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._environment = read_environment()
        self.way = self._choice("robot.way", self.tr("Proxy"))
        for way, words in (
            (ProxyMode.SYSTEM, self.tr("The system's proxy")),
            (ProxyMode.DIRECT, self.tr("No proxy")),
            (ProxyMode.PROXY, self.tr("A proxy of this robot")),
        ):
            self.way.addItem(words, way.value)
        self.proxy = NotedLine("robot.proxy", self.tr("Address of the proxy"), self)
        self.proxy.line.setPlaceholderText(self.tr("For example http://10.0.0.1:8080"))
        self.user = QLineEdit(self)
        self.user.setObjectName("robot.proxy_user")
        self.user.setAccessibleName(self.tr("User name at the proxy"))
        self.user.setPlaceholderText(self.tr("User name, if the proxy asks for one"))
        self.password = SecretField(
            "robot.proxy_password",
            self.tr("Password at the proxy"),
            self,
            can_remove=True,
            hint=self.tr("Password, if the proxy asks for one"),
        )
        self._way_note = self._note("robot.way.note")
        self.trust = self._choice("robot.trust", self.tr("Trusted certificates"))
        for trust, words in (
            (TrustSource.SYSTEM, self.tr("The system's trust store")),
            (TrustSource.BUNDLED, self.tr("Mozilla's list, which is included")),
            (TrustSource.FILE, self.tr("A CA file of this robot")),
            (TrustSource.ENVIRONMENT, self.tr("The file that the environment names")),
        ):
            self.trust.addItem(words, trust.value)
        self.ca_file = NotedLine("robot.ca_file", self.tr("Path of the CA file"), self)
        self.ca_file.line.setPlaceholderText(self.tr("Path of a PEM file"))
        self.choose_button = QPushButton(self.tr("Choose…"), self)
        self.choose_button.setObjectName("robot.ca_file.choose")
        self.choose_button.setAccessibleName(self.tr("Choose the CA file"))
        self.choose_button.setAutoDefault(False)
        self._trust_note = self._note("robot.trust.note")
        self._lay_out()
        self._connect()

    def show_robot(self, robot: Robot) -> None:
        """Show how a robot's host is reached."""
        self.way.setCurrentIndex(self.way.findData(robot.way.value))
        self.proxy.line.setText(robot.proxy)
        self.user.setText(robot.proxy_user)
        self.trust.setCurrentIndex(self.trust.findData(robot.trust.value))
        self.ca_file.line.setText(robot.ca_file)
        self._show()

    def apply(self, robot: Robot) -> Robot:
        """The robot with what stands here; the password is read from its field."""
        return replace(
            robot,
            way=ProxyMode(self.way.currentData()),
            proxy=self.proxy.text,
            proxy_user=self.user.text().strip(),
            trust=TrustSource(self.trust.currentData()),
            ca_file=self.ca_file.text,
        )

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Tell each problem below its field."""
        for field, path in ((self.proxy, "robot.proxy"), (self.ca_file, "robot.ca_file")):
            field.show_problems(tuple(one for one in problems if one.field == path))

    # Building

    def _choice(self, name: str, label: str) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName(name)
        box.setAccessibleName(label)
        return box

    def _note(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        return label

    def _lay_out(self) -> None:
        self._own_proxy = _column(self.proxy, self.user, self.password)
        self._own_file = QWidget(self)
        row = QHBoxLayout(self._own_file)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.ca_file, 1)
        row.addWidget(self.choose_button)
        way = _column(self.way, self._own_proxy, self._way_note)
        way.setFocusProxy(self.way)
        trust = _column(self.trust, self._own_file, self._trust_note)
        trust.setFocusProxy(self.trust)
        self.add_row(self.tr("Proxy"), way)
        self.add_row(self.tr("Certificates"), trust)

    def _connect(self) -> None:
        for box in (self.way, self.trust):
            box.activated.connect(self._on_chosen)
        self.proxy.edited.connect(self._on_proxy_edited)
        self.proxy.left.connect(self._on_proxy_left)
        self.ca_file.edited.connect(self.changed)
        self.user.textEdited.connect(self.changed)
        self.password.changed.connect(self.changed)
        self.choose_button.clicked.connect(self._on_choose_clicked)

    # What a person does

    def _on_chosen(self) -> None:
        self._show()
        self.changed.emit()

    def _on_proxy_edited(self) -> None:
        if _PORT_AT_END.search(self.proxy.text):  # before, its host may still be being typed
            self._take_apart()
        self.changed.emit()

    def _on_proxy_left(self) -> None:
        if "@" in self.proxy.text:
            self._take_apart()
            self.changed.emit()

    def _take_apart(self) -> None:
        # A password that was pasted along with the address must not stand in sight, nor be stored.
        scheme, mark, rest = self.proxy.text.rpartition("://")
        user, _, host = rest.rpartition("@")
        if not user or not host:
            return
        name, _, password = user.partition(":")
        self.proxy.line.setText(f"{scheme}{mark}{host}")
        self.user.setText(unquote(name))
        if password:
            self.password.fill(unquote(password))

    def _on_choose_clicked(self) -> None:
        path = questions.choose_file(self, self.tr("Choose a CA file"))
        if path:
            self.ca_file.line.setText(path)
            self.changed.emit()

    # What is shown

    def _show(self) -> None:
        way, trust = ProxyMode(self.way.currentData()), TrustSource(self.trust.currentData())
        self._own_proxy.setVisible(way is ProxyMode.PROXY)
        self._own_file.setVisible(trust is TrustSource.FILE)
        show_note(self._way_note, self._way_words(way, self._environment))
        show_note(self._trust_note, self._trust_words(trust, self._environment))

    def _way_words(self, way: ProxyMode, environment: Environment) -> str:
        if not environment.proxies:
            return self.tr("The system names no proxy.") if way is ProxyMode.SYSTEM else ""
        pair = self.tr("{scheme}: {proxy}")
        pairs = [pair.format(scheme=scheme, proxy=url) for scheme, url in environment.proxies]
        named = join_names(pairs)
        if way is not ProxyMode.SYSTEM:
            return self.tr("The system names {proxies}. That is not obeyed.").format(proxies=named)
        sentences = [self.tr("The system names {proxies}.").format(proxies=named)]
        if environment.exceptions:
            words = self.tr("Not for: {hosts}.")
            sentences.append(words.format(hosts=environment.exceptions))
        return join_sentences(sentences)

    def _trust_words(self, trust: TrustSource, environment: Environment) -> str:
        if not environment.ca_variable:
            if trust is not TrustSource.ENVIRONMENT:
                return ""
            return self.tr("The environment names none, so the system's trust store is used.")
        words = self.tr("{variable} names {path}. That is not obeyed.")
        if trust is TrustSource.ENVIRONMENT:
            words = self.tr("{variable} names {path}.")
        return words.format(variable=environment.ca_variable, path=environment.ca_file)


def _column(*widgets: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    for widget in widgets:
        column.addWidget(widget)
    return box
