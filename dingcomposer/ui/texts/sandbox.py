"""What the sandbox answered, and what it can be told to do wrong, in words."""

from typing import TYPE_CHECKING, assert_never

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Status
from dingcomposer.core.plain_text import clean
from dingcomposer.sandbox.diagnosis.codes import Diagnosis, DiagnosisCode, Weight
from dingcomposer.sandbox.diagnosis.sentences import to_sentence
from dingcomposer.sandbox.faults import ANSWERS, HONEST, FaultKind
from dingcomposer.ui.texts.outcomes import explain, made_up_note
from dingcomposer.ui.texts.translate import (
    QT_TRANSLATE_NOOP,
    Phrase,
    join_sentences,
    translate,
    translated,
)

if TYPE_CHECKING:  # the server brings http.server along, which the first window can do without
    from dingcomposer.sandbox.server import Exchange

_FAULTS: dict[FaultKind, Phrase] = {
    FaultKind.BUSY: QT_TRANSLATE_NOOP(
        "Sandbox", "Busy, without saying whether the message was accepted"
    ),
    FaultKind.BUSY_500100: QT_TRANSLATE_NOOP(
        "Sandbox", "Busy, without saying whether the message was accepted"
    ),
    FaultKind.SLOW: QT_TRANSLATE_NOOP("Sandbox", "The answer comes 5 seconds late"),
    FaultKind.TRICKLE: QT_TRANSLATE_NOOP("Sandbox", "The answer comes bit by bit, for 5 seconds"),
    FaultKind.CLOSE_WHEN_IDLE: QT_TRANSLATE_NOOP(
        "Sandbox", "The connection is closed after the answer"
    ),
    FaultKind.ERRCODE_TEXT_ZERO: QT_TRANSLATE_NOOP("Sandbox", 'errcode is the text "0"'),
    FaultKind.GZIP: QT_TRANSLATE_NOOP("Sandbox", "The answer is compressed"),
    FaultKind.BOM: QT_TRANSLATE_NOOP("Sandbox", "The answer begins with a byte order mark"),
    FaultKind.SILENT: QT_TRANSLATE_NOOP("Sandbox", "No answer ever comes"),
    FaultKind.RESET: QT_TRANSLATE_NOOP("Sandbox", "The connection is reset"),
    FaultKind.CLOSE: QT_TRANSLATE_NOOP("Sandbox", "The connection is closed without an answer"),
    FaultKind.HALF: QT_TRANSLATE_NOOP("Sandbox", "The answer breaks off halfway"),
    FaultKind.EMPTY: QT_TRANSLATE_NOOP("Sandbox", "The answer is empty"),
    FaultKind.HUGE: QT_TRANSLATE_NOOP("Sandbox", "The answer is 50 MB long"),
    FaultKind.HTML: QT_TRANSLATE_NOOP("Sandbox", "A login page in HTML"),
    FaultKind.ARRAY: QT_TRANSLATE_NOOP("Sandbox", "JSON, but a list"),
    FaultKind.NO_ERRCODE: QT_TRANSLATE_NOOP("Sandbox", "JSON without errcode"),
    FaultKind.ERRCODE_FALSE: QT_TRANSLATE_NOOP("Sandbox", "errcode is false"),
    FaultKind.ERRCODE_FLOAT: QT_TRANSLATE_NOOP("Sandbox", "errcode is 0.0"),
    FaultKind.ERRCODE_SPACED: QT_TRANSLATE_NOOP("Sandbox", 'errcode is the text " 0"'),
    FaultKind.ERRCODE_NULL: QT_TRANSLATE_NOOP("Sandbox", "errcode is null"),
    FaultKind.REDIRECT: QT_TRANSLATE_NOOP("Sandbox", "A redirect to another address"),
    FaultKind.HTTP_404: QT_TRANSLATE_NOOP("Sandbox", "HTTP 404"),
    FaultKind.HTTP_500: QT_TRANSLATE_NOOP("Sandbox", "HTTP 500"),
    FaultKind.HTTP_502: QT_TRANSLATE_NOOP("Sandbox", "HTTP 502, from a proxy"),
    FaultKind.OK_WITH_HTTP_500: QT_TRANSLATE_NOOP("Sandbox", "HTTP 500 with errcode 0"),
    FaultKind.CUSTOM: QT_TRANSLATE_NOOP("Sandbox", "A custom answer"),
}
_NOTHING_MEANT = (
    DiagnosisCode.ONLY_LOOKED,
    DiagnosisCode.CHECKUP_ASKED,
    DiagnosisCode.METHOD_PREFLIGHT,
)
_NO_ANSWER = (FaultKind.SILENT, FaultKind.RESET, FaultKind.CLOSE, FaultKind.HALF)


def standing(exchange: "Exchange") -> Status:
    """The status whose colour and sign fit an answer; UNKNOWN where it was no verdict.

    CANCELLED, which is quiet, where nobody meant to post anything.
    """
    if any(one.code in _NOTHING_MEANT for one in exchange.diagnoses):
        return Status.CANCELLED
    match exchange.cause:
        case Cause.DELIVERED:
            return Status.DELIVERED
        case None | Cause.BUSY:
            return Status.UNKNOWN
        case _:
            return Status.REFUSED


def verdict_word(exchange: "Exchange") -> str:
    """What was answered, in a word or two."""
    if exchange.is_repeat and standing(exchange) is Status.DELIVERED:
        return translate("Sandbox", "Repeated")
    match standing(exchange):
        case Status.DELIVERED:
            return translate("Sandbox", "Accepted")
        case Status.REFUSED:
            return translate("Sandbox", "Refused")
        case Status.CANCELLED:
            return translate("Sandbox", "Question")
        case _:
            return translate("Sandbox", "No verdict")


def all_verdict_words() -> tuple[str, ...]:
    """Every word that `verdict_word` may give."""
    return (
        translate("Sandbox", "Repeated"),
        translate("Sandbox", "Accepted"),
        translate("Sandbox", "Refused"),
        translate("Sandbox", "Question"),
        translate("Sandbox", "No verdict"),
    )


def happened(exchange: "Exchange") -> str:
    """Why it was answered so, and where the message is now."""
    sentences = []
    if exchange.fault is not None:
        wanted = translate("Sandbox", "As requested: {fault}.")
        sentences.append(wanted.format(fault=fault_name(exchange.fault).rstrip(".。")))
    elif standing(exchange) not in (Status.DELIVERED, Status.CANCELLED):
        sentences.append(explain(exchange.cause, None, is_dingtalk=False).happened)
    if exchange.is_repeat:
        sentences.append(
            translate(
                "Sandbox", "The group already has a message with this msgUuid; none was added."
            )
        )
    elif exchange.is_taken:
        sentences.append(translate("Sandbox", "The message is in the group."))
    elif exchange.fault is not None:
        sentences.append(translate("Sandbox", "The message is not in the group."))
    return join_sentences(sentences)


def own_words(exchange: "Exchange") -> str:
    """errcode and errmsg as they were answered; "" where there were none."""
    if exchange.errcode is None:
        return ""
    said = clean(f"{exchange.errcode} · {exchange.errmsg}")
    return join_sentences((said, made_up_note(str(exchange.errcode))))


def fault_name(kind: FaultKind) -> str:
    """What the sandbox does wrong."""
    words = _FAULTS.get(kind)
    name = translated(words) if words else ""
    fact = ANSWERS.get(kind)
    if fact is None:
        return name or explain(Cause.ADDRESS_BANNED, None).happened
    name = name or explain(fact.cause, None).happened
    return name if fact.errcode is None else f"{fact.errcode} · {name}"


def fault_groups() -> tuple[tuple[str, tuple[FaultKind, ...]], ...]:
    """The faults that can be ordered by name, under headings."""
    foreign = (FaultKind.CUSTOM, FaultKind.ADDRESS_BANNED, *ANSWERS, *HONEST, *_NO_ANSWER)
    return (
        (
            translate("Sandbox", "DingTalk refuses"),
            (*ANSWERS, FaultKind.ADDRESS_BANNED),
        ),
        (
            translate("Sandbox", "The right answer, in an unusual way"),
            tuple(kind for kind in FaultKind if kind in HONEST),
        ),
        (translate("Sandbox", "No answer, or half of one"), _NO_ANSWER),
        (
            translate("Sandbox", "An answer that is not DingTalk's"),
            tuple(kind for kind in FaultKind if kind not in foreign),
        ),
    )


def diagnosis_sentence(diagnosis: Diagnosis) -> str:
    """What is to be said of it. The English sentences, and their marks, are the sandbox's."""
    return to_sentence(diagnosis, localize=lambda text: translated(("Diagnosis", text)))


def weight_word(weight: Weight) -> str:
    """What follows from a diagnosis, in a word."""
    match weight:
        case Weight.WRONG:
            return translate("Sandbox", "Wrong:")
        case Weight.NOT_KNOWN:
            return translate("Sandbox", "Not known:")
        case Weight.NOTE:
            return translate("Sandbox", "Note:")
        case _:
            assert_never(weight)
