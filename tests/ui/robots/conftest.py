"""A real roster: robots in SQLite, secrets behind the real store and a keyring of the test's."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from dingcomposer.core.checks.problems import ProblemCode, problem
from dingcomposer.core.robot import Credentials, Robot, Stage
from dingcomposer.services.bridge import Bridge
from dingcomposer.services.robot_profiles import RobotProfiles
from dingcomposer.storage.database import Database
from dingcomposer.storage.robots import RobotStore
from dingcomposer.storage.secrets import CredentialsChange, SecretStore, SecretsUnavailable
from dingcomposer.ui import questions
from dingcomposer.ui.robots.dialog import RobotDialog
from dingcomposer.ui.robots.paste_field import PasteBox
from dingcomposer.ui.robots.secret_field import SecretField
from dingcomposer.ui.texts.problems import problem_sentence
from tests.fakes.fake_dialogs import FakeQuestions, is_unexpected
from tests.fakes.fake_keyring import FakeKeyring
from tests.fakes.tokens import fingerprint_of
from tests.fakes.widget_driver import WidgetDriver

TOKEN = "0123456789abcdef" * 3 + "0f1e2d3c4b5a6978"
OTHER_TOKEN = "fedcba9876543210" * 3 + "8796a5b4c3d2e1f0"
SECRET = "SEC" + "00ff11ee" * 8
WEBHOOK = f"https://oapi.dingtalk.com/robot/send?access_token={TOKEN}"
DUTY = Robot("duty", "运维值班", colour="#CC4440", stage=Stage.PRODUCTION, keywords=("告警",))
TRIAL = Robot("trial", "测试群", colour="#2B8A57")
SANDBOX = Robot("sandbox", "Sandbox", endpoint="http://127.0.0.1:1/robot/send", is_sandbox=True)


class RobotsHarness:
    """The roster and all that it works with, and a hand for the widgets."""

    def __init__(self, database: Database, ring: FakeKeyring | None, qtbot: QtBot) -> None:
        self.database, self.qtbot = database, qtbot
        self._ring = ring
        self.bridge = Bridge()
        self.secrets = SecretStore(self._find_backend, limit_s=10)
        self.robot_profiles = RobotProfiles(
            RobotStore(database), self.secrets, self.bridge, fingerprint_of
        )

    @property
    def ring(self) -> FakeKeyring:
        assert self._ring is not None
        return self._ring

    def _find_backend(self) -> KeyringBackend:
        if self._ring is None:
            return fail.Keyring()  # type: ignore[no-untyped-call]
        return self._ring

    def _open(self) -> None:
        self.secrets = SecretStore(self._find_backend, limit_s=10)
        self.robot_profiles = RobotProfiles(
            RobotStore(self.database), self.secrets, self.bridge, fingerprint_of
        )

    def restart(self) -> None:
        """The program once more, on the same disk and keyring."""
        self.secrets.close()
        self.secrets = SecretStore(self._find_backend, limit_s=10)
        self.robot_profiles = RobotProfiles(
            RobotStore(self.database), self.secrets, self.bridge, fingerprint_of
        )

    def add(self, robot: Robot, token: str = TOKEN, secret: str | None = None) -> Robot:
        """Have a robot whose token is kept, as far as the keyring allows."""
        kept: list[object] = []
        self.robot_profiles.add(robot, CredentialsChange(token, secret), kept.append)
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
def make_desk(
    tmp_path: Path, qtbot: QtBot
) -> Iterator[Callable[[FakeKeyring | None], RobotsHarness]]:
    """A desk with this keyring, or with none."""
    desks: list[RobotsHarness] = []

    def make(ring: FakeKeyring | None) -> RobotsHarness:
        harness = RobotsHarness(
            Database(tmp_path / f"{len(desks)}.db", busy_timeout_ms=50), ring, qtbot
        )
        desks.append(harness)
        return harness

    yield make
    for harness in desks:
        harness.bridge.close()
        harness.secrets.close()
        harness.database.close()


@pytest.fixture
def harness(make_desk: Callable[[FakeKeyring | None], RobotsHarness]) -> RobotsHarness:
    """A desk with a keyring that works."""
    return make_desk(FakeKeyring({}))


@pytest.fixture(autouse=True)
def answers(monkeypatch: pytest.MonkeyPatch) -> FakeQuestions:
    """Nobody is asked unless the test has an answer."""
    # The first is asked when the test's windows are closed. And whoever gives a robot another
    # webhook means it, unless the test is about that.
    prepared = {"discard_robot": "discard", "token_other": "confirm"}
    answers = FakeQuestions(prepared, is_unexpected)
    monkeypatch.setattr(questions, "ask", answers)
    return answers


class RobotDialogDriver(WidgetDriver):
    """A person at the dialog of a robot."""

    def __init__(self, harness: RobotsHarness, robot: Robot | None, qtbot: QtBot) -> None:
        self.harness, self.qtbot = harness, qtbot
        self.dialog = RobotDialog(harness.robot_profiles, robot)
        super().__init__(self.dialog, "robot.")
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
        return self.get(QLineEdit, name)

    def type(self, name: str, text: str) -> None:
        self.replace(name, text)

    def paste(self, text: str) -> str:
        """Paste anything; what the dialog says of it."""
        paste(self.dialog.form.paste, text)
        return self.note("paste.sentence")

    def note(self, name: str) -> str:
        return words_of(self.dialog, f"robot.{name}")

    def tone(self, name: str) -> str:
        """Whether a note is quiet, warns or refuses."""
        label = self.get(QLabel, name)
        assert label.text(), name
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


OpenDialog = Callable[..., RobotDialogDriver]


@pytest.fixture
def open_dialog(harness: RobotsHarness, qtbot: QtBot) -> OpenDialog:
    """Open the dialog for a robot, or for a new one, at the usual desk or at another."""

    def open_it(robot: Robot | None = None, at: RobotsHarness | None = None) -> RobotDialogDriver:
        return RobotDialogDriver(at or harness, robot, qtbot)

    return open_it


def said(code: ProblemCode, **params: str | int) -> str:
    """The sentence of a problem, however it is worded."""
    return problem_sentence(problem(code, "robot", **params))
