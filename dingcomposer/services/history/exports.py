"""Exports: sends are carried out into a file, one after the other; and read back from one.

Nothing half-written is left behind: a file is written beside its place, and put there when it is
whole. Where that lies is noted in the data folder, so that what a killed program left is removed at
the next start.
"""

import json
import os
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Protocol

from dingcomposer.core.records import dataclass
from dingcomposer.interchange.exports.json_lines import read_json_lines
from dingcomposer.interchange.exports.report import HtmlReport
from dingcomposer.services.history.long_task import Work
from dingcomposer.storage.archive.reader import LinkStretches, Reader, chain_lines, stored_sends
from dingcomposer.storage.evidence.records import Entry

STEP = 50
_NOTE = "unfinished-export.json"
IMPORT_ROWS = 100


class ExportFile(Protocol):
    """A file that is written item by item."""

    def add(self, item: Any, /) -> None:
        """Write one."""

    def abandon(self) -> None:
        """Let go of it."""


@dataclass(frozen=True, slots=True)
class ExportTask:
    """What is to be carried out: of which database, which sends (None: all), where to.

    `begin` makes the file, `item_of` what of a send is written to it. Both are called in whichever
    thread carries it out. It says how far it is after every `step` sends.
    """

    database: Path
    target: Path
    keys: Sequence[int] | None
    begin: Callable[[Path], ExportFile]
    item_of: Callable[[Any], Any]
    step: int = STEP


def export(task: ExportTask) -> Work:
    """Carry it out; how many sends there were. Raises OSError and StorageError."""
    unfinished = task.target.with_name(f".{task.target.name}.part")
    note = task.database.with_name(_NOTE)
    with suppress(OSError):  # a folder that may only be read: then a kill may leave something
        note.write_text(json.dumps(str(unfinished.absolute())), encoding="utf-8")
    file: Any = None
    try:
        with closing(Reader(task.database)) as reader, reader.snapshot():
            total = (
                int(reader.rows("SELECT count(*) FROM sends")[0][0])
                if task.keys is None
                else len(task.keys)
            )
            yield 0, total
            file = task.begin(unfinished)
            links, count = LinkStretches(), 0
            for stored in stored_sends(reader, task.keys):
                file.add(task.item_of(stored))
                count += 1
                if stored.link is not None and stored.link.entry is Entry.SEND:
                    links.add(stored.link.number)
                if count % task.step == 0:
                    yield count, total
            yield total, total
            if isinstance(file, HtmlReport):
                file.finish(chain_lines(reader, links))
            else:
                file.finish()
            file = None
        with unfinished.open("rb+") as written:
            os.fsync(written.fileno())
        unfinished.replace(task.target)
        return count
    finally:
        if file is not None:
            with suppress(OSError):
                file.abandon()
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
            note.unlink(missing_ok=True)


def remove_unfinished(database: Path) -> None:
    """Remove what a program that was killed while it exported has left half-written."""
    note = database.with_name(_NOTE)
    try:
        left = Path(json.loads(note.read_text(encoding="utf-8")))
        if left.name.startswith(".") and left.suffix == ".part":
            left.unlink(missing_ok=True)
        note.unlink()
    except (OSError, ValueError, TypeError):
        return  # nothing is noted, or it lies where nothing can be removed now


def read_back(path: Path) -> Work:
    """The records of a file of JSON Lines, in its order: as many as are readable, and how many not.

    Raises OSError and NotOurs.
    """
    size = path.stat().st_size
    records: list[dict[str, Any]] = []
    unreadable = 0
    for number, one in enumerate(read_json_lines(path), 1):
        if one.record is None:
            unreadable += 1
        else:
            records.append(one.record)
        if number % STEP == 0:
            yield one.position, size
    return records, unreadable
