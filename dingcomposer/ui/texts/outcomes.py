"""What came of a send, in words: its status, and what happened and what helps."""

from datetime import datetime
from typing import Protocol

from dingcomposer.core.answers import Cause, is_known_errcode, missing_field, named_address
from dingcomposer.core.checks.problems import ProblemCode
from dingcomposer.core.delivery import BroadcastSummary, Fault, Status
from dingcomposer.core.plain_text import clean
from dingcomposer.core.records import dataclass
from dingcomposer.services.recovery import RecoveryAction, RetryObstacle
from dingcomposer.ui.texts.problems import fix_phrase
from dingcomposer.ui.texts.time import moment
from dingcomposer.ui.texts.translate import (
    QT_TRANSLATE_NOOP,
    Phrase,
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

_HAPPENED: dict[Cause | Fault, Phrase] = {
    Cause.DELIVERED: QT_TRANSLATE_NOOP("Verdicts", "DingTalk accepted the message."),
    Cause.KEYWORD: QT_TRANSLATE_NOOP(
        "Verdicts", "The message contains none of the robot's keywords."
    ),
    Cause.TIMESTAMP: QT_TRANSLATE_NOOP(
        "Verdicts", "The time in the signature is more than an hour off DingTalk's clock."
    ),
    Cause.SIGNATURE: QT_TRANSLATE_NOOP("Verdicts", "The signature does not match."),
    Cause.IP: QT_TRANSLATE_NOOP(
        "Verdicts", "This computer's public address is not in the robot's address list."
    ),
    Cause.TOKEN: QT_TRANSLATE_NOOP("Verdicts", "DingTalk does not know this webhook."),
    Cause.ROBOT_DISABLED: QT_TRANSLATE_NOOP("Verdicts", "The robot is disabled."),
    Cause.ROBOT_GONE: QT_TRANSLATE_NOOP("Verdicts", "The robot is no longer in the group."),
    Cause.GROUP_GONE: QT_TRANSLATE_NOOP("Verdicts", "The group was dissolved."),
    Cause.MESSAGE_TYPE: QT_TRANSLATE_NOOP(
        "Verdicts", "DingTalk does not accept this type of message."
    ),
    Cause.MISSING_FIELD: QT_TRANSLATE_NOOP("Verdicts", "A required field is missing or empty."),
    Cause.NOT_JSON: QT_TRANSLATE_NOOP("Verdicts", "DingTalk could not read the request."),
    Cause.METHOD: QT_TRANSLATE_NOOP("Verdicts", "The address expects another kind of request."),
    Cause.HTTPS: QT_TRANSLATE_NOOP("Verdicts", "The address must begin with https."),
    Cause.CONTENT_TYPE: QT_TRANSLATE_NOOP(
        "Verdicts", "The request's content type was not accepted."
    ),
    Cause.PATH: QT_TRANSLATE_NOOP("Verdicts", "The webhook's address does not exist."),
    Cause.TOO_FAST: QT_TRANSLATE_NOOP(
        "Verdicts", "More than 20 messages in a minute: DingTalk has throttled this robot."
    ),
    Cause.TOO_LONG: QT_TRANSLATE_NOOP("Verdicts", "The message is longer than 20 000 bytes."),
    Cause.BUSY: QT_TRANSLATE_NOOP(
        "Verdicts", "DingTalk was busy at every attempt. It may have accepted the message anyway."
    ),
    Cause.UNSAFE_LINK: QT_TRANSLATE_NOOP("Verdicts", "DingTalk considers a link unsafe."),
    Cause.UNSAFE_TEXT: QT_TRANSLATE_NOOP("Verdicts", "DingTalk's content review refused the text."),
    Cause.UNSAFE_PICTURE: QT_TRANSLATE_NOOP(
        "Verdicts", "DingTalk's content review refused a picture."
    ),
    Cause.UNSAFE_CONTENT: QT_TRANSLATE_NOOP(
        "Verdicts", "DingTalk's content review refused the message."
    ),
    Cause.AT_ALL: QT_TRANSLATE_NOOP(
        "Verdicts", "In this group only the owner and admins may mention everyone."
    ),
    Cause.FORBIDDEN: QT_TRANSLATE_NOOP("Verdicts", "This robot is not allowed to send."),
    Cause.ADDRESS_BANNED: QT_TRANSLATE_NOOP(
        "Verdicts", "DingTalk has banned this computer's public address for too many calls."
    ),
    Cause.UNKNOWN: QT_TRANSLATE_NOOP(
        "Verdicts", "It was refused with a code that is not known here."
    ),
    Fault.NAME_NOT_FOUND: QT_TRANSLATE_NOOP("Verdicts", "The host's name was not found."),
    Fault.CONNECTION_REFUSED: QT_TRANSLATE_NOOP("Verdicts", "The host refused the connection."),
    Fault.CONNECT_TIMEOUT: QT_TRANSLATE_NOOP(
        "Verdicts", "No connection was made in the time allowed."
    ),
    Fault.NO_HANDLES: QT_TRANSLATE_NOOP(
        "Verdicts", "This computer has no file handles left for another connection."
    ),
    Fault.NO_ROUTE: QT_TRANSLATE_NOOP("Verdicts", "The network has no route to the host."),
    Fault.TLS_EXPIRED: QT_TRANSLATE_NOOP(
        "Verdicts", "The host's certificate is not valid at this time."
    ),
    Fault.TLS_WRONG_HOST: QT_TRANSLATE_NOOP(
        "Verdicts", "The host presented another host's certificate."
    ),
    Fault.TLS_UNTRUSTED: QT_TRANSLATE_NOOP(
        "Verdicts", "The host's certificate comes from an issuer that is not trusted here."
    ),
    Fault.TLS_CERTIFICATE: QT_TRANSLATE_NOOP("Verdicts", "The host's certificate is faulty."),
    Fault.TLS_FAILED: QT_TRANSLATE_NOOP("Verdicts", "No secure connection could be made."),
    Fault.PROXY_UNREACHABLE: QT_TRANSLATE_NOOP("Verdicts", "The proxy cannot be reached."),
    Fault.PROXY_WANTS_PASSWORD: QT_TRANSLATE_NOOP("Verdicts", "The proxy asks for a password."),
    Fault.PROXY_REFUSED: QT_TRANSLATE_NOOP("Verdicts", "The proxy refused the connection."),
    Fault.PROXY_UNUSABLE: QT_TRANSLATE_NOOP("Verdicts", "The proxy's address cannot be used."),
    Fault.UNREACHABLE: QT_TRANSLATE_NOOP("Verdicts", "The host could not be reached."),
    Fault.BAD_ENDPOINT: QT_TRANSLATE_NOOP("Verdicts", "The webhook's address cannot be used."),
    Fault.CA_FILE_UNUSABLE: QT_TRANSLATE_NOOP(
        "Verdicts", "The file of trusted issuers cannot be read."
    ),
    Fault.NO_TOKEN: QT_TRANSLATE_NOOP("Verdicts", "The robot has no webhook."),
    Fault.SECRETS_MISSING: QT_TRANSLATE_NOOP(
        "Verdicts", "This computer has no keyring, and the webhook was not pasted in this run."
    ),
    Fault.SECRETS_LOCKED: QT_TRANSLATE_NOOP("Verdicts", "The keyring is locked."),
    Fault.SECRETS_SLOW: QT_TRANSLATE_NOOP("Verdicts", "The keyring did not answer in time."),
    Fault.SECRETS_UNAVAILABLE: QT_TRANSLATE_NOOP("Verdicts", "The keyring failed or refused."),
    Fault.CANNOT_ENCODE: QT_TRANSLATE_NOOP(
        "Verdicts", "The message contains half a character, which cannot be sent."
    ),
    Fault.TOKEN_CHANGED: QT_TRANSLATE_NOOP(
        "Verdicts",
        "The robot has another webhook now than when this was confirmed, so this attempt did not leave: it could have reached another group.",
    ),
    Fault.HISTORY_NOT_WRITTEN: QT_TRANSLATE_NOOP(
        "Verdicts", "The history could not be written, so nothing was sent."
    ),
    Fault.NEVER_STARTED: QT_TRANSLATE_NOOP(
        "Verdicts", "The program ended before it was this message's turn."
    ),
    Fault.STOPPED: QT_TRANSLATE_NOOP(
        "Verdicts",
        "A group before it in the list did not get the message, so it was stopped there.",
    ),
    Fault.PROGRAM_FAULT: QT_TRANSLATE_NOOP(
        "Verdicts", "Something went wrong in this program. See the log for details."
    ),
    Fault.READ_TIMEOUT: QT_TRANSLATE_NOOP(
        "Verdicts", "It was sent, but no answer came in the time allowed."
    ),
    Fault.CONNECTION_LOST: QT_TRANSLATE_NOOP(
        "Verdicts", "It was sent, but the connection broke before an answer came."
    ),
    Fault.ANSWER_CUT_SHORT: QT_TRANSLATE_NOOP(
        "Verdicts", "It was sent, but the answer broke off halfway."
    ),
    Fault.ANSWER_TOO_LARGE: QT_TRANSLATE_NOOP(
        "Verdicts", "It was sent, but the answer was far too large to be DingTalk's."
    ),
    Fault.EMPTY_ANSWER: QT_TRANSLATE_NOOP("Verdicts", "It was sent, but the answer was empty."),
    Fault.NOT_DINGTALK: QT_TRANSLATE_NOOP(
        "Verdicts", "It was sent, but what came back is not an answer from DingTalk."
    ),
    Fault.ODD_ERRCODE: QT_TRANSLATE_NOOP(
        "Verdicts", "It was sent, but the errcode in the answer has no known meaning."
    ),
    Fault.REDIRECTED: QT_TRANSLATE_NOOP(
        "Verdicts",
        "It was sent, but the host redirected ({http}) to another address, which was not followed.",
    ),
    Fault.HTTP_STATUS: QT_TRANSLATE_NOOP(
        "Verdicts",
        "It was sent, but the host answered {http}, which does not say that it was delivered.",
    ),
    Fault.CLOSED_WHILE_WAITING: QT_TRANSLATE_NOOP(
        "Verdicts", "The program was closed while waiting for the answer."
    ),
    Fault.INTERRUPTED: QT_TRANSLATE_NOOP(
        "Verdicts", "The program ended while this message was on its way."
    ),
    Fault.RETRY_CANCELLED: QT_TRANSLATE_NOOP(
        "Verdicts", "The next attempt was cancelled. An earlier one may have been delivered."
    ),
}

_HELPS: dict[Cause | Fault, Phrase] = {
    Cause.DELIVERED: QT_TRANSLATE_NOOP(
        "Verdicts", "It cannot be recalled; if it is wrong, write a correction."
    ),
    Cause.KEYWORD: QT_TRANSLATE_NOOP(
        "Verdicts", "Put one of the keywords into the title or the text, exactly as it is set."
    ),
    Cause.TIMESTAMP: QT_TRANSLATE_NOOP("Verdicts", "Set this computer's clock, then send again."),
    Cause.SIGNATURE: QT_TRANSLATE_NOOP(
        "Verdicts", "Copy the secret that begins with SEC from the robot's settings again."
    ),
    Cause.IP: QT_TRANSLATE_NOOP(
        "Verdicts",
        "Add this computer's public address to the robot's list, or stop using the proxy.",
    ),
    Cause.TOKEN: QT_TRANSLATE_NOOP(
        "Verdicts", "Copy the webhook from the robot's settings again; it may have been reset."
    ),
    Cause.ROBOT_DISABLED: QT_TRANSLATE_NOOP(
        "Verdicts", "An admin of your company must enable it in DingTalk's open platform."
    ),
    Cause.ROBOT_GONE: QT_TRANSLATE_NOOP("Verdicts", "Add a robot to the group again."),
    Cause.GROUP_GONE: QT_TRANSLATE_NOOP("Verdicts", "Archive this robot; its group is gone."),
    Cause.MESSAGE_TYPE: QT_TRANSLATE_NOOP("Verdicts", "Choose one of the six kinds."),
    Cause.MISSING_FIELD: QT_TRANSLATE_NOOP(
        "Verdicts", "Fill in what is empty: title, text, links."
    ),
    Cause.NOT_JSON: QT_TRANSLATE_NOOP(
        "Verdicts", "Something on the way may have changed the request; ask who runs the proxy."
    ),
    Cause.METHOD: QT_TRANSLATE_NOOP("Verdicts", "Check the host and path of the webhook."),
    Cause.HTTPS: QT_TRANSLATE_NOOP("Verdicts", "Copy the webhook from the robot's settings."),
    Cause.CONTENT_TYPE: QT_TRANSLATE_NOOP(
        "Verdicts", "Something on the way may have changed the request; ask who runs the proxy."
    ),
    Cause.PATH: QT_TRANSLATE_NOOP("Verdicts", "Check the host and path of the webhook."),
    Cause.TOO_FAST: QT_TRANSLATE_NOOP("Verdicts", "Send it again after ten minutes."),
    Cause.TOO_LONG: QT_TRANSLATE_NOOP("Verdicts", "Shorten it, or send it in two parts."),
    Cause.UNSAFE_LINK: QT_TRANSLATE_NOOP("Verdicts", "Take the link out, or use another address."),
    Cause.UNSAFE_TEXT: QT_TRANSLATE_NOOP("Verdicts", "Try other words."),
    Cause.UNSAFE_PICTURE: QT_TRANSLATE_NOOP("Verdicts", "Use another picture."),
    Cause.UNSAFE_CONTENT: QT_TRANSLATE_NOOP("Verdicts", "Try other words."),
    Cause.AT_ALL: QT_TRANSLATE_NOOP(
        "Verdicts", "Leave @everyone out, or ask an admin to allow it."
    ),
    Cause.FORBIDDEN: QT_TRANSLATE_NOOP("Verdicts", "Ask the group's owner or an admin."),
    Cause.ADDRESS_BANNED: QT_TRANSLATE_NOOP("Verdicts", "Wait, then send it again."),
    Cause.UNKNOWN: QT_TRANSLATE_NOOP("Verdicts", "The words of the answer are all that is known."),
    Fault.NAME_NOT_FOUND: QT_TRANSLATE_NOOP(
        "Verdicts", "Check the network, and the host in the webhook."
    ),
    Fault.CONNECTION_REFUSED: QT_TRANSLATE_NOOP(
        "Verdicts", "Check the host and port in the webhook, then send it again."
    ),
    Fault.CONNECT_TIMEOUT: QT_TRANSLATE_NOOP("Verdicts", "Check the network, then send it again."),
    Fault.NO_HANDLES: QT_TRANSLATE_NOOP(
        "Verdicts", "Close other programs, or start this one anew, then send it again."
    ),
    Fault.NO_ROUTE: QT_TRANSLATE_NOOP("Verdicts", "Check the network, then send it again."),
    Fault.TLS_EXPIRED: QT_TRANSLATE_NOOP("Verdicts", "Check this computer's clock first."),
    Fault.TLS_WRONG_HOST: QT_TRANSLATE_NOOP("Verdicts", "Check the host in the webhook."),
    Fault.TLS_UNTRUSTED: QT_TRANSLATE_NOOP(
        "Verdicts", "Behind a company's proxy, its CA must be trusted here; ask who runs it."
    ),
    Fault.TLS_CERTIFICATE: QT_TRANSLATE_NOOP("Verdicts", "Check the host in the webhook."),
    Fault.TLS_FAILED: QT_TRANSLATE_NOOP("Verdicts", "Check the host and port in the webhook."),
    Fault.PROXY_UNREACHABLE: QT_TRANSLATE_NOOP("Verdicts", "Check the proxy's address."),
    Fault.PROXY_WANTS_PASSWORD: QT_TRANSLATE_NOOP("Verdicts", "Ask who runs the proxy."),
    Fault.PROXY_REFUSED: QT_TRANSLATE_NOOP("Verdicts", "Ask who runs the proxy."),
    Fault.PROXY_UNUSABLE: QT_TRANSLATE_NOOP("Verdicts", "Check the proxy's address."),
    Fault.UNREACHABLE: QT_TRANSLATE_NOOP("Verdicts", "Check the network, then send it again."),
    Fault.BAD_ENDPOINT: QT_TRANSLATE_NOOP("Verdicts", "Edit the robot and paste its webhook."),
    Fault.CA_FILE_UNUSABLE: QT_TRANSLATE_NOOP(
        "Verdicts", "Check where the file is and what is in it."
    ),
    Fault.NO_TOKEN: QT_TRANSLATE_NOOP("Verdicts", "Edit the robot and paste its webhook."),
    Fault.SECRETS_MISSING: QT_TRANSLATE_NOOP("Verdicts", "Edit the robot and paste its webhook."),
    Fault.SECRETS_LOCKED: QT_TRANSLATE_NOOP("Verdicts", "Unlock it, then send again."),
    Fault.SECRETS_SLOW: QT_TRANSLATE_NOOP(
        "Verdicts", "See whether it is asking for a password in another window, then send again."
    ),
    Fault.SECRETS_UNAVAILABLE: QT_TRANSLATE_NOOP(
        "Verdicts", "Send again; if that does not help, edit the robot and paste its webhook."
    ),
    Fault.CANNOT_ENCODE: QT_TRANSLATE_NOOP("Verdicts", "Delete the character and type it again."),
    Fault.TOKEN_CHANGED: QT_TRANSLATE_NOOP(
        "Verdicts",
        "If the new webhook is right, open the message as a new one and send it; if not, edit the robot.",
    ),
    Fault.HISTORY_NOT_WRITTEN: QT_TRANSLATE_NOOP(
        "Verdicts", "Free some disk space, then send it again."
    ),
    Fault.NEVER_STARTED: QT_TRANSLATE_NOOP("Verdicts", "Open it from the history and send it."),
    Fault.STOPPED: QT_TRANSLATE_NOOP(
        "Verdicts", "Set right what went wrong there, then send to those that did not get it."
    ),
    Fault.PROGRAM_FAULT: QT_TRANSLATE_NOOP(
        "Verdicts", "If it happens again, report it together with the log."
    ),
    Fault.ANSWER_TOO_LARGE: QT_TRANSLATE_NOOP("Verdicts", "Check the host in the webhook."),
    Fault.NOT_DINGTALK: QT_TRANSLATE_NOOP("Verdicts", "Check the host in the webhook."),
    Fault.REDIRECTED: QT_TRANSLATE_NOOP(
        "Verdicts", "Copy the webhook from the robot's settings again."
    ),
}


# What helps where the answer, or the request, says more than its cause does.
_HELPS_UNSIGNED = QT_TRANSLATE_NOOP(
    "Verdicts",
    "It went out without a signature, for no secret is stored here. Copy the secret that begins with SEC from the robot's settings.",
)
_HELPS_NAMED_ADDRESS = QT_TRANSLATE_NOOP(
    "Verdicts",
    "Add the address that DingTalk names ({address}) to the robot's list, or stop using the proxy.",
)
_HELPS_NAMED_FIELD = QT_TRANSLATE_NOOP("Verdicts", "Fill in the field that DingTalk names.")
_UNKNOWN_WORDS = QT_TRANSLATE_NOOP(
    "Verdicts", "It was refused in words that are not known here, with the code {errcode}."
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

    `own` quotes the answer's words where there are any and they matter, else it is empty.
    `topic` is the section of the guide that says more, "" where there is none.
    """

    happened: str
    helps: str
    own: str = ""
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


def explain(cause: Cause | None, fault: Fault | None, *, http_status: int | None = None) -> Words:
    """What happened and what helps. Both empty where neither cause nor fault is known.

    That a send may have arrived is for `outcome_words` to say.
    """
    key = fault or cause
    if key is None:
        return Words("", "")
    http = "HTTP" if http_status is None else f"HTTP {http_status}"
    happened = translated(_HAPPENED[key]).replace("{http}", http)
    return Words(happened, translated(_HELPS[key]) if key in _HELPS else "")


def may_have_arrived(status: Status, cause: Cause | None) -> bool:
    """True where a person has to look into the group before the message is sent again."""
    return status is Status.UNKNOWN or (status is Status.REFUSED and cause is Cause.BUSY)


def help_phrase(key: Cause | Fault) -> Phrase:
    """The sentence that says what helps, not yet translated."""
    return _HELPS[key]


def outcome_headline(status: Status, group: str) -> str:
    """How a send to a group came out, in a line."""
    return translate("Verdicts", "{status}: {group}").format(
        status=status_word(status), group=clean(group)
    )


def own_words(errcode: str, errmsg: str) -> str:
    """What DingTalk itself answered, as it put it; "" where it said nothing."""
    return clean(" · ".join(filter(None, (errcode, errmsg))))


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
    helps = _helps(outcome) if outcome.status.is_final else ""
    if may_have_arrived(outcome.status, outcome.cause):
        # Every such sentence says it, whatever else helps: it stands here, and nowhere else.
        helps = join_sentences((translated(_CHECK_GROUP), helps))
    own = own_words(outcome.errcode, outcome.errmsg)
    code = outcome.fault or outcome.cause
    topic = f"verdict.{outcome.status}" if code is None else topic_of(code)
    if outcome.status is Status.DELIVERED or not own:
        return Words(happened, helps, topic=topic)
    return Words(happened, helps, _quoted(own, outcome.errcode, is_dingtalk=is_dingtalk), topic)


def _happened(outcome: Outcome, *, is_dingtalk: bool) -> str:
    if outcome.cause is Cause.DELIVERED and outcome.fault is None and not is_dingtalk:
        return translate("Verdicts", "It was accepted on this computer, not by DingTalk.")
    is_wording = outcome.fault is None and outcome.cause is Cause.UNKNOWN
    if is_wording and is_known_errcode(outcome.errcode):
        return translated(_UNKNOWN_WORDS).format(errcode=outcome.errcode)
    return explain(outcome.cause, outcome.fault, http_status=outcome.http_status).happened


def _helps(outcome: Outcome) -> str:
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
            address = named_address(outcome.errmsg)
            return translated(_HELPS_NAMED_ADDRESS).format(address=address)
        case Cause.MISSING_FIELD if outcome.fault is None and missing_field(outcome.errmsg):
            return translated(_HELPS_NAMED_FIELD)
    helps = explain(outcome.cause, outcome.fault).helps
    if outcome.cause is Cause.TOKEN and outcome.errcode in _ALSO_OTHER_GROUPS and helps:
        more = translate(
            "Verdicts",
            "Robots of external groups and of special kinds of groups are said to be answered"
            " like this too.",
        )
        helps = join_sentences([helps, more])
    return helps


def _quoted(own: str, errcode: str, *, is_dingtalk: bool) -> str:
    """The answer's words, and whose they are."""
    if is_dingtalk:
        return translate("Verdicts", "DingTalk's own words: {words}").format(words=own)
    said = translate("Verdicts", "The answer's own words: {words}").format(words=own)
    return join_sentences((said, made_up_note(errcode)))


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
    until: datetime, unsure_host: str = "", *, is_clock_set_back: bool = False
) -> str:
    """Why a retry does not post the message twice, and until when we think so."""
    words = (
        translate(
            "Remedies",
            "Retry safely repeats it under the same id, so that it is not posted twice. DingTalk does not say how long it remembers an id; we estimate 24 hours, until {time}.",
        )
        if not unsure_host
        else translate(
            "Remedies",
            "Retry safely repeats it under the same id. It is not known whether {host} honours this id; if it does, we estimate for 24 hours, until {time}.",
        )
    )
    told = words.format(host=unsure_host, time=moment(until))
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
        "Where DingTalk was busy at every attempt it may have arrived: check the group, or open its details to retry it safely.",
    )
    return join_sentences((unknown if counts.unknown else "", busy if counts.busy else ""))
