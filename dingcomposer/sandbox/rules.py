"""What a robot of the sandbox answers, and what it takes into its group.

In which order DingTalk checks is not known. Here it goes from the outside in: path, method, token,
content type, size, JSON, the robot's security settings (address, signature), the message's fields,
keywords, and the pace last. Not known either, and decided here: only what is taken into the group
counts for the pace; a repeated `msgUuid` is answered before the pace is looked at and never
forgotten; more than 50 people in `at` are let through, because no refusal of them is documented.
Raw line ends inside JSON's strings are taken: a public thread says that the server does so.

Pure: time is passed in. Facts are shared with the program (`core.limits`); the signature is not, a
simulator that shares the code under test agrees with its mistakes.
"""

import base64
import hashlib
import hmac
import ipaddress
import json
import re
from collections import deque
from collections.abc import Mapping
from dataclasses import field, replace

from dingcomposer.core.answers import Fact, Generation
from dingcomposer.core.limits import (
    BODY_BYTES,
    CLOCK_MS,
    PACE_PENALTY_S,
    PACE_PER_MINUTE,
    PACE_WINDOW_S,
)
from dingcomposer.core.records import dataclass
from dingcomposer.sandbox.replies import (
    NO_KEYWORD,
    NO_TOKEN,
    NOT_JSON,
    NOT_POST,
    OK,
    TOO_FAST,
    TOO_LONG,
    UNKNOWN_TOKEN,
    WRONG_CONTENT_TYPE,
    WRONG_PATH,
    WRONG_SIGNATURE,
    WRONG_TIMESTAMP,
    address_not_listed,
)
from dingcomposer.sandbox.validation import find_missing, searched_for_keywords

PATH = "/robot/send"
TLS = "TLS"
"""In the place of a method: the client began a TLS handshake, so there is no request."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What one robot enforces; all that is set must pass.

    Without `keywords` or `addresses` there is no such check. An address is "1.1.1.1" or
    "1.1.1.0/24"; an entry that is neither lets nobody in. `caller` is the address from which calls
    seem to come, "" for the true one, which is always this machine's. `pace_per_minute` None means
    no limit. `generation` is how the answers are worded.
    """

    keywords: tuple[str, ...] = ()
    secret_required: bool = True
    addresses: tuple[str, ...] = ()
    pace_per_minute: int | None = PACE_PER_MINUTE
    generation: Generation = Generation.PLAIN
    caller: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Received:
    """One HTTP request. Holds the token and the signature, so repr shows neither.

    `query` was decoded exactly once. `body` may be cut, `body_bytes` is how many there were.
    `missing_bytes` were announced and never came; then nothing is answered. `has_more`: more came
    than was announced, and was not read.
    """

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: tuple[tuple[str, str], ...]
    body: bytes
    body_bytes: int
    address: str
    missing_bytes: int = 0
    has_more: bool = False

    def __repr__(self) -> str:
        return f"Received({self.method}, {self.body_bytes} bytes)"

    def parameter(self, name: str) -> str:
        """The first value of a query parameter; "" where there is none."""
        return next((value for key, value in self.query if key == name), "")

    def header(self, name: str) -> str:
        """The first value of a header; "" where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


@dataclass(frozen=True, slots=True)
class Taken:
    """A message that stands in the group.

    `calls` counts every time that it was accepted: more than 1 means that a `msgUuid` was repeated.
    `body_sha256` is of the body that came first, in hex.
    """

    msg_uuid: str
    body_sha256: str
    calls: int


@dataclass(slots=True)
class Group:
    """One robot's group: its rules, and what it remembers. Its owner guards it against threads."""

    secret: str = field(repr=False)
    rules: Rules
    taken: dict[tuple[str, int], Taken] = field(default_factory=dict)
    sent_s: deque[float] = field(default_factory=deque)
    rests_until_s: float | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is answered to a request, and whether it put a message into the group.

    `payload` is there wherever the body was a JSON object. A repeat is answered "ok", and not taken
    a second time; `is_same_body` is False where its body is another one than the first.
    """

    answer: Fact
    payload: Mapping[str, object] | None = None
    is_taken: bool = False
    is_repeat: bool = False
    is_same_body: bool = True

    @property
    def msg_uuid(self) -> str:
        """The idempotency key; "" where there is none."""
        value = (self.payload or {}).get("msgUuid")
        return value if isinstance(value, str) else ""


def check_request(
    received: Received, groups: Mapping[str, Group], *, now_ms: int, now_s: float
) -> Verdict:
    """The verdict over a request, and its traces in the group that it names.

    `groups` are found by their access token. `now_ms` is the time of day, in milliseconds since
    1970; `now_s` is a clock that never jumps.
    """
    if refusal := _check_call(received):
        return Verdict(refusal)
    group = groups.get(received.parameter("access_token"))
    if group is None:
        return Verdict(UNKNOWN_TOKEN)
    if refusal := _check_body(received):
        return Verdict(refusal)
    payload = read_payload(received.body)
    if payload is None:
        return Verdict(NOT_JSON)
    refusal = (
        _check_address(group.rules.caller or received.address, group.rules.addresses)
        or (
            _check_signature(received, group.secret, now_ms)
            if group.rules.secret_required
            else None
        )
        or find_missing(payload)
        or _check_keywords(payload, group.rules.keywords)
    )
    if refusal:
        return Verdict(refusal, payload)
    return _take(received, payload, group, now_s)


def read_payload(body: bytes) -> Mapping[str, object] | None:
    """The JSON object in a body; None where it is anything else."""
    try:
        text = body.decode("utf-8")
        value: object = json.loads(text, strict=False, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def is_listed(address: str, listed: tuple[str, ...]) -> bool:
    """Whether calls from an address pass a list of addresses; every one passes an empty list."""
    return not listed or any(_covers(entry, address) for entry in listed)


def _check_call(received: Received) -> Fact | None:
    if received.path != PATH:
        return WRONG_PATH
    if received.method != "POST":
        return NOT_POST
    if not received.parameter("access_token"):
        return NO_TOKEN
    return None


def _check_body(received: Received) -> Fact | None:
    media_type = received.header("Content-Type").partition(";")[0].strip().lower()
    if media_type != "application/json":
        return WRONG_CONTENT_TYPE
    if received.body_bytes > BODY_BYTES:
        return TOO_LONG
    return None


def _refuse_constant(name: str) -> object:
    raise ValueError(name)  # NaN and Infinity are Python's, not JSON's


def _check_address(address: str, listed: tuple[str, ...]) -> Fact | None:
    return None if is_listed(address, listed) else address_not_listed(address)


def _covers(entry: str, address: str) -> bool:
    try:
        return ipaddress.ip_address(address) in ipaddress.ip_network(entry, strict=False)
    except ValueError:
        return False


def _check_signature(received: Received, secret: str, now_ms: int) -> Fact | None:
    timestamp, sign = received.parameter("timestamp"), received.parameter("sign")
    if not timestamp or not sign:
        return WRONG_SIGNATURE
    if not re.fullmatch(r"[0-9]{1,18}", timestamp) or abs(now_ms - int(timestamp)) > CLOCK_MS:
        return WRONG_TIMESTAMP
    signed = hmac.new(secret.encode(), f"{timestamp}\n{secret}".encode(), hashlib.sha256)
    expected = base64.b64encode(signed.digest())
    if not hmac.compare_digest(expected, sign.encode("utf-8", "surrogatepass")):
        return WRONG_SIGNATURE
    return None


def _check_keywords(payload: Mapping[str, object], keywords: tuple[str, ...]) -> Fact | None:
    words = searched_for_keywords(payload)
    if not keywords or any(keyword in words for keyword in keywords):
        return None
    return NO_KEYWORD


def _take(received: Received, payload: Mapping[str, object], group: Group, now_s: float) -> Verdict:
    verdict = Verdict(OK, payload, is_taken=True)
    key = (verdict.msg_uuid, 0 if verdict.msg_uuid else len(group.taken))
    digest = hashlib.sha256(received.body).hexdigest()
    if known := group.taken.get(key):
        group.taken[key] = replace(known, calls=known.calls + 1)
        is_same = digest == known.body_sha256
        return replace(verdict, is_taken=False, is_repeat=True, is_same_body=is_same)
    if not _is_in_pace(group, now_s):
        return Verdict(TOO_FAST, payload)
    group.taken[key] = Taken(verdict.msg_uuid, digest, calls=1)
    return verdict


def _is_in_pace(group: Group, now_s: float) -> bool:
    """Count one message. The one too many within a minute starts the ten minutes of rest."""
    if group.rules.pace_per_minute is None:
        group.sent_s.clear()
        group.rests_until_s = None
        return True
    if group.rests_until_s is not None:
        if now_s < group.rests_until_s:
            return False
        group.rests_until_s = None
    while group.sent_s and group.sent_s[0] <= now_s - PACE_WINDOW_S:
        group.sent_s.popleft()
    if len(group.sent_s) >= group.rules.pace_per_minute:
        group.rests_until_s = now_s + PACE_PENALTY_S
        return False
    group.sent_s.append(now_s)
    return True
