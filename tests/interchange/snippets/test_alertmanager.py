"""The copied receiver runs beside the sandbox; a real Alertmanager drives it where there is one."""

import json
import re
import shutil
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from dingcomposer.core.messages import FeedCard, Message, Text
from dingcomposer.core.payload import to_payload
from dingcomposer.core.robot import Robot
from dingcomposer.interchange.snippets import SnippetForm, to_snippet
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.sandbox.server import SandboxServer
from tests.interchange.snippets.test_programs import MESSAGES, NAME

PATH = "/usr/local/bin:/usr/bin:/bin"
ALERTS = [
    {
        "status": "firing",
        "labels": {"alertname": "NodeDown"},
        "annotations": {"summary": "磁盘 \"满\" $HOME `x` 'y'"},
    },
    {"status": "resolved", "labels": {"alertname": "High"}, "annotations": {}},
]
NOTIFICATION = json.dumps({"version": "4", "groupKey": "{}:{}", "alerts": ALERTS}).encode()
LINES = "- firing · NodeDown · 磁盘 \"满\" $HOME `x` 'y'\n- resolved · High"


@pytest.fixture
def sandbox() -> Iterator[SandboxServer]:
    with SandboxServer(pace_per_minute=None) as server:
        yield server


def program_for(sandbox: SandboxServer, message: Message) -> str:
    robot = Robot("1", NAME, endpoint=sandbox.url)
    return to_snippet(SnippetForm.ALERTMANAGER, message, robot, is_signed=True)


@contextmanager
def receiver(sandbox: SandboxServer, message: Message, folder: Path) -> Iterator[str]:
    """The address on which the copied program listens."""
    path = folder / "receiver.py"
    path.write_text(program_for(sandbox, message), encoding="utf-8")
    variables = {
        "PATH": PATH,
        "DINGTALK_TOKEN": sandbox.access_token,
        "DINGTALK_SECRET": sandbox.secret,
        "DINGTALK_RECEIVER_PORT": "0",
    }
    with subprocess.Popen(
        [sys.executable, str(path)], env=variables, stderr=subprocess.PIPE
    ) as process:
        assert process.stderr is not None
        try:
            said = process.stderr.readline().decode()
            port = re.fullmatch(r"Listening on port (\d+)\.\n", said)
            assert port is not None, said
            yield f"http://127.0.0.1:{port[1]}/"
        finally:
            process.terminate()


def post(address: str, body: bytes) -> int:
    """The HTTP status with which the receiver answers."""
    try:
        with urllib.request.urlopen(address, data=body, timeout=10) as reply:
            status: int = reply.status
            return status
    except urllib.error.HTTPError as error:
        with error:
            return error.code


@pytest.mark.parametrize("kind", MESSAGES)
def test_each_notification_posts_the_message_with_its_alerts(
    sandbox: SandboxServer, tmp_path: Path, kind: str
) -> None:
    message = MESSAGES[kind]
    with receiver(sandbox, message, tmp_path) as address:
        assert post(address, NOTIFICATION) == 200
    [exchange] = sandbox.exchanges()
    assert exchange.is_taken
    body: dict[str, Any] = json.loads(exchange.body)
    assert body.pop("msgUuid")
    expected = to_payload(message)
    if not isinstance(message, FeedCard):  # it has no text for them
        part = expected[expected["msgtype"]]
        part["content" if isinstance(message, Text) else "text"] += f"\n\n{LINES}"
    assert body == expected


def test_alertmanagers_own_retry_repeats_the_id_and_a_later_one_has_its_own(
    sandbox: SandboxServer, tmp_path: Path
) -> None:
    sandbox.robot.faults = (FaultPlan(FaultKind.CLOSE, times=1),)
    with receiver(sandbox, Text("x"), tmp_path) as address:
        assert post(address, NOTIFICATION) == 503  # it may have arrived
        assert post(address, NOTIFICATION) == 200
        assert post(address, NOTIFICATION) == 200  # the alert is still there, hours later
    first, again, later = [one.msg_uuid for one in sandbox.exchanges()]
    assert first == again
    assert later != first


def test_what_is_refused_is_not_tried_again(sandbox: SandboxServer, tmp_path: Path) -> None:
    sandbox.robot.faults = (FaultPlan(FaultKind.NO_KEYWORD, times=None),)
    with receiver(sandbox, Text("x"), tmp_path) as address:
        assert post(address, NOTIFICATION) == 400
        for busy in (FaultKind.BUSY, FaultKind.BUSY_500100):
            sandbox.robot.faults = (FaultPlan(busy, times=None),)
            assert post(address, NOTIFICATION) == 503
        sent = len(sandbox.exchanges())
        for nonsense in (b"", b"{", b"[]", b'{"alerts":1}', b'{"alerts":[1]}'):
            assert post(address, nonsense) == 400
        assert len(sandbox.exchanges()) == sent


def test_a_missing_variable_is_named(sandbox: SandboxServer, tmp_path: Path) -> None:
    path = tmp_path / "receiver.py"
    path.write_text(program_for(sandbox, Text("x")), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(path)], env={"PATH": PATH}, capture_output=True, check=False
    )
    assert done.returncode == 3
    assert b"DINGTALK_TOKEN" in done.stderr


def test_a_real_alertmanager_reads_the_copied_lines_and_posts_to_it(
    sandbox: SandboxServer, tmp_path: Path
) -> None:
    names = ("prometheus-alertmanager", "alertmanager")
    manager = next(filter(None, map(shutil.which, names)), None)
    if manager is None:
        pytest.skip("Alertmanager was not run: it is not installed")
    arrived = threading.Event()
    sandbox.on_exchange = lambda exchange: arrived.set()
    program = program_for(sandbox, Text("x"))
    comment = program.partition("In alertmanager.yml:\n")[2].partition("# It answers")[0]
    lines = re.sub(r"(?m)^# ?", "", comment)
    with receiver(sandbox, Text("x"), tmp_path) as address, free_port() as port:
        config = lines.replace("http://127.0.0.1:9095/", address)
        assert config != lines
        assert yaml.safe_load(config)["route"] == {"receiver": "dingtalk"}
        path = tmp_path / "alertmanager.yml"
        quick = "receiver: dingtalk\n    group_wait: 0s\n"
        path.write_text(config.replace("receiver: dingtalk\n", quick, 1), encoding="utf-8")
        command = [
            manager,
            f"--config.file={path}",
            f"--storage.path={tmp_path / 'data'}",
            f"--web.listen-address=127.0.0.1:{port}",
            "--cluster.listen-address=",
        ]
        with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
            try:
                assert process.stderr is not None
                said = iter(process.stderr.readline, b"")
                assert any(b"Listening on" in line for line in said)
                raise_alert(port)
                assert arrived.wait(30)
            finally:
                process.terminate()
    exchange = sandbox.exchanges()[0]
    assert exchange.is_taken
    assert json.loads(exchange.body)["text"]["content"] == "x\n\n- firing · NodeDown · 满了"


@contextmanager
def free_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    yield port


def raise_alert(port: int) -> None:
    alert = {"labels": {"alertname": "NodeDown"}, "annotations": {"summary": "满了"}}
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/v2/alerts",
        data=json.dumps([alert]).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as reply:
        assert reply.status == 200
