"""What the sandbox does wrong when it is told to, over real sockets."""

import gzip
import http.client
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest

from dingcomposer.core.answers import FACTS, Cause, Generation, explain
from dingcomposer.sandbox.diagnosis import DiagnosisCode
from dingcomposer.sandbox.faults import ANSWERS, HONEST, HUGE_BYTES, FaultKind, FaultPlan
from dingcomposer.sandbox.server import Exchange, SandboxServer

BODY = json.dumps({"msgtype": "text", "text": {"content": "hello"}, "msgUuid": "one"}).encode()
OK = b'{"errcode":0,"errmsg":"ok"}'
PATIENCE_S = 20.0  # how long a test waits for what should come at once


@dataclass
class Line:
    """One kept connection to one sandbox."""

    sandbox: SandboxServer
    connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        host = urlsplit(self.sandbox.url).netloc
        self.connection = http.client.HTTPConnection(host, timeout=PATIENCE_S)

    def post(
        self, body: bytes = BODY, *, accept_encoding: str = "gzip, deflate"
    ) -> tuple[http.client.HTTPResponse, bytes]:
        target = f"/robot/send?access_token={self.sandbox.access_token}"
        headers = {"Content-Type": "application/json", "Accept-Encoding": accept_encoding}
        self.connection.request("POST", target, body, headers)
        response = self.connection.getresponse()
        return response, response.read()

    def order(self, *plans: FaultPlan) -> None:
        self.sandbox.robot.faults = plans

    def newest(self) -> Exchange:
        return self.sandbox.exchanges()[-1]

    def is_fine(self) -> bool:
        return self.post()[1] == OK


@pytest.fixture
def line() -> Iterator[Line]:
    with SandboxServer(secret_required=False, pace_per_minute=None) as sandbox:
        line = Line(sandbox)
        yield line
        line.connection.close()


@pytest.mark.parametrize("generation", Generation)
@pytest.mark.parametrize("kind", ANSWERS)
def test_each_refusal_is_answered_as_dingtalk_words_it(
    line: Line, kind: FaultKind, generation: Generation
) -> None:
    line.order(FaultPlan(kind, generation=generation))
    response, body = line.post()
    answer = json.loads(body)
    assert response.status == 200
    assert explain(answer["errcode"], answer["errmsg"]) is ANSWERS[kind].cause
    newest = line.newest()
    assert (newest.errcode, newest.errmsg) == (answer["errcode"], answer["errmsg"])
    assert (newest.cause, newest.fault) == (ANSWERS[kind].cause, kind)
    assert line.sandbox.robot.taken() == ()
    assert line.is_fine()


def test_every_answer_that_is_known_can_be_had() -> None:
    causes = {fact.cause for fact in ANSWERS.values()}
    assert causes == {fact.cause for fact in FACTS} - {Cause.DELIVERED}


@pytest.mark.parametrize(
    ("kind", "status", "body"),
    [
        (FaultKind.EMPTY, 200, b""),
        (FaultKind.ARRAY, 200, b"[" + OK + b"]"),
        (FaultKind.NO_ERRCODE, 200, b'{"errmsg":"ok"}'),
        (FaultKind.ERRCODE_FALSE, 200, b'{"errcode":false,"errmsg":"ok"}'),
        (FaultKind.ERRCODE_FLOAT, 200, b'{"errcode":0.0,"errmsg":"ok"}'),
        (FaultKind.ERRCODE_SPACED, 200, b'{"errcode":" 0","errmsg":"ok"}'),
        (FaultKind.ERRCODE_NULL, 200, b'{"errcode":null,"errmsg":"ok"}'),
        (FaultKind.HTTP_404, 404, b"404 page not found"),
        (FaultKind.HTTP_500, 500, b"Internal Server Error"),
        (FaultKind.OK_WITH_HTTP_500, 500, OK),
        (FaultKind.REDIRECT, 302, b""),
    ],
)
def test_an_answer_that_is_not_dingtalks_is_given_as_it_is(
    line: Line, kind: FaultKind, status: int, body: bytes
) -> None:
    line.order(FaultPlan(kind))
    response, answer = line.post()
    assert (response.status, answer) == (status, body)
    newest = line.newest()
    assert (newest.http_status, newest.errcode, newest.fault) == (status, None, kind)
    assert not newest.is_taken
    assert line.is_fine()


@pytest.mark.parametrize(("kind", "status"), [(FaultKind.HTML, 200), (FaultKind.HTTP_502, 502)])
def test_a_page_of_html_is_announced_as_such(line: Line, kind: FaultKind, status: int) -> None:
    line.order(FaultPlan(kind))
    response, body = line.post()
    assert response.status == status
    assert response.headers.get_content_type() == "text/html"
    assert b"<html>" in body


def test_a_redirect_leads_to_another_path_without_the_token(line: Line) -> None:
    line.order(FaultPlan(FaultKind.REDIRECT))
    response, _ = line.post()
    assert response.headers["Location"] == "/elsewhere"


def test_a_banned_address_is_answered_without_errcode(line: Line) -> None:
    line.order(FaultPlan(FaultKind.ADDRESS_BANNED))
    answer = json.loads(line.post()[1])
    assert (answer["status"], answer["wait"]) == (1111, 5)
    assert "errcode" not in answer
    assert line.newest().cause is Cause.ADDRESS_BANNED


def test_a_huge_answer_is_fifty_megabytes_and_may_be_left_unread(line: Line) -> None:
    line.order(FaultPlan(FaultKind.HUGE, times=2))
    response, body = line.post()
    assert response.headers["Content-Length"] == str(len(body))
    assert body.rstrip(b" ") == OK
    assert len(body) > HUGE_BYTES

    target = f"/robot/send?access_token={line.sandbox.access_token}"
    line.connection.request("POST", target, BODY, {"Content-Type": "application/json"})
    with line.connection.getresponse() as unread:
        assert unread.read(10) == OK[:10]
    line.connection.close()
    assert line.is_fine()


def test_a_custom_answer_is_given_to_the_letter(line: Line) -> None:
    line.order(FaultPlan(FaultKind.CUSTOM, http_status=418, body=b"\xff\x00"))
    response, body = line.post()
    assert (response.status, body) == (418, b"\xff\x00")


@pytest.mark.parametrize("kind", sorted(HONEST))
def test_an_honest_fault_takes_the_message_and_judges_as_always(
    line: Line, kind: FaultKind
) -> None:
    line.order(FaultPlan(kind, times=2, seconds=0.01))
    response, body = line.post()
    if kind is FaultKind.GZIP:
        assert response.headers["Content-Encoding"] == "gzip"
        body = gzip.decompress(body)
    if kind is FaultKind.BOM:
        assert body.startswith(b"\xef\xbb\xbf")
    answer = json.loads(body.decode("utf-8-sig"))
    assert answer == {"errcode": "0" if "zero" in kind else 0, "errmsg": "ok"}
    assert line.newest().is_taken
    assert line.newest().fault is kind

    line.connection.close()
    line.post(b'{"msgtype":"text"}')
    assert line.newest().errcode == 400201


@pytest.mark.parametrize(
    ("accept_encoding", "is_compressed"),
    [
        ("identity", False),
        ("", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000, identity", False),
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("*", True),
    ],
)
def test_an_answer_is_compressed_for_those_who_asked_for_it(
    line: Line, accept_encoding: str, is_compressed: bool
) -> None:
    line.order(FaultPlan(FaultKind.GZIP))
    response, body = line.post(accept_encoding=accept_encoding)
    assert (response.headers["Content-Encoding"] == "gzip") is is_compressed
    assert (gzip.decompress(body) if is_compressed else body) == OK
    codes = [one.code for one in line.newest().diagnoses]
    assert (DiagnosisCode.GZIP_NOT_ASKED_FOR in codes) is not is_compressed


def test_an_idle_connection_that_was_closed_is_noticed_by_the_next_request(line: Line) -> None:
    line.order(FaultPlan(FaultKind.CLOSE_WHEN_IDLE))
    response, body = line.post()
    assert body == OK
    assert response.headers["Connection"] is None
    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        line.post()
    line.connection.close()
    assert line.is_fine()


def test_a_late_answer_is_recorded_before_it_leaves(line: Line) -> None:
    recorded = threading.Event()
    line.sandbox.on_exchange = lambda exchange: recorded.set()
    line.order(FaultPlan(FaultKind.SLOW, seconds=3600))
    line.connection.timeout = 0.05
    with pytest.raises(TimeoutError):
        line.post()
    assert recorded.wait(PATIENCE_S)
    assert line.newest().is_taken
    line.connection.close()
    line.connection.timeout = PATIENCE_S
    assert line.is_fine()
    assert line.newest().is_repeat


def test_a_trickled_answer_comes_byte_by_byte(line: Line) -> None:
    line.order(FaultPlan(FaultKind.TRICKLE, seconds=0.05))
    target = f"/robot/send?access_token={line.sandbox.access_token}"
    line.connection.request("POST", target, BODY, {"Content-Type": "application/json"})
    response = line.connection.getresponse()
    pieces = iter(lambda: response.read1(1000), b"")
    assert len(next(pieces)) < len(OK)
    assert b"".join(pieces)
    response.close()


@pytest.mark.parametrize("is_taken", [False, True])
@pytest.mark.parametrize(
    ("kind", "raised"),
    [
        (FaultKind.RESET, ConnectionResetError),
        (FaultKind.CLOSE, http.client.RemoteDisconnected),
        (FaultKind.HALF, http.client.IncompleteRead),
        (FaultKind.SILENT, TimeoutError),
    ],
)
def test_an_answer_can_be_lost_before_and_after_the_message_is_taken(
    line: Line, kind: FaultKind, raised: type[Exception], is_taken: bool
) -> None:
    line.order(FaultPlan(kind, is_taken=is_taken))
    if kind is FaultKind.SILENT:
        line.connection.timeout = 0.1
    with pytest.raises(Exception) as caught:
        line.post()
    assert type(caught.value) is raised
    newest = line.newest()
    assert newest.fault is kind
    assert newest.is_taken is is_taken
    assert newest.msg_uuid == "one"
    assert newest.http_status == (200 if kind is FaultKind.HALF else None)
    assert newest.errcode is None

    line.connection.close()
    line.connection.timeout = PATIENCE_S
    assert line.is_fine()
    assert line.newest().is_repeat is is_taken
    (taken,) = line.sandbox.robot.taken()
    assert taken.calls == (2 if is_taken else 1)


def test_a_busy_server_may_have_taken_the_message(line: Line) -> None:
    line.order(FaultPlan(FaultKind.BUSY, times=2, is_taken=True))
    assert [json.loads(line.post()[1])["errcode"] for _ in range(3)] == [-1, -1, 0]
    (taken,) = line.sandbox.robot.taken()
    assert taken.calls == 3


def test_a_fault_does_not_take_what_is_not_in_order(line: Line) -> None:
    line.order(FaultPlan(FaultKind.BUSY, is_taken=True))
    line.post(b'{"msgtype":"text"}')
    assert not line.newest().is_taken
    assert line.sandbox.robot.taken() == ()


def test_faults_strike_once_several_times_or_always(line: Line) -> None:
    line.order(
        FaultPlan(FaultKind.ARRAY),
        FaultPlan(FaultKind.BUSY, times=2),
        FaultPlan(FaultKind.NO_ERRCODE, times=None),
    )
    for _ in range(5):
        line.post()
    assert [exchange.fault for exchange in line.sandbox.exchanges()] == [
        FaultKind.ARRAY,
        FaultKind.BUSY,
        FaultKind.BUSY,
        FaultKind.NO_ERRCODE,
        FaultKind.NO_ERRCODE,
    ]
    assert line.sandbox.robot.faults == (FaultPlan(FaultKind.NO_ERRCODE, times=None),)
    line.order()
    assert line.is_fine()


def test_a_fault_can_be_left_to_chance() -> None:
    chances = iter([0.3, 0.29, 0.9, 0.0])
    with SandboxServer(
        secret_required=False, pace_per_minute=None, chance=lambda: next(chances)
    ) as sandbox:
        line = Line(sandbox)
        line.order(FaultPlan(FaultKind.BUSY, times=None, probability=0.3))
        assert [json.loads(line.post()[1])["errcode"] for _ in range(4)] == [0, -1, 0, -1]
        line.connection.close()


@pytest.mark.parametrize(
    ("times", "probability"), [(0, 1.0), (-1, 1.0), (1, 0.0), (1, 1.5), (None, float("nan"))]
)
def test_a_plan_that_could_never_strike_is_no_plan(times: int | None, probability: float) -> None:
    with pytest.raises(ValueError, match=r"times|probability"):
        FaultPlan(FaultKind.BUSY, times=times, probability=probability)


def test_a_fault_of_one_robot_does_not_touch_another(line: Line) -> None:
    line.sandbox.add_robot("twin", line.sandbox.rules).faults = (
        FaultPlan(FaultKind.RESET, times=None),
    )
    assert line.is_fine()


def read_to_the_end(connection: socket.socket) -> None:
    """Comes back once the other side has ended the connection; fails where it never does."""
    try:
        while connection.recv(1 << 20):
            pass
    except ConnectionError:
        return


def test_stopping_ends_whatever_is_still_unanswered() -> None:
    plans = [
        FaultPlan(FaultKind.SILENT),
        FaultPlan(FaultKind.SLOW, seconds=3600),
        FaultPlan(FaultKind.TRICKLE, seconds=3600),
        FaultPlan(FaultKind.HUGE),
    ]
    received = threading.Semaphore(0)
    sandbox = SandboxServer(secret_required=False, on_exchange=lambda exchange: received.release())
    sandbox.start()
    sandbox.robot.faults = tuple(plans)
    lines = [Line(sandbox) for _ in plans]
    target = f"/robot/send?access_token={sandbox.access_token}"
    for line in lines:
        line.connection.request("POST", target, BODY, {"Content-Type": "application/json"})
    idle = Line(sandbox)
    idle.connection.connect()
    for _ in lines:
        assert received.acquire(timeout=PATIENCE_S)

    stopping = threading.Thread(target=sandbox.stop, daemon=True)
    stopping.start()
    stopping.join(PATIENCE_S)
    assert not stopping.is_alive()
    for line in (*lines, idle):
        read_to_the_end(line.connection.sock)
        line.connection.close()


def test_a_request_that_crosses_the_stop_is_not_recorded() -> None:
    def stop_meanwhile() -> float:
        sandbox.stop()
        return 0.5

    reported: list[Exchange] = []
    sandbox = SandboxServer(
        secret_required=False, chance=stop_meanwhile, on_exchange=reported.append
    )
    sandbox.robot.faults = (FaultPlan(FaultKind.BUSY, probability=0.1),)
    sandbox.start()
    line = Line(sandbox)
    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        line.post()
    line.connection.close()
    assert reported == []
    assert sandbox.exchanges() == ()
