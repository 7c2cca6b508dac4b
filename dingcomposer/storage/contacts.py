"""The people that can be mentioned by name."""

from collections import Counter
from collections.abc import Sequence

from dingcomposer.core.contacts import Contact, team_names
from dingcomposer.core.plain_text import clean
from dingcomposer.storage.database import Database, from_json


class ContactStore:
    """The contacts in the database. Main thread; every method raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[Contact, ...]:
        """Every contact, in the person's order."""
        rows = self._database.rows(
            "SELECT name, mobile, user_id, department, teams FROM contacts ORDER BY position"
        )
        return tuple(
            Contact(
                clean(row["name"]),
                row["mobile"],
                row["user_id"],
                clean(row["department"]),
                team_names(clean(row["teams"])),
            )
            for row in rows
        )

    def replace(self, contacts: Sequence[Contact]) -> None:
        """Have these contacts, in this order, and no others; may be part of a transaction."""
        with self._database.joined_transaction():
            self._database.run("DELETE FROM contacts")
            for position, one in enumerate(contacts):
                self._database.insert(
                    "contacts",
                    {
                        "position": position,
                        "name": one.name,
                        "mobile": one.mobile,
                        "user_id": one.user_id,
                        "department": one.department,
                        "teams": "\n".join(one.teams),
                    },
                )


def mentioned(database: Database, robot_id: str, most_sends: int) -> tuple[str, ...]:
    """Whom so many of the newest sends to a robot mentioned, by number or id.

    The most often mentioned come first; of two with the same count, whoever was mentioned last.
    Raises StorageError.
    """
    rows = database.rows(
        "SELECT json_extract(payload, '$.at.atMobiles') AS mobiles,"
        " json_extract(payload, '$.at.atUserIds') AS user_ids"
        " FROM sends WHERE robot_id = ? ORDER BY key DESC LIMIT ?",
        robot_id,
        most_sends,
    )
    counts: Counter[str] = Counter()
    for row in rows:
        for column in ("mobiles", "user_ids"):
            counts.update(from_json(row[column]) if row[column] else ())
    return tuple(person for person, _ in counts.most_common())
