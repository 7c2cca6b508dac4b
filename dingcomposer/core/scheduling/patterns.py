"""The repetitions that people name: each weekday, the last Friday of each month; as rules and back.

What is none of them is a rule of its own, which is shown as it is written.
"""

from dataclasses import replace
from enum import StrEnum
from typing import Final

from dingcomposer.core.records import dataclass
from dingcomposer.core.scheduling.recurrence import WEEKDAYS, parse_rule

EACH_WEEKDAY: Final = ",".join(WEEKDAYS[:5])
LAST: Final = -1
"""As a place in a month: the last one."""
PLACES: Final = (1, 2, 3, 4, LAST)
"""The places of a weekday in a month that people have a word for."""


class Repetition(StrEnum):
    """How often, as people say it."""

    ONCE = "once"
    HOURLY = "hourly"
    DAILY = "daily"
    WEEKDAYS = "weekdays"
    WEEKLY = "weekly"
    MONTHLY_DAY = "monthly_day"  # on the 15th, on the last day
    MONTHLY_WEEKDAY = "monthly_weekday"  # on the second Monday, on the last Friday
    YEARLY = "yearly"
    CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class RepetitionPattern:
    """A repetition with its details; only those of its kind count.

    `weekdays` count from Monday, 0; `day` is one of the month, or LAST; `place` says which of a
    month's weekdays, 1 to 4, or LAST; `rule` is that of CUSTOM.
    """

    kind: Repetition
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    day: int = 1
    place: int = 1
    month: int = 1
    rule: str = ""

    @property
    def to_rule(self) -> str:
        """As RRULE has it; "" for once."""
        every = f";INTERVAL={self.interval}" if self.interval > 1 else ""
        days = ",".join(WEEKDAYS[one] for one in sorted(set(self.weekdays)))
        match self.kind:
            case Repetition.ONCE:
                return ""
            case Repetition.HOURLY:
                return f"FREQ=HOURLY{every}"
            case Repetition.DAILY:
                return f"FREQ=DAILY{every}"
            case Repetition.WEEKDAYS:
                return f"FREQ=WEEKLY;BYDAY={EACH_WEEKDAY}"
            case Repetition.WEEKLY:
                return f"FREQ=WEEKLY{every}" + (f";BYDAY={days}" if days else "")
            case Repetition.MONTHLY_DAY:
                return f"FREQ=MONTHLY{every};BYMONTHDAY={self.day}"
            case Repetition.MONTHLY_WEEKDAY:
                return f"FREQ=MONTHLY{every};BYDAY={self.place}{days}"
            case Repetition.YEARLY:
                return f"FREQ=YEARLY{every};BYMONTH={self.month};BYMONTHDAY={self.day}"
            case Repetition.CUSTOM:
                return self.rule


def pattern_of(rule: str) -> RepetitionPattern:
    """What people call a rule that was read before; CUSTOM where they have no word for it."""
    if not rule:
        return RepetitionPattern(Repetition.ONCE)
    read = parse_rule(rule)
    days = tuple(filter(None, read.part("BYDAY").split(",")))
    plain = RepetitionPattern(Repetition.CUSTOM, read.interval, rule=rule)
    for kind in Repetition:
        guess = replace(plain, kind=kind)
        match kind:
            case Repetition.WEEKLY if all(one in WEEKDAYS for one in days):
                guess = replace(guess, weekdays=tuple(WEEKDAYS.index(one) for one in days))
            case Repetition.MONTHLY_WEEKDAY if len(days) == 1 and days[0][:-2]:
                place, day = int(days[0][:-2]), WEEKDAYS.index(days[0][-2:])
                guess = replace(guess, place=place, weekdays=(day,))
            case Repetition.MONTHLY_DAY | Repetition.YEARLY:
                month_day, month = read.part("BYMONTHDAY"), read.part("BYMONTH")
                guess = replace(guess, day=_number(month_day), month=_number(month))
        if kind is not Repetition.ONCE and _has_words(guess) and _is_same(guess.to_rule, rule):
            return guess
    return plain


def _has_words(pattern: RepetitionPattern) -> bool:
    """Whether people have a word for its day: they have none for the last but one."""
    match pattern.kind:
        case Repetition.MONTHLY_WEEKDAY:
            return pattern.place in PLACES
        case Repetition.MONTHLY_DAY:
            return pattern.day > 0 or pattern.day == LAST
        case Repetition.YEARLY:
            return pattern.day > 0
        case _:
            return True


def _number(text: str) -> int:
    return int(text) if text.lstrip("+-").isdecimal() else 1


def _is_same(one: str, other: str) -> bool:
    """Whether two rules say the same, in whatever order; an interval of 1 says nothing.

    On which day weeks begin says something only where some weeks are passed over.
    """

    def parts(text: str) -> set[tuple[str, frozenset[str]]]:
        pairs = [piece.partition("=") for piece in text.split(";")]
        nothing = [("INTERVAL", "1"), ("WKST", WEEKDAYS[0])]
        if not any(name == "INTERVAL" and value != "1" for name, _, value in pairs):
            nothing += (("WKST", one) for one in WEEKDAYS)
        return {
            (name, frozenset(one.removeprefix("+") for one in value.split(",")))
            for name, _, value in pairs
            if (name, value) not in nothing
        }

    return parts(one) == parts(other)
