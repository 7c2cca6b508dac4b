"""People that can be mentioned by name: one of them, a list as pasted, and a search."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

NAME_LETTERS: Final = 60
"""A longer name is not one, but a line of something else."""

# A mainland number, some of its digits perhaps hidden (156xxxx8827), or one with a country's code.
_MOBILE: Final = re.compile(r"1[\dxX*]{10}|\+\d[\d-]{5,}")
_CELLS: Final = re.compile(r"[\t,，;；]")
_IN_MOBILE: Final = re.compile(r"[\s()（）-]")
_HEADINGS: Final = frozenset(
    ("姓名", "名字", "手机", "手机号", "name", "mobile", "phone", "userid")
)


@dataclass(frozen=True, slots=True)
class Contact:
    """A person. DingTalk knows them by the mobile number or the user id; one of them is enough."""

    name: str
    mobile: str = ""
    user_id: str = ""

    @property
    def person(self) -> str:
        """What a mention of them is written with, behind the "@"; "" where nothing is known."""
        return self.mobile or self.user_id


@dataclass(frozen=True, slots=True)
class Pasted:
    """The people in a pasted list, and the lines in which none was found, as they stood there."""

    contacts: tuple[Contact, ...]
    left_over: tuple[str, ...]


def is_mobile(words: str) -> bool:
    """Whether this is written as a mobile number is: anything else is a user id."""
    return _MOBILE.fullmatch(words) is not None


def read_contacts(text: str) -> Pasted:
    """The people in a list: one a line, the cells of a sheet or of a CSV file, in any order.

    A line holds a name and a mobile number, a user id, or both. Lines of headings are skipped.
    """
    found: list[Contact] = []
    left_over: list[str] = []
    for line in text.splitlines():
        cells = [cell.strip().strip('"') for cell in _CELLS.split(line)]
        if len(cells) == 1:
            cells = line.split()
        cells = [cell for cell in cells if cell]
        if not cells or cells[0].lower().replace(" ", "") in _HEADINGS:
            continue
        contact = _contact(cells)
        if contact is None:
            left_over.append(line.strip())
        else:
            found.append(contact)
    return Pasted(tuple(found), tuple(left_over))


def _contact(cells: Sequence[str]) -> Contact | None:
    mobiles = [_plain(cell) for cell in cells if is_mobile(_plain(cell))]
    others = [cell for cell in cells if not is_mobile(_plain(cell))]
    if not others or len(others[0]) > NAME_LETTERS or len(mobiles) > 1 or len(others) > 2:
        return None
    contact = Contact(others[0], mobiles[0] if mobiles else "", "".join(others[1:]))
    return contact if contact.person else None


def _plain(cell: str) -> str:
    """A mobile number without what people put between its digits."""
    words = cell.lstrip("@＠")
    short = _IN_MOBILE.sub("", words)
    short = short.removeprefix("+86")
    return short if short.isdecimal() and len(short) == 11 else words


def names_of(contacts: Iterable[Contact]) -> dict[str, str]:
    """The names by mobile number and by user id; of two with the same, the first."""
    names: dict[str, str] = {}
    for contact in contacts:
        for key in (contact.mobile, contact.user_id):
            if key:
                names.setdefault(key, contact.name)
    return names


def find_contacts(contacts: Iterable[Contact], words: str, most: int) -> tuple[Contact, ...]:
    """At most so many who have these words in name, number or id; who begins with them first."""
    wanted = words.casefold()
    starts: list[Contact] = []
    others: list[Contact] = []
    for contact in contacts:
        parts = [part.casefold() for part in (contact.name, contact.mobile, contact.user_id)]
        if any(part.startswith(wanted) for part in parts if part):
            starts.append(contact)
        elif any(wanted in part for part in parts):
            others.append(contact)
    return tuple([*starts, *others][:most])


def twice(contacts: Iterable[Contact]) -> str:
    """A number or an id that two of them have; "" where each is somebody's own."""
    seen: set[str] = set()
    for contact in contacts:
        for key in (contact.mobile, contact.user_id):
            if key and key in seen:
                return key
            seen.add(key)
    return ""
