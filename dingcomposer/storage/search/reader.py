"""Reads what a question finds, over a connection that only reads, in a thread of its own.

The newest sends come first, a piece at a time, so that the first ones can be shown while the rest
is counted. What the index does not hold (yet) is read through, text by text.
"""

import sqlite3
import threading
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from heapq import merge
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from dingcomposer.core.delivery import Status
from dingcomposer.core.records import dataclass
from dingcomposer.core.search.matching import matches
from dingcomposer.core.search.query import Query, SearchField, time_span
from dingcomposer.storage.database import to_micros
from dingcomposer.storage.search.documents import COLUMNS, document_of
from dingcomposer.storage.search.expressions import expression_of
from dingcomposer.storage.search.index import BLOCK_BITS, VERSION

FIRST_ROWS = 60
"""So many sends are found for the first answer: more than a window shows."""

_CACHE_KIB = 8_000
_CHUNK = 20_000
_SCANNED = 200
_IN_A_BLOCK = (1 << BLOCK_BITS) - 1


@dataclass(frozen=True, slots=True)
class SearchTask:
    """A question, with what it depends on: people's names by number or id, and the local time.

    `number` tells it from those before and after.
    """

    number: int
    query: Query
    names: tuple[tuple[str, str], ...]
    now: datetime


@dataclass(frozen=True, slots=True)
class FoundKeys:
    """Some of the sends that a question finds, the newest first, behind those already told.

    `is_last`: there are no more. `is_damaged`: the index cannot be relied on.
    """

    number: int
    keys: "array[int]"
    is_last: bool
    is_damaged: bool = False


class SearchReader:
    """Finds sends. One thread searches; `cancel` and `close` may be called by any."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None
        self._busy = threading.Lock()
        self._wanted = 0
        self._is_closed = False
        self._found: Iterator[FoundKeys] | None = None

    def want(self, number: int) -> None:
        """From now on only this question matters: what is under way for another one ends."""
        self._wanted = number
        self._interrupt()

    def close(self) -> None:
        """End what is under way, and let go of the file."""
        self._is_closed = True
        self._wanted = -1
        self._interrupt()
        with self._busy:
            self._let_go()

    def begin(self, task: SearchTask) -> FoundKeys | None:
        """The first sends that a question finds; None where it does not matter any more."""
        with self._busy:
            if task.number != self._wanted or self._is_closed:
                return None
            self._found = None
            try:
                self._open()
                self._found = self._search(task)
                return next(self._found, None)
            except (sqlite3.Error, _Superseded, _Damaged, OSError) as error:
                return self._failed(task, error)

    def go_on(self, task: SearchTask) -> FoundKeys | None:
        """The next sends of the question that was begun last."""
        with self._busy:
            if task.number != self._wanted or self._is_closed:
                self._found = None  # it holds a transaction
            if self._found is None:
                return None
            try:
                return next(self._found, None)
            except (sqlite3.Error, _Superseded, _Damaged, OSError) as error:
                return self._failed(task, error)

    # The connection

    def _interrupt(self) -> None:
        connection = self._connection
        if connection is not None:
            with suppress(sqlite3.Error):
                connection.interrupt()

    def _open(self) -> None:
        """Open the file, anew where another one stands in its place by now."""
        found = self._path.stat()
        identity = found.st_dev, found.st_ino
        if self._connection is not None and identity == self._identity:
            return
        self._let_go()
        connection = sqlite3.connect(
            f"{self._path.absolute().as_uri()}?mode=ro",
            uri=True,
            isolation_level=None,
            check_same_thread=False,  # `_busy` sees to it that there is one at a time
        )
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA query_only = ON")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        self._connection, self._identity = connection, identity

    def _let_go(self) -> None:
        self._found = None
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _failed(self, task: SearchTask, error: Exception) -> FoundKeys | None:
        self._found = None
        code = getattr(error, "sqlite_errorcode", None)
        if isinstance(error, _Superseded) or code == sqlite3.SQLITE_INTERRUPT:
            return None
        return FoundKeys(task.number, array("q"), is_last=True, is_damaged=True)

    def _rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        assert self._connection is not None
        return self._connection.execute(sql, values).fetchall()

    # The search

    def _search(self, task: SearchTask) -> Iterator[FoundKeys]:
        """All that is found, in pieces. It is one reading transaction while the index answers."""
        keys = self._keys(task)
        first = array("q", islice(keys, FIRST_ROWS))
        yield FoundKeys(task.number, first, is_last=len(first) < FIRST_ROWS)
        while len(first) == FIRST_ROWS:
            chunk = array("q", islice(keys, _CHUNK))
            is_last = len(chunk) < _CHUNK
            yield FoundKeys(task.number, chunk, is_last=is_last)
            if is_last:
                return

    def _keys(self, task: SearchTask) -> Iterator[int]:
        """The keys of what is found, the newest first."""
        names = dict(task.names)
        blocks = self._rows("SELECT block, first_at, last_at FROM send_blocks WHERE sends > 0")
        span = _TimeFilter(task, [dict(row) for row in blocks])
        state = self._rows("SELECT version, generation, from_key FROM search_state WHERE only = 1")[
            0
        ]
        if not task.query.terms and not (set(SearchField) - {SearchField.TIME}) & _fields(
            task.query
        ):
            yield from self._in_time(span)
            return
        if state["version"] != VERSION:
            yield from self._read_through(task, names, span.highest + 1, span.lowest)
            return
        from_key = max(state["from_key"], span.lowest)
        # What is under way has no status in the index.
        under_way = self._rows(
            "SELECT key FROM sends WHERE status IN (?, ?) AND key BETWEEN ? AND ?",
            *(Status.QUEUED, Status.SENDING, from_key, span.highest),
        )
        skipped = {row["key"] for row in under_way}
        part = _Indexed(f"send_words_{state['generation']}", from_key, skipped)
        yield from merge(
            self._checked(task, names, iter(sorted(skipped, reverse=True))),
            self._indexed(task, names, span, part),
            reverse=True,
        )
        if state["from_key"] > span.lowest:
            below = min(state["from_key"], span.highest + 1)
            yield from self._read_through(task, names, below, span.lowest)

    def _indexed(
        self,
        task: SearchTask,
        names: Mapping[str, str],
        span: "_TimeFilter",
        part: "_Indexed",
    ) -> Iterator[int]:
        """What the index answers. Its first hits are looked up: one that is none shows a damage."""
        assert self._connection is not None
        facets = {
            (SearchField(row["field"]), row["value"]): row["number"]
            for row in self._rows("SELECT field, value, number FROM search_facets")
        }
        expression = expression_of(task.query, facets, names)
        if not expression.match:
            return
        cursor = self._connection.execute(
            f"SELECT rowid FROM {part.table} WHERE {part.table} MATCH ? AND rowid BETWEEN ? AND ?"
            " ORDER BY rowid DESC",
            (expression.match, part.from_key, span.highest),
        )
        keys = (key for key in _each(cursor) if key not in part.skipped)
        if not expression.is_exact:
            yield from self._checked(task, names, keys)
            return
        if not span.is_open:
            keys = (key for key in keys if span.holds(key, self._time_of))
        first = list(islice(keys, FIRST_ROWS))
        if list(self._checked(task, names, iter(first))) != first:
            raise _Damaged
        yield from first
        yield from keys

    def _in_time(self, span: "_TimeFilter") -> Iterator[int]:
        """All sends of a time."""
        assert self._connection is not None
        cursor = self._connection.execute(
            "SELECT key FROM sends WHERE key BETWEEN ? AND ? ORDER BY key DESC",
            (span.lowest, span.highest),
        )
        return (key for key in _each(cursor) if span.holds(key, self._time_of))

    def _checked(
        self, task: SearchTask, names: Mapping[str, str], keys: Iterator[int]
    ) -> Iterator[int]:
        """Those of the keys whose sends are what is looked for, by their texts."""
        while some := list(islice(keys, FIRST_ROWS)):
            marks = ", ".join("?" * len(some))
            rows = self._rows(f"SELECT {COLUMNS} FROM sends WHERE key IN ({marks})", *some)
            held = {
                row["key"]
                for row in rows
                if matches(task.query, document_of(dict(row)), names, task.now)
            }
            yield from (key for key in some if key in held)

    def _read_through(
        self, task: SearchTask, names: Mapping[str, str], below: int, lowest: int
    ) -> Iterator[int]:
        """What the texts themselves say, where there is no index."""
        while True:
            self._demand_wanted(task)
            rows = self._rows(
                f"SELECT {COLUMNS} FROM sends WHERE key < ? AND key >= ? ORDER BY key DESC LIMIT ?",
                *(below, lowest, _SCANNED),
            )
            if not rows:
                return
            for row in rows:
                if matches(task.query, document_of(dict(row)), names, task.now):
                    yield row["key"]
            below = rows[-1]["key"]

    def _time_of(self, key: int) -> int:
        return int(self._rows("SELECT created_at FROM sends WHERE key = ?", key)[0][0])

    def _demand_wanted(self, task: SearchTask) -> None:
        if task.number != self._wanted:
            raise _Superseded


class _Superseded(Exception):
    """Another question is wanted by now."""


class _Damaged(Exception):
    """The index says what is not so."""


class _Indexed(NamedTuple):
    """What the index answers for: its table, from a key on, but for some."""

    table: str
    from_key: int
    skipped: set[int]


class _TimeFilter:
    """The filters by time as keys: from which to which, and which of these need a look."""

    def __init__(self, task: SearchTask, blocks: Sequence[Mapping[str, Any]]) -> None:
        query = task.query
        self._spans = [_micros(task, value) for value in query.of(SearchField.TIME)]
        self._excluded = [_micros(task, one) for one in query.of(SearchField.TIME, excluded=True)]
        self.is_open = not self._spans and not self._excluded
        # Whether a block's sends are in time: all True, none False, or some None.
        self._verdicts = {row["block"]: self._verdict(row) for row in blocks}
        wanted = [block for block, verdict in self._verdicts.items() if verdict is not False]
        self.lowest = min(wanted) << BLOCK_BITS if wanted else 1
        self.highest = (max(wanted) << BLOCK_BITS) + _IN_A_BLOCK if wanted else 0

    def holds(self, key: int, time_of: Callable[[int], int]) -> bool:
        """Whether a send is in time."""
        verdict = self._verdicts.get(key >> BLOCK_BITS)
        return self._is_in(time_of(key)) if verdict is None else verdict

    def _verdict(self, row: Mapping[str, Any]) -> bool | None:
        if self.is_open:
            return True
        first, last = row["first_at"], row["last_at"]
        if first is None:
            return None
        edges = [edge for span in (*self._spans, *self._excluded) for edge in span]
        if any(first < edge <= last for edge in edges):
            return None
        return self._is_in(first)

    def _is_in(self, at: int) -> bool:
        is_wanted = not self._spans or any(first <= at < after for first, after in self._spans)
        return is_wanted and not any(first <= at < after for first, after in self._excluded)


def _micros(task: SearchTask, value: str) -> tuple[int, int]:
    first, after = time_span(value, task.now)
    return to_micros(first), to_micros(after)


def _fields(query: Query) -> set[SearchField]:
    return {one.field for one in query.filters}


def _each(cursor: sqlite3.Cursor) -> Iterator[int]:
    """The keys that are found; few at once first, for rare ones take long to come together."""
    size = FIRST_ROWS
    while some := cursor.fetchmany(size):
        for (key,) in some:
            yield key
        size = min(2 * size, 1_000)
