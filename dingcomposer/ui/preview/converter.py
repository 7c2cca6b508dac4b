"""Bodies rendered off the main thread; of what one asker waits for, only the newest."""

import threading
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from dingcomposer.ui.preview.body import Body, Rendering, render


@dataclass(frozen=True, slots=True)
class Conversion:
    """A body and its rendering; `asker` is whatever was given with the request."""

    asker: object
    body: Body
    rendering: Rendering


class Converter(QObject):
    """One daemon thread that converts. Lives in the main thread, and so do its signals' receivers.

    Signals:
        converted(Conversion): a body is ready; what was overtaken while it waited gives none.
    """

    converted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turn = threading.Condition()
        self._waiting: dict[object, Body] = {}
        self._is_closed = False
        self._thread: threading.Thread | None = None

    def request(self, asker: object, body: Body) -> None:
        """Convert soon, instead of whatever the same asker still waits for."""
        with self._turn:
            if self._is_closed:
                return
            self._waiting[asker] = body
            self._turn.notify()
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._work, name="preview", daemon=True)
            self._thread.start()

    def forget(self, asker: object) -> None:
        """Drop what an asker waits for."""
        with self._turn:
            self._waiting.pop(asker, None)

    def close(self) -> None:
        """Convert nothing more. Never waits: the thread ends with what it has in hand."""
        with self._turn:
            self._is_closed = True
            self._waiting.clear()
            self._turn.notify()

    def _work(self) -> None:
        while (task := self._next()) is not None:
            done = Conversion(*task, render(task[1]))
            # Handed over even where a newer one waits already: a held-down key must show.
            if not self._hand_over(done):
                return

    def _next(self) -> tuple[object, Body] | None:
        with self._turn:
            while not self._waiting and not self._is_closed:
                self._turn.wait()
            if self._is_closed:
                return None
            asker = next(iter(self._waiting))
            return asker, self._waiting.pop(asker)

    def _hand_over(self, done: Conversion) -> bool:
        try:
            self.converted.emit(done)
        except RuntimeError:  # Qt's half is gone: the program ends
            return False
        return True
