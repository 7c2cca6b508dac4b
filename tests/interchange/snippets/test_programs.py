"""Every copied program is run by its real interpreter against the sandbox, with awkward texts."""

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dingcomposer.core.messages import (
    ActionCard,
    Button,
    Extra,
    FeedCard,
    FeedLink,
    Link,
    Markdown,
    Mentions,
    Message,
    Text,
)
from dingcomposer.core.payload import EncodeError, to_payload
from dingcomposer.core.robot import Robot
from dingcomposer.interchange.snippets import SNIPPETS, SnippetForm, to_snippet
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.sandbox.server import Exchange, SandboxServer
from tests.fakes.fake_servers import Peer, answer, answers, refusing_port, robot_at
from tests.fakes.snippet_runner import TOOLS, SnippetRunner, run

MSG_UUID = "b4f108a4-531a-4bde-990a-d3967fb29f0e"
TOKEN = "3f0c" * 16
AWKWARD = (
    'it\'s "quoted" “so” ‘so’ `id` $HOME $(id) ${HOME} %PATH% %s !x! \\ \\n \\u4e2d \\\\ 100 %\n'
    "第二行\r\n第三行\t👍👨‍👩‍👧 ${{ secrets.DINGTALK_TOKEN }} "
    "{{ .Status }} $[[ inputs.x ]] @@name@@\n"
    "'@\nMESSAGE;\nMESSAGE\nEOF\nEND_OF_SCRIPT\n*/ // # <!-- ]]> <?php ?> ''' \"\"\" ; & | < > ^\n"
    "\x00\x01\x1b\x7f\x85\u2028\u2029\u202e\ufeff 0 } ]"
)
URL = "https://example.com/?a=1&b='2'&c=%20$x`y`"
MESSAGES: dict[str, Message] = {
    "text": Text(AWKWARD, Mentions(mobiles=("13800000000",), user_ids=("o'x$1",))),
    "link": Link(AWKWARD, AWKWARD, URL, URL),
    "markdown": Markdown(AWKWARD, AWKWARD, Mentions(is_all=True)),
    "whole-jump": ActionCard(AWKWARD, AWKWARD, Button(AWKWARD, URL)),
    "independent": ActionCard(AWKWARD, AWKWARD, (Button(AWKWARD, URL), Button("`$x`", URL))),
    "feed": FeedCard((FeedLink(AWKWARD, URL, URL), FeedLink("'", URL, URL))),
}
NAME = "it's\n$(id) */ ?> ${{ secrets.X }} \\u000a 运维 \u202e"
DELIVERED, REFUSED, NOT_KNOWN, NOT_SENT = range(4)
FAULTS = {
    FaultKind.NO_KEYWORD: REFUSED,
    FaultKind.BUSY: NOT_KNOWN,
    FaultKind.BUSY_500100: NOT_KNOWN,
    FaultKind.ERRCODE_TEXT_ZERO: DELIVERED,
    FaultKind.ERRCODE_SPACED: NOT_KNOWN,
    FaultKind.ERRCODE_FLOAT: NOT_KNOWN,
    FaultKind.ERRCODE_FALSE: NOT_KNOWN,
    FaultKind.ARRAY: NOT_KNOWN,
    FaultKind.HTML: NOT_KNOWN,
    FaultKind.EMPTY: NOT_KNOWN,
    FaultKind.REDIRECT: NOT_KNOWN,
    FaultKind.HTTP_502: NOT_KNOWN,
    FaultKind.OK_WITH_HTTP_500: NOT_KNOWN,
    FaultKind.CLOSE: NOT_KNOWN,
    FaultKind.HALF: NOT_KNOWN,
}
each_form = pytest.mark.parametrize("form", TOOLS, ids=lambda form: form.value)


@pytest.fixture
def sandbox() -> Iterator[SandboxServer]:
    with SandboxServer(pace_per_minute=None) as server:
        yield server


@pytest.fixture
def runner(form: SnippetForm, tmp_path: Path) -> SnippetRunner:
    return SnippetRunner(form, tmp_path)


def robot_of(sandbox: SandboxServer) -> Robot:
    return Robot("1", NAME, endpoint=sandbox.url)


def run_at(sandbox: SandboxServer, command: list[str]) -> subprocess.CompletedProcess[bytes]:
    return run(command, DINGTALK_TOKEN=sandbox.access_token, DINGTALK_SECRET=sandbox.secret)


def newest(sandbox: SandboxServer) -> Exchange:
    return sandbox.exchanges()[-1]


@each_form
@pytest.mark.parametrize("kind", MESSAGES)
def test_the_group_gets_the_very_message_signed(
    sandbox: SandboxServer, runner: SnippetRunner, form: SnippetForm, kind: str
) -> None:
    message = MESSAGES[kind]
    program = to_snippet(form, message, robot_of(sandbox), is_signed=True, msg_uuid=MSG_UUID)
    done = run_at(sandbox, runner.build(program))
    assert (done.returncode, done.stderr) == (DELIVERED, b""), done
    exchange = newest(sandbox)
    assert exchange.is_taken
    assert "sign=" in exchange.query
    assert json.loads(exchange.body) == to_payload(message) | {"msgUuid": MSG_UUID}
    headers = {name.lower(): value for name, value in exchange.headers}
    assert headers["content-type"] == "application/json; charset=utf-8"


@each_form
def test_each_run_of_a_copy_is_a_send_of_its_own(
    sandbox: SandboxServer, runner: SnippetRunner, form: SnippetForm
) -> None:
    program = to_snippet(form, Text("通知"), robot_of(sandbox), is_signed=True)
    assert "A new id at each run" in program
    command = runner.build(program)
    assert [run_at(sandbox, command).returncode for _ in range(2)] == [DELIVERED, DELIVERED]
    ids = [one.msg_uuid for one in sandbox.exchanges()]
    assert len(set(ids)) == 2
    assert all(re.fullmatch(r"[0-9a-f-]{32,36}", one) for one in ids)


@each_form
def test_a_copy_of_what_may_have_arrived_repeats_its_id_and_says_so(
    sandbox: SandboxServer, runner: SnippetRunner, form: SnippetForm
) -> None:
    program = to_snippet(form, Text("通知"), robot_of(sandbox), is_signed=True, msg_uuid=MSG_UUID)
    assert "for a safe retry" in program
    command = runner.build(program)
    assert [run_at(sandbox, command).returncode for _ in range(2)] == [DELIVERED, DELIVERED]
    assert [one.is_repeat for one in sandbox.exchanges()] == [False, True]


@each_form
def test_a_missing_variable_is_named_and_nothing_leaves(
    sandbox: SandboxServer, runner: SnippetRunner, form: SnippetForm
) -> None:
    command = runner.build(to_snippet(form, Text("x"), robot_of(sandbox), is_signed=True))
    keys = {"DINGTALK_TOKEN": sandbox.access_token, "DINGTALK_SECRET": sandbox.secret}
    for missing in keys:
        for given in ({**keys, missing: ""}, {key: keys[key] for key in keys if key != missing}):
            done = run(command, **given)
            assert done.returncode == NOT_SENT
            assert missing in done.stderr.decode()
    assert sandbox.exchanges() == ()


@each_form
def test_where_it_is_not_known_whether_a_robot_signs_whoever_runs_it_says(
    sandbox: SandboxServer, runner: SnippetRunner, form: SnippetForm
) -> None:
    command = runner.build(to_snippet(form, Text("x"), robot_of(sandbox), is_signed=None))
    silent = run(command, DINGTALK_TOKEN=sandbox.access_token)
    assert silent.returncode == NOT_SENT
    assert "DINGTALK_SECRET" in silent.stderr.decode()
    assert sandbox.exchanges() == ()
    assert run_at(sandbox, command).returncode == DELIVERED
    unsigned = run(command, DINGTALK_TOKEN=sandbox.access_token, DINGTALK_SECRET="")
    assert unsigned.returncode == REFUSED  # this robot wants a signature
    assert "errcode 310000" in unsigned.stderr.decode()


@each_form
def test_success_is_read_from_the_errcode_alone(
    sandbox: SandboxServer, runner: SnippetRunner, form: SnippetForm
) -> None:
    command = runner.build(to_snippet(form, Text("x"), robot_of(sandbox), is_signed=True))
    ends = {}
    for kind in FAULTS:
        sandbox.robot.faults = (FaultPlan(kind, times=None),)
        done = run_at(sandbox, command)
        ends[kind] = done.returncode
        told = done.stderr.decode()
        is_open = done.returncode == NOT_KNOWN
        assert ("heck the group" in told) == is_open, (kind, told)
        assert sandbox.access_token not in told
        assert sandbox.secret not in told
    assert ends == FAULTS


@each_form
def test_what_never_left_is_told_apart_and_an_odd_token_arrives_whole(
    runner: SnippetRunner, form: SnippetForm
) -> None:
    with refusing_port() as port:
        program = to_snippet(form, Text("x"), robot_at(port), is_signed=False)
        assert "DINGTALK_SECRET" not in program
        done = run(runner.build(program), DINGTALK_TOKEN=TOKEN)
    assert done.returncode == NOT_SENT
    assert done.stderr.decode().splitlines()[-1] == "Nothing was sent."
    assert TOKEN not in done.stderr.decode()
    with Peer(answers(answer())) as peer:
        program = to_snippet(form, Text("x"), robot_at(peer.port), is_signed=False)
        done = run(runner.build(program), DINGTALK_TOKEN="a+b/c=d&e%20")
        assert done.returncode == DELIVERED, done
        assert b"access_token=a%2Bb%2Fc%3Dd%26e%2520 " in peer.requests[0]


@pytest.mark.parametrize("form", SnippetForm)
def test_half_a_character_is_refused_in_every_form(form: SnippetForm) -> None:
    with pytest.raises(EncodeError):
        to_snippet(form, Text("half \ud83d"), Robot("1", "x"), is_signed=False)


@pytest.mark.parametrize("form", SnippetForm)
def test_a_program_holds_nothing_that_hides(form: SnippetForm) -> None:
    for message in MESSAGES.values():
        robot = replace(Robot("1", NAME), endpoint="https://oapi.dingtalk.com/robot/send")
        program = to_snippet(form, message, robot, is_signed=True)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\ufeff]", program)


def test_every_form_has_its_name() -> None:
    assert list(SNIPPETS) == list(SnippetForm)
    assert len({one.name for one in SNIPPETS.values()}) == len(SnippetForm)


def test_java_refuses_to_send_what_was_read_in_another_encoding(
    sandbox: SandboxServer, tmp_path: Path
) -> None:
    SnippetRunner(SnippetForm.JAVA, tmp_path)
    program = to_snippet(SnippetForm.JAVA, Text("通知"), robot_of(sandbox), is_signed=True)
    source = tmp_path / "Send.java"
    source.write_text(program, encoding="utf-8")
    garbled = run_at(sandbox, ["java", "-Dfile.encoding=ISO-8859-1", str(source)])
    assert garbled.returncode == NOT_SENT
    assert sandbox.exchanges() == ()
    right = run_at(sandbox, ["java", "-Dfile.encoding=UTF-8", str(source)])
    assert right.returncode == DELIVERED, right


def test_a_python_without_requests_says_so(sandbox: SandboxServer, tmp_path: Path) -> None:
    program = to_snippet(SnippetForm.REQUESTS, Text("x"), robot_of(sandbox), is_signed=True)
    command = SnippetRunner(SnippetForm.REQUESTS, tmp_path).build(program)
    done = run_at(sandbox, [command[0], "-S", *command[1:]])  # without installed packages
    assert done.returncode == NOT_SENT
    assert b"install requests" in done.stderr


def test_javascript_keeps_a_key_that_means_something_of_its_own(
    sandbox: SandboxServer, tmp_path: Path
) -> None:
    message = Text("x", extras=(Extra(("__proto__",), '{"a": 1}'),))
    program = to_snippet(SnippetForm.JAVASCRIPT, message, robot_of(sandbox), is_signed=True)
    command = SnippetRunner(SnippetForm.JAVASCRIPT, tmp_path).build(program)
    assert run_at(sandbox, command).returncode == DELIVERED
    assert json.loads(newest(sandbox).body)["__proto__"] == {"a": 1}
