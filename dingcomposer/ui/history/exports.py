"""Texts of a send to read and to copy: message, request, answer, script."""

import json
from collections.abc import Sequence

from PySide6.QtCore import QLocale

from dingcomposer.core.curl import to_curl
from dingcomposer.core.payload import HEADERS
from dingcomposer.core.plain_text import clean
from dingcomposer.core.robot import DEFAULT_ENDPOINT, Robot
from dingcomposer.storage.history import AttemptRow, SendRow
from dingcomposer.ui.texts.translate import translate

# As dingtalk.client sends them; the version of the program at that time is not kept.
_HEADERS = ("User-Agent: DingComposer/…", *(f"{name}: {value}" for name, value in HEADERS.items()))


def json_text(row: SendRow) -> str:
    """The message as it was sent, but for `msgUuid`, easy to read."""
    return clean(json.dumps(json.loads(row.payload), ensure_ascii=False, indent=2))


def request_text(row: SendRow, attempts: Sequence[AttemptRow]) -> str:
    """The last attempt's request without its secrets; "" where there was none."""
    if not attempts:
        return ""
    last = attempts[-1]
    size = translate("History", "Body: {size} bytes").format(
        size=QLocale().toString(last.body_bytes)
    )
    lines = (
        f"POST {last.url}?access_token=…",
        *_HEADERS,
        "",
        size,
        f"SHA-256: {last.body_sha256}",
        f"msgUuid: {row.msg_uuid}",
    )
    return "\n".join(lines)


def answer_text(attempts: Sequence[AttemptRow]) -> str:
    """What came back, letter by letter; with several attempts each under its number."""
    answered = [one for one in attempts if one.answer]
    if len(attempts) == 1:
        return clean(attempts[0].answer)
    return "\n\n".join(f"{attempt_words(one)}\n{clean(one.answer)}" for one in answered)


def attempt_words(attempt: AttemptRow) -> str:
    """Which attempt of a send."""
    return translate("History", "Attempt {number}").format(number=attempt.number)


def curl_text(row: SendRow, attempts: Sequence[AttemptRow]) -> str:
    """The send as a script without secrets. Raises EncodeError as `core.curl` does.

    The row does not say whether the robot signed: the script does where it is given a secret.
    """
    endpoint = attempts[-1].url if attempts else DEFAULT_ENDPOINT
    robot = Robot(row.robot_id, row.robot_name, row.robot_colour, row.stage, endpoint)
    return to_curl(row.message, robot, row.msg_uuid, is_signing_known=False)
