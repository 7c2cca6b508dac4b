"""The history as an archive: its search, its index, its backups, and what may go of it."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QObject

from dingcomposer.services.history.exports import remove_unfinished
from dingcomposer.services.history.removal import HistoryRemoval
from dingcomposer.services.history.safety import HistorySafety
from dingcomposer.services.history.search import HistorySearch
from dingcomposer.services.history.upkeep import Upkeep
from dingcomposer.services.settings import Settings
from dingcomposer.storage.database import Database


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

    def start(self) -> None:
        """Go on with the index, make the backups that are due, remove what the rules let go.

        What a killed program left of an export is removed too.
        """
        remove_unfinished(self._path)
        self.safety.start()
        self.search.index.start()

    def close(self) -> None:
        """End everything, and let go of the file."""
        self.upkeep.stop()
        self.removal.stop()
        self.safety.stop()
        self.search.close()

    def _on_indexed(self) -> None:
        # Not before: what is built meanwhile need not be taken back.
        if not self._is_indexed:
            self._is_indexed = True
            self.removal.start()
