"""Schedules in words: how often, when next, what became of a run, and why nothing left."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from PySide6.QtCore import QDate, QLocale

from dingcomposer.core.delivery import Status
from dingcomposer.core.plain_text import clean
from dingcomposer.core.scheduling.patterns import LAST, Repetition, RepetitionPattern, pattern_of
from dingcomposer.core.scheduling.recurrence import RuleError, RuleFault
from dingcomposer.core.scheduling.schedule import MessageSchedule, Obstacle, RunState
from dingcomposer.core.scheduling.timing import (
    ClockChange,
    DayRule,
    Due,
    ScheduleTiming,
    TimingError,
    TimingFault,
)
from dingcomposer.storage.planned.origins import OriginKind, SendOrigin
from dingcomposer.storage.planned.runs import PlannedRun
from dingcomposer.ui.texts.outcomes import check_group, explain, status_word
from dingcomposer.ui.texts.time import day_time, full_day_time
from dingcomposer.ui.texts.translate import (
    QT_TRANSLATE_NOOP,
    Phrase,
    join_names,
    join_sentences,
    translate,
    translated,
)

_OBSTACLES: dict[Obstacle, Phrase] = {
    Obstacle.ROBOT_GONE: QT_TRANSLATE_NOOP("Schedules", "The robot was deleted or archived."),
    Obstacle.TOKEN_CHANGED: QT_TRANSLATE_NOOP(
        "Schedules",
        "The robot has another webhook than when this was confirmed: it may lead to another group."
        " Look at the schedule and save it again.",
    ),
    Obstacle.MOVED: QT_TRANSLATE_NOOP(
        "Schedules",
        "The robot's address is another one than when this was confirmed. Look at the schedule and"
        " save it again.",
    ),
    Obstacle.STAGE_CHANGED: QT_TRANSLATE_NOOP(
        "Schedules",
        "The robot was a test when this was confirmed, and is production now. Look at the schedule"
        " and save it again.",
    ),
    Obstacle.UNFILLED: QT_TRANSLATE_NOOP("Schedules", "A field of the message has no value."),
    Obstacle.REFUSED: QT_TRANSLATE_NOOP("Schedules", "DingTalk would refuse the message."),
}
_RULE_FAULTS: dict[RuleFault, Phrase] = {
    RuleFault.NOT_ONE: QT_TRANSLATE_NOOP(
        "Schedules", "Write it as iCalendar does: FREQ=WEEKLY;BYDAY=MO,FR"
    ),
    RuleFault.FREQUENCY: QT_TRANSLATE_NOOP(
        "Schedules", "FREQ is HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY."
    ),
    RuleFault.UNKNOWN_PART: QT_TRANSLATE_NOOP("Schedules", "This is no part of a rule: {word}"),
    RuleFault.TWICE: QT_TRANSLATE_NOOP("Schedules", "This stands there twice: {word}"),
    RuleFault.VALUE: QT_TRANSLATE_NOOP("Schedules", "This value cannot be: {word}"),
    RuleFault.NOT_TOGETHER: QT_TRANSLATE_NOOP("Schedules", "These do not go together: {word}"),
    RuleFault.TOO_OFTEN: QT_TRANSLATE_NOOP(
        "Schedules", "It would run more often than every 5 minutes."
    ),
    RuleFault.NEVER: QT_TRANSLATE_NOOP("Schedules", "No day fits: it would never run."),
}
_TIMING_FAULTS: dict[TimingFault, Phrase] = {
    TimingFault.ZONE: QT_TRANSLATE_NOOP("Schedules", "This computer does not know the time zone."),
    TimingFault.YEAR: QT_TRANSLATE_NOOP("Schedules", "That year is out of reach."),
    TimingFault.NOT_WEEKDAYS: QT_TRANSLATE_NOOP(
        "Schedules", "Worked weekends go with “each weekday” alone."
    ),
    TimingFault.ENDS_BEFORE: QT_TRANSLATE_NOOP("Schedules", "It would end before its first run."),
}
_PLACES: dict[int, Phrase] = {
    1: QT_TRANSLATE_NOOP("Schedules", "the first {weekday}"),
    2: QT_TRANSLATE_NOOP("Schedules", "the second {weekday}"),
    3: QT_TRANSLATE_NOOP("Schedules", "the third {weekday}"),
    4: QT_TRANSLATE_NOOP("Schedules", "the fourth {weekday}"),
    LAST: QT_TRANSLATE_NOOP("Schedules", "the last {weekday}"),
}
DAY_RULES: dict[DayRule, Phrase] = {
    DayRule.ANY: QT_TRANSLATE_NOOP("Schedules", "On all these days, holidays or not"),
    DayRule.NO_HOLIDAYS: QT_TRANSLATE_NOOP("Schedules", "Not on China's public holidays"),
    DayRule.WORKING_DAYS: QT_TRANSLATE_NOOP(
        "Schedules", "On China's working days: not on holidays, also on worked weekends"
    ),
}
_UTC = QT_TRANSLATE_NOOP("Zones", "Coordinated Universal Time (UTC)")
_ZONES: dict[str, Phrase] = {
    "Asia/Shanghai": QT_TRANSLATE_NOOP("Zones", "Beijing time (China)"),
    "Asia/Hong_Kong": QT_TRANSLATE_NOOP("Zones", "Hong Kong"),
    "Asia/Taipei": QT_TRANSLATE_NOOP("Zones", "Taipei"),
    "Asia/Urumqi": QT_TRANSLATE_NOOP("Zones", "Urumqi (Xinjiang time)"),
    "Asia/Singapore": QT_TRANSLATE_NOOP("Zones", "Singapore"),
    "Asia/Tokyo": QT_TRANSLATE_NOOP("Zones", "Tokyo"),
    "Asia/Seoul": QT_TRANSLATE_NOOP("Zones", "Seoul"),
    "Asia/Bangkok": QT_TRANSLATE_NOOP("Zones", "Bangkok"),
    "Asia/Ho_Chi_Minh": QT_TRANSLATE_NOOP("Zones", "Ho Chi Minh City"),
    "Asia/Jakarta": QT_TRANSLATE_NOOP("Zones", "Jakarta"),
    "Asia/Manila": QT_TRANSLATE_NOOP("Zones", "Manila"),
    "Asia/Kolkata": QT_TRANSLATE_NOOP("Zones", "New Delhi, Mumbai"),
    "Asia/Dubai": QT_TRANSLATE_NOOP("Zones", "Dubai"),
    "Europe/Moscow": QT_TRANSLATE_NOOP("Zones", "Moscow"),
    "Europe/Istanbul": QT_TRANSLATE_NOOP("Zones", "Istanbul"),
    "Europe/Berlin": QT_TRANSLATE_NOOP("Zones", "Berlin"),
    "Europe/Paris": QT_TRANSLATE_NOOP("Zones", "Paris"),
    "Europe/London": QT_TRANSLATE_NOOP("Zones", "London"),
    "Africa/Johannesburg": QT_TRANSLATE_NOOP("Zones", "Johannesburg"),
    "America/Sao_Paulo": QT_TRANSLATE_NOOP("Zones", "São Paulo"),
    "America/New_York": QT_TRANSLATE_NOOP("Zones", "New York"),
    "America/Chicago": QT_TRANSLATE_NOOP("Zones", "Chicago"),
    "America/Los_Angeles": QT_TRANSLATE_NOOP("Zones", "Los Angeles"),
    "Australia/Sydney": QT_TRANSLATE_NOOP("Zones", "Sydney"),
    "Pacific/Auckland": QT_TRANSLATE_NOOP("Zones", "Auckland"),
    "UTC": _UTC,
    **dict.fromkeys(("Etc/UTC", "Etc/UCT", "Etc/Universal", "Etc/Zulu", "UCT", "Zulu"), _UTC),
}
_REGIONS: dict[str, Phrase] = {
    "Africa": QT_TRANSLATE_NOOP("Zones", "Africa"),
    "America": QT_TRANSLATE_NOOP("Zones", "America"),
    "Antarctica": QT_TRANSLATE_NOOP("Zones", "Antarctica"),
    "Asia": QT_TRANSLATE_NOOP("Zones", "Asia"),
    "Atlantic": QT_TRANSLATE_NOOP("Zones", "Atlantic"),
    "Australia": QT_TRANSLATE_NOOP("Zones", "Australia"),
    "Europe": QT_TRANSLATE_NOOP("Zones", "Europe"),
    "Indian": QT_TRANSLATE_NOOP("Zones", "Indian Ocean"),
    "Pacific": QT_TRANSLATE_NOOP("Zones", "Pacific"),
}
_CLOCK_CHANGES: dict[ClockChange, Phrase] = {
    ClockChange.SKIPPED: QT_TRANSLATE_NOOP(
        "Schedules", "Summer time begins: that time is left out, it goes at the next moment."
    ),
    ClockChange.TWICE: QT_TRANSLATE_NOOP(
        "Schedules", "Summer time ends: that time is there twice, it goes once, the first time."
    ),
}


def zone_words(zone: str) -> str:
    """A time zone as people know it: by a city, or by its region and a city of it."""
    if zone in _ZONES:
        return translated(_ZONES[zone])
    region, _, city = zone.partition("/")
    if region not in _REGIONS:
        return zone
    words = translate("Zones", "{region}, {city}")
    city = city.replace("_", " ").replace("/", ", ")
    return words.format(region=translated(_REGIONS[region]), city=city)


def offered_zones(here: str, known: Iterable[str]) -> tuple[str, ...]:
    """The time zones to choose from: that of this computer, then the well-known, then all others.

    Each once, by its words; what belongs to no region is left out.
    """
    others = sorted((one for one in known if one.partition("/")[0] in _REGIONS), key=zone_words)
    by_words: dict[str, str] = {}
    for zone in (here, *(one for one in _ZONES if "Etc" not in one), *others):
        by_words.setdefault(zone_words(zone), zone)
    return tuple(by_words.values())


def weekday_name(number: int) -> str:
    """A weekday, counted from Monday, 0."""
    return QLocale().dayName(number + 1, QLocale.FormatType.LongFormat)


def place_words(place: int, weekday: int) -> str:
    """Which of a month's weekdays: "the last Friday"."""
    return translated(_PLACES[place]).format(weekday=weekday_name(weekday))


def repetition_words(timing: ScheduleTiming) -> str:
    """How often and when, as people say it: "Each weekday at 09:00"."""
    pattern = pattern_of(timing.rule)
    at = f"{timing.start:%H:%M}"
    if pattern.kind is Repetition.ONCE:
        day = _day(timing.start.date())
        return translate("Schedules", "Once, {day} at {time}").format(day=day, time=at)
    if pattern.kind is Repetition.CUSTOM:
        words = translate("Schedules", "By its own rule, from {time} on: {rule}")
        return words.format(time=at, rule=timing.rule)
    if pattern.kind is Repetition.HOURLY:
        words = translate("Schedules", "Every hour, at minute {minute}")
        if pattern.interval > 1:
            words = translate("Schedules", "Every {count} hours, from {time} on")
        return words.format(count=pattern.interval, minute=f"{timing.start:%M}", time=at)
    return translate("Schedules", "{days} at {time}").format(
        days=_days_words(pattern, timing.start), time=at
    )


def _days_words(pattern: RepetitionPattern, start: datetime) -> str:
    """The days of a rule, without the time."""
    count, is_each = pattern.interval, pattern.interval == 1
    match pattern.kind:
        case Repetition.DAILY:
            words = translate("Schedules", "Every {count} days")
            return translate("Schedules", "Every day") if is_each else words.format(count=count)
        case Repetition.WEEKDAYS:
            return translate("Schedules", "Each weekday")
        case Repetition.WEEKLY:
            days = sorted(set(pattern.weekdays)) or [start.weekday()]
            names = join_names(weekday_name(one) for one in days)
            if is_each:
                return translate("Schedules", "Each {weekdays}").format(weekdays=names)
            words = translate("Schedules", "Every {count} weeks on {weekdays}")
            return words.format(count=count, weekdays=names)
        case Repetition.MONTHLY_WEEKDAY:
            day = place_words(pattern.place, pattern.weekdays[0])
        case Repetition.YEARLY:
            words = translate("Schedules", "Each year on {day}")
            if not is_each:
                words = translate("Schedules", "Every {count} years on {day}")
            return words.format(count=count, day=_day(date(2000, pattern.month, pattern.day)))
        case _:
            day = translate("Schedules", "the last day")
            if pattern.day > 0:
                day = translate("Schedules", "day {number}").format(number=pattern.day)
    if is_each:
        return translate("Schedules", "Each month on {day}").format(day=day)
    return translate("Schedules", "Every {count} months on {day}").format(count=count, day=day)


def timing_words(timing: ScheduleTiming, here: str) -> str:
    """All of it: how often, which days not, until when; the zone where it is not that of `here`."""
    parts = [repetition_words(timing)]
    if timing.day_rule is DayRule.NO_HOLIDAYS:
        parts.append(translate("Schedules", "not on holidays"))
    elif timing.day_rule is DayRule.WORKING_DAYS:
        parts.append(translate("Schedules", "on working days, worked weekends too"))
    if timing.until is not None:
        words = translate("Schedules", "until {day}")
        parts.append(words.format(day=_day(timing.until.date())))
    if timing.count is not None:
        words = translate("Schedules", "{count} times in all")
        parts.append(words.format(count=timing.count))
    if is_elsewhere(timing, here):
        parts.append(zone_words(timing.zone))
    return " · ".join(parts)


def due_words(due: Due, now: datetime) -> str:
    """When, by this computer's clock, and whether that is certain."""
    words = day_time(due.at, now)
    if due.is_known:
        return words
    return translate("Schedules", "{time}, if that day is worked").format(time=words)


def missed_time(run: PlannedRun, now: datetime, *, is_plain: bool = False) -> str:
    """When a run was due, and whether it is certain that it was; `is_plain`: that stands by it."""
    words = day_time(run.due_at, now)
    if is_plain or run.state is not RunState.UNKNOWN_DAY:
        return words
    return translate("Schedules", "{time}, if that day is worked").format(time=words)


def clock_change_sentence(change: ClockChange) -> str:
    """What a change of the zone's clock does to a run; "" where it does nothing."""
    found = _CLOCK_CHANGES.get(change)
    return "" if found is None else translated(found)


def next_words(schedule: MessageSchedule, dues: Sequence[Due], now: datetime, here: str) -> str:
    """When a schedule runs next, or why it does not; `here` is this computer's time zone."""
    if schedule.is_paused:
        return translate("Schedules", "Paused")
    if not dues:
        return translate("Schedules", "Over: no run is to come")
    words = translate("Schedules", "Next: {time}")
    if is_elsewhere(schedule.timing, here):
        words = translate("Schedules", "Next: {time} by this computer's clock")
    return words.format(time=due_words(dues[0], now))


def is_elsewhere(timing: ScheduleTiming, here: str) -> bool:
    """Whether it goes by another clock than this computer's."""
    return zone_words(timing.zone) != zone_words(here)


def run_words(run: PlannedRun, now: datetime) -> str:
    """What became of a run, in a line: when it was due, and how it came out."""
    words = translate("Schedules", "{time}: {outcome}")
    return words.format(time=day_time(run.due_at, now), outcome=run_outcome(run))


def run_outcome(run: PlannedRun) -> str:
    """How a run came out: one word where all its groups agree, else how many of each."""
    match run.state:
        case RunState.MISSED:
            return translate("Schedules", "missed, nothing was sent")
        case RunState.UNKNOWN_DAY:
            return translate("Schedules", "waits for you: is that day worked?")
        case RunState.LEFT:
            return translate("Schedules", "not sent, as you said")
        case _:
            return _sends_words(run)


def _sends_words(run: PlannedRun) -> str:
    counts: Counter[str] = Counter()
    for one in run.sends:
        if one.obstacle is not None:
            counts[translate("Schedules", "nothing left")] += 1
        elif one.status is None:
            counts[translate("Schedules", "no longer in the history")] += 1
        else:
            counts[status_word(one.status)] += 1
    if len(run.sends) == 1:
        return next(iter(counts))
    words = translate("Schedules", "{count} × {outcome}")
    return join_names(words.format(count=count, outcome=one) for one, count in counts.items())


def run_reason(run: PlannedRun) -> str:
    """Why something of a run did not arrive, each reason once with its groups; "" where all did."""
    groups: dict[str, list[str]] = {}
    for one in run.sends:
        why = ""
        if one.obstacle is not None:
            why = obstacle_sentence(one.obstacle)
        elif one.status not in (None, Status.DELIVERED) and one.status.is_final:
            happened = explain(one.cause, one.fault).happened or status_word(one.status)
            why = join_sentences((happened, check_group(one.status, one.cause)))
        if why:
            groups.setdefault(why, []).append(clean(one.robot_name))
    told = translate("Schedules", "{group}: {why}")
    return join_sentences(
        told.format(group=_few_names(names), why=why) for why, names in groups.items()
    )


def run_note(run: PlannedRun) -> str:
    """How an outcome is to be seen: "good", "bad", "warn", or "quiet"."""
    if run.state.is_open:
        return "warn"
    if run.state is RunState.LEFT or not run.sends:
        return "quiet"
    if any(one.obstacle is not None for one in run.sends):
        return "bad"
    found = {one.status for one in run.sends}
    if found <= {Status.DELIVERED}:
        return "good"
    if found & {Status.REFUSED, Status.NOT_SENT}:
        return "bad"
    return "warn" if Status.UNKNOWN in found else "quiet"


def obstacle_sentence(obstacle: Obstacle) -> str:
    """Why nothing leaves for a robot."""
    return translated(_OBSTACLES[obstacle])


def rule_sentence(error: RuleError | TimingError) -> str:
    """What is wrong with a rule, or with a time."""
    if isinstance(error, TimingError):
        return translated(_TIMING_FAULTS[error.fault])
    return translated(_RULE_FAULTS[error.fault]).format(word=clean(error.word))


def unknown_years_sentence(years: Sequence[int]) -> str:
    """That the dates of some years are not known here, and what helps."""
    told = join_names(str(one) for one in years)
    return translate(
        "Schedules",
        "China's holidays of {years} are not known to this program yet. Before a run on such a day"
        " you are asked, unless you enter the dates.",
    ).format(years=told)


def origin_words(origin: SendOrigin | None) -> str:
    """Which schedule or table a send came from; "" where a person wrote it."""
    if origin is None:
        return ""
    name = clean(origin.name)
    if origin.kind is OriginKind.TABLE:
        words = translate("Schedules", "From the table “{name}”, row {number}.")
        return words.format(name=name, number=origin.row_number)
    if origin.due_at is None:
        return translate("Schedules", "Sent by hand from the schedule “{name}”.").format(name=name)
    words = translate("Schedules", "From the schedule “{name}”, due {time}.")
    return words.format(name=name, time=full_day_time(origin.due_at))


def origin_word(origin: SendOrigin) -> str:
    """What a send came from, in a word or two."""
    if origin.kind is OriginKind.TABLE:
        return translate("Schedules", "table")
    return translate("Schedules", "schedule")


def groups_words(schedule: MessageSchedule) -> str:
    """To whom: the groups by name, the first few of them."""
    return _few_names([clean(one.name) for one in schedule.robots])


def _few_names(names: Sequence[str]) -> str:
    if len(names) <= 3:
        return join_names(names)
    words = translate("Schedules", "{names} and {count} more")
    return words.format(names=join_names(names[:2]), count=len(names) - 2)


def _day(day: date) -> str:
    pattern = translate("History", "ddd d MMM yyyy")
    if day.year == 2000:
        pattern = translate("Time", "d MMM")
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)
