"""A check-up looks at every step of the way over real sockets, and has no secret to give away."""

import logging
import socket
import ssl
import sys
import threading
import traceback
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from dingcomposer.core.checks.problems import ProblemCode
from dingcomposer.core.checkup.profile import check_profile
from dingcomposer.core.checkup.report import CheckupStep, Code, FindingCode, StepFinding, StepResult
from dingcomposer.core.delivery import Fault
from dingcomposer.core.messages import Markdown, Text
from dingcomposer.core.robot import Credentials, ProxyMode, Robot, TrustSource
from dingcomposer.dingtalk.checkup.dialer import read_proxy
from dingcomposer.dingtalk.checkup.probe import probe
from dingcomposer.dingtalk.checkup.steps import STEPS, Checkup
from dingcomposer.dingtalk.client import Client
from dingcomposer.dingtalk.network import Network
from dingcomposer.sandbox.server import SandboxServer
from tests.fakes.canaries import CANARY, spellings
from tests.fakes.fake_servers import (
    AFAR,
    LOCAL_TLS,
    Peer,
    Script,
    Talk,
    answer,
    answers,
    answers_always,
    proxy_at,
    refusing_port,
    robot_at,
    server_context,
)

NOW = datetime.now(UTC)
NOW_MS = int(NOW.timestamp() * 1000)
DATE = NOW.strftime("Date: %a, %d %b %Y %H:%M:%S GMT")
OPENED = b"HTTP/1.1 200 Connection established\r\n\r\n"
DIRECT = Network(way=ProxyMode.DIRECT)
VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


def look(
    robot: Robot, network: Network = DIRECT, now_ms: int = NOW_MS
) -> dict[CheckupStep, StepFinding]:
    """The finished lines of a check-up."""
    found: list[StepFinding] = []
    Checkup(robot, network, found=found.append, clock_ms=lambda: now_ms).run()
    done = [one for one in found if one.verdict is not StepResult.RUNNING]
    assert sorted(one.step for one in done) == sorted(STEPS), "each step has one outcome"
    return {one.step: one for one in done}


def outcome(finding: StepFinding) -> tuple[StepResult, Code]:
    return finding.verdict, finding.code


def skipped_for(
    lines: dict[CheckupStep, StepFinding], barred_by: CheckupStep, *steps: CheckupStep
) -> bool:
    return all(
        lines[step].code is FindingCode.NOT_REACHED and lines[step].param("step") == barred_by
        for step in steps
    )


def tells_the_time(headers: str = DATE) -> Script:
    return answers_always(answer(b"{}", "200 OK", headers))


def resets_when_asked(talk: Talk) -> None:
    talk.request()
    talk.reset()


# ---------------------------------------------------------------------- what was entered


def test_a_robot_as_dingtalk_gives_it_is_ticked() -> None:
    credentials = Credentials("0" * 64, "SEC" + "0" * 64)
    robot = Robot("1", "x", keywords=("告警",), has_token=True, has_secret=True)
    lines = check_profile(robot, credentials, Text("告警：磁盘满了"))
    assert [(one.step, one.verdict) for one in lines] == [
        (CheckupStep.WEBHOOK, StepResult.TICK),
        (CheckupStep.TOKEN, StepResult.TICK),
        (CheckupStep.SECRET, StepResult.TICK),
        (CheckupStep.KEYWORD, StepResult.TICK),
    ]
    assert lines[3].param("keyword") == "告警"


@pytest.mark.parametrize(
    ("credentials", "robot", "step", "expected"),
    [
        (
            Credentials(""),
            Robot("1", "x"),
            CheckupStep.TOKEN,
            (StepResult.CROSS, ProblemCode.NO_TOKEN),
        ),
        (
            Credentials("a b"),
            Robot("1", "x"),
            CheckupStep.TOKEN,
            (StepResult.CROSS, ProblemCode.TOKEN_SPACES),
        ),
        (
            Credentials("abc"),
            Robot("1", "x"),
            CheckupStep.TOKEN,
            (StepResult.WARN, ProblemCode.TOKEN_ODD),
        ),
        (
            Credentials("0" * 64, "SEC0 "),
            Robot("1", "x"),
            CheckupStep.SECRET,
            (StepResult.CROSS, ProblemCode.SECRET_SPACES),
        ),
        (
            Credentials("0" * 64),
            Robot("1", "x", expects_signature=True),
            CheckupStep.SECRET,
            (StepResult.CROSS, ProblemCode.NO_SECRET),
        ),
        (
            Credentials("0" * 64),
            Robot("1", "x"),
            CheckupStep.SECRET,
            (StepResult.TICK, FindingCode.SECRET_NONE),
        ),
        (
            Credentials("0" * 64),
            Robot("1", "x", endpoint="https://ding.example.com/robot/send"),
            CheckupStep.WEBHOOK,
            (StepResult.WARN, FindingCode.WEBHOOK_OTHER),
        ),
        (
            Credentials("0" * 64),
            Robot("1", "x", endpoint="http://ding.example.com/robot/send"),
            CheckupStep.WEBHOOK,
            (StepResult.CROSS, ProblemCode.ENDPOINT_HTTP),
        ),
    ],
    ids=lambda value: "",
)
def test_what_was_entered_wrongly_is_named(
    credentials: Credentials, robot: Robot, step: CheckupStep, expected: tuple[StepResult, Code]
) -> None:
    [line] = [one for one in check_profile(robot, credentials, None) if one.step is step]
    assert outcome(line) == expected


def test_a_keyring_that_cannot_be_read_is_not_taken_for_an_empty_one() -> None:
    _, token, secret, _ = check_profile(Robot("1", "x"), None, None, "locked")
    assert outcome(token) == outcome(secret) == (StepResult.CROSS, FindingCode.SECRETS_UNREADABLE)
    assert token.param("reason") == "locked"


@pytest.mark.parametrize(
    ("keywords", "message", "expected"),
    [
        (("告警",), Text("一切正常"), (StepResult.CROSS, ProblemCode.NO_KEYWORD)),
        (("告警",), Markdown("告警", "正常"), (StepResult.WARN, ProblemCode.KEYWORD_IN_TITLE)),
        (("告警",), None, (StepResult.SKIPPED, FindingCode.NO_MESSAGE)),
        ((), Text("一切正常"), (StepResult.TICK, FindingCode.KEYWORDS_NONE)),
    ],
)
def test_the_message_being_written_is_searched_for_a_keyword(
    keywords: tuple[str, ...], message: Text | Markdown | None, expected: tuple[StepResult, Code]
) -> None:
    robot = Robot("1", "x", keywords=keywords)
    assert outcome(check_profile(robot, Credentials("0" * 64), message)[3]) == expected


# ------------------------------------------------------------- the way there, on this machine


def test_a_sandbox_robot_needs_neither_proxy_nor_tls() -> None:
    with SandboxServer(clock=lambda: NOW) as sandbox:
        robot = replace(robot_at(0), endpoint=sandbox.url, is_sandbox=True)
        lines = look(robot, Network(ProxyMode.PROXY, "http://127.0.0.1:1"))
        assert lines[CheckupStep.PROXY].code is FindingCode.PROXY_HERE
        assert outcome(lines[CheckupStep.CONNECTION]) == (StepResult.TICK, FindingCode.CONNECTED)
        assert outcome(lines[CheckupStep.TLS]) == (StepResult.TICK, FindingCode.NOT_NEEDED)
        assert outcome(lines[CheckupStep.CLOCK]) == (StepResult.TICK, FindingCode.CLOCK_RIGHT)
        [asked] = sandbox.exchanges()
        assert (asked.method, asked.query, asked.path) == ("GET", "", "/")


@pytest.mark.parametrize(
    ("hours", "is_signed", "expected"),
    [
        (2, True, (StepResult.CROSS, FindingCode.CLOCK_WRONG)),
        (-2, True, (StepResult.CROSS, FindingCode.CLOCK_WRONG)),
        (2, False, (StepResult.WARN, FindingCode.CLOCK_WRONG_UNSIGNED)),
        (0.5, True, (StepResult.WARN, FindingCode.CLOCK_OFF)),
        (0.01, True, (StepResult.TICK, FindingCode.CLOCK_RIGHT)),
    ],
)
def test_a_clock_is_held_against_the_servers(
    hours: float, expected: tuple[StepResult, Code], *, is_signed: bool
) -> None:
    with Peer(tells_the_time()) as peer:
        robot = replace(robot_at(peer.port), has_secret=is_signed)
        clock = look(robot, now_ms=NOW_MS + int(hours * 3_600_000))[CheckupStep.CLOCK]
    assert outcome(clock) == expected
    assert abs(int(clock.param("seconds")) - abs(hours) * 3600) <= 2
    assert clock.param("direction") == ("ahead" if hours > 0 else "behind")


@pytest.mark.parametrize(
    ("script", "code"),
    [
        (tells_the_time("X-Date: yesterday"), FindingCode.CLOCK_NO_DATE),
        (tells_the_time("Date: yesterday"), FindingCode.CLOCK_NO_DATE),
        (Talk.hold, FindingCode.CLOCK_NO_ANSWER),
        (resets_when_asked, FindingCode.CLOCK_NO_ANSWER),
        (lambda talk: talk.trickle(b"HTTP/1.1 200 OK\r\n" * 9, 0.05), FindingCode.CLOCK_NO_ANSWER),
        (lambda talk: talk.say(b"A: b\r\n" * 100_000), FindingCode.CLOCK_NO_DATE),
    ],
    ids=["no date", "odd date", "silent", "resets", "trickles", "endless"],
)
def test_a_server_that_does_not_tell_the_time_leaves_the_clock_open(
    script: Script, code: FindingCode
) -> None:
    with Peer(script) as peer:
        lines = look(robot_at(peer.port))
    assert lines[CheckupStep.CONNECTION].verdict is StepResult.TICK
    assert outcome(lines[CheckupStep.CLOCK]) == (StepResult.WARN, code)


def test_a_closed_port_bars_what_comes_after_it() -> None:
    with refusing_port() as port:
        lines = look(robot_at(port))
    assert outcome(lines[CheckupStep.CONNECTION]) == (StepResult.CROSS, Fault.CONNECTION_REFUSED)
    assert skipped_for(
        lines, CheckupStep.CONNECTION, CheckupStep.TRUST, CheckupStep.TLS, CheckupStep.CLOCK
    )


def test_a_name_that_is_not_found_bars_what_comes_after_it() -> None:
    lines = look(robot_at(443, AFAR))
    assert outcome(lines[CheckupStep.NAME]) == (StepResult.CROSS, Fault.NAME_NOT_FOUND)
    assert skipped_for(
        lines,
        CheckupStep.NAME,
        CheckupStep.CONNECTION,
        CheckupStep.TRUST,
        CheckupStep.TLS,
        CheckupStep.CLOCK,
    )


def test_an_address_that_cannot_be_used_bars_everything() -> None:
    lines = look(robot_at(0, "http://elsewhere.invalid/robot/send"))
    assert skipped_for(lines, CheckupStep.WEBHOOK, *STEPS)


def known_as(*addresses: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every name be found, at these addresses."""
    families = [(socket.AF_INET6 if ":" in one else socket.AF_INET, one) for one in addresses]
    found = [(family, socket.SOCK_STREAM, 6, "", (one, 0)) for family, one in families]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: found)


def test_both_kinds_of_address_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with Peer(tells_the_time()) as peer:
        known_as("127.0.0.1", "::1", monkeypatch=monkeypatch)
        name = look(robot_at(peer.port, "http://localhost:{port}/robot/send"))[CheckupStep.NAME]
    assert outcome(name) == (StepResult.TICK, FindingCode.NAME_FOUND)
    assert (name.param("ipv4"), name.param("ipv6")) == ("127.0.0.1", "::1")


def test_an_address_that_every_send_tries_in_vain_is_a_warning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Peer(tells_the_time()) as peer:
        known_as("127.0.0.2", "127.0.0.1", monkeypatch=monkeypatch)
        line = look(robot_at(peer.port, "http://localhost:{port}/robot/send"))[
            CheckupStep.CONNECTION
        ]
    assert outcome(line) == (StepResult.WARN, FindingCode.CONNECTED_PARTLY)
    assert (line.param("failed"), line.param("address")) == ("127.0.0.2", "127.0.0.1")


def test_a_look_up_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: released.wait(20) and [])
    lines = look(robot_at(443, AFAR))
    released.set()
    assert outcome(lines[CheckupStep.NAME]) == (StepResult.CROSS, FindingCode.NAME_SLOW)


# ----------------------------------------------------------------------------------------- TLS


def test_a_good_certificate_is_told_with_issuer_and_end(
    authority: trustme.CA, trusting: Network
) -> None:
    end = NOW + timedelta(days=90)
    certificate = authority.issue_cert("localhost", not_after=end, common_name="robot of the test")
    with Peer(tells_the_time(), context=server_context(certificate)) as peer:
        lines = look(robot_at(peer.port, LOCAL_TLS), trusting)
        [request] = peer.requests
    tls = lines[CheckupStep.TLS]
    assert outcome(tls) == (StepResult.TICK, FindingCode.TLS_GOOD)
    assert "trustme" in str(tls.param("issuer"))
    assert "robot of the test" in str(tls.param("subject"))
    assert tls.param("ends") == end.date().isoformat()
    assert str(tls.param("version")).startswith("TLSv1.")
    assert outcome(lines[CheckupStep.TRUST]) == (StepResult.TICK, FindingCode.TRUST_FILE)
    assert outcome(lines[CheckupStep.CLOCK]) == (StepResult.TICK, FindingCode.CLOCK_RIGHT)
    assert request.startswith(b"GET / HTTP/1.1\r\n")


def test_a_certificate_that_ends_soon_is_a_warning(
    authority: trustme.CA, trusting: Network
) -> None:
    certificate = authority.issue_cert("localhost", not_after=NOW + timedelta(days=3, hours=1))
    with Peer(tells_the_time(), context=server_context(certificate)) as peer:
        tls = look(robot_at(peer.port, LOCAL_TLS), trusting)[CheckupStep.TLS]
    assert outcome(tls) == (StepResult.WARN, FindingCode.TLS_ENDS_SOON)
    assert tls.param("days") == 3


def test_an_expired_certificate_is_told_and_the_clock_held_against_the_server_all_the_same(
    authority: trustme.CA, trusting: Network
) -> None:
    begins, ends = NOW - timedelta(days=400), NOW - timedelta(days=30)
    certificate = authority.issue_cert("localhost", not_before=begins, not_after=ends)
    with Peer(tells_the_time(), context=server_context(certificate)) as peer:
        lines = look(robot_at(peer.port, LOCAL_TLS), trusting)
    assert outcome(lines[CheckupStep.TLS]) == (StepResult.CROSS, Fault.TLS_EXPIRED)
    assert lines[CheckupStep.TLS].param("ends") == ends.date().isoformat()
    assert outcome(lines[CheckupStep.CLOCK]) == (StepResult.TICK, FindingCode.CLOCK_RIGHT)
    assert lines[CheckupStep.CLOCK].is_estimate, "nobody vouches for who told the time"


def test_a_certificate_of_the_future_is_told_as_one(
    authority: trustme.CA, trusting: Network
) -> None:
    begins, ends = NOW + timedelta(days=3), NOW + timedelta(days=30)
    certificate = authority.issue_cert("localhost", not_before=begins, not_after=ends)
    with Peer(tells_the_time(), context=server_context(certificate)) as peer:
        lines = look(robot_at(peer.port, LOCAL_TLS), trusting)
    assert outcome(lines[CheckupStep.TLS]) == (StepResult.CROSS, FindingCode.TLS_NOT_YET)


def test_another_hosts_certificate_is_told_with_its_names(
    authority: trustme.CA, trusting: Network
) -> None:
    certificate = authority.issue_cert("elsewhere.invalid", "10.1.2.3")
    with Peer(tells_the_time(), context=server_context(certificate)) as peer:
        lines = look(robot_at(peer.port, LOCAL_TLS), trusting)
        assert peer.requests == []
    assert outcome(lines[CheckupStep.TLS]) == (StepResult.CROSS, Fault.TLS_WRONG_HOST)
    assert lines[CheckupStep.TLS].param("names") == "elsewhere.invalid, 10.1.2.3"
    assert skipped_for(lines, CheckupStep.TLS, CheckupStep.CLOCK)


def test_an_issuer_that_is_not_trusted_here_is_named(authority: trustme.CA) -> None:
    context = server_context(authority.issue_cert("localhost"))
    with Peer(tells_the_time(), context=context) as peer:
        lines = look(robot_at(peer.port, LOCAL_TLS))
    assert outcome(lines[CheckupStep.TLS]) == (StepResult.CROSS, Fault.TLS_UNTRUSTED)
    assert "trustme" in str(lines[CheckupStep.TLS].param("issuer"))


def test_a_self_signed_certificate_is_called_that(tmp_path: Path) -> None:
    own = trustme.CA()
    path = tmp_path / "own.pem"
    path.write_bytes(own.private_key_pem.bytes() + own.cert_pem.bytes())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    with Peer(tells_the_time(), context=context) as peer:
        lines = look(robot_at(peer.port, LOCAL_TLS))
    assert outcome(lines[CheckupStep.TLS]) == (StepResult.CROSS, FindingCode.TLS_SELF_SIGNED)


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        (answers(answer(b"", "400 Bad Request")), Fault.CONNECT_TIMEOUT),
        (lambda talk: talk.say(answer(b"", "400 Bad Request")), Fault.TLS_FAILED),
        (lambda _talk: None, Fault.TLS_FAILED),
        (Talk.hold, Fault.CONNECT_TIMEOUT),
    ],
    ids=["waits for http", "speaks http", "closes", "says nothing"],
)
def test_a_server_that_does_not_speak_tls_is_told_as_one(script: Script, fault: Fault) -> None:
    with Peer(script) as peer:
        lines = look(robot_at(peer.port, LOCAL_TLS))
    assert outcome(lines[CheckupStep.TLS]) == (StepResult.CROSS, fault)


def test_a_ca_file_that_cannot_be_used_bars_tls(tmp_path: Path) -> None:
    network = Network(ProxyMode.DIRECT, trust=TrustSource.FILE, ca_file=str(tmp_path / "none.pem"))
    with Peer(tells_the_time()) as peer:
        lines = look(robot_at(peer.port, LOCAL_TLS), network)
    assert outcome(lines[CheckupStep.TRUST]) == (StepResult.CROSS, Fault.CA_FILE_UNUSABLE)
    assert skipped_for(lines, CheckupStep.TRUST, CheckupStep.TLS, CheckupStep.CLOCK)


def test_what_the_environment_says_of_certificates_is_shown_obeyed_or_not(
    authority: trustme.CA, trusting: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", trusting.ca_file)
    context = server_context(authority.issue_cert("localhost"))
    with Peer(tells_the_time(), context=context) as peer:
        robot = robot_at(peer.port, LOCAL_TLS)
        obeyed = look(robot, Network(ProxyMode.DIRECT, trust=TrustSource.ENVIRONMENT))
        ignored = look(robot, Network(ProxyMode.DIRECT, trust=TrustSource.SYSTEM))
    assert outcome(obeyed[CheckupStep.TLS]) == (StepResult.TICK, FindingCode.TLS_GOOD)
    assert obeyed[CheckupStep.TRUST].code is FindingCode.TRUST_ENVIRONMENT
    assert ignored[CheckupStep.TRUST].code is FindingCode.TRUST_SYSTEM
    assert ignored[CheckupStep.TRUST].param("variable") == "REQUESTS_CA_BUNDLE"
    assert ignored[CheckupStep.TLS].code is Fault.TLS_UNTRUSTED


# ------------------------------------------------------------------------------------- proxies


def test_the_way_through_a_proxy_is_looked_at_to_its_end(
    authority: trustme.CA, trusting: Network
) -> None:
    context = server_context(authority.issue_cert("robot.invalid"))
    with (
        Peer(tells_the_time(), context=context) as peer,
        Peer(lambda talk: talk.through_proxy(peer.port)) as proxy,
    ):
        lines = look(robot_at(443, AFAR), proxy_at(proxy.port, trusting))
        [opening] = proxy.requests
    assert opening.startswith(b"CONNECT robot.invalid:443 HTTP/1.1\r\n")
    assert b"Proxy-Authorization: Basic bWU6Y2FuYXJ5LXBhc3N3b3Jk" in opening
    assert outcome(lines[CheckupStep.PROXY]) == (StepResult.TICK, FindingCode.PROXY_OWN)
    assert lines[CheckupStep.PROXY].param("proxy") == f"http://***@127.0.0.1:{proxy.port}"
    assert outcome(lines[CheckupStep.NAME]) == (StepResult.SKIPPED, FindingCode.NAME_BY_PROXY)
    assert outcome(lines[CheckupStep.CONNECTION]) == (StepResult.TICK, FindingCode.TUNNELLED)
    assert outcome(lines[CheckupStep.TLS]) == (StepResult.TICK, FindingCode.TLS_GOOD)
    assert outcome(lines[CheckupStep.CLOCK]) == (StepResult.TICK, FindingCode.CLOCK_RIGHT)


def test_a_proxy_of_the_environment_is_used_and_shown_without_its_password(
    authority: trustme.CA, trusting: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = server_context(authority.issue_cert("robot.invalid"))
    with (
        Peer(tells_the_time(), context=context) as peer,
        Peer(lambda talk: talk.through_proxy(peer.port)) as proxy,
    ):
        monkeypatch.setenv("https_proxy", f"http://me:canary-password@127.0.0.1:{proxy.port}")
        monkeypatch.setenv("no_proxy", "intern.invalid")
        line = look(robot_at(443, AFAR), replace(trusting, way=ProxyMode.SYSTEM))[CheckupStep.PROXY]
    assert outcome(line) == (StepResult.TICK, FindingCode.PROXY_SYSTEM)
    assert line.param("environment") == f"https: http://***@127.0.0.1:{proxy.port}"
    assert line.param("exceptions") == "intern.invalid"


@pytest.mark.parametrize(
    ("way", "code"),
    [(ProxyMode.DIRECT, FindingCode.PROXY_DIRECT), (ProxyMode.SYSTEM, FindingCode.PROXY_EXCEPTED)],
)
def test_a_proxy_that_is_passed_by_is_shown_too(
    way: ProxyMode, code: FindingCode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", "http://me:canary-password@proxy.invalid:8080")
    monkeypatch.setenv("no_proxy", "robot.invalid")
    line = look(robot_at(443, AFAR), Network(way=way))[CheckupStep.PROXY]
    assert outcome(line) == (StepResult.TICK, code)
    assert line.param("environment") == "https: http://***@proxy.invalid:8080"


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        (
            answers(answer(b"", "407 Proxy Authentication Required")),
            Fault.PROXY_WANTS_PASSWORD,
        ),
        (answers(answer(b"", "403 Forbidden")), Fault.PROXY_REFUSED),
        (resets_when_asked, Fault.PROXY_REFUSED),
        (Talk.hold, Fault.PROXY_REFUSED),
    ],
    ids=["407", "403", "resets", "silent"],
)
def test_a_proxy_that_does_not_open_the_way_bars_what_comes_after_it(
    script: Script, fault: Fault
) -> None:
    with Peer(script) as proxy:
        lines = look(robot_at(443, AFAR), proxy_at(proxy.port))
    assert outcome(lines[CheckupStep.PROXY]) == (StepResult.CROSS, fault)
    others = (
        CheckupStep.NAME,
        CheckupStep.CONNECTION,
        CheckupStep.TRUST,
        CheckupStep.TLS,
        CheckupStep.CLOCK,
    )
    assert skipped_for(lines, CheckupStep.PROXY, *others)


@pytest.mark.parametrize("address", ["http://127.0.0.1:{port}", "http://proxy.invalid:8080"])
def test_a_proxy_that_cannot_be_reached_is_named_as_the_fault(address: str) -> None:
    with refusing_port() as port:
        network = Network(ProxyMode.PROXY, address.format(port=port))
    assert outcome(look(robot_at(443, AFAR), network)[CheckupStep.PROXY]) == (
        StepResult.CROSS,
        Fault.PROXY_UNREACHABLE,
    )


@pytest.mark.parametrize("address", ["socks5://127.0.0.1:1", "http://", "http://[::1"])
def test_a_proxy_that_cannot_be_spoken_to_is_named_as_the_fault(address: str) -> None:
    lines = look(robot_at(443, AFAR), Network(ProxyMode.PROXY, address))
    assert outcome(lines[CheckupStep.PROXY]) == (StepResult.CROSS, Fault.PROXY_UNUSABLE)


def test_the_way_through_a_proxy_that_speaks_tls_itself_is_looked_at_too(
    authority: trustme.CA, trusting: Network
) -> None:
    inner = server_context(authority.issue_cert("robot.invalid"))
    outer = server_context(authority.issue_cert("127.0.0.1"))
    with (
        Peer(tells_the_time(), context=inner) as peer,
        Peer(lambda talk: talk.through_proxy(peer.port), context=outer) as proxy,
    ):
        network = replace(trusting, way=ProxyMode.PROXY, proxy=f"https://127.0.0.1:{proxy.port}")
        lines = look(robot_at(443, AFAR), network)
    assert outcome(lines[CheckupStep.TLS]) == (StepResult.TICK, FindingCode.TLS_GOOD)
    assert outcome(lines[CheckupStep.CLOCK]) == (StepResult.TICK, FindingCode.CLOCK_RIGHT)


# ------------------------------------------------------------------- ending it, and secrets


@pytest.mark.parametrize("stage", ["name", "connection", "tls", "clock", "proxy"])
def test_a_check_up_that_is_cancelled_ends_at_once_wherever_it_is(
    stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    released, reached = threading.Event(), threading.Event()
    found: list[StepFinding] = []
    waiting: list[socket.socket] = []

    def is_reached(finding: StepFinding) -> None:
        found.append(finding)
        if finding.step == stage and finding.verdict is StepResult.RUNNING:
            reached.set()

    with Peer(Talk.hold) as peer:
        robot, network = robot_at(peer.port), DIRECT
        if stage == "name":
            monkeypatch.setattr(
                socket, "getaddrinfo", lambda *_args, **_kwargs: released.wait(20) and []
            )
            robot = robot_at(443, AFAR)
        elif stage == "tls":
            robot = robot_at(peer.port, LOCAL_TLS)
        elif stage == "proxy":
            robot, network = robot_at(443, AFAR), proxy_at(peer.port)
        robot = replace(robot, connect_timeout_s=60.0, read_timeout_s=60.0)
        if stage == "connection":
            if sys.platform != "linux":
                pytest.skip("only Linux keeps a connection waiting when the queue is full")
            robot, waiting = full(robot)
        checkup = Checkup(robot, network, found=is_reached, clock_ms=lambda: NOW_MS)
        thread = threading.Thread(target=checkup.run, daemon=True)
        thread.start()
        assert reached.wait(10)
        checkup.cancel()
        thread.join(10)
        released.set()
    for sock in waiting:
        sock.close()
    assert not thread.is_alive()
    assert found[-1].verdict is StepResult.RUNNING, "nothing is told after that"


def full(robot: Robot) -> tuple[Robot, list[socket.socket]]:
    """The robot at a port whose queue of connections is full: the next one is kept waiting."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=0)
    port = int(listener.getsockname()[1])
    waiting = [socket.socket() for _ in range(4)]
    for sock in waiting:
        sock.setblocking(False)
        sock.connect_ex(("127.0.0.1", port))
    endpoint = f"http://127.0.0.1:{port}/robot/send"
    return replace(robot, endpoint=endpoint), [listener, *waiting]


def test_no_secret_is_in_what_was_found_sent_or_logged(
    authority: trustme.CA, trusting: Network, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    told: list[object] = list(check_profile(robot_at(1), CANARY, Text("x")))
    context = server_context(authority.issue_cert("robot.invalid"))
    echo = b'{"errcode":300005,"errmsg":"' + CANARY.access_token.encode() + b'"}'
    client = Client(clock_ms=lambda: NOW_MS, network=lambda _: DIRECT)
    with (
        Peer(tells_the_time(), context=context) as peer,
        Peer(lambda talk: talk.through_proxy(peer.port)) as proxy,
        Peer(asks_password) as refusing,
        Peer(answers_always(answer(echo))) as echoing,
    ):
        told += look(robot_at(443, AFAR), proxy_at(proxy.port, trusting)).values()
        told += look(robot_at(443, AFAR), proxy_at(refusing.port)).values()
        told += look(robot_at(peer.port, LOCAL_TLS), trusting).values()
        told.append(probe(client, robot_at(echoing.port), CANARY))
        client.close()
        told += [*peer.requests, caplog.text]
    for secret in (CANARY.access_token, CANARY.secret or "", "canary-password"):
        for spelling in spellings(secret):
            assert not any(spelling in repr(one) for one in told)


def asks_password(talk: Talk) -> None:
    talk.request()
    talk.say(answer(b"", "407 Proxy Authentication Required"))


def test_a_proxys_password_is_in_no_traceback() -> None:
    proxy = read_proxy("http://me:canary-password@127.0.0.1:1")
    try:
        raise ValueError(proxy)
    except ValueError as error:
        text = "".join(traceback.format_exception(error))
    assert "canary" not in text
    assert "Y2FuYXJ5" not in text
