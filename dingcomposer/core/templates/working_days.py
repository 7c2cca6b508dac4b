"""China's working days, weekends that are worked included, as far as they are published.

The dates of a year are published in the November before it. A year that the table does not have
is not known, and is never guessed.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

_MOST_DAYS: Final = 30
"""The longest holidays have nine days in a row."""


@lru_cache(maxsize=1)
def coverage() -> tuple[int, int]:
    """The first and the last year whose working days are known."""
    from chinese_calendar import constants  # 7 ms, with the first template that asks

    years = {day.year for day in constants.holidays}
    return min(years), max(years)


def next_working_day(day: date) -> date | None:
    """The first working day after a day; None where the calendar of that time is not known."""
    from chinese_calendar import is_workday

    first, last = coverage()
    for number in range(1, _MOST_DAYS):
        later = day + timedelta(days=number)
        if not first <= later.year <= last:
            return None
        if is_workday(later):
            return later
    return None


class OfficialDay(NamedTuple):
    """What the published calendar says of a day; `is_holiday`: it is off for a public holiday."""

    is_worked: bool
    is_holiday: bool


def official_day(day: date) -> OfficialDay | None:
    """What is published of a day; None where the calendar of its year is not known."""
    from chinese_calendar import constants, is_workday

    first, last = coverage()
    if not first <= day.year <= last:
        return None
    return OfficialDay(is_workday(day), day in constants.holidays)
