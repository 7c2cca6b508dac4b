"""How one message went to several groups: from which list, with which gap, and whether it stops.

Only what a person put into an order has a row; it serves those that are sent to again, too.
"""

from dingcomposer.core.delivery import AT_ONCE, BroadcastOrder
from dingcomposer.core.plain_text import clean
from dingcomposer.storage.database import Database


def note_order(database: Database, group_id: str, order: BroadcastOrder) -> None:
    """Write down how the sends of this group go out; the first word stands. StorageError."""
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
