"""The values that were given to the fields of templates last."""

from datetime import datetime
from typing import Final

from dingcomposer.storage.database import Database, to_micros

KEPT: Final = 5
"""So many values of a field are remembered, the newest ones."""


class FieldValueStore:
    """The last values of templates' fields. Main thread; every method raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last(self, template: str) -> dict[str, tuple[str, ...]]:
        """The values of each field of a template, the newest first."""
        rows = self._database.rows(
            "SELECT field, value FROM field_values WHERE template = ? ORDER BY used_at DESC, value",
            template,
        )
        found: dict[str, tuple[str, ...]] = {}
        for row in rows:
            found[row["field"]] = (*found.get(row["field"], ()), row["value"])
        return found

    def remember(self, template: str, values: dict[str, str], at: datetime) -> None:
        """These were given; of each field the newest few are kept."""
        with self._database.transaction():
            for field, value in values.items():
                self._database.run(
                    "INSERT INTO field_values VALUES (?, ?, ?, ?)"
                    " ON CONFLICT DO UPDATE SET used_at = excluded.used_at",
                    template,
                    field,
                    value,
                    to_micros(at),
                )
                self._database.run(
                    "DELETE FROM field_values WHERE template = ? AND field = ? AND value NOT IN"
                    " (SELECT value FROM field_values WHERE template = ? AND field = ?"
                    " ORDER BY used_at DESC, value LIMIT ?)",
                    *(template, field, template, field, KEPT),
                )

    def forget(self, template: str) -> None:
        """A template is gone."""
        self._database.run("DELETE FROM field_values WHERE template = ?", template)
