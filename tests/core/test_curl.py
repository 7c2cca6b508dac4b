"""The copied script is run for real, and posts what the program would have posted."""

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from dingcomposer.core.curl import to_curl
from dingcomposer.core.messages import Markdown, Mentions, Message, Text
from dingcomposer.core.payload import encode, from_payload
from dingcomposer.core.robot import Robot
from dingcomposer.core.webhook import parse_pasted
from tests.fakes.sandbox_client import sign

TOKEN = "3f0c" * 16
SECRET = "SECb90923e19e58b466481e9e7b7a5b4f108a4531abde590ad3967fb29f0eae5c68"
MSG_UUID = "b4f108a4-531a-4bde-990a-d3967fb29f0e"
AWKWARD = 'it\'s "quoted" `id` $HOME $(id) \\ % 100 %s\n第二行\t👍 !! DINGTALK_TOKEN\x00\nEOF'

needs_tools = pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in ("bash", "curl", "openssl")),
    reason="bash, curl or openssl is not installed",
)


class Inbox(HTTPServer):
    """Keeps the one request that it gets."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Once)
        self.path = ""
        self.content_type: str | None = None
        self.body = b""


class Once(BaseHTTPRequestHandler):
    server: Inbox

    def do_POST(self) -> None:
        self.server.path = self.path
        self.server.content_type = self.headers["Content-Type"]
        self.server.body = self.rfile.read(int(self.headers["Content-Length"]))
        answer = b'{"errcode":0,"errmsg":"ok"}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with Inbox() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def run(script: str, **variables: str) -> "subprocess.CompletedProcess[bytes]":
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", **variables}
    return subprocess.run(
        ["bash"], input=script.encode(), env=environment, capture_output=True, check=False
    )


def robot_at(inbox: Inbox, *, has_secret: bool = False, expects_signature: bool = False) -> Robot:
    return Robot(
        "1",
        "it's\n$(id) 运维",
        endpoint=f"http://127.0.0.1:{inbox.server_port}/robot/send",
        has_secret=has_secret,
        expects_signature=expects_signature,
    )


@needs_tools
@pytest.mark.parametrize(
    "message",
    [
        Text(AWKWARD),
        Markdown("标题", "# 一\n\n'单引号' @13800000000", Mentions(mobiles=("13800000000",))),
    ],
)
def test_the_script_posts_the_same_bytes_with_a_valid_signature(
    inbox: Inbox, message: Message
) -> None:
    script = to_curl(message, robot_at(inbox, expects_signature=True), MSG_UUID)
    done = run(script, DINGTALK_TOKEN=TOKEN, DINGTALK_SECRET=SECRET)
    assert done.stderr == b""
    assert done.stdout == b'{"errcode":0,"errmsg":"ok"}\n'
    assert inbox.body == encode(message, MSG_UUID)
    assert inbox.content_type == "application/json; charset=utf-8"
    query = parse_qs(urlsplit(inbox.path).query, strict_parsing=True)
    assert query["access_token"] == [TOKEN]
    [timestamp], [signature] = query["timestamp"], query["sign"]
    assert signature == sign(SECRET, timestamp)
    assert len(timestamp) == 13


REPORTS = json.loads(
    (Path(__file__).parents[1] / "cases" / "reports_paste.json").read_text("utf-8")
)["cases"]


@needs_tools
@pytest.mark.parametrize(
    "payload", [pytest.param(one["input"], id=one["id"]) for one in REPORTS if one["via"] == "curl"]
)
def test_the_script_posts_the_very_message_that_people_had_trouble_with(
    inbox: Inbox, payload: dict[str, Any]
) -> None:
    message = from_payload(payload).message
    script = to_curl(message, robot_at(inbox), MSG_UUID)
    assert run(script, DINGTALK_TOKEN=TOKEN).returncode == 0
    assert inbox.body == encode(message, MSG_UUID)


@needs_tools
def test_an_odd_token_arrives_as_it_is(inbox: Inbox) -> None:
    odd = "a+b/c=d&e f%20"
    assert run(to_curl(Text("x"), robot_at(inbox), MSG_UUID), DINGTALK_TOKEN=odd).returncode == 0
    assert parse_qs(urlsplit(inbox.path).query) == {"access_token": [odd]}


@needs_tools
@pytest.mark.parametrize("missing", ["DINGTALK_TOKEN", "DINGTALK_SECRET"])
def test_a_variable_that_is_not_set_is_asked_for_by_name(inbox: Inbox, missing: str) -> None:
    variables = {"DINGTALK_TOKEN": TOKEN, "DINGTALK_SECRET": SECRET}
    del variables[missing]
    done = run(to_curl(Text("x"), robot_at(inbox, has_secret=True), MSG_UUID), **variables)
    assert done.returncode != 0
    assert missing in done.stderr.decode()
    assert inbox.body == b""


def test_a_robot_without_signature_asks_for_no_secret() -> None:
    assert "DINGTALK_SECRET" not in to_curl(Text("x"), Robot("1", "x"), MSG_UUID)


def test_the_name_of_a_robot_stays_in_its_comment() -> None:
    script = to_curl(Text("x"), Robot("1", "one\ntwo\r\x1b[31m"), MSG_UUID)
    assert "robot one two [31m.\n" in script


def test_a_command_that_people_write_by_hand_can_be_pasted_back() -> None:
    body = encode(Text(AWKWARD.replace("'", "")), MSG_UUID).decode()
    url = f"https://oapi.dingtalk.com/robot/send?access_token={TOKEN}"
    assert parse_pasted(f"curl '{url}' -d '{body}'").message_json is not None


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://evil.example:{port}/robot/send",
        "http://foo.localhost:{port}/robot/send",
        "http://127.1:{port}/robot/send",
        "http://127.0.0.1:{port}\\@[::1]/robot/send",
    ],
)
@needs_tools
def test_the_script_sends_no_token_where_the_program_would_not(inbox: Inbox, endpoint: str) -> None:
    address = endpoint.format(port=inbox.server_port)
    script = to_curl(Text("x"), replace(robot_at(inbox), endpoint=address), MSG_UUID)
    resolve = f"\ncurl() {{ command curl --resolve '*:{inbox.server_port}:127.0.0.1' \"$@\"; }}\n"
    script = script.replace("set -euo pipefail\n", f"set -euo pipefail{resolve}", 1)
    assert run(script, DINGTALK_TOKEN=TOKEN).returncode != 0
    assert inbox.path == ""
