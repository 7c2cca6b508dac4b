"""Runs over a table, one message for each row: what is to be sent, and how far that has come.

All rows of a run are written before the first leaves. A row gets its msgUuid in the transaction
that writes its send, QUEUED, into the history; so after a crash nobody has to guess which rows are
still to be sent, and no row is sent twice.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Fault, Status
from dingcomposer.core.messages import Message
from dingcomposer.core.payload import from_payload, to_payload
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
from dingcomposer.storage.planned.origins import OriginKind, SendOrigin, note_origin
from dingcomposer.storage.processes.lease import ProcessLease

KEPT: Final = timedelta(days=7)
"""So long after its end a run is kept, with its table."""

PAGE_ROWS: Final = 500


class TableRunState(StrEnum):
    """How far a run has come."""

    WRITING = "writing"  # its rows are being written; nothing has left
    RUNNING = "running"
    STOPPED = "stopped"  # by a person: it can go on
    ENDED = "ended"  # all is sent, or a person left it


class RowTakenError(Exception):
    """A row's message was queued before, or is not to be sent: it must not be queued now."""


@dataclass(frozen=True, slots=True)
class TableRun:
    """A run. `rows` are those that are to be sent, `done` those that have their send."""

    run_id: str
    name: str
    state: TableRunState
    created_at: datetime
    headings: tuple[str, ...]
    rows: int
    done: int


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row as it is written down; without a message it is only kept for the copy of the table.

    `left_out` says why it is not to be sent, a word and what belongs to it; "" where it is.
    """

    position: int
    number: int
    cells: tuple[str, ...]
    message: Message | None = None
    robot_id: str = ""
    token_fingerprint: str = ""
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class TableRowOutcome:
    """What has become of a row: of its send what the history has, None for what has none."""

    position: int
    number: int
    cells: tuple[str, ...]
    robot_id: str
    left_out: str
    msg_uuid: str | None
    status: Status | None
    cause: Cause | None
    fault: Fault | None
    robot_name: str
    errmsg: str
    finished_at: datetime | None


# Nothing of it has left, and nobody decided about it: a start has ended it, or a stop.
_NEVER_LEFT: Final = (
    f"(sends.status = '{Status.CANCELLED}' OR"
    f" (sends.status = '{Status.NOT_SENT}' AND sends.fault = '{Fault.NEVER_STARTED}'))"
)
# The group certainly does not have it, as in `core.delivery.has_failed`.
_FAILED: Final = (
    f"(sends.status = '{Status.NOT_SENT}' OR"
    f" (sends.status = '{Status.REFUSED}' AND sends.cause IS NOT '{Cause.BUSY}'))"
)
_SEND_OF_ROW: Final = "SELECT 1 FROM sends WHERE sends.msg_uuid = table_run_rows.msg_uuid AND "


class TableRunStore:
    """The runs in the database. Main thread; every method raises StorageError.

    With a `lease` other processes may work on the same file: a run that a living one has is its.
    """

    def __init__(self, database: Database, lease: ProcessLease | None = None) -> None:
        self._database = database
        self._lease = lease

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """For what is written together with a row's claim: its send."""
        with self._database.joined_transaction():
            yield

    # Writing

    def begin(self, run_id: str, name: str, headings: Sequence[str], at: datetime) -> None:
        """A new run, whose rows follow."""
        self._database.insert(
            "table_runs",
            {
                "run_id": run_id,
                "name": name,
                "state": TableRunState.WRITING,
                "created_at": to_micros(at),
                "headings": to_json(list(headings)),
                "lease": self._own_lease,
            },
        )

    def add_rows(self, run_id: str, rows: Sequence[PlannedRow]) -> None:
        """Write down some rows, all of them or none."""
        with self._database.transaction():
            for row in rows:
                message = row.message
                self._database.insert(
                    "table_run_rows",
                    {
                        "run_id": run_id,
                        "position": row.position,
                        "number": row.number,
                        "cells": to_json(list(row.cells)),
                        "payload": None if message is None else to_json(to_payload(message)),
                        "robot_id": row.robot_id,
                        "token_fingerprint": row.token_fingerprint,
                        "left_out": row.left_out,
                    },
                )

    def set_state(self, run_id: str, state: TableRunState, at: datetime) -> None:
        """The run stands so from now on."""
        ended_at = to_micros(at) if state is TableRunState.ENDED else None
        self._database.update(
            "table_runs", {"state": state, "ended_at": ended_at}, "run_id = ?", run_id
        )

    def take(self, run_id: str) -> bool:
        """Have a run as this process's own; False where a living one has it."""
        with self._database.transaction():
            found = self._database.rows("SELECT lease FROM table_runs WHERE run_id = ?", run_id)
            if not found or self._is_held(found[0]["lease"], by_others=True):
                return False
            self._database.update("table_runs", {"lease": self._own_lease}, "run_id = ?", run_id)
            return True

    def claim(self, run_id: str, position: int, msg_uuid: str, *, has_failed: bool = False) -> None:
        """A row is sent as this from now on; part of the transaction that writes the send.

        A row that had a send before may have another only where nothing of that ever left; with
        `has_failed` also where the group certainly does not have it. Raises RowTakenError.
        """
        may_again = f"({_NEVER_LEFT} OR {_FAILED})" if has_failed else _NEVER_LEFT
        changed = self._database.run(
            "UPDATE table_run_rows SET msg_uuid = ?"
            " WHERE run_id = ? AND position = ? AND left_out = ''"
            f" AND (msg_uuid IS NULL OR EXISTS ({_SEND_OF_ROW}{may_again}))",
            *(msg_uuid, run_id, position),
        )
        if changed != 1:
            raise RowTakenError
        row = self._database.rows(
            "SELECT name, number FROM table_run_rows JOIN table_runs USING (run_id)"
            " WHERE run_id = ? AND position = ?",
            *(run_id, position),
        )[0]
        origin = SendOrigin(OriginKind.TABLE, row["name"], row_number=row["number"])
        note_origin(self._database, (msg_uuid,), origin)

    def leave_out(self, run_id: str, position: int, why: str) -> None:
        """A row is not to be sent after all, unless it has a send that may have left."""
        self._database.run(
            "UPDATE table_run_rows SET left_out = ? WHERE run_id = ? AND position = ?"
            f" AND (msg_uuid IS NULL OR EXISTS ({_SEND_OF_ROW}{_NEVER_LEFT}))",
            *(why, run_id, position),
        )

    def tidy_up(self, at: datetime) -> None:
        """Take out what ended long ago, and what was never completely written."""
        old = to_micros(at - KEPT)
        self._database.run("DELETE FROM table_runs WHERE ended_at < ?", old)
        writing = self._database.rows(
            "SELECT run_id, lease FROM table_runs WHERE state = ?", TableRunState.WRITING
        )
        for row in writing:
            if not self._is_held(row["lease"]):
                self._database.run("DELETE FROM table_runs WHERE run_id = ?", row["run_id"])

    # Reading

    def run(self, run_id: str) -> TableRun | None:
        """One run; None where it is not known."""
        found = self._runs("WHERE run_id = ?", run_id)
        return found[0] if found else None

    def unfinished(self) -> tuple[TableRun, ...]:
        """The runs that can go on here, the newest first: no living process has them."""
        runs = self._runs(
            "WHERE state IN (?, ?) ORDER BY created_at DESC",
            *(TableRunState.RUNNING, TableRunState.STOPPED),
        )
        leases = {
            row["run_id"]: row["lease"]
            for row in self._database.rows("SELECT run_id, lease FROM table_runs")
        }
        return tuple(one for one in runs if not self._is_held(leases[one.run_id], by_others=True))

    def recent(self) -> tuple[TableRun, ...]:
        """All that are kept, the newest first."""
        return self._runs("WHERE state <> ? ORDER BY created_at DESC", TableRunState.WRITING)

    def pending(self, run_id: str, *, has_failed: bool = False) -> tuple[tuple[int, str, str], ...]:
        """The rows that are to be queued: their positions, robots and fingerprints, in order.

        With `has_failed` those that the group certainly does not have, instead.
        """
        wanted = (
            f"EXISTS ({_SEND_OF_ROW}{_FAILED})"
            if has_failed
            else f"(msg_uuid IS NULL OR EXISTS ({_SEND_OF_ROW}{_NEVER_LEFT}))"
        )
        rows = self._database.rows(
            "SELECT position, robot_id, token_fingerprint FROM table_run_rows"
            f" WHERE run_id = ? AND left_out = '' AND {wanted} ORDER BY position",
            run_id,
        )
        return tuple((row["position"], row["robot_id"], row["token_fingerprint"]) for row in rows)

    def message(self, run_id: str, position: int) -> Message:
        """The message of a row, as it was confirmed."""
        found = self._database.rows(
            "SELECT payload FROM table_run_rows WHERE run_id = ? AND position = ?",
            *(run_id, position),
        )
        return from_payload(from_json(found[0]["payload"])).whole

    def outcomes(self, run_id: str, after: int = -1) -> tuple[TableRowOutcome, ...]:
        """What has become of the rows behind a position, at most `PAGE_ROWS` of them."""
        rows = self._database.rows(
            "SELECT position, number, cells, table_run_rows.robot_id, left_out,"
            " table_run_rows.msg_uuid, status, cause, fault, robot_name, errmsg, finished_at"
            " FROM table_run_rows LEFT JOIN sends ON sends.msg_uuid = table_run_rows.msg_uuid"
            " WHERE run_id = ? AND position > ? ORDER BY position LIMIT ?",
            *(run_id, after, PAGE_ROWS),
        )
        return tuple(map(_outcome, rows))

    def _runs(self, clauses: str, *values: Value) -> tuple[TableRun, ...]:
        rows = self._database.rows(
            "SELECT run_id, name, state, created_at, headings,"
            " (SELECT count(*) FROM table_run_rows AS one WHERE one.run_id = table_runs.run_id"
            " AND left_out = '') AS planned,"
            " (SELECT count(*) FROM table_run_rows WHERE table_run_rows.run_id = table_runs.run_id"
            " AND msg_uuid IS NOT NULL"
            f" AND NOT EXISTS ({_SEND_OF_ROW}{_NEVER_LEFT})) AS done"
            f" FROM table_runs {clauses}",
            *values,
        )
        return tuple(
            TableRun(
                row["run_id"],
                row["name"],
                TableRunState(row["state"]),
                from_micros(row["created_at"]),
                tuple(from_json(row["headings"])),
                row["planned"],
                row["done"],
            )
            for row in rows
        )

    @property
    def _own_lease(self) -> str | None:
        return None if self._lease is None else self._lease.lease_id

    def _is_held(self, lease: str | None, *, by_others: bool = False) -> bool:
        if self._lease is None or (by_others and lease == self._lease.lease_id):
            return False
        return self._lease.is_alive(lease)


def _outcome(row: Row) -> TableRowOutcome:
    return TableRowOutcome(
        row["position"],
        row["number"],
        tuple(from_json(row["cells"])),
        row["robot_id"],
        row["left_out"],
        row["msg_uuid"],
        Status(row["status"]) if row["status"] else None,
        Cause(row["cause"]) if row["cause"] else None,
        Fault(row["fault"]) if row["fault"] else None,
        row["robot_name"] or "",
        row["errmsg"] or "",
        from_micros(row["finished_at"]) if row["finished_at"] else None,
    )
