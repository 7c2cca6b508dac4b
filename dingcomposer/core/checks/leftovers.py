"""What a script, a page or a template left in a text: fields without values, tags, typed escapes.

Public reports show both in groups: `{{title}}`, `${name}`, `%s`, `{HOST.NAME}`, and a backslash
with an n that no program read. `{{group_name}}` is told as what it is: each group's is put in. What
stands behind a backslash, `\\{{name}}`, is sent as it is, and is none. Never raises.
"""

import re
from collections.abc import Iterable
from typing import Final

from dingcomposer.core.checks.problems import LineFindings, Problem, ProblemCode
from dingcomposer.core.messages import GROUP_NAME
from dingcomposer.core.plain_text import lines_of
from dingcomposer.core.records import lazy_pattern

ESCAPE: Final = lazy_pattern(
    r"(?<![\\:A-Za-z0-9])\\[nrt](?![A-Za-z0-9])|(?<=\\[nrt])\\[nrt](?![A-Za-z0-9])"
)
"""A line end or a tab as programs write it. Not in paths: `C:\\temp\\new`."""

HTML: Final = lazy_pattern(
    r"</?(?:a|b|br|center|code|div|em|font|h[1-6]|hr|i|img|li|ol|p|pre|span|strong|table|tbody|td|th"
    r"|thead|tr|u|ul)(?:\s[^<>\n]{0,200})?/?>|&(?:nbsp|lt|gt|amp|quot|#[0-9]{2,5});",
    re.IGNORECASE,
)
"""A tag or an entity, which plain text shows as it was written."""

_FIELD: Final = lazy_pattern(
    r"(?<!\\)\{\{[^{}\n]{1,60}\}\}"
    r"|\$\{[^{}\s]{1,60}\}"
    r"|(?<![\w{$%#\\])\{[A-Za-z_][\w.]{0,40}\}(?!\})"
    r"|(?<![\w%])%[sd](?![\w%])"
)


_WORD_CHARACTERS: Final = 40
_IN_ADDRESS: Final = lazy_pattern(r"(?<!\\)\{\{[^{}\n]{1,60}\}\}|\$\{[^{}\s]{1,60}\}")
_ADDRESS: Final = lazy_pattern(r"\]\(([^()\n]{0,500})\)")


def check_addresses(field: str, text: str, found: Iterable[Problem]) -> list[Problem]:
    """Fields without values in an address of its own, or in those of a markdown text.

    `found` is what the field's words were found to hold: of one kind of thing is told once.
    """
    if "{" not in text:
        return []
    told = {one.code for one in found if one.field == field}
    left = LineFindings()
    for number, line in enumerate(lines_of(text), 1):
        addresses = _ADDRESS.findall(line) if field == "text" else [line]
        for match in (one for address in addresses for one in _IN_ADDRESS.finditer(address)):
            if _code_of(match[0]) not in told:
                left.add(_code_of(match[0]), number, match[0])
    return left.problems(field)


def check_html(field: str, text: str) -> list[Problem]:
    """HTML in what is shown as plain text, with its lines."""
    if "<" not in text and "&" not in text:
        return []
    found = LineFindings()
    for number, line in enumerate(lines_of(text), 1):
        for match in HTML.finditer(line):
            found.add(ProblemCode.HTML_IN_TEXT, number, match[0][:_WORD_CHARACTERS])
    return found.problems(field)


def fields_in(line: str) -> list[tuple[int, int]]:
    """Where fields of templates stand in a line, from the left."""
    is_possible = "{" in line or "%" in line
    return [found.span() for found in _FIELD.finditer(line)] if is_possible else []


def check_leftovers(field: str, lines: Iterable[str]) -> list[Problem]:
    """One problem for each kind of thing that was left, with its lines."""
    found = LineFindings()
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        for code, pattern in (
            (ProblemCode.FIELD_UNFILLED, _FIELD),
            (ProblemCode.ESCAPE_TYPED, ESCAPE),
        ):
            for match in pattern.finditer(line):
                is_field = code is ProblemCode.FIELD_UNFILLED
                found.add(_code_of(match[0]) if is_field else code, number, match[0])
    return found.problems(field)


def _code_of(written: str) -> ProblemCode:
    is_groups = GROUP_NAME.fullmatch(written)
    return ProblemCode.GROUP_NAME_ASKED if is_groups else ProblemCode.FIELD_UNFILLED
