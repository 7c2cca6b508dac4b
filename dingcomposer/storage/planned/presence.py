"""Whether anything is planned, or was left in the middle: asked at each start, by two short looks.

What reads and carries out plans need not be loaded where there are none.
"""

from dingcomposer.storage.database import Database


def has_schedules(database: Database) -> bool:
    """Whether any schedule is kept, paused ones included. Raises StorageError."""
    return _has(database, "SELECT 1 FROM schedules WHERE removed_at IS NULL")


def has_table_runs(database: Database) -> bool:
    """Whether any message for each row of a table is kept, over or not. Raises StorageError."""
    return _has(database, "SELECT 1 FROM table_runs")


def _has(database: Database, rows: str) -> bool:
    return bool(database.rows(f"{rows} LIMIT 1"))
