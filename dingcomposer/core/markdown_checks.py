"""What in a text looks different in the group from what its writer meant. Never raises.

Sources: what people reported with evidence [M] hints, what they claim [C] and what is not known [?]
warns; `core.problems` says which is which. The reading is rough on purpose: line by line, blind to
code, and better silent than wrong. Every pattern goes over a line once: what repeats is possessive
or cannot match its own continuation.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from dingcomposer.core import limits
from dingcomposer.core.addresses import link_findings, picture_findings, scheme_of
from dingcomposer.core.problems import LineFindings, Problem, ProblemCode, problem

_DESTINATION = r"\(([^()\n]*+(?:\([^()\n]*+\)[^()\n]*+)*+)\)"
_LINK = re.compile(rf"(!\[[^\[\]\n]*+)?\]{_DESTINATION}")
_LINK_TITLE = re.compile(r"""(\S++)\s++(?:"[^"]*+"|'[^']*+')""")
_ESCAPE_OR_CODE = re.compile(r"\\[!-/:-@\[-`{-~]|`[^`]++`")
_ITEM = re.compile(r"(?:[-*+]|(\d{1,9})[.)])(?:\s|$)")
_HEADING = re.compile(r"#{1,6}(?:\s|$)")
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


class _Block(Enum):
    BLANK = auto()
    TEXT = auto()
    ITEM = auto()
    HEADING = auto()
    RULE = auto()
    TABLE = auto()


@dataclass(frozen=True, slots=True)
class _Line:
    """One line outside fences: `inner` without indent and quote marks, `bare` also without code."""

    number: int
    source: str
    inner: str
    bare: str
    is_quote: bool
    block: _Block
    is_list_start: bool  # an item that may follow a text without a blank line


def check_markdown(text: str) -> list[Problem]:
    """What looks different in a markdown text, one problem for each code, with its lines."""
    found = LineFindings()
    lines = _lines(text, found)
    pictures = 0
    for line in lines:
        if line.block is not _Block.BLANK:
            pictures += _check_links(line, found)
            _check_marks(line, found)
            _check_tags(line, found)
            _check_stars(line, found)
    _check_neighbours(lines, found)
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


def web_links(text: str) -> int:
    """How many links in a markdown text lead to plain http or https."""
    matches = _LINK.finditer(text)
    return sum(not m[1] and scheme_of(m[2].strip()) in ("http", "https") for m in matches)


def _lines(text: str, found: LineFindings) -> list[_Line]:
    lines: list[_Line] = []
    fence = ""
    for number, source in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        start = source.lstrip()
        if fence:
            fence = "" if start.startswith(fence) else fence
            lines.append(_line(number, ""))
        elif start.startswith(("```", "~~~")):
            fence = start[:3]
            found.add(ProblemCode.CODE_FENCE, number)
            lines.append(_line(number, ""))
        else:
            lines.append(_line(number, source))
    return lines


def _line(number: int, source: str) -> _Line:
    start = source.lstrip()
    is_quote = start.startswith(">")
    inner = start.lstrip("> \t") if is_quote else start
    bare = _ESCAPE_OR_CODE.sub(" ", inner) if "`" in inner or "\\" in inner else inner
    item = _ITEM.match(inner)
    if not inner:
        block = _Block.BLANK
    elif _HEADING.match(inner):
        block = _Block.HEADING
    elif _is_rule(inner):
        block = _Block.RULE
    elif inner.startswith("|"):
        block = _Block.TABLE
    else:
        block = _Block.ITEM if item else _Block.TEXT
    is_list_start = item is not None and item[1] in (None, "1")
    return _Line(number, source, inner, bare, is_quote, block, is_list_start)


def _is_rule(inner: str) -> bool:
    marks = inner.replace(" ", "").replace("\t", "")
    return len(marks) >= 3 and marks[0] in "-*_" and marks == marks[0] * len(marks)


def _check_links(line: _Line, found: LineFindings) -> int:
    """Look at where the line's links lead; how many pictures it holds."""
    pictures = 0
    for match in _LINK.finditer(line.bare):
        address = match[2].strip()
        titled = _LINK_TITLE.fullmatch(address)
        address = titled[1] if titled else address.removeprefix("<").removesuffix(">")
        pictures += bool(match[1])
        findings = picture_findings(address) if match[1] else link_findings(address)
        for code, word in findings:
            found.add(code, line.number, word)
    if "](" not in line.bare:
        for match in _CREDENTIALS.finditer(line.bare):
            found.add(ProblemCode.URL_CREDENTIALS, line.number, match[1])
    return pictures


def _check_marks(line: _Line, found: LineFindings) -> None:
    """What DingTalk is said not to draw, or draws otherwise."""
    bare, number = line.bare, line.number
    if line.block is _Block.TEXT and _HEADING_NO_SPACE.match(bare):
        found.add(ProblemCode.HEADING_NO_SPACE, number)
    if _TASK.match(bare):
        found.add(ProblemCode.TASK_LIST, number)
    if _STRIKE.search(bare):
        found.add(ProblemCode.STRIKETHROUGH, number)
    if _FOOTNOTE.search(bare):
        found.add(ProblemCode.FOOTNOTE, number)
    emoji = _EMOJI.search(bare)
    if emoji:
        found.add(ProblemCode.EMOJI_CODE, number, emoji[1])
    for match in _DUNDER.finditer(bare):
        # Beside a dot, a slash or a bracket it is a name, and hardly meant to be bold.
        if bare[match.end() : match.end() + 1] in tuple("./(") or (
            match.start() and bare[match.start() - 1] in "./"
        ):
            found.add(ProblemCode.UNDERSCORES_SWALLOWED, number, match[0][:40])


def _check_tags(line: _Line, found: LineFindings) -> None:
    for match in _TAG.finditer(line.bare):
        tag = match[1].lower()
        if tag == "br":
            found.add(ProblemCode.BR_TAG, line.number)
        elif tag == "font":
            if '"' in match[2] or "'" in match[2]:
                found.add(ProblemCode.FONT_QUOTED, line.number)
        elif tag in _HTML_TAGS:
            found.add(ProblemCode.HTML_TAG, line.number, tag)
        else:
            found.add(ProblemCode.ANGLE_SWALLOWED, line.number, match[0][:40])


def _check_stars(line: _Line, found: LineFindings) -> None:
    """Pairs of stars that are shown though bold was meant, or vanish though data was meant."""
    bare = line.bare
    runs = [(m.start(), m.end()) for m in _STARS.finditer(bare)]
    for length in (1, 2):
        alike = [(start, end) for start, end in runs if end - start == length]
        for (start, end), (start_2, end_2) in zip(alike[::2], alike[1::2], strict=False):
            if _is_inside_word(bare, start, end) and _is_inside_word(bare, start_2, end_2):
                found.add(ProblemCode.STARS_SWALLOWED, line.number)
            elif length == 2 and _fails_as_bold(bare, start, end, start_2, end_2):
                found.add(ProblemCode.STARS_SHOWN, line.number)


def _is_inside_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return (before + after).isascii() and before.isalnum() and after.isalnum()


def _fails_as_bold(text: str, start: int, end: int, start_2: int, end_2: int) -> bool:
    """True where words stand between the stars, and CommonMark's flanking rules undo them."""
    if start_2 <= end or text[end].isspace() or text[start_2 - 1].isspace():
        return False  # hardly meant to be bold
    before = text[start - 1] if start else " "
    after = text[end_2] if end_2 < len(text) else " "
    opens = not _is_punctuation(text[end]) or before.isspace() or _is_punctuation(before)
    closes = not _is_punctuation(text[start_2 - 1]) or after.isspace() or _is_punctuation(after)
    return not (opens and closes)


def _is_punctuation(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "PS"


def _check_neighbours(lines: list[_Line], found: LineFindings) -> None:
    """What a line makes of the one above it: tables, rules under text, lines that run together."""
    is_in_table = False
    for above, line in pairwise(lines):
        is_delimiter = "|" in line.inner and "-" in line.inner and not line.inner.strip("|-: \t")
        if is_delimiter and "|" in above.inner:
            found.add(ProblemCode.TABLE, above.number)
            is_in_table = True
        elif "|" not in line.inner:
            is_in_table = False
        is_table_row = is_in_table or _Block.TABLE in (above.block, line.block)
        if is_table_row:
            continue
        if above.block is _Block.TEXT and not above.is_quote and _is_underline(line):
            found.add(ProblemCode.RULE_UNDER_TEXT, line.number)
        elif _runs_on(above, line):
            found.add(ProblemCode.LINE_NOT_BROKEN, above.number)


def _is_underline(line: _Line) -> bool:
    marks = line.inner.rstrip()
    is_line = len(marks) >= 2 and marks[0] in "-=" and marks == marks[0] * len(marks)
    return is_line and not line.is_quote


def _runs_on(above: _Line, line: _Line) -> bool:
    """True where the newline between two lines is drawn as a space."""
    if above.block not in (_Block.TEXT, _Block.ITEM) or (line.is_quote and not above.is_quote):
        return False
    is_text = line.block is _Block.TEXT or (
        line.block is _Block.ITEM and above.block is _Block.TEXT and not line.is_list_start
    )
    if not is_text or _is_underline(line):
        return False
    if above.source.endswith(("  ", "\\")) or above.inner.rstrip().lower().endswith(
        ("<br>", "<br/>", "<br />")
    ):
        return False
    # A picture is as good as a line of its own.
    return not line.inner.startswith("![") and not above.inner.startswith("![")


def _check_depth(lines: list[_Line], found: LineFindings) -> None:
    indents: list[int] = []
    for line in lines:
        if line.block is _Block.ITEM:
            expanded = line.source.expandtabs(4)
            indent = len(expanded) - len(expanded.lstrip())
            while indents and indents[-1] >= indent:
                indents.pop()
            indents.append(indent)
            if len(indents) > limits.LIST_LEVELS:
                found.add(ProblemCode.DEEP_LIST, line.number)
        elif line.block is not _Block.BLANK and not line.source[:1].isspace():
            indents.clear()
