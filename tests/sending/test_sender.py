"""Jobs in, reports out, over real HTTP to the sandbox."""

import hashlib
import threading
from collections.abc import Callable
from queue import SimpleQueue

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Fault, Status
from dingcomposer.core.robot import Credentials
from dingcomposer.dingtalk.client import Client
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.sending.permission import Permission
from dingcomposer.sending.schedule import Schedule
from dingcomposer.storage.secrets import SecretsReason, SecretsUnavailable
from tests.fakes.clocks import machine_clock_ms
from tests.fakes.sender_harness import LIMIT_S, SenderHarness


def test_a_message_is_delivered_and_its_bytes_are_those_that_were_announced(
    queue_launcher: SenderHarness,
) -> None:
    queue_launcher.submit("u-1", text="你好")
    report = queue_launcher.verdict()
    assert (report.status, report.cause, report.attempt) == (Status.DELIVERED, Cause.DELIVERED, 1)
    (exchange,) = queue_launcher.server.exchanges()
    assert exchange.msg_uuid == "u-1"
    assert "你好".encode() in exchange.body
    assert hashlib.sha256(exchange.body).hexdigest() == queue_launcher.announced[0].body_sha256
    assert queue_launcher.announced[0].status is Status.SENDING
    assert queue_launcher.announced[0].body_bytes == len(exchange.body)
    assert queue_launcher.sender.is_idle


def test_nothing_leaves_before_it_is_committed(queue_launcher: SenderHarness) -> None:
    asked: SimpleQueue[Permission] = SimpleQueue()
    queue_launcher.decide = asked.put
    queue_launcher.submit("u-1")
    permission = asked.get(timeout=LIMIT_S)
    assert queue_launcher.server.exchanges() == ()
    permission.grant()
    assert queue_launcher.verdict().status is Status.DELIVERED


def test_what_cannot_be_committed_is_not_sent(queue_launcher: SenderHarness) -> None:
    queue_launcher.decide = Permission.deny
    queue_launcher.submit("u-1")
    report = queue_launcher.verdict()
    assert (report.status, report.fault) == (Status.NOT_SENT, Fault.HISTORY_NOT_WRITTEN)
    assert queue_launcher.server.exchanges() == ()


def test_a_refusal_is_told_and_not_tried_again(queue_launcher: SenderHarness) -> None:
    queue_launcher.credentials = lambda _: Credentials(
        queue_launcher.server.access_token, "SECwrong"
    )
    queue_launcher.submit("u-1")
    report = queue_launcher.verdict()
    assert (report.status, report.cause) == (Status.REFUSED, Cause.SIGNATURE)
    assert report.errcode == "310000"
    assert len(queue_launcher.server.exchanges()) == 1


def test_without_a_keyring_nothing_leaves_and_the_reason_is_told(
    queue_launcher: SenderHarness,
) -> None:
    def locked(_robot_id: str) -> Credentials:
        raise SecretsUnavailable(SecretsReason.LOCKED)

    queue_launcher.credentials = locked
    queue_launcher.submit("u-1")
    report = queue_launcher.verdict()
    assert (report.status, report.fault) == (Status.NOT_SENT, Fault.SECRETS_LOCKED)


def test_without_a_token_nothing_leaves(queue_launcher: SenderHarness) -> None:
    queue_launcher.credentials = lambda _: Credentials("")
    queue_launcher.submit("u-1")
    assert queue_launcher.verdict().fault is Fault.NO_TOKEN


def test_half_a_character_cannot_be_sent(queue_launcher: SenderHarness) -> None:
    queue_launcher.submit("u-1", text="\ud83d")
    report = queue_launcher.verdict()
    assert (report.status, report.fault) == (Status.NOT_SENT, Fault.CANNOT_ENCODE)


def test_what_never_left_is_tried_again_three_times_and_then_told(
    queue_launcher: SenderHarness,
) -> None:
    queue_launcher.submit("u-1", queue_launcher.robot(url="http://127.0.0.1:9/robot/send"))
    reports = [queue_launcher.next() for _ in range(4)]
    assert [one.status for one in reports] == [*[Status.QUEUED] * 3, Status.NOT_SENT]
    assert [one.attempt for one in reports] == [1, 2, 3, 4]
    assert {one.fault for one in reports} == {Fault.CONNECTION_REFUSED}
    assert reports[0].retry_at is not None
    assert reports[-1].retry_at is None


def test_a_busy_server_is_asked_again_with_the_same_uuid(queue_launcher: SenderHarness) -> None:
    queue_launcher.server.robot.faults = (FaultPlan(FaultKind.BUSY, times=2),)
    queue_launcher.submit("u-1")
    assert queue_launcher.verdict().status is Status.DELIVERED
    assert [one.msg_uuid for one in queue_launcher.server.exchanges()] == ["u-1"] * 3


def test_a_server_that_stays_busy_is_asked_four_times_and_refuses(
    queue_launcher: SenderHarness,
) -> None:
    queue_launcher.server.robot.faults = (FaultPlan(FaultKind.BUSY, times=None),)
    queue_launcher.submit("u-1")
    report = queue_launcher.verdict()
    assert (report.status, report.cause, report.attempt) == (Status.REFUSED, Cause.BUSY, 4)
    assert len(queue_launcher.server.exchanges()) == 4


def test_what_may_have_been_taken_while_busy_is_never_called_not_sent(
    queue_launcher: SenderHarness,
) -> None:
    queue_launcher.server.robot.faults = (FaultPlan(FaultKind.BUSY),)
    locked: list[bool] = []

    def then_locked(_robot_id: str) -> Credentials:
        if locked:
            raise SecretsUnavailable(SecretsReason.LOCKED)
        locked.append(True)
        return Credentials(queue_launcher.server.access_token, queue_launcher.server.secret)

    queue_launcher.credentials = then_locked
    queue_launcher.submit("u-1")
    report = queue_launcher.verdict()
    assert (report.status, report.fault) == (Status.UNKNOWN, Fault.SECRETS_LOCKED)


def test_an_answer_that_never_comes_is_unknown_and_not_tried_again(
    queue_launcher: SenderHarness,
) -> None:
    queue_launcher.server.robot.faults = (FaultPlan(FaultKind.CLOSE, is_taken=True),)
    queue_launcher.submit("u-1")
    report = queue_launcher.verdict()
    assert (report.status, report.fault) == (Status.UNKNOWN, Fault.CONNECTION_LOST)
    assert len(queue_launcher.server.exchanges()) == 1


def test_too_fast_rests_the_robot(queue_launcher: SenderHarness) -> None:
    queue_launcher.server.robot.faults = (FaultPlan(FaultKind.TOO_FAST),)
    queue_launcher.submit("u-1")
    assert queue_launcher.verdict().cause is Cause.TOO_FAST
    assert queue_launcher.sender.left("a") == 0
    queue_launcher.submit("u-2")
    assert [one.due_in_s for one in queue_launcher.sender.waiting()] == [600.0]
    queue_launcher.clock.now_s = 600.0
    queue_launcher.sender.wake()
    assert queue_launcher.verdict().status is Status.DELIVERED


def test_a_waiting_message_can_be_taken_back(queue_launcher: SenderHarness) -> None:
    queue_launcher.make_sender(Schedule(per_minute=1))
    queue_launcher.submit("u-1")
    assert queue_launcher.verdict().status is Status.DELIVERED
    queue_launcher.submit("u-2")
    assert queue_launcher.sender.cancel("u-2")
    assert queue_launcher.verdict().status is Status.CANCELLED
    assert not queue_launcher.sender.cancel("u-2")
    assert len(queue_launcher.server.exchanges()) == 1


def test_a_robot_that_is_slow_does_not_hold_up_another(queue_launcher: SenderHarness) -> None:
    queue_launcher.server.robot.faults = (FaultPlan(FaultKind.SILENT),)
    queue_launcher.submit("u-1", queue_launcher.robot("slow"))
    queue_launcher.heard.get(timeout=LIMIT_S)
    queue_launcher.submit("u-2", queue_launcher.robot("quick"))
    report = queue_launcher.verdict()
    assert (report.msg_uuid, report.status) == ("u-2", Status.DELIVERED)


def test_a_stop_cancels_what_waits_and_calls_unknown_what_is_under_way(
    queue_launcher: SenderHarness,
) -> None:
    queue_launcher.server.robot.faults = (FaultPlan(FaultKind.SILENT),)
    queue_launcher.submit("u-1")
    queue_launcher.heard.get(timeout=LIMIT_S)
    queue_launcher.submit("u-2")
    queue_launcher.sender.stop(timeout_s=0.05)
    told = {one.msg_uuid: one for one in (queue_launcher.verdict(), queue_launcher.verdict())}
    assert told["u-1"].status is Status.UNKNOWN
    assert told["u-1"].fault is Fault.CLOSED_WHILE_WAITING
    assert told["u-2"].status is Status.CANCELLED
    queue_launcher.server.stop()
    assert queue_launcher.reports.empty()


def test_a_stop_before_the_commit_sends_nothing(queue_launcher: SenderHarness) -> None:
    asked = threading.Event()
    queue_launcher.decide = lambda _permission: asked.set()
    queue_launcher.submit("u-1")
    assert asked.wait(LIMIT_S)
    queue_launcher.sender.stop()
    assert queue_launcher.verdict().status is Status.CANCELLED
    assert queue_launcher.server.exchanges() == ()


def test_what_no_thread_has_time_for_can_still_be_taken_back(queue_launcher: SenderHarness) -> None:
    queue_launcher.server.robot.faults = (FaultPlan(FaultKind.SILENT),)
    queue_launcher.make_sender(pool=1)
    queue_launcher.submit("u-1", queue_launcher.robot("a"))
    queue_launcher.heard.get(timeout=LIMIT_S)
    queue_launcher.submit("u-2", queue_launcher.robot("b"))
    queue_launcher.submit("u-3", queue_launcher.robot("c"))
    assert [one.msg_uuid for one in queue_launcher.sender.waiting()] == ["u-2", "u-3"]
    assert queue_launcher.sender.cancel("u-2")
    assert queue_launcher.verdict().status is Status.CANCELLED
    queue_launcher.server.robot.faults = ()
    queue_launcher.server.stop()  # u-1 ends, and makes room for the next
    told = {
        one.msg_uuid: one.status for one in (queue_launcher.verdict(), queue_launcher.verdict())
    }
    assert told == {"u-1": Status.UNKNOWN, "u-3": Status.NOT_SENT}


def test_one_thread_carries_job_after_job_in_the_order_of_their_turns(queue_launcher: Desk) -> None:
    clients: list[Client] = []

    def make_client() -> Client:
        clients.append(Client(clock_ms=_clock_ms))
        return clients[-1]

    queue_launcher.make_client = make_client
    first: SimpleQueue[Permission] = SimpleQueue()
    queue_launcher.decide = first.put
    queue_launcher.make_sender(pool=1)
    robots = ("a", "b", "a", "c", "b", "a")
    queue_launcher.submit("u-0", queue_launcher.robot(robots[0]))
    held = first.get(timeout=LIMIT_S)
    for number, robot_id in enumerate(robots[1:], start=1):
        queue_launcher.submit(f"u-{number}", queue_launcher.robot(robot_id))
    queue_launcher.decide = Permission.grant
    held.grant()
    told = [queue_launcher.verdict() for _ in robots]
    assert [one.msg_uuid for one in told] == [f"u-{number}" for number in range(len(robots))]
    assert {one.status for one in told} == {Status.DELIVERED}
    assert len(clients) == 1
    assert queue_launcher.sender.is_idle


def test_a_robots_pace_ends_by_itself_though_nothing_else_happens(queue_launcher: Desk) -> None:
    schedule = Schedule(per_minute=1, window_s=0.05)

    def allow(_report: Report, permission: Permission) -> None:
        permission.grant()

    queue_launcher.sender = Sender(
        make_client=lambda: Client(clock_ms=_clock_ms),
        read_credentials=queue_launcher.credentials,
        announce=allow,
        report=queue_launcher.reports.put,
        schedule=schedule,
    )
    for number in range(3):
        queue_launcher.submit(f"u-{number}")
    told = [queue_launcher.verdict() for _ in range(3)]
    assert [one.msg_uuid for one in told] == ["u-0", "u-1", "u-2"]
    assert {one.status for one in told} == {Status.DELIVERED}


def test_a_stop_that_comes_before_a_thread_takes_up_its_job_cancels_it(
    queue_launcher: SenderHarness,
) -> None:
    is_making, may_go_on = threading.Event(), threading.Event()

    def make_late() -> Client:
        is_making.set()
        may_go_on.wait(LIMIT_S)
        return Client(clock_ms=machine_clock_ms)

    queue_launcher.make_client = make_late
    queue_launcher.submit("u-1")
    assert is_making.wait(LIMIT_S)
    queue_launcher.sender.stop(timeout_s=0.0)
    assert queue_launcher.verdict().status is Status.CANCELLED
    may_go_on.set()
    for thread in threading.enumerate():
        if thread.name.startswith("sender-"):
            thread.join(LIMIT_S)
    assert queue_launcher.reports.empty()
    assert queue_launcher.server.exchanges() == ()


def test_a_fault_of_the_program_ends_the_send_and_is_logged(
    queue_launcher: SenderHarness, expect_log: Callable[[str], None]
) -> None:
    def broken(_robot_id: str) -> Credentials:
        raise ZeroDivisionError

    expect_log("an attempt failed in the program itself")
    queue_launcher.credentials = broken
    queue_launcher.submit("u-1")
    report = queue_launcher.verdict()
    assert (report.status, report.fault) == (Status.NOT_SENT, Fault.PROGRAM_FAULT)


def test_in_a_pause_jobs_wait_and_can_be_moved_and_then_go_in_that_order(
    queue_launcher: SenderHarness,
) -> None:
    queue_launcher.sender.pause()
    for name in ("u-1", "u-2", "u-3"):
        queue_launcher.submit(name)
    assert queue_launcher.sender.is_paused
    assert queue_launcher.sender.move("u-3", -2)
    assert [one.msg_uuid for one in queue_launcher.sender.waiting()] == ["u-3", "u-1", "u-2"]
    assert queue_launcher.sender.cancel("u-1")
    assert queue_launcher.verdict().status is Status.CANCELLED
    assert queue_launcher.server.exchanges() == ()
    queue_launcher.sender.resume()
    assert [queue_launcher.verdict().msg_uuid for _ in range(2)] == ["u-3", "u-2"]
    assert [one.msg_uuid for one in queue_launcher.server.exchanges()] == ["u-3", "u-2"]


def test_a_rest_of_an_earlier_run_holds_up_that_robot_only(queue_launcher: SenderHarness) -> None:
    queue_launcher.sender.remember_rest("a", 590.0)
    queue_launcher.submit("u-1", queue_launcher.robot("a"))
    queue_launcher.submit("u-2", queue_launcher.robot("b"))
    assert queue_launcher.verdict().msg_uuid == "u-2"
    (waiting,) = queue_launcher.sender.waiting()
    assert (waiting.msg_uuid, waiting.due_in_s) == ("u-1", 10.0)
    assert queue_launcher.sender.left("a") == 0
    queue_launcher.clock.now_s = 10.0
    queue_launcher.sender.wake()
    assert queue_launcher.verdict().msg_uuid == "u-1"
