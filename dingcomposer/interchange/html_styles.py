"""How a piece of copied HTML looks: styles from tags, attributes, classes and style sheets.

Word, WPS and Excel put the looks into a style sheet and name it by class; documents in the browser
put them into each element. Only what DingTalk can show, or what is told because it cannot, is read.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from bs4 import BeautifulSoup, Tag


class Loss(StrEnum):
    """What was there and DingTalk cannot show; its words stay."""

    UNDERLINE = "underline"
    STRIKE = "strike"
    HIGHLIGHT = "highlight"
    SIZES = "sizes"
    RAISED = "raised"  # above or below the line
    PICTURES = "pictures"  # that have no address on the web
    LINKS = "links"  # into a file, a mail, or the document itself
    MERGED_CELLS = "merged_cells"
    MEDIA = "media"  # films, sounds, frames
    CODE = "code"  # phones show its source


@dataclass(frozen=True, slots=True)
class LetterStyle:
    """How a run of letters looks, as far as DingTalk can show it."""

    is_bold: bool = False
    is_italic: bool = False
    is_code: bool = False
    colour: str = ""  # "#RRGGBB"
    href: str = ""


PLAIN: Final = LetterStyle()
Css = dict[str, str]


class StyleSheet:
    """The rules of a document's style sheets for one element, class or both."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self._rules: dict[str, Css] = {}
        for sheet in soup.find_all("style"):
            for selectors, body in _RULE.findall(_COMMENT.sub("", sheet.get_text())):
                css = _declarations(body)
                for selector in selectors.split(","):
                    if _SELECTOR.fullmatch(selector.strip()):
                        self._rules.setdefault(selector.strip().lower(), {}).update(css)

    def css_of(self, element: Tag) -> Css:
        """What holds for an element by itself; what it has from its parents is not in it."""
        css: Css = {}
        names = _words(element.get("class"))
        for selector in (element.name, *(f".{one}" for one in names)):
            css.update(self._rules.get(selector.lower(), {}))
        for one in names:
            css.update(self._rules.get(f"{element.name}.{one}".lower(), {}))
        css.update(_declarations(str(element.get("style") or "")))
        return css


def look_within(look: LetterStyle, element: Tag, css: Css, losses: set[Loss]) -> LetterStyle:
    """How the letters in an element look; what cannot be shown goes into `losses`."""
    name = element.name
    if name in _BOLD or name == "th":
        look = replace(look, is_bold=True)
    elif name in _ITALIC:
        look = replace(look, is_italic=True)
    elif name in _CODE:
        look = replace(look, is_code=True)
    elif name == "a":
        look = _with_link(look, str(element.get("href") or "").strip(), losses)
    elif name in _LOST and not (name == "u" and _is_link(element)):
        losses.add(_LOST[name])
    weight, style = css.get("font-weight", ""), css.get("font-style", "")
    if weight:
        look = replace(look, is_bold=_is_bold(weight))
    if style:
        look = replace(look, is_italic=style in ("italic", "oblique"))
    colour = css.get("color") or (str(element.get("color") or "") if name == "font" else "")
    if colour and not look.href:
        look = replace(look, colour=_colour(colour))
    _note_css(css, losses, has_link=bool(look.href), is_inline=name in INLINE)
    return look


def _is_link(element: Tag) -> bool:
    """Whether all that is in it are links, which are underlined anyhow."""
    linked = "".join(one.get_text() for one in element.find_all("a"))
    return bool(linked) and linked.split() == element.get_text().split()


def is_hidden(css: Css) -> bool:
    """True for what its program does not show either."""
    return css.get("display") == "none" or css.get("mso-hide") == "all"


INLINE: Final = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn"),
        *("em", "font", "i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span"),
        *("strike", "strong", "sub", "sup", "time", "tt", "u", "var"),
    )
)
_BOLD: Final = frozenset(("b", "strong"))
_ITALIC: Final = frozenset(("i", "em", "dfn", "var", "cite"))
_CODE: Final = frozenset(("code", "kbd", "samp", "tt"))
_LOST: Final = {
    **dict.fromkeys(("u", "ins"), Loss.UNDERLINE),
    **dict.fromkeys(("s", "strike", "del"), Loss.STRIKE),
    **dict.fromkeys(("sub", "sup"), Loss.RAISED),
    "mark": Loss.HIGHLIGHT,
}
_COMMENT: Final = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE: Final = re.compile(r"([^{}@;]{1,400})\{([^{}]{0,4000})\}")
_SELECTOR: Final = re.compile(r"(?:[A-Za-z][A-Za-z0-9]*)?(?:\.[\w-]+)?")
_HEX: Final = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})(?:[0-9a-f]{2})?")
_RGB: Final = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})[^)]*\)")
_NAMED: Final = {
    **{"red": "#FF0000", "green": "#008000", "blue": "#0000FF", "orange": "#FFA500"},
    **{"purple": "#800080", "gray": "#808080", "grey": "#808080", "yellow": "#FFFF00"},
    **{"maroon": "#800000", "navy": "#000080", "teal": "#008080", "olive": "#808000"},
    **{"fuchsia": "#FF00FF", "magenta": "#FF00FF", "aqua": "#00FFFF", "lime": "#00FF00"},
    **{"darkred": "#8B0000", "brown": "#A52A2A", "crimson": "#DC143C", "tomato": "#FF6347"},
}
# Nearly grey, and nearly as dark as text or as light as a dark window's: no colour of anybody's.
_GREY_SPREAD: Final = 44
_DARK: Final = 0x84
_NEARLY_BLACK: Final = 0x50
_LIGHT: Final = 0xD0
_WEB: Final = re.compile(r"(?:https?|dingtalk)://\S+", re.IGNORECASE)
_BREAKING: Final = str.maketrans({" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E"})


def web_address(text: str) -> str:
    """An address that a link or a picture of DingTalk's can have; "" for any other."""
    text = "".join(text.split("\n")).strip()
    return text.translate(_BREAKING) if _WEB.match(text) else ""


def _declarations(body: str) -> Css:
    css: Css = {}
    for declaration in body.split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            plain = value.replace("!important", "").strip().strip("'\"").lower()
            css[name.strip().lower()] = plain
    return css


def _words(value: object) -> list[str]:
    if isinstance(value, str):
        return value.split()
    return [str(one) for one in value] if isinstance(value, list) else []


def _is_bold(weight: str) -> bool:
    return weight in ("bold", "bolder") or (weight.isdigit() and int(weight) >= 600)


def _with_link(look: LetterStyle, href: str, losses: set[Loss]) -> LetterStyle:
    if not href:
        return look
    address = web_address(href)
    if not address and not href.startswith(("#", "javascript:")):
        losses.add(Loss.LINKS)
    return replace(look, href=address, colour="" if address else look.colour)


def _colour(value: str) -> str:
    """`#RRGGBB`; "" for the colour of ordinary text."""
    value = _NAMED.get(value, value)
    found = _HEX.fullmatch(value.lower())
    if found:
        digits = found[1] if len(found[1]) == 6 else "".join(one * 2 for one in found[1])
        parts = [int(digits[at : at + 2], 16) for at in (0, 2, 4)]
    elif rgb := _RGB.fullmatch(value):
        parts = [min(int(one), 255) for one in rgb.groups()]
    else:
        return ""
    is_grey = max(parts) - min(parts) <= _GREY_SPREAD
    is_text = max(parts) <= _NEARLY_BLACK or (is_grey and max(parts) <= _DARK)
    if is_text or (is_grey and min(parts) >= _LIGHT):
        return ""
    return "#{:02X}{:02X}{:02X}".format(*parts)


def _note_css(css: Css, losses: set[Loss], *, has_link: bool, is_inline: bool) -> None:
    decoration = css.get("text-decoration", "") + css.get("text-decoration-line", "")
    if "underline" in decoration and not has_link:
        losses.add(Loss.UNDERLINE)
    if "line-through" in decoration:
        losses.add(Loss.STRIKE)
    if css.get("vertical-align") in ("super", "sub"):
        losses.add(Loss.RAISED)
    ground = css.get("mso-highlight") or css.get("background-color") or css.get("background") or ""
    if is_inline and _colour(ground):
        losses.add(Loss.HIGHLIGHT)
