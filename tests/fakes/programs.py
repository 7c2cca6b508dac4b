"""Real programs for the tests: built by the composition root, in a folder of the test's own."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from dingcomposer import app
from dingcomposer.app import Options, Program
from dingcomposer.core.delivery import Status
from dingcomposer.core.messages import Kind
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.sandbox.server import SandboxServer
from dingcomposer.services.settings import ThemeName
from dingcomposer.services.translations import Language
from dingcomposer.storage.history import SendRow
from dingcomposer.storage.secrets import CredentialsChange
from dingcomposer.tour.driver import UiDriver as Typing
from dingcomposer.tour.sample_images import SampleImages
from tests.fakes.fake_keyring import FakeKeyring

LIMIT_MS = 20_000
LEFT = Qt.MouseButton.LeftButton


class Person:
    """Somebody at a running program: clicks, types, reads."""

    def __init__(self, program: Program, qtbot: QtBot) -> None:
        self.program = program
        self.qtbot = qtbot

    @property
    def driver(self) -> Typing:
        return Typing(self.program.window)

    def wait(self, until: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(until()), timeout=LIMIT_MS)

    @property
    def sandbox(self) -> SandboxServer:
        self.wait(lambda: self.program.sandbox.server)
        server = self.program.sandbox.server
        assert server is not None
        return server

    def write(self, payload: dict[str, object]) -> None:
        for _ in self.driver.write(payload):
            # The program's turn: what was asked of it before this comes first.
            turn = QTimer(singleShot=True, interval=0)
            with self.qtbot.waitSignal(turn.timeout, timeout=LIMIT_MS):
                turn.start()

    def write_text(self, text: str) -> None:
        self.driver.click(f"compose.kind.{Kind.TEXT}")
        self.driver.type("compose.text", text)

    def aim(self, name: str) -> None:
        """Click a robot in the list at the left."""
        names = [robot.name for robot in self.program.robot_profiles.robots]
        self.driver.click_row("robots.list", names.index(name))

    def send(self) -> SendRow:
        """Click Send and wait for the verdict of that send."""
        before = {row.msg_uuid for row in self.program.history.page()}
        self.driver.click("compose.send")
        return self.verdict(before)

    def verdict(self, before: set[str]) -> SendRow:
        def newest() -> SendRow | None:
            rows = [row for row in self.program.history.page() if row.msg_uuid not in before]
            return rows[0] if rows and rows[0].status.is_final else None

        self.wait(newest)
        row = newest()
        assert row is not None
        return row

    def new_message(self) -> None:
        self.program.window.begin_new()

    def add_robot(self, name: str, pasted: str, *, keywords: str = "") -> None:
        """Add a robot through its form, as a person does: paste, name, kind, save."""
        self.driver.click("robots.add")
        self.wait(lambda: self.program.window.findChildren(QWidget, "robot.save"))
        dialog = self.program.window.findChildren(QWidget, "robot")[-1]

        def find(kind: type[QWidget], of: str) -> QWidget:
            found = dialog.findChild(kind, of)
            assert found is not None, of
            return found

        paste = find(QPlainTextEdit, "robot.paste")
        assert isinstance(paste, QPlainTextEdit)
        QApplication.clipboard().setText(pasted)
        paste.paste()
        line = find(QLineEdit, "robot.name")
        assert isinstance(line, QLineEdit)
        line.setFocus()
        QTest.keyClicks(line, name)
        test = find(QRadioButton, "robot.stage.test")
        assert isinstance(test, QRadioButton)
        test.click()
        if keywords:
            lines = find(QPlainTextEdit, "robot.keywords")
            assert isinstance(lines, QPlainTextEdit)
            lines.setPlainText(keywords)
        save = find(QWidget, "robot.save")
        self.wait(save.isEnabled)
        QTest.mouseClick(save, LEFT)
        self.wait(lambda: any(robot.name == name for robot in self.program.robot_profiles.robots))
        self.wait(lambda: self.robot_called(name).has_token)

    def add_group(self, name: str, stage: Stage) -> Robot:
        """A robot that reaches the sandbox, with the sandbox's webhook as its own."""
        server = self.sandbox
        robot = Robot(name, name, "#C5302B", stage, server.url, expects_signature=True)
        self.program.robot_profiles.add(
            robot, CredentialsChange(server.access_token, server.secret)
        )
        self.wait(lambda: self.robot_called(name).has_token)
        return robot

    def robot_called(self, name: str) -> Robot:
        return next(robot for robot in self.program.robot_profiles.robots if robot.name == name)

    def read_verdict(self) -> str:
        """All words of the verdict that stands below the message."""
        labels = self.program.window.result_bar.findChildren(QLabel)
        return " ".join(label.text() for label in labels if label.isVisible())

    @property
    def target_id(self) -> str | None:
        """The robot that the draft aims at."""
        return self.program.session.target_id

    def statuses(self) -> list[Status]:
        return [row.status for row in self.program.history.page()]


def fill_disk(person: Person) -> None:
    """Let the program's database grow no more."""
    person.program.database.max_pages = person.program.database.pages


def free_disk(person: Person) -> None:
    """Let it grow again."""
    person.program.database.max_pages = 2**31


Start = Callable[..., Person]


@pytest.fixture
def ring() -> FakeKeyring:
    """The keyring of this test's machine."""
    return FakeKeyring({})


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot, tmp_path: Path, ring: FakeKeyring) -> Iterator[Start]:
    """Start a program; again on the same folder once the one before was shut down."""
    programs: list[Program] = []
    options = Options(
        data_dir=tmp_path / "data",
        language=Language.ENGLISH,
        theme=ThemeName.LIGHT,
        find_keyring=lambda: ring,
        retry_waits_s=(0.0, 0.0, 0.0),
        find_pictures=SampleImages,
    )

    def start_one(**changes: object) -> Person:
        program = app.build(qapp, replace(options, **changes))  # type: ignore[arg-type]
        programs.append(program)
        program.window.resize(1280, 860)
        program.window.show()
        program.window.activateWindow()
        program.finish_start()
        person = Person(program, qtbot)
        assert person.sandbox.url
        person.wait(
            lambda: all(one.has_token for one in program.robot_profiles.robots if one.is_sandbox)
        )
        return person

    yield start_one
    for program in programs:
        program.shut_down()
        program.window.deleteLater()
    qapp.setStyleSheet("")
    qapp.setPalette(QPalette())
