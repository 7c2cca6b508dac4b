"""How the source of a text is to be highlighted: what each stretch of a line is to the dialect.

The reader is the one that draws the message, so what looks bold in the editor is bold in the group.
What was found in a part of a text is kept, so that a key costs what its own part does.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from enum import IntFlag, auto
from typing import Final, NamedTuple

from dingcomposer.core.dialect import blocks, inlines, tags
from dingcomposer.core.dialect.blocks import BlockKind, Container, Leaf
from dingcomposer.core.dialect.inlines import Piece, PieceKind
from dingcomposer.core.dialect.source import Part, parts, tidied

REMEMBERED: Final = 1024
"""How many parts are kept with what was found in them: more than a message has."""

_HASHES: Final = re.compile(r"#{1,6}[ \t]*")
_EMPHASIS: Final = {"em": 1, "strong": 2}


class SourceStyle(IntFlag):
    """What a stretch is; several may hold at once."""

    PLAIN = 0
    MARK = auto()  # signs that are not shown: of headings, lists, quotes, emphasis, tags
    HEADING = auto()
    QUOTE = auto()
    BOLD = auto()
    ITALIC = auto()
    CODE = auto()
    LINK = auto()
    PICTURE = auto()
    ADDRESS = auto()  # where a link or a picture leads
    COLOUR = auto()
    MENTION = auto()  # these two are no markdown: whoever shows a text finds them in any
    FIELD = auto()


class Run(NamedTuple):
    """A stretch of a line, from character `start` to before `end`; `colour` as it was written."""

    start: int
    end: int
    style: SourceStyle
    colour: str = ""


Lines = tuple[tuple[Run, ...], ...]
"""The runs of each line, from the left; what has none is plain."""


def highlight(text: str) -> Lines:
    """The runs of every line. Never fails; any thread may call it."""
    made: list[tuple[Run, ...]] = [()] * (text.count("\n") + 1)
    for part in parts(tidied(text)):
        found = _of_part(part)
        made[part.first_line : part.first_line + len(found)] = found
    return tuple(made)


class Highlights:
    """The runs of a text that changes key by key: what a key changes is read, and nothing else.

    A part begins where all that was open has ended. So where a changed part ends as it did before,
    the parts behind it are what they were.
    """

    def __init__(self) -> None:
        self.runs: list[tuple[Run, ...]] = [()]
        self._text, self._lines = "", [""]
        self._starts: list[int] = []  # the first lines of the parts

    def change(self, text: str, *, most_new: int) -> bool:
        """Take another text; False where more than `most_new` characters are to be read.

        The runs then stay with the lines that stay; `highlight` and `adopt` do the rest.
        """
        old, new = self._lines, text.split("\n")
        head, tail = _same_lines(self._text, text)
        first, shift = self._start_before(head), len(new) - len(old)
        end = self._start_behind(len(old) - tail)
        self._text, self._lines = text, new
        self.runs[head : len(old) - tail] = [()] * (len(new) - head - tail)
        # What follows must begin a part here, too: the line that it begins with is read along.
        last = len(new) if end is None else end + shift
        chunk = new[first : last + 1]
        found = list(parts(tidied("\n".join(chunk) + "\n")))
        is_ended = end is None or (found[-1].first_line == last - first if found else False)
        if not is_ended:
            last, found = len(new), list(parts(tidied("\n".join(new[first:]) + "\n")))
        elif end is not None:
            found.pop()
        kept = [one for one in self._starts if end is not None and one >= end] if is_ended else []
        before = [one for one in self._starts if one < first]
        starts = [first + one.first_line for one in found]
        self._starts = [*before, *starts, *(one + shift for one in kept)]
        if sum(len(one.source) for one in found if one.source not in _kept) > most_new:
            self._starts = []
            return False
        self.runs[first:last] = [()] * (last - first)
        for part in found:
            made, at = _of_part(part), first + part.first_line
            self.runs[at : at + len(made)] = made
        return True

    def adopt(self, text: str, runs: Lines) -> None:
        """Take what `highlight` found in this very text."""
        self._text, self._lines, self.runs = text, text.split("\n"), list(runs)
        self._starts = [one.first_line for one in parts(tidied(text))]

    def _start_before(self, line: int) -> int:
        """Where the part begins that a line may belong to, or one before it."""
        at = max(0, bisect_right(self._starts, line) - 2)
        return self._starts[at] if self._starts and self._starts[at] <= line else 0

    def _start_behind(self, line: int) -> int | None:
        """Where the next part begins behind a line; None where none does."""
        at = bisect_right(self._starts, line)
        return self._starts[at] if at < len(self._starts) else None


def _same_lines(old: str, new: str) -> tuple[int, int]:
    """How many lines two texts begin and end with in common, each counted once at most."""
    begin = _common(old, new)
    end = _common(old[: begin - len(old) - 1 : -1], new[: begin - len(new) - 1 : -1])
    return old.count("\n", 0, begin), old.count("\n", len(old) - end)


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _of_part(part: Part) -> Lines:
    found = _kept.get(part.source)
    if found is None:
        found = _read(part)
        if len(_kept) >= REMEMBERED:
            _kept.clear()
        _kept[part.source] = found
    return found


def forget() -> None:
    """Drop everything that is kept of texts read before."""
    _kept.clear()


_kept: Final[dict[str, Lines]] = {}


def style_at(lines: Lines, line: int, at: int) -> SourceStyle:
    """What the character at a place is, or the last one before it at the end of a stretch."""
    runs = lines[line] if line < len(lines) else ()
    found = [run.style for run in runs if run.start < at <= run.end]
    return found[-1] if found else SourceStyle.PLAIN


def _read(part: Part) -> Lines:
    source = part.source.split("\n")
    reader = _RunReader(source)
    reader.read(blocks.parse(source, with_tables=True), SourceStyle.PLAIN)
    return tuple(map(tuple, reader.runs))


class _RunReader:
    """Collects the runs of a part, block by block."""

    def __init__(self, source: list[str]) -> None:
        self._source = source
        self.runs: list[list[Run]] = [[] for _ in source]

    def read(self, container: Container, style: SourceStyle) -> None:
        """Take all that a container holds."""
        if container.kind is BlockKind.QUOTE:
            style |= SourceStyle.QUOTE
        held: set[int] = set()
        for child in container.children:
            held.update(range(child.first_line, child.last_line + 1))
            if isinstance(child, Container):
                self.read(child, style)
            else:
                self._read_leaf(child, style)
        if container.kind in (BlockKind.QUOTE, BlockKind.ITEM):
            for number in range(container.first_line, container.last_line + 1):
                if number not in held:  # its mark, and nothing else
                    self._add(number, 0, len(self._source[number]), SourceStyle.MARK | style)

    def _read_leaf(self, leaf: Leaf, style: SourceStyle) -> None:
        first, last = leaf.first_line, leaf.last_line
        match leaf.kind:
            case BlockKind.FENCE | BlockKind.CODE:
                for number in range(first, last + 1):
                    mark = SourceStyle.MARK if self._is_fence(leaf, number) else SourceStyle.PLAIN
                    self._add(number, 0, len(self._source[number]), SourceStyle.CODE | mark | style)
            case BlockKind.RULE:
                self._add(first, 0, len(self._source[first]), SourceStyle.MARK | style)
            case BlockKind.TABLE:
                self._add(first + 1, 0, len(self._source[first + 1]), SourceStyle.MARK | style)
                for at, row in enumerate(leaf.lines):
                    number = first + at + (at > 0)  # below the head is a line of dashes
                    self._read_text(row, number, [len(self._source[number]) - len(row)], style)
            case BlockKind.HEADING:
                self._read_heading(leaf, style | SourceStyle.HEADING)
            case _:
                columns = [self._column(leaf, at) for at in range(len(leaf.lines))]
                self._read_text(leaf.text, first, columns, style)

    def _is_fence(self, leaf: Leaf, number: int) -> bool:
        """True for the line that opens a fence, and the one that closes it."""
        if leaf.kind is not BlockKind.FENCE or leaf.first_line < number < leaf.last_line:
            return False
        body = self._source[number].lstrip("> \t")
        return number == leaf.first_line or blocks.closes_fence(leaf.fence, body)

    def _read_heading(self, leaf: Leaf, style: SourceStyle) -> None:
        if leaf.is_setext:
            columns = [self._column(leaf, at) for at in range(len(leaf.lines))]
            self._read_text(leaf.text, leaf.first_line, columns, style)
            end = len(self._source[leaf.last_line])
            self._add(leaf.last_line, 0, end, SourceStyle.MARK | style)
            return
        line = self._source[leaf.first_line]
        hashes = _HASHES.match(line, line.index("#"))  # no mark of a container has one
        column = hashes.end() if hashes else 0
        self._read_text(leaf.text, leaf.first_line, [column], style)
        self._add(leaf.first_line, column + len(leaf.text), len(line), SourceStyle.MARK | style)

    def _column(self, leaf: Leaf, at: int) -> int:
        """Where in its line in the source a line of the leaf begins."""
        return len(self._source[leaf.first_line + at]) - len(leaf.lines[at])

    def _read_text(
        self, text: str, first_line: int, columns: list[int], style: SourceStyle
    ) -> None:
        """The runs of a text whose lines begin at `columns`, and of the marks before them."""
        for at, column in enumerate(columns):
            self._add(first_line + at, 0, column, SourceStyle.MARK | style)
        line, begin = 0, 0  # of the text, and where that line begins in it
        for start, end, inner, colour in _stretches(text):
            while (newline := text.find("\n", begin)) >= 0 and newline < start:
                line, begin = line + 1, newline + 1
            place, whole = start, end
            while place < whole:
                newline = text.find("\n", place, whole)
                stop = whole if newline < 0 else newline
                shift = columns[line] - begin
                self._add(first_line + line, place + shift, stop + shift, inner | style, colour)
                if newline < 0:
                    break
                line, begin = line + 1, newline + 1
                place = begin

    def _add(self, line: int, start: int, end: int, style: SourceStyle, colour: str = "") -> None:
        if end > start and style:
            self.runs[line].append(Run(start, end, style, colour))


_Stretch = tuple[int, int, SourceStyle, str]


def _stretches(text: str) -> Iterator[_Stretch]:
    """The pieces of a block's text with what is around them; the text is read as phones do."""
    row = inlines.parse(text)
    around = _Around()
    place = 0
    lost: list[int] = []  # where the ends of links that lead nowhere begin
    for number, piece in enumerate(row):
        start = max(place, piece.at)
        following = row[number + 1].at if number + 1 < len(row) else len(text)
        end = _end_of(text, piece, start, following)
        place = end
        match piece.kind:
            case PieceKind.PICTURE:
                yield from _picture(text, piece, start, end, around)
            case PieceKind.OPEN:
                yield start, end, SourceStyle.MARK | around.style, around.colour
                around.enter(piece)
            case PieceKind.CLOSE:
                around.leave(piece.text)
                is_link = piece.text == "a" and end > start + 1
                kind = SourceStyle.ADDRESS if is_link else SourceStyle.MARK
                yield start, end, kind | around.style, around.colour
            case PieceKind.LOST_LINK:
                lost.append(text.rfind("](", start, piece.written[0]))
                yield start, end, SourceStyle.MARK | around.style, around.colour
            case PieceKind.CODE:
                yield start, end, SourceStyle.CODE | around.style, around.colour
            case PieceKind.TAG:
                yield start, end, SourceStyle.MARK | around.style, around.colour
            case PieceKind.TEXT:
                if lost and start <= lost[-1] < end:
                    yield lost[-1], end, SourceStyle.ADDRESS | around.style, around.colour
                    end = lost.pop()
                yield start, end, around.style, around.colour
            case _:
                pass


def _end_of(text: str, piece: Piece, start: int, following: int) -> int:
    """Where in the text a piece ends that begins at `start`."""
    if piece.kind in (PieceKind.OPEN, PieceKind.CLOSE):
        if piece.text in _EMPHASIS:
            return start + _EMPHASIS[piece.text]
        if piece.text == "font":
            tag = tags.match_tag(text, piece.at)
            return tag[1] if tag else start
        if piece.kind is PieceKind.OPEN:
            return start + 1
    elif piece.kind is PieceKind.LOST_LINK:
        return start + 1
    elif following == piece.at:  # what is left of a run of stars, with its uses behind it
        return start + len(piece.text)
    return max(start, following)


def _picture(
    text: str, piece: Piece, start: int, end: int, around: "_Around"
) -> Iterator[_Stretch]:
    close = text.rfind("](", start, piece.written[0])
    yield start, start + 2, SourceStyle.MARK | around.style, around.colour
    yield start + 2, close, SourceStyle.PICTURE | around.style, around.colour
    yield close, end, SourceStyle.ADDRESS | around.style, around.colour


class _Around:
    """What is open around a piece."""

    def __init__(self) -> None:
        self._open: list[tuple[str, SourceStyle, str]] = []

    @property
    def style(self) -> SourceStyle:
        """All that holds here."""
        style = SourceStyle.PLAIN
        for _, one, _ in self._open:
            style |= one
        return style

    @property
    def colour(self) -> str:
        """The innermost colour."""
        return next((colour for _, _, colour in reversed(self._open) if colour), "")

    def enter(self, piece: Piece) -> None:
        """A tag begins."""
        styles = {"em": SourceStyle.ITALIC, "strong": SourceStyle.BOLD, "a": SourceStyle.LINK}
        style = styles.get(piece.text, SourceStyle.COLOUR if piece.colour else SourceStyle.PLAIN)
        self._open.append((piece.text, style, piece.colour or ""))

    def leave(self, tag: str) -> None:
        """The innermost tag of this name ends; those that cross it go on."""
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index][0] == tag:
                del self._open[index]
                return
