"""Tags and pointed brackets in a line: which of them mean something, and what the rest is."""

import re
from typing import Final

RAW_TAGS: Final = frozenset({"b", "i", "u", "s", "del", "strong", "em", "span", "sub", "sup"})
"""What only the PC draws, as it stands, without attributes."""

BREAKING_TAGS: Final = frozenset({"p", "div"})
"""What only the PC draws: a line of its own."""

_SPACE: Final = r"[ \t\n]"
_ATTRIBUTE: Final = (
    rf"{_SPACE}++([A-Za-z_:][A-Za-z0-9_.:-]*+)"
    rf"(?:{_SPACE}*+={_SPACE}*+([^ \t\n\"'=<>`]++|'[^']*+'|\"[^\"]*+\"))?+"
)
_BARE_ATTRIBUTE: Final = _ATTRIBUTE.replace("([", "(?:[")
_TAG: Final = re.compile(
    rf"<([A-Za-z][A-Za-z0-9-]*+)(?:{_BARE_ATTRIBUTE})*+{_SPACE}*+/?>"
    rf"|<(/[A-Za-z][A-Za-z0-9-]*+){_SPACE}*+>"
)
_ATTRIBUTES: Final = re.compile(_ATTRIBUTE)
_AUTOLINK: Final = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}+:[^\x00-\x20<>]*+)>")
_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_AUTOMAIL: Final = re.compile(rf"<([A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]++@{_LABEL}(?:\.{_LABEL})*+)>")
_COLOUR: Final = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})|[A-Za-z]{1,30}")
_NAMES: Final = frozenset(
    (
        *("aliceblue", "antiquewhite", "aqua", "aquamarine", "azure", "beige", "bisque", "black"),
        *("blanchedalmond", "blue", "blueviolet", "brown", "burlywood", "cadetblue"),
        *("chartreuse", "chocolate", "coral", "cornflowerblue", "cornsilk", "crimson", "cyan"),
        *("darkblue", "darkcyan", "darkgoldenrod", "darkgray", "darkgreen", "darkgrey"),
        *("darkkhaki", "darkmagenta", "darkolivegreen", "darkorange", "darkorchid", "darkred"),
        *("darksalmon", "darkseagreen", "darkslateblue", "darkslategray", "darkslategrey"),
        *("darkturquoise", "darkviolet", "deeppink", "deepskyblue", "dimgray", "dimgrey"),
        *("dodgerblue", "firebrick", "floralwhite", "forestgreen", "fuchsia", "gainsboro"),
        *("ghostwhite", "gold", "goldenrod", "gray", "green", "greenyellow", "grey", "honeydew"),
        *("hotpink", "indianred", "indigo", "ivory", "khaki", "lavender", "lavenderblush"),
        *("lawngreen", "lemonchiffon", "lightblue", "lightcoral", "lightcyan"),
        *("lightgoldenrodyellow", "lightgray", "lightgreen", "lightgrey", "lightpink"),
        *("lightsalmon", "lightseagreen", "lightskyblue", "lightslategray", "lightslategrey"),
        *("lightsteelblue", "lightyellow", "lime", "limegreen", "linen", "magenta", "maroon"),
        *("mediumaquamarine", "mediumblue", "mediumorchid", "mediumpurple", "mediumseagreen"),
        *("mediumslateblue", "mediumspringgreen", "mediumturquoise", "mediumvioletred"),
        *("midnightblue", "mintcream", "mistyrose", "moccasin", "navajowhite", "navy", "oldlace"),
        *("olive", "olivedrab", "orange", "orangered", "orchid", "palegoldenrod", "palegreen"),
        *("paleturquoise", "palevioletred", "papayawhip", "peachpuff", "peru", "pink", "plum"),
        *("powderblue", "purple", "rebeccapurple", "red", "rosybrown", "royalblue"),
        *("saddlebrown", "salmon", "sandybrown", "seagreen", "seashell", "sienna", "silver"),
        *("skyblue", "slateblue", "slategray", "slategrey", "snow", "springgreen", "steelblue"),
        *("tan", "teal", "thistle", "tomato", "turquoise", "violet", "wheat", "white"),
        *("whitesmoke", "yellow", "yellowgreen"),
    )
)
"""The colour names of CSS. `comment`, `info` and `warning` are WeCom's, and none of these."""

_QUOTES: Final = "\"'"


def match_tag(text: str, start: int) -> tuple[str, int] | None:
    """Name of the tag at `start`, in small letters, with "/" before it where it closes; its end."""
    found = _TAG.match(text, start)
    return ((found[1] or found[2]).lower(), found.end()) if found else None


def match_address(text: str, start: int) -> tuple[str, str, int] | None:
    """For `<https://…>` or `<name@host>`: where it leads, what is shown, its end."""
    if found := _AUTOLINK.match(text, start):
        return found[1], found[1], found.end()
    if found := _AUTOMAIL.match(text, start):
        return f"mailto:{found[1]}", found[1], found.end()
    return None


def font_colour(tag: str) -> str | None:
    """The colour of a font tag; None where it has none that is known."""
    value = _value(tag).strip(_QUOTES).strip()
    is_known = value.startswith("#") or value.lower() in _NAMES
    return value if is_known and _COLOUR.fullmatch(value) else None


def is_colour_named(tag: str) -> bool:
    """True for `color=green`: a name, where DingTalk is only known to draw `#00FF00` [C].

    Names of other programs (`comment`, `info`, `warning` are WeCom's) are named, and no colour.
    """
    value = _value(tag).strip(_QUOTES).strip()
    return bool(value) and not value.startswith("#")


def is_colour_quoted(tag: str) -> bool:
    """True for `color="red"`, which phones are said not to draw."""
    return _value(tag)[:1] in (*_QUOTES,)


def _value(tag: str) -> str:
    for name, value in _ATTRIBUTES.findall(tag):
        if name.lower() == "color":
            return str(value)
    return ""


class Terminators:
    """Finds where comments and the like end, and searches once for an end that never comes."""

    _KINDS: Final = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">"))

    def __init__(self, text: str) -> None:
        self._text = text
        self._missing: set[str] = set()

    def end_of(self, start: int) -> int | None:
        """Where the comment, instruction or declaration that begins at `start` ends."""
        text = self._text
        if text[start + 1 : start + 2] not in ("!", "?"):
            return None
        for opening, closing in self._KINDS:
            if not text.startswith(opening, start):
                continue
            if closing in self._missing or not _is_opening(text, opening, start):
                return None
            # `<!-->` and `<!--->` are whole comments.
            end = text.find(closing, start + (2 if opening == "<!--" else len(opening)))
            if end >= 0:
                return end + len(closing)
            self._missing.add(closing)
            return None
        return None


def _is_opening(text: str, opening: str, start: int) -> bool:
    return opening != "<!" or text[start + 2 : start + 3].isalpha()
