"""People that can be mentioned by name: one of them, a search, and whom a name means."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from dingcomposer.core.records import dataclass

NAME_LETTERS: Final = 60
"""A longer name is not one, but a line of something else."""

_USER_ID: Final = re.compile(r"[!-~]{1,64}")  # what DingTalk takes is not documented


@dataclass(frozen=True, slots=True)
class Contact:
    """A person. DingTalk knows them by the mobile number or the user id; one of them is enough."""

    name: str
    mobile: str = ""
    user_id: str = ""
    department: str = ""

    @property
    def person(self) -> str:
        """What a mention of them is written with, behind the "@"; "" where nothing is known."""
        return self.mobile or self.user_id

    @property
    def keys(self) -> tuple[str, ...]:
        """What they are known by: the number, the id, or both."""
        return tuple(key for key in (self.mobile, self.user_id) if key)


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


def find_contacts(contacts: Iterable[Contact], words: str, most: int) -> tuple[Contact, ...]:
    """At most so many who have these words in name, number, id or department.

    Who is called just so comes first, then who begins with the words.
    """
    wanted = words.casefold()
    exact: list[Contact] = []
    starts: list[Contact] = []
    others: list[Contact] = []
    for contact in contacts:
        parts = [part.casefold() for part in (contact.name, contact.mobile, contact.user_id)]
        if wanted and wanted in parts:
            exact.append(contact)
        elif any(part.startswith(wanted) for part in parts if part):
            starts.append(contact)
        elif any(wanted in part for part in (*parts, contact.department.casefold())):
            others.append(contact)
    return tuple([*exact, *starts, *others][:most])


def shared_keys(contacts: Iterable[Contact]) -> frozenset[str]:
    """The numbers and ids that two of them have; each should be somebody's own."""
    counts = Counter(key for one in contacts for key in set(one.keys))
    return frozenset(key for key, count in counts.items() if count > 1)
