"""Every way in which a send can go wrong is told apart, and none of them gives a secret away."""

import gzip
import json
import logging
import os
import shutil
import socket
import ssl
import subprocess
import sys
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
import trustme

from dingcomposer.core.answers import FACTS, Cause, Fact, Generation
from dingcomposer.core.delivery import Fault
from dingcomposer.core.robot import Credentials, Robot
from dingcomposer.core.secrecy import spellings
from dingcomposer.dingtalk.client import Client
from dingcomposer.dingtalk.errors import BadReply, DingTalkError, NoAnswer, Refused, Unreachable
from dingcomposer.dingtalk.network import Network, Trust, Way
from dingcomposer.dingtalk.signing import sign
from tests.dingtalk.peers import OK, Peer, Script, Talk, answer, answers, answers_always

SIGNED_MS = 1582163555000
CANARY = Credentials("canary+token/0123456789abcdef", "SECcanary/secret+0123456789abcdef")
SIGN = sign(CANARY.secret or "", SIGNED_MS)
BODY = b'{"msgtype":"text","text":{"content":"x"}}'
TIMEOUT_S = 0.2
HTML = b"<html><body>Bad gateway</body></html>"
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
    network: Network = Network(way=Way.DIRECT),  # noqa: B008 - frozen
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


# ------------------------------------------------------------------ NOT_SENT: on the way there


@pytest.fixture
def refusing_port() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture
def full_port() -> Iterator[int]:
    """A port whose queue of connections is full: the next one is kept waiting."""
    if sys.platform != "linux":
        pytest.skip("only Linux keeps a connection waiting when the queue is full")
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        port = int(listener.getsockname()[1])
        waiting = [socket.socket() for _ in range(4)]
        for sock in waiting:
            sock.setblocking(False)
            sock.connect_ex(("127.0.0.1", port))
        yield port
        for sock in waiting:
            sock.close()


def test_a_name_that_is_not_found_was_not_sent(caplog: pytest.LogCaptureFixture) -> None:
    robot = robot_at(443, "https://robot.invalid:{port}/robot/send")
    assert fail(Unreachable, robot, caplog).fault is Fault.NAME_NOT_FOUND


def test_a_refused_connection_was_not_sent(
    refusing_port: int, caplog: pytest.LogCaptureFixture
) -> None:
    error = fail(Unreachable, robot_at(refusing_port), caplog)
    assert error.fault is Fault.CONNECTION_REFUSED


def test_a_connection_that_takes_too_long_was_not_sent(
    full_port: int, caplog: pytest.LogCaptureFixture
) -> None:
    assert fail(Unreachable, robot_at(full_port), caplog).fault is Fault.CONNECT_TIMEOUT


ALONE = """
from dingcomposer.core.robot import Credentials, Robot
from dingcomposer.dingtalk.client import Client
from dingcomposer.dingtalk.errors import Unreachable
for host in ("oapi.dingtalk.com", "192.0.2.1"):
    try:
        Client(clock_ms=lambda: 1).send(
            Robot("1", "x", endpoint=f"https://{host}/robot/send", connect_timeout_s=0.3),
            Credentials("canary"), b"{}"
        )
    except Unreachable as error:
        print(error.fault.value)
"""


def test_in_a_machine_without_network_nothing_is_sent() -> None:
    command = ["unshare", "--net", sys.executable, "-c", ALONE]
    if (
        shutil.which("unshare") is None
        or subprocess.run(["unshare", "--net", "true"], check=False, capture_output=True).returncode
    ):
        pytest.skip("no network namespace can be made here")
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path.cwd())}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["name_not_found", "no_route"]


# ------------------------------------------------------------------------------- NOT_SENT: TLS


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusting(authority: trustme.CA, tmp_path: Path) -> Network:
    """A network that trusts the tests' own authority, and no other."""
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return Network(way=Way.DIRECT, trust=Trust.FILE, ca_file=str(path))


def server_context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def self_signed_context(tmp_path: Path) -> ssl.SSLContext:
    own = trustme.CA()
    path = tmp_path / "own.pem"
    path.write_bytes(own.private_key_pem.bytes() + own.cert_pem.bytes())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


LOCAL_TLS = "https://localhost:{port}/robot/send"
LONG_AGO = datetime.now(UTC) - timedelta(days=400)


def test_a_message_is_delivered_over_tls_with_an_authority_of_ones_own(
    authority: trustme.CA, trusting: Network
) -> None:
    client = Client(clock_ms=lambda: SIGNED_MS, network=lambda _: trusting)
    with Peer(answers_always(), context=server_context(authority.issue_cert("localhost"))) as peer:
        assert client.send(robot_at(peer.port, LOCAL_TLS), CANARY, BODY).errcode == "0"
        assert client.send(robot_at(peer.port, LOCAL_TLS), CANARY, BODY).errcode == "0"
        assert peer.connections == 1
        client.close()


@pytest.mark.parametrize(
    ("names", "end", "trust", "fault"),
    [
        (("localhost",), None, Trust.SYSTEM, Fault.TLS_UNTRUSTED),
        (("localhost",), None, Trust.BUNDLED, Fault.TLS_UNTRUSTED),
        (("localhost",), LONG_AGO + timedelta(days=30), Trust.FILE, Fault.TLS_EXPIRED),
        (("elsewhere.invalid",), None, Trust.FILE, Fault.TLS_WRONG_HOST),
    ],
    ids=["unknown issuer", "unknown to the bundled list", "expired", "another host's"],
)
def test_a_certificate_that_does_not_hold_keeps_everything_here(
    *,
    authority: trustme.CA,
    trusting: Network,
    names: tuple[str, ...],
    end: datetime | None,
    trust: Trust,
    fault: Fault,
    caplog: pytest.LogCaptureFixture,
) -> None:
    certificate = authority.issue_cert(*names, not_before=LONG_AGO, not_after=end)
    network = trusting if trust is Trust.FILE else Network(way=Way.DIRECT, trust=trust)
    with Peer(answers_always(), context=server_context(certificate)) as peer:
        error = fail(Unreachable, robot_at(peer.port, LOCAL_TLS), caplog, network)
    assert error.fault is fault
    assert peer.requests == []


def test_a_self_signed_certificate_keeps_everything_here(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Peer(answers_always(), context=self_signed_context(tmp_path)) as peer:
        error = fail(Unreachable, robot_at(peer.port, LOCAL_TLS), caplog)
    assert error.fault is Fault.TLS_UNTRUSTED
    assert peer.requests == []


def speaks_no_tls(talk: Talk) -> None:
    talk.say(answer(HTML, "400 Bad Request"))
    talk.hold()


def resets_when_greeted(talk: Talk) -> None:
    talk.hear()
    talk.reset()


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        (speaks_no_tls, Fault.TLS_FAILED),
        (resets_when_greeted, Fault.TLS_FAILED),
        (lambda _talk: None, Fault.TLS_FAILED),
        (Talk.hold, Fault.CONNECT_TIMEOUT),
    ],
    ids=["speaks http", "resets", "closes", "says nothing"],
)
def test_a_server_that_does_not_speak_tls_gets_nothing(
    script: Script, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    with Peer(script) as peer:
        error = fail(Unreachable, robot_at(peer.port, LOCAL_TLS), caplog)
    assert error.fault is fault


def breaks_tls_after_the_request(talk: Talk) -> None:
    talk.request()
    talk.say_below_tls(b"this is no TLS record at all" * 4)
    talk.hold()


def test_a_tls_fault_after_the_request_is_unknown(
    authority: trustme.CA, trusting: Network, caplog: pytest.LogCaptureFixture
) -> None:
    context = server_context(authority.issue_cert("localhost"))
    with Peer(breaks_tls_after_the_request, context=context) as peer:
        error = fail(NoAnswer, robot_at(peer.port, LOCAL_TLS), caplog, trusting)
    assert error.fault is Fault.CONNECTION_LOST
    assert len(peer.requests) == 1


@pytest.mark.parametrize("content", [None, "not a certificate"])
def test_a_ca_file_that_cannot_be_used_is_named(
    content: str | None, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    network = Network(way=Way.DIRECT, trust=Trust.FILE, ca_file=str(path))
    error = fail(Unreachable, robot_at(1, LOCAL_TLS), caplog, network)
    assert error.fault is Fault.CA_FILE_UNUSABLE


# ----------------------------------------------------------------------------- NOT_SENT: proxies

AFAR = "https://robot.invalid/robot/send"


def proxy_at(port: int, trusting: Network | None = None) -> Network:
    trust, ca_file = (trusting.trust, trusting.ca_file) if trusting else (Trust.SYSTEM, "")
    address = f"http://127.0.0.1:{port}"
    return Network(Way.PROXY, address, "me", "canary-password", trust, ca_file)


def test_a_message_goes_through_a_proxy_and_the_proxy_sees_nothing_of_it(
    authority: trustme.CA, trusting: Network
) -> None:
    context = server_context(authority.issue_cert("robot.invalid"))
    with (
        Peer(answers_always(), context=context) as peer,
        Peer(lambda talk: talk.through_proxy(peer.port)) as proxy,
    ):
        network = proxy_at(proxy.port, trusting)
        client = Client(clock_ms=lambda: SIGNED_MS, network=lambda _: network)
        for _ in range(2):
            assert client.send(robot_at(443, AFAR), CANARY, BODY).errcode == "0"
        client.close()
    [opening] = proxy.requests
    assert opening.startswith(b"CONNECT robot.invalid:443 HTTP/1.")
    assert b"Proxy-Authorization: Basic bWU6Y2FuYXJ5LXBhc3N3b3Jk" in opening
    assert b"access_token" not in opening
    assert [b"Proxy" in request for request in peer.requests] == [False, False]


def test_the_certificate_is_checked_behind_a_proxy_too(
    authority: trustme.CA, trusting: Network, caplog: pytest.LogCaptureFixture
) -> None:
    context = server_context(authority.issue_cert("elsewhere.invalid"))
    with (
        Peer(answers_always(), context=context) as peer,
        Peer(lambda talk: talk.through_proxy(peer.port)) as proxy,
    ):
        error = fail(Unreachable, robot_at(443, AFAR), caplog, proxy_at(proxy.port, trusting))
    assert error.fault is Fault.TLS_WRONG_HOST
    assert peer.requests == []


def asks(status: str) -> Script:
    return answers(answer(b"", status, "Proxy-Authenticate: Basic"))


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        (asks("407 Proxy Authentication Required"), Fault.PROXY_WANTS_PASSWORD),
        (asks("403 Forbidden"), Fault.PROXY_REFUSED),
        (asks("502 Bad Gateway"), Fault.PROXY_REFUSED),
        (answers(b"SSH-2.0-OpenSSH_9.2\r\n"), Fault.PROXY_REFUSED),
        (Talk.reset, Fault.PROXY_REFUSED),
        (lambda _talk: None, Fault.PROXY_REFUSED),
        (Talk.hold, Fault.PROXY_REFUSED),
        (lambda talk: talk.trickle(b"HTTP/1.1 200 OK\r\n" * 9, 0.05), Fault.PROXY_REFUSED),
    ],
    ids=["407", "403", "502", "no proxy", "resets", "closes", "silent", "trickles"],
)
def test_a_proxy_that_does_not_open_the_way_keeps_everything_here(
    script: Script, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    with Peer(script) as proxy:
        error = fail(Unreachable, robot_at(443, AFAR), caplog, proxy_at(proxy.port))
    assert error.fault is fault


def test_a_proxy_that_is_not_there_is_named_as_the_fault(
    refusing_port: int, caplog: pytest.LogCaptureFixture
) -> None:
    error = fail(Unreachable, robot_at(443, AFAR), caplog, proxy_at(refusing_port))
    assert error.fault is Fault.PROXY_UNREACHABLE


def test_a_proxy_whose_name_is_not_found_is_named_as_the_fault(
    caplog: pytest.LogCaptureFixture,
) -> None:
    network = Network(way=Way.PROXY, proxy="http://proxy.invalid:8080")
    error = fail(Unreachable, robot_at(443, AFAR), caplog, network)
    assert error.fault is Fault.PROXY_UNREACHABLE


@pytest.mark.parametrize("proxy", ["http://", "ftp://127.0.0.1:1", "http://[::1", "socks5://x:1"])
def test_a_proxy_that_cannot_be_spoken_to_is_named_as_the_fault(
    proxy: str, caplog: pytest.LogCaptureFixture
) -> None:
    error = fail(Unreachable, robot_at(443, AFAR), caplog, Network(way=Way.PROXY, proxy=proxy))
    assert error.fault is Fault.PROXY_UNUSABLE


def test_this_machine_is_reached_without_any_proxy(refusing_port: int) -> None:
    network = proxy_at(refusing_port)
    client = Client(clock_ms=lambda: SIGNED_MS, network=lambda _: network)
    with Peer(answers_always()) as peer:
        assert client.send(robot_at(peer.port), CANARY, BODY).errcode == "0"
        client.close()


# ----------------------------------------------------------------------- UNKNOWN: it went out


def closes_after_the_request(talk: Talk) -> None:
    talk.request()


def resets_after_the_request(talk: Talk) -> None:
    talk.request()
    talk.reset()


def is_silent(talk: Talk) -> None:
    talk.request()
    talk.hold()


def says_and_holds(text: bytes) -> Script:
    def script(talk: Talk) -> None:
        talk.request()
        talk.say(text)
        talk.hold()

    return script


def says_and_resets(text: bytes) -> Script:
    def script(talk: Talk) -> None:
        talk.request()
        talk.say(text)
        talk.reset()

    return script


def trickles(text: bytes) -> Script:
    def script(talk: Talk) -> None:
        talk.request()
        talk.trickle(text, 0.03)

    return script


HALF = answer(OK[:9], length=len(OK))
HALF_CHUNK = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1b\r\n" + OK[:9]


@pytest.mark.parametrize(
    ("script", "fault", "http_status"),
    [
        (closes_after_the_request, Fault.CONNECTION_LOST, None),
        (resets_after_the_request, Fault.CONNECTION_LOST, None),
        (says_and_resets(b"HTTP/1.1 20"), Fault.CONNECTION_LOST, None),
        (answers(b"nothing of HTTP\r\n\r\n"), Fault.CONNECTION_LOST, None),
        (is_silent, Fault.READ_TIMEOUT, None),
        (says_and_holds(b"HTTP/1.1 200 OK\r\nContent-"), Fault.READ_TIMEOUT, None),
        (says_and_holds(HALF), Fault.READ_TIMEOUT, 200),
        (says_and_holds(HALF_CHUNK), Fault.READ_TIMEOUT, 200),
        (trickles(answer()), Fault.READ_TIMEOUT, None),
        (answers(HALF), Fault.ANSWER_CUT_SHORT, 200),
        (answers(HALF_CHUNK), Fault.ANSWER_CUT_SHORT, 200),
        (answers(answer(OK, length=2**40)), Fault.ANSWER_CUT_SHORT, 200),
        (answers(answer(HTML, "502 Bad Gateway", length=999)), Fault.ANSWER_CUT_SHORT, 502),
    ],
    ids=[
        *("closes", "resets", "resets in the head", "speaks no http", "silent"),
        *("half a head", "half a body", "half a chunk", "trickles"),
        *("body cut short", "chunk cut short", "announces a tebibyte", "error page cut short"),
    ],
)
def test_what_went_out_without_a_whole_answer_is_unknown(
    script: Script, fault: Fault, http_status: int | None, caplog: pytest.LogCaptureFixture
) -> None:
    with Peer(script) as peer:
        error = fail(NoAnswer, robot_at(peer.port), caplog)
    assert (error.fault, error.http_status) == (fault, http_status)
    assert len(peer.requests) == 1


def test_a_body_that_trickles_is_given_up_after_the_time_for_the_whole(
    caplog: pytest.LogCaptureFixture,
) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"

    def script(talk: Talk) -> None:
        talk.request()
        talk.say(head)
        talk.trickle(b" " * 500, 0.03)

    with Peer(script) as peer:
        error = fail(NoAnswer, robot_at(peer.port), caplog)
    assert (error.fault, error.http_status) == (Fault.READ_TIMEOUT, 200)


def said(value: object) -> bytes:
    return answer(json.dumps(value).encode())


ENDLESS = b"HTTP/1.1 200 OK\r\nContent-Length: 52428800\r\n\r\n" + b"x" * (2 * 2**20)
BOMB = answer(gzip.compress(b"0" * 50_000_000), "200 OK", "Content-Encoding: gzip")


@pytest.mark.parametrize(
    ("reply", "fault", "http_status"),
    [
        (answer(HTML), Fault.NOT_DINGTALK, 200),
        (answer(OK[:9]), Fault.NOT_DINGTALK, 200),
        (answer(OK + OK), Fault.NOT_DINGTALK, 200),
        (answer(b'{"errcode":310000,"errcode":0}'), Fault.NOT_DINGTALK, 200),
        (answer(b"[" * 100_000), Fault.NOT_DINGTALK, 200),
        (answer(b'{"errcode":' + b"9" * 9_000 + b"}"), Fault.NOT_DINGTALK, 200),
        (answer(OK, "200 OK", "Content-Encoding: gzip"), Fault.NOT_DINGTALK, 200),
        (said([{"errcode": 0}]), Fault.NOT_DINGTALK, 200),
        (said({"errmsg": "ok"}), Fault.NOT_DINGTALK, 200),
        (said({"status": 1112, "wait": 5}), Fault.NOT_DINGTALK, 200),
        (said({"errcode": False}), Fault.ODD_ERRCODE, 200),
        (said({"errcode": True}), Fault.ODD_ERRCODE, 200),
        (said({"errcode": 0.0}), Fault.ODD_ERRCODE, 200),
        (said({"errcode": " 0"}), Fault.ODD_ERRCODE, 200),
        (said({"errcode": "00"}), Fault.ODD_ERRCODE, 200),
        (said({"errcode": ""}), Fault.ODD_ERRCODE, 200),
        (said({"errcode": None}), Fault.ODD_ERRCODE, 200),
        (said({"errcode": [0]}), Fault.ODD_ERRCODE, 200),
        (answer(b""), Fault.EMPTY_ANSWER, 200),
        (answer(b" \n"), Fault.EMPTY_ANSWER, 200),
        (answer(OK, "500 Internal Server Error"), Fault.HTTP_STATUS, 500),
        (answer(OK, "201 Created"), Fault.HTTP_STATUS, 201),
        (b"HTTP/1.1 204 No Content\r\n\r\n", Fault.HTTP_STATUS, 204),
        (answer(HTML, "404 Not Found"), Fault.HTTP_STATUS, 404),
        (answer(HTML, "407 Proxy Authentication Required"), Fault.HTTP_STATUS, 407),
        (answer(HTML, "502 Bad Gateway"), Fault.HTTP_STATUS, 502),
        (answer(b"", "503 Service Unavailable", "Retry-After: 0"), Fault.HTTP_STATUS, 503),
        (answer(b"x" * (2**20 + 1)), Fault.ANSWER_TOO_LARGE, 200),
        (ENDLESS, Fault.ANSWER_TOO_LARGE, 200),
        (BOMB, Fault.ANSWER_TOO_LARGE, 200),
    ],
    ids=lambda value: value[:60].decode("latin-1") if isinstance(value, bytes) else str(value),
)
def test_an_answer_that_is_not_dingtalks_is_unknown(
    reply: bytes, fault: Fault, http_status: int, caplog: pytest.LogCaptureFixture
) -> None:
    with Peer(answers(reply)) as peer:
        error = fail(BadReply, robot_at(peer.port), caplog)
    assert (error.fault, error.http_status) == (fault, http_status)
    assert len(error.answer.encode()) <= 64 * 1024
    assert len(peer.requests) == 1


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
def test_a_redirect_is_not_followed(status: str, caplog: pytest.LogCaptureFixture) -> None:
    with Peer(answers_always()) as target:
        location = f"Location: http://127.0.0.1:{target.port}/robot/send"
        with Peer(answers(answer(OK, status, location))) as peer:
            error = fail(BadReply, robot_at(peer.port), caplog)
        assert target.connections == 0
    assert error.fault is Fault.REDIRECTED
    assert error.http_status == int(status[:3])
    assert error.answer == OK.decode()


def test_the_body_of_an_endless_redirect_is_not_read_to_its_end(
    caplog: pytest.LogCaptureFixture,
) -> None:
    endless = ENDLESS.replace(b"200 OK", b"302 Found\r\nLocation: /")
    with Peer(answers(endless)) as peer:
        error = fail(BadReply, robot_at(peer.port), caplog)
    assert error.http_status == 302


def test_what_came_back_is_kept_in_words_up_to_64_kib(caplog: pytest.LogCaptureFixture) -> None:
    with Peer(answers(answer("页".encode() * 200_000))) as peer:
        error = fail(BadReply, robot_at(peer.port), caplog)
    assert error.answer == "页" * (64 * 1024 // 3)


# ------------------------------------------------------------------------------------- REFUSED

REFUSALS = [fact for fact in FACTS if fact.cause is not Cause.DELIVERED]


@pytest.mark.parametrize("generation", Generation)
@pytest.mark.parametrize("fact", REFUSALS, ids=lambda fact: f"{fact.errcode} {fact.wordings[0]}")
def test_every_refusal_of_dingtalks_is_told_with_its_cause(
    fact: Fact, generation: Generation, caplog: pytest.LogCaptureFixture
) -> None:
    errcode = 987654 if fact.errcode is None else fact.errcode
    errmsg = fact.errmsg(generation)
    with Peer(answers(said({"errcode": errcode, "errmsg": errmsg}))) as peer:
        error = fail(Refused, robot_at(peer.port), caplog)
    assert (error.cause, error.errcode, error.errmsg) == (fact.cause, str(errcode), errmsg)
    assert error.wait_minutes is None


@pytest.mark.parametrize("status", ["200 OK", "302 Found", "403 Forbidden", "500 Oops"])
def test_a_refusal_is_one_under_any_http_status(
    status: str, caplog: pytest.LogCaptureFixture
) -> None:
    body = b'\xef\xbb\xbf{"errcode":"310000","errmsg":"sign not match"}'
    with Peer(answers(answer(body, status))) as peer:
        error = fail(Refused, robot_at(peer.port), caplog)
    assert (error.cause, error.errcode) == (Cause.SIGNATURE, "310000")
    assert error.http_status == int(status[:3])


@pytest.mark.parametrize(
    ("wait", "minutes"), [(5, 5), ("5", 5), (0, 0), (None, None), (-1, None), (2.5, None)]
)
def test_a_banned_address_is_refused_with_its_minutes(
    wait: object, minutes: int | None, caplog: pytest.LogCaptureFixture
) -> None:
    ban = {"status": 1111, "wait": wait, "source": "x5", "punish": "deny", "uuid": "1"}
    with Peer(answers(said(ban))) as peer:
        error = fail(Refused, robot_at(peer.port), caplog)
    assert (error.cause, error.errcode) == (Cause.ADDRESS_BANNED, "")
    assert error.wait_minutes == minutes


def test_an_errmsg_that_is_no_text_is_left_out(caplog: pytest.LogCaptureFixture) -> None:
    with Peer(answers(said({"errcode": 987654, "errmsg": {"a": 1}}))) as peer:
        error = fail(Refused, robot_at(peer.port), caplog)
    assert (error.cause, error.errmsg) == (Cause.UNKNOWN, "")


# ------------------------------------------------------------------------------------- secrets

ECHO = " ".join(
    spelling
    for secret in (CANARY.access_token, CANARY.secret or "", SIGN)
    for spelling in spellings(secret)
)


@pytest.mark.parametrize(
    ("expected", "reply"),
    [
        (Refused, said({"errcode": 300001, "errmsg": f"token is not exist {ECHO}"})),
        (BadReply, answer(f"<p>{ECHO}</p>".encode(), "502 Bad Gateway")),
        (BadReply, answer(ECHO.encode() * 20_000)),
        (NoAnswer, answer(ECHO.encode(), length=2**20)),
        (NoAnswer, b"HTTP/1.1 two " + ECHO.encode() + b"\r\n" + ECHO.encode() + b"\r\n\r\n"),
        (BadReply, b"HTTP/1.1 302 Found\r\nLocation: /?" + ECHO[:40].encode() + b"\r\n\r\n"),
    ],
    ids=["refusal", "error page", "large", "cut short", "in the head", "in a redirect"],
)
def test_an_echo_of_the_secrets_is_masked(
    expected: type[DingTalkError], reply: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with Peer(answers(reply)) as peer:
        fail(expected, robot_at(peer.port), caplog)


def test_an_echo_of_the_secrets_is_masked_in_a_yes_too() -> None:
    client = Client(clock_ms=lambda: SIGNED_MS)
    with Peer(answers(said({"errcode": 0, "errmsg": f"ok {ECHO}"}))) as peer:
        answer_of = client.send(robot_at(peer.port), CANARY, BODY)
        client.close()
    assert answer_of.errmsg == "ok " + " ".join(["***"] * len(ECHO.split()))
    assert not any(spelling in answer_of.answer for spelling in ECHO.split())


def test_neither_network_nor_credentials_show_a_password() -> None:
    network = proxy_at(1)
    assert "canary" not in f"{network!r}{network}{CANARY!r}{CANARY}"
