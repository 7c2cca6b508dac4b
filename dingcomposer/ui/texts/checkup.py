"""A check-up in words: each line, what is copied of it for a colleague, and the test messages."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QDate, QDateTime, QLocale, Qt

import dingcomposer
from dingcomposer.core.addresses import host_of
from dingcomposer.core.answers import OFFICIAL_PAGE, Cause
from dingcomposer.core.checks.problems import ProblemCode, problem
from dingcomposer.core.checkup.report import (
    ABOUT_THE_MESSAGE,
    CheckupStep,
    FindingCode,
    StepFinding,
    StepResult,
)
from dingcomposer.core.delivery import Fault
from dingcomposer.core.limits import CALLS_A_MONTH, PACE_PER_MINUTE
from dingcomposer.core.messages import (
    ActionCard,
    Button,
    FeedCard,
    FeedLink,
    Kind,
    Link,
    Markdown,
    Message,
    Text,
)
from dingcomposer.core.plain_text import clean
from dingcomposer.core.robot import KNOWN_HOSTS, Robot
from dingcomposer.storage.secrets import SecretsReason
from dingcomposer.ui.texts import time
from dingcomposer.ui.texts.checkup_sentences import SENTENCES
from dingcomposer.ui.texts.outcomes import explain
from dingcomposer.ui.texts.problems import problem_sentence
from dingcomposer.ui.texts.storage import secrets_sentence
from dingcomposer.ui.texts.translate import (
    QT_TRANSLATE_NOOP,
    Phrase,
    join_sentences,
    translate,
    translated,
)

# Where a test message's links lead, and the picture of its feed: DingTalk's own documentation.
_PICTURE = "https://gw.alicdn.com/tfs/TB1ayl9mpYqK1RjSZLeXXbXppXa-170-62.png"
_UNKNOWN = "?"

_STEPS: dict[CheckupStep, Phrase] = {
    CheckupStep.WEBHOOK: QT_TRANSLATE_NOOP("Checkup", "Webhook"),
    CheckupStep.TOKEN: QT_TRANSLATE_NOOP("Checkup", "Access token"),
    CheckupStep.SECRET: QT_TRANSLATE_NOOP("Checkup", "Signing secret"),
    CheckupStep.KEYWORD: QT_TRANSLATE_NOOP("Checkup", "Keyword"),
    CheckupStep.PROXY: QT_TRANSLATE_NOOP("Checkup", "Proxy"),
    CheckupStep.NAME: QT_TRANSLATE_NOOP("Checkup", "Host name"),
    CheckupStep.CONNECTION: QT_TRANSLATE_NOOP("Checkup", "Connection"),
    CheckupStep.TRUST: QT_TRANSLATE_NOOP("Checkup", "Trusted issuers"),
    CheckupStep.TLS: QT_TRANSLATE_NOOP("Checkup", "Encryption (TLS)"),
    CheckupStep.CLOCK: QT_TRANSLATE_NOOP("Checkup", "Clock"),
    CheckupStep.PROBE: QT_TRANSLATE_NOOP("Checkup", "Answer"),
}

_VERDICTS: dict[StepResult, Phrase] = {
    StepResult.WAITING: QT_TRANSLATE_NOOP("Checkup", "Waiting"),
    StepResult.RUNNING: QT_TRANSLATE_NOOP("Checkup", "Checking…"),
    StepResult.TICK: QT_TRANSLATE_NOOP("Checkup", "OK"),
    StepResult.WARN: QT_TRANSLATE_NOOP("Checkup", "Warning"),
    StepResult.CROSS: QT_TRANSLATE_NOOP("Checkup", "Fault"),
    StepResult.SKIPPED: QT_TRANSLATE_NOOP("Checkup", "Skipped"),
}

# What a problem with something entered means for sending, by step; each can be a warning too.
_MEANS: dict[tuple[CheckupStep, StepResult], Phrase] = {
    (CheckupStep.WEBHOOK, StepResult.CROSS): QT_TRANSLATE_NOOP(
        "Checkup", "Nothing can be sent to this address."
    ),
    (CheckupStep.TOKEN, StepResult.CROSS): QT_TRANSLATE_NOOP(
        "Checkup", "DingTalk would refuse every message."
    ),
    (CheckupStep.TOKEN, StepResult.WARN): QT_TRANSLATE_NOOP(
        "Checkup", "It may still be right: the form of a token is not documented."
    ),
    (CheckupStep.SECRET, StepResult.CROSS): QT_TRANSLATE_NOOP(
        "Checkup", "The signature would not match, and DingTalk would refuse every message."
    ),
    (CheckupStep.SECRET, StepResult.WARN): QT_TRANSLATE_NOOP(
        "Checkup", "If it is not the whole secret, DingTalk refuses every message."
    ),
    (CheckupStep.KEYWORD, StepResult.CROSS): QT_TRANSLATE_NOOP(
        "Checkup", "DingTalk would refuse the message you are writing."
    ),
    (CheckupStep.KEYWORD, StepResult.WARN): QT_TRANSLATE_NOOP(
        "Checkup", "Where DingTalk looks for keywords is not documented."
    ),
}

_HELPS: dict[CheckupStep, Phrase] = {
    CheckupStep.WEBHOOK: QT_TRANSLATE_NOOP(
        "Checkup", "Edit the robot and paste its webhook again."
    ),
    CheckupStep.TOKEN: QT_TRANSLATE_NOOP("Checkup", "Edit the robot and paste its webhook again."),
    CheckupStep.SECRET: QT_TRANSLATE_NOOP("Checkup", "Edit the robot and paste its secret again."),
    CheckupStep.KEYWORD: QT_TRANSLATE_NOOP(
        "Checkup", "Put one of the keywords into the text, exactly as it is set."
    ),
}


@dataclass(frozen=True, slots=True)
class LineWords:
    """One line: what was found, what it means, what to do. The last two may be empty."""

    found: str
    means: str
    helps: str


def step_label(step: CheckupStep) -> str:
    """What a step is called."""
    return translated(_STEPS[step])


def verdict_word(finding: StepFinding) -> str:
    """How a line came out, in a word: for those who do not see the sign or its colour."""
    if finding.code is FindingCode.NOT_ASKED:
        return translate("Checkup", "On request")
    word = translated(_VERDICTS[finding.verdict])
    if finding.is_estimate:
        return translate("Checkup", "{word}, estimated").format(word=word)
    return word


def answerer(robot: Robot) -> str:
    """Who answers what is sent to a robot: DingTalk, or whoever stands in its place."""
    if robot.is_sandbox:
        return translate("Checkup", "The sandbox")
    if robot.host in KNOWN_HOSTS:
        return translate("Checkup", "DingTalk")
    return translate("Checkup", "{host}", "who answers").format(host=clean(_host(robot)))


def ask_label(robot: Robot) -> str:
    """The words on the button that asks."""
    if robot.is_sandbox:
        return translate("Checkup", "Ask the sandbox")
    return translate("Checkup", "Ask {who}").format(who=answerer(robot))


def _is_dingtalk(who: object) -> bool | None:
    """Whether it is DingTalk that answered, or the sandbox; None for a host of somebody's own."""
    if who == translate("Checkup", "DingTalk"):
        return True
    return False if who == translate("Checkup", "The sandbox") else None


def line_words(finding: StepFinding, who: str = "") -> LineWords:
    """The line's sentences. `who` answered, where somebody did; "" is DingTalk."""
    code = finding.code
    if isinstance(code, ProblemCode):
        return _words_of_problem(finding, code)
    if finding.step is CheckupStep.PROBE and isinstance(code, Fault):
        words = explain(None, code)
        means = translate("Checkup", "The request contained no message, so nothing was posted.")
        number = finding.param("http_status")
        http = f"(HTTP {number})" if number else ""
        return LineWords(join_sentences((words.happened, http)), means, "")
    params = _params(finding) | {"who": who or translate("Checkup", "DingTalk")}
    if isinstance(code, Cause):
        words = explain(code, None, is_dingtalk=_is_dingtalk(params["who"]))
        found = translate("Checkup", "{who} answered: {said}").format_map(params)
        return LineWords(found, words.happened, words.helps)
    if finding.step is CheckupStep.TLS and code is Fault.CONNECT_TIMEOUT:
        found = translate("Checkup", "The host did not begin an encrypted connection in time.")
        return LineWords(found, "", translated(SENTENCES[Fault.TLS_FAILED][2]))
    params = defaultdict(lambda: _UNKNOWN, params)
    parts = [translated(text).format_map(params) for text in SENTENCES[code]]
    found, means, helps = (*parts, "", "", "")[:3]
    if code is FindingCode.SECRETS_UNREADABLE:
        means = secrets_sentence(SecretsReason(str(finding.param("reason"))))
    return LineWords(found, join_sentences((means, _around(finding))), helps)


def summary(findings: Iterable[StepFinding], who: str = "") -> str:
    """How the robot came out, and what is not known of it yet; `who` is to be asked."""
    who = who or translate("Checkup", "DingTalk")
    lines = [one for one in findings if one.step not in ABOUT_THE_MESSAGE]
    verdicts = [one.verdict for one in lines]
    if StepResult.WAITING in verdicts or StepResult.RUNNING in verdicts:
        return translate("Checkup", "Checking…")
    faults, warnings = verdicts.count(StepResult.CROSS), verdicts.count(StepResult.WARN)
    if faults and warnings:
        words = translate("Checkup", "Faults: {faults} · Warnings: {warnings}.")
    elif faults:
        words = translate("Checkup", "Faults: {faults}.")
    elif warnings:
        words = translate("Checkup", "No fault found. Warnings: {warnings}.")
    else:
        words = translate("Checkup", "No fault found.")
    open_question = _open_question(lines).format(who=who)
    return join_sentences((words.format(faults=faults, warnings=warnings), open_question))


def message_summary(findings: Iterable[StepFinding]) -> str:
    """How the message that is being written came out."""
    verdicts = [one.verdict for one in findings if one.step in ABOUT_THE_MESSAGE]
    if StepResult.CROSS in verdicts:
        return translate(
            "Checkup", "As it stands it would be refused. The robot has no fault in it."
        )
    if StepResult.WARN in verdicts:
        return translate("Checkup", "It may be refused as it stands.")
    return ""


def is_asked_for(findings: Iterable[StepFinding]) -> bool:
    """True where token and signature were not tried yet, so that nothing certain is known."""
    return any(one.code is FindingCode.NOT_ASKED for one in findings)


def _open_question(lines: list[StepFinding]) -> str:
    """What cannot be known from what was looked at; "" where nothing is open."""
    has_secret = any(one.code is FindingCode.SECRET_USUAL for one in lines)
    if is_asked_for(lines):
        if has_secret:
            return translate(
                "Checkup",
                "{who} was not asked yet: whether token and secret are right is not known.",
            )
        return translate(
            "Checkup", "{who} was not asked yet: whether the token is right is not known."
        )
    codes = {one.code for one in lines}
    if has_secret and codes & {FindingCode.PROBE_TOKEN_KNOWN, FindingCode.PROBE_UNCLEAR}:
        return translate(
            "Checkup", "Whether the secret is right is still not certain: a test message will tell."
        )
    return ""


def as_text(robot: Robot, findings: Iterable[StepFinding], at: datetime) -> str:
    """The whole check-up for a colleague: plain text, without token, secret or password."""
    findings = tuple(findings)
    about_message = [one for one in findings if one.step in ABOUT_THE_MESSAGE]
    about_robot = [one for one in findings if one.step not in ABOUT_THE_MESSAGE]
    moment = QDateTime.fromSecsSinceEpoch(int(at.timestamp()))
    when = QLocale().toString(moment.toLocalTime(), QLocale.FormatType.ShortFormat)
    head = translate(
        "Checkup", "Check-up of the robot “{name}” ({host}), {when}, DingComposer {version}"
    )
    lines = [
        head.format(
            name=clean(robot.name),
            host=clean(_host(robot)),
            when=when,
            version=dingcomposer.__version__,
        ),
        summary(findings, answerer(robot)),
    ]
    for finding in (*about_robot, *about_message):
        if finding in about_message:
            lines += ["", translate("Checkup", "The message you are writing")]
        words = line_words(finding, answerer(robot))
        line = translate("Checkup", "[{verdict}] {step}: {found}")
        verdict, step = verdict_word(finding), step_label(finding.step)
        lines += ["", line.format(verdict=verdict, step=step, found=words.found)]
        lines += [f"    {text}" for text in (words.means, words.helps) if text]
    return "\n".join(lines) + "\n"


def trial_message(kind: Kind, robot: Robot) -> Message:
    """A message of that kind which says that it is a test, with a keyword of the robot's."""
    title = translate("Checkup", "DingComposer check-up: test message")
    text = translate("Checkup", "This is a test message. Nothing needs to be done.")
    keyword = next((word.strip() for word in robot.keywords if word.strip()), "")
    if keyword:
        title, text = f"{title} · {keyword}", f"{text} ({keyword})"
    button = Button(translate("Checkup", "DingTalk's documentation"), OFFICIAL_PAGE)
    match kind:
        case Kind.TEXT:
            return Text(f"{title}\n{text}")
        case Kind.LINK:
            return Link(title, text, OFFICIAL_PAGE)
        case Kind.MARKDOWN:
            return Markdown(title, f"#### {title}\n\n{text}")
        case Kind.WHOLE_JUMP:
            return ActionCard(title, f"#### {title}\n\n{text}", button)
        case Kind.INDEPENDENT:
            return ActionCard(title, f"#### {title}\n\n{text}", (button, button))
        case Kind.FEED_CARD:
            return FeedCard(
                (FeedLink(title, OFFICIAL_PAGE, _PICTURE), FeedLink(text, OFFICIAL_PAGE, _PICTURE))
            )


def _words_of_problem(finding: StepFinding, code: ProblemCode) -> LineWords:
    sentence = problem_sentence(problem(code, "robot", **dict(finding.params)))
    means = _MEANS.get((finding.step, finding.verdict))
    # Some of the sentences say themselves what helps.
    says_it = code in (ProblemCode.NO_TOKEN, ProblemCode.NO_SECRET, ProblemCode.ENDPOINT_EMPTY)
    return LineWords(
        sentence,
        "" if means is None else translated(means),
        "" if says_it else translated(_HELPS[finding.step]),
    )


def _around(finding: StepFinding) -> str:
    """What the environment says besides."""
    params = _params(finding)
    if finding.param("environment_file"):
        words = translate(
            "Checkup",
            "The environment's {variable} names {environment_file}, which the network settings do not obey.",
        )
    elif finding.param("environment") and finding.param("exceptions"):
        words = translate("Checkup", "The system's settings: {environment}; none for {exceptions}.")
    elif finding.param("environment"):
        words = translate("Checkup", "The system's settings: {environment}.")
    else:
        return ""
    return words.format_map(params)


def _params(finding: StepFinding) -> dict[str, str]:
    """The params as they are read: numbers, dates and durations in the language's own way."""
    locale = QLocale()
    words: dict[str, str] = defaultdict(lambda: _UNKNOWN)
    words |= {"calls": locale.toString(CALLS_A_MONTH), "pace": locale.toString(PACE_PER_MINUTE)}
    for name, value in finding.params:
        words[name] = locale.toString(value) if isinstance(value, int) else value or _UNKNOWN
    for name in ("ipv4", "ipv6"):
        if finding.param(name) == "":
            words[name] = translate("Checkup", "none")
    for name in ("begins", "ends"):
        date = QDate.fromString(words[name], Qt.DateFormat.ISODate)
        if date.isValid():
            words[name] = locale.toString(date, QLocale.FormatType.ShortFormat)
    if finding.code is FindingCode.NOT_REACHED:
        words["step"] = step_label(CheckupStep(str(finding.param("step"))))
    said = " ".join(f"{finding.param('errcode')} {finding.param('errmsg')}".split())
    words["said"] = clean(said) or _UNKNOWN
    seconds = finding.param("seconds")
    if finding.step is CheckupStep.CLOCK and isinstance(seconds, int):
        words["apart"] = time.span(max(seconds, 1))
        is_ahead = finding.param("direction") == "ahead"
        ahead = translate("Checkup", "ahead of the server's clock")
        behind = translate("Checkup", "behind the server's clock")
        words["direction"] = ahead if is_ahead else behind
    return words


def _host(robot: Robot) -> str:
    return host_of(robot.endpoint) or _UNKNOWN
