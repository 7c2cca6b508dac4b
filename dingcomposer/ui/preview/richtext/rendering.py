"""What a card's body is made from, and the paragraphs it makes: strings in, frozen values out."""

from dataclasses import replace
from functools import lru_cache

from PySide6.QtCore import QObject, Signal

from dingcomposer.core import dialect
from dingcomposer.core.messages import Mentions
from dingcomposer.core.records import dataclass
from dingcomposer.services.background import Background, Done
from dingcomposer.ui.preview.richtext import html_reading, paragraphs
from dingcomposer.ui.preview.richtext.paragraphs import Gap, Paragraph, Shape, TextRun
from dingcomposer.ui.widgets.plain_text import has_endless_word


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
        parts = _of_block(block.html, names, gap, is_for_pc=body.is_for_pc)
        made += parts
        lines += _lines(parts, block)
    return Rendering(tuple(made), tuple(lines), has_endless_word(body.text))


@lru_cache(maxsize=2048)
def _of_block(
    html: str, names: tuple[tuple[str, str], ...], gap: Gap, *, is_for_pc: bool
) -> tuple[Paragraph, ...]:
    # Most blocks are those of the key before, and the same objects compare at once.
    found = html_reading.from_html(html, dict(names), above=gap)
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


@dataclass(frozen=True, slots=True)
class Conversion:
    """A body and its rendering; `asker` is whatever was given with the request."""

    asker: object
    body: Body
    rendering: Rendering


@dataclass(frozen=True, slots=True)
class Marking:
    """A text in markdown and its marks; `asker` is whatever was given with the request."""

    asker: object
    text: str
    marks: tuple[dialect.Mark, ...]


class Converter(QObject):
    """Converts in a `Background`, its own unless one is given. Main thread.

    Signals:
        converted(Conversion): a body is ready; what was overtaken while it waited gives none.
        marked(Marking): the marks of a text are known; what was overtaken gives none.
    """

    converted = Signal(object)
    marked = Signal(object)

    def __init__(self, parent: QObject | None = None, background: Background | None = None) -> None:
        super().__init__(parent)
        self._is_shared = background is not None
        self._background = background or Background(self)
        self._background.done.connect(self._on_done)

    def request(self, asker: object, body: Body) -> None:
        """Convert soon, instead of whatever the same asker still waits for."""
        self._background.request(asker, body, render)

    def request_marks(self, asker: object, text: str) -> None:
        """Find a text's marks soon, instead of whatever the same asker still waits for."""
        self._background.request(asker, text, dialect.marks)

    def forget(self, asker: object) -> None:
        """Drop what an asker waits for."""
        self._background.forget(asker)

    def close(self) -> None:
        """Convert nothing more. Never waits: a thread of its own ends with what it has in hand."""
        self._background.done.disconnect(self._on_done)
        if not self._is_shared:
            self._background.close()

    def _on_done(self, done: Done) -> None:
        match done.task:
            case Body():
                self.converted.emit(Conversion(done.asker, done.task, done.result))
            case str():
                self.marked.emit(Marking(done.asker, done.task, done.result))
