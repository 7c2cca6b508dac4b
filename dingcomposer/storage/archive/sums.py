"""How much was sent, by day, outcome, cause and robot: from sums that triggers keep.

Days and months are Beijing's (UTC+8): the same on every computer, and never an hour too long.
"""

from datetime import date, datetime, timedelta, timezone

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Fault, Status
from dingcomposer.core.records import dataclass
from dingcomposer.storage.database import Database
from dingcomposer.storage.migrations import SUM_DAY, SUM_MONTH

BEIJING = timezone(timedelta(hours=8))
SLICE = 400

_ROW_DAY = SUM_DAY.replace("{row}", "sends")
_ROW_MONTH = SUM_MONTH.replace("{row}", "sends")
MOST_CAUSES = 5
MOST_ROBOTS = 6


@dataclass(frozen=True, slots=True)
class CauseCount:
    """How many sends did not arrive for one reason."""

    status: Status
    cause: Cause | None
    fault: Fault | None
    sends: int


@dataclass(frozen=True, slots=True)
class RobotCount:
    """How many sends one robot got; its name as it was at the newest of them."""

    robot_id: str
    name: str
    colour: str
    sends: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The sums of a span of whole months. `days` and `months` hold those with sends only."""

    first: date
    last: date
    days: tuple[tuple[date, int], ...]
    outcomes: tuple[tuple[Status, int], ...]
    causes: tuple[CauseCount, ...]
    robots: tuple[RobotCount, ...]
    is_complete: bool

    @property
    def total(self) -> int:
        """All sends of the span."""
        return sum(count for _, count in self.outcomes)


def today(now: datetime) -> date:
    """The day it is in Beijing."""
    return now.astimezone(BEIJING).date()


class SumStore:
    """The sums in the database. Main thread; raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add_slice(self, rows: int = SLICE) -> bool:
        """Add some sends from before the sums; True where none is left."""
        with self._database.light_transaction():
            state = self._database.rows("SELECT summed_key, born_key FROM sums_state")[0]
            done, born = int(state["summed_key"]), int(state["born_key"])
            if done >= born:
                return True
            last = self._database.rows(
                "SELECT max(key) FROM (SELECT key FROM sends WHERE key > ? AND key <= ?"
                " ORDER BY key LIMIT ?)",
                *(done, born, rows),
            )[0][0]
            until = born if last is None else int(last)
            span = "WHERE key > ? AND key <= ? GROUP BY"
            self._database.run(
                f"INSERT INTO daily_sums SELECT {_ROW_DAY}, is_sandbox, stage, status,"
                f" coalesce(cause, ''), coalesce(fault, ''), count(*) FROM sends {span}"
                " 1, 2, 3, 4, 5, 6 ON CONFLICT DO UPDATE SET sends = sends + excluded.sends",
                *(done, until),
            )
            self._database.run(
                f"INSERT INTO robot_sums SELECT {_ROW_MONTH}, robot_id, count(*) FROM sends {span}"
                " 1, 2 ON CONFLICT DO UPDATE SET sends = sends + excluded.sends",
                *(done, until),
            )
            self._database.run("UPDATE sums_state SET summed_key = ?", until)
        return until >= born

    def overview(self, first: date, last: date) -> Overview:
        """The sums of the months from the one of `first` to the one of `last`."""
        first = first.replace(day=1)
        span = _month(first) * 100, _month(last) * 100 + 99
        days = self._database.rows(
            "SELECT day, sum(sends) FROM daily_sums WHERE day BETWEEN ? AND ? GROUP BY day", *span
        )
        groups = self._database.rows(
            "SELECT status, cause, fault, sum(sends) FROM daily_sums WHERE day BETWEEN ? AND ?"
            " GROUP BY status, cause, fault",
            *span,
        )
        outcomes: dict[Status, int] = {}
        causes: list[CauseCount] = []
        for status, cause, fault, sends in groups:
            known = Status(status)
            outcomes[known] = outcomes.get(known, 0) + sends
            if known in (Status.REFUSED, Status.NOT_SENT, Status.UNKNOWN) and (cause or fault):
                causes.append(
                    CauseCount(
                        known,
                        Cause(cause) if cause else None,
                        Fault(fault) if fault else None,
                        sends,
                    )
                )
        state = self._database.rows("SELECT summed_key >= born_key FROM sums_state")[0]
        return Overview(
            first,
            last,
            tuple((_day(day), sends) for day, sends in days),
            tuple((one, outcomes[one]) for one in Status if one in outcomes),
            tuple(sorted(causes, key=lambda one: -one.sends)[:MOST_CAUSES]),
            self._robots(span[0] // 100, span[1] // 100),
            bool(state[0]),
        )

    def first_day(self) -> date | None:
        """The oldest day with sends."""
        found = self._database.rows("SELECT min(day) FROM daily_sums")[0][0]
        return None if found is None else _day(found)

    def _robots(self, first: int, last: int) -> tuple[RobotCount, ...]:
        found = self._database.rows(
            "SELECT robot_id, sum(sends) AS total FROM robot_sums WHERE month BETWEEN ? AND ?"
            " GROUP BY robot_id ORDER BY total DESC, robot_id LIMIT ?",
            *(first, last, MOST_ROBOTS),
        )
        counts = []
        for robot_id, sends in found:
            newest = self._database.rows(
                "SELECT robot_name, robot_colour FROM sends WHERE robot_id = ?"
                " ORDER BY key DESC LIMIT 1",
                robot_id,
            )
            if newest:
                counts.append(RobotCount(robot_id, newest[0][0], newest[0][1], sends))
        return tuple(counts)


def _month(day: date) -> int:
    return day.year * 100 + day.month


def _day(number: int) -> date:
    return date(number // 10_000, number // 100 % 100, number % 100)
