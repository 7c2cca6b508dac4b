"""One send, and one attempt of it, as they stand in the history."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Fault, Headers, PhaseTimes, SendJob, Status, WireTrace
from dingcomposer.core.messages import Kind, Message
from dingcomposer.core.payload import from_payload
from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import Stage
from dingcomposer.storage.database import Row, from_json, from_micros
from dingcomposer.storage.report_columns import send_columns


@dataclass(frozen=True, slots=True)
class SendRow:
    """One send as it stands. The robot is described as it was at the time.

    `key` orders the sends and is never used twice. `payload` is the message as JSON, as sent,
    without msgUuid. `duration_ms` is the last attempt's. `attempts` counts those announced.
    `group_id` is shared by the sends of one message to several robots at once. `http_status` and
    `is_signed` are the last attempt's, None where they are not known. `token_fingerprint` is of
    the token that it was confirmed for, "" where that is not known. `corrects` is the msgUuid of
    the send that it sets right. `imported_at` is None where it was made on this computer.
    """

    key: int
    msg_uuid: str
    robot_id: str
    robot_name: str
    robot_colour: str
    stage: Stage
    is_sandbox: bool
    kind: Kind
    headline: str
    status: Status
    cause: Cause | None
    fault: Fault | None
    errcode: str
    errmsg: str
    wait_minutes: int | None
    retry_at: datetime | None
    created_at: datetime
    finished_at: datetime | None
    duration_ms: float | None
    attempts: int
    payload: str
    group_id: str | None = None
    http_status: int | None = None
    is_signed: bool | None = None
    token_fingerprint: str = ""
    corrects: str | None = None
    imported_at: datetime | None = None

    @property
    def message(self) -> Message:
        """The message that was sent."""
        return from_payload(from_json(self.payload)).whole

    @property
    def may_have_been_taken(self) -> bool:
        """True where the group may have it, and DingTalk did not say so."""
        is_busy = self.status is Status.REFUSED and self.cause is Cause.BUSY
        return is_busy or self.status is Status.UNKNOWN

    @property
    def never_left(self) -> bool:
        """True where it ended here, on this computer, and certainly nothing of it left."""
        return self.status in (Status.NOT_SENT, Status.CANCELLED) and self.imported_at is None


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """One attempt of a send. `status` is the attempt's own, never QUEUED.

    `url` is without its query. `body_sha256` is of the bytes as posted. `ended_at` is None while it
    is under way, and where the program ended before it did. What `trace` is made of
    stands as it is in the table.
    """

    number: int
    status: Status
    cause: Cause | None
    fault: Fault | None
    errcode: str
    errmsg: str
    wait_minutes: int | None
    http_status: int | None
    started_at: datetime
    ended_at: datetime | None
    duration_ms: float | None
    url: str
    body_sha256: str
    body_bytes: int
    answer: str
    query: str | None = None
    request_headers: str | None = None
    status_line: str | None = None
    response_headers: str | None = None
    received_bytes: int | None = None
    announced_bytes: int | None = None
    queue_ms: float | None = None
    name_ms: float | None = None
    connect_ms: float | None = None
    tls_ms: float | None = None
    wait_ms: float | None = None

    @property
    def phases(self) -> PhaseTimes:
        """How long each part of it took; all None where that was not measured."""
        return PhaseTimes(self.queue_ms, self.name_ms, self.connect_ms, self.tls_ms, self.wait_ms)

    @property
    def trace(self) -> WireTrace | None:
        """What went over the wire; None where that was not recorded."""
        if self.received_bytes is None:
            return None
        return WireTrace(
            self.query or "",
            _headers(self.request_headers),
            self.status_line or "",
            _headers(self.response_headers),
            self.received_bytes,
            self.announced_bytes,
        )

    @property
    def has_left(self) -> bool:
        """True where the bytes went out, or may have."""
        return self.status not in (Status.NOT_SENT, Status.CANCELLED)


def read_send(row: Row | Mapping[str, Any]) -> SendRow:
    """A row of the table of sends."""
    values = _values(row)
    values["stage"] = Stage(values["stage"])
    values["is_sandbox"] = bool(values["is_sandbox"])
    values["kind"] = Kind(values["kind"])
    values["created_at"] = from_micros(values["created_at"])
    if values["is_signed"] is not None:
        values["is_signed"] = bool(values["is_signed"])
    for name in ("retry_at", "finished_at", "imported_at"):
        values[name] = read_time(values[name])
    return SendRow(**values)


def queued_send(key: int, job: SendJob, group_id: str | None = None) -> SendRow:
    """The row of a send as it is written first, without reading it: of one message many are."""
    columns = send_columns(job, group_id)
    told = {name: value for name, value in columns.items() if name in _UNTOLD}
    return read_send({**_UNTOLD, **told, "key": key})


_UNTOLD: dict[str, Any] = {
    **dict.fromkeys(SendRow.__dataclass_fields__),
    **{"errcode": "", "errmsg": "", "attempts": 0},
}
"""A send of which nothing is known yet, as the table has it."""


def read_attempt(row: Row | Mapping[str, Any]) -> AttemptRow:
    """A row of the table of attempts."""
    values = _values(row)
    values["started_at"] = from_micros(values["started_at"])
    values["ended_at"] = read_time(values["ended_at"])
    return AttemptRow(**values)


def _headers(text: str | None) -> Headers:
    return tuple((name, value) for name, value in from_json(text or "[]"))


def _values(row: Row | Mapping[str, Any]) -> dict[str, Any]:
    """What stands in a row, its verdict read."""
    # By their places: `dict` would look each name up among all of them.
    values = dict(zip(row.keys(), row, strict=True)) if isinstance(row, Row) else dict(row)
    values["status"] = Status(values["status"])
    values["cause"] = Cause(values["cause"]) if values["cause"] else None
    values["fault"] = Fault(values["fault"]) if values["fault"] else None
    return values


def read_time(micros: int | None) -> datetime | None:
    """A time that may not be there."""
    return None if micros is None else from_micros(micros)
