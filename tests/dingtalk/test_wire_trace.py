"""What went over the wire is there afterwards, whatever came of it, without secrets."""

import pytest

from dingcomposer.core.delivery import WireTrace
from dingcomposer.core.robot import ProxyMode
from dingcomposer.dingtalk.client import Client
from dingcomposer.dingtalk.errors import DingTalkError, NoAnswer
from dingcomposer.dingtalk.network import Network
from tests.fakes.canaries import CANARY, spellings
from tests.fakes.fake_servers import (
    BODY,
    HALF,
    HALF_CHUNK,
    OK,
    SIGN,
    SIGNED_MS,
    Peer,
    Script,
    Talk,
    answer,
    answers,
    closes_after_the_request,
    is_silent,
    refusing_port,
    robot_at,
    says_and_holds,
)

DIRECT = Network(way=ProxyMode.DIRECT)


def attempt(port: int) -> tuple[WireTrace, DingTalkError | None]:
    """One attempt: what went over the wire, and what was raised."""
    client = Client(clock_ms=lambda: SIGNED_MS, network=lambda _: DIRECT)
    try:
        client.send(robot_at(port), CANARY, BODY)
    except DingTalkError as error:
        return client.trace, error
    finally:
        client.close()
    return client.trace, None


def attempt_at(*scripts: Script) -> tuple[WireTrace, DingTalkError | None]:
    with Peer(*scripts) as peer:
        return attempt(peer.port)


def test_the_request_is_noted_as_the_server_got_it_but_for_its_secrets() -> None:
    with Peer(answers(answer())) as peer:
        trace, _ = attempt(peer.port)
        got = peer.requests[0].decode().partition("\r\n\r\n")[0].split("\r\n")
    assert trace.query == f"access_token=***&timestamp={SIGNED_MS}&sign=***"
    assert [f"{name}: {value}" for name, value in trace.request_headers] == got[1:]
    assert any(name == "Host" for name, _ in trace.request_headers)


def test_an_answer_is_noted_with_its_status_line_and_headers() -> None:
    trace, _ = attempt_at(answers(answer(b"", "302 Found", "Location: https://example.com/login")))
    assert trace.status_line == "HTTP/1.1 302 Found"
    assert ("Location", "https://example.com/login") in trace.response_headers
    assert (trace.received_bytes, trace.announced_bytes) == (0, 0)


def test_a_broken_answer_says_how_much_of_it_came_and_keeps_it() -> None:
    trace, error = attempt_at(answers(HALF))
    assert (trace.received_bytes, trace.announced_bytes) == (9, len(OK))
    assert isinstance(error, NoAnswer)
    assert error.answer.startswith('{"')
    assert error.http_status == 200


@pytest.mark.parametrize(
    ("script", "status_line", "received", "announced"),
    [
        (answers(HALF_CHUNK), "HTTP/1.1 200 OK", 9, None),
        (says_and_holds(HALF), "HTTP/1.1 200 OK", 9, len(OK)),
        (answers(b"HTTP/1.1 20"), "", 11, None),
        (answers(b"HTTP/1.1 200 O"), "", 14, None),
        (answers(b"HTTP/1.1 200 OK\r\n"), "", 17, None),
        (answers(b"HTTP/1.1 200 OK\r\nContent-Le"), "", 27, None),
        (answers(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n"), "", 36, None),
        (says_and_holds(b"HTTP/1.1 20"), "", 11, None),
        (closes_after_the_request, "", 0, None),
        (is_silent, "", 0, None),
    ],
)
def test_whatever_came_is_counted(
    script: Script, status_line: str, received: int, announced: int | None
) -> None:
    trace, error = attempt_at(script)
    assert isinstance(error, NoAnswer)
    assert trace.status_line == status_line
    assert (trace.received_bytes, trace.announced_bytes) == (received, announced)
    assert trace.query


def test_what_never_left_has_no_request() -> None:
    with refusing_port() as port:
        trace, error = attempt(port)
    assert error is not None
    assert trace == WireTrace()


def test_the_trace_is_of_the_newest_attempt_only() -> None:
    with Peer(answers(answer(b"", "302 Found"), answer())) as peer:
        client = Client(clock_ms=lambda: SIGNED_MS, network=lambda _: DIRECT)
        with pytest.raises(DingTalkError):
            client.send(robot_at(peer.port), CANARY, BODY)
        client.send(robot_at(peer.port), CANARY, BODY)
        client.close()
    assert client.trace.status_line == "HTTP/1.1 200 OK"
    assert len([name for name, _ in client.trace.request_headers if name == "Host"]) == 1


def echoing(cut: int) -> Script:
    """Says the whole request again in its headers and, up to a place, in its body."""

    def script(talk: Talk) -> None:
        line = talk.request().split(b"\r\n")[0]
        cookie = b"Set-Cookie: " + line.replace(b" ", b"_")
        talk.say(
            b"HTTP/1.1 200 " + line + b"\r\nContent-Length: 9999\r\nX-Echo: " + line + b"\r\n"
            + cookie + b"\r\n\r\n" + line[:cut]
        )  # fmt: skip

    return script


@pytest.mark.parametrize("cut", range(40, 200, 7))
def test_a_server_that_echoes_and_breaks_off_anywhere_leaves_no_secret(cut: int) -> None:
    trace, error = attempt_at(echoing(cut))
    assert isinstance(error, NoAnswer)
    told = f"{trace} {error.answer}"
    for secret in (CANARY.access_token, CANARY.secret or "", SIGN):
        assert not any(spelling in told for spelling in spellings(secret))
        # Nor a part of it that would be worth something: the last word may be half a secret.
        assert secret[:6] not in error.answer
    assert dict(trace.response_headers)["Set-Cookie"] == "***"
