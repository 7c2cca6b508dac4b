"""Questions: as SQLite's full-text search is asked them, and those that a person keeps.

Every word of a person's reaches it as tokens between quotes, none of which can hold a quote: its
own syntax cannot be typed.
"""

from collections.abc import Mapping, Sequence

from dingcomposer.core.messages import Kind
from dingcomposer.core.records import dataclass
from dingcomposer.core.search.matching import people_named
from dingcomposer.core.search.query import EVERYONE, Query, SearchField, Term
from dingcomposer.core.search.tokens import fold, is_run, tokens
from dingcomposer.storage.database import Database
from dingcomposer.storage.search.documents import facet_word, person_word, spelled

MOST_TOKENS = 64
"""Of a longer phrase the index is asked for this much; the rest is looked for in the texts."""

Facets = Mapping[tuple[SearchField, str], int]


@dataclass(frozen=True, slots=True)
class Expression:
    """What stands behind MATCH; "" where nothing can be found. `is_exact`: all of it is asked."""

    match: str
    is_exact: bool = True


def expression_of(query: Query, facets: Facets, names: Mapping[str, str]) -> Expression:
    """A question as the index understands it; all but the time, which keys stand for."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for term in query.terms:
        if not (term.is_excluded and len(term.words) > MOST_TOKENS):  # the texts are asked then
            (unwanted if term.is_excluded else wanted).append(_term(term, names))
    for field in (
        SearchField.ROBOT,
        SearchField.STATUS,
        SearchField.KIND,
        SearchField.CAUSE,
        SearchField.STAGE,
    ):
        asked = _facets(field, query.of(field), facets)
        if asked:
            wanted.append(" OR ".join(asked))
        elif query.of(field):
            return Expression("")
        unwanted += _facets(field, query.of(field, excluded=True), facets)
    people = [_person(value, names) for value in query.of(SearchField.PERSON)]
    if people:
        wanted.append(" OR ".join(people))
    unwanted += [_person(value, names) for value in query.of(SearchField.PERSON, excluded=True)]
    if not wanted:
        kinds = [
            facets[SearchField.KIND, kind] for kind in Kind if (SearchField.KIND, kind) in facets
        ]
        if not kinds:
            return Expression("")
        wanted.append(" OR ".join(_quoted(facet_word(number)) for number in kinds))
    match = " AND ".join(f"({one})" for one in wanted)
    if unwanted:
        match = f"({match}) NOT ({' OR '.join(f'({one})' for one in unwanted)})"
    is_short = all(len(term.words) <= MOST_TOKENS for term in query.terms)
    return Expression(match, is_short)


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A question under a name."""

    name: str
    question: str


class SavedSearchStore:
    """The kept searches in the database. Main thread; every method raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self) -> tuple[SavedSearch, ...]:
        """All of them, in their order."""
        rows = self._database.rows("SELECT name, question FROM searches ORDER BY position")
        return tuple(SavedSearch(row["name"], row["question"]) for row in rows)

    def save(self, searches: Sequence[SavedSearch]) -> None:
        """Keep these instead of those that are kept."""
        with self._database.transaction():
            self._database.run("DELETE FROM searches")
            for position, one in enumerate(searches):
                self._database.run(
                    "INSERT INTO searches (position, name, question) VALUES (?, ?, ?)",
                    *(position, one.name, one.question),
                )


def _facets(field: SearchField, values: Sequence[str], facets: Facets) -> list[str]:
    """The facets that are meant by these values of a field."""
    folded = [fold(value) for value in values]

    def is_asked(value: str) -> bool:
        if field is SearchField.ROBOT:
            return any(part in fold(value) for part in folded)
        return value in values

    return [
        _quoted(facet_word(number))
        for (one, value), number in facets.items()
        if one is field and is_asked(value)
    ]


def _term(term: Term, names: Mapping[str, str]) -> str:
    words = [spelled(token) for token in term.words[:MOST_TOKENS]]
    is_whole = len(term.words) <= MOST_TOKENS
    is_open = term.is_open and is_whole and is_run(term.words[-1])
    phrases = [_quoted(*words, is_open=is_open)]
    for person in people_named(term.words, names, is_open=term.is_open):
        phrases.append(_quoted(*map(spelled, tokens(person))))
    return " OR ".join(phrases)


def _person(value: str, names: Mapping[str, str]) -> str:
    if value == EVERYONE:
        return _quoted(person_word(EVERYONE))
    known = [person for person in names if fold(value) in fold(names[person])]
    phrases = [_quoted(person_word(person)) for person in known]
    return " OR ".join([_quoted(person_word(value), is_open=True), *phrases])


def _quoted(*words: str, is_open: bool = False) -> str:
    phrase = f'"{" ".join(words)}"'
    return f"{phrase} *" if is_open else phrase
