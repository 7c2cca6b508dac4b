"""Mentions as a person types or pastes them: split, told apart, counted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from dingcomposer.core.contacts import Contact, Team, is_user_id
from dingcomposer.core.limits import PEOPLE
from dingcomposer.core.messages import Mentions
from dingcomposer.core.records import dataclass, lazy_pattern

_BETWEEN = lazy_pattern(r"[\s,，、;；]+")
_NUMBER = lazy_pattern(r"(?:\(?(?:\+|00)?86\)?[ -]*)?1(?:[ .-]?[0-9]){10}")
_NOBODY: Mapping[str, Contact] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Added:
    """The mentions with those added, and what is to be left where it was typed.

    `no_room` found no room, `unknown` are names that no contact has, or that several have.
    """

    mentions: Mentions
    no_room: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def left_over(self) -> str:
        """All that was not added, to be typed on."""
        return " ".join((*self.unknown, *self.no_room))


def means_name(word: str, people: Sequence[Contact], teams: Sequence[Team]) -> bool:
    """Whether letters by which these were found are a part of a name, and of nobody's id.

    As "zs" is of 张三, who has a number and no id.
    """
    ids = (one.user_id.casefold() for one in people)
    is_id = any(one.startswith(word.casefold()) for one in ids)
    return word.isalpha() and bool(people or teams) and not is_id


def _nobody_meant(_word: str) -> bool:
    return False


def add_people(
    typed: str,
    onto: Mentions,
    known: Mapping[str, Contact] = _NOBODY,
    is_begun: Callable[[str], bool] = _nobody_meant,
) -> Added:
    """Take people out of a typed or pasted list; whoever is there already is not added again.

    `known` has the contacts by name, number and id. Without any, every word is taken for an id,
    but for those that `is_begun` says to be a part of somebody's name.
    """
    # Five patterns, 5 ms, when somebody is typed.
    from dingcomposer.core.phone_numbers import is_mobile, plain, plain_mobile

    whole = typed.strip().lstrip("@＠")
    is_one = whole in known or (_NUMBER.fullmatch(plain(whole)) and is_mobile(plain_mobile(whole)))
    words = [whole] if is_one else _BETWEEN.split(typed)
    made = onto
    no_room: list[str] = []
    unknown: list[str] = []
    for word in words:
        person = plain_mobile(word)
        contact = known.get(person)
        if contact is None and person:
            is_id = is_user_id(person) and not is_begun(person)
            if known and not is_mobile(person) and not is_id:
                unknown.append(person)
                continue
            is_number = is_mobile(person)
            contact = Contact("", person if is_number else "", "" if is_number else person)
        if contact is not None:
            more = with_contact(made, contact)
            if more is None:
                no_room.append(person)
            else:
                made = more
    return Added(made, tuple(no_room), tuple(unknown))


def with_contact(mentions: Mentions, contact: Contact) -> Mentions | None:
    """The mentions with a contact, who is there once; None where no room is left."""
    if contact.mobile in mentions.mobiles or contact.user_id in mentions.user_ids:
        return mentions
    if mentions.people >= PEOPLE:
        return None
    if contact.mobile:
        return Mentions((*mentions.mobiles, contact.mobile), mentions.user_ids, mentions.is_all)
    return Mentions(mentions.mobiles, (*mentions.user_ids, contact.user_id), mentions.is_all)


def with_people(mentions: Mentions, people: Iterable[Contact]) -> Mentions | None:
    """The mentions with some contacts; None where not all of them find room."""
    made: Mentions | None = mentions
    for contact in people:
        made = with_contact(made, contact) if made is not None else None
    return made


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
