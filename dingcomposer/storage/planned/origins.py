"""Where a send came from that nobody wrote by hand: a schedule, or a row of a table."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from dingcomposer.core.records import dataclass
from dingcomposer.storage.database import Database, Row, from_micros, to_micros


class OriginKind(StrEnum):
    """What a send was one of."""

    SCHEDULE = "schedule"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class SendOrigin:
    """What a send was one of: `name` is the schedule's or the table's, as it was then.

    `due_at` is when a schedule was due, None where a person sent it; `row_number` is the row's in
    the sheet.
    """

    kind: OriginKind
    name: str
    due_at: datetime | None = None
    row_number: int | None = None


def note_origin(database: Database, msg_uuids: Iterable[str], origin: SendOrigin) -> None:
    """Write down where these sends come from; part of the transaction that writes them."""
    for msg_uuid in msg_uuids:
        database.insert(
            "send_origins",
            {
                "msg_uuid": msg_uuid,
                "kind": origin.kind,
                "name": origin.name,
                "due_at": None if origin.due_at is None else to_micros(origin.due_at),
                "row_number": origin.row_number,
            },
        )


def origin_of(database: Database, msg_uuid: str) -> SendOrigin | None:
    """Where a send came from; None where a person wrote it. Raises StorageError."""
    return origins_of(database, (msg_uuid,)).get(msg_uuid)


def origins_of(database: Database, msg_uuids: Sequence[str]) -> dict[str, SendOrigin]:
    """Where these sends came from, by their msgUuids; without those that a person wrote.

    Raises StorageError.
    """
    marks = ", ".join("?" * len(msg_uuids))
    query = f"SELECT * FROM send_origins WHERE msg_uuid IN ({marks})"
    return {row["msg_uuid"]: _read(row) for row in database.rows(query, *msg_uuids)}


def _read(row: Row) -> SendOrigin:
    return SendOrigin(
        OriginKind(row["kind"]),
        row["name"],
        None if row["due_at"] is None else from_micros(row["due_at"]),
        row["row_number"],
    )
