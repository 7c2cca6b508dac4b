"""People that can be mentioned by name: one of them, a list as pasted, and a search."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from dingcomposer.core.contacts_reading import (
    NAME_LETTERS,
    UNUSABLE_DOUBTS,
    Certainty,
    Doubt,
    PastedRow,
    read_rows,
)
from dingcomposer.core.contacts_reading.cells import tidy
from dingcomposer.core.phone_numbers import is_mobile, plain, plain_mobile

__all__ = [
    "NAME_LETTERS",
    "UNUSABLE_DOUBTS",
    "Certainty",
    "Contact",
    "ContactFault",
    "Doubt",
    "MergedContacts",
    "PastedContacts",
    "PastedRow",
    "contact_of",
    "fault_of",
    "find_contacts",
    "is_mobile",
    "is_user_id",
    "labels_of",
    "merge_pasted",
    "names_of",
    "people_of",
    "plain_mobile",
    "read_contacts",
    "shared_keys",
    "tidied_contact",
]

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


@dataclass(frozen=True, slots=True)
class PastedContacts:
    """A pasted list, row by row."""

    rows: tuple[PastedRow, ...]

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """Everybody who was found, those to be looked at included."""
        usable = (row for row in self.rows if row.certainty is not Certainty.UNUSABLE)
        return tuple(contact_of(row) for row in usable)

    @property
    def left_over(self) -> tuple[str, ...]:
        """The lines in which nobody was found, as they stood there."""
        return tuple(row.source for row in self.rows if row.certainty is Certainty.UNUSABLE)


class ContactFault(StrEnum):
    """Why a contact cannot be kept."""

    NO_NAME = "no_name"
    NO_NUMBER = "no_number"
    NO_MOBILE = "no_mobile"  # what stands there is no mobile number
    NO_USER_ID = "no_user_id"
    LONG_NAME = "long_name"


def fault_of(contact: Contact) -> ContactFault | None:
    """Why this contact, `tidied_contact`, cannot be kept by itself; None where it can."""
    if not contact.name:
        return ContactFault.NO_NAME
    if len(contact.name) > NAME_LETTERS:
        return ContactFault.LONG_NAME
    if not contact.person:
        return ContactFault.NO_NUMBER
    if contact.mobile and not is_mobile(contact.mobile):
        return ContactFault.NO_MOBILE
    if contact.user_id and not is_user_id(contact.user_id):
        return ContactFault.NO_USER_ID
    return None


def contact_of(row: PastedRow) -> Contact:
    """The contact of a row of a pasted list, as it stands there."""
    return Contact(row.name, row.mobile, row.user_id, row.department)


def is_user_id(words: str) -> bool:
    """Whether this can be a user id: a name in Chinese, or words with spaces, cannot."""
    return _USER_ID.fullmatch(words) is not None


def tidied_contact(contact: Contact) -> Contact:
    """The contact without what people put around names and between digits."""
    return Contact(
        tidy(contact.name),
        plain_mobile(contact.mobile),
        plain(contact.user_id).lstrip("@"),
        tidy(contact.department),
    )


def read_contacts(text: str) -> PastedContacts:
    """The people of a pasted list: a sheet, a chat, JSON, or visiting cards."""
    return PastedContacts(read_rows(text))


@dataclass(frozen=True, slots=True)
class MergedContacts:
    """What a pasted list brings to those who are here.

    `added` are new rows, `completed` are people who are here, by their index, with what was not
    known of them; `known` counts who was there with all of it.
    """

    added: tuple[PastedRow, ...]
    completed: tuple[tuple[int, Contact], ...]
    known: int


def merge_pasted(here: Sequence[Contact], rows: Iterable[PastedRow]) -> MergedContacts:
    """Put a pasted list beside the contacts: who is there already does not come twice.

    A number that somebody else has, or a name that is there with another number, is to be looked
    at: the row says so.
    """
    people = list(here)
    owners = {key: at for at, one in enumerate(people) for key in _keys(one)}
    names: dict[str, list[Contact]] = {}
    for one in people:
        names.setdefault(one.name, []).append(one)
    added: list[PastedRow] = []
    completed: dict[int, Contact] = {}
    known = 0
    for row in rows:
        contact = contact_of(row)
        owner = next((owners[key] for key in _keys(contact) if key in owners), None)
        if row.certainty is Certainty.UNUSABLE:
            added.append(row)
            continue
        if owner is not None and people[owner].name == contact.name:
            whole = _completed(people[owner], contact)
            if whole == people[owner]:
                known += 1
            elif owner < len(here):
                people[owner] = completed[owner] = whole
            continue
        doubts = list(row.doubts)
        if owner is not None:
            doubts.append(Doubt.SHARED_NUMBER)
        elif any(not _are_apart(one, contact) for one in names.get(contact.name, ())):
            doubts.append(Doubt.SAME_NAME)
        added.append(replace(row, doubts=tuple(dict.fromkeys(doubts))))
        owners.update({key: len(people) for key in _keys(contact) if key not in owners})
        names.setdefault(contact.name, []).append(contact)
        people.append(contact)
    return MergedContacts(tuple(added), tuple(completed.items()), known)


def _keys(contact: Contact) -> tuple[str, ...]:
    return tuple(key for key in (contact.mobile, contact.user_id) if key)


def _completed(one: Contact, other: Contact) -> Contact:
    """A contact, with what only the other knows of the same person."""
    return Contact(
        one.name,
        one.mobile or other.mobile,
        one.user_id or other.user_id,
        one.department or other.department,
    )


def _are_apart(one: Contact, other: Contact) -> bool:
    """Whether two of one name are told apart by their departments."""
    return bool(one.department and other.department and one.department != other.department)


def labels_of(contacts: Sequence[Contact]) -> dict[str, str]:
    """As `names_of`, with the department behind a name that two people have."""
    counts = Counter(one.name for one in contacts)
    labels: dict[str, str] = {}
    for contact in contacts:
        is_shared = counts[contact.name] > 1 and contact.department
        label = f"{contact.name} · {contact.department}" if is_shared else contact.name
        for key in _keys(contact):
            labels.setdefault(key, label)
    return labels


def names_of(contacts: Iterable[Contact]) -> dict[str, str]:
    """The names by mobile number and by user id; of two with the same, the first."""
    names: dict[str, str] = {}
    for contact in contacts:
        for key in (contact.mobile, contact.user_id):
            if key:
                names.setdefault(key, contact.name)
    return names


def people_of(contacts: Sequence[Contact]) -> dict[str, Contact]:
    """Who is meant by a name, by a number or by an id; a name that two have means nobody."""
    counts = Counter(one.name for one in contacts)
    people = {one.name: one for one in contacts if counts[one.name] == 1}
    for contact in contacts:
        people.update({key: contact for key in (contact.mobile, contact.user_id) if key})
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
    counts = Counter(key for one in contacts for key in {one.mobile, one.user_id} if key)
    return frozenset(key for key, count in counts.items() if count > 1)
