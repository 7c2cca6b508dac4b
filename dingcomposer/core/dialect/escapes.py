"""Backslashes and entities: what `\\*` and `&amp;` stand for."""

import re
from html.entities import html5
from typing import Final

PUNCTUATION: Final = "!-/:-@\\[-`{-~"
"""ASCII punctuation, as a regular expression's class holds it: what a backslash makes plain."""

ENTITY: Final = re.compile(
    r"&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));"
)
_ESCAPED: Final = re.compile(rf"\\([{PUNCTUATION}])|{ENTITY.pattern}")
_REPLACEMENT: Final = "\ufffd"


def entity(match: re.Match[str]) -> str:
    """The character of an `ENTITY`; the source itself where there is none of that name."""
    return _character(match[0], *match.groups())


def unescape(source: str) -> str:
    """`source` as it is meant in a link's address."""
    return _ESCAPED.sub(lambda m: m[1] or _character(*m.group(0, 2, 3, 4)), source)


def _character(source: str, decimal: str | None, hexadecimal: str | None, name: str | None) -> str:
    if name:
        return html5.get(f"{name};", source)
    code = int(decimal) if decimal else int(hexadecimal or "0", 16)
    is_none = code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF
    return _REPLACEMENT if is_none else chr(code)


_INLINE: Final = re.compile(
    rf"\\(?=[{PUNCTUATION}])|`|(?<!\s)\*|\*(?!\s|$)|(?<![^\W_])_|_(?![^\W_])"
    r"|\[(?=[^\[\]]*\]\()|<(?=[A-Za-z/!?])"
    rf"|(?={ENTITY.pattern})&"
)
_AT_START: Final = re.compile(
    r"(?P<lead>[ \t]*)(?:(?P<number>\d{1,9})(?=[.)](?:[ \t]|$))"
    r"|(?=#{1,6}(?:[ \t]|$)|>|[-+*](?:[ \t]|$)|([-=_*~])\3{2,}|[-=]+[ \t]*$"
    r"|\|?[ \t]*:?-+:?[ \t]*\|))"
)


def escape(text: str) -> str:
    """`text` with a backslash before each sign that would be markup within a line."""
    return _INLINE.sub(r"\\\g<0>", text)


def escape_start(line: str) -> str:
    """A line with a backslash where its beginning would make a heading, a list, a quote, a rule."""
    found = _AT_START.match(line)
    if found is None:
        return line
    number = found["number"] or ""
    return f"{found['lead']}{number}\\{line[found.end() :]}"
