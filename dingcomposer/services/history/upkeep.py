"""Upkeep: what is older than the sums and the chain joins them, slice by slice, in the background.

A slice takes a few milliseconds of the main thread; in between the window has its turn. It can be
ended at any moment, and goes on at the next start where it was.
"""

import logging
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from dingcomposer.core.records import dataclass
from dingcomposer.services.background import Background
from dingcomposer.storage.database import Database, StorageError

log = logging.getLogger(__name__)

PAUSE_MS = 20
"""Between two slices."""


class Upkeep(QObject):
    """Begins with `start`, ends with `stop` or when all is done. `counts` is its progress.

    Signals:
        progressed(int, int): so many sends have joined the chain, of so many that are to.
        over(): all have.
    """

    progressed = Signal(int, int)
    over = Signal()

    def __init__(self, database: Database, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._database = database
        self._background = Background(self)
        self._timer = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._timer.timeout.connect(self._step)
        self._is_stopped = False
        self._are_sums_done = False
        self.is_over = False
        self.counts = 0, 0

    def start(self) -> None:
        """Go on where the last run left it."""
        self._timer.start()

    def stop(self) -> None:
        """Do no more; what is half done was not written."""
        self._is_stopped = True
        self._timer.stop()
        self._background.close()

    def _step(self) -> None:
        from dingcomposer.storage.archive.sums import SumStore
        from dingcomposer.storage.evidence.chain import Chain

        try:
            if not self._are_sums_done:
                self._are_sums_done = SumStore(self._database).add_slice()
                self._timer.start()
                return
            progress = Chain(self._database).progress()
        except StorageError as error:
            # The next start tries again; until then the sums and the chain say that they wait.
            log.warning("upkeep: %s", error.fault.value)
            return
        self.counts = progress.joined_key, progress.born_key
        self.progressed.emit(*self.counts)
        if progress.is_over:
            self.is_over = True
            self.over.emit()
            return
        task = _Slice(self._database.path, progress.joined_key, progress.born_key)
        self._background.run("join", _hash, task, self._on_hashed)

    def _on_hashed(self, hashed: "_Hashed | None") -> None:
        from dingcomposer.storage.evidence.chain import Chain

        if self._is_stopped or hashed is None:
            return
        try:
            Chain(self._database).join(hashed.contents, hashed.joined_key)
        except StorageError as error:
            log.warning("upkeep: %s", error.fault.value)
            return
        self._timer.start()


@dataclass(frozen=True, slots=True)
class _Slice:
    path: Path
    joined_key: int
    born_key: int


@dataclass(frozen=True, slots=True)
class _Hashed:
    contents: tuple[tuple[int, bytes], ...]
    joined_key: int


def _hash(task: _Slice) -> _Hashed | None:
    """Hash the next sends as they stand; None where they cannot be read now."""
    from contextlib import closing

    from dingcomposer.storage.archive.reader import Reader
    from dingcomposer.storage.evidence.verification import hash_unjoined

    try:
        with closing(Reader(task.path)) as reader:
            contents, joined_key = hash_unjoined(reader, task.joined_key, task.born_key)
    except StorageError as error:
        log.warning("upkeep: %s", error.fault.value)
        return None
    return _Hashed(tuple(contents), joined_key)
