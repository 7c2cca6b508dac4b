"""What can go wrong on demand: every refusal of DingTalk's, and everything a server can commit.

Pure: chance is passed in. `sandbox.http_server` carries out what `stage` decides.
"""

import gzip
import json
import re
from collections.abc import Callable
from dataclasses import replace
from enum import Enum, StrEnum, auto

from dingcomposer.core.answers import Cause, Fact, Generation
from dingcomposer.core.records import dataclass
from dingcomposer.sandbox import replies

HUGE_BYTES = 50_000_000


class FaultKind(StrEnum):
    """One way in which the sandbox misbehaves."""

    # DingTalk's own answers, whatever was sent; see ANSWERS
    BUSY = "busy"
    BUSY_500100 = "busy_500100"
    WRONG_PATH = "wrong_path"
    WRONG_API_NAME = "wrong_api_name"
    NOT_POST = "not_post"
    NOT_HTTPS = "not_https"
    WRONG_CONTENT_TYPE = "wrong_content_type"
    NOT_JSON = "not_json"
    NO_TOKEN = "no_token"  # noqa: S105 - a name, not a token
    UNKNOWN_TOKEN = "unknown_token"  # noqa: S105 - a name, not a token
    UNKNOWN_TOKEN_300001 = "unknown_token_300001"  # noqa: S105 - a name, not a token
    UNKNOWN_TOKEN_400101 = "unknown_token_400101"  # noqa: S105 - a name, not a token
    ROBOT_DISABLED = "robot_disabled"
    ROBOT_GONE = "robot_gone"
    GROUP_GONE = "group_gone"
    NO_KEYWORD = "no_keyword"
    WRONG_TIMESTAMP = "wrong_timestamp"
    WRONG_SIGNATURE = "wrong_signature"
    ADDRESS_NOT_LISTED = "address_not_listed"
    WRONG_MESSAGE_TYPE = "wrong_message_type"
    MISSING_FIELD = "missing_field"
    TOO_LONG = "too_long"
    TOO_LONG_101002 = "too_long_101002"
    UNSAFE_LINK = "unsafe_link"
    UNSAFE_TEXT = "unsafe_text"
    UNSAFE_PICTURE = "unsafe_picture"
    UNSAFE_CONTENT = "unsafe_content"
    TOO_FAST = "too_fast"
    TOO_FAST_410100 = "too_fast_410100"
    TOO_FAST_660026 = "too_fast_660026"
    AT_ALL_RESERVED = "at_all_reserved"
    SEND_FORBIDDEN = "send_forbidden"
    ADDRESS_BANNED = "address_banned"
    # The true answer, in an unusual way; see HONEST
    SLOW = "slow"
    TRICKLE = "trickle"
    CLOSE_WHEN_IDLE = "close_when_idle"
    ERRCODE_TEXT_ZERO = "errcode_text_zero"
    GZIP = "gzip"
    BOM = "bom"
    # No answer, or half of one
    SILENT = "silent"
    RESET = "reset"
    CLOSE = "close"
    HALF = "half"
    # An answer that is not DingTalk's
    EMPTY = "empty"
    HUGE = "huge"
    HTML = "html"
    ARRAY = "array"
    NO_ERRCODE = "no_errcode"
    ERRCODE_FALSE = "errcode_false"
    ERRCODE_FLOAT = "errcode_float"
    ERRCODE_SPACED = "errcode_spaced"
    ERRCODE_NULL = "errcode_null"
    REDIRECT = "redirect"
    HTTP_404 = "http_404"
    HTTP_500 = "http_500"
    HTTP_502 = "http_502"
    OK_WITH_HTTP_500 = "ok_with_http_500"
    CUSTOM = "custom"


ANSWERS = {
    FaultKind.BUSY: replies.BUSY,
    FaultKind.BUSY_500100: replies.BUSY_500100,
    FaultKind.WRONG_PATH: replies.WRONG_PATH,
    FaultKind.WRONG_API_NAME: replies.WRONG_API_NAME,
    FaultKind.NOT_POST: replies.NOT_POST,
    FaultKind.NOT_HTTPS: replies.NOT_HTTPS,
    FaultKind.WRONG_CONTENT_TYPE: replies.WRONG_CONTENT_TYPE,
    FaultKind.NOT_JSON: replies.NOT_JSON,
    FaultKind.NO_TOKEN: replies.NO_TOKEN,
    FaultKind.UNKNOWN_TOKEN: replies.UNKNOWN_TOKEN,
    FaultKind.UNKNOWN_TOKEN_300001: replies.UNKNOWN_TOKEN_300001,
    FaultKind.UNKNOWN_TOKEN_400101: replies.UNKNOWN_TOKEN_400101,
    FaultKind.ROBOT_DISABLED: replies.ROBOT_DISABLED,
    FaultKind.ROBOT_GONE: replies.ROBOT_GONE,
    FaultKind.GROUP_GONE: replies.GROUP_GONE,
    FaultKind.NO_KEYWORD: replies.NO_KEYWORD,
    FaultKind.WRONG_TIMESTAMP: replies.WRONG_TIMESTAMP,
    FaultKind.WRONG_SIGNATURE: replies.WRONG_SIGNATURE,
    FaultKind.ADDRESS_NOT_LISTED: replies.address_not_listed("203.0.113.7"),
    FaultKind.WRONG_MESSAGE_TYPE: replies.WRONG_MESSAGE_TYPE,
    FaultKind.MISSING_FIELD: replies.missing("text->content"),
    FaultKind.TOO_LONG: replies.TOO_LONG,
    FaultKind.TOO_LONG_101002: replies.TOO_LONG_101002,
    FaultKind.UNSAFE_LINK: replies.UNSAFE_LINK,
    FaultKind.UNSAFE_TEXT: replies.UNSAFE_TEXT,
    FaultKind.UNSAFE_PICTURE: replies.UNSAFE_PICTURE,
    FaultKind.UNSAFE_CONTENT: replies.UNSAFE_CONTENT,
    FaultKind.TOO_FAST: replies.TOO_FAST,
    FaultKind.TOO_FAST_410100: replies.TOO_FAST_410100,
    FaultKind.TOO_FAST_660026: replies.TOO_FAST_660026,
    FaultKind.AT_ALL_RESERVED: replies.AT_ALL_RESERVED,
    FaultKind.SEND_FORBIDDEN: replies.SEND_FORBIDDEN,
}
"""What the first group answers."""

HONEST = frozenset(
    {
        FaultKind.SLOW,
        FaultKind.TRICKLE,
        FaultKind.CLOSE_WHEN_IDLE,
        FaultKind.ERRCODE_TEXT_ZERO,
        FaultKind.GZIP,
        FaultKind.BOM,
    }
)
"""These check the request as always, and only answer it in their own way."""


@dataclass(frozen=True, slots=True)
class FaultPlan:
    """A fault that was ordered.

    `times` is how often it still strikes (1 is once), None without end; `probability` is how likely
    it strikes each request. With `is_taken` a request that is in order goes into the group although
    its answer says otherwise, or never comes; for HONEST kinds that is so anyway. `seconds` is how
    long SLOW waits before it answers, and over which TRICKLE spreads its answer. `http_status` and
    `body` are what CUSTOM answers; `generation` is how the answers of the first group are worded.
    """

    kind: FaultKind
    times: int | None = 1
    probability: float = 1.0
    is_taken: bool = False
    seconds: float = 5.0
    http_status: int = 200
    body: bytes = b""
    generation: Generation = Generation.PLAIN

    def __post_init__(self) -> None:
        if self.times is not None and self.times < 1:
            raise ValueError("times is at least 1, or None")
        if not 0.0 < self.probability <= 1.0:
            raise ValueError("probability is above 0, and at most 1")


def draw(
    plans: tuple[FaultPlan, ...], chance: Callable[[], float]
) -> tuple[FaultPlan | None, tuple[FaultPlan, ...]]:
    """The first of `plans` that strikes now, or None, and the plans that remain.

    `chance` gives a number from 0 up to, not including, 1. So the order is a script: once RESET
    before twice BUSY gives one reset, then two refusals, then answers as usual.
    """
    for at, plan in enumerate(plans):
        if plan.probability < 1.0 and chance() >= plan.probability:
            continue
        if plan.times is None:
            return plan, plans
        rest = (replace(plan, times=plan.times - 1),) if plan.times > 1 else ()
        return plan, plans[:at] + rest + plans[at + 1 :]
    return None, plans


class Manner(Enum):
    """How an answer leaves."""

    WHOLE = auto()
    LATE = auto()
    TRICKLED = auto()
    THEN_CLOSED = auto()  # without a word: the next request finds a dead connection
    HALF = auto()
    NEVER = auto()
    CLOSED = auto()
    RESET = auto()


@dataclass(frozen=True, slots=True)
class FaultReply:
    """What goes back over the wire, and how.

    `errcode`, `errmsg` and `cause` are those of the DingTalk answer in it, where there is one.
    `padding_bytes` spaces follow `body`.
    """

    body: bytes
    http_status: int = 200
    manner: Manner = Manner.WHOLE
    errcode: int | None = None
    errmsg: str = ""
    cause: Cause | None = None
    content_type: str = "application/json; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    padding_bytes: int = 0
    seconds: float = 0.0


def answer_plainly(fact: Fact, generation: Generation) -> FaultReply:
    """The reply of a server in good order. An error comes as HTTP 200, too."""
    errcode = replies.UNKNOWN_ERRCODE if fact.errcode is None else fact.errcode
    # "ok" was never worded in another way.
    errmsg = fact.errmsg(generation) if errcode else fact.errmsg()
    answer = {"errcode": errcode, "errmsg": errmsg}
    body = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
    return FaultReply(body, errcode=errcode, errmsg=errmsg, cause=fact.cause)


_FOREIGN = {
    FaultKind.EMPTY: FaultReply(b""),
    FaultKind.HUGE: FaultReply(b'{"errcode":0,"errmsg":"ok"}', padding_bytes=HUGE_BYTES),
    FaultKind.HTML: FaultReply(
        b"<!DOCTYPE html><html><body><h1>Please log in</h1></body></html>",
        content_type="text/html; charset=utf-8",
    ),
    FaultKind.ARRAY: FaultReply(b'[{"errcode":0,"errmsg":"ok"}]'),
    FaultKind.NO_ERRCODE: FaultReply(b'{"errmsg":"ok"}'),
    FaultKind.ERRCODE_FALSE: FaultReply(b'{"errcode":false,"errmsg":"ok"}'),
    FaultKind.ERRCODE_FLOAT: FaultReply(b'{"errcode":0.0,"errmsg":"ok"}'),
    FaultKind.ERRCODE_SPACED: FaultReply(b'{"errcode":" 0","errmsg":"ok"}'),
    FaultKind.ERRCODE_NULL: FaultReply(b'{"errcode":null,"errmsg":"ok"}'),
    FaultKind.REDIRECT: FaultReply(b"", http_status=302, headers=(("Location", "/elsewhere"),)),
    FaultKind.HTTP_404: FaultReply(
        b"404 page not found", http_status=404, content_type="text/plain"
    ),
    FaultKind.HTTP_500: FaultReply(
        b"Internal Server Error", http_status=500, content_type="text/plain"
    ),
    FaultKind.HTTP_502: FaultReply(
        b"<html><body><h1>502 Bad Gateway</h1></body></html>",
        http_status=502,
        content_type="text/html",
    ),
    FaultKind.OK_WITH_HTTP_500: FaultReply(b'{"errcode":0,"errmsg":"ok"}', http_status=500),
    FaultKind.ADDRESS_BANNED: FaultReply(
        b'{"status":1111,"wait":5,"source":"x5","punish":"deny","uuid":"sandbox"}',
        cause=Cause.ADDRESS_BANNED,
    ),
    FaultKind.SILENT: FaultReply(b"", manner=Manner.NEVER),
    FaultKind.RESET: FaultReply(b"", manner=Manner.RESET),
    FaultKind.CLOSE: FaultReply(b"", manner=Manner.CLOSED),
    FaultKind.HALF: FaultReply(b'{"errcode":0,"errmsg":"ok"}', manner=Manner.HALF),
}


def stage(plan: FaultPlan, plain: FaultReply, accept_encoding: str) -> FaultReply:
    """The reply that the fault makes of a request which would be answered by `plain`.

    `accept_encoding` is that header of the request: GZIP compresses for those who asked for it, as
    servers do.
    """
    match plan.kind:
        case FaultKind.SLOW:
            return replace(plain, manner=Manner.LATE, seconds=plan.seconds)
        case FaultKind.TRICKLE:
            return replace(plain, manner=Manner.TRICKLED, seconds=plan.seconds)
        case FaultKind.CLOSE_WHEN_IDLE:
            return replace(plain, manner=Manner.THEN_CLOSED)
        case FaultKind.ERRCODE_TEXT_ZERO:
            return replace(plain, body=plain.body.replace(b'"errcode":0,', b'"errcode":"0",'))
        case FaultKind.GZIP if not _asks_for_gzip(accept_encoding):
            return plain
        case FaultKind.GZIP:
            compressed = gzip.compress(plain.body, mtime=0)
            return replace(plain, body=compressed, headers=(("Content-Encoding", "gzip"),))
        case FaultKind.BOM:
            return replace(plain, body=b"\xef\xbb\xbf" + plain.body)
        case FaultKind.CUSTOM:
            return FaultReply(plan.body, http_status=plan.http_status)
        case kind if kind in ANSWERS:
            return answer_plainly(ANSWERS[kind], plan.generation)
        case kind:
            return _FOREIGN[kind]


def _asks_for_gzip(accept_encoding: str) -> bool:
    """Whether "gzip, deflate;q=0.5" and the like take gzip; a coding of weight 0 is refused."""
    for entry in accept_encoding.lower().split(","):
        coding, _, weight = entry.partition(";")
        if coding.strip() in ("gzip", "x-gzip", "*"):
            return re.fullmatch(r"\s*q\s*=\s*0(?:\.0*)?\s*", weight) is None
    return False
