"""What would fail again as it did, were it sent once more: decided by cause, message and time."""

import json
from datetime import timedelta

import pytest

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Fault, Status
from dingcomposer.core.messages import Mentions, Message, Text
from dingcomposer.core.payload import to_payload
from dingcomposer.core.robot import Robot
from dingcomposer.services.recovery import SameFailure, same_failure
from dingcomposer.storage.history_rows import SendRow
from tests.fakes.sends import AT, failed_send

SENT = Text("周五下午开会")
OTHER = Text("周六上午开会")
ROBOT = Robot("r", "销售群")


def failed(
    key: Cause | Fault, message: Message = SENT, *, wait_minutes: int | None = None
) -> SendRow:
    is_cause = isinstance(key, Cause)
    return failed_send(
        Status.REFUSED if is_cause else Status.NOT_SENT,
        cause=key if isinstance(key, Cause) else None,
        fault=key if isinstance(key, Fault) else None,
        wait_minutes=wait_minutes,
        payload=json.dumps(to_payload(message)),
    )


def test_a_missing_keyword_is_missed_until_it_is_in() -> None:
    robot = Robot("r", "销售群", keywords=("销售",))
    row = failed(Cause.KEYWORD)
    assert same_failure(row, SENT, robot, AT) is SameFailure.KEYWORD
    assert same_failure(row, OTHER, robot, AT) is SameFailure.KEYWORD
    assert same_failure(row, Text("销售：周五下午开会"), robot, AT) is None


def test_where_no_keyword_is_known_the_same_words_are_refused_again_and_others_may_not_be() -> None:
    row = failed(Cause.KEYWORD)
    assert same_failure(row, SENT, ROBOT, AT) is SameFailure.KEYWORD
    assert same_failure(row, OTHER, ROBOT, AT) is None


@pytest.mark.parametrize("cause", [Cause.UNSAFE_TEXT, Cause.TOO_LONG, Fault.CANNOT_ENCODE])
def test_what_is_wrong_with_a_message_stays_wrong_with_it(cause: Cause | Fault) -> None:
    assert same_failure(failed(cause), SENT, ROBOT, AT) is SameFailure.MESSAGE
    assert same_failure(failed(cause), OTHER, ROBOT, AT) is None


def test_everyone_is_refused_in_other_words_too() -> None:
    everyone = Mentions(is_all=True)
    row = failed(Cause.AT_ALL, Text("开会", everyone))
    assert same_failure(row, Text("开会了", everyone), ROBOT, AT) is SameFailure.MESSAGE
    assert same_failure(row, Text("开会"), ROBOT, AT) is None


@pytest.mark.parametrize("key", [Cause.SIGNATURE, Cause.ROBOT_GONE, Fault.NO_TOKEN])
def test_what_is_wrong_with_a_robot_is_so_for_every_message(key: Cause | Fault) -> None:
    assert same_failure(failed(key), OTHER, ROBOT, AT) is SameFailure.ROBOT


@pytest.mark.parametrize("key", [Fault.CONNECT_TIMEOUT, Fault.SECRETS_LOCKED, Fault.NO_ROUTE])
def test_what_passes_by_itself_is_worth_another_try(key: Fault) -> None:
    assert same_failure(failed(key), SENT, ROBOT, AT) is None


@pytest.mark.parametrize(
    ("row", "minutes"),
    [(failed(Cause.TOO_FAST), 10), (failed(Cause.ADDRESS_BANNED, wait_minutes=3), 3)],
)
def test_a_rest_is_waited_for_and_then_over(row: SendRow, minutes: int) -> None:
    soon = AT + timedelta(minutes=minutes - 1)
    late = AT + timedelta(minutes=minutes)
    assert same_failure(row, SENT, ROBOT, soon) is SameFailure.TOO_EARLY
    assert same_failure(row, SENT, ROBOT, late) is None
    sandbox = Robot("r", "沙箱", endpoint="http://127.0.0.1:8080/robot/send")
    assert same_failure(row, SENT, sandbox, soon) is None, "its rest ends with it"
