"""The history as an archive: its search, its index, its backups, and what may go of it."""

from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject

from dingcomposer.services.background import Background
from dingcomposer.services.history.exports import remove_unfinished
from dingcomposer.services.history.removal import HistoryRemoval
from dingcomposer.services.history.safety import HistorySafety
from dingcomposer.services.history.search import HistorySearch
from dingcomposer.services.history.upkeep import Upkeep
from dingcomposer.services.settings import Settings
from dingcomposer.storage.database import Database, StorageError

_X = TypeVar("_X")


class HistoryArchive(QObject):
    """Holds these together for whoever starts and ends them. Main thread.

    `search` answers questions and keeps the index; `safety` makes backups and checks; `removal`
    deletes what the rules let go, once the index is whole, so that nothing is built that goes;
    `upkeep` lets what is older than the sums and the chain join them, from its own `start` on.
    """

    def __init__(
        self,
        database: Database,
        settings: Settings,
        parent: QObject | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(parent)
        self._path = database.path
        self.search = HistorySearch(database, self, now=now)
        self.safety = HistorySafety(database, self, now=now)
        self.removal = HistoryRemoval(database, settings, self, now=now)
        self.upkeep = Upkeep(database, self)
        self.search.index.completed.connect(self._on_indexed)
        self._is_indexed = False
        self._background = Background(self)

    def bring(self, keys: tuple[int, ...], what: _X, brought: Callable[[_X], None]) -> None:
        """Have the disk bring sends that are read next; `brought` hears `what` once it has.

        Of several requests that wait only the newest counts.
        """
        self._background.run("bring", _bring, (self._path, keys, what), brought)

    def start(self) -> None:
        """Go on with the index, make the backups that are due, remove what the rules let go.

        What a killed program left of an export is removed too.
        """
        remove_unfinished(self._path)
        self.safety.start()
        self.search.index.start()

    def close(self) -> None:
        """End everything, and let go of the file."""
        self._background.close()
        self.upkeep.stop()
        self.removal.stop()
        self.safety.stop()
        self.search.close()

    def _on_indexed(self) -> None:
        # Not before: what is built meanwhile need not be taken back.
        if not self._is_indexed:
            self._is_indexed = True
            self.removal.start()


def _bring(task: tuple[Path, tuple[int, ...], _X]) -> _X:
    """Read sends: they stand in the system's memory then, whoever reads them."""
    from dingcomposer.storage.archive.reader import Reader

    path, keys, what = task
    marks = ", ".join("?" * len(keys))
    with suppress(StorageError), closing(Reader(path)) as reader:
        reader.rows(f"SELECT * FROM sends WHERE key IN ({marks})", *keys)
    return what
