"""A send whose outcome is not known, submitted again: same msgUuid, numbers that go on."""

from collections.abc import Iterator
from datetime import UTC, datetime
from queue import SimpleQueue

import pytest

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Fault, Report, SendJob, Status
from dingcomposer.core.messages import Text
from dingcomposer.core.robot import Credentials, Robot
from dingcomposer.dingtalk.client import Client
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.sandbox.server import SandboxServer
from dingcomposer.sending.permission import Permission
from dingcomposer.sending.schedule import Schedule
from dingcomposer.sending.sender import Sender

LIMIT_S = 20.0
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


class Desk:
    """A sender before a sandbox; the time is handed in."""

    def __init__(self, server: SandboxServer) -> None:
        self.server = server
        self.monotonic_s = 0.0
        self.reports: SimpleQueue[Report] = SimpleQueue()
        self.schedule = Schedule()
        self.sender = Sender(
            make_client=lambda: Client(clock_ms=lambda: int(datetime.now(UTC).timestamp() * 1000)),
            read_credentials=lambda _: Credentials(server.access_token, server.secret),
            announce=self._announce,
            report=self.reports.put,
            schedule=self.schedule,
            retry_waits_s=(0.0, 0.0, 0.0),
            monotonic=lambda: self.monotonic_s,
            now=lambda: NOW,
        )

    def job(self, url: str = "") -> SendJob:
        robot = Robot("a", "a", endpoint=url or self.server.url, read_timeout_s=5.0)
        return SendJob("u-1", robot, Text("hello"), NOW)

    def retry(self, url: str = "") -> None:
        self.sender.submit(self.job(url), attempts_before=2, may_have_been_taken=True)

    def verdict(self) -> Report:
        while not (report := self.reports.get(timeout=LIMIT_S)).status.is_final:
            pass
        return report

    def _announce(self, _report: Report, permission: Permission) -> None:
        permission.grant()


@pytest.fixture
def harness() -> Iterator[Desk]:
    with SandboxServer() as server:
        harness = Desk(server)
        yield harness
        harness.sender.stop()


def test_the_numbers_of_its_attempts_go_on(harness: Desk) -> None:
    harness.retry()
    report = harness.verdict()
    assert (report.status, report.attempt) == (Status.DELIVERED, 3)
    (exchange,) = harness.server.exchanges()
    assert exchange.msg_uuid == "u-1"


def test_it_has_its_own_three_further_tries(harness: Desk) -> None:
    harness.server.robot.faults = (FaultPlan(FaultKind.BUSY, times=None),)
    harness.retry()
    report = harness.verdict()
    assert (report.status, report.cause, report.attempt) == (Status.REFUSED, Cause.BUSY, 6)
    assert len(harness.server.exchanges()) == 4


@pytest.mark.parametrize(
    ("kind", "cause"), [(FaultKind.NO_KEYWORD, Cause.KEYWORD), (FaultKind.TOO_FAST, Cause.TOO_FAST)]
)
def test_a_refusal_leaves_the_send_unknown(harness: Desk, kind: FaultKind, cause: Cause) -> None:
    harness.server.robot.faults = (FaultPlan(kind),)
    harness.retry()
    report = harness.verdict()
    assert (report.status, report.cause) == (Status.UNKNOWN, cause)


def test_what_does_not_leave_stays_unknown(harness: Desk) -> None:
    harness.retry("http://127.0.0.1:1/robot/send")
    report = harness.verdict()
    assert (report.status, report.fault) == (Status.UNKNOWN, Fault.CONNECTION_REFUSED)


def test_taken_back_while_it_waits_it_stays_unknown_and_names_no_attempt(harness: Desk) -> None:
    harness.schedule.rest("a", 0.0)
    harness.retry()
    assert harness.sender.cancel("u-1")
    report = harness.verdict()
    assert (report.status, report.fault) == (Status.UNKNOWN, Fault.RETRY_CANCELLED)
    assert report.attempt == 0
    assert harness.server.exchanges() == ()


def test_closed_while_it_waits_it_stays_unknown(harness: Desk) -> None:
    harness.schedule.rest("a", 0.0)
    harness.retry()
    harness.sender.stop()
    report = harness.verdict()
    assert (report.status, report.fault) == (Status.UNKNOWN, Fault.CLOSED_WHILE_WAITING)


def test_a_send_after_a_wait_does_not_leave_before(harness: Desk) -> None:
    harness.sender.submit(harness.job(), wait_s=300.0)
    assert [one.due_in_s for one in harness.sender.waiting()] == [300.0]
    harness.monotonic_s = 300.0
    harness.sender.wake()
    assert harness.verdict().status is Status.DELIVERED
