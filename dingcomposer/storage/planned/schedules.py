"""The schedules in the database, and the days that a person has entered. Never a secret."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from dingcomposer.core.scheduling.documents import (
    ScheduleError,
    schedule_document,
    schedule_from,
)
from dingcomposer.core.scheduling.schedule import MessageSchedule
from dingcomposer.core.scheduling.working_calendar import EnteredDay, WorkingCalendar
from dingcomposer.storage.database import Database, Row, from_json, from_micros, to_json, to_micros
from dingcomposer.storage.history_rows import read_time

KEPT_REMOVED: Final = timedelta(days=30)
"""So long a schedule that was removed can be had back."""


class ScheduleConflict(Exception):
    """Somebody else has changed or removed the schedule meanwhile."""


class ScheduleStore:
    """Schedules, changed whole. Main thread; every method raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def database(self) -> Database:
        """Where they are kept."""
        return self._database

    def all(self, *, with_removed: bool = False) -> tuple[MessageSchedule, ...]:
        """Those that are kept, the oldest first. What cannot be read is in `unreadable`."""
        where = "" if with_removed else "WHERE removed_at IS NULL"
        rows = self._database.rows(f"SELECT * FROM schedules {where} ORDER BY created_at, rowid")
        return tuple(one for row in rows if (one := _read(row)) is not None)

    def unreadable(self) -> int:
        """How many cannot be read here: written by a newer program, or of an unknown zone."""
        rows = self._database.rows("SELECT * FROM schedules WHERE removed_at IS NULL")
        return sum(_read(row) is None for row in rows)

    def get(self, schedule_id: str) -> MessageSchedule | None:
        """One schedule, removed or not; None where it is not there, or cannot be read."""
        rows = self._database.rows("SELECT * FROM schedules WHERE schedule_id = ?", schedule_id)
        return _read(rows[0]) if rows else None

    def add(self, schedule: MessageSchedule, now: datetime) -> MessageSchedule:
        """Keep a new one; it is due from now on."""
        self._database.insert(
            "schedules",
            {
                "schedule_id": schedule.schedule_id,
                "revision": 1,
                "document": to_json(schedule_document(schedule)),
                "is_paused": schedule.is_paused,
                "created_at": to_micros(now),
                "settled_until": to_micros(now),
            },
        )
        return replace(schedule, revision=1, created_at=now, settled_until=now)

    def change(self, schedule: MessageSchedule, now: datetime) -> MessageSchedule:
        """Keep it as it is now; its new times count from now on. Raises ScheduleConflict."""
        changed = self._database.run(
            "UPDATE schedules SET document = ?, revision = revision + 1, settled_until = ?"
            " WHERE schedule_id = ? AND revision = ? AND removed_at IS NULL",
            to_json(schedule_document(schedule)),
            to_micros(now),
            schedule.schedule_id,
            schedule.revision,
        )
        if not changed:
            raise ScheduleConflict
        return replace(schedule, revision=schedule.revision + 1, settled_until=now)

    def set_paused(self, schedule_id: str, now: datetime, *, is_paused: bool) -> None:
        """Let it rest, or go on; what was due while it rested is not owed."""
        self._database.run(
            "UPDATE schedules SET is_paused = ?, settled_until = ?"
            " WHERE schedule_id = ? AND is_paused <> ?",
            *(is_paused, to_micros(now), schedule_id, is_paused),
        )

    def set_settled(self, schedule_id: str, until: datetime) -> None:
        """What was due until then is decided; part of the caller's transaction."""
        self._database.run(
            "UPDATE schedules SET settled_until = ? WHERE schedule_id = ?",
            *(to_micros(until), schedule_id),
        )

    def remove(self, schedule_id: str, now: datetime) -> None:
        """Take it away; `restore` brings it back. Of long removed ones nothing stays."""
        with self._database.transaction():
            self._database.run(
                "UPDATE schedules SET removed_at = ? WHERE schedule_id = ?",
                *(to_micros(now), schedule_id),
            )
            before = to_micros(now - KEPT_REMOVED)
            gone = "SELECT schedule_id FROM schedules WHERE removed_at < ?"
            self._database.run(f"DELETE FROM planned_runs WHERE schedule_id IN ({gone})", before)
            self._database.run("DELETE FROM schedules WHERE removed_at < ?", before)

    def restore(self, schedule_id: str, now: datetime) -> None:
        """Have a removed one back; what was due meanwhile is not owed."""
        self._database.run(
            "UPDATE schedules SET removed_at = NULL, settled_until = ?"
            " WHERE schedule_id = ? AND removed_at IS NOT NULL",
            *(to_micros(now), schedule_id),
        )

    # The days that a person has entered

    def calendar(self) -> WorkingCalendar:
        """China's calendar with what a person has entered."""
        days = self._database.rows("SELECT day, is_worked FROM calendar_days ORDER BY day")
        years = self._database.rows("SELECT year FROM calendar_years ORDER BY year")
        return WorkingCalendar(
            tuple(
                EnteredDay(date.fromisoformat(one["day"]), bool(one["is_worked"])) for one in days
            ),
            tuple(int(one["year"]) for one in years),
        )

    def enter_days(self, days: Iterable[EnteredDay]) -> None:
        """Remember what a person says of some days."""
        with self._database.transaction():
            for one in days:
                self._database.run(
                    "INSERT OR REPLACE INTO calendar_days VALUES (?, ?)",
                    *(one.day.isoformat(), one.is_worked),
                )

    def forget_day(self, day: date) -> None:
        """Go by the published calendar again."""
        self._database.run("DELETE FROM calendar_days WHERE day = ?", day.isoformat())

    def set_year_whole(self, year: int, *, is_whole: bool) -> None:
        """Whether a person says that all dates of a year are entered."""
        if is_whole:
            self._database.run("INSERT OR IGNORE INTO calendar_years VALUES (?)", year)
        else:
            self._database.run("DELETE FROM calendar_years WHERE year = ?", year)


def _read(row: Row) -> MessageSchedule | None:
    try:
        schedule = schedule_from(row["schedule_id"], from_json(row["document"]))
    except (ScheduleError, ValueError):
        return None
    return replace(
        schedule,
        is_paused=bool(row["is_paused"]),
        revision=int(row["revision"]),
        created_at=from_micros(row["created_at"]),
        settled_until=from_micros(row["settled_until"]),
        removed_at=read_time(row["removed_at"]),
    )
