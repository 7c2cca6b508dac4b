"""Outbox: a row in the history before anything leaves, its outcome afterwards.

The one place that both commits to the history and talks to the sender, so that no byte leaves
before its row is on the disk. It needs an event loop, but no window, and waits for no disk: the
permission to leave is granted by whoever has brought the row there.
"""

import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from dingcomposer.core.delivery import AT_ONCE, BroadcastOrder, Fault, Report, SendJob, Status
from dingcomposer.core.limits import PACE_PENALTY_S, PACE_WINDOW_S
from dingcomposer.core.messages import Message, keeps_fields, names_group
from dingcomposer.core.robot import Robot
from dingcomposer.sending.permission import Permission, Postponed
from dingcomposer.sending.schedule import Waiting
from dingcomposer.sending.sender import Sender
from dingcomposer.services.bridge import Bridge
from dingcomposer.storage.database import StorageError, StorageFault
from dingcomposer.storage.history import HistoryStore, NotWaiting, SendRow, TokenInUse, queued_send

if TYPE_CHECKING:
    from uuid import UUID

log = logging.getLogger(__name__)

SAME_WITHIN_S = 600
"""The same content sent to the same group within this time is asked about."""
SAME_IN_SANDBOX_S = 60
"""As `SAME_WITHIN_S` where nobody reads: there the same is tried again on purpose, but not twice by
one slip of the hand."""
LOOK_MS = 500
"""How often is looked for what other processes wrote."""
RETRY_WRITE_MS = 5_000
"""How often an outcome that the disk refused is written again."""
TURN_S = 0.003
"""What news may take of the main thread before the window has its turn again.

The answers of many robots arrive together, each asks for its own commit, and Qt hands over all
that was posted before it looks at a key: in a row they would hold up the window all that while.
"""

EMPTY: Mapping[str, Message] = MappingProxyType({})


def message_for(
    robot: Robot | None, message: Message, own: Mapping[str, Message] = EMPTY
) -> Message:
    """What a group gets: the message of its own, else this one, with its own name where asked.

    Without a robot, as far as that is known before there is one.
    """
    if robot is not None and robot.robot_id in own:
        return own[robot.robot_id]
    if not (names_group(message) or keeps_fields(message)):
        return message
    from dingcomposer.core.templates.filling import addressed  # with the first that asks for it

    return addressed(message, None if robot is None else robot.name)


def as_sent(message: Message) -> Message:
    """A message that went out, to be sent the same again: nothing is put into it any more."""
    if not names_group(message):
        return message
    from dingcomposer.core.templates.filling import with_kept_names

    return with_kept_names(message)


class Outbox(QObject):
    """Sends messages and keeps the history true.

    Signals:
        added(SendRow): a send was written and queued.
        changed(SendRow): a row as it stands now.
        reported(Report): an attempt or a send is over, committed or not.
        trouble(StorageError): an outcome could not be written; it is kept and tried again.
        probed(str): a robot's token was used without posting anything; the robot's id.
        queue_changed(): a person paused the queue, let it go on, or changed its order.
        changed_elsewhere(): another process wrote to the database; its sends were told before.
        left_behind(tuple[SendRow, ...]): a process died over these; they were ended for it.
        stopped(): nothing more is told, and the history may be closed.
        expired(str): this one had waited too long to leave any more; it was cancelled.
    """

    added = Signal(object)
    changed = Signal(object)
    reported = Signal(object)
    trouble = Signal(object)
    probed = Signal(str)
    queue_changed = Signal()
    changed_elsewhere = Signal()
    left_behind = Signal(object)
    stopped = Signal()
    expired = Signal(str)

    def __init__(
        self,
        history: HistoryStore,
        sender: Sender,
        bridge: Bridge,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        new_uuid: Callable[[], str] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._history = history
        self._sender = sender
        self._bridge = bridge
        self._now = now
        self._new_uuid = new_uuid or _new_uuid
        self._remembered: set[str] = set()
        self._unwritten: list[Report] = []
        self._retry = QTimer(self, interval=RETRY_WRITE_MS)
        self._retry.timeout.connect(self.write_pending)
        self._monotonic = monotonic
        self._news: deque[Callable[[], None]] = deque()
        self._turn_ends_s = 0.0
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._on_turn)
        self._elsewhere: dict[str, SendRow] = {}  # what other processes send, until it is over
        self._not_after: dict[str, datetime] = {}
        self._late: set[str] = set()
        self._own: set[str] = set()  # of this process, with others' before them
        self._newest_key = 0
        self._looking = QTimer(self, interval=LOOK_MS)
        self._looking.timeout.connect(self._look_elsewhere)
        bridge.attempt_announced.connect(self._on_attempt_announced)
        bridge.reported.connect(self._on_reported)

    def submit(
        self,
        message: Message,
        robot: Robot,
        *,
        wait_s: float = 0.0,
        corrects: str = "",
        msg_uuid: str = "",
    ) -> str:
        """Write the row, QUEUED, then queue the job, not to leave before a wait; its msgUuid.

        `corrects` is the msgUuid of the send that it sets right; `msg_uuid` is its own where a
        script has one, else it gets a new one. Raises StorageError where the row could not be
        written, NotWaiting where that id has been taken meanwhile; then nothing is sent. Where the
        message asks for the group's name, it gets that of this group.
        """
        message = message_for(robot, message)
        job = SendJob(msg_uuid or self._new_uuid(), robot, message, self._now(), corrects)
        row = self._history.add(job)
        self._history.when_on_disk()
        self._note_own(row.key, row.msg_uuid)
        self._sender.submit(job, wait_s=wait_s)
        self.added.emit(row)
        return job.msg_uuid

    def submit_all(
        self,
        message: Message,
        robots: Iterable[Robot],
        group_id: str = "",
        *,
        corrects: str = "",
        own: Mapping[str, Message] = EMPTY,
        order: BroadcastOrder = AT_ONCE,
    ) -> tuple[SendJob, ...]:
        """Write a row for each robot, all or none, then queue the jobs, under one group.

        `group_id` names the group that they join; without it they are a new one. `corrects` is as
        in `submit`; `own` are messages that some robots get instead, by their ids; `order` says how
        they follow each other. Raises StorageError; then nothing is sent.
        """
        at = self._now()
        is_same = not own and not names_group(message) and not keeps_fields(message)
        jobs = tuple(
            SendJob(
                *(self._new_uuid(), robot),
                message if is_same else message_for(robot, message, own),
                *(at, corrects),
            )
            for robot in robots
        )
        return self._submit_together(jobs, group_id or self._new_uuid(), order)

    def submit_parts(
        self, parts: Sequence[Message], robot: Robot, group_id: str = ""
    ) -> tuple[SendJob, ...]:
        """Write a row for each part of a message, all or none, then queue them in their order.

        They are one group, or join the one of `group_id`. One leaves when the one before was
        delivered; behind one that was not, none does. Raises StorageError; then nothing is sent.
        """
        at = self._now()
        jobs = tuple(SendJob(self._new_uuid(), robot, part, at) for part in parts)
        order = BroadcastOrder(stops_at_failure=True)
        return self._submit_together(jobs, group_id or self._new_uuid(), order)

    def _put_in_line(self, jobs: Sequence[SendJob], order: BroadcastOrder) -> None:
        """Queue jobs; the sender begins when all were told of: its threads hold up the window."""
        self._sender.submit_all(jobs, order if len(jobs) > 1 else AT_ONCE)

    def _submit_together(
        self, jobs: tuple[SendJob, ...], group_id: str, order: BroadcastOrder = AT_ONCE
    ) -> tuple[SendJob, ...]:
        keys = self._history.add_all(jobs, group_id, order)
        self._history.when_on_disk()
        self._put_in_line(jobs, order)
        for key, job in zip(keys, jobs, strict=True):
            self._note_own(key, job.msg_uuid)
            self._enqueue(partial(self._tell_added, key, job, group_id), is_due=False)
        self._enqueue(self._sender.wake, is_due=False)
        return jobs

    def _tell_added(self, key: int, job: SendJob, group_id: str) -> None:
        self.added.emit(queued_send(key, job, group_id))

    def queue_written(
        self,
        jobs: Sequence[SendJob],
        wait_at_most: timedelta | None = None,
        order: BroadcastOrder = AT_ONCE,
    ) -> None:
        """Queue jobs whose rows the caller has written, QUEUED, together with something else.

        What cannot leave within `wait_at_most`, and the gaps before it, does not leave any more,
        see `expired`.
        """
        if wait_at_most is not None:
            for place, job in enumerate(jobs):
                gaps = timedelta(seconds=order.gap_s * place)
                self._not_after[job.msg_uuid] = self._now() + wait_at_most + gaps
        self._put_in_line(jobs, order)
        for job in jobs:
            row = self._history.row(job.msg_uuid)
            if row is not None:
                self._note_own(row.key, row.msg_uuid)
                self._enqueue(partial(self.added.emit, row))
        self._enqueue(self._sender.wake)

    def retry(self, row: SendRow, robot: Robot) -> None:
        """Send what may have been taken once more, under its own msgUuid and to its own token.

        Raises NotWaiting where its outcome is known by now, and StorageError; then nothing is sent.
        """
        row = self._history.queue_again(row.msg_uuid)
        bound = replace(robot, token_fingerprint=row.token_fingerprint)
        job = SendJob(row.msg_uuid, bound, row.message, row.created_at)
        self._sender.submit(job, attempts_before=row.attempts, may_have_been_taken=True)
        self.changed.emit(row)

    def retry_unsent(self, row: SendRow, robot: Robot) -> None:
        """Send what never left, under its own msgUuid and, where it has one, to its own token.

        Raises NotWaiting where it is under way or has been sent by now, and StorageError.
        """
        row = self._history.queue_again(row.msg_uuid, never_left=True)
        token = row.token_fingerprint or robot.token_fingerprint
        job = SendJob(
            row.msg_uuid, replace(robot, token_fingerprint=token), row.message, row.created_at
        )
        self._sender.submit(job, attempts_before=row.attempts)
        self.changed.emit(row)

    def count_probe(self, robot: Robot) -> None:
        """A call with this robot's token is about to leave: it counts for its pace and the month.

        Raises StorageError where it could not be written; for the pace it counts all the same.
        """
        self._sender.remember(robot, (0.0,))
        self._history.add_probe(robot, self._now())
        self.probed.emit(robot.robot_id)

    def last_same(
        self, message: Message, robots: Sequence[Robot]
    ) -> dict[str, tuple[SendRow, int]]:
        """The newest send of this content that each group has, may have or is to get, if recent.

        By the robots' ids; the group is the token's, through whichever profile. With each send, how
        many minutes ago that was. Raises StorageError.
        """
        now = self._now()
        found: dict[str, SendRow] = {}
        for within_s, is_sandbox in ((SAME_WITHIN_S, False), (SAME_IN_SANDBOX_S, True)):
            asked = {
                one.robot_id: one.token_fingerprint
                for one in robots
                if one.is_sandbox is is_sandbox
            }
            since = now - timedelta(seconds=within_s)
            if asked and not names_group(message):
                found.update(self._history.last_same_each(asked, message, since))
                continue
            for one in robots:
                if one.robot_id in asked:
                    alone, its = {one.robot_id: one.token_fingerprint}, message_for(one, message)
                    found.update(self._history.last_same_each(alone, its, since))
        return {
            robot_id: (row, max(int((now - row.created_at).total_seconds()) // 60, 0))
            for robot_id, row in found.items()
        }

    def cancel(self, msg_uuid: str) -> bool:
        """Take back a send that still waits; False where it is too late."""
        return self._sender.cancel(msg_uuid)

    def sent(self, msg_uuid: str) -> SendRow | None:
        """A send as the history has it; None for one that it does not have (any more)."""
        return self._history.row(msg_uuid)

    def hold_to_token(self, robot_id: str) -> None:
        """A robot is about to get another token: what waits for it is not for that one."""
        self._sender.hold_to_token(robot_id)

    def left(self, robot: Robot) -> int:
        """How many messages a robot's token may still send this minute, through any profile."""
        return self._sender.left(robot)

    def remember_pace(self, robots: Iterable[Robot]) -> None:
        """Let every token's minute, and its rest, go on where the last run left them.

        Each is read once, so that this may be called again whenever a robot's token is learned.
        What a sandbox imposed ends with that sandbox: only DingTalk remembers.
        """
        sharing: dict[str, list[Robot]] = {}
        for robot in robots:
            if not robot.is_sandbox and robot.pace_key not in self._remembered:
                sharing.setdefault(robot.pace_key, []).append(robot)
        for same in sharing.values():
            self._remember(same)
        self._remembered.update(sharing)

    def _remember(self, robots: Sequence[Robot]) -> None:
        """Read what the token that these robots share was used for."""
        now = self._now()
        times = self._history.sent_times(robots, now - timedelta(seconds=PACE_WINDOW_S))
        self._sender.remember(robots[0], tuple((now - at).total_seconds() for at in times))
        if robots[0].is_local:
            return  # DingTalk is not on this machine: a sandbox is
        # The attempt that was too fast may have taken its time.
        rest_ago = now - timedelta(seconds=2 * PACE_PENALTY_S)
        too_fast_at = self._history.last_too_fast(robots, rest_ago)
        if too_fast_at is not None:
            self._sender.remember_rest(robots[0], (now - too_fast_at).total_seconds())

    def waiting(self) -> tuple[Waiting, ...]:
        """The queue as it stands, with the seconds until each turn."""
        return self._sender.waiting()

    @property
    def is_idle(self) -> bool:
        """True where nothing waits and nothing is under way."""
        return self._sender.is_idle

    @property
    def is_paused(self) -> bool:
        """True while nothing more leaves, by a person's hand."""
        return self._sender.is_paused

    def pause(self) -> None:
        """Let nothing more leave; an attempt that is under way goes on."""
        self._sender.pause()
        self.queue_changed.emit()

    def resume(self) -> None:
        """Let the queue go on."""
        self._sender.resume()
        self.queue_changed.emit()

    def move(self, msg_uuid: str, steps: int) -> bool:
        """Move a waiting send among those of its robot; minus is earlier. False: nothing moved."""
        is_moved = self._sender.move(msg_uuid, steps)
        self.queue_changed.emit()
        return is_moved

    def watch_elsewhere(self) -> None:
        """From now on tell of what other processes write to the same database."""
        with suppress(StorageError):
            self._newest_key = self._history.newest_key
            self._elsewhere = {row.msg_uuid: row for row in self._history.open_elsewhere()}
        self._looking.start()

    def stop(self) -> None:
        """Write all that was heard, try a last time what the disk refused, then no more."""
        self._looking.stop()
        self._turn.stop()
        while self._news:
            self._news.popleft()()
        self.write_pending()
        self._retry.stop()
        self.stopped.emit()

    def write_pending(self) -> bool:
        """Write the outcomes that wait for the disk, oldest first; True where none is left."""
        while self._unwritten:
            report = self._unwritten[0]
            try:
                row = self._history.complete(report)
            except StorageError as error:
                self._retry.start()
                self.trouble.emit(error)
                return False
            except LookupError:
                # The file was overwritten under us, and this row was not among what could be saved.
                log.warning(
                    "the row of %s is gone: it was %s", report.msg_uuid, report.status.value
                )
                del self._unwritten[0]
                continue
            del self._unwritten[0]
            self._history.when_on_disk()
            log.debug("send %s: stands as %s", row.msg_uuid, row.status.value)
            self.changed.emit(row)
        self._retry.stop()
        return True

    def _on_attempt_announced(self, report: Report, permission: Permission) -> None:
        self._enqueue(partial(self._commit_attempt, report, permission))

    def _on_reported(self, report: Report) -> None:
        self._enqueue(partial(self._commit_outcome, report))

    def _enqueue(self, news: Callable[[], None], *, is_due: bool = True) -> None:
        """Act on news at once, or in one of the next turns where this one is used up.

        What is not due has to wait for its turn: whoever has it told is not done yet.
        """
        self._news.append(news)
        if not self._turn.isActive():
            self._turn_ends_s = self._monotonic() + (TURN_S if is_due else 0.0)
            self._turn.start()
        if is_due:
            self._work_off()

    def _work_off(self) -> None:
        while self._news and self._monotonic() < self._turn_ends_s:
            self._news.popleft()()

    def _on_turn(self) -> None:
        if not self._news:
            self._turn.stop()
            return
        self._turn_ends_s = self._monotonic() + TURN_S
        self._news.popleft()()
        self._work_off()

    def _note_own(self, key: int, msg_uuid: str) -> None:
        """What this process added is not to be told of as another's."""
        if key == self._newest_key + 1:
            self._newest_key = key
        elif self._looking.isActive():
            self._own.add(msg_uuid)

    def _look_elsewhere(self) -> None:
        try:
            is_changed = self._history.is_changed_elsewhere()
            if is_changed:
                self._tell_elsewhere()
            if self._elsewhere and self._history.is_left_behind():
                recovered = self._history.recover(self._now())
                self._tell_elsewhere()
                self.left_behind.emit(recovered)
        except StorageError:
            return  # the next look, or the next send, says so
        if is_changed:
            self.changed_elsewhere.emit()

    def _tell_elsewhere(self) -> None:
        for row in self._history.newer(self._newest_key):
            self._newest_key = row.key
            if row.msg_uuid in self._own:
                self._own.discard(row.msg_uuid)
            else:
                self._elsewhere[row.msg_uuid] = row
                self.added.emit(row)
        for msg_uuid, before in list(self._elsewhere.items()):
            now = self._history.row(msg_uuid)
            if now is None or now.status.is_final or self._history.is_own(now):
                del self._elsewhere[msg_uuid]
            else:
                self._elsewhere[msg_uuid] = now
            if now is not None and now != before:
                self.changed.emit(now)

    def _commit_attempt(self, report: Report, permission: Permission) -> None:
        # First what came of the attempts before: this one's row may still stand as under way.
        if not self.write_pending():
            permission.deny()
            return
        not_after = self._not_after.get(report.msg_uuid)
        if not_after is not None and self._now() > not_after:
            self._late.add(report.msg_uuid)
            permission.deny()
            return
        try:
            row = self._history.announce(report)
        except StorageError as error:
            permission.deny(_denied_by(error.fault))
            self.trouble.emit(error)
            return
        except NotWaiting:
            permission.deny()
            return
        except TokenInUse as used:
            permission.postpone(Postponed(used.ages_s, used.rest_age_s))
            self.queue_changed.emit()
            return
        self._not_after.pop(report.msg_uuid, None)
        log.debug("send %s, attempt %d: committed", report.msg_uuid, report.attempt)
        self._history.when_on_disk(partial(self._on_synced, permission))
        self.changed.emit(row)

    def _on_synced(self, permission: Permission, fault: StorageFault | None) -> None:
        """Any thread: what was announced is on the disk, or cannot be brought there."""
        if fault is None:
            permission.grant()
        else:
            permission.deny(_denied_by(fault))
            self._bridge.post(partial(self.trouble.emit, StorageError(fault)))

    def _commit_outcome(self, report: Report) -> None:
        is_late = report.msg_uuid in self._late and report.status.is_final
        if is_late:
            self._late.discard(report.msg_uuid)
            report = Report(report.msg_uuid, 0, Status.CANCELLED, report.at)
        if report.status.is_final:
            self._not_after.pop(report.msg_uuid, None)
        self._unwritten.append(report)
        self.write_pending()
        self.reported.emit(report)
        if is_late:
            self.expired.emit(report.msg_uuid)


def _new_uuid() -> str:
    return str(_uuid_maker()())


@cache
def _uuid_maker() -> "Callable[[], UUID]":
    from uuid import uuid4  # 3 ms: not on the way to the first window

    return uuid4


def _denied_by(fault: StorageFault) -> Fault:
    """What a send is told that could not be written down."""
    is_exhausted = fault is StorageFault.NO_HANDLES
    return Fault.NO_HANDLES if is_exhausted else Fault.HISTORY_NOT_WRITTEN
