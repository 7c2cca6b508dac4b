"""The part of a check-up that needs no network: webhook, token, secret, keyword. Never raises."""

from dingcomposer.core.addresses import is_loopback
from dingcomposer.core.authority import read_authority
from dingcomposer.core.checks.keywords import check_keywords
from dingcomposer.core.checks.problems import Problem, ProblemCode, Severity
from dingcomposer.core.checks.robots import check_robot, check_secret, check_token
from dingcomposer.core.checkup.report import (
    CheckupStep,
    Code,
    FindingCode,
    StepFinding,
    StepResult,
    finding,
)
from dingcomposer.core.messages import Message
from dingcomposer.core.robot import KNOWN_HOSTS, Credentials, Robot


def check_profile(
    robot: Robot, credentials: Credentials | None, message: Message | None, reason: str = ""
) -> tuple[StepFinding, ...]:
    """The lines of what was entered and written.

    `credentials` None: they could not be read, for `reason` (a `storage.secrets.SecretsReason`).
    `message` None: nothing is being written.
    """
    if credentials is None:
        code, bad = FindingCode.SECRETS_UNREADABLE, StepResult.CROSS
        token = finding(CheckupStep.TOKEN, bad, code, {"reason": reason})
        secret = finding(CheckupStep.SECRET, bad, code, {"reason": reason})
    else:
        token = _check_token(credentials.access_token)
        secret = _check_secret(credentials.secret or "", robot)
    return _check_webhook(robot), token, secret, _check_keyword(robot, message)


def _check_webhook(robot: Robot) -> StepFinding:
    problems = [one for one in check_robot(robot, ()) if one.field == "robot.endpoint"]
    if problems:
        return _of_problem(CheckupStep.WEBHOOK, problems[0])
    host = read_authority(robot.endpoint).host
    if is_loopback(host):
        return finding(
            CheckupStep.WEBHOOK, StepResult.TICK, FindingCode.WEBHOOK_HERE, {"host": host}
        )
    if host in KNOWN_HOSTS:
        return finding(
            CheckupStep.WEBHOOK, StepResult.TICK, FindingCode.WEBHOOK_DINGTALK, {"host": host}
        )
    return finding(CheckupStep.WEBHOOK, StepResult.WARN, FindingCode.WEBHOOK_OTHER, {"host": host})


def _check_token(access_token: str) -> StepFinding:
    problems = check_token(access_token)
    if problems:
        return _of_problem(CheckupStep.TOKEN, problems[0])
    length = len(access_token)
    return finding(CheckupStep.TOKEN, StepResult.TICK, FindingCode.TOKEN_USUAL, {"length": length})


def _check_secret(secret: str, robot: Robot) -> StepFinding:
    problems = check_secret(secret)
    if problems:
        return _of_problem(CheckupStep.SECRET, problems[0])
    if not secret and robot.expects_signature:
        return finding(CheckupStep.SECRET, StepResult.CROSS, ProblemCode.NO_SECRET)
    code: Code = FindingCode.SECRET_USUAL if secret else FindingCode.SECRET_NONE
    return finding(CheckupStep.SECRET, StepResult.TICK, code)


def _check_keyword(robot: Robot, message: Message | None) -> StepFinding:
    wanted = [keyword.strip() for keyword in robot.keywords if keyword.strip()]
    if not wanted:
        return finding(CheckupStep.KEYWORD, StepResult.TICK, FindingCode.KEYWORDS_NONE)
    if message is None:
        return finding(CheckupStep.KEYWORD, StepResult.SKIPPED, FindingCode.NO_MESSAGE)
    problems = check_keywords(message, wanted)
    if problems:
        return _of_problem(CheckupStep.KEYWORD, problems[0])
    there = next(word for word in wanted if not check_keywords(message, (word,)))
    return finding(
        CheckupStep.KEYWORD, StepResult.TICK, FindingCode.KEYWORD_THERE, {"keyword": there}
    )


def _of_problem(step: CheckupStep, problem: Problem) -> StepFinding:
    verdict = StepResult.CROSS if problem.severity is Severity.BLOCKS else StepResult.WARN
    return StepFinding(step, verdict, problem.code, problem.params)
