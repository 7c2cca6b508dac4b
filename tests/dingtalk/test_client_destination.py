"""A token leaves for the host that was judged, and for no other, whatever an address looks like."""

import http.client
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from dingcomposer.core.authority import Authority
from dingcomposer.core.checks.problems import Severity
from dingcomposer.core.checks.robots import check_robot
from dingcomposer.core.delivery import Fault
from dingcomposer.core.robot import Credentials, Robot
from dingcomposer.core.webhook import PastedError, parse_pasted
from dingcomposer.dingtalk.attempt import AttemptState
from dingcomposer.dingtalk.client import Client
from dingcomposer.dingtalk.errors import Unreachable
from dingcomposer.dingtalk.transport import Transport
from tests.fakes.fake_servers import Peer, answers_always

TOKEN = "3f0c" * 16
FOREIGN = "evil.example"


@pytest.fixture
def foreign(monkeypatch: pytest.MonkeyPatch) -> Iterator[Peer]:
    """A server on loopback that every foreign name leads to."""
    look_up: Callable[..., Any] = socket.getaddrinfo

    def all_names_lead_here(host: Any, *args: Any, **kwargs: Any) -> Any:
        return look_up("127.0.0.1", *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", all_names_lead_here)
    with Peer(answers_always()) as peer:
        yield peer


ODD = [
    "http://evil.example:{port}\\[::1]/robot/send",
    "http://evil.example:{port}\\@127.0.0.1/robot/send",
    "http://evil.example:{port}\\127.0.0.1/robot/send",
    "http://evil[::1]:{port}/robot/send",
    "http://[::1]evil:{port}/robot/send",
    "http://foo.localhost:{port}/robot/send",
    "http://localhost.:{port}/robot/send",
    "http://127.0.0.1@evil.example:{port}/robot/send",
    "http://evil.example:{port}/robot/send",
    "http://127.1:{port}/robot/send",
    "http://[::ffff:127.0.0.1]:{port}/robot/send",
]


@pytest.mark.parametrize("address", ODD)
def test_a_pasted_address_that_leads_elsewhere_is_refused_and_nothing_arrives_there(
    foreign: Peer, address: str
) -> None:
    endpoint = address.format(port=foreign.port)
    with pytest.raises(PastedError):
        parse_pasted(f"{endpoint}?access_token={TOKEN}")
    robot = Robot("1", "x", endpoint=endpoint, connect_timeout_s=5.0, read_timeout_s=5.0)
    assert any(problem.severity is Severity.BLOCKS for problem in check_robot(robot, ()))
    client = Client(clock_ms=lambda: 1)
    with pytest.raises(Unreachable) as caught:
        client.send(robot, Credentials(TOKEN), b"{}")
    client.close()
    assert caught.value.fault is Fault.BAD_ENDPOINT
    assert foreign.connections == 0


@pytest.mark.parametrize(
    ("url", "checked"),
    [
        ("http://evil.example:{port}\\[::1]/", Authority("http", "::1")),
        ("http://evil.example:{port}/", Authority("http", "127.0.0.1", 1)),
        ("http://evil.example:{port}/", Authority("https", FOREIGN)),
        ("http://127.0.0.1:{port}/", Authority("http", "127.0.0.1", 1)),
        ("http://me@127.0.0.1:{port}/", None),
        ("http://evil.example:{port}/", None),
        ("//127.0.0.1:{port}/", None),
    ],
)
def test_the_transport_compares_again_before_it_connects(
    foreign: Peer, url: str, checked: Authority | None
) -> None:
    host = FOREIGN if FOREIGN in url else "127.0.0.1"
    watch = AttemptState(lambda: 0.0)
    watch.begin(5.0, 5.0)
    transport = Transport(None, watch)
    authority = checked or Authority("http", host, foreign.port)
    with pytest.raises(Unreachable) as caught:
        transport.post(url.format(port=foreign.port), authority, {}, b"{}", None)
    transport.close()
    assert caught.value.fault is Fault.BAD_ENDPOINT
    assert foreign.connections == 0


def test_the_foreign_server_would_have_been_reached(foreign: Peer) -> None:
    connection = http.client.HTTPConnection(FOREIGN, foreign.port, timeout=5)
    connection.request("POST", "/robot/send", b"{}")
    assert connection.getresponse().status == 200
    connection.close()
    assert foreign.connections == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.0.0.2"])
def test_plain_http_reaches_this_machine(host: str) -> None:
    with Peer(answers_always()) as peer:
        endpoint = f"http://{host}:{peer.port}/robot/send"
        robot = Robot("1", "x", endpoint=endpoint, connect_timeout_s=5.0, read_timeout_s=5.0)
        client = Client(clock_ms=lambda: 1)
        if host != "127.0.0.2":  # the peer listens on the first of them alone
            client.send(robot, Credentials(TOKEN), b"{}")
            assert peer.connections == 1
        else:
            with pytest.raises(Unreachable) as caught:
                client.send(robot, Credentials(TOKEN), b"{}")
            assert caught.value.fault is not Fault.BAD_ENDPOINT
        client.close()
