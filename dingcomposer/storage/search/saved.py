"""Searches that a person keeps, as typed, in their order."""

from collections.abc import Sequence

from dingcomposer.core.records import dataclass
from dingcomposer.storage.database import Database


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
