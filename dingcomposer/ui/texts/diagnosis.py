"""What the sandbox found out about a request, in a person's language."""

from typing import assert_never

from dingcomposer.sandbox.diagnosis.codes import Diagnosis, Weight
from dingcomposer.sandbox.diagnosis.sentences import to_sentence
from dingcomposer.ui.texts.translate import translate, translated


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
