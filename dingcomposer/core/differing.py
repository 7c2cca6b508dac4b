"""Where two messages differ, in lines that a person can read."""

from collections.abc import Iterator
from difflib import unified_diff
from typing import Any

from dingcomposer.core.messages import Message
from dingcomposer.core.payload import to_payload

_AROUND = 2


def differences(before: Message, after: Message) -> tuple[str, ...]:
    """A unified diff of the two; each line begins with "-", "+", " " or "@@". Empty where equal.

    The message is written as lines: `markdown.title: …`, and a text of several lines below its
    path, so that a changed word does not show as one long line of JSON.
    """
    old, new = (list(_lines(to_payload(one))) for one in (before, after))
    found = unified_diff(old, new, n=_AROUND, lineterm="")
    # The first two lines would name files.
    return tuple(line for number, line in enumerate(found) if number > 1)


def _lines(value: Any, path: str = "") -> Iterator[str]:
    match value:
        case dict():
            for key, part in value.items():
                yield from _lines(part, f"{path}.{key}" if path else str(key))
        case list():
            for number, part in enumerate(value, 1):
                yield from _lines(part, f"{path}.{number}")
        case str() if "\n" in value:
            yield f"{path}:"
            yield from (f"    {line}" for line in value.split("\n"))
        case bool():
            yield f"{path}: {'true' if value else 'false'}"
        case _:
            yield f"{path}: {value}"
