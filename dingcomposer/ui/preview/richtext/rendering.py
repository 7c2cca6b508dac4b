"""What a card's body is made from, and the paragraphs it makes: strings in, frozen values out."""

from dataclasses import field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from dingcomposer.core import dialect
from dingcomposer.core.messages import Mentions
from dingcomposer.core.records import dataclass
from dingcomposer.ui.preview.richtext import element_reading, paragraphs
from dingcomposer.ui.preview.richtext.paragraphs import Gap, Paragraph, Shape, TextRun
from dingcomposer.ui.widgets.plain_text import has_endless_word

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


@dataclass(frozen=True, slots=True)
class Body:
    """The source of a body. `names` are pairs of a number or user id and the member's name."""

    text: str = ""
    is_markdown: bool = False
    is_for_pc: bool = True
    mentions: Mentions = Mentions()
    names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rendering:
    """The paragraphs of a body, and for each of them its line in the source, from 0 on.

    Inside a list, a quote or a fence the line is exact where each line made one paragraph.
    `has_endless_word` holds for the source, and decides how lines are broken.
    """

    paragraphs: tuple[Paragraph, ...] = ()
    lines: tuple[int, ...] = ()
    has_endless_word: bool = False


def render(body: Body) -> Rendering:
    """The paragraphs of a body. Any thread; takes milliseconds for what a message can hold."""
    people = {*body.mentions.mobiles, *body.mentions.user_ids}
    names = tuple((key, name) for key, name in body.names if key in people and name)
    if not body.is_markdown:
        found = paragraphs.from_text(body.text, body.mentions, dict(names))
        return Rendering(found, tuple(range(len(found))), has_endless_word(body.text))
    made: list[Paragraph] = []
    lines: list[int] = []
    for block in dialect.to_blocks(body.text, for_pc=body.is_for_pc):
        is_after_code = bool(made) and made[-1].shape is Shape.CODE
        gap = Gap.AFTER_CODE if is_after_code else Gap.BLOCK if made else Gap.NONE
        parts = _of_block(
            _Source(block.source, block.element), names, gap, is_for_pc=body.is_for_pc
        )
        made += parts
        lines += _lines(parts, block)
    return Rendering(tuple(made), tuple(lines), has_endless_word(body.text))


@dataclass(frozen=True, slots=True)
class _Source:
    """What a block is known by: the words in its lines, from which its element follows."""

    words: str
    element: "Element" = field(compare=False)


@lru_cache(maxsize=2048)
def _of_block(
    source: _Source, names: tuple[tuple[str, str], ...], gap: Gap, *, is_for_pc: bool
) -> tuple[Paragraph, ...]:
    # Most blocks are those of the key before, and the same objects compare at once.
    found = element_reading.from_element(source.element, dict(names), above=gap)
    return tuple(_without_indent(one) for one in found) if is_for_pc else found


def _without_indent(paragraph: Paragraph) -> Paragraph:
    """On PC a fence's lines lose their indentation [M]."""
    if paragraph.shape is not Shape.CODE or not paragraph.pieces:
        return paragraph
    pieces = tuple(
        replace(piece, text=piece.text.lstrip(" ")) if isinstance(piece, TextRun) else piece
        for piece in paragraph.pieces
    )
    return replace(paragraph, pieces=pieces)


def _lines(parts: tuple[Paragraph, ...], block: dialect.Block) -> list[int]:
    is_fence = all(one.shape is Shape.CODE for one in parts) and len(parts) < block.line_count
    first, most = (1 if is_fence else 0), block.line_count - 1
    return [block.first_line + min(first + at, most) for at in range(len(parts))]
