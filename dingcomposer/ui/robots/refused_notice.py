"""Told where a robot's webhook could not be kept: an announcement would otherwise fail later."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from dingcomposer.core.robot import Robot
from dingcomposer.storage.secrets import SecretsUnavailable
from dingcomposer.ui import questions
from dingcomposer.ui.wording.keeping import secrets_sentence


def tell_refused(
    window: QWidget, robot: Robot, error: SecretsUnavailable, say: Callable[[str], object]
) -> None:
    """Say that a robot's token and secret could not be kept, and why: here, and on the line."""
    sentence = secrets_sentence(error.reason)
    line = QCoreApplication.translate("RefusedNotice", "{group}: {sentence}")
    say(line.format(group=robot.name, sentence=sentence))
    text = QCoreApplication.translate("RefusedNotice", "The webhook of {group} could not be saved.")
    title = QCoreApplication.translate("RefusedNotice", "Not saved")
    ok = questions.Choice("ok", QCoreApplication.translate("RefusedNotice", "OK"), is_default=True)
    questions.ask(
        window,
        questions.Question("secrets", title, text.format(group=robot.name), (ok,), "ok", sentence),
    )
