"""Which one button helps after a send: decided by its outcome, before any word is chosen. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from dingcomposer.core.answers import Cause
from dingcomposer.core.checks.keywords import check_keywords
from dingcomposer.core.checks.problems import ProblemCode
from dingcomposer.core.delivery import Fault, Status, has_failed
from dingcomposer.core.limits import PACE_PENALTY_S, SAFE_RETRY_S
from dingcomposer.core.messages import Message, mentions_of
from dingcomposer.core.payload import body_sha256
from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import KNOWN_HOSTS, Robot
from dingcomposer.storage.history_rows import AttemptRow, SendRow


class RecoveryAction(StrEnum):
    """What a person can have done by one click."""

    EDIT_WEBHOOK = "edit_webhook"
    EDIT_SECRET = "edit_secret"  # noqa: S105 - a name, not a secret
    EDIT_ADDRESSES = "edit_addresses"
    EDIT_KEYWORDS = "edit_keywords"
    INSERT_KEYWORD = "insert_keyword"
    EDIT_MESSAGE = "edit_message"
    CHECK_UP = "check_up"
    CHECK_CLOCK = "check_clock"
    ARCHIVE_ROBOT = "archive_robot"
    SEND_AGAIN = "send_again"
    SEND_AFTER_WAIT = "send_after_wait"
    RETRY_SAFELY = "retry_safely"
    SEND_TO_FAILED = "send_to_failed"  # of one message to several robots; never for a single send
    SEND_MISSING_PARTS = "send_missing_parts"  # of one message in parts


ROBOT_FIELDS = {
    RecoveryAction.EDIT_WEBHOOK: "robot.token",
    RecoveryAction.EDIT_SECRET: "robot.secret",
    RecoveryAction.EDIT_ADDRESSES: "robot.addresses",
    RecoveryAction.EDIT_KEYWORDS: "robot.keywords",
}
"""Where a recovery action opens the robot's form."""

_RECOVERY_LABELS: dict[Cause | Fault, RecoveryAction] = {
    Cause.KEYWORD: RecoveryAction.INSERT_KEYWORD,
    Cause.TIMESTAMP: RecoveryAction.CHECK_CLOCK,
    Cause.SIGNATURE: RecoveryAction.EDIT_SECRET,
    Cause.IP: RecoveryAction.EDIT_ADDRESSES,
    Cause.TOKEN: RecoveryAction.EDIT_WEBHOOK,
    Cause.ROBOT_DISABLED: RecoveryAction.CHECK_UP,  # it asks whether it is enabled by now
    Cause.ROBOT_GONE: RecoveryAction.EDIT_WEBHOOK,
    Cause.GROUP_GONE: RecoveryAction.ARCHIVE_ROBOT,
    Cause.MESSAGE_TYPE: RecoveryAction.EDIT_MESSAGE,
    Cause.MISSING_FIELD: RecoveryAction.EDIT_MESSAGE,
    Cause.NOT_JSON: RecoveryAction.CHECK_UP,
    Cause.METHOD: RecoveryAction.EDIT_WEBHOOK,
    Cause.HTTPS: RecoveryAction.EDIT_WEBHOOK,
    Cause.CONTENT_TYPE: RecoveryAction.CHECK_UP,
    Cause.PATH: RecoveryAction.EDIT_WEBHOOK,
    Cause.TOO_FAST: RecoveryAction.SEND_AFTER_WAIT,
    Cause.TOO_LONG: RecoveryAction.EDIT_MESSAGE,
    Cause.UNSAFE_LINK: RecoveryAction.EDIT_MESSAGE,
    Cause.UNSAFE_TEXT: RecoveryAction.EDIT_MESSAGE,
    Cause.UNSAFE_PICTURE: RecoveryAction.EDIT_MESSAGE,
    Cause.UNSAFE_CONTENT: RecoveryAction.EDIT_MESSAGE,
    Cause.AT_ALL: RecoveryAction.EDIT_MESSAGE,
    Cause.ADDRESS_BANNED: RecoveryAction.SEND_AFTER_WAIT,
    Fault.NAME_NOT_FOUND: RecoveryAction.CHECK_UP,
    Fault.CONNECTION_REFUSED: RecoveryAction.CHECK_UP,
    Fault.CONNECT_TIMEOUT: RecoveryAction.SEND_AGAIN,
    Fault.NO_HANDLES: RecoveryAction.SEND_AGAIN,
    Fault.NO_ROUTE: RecoveryAction.SEND_AGAIN,
    Fault.TLS_EXPIRED: RecoveryAction.CHECK_CLOCK,
    Fault.TLS_WRONG_HOST: RecoveryAction.CHECK_UP,
    Fault.TLS_UNTRUSTED: RecoveryAction.CHECK_UP,
    Fault.TLS_CERTIFICATE: RecoveryAction.CHECK_UP,
    Fault.TLS_FAILED: RecoveryAction.CHECK_UP,
    Fault.PROXY_UNREACHABLE: RecoveryAction.CHECK_UP,
    Fault.PROXY_WANTS_PASSWORD: RecoveryAction.CHECK_UP,
    Fault.PROXY_REFUSED: RecoveryAction.CHECK_UP,
    Fault.PROXY_UNUSABLE: RecoveryAction.CHECK_UP,
    Fault.UNREACHABLE: RecoveryAction.SEND_AGAIN,
    Fault.BAD_ENDPOINT: RecoveryAction.EDIT_WEBHOOK,
    Fault.CA_FILE_UNUSABLE: RecoveryAction.CHECK_UP,
    Fault.NO_TOKEN: RecoveryAction.EDIT_WEBHOOK,
    Fault.SECRETS_MISSING: RecoveryAction.EDIT_WEBHOOK,
    Fault.SECRETS_LOCKED: RecoveryAction.SEND_AGAIN,
    Fault.SECRETS_SLOW: RecoveryAction.SEND_AGAIN,
    Fault.SECRETS_UNAVAILABLE: RecoveryAction.SEND_AGAIN,
    Fault.CANNOT_ENCODE: RecoveryAction.EDIT_MESSAGE,
    Fault.TOKEN_CHANGED: RecoveryAction.EDIT_WEBHOOK,
    Fault.HISTORY_NOT_WRITTEN: RecoveryAction.SEND_AGAIN,
    Fault.NEVER_STARTED: RecoveryAction.SEND_AGAIN,
    Fault.STOPPED: RecoveryAction.SEND_AGAIN,
    Fault.PROGRAM_FAULT: RecoveryAction.SEND_AGAIN,
}


class RetryObstacle(StrEnum):
    """Why a send that may have been taken is not to be repeated under its msgUuid (any more)."""

    TOO_OLD = "too_old"  # the msgUuid may be forgotten
    ROBOT_GONE = "robot_gone"
    MOVED = "moved"  # the robot's address is another one: nobody there knows the msgUuid
    TOKEN_CHANGED = "token_changed"  # noqa: S105 - a name; it would go to another group
    TOKEN_UNKNOWN = "token_unknown"  # noqa: S105 - a name; nobody can say whether it would


@dataclass(frozen=True, slots=True)
class Offer:
    """What stands beside an outcome's words: a button, and a sentence. Either may be missing."""

    recovery_action: RecoveryAction | None = None
    sentence: str = ""


NOTHING = Offer()
"""Nothing helps, or nothing has to."""


def recovery_action(
    status: Status, cause: Cause | None, fault: Fault | None
) -> RecoveryAction | None:
    """The one thing to do that helps; None where only a person can.

    Where the group may have the message, nothing but a retry under its own msgUuid is safe.
    """
    match status:
        case Status.UNKNOWN:
            return RecoveryAction.RETRY_SAFELY
        case Status.REFUSED if cause is Cause.BUSY:
            return RecoveryAction.RETRY_SAFELY
        case Status.REFUSED | Status.NOT_SENT:
            key = fault or cause
            return None if key is None else _RECOVERY_LABELS.get(key)
        case _:
            return None


def retry_until(attempts: Sequence[AttemptRow], row: SendRow, now: datetime) -> datetime:
    """Until when a send may be repeated: so long after its first attempt that may have left.

    One that is still to come by this clock counts as made just now.
    """
    return min(_first_left(attempts, row), now) + timedelta(seconds=SAFE_RETRY_S)


def was_clock_set_back(attempts: Sequence[AttemptRow], row: SendRow, now: datetime) -> bool:
    """True where a send left at a time that is still to come: its age is not known."""
    return _first_left(attempts, row) > now


def _first_left(attempts: Sequence[AttemptRow], row: SendRow) -> datetime:
    times = [attempt.started_at for attempt in attempts if attempt.has_left]
    return min(times, default=row.created_at)


def retry_obstacle(
    row: SendRow, attempts: Sequence[AttemptRow], robot: Robot | None, now: datetime
) -> RetryObstacle | None:
    """What speaks against a retry under the same msgUuid; None where it is safe, as we estimate.

    It needs the very token that it was confirmed for. Rows from before tokens were told apart do
    not say which that was, and are never called safe.

    Where the clock was set back meanwhile, an age below zero counts as none: see
    `was_clock_set_back`, which a person is told.
    """
    if now >= retry_until(attempts, row, now):
        return RetryObstacle.TOO_OLD
    if robot is None:
        return RetryObstacle.ROBOT_GONE
    if attempts and attempts[-1].url != robot.endpoint.partition("?")[0]:
        return RetryObstacle.MOVED
    if not row.token_fingerprint:
        return RetryObstacle.TOKEN_UNKNOWN
    if row.token_fingerprint != robot.token_fingerprint:
        return RetryObstacle.TOKEN_CHANGED
    return None


def is_honour_known(robot: Robot) -> bool:
    """True where a msgUuid is known to keep a message from being posted twice."""
    return robot.is_sandbox or robot.host in KNOWN_HOSTS


class SameFailure(StrEnum):
    """Why a message would come back again as it did, were it sent once more now."""

    KEYWORD = "keyword"  # it has none of the group's keywords
    MESSAGE = "message"  # what was refused is still in it
    ROBOT = "robot"  # the fault is the robot's, unless somebody set it right
    TOO_EARLY = "too_early"


_OF_MESSAGE = frozenset(
    {
        Cause.MESSAGE_TYPE,
        Cause.MISSING_FIELD,
        Cause.TOO_LONG,
        Cause.UNSAFE_LINK,
        Cause.UNSAFE_TEXT,
        Cause.UNSAFE_PICTURE,
        Cause.UNSAFE_CONTENT,
        Cause.AT_ALL,
        Fault.CANNOT_ENCODE,
    }
)
_OF_ROBOT = frozenset(
    {
        Cause.SIGNATURE,
        Cause.IP,
        Cause.TOKEN,
        Cause.ROBOT_DISABLED,
        Cause.ROBOT_GONE,
        Cause.GROUP_GONE,
        Cause.METHOD,
        Cause.HTTPS,
        Cause.PATH,
        Cause.FORBIDDEN,
        Fault.TLS_WRONG_HOST,
        Fault.TLS_UNTRUSTED,
        Fault.PROXY_WANTS_PASSWORD,
        Fault.PROXY_UNUSABLE,
        Fault.BAD_ENDPOINT,
        Fault.CA_FILE_UNUSABLE,
        Fault.NO_TOKEN,
        Fault.SECRETS_MISSING,
    }
)


def are_parts(group: Sequence[SendRow]) -> bool:
    """Whether sends that went out together are the parts of one message."""
    return len(group) > 1 and len({row.robot_id for row in group}) == 1


def missing_parts(group: Sequence[SendRow]) -> tuple[SendRow, ...]:
    """The parts that the group certainly has not got, in order; () while some are under way."""
    if not are_parts(group) or not all(row.status.is_final for row in group):
        return ()
    return tuple(row for row in group if is_missing(row.status, row.cause))


def is_missing(status: Status, cause: Cause | None) -> bool:
    """Whether the group certainly has not got a part, and can have it by another send."""
    return status is Status.CANCELLED or has_failed(status, cause)


def same_failure(row: SendRow, message: Message, robot: Robot, now: datetime) -> SameFailure | None:
    """Why sending `message` to the robot of a failed send would fail again; None where it may not.

    `message` is the one that failed, or what a person made of it since.
    """
    key = row.fault or row.cause
    is_same = body_sha256(message) == body_sha256(row.message)
    if key is Cause.KEYWORD:
        problems = check_keywords(message, robot.keywords)
        is_missing = any(one.code is ProblemCode.NO_KEYWORD for one in problems)
        return SameFailure.KEYWORD if is_same or is_missing else None
    if key is Cause.AT_ALL:
        return SameFailure.MESSAGE if mentions_of(message).is_all else None
    if key in _OF_MESSAGE:
        return SameFailure.MESSAGE if is_same else None
    if key in _OF_ROBOT:
        return SameFailure.ROBOT
    # A sandbox's own rest ends with the sandbox; while it lasts, the send waits and says so.
    until = None if robot.is_local else rests_until(row)
    return SameFailure.TOO_EARLY if until is not None and now < until else None


def rests_until(row: SendRow) -> datetime | None:
    """Until when DingTalk refuses whatever comes after such an answer; None for other answers."""
    if row.finished_at is None:
        return None
    if row.cause is Cause.TOO_FAST:
        return row.finished_at + timedelta(seconds=PACE_PENALTY_S)
    if row.cause is Cause.ADDRESS_BANNED and row.wait_minutes is not None:
        return row.finished_at + timedelta(minutes=row.wait_minutes)
    return None
