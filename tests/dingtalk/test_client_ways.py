"""TLS and proxies: what does not hold is told apart, and then nothing leaves."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from dingcomposer.core.delivery import Fault
from dingcomposer.core.robot import ProxyMode, TrustSource
from dingcomposer.dingtalk.client import Client
from dingcomposer.dingtalk.errors import NoAnswer, Unreachable
from dingcomposer.dingtalk.network import Network
from tests.fakes.canaries import CANARY
from tests.fakes.fake_servers import (
    AFAR,
    BODY,
    LOCAL_TLS,
    SIGNED_MS,
    Peer,
    Script,
    Talk,
    answers,
    answers_always,
    asks,
    fail,
    proxy_at,
    refusing_port,
    robot_at,
    self_signed_context,
    server_context,
    speaks_no_tls,
)

# ------------------------------------------------------------------------------- NOT_SENT: TLS

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
        (("localhost",), None, TrustSource.SYSTEM, Fault.TLS_UNTRUSTED),
        (("localhost",), None, TrustSource.BUNDLED, Fault.TLS_UNTRUSTED),
        (("localhost",), LONG_AGO + timedelta(days=30), TrustSource.FILE, Fault.TLS_EXPIRED),
        (("elsewhere.invalid",), None, TrustSource.FILE, Fault.TLS_WRONG_HOST),
    ],
    ids=["unknown issuer", "unknown to the bundled list", "expired", "another host's"],
)
def test_a_certificate_that_does_not_hold_keeps_everything_here(
    *,
    authority: trustme.CA,
    trusting: Network,
    names: tuple[str, ...],
    end: datetime | None,
    trust: TrustSource,
    fault: Fault,
    caplog: pytest.LogCaptureFixture,
) -> None:
    certificate = authority.issue_cert(*names, not_before=LONG_AGO, not_after=end)
    network = trusting if trust is TrustSource.FILE else Network(way=ProxyMode.DIRECT, trust=trust)
    with Peer(answers_always(), context=server_context(certificate)) as peer:
        error = fail(Unreachable, robot_at(peer.port, LOCAL_TLS), caplog, network)
    assert error.fault is fault
    assert peer.requests == []


def test_only_the_chosen_issuers_are_trusted_not_what_requests_brings_along(
    authority: trustme.CA,
    trusting: Network,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = tmp_path / "own.pem"
    trustme.CA().cert_pem.write_to_path(own)
    network = Network(way=ProxyMode.DIRECT, trust=TrustSource.FILE, ca_file=str(own))
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.setenv(name, trusting.ca_file)
    monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", trusting.ca_file)
    with Peer(answers_always(), context=server_context(authority.issue_cert("localhost"))) as peer:
        error = fail(Unreachable, robot_at(peer.port, LOCAL_TLS), caplog, network)
    assert error.fault is Fault.TLS_UNTRUSTED
    assert peer.requests == []


def test_a_self_signed_certificate_keeps_everything_here(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Peer(answers_always(), context=self_signed_context(tmp_path)) as peer:
        error = fail(Unreachable, robot_at(peer.port, LOCAL_TLS), caplog)
    assert error.fault is Fault.TLS_UNTRUSTED
    assert peer.requests == []


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
    network = Network(way=ProxyMode.DIRECT, trust=TrustSource.FILE, ca_file=str(path))
    error = fail(Unreachable, robot_at(1, LOCAL_TLS), caplog, network)
    assert error.fault is Fault.CA_FILE_UNUSABLE


# ----------------------------------------------------------------------------- NOT_SENT: proxies


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


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        (asks("407 Proxy Authentication Required"), Fault.PROXY_WANTS_PASSWORD),
        (asks("403 Forbidden"), Fault.PROXY_REFUSED),
        (asks("502 Bad Gateway"), Fault.PROXY_REFUSED),
        (answers(b"SSH-2.0-OpenSSH_9.2\r\n"), Fault.PROXY_REFUSED),
        (resets_when_greeted, Fault.PROXY_REFUSED),
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
    caplog: pytest.LogCaptureFixture,
) -> None:
    with refusing_port() as port:
        error = fail(Unreachable, robot_at(443, AFAR), caplog, proxy_at(port))
    assert error.fault is Fault.PROXY_UNREACHABLE


def test_a_proxy_whose_name_is_not_found_is_named_as_the_fault(
    caplog: pytest.LogCaptureFixture,
) -> None:
    network = Network(way=ProxyMode.PROXY, proxy="http://proxy.invalid:8080")
    error = fail(Unreachable, robot_at(443, AFAR), caplog, network)
    assert error.fault is Fault.PROXY_UNREACHABLE


@pytest.mark.parametrize("proxy", ["http://", "ftp://127.0.0.1:1", "http://[::1", "socks5://x:1"])
def test_a_proxy_that_cannot_be_spoken_to_is_named_as_the_fault(
    proxy: str, caplog: pytest.LogCaptureFixture
) -> None:
    error = fail(
        Unreachable, robot_at(443, AFAR), caplog, Network(way=ProxyMode.PROXY, proxy=proxy)
    )
    assert error.fault is Fault.PROXY_UNUSABLE


def test_this_machine_is_reached_without_any_proxy() -> None:
    with refusing_port() as port:
        network = proxy_at(port)
    client = Client(clock_ms=lambda: SIGNED_MS, network=lambda _: network)
    with Peer(answers_always()) as peer:
        assert client.send(robot_at(peer.port), CANARY, BODY).errcode == "0"
        client.close()


def test_neither_network_nor_credentials_show_a_password() -> None:
    network = proxy_at(1)
    assert "canary" not in f"{network!r}{network}{CANARY!r}{CANARY}"
