"""Whom the words of a cell or of an option mean: people by name, by number or by user id.

A number or an id is taken as it is, whether or not a contact has it. A name must be the name of one
contact: of two people who are called so, nobody is chosen.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from dingcomposer.core.contacts import Contact, is_user_id
from dingcomposer.core.phone_numbers import NumberFault, is_masked, is_mobile, read_number
from dingcomposer.core.records import dataclass

_BETWEEN: Final = re.compile(r"[,，、;；|\n]+")


class PersonFault(StrEnum):
    """Why words mean nobody who could be notified."""

    UNKNOWN = "unknown"  # no contact is called so
    AMBIGUOUS = "ambiguous"  # several are
    NO_NUMBER = "no_number"  # the contact has neither a number nor an id
    NUMBER_BROKEN = "number_broken"  # a number that a sheet rounded, or with hidden digits


@dataclass(frozen=True, slots=True)
class MeantPeople:
    """The numbers and ids of those who are meant, each once, and the words that mean nobody."""

    people: tuple[str, ...] = ()
    faults: tuple[tuple[PersonFault, str], ...] = ()


class PeopleByWords:
    """Finds people among contacts. Made once for many words."""

    def __init__(self, contacts: Sequence[Contact]) -> None:
        self._by_key = {key: one for one in contacts for key in one.keys}
        self._by_name: dict[str, list[Contact]] = {}
        for contact in contacts:
            self._by_name.setdefault(contact.name.casefold(), []).append(contact)

    def find(self, words: str) -> MeantPeople:
        """Those whom the words mean: "张三、13800000000", "@zhangsan"."""
        people: dict[str, None] = {}
        faults: list[tuple[PersonFault, str]] = []
        for part in _BETWEEN.split(words):
            name = part.strip().removeprefix("@").strip()
            if not name:
                continue
            # A name may have spaces in it; where it is none, spaces stand between several.
            several = [name] if self._is_one(name) else name.split()
            for one in several:
                found = self._find_one(one.removeprefix("@"))
                if isinstance(found, PersonFault):
                    faults.append((found, one))
                else:
                    people[found] = None
        return MeantPeople(tuple(people), tuple(faults))

    def _is_one(self, name: str) -> bool:
        if name.casefold() in self._by_name:
            return True
        number = read_number(name)
        has_words = any(letter.isalpha() for letter in name)
        return not has_words and bool(number.mobile) and number.fault is not NumberFault.SEVERAL

    def _find_one(self, words: str) -> str | PersonFault:
        if words in self._by_key or is_mobile(words):
            return PersonFault.NUMBER_BROKEN if is_masked(words) else words
        called = self._by_name.get(words.casefold(), [])
        if called:
            keys = {one.person for one in called}
            if len(keys) > 1:
                return PersonFault.AMBIGUOUS
            return keys.pop() or PersonFault.NO_NUMBER
        number = read_number(words)
        if number.mobile and number.fault is None:
            return number.mobile
        if number.fault in (NumberFault.ROUNDED, NumberFault.MASKED, NumberFault.FILLED):
            return PersonFault.NUMBER_BROKEN
        return words if is_user_id(words) else PersonFault.UNKNOWN
