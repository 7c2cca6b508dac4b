"""The fields of a robot's way to its host: what they keep, and that a password never shows."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton, QToolButton

from dingcomposer.core.checks.problems import ProblemCode
from dingcomposer.core.robot import Credentials, ProxyMode, TrustSource
from dingcomposer.ui import questions
from tests.ui.robots.conftest import (
    DUTY,
    TOKEN,
    TRIAL,
    Desk,
    DialogHand,
    OpenDialog,
    said,
    visible_words,
)

PASSWORD = "canary@word/1"
VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def nothing_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*VARIABLES, *map(str.lower, VARIABLES), "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)


def choose(driver: DialogHand, name: str, value: str) -> None:
    """Choose in a box with the keys."""
    box = driver.dialog.findChild(QComboBox, f"robot.{name}")
    assert isinstance(box, QComboBox)
    while box.currentData() != value:
        before = box.currentIndex()
        QTest.keyClick(box, Qt.Key.Key_Down)
        assert box.currentIndex() != before, "the end of the list"


def open_more(driver: DialogHand) -> None:
    button = driver.dialog.findChild(QToolButton, "robot.more")
    assert isinstance(button, QToolButton)
    button.click()


def test_proxy_and_certificates_are_kept_and_the_password_in_the_keyring_alone(
    harness: Desk, open_dialog: OpenDialog
) -> None:
    robot = harness.add(DUTY)
    driver = open_dialog(robot)
    open_more(driver)
    choose(driver, "way", "proxy")
    driver.type("proxy", "http://10.0.0.1:8080")
    driver.type("proxy_user", "me")
    driver.type("proxy_password", PASSWORD)
    choose(driver, "trust", "file")
    driver.type("ca_file", "/etc/公司.pem")
    saved = driver.save_and_wait()
    assert saved == replace(
        robot,
        way=ProxyMode.PROXY,
        proxy="http://10.0.0.1:8080",
        proxy_user="me",
        has_proxy_password=True,
        trust=TrustSource.FILE,
        ca_file="/etc/公司.pem",
    )
    assert harness.kept("duty") == Credentials(TOKEN, None, PASSWORD)
    harness.restart()
    harness.look()
    assert harness.now(robot) == saved


def test_an_address_with_a_password_in_it_is_taken_apart(
    harness: Desk, open_dialog: OpenDialog
) -> None:
    driver = open_dialog(harness.add(TRIAL))
    open_more(driver)
    choose(driver, "way", "proxy")
    driver.type("proxy", "http://me:canary%40word%2F1@10.0.0.1:8080")
    assert driver.line("proxy").text() == "http://10.0.0.1:8080"
    assert driver.line("proxy_user").text() == "me"
    assert "canary" not in visible_words(driver.dialog)
    driver.save_and_wait()
    assert harness.kept("trial").proxy_password == PASSWORD


def test_a_kept_password_stays_is_shown_on_request_and_can_be_removed(
    harness: Desk, open_dialog: OpenDialog
) -> None:
    robot = harness.add(TRIAL)
    harness.robot_profiles.save(
        replace(robot, way=ProxyMode.PROXY, proxy="http://p:1"), proxy_password=PASSWORD, done=None
    )
    harness.qtbot.waitUntil(lambda: harness.now(robot).has_proxy_password)
    driver = open_dialog(harness.now(robot))
    driver.type("name", "another name")
    driver.save_and_wait()
    assert harness.kept("trial").proxy_password == PASSWORD

    driver = open_dialog(harness.now(robot))
    open_more(driver)
    password = driver.dialog.form.network.password
    assert "canary" not in visible_words(driver.dialog)
    harness.qtbot.waitUntil(lambda: password.eye.height() > 0)
    QTest.mouseClick(password.eye, Qt.MouseButton.LeftButton)
    harness.qtbot.waitUntil(lambda: password.line.displayText() == PASSWORD)
    QTest.mouseClick(password.remove, Qt.MouseButton.LeftButton)
    saved = driver.save_and_wait()
    assert not saved.has_proxy_password
    assert harness.kept("trial") == Credentials(TOKEN)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", ProblemCode.PROXY_EMPTY),
        ("socks5://10.0.0.1:1080", ProblemCode.PROXY_BROKEN),
        ("http://10.0.0.1:80800", ProblemCode.PROXY_BROKEN),
        ("http://10.0.0.1/path", ProblemCode.PROXY_BROKEN),
        ("10.0.0.1 8080", ProblemCode.PROXY_BROKEN),
        ("me:secret@", ProblemCode.PROXY_CREDENTIALS),
    ],
)
def test_a_proxy_that_cannot_be_one_is_refused_beside_its_field(
    harness: Desk, open_dialog: OpenDialog, typed: str, code: ProblemCode
) -> None:
    driver = open_dialog(harness.add(TRIAL))
    open_more(driver)
    choose(driver, "way", "proxy")
    driver.type("proxy", typed)
    assert driver.note("proxy.note") == said(code)
    assert driver.waits_for == ["Proxy"]
    driver.type("proxy", "10.0.0.1:8080")
    assert driver.waits_for == []


def test_a_ca_file_is_chosen_in_the_systems_dialog(
    harness: Desk, open_dialog: OpenDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = open_dialog(harness.add(TRIAL))
    open_more(driver)
    choose(driver, "trust", "file")
    assert driver.note("ca_file.note") == said(ProblemCode.CA_FILE_EMPTY)
    answer = "/etc/ca.pem"
    monkeypatch.setattr(questions, "choose_file", lambda *_: answer)
    button = driver.dialog.findChild(QPushButton, "robot.ca_file.choose")
    assert isinstance(button, QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert driver.line("ca_file").text() == answer
    assert driver.save_and_wait().ca_file == answer


def test_the_environment_is_shown_masked_and_whether_it_is_obeyed(
    harness: Desk, open_dialog: OpenDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", "http://me:canary@10.0.0.1:8080")
    monkeypatch.setenv("no_proxy", "localhost")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/etc/company.pem")
    driver = open_dialog(harness.add(TRIAL))
    open_more(driver)
    assert driver.note("way.note") == (
        "The system names https: http://***@10.0.0.1:8080. Not for: localhost."
    )
    named = "REQUESTS_CA_BUNDLE names /etc/company.pem."
    assert driver.note("trust.note") == f"{named} That is not obeyed."
    choose(driver, "way", "direct")
    choose(driver, "trust", "environment")
    assert "not obeyed" in driver.note("way.note")
    assert driver.note("trust.note") == named
    assert "canary" not in visible_words(driver.dialog)


def test_an_unreadable_keyring_leaves_the_password_as_it_is(
    harness: Desk, open_dialog: OpenDialog, answers: Callable[..., str]
) -> None:
    robot = harness.add(TRIAL)
    harness.robot_profiles.save(robot, proxy_password=PASSWORD)
    harness.qtbot.waitUntil(lambda: harness.now(robot).has_proxy_password)
    before = dict(harness.ring.entries)
    harness.restart()
    harness.ring.trouble = RuntimeError("locked")
    harness.look()
    driver = open_dialog(harness.now(robot))
    driver.type("token", "f" * 64)
    driver.save()
    harness.qtbot.waitUntil(lambda: "are not" in driver.note("reason"))
    assert harness.ring.entries == before
