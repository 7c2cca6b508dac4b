"""One request and what became of it, as it is shown and kept: without token, secret, signature."""

from datetime import datetime

from dingcomposer.core.answers import Cause
from dingcomposer.core.messages import Message
from dingcomposer.core.payload import PayloadError, from_payload
from dingcomposer.core.records import dataclass, lazy_pattern
from dingcomposer.sandbox.diagnosis import Diagnosis
from dingcomposer.sandbox.faults import FaultKind
from dingcomposer.sandbox.rules import Verdict

_MASK = "…"
_SHOWN_PARAMETERS = frozenset({"timestamp"})
_HIDDEN_HEADERS = frozenset({"authorization", "cookie", "proxy-authorization", "sign", "signature"})
# As long as a token or a signature is: masked wherever it stands in a path or a header.
_SECRET_LOOKING = lazy_pattern(r"[0-9A-Za-z+/=_%-]{40,}")


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and what became of it.

    `robot` is the robot's name, "" where the token named none, and `group` its number on the
    server, then 0: a robot may be renamed. `query`, `path` and `headers` are without secrets;
    `body` is cut at 32 KiB, `body_bytes` is its whole length. `errcode` and `cause` are None where
    no such answer was given, `http_status` where there was none at all. `message` is there for
    what was accepted; it stands in the group where `is_taken`, stood there before if `is_repeat`.
    `diagnoses` say what was wrong or odd about it, beyond DingTalk's words.
    """

    number: int
    at: datetime
    robot: str
    group: int
    method: str
    path: str
    query: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    body_bytes: int
    http_status: int | None
    errcode: int | None
    errmsg: str
    cause: Cause | None
    fault: FaultKind | None
    message: Message | None
    msg_uuid: str
    is_taken: bool
    is_repeat: bool
    diagnoses: tuple[Diagnosis, ...] = ()


def read_message(verdict: Verdict) -> Message | None:
    """The message that was accepted; None where none was, or where it cannot be shown."""
    if not (verdict.is_taken or verdict.is_repeat):
        return None
    try:
        return from_payload(verdict.payload).message
    except PayloadError:
        return None


def mask(text: str) -> str:
    """A path or a word without what is as long as a token or a signature."""
    return _SECRET_LOOKING.sub(_MASK, text)


def mask_query(query: tuple[tuple[str, str], ...]) -> str:
    """Every value but the timestamp is masked: nobody knows what was pasted there by mistake."""
    return "&".join(
        f"{mask(key)}={value if _may_be_shown(key, value) else _MASK}" for key, value in query
    )


def mask_header(name: str, value: str) -> str:
    """A header's value, masked where it is, or holds, what may be a secret."""
    if name.lower() in _HIDDEN_HEADERS:
        return _MASK
    return mask(value)


def _may_be_shown(key: str, value: str) -> bool:
    return value == "" or (key in _SHOWN_PARAMETERS and value.isascii() and value.isdigit())
