"""The program without its window, as the bench drives it: outbox, sender, history, event loop."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from dingcomposer.core.messages import Message
from dingcomposer.core.robot import Credentials, Robot
from dingcomposer.dingtalk.client import Client
from dingcomposer.sending.schedule import Schedule
from dingcomposer.sending.sender import Sender
from dingcomposer.services.bridge import Bridge
from dingcomposer.services.outbox import Outbox
from dingcomposer.storage.database import Database
from dingcomposer.storage.disk.wal_sync import WalSync
from dingcomposer.storage.history import HistoryStore
from dingcomposer.storage.token_fingerprint import fingerprint

ACCESS_TOKEN = "be" * 32
SECRET = "SEC" + "ab" * 32
NO_PACE = 1_000_000_000


def clock_ms() -> int:
    """The wall clock, for signatures."""
    return time.time_ns() // 1_000_000


class HeadlessProgram:
    """An outbox over a real database, sending to `url`. `close` ends its threads.

    Without a `schedule` there is no pace: what is measured is the program, not DingTalk's minute.
    """

    def __init__(
        self,
        path: Path,
        url: str,
        *,
        schedule: Schedule | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url = url
        self._database = Database(path)
        self._bridge = Bridge()
        self.sender = Sender(
            make_client=lambda: Client(clock_ms=clock_ms),
            read_credentials=lambda _robot_id: Credentials(ACCESS_TOKEN, SECRET),
            fingerprint_of=partial(fingerprint, b"bench"),
            announce=self._bridge.announce,
            report=self._bridge.report,
            schedule=schedule or Schedule(per_minute=NO_PACE),
            monotonic=monotonic,
        )
        self._wal_sync = WalSync(self._database)
        history = HistoryStore(self._database, wal_sync=self._wal_sync)
        self.outbox = Outbox(history, self.sender, self._bridge)

    def submit(self, message: Message, robot_id: str = "bench") -> None:
        """Send a message, as the click does."""
        self.outbox.submit(message, Robot(robot_id, "测试群", endpoint=self._url))

    def close(self) -> None:
        """Stop the sender and close the database."""
        self.sender.stop()
        self._bridge.close()
        self._wal_sync.close()
        self._database.close()
