"""Copying a message as a program: from the menu of the window, and of the history's details."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from dingcomposer.core.messages import Text
from dingcomposer.core.robot import Robot
from dingcomposer.interchange.snippets import SNIPPETS, SnippetForm
from dingcomposer.ui.preview.snippet_menu import SnippetMenu, SnippetSource
from tests.fakes.programs import Person, Start
from tests.fakes.snippet_runner import SnippetRunner, run
from tests.fakes.widget_driver import choose_in, choose_in_popup


def clipboard() -> str:
    return QApplication.clipboard().text()


def copied(person: Person, form: SnippetForm) -> str:
    choose_in(person.program.window.launchers.make_snippet_menu(), f"copy_as.{form.value}")
    return clipboard()


@pytest.mark.parametrize("form", SnippetForm)
def test_every_form_is_in_the_menu_and_says_what_was_copied(
    qtbot: QtBot, form: SnippetForm
) -> None:
    said: list[str] = []
    source = SnippetSource(Text("你好"), Robot("1", "群"), is_signed=True)
    menu = SnippetMenu(source, said.append)
    qtbot.addWidget(menu)
    action = menu.findChild(QAction, f"copy_as.{form.value}")
    assert action is not None
    assert action.text() == SNIPPETS[form].name
    action.trigger()
    assert "你好" in clipboard()
    [words] = said
    assert SNIPPETS[form].name in words
    assert "DINGTALK_TOKEN" in words
    assert ("anew" in words) == (form is not SnippetForm.ALERTMANAGER)


def test_a_robot_that_gets_no_token_gets_no_program(qtbot: QtBot) -> None:
    said: list[str] = []
    robot = Robot("1", "群", endpoint="http://evil.example/robot/send")
    menu = SnippetMenu(SnippetSource(Text("x"), robot, is_signed=True), said.append)
    qtbot.addWidget(menu)
    QApplication.clipboard().setText("before")
    menu.copy_as(SnippetForm.PYTHON)
    assert clipboard() == "before"
    assert "Not copied" in said[0]


def test_what_is_written_can_be_copied_for_its_group_and_run(
    start: Start, tmp_path_factory: pytest.TempPathFactory
) -> None:
    person = start()
    person.write_text("今晚 22 点停机")
    program = copied(person, SnippetForm.PYTHON)
    sandbox = person.sandbox
    assert sandbox.access_token not in program
    assert sandbox.secret not in program
    runner = SnippetRunner(SnippetForm.PYTHON, tmp_path_factory.mktemp("copied"))
    done = run(
        runner.build(program), DINGTALK_TOKEN=sandbox.access_token, DINGTALK_SECRET=sandbox.secret
    )
    assert done.returncode == 0, done
    assert "今晚 22 点停机" in sandbox.exchanges()[-1].body.decode()


def test_without_a_message_there_is_nothing_to_copy(start: Start) -> None:
    person = start()
    action = person.program.window.findChild(QAction, "menu.copy_as")
    assert action is not None
    action.trigger()
    assert QApplication.activePopupWidget() is None
    said = person.program.window.findChild(QLabel, "status.said")
    assert said is not None
    assert "Write a message first" in said.text()


def test_without_a_group_it_is_a_program_for_any_robot(start: Start) -> None:
    person = start()
    person.write_text("今晚停机")
    person.program.session.set_target(None)
    program = copied(person, SnippetForm.BASH)
    assert "a DingTalk robot." in program
    assert "https://oapi.dingtalk.com/robot/send" in program
    assert "or to nothing if the robot" in program


@pytest.mark.qt_log_ignore("This plugin does not support")  # a popup, offscreen
def test_menu_and_button_open_it_and_it_is_gone_afterwards(
    qtbot: QtBot, start: Start, expect_log: Callable[[str], None]
) -> None:
    expect_log("This plugin does not support")
    person = start()
    window = person.program.window
    person.write_text("今晚停机")
    action = window.findChild(QAction, "menu.copy_as")
    assert action is not None
    action.trigger()
    choose_in_popup("copy_as.go")
    assert "package main" in clipboard()
    person.send()
    person.driver.click("verdict.details")
    person.driver.click("history.technical")
    person.driver.click("history.copy_as")
    choose_in_popup("copy_as.java")
    assert "public class Send" in clipboard()
    qtbot.waitUntil(lambda: not window.findChildren(QMenu, "copy_as"))
