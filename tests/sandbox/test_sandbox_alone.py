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
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from dingcomposer.sandbox.server import SandboxServer
from tests.fakes.sandbox_client import call, sign

ROOT = Path(__file__).parents[2]
TOKEN = "c0ffee" * 10 + "beef"
SECRET = "SEC" + "5ea1ed" * 10
PATIENCE_S = 60


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "dingcomposer.sandbox", *arguments]


def environment() -> dict[str, str]:
    return {**os.environ, "A_TOKEN": TOKEN, "A_SECRET": SECRET, "PYTHONIOENCODING": "utf-8"}


@contextmanager
def running(*arguments: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """The process, and the webhook that it printed."""
    process = subprocess.Popen(
        command(*arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        cwd=ROOT,
        env=environment(),
    )
    try:
        assert process.stdout is not None
        first = process.stdout.readline()
        found = re.fullmatch(r"Webhook: (\S+)\n", first)
        assert found, first
        yield process, found[1]
    finally:
        process.kill()
        process.communicate()  # also closes the pipe


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
    assert "-> -1 系统繁忙 (fault: busy)" in output
    assert "-> 0 ok, the message is in the group" in output
    assert "-> 0 ok, this msgUuid is in the group already" in output
    assert "-> 310000 keywords not in content" in output
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
