"""A send that may have been taken: queued again under its msgUuid, and never called unsent."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Fault, Report, SendJob, Status
from dingcomposer.core.messages import Markdown, Message, Text
from dingcomposer.core.robot import Robot
from dingcomposer.storage.database import Database
from dingcomposer.storage.history import HistoryStore, NotWaiting

AT = datetime(2026, 8, 22, 10, 32, 0, tzinfo=UTC)
GROUP = Robot("r-1", "测试群")


def after(seconds: float) -> datetime:
    return AT + timedelta(seconds=seconds)


class RetriedHistory(HistoryStore):
    """A history that is filled as the program fills it."""

    def queue(self, uuid: str = "u-1", message: Message | None = None, at: datetime = AT) -> None:
        self.add(SendJob(uuid, GROUP, message or Text("通知"), at))

    def attempt(
        self,
        end: Status,
        uuid: str = "u-1",
        *,
        number: int = 1,
        cause: Cause | None = None,
        fault: Fault | None = None,
    ) -> None:
        self.announce(Report(uuid, number, Status.SENDING, after(number)))
        self.complete(Report(uuid, number, end, after(number + 0.5), cause=cause, fault=fault))

    def lose(self, uuid: str = "u-1") -> None:
        """An attempt without an answer."""
        self.queue(uuid)
        self.attempt(Status.UNKNOWN, uuid, fault=Fault.READ_TIMEOUT)

    def told(self) -> list[tuple[int, Status, Fault | None]]:
        return [(one.number, one.status, one.fault) for one in self.attempts("u-1")]


@pytest.fixture
def past(tmp_path: Path) -> Iterator[RetriedHistory]:
    with closing(Database(tmp_path / "history.sqlite3")) as database:
        yield RetriedHistory(database)


FIRST = (1, Status.UNKNOWN, Fault.READ_TIMEOUT)


def test_a_retry_goes_on_under_its_uuid_and_number(past: RetriedHistory) -> None:
    past.lose()
    row = past.queue_again("u-1")
    assert (row.status, row.finished_at, row.attempts) == (Status.QUEUED, None, 1)
    past.attempt(Status.DELIVERED, number=2, cause=Cause.DELIVERED)
    row = past.page()[0]
    assert (row.status, row.fault, row.attempts) == (Status.DELIVERED, None, 2)
    assert past.told() == [FIRST, (2, Status.DELIVERED, None)]


def test_what_was_refused_as_busy_may_be_tried_again(past: RetriedHistory) -> None:
    past.queue()
    past.attempt(Status.REFUSED, cause=Cause.BUSY)
    assert past.page()[0].may_have_been_taken
    assert past.queue_again("u-1").status is Status.QUEUED


@pytest.mark.parametrize(
    ("end", "cause"),
    [
        (Status.DELIVERED, Cause.DELIVERED),
        (Status.REFUSED, Cause.KEYWORD),
        (Status.NOT_SENT, None),
        (Status.CANCELLED, None),
    ],
)
def test_no_other_verdict_is_taken_up_again(
    past: RetriedHistory, end: Status, cause: Cause | None
) -> None:
    past.queue()
    past.attempt(end, cause=cause)
    with pytest.raises(NotWaiting):
        past.queue_again("u-1")
    assert past.page()[0].status is end


def test_what_waits_or_is_not_known_is_not_queued_again(past: RetriedHistory) -> None:
    past.queue()
    for uuid in ("u-1", "u-2"):
        with pytest.raises(NotWaiting):
            past.queue_again(uuid)


def test_a_retry_that_never_started_is_unknown_at_the_next_start(past: RetriedHistory) -> None:
    past.lose()
    past.queue_again("u-1")
    (row,) = past.recover(after(60))
    assert (row.status, row.fault) == (Status.UNKNOWN, Fault.INTERRUPTED)
    assert past.told() == [FIRST]


def test_a_retry_that_was_under_way_is_unknown_at_the_next_start(past: RetriedHistory) -> None:
    past.lose()
    past.queue_again("u-1")
    past.announce(Report("u-1", 2, Status.SENDING, after(30)))
    (row,) = past.recover(after(60))
    assert row.status is Status.UNKNOWN
    assert past.told() == [FIRST, (2, Status.UNKNOWN, Fault.INTERRUPTED)]


@pytest.mark.parametrize("end", [Status.UNKNOWN, Status.NOT_SENT, Status.CANCELLED])
def test_a_retry_that_did_not_leave_keeps_what_is_known_of_the_first(
    past: RetriedHistory, end: Status
) -> None:
    past.lose()
    past.queue_again("u-1")
    past.attempt(end, number=2, fault=Fault.CONNECTION_REFUSED)
    row = past.page()[0]
    assert (row.status, row.fault) == (Status.UNKNOWN, Fault.READ_TIMEOUT)
    last = Status.CANCELLED if end is Status.CANCELLED else Status.NOT_SENT
    assert past.told() == [FIRST, (2, last, Fault.CONNECTION_REFUSED)]
    assert past.sent_times([GROUP], AT) == (after(1),)


def test_a_retry_that_was_taken_back_leaves_it_unknown(past: RetriedHistory) -> None:
    past.lose()
    past.queue_again("u-1")
    past.complete(Report("u-1", 0, Status.UNKNOWN, after(9), fault=Fault.RETRY_CANCELLED))
    row = past.page()[0]
    assert (row.status, row.fault) == (Status.UNKNOWN, Fault.RETRY_CANCELLED)
    assert past.told() == [FIRST]
    assert past.queue_again("u-1").status is Status.QUEUED


def test_a_retry_that_is_refused_leaves_the_first_attempt_unknown(past: RetriedHistory) -> None:
    past.lose()
    past.queue_again("u-1")
    past.attempt(Status.UNKNOWN, number=2, cause=Cause.KEYWORD)
    row = past.page()[0]
    assert (row.status, row.cause) == (Status.UNKNOWN, Cause.KEYWORD)
    assert past.told() == [FIRST, (2, Status.REFUSED, None)]


# The same message again


SAME = Markdown("发布", "第一行\n第二行")


@pytest.mark.parametrize(
    ("end", "cause", "is_there"),
    [
        (Status.DELIVERED, Cause.DELIVERED, True),
        (Status.UNKNOWN, None, True),
        (Status.REFUSED, Cause.BUSY, True),
        (Status.REFUSED, Cause.KEYWORD, False),
        (Status.NOT_SENT, None, False),
        (Status.CANCELLED, None, False),
    ],
)
def test_the_same_message_is_found_where_the_group_may_have_it(
    past: RetriedHistory, *, end: Status, cause: Cause | None, is_there: bool
) -> None:
    past.queue(message=SAME)
    past.attempt(end, cause=cause)
    found = past.last_same("r-1", SAME, AT)
    assert (found is not None) == is_there


def test_the_same_message_is_found_while_it_waits(past: RetriedHistory) -> None:
    past.queue(message=SAME)
    past.queue("u-2", Text("其他"))
    found = past.last_same("r-1", SAME, AT)
    assert found is not None
    assert found.msg_uuid == "u-1"
    assert past.last_same("r-2", SAME, AT) is None
    assert past.last_same("r-1", SAME, after(1)) is None
    assert past.last_same("r-1", Markdown("发布", "第一行"), AT) is None


def test_the_same_message_is_found_by_its_token_whichever_profile_sent_it(
    past: RetriedHistory,
) -> None:
    past.add(SendJob("u-1", replace(GROUP, token_fingerprint="t-1"), SAME, AT))
    assert past.last_same("r-2", SAME, AT, "t-1") is not None, "another profile of that webhook"
    assert past.last_same("r-2", SAME, AT, "t-2") is None
    assert past.last_same("r-2", SAME, AT) is None
    assert past.last_same("r-1", SAME, AT, "t-1") is not None
    assert past.last_same("r-1", SAME, AT, "t-2") is None, "its webhook is another group's by now"
    assert past.last_same("r-1", SAME, AT) is not None, "its webhook is not known yet"
    past.add(SendJob("u-2", replace(GROUP, robot_id="r-3"), SAME, AT))
    assert past.last_same("r-3", SAME, AT, "t-3") is not None, "sent before its token was known"


# Calls that post nothing


def test_a_probe_counts_for_the_pace_and_the_month(past: RetriedHistory) -> None:
    past.add_probe(GROUP, after(3))
    past.lose()
    sandbox = Robot("r-2", "Sandbox", is_sandbox=True)
    past.add_probe(sandbox, after(4))
    assert past.sent_times([GROUP], AT) == (after(1), after(3))
    assert past.sent_times([sandbox], AT) == (after(4),)
    assert past.calls_since(AT) == 2
    past.add_probe(replace(GROUP, endpoint="http://127.0.0.1:8080/robot/send"), after(5))
    assert past.calls_since(AT) == 2, "a server of one's own is not DingTalk"
