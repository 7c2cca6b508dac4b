"""The file: made, opened, migrated, filled up, locked, damaged."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from dingcomposer.storage.database import (
    Database,
    StorageError,
    StorageFault,
    from_json,
    from_micros,
    to_json,
    to_micros,
)
from dingcomposer.storage.migrations import STEPS

NOTES = ("CREATE TABLE notes (note TEXT NOT NULL) STRICT",)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "dingcomposer.db"


def fault_of(path: Path) -> StorageFault:
    with pytest.raises(StorageError) as caught:
        Database(path, busy_timeout_ms=20)
    return caught.value.fault


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def fill(database: Database, rows: int, note: str = "x" * 2_000) -> None:
    with database.transaction():
        for _ in range(rows):
            database.run("INSERT INTO notes VALUES (?)", note)


def count(database: Database) -> int:
    return int(database.rows("SELECT count(*) FROM notes")[0][0])


# Opening


def test_without_a_handle_a_database_says_that_and_nothing_of_permissions(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    made = Database(tmp_path / "there.sqlite3")
    made.close()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (1, hard))
    try:
        for name in ("there.sqlite3", "new.sqlite3"):
            with pytest.raises(StorageError) as caught:
                Database(tmp_path / name)
            assert caught.value.fault is StorageFault.NO_HANDLES
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_new_file_is_made_with_its_folders_and_opened_again(path: Path) -> None:
    Database(path).close()
    with closing(Database(path)) as database:
        assert database.rows("PRAGMA user_version")[0][0] == len(STEPS)
        assert database.rows("PRAGMA journal_mode")[0][0] == "wal"
        assert database.rows("PRAGMA synchronous")[0][0] == 2
        assert database.rows("PRAGMA secure_delete")[0][0] == 1
        assert database.rows("PRAGMA foreign_keys")[0][0] == 1


def test_every_table_is_strict(path: Path) -> None:
    with closing(Database(path)) as database:
        tables = database.rows("SELECT strict FROM pragma_table_list WHERE name NOT LIKE 'sqlite%'")
        assert len(tables) >= 4
        assert all(table["strict"] for table in tables)


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_the_file_and_what_stands_beside_it_are_for_their_owner_only(path: Path) -> None:
    with closing(Database(path, steps=(NOTES,))) as database:
        fill(database, 1)
        database.backup(path.with_name("copy"))
        modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
        assert len(modes) == 4
        assert set(modes.values()) == {0o600}


def test_a_folder_that_cannot_be_made_is_named_so(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("in the way")
    assert fault_of(file / "below" / "dingcomposer.db") is StorageFault.CANNOT_CREATE
    assert fault_of(file / "dingcomposer.db") is StorageFault.CANNOT_CREATE
    assert file.read_text() == "in the way"


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_file_that_may_not_be_written_is_refused_at_once() -> None:
    folder = Path(tempfile.mkdtemp())  # below tmp_path nobody but its owner gets in
    try:
        path = folder / "dingcomposer.db"
        Database(path).close()
        before = contents(folder)
        path.chmod(0o444)
        folder.chmod(0o777)
        is_root = os.geteuid() == 0
        if is_root:
            os.seteuid(65534)
        try:
            assert fault_of(path) is StorageFault.READ_ONLY
        finally:
            if is_root:
                os.seteuid(0)
        assert contents(folder)[path.name] == before[path.name]
    finally:
        shutil.rmtree(folder)


def test_a_paths_odd_letters_are_part_of_its_name(tmp_path: Path) -> None:
    path = tmp_path / "资料 100%?mode=ro#x" / "a&b.db"
    Database(path).close()
    assert path.stat().st_size > 0


# Damage


@pytest.mark.parametrize("size", [1, 50, 99, 5_000])
def test_what_is_no_database_is_called_damaged_and_kept(path: Path, size: int) -> None:
    path.parent.mkdir()
    path.write_bytes(b"garbage!" * size)
    before = contents(path.parent)
    assert fault_of(path) is StorageFault.DAMAGED
    assert contents(path.parent) == before


def test_a_file_that_was_cut_off_is_called_damaged_and_kept(path: Path) -> None:
    Database(path).close()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert fault_of(path) is StorageFault.DAMAGED
    assert path.read_bytes() == whole[: len(whole) // 2]


def test_an_emptied_file_does_not_cost_what_stands_beside_it(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"")
    wal = path.with_name(f"{path.name}-wal")
    wal.write_bytes(b"committed, but not yet in the file")
    assert fault_of(path) is StorageFault.DAMAGED
    assert wal.read_bytes() == b"committed, but not yet in the file"


def test_a_damaged_schema_is_noticed_at_once(path: Path) -> None:
    Database(path).close()
    whole = bytearray(path.read_bytes())
    whole[100:300] = b"\xff" * 200
    path.write_bytes(whole)
    assert fault_of(path) is StorageFault.DAMAGED
    assert path.read_bytes() == whole


def test_a_damaged_page_is_noticed_when_it_is_read(path: Path) -> None:
    with closing(Database(path, steps=(NOTES,))) as database:
        fill(database, 20)
        page_bytes = database.rows("PRAGMA page_size")[0][0]
        pages = database.pages
    whole = bytearray(path.read_bytes())
    whole[page_bytes * (pages - 2) : page_bytes * (pages - 1)] = b"\xff" * page_bytes
    path.write_bytes(whole)
    with (
        closing(Database(path, steps=(NOTES,))) as database,
        pytest.raises(StorageError) as caught,
    ):
        database.rows("SELECT note FROM notes")
    assert caught.value.fault is StorageFault.DAMAGED
    assert path.read_bytes() == whole


def test_a_text_that_is_no_text_is_called_damaged_without_quoting_it(path: Path) -> None:
    with closing(Database(path, steps=(NOTES,))) as database:
        fill(database, 1, "to be spoilt")
    path.write_bytes(path.read_bytes().replace(b"to be spoilt", b"to be \xff\xfe\xfa\xfb\xfc\xfd"))
    with (
        closing(Database(path, steps=(NOTES,))) as database,
        pytest.raises(StorageError) as caught,
    ):
        database.rows("SELECT note FROM notes")
    assert caught.value.fault is StorageFault.DAMAGED
    assert "to be" not in repr(caught.value)


@pytest.mark.parametrize("version", [0, 1, 999])
@pytest.mark.parametrize("application", [0, 7])
@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_somebody_elses_database_is_left_byte_for_byte(
    path: Path, version: int, application: int, mode: str
) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"PRAGMA journal_mode = {mode}")
        other.execute("CREATE TABLE theirs (a)")
        other.execute(f"PRAGMA user_version = {version}")
        other.execute(f"PRAGMA application_id = {application}")
    before = contents(path.parent)
    assert fault_of(path) is StorageFault.FOREIGN
    assert contents(path.parent) == before


def test_somebody_elses_database_is_recognised_by_what_is_still_in_its_wal(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = wal")
        other.execute("CREATE TABLE theirs (a)")
        before = contents(path.parent)
        assert fault_of(path) is StorageFault.FOREIGN
        after = contents(path.parent)
    for name in (path.name, f"{path.name}-wal"):
        assert after[name] == before[name]


def make_socket(path: Path) -> None:
    short = Path(tempfile.mkdtemp()) / "s"
    with closing(socket.socket(socket.AF_UNIX)) as one:
        one.bind(str(short))
    short.rename(path)


@pytest.mark.skipif(os.name != "posix", reason="files of POSIX")
@pytest.mark.parametrize(
    "make",
    [Path.mkdir, os.mkfifo, make_socket, lambda path: path.symlink_to("/dev/zero")],
    ids=["folder", "fifo", "socket", "device"],
)
def test_what_is_no_file_is_refused_and_not_waited_for(
    path: Path, make: Callable[[Path], None]
) -> None:
    path.parent.mkdir()
    make(path)
    mode = path.stat().st_mode
    assert fault_of(path) is StorageFault.NO_FILE
    assert path.stat().st_mode == mode


# A file that changes while it is open, and is still ours (see test_displaced.py)


def test_another_program_that_writes_through_sqlite_is_no_fault(path: Path) -> None:
    with closing(Database(path, steps=(NOTES,))) as database:
        fill(database, 1)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("INSERT INTO notes VALUES ('of another')")
            other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        fill(database, 1)
        assert count(database) == 3


def test_a_file_that_was_only_touched_is_no_fault(path: Path) -> None:
    with closing(Database(path, steps=(NOTES,))) as database:
        os.utime(path)
        fill(database, 1)
        assert count(database) == 1


def test_its_own_writing_back_is_no_fault(path: Path) -> None:
    with closing(Database(path, steps=(NOTES,))) as database:
        for _ in range(30):
            fill(database, 100)  # by and by the WAL is full, and goes into the file
        assert count(database) == 3_000


# Versions


def test_a_newer_file_is_refused_and_left_byte_for_byte(path: Path) -> None:
    Database(path, steps=(*STEPS, NOTES)).close()
    before = contents(path.parent)
    assert fault_of(path) is StorageFault.NEWER
    assert contents(path.parent) == before


def test_a_newer_file_is_recognised_by_what_is_still_in_its_wal(path: Path) -> None:
    """As it stands after a kill: the new version is committed, and not yet in the file."""
    Database(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as newer:
        newer.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
        killed = path.parent.with_name("killed")
        killed.mkdir()
        for name in (path.name, f"{path.name}-wal"):
            shutil.copy(path.with_name(name), killed / name)
    before = contents(killed)
    assert before[path.name][60:64] == len(STEPS).to_bytes(4, "big")
    assert fault_of(killed / path.name) is StorageFault.NEWER
    assert {name: contents(killed)[name] for name in before} == before


def test_a_migration_keeps_the_rows_and_a_copy_of_how_they_were(path: Path) -> None:
    with closing(Database(path, steps=(NOTES,))) as database:
        fill(database, 3, "kept")
    add_column = ("ALTER TABLE notes ADD COLUMN is_read INTEGER NOT NULL DEFAULT 0",)
    with closing(Database(path, steps=(NOTES, add_column))) as database:
        rows = database.rows("SELECT note, is_read FROM notes")
        assert [tuple(row) for row in rows] == [("kept", 0)] * 3
    copy = path.with_name(f"{path.name}.v1")
    with closing(Database(copy, steps=(NOTES,))) as database:
        assert [tuple(row) for row in database.rows("SELECT * FROM notes")] == [("kept",)] * 3


def test_a_step_that_fails_is_undone_with_its_version(path: Path) -> None:
    with closing(Database(path, steps=(NOTES,))) as database:
        fill(database, 2)
    broken = ("DELETE FROM notes", "CREATE TABLE more (a INTEGER) STRICT", "CREATE TABLE notes (a)")
    with pytest.raises(sqlite3.OperationalError):
        Database(path, steps=(NOTES, broken))
    with closing(Database(path, steps=(NOTES,))) as database:
        assert count(database) == 2
        assert database.rows("SELECT 1 FROM sqlite_schema WHERE name = 'more'") == []


def test_a_backup_holds_what_is_committed_and_replaces_an_older_one(
    path: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    copy.write_text("an older one")
    with closing(Database(path, steps=(NOTES,))) as database:
        fill(database, 5)
        database.backup(copy)
    with closing(Database(copy, steps=(NOTES,))) as database:
        assert count(database) == 5
    assert not list(tmp_path.glob("*.part*"))


def test_a_backup_that_cannot_be_made_leaves_the_older_one(path: Path, tmp_path: Path) -> None:
    with closing(Database(path, steps=(NOTES,))) as database:
        with pytest.raises(StorageError) as caught:
            database.backup(path / "below" / "copy.db")
        assert caught.value.fault is StorageFault.CANNOT_CREATE
        fill(database, 1)
        assert count(database) == 1


# Locks


@pytest.fixture
def locked(path: Path) -> Iterator[Path]:
    """The path of a database that another process is writing to."""
    Database(path).close()
    code = (
        "import sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('BEGIN IMMEDIATE')\n"
        "print('locked', flush=True)\n"
        "sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "locked\n"
        yield path
        other.communicate("")


def test_a_file_that_another_process_writes_to_is_locked(locked: Path) -> None:
    assert fault_of(locked) is StorageFault.LOCKED


def test_a_lock_that_comes_later_spoils_nothing(path: Path) -> None:
    with closing(Database(path, steps=(NOTES,), busy_timeout_ms=20)) as database:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StorageError) as caught:
                fill(database, 1)
            assert caught.value.fault is StorageFault.LOCKED
            assert count(database) == 0
        fill(database, 1)
        assert count(database) == 1


# Transactions and the disk


def test_a_transaction_is_all_or_nothing(path: Path) -> None:
    with closing(Database(path, steps=(NOTES,))) as database:
        with pytest.raises(ZeroDivisionError), database.transaction():
            database.run("INSERT INTO notes VALUES ('lost')")
            _ = 1 / 0
        assert count(database) == 0
        fill(database, 1)
    with closing(Database(path, steps=(NOTES,))) as database:
        assert count(database) == 1


def test_a_full_disk_undoes_the_transaction_and_nothing_else(path: Path) -> None:
    with closing(Database(path, steps=(NOTES,))) as database:
        fill(database, 4)
        database.max_pages = database.pages
        with pytest.raises(StorageError) as caught:
            fill(database, 50)
        assert caught.value.fault is StorageFault.FULL
        assert count(database) == 4
        database.max_pages = 10_000
        fill(database, 50)
        assert count(database) == 54


def test_a_full_disk_while_migrating_leaves_the_old_version(path: Path) -> None:
    with closing(Database(path, steps=(NOTES,))) as database:
        fill(database, 4)
    bounded = ("PRAGMA max_page_count = 1", "CREATE TABLE more (a INTEGER) STRICT")
    with pytest.raises(StorageError) as caught:
        Database(path, steps=(NOTES, bounded))
    assert caught.value.fault is StorageFault.FULL
    with closing(Database(path, steps=(NOTES,))) as database:
        assert count(database) == 4


def test_deleted_text_is_gone_from_the_file(path: Path) -> None:
    with closing(Database(path, steps=(NOTES,))) as database:
        fill(database, 3, "delete-this-text")
    assert b"delete-this-text" in path.read_bytes()
    with closing(Database(path, steps=(NOTES,))) as database:
        database.run("DELETE FROM notes")
    assert b"delete-this-text" not in path.read_bytes()


def test_another_thread_may_not_use_it(path: Path) -> None:
    caught: list[Exception] = []

    def use() -> None:
        try:
            database.rows("SELECT 1")
        except sqlite3.ProgrammingError as error:
            caught.append(error)

    with closing(Database(path)) as database:
        thread = threading.Thread(target=use)
        thread.start()
        thread.join()
    assert len(caught) == 1


def test_a_mistake_of_ours_is_not_dressed_up_as_the_disks(path: Path) -> None:
    with closing(Database(path)) as database:
        with pytest.raises(sqlite3.OperationalError):
            database.rows("SELECT no_such_column FROM robots")
        with pytest.raises(sqlite3.IntegrityError):
            database.run("INSERT INTO robots (robot_id) VALUES ('a')")


# Values


def test_texts_come_back_with_nuls_and_without_half_characters(path: Path) -> None:
    with closing(Database(path, steps=(NOTES,))) as database:
        for note in ("a\0b", "half \ud83d", "通知 😀"):
            database.run("INSERT INTO notes VALUES (?)", note)
        notes = [row[0] for row in database.rows("SELECT note FROM notes ORDER BY rowid")]
    assert notes == ["a\0b", "half \ufffd", "通知 😀"]


def test_json_keeps_half_characters_too(path: Path) -> None:
    value = {"text": "half \udc00, NUL \0, 通知"}
    assert from_json(to_json(value)) == value
    to_json(value).encode()
    assert "通知" in to_json({"text": "通知"})
    with pytest.raises(StorageError):
        from_json("[" * 100_000)


def test_times_come_back_to_the_microsecond() -> None:
    at = datetime(2026, 8, 22, 10, 32, 1, 123_457, tzinfo=UTC)
    assert from_micros(to_micros(at)) == at
    assert from_micros(to_micros(at.astimezone(timezone(timedelta(hours=8))))) == at
    assert from_micros(to_micros(datetime(1969, 1, 1, tzinfo=UTC))).year == 1969
