"""Times, durations and countdowns in words."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil, inf
from typing import assert_never

from PySide6.QtCore import QDate, QLocale

from dingcomposer.sending.schedule import Waiting, WaitReason
from dingcomposer.ui.texts.translate import translate

_SECOND = "%H:%M:%S"
_HOUR = 60
"""In minutes."""


def day_time(at: datetime, now: datetime) -> str:
    """When, as people tell each other: the time; on another day with weekday and date before it.

    Only in another year with the year.
    """
    local, today = at.astimezone(), now.astimezone()
    if local.date() == today.date():
        return minute(at)
    return f"{_day(local, has_year=local.year != today.year)} {minute(at)}"


def full_day_time(at: datetime) -> str:
    """The same with weekday, date and year, whenever it was."""
    return f"{_day(at.astimezone(), has_year=True)} {minute(at)}"


def _day(local: datetime, *, has_year: bool) -> str:
    """Weekday and date in the program's language: "周一 11月30日", "Mon 30 Nov"."""
    pattern = (
        translate("History", "ddd d MMM yyyy") if has_year else translate("History", "ddd d MMM")
    )
    return QLocale().toString(QDate(local.year, local.month, local.day), pattern)


def moment(at: datetime) -> str:
    """Date and time by this computer's clock, to the minute."""
    return at.astimezone().strftime("%Y-%m-%d %H:%M")


def clock(at: datetime) -> str:
    """The time by this computer's clock, to the second."""
    return at.astimezone().strftime(_SECOND)


def minute(at: datetime) -> str:
    """The time by this computer's clock, as a chat shows it."""
    return at.astimezone().strftime("%H:%M")


def full_time(at: datetime) -> str:
    """When, by this computer's clock, to the second."""
    return at.astimezone().strftime(f"%Y-%m-%d {_SECOND}")


def duration(milliseconds: float | None) -> str:
    """How long; "" where it is not known."""
    if milliseconds is None:
        return ""
    if milliseconds < 10_000:
        words = translate("History", "{milliseconds} ms")
        return words.format(milliseconds=QLocale().toString(round(milliseconds)))
    words = translate("History", "{seconds} s")
    return words.format(seconds=QLocale().toString(milliseconds / 1000, "f", 1))


def span(seconds: int) -> str:
    """A span of time in the two largest units: "59 s", "1 min 1 s", "2 d 2 h"."""
    minutes, s = divmod(seconds, 60)
    hours, minutes_left = divmod(minutes, 60)
    d, h = divmod(hours, 24)
    if d:
        return translate("Checkup", "{d} d {h} h").format(d=d, h=h)
    if h:
        return translate("Checkup", "{h} h {min} min").format(h=h, min=minutes_left)
    if minutes:
        return translate("Queue", "{minutes} min {seconds} s").format(minutes=minutes, seconds=s)
    return translate("History", "{seconds} s").format(seconds=s)


def ago(minutes: int) -> str:
    """How long ago, in whole minutes: "just now", "3 min ago"."""
    if minutes < 1:
        return translate("Time", "just now")
    return translate("Time", "{minutes} min ago").format(minutes=minutes)


def age(at: datetime, now: datetime) -> str:
    """How long ago within the hour, else when: "3 min ago", "10:32", "Mon 30 Nov 10:32"."""
    minutes = max(int((now - at).total_seconds() // 60), 0)
    return ago(minutes) if minutes < _HOUR else day_time(at, now)


def short_age(at: datetime, now: datetime) -> str:
    """The same where there is little room: of another day the date alone."""
    if now - at < timedelta(minutes=_HOUR) or at.astimezone().date() == now.astimezone().date():
        return age(at, now)
    local = at.astimezone()
    day = QDate(local.year, local.month, local.day)
    return QLocale().toString(day, translate("Time", "d MMM"))


def countdown(seconds: float, *, is_paused: bool) -> str:
    """How long until a message goes."""
    if is_paused:
        return translate("Queue", "paused")
    if seconds == inf:
        return translate("Queue", "after the one being sent")
    if seconds < 1:
        return translate("Queue", "now")
    return wait_words(seconds)


def wait_words(seconds: float) -> str:
    """A wait, rounded up to whole seconds: "42 s", "9 min 30 s"."""
    minutes, rest = divmod(ceil(seconds), 60)
    if not minutes:
        return translate("History", "{seconds} s").format(seconds=rest)
    words = translate("Queue", "{minutes} min {seconds} s")
    return words.format(minutes=minutes, seconds=f"{rest:02}")


def wait_sentence(waiting: Waiting, now: datetime, *, is_paused: bool) -> str:
    """That a message waits, for what, and until when; "" where it may go now."""
    if is_paused:
        return translate("Queue", "It waits: sending is paused.")
    until = _due_clock(waiting, now) if waiting.due_in_s != inf else ""
    match waiting.reason:
        case WaitReason.TURN:
            return ""
        case WaitReason.BEHIND:
            return translate("Queue", "It waits for the message before it.")
        case WaitReason.PACE:
            return translate(
                "Queue", "It waits until {time}: 20 messages a minute is all that DingTalk takes."
            ).format(time=until)
        case WaitReason.REST:
            return translate(
                "Queue",
                "It waits until {time}: the robot rests for ten minutes, for it was too fast.",
            ).format(time=until)
        case WaitReason.IN_LINE:
            if not until:
                return translate("Queue", "It waits for the groups before it in the list.")
            return translate(
                "Queue", "It waits until about {time}: one group after the other."
            ).format(time=until)
        case WaitReason.APPOINTED:
            return translate("Queue", "It waits until {time}, then it is tried.").format(time=until)
        case _:
            assert_never(waiting.reason)


def wait_label(waiting: Waiting, now: datetime, *, is_paused: bool) -> str:
    """The same on a button; "" where it may go now."""
    if is_paused:
        return translate("Queue", "Paused")
    if waiting.reason is WaitReason.TURN:
        return ""
    if waiting.due_in_s == inf:
        return translate("Queue", "Waits its turn")
    words = translate("Queue", "Waits until {time}")
    return words.format(time=_due_clock(waiting, now))


def _due_clock(waiting: Waiting, now: datetime) -> str:
    """When its turn comes, to the second: the same whenever it is asked for."""
    due_at = now + timedelta(seconds=waiting.due_in_s)
    return clock(due_at + timedelta(milliseconds=999))


def queue_summary(waiting: Sequence[Waiting], *, is_paused: bool) -> str:
    """The queue in one line; "" where there is nothing to say."""
    count = len(waiting)
    if is_paused:
        if not count:
            return translate("Queue", "Sending is paused")
        words = translate("Queue", "Paused · {count} waiting")
        return words.format(count=count)
    if not count:
        return ""
    words = translate("Queue", "{count} waiting").format(count=count)
    next_s = min(one.due_in_s for one in waiting)
    if next_s == inf or next_s < 1:
        return words
    next_words = translate("Queue", "next in {time}")
    return " · ".join((words, next_words.format(time=wait_words(next_s))))
