"""Which job may go next, and when. Pure: the time is passed in, as monotonic seconds.

DingTalk takes 20 messages a minute from a robot and throttles it for 10 minutes beyond that
(`core.limits`). Whether its minute slides is not known, so the stricter reading holds here: never
more than 20 in any 60 seconds, counted from the moment an attempt was over, since only then it has
surely arrived. One attempt of a robot is under way at a time, so messages keep their order; robots
do not wait for each other.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import inf

from dingcomposer.core.limits import PACE_PENALTY_S, PACE_PER_MINUTE, PACE_WINDOW_S


@dataclass(frozen=True, slots=True)
class Waiting:
    """A job that waits its turn. `due_in_s` is inf where it depends on one still under way."""

    msg_uuid: str
    robot_id: str
    due_in_s: float


@dataclass(slots=True)
class _Job:
    msg_uuid: str
    robot_id: str
    not_before: float


@dataclass(slots=True)
class _Lane:
    """What is known of one robot: its attempts of the last minute and until when it rests."""

    times: deque[float] = field(default_factory=deque)
    rests_until: float = -inf
    is_busy: bool = False


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
        self._jobs: list[_Job] = []
        self._lanes: dict[str, _Lane] = {}

    def add(self, msg_uuid: str, robot_id: str, not_before: float = -inf) -> None:
        """Put a job at the end of the queue."""
        self._jobs.append(_Job(msg_uuid, robot_id, not_before))

    def put_back(self, msg_uuid: str, robot_id: str, not_before: float) -> None:
        """Put a job that is tried again before the others, so that its robot keeps its order."""
        self._jobs.insert(0, _Job(msg_uuid, robot_id, not_before))

    def cancel(self, msg_uuid: str) -> bool:
        """Take a waiting job out; False where it does not wait (any more)."""
        for index, job in enumerate(self._jobs):
            if job.msg_uuid == msg_uuid:
                del self._jobs[index]
                return True
        return False

    def cancel_all(self) -> tuple[str, ...]:
        """Take every waiting job out."""
        cancelled = tuple(job.msg_uuid for job in self._jobs)
        self._jobs.clear()
        return cancelled

    def take(self, now: float) -> str | None:
        """The next job that may go now; its robot is busy until `finish`. None where none may."""
        blocked: set[str] = set()
        for index, job in enumerate(self._jobs):
            if job.robot_id in blocked:
                continue
            if self._due_at(job, now) <= now:
                del self._jobs[index]
                self._lane(job.robot_id).is_busy = True
                return job.msg_uuid
            blocked.add(job.robot_id)
        return None

    def finish(self, robot_id: str, now: float, *, has_left: bool) -> None:
        """An attempt is over. One that provably never left does not count for the pace."""
        lane = self._lane(robot_id)
        lane.is_busy = False
        if has_left:
            lane.times.append(now)

    def rest(self, robot_id: str, now: float) -> None:
        """DingTalk said "too fast": the robot rests for its ten minutes."""
        self._lane(robot_id).rests_until = now + self._penalty_s

    def remember(self, robot_id: str, ages_s: Iterable[float], now: float) -> None:
        """Take over attempts of an earlier run. An age outside of the window's is clamped to it."""
        lane = self._lane(robot_id)
        times = sorted(now - max(age, 0.0) for age in ages_s)
        lane.times = deque(sorted([*lane.times, *times]))

    def remember_rest(self, robot_id: str, age_s: float, now: float) -> None:
        """Take over a "too fast" of an earlier run."""
        lane = self._lane(robot_id)
        lane.rests_until = max(lane.rests_until, now - max(age_s, 0.0) + self._penalty_s)

    def left(self, robot_id: str, now: float) -> int:
        """How many messages the robot may still send this minute; 0 while it rests."""
        lane = self._lanes.get(robot_id)
        if lane is None:
            return self._per_minute
        if lane.rests_until > now:
            return 0
        self._forget_old(lane, now)
        return max(self._per_minute - len(lane.times) - lane.is_busy, 0)

    def wait_s(self, now: float) -> float:
        """Seconds until a waiting job may go; inf where none waits, or only behind a busy robot."""
        return min((waiting.due_in_s for waiting in self.waiting(now)), default=inf)

    def waiting(self, now: float) -> tuple[Waiting, ...]:
        """All waiting jobs in their order, each with the seconds until its turn."""
        result = []
        ahead: dict[str, int] = {}
        for job in self._jobs:
            position = ahead.get(job.robot_id, 0)
            ahead[job.robot_id] = position + 1
            due = self._due_at(job, now, position)
            result.append(Waiting(job.msg_uuid, job.robot_id, max(due - now, 0.0)))
        return tuple(result)

    def _due_at(self, job: _Job, now: float, ahead: int = 0) -> float:
        """When the job may go, with `ahead` jobs of its robot before it."""
        lane = self._lane(job.robot_id)
        if lane.is_busy:
            return inf
        self._forget_old(lane, now)
        due = max(job.not_before, lane.rests_until)
        # With n counted in the window, the slot of the job at `ahead` opens when the oldest
        # (n + ahead - limit) have grown older than the window; jobs ahead that have not left yet
        # are taken to leave as soon as they may.
        full = len(lane.times) + ahead - self._per_minute
        if full >= 0:
            windows, index = divmod(full, self._per_minute)
            base = lane.times[index] if index < len(lane.times) else max(now, lane.rests_until)
            due = max(due, base + self._window_s * (windows + 1))
        return due

    def _forget_old(self, lane: _Lane, now: float) -> None:
        while lane.times and lane.times[0] <= now - self._window_s:
            lane.times.popleft()

    def _lane(self, robot_id: str) -> _Lane:
        return self._lanes.setdefault(robot_id, _Lane())
