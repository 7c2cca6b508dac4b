"""What in a text looks different in the group from what its writer meant. Never raises.

Sources: what people reported with evidence [M] hints, what they claim [C] and what is not known [?]
warns; `core.checks.problems` says which is which. The reading is rough on purpose: line by line, blind to
code, and better silent than wrong. Every pattern goes over a line once: what repeats is possessive
or cannot match its own continuation.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from dingcomposer.core import limits
from dingcomposer.core.checks.addresses import link_findings, picture_findings, scheme_of
from dingcomposer.core.checks.markdown_lines import (
    REMEMBERED,
    REMEMBERED_LENGTH,
    Line,
    LineKind,
    read_lines,
)
from dingcomposer.core.checks.problems import LineFindings, Problem, ProblemCode, problem
from dingcomposer.core.records import dataclass

_DESTINATION = r"\(([^()\n]*+(?:\([^()\n]*+\)[^()\n]*+)*+)\)"
_LINK = re.compile(rf"(!\[[^\[\]\n]*+)?\]{_DESTINATION}")
_LINK_TITLE = re.compile(r"""(\S++)\s++(?:"[^"]*+"|'[^']*+')""")
_HEADING_NO_SPACE = re.compile(r"#{2,6}[^#\s]")
_TASK = re.compile(r"(?:[-*+]|\d{1,9}[.)])\s\[[ xX]\]\s")
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*+)((?:[\s/][^<>]*+)?)>")
_STRIKE = re.compile(r"~~[^~]++~~")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,40}\]")
_EMOJI = re.compile(r"(?<![A-Za-z0-9:/])(:[a-z][a-z_]{1,30}:)(?![A-Za-z0-9:/])")
_STARS = re.compile(r"\*++")
_DUNDER = re.compile(r"(?<![0-9A-Za-z_])__[0-9a-z]++(?:_[0-9a-z]++)*+__(?![0-9A-Za-z_])")
_CREDENTIALS = re.compile(r"https?://[^\s/@:<>()]{1,80}:[^\s/@<>()]{1,80}@([^\s/@:<>()]{1,40})")
_MARKS_IN_TEXT = re.compile(r"^#{1,6}\s|\*\*[^\s*][^*]*+\*\*|\]\((?:https?|dingtalk)://")
_HTML_TAGS = frozenset(
    (
        *("a", "abbr", "audio", "b", "big", "blockquote", "body", "button", "center", "code"),
        *("dd", "del", "details", "div", "dl", "dt", "em", "form", "h1", "h2", "h3", "h4", "h5"),
        *("h6", "head", "hr", "html", "i", "iframe", "img", "input", "ins", "kbd", "li", "link"),
        *("mark", "meta", "ol", "p", "pre", "q", "s", "samp", "script", "section", "small", "span"),
        *("strike", "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td"),
        *("tfoot", "th", "thead", "tr", "u", "ul", "var", "video"),
    )
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing in a line: where in its `inner` part it stands, and a word that may be shown.

    What lacks something is found where that would stand, with nothing between start and end.
    """

    code: ProblemCode
    start: int
    end: int
    word: str = ""


def check_markdown(text: str) -> list[Problem]:
    """What looks different in a markdown text, one problem for each code, with its lines."""
    found = LineFindings()
    lines = read_lines(text)
    pictures = 0
    for number, line in enumerate(lines, 1):
        if line.kind is LineKind.FENCE:
            found.add(ProblemCode.CODE_FENCE, number)
        elif line.kind is not LineKind.BLANK:
            pictures += _pictures(line) if "![" in line.bare else 0
            for one in look_at(line):
                found.add(one.code, number, one.word)
    for number, code in look_between(lines):
        found.add(code, number)
    _check_depth(lines, found)
    problems = found.problems("text")
    if pictures > limits.PICTURES:
        count, limit = pictures, limits.PICTURES
        problems.append(problem(ProblemCode.MANY_PICTURES, "text", count=count, limit=limit))
    return problems


def check_plain_text(text: str) -> list[Problem]:
    """What looks different in a message of plain text: markdown's marks stand there as written."""
    found = LineFindings()
    for number, line in enumerate(text.split("\n"), 1):
        if _MARKS_IN_TEXT.search(line):
            found.add(ProblemCode.MARKDOWN_IN_TEXT, number)
        for match in _CREDENTIALS.finditer(line):
            found.add(ProblemCode.URL_CREDENTIALS, number, match[1])
    return found.problems("text")


def web_links(text: str) -> list[tuple[int, int]]:
    """Where in a markdown text the addresses of links stand that lead to plain http or https."""
    spans = (_address(match) for match in _LINK.finditer(text) if not match[1])
    return [(a, b) for a, b in spans if scheme_of(text[a:b]) in ("http", "https")]


def look_at(line: Line) -> tuple[Finding, ...]:
    """What there is to say about one line by itself, in any order."""
    is_short = len(line.source) <= REMEMBERED_LENGTH
    return _findings(line) if is_short else tuple(_look_at(line))


def look_between(lines: list[Line]) -> Iterator[tuple[int, ProblemCode]]:
    """What a line makes of the one above it: tables, rules under text, lines that run together.

    Each with the number of the line that is to be changed.
    """
    is_in_table = False
    for number, (above, line) in enumerate(pairwise(lines), 1):
        code = _between(above, line)
        if code is ProblemCode.TABLE:
            yield number, code
            is_in_table = True
        elif is_in_table and "|" in line.inner:
            continue
        else:
            is_in_table = False
            if code is not None:
                yield number + (code is ProblemCode.RULE_UNDER_TEXT), code


@lru_cache(maxsize=REMEMBERED)
def _findings(line: Line) -> tuple[Finding, ...]:
    # Most lines are those of the key before.
    return tuple(_look_at(line))


def _look_at(line: Line) -> Iterator[Finding]:
    yield from _in_links(line)
    yield from _in_marks(line)
    yield from _in_tags(line)
    yield from _in_stars(line)


@lru_cache(maxsize=REMEMBERED)
def _between(above: Line, line: Line) -> ProblemCode | None:
    is_delimiter = "|" in line.inner and "-" in line.inner and not line.inner.strip("|-: \t")
    if is_delimiter and "|" in above.inner:
        return ProblemCode.TABLE
    if LineKind.TABLE in (above.kind, line.kind):
        return None
    if above.kind is LineKind.TEXT and not above.is_quote and _is_underline(line):
        return ProblemCode.RULE_UNDER_TEXT
    return ProblemCode.LINE_NOT_BROKEN if _runs_on(above, line) else None


def _address(match: re.Match[str]) -> tuple[int, int]:
    """Where the address of a link stands, without spaces, brackets and title around it."""
    whole = match[2]
    address = whole.strip()
    start = match.start(2) + len(whole) - len(whole.lstrip())
    titled = _LINK_TITLE.fullmatch(address)
    if titled:
        return start, start + len(titled[1])
    end = start + len(address)
    return start + address.startswith("<"), end - (len(address) > 1 and address.endswith(">"))


def _pictures(line: Line) -> int:
    return sum(bool(match[1]) for match in _LINK.finditer(line.bare))


def _in_links(line: Line) -> Iterator[Finding]:
    """Where the line's links and pictures lead."""
    for match in _LINK.finditer(line.bare):
        start, end = _address(match)
        address = line.bare[start:end]
        findings = picture_findings(address) if match[1] else link_findings(address)
        for code, word in findings:
            yield Finding(code, start, end, word)
    if "](" not in line.bare:
        for match in _CREDENTIALS.finditer(line.bare):
            yield Finding(ProblemCode.URL_CREDENTIALS, *match.span(), match[1])


def _in_marks(line: Line) -> Iterator[Finding]:
    """What DingTalk is said not to draw, or draws otherwise."""
    bare = line.bare
    if line.kind is LineKind.TEXT and (heading := _HEADING_NO_SPACE.match(bare)):
        place = heading.end() - 1
        yield Finding(ProblemCode.HEADING_NO_SPACE, place, place)
    if task := _TASK.match(bare):
        yield Finding(ProblemCode.TASK_LIST, *task.span())
    if strike := _STRIKE.search(bare):
        yield Finding(ProblemCode.STRIKETHROUGH, *strike.span())
    if footnote := _FOOTNOTE.search(bare):
        yield Finding(ProblemCode.FOOTNOTE, *footnote.span())
    if emoji := _EMOJI.search(bare):
        yield Finding(ProblemCode.EMOJI_CODE, *emoji.span(), emoji[1])
    for match in _DUNDER.finditer(bare):
        # Beside a dot, a slash or a bracket it is a name, and hardly meant to be bold.
        if bare[match.end() : match.end() + 1] in tuple("./(") or (
            match.start() and bare[match.start() - 1] in "./"
        ):
            yield Finding(ProblemCode.UNDERSCORES_SWALLOWED, *match.span(), match[0][:40])


def _in_tags(line: Line) -> Iterator[Finding]:
    for match in _TAG.finditer(line.bare):
        tag = match[1].lower()
        if tag == "br":
            yield Finding(ProblemCode.BR_TAG, *match.span())
        elif tag == "font":
            if '"' in match[2] or "'" in match[2]:
                yield Finding(ProblemCode.FONT_QUOTED, *match.span())
        elif tag in _HTML_TAGS:
            yield Finding(ProblemCode.HTML_TAG, *match.span(), tag)
        else:
            yield Finding(ProblemCode.ANGLE_SWALLOWED, *match.span(), match[0][:40])


def _in_stars(line: Line) -> Iterator[Finding]:
    """Pairs of stars that are shown though bold was meant, or vanish though data was meant."""
    bare = line.bare
    runs = [(m.start(), m.end()) for m in _STARS.finditer(bare)]
    for length in (1, 2):
        alike = [(start, end) for start, end in runs if end - start == length]
        for (start, end), (start_2, end_2) in zip(alike[::2], alike[1::2], strict=False):
            if _is_inside_word(bare, start, end) and _is_inside_word(bare, start_2, end_2):
                yield Finding(ProblemCode.STARS_SWALLOWED, start, end)
                yield Finding(ProblemCode.STARS_SWALLOWED, start_2, end_2)
            elif length == 2 and not _is_spaced(bare, end, start_2):
                # CommonMark's flanking rules undo them; a space outside makes them bold.
                if not _opens(bare, start, end):
                    yield Finding(ProblemCode.STARS_SHOWN, start, start)
                if not _closes(bare, start_2, end_2):
                    yield Finding(ProblemCode.STARS_SHOWN, end_2, end_2)


def _is_inside_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return (before + after).isascii() and before.isalnum() and after.isalnum()


def _is_spaced(text: str, start: int, end: int) -> bool:
    """True where the words between two runs of stars are hardly meant to be bold."""
    return end <= start or text[start].isspace() or text[end - 1].isspace()


def _opens(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    return not _is_punctuation(text[end]) or before.isspace() or _is_punctuation(before)


def _closes(text: str, start: int, end: int) -> bool:
    after = text[end] if end < len(text) else " "
    return not _is_punctuation(text[start - 1]) or after.isspace() or _is_punctuation(after)


def _is_punctuation(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "PS"


def _is_underline(line: Line) -> bool:
    marks = line.inner.rstrip()
    is_line = len(marks) >= 2 and marks[0] in "-=" and marks == marks[0] * len(marks)
    return is_line and not line.is_quote


def _runs_on(above: Line, line: Line) -> bool:
    """True where the newline between two lines is drawn as a space."""
    if above.kind not in (LineKind.TEXT, LineKind.ITEM) or (line.is_quote and not above.is_quote):
        return False
    is_text = line.kind is LineKind.TEXT or (
        line.kind is LineKind.ITEM and above.kind is LineKind.TEXT and not line.is_list_start
    )
    if not is_text or _is_underline(line):
        return False
    if above.source.endswith(("  ", "\\")) or above.inner.rstrip().lower().endswith(
        ("<br>", "<br/>", "<br />")
    ):
        return False
    # A picture is as good as a line of its own.
    return not line.inner.startswith("![") and not above.inner.startswith("![")


def _check_depth(lines: list[Line], found: LineFindings) -> None:
    indents: list[int] = []
    for number, line in enumerate(lines, 1):
        if line.kind is LineKind.ITEM:
            while indents and indents[-1] >= line.indent:
                indents.pop()
            indents.append(line.indent)
            if len(indents) > limits.LIST_LEVELS:
                found.add(ProblemCode.DEEP_LIST, number)
        elif line.kind is not LineKind.BLANK and not line.indent:
            indents.clear()
