"""Which lines do not look alike to everybody: PC and phone differ, or one of them loses something.

The text is read as both of them would: with the tables of the PC, and tags shown as on phones.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from dingcomposer.core.dialect import blocks, inlines, pictures, tags
from dingcomposer.core.dialect.blocks import BlockKind, Container, Leaf
from dingcomposer.core.dialect.inlines import Piece, PieceKind
from dingcomposer.core.dialect.mark import Mark, MarkCode
from dingcomposer.core.dialect.source import tidied

LIST_LEVELS: Final = 2
"""So many levels of lists are shown well everywhere."""


_WORDS: Final = (
    (re.compile(r"~~[^~\n]++~~"), MarkCode.STRIKETHROUGH),
    (re.compile(r"\[\^[^\s\[\]]{1,40}\]"), MarkCode.FOOTNOTE),
    (re.compile(r"(?<![\w:]):[a-z][a-z0-9_+-]{1,30}:(?![\w:])"), MarkCode.EMOJI_CODE),
)
_LINE_END: Final = re.compile("\n")
_TASK: Final = re.compile(r"\[[ xX]\][ \t]")
_STARS: Final = re.compile(r"\*{2,}+")
_SPACED_PICTURE: Final = re.compile(r"!\[[^\[\]\n]{0,300}\]\(([^()\n]{1,2000})\)")
_REFERENCE: Final = re.compile(
    r"\[[^\[\]]{1,999}\]:[ \t]*+(?:<[^<>]*+>|[^ \t]++)"
    r"(?:[ \t]++(?:\"[^\"]*+\"|'[^']*+'|\([^()]*+\)))?[ \t]*+$"
)


def find(text: str) -> tuple[Mark, ...]:
    """Every mark of `text`, from the top; each code once a line at most. Never fails."""
    found = set(_in_blocks(blocks.parse(tidied(text), with_tables=True), 0))
    return tuple(sorted(found, key=lambda mark: (mark.line, mark.code)))


def _in_blocks(parent: Container, level: int) -> Iterator[Mark]:
    for child in parent.children:
        if isinstance(child, Leaf):
            yield from _in_leaf(child)
        elif child.kind is BlockKind.LIST:
            yield from _in_list(child, level + 1)
        else:
            yield from _in_blocks(child, level)


def _in_list(items: Container, level: int) -> Iterator[Mark]:
    for item in items.children:
        if level > LIST_LEVELS:
            yield Mark(item.first_line, MarkCode.DEEP_LIST)
        if isinstance(item, Container):
            first = item.children[0] if item.children else None
            if isinstance(first, Leaf) and _TASK.match(first.text):
                yield Mark(first.first_line, MarkCode.TASK_LIST)
            yield from _in_blocks(item, level)


def _in_leaf(leaf: Leaf) -> Iterator[Mark]:
    match leaf.kind:
        case BlockKind.FENCE:
            yield from _all_lines(leaf, MarkCode.FENCED_CODE)
        case BlockKind.CODE:
            yield from _all_lines(leaf, MarkCode.INDENTED_CODE)
        case BlockKind.RULE:
            return
        case BlockKind.TABLE:
            yield from _all_lines(leaf, MarkCode.TABLE)
            head, *rows = leaf.lines
            yield from _in_text(head, leaf.first_line)
            for number, row in enumerate(rows, leaf.first_line + 2):
                yield from _in_text(row, number)
        case _:
            if leaf.is_setext:
                yield Mark(leaf.last_line, MarkCode.UNDERLINE)
            else:
                yield from _references(leaf)
            yield from _in_text(leaf.text, leaf.first_line)


def _all_lines(leaf: Leaf, code: MarkCode) -> Iterator[Mark]:
    return (Mark(line, code) for line in range(leaf.first_line, leaf.last_line + 1))


def _references(leaf: Leaf) -> Iterator[Mark]:
    for number, line in enumerate(leaf.lines, leaf.first_line):
        if leaf.kind is BlockKind.HEADING or not _REFERENCE.match(line):
            return
        yield Mark(number, MarkCode.REFERENCE)


def _in_text(text: str, first_line: int) -> Iterator[Mark]:
    """The marks of a text that is read for inline markup."""
    row = inlines.parse(text)
    ends = [found.start() for found in _LINE_END.finditer(text)]
    for at, code in (*_in_pieces(text, row), *_fonts(row), *_in_words(text, _shown(text, row))):
        yield Mark(first_line + bisect_left(ends, at), code)


def _in_pieces(text: str, row: list[Piece]) -> Iterator[tuple[int, MarkCode]]:
    for piece in row:
        match piece.kind:
            case PieceKind.TAG:
                tag = tags.match_tag(piece.text, 0)
                is_break = tag is not None and tag[0] == "br"
                yield piece.at, MarkCode.LINE_BREAK_TAG if is_break else MarkCode.RAW_HTML
            case PieceKind.LOST_LINK:
                yield piece.at, MarkCode.LOST_LINK
            case PieceKind.PICTURE:
                if " " in piece.address:
                    yield piece.at, MarkCode.PICTURE_WITH_SPACE
                elif not pictures.is_public(piece.address):
                    yield piece.at, MarkCode.UNREACHABLE_PICTURE
            case PieceKind.OPEN if piece.text == "font":
                tag = tags.match_tag(text, piece.at)
                source = text[piece.at : tag[1]] if tag else ""
                if piece.colour is None:
                    yield piece.at, MarkCode.UNKNOWN_COLOUR
                elif tags.is_colour_quoted(source):
                    yield piece.at, MarkCode.QUOTED_COLOUR
            case _:
                pass


def _fonts(row: list[Piece]) -> Iterator[tuple[int, MarkCode]]:
    """Every `<font>` without its end, and every end without its `<font>`."""
    waiting: list[int] = []
    for piece in row:
        if piece.text != "font":
            continue
        if piece.kind is PieceKind.OPEN:
            waiting.append(piece.at)
        elif piece.kind is PieceKind.CLOSE:
            if waiting:
                waiting.pop()
            else:
                yield piece.at, MarkCode.UNCLOSED_FONT
    for at in waiting:
        yield at, MarkCode.UNCLOSED_FONT


def _shown(text: str, row: list[Piece]) -> str:
    """`text` with a NUL in the place of all that is no plain text: code, tags, addresses."""
    parts: list[str] = []
    position = 0
    for piece in row:
        if piece.kind is PieceKind.TEXT and text.startswith(piece.text, piece.at):
            parts.append("\0" * (piece.at - position))
            parts.append(piece.text)
            position = piece.at + len(piece.text)
    return "".join(parts)


def _in_words(text: str, shown: str) -> Iterator[tuple[int, MarkCode]]:
    for pattern, code in _WORDS:
        for found in pattern.finditer(shown):
            yield found.start(), code
    for found in _SPACED_PICTURE.finditer(shown):
        if " " in found[1].strip():
            yield found.start(), MarkCode.PICTURE_WITH_SPACE
    for first, second in pairwise(_STARS.finditer(shown)):
        outside, inside = _beside(text, first)
        end_inside, end_outside = _beside(text, second)
        if not inside.strip() or not end_inside.strip():
            continue  # a space inside: nobody meant these as a pair
        if outside.isalnum() and not inside.isalnum():
            yield first.start(), MarkCode.VISIBLE_STARS
        if end_outside.isalnum() and not end_inside.isalnum():
            yield second.start(), MarkCode.VISIBLE_STARS


def _beside(text: str, found: re.Match[str]) -> tuple[str, str]:
    """The characters before and behind it; empty at the ends of the text."""
    start, end = found.span()
    return text[max(start - 1, 0) : start], text[end : end + 1]
