"""Bodies turned into paragraphs off the main thread, the newest request of each asker first."""

import threading
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from dingcomposer.ui.preview.body import Body, to_paragraphs
from dingcomposer.ui.preview.paragraphs import Paragraph, common_ends


@dataclass(frozen=True, slots=True)
class Conversion:
    """A body and its paragraphs; `asker` is whatever was given with the request."""

    asker: object
    body: Body
    paragraphs: tuple[Paragraph, ...]


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
        self._latest: dict[object, Conversion] = {}
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
        """Drop what an asker waits for, and what was kept for it."""
        with self._turn:
            self._waiting.pop(asker, None)
            self._latest.pop(asker, None)

    def close(self) -> None:
        """Convert nothing more. Never waits: the thread ends with what it has in hand."""
        with self._turn:
            self._is_closed = True
            self._waiting.clear()
            self._turn.notify()

    def _work(self) -> None:
        while (task := self._next()) is not None:
            done = self._keep(Conversion(*task, to_paragraphs(task[1])))
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

    def _keep(self, done: Conversion) -> Conversion:
        """The same, made of the very objects that the asker has already, which compare at once."""
        with self._turn:
            last = self._latest.get(done.asker)
        if last is not None:
            old, new = last.paragraphs, done.paragraphs
            start, end = common_ends(old, new)
            tail = old[len(old) - end :]
            done = replace(done, paragraphs=(*old[:start], *new[start : len(new) - end], *tail))
        with self._turn:
            self._latest[done.asker] = done
        return done

    def _hand_over(self, done: Conversion) -> bool:
        try:
            self.converted.emit(done)
        except RuntimeError:  # Qt's half is gone: the program ends
            return False
        return True
