"""The lines of a markdown text as the checks read them: line by line, blind to code.

The reading is rough on purpose; `core.dialect` is what reads a text as DingTalk does.
"""

import re
from enum import Enum, auto
from functools import lru_cache

from dingcomposer.core.records import dataclass

_ESCAPE_OR_CODE = re.compile(r"\\[!-/:-@\[-`{-~]|`[^`]++`")
_ITEM = re.compile(r"(?:[-*+]|(\d{1,9})[.)])(?:\s|$)")
_HEADING = re.compile(r"#{1,6}(?:\s|$)")
FENCES = ("```", "~~~")

REMEMBERED = 2048
"""How many lines are kept as they were read, or looked at: more than a message has."""

REMEMBERED_LENGTH = 500
"""The longest line, in characters, that is kept so."""


class LineKind(Enum):
    """What a line begins or goes on with."""

    BLANK = auto()
    TEXT = auto()
    ITEM = auto()
    HEADING = auto()
    RULE = auto()
    TABLE = auto()
    FENCE = auto()  # the line that begins a block of code


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One line. The same object for the same words, as a rule: what is known of it can be kept.

    `inner` is the source without its indent and quote marks; `bare` is as long, with spaces in the
    place of code and escapes; `indent` counts columns. Inside a fence every line is blank.
    """

    source: str
    inner: str
    bare: str
    indent: int
    is_quote: bool
    kind: LineKind
    is_list_start: bool  # an item that may follow a text without a blank line


def read_lines(text: str) -> list[Line]:
    """All lines of a text, in order; line number n is at n - 1."""
    lines: list[Line] = []
    fence = ""
    for source in text.replace("\r\n", "\n").split("\n"):
        if fence:
            fence = "" if source.lstrip().startswith(fence) else fence
            lines.append(_IN_FENCE)
            continue
        line = _read(source) if len(source) <= REMEMBERED_LENGTH else _line(source)
        if line is _FENCE:
            fence = source.lstrip()[:3]
        lines.append(line)
    return lines


def is_rule(inner: str) -> bool:
    """True for a line of nothing but three or more of the same sign that divides."""
    signs = inner.replace(" ", "").replace("\t", "")
    return len(signs) >= 3 and signs[0] in "-*_" and signs == signs[0] * len(signs)


def _blank(kind: LineKind) -> Line:
    return Line("", "", "", 0, is_quote=False, kind=kind, is_list_start=False)


_IN_FENCE = _blank(LineKind.BLANK)
_FENCE = _blank(LineKind.FENCE)


@lru_cache(maxsize=REMEMBERED)
def _read(source: str) -> Line:
    return _line(source)


def _line(source: str) -> Line:
    start = source.lstrip()
    if start.startswith(FENCES):
        return _FENCE
    is_quote = start.startswith(">")
    inner = start.lstrip("> \t") if is_quote else start
    is_plain = "`" not in inner and "\\" not in inner
    bare = inner if is_plain else _ESCAPE_OR_CODE.sub(lambda found: " " * len(found[0]), inner)
    item = _ITEM.match(inner)
    if not inner:
        kind = LineKind.BLANK
    elif _HEADING.match(inner):
        kind = LineKind.HEADING
    elif is_rule(inner):
        kind = LineKind.RULE
    elif inner.startswith("|"):
        kind = LineKind.TABLE
    else:
        kind = LineKind.ITEM if item else LineKind.TEXT
    is_list_start = item is not None and item[1] in (None, "1")
    expanded = source.expandtabs(4)
    indent = len(expanded) - len(expanded.lstrip())
    return Line(source, inner, bare, indent, is_quote, kind, is_list_start)
