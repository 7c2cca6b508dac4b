"""A send whose outcome is not known, submitted again: same msgUuid, numbers that go on."""

import pytest

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Fault, Status
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from tests.fakes.sender_harness import SenderHarness


def test_the_numbers_of_its_attempts_go_on(harness: SenderHarness) -> None:
    harness.retry()
    report = harness.verdict()
    assert (report.status, report.attempt) == (Status.DELIVERED, 3)
    (exchange,) = harness.server.exchanges()
    assert exchange.msg_uuid == "u-1"


def test_it_has_its_own_three_further_tries(harness: SenderHarness) -> None:
    harness.server.robot.faults = (FaultPlan(FaultKind.BUSY, times=None),)
    harness.retry()
    report = harness.verdict()
    assert (report.status, report.cause, report.attempt) == (Status.REFUSED, Cause.BUSY, 6)
    assert len(harness.server.exchanges()) == 4


@pytest.mark.parametrize(
    ("kind", "cause"), [(FaultKind.NO_KEYWORD, Cause.KEYWORD), (FaultKind.TOO_FAST, Cause.TOO_FAST)]
)
def test_a_refusal_leaves_the_send_unknown(
    harness: SenderHarness, kind: FaultKind, cause: Cause
) -> None:
    harness.server.robot.faults = (FaultPlan(kind),)
    harness.retry()
    report = harness.verdict()
    assert (report.status, report.cause) == (Status.UNKNOWN, cause)


def test_what_does_not_leave_stays_unknown(harness: SenderHarness) -> None:
    harness.retry("http://127.0.0.1:1/robot/send")
    report = harness.verdict()
    assert (report.status, report.fault) == (Status.UNKNOWN, Fault.CONNECTION_REFUSED)


def test_taken_back_while_it_waits_it_stays_unknown_and_names_no_attempt(
    harness: SenderHarness,
) -> None:
    harness.schedule.rest(harness.known_robot().pace_key, 0.0)
    harness.retry()
    assert harness.sender.cancel("u-1")
    report = harness.verdict()
    assert (report.status, report.fault) == (Status.UNKNOWN, Fault.RETRY_CANCELLED)
    assert report.attempt == 0
    assert harness.server.exchanges() == ()


def test_closed_while_it_waits_it_stays_unknown(harness: SenderHarness) -> None:
    harness.schedule.rest(harness.known_robot().pace_key, 0.0)
    harness.retry()
    harness.sender.stop()
    report = harness.verdict()
    assert (report.status, report.fault) == (Status.UNKNOWN, Fault.CLOSED_WHILE_WAITING)


def test_a_send_after_a_wait_does_not_leave_before(harness: SenderHarness) -> None:
    harness.sender.submit(harness.job(), wait_s=300.0)
    assert [one.due_in_s for one in harness.sender.waiting()] == [300.0]
    harness.clock.now_s = 300.0
    harness.sender.wake()
    assert harness.verdict().status is Status.DELIVERED
