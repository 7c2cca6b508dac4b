"""Words of the search: what filters are called, how a result is counted."""

from datetime import datetime

from dingcomposer.core.search.query import NAMES, VALUES, Filter, SearchField, to_text
from dingcomposer.ui.texts.translate import QT_TRANSLATE_NOOP, Phrase, translate, translated

_FIELDS: dict[SearchField, Phrase] = {
    SearchField.ROBOT: QT_TRANSLATE_NOOP("Search", "Robot"),
    SearchField.STATUS: QT_TRANSLATE_NOOP("Search", "Status"),
    SearchField.KIND: QT_TRANSLATE_NOOP("Search", "Kind"),
    SearchField.CAUSE: QT_TRANSLATE_NOOP("Search", "Cause"),
    SearchField.STAGE: QT_TRANSLATE_NOOP("Search", "Test or production"),
    SearchField.PERSON: QT_TRANSLATE_NOOP("Search", "Person"),
    SearchField.TIME: QT_TRANSLATE_NOOP("Search", "Time"),
}

OFFERED: dict[SearchField, tuple[str, ...]] = {
    SearchField.STATUS: (
        "delivered",
        "refused",
        "not_sent",
        "unknown",
        "cancelled",
        "queued",
        "sending",
    ),
    SearchField.KIND: ("text", "link", "markdown", "whole_jump", "independent", "feed_card"),
    SearchField.STAGE: ("production", "test", "sandbox"),
    SearchField.CAUSE: (
        *("keyword", "signature", "timestamp", "ip", "token", "too_fast", "too_long", "busy"),
        *("robot_disabled", "robot_gone", "group_gone"),
        *("read_timeout", "connection_lost", "connection_refused", "name_not_found"),
        "connect_timeout",
    ),
    SearchField.TIME: ("today", "yesterday", "week", "last-week", "month", "last-month", "year"),
}
"""The values that are offered for each field; robots and people are offered by name."""


def is_chinese() -> bool:
    """Whether filters are typed in Chinese in the language that is on."""
    return translate("Search", "status") == NAMES[SearchField.STATUS][1]


def field_label(field: SearchField) -> str:
    """What can be filtered by, for a menu."""
    return translated(_FIELDS[field])


def typed_field(field: SearchField) -> str:
    """How a filter's name is typed."""
    return NAMES[field][int(is_chinese())]


def value_label(field: SearchField, value: str) -> str:
    """A value as it is shown and typed."""
    words = VALUES[field].get(value)
    if words is None:
        return value
    return words[min(int(is_chinese()), len(words) - 1)]


def typed_filter(one: Filter) -> str:
    """A filter as it is typed."""
    return to_text(one, is_chinese=is_chinese())


def chip_label(one: Filter) -> str:
    """A filter as a chip shows it."""
    pattern = (
        translate("Search", "not {field}: {value}")
        if one.is_excluded
        else translate("Search", "{field}: {value}")
    )
    return pattern.format(field=field_label(one.field), value=value_label(one.field, one.value))


def unread_label(typed: str, field: SearchField) -> str:
    """What is typed as a filter and is none; with what would be one."""
    examples = [value_label(field, one) for one in OFFERED.get(field, ())[:3]]
    if field is SearchField.TIME:
        examples.append("2026-03")
    return translate(
        "Search",
        "“{typed}” is not understood as a filter and is looked for as words. Try {examples}.",
    ).format(typed=typed, examples=translate("Search", ", ").join(examples))


def found_label(count: int, *, is_all: bool) -> str:
    """How many sends were found, so far or in all."""
    number = f"{count:,}"
    if is_all:
        return translate("Search", "{number} found").format(number=number)
    return translate("Search", "more than {number}").format(number=number)


def index_label(done: int, total: int) -> str:
    """How far the index is."""
    percent = min(done * 100 // max(total, 1), 99)
    return translate("Search", "Being indexed: {percent} %").format(percent=percent)


def joining_label(done: int, total: int) -> str:
    """How far what is from before has joined the chain of evidence."""
    percent = min(done * 100 // max(total, 1), 99)
    return translate("Search", "Being secured as evidence: {percent} %").format(percent=percent)


def date_word(at: datetime) -> str:
    """A day as the filter by time takes it."""
    return f"{at:%Y-%m-%d}"
