"""Formatting of a text: DingTalk's markdown put around a selection, or taken off it.

Pure functions of a `Selection`, counted in code points. DingTalk's dialect decides: marks never
reach over a line's end, never hold a space at their edge, and a font's colour stands without
quotes, since phones draw no other (claimed by users, not documented).
"""

import re
from collections.abc import Callable

from dingcomposer.core.records import dataclass, lazy_pattern
from dingcomposer.core.redaction import mask_by_looks

_HEADING = lazy_pattern(r"^ {0,3}#{1,6}(?:\s+|$)")
_QUOTE = lazy_pattern(r"^ {0,3}> ?")
_BULLET = lazy_pattern(r"^(\s*)[-*+] +")
_NUMBER = lazy_pattern(r"^(\s*)\d{1,9}[.)] +")
_FONT = lazy_pattern(r"<font color=[^>]*>(.*?)</font>", re.IGNORECASE | re.DOTALL)
_ADDRESS = lazy_pattern(r"^(?:[a-z][a-z0-9+.-]*://[^\s/]|@lA)\S*$", re.IGNORECASE)
_PICTURE = lazy_pattern(
    r"@lA\S+$|https?://[^\s?#]+\.(?:png|jpe?g|gif|webp|bmp)(?:[?#]\S*)?$", re.IGNORECASE
)
_ADDRESS_BEGINS = ("](", "](<", "<", "=", '"', "'")
_CLOSING = "：，。！？；、）】》」』”’…,.!?:;"
_OPENING = "（【《「『“‘"
_BRACKET = lazy_pattern(r"(?<!\\)[\[\]]")
_PARENTHESIS = lazy_pattern(r"[()]")


@dataclass(frozen=True, slots=True)
class Selection:
    """A text and what of it is selected; `start == end` is a caret."""

    text: str
    start: int
    end: int

    @property
    def chosen(self) -> str:
        """The selected part."""
        return self.text[self.start : self.end]


def bold(at: Selection) -> Selection:
    """Put `**` around the selection, or take it away."""
    return _mark(at, "**", lambda stars: stars >= 2)


def italic(at: Selection) -> Selection:
    """Put `*` around the selection, or take it away."""
    return _mark(at, "*", lambda stars: stars % 2 == 1)


def heading(at: Selection, level: int) -> Selection:
    """Make headings of the lines that the selection touches; level 0 makes plain lines."""
    mark = "#" * level + " " if level else ""
    return _on_lines(at, lambda lines: [mark + _HEADING.sub("", line) for line in lines])


def quote(at: Selection) -> Selection:
    """Quote the lines that the selection touches, or end the quote where all are quoted."""

    def change(lines: list[str]) -> list[str]:
        if all(_QUOTE.match(line) for line in lines):
            return [_QUOTE.sub("", line, count=1) for line in lines]
        return ["> " + line for line in lines]

    return _on_lines(at, change)


def bullets(at: Selection) -> Selection:
    """Make a bulleted list of the lines, or plain lines where they are one."""

    def change(lines: list[str]) -> list[str]:
        full = [line for line in lines if line.strip()]
        if full and all(_BULLET.match(line) for line in full):
            return [_BULLET.sub(r"\1", line) for line in lines]
        return [_item(line, "- ") if line.strip() or len(lines) == 1 else line for line in lines]

    return _on_lines(at, change)


def numbers(at: Selection) -> Selection:
    """Make a numbered list of the lines, counted from 1, or plain lines where they are one."""

    def change(lines: list[str]) -> list[str]:
        full = [line for line in lines if line.strip()]
        if full and all(_NUMBER.match(line) for line in full):
            return [_NUMBER.sub(r"\1", line) for line in lines]
        made, count = [], 0
        for line in lines:
            is_item = bool(line.strip()) or len(lines) == 1
            count += is_item
            made.append(_item(line, f"{count}. ") if is_item else line)
        return made

    return _on_lines(at, change)


def offered(at: Selection, clipboard: str) -> tuple[str, str]:
    """Words and address for a new link: what is selected, and what the clipboard has of these.

    A webhook that was copied to set up a robot is never offered: its token is a secret.
    """
    chosen = at.chosen.strip()
    if is_address(chosen):
        return "", chosen
    copied = clipboard.strip()
    is_offered = is_address(copied) and mask_by_looks(copied) == copied
    return " ".join(chosen.split()), copied if is_offered else ""


def is_address(text: str) -> bool:
    """True for an address that is more than its scheme, and for a media id."""
    return bool(_ADDRESS.match(text.strip()))


def pasted_address(at: Selection, pasted: str) -> Selection | None:
    """The link or the picture that a pasted address makes; None where it stays what it is.

    Over selected words it is where they lead; the address of a picture becomes the picture. In
    code, in an address, and over the words of a link it stays as it is, and so does a webhook.
    """
    address, chosen = pasted.strip(), at.chosen
    if not is_address(address) or mask_by_looks(address) != address:
        return None
    is_over_words = bool(chosen.strip()) and "\n" not in chosen and not is_address(chosen)
    if not is_over_words and (chosen or not _PICTURE.match(address)):
        return None
    if at.text[: at.start].endswith(_ADDRESS_BEGINS) or _is_apart(at):
        return None
    if not is_over_words:
        return picture(at, "", address)
    words = chosen.strip()
    start = at.start + chosen.index(words)
    return link(Selection(at.text, start, start + len(words)), words, address)


def _is_apart(at: Selection) -> bool:
    """True where a link would not be one: in code, in an address, in another link."""
    from dingcomposer.core.dialect.highlighting import SourceStyle, highlight, style_at

    lines = highlight(at.text)
    for place in (at.start, at.end):
        line = at.text.count("\n", 0, place)
        column = place - at.text.rfind("\n", 0, place) - 1
        if style_at(lines, line, column) & (
            SourceStyle.CODE | SourceStyle.ADDRESS | SourceStyle.LINK
        ):
            return True
    return False


def link(at: Selection, words: str, address: str) -> Selection:
    """A link in the selection's place, the caret behind it; without words the address says it."""
    return _target(at, "[", words or address, address)


def picture(at: Selection, words: str, address: str) -> Selection:
    """A picture, as `link` makes a link; it may have no words."""
    return _target(at, "![", words, address)


def rule(at: Selection) -> Selection:
    """A rule below the selection, between blank lines: right under text it would be a heading."""
    before, after = at.text[: at.end], at.text[at.end :]
    head = before.rstrip("\n")
    new = (head + "\n\n" if head else "") + "---\n\n"
    return Selection(new + after.lstrip("\n"), len(new), len(new))


def colour(at: Selection, name: str) -> Selection:
    """Colour the selection, "#RRGGBB"; "" takes the colour away."""
    start, end = _font_around(at) or (at.start, at.end)
    inside = _FONT.sub(r"\1", at.text[start:end])
    at = Selection(at.text[:start] + inside + at.text[end:], start, start + len(inside))
    return _around_lines(at, f"<font color={name}>", "</font>") if name else at


def insert(at: Selection, words: str) -> Selection:
    """Words in the selection's place, set apart by spaces from what stands around them."""
    before, after = at.text[: at.start], at.text[at.end :]
    gap = " " if before and not before[-1].isspace() else ""
    tail = "" if after[:1].isspace() else " "
    place = len(before + gap + words + tail)
    return Selection(before + gap + words + tail + after, place, place)


def _mark(at: Selection, mark: str, is_on: Callable[[int], bool]) -> Selection:
    start, end = _without_stars(at)
    stars = min(_run(at.text[:start][::-1]), _run(at.text[end:]))
    if stars and is_on(stars):
        size = len(mark)
        text = at.text[: start - size] + at.text[start:end] + at.text[end + size :]
        return Selection(text, start - size, end - size)
    return _around_lines(at, mark, mark)


def _without_stars(at: Selection) -> tuple[int, int]:
    """The selection without the marks that it may itself begin and end with."""
    both = min(_run(at.chosen), _run(at.chosen[::-1]))
    return (at.start + both, at.end - both) if 2 * both < len(at.chosen) else (at.start, at.end)


def _run(text: str) -> int:
    return len(text) - len(text.lstrip("*"))


def _around_lines(at: Selection, opening: str, closing: str) -> Selection:
    """Put marks around what is selected of each line, blank lines and edges left out."""
    if at.start == at.end:
        text = at.text[: at.start] + opening + closing + at.text[at.end :]
        return Selection(text, at.start + len(opening), at.start + len(opening))
    pieces = []
    place = at.start
    for line in at.chosen.split("\n"):
        start, end = _core(at.text, place, place + len(line))
        words = at.text[start:end]
        marked = opening + words + closing if words else ""
        pieces.append(at.text[place:start] + marked + at.text[end : place + len(line)])
        place += len(line) + 1
    made = "\n".join(pieces)
    inner_start, inner_end = at.start, at.start + len(made)
    if "\n" not in made and opening in made:  # one line: its words stay selected
        inner_start += made.index(opening) + len(opening)
        inner_end = at.start + made.rindex(closing)
    return Selection(at.text[: at.start] + made + at.text[at.end :], inner_start, inner_end)


def _core(text: str, start: int, end: int) -> tuple[int, int]:
    """What of a stretch can be marked.

    Spaces at the edges cannot; nor can Chinese punctuation beside a word, where CommonMark, and
    DingTalk with it, would show the stars.
    """
    while start < end and (
        text[start].isspace() or (text[start] in _OPENING and text[start - 1 : start].isalnum())
    ):
        start += 1
    while start < end and (
        text[end - 1].isspace() or (text[end - 1] in _CLOSING and text[end : end + 1].isalnum())
    ):
        end -= 1
    return start, end


def _on_lines(at: Selection, change: Callable[[list[str]], list[str]]) -> Selection:
    """Change the whole lines that a selection touches, and select them; a caret stays a caret."""
    start = at.text.rfind("\n", 0, at.start) + 1
    # A selection that ends right behind a line's end does not touch the next line.
    last = at.end - 1 if at.end > at.start and at.text[at.end - 1] == "\n" else at.end
    end = at.text.find("\n", last)
    end = len(at.text) if end < 0 else end
    made = "\n".join(change(at.text[start:end].split("\n")))
    text = at.text[:start] + made + at.text[end:]
    if at.start == at.end:
        place = max(start, at.start + len(made) - (end - start))
        return Selection(text, place, place)
    return Selection(text, start, start + len(made))


def _item(line: str, mark: str) -> str:
    bare = _NUMBER.sub(r"\1", _BULLET.sub(r"\1", line))
    words = bare.lstrip()
    return bare[: len(bare) - len(words)] + mark + words


def _target(at: Selection, opening: str, words: str, address: str) -> Selection:
    shown = _BRACKET.sub(r"\\\g<0>", " ".join(words.split()))
    made = f"{opening}{shown}]({_PARENTHESIS.sub(_percent, address.strip())})"
    place = at.start + len(made)
    return Selection(at.text[: at.start] + made + at.text[at.end :], place, place)


def _percent(found: re.Match[str]) -> str:
    return f"%{ord(found[0]):02X}"


def _font_around(at: Selection) -> tuple[int, int] | None:
    for found in _FONT.finditer(at.text):
        if found.start() <= at.start and at.end <= found.end():
            return found.span()
    return None
