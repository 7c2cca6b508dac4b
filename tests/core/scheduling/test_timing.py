"""When something is due: by the clock of a zone, and on the days that China's calendar leaves."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingcomposer.core.scheduling.timing import (
    ClockChange,
    DayRule,
    Due,
    ScheduleTiming,
    dues_between,
    next_dues,
    timing_of,
)
from dingcomposer.core.scheduling.working_calendar import ChinaDay, EnteredDay, WorkingCalendar
from dingcomposer.core.templates.working_days import official_day

wall = datetime.fromisoformat
NOTHING_ENTERED = WorkingCalendar()
WEEKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe", "UTC")
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def days(found: tuple[Due, ...]) -> list[str]:
    return [f"{one.wall:%m-%d}{'' if one.is_known else '?'}" for one in found]


@pytest.mark.parametrize(
    ("zone", "local", "at", "change"),
    [
        # Summer time begins: 02:30 is not there, the first moment after the gap is.
        ("Europe/Berlin", "2026-03-29 02:30", "2026-03-29 01:00", ClockChange.SKIPPED),
        ("America/New_York", "2026-03-08 02:05", "2026-03-08 07:00", ClockChange.SKIPPED),
        ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03 15:30", ClockChange.SKIPPED),
        ("Europe/Berlin", "2026-03-29 03:00", "2026-03-29 01:00", ClockChange.NONE),
        # It ends: 02:30 is there twice, the first counts.
        ("Europe/Berlin", "2026-10-25 02:30", "2026-10-25 00:30", ClockChange.TWICE),
        ("America/New_York", "2026-11-01 01:30", "2026-11-01 05:30", ClockChange.TWICE),
        ("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04 14:45", ClockChange.TWICE),
        ("Asia/Shanghai", "2026-03-29 02:30", "2026-03-28 18:30", ClockChange.NONE),
        # China had summer time, and may have it again.
        ("Asia/Shanghai", "2026-10-25 09:00", "2026-10-25 01:00", ClockChange.NONE),
    ],
)
def test_a_clock_that_is_changed_for_summer_skips_nothing_and_runs_nothing_twice(
    zone: str, local: str, at: str, change: ClockChange
) -> None:
    start = wall(local)
    (due,) = next_dues(timing_of(zone, start), NOTHING_ENTERED, LONG_AGO, 5)
    assert due.at == datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert due.change is change


def test_each_hour_of_the_night_of_the_change_is_due_once() -> None:
    timing = timing_of("Europe/Berlin", wall("2026-03-29 00:30"), "FREQ=HOURLY;COUNT=4")
    found = next_dues(timing, NOTHING_ENTERED, LONG_AGO, 9)
    # 02:30 is due at 03:00, and 03:30 half an hour later.
    assert [f"{one.at:%H:%M}" for one in found] == ["23:30", "00:30", "01:00", "01:30"]
    full = timing_of("Europe/Berlin", wall("2026-03-29 01:00"), "FREQ=HOURLY;COUNT=3")
    found = next_dues(full, NOTHING_ENTERED, LONG_AGO, 9)
    assert [f"{one.at:%H:%M}" for one in found] == ["00:00", "01:00"], "two and three are one"


def test_each_weekday_but_no_holiday_and_also_the_weekends_that_are_worked() -> None:
    """The national holiday of 2026: 1 to 7 October, with 20 September and 10 October worked."""
    start = wall("2026-09-18 09:00")
    since = datetime(2026, 9, 17, tzinfo=UTC)
    worked = timing_of("Asia/Shanghai", start, WEEKDAYS, day_rule=DayRule.WORKING_DAYS)
    found = days(next_dues(worked, NOTHING_ENTERED, since, 16))
    assert found[:3] == ["09-18", "09-20", "09-21"]
    assert "09-25" not in found, "the mid-autumn festival"
    assert found[8:] == [*("09-30", "10-08", "10-09", "10-10", "10-12", "10-13", "10-14", "10-15")]
    plain = timing_of("Asia/Shanghai", start, WEEKDAYS, day_rule=DayRule.NO_HOLIDAYS)
    assert not {"09-20", "10-10", "10-01"} & set(days(next_dues(plain, NOTHING_ENTERED, since, 20)))
    any_day = timing_of("Asia/Shanghai", start, WEEKDAYS)
    assert "10-01" in days(next_dues(any_day, NOTHING_ENTERED, since, 20))


def test_a_sunday_of_no_holiday_is_a_day_like_any_other() -> None:
    """Who sends on Sundays means Sundays; a Sunday of a public holiday is still left out."""
    timing = timing_of(
        "Asia/Shanghai",
        wall("2026-09-20 09:00"),
        "FREQ=WEEKLY;BYDAY=SU",
        day_rule=DayRule.NO_HOLIDAYS,
    )
    assert days(next_dues(timing, NOTHING_ENTERED, LONG_AGO, 2)) == ["09-20", "10-11"]


def test_a_year_that_is_not_published_is_unknown_and_never_guessed() -> None:
    timing = timing_of(
        "Asia/Shanghai", wall("2035-01-01 09:00"), WEEKDAYS, day_rule=DayRule.WORKING_DAYS
    )
    found = next_dues(timing, NOTHING_ENTERED, LONG_AGO, 7)
    assert not any(one.is_known for one in found)
    assert days(found)[5] == "01-06?", "whether that Saturday is worked is not known either"
    assert NOTHING_ENTERED.unknown_years(one.wall.date() for one in found) == (2035,)


def test_what_a_person_enters_wins_and_makes_a_year_known() -> None:
    timing = timing_of(
        "Asia/Shanghai", wall("2035-01-01 09:00"), WEEKDAYS, day_rule=DayRule.WORKING_DAYS
    )
    entered = (
        EnteredDay(date(2035, 1, 1), is_worked=False),
        EnteredDay(date(2035, 1, 6), is_worked=True),
        EnteredDay(date(2035, 1, 2), is_worked=True),
    )
    some = next_dues(timing, WorkingCalendar(entered), LONG_AGO, 4)
    assert days(some) == ["01-02", "01-03?", "01-04?", "01-05?"]
    whole = next_dues(timing, WorkingCalendar(entered, (2035,)), LONG_AGO, 6)
    assert days(whole) == ["01-02", "01-03", "01-04", "01-05", "01-06", "01-08"]
    own_day_off = WorkingCalendar((EnteredDay(date(2026, 11, 30), is_worked=False),))
    assert own_day_off.kind_of(date(2026, 11, 30)) is ChinaDay.HOLIDAY
    assert NOTHING_ENTERED.kind_of(date(2026, 11, 30)) is ChinaDay.PLAIN


def test_the_count_counts_what_is_due_not_what_a_holiday_takes_away() -> None:
    timing = timing_of(
        "Asia/Shanghai",
        wall("2026-09-30 09:00"),
        f"{WEEKDAYS};COUNT=3",
        day_rule=DayRule.NO_HOLIDAYS,
    )
    assert days(next_dues(timing, NOTHING_ENTERED, LONG_AGO, 9)) == ["09-30", "10-08", "10-09"]
    later = datetime(2026, 10, 8, 2, tzinfo=UTC)
    assert days(next_dues(timing, NOTHING_ENTERED, later, 9)) == ["10-09"]


def test_the_end_counts_in() -> None:
    until = wall("2026-12-02 09:00")
    timing = timing_of("Asia/Shanghai", wall("2026-11-30 09:00"), "FREQ=DAILY", until=until)
    assert days(next_dues(timing, NOTHING_ENTERED, LONG_AGO, 9)) == ["11-30", "12-01", "12-02"]


def test_on_working_days_it_is_due_on_each_day_that_is_worked_and_on_no_other() -> None:
    """Day by day through the years that are published, as the calendar itself says."""
    timing = timing_of(
        "Asia/Shanghai", wall("2024-01-01 09:00"), WEEKDAYS, day_rule=DayRule.WORKING_DAYS
    )
    until = datetime(2026, 12, 31, 12, tzinfo=UTC)
    found = {one.wall.date() for one in dues_between(timing, NOTHING_ENTERED, LONG_AGO, until)}
    first = date(2024, 1, 1)
    every = [first + timedelta(days=number) for number in range(3 * 365 + 1)]
    worked = {day for day in every if (told := official_day(day)) is not None and told.is_worked}
    assert found == worked
    assert len(worked) > 700


def naive_scan(timing: ScheduleTiming, zone: str, first: date, last: date) -> Iterator[datetime]:
    """Day by day, what an honest person with a wall calendar would tick off: each weekday in
    `WEEKDAYS`, or each nth day, at its time, by the zone's clock."""
    where = ZoneInfo(zone)
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if day < timing.start.date():
            continue
        if "WEEKLY" in timing.rule and day.weekday() >= 5:
            continue
        if "INTERVAL=3" in timing.rule and (day - timing.start.date()).days % 3:
            continue
        if "BYDAY=-1FR" in timing.rule and not (
            day.weekday() == 4 and (day + timedelta(days=7)).month != day.month
        ):
            continue
        at = datetime.combine(day, timing.start.time(), tzinfo=where).astimezone(UTC)
        back = at.astimezone(where).replace(tzinfo=None)
        if back.time() != timing.start.time():  # the clock skipped it: minute by minute
            before = at - timedelta(hours=2)
            offset = before.astimezone(where).utcoffset()
            while before.astimezone(where).utcoffset() == offset:
                before += timedelta(minutes=1)
            at = before
        yield at


@settings(max_examples=120, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    rule=st.sampled_from(
        ("FREQ=DAILY", WEEKDAYS, "FREQ=DAILY;INTERVAL=3", "FREQ=MONTHLY;BYDAY=-1FR")
    ),
    start=st.dates(date(2010, 1, 1), date(2028, 12, 31)),
    minute=st.integers(0, 24 * 60 - 1),
    ahead=st.integers(0, 4000),
    span=st.integers(1, 120),
)
def test_what_is_due_is_what_a_scan_day_by_day_finds(
    *, zone: str, rule: str, start: date, minute: int, ahead: int, span: int
) -> None:
    at = datetime.combine(start, time(minute // 60, minute % 60))
    timing = timing_of(zone, at, rule)
    first = start + timedelta(days=ahead)
    since = datetime.combine(first, time(), tzinfo=UTC)
    until = since + timedelta(days=span)
    found = [one.at for one in dues_between(timing, NOTHING_ENTERED, since, until)]
    scanned = naive_scan(timing, zone, first - timedelta(days=2), until.date() + timedelta(days=2))
    assert found == [one for one in scanned if since < one <= until]
