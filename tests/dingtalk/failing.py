"""A send that must fail, and must not give anything away while it does."""

import logging
import traceback
from typing import TypeVar

import pytest

from dingcomposer.core.robot import Credentials, ProxyMode, Robot
from dingcomposer.dingtalk.client import Client
from dingcomposer.dingtalk.errors import DingTalkError
from dingcomposer.dingtalk.network import Network
from dingcomposer.dingtalk.signing import sign
from tests.canaries import spellings

SIGNED_MS = 1582163555000
CANARY = Credentials("canary+token/0123456789abcdef", "SECcanary/secret+0123456789abcdef")
SIGN = sign(CANARY.secret or "", SIGNED_MS)
BODY = b'{"msgtype":"text","text":{"content":"x"}}'
TIMEOUT_S = 0.3
ErrorT = TypeVar("ErrorT", bound=DingTalkError)


def robot_at(port: int, endpoint: str = "http://127.0.0.1:{port}/robot/send") -> Robot:
    return Robot(
        "1",
        "x",
        endpoint=endpoint.format(port=port),
        connect_timeout_s=TIMEOUT_S,
        read_timeout_s=TIMEOUT_S,
    )


def fail(
    expected: type[ErrorT],
    robot: Robot,
    caplog: pytest.LogCaptureFixture,
    network: Network = Network(way=ProxyMode.DIRECT),  # noqa: B008 - frozen
) -> ErrorT:
    """Send, and return the error; whatever was raised or logged holds nothing of the canaries."""
    caplog.set_level(logging.DEBUG)
    client = Client(clock_ms=lambda: SIGNED_MS, network=lambda _: network)
    with pytest.raises(expected) as caught:
        client.send(robot, CANARY, BODY)
    client.close()
    error = caught.value
    assert error.__cause__ is None
    assert error.__context__ is None
    told = [str(error), repr(error), "".join(traceback.format_exception(error)), caplog.text]
    told += [str(value) for value in vars(error).values()]
    for secret in (CANARY.access_token, CANARY.secret or "", SIGN, network.proxy_password or SIGN):
        for spelling in spellings(secret):
            assert not any(spelling in text for text in told)
    return error
