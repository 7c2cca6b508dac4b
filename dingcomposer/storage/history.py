"""What was sent: one row per send, written before it leaves, and one for each of its attempts.

A send of which anything may have left is never called not sent or cancelled here, whatever the
report says that ends it: it is UNKNOWN, for the group may have it.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import AT_ONCE, BroadcastOrder, Fault, Report, SendJob, Status
from dingcomposer.core.messages import Kind, Message
from dingcomposer.core.payload import to_payload
from dingcomposer.core.robot import Robot
from dingcomposer.storage.contacts import mentioned
from dingcomposer.storage.database import (
    Database,
    Value,
    to_json,
    to_micros,
)
from dingcomposer.storage.disk.wal_sync import Told, WalSync, untold
from dingcomposer.storage.history_rows import (
    AttemptRow,
    SendRow,
    queued_send,
    read_attempt,
    read_send,
)
from dingcomposer.storage.processes import token_use
from dingcomposer.storage.processes.lease import ProcessLease, UnderWay
from dingcomposer.storage.processes.token_use import HAS_LEFT, TokenInUse, demand_turn
from dingcomposer.storage.report_columns import (
    is_here,
    phase_columns,
    send_columns,
    verdict_columns,
    wire_columns,
)
from dingcomposer.storage.robot_lists import note_order, order_of
from dingcomposer.storage.robots import last_recipients

if TYPE_CHECKING:
    # At run time when it is first wanted: not on the way to the first window.
    from dingcomposer.core.search.matching import SendDocument
    from dingcomposer.storage.evidence.chain import Chain
    from dingcomposer.storage.search.index import SearchIndex
    from dingcomposer.storage.search.positions import AllSends, FoundSends

__all__ = [
    "PAGE_ROWS",
    "AttemptRow",
    "HistoryStore",
    "NotWaiting",
    "SendRow",
    "TokenInUse",
    "queued_send",
]

PAGE_ROWS = 200


class NotWaiting(Exception):
    """The attempt must not leave: its send does not wait (any more), or is not known."""


class HistoryStore:
    """The sends in the database. Main thread; every method raises StorageError.

    With a `lease` other processes may work on the same file: what is written here is this one's,
    and only what no living process holds is ever ended for it. With a `wal_sync` what belongs to
    a send is committed without waiting for the disk: `when_on_disk` tells when it is there.
    """

    def __init__(
        self,
        database: Database,
        lease: ProcessLease | None = None,
        wal_sync: WalSync | None = None,
    ) -> None:
        self._database = database
        self._wal_sync = wal_sync
        self._under_way = UnderWay(database, lease)

    @property
    def database(self) -> Database:
        """Where it is kept."""
        return self._database

    @cached_property
    def _index(self) -> "SearchIndex":
        from dingcomposer.storage.search.index import SearchIndex

        return SearchIndex(self._database)

    # Writing

    def when_on_disk(self, told: Told = untold) -> None:
        """See to it that all that was written so far survives a power cut.

        `told` is called, in any thread, with what keeps it from that, or None where it does.
        """
        if self._wal_sync is None:
            told(None)  # each commit has waited for it
        else:
            self._wal_sync.when_on_disk(told)

    @contextmanager
    def _light_transaction(self) -> Iterator[None]:
        synced = self._wal_sync
        with synced.transaction() if synced else self._database.joined_transaction():
            yield

    def add(self, job: SendJob) -> SendRow:
        """Write a send down, QUEUED, before all else. Raises NotWaiting where its id is taken."""
        with self._light_transaction():
            if self.row(job.msg_uuid) is not None:
                raise NotWaiting
            (key,) = self._add((job,))
        return queued_send(key, job)

    def add_all(
        self, jobs: Sequence[SendJob], group_id: str, order: BroadcastOrder = AT_ONCE
    ) -> tuple[int, ...]:
        """Write down one message's sends to several robots, all of them or none; their keys.

        It may be a part of the caller's transaction.
        """
        with self._light_transaction():
            note_order(self._database, group_id, order)
            return self._add(jobs, group_id)

    def announce(self, report: Report) -> SendRow:
        """Write down that an attempt is about to leave. Once that is on the disk, it may.

        Raises NotWaiting where the send is not QUEUED: it was cancelled meanwhile, for example; and
        TokenInUse where other programs have used up its token's minute. Both are seen in the
        transaction that writes it down, so that no two programs pass together.
        """
        with self._light_transaction():
            row = self.row(report.msg_uuid)
            if row is None or row.status is not Status.QUEUED:
                raise NotWaiting
            if self._under_way.is_shared and report.token_fingerprint:
                demand_turn(self._database, report.token_fingerprint, report.at)
            self._write_send(row, report, Status.SENDING)
            change: dict[str, Value] = {"attempts": report.attempt}
            if not row.token_fingerprint:  # from its first attempt on it belongs to this token
                change["token_fingerprint"] = report.token_fingerprint
            self._database.update("sends", change, "key = ?", row.key)
            self._database.insert(
                "attempts",
                {
                    "send_key": row.key,
                    "number": report.attempt,
                    "robot_id": row.robot_id,
                    "is_sandbox": row.is_sandbox,
                    "status": Status.SENDING,
                    "started_at": to_micros(report.at),
                    "url": report.url.partition("?")[0],
                    "body_sha256": report.body_sha256,
                    "body_bytes": report.body_bytes,
                    "token_fingerprint": report.token_fingerprint,
                },
            )
        return self._known(report.msg_uuid)

    def complete(self, report: Report) -> SendRow:
        """Write down what came of an attempt, or of the whole send; the row as it stands then.

        QUEUED with `retry_at` ends an attempt and leaves the send waiting for its next. A verdict
        stays: a row that is neither waiting, under way nor UNKNOWN does not change.
        """
        with self._light_transaction():
            row = self._known(report.msg_uuid)
            with self._index.changing(row.key):
                self._complete_attempt(row, report)
                if row.status in _OPEN:
                    self._finish(row, report)
            self._link(row.key)
        return self._known(report.msg_uuid)

    def queue_again(self, msg_uuid: str, *, never_left: bool = False) -> SendRow:
        """Let a send that may have been taken wait for another attempt, under its msgUuid.

        Whatever ends it then, its earlier attempts stand: it is never called not sent or cancelled.
        With `never_left` it is one that certainly did not. Raises NotWaiting for any other send.
        """
        with self._database.transaction():
            row = self.row(msg_uuid)
            if row is None or not (row.never_left if never_left else row.may_have_been_taken):
                raise NotWaiting
            self._chain().reopen_within(row.key, msg_uuid)
            change = {"status": Status.QUEUED, "finished_at": None}
            with self._index.changing(row.key):
                self._database.update("sends", change, "key = ?", row.key)
            self._under_way.claim((row.key,))
        return self._known(msg_uuid)

    def add_probe(self, robot: Robot, at: datetime) -> None:
        """Write down a call with a robot's token that posts nothing; it counts like an attempt."""
        self._database.insert(
            "probes",
            {
                "robot_id": robot.robot_id,
                "is_sandbox": robot.is_sandbox or is_here(robot.endpoint),
                "started_at": to_micros(at),
                "token_fingerprint": robot.token_fingerprint,
            },
        )

    def cancel(self, msg_uuid: str, at: datetime) -> SendRow:
        """End a send that still waits; one that is under way or over stays as it is."""
        with self._light_transaction():
            row = self._known(msg_uuid)
            if row.status is Status.QUEUED:
                with self._index.changing(row.key):
                    self._finish(row, Report(msg_uuid, 0, Status.CANCELLED, at))
                self._link(row.key)
        return self._known(msg_uuid)

    def recover(self, at: datetime) -> tuple[SendRow, ...]:
        """At start-up: end what an earlier run left open; the changed rows, oldest first.

        SENDING becomes UNKNOWN. QUEUED becomes NOT_SENT, to be offered again, or UNKNOWN where an
        earlier attempt may have been taken. What a living process sends is left to it.
        """
        with self._database.transaction():
            found = self._sends("WHERE status IN (?, ?)", Status.QUEUED, Status.SENDING)
            dead = [row for row in found if not self._under_way.is_held(row.key)]
            unfinished = sorted(dead, key=lambda row: row.key)
            for row in unfinished:
                with self._index.changing(row.key):
                    self._recover(row, at)
                self._link(row.key)
        return tuple(self._known(row.msg_uuid) for row in unfinished)

    def _recover(self, row: SendRow, at: datetime) -> None:
        self._database.run(
            "UPDATE attempts SET status = ?, fault = ? WHERE send_key = ? AND status = ?",
            *(Status.UNKNOWN, Fault.INTERRUPTED, row.key, Status.SENDING),
        )
        has_left = self._last_that_left(row) is not None
        status = Status.UNKNOWN if has_left else Status.NOT_SENT
        fault = Fault.INTERRUPTED if has_left else row.fault or Fault.NEVER_STARTED
        self._finish(row, Report(row.msg_uuid, 0, status, at, fault=fault))

    # Reading

    def row(self, msg_uuid: str) -> SendRow | None:
        """One send, or None where it is not known."""
        found = self._sends("WHERE msg_uuid = ?", msg_uuid)
        return found[0] if found else None

    def group(self, group_id: str) -> tuple[SendRow, ...]:
        """Where several sends of one message stand: the newest to each robot, in their order.

        What went to one robot at the same moment are parts of a message: of each part the newest.
        """
        rows = self._sends("WHERE group_id = ? ORDER BY key", group_id)
        begun = [row.robot_id for row in rows if row.created_at == rows[0].created_at]
        are_parts = len(begun) > len(set(begun))
        return tuple({row.payload if are_parts else row.robot_id: row for row in rows}.values())

    def order_of(self, group_id: str) -> BroadcastOrder:
        """How several sends of one message go out."""
        return order_of(self._database, group_id)

    def corrections(self, msg_uuid: str) -> tuple[SendRow, ...]:
        """The sends that set this one right, whatever came of them, oldest first."""
        return tuple(self._sends("WHERE corrects = ? ORDER BY key", msg_uuid))

    def corrected(self, msg_uuids: Sequence[str]) -> set[str]:
        """Those of these sends that another one sets right."""
        query = f"SELECT corrects FROM sends WHERE corrects IN ({','.join('?' * len(msg_uuids))})"
        return {str(row[0]) for row in self._database.rows(query, *msg_uuids)}

    def all_sends(self) -> "AllSends":
        """All sends by their places, as they are now."""
        from dingcomposer.storage.search.positions import AllSends

        return AllSends(self._database)

    def found_sends(self) -> "FoundSends":
        """An empty list for what a search finds."""
        from dingcomposer.storage.search.positions import FoundSends

        return FoundSends(self._database)

    def light_rows(self, keys: Sequence[int]) -> dict[int, SendRow]:
        """The sends of these keys, each without its message, as far as they are there."""
        columns = ", ".join(_LIGHT)
        marks = ", ".join("?" * len(keys))
        rows = self._database.rows(f"SELECT {columns} FROM sends WHERE key IN ({marks})", *keys)
        return {row["key"]: read_send(row) for row in rows}

    def documents(self, keys: Sequence[int]) -> "dict[int, SendDocument]":
        """The sends of these keys as the search sees them."""
        from dingcomposer.storage.search.documents import COLUMNS, document_of

        marks = ", ".join("?" * len(keys))
        rows = self._database.rows(f"SELECT {COLUMNS} FROM sends WHERE key IN ({marks})", *keys)
        return {row["key"]: document_of(dict(row)) for row in rows}

    def page(
        self,
        before: int | None = None,
        limit: int = PAGE_ROWS,
        *,
        robot_id: str | None = None,
        status: Status | None = None,
        kind: Kind | None = None,
    ) -> tuple[SendRow, ...]:
        """The newest sends first, `limit` of them; the next page is `before` the last one's key."""
        wanted: dict[str, Value] = {
            "key < ?": before,
            "robot_id = ?": robot_id,
            "status = ?": status,
            "kind = ?": kind,
        }
        wanted = {condition: value for condition, value in wanted.items() if value is not None}
        where = f"WHERE {' AND '.join(wanted)}" if wanted else ""
        return tuple(self._sends(f"{where} ORDER BY key DESC LIMIT ?", *wanted.values(), limit))

    def robot_then(self, msg_uuid: str) -> str | None:
        """The robot as it was at the time, as JSON; None where that was not recorded."""
        found = self._database.rows("SELECT robot_then FROM sends WHERE msg_uuid = ?", msg_uuid)
        return found[0]["robot_then"] if found else None

    def attempts(self, msg_uuid: str) -> tuple[AttemptRow, ...]:
        """The attempts of a send, the first one first."""
        return tuple(
            self._attempts(
                "WHERE send_key = (SELECT key FROM sends WHERE msg_uuid = ?) ORDER BY number",
                msg_uuid,
            )
        )

    def sent_times(self, robots: Sequence[Robot], since: datetime) -> tuple[datetime, ...]:
        """When attempts left with the token that these robots share, oldest first."""
        return token_use.sent_times(self._database, robots, since)

    def last_too_fast(self, robots: Sequence[Robot], since: datetime) -> datetime | None:
        """When DingTalk last said "too fast" to the token that these robots share; if since."""
        return token_use.last_too_fast(self._database, robots, since)

    def calls_since(self, at: datetime) -> int:
        """How many attempts of all robots went out to DingTalk since then; the sandbox is free."""
        return token_use.calls_since(self._database, at)

    def last_recipients(self, headline: str) -> tuple[str, ...]:
        """The robots of the newest broadcast, by their ids; of one with this headline first."""
        return last_recipients(self._database, headline)

    def mentioned(self, robot_id: str, most_sends: int) -> tuple[str, ...]:
        """Whom the newest sends to a robot mentioned, by number or id, the most often first."""
        return mentioned(self._database, robot_id, most_sends)

    def last_same(
        self, robot_id: str, message: Message, since: datetime, token_fingerprint: str = ""
    ) -> SendRow | None:
        """The newest send of the same content that this robot's group has, may have, or is to get.

        Where the robot's token is known, what went through another profile of it counts, and what
        went to another token does not.
        """
        return self.last_same_each({robot_id: token_fingerprint}, message, since).get(robot_id)

    def last_same_each(
        self, fingerprints: Mapping[str, str], message: Message, since: datetime
    ) -> dict[str, SendRow]:
        """As `last_same`, of several robots at once: by id the fingerprint of each one's token.

        Looked for among the newest sends only, so that it takes no time in a long history.
        """
        found = self._sends(
            f"WHERE key >= ? AND created_at >= ? AND payload = ? AND {_IN_THE_GROUP}"
            " ORDER BY key DESC",
            *(self._oldest_since(since), to_micros(since), to_json(to_payload(message))),
        )
        newest: dict[str, SendRow] = {}
        for robot_id, token in fingerprints.items():
            for row in found:
                is_own = row.robot_id == robot_id and row.token_fingerprint in ("", token)
                is_unknown = row.robot_id == robot_id and not token
                if is_own or is_unknown or (token and row.token_fingerprint == token):
                    newest[robot_id] = row
                    break
        return newest

    def _oldest_since(self, since: datetime) -> int:
        """A key before which no send is so young; a clock that was set back for a while counts."""
        oldest = _ABOVE_ALL_KEYS
        while True:
            rows = self._database.rows(
                "SELECT key, created_at FROM sends WHERE key < ? ORDER BY key DESC LIMIT ?",
                *(oldest, _OLDER_ROWS),
            )
            if not any(row["created_at"] >= to_micros(since) for row in rows):
                return oldest
            oldest = rows[-1]["key"]

    # Several processes

    def is_left_behind(self) -> bool:
        """Whether a process has died over a send that it had under way: `recover` ends it."""
        found = self._sends("WHERE status IN (?, ?)", Status.QUEUED, Status.SENDING)
        return any(not self._under_way.is_held(row.key) for row in found)

    def is_changed_elsewhere(self) -> bool:
        """Whether another process wrote to the file since this was last asked."""
        return self._database.is_changed_elsewhere()

    def open_elsewhere(self) -> tuple[SendRow, ...]:
        """The sends that other living processes have under way."""
        found = self._sends("WHERE status IN (?, ?)", Status.QUEUED, Status.SENDING)
        return tuple(
            row for row in found if not self.is_own(row) and self._under_way.is_held(row.key)
        )

    def newer(self, key: int) -> tuple[SendRow, ...]:
        """The sends that were added after this one, oldest first; at most a page of them."""
        return tuple(self._sends("WHERE key > ? ORDER BY key LIMIT ?", key, PAGE_ROWS))

    @property
    def newest_key(self) -> int:
        """The key of the newest send; 0 where there is none."""
        return int(self._database.rows("SELECT max(key) FROM sends")[0][0] or 0)

    def is_own(self, row: SendRow) -> bool:
        """Whether this process has it under way."""
        return self._under_way.is_own(row.key)

    # One transaction's parts

    def _add(self, jobs: Sequence[SendJob], group_id: str | None = None) -> tuple[int, ...]:
        """Add the rows of sends, by few statements for however many. Within a transaction."""
        newest = self.newest_key
        self._database.insert_all("sends", [send_columns(job, group_id) for job in jobs])
        found = self._database.rows("SELECT key FROM sends WHERE key > ? ORDER BY key", newest)
        keys = tuple(int(row["key"]) for row in found)
        self._under_way.claim(keys)
        return keys

    def _complete_attempt(self, row: SendRow, report: Report) -> None:
        status = report.status
        if status is Status.QUEUED:  # the send goes on, but this attempt is over
            status = Status.NOT_SENT if report.cause is None else Status.REFUSED
        elif status is Status.UNKNOWN and _has_its_own_verdict(report):
            # Not known is what became of an earlier attempt; of this one it is.
            status = Status.REFUSED if report.fault is None else Status.NOT_SENT
        self._database.update(
            "attempts",
            {
                "status": status,
                "http_status": report.http_status,
                "ended_at": to_micros(report.at),
                "duration_ms": report.duration_ms,
                "answer": report.answer,
                **wire_columns(report),
                **phase_columns(report),
                **verdict_columns(report),
            },
            # An attempt's verdict stays; and what ended before it was announced was none.
            "send_key = ? AND number = ? AND status IN (?, ?)",
            *(row.key, report.attempt, Status.SENDING, Status.UNKNOWN),
        )

    def _finish(self, row: SendRow, report: Report) -> None:
        """Write what a report means for the whole send, its earlier attempts considered."""
        left = self._last_that_left(row)
        if left is None or report.status not in (
            Status.NOT_SENT,
            Status.CANCELLED,
            Status.UNKNOWN,
        ):
            self._write_send(row, report, report.status)
            return
        # What DingTalk said to it stays visible (busy, for example), and what ended the waiting
        # too; but no fault that says "nothing left": that is true of the last attempt only.
        is_of_the_send = report.status is Status.UNKNOWN and (
            report.fault is Fault.TOKEN_CHANGED  # it keeps every further attempt here
            or not (report.fault and report.fault.has_kept_it_here)
        )
        fault = report.fault if is_of_the_send else left.fault
        said = (
            report
            if report.cause
            else replace(
                report,
                cause=left.cause,
                errcode=left.errcode,
                errmsg=left.errmsg,
                http_status=left.http_status,
            )
        )
        self._write_send(row, replace(said, fault=fault), Status.UNKNOWN)

    def _link(self, key: int) -> None:
        """Add a send to the chain, if it is over: in the transaction that ended it."""
        found = self._database.rows("SELECT status FROM sends WHERE key = ?", key)
        if Status(found[0]["status"]).is_final:
            self._chain().add_within(key)

    def _chain(self) -> "Chain":
        from dingcomposer.storage.evidence.chain import Chain  # not on the way to the window

        return Chain(self._database)

    def _write_send(self, row: SendRow, report: Report, status: Status) -> None:
        self._database.update(
            "sends",
            {
                "status": status,
                "retry_at": to_micros(report.retry_at) if report.retry_at else None,
                "finished_at": to_micros(report.at) if status.is_final else None,
                "duration_ms": report.duration_ms,
                "http_status": report.http_status,
                "is_signed": report.is_signed,
                **verdict_columns(report),
            },
            "key = ?",
            row.key,
        )
        if status.is_final:
            self._under_way.end(row.key)

    def _last_that_left(self, row: SendRow) -> AttemptRow | None:
        found = self._attempts(
            f"WHERE send_key = ? AND {HAS_LEFT} ORDER BY number DESC LIMIT 1", row.key
        )
        return found[0] if found else None

    # Rows

    def _known(self, msg_uuid: str) -> SendRow:
        row = self.row(msg_uuid)
        if row is None:
            raise LookupError(msg_uuid)
        return row

    def _sends(self, clauses: str, *values: Value) -> list[SendRow]:
        columns = ", ".join(SendRow.__dataclass_fields__)
        rows = self._database.rows(f"SELECT {columns} FROM sends {clauses}", *values)
        return [read_send(row) for row in rows]

    def _attempts(self, clauses: str, *values: Value) -> list[AttemptRow]:
        columns = ", ".join(AttemptRow.__dataclass_fields__)
        rows = self._database.rows(f"SELECT {columns} FROM attempts {clauses}", *values)
        return [read_attempt(row) for row in rows]


_LIGHT = ["'' AS payload" if name == "payload" else name for name in SendRow.__dataclass_fields__]
_OPEN = (Status.QUEUED, Status.SENDING, Status.UNKNOWN)
_ABOVE_ALL_KEYS = 2**63 - 1
_OLDER_ROWS = 500  # so many in a row are older: then all before them are
_IN_THE_GROUP = (
    f"(status NOT IN ('{Status.NOT_SENT}', '{Status.CANCELLED}', '{Status.REFUSED}')"
    f" OR (status = '{Status.REFUSED}' AND cause = '{Cause.BUSY}'))"
)


def _has_its_own_verdict(report: Report) -> bool:
    """True where an attempt was refused, or kept here, after one that may have been taken."""
    if report.fault is None:
        return report.cause is not None
    return report.fault.has_kept_it_here
