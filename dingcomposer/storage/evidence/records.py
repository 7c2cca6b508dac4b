"""What a link of the chain stands for: a send as one line of JSON, and the hashes over it.

All of it can be recomputed with a few lines of Python and nothing of this program:

    content = sha256(record)
    digest = sha256(f"{digest before} {number} {entry} {send key} {content}")

in UTF-8, the hashes as lower-case hex; before the first link stand 64 zeros.
"""

import hashlib
import json
from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Protocol

from dingcomposer.core.records import dataclass

START = bytes(32)
"""What stands before the first link."""

SEND_COLUMNS = (
    *("key", "msg_uuid", "robot_id", "robot_name", "robot_colour", "stage", "is_sandbox", "kind"),
    *("headline", "status", "cause", "fault", "errcode", "errmsg", "wait_minutes", "retry_at"),
    *("created_at", "finished_at", "duration_ms", "attempts", "payload", "group_id"),
    *("http_status", "is_signed", "token_fingerprint", "corrects", "robot_then", "imported_at"),
)
"""The columns of a send that its record holds: all there are."""

ATTEMPT_COLUMNS = (
    *("send_key", "number", "robot_id", "is_sandbox", "status", "cause", "fault", "errcode"),
    *("errmsg", "wait_minutes", "http_status", "started_at", "ended_at", "duration_ms", "url"),
    *("body_sha256", "body_bytes", "answer", "query", "request_headers", "status_line"),
    *("response_headers", "received_bytes", "announced_bytes", "token_fingerprint"),
    *("queue_ms", "name_ms", "connect_ms", "tls_ms", "wait_ms"),
)
"""The columns of an attempt that the record of its send holds: all there are."""

FORMS = {1: (SEND_COLUMNS, ATTEMPT_COLUMNS)}
"""How records are written, and were: the columns of each form, by its number.

Another column is another form, at the end; the earlier ones stay, for there are links of them.
"""


class Entry(StrEnum):
    """What a link says."""

    SEND = "send"  # this send is over, and stands like this
    REOPENED = "reopened"  # it is to be tried again under its msgUuid
    REMOVED = "removed"  # these links have lost their sends


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The newest link: whoever knows it notices if anything before it is changed."""

    number: int
    digest: str

    @property
    def words(self) -> str:
        """As it is printed: number and digest."""
        return f"{self.number}:{self.digest}"


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One link. `send_key` is 0 where it is no send's; hashes are raw bytes."""

    number: int
    entry: Entry
    send_key: int
    content: bytes
    digest: bytes

    @property
    def head(self) -> ChainHead:
        """The link as it is printed."""
        return ChainHead(self.number, self.digest.hex())


class StoredColumns(Protocol):
    """A row of a table, by the names of its columns."""

    def __getitem__(self, name: str, /) -> Any: ...


def record_of(
    send: StoredColumns, attempts: Sequence[StoredColumns], form: int | None = None
) -> str:
    """A send and its attempts, the first one first, as a link stands for them; in the newest form.

    `form` is the number of another one.
    """
    form = max(FORMS) if form is None else form
    of_send, of_attempt = FORMS[form]
    return _line(
        {
            "form": form,
            "send": {name: send[name] for name in of_send},
            "attempts": [{name: one[name] for name in of_attempt} for one in attempts],
        }
    )


def fitting_record(
    send: StoredColumns, attempts: Sequence[StoredColumns], content: bytes
) -> str | None:
    """The record that has this hash, in whichever form; None where none has."""
    records = (record_of(send, attempts, form) for form in sorted(FORMS, reverse=True))
    return next((one for one in records if content_of(one) == content), None)


def reopening_record(send_key: int, msg_uuid: str) -> str:
    """What a link stands for that says: this send goes on."""
    return _line({"form": max(FORMS), "reopened": {"key": send_key, "msg_uuid": msg_uuid}})


def removal_record(
    ranges: Sequence[tuple[int, int]], sends: int, reason: str, at_micros: int
) -> str:
    """What a stone says: which links, from and to, lost so many sends, when and why."""
    return _line(
        {
            "form": max(FORMS),
            "removed": {"links": ranges, "sends": sends, "reason": reason, "at": at_micros},
        }
    )


def content_of(record: str) -> bytes:
    """The hash of a record."""
    return hashlib.sha256(record.encode()).digest()


def digest_of(before: bytes, number: int, entry: str, send_key: int, content: bytes) -> bytes:
    """The hash of a link, over the one before."""
    text = f"{before.hex()} {number} {entry} {send_key} {content.hex()}"
    return hashlib.sha256(text.encode()).digest()


def ranges_of(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Numbers, in order, as ranges from and to."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = found[-1][0], number
        else:
            found.append((number, number))
    return found


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
