"""The copied bash script is run by a real bash, against the sandbox and misbehaving servers."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from dingcomposer.core.messages import Markdown, Mentions, Message, Text
from dingcomposer.core.payload import encode, from_payload
from dingcomposer.core.robot import Robot
from dingcomposer.core.webhook import parse_pasted
from dingcomposer.interchange.snippets import SnippetForm, UnsafeAddress, to_snippet
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.sandbox.server import Exchange, SandboxServer
from tests.fakes.fake_servers import OK, Peer, answer, answers, refusing_port, robot_at

MSG_UUID = "b4f108a4-531a-4bde-990a-d3967fb29f0e"
TOKEN = "3f0c" * 16
AWKWARD = 'it\'s "quoted" `id` $HOME $(id) \\ % 100 %s\n第二行\t👍 !! DINGTALK_TOKEN\x00\nEOF'
MESSAGES = [
    Text(AWKWARD),
    Text('"msgUuid":"00000000-0000-0000-0000-000000000000" ' + "0" * 36),
    Markdown("标题", "# 一\n\n'单引号' @13800000000", Mentions(mobiles=("13800000000",))),
]
DELIVERED, REFUSED, NOT_KNOWN, NOT_SENT = range(4)

needs_tools = pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in ("bash", "curl", "openssl")),
    reason="bash, curl or openssl is not installed",
)
Done = subprocess.CompletedProcess[bytes]
to_curl = partial(to_snippet, SnippetForm.BASH)


@pytest.fixture
def sandbox() -> Iterator[SandboxServer]:
    with SandboxServer() as server:
        yield server


def run(script: str, **variables: str) -> Done:
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", **variables}
    return subprocess.run(
        ["bash"], input=script.encode(), env=environment, capture_output=True, check=False
    )


def run_at(sandbox: SandboxServer, script: str) -> Done:
    """The script, with the sandbox's own token and secret."""
    return run(script, DINGTALK_TOKEN=sandbox.access_token, DINGTALK_SECRET=sandbox.secret)


def robot_of(sandbox: SandboxServer) -> Robot:
    return Robot("1", "it's\n$(id) 运维", endpoint=sandbox.url)


def newest(sandbox: SandboxServer) -> Exchange:
    return sandbox.exchanges()[-1]


@needs_tools
@pytest.mark.parametrize("message", MESSAGES)
def test_the_script_posts_the_same_bytes_with_a_valid_signature(
    sandbox: SandboxServer, message: Message
) -> None:
    script = to_curl(message, robot_of(sandbox), is_signed=True, msg_uuid=MSG_UUID)
    done = run_at(sandbox, script)
    assert (done.returncode, done.stderr) == (DELIVERED, b"")
    assert json.loads(done.stdout)["errcode"] == 0
    assert newest(sandbox).body == encode(message, MSG_UUID)
    assert newest(sandbox).is_taken
    headers = {name.lower(): value for name, value in newest(sandbox).headers}
    assert headers["content-type"] == "application/json; charset=utf-8"


@needs_tools
def test_each_run_of_a_copy_posts_anew(sandbox: SandboxServer) -> None:
    script = to_curl(Text("通知"), robot_of(sandbox), is_signed=True)
    assert [run_at(sandbox, script).returncode for _ in range(2)] == [DELIVERED, DELIVERED]
    assert [one.is_taken for one in sandbox.exchanges()] == [True, True]
    ids = {one.msg_uuid for one in sandbox.exchanges()}
    assert len(ids) == 2
    assert all(re.fullmatch(r"[0-9a-f-]{32,36}", one) for one in ids)


@needs_tools
def test_a_safe_retry_carries_the_same_id_and_says_so(sandbox: SandboxServer) -> None:
    script = to_curl(Text("通知"), robot_of(sandbox), is_signed=True, msg_uuid=MSG_UUID)
    assert "safe retry" in script
    assert [run_at(sandbox, script).returncode for _ in range(2)] == [DELIVERED, DELIVERED]
    assert [one.is_repeat for one in sandbox.exchanges()] == [False, True]
    assert "safe retry" not in to_curl(Text("通知"), robot_of(sandbox), is_signed=True)


@needs_tools
@pytest.mark.parametrize("missing", ["DINGTALK_TOKEN", "DINGTALK_SECRET"])
@pytest.mark.parametrize("is_empty", [True, False])
def test_a_variable_that_is_not_set_is_asked_for_by_name(
    sandbox: SandboxServer, missing: str, is_empty: bool
) -> None:
    variables = {"DINGTALK_TOKEN": sandbox.access_token, "DINGTALK_SECRET": sandbox.secret}
    if is_empty:
        variables[missing] = ""
    else:
        del variables[missing]
    done = run(to_curl(Text("x"), robot_of(sandbox), is_signed=True), **variables)
    assert done.returncode != DELIVERED
    assert missing in done.stderr.decode()
    assert sandbox.exchanges() == ()


@needs_tools
def test_where_it_is_not_known_whether_a_robot_signs_whoever_runs_it_says(
    sandbox: SandboxServer,
) -> None:
    script = to_curl(Text("x"), robot_of(sandbox), is_signed=None)
    silent = run(script, DINGTALK_TOKEN=sandbox.access_token)
    assert silent.returncode != DELIVERED
    assert "DINGTALK_SECRET" in silent.stderr.decode()
    assert sandbox.exchanges() == ()
    assert run_at(sandbox, script).returncode == DELIVERED
    unsigned = run(script, DINGTALK_TOKEN=sandbox.access_token, DINGTALK_SECRET="")
    assert unsigned.returncode == REFUSED  # this robot wants a signature


def test_a_robot_without_signature_asks_for_no_secret() -> None:
    assert "DINGTALK_SECRET" not in to_curl(Text("x"), Robot("1", "x"), is_signed=False)


@needs_tools
@pytest.mark.parametrize(
    ("kind", "ends"),
    [
        (FaultKind.NO_KEYWORD, REFUSED),
        (FaultKind.BUSY, NOT_KNOWN),
        (FaultKind.BUSY_500100, NOT_KNOWN),
        (FaultKind.ERRCODE_TEXT_ZERO, DELIVERED),
        (FaultKind.ERRCODE_SPACED, NOT_KNOWN),
        (FaultKind.ERRCODE_FLOAT, NOT_KNOWN),
        (FaultKind.ERRCODE_FALSE, NOT_KNOWN),
        (FaultKind.ARRAY, NOT_KNOWN),
        (FaultKind.HTML, NOT_KNOWN),
        (FaultKind.EMPTY, NOT_KNOWN),
        (FaultKind.REDIRECT, NOT_KNOWN),
        (FaultKind.HTTP_502, NOT_KNOWN),
        (FaultKind.OK_WITH_HTTP_500, NOT_KNOWN),
        (FaultKind.CLOSE, NOT_KNOWN),
        (FaultKind.HALF, NOT_KNOWN),
    ],
)
def test_the_script_tells_the_errcode_from_success(
    sandbox: SandboxServer, kind: FaultKind, ends: int
) -> None:
    sandbox.robot.faults = (FaultPlan(kind, times=None),)
    done = run_at(sandbox, to_curl(Text("x"), robot_of(sandbox), is_signed=True))
    assert done.returncode == ends, done
    told = done.stderr.decode()
    assert ("heck the group" in told) == (ends == NOT_KNOWN)
    if kind is FaultKind.NO_KEYWORD:
        assert "errcode 310000" in told


@needs_tools
@pytest.mark.parametrize(
    ("body", "ends"),
    [
        (OK, DELIVERED),
        (b'{"errmsg":"\\"errcode\\":0,","errcode":310000}', REFUSED),
        (b'{"errmsg":"\\"errcode\\":0,"}', NOT_KNOWN),
        (b'{"errcode":0,"errcode":310000}', NOT_KNOWN),
        (b'["errcode",0]', NOT_KNOWN),
    ],
)
def test_an_odd_token_arrives_and_an_odd_answer_is_read_right(body: bytes, ends: int) -> None:
    with Peer(answers(answer(body))) as peer:
        script = to_curl(Text("x"), robot_at(peer.port), is_signed=False)
        assert run(script, DINGTALK_TOKEN="a+b/c=d&e f%20").returncode == ends
        assert b"access_token=a%2Bb%2Fc%3Dd%26e%20f%2520 " in peer.requests[0]


@needs_tools
def test_what_provably_never_left_is_told_apart() -> None:
    with refusing_port() as port:
        script = to_curl(Text("x"), robot_at(port), is_signed=False)
        done = run(script, DINGTALK_TOKEN=TOKEN)
    assert done.returncode == NOT_SENT
    assert "Nothing was sent." in done.stderr.decode()


def test_the_name_of_a_robot_stays_in_its_comment() -> None:
    script = to_curl(Text("x"), Robot("1", "one\ntwo\r\x1b[31m"), is_signed=False)
    assert "robot one two [31m.\n" in script


def test_a_command_that_people_write_by_hand_can_be_pasted_back() -> None:
    body = encode(Text(AWKWARD.replace("'", "")), MSG_UUID).decode()
    url = f"https://oapi.dingtalk.com/robot/send?access_token={TOKEN}"
    assert parse_pasted(f"curl '{url}' -d '{body}'").message_json is not None


REPORTS = json.loads(
    (Path(__file__).parents[2] / "cases" / "reports_paste.json").read_text("utf-8")
)["cases"]


@needs_tools
@pytest.mark.parametrize(
    "payload", [pytest.param(one["input"], id=one["id"]) for one in REPORTS if one["via"] == "curl"]
)
def test_the_script_posts_the_very_message_that_people_had_trouble_with(
    payload: dict[str, Any],
) -> None:
    message = from_payload(payload).message
    with Peer(answers(answer())) as peer:
        script = to_curl(message, robot_at(peer.port), is_signed=False, msg_uuid=MSG_UUID)
        assert run(script, DINGTALK_TOKEN=TOKEN).returncode == DELIVERED
        assert peer.requests[0].partition(b"\r\n\r\n")[2] == encode(message, MSG_UUID)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://evil.example/robot/send",
        "http://foo.localhost/robot/send",
        "http://127.1/robot/send",
        "http://127.0.0.1\\@[::1]/robot/send",
        "https://oapi.dingtalk.com/robot/send'$(id)'",
        'https://oapi.dingtalk.com/robot/send"',
        "https://oapi.dingtalk.com/robot/{send,}",
        "https://oapi.dingtalk.com/robot/`send`",
    ],
)
@pytest.mark.parametrize("form", SnippetForm)
def test_no_program_is_written_for_an_address_that_gets_no_token(
    form: SnippetForm, endpoint: str
) -> None:
    robot = replace(robot_at(80), endpoint=endpoint)
    with pytest.raises(UnsafeAddress):
        to_snippet(form, Text("x"), robot, is_signed=False)
