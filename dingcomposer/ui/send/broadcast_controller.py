"""Broadcast: one message to several robots, confirmed once, with one result for all of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import (
    AT_ONCE,
    BroadcastOrder,
    BroadcastSummary,
    Report,
    SendJob,
    Status,
    has_failed,
    summarize,
)
from dingcomposer.core.draft import to_message
from dingcomposer.core.messages import Message, headline_of
from dingcomposer.core.payload import body_sha256
from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import Robot
from dingcomposer.core.robot_lists import RobotList
from dingcomposer.services.outbox import EMPTY, message_for
from dingcomposer.services.recovery import are_parts, same_failure
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.history import SendRow
from dingcomposer.ui.context import Context
from dingcomposer.ui.send.send_controller import DraftOrigin, SendController
from dingcomposer.ui.texts.storage import storage_sentence

REPORT_EVERY_MS = 200


@dataclass(frozen=True, slots=True)
class BroadcastResult:
    """How it fares so far; `msg_uuid` is of the send to look at first.

    `troubled` are the sends that are over and were not delivered, as far as the history has them.
    `origin` is the draft that was sent; None for what was sent from elsewhere.
    """

    summary: BroadcastSummary
    msg_uuid: str
    has_failed: bool
    troubled: tuple[SendRow, ...] = ()
    origin: DraftOrigin | None = None


class BroadcastController(QObject):
    """Starts broadcasts, and reports how the newest fares. `say` gets why nothing was sent.

    `now` gives aware UTC.

    Signals:
        result_known(BroadcastResult): some more of the robots have their outcome.
        parts_wanted(str): what is to be sent again is a message in parts, of this group's id.
    """

    result_known = Signal(object)
    parts_wanted = Signal(str)

    def __init__(
        self,
        context: Context,
        *,
        flow: SendController,
        say: Callable[[str], None],
        window: QWidget,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(window)
        self._now = now
        self._session, self._history = context.session, context.history
        self._robot_profiles, self._robot_lists = context.robot_profiles, context.robot_lists
        self._flow = flow
        self._say = say
        self._window = window
        self._robot_of: dict[str, str] = {}
        self._newest: dict[str, tuple[str, Status, Cause | None]] = {}
        self._rows: dict[str, SendRow] = {}  # of those in `_newest`, by msgUuid
        self._group_ids: dict[str, str] = {}  # what each draft was sent as, edited since or not
        self._origin: DraftOrigin | None = None
        # Robots answer quicker than anybody reads.
        self._telling = QTimer(self, singleShot=True)
        self._telling.timeout.connect(self._show_summary)
        context.outbox.changed.connect(self._on_changed)
        context.outbox.reported.connect(self._on_reported)
        context.outbox.stopped.connect(self._telling.stop)  # telling would read the history

    def adopt(self, before: "BroadcastController") -> None:
        """Tell on how an earlier window's newest send fares."""
        self._robot_of.update(before._robot_of)
        self._newest.update(before._newest)
        self._rows.update(before._rows)
        self._group_ids.update(before._group_ids)
        self._origin = before._origin

    def begin(self) -> None:
        """Ask which groups get the draft."""
        from dingcomposer.ui.send.recipients_dialog import RecipientsDialog

        headline = headline_of(to_message(self._session.draft))
        try:
            last = self._history.last_recipients(headline)
        except StorageError as error:
            self._say(storage_sentence(error.fault))
            last = ()
        dialog = RecipientsDialog(self._robot_profiles.robots, self._window, last=last)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.send_to(dialog.chosen))
        dialog.open()

    def send_to(self, robots: Sequence[Robot]) -> tuple[SendJob, ...]:
        """Send the draft to these robots, once it is confirmed."""
        return self._note_draft(self._submit(to_message(self._session.draft), robots))

    def send_to_list(self, robot_list: RobotList) -> tuple[SendJob, ...]:
        """Send the draft to all in a list that can be sent to, once it is confirmed.

        Who joined or left since the list was chosen is told, and who has no webhook.
        """
        from dingcomposer.ui.texts.send.broadcast import change_sentences, missing_sentences

        session = self._session
        members = self._robot_lists.members(robot_list)
        ready = [one for one in members if one.has_token]
        if not ready:
            self._say(self.tr("No group in this list has a webhook."))
            return ()
        try:
            change = self._robot_lists.change_since(session.draft_id, robot_list)
            told = (*change_sentences(change), *missing_sentences(members))
            message = to_message(session.draft)
            jobs = self._submit(message, ready, order=robot_list.order, told=told)
            if jobs:
                self._robot_lists.remember_choice(session.draft_id, robot_list)
        except StorageError as error:
            self._say(storage_sentence(error.fault))
            return ()
        return self._note_draft(jobs)

    def _note_draft(self, jobs: tuple[SendJob, ...]) -> tuple[SendJob, ...]:
        """What the draft was sent as."""
        group_id = self._group_of(jobs[0].msg_uuid) if jobs else None
        if group_id is not None:
            self._group_ids[self._session.draft_id] = group_id
        return jobs

    def send_to_failed(self, msg_uuid: str) -> tuple[SendJob, ...]:
        """Send to those robots only that certainly did not get what this send was one of.

        What is unknown stays alone: it may have arrived. Where some would fail again as they did,
        or the draft was changed since, a person chooses first, and () is returned.
        """
        try:
            row = self._history.row(msg_uuid)
            if row is None or row.group_id is None:
                return ()
            group = self._history.group(row.group_id)
        except StorageError as error:
            self._say(storage_sentence(error.fault))
            return ()
        if are_parts(group):
            self.parts_wanted.emit(row.group_id)
            return ()
        rows = [one for one in group if _failed(one)]
        known = [(self._robot_profiles.get(one.robot_id), one) for one in rows]
        failed = [
            (robot, one)
            for robot, one in known
            if robot is not None and not robot.is_archived and robot.has_token
        ]
        if not failed:
            self._say(self.tr("There is no group left that it could be sent to again."))
            return ()
        message, edited = row.message, None
        if self.is_of_draft(row):
            draft = to_message(self._session.draft)
            its = message_for(replace(failed[0][0], name=row.robot_name), draft)
            edited = draft if body_sha256(its) != body_sha256(message) else None
        if edited is None and not any(
            same_failure(one, one.message, robot, self._now()) for robot, one in failed
        ):
            own = {robot.robot_id: one.message for robot, one in failed}
            return self._submit(message, [robot for robot, _ in failed], row, own)
        self._ask_again(failed, message, edited, row)
        return ()

    def send_again(self, row: SendRow) -> tuple[SendJob, ...]:
        """Send one of several once more, which stays one of them."""
        robot = self._robot_profiles.get(row.robot_id)
        if robot is None or robot.is_archived or row.group_id is None:
            self._say(self.tr("There is no group left that it could be sent to again."))
            return ()
        if are_parts(self._history.group(row.group_id)):
            self.parts_wanted.emit(row.group_id)
            return ()
        return self._submit(row.message, [robot], row, {robot.robot_id: row.message})

    def is_of_draft(self, row: SendRow) -> bool:
        """Whether the draft is what this was one of, changed since or not."""
        return row.group_id is not None and row.group_id == self._group_ids.get(
            self._session.draft_id
        )

    def _ask_again(
        self,
        failed: list[tuple[Robot, SendRow]],
        message: Message,
        edited: Message | None,
        row: SendRow,
    ) -> None:
        from dingcomposer.ui.send.resend_dialog import ResendDialog

        dialog = ResendDialog(failed, message, edited, self._now(), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(
            lambda: self._submit(dialog.message, dialog.chosen, row, dialog.own)
        )
        dialog.open()

    def _submit(
        self,
        message: Message,
        robots: Sequence[Robot],
        joined: SendRow | None = None,
        own: Mapping[str, Message] = EMPTY,
        *,
        order: BroadcastOrder = AT_ONCE,
        told: tuple[str, ...] = (),
    ) -> tuple[SendJob, ...]:
        """Send to these robots, together with what `joined` was one of, and in its order.

        `own` are messages that some robots get instead, by their ids.
        """
        group_id = (joined.group_id if joined else None) or ""
        corrects = (joined.corrects if joined else None) or ""
        if group_id:
            order = self._order_of(group_id)
        jobs = self._flow.submit_all(
            message, robots, group_id, corrects, own, order=order, told=told
        )
        if not jobs:
            return ()
        self._origin = self._flow.origin_of(jobs[0].msg_uuid)
        self._robot_of.clear()
        self._newest.clear()
        self._rows.clear()
        if group_id:
            for row in self._history.group(group_id):
                self._newest[row.robot_id] = row.msg_uuid, row.status, row.cause
                self._rows[row.msg_uuid] = row
        for job in jobs:
            self._robot_of[job.msg_uuid] = job.robot.robot_id
            self._newest[job.robot.robot_id] = job.msg_uuid, Status.QUEUED, None
        self._telling.start(0)  # writing hundreds down took its time: the window has a turn first
        return jobs

    def _order_of(self, group_id: str) -> BroadcastOrder:
        try:
            return self._history.order_of(group_id)
        except StorageError as error:
            self._say(storage_sentence(error.fault))
            return AT_ONCE

    def _group_of(self, msg_uuid: str) -> str | None:
        try:
            row = self._history.row(msg_uuid)
        except StorageError as error:
            self._say(storage_sentence(error.fault))
            return None
        return None if row is None else row.group_id

    def _on_changed(self, row: SendRow) -> None:
        if row.msg_uuid in self._robot_of:
            self._rows[row.msg_uuid] = row

    def _on_reported(self, report: Report) -> None:
        robot_id = self._robot_of.get(report.msg_uuid)
        if robot_id is None:
            return
        self._newest[robot_id] = report.msg_uuid, report.status, report.cause
        if not self._telling.isActive():
            self._telling.start(REPORT_EVERY_MS)

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
        rows = tuple(self._rows[uuid] for uuid in troubled if uuid in self._rows)
        self.result_known.emit(
            BroadcastResult(counts, first, failed and not counts.waiting, rows, self._origin)
        )


def _failed(row: SendRow) -> bool:
    return has_failed(row.status, row.cause)
