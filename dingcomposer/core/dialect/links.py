"""Where links and pictures lead: the parentheses behind `[text]`, and which schemes pass.

Source: open.dingtalk.com/document/development/message-link-description, read 2026-08-22, for
DingTalk's own schemes; spec.commonmark.org/0.31.2 chapter 6.3 for the parentheses.
"""

import re
from dataclasses import dataclass
from typing import Final

from dingcomposer.core.dialect.escapes import PUNCTUATION, unescape

LINK_SCHEMES: Final = frozenset({"http", "https", "dingtalk", "dtmd", "mailto", "tel"})
"""A link with another scheme is drawn as its text alone."""

PICTURE_SCHEMES: Final = frozenset({"http", "https"})
"""A picture with another scheme has no address; media ids (`@lADO…`) have no scheme."""

_MAX_PARENTHESES: Final = 32
_SPACE: Final = re.compile(r"[ \t\n]*+")
_POINTED: Final = re.compile(rf"<((?:[^<>\n\\]++|\\[{PUNCTUATION}]|\\)*+)>")
_PLAIN: Final = re.compile(rf"(?:[^\x00-\x20\x7f\\()]++|\\[{PUNCTUATION}]|\\)++")
_TITLE: Final = re.compile(
    r'"(?:[^"\\]++|\\.)*+"' r"|'(?:[^'\\]++|\\.)*+'" r"|\((?:[^()\\]++|\\.)*+\)", re.DOTALL
)
_IGNORED: Final = re.compile(r"[\x00-\x20\x7f]+")
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*+):")


@dataclass(frozen=True, slots=True)
class Target:
    """An address, where it stands as it was written, and where the text behind it goes on."""

    address: str
    start: int
    end: int
    behind: int


def read_target(text: str, start: int) -> Target | None:
    """The address that begins at `start`, behind a parenthesis.

    A title is read and left out: no client is known to show it. None where this is no target.
    """
    position = _end_of_space(text, start)
    if pointed := _POINTED.match(text, position):
        first, last = pointed.span(1)
        position = pointed.end()
    elif text.startswith("<", position):
        return None
    else:
        end = _end_of_plain(text, position)
        if end is None:
            return None
        first, last = position, end
        position = end
    behind = _end_of_space(text, position)
    if behind > position and (title := _TITLE.match(text, behind)):
        behind = _end_of_space(text, title.end())
    if not text.startswith(")", behind):
        return None
    return Target(unescape(text[first:last]), first, last, behind + 1)


def is_link(address: str) -> bool:
    """True where a click on it may lead somewhere. An address without scheme is let through."""
    return _scheme(address) in ("", *LINK_SCHEMES)


def is_picture(address: str) -> bool:
    """True for an address of the net, a media id, and an address without scheme."""
    return address.startswith("@") or _scheme(address) in ("", *PICTURE_SCHEMES)


def _scheme(address: str) -> str:
    # White space and control characters hide a scheme from us, and not from every client.
    found = _SCHEME.match(_IGNORED.sub("", address))
    return found[1].lower() if found else ""


def _end_of_space(text: str, start: int) -> int:
    found = _SPACE.match(text, start)
    return found.end() if found else start


def _end_of_plain(text: str, start: int) -> int | None:
    """Where an address without <> ends; None where its parentheses do not match."""
    position, depth = start, 0
    while True:
        if run := _PLAIN.match(text, position):
            position = run.end()
        sign = text[position : position + 1]
        if sign == "(":
            depth += 1
            if depth > _MAX_PARENTHESES:
                return None
        elif sign == ")" and depth:
            depth -= 1
        else:
            return None if depth else position
        position += 1
