"""China's days off and the weekends that are worked instead, and what a person knows better.

What a person has entered wins. A year whose dates are not published yet is not known, until a
person says that all of its dates are entered; nothing is ever guessed.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Final

from dingcomposer.core.records import dataclass
from dingcomposer.core.templates.working_days import official_day

_SATURDAY: Final = 5


class ChinaDay(StrEnum):
    """What a day is."""

    PLAIN = "plain"  # a weekday that is worked, or a weekend that is not
    HOLIDAY = "holiday"  # a day off of a public holiday
    SHIFTED = "shifted"  # a weekend that is worked instead
    UNKNOWN = "unknown"  # of a year whose dates are not known


@dataclass(frozen=True, slots=True)
class EnteredDay:
    """What a person has said of a day: that it is worked, or that it is off."""

    day: date
    is_worked: bool


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The calendar as it is known here. `whole_years` are those that a person has entered whole."""

    entered: tuple[EnteredDay, ...] = ()
    whole_years: tuple[int, ...] = ()

    def kind_of(self, day: date) -> ChinaDay:
        """What is known of a day."""
        is_weekend = day.weekday() >= _SATURDAY
        for one in self.entered:
            if one.day == day:
                return _worked(is_weekend=is_weekend) if one.is_worked else ChinaDay.HOLIDAY
        published = official_day(day)
        if published is None:
            return ChinaDay.PLAIN if day.year in self.whole_years else ChinaDay.UNKNOWN
        if published.is_worked:
            return _worked(is_weekend=is_weekend)
        is_off = published.is_holiday or not is_weekend
        return ChinaDay.HOLIDAY if is_off else ChinaDay.PLAIN

    def is_known(self, year: int) -> bool:
        """Whether the dates of a year are known."""
        return year in self.whole_years or official_day(date(year, 1, 1)) is not None

    def unknown_years(self, days: Iterable[date]) -> tuple[int, ...]:
        """The years of these days whose dates are not known."""
        years = sorted({day.year for day in days})
        return tuple(year for year in years if not self.is_known(year))


def _worked(*, is_weekend: bool) -> ChinaDay:
    return ChinaDay.SHIFTED if is_weekend else ChinaDay.PLAIN
