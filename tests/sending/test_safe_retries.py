"""A send whose outcome is not known, submitted again: same msgUuid, numbers that go on."""

import pytest

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Fault, Status
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from tests.fakes.sender_harness import SenderHarness


def test_the_numbers_of_its_attempts_go_on(queue_launcher: SenderHarness) -> None:
    queue_launcher.retry()
    report = queue_launcher.verdict()
    assert (report.status, report.attempt) == (Status.DELIVERED, 3)
    (exchange,) = queue_launcher.server.exchanges()
    assert exchange.msg_uuid == "u-1"


def test_it_has_its_own_three_further_tries(queue_launcher: SenderHarness) -> None:
    queue_launcher.server.robot.faults = (FaultPlan(FaultKind.BUSY, times=None),)
    queue_launcher.retry()
    report = queue_launcher.verdict()
    assert (report.status, report.cause, report.attempt) == (Status.REFUSED, Cause.BUSY, 6)
    assert len(queue_launcher.server.exchanges()) == 4


@pytest.mark.parametrize(
    ("kind", "cause"), [(FaultKind.NO_KEYWORD, Cause.KEYWORD), (FaultKind.TOO_FAST, Cause.TOO_FAST)]
)
def test_a_refusal_leaves_the_send_unknown(
    queue_launcher: SenderHarness, kind: FaultKind, cause: Cause
) -> None:
    queue_launcher.server.robot.faults = (FaultPlan(kind),)
    queue_launcher.retry()
    report = queue_launcher.verdict()
    assert (report.status, report.cause) == (Status.UNKNOWN, cause)


def test_what_does_not_leave_stays_unknown(queue_launcher: SenderHarness) -> None:
    queue_launcher.retry("http://127.0.0.1:1/robot/send")
    report = queue_launcher.verdict()
    assert (report.status, report.fault) == (Status.UNKNOWN, Fault.CONNECTION_REFUSED)


def test_taken_back_while_it_waits_it_stays_unknown_and_names_no_attempt(
    queue_launcher: SenderHarness,
) -> None:
    queue_launcher.schedule.rest("a", 0.0)
    queue_launcher.retry()
    assert queue_launcher.sender.cancel("u-1")
    report = queue_launcher.verdict()
    assert (report.status, report.fault) == (Status.UNKNOWN, Fault.RETRY_CANCELLED)
    assert report.attempt == 0
    assert queue_launcher.server.exchanges() == ()


def test_closed_while_it_waits_it_stays_unknown(queue_launcher: SenderHarness) -> None:
    queue_launcher.schedule.rest("a", 0.0)
    queue_launcher.retry()
    queue_launcher.sender.stop()
    report = queue_launcher.verdict()
    assert (report.status, report.fault) == (Status.UNKNOWN, Fault.CLOSED_WHILE_WAITING)


def test_a_send_after_a_wait_does_not_leave_before(queue_launcher: SenderHarness) -> None:
    queue_launcher.sender.submit(queue_launcher.job(), wait_s=300.0)
    assert [one.due_in_s for one in queue_launcher.sender.waiting()] == [300.0]
    queue_launcher.clock.now_s = 300.0
    queue_launcher.sender.wake()
    assert queue_launcher.verdict().status is Status.DELIVERED
