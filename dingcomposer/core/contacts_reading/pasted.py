"""A pasted list of people as contacts: what each row becomes, and what it adds to those here."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum

from dingcomposer.core.contacts import NAME_LETTERS, Contact, is_user_id
from dingcomposer.core.contacts_reading.cells import tidy
from dingcomposer.core.contacts_reading.reader import read_rows
from dingcomposer.core.contacts_reading.rows import Certainty, Doubt, PastedRow
from dingcomposer.core.phone_numbers import is_mobile, plain, plain_mobile
from dingcomposer.core.records import dataclass


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


def read_contacts(text: str) -> PastedContacts:
    """The people of a pasted list: a sheet, a chat, JSON, or visiting cards."""
    return PastedContacts(read_rows(text))


def contact_of(row: PastedRow) -> Contact:
    """The contact of a row of a pasted list, as it stands there."""
    return Contact(row.name, row.mobile, row.user_id, row.department)


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
    owners = {key: at for at, one in enumerate(people) for key in one.keys}
    names: dict[str, list[Contact]] = {}
    for one in people:
        names.setdefault(one.name, []).append(one)
    added: list[PastedRow] = []
    completed: dict[int, Contact] = {}
    known = 0
    for row in rows:
        contact = contact_of(row)
        owner = next((owners[key] for key in contact.keys if key in owners), None)
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
        owners.update({key: len(people) for key in contact.keys if key not in owners})
        names.setdefault(contact.name, []).append(contact)
        people.append(contact)
    return MergedContacts(tuple(added), tuple(completed.items()), known)


def _completed(one: Contact, other: Contact) -> Contact:
    """A contact, with what only the other knows of the same person."""
    return Contact(
        one.name,
        one.mobile or other.mobile,
        one.user_id or other.user_id,
        one.department or other.department,
        tuple(dict.fromkeys((*one.teams, *other.teams))),
    )


def _are_apart(one: Contact, other: Contact) -> bool:
    """Whether two of one name are told apart by their departments."""
    return bool(one.department and other.department and one.department != other.department)


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


def tidied_contact(contact: Contact) -> Contact:
    """The contact without what people put around names and between digits."""
    return Contact(
        tidy(contact.name),
        plain_mobile(contact.mobile),
        plain(contact.user_id).lstrip("@"),
        tidy(contact.department),
        contact.teams,
    )
