"""Retention: which sends may go, and their deletion for good, with their place in the index.

Only what is over goes. A stone in the chain says that it was removed by this.
"""

from array import array
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from dingcomposer.core.delivery import Status
from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import Stage
from dingcomposer.core.search.query import Query, Term
from dingcomposer.core.search.tokens import tokens
from dingcomposer.storage.archive.reader import Reader
from dingcomposer.storage.database import (
    Database,
    StorageError,
    StorageFault,
    from_micros,
    to_micros,
)
from dingcomposer.storage.evidence.chain import Chain, RemovalReason
from dingcomposer.storage.search.index import SearchIndex
from dingcomposer.storage.search.reader import SearchReader, SearchTask
from dingcomposer.storage.templates.files import ENDING

_FINAL = ", ".join(f"'{one.value}'" for one in Status if one.is_final)
_EXAMPLES = 5

# What holds words of a message beside the sends, and is of the past: it goes with a person.
_PAST = (
    ("rehearsals", "instr(payload, ?) > 0"),
    ("drafts", "place IS NULL AND instr(content, ?) > 0"),  # closed, or could not be read
    ("draft_versions", "instr(content, ?) > 0"),
    ("field_values", "instr(value, ?) > 0"),
    ("searches", "instr(name || char(10) || question, ?) > 0"),
    ("schedules", "removed_at IS NOT NULL AND instr(document, ?) > 0"),
    ("table_runs", "ended_at IS NOT NULL AND instr(name || char(10) || headings, ?) > 0"),
    (
        "table_run_rows",
        "run_id IN (SELECT run_id FROM table_runs WHERE ended_at IS NOT NULL)"
        " AND instr(cells || char(10) || coalesce(payload, ''), ?) > 0",
    ),
)
_IDENTITY = {"field_values": "template, field, value"}  # it has no rowid
# A step of undo holds what was typed or taken away, perhaps half a name: all of such a draft's go.
_DRAFTS_WITH_STEPS = (
    "SELECT draft_id FROM draft_steps WHERE instr(content, ?1) > 0"
    " UNION SELECT draft_id FROM draft_versions WHERE instr(content, ?1) > 0"
)


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """How long the sends of one class are kept: for `days`, or the newest `rows`, or for ever.

    A class is what went to production or not, and how it ended: `status` is a final one.
    """

    is_production: bool
    status: Status
    days: int | None = None
    rows: int | None = None

    @property
    def is_for_ever(self) -> bool:
        """True where nothing goes."""
        return self.days is None and self.rows is None


@dataclass(frozen=True, slots=True)
class RemovalPlan:
    """What would go: the keys, the oldest first, and what somebody sees of it beforehand.

    `counts` say how many of each class: of what went to production or not, how it ended.
    """

    keys: "array[int]"
    oldest_at: datetime | None = None
    newest_at: datetime | None = None
    counts: tuple[tuple[bool, Status, int], ...] = ()
    examples: tuple[str, ...] = ()


class PersonPlace(StrEnum):
    """Where a person is named that is still worked with, and stays."""

    DRAFTS = "drafts"
    TEMPLATES = "templates"
    SCHEDULES = "schedules"
    TABLES = "tables"
    CONTACTS = "contacts"


_IN_USE = (
    (PersonPlace.DRAFTS, "drafts", "place IS NOT NULL AND instr(content, ?1) > 0"),
    (PersonPlace.SCHEDULES, "schedules", "removed_at IS NULL AND instr(document, ?1) > 0"),
    (
        PersonPlace.TABLES,
        "table_runs",
        "ended_at IS NULL AND EXISTS (SELECT 1 FROM table_run_rows AS row WHERE"
        " row.run_id = table_runs.run_id AND instr(cells || coalesce(payload, ''), ?1) > 0)",
    ),
    (PersonPlace.CONTACTS, "contacts", "?1 IN (name, mobile, user_id)"),
)


@dataclass(frozen=True, slots=True)
class PersonTraces:
    """Where else a person is named: so much goes with the sends, and what is in use stays."""

    going: int = 0
    staying: tuple[tuple[PersonPlace, int], ...] = ()


def plan_retention(reader: Reader, rules: Sequence[RetentionRule], now: datetime) -> RemovalPlan:
    """What the rules would remove now. Any thread; raises StorageError."""
    found: set[int] = set()
    with reader.snapshot():
        for rule in rules:
            if not rule.is_for_ever:
                found.update(_keys_of(reader, rule, now))
        return _plan(reader, sorted(found))


def plan_removal(reader: Reader, keys: Sequence[int]) -> RemovalPlan:
    """What would go of these sends: those that are over. Any thread; raises StorageError."""
    with reader.snapshot():
        return _plan(reader, sorted(set(keys)))


def plan_person(
    path: Path, person: str, names: Mapping[str, str], now: datetime
) -> tuple[RemovalPlan, tuple[str, ...]]:
    """What mentions a person, by name, number or id, in any field; and the words that it is by.

    `names` are those of people, by number or id: who is asked for by name is looked for by number
    too, and the other way round. Any thread; raises StorageError.
    """
    wanted = " ".join(person.split())
    ids = [one for one, name in names.items() if wanted in (one, name)]
    words = tuple(dict.fromkeys([wanted, *ids, *(names[one] for one in ids)]))
    keys: set[int] = set()
    reader = SearchReader(path)
    try:
        for number, word in enumerate(words, 1):
            reader.want(number)
            term = Term(tuple(tokens(word)), is_open=False)
            task = SearchTask(number, Query((term,)), (), now)
            found = reader.begin(task)
            while found is not None:
                if found.is_damaged:
                    raise StorageError(StorageFault.DAMAGED)
                keys.update(found.keys)
                found = None if found.is_last else reader.go_on(task)
    finally:
        reader.close()
    with closing(Reader(path)) as rows:
        return plan_removal(rows, sorted(keys)), words


def find_traces(
    reader: Reader, words: Sequence[str], template_folders: Sequence[Path]
) -> PersonTraces:
    """What beside the sends holds one of these words. Any thread; raises StorageError."""
    count = 0
    staying: dict[PersonPlace, int] = {}
    with reader.snapshot():
        for table, where in _PAST:
            count += _count_any(reader, table, where, words)
        for place, table, where in _IN_USE:
            staying[place] = _count_any(reader, table, where, words)
    templates = 0
    for path in {one for folder in template_folders for one in folder.glob(f"*{ENDING}")}:
        with suppress(OSError):
            text = path.read_text(encoding="utf-8", errors="replace")
            templates += any(word in text for word in words)
    staying[PersonPlace.TEMPLATES] = templates
    return PersonTraces(count, tuple((one, staying[one]) for one in PersonPlace if staying[one]))


def _count_any(reader: Reader, table: str, where: str, words: Sequence[str]) -> int:
    """How many rows fulfil a condition with one of the words."""
    identity = _IDENTITY.get(table, "rowid")
    query = f"SELECT {identity} FROM {table} WHERE {where}"
    found = {tuple(row) for word in words for row in reader.rows(query, word)}
    return len(found)


class Removal:
    """Deletes sends, a few at a time. Main thread; raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._index = SearchIndex(database)
        self._chain = Chain(database)

    def remove(self, keys: Sequence[int], reason: RemovalReason, at: datetime) -> int:
        """Delete those of these that are over, in one transaction; how many there were."""
        return self._chain.remove(keys, reason, at)

    def forget_person(self, words: Sequence[str]) -> int:
        """Delete what beside the sends is of the past and holds one of these words; how much.

        Rehearsals, closed drafts, versions and steps of undo, values of fields, kept searches,
        schedules that were removed, rows of tables that were sent to their end.
        """
        count = 0
        with self._database.transaction():
            for word in words:
                self._database.run(
                    f"DELETE FROM draft_steps WHERE draft_id IN ({_DRAFTS_WITH_STEPS})", word
                )
                for table, where in _PAST:
                    count += self._database.run(f"DELETE FROM {table} WHERE {where}", word)
        return count

    def begin_purge(self) -> None:
        """From now on `purge_slice` brings the index into one piece, without what was deleted."""
        self._index.begin_merging()

    def purge_slice(self) -> bool:
        """One step of that; False once nothing is left to do."""
        return self._index.merge_slice(64)

    def end_purge(self) -> bool:
        """Let go of robots' names that stand nowhere else; False where the WAL still holds some."""
        with self._database.transaction():
            self._index.drop_unused_facets()
        return self._database.empty_wal()


def _keys_of(reader: Reader, rule: RetentionRule, now: datetime) -> list[int]:
    """The keys that one rule lets go."""
    stage = "" if rule.is_production else "NOT "
    where = (
        f"{stage}(stage = '{Stage.PRODUCTION}' AND is_sandbox = 0)"
        f" AND status = '{rule.status.value}' AND status IN ({_FINAL})"
    )
    found: set[int] = set()
    if rule.days is not None:
        before = to_micros(now - timedelta(days=rule.days))
        rows = reader.rows(f"SELECT key FROM sends WHERE created_at < ? AND {where}", before)
        found.update(row["key"] for row in rows)
    if rule.rows is not None:
        rows = reader.rows(
            f"SELECT key FROM sends WHERE {where} ORDER BY key DESC LIMIT -1 OFFSET ?", rule.rows
        )
        found.update(row["key"] for row in rows)
    return list(found)


def _plan(reader: Reader, keys: Sequence[int]) -> RemovalPlan:
    """What is known of these sends."""
    times: list[int] = []
    counts = {(place, one): 0 for place in (True, False) for one in Status}
    going = array("q")
    examples: list[str] = []
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        marks = ", ".join("?" * len(some))
        for row in reader.rows(
            "SELECT key, created_at, stage, is_sandbox, status, headline FROM sends"
            f" WHERE key IN ({marks}) AND status IN ({_FINAL}) ORDER BY key",
            *some,
        ):
            going.append(row["key"])
            times = [min([*times[:1], row["created_at"]]), max([*times[1:], row["created_at"]])]
            is_production = row["stage"] == Stage.PRODUCTION and not row["is_sandbox"]
            counts[is_production, Status(row["status"])] += 1
            if len(examples) < _EXAMPLES:
                examples.append(row["headline"])
    if not going:
        return RemovalPlan(going)
    return RemovalPlan(
        going,
        from_micros(times[0]),
        from_micros(times[1]),
        tuple((*one, count) for one, count in counts.items() if count),
        tuple(examples),
    )
