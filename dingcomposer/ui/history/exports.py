"""Texts of a send to read and to copy: the message as JSON, and as a script."""

import json
from collections.abc import Sequence

from dingcomposer.core.answers import Cause
from dingcomposer.core.plain_text import clean_json
from dingcomposer.core.robot import DEFAULT_ENDPOINT, Robot
from dingcomposer.interchange.curl_script import to_curl
from dingcomposer.storage.history import AttemptRow, SendRow


def json_text(row: SendRow) -> str:
    """The message as it was sent, but for `msgUuid`, easy to read."""
    return clean_json(json.dumps(json.loads(row.payload), ensure_ascii=False, indent=2))


def curl_text(row: SendRow, attempts: Sequence[AttemptRow], *, is_retry: bool) -> str:
    """The send as a script without secrets. Raises EncodeError as `to_curl` does.

    `is_retry`: under the id of this send, so that the group does not get it twice.
    """
    endpoint = attempts[-1].url if attempts else DEFAULT_ENDPOINT
    robot = Robot(row.robot_id, row.robot_name, row.robot_colour, row.stage, endpoint)
    # A robot that refused a message without a signature expects one.
    is_signed = True if row.cause is Cause.SIGNATURE else row.is_signed
    msg_uuid = row.msg_uuid if is_retry else None
    return to_curl(row.message, robot, is_signed=is_signed, msg_uuid=msg_uuid)
