"""The way of a message through the main thread: real sender, real database, sandbox over HTTP."""

import hashlib
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from queue import SimpleQueue

import pytest
from PySide6.QtCore import QCoreApplication, QTimer
from pytestqt.qtbot import QtBot

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Fault, Report, SendJob, Status
from dingcomposer.core.messages import Text
from dingcomposer.core.robot import Credentials, Robot
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.sandbox.server import Exchange, SandboxServer
from dingcomposer.sending.permission import Permission
from dingcomposer.services.bridge import Bridge
from dingcomposer.services.outbox import Outbox
from dingcomposer.storage.database import Database, StorageError, StorageFault
from dingcomposer.storage.disk.wal_sync import sync_file
from dingcomposer.storage.history import HistoryStore, SendRow
from tests.fakes.disks import LIMIT_S, HeldDisk
from tests.fakes.outbox_harness import LIMIT_MS, OutboxHarness

NOW = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
LONG = "长" * 6_000  # more than the free room of the database's last pages


class SandboxOutbox(OutboxHarness):
    """An outbox before a sandbox; `on_disk` is the second look at the database."""

    def __init__(
        self,
        path: Path,
        server: SandboxServer,
        qtbot: QtBot,
        sync: Callable[[Path], None] = sync_file,
    ) -> None:
        super().__init__(path, self._read_credentials, qtbot, retry_waits_s=(0.0,), sync=sync)
        self.server = server
        self.asked: SimpleQueue[str] = SimpleQueue()

    @property
    def robot(self) -> Robot:
        return Robot("r-1", "测试群", endpoint=self.server.url, read_timeout_s=10.0)

    def submit(self, text: str = "通知") -> str:
        return self.outbox.submit(Text(text), self.robot)

    def wait_for_report(self, count: int = 1) -> Report:
        self.wait(lambda: len(self.said) >= count)
        return self.said[count - 1]

    def on_disk(self, sql: str) -> list[tuple[object, ...]]:
        """What another process would read at this moment: committed, and nothing else."""
        with closing(sqlite3.connect(f"{self.path.as_uri()}?mode=ro", uri=True)) as reader:
            return reader.execute(sql).fetchall()

    def fill_the_disk(self) -> None:
        """From now on the file cannot grow, and no page in it is free."""
        self.database.max_pages = self.database.pages

    def make_room(self) -> None:
        self.database.max_pages = 1_000_000

    def _read_credentials(self, robot_id: str) -> Credentials:
        self.asked.put(robot_id)
        return Credentials(self.server.access_token, self.server.secret)


@pytest.fixture
def office(tmp_path: Path, qtbot: QtBot) -> Iterator[SandboxOutbox]:
    with SandboxServer() as server:
        office = SandboxOutbox(tmp_path / "dingcomposer.sqlite3", server, qtbot)
        yield office
        office.close()


SENDS = "SELECT msg_uuid, status FROM sends ORDER BY key"
ATTEMPTS = "SELECT number, status, body_sha256 FROM attempts ORDER BY send_key, number"


def test_the_row_is_on_the_disk_before_anything_leaves(office: SandboxOutbox) -> None:
    added: list[str] = []
    office.outbox.added.connect(lambda row: added.append(row.msg_uuid))
    msg_uuid = office.submit()
    # The event loop has not run since: nobody can have granted anything.
    assert office.on_disk(SENDS) == [(msg_uuid, "queued")]
    assert office.on_disk(ATTEMPTS) == []
    assert office.server.exchanges() == ()
    assert added == [msg_uuid]
    office.wait_for_report()


def test_nothing_leaves_before_the_disk_has_what_was_committed(
    tmp_path: Path, qtbot: QtBot
) -> None:
    disk = HeldDisk()
    with SandboxServer() as server:
        office = SandboxOutbox(tmp_path / "dingcomposer.sqlite3", server, qtbot, disk)
        msg_uuid = office.submit()
        disk.asked.get(timeout=LIMIT_S)
        disk.let()  # what was queued
        office.wait(lambda: office.on_disk(SENDS) == [(msg_uuid, "sending")])
        disk.asked.get(timeout=LIMIT_S)
        assert server.exchanges() == ()
        qtbot.wait(50)  # the window lives on
        assert server.exchanges() == ()
        disk.let(100)
        assert office.wait_for_report().status is Status.DELIVERED
        assert len(server.exchanges()) == 1
        office.close()


def test_where_the_disk_fails_nothing_leaves_and_that_is_told(
    tmp_path: Path, qtbot: QtBot, expect_log: Callable[[str], None]
) -> None:
    expect_log("what was committed could not be synced")
    disk = HeldDisk()
    with SandboxServer() as server:
        office = SandboxOutbox(tmp_path / "dingcomposer.sqlite3", server, qtbot, disk)
        disk.is_failing = True
        msg_uuid = office.submit()
        disk.let(100)
        report = office.wait_for_report()
        assert (report.status, report.fault) == (Status.NOT_SENT, Fault.HISTORY_NOT_WRITTEN)
        office.wait(lambda: bool(office.troubles))
        assert office.troubles[0].fault is StorageFault.OTHER  # "The disk reported an error."
        assert office.row(msg_uuid).status is Status.NOT_SENT
        assert server.exchanges() == ()
        disk.is_failing = False
        office.submit("again")
        assert office.wait_for_report(2).status is Status.DELIVERED
        office.close()


def test_sending_is_committed_before_the_bytes_arrive(office: SandboxOutbox) -> None:
    seen: SimpleQueue[tuple[object, ...]] = SimpleQueue()

    def look(exchange: Exchange) -> None:
        digest = hashlib.sha256(exchange.body).hexdigest()
        seen.put((exchange.msg_uuid, digest, office.on_disk(SENDS), office.on_disk(ATTEMPTS)))

    office.server.on_exchange = look
    msg_uuid = office.submit()
    office.wait_for_report()
    arrived, digest, sends, attempts = seen.get_nowait()
    assert arrived == msg_uuid
    assert sends == [(msg_uuid, "sending")]
    assert attempts == [(1, "sending", digest)]


def test_a_delivered_row_holds_the_answer_and_the_hash_of_the_bytes(office: SandboxOutbox) -> None:
    changed: list[str] = []
    office.outbox.changed.connect(lambda row: changed.append(row.msg_uuid))
    msg_uuid = office.submit()
    report = office.wait_for_report()
    assert (report.status, report.cause) == (Status.DELIVERED, Cause.DELIVERED)
    row = office.row(msg_uuid)
    assert (row.status, row.errcode, row.attempts) == (Status.DELIVERED, "0", 1)
    (attempt,) = office.history.attempts(msg_uuid)
    (exchange,) = office.server.exchanges()
    assert attempt.body_sha256 == hashlib.sha256(exchange.body).hexdigest()
    assert attempt.body_bytes == len(exchange.body)
    assert (attempt.status, attempt.http_status) == (Status.DELIVERED, 200)
    assert changed == [msg_uuid, msg_uuid]  # SENDING, DELIVERED
    assert office.outbox.write_pending()


def test_every_attempt_of_a_send_is_a_line_of_its_own(office: SandboxOutbox) -> None:
    office.server.robot.faults = (FaultPlan(FaultKind.BUSY),)
    msg_uuid = office.submit()
    assert office.wait_for_report().status is Status.QUEUED
    assert office.wait_for_report(2).status is Status.DELIVERED
    told = [(one.number, one.status) for one in office.history.attempts(msg_uuid)]
    assert told == [(1, Status.REFUSED), (2, Status.DELIVERED)]
    assert office.row(msg_uuid).status is Status.DELIVERED


def test_on_a_full_disk_nothing_is_sent(office: SandboxOutbox) -> None:
    office.fill_the_disk()
    with pytest.raises(StorageError) as caught:
        office.submit(LONG)
    assert caught.value.fault is StorageFault.FULL
    assert office.sender.is_idle
    office.make_room()
    office.submit("后来的")
    office.wait_for_report()
    (exchange,) = office.server.exchanges()
    assert exchange.message == Text("后来的")
    assert len(office.on_disk(SENDS)) == 1


def test_an_attempt_that_cannot_be_committed_does_not_leave(office: SandboxOutbox) -> None:
    msg_uuid = office.submit()
    # Its attempt waits for the event loop; meanwhile another program holds the file.
    with office.locked():
        office.wait_for_report()
    report = office.said[0]
    assert (report.status, report.fault) == (Status.NOT_SENT, Fault.HISTORY_NOT_WRITTEN)
    assert office.server.exchanges() == ()
    assert {one.fault for one in office.troubles} == {StorageFault.LOCKED}
    assert office.outbox.write_pending()
    row = office.row(msg_uuid)
    assert (row.status, row.fault) == (Status.NOT_SENT, Fault.HISTORY_NOT_WRITTEN)


def test_an_outcome_that_the_disk_refuses_is_kept_and_written_later(office: SandboxOutbox) -> None:
    answer = LONG.encode()
    office.server.robot.faults = (
        FaultPlan(FaultKind.CUSTOM, body=b'{"errcode":310000,"errmsg":"%s"}' % answer),
    )
    office.outbox.changed.connect(lambda _row: office.fill_the_disk())  # SENDING is written
    msg_uuid = office.submit()
    report = office.wait_for_report()
    assert report.status is Status.REFUSED  # told all the same
    assert [one.fault for one in office.troubles] == [StorageFault.FULL]
    assert office.row(msg_uuid).status is Status.SENDING
    assert not office.outbox.write_pending()  # still full
    office.make_room()
    assert office.outbox.write_pending()
    assert office.row(msg_uuid).status is Status.REFUSED
    (attempt,) = office.history.attempts(msg_uuid)
    assert attempt.status is Status.REFUSED
    assert "长" in attempt.answer


def test_an_outcome_that_waits_for_the_disk_is_written_before_the_next_attempt_leaves(
    office: SandboxOutbox,
) -> None:
    """Otherwise the next attempt of the same send would find it still under way, and not leave."""
    office.server.robot.faults = (FaultPlan(FaultKind.BUSY),)
    lock = ExitStack()

    def hold_once(_row: SendRow) -> None:  # SENDING is written
        office.outbox.changed.disconnect(hold_once)
        lock.enter_context(office.locked())

    office.outbox.changed.connect(hold_once)
    office.outbox.trouble.connect(lambda _error: lock.close())
    msg_uuid = office.submit()
    office.wait_for_report(2)
    assert [one.fault for one in office.troubles] == [StorageFault.LOCKED]
    told = [(one.number, one.status) for one in office.history.attempts(msg_uuid)]
    assert told == [(1, Status.REFUSED), (2, Status.DELIVERED)]
    assert office.row(msg_uuid).status is Status.DELIVERED


def test_a_send_that_waits_can_be_taken_back(office: SandboxOutbox) -> None:
    office.schedule.rest("r-1", time.monotonic())  # for ten minutes
    msg_uuid = office.submit()
    assert office.outbox.left(office.robot) == 0
    assert office.outbox.cancel(msg_uuid)
    report = office.wait_for_report()
    assert report.status is Status.CANCELLED
    assert office.row(msg_uuid).status is Status.CANCELLED
    assert not office.outbox.cancel(msg_uuid)
    assert office.server.exchanges() == ()


def test_a_row_that_was_cancelled_meanwhile_gets_no_permission(office: SandboxOutbox) -> None:
    msg_uuid = office.submit()
    assert office.asked.get(timeout=LIMIT_MS / 1000) == "r-1"  # the sender has it in hand
    assert not office.outbox.cancel(msg_uuid)
    office.history.cancel(msg_uuid, datetime.now(UTC))
    office.wait_for_report()
    assert office.server.exchanges() == ()
    assert office.row(msg_uuid).status is Status.CANCELLED
    assert office.history.attempts(msg_uuid) == ()


class SlowClock:
    """Every look at it takes 2 ms, as a commit does."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        self.now_s += 0.002
        return self.now_s


def announce_all(office: SandboxOutbox) -> tuple[Outbox, list[SendJob], list[Permission]]:
    """An outbox of a busy window that has just heard of twelve attempts, all at once."""
    bridge = Bridge()
    outbox = Outbox(office.history, office.sender, bridge, monotonic=SlowClock())
    jobs = [SendJob(f"u-{number}", office.robot, Text("通知"), NOW) for number in range(12)]
    office.history.add_all(tuple(jobs), "g")
    permissions = [Permission() for _ in jobs]
    for job, permission in zip(jobs, permissions, strict=True):
        bridge.announce(Report(job.msg_uuid, 1, Status.SENDING, NOW), permission)
    return outbox, jobs, permissions


def test_an_outcome_whose_row_is_gone_holds_up_no_other(
    office: SandboxOutbox, expect_log: Callable[[str], None]
) -> None:
    expect_log("the row of .* is gone: it was delivered")
    office.server.robot.faults = (FaultPlan(FaultKind.SLOW, seconds=0.5),)
    gone = office.submit("the first")
    office.wait(lambda: len(office.server.exchanges()) == 1)
    with closing(sqlite3.connect(office.path)) as other:
        other.execute("DELETE FROM attempts")
        other.execute("DELETE FROM sends")
        other.commit()
    office.wait_for_report()
    assert office.history.row(gone) is None
    stays = office.submit("the second")
    office.wait_for_report(2)
    assert office.row(stays).status is Status.DELIVERED


def test_many_attempts_at_once_are_committed_in_turns_with_the_window(
    office: SandboxOutbox,
) -> None:
    outbox, jobs, permissions = announce_all(office)
    changed: list[str] = []
    turns: list[int] = []  # how many were committed at each turn of the window's
    outbox.changed.connect(lambda row: changed.append(row.msg_uuid))
    window = QTimer(interval=0)
    window.timeout.connect(lambda: turns.append(len(changed)))
    window.start()
    assert [row.status for row in map(office.row, uuids(jobs))].count(Status.SENDING) == 1
    office.qtbot.waitUntil(lambda: len(changed) == 11, timeout=LIMIT_MS)
    window.stop()
    assert changed == uuids(jobs)[1:]
    assert max(after - before for before, after in pairwise((0, *turns, 11))) <= 2
    assert all(permission.wait() for permission in permissions)


def test_what_was_heard_is_written_before_the_end(office: SandboxOutbox) -> None:
    outbox, jobs, permissions = announce_all(office)
    outbox.stop()
    assert {office.row(one).status for one in uuids(jobs)} == {Status.SENDING}
    assert all(permission.wait() for permission in permissions)


def close(office: SandboxOutbox) -> None:
    """End it as the program ends it."""
    office.sender.stop()
    QCoreApplication.sendPostedEvents()
    office.outbox.stop()


def submit_to_many(office: SandboxOutbox) -> tuple[SendJob, ...]:
    """One message to twelve groups, of which none has been told yet."""
    robots = [replace(office.robot, robot_id=f"r-{number}") for number in range(12)]
    return office.outbox.submit_all(Text("通知"), robots)


def test_many_groups_are_written_at_once_and_told_in_turns_before_any_leaves(
    office: SandboxOutbox,
) -> None:
    told: list[tuple[str, str]] = []
    office.outbox.added.connect(lambda row: told.append(("added", row.msg_uuid)))
    office.outbox.changed.connect(lambda row: told.append((row.status, row.msg_uuid)))
    jobs = submit_to_many(office)
    sent = [job.msg_uuid for job in jobs]
    # The event loop has not run since.
    assert office.on_disk(SENDS) == [(one, "queued") for one in sent]
    assert [one.msg_uuid for one in office.outbox.waiting()] == sent
    assert not office.outbox.is_idle
    assert told == []
    assert office.server.exchanges() == ()
    assert office.asked.empty(), "the sender's threads leave the window its turn first"
    office.wait(lambda: len(office.said) == 12)
    assert told[:12] == [("added", one) for one in sent]
    assert {office.row(one).status for one in sent} == {Status.DELIVERED}
    assert len(office.server.exchanges()) == 12


def test_a_program_that_dies_before_the_first_turn_has_sent_to_nobody_and_says_so_of_each(
    office: SandboxOutbox, tmp_path: Path
) -> None:
    jobs = submit_to_many(office)
    office.database.backup(tmp_path / "after")  # as the disk stands after a power cut
    assert office.server.exchanges() == ()
    close(office)
    with closing(Database(tmp_path / "after")) as database:
        recovered = HistoryStore(database).recover(NOW)
    assert [one.msg_uuid for one in recovered] == [job.msg_uuid for job in jobs]
    assert {(one.status, one.fault) for one in recovered} == {
        (Status.NOT_SENT, Fault.NEVER_STARTED)
    }


def test_a_program_that_is_closed_before_the_first_turn_takes_all_of_them_back(
    office: SandboxOutbox,
) -> None:
    added: list[str] = []
    office.outbox.added.connect(lambda row: added.append(row.msg_uuid))
    sent = [job.msg_uuid for job in submit_to_many(office)]
    close(office)
    assert added == sent
    assert {office.row(one).status for one in sent} == {Status.CANCELLED}
    assert office.server.exchanges() == ()


def test_one_of_many_can_be_taken_back_before_the_first_turn(office: SandboxOutbox) -> None:
    sent = [job.msg_uuid for job in submit_to_many(office)]
    assert office.outbox.cancel(sent[4])
    office.wait(lambda: len(office.said) == 12)
    assert office.row(sent[4]).status is Status.CANCELLED
    assert len(office.server.exchanges()) == 11


def test_where_many_cannot_be_written_none_waits_and_none_is_told(office: SandboxOutbox) -> None:
    added: list[str] = []
    office.outbox.added.connect(lambda row: added.append(row.msg_uuid))
    with office.locked(), pytest.raises(StorageError) as caught:
        submit_to_many(office)
    assert caught.value.fault is StorageFault.LOCKED
    assert office.outbox.waiting() == ()
    last = office.submit("the next")
    office.wait_for_report()
    assert added == [last]
    assert len(office.server.exchanges()) == 1


def uuids(jobs: list[SendJob]) -> list[str]:
    return [job.msg_uuid for job in jobs]
