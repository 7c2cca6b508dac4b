"""Stars and underscores: which of them open and close emphasis, by CommonMark's rules.

The rules look at the characters on both sides, and Chinese punctuation is punctuation: the last
two stars of `**重要：**请看` stand between punctuation and a letter, so they close nothing.

Source: spec.commonmark.org/0.31.2, chapter 6.2 and the appendix, whose bottoms for failed searches
keep the time in proportion to the number of runs.
"""

import string
import unicodedata
from dataclasses import dataclass, field
from typing import Final

_SPACE: Final = "space"
_SIGN: Final = "sign"
_LETTER: Final = "letter"
_ASCII: Final = (
    {chr(code): _LETTER for code in range(0x80)}
    | dict.fromkeys(" \t\n\f\r", _SPACE)
    | dict.fromkeys(string.punctuation, _SIGN)
)


@dataclass(slots=True, eq=False)
class DelimiterRun:
    """A run of one sign at `at`; `count` of its characters are still unused.

    `closes` and `opens` name the tags ("em", "strong") in the order in which they were found:
    closing ones stand before what is left of the run, opening ones behind it, the last one first.
    """

    sign: str
    at: int
    count: int
    length: int
    can_open: bool
    can_close: bool
    before: "DelimiterRun | None" = None
    after: "DelimiterRun | None" = None
    closes: list[str] = field(default_factory=list)
    opens: list[str] = field(default_factory=list)

    @property
    def rest(self) -> str:
        """What is shown of it."""
        return self.sign * self.count


class DelimiterStack:
    """The runs that may yet become emphasis, in the order of the text."""

    def __init__(self) -> None:
        self.last: DelimiterRun | None = None

    def add(self, text: str, start: int, end: int) -> DelimiterRun:
        """The run at `text[start:end]`, noted for `resolve`."""
        can_open, can_close = flanks(text, start, end)
        length = end - start
        run = DelimiterRun(text[start], start, length, length, can_open, can_close, self.last)
        if self.last is not None:
            self.last.after = run
        self.last = run
        return run

    def resolve(self, bottom: DelimiterRun | None) -> None:
        """Pair all runs above `bottom`, and forget them."""
        floors: dict[tuple[str, bool, int], int] = {}
        closer = self._first_above(bottom)
        while closer is not None:
            if not closer.can_close:
                closer = closer.after
                continue
            key = (closer.sign, closer.can_open, closer.length % 3)
            opener = _find_opener(closer, max(floors.get(key, -1), bottom.at if bottom else -1))
            if opener is not None:
                _pair(opener, closer)
                if not opener.count:
                    self._remove(opener)
                if not closer.count:
                    self._remove(closer)
                    closer = closer.after
                continue
            floors[key] = closer.before.at if closer.before else -1
            following = closer.after
            if not closer.can_open:
                self._remove(closer)
            closer = following
        self.last = bottom
        if bottom is not None:
            bottom.after = None

    def _first_above(self, bottom: DelimiterRun | None) -> DelimiterRun | None:
        if bottom is not None:
            return bottom.after
        run = self.last
        while run is not None and run.before is not None:
            run = run.before
        return run

    def _remove(self, run: DelimiterRun) -> None:
        if run.before is not None:
            run.before.after = run.after
        if run.after is None:
            self.last = run.before
        else:
            run.after.before = run.before


def _find_opener(closer: DelimiterRun, floor: int) -> DelimiterRun | None:
    opener = closer.before
    while opener is not None and opener.at > floor:
        if opener.sign == closer.sign and opener.can_open and not _is_odd(opener, closer):
            return opener
        opener = opener.before
    return None


def _is_odd(opener: DelimiterRun, closer: DelimiterRun) -> bool:
    """The rule of three: `**a*b**` is not to end at the single star."""
    return (
        (opener.can_close or closer.can_open)
        and closer.length % 3 != 0
        and (opener.length + closer.length) % 3 == 0
    )


def _pair(opener: DelimiterRun, closer: DelimiterRun) -> None:
    used = 2 if opener.count >= 2 and closer.count >= 2 else 1
    tag = "strong" if used == 2 else "em"
    opener.count -= used
    closer.count -= used
    opener.opens.append(tag)
    closer.closes.append(tag)
    # What stands between them is text from now on.
    opener.after = closer
    closer.before = opener


def flanks(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether the run `text[start:end]` may open, and whether it may close."""
    before = _class_of(text[start - 1]) if start else _SPACE
    after = _class_of(text[end]) if end < len(text) else _SPACE
    is_left = after == _LETTER or (after == _SIGN and before != _LETTER)
    is_right = before == _LETTER or (before == _SIGN and after != _LETTER)
    if text[start] == "*":
        return is_left, is_right
    return is_left and (not is_right or before == _SIGN), is_right and (
        not is_left or after == _SIGN
    )


def _class_of(character: str) -> str:
    """White space, a sign (punctuation, currency, emoji), or a letter (whatever else there is)."""
    known = _ASCII.get(character)
    if known is not None:
        return known
    category = unicodedata.category(character)
    if category == "Zs":
        return _SPACE
    return _SIGN if category[0] in "PS" else _LETTER
