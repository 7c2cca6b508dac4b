"""The elements of `core.dialect` read as paragraphs. Pure, as they are."""

from collections.abc import Mapping
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from dingcomposer.core.dialect.html import REFUSED
from dingcomposer.core.plain_text import drawable
from dingcomposer.core.records import dataclass, lazy_pattern
from dingcomposer.ui.preview.richtext.paragraphs import (
    BULLETS,
    Gap,
    Inside,
    Paragraph,
    Picture,
    Piece,
    Shape,
    Table,
    TextRun,
    mention_pattern,
)

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def from_element(
    element: "Element", names: Mapping[str, str] | None = None, *, above: Gap = Gap.NONE
) -> tuple[Paragraph, ...]:
    """The paragraphs of a block in the tags of `core.dialect`; other tags are passed over.

    `names` replaces "@number" by "@name"; markdown gives such a mention no colour. `above` is the
    room above the first paragraph.
    """
    reader = _ElementReader(names or {}, above)
    reader.read(element)
    return reader.finish()


# Ten thousand appearances in one line would hold the window for half a second a key; nobody writes
# so many, but a key may be held down. Such a line is drawn plain.
_MOST_PIECES = 400
_VOID = frozenset(("br", "hr", "img"))
_SPACES = lazy_pattern(r"[ \t\r\n\u2028\u2029]+")


@dataclass(slots=True)
class _List:
    is_numbered: bool
    number: int


class _TableReader:
    """Puts together a table's HTML, without pictures, and its words beside it."""

    def __init__(self) -> None:
        self._html: list[str] = ["<table>"]
        self._text: list[str] = []

    def start(self, tag: str, values: Mapping[str, str]) -> None:
        if tag == "img":
            self.add(values.get("alt", ""))
            return
        if tag in ("td", "th") and self._text and not self._text[-1].endswith("\n"):
            self._text.append("\t")
        attributes = "".join(
            f' {name}="{escape(drawable(value))}"'
            for name, value in values.items()
            if name in ("href", "color", "align")
        )
        self._html.append(f"<{tag}{attributes}>")

    def end(self, tag: str) -> None:
        if tag == "tr":
            self._text.append("\n")
        self._html.append(f"</{tag}>")

    def add(self, data: str) -> None:
        words = _SPACES.sub(" ", drawable(data))
        self._html.append(escape(words, quote=False))
        self._text.append(words)

    def finish(self) -> Table:
        return Table("".join((*self._html, "</table>")), "".join(self._text).rstrip("\n"))


class _ElementReader:
    """Collects paragraphs from elements and their text, in the order of the document."""

    def __init__(self, names: Mapping[str, str], above: Gap) -> None:
        self._names = names
        self._above = above
        self._pattern = mention_pattern(tuple(names))
        self._found: list[Paragraph] = []
        self._pieces: list[Piece] = []
        self._table: _TableReader | None = None
        self._styles: list[tuple[str, TextRun]] = [("", TextRun(""))]
        self._inside: list[Inside] = []
        self._lists: list[_List] = []
        self._shared = 0
        self._level = 0
        self._marker = ""
        self._gap = Gap.BLOCK
        self._is_code = False
        self._is_broken = False

    def read(self, element: "Element") -> None:
        self._start(element.tag, element.attrib)
        if element.text:
            self._add_text(element.text)
        for child in element:
            self.read(child)
            if child.tail:
                self._add_text(child.tail)
        if element.tag not in _VOID:
            self._end(element.tag)

    def finish(self) -> tuple[Paragraph, ...]:
        self._end_block()
        return tuple(self._found)

    def _start(self, tag: str, values: Mapping[str, str]) -> None:
        if self._table is not None:
            self._table.start(tag, values)
            return
        style = self._styles[-1][1]
        match tag:
            case "strong" | "b":
                self._styles.append((tag, replace(style, is_bold=True)))
            case "em" | "i":
                self._styles.append((tag, replace(style, is_italic=True)))
            case "u":
                self._styles.append((tag, replace(style, is_underlined=True)))
            case "s" | "del":
                self._styles.append((tag, replace(style, is_struck=True)))
            case "sub" | "sup":
                self._styles.append((tag, replace(style, rise=1 if tag == "sup" else -1)))
            case "code" if not self._is_code:
                self._styles.append((tag, replace(style, is_code=True)))
            case "font":
                colour = values.get("color", style.colour)
                self._styles.append((tag, replace(style, colour=colour)))
            case "a":
                self._styles.append((tag, replace(style, href=drawable(values.get("href", "")))))
            case "img":
                source = drawable(values.get("src") or values.get(REFUSED, ""))
                alt = drawable(values.get("alt", ""))
                self._pieces.append(Picture(source, alt, style.href))
            case "br":
                self._end_line()
                self._is_broken = True
            case _:
                self._start_block(tag, values)

    def _end(self, tag: str) -> None:
        if self._table is not None:
            if tag == "table":
                self._append(Paragraph((self._table.finish(),)))
                self._table = None
            else:
                self._table.end(tag)
            return
        if any(name == tag for name, _ in self._styles[1:]):
            while self._styles.pop()[0] != tag:
                pass
            return
        match tag:
            case "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                self._end_block()
            case "pre":
                self._end_code()
            case "li":
                self._end_item()
                self._gap = Gap.ITEM
            case "blockquote":
                self._leave(Inside.QUOTE)
            case "ul" | "ol":
                self._leave(Inside.LIST)
                if self._lists:
                    self._lists.pop()
                self._gap = Gap.ITEM if self._lists else Gap.BLOCK
            case _:
                pass

    def _add_text(self, data: str) -> None:
        if self._table is not None:
            self._table.add(data)
            return
        if self._is_code:
            self._pieces.append(TextRun(drawable(data), is_code=True))
            return
        text = _SPACES.sub(" ", drawable(data))
        if not self._pieces:
            text = text.lstrip(" ")
        if not text:
            return
        if self._pattern:
            text = self._pattern.sub(lambda hit: "@" + self._names[hit[0][1:]], text)
        self._add(replace(self._styles[-1][1], text=text))

    def _add(self, run: TextRun) -> None:
        last = self._pieces[-1] if self._pieces else None
        if isinstance(last, TextRun):
            if last.text.endswith(" ") and run.text.startswith(" "):
                run = replace(run, text=run.text.lstrip(" "))
            if replace(last, text=run.text) == run:
                self._pieces[-1] = replace(last, text=last.text + run.text)
                return
        if run.text:
            self._pieces.append(run)

    def _start_block(self, tag: str, values: Mapping[str, str]) -> None:
        match tag:
            case "p":
                self._end_block()
            case "table":
                self._end_block()
                self._table = _TableReader()
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                self._end_block()
                self._level = int(tag[1])
            case "hr":
                self._end_block()
                self._append(Paragraph(shape=Shape.RULE))
            case "pre":
                self._end_block()
                self._is_code = True
            case "blockquote":
                self._end_block()
                self._inside.append(Inside.QUOTE)
            case "ul" | "ol":
                self._end_block()
                start = values.get("start", "1")
                self._gap = Gap.ITEM if self._lists else Gap.BLOCK
                self._inside.append(Inside.LIST)
                self._lists.append(_List(tag == "ol", int(start) if start.isdecimal() else 1))
            case "li":
                self._end_item()
                self._marker = self._next_marker()
            case _:
                pass

    def _next_marker(self) -> str:
        if not self._lists:
            return BULLETS[0]
        innermost = self._lists[-1]
        if not innermost.is_numbered:
            depth = sum(not one.is_numbered for one in self._lists)
            return BULLETS[min(depth, len(BULLETS)) - 1]
        innermost.number += 1
        return f"{innermost.number - 1}."

    def _leave(self, what: Inside) -> None:
        self._end_block()
        if what in self._inside:
            while self._inside.pop() is not what:
                pass
        self._shared = min(self._shared, len(self._inside))

    def _end_line(self) -> None:
        if self._pieces and isinstance(last := self._pieces[-1], TextRun):
            self._pieces[-1] = replace(last, text=last.text.rstrip(" "))
        pieces = tuple(one for one in self._pieces if not isinstance(one, TextRun) or one.text)
        self._pieces = []
        if len(pieces) > _MOST_PIECES:
            words = "".join(one.alt if isinstance(one, Picture) else one.text for one in pieces)
            pieces = (TextRun(words),)
        shape = Shape.HEADING if self._level else Shape.PLAIN
        self._append(Paragraph(pieces, shape=shape, level=self._level))

    def _end_block(self) -> None:
        if any(not isinstance(one, TextRun) or one.text.strip(" ") for one in self._pieces):
            self._end_line()
        self._pieces = []
        self._is_broken = False
        self._level = 0

    def _end_item(self) -> None:
        self._end_block()
        if self._marker:
            self._append(Paragraph())

    def _end_code(self) -> None:
        text = "".join(piece.text for piece in self._pieces if isinstance(piece, TextRun))
        self._pieces = []
        self._is_code = False
        for at, line in enumerate(text.removesuffix("\n").split("\n")):
            pieces = (TextRun(line.replace("\t", "    "), is_code=True),) if line else ()
            self._is_broken = at > 0
            self._append(Paragraph(pieces, shape=Shape.CODE))
        self._is_broken = False
        self._gap = Gap.AFTER_CODE

    def _append(self, made: Paragraph) -> None:
        gap = Gap.NONE if self._is_broken else self._gap if self._found else self._above
        shared = self._shared if self._found else 0
        self._found.append(
            replace(
                made,
                gap=gap,
                marker=self._marker,
                inside=tuple(self._inside),
                shared=min(shared, len(self._inside)),
            )
        )
        self._marker = ""
        self._shared = len(self._inside)
        self._gap = Gap.BLOCK
