"""A probe tells a wrong token from a right one, posts nothing, and claims no more than it knows."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dingcomposer.core.answers import Cause
from dingcomposer.core.checkup.report import Code, FindingCode, StepFinding, StepResult
from dingcomposer.core.delivery import Fault
from dingcomposer.core.robot import Credentials, ProxyMode
from dingcomposer.dingtalk.checkup.probe import probe
from dingcomposer.dingtalk.client import Client
from dingcomposer.dingtalk.network import Network
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.sandbox.server import SandboxServer
from tests.fakes.canaries import CANARY
from tests.fakes.fake_servers import (
    Peer,
    answer,
    answers_always,
    robot_at,
)

NOW_MS = int(datetime.now(UTC).timestamp() * 1000)
DIRECT = Network(way=ProxyMode.DIRECT)


def outcome(finding: StepFinding) -> tuple[StepResult, Code]:
    return finding.verdict, finding.code


@pytest.fixture
def sandbox() -> Iterator[SandboxServer]:
    with SandboxServer() as server:
        yield server


def ask(sandbox: SandboxServer, credentials: Credentials, now_ms: int | None = None) -> StepFinding:
    real_ms = int(datetime.now(UTC).timestamp() * 1000)
    client = Client(clock_ms=lambda: now_ms or real_ms, network=lambda _: DIRECT)
    try:
        return probe(client, replace(robot_at(0), endpoint=sandbox.url), credentials)
    finally:
        client.close()


def test_the_probe_tells_a_right_token_and_posts_nothing(sandbox: SandboxServer) -> None:
    line = ask(sandbox, Credentials(sandbox.access_token, sandbox.secret))
    assert outcome(line) == (StepResult.TICK, FindingCode.PROBE_TOKEN_KNOWN)
    assert line.is_estimate
    assert line.param("errcode") == "300001"
    [asked] = sandbox.exchanges()
    assert asked.body == b"{}"
    assert not asked.is_taken
    assert sandbox.robot.taken() == ()


def test_the_probe_tells_a_wrong_token(sandbox: SandboxServer) -> None:
    line = ask(sandbox, Credentials("0" * 64, sandbox.secret))
    assert outcome(line) == (StepResult.CROSS, Cause.TOKEN)
    assert line.param("errcode") == "300005"


def test_the_probe_tells_a_wrong_secret(sandbox: SandboxServer) -> None:
    line = ask(sandbox, Credentials(sandbox.access_token, "SEC-another"))
    assert outcome(line) == (StepResult.CROSS, Cause.SIGNATURE)


def test_the_probe_tells_a_clock_that_is_hours_off(sandbox: SandboxServer) -> None:
    line = ask(sandbox, Credentials(sandbox.access_token, sandbox.secret), NOW_MS + 7_200_000)
    assert outcome(line) == (StepResult.CROSS, Cause.TIMESTAMP)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (b'{"errcode":300001,"errmsg":"token is not exist"}', (StepResult.CROSS, Cause.TOKEN)),
        (
            b'{"errcode":300001,"errmsg":"message param title or text is null"}',
            (StepResult.TICK, FindingCode.PROBE_TOKEN_KNOWN),
        ),
        (
            b'{"errcode":300001,"errmsg":"something else"}',
            (StepResult.WARN, FindingCode.PROBE_UNCLEAR),
        ),
        (
            '{"errcode":400101,"errmsg":"access_token不存在"}'.encode(),
            (StepResult.CROSS, Cause.TOKEN),
        ),
        (
            b'{"errcode":400201,"errmsg":"miss param : text"}',
            (StepResult.TICK, FindingCode.PROBE_TOKEN_KNOWN),
        ),
        (
            b'{"errcode":310000,"errmsg":"ip 1.2.3.4 not in whitelist"}',
            (StepResult.CROSS, Cause.IP),
        ),
        (
            b'{"errcode":130101,"errmsg":"send too fast, exceed 20 times per minute"}',
            (StepResult.WARN, Cause.TOO_FAST),
        ),
        (
            '{"errcode":500100,"errmsg":"系统异常，请稍后再试"}'.encode(),
            (StepResult.WARN, Cause.BUSY),
        ),
        (
            '{"errcode":500100,"errmsg":"系统异常"}'.encode(),
            (StepResult.WARN, FindingCode.PROBE_UNCLEAR),
        ),
        (b'{"status":1111,"wait":5}', (StepResult.WARN, Cause.ADDRESS_BANNED)),
        (b'{"errcode":0,"errmsg":"ok"}', (StepResult.WARN, FindingCode.PROBE_TAKEN)),
        (b"<html></html>", (StepResult.WARN, Fault.NOT_DINGTALK)),
    ],
)
def test_the_probe_reads_every_answer(said: bytes, expected: tuple[StepResult, Code]) -> None:
    client = Client(clock_ms=lambda: NOW_MS, network=lambda _: DIRECT)
    with Peer(answers_always(answer(said))) as peer:
        line = probe(client, robot_at(peer.port), CANARY)
        client.close()
    assert outcome(line) == expected


def test_a_probe_without_an_answer_claims_nothing(sandbox: SandboxServer) -> None:
    sandbox.robot.faults = (FaultPlan(FaultKind.SILENT),)
    line = ask(sandbox, Credentials(sandbox.access_token, sandbox.secret))
    assert outcome(line) == (StepResult.WARN, Fault.READ_TIMEOUT)
