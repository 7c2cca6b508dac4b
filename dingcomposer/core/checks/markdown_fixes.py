"""A markdown text with one kind of problem set right on all its lines. Pure; never raises."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from dingcomposer.core.addresses import ADDRESS_FIXES
from dingcomposer.core.checks.problems import ProblemCode
from dingcomposer.core.dialect import Lint, LintCode, lints

_ROUNDS: Final = 8
"""So often a text is looked at again: what was set right may bring the next pair to light."""

_LINE: Final = re.compile(r"\r\n|\r|\n")
_QUOTED: Final = re.compile(r"""(\bcolor\s*=\s*)(["'])([^"'\s<>=`]+)\2""", re.IGNORECASE)
_QUOTE_MARKS: Final = re.compile(r"[> \t]*+")
_MARKS: Final = re.compile(r"[> \t]*+(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]++[> \t]*+)*+")
_HEADING: Final = re.compile(rf"{_MARKS.pattern}#{{1,6}}(?:[ \t]|$)")
_NO_QUOTE_MARK: Final = re.compile(r"[^> \t]")
_BEHIND_ADDRESS: Final = re.compile(r">?[ \t]*(?:\"[^\"\n]*\"|'[^'\n]*')?[ \t]*\)")
_BAR: Final = re.compile(r"(?<!\\)\|")
_HAN: Final = re.compile("[\u3400-\u9fff]")
_LEADING: Final = re.compile(r"^(?:#{1,6}(?=[ \t])|>|[-+*](?=[ \t]))")

_Edit = tuple[int, int, str]  # from where to where, and what is to stand there


class _SourceLines:
    """A text and its lines, which are counted from 0."""

    def __init__(self, text: str) -> None:
        self.text = text
        ends = [found.span() for found in _LINE.finditer(text)]
        self._starts = [0, *(end for _, end in ends)]
        self._ends = [*(start for start, _ in ends), len(text)]

    def place(self, line: int, character: int) -> int:
        """Where in the text a character of a line is."""
        return self._starts[line] + character

    def line(self, number: int) -> str:
        """A line without its end."""
        return self.text[self._starts[number] : self._ends[number]]

    def is_last(self, number: int) -> bool:
        """True for a line that ends its paragraph, as far as a blank line or the end shows it."""
        return number + 1 >= len(self._starts) or not self.line(number + 1).strip("> \t")


def _font(tag: str) -> str:
    return _QUOTED.sub(r"\1\3", tag)


_WORD_FIXES: Final[dict[ProblemCode, Callable[[str], str]]] = {
    **{ProblemCode(code): mend for code, mend in ADDRESS_FIXES.items()},
    ProblemCode.STARS_SHOWN: lambda _nothing: " ",
    ProblemCode.HEADING_NO_SPACE: lambda _nothing: " ",
    ProblemCode.LINE_NOT_BROKEN: lambda _space: "  ",
    ProblemCode.STARS_SWALLOWED: lambda stars: stars.replace("*", r"\*"),
    ProblemCode.UNDERSCORES_SWALLOWED: lambda word: word.replace("_", r"\_"),
    ProblemCode.ANGLE_SWALLOWED: lambda tag: f"&lt;{tag[1:]}",
    ProblemCode.FONT_QUOTED: _font,
}
"""What is done to what a lint reaches over, where that alone is changed."""

FIXABLE: Final = frozenset(
    (
        *(*_WORD_FIXES, ProblemCode.BR_TAG, ProblemCode.RULE_UNDER_TEXT, ProblemCode.TABLE),
        *(ProblemCode.URL_FILE, ProblemCode.URL_LAN),
    )
)
"""What can be set right in markdown, at least as a rule."""


def fix_markdown(text: str, code: ProblemCode, line: int | None = None) -> str:
    """The text with `code` set right wherever that can be done; else as it was.

    With `line`, from 1 on, only what stands on that line.
    """
    for _ in range(1 if line else _ROUNDS):
        edits = list(_edits(text, code, line))
        if not edits:
            return text
        text = _edited(text, edits)
    return text


def can_fix_markdown(text: str, code: ProblemCode) -> bool:
    """True where `fix_markdown` would change the text."""
    return next(_edits(text, code), None) is not None


def _edits(text: str, code: ProblemCode, at_line: int | None = None) -> Iterator[_Edit]:
    """What is to be changed; nothing that would leave the text as it is."""
    if code not in FIXABLE:
        return
    found, wanted = lints(text), LintCode(code)
    lines = _lines_of(text)
    rows = _rows(found) if code is ProblemCode.BR_TAG else set()
    for lint in found:
        if lint.code is not wanted:
            continue
        if at_line is not None and not lint.line < at_line <= lint.last_line + 1:
            continue
        start, end = lines.place(lint.line, lint.start), lines.place(lint.last_line, lint.end)
        if code is ProblemCode.RULE_UNDER_TEXT:
            yield _above(lines, lint)
        elif code is ProblemCode.TABLE:
            yield _as_lines(lines, lint)
        elif code in (ProblemCode.URL_FILE, ProblemCode.URL_LAN):
            yield from _unlinked(lines, lint)
        elif code is ProblemCode.BR_TAG:
            if lint.line not in rows:
                yield from _at_break(lines, lint, start, end)
        else:
            made = _WORD_FIXES[code](text[start:end])
            if made != text[start:end]:
                yield start, end, made


@lru_cache(maxsize=2)
def _lines_of(text: str) -> _SourceLines:
    # Each problem of a text is asked about, one after the other.
    return _SourceLines(text)


def _rows(found: tuple[Lint, ...]) -> set[int]:
    """The lines of all tables."""
    tables = [one for one in found if one.code is LintCode.TABLE]
    return {line for one in tables for line in range(one.line, one.last_line + 1)}


def _edited(text: str, edits: list[_Edit]) -> str:
    """The text with these edits made; where two of them overlap, the first one counts."""
    pieces: list[str] = []
    place = 0
    for start, end, words in sorted(set(edits)):
        if start < place:
            continue
        pieces += [text[place:start], words]
        place = end
    return "".join((*pieces, text[place:]))


def _above(lines: _SourceLines, lint: Lint) -> _Edit:
    """A blank line before a divider, in the quote in which it stands."""
    marks = _QUOTE_MARKS.match(lines.line(lint.line))
    start = lines.place(lint.line, 0)
    return start, start, (marks[0].rstrip(" \t") if marks else "") + "\n"


def _at_break(lines: _SourceLines, lint: Lint, start: int, end: int) -> Iterator[_Edit]:
    """Two spaces and a new line in the place of <br>, in the quote or item in which it stands."""
    line = lines.line(lint.line)
    if _HEADING.match(line):
        return  # it would end there
    start -= lint.start - len(line[: lint.start].rstrip(" \t"))
    behind = line[lint.end :]
    if not behind.strip(" \t"):
        yield start, end + len(behind), "" if lines.is_last(lint.line) else "  "
        return
    marks = _MARKS.match(line)
    yield start, end, "  \n" + (_NO_QUOTE_MARK.sub(" ", marks[0]) if marks else "")


def _unlinked(lines: _SourceLines, lint: Lint) -> Iterator[_Edit]:
    """The words of a link alone, where nobody could open what it leads to."""
    line = lines.line(lint.line)
    closed = line.rfind("](", 0, lint.start + 1)
    if closed < 0 or line[closed + 2 : lint.start].strip(" \t<"):
        return
    opened, depth = closed, 1
    while depth and opened:
        opened -= 1
        depth += {"]": 1, "[": -1}.get(line[opened], 0)
    behind = _BEHIND_ADDRESS.match(line, lint.end)
    if depth or behind is None or line[opened - 1 : opened] in ("!", "\\"):
        return
    words = line[opened + 1 : closed]
    yield lines.place(lint.line, opened), lines.place(lint.line, behind.end()), words


def _as_lines(lines: _SourceLines, lint: Lint) -> _Edit:
    """A line for each row of a table, with the words of its head before each cell but the first."""
    first = lines.line(lint.line)
    found = _MARKS.match(first)
    marks = found[0] if found else ""
    rows = [_cells(lines.line(number)) for number in range(lint.line, lint.last_line + 1)]
    head, body = rows[0], rows[2:] or [rows[0]]
    is_han = bool(_HAN.search("".join(head + [cell for row in body for cell in row])))
    colon, comma = ("：", "，") if is_han else (": ", ", ")
    made = []
    for row in body:
        name = _LEADING.sub(r"\\\g<0>", row[0]) if row else ""
        rest = [
            cell if len(head) == 2 or row is head else f"{title} {cell}".strip()
            for title, cell in zip([*head, *[""] * len(row)][1 : len(row)], row[1:], strict=False)
            if cell
        ]
        made.append("- " + (name + colon if name and rest else name) + comma.join(rest))
    indent = _NO_QUOTE_MARK.sub(" ", marks)
    blank = indent.rstrip(" \t") + "\n"
    is_below = lint.line > 0 and bool(lines.line(lint.line - 1).strip("> \t")) and marks == indent
    text = (blank if is_below else "") + marks + ("\n" + indent).join(made)
    if not lines.is_last(lint.last_line):
        text += "\n" + blank.rstrip("\n")
    end = lines.place(lint.last_line, len(lines.line(lint.last_line)))
    return lines.place(lint.line, 0), end, text


def _cells(line: str) -> list[str]:
    """The cells of a row, without the marks of the quote or list in which it stands."""
    found = _MARKS.match(line)
    row = line[found.end() if found else 0 :].strip().strip("|")
    return [cell.replace("\\|", "|").strip() for cell in _BAR.split(row)]
