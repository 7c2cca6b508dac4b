"""Days and times in a text: one that is past, and a weekday that its date does not have.

What is claimed is little: a date without a year is the one that fits, if any does; a date that is
told of as past ("自11月29日起", "触发时间：…") is none that was forgotten. Pure; never raises.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from dingcomposer.core.checks.problems import LineFindings, Problem, ProblemCode, problem

_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HAN_DAYS: Final = "一二三四五六日"

_MONTH_NAME: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY_NAME: Final = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)"
)
_HAN_DAY: Final = r"(?:星期|周|礼拜)"
_GAP: Final = r"[ \t]{0,2}[（(【\[，,]?[ \t]{0,2}"

_BEFORE: Final = rf"(?:{_HAN_DAY}(?P<weekday_before>[一二三四五六日天]){_GAP})?"
_BEHIND: Final = rf"(?:{_GAP}{_HAN_DAY}(?P<weekday_behind>[一二三四五六日天]))?"
_EN_BEFORE: Final = rf"(?:\b(?P<weekday_before>{_DAY_NAME})\.?,?[ ]{{1,2}})?"
_EN_DAY_BEHIND: Final = rf"(?:,?[ ]{{1,2}}\(?(?P<weekday_behind>{_DAY_NAME})\b)"
_EN_BEHIND: Final = rf"(?:,?[ ]{{1,2}}(?P<year>(?:19|20)[0-9]{{2}}))?\b{_EN_DAY_BEHIND}?"
_FULL: Final = (
    r"(?<![0-9A-Za-z/._+-])(?P<year>(?:19|20)[0-9]{2})(?P<sign>[-/.])"
    r"(?P<month>[0-9]{1,2})(?P=sign)(?P<day>[0-9]{1,2})"
)
# Behind a year that is none of four figures, or not this one, a day has no year to be guessed.
_NO_YEAR: Final = r"(?<![0-9〇零一二三四五六七八九]年)(?<![0-9]年 )(?<!去年)(?<!明年)(?<!每年)"
_PATTERNS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_BEFORE}(?<![0-9])(?:(?P<year>(?:19|20)[0-9]{{2}})[ ]?年[ ]?|{_NO_YEAR})"
        rf"(?P<month>[0-9]{{1,2}})[ ]?月[ ]?(?P<day>[0-9]{{1,2}})[ ]?[日号]{_BEHIND}",
        rf"{_FULL}{_EN_DAY_BEHIND}",
        rf"{_BEFORE}{_FULL}(?![0-9A-Za-z/_-]|\.[0-9]){_BEHIND}",
        # Two figures alone may be anything: a weekday behind them makes them a date.
        r"(?<![0-9A-Za-z/._+-])(?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})"
        rf"{_GAP}{_HAN_DAY}(?P<weekday_behind>[一二三四五六日天])",
        rf"{_EN_BEFORE}\b(?P<month>{_MONTH_NAME})\.?[ ]{{1,2}}"
        rf"(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9:]){_EN_BEHIND}",
        rf"{_EN_BEFORE}(?<![0-9:.])\b(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?[ ]{{1,2}}"
        rf"(?P<month>{_MONTH_NAME})\b\.?{_EN_BEHIND}",
    )
)
_FIGURE: Final = re.compile("[0-9]")
_RANGE_BEFORE: Final = re.compile(r"[至到~～—–-][ ]?$|、[ ]?$|\b(?:to|until|and)[ ]$")
_RANGE_BEHIND: Final = re.compile(
    r"[ ]?(?:[至到~～—–/、，,和及与-]|to\b|and\b)[ ]?"
    rf"(?:{_HAN_DAY}|{_DAY_NAME}\b|[一二三四五六日天](?![\w]))",
    re.IGNORECASE,
)
_TOLD_BEFORE: Final = re.compile(
    r"(?:自|从|截至|上次|原定|触发|发生|告警|报警|故障|更新|生成|统计|创建|入职|成立)"
    r"[^，。；,;\s]{0,4}[:： ]{0,2}$"
    r"|\b(?:since|as of|dated|created|updated|fired|started)(?: on)?[: ]{1,2}$",
    re.IGNORECASE,
)
_TOLD_BEHIND: Final = re.compile(
    r"[^，。；,;\s]{0,8}?(?:起|以来|发生|出现|发现|发布的|已|的(?:故障|问题|会议|通知|纪要)|召开了)"
    r"|[ ](?:was|were|had)\b",
    re.IGNORECASE,
)
_TODAY: Final = re.compile(
    r"今天|今日|今晚|今早|今夜|\btoday\b|\btonight\b|\bthis (?:morning|afternoon|evening)\b",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(
    r"(?P<half>凌晨|早上|上午|中午|下午|傍晚|晚上|今晚|晚)?[ ]?(?<![0-9.])(?<![0-9][:：])"
    r"(?:(?P<hour>[01]?[0-9]|2[0-4])[:：](?P<minute>[0-5][0-9])(?![0-9]|[:：][0-9])"
    r"|(?P<hour_han>[01]?[0-9]|2[0-4])[ ]?[点时]"
    r"(?:(?P<minute_half>半)|(?P<minute_han>[0-5]?[0-9])分?)?(?!间)"
    r"|(?P<hour_en>1[0-2]|0?[1-9])(?=[ ]?[ap]\.?m\b))(?:[ ]?(?P<ampm>[ap])\.?m\b)?",
    re.IGNORECASE,
)
_CLOSING: Final = {"（": "）", "(": ")", "【": "】", "[": "]"}
_AFTERNOON: Final = ("下午", "傍晚", "晚上", "今晚", "晚")
_REMEMBERED_DAYS: Final = 31
_PLAUSIBLE: Final = (timedelta(days=-60), timedelta(days=300))
_PADDED: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ONE_NOTICE: Final = timedelta(days=14)
"""Days that are no further apart are those of one notice, and are moved together."""

_NEAR: Final = 16
"""So many characters behind "today" the first time of a line is one of today."""


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as it stands in a line. `places` say where each part of it is written.

    `weekday` is 0 for Monday, None where none is written beside it.
    """

    start: int
    end: int
    words: str
    year: int | None
    month: int
    day: int
    weekday: int | None
    places: tuple[tuple[str, int, int], ...]

    def on(self, year: int) -> date | None:
        """The date in a year; None where that year has none."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None

    def nearest(self, today: date) -> date | None:
        """The date that is meant: of the year that is written, else the one nearest to today."""
        if self.year is not None:
            return self.on(self.year)
        found = [one for year in range(today.year - 1, today.year + 2) if (one := self.on(year))]
        return min(found, key=lambda one: abs(one - today), default=None)

    def right_weekday(self, today: date) -> int | None:
        """The weekday that it has, where another one is written; None where nothing is wrong."""
        if self.weekday is None:
            return None
        if self.year is not None:
            meant = self.on(self.year)
            found = [] if meant is None else [meant]
        else:
            years = range(today.year - 1, today.year + 2)
            days = [one for year in years if (one := self.on(year)) is not None]
            found = [one for one in days if _PLAUSIBLE[0] <= one - today <= _PLAUSIBLE[1]]
        if not found or any(one.weekday() == self.weekday for one in found):
            return None
        coming = [one for one in found if one >= today]
        return (coming[0] if coming else found[-1]).weekday()


@lru_cache(maxsize=2048)
def find_dates(line: str) -> tuple[DateMention, ...]:
    """Every date in a line, in order; a weekday is left out where it may be that of a range."""
    if not _FIGURE.search(line):
        return ()
    found: list[DateMention] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(line):
            if any(match.start() < one.end and one.start < match.end() for one in found):
                continue
            mention = _mention(line, match)
            if mention is not None:
                found.append(mention)
    return tuple(sorted(found, key=lambda one: one.start))


def check_dates(
    fields: Sequence[tuple[str, Sequence[str]]], now: datetime | None
) -> Iterator[Problem]:
    """What is wrong with the days and times of a message's fields, each with its plain lines.

    `now` is what a reader's clock says; without it nothing is known.
    """
    if now is None:
        return
    yield from _check_weekdays(fields, now.date())
    past = _check_past(fields, now.date())
    if past is not None:
        yield past
    for field, lines in fields:
        yield from _check_times(field, lines, now)


def with_right_weekdays(line: str, today: date) -> str:
    """The line with the weekday that its date has, wherever another one stands."""
    for one in reversed(find_dates(line)):
        right = one.right_weekday(today)
        if right is not None:
            line = _respelled(line, one, weekday=right)
    return line


def with_date(line: str, before: date, after: date, today: date) -> str:
    """The line with another date in the place of one, spelled as that was, its weekday as well."""
    for one in reversed(find_dates(line)):
        if one.nearest(today) == before:
            line = _respelled(line, one, day=after, weekday=after.weekday())
    return line


def moved_by(line: str, days: int, today: date) -> str:
    """The line with each day before today so much later, spelled as it was, its weekday as well."""
    for one in reversed(find_dates(line)):
        day = one.nearest(today)
        if day is not None and 0 < (today - day).days <= _REMEMBERED_DAYS:
            later = day + timedelta(days=days)
            line = _respelled(line, one, day=later, weekday=later.weekday())
    return line


def _mention(line: str, match: re.Match[str]) -> DateMention | None:
    parts = match.groupdict()
    month = _month(parts["month"])
    day = int(parts["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    places = [
        (name, *match.span(name))
        for name in ("year", "month", "day")
        if parts.get(name) is not None
    ]
    weekday = None
    for name in ("weekday_before", "weekday_behind"):
        words = parts.get(name)
        if words is None:
            continue
        is_range = name == "weekday_behind" and (
            _RANGE_BEFORE.search(line[: match.start()]) or _RANGE_BEHIND.match(line, match.end())
        )
        if not is_range:
            weekday = _weekday(words)
            places.append(("weekday", *match.span(name)))
    year = int(parts["year"]) if parts.get("year") else None
    words = _closed(line, match)
    end = match.start() + len(words)
    return DateMention(match.start(), end, words, year, month, day, weekday, tuple(places))


def _closed(line: str, match: re.Match[str]) -> str:
    """The words of a date, with the bracket that closes the one before its weekday."""
    opened = next((_CLOSING[sign] for sign in match[0] if sign in _CLOSING), None)
    behind = line[match.end() : match.end() + 1]
    return match[0] + behind if behind and behind == opened and opened not in match[0] else match[0]


def _month(words: str) -> int:
    if words.isdecimal():
        return int(words)
    return next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(words.lower()[:3]))


def _weekday(words: str) -> int:
    if words == "天":
        return 6
    if words in _HAN_DAYS:
        return _HAN_DAYS.index(words)
    return next(n for n, name in enumerate(_DAYS) if name.startswith(words.lower()[:3]))


def _respelled(line: str, mention: DateMention, *, day: date | None = None, weekday: int) -> str:
    """The line with the mention's parts as they are to be, each in the way it was written."""
    is_padded = _PADDED.search(mention.words) is not None
    for name, start, end in sorted(mention.places, key=lambda place: -place[1]):
        words = line[start:end]
        if name == "weekday":
            made = _spelled_weekday(words, weekday)
        elif day is None:
            continue
        elif name == "month" and not words.isdecimal():
            made = _like(words, _MONTHS[day.month - 1])
        else:
            number = {"year": day.year, "month": day.month, "day": day.day}[name]
            made = str(number).zfill(len(words) if is_padded or words.startswith("0") else 0)
        line = line[:start] + made + line[end:]
    return line


def _spelled_weekday(words: str, weekday: int) -> str:
    if words == "天":
        return "天" if weekday == 6 else _HAN_DAYS[weekday]
    return _HAN_DAYS[weekday] if words in _HAN_DAYS else _like(words, _DAYS[weekday])


def _like(words: str, name: str) -> str:
    """A name as long, and with such letters, as the one that stands there."""
    is_whole = words.lower() in (*_MONTHS, *_DAYS) and words.lower() != "may"
    made = name if is_whole else name[:3]
    return made.upper() if words.isupper() else made if words.islower() else made.capitalize()


def _check_weekdays(fields: Sequence[tuple[str, Sequence[str]]], today: date) -> Iterator[Problem]:
    for field, lines in fields:
        found, right_one = LineFindings(), ""
        for number, line in enumerate(lines, 1):
            for one in find_dates(line):
                right = one.right_weekday(today)
                if right is None:
                    continue
                place = next(place for place in one.places if place[0] == "weekday")
                spelled = _spelled_weekday(line[place[1] : place[2]], right)
                right_one = right_one or (f"周{spelled}" if len(spelled) == 1 else spelled)
                found.add(ProblemCode.WEEKDAY_WRONG, number, one.words)
        for each in found.problems(field):
            params = dict(each.params)
            yield problem(each.code, field, **params, right=right_one, today=today.isoformat())


def _check_past(fields: Sequence[tuple[str, Sequence[str]]], today: date) -> Problem | None:
    """The latest day of the whole message, where it is past, and not told of as past.

    Where a few days are named they are those of a notice that is sent again.
    """
    latest: tuple[date, str, int, DateMention] | None = None
    named: set[date] = set()
    for field, lines in fields:
        for number, line in enumerate(lines, 1):
            if _TODAY.search(line) or "明天" in line or "明日" in line:
                return None
            for one in find_dates(line):
                day = one.nearest(today)
                if day is not None:
                    named.add(day)
                if day is not None and (latest is None or day > latest[0]):
                    latest = day, field, number, one
    if latest is None:
        return None
    day, field, number, one = latest
    line = next(lines for name, lines in fields if name == field)[number - 1]
    if not 0 < (today - day).days <= _REMEMBERED_DAYS or _is_told(line, one):
        return None
    params: dict[str, str | int] = {
        "word": one.words,
        "line": number,
        "day": day.isoformat(),
        "today": today.isoformat(),
    }
    first = min(named)
    if first == day or day - first > _ONE_NOTICE:
        return problem(ProblemCode.DATE_PAST, field, **params)
    # By whole weeks, so that each keeps its weekday, and until the first of them is no more past.
    weeks = -(-(today - first).days // 7)
    return problem(ProblemCode.DAYS_PAST, field, **params, days=7 * weeks)


def _is_told(line: str, mention: DateMention) -> bool:
    """True where the words around a date look back on it."""
    return bool(_TOLD_BEFORE.search(line[: mention.start]) or _TOLD_BEHIND.match(line, mention.end))


def _check_times(field: str, lines: Sequence[str], now: datetime) -> list[Problem]:
    found = LineFindings()
    clock = now.hour * 60 + now.minute
    for number, line in enumerate(lines, 1):
        starts = [match.end() for match in _TODAY.finditer(line)]
        starts += [
            one.end
            for one in find_dates(line)
            if one.nearest(now.date()) == now.date() and not _is_told(line, one)
        ]
        if not starts:
            continue
        first = min(starts) - len("今晚")
        times = [one for one in _CLOCK.finditer(line) if one.start() >= first]
        if not times or times[0].start() - first > _NEAR:
            continue
        latest = max(times, key=_minutes)
        if _minutes(latest) < clock:
            found.add(ProblemCode.TIME_PAST, number, latest[0].strip())
    return found.problems(field)


def _minutes(match: re.Match[str]) -> int:
    """Minutes since midnight."""
    hour = int(match["hour"] or match["hour_han"] or match["hour_en"])
    minute = 30 if match["minute_half"] else int(match["minute"] or match["minute_han"] or 0)
    is_after = (match["half"] or "") in _AFTERNOON or (match["ampm"] or "").lower() == "p"
    if is_after and hour < 12:
        hour += 12
    if (match["ampm"] or "").lower() == "a" and hour == 12:
        hour = 0
    return hour * 60 + minute


# Typed alone

_TYPED: Final = re.compile(
    r"(?:(?P<year>\d{4})\s*[-/.年]\s*)?(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*[日号]?"
    r"|(?P<figures>\d{8})"
)


def typed_day(words: str, today: date) -> date | None:
    """The day that is typed alone into a field; without a year the next such day."""
    found = _TYPED.fullmatch(words.strip())
    if found is None:
        return None
    if found["figures"]:
        figures = found["figures"]
        parts = (figures[:4], figures[4:6], figures[6:])
    else:
        parts = (found["year"] or str(today.year), found["month"], found["day"])
    year, month, day = map(int, parts)
    is_year_open = not (found["figures"] or found["year"])
    # The 29th of February is up to eight years away.
    for ahead in range(9 if is_year_open else 1):
        with suppress(ValueError):
            meant = date(year + ahead, month, day)
            if meant >= today or not is_year_open:
                return meant
    return None
