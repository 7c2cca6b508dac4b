"""Engine: robots, history, secrets and sender, put together for a window and a command alike.

Several may work on one data folder at once. What belongs to a token (its pace, its rest) and what
was sent is decided in the database they share; each has a lease of its own on what it sends.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from time import time_ns
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from dingcomposer import paths
from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import Credentials
from dingcomposer.sending.sender import RETRY_WAITS_S, Sender
from dingcomposer.services.bridge import Bridge
from dingcomposer.services.lists.robot_lists import RobotLists
from dingcomposer.services.outbox import Outbox
from dingcomposer.services.robot_profiles import RobotProfiles, built_in_sandbox
from dingcomposer.storage.database import Database, StorageError
from dingcomposer.storage.disk.wal_sync import WalSync
from dingcomposer.storage.history import HistoryStore
from dingcomposer.storage.processes.lease import ProcessLease
from dingcomposer.storage.robot_lists import RobotListStore
from dingcomposer.storage.robots import RobotStore
from dingcomposer.storage.secrets import LIMIT_S, FindBackend, SecretStore, system_keyring
from dingcomposer.storage.token_fingerprint import fingerprints

if TYPE_CHECKING:
    # At run time when it is first wanted: not on the way to the first window.
    from dingcomposer.dingtalk.client import Client
    from dingcomposer.services.table_runs.runner import TableRuns

DATABASE_NAME = paths.DATABASE_NAME


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """What an engine takes from outside. `learned` hears of each secret that it gets to
    know, `mask` takes them out of a text that is kept.
    """

    find_keyring: FindBackend = system_keyring
    keyring_limit_s: float = LIMIT_S
    clock_ms: Callable[[], int] = lambda: time_ns() // 1_000_000
    retry_waits_s: tuple[float, ...] = RETRY_WAITS_S
    learned: Callable[[Credentials], None] = lambda _credentials: None
    mask: Callable[[str], str] = lambda text: text
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


class Engine(QObject):
    """All that sends, over an open database. It needs an event loop, but no window.

    `recovered` are the sends that a dead process had left open. `sandbox_name` is what the
    built-in sandbox's robot is called where it is made anew; `secrets_changed` is called in the
    main thread when the keyring's state changes. Raises StorageError, and OSError where no lease
    can be made in the data folder.
    """

    def __init__(
        self,
        database: Database,
        options: EngineOptions,
        *,
        sandbox_name: str,
        secrets_changed: Callable[[], None] = lambda: None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._clock_ms, self._mask = options.clock_ms, options.mask
        self.database = database
        self.lease = ProcessLease(Path(database.path).parent)
        database.has_company = self.lease.has_others
        try:
            self._open(options, sandbox_name, secrets_changed)
        except BaseException:
            self.lease.release()
            raise

    def _open(
        self, options: EngineOptions, sandbox_name: str, secrets_changed: Callable[[], None]
    ) -> None:
        self.wal_sync = WalSync(self.database)
        self.history = HistoryStore(self.database, self.lease, self.wal_sync)
        self.recovered = self.history.recover(datetime.now(UTC))
        robots = RobotStore(self.database)
        self.fingerprint_of = fingerprint_of = fingerprints(self.database)
        self.sandbox_id = built_in_sandbox(robots, sandbox_name)
        self.bridge = Bridge(self)
        self.secrets = SecretStore(
            options.find_keyring,
            limit_s=options.keyring_limit_s,
            changed=lambda: self.bridge.post(secrets_changed),
            learned=options.learned,
        )
        self.sender_thread = Sender(
            make_client=self._make_client,
            read_credentials=self.secrets.read,
            fingerprint_of=fingerprint_of,
            announce=self.bridge.announce,
            report=self.bridge.report,
            retry_waits_s=options.retry_waits_s,
        )
        self.outbox = Outbox(
            self.history, self.sender_thread, self.bridge, now=options.now, parent=self
        )
        self.robot_profiles = RobotProfiles(robots, self.secrets, self.bridge, fingerprint_of, self)
        self.robot_lists = RobotLists(
            RobotListStore(self.database), self.robot_profiles, parent=self
        )
        self.outbox.changed_elsewhere.connect(self.robot_lists.read_again)
        self.robot_profiles.token_changing.connect(self.outbox.hold_to_token)
        self.outbox.changed_elsewhere.connect(self.robot_profiles.read_again)

    def _make_client(self) -> "Client":
        from dingcomposer.dingtalk.client import Client

        return Client(clock_ms=self._clock_ms)

    @cached_property
    def table_runs(self) -> "TableRuns":
        """What sends one message for each row of a table, made when it is first wanted."""
        from dingcomposer.services.table_runs.runner import TableRuns
        from dingcomposer.storage.planned.table_runs import TableRunStore

        return TableRuns(
            TableRunStore(self.database, self.lease),
            self.outbox,
            self.robot_profiles.get,
            self.history.add,
            mask=self._mask,
            parent=self,
        )

    def has_schedules(self) -> bool:
        """Whether any schedule is kept; nothing is loaded for the answer. Raises StorageError."""
        return bool(self.database.rows("SELECT 1 FROM schedules WHERE removed_at IS NULL LIMIT 1"))

    def has_table_run_left(self) -> bool:
        """Whether a run over a table was left behind; old ones are tidied up. Never raises."""
        try:
            if not self.database.rows("SELECT 1 FROM table_runs LIMIT 1"):
                return False
            from dingcomposer.storage.planned.table_runs import TableRunStore

            store = TableRunStore(self.database, self.lease)
            store.tidy_up(datetime.now(UTC))
            return bool(store.unfinished())
        except StorageError:
            return False

    def write_again(self) -> None:
        """Write down robots and lists as they are known here: the file is another one."""
        self.robot_profiles.write_again()
        self.robot_lists.put(self.robot_lists.lists)

    def stop(self) -> None:
        """Let nothing more leave, and write down what is known of all that did."""
        if "table_runs" in vars(self):
            self.table_runs.detach()
        self.sender_thread.stop()
        # The last reports arrive only now.
        QCoreApplication.sendPostedEvents()
        self.outbox.stop()

    def close(self) -> None:
        """Close keyring and database, and give the lease back; after `stop`."""
        self.bridge.close()
        self.secrets.close()
        self.wal_sync.close()
        self.database.close()
        self.lease.release()
