"""What is wrong with who a message mentions. Never raises.

Sources, read 2026-08-22: development/robot-message-type [O]: at most 50 people, and the same
@number must stand in the text or nobody is notified [O][M]; numbers abroad with a dash [C]; @all
may be reserved to the group's owner and admins [M]; no form of numbers or ids is documented [?].
"""

import re
from collections.abc import Iterable
from enum import StrEnum

from dingcomposer.core import limits
from dingcomposer.core.checks.problems import LineFindings, Problem, ProblemCode, problem
from dingcomposer.core.messages import (
    ActionCard,
    FeedCard,
    Link,
    Markdown,
    Mentions,
    Message,
    Text,
    mentions_of,
)
from dingcomposer.core.records import dataclass

# Documentation and screenshots mask digits with x: 156xxxx8827.
_MAINLAND = re.compile(r"1[0-9xX*]{10}")
_ABROAD = re.compile(r"\+\d{1,4}-\d{4,14}")
_ABROAD_NO_DASH = re.compile(r"(?:\+|00)\d{7,18}")
_MOBILE_IN_TEXT = re.compile(r"(?<![0-9A-Za-z_.@])@(1\d{10}|\+\d{1,4}-\d{4,14})(?![0-9A-Za-z_.-])")
_ALL_IN_TEXT = re.compile(r"@(?:所有人|[Aa][Ll][Ll](?![0-9A-Za-z_]))")
_WORD_CHARACTERS = 40


def check_mentions(at: Mentions | None, text: str) -> list[Problem]:
    """What is wrong between `at` and the text it belongs to."""
    mentions = at or Mentions()
    return [
        *check_people(mentions, "mentions"),
        *_check_presence(mentions, text),
        *_check_all(mentions, text),
    ]


def check_people(mentions: Mentions, field: str) -> list[Problem]:
    """What is wrong with the people themselves, whatever the text."""
    found = []
    if mentions.people > limits.PEOPLE:
        counts = {"count": mentions.people, "limit": limits.PEOPLE}
        found.append(problem(ProblemCode.TOO_MANY_PEOPLE, field, **counts))
    seen: set[tuple[str, str]] = set()
    for place, name in _places(mentions):
        group = place.partition(".")[0]
        code_of = _mobile_code if group == "mobiles" else _user_id_code
        code = ProblemCode.MENTION_TWICE if (group, name) in seen else code_of(name)
        seen.add((group, name))
        if code is not None:
            found.append(problem(code, f"{field}.{place}", name=name[:_WORD_CHARACTERS]))
    return found


def unlisted_mobiles(text: str, listed: Iterable[str]) -> tuple[str, ...]:
    """Every mobile number behind an @ in the text that is not listed, in order, once each."""
    known = set(listed)
    found = (match[1] for match in _MOBILE_IN_TEXT.finditer(text))
    return tuple(dict.fromkeys(mobile for mobile in found if mobile not in known))


def has_mention(text: str, name: str) -> bool:
    """Whether the text holds the @ of a number or user id."""
    # "@1380" does not stand in "@13800000000".
    return bool(name) and bool(re.search(f"@{re.escape(name)}(?![0-9A-Za-z_])", text))


def _places(mentions: Mentions) -> list[tuple[str, str]]:
    """Each person with its place, up to the limit: beyond it the whole list is wrong anyway."""
    places = [(f"mobiles.{i}", name) for i, name in enumerate(mentions.mobiles[: limits.PEOPLE])]
    left = limits.PEOPLE - len(places)
    return places + [(f"user_ids.{i}", name) for i, name in enumerate(mentions.user_ids[:left])]


def _mobile_code(name: str) -> ProblemCode | None:
    if _MAINLAND.fullmatch(name) or _ABROAD.fullmatch(name):
        return None
    return ProblemCode.MOBILE_ABROAD if _ABROAD_NO_DASH.fullmatch(name) else ProblemCode.MOBILE_ODD


def _user_id_code(name: str) -> ProblemCode | None:
    is_odd = not name or len(name.split()) != 1 or name != name.strip() or name.startswith("@")
    return ProblemCode.USER_ID_ODD if is_odd else None


def _lines_with_at(text: str) -> list[tuple[int, str]]:
    """The lines in which somebody may be mentioned, with their numbers, from 1 on."""
    if "@" not in text:
        return []
    return [(number, line) for number, line in enumerate(text.split("\n"), 1) if "@" in line]


def _check_presence(mentions: Mentions, text: str) -> list[Problem]:
    found = []
    for place, name in _places(mentions):
        if name and not has_mention(text, name):
            shown = f"@{name[:_WORD_CHARACTERS]}"
            found.append(problem(ProblemCode.MENTION_NOT_IN_TEXT, f"mentions.{place}", name=shown))
    lines = LineFindings()
    listed = set(mentions.mobiles) | set(mentions.user_ids)
    for number, line in _lines_with_at(text):
        for match in _MOBILE_IN_TEXT.finditer(line):
            if match[1] not in listed:
                lines.add(ProblemCode.MENTION_NOT_IN_LIST, number, match[0])
    return found + lines.problems("text", word_name="name")


def _check_all(mentions: Mentions, text: str) -> list[Problem]:
    found = []
    lines = LineFindings()
    count = 0
    for number, line in _lines_with_at(text):
        here = len(_ALL_IN_TEXT.findall(line))
        count += here
        if here and not mentions.is_all:
            lines.add(ProblemCode.ALL_NOT_IN_LIST, number)
    if mentions.is_all:
        found.append(problem(ProblemCode.ALL_RESERVED, "mentions.is_all"))
    if count > 1:
        found.append(problem(ProblemCode.ALL_TWICE, "text", count=count))
    return found + lines.problems("text")


class NotNotified(StrEnum):
    """Why somebody who is named is not pinged."""

    KIND_CANNOT = "kind_cannot"  # this kind of message mentions nobody
    NOT_IN_TEXT = "not_in_text"  # in the list, but without an @ in the text
    NOT_IN_LIST = "not_in_list"  # an @ in the text, but not in the list
    TOO_MANY = "too_many"  # after the fiftieth


@dataclass(frozen=True, slots=True)
class Notified:
    """`pinged` and `not_pinged` hold numbers and user ids as they are written."""

    is_all: bool
    pinged: tuple[str, ...]
    not_pinged: tuple[tuple[str, NotNotified], ...]


def notified(message: Message, listed: Mentions | None = None) -> Notified:
    """What is known before sending; whether somebody is a member of the group is not.

    `listed` are the people a draft holds, for a kind that takes none of them along.
    """
    if isinstance(message, Link | FeedCard):
        left_out = listed or Mentions()
        names = (*left_out.mobiles, *left_out.user_ids)
        return Notified(False, (), tuple((name, NotNotified.KIND_CANNOT) for name in names))
    mentions, text = mentions_of(message), _text_of(message)
    names = tuple(dict.fromkeys((*mentions.mobiles, *mentions.user_ids)))
    pinged: list[str] = []
    not_pinged: list[tuple[str, NotNotified]] = []
    for number, name in enumerate(names):
        if number >= limits.PEOPLE:
            not_pinged.append((name, NotNotified.TOO_MANY))
        elif has_mention(text, name):
            pinged.append(name)
        else:
            not_pinged.append((name, NotNotified.NOT_IN_TEXT))
    not_pinged += [(mobile, NotNotified.NOT_IN_LIST) for mobile in unlisted_mobiles(text, names)]
    if mentions.is_all:  # which holds for whoever is named beside it too
        return Notified(True, tuple(pinged), ())
    return Notified(False, tuple(pinged), tuple(not_pinged))


def _text_of(message: Text | Markdown | ActionCard) -> str:
    return message.content if isinstance(message, Text) else message.text
