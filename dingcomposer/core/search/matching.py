"""Whether a send is what is looked for, and where in its words."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from dingcomposer.core.records import dataclass
from dingcomposer.core.search.query import EVERYONE, Query, SearchField, Term, time_span
from dingcomposer.core.search.tokens import fold, holds, places, tokens

_BEHIND = 96


@dataclass(frozen=True, slots=True)
class SendDocument:
    """One send as the search sees it.

    `texts` are its words, each for itself: title, text, buttons and links, the people's numbers,
    the robot, the answer. `people` are those it mentions, EVERYONE among them. `values` has what
    can be filtered by.
    """

    texts: tuple[str, ...]
    people: tuple[str, ...]
    values: Mapping[SearchField, tuple[str, ...]]
    at: datetime


def matches(query: Query, document: SendDocument, names: Mapping[str, str], now: datetime) -> bool:
    """Whether a send is what is looked for. `names` are those of people, by number or id."""
    if not all(_passes(query, field, document, names, now) for field in SearchField):
        return False
    if not query.terms:
        return True
    cut = [tokens(text) for text in document.texts]
    return all(_has(term, cut, names) is not term.is_excluded for term in query.terms)


def people_named(words: Sequence[str], names: Mapping[str, str], *, is_open: bool) -> list[str]:
    """The numbers and ids of the people whose name holds these words."""
    return [one for one, name in names.items() if holds(tokens(name), words, is_open=is_open)]


def is_meant(person: str, value: str, names: Mapping[str, str]) -> bool:
    """Whether a filter's value means a person: by number or id, their beginning, or the name."""
    if EVERYONE in (person, value):
        return person == value
    wanted = fold(value)
    return fold(person).startswith(wanted) or wanted in fold(names.get(person, ""))


def excerpt(
    query: Query, texts: Sequence[str], names: Mapping[str, str], *, before: int
) -> tuple[str, list[tuple[int, int]]]:
    """The piece of the texts round the first hit, on one line, with where in it the hits are.

    So many characters stand before the hit. "" where no word was looked for, or none is in the
    texts.
    """
    for text in texts:
        hits = highlights(query, text, names)
        if hits:
            start = max(hits[0][0] - before, 0)
            end = min(hits[0][1] + _BEHIND, len(text))
            left, right = "…" if start else "", "…" if end < len(text) else ""
            line = "".join(" " if mark.isspace() else mark for mark in text[start:end])
            shift = len(left) - start
            shown = [(a + shift, b + shift) for a, b in hits if a >= start and b <= end]
            return f"{left}{line}{right}", shown
    return "", []


def highlights(query: Query, text: str, names: Mapping[str, str]) -> list[tuple[int, int]]:
    """Where the words that are looked for stand in a text; apart, and in their order."""
    found: list[tuple[int, int]] = []
    for term in query.terms:
        if not term.is_excluded:
            found += places(text, term.words, is_open=term.is_open)
            for person in people_named(term.words, names, is_open=term.is_open):
                found += places(text, tokens(person), is_open=False)
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _has(term: Term, cut: Sequence[Sequence[str]], names: Mapping[str, str]) -> bool:
    if any(holds(one, term.words, is_open=term.is_open) for one in cut):
        return True
    people = people_named(term.words, names, is_open=term.is_open)
    return any(holds(one, tokens(person), is_open=False) for person in people for one in cut)


def _passes(
    query: Query,
    field: SearchField,
    document: SendDocument,
    names: Mapping[str, str],
    now: datetime,
) -> bool:
    wanted, excluded = query.of(field), query.of(field, excluded=True)
    if not wanted and not excluded:
        return True

    def is_it(value: str) -> bool:
        match field:
            case SearchField.TIME:
                first, after = time_span(value, now)
                return first <= document.at < after
            case SearchField.PERSON:
                return any(is_meant(one, value, names) for one in document.people)
            case SearchField.ROBOT:
                return any(fold(value) in fold(one) for one in document.values[field])
            case _:
                return value in document.values.get(field, ())

    return (not wanted or any(map(is_it, wanted))) and not any(map(is_it, excluded))
