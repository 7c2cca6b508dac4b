"""The overview's figures in words."""

from datetime import date
from enum import StrEnum

from PySide6.QtCore import QDate, QLocale

from dingcomposer.ui.texts.translate import translate


class Period(StrEnum):
    """What the overview counts."""

    MONTH = "month"
    YEAR = "year"
    EVER = "ever"


def period_name(period: Period) -> str:
    """A period, as it is chosen."""
    match period:
        case Period.MONTH:
            return translate("Overview", "This month")
        case Period.YEAR:
            return translate("Overview", "12 months")
        case Period.EVER:
            return translate("Overview", "All")


def number(count: int) -> str:
    """A count with its thousands apart."""
    return QLocale().toString(count)


def share(count: int, total: int) -> str:
    """A share in per cent; one that is there is never said to be none."""
    percent = 100 * count / total
    if 0 < percent < 0.1:
        return translate("Overview", "< 0.1 %")
    return translate("Overview", "{share} %").format(
        share=QLocale().toString(percent, "f", 0 if percent >= 99.95 or percent == 0 else 1)
    )


def total_sentence(total: int, *, is_complete: bool) -> str:
    """How many messages there were."""
    said = translate("Overview", "{count} messages").format(count=number(total))
    if is_complete:
        return said if total else translate("Overview", "No message in this time yet")
    words = translate("Overview", "{count} messages; older ones are still being counted")
    return words.format(count=number(total))


def figure(name: str, count: int, total: int) -> str:
    """One bar, in full."""
    words = translate("Overview", "{name}: {count} of {total} messages ({share})")
    return words.format(
        name=name, count=number(count), total=number(total), share=share(count, total)
    )


def days_title(*, is_by_day: bool, is_beijing: bool) -> str:
    """What stands above the upright bars."""
    title = (
        translate("Overview", "Messages a day")
        if is_by_day
        else translate("Overview", "Messages a month")
    )
    if is_beijing:
        return title
    return translate("Overview", "{title}, by Beijing time").format(title=title)


def day_figure(day: date, count: int) -> str:
    """One day, in full."""
    pattern = translate("Overview", "ddd d MMM yyyy")
    said = QLocale().toString(QDate(day.year, day.month, day.day), pattern)
    return translate("Overview", "{day}: {count} messages").format(day=said, count=number(count))


def month_label(year: int, month: int) -> str:
    """A month below its bar; a year's first one as the year."""
    return str(year) if month == 1 else str(month)


def month_figure(year: int, month: int, count: int) -> str:
    """One month, in full."""
    said = QLocale().toString(QDate(year, month, 1), translate("Overview", "MMMM yyyy"))
    return translate("Overview", "{day}: {count} messages").format(day=said, count=number(count))


def plan_sentence(calls: int, limit: int) -> str:
    """The month's calls against the plan's."""
    words = translate("Overview", "Calls this month: {calls} of {limit}")
    return words.format(calls=number(calls), limit=number(limit))
