"""Builds the index of the history, a slice at a time, while the window is used."""

import logging
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from dingcomposer.storage.database import Database, StorageError

log = logging.getLogger(__name__)

SLICE_S = 0.006
"""For so long at most the window waits for a slice."""
REST = 2.0
"""So many times as long as a slice took the window has its turn before the next."""
RETRY_MS = 5_000
"""After a disk that is full, or a lock, it is tried again."""


class HistoryIndexer(QObject):
    """Sees to it that there is an index, whole and sound. Main thread; it may end at any moment.

    Signals:
        progressed(int, int): so many sends stand in the index, of so many.
        completed(): all of them do.
    """

    progressed = Signal(int, int)
    completed = Signal()

    def __init__(
        self,
        database: Database,
        parent: QObject | None = None,
        *,
        monotonic: Callable[[], float] = time.perf_counter,
    ) -> None:
        super().__init__(parent)
        self._database = database
        self._monotonic = monotonic
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._on_turn)
        self._rows = 8
        self._total = self._done = 0

    @property
    def is_building(self) -> bool:
        """True while there are sends to be indexed."""
        return self._timer.isActive()

    @property
    def counts(self) -> tuple[int, int]:
        """How many sends stand in the index, of how many."""
        return min(self._done, self._total), self._total

    def robot_names(self) -> tuple[str, ...]:
        """The names of the robots that stand in it."""
        query = "SELECT value FROM search_facets WHERE field = 'robot' ORDER BY value"
        try:
            return tuple(row["value"] for row in self._database.rows(query))
        except StorageError:
            return ()

    def start(self) -> None:
        """Go on where the last run ended; begin anew where there is no index."""
        if not self._timer.isActive():
            self._total = 0
            self._timer.start(0)

    def rebuild(self) -> bool:
        """The index cannot be relied on: make another one. False where the disk refuses."""
        from dingcomposer.storage.search.index import SearchIndex

        log.warning("the index of the history is damaged")
        try:
            SearchIndex(self._database).mark_damaged()
        except StorageError as error:
            log.warning("that could not be written down (%s)", error.fault.value)
            return False
        self._timer.stop()
        self.start()
        return True

    def stop(self) -> None:
        """Do nothing more."""
        self._timer.stop()

    def _on_turn(self) -> None:
        from dingcomposer.storage.search.index import SearchIndex

        index = SearchIndex(self._database)
        begun_s = self._monotonic()
        try:
            if not self._total:
                index.prepare()
                self._done, self._total = index.count()
            rows = index.build_slice(self._rows)
            # What is left to merge would burden whoever writes next.
            is_merging = not rows and index.merge_slice()
        except StorageError as error:
            log.warning("the index could not be built further (%s)", error.fault.value)
            self._timer.start(RETRY_MS)
            return
        took_s = self._monotonic() - begun_s
        self._rows = min(max(int(self._rows * SLICE_S / max(took_s, 1e-4)), 4), 2 * self._rows, 256)
        self._done += rows
        if rows:
            self._timer.start(max(int(took_s * REST * 1000), 1))
            self.progressed.emit(*self.counts)
            return
        self._done = self._total
        if is_merging:
            self._timer.start(max(int(took_s * REST * 1000), 1))
            return
        self.completed.emit()
