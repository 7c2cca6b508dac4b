"""What stands on the button beside an outcome, and what is said of a safe retry."""

from datetime import datetime

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from dingcomposer.services.recovery import RecoveryAction, RetryObstacle

CONTEXT = "Remedies"

_LABELS: dict[RecoveryAction, object] = {
    RecoveryAction.EDIT_WEBHOOK: QT_TRANSLATE_NOOP("Remedies", "Edit the webhook…"),
    RecoveryAction.EDIT_SECRET: QT_TRANSLATE_NOOP("Remedies", "Edit the secret…"),
    RecoveryAction.EDIT_ADDRESSES: QT_TRANSLATE_NOOP("Remedies", "Edit the addresses…"),
    RecoveryAction.EDIT_KEYWORDS: QT_TRANSLATE_NOOP("Remedies", "Edit the keywords…"),
    RecoveryAction.INSERT_KEYWORD: QT_TRANSLATE_NOOP("Remedies", "Insert the keyword"),
    RecoveryAction.EDIT_MESSAGE: QT_TRANSLATE_NOOP("Remedies", "Edit the message"),
    RecoveryAction.CHECK_UP: QT_TRANSLATE_NOOP("Remedies", "Check-up…"),
    RecoveryAction.CHECK_CLOCK: QT_TRANSLATE_NOOP("Remedies", "Check the clock…"),
    RecoveryAction.ARCHIVE_ROBOT: QT_TRANSLATE_NOOP("Remedies", "Archive the robot"),
    RecoveryAction.SEND_AGAIN: QT_TRANSLATE_NOOP("Remedies", "Send again"),
    RecoveryAction.SEND_AFTER_WAIT: QT_TRANSLATE_NOOP("Remedies", "Send after the wait"),
    RecoveryAction.SEND_TO_FAILED: QT_TRANSLATE_NOOP("Remedies", "Send to those that failed…"),
    RecoveryAction.RETRY_SAFELY: QT_TRANSLATE_NOOP("Remedies", "Retry safely"),
}

_BARS: dict[RetryObstacle, object] = {
    RetryObstacle.TOO_OLD: QT_TRANSLATE_NOOP(
        "Remedies",
        "Retrying it is no longer safe: its first attempt was more than 24 hours ago, and DingTalk may have forgotten its id. If the group does not have it, open it as a new message.",
    ),
    RetryObstacle.ROBOT_GONE: QT_TRANSLATE_NOOP(
        "Remedies", "It cannot be retried: its robot was deleted here."
    ),
    RetryObstacle.MOVED: QT_TRANSLATE_NOOP(
        "Remedies",
        "Retrying it is no longer safe: the robot has another address now, where its id is not known.",
    ),
}


def remedy_label(remedy: RecoveryAction) -> str:
    """The words on the button."""
    return _translated(_LABELS[remedy])


def retry_sentence(until: datetime, unsure_host: str = "") -> str:
    """Why a retry does not post the message twice, and until when we think so."""
    words = (
        QCoreApplication.translate(
            "Remedies",
            "Retry safely repeats it under the same id, so that it is not posted twice. DingTalk does not say how long it remembers an id; we estimate 24 hours, until {time}.",
        )
        if not unsure_host
        else QCoreApplication.translate(
            "Remedies",
            "Retry safely repeats it under the same id. It is not known whether {host} honours this id; if it does, we estimate for 24 hours, until {time}.",
        )
    )
    return words.format(host=unsure_host, time=until.astimezone().strftime("%Y-%m-%d %H:%M"))


def bar_sentence(bar: RetryObstacle) -> str:
    """Why a retry is not offered (any more)."""
    return _translated(_BARS[bar])


def _translated(text: object) -> str:
    return QCoreApplication.translate(CONTEXT, str(text))
