"""Commits that nobody waits for: when they are on the disk, and what a disk that fails means."""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest

from dingcomposer.storage.database import Database, Row, StorageError, StorageFault, Value
from dingcomposer.storage.disk.open_file import Displacement, OpenFile
from dingcomposer.storage.disk.wal_sync import CHECKPOINT_COMMITS, WalSync
from tests.fakes.disks import LIMIT_S, HeldDisk


@pytest.fixture
def disk() -> HeldDisk:
    return HeldDisk()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(Database(tmp_path / "dingcomposer.sqlite3")) as opened:
        yield opened


@pytest.fixture
def wal_sync(database: Database, disk: HeldDisk) -> Iterator[WalSync]:
    made = WalSync(database, disk)
    yield made
    disk.let(100)
    made.close()


def write(database: Database, wal_sync: WalSync, number: int) -> None:
    with wal_sync.transaction():
        database.insert("search_facets", {"field": f"k{number}", "value": "v"})


def _put(heard: SimpleQueue[int], number: int, fault: StorageFault | None) -> None:
    assert fault is None
    heard.put(number)


def count(database: Database) -> int:
    with closing(sqlite3.connect(database.path)) as other:
        return int(other.execute("SELECT count(*) FROM search_facets").fetchone()[0])


def test_a_light_commit_is_there_at_once_and_told_once_the_disk_has_it(
    database: Database, wal_sync: WalSync, disk: HeldDisk
) -> None:
    heard: SimpleQueue[StorageFault | None] = SimpleQueue()
    write(database, wal_sync, 1)
    assert count(database) == 1  # for others, and for who is killed now
    wal_sync.when_on_disk(heard.put)
    assert disk.asked.get(timeout=LIMIT_S).name == "dingcomposer.sqlite3-wal"
    assert heard.empty()
    disk.let()
    assert heard.get(timeout=LIMIT_S) is None


def test_what_was_committed_while_the_disk_was_at_work_needs_one_sync_more(
    database: Database, wal_sync: WalSync, disk: HeldDisk
) -> None:
    heard: SimpleQueue[int] = SimpleQueue()
    for number in range(6):
        write(database, wal_sync, number)
        wal_sync.when_on_disk(partial(_put, heard, number))
        if number == 0:
            disk.asked.get(timeout=LIMIT_S)
    disk.let()
    assert heard.get(timeout=LIMIT_S) == 0
    disk.asked.get(timeout=LIMIT_S)
    assert heard.empty()  # the other five were not there when the first sync began
    disk.let()
    assert [heard.get(timeout=LIMIT_S) for _ in range(5)] == [1, 2, 3, 4, 5]
    assert disk.asked.empty()


def test_all_other_commits_wait_for_the_disk_as_ever(database: Database, wal_sync: WalSync) -> None:
    write(database, wal_sync, 1)
    assert database.rows("PRAGMA synchronous")[0][0] == 2
    with pytest.raises(ZeroDivisionError), wal_sync.transaction():
        database.insert("search_facets", {"field": "k2", "value": str(1 // 0)})
    assert database.rows("PRAGMA synchronous")[0][0] == 2
    assert count(database) == 1


def test_after_a_sync_that_failed_nothing_counts_until_all_was_written_anew(
    database: Database, wal_sync: WalSync, disk: HeldDisk, expect_log: Callable[[str], None]
) -> None:
    expect_log("what was committed could not be synced")
    heard: SimpleQueue[StorageFault | None] = SimpleQueue()
    write(database, wal_sync, 1)
    disk.is_failing = True
    wal_sync.when_on_disk(heard.put)
    disk.let()
    assert heard.get(timeout=LIMIT_S) is StorageFault.OTHER
    disk.is_failing = False
    wal_sync.when_on_disk(heard.put)  # a sync that succeeds now says nothing of what was dropped
    assert heard.get(timeout=LIMIT_S) is StorageFault.OTHER
    with closing(sqlite3.connect(database.path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM search_facets").fetchone()
        with pytest.raises(StorageError) as refused:  # it cannot be written anew: somebody reads
            write(database, wal_sync, 2)
        assert refused.value.fault is StorageFault.LOCKED
    write(database, wal_sync, 3)
    wal_sync.when_on_disk(heard.put)
    disk.let()
    assert heard.get(timeout=LIMIT_S) is None
    assert count(database) == 2


def test_closing_syncs_what_is_left(database: Database, disk: HeldDisk) -> None:
    wal_sync = WalSync(database, disk)
    heard: SimpleQueue[StorageFault | None] = SimpleQueue()
    write(database, wal_sync, 1)
    wal_sync.when_on_disk(heard.put)
    disk.let()
    wal_sync.close()
    assert heard.get_nowait() is None


class WithoutWal(Database):
    """As on a file system without shared memory, where SQLite goes on with another journal."""

    def rows(self, sql: str, *values: Value) -> list[Row]:
        if sql == "PRAGMA journal_mode":
            sql = "SELECT 'delete'"
        return super().rows(sql, *values)


def test_where_there_is_no_wal_each_commit_waits(tmp_path: Path, disk: HeldDisk) -> None:
    with closing(WithoutWal(tmp_path / "d.sqlite3")) as database:
        wal_sync = WalSync(database, disk)
        heard: SimpleQueue[StorageFault | None] = SimpleQueue()
        write(database, wal_sync, 1)
        wal_sync.when_on_disk(heard.put)
        assert heard.get_nowait() is None
        assert disk.asked.empty()


class CheckpointTold(Database):
    """Tells of each checkpoint: in which thread, and whether it moved all."""

    heard: SimpleQueue[tuple[str, bool]]

    def checkpoint(self) -> bool:
        is_all = super().checkpoint()
        self.heard.put((threading.current_thread().name, is_all))
        return is_all


def test_what_was_committed_is_moved_into_the_file_by_the_thread(
    tmp_path: Path, disk: HeldDisk
) -> None:
    with closing(CheckpointTold(tmp_path / "d.sqlite3")) as database:
        database.heard = SimpleQueue()
        wal_sync = WalSync(database, disk)
        before = database.path.stat().st_size
        for number in range(3 * CHECKPOINT_COMMITS):
            database.insert("search_facets", {"field": f"k{number}", "value": "v" * 4_000})
            if (number + 1) % CHECKPOINT_COMMITS == 0:
                assert database.heard.get(timeout=LIMIT_S) == ("wal-sync", True)
        assert database.path.stat().st_size - before > 3 * CHECKPOINT_COMMITS * 4_000
        wal_sync.close()
        assert database.heard.empty()


def test_a_checkpoint_is_not_taken_for_somebody_elses_work(tmp_path: Path) -> None:
    asked: list[bool] = []

    def has_company() -> bool:
        """Asked where the file was changed, and not by this connection."""
        asked.append(True)
        return False

    with closing(Database(tmp_path / "d.sqlite3")) as database:
        database.has_company = has_company
        is_over = threading.Event()
        thread = threading.Thread(target=_move_until, args=(database, is_over))
        thread.start()
        for number in range(400):
            database.insert("search_facets", {"field": f"k{number}", "value": "v" * 4_000})
        is_over.set()
        thread.join()
        assert not asked
        assert count(database) == 400
    assert not database.checkpoint()


def _move_until(database: Database, is_over: threading.Event) -> None:
    while not is_over.is_set():
        database.checkpoint()


def test_a_file_that_somebody_else_changed_is_left_as_it_is(tmp_path: Path) -> None:
    with closing(Database(tmp_path / "d.sqlite3")) as database:
        database.insert("search_facets", {"field": "k", "value": "v"})
        stands = database.path.read_bytes()
        foreign = stands[:-100] + bytes(100)
        database.path.write_bytes(foreign)
        os.utime(database.path, (1, 1))
        assert not database.checkpoint()
        assert database.path.read_bytes() == foreign


def test_what_is_overwritten_while_it_is_moved_is_not_taken_for_our_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "dingcomposer.sqlite3"
    with closing(sqlite3.connect(path)) as before:
        before.execute("CREATE TABLE t (x)")
    with closing(OpenFile(path)) as file:
        connect = sqlite3.connect

        def overwrite(*arguments: Any, **named: Any) -> sqlite3.Connection:
            path.write_bytes(b"garbage!" * 5_000)
            file.note()  # a commit falls into the same moment
            opened: sqlite3.Connection = connect(*arguments, **named)
            return opened

        monkeypatch.setattr(sqlite3, "connect", overwrite)
        with suppress(sqlite3.Error):
            file.checkpoint()
        assert file.displacement() is Displacement.OVERWRITTEN


def test_a_light_transaction_leaves_the_others_heavy(database: Database) -> None:
    with database.light_transaction():
        assert database.rows("PRAGMA synchronous")[0][0] == 1
        database.insert("search_facets", {"field": "k", "value": "v"})
    assert database.rows("PRAGMA synchronous")[0][0] == 2
    assert count(database) == 1
