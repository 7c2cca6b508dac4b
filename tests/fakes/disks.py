"""A disk that takes its time, or fails, when something is to be synced to it."""

import threading
from pathlib import Path
from queue import SimpleQueue

from dingcomposer.storage.disk.wal_sync import sync_file

LIMIT_S = 20.0


class HeldDisk:
    """Syncs for real, but only as often as it is let, and fails while `is_failing`."""

    def __init__(self) -> None:
        self.is_failing = False
        self.asked: SimpleQueue[Path] = SimpleQueue()
        self._let = threading.Semaphore(0)

    def let(self, times: int = 1) -> None:
        """Let it sync so often."""
        self._let.release(times)

    def __call__(self, path: Path) -> None:
        self.asked.put(path)
        assert self._let.acquire(timeout=LIMIT_S)
        if self.is_failing:
            raise OSError(5, "Input/output error")
        sync_file(path)
