"""A value as it is written at its place in a text, so that it can never break out of it.

In markdown its signs are escaped; in an address what has a meaning there is percent-encoded; in
code, where nothing can be escaped, the one sign that would end it is replaced.
"""

import re
from enum import StrEnum
from typing import Final
from urllib.parse import quote

_ANYWHERE: Final = re.compile(
    r"[\\`\[\]]|\*|_|<(?=[A-Za-z/!?]|$)|&(?=#?[A-Za-z0-9]{1,32};|$)|~(?=~)"
)
_AT_START: Final = re.compile(r"(#|>|=|~|\+|-|:-)|([0-9]{1,9})([.)])")
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_ENTITIES: Final = {"<": "&lt;", "&": "&amp;"}
_IN_TAG: Final = re.compile(r"[^0-9A-Za-z#.%_一-鿿-]")
_HEADING: Final = re.compile(r"[> \t]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)*#{1,6}[ \t]")
_FENCE: Final = re.compile(r"[`~]{3,}")


class Place(StrEnum):
    """What a field stands in."""

    PLAIN = "plain"  # plain text of several lines
    LINE = "line"  # a title or a label
    WORDS = "words"  # of markdown
    CODE = "code"  # of markdown
    TAG = "tag"  # of markdown: <font color={{colour}}>
    ADDRESS = "address"  # within one
    WHOLE_ADDRESS = "whole_address"  # from its beginning


def written(value: str, place: Place, *, before: str = "", behind: str = "") -> str:
    """The value as it is written at a place; `before` and `behind` are what the line has there."""
    match place:
        case Place.PLAIN:
            return _CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
        case Place.LINE:
            return one_line(value)
        case Place.WORDS:
            return _escaped(one_line(value), before, behind)
        case Place.CODE:
            return _FENCE.sub("'", one_line(value)).replace("`", "'")
        case Place.TAG:
            return _IN_TAG.sub("", value) or "none"
        case Place.ADDRESS:
            return quote(one_line(value), safe="")
        case Place.WHOLE_ADDRESS:
            return _address(one_line(value))


def one_line(value: str) -> str:
    """The value on one line, without what cannot be seen."""
    return " ".join(_CONTROL.sub("", value).split())


def _address(value: str) -> str:
    """An address as it was given, but for what would end it where it stands."""
    return quote(value, safe="%/?#:@!$&'*+,;=~-._[]")


def _escaped(value: str, before: str, behind: str) -> str:
    made = _ANYWHERE.sub(lambda found: _sign(value, found), value)
    if not before.strip("> \t-*+") or re.fullmatch(
        r"[> \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+", before
    ):
        start = _AT_START.match(made)
        if start is not None:
            made = f"\\{made}" if start[1] else f"{start[2]}\\{made[start.end(2) :]}"
    if (
        _HEADING.match(before)
        and not behind.strip()
        and made.endswith("#")
        and not made.endswith("\\#")
    ):
        made = f"{made[:-1]}\\#"  # at its end it would belong to the heading
    if "|" in before or "|" in behind:
        made = made.replace("|", "\\|")
        if made.endswith("\\") and behind.startswith("|"):
            made += " "  # else the sign behind it would belong to the cell
    if made.endswith("!") and behind.startswith("["):
        made = f"{made[:-1]}\\!"
    if made.startswith(("(", ":")) and before.endswith("]"):
        made = f"\\{made}"
    return made


def _sign(value: str, found: re.Match[str]) -> str:
    sign = found[0]
    around = value[found.start() - 1 : found.start()], value[found.end() : found.end() + 1]
    if sign == "_" and all(one.isalnum() for one in around):
        return sign
    if sign == "*" and all(one == " " for one in around):
        return sign
    return _ENTITIES.get(sign, f"\\{sign}")
