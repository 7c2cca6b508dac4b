"""People that can be mentioned by name: one of them, a list as pasted, and a search."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from dingcomposer.core.plain_text import clean, without_marks

NAME_LETTERS: Final = 60
"""A longer name is not one, but a line of something else."""

# A mainland number, some of its digits perhaps hidden (156xxxx8827), or one with a country's code.
_MOBILE: Final = re.compile(r"1[\dxX*]{10}|\+\d[\d-]{5,}")
_USER_ID: Final = re.compile(r"[!-~]{1,64}")  # what DingTalk takes is not documented
_DELIMITERS: Final = "\t,;，；"
_HEADINGS: Final = {
    "name": ("姓名", "名字", "员工姓名", "name"),
    "mobile": ("手机", "手机号", "手机号码", "联系电话", "电话", "mobile", "phone"),
    "user_id": ("userid", "用户id", "员工userid"),
}


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
class PastedContacts:
    """The people in a pasted list, and the lines in which none was found, as they stood there."""

    contacts: tuple[Contact, ...]
    left_over: tuple[str, ...]


def is_mobile(words: str) -> bool:
    """Whether this is written as a mobile number is: anything else is a user id."""
    return _MOBILE.fullmatch(words) is not None


def is_user_id(words: str) -> bool:
    """Whether this can be a user id: a name in Chinese, or words with spaces, cannot."""
    return _USER_ID.fullmatch(words) is not None


def tidied_contact(contact: Contact) -> Contact:
    """The contact without what people put around names and between digits."""
    return Contact(
        clean(without_marks(contact.name).strip().lstrip("@＠").strip()),
        plain_mobile(contact.mobile),
        without_marks(contact.user_id).strip().lstrip("@＠"),
    )


def plain_mobile(words: str) -> str:
    """A mobile number as it is sent, "+86 138-0000 0000" as 13800000000; others as they are."""
    short = (
        without_marks(words).strip().lstrip("@＠").removesuffix(".0")
    )  # a sheet's number with a decimal
    digits = re.sub(r"[\s()（）-]", "", short).removeprefix("+86")
    return digits if re.fullmatch(r"1[\dxX*]{10}", digits) else short


def read_contacts(text: str) -> PastedContacts:
    """The people in a list: one a line, as the cells of a sheet, as CSV, or with spaces between.

    Columns that bear the usual headings are told by them. Without headings a line is a name and a
    mobile number, in either order, or a name and a user id; further cells are not looked at.
    """
    found: list[Contact] = []
    left_over: list[str] = []
    places: dict[str, int] = {}
    for line in text.splitlines():
        cells = _cells(line)
        if not any(cells):
            continue
        headings = _headings(cells)
        if headings:
            places = headings
            continue
        contact = _by_headings(cells, places) if places else _by_looks(cells)
        if contact is None or not contact.person or not 0 < len(contact.name) <= NAME_LETTERS:
            left_over.append(line.strip())
        else:
            found.append(contact)
    return PastedContacts(tuple(found), tuple(left_over))


def _cells(line: str) -> list[str]:
    delimiter = next((one for one in _DELIMITERS if one in line), None)
    if delimiter is None:
        parts = line.replace("+86 ", "").split()
        at = next((at for at, one in enumerate(parts) if is_mobile(plain_mobile(one))), -1)
        # "Wang Wu 138…": what stands before the number is the name.
        return [" ".join(parts[:at]), parts[at]] if at > 0 else parts
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return []


def _headings(cells: Sequence[str]) -> dict[str, int]:
    """Which column is which, where this line says it; it says at least where the name is."""
    words = [cell.lower().replace(" ", "").replace("_", "") for cell in cells]
    places = {
        field: at
        for field, known in _HEADINGS.items()
        for at, word in enumerate(words)
        if word in known
    }
    return places if "name" in places and len(places) > 1 else {}


def _by_headings(cells: Sequence[str], places: dict[str, int]) -> Contact:
    def cell(field: str) -> str:
        at = places.get(field, len(cells))
        return cells[at] if at < len(cells) else ""

    return tidied_contact(Contact(cell("name"), cell("mobile"), cell("user_id")))


def _by_looks(cells: Sequence[str]) -> Contact | None:
    filled = [cell for cell in cells if cell]
    mobiles = [one for one in map(plain_mobile, filled) if is_mobile(one)]
    # The number of a row is no name.
    names = [one for one in filled if not is_mobile(plain_mobile(one)) and not one.isdecimal()]
    if not names or len(mobiles) > 1:
        return None
    user_id = ""
    if not mobiles and len(names) == 2 and is_user_id(names[1]):
        user_id = names[1]
    return tidied_contact(Contact(names[0], mobiles[0] if mobiles else "", user_id))


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
    """At most so many who have these words in name, number or id.

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
        elif any(wanted in part for part in parts):
            others.append(contact)
    return tuple([*exact, *starts, *others][:most])


def twice(contacts: Iterable[Contact]) -> str:
    """A number or an id that two of them have; "" where each is somebody's own."""
    seen: set[str] = set()
    for contact in contacts:
        for key in (contact.mobile, contact.user_id):
            if key and key in seen:
                return key
            seen.add(key)
    return ""
