"""What was wrong with a request, and where: everything that a good inspector would say.

DingTalk answers with one code for the first thing that it meets; this goes on and looks at all of
it. Pure, and apart from the verdict: it changes no answer.
"""

from collections.abc import Iterable, Iterator, Mapping

from dingcomposer import USER_AGENT
from dingcomposer.core.answers import Cause
from dingcomposer.core.records import dataclass
from dingcomposer.sandbox.diagnosis.call import (
    diagnose_address,
    diagnose_call,
    diagnose_pace,
    diagnose_token,
)
from dingcomposer.sandbox.diagnosis.codes import Diagnosis, DiagnosisCode, Weight, diagnosis
from dingcomposer.sandbox.diagnosis.json_text import diagnose_json
from dingcomposer.sandbox.diagnosis.message import diagnose_keywords, diagnose_message
from dingcomposer.sandbox.diagnosis.signature import (
    Keys,
    diagnose_signature,
    diagnose_unasked_signature,
)
from dingcomposer.sandbox.rules import Received, Rules, Verdict, read_payload

__all__ = [
    "Diagnosis",
    "DiagnosisCode",
    "Keys",
    "Known",
    "Moment",
    "Weight",
    "diagnose",
    "diagnosis",
]

_NO_MESSAGE_MEANT = (
    DiagnosisCode.METHOD_PREFLIGHT,
    DiagnosisCode.METHOD_TLS,
    DiagnosisCode.ONLY_LOOKED,
)


@dataclass(frozen=True, slots=True)
class Known:
    """What the sandbox knows of the robot that a request named.

    `rests_until_s` is of the same clock as the request's `now_s`.
    """

    keys: Keys
    rules: Rules
    rests_until_s: float | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """When a request came in: `ms` since 1970, and `s` on a clock that never jumps."""

    ms: int
    s: float


def diagnose(
    received: Received,
    verdict: Verdict,
    robot: Known | None,
    *,
    tokens: Iterable[str],
    now: Moment,
) -> tuple[Diagnosis, ...]:
    """Everything that can be said of a request, each thing once.

    What must be set right comes first; what is alike goes from the outside in.

    `robot` is None where the token named none of the server's `tokens`.
    """
    found = list(diagnose_call(received))
    if any(one.code in _NO_MESSAGE_MEANT for one in found):
        return tuple(found)
    if _is_checkup(received) and verdict.answer.cause is Cause.MESSAGE_TYPE:
        return (diagnosis(DiagnosisCode.CHECKUP_ASKED),)
    if received.missing_bytes:
        announced = received.body_bytes + received.missing_bytes
        lengths = {"announced": announced, "came": received.body_bytes}
        return (*found, diagnosis(DiagnosisCode.LENGTH_TOO_LONG, **lengths))
    payload = read_payload(received.body)
    found += diagnose_token(received, payload, tuple(tokens))
    if received.has_more:  # of half a body there is nothing to be said
        has_length = bool(received.header("Content-Length"))
        code = DiagnosisCode.LENGTH_TOO_SHORT if has_length else DiagnosisCode.LENGTH_MISSING
        found.append(diagnosis(code, announced=received.body_bytes))
    elif received.method == "POST" or received.body_bytes:
        found += diagnose_json(received.body, received.body_bytes)
    if robot is not None:
        found += _diagnose_rules(received, verdict, payload, robot, now)
    if payload is not None:
        found += diagnose_message(payload)
    order = list(Weight)
    return tuple(sorted(dict.fromkeys(found), key=lambda one: order.index(one.weight)))


def _is_checkup(received: Received) -> bool:
    """The program's own question about token and signature: an empty object."""
    is_ours = received.header("User-Agent") == USER_AGENT
    return is_ours and received.method == "POST" and received.body == b"{}"


def _diagnose_rules(
    received: Received,
    verdict: Verdict,
    payload: Mapping[str, object] | None,
    robot: Known,
    now: Moment,
) -> Iterator[Diagnosis]:
    """What the robot's own rules have to do with it."""
    yield from diagnose_address(received, robot.rules)
    if robot.rules.secret_required:
        yield from diagnose_signature(received, payload, robot.keys, now_ms=now.ms)
    else:
        yield from diagnose_unasked_signature(received)
    if payload is not None:
        yield from diagnose_keywords(payload, robot.rules.keywords)
    if verdict.answer.cause is Cause.TOO_FAST:
        yield diagnose_pace(robot.rules, robot.rests_until_s, now.s)
    if verdict.is_repeat and not verdict.is_same_body:
        yield diagnosis(DiagnosisCode.MSG_UUID_OTHER_BODY)
