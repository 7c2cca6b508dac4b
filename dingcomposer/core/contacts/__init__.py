"""People that can be mentioned by name: one of them, whom a name means, and teams of them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from dingcomposer.core.records import dataclass, lazy_pattern

NAME_LETTERS: Final = 60
"""A longer name is not one, but a line of something else."""

_BETWEEN_TEAMS: Final = lazy_pattern(r"[、,，;；\n]+")
_USER_ID: Final = lazy_pattern(r"[!-~]{1,64}")  # what DingTalk takes is not documented


@dataclass(frozen=True, slots=True)
class Contact:
    """A person. DingTalk knows them by the mobile number or the user id; one of them is enough."""

    name: str
    mobile: str = ""
    user_id: str = ""
    department: str = ""
    teams: tuple[str, ...] = ()

    @property
    def person(self) -> str:
        """What a mention of them is written with, behind the "@"; "" where nothing is known."""
        return self.mobile or self.user_id

    @property
    def keys(self) -> tuple[str, ...]:
        """What they are known by: the number, the id, or both."""
        return tuple(key for key in (self.mobile, self.user_id) if key)


@dataclass(frozen=True, slots=True)
class Team:
    """People who are mentioned in one step: those of one team, or of one department."""

    name: str
    members: tuple[Contact, ...]
    is_department: bool = False


def is_user_id(words: str) -> bool:
    """Whether this can be a user id: a name in Chinese, or words with spaces, cannot."""
    return _USER_ID.fullmatch(words) is not None


def labels_of(contacts: Sequence[Contact]) -> dict[str, str]:
    """As `names_of`, with the department behind a name that two people have."""
    counts = Counter(one.name for one in contacts)
    labels: dict[str, str] = {}
    for contact in contacts:
        is_shared = counts[contact.name] > 1 and contact.department
        label = f"{contact.name} · {contact.department}" if is_shared else contact.name
        for key in contact.keys:
            labels.setdefault(key, label)
    return labels


def names_of(contacts: Iterable[Contact]) -> dict[str, str]:
    """The names by mobile number and by user id; of two with the same, the first."""
    names: dict[str, str] = {}
    for contact in contacts:
        for key in contact.keys:
            names.setdefault(key, contact.name)
    return names


def people_of(contacts: Sequence[Contact]) -> dict[str, Contact]:
    """Who is meant by a name, by a number or by an id; a name that two have means nobody."""
    counts = Counter(one.name for one in contacts)
    people = {one.name: one for one in contacts if counts[one.name] == 1}
    for contact in contacts:
        people.update(dict.fromkeys(contact.keys, contact))
    return people


def teams_of(contacts: Iterable[Contact]) -> tuple[Team, ...]:
    """The teams in the order of their names, then the departments in theirs."""
    members: dict[tuple[bool, str], list[Contact]] = {}
    for contact in contacts:
        for name in contact.teams:
            members.setdefault((False, name), []).append(contact)
        if contact.department:
            members.setdefault((True, contact.department), []).append(contact)
    return tuple(
        Team(name, tuple(members[is_department, name]), is_department=is_department)
        for is_department, name in sorted(members)
    )


def parts_of(team: Team, most: int) -> tuple[Team, ...]:
    """The team, or parts of it with at most so many people each, for a message each."""
    count = -(-len(team.members) // most)
    if count <= 1:
        return (team,)
    size = -(-len(team.members) // count)
    return tuple(
        replace(
            team,
            name=f"{team.name} {number + 1}/{count}",
            members=team.members[number * size : (number + 1) * size],
        )
        for number in range(count)
    )


def team_names(words: str) -> tuple[str, ...]:
    """The teams that somebody wrote down, apart: "值班、前端"."""
    names = (name.strip()[:NAME_LETTERS] for name in _BETWEEN_TEAMS.split(words))
    return tuple(dict.fromkeys(name for name in names if name))


def shared_keys(contacts: Iterable[Contact]) -> frozenset[str]:
    """The numbers and ids that two of them have; each should be somebody's own."""
    counts = Counter(key for one in contacts for key in set(one.keys))
    return frozenset(key for key, count in counts.items() if count > 1)
