"""Search among the contacts, ready for thousands: by name, pinyin, number, id or department.

All contacts stand in long texts, a line each, so that a search is the work of `str.find` and of
one regular expression, not of a loop over people.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain, islice
from re import Pattern
from typing import Final

from dingcomposer.core.contacts import Contact, Team, teams_of
from dingcomposer.core.pinyin import letters_of, spelled, typed_pattern

_LOOKED_AT: Final = 60
"""So many who are meant by the letters are put in order; of more, these: it is done at each key."""

_LOOKED_AT_OF_ONE: Final = 30
"""Of a single letter, which means hundreds, and nobody from end to end."""

_BEGIN: Final = "\x1e"  # before a name, a number and an id
_APART: Final = "\x1f"  # before a department
_FRAME: Final = re.compile("[\n\r\x1e\x1f]")


class ContactIndex:
    """Some contacts, for search. Making it imports pypinyin where it `is_spelled`; pure."""

    def __init__(self, contacts: Sequence[Contact], *, is_spelled: bool = True) -> None:
        self._contacts = tuple(contacts)
        self._words = _Lines([_line(one) for one in contacts])
        self._spelled = _Spelled(
            [spelled(one.name, is_name=True) for one in contacts] if is_spelled else []
        )
        self._exact: dict[str, list[int]] = {}
        for at, one in enumerate(contacts):
            for word in {one.name.casefold(), one.mobile, one.user_id.casefold()} - {""}:
                self._exact.setdefault(word, []).append(at)
        self._places = {key: at for at, one in enumerate(contacts) for key in one.keys}
        self._teams = teams_of(contacts)
        self._team_names = [f"\n{spelled(one.name)}" if is_spelled else "" for one in self._teams]

    def find(self, words: str, most: int, likely: Sequence[str] = ()) -> tuple[Contact, ...]:
        """At most so many who are meant by what was typed; for nothing typed, the first few.

        Who is called just so comes first, then those of the `likely` numbers and ids who begin
        with it, then all who do, by name, number, id or pinyin, then who has it further in.
        """
        wanted = words.casefold()
        expected = [self._places[key] for key in likely if key in self._places]
        found: dict[int, None] = {}
        for places in self._ways(wanted, expected):
            for place in places:
                found[place] = None
                if len(found) == most:
                    return self._at(found)
        return self._at(found)

    def find_teams(self, words: str, most: int) -> tuple[Team, ...]:
        """At most so many teams and departments whose name begins so, or has it as a word."""
        wanted = words.casefold()
        pattern = _pinyin(wanted)
        begun: list[Team] = []
        within: list[Team] = []
        for team, line in zip(self._teams, self._team_names, strict=True):
            if not wanted:
                begun += [] if team.is_department else [team]
            elif team.name.casefold().startswith(wanted) or (pattern and pattern.match(line)):
                begun.append(team)
            elif wanted in team.name.casefold():
                within.append(team)
        return tuple([*begun, *within][:most])

    def _at(self, places: dict[int, None]) -> tuple[Contact, ...]:
        return tuple(self._contacts[place] for place in places)

    def _ways(self, wanted: str, expected: list[int]) -> Iterator[Iterator[int]]:
        """Who is meant, the surer ways before the others; each is begun only when it is needed."""
        if not wanted:
            yield chain(expected, range(len(self._contacts)))
            return
        if _FRAME.search(wanted):
            return
        begins = f"{_BEGIN}{wanted}"
        yield iter(self._exact.get(wanted, ()))
        pattern = _pinyin(wanted)
        yield (at for at in expected if self._begins(at, begins, pattern))
        yield self._words.find(begins)
        whole, begun, further = self._spelled.find(wanted)
        yield iter(whole)
        yield iter(begun)
        yield self._words.find(wanted)
        yield iter(further)

    def _begins(self, place: int, begins: str, pattern: Pattern[str] | None) -> bool:
        is_spelt = pattern is not None and pattern.match(self._spelled.line(place)) is not None
        return is_spelt or begins in self._words.line(place)


class _Lines:
    """Lines in one text; a place in it is the number of its line."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._text = "\n".join(lines)
        self._starts = list(accumulate((len(line) + 1 for line in lines), initial=0))

    def line(self, number: int) -> str:
        """One of them; "" where there are none."""
        if number + 1 >= len(self._starts):
            return ""
        return self._text[self._starts[number] : self._starts[number + 1] - 1]

    def find(self, words: str) -> Iterator[int]:
        """The lines with these words, in order, each once."""
        place = self._text.find(words)
        while place >= 0:
            number = bisect_right(self._starts, place) - 1
            yield number
            place = self._text.find(words, self._starts[number + 1])


class _Spelled:
    """Spelled names. For each letter those of whom a syllable begins with it, from there on."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        texts: dict[str, list[str]] = {}
        self._owners: dict[str, list[tuple[int, bool]]] = {}
        for number, line in enumerate(lines):
            at = 0
            while at < len(line):
                end = line.find("|", at + 1)
                end = len(line) if end < 0 else end
                for letter in {one[0] for one in line[at + 1 : end].split("/") if one}:
                    texts.setdefault(letter, []).append(line[at:])
                    self._owners.setdefault(letter, []).append((number, at == 0))
                at = end
        self._texts = {letter: "\n" + "\n".join(some) for letter, some in texts.items()}
        self._starts = {
            letter: list(accumulate((len(line) + 1 for line in some), initial=0))
            for letter, some in texts.items()
        }

    def line(self, number: int) -> str:
        """One of them, with a line's end before it; "" where there are none."""
        return f"\n{self._lines[number]}" if self._lines else ""

    def find(self, wanted: str) -> tuple[list[int], list[int], list[int]]:
        """Who is meant from the first syllable to the last, from the first on, and further in."""
        whole: list[int] = []
        begun: list[int] = []
        further: list[int] = []
        letters = letters_of(wanted)
        letter = letters[:1]
        pattern = _pinyin(wanted)
        if pattern is None or letter not in self._texts:
            return whole, begun, further
        text, starts, owners = self._texts[letter], self._starts[letter], self._owners[letter]
        most = _LOOKED_AT if len(letters) > 1 else _LOOKED_AT_OF_ONE
        for match in islice(pattern.finditer(text), most):
            number, is_first = owners[bisect_right(starts, match.start()) - 1]
            if not is_first:
                further.append(number)
            elif _goes_on(text, match.end()):
                begun.append(number)
            else:
                whole.append(number)
        return whole, begun, further


def _goes_on(text: str, place: int) -> bool:
    """Whether another syllable follows in the line."""
    syllable = text.find("|", place)
    return syllable >= 0 and text.find("\n", place, syllable) < 0


def _line(contact: Contact) -> str:
    parts = (contact.name, contact.mobile, contact.user_id)
    words = "".join(_BEGIN + _FRAME.sub(" ", part) for part in parts if part)
    department = _FRAME.sub(" ", contact.department)
    return f"{words}{_BEGIN}{_APART}{department}".casefold()


@lru_cache(maxsize=8)  # the same for people and for teams
def _pinyin(wanted: str) -> Pattern[str] | None:
    """Finds spelt lines that begin so, with the line's end before them; None for no letters."""
    has_letter = any("a" <= one <= "z" or one == "ü" for one in wanted)
    return typed_pattern(wanted, begins_line=True) if has_letter else None
