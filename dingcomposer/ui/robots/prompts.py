"""Prompts about a robot: a host that is not DingTalk's, secrets that could not be kept."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from dingcomposer.core.addresses import is_loopback
from dingcomposer.core.authority import AuthorityError, read_authority
from dingcomposer.core.robot import KNOWN_HOSTS, Robot
from dingcomposer.storage.secrets import SecretsUnavailable
from dingcomposer.ui import questions
from dingcomposer.ui.texts.storage import secrets_sentence
from dingcomposer.ui.texts.translate import translate


def is_known_host(robot: Robot) -> bool:
    """True for DingTalk's own hosts and for this very computer."""
    try:
        host = read_authority(robot.endpoint).host
    except AuthorityError:
        return False
    return host in KNOWN_HOSTS or is_loopback(host)


def confirm_host(parent: QWidget, robot: Robot, before: Robot | None) -> Robot | None:
    """The robot as it may be saved, once its host is known or confirmed; None where it is not.

    `before` is the robot as it is stored: what was confirmed for its host is not asked again.
    """
    if is_known_host(robot):
        return replace(robot, is_host_confirmed=False)
    if before is not None and before.is_host_confirmed and before.host == robot.host:
        return replace(robot, is_host_confirmed=True)

    question = questions.Question(
        "host",
        translate("Hosts", "A host that is not DingTalk's"),
        translate("Hosts", "Send to {host}?").format(host=robot.host),
        (
            questions.back(),
            questions.Choice("confirm", translate("Hosts", "Yes, this host is right")),
        ),
        "back",
        translate(
            "Hosts",
            "This is not one of DingTalk's usual addresses. The access token and every message of"
            " this robot will go there. That is fine if your company runs its own DingTalk, but"
            " not if somebody sent you this address.",
        ),
    )
    if questions.ask(parent, question) != "confirm":
        return None
    return replace(robot, is_host_confirmed=True)


def show_refused(
    window: QWidget, robot: Robot, error: SecretsUnavailable, say: Callable[[str], object]
) -> None:
    """Say that a robot's token and secret could not be kept, and why: here, and on the line."""
    sentence = secrets_sentence(error.reason)
    line = translate("RefusedNotice", "{group}: {sentence}")
    say(line.format(group=robot.name, sentence=sentence))
    text = translate("RefusedNotice", "The webhook of {group} could not be saved.")
    title = translate("RefusedNotice", "Not saved")
    questions.ask(
        window,
        questions.Question(
            "secrets", title, text.format(group=robot.name), (questions.ok(),), "ok", sentence
        ),
    )
