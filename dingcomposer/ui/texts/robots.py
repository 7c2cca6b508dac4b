"""What a robot is in words: test or production, and what is wrong with its token and secret."""

from urllib.parse import urlsplit

from dingcomposer.core.addresses import is_loopback
from dingcomposer.core.plain_text import clean
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.services.robot_profiles import RobotProfiles, SecretsStatus
from dingcomposer.storage.secrets import SecretsReason, SecretsState
from dingcomposer.ui.texts.storage import secrets_sentence
from dingcomposer.ui.texts.translate import translate


def stage_word(stage: Stage) -> str:
    """What a robot's group is for."""
    if stage is Stage.PRODUCTION:
        return translate("Robots", "production")
    return translate("Robots", "test")


def robot_words(name: str, stage: Stage) -> str:
    """A robot's name with what its group is for."""
    return f"{clean(name)} · {stage_word(stage)}"


def leads_here(url: str) -> bool:
    """True where a webhook leads to this computer: to a sandbox, or a program of one's own."""
    try:
        return is_loopback(urlsplit(url).hostname or "")
    except ValueError:
        return False


def secrets_trouble(robot_profiles: RobotProfiles, robot: Robot) -> str:
    """Why this robot cannot send for want of a token or secret; "" where nothing is known of it."""
    if robot.is_sandbox:
        return ""
    seen, reason = robot_profiles.seen(robot.robot_id), robot_profiles.reason(robot.robot_id)
    if seen is SecretsStatus.UNREADABLE:
        return secrets_sentence(reason or SecretsReason.BROKEN)
    if seen is SecretsStatus.MISSING:
        if robot_profiles.secrets_state is SecretsState.MEMORY:
            return translate(
                "Robots",
                "Its webhook is missing: without a keyring it is forgotten when you quit. Edit the"
                " robot and paste it again.",
            )
        return translate("Robots", "It has no webhook. Edit the robot and paste it.")
    if seen is SecretsStatus.THERE and robot.expects_signature and not robot.has_secret:
        return translate(
            "Robots",
            "It expects a signature, but its secret is missing. Edit the robot and paste it.",
        )
    return ""


def missing_reason(robot_profiles: RobotProfiles) -> str:
    """Why webhooks are gone, for all robots together."""
    if robot_profiles.secrets_state is SecretsState.MEMORY:
        return secrets_sentence(SecretsReason.MISSING)
    return translate(
        "Robots",
        "The keyring has no entry for these robots. It may have been cleared, or the data folder"
        " comes from another computer.",
    )
