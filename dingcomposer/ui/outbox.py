"""The way of a message through the main thread: written before it leaves, completed afterwards.

The one place that both commits to the history and talks to the sender, so that no byte leaves
before its row is on the disk. It needs an event loop, but no window.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer, Signal

from dingcomposer.core.delivery import Report, SendJob
from dingcomposer.core.messages import Message
from dingcomposer.core.robot import Robot
from dingcomposer.sending.sender import Permission, Sender
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.history import HistoryStore, NotWaiting
from dingcomposer.ui.bridge import Bridge

RETRY_WRITE_MS = 5_000
"""How often an outcome that the disk refused is written again."""


class Outbox(QObject):
    """Sends messages and keeps the history true.

    Signals:
        added(str): a send was written and queued; its msgUuid.
        changed(str): the row of this msgUuid has changed.
        reported(Report): an attempt or a send is over, committed or not.
        trouble(StorageError): an outcome could not be written; it is kept and tried again.
    """

    added = Signal(str)
    changed = Signal(str)
    reported = Signal(object)
    trouble = Signal(object)

    def __init__(
        self,
        history: HistoryStore,
        sender: Sender,
        bridge: Bridge,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        new_uuid: Callable[[], str] = lambda: str(uuid4()),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._history = history
        self._sender = sender
        self._now = now
        self._new_uuid = new_uuid
        self._unwritten: list[Report] = []
        self._retry = QTimer(self, interval=RETRY_WRITE_MS)
        self._retry.timeout.connect(self.write_pending)
        bridge.attempt_announced.connect(self._on_attempt_announced)
        bridge.reported.connect(self._on_reported)

    def submit(self, message: Message, robot: Robot) -> str:
        """Write the row, QUEUED, then queue the job; its msgUuid.

        Raises StorageError where the row could not be written; then nothing is sent.
        """
        job = SendJob(self._new_uuid(), robot, message, self._now())
        self._history.add(job)
        self._sender.submit(job)
        self.added.emit(job.msg_uuid)
        return job.msg_uuid

    def cancel(self, msg_uuid: str) -> bool:
        """Take back a send that still waits; False where it is too late."""
        return self._sender.cancel(msg_uuid)

    def left(self, robot_id: str) -> int:
        """How many messages a robot may still send this minute."""
        return self._sender.left(robot_id)

    def stop(self) -> None:
        """Try a last time to write what the disk refused, then no more."""
        self.write_pending()
        self._retry.stop()

    def write_pending(self) -> bool:
        """Write the outcomes that wait for the disk, oldest first; True where none is left."""
        while self._unwritten:
            report = self._unwritten[0]
            try:
                self._history.complete(report)
            except StorageError as error:
                self._retry.start()
                self.trouble.emit(error)
                return False
            del self._unwritten[0]
            self.changed.emit(report.msg_uuid)
        self._retry.stop()
        return True

    def _on_attempt_announced(self, report: Report, permission: Permission) -> None:
        # First what came of the attempts before: this one's row may still stand as under way.
        if not self.write_pending():
            permission.deny()
            return
        try:
            self._history.announce(report)
        except StorageError as error:
            permission.deny()
            self.trouble.emit(error)
            return
        except NotWaiting:
            permission.deny()
            return
        permission.grant()
        self.changed.emit(report.msg_uuid)

    def _on_reported(self, report: Report) -> None:
        self._unwritten.append(report)
        self.write_pending()
        self.reported.emit(report)
