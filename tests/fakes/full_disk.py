"""The history on a disk that is full: each thing that it does, begun with a little room or none.

Orders are its arguments: a folder of a small file system of its own, and one beside it for what is
made before. It tells what became of each, and ends with a traceback where anything was broken.
"""

import os
import shutil
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Status
from dingcomposer.services.history.exports import ExportTask, export
from dingcomposer.storage.archive.reader import Reader
from dingcomposer.storage.disk.faults import StorageError, StorageFault, os_fault
from dingcomposer.storage.evidence.chain import RemovalReason
from dingcomposer.storage.evidence.verification import verified
from dingcomposer.storage.rescue import Snapshot
from dingcomposer.storage.search.index import count_missing
from dingcomposer.storage.upkeep.backups import BackupFolder, check_backup
from dingcomposer.storage.upkeep.retention import Removal
from dingcomposer.ui.history.export.items import export_item, file_of, report_words
from dingcomposer.ui.texts.archive.exports import ExportFormat
from tests.fakes.archives import NOW, Archive
from tests.fakes.old_schemas import SENDS, unpack

ROOM_KIB = (0, 12, 48, 160, 400)
SENDS_BEFORE = 250
OLD = 10


class Disk:
    """The small file system, with as much of it taken as is wanted."""

    def __init__(self, folder: Path) -> None:
        self._filler = folder / "filler"

    def leave(self, kib: int) -> None:
        """Take all of it but so much."""
        with self._filler.open("wb", buffering=0) as file, suppress(OSError):
            while file.write(bytes(4096)) == 4096:
                pass
        os.truncate(self._filler, max(self._filler.stat().st_size - kib * 1024, 0))

    def free(self) -> None:
        """Let go of it."""
        self._filler.unlink(missing_ok=True)


def write(archive: Archive) -> None:
    """Sends with their outcomes."""
    for _ in range(120):
        archive.add(f"停机 {'满' * 700}", status=Status.REFUSED, cause=Cause.KEYWORD)


def index(archive: Archive) -> None:
    """An index where there is none."""
    archive.index.mark_damaged()
    archive.build()


def remove(archive: Archive) -> None:
    """Sends of the past, for good."""
    removal = Removal(archive.database)
    keys = [row["key"] for row in archive.database.rows("SELECT key FROM sends LIMIT 60")]
    removal.remove(keys, RemovalReason.RETENTION, NOW)
    removal.begin_purge()
    while removal.purge_slice():
        pass
    removal.end_purge()


def back_up(archive: Archive) -> None:
    """A weekly backup."""
    with closing(Snapshot(archive.path)) as snapshot:
        BackupFolder(archive.path).write(snapshot, NOW, is_automatic=True)


def carry_out(chosen: ExportFormat) -> Callable[[Archive], None]:
    """Everything in one form."""

    def step(archive: Archive) -> None:
        target = archive.path.with_name(f"out.{chosen.value}")
        words = report_words("", 1, None, NOW)
        task = ExportTask(archive.path, target, None, file_of(chosen, words), export_item(chosen))
        for _ in export(task):
            pass

    return step


STEPS: dict[str, Callable[[Archive], None]] = {
    "write": write,
    "index": index,
    "remove": remove,
    "backup": back_up,
    **{one.value: carry_out(one) for one in ExportFormat if one is not ExportFormat.PDF},
}


def fault_of(work: Callable[[], object]) -> StorageFault | None:
    """What kept it from its end; None where nothing did."""
    try:
        work()
    except StorageError as error:
        return error.fault
    except OSError as error:
        return os_fault(error)
    return None


def check(archive: Archive) -> None:
    """Nothing is broken, half-written or forgotten."""
    rows = archive.database.rows
    assert rows("PRAGMA integrity_check")[0][0] == "ok"
    with closing(Reader(archive.path)) as reader:
        assert count_missing(reader.rows) == 0
    assert verified(archive.path).is_whole
    assert not archive.index.state.table or archive.index.check()
    assert not list(archive.path.parent.rglob("*.part"))
    for backup in BackupFolder(archive.path).list():
        assert check_backup(backup.path).problem is None


def tell(name: str, room_kib: int, fault: StorageFault | None) -> None:
    """One line for each trial."""
    sys.stdout.write(f"{name} {room_kib} {'done' if fault is None else fault.value}\n")
    sys.stdout.flush()


def main() -> int:
    """Try each thing with each amount of room."""
    application = QCoreApplication([])
    small, beside = Path(sys.argv[1]), Path(sys.argv[2])
    disk = Disk(small)
    with closing(Archive(beside / "before.sqlite3")) as archive:
        archive.build()
        for number in range(SENDS_BEFORE):
            archive.add(f"停机 {number} {'检修通知' * 60}")
    unpack(OLD, beside / "old.sqlite3")
    for name, step in STEPS.items():
        for room_kib in ROOM_KIB:
            folder = small / "data"
            folder.mkdir()
            path = folder / "history.sqlite3"
            shutil.copyfile(beside / "before.sqlite3", path)
            with closing(Archive(path)) as archive:
                archive.count = SENDS_BEFORE + 1
                disk.leave(room_kib)
                tell(name, room_kib, fault_of(lambda: step(archive)))  # noqa: B023
                disk.free()
                check(archive)
                assert fault_of(lambda: step(archive)) is None  # noqa: B023
                check(archive)
            shutil.rmtree(folder)
    for room_kib in ROOM_KIB:
        folder = small / "data"
        folder.mkdir()
        path = folder / "history.sqlite3"
        shutil.copyfile(beside / "old.sqlite3", path)
        disk.leave(room_kib)
        tell("migrate", room_kib, fault_of(lambda: Archive(path).close()))  # noqa: B023
        disk.free()
        with closing(Archive(path)) as archive:
            assert len(archive.history.all_sends()) == SENDS
            archive.build()
            assert archive.database.rows("PRAGMA integrity_check")[0][0] == "ok"
            assert len(archive.find("停机")) == SENDS
        shutil.rmtree(folder)
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main())
