"""The lines of a text as the dialect reads them, and where they may be cut into parts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dingcomposer.core.dialect.blocks import FENCE, closes_fence

_BROKEN: Final = re.compile("[\x00\ud800-\udfff]")
_CODE_INDENT: Final = 4
_MAY_GO_ON: Final = frozenset(" \t-*+0123456789")  # a list may, after a blank line
_FENCE_STARTS: Final = ("`", "~", " ")
_INDENTED_FENCE: Final = re.compile(r" {1,3}(?:```|~~~)")


def tidied(text: str) -> list[str]:
    """The lines of `text`, without their ends. Windows' and old Macs' line ends count as one.

    A NUL or half of a surrogate pair, which cannot be sent, is shown as �.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = _BROKEN.sub("\ufffd", text).split("\n")
    # A line end ends a line; it does not begin another one.
    return lines if lines[-1] else lines[:-1]


@dataclass(frozen=True, slots=True)
class Part:
    """Some lines of a text as one string: where that is the same, the blocks are the same."""

    first_line: int
    source: str


def parts(lines: Sequence[str]) -> Iterator[Part]:
    """`lines` cut wherever that is plain at a glance: a change in one part leaves the others alone.

    That is before an unindented line that follows a blank one, begins no list item, and stands in
    no fence: such a line ends all that was open. Where a fence is indented nobody can tell so
    cheaply whether it stands in a list item, and the rest stays together.
    """
    first, fence, is_after_blank, has_words = 0, "", False, False
    for number, line in enumerate(lines):
        if fence:
            body = line.lstrip(" ")
            if len(line) - len(body) < _CODE_INDENT and closes_fence(fence, body):
                fence = ""
            continue
        is_start = is_after_blank and line and line[0] not in _MAY_GO_ON
        if is_start and has_words and line.strip():
            yield Part(first, "\n".join(lines[first:number]))
            first, has_words = number, False
        has_words = has_words or bool(line.strip())  # the engine passes over a text without any
        if line[:1] in _FENCE_STARTS:
            if opened := FENCE.match(line):
                fence = opened[0]
            elif _INDENTED_FENCE.match(line):
                break
        is_after_blank = not line.strip(" \t")
    if first < len(lines):
        yield Part(first, "\n".join(lines[first:]))
