"""A diagnosis as a sentence: in English here, in a person's language in the window."""

from collections.abc import Callable
from typing import Final

from dingcomposer.sandbox.diagnosis.body_sentences import BODY_SENTENCES
from dingcomposer.sandbox.diagnosis.call_sentences import CALL_SENTENCES
from dingcomposer.sandbox.diagnosis.codes import QT_TRANSLATE_NOOP, Diagnosis

SENTENCES: Final = CALL_SENTENCES | BODY_SENTENCES
"""The English sentence of every code."""

# Of a key at the top level there is no object to name.
_WHERE_AT_TOP: Final = "DingTalk"
_UNITS: Final = (
    (86_400, QT_TRANSLATE_NOOP("Diagnosis", "{number} d")),
    (3_600, QT_TRANSLATE_NOOP("Diagnosis", "{number} h")),
    (60, QT_TRANSLATE_NOOP("Diagnosis", "{number} min")),
    (1, QT_TRANSLATE_NOOP("Diagnosis", "{number} s")),
)


def to_sentence(diagnosis: Diagnosis, *, localize: Callable[[str], str] = str) -> str:
    """What is to be said; `localize` turns a text into another language, before it is filled."""
    params: dict[str, str | int] = {}
    for name, value in diagnosis.params:
        is_span = name.endswith("_s") and isinstance(value, int)
        params[name] = to_span(int(value), localize) if is_span else value
    if params.get("where") == "":
        params["where"] = _WHERE_AT_TOP
    return localize(SENTENCES[diagnosis.code]).format(**params)


def to_span(seconds: int, localize: Callable[[str], str] = str) -> str:
    """Whole seconds in their two largest units, e.g. "1 h 5 min"."""
    parts = []
    for size, words in _UNITS:
        number, seconds = divmod(seconds, size)
        parts.append((number, words))
    first = next((at for at, (number, _) in enumerate(parts) if number), len(parts) - 1)
    shown = [part for part in parts[first : first + 2] if part[0]] or parts[-1:]
    return " ".join(localize(words).format(number=number) for number, words in shown)
