"""Which job may go next, and when. Pure: the time is passed in, as monotonic seconds.

DingTalk takes 20 messages a minute from a robot and throttles it for 10 minutes beyond that
(`core.limits`). Whether its minute slides is not known, so the stricter reading holds here: never
more than 20 in any 60 seconds, counted from the moment an attempt was over, since only then it has
surely arrived. One attempt of a robot is under way at a time, so messages keep their order; robots
do not wait for each other.

A robot is here what DingTalk takes for one: a token, whatever the profiles are called that hold it.
`pace_key` is the token's fingerprint, or the profile's id where that is not known (`core.robot`).
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from enum import StrEnum
from itertools import islice
from math import inf

from dingcomposer.core.limits import PACE_PENALTY_S, PACE_PER_MINUTE, PACE_WINDOW_S
from dingcomposer.core.records import dataclass


class WaitReason(StrEnum):
    """What a job waits for."""

    TURN = "turn"  # nothing: it may go now
    BEHIND = "behind"  # another one of its robot, under way or before it
    PACE = "pace"  # the robot's minute is used up
    REST = "rest"  # the robot rests, for DingTalk said "too fast"
    IN_LINE = "in_line"  # the groups before it in its list
    APPOINTED = "appointed"  # its own next attempt, or the moment it was put off to


@dataclass(frozen=True, slots=True)
class Waiting:
    """A job that waits its turn. `due_in_s` is inf where it depends on one still under way.

    A pause is not counted in: it ends when a person says so. `pace_key` names those that it waits
    in line with.
    """

    msg_uuid: str
    pace_key: str
    due_in_s: float
    reason: WaitReason = WaitReason.TURN
    robot_id: str = ""


@dataclass(frozen=True, slots=True)
class _Job:
    """A waiting job. The lowest `turn` of all that may go goes first."""

    msg_uuid: str
    turn: int
    not_before: float


@dataclass(slots=True)
class _Lane:
    """One robot: what waits for it, its attempts of the last minute, until when it rests."""

    jobs: deque[_Job] = field(default_factory=deque)
    times: deque[float] = field(default_factory=deque)
    rests_until: float = -inf
    is_busy: bool = False


@dataclass(slots=True)
class _Line:
    """Jobs of different robots that go one after the other, and when the next one may."""

    gap_s: float
    jobs: deque[str] = field(default_factory=deque)
    next_at: float = -inf


class Schedule:
    """The queue of jobs under the pace of their robots. Used under its owner's lock."""

    def __init__(
        self,
        *,
        per_minute: int = PACE_PER_MINUTE,
        window_s: float = PACE_WINDOW_S,
        penalty_s: float = PACE_PENALTY_S,
    ) -> None:
        self._per_minute = per_minute
        self._window_s = window_s
        self._penalty_s = penalty_s
        self._lanes: dict[str, _Lane] = {}
        self._line_of: dict[str, _Line] = {}
        self._first_turn = 0
        self._last_turn = 0
        self._is_paused = False

    @property
    def is_paused(self) -> bool:
        """True while nothing may go, whoever's turn it is."""
        return self._is_paused

    def pause(self) -> None:
        """Let nothing go until `resume`; what is under way is not touched."""
        self._is_paused = True

    def resume(self) -> None:
        """Let the jobs go again, each at its turn."""
        self._is_paused = False

    def add(self, msg_uuid: str, pace_key: str, not_before: float = -inf) -> None:
        """Put a job at the end of the queue."""
        self._last_turn += 1
        self._lane(pace_key).jobs.append(_Job(msg_uuid, self._last_turn, not_before))

    def line_up(self, msg_uuids: Iterable[str], gap_s: float) -> None:
        """Let these jobs go one after the other, each so long after the one before was over.

        For jobs of different robots, before they are added. A job is over with `leave_line`.
        """
        line = _Line(gap_s, deque(msg_uuids))
        self._line_of.update(dict.fromkeys(line.jobs, line))

    def leave_line(self, msg_uuid: str, now: float) -> tuple[str, ...]:
        """A job is over for good: the next of its line may go after the gap; those behind it."""
        line = self._line_of.pop(msg_uuid, None)
        if line is None:
            return ()
        is_first = line.jobs[0] == msg_uuid
        line.jobs.remove(msg_uuid)
        if is_first:
            line.next_at = now + line.gap_s
        return tuple(line.jobs)

    def put_back(self, msg_uuid: str, pace_key: str, not_before: float) -> None:
        """Put a job that is tried again before the others, so that its robot keeps its order."""
        self._first_turn -= 1
        self._lane(pace_key).jobs.appendleft(_Job(msg_uuid, self._first_turn, not_before))

    def move(self, msg_uuid: str, steps: int) -> bool:
        """Move a waiting job by so many places among those of its robot; minus is earlier.

        Robots do not wait for each other, so there is no other order to change. False where
        nothing moved: it does not wait (any more), or stands at that end already. Of two that stand
        in a line none overtakes the other: each could come to wait for the other.
        """
        for lane in self._lanes.values():
            for place, job in enumerate(lane.jobs):
                if job.msg_uuid == msg_uuid:
                    return _move(lane.jobs, place, self._free_place(lane.jobs, place, steps))
        return False

    def _free_place(self, jobs: deque[_Job], place: int, steps: int) -> int:
        """So far a job may be moved that wants to go so many places."""
        if jobs[place].msg_uuid not in self._line_of:
            return place + steps
        step = 1 if steps > 0 else -1
        for wanted in range(place + step, place + steps + step, step):
            if not 0 <= wanted < len(jobs) or jobs[wanted].msg_uuid in self._line_of:
                return wanted - step
        return place + steps

    def cancel(self, msg_uuid: str) -> bool:
        """Take a waiting job out; False where it does not wait (any more)."""
        for lane in self._lanes.values():
            for job in lane.jobs:
                if job.msg_uuid == msg_uuid:
                    lane.jobs.remove(job)
                    self._drop_from_line(msg_uuid)
                    return True
        return False

    def cancel_all(self) -> tuple[str, ...]:
        """Take every waiting job out."""
        cancelled = tuple(job.msg_uuid for _, job in self._in_order())
        for lane in self._lanes.values():
            lane.jobs.clear()
        for msg_uuid in cancelled:
            self._drop_from_line(msg_uuid)
        return cancelled

    def take(self, now: float) -> str | None:
        """The next job that may go now; its robot is busy until `finish`. None where none may."""
        if self._is_paused:
            return None
        next_lane: _Lane | None = None
        next_turn = inf
        for lane in self._lanes.values():
            if not lane.jobs or lane.is_busy:
                continue
            job = lane.jobs[0]
            if job.turn < next_turn and self._due(lane, now) <= now:
                next_lane, next_turn = lane, job.turn
        if next_lane is None:
            return None
        next_lane.is_busy = True
        return next_lane.jobs.popleft().msg_uuid

    def finish(self, pace_key: str, now: float, *, has_left: bool) -> None:
        """An attempt is over. One that provably never left does not count for the pace."""
        lane = self._lane(pace_key)
        lane.is_busy = False
        if has_left:
            lane.times.append(now)

    def rest(self, pace_key: str, now: float) -> None:
        """DingTalk said "too fast": the robot rests for its ten minutes."""
        self._lane(pace_key).rests_until = now + self._penalty_s

    def end_rest(self, pace_key: str) -> None:
        """Whatever imposed the rest has ended, and the rest with it."""
        self._lane(pace_key).rests_until = -inf

    def remember(self, pace_key: str, ages_s: Iterable[float], now: float) -> None:
        """Take over attempts of an earlier run. An age outside of the window's is clamped to it."""
        lane = self._lane(pace_key)
        times = sorted(now - max(age, 0.0) for age in ages_s)
        lane.times = deque(sorted([*lane.times, *times]))

    def relearn(self, pace_key: str, ages_s: Iterable[float], now: float) -> None:
        """Replace what is known of a token's last minute: other programs use it too."""
        self._lane(pace_key).times = deque(sorted(now - max(age, 0.0) for age in ages_s))

    def remember_rest(self, pace_key: str, age_s: float, now: float) -> None:
        """Take over a "too fast" of an earlier run."""
        lane = self._lane(pace_key)
        lane.rests_until = max(lane.rests_until, now - max(age_s, 0.0) + self._penalty_s)

    def left(self, pace_key: str, now: float) -> int:
        """How many messages the robot may still send this minute; 0 while it rests."""
        lane = self._lanes.get(pace_key)
        if lane is None:
            return self._per_minute
        if lane.rests_until > now:
            return 0
        self._forget_old(lane, now)
        return max(self._per_minute - len(lane.times) - lane.is_busy, 0)

    def wait_s(self, now: float) -> float:
        """Seconds until a waiting job may go.

        inf where none waits, or only behind a busy robot, and in a pause.
        """
        if self._is_paused:
            return inf
        dues = (self._due(lane, now) for lane in self._lanes.values() if lane.jobs)
        return max(min(dues, default=inf) - now, 0.0)

    def waiting(self, now: float) -> tuple[Waiting, ...]:
        """All waiting jobs in their order, each with the seconds until its turn."""
        lines = self._line_dues(now)
        dues = {
            job.turn: (due, _reason(lane, job, due, now, lines.get(job.msg_uuid, -inf)))
            for lane in self._lanes.values()
            for job, due in zip(
                lane.jobs, self._dues(lane, now, len(lane.jobs), lines), strict=True
            )
        }
        return tuple(
            Waiting(job.msg_uuid, pace_key, max(dues[job.turn][0] - now, 0.0), dues[job.turn][1])
            for pace_key, job in self._in_order()
        )

    def _in_order(self) -> list[tuple[str, _Job]]:
        """All waiting jobs with their robots, the next one first."""
        jobs = [(pace_key, job) for pace_key, lane in self._lanes.items() for job in lane.jobs]
        return sorted(jobs, key=lambda one: one[1].turn)

    def _due(self, lane: _Lane, now: float) -> float:
        """When the first job of a lane may go: the first of `_dues`, asked for at every turn."""
        if lane.is_busy:
            return inf
        self._forget_old(lane, now)
        due = max(lane.rests_until, lane.jobs[0].not_before)
        line = self._line_of.get(lane.jobs[0].msg_uuid)
        if line is not None:
            if line.jobs[0] != lane.jobs[0].msg_uuid:
                return inf
            due = max(due, line.next_at)
        if len(lane.times) >= self._per_minute:
            due = max(due, lane.times[-self._per_minute] + self._window_s)
        return due

    def _dues(self, lane: _Lane, now: float, count: int, lines: Mapping[str, float]) -> list[float]:
        """When the first `count` jobs of a lane may go, if each leaves as soon as it may.

        `lines` says it of those that stand in a line, as `_line_dues` does.
        """
        if lane.is_busy:
            return [inf] * count
        self._forget_old(lane, now)
        dues: list[float] = []
        times = list(lane.times)
        due = lane.rests_until
        for job in islice(lane.jobs, count):
            # None overtakes the one before it, which may be waiting for its next attempt.
            due = max(due, job.not_before, lines.get(job.msg_uuid, -inf))
            if len(times) >= self._per_minute:
                due = max(due, times[-self._per_minute] + self._window_s)
            dues.append(due)
            times.append(max(due, now))
        return dues

    def _line_dues(self, now: float) -> dict[str, float]:
        """When the lines let each of their jobs go, if nothing else holds those before it up."""
        waiting = {job.msg_uuid for lane in self._lanes.values() for job in lane.jobs}
        dues: dict[str, float] = {}
        for line in {id(one): one for one in self._line_of.values()}.values():
            is_under_way = line.jobs[0] not in waiting
            first = now if is_under_way else max(line.next_at, now)
            for place, msg_uuid in enumerate(line.jobs):
                is_open = line.gap_s == 0 and (place > 0 or is_under_way)
                dues[msg_uuid] = inf if is_open else first + place * line.gap_s
            if not is_under_way and line.next_at <= now:
                dues[line.jobs[0]] = -inf
        return dues

    def _drop_from_line(self, msg_uuid: str) -> None:
        """A job was taken back: the others of its line close up, and no gap begins."""
        line = self._line_of.pop(msg_uuid, None)
        if line is not None:
            line.jobs.remove(msg_uuid)

    def _forget_old(self, lane: _Lane, now: float) -> None:
        while lane.times and lane.times[0] <= now - self._window_s:
            lane.times.popleft()

    def _lane(self, pace_key: str) -> _Lane:
        return self._lanes.setdefault(pace_key, _Lane())


def _reason(lane: _Lane, job: _Job, due: float, now: float, line_due: float) -> WaitReason:
    """Why a job goes at `due` and not now; where several reasons hold, the one that ends last."""
    if due <= now:
        return WaitReason.TURN
    if due <= line_due and not lane.is_busy:
        return WaitReason.IN_LINE
    if due == inf:
        return WaitReason.BEHIND
    if due <= job.not_before:
        return WaitReason.APPOINTED
    if due <= lane.rests_until:
        return WaitReason.REST
    if any(due <= other.not_before for other in lane.jobs if other.turn < job.turn):
        return WaitReason.BEHIND
    return WaitReason.PACE


def _move(jobs: deque[_Job], place: int, wanted: int) -> bool:
    """Put a job elsewhere; the turns stay where they are, so that no other robot notices."""
    wanted = min(max(wanted, 0), len(jobs) - 1)
    if wanted == place:
        return False
    turns = [job.turn for job in jobs]
    job = jobs[place]
    del jobs[place]
    jobs.insert(wanted, job)
    for index, turn in enumerate(turns):
        jobs[index] = replace(jobs[index], turn=turn)
    return True
