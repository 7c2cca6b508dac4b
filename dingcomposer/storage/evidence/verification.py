"""Verification: reads the whole chain and every send, and says where they do not fit together."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any, cast

from dingcomposer.core.records import dataclass
from dingcomposer.storage.archive.reader import Reader
from dingcomposer.storage.database import Row, from_json
from dingcomposer.storage.evidence.chain import (
    ATTEMPTS_SQL,
    FINAL,
    FINAL_SQL,
    SEND_SQL,
)
from dingcomposer.storage.evidence.records import (
    START,
    ChainHead,
    Entry,
    content_of,
    digest_of,
    fitting_record,
    record_of,
)

SLICE = 500
JOIN_SLICE = 100
"""So many sends are linked at once: the main thread does that."""
MOST_FINDINGS = 200


class FindingKind(StrEnum):
    """What does not fit."""

    CHANGED = "changed"  # a send is not what its link says
    REMOVED = "removed"  # a link's send is gone, and no stone says so
    INSERTED = "inserted"  # a finished send that the chain does not know
    LINK_CHANGED = "link_changed"
    LINK_MISSING = "link_missing"
    CUT_OFF = "cut_off"  # the end of the chain is not the one that was written down
    STONE_CHANGED = "stone_changed"


@dataclass(frozen=True, slots=True)
class ChainFinding:
    """One thing that does not fit: the link's number, the send's key, 0 where there is none."""

    kind: FindingKind
    number: int = 0
    send_key: int = 0
    msg_uuid: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found. `findings` are the first of them, `count` is how many there are.

    `links` were read, `sends` compared, `stones` stand for `removed` sends; `waiting` sends from
    before the chain have not joined it yet, and were not compared.
    """

    links: int
    sends: int
    stones: int
    removed: int
    waiting: int
    head: ChainHead | None
    findings: tuple[ChainFinding, ...]
    count: int

    @property
    def is_whole(self) -> bool:
        """True where everything fits."""
        return self.count == 0


Verifying = Generator[tuple[int, int], None, Verification]


def verify(path: Path) -> Verifying:
    """Read it all as it stands at this moment, yielding how many links are read, and of how many.

    Any thread; raises StorageError. `verified` is the same at once.
    """
    with closing(Reader(path)) as reader, reader.snapshot():
        return (yield from _Verifier(reader).run())


def verified(path: Path) -> Verification:
    """Read it all, however long that takes."""
    work = verify(path)
    while True:
        try:
            next(work)
        except StopIteration as end:
            return cast(Verification, end.value)


def hash_unjoined(
    reader: Reader, after_key: int, born_key: int, limit: int = JOIN_SLICE
) -> tuple[list[tuple[int, bytes]], int]:
    """The contents of the next finished sends from before the chain, and the key that is reached.

    For `Chain.join`. Any thread; raises StorageError.
    """
    with reader.snapshot():
        sends = reader.rows(
            f"{SEND_SQL} WHERE key > ? AND key <= ? ORDER BY key LIMIT ?",
            after_key,
            born_key,
            limit,
        )
        made = _attempts_of(reader, [row["key"] for row in sends])
    contents = [
        (int(row["key"]), content_of(record_of(row, made[row["key"]])))
        for row in sends
        if row["status"] in FINAL
    ]
    return contents, sends[-1]["key"] if len(sends) == limit else born_key


class _Verifier:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._findings: list[ChainFinding] = []
        self._count = 0
        self._sends = 0
        self._removed = 0

    def run(self) -> Verifying:
        total = int(self._reader.rows("SELECT count(*) FROM chain")[0][0])
        stones, gone = self._read_stones()
        stones_read = len(stones)
        digest, number = START, 0
        links = self._reader.iterate(
            "SELECT number, entry, send_key, content, digest FROM chain ORDER BY number"
        )
        while some := list(islice(links, SLICE)):
            for link in some:
                if link["number"] != number + 1:
                    self._find(FindingKind.LINK_MISSING, number + 1)
                is_known = link["entry"] in set(Entry)
                told = link["entry"], link["send_key"], link["content"]
                expected = digest_of(digest, link["number"], *told)
                # After a gap nobody can say what stood before.
                if not is_known or (link["number"] == number + 1 and expected != link["digest"]):
                    self._find(FindingKind.LINK_CHANGED, link["number"], link["send_key"])
                digest, number = link["digest"], link["number"]
                if link["entry"] == Entry.REMOVED and stones.pop(number, None) != link["content"]:
                    self._find(FindingKind.STONE_CHANGED, number)
            self._compare(some, gone)
            yield number, max(total, number)
        for left in stones:
            self._find(FindingKind.STONE_CHANGED, left)
        state = self._reader.rows("SELECT number, digest, joined_key, born_key FROM chain_state")
        if not state or (state[0]["number"], state[0]["digest"]) != (number, digest):
            self._find(FindingKind.CUT_OFF, number)
        waiting = yield from self._find_inserted(state[0] if state else None, total)
        return Verification(
            total,
            self._sends,
            stones_read,
            self._removed,
            waiting,
            ChainHead(number, digest.hex()) if number else None,
            tuple(self._findings),
            self._count,
        )

    def _read_stones(self) -> "tuple[dict[int, bytes], _Ranges]":
        """What each stone must hash to, and the links whose sends were removed by them."""
        contents, ranges = {}, []
        for row in self._reader.iterate("SELECT number, record FROM chain_removals"):
            contents[row["number"]] = content_of(row["record"])
            try:
                told = from_json(row["record"])["removed"]
                ranges += [(int(first), int(last)) for first, last in told["links"]]
                self._removed += int(told["sends"])
            except (KeyError, TypeError, ValueError):
                self._find(FindingKind.STONE_CHANGED, row["number"])
        return contents, _Ranges(ranges)

    def _compare(self, links: Sequence[Row], gone: "_Ranges") -> None:
        """Compare the sends whose newest link is among these with what the links say."""
        keys = sorted({link["send_key"] for link in links if link["send_key"]})
        newest = self._newest(keys)
        sends = {row["key"]: row for row in self._in(f"{SEND_SQL} WHERE key IN", keys)}
        made = _attempts_of(self._reader, keys)
        for link in links:
            key, number = link["send_key"], link["number"]
            if link["entry"] == Entry.REMOVED or newest.get(key) != number:
                continue
            send = sends.get(key)
            if send is None:
                if number not in gone:
                    self._find(FindingKind.REMOVED, number, key)
            elif number in gone:
                self._find(FindingKind.INSERTED, number, key, send["msg_uuid"])
            else:
                self._sends += 1
                is_over = send["status"] in FINAL
                fits = (
                    is_over and fitting_record(send, made[key], link["content"]) is not None
                    if link["entry"] == Entry.SEND
                    else not is_over
                )
                if not fits:
                    self._find(FindingKind.CHANGED, number, key, send["msg_uuid"])

    def _newest(self, keys: Sequence[int]) -> dict[int, int]:
        rows = self._in(
            "SELECT send_key, max(number) AS newest FROM chain WHERE send_key > 0 AND send_key IN",
            keys,
            "GROUP BY send_key",
        )
        return {row["send_key"]: row["newest"] for row in rows}

    def _find_inserted(
        self, state: Row | None, total: int
    ) -> Generator[tuple[int, int], None, int]:
        """Find finished sends without a link; how many of them are still to join."""
        joined, born = (state["joined_key"], state["born_key"]) if state else (0, 0)
        waiting = 0
        rows = self._reader.iterate(
            f"SELECT key, msg_uuid FROM sends WHERE status IN ({FINAL_SQL})"
            " AND NOT EXISTS (SELECT 1 FROM chain WHERE send_key > 0 AND send_key = sends.key)"
        )
        for at, row in enumerate(rows):
            if at % SLICE == 0:
                yield total, total
            if joined < row["key"] <= born:
                waiting += 1
            else:
                self._find(FindingKind.INSERTED, 0, row["key"], row["msg_uuid"])
        return waiting

    def _in(self, sql: str, keys: Sequence[int], rest: str = "") -> list[Row]:
        marks = ", ".join("?" * len(keys))
        return self._reader.rows(f"{sql} ({marks}) {rest}", *keys)

    def _find(self, kind: FindingKind, number: int = 0, key: Any = 0, msg_uuid: str = "") -> None:
        self._count += 1
        if len(self._findings) < MOST_FINDINGS:
            self._findings.append(ChainFinding(kind, number, int(key or 0), msg_uuid))


class _Ranges:
    """Ranges of numbers, to be asked whether a number is in one of them."""

    def __init__(self, ranges: Sequence[tuple[int, int]]) -> None:
        self._ranges = sorted(ranges)
        self.starts = [first for first, _ in self._ranges]

    def __contains__(self, number: int) -> bool:
        at = bisect_right(self.starts, number) - 1
        return at >= 0 and number <= self._ranges[at][1]


def _attempts_of(reader: Reader, keys: Sequence[int]) -> dict[int, list[Row]]:
    """The attempts of these sends, the first ones first."""
    found: dict[int, list[Row]] = defaultdict(list)
    marks = ", ".join("?" * len(keys))
    rows: Iterator[Row] = reader.iterate(
        f"{ATTEMPTS_SQL} WHERE send_key IN ({marks}) ORDER BY send_key, number", *keys
    )
    for row in rows:
        found[row["send_key"]].append(row)
    return found
