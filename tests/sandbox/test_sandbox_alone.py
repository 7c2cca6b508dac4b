"""`python -m dingcomposer.sandbox`, run as a person runs it."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from dingcomposer.sandbox.server import SandboxServer
from tests.fakes.sandbox_client import call, sign

ROOT = Path(__file__).parents[2]
TOKEN = "c0ffee" * 10 + "beef"
SECRET = "SEC" + "5ea1ed" * 10
HELLO = {"msgtype": "text", "text": {"content": "你好"}}
PATIENCE_S = 60


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "dingcomposer.sandbox", *arguments]


def environment() -> dict[str, str]:
    return {
        **os.environ,
        "A_TOKEN": TOKEN,
        "A_SECRET": SECRET,
        "A_PADDED": "SECx\n",
        "PYTHONIOENCODING": "utf-8",
    }


@contextmanager
def spoken_by(arguments: list[str]) -> Iterator["subprocess.Popen[str]"]:
    """The process, its words in a pipe."""
    process = subprocess.Popen(
        arguments,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        cwd=ROOT,
        env=environment(),
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()  # also closes the pipe


@contextmanager
def running(*arguments: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """The process, and the webhook that it printed."""
    with spoken_by(command(*arguments)) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        found = re.fullmatch(r"Webhook: (\S+)\n", first)
        assert found, first
        yield process, found[1]


@contextmanager
def running_json(*arguments: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """The same where it speaks JSON."""
    with spoken_by(command("--json", *arguments)) as process:
        assert process.stdout is not None
        yield process, json.loads(process.stdout.readline())["webhook"]


def finish(process: "subprocess.Popen[str]") -> str:
    """Press Ctrl+C; all that it printed after the webhook."""
    process.send_signal(signal.SIGINT)
    assert process.stdout is not None
    output = process.stdout.read()
    process.wait(PATIENCE_S)
    return output


def post(webhook: str, payload: object, query: str = "") -> dict[str, object]:
    body = json.dumps(payload, ensure_ascii=False).encode()
    answer: dict[str, object] = json.loads(call(webhook + query, body)[1])
    return answer


def post_anything(webhook: str, payload: object) -> None:
    """Post, whatever comes back."""
    with suppress(ValueError, http.client.HTTPException):
        post(webhook, payload)


posix_only = pytest.mark.skipif(
    sys.platform == "win32", reason="a test cannot press Ctrl+C in another process there"
)


@posix_only
def test_it_prints_what_it_receives_and_ends_by_ctrl_c() -> None:
    with running("--keyword", "通知", "--fault", "busy:1") as (process, webhook):
        message = {"msgtype": "text", "text": {"content": "通知: 你好"}, "msgUuid": "one"}
        assert post(webhook, message)["errcode"] == -1
        assert post(webhook, message)["errcode"] == 0
        assert post(webhook, message)["errcode"] == 0
        assert post(webhook, {"msgtype": "text", "text": {"content": "x"}})["errcode"] == 310000
        output = finish(process)
    assert process.returncode == 0
    assert "made for this run only" in output
    assert "POST /robot/send?access_token=…\n" in output
    assert "你好" in output
    assert "-> -1 系统繁忙 (fault: busy), the message is not in the group" in output
    assert "-> 0 ok, the message is in the group" in output
    assert "-> 0 ok, this msgUuid is in the group already" in output
    assert "-> 310000 keywords not in content" in output
    assert "None of the keywords stands in a title or text: 通知." in output
    assert output.endswith("Stopped.\n")
    assert urlsplit(webhook).query.partition("=")[2] not in output


@posix_only
def test_a_token_and_a_secret_from_the_environment_are_never_printed() -> None:
    with running("--token-env", "A_TOKEN", "--secret-env", "A_SECRET") as (process, webhook):
        assert webhook.endswith("?access_token=$A_TOKEN")
        real = webhook.replace("$A_TOKEN", TOKEN)
        timestamp = int(time.time() * 1000)
        signature = sign(SECRET, timestamp)
        query = f"&timestamp={timestamp}&sign={quote(signature, safe='')}"
        message = {"msgtype": "text", "text": {"content": f"{TOKEN} {SECRET}"}}
        assert post(real, message, query) == {"errcode": 0, "errmsg": "ok"}
        assert post(real, message)["errmsg"] == "sign not match"
        output = webhook + finish(process)
    assert f"&timestamp={timestamp}&sign=…" in output
    for canary in (TOKEN, SECRET, signature, quote(signature, safe="")):
        assert canary not in output


@posix_only
def test_it_says_what_it_enforces() -> None:
    arguments = ("--keyword", "通知", "--address", "127.0.0.0/8", "--pace", "7", "--fault", "bom:2")
    with running(*arguments, "--secret-env", "A_SECRET") as (process, _):
        output = finish(process)
    assert "Requests must be signed, with the secret in A_SECRET." in output
    assert "one of these keywords: 通知." in output
    assert "Only these addresses may call: 127.0.0.0/8." in output
    assert "7 messages a minute are taken" in output
    assert "Goes wrong on purpose: bom, 2 times." in output
    assert SECRET not in output
    with running("--no-pace") as (process, _):
        output = finish(process)
    assert "No signature is asked for." in output
    assert "No keyword is asked for." in output
    assert "Any number of messages a minute is taken." in output
    assert "Warning" not in output


@posix_only
def test_it_explains_what_was_wrong_with_a_request_without_its_secrets() -> None:
    with running("--token-env", "A_TOKEN", "--secret-env", "A_SECRET") as (process, webhook):
        real = webhook.replace("$A_TOKEN", TOKEN)
        timestamp = int(time.time() * 1000)
        twice = quote(quote(sign(SECRET, timestamp), safe=""), safe="")
        post(real, HELLO, f"&timestamp={timestamp}&sign={twice}")
        in_body = sign(SECRET, timestamp)
        post(real, {**HELLO, "timestamp": timestamp, "sign": in_body})
        output = finish(process)
    assert "!  sign was encoded twice." in output
    assert "!  There is no sign in the query; the body holds one." in output
    for canary in (TOKEN, SECRET, twice, in_body):
        assert canary not in output


@posix_only
def test_json_has_one_line_for_each_request() -> None:
    with running_json("--token-env", "A_TOKEN", "--fault", "busy:1", "--list") as (process, url):
        webhook = url.replace("$A_TOKEN", TOKEN)
        post(webhook, {**HELLO, "sign": "a" * 43 + "="})
        post(webhook, {**HELLO, "msgUuid": f"{TOKEN}\x1b\u2028"})
        post(webhook, {"msgtype": "link", "link": {"title": "t", "text": "x", "messageURL": "u"}})
        lines = [json.loads(line) for line in finish(process).splitlines()]
    busy, taken, refused, stopped = lines
    assert [line["event"] for line in lines] == ["request"] * 3 + ["stopped"]
    assert (busy["errcode"], busy["fault"], busy["in_group"]) == (-1, "busy", False)
    assert (taken["errcode"], taken["in_group"], taken["msgUuid"]) == (0, True, "…\x1b\u2028")
    assert "你好" in taken["body"]
    assert json.loads(busy["body"])["sign"] == "…"
    assert (refused["errcode"], refused["cause"]) == (400304, "missing_field")
    (said,) = refused["diagnosis"]
    assert said["code"] == "key_case"
    assert said["weight"] == "wrong"
    assert said["params"] == {"found": "messageURL", "wanted": "messageUrl", "where": "link"}
    assert said["says"].startswith("Key “messageURL”")
    assert [(one["number"], one["in_group"]) for one in stopped["arrived"]] == [
        (1, False),
        (2, True),
        (3, False),
    ]
    assert TOKEN not in json.dumps(lines)


@posix_only
def test_json_says_what_is_enforced_first() -> None:
    arguments = command("--json", "--keyword", "通知", "--bind", "0.0.0.0", "--fault", "reset:10%")
    with spoken_by(arguments) as process:
        assert process.stdout is not None
        first = json.loads(process.stdout.readline())
    assert first["event"] == "listening"
    assert first["enforces"] == {
        "signature": False,
        "keywords": ["通知"],
        "addresses": [],
        "pace_per_minute": 20,
        "faults": ["reset, in 10% of the requests"],
    }
    assert "other computers may call it" in first["warning"]


@posix_only
def test_what_arrived_is_listed_at_the_end() -> None:
    with running("--list", "--fault", "empty:1") as (process, webhook):
        for content in ("一", "二", ""):
            post_anything(webhook, {"msgtype": "text", "text": {"content": content}})
        post_anything(webhook, {"msgtype": "actionCard", "actionCard": {"text": "三"}})
        output = finish(process)
    listed = output[output.index("In the group: 2 of 4 requests.") :]
    assert listed.splitlines() == [
        "In the group: 2 of 4 requests.",
        "  #2 二",
        "  #4 (actionCard without a title)",
        "Not added to it:",
        "  #1 (fault: empty), the message is not in the group",
        "  #3 400202 miss param : text->content",
        "Stopped.",
    ]


@posix_only
@pytest.mark.parametrize("address", ["0.0.0.0", "::"])
def test_other_computers_are_let_in_by_name_only_and_with_a_warning(address: str) -> None:
    with running("--bind", address) as (process, webhook):
        assert urlsplit(webhook).hostname == ("127.0.0.1" if address == "0.0.0.0" else "::1")
        assert post(webhook, HELLO)["errcode"] == 0
        output = finish(process)
    assert f"Warning: it listens on {address}, so other computers may call it" in output


@posix_only
def test_port_and_token_can_stay_the_same() -> None:
    with SandboxServer() as sandbox:
        port = str(urlsplit(sandbox.url).port)
    for _ in range(2):
        with running("--port", port, "--token-env", "A_TOKEN") as (process, webhook):
            assert webhook == f"http://127.0.0.1:{port}/robot/send?access_token=$A_TOKEN"
            assert post(webhook.replace("$A_TOKEN", TOKEN), HELLO)["errcode"] == 0
            finish(process)


@posix_only
def test_what_a_terminal_might_obey_is_not_printed() -> None:
    with running() as (process, webhook):
        parts = urlsplit(webhook)
        connection = http.client.HTTPConnection(parts.netloc, timeout=PATIENCE_S)
        connection.request("POST", "/?%1b[2J=1", b"\x1b[2Jhello\r\n")
        connection.getresponse().read()
        connection.close()
        output = finish(process)
    assert "hello" in output
    assert "\x1b" not in output


def test_a_port_that_is_taken_gets_a_sentence() -> None:
    with SandboxServer() as sandbox:
        port = str(urlsplit(sandbox.url).port)
        done = subprocess.run(
            command("--port", port),
            capture_output=True,
            encoding="utf-8",
            cwd=ROOT,
            env=environment(),
            timeout=PATIENCE_S,
            check=False,
        )
    assert done.returncode == 1
    assert done.stdout.startswith(f"Port {port} is taken by another program.")
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--secret-env", "NOT_SET_ANYWHERE"), "NOT_SET_ANYWHERE is empty or not set"),
        (("--port", "70000"), "a port is a number from 0 to 65535"),
        (("--pace", "0"), "a pace is a number from 1 on"),
        (("--fault", "nonsense"), "'nonsense' is no fault"),
        (("--fault", "busy:0"), "'busy:0' is no fault"),
        (("--fault", "busy:200%"), "'busy:200%' is no fault"),
        (("--address", "300.1.1.1"), "'300.1.1.1' is no address"),
        (("--address", "127.0.0.1/33"), "'127.0.0.1/33' is no address"),
        (("--address", ""), "'' is no address"),
        (("--address", "::1"), "'::1' is IPv6, which DingTalk's list does not take"),
        (("--keyword", ""), "a keyword must not be empty"),
        (("--keyword", " \t"), "a keyword must not be empty"),
        (("--keyword", "k") * 11, "a robot has at most 10 keywords, not 11"),
        (("--bind", "300.1.1.1"), "'300.1.1.1' is no address"),
        (("--bind", "localhost"), "'localhost' is no address"),
        (("--secret-env", "A_PADDED"), "A_PADDED begins or ends with white space"),
    ],
)
def test_an_option_that_makes_no_sense_gets_a_sentence(
    arguments: tuple[str, ...], sentence: str
) -> None:
    done = subprocess.run(
        command(*arguments),
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env=environment(),
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_the_sandbox_needs_neither_qt_nor_the_code_that_it_tests() -> None:
    listing = "import sys, dingcomposer.sandbox.__main__; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", listing],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        timeout=PATIENCE_S,
        check=True,
    )
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert "dingcomposer" in loaded
    assert loaded.isdisjoint({"PySide6", "requests", "keyring", "markdown"})
    assert "dingcomposer.dingtalk" not in done.stdout
