"""One send, from the click to the answer: what is asked for and what came of it."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from dingcomposer.core.answers import Cause
from dingcomposer.core.messages import Message
from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import Robot


class Status(StrEnum):
    """Where a send stands. UNKNOWN is a real answer: it left, and nothing usable came back."""

    QUEUED = "queued"
    SENDING = "sending"
    DELIVERED = "delivered"
    REFUSED = "refused"
    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """True where nothing more happens by itself."""
        return self not in (Status.QUEUED, Status.SENDING)


class Fault(StrEnum):
    """Why a send got no answer of DingTalk's. The first group provably never left."""

    # NOT_SENT: a fault of the way there
    NAME_NOT_FOUND = "name_not_found"
    CONNECTION_REFUSED = "connection_refused"
    CONNECT_TIMEOUT = "connect_timeout"
    NO_ROUTE = "no_route"
    TLS_EXPIRED = "tls_expired"  # or not valid yet: a wrong clock looks the same
    TLS_WRONG_HOST = "tls_wrong_host"
    TLS_UNTRUSTED = "tls_untrusted"  # self-signed, or by an issuer that is not trusted here
    TLS_CERTIFICATE = "tls_certificate"  # any other fault of the certificate
    TLS_FAILED = "tls_failed"  # no certificate came that far: not TLS at all, or broken off
    PROXY_UNREACHABLE = "proxy_unreachable"
    PROXY_WANTS_PASSWORD = "proxy_wants_password"  # noqa: S105 - a name, not a password
    PROXY_REFUSED = "proxy_refused"
    PROXY_UNUSABLE = "proxy_unusable"  # its address is broken, or of a kind we cannot speak to
    UNREACHABLE = "unreachable"
    # NOT_SENT: a fault on our side
    NO_HANDLES = "no_handles"  # this program, or the whole computer, has no file handle left
    BAD_ENDPOINT = "bad_endpoint"  # not an address, or plain http to another machine
    CA_FILE_UNUSABLE = "ca_file_unusable"
    NO_TOKEN = "no_token"  # noqa: S105 - a name, not a token
    SECRETS_MISSING = "secrets_missing"  # no keyring, and nothing held in this run
    SECRETS_LOCKED = "secrets_locked"
    SECRETS_SLOW = "secrets_slow"  # no answer in time
    SECRETS_UNAVAILABLE = "secrets_unavailable"  # the keyring refused, or it failed
    CANNOT_ENCODE = "cannot_encode"
    TOKEN_CHANGED = "token_changed"  # noqa: S105 - a name; the robot has another webhook by now
    HISTORY_NOT_WRITTEN = "history_not_written"
    NEVER_STARTED = "never_started"
    STOPPED = "stopped"  # of several groups, one before did not get it, and a person wished so
    PROGRAM_FAULT = "program_fault"
    # UNKNOWN: it left
    READ_TIMEOUT = "read_timeout"
    CONNECTION_LOST = "connection_lost"
    ANSWER_CUT_SHORT = "answer_cut_short"
    ANSWER_TOO_LARGE = "answer_too_large"
    EMPTY_ANSWER = "empty_answer"
    NOT_DINGTALK = "not_dingtalk"
    ODD_ERRCODE = "odd_errcode"
    REDIRECTED = "redirected"
    HTTP_STATUS = "http_status"
    CLOSED_WHILE_WAITING = "closed_while_waiting"
    INTERRUPTED = "interrupted"
    RETRY_CANCELLED = "retry_cancelled"  # taken back before it left; an earlier attempt had left

    @property
    def has_kept_it_here(self) -> bool:
        """True where it proves that nothing left in that attempt, whatever an earlier one did."""
        return self not in _AFTER_LEAVING


_AFTER_LEAVING = frozenset(
    {
        Fault.PROGRAM_FAULT,  # before or after: by itself it proves nothing
        Fault.READ_TIMEOUT,
        Fault.CONNECTION_LOST,
        Fault.ANSWER_CUT_SHORT,
        Fault.ANSWER_TOO_LARGE,
        Fault.EMPTY_ANSWER,
        Fault.NOT_DINGTALK,
        Fault.ODD_ERRCODE,
        Fault.REDIRECTED,
        Fault.HTTP_STATUS,
        Fault.CLOSED_WHILE_WAITING,
        Fault.INTERRUPTED,
        Fault.RETRY_CANCELLED,
    }
)


@dataclass(frozen=True, slots=True)
class BroadcastOrder:
    """How one message goes to several groups: which list they are, and how they follow each other.

    `gap_s` is the least time between the end of one and the next. With `stops_at_failure` those
    behind one that was not delivered are not sent to. Where either is set, one goes after the
    other; else all go at once. `list_name` is "" where they were chosen one by one.
    """

    list_name: str = ""
    gap_s: float = 0.0
    stops_at_failure: bool = False

    @property
    def is_in_line(self) -> bool:
        """True where one goes after the other."""
        return self.gap_s > 0 or self.stops_at_failure


AT_ONCE = BroadcastOrder()
"""Several groups that nobody put into an order."""


@dataclass(frozen=True, slots=True)
class SendJob:
    """One message for one robot. `msg_uuid` names the send, on the wire and everywhere else.

    The robot is as it was confirmed: with the fingerprint of the token that it had then.
    `corrects` is the msgUuid of the send that this one sets right, "" where it corrects nothing.
    """

    msg_uuid: str
    robot: Robot
    message: Message
    queued_at: datetime
    corrects: str = ""

    @property
    def token_fingerprint(self) -> str:
        """Of the token that it was confirmed for; "" where that was not known then."""
        return self.robot.token_fingerprint


Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class WireTrace:
    """What went over the wire in one attempt, in both directions, without secrets.

    `query` is as it went out, token and signature masked; "" where nothing was asked. Of the
    answer, `status_line` is "" where none came whole. `received_bytes` counts its body as it came,
    or all that came where its head was not whole; `announced_bytes` is what its head promised.
    """

    query: str = ""
    request_headers: Headers = ()
    status_line: str = ""
    response_headers: Headers = ()
    received_bytes: int = 0
    announced_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class PhaseTimes:
    """How long each part of an attempt took, in ms; None where it did not take place.

    `queue_ms` from when its send began to wait for it until its turn came. `name_ms` is the look-up
    of the host's name, or a proxy's; `connect_ms` ends with the connection, through the proxy where
    there is one; `tls_ms` is the handshake. A connection that was kept needs none of the three.
    `wait_ms` goes from the last piece of the request to the whole answer, or what came instead.
    """

    queue_ms: float | None = None
    name_ms: float | None = None
    connect_ms: float | None = None
    tls_ms: float | None = None
    wait_ms: float | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What is known of one attempt, at one moment.

    With `status` SENDING it announces an attempt that is about to leave; a final status ends the
    send; QUEUED with `retry_at` says that this attempt is over and another follows by itself.
    `attempt` counts from 1; 0 belongs to no attempt (cancelled or refused before its first).
    `url` is without secrets. `answer` is the body as text, cut at 64 KiB. `body_sha256` is of the
    bytes as posted, msgUuid included. `token_fingerprint` is of the token that it went out with.
    `trace` and `phases` are there once an attempt is over.
    """

    msg_uuid: str
    attempt: int
    status: Status
    at: datetime
    url: str = ""
    body_sha256: str = ""
    body_bytes: int = 0
    token_fingerprint: str = ""
    cause: Cause | None = None
    fault: Fault | None = None
    errcode: str = ""
    errmsg: str = ""
    wait_minutes: int | None = None
    http_status: int | None = None
    answer: str = ""
    duration_ms: float | None = None
    retry_at: datetime | None = None
    trace: WireTrace | None = None
    phases: PhaseTimes | None = None

    @property
    def is_signed(self) -> bool | None:
        """Whether a signature went out with it; None where that is not known."""
        if self.trace is None or not self.trace.query:
            return None
        return "&sign=" in self.trace.query


@dataclass(frozen=True, slots=True)
class BroadcastSummary:
    """So many groups for each outcome; `waiting` are those whose outcome is still to come.

    `busy` are those among the refused that may have got it all the same.
    """

    delivered: int = 0
    refused: int = 0
    not_sent: int = 0
    unknown: int = 0
    cancelled: int = 0
    waiting: int = 0
    busy: int = 0

    @property
    def total(self) -> int:
        """All groups."""
        return self.over + self.waiting

    @property
    def over(self) -> int:
        """The groups whose outcome is known, or known never to come."""
        return self.delivered + self.refused + self.not_sent + self.unknown + self.cancelled

    @property
    def status(self) -> Status:
        """The outcome that matters most to whoever looks at all of them."""
        if self.waiting:
            return Status.SENDING
        for count, status in (
            (self.unknown, Status.UNKNOWN),
            (self.refused, Status.REFUSED),
            (self.not_sent, Status.NOT_SENT),
            (self.delivered, Status.DELIVERED),
        ):
            if count:
                return status
        return Status.CANCELLED


def summarize(outcomes: Iterable[Status], *, busy: int = 0) -> BroadcastSummary:
    """Count them; `busy` of those that were refused were told that DingTalk is busy."""
    counts = Counter(outcomes)
    return BroadcastSummary(
        delivered=counts[Status.DELIVERED],
        refused=counts[Status.REFUSED],
        not_sent=counts[Status.NOT_SENT],
        unknown=counts[Status.UNKNOWN],
        cancelled=counts[Status.CANCELLED],
        waiting=counts[Status.QUEUED] + counts[Status.SENDING],
        busy=busy,
    )


def has_failed(status: Status, cause: Cause | None) -> bool:
    """Whether the group certainly did not get it, so that it may be sent there again.

    "Busy" does not say whether the message was taken, and UNKNOWN is just that.
    """
    is_refused = status is Status.REFUSED and cause is not Cause.BUSY
    return is_refused or status is Status.NOT_SENT
