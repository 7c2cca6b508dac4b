"""What is wrong with who a message mentions. Never raises.

Sources, read 2026-08-22: development/robot-message-type [O]: at most 50 people, and the same
@number must stand in the text or nobody is notified [O][M]; numbers abroad with a dash [C]; @all
may be reserved to the group's owner and admins [M]; no form of numbers or ids is documented [?].
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from dingcomposer.core import limits
from dingcomposer.core.checks.problems import LineFindings, Problem, ProblemCode, problem
from dingcomposer.core.contacts import Contact
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
from dingcomposer.core.plain_text import lines_of
from dingcomposer.core.records import dataclass, lazy_pattern

if TYPE_CHECKING:
    from dingcomposer.core.checks.name_mentions import NameMention

# Documentation and screenshots mask digits with x: 156xxxx8827.
_MAINLAND = lazy_pattern(r"1[0-9xX*]{10}")
_ABROAD = lazy_pattern(r"\+\d{1,4}-\d{4,14}")
_ABROAD_NO_DASH = lazy_pattern(r"(?:\+|00)\d{7,18}")
_MOBILE_IN_TEXT = lazy_pattern(
    r"(?<![0-9A-Za-z_.@])@(1[0-9]{10}|\+[0-9]{1,4}-[0-9]{4,14})(?![0-9A-Za-z_]|[.-][0-9])"
)
_ALL_IN_TEXT = lazy_pattern(
    r"@(?:所有人|全体成员|全员(?!工)|大家(?![电庭族长业])|[Aa][Ll][Ll](?![0-9A-Za-z_]))"
)
_NUMBER_BEHIND = lazy_pattern(r"[ (（:：]{0,2}@(?:1[0-9]{10}|\+[0-9])")
_WORD_CHARACTERS = 40
_MOST_NAMES = 20
_TOLD_NAMES = 3


def check_mentions(
    at: Mentions | None, text: str, contacts: Sequence[Contact] = (), *, is_markdown: bool = False
) -> list[Problem]:
    """What is wrong between `at` and the text it belongs to.

    `contacts` are the people whose names are known; code in markdown mentions nobody.
    """
    mentions = at or Mentions()
    return [
        *check_people(mentions, "mentions"),
        *_check_presence(mentions, text),
        *_check_words(mentions, text, contacts, is_markdown=is_markdown),
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


def unnotified_names(
    mentions: Mentions, text: str, contacts: Sequence[Contact] = ()
) -> Iterator["NameMention"]:
    """Every name behind an @ in the text whose bearer is not notified by a number beside it."""
    if not _has_sign(text):
        return
    from dingcomposer.core.checks.name_mentions import find_names

    for found in find_names(text, contacts):
        if not _is_notified(mentions, text, found.name, found.contacts, found.end):
            yield found


def _has_sign(text: str) -> bool:
    # Names and numbers take 30 ms to import: not for a text that mentions nobody.
    return "@" in text or "＠" in text


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
    return [(number, line) for number, line in enumerate(lines_of(text), 1) if "@" in line]


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


def _check_words(
    mentions: Mentions, text: str, contacts: Sequence[Contact], *, is_markdown: bool
) -> list[Problem]:
    """What is written behind an "@"; code in markdown mentions nobody."""
    if not _has_sign(text):
        return []
    words = _plain_words(text) if is_markdown else text
    names = _check_names(mentions, words, contacts, is_plain=not is_markdown)
    return [*names, *_check_loose_numbers(words)]


def _check_names(
    mentions: Mentions, text: str, contacts: Sequence[Contact], *, is_plain: bool
) -> list[Problem]:
    """Names behind an "@": one problem for each who is known, one for all others."""
    lines = _MentionLines(text)
    known: dict[Contact, LineFindings] = {}
    names: dict[Contact, str] = {}
    shared, unknown = LineFindings(), LineFindings()
    unknown_names: dict[str, None] = {}
    bearers = 0
    # A plain text's list alone may notify, see `Notified.perhaps`.
    listed = {*mentions.mobiles, *mentions.user_ids} if is_plain else set()
    alone = {one for one in listed if not has_mention(text, one)}
    is_shared_listed = False
    for found in unnotified_names(mentions, text, contacts):
        line = lines.number(found.start)
        if len(found.contacts) == 1 and len(known) < _MOST_NAMES:
            contact = found.contacts[0]
            names.setdefault(contact, found.name)
            known.setdefault(contact, LineFindings()).add(ProblemCode.MENTION_BY_NAME, line)
        elif found.contacts:
            bearers = bearers or len(found.contacts)
            is_shared_listed |= any(one.person in listed for one in found.contacts)
            shared.add(ProblemCode.MENTION_NAME_SHARED, line, found.name)
        else:
            unknown.add(ProblemCode.MENTION_NAME_UNKNOWN, line)
            unknown_names[found.name] = None
    problems: list[Problem] = []
    for contact, findings in known.items():
        person: dict[str, str | int] = {
            "name": names[contact],
            "person": contact.person,
            "is_id": int(not contact.mobile),
            "is_listed": int(contact.person in listed),
        }
        problems += [_with(one, person) for one in findings.problems("text")]
    sharing: dict[str, str | int] = {"bearers": bearers, "is_listed": int(is_shared_listed)}
    problems += [_with(one, sharing) for one in shared.problems("text", "name")]
    told = "、@".join(list(unknown_names)[:_TOLD_NAMES])
    told += "…" if len(unknown_names) > _TOLD_NAMES else ""
    others: dict[str, str | int] = {"name": told, "is_listed": int(bool(alone))}
    return problems + [_with(one, others) for one in unknown.problems("text")]


def _is_notified(
    mentions: Mentions, text: str, name: str, contacts: Sequence[Contact], end: int
) -> bool:
    """Whether whoever is named is notified anyway: by this very word, or by a number beside it."""
    listed = {*mentions.mobiles, *mentions.user_ids}
    if name in listed or _NUMBER_BEHIND.match(text, end):
        return True
    return any(one.person in listed and has_mention(text, one.person) for one in contacts)


def _with(found: Problem, more: Mapping[str, str | int]) -> Problem:
    return replace(found, params=(*more.items(), *found.params))


def _check_loose_numbers(text: str) -> list[Problem]:
    from dingcomposer.core.checks.name_mentions import find_loose_numbers

    lines, findings = _MentionLines(text), LineFindings()
    for number in find_loose_numbers(text):
        line = lines.number(number.start)
        findings.add(ProblemCode.MENTION_NUMBER_LOOSE, line, number.words[:_WORD_CHARACTERS])
    return findings.problems("text", "name")


class _MentionLines:
    """Says in which line, from 1 on, a place of a text is; places come in order."""

    def __init__(self, text: str) -> None:
        self._text, self._place, self._line = text, 0, 1

    def number(self, place: int) -> int:
        """The number of the line."""
        self._line += self._text.count("\n", self._place, place)
        self._place = place
        return self._line


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
    NAME_ONLY = "name_only"  # a name behind an @, which is a word like others


@dataclass(frozen=True, slots=True)
class Notified:
    """All hold numbers and user ids as they are written.

    `perhaps` are listed for a plain text that does not hold their @. A public report saw such a
    list alone notify (timonwong/prometheus-webhook-dingtalk#85 [C]); the documentation says no.
    """

    is_all: bool
    pinged: tuple[str, ...]
    not_pinged: tuple[tuple[str, NotNotified], ...]
    perhaps: tuple[str, ...] = ()


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
    perhaps: list[str] = []
    not_pinged: list[tuple[str, NotNotified]] = []
    for number, name in enumerate(names):
        if number >= limits.PEOPLE:
            not_pinged.append((name, NotNotified.TOO_MANY))
        elif has_mention(text, name):
            pinged.append(name)
        elif isinstance(message, Text):
            perhaps.append(name)
        else:
            not_pinged.append((name, NotNotified.NOT_IN_TEXT))
    not_pinged += [(mobile, NotNotified.NOT_IN_LIST) for mobile in unlisted_mobiles(text, names)]
    words = text if isinstance(message, Text) else _plain_words(text)
    named = (one.name for one in unnotified_names(mentions, words) if not one.name.isascii())
    not_pinged += [(name, NotNotified.NAME_ONLY) for name in dict.fromkeys(named)]
    if mentions.is_all:  # which holds for whoever is named beside it too
        return Notified(True, tuple(pinged), ())
    return Notified(False, tuple(pinged), tuple(not_pinged), tuple(perhaps))


def _plain_words(text: str) -> str:
    """A markdown text as far as it may mention somebody."""
    if not _has_sign(text):
        return ""
    from dingcomposer.core.checks.name_mentions import plain_words

    return plain_words(text)


def _text_of(message: Text | Markdown | ActionCard) -> str:
    return message.content if isinstance(message, Text) else message.text
