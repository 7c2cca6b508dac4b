"""Words in a text: found plainly, as whole words, or by a regular expression, and replaced.

Qt's engine gives up where an expression would take for ever, which Python's does not. Places are
UTF-16 units, as a document counts them.
"""

import re
from typing import Final, NamedTuple

from PySide6.QtCore import QRegularExpression, QRegularExpressionMatch

MOST: Final = 5_000
"""So many matches are told of in a text; whoever has more wants to look for something else."""

_OPTION: Final = QRegularExpression.PatternOption
_CJK: Final = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]"
_LETTER: Final = rf"(?:(?!{_CJK})[\p{{L}}\p{{N}}_])"
_GROUP: Final = re.compile(r"\\(?:([0-9])|(.))|\$([0-9])", re.DOTALL)
_SIGNS: Final = {"n": "\n", "t": "\t"}


class Search(NamedTuple):
    """What is looked for. A whole word ends where no letter or digit follows.

    Chinese has no spaces between its words: beside Chinese a word ends in any case.
    """

    words: str
    minds_case: bool = False
    is_word: bool = False
    is_expression: bool = False


class Match(NamedTuple):
    """Where something was found: from `start` on, `length` units long."""

    start: int
    length: int


def expression(search: Search) -> QRegularExpression:
    """What finds it; not valid where an expression was written wrongly."""
    pattern = search.words if search.is_expression else QRegularExpression.escape(search.words)
    if search.is_word:
        pattern = rf"(?:(?<!{_LETTER})|(?={_CJK}))(?:{pattern})(?:(?!{_LETTER})|(?<={_CJK}))"
    options = _OPTION.UseUnicodePropertiesOption | _OPTION.MultilineOption
    if not search.minds_case:
        options |= _OPTION.CaseInsensitiveOption
    return QRegularExpression(pattern, options)


def matches(wanted: QRegularExpression, text: str) -> list[Match]:
    """Where it stands in a text, from the beginning; what is empty is no match."""
    return [Match(one.capturedStart(), one.capturedLength()) for one in _found(wanted, text)]


def replaced(
    wanted: QRegularExpression, text: str, by: str, *, is_expression: bool, only: int | None = None
) -> tuple[str, int]:
    """The text with every match replaced, or the one that begins at `only`; and how many were.

    `\\1` or `$1` in the words for an expression are its groups, `\\n` and `\\t` a line end, a tab.
    """
    data = text.encode("utf-16-le", "surrogatepass")
    pieces, place, count = [], 0, 0
    for one in _found(wanted, text):
        start, end = 2 * one.capturedStart(), 2 * one.capturedEnd()
        if only is not None and start != 2 * only:
            continue
        words = _filled_in(by, one) if is_expression else by
        pieces += [data[place:start], words.encode("utf-16-le", "surrogatepass")]
        place, count = end, count + 1
    whole = b"".join([*pieces, data[place:]])
    return whole.decode("utf-16-le", "surrogatepass"), count


def _found(wanted: QRegularExpression, text: str) -> list[QRegularExpressionMatch]:
    found: list[QRegularExpressionMatch] = []
    if not wanted.isValid() or not wanted.pattern():
        return found
    iterator = wanted.globalMatch(text)
    while iterator.hasNext() and len(found) < MOST:
        one = iterator.next()
        if one.capturedLength() > 0:
            found.append(one)
    return found


def _filled_in(by: str, match: QRegularExpressionMatch) -> str:
    def group(found: re.Match[str]) -> str:
        number, sign = found[1] or found[3], found[2]
        if number:
            return match.captured(int(number))
        return _SIGNS.get(sign, sign)

    return _GROUP.sub(group, by)
