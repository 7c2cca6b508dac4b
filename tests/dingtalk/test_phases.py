"""How long each part of an attempt took: each is measured by itself, over real sockets."""

import socket
import threading
from typing import Any

import pytest
import trustme

from dingcomposer.core.delivery import PhaseTimes
from dingcomposer.dingtalk.client import Client
from dingcomposer.dingtalk.errors import DingTalkError
from dingcomposer.dingtalk.network import Network
from tests.fakes.canaries import CANARY
from tests.fakes.fake_servers import (
    BODY,
    SIGNED_MS,
    Peer,
    Script,
    Talk,
    answer,
    refusing_port,
    robot_at,
    server_context,
)


class SteppedClock:
    """Stands still but where a test moves it."""

    now_s = 100.0

    def __call__(self) -> float:
        return self.now_s

    def step(self, seconds: float) -> None:
        self.now_s += seconds


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock()


def is_of_the_test() -> bool:
    """Whether the test itself calls, and no thread that an earlier one has left behind."""
    return threading.current_thread() is threading.main_thread()


@pytest.fixture
def slow_ways(clock: SteppedClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name takes two seconds, the connection one."""
    look_up, connect = socket.getaddrinfo, socket.socket.connect

    def slow_look_up(*args: Any, **kwargs: Any) -> Any:
        if is_of_the_test():
            clock.step(2.0)
        return look_up(*args, **kwargs)

    def slow_connect(self: socket.socket, address: Any) -> None:
        if is_of_the_test():
            clock.step(1.0)
        connect(self, address)

    monkeypatch.setattr(socket, "getaddrinfo", slow_look_up)
    monkeypatch.setattr(socket.socket, "connect", slow_connect)


def answers_after(clock: SteppedClock, seconds: float) -> Script:
    def script(talk: Talk) -> None:
        talk.request()
        clock.step(seconds)
        talk.say(answer())
        talk.request()
        clock.step(seconds)
        talk.say(answer())

    return script


@pytest.mark.usefixtures("slow_ways")
def test_each_part_of_an_attempt_is_measured_by_itself(
    clock: SteppedClock, authority: trustme.CA, trusting: Network
) -> None:
    context = server_context(authority.issue_cert("localhost"))

    def slow_handshake(*_args: object) -> None:
        clock.step(0.5)

    context.sni_callback = slow_handshake
    client = Client(clock_ms=lambda: SIGNED_MS, network=lambda _: trusting, monotonic_s=clock)
    with Peer(answers_after(clock, 4.0), context=context) as peer:
        robot = robot_at(peer.port, "https://localhost:{port}/robot/send")
        client.send(robot, CANARY, BODY)
        assert client.phases == PhaseTimes(None, 2_000, 1_000, 500, 4_000)
        # The second goes over the connection that was kept.
        client.send(robot, CANARY, BODY)
        assert client.phases == PhaseTimes(None, None, None, None, 4_000)
        client.close()


def phases_at(port: int, clock: SteppedClock) -> PhaseTimes:
    client = Client(clock_ms=lambda: SIGNED_MS, network=lambda _: Network(), monotonic_s=clock)
    with pytest.raises(DingTalkError):
        client.send(robot_at(port), CANARY, BODY)
    client.close()
    return client.phases


@pytest.mark.usefixtures("slow_ways")
def test_what_did_not_take_place_took_no_time(clock: SteppedClock) -> None:
    with refusing_port() as port:
        assert phases_at(port, clock) == PhaseTimes(None, 2_000, 1_000, None, None)


def test_a_name_that_is_not_found_took_its_time(
    clock: SteppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_up = socket.getaddrinfo

    def fail(*args: Any, **kwargs: Any) -> Any:
        if not is_of_the_test():
            return look_up(*args, **kwargs)
        clock.step(3.0)
        raise socket.gaierror(socket.EAI_NONAME, "not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert phases_at(9, clock) == PhaseTimes(None, 3_000, None, None, None)
