"""What a script or a template left in a text: fields without values, escapes typed as two signs.

Public reports show both in groups: `{{title}}`, `${name}`, `%s`, `{HOST.NAME}`, and a backslash
with an n that no program read. Never raises.
"""

import re
from collections.abc import Iterable
from typing import Final

from dingcomposer.core.checks.problems import LineFindings, Problem, ProblemCode

ESCAPE: Final = re.compile(
    r"(?<![\\:A-Za-z0-9])\\[nrt](?![A-Za-z0-9])|(?<=\\[nrt])\\[nrt](?![A-Za-z0-9])"
)
"""A line end or a tab as programs write it. Not in paths: `C:\\temp\\new`."""

_FIELD: Final = re.compile(
    r"\{\{[^{}\n]{1,60}\}\}"
    r"|\$\{[^{}\s]{1,60}\}"
    r"|(?<![\w{$%#\\])\{[A-Za-z_][\w.]{0,40}\}(?!\})"
    r"|(?<![\w%])%[sd](?![\w%])"
)


def check_leftovers(field: str, lines: Iterable[str]) -> list[Problem]:
    """One problem for each kind of thing that was left, with its lines."""
    found = LineFindings()
    for number, line in enumerate(lines, 1):
        for code, pattern in (
            (ProblemCode.FIELD_UNFILLED, _FIELD),
            (ProblemCode.ESCAPE_TYPED, ESCAPE),
        ):
            for match in pattern.finditer(line):
                found.add(code, number, match[0])
    return found.problems(field)
