"""Sends that come from a file: taken into the history as they were, each once.

A line is a record as `evidence.records` writes it. What is known by its msgUuid is passed over; so
is what was not over when it was carried out, for nobody knows here what became of it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from dingcomposer.core.delivery import Status
from dingcomposer.core.payload import PayloadError
from dingcomposer.core.records import dataclass
from dingcomposer.storage.database import Database, StorageError, Value, to_micros
from dingcomposer.storage.evidence.chain import Chain
from dingcomposer.storage.evidence.records import FORMS
from dingcomposer.storage.history_rows import AttemptRow, SendRow, read_attempt, read_send
from dingcomposer.storage.search.index import SearchIndex

_TYPES: dict[str, tuple[type, ...]] = {"TEXT": (str,), "INTEGER": (int,), "REAL": (float, int)}


@dataclass(frozen=True, slots=True)
class ImportCount:
    """How many lines were taken in, were known, were not over, and could not be read."""

    added: int = 0
    known: int = 0
    open: int = 0
    unreadable: int = 0

    def __add__(self, other: "ImportCount") -> "ImportCount":
        return ImportCount(
            self.added + other.added,
            self.known + other.known,
            self.open + other.open,
            self.unreadable + other.unreadable,
        )


class SendImporter:
    """Takes records in, some at a time. Main thread; raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._index = SearchIndex(database)
        self._chain = Chain(database)
        self._columns = {
            table: {
                str(row["name"]): (str(row["type"]), bool(row["notnull"]))
                for row in database.rows(f"PRAGMA table_info({table})")
            }
            for table in ("sends", "attempts")
        }

    def add(self, records: Sequence[Mapping[str, Any] | None], at: datetime) -> ImportCount:
        """Take these in, in one transaction; None stands for a line that could not be read."""
        count = ImportCount()
        with self._database.transaction():
            for record in records:
                count += self._add(record, at)
        return count

    def _add(self, record: Mapping[str, Any] | None, at: datetime) -> ImportCount:
        read = None if record is None else self._read(record)
        if read is None:
            return ImportCount(unreadable=1)
        send, attempts = read
        if self._database.rows("SELECT 1 FROM sends WHERE msg_uuid = ?", send["msg_uuid"]):
            return ImportCount(known=1)
        if not Status(str(send["status"])).is_final:
            return ImportCount(open=1)
        send["imported_at"] = to_micros(at)
        self._database.insert("sends", send)
        key = int(self._database.rows("SELECT last_insert_rowid()")[0][0])
        for attempt in attempts:
            self._database.insert("attempts", {**attempt, "send_key": key})
        self._index.add((key,))
        self._chain.add_within(key)
        return ImportCount(added=1)

    def _read(
        self, record: Mapping[str, Any]
    ) -> tuple[dict[str, Value], list[dict[str, Value]]] | None:
        """The columns of a send and of its attempts; None where they are no such thing."""
        try:
            if record["form"] not in FORMS:
                return None
            of_send, of_attempt = FORMS[record["form"]]
            send = self._typed("sends", record["send"], of_send)
            attempts = [self._typed("attempts", one, of_attempt) for one in record["attempts"]]
            row = read_send({name: send.get(name) for name in SendRow.__dataclass_fields__})
            _ = row.message
            for one in attempts:
                made = {name: one.get(name) for name in AttemptRow.__dataclass_fields__}
                _ = read_attempt(made).trace
        except (KeyError, TypeError, ValueError, OverflowError, PayloadError, StorageError):
            return None
        if len({one["number"] for one in attempts}) != len(attempts):
            return None
        del send["key"]
        return send, attempts

    def _typed(
        self, table: str, values: Mapping[str, Any], names: Sequence[str]
    ) -> dict[str, Value]:
        """These columns, each of its type. Raises KeyError and TypeError."""
        typed: dict[str, Value] = {}
        for name in names:
            kind, must_be_there = self._columns[table][name]
            if not _fits(values[name], kind, must_be_there=must_be_there):
                raise TypeError(name)
            typed[name] = values[name]
        return typed


def _fits(value: object, kind: str, *, must_be_there: bool) -> bool:
    """Whether a column of this type can hold a value."""
    if value is None:
        return not must_be_there
    return isinstance(value, _TYPES[kind]) and not isinstance(value, bool)
