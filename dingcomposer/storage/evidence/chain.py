"""The chain of finished sends: each link holds the hash of a send and of the link before.

It is written in the transaction that finishes the send. What is changed, removed or put in behind
the program's back no longer fits; `verification` finds where.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from dingcomposer.core.delivery import Status
from dingcomposer.core.records import dataclass
from dingcomposer.storage.database import Database, to_micros
from dingcomposer.storage.evidence.records import (
    ATTEMPT_COLUMNS,
    SEND_COLUMNS,
    START,
    ChainHead,
    ChainLink,
    Entry,
    content_of,
    digest_of,
    ranges_of,
    record_of,
    removal_record,
    reopening_record,
)
from dingcomposer.storage.search.index import SearchIndex

FINAL = tuple(one.value for one in Status if one.is_final)
FINAL_SQL = ", ".join(f"'{one}'" for one in FINAL)
SEND_SQL = f"SELECT {', '.join(SEND_COLUMNS)} FROM sends"
_HEAD_SQL = "SELECT number, digest FROM chain WHERE number = (SELECT max(number) FROM chain)"
ATTEMPTS_SQL = f"SELECT {', '.join(ATTEMPT_COLUMNS)} FROM attempts"


class RemovalReason(StrEnum):
    """Why sends were removed; their stone says it. The values are part of the schema."""

    RETENTION = "retention"
    PERSON = "person"  # somebody who is mentioned asked for it
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class JoinProgress:
    """How far the sends from before the chain have joined it, by their keys."""

    joined_key: int
    born_key: int

    @property
    def is_over(self) -> bool:
        """True where all have."""
        return self.joined_key >= self.born_key


class Chain:
    """The chain in the database. Main thread; raises StorageError.

    What ends in `_within` belongs into a transaction of its caller's.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    # Writing

    def add_within(self, send_key: int) -> None:
        """Link a finished send as it stands; where its last link says the same, nothing is done."""
        send = self._database.rows(f"{SEND_SQL} WHERE key = ?", send_key)[0]
        attempts = self._database.rows(
            f"{ATTEMPTS_SQL} WHERE send_key = ? ORDER BY number", send_key
        )
        content = content_of(record_of(send, attempts))
        last = self.last_of(send_key)
        if last is None or last.entry is not Entry.SEND or last.content != content:
            self._append(Entry.SEND, send_key, content)

    def reopen_within(self, send_key: int, msg_uuid: str) -> None:
        """Say that a finished send goes on; call it before the send is changed."""
        self.add_within(send_key)
        self._append(Entry.REOPENED, send_key, content_of(reopening_record(send_key, msg_uuid)))

    def remove(self, keys: Sequence[int], reason: RemovalReason, at: datetime) -> int:
        """Delete finished sends for good, with their attempts; how many there were.

        A stone stays in their place: a link that says which links lost their sends, when and why.
        So the chain still holds, and `verification` tells what was removed by this from what was
        removed behind the program's back. One transaction, or a part of its caller's: hand in a few
        hundred at a time, so that the window is not held up. Sends that wait or are under way stay.
        """
        with self._database.joined_transaction():
            marks = ", ".join("?" * len(keys))
            found = self._database.rows(
                f"SELECT key FROM sends WHERE key IN ({marks}) AND status IN ({FINAL_SQL})"
                " ORDER BY key",
                *keys,
            )
            going = [int(row["key"]) for row in found]
            if not going:
                return 0
            for key in going:
                if self.last_of(key) is None:  # it has not joined yet
                    self.add_within(key)
            marks = ", ".join("?" * len(going))
            links = self._database.rows(
                f"SELECT number FROM chain WHERE send_key > 0 AND send_key IN ({marks})"
                " ORDER BY number",
                *going,
            )
            SearchIndex(self._database).remove(going)
            self._database.run(f"DELETE FROM sends WHERE key IN ({marks})", *going)
            ranges = ranges_of([int(row["number"]) for row in links])
            record = removal_record(ranges, len(going), reason, to_micros(at))
            number = self._append(Entry.REMOVED, 0, content_of(record))
            self._database.insert("chain_removals", {"number": number, "record": record})
        return len(going)

    def join(self, contents: Sequence[tuple[int, bytes]], joined_key: int) -> None:
        """Link sends from before the chain, which were hashed as they stood, up to a key.

        Whatever has a link by now is passed over: it was finished anew, and says so itself; and
        whatever is gone, or goes on.
        """
        with self._database.light_transaction():
            marks = ", ".join("?" * len(contents))
            found = self._database.rows(
                f"SELECT key FROM sends WHERE key IN ({marks}) AND status IN ({FINAL_SQL})"
                " AND NOT EXISTS (SELECT 1 FROM chain WHERE send_key > 0 AND send_key = sends.key)",
                *(key for key, _ in contents),
            )
            still = {row["key"] for row in found}
            links = [(Entry.SEND, key, content) for key, content in contents if key in still]
            self._append_all(links)
            self._database.run("UPDATE chain_state SET joined_key = ?", joined_key)

    def _append(self, entry: Entry, send_key: int, content: bytes) -> int:
        return self._append_all([(entry, send_key, content)])

    def _append_all(self, links: Sequence[tuple[Entry, int, bytes]]) -> int:
        """Put these behind the last link; the number of the last one then."""
        found = self._database.rows(_HEAD_SQL)
        digest, number = (found[0]["digest"], int(found[0]["number"])) if found else (START, 0)
        for entry, send_key, content in links:
            number += 1
            digest = digest_of(digest, number, entry, send_key, content)
            self._database.run(
                "INSERT INTO chain VALUES (?, ?, ?, ?, ?)", number, entry, send_key, content, digest
            )
        self._database.run("UPDATE chain_state SET number = ?, digest = ?", number, digest)
        return number

    # Reading

    def head(self) -> ChainHead | None:
        """The newest link; None where nothing was finished yet."""
        found = self._database.rows(_HEAD_SQL)
        return ChainHead(found[0]["number"], found[0]["digest"].hex()) if found else None

    def last_of(self, send_key: int) -> ChainLink | None:
        """The newest link of a send; None where it has none."""
        found = self._database.rows(
            "SELECT number, entry, send_key, content, digest FROM chain"
            " WHERE send_key > 0 AND send_key = ? ORDER BY number DESC LIMIT 1",
            send_key,
        )
        if not found:
            return None
        row = found[0]
        return ChainLink(
            row["number"], Entry(row["entry"]), row["send_key"], row["content"], row["digest"]
        )

    def progress(self) -> JoinProgress:
        """How far the sends from before the chain have joined it."""
        row = self._database.rows("SELECT joined_key, born_key FROM chain_state")[0]
        return JoinProgress(row["joined_key"], row["born_key"])
