"""What the client puts on the wire, and what it makes of a good answer."""

import gzip
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

import dingcomposer
from dingcomposer.core.delivery import Fault
from dingcomposer.core.robot import Credentials, Robot
from dingcomposer.dingtalk.client import Client, post_url
from dingcomposer.dingtalk.errors import DingTalkError, NoAnswer, Unreachable
from dingcomposer.dingtalk.signing import sign
from tests.fakes.clocks import FakeClock
from tests.fakes.fake_servers import (
    OK,
    Peer,
    Talk,
    answer,
    answers,
    answers_always,
)

TOKEN = "3f0c" * 16
SECRET = "SECb90923e19e58b466481e9e7b7a5b4f108a4531abde590ad3967fb29f0eae5c68"
CREDENTIALS = Credentials(TOKEN, SECRET)
BODY = '{"msgtype":"text","text":{"content":"第一\\n“二”"}}'.encode()
SIGNED_MS = 1582163555000


def robot_at(peer: Peer, endpoint: str = "http://127.0.0.1:{port}/robot/send") -> Robot:
    address = endpoint.format(port=peer.port)
    return Robot("1", "x", endpoint=address, connect_timeout_s=5.0, read_timeout_s=5.0)


@pytest.fixture
def client() -> Iterator[Client]:
    client = Client(clock_ms=lambda: SIGNED_MS)
    yield client
    client.close()


def test_the_body_arrives_byte_for_byte_with_what_dingtalk_wants_in_the_head(
    client: Client,
) -> None:
    with Peer(answers_always()) as peer:
        client.send(robot_at(peer), CREDENTIALS, BODY)
    [request] = peer.requests
    head, _, body = request.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    method, target, version = first.split()
    assert (method, version) == ("POST", "HTTP/1.1")
    assert body == BODY
    assert headers == {
        "host": f"127.0.0.1:{peer.port}",
        "user-agent": f"DingComposer/{dingcomposer.__version__}",
        "content-type": "application/json; charset=utf-8",
        "accept": "application/json",
        "accept-encoding": "gzip, deflate",
        "content-length": str(len(BODY)),
    }
    assert urlsplit(target).path == "/robot/send"
    assert parse_qs(urlsplit(target).query, strict_parsing=True) == {
        "access_token": [TOKEN],
        "timestamp": [str(SIGNED_MS)],
        "sign": [sign(SECRET, SIGNED_MS)],
    }


def test_without_a_secret_nothing_is_signed(client: Client) -> None:
    with Peer(answers_always()) as peer:
        client.send(robot_at(peer), Credentials(TOKEN), BODY)
    assert peer.requests[0].startswith(f"POST /robot/send?access_token={TOKEN} HTTP".encode())


def test_each_attempt_is_signed_for_its_own_moment() -> None:
    moments = iter([1, 2])
    client = Client(clock_ms=lambda: next(moments))
    with Peer(answers_always()) as peer:
        client.send(robot_at(peer), CREDENTIALS, BODY)
        client.send(robot_at(peer), CREDENTIALS, BODY)
        client.close()
    assert b"timestamp=1&" in peer.requests[0]
    assert b"timestamp=2&" in peer.requests[1]


def test_signature_and_token_are_quoted_once() -> None:
    url = post_url("https://oapi.dingtalk.com/robot/send", "a+b", 5, "1+2/3=")
    query = "access_token=a%2Bb&timestamp=5&sign=1%2B2%2F3%3D"
    assert url == f"https://oapi.dingtalk.com/robot/send?{query}"


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(answer(), id="integer 0"),
        pytest.param(answer(b'{"errcode":"0","errmsg":"ok"}'), id="string 0"),
        pytest.param(answer(b"\xef\xbb\xbf" + OK), id="byte order mark"),
        pytest.param(answer(b" \r\n" + OK + b"\n"), id="white space around"),
        pytest.param(answer(gzip.compress(OK), "200 OK", "Content-Encoding: gzip"), id="gzip"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1b\r\n" + OK + b"\r\n0\r\n\r\n",
            id="chunked",
        ),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1b\r\n" + OK + b"\r\n0\r\n",
            id="chunked, without its last line end",
        ),
        pytest.param(b"HTTP/1.0 200 OK\r\n\r\n" + OK, id="until the connection closes"),
        pytest.param(b"HTTP/1.1 100 Continue\r\n\r\n" + answer(), id="after 100 Continue"),
        pytest.param(answer(OK, "200 OK", "Location: https://elsewhere.invalid/"), id="location"),
        pytest.param(answer(OK, "200 OK", "Set-Cookie: a=b"), id="cookie"),
    ],
)
def test_a_yes_is_read_in_every_form_it_comes_in(client: Client, reply: bytes) -> None:
    with Peer(answers(reply)) as peer:
        said = client.send(robot_at(peer), CREDENTIALS, BODY)
    assert (said.errcode, said.errmsg, said.http_status) == ("0", "ok", 200)
    assert said.answer.strip().endswith('"ok"}')
    assert said.duration_ms > 0
    assert len(peer.requests) == 1


def test_a_connection_is_kept_for_the_next_message(client: Client) -> None:
    with Peer(answers_always()) as peer:
        for _ in range(3):
            client.send(robot_at(peer), CREDENTIALS, BODY)
        assert peer.connections == 1
        client.close()
    assert len(peer.requests) == 3


def test_a_connection_that_the_server_closed_is_noticed_before_use(client: Client) -> None:
    with Peer(answers(answer()), answers_always()) as peer:
        robot = robot_at(peer)
        client.send(robot, CREDENTIALS, BODY)
        peer.await_closed(1)
        client.send(robot, CREDENTIALS, BODY)
        assert peer.connections == 2
        client.close()
    assert len(peer.requests) == 2


@pytest.mark.parametrize(("idle_s", "connections"), [(14.9, 1), (15.1, 2)])
def test_an_idle_connection_is_dropped_after_fifteen_seconds(
    idle_s: float, connections: int
) -> None:
    clock = FakeClock(100.0)
    client = Client(clock_ms=lambda: SIGNED_MS, monotonic_s=clock)
    with Peer(answers_always()) as peer:
        client.send(robot_at(peer), CREDENTIALS, BODY)
        clock.now_s += idle_s
        client.send(robot_at(peer), CREDENTIALS, BODY)
        assert peer.connections == connections
        client.close()
    assert len(peer.requests) == 2


def test_a_close_that_crosses_the_request_is_unknown_and_never_tried_again(
    client: Client,
) -> None:
    def closes_when_asked_again(talk: Talk) -> None:
        talk.request()
        talk.say(answer())
        talk.request()

    with Peer(closes_when_asked_again, answers_always()) as peer:
        client.send(robot_at(peer), CREDENTIALS, BODY)
        with pytest.raises(NoAnswer) as caught:
            client.send(robot_at(peer), CREDENTIALS, BODY)
        assert caught.value.fault is Fault.CONNECTION_LOST
        assert peer.connections == 1
    assert len(peer.requests) == 2


def test_a_client_goes_on_after_every_kind_of_end(client: Client) -> None:
    scripts = (answers(answer(OK, length=99)), answers(answer(b"x" * 2**21)), answers_always())
    with Peer(*scripts) as peer:
        for _ in range(2):
            with pytest.raises(DingTalkError):
                client.send(robot_at(peer), CREDENTIALS, BODY)
        assert client.send(robot_at(peer), CREDENTIALS, BODY).errmsg == "ok"
        client.close()
        assert client.send(robot_at(peer), CREDENTIALS, BODY).errmsg == "ok"


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "oapi.dingtalk.com/robot/send",
        "http://oapi.dingtalk.com/robot/send",
        "ftp://127.0.0.1/robot/send",
        "https://",
        "https://[::1/robot/send",
        "https://127.0.0.1:99999/robot/send",
        "https://a..b/robot/send",
        f"https://{'x' * 64}.invalid/robot/send",
    ],
)
def test_a_token_is_not_sent_where_it_must_not_go(client: Client, endpoint: str) -> None:
    with pytest.raises(Unreachable) as caught:
        client.send(Robot("1", "x", endpoint=endpoint), CREDENTIALS, BODY)
    assert caught.value.fault is Fault.BAD_ENDPOINT


def test_without_a_token_nothing_is_sent(client: Client) -> None:
    with Peer(answers_always()) as peer:
        with pytest.raises(Unreachable) as caught:
            client.send(robot_at(peer), Credentials(""), BODY)
        assert caught.value.fault is Fault.NO_TOKEN
        assert peer.connections == 0


def test_importing_the_client_does_not_import_its_libraries() -> None:
    code = "import sys, dingcomposer.dingtalk.client as _; sys.exit('requests' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
