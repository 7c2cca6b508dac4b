"""What came of a send, in words: its status, and what happened and what helps."""

from dataclasses import replace
from datetime import datetime
from typing import Protocol

from dingcomposer.core.answers import Cause, is_known_errcode, missing_field, named_address
from dingcomposer.core.checks.problems import ProblemCode
from dingcomposer.core.delivery import BroadcastSummary, Fault, Status
from dingcomposer.core.plain_text import clean
from dingcomposer.core.records import dataclass
from dingcomposer.services.recovery import RecoveryAction, RetryObstacle
from dingcomposer.ui.texts.problems import fix_phrase
from dingcomposer.ui.texts.send.verdicts import FIELD_NAMES, HAPPENED, HELPS
from dingcomposer.ui.texts.time import clock, moment
from dingcomposer.ui.texts.translate import (
    QT_TRANSLATE_NOOP,
    Phrase,
    join_names,
    join_sentences,
    translate,
    translated,
)

_STATUS: dict[Status, Phrase] = {
    Status.QUEUED: QT_TRANSLATE_NOOP("Verdicts", "Waiting"),
    Status.SENDING: QT_TRANSLATE_NOOP("Verdicts", "Sending"),
    Status.DELIVERED: QT_TRANSLATE_NOOP("Verdicts", "Delivered"),
    Status.REFUSED: QT_TRANSLATE_NOOP("Verdicts", "Refused"),
    Status.NOT_SENT: QT_TRANSLATE_NOOP("Verdicts", "Not sent"),
    Status.UNKNOWN: QT_TRANSLATE_NOOP("Verdicts", "Unknown"),
    Status.CANCELLED: QT_TRANSLATE_NOOP("Verdicts", "Cancelled"),
}

# What helps where the answer, or the request, says more than its cause does.
_HELPS_UNSIGNED = QT_TRANSLATE_NOOP(
    "Verdicts",
    "It went out without a signature, for no secret is stored here. Copy the secret that begins with SEC from the robot's settings.",
)
_HELPS_NAMED_ADDRESS = QT_TRANSLATE_NOOP(
    "Verdicts",
    "Add the address that {who} names ({address}) to the robot's list, or stop using the proxy.",
)
_HELPS_NAMED_FIELD = QT_TRANSLATE_NOOP("Verdicts", "Fill in what {who} found missing: {field}.")
_UNKNOWN_WORDS = QT_TRANSLATE_NOOP("Verdicts", "It was refused in words that are not known here.")
_BUSY_SO_FAR = QT_TRANSLATE_NOOP(
    "Verdicts", "{Who} was busy. It may have accepted the message anyway."
)
_CHECK_GROUP = QT_TRANSLATE_NOOP("Verdicts", "Check the group before you send it again.")


class Outcome(Protocol):
    """What words are made of: a `Report`, or the row of a send."""

    @property
    def status(self) -> Status:
        """Where the send stands."""

    @property
    def cause(self) -> Cause | None:
        """What DingTalk's answer means, where it gave one."""

    @property
    def fault(self) -> Fault | None:
        """Why there is no such answer."""

    @property
    def errcode(self) -> str:
        """DingTalk's code."""

    @property
    def errmsg(self) -> str:
        """DingTalk's words."""

    @property
    def wait_minutes(self) -> int | None:
        """For how long the address is banned."""

    @property
    def http_status(self) -> int | None:
        """The answer's HTTP status, where one came and it is known."""

    @property
    def is_signed(self) -> bool | None:
        """Whether a signature went out with it; None where that is not known."""


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence for what happened and one for what to do, which may be empty.

    `own` quotes the answer's words where they are all that is known. `technical` is what only
    programmers read, and stands behind the fold of that name: numbers, and the answer's own words.
    `topic` is the section of the guide that says more, "" where there is none.
    """

    happened: str
    helps: str
    own: str = ""
    technical: str = ""
    topic: str = ""


# Claimed of robots of external groups (300005) and of special kinds of groups (300001).
_ALSO_OTHER_GROUPS = ("300001", "300005")


def status_word(status: Status) -> str:
    """The one word that stands for a status."""
    return translated(_STATUS[status])


_TOPICS = {Cause: "cause", Fault: "fault", ProblemCode: "problem"}


def topic_of(code: Cause | Fault | ProblemCode) -> str:
    """The section of the guide that is about a code, such as "cause.keyword"."""
    return f"{_TOPICS[type(code)]}.{code.value}"


def explain(cause: Cause | None, fault: Fault | None, *, is_dingtalk: bool | None = None) -> Words:
    """What happened and what helps. Both empty where neither cause nor fault is known.

    `is_dingtalk` is False where a sandbox answered in DingTalk's place, and None where that is not
    known. That a send may have arrived is for `outcome_words` to say.
    """
    key = fault or cause
    if key is None:
        return Words("", "")
    helps = _by(HELPS[key], is_dingtalk=is_dingtalk) if key in HELPS else ""
    return Words(_by(HAPPENED[key], is_dingtalk=is_dingtalk), helps)


def _by(phrase: Phrase, *, is_dingtalk: bool | None) -> str:
    """The sentence, with whoever answered in it."""
    if is_dingtalk is None:
        at_start, inside = translate("Verdicts", "The server"), translate("Verdicts", "the server")
    elif is_dingtalk:
        at_start = inside = translate("Verdicts", "DingTalk")
    else:
        at_start, inside = (
            translate("Verdicts", "The sandbox"),
            translate("Verdicts", "the sandbox"),
        )
    return translated(phrase).replace("{Who}", at_start).replace("{who}", inside)


def may_have_arrived(status: Status, cause: Cause | None) -> bool:
    """True where a person has to look into the group before the message is sent again."""
    return status is Status.UNKNOWN or (status is Status.REFUSED and cause is Cause.BUSY)


def help_phrase(key: Cause | Fault) -> Phrase:
    """The sentence that says what helps, not yet translated."""
    return HELPS[key]


def outcome_headline(status: Status, group: str) -> str:
    """How a send to a group came out, in a line."""
    return translate("Verdicts", "{status}: {group}").format(
        status=status_word(status), group=clean(group)
    )


def own_words(errcode: str, errmsg: str) -> str:
    """What DingTalk itself answered, as it put it, in one line; "" where it said nothing."""
    return " · ".join(filter(None, map(_in_a_line, (errcode, errmsg))))


def _in_a_line(said: str) -> str:
    """Words from outside: whatever stands in them, none of theirs begins a line of ours."""
    return " ".join(clean(said).splitlines())


def outcome_words(outcome: Outcome, *, is_dingtalk: bool) -> Words:
    """All that a person is told of a send as it stands.

    `is_dingtalk`: it was DingTalk that answered, and no sandbox or program in its place.
    """
    if outcome.status is Status.CANCELLED:
        return Words(
            translate("Verdicts", "It was cancelled before anything left."),
            translate("Verdicts", "Open it as a new message to send it after all."),
            topic=f"verdict.{Status.CANCELLED}",
        )
    happened = _happened(outcome, is_dingtalk=is_dingtalk)
    helps = _helps(outcome, is_dingtalk=is_dingtalk) if outcome.status.is_final else ""
    if may_have_arrived(outcome.status, outcome.cause):
        # Every such sentence says it, whatever else helps: it stands here, and nowhere else.
        helps = join_sentences((translated(_CHECK_GROUP), helps))
    is_unexplained = outcome.fault is None and outcome.cause is Cause.UNKNOWN
    own = _quoted(_in_a_line(outcome.errmsg), is_dingtalk=is_dingtalk) if is_unexplained else ""
    technical = technical_words(outcome, is_dingtalk=is_dingtalk)
    code = outcome.fault or outcome.cause
    topic = f"verdict.{outcome.status}" if code is None else topic_of(code)
    return Words(happened, helps, own, technical, topic)


def waiting_words(words: Words, waits: str, retry_at: datetime | None) -> Words:
    """What is told of a send that is not over: what it waits for and until when comes first.

    `waits` says it, where the queue of this program knows; `retry_at` is when it is tried again.
    """
    if not waits and retry_at is not None:
        again = translate("Verdicts", "It will be tried again automatically at {time}.")
        waits = again.format(time=clock(retry_at))
    return replace(words, happened=join_sentences((waits, words.happened)))


def technical_words(outcome: Outcome, *, is_dingtalk: bool) -> str:
    """The numbers of an outcome and the answer's own words, for who tests robots; or ""."""
    if outcome.status is Status.DELIVERED:
        return ""
    own = own_words(outcome.errcode, outcome.errmsg)
    said = _quoted(own, is_dingtalk=is_dingtalk) if own else ""
    note = "" if is_dingtalk or not own else made_up_note(outcome.errcode)
    is_about_http = outcome.fault in (Fault.REDIRECTED, Fault.HTTP_STATUS)
    http = "" if outcome.http_status in (None, 200) and not is_about_http else "HTTP"
    if http and outcome.http_status is not None:
        http = f"HTTP {outcome.http_status}"
    return " · ".join(filter(None, (http, join_sentences((said, note)))))


def _happened(outcome: Outcome, *, is_dingtalk: bool) -> str:
    if outcome.cause is Cause.DELIVERED and outcome.fault is None and not is_dingtalk:
        return translate("Verdicts", "It was accepted on this computer, not by DingTalk.")
    is_wording = outcome.fault is None and outcome.cause is Cause.UNKNOWN
    if is_wording and is_known_errcode(outcome.errcode):
        return translated(_UNKNOWN_WORDS)
    if outcome.cause is Cause.BUSY and outcome.fault is None and not outcome.status.is_final:
        return _by(_BUSY_SO_FAR, is_dingtalk=is_dingtalk)
    return explain(outcome.cause, outcome.fault, is_dingtalk=is_dingtalk).happened


def _helps(outcome: Outcome, *, is_dingtalk: bool) -> str:
    is_of_an_attempt = outcome.fault is None or outcome.fault.has_kept_it_here
    if outcome.status is Status.UNKNOWN and is_of_an_attempt:
        # The last attempt was refused, or never left; one before it is why nothing is certain.
        return translate("Verdicts", "An earlier attempt may have been delivered.")
    if outcome.wait_minutes is not None:
        wait = translate("Verdicts", "Wait {minutes} min, then send it again.")
        return wait.format(minutes=outcome.wait_minutes)
    match outcome.cause:
        case Cause.SIGNATURE if outcome.fault is None and outcome.is_signed is False:
            return translated(_HELPS_UNSIGNED)
        case Cause.IP if outcome.fault is None and named_address(outcome.errmsg):
            told = _by(_HELPS_NAMED_ADDRESS, is_dingtalk=is_dingtalk)
            return told.format(address=named_address(outcome.errmsg))
        case Cause.MISSING_FIELD if outcome.fault is None and _missing(outcome.errmsg):
            told = _by(_HELPS_NAMED_FIELD, is_dingtalk=is_dingtalk)
            return told.format(field=_missing(outcome.errmsg))
    helps = explain(outcome.cause, outcome.fault, is_dingtalk=is_dingtalk).helps
    if outcome.cause is Cause.TOKEN and outcome.errcode in _ALSO_OTHER_GROUPS and helps:
        more = translate(
            "Verdicts",
            "Robots of external groups and of special kinds of groups are said to be answered"
            " like this too.",
        )
        helps = join_sentences([helps, more])
    return helps


def _missing(errmsg: str) -> str:
    """What an answer says is missing, as the form calls it; "" where that is not known."""
    path = missing_field(errmsg) or ""
    keys = path.rpartition("->")[2].split(" or ")
    return join_names(translated(FIELD_NAMES[key]) for key in keys if key in FIELD_NAMES)


def _quoted(own: str, *, is_dingtalk: bool) -> str:
    """The answer's words, and whose they are."""
    if not own:
        return ""
    if is_dingtalk:
        return translate("Verdicts", "DingTalk's own words: {words}").format(words=own)
    return translate("Verdicts", "The answer's own words: {words}").format(words=own)


def made_up_note(errcode: str) -> str:
    """That a code which the sandbox answered is none of DingTalk's, as far as is known; or ""."""
    if not errcode or is_known_errcode(errcode):
        return ""
    return translate("Verdicts", "(DingTalk is not known to use this number.)")


_LABELS: dict[RecoveryAction, Phrase] = {
    RecoveryAction.EDIT_WEBHOOK: QT_TRANSLATE_NOOP("Remedies", "Edit the webhook…"),
    RecoveryAction.EDIT_SECRET: QT_TRANSLATE_NOOP("Remedies", "Edit the secret…"),
    RecoveryAction.EDIT_ADDRESSES: QT_TRANSLATE_NOOP("Remedies", "Edit the addresses…"),
    RecoveryAction.EDIT_KEYWORDS: QT_TRANSLATE_NOOP("Remedies", "Edit the keywords…"),
    RecoveryAction.INSERT_KEYWORD: fix_phrase(ProblemCode.NO_KEYWORD),
    RecoveryAction.EDIT_MESSAGE: QT_TRANSLATE_NOOP("Remedies", "Edit the message"),
    RecoveryAction.CHECK_UP: QT_TRANSLATE_NOOP("Remedies", "Check-up…"),
    RecoveryAction.CHECK_CLOCK: QT_TRANSLATE_NOOP("Remedies", "Check the clock…"),
    RecoveryAction.ARCHIVE_ROBOT: QT_TRANSLATE_NOOP("Remedies", "Archive the robot"),
    RecoveryAction.SEND_AGAIN: QT_TRANSLATE_NOOP("Remedies", "Send again"),
    RecoveryAction.SEND_AFTER_WAIT: QT_TRANSLATE_NOOP("Remedies", "Send after the wait"),
    RecoveryAction.SEND_TO_FAILED: QT_TRANSLATE_NOOP("Remedies", "Send to those that failed…"),
    RecoveryAction.SEND_MISSING_PARTS: QT_TRANSLATE_NOOP("Remedies", "Send the missing parts…"),
    RecoveryAction.RETRY_SAFELY: QT_TRANSLATE_NOOP("Remedies", "Retry safely"),
}

_BARS: dict[RetryObstacle, Phrase] = {
    RetryObstacle.TOO_OLD: QT_TRANSLATE_NOOP(
        "Remedies",
        "Retrying it is no longer safe: its first attempt was more than 24 hours ago, and DingTalk may have forgotten its id. If the group does not have it, open it as a new message.",
    ),
    RetryObstacle.ROBOT_GONE: QT_TRANSLATE_NOOP(
        "Remedies", "It cannot be retried: its robot was deleted here."
    ),
    RetryObstacle.MOVED: QT_TRANSLATE_NOOP(
        "Remedies",
        "Retrying it is no longer safe: the robot has another address now, where its id is not known.",
    ),
    RetryObstacle.TOKEN_CHANGED: QT_TRANSLATE_NOOP(
        "Remedies",
        "It cannot be retried: the robot has another webhook now, so it could reach another group. With the webhook that it was sent to, it can be retried again.",
    ),
    RetryObstacle.TOKEN_UNKNOWN: QT_TRANSLATE_NOOP(
        "Remedies",
        "Retrying it is not safe: it is not known which webhook it was sent to. If the group does not have it, open it as a new message.",
    ),
}


def recovery_label(recovery_action: RecoveryAction) -> str:
    """The words on the button."""
    return translated(_LABELS[recovery_action])


def retry_sentence(
    until: datetime, *, is_unsure: bool = False, is_clock_set_back: bool = False
) -> str:
    """Why a retry does not post the message twice, and until when we think so.

    `is_unsure`: nobody knows whether the robot's server keeps it from that.
    """
    words = (
        translate(
            "Remedies",
            "Retry safely repeats it under the same id, so that it is not posted twice. DingTalk does not say how long it remembers an id; we estimate 24 hours, until {time}.",
        )
        if not is_unsure
        else translate(
            "Remedies",
            "Retry safely repeats it under the same id. It is not known whether this robot's server honours this id; if it does, we estimate for 24 hours, until {time}.",
        )
    )
    told = words.format(time=moment(until))
    if not is_clock_set_back:
        return told
    set_back = translate(
        "Remedies",
        "This computer's clock was set back since it was sent: how long ago that was is not known, and it counts as just now.",
    )
    return join_sentences((set_back, told))


def obstacle_sentence(bar: RetryObstacle) -> str:
    """Why a retry is not offered (any more)."""
    return translated(_BARS[bar])


def summary_sentence(counts: BroadcastSummary) -> str:
    """The groups by outcome: "18 of 20 delivered, 2 refused"."""
    delivered = translate("Tally", "{count} of {total} delivered")
    refused = translate("Tally", "{count} refused")
    not_sent = translate("Tally", "{count} not sent")
    unknown = translate("Tally", "{count} unknown")
    cancelled = translate("Tally", "{count} cancelled")
    waiting = translate("Tally", "{count} on their way")
    parts = [delivered.format(count=counts.delivered, total=counts.total)]
    for words, count in (
        (refused, counts.refused),
        (not_sent, counts.not_sent),
        (unknown, counts.unknown),
        (cancelled, counts.cancelled),
        (waiting, counts.waiting),
    ):
        if count:
            parts.append(words.format(count=count))
    return translate("Tally", ", ").join(parts)


def parts_sentence(counts: BroadcastSummary) -> str:
    """The parts of one message by outcome: "In 3 parts: 3 of 3 delivered"."""
    words = translate("Tally", "In {count} parts: {outcomes}")
    return words.format(count=counts.total, outcomes=summary_sentence(counts))


def unknown_sentence(counts: BroadcastSummary) -> str:
    """That what may have arrived is never sent again with the failed; "" where nothing may."""
    unknown = translate(
        "Tally",
        "An unknown one may have arrived: it is not sent again with the others. Check the group, or open its details to retry it safely.",
    )
    busy = translate(
        "Tally",
        "Where the answer was “busy” at every attempt it may have arrived: check the group, or open its details to retry it safely.",
    )
    return join_sentences((unknown if counts.unknown else "", busy if counts.busy else ""))
