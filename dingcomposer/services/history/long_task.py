"""Long task: work that reports how far it is and can be ended, off the main thread.

The work is a generator that yields its progress. It is taken further in short slices, so that a
cancel ends it within one; its `finally` clears away what is half done.
"""

import time
from collections.abc import Callable, Generator
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from dingcomposer.core.records import dataclass
from dingcomposer.services.background import Background

SLICE_S = 0.1

Work = Generator[tuple[int, int], None, Any]


class LongTask(QObject):
    """One task at a time. Lives in the main thread.

    `is_in_turns`: the work needs the main thread, and has it a step at a time, between the events
    of the window.

    Signals:
        progressed(int, int): so much is done, of so much.
        finished(object): what the work returned.
        failed(object): one of the `expected` errors.
        cancelled(): it has ended before its end, and what was half done is cleared away.
    """

    progressed = Signal(int, int)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(
        self,
        expected: tuple[type[Exception], ...],
        parent: QObject | None = None,
        *,
        slice_s: float = SLICE_S,
        is_in_turns: bool = False,
    ) -> None:
        super().__init__(parent)
        self._is_in_turns = is_in_turns
        self._slice_s = slice_s
        self._expected = expected
        self._background = Background(self)
        self._run: _Run | None = None
        self._is_cancelled = False

    @property
    def is_running(self) -> bool:
        """True from `start` until one of the ends is told."""
        return self._run is not None

    def start(self, begin: Callable[[], Work]) -> None:
        """Begin; `begin` makes the generator, and is called off the main thread as well."""
        self._is_cancelled = False
        self._run = _Run(begin, self._expected, self._slice_s)
        self._go_on(self._run)

    def cancel(self) -> None:
        """End it within a slice."""
        self._is_cancelled = True

    def _go_on(self, run: "_Run") -> None:
        work = _end if self._is_cancelled else _advance
        if self._is_in_turns:
            run.slice_s = 0.0
            QTimer.singleShot(0, self, lambda: self._on_advanced(work(run)))
            return
        self._background.run("task", work, run, self._on_advanced)

    def _on_advanced(self, step: "_Step") -> None:
        if not step.is_over and self._run is not None:
            self.progressed.emit(step.done, step.total)
            self._go_on(self._run)
            return
        self._run = None
        if step.error is not None:
            self.failed.emit(step.error)
        elif step.is_cancelled:
            self.cancelled.emit()
        else:
            self.finished.emit(step.result)


class _Run:
    """A generator between its slices; used by the background thread alone."""

    def __init__(
        self, begin: Callable[[], Work], expected: tuple[type[Exception], ...], slice_s: float
    ) -> None:
        self.begin = begin
        self.expected = expected
        self.slice_s = slice_s
        self.work: Work | None = None


@dataclass(frozen=True, slots=True)
class _Step:
    done: int = 0
    total: int = 0
    is_over: bool = False
    is_cancelled: bool = False
    result: object = None
    error: Exception | None = None


def _advance(run: _Run) -> _Step:
    """Take the work further for one slice."""
    until = time.monotonic() + run.slice_s
    try:
        if run.work is None:
            run.work = run.begin()
        while True:
            done, total = next(run.work)
            if time.monotonic() >= until:
                return _Step(done, total)
    except StopIteration as end:
        return _Step(is_over=True, result=end.value)
    except run.expected as error:
        return _Step(is_over=True, error=error)


def _end(run: _Run) -> _Step:
    """Have the work clear away what is half done."""
    try:
        if run.work is not None:
            run.work.close()
    except run.expected as error:
        return _Step(is_over=True, error=error)
    return _Step(is_over=True, is_cancelled=True)
