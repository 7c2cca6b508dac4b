"""The program that the kill tests kill: sender, store, outbox and event loop, without a window.

    python -m tests.fakes.killed_program      (its Orders come as JSON on standard input)

Whatever may have been taken is retried safely at once, as by a person's click, once each. It says
each step before taking it, one line each, and never ends by itself. Where it was told to
hold at a step, the thread that comes there stops for good, while the others go on.
"""

import json
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer

from dingcomposer.core.delivery import Report, SendJob
from dingcomposer.core.messages import Text
from dingcomposer.core.robot import Credentials, Robot
from dingcomposer.dingtalk.client import Client
from dingcomposer.dingtalk.responses import Accepted
from dingcomposer.sending.permission import Permission
from dingcomposer.sending.sender import Sender
from dingcomposer.services.bridge import Bridge
from dingcomposer.services.outbox import Outbox
from dingcomposer.storage.database import Database
from dingcomposer.storage.disk.wal_sync import WalSync
from dingcomposer.storage.history import HistoryStore, SendRow
from tests.fakes.clocks import machine_clock_ms
from tests.fakes.tokens import fingerprint_of


class Step(StrEnum):
    """Where the program stands, in the order of a message's way."""

    ADDING = "adding"  # about to write the row
    ADDED = "added"  # QUEUED is committed
    SUBMITTED = "submitted"  # the sender has it; the call from the window is over
    READING = "reading"  # the sender thread is about to read the secrets
    ANNOUNCING = "announcing"  # … to ask for its permission
    COMMITTING = "committing"  # the main thread is about to commit SENDING
    COMMITTED = "committed"  # … has done so, and not granted the permission yet
    POSTING = "posting"  # the sender thread is about to post
    ANSWERED = "answered"  # … has the answer, or knows that none comes
    REPORTING = "reporting"  # … is about to tell the main thread
    COMPLETING = "completing"  # the main thread is about to commit the outcome
    COMPLETED = "completed"  # … has done so
    RETRYING = "retrying"  # about to let what may have been taken wait again
    RETRIED = "retried"  # the sender has it again


@dataclass(frozen=True, slots=True)
class Orders:
    """What to send, where, and where to hold: at the nth time that `hold_at` is reached."""

    database: str
    url: str
    access_token: str
    secret: str
    texts: tuple[str, ...]
    robots: int
    hold_at: str = ""
    hold_time: int = 0

    def to_json(self) -> str:
        """As the program reads it."""
        return json.dumps(asdict(self))


class Teller:
    """Says the steps on standard output, and holds where it was told to."""

    def __init__(self, hold_at: str, hold_time: int) -> None:
        self._hold_at = hold_at
        self._hold_time = hold_time
        self._lock = threading.Lock()
        self._count = 0

    def __call__(self, step: Step, msg_uuid: str = "") -> None:
        with self._lock:
            sys.stdout.write(f"{step} {msg_uuid}\n")
            sys.stdout.flush()
            self._count += step == self._hold_at
            is_held = step == self._hold_at and self._count == self._hold_time
        if is_held:
            threading.Event().wait()


class ToldHistory(HistoryStore):
    """The history, with its steps told."""

    def __init__(self, database: Database, tell: Teller) -> None:
        super().__init__(database, wal_sync=WalSync(database))
        self._tell = tell

    def add(self, job: SendJob) -> SendRow:
        self._tell(Step.ADDING, job.msg_uuid)
        row = super().add(job)
        self._tell(Step.ADDED, job.msg_uuid)
        return row

    def announce(self, report: Report) -> SendRow:
        self._tell(Step.COMMITTING, report.msg_uuid)
        row = super().announce(report)
        self._tell(Step.COMMITTED, report.msg_uuid)
        return row

    def complete(self, report: Report) -> SendRow:
        self._tell(Step.COMPLETING, report.msg_uuid)
        row = super().complete(report)
        self._tell(Step.COMPLETED, report.msg_uuid)
        return row


class ToldClient(Client):
    """The client, with its steps told."""

    def __init__(self, tell: Teller) -> None:
        super().__init__(clock_ms=machine_clock_ms)
        self._tell = tell

    def send(self, robot: Robot, credentials: Credentials, body: bytes) -> Accepted:
        self._tell(Step.POSTING)
        try:
            return super().send(robot, credentials, body)
        finally:
            self._tell(Step.ANSWERED)


class Program:
    """Everything but the window."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders
        self._tell = Teller(orders.hold_at, orders.hold_time)
        self._bridge = Bridge()
        self._retried: set[str] = set()
        self._history = ToldHistory(Database(Path(orders.database)), self._tell)
        sender = Sender(
            make_client=lambda: ToldClient(self._tell),
            read_credentials=self._read_credentials,
            fingerprint_of=fingerprint_of,
            announce=self._told(Step.ANNOUNCING, self._bridge.announce),
            report=self._report,
            retry_waits_s=(0.0, 0.0, 0.0),
        )
        self._outbox = Outbox(self._history, sender, self._bridge)
        self._outbox.reported.connect(self._on_reported)

    def submit_all(self) -> None:
        """Send every text, in turn to each robot."""
        orders = self._orders
        for number, text in enumerate(orders.texts):
            robot = Robot(f"r-{number % orders.robots}", "测试群", endpoint=orders.url)
            self._tell(Step.SUBMITTED, self._outbox.submit(Text(text), robot))

    def _on_reported(self, report: Report) -> None:
        row = self._history.row(report.msg_uuid)
        if row is None or not row.may_have_been_taken or row.msg_uuid in self._retried:
            return
        self._retried.add(row.msg_uuid)
        self._tell(Step.RETRYING, row.msg_uuid)
        self._outbox.retry(row, Robot(row.robot_id, row.robot_name, endpoint=self._orders.url))
        self._tell(Step.RETRIED, row.msg_uuid)

    def _read_credentials(self, robot_id: str) -> Credentials:
        self._tell(Step.READING)
        return Credentials(self._orders.access_token, self._orders.secret)

    def _told(
        self, step: Step, call: Callable[[Report, Permission], None]
    ) -> Callable[[Report, Permission], None]:
        def told(report: Report, permission: Permission) -> None:
            self._tell(step, report.msg_uuid)
            call(report, permission)

        return told

    def _report(self, report: Report) -> None:
        self._tell(Step.REPORTING, report.msg_uuid)
        self._bridge.report(report)


def main() -> int:
    """Carry out the orders, and go on until killed."""
    read = json.load(sys.stdin)
    orders = Orders(**{**read, "texts": tuple(read["texts"])})
    application = QCoreApplication([])
    program = Program(orders)
    QTimer.singleShot(0, program.submit_all)
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
