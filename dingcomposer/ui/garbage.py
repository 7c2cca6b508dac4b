"""Python's cyclic garbage, collected in the main thread only.

Any thread that allocates may trigger the collector, and a widget that is part of a cycle would then
be destroyed in that thread, which ends the process (seen in the tests: a fatal error while
"Garbage-collecting"). So the automatic collector is off while the program runs, and a timer of the
main thread does its work, by the same thresholds.
"""

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 1_000


class GarbageCollector(QObject):
    """Stands in for the automatic collector until `stop`. Main thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Take over. What exists now is taken to live as long as the program."""
        self._was_enabled = gc.isenabled()
        gc.disable()
        # Modules and the window: to look at them again each time takes tens of milliseconds.
        gc.freeze()
        self._timer.start()

    def look(self) -> None:
        """Collect the oldest generation that is due."""
        thresholds, counts = gc.get_threshold(), gc.get_count()
        due = [
            generation
            for generation, (count, threshold) in enumerate(zip(counts, thresholds, strict=True))
            if threshold and count > threshold
        ]
        if due:
            gc.collect(due[-1])

    def stop(self) -> None:
        """Give the work back to Python."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_enabled:
            gc.enable()
