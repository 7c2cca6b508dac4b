"""Killed at any moment, the history never lies: not twice, not lost, not "not sent" when it was.

A program of sender, store, outbox and event loop (`killed_program`) sends to a sandbox in this
process, which counts. It is killed at a step of the way that a seed chooses: held there, so that
the kill finds it exactly there, or running on, so that it falls some moments later; or killed by
the sandbox itself, once it has taken a message and before its answer leaves. Then its database is
opened as at the next start, and whatever may have been taken is retried under its msgUuid.
"""

import random
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue

import pytest

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Report, SendJob, Status
from dingcomposer.core.messages import Text
from dingcomposer.core.robot import Credentials, Robot
from dingcomposer.dingtalk.client import Client
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.sandbox.rules import Rules
from dingcomposer.sandbox.server import Exchange, SandboxServer
from dingcomposer.sending.permission import Permission
from dingcomposer.sending.sender import Sender
from dingcomposer.storage.database import Database
from dingcomposer.storage.evidence.verification import Verification, verified
from dingcomposer.storage.history import HistoryStore, SendRow
from tests.fakes.clocks import machine_clock_ms
from tests.fakes.killed_program import Orders, Step
from tests.fakes.tokens import fingerprint_of

ROOT = Path(__file__).parents[1]
LIMIT_S = 60.0
TAKEN = "taken"  # the sandbox has it, and has not answered
MOMENTS = (*Step, TAKEN)


@dataclass(frozen=True, slots=True)
class Plan:
    """One kill, all of it drawn from the seed."""

    seed: int
    moment: str
    time: int
    is_held: bool
    texts: tuple[str, ...]
    robots: int

    @classmethod
    def of(cls, seed: int) -> "Plan":
        chance = random.Random(seed)
        count = chance.randint(1, 5)
        return cls(
            seed,
            moment=MOMENTS[seed % len(MOMENTS)],
            time=chance.randint(1, count),
            is_held=chance.random() < 0.5,
            texts=tuple(f"第 {number} 条" for number in range(count)),
            robots=chance.randint(1, 2),
        )


@dataclass(slots=True)
class Kill:
    """What a killed program left behind."""

    rows: tuple[SendRow, ...]
    submitted: tuple[str, ...]
    taken: Counter[str]
    rows_after_retries: tuple[SendRow, ...]
    taken_texts: Counter[str]
    chains: tuple[Verification, ...]


@dataclass(slots=True)
class Tally:
    """The figures of all kills together."""

    kills: int = 0
    moments: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    taken: int = 0
    submitted: int = 0
    retried: int = 0

    def add(self, plan: Plan, kill: Kill) -> None:
        self.kills += 1
        self.moments[plan.moment] += 1
        self.statuses.update(
            f"{row.status}, {'taken' if row.msg_uuid in kill.taken else 'not taken'}"
            for row in kill.rows
        )
        self.taken += len(kill.taken)
        self.submitted += len(kill.submitted)
        self.retried += sum(row.may_have_been_taken for row in kill.rows)

    def lines(self) -> list[str]:
        return [
            f"{self.kills} kills, {self.submitted} messages submitted, {self.taken} taken",
            "  killed at: " + ", ".join(f"{name} {self.moments[name]}" for name in MOMENTS),
            "  at the next start: "
            + "; ".join(f"{name}: {n}" for name, n in sorted(self.statuses.items())),
            f"  retried safely after that: {self.retried}, none of them posted twice",
        ]


@pytest.fixture(scope="module")
def summary(request: pytest.FixtureRequest) -> Iterator[Tally]:
    """Collects the figures, and prints them at the end."""
    summary = Tally()
    yield summary
    capture = request.config.pluginmanager.get_plugin("capturemanager")
    with capture.global_and_fixture_disabled() if capture else nullcontext():
        print("", *summary.lines(), sep="\n")  # noqa: T201


class WatchedProgram:
    """A running program, killed when its moment has come."""

    def __init__(self, plan: Plan, server: SandboxServer, database: Path) -> None:
        self._plan = plan
        self._taken = 0
        self._lock = threading.Lock()
        self.submitted: list[str] = []
        self.has_struck = False
        orders = Orders(
            str(database),
            server.url,
            server.access_token,
            server.secret,
            plan.texts,
            plan.robots,
            hold_at=plan.moment if plan.is_held else "",
            hold_time=plan.time,
        )
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fakes.killed_program"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        server.on_exchange = self._on_exchange
        assert self._process.stdin is not None
        self._process.stdin.write(orders.to_json())
        self._process.stdin.close()

    def run(self) -> None:
        """Listen until it is dead."""
        process, plan = self._process, self._plan
        overdue = threading.Timer(LIMIT_S, process.kill)
        overdue.start()
        times = 0
        assert process.stdout is not None
        for line in process.stdout:
            step, _, msg_uuid = line.strip().partition(" ")
            if step == Step.SUBMITTED:
                self.submitted.append(msg_uuid)
            times += step == plan.moment
            if step == plan.moment and times == plan.time:
                self._strike()
        overdue.cancel()
        assert process.stderr is not None
        complaint = process.stderr.read()
        process.stdout.close()
        process.stderr.close()
        process.wait()
        assert self.has_struck, f"it ended, or hung, before its moment: {complaint}"
        assert complaint == ""

    def _on_exchange(self, exchange: Exchange) -> None:
        """The sandbox's thread: the answer leaves once this returns."""
        with self._lock:
            self._taken += exchange.is_taken
            is_moment = exchange.is_taken and self._taken == self._plan.time
        if self._plan.moment == TAKEN and is_moment:
            self._strike()
            self._process.wait()  # no answer reaches it any more

    def _strike(self) -> None:
        self.has_struck = True
        self._process.kill()


def kill_one(plan: Plan, folder: Path) -> Kill:
    """Run a program, kill it as planned, open what it left."""
    database_path = folder / f"{plan.seed}.sqlite3"
    chance = random.Random(plan.seed + 1)
    with SandboxServer(chance=chance.random) as server:
        server.rules = Rules(pace_per_minute=None)
        # Now and then the message is taken, but the answer is "busy", which makes the program ask
        # again by itself, or never comes.
        # Where a retry is the moment, every first answer is lost.
        is_retry = plan.moment in (Step.RETRYING, Step.RETRIED)
        server.robot.faults = (
            FaultPlan(FaultKind.BUSY, times=None, probability=0.25, is_taken=True),
            FaultPlan(
                FaultKind.CLOSE, times=None, probability=1.0 if is_retry else 0.1, is_taken=True
            ),
        )
        watch = WatchedProgram(plan, server, database_path)
        watch.run()
    # Stopped: whatever had arrived is judged.
    taken = Counter({one.msg_uuid: one.calls for one in server.robot.taken()})
    with closing(Database(database_path)) as database:
        chains = [verified(database_path)]
        history = HistoryStore(database)
        history.recover(datetime.now(UTC))
        rows = history.page()
        server.robot.faults = ()
        with server:
            retry_all(history, server)
        rows_after_retries = history.page()
        chains.append(verified(database_path))
        sums = database.rows("SELECT sum(sends) FROM daily_sums")[0][0] or 0
        assert sums == len(rows_after_retries)
    by_text = Counter(
        one.message.content
        for one in server.exchanges()
        if one.is_taken and isinstance(one.message, Text)
    )
    return Kill(rows, tuple(watch.submitted), taken, rows_after_retries, by_text, tuple(chains))


def retry_all(history: HistoryStore, server: SandboxServer) -> None:
    """Retry whatever may have been taken, as a person would by the button beside each."""
    news: SimpleQueue[tuple[Report, Permission | None]] = SimpleQueue()
    sender = Sender(
        make_client=lambda: Client(clock_ms=machine_clock_ms),
        read_credentials=lambda _id: Credentials(server.access_token, server.secret),
        fingerprint_of=fingerprint_of,
        announce=lambda report, permission: news.put((report, permission)),
        report=lambda report: news.put((report, None)),
    )
    open_ = set()
    for row in history.page():
        if row.may_have_been_taken:
            history.queue_again(row.msg_uuid)
            robot = Robot(
                row.robot_id,
                row.robot_name,
                endpoint=server.url,
                token_fingerprint=row.token_fingerprint,
            )
            sender.submit(
                SendJob(row.msg_uuid, robot, row.message, row.created_at),
                attempts_before=row.attempts,
                may_have_been_taken=True,
            )
            open_.add(row.msg_uuid)
    while open_:
        report, permission = news.get(timeout=LIMIT_S)
        if permission is not None:
            history.announce(report)
            permission.grant()
            continue
        history.complete(report)
        if report.status.is_final:
            open_.discard(report.msg_uuid)
    sender.stop()


def check(plan: Plan, kill: Kill) -> None:
    """What must be true, whenever it was killed."""
    statuses = {row.msg_uuid: row.status for row in kill.rows}
    # Not twice: each text stands in the group once at most, under whatever msgUuid.
    assert all(count == 1 for count in kill.taken_texts.values())
    # Not lost: what the window was told is accepted has its row, and so has all that arrived.
    assert set(kill.submitted) <= set(statuses)
    assert set(kill.taken) <= set(statuses)
    texts = [row.message for row in reversed(kill.rows)]
    assert texts == [Text(text) for text in plan.texts[: len(texts)]]
    for row in kill.rows:
        # Nothing is left open; nobody cancelled anything; refused is only what was busy four times.
        assert row.status.is_final, plan
        assert row.status is not Status.CANCELLED, plan
        if row.status is Status.REFUSED:
            assert row.cause is Cause.BUSY, plan
        # Delivered is only what was taken; called not sent is only what was not.
        if row.status is Status.DELIVERED:
            assert row.msg_uuid in kill.taken, plan
        if row.status is Status.NOT_SENT:
            assert row.msg_uuid not in kill.taken, plan
    # The chain is whole, as it was left and after everything; each send stands in it in the end.
    assert [one.findings for one in kill.chains] == [(), ()], plan
    assert kill.chains[-1].sends == len(kill.rows_after_retries), plan
    # Retried under their ids, those that may have been taken are in the group, once (see above).
    for before, after in zip(kill.rows, kill.rows_after_retries, strict=True):
        expected = Status.DELIVERED if before.may_have_been_taken else before.status
        assert after.status is expected, plan


@pytest.mark.parametrize("seed", range(20))
def test_killed_at_any_moment_the_history_tells_the_truth(
    seed: int, tmp_path: Path, summary: Tally
) -> None:
    plan = Plan.of(seed)
    kill = kill_one(plan, tmp_path)
    summary.add(plan, kill)
    check(plan, kill)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(20, 220))
def test_killed_at_any_moment_the_history_tells_the_truth_at_length(
    seed: int, tmp_path: Path, summary: Tally
) -> None:
    plan = Plan.of(seed)
    kill = kill_one(plan, tmp_path)
    summary.add(plan, kill)
    check(plan, kill)


def test_the_kills_reach_every_step() -> None:
    assert {Plan.of(seed).moment for seed in range(20)} == set(MOMENTS)
    plans = [Plan.of(seed) for seed in range(220)]
    assert {(one.moment, one.is_held) for one in plans} >= {
        (step, is_held) for step in Step for is_held in (True, False)
    }
