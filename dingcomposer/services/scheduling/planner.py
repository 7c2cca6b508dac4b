"""Planner: looks at the clock, takes what is due, tells what was missed. Needs an event loop only.

Several may work on one data folder, a window and the system's scheduler, say: whoever is first
takes a run, by its row in the database (`storage.planned`).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, QTimeZone, Signal

from dingcomposer.core.checks import ProblemCode, Severity, check
from dingcomposer.core.delivery import BroadcastOrder, SendJob
from dingcomposer.core.draft import Draft, to_message
from dingcomposer.core.messages import Message
from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import Robot
from dingcomposer.core.scheduling.schedule import (
    MessageSchedule,
    Obstacle,
    ScheduledRobot,
    message_at,
    texts_of_schedule,
)
from dingcomposer.core.scheduling.timing import (
    GRACE,
    Due,
    TimingError,
    dues_between,
    next_dues,
    zone_of,
)
from dingcomposer.core.scheduling.working_calendar import EnteredDay, WorkingCalendar
from dingcomposer.core.templates.template import BuiltIn, built_in_called, names_in
from dingcomposer.services.outbox import Outbox
from dingcomposer.services.robot_profiles import RobotProfiles
from dingcomposer.storage.database import Database, StorageError
from dingcomposer.storage.history import HistoryStore, SendRow
from dingcomposer.storage.planned.runs import PlannedRun, PreparedRun, RunStore, SettledRuns
from dingcomposer.storage.planned.schedules import ScheduleStore

LOOK_MS: Final = 15_000
"""At the latest so often the clock is looked at: somebody may set it, or the computer sleep."""
WAIT_AT_MOST: Final = timedelta(minutes=15)
"""So long a send that was taken may wait in the queue: longer than a robot rests, which is ten
minutes. A queue that was paused, or a computer that slept, sends nothing late by itself.
"""
PREVIEWED: Final = 10
"""So many of the next runs are shown before a schedule is kept."""

# What the sender finds out by itself, and says in the history: the keyring may be open by then.
_OF_SECRETS: Final = (ProblemCode.NO_TOKEN, ProblemCode.NO_SECRET)


@dataclass(frozen=True, slots=True)
class ExpectedSend:
    """What one group is to get in a run to come, or why it would get nothing."""

    robot: ScheduledRobot
    message: Message
    obstacle: Obstacle | None = None


@dataclass(frozen=True, slots=True)
class ExpectedRun:
    """One run to come, with what goes where."""

    due: Due
    sends: tuple[ExpectedSend, ...]


class HoldsSecret(Exception):
    """A webhook's token or a secret stands in what a schedule would send; it is not kept."""


class Planner(QObject):
    """The schedules and their runs. Main thread; what changes something raises StorageError.

    `mask` takes secrets out of a text, for none is ever kept with a schedule. What was due before
    it began was missed, for nothing ran then; a command that lives for a moment only gives `grace`,
    and takes what is no later than that.

    Signals:
        changed(): a schedule or a run is another, here or in another process.
        ran(tuple[PlannedRun, ...]): these were taken by this process.
        missed(tuple[PlannedRun, ...]): these were due, and nothing was sent: a person is asked.
        trouble(StorageError): a look at the clock could not be written; the next one tries again.
    """

    changed = Signal()
    ran = Signal(object)
    missed = Signal(object)
    trouble = Signal(object)

    def __init__(
        self,
        database: Database,
        history: HistoryStore,
        outbox: Outbox,
        robot_profiles: RobotProfiles,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        mask: Callable[[str], str] = lambda text: text,
        grace: timedelta | None = None,
        new_uuid: Callable[[], str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = ScheduleStore(database)
        self._runs = RunStore(self._store, history)
        self._outbox = outbox
        self._robot_profiles = robot_profiles
        self._now = now
        self._mask = mask
        self._grace = grace
        self._began = now()
        self._new_uuid = new_uuid or _new_uuid
        self._schedules: tuple[MessageSchedule, ...] = ()
        self._calendar = WorkingCalendar()
        self._next: dict[str, tuple[MessageSchedule, datetime | None]] = {}
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)
        self._is_running = False
        self._under_way: set[str] = set()
        self.reload()
        outbox.changed_elsewhere.connect(self._on_changed_elsewhere)
        outbox.changed.connect(self._on_send_changed)
        outbox.expired.connect(self._on_expired)

    # Reading

    @property
    def schedules(self) -> tuple[MessageSchedule, ...]:
        """All that are kept, the oldest first."""
        return self._schedules

    @property
    def calendar(self) -> WorkingCalendar:
        """China's calendar with what a person has entered."""
        return self._calendar

    @property
    def runs(self) -> RunStore:
        """What became of the runs; to read."""
        return self._runs

    @property
    def folder(self) -> Path:
        """The data folder in which they are kept."""
        return Path(self._store.database.path).parent

    @property
    def now(self) -> datetime:
        """The time that it goes by, in UTC."""
        return self._now()

    def get(self, schedule_id: str) -> MessageSchedule | None:
        """A schedule by its id, of those that are kept."""
        return next((one for one in self._schedules if one.schedule_id == schedule_id), None)

    def unreadable(self) -> int:
        """How many schedules cannot be read by this program."""
        return self._store.unreadable()

    def next_dues(self, schedule: MessageSchedule, limit: int = 1) -> tuple[Due, ...]:
        """When it is due next; nothing while it is paused."""
        if schedule.is_paused:
            return ()
        return next_dues(schedule.timing, self._calendar, self._now(), limit)

    def expect(self, schedule: MessageSchedule, limit: int = PREVIEWED) -> tuple[ExpectedRun, ...]:
        """What would go where in the next runs, as things stand now; paused or not."""
        found = next_dues(schedule.timing, self._calendar, self._now(), limit)
        return tuple(ExpectedRun(due, self._expected(schedule, due)) for due in found)

    def message_at(self, schedule: MessageSchedule, at: datetime) -> Message:
        """What its first group would read, were it due at that moment."""
        due = Due(at, at.astimezone(zone_of(schedule.timing.zone)).replace(tzinfo=None))
        return message_at(schedule, due, schedule.robots[0].name).message

    def next_message(self, schedule: MessageSchedule) -> Message:
        """What its first group reads with the next run, paused or not; or would read now."""
        now = self._now()
        found = next_dues(schedule.timing, self._calendar, now, 1)
        return self.message_at(schedule, found[0].at if found else now)

    def due_of(self, draft: Draft) -> datetime | None:
        """When a draft is sent next, as it stands: None where no schedule that runs has it."""
        message = to_message(draft)
        found = [
            at
            for one in self._schedules
            if not one.is_paused
            and one.template.draft.kind is draft.kind
            and to_message(one.template.draft) == message
            and (at := self._next_after(one)) is not None
        ]
        return min(found, default=None)

    def dues_in(
        self, schedule: MessageSchedule, since: datetime, until: datetime
    ) -> tuple[Due, ...]:
        """When it is due from a moment on, and before another one; paused or not."""
        last = until - timedelta(microseconds=1)
        before = since - timedelta(microseconds=1)
        return tuple(dues_between(schedule.timing, self._calendar, before, last))

    # Changing

    def add(self, schedule: MessageSchedule) -> MessageSchedule:
        """Keep a new schedule, under an id of its own. Raises HoldsSecret."""
        self._demand_no_secret(schedule)
        schedule = replace(schedule, schedule_id=self._new_uuid())
        schedule = self._store.add(schedule, self._now())
        self._tell()
        return schedule

    def change(self, schedule: MessageSchedule) -> MessageSchedule:
        """Keep a schedule as it is now. Raises HoldsSecret, and ScheduleConflict where somebody
        has changed it before.
        """
        self._demand_no_secret(schedule)
        self.look()  # what was due by the old times is decided by them
        schedule = self._store.change(schedule, self._now())
        self._tell()
        return schedule

    def set_paused(self, schedule_id: str, *, is_paused: bool) -> None:
        """Let a schedule rest, or go on; what was due meanwhile is not sent later."""
        self.look()
        self._store.set_paused(schedule_id, self._now(), is_paused=is_paused)
        self._tell()

    def remove(self, schedule_id: str) -> None:
        """Take a schedule away."""
        self.look()
        self._store.remove(schedule_id, self._now())
        self._tell()

    def restore(self, schedule_id: str) -> None:
        """Have a removed schedule back."""
        self._store.restore(schedule_id, self._now())
        self._tell()

    def enter_days(self, days: Sequence[EnteredDay]) -> None:
        """Remember what a person says of some days."""
        self._store.enter_days(days)
        self._tell()

    def forget_day(self, entered: EnteredDay) -> None:
        """Go by the published calendar again on this day."""
        self._store.forget_day(entered.day)
        self._tell()

    def set_year_whole(self, year: int, *, is_whole: bool) -> None:
        """Whether a person says that all dates of a year are entered."""
        self._store.set_year_whole(year, is_whole=is_whole)
        self._tell()

    # Running

    def start(self) -> None:
        """From now on look at the clock by itself."""
        self._is_running = True
        self.look()

    def stop(self) -> None:
        """Take nothing more."""
        self._is_running = False
        self._timer.stop()

    def look(self) -> None:
        """Take what is due by now, and tell what was missed."""
        now = self._now()
        on_time_since = self._on_time_since(now)
        taken: list[PlannedRun] = []
        missed: list[PlannedRun] = []
        try:
            for schedule in self._schedules:
                if self._is_due(schedule, now):
                    settled = self._runs.settle(
                        *(schedule.schedule_id, now, self._calendar, self._prepare),
                        on_time_since=on_time_since,
                    )
                    self._queue(settled, schedule.order)
                    taken += (run for run in settled.runs if not run.state.is_open)
                    missed += (run for run in settled.runs if run.state.is_open)
                    self._refresh(schedule)
        except StorageError as error:
            self.trouble.emit(error)
        self._set_timer(now)
        if taken:
            self.ran.emit(tuple(taken))
        if missed:
            self.missed.emit(tuple(missed))
        if taken or missed:
            self.changed.emit()

    def run_now(self, schedule_id: str) -> PlannedRun | None:
        """Send what a schedule holds now, once; its times stay as they are."""
        schedule = self.get(schedule_id)
        if schedule is None:
            return None
        settled = self._runs.run_by_hand(schedule, self._now(), self._prepare)
        return self._take(settled, schedule.order)

    def send_late(self, run_id: int) -> PlannedRun | None:
        """Send what was missed after all; None where that was answered by somebody else."""
        run = self._runs.run(run_id)
        schedule = None if run is None else self.get(run.schedule_id)
        if schedule is None:
            return None
        settled = self._runs.send_late(run_id, schedule, self._now(), self._prepare)
        return self._take(settled, schedule.order)

    def leave(self, run_ids: Sequence[int]) -> None:
        """Let what was missed be."""
        self._runs.leave(run_ids, self._now())
        self.changed.emit()

    def reload(self) -> None:
        """Read everything anew. Raises StorageError."""
        self._schedules = self._store.all()
        self._calendar = self._store.calendar()
        self._next.clear()

    # Inside

    def _demand_no_secret(self, schedule: MessageSchedule) -> None:
        text = texts_of_schedule(schedule)
        if self._mask(text) != text:
            raise HoldsSecret

    def _take(self, settled: SettledRuns, order: BroadcastOrder) -> PlannedRun | None:
        self._queue(settled, order)
        if settled.runs:
            self.ran.emit(settled.runs)
        self.changed.emit()
        return settled.runs[0] if settled.runs else None

    def _queue(self, settled: SettledRuns, order: BroadcastOrder) -> None:
        for run in settled.runs:
            its = {send.msg_uuid for send in run.sends}
            jobs = [job for job in settled.jobs if job.msg_uuid in its]
            if jobs:
                self._under_way.update(job.msg_uuid for job in jobs)
                self._outbox.queue_written(jobs, WAIT_AT_MOST, order)

    def _prepare(self, schedule: MessageSchedule, due: Due) -> PreparedRun:
        jobs: list[SendJob] = []
        kept_here: list[tuple[str, str, Obstacle]] = []
        for expected in self._expected(schedule, due):
            robot = self._robot_profiles.get(expected.robot.robot_id)
            if expected.obstacle is not None or robot is None:
                why = expected.obstacle or Obstacle.ROBOT_GONE
                kept_here.append((expected.robot.robot_id, expected.robot.name, why))
                continue
            bound = expected.robot.bound(robot)
            jobs.append(SendJob(self._new_uuid(), bound, expected.message, self._now()))
        return PreparedRun(tuple(jobs), tuple(kept_here), self._new_uuid(), schedule.order)

    def _expected(self, schedule: MessageSchedule, due: Due) -> tuple[ExpectedSend, ...]:
        return tuple(self._expected_send(schedule, due, one) for one in schedule.robots)

    def _expected_send(
        self, schedule: MessageSchedule, due: Due, confirmed: ScheduledRobot
    ) -> ExpectedSend:
        robot = self._robot_profiles.get(confirmed.robot_id)
        name = confirmed.name if robot is None else robot.name
        prepared = message_at(schedule, due, name)
        obstacle = confirmed.obstacle(robot)
        if obstacle is None and prepared.unfilled:
            obstacle = Obstacle.UNFILLED
        if obstacle is None and robot is not None and _is_blocked(prepared.message, robot):
            obstacle = Obstacle.REFUSED
        return ExpectedSend(confirmed, prepared.message, obstacle)

    def _on_time_since(self, now: datetime) -> datetime:
        """What was due before that was missed."""
        if self._grace is not None:
            return now - self._grace
        self._began = min(self._began, now)  # the clock may have been ahead then
        return max(self._began, now - GRACE)

    def _is_due(self, schedule: MessageSchedule, now: datetime) -> bool:
        if schedule.is_paused:
            return False
        settled = schedule.settled_until
        at = self._next_after(schedule)
        return (settled is not None and settled > now) or (at is not None and at <= now)

    def _next_after(self, schedule: MessageSchedule) -> datetime | None:
        """When it is due next after what is decided."""
        known = self._next.get(schedule.schedule_id)
        if known is not None and known[0] is schedule:
            return known[1]
        since = schedule.settled_until or self._now()
        found = next_dues(schedule.timing, self._calendar, since, 1)
        at = found[0].at if found else None
        self._next[schedule.schedule_id] = schedule, at
        return at

    def _refresh(self, schedule: MessageSchedule) -> None:
        fresh = self._store.get(schedule.schedule_id)
        kept = fresh if fresh is not None and fresh.removed_at is None else None
        self._schedules = tuple(
            one
            for each in self._schedules
            if (one := kept if each.schedule_id == schedule.schedule_id else each) is not None
        )

    def _set_timer(self, now: datetime) -> None:
        if not self._is_running:
            return
        coming = (self._next_after(one) for one in self._schedules if not one.is_paused)
        waits = [(at - now).total_seconds() * 1000 for at in coming if at is not None]
        self._timer.start(int(min(max(min(waits, default=LOOK_MS), 1), LOOK_MS)))

    def _tell(self) -> None:
        self.reload()
        self._set_timer(self._now())
        self.changed.emit()

    def _on_send_changed(self, row: SendRow) -> None:
        """The outcome of a run is known: it stands with its schedule."""
        if row.msg_uuid in self._under_way and row.status.is_final:
            self._under_way.discard(row.msg_uuid)
            self.changed.emit()

    def _on_expired(self, msg_uuid: str) -> None:
        """What was taken has waited too long: it was missed after all, and a person is asked."""
        try:
            run = self._runs.reopen(msg_uuid, self._now())
        except StorageError as error:
            self.trouble.emit(error)
            return
        if run is not None:
            self.missed.emit((run,))
        self.changed.emit()

    def _on_changed_elsewhere(self) -> None:
        try:
            self.reload()
        except StorageError as error:
            self.trouble.emit(error)
            return
        self._set_timer(self._now())
        self.changed.emit()


def local_zone() -> str:
    """The IANA name of this computer's time zone; "UTC" where it has none that is known."""
    name = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace")
    try:
        zone_of(name)
    except TimingError:
        return "UTC"
    return name


def with_my_name(schedule: MessageSchedule, my_name: str) -> MessageSchedule:
    """The schedule with the sender's name where its words ask for it: it is nobody's later on."""
    values = dict(schedule.values)
    for name in names_in(schedule.template.draft):
        if my_name and built_in_called(name) is BuiltIn.MY_NAME:
            values.setdefault(name, my_name)
    return replace(schedule, values=tuple(values.items()))


def _is_blocked(message: Message, robot: Robot) -> bool:
    return any(
        one.severity is Severity.BLOCKS and one.code not in _OF_SECRETS
        for one in check(message, robot)
    )


def _new_uuid() -> str:
    from uuid import uuid4

    return str(uuid4())
