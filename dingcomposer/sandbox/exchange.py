"""One request and what became of it, as it is shown and kept: without token, secret, signature."""

import re
from collections.abc import Iterable
from datetime import datetime

from dingcomposer.core.answers import Cause
from dingcomposer.core.messages import Message
from dingcomposer.core.payload import PayloadError, from_payload
from dingcomposer.core.records import dataclass, lazy_pattern
from dingcomposer.core.redaction import SecretPattern
from dingcomposer.sandbox.diagnosis import Diagnosis
from dingcomposer.sandbox.faults import FaultKind
from dingcomposer.sandbox.rules import Verdict

_MASK = "…"
_SHOWN_PARAMETERS = frozenset({"timestamp"})
_HIDDEN_HEADERS = frozenset({"authorization", "cookie", "proxy-authorization", "sign", "signature"})
# As long as a token or a signature is: masked wherever it stands in a path or a header.
_SECRET_LOOKING = lazy_pattern(r"[0-9A-Za-z+/=_%-]{40,}")
# Signatures and tokens that a client put into the body: behind a key of JSON, whatever its quotes
# and however often escaped; and in a form or an address, where a line to sign on is none.
_SHORTEST_SIGNATURE = 16
_NAMED = ("sign", "token", "secret")
_NAMES = r"(?<![a-z])(?:sign|signature|(?:access_?|webhook_?|robot_?)?token|(?:app_?)?secret)"
_SECRET_KEY = lazy_pattern(
    rf"""({_NAMES}(\\*["'])\s*:\s*\2)(?:(?!\2)(?:[^\\]|\\.)){{1,1000}}""", re.IGNORECASE
)
_SECRET_PARAMETER = lazy_pattern(
    rf"({_NAMES}\s*(?:[=:]|%3D)\s*)(?=[+/=_%\\-]*[0-9a-z])"
    rf"(?:[0-9a-z+/=_%-]|\\/){{{_SHORTEST_SIGNATURE},}}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and what became of it.

    `robot` is the robot's name, "" where the token named none, and `group` its number on the
    server, then 0: a robot may be renamed. `query`, `path` and `headers` are without secrets;
    so is `body`, which is cut at 32 KiB where `is_cut`; `body_bytes` was its whole length.
    `errcode` and `cause` are None where no such answer was given, `http_status` where there was
    none at all. `message` is there for what was accepted, word by word as the group has it; it
    stands there where `is_taken`, stood there before if `is_repeat`. `diagnoses` say what was wrong
    or odd about it, beyond DingTalk's words.
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
    is_cut: bool
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


def mask_body(body: bytes, known: Iterable[SecretPattern], sign: str) -> bytes:
    """A body without the `known` secrets, the query's `sign`, and what its key calls a secret.

    One without any is the very same bytes.
    """
    text = body.decode("utf-8", "surrogateescape")
    masked = text
    for pattern in known:
        masked = pattern.mask(masked, _MASK)
    if len(sign) >= _SHORTEST_SIGNATURE:
        masked = masked.replace(sign, _MASK)
    lowered = masked.lower()
    if any(name in lowered for name in _NAMED):
        masked = _SECRET_KEY.sub(rf"\g<1>{_MASK}", masked)
        masked = _SECRET_PARAMETER.sub(rf"\g<1>{_MASK}", masked)
    return body if masked == text else masked.encode("utf-8", "surrogateescape")


def _may_be_shown(key: str, value: str) -> bool:
    return value == "" or (key in _SHOWN_PARAMETERS and value.isascii() and value.isdigit())
