"""Backups are whole, few, and lead back; whatever happens in between."""

import resource
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from dingcomposer.storage.database import Database, StorageError, StorageFault
from dingcomposer.storage.history import HistoryStore
from dingcomposer.storage.migrations import STEPS
from dingcomposer.storage.rescue import CopyCancelled, Snapshot
from dingcomposer.storage.upkeep.backups import (
    EVERY,
    KEPT,
    Backup,
    BackupFolder,
    apply_restore,
    check_backup,
)
from tests.fakes.archives import NOW, Archive


def write(archive: Archive, days: int = 0, *, is_automatic: bool = False) -> Backup:
    snapshot = Snapshot(archive.path)
    try:
        at = NOW + timedelta(days=days)
        return BackupFolder(archive.path).write(snapshot, at, is_automatic=is_automatic)
    finally:
        snapshot.close()


def sends(path: Path) -> int:
    with closing(sqlite3.connect(path)) as reader:
        return int(reader.execute("SELECT count(*) FROM sends").fetchone()[0])


def test_a_backup_is_the_moment_at_which_it_was_begun(archive: Archive) -> None:
    archive.build()
    archive.add("一")
    snapshot = Snapshot(archive.path)
    archive.add("二")
    made = BackupFolder(archive.path).write(snapshot, NOW, is_automatic=False)
    snapshot.close()
    assert sends(made.path) == 1
    assert made.path.stat().st_mode & 0o077 == 0
    found = check_backup(made.path)
    assert (found.problem, found.sends) == (None, 1)
    assert found.newest_at == NOW + timedelta(seconds=1)


def test_five_weekly_ones_are_kept_and_those_on_demand_stay(archive: Archive) -> None:
    folder = BackupFolder(archive.path)
    archive.add("一")
    assert folder.is_due(NOW)
    on_demand = write(archive)
    for week in range(7):
        assert folder.is_due(NOW + week * EVERY)
        write(archive, 7 * week, is_automatic=True)
        assert not folder.is_due(NOW + week * EVERY + timedelta(days=6))
    kept = folder.list()
    assert [one.made_at for one in kept if one.is_automatic] == [
        NOW + week * EVERY for week in (6, 5, 4, 3, 2)
    ]
    assert len(kept) == KEPT + 1
    assert kept[-1] == on_demand


def test_a_cancelled_one_leaves_nothing(archive: Archive) -> None:
    archive.add("一")
    snapshot = Snapshot(archive.path)
    snapshot.cancel()
    with pytest.raises(CopyCancelled):
        BackupFolder(archive.path).write(snapshot, NOW, is_automatic=True)
    snapshot.close()
    assert list(BackupFolder(archive.path).path.iterdir()) == []


def test_what_waits_to_be_restored_goes_with_all_backups(archive: Archive) -> None:
    archive.add("一")
    folder = BackupFolder(archive.path)
    folder.prepare_restore(write(archive, is_automatic=False).path)
    assert folder.remove_all() == 2
    assert not apply_restore(archive.path)


def test_what_is_no_sound_backup_is_told_apart(archive: Archive, tmp_path: Path) -> None:
    archive.add("一" * 50_000)
    made = write(archive)
    data = bytearray(made.path.read_bytes())
    torn = tmp_path / "torn.sqlite3"
    torn.write_bytes(data[: len(data) // 2])
    assert check_backup(torn).problem is StorageFault.DAMAGED
    data[60:64] = (len(STEPS) + 1).to_bytes(4, "big")
    newer = tmp_path / "newer.sqlite3"
    newer.write_bytes(data)
    assert check_backup(newer).problem is StorageFault.NEWER
    foreign = tmp_path / "foreign.sqlite3"
    with closing(sqlite3.connect(foreign)) as other:
        other.execute("CREATE TABLE x (y)")
    assert check_backup(foreign).problem is StorageFault.FOREIGN
    words = tmp_path / "words.sqlite3"
    words.write_text("no database" * 500, encoding="utf-8")
    assert check_backup(words).problem is StorageFault.DAMAGED


def test_a_restored_backup_takes_the_place_at_the_next_start_and_what_was_there_is_kept(
    archive: Archive,
) -> None:
    archive.build()
    archive.add("之前")
    made = write(archive)
    archive.add("之后")
    BackupFolder(archive.path).prepare_restore(made.path)
    assert not archive.path.with_name(f"{archive.path.name}.aside-1").exists()
    archive.close()
    assert apply_restore(archive.path)
    assert not apply_restore(archive.path)
    with closing(Archive(archive.path)) as again:
        assert len(again.history.all_sends()) == 1
        assert again.find("之前") == [1]
        assert again.find("之后") == []
    assert sends(archive.path.with_name(f"{archive.path.name}.aside-1")) == 2


def test_a_backup_of_an_earlier_schema_is_brought_up_to_date(
    archive: Archive, tmp_path: Path
) -> None:
    old = tmp_path / "old.sqlite3"
    Database(old, steps=STEPS[:3]).close()
    assert check_backup(old).problem is None
    archive.close()
    BackupFolder(archive.path).prepare_restore(old)
    assert apply_restore(archive.path)
    with closing(Database(archive.path)) as database:
        assert len(HistoryStore(database).all_sends()) == 0


def test_a_large_file_is_copied_before_its_migration_while_it_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dingcomposer.storage.database.COPIED_AT_ONCE_BYTES", 0)
    path = tmp_path / "large.sqlite3"
    Database(path, steps=STEPS[:-1]).close()
    with closing(Archive(path)) as archive:
        assert archive.database.before_migrating is not None
        snapshot, to = archive.database.before_migrating
        archive.add("新")
        assert not to.exists()
        snapshot.copy_to(to)
        with closing(sqlite3.connect(to)) as copy:
            assert copy.execute("PRAGMA user_version").fetchone() == (len(STEPS) - 1,)
        assert sends(to) == 0


def test_a_disk_that_takes_nothing_is_a_sentence(archive: Archive) -> None:
    archive.add("一")
    BackupFolder(archive.path).path.write_text("a file in its place", encoding="utf-8")
    with pytest.raises(StorageError) as caught:
        write(archive)
    assert caught.value.fault is StorageFault.CANNOT_CREATE


def test_a_disk_that_is_full_halfway_keeps_the_backups_before(archive: Archive) -> None:
    for number in range(200):
        archive.add(f"{number} {'满' * 200}")
    first = write(archive, is_automatic=False)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (archive.path.stat().st_size // 2, before[1]))
    try:
        with pytest.raises(StorageError):
            write(archive)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    folder = BackupFolder(archive.path)
    assert [one.path for one in folder.list()] == [first.path]
    assert [path.name for path in folder.path.iterdir()] == [first.path.name]
