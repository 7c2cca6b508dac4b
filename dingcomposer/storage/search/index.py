"""Index of the history's words, kept true in the transaction of each change.

A send goes in when it is over. Those under way are few and still to change, and a search reads
their texts: so a message to hundreds of groups is written down without the words of each.

It covers the sends from one key on, at first none: `build_slice` takes it further back, piece by
piece. Nothing is lost with it, so what is wrong with it never keeps a send from being written: it
is marked as damaged, and built anew.
"""

import logging
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from dingcomposer.core.delivery import Status
from dingcomposer.core.records import dataclass
from dingcomposer.core.search.matching import SendDocument
from dingcomposer.core.search.query import SearchField
from dingcomposer.storage.database import Database, Row, StorageError, StorageFault
from dingcomposer.storage.search.documents import (
    CHANGING,
    COLUMNS,
    document_of,
    facet_word,
    facets_of,
    indexed_words,
    is_over,
)

log = logging.getLogger(__name__)

VERSION = 1
"""Of what stands in the index: another one is built anew."""

SLICE_ROWS = 64
"""So many sends are indexed in one transaction: whoever writes meanwhile waits for no more."""

STATE = "SELECT version, generation, from_key FROM search_state WHERE only = 1"

_MERGED_PAGES = 16
_MERGED_WITH_A_SEND = 4

BLOCK_BITS = 10
"""Sends are counted in blocks of 1024 keys: see `positions`."""


@dataclass(frozen=True, slots=True)
class IndexState:
    """What there is of the index: the name of its table, and from which key on it is complete.

    `table` is "" where there is none that can be used.
    """

    table: str
    from_key: int

    def covers(self, key: int) -> bool:
        """Whether a send stands in it."""
        return bool(self.table) and key >= self.from_key


class SearchIndex:
    """Writes the index. One for each connection, and of its thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def state(self) -> IndexState:
        """How far it reaches."""
        row = self._database.rows(
            "SELECT version, generation, from_key FROM search_state WHERE only = 1"
        )[0]
        is_usable = row["version"] == VERSION
        return IndexState(f"send_words_{row['generation']}" if is_usable else "", row["from_key"])

    # Within the transaction that changes a send

    def add(self, keys: Sequence[int]) -> None:
        """Sends were inserted that are over."""
        state = self.state
        covered = [key for key in keys if state.covers(key)]
        if not covered:
            return
        known: dict[tuple[SearchField, str], int] = {}
        with self._guard():
            for key in covered:
                self._insert(state.table, key, self._words(self._document(key), known))
            self._merge(state.table, _MERGED_WITH_A_SEND * len(covered))

    @contextmanager
    def changing(self, key: int) -> Iterator[None]:
        """Round what changes a send, or an attempt of it."""
        state = self.state
        if not state.covers(key):
            yield
            return
        # Not by its status: an earlier version put in what was under way, too.
        before = self._words(self._document(key)) if self._holds(state.table, key) else None
        yield
        document = self._document(key)
        after = self._words(document) if is_over(document) else None
        if after != before:
            with self._guard():
                if before is not None:
                    self._delete(state.table, key, before)
                if after is not None:
                    self._insert(state.table, key, after)
                self._merge(state.table, _MERGED_WITH_A_SEND)

    def remove(self, keys: Sequence[int]) -> None:
        """Sends are about to be deleted."""
        state = self.state
        with self._guard():
            for key in keys:
                if state.covers(key) and self._holds(state.table, key):
                    self._delete(state.table, key, self._words(self._document(key)))

    # Building

    def mark_damaged(self) -> None:
        """It cannot be relied on: it is to be built anew."""
        self._database.run("UPDATE search_state SET version = 0")

    def prepare(self) -> None:
        """Begin an index where there is none, or none that can be used. A transaction of its own.

        The table gets another name: one that is damaged cannot always be dropped.
        """
        state = self.state
        if state.table and self._exists(state.table):
            return
        with self._database.transaction():
            row = self._database.rows("SELECT generation FROM search_state WHERE only = 1")[0]
            generation = row["generation"] + 1
            self._database.run(
                f"CREATE VIRTUAL TABLE send_words_{generation} USING fts5("
                "words, content='', tokenize='ascii', prefix='2 3')"
            )
            table = f"send_words_{generation}"
            # By itself SQLite merges megabytes at once, now and then; here a little each time.
            for option, value in (("automerge", 0), ("crisismerge", 64)):
                self._database.run(
                    f"INSERT INTO {table} ({table}, rank) VALUES (?, ?)", option, value
                )
            self._database.run(
                "UPDATE search_state SET version = ?, generation = ?,"
                " from_key = (SELECT coalesce(max(key), 0) + 1 FROM sends)",
                *(VERSION, generation),
            )
        self._drop_others(f"send_words_{generation}")

    def build_slice(self, rows: int = SLICE_ROWS) -> int:
        """Take the index further back by so many sends; how many sends it was, 0 at the end."""
        state = self.state
        found = self._database.rows(
            f"SELECT {COLUMNS} FROM sends WHERE key < ? ORDER BY key DESC LIMIT ?",
            *(state.from_key, rows),
        )
        if not found or not state.table:
            return 0
        documents = {row["key"]: document_of(dict(row)) for row in found}
        lowest = found[-1]["key"]
        with self._database.light_transaction():
            if self.state != state:
                return len(found)  # somebody else was faster, or it is damaged by now
            still = self._database.rows(
                f"SELECT key, {CHANGING} FROM sends WHERE key BETWEEN ? AND ?",
                *(lowest, found[0]["key"]),
            )
            seen = {row["key"]: tuple(row[name] for name in _CHANGING) for row in found}
            for row in still:
                key = row["key"]
                if seen.get(key) != tuple(row[name] for name in _CHANGING):
                    documents[key] = self._document(key)  # it changed since it was read
                if is_over(documents[key]):
                    self._insert(state.table, key, self._words(documents[key]))
            self._merge(state.table, _MERGED_PAGES)
            self._database.run("UPDATE search_state SET from_key = ?", lowest)
            self._time_blocks(lowest, state.from_key)
        return len(found)

    @property
    def is_complete(self) -> bool:
        """Whether all sends stand in it."""
        state = self.state
        older = "SELECT 1 FROM sends WHERE key < ? LIMIT 1"
        return bool(state.table) and not self._database.rows(older, state.from_key)

    def count(self) -> tuple[int, int]:
        """How many sends stand in it, of how many; to within a block."""
        row = self._database.rows(
            "SELECT coalesce(sum(sends), 0), coalesce(sum(sends) FILTER (WHERE block >= ?), 0)"
            " FROM send_blocks",
            self.state.from_key >> BLOCK_BITS,
        )[0]
        return int(row[1]), int(row[0])

    def check(self) -> bool:
        """Whether it is sound in itself; where not, it is marked as damaged."""
        state = self.state
        if not state.table:
            return False
        try:
            self._command(state.table, "integrity-check")
        except (StorageError, sqlite3.Error) as error:
            if isinstance(error, StorageError) and error.fault is not StorageFault.DAMAGED:
                raise
            self.mark_damaged()
            return False
        return True

    def merge_slice(self, pages: int = _MERGED_PAGES) -> bool:
        """Merge what is due, a part of it; False once nothing is.

        After `begin_merging` all of the index is, so that nothing of what was deleted stays.
        """
        table = self.state.table
        if not table:
            return False
        with self._database.light_transaction():
            before = self._changes()
            self._merge(table, pages)
            return self._changes() - before >= 2

    def begin_merging(self) -> None:
        """From now on `merge_slice` brings all of the index into one piece."""
        table = self.state.table
        if table:
            self._merge(table, -64)

    def drop_unused_facets(self) -> None:
        """Forget the names of robots of which no send is left. Within a transaction."""
        if not self.is_complete:
            return
        table = self.state.table
        rows = self._database.rows(
            "SELECT number FROM search_facets WHERE field = ?", SearchField.ROBOT
        )
        for row in rows:
            word = f'"{facet_word(row["number"])}"'
            query = f"SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT 1"
            if not self._database.rows(query, word):
                self._database.run("DELETE FROM search_facets WHERE number = ?", row["number"])

    def facet_numbers(
        self, document: SendDocument, known: dict[tuple[SearchField, str], int] | None = None
    ) -> list[int]:
        """The numbers of a send's facets; those that are new are written down.

        `known` are those that were looked up lately; what is looked up now goes in there, too.
        """
        found = {} if known is None else known
        facets = list(facets_of(document))
        for one in facets:
            if one not in found:
                found[one] = self._facet(*one)
        return [found[one] for one in facets]

    # Parts

    def _facet(self, field: SearchField, value: str) -> int:
        query = "SELECT number FROM search_facets WHERE field = ? AND value = ?"
        found = self._database.rows(query, field, value)
        if not found:
            self._database.insert("search_facets", {"field": field, "value": value})
            found = self._database.rows(query, field, value)
        return int(found[0]["number"])

    def _document(self, key: int) -> SendDocument:
        query = f"SELECT {COLUMNS} FROM sends WHERE key = ?"
        return document_of(dict(self._database.rows(query, key)[0]))

    def _words(
        self, document: SendDocument, known: dict[tuple[SearchField, str], int] | None = None
    ) -> str:
        return indexed_words(document, self.facet_numbers(document, known))

    def _holds(self, table: str, key: int) -> bool:
        try:
            return bool(self._database.rows(f"SELECT 1 FROM {table}_docsize WHERE id = ?", key))
        except (StorageError, sqlite3.Error) as error:
            if isinstance(error, StorageError) and error.fault is not StorageFault.DAMAGED:
                raise
            return True  # whoever takes it out finds the damage

    def _insert(self, table: str, key: int, words: str) -> None:
        self._database.run(f"INSERT INTO {table} (rowid, words) VALUES (?, ?)", key, words)

    def _delete(self, table: str, key: int, words: str) -> None:
        self._database.run(
            f"INSERT INTO {table} ({table}, rowid, words) VALUES ('delete', ?, ?)", key, words
        )

    def _merge(self, table: str, pages: int) -> None:
        self._database.run(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)", pages)

    def _command(self, table: str, command: str) -> None:
        self._database.run(f"INSERT INTO {table} ({table}) VALUES (?)", command)

    def _changes(self) -> int:
        return int(self._database.rows("SELECT total_changes()")[0][0])

    def _exists(self, table: str) -> bool:
        return bool(self._database.rows("SELECT 1 FROM sqlite_schema WHERE name = ?", table))

    def _drop_others(self, table: str) -> None:
        """Drop what is left of earlier indexes, as far as that can be done."""
        names = self._database.rows(
            "SELECT name FROM sqlite_schema WHERE name GLOB 'send_words_*' AND name != ?"
            " AND sql LIKE 'CREATE VIRTUAL TABLE%'",
            table,
        )
        for (name,) in names:
            try:
                self._database.run(f"DROP TABLE {name}")
            except (StorageError, sqlite3.Error) as error:
                log.warning("%s could not be dropped (%s)", name, type(error).__name__)

    def _time_blocks(self, lowest: int, before: int) -> None:
        """Write down from when to when the sends of each block are, once all of it was walked."""
        walked = (lowest + (1 << BLOCK_BITS) - 1) >> BLOCK_BITS
        if not self._database.rows("SELECT 1 FROM sends WHERE key < ? LIMIT 1", lowest):
            walked = 0
        for block in range(walked, (before >> BLOCK_BITS) + 1):
            self._database.run(
                "UPDATE send_blocks SET (first_at, last_at) = (SELECT min(created_at),"
                f" max(created_at) FROM sends WHERE key BETWEEN block << {BLOCK_BITS}"
                f" AND (block << {BLOCK_BITS}) + {(1 << BLOCK_BITS) - 1})"
                " WHERE block = ? AND first_at IS NULL",
                block,
            )

    @contextmanager
    def _guard(self) -> Iterator[None]:
        """What goes wrong with the index takes back its own part alone, and marks it."""
        self._database.run("SAVEPOINT search")
        try:
            yield
        except (StorageError, sqlite3.Error) as error:
            if isinstance(error, StorageError) and error.fault is not StorageFault.DAMAGED:
                raise
            log.warning("the index of the history is damaged (%s)", type(error).__name__)
            self._database.run("ROLLBACK TO search")
            self.mark_damaged()
        self._database.run("RELEASE search")


_CHANGING = tuple(name.strip() for name in CHANGING.split(","))


def count_missing(rows: Callable[..., list[Row]]) -> int:
    """How many sends the index should hold and does not; `rows` asks any connection."""
    state = rows(STATE)[0]
    if state["version"] != VERSION:
        return 0  # there is none yet; it is being made
    row = rows(
        "SELECT count(*) FROM sends WHERE key >= ? AND status NOT IN (?, ?) AND key NOT IN"
        f" (SELECT id FROM send_words_{state['generation']}_docsize)",
        *(state["from_key"], Status.QUEUED, Status.SENDING),
    )[0]
    return int(row[0])
