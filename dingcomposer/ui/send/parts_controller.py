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
from dingcomposer.services.robot_profiles import RobotProfiles
from dingcomposer.storage.history import SendRow
from dingcomposer.ui.preview.bubble.bubble import RenderContext
from dingcomposer.ui.send.broadcast_controller import BroadcastResult
from dingcomposer.ui.send.send_controller import DraftOrigin, SendController


class PartsController(QObject):
    """Sends the newest message in parts. Where one fails, those that still wait are held back.

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
        *,
        flow: SendController,
        render: RenderContext,
        say: Callable[[str], None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._robot_profiles, self._outbox = session, robot_profiles, outbox
        self._flow, self._render, self._say, self._window = flow, render, say, window
        self._outcomes: dict[str, tuple[Status, Cause | None]] = {}  # in the order of the parts
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
            self._origin = self._flow.origin_of(jobs[-1].msg_uuid)
            self._tell()
        return jobs

    def _on_changed(self, row: SendRow) -> None:
        if row.msg_uuid in self._outcomes:
            self._rows[row.msg_uuid] = row

    def _on_reported(self, report: Report) -> None:
        if report.msg_uuid not in self._outcomes:
            return
        self._outcomes[report.msg_uuid] = report.status, report.cause
        if report.status.is_final and report.status is not Status.DELIVERED:
            order = list(self._outcomes)
            for later in order[order.index(report.msg_uuid) + 1 :]:
                self._outbox.cancel(later)
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
        self.result_known.emit(BroadcastResult(counts, first, False, rows, self._origin))
