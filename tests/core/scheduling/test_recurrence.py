"""Rules as iCalendar writes them: which are taken, and why the others are not."""

from datetime import UTC, datetime
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from dingcomposer.core.scheduling.patterns import (
    LAST,
    Repetition,
    RepetitionPattern,
    pattern_of,
)
from dingcomposer.core.scheduling.recurrence import (
    RuleError,
    RuleFault,
    parse_rule,
    wall_times,
)
from dingcomposer.core.scheduling.timing import (
    DayRule,
    TimingError,
    TimingFault,
    timing_of,
)

wall = datetime.fromisoformat
START = wall("2026-11-30 09:00")


def first(rule: str, count: int, start: datetime = START) -> list[str]:
    return [f"{one:%m-%d %H:%M}" for one in islice(wall_times(parse_rule(rule), start), count)]


@pytest.mark.parametrize(
    ("rule", "times"),
    [
        ("FREQ=MONTHLY;BYDAY=-1FR", ["12-25 09:00", "01-29 09:00", "02-26 09:00"]),
        ("RRULE:freq=weekly;byday=mo, we", ["11-30 09:00", "12-02 09:00", "12-07 09:00"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", ["12-31 09:00", "01-31 09:00", "03-31 09:00"]),
        ("FREQ=DAILY;BYHOUR=9,15;BYMINUTE=0,30", ["11-30 09:00", "11-30 09:30", "11-30 15:00"]),
        ("FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO,TU,WE,TH,FR", ["11-30 09:00", "12-31 09:00"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", ["02-29 09:00", "02-29 09:00"]),
        ("FREQ=HOURLY;INTERVAL=12", ["11-30 09:00", "11-30 21:00", "12-01 09:00"]),
        ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO", ["01-04 09:00", "01-03 09:00"]),
    ],
)
def test_a_rule_is_unrolled_as_the_standard_says(rule: str, times: list[str]) -> None:
    assert first(rule, len(times)) == times


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ("", RuleFault.NOT_ONE),
        ("every monday", RuleFault.NOT_ONE),
        ("FREQ=DAILY\nEXDATE:20261201", RuleFault.NOT_ONE),
        ("BYDAY=MO", RuleFault.FREQUENCY),
        ("FREQ=SECONDLY", RuleFault.FREQUENCY),
        ("FREQ=MINUTELY;INTERVAL=30", RuleFault.FREQUENCY),
        ("FREQ=DAILY;FOO=1", RuleFault.UNKNOWN_PART),
        ("FREQ=DAILY;BYSECOND=1", RuleFault.UNKNOWN_PART),
        ("FREQ=DAILY;BYEASTER=1", RuleFault.UNKNOWN_PART),
        ("FREQ=DAILY;BYHOUR=9;BYHOUR=10", RuleFault.TWICE),
        ("FREQ=DAILY;INTERVAL=0", RuleFault.VALUE),
        ("FREQ=DAILY;INTERVAL=-1", RuleFault.VALUE),
        ("FREQ=DAILY;INTERVAL=1001", RuleFault.VALUE),
        ("FREQ=DAILY;COUNT=0", RuleFault.VALUE),
        ("FREQ=DAILY;UNTIL=soon", RuleFault.VALUE),
        ("FREQ=DAILY;UNTIL=20261301", RuleFault.VALUE),
        ("FREQ=DAILY;BYHOUR=24", RuleFault.VALUE),
        ("FREQ=DAILY;BYHOUR=", RuleFault.VALUE),
        ("FREQ=WEEKLY;BYDAY=1MO", RuleFault.VALUE),
        ("FREQ=MONTHLY;BYDAY=0MO", RuleFault.VALUE),
        ("FREQ=MONTHLY;BYMONTHDAY=0", RuleFault.VALUE),
        ("FREQ=WEEKLY;WKST=XX", RuleFault.VALUE),
        ("FREQ=DAILY;UNTIL=20261231;COUNT=3", RuleFault.NOT_TOGETHER),
        ("FREQ=WEEKLY;BYMONTHDAY=3", RuleFault.NOT_TOGETHER),
        ("FREQ=DAILY;BYYEARDAY=3", RuleFault.NOT_TOGETHER),
        ("FREQ=HOURLY;BYMINUTE=0,3", RuleFault.TOO_OFTEN),
        ("FREQ=HOURLY;BYMINUTE=1,58", RuleFault.TOO_OFTEN),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", RuleFault.NEVER),
        ("FREQ=DAILY;BYMONTH=4,6;BYMONTHDAY=31,-31", RuleFault.NEVER),
    ],
)
def test_what_is_no_rule_is_refused_and_says_why(rule: str, fault: RuleFault) -> None:
    with pytest.raises(RuleError) as caught:
        parse_rule(rule)
    assert caught.value.fault is fault


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=MONTHLY;BYSETPOS=300;BYDAY=MO",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=HOURLY;INTERVAL=24;BYHOUR=10",
        "FREQ=YEARLY;BYYEARDAY=1;BYMONTH=12",
    ],
)
def test_a_day_that_never_comes_is_seen_from_its_start(rule: str) -> None:
    with pytest.raises(RuleError) as caught:
        timing_of("Asia/Shanghai", START, rule)  # a Monday, at nine
    assert caught.value.fault is RuleFault.NEVER


def test_a_rule_brings_its_end_along() -> None:
    counted = timing_of("Asia/Shanghai", START, "FREQ=DAILY;COUNT=3")
    assert (counted.rule, counted.count, counted.until) == ("FREQ=DAILY", 3, None)
    # In UTC, that is half past eight in Shanghai; a date alone is the whole day.
    ended = timing_of("Asia/Shanghai", START, "FREQ=DAILY;UNTIL=20261202T003000Z")
    assert ended.until == wall("2026-12-02 08:30")
    assert parse_rule("FREQ=DAILY;UNTIL=20261202").until == wall("2026-12-02 23:59:59")
    own = timing_of("Asia/Shanghai", START, "FREQ=DAILY;COUNT=3", count=5)
    assert own.count == 5
    assert parse_rule("FREQ=DAILY").until_in(ZoneInfo("UTC")) is None


@pytest.mark.parametrize(
    ("zone", "start", "rule", "day_rule", "fault"),
    [
        ("Mars/Base", START, "", DayRule.ANY, TimingFault.ZONE),
        ("../etc", START, "", DayRule.ANY, TimingFault.ZONE),
        ("UTC", wall("1999-01-01 00:00"), "", DayRule.ANY, TimingFault.YEAR),
        ("UTC", START, "FREQ=DAILY", DayRule.WORKING_DAYS, TimingFault.NOT_WEEKDAYS),
        ("UTC", START, "FREQ=DAILY;UNTIL=20261101", DayRule.ANY, TimingFault.ENDS_BEFORE),
    ],
)
def test_a_time_that_cannot_be_kept_is_refused(
    zone: str, start: datetime, rule: str, day_rule: DayRule, fault: TimingFault
) -> None:
    with pytest.raises(TimingError) as caught:
        timing_of(zone, start, rule, day_rule=day_rule)
    assert caught.value.fault is fault


@pytest.mark.parametrize(
    "pattern",
    [
        RepetitionPattern(Repetition.ONCE),
        RepetitionPattern(Repetition.HOURLY, 2),
        RepetitionPattern(Repetition.DAILY),
        RepetitionPattern(Repetition.WEEKDAYS),
        RepetitionPattern(Repetition.WEEKLY, 2, weekdays=(0, 4)),
        RepetitionPattern(Repetition.MONTHLY_DAY, day=LAST),
        RepetitionPattern(Repetition.MONTHLY_WEEKDAY, place=LAST, weekdays=(4,)),
        RepetitionPattern(Repetition.MONTHLY_WEEKDAY, 3, place=2, weekdays=(0,)),
        RepetitionPattern(Repetition.YEARLY, month=10, day=1),
        RepetitionPattern(Repetition.YEARLY, 2, month=10, day=1),
    ],
)
def test_what_people_name_becomes_a_rule_and_is_known_again(pattern: RepetitionPattern) -> None:
    found = pattern_of(pattern.to_rule)
    assert found.to_rule == pattern.to_rule
    assert found.kind is pattern.kind
    assert (found.interval, found.weekdays) == (pattern.interval, pattern.weekdays)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYHOUR=9,15",
        "FREQ=MONTHLY;BYDAY=1MO,3MO",
        "FREQ=YEARLY",
        "FREQ=MONTHLY;BYDAY=-2FR",
        "FREQ=MONTHLY;BYDAY=5FR",
        "FREQ=MONTHLY;BYMONTHDAY=-2",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;WKST=SU",
    ],
)
def test_what_people_have_no_word_for_stays_a_rule(rule: str) -> None:
    assert pattern_of(rule).kind is Repetition.CUSTOM
    assert pattern_of(rule).to_rule == rule


def test_the_same_rule_in_another_order_has_the_same_name() -> None:
    assert pattern_of("BYDAY=FR,TH,WE,TU,MO;FREQ=WEEKLY;WKST=SU").kind is Repetition.WEEKDAYS
    assert pattern_of("FREQ=MONTHLY;INTERVAL=1;BYDAY=+2TU").kind is Repetition.MONTHLY_WEEKDAY


def test_a_time_long_ago_does_not_make_the_next_one_slow() -> None:
    """An hourly rule of twenty years ago: what lies before is not walked through."""
    rule = parse_rule("FREQ=HOURLY")
    after = datetime(2026, 11, 30, 9, 30, tzinfo=UTC).replace(tzinfo=None)
    found = list(islice(wall_times(rule, wall("2006-01-01 00:00"), after), 400))
    assert found[0] > wall("2026-11-01 00:00")
    assert wall("2026-11-30 10:00") in found
