"""A message in parts: shown before, confirmed once, sent in order, told as one."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Report, SendJob, Status, summarize
from dingcomposer.core.draft import to_message
from dingcomposer.core.messages import Message
from dingcomposer.core.payload.split import split
from dingcomposer.core.robot import Robot
from dingcomposer.services.draft_session import DraftSession
from dingcomposer.services.outbox import Outbox, message_for
from dingcomposer.services.recovery import is_missing, missing_parts
from dingcomposer.services.robot_profiles import RobotProfiles
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.history import HistoryStore, SendRow
from dingcomposer.ui.preview.bubble.bubble import RenderContext
from dingcomposer.ui.send.broadcast_controller import BroadcastResult
from dingcomposer.ui.send.send_controller import DraftOrigin, SendController
from dingcomposer.ui.texts.storage import storage_sentence


class PartsController(QObject):
    """Sends the newest message in parts. Where one fails, those behind it do not leave.

    `say` gets why nothing was sent.

    Signals:
        result_known(BroadcastResult): how the parts fare, as if each were a group of its own.
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
        render: RenderContext,
        say: Callable[[str], None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._robot_profiles = session, robot_profiles
        self._history = history
        self._flow, self._render, self._say, self._window = flow, render, say, window
        # In the order of the parts; of one that was sent again, the newest.
        self._outcomes: dict[str, tuple[Status, Cause | None]] = {}
        self._message: Message | None = None
        self._rows: dict[str, SendRow] = {}
        self._origin: DraftOrigin | None = None
        outbox.changed.connect(self._on_changed)
        outbox.reported.connect(self._on_reported)

    def begin(self) -> None:
        """Show the parts that the draft makes, and ask whether they are to go."""
        from dingcomposer.ui.send.parts_dialog import PartsDialog

        robot = self._robot_profiles.get(self._session.target_id)
        if robot is None:
            self._say(self.tr("Choose a group first"))
            return
        message = to_message(self._session.draft)
        parts = split(message_for(robot, message), robot.keywords)
        if not parts:
            self._say(self.tr("This message cannot be sent in parts."))
            return
        dialog = PartsDialog(parts, robot, self._render, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.send(message, parts, robot))
        dialog.open()

    def send(
        self, message: Message, parts: tuple[Message, ...], robot: Robot
    ) -> tuple[SendJob, ...]:
        """Send these parts, once they are confirmed."""
        jobs = self._flow.submit_parts(message, parts, robot)
        if jobs:
            self._outcomes = {job.msg_uuid: (Status.QUEUED, None) for job in jobs}
            self._rows = {}
            self._message = message
            self._origin = self._flow.origin_of(jobs[-1].msg_uuid)
            self._tell()
        return jobs

    def send_missing(self, group_id: str) -> tuple[SendJob, ...]:
        """Send the parts of a series that did not arrive, in order; they are told with the rest."""
        try:
            group = self._history.group(group_id)
        except StorageError as error:
            self._say(storage_sentence(error.fault))
            return ()
        missing = missing_parts(group)
        robot = self._robot_profiles.get(group[0].robot_id) if group else None
        if robot is None or robot.is_archived or not missing:
            self._say(self.tr("There is no part left that could be sent again."))
            return ()
        is_newest = self._message is not None and any(
            row.msg_uuid in self._outcomes for row in group
        )
        whole = self._message if is_newest and self._message else missing[0].message
        jobs = self._flow.submit_parts(whole, [row.message for row in missing], robot, group_id)
        if jobs:
            again = {row.msg_uuid: job for row, job in zip(missing, jobs, strict=True)}
            self._rows = {row.msg_uuid: row for row in group if row.msg_uuid not in again}
            self._outcomes = {
                again[row.msg_uuid].msg_uuid if row.msg_uuid in again else row.msg_uuid: (
                    (Status.QUEUED, None) if row.msg_uuid in again else (row.status, row.cause)
                )
                for row in group
            }
            self._origin = self._flow.origin_of(jobs[-1].msg_uuid) or (
                self._origin if is_newest else None
            )
            self._tell()
        return jobs

    def _on_changed(self, row: SendRow) -> None:
        if row.msg_uuid in self._outcomes:
            self._rows[row.msg_uuid] = row

    def _on_reported(self, report: Report) -> None:
        if report.msg_uuid not in self._outcomes:
            return
        self._outcomes[report.msg_uuid] = report.status, report.cause
        self._tell()

    def _tell(self) -> None:
        outcomes = self._outcomes
        busy = list(outcomes.values()).count((Status.REFUSED, Cause.BUSY))
        counts = summarize((status for status, _ in outcomes.values()), busy=busy)
        troubled = [
            uuid
            for uuid, (status, _) in outcomes.items()
            if status.is_final and status is not Status.DELIVERED
        ]
        rows = tuple(self._rows[uuid] for uuid in troubled[:1] if uuid in self._rows)
        first = troubled[0] if troubled else next(iter(outcomes))
        can_go_on = not counts.waiting and any(
            is_missing(status, cause) for status, cause in outcomes.values()
        )
        self.result_known.emit(BroadcastResult(counts, first, can_go_on, rows, self._origin))
