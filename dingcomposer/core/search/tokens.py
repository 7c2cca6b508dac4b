"""Texts as the search reads them: letters folded, then cut into tokens.

A token is a run of letters and digits of an alphabet, or any other single character that can be
seen: a Chinese character, a sign, an emoji. A text holds some words where their tokens follow each
other in it. So Chinese is found from one character on, whatever stands round it, an alphabet's
words by their beginnings, and every sign is just a character. Spaces are not looked at.
"""

import unicodedata
from collections.abc import Sequence

from dingcomposer.core.records import lazy_pattern

LONGEST_RUN = 32
"""A longer run of letters is cut into several tokens, so that none is too long for an index."""

_RUN = "0-9a-z\u00aa-\u02af\u0370-\u058f\u05d0-\u07ff"
_TOKEN = lazy_pattern(rf"[{_RUN}]{{1,{LONGEST_RUN}}}|\S")
_LATIN_RUN = lazy_pattern(rf"[{_RUN}]")
_MARKS = lazy_pattern("[\u0300-\u036f]")


def fold(text: str) -> str:
    """The text without case, width and accents, character by character."""
    return text.lower() if text.isascii() and text.isprintable() else text.translate(_FOLDED)


def tokens(text: str) -> list[str]:
    """The tokens of a text, folded, in their order."""
    return _TOKEN.findall(fold(text))


def is_run(token: str) -> bool:
    """Whether a token is a run of letters and digits, of which a beginning can be typed."""
    return _LATIN_RUN.match(token) is not None


def places(text: str, wanted: Sequence[str], *, is_open: bool) -> list[tuple[int, int]]:
    """Where the wanted tokens follow each other in a text: starts and ends in the text as it is.

    `is_open`: of the last token the beginning is enough.
    """
    folded = fold(text)
    if not wanted or any(word not in folded for word in wanted):
        return []
    found = [(one[0], one.start(), one.end()) for one in _TOKEN.finditer(folded)]
    hits = []
    last, length = wanted[-1], len(wanted)
    is_open = is_open and is_run(last)
    for at in range(len(found) - length + 1):
        ending = found[at + length - 1]
        matches = ending[0].startswith(last) if is_open else ending[0] == last
        if matches and all(found[at + n][0] == wanted[n] for n in range(length - 1)):
            hits.append((found[at][1], ending[1] + len(last) if is_open else ending[2]))
    return _in_the_original(text, len(folded), hits)


def holds(text_tokens: Sequence[str], wanted: Sequence[str], *, is_open: bool) -> bool:
    """Whether the wanted tokens follow each other among a text's; `is_open` as in `places`."""
    length = len(wanted)
    if not length:
        return False
    last, before = wanted[-1], list(wanted[:-1])
    is_open = is_open and is_run(last)
    first = before[0] if before else None
    for at in range(length - 1, len(text_tokens)):
        one = text_tokens[at]
        if (one.startswith(last) if is_open else one == last) and (
            first is None
            or (
                text_tokens[at - length + 1] == first
                and list(text_tokens[at - length + 1 : at]) == before
            )
        ):
            return True
    return False


def _in_the_original(
    text: str, folded_length: int, hits: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Places in the folded text as places in the text itself; folding can change the length."""
    if not hits or (folded_length == len(text) and _is_one_to_one(text)):
        return hits
    origin = [at for at, mark in enumerate(text) for _ in fold(mark)]
    return [(origin[start], origin[end - 1] + 1) for start, end in hits]


def _is_one_to_one(text: str) -> bool:
    return text.isascii() or all(len(_FOLDED[ord(mark)]) == 1 for mark in set(text))


class _Folded(dict[int, str]):
    """What each character is folded to, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _folded(chr(code))
        return folded


def _folded(mark: str) -> str:
    category = unicodedata.category(mark)
    if category in ("Co", "Cs"):
        return "\ufffd"  # private use: the index has uses of its own for it
    if category in ("Cc", "Cf") or "\ufe00" <= mark <= "\ufe0f":
        return mark if mark.isspace() else ""
    plain = unicodedata.normalize("NFKC", mark).casefold()
    if plain.isascii() or "\u3000" <= mark <= "\ud7ff":
        return plain
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", plain)))


_FOLDED = _Folded()
