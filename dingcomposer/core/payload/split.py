"""A message that is too long, in numbered parts: each below the limit, cut where a reader would.

That is between paragraphs; where one alone is too long, between its lines, then between sentences,
and only then anywhere. A block of code is closed in one part and opened again in the next. Pure.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, assert_never

from dingcomposer.core import limits
from dingcomposer.core.checks.keywords import check_keywords
from dingcomposer.core.checks.mentions import has_mention
from dingcomposer.core.messages import (
    ActionCard,
    FeedCard,
    Link,
    Markdown,
    Mentions,
    Message,
    Text,
)
from dingcomposer.core.payload import size_bytes

MOST_PARTS: Final = 50
_SPARE_BYTES: Final = 64
_FENCE: Final = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
_SENTENCE: Final = re.compile(r".+?(?:[。！？；!?;]+[”’」』）)]*|[.][ ]|$)", re.DOTALL)


def split(message: Message, keywords: Sequence[str] = ()) -> tuple[Message, ...]:
    """The message in as many parts as it takes, numbered; () where it cannot be cut.

    Each part has one of the robot's `keywords`, if there are any, and mentions whom it names; all
    are mentioned by the first part alone. A card's buttons stand on the last part.
    """
    match message:
        case Text(content=text) | Markdown(text=text) | ActionCard(text=text):
            pass
        case Link() | FeedCard():
            return ()
        case _:
            assert_never(message)
    if size_bytes(message) <= limits.BODY_BYTES:
        return ()
    closing = _closing(message, keywords)
    frame = size_bytes(_with(message, f"{_number(MOST_PARTS, MOST_PARTS)}\n\n{closing}", 1, 1))
    room = limits.BODY_BYTES - frame - _SPARE_BYTES
    if room < _SPARE_BYTES:
        return ()
    pieces = list(_pieces(text, room, is_markdown=not isinstance(message, Text)))
    if not 1 < len(pieces) <= MOST_PARTS:
        return ()
    gap = "" if isinstance(message, Text) else "\n\n"
    count = len(pieces)
    texts = [f"{_number(number, count)}{gap}{piece}" for number, piece in enumerate(pieces, 1)]
    return tuple(
        _with(
            message,
            f"{text}{closing}" if check_keywords(Text(text), tuple(keywords)) else text,
            number,
            count,
        )
        for number, text in enumerate(texts, 1)
    )


def _with(message: Message, text: str, number: int, count: int) -> Message:
    """A part with this text: the whole's title numbered, and those mentioned whom it names."""
    match message:
        case Text(_, at):
            return Text(text, _mentioned(at, text, is_first=number == 1))
        case Markdown(title, _, at):
            named = f"{title}{_number(number, count)}"
            return Markdown(named, text, _mentioned(at, text, is_first=number == 1))
        case ActionCard(title=title, at=at):
            named = f"{title}{_number(number, count)}"
            mentioned = _mentioned(at, text, is_first=number == 1)
            if number == count:
                return replace(message, title=named, text=text, at=mentioned)
            return Markdown(named, text, mentioned)
        case Link() | FeedCard():
            return message
        case _:
            assert_never(message)


def _mentioned(at: Mentions | None, text: str, *, is_first: bool) -> Mentions | None:
    if at is None:
        return None
    return Mentions(
        tuple(one for one in at.mobiles if has_mention(text, one)),
        tuple(one for one in at.user_ids if has_mention(text, one)),
        at.is_all and is_first,
    )


def _number(number: int, count: int) -> str:
    return f"（{number}/{count}）"


def _closing(message: Message, keywords: Sequence[str]) -> str:
    """What is put behind a part without a keyword: one that the whole message has."""
    if not keywords:
        return ""
    has = (one for one in keywords if not check_keywords(message, (one,)))
    gap = "\n" if isinstance(message, Text) else "\n\n"
    return f"{gap}—— {next(has, keywords[0])}"


# --- where it is cut -----------------------------------------------------------------------------


def _cost(text: str) -> int:
    """How many bytes a text takes in the body."""
    return len(json.dumps(text, ensure_ascii=False).encode("utf-8", "surrogatepass")) - 2


def _pieces(text: str, room: int, *, is_markdown: bool) -> Iterator[str]:
    """The text in pieces of at most `room` bytes."""
    yield from _packed(_fitting(_paragraphs(text, is_markdown=is_markdown), room), "\n\n", room)


def _packed(units: Iterator[str], joint: str, room: int) -> Iterator[str]:
    """Units one after the other, as many together as there is room for."""
    together, cost, joint_cost = "", 0, _cost(joint)
    for unit in units:
        more = _cost(unit)
        if together and cost + joint_cost + more > room:
            yield together
            together, cost = unit, more
        else:
            cost += more + (joint_cost if together else 0)
            together = f"{together}{joint}{unit}" if together else unit
    if together.strip():
        yield together


def _paragraphs(text: str, *, is_markdown: bool) -> Iterator[str]:
    """What blank lines part; a block of code is one, its blank lines included."""
    lines: list[str] = []
    fence = ""
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if is_markdown and (found := _FENCE.match(line)):
            if not fence:
                fence = found[1]
            elif found[1].startswith(fence) and not line.strip(" `~"):
                fence = ""
        if not line.strip() and not fence:
            if lines:
                yield "\n".join(lines)
            lines = []
        else:
            lines.append(line)
    if lines:
        yield "\n".join(lines)


def _fitting(paragraphs: Iterator[str], room: int) -> Iterator[str]:
    """The paragraphs, those that are too long in pieces that are not."""
    for paragraph in paragraphs:
        if _cost(paragraph) <= room:
            yield paragraph
            continue
        lines = paragraph.split("\n")
        opening = lines[0] if _FENCE.match(lines[0]) else ""
        if opening:
            closing = _FENCE.match(opening)
            assert closing is not None
            end = closing[1]
            inside = lines[1:-1] if lines[-1].strip(" ") == end else lines[1:]
            for piece in _packed(
                _short(iter(inside), room // 2), "\n", room - 2 * _cost(opening) - 8
            ):
                yield f"{opening}\n{piece}\n{end}"
        else:
            yield from _packed(_short(iter(lines), room), "\n", room)


def _short(lines: Iterator[str], room: int) -> Iterator[str]:
    """The lines, those that are too long at the ends of their sentences, else anywhere."""
    for line in lines:
        if _cost(line) <= room:
            yield line
            continue
        yield from _packed(_chunks(line, room), "", room)


def _chunks(line: str, room: int) -> Iterator[str]:
    for found in _SENTENCE.finditer(line):
        sentence = found[0]
        while sentence:
            length = len(sentence)
            while _cost(sentence[:length]) > room:
                length = max(1, length * room // (_cost(sentence[:length]) + 1))
            yield sentence[:length]
            sentence = sentence[length:]
