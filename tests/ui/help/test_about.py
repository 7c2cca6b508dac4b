"""About, and what it copies for a report: the truth about this computer, and no secret."""

import logging
import platform
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

import dingcomposer
from dingcomposer import logs
from dingcomposer.core.delivery import Status
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.storage.secrets import CredentialsChange
from dingcomposer.ui.help.about import LOG_LINES, AboutDialog
from tests.fakes.canaries import Canaries
from tests.fakes.programs import Start

TOKEN = "canaryToken+0f1e2d/3c4b5a=6978"
SECRET = "SECcanarySecret0123+456789/abcdef"


def copied(dialog: AboutDialog) -> str:
    button = dialog.findChild(QPushButton, "about.copy")
    assert button is not None
    button.click()
    return QGuiApplication.clipboard().text()


def test_details_say_which_program_runs_where(qtbot: QtBot) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    details = copied(dialog)
    for wanted in (dingcomposer.__version__, platform.python_version(), qVersion(), "offscreen"):
        assert wanted in details
    shown = dialog.findChild(QPlainTextEdit, "about.details")
    assert shown is not None
    assert shown.isVisible()
    assert shown.toPlainText() == details


def test_details_end_with_the_log_and_hold_no_secret(
    start: Start, qtbot: QtBot, expect_log: Callable[[str], None]
) -> None:
    person = start()
    robot = Robot("canary", "canary", "#C5302B", Stage.TEST, person.sandbox.url)
    person.program.robot_profiles.add(robot, CredentialsChange(TOKEN, SECRET))
    person.aim("canary")
    person.write_text("hello")
    person.wait(lambda: person.robot_called("canary").has_token)
    assert person.send().status is Status.REFUSED
    expect_log("canary")
    log = logging.getLogger("dingcomposer.test")
    for number in range(LOG_LINES + 5):
        log.warning("canary %s: %s&access_token=%s", number, SECRET, TOKEN)
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    details = copied(dialog)
    assert "canary 64" in details
    assert "canary 2:" not in details
    canaries = Canaries()
    canaries.add("token", TOKEN)
    canaries.add("secret", SECRET)
    assert canaries.found_in(details) == set()
    assert str(Path.home()) not in details


def test_what_was_written_before_a_secret_was_known_is_cleaned_when_it_is_read(
    tmp_path: Path, expect_log: Callable[[str], None]
) -> None:
    expect_log("hush")
    redactor = logs.Redactor()
    running = logs.start(tmp_path, redactor)
    try:
        logging.getLogger("dingcomposer.test").warning("hush plainwordsecret")
        redactor.register("plainwordsecret")
        lines = logs.recent(5)
    finally:
        running.stop()
    assert "hush" in lines[-1]
    assert "plainwordsecret" not in lines[-1]


def test_without_a_log_there_are_no_lines() -> None:
    assert logs.recent(5) == []


def test_only_the_end_of_a_long_log_is_read(tmp_path: Path) -> None:
    running = logs.start(tmp_path, logs.Redactor())
    try:
        log = logging.getLogger("dingcomposer.test")
        for number in range(3000):
            log.info("line %s %s", number, "x" * 40)
        lines = logs.recent(10)
    finally:
        running.stop()
    assert len(lines) == 10
    assert "line 2999 " in lines[-1]
