"""Pure work off the main thread; for each asker the newest only."""

import sys
import threading
import weakref
from collections import deque
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from dingcomposer.core.records import dataclass


@dataclass(frozen=True, slots=True)
class Done:
    """What was asked for, by whom, and what came of it."""

    asker: Any
    task: Any
    result: Any


class Background(QObject):
    """One daemon thread. Lives in the main thread, and so do its signal's receivers.

    It may be deleted at any time; its thread then ends with what it has in hand.

    Signals:
        done(Done): a task is done; what was overtaken while it waited gives none.
    """

    done = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue_launcher = queue_launcher = _Queue(weakref.ref(self))
        # A function that holds the desk: a bound method does not, and the desk may go first.
        self.destroyed.connect(partial(_Queue.close, queue_launcher))
        self._thread: threading.Thread | None = None

    def request(self, asker: object, task: object, work: Callable[[Any], object]) -> None:
        """Have `work(task)` done soon, instead of whatever the same asker still waits for.

        Askers take turns, in the order in which they began to wait. `work` is pure, `task`
        frozen; where it raises, that is logged, and nothing is done.
        """
        if not self._queue_launcher.put(asker, _Task(task, work)):
            return
        if self._thread is None or not self._thread.is_alive():
            # Nothing of the thread's holds this object: its last holder would delete it there.
            self._thread = threading.Thread(
                target=_work, args=(self._queue_launcher, _bell()), name="background", daemon=True
            )
            self._thread.start()

    def forget(self, asker: object) -> None:
        """Drop what an asker waits for."""
        self._queue_launcher.drop(asker)

    def close(self) -> None:
        """Do nothing more. Never waits: the thread ends with what it has in hand."""
        self._queue_launcher.close()


@dataclass(frozen=True, slots=True)
class _Task:
    task: Any
    work: Callable[[Any], object]


class _Queue:
    """What waits to be done, and what is done. Any thread may use it; it outlives its owner."""

    def __init__(self, owner: weakref.ref[Background]) -> None:
        self._owner = owner
        self._turn = threading.Condition()
        self._waiting: dict[object, _Task] = {}
        self._done: deque[Done] = deque()
        self._is_closed = False

    def put(self, asker: object, errand: _Task) -> bool:
        """Take an errand; False where nothing is taken any more."""
        with self._turn:
            if not self._is_closed:
                self._waiting[asker] = errand
                self._turn.notify()
            return not self._is_closed

    def drop(self, asker: object) -> None:
        """Forget what an asker waits for."""
        with self._turn:
            self._waiting.pop(asker, None)

    def take(self) -> tuple[object, _Task] | None:
        """The next errand and its asker, waited for; None where the work is over."""
        with self._turn:
            while not self._waiting and not self._is_closed:
                self._turn.wait()
            if self._is_closed:
                return None
            asker = next(iter(self._waiting))
            return asker, self._waiting.pop(asker)

    def lay_down(self, done: Done) -> None:
        """Put what is done there for `hand_over`."""
        self._done.append(done)

    def hand_over(self) -> None:
        """Tell the owner what is done, if it is still there. Main thread."""
        while self._done:
            done, owner = self._done.popleft(), self._owner()
            if owner is not None and not self._is_closed:
                owner.done.emit(done)

    def close(self) -> None:
        """End the work."""
        with self._turn:
            self._is_closed = True
            self._waiting.clear()
            self._turn.notify()


def _work(queue_launcher: _Queue, bell: "_Notifier") -> None:
    while (taken := queue_launcher.take()) is not None:
        # Handed over even where a newer one waits already: a held-down key must show.
        asker, errand = taken
        try:
            done = Done(asker, errand.task, errand.work(errand.task))
        except Exception:  # noqa: BLE001 - whatever it is, the others are to get theirs
            # A fault of ours, which is written down; the other askers still get theirs.
            threading.excepthook(
                threading.ExceptHookArgs((*sys.exc_info(), threading.current_thread()))
            )
            continue
        queue_launcher.lay_down(done)
        bell.rung.emit(queue_launcher)


class _Notifier(QObject):
    """Rung by the threads, heard in the main thread.

    It stands for as long as the process. A thread that emits a signal of an object which is just
    being deleted ends the program, however carefully it looks first.
    """

    rung = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.rung.connect(self._on_rung)

    def _on_rung(self, queue_launcher: _Queue) -> None:
        queue_launcher.hand_over()


@cache
def _bell() -> _Notifier:
    return _Notifier()
