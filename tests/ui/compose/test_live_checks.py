"""When a message is judged, and what is told of it."""

import threading
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dingcomposer.core.checks import check
from dingcomposer.core.dialect import lints
from dingcomposer.core.messages import ActionCard, Button, Markdown, Text
from dingcomposer.core.payload import size_bytes
from dingcomposer.services.background import Background
from dingcomposer.services.live_checks import CheckInput, CheckResult, LiveChecker, check_input

X = TypeVar("X")
Y = TypeVar("Y")


class CheckRecorder:
    """A judge, what it looks at, and what it told, with the thread in which it was heard."""

    def __init__(self) -> None:
        self.subject = CheckInput(Text(""), None)
        self.background = Background()
        self.check_input = LiveChecker(lambda: self.subject, self.background)
        self.told: list[tuple[CheckResult, threading.Thread]] = []
        self.check_input.checked.connect(
            lambda one: self.told.append((one, threading.current_thread()))
        )

    def write(self, words: str) -> None:
        self.subject = CheckInput(Text(words), None)
        self.check_input.check_when_idle()


def _expected(words: str) -> CheckResult:
    return CheckResult(check(Text(words), None), size_bytes(Text(words)))


def test_it_is_judged_elsewhere_when_the_typing_rests_and_told_in_the_main_thread(
    qtbot: QtBot,
) -> None:
    harness = CheckRecorder()
    for length in range(1, 20):
        harness.write("字" * length)
        assert harness.check_input.is_due
    qtbot.waitUntil(lambda: not harness.check_input.is_due)
    assert harness.told == [(_expected("字" * 19), threading.main_thread())]


def test_what_was_overtaken_is_not_told(qtbot: QtBot) -> None:
    harness = CheckRecorder()
    asked: list[object] = []

    def write_once_more() -> None:
        # While the answer to the first is on its way to the main thread.
        if not asked:
            asked.append(harness.subject)
            harness.write("二")

    class Hurried(Background):
        def run(
            self, key: object, work: Callable[[X], Y], task: X, done: Callable[[Y], None]
        ) -> None:
            def on_done(result: Y) -> None:
                write_once_more()
                done(result)

            super().run(key, work, task, on_done)

    harness.background = Hurried()
    harness.check_input = LiveChecker(lambda: harness.subject, harness.background)
    harness.check_input.checked.connect(
        lambda one: harness.told.append((one, threading.current_thread()))
    )
    harness.write("一")
    qtbot.waitUntil(lambda: not harness.check_input.is_due and bool(asked))
    assert [one for one, _thread in harness.told] == [_expected("二")]


def test_judged_at_once_it_is_not_judged_again_at_rest(qapp: QApplication) -> None:
    harness = CheckRecorder()
    harness.write("一")
    harness.check_input.check_now()
    assert not harness.check_input.is_due
    rest = harness.check_input.findChild(QTimer)
    assert rest is not None
    assert not rest.isActive()
    assert [one for one, _thread in harness.told] == [_expected("一")]


def test_what_is_the_matter_with_markdown_comes_with_its_places() -> None:
    text = "甲\n\n~~乙~~"
    for message in (Markdown("题", text), ActionCard("题", text, Button("看", "https://a/"))):
        assert check_input(CheckInput(message, None)).lints == lints(text)
    assert check_input(CheckInput(Text(text), None)).lints == ()
