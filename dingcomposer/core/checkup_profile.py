"""The part of a check-up that needs no network: webhook, token, secret, keyword. Never raises."""

from urllib.parse import urlsplit

from dingcomposer.core.addresses import is_loopback
from dingcomposer.core.checkup_report import Code, Finding, FindingCode, Step, Verdict, finding
from dingcomposer.core.keyword_checks import check_keywords
from dingcomposer.core.messages import Message
from dingcomposer.core.problems import Problem, ProblemCode, Severity
from dingcomposer.core.robot import KNOWN_HOSTS, Credentials, Robot
from dingcomposer.core.robot_checks import check_robot, check_secret, check_token


def check_profile(
    robot: Robot, credentials: Credentials | None, message: Message | None, reason: str = ""
) -> tuple[Finding, ...]:
    """The lines of what was entered and written.

    `credentials` None: they could not be read, for `reason` (a `storage.secrets.SecretsReason`).
    `message` None: nothing is being written.
    """
    if credentials is None:
        code, bad = FindingCode.SECRETS_UNREADABLE, Verdict.CROSS
        token = finding(Step.TOKEN, bad, code, {"reason": reason})
        secret = finding(Step.SECRET, bad, code, {"reason": reason})
    else:
        token = _check_token(credentials.access_token)
        secret = _check_secret(credentials.secret or "", robot)
    return _check_webhook(robot), token, secret, _check_keyword(robot, message)


def _check_webhook(robot: Robot) -> Finding:
    problems = [one for one in check_robot(robot, ()) if one.field == "robot.endpoint"]
    if problems:
        return _of_problem(Step.WEBHOOK, problems[0])
    host = urlsplit(robot.endpoint).hostname or ""
    if is_loopback(host):
        return finding(Step.WEBHOOK, Verdict.TICK, FindingCode.WEBHOOK_HERE, {"host": host})
    if host in KNOWN_HOSTS:
        return finding(Step.WEBHOOK, Verdict.TICK, FindingCode.WEBHOOK_DINGTALK, {"host": host})
    return finding(Step.WEBHOOK, Verdict.WARN, FindingCode.WEBHOOK_OTHER, {"host": host})


def _check_token(access_token: str) -> Finding:
    problems = check_token(access_token)
    if problems:
        return _of_problem(Step.TOKEN, problems[0])
    length = len(access_token)
    return finding(Step.TOKEN, Verdict.TICK, FindingCode.TOKEN_USUAL, {"length": length})


def _check_secret(secret: str, robot: Robot) -> Finding:
    problems = check_secret(secret)
    if problems:
        return _of_problem(Step.SECRET, problems[0])
    if not secret and robot.expects_signature:
        return finding(Step.SECRET, Verdict.CROSS, ProblemCode.NO_SECRET)
    code: Code = FindingCode.SECRET_USUAL if secret else FindingCode.SECRET_NONE
    return finding(Step.SECRET, Verdict.TICK, code)


def _check_keyword(robot: Robot, message: Message | None) -> Finding:
    wanted = [keyword.strip() for keyword in robot.keywords if keyword.strip()]
    if not wanted:
        return finding(Step.KEYWORD, Verdict.TICK, FindingCode.KEYWORDS_NONE)
    if message is None:
        return finding(Step.KEYWORD, Verdict.SKIPPED, FindingCode.NO_MESSAGE)
    problems = check_keywords(message, wanted)
    if problems:
        return _of_problem(Step.KEYWORD, problems[0])
    there = next(word for word in wanted if not check_keywords(message, (word,)))
    return finding(Step.KEYWORD, Verdict.TICK, FindingCode.KEYWORD_THERE, {"keyword": there})


def _of_problem(step: Step, problem: Problem) -> Finding:
    verdict = Verdict.CROSS if problem.severity is Severity.BLOCKS else Verdict.WARN
    return Finding(step, verdict, problem.code, problem.params)
