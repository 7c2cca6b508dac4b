"""Background thread for pure work; for each key the newest only."""

import sys
import threading
import weakref
from collections import deque
from collections.abc import Callable
from functools import cache, partial
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal

from dingcomposer.core.records import dataclass

_X = TypeVar("_X")
_Y = TypeVar("_Y")


class Background(QObject):
    """One daemon thread. Lives in the main thread, and so does whoever gets a result.

    It may be deleted at any time; its thread then ends with what it has in hand.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue = queue = _Queue(weakref.ref(self))
        # A function that holds the queue: a bound method does not, and the queue may go first.
        self.destroyed.connect(partial(_Queue.close, queue))
        # Whom to tell stays here: a thread that is the last to hold a widget would delete it.
        self._told: dict[int, tuple[object, Callable[[Any], None]]] = {}
        self._number = 0
        self._thread: threading.Thread | None = None

    def run(
        self, key: object, work: Callable[[_X], _Y], task: _X, done: Callable[[_Y], None]
    ) -> None:
        """Have `work(task)` done soon, instead of whatever the same key still waits for.

        `done` gets the result in the main thread, unless the object whose method it is was
        deleted. Keys take turns, in the order in which they began to wait. `work` is pure, `task`
        frozen; where it raises, that is logged, and nobody is told.
        """
        if self._queue.is_closed:
            return
        self._number += 1
        self._told[self._number] = key, done
        overtaken = self._queue.put(key, _Task(self._number, task, work))
        if overtaken is not None:
            del self._told[overtaken.number]
        if self._thread is None or not self._thread.is_alive():
            # Nothing of the thread's holds this object: its last holder would delete it there.
            self._thread = threading.Thread(
                target=_work, args=(self._queue, _notifier()), name="background", daemon=True
            )
            self._thread.start()

    def forget(self, key: object) -> None:
        """Drop what a key waits for, and tell nobody what is in hand."""
        self._queue.drop(key)
        self._told = {number: told for number, told in self._told.items() if told[0] != key}

    def close(self) -> None:
        """Do nothing more. Never waits: the thread ends with what it has in hand."""
        self._queue.close()
        self._told.clear()

    def report(self, outcome: "_Finished") -> None:
        """Tell whoever asked. Main thread."""
        _, done = self._told.pop(outcome.number, (None, None))
        if done is not None and not outcome.has_failed and _is_there(done):
            done(outcome.result)


@dataclass(frozen=True, slots=True)
class _Task:
    number: int
    task: Any
    work: Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class _Finished:
    number: int
    result: object = None
    has_failed: bool = False


class _Queue:
    """What waits to be done, and what is done. Any thread may use it; it outlives its owner."""

    def __init__(self, owner: weakref.ref[Background]) -> None:
        self._owner = owner
        self._turn = threading.Condition()
        self._waiting: dict[object, _Task] = {}
        self._done: deque[_Finished] = deque()
        self.is_closed = False

    def put(self, key: object, task: _Task) -> _Task | None:
        """Accept a task; the one of its key that it overtook."""
        with self._turn:
            overtaken = self._waiting.get(key)
            self._waiting[key] = task
            self._turn.notify()
            return overtaken

    def drop(self, key: object) -> None:
        """Forget what a key waits for."""
        with self._turn:
            self._waiting.pop(key, None)

    def take(self) -> _Task | None:
        """The next task, waited for; None where the work is over."""
        with self._turn:
            while not self._waiting and not self.is_closed:
                self._turn.wait()
            if self.is_closed:
                return None
            return self._waiting.pop(next(iter(self._waiting)))

    def add_done(self, outcome: _Finished) -> None:
        """Keep what is done for `hand_over`."""
        self._done.append(outcome)

    def hand_over(self) -> None:
        """Give the owner what is done, if it is still there. Main thread."""
        while self._done:
            outcome, owner = self._done.popleft(), self._owner()
            if owner is not None and not self.is_closed:
                owner.report(outcome)

    def close(self) -> None:
        """End the work."""
        with self._turn:
            self.is_closed = True
            self._waiting.clear()
            self._turn.notify()


def _work(queue: _Queue, notifier: "_Notifier") -> None:
    while (task := queue.take()) is not None:
        # Handed over even where a newer one waits already: a held-down key must show.
        try:
            outcome = _Finished(task.number, task.work(task.task))
        except Exception:  # noqa: BLE001 - whatever it is, the others are to get theirs
            # A fault of ours, which is written down; the other keys still get theirs.
            threading.excepthook(
                threading.ExceptHookArgs((*sys.exc_info(), threading.current_thread()))
            )
            outcome = _Finished(task.number, has_failed=True)
        queue.add_done(outcome)
        notifier.notified.emit(queue)


def _is_there(done: Callable[..., None]) -> bool:
    """False where it is the method of a QObject that was deleted meanwhile."""
    while isinstance(done, partial):
        done = done.func
    receiver = getattr(done, "__self__", None)
    return not isinstance(receiver, QObject) or shiboken6.isValid(receiver)


class _Notifier(QObject):
    """Called by the threads; its signal is delivered in the main thread.

    It stands for as long as the process. A thread that emits a signal of an object which is just
    being deleted ends the program, however carefully it looks first.
    """

    notified = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.notified.connect(self._on_notified)

    def _on_notified(self, queue: _Queue) -> None:
        queue.hand_over()


@cache
def _notifier() -> _Notifier:
    return _Notifier()
