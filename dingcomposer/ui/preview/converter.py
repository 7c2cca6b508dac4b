"""Bodies rendered and marks found off the main thread; for each asker the newest only."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from dingcomposer.core import dialect
from dingcomposer.services.background import Background, Done
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
    """Converts in a `Background`, its own unless one is given. Main thread.

    Signals:
        converted(Conversion): a body is ready; what was overtaken while it waited gives none.
        marked(Marking): the marks of a text are known; what was overtaken gives none.
    """

    converted = Signal(object)
    marked = Signal(object)

    def __init__(self, parent: QObject | None = None, background: Background | None = None) -> None:
        super().__init__(parent)
        self._is_shared = background is not None
        self._background = background or Background(self)
        self._background.done.connect(self._on_done)

    def request(self, asker: object, body: Body) -> None:
        """Convert soon, instead of whatever the same asker still waits for."""
        self._background.request(asker, body, render)

    def request_marks(self, asker: object, text: str) -> None:
        """Find a text's marks soon, instead of whatever the same asker still waits for."""
        self._background.request(asker, text, dialect.marks)

    def forget(self, asker: object) -> None:
        """Drop what an asker waits for."""
        self._background.forget(asker)

    def close(self) -> None:
        """Convert nothing more. Never waits: a thread of its own ends with what it has in hand."""
        self._background.done.disconnect(self._on_done)
        if not self._is_shared:
            self._background.close()

    def _on_done(self, done: Done) -> None:
        match done.task:
            case Body():
                self.converted.emit(Conversion(done.asker, done.task, done.result))
            case str():
                self.marked.emit(Marking(done.asker, done.task, done.result))
