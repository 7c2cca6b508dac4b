"""The chain: every change behind the program's back is found, and nothing else is."""

import json
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Fault, PhaseTimes, Report, SendJob, Status, WireTrace
from dingcomposer.core.messages import Text
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.storage.archive.reader import Reader, stored_sends
from dingcomposer.storage.database import Database
from dingcomposer.storage.evidence.chain import Chain, RemovalReason
from dingcomposer.storage.evidence.records import ATTEMPT_COLUMNS, FORMS, SEND_COLUMNS
from dingcomposer.storage.evidence.verification import (
    FindingKind,
    Verification,
    hash_unjoined,
    verified,
    verify,
)
from dingcomposer.storage.history import HistoryStore
from dingcomposer.storage.migrations import STEPS

NOW = datetime(2026, 8, 22, 10, 32, tzinfo=UTC)
DUTY = Robot("duty", "运维值班", "#C5302B", Stage.PRODUCTION, token_fingerprint="f" * 16)
TRACE = WireTrace("access_token=***", (("Host", "h"),), "HTTP/1.1 200 OK", (("A", "b"),), 2, 2)
PHASES = PhaseTimes(1.5, 2.5, 3.5, 4.5, 5.5)


class Past:
    """A history in a file, filled as the program fills it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.database = Database(path)
        self.history = HistoryStore(self.database)
        self.chain = Chain(self.database)
        self.count = 0

    def at(self) -> datetime:
        return NOW + timedelta(seconds=self.count)

    def queue(self) -> str:
        self.count += 1
        uuid = f"{self.count:08d}-0000-4000-8000-000000000000"
        self.history.add(SendJob(uuid, DUTY, Text(f"通知 {self.count}"), self.at()))
        return uuid

    def attempt(self, uuid: str, status: Status, number: int = 1) -> None:
        self.history.announce(
            Report(uuid, number, Status.SENDING, self.at(), "https://x", "ab" * 32, 43)
        )
        is_unknown = status is Status.UNKNOWN
        self.history.complete(
            Report(
                uuid,
                number,
                status,
                self.at(),
                cause=None if is_unknown else Cause.DELIVERED,
                fault=Fault.READ_TIMEOUT if is_unknown else None,
                errcode="0",
                errmsg="ok",
                http_status=200,
                answer='{"errcode":0,"errmsg":"ok"}',
                duration_ms=182.4,
                trace=TRACE,
                phases=PHASES,
            )
        )

    def deliver(self) -> str:
        uuid = self.queue()
        self.attempt(uuid, Status.DELIVERED)
        return uuid

    def key(self, uuid: str) -> int:
        row = self.history.row(uuid)
        assert row is not None
        return row.key

    def verify(self) -> Verification:
        return verified(self.path)

    def tamper(self, sql: str, *values: object) -> None:
        """Change the file as somebody would who has a tool for SQLite."""
        with closing(sqlite3.connect(self.path, isolation_level=None)) as tool:
            assert tool.execute(sql, values).rowcount > 0

    def kinds(self) -> set[FindingKind]:
        return {one.kind for one in self.verify().findings}


@pytest.fixture
def past(tmp_path: Path) -> Iterator[Past]:
    past = Past(tmp_path / "history.sqlite3")
    yield past
    past.database.close()


def test_what_the_program_does_leaves_the_chain_whole(past: Past) -> None:
    past.deliver()
    past.queue()
    lost = past.queue()
    past.attempt(lost, Status.UNKNOWN)
    past.history.queue_again(lost)
    past.attempt(lost, Status.DELIVERED, 2)
    again = past.queue()
    past.attempt(again, Status.UNKNOWN)
    past.history.queue_again(again)
    past.history.cancel(past.queue(), past.at())

    found = past.verify()
    assert found.is_whole
    # Two sends, a lost one thrice (over, reopened, over), one reopened, one taken back.
    assert (found.links, found.sends) == (1 + 3 + 2 + 1, 4)
    head = past.chain.head()
    assert head is not None
    assert found.head == head

    past.history.recover(past.at())
    assert past.verify().is_whole
    assert past.verify().sends == 5  # the one that waited is over as well


def test_the_link_is_written_with_the_send_or_not_at_all(past: Past) -> None:
    uuid = past.queue()
    past.database.run("DROP TABLE chain")
    with pytest.raises(Exception, match="no such table"):
        past.history.cancel(uuid, past.at())
    row = past.history.row(uuid)
    assert row is not None
    assert row.status is Status.QUEUED


@pytest.mark.parametrize("table", ["sends", "attempts", "chain", "chain_removals", "chain_state"])
def test_a_change_of_any_column_is_found(past: Past, table: str) -> None:
    """Every column of a random row, one at a time, changed and set right again."""
    for _ in range(8):
        past.deliver()
    lost = past.queue()
    past.attempt(lost, Status.UNKNOWN)
    past.history.queue_again(lost)
    past.attempt(lost, Status.UNKNOWN, 2)
    past.chain.remove([past.key(past.deliver())], RemovalReason.RETENTION, past.at())
    assert past.verify().is_whole
    columns = [row["name"] for row in past.database.rows(f"PRAGMA table_info({table})")]
    rows = past.database.rows(f"SELECT rowid AS id, * FROM {table} ORDER BY rowid")
    chance = random.Random(table)
    columns = [one for one in columns if (table, one) != ("chain_state", "only")]
    for column in columns:
        # How far the old sends have joined says nothing of any send: a new file has none.
        if column in ("joined_key", "born_key"):
            continue
        row = chance.choice(rows)
        before = row[column]
        for changed in changes(column, before):
            where = f"UPDATE {table} SET {column} = ? WHERE rowid = ?"
            moved = changed if column in ROWIDS.get(table, ()) else row["id"]
            past.tamper(where, changed, row["id"])
            assert not past.verify().is_whole, f"{table}.{column}: {before!r} as {changed!r}"
            past.tamper(where, before, moved)
            assert past.verify().is_whole


ROWIDS = {"sends": ("key",), "chain": ("number",), "chain_removals": ("number",)}


def changes(column: str, value: object) -> list[object]:
    """Other values that the column can hold."""
    if isinstance(value, bytes):
        return [bytes([value[0] ^ 1]) + value[1:]]
    if isinstance(value, int):
        return [value + 1_000]
    if isinstance(value, float):
        return [value + 0.001]
    if column == "status":
        return ["refused", "queued"]
    if value is None:
        return [1] if column in NUMBERS else ["x"]
    return [f"{value} "]


NUMBERS = {"wait_minutes", "retry_at", "is_signed", "imported_at", "announced_bytes"}


def test_every_column_stands_in_the_record_of_a_send(past: Past) -> None:
    for table, known in (("sends", SEND_COLUMNS), ("attempts", ATTEMPT_COLUMNS)):
        columns = [row["name"] for row in past.database.rows(f"PRAGMA table_info({table})")]
        assert sorted(columns) == sorted(known)


def test_links_of_an_earlier_form_of_records_still_fit(
    past: Past, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FORMS, 1, (SEND_COLUMNS[:-1], ATTEMPT_COLUMNS[:-2]))
    lost = past.queue()
    past.attempt(lost, Status.UNKNOWN)
    past.deliver()
    monkeypatch.setitem(FORMS, 2, (SEND_COLUMNS, ATTEMPT_COLUMNS))
    past.deliver()
    past.history.queue_again(lost)
    past.attempt(lost, Status.DELIVERED, 2)
    assert past.verify().is_whole
    with closing(Reader(past.path)) as reader:
        forms = {one.row.key: json.loads(one.record)["form"] for one in stored_sends(reader)}
    assert forms == {1: 2, 2: 1, 3: 2}
    past.tamper("UPDATE sends SET headline = 'x' WHERE key = 2")
    assert past.kinds() == {FindingKind.CHANGED}


@pytest.mark.parametrize(
    ("harm", "kind"),
    [
        ("DELETE FROM sends WHERE key = 3", FindingKind.REMOVED),
        ("DELETE FROM attempts WHERE send_key = 3", FindingKind.CHANGED),
        ("DELETE FROM chain WHERE number = 3", FindingKind.LINK_MISSING),
        ("DELETE FROM chain WHERE number = 5", FindingKind.CUT_OFF),
        (
            "INSERT INTO sends (msg_uuid, robot_id, robot_name, robot_colour, stage, is_sandbox,"
            " kind, headline, status, created_at, payload) SELECT 'new', robot_id, robot_name,"
            " robot_colour, stage, is_sandbox, kind, headline, status, created_at, payload"
            " FROM sends WHERE key = 3",
            FindingKind.INSERTED,
        ),
        (
            "INSERT INTO attempts (send_key, number, robot_id, is_sandbox, status, started_at)"
            " SELECT send_key, 2, robot_id, is_sandbox, status, started_at FROM attempts"
            " WHERE send_key = 3",
            FindingKind.CHANGED,
        ),
    ],
)
def test_what_was_removed_or_put_in_is_found_where_it_was(
    past: Past, harm: str, kind: FindingKind
) -> None:
    for _ in range(5):
        past.deliver()
    past.tamper(harm)
    found = past.verify()
    assert kind in {one.kind for one in found.findings}
    if kind in (FindingKind.REMOVED, FindingKind.CHANGED):
        assert [(one.number, one.send_key) for one in found.findings] == [(3, 3)]


def test_a_stone_stands_for_what_was_removed(past: Past) -> None:
    keys = [past.key(past.deliver()) for _ in range(6)]
    waiting = past.key(past.queue())
    assert past.chain.remove([*keys[1:4], waiting], RemovalReason.RETENTION, past.at()) == 3
    found = past.verify()
    assert found.is_whole
    assert (found.stones, found.removed, found.sends) == (1, 3, 3)
    assert past.history.row(f"{waiting:08d}-0000-4000-8000-000000000000") is not None
    # A stone stands for its own sends only.
    past.tamper("DELETE FROM sends WHERE key = ?", keys[5])
    assert past.kinds() == {FindingKind.REMOVED}


def test_a_removed_send_that_is_put_back_is_found(past: Past) -> None:
    key = past.key(past.deliver())
    with closing(sqlite3.connect(past.path)) as tool:
        tool.execute("CREATE TABLE aside AS SELECT * FROM sends")
    past.chain.remove([key], RemovalReason.CHOSEN, past.at())
    past.tamper("INSERT INTO sends SELECT * FROM aside")
    assert past.kinds() == {FindingKind.INSERTED}


def test_verification_says_how_far_it_is_and_can_be_ended(past: Past) -> None:
    for _ in range(3):
        past.deliver()
    work = verify(past.path)
    assert next(work) == (3, 3)
    work.close()


# Sends from before the chain


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Past]:
    """A history of five sends, three of them finished, from before there was a chain."""
    path = tmp_path / "old.sqlite3"
    before = Database(path, steps=STEPS[: chain_step()])
    for number in range(1, 6):
        status = "delivered" if number in (1, 2, 4) else "queued"
        before.run(
            "INSERT INTO sends (msg_uuid, robot_id, robot_name, robot_colour, stage, is_sandbox,"
            " kind, headline, status, created_at, payload)"
            " VALUES (?, 'duty', 'D', '#000000', 'test', 0, 'text', 'x', ?, ?, ?)",
            *(f"old-{number}", status, 1_000_000 * number),
            '{"msgtype":"text","text":{"content":"x"}}',
        )
    before.close()
    past = Past(path)
    yield past
    past.database.close()


def chain_step() -> int:
    """Which step brings the chain."""
    return next(
        number for number, step in enumerate(STEPS) if any("TABLE chain " in one for one in step)
    )


def join(past: Past, limit: int) -> None:
    progress = past.chain.progress()
    with closing(Reader(past.path)) as reader:
        contents, reached = hash_unjoined(reader, progress.joined_key, progress.born_key, limit)
    past.chain.join(contents, reached)


def test_old_sends_join_slice_by_slice(old: Past) -> None:
    assert old.verify().is_whole
    assert old.verify().waiting == 3
    assert not old.chain.progress().is_over
    while not old.chain.progress().is_over:
        join(old, 2)
        assert old.verify().is_whole
    found = old.verify()
    assert (found.waiting, found.sends, found.links) == (0, 3, 3)
    old.tamper("UPDATE sends SET headline = 'y' WHERE key = 4")
    assert old.kinds() == {FindingKind.CHANGED}


def test_what_happens_to_an_old_send_meanwhile_is_kept(old: Past) -> None:
    with closing(Reader(old.path)) as reader:
        contents, reached = hash_unjoined(reader, 0, 5)
    old.chain.remove([2], RemovalReason.PERSON, NOW)  # between the hashing and the joining
    old.history.recover(NOW)
    old.chain.join(contents, reached)
    found = old.verify()
    assert found.is_whole
    assert (found.removed, found.sends, found.waiting) == (1, 4, 0)
