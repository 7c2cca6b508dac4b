"""The database's file is deleted, replaced or overwritten while it is open. Real files."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dingcomposer.storage.database import Database, StorageError, StorageFault

NOTES = ("CREATE TABLE notes (note TEXT NOT NULL) STRICT",)

pytestmark = pytest.mark.skipif(
    os.name != "posix", reason="Windows keeps an open file in its place"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "dingcomposer.db"


@pytest.fixture(autouse=True)
def _expected(expect_log: Callable[[str], None]) -> None:
    expect_log("the database was .* while it was open|could not be written anew|could be read")


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    with closing(Database(path, steps=(NOTES,), busy_timeout_ms=50)) as database:
        for note in ("one", "two"):
            add(database, note)
        yield database


def add(database: Database, note: str) -> None:
    with database.transaction():
        database.run("INSERT INTO notes VALUES (?)", note)


def write_back(path: Path) -> None:
    """Another program writes something, and brings everything from the WAL into the file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("INSERT INTO notes VALUES ('of another')")
        assert other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0


def notes(database: Database) -> list[str]:
    return [row[0] for row in database.rows("SELECT note FROM notes ORDER BY rowid")]


def notes_on_disk(path: Path) -> list[str]:
    with closing(Database(path, steps=(NOTES,))) as other:
        return notes(other)


def unlink(path: Path) -> None:
    path.unlink()


def unlink_all(path: Path) -> None:
    for file in path.parent.iterdir():
        file.unlink()


def unlink_wal(path: Path) -> None:
    path.with_name(f"{path.name}-wal").unlink()


def remove_folder(path: Path) -> None:
    shutil.rmtree(path.parent)


def move_folder(path: Path) -> None:
    path.parent.rename(path.parent.with_name("tidied"))


def replace(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(b"somebody else's")
    other.replace(path)


def replace_by_database(path: Path) -> None:
    other = path.with_name("other")
    Database(other, steps=(NOTES,)).close()
    other.replace(path)


def replace_by_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def overwrite(path: Path) -> None:
    path.write_bytes(b"garbage!" * 2_000)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def spoil_the_end(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4_096)
        file.write(b"garbage!" * 128)


def overwrite_by_an_earlier_state(path: Path) -> None:
    """Of the same size, with the same header."""
    path.write_bytes(path.read_bytes().replace(b"two", b"too"))


def overwrite_by_older_copy(path: Path) -> None:
    other = path.with_name("other")
    Database(other, steps=(NOTES, ("CREATE TABLE more (a) ",))).close()
    path.write_bytes(other.read_bytes())
    other.unlink()


WAYS = {
    unlink: StorageFault.DELETED,
    unlink_all: StorageFault.DELETED,
    unlink_wal: StorageFault.DELETED,
    remove_folder: StorageFault.DELETED,
    move_folder: StorageFault.DELETED,
    replace: StorageFault.REPLACED,
    replace_by_database: StorageFault.REPLACED,
    replace_by_folder: StorageFault.REPLACED,
    overwrite: StorageFault.OVERWRITTEN,
    empty: StorageFault.OVERWRITTEN,
    overwrite_by_older_copy: StorageFault.OVERWRITTEN,
}


@pytest.mark.parametrize(("do", "fault"), WAYS.items(), ids=[way.__name__ for way in WAYS])
@pytest.mark.parametrize("is_checkpointed", [False, True])
def test_a_change_is_refused_once_and_everything_stands_in_a_new_file(
    database: Database,
    path: Path,
    do: Callable[[Path], None],
    fault: StorageFault,
    is_checkpointed: bool,
) -> None:
    if is_checkpointed:
        write_back(path)
        database.hold_in_memory()
        add(database, "three")
    before = notes(database)
    restored: list[None] = []
    database.on_restored = lambda: restored.append(None)
    do(path)
    with pytest.raises(StorageError) as caught:
        add(database, "not this one")
    assert caught.value.fault is fault
    assert restored == [None]
    assert notes(database) == before
    add(database, "and on")
    database.close()
    assert notes_on_disk(path) == [*before, "and on"]


@pytest.mark.parametrize("do", [spoil_the_end, overwrite_by_an_earlier_state])
def test_what_was_changed_behind_an_unchanged_header_is_noticed_and_mended(
    database: Database, path: Path, do: Callable[[Path], None]
) -> None:
    write_back(path)
    database.run("DELETE FROM notes WHERE note = 'nobody'")  # it learns of the other program
    database.hold_in_memory()
    before = notes(database)
    was = path.read_bytes()
    do(path)
    assert path.read_bytes()[:100] == was[:100]
    assert path.read_bytes() != was
    with pytest.raises(StorageError) as caught:
        add(database, "not this one")
    assert caught.value.fault is StorageFault.OVERWRITTEN
    assert notes(database) == before
    database.close()
    assert notes_on_disk(path) == before


def test_a_statement_without_a_transaction_is_refused_too(database: Database, path: Path) -> None:
    path.unlink()
    with pytest.raises(StorageError) as caught:
        database.insert("notes", {"note": "not this one"})
    assert caught.value.fault is StorageFault.DELETED
    database.insert("notes", {"note": "and on"})
    assert notes_on_disk(path) == ["one", "two", "and on"]


@pytest.mark.parametrize("do", [replace, overwrite])
def test_what_stands_there_instead_is_set_aside_byte_for_byte(
    database: Database, path: Path, do: Callable[[Path], None]
) -> None:
    database.hold_in_memory()
    do(path)
    theirs = path.read_bytes()
    with pytest.raises(StorageError):
        add(database, "not this one")
    assert path.with_name(f"{path.name}.aside-1").read_bytes() == theirs
    do(path)
    with pytest.raises(StorageError):
        add(database, "nor this one")
    assert path.with_name(f"{path.name}.aside-2").read_bytes() == theirs
    assert notes(database) == ["one", "two"]


def test_what_was_deleted_is_written_anew_when_the_program_ends(
    database: Database, path: Path
) -> None:
    shutil.rmtree(path.parent)
    database.close()
    assert notes_on_disk(path) == ["one", "two"]


def test_a_database_that_replaced_ours_keeps_its_wal(database: Database, path: Path) -> None:
    with closing(Database(path.with_name("other"), steps=(NOTES,))) as other:
        add(other, "theirs")
        for end in ("", "-wal", "-shm"):
            shutil.copy(path.with_name(f"other{end}"), path.with_name(f"copy{end}"))
    for end in ("", "-wal", "-shm"):
        path.with_name(f"copy{end}").replace(path.with_name(f"{path.name}{end}"))
    database.close()
    assert notes_on_disk(path) == ["one", "two"]
    assert notes_on_disk(path.with_name(f"{path.name}.aside-1")) == ["theirs"]


def test_where_nothing_can_be_written_anew_it_is_said_until_it_can(
    database: Database, path: Path
) -> None:
    shutil.rmtree(path.parent)
    path.parent.write_text("in the way")
    for _ in range(2):
        with pytest.raises(StorageError) as caught:
            add(database, "not this one")
        assert caught.value.fault is StorageFault.LOST
    assert notes(database) == ["one", "two"]
    path.parent.unlink()
    with pytest.raises(StorageError) as caught:
        add(database, "not this one")
    assert caught.value.fault is StorageFault.DELETED
    assert notes_on_disk(path) == ["one", "two"]


def test_nothing_is_written_over_a_folder_that_another_program_has_taken(path: Path) -> None:
    with closing(Database(path, steps=(NOTES,), may_restore=lambda: False)) as database:
        path.unlink()
        with pytest.raises(StorageError) as caught:
            add(database, "not this one")
        assert caught.value.fault is StorageFault.LOST
    assert not path.exists()


def test_a_large_database_that_was_overwritten_keeps_what_can_be_read(path: Path) -> None:
    """More than SQLite keeps in memory: what is lost is lost, the rest is not."""
    with closing(Database(path, steps=(NOTES,))) as database:
        for _ in range(60):
            with database.transaction():
                for _ in range(100):
                    database.run("INSERT INTO notes VALUES (?)", "x" * 3_000)
        write_back(path)
        database.hold_in_memory()
        add(database, "the newest")
        overwrite(path)
        with pytest.raises(StorageError) as caught:
            add(database, "not this one")
        assert caught.value.fault is StorageFault.OVERWRITTEN
        add(database, "and on")
    assert notes_on_disk(path)[-1] == "and on"
