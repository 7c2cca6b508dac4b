"""What stands in a line: emphasis, links, pictures, code, colours, as a flat row of pieces.

One pass from left to right with a stack of brackets and one of emphasis, as in CommonMark's
appendix; no step looks at the same text more often than a fixed number of times. Tags may cross
each other in the row (`<font>` and `**`); who builds a tree of it sets that right.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from dingcomposer.core.dialect import links, tags
from dingcomposer.core.dialect.delimiters import DelimiterRun, DelimiterStack
from dingcomposer.core.dialect.escapes import ENTITY, PUNCTUATION, entity

_TOKEN: Final = re.compile(rf"\\[{PUNCTUATION}]|\\\n|`++|\*++|_++|!\[|[\[\]<&\n]")
_BACKTICKS: Final = re.compile("`++")


class PieceKind(Enum):
    """What a piece is."""

    TEXT = auto()  # `text` is shown
    TAG = auto()  # a tag or the like that is shown as it was written: `text`
    CODE = auto()  # `text` is code
    BREAK = auto()  # the line ends
    LINE = auto()  # what follows stands on a line of its own
    PICTURE = auto()  # `text` instead of it, `address`
    OPEN = auto()  # the tag `text` begins, with `address` or `colour`
    CLOSE = auto()  # the innermost tag `text` ends
    LOST_LINK = auto()  # nothing is shown; the link's `address` has a scheme that leads nowhere


@dataclass(slots=True, eq=False)
class Piece:
    """One piece of a line; `at` is its place in the text that was read.

    Where it leads somewhere, `written` is from where to where its address stands there.
    """

    kind: PieceKind
    text: str
    at: int
    address: str = ""
    colour: str | None = None
    written: tuple[int, int] = (0, 0)


@dataclass(slots=True, eq=False)
class _Bracket:
    """A `[` or `![` that waits for its end."""

    place: int  # in the row of pieces
    is_picture: bool
    run: DelimiterRun | None  # the last one before it
    is_active: bool = True


def parse(text: str, *, for_pc: bool = False) -> list[Piece]:
    """The pieces of a block's text. `for_pc` lets the tags through that only the PC draws."""
    return _InlineReader(text, for_pc).read()


class _InlineReader:
    def __init__(self, text: str, for_pc: bool) -> None:
        self._text = text
        self._for_pc = for_pc
        self._row: list[Piece | DelimiterRun] = []
        self._runs = DelimiterStack()
        self._brackets: list[_Bracket] = []
        self._ticks: dict[int, list[int]] | None = None
        self._terminators = tags.Terminators(text)

    def read(self) -> list[Piece]:
        """Read all of it."""
        text, position = self._text, 0
        while token := _TOKEN.search(text, position):
            start = token.start()
            if start > position:
                self._row.append(Piece(PieceKind.TEXT, text[position:start], position))
            position = self._take(token[0], start)
        if position < len(text):
            self._row.append(Piece(PieceKind.TEXT, text[position:], position))
        self._runs.resolve(None)
        return _flat(self._row)

    def _take(self, sign: str, start: int) -> int:
        """Take what `sign` begins, and say where to go on."""
        end = start + len(sign)
        match sign[0]:
            case "*" | "_":
                self._row.append(self._runs.add(self._text, start, end))
            case "\n":
                self._end_line(start)
            case "\\":
                if sign == "\\\n":
                    self._add(PieceKind.BREAK, "", start)
                else:
                    self._add(PieceKind.TEXT, sign[1], start)
            case "`":
                end = self._code(start, end)
            case "!" | "[":
                self._brackets.append(_Bracket(len(self._row), sign[0] == "!", self._runs.last))
                self._add(PieceKind.TEXT, sign, start)
            case "]":
                end = self._end_bracket(start)
            case "&":
                if found := ENTITY.match(self._text, start):
                    self._add(PieceKind.TEXT, entity(found), start)
                    return found.end()
                self._add(PieceKind.TEXT, sign, start)
            case _:
                end = self._pointed(start)
        return end

    def _add(self, kind: PieceKind, text: str, at: int) -> None:
        self._row.append(Piece(kind, text, at))

    def _end_line(self, at: int) -> None:
        """A newline is a space, unless two spaces stand before it."""
        before = self._row[-1] if self._row else None
        if isinstance(before, Piece) and before.kind is PieceKind.TEXT and before.text[-1:] == " ":
            bare = before.text.rstrip(" ")
            is_break = len(before.text) - len(bare) >= 2
            before.text = bare
            if is_break:
                self._add(PieceKind.BREAK, "", at)
                return
        self._add(PieceKind.TEXT, "\n", at)

    def _code(self, start: int, end: int) -> int:
        """Code from these backticks to the next as many; or the backticks themselves."""
        if self._ticks is None:
            self._ticks = {}
            for run in _BACKTICKS.finditer(self._text):
                self._ticks.setdefault(len(run[0]), []).append(run.start())
        places = self._ticks.get(end - start, [])
        index = bisect_left(places, end)
        if index == len(places):
            self._add(PieceKind.TEXT, self._text[start:end], start)
            return end
        code = self._text[end : places[index]].replace("\n", " ")
        if code[0] == code[-1] == " " and code.strip(" "):
            code = code[1:-1]
        self._add(PieceKind.CODE, code, start)
        return places[index] + end - start

    def _pointed(self, start: int) -> int:
        """What begins with `<`: an address, a tag, a comment, or just that."""
        if address := tags.match_address(self._text, start):
            target, label, end = address
            is_link = links.is_link(target)
            kind = PieceKind.OPEN if is_link else PieceKind.LOST_LINK
            written = (start + 1, end - 1)
            self._row.append(Piece(kind, "a" if is_link else "", start, target, written=written))
            self._add(PieceKind.TEXT, label, start + 1)
            if is_link:
                self._add(PieceKind.CLOSE, "a", end - 1)
            return end
        if tag := tags.match_tag(self._text, start):
            name, end = tag
            self._row.append(self._tag(name, self._text[start:end], start))
            return end
        if whole := self._terminators.end_of(start):
            self._add(PieceKind.TAG, self._text[start:whole], start)
            return whole
        self._add(PieceKind.TEXT, "<", start)
        return start + 1

    def _tag(self, name: str, source: str, at: int) -> Piece:
        bare = name.removeprefix("/")
        if bare == "font" or (self._for_pc and bare in tags.RAW_TAGS):
            if name != bare:
                return Piece(PieceKind.CLOSE, bare, at)
            colour = tags.font_colour(source) if bare == "font" else None
            return Piece(PieceKind.OPEN, bare, at, colour=colour)
        if self._for_pc and bare == "br":
            return Piece(PieceKind.BREAK, "", at)
        if self._for_pc and bare in tags.BREAKING_TAGS:
            return Piece(PieceKind.LINE, "", at)
        return Piece(PieceKind.TAG, source, at)

    def _end_bracket(self, start: int) -> int:
        """A `]`: the end of a link or a picture where an address follows, or just that."""
        bracket = self._brackets.pop() if self._brackets else None
        target = None
        if bracket is not None and bracket.is_active and self._text.startswith("(", start + 1):
            target = links.read_target(self._text, start + 2)
        if bracket is None or target is None:
            self._add(PieceKind.TEXT, "]", start)
            return start + 1
        address, written = target.address, (target.start, target.end)
        self._runs.resolve(bracket.run)
        opening = self._row[bracket.place]
        if bracket.is_picture:
            label = _plain(self._row[bracket.place + 1 :])
            picture = Piece(PieceKind.PICTURE, label, opening.at, address, written=written)
            self._row[bracket.place :] = [picture]
        elif links.is_link(address):
            link = Piece(PieceKind.OPEN, "a", opening.at, address, written=written)
            self._row[bracket.place] = link
            self._add(PieceKind.CLOSE, "a", start)
            self._end_outer_links()
        else:
            lost = Piece(PieceKind.LOST_LINK, "", opening.at, address, written=written)
            self._row[bracket.place] = lost
        return target.behind

    def _end_outer_links(self) -> None:
        """A link inside a link does not exist: what is open around this one stays text."""
        for bracket in reversed(self._brackets):
            if not bracket.is_picture:
                if not bracket.is_active:
                    break
                bracket.is_active = False


def _flat(row: "list[Piece | DelimiterRun]") -> list[Piece]:
    """The row with every run taken apart into ends, what is left of it, and beginnings."""
    pieces: list[Piece] = []
    for item in row:
        if isinstance(item, Piece):
            pieces.append(item)
            continue
        for tag in item.closes:
            pieces.append(Piece(PieceKind.CLOSE, tag, item.at))
        if item.count:
            pieces.append(Piece(PieceKind.TEXT, item.rest, item.at))
        for tag in reversed(item.opens):
            pieces.append(Piece(PieceKind.OPEN, tag, item.at))
    return pieces


def _plain(row: "list[Piece | DelimiterRun]") -> str:
    """What is left of a picture's label without its markup."""
    return "".join(_plain_text(item) for item in row)


def _plain_text(item: "Piece | DelimiterRun") -> str:
    if isinstance(item, DelimiterRun):
        return item.rest
    match item.kind:
        case PieceKind.TEXT | PieceKind.CODE | PieceKind.PICTURE | PieceKind.TAG:
            return item.text
        case PieceKind.BREAK | PieceKind.LINE:
            return "\n"
        case _:
            return ""
