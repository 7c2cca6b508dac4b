"""Everything that can become of a send, each way staged over real sockets on this machine.

`OUTCOMES` are the rows of the matrix: what happens, what the send is called then, and how many
attempts the program makes by itself. `stage` puts it up around a robot.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from dingcomposer.core.answers import (
    BANNED_STATUS,
    FACTS,
    Cause,
    Fact,
    Generation,
    named_address,
)
from dingcomposer.core.delivery import Status
from dingcomposer.core.messages import Message, Text
from dingcomposer.core.robot import Credentials, ProxyMode, Robot, TrustSource
from dingcomposer.dingtalk.network import Network
from dingcomposer.sandbox.faults import ANSWERS, FaultKind, FaultPlan
from dingcomposer.sandbox.server import SandboxServer
from dingcomposer.storage.secrets import SecretsReason
from tests.fakes.fake_servers import (
    AFAR,
    HALF,
    LOCAL_TLS,
    OK,
    Peer,
    Script,
    answer,
    answers,
    answers_always,
    asks,
    closes_after_the_request,
    closes_when_asked_again,
    full_port,
    refusing_port,
    resets_after_the_request,
    robot_at,
    says_and_holds,
    self_signed_context,
    server_context,
    speaks_no_tls,
    trickles,
)

ALL_TRIES = 4
UNKNOWN_CODE = 987654


@dataclass(slots=True)
class Scene:
    """What stands around one send. `before` is done first; `calls` counts what arrived.

    `confirmed_for` is the token that the robot had when it was confirmed, where it has another now.
    """

    robot: Robot
    network: Network = field(default_factory=lambda: Network(ProxyMode.DIRECT))
    credentials: Credentials | SecretsReason = field(
        default_factory=lambda: Credentials("token", "SECsecret")
    )
    message: Message = field(default_factory=lambda: Text("通知"))
    sends_before: int = 0
    is_resting: bool = False
    is_retry: bool = False
    is_history_locked: bool = False
    confirmed_for: str = ""
    calls: Callable[[], int | None] = lambda: None


Stage = Callable[[ExitStack, Path, pytest.MonkeyPatch], Scene]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row. `calls` is how many requests a server must have seen, where one stands there."""

    what: str
    status: Status
    attempts: int
    stage: Stage
    calls: int | None = None


LONG_AGO = datetime.now(UTC) - timedelta(days=400)


# ------------------------------------------------------------------------------ stages of a kind


def by_peer(*scripts: Script, sends_before: int = 0) -> Stage:
    """A server that plays these scripts."""

    def stage(stack: ExitStack, _folder: Path, _patch: pytest.MonkeyPatch) -> Scene:
        peer = stack.enter_context(Peer(*scripts))
        return Scene(
            robot_at(peer.port), sends_before=sends_before, calls=lambda: len(peer.requests)
        )

    return stage


def by_sandbox(*plans: FaultPlan, sends_before: int = 0, is_retry: bool = False) -> Stage:
    """The sandbox, with these faults; it has what it answers to as it should."""

    def stage(stack: ExitStack, _folder: Path, _patch: pytest.MonkeyPatch) -> Scene:
        server = stack.enter_context(SandboxServer())
        server.robot.faults = plans
        return Scene(
            replace(robot_at(0), endpoint=server.url),
            credentials=Credentials(server.access_token, server.secret),
            sends_before=sends_before,
            is_retry=is_retry,
            calls=lambda: len(server.exchanges()),
        )

    return stage


def by_kind(kind: FaultKind, **more: object) -> Stage:
    return by_sandbox(FaultPlan(kind, times=None, is_taken=True, **more))  # type: ignore[arg-type]


def by_answer(value: object, *, times: int | None = None) -> Stage:
    body = json.dumps(value, ensure_ascii=False).encode()
    return by_sandbox(FaultPlan(FaultKind.CUSTOM, times=times, body=body))


def by_fact(fact: Fact, generation: Generation) -> Stage:
    """A refusal as DingTalk words it in that generation."""
    for kind, known in ANSWERS.items():
        if known == fact:
            return by_sandbox(FaultPlan(kind, times=None, generation=generation))
    errcode = UNKNOWN_CODE if fact.errcode is None else fact.errcode
    return by_answer({"errcode": errcode, "errmsg": fact.errmsg(generation)})


def by_tls(*names: str, end: datetime | None = None) -> Stage:
    """A server whose certificate, by a trusted issuer, is for these names and until then."""

    def stage(stack: ExitStack, folder: Path, _patch: pytest.MonkeyPatch) -> Scene:
        authority = trustme.CA()
        path = folder / "ca.pem"
        authority.cert_pem.write_to_path(path)
        certificate = authority.issue_cert(*names, not_before=LONG_AGO, not_after=end)
        peer = stack.enter_context(Peer(answers_always(), context=server_context(certificate)))
        network = Network(ProxyMode.DIRECT, trust=TrustSource.FILE, ca_file=str(path))
        return Scene(robot_at(peer.port, LOCAL_TLS), network, calls=lambda: len(peer.requests))

    return stage


def by_proxy(script: Script) -> Stage:
    def stage(stack: ExitStack, _folder: Path, _patch: pytest.MonkeyPatch) -> Scene:
        proxy = stack.enter_context(Peer(script))
        network = Network(ProxyMode.PROXY, f"http://127.0.0.1:{proxy.port}")
        return Scene(robot_at(443, AFAR), network)

    return stage


def here(**changes: object) -> Stage:
    """A fault on our side, before a sandbox that must see nothing of it."""

    def stage(stack: ExitStack, folder: Path, patch: pytest.MonkeyPatch) -> Scene:
        scene = by_sandbox()(stack, folder, patch)
        return replace(scene, **changes)  # type: ignore[arg-type]

    return stage


# ----------------------------------------------------------------------------------- single ones


def name_not_found(_stack: ExitStack, _folder: Path, _patch: pytest.MonkeyPatch) -> Scene:
    return Scene(robot_at(443, AFAR))


def refused(stack: ExitStack, _folder: Path, _patch: pytest.MonkeyPatch) -> Scene:
    return Scene(robot_at(stack.enter_context(refusing_port())))


def backlog_is_full(stack: ExitStack, _folder: Path, _patch: pytest.MonkeyPatch) -> Scene:
    return Scene(robot_at(stack.enter_context(full_port())))


def no_route(_stack: ExitStack, _folder: Path, patch: pytest.MonkeyPatch) -> Scene:
    """In a network namespace see tests/dingtalk; here it is raised where urllib3 connects."""

    def create_connection(*_args: object, **_kwargs: object) -> None:
        raise OSError(101, "Network is unreachable")

    patch.setattr("urllib3.util.connection.create_connection", create_connection)
    return Scene(robot_at(1))


def no_handles(_stack: ExitStack, _folder: Path, patch: pytest.MonkeyPatch) -> Scene:
    """For a process without any see tests/dingtalk; here it is raised where urllib3 connects."""

    def create_connection(*_args: object, **_kwargs: object) -> None:
        raise OSError(24, "Too many open files")

    patch.setattr("urllib3.util.connection.create_connection", create_connection)
    return Scene(robot_at(1))


def self_signed(stack: ExitStack, folder: Path, _patch: pytest.MonkeyPatch) -> Scene:
    peer = stack.enter_context(Peer(answers_always(), context=self_signed_context(folder)))
    return Scene(robot_at(peer.port, LOCAL_TLS), calls=lambda: len(peer.requests))


def not_tls(stack: ExitStack, _folder: Path, _patch: pytest.MonkeyPatch) -> Scene:
    peer = stack.enter_context(Peer(speaks_no_tls))
    return Scene(robot_at(peer.port, LOCAL_TLS))


def proxy_unreachable(stack: ExitStack, _folder: Path, _patch: pytest.MonkeyPatch) -> Scene:
    port = stack.enter_context(refusing_port())
    return Scene(robot_at(443, AFAR), Network(ProxyMode.PROXY, f"http://127.0.0.1:{port}"))


def proxy_unusable(_stack: ExitStack, _folder: Path, _patch: pytest.MonkeyPatch) -> Scene:
    return Scene(robot_at(443, AFAR), Network(ProxyMode.PROXY, "ftp://127.0.0.1:1"))


def ca_file_unusable(_stack: ExitStack, folder: Path, _patch: pytest.MonkeyPatch) -> Scene:
    network = Network(
        ProxyMode.DIRECT, trust=TrustSource.FILE, ca_file=str(folder / "not there.pem")
    )
    return Scene(robot_at(1, LOCAL_TLS), network)


def plain_http_afar(_stack: ExitStack, _folder: Path, _patch: pytest.MonkeyPatch) -> Scene:
    return Scene(robot_at(80, "http://robot.invalid/robot/send"))


def unsigned(stack: ExitStack, folder: Path, patch: pytest.MonkeyPatch) -> Scene:
    """A robot that signs, of which only the webhook was pasted."""
    scene = by_sandbox()(stack, folder, patch)
    assert isinstance(scene.credentials, Credentials)
    return replace(scene, credentials=Credentials(scene.credentials.access_token))


def retry_without_a_way(stack: ExitStack, folder: Path, patch: pytest.MonkeyPatch) -> Scene:
    return replace(refused(stack, folder, patch), is_retry=True)


# ------------------------------------------------------------------------------------- the table

NOT_SENT = (
    Outcome("name not found", Status.NOT_SENT, ALL_TRIES, name_not_found),
    Outcome("connection refused", Status.NOT_SENT, ALL_TRIES, refused),
    Outcome("connect time-out (full backlog)", Status.NOT_SENT, ALL_TRIES, backlog_is_full),
    Outcome("no route", Status.NOT_SENT, ALL_TRIES, no_route),
    Outcome("no file handle left", Status.NOT_SENT, ALL_TRIES, no_handles),
    Outcome("TLS: self-signed", Status.NOT_SENT, 1, self_signed, 0),
    Outcome(
        "TLS: expired",
        Status.NOT_SENT,
        1,
        by_tls("localhost", end=LONG_AGO + timedelta(days=30)),
        0,
    ),
    Outcome("TLS: wrong host name", Status.NOT_SENT, 1, by_tls("elsewhere.invalid"), 0),
    Outcome("not TLS at all", Status.NOT_SENT, 1, not_tls),
    Outcome("proxy unreachable", Status.NOT_SENT, ALL_TRIES, proxy_unreachable),
    Outcome(
        "proxy asks for a password",
        Status.NOT_SENT,
        1,
        by_proxy(asks("407 Proxy Authentication Required")),
    ),
    Outcome("proxy refuses CONNECT", Status.NOT_SENT, 1, by_proxy(asks("403 Forbidden"))),
    Outcome("proxy of a kind that is not spoken here", Status.NOT_SENT, 1, proxy_unusable),
    Outcome("CA file that is not there", Status.NOT_SENT, 1, ca_file_unusable),
    Outcome("plain http to another machine", Status.NOT_SENT, 1, plain_http_afar),
    Outcome("no token", Status.NOT_SENT, 0, here(credentials=Credentials("")), 0),
    *(
        Outcome(f"keyring: {reason.value}", Status.NOT_SENT, 0, here(credentials=reason), 0)
        for reason in SecretsReason
    ),
    Outcome("another webhook by now", Status.NOT_SENT, 0, here(confirmed_for="before"), 0),
    Outcome("half a character", Status.NOT_SENT, 0, here(message=Text("\ud83d")), 0),
    Outcome("history cannot be written", Status.NOT_SENT, 0, here(is_history_locked=True), 0),
)

CANCELLED = (
    Outcome("cancelled while it waits its turn", Status.CANCELLED, 0, here(is_resting=True), 0),
    Outcome(
        "a safe retry, cancelled while it waits",
        Status.UNKNOWN,
        1,
        here(is_resting=True, is_retry=True),
        0,
    ),
)

CUT_SHORT = replace(FaultPlan(FaultKind.HALF), times=None, is_taken=True)

UNKNOWN = (
    Outcome("reset after the request", Status.UNKNOWN, 1, by_peer(resets_after_the_request), 1),
    Outcome("close after the request", Status.UNKNOWN, 1, by_peer(closes_after_the_request), 1),
    Outcome("reset by a server that took it", Status.UNKNOWN, 1, by_kind(FaultKind.RESET), 1),
    Outcome("close by a server that took it", Status.UNKNOWN, 1, by_kind(FaultKind.CLOSE), 1),
    Outcome("read time-out", Status.UNKNOWN, 1, by_kind(FaultKind.SILENT), 1),
    Outcome("half an answer, then a close", Status.UNKNOWN, 1, by_sandbox(CUT_SHORT), 1),
    Outcome("half an answer, then silence", Status.UNKNOWN, 1, by_peer(says_and_holds(HALF)), 1),
    Outcome("trickled past the time-out", Status.UNKNOWN, 1, by_peer(trickles(answer())), 1),
    Outcome("no HTTP", Status.UNKNOWN, 1, by_peer(answers(b"nothing of HTTP\r\n\r\n")), 1),
    Outcome("HTML", Status.UNKNOWN, 1, by_kind(FaultKind.HTML), 1),
    Outcome("a JSON array", Status.UNKNOWN, 1, by_kind(FaultKind.ARRAY), 1),
    Outcome("JSON without errcode", Status.UNKNOWN, 1, by_kind(FaultKind.NO_ERRCODE), 1),
    Outcome("errcode false", Status.UNKNOWN, 1, by_kind(FaultKind.ERRCODE_FALSE), 1),
    Outcome("errcode 0.0", Status.UNKNOWN, 1, by_kind(FaultKind.ERRCODE_FLOAT), 1),
    Outcome('errcode " 0"', Status.UNKNOWN, 1, by_kind(FaultKind.ERRCODE_SPACED), 1),
    Outcome("errcode null", Status.UNKNOWN, 1, by_kind(FaultKind.ERRCODE_NULL), 1),
    Outcome("errcode 0 with HTTP 500", Status.UNKNOWN, 1, by_kind(FaultKind.OK_WITH_HTTP_500), 1),
    Outcome(
        "errcode 0 with HTTP 201", Status.UNKNOWN, 1, by_peer(answers(answer(OK, "201 Created"))), 1
    ),
    Outcome("an empty body", Status.UNKNOWN, 1, by_kind(FaultKind.EMPTY), 1),
    Outcome("50 MB", Status.UNKNOWN, 1, by_kind(FaultKind.HUGE), 1),
    Outcome("HTTP 404 without DingTalk's JSON", Status.UNKNOWN, 1, by_kind(FaultKind.HTTP_404), 1),
    Outcome("HTTP 500 without DingTalk's JSON", Status.UNKNOWN, 1, by_kind(FaultKind.HTTP_500), 1),
    Outcome("HTTP 502 without DingTalk's JSON", Status.UNKNOWN, 1, by_kind(FaultKind.HTTP_502), 1),
    Outcome("a redirect", Status.UNKNOWN, 1, by_kind(FaultKind.REDIRECT), 1),
    *(
        Outcome(
            f"a redirect with HTTP {status.partition(' ')[0]}",
            Status.UNKNOWN,
            1,
            by_peer(answers(answer(b"", status, "Location: /elsewhere"))),
            1,
        )
        for status in (
            "301 Moved Permanently",
            "303 See Other",
            "307 Temporary Redirect",
            "308 Permanent Redirect",
        )
    ),
    *(
        Outcome(f"an empty HTTP {status}", Status.UNKNOWN, 1, by_peer(answers(answer(b"", status))))
        for status in ("201 Created", "204 No Content", "206 Partial Content", "304 Not Modified")
    ),
    Outcome("a status line, cut", Status.UNKNOWN, 1, by_peer(answers(b"HTTP/1.1 20")), 1),
    Outcome(
        "a close that crosses the request",
        Status.UNKNOWN,
        1,
        by_peer(closes_when_asked_again, answers_always(), sends_before=1),
        2,
    ),
    Outcome(
        "busy, then a read time-out",
        Status.UNKNOWN,
        2,
        by_sandbox(FaultPlan(FaultKind.BUSY), FaultPlan(FaultKind.SILENT)),
        2,
    ),
    Outcome(
        "busy, then refused for its keyword",
        Status.UNKNOWN,
        2,
        by_sandbox(FaultPlan(FaultKind.BUSY), FaultPlan(FaultKind.NO_KEYWORD)),
        2,
    ),
    Outcome("a safe retry that never left", Status.UNKNOWN, 1 + ALL_TRIES, retry_without_a_way),
    Outcome(
        "a safe retry, another webhook by now",
        Status.UNKNOWN,
        1,
        here(confirmed_for="before", is_retry=True),
        0,
    ),
    Outcome(
        "a safe retry, refused for its signature",
        Status.UNKNOWN,
        2,
        by_sandbox(FaultPlan(FaultKind.WRONG_SIGNATURE), is_retry=True),
        1,
    ),
)

DELIVERED = (
    Outcome("errcode 0", Status.DELIVERED, 1, by_sandbox(), 1),
    Outcome('errcode "0"', Status.DELIVERED, 1, by_kind(FaultKind.ERRCODE_TEXT_ZERO), 1),
    Outcome("with a BOM", Status.DELIVERED, 1, by_kind(FaultKind.BOM), 1),
    Outcome("gzip", Status.DELIVERED, 1, by_kind(FaultKind.GZIP), 1),
    Outcome(
        "an idle connection that the server closed",
        Status.DELIVERED,
        1,
        by_sandbox(FaultPlan(FaultKind.CLOSE_WHEN_IDLE, times=None), sends_before=1),
        2,
    ),
    Outcome(
        "busy, then taken", Status.DELIVERED, 2, by_sandbox(FaultPlan(FaultKind.BUSY, times=1)), 2
    ),
    Outcome("a safe retry", Status.DELIVERED, 2, by_sandbox(is_retry=True), 1),
)

BAN = {"status": BANNED_STATUS, "wait": 5, "source": "x5", "punish": "deny", "uuid": "1"}
OTHER_REFUSALS = (
    Outcome("an address that is banned for 5 minutes", Status.REFUSED, 1, by_answer(BAN), 1),
    Outcome(
        "an unknown code",
        Status.REFUSED,
        1,
        by_answer({"errcode": UNKNOWN_CODE, "errmsg": "something new"}),
        1,
    ),
    Outcome(
        "an unknown wording of a known code",
        Status.REFUSED,
        1,
        by_answer({"errcode": 310000, "errmsg": "something new"}),
        1,
    ),
    Outcome("no signature where one is wanted", Status.REFUSED, 1, unsigned, 1),
)


def outcome_of(fact: Fact, generation: Generation) -> Outcome:
    code = "code not noted" if fact.errcode is None else str(fact.errcode)
    what = f"{code}: {fact.wordings[0]}"
    if fact.cause is Cause.IP and named_address(fact.errmsg(generation)) is None:
        what = f"{code}: {fact.wordings[-1]}"  # without the address, something else helps
    attempts = ALL_TRIES if fact.cause is Cause.BUSY else 1
    return Outcome(what, Status.REFUSED, attempts, by_fact(fact, generation), attempts)


REFUSALS = tuple(fact for fact in FACTS if fact.cause is not Cause.DELIVERED)
OUTCOMES = (*NOT_SENT, *CANCELLED, *UNKNOWN, *DELIVERED, *OTHER_REFUSALS)


@contextmanager
def staged(outcome: Outcome, folder: Path, patch: pytest.MonkeyPatch) -> Iterator[Scene]:
    """The scene, for as long as it is needed."""
    with ExitStack() as stack:
        yield outcome.stage(stack, folder, patch)
