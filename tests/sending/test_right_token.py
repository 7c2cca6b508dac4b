"""A job belongs to the token that it was confirmed for: nothing leaves with another."""

from dingcomposer.core.delivery import Fault, Report, Status
from dingcomposer.core.limits import PACE_PER_MINUTE
from dingcomposer.core.messages import Text
from dingcomposer.core.robot import Credentials
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.sending.permission import Permission
from tests.fakes.sender_harness import SenderHarness
from tests.fakes.tokens import fingerprint_of


def test_a_job_for_another_token_does_not_leave(harness: SenderHarness) -> None:
    harness.submit("u-1", harness.known_robot(token="before"))
    report = harness.verdict()
    assert (report.status, report.fault) == (Status.NOT_SENT, Fault.TOKEN_CHANGED)
    assert harness.announced == [] and harness.server.exchanges() == ()


def test_a_job_for_the_robots_token_leaves_and_says_which_it_was(harness: SenderHarness) -> None:
    robot = harness.known_robot()
    harness.submit("u-1", robot)
    assert harness.verdict().status is Status.DELIVERED
    assert [one.token_fingerprint for one in harness.announced] == [robot.token_fingerprint]


def test_a_token_that_changes_between_two_tries_ends_them_unknown(harness: SenderHarness) -> None:
    harness.server.robot.faults = (FaultPlan(FaultKind.BUSY, times=None),)

    def grant_and_change(permission: Permission) -> None:
        harness.credentials = lambda _: Credentials("another", harness.server.secret)
        permission.grant()

    harness.decide = grant_and_change
    harness.submit("u-1", harness.known_robot())
    report = harness.verdict()
    assert (report.status, report.fault) == (Status.UNKNOWN, Fault.TOKEN_CHANGED)
    assert len(harness.server.exchanges()) == 1


def test_a_safe_retry_with_another_token_does_not_leave_and_stays_unknown(
    harness: SenderHarness,
) -> None:
    harness.credentials = lambda _: Credentials("another")
    harness.retry()
    report = harness.verdict()
    assert (report.status, report.fault) == (Status.UNKNOWN, Fault.TOKEN_CHANGED)
    assert harness.server.exchanges() == ()


def test_a_safe_retry_that_does_not_know_its_token_does_not_leave(harness: SenderHarness) -> None:
    harness.sender.submit(harness.job(), attempts_before=1, may_have_been_taken=True)
    report = harness.verdict()
    assert (report.status, report.fault) == (Status.UNKNOWN, Fault.TOKEN_CHANGED)
    assert harness.server.exchanges() == ()


def test_a_first_try_that_does_not_know_its_token_holds_to_the_one_it_finds(
    harness: SenderHarness,
) -> None:
    harness.server.robot.faults = (FaultPlan(FaultKind.BUSY, times=None),)
    found = harness.server.access_token

    def grant_and_change(permission: Permission) -> None:
        harness.credentials = lambda _: Credentials("another", harness.server.secret)
        permission.grant()

    harness.decide = grant_and_change
    harness.submit("u-1")
    assert harness.verdict().fault is Fault.TOKEN_CHANGED
    assert [one.token_fingerprint for one in harness.announced] == [fingerprint_of(found)]


def test_what_waits_without_knowing_its_token_does_not_go_with_a_new_one(
    harness: SenderHarness,
) -> None:
    harness.sender.pause()
    harness.submit("u-1", harness.robot("a"))
    harness.submit("u-2", harness.robot("b"))
    harness.sender.hold_to_token("a")
    harness.sender.resume()
    verdicts = {report.msg_uuid: report for report in (harness.verdict(), harness.verdict())}
    assert verdicts["u-1"].fault is Fault.TOKEN_CHANGED
    assert verdicts["u-2"].status is Status.DELIVERED


def test_two_profiles_with_one_token_get_twenty_a_minute_together(harness: SenderHarness) -> None:
    a, b = (harness.known_robot() for _ in range(2))
    b = type(b)("b", "b", endpoint=b.endpoint, token_fingerprint=b.token_fingerprint)
    for number in range(PACE_PER_MINUTE + 2):
        harness.submit(f"u-{number}", (a, b)[number % 2])
    delivered: list[Report] = [harness.verdict() for _ in range(PACE_PER_MINUTE)]
    assert {one.status for one in delivered} == {Status.DELIVERED}
    assert len(harness.server.exchanges()) == PACE_PER_MINUTE
    waiting = harness.sender.waiting()
    assert [(one.msg_uuid, one.robot_id) for one in waiting] == [("u-20", "a"), ("u-21", "b")]
    assert {one.due_in_s for one in waiting} == {60.0}
    assert harness.sender.left(a) == harness.sender.left(b) == 0


def test_a_rest_holds_up_every_profile_with_that_token(harness: SenderHarness) -> None:
    harness.server.robot.faults = (FaultPlan(FaultKind.TOO_FAST),)
    a = harness.known_robot()
    harness.submit("u-1", a)
    assert harness.verdict().status is Status.REFUSED
    b = type(a)("b", "b", endpoint=a.endpoint, token_fingerprint=a.token_fingerprint)
    other = type(a)("c", "c", endpoint=a.endpoint, token_fingerprint="f-other")
    assert (harness.sender.left(b), harness.sender.left(other)) == (0, PACE_PER_MINUTE)


def test_what_learned_its_token_on_the_way_counts_for_that_token(harness: SenderHarness) -> None:
    harness.submit("u-1", harness.robot("a"), "hello")
    assert harness.verdict().status is Status.DELIVERED
    assert harness.sender.left(harness.known_robot()) == PACE_PER_MINUTE - 1
    (exchange,) = harness.server.exchanges()
    assert exchange.message == Text("hello")
