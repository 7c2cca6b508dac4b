"""A real roster: robots in SQLite, secrets behind the real store and a keyring of the test's."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from dingcomposer.core.checks.problems import ProblemCode, problem
from dingcomposer.core.robot import Credentials, Robot, Stage
from dingcomposer.services.bridge import Bridge
from dingcomposer.services.robot_profiles import RobotProfiles
from dingcomposer.storage.database import Database
from dingcomposer.storage.robots import RobotStore
from dingcomposer.storage.secrets import SERVICE, SecretStore, SecretsUnavailable
from dingcomposer.ui import questions
from dingcomposer.ui.robots.dialog import RobotDialog
from dingcomposer.ui.robots.paste_field import PasteBox
from dingcomposer.ui.robots.secret_field import SecretField
from dingcomposer.ui.texts.problems import problem_sentence

TOKEN = "0123456789abcdef" * 3 + "0f1e2d3c4b5a6978"
OTHER_TOKEN = "fedcba9876543210" * 3 + "8796a5b4c3d2e1f0"
SECRET = "SEC" + "00ff11ee" * 8
WEBHOOK = f"https://oapi.dingtalk.com/robot/send?access_token={TOKEN}"
DUTY = Robot("duty", "运维值班", colour="#CC4440", stage=Stage.PRODUCTION, keywords=("告警",))
TRIAL = Robot("trial", "测试群", colour="#2B8A57")
SANDBOX = Robot("sandbox", "Sandbox", endpoint="http://127.0.0.1:1/robot/send", is_sandbox=True)


class Ring(KeyringBackend):
    """A keyring that a test can lock, break or hold up."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.entries: dict[str, str] = {}
        self.trouble: Exception | None = None
        self.gate = threading.Event()
        self.gate.set()
        self.writes = 0

    def get_password(self, service: str, username: str) -> str | None:
        self._answer(service)
        return self.entries.get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self._answer(service)
        self.writes += 1
        self.entries[username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._answer(service)
        del self.entries[username]

    def _answer(self, service: str) -> None:
        assert service == SERVICE
        assert self.gate.wait(20)
        if self.trouble is not None:
            raise self.trouble


class Desk:
    """The roster and all that it works with, and a hand for the widgets."""

    def __init__(self, database: Database, ring: Ring | None, qtbot: QtBot) -> None:
        self.database, self.qtbot = database, qtbot
        self._ring = ring
        self.bridge = Bridge()
        self.secrets = SecretStore(self._find_backend, limit_s=10)
        self.robot_profiles = RobotProfiles(RobotStore(database), self.secrets, self.bridge)

    @property
    def ring(self) -> Ring:
        assert self._ring is not None
        return self._ring

    def _find_backend(self) -> KeyringBackend:
        if self._ring is None:
            return fail.Keyring()  # type: ignore[no-untyped-call]
        return self._ring

    def restart(self) -> None:
        """The program once more, on the same disk and keyring."""
        self.secrets.close()
        self.secrets = SecretStore(self._find_backend, limit_s=10)
        self.robot_profiles = RobotProfiles(RobotStore(self.database), self.secrets, self.bridge)

    def add(self, robot: Robot, token: str = TOKEN, secret: str | None = None) -> Robot:
        """Have a robot whose token is kept, as far as the keyring allows."""
        kept: list[object] = []
        self.robot_profiles.add(robot, access_token=token, secret=secret, done=kept.append)
        self.qtbot.waitUntil(lambda: bool(kept))
        return self.now(robot)

    def now(self, robot: Robot) -> Robot:
        found = self.robot_profiles.get(robot.robot_id)
        assert found is not None
        return found

    def look(self) -> None:
        """Find out which secrets are there."""
        with self.qtbot.waitSignal(self.robot_profiles.secrets_checked):
            self.robot_profiles.check_secrets()

    def kept(self, robot_id: str) -> Credentials:
        """What a sender would get, right now."""
        outcomes: list[Credentials | SecretsUnavailable] = []
        self.robot_profiles.request_credentials(robot_id, outcomes.append)
        self.qtbot.waitUntil(lambda: bool(outcomes))
        outcome = outcomes[0]
        assert isinstance(outcome, Credentials), outcome
        return outcome

    def fill_disk(self) -> None:
        self.database.max_pages = self.database.pages


class Answers:
    """What a person answers to questions, and what was asked."""

    def __init__(self) -> None:
        self.next: dict[str, str] = {}
        self.asked: list[questions.Question] = []

    def __call__(self, parent: QWidget | None, question: questions.Question) -> str:
        self.asked.append(question)
        assert question.name in self.next, f"asked without need: {question}"
        return self.next[question.name]

    @property
    def names(self) -> list[str]:
        return [question.name for question in self.asked]


def paste(box: PasteBox, text: str) -> None:
    """Paste through the clipboard, as Ctrl+V does."""
    mime = QMimeData()
    mime.setText(text)
    QApplication.clipboard().setMimeData(mime)
    box.field.paste()


def words_of(parent: QWidget, name: str) -> str:
    """The words of a label, "" where it is hidden."""
    label = parent.findChild(QLabel, name)
    assert isinstance(label, QLabel), name
    return "" if label.isHidden() else label.text()


def visible_words(parent: QWidget) -> str:
    """All that can be read in a window, heard by a screen reader or shown as a tip."""
    words = [parent.windowTitle()]
    for one in [parent, *parent.findChildren(QWidget)]:
        words += [one.toolTip(), one.accessibleName(), one.accessibleDescription()]
        if isinstance(one, QLabel | QAbstractButton):
            words.append(one.text())
        if isinstance(one, QLineEdit):
            words += [one.displayText(), one.placeholderText()]
    return "\n".join(words)


@pytest.fixture
def make_desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[[Ring | None], Desk]]:
    """A desk with this keyring, or with none."""
    desks: list[Desk] = []

    def make(ring: Ring | None) -> Desk:
        harness = Desk(Database(tmp_path / f"{len(desks)}.db", busy_timeout_ms=50), ring, qtbot)
        desks.append(harness)
        return harness

    yield make
    for harness in desks:
        harness.secrets.close()
        harness.database.close()


@pytest.fixture
def harness(make_desk: Callable[[Ring | None], Desk]) -> Desk:
    """A desk with a keyring that works."""
    return make_desk(Ring())


@pytest.fixture(autouse=True)
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Nobody is asked unless the test has an answer."""
    answers = Answers()
    answers.next["discard_robot"] = "discard"  # when the test's windows are closed
    monkeypatch.setattr(questions, "ask", answers)
    return answers


class DialogHand:
    """A person at the dialog of a robot."""

    def __init__(self, harness: Desk, robot: Robot | None, qtbot: QtBot) -> None:
        self.harness, self.qtbot = harness, qtbot
        self.dialog = RobotDialog(harness.robot_profiles, robot)
        qtbot.addWidget(self.dialog)
        self.dialog.show()
        self.dialog.activateWindow()
        self.saved: list[str] = []
        self.dialog.saved.connect(self.saved.append)

    @property
    def robot(self) -> Robot:
        """The robot as it stands in the form."""
        return self.dialog.form.robot

    @property
    def token(self) -> SecretField:
        return self.dialog.form.connection.token

    @property
    def secret(self) -> SecretField:
        return self.dialog.form.connection.secret

    def line(self, name: str) -> QLineEdit:
        found = self.dialog.findChild(QLineEdit, f"robot.{name}")
        assert isinstance(found, QLineEdit), name
        return found

    def type(self, name: str, text: str) -> None:
        line = self.line(name)
        line.setFocus()
        line.selectAll()
        QTest.keyClick(line, Qt.Key.Key_Delete)
        # As an input method does it, which can say everything.
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(line, event)

    def paste(self, text: str) -> str:
        """Paste anything; what the dialog says of it."""
        paste(self.dialog.form.paste, text)
        return self.note("paste.sentence")

    def note(self, name: str) -> str:
        return words_of(self.dialog, f"robot.{name}")

    def tone(self, name: str) -> str:
        """Whether a note is quiet, warns or refuses."""
        label = self.dialog.findChild(QLabel, f"robot.{name}")
        assert isinstance(label, QLabel) and label.text(), name
        return str(label.property("note"))

    @property
    def waits_for(self) -> list[str]:
        """The fields that Save waits for, as the foot of the dialog names them."""
        assert self.dialog.save_button.isEnabled() == (not self.note("reason"))
        return self.note("reason").rpartition(": ")[2].split(", ") if self.note("reason") else []

    def save(self) -> None:
        QTest.mouseClick(self.dialog.save_button, Qt.MouseButton.LeftButton)

    def save_and_wait(self) -> Robot:
        self.save()
        self.qtbot.waitUntil(lambda: bool(self.saved))
        assert not self.dialog.isVisible()
        found = self.harness.robot_profiles.get(self.saved[0])
        assert found is not None
        return found


OpenDialog = Callable[..., DialogHand]


@pytest.fixture
def open_dialog(harness: Desk, qtbot: QtBot) -> OpenDialog:
    """Open the dialog for a robot, or for a new one, at the usual desk or at another."""

    def open_it(robot: Robot | None = None, at: Desk | None = None) -> DialogHand:
        return DialogHand(at or harness, robot, qtbot)

    return open_it


def said(code: ProblemCode, **params: str | int) -> str:
    """The sentence of a problem, however it is worded."""
    return problem_sentence(problem(code, "robot", **params))
