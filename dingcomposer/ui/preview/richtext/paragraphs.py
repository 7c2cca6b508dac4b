"""A message's body as paragraphs: frozen values between `core.dialect` and the page.

Pure, so that a worker thread may make them. One paragraph is one block of the page; a line break,
a line of code and a list item each start a new one, so that an edit touches few of them.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from dingcomposer.core.messages import Mentions
from dingcomposer.core.plain_text import drawable
from dingcomposer.core.records import dataclass

BULLETS = ("•", "◦", "▪")  # by depth; deeper ones are like the last


class ChangeMark(StrEnum):
    """What became of words that are shown beside those of another message."""

    NONE = ""
    REMOVED = "removed"
    ADDED = "added"


class Shape(StrEnum):
    """What kind of line a paragraph is."""

    PLAIN = "plain"
    HEADING = "heading"
    CODE = "code"
    RULE = "rule"


class Gap(StrEnum):
    """The room above a paragraph."""

    NONE = "none"
    ITEM = "item"
    AFTER_CODE = "after_code"
    BLOCK = "block"


class Inside(StrEnum):
    """What a paragraph stands in; each moves it to the right."""

    QUOTE = "quote"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class TextRun:
    """Some words in one appearance. `colour` is as written, and may be no colour at all."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    is_code: bool = False
    is_mention: bool = False
    is_underlined: bool = False
    is_struck: bool = False
    rise: int = 0  # 1 above the line, -1 below it
    colour: str = ""
    href: str = ""
    mark: ChangeMark = ChangeMark.NONE


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the line. `source` is an address or a media id, as written."""

    source: str
    alt: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table, which only the PC draws: its HTML, whose tags are the dialect's, and its words."""

    html: str
    text: str


Piece = TextRun | Picture | Table


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block of the page.

    `inside` goes from the outermost to the innermost; its first `shared` are the very ones that
    the paragraph above stands in too, so that a quote's bar goes on between them. `level` is a
    heading's, `marker` what stands before a list item.
    """

    pieces: tuple[Piece, ...] = ()
    shape: Shape = Shape.PLAIN
    gap: Gap = Gap.BLOCK
    level: int = 0
    marker: str = ""
    inside: tuple[Inside, ...] = ()
    shared: int = 0


def from_text(
    text: str, mentions: Mentions = Mentions(), names: Mapping[str, str] | None = None
) -> tuple[Paragraph, ...]:
    """The paragraphs of plain text, one a line; who is mentioned is marked, by name if known."""
    people = (*mentions.mobiles, *mentions.user_ids)
    pattern = mention_pattern(people)
    known = names or {}
    found: list[Paragraph] = []
    for line in re.split(r"\r\n|[\r\n\u2028\u2029]", drawable(text)):
        parts = pattern.split(line) if pattern else (line,)  # every second one is a mention
        pieces = tuple(
            TextRun(f"@{known.get(part[1:], part[1:])}", is_mention=True)
            if at % 2
            else TextRun(part)
            for at, part in enumerate(parts)
            if part
        )
        found.append(Paragraph(pieces, gap=Gap.NONE))
    return tuple(found)


def plain_text(paragraphs: tuple[Paragraph, ...]) -> str:
    """The words that a reader sees, line by line; a picture is its description."""
    return "\n".join(
        " ".join(
            part
            for part in (
                one.marker,
                "".join(p.alt if isinstance(p, Picture) else p.text for p in one.pieces),
            )
            if part
        )
        for one in paragraphs
    )


def split_top_picture(
    paragraphs: tuple[Paragraph, ...],
) -> tuple[Picture | None, tuple[Paragraph, ...]]:
    """The picture with which the text begins, and the rest without it."""
    if not paragraphs or not paragraphs[0].pieces or paragraphs[0].inside:
        return None, paragraphs
    first, *others = paragraphs[0].pieces
    if not isinstance(first, Picture):
        return None, paragraphs
    if others and isinstance(others[0], TextRun):
        others[0] = replace(others[0], text=others[0].text.lstrip(" "))
    rest = paragraphs[1:]
    if any(not isinstance(piece, TextRun) or piece.text.strip() for piece in others):
        rest = (replace(paragraphs[0], pieces=tuple(others)), *rest)
    elif rest:
        rest = (replace(rest[0], gap=Gap.NONE, shared=0), *rest[1:])
    return first, rest


def common_ends(old: tuple[Paragraph, ...], new: tuple[Paragraph, ...]) -> tuple[int, int]:
    """How many paragraphs are the same at the start, and how many at the end, never overlapping."""
    most = min(len(old), len(new))
    start = 0
    while start < most and (old[start] is new[start] or old[start] == new[start]):
        start += 1
    end = 0
    while end < most - start and (old[-1 - end] is new[-1 - end] or old[-1 - end] == new[-1 - end]):
        end += 1
    return start, end


def mention_pattern(people: tuple[str, ...]) -> re.Pattern[str] | None:
    """What finds "@" with one of these numbers or ids, the longest first; None for nobody."""
    known = sorted({one for one in people if one}, key=len, reverse=True)
    return re.compile("(@(?:" + "|".join(map(re.escape, known)) + "))") if known else None
