"""A markdown text with one kind of problem set right on all its lines. Pure; never raises."""

import re
from collections.abc import Callable
from typing import Final

from dingcomposer.core.addresses import ADDRESS_FIXES
from dingcomposer.core.browser_links import to_browser_link
from dingcomposer.core.checks.markdown import look_at, look_between, web_links
from dingcomposer.core.checks.markdown_lines import Line, LineKind, read_lines
from dingcomposer.core.checks.problems import ProblemCode

_QUOTED: Final = re.compile(r"""(\bcolor\s*=\s*)(["'])([^"'\s<>]*)\2""", re.IGNORECASE)


def _font(tag: str) -> str:
    return _QUOTED.sub(r"\1\3", tag)


_FIXES: Final[dict[ProblemCode, Callable[[str], str]]] = {
    **ADDRESS_FIXES,
    ProblemCode.STARS_SHOWN: lambda _nothing: " ",
    ProblemCode.HEADING_NO_SPACE: lambda _nothing: " ",
    ProblemCode.STARS_SWALLOWED: lambda stars: stars.replace("*", r"\*"),
    ProblemCode.UNDERSCORES_SWALLOWED: lambda word: word.replace("_", r"\_"),
    ProblemCode.ANGLE_SWALLOWED: lambda tag: f"&lt;{tag[1:]}",
    ProblemCode.FONT_QUOTED: _font,
    ProblemCode.BR_TAG: lambda _tag: "  \n",
}
_BETWEEN: Final = (ProblemCode.LINE_NOT_BROKEN, ProblemCode.RULE_UNDER_TEXT)

FIXABLE: Final = frozenset((*_FIXES, *_BETWEEN))
"""What can be set right on a line of markdown, at least as a rule."""


def fix_markdown(text: str, code: ProblemCode) -> str:
    """The text with `code` set right wherever that can be done; else as it was."""
    if code not in FIXABLE:
        return text
    lines = read_lines(text)
    sources = text.split("\n")
    if code in _BETWEEN:
        for number in {number for number, found in look_between(lines) if found is code}:
            sources[number - 1] = _between(sources[number - 1], code)
    else:
        sources = [_on_line(*each, code) for each in zip(lines, sources, strict=True)]
    return "\n".join(sources)


def can_fix_line(text: str, number: int, code: ProblemCode) -> bool:
    """True where `fix_markdown` would change this line, counted from 1, which has the problem."""
    if code in _BETWEEN:
        return True
    sources = text.split("\n")
    if code not in _FIXES or not 0 < number <= len(sources):
        return False
    (line,) = read_lines(sources[number - 1].removesuffix("\r"))
    return _on_line(line, line.source, code) != line.source


def open_in_browser(text: str) -> str:
    """The text with every link to the web opening in the browser, not in the side panel."""
    return _replaced(text, web_links(text), to_browser_link)


def _replaced(text: str, spans: list[tuple[int, int]], fix: Callable[[str], str]) -> str:
    """The text with each of these spans, which do not overlap and are in order, made anew."""
    pieces: list[str] = []
    place = 0
    for start, end in spans:
        pieces += [text[place:start], fix(text[start:end])]
        place = end
    return "".join((*pieces, text[place:]))


def _between(source: str, code: ProblemCode) -> str:
    if code is ProblemCode.RULE_UNDER_TEXT:
        return "\n" + source
    words = source.removesuffix("\r")
    return words.rstrip() + "  " + source[len(words) :]


def _on_line(line: Line, source: str, code: ProblemCode) -> str:
    if code is ProblemCode.BR_TAG and (line.kind is LineKind.HEADING or "|" in line.inner):
        return source  # a heading or a row of a table would end there
    fix = _FIXES[code]
    spans = {(one.start, one.end) for one in look_at(line) if one.code is code}
    inner = _replaced(line.inner, sorted(spans), fix)
    if inner == line.inner:
        return source
    if code is ProblemCode.BR_TAG:
        inner = re.sub(r"[ \t]*\n\s*$", "", inner)  # the line ends here anyway
    words = line.source[: len(line.source) - len(line.inner)] + inner
    return words + source[len(line.source) :]
