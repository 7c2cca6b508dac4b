"""What a robot is in words: test or production, and what is wrong with its token and secret."""

from dingcomposer.core.limits import SECRET_HEX_DIGITS, TOKEN_HEX_DIGITS
from dingcomposer.core.plain_text import clean
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.core.robot_lists import is_list
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


def no_webhook_reason(target: Robot) -> str:
    """Why nothing can be sent to a robot, or to a list, without a webhook."""
    if is_list(target.robot_id):
        return translate("Robots", "No group in this list has a webhook")
    return translate("Robots", "Its webhook is missing: edit the robot")


def odd_looks(access_token: str, secret: str) -> str:
    """What does not look whole in a token and a secret, either may be ""; "" where all does."""
    from dingcomposer.core.checks.robots import check_secret, check_token

    details = []
    if access_token and check_token(access_token):
        words = translate(
            "Tokens",
            "Behind access_token= a webhook of DingTalk's has {usual} characters, 0–9 and a–f;"
            " this one has {count}.",
        )
        if len(access_token) == TOKEN_HEX_DIGITS:
            words = translate(
                "Tokens",
                "Behind access_token= a webhook of DingTalk's has 0–9 and a–f alone; this one has"
                " other characters.",
            )
        details.append(words.format(usual=TOKEN_HEX_DIGITS, count=len(access_token)))
    if secret and check_secret(secret):
        words = translate(
            "Tokens", "A secret is SEC and {usual} characters, 0–9 and a–f; this one is not."
        )
        details.append(words.format(usual=SECRET_HEX_DIGITS))
    if not details:
        return ""
    helps = translate(
        "Tokens",
        "If a part was lost, or changed on its way, no message arrives. Copy it again with"
        " DingTalk's own button. A company's own DingTalk may have others.",
    )
    return "\n\n".join((*details, helps))


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
                "Its webhook is missing: without a password store it is forgotten when you quit. Edit the"
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
        "The password store has no entry for these robots. It may have been cleared, or the data folder"
        " comes from another computer.",
    )
