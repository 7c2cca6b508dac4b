"""Work off the main thread, and its end."""

import threading

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from dingcomposer.services.background import Background, Done


def _threads() -> list[threading.Thread]:
    return [one for one in threading.enumerate() if one.name == "background"]


def test_a_task_is_done_elsewhere_and_told_in_the_main_thread(qtbot: QtBot) -> None:
    background = Background()
    told: list[tuple[Done, threading.Thread]] = []
    where: list[str] = []

    def work(task: str) -> int:
        where.append(threading.current_thread().name)
        return len(task)

    background.done.connect(lambda done: told.append((done, threading.current_thread())))
    with qtbot.waitSignal(background.done):
        background.request("asker", "钉钉", work)
    assert told == [(Done("asker", "钉钉", 2), threading.main_thread())]
    assert where == ["background"]


def test_it_ends_with_its_parent_though_nobody_holds_it(qtbot: QtBot) -> None:
    before = set(_threads())  # of windows that other tests had
    for number in range(200):
        parent = QObject()
        Background(parent).request("asker", number, str)
        shiboken6.delete(parent)
    qtbot.waitUntil(lambda: set(_threads()) <= before)


def test_a_task_that_fails_is_told_and_the_next_is_done(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed: list[type[BaseException]] = []
    monkeypatch.setattr(threading, "excepthook", lambda told: failed.append(told.exc_type))
    background = Background()
    with qtbot.waitSignal(background.done) as told:
        background.request("one", 0, lambda number: 1 // number)
        background.request("other", 1, str)
    assert told.args == [Done("other", 1, "1")]
    assert failed == [ZeroDivisionError]
