"""What was found in something pasted, a webhook or a message, in words."""

from dingcomposer.core.checks.problems import ProblemCode
from dingcomposer.core.webhook import PastedFault, PastedNote
from dingcomposer.ui.texts.problems import problem_phrase
from dingcomposer.ui.texts.translate import QT_TRANSLATE_NOOP, Phrase, translated

_FAULTS: dict[PastedFault, Phrase] = {
    PastedFault.EMPTY: QT_TRANSLATE_NOOP("Pasted", "There is nothing to read."),
    PastedFault.TOO_LONG: QT_TRANSLATE_NOOP(
        "Pasted", "This is over 200 KB, far more than a webhook. The clipboard still has it."
    ),
    PastedFault.CONTROL_CHARACTERS: QT_TRANSLATE_NOOP(
        "Pasted", "It contains invisible control characters. Copy it again."
    ),
    PastedFault.NOT_RECOGNISED: QT_TRANSLATE_NOOP(
        "Pasted", "No webhook, token, secret or curl command was found in this."
    ),
    PastedFault.NOT_AN_URL: QT_TRANSLATE_NOOP("Pasted", "This address cannot be read."),
    PastedFault.URL_WITH_SPACES: problem_phrase(ProblemCode.ENDPOINT_SPACES),
    PastedFault.NO_SCHEME: problem_phrase(ProblemCode.ENDPOINT_NO_SCHEME),
    PastedFault.PLAIN_HTTP: QT_TRANSLATE_NOOP(
        "Pasted", "Without encryption, others could read the token on its way: use https://"
    ),
    PastedFault.USER_AND_PASSWORD: problem_phrase(ProblemCode.ENDPOINT_CREDENTIALS),
    PastedFault.NO_TOKEN: QT_TRANSLATE_NOOP("Pasted", "The address has no access token."),
    PastedFault.BROKEN_TOKEN: QT_TRANSLATE_NOOP(
        "Pasted", "The token is broken in two. Copy it again in one piece."
    ),
    PastedFault.TWO_TOKENS: QT_TRANSLATE_NOOP(
        "Pasted", "This contains two different tokens. Paste one robot at a time."
    ),
    PastedFault.TWO_SECRETS: QT_TRANSLATE_NOOP(
        "Pasted", "This contains two different secrets. Paste one robot at a time."
    ),
    PastedFault.TWO_ADDRESSES: QT_TRANSLATE_NOOP(
        "Pasted", "This contains two different addresses. Paste one robot at a time."
    ),
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
    PastedNote.NO_TOKEN: QT_TRANSLATE_NOOP("Pasted", "It contains no access token."),
    PastedNote.BODY_NOT_JSON: QT_TRANSLATE_NOOP(
        "Pasted", "The command's message is not JSON and was left out."
    ),
    PastedNote.BODY_ELSEWHERE: QT_TRANSLATE_NOOP(
        "Pasted", "The command's message is in a file and was left out."
    ),
}


def pasted_fault(fault: PastedFault) -> str:
    """Why a paste cannot be used."""
    return translated(_FAULTS[fault])


def pasted_note(note: PastedNote) -> str:
    """What was set right in a paste, or looks odd."""
    return translated(_NOTES[note])
