"""What a command says of a send: an exit code, JSON of a fixed shape, a line for people."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import click

from dingcomposer.cli.answers import ExitCode
from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Fault, Status
from dingcomposer.storage.history import SendRow

if TYPE_CHECKING:
    from dingcomposer.core.checks.problems import Problem

_WORST = (
    ExitCode.UNKNOWN,
    ExitCode.REFUSED,
    ExitCode.CONFIGURATION,
    ExitCode.NOT_SENT,
    ExitCode.DELIVERED,
)
_CONFIGURATION = {
    Fault.BAD_ENDPOINT,
    Fault.CA_FILE_UNUSABLE,
    Fault.CANNOT_ENCODE,
    Fault.NO_TOKEN,
    Fault.PROXY_UNUSABLE,
    Fault.PROXY_WANTS_PASSWORD,
    Fault.SECRETS_LOCKED,
    Fault.SECRETS_MISSING,
    Fault.SECRETS_UNAVAILABLE,
    Fault.TLS_UNTRUSTED,
    Fault.TOKEN_CHANGED,
}


class CodedOutcome(Protocol):
    """What decides a code; without a status nothing has left."""

    @property
    def status(self) -> Status | None:
        """Where it stands."""

    @property
    def cause(self) -> Cause | None:
        """What the answer means."""

    @property
    def fault(self) -> Fault | None:
        """What went wrong."""


def exit_code_of(rows: Sequence[CodedOutcome]) -> ExitCode:
    """The code for these sends: the worst one's, in the order of `_WORST`; DELIVERED for none."""
    codes = {_code(row) for row in rows}
    return next((code for code in _WORST if code in codes), ExitCode.DELIVERED)


def code_of_findings(found: "Iterable[Problem]") -> ExitCode:
    """The code for what checks have found; DELIVERED where nothing keeps the message back.

    What the message cannot help comes first: that a robot's webhook or secret is not stored.
    """
    from dingcomposer.core.checks.problems import Severity

    blocking = [one for one in found if one.severity is Severity.BLOCKS]
    if any(map(is_unset, blocking)):
        return ExitCode.CONFIGURATION
    return ExitCode.REFUSED if blocking else ExitCode.DELIVERED


def is_unset(problem: "Problem") -> bool:
    """Whether it is not the message: the robot has to be set right first."""
    from dingcomposer.core.checks.problems import ProblemCode

    return problem.code in (ProblemCode.NO_TOKEN, ProblemCode.NO_SECRET)


def as_json(row: SendRow, *, was_sent_before: bool = False) -> dict[str, Any]:
    """One send as the JSON output has it; no secret is among it.

    `msg_uuid`, `robot`, `robot_id`, `kind`, `headline`, `status` (delivered, refused, not_sent,
    unknown, cancelled, queued, sending), `cause` and `fault` (why, or null), `errcode` and
    `errmsg` (what the server said, or null), `http_status`, `attempts`, `duration_ms`,
    `created_at` and `finished_at` (UTC, ISO 8601), `was_sent_before` (true where
    --if-not-sent-within or --msg-uuid found it, and nothing was sent now).
    """
    return {
        "msg_uuid": row.msg_uuid,
        "robot": row.robot_name,
        "robot_id": row.robot_id,
        "kind": row.kind.value,
        "headline": row.headline,
        "status": row.status.value,
        "cause": row.cause.value if row.cause else None,
        "fault": row.fault.value if row.fault else None,
        "errcode": row.errcode or None,
        "errmsg": row.errmsg or None,
        "http_status": row.http_status,
        "attempts": row.attempts,
        "duration_ms": row.duration_ms,
        "created_at": row.created_at.isoformat(),
        "finished_at": row.finished_at.isoformat() if row.finished_at else None,
        "was_sent_before": was_sent_before,
    }


def line_of(row: SendRow) -> str:
    """One send in a line: robot, what became of it, why."""
    why = row.cause or row.fault
    told = f"{row.robot_name}: {spelt(row.status)}"
    if row.status is not Status.DELIVERED and why is not None:
        told += f" ({spelt(why)})"
    if row.errmsg and row.status is not Status.DELIVERED:
        who = "the sandbox" if row.is_sandbox else "the server"
        told += f", {who} said {row.errcode}: {click.unstyle(row.errmsg)!r}"
    return f"{told}{advice(row.status, row.cause)}, msgUuid {row.msg_uuid}"


def advice(status: Status, cause: Cause | None) -> str:
    """What belongs behind each outcome of a message that the group may have got; or ""."""
    is_busy = status is Status.REFUSED and cause is Cause.BUSY
    may_have_arrived = is_busy or status is Status.UNKNOWN
    return ", check the group before you send it again" if may_have_arrived else ""


def _code(row: CodedOutcome) -> ExitCode:
    match row.status:
        case Status.DELIVERED:
            return ExitCode.DELIVERED
        case Status.REFUSED:
            # "Busy" does not say whether the message was taken.
            return ExitCode.UNKNOWN if row.cause is Cause.BUSY else ExitCode.REFUSED
        case None | Status.NOT_SENT | Status.CANCELLED:
            is_setting = row.fault in _CONFIGURATION
            return ExitCode.CONFIGURATION if is_setting else ExitCode.NOT_SENT
        case _:
            return ExitCode.UNKNOWN


def spelt(word: str) -> str:
    """A code as words."""
    return word.replace("_", " ")
