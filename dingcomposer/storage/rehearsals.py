"""What was tried in a test group, and when: remembered by the hash of the body, msgUuid aside."""

from datetime import datetime

from dingcomposer.core.messages import Message
from dingcomposer.core.payload import body_sha256, from_payload, to_payload
from dingcomposer.core.records import dataclass
from dingcomposer.storage.database import (
    Database,
    Row,
    Value,
    from_json,
    from_micros,
    to_json,
    to_micros,
)

KEPT = 500
"""So many of them are remembered, the newest ones."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A message that a test group got. The robot is named as it was at the time."""

    message: Message
    robot_name: str
    rehearsed_at: datetime


class RehearsalStore:
    """The rehearsals in the database. Main thread; every method raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, rehearsal: Rehearsal, *, draft_id: str) -> None:
        """Remember one, and of which draft it was."""
        with self._database.transaction():
            self._database.insert(
                "rehearsals",
                {
                    "body_sha256": body_sha256(rehearsal.message),
                    "robot_name": rehearsal.robot_name,
                    "rehearsed_at": to_micros(rehearsal.rehearsed_at),
                    "draft_id": draft_id,
                    "payload": to_json(to_payload(rehearsal.message)),
                },
            )
            self._database.run(
                "DELETE FROM rehearsals WHERE key <= (SELECT max(key) FROM rehearsals) - ?", KEPT
            )

    def find(self, message: Message) -> Rehearsal | None:
        """The newest rehearsal of exactly this message."""
        return self._newest("body_sha256 = ?", body_sha256(message))

    def of_draft(self, draft_id: str) -> Rehearsal | None:
        """The newest rehearsal of a draft, as it was then."""
        return self._newest("draft_id = ?", draft_id)

    def _newest(self, where: str, value: Value) -> Rehearsal | None:
        rows = self._database.rows(
            f"SELECT * FROM rehearsals WHERE {where} ORDER BY key DESC LIMIT 1", value
        )
        return _rehearsal(rows[0]) if rows else None


def _rehearsal(row: Row) -> Rehearsal:
    message = from_payload(from_json(row["payload"])).whole
    return Rehearsal(message, row["robot_name"], from_micros(row["rehearsed_at"]))
