"""Prompts about a robot: a foreign host, a webhook cut short or another's, secrets not kept."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from dingcomposer.core.robot import Robot
from dingcomposer.services.robot_profiles import RobotProfiles
from dingcomposer.storage.secrets import SecretsUnavailable
from dingcomposer.ui import questions
from dingcomposer.ui.texts.robots import odd_looks
from dingcomposer.ui.texts.storage import secrets_sentence
from dingcomposer.ui.texts.translate import join_names, join_sentences, translate


def confirm_host(parent: QWidget, robot: Robot, before: Robot | None) -> Robot | None:
    """The robot as it may be saved, once its host is known or confirmed; None where it is not.

    `before` is the robot as it is stored: what was confirmed for its host is not asked again.
    """
    if robot.has_known_host:
        return replace(robot, is_host_confirmed=False)
    if before is not None and before.is_host_confirmed and before.host == robot.host:
        return replace(robot, is_host_confirmed=True)
    return replace(robot, is_host_confirmed=True) if is_host_meant(parent, robot.host) else None


def is_host_meant(parent: QWidget, host: str) -> bool:
    """Ask whether a host that is not DingTalk's is right."""
    question = questions.Question(
        "host",
        translate("Hosts", "A host that is not DingTalk's"),
        translate("Hosts", "Send to {host}?").format(host=host),
        (
            questions.back(),
            questions.Choice("confirm", translate("Hosts", "Yes, this host is right")),
        ),
        "back",
        translate(
            "Hosts",
            "This is not one of DingTalk's usual addresses. The webhook, with its token, and every"
            " message of this robot will go there. That is fine if your company runs its own"
            " DingTalk, but not if somebody sent you this address.",
        ),
    )
    return questions.ask(parent, question) == "confirm"


def confirm_looks(parent: QWidget, access_token: str, secret: str) -> bool:
    """Whether a token and a secret ("" for none) that do not look whole may be saved all the same.

    No form is documented, so neither is refused; neither is saved without a question.
    """
    details = odd_looks(access_token, secret)
    if not details:
        return True
    question = questions.Question(
        "looks",
        translate("Tokens", "Is it complete?"),
        translate("Tokens", "What you pasted does not look complete."),
        (
            questions.back(),
            questions.Choice("confirm", translate("Tokens", "It is complete: save it")),
        ),
        "back",
        details,
    )
    return questions.ask(parent, question) == "confirm"


def confirm_token(
    parent: QWidget,
    robot_profiles: RobotProfiles,
    robot: Robot,
    access_token: str,
    besides: Iterable[Robot] = (),
) -> bool:
    """Whether a robot may get this token: it is nobody else's and the one it had, or is meant so.

    `besides` are robots that are about to get this very token too.
    """
    owners = (*robot_profiles.owners_of(access_token, besides=robot.robot_id), *besides)
    names = join_names(dict.fromkeys(one.name for one in owners))
    had_another = robot_profiles.had_another(robot.robot_id, access_token)
    if not owners and not had_another:
        return True
    other = translate("Tokens", "This is not the webhook that {name} had.").format(name=robot.name)
    changed = translate(
        "Tokens",
        "From now on its messages go wherever this webhook leads. That is right if the robot was"
        " set up anew, or its webhook was reset. What still waits, or is unknown, was meant for"
        " the webhook before and is not sent to this one.",
    )
    if owners:
        text = translate("Tokens", "This webhook already belongs to {names}.").format(names=names)
        shared = translate(
            "Tokens",
            "Whatever you send to {name} would arrive in the group of {names}. In the group that"
            " you mean, copy the webhook from the settings of its own robot.",
        ).format(name=robot.name, names=names)
        both = join_sentences((other, changed))
        details = "\n\n".join((shared, both) if had_another else (shared,))
        label = translate("Tokens", "Use it for both all the same")
    else:
        text, details = other, changed
        label = translate("Tokens", "Yes, the new webhook is right")
    question = questions.Question(
        "token_taken" if owners else "token_other",
        translate("Tokens", "Is this the right webhook?"),
        text,
        (questions.back(), questions.Choice("confirm", label, is_destructive=True)),
        "back",
        details,
    )
    return questions.ask(parent, question) == "confirm"


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
