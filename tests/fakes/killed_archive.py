"""A program that writes, indexes, removes and backs up until it is killed, and says each step.

Orders are its arguments: the database's path, and a seed. Each step says that it begins, and that
it is over, once it is committed.
"""

import random
import sys
from datetime import UTC, datetime
from pathlib import Path

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Report, SendJob, Status
from dingcomposer.core.messages import Text
from dingcomposer.core.robot import Robot
from dingcomposer.interchange.exports.json_lines import JsonLinesFile
from dingcomposer.services.history.exports import ExportTask, export
from dingcomposer.storage.archive.reader import Reader
from dingcomposer.storage.archive.sums import SumStore
from dingcomposer.storage.database import Database
from dingcomposer.storage.disk.wal_sync import WalSync
from dingcomposer.storage.evidence.chain import Chain, RemovalReason
from dingcomposer.storage.evidence.verification import hash_unjoined
from dingcomposer.storage.history import HistoryStore
from dingcomposer.storage.rescue import Snapshot
from dingcomposer.storage.search.index import SearchIndex
from dingcomposer.storage.upkeep.backups import BackupFolder
from dingcomposer.storage.upkeep.retention import Removal

EXPORTED = "exported.jsonl"
STEPS = ("migrate", "prepare", "write", "index", "join", "remove", "merge", "backup", "export")


def tell(word: str, step: str, rest: str = "") -> None:
    """Say it at once: the next moment may be the last."""
    sys.stdout.write(f"{word} {step} {rest}\n")
    sys.stdout.flush()


class Worker:
    """What the program does, step by step."""

    def __init__(self, path: Path, chance: random.Random) -> None:
        self._path, self._chance = path, chance
        tell("begin", "migrate")
        self._database = Database(path)
        tell("end", "migrate")
        self._history = HistoryStore(self._database, wal_sync=WalSync(self._database))
        self._index = SearchIndex(self._database)
        self._count = 0

    def prepare(self) -> str:
        """Begin the index."""
        self._index.prepare()
        return ""

    def write(self) -> str:
        """A send and its outcome; its msgUuid."""
        self._count += 1
        uuid = f"new-{self._count}"
        at = datetime.now(UTC)
        self._history.add(SendJob(uuid, Robot("r-1", "运维群"), Text(f"停机 唯一{uuid}"), at))
        tell("added", "write", uuid)
        self._history.announce(Report(uuid, 1, Status.SENDING, at))
        self._history.complete(Report(uuid, 1, Status.REFUSED, at, cause=Cause.KEYWORD))
        return uuid

    def index(self) -> str:
        """A slice of what is older than the index."""
        self._index.build_slice(5)
        return ""

    def join(self) -> str:
        """A slice of what is older than the chain and the sums."""
        SumStore(self._database).add_slice(7)
        chain = Chain(self._database)
        progress = chain.progress()
        if not progress.is_over:
            reader = Reader(self._path)
            contents, key = hash_unjoined(reader, progress.joined_key, progress.born_key, 6)
            reader.close()
            chain.join(contents, key)
        return ""

    def remove(self) -> str:
        """The oldest sends that are there; their msgUuids are told before."""
        rows = self._database.rows("SELECT key, msg_uuid FROM sends ORDER BY key LIMIT 3")
        tell("removing", "remove", " ".join(row["msg_uuid"] for row in rows))
        keys = [row["key"] for row in rows]
        Removal(self._database).remove(keys, RemovalReason.RETENTION, datetime.now(UTC))
        return ""

    def merge(self) -> str:
        """A part of the index, without what was deleted; now and then the WAL too."""
        removal = Removal(self._database)
        removal.begin_purge()
        removal.purge_slice()
        if self._chance.random() < 0.3:
            removal.end_purge()
        return ""

    def backup(self) -> str:
        """A weekly backup."""
        snapshot = Snapshot(self._path)
        folder = BackupFolder(self._path)
        made = folder.write(snapshot, datetime.now(UTC), is_automatic=True)
        snapshot.close()
        return made.path.name

    def export(self) -> str:
        """Everything, as lines of JSON."""
        target = self._path.with_name(EXPORTED)
        task = ExportTask(
            self._path, target, None, JsonLinesFile, lambda stored: stored.record, step=3
        )
        for _ in export(task):
            pass
        return ""


def main() -> int:
    """Go on until killed."""
    path, seed = Path(sys.argv[1]), int(sys.argv[2])
    chance = random.Random(seed)
    worker = Worker(path, chance)
    steps = [step for step in STEPS if step != "migrate"]
    while True:
        step = chance.choices(steps, [1, 8, 4, 3, 2, 2, 1, 2])[0]
        tell("begin", step)
        tell("end", step, getattr(worker, step)())


if __name__ == "__main__":
    sys.exit(main())
