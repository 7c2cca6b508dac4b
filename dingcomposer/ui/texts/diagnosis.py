"""What the sandbox found out about a request, in a person's language."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from dingcomposer.sandbox.diagnosis.codes import Diagnosis, Weight
from dingcomposer.sandbox.diagnosis.sentences import to_sentence

CONTEXT = "Diagnosis"


def diagnosis_sentence(diagnosis: Diagnosis) -> str:
    """What is to be said of it. The English sentences, and their marks, are the sandbox's."""
    return to_sentence(
        diagnosis, localize=lambda text: QCoreApplication.translate(CONTEXT, str(text))
    )


def weight_word(weight: Weight) -> str:
    """What follows from a diagnosis, in a word."""
    match weight:
        case Weight.WRONG:
            return QCoreApplication.translate("Sandbox", "Wrong:")
        case Weight.NOT_KNOWN:
            return QCoreApplication.translate("Sandbox", "Not known:")
        case Weight.NOTE:
            return QCoreApplication.translate("Sandbox", "Note:")
        case _:
            assert_never(weight)
