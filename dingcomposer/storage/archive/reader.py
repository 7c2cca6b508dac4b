"""A connection that only reads, for work off the main thread: searches, exports, checks."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path

from dingcomposer.core.records import dataclass
from dingcomposer.storage.database import BUSY_TIMEOUT_MS, Row, Value
from dingcomposer.storage.disk.faults import faults
from dingcomposer.storage.evidence.chain import ATTEMPTS_SQL, SEND_SQL
from dingcomposer.storage.evidence.records import (
    START,
    ChainLink,
    Entry,
    StoredColumns,
    fitting_record,
    record_of,
)
from dingcomposer.storage.history_rows import AttemptRow, SendRow, read_attempt, read_send

SLICE = 200


class Reader:
    """The database as it stands, read by the thread that made this. Raises StorageError.

    It never writes, and never keeps the main thread from writing (WAL).
    """

    def __init__(self, path: Path) -> None:
        with faults():
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro",
                uri=True,
                isolation_level=None,
                timeout=BUSY_TIMEOUT_MS / 1000,
                check_same_thread=False,  # `interrupt` alone is called from another thread
            )
        self._connection.row_factory = Row

    def rows(self, sql: str, *values: Value) -> list[Row]:
        """All rows that a query finds."""
        with faults():
            return self._connection.execute(sql, values).fetchall()

    def iterate(self, sql: str, *values: Value) -> Iterator[Row]:
        """The rows that a query finds, one after the other."""
        with faults():
            yield from self._connection.execute(sql, values)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is read inside is of one moment, however long it takes."""
        with faults():
            self._connection.execute("BEGIN")
            self._connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall()
        try:
            yield
        finally:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")

    def interrupt(self) -> None:
        """End the query that is under way: it raises. Any thread may call this."""
        self._connection.interrupt()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


@dataclass(frozen=True, slots=True)
class StoredSend:
    """All that is known of one send. `link` is its newest one, None where it has none yet.

    `columns` and `made` are the send and its attempts as they stand in their tables.
    """

    row: SendRow
    attempts: tuple[AttemptRow, ...]
    link: ChainLink | None
    columns: StoredColumns
    made: tuple[StoredColumns, ...]

    @property
    def record(self) -> str:
        """What its link in the chain stands for."""
        if self.link is not None and self.link.entry is Entry.SEND:
            fitting = fitting_record(self.columns, self.made, self.link.content)
            if fitting is not None:
                return fitting
        return record_of(self.columns, self.made)


def stored_sends(reader: Reader, keys: Sequence[int] | None = None) -> Iterator[StoredSend]:
    """These sends in this order, or all of them, the newest first; never many at once.

    Of what is gone by now nothing is told.
    """
    wanted = (
        (int(row["key"]) for row in reader.iterate("SELECT key FROM sends ORDER BY key DESC"))
        if keys is None
        else iter(keys)
    )
    while some := list(islice(wanted, SLICE)):
        marks = ", ".join("?" * len(some))
        sends = {
            row["key"]: row for row in reader.rows(f"{SEND_SQL} WHERE key IN ({marks})", *some)
        }
        made: dict[int, list[Row]] = defaultdict(list)
        for one in reader.rows(
            f"{ATTEMPTS_SQL} WHERE send_key IN ({marks}) ORDER BY send_key, number", *some
        ):
            made[one["send_key"]].append(one)
        links = {
            row["send_key"]: ChainLink(**{**dict(row), "entry": Entry(row["entry"])})
            for row in reader.rows(
                "SELECT number, entry, send_key, content, digest FROM chain"
                f" WHERE send_key > 0 AND send_key IN ({marks}) ORDER BY number",
                *some,
            )
        }
        for key in some:
            if key in sends:
                yield _stored(sends[key], made[key], links.get(key))


def _stored(send: Row, made: Sequence[Row], link: ChainLink | None) -> StoredSend:
    row = read_send({name: send[name] for name in SendRow.__dataclass_fields__})
    attempts = [
        read_attempt({name: one[name] for name in AttemptRow.__dataclass_fields__}) for one in made
    ]
    return StoredSend(row, tuple(attempts), link, send, tuple(made))


MOST_GAP = 2_000
"""Links between two that are told; where there are more, a new stretch of the chain begins."""


class LinkStretches:
    """Numbers of links, in any order, as the stretches that they stand in: a million stay small."""

    def __init__(self) -> None:
        self._ends: dict[int, tuple[int, int]] = {}  # of each MOST_GAP numbers the least and most

    def add(self, number: int) -> None:
        """Another link."""
        least, most = self._ends.get(number // MOST_GAP, (number, number))
        self._ends[number // MOST_GAP] = min(least, number), max(most, number)

    def all(self) -> list[tuple[int, int]]:
        """From which number to which, in their order."""
        found: list[tuple[int, int]] = []
        for _, (least, most) in sorted(self._ends.items()):
            if found and least - found[-1][1] <= MOST_GAP:
                found[-1] = found[-1][0], most
            else:
                found.append((least, most))
        return found


def chain_lines(reader: Reader, links: LinkStretches) -> Iterator[str]:
    """The part of the chain that these links stand in, on to its head, as text.

    A line for each link: number, entry, send key, content, digest; and "before" with the digest
    before the first one of each stretch.
    """
    head = reader.rows("SELECT max(number) FROM chain")[0][0]
    if head is None:
        return
    links.add(int(head))
    for first, last in links.all():
        before = reader.rows("SELECT digest FROM chain WHERE number = ?", first - 1)
        yield f"before {(before[0][0] if before else START).hex()}"
        for link in reader.iterate(
            "SELECT number, entry, send_key, content, digest FROM chain"
            " WHERE number BETWEEN ? AND ? ORDER BY number",
            *(first, last),
        ):
            yield (
                f"{link['number']} {link['entry']} {link['send_key']}"
                f" {link['content'].hex()} {link['digest'].hex()}"
            )
