"""One message to many groups is written down by few statements, all of it or nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dingcomposer.core.delivery import SendJob, Status
from dingcomposer.core.messages import Markdown, Text
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.storage.database import Database, Row, StorageError, StorageFault, Value
from dingcomposer.storage.history import HistoryStore, queued_send
from dingcomposer.storage.processes.lease import ProcessLease

NOW = datetime(2026, 12, 1, 9, 0, 0, 123, tzinfo=UTC)
GROUP = Robot("r-1", "测试群", "#00B042", Stage.PRODUCTION, token_fingerprint="f" * 64)


class CountedDatabase(Database):
    """A database that counts what it is asked."""

    asked = 0

    def run(self, sql: str, *values: Value) -> int:
        self.asked += 1
        return super().run(sql, *values)

    def rows(self, sql: str, *values: Value) -> list[Row]:
        self.asked += 1
        return super().rows(sql, *values)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[CountedDatabase]:
    database = CountedDatabase(tmp_path / "dingcomposer.sqlite3")
    yield database
    database.close()


def jobs(count: int, text: str = "通知") -> list[SendJob]:
    return [
        SendJob(f"u-{number}", replace(GROUP, robot_id=f"r-{number}"), Text(text), NOW)
        for number in range(count)
    ]


def test_however_many_groups_there_are_the_statements_are_the_same(
    database: CountedDatabase, tmp_path: Path
) -> None:
    lease = ProcessLease(tmp_path)
    history = HistoryStore(database, lease)
    history.add_all([SendJob("u-first", GROUP, Text("通知"), NOW)], "one")
    database.asked = 0
    few = history.add_all([replace(one, msg_uuid=f"{one.msg_uuid}-few") for one in jobs(2)], "few")
    asked, database.asked = database.asked, 0
    many = history.add_all(jobs(200), "many")
    assert database.asked == asked
    assert (len(few), len(many)) == (2, 200)
    rows = history.group("many")
    assert [row.msg_uuid for row in rows] == [f"u-{number}" for number in range(200)]
    assert [row.key for row in rows] == list(many)
    assert all(map(history.is_own, rows)), "another start ends none of them"
    lease.release()


@pytest.mark.parametrize(
    "job",
    [
        SendJob("u-1", GROUP, Text("通知"), NOW),
        SendJob(
            "u-1", replace(GROUP, token_fingerprint=""), Markdown("周报", "**好**"), NOW, "u-0"
        ),
        SendJob("u-1", replace(GROUP, name="半\ud83d", is_sandbox=True), Text("半\ud83d"), NOW),
        SendJob("u-1", replace(GROUP, endpoint="http://127.0.0.1:9/robot/send"), Text("a"), NOW),
    ],
)
def test_the_row_that_is_told_is_the_row_that_is_read(
    database: CountedDatabase, job: SendJob
) -> None:
    history = HistoryStore(database)
    (key,) = history.add_all([job], "g")
    assert queued_send(key, job, "g") == history.row("u-1")
    alone = replace(job, msg_uuid="u-2")
    assert history.add(alone) == history.row("u-2")


def test_a_disk_that_fills_up_in_the_middle_leaves_none_of_them(database: CountedDatabase) -> None:
    history = HistoryStore(database)
    history.add(SendJob("u-before", GROUP, Text("通知"), NOW))
    database.max_pages = database.pages + 40  # room for some of them
    with pytest.raises(StorageError) as caught:
        history.add_all(jobs(200, "长" * 2_000), "g")
    assert caught.value.fault is StorageFault.FULL
    assert history.group("g") == ()
    database.max_pages = 1_000_000
    history.add_all(jobs(200, "长" * 2_000), "g")
    assert {row.status for row in history.group("g")} == {Status.QUEUED}


def test_nobody_to_send_to_is_no_send(database: CountedDatabase) -> None:
    assert HistoryStore(database).add_all([], "g") == ()
