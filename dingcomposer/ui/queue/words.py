"""Waits and the queue as a whole, in words."""

from collections.abc import Sequence
from math import ceil, inf

from PySide6.QtCore import QCoreApplication

from dingcomposer.sending.schedule import Waiting

CONTEXT = "Queue"


def countdown(seconds: float, *, is_paused: bool) -> str:
    """How long until a message goes."""
    if is_paused:
        return QCoreApplication.translate("Queue", "paused")
    if seconds == inf:
        return QCoreApplication.translate("Queue", "after the one being sent")
    if seconds < 1:
        return QCoreApplication.translate("Queue", "now")
    return duration(seconds)


def duration(seconds: float) -> str:
    """A wait, rounded up to whole seconds: "42 s", "9 min 30 s"."""
    minutes, rest = divmod(ceil(seconds), 60)
    if not minutes:
        return QCoreApplication.translate("Queue", "{seconds} s").format(seconds=rest)
    words = QCoreApplication.translate("Queue", "{minutes} min {seconds} s")
    return words.format(minutes=minutes, seconds=f"{rest:02}")


def summary(waiting: Sequence[Waiting], *, is_paused: bool) -> str:
    """The queue in one line; "" where there is nothing to say."""
    count = len(waiting)
    if is_paused:
        if not count:
            return QCoreApplication.translate("Queue", "Sending is paused")
        words = QCoreApplication.translate("Queue", "Paused · {count} waiting")
        return words.format(count=count)
    if not count:
        return ""
    words = QCoreApplication.translate("Queue", "{count} waiting").format(count=count)
    next_s = min(one.due_in_s for one in waiting)
    if next_s == inf or next_s < 1:
        return words
    next_words = QCoreApplication.translate("Queue", "next in {time}")
    return " · ".join((words, next_words.format(time=duration(next_s))))
