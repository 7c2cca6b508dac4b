"""Work off the main thread, and its end."""

import threading
from collections.abc import Callable

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from dingcomposer.services.background import Background


class Listener(QObject):
    """Somebody who is told, and may be deleted before."""

    def __init__(self) -> None:
        super().__init__()
        self.objectName()  # a deleted one would raise
        self.told: list[str] = []

    def on_done(self, result: str) -> None:
        self.objectName()
        self.told.append(result)


def _threads() -> list[threading.Thread]:
    return [one for one in threading.enumerate() if one.name == "background"]


def _held(gate: threading.Event) -> Callable[[str], str]:
    """Work that takes until the gate opens."""

    def work(task: str) -> str:
        assert gate.wait(10)
        return task

    return work


def test_a_task_is_done_elsewhere_and_told_in_the_main_thread(qtbot: QtBot) -> None:
    background = Background()
    told: list[tuple[int, threading.Thread]] = []
    where: list[str] = []

    def work(task: str) -> int:
        where.append(threading.current_thread().name)
        return len(task)

    background.run("key", work, "钉钉", lambda n: told.append((n, threading.current_thread())))
    qtbot.waitUntil(lambda: bool(told))
    assert told == [(2, threading.main_thread())]
    assert where == ["background"]


def test_the_newest_of_a_key_always_arrives_last(qtbot: QtBot) -> None:
    background = Background()
    told: list[int] = []
    for number in range(60):
        background.run("key", abs, number, told.append)
    qtbot.waitUntil(lambda: bool(told) and told[-1] == 59)
    assert told == sorted(told)


def test_of_what_waits_only_the_newest_of_a_key_is_done(qtbot: QtBot) -> None:
    background, gate = Background(), threading.Event()
    told: list[str] = []
    background.run("other", _held(gate), "in hand", told.append)
    for task in ("first", "second", "third"):
        background.run("key", str, task, told.append)
    gate.set()
    qtbot.waitUntil(lambda: "third" in told)
    assert told == ["in hand", "third"]


def test_two_keys_do_not_overtake_each_other(qtbot: QtBot) -> None:
    background = Background()
    told: list[str] = []
    background.run("pc", str, "一", told.append)
    background.run("phone", str, "二", told.append)
    qtbot.waitUntil(lambda: told == ["一", "二"])


def test_what_is_forgotten_is_told_to_nobody_even_where_it_is_in_hand(qtbot: QtBot) -> None:
    background, gate = Background(), threading.Event()
    told: list[str] = []
    background.run("key", _held(gate), "in hand", told.append)
    background.run("key", str, "waits", told.append)
    background.forget("key")
    background.run("other", str, "last", told.append)
    gate.set()
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["last"]


def test_whoever_was_deleted_meanwhile_is_not_told(qtbot: QtBot) -> None:
    background, gate, listener = Background(), threading.Event(), Listener()
    told: list[str] = []
    background.run("key", _held(gate), "for nobody", listener.on_done)
    shiboken6.delete(listener)
    background.run("other", str, "last", told.append)
    gate.set()
    qtbot.waitUntil(lambda: bool(told))
    assert listener.told == []


def test_once_closed_it_does_nothing_more(qtbot: QtBot) -> None:
    background, other = Background(), Background()
    told: list[str] = []
    background.close()
    background.run("key", str, "late", told.append)
    other.run("key", str, "other", told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["other"]


def test_it_ends_with_its_parent_though_nobody_holds_it(qtbot: QtBot) -> None:
    before = set(_threads())  # of windows that other tests had
    for number in range(200):
        parent = QObject()
        Background(parent).run("key", str, number, print)
        shiboken6.delete(parent)
    qtbot.waitUntil(lambda: set(_threads()) <= before)


def test_it_may_go_while_its_thread_works_for_its_parent(qtbot: QtBot) -> None:
    before = set(_threads())
    for _ in range(200):
        listener = Listener()
        background = Background(listener)
        background.run("key", lambda text: "\n".join(sorted(text)), "钉" * 5_000, listener.on_done)
        shiboken6.delete(listener)
        del listener, background
    qtbot.waitUntil(lambda: set(_threads()) <= before)


def test_a_task_that_fails_is_told_and_the_next_is_done(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed: list[type[BaseException]] = []
    monkeypatch.setattr(threading, "excepthook", lambda told: failed.append(told.exc_type))
    background = Background()
    told: list[object] = []
    background.run("one", lambda number: 1 // number, 0, told.append)
    background.run("other", str, 1, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["1"]
    assert failed == [ZeroDivisionError]
