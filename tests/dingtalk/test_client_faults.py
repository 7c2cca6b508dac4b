"""Every way in which a send can go wrong is told apart, and none of them gives a secret away."""

import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dingcomposer.core.answers import FACTS, Cause, Fact, Generation
from dingcomposer.core.delivery import Fault
from dingcomposer.dingtalk.client import Client
from dingcomposer.dingtalk.errors import BadReply, DingTalkError, NoAnswer, Refused, Unreachable
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
    answers_always,
    closes_after_the_request,
    fail,
    full_port,
    is_silent,
    refusing_port,
    resets_after_the_request,
    robot_at,
    says_and_holds,
    says_and_resets,
    trickles,
)

HTML = b"<html><body>Bad gateway</body></html>"


# ------------------------------------------------------------------ NOT_SENT: on the way there


def test_a_name_that_is_not_found_was_not_sent(caplog: pytest.LogCaptureFixture) -> None:
    robot = robot_at(443, "https://robot.invalid:{port}/robot/send")
    assert fail(Unreachable, robot, caplog).fault is Fault.NAME_NOT_FOUND


def test_a_refused_connection_was_not_sent(caplog: pytest.LogCaptureFixture) -> None:
    with refusing_port() as port:
        error = fail(Unreachable, robot_at(port), caplog)
    assert error.fault is Fault.CONNECTION_REFUSED


def test_a_connection_that_takes_too_long_was_not_sent(caplog: pytest.LogCaptureFixture) -> None:
    with full_port() as port:
        assert fail(Unreachable, robot_at(port), caplog).fault is Fault.CONNECT_TIMEOUT


NO_HANDLES = """
import resource
from dingcomposer.core.robot import Credentials, Robot
from dingcomposer.dingtalk.client import Client
from dingcomposer.dingtalk.errors import DingTalkError, Unreachable

client = Client(clock_ms=lambda: 1)
robots = [Robot("1", "x", endpoint=f"{scheme}://127.0.0.1:9/robot/send") for scheme in %r]

def send():
    for robot in robots:
        try:
            client.send(robot, Credentials("canary"), b"{}")
        except DingTalkError as error:
            yield error.fault.value

print(*send())  # also reads whatever is read once, such as the trusted issuers
resource.setrlimit(resource.RLIMIT_NOFILE, (3, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
print(*send())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is set in Linux's way")
def test_without_a_free_file_handle_nothing_is_sent_and_that_is_told() -> None:
    done = subprocess.run(
        [sys.executable, "-c", NO_HANDLES % (("http", "https"),)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    before, without = done.stdout.splitlines()
    assert before == "connection_refused connection_refused"
    assert without == "no_handles no_handles"


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


# ----------------------------------------------------------------------- UNKNOWN: it went out


@pytest.mark.parametrize(
    ("script", "fault", "http_status"),
    [
        (closes_after_the_request, Fault.CONNECTION_LOST, None),
        (resets_after_the_request, Fault.CONNECTION_LOST, None),
        (says_and_resets(b"HTTP/1.1 20"), Fault.CONNECTION_LOST, None),
        (answers(b"HTTP/1.1 200 O"), Fault.CONNECTION_LOST, None),
        (answers(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n"), Fault.CONNECTION_LOST, None),
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
        *(
            "closes",
            "resets",
            "resets in the head",
            "closes in its first line",
            "closes in the head",
        ),
        *("speaks no http", "silent"),
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
