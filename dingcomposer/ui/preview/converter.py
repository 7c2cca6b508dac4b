"""Bodies rendered and marks found off the main thread; for each asker the newest only."""

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from dingcomposer.core import dialect
from dingcomposer.ui.preview.body import Body, Rendering, render


@dataclass(frozen=True, slots=True)
class Conversion:
    """A body and its rendering; `asker` is whatever was given with the request."""

    asker: object
    body: Body
    rendering: Rendering


@dataclass(frozen=True, slots=True)
class Marking:
    """A text in markdown and its marks; `asker` is whatever was given with the request."""

    asker: object
    text: str
    marks: tuple[dialect.Mark, ...]


class Converter(QObject):
    """One daemon thread that converts. Lives in the main thread, and so do its signals' receivers.

    Signals:
        converted(Conversion): a body is ready; what was overtaken while it waited gives none.
        marked(Marking): the marks of a text are known; what was overtaken gives none.
    """

    converted = Signal(object)
    marked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = _Desk()
        # Its thread must not use a signal of a QObject that is gone: that ends the whole program.
        self.destroyed.connect(self._desk.close)
        self._thread: threading.Thread | None = None

    def request(self, asker: object, body: Body) -> None:
        """Convert soon, instead of whatever the same asker still waits for."""
        self._put(asker, body)

    def request_marks(self, asker: object, text: str) -> None:
        """Find a text's marks soon, instead of whatever the same asker still waits for."""
        self._put(asker, text)

    def forget(self, asker: object) -> None:
        """Drop what an asker waits for."""
        self._desk.drop(asker)

    def close(self) -> None:
        """Convert nothing more. Never waits: the thread ends with what it has in hand."""
        self._desk.close()

    def _put(self, asker: object, task: Body | str) -> None:
        if not self._desk.put(asker, task):
            return
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._work, name="preview", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        desk = self._desk
        while (taken := desk.take()) is not None:
            # Handed over even where a newer one waits already: a held-down key must show.
            asker, task = taken
            if isinstance(task, Body):
                desk.hand_over(self.converted.emit, Conversion(asker, task, render(task)))
            else:
                desk.hand_over(self.marked.emit, Marking(asker, task, dialect.marks(task)))


class _Desk:
    """What waits to be converted. Any thread may use it; it outlives the QObject that it is for."""

    def __init__(self) -> None:
        self._turn = threading.Condition()
        self._waiting: dict[object, Body | str] = {}
        self._is_closed = False

    def put(self, asker: object, task: Body | str) -> bool:
        """Take a body, or a text to mark; False where nothing is taken any more."""
        with self._turn:
            if not self._is_closed:
                self._waiting[asker] = task
                self._turn.notify()
            return not self._is_closed

    def drop(self, asker: object) -> None:
        """Forget what an asker waits for."""
        with self._turn:
            self._waiting.pop(asker, None)

    def take(self) -> tuple[object, Body | str] | None:
        """The next task and its asker, waited for; None where the work is over."""
        with self._turn:
            while not self._waiting and not self._is_closed:
                self._turn.wait()
            if self._is_closed:
                return None
            asker = next(iter(self._waiting))
            return asker, self._waiting.pop(asker)

    def hand_over(self, emit: Callable[[object], None], done: object) -> None:
        """Emit, unless the work is over; while this goes on, `close` waits."""
        with self._turn:
            if not self._is_closed:
                # Deleted this very moment, its QObject has no signal a little before it says so.
                with suppress(RuntimeError):
                    emit(done)

    def close(self) -> None:
        """End the work."""
        with self._turn:
            self._is_closed = True
            self._waiting.clear()
            self._turn.notify()
