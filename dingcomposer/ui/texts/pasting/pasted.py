"""What was found in something pasted, a webhook or a message, in words."""

from collections.abc import Iterable

from dingcomposer.core.checks.problems import ProblemCode
from dingcomposer.core.pasting.lenient_json import JsonFault, JsonNote, JsonPlace
from dingcomposer.core.payload import Note, NoteCode, PayloadError, PayloadFault
from dingcomposer.core.webhook import PastedError, PastedFault, PastedNote
from dingcomposer.ui.texts.problems import problem_phrase
from dingcomposer.ui.texts.translate import (
    QT_TRANSLATE_NOOP,
    Phrase,
    join_names,
    join_sentences,
    translate,
    translated,
)

_FAULTS: dict[PastedFault, Phrase] = {
    PastedFault.EMPTY: QT_TRANSLATE_NOOP("Pasted", "There is nothing to read."),
    PastedFault.TOO_LONG: QT_TRANSLATE_NOOP(
        "Pasted", "This is over 200 KB, far more than a webhook. The clipboard still has it."
    ),
    PastedFault.CONTROL_CHARACTERS: QT_TRANSLATE_NOOP(
        "Pasted", "It contains invisible control characters. Copy it again."
    ),
    PastedFault.NOT_RECOGNISED: QT_TRANSLATE_NOOP(
        "Pasted", "No webhook and no secret was found in this."
    ),
    PastedFault.NOT_AN_URL: QT_TRANSLATE_NOOP("Pasted", "This address cannot be read."),
    PastedFault.URL_WITH_SPACES: problem_phrase(ProblemCode.ENDPOINT_SPACES),
    PastedFault.NO_SCHEME: problem_phrase(ProblemCode.ENDPOINT_NO_SCHEME),
    PastedFault.PLAIN_HTTP: QT_TRANSLATE_NOOP(
        "Pasted", "Without encryption, others could read the webhook on its way: use https://"
    ),
    PastedFault.USER_AND_PASSWORD: problem_phrase(ProblemCode.ENDPOINT_CREDENTIALS),
    PastedFault.BACKSLASH: problem_phrase(ProblemCode.ENDPOINT_BACKSLASH),
    PastedFault.ODD_HOST: problem_phrase(ProblemCode.ENDPOINT_HOST),
    PastedFault.ODD_LETTERS: problem_phrase(ProblemCode.ENDPOINT_LETTERS),
    PastedFault.NO_TOKEN: QT_TRANSLATE_NOOP(
        "Pasted", "The address is not complete: access_token=… is missing."
    ),
    PastedFault.BROKEN_TOKEN: QT_TRANSLATE_NOOP(
        "Pasted", "The webhook is damaged or not complete. Copy it again in one piece."
    ),
    PastedFault.TWO_TOKENS: QT_TRANSLATE_NOOP(
        "Pasted", "This contains two different webhooks. Paste one robot at a time."
    ),
    PastedFault.TWO_SECRETS: QT_TRANSLATE_NOOP(
        "Pasted", "This contains two different secrets. Paste one robot at a time."
    ),
    PastedFault.TWO_ADDRESSES: QT_TRANSLATE_NOOP(
        "Pasted", "This contains two different addresses. Paste one robot at a time."
    ),
    PastedFault.ANSWER: QT_TRANSLATE_NOOP(
        "Pasted", "This is an answer from the server, not a webhook."
    ),
    PastedFault.OTHER_ROBOT: QT_TRANSLATE_NOOP(
        "Pasted", "This is the robot of another company's program, not one of DingTalk's."
    ),
    PastedFault.BROKEN_JSON: QT_TRANSLATE_NOOP("Pasted", "This JSON cannot be read."),
    PastedFault.OPEN_QUOTES: QT_TRANSLATE_NOOP(
        "Pasted", "A quotation mark in the command is never closed. Copy the whole command."
    ),
}

_NOTES: dict[PastedNote, Phrase] = {
    PastedNote.OLD_SIGNATURE_DROPPED: QT_TRANSLATE_NOOP(
        "Pasted", "The old signature was left out: each message gets a fresh one."
    ),
    PastedNote.PARAMETERS_DROPPED: QT_TRANSLATE_NOOP(
        "Pasted", "Other parameters of the address were left out."
    ),
    PastedNote.ODD_PATH: QT_TRANSLATE_NOOP(
        "Pasted", "The address does not end in /robot/send as DingTalk's do."
    ),
    PastedNote.ODD_TOKEN: problem_phrase(ProblemCode.TOKEN_ODD),
    PastedNote.ODD_SECRET: problem_phrase(ProblemCode.SECRET_ODD),
    PastedNote.SECRET_TRIMMED: QT_TRANSLATE_NOOP(
        "Pasted", "White space around the secret was removed."
    ),
    PastedNote.SECRET_MENDED: QT_TRANSLATE_NOOP(
        "Pasted", "The secret was damaged on its way and has been set right."
    ),
    PastedNote.NO_TOKEN: QT_TRANSLATE_NOOP(
        "Pasted", "It is not complete: access_token=… is missing."
    ),
    PastedNote.ADDRESS_MENDED: QT_TRANSLATE_NOOP(
        "Pasted", "The address was damaged on its way and has been set right."
    ),
    PastedNote.TOKEN_MENDED: QT_TRANSLATE_NOOP(
        "Pasted", "The webhook was damaged on its way and has been set right."
    ),
    PastedNote.PLACEHOLDER: QT_TRANSLATE_NOOP(
        "Pasted", "Where the secret belongs, there is only a placeholder."
    ),
    PastedNote.HTML_SIGNS: QT_TRANSLATE_NOOP(
        "Pasted", "Signs of HTML, such as &quot;, were read as what they stand for."
    ),
    PastedNote.BODY_IS_FORM: QT_TRANSLATE_NOOP(
        "Pasted", "The command sends a form, which DingTalk cannot read; it was left out."
    ),
    PastedNote.BODY_ENCODED: QT_TRANSLATE_NOOP(
        "Pasted",
        "The command would send its message percent-encoded, which DingTalk cannot read.",
    ),
    PastedNote.BODY_UNESCAPED: QT_TRANSLATE_NOOP(
        "Pasted", "The shell would have removed the quotation marks inside the message."
    ),
    PastedNote.BODY_MENDED: QT_TRANSLATE_NOOP(
        "Pasted", "The message was not exact JSON and has been set right."
    ),
    PastedNote.BODY_VARIABLES: QT_TRANSLATE_NOOP(
        "Pasted", "The message contains variables of the script, which nobody has filled in."
    ),
    PastedNote.OTHERS_DROPPED: QT_TRANSLATE_NOOP(
        "Pasted", "Another program's token or secret was left out."
    ),
    PastedNote.SECRET_UNCLEAR: QT_TRANSLATE_NOOP(
        "Pasted", "It is not plain whose a signing secret is: enter it in the robot's form."
    ),
    PastedNote.MORE_MESSAGES: QT_TRANSLATE_NOOP(
        "Pasted", "It contains several messages; the first one was taken."
    ),
    PastedNote.TOO_MANY_MESSAGES: QT_TRANSLATE_NOOP(
        "Pasted", "It holds more messages than are read at once: 100. Paste the rest by itself."
    ),
    PastedNote.ANSWER_DROPPED: QT_TRANSLATE_NOOP(
        "Pasted", "The server's answer below it was left out."
    ),
    PastedNote.PEOPLE_DROPPED: QT_TRANSLATE_NOOP(
        "Pasted", "The people whom the address would mention were left out."
    ),
    PastedNote.WECOM_MESSAGE: QT_TRANSLATE_NOOP(
        "Pasted", "This message is written for WeCom's robots."
    ),
    PastedNote.FEISHU_MESSAGE: QT_TRANSLATE_NOOP(
        "Pasted", "This message is written for Feishu's robots."
    ),
    PastedNote.BODY_NOT_JSON: QT_TRANSLATE_NOOP(
        "Pasted", "The message in it is not JSON and was left out."
    ),
    PastedNote.BODY_ELSEWHERE: QT_TRANSLATE_NOOP(
        "Pasted",
        "The command's message is in a file, in a variable or in another program, and was left out.",
    ),
}


_JSON_FAULTS: dict[JsonFault, Phrase] = {
    JsonFault.NOTHING: QT_TRANSLATE_NOOP("Pasted", "nothing is there"),
    JsonFault.ENDS_EARLY: QT_TRANSLATE_NOOP("Pasted", "it ends in the middle"),
    JsonFault.OPEN_STRING: QT_TRANSLATE_NOOP("Pasted", "a quotation mark is never closed"),
    JsonFault.NO_VALUE: QT_TRANSLATE_NOOP("Pasted", "a value is missing"),
    JsonFault.NO_KEY: QT_TRANSLATE_NOOP("Pasted", "a name in quotation marks is missing"),
    JsonFault.NO_COLON: QT_TRANSLATE_NOOP("Pasted", "a colon is missing"),
    JsonFault.NO_COMMA: QT_TRANSLATE_NOOP("Pasted", "a comma is missing"),
    JsonFault.TOO_DEEP: QT_TRANSLATE_NOOP("Pasted", "too many brackets are nested"),
    JsonFault.TEXT_BEHIND: QT_TRANSLATE_NOOP("Pasted", "something stands behind its end"),
    JsonFault.TRAILING_COMMA: QT_TRANSLATE_NOOP("Pasted", "nothing follows this comma"),
    JsonFault.LINE_END: QT_TRANSLATE_NOOP("Pasted", "a line ends within a text; \\n belongs there"),
    JsonFault.CONTROL: QT_TRANSLATE_NOOP("Pasted", "a tab or a control character within a text"),
    JsonFault.BACKSLASH: QT_TRANSLATE_NOOP("Pasted", "a backslash without a meaning; \\\\ is one"),
    JsonFault.ODD_QUOTES: QT_TRANSLATE_NOOP("Pasted", 'a quotation mark that is not "'),
    JsonFault.FULL_WIDTH: QT_TRANSLATE_NOOP("Pasted", "a full-width sign of the input method"),
    JsonFault.COMMENT: QT_TRANSLATE_NOOP("Pasted", "a comment, which JSON has none of"),
}

_JSON_NOTES: dict[JsonNote, Phrase] = {
    JsonNote.RAW_LINE_ENDS: QT_TRANSLATE_NOOP("Pasted", "line ends within a text"),
    JsonNote.SINGLE_QUOTES: QT_TRANSLATE_NOOP("Pasted", "single quotation marks"),
    JsonNote.TYPOGRAPHIC_QUOTES: QT_TRANSLATE_NOOP("Pasted", "typographic quotation marks"),
    JsonNote.FULL_WIDTH_SIGNS: QT_TRANSLATE_NOOP("Pasted", "full-width commas or colons"),
    JsonNote.COMMENTS: QT_TRANSLATE_NOOP("Pasted", "comments"),
    JsonNote.TRAILING_COMMA: QT_TRANSLATE_NOOP("Pasted", "a comma at the end"),
    JsonNote.BARE_KEYS: QT_TRANSLATE_NOOP("Pasted", "names without quotation marks"),
    JsonNote.OTHER_WORDS: QT_TRANSLATE_NOOP("Pasted", "True, False or None"),
    JsonNote.BACKSLASHES: QT_TRANSLATE_NOOP("Pasted", "backslashes without a meaning"),
    JsonNote.VARIABLES: QT_TRANSLATE_NOOP("Pasted", "variables in place of values"),
    JsonNote.KEY_TWICE: QT_TRANSLATE_NOOP("Pasted", "the same name twice: the last one holds"),
}

_LOSSES: dict[str, Phrase] = {
    "underline": QT_TRANSLATE_NOOP("Pasted", "underlining"),
    "strike": QT_TRANSLATE_NOOP("Pasted", "struck words"),
    "highlight": QT_TRANSLATE_NOOP("Pasted", "highlighting"),
    "sizes": QT_TRANSLATE_NOOP("Pasted", "sizes of letters"),
    "raised": QT_TRANSLATE_NOOP("Pasted", "raised or lowered letters"),
    "pictures": QT_TRANSLATE_NOOP("Pasted", "pictures without a public address"),
    "links": QT_TRANSLATE_NOOP("Pasted", "links to files or mail addresses"),
    "merged_cells": QT_TRANSLATE_NOOP("Pasted", "merged cells"),
    "media": QT_TRANSLATE_NOOP("Pasted", "films and sounds"),
    "code": QT_TRANSLATE_NOOP("Pasted", "code on phones"),
}

_PAYLOAD_FAULTS: dict[PayloadFault, Phrase] = {
    PayloadFault.NOT_AN_OBJECT: QT_TRANSLATE_NOOP(
        "Payload", "This JSON is no object: a message stands in { }."
    ),
    PayloadFault.MISSING: QT_TRANSLATE_NOOP("Payload", "“{path}” is missing."),
    PayloadFault.WRONG_TYPE: QT_TRANSLATE_NOOP(
        "Payload", "“{path}” is of a kind that cannot stand there."
    ),
    PayloadFault.UNSUPPORTED: QT_TRANSLATE_NOOP(
        "Payload",
        "“{path}” is none that group robots have: text, link, markdown, actionCard or feedCard.",
    ),
    PayloadFault.OTHER_TYPE_FILLED: QT_TRANSLATE_NOOP(
        "Payload", "“{path}” is missing: msgtype says so, but another kind is filled in."
    ),
}

_READ_AS_EMPTY = QT_TRANSLATE_NOOP("Payload", "“{path}” is missing: read as empty.")
_LEFT_OUT = QT_TRANSLATE_NOOP("Payload", "“{path}” is left out.")
_SPELT_ANEW = QT_TRANSLATE_NOOP("Payload", "“{path}” is spelt as DingTalk documents it.")
_NO_EFFECT = QT_TRANSLATE_NOOP("Payload", "“{path}” has no effect here and is left out.")
_PAYLOAD_NOTES: dict[NoteCode, Phrase] = {
    NoteCode.KEY_CASE: QT_TRANSLATE_NOOP(
        "Payload",
        "“{path}” is in another letter case, which DingTalk takes for missing: set right.",
    ),
    NoteCode.TYPE_CASE: _SPELT_ANEW,
    NoteCode.UNKNOWN_KEY: QT_TRANSLATE_NOOP(
        "Payload", "“{path}” is none of DingTalk's keys: it is kept aside."
    ),
    NoteCode.OTHER_TYPE: QT_TRANSLATE_NOOP(
        "Payload", "“{path}” belongs to another kind: it is kept aside."
    ),
    NoteCode.DUPLICATE_KEY: QT_TRANSLATE_NOOP(
        "Payload", "“{path}” stands there twice: one is left out."
    ),
    NoteCode.OTHER_FIELD: QT_TRANSLATE_NOOP("Payload", "“{path}” is read as the text."),
    NoteCode.MISSING: _READ_AS_EMPTY,
    NoteCode.NULL: QT_TRANSLATE_NOOP("Payload", "“{path}” is null: read as absent."),
    NoteCode.NUMBER: QT_TRANSLATE_NOOP("Payload", "“{path}” is a number: read as its digits."),
    NoteCode.NOT_A_LIST: QT_TRANSLATE_NOOP("Payload", "“{path}” is made a list."),
    NoteCode.AT_EMPTY: _LEFT_OUT,
    NoteCode.AT_INSIDE: QT_TRANSLATE_NOOP(
        "Payload", "“{path}” belongs beside the kind, and stands there now."
    ),
    NoteCode.AT_DINGTALK_IDS: QT_TRANSLATE_NOOP("Payload", "“{path}” is read as user IDs."),
    NoteCode.AT_IMPOSSIBLE: QT_TRANSLATE_NOOP(
        "Payload", "“{path}”: this kind mentions nobody; left out."
    ),
    NoteCode.AT_SIGN: _SPELT_ANEW,
    NoteCode.SEVERAL_IN_ONE: _SPELT_ANEW,
    NoteCode.SPACES: _SPELT_ANEW,
    NoteCode.EMPTY_ENTRY: _LEFT_OUT,
    NoteCode.BOOLEAN: _SPELT_ANEW,
    NoteCode.FLAG_SPELLING: _SPELT_ANEW,
    NoteCode.FLAG_IGNORED: _NO_EFFECT,
    NoteCode.NO_BUTTONS: QT_TRANSLATE_NOOP(
        "Payload", "“{path}” is missing: the card has no button yet."
    ),
    NoteCode.BUTTONS_INEFFECTIVE: _NO_EFFECT,
    NoteCode.SINGLE_INEFFECTIVE: _NO_EFFECT,
}

_MOST_LEFT = 3


def pasted_fault(fault: PastedFault) -> str:
    """Why a paste cannot be used."""
    return translated(_FAULTS[fault])


def pasted_note(note: PastedNote) -> str:
    """What was set right in a paste, or looks odd."""
    return translated(_NOTES[note])


def pasted_error(error: PastedError) -> str:
    """Why a paste cannot be used, with the place where that is known."""
    sentence = pasted_fault(error.fault)
    return (
        join_sentences([sentence, json_trouble(error.json_place)]) if error.json_place else sentence
    )


def json_trouble(place: JsonPlace) -> str:
    """Where JSON cannot be read, and why."""
    words = translate("Pasted", "Line {line}, column {column}: {reason}.")
    reason = translated(_JSON_FAULTS[place.fault])
    return words.format(line=place.line, column=place.column, reason=reason)


def json_set_right(notes: tuple[JsonNote, ...]) -> str:
    """What was set right in JSON: "Set right: single quotation marks, comments."."""
    things = join_names(translated(_JSON_NOTES[note]) for note in notes)
    return translate("Pasted", "Set right: {things}.").format(things=things)


def payload_error(error: PayloadError) -> str:
    """Why JSON is no message."""
    return translated(_PAYLOAD_FAULTS[error.reason]).format(path=printable(error.path))


def payload_note(note: Note) -> str:
    """What was set right in a message's JSON."""
    return translated(_PAYLOAD_NOTES[note.code]).format(path=printable(note.path))


def rich_losses(names: Iterable[str]) -> str:
    """What of the looks of a paste is lost; the names are those of `html_styles.Loss`."""
    things = join_names(translated(_LOSSES[name]) for name in names)
    return translate("Pasted", "DingTalk cannot show: {things}.").format(things=things)


def picture_refused() -> str:
    """Why a picture cannot be pasted, and what can be done."""
    return translate(
        "Pasted",
        "A group robot cannot send a picture itself, only show one that has a public address: put it where everyone can reach it, such as the company's file store, and insert its address.",
    )


def pasted_left(left: tuple[str, ...]) -> str:
    """What was not understood, by its first words."""
    shown = join_names(printable(piece) for piece in left[:_MOST_LEFT])
    if len(left) <= _MOST_LEFT:
        words = translate("Pasted", "Not used: {things}.")
        return words.format(things=shown)
    words = translate("Pasted", "Not used: {things} and more.")
    return words.format(things=shown)


def printable(text: str) -> str:
    """The text with what is not seen, or would turn the letters round, shown by its number."""
    return "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in text)
