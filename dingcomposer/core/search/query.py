"""A question to the history: words, phrases and filters, as typed and as understood.

`运维 "停机 通知" -演练 robot:值班 status:refused time:2026-03` in English or in Chinese words. What
is no filter is a word: no sign has a meaning but a minus before a word, quotes round a phrase, and
the colon behind a filter's name.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Fault, Status
from dingcomposer.core.messages import Kind
from dingcomposer.core.records import dataclass, lazy_pattern
from dingcomposer.core.search.tokens import fold, is_run, tokens

EVERYONE = "all"
"""The value of the filter by person for who mentions everyone."""


class SearchField(StrEnum):
    """What can be filtered by."""

    ROBOT = "robot"
    STATUS = "status"
    KIND = "kind"
    CAUSE = "cause"
    STAGE = "stage"
    PERSON = "person"
    TIME = "time"


NAMES: dict[SearchField, tuple[str, ...]] = {
    SearchField.ROBOT: ("robot", "机器人", "群"),
    SearchField.STATUS: ("status", "状态"),
    SearchField.KIND: ("kind", "类型"),
    SearchField.CAUSE: ("cause", "原因"),
    SearchField.STAGE: ("stage", "环境"),
    SearchField.PERSON: ("person", "人员", "提到"),
    SearchField.TIME: ("time", "时间"),
}
"""By which names each can be typed, in both languages, the first two shown."""

_STATUSES = {
    Status.QUEUED: ("waiting", "等待中"),
    Status.SENDING: ("sending", "发送中"),
    Status.DELIVERED: ("delivered", "已送达"),
    Status.REFUSED: ("refused", "被拒绝"),
    Status.NOT_SENT: ("not-sent", "未发出"),
    Status.UNKNOWN: ("unknown", "结果未知"),
    Status.CANCELLED: ("cancelled", "已取消"),
}
_KINDS = {
    Kind.TEXT: ("text", "文本"),
    Kind.LINK: ("link", "链接"),
    Kind.MARKDOWN: ("markdown", "Markdown"),
    Kind.WHOLE_JUMP: ("jump-card", "单按钮卡片"),
    Kind.INDEPENDENT: ("button-card", "多按钮卡片"),
    Kind.FEED_CARD: ("feed-card", "多图文"),
}
_STAGES = {
    "test": ("test", "测试"),
    "production": ("production", "正式"),
    "sandbox": ("sandbox", "沙箱"),
}
_CAUSES = {
    Cause.KEYWORD: ("keyword", "关键词"),
    Cause.SIGNATURE: ("signature", "签名"),
    Cause.TIMESTAMP: ("timestamp", "时间戳"),
    Cause.IP: ("ip", "IP地址"),
    Cause.TOKEN: ("token", "令牌"),
    Cause.TOO_FAST: ("too-fast", "发送太快"),
    Cause.TOO_LONG: ("too-long", "太长"),
    Cause.BUSY: ("busy", "系统繁忙"),
    Cause.ROBOT_DISABLED: ("robot-disabled", "机器人停用"),
    Cause.ROBOT_GONE: ("robot-gone", "机器人已删除"),
    Cause.GROUP_GONE: ("group-gone", "群已解散"),
    Fault.READ_TIMEOUT: ("read-timeout", "等待超时"),
    Fault.CONNECTION_LOST: ("connection-lost", "连接中断"),
    Fault.CONNECTION_REFUSED: ("connection-refused", "连接被拒"),
    Fault.NAME_NOT_FOUND: ("name-not-found", "域名找不到"),
    Fault.CONNECT_TIMEOUT: ("connect-timeout", "连接超时"),
}
_TIMES = {
    "today": ("today", "今天"),
    "yesterday": ("yesterday", "昨天"),
    "week": ("week", "本周"),
    "last-week": ("last-week", "上周"),
    "month": ("month", "本月"),
    "last-month": ("last-month", "上月"),
    "year": ("year", "今年"),
}


def _values() -> dict[SearchField, dict[str, tuple[str, ...]]]:
    causes = {one.value: (one.value.replace("_", "-"),) for kind in (Fault, Cause) for one in kind}
    return {
        SearchField.STATUS: {one.value: words for one, words in _STATUSES.items()},
        SearchField.KIND: {one.value: words for one, words in _KINDS.items()},
        SearchField.STAGE: dict(_STAGES),
        SearchField.CAUSE: {**causes, **{one.value: words for one, words in _CAUSES.items()}},
        SearchField.TIME: dict(_TIMES),
        SearchField.PERSON: {EVERYONE: ("all", "所有人")},
        SearchField.ROBOT: {},
    }


VALUES = _values()
"""For each field the values that have words, each with those by which it is typed."""


@dataclass(frozen=True, slots=True)
class Term:
    """Words that follow each other. `is_open`: of the last one the beginning is enough."""

    words: tuple[str, ...]
    is_open: bool = True
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """One value of a field. Of several for one field any will do; an excluded one must not be."""

    field: SearchField
    value: str
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: all of the terms, and of each field's filters one."""

    terms: tuple[Term, ...] = ()
    filters: tuple[Filter, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms or self.filters)

    def of(self, field: SearchField, *, excluded: bool = False) -> tuple[str, ...]:
        """The values that are asked for, or excluded."""
        return tuple(
            one.value for one in self.filters if one.field is field and one.is_excluded is excluded
        )


@dataclass(frozen=True, slots=True)
class TypedPart:
    """A part of a typed question: where it stands, and what it is; None is nothing to look for."""

    start: int
    end: int
    meaning: Term | Filter | None
    unread: SearchField | None = None
    """The field that is named here, where its value is none and the part counts as words."""


def parse_query(text: str) -> Query:
    """What a person typed, understood. Every text is a question."""
    meanings = [piece.meaning for piece in pieces(text)]
    terms = tuple(dict.fromkeys(one for one in meanings if isinstance(one, Term)))
    filters = tuple(dict.fromkeys(one for one in meanings if isinstance(one, Filter)))
    return Query(terms, filters)


_PIECE = lazy_pattern(
    r"""(?P<minus>-(?=[^\s-]))?
        (?:(?P<name>[^\s:："“”-][^\s:："“”]*)[:：](?=\S))?
        (?:["“”](?P<quoted>[^"“”]*)(?:["“”]|\Z)|(?P<plain>\S+))""",
    re.VERBOSE,
)


def pieces(text: str) -> Iterator[TypedPart]:
    """The parts of a typed question in their order."""
    for found in _PIECE.finditer(text):
        meaning, name = _meaning(found), found["name"]
        field = None if name is None or isinstance(meaning, Filter) else field_named(name)
        yield TypedPart(found.start(), found.end(), meaning, field)


def _meaning(found: re.Match[str]) -> Term | Filter | None:
    is_excluded = found["minus"] is not None
    name, quoted = found["name"], found["quoted"]
    if name is not None and (field := field_named(name)) is not None:
        value = _value(field, found["plain"] if quoted is None else quoted)
        if value:
            return Filter(field, value, is_excluded)
    if quoted is None or name is not None or not tokens(quoted):
        words, is_quoted = found[0].removeprefix("-") if is_excluded else found[0], False
    else:
        words, is_quoted = quoted, True
    found_words = tuple(tokens(words))
    if not found_words:
        return None
    last = found_words[-1]
    # Of one letter alone nearly every word is the rest.
    return Term(found_words, not is_quoted and is_run(last) and len(last) > 1, is_excluded)


def field_named(name: str) -> SearchField | None:
    """The field of this name, in either language."""
    name = fold(name)
    return next((field for field, names in NAMES.items() if name in map(fold, names)), None)


def _value(field: SearchField, words: str) -> str | None:
    """The value that these words mean; None where they mean none (yet)."""
    wanted = _plain(words)
    if not wanted:
        return None
    known = VALUES[field]
    for value, names in known.items():
        if wanted == _plain(value) or wanted in map(_plain, names):
            return value
    if field is SearchField.TIME:
        return words if _dates(words) is not None else None
    if field in (SearchField.ROBOT, SearchField.PERSON):
        return words
    beginning = {
        value for value, names in known.items() if any(_plain(n).startswith(wanted) for n in names)
    }
    return beginning.pop() if len(beginning) == 1 else None


def _plain(words: str) -> str:
    return fold(words).replace("_", "").replace("-", "").replace(" ", "")


def to_text(part: Term | Filter, *, is_chinese: bool = False) -> str:
    """How a part of a question is typed."""
    minus = "-" if part.is_excluded else ""
    if isinstance(part, Term):
        return f'{minus}"{" ".join(part.words)}"'
    language = int(is_chinese)
    names = VALUES[part.field].get(part.value, (part.value,))
    value = names[min(language, len(names) - 1)]
    if re.search(r'[\s"“”]', value):
        value = f'"{value}"'
    return f"{minus}{NAMES[part.field][language]}:{value}"


# Times

_DATE = lazy_pattern(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?")


def time_span(value: str, now: datetime) -> tuple[datetime, datetime]:
    """From when to before when a value of the filter by time reaches; `now` in local time."""
    today = now.date()
    match value:
        case "today":
            first, after = today, today + timedelta(days=1)
        case "yesterday":
            first, after = today - timedelta(days=1), today
        case "week":
            first = today - timedelta(days=today.weekday())
            after = first + timedelta(days=7)
        case "last-week":
            after = today - timedelta(days=today.weekday())
            first = after - timedelta(days=7)
        case "month":
            first, after = today.replace(day=1), _next_month(today)
        case "last-month":
            after = today.replace(day=1)
            first = (after - timedelta(days=1)).replace(day=1)
        case "year":
            first, after = date(today.year, 1, 1), date(today.year + 1, 1, 1)
        case _:
            found = _dates(value)
            assert found is not None, value
            first, after = found
    return _midnight(first), _midnight(after)


def _dates(words: str) -> tuple[date, date] | None:
    """A day, a month or a year, or from one to another: "2026-03", "2026-03-01..2026-03-15"."""
    first, dots, last = re.sub(r"\.\.+|…|~|至|到", "..", words).partition("..")
    begin = _span_of(first) if first else (date(1971, 1, 1), date(1971, 1, 1))
    if not dots:
        return begin if first else None
    end = _span_of(last) if last else (date(2999, 1, 1), date(2999, 1, 1))
    if begin is None or end is None or not (first or last):
        return None
    return (begin[0], end[1]) if begin[0] <= end[1] else (end[0], begin[1])


def _span_of(words: str) -> tuple[date, date] | None:
    found = _DATE.fullmatch(words.strip())
    if found is None:
        return None
    year, month, day = (int(one) if one else None for one in found.groups())
    assert year is not None
    try:
        if month is None:
            return date(year, 1, 1), date(year + 1, 1, 1)
        if day is None:
            return date(year, month, 1), _next_month(date(year, month, 1))
        return date(year, month, day), date(year, month, day) + timedelta(days=1)
    except (ValueError, OverflowError):
        return None


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone()
