"""Which words of two texts differ: an alignment in words, Chinese in characters, in bounded time.

The work is bounded by a constant and the texts' length: where two texts have so little in common
that finding it would take longer, all between what begins and what ends them alike is changed.
Myers, "An O(ND) Difference Algorithm", 1986, first in lines and then in the words of those.
"""

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

Token = tuple[str, Hashable]
"""A word, and how it looks: two are the same where both are."""

Ranges = tuple[tuple[int, int], ...]
"""From where to where, the end not included; in order, and none touches the next."""

_MOST_EDITS = 400
_MOST_STEPS = 200_000
_BREATHS = "。，、；：！？,.;:!?"
_CJK = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_JOINED = "\u0300-\u036f\u20e3\ufe00-\ufe0f\U0001f3fb-\U0001f3ff"
# Compiled when two messages are first compared, not on the way to the window.
_WORDS = (
    rf"(?s:\n|[^\S\n]+|[0-9]+(?:[.:,][0-9]+)*"
    rf"|(?:(?![{_CJK}\U00020000-\U0003ffff0-9])[\w{_JOINED}])+"
    rf"|[\U0001f1e6-\U0001f1ff]{{2}}|.[{_JOINED}]*(?:\u200d.[{_JOINED}]*)*)"
)


def split_words(text: str) -> list[str]:
    """The text in pieces that are marked whole: a word, a number or time, a Chinese character."""
    return re.findall(_WORDS, text)


def changed_spans(before: str, after: str) -> tuple[Ranges, Ranges]:
    """Which characters of the one are not in the other, and the other way round."""
    old, new = split_words(before), split_words(after)
    removed, added = changed_tokens([(one, "") for one in old], [(one, "") for one in new])
    return _in_characters(removed, old), _in_characters(added, new)


def changed_tokens(before: Sequence[Token], after: Sequence[Token]) -> tuple[Ranges, Ranges]:
    """Which tokens of the one are not in the other, and the other way round."""
    steps = _Steps(_MOST_STEPS)
    old_lines, new_lines = _lines(before), _lines(after)
    old_places = [0, *accumulate(map(len, old_lines))]
    new_places = [0, *accumulate(map(len, new_lines))]
    changes: list[Change] = []
    for hunk in _changes(old_lines, new_lines, steps):
        old_at, new_at = old_places[hunk.old_start], new_places[hunk.new_start]
        old = before[old_at : old_places[hunk.old_end]]
        new = after[new_at : new_places[hunk.new_end]]
        changes += (one.moved(old_at, new_at) for one in _within(old, new, steps))
    removed = _trimmed(((one.old_start, one.old_end) for one in changes), before)
    added = _trimmed(((one.new_start, one.new_end) for one in changes), after)
    return removed, added


@dataclass(frozen=True, slots=True)
class Change:
    """These of the new one stand in place of those of the old one; either may be none."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int

    def moved(self, old_by: int, new_by: int) -> "Change":
        """The same change where both have so much before them."""
        return Change(
            self.old_start + old_by,
            self.old_end + old_by,
            self.new_start + new_by,
            self.new_end + new_by,
        )


def changed_items(before: Sequence[Hashable], after: Sequence[Hashable]) -> tuple[Change, ...]:
    """What is changed between two sequences of whole things, as few as can be found in bounds."""
    return tuple(_changes(before, after, _Steps(_MOST_STEPS)))


@dataclass(slots=True)
class _Steps:
    """How many more steps may be taken."""

    left: int


def _within(old: Sequence[Token], new: Sequence[Token], steps: _Steps) -> list[Change]:
    """The changes in some lines, as few as can be read at a glance."""
    whole = [Change(0, len(old), 0, len(new))]
    if not old or not new:
        return whole
    found = _changes(old, new, steps)
    merged: list[Change] = []
    for one in found:
        above = merged[-1] if merged else None
        if above and _is_weak(old[above.old_end : one.old_start], above, one, old, new):
            merged[-1] = Change(above.old_start, one.old_end, above.new_start, one.new_end)
        else:
            merged.append(one)
    changed_old = sum(_visible(old[one.old_start : one.old_end]) for one in merged)
    changed_new = sum(_visible(new[one.new_start : one.new_end]) for one in merged)
    # Lines that have only a few letters in common are other lines.
    is_rewritten = 4 * changed_old > 3 * _visible(old) and 4 * changed_new > 3 * _visible(new)
    return whole if is_rewritten else merged


def _is_weak(
    between: Sequence[Token],
    above: Change,
    below: Change,
    old: Sequence[Token],
    new: Sequence[Token],
) -> bool:
    """Whether what two changes have between them is too little to be read apart from them."""
    if any(word == "\n" for word, _ in between):
        return False
    sizes = (
        max(
            _visible(old[one.old_start : one.old_end]),
            _visible(new[one.new_start : one.new_end]),
        )
        for one in (above, below)
    )
    visible = "".join(word for word, _ in between if not word.isspace())
    if len(visible) == 1:
        return visible not in _BREATHS
    return 2 * len(visible) <= min(sizes)


def _visible(tokens: Sequence[Token]) -> int:
    return sum(len(word) for word, _ in tokens if not word.isspace())


def _lines(tokens: Sequence[Token]) -> list[tuple[Token, ...]]:
    lines: list[tuple[Token, ...]] = []
    start = 0
    for at, (word, _) in enumerate(tokens, 1):
        if word == "\n" or at == len(tokens):
            lines.append(tuple(tokens[start:at]))
            start = at
    return lines


def _changes(old: Sequence[Hashable], new: Sequence[Hashable], steps: _Steps) -> list[Change]:
    """What is changed between two sequences; one change for all of it where steps run out."""
    most = min(len(old), len(new))
    start = 0
    while start < most and old[start] == new[start]:
        start += 1
    end = 0
    while end < most - start and old[-1 - end] == new[-1 - end]:
        end += 1
    a, b = old[start : len(old) - end], new[start : len(new) - end]
    if not a and not b:
        return []
    matched = _matches(a, b, steps) if a and b else []
    found, x, y = [], 0, 0
    for at_a, at_b, length in (*matched, (len(a), len(b), 0)):
        if at_a > x or at_b > y:
            found.append(Change(x, at_a, y, at_b).moved(start, start))
        x, y = at_a + length, at_b + length
    return found


def _matches(
    a: Sequence[Hashable], b: Sequence[Hashable], steps: _Steps
) -> list[tuple[int, int, int]]:
    """What both have in common: where in the one, where in the other, and how long."""
    reached, history = {1: 0}, []
    for edits in range(min(len(a) + len(b), _MOST_EDITS) + 1):
        history.append(reached.copy())
        for diagonal in range(-edits, edits + 1, 2):
            down, right = reached.get(diagonal + 1, -1), reached.get(diagonal - 1, -1) + 1
            is_down = diagonal == -edits or (diagonal != edits and right - 1 < down)
            x = down if is_down else right
            y = x - diagonal
            begun = x
            while x < len(a) and y < len(b) and a[x] == b[y]:
                x, y = x + 1, y + 1
            steps.left -= 1 + x - begun
            reached[diagonal] = x
            if diagonal == len(a) - len(b) and x >= len(a):
                return _path(a, b, history)
        steps.left -= edits  # the copy
        if steps.left <= 0:
            return []
    return []


def _path(
    a: Sequence[Hashable], b: Sequence[Hashable], history: list[dict[int, int]]
) -> list[tuple[int, int, int]]:
    """The way back through what each number of edits had reached."""
    found: list[tuple[int, int, int]] = []
    x, y = len(a), len(b)
    for edits in range(len(history) - 1, -1, -1):
        reached, diagonal = history[edits], x - y
        down, right = reached.get(diagonal + 1, -1), reached.get(diagonal - 1, -1)
        is_down = diagonal == -edits or (diagonal != edits and right < down)
        before = diagonal + 1 if is_down else diagonal - 1
        from_x = reached.get(before, 0) if edits else 0
        from_y = from_x - before if edits else 0
        begin_x = (from_x if is_down else from_x + 1) if edits else 0
        if x > begin_x:
            found.append((begin_x, begin_x - diagonal, x - begin_x))
        x, y = from_x, from_y
    return found[::-1]


def _trimmed(ranges: Iterator[tuple[int, int]], tokens: Sequence[Token]) -> Ranges:
    """Without the white space at their ends, where something else is in them."""
    found: list[tuple[int, int]] = []
    for start, end in ranges:
        first, last = start, end
        while first < last and tokens[first][0].isspace():
            first += 1
        while first < last and tokens[last - 1][0].isspace():
            last -= 1
        if first < last:
            found.append((first, last))
        elif start < end:
            found.append((start, end))
    return tuple(found)


def _in_characters(ranges: Ranges, words: list[str]) -> Ranges:
    places = [0]
    for word in words:
        places.append(places[-1] + len(word))
    return tuple((places[start], places[end]) for start, end in ranges)
