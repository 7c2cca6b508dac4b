"""Searches of the history, off the main thread: the newest question wins."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from dingcomposer.core.search.query import Query
from dingcomposer.services.background import Background
from dingcomposer.services.history.indexer import HistoryIndexer
from dingcomposer.storage.database import Database, StorageError
from dingcomposer.storage.search.expressions import SavedSearch, SavedSearchStore
from dingcomposer.storage.search.reader import FoundKeys, SearchReader, SearchTask


class HistorySearch(QObject):
    """Asks the history, one question at a time, and keeps its index. Main thread.

    Signals:
        found(int, Sequence[int], bool): keys of sends for the question of this number, the newest
            first, behind those already told; with True there are no more.
        saved_changed(): other searches are kept now.
    """

    found = Signal(int, object, bool)
    saved_changed = Signal()

    def __init__(
        self,
        database: Database,
        parent: QObject | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(parent)
        self.index = HistoryIndexer(database, self)
        self._reader = SearchReader(database.path)
        self._background = Background(self)
        self._store = SavedSearchStore(database)
        self._now = now
        self._number = 0
        self._task: SearchTask | None = None

    def ask(self, query: Query, names: Mapping[str, str]) -> int:
        """Look for what a question finds, instead of whatever was looked for before; its number."""
        self._number += 1
        self._reader.want(self._number)
        now = self._now().astimezone()
        self._task = SearchTask(self._number, query, tuple(names.items()), now)
        self._begin(self._task)
        return self._number

    def doubt(self) -> None:
        """Something was found that is not so: make another index, and ask the same again."""
        if self._task is not None and self.index.rebuild():
            self._begin(self._task)

    def stop(self) -> None:
        """Ask nothing more."""
        self._task = None
        self._number += 1
        self._reader.want(self._number)
        self._background.forget(_KEY)

    def close(self) -> None:
        """End everything, and let go of the file."""
        self.index.stop()
        self.stop()
        self._background.close()
        self._reader.close()

    def robot_names(self) -> tuple[str, ...]:
        """The names of the robots that something was sent through, as far as they are indexed."""
        return self.index.robot_names()

    @property
    def saved(self) -> tuple[SavedSearch, ...]:
        """The searches that were kept; none where they cannot be read."""
        try:
            return self._store.load()
        except StorageError:
            return ()

    def save(self, searches: Sequence[SavedSearch]) -> None:
        """Keep these, in this order. Raises StorageError."""
        self._store.save(searches)
        self.saved_changed.emit()

    def _begin(self, task: SearchTask) -> None:
        self._background.run(_KEY, self._reader.begin, task, partial(self._on_found, task))

    def _on_found(self, task: SearchTask, found: FoundKeys | None) -> None:
        if found is None or task.number != self._number:
            return
        if found.is_damaged:
            # What is not in the index is read through: without one, all of it.
            if self.index.rebuild():
                self._begin(task)
            return
        self.found.emit(task.number, found.keys, found.is_last)
        if not found.is_last:
            self._background.run(_KEY, self._reader.go_on, task, partial(self._on_found, task))


_KEY = "search"
