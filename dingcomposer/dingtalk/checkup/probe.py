"""What DingTalk says to a robot's token and signature, without anything being posted.

An empty JSON object is sent like any message, signed, through the same client. It has no `msgtype`,
so no message can come of it. It counts as a call: one of the month's, one of the minute's.

Documented: a wrong token is answered 300001, 300005 "token is not exist" or 400101, a message
without its fields 4002xx to 4006xx "miss param". Not documented, hence an estimate: what exactly
`{}` is answered, and whether token, addresses and signature are looked at before the message. So a
complaint about the message means "the token is known", and never more than that.
"""

from dingcomposer.core.answers import Cause
from dingcomposer.core.checkup.report import (
    CheckupStep,
    Code,
    FindingCode,
    StepFinding,
    StepResult,
    finding,
)
from dingcomposer.core.robot import Credentials, Robot
from dingcomposer.dingtalk.client import Client
from dingcomposer.dingtalk.errors import BadReply, NoAnswer, Refused, Unreachable

BODY = b"{}"

# About the message: so the robot was found.
_ABOUT_THE_MESSAGE = frozenset((Cause.MISSING_FIELD, Cause.MESSAGE_TYPE, Cause.KEYWORD))
# About this robot, or this computer: no message would come through.
_FATAL = frozenset(
    (
        *(Cause.TOKEN, Cause.SIGNATURE, Cause.TIMESTAMP, Cause.IP),
        *(Cause.ROBOT_DISABLED, Cause.ROBOT_GONE, Cause.GROUP_GONE, Cause.FORBIDDEN),
        *(Cause.PATH, Cause.METHOD, Cause.HTTPS),
    )
)
_PASSES = frozenset((Cause.TOO_FAST, Cause.ADDRESS_BANNED, Cause.BUSY))
_SHOWN_CHARACTERS = 300


def probe(client: Client, robot: Robot, credentials: Credentials) -> StepFinding:
    """Asks once. Everything that can come of it is a finding."""
    try:
        answer = client.send(robot, credentials, BODY)
    except Unreachable as error:
        return finding(CheckupStep.PROBE, StepResult.CROSS, error.fault)
    except (NoAnswer, BadReply) as error:
        params = {} if error.http_status is None else {"http_status": error.http_status}
        return finding(CheckupStep.PROBE, StepResult.WARN, error.fault, params)
    except Refused as error:
        return _of_refusal(error.cause, error.errcode, error.errmsg)
    return _told(StepResult.WARN, FindingCode.PROBE_TAKEN, answer.errcode, answer.errmsg)


def _of_refusal(cause: Cause, errcode: str, errmsg: str) -> StepFinding:
    if cause is Cause.TOKEN and errcode == "300001" and "token" not in errmsg.lower():
        # An old general code (see core.answers): without words about the token nothing is certain.
        cause = Cause.UNKNOWN
    if cause in _ABOUT_THE_MESSAGE:
        code = FindingCode.PROBE_TOKEN_KNOWN
        return _told(StepResult.TICK, code, errcode, errmsg, is_estimate=True)
    if cause in _FATAL:
        return _told(StepResult.CROSS, cause, errcode, errmsg)
    if cause in _PASSES:
        return _told(StepResult.WARN, cause, errcode, errmsg)
    return _told(StepResult.WARN, FindingCode.PROBE_UNCLEAR, errcode, errmsg, is_estimate=True)


def _told(
    verdict: StepResult, code: Code, errcode: str, errmsg: str, *, is_estimate: bool = False
) -> StepFinding:
    said = {"errcode": errcode, "errmsg": errmsg[:_SHOWN_CHARACTERS]}
    return finding(CheckupStep.PROBE, verdict, code, said, is_estimate=is_estimate)
