"""The runs of schedules: each time taken exactly once, or written down as missed.

A run and the rows of its sends are written in one transaction, which also looks whether somebody
else was first. So whatever kills a program, in whichever step: either nothing is written, and the
time is still due, or the run stands with its sends, which the history ends as it ends every send
of a dead program (`storage.history`). Whoever is late writes that it was missed; nothing is sent
late by itself.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import AT_ONCE, BroadcastOrder, Fault, SendJob, Status
from dingcomposer.core.messages import Message
from dingcomposer.core.records import dataclass
from dingcomposer.core.scheduling.schedule import MessageSchedule, Obstacle, RunState
from dingcomposer.core.scheduling.timing import Due, dues_between, zone_of
from dingcomposer.core.scheduling.working_calendar import WorkingCalendar
from dingcomposer.storage.database import Database, Row, Value, from_micros, to_micros
from dingcomposer.storage.history import HistoryStore
from dingcomposer.storage.planned.origins import OriginKind, SendOrigin, note_origin
from dingcomposer.storage.planned.schedules import ScheduleStore

KEPT_RUNS: Final = timedelta(days=400)
"""So long a run that nobody is asked about is kept: the same month of last year can be seen."""
MOST_RUNS: Final = 5_000
"""Of a schedule the newest so many are kept; one of every five minutes has as many in 17 days."""
MOST_MISSED: Final = 20
"""Of a long time in which nothing ran the newest so many stand by themselves; before them a count.
"""


@dataclass(frozen=True, slots=True)
class PlannedSend:
    """What a run has for one robot: a send of the history, or the obstacle that kept it here.

    `status` and what follows are the history's, None where it has the send no more.
    """

    robot_id: str
    robot_name: str
    msg_uuid: str | None
    obstacle: Obstacle | None
    status: Status | None = None
    cause: Cause | None = None
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class PlannedRun:
    """One time that a schedule was due, and what was decided then.

    `earlier` times before it were missed as well; they have no row of their own.
    """

    run_id: int
    schedule_id: str
    due_at: datetime
    is_by_hand: bool
    state: RunState
    earlier: int
    decided_at: datetime
    sends: tuple[PlannedSend, ...] = ()


@dataclass(frozen=True, slots=True)
class PreparedRun:
    """What is to leave in a run, and the robots for which nothing can: id, name, why."""

    jobs: tuple[SendJob, ...]
    kept_here: tuple[tuple[str, str, Obstacle], ...] = ()
    group_id: str = ""
    order: BroadcastOrder = AT_ONCE


Prepare = Callable[[MessageSchedule, Due], PreparedRun]


@dataclass(frozen=True, slots=True)
class SettledRuns:
    """What a look at the clock came to: the runs that were written, and the jobs to be queued."""

    runs: tuple[PlannedRun, ...] = ()
    jobs: tuple[SendJob, ...] = ()


class RunStore:
    """Takes what is due, and keeps what became of it. Main thread; each method: StorageError."""

    def __init__(self, schedules: ScheduleStore, history: HistoryStore) -> None:
        self._schedules = schedules
        self._history = history
        self._database: Database = schedules.database

    # Deciding

    def settle(
        self,
        schedule_id: str,
        now: datetime,
        calendar: WorkingCalendar,
        prepare: Prepare,
        *,
        on_time_since: datetime,
    ) -> SettledRuns:
        """Take what is due by now, unless somebody was first, and write down what is too late.

        What was due before `on_time_since` is too late.
        `prepare` says what is to leave; it must not write. The jobs that come back stand in the
        history as QUEUED, and are the caller's to queue.
        """
        with self._database.transaction():
            schedule = self._schedules.get(schedule_id)
            if schedule is None or schedule.is_paused or schedule.removed_at is not None:
                return SettledRuns()
            since = self._since(schedule, now)
            # A clock that is set years ahead makes many times due at once.
            found: deque[Due] = deque(maxlen=2 * MOST_MISSED)
            count = 0
            for due in dues_between(schedule.timing, calendar, since, now):
                found.append(due)
                count += 1
            if not found:
                return SettledRuns()
            late = sum(due.at < on_time_since for due in found)
            left_out = max(late - MOST_MISSED, 0)
            newest = [(due, _state(due, on_time_since)) for due in found][left_out:]
            earlier = count - len(newest)
            run_ids, jobs = self._decide(schedule, newest, earlier, now, prepare)
            self._schedules.set_settled(schedule_id, found[-1].at)
            self._drop_old(schedule_id, now)
        return SettledRuns(self._runs_of(run_ids), jobs)

    def run_by_hand(
        self, schedule: MessageSchedule, now: datetime, prepare: Prepare
    ) -> SettledRuns:
        """Send it now, once, whatever its times are; they stay as they are."""
        due = Due(now, now.astimezone(_zone(schedule)).replace(tzinfo=None))
        with self._database.transaction():
            run_id = self._add(schedule, due, RunState.TAKEN, now, is_by_hand=True)
            jobs: tuple[SendJob, ...] = ()
            if run_id is not None:
                jobs = self._fill(run_id, prepare(schedule, due), _origin(schedule))
        return SettledRuns(self._runs_of([] if run_id is None else [run_id]), jobs)

    def send_late(
        self, run_id: int, schedule: MessageSchedule, now: datetime, prepare: Prepare
    ) -> SettledRuns:
        """Send what was missed, because a person says so; nothing where it was answered already."""
        due = Due(now, now.astimezone(_zone(schedule)).replace(tzinfo=None))
        with self._database.transaction():
            run = self.run(run_id)
            if not self._answer(run_id, RunState.TAKEN, now):
                return SettledRuns()
            jobs = self._fill(run_id, prepare(schedule, due), _origin(schedule, _due_at(run)))
        return SettledRuns(self._runs_of([run_id]), jobs)

    def leave(self, run_ids: Sequence[int], now: datetime) -> None:
        """A person lets these be."""
        with self._database.transaction():
            for run_id in run_ids:
                self._answer(run_id, RunState.LEFT, now)

    def reopen(self, msg_uuid: str, now: datetime) -> PlannedRun | None:
        """Ask about a run of which nothing has left, for this send and all its others were ended.

        None where something of it left, or a person was asked already.
        """
        with self._database.transaction():
            found = self._read(
                "WHERE state = ? AND run_id ="
                " (SELECT run_id FROM planned_sends WHERE msg_uuid = ?)",
                *(RunState.TAKEN, msg_uuid),
            )
            statuses = {send.status for run in found for send in run.sends if send.msg_uuid}
            if statuses != {Status.CANCELLED}:
                return None
            run_id = found[0].run_id
            self._database.run("DELETE FROM planned_sends WHERE run_id = ?", run_id)
            self._database.run(
                "UPDATE planned_runs SET state = ?, decided_at = ? WHERE run_id = ?",
                *(RunState.MISSED, to_micros(now), run_id),
            )
        return self.run(run_id)

    # Reading

    def open_runs(self) -> tuple[PlannedRun, ...]:
        """What a person has to say something to, oldest first; not of schedules that are gone."""
        return self._read(
            "JOIN schedules USING (schedule_id) WHERE state IN (?, ?) AND removed_at IS NULL"
            " ORDER BY due_at, run_id",
            *(RunState.MISSED, RunState.UNKNOWN_DAY),
        )

    def of_schedule(self, schedule_id: str, limit: int = 50) -> tuple[PlannedRun, ...]:
        """The runs of a schedule, the newest first."""
        return self._read(
            "WHERE schedule_id = ? ORDER BY due_at DESC, run_id DESC LIMIT ?", schedule_id, limit
        )

    def last(self, schedule_id: str) -> PlannedRun | None:
        """The newest run of a schedule."""
        return next(iter(self.of_schedule(schedule_id, 1)), None)

    def run(self, run_id: int) -> PlannedRun | None:
        """One run; None where it is not known."""
        return next(iter(self._read("WHERE run_id = ?", run_id)), None)

    def message(self, run: PlannedRun) -> Message | None:
        """What a run has sent, to its first group; None where the history has nothing of it."""
        for send in run.sends:
            row = None if send.msg_uuid is None else self._history.row(send.msg_uuid)
            if row is not None:
                return row.message
        return None

    def between(self, since: datetime, until: datetime) -> tuple[PlannedRun, ...]:
        """What was due in a span of time, oldest first; of schedules that are kept."""
        return self._read(
            "JOIN schedules USING (schedule_id)"
            " WHERE due_at >= ? AND due_at < ? AND removed_at IS NULL ORDER BY due_at, run_id",
            *(to_micros(since), to_micros(until)),
        )

    # One transaction's parts

    def _since(self, schedule: MessageSchedule, now: datetime) -> datetime:
        """From when on it is to be looked; where the clock was set back, from now on again.

        What was missed by a clock that was ahead was not: those times are still to come. What was
        sent then stands, and is never sent a second time.
        """
        settled = schedule.settled_until
        assert settled is not None
        if settled <= now:
            return settled
        self._database.run(
            "DELETE FROM planned_runs WHERE schedule_id = ? AND due_at > ? AND is_by_hand = 0"
            " AND state <> ?",
            *(schedule.schedule_id, to_micros(now), RunState.TAKEN),
        )
        self._schedules.set_settled(schedule.schedule_id, now)
        return now

    def _decide(
        self,
        schedule: MessageSchedule,
        found: Sequence[tuple[Due, RunState]],
        earlier: int,
        now: datetime,
        prepare: Prepare,
    ) -> tuple[list[int], tuple[SendJob, ...]]:
        """Write a row for each of these times; `earlier` says how many were before them."""
        run_ids: list[int] = []
        jobs: list[SendJob] = []
        for number, (due, state) in enumerate(found):
            run_id = self._add(schedule, due, state, now, earlier=0 if number else earlier)
            if run_id is None:
                continue  # it was taken before
            run_ids.append(run_id)
            if state is RunState.TAKEN:
                jobs += self._fill(run_id, prepare(schedule, due), _origin(schedule, due.at))
        return run_ids, tuple(jobs)

    def _add(
        self,
        schedule: MessageSchedule,
        due: Due,
        state: RunState,
        now: datetime,
        *,
        earlier: int = 0,
        is_by_hand: bool = False,
    ) -> int | None:
        added = self._database.run(
            "INSERT OR IGNORE INTO planned_runs"
            " (schedule_id, due_at, is_by_hand, state, earlier, decided_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            *(schedule.schedule_id, to_micros(due.at), is_by_hand, state, earlier, to_micros(now)),
        )
        if not added:
            return None
        return int(self._database.rows("SELECT last_insert_rowid()")[0][0])

    def _drop_old(self, schedule_id: str, now: datetime) -> None:
        """Forget what became of old runs; what was sent stays in the history.

        The newest stays, however old, and so does whatever a person is still asked about.
        """
        self._database.run(
            "DELETE FROM planned_runs WHERE schedule_id = ?1 AND state NOT IN (?4, ?5)"
            " AND (due_at < ?2 OR due_at < (SELECT due_at FROM planned_runs"
            " WHERE schedule_id = ?1 ORDER BY due_at DESC LIMIT 1 OFFSET ?3))"
            " AND due_at < (SELECT max(due_at) FROM planned_runs WHERE schedule_id = ?1)",
            *(schedule_id, to_micros(now - KEPT_RUNS), MOST_RUNS - 1),
            *(RunState.MISSED, RunState.UNKNOWN_DAY),
        )

    def _answer(self, run_id: int, state: RunState, now: datetime) -> bool:
        return bool(
            self._database.run(
                "UPDATE planned_runs SET state = ?, decided_at = ?"
                " WHERE run_id = ? AND state IN (?, ?)",
                *(state, to_micros(now), run_id, RunState.MISSED, RunState.UNKNOWN_DAY),
            )
        )

    def _fill(self, run_id: int, prepared: PreparedRun, origin: SendOrigin) -> tuple[SendJob, ...]:
        """Write the sends of a run, and what is kept here."""
        rows: list[tuple[str, str, str | None, Obstacle | None]] = [
            (job.robot.robot_id, job.robot.name, job.msg_uuid, None) for job in prepared.jobs
        ]
        rows += [(robot_id, name, None, why) for robot_id, name, why in prepared.kept_here]
        for position, (robot_id, name, msg_uuid, obstacle) in enumerate(rows):
            self._database.insert(
                "planned_sends",
                {
                    "run_id": run_id,
                    "position": position,
                    "robot_id": robot_id,
                    "robot_name": name,
                    "msg_uuid": msg_uuid,
                    "obstacle": obstacle,
                },
            )
        if len(prepared.jobs) > 1:
            self._history.add_all(prepared.jobs, prepared.group_id, prepared.order)
        elif prepared.jobs:
            self._history.add(prepared.jobs[0])
        note_origin(self._database, (job.msg_uuid for job in prepared.jobs), origin)
        return prepared.jobs

    # Rows

    def _runs_of(self, run_ids: Sequence[int]) -> tuple[PlannedRun, ...]:
        found = (self.run(run_id) for run_id in run_ids)
        return tuple(one for one in found if one is not None)

    def _read(self, clauses: str, *values: Value) -> tuple[PlannedRun, ...]:
        columns = ", ".join(f"planned_runs.{name}" for name in _RUN_COLUMNS)
        rows = self._database.rows(f"SELECT {columns} FROM planned_runs {clauses}", *values)
        return tuple(replace(_run(row), sends=self._sends(row["run_id"])) for row in rows)

    def _sends(self, run_id: int) -> tuple[PlannedSend, ...]:
        rows = self._database.rows(
            "SELECT planned_sends.*, status, cause, fault FROM planned_sends"
            " LEFT JOIN sends USING (msg_uuid) WHERE run_id = ? ORDER BY position",
            run_id,
        )
        return tuple(_send(row) for row in rows)


_RUN_COLUMNS = ("run_id", "schedule_id", "due_at", "is_by_hand", "state", "earlier", "decided_at")


def _state(due: Due, on_time_since: datetime) -> RunState:
    """What becomes of a time that nobody was first to take."""
    if not due.is_known:
        return RunState.UNKNOWN_DAY
    return RunState.MISSED if due.at < on_time_since else RunState.TAKEN


def _origin(schedule: MessageSchedule, due_at: datetime | None = None) -> SendOrigin:
    return SendOrigin(OriginKind.SCHEDULE, schedule.name, due_at)


def _due_at(run: PlannedRun | None) -> datetime | None:
    return None if run is None else run.due_at


def _zone(schedule: MessageSchedule) -> ZoneInfo:
    return zone_of(schedule.timing.zone)


def _run(row: Row) -> PlannedRun:
    return PlannedRun(
        int(row["run_id"]),
        row["schedule_id"],
        from_micros(row["due_at"]),
        bool(row["is_by_hand"]),
        RunState(row["state"]),
        int(row["earlier"]),
        from_micros(row["decided_at"]),
    )


def _send(row: Row) -> PlannedSend:
    return PlannedSend(
        row["robot_id"],
        row["robot_name"],
        row["msg_uuid"],
        Obstacle(row["obstacle"]) if row["obstacle"] else None,
        Status(row["status"]) if row["status"] else None,
        Cause(row["cause"]) if row["cause"] else None,
        Fault(row["fault"]) if row["fault"] else None,
    )
