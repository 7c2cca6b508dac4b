"""Times, durations and robots of the history in words."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QLocale

from dingcomposer.core.robot import Stage

CONTEXT = "History"
_SECOND = "%H:%M:%S"


def short_time(at: datetime, now: datetime) -> str:
    """When, by this computer's clock: only the time where it was today, else the date too."""
    local, today = at.astimezone(), now.astimezone()
    if local.date() == today.date():
        return local.strftime(_SECOND)
    return local.strftime("%Y-%m-%d %H:%M")


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
        words = QCoreApplication.translate("History", "{milliseconds} ms")
        return words.format(milliseconds=QLocale().toString(round(milliseconds)))
    words = QCoreApplication.translate("History", "{seconds} s")
    return words.format(seconds=QLocale().toString(milliseconds / 1000, "f", 1))


def stage_word(stage: Stage) -> str:
    """What the robot's group was for."""
    if stage is Stage.PRODUCTION:
        return QCoreApplication.translate("Robots", "production")
    return QCoreApplication.translate("Robots", "test")


def robot_words(name: str, stage: Stage) -> str:
    """A robot's name with what its group was for."""
    return f"{name} · {stage_word(stage)}"
