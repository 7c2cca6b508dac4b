"""How often something repeats, in iCalendar's RRULE (RFC 5545): read, refused, unrolled.

Times here are wall-clock times without a zone; `core.scheduling.timing` puts them on the clock.
Of the standard's rules those are taken that a notice can have: from hourly to yearly.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from dingcomposer.core.records import dataclass

WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2200
LEAST_GAP_MINUTES: Final = 5
"""Nothing repeats more often: a run that takes its time, or starts a little late, is over by then.
"""

_AHEAD_YEARS: Final = 7_600
"""The calendar repeats itself every 400 years, weekdays included. A rule is unrolled so far ahead,
where the library's search for a day that never comes ends after 400 years, not after 8000.
"""
_PERIODS: Final = {
    "HOURLY": timedelta(hours=1),
    "DAILY": timedelta(days=1),
    "WEEKLY": timedelta(weeks=1),
}
_FREQUENCIES: Final = ("HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_DAY: Final = re.compile(r"([+-]?[1-9]\d?)?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBER: Final = re.compile(r"[+-]?\d{1,3}")
_UNTIL: Final = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?")
_RANGES: Final = {
    "BYMONTH": range(1, 13),
    "BYMONTHDAY": range(1, 32),
    "BYYEARDAY": range(1, 367),
    "BYWEEKNO": range(1, 54),
    "BYSETPOS": range(1, 367),
    "BYHOUR": range(24),
    "BYMINUTE": range(60),
}
_FROM_THE_END: Final = ("BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS")
_PARTS_OF: Final = {
    "HOURLY": ("BYDAY", "BYHOUR", "BYMINUTE"),
    "DAILY": ("BYMONTH", "BYMONTHDAY", "BYDAY", "BYHOUR", "BYMINUTE"),
    "WEEKLY": ("BYMONTH", "BYDAY", "BYHOUR", "BYMINUTE", "BYSETPOS"),
    "MONTHLY": ("BYMONTH", "BYMONTHDAY", "BYDAY", "BYHOUR", "BYMINUTE", "BYSETPOS"),
    "YEARLY": (*_RANGES, "BYDAY"),
}
_LONGEST_MONTHS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
MOST_INTERVAL: Final = 1_000
_MOST_COUNT: Final = 9_999


class RuleFault(StrEnum):
    """Why a text is no rule that can be used; `RuleError.word` says where."""

    NOT_ONE = "not_one"  # no RRULE at all, or several lines
    FREQUENCY = "frequency"  # missing, or none from hourly to yearly
    UNKNOWN_PART = "unknown_part"
    TWICE = "twice"  # a part that stands there twice
    VALUE = "value"  # a part whose value is none
    NOT_TOGETHER = "not_together"  # a part that this frequency does not have
    TOO_OFTEN = "too_often"
    NEVER = "never"  # no day fits


class RuleError(Exception):
    """A text is no rule; `fault` says why, `word` is the part of it."""

    def __init__(self, fault: RuleFault, word: str = "") -> None:
        super().__init__(fault.value, word)
        self.fault = fault
        self.word = word


@dataclass(frozen=True, slots=True)
class RecurrenceRule:
    """A rule as read: `parts` without its end, and the end, which is UNTIL or COUNT or neither.

    `until` is a wall-clock time and counts in; where `is_until_utc` it is one of UTC.
    """

    parts: tuple[tuple[str, str], ...]
    until: datetime | None = None
    is_until_utc: bool = False
    count: int | None = None

    @property
    def text(self) -> str:
        """The rule without its end, as RRULE has it."""
        return ";".join(f"{name}={value}" for name, value in self.parts)

    def part(self, name: str) -> str:
        """A part's value, "" where it has none."""
        return dict(self.parts).get(name, "")

    @property
    def interval(self) -> int:
        """Every so many periods."""
        return int(self.part("INTERVAL") or 1)

    @property
    def is_each_weekday(self) -> bool:
        """True where it is every weekday's, and no other day's."""
        days = set(self.part("BYDAY").split(","))
        is_plain = self.interval == 1 and not (self.part("BYMONTH") or self.part("BYSETPOS"))
        is_plain = is_plain and not self.part("BYMONTHDAY")
        return is_plain and self.part("FREQ") in ("DAILY", "WEEKLY") and days == set(WEEKDAYS[:5])

    def until_in(self, zone: ZoneInfo) -> datetime | None:
        """Its end by the clock of a zone."""
        if self.until is None or not self.is_until_utc:
            return self.until
        return self.until.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)


def parse_rule(text: str) -> RecurrenceRule:
    """The rule that a text is, with or without "RRULE:" before it. Raises RuleError."""
    found = text.strip().upper()
    if "\n" in found or "\r" in found:
        raise RuleError(RuleFault.NOT_ONE)
    pieces = [one.strip() for one in found.removeprefix("RRULE:").strip(";").split(";")]
    parts: dict[str, str] = {}
    for piece in pieces:
        name, is_pair, value = piece.partition("=")
        if not is_pair:
            raise RuleError(RuleFault.NOT_ONE, piece)
        if name in parts:
            raise RuleError(RuleFault.TWICE, name)
        parts[name] = value.replace(" ", "")
    frequency = parts.get("FREQ", "")
    if frequency not in _FREQUENCIES:
        raise RuleError(RuleFault.FREQUENCY, frequency)
    for name, value in parts.items():
        _demand_value(name, value, frequency)
    _demand_some_day(parts)
    _demand_rest(parts)
    until, is_utc = _until(parts.pop("UNTIL", ""))
    count = parts.pop("COUNT", "")
    if until is not None and count:
        raise RuleError(RuleFault.NOT_TOGETHER, "COUNT")
    return RecurrenceRule(tuple(parts.items()), until, is_utc, int(count) if count else None)


def wall_times(
    rule: RecurrenceRule, start: datetime, after: datetime | None = None
) -> Iterator[datetime]:
    """The wall-clock times of a rule from `start` on, in order, its end not considered.

    With `after`, those long before it may be left out. They end with the year 2400 or so.
    """
    from dateutil.rrule import rrulestr  # 12 ms, with the first schedule

    if after is not None and (period := _PERIODS.get(rule.part("FREQ"))) is not None:
        # Whole periods: every later time stays what it is.
        whole = period * rule.interval
        skipped = (after - start - timedelta(days=8)) // whole
        start += whole * max(skipped, 0)
    ahead = start.replace(year=start.year + _AHEAD_YEARS, second=0, microsecond=0)
    try:
        for at in rrulestr(rule.text, dtstart=ahead):
            yield at.replace(year=at.year - _AHEAD_YEARS)
    except ValueError:
        # What only the library sees, such as hours that an interval never comes to.
        raise RuleError(RuleFault.NEVER) from None


def _demand_value(name: str, value: str, frequency: str) -> None:
    match name:
        case "FREQ":
            return
        case "WKST":
            is_good = value in WEEKDAYS
        case "INTERVAL":
            is_good = value.isdecimal() and 1 <= int(value) <= MOST_INTERVAL
        case "COUNT":
            is_good = value.isdecimal() and 1 <= int(value) <= _MOST_COUNT
        case "UNTIL":
            is_good = True  # `_until` looks
        case "BYDAY":
            is_good = _are_days(value, frequency)
        case _ if name in _RANGES:
            is_good = all(_is_number(name, one) for one in value.split(","))
        case _:
            raise RuleError(RuleFault.UNKNOWN_PART, name)
    if not is_good:
        raise RuleError(RuleFault.VALUE, f"{name}={value}")
    is_by = name.startswith("BY")
    if is_by and name not in _PARTS_OF[frequency]:
        raise RuleError(RuleFault.NOT_TOGETHER, f"FREQ={frequency}, {name}")


def _are_days(value: str, frequency: str) -> bool:
    found = [_DAY.fullmatch(one) for one in value.split(",")]
    has_place = frequency in ("MONTHLY", "YEARLY")
    return all(one is not None and (has_place or not one[1]) for one in found)


def _is_number(name: str, value: str) -> bool:
    if not _NUMBER.fullmatch(value):
        return False
    number = int(value)
    return (abs(number) if name in _FROM_THE_END else number) in _RANGES[name]


def _demand_some_day(parts: dict[str, str]) -> None:
    """Refuse days of the month that none of the months has: looking for them takes long."""
    days = [abs(int(one)) for one in parts.get("BYMONTHDAY", "").split(",") if one]
    months = [int(one) for one in parts.get("BYMONTH", "").split(",") if one] or range(1, 13)
    if days and all(min(days) > _LONGEST_MONTHS[month - 1] for month in months):
        raise RuleError(RuleFault.NEVER)


def _demand_rest(parts: dict[str, str]) -> None:
    minutes = sorted({int(one) for one in parts.get("BYMINUTE", "").split(",") if one})
    if len(minutes) < 2:
        return
    gaps = [late - early for early, late in pairwise(minutes)]
    if min(*gaps, minutes[0] + 60 - minutes[-1]) < LEAST_GAP_MINUTES:
        raise RuleError(RuleFault.TOO_OFTEN, f"BYMINUTE={parts['BYMINUTE']}")


def _until(value: str) -> tuple[datetime | None, bool]:
    if not value:
        return None, False
    found = _UNTIL.fullmatch(value)
    if found is None:
        raise RuleError(RuleFault.VALUE, f"UNTIL={value}")
    try:
        day = datetime.strptime(found[1], "%Y%m%d")  # noqa: DTZ007 - by the zone's own clock
        if found[2] is None:
            return datetime.combine(day, time(23, 59, 59)), False
        at = datetime.strptime(found[1] + found[2], "%Y%m%d%H%M%S")  # noqa: DTZ007 - the same
    except ValueError:
        raise RuleError(RuleFault.VALUE, f"UNTIL={value}") from None
    return at, bool(found[3])
