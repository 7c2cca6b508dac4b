"""How much of the main thread something takes, and how long the window is deaf meanwhile."""

from collections.abc import Callable
from time import perf_counter, thread_time

from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop, QObject, Qt, QTimer

BEAT_MS = 2


class MainThreadTime(QObject):
    """Counts the main thread's own time: what it worked, not what it waited for.

    A processor that is busy with another program does not change it, a stopwatch would.
    """

    def __init__(self) -> None:
        super().__init__()
        self._on_idle: Callable[[], None] | None = None
        QAbstractEventDispatcher.instance().aboutToBlock.connect(self._on_about_to_block)

    def count(
        self, act: Callable[[], None], for_ms: int, on_idle: Callable[[], None] | None = None
    ) -> float:
        """Do something, then run the event loop for so long; the ms that were worked.

        `on_idle` is called whenever nothing is left to do for now.
        """
        loop = QEventLoop()
        begun = thread_time()
        act()
        self._on_idle = on_idle
        QTimer.singleShot(for_ms, loop.quit)
        loop.exec()
        self._on_idle = None
        return (thread_time() - begun) * 1000

    def _on_about_to_block(self) -> None:
        if self._on_idle is not None:
            self._on_idle()


class StallMonitor(QObject):
    """Beats as often as the main thread can, and remembers for how long it could not."""

    def __init__(self) -> None:
        super().__init__()
        self._gaps: list[tuple[float, float]] = []
        self._beaten_at, self._worked_s = perf_counter(), thread_time()
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_beat)

    def begin(self) -> None:
        """Begin to beat; what was before is forgotten."""
        self._gaps = []
        self._beaten_at, self._worked_s = perf_counter(), thread_time()
        self._timer.start()

    def end(self) -> float:
        """Stop; the longest time without a beat, in ms, less the pause that is between beats."""
        self._on_beat()
        self._timer.stop()
        return max(max(gap_ms - BEAT_MS, 0.0) for gap_ms, _ in self._gaps)

    @property
    def stalls_ms(self) -> list[float]:
        """How long each time without a beat was, less the pause that is between beats."""
        return [max(gap_ms - BEAT_MS, 0.0) for gap_ms, _ in self._gaps]

    @property
    def worked_ms(self) -> float:
        """How much of the longest stall the main thread worked; in the rest others had the turn."""
        return max(self._gaps)[1]

    def _on_beat(self) -> None:
        now, worked_s = perf_counter(), thread_time()
        self._gaps.append(((now - self._beaten_at) * 1000, (worked_s - self._worked_s) * 1000))
        self._beaten_at, self._worked_s = now, worked_s
