"""What is the matter with a block's text: tags, colours, stars, addresses, signs that do not work.

The text is read as phones do: tags are shown as they were written.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from dingcomposer.core.addresses import link_findings, picture_findings, scheme_of
from dingcomposer.core.browser_links import from_browser_link
from dingcomposer.core.dialect import inlines, tags
from dingcomposer.core.dialect.delimiters import flanks
from dingcomposer.core.dialect.inlines import Piece, PieceKind
from dingcomposer.core.lint import Lint, LintCode, Span

REMEMBERED: Final = 2048
"""How many texts are kept with what was found in them: more than a message has lines."""

REMEMBERED_LENGTH: Final = 1000
"""The longest text, in characters, that is kept so."""

_UNNAMED: Final = frozenset(("text", "link text", "文字", "链接文字"))
_EMPHASIS: Final = ("em", "strong")
_WORDS: Final = (
    (re.compile(r"~~[^~\n]++~~"), LintCode.STRIKETHROUGH),
    (re.compile(r"\[\^[^\s\[\]]{1,40}\]"), LintCode.FOOTNOTE),
    (
        re.compile(r"(?<![A-Za-z0-9:/]):[a-z][a-z0-9_+-]{1,30}:(?![A-Za-z0-9:/])"),
        LintCode.EMOJI_CODE,
    ),
)
_PAIR: Final = re.compile(r"<([a-z][a-z0-9]{0,15})(?:\s[^<>\n]{0,200})?>[^<]*+</\1>", re.IGNORECASE)
# A tag without its end. Other names may be a type's or what is to be filled in: `<a>`, `<link>`.
_SINGLE: Final = re.compile(
    r"<(?:br|hr|img)\b(?:\s[^<>\n]{0,300})?/?>|(?<!\w)</?(?:div|span|table|tr|td|th|ul|ol|li)\s*>"
    r"|<(?:font|div|span|a|p|table|td|h[1-6])\s+[a-z-]{1,20}\s*=[^<>\n]{0,300}>",
    re.IGNORECASE,
)
_LINE_END: Final = re.compile("\n")
_STARS: Final = re.compile(r"\*++")
_DUNDER: Final = re.compile(r"__[0-9a-z]++(?:_[0-9a-z]++)*+__")
# An address in parentheses whose space keeps it from being one: what stands before a title.
_SPACED: Final = re.compile(
    r"(!\[[^\[\]\n\0]*+)?+\]\([ \t]*+"
    r"((?:[^()\s\0]++|[ \t]++(?![\"')])|\([^()\n\0]*+\))++)"
    r"[ \t]*+(?:\"[^\"\n\0]*+\"|'[^'\n\0]*+')?+[ \t]*+\)"
)
_CREDENTIALS: Final = re.compile(
    r"https?://[^\s/@:<>()\0]{1,80}:[^\s/@<>()\0]{1,80}@([^\s/@:<>()\0]{1,40})"
)
_COMMENT: Final = re.compile(r"!--|!\[CDATA\[|!|\?")
_HTML_TAGS: Final = frozenset(
    (
        *("a", "abbr", "audio", "b", "big", "blockquote", "body", "button", "center", "code"),
        *("dd", "del", "details", "div", "dl", "dt", "em", "form", "h1", "h2", "h3", "h4", "h5"),
        *("h6", "head", "hr", "html", "i", "iframe", "img", "input", "ins", "kbd", "li", "link"),
        *("mark", "meta", "ol", "p", "pre", "q", "s", "samp", "script", "section", "small", "span"),
        *("strike", "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td"),
        *("tfoot", "th", "thead", "tr", "u", "ul", "var", "video"),
    )
)


@dataclass(frozen=True, slots=True)
class Inlines:
    """What a text was found to hold; lines and characters are those of the text."""

    lints: tuple[Lint, ...]
    soft_breaks: tuple[int, ...]  # the lines whose newline is drawn as a space
    shown: tuple[str, ...]  # the lines, with NULs in the place of all that is no plain text
    web_links: tuple[Span, ...]
    pictures: int


def read(text: str) -> Inlines:
    """What there is to say about a block's text. Most texts are those of the key before."""
    return _remembered(text) if len(text) <= REMEMBERED_LENGTH else _read(text)


def holds_html(code: str) -> bool:
    """Whether HTML stands in code: an element from its tag to its end, or a tag by itself."""
    if "<" not in code:
        return False
    names = (found[1].lower() for found in _PAIR.finditer(code))
    return _SINGLE.search(code) is not None or any(
        name in _HTML_TAGS or name == "font" for name in names
    )


def forget() -> None:
    """Drop everything that is kept of texts read before."""
    _remembered.cache_clear()


@lru_cache(maxsize=REMEMBERED)
def _remembered(text: str) -> Inlines:
    return _read(text)


# A find is a code, from where to where it reaches in the text, and a word.
_Find = tuple[LintCode, int, int, str]
_Stars = tuple[int, int]  # a run of them: from where to where


def _read(text: str) -> Inlines:
    row = inlines.parse(text)
    shown = _shown(text, row)
    ends = [found.start() for found in _LINE_END.finditer(text)]

    def place(at: int) -> tuple[int, int]:
        line = bisect_left(ends, at)
        return line, at - (ends[line - 1] + 1 if line else 0)

    finds: set[_Find] = {
        *_in_pieces(text, row),
        *_in_fonts(text, row),
        *_in_emphasis(text, row),
        *_in_stars(text, row, ends),
        *_in_words(shown),
    }
    breaks = [
        bisect_left(ends, piece.at)
        for piece in row
        if piece.kind is PieceKind.TEXT and piece.text == "\n" and text[piece.at] == "\n"
    ]
    links = [
        Span(*place(piece.written[0]), place(piece.written[1])[1])
        for piece in row
        if _is_web_link(text, piece)
    ]
    return Inlines(
        tuple(
            Lint(place(start)[0], code, place(start)[1], *place(end), word)
            for code, start, end, word in sorted(finds)
        ),
        tuple(breaks),
        tuple(shown.split("\n")),
        tuple(links),
        sum(piece.kind is PieceKind.PICTURE for piece in row),
    )


def _shown(text: str, row: list[Piece]) -> str:
    """`text` with a NUL in the place of all that is no plain text: code, tags, addresses."""
    parts: list[str] = []
    position = 0
    for piece in row:
        at = piece.at
        if piece.kind is PieceKind.TEXT and text.startswith(piece.text, at):
            if at > position:
                parts.append(_hidden(text[position:at]))
            parts.append(piece.text)
            position = at + len(piece.text)
    parts.append(_hidden(text[position:]))
    return "".join(parts)


def _hidden(text: str) -> str:
    return "\n".join("\0" * len(line) for line in text.split("\n"))


def _is_web_link(text: str, piece: Piece) -> bool:
    is_link = piece.kind is PieceKind.OPEN and piece.text == "a" and text[piece.at] == "["
    return is_link and scheme_of(piece.address) in ("http", "https")


def _in_pieces(text: str, row: list[Piece]) -> Iterator[_Find]:
    for piece in row:
        match piece.kind:
            case PieceKind.TAG:
                yield _tag(piece)
            case PieceKind.LOST_LINK:
                found = link_findings(piece.address)
                scheme = scheme_of(piece.address.strip()) or piece.address.strip()[:40]
                yield from _leading(found or [(LintCode.URL_UNKNOWN_SCHEME, scheme)], piece)
            case PieceKind.PICTURE if not piece.address:
                word = f"![{piece.text}]()".replace("\n", " ")[:40]
                yield (LintCode.PICTURE_UNREACHABLE, *piece.written, word)
            case PieceKind.PICTURE:
                yield from _leading(picture_findings(piece.address), piece)
            case PieceKind.CODE if holds_html(piece.text):
                yield (LintCode.HTML_IN_CODE, piece.at, piece.at + len(piece.text), "")
            case PieceKind.OPEN if piece.text == "a":
                yield from _leading(link_findings(_plain(piece.address)), piece)
                yield from _unnamed(text, piece)
            case _:
                pass


def _plain(address: str) -> str:
    """Where a link leads, whether or not it is told to open in the browser."""
    return from_browser_link(address) or address


def _unnamed(text: str, piece: Piece) -> Iterator[_Find]:
    """A link whose words nobody wrote."""
    words = text[piece.at + 1 : piece.written[0]].rpartition("](")[0]
    if words.strip().lower() in _UNNAMED:
        yield LintCode.URL_UNNAMED, piece.at + 1, piece.at + 1 + len(words), words.strip()


def _leading(found: list[tuple[LintCode, str]], piece: Piece) -> Iterator[_Find]:
    return ((code, *piece.written, word) for code, word in found)


def _tag(piece: Piece) -> _Find:
    start, end = piece.at, piece.at + len(piece.text)
    tag = tags.match_tag(piece.text, 0)
    if tag is None:
        comment = _COMMENT.match(piece.text, 1)
        return LintCode.HTML_TAG, start, end, comment[0] if comment else "!"
    name = tag[0].removeprefix("/")
    if name == "br":
        return LintCode.BR_TAG, start, end, ""
    if name in _HTML_TAGS:
        return LintCode.HTML_TAG, start, end, name
    return LintCode.ANGLE_SWALLOWED, start, end, piece.text[:40].replace("\n", " ")


def _in_fonts(text: str, row: list[Piece]) -> Iterator[_Find]:
    """Colours; every `<font>` without its end, and every end without its `<font>`."""
    waiting: list[tuple[int, int]] = []
    for piece in row:
        if piece.text != "font" or piece.kind not in (PieceKind.OPEN, PieceKind.CLOSE):
            continue
        tag = tags.match_tag(text, piece.at)
        span = (piece.at, tag[1] if tag else piece.at)
        if piece.kind is PieceKind.OPEN:
            waiting.append(span)
            source = text[slice(*span)]
            if piece.colour is None and not tags.is_colour_named(source):
                yield (LintCode.UNKNOWN_COLOUR, *span, "")
            if tags.is_colour_named(source):
                yield (LintCode.COLOUR_NAMED, *span, "")
            if tags.is_colour_quoted(source):
                yield (LintCode.FONT_QUOTED, *span, "")
        elif waiting:
            waiting.pop()
        else:
            yield (LintCode.UNCLOSED_FONT, *span, "")
    for span in waiting:
        yield (LintCode.UNCLOSED_FONT, *span, "")


def _in_emphasis(text: str, row: list[Piece]) -> Iterator[_Find]:
    """Stars and underscores that vanish though data was meant."""
    waiting: list[int] = []
    pairs: set[tuple[int, int]] = set()  # a thousand stars around a word are one pair
    for piece in row:
        if piece.text in _EMPHASIS and piece.kind is PieceKind.OPEN:
            waiting.append(piece.at)
        elif piece.text in _EMPHASIS and piece.kind is PieceKind.CLOSE:
            pairs.add((waiting.pop(), piece.at))
    for first, second in pairs:
        if text[first] == "_":
            yield from _dunder(text, first, second + 2)
            continue
        runs = _run(text, first), _run(text, second)
        if all(_is_inside_word(text, *run) for run in runs):
            for run in runs:
                yield (LintCode.STARS_SWALLOWED, *run, "")


def _dunder(text: str, start: int, end: int) -> Iterator[_Find]:
    # Beside a dot, a slash or a bracket it is a name, and hardly meant to be bold.
    is_name = text[end : end + 1] in (*"./(",) or (start > 0 and text[start - 1] in "./")
    if is_name and _DUNDER.fullmatch(text, start, end):
        yield LintCode.UNDERSCORES_SWALLOWED, start, end, text[start:end][:40]


def _in_stars(text: str, row: list[Piece], ends: list[int]) -> Iterator[_Find]:
    """Stars that stay visible, or turn the wrong words bold, since punctuation stands beside them.

    A pair is what a writer may have meant as one: the next two as long on one line, or the next
    two that stay visible. A space outside makes them bold.
    """
    starts = {
        piece.at
        for piece in row
        if text.startswith("**", piece.at)
        and (piece.text in _EMPHASIS or (piece.kind is PieceKind.TEXT and piece.text[:1] == "*"))
    }
    if not starts:
        return
    runs = sorted(_run(text, start) for start in starts)
    by_line: dict[tuple[int, int], list[_Stars]] = {}  # and by length
    for run in runs:
        by_line.setdefault((bisect_left(ends, run[0]), run[1] - run[0]), []).append(run)
    pairs = [
        pair for alike in by_line.values() for pair in zip(alike[::2], alike[1::2], strict=False)
    ]
    visible = {piece.at for piece in row if piece.kind is PieceKind.TEXT and piece.text[:2] == "**"}
    pairs += _visible_pairs(text, [run for run in runs if run[0] in visible])
    for first, second in pairs:
        if _is_spaced(text, first[1], second[0]) or (
            _is_inside_word(text, *first) and _is_inside_word(text, *second)
        ):
            continue
        if not flanks(text, *first)[0]:
            yield LintCode.STARS_SHOWN, first[0], first[0], ""
        if not flanks(text, *second)[1]:
            yield LintCode.STARS_SHOWN, second[1], second[1], ""


def _visible_pairs(text: str, runs: list[_Stars]) -> Iterator[tuple[_Stars, _Stars]]:
    is_taken = False
    for first, second in pairwise(runs):
        if is_taken or _is_spaced(text, first[1], second[0]):
            is_taken = False
            continue
        is_taken = True
        yield first, second


def _run(text: str, start: int) -> _Stars:
    found = _STARS.match(text, start)
    return (start, found.end()) if found else (start, start)


def _is_inside_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return (before + after).isascii() and before.isalnum() and after.isalnum()


def _is_spaced(text: str, start: int, end: int) -> bool:
    """True where the words between two runs of stars are hardly meant to be bold."""
    return end <= start or text[start].isspace() or text[end - 1].isspace()


def _in_words(shown: str) -> Iterator[_Find]:
    for pattern, code in _WORDS:
        for found in pattern.finditer(shown):
            word = found[0] if code is LintCode.EMOJI_CODE else ""
            yield code, *found.span(), word
    for found in _SPACED.finditer(shown):
        address = found[2].strip(" \t")
        if " " not in address and "\t" not in address:
            continue
        start = found.start(2)
        findings_of = picture_findings if found[1] else link_findings
        for code, word in findings_of(address):
            yield code, start, start + len(address), word
    for found in _CREDENTIALS.finditer(shown):
        yield LintCode.URL_CREDENTIALS, *found.span(), found[1]
