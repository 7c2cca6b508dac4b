"""Sender thread: jobs in, reports out; nothing of it waits for the window.

A small pool of threads, each with an HTTP client of its own, carries the jobs. One dispatcher
thread waits for the next turn (`sending.schedule`) and wakes one of them; whoever is done with a
job takes the next by itself where one may go, without a change of threads. All are plain daemon
threads: an executor's would hold the process's exit for as long as an answer takes.

No byte leaves before the main thread has committed the attempt: `announce` hands it a `Permission`
and the carrying thread waits until it is granted.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import inf
from typing import TYPE_CHECKING

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import AT_ONCE, BroadcastOrder, Fault, Report, SendJob, Status
from dingcomposer.core.limits import PACE_PENALTY_S
from dingcomposer.core.payload import EncodeError, encode
from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import Credentials, Robot
from dingcomposer.dingtalk.errors import DingTalkError, Unreachable
from dingcomposer.sending.outcomes import WORTH_ANOTHER_TRY, fault_of, outcome_of
from dingcomposer.sending.permission import Permission, Postponed
from dingcomposer.sending.schedule import Schedule, Waiting
from dingcomposer.storage.secrets import SecretsUnavailable
from dingcomposer.storage.token_fingerprint import FingerprintOf

if TYPE_CHECKING:
    from dingcomposer.dingtalk.client import Client
    from dingcomposer.dingtalk.host_watch import HostWatch

log = logging.getLogger(__name__)

RETRY_WAITS_S = (1.0, 3.0, 9.0)
"""Seconds before the second, third and fourth attempt."""

_QUICK_S = 0.01  # a thread that is back within this serves more robots alone than beside others


@dataclass(slots=True)
class _Carried:
    """A job on its way, with what its earlier attempts leave behind.

    `attempt` is the number of the newest; `attempts_before` were made before it came here.
    `token_fingerprint` is of the token that it belongs to; where that was not known when it was
    confirmed, "" until its first attempt. `is_unbound`: it may still take what it finds.
    `stops_line`: where it is not delivered, those behind it in its line are not sent.
    `back_by_s`: until then, by the computer's own clock, a quick thread may be back from it.
    """

    job: SendJob
    token_fingerprint: str
    is_unbound: bool
    attempts_before: int = 0
    attempt: int = 0
    queued_s: float = 0.0
    queue_ms: float = 0.0
    is_under_way: bool = False
    back_by_s: float = 0.0
    may_have_been_taken: bool = False
    permission: Permission | None = None
    has_left: bool = False
    is_abandoned: bool = False
    stops_line: bool = False


class Sender:
    """Takes jobs and reports what came of them. Every method may be called from any thread.

    `read_credentials` may block and raises `SecretsUnavailable`; `announce` and `report` are called
    from the sender's threads and must return at once (`services.bridge` posts them to the main
    thread).

    A job belongs to the token that it was confirmed for. Each attempt compares what it read with
    that, by `fingerprint_of`; where they differ, nothing leaves (`Fault.TOKEN_CHANGED`).
    """

    def __init__(
        self,
        *,
        make_client: Callable[[], "Client"],
        read_credentials: Callable[[str], Credentials],
        fingerprint_of: FingerprintOf,
        announce: Callable[[Report, Permission], None],
        report: Callable[[Report], None],
        schedule: Schedule | None = None,
        pool: int = 8,
        retry_waits_s: tuple[float, ...] = RETRY_WAITS_S,
        monotonic: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._make_client = make_client
        self._read_credentials = read_credentials
        self._fingerprint_of = fingerprint_of
        self._announce = announce
        self._report = report
        self._schedule = schedule or Schedule()
        self._pool = pool
        self._retry_waits_s = retry_waits_s
        self._monotonic = monotonic
        self._now = now
        self._changed = threading.Condition()
        self._carried: dict[str, _Carried] = {}
        self._in_flight: set[str] = set()
        self._ready: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._dispatcher: threading.Thread | None = None
        self._hosts: HostWatch | None = None  # made when a robot first rests
        self._is_stopping = False

    def submit(
        self,
        job: SendJob,
        *,
        attempts_before: int = 0,
        may_have_been_taken: bool = False,
        wait_s: float = 0.0,
    ) -> None:
        """Queue a job, not to leave before `wait_s` from now; returns at once.

        `may_have_been_taken` is for a safe retry of a send whose outcome is unknown: whatever
        keeps this try from leaving, the send as a whole stays unknown. Its attempts are numbered
        on from `attempts_before`. It needs to know its token; a first try may take what it finds.
        """
        with self._changed:
            self._accept(
                _Carried(
                    job,
                    job.token_fingerprint,
                    not job.token_fingerprint and not may_have_been_taken,
                    attempts_before,
                    attempts_before,
                    may_have_been_taken=may_have_been_taken,
                    queued_s=self._monotonic(),
                ),
                wait_s,
            )
        robot_id = job.robot.robot_id
        log.debug("send %s: queued for robot %s, waits %.1f s", job.msg_uuid, robot_id, wait_s)

    def submit_all(self, jobs: Sequence[SendJob], order: BroadcastOrder = AT_ONCE) -> None:
        """Queue jobs for different robots; returns at once. None is begun before the next `wake`.

        In an order they go one after the other; with `stops_at_failure` those behind one that was
        not delivered end as `Fault.STOPPED`.
        """
        with self._changed:
            if order.is_in_line:
                self._schedule.line_up([job.msg_uuid for job in jobs], order.gap_s)
            queued_s = self._monotonic()
            for job in jobs:
                fingerprint = job.token_fingerprint
                carried = _Carried(
                    job, fingerprint, not fingerprint, stops_line=order.stops_at_failure
                )
                carried.queued_s = queued_s
                self._take_in(carried, 0.0)
        log.debug("%d sends: queued, %.1f s between them", len(jobs), order.gap_s)

    def _accept(self, carried: _Carried, wait_s: float) -> None:
        """Take a job in, and see to it; under the lock."""
        self._take_in(carried, wait_s)
        self._look()

    def _take_in(self, carried: _Carried, wait_s: float) -> None:
        if self._is_stopping:
            raise RuntimeError("the sender has stopped")
        job = carried.job
        self._carried[job.msg_uuid] = carried
        self._schedule.add(job.msg_uuid, job.robot.pace_key, self._monotonic() + wait_s)

    def _look(self) -> None:
        """Have the dispatcher look at the queue and the clock; under the lock."""
        if self._dispatcher is None and not self._is_stopping:
            self._dispatcher = self._start("sender", self._dispatch)
        elif len(self._in_flight) < self._pool:
            self._changed.notify_all()

    def hold_to_token(self, robot_id: str) -> None:
        """A robot is about to get another token: what waits for it is not for that one.

        Only jobs that do not know their token need to be told so.
        """
        with self._changed:
            for carried in self._carried.values():
                if carried.job.robot.robot_id == robot_id:
                    carried.is_unbound = False

    def cancel(self, msg_uuid: str) -> bool:
        """Take back a job that still waits; False where it is too late."""
        with self._changed:
            if not self._schedule.cancel(msg_uuid):
                return False
            carried = self._carried.pop(msg_uuid)
            self._changed.notify_all()
        self._report(self._cancelled(carried, Fault.RETRY_CANCELLED))
        return True

    def move(self, msg_uuid: str, steps: int) -> bool:
        """Move a waiting job among those of its robot; minus is earlier. False: nothing moved."""
        with self._changed:
            is_moved = self._schedule.move(msg_uuid, steps)
            self._changed.notify_all()
            return is_moved

    def pause(self) -> None:
        """Let nothing more leave until `resume`. An attempt that is under way goes on."""
        with self._changed:
            self._schedule.pause()

    def resume(self) -> None:
        """Let the queue go on."""
        with self._changed:
            self._schedule.resume()
            self._changed.notify_all()

    @property
    def is_paused(self) -> bool:
        """True between `pause` and `resume`."""
        with self._changed:
            return self._schedule.is_paused

    def left(self, robot: Robot) -> int:
        """How many messages the robot's token may still send this minute."""
        with self._changed:
            return self._schedule.left(robot.pace_key, self._monotonic())

    def waiting(self) -> tuple[Waiting, ...]:
        """The queue as it stands, with the seconds until each turn."""
        with self._changed:
            return tuple(
                replace(one, robot_id=self._carried[one.msg_uuid].job.robot.robot_id)
                for one in self._schedule.waiting(self._monotonic())
            )

    @property
    def is_idle(self) -> bool:
        """True where nothing waits and nothing is under way."""
        with self._changed:
            return not self._carried

    def remember(self, robot: Robot, ages_s: tuple[float, ...]) -> None:
        """Take over a token's attempts of an earlier run, so that the pace survives a restart."""
        with self._changed:
            self._schedule.remember(robot.pace_key, ages_s, self._monotonic())

    def remember_rest(self, robot: Robot, age_s: float) -> None:
        """Take over a "too fast" of an earlier run, so that the rest survives a restart."""
        with self._changed:
            self._schedule.remember_rest(robot.pace_key, age_s, self._monotonic())

    def wake(self) -> None:
        """Look at the queue and at the clock again."""
        with self._changed:
            self._look()

    def stop(self, timeout_s: float = 1.5) -> None:
        """Cancel what waits, give what is under way `timeout_s` to end, report the rest UNKNOWN.

        Afterwards nothing is reported any more.
        """
        with self._changed:
            if self._is_stopping:
                return
            self._is_stopping = True
            cancelled = [self._carried.pop(uuid) for uuid in self._schedule.cancel_all()]
            under_way = list(self._carried.values())
            self._changed.notify_all()
        for carried in cancelled:
            self._report(self._cancelled(carried))
        for carried in under_way:
            _may_have_left(carried)
        if self._hosts is not None:
            self._hosts.close()
        for _ in self._threads:
            self._ready.put(None)
        ends_at = time.monotonic() + timeout_s
        for thread in list(self._threads):
            thread.join(max(ends_at - time.monotonic(), 0.0))
        with self._changed:
            abandoned = list(self._carried.values())
            for carried in abandoned:
                carried.is_abandoned = True
            self._carried.clear()
        for carried in abandoned:
            carried.may_have_been_taken |= _may_have_left(carried)
            self._report(self._cancelled(carried))

    # The dispatcher

    def _start(self, name: str, target: Callable[[], None]) -> threading.Thread:
        thread = threading.Thread(target=target, name=name, daemon=True)
        thread.start()
        return thread

    def _dispatch(self) -> None:
        while True:
            with self._changed:
                if self._is_stopping:
                    return
                now = self._monotonic()
                # What no thread has time for stays in the queue, where it can still be cancelled.
                is_full = len(self._in_flight) >= self._pool
                back_in_s = self._next_thread_in_s()
                msg_uuid = None if is_full or back_in_s > 0 else self._schedule.take(now)
                if msg_uuid is None:
                    wait_s = inf if is_full else max(self._schedule.wait_s(now), back_in_s)
                    self._changed.wait(None if wait_s == inf else wait_s)
                    continue
                self._hand_out(msg_uuid)
                if len(self._in_flight) > len(self._threads):
                    name = f"sender-{len(self._threads) + 1}"
                    self._threads.append(self._start(name, self._carry_jobs))
                # Under the lock: behind a stop's end mark it would never be carried.
                self._ready.put(msg_uuid)

    def _next_thread_in_s(self) -> float:
        """Seconds until another thread is worth its while: one that is out may be back before.

        Python runs one of them at a time, so that beside each other quick ones only wait: eight
        took half as much again of the processor for robots that answer at once.
        """
        back_by_s = max((self._carried[uuid].back_by_s for uuid in self._in_flight), default=0.0)
        return back_by_s - time.monotonic()

    def _hand_out(self, msg_uuid: str, *, to_quick: bool = True) -> str:
        """A thread takes this job; of a new one it is not known that it is slow."""
        self._in_flight.add(msg_uuid)
        if to_quick:
            self._carried[msg_uuid].back_by_s = time.monotonic() + _QUICK_S
        return msg_uuid

    # The pool

    def _carry_jobs(self) -> None:
        client: Client | None = None
        msg_uuid: str | None
        while (msg_uuid := self._ready.get()) is not None:
            if client is None:
                client = self._make_client()
            while msg_uuid is not None:
                msg_uuid = self._carry(msg_uuid, client)
        if client is not None:
            client.close()

    def _carry(self, msg_uuid: str, client: "Client") -> str | None:
        """Make one attempt; the job that this thread is to carry next, where one may go."""
        with self._changed:
            carried = self._carried.get(msg_uuid)
            if carried is None:  # a stop has ended it
                return None
            carried.attempt += 1
            carried.queue_ms = (self._monotonic() - carried.queued_s) * 1000
            carried.is_under_way = True
        log.debug("send %s, attempt %d: its turn has come", msg_uuid, carried.attempt)
        try:
            came = self._attempt(carried, client)
        except Exception:
            # Whatever went wrong is ours; the send must end all the same, and say so.
            log.exception("an attempt failed in the program itself")
            came = self._unsent(carried, Fault.PROGRAM_FAULT)
        if isinstance(came, Postponed):
            return self._put_off(carried, came)
        return self._finish(carried, came)

    def _attempt(self, carried: _Carried, client: "Client") -> Report | Postponed:
        job = carried.job
        try:
            credentials = self._read_credentials(job.robot.robot_id)
        except SecretsUnavailable as error:
            return self._unsent(carried, fault_of(error.reason))
        if not credentials.access_token:
            return self._unsent(carried, Fault.NO_TOKEN)
        if not self._belongs(carried, self._fingerprint_of(credentials.access_token)):
            return self._unsent(carried, Fault.TOKEN_CHANGED)
        try:
            body = encode(job.message, job.msg_uuid)
        except EncodeError:
            return self._unsent(carried, Fault.CANNOT_ENCODE)
        announced = Report(
            job.msg_uuid,
            carried.attempt,
            Status.SENDING,
            self._now(),
            url=job.robot.endpoint,
            body_sha256=_sha256(body),
            body_bytes=len(body),
            token_fingerprint=carried.token_fingerprint,
        )
        permission = Permission()
        with self._changed:
            carried.permission = permission
            is_stopping = self._is_stopping
        if is_stopping:
            return self._cancelled(carried)
        which = job.msg_uuid, carried.attempt
        log.debug("send %s, attempt %d: secrets read, %d bytes", *which, len(body))
        self._announce(announced, permission)
        is_granted = permission.wait()
        log.debug("send %s, attempt %d: %s", *which, "written down" if is_granted else "denied")
        if not is_granted:
            if self._is_stopping:
                return self._cancelled(carried)
            return permission.postponed or self._unsent(carried, permission.fault)
        return self._post(carried, client, credentials, body, announced)

    def _belongs(self, carried: _Carried, found: str) -> bool:
        """Whether a job may go out with the token of this fingerprint, which was just read."""
        with self._changed:
            if carried.is_unbound:
                carried.token_fingerprint, carried.is_unbound = found, False
            return bool(found) and carried.token_fingerprint == found

    def _post(
        self,
        carried: _Carried,
        client: "Client",
        credentials: Credentials,
        body: bytes,
        announced: Report,
    ) -> Report:
        started = self._monotonic()
        carried.has_left = True
        try:
            answer = client.send(carried.job.robot, credentials, body)
        except DingTalkError as error:
            carried.has_left = not isinstance(error, Unreachable)
            outcome = outcome_of(announced, error, may_have_been_taken=carried.may_have_been_taken)
        except Exception:
            # A fault of ours after the permission: the bytes may have left.
            log.exception("the client failed in the program itself")
            outcome = replace(announced, status=Status.UNKNOWN, fault=Fault.PROGRAM_FAULT)
        else:
            outcome = replace(
                announced,
                status=Status.DELIVERED,
                cause=Cause.DELIVERED,
                errcode=answer.errcode,
                errmsg=answer.errmsg,
                http_status=answer.http_status,
                answer=answer.answer,
            )
        duration_ms = (self._monotonic() - started) * 1000
        phases = replace(client.phases, queue_ms=carried.queue_ms)
        return replace(
            outcome, at=self._now(), duration_ms=duration_ms, trace=client.trace, phases=phases
        )

    def _put_off(self, carried: _Carried, why: Postponed) -> str | None:
        """The token's minute is used up by another program: wait in line; the job that may go."""
        job = carried.job
        pace_key = job.robot.pace_key
        log.debug("send %s: its token is used by another program, it waits", job.msg_uuid)
        with self._changed:
            self._in_flight.discard(job.msg_uuid)
            if carried.is_abandoned:
                return None
            now = self._monotonic()
            carried.attempt -= 1
            carried.is_under_way = False
            carried.permission = None
            self._schedule.finish(pace_key, now, has_left=False)
            self._schedule.relearn(pace_key, why.ages_s, now)
            if why.rest_age_s is not None:
                self._schedule.remember_rest(pace_key, why.rest_age_s, now)
            if self._is_stopping:
                self._carried.pop(job.msg_uuid, None)
                self._report(self._cancelled(carried))
                return None
            self._schedule.put_back(job.msg_uuid, pace_key, now)
            self._changed.notify_all()
            return None

    def _finish(self, carried: _Carried, report: Report) -> str | None:
        """Count the attempt, queue its retry, hand over the report; the job that may go now."""
        job = carried.job
        pace_key = job.robot.pace_key
        log.info(
            "send %s, attempt %d: %s%s",
            *(job.msg_uuid, report.attempt, report.status.value),
            "".join(f", {one}" for one in _marks(report)),
        )
        with self._changed:
            self._in_flight.discard(job.msg_uuid)
            if carried.is_abandoned:
                return None
            now = self._monotonic()
            self._schedule.finish(pace_key, now, has_left=carried.has_left)
            token = carried.token_fingerprint or pace_key
            if carried.has_left and token != pace_key:  # it learned its token on the way
                self._schedule.remember(token, (0.0,), now)
            if report.cause is Cause.TOO_FAST:
                self._rest(job.robot, {token, pace_key}, now)
            carried.permission = None
            carried.has_left = carried.is_under_way = False
            wait_s = self._wait_before_retry(carried, report)
            stopped: list[_Carried] = []
            if wait_s is None:
                self._carried.pop(job.msg_uuid, None)
                stopped = self._leave_line(carried, report, now)
            else:
                carried.may_have_been_taken |= report.cause is Cause.BUSY
                carried.queued_s = now
                self._schedule.put_back(job.msg_uuid, pace_key, now + wait_s)
                retry_at = self._now() + timedelta(seconds=wait_s)
                report = replace(report, status=Status.QUEUED, retry_at=retry_at)
            # Under the lock, so that a stop cannot slip a cancellation in before this report.
            self._report(report)
            for one in stopped:
                self._report(self._unsent(one, Fault.STOPPED))
            is_quick = time.monotonic() < carried.back_by_s
            is_enough = is_quick and self._next_thread_in_s() > 0
            next_uuid = None if is_enough else self._schedule.take(now)  # a stop has left none
            if next_uuid is None:
                # The robot's next job may be due later than all that the dispatcher knows of.
                self._changed.notify_all()
                return None
            return self._hand_out(next_uuid, to_quick=is_quick)

    def _leave_line(self, carried: _Carried, report: Report, now: float) -> list[_Carried]:
        """A job is over: those of its line that are not to be sent now; under the lock."""
        behind = self._schedule.leave_line(carried.job.msg_uuid, now)
        if not carried.stops_line or report.status is Status.DELIVERED:
            return []
        return [self._carried.pop(uuid) for uuid in behind if self._schedule.cancel(uuid)]

    def _rest(self, robot: Robot, pace_keys: set[str], now: float) -> None:
        """Let a robot rest; under the lock. What a sandbox imposes ends with that sandbox."""

        def on_ended() -> None:
            with self._changed:
                for pace_key in pace_keys:
                    self._schedule.end_rest(pace_key)
                self._changed.notify_all()

        for pace_key in pace_keys:
            self._schedule.rest(pace_key, now)
        if self._hosts is None:
            from dingcomposer.dingtalk.host_watch import HostWatch

            self._hosts = HostWatch()
        self._hosts.watch(robot.endpoint, PACE_PENALTY_S, on_ended)

    def _wait_before_retry(self, carried: _Carried, report: Report) -> float | None:
        is_busy = report.status is Status.REFUSED and report.cause is Cause.BUSY
        if not is_busy and report.fault not in WORTH_ANOTHER_TRY:
            return None
        tries = carried.attempt - carried.attempts_before
        if self._is_stopping or tries > len(self._retry_waits_s):
            return None
        return self._retry_waits_s[tries - 1]

    def _unsent(self, carried: _Carried, fault: Fault) -> Report:
        """Nothing left in this attempt; an earlier one may have been taken all the same."""
        status = Status.UNKNOWN if carried.may_have_been_taken else Status.NOT_SENT
        # What only waits is in no attempt: the verdict of its last one stays.
        attempt = carried.attempt if carried.is_under_way else 0
        return Report(carried.job.msg_uuid, attempt, status, self._now(), fault=fault)

    def _cancelled(self, carried: _Carried, fault: Fault = Fault.CLOSED_WHILE_WAITING) -> Report:
        """Taken back; `fault` is said of what may have been taken before, and so stays unknown."""
        report = self._unsent(carried, fault)
        if carried.may_have_been_taken:
            return report
        return replace(report, status=Status.CANCELLED, fault=None)


def _marks(report: Report) -> list[str]:
    """What is known of an outcome, for the log: our own names and numbers, no foreign word."""
    found = [one.value for one in (report.cause, report.fault) if one is not None]
    if report.http_status is not None:
        found.append(f"HTTP {report.http_status}")
    if report.duration_ms is not None:
        found.append(f"{report.duration_ms:.0f} ms")
    return found


def _may_have_left(carried: _Carried) -> bool:
    """Withdraw the permission of an attempt; True where it was granted before."""
    return carried.permission is not None and not carried.permission.deny()


def _sha256(body: bytes) -> str:
    import hashlib  # 4 ms, with all of OpenSSL: not on the way to the first window

    return hashlib.sha256(body).hexdigest()
