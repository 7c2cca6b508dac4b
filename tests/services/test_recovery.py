"""Which button stands beside an outcome, and until when a retry is called safe."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Fault, Status
from dingcomposer.core.robot import DEFAULT_ENDPOINT, Robot
from dingcomposer.services.recovery import (
    RecoveryAction,
    RetryObstacle,
    is_honour_known,
    recovery_action,
    retry_obstacle,
    retry_until,
    was_clock_set_back,
)
from dingcomposer.storage.history_rows import AttemptRow
from dingcomposer.ui.texts.outcomes import obstacle_sentence, recovery_label, retry_sentence
from tests.fakes.sends import AT, failed_send

ROBOT = Robot("r", "测试群", token_fingerprint="f-1")
WITHOUT_A_BUTTON = {Cause.DELIVERED, Cause.FORBIDDEN, Cause.UNKNOWN}
ROW = failed_send(Status.UNKNOWN, fault=Fault.READ_TIMEOUT, token_fingerprint="f-1")


def attempt(number: int, status: Status, at: datetime) -> AttemptRow:
    return AttemptRow(
        number=number,
        status=status,
        cause=None,
        fault=None,
        errcode="",
        errmsg="",
        wait_minutes=None,
        http_status=None,
        started_at=at,
        ended_at=at,
        duration_ms=None,
        url=DEFAULT_ENDPOINT,
        body_sha256="",
        body_bytes=0,
        answer="",
    )


def after(**span: float) -> datetime:
    return AT + timedelta(**span)


@pytest.mark.parametrize("fault", Fault)
def test_what_the_group_may_have_is_only_ever_retried_under_its_id(fault: Fault) -> None:
    assert recovery_action(Status.UNKNOWN, None, fault) is RecoveryAction.RETRY_SAFELY
    assert recovery_action(Status.UNKNOWN, Cause.KEYWORD, None) is RecoveryAction.RETRY_SAFELY


def test_busy_to_the_last_is_only_ever_retried_under_its_id() -> None:
    assert recovery_action(Status.REFUSED, Cause.BUSY, None) is RecoveryAction.RETRY_SAFELY


@pytest.mark.parametrize("cause", [one for one in Cause if one is not Cause.BUSY])
def test_a_refusal_is_never_retried_and_mostly_has_its_button(cause: Cause) -> None:
    found = recovery_action(Status.REFUSED, cause, None)
    assert found is not RecoveryAction.RETRY_SAFELY
    assert (found is None) == (cause in WITHOUT_A_BUTTON)


@pytest.mark.parametrize("fault", [one for one in Fault if one.has_kept_it_here])
def test_what_never_left_has_a_button(fault: Fault) -> None:
    found = recovery_action(Status.NOT_SENT, None, fault)
    assert found not in (None, RecoveryAction.RETRY_SAFELY)


@pytest.mark.parametrize(
    "status", [Status.QUEUED, Status.SENDING, Status.DELIVERED, Status.CANCELLED]
)
def test_what_is_under_way_or_well_needs_no_help(status: Status) -> None:
    assert recovery_action(status, Cause.DELIVERED, Fault.READ_TIMEOUT) is None


def test_every_remedy_and_every_bar_has_its_words() -> None:
    assert all(recovery_label(one) for one in RecoveryAction)
    assert all(obstacle_sentence(one) for one in RetryObstacle)


# Safe until when


FIRST = (attempt(1, Status.UNKNOWN, AT),)


@pytest.mark.parametrize(
    ("now", "bar"),
    [
        (AT, None),
        (after(hours=23, minutes=59), None),
        (after(hours=24), RetryObstacle.TOO_OLD),
        (after(days=30), RetryObstacle.TOO_OLD),
        (after(minutes=-10), None),  # the clock was set back: how old it is is not known
        (after(days=-30), None),
    ],
)
def test_a_retry_is_safe_for_a_day_as_we_estimate(now: datetime, bar: RetryObstacle | None) -> None:
    assert retry_obstacle(ROW, FIRST, ROBOT, now) is bar


def test_the_day_begins_with_the_first_attempt_that_may_have_left() -> None:
    attempts = (
        attempt(1, Status.NOT_SENT, AT),
        attempt(2, Status.REFUSED, after(minutes=10)),
        attempt(3, Status.UNKNOWN, after(hours=20)),
    )
    late = after(hours=21)
    assert retry_until(attempts, ROW, late) == after(hours=24, minutes=10)
    assert retry_until((), ROW, late) == after(hours=24)


def test_a_send_that_is_still_to_come_by_this_clock_counts_as_sent_now_and_that_is_told() -> None:
    now = after(minutes=-10)
    assert was_clock_set_back(FIRST, ROW, now)
    assert retry_until(FIRST, ROW, now) == now + timedelta(hours=24)
    told = retry_sentence(retry_until(FIRST, ROW, now), is_clock_set_back=True)
    assert told.startswith("This computer's clock was set back")
    assert "24 hours" in told
    assert not was_clock_set_back(FIRST, ROW, AT)


def test_a_retry_needs_its_robot_where_it_was() -> None:
    assert retry_obstacle(ROW, FIRST, None, AT) is RetryObstacle.ROBOT_GONE
    elsewhere = replace(ROBOT, endpoint="https://oapi.dingtalk.io/robot/send")
    assert retry_obstacle(ROW, FIRST, elsewhere, AT) is RetryObstacle.MOVED
    archived = replace(ROBOT, is_archived=True)
    assert retry_obstacle(ROW, FIRST, archived, AT) is None


def test_a_retry_needs_the_token_that_it_was_confirmed_for() -> None:
    other = replace(ROBOT, token_fingerprint="f-2")
    assert retry_obstacle(ROW, FIRST, other, AT) is RetryObstacle.TOKEN_CHANGED
    forgotten = replace(ROBOT, token_fingerprint="")
    assert retry_obstacle(ROW, FIRST, forgotten, AT) is RetryObstacle.TOKEN_CHANGED


def test_a_row_that_does_not_say_which_token_it_was_for_is_never_retried() -> None:
    old = replace(ROW, token_fingerprint="")
    assert retry_obstacle(old, FIRST, ROBOT, AT) is RetryObstacle.TOKEN_UNKNOWN
    never_seen = replace(ROBOT, token_fingerprint="")
    assert retry_obstacle(old, FIRST, never_seen, AT) is RetryObstacle.TOKEN_UNKNOWN


def test_only_dingtalks_own_hosts_are_known_to_honour_the_id() -> None:
    assert is_honour_known(ROBOT)
    assert is_honour_known(Robot("s", "Sandbox", endpoint="http://127.0.0.1:1/x", is_sandbox=True))
    assert not is_honour_known(replace(ROBOT, endpoint="https://ding.example.com/robot/send"))
