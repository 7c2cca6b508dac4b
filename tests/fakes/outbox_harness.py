"""An outbox with all that it works with: real sender, real database, real bridge."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pytestqt.qtbot import QtBot

from dingcomposer.core.delivery import Report
from dingcomposer.core.robot import Credentials, Robot
from dingcomposer.dingtalk.client import Client
from dingcomposer.dingtalk.network import Network, network_of
from dingcomposer.sending.schedule import Schedule
from dingcomposer.sending.sender import Sender
from dingcomposer.services.bridge import Bridge
from dingcomposer.services.outbox import Outbox
from dingcomposer.storage.database import Database, StorageError
from dingcomposer.storage.disk.wal_sync import WalSync, sync_file
from dingcomposer.storage.history import HistoryStore, SendRow
from tests.fakes.clocks import machine_clock_ms
from tests.fakes.tokens import fingerprint_of

LIMIT_MS = 20_000


class OutboxHarness:
    """An outbox on a file, and what it reported. The secrets are the test's to give."""

    def __init__(
        self,
        path: Path,
        read_credentials: Callable[[str], Credentials],
        qtbot: QtBot,
        *,
        network: Callable[[Robot], Network] = network_of,
        retry_waits_s: tuple[float, ...] = (0.0, 0.0, 0.0),
        sync: Callable[[Path], None] = sync_file,
    ) -> None:
        self.path, self.qtbot = path, qtbot
        self.database = Database(path, busy_timeout_ms=50)
        self.wal_sync = WalSync(self.database, sync)
        self.history = HistoryStore(self.database, wal_sync=self.wal_sync)
        self.bridge = Bridge()
        self.schedule = Schedule()
        self.sender = Sender(
            make_client=lambda: Client(clock_ms=machine_clock_ms, network=network),
            read_credentials=read_credentials,
            fingerprint_of=fingerprint_of,
            announce=self.bridge.announce,
            report=self.bridge.report,
            schedule=self.schedule,
            retry_waits_s=retry_waits_s,
        )
        self.outbox = Outbox(self.history, self.sender, self.bridge)
        self.said: list[Report] = []
        self.troubles: list[StorageError] = []
        self.outbox.reported.connect(self.said.append)
        self.outbox.trouble.connect(self.troubles.append)

    def row(self, msg_uuid: str) -> SendRow:
        row = self.history.row(msg_uuid)
        assert row is not None
        return row

    def wait(self, until: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(until, timeout=LIMIT_MS)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Another program writes to the database, and takes its time."""
        with closing(sqlite3.connect(self.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")

    def close(self) -> None:
        self.sender.stop()
        self.bridge.close()
        self.wal_sync.close()
        self.database.close()
