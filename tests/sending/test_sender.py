"""Jobs in, reports out, over real HTTP to the sandbox."""

import hashlib
import socket
import threading
from collections.abc import Callable
from queue import SimpleQueue

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Fault, Report, Status
from dingcomposer.core.robot import Credentials
from dingcomposer.dingtalk.client import Client
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.sandbox.server import SandboxServer
from dingcomposer.sending.permission import Permission
from dingcomposer.sending.schedule import Schedule
from dingcomposer.sending.sender import Sender
from dingcomposer.storage.secrets import SecretsReason, SecretsUnavailable
from tests.fakes.clocks import machine_clock_ms
from tests.fakes.sender_harness import LIMIT_S, SenderHarness
from tests.fakes.tokens import fingerprint_of


def test_a_message_is_delivered_and_its_bytes_are_those_that_were_announced(
    harness: SenderHarness,
) -> None:
    harness.submit("u-1", text="你好")
    report = harness.verdict()
    assert (report.status, report.cause, report.attempt) == (Status.DELIVERED, Cause.DELIVERED, 1)
    (exchange,) = harness.server.exchanges()
    assert exchange.msg_uuid == "u-1"
    assert "你好".encode() in exchange.body
    assert hashlib.sha256(exchange.body).hexdigest() == harness.announced[0].body_sha256
    assert harness.announced[0].status is Status.SENDING
    assert harness.announced[0].body_bytes == len(exchange.body)
    assert harness.sender.is_idle


def test_nothing_leaves_before_it_is_committed(harness: SenderHarness) -> None:
    asked: SimpleQueue[Permission] = SimpleQueue()
    harness.decide = asked.put
    harness.submit("u-1")
    permission = asked.get(timeout=LIMIT_S)
    assert harness.server.exchanges() == ()
    permission.grant()
    assert harness.verdict().status is Status.DELIVERED


def test_what_cannot_be_committed_is_not_sent(harness: SenderHarness) -> None:
    harness.decide = Permission.deny
    harness.submit("u-1")
    report = harness.verdict()
    assert (report.status, report.fault) == (Status.NOT_SENT, Fault.HISTORY_NOT_WRITTEN)
    assert harness.server.exchanges() == ()


def test_a_refusal_is_told_and_not_tried_again(harness: SenderHarness) -> None:
    harness.credentials = lambda _: Credentials(harness.server.access_token, "SECwrong")
    harness.submit("u-1")
    report = harness.verdict()
    assert (report.status, report.cause) == (Status.REFUSED, Cause.SIGNATURE)
    assert report.errcode == "310000"
    assert len(harness.server.exchanges()) == 1


def test_without_a_keyring_nothing_leaves_and_the_reason_is_told(
    harness: SenderHarness,
) -> None:
    def locked(_robot_id: str) -> Credentials:
        raise SecretsUnavailable(SecretsReason.LOCKED)

    harness.credentials = locked
    harness.submit("u-1")
    report = harness.verdict()
    assert (report.status, report.fault) == (Status.NOT_SENT, Fault.SECRETS_LOCKED)


def test_without_a_token_nothing_leaves(harness: SenderHarness) -> None:
    harness.credentials = lambda _: Credentials("")
    harness.submit("u-1")
    assert harness.verdict().fault is Fault.NO_TOKEN


def test_half_a_character_cannot_be_sent(harness: SenderHarness) -> None:
    harness.submit("u-1", text="\ud83d")
    report = harness.verdict()
    assert (report.status, report.fault) == (Status.NOT_SENT, Fault.CANNOT_ENCODE)


def test_what_never_left_is_tried_again_three_times_and_then_told(
    harness: SenderHarness,
) -> None:
    harness.submit("u-1", harness.robot(url="http://127.0.0.1:9/robot/send"))
    reports = [harness.next() for _ in range(4)]
    assert [one.status for one in reports] == [*[Status.QUEUED] * 3, Status.NOT_SENT]
    assert [one.attempt for one in reports] == [1, 2, 3, 4]
    assert {one.fault for one in reports} == {Fault.CONNECTION_REFUSED}
    assert reports[0].retry_at is not None
    assert reports[-1].retry_at is None


def test_a_busy_server_is_asked_again_with_the_same_uuid(harness: SenderHarness) -> None:
    harness.server.robot.faults = (FaultPlan(FaultKind.BUSY, times=2),)
    harness.submit("u-1")
    assert harness.verdict().status is Status.DELIVERED
    assert [one.msg_uuid for one in harness.server.exchanges()] == ["u-1"] * 3


def test_a_server_that_stays_busy_is_asked_four_times_and_refuses(
    harness: SenderHarness,
) -> None:
    harness.server.robot.faults = (FaultPlan(FaultKind.BUSY, times=None),)
    harness.submit("u-1")
    report = harness.verdict()
    assert (report.status, report.cause, report.attempt) == (Status.REFUSED, Cause.BUSY, 4)
    assert len(harness.server.exchanges()) == 4


def test_what_may_have_been_taken_while_busy_is_never_called_not_sent(
    harness: SenderHarness,
) -> None:
    harness.server.robot.faults = (FaultPlan(FaultKind.BUSY),)
    locked: list[bool] = []

    def then_locked(_robot_id: str) -> Credentials:
        if locked:
            raise SecretsUnavailable(SecretsReason.LOCKED)
        locked.append(True)
        return Credentials(harness.server.access_token, harness.server.secret)

    harness.credentials = then_locked
    harness.submit("u-1")
    report = harness.verdict()
    assert (report.status, report.fault) == (Status.UNKNOWN, Fault.SECRETS_LOCKED)


def test_an_answer_that_never_comes_is_unknown_and_not_tried_again(
    harness: SenderHarness,
) -> None:
    harness.server.robot.faults = (FaultPlan(FaultKind.CLOSE, is_taken=True),)
    harness.submit("u-1")
    report = harness.verdict()
    assert (report.status, report.fault) == (Status.UNKNOWN, Fault.CONNECTION_LOST)
    assert len(harness.server.exchanges()) == 1


def test_too_fast_rests_the_robot(harness: SenderHarness) -> None:
    harness.server.robot.faults = (FaultPlan(FaultKind.TOO_FAST),)
    harness.submit("u-1")
    assert harness.verdict().cause is Cause.TOO_FAST
    assert harness.sender.left(harness.robot()) == 0
    harness.submit("u-2")
    assert [one.due_in_s for one in harness.sender.waiting()] == [600.0]
    harness.clock.now_s = 600.0
    harness.sender.wake()
    assert harness.verdict().status is Status.DELIVERED


def test_a_rest_that_a_sandbox_imposed_ends_with_that_sandbox(harness: SenderHarness) -> None:
    server = harness.server
    server.robot.faults = (FaultPlan(FaultKind.TOO_FAST),)
    harness.submit("u-1")
    assert harness.verdict().cause is Cause.TOO_FAST
    harness.submit("u-2")
    assert harness.sender.left(harness.robot()) == 0
    url = server.url
    server.stop()
    # It is tried at once, with time standing still, and finds nobody.
    report = harness.verdict()
    assert (report.msg_uuid, report.fault) == ("u-2", Fault.CONNECTION_REFUSED)
    kept = Credentials(server.access_token, server.secret)
    with SandboxServer(port=int(url.split(":")[2].partition("/")[0]), credentials=kept):
        harness.submit("u-3", harness.robot(url=url))
        assert harness.verdict().status is Status.DELIVERED


def test_a_rest_stays_while_the_sandbox_closes_what_is_idle(harness: SenderHarness) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}/robot/send"
        refusal = b'{"errcode":130101,"errmsg":"send too fast"}'
        harness.submit("u-1", harness.robot(url=url))
        with server.accept()[0] as connection:
            connection.recv(65536)
            head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(refusal)
            connection.sendall(head + refusal)
            assert harness.verdict().cause is Cause.TOO_FAST
        for _ in range(2):
            server.accept()[0].close()
        assert harness.sender.left(harness.robot(url=url)) == 0


def test_a_waiting_message_can_be_taken_back(harness: SenderHarness) -> None:
    harness.make_sender(Schedule(per_minute=1))
    harness.submit("u-1")
    assert harness.verdict().status is Status.DELIVERED
    harness.submit("u-2")
    assert harness.sender.cancel("u-2")
    assert harness.verdict().status is Status.CANCELLED
    assert not harness.sender.cancel("u-2")
    assert len(harness.server.exchanges()) == 1


def test_a_robot_that_is_slow_does_not_hold_up_another(harness: SenderHarness) -> None:
    harness.server.robot.faults = (FaultPlan(FaultKind.SILENT),)
    harness.submit("u-1", harness.robot("slow"))
    harness.heard.get(timeout=LIMIT_S)
    harness.submit("u-2", harness.robot("quick"))
    report = harness.verdict()
    assert (report.msg_uuid, report.status) == ("u-2", Status.DELIVERED)


def test_a_stop_cancels_what_waits_and_calls_unknown_what_is_under_way(
    harness: SenderHarness,
) -> None:
    harness.server.robot.faults = (FaultPlan(FaultKind.SILENT),)
    harness.submit("u-1")
    harness.heard.get(timeout=LIMIT_S)
    harness.submit("u-2")
    harness.sender.stop(timeout_s=0.05)
    told = {one.msg_uuid: one for one in (harness.verdict(), harness.verdict())}
    assert told["u-1"].status is Status.UNKNOWN
    assert told["u-1"].fault is Fault.CLOSED_WHILE_WAITING
    assert told["u-2"].status is Status.CANCELLED
    harness.server.stop()
    assert harness.reports.empty()


def test_a_stop_before_the_commit_sends_nothing(harness: SenderHarness) -> None:
    asked = threading.Event()
    harness.decide = lambda _permission: asked.set()
    harness.submit("u-1")
    assert asked.wait(LIMIT_S)
    harness.sender.stop()
    assert harness.verdict().status is Status.CANCELLED
    assert harness.server.exchanges() == ()


def test_what_no_thread_has_time_for_can_still_be_taken_back(harness: SenderHarness) -> None:
    harness.server.robot.faults = (FaultPlan(FaultKind.SILENT),)
    harness.make_sender(pool=1)
    harness.submit("u-1", harness.robot("a"))
    harness.heard.get(timeout=LIMIT_S)
    harness.submit("u-2", harness.robot("b"))
    harness.submit("u-3", harness.robot("c"))
    assert [one.msg_uuid for one in harness.sender.waiting()] == ["u-2", "u-3"]
    assert harness.sender.cancel("u-2")
    assert harness.verdict().status is Status.CANCELLED
    harness.server.robot.faults = ()
    harness.server.stop()  # u-1 ends, and makes room for the next
    told = {one.msg_uuid: one.status for one in (harness.verdict(), harness.verdict())}
    assert told == {"u-1": Status.UNKNOWN, "u-3": Status.NOT_SENT}


def test_one_thread_carries_job_after_job_in_the_order_of_their_turns(
    harness: SenderHarness,
) -> None:
    clients: list[Client] = []

    def make_client() -> Client:
        clients.append(Client(clock_ms=machine_clock_ms))
        return clients[-1]

    harness.make_client = make_client
    first: SimpleQueue[Permission] = SimpleQueue()
    harness.decide = first.put
    harness.make_sender(pool=1)
    robots = ("a", "b", "a", "c", "b", "a")
    harness.submit("u-0", harness.robot(robots[0]))
    held = first.get(timeout=LIMIT_S)
    for number, robot_id in enumerate(robots[1:], start=1):
        harness.submit(f"u-{number}", harness.robot(robot_id))
    harness.decide = Permission.grant
    held.grant()
    told = [harness.verdict() for _ in robots]
    assert [one.msg_uuid for one in told] == [f"u-{number}" for number in range(len(robots))]
    assert {one.status for one in told} == {Status.DELIVERED}
    assert len(clients) == 1
    assert harness.sender.is_idle


def test_a_robots_pace_ends_by_itself_though_nothing_else_happens(harness: SenderHarness) -> None:
    schedule = Schedule(per_minute=1, window_s=0.05)

    def allow(_report: Report, permission: Permission) -> None:
        permission.grant()

    harness.sender = Sender(
        make_client=lambda: Client(clock_ms=machine_clock_ms),
        read_credentials=harness.credentials,
        fingerprint_of=fingerprint_of,
        announce=allow,
        report=harness.reports.put,
        schedule=schedule,
    )
    for number in range(3):
        harness.submit(f"u-{number}")
    told = [harness.verdict() for _ in range(3)]
    assert [one.msg_uuid for one in told] == ["u-0", "u-1", "u-2"]
    assert {one.status for one in told} == {Status.DELIVERED}


def test_a_stop_that_comes_before_a_thread_takes_up_its_job_cancels_it(
    harness: SenderHarness,
) -> None:
    is_making, may_go_on = threading.Event(), threading.Event()

    def make_late() -> Client:
        is_making.set()
        may_go_on.wait(LIMIT_S)
        return Client(clock_ms=machine_clock_ms)

    harness.make_client = make_late
    harness.submit("u-1")
    assert is_making.wait(LIMIT_S)
    harness.sender.stop(timeout_s=0.0)
    assert harness.verdict().status is Status.CANCELLED
    may_go_on.set()
    for thread in threading.enumerate():
        if thread.name.startswith("sender-"):
            thread.join(LIMIT_S)
    assert harness.reports.empty()
    assert harness.server.exchanges() == ()


def test_a_fault_of_the_program_ends_the_send_and_is_logged(
    harness: SenderHarness, expect_log: Callable[[str], None]
) -> None:
    def broken(_robot_id: str) -> Credentials:
        raise ZeroDivisionError

    expect_log("an attempt failed in the program itself")
    harness.credentials = broken
    harness.submit("u-1")
    report = harness.verdict()
    assert (report.status, report.fault) == (Status.NOT_SENT, Fault.PROGRAM_FAULT)


def test_in_a_pause_jobs_wait_and_can_be_moved_and_then_go_in_that_order(
    harness: SenderHarness,
) -> None:
    harness.sender.pause()
    for name in ("u-1", "u-2", "u-3"):
        harness.submit(name)
    assert harness.sender.is_paused
    assert harness.sender.move("u-3", -2)
    assert [one.msg_uuid for one in harness.sender.waiting()] == ["u-3", "u-1", "u-2"]
    assert harness.sender.cancel("u-1")
    assert harness.verdict().status is Status.CANCELLED
    assert harness.server.exchanges() == ()
    harness.sender.resume()
    assert [harness.verdict().msg_uuid for _ in range(2)] == ["u-3", "u-2"]
    assert [one.msg_uuid for one in harness.server.exchanges()] == ["u-3", "u-2"]


def test_a_rest_of_an_earlier_run_holds_up_that_robot_only(harness: SenderHarness) -> None:
    harness.sender.remember_rest(harness.robot(), 590.0)
    harness.submit("u-1", harness.robot("a"))
    harness.submit("u-2", harness.robot("b"))
    assert harness.verdict().msg_uuid == "u-2"
    (waiting,) = harness.sender.waiting()
    assert (waiting.msg_uuid, waiting.due_in_s) == ("u-1", 10.0)
    assert harness.sender.left(harness.robot()) == 0
    harness.clock.now_s = 10.0
    harness.sender.wake()
    assert harness.verdict().msg_uuid == "u-1"
