"""The history: written before it leaves, true afterwards, fast at any length."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Fault, Report, SendJob, Status
from dingcomposer.core.draft import Draft, to_message
from dingcomposer.core.messages import Kind, Markdown, Mentions, Message, Text
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.storage.database import Database, Row, StorageError, StorageFault, Value
from dingcomposer.storage.history import HistoryStore, NotWaiting, SendRow
from dingcomposer.storage.processes.token_use import TokenInUse, demand_turn
from dingcomposer.storage.robots import RobotStore

AT = datetime(2026, 8, 22, 10, 32, 0, 123_456, tzinfo=UTC)
GROUP = Robot("r-1", "测试群", "#00B042", Stage.PRODUCTION)
OTHER = replace(GROUP, robot_id="r-2")
URL = "https://oapi.dingtalk.com/robot/send"


class PlannedDatabase(Database):
    """A database that writes down how each of its queries would be carried out."""

    def __init__(self, path: Path) -> None:
        self._plans: list[str] = []
        super().__init__(path)

    def taken_plans(self) -> list[str]:
        """The plans since the last time."""
        plans, self._plans = self._plans, []
        return plans

    def rows(self, sql: str, *values: Value) -> list[Row]:
        if sql.startswith("SELECT"):
            steps = super().rows(f"EXPLAIN QUERY PLAN {sql}", *values)
            self._plans += [step["detail"] for step in steps]
        return super().rows(sql, *values)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[PlannedDatabase]:
    with closing(PlannedDatabase(tmp_path / "dingcomposer.db")) as database:
        yield database


@pytest.fixture
def history(database: Database) -> HistoryStore:
    return HistoryStore(database)


def job(uuid: str = "u-1", message: Message | None = None, robot: Robot = GROUP) -> SendJob:
    return SendJob(uuid, robot, message or Text("通知"), AT)


def after(seconds: float) -> datetime:
    return AT + timedelta(seconds=seconds)


def announced(uuid: str = "u-1", attempt: int = 1, at: datetime = AT) -> Report:
    return Report(uuid, attempt, Status.SENDING, at, url=URL, body_sha256="ab" * 32, body_bytes=70)


def answered(
    status: Status,
    uuid: str = "u-1",
    attempt: int = 1,
    *,
    cause: Cause | None = None,
    fault: Fault | None = None,
    errcode: str = "",
) -> Report:
    return Report(uuid, attempt, status, after(1), cause=cause, fault=fault, errcode=errcode)


def busy(attempt: int = 1) -> Report:
    """DingTalk's -1, with another attempt to follow."""
    report = answered(Status.QUEUED, attempt=attempt, cause=Cause.BUSY, errcode="-1")
    return replace(report, retry_at=after(4))


def unreached(attempt: int = 1) -> Report:
    """Nothing left, with another attempt to follow."""
    report = answered(Status.QUEUED, attempt=attempt, fault=Fault.CONNECTION_REFUSED)
    return replace(report, retry_at=after(4))


def known(history: HistoryStore, uuid: str = "u-1") -> SendRow:
    row = history.row(uuid)
    assert row is not None
    return row


# One send


def test_a_send_is_written_down_before_anything_is_done(history: HistoryStore) -> None:
    message = Markdown("值班\n表", "**今晚** @13800000000", Mentions(("13800000000",)))
    row = history.add(job(message=message))
    assert row == known(history)
    assert row.status is Status.QUEUED
    assert (row.robot_id, row.robot_name, row.robot_colour) == ("r-1", "测试群", "#00B042")
    assert (row.stage, row.is_sandbox) == (Stage.PRODUCTION, False)
    assert (row.kind, row.headline) == (Kind.MARKDOWN, "值班 表")
    assert (row.created_at, row.finished_at, row.attempts) == (AT, None, 0)
    assert json.loads(row.payload)["markdown"]["title"] == "值班\n表"
    assert row.message == message
    assert history.attempts("u-1") == ()


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_message_comes_back_as_it_was(history: HistoryStore, kind: Kind) -> None:
    message = to_message(replace(Draft(), kind=kind, title="a", text="half \ud83d, NUL \0"))
    history.add(job(message=message))
    assert known(history).message == message
    assert known(history).kind is kind


def test_a_delivered_send_holds_the_whole_story(history: HistoryStore) -> None:
    history.add(job())
    history.announce(announced())
    assert known(history).status is Status.SENDING
    (attempt,) = history.attempts("u-1")
    assert (attempt.status, attempt.started_at, attempt.ended_at) == (Status.SENDING, AT, None)

    row = history.complete(
        Report(
            "u-1",
            1,
            Status.DELIVERED,
            after(0.2),
            cause=Cause.DELIVERED,
            errcode="0",
            errmsg="ok",
            http_status=200,
            answer='{"errcode":0,"errmsg":"ok"}',
            duration_ms=182.5,
        )
    )
    assert row == known(history)
    assert (row.status, row.errcode, row.errmsg) == (Status.DELIVERED, "0", "ok")
    assert (row.finished_at, row.duration_ms, row.attempts) == (after(0.2), 182.5, 1)
    (attempt,) = history.attempts("u-1")
    assert (attempt.number, attempt.status, attempt.cause) == (1, Status.DELIVERED, Cause.DELIVERED)
    assert (attempt.url, attempt.body_sha256, attempt.body_bytes) == (URL, "ab" * 32, 70)
    assert (attempt.started_at, attempt.ended_at) == (AT, after(0.2))
    assert (attempt.http_status, attempt.duration_ms) == (200, 182.5)
    assert attempt.answer == '{"errcode":0,"errmsg":"ok"}'
    assert attempt.has_left


def test_the_minutes_of_a_ban_are_kept(history: HistoryStore) -> None:
    history.add(job())
    history.announce(announced())
    banned = answered(Status.REFUSED, cause=Cause.ADDRESS_BANNED)
    assert history.complete(replace(banned, wait_minutes=5)).wait_minutes == 5
    assert history.attempts("u-1")[0].wait_minutes == 5


def test_half_a_character_in_an_answer_does_not_lose_the_outcome(history: HistoryStore) -> None:
    history.add(job())
    history.announce(announced())
    odd = answered(Status.REFUSED, cause=Cause.UNKNOWN, errcode="99")
    row = history.complete(replace(odd, errmsg="half \ud83d", answer="NUL \0 \udc00"))
    assert (row.status, row.errmsg) == (Status.REFUSED, "half \ufffd")
    assert history.attempts("u-1")[0].answer == "NUL \0 \ufffd"


def test_attempts_are_told_apart(history: HistoryStore) -> None:
    history.add(job())
    history.announce(announced())
    row = history.complete(unreached())
    assert (row.status, row.fault) == (Status.QUEUED, Fault.CONNECTION_REFUSED)
    assert (row.retry_at, row.finished_at) == (after(4), None)
    history.announce(announced(attempt=2, at=after(4)))
    assert known(history).fault is None
    history.complete(busy(attempt=2))
    history.announce(announced(attempt=3, at=after(8)))
    history.complete(answered(Status.DELIVERED, attempt=3))
    attempts = history.attempts("u-1")
    assert [attempt.number for attempt in attempts] == [1, 2, 3]
    assert [attempt.status for attempt in attempts] == [
        Status.NOT_SENT,
        Status.REFUSED,
        Status.DELIVERED,
    ]
    assert [attempt.has_left for attempt in attempts] == [False, True, True]
    assert known(history).attempts == 3


def test_a_send_that_fails_before_its_first_attempt_has_none(history: HistoryStore) -> None:
    history.add(job())
    row = history.complete(answered(Status.NOT_SENT, fault=Fault.NO_TOKEN))
    assert (row.status, row.fault, row.attempts) == (Status.NOT_SENT, Fault.NO_TOKEN, 0)
    assert history.attempts("u-1") == ()


# What must never be said


def test_only_what_waits_may_leave(history: HistoryStore) -> None:
    with pytest.raises(NotWaiting):
        history.announce(announced("no such send"))
    history.add(job())
    history.cancel("u-1", after(1))
    with pytest.raises(NotWaiting):
        history.announce(announced())
    assert known(history).status is Status.CANCELLED
    assert history.attempts("u-1") == ()


def test_what_is_under_way_cannot_be_cancelled(history: HistoryStore) -> None:
    history.add(job())
    history.announce(announced())
    assert history.cancel("u-1", after(1)).status is Status.SENDING
    history.complete(answered(Status.DELIVERED))
    assert history.cancel("u-1", after(1)).status is Status.DELIVERED


def test_an_attempt_withdrawn_after_it_was_announced_is_cancelled(history: HistoryStore) -> None:
    history.add(job())
    history.announce(announced())
    assert history.complete(answered(Status.CANCELLED)).status is Status.CANCELLED
    assert history.attempts("u-1")[0].status is Status.CANCELLED
    assert history.sent_times([GROUP], AT) == ()


@pytest.mark.parametrize("end", [Status.CANCELLED, Status.NOT_SENT])
def test_what_may_have_been_taken_is_never_called_unsent(
    history: HistoryStore, end: Status
) -> None:
    history.add(job())
    history.announce(announced())
    history.complete(busy())
    history.announce(announced(attempt=2))
    row = history.complete(answered(end, attempt=2, fault=Fault.CONNECTION_REFUSED))
    assert (row.status, row.cause, row.errcode) == (Status.UNKNOWN, Cause.BUSY, "-1")
    assert row.fault is None
    assert row.finished_at == after(1)
    assert [attempt.status for attempt in history.attempts("u-1")] == [Status.REFUSED, end]


def test_cancelling_what_waits_after_busy_leaves_it_unknown(history: HistoryStore) -> None:
    history.add(job())
    history.announce(announced())
    history.complete(busy())
    row = history.cancel("u-1", after(2))
    assert (row.status, row.cause) == (Status.UNKNOWN, Cause.BUSY)


def test_a_verdict_that_comes_late_replaces_not_knowing(history: HistoryStore) -> None:
    history.add(job())
    history.announce(announced())
    history.complete(answered(Status.UNKNOWN, fault=Fault.CLOSED_WHILE_WAITING))
    assert known(history).fault is Fault.CLOSED_WHILE_WAITING
    row = history.complete(answered(Status.DELIVERED))
    assert (row.status, row.fault) == (Status.DELIVERED, None)
    assert history.attempts("u-1")[0].status is Status.DELIVERED


@pytest.mark.parametrize("verdict", [Status.DELIVERED, Status.REFUSED, Status.NOT_SENT])
def test_a_verdict_stays(history: HistoryStore, verdict: Status) -> None:
    history.add(job())
    history.announce(announced())
    before = history.complete(answered(verdict))
    history.complete(answered(Status.UNKNOWN, fault=Fault.CLOSED_WHILE_WAITING))
    assert known(history) == before
    assert history.attempts("u-1")[0].status is verdict


def test_a_report_of_an_unknown_send_is_a_mistake(history: HistoryStore) -> None:
    with pytest.raises(LookupError):
        history.complete(answered(Status.DELIVERED))


# After a crash


def test_at_start_up_everything_open_gets_its_truth(
    history: HistoryStore, database: Database
) -> None:
    uuids = ("never", "under way", "refused by the way", "busy", "delivered", "second try")
    for uuid in uuids:
        history.add(job(uuid))
    for uuid in uuids[1:]:
        history.announce(announced(uuid))
    history.complete(replace(unreached(), msg_uuid="refused by the way"))
    history.complete(replace(busy(), msg_uuid="busy"))
    history.complete(answered(Status.DELIVERED, "delivered"))
    history.complete(replace(unreached(), msg_uuid="second try"))
    history.announce(announced("second try", attempt=2))

    changed = HistoryStore(database).recover(after(60))
    found = {row.msg_uuid: (row.status, row.fault, row.cause) for row in changed}
    assert found == {
        "never": (Status.NOT_SENT, Fault.NEVER_STARTED, None),
        "under way": (Status.UNKNOWN, Fault.INTERRUPTED, None),
        "refused by the way": (Status.NOT_SENT, Fault.CONNECTION_REFUSED, None),
        "busy": (Status.UNKNOWN, Fault.INTERRUPTED, Cause.BUSY),
        "second try": (Status.UNKNOWN, Fault.INTERRUPTED, None),
    }
    assert list(found) == [uuid for uuid in uuids if uuid != "delivered"]
    assert all(row.finished_at == after(60) for row in changed)
    assert all(row == history.row(row.msg_uuid) for row in changed)
    assert known(history, "busy").errcode == "-1"
    assert known(history, "delivered").status is Status.DELIVERED
    attempt = history.attempts("under way")[0]
    assert (attempt.status, attempt.fault) == (Status.UNKNOWN, Fault.INTERRUPTED)
    assert attempt.ended_at is None
    assert history.attempts("busy")[0].status is Status.REFUSED

    assert history.recover(after(61)) == ()


def test_what_is_announced_survives_without_closing(tmp_path: Path) -> None:
    """Another process, started after a kill, sees every announced attempt."""
    path = tmp_path / "killed.db"
    with closing(Database(path)) as killed, closing(Database(path)) as next_start:
        history = HistoryStore(killed)
        history.add(job())
        history.announce(announced())
        assert known(HistoryStore(next_start)).status is Status.SENDING


def test_a_full_disk_keeps_the_attempt_from_leaving(
    history: HistoryStore, database: Database
) -> None:
    history.add(job())
    database.max_pages = database.pages
    text = "x" * 200_000
    with pytest.raises(StorageError) as caught:
        history.add(job("u-2", Text(text)))
    assert caught.value.fault is StorageFault.FULL
    with pytest.raises(StorageError):
        history.announce(replace(announced(), url=text))
    assert known(history).status is Status.QUEUED
    assert history.attempts("u-1") == ()
    database.max_pages = 100_000
    history.announce(announced())
    assert known(history).status is Status.SENDING


# Many


def fill(history: HistoryStore, database: Database, sends: int) -> None:
    """Every third to another robot, every fourth delivered, every fifth of another kind."""
    with database.transaction():
        for number in range(sends):
            robot = GROUP if number % 3 else replace(GROUP, robot_id="r-2")
            message = Text(str(number)) if number % 5 else Markdown(str(number), "")
            row = history.add(job(f"u-{number}", message, robot))
            if number % 4 == 0:
                database.update("sends", {"status": "delivered"}, "key = ?", row.key)


def headlines(
    history: HistoryStore,
    limit: int,
    *,
    robot_id: str | None = None,
    status: Status | None = None,
    kind: Kind | None = None,
) -> list[int]:
    """All that the pages hold, one after the other."""
    found: list[int] = []
    before = None
    while page := history.page(before, limit, robot_id=robot_id, status=status, kind=kind):
        assert len(page) <= limit
        found += [int(row.headline) for row in page]
        before = page[-1].key
    return found


@pytest.mark.parametrize("limit", [1, 7, 60, 100])
def test_pages_hold_everything_once_the_newest_first(
    history: HistoryStore, database: Database, limit: int
) -> None:
    fill(history, database, 60)
    newest_first = list(range(59, -1, -1))
    assert headlines(history, limit) == newest_first
    assert headlines(history, limit, robot_id="r-2") == [n for n in newest_first if n % 3 == 0]
    assert headlines(history, limit, status=Status.DELIVERED) == [
        n for n in newest_first if n % 4 == 0
    ]
    assert headlines(history, limit, robot_id="r-2", kind=Kind.MARKDOWN) == [
        n for n in newest_first if n % 15 == 0
    ]
    assert headlines(history, limit, robot_id="no such robot") == []


def test_a_page_stays_in_place_while_new_sends_come(
    history: HistoryStore, database: Database
) -> None:
    fill(history, database, 10)
    first = history.page(limit=4)
    history.add(job("new", Text("10")))
    second = history.page(first[-1].key, 4)
    assert [int(row.headline) for row in (*first, *second)] == [9, 8, 7, 6, 5, 4, 3, 2]


def test_no_query_walks_over_the_whole_history(
    history: HistoryStore, database: PlannedDatabase
) -> None:
    fill(history, database, 30)
    database.taken_plans()
    for robot_id in (None, "r-1"):
        for status in (None, Status.DELIVERED):
            for kind in (None, Kind.TEXT):
                history.page(robot_id=robot_id, status=status, kind=kind)
                history.page(20, robot_id=robot_id, status=status, kind=kind)
    paging = database.taken_plans()
    history.announce(announced("u-1"))
    history.complete(answered(Status.DELIVERED, "u-1"))
    history.attempts("u-1")
    history.sent_times([GROUP], AT)
    history.calls_since(AT)
    history.last_same("r-1", Text("1"), AT)
    history.last_same("r-1", Text("1"), AT, "t-1")
    history.cancel("u-2", AT)
    history.recover(AT)
    others = database.taken_plans()

    assert len(paging) >= 16
    assert len(others) >= 10
    assert not [plan for plan in (*paging, *others) if "TEMP B-TREE" in plan]
    # Without any condition a page is the end of the table, read backwards as far as its limit.
    assert {plan for plan in paging if plan.startswith("SCAN")} == {"SCAN sends"}
    assert paging.count("SCAN sends") == 1
    assert not [plan for plan in others if plan.startswith("SCAN")]


# Counting


def test_the_pace_remembers_what_left_and_only_that(history: HistoryStore) -> None:
    outcomes = {
        "delivered": answered(Status.DELIVERED, "delivered"),
        "refused": answered(Status.REFUSED, "refused", cause=Cause.KEYWORD),
        "unknown": answered(Status.UNKNOWN, "unknown", fault=Fault.READ_TIMEOUT),
        "busy": replace(busy(), msg_uuid="busy"),
        "not sent": answered(Status.NOT_SENT, "not sent", fault=Fault.NAME_NOT_FOUND),
        "not yet": replace(unreached(), msg_uuid="not yet"),
    }
    for seconds, (uuid, report) in enumerate(outcomes.items()):
        history.add(job(uuid))
        history.announce(announced(uuid, at=after(seconds)))
        history.complete(report)
    history.add(job("another robot", robot=OTHER))
    history.announce(announced("another robot"))
    history.add(job("sandbox", robot=Robot("r-3", "Sandbox", is_sandbox=True)))
    history.announce(announced("sandbox"))

    assert history.sent_times([GROUP], AT) == (AT, after(1), after(2), after(3))
    assert history.sent_times([GROUP], after(2)) == (after(2), after(3))
    assert history.sent_times([OTHER], AT) == (AT,)
    assert history.calls_since(AT) == 5
    assert history.calls_since(after(2)) == 2


@pytest.mark.parametrize(
    ("url", "rests"), [(URL, True), ("http://127.0.0.1:8080/robot/send", False)]
)
def test_a_rest_counts_for_every_program_unless_a_sandbox_imposed_it(
    database: Database, history: HistoryStore, url: str, rests: bool
) -> None:
    history.add(job(robot=replace(GROUP, token_fingerprint="f-1")))
    history.announce(replace(announced(), url=url, token_fingerprint="f-1"))
    history.complete(answered(Status.REFUSED, cause=Cause.TOO_FAST, errcode="130101"))
    with database.transaction():
        if rests:
            with pytest.raises(TokenInUse):
                demand_turn(database, "f-1", after(60))
        else:
            demand_turn(database, "f-1", after(60))


def test_the_last_too_fast_of_a_robot_is_known_for_as_long_as_it_is_asked_about(
    history: HistoryStore,
) -> None:
    history.add(job())
    history.announce(announced())
    history.complete(answered(Status.REFUSED, cause=Cause.TOO_FAST, errcode="130101"))
    history.add(job("u-2"))
    history.announce(announced("u-2", at=after(5)))
    history.complete(answered(Status.DELIVERED, "u-2", cause=Cause.DELIVERED, errcode="0"))
    assert history.last_too_fast([GROUP], AT) == after(1)
    assert history.last_too_fast([GROUP], after(2)) is None
    assert history.last_too_fast([OTHER], AT) is None


def test_two_profiles_with_one_token_share_what_their_pace_remembers(
    history: HistoryStore,
) -> None:
    one = replace(GROUP, token_fingerprint="f-1")
    two = replace(OTHER, token_fingerprint="f-1")
    history.add(job("before tokens were told apart", robot=GROUP))
    history.announce(announced("before tokens were told apart"))
    for seconds, robot in enumerate((one, two, replace(one, token_fingerprint="f-2")), start=1):
        history.add(job(f"u-{seconds}", robot=robot))
        sent = announced(f"u-{seconds}", at=after(seconds))
        history.announce(replace(sent, token_fingerprint=robot.token_fingerprint))
    history.complete(answered(Status.REFUSED, "u-2", cause=Cause.TOO_FAST))
    history.add_probe(two, after(4))
    assert history.sent_times([one, two], AT) == (AT, after(1), after(2), after(4))
    assert history.sent_times([two], AT) == (after(1), after(2), after(4))
    assert history.last_too_fast([one], AT) is not None
    assert history.last_too_fast([replace(one, token_fingerprint="f-2")], AT) is None


def test_a_send_whose_token_was_not_known_belongs_to_that_of_its_first_attempt(
    history: HistoryStore,
) -> None:
    history.add(job())
    row = history.announce(replace(announced(), token_fingerprint="f-1"))
    assert row.token_fingerprint == "f-1"


# Other rooms


def test_the_history_outlives_its_robot(history: HistoryStore, database: Database) -> None:
    robots = RobotStore(database)
    robots.add(GROUP)
    history.add(job())
    robots.save(replace(GROUP, name="renamed"))
    robots.delete("r-1")
    assert known(history).robot_name == "测试群"


def test_no_secret_gets_into_the_file(tmp_path: Path) -> None:
    """A caller's mistake, an address with its query, must not put the token on the disk."""
    token, secret = "canary" * 8, "SECcanary0123456789"
    path = tmp_path / "canary.db"
    database = Database(path)
    history, robots = HistoryStore(database), RobotStore(database)
    robot = Robot("r-1", "name", expects_signature=True, has_token=True, has_secret=True)
    signed = f"{URL}?access_token={token}&timestamp=1&sign={secret}"
    robots.add(robot)
    with pytest.raises(ValueError, match="without query"):
        robots.save(replace(robot, endpoint=signed))
    history.add(job(robot=robot))
    history.announce(replace(announced(), url=signed))
    history.complete(replace(answered(Status.DELIVERED), url=signed))
    assert history.attempts("u-1")[0].url == URL
    beside = b"".join(file.read_bytes() for file in tmp_path.glob("canary.db*"))
    database.close()
    for written in (beside, path.read_bytes()):
        assert b"r-1" in written
        assert b"canary" not in written


def test_what_went_to_this_computer_is_no_send_to_dingtalk(history: HistoryStore) -> None:
    here = replace(GROUP, endpoint="http://127.0.0.1:8080/robot/send")
    history.add(job("u-here", robot=here))
    history.add(job("u-there"))
    rows = {row.msg_uuid: row for row in history.page()}
    assert rows["u-here"].is_sandbox
    assert not rows["u-there"].is_sandbox


def test_whom_the_newest_sends_mentioned_is_known_by_robot(history: HistoryStore) -> None:
    other = replace(GROUP, robot_id="other")
    for number, (robot, mentions) in enumerate(
        (
            (GROUP, Mentions(("1",), ("a",))),
            (GROUP, Mentions(("2",), ("a",))),
            (other, Mentions(("9",))),
            (GROUP, None),
            (GROUP, Mentions(("3", "2"))),
        )
    ):
        history.add(job(f"u-{number}", Text("你好", mentions), robot))
    assert history.mentioned(GROUP.robot_id, 40) == ("2", "a", "3", "1")
    assert history.mentioned(GROUP.robot_id, 2) == ("3", "2")
    assert history.mentioned("nobody", 40) == ()


def test_the_robots_of_the_newest_broadcast_are_known_and_of_one_called_the_same(
    history: HistoryStore,
) -> None:
    second = replace(GROUP, robot_id="second")
    assert history.last_recipients("周报") == ()
    history.add(job("u-0", Text("周报")))
    assert history.last_recipients("周报") == ()
    history.add_all([job("u-1", Text("周报")), job("u-2", Text("周报"), second)], "one")
    history.add_all([job("u-3", Text("别的"), second)], "two")
    assert history.last_recipients("周报") == (GROUP.robot_id, "second")
    assert history.last_recipients("第三件") == ("second",)
