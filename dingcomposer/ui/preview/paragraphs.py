"""A message's body as paragraphs: frozen values between the HTML of `core.dialect` and the page.

Pure, so that a worker thread may make them. One paragraph is one block of the page; a line break,
a line of code and a list item each start a new one, so that an edit touches few of them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from html.parser import HTMLParser

from dingcomposer.core.messages import Mentions

BULLETS = ("•", "◦", "▪")  # by depth; deeper ones are like the last


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
class Run:
    """Some words in one appearance. `colour` is as written, and may be no colour at all."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    is_code: bool = False
    is_mention: bool = False
    colour: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the line. `source` is an address or a media id, as written."""

    source: str
    alt: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block of the page.

    `inside` goes from the outermost to the innermost; its first `shared` are the very ones that
    the paragraph above stands in too, so that a quote's bar goes on between them. `level` is a
    heading's, `marker` what stands before a list item.
    """

    pieces: tuple[Run | Picture, ...] = ()
    shape: Shape = Shape.PLAIN
    gap: Gap = Gap.BLOCK
    level: int = 0
    marker: str = ""
    inside: tuple[Inside, ...] = ()
    shared: int = 0


def from_html(
    html: str, names: Mapping[str, str] | None = None, *, above: Gap = Gap.NONE
) -> tuple[Paragraph, ...]:
    """The paragraphs of a fragment in the tags of `core.dialect`; other tags are passed over.

    `names` replaces "@number" by "@name"; markdown gives such a mention no colour. `above` is the
    room above the first paragraph.
    """
    reader = _Reader(names or {}, above)
    reader.feed(html)
    reader.close()
    return reader.finish()


def from_text(
    text: str, mentions: Mentions = Mentions(), names: Mapping[str, str] | None = None
) -> tuple[Paragraph, ...]:
    """The paragraphs of plain text, one a line; who is mentioned is marked, by name if known."""
    people = (*mentions.mobiles, *mentions.user_ids)
    pattern = _mention_pattern(people)
    known = names or {}
    found: list[Paragraph] = []
    for line in re.split(r"\r\n|[\r\n\u2028\u2029]", clean(text)):
        parts = pattern.split(line) if pattern else (line,)  # every second one is a mention
        pieces = tuple(
            Run(f"@{known.get(part[1:], part[1:])}", is_mention=True) if at % 2 else Run(part)
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
                "".join(p.text if isinstance(p, Run) else p.alt for p in one.pieces),
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
    if others and isinstance(others[0], Run):
        others[0] = replace(others[0], text=others[0].text.lstrip(" "))
    rest = paragraphs[1:]
    if any(isinstance(piece, Picture) or piece.text.strip() for piece in others):
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


def clean(text: str) -> str:
    """Text that a page can hold: what cannot be shown, or means a frame to Qt, becomes U+FFFD."""
    return _UNSHOWABLE.sub("\ufffd", text)


_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffc\ud800-\udfff]")
_SPACES = re.compile(r"[ \t\r\n\u2028\u2029]+")


def _mention_pattern(people: tuple[str, ...]) -> re.Pattern[str] | None:
    known = sorted({one for one in people if one}, key=len, reverse=True)
    return re.compile("(@(?:" + "|".join(map(re.escape, known)) + "))") if known else None


@dataclass(slots=True)
class _List:
    is_numbered: bool
    number: int


class _Reader(HTMLParser):
    """Collects paragraphs from start tags, end tags and text."""

    def __init__(self, names: Mapping[str, str], above: Gap) -> None:
        super().__init__(convert_charrefs=True)
        self._names = names
        self._above = above
        self._pattern = _mention_pattern(tuple(names))
        self._found: list[Paragraph] = []
        self._pieces: list[Run | Picture] = []
        self._styles: list[tuple[str, Run]] = [("", Run(""))]
        self._inside: list[Inside] = []
        self._lists: list[_List] = []
        self._shared = 0
        self._level = 0
        self._marker = ""
        self._gap = Gap.BLOCK
        self._is_code = False
        self._is_broken = False

    def finish(self) -> tuple[Paragraph, ...]:
        self._end_block()
        return tuple(self._found)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        style = self._styles[-1][1]
        match tag:
            case "strong" | "b":
                self._styles.append((tag, replace(style, is_bold=True)))
            case "em" | "i":
                self._styles.append((tag, replace(style, is_italic=True)))
            case "code" if not self._is_code:
                self._styles.append((tag, replace(style, is_code=True)))
            case "font":
                colour = values.get("color", style.colour)
                self._styles.append((tag, replace(style, colour=colour)))
            case "a":
                self._styles.append((tag, replace(style, href=clean(values.get("href", "")))))
            case "img":
                source, alt = clean(values.get("src", "")), clean(values.get("alt", ""))
                self._pieces.append(Picture(source, alt, style.href))
            case "br":
                self._end_line()
                self._is_broken = True
            case _:
                self._start_block(tag, values)

    def handle_endtag(self, tag: str) -> None:
        if any(name == tag for name, _ in self._styles[1:]):
            while self._styles.pop()[0] != tag:
                pass
            return
        match tag:
            case "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "tr":
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

    def handle_data(self, data: str) -> None:
        if self._is_code:
            self._pieces.append(Run(clean(data), is_code=True))
            return
        text = _SPACES.sub(" ", clean(data))
        if not self._pieces:
            text = text.lstrip(" ")
        if not text:
            return
        if self._pattern:
            text = self._pattern.sub(lambda hit: "@" + self._names[hit[0][1:]], text)
        self._add(replace(self._styles[-1][1], text=text))

    def _add(self, run: Run) -> None:
        last = self._pieces[-1] if self._pieces else None
        if isinstance(last, Run):
            if last.text.endswith(" ") and run.text.startswith(" "):
                run = replace(run, text=run.text.lstrip(" "))
            if replace(last, text=run.text) == run:
                self._pieces[-1] = replace(last, text=last.text + run.text)
                return
        if run.text:
            self._pieces.append(run)

    def _start_block(self, tag: str, values: dict[str, str]) -> None:
        match tag:
            case "p" | "tr":
                self._end_block()
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
            case "td" | "th":
                if self._pieces:
                    self._add(Run("\u2003"))
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
        if self._pieces and isinstance(last := self._pieces[-1], Run):
            self._pieces[-1] = replace(last, text=last.text.rstrip(" "))
        pieces = tuple(one for one in self._pieces if isinstance(one, Picture) or one.text)
        self._pieces = []
        shape = Shape.HEADING if self._level else Shape.PLAIN
        self._append(Paragraph(pieces, shape=shape, level=self._level))

    def _end_block(self) -> None:
        if any(isinstance(one, Picture) or one.text.strip(" ") for one in self._pieces):
            self._end_line()
        self._pieces = []
        self._is_broken = False
        self._level = 0

    def _end_item(self) -> None:
        self._end_block()
        if self._marker:
            self._append(Paragraph())

    def _end_code(self) -> None:
        text = "".join(piece.text for piece in self._pieces if isinstance(piece, Run))
        self._pieces = []
        self._is_code = False
        for at, line in enumerate(text.removesuffix("\n").split("\n")):
            pieces = (Run(line.replace("\t", "    "), is_code=True),) if line else ()
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
