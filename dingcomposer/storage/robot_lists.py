"""Lists of robots: who is in them, for which drafts one was chosen, how a message goes to one."""

from collections.abc import Sequence

from dingcomposer.core.delivery import AT_ONCE, BroadcastOrder
from dingcomposer.core.plain_text import clean
from dingcomposer.core.robot_lists import ListChoice, ListMember, RobotList
from dingcomposer.storage.database import (
    Database,
    StorageError,
    StorageFault,
    from_json,
    to_json,
)


class RobotListStore:
    """The lists in the person's order. Main thread; StorageError throughout.

    A robot that is deleted leaves its lists by itself: a key of the database sees to it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[RobotList, ...]:
        """Every list, in order."""
        members: dict[str, list[str]] = {}
        for row in self._database.rows(
            "SELECT list_id, robot_id FROM robot_list_members ORDER BY list_id, position"
        ):
            members.setdefault(row["list_id"], []).append(row["robot_id"])
        return tuple(
            RobotList(
                row["list_id"],
                clean(row["name"]),
                tuple(members.get(row["list_id"], ())),
                clean(row["tag"]),
                row["gap_ms"] / 1000,
                bool(row["stops_at_failure"]),
            )
            for row in self._database.rows("SELECT * FROM robot_lists ORDER BY position")
        )

    def replace(self, lists: Sequence[RobotList]) -> None:
        """Have these lists, in this order, and no others; members that are no robots are left out.

        May be part of a transaction.
        """
        with self._database.joined_transaction():
            known = {str(row[0]) for row in self._database.rows("SELECT robot_id FROM robots")}
            self._database.run("DELETE FROM robot_list_members")
            self._database.run("DELETE FROM robot_lists")
            for position, one in enumerate(lists):
                self._database.insert(
                    "robot_lists",
                    {
                        "list_id": one.list_id,
                        "position": position,
                        "name": one.name,
                        "tag": one.tag,
                        "gap_ms": round(one.gap_s * 1000),
                        "stops_at_failure": one.stops_at_failure,
                    },
                )
                members = [robot_id for robot_id in one.robot_ids if robot_id in known]
                for place, robot_id in enumerate(dict.fromkeys(members)):
                    self._database.insert(
                        "robot_list_members",
                        {"list_id": one.list_id, "robot_id": robot_id, "position": place},
                    )

    def choice(self, draft_id: str) -> ListChoice | None:
        """The list that was chosen for a draft, as it was then."""
        rows = self._database.rows(
            "SELECT list_id, members FROM list_choices WHERE draft_id = ?", draft_id
        )
        if not rows:
            return None
        try:
            members = tuple(
                ListMember(str(robot_id), clean(str(name)))
                for robot_id, name in from_json(rows[0]["members"])
            )
        except (TypeError, ValueError):
            raise StorageError(StorageFault.DAMAGED) from None
        return ListChoice(rows[0]["list_id"], members)

    def remember_choice(self, draft_id: str, choice: ListChoice) -> None:
        """A list was chosen for a draft; what is known of drafts that are gone is forgotten."""
        members = [(one.robot_id, one.name) for one in choice.members]
        with self._database.transaction():
            self._database.run(
                "DELETE FROM list_choices WHERE draft_id NOT IN (SELECT draft_id FROM drafts)"
            )
            self._database.run(
                "INSERT OR REPLACE INTO list_choices VALUES (?, ?, ?)",
                *(draft_id, choice.list_id, to_json(members)),
            )


def note_order(database: Database, group_id: str, order: BroadcastOrder) -> None:
    """Write down how the sends of this group go out; the first word stands. StorageError.

    Only what a person put into an order has a row; it serves those that are sent to again, too.
    """
    if order == AT_ONCE:
        return
    database.run(
        "INSERT OR IGNORE INTO broadcasts VALUES (?, ?, ?, ?)",
        *(group_id, order.list_name, round(order.gap_s * 1000), order.stops_at_failure),
    )


def order_of(database: Database, group_id: str) -> BroadcastOrder:
    """How the sends of this group went out. Raises StorageError."""
    rows = database.rows("SELECT * FROM broadcasts WHERE group_id = ?", group_id)
    if not rows:
        return AT_ONCE
    row = rows[0]
    return BroadcastOrder(
        clean(row["list_name"]), row["gap_ms"] / 1000, bool(row["stops_at_failure"])
    )
