"""Who is mentioned, as a person types or pastes it: split, told apart, counted."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dingcomposer.core.contact import is_mobile
from dingcomposer.core.limits import PEOPLE
from dingcomposer.core.messages import Mentions

_BETWEEN = re.compile(r"[\s,，、;；]+")
_NOBODY: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Added:
    """The mentions with those added, and what found no room, to be left where it was typed."""

    mentions: Mentions
    left_over: str


def add_people(typed: str, onto: Mentions, known: Mapping[str, str] = _NOBODY) -> Added:
    """Take people out of a typed or pasted list; whoever is there already is not added again.

    `known` gives the number or user id of a name.
    """
    mobiles, user_ids = list(onto.mobiles), list(onto.user_ids)
    left_over = []
    for word in _BETWEEN.split(typed):
        person = word.lstrip("@＠")
        person = known.get(person, person)
        if not person or person in mobiles or person in user_ids:
            continue
        if len(mobiles) + len(user_ids) >= PEOPLE:
            left_over.append(person)
            continue
        (mobiles if is_mobile(person) else user_ids).append(person)
    mentions = Mentions(tuple(mobiles), tuple(user_ids), onto.is_all)
    return Added(mentions, " ".join(left_over))


def without(mentions: Mentions, number: int) -> Mentions:
    """The mentions less the person at an index, mobiles counted first."""
    here = len(mentions.mobiles)
    if number < here:
        mobiles = mentions.mobiles[:number] + mentions.mobiles[number + 1 :]
        return Mentions(mobiles, mentions.user_ids, mentions.is_all)
    number -= here
    user_ids = mentions.user_ids[:number] + mentions.user_ids[number + 1 :]
    return Mentions(mentions.mobiles, user_ids, mentions.is_all)


def switched(mentions: Mentions, number: int) -> Mentions:
    """The mentions with one person's mobile number taken for a user id, or the other way round."""
    person = person_at(mentions, number)
    rest = without(mentions, number)
    if number < len(mentions.mobiles):
        return Mentions(rest.mobiles, (*rest.user_ids, person), rest.is_all)
    return Mentions((*rest.mobiles, person), rest.user_ids, rest.is_all)


def person_at(mentions: Mentions, number: int) -> str:
    """The number or user id at an index, mobiles counted first."""
    return (*mentions.mobiles, *mentions.user_ids)[number]


def is_in_text(person: str, text: str) -> bool:
    """Whether `@person` stands in the text, and not as the beginning of a longer number."""
    return re.search(f"@{re.escape(person)}(?![0-9A-Za-z_])", text) is not None
