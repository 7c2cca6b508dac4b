"""Broadcast: one message to several robots, confirmed once, with one result for all of them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import (
    BroadcastSummary,
    Report,
    SendJob,
    Status,
    has_failed,
    summarize,
)
from dingcomposer.core.draft import to_message
from dingcomposer.core.messages import Message
from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import Robot
from dingcomposer.services.draft_session import DraftSession
from dingcomposer.services.outbox import Outbox
from dingcomposer.services.robot_profiles import RobotProfiles
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.history import HistoryStore, SendRow
from dingcomposer.ui.send.send_controller import SendController
from dingcomposer.ui.texts.storage import storage_sentence

TELL_EVERY_MS = 200


@dataclass(frozen=True, slots=True)
class BroadcastResult:
    """How it fares so far; `msg_uuid` is of the send to look at first."""

    summary: BroadcastSummary
    msg_uuid: str
    has_failed: bool


class BroadcastController(QObject):
    """Starts broadcasts, and reports how the newest fares. `say` gets why nothing was sent.

    Signals:
        result_known(BroadcastResult): some more of the robots have their outcome.
    """

    result_known = Signal(object)

    def __init__(
        self,
        session: DraftSession,
        robot_profiles: RobotProfiles,
        outbox: Outbox,
        history: HistoryStore,
        *,
        flow: SendController,
        say: Callable[[str], None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._robot_profiles = robot_profiles
        self._history = history
        self._flow = flow
        self._say = say
        self._window = window
        self._robot_of: dict[str, str] = {}
        self._newest: dict[str, tuple[str, Status, Cause | None]] = {}
        # Robots answer quicker than anybody reads.
        self._telling = QTimer(self, singleShot=True, interval=TELL_EVERY_MS)
        self._telling.timeout.connect(self._show_summary)
        outbox.reported.connect(self._on_reported)

    def adopt(self, before: "BroadcastController") -> None:
        """Tell on how an earlier window's newest send fares."""
        self._robot_of.update(before._robot_of)
        self._newest.update(before._newest)

    def begin(self) -> None:
        """Ask which groups get the draft."""
        from dingcomposer.ui.send.recipients_dialog import RecipientsDialog

        dialog = RecipientsDialog(self._robot_profiles.robots, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.send_to(dialog.chosen))
        dialog.open()

    def send_to(self, robots: Sequence[Robot]) -> tuple[SendJob, ...]:
        """Send the draft to these robots, once it is confirmed."""
        return self._submit(to_message(self._session.draft), robots, "")

    def send_to_failed(self, msg_uuid: str) -> tuple[SendJob, ...]:
        """Send to those robots only that certainly did not get what this send was one of.

        What is unknown stays alone: it may have arrived.
        """
        try:
            row = self._history.row(msg_uuid)
            if row is None or row.group_id is None:
                return ()
            rows = [one for one in self._history.group(row.group_id) if _failed(one)]
        except StorageError as error:
            self._say(storage_sentence(error.fault))
            return ()
        known = [self._robot_profiles.get(one.robot_id) for one in rows]
        robots = [one for one in known if one is not None and not one.is_archived and one.has_token]
        if not robots:
            self._say(self.tr("There is no group left that it could be sent to again."))
            return ()
        return self._submit(row.message, robots, row.group_id)

    def _submit(
        self, message: Message, robots: Sequence[Robot], group_id: str
    ) -> tuple[SendJob, ...]:
        jobs = self._flow.submit_all(message, robots, group_id)
        if not jobs:
            return ()
        self._robot_of.clear()
        self._newest.clear()
        if group_id:
            for row in self._history.group(group_id):
                self._newest[row.robot_id] = row.msg_uuid, row.status, row.cause
        for job in jobs:
            self._robot_of[job.msg_uuid] = job.robot.robot_id
            self._newest[job.robot.robot_id] = job.msg_uuid, Status.QUEUED, None
        self._show_summary()
        return jobs

    def _on_reported(self, report: Report) -> None:
        robot_id = self._robot_of.get(report.msg_uuid)
        if robot_id is None:
            return
        self._newest[robot_id] = report.msg_uuid, report.status, report.cause
        if not self._telling.isActive():
            self._telling.start()

    def _show_summary(self) -> None:
        outcomes = [(status, cause) for _, status, cause in self._newest.values()]
        busy = outcomes.count((Status.REFUSED, Cause.BUSY))
        counts = summarize((status for status, _ in outcomes), busy=busy)
        troubled = [
            uuid
            for uuid, status, _ in self._newest.values()
            if status.is_final and status is not Status.DELIVERED
        ]
        first = troubled[0] if troubled else next(iter(self._robot_of))
        failed = any(has_failed(status, cause) for _, status, cause in self._newest.values())
        self.result_known.emit(BroadcastResult(counts, first, failed and not counts.waiting))


def _failed(row: SendRow) -> bool:
    return has_failed(row.status, row.cause)
