"""Carries out a run over a table: queues a few rows of each robot at a time, and counts.

At most `AHEAD` rows of a token wait in the outbox. So a stop takes back next to nothing, and other
messages need not wait for a table that keeps a robot busy for an hour.
"""

import logging
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from PySide6.QtCore import QObject, QTimer, Signal

from dingcomposer.core.delivery import BroadcastSummary, SendJob, Status, has_failed, summarize
from dingcomposer.core.limits import PACE_PER_MINUTE, PACE_WINDOW_S
from dingcomposer.core.records import dataclass as record
from dingcomposer.core.robot import Robot
from dingcomposer.core.row_messages.filling import RowMessage
from dingcomposer.services.outbox import Outbox
from dingcomposer.services.table_runs.outcome_copy import BLOCKED, note_of
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.history import SendRow
from dingcomposer.storage.planned.table_runs import (
    PlannedRow,
    RowTakenError,
    TableRowOutcome,
    TableRun,
    TableRunState,
    TableRunStore,
)

log = logging.getLogger(__name__)

AHEAD = 2
"""So many rows of one token wait in the outbox, or are under way."""
SLICE_ROWS = 25
"""So many rows are written down in one turn; of those that are sent, one is queued in a turn."""
REST_MS = 20
"""Between two turns the window has its own. Of forty robots, the minute of all is used up sooner
than in half a minute; the pace decides how long a run takes, not this."""
REPORT_EVERY_MS = 100
"""How often is told how the run fares; rows come quicker than anybody reads."""


@record(frozen=True, slots=True)
class TableRunProgress:
    """How a run fares: its state, and how many rows have which outcome.

    `left` rows have not been queued yet; `failed` ones the group certainly does not have.
    """

    run_id: str
    state: TableRunState
    summary: BroadcastSummary
    left: int = 0
    failed: int = 0
    is_over: bool = False

    @property
    def total(self) -> int:
        """All rows that are to be sent."""
        return self.summary.total + self.left


@dataclass(slots=True)
class _RobotRows:
    """What is to go to the robots of one token, in the order of the table."""

    waiting: deque[tuple[int, str, str]] = field(default_factory=deque)
    ahead: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Active:
    """The run that is carried out now."""

    run_id: str
    state: TableRunState = TableRunState.WRITING
    lanes: dict[str, _RobotRows] = field(default_factory=dict)
    rows: dict[str, tuple[int, str]] = field(default_factory=dict)  # by msgUuid: position, lane
    outcomes: dict[int, tuple[Status, bool]] = field(default_factory=dict)
    taken_back: set[str] = field(default_factory=set)
    is_again: bool = False  # what failed is sent once more


class TableRuns(QObject):
    """Writes, carries out, stops and takes up runs; one at a time. Main thread.

    `mask` takes secrets out of cells that are kept. It needs an event loop, but no window.

    Signals:
        changed(TableRunProgress): the run fares so by now.
        row_changed(int, SendRow): the row at this position of the table stands so.
        ended(TableRunProgress): all is sent that was to be.
        trouble(StorageError): the run has stopped, for nothing can be written.
    """

    changed = Signal(object)
    row_changed = Signal(int, object)
    ended = Signal(object)
    trouble = Signal(object)

    def __init__(
        self,
        store: TableRunStore,
        outbox: Outbox,
        find_robot: Callable[[str], Robot | None],
        add: Callable[[SendJob], object],
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        mask: Callable[[str], str] = lambda text: text,
        parent: QObject | None = None,
    ) -> None:
        """`find_robot` gives a robot by its id, as it is now; `add` writes a send into the history,
        as a part of the transaction that is open."""
        super().__init__(parent)
        self._store, self._outbox, self._find_robot = store, outbox, find_robot
        self._add, self.now, self._mask = add, now, mask
        self._active: _Active | None = None
        self._writing: Iterator[Sequence[PlannedRow]] | None = None
        self._is_detached = False
        self._turn = QTimer(self, singleShot=True, interval=REST_MS)
        self._turn.timeout.connect(self._on_turn)
        self._telling = QTimer(self, singleShot=True, interval=REPORT_EVERY_MS)
        self._telling.timeout.connect(self._tell)
        outbox.changed.connect(self._on_changed)

    @property
    def store(self) -> TableRunStore:
        """Where they are kept."""
        return self._store

    @property
    def progress(self) -> TableRunProgress | None:
        """How the run fares that is carried out here, or was last; None where there was none."""
        active = self._active
        if active is None:
            return None
        outcomes = active.outcomes.values()
        return TableRunProgress(
            active.run_id,
            active.state,
            summarize(
                (status for status, _ in outcomes),
                busy=sum(status is Status.REFUSED and not failed for status, failed in outcomes),
            ),
            sum(len(lane.waiting) for lane in active.lanes.values()),
            sum(failed for _, failed in outcomes),
            active.state is TableRunState.ENDED,
        )

    @property
    def is_running(self) -> bool:
        """Whether rows are being queued, or written."""
        return self._active is not None and self._active.state in (
            TableRunState.WRITING,
            TableRunState.RUNNING,
        )

    def begin(
        self,
        name: str,
        headings: Sequence[str],
        rows: Sequence[RowMessage],
        left_out: frozenset[int] = frozenset(),
        *,
        run_id: str = "",
    ) -> str:
        """Write a run down, slice by slice, then carry it out; its id, a new one unless given.

        Rows that are blocked, and those whose numbers are in `left_out`, are kept for the copy of
        the table, and not sent. Raises StorageError; then nothing is sent.
        """
        from uuid import uuid4

        if self.is_running:
            raise RuntimeError("a run is under way")
        run_id = run_id or str(uuid4())
        self._store.begin(run_id, name, headings, self.now())
        self._active = _Active(run_id)
        self._writing = self._planned(rows, left_out)
        self._turn.start()
        return run_id

    def go_on(self, run_id: str, *, has_failed: bool = False) -> bool:
        """Carry out what is left of a run; with `has_failed` also what certainly did not arrive.

        False where another process has it, or another run is under way. Raises StorageError.
        """
        is_other = self._active is not None and self._active.run_id != run_id
        if self.is_running and (is_other or not has_failed):
            return False
        if not self._store.take(run_id):
            return False
        before = self._active if not is_other else None
        active = _Active(run_id, TableRunState.RUNNING, is_again=has_failed)
        if before is not None:
            # What still waits, or is under way, stays so.
            active.rows, active.lanes = before.rows, before.lanes
            active.taken_back = before.taken_back
            for lane in active.lanes.values():
                lane.waiting.clear()
        for one in self._outcomes(run_id):
            if one.status is not None:
                active.outcomes[one.position] = one.status, _failed(one)
        pending = dict.fromkeys(self._store.pending(run_id))
        if has_failed:
            pending |= dict.fromkeys(self._store.pending(run_id, has_failed=True))
        for row in sorted(pending):
            active.outcomes.pop(row[0], None)
            self._lane_of(active, row).waiting.append(row)
        self._store.set_state(run_id, TableRunState.RUNNING, self.now())
        self._active = active
        self._turn.start()
        self._tell_soon()
        return True

    def stop(self) -> None:
        """Queue nothing more, and take back what still waits; it can go on. Raises StorageError."""
        active = self._active
        if active is None or active.state is not TableRunState.RUNNING:
            return
        active.state = TableRunState.STOPPED
        self._store.set_state(active.run_id, TableRunState.STOPPED, self.now())
        self._turn.stop()
        waiting = [uuid for lane in active.lanes.values() for uuid in lane.ahead]
        active.taken_back.update(waiting)
        for uuid in waiting:
            self._outbox.cancel(uuid)
        self._tell_soon()

    def leave(self, run_id: str) -> None:
        """Never send what is left of a run. Raises StorageError."""
        active = self._active
        if active is not None and active.run_id == run_id:
            self.stop()
            active.state = TableRunState.ENDED
            for lane in active.lanes.values():
                lane.waiting.clear()
        self._store.set_state(run_id, TableRunState.ENDED, self.now())
        self._tell_soon()

    def detach(self) -> None:
        """The program ends: what still waits is there again at the next start."""
        self._is_detached = True
        self._turn.stop()
        self._telling.stop()

    # Writing

    def _planned(
        self, rows: Sequence[RowMessage], left_out: frozenset[int]
    ) -> Iterator[Sequence[PlannedRow]]:
        for first in range(0, len(rows), SLICE_ROWS):
            yield [
                self._planned_row(position, row, left_out)
                for position, row in enumerate(rows[first : first + SLICE_ROWS], first)
            ]

    def _planned_row(self, position: int, one: RowMessage, left_out: frozenset[int]) -> PlannedRow:
        cells = tuple(map(self._mask, one.row.cells))
        why = note_of(one, self._mask) if one.is_blocked else ""
        if not why and one.row.number in left_out:
            why = "by_hand"
        if why or one.robot is None:
            return PlannedRow(position, one.row.number, cells, left_out=why or BLOCKED)
        robot = one.robot
        return PlannedRow(
            position,
            one.row.number,
            cells,
            one.message,
            robot.robot_id,
            robot.token_fingerprint,
        )

    def _write_more(self, active: _Active, rows: Iterator[Sequence[PlannedRow]]) -> None:
        some = next(rows, None)
        if some is None:
            self._writing = None
            for row in self._store.pending(active.run_id):
                self._lane_of(active, row).waiting.append(row)
            active.state = TableRunState.RUNNING
            self._store.set_state(active.run_id, active.state, self.now())
            self._tell_soon()
            return
        self._store.add_rows(active.run_id, some)

    # Queueing

    def _on_turn(self) -> None:
        active = self._active
        if active is None or self._is_detached:
            return
        try:
            if self._writing is not None:
                self._write_more(active, self._writing)
                self._turn.start()
            elif active.state is TableRunState.RUNNING and self._queue(active):
                self._turn.start()
        except StorageError as error:
            self._fail(active, error)

    def _queue(self, active: _Active) -> bool:
        """Queue one row that has room; whether there may be another."""
        free = [
            (key, lane)
            for key, lane in active.lanes.items()
            if lane.waiting and len(lane.ahead) < AHEAD
        ]
        if not free:
            self._end_if_over(active)
            return False
        # Each robot its first row, before any gets its second.
        key, lane = min(free, key=lambda one: len(one[1].ahead))
        self._queue_one(active, key, lane)
        return True

    def _queue_one(self, active: _Active, key: str, lane: _RobotRows) -> None:
        from uuid import uuid4

        position, robot_id, fingerprint = lane.waiting.popleft()
        robot = self._find_robot(robot_id)
        if robot is None or robot.is_archived:
            self._store.leave_out(active.run_id, position, "robot_gone")
            self._tell_soon()
            return
        bound = replace(robot, token_fingerprint=fingerprint) if fingerprint else robot
        message = self._store.message(active.run_id, position)
        job = SendJob(str(uuid4()), bound, message, self.now())
        try:
            with self._store.transaction():
                self._add(job)
                self._store.claim(active.run_id, position, job.msg_uuid, has_failed=active.is_again)
        except RowTakenError:
            log.warning("row %d of the run %s has its send already", position, active.run_id)
            return
        active.rows[job.msg_uuid] = position, key
        active.outcomes[position] = Status.QUEUED, False
        lane.ahead.add(job.msg_uuid)
        self._outbox.queue_written([job])
        self._tell_soon()

    def _on_changed(self, row: SendRow) -> None:
        active = self._active
        if active is None or row.msg_uuid not in active.rows or self._is_detached:
            return
        position, key = active.rows[row.msg_uuid]
        active.outcomes[position] = row.status, has_failed(row.status, row.cause)
        if row.status.is_final:
            lane = active.lanes[key]
            lane.ahead.discard(row.msg_uuid)
            if row.status is Status.CANCELLED:
                self._on_cancelled(active, position, row)
            if not self._turn.isActive():
                self._turn.start()
        self.row_changed.emit(position, row)
        self._tell_soon()

    def _on_cancelled(self, active: _Active, position: int, row: SendRow) -> None:
        """Taken back by a stop, it is still to be sent; by a person, in the queue, it is not."""
        if row.msg_uuid in active.taken_back:
            del active.outcomes[position]
            _, key = active.rows.pop(row.msg_uuid)
            active.lanes[key].waiting.appendleft((position, row.robot_id, row.token_fingerprint))
            return
        with suppress(StorageError):
            self._store.leave_out(active.run_id, position, "cancelled")

    def _lane_of(self, active: _Active, row: tuple[int, str, str]) -> _RobotRows:
        _, robot_id, fingerprint = row
        return active.lanes.setdefault(fingerprint or robot_id, _RobotRows())

    def _outcomes(self, run_id: str) -> Iterator[TableRowOutcome]:
        page = self._store.outcomes(run_id)
        while page:
            yield from page
            page = self._store.outcomes(run_id, page[-1].position)

    def _is_over(self, active: _Active) -> bool:
        return active.state is not TableRunState.WRITING and not any(
            lane.waiting or lane.ahead for lane in active.lanes.values()
        )

    def _end_if_over(self, active: _Active) -> None:
        if active.state is TableRunState.RUNNING and self._is_over(active):
            # Another process may have died over some of them meanwhile.
            for row in self._store.pending(active.run_id):
                self._lane_of(active, row).waiting.append(row)
            if not self._is_over(active):
                self._turn.start()
                return
            active.state = TableRunState.ENDED
            self._store.set_state(active.run_id, active.state, self.now())
            self._tell()
            progress = self.progress
            self.ended.emit(progress)

    def _fail(self, active: _Active, error: StorageError) -> None:
        """The disk refuses: nothing more is queued, and what is written stays as it is."""
        active.state = TableRunState.STOPPED
        self._writing = None
        self.trouble.emit(error)
        self._tell_soon()

    def _tell_soon(self) -> None:
        if not self._telling.isActive() and not self._is_detached:
            self._telling.start()

    def _tell(self) -> None:
        if self._active is not None:
            self.changed.emit(self.progress)


def minutes_of(rows: Sequence[RowMessage], left: Callable[[Robot], int]) -> int:
    """How many minutes the pace makes these take; 0 where all may leave at once.

    `left` says how many messages a robot's token may still send this minute. Robots do not wait
    for each other, so that the one with the most rows decides.
    """
    counts: dict[str, int] = {}
    robots: dict[str, Robot] = {}
    for row in rows:
        if row.robot is not None:
            key = row.robot.pace_key
            counts[key] = counts.get(key, 0) + 1
            robots[key] = row.robot
    longest = 0
    for key, count in counts.items():
        beyond = count - left(robots[key])
        if beyond > 0:
            windows = -(-beyond // PACE_PER_MINUTE)
            longest = max(longest, -(-windows * PACE_WINDOW_S // 60))
    return longest


def run_of(store: TableRunStore, run_id: str) -> TableRun | None:
    """A run as it stands; None where it is not known, or cannot be read."""
    try:
        return store.run(run_id)
    except StorageError:
        return None


def _failed(one: TableRowOutcome) -> bool:
    return one.status is not None and has_failed(one.status, one.cause)
