"""When a schedule is due: its rule on the clock of its zone, and the days that China's calendar
takes out or adds.

A wall-clock time that a zone skips (summer time begins) is due at the first moment after the gap;
one that a zone has twice (summer time ends) is due once, the first time.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dingcomposer.core.records import dataclass
from dingcomposer.core.scheduling.recurrence import (
    FIRST_YEAR,
    LAST_YEAR,
    WEEKDAYS,
    RecurrenceRule,
    RuleError,
    RuleFault,
    parse_rule,
    wall_times,
)
from dingcomposer.core.scheduling.working_calendar import ChinaDay, WorkingCalendar

GRACE: Final = timedelta(minutes=5)
"""So late a run may still begin in a program that was running when it was due: it was busy, or the
computer slept for a moment. What is later was missed: nobody expects Monday's reminder at noon.
"""
GRACE_OF_COMMANDS: Final = timedelta(minutes=2)
"""So late a command may still begin a run: a system's scheduler calls it once a minute only."""

_SECOND: Final = timedelta(seconds=1)


class DayRule(StrEnum):
    """What China's calendar has to say about a repeating schedule's days."""

    ANY = "any"
    NO_HOLIDAYS = "no_holidays"  # not on days off of a public holiday
    WORKING_DAYS = "working_days"  # neither, and also on weekends that are worked instead


class TimingFault(StrEnum):
    """Why a time is none that can be kept."""

    ZONE = "zone"  # not known on this computer
    YEAR = "year"  # out of all bounds
    NOT_WEEKDAYS = "not_weekdays"  # shifted working days, of a rule that is not each weekday's
    ENDS_BEFORE = "ends_before"  # not once before its end


class TimingError(Exception):
    """A time that cannot be kept; `fault` says why."""

    def __init__(self, fault: TimingFault, word: str = "") -> None:
        super().__init__(fault.value, word)
        self.fault = fault
        self.word = word


@dataclass(frozen=True, slots=True)
class ScheduleTiming:
    """When something is to be sent.

    `start` is by the clock of `zone` (an IANA name); a `rule` of "" means once, then. `until`, by
    the same clock, counts in; `count` counts what is due, not what a holiday takes away.
    """

    zone: str
    start: datetime
    rule: str = ""
    day_rule: DayRule = DayRule.ANY
    until: datetime | None = None
    count: int | None = None

    @property
    def is_once(self) -> bool:
        """True where it does not repeat."""
        return not self.rule


class ClockChange(StrEnum):
    """What the zone's clock does to a wall-clock time."""

    NONE = "none"
    SKIPPED = "skipped"  # the zone has no such time on that day: the first moment after it
    TWICE = "twice"  # it has it twice: the first of them


@dataclass(frozen=True, slots=True)
class Due:
    """One time that a schedule is due: `at` in UTC, `wall` as its rule has it.

    With `is_known` False nobody can say yet whether that day is worked.
    """

    at: datetime
    wall: datetime
    is_known: bool = True
    change: ClockChange = ClockChange.NONE


def zone_of(name: str) -> ZoneInfo:
    """The zone of an IANA name. Raises TimingError where this computer does not know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise TimingError(TimingFault.ZONE, name) from None


def timing_of(
    zone: str,
    start: datetime,
    rule: str = "",
    *,
    day_rule: DayRule = DayRule.ANY,
    until: datetime | None = None,
    count: int | None = None,
) -> ScheduleTiming:
    """A timing whose rule may bring its end along. Raises RuleError and TimingError.

    The end that `until` or `count` give wins over the rule's own.
    """
    where = zone_of(zone)
    start = start.replace(second=0, microsecond=0)
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise TimingError(TimingFault.YEAR, str(start.year))
    if not rule.strip():
        return ScheduleTiming(zone, start)
    read = parse_rule(rule)
    if day_rule is DayRule.WORKING_DAYS and not read.is_each_weekday:
        raise TimingError(TimingFault.NOT_WEEKDAYS)
    if next(wall_times(read, start), None) is None:
        raise RuleError(RuleFault.NEVER)
    if until is None and count is None:
        until, count = read.until_in(where), read.count
    timing = ScheduleTiming(zone, start, read.text, day_rule, until, count)
    if next(_walls(timing, None), None) is None:
        raise TimingError(TimingFault.ENDS_BEFORE)
    return timing


def next_dues(
    timing: ScheduleTiming, calendar: WorkingCalendar, after: datetime, limit: int
) -> tuple[Due, ...]:
    """The next times that it is due after a moment, `limit` of them at most."""
    return tuple(islice(dues(timing, calendar, after), limit))


def dues_between(
    timing: ScheduleTiming, calendar: WorkingCalendar, after: datetime, until: datetime
) -> Iterator[Due]:
    """What is due after a moment, up to and with another one."""
    for due in dues(timing, calendar, after):
        if due.at > until:
            return
        yield due


def dues(timing: ScheduleTiming, calendar: WorkingCalendar, after: datetime) -> Iterator[Due]:
    """What is due after a moment, in order, without end where the timing has none."""
    zone = zone_of(timing.zone)
    last: datetime | None = None
    for number, (wall, is_known) in enumerate(_kept(timing, calendar, after, zone)):
        if timing.count is not None and number >= timing.count:
            return
        at, change = _on_the_clock(wall, zone)
        if last is not None and at <= last:
            continue  # two times that fall into one gap
        last = at
        if at > after:
            yield Due(at, wall, is_known, change)


def _kept(
    timing: ScheduleTiming, calendar: WorkingCalendar, after: datetime, zone: ZoneInfo
) -> Iterator[tuple[datetime, bool]]:
    """The wall-clock times on the days that the calendar leaves, and whether that is known."""
    # What is counted is counted from the first time on.
    since = None if timing.count is not None else after.astimezone(zone).replace(tzinfo=None)
    for wall in _walls(timing, since):
        if timing.is_once or timing.day_rule is DayRule.ANY:
            yield wall, True
            continue
        kind = calendar.kind_of(wall.date())
        is_weekend = wall.weekday() >= 5
        is_wanted = kind is not ChinaDay.HOLIDAY
        if timing.day_rule is DayRule.WORKING_DAYS and is_weekend:
            is_wanted = kind in (ChinaDay.SHIFTED, ChinaDay.UNKNOWN)
        if is_wanted:
            yield wall, kind is not ChinaDay.UNKNOWN


def _walls(timing: ScheduleTiming, after: datetime | None) -> Iterator[datetime]:
    if timing.is_once:
        yield timing.start
        return
    rule = _rule_of(timing.rule, timing.day_rule)
    for wall in wall_times(rule, timing.start, after):
        if wall.year > LAST_YEAR or (timing.until is not None and wall > timing.until):
            return
        yield wall


@lru_cache(maxsize=256)
def _rule_of(text: str, day_rule: DayRule) -> RecurrenceRule:
    rule = parse_rule(text)
    if day_rule is not DayRule.WORKING_DAYS:
        return rule
    # Every day is looked at: the calendar says which of them are worked.
    days = ",".join(WEEKDAYS)
    parts = tuple((name, days if name == "BYDAY" else value) for name, value in rule.parts)
    return RecurrenceRule(parts)


def _on_the_clock(wall: datetime, zone: ZoneInfo) -> tuple[datetime, ClockChange]:
    """The moment of a wall-clock time in a zone, and what the zone's clock did to it."""
    first, second = wall.replace(tzinfo=zone), wall.replace(tzinfo=zone, fold=1)
    before, after = first.utcoffset(), second.utcoffset()
    assert before is not None
    assert after is not None
    if before == after:
        return first.astimezone(UTC), ClockChange.NONE
    if before > after:
        return first.astimezone(UTC), ClockChange.TWICE
    # A gap: the clock goes from one offset to the other between these two moments.
    early, late = second.astimezone(UTC), first.astimezone(UTC)
    while late - early > _SECOND:
        middle = (early + (late - early) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == before:
            early = middle
        else:
            late = middle
    return late, ClockChange.SKIPPED
