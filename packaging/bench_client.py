"""`Client.send` beside kept connections of others, and the way from the click to DELIVERED."""

import json
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from time import perf_counter
from urllib.parse import urlsplit

import requests
from PySide6.QtCore import QCoreApplication, QEventLoop

from bench_figures import Figure
from bench_headless import ACCESS_TOKEN, SECRET, HeadlessProgram, clock_ms
from bench_server import serving
from dingcomposer.app import SWITCH_INTERVAL_S
from dingcomposer.core.delivery import Report, Status
from dingcomposer.core.messages import Markdown
from dingcomposer.core.payload import encode
from dingcomposer.core.robot import Credentials, Robot
from dingcomposer.dingtalk.client import Client

CALLS, QUICK_CALLS = 750, 100
WARM_UP = 25
HEADERS = {"Content-Type": "application/json; charset=utf-8"}
MESSAGE = Markdown("值班", "**今晚** 由张三值班，电话 13800000000。\n\n> 告警：磁盘 91%" * 4)
AIM_RATIO = 1.0


def measure(*, is_quick: bool) -> list[Figure]:
    """All taken in turns, call by call; the medians."""
    calls = QUICK_CALLS if is_quick else CALLS
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    application = QCoreApplication([])
    with serving() as url, tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        client = stack.enter_context(closing(Client(clock_ms=clock_ms)))
        session = stack.enter_context(requests.Session())
        connection = HTTPConnection(urlsplit(url).netloc, timeout=10)
        stack.enter_context(closing(connection))
        headless = HeadlessProgram(Path(folder, "bench.sqlite3"), url)
        stack.enter_context(closing(headless))
        ways = {
            "client": _client_call(client, url),
            "session": _session_call(session, url),
            "http.client": _plain_call(connection, url),
            "click": _click(headless),
        }
        taken: dict[str, list[float]] = {name: [] for name in ways}
        for number in range(WARM_UP + calls):
            for name, call in ways.items():
                begun = perf_counter()
                call()
                if number >= WARM_UP:
                    taken[name].append((perf_counter() - begun) * 1000)
    del application
    ms = {name: median(times) for name, times in taken.items()}
    note = f"Client.send: sign, post, read the answer; median of {calls} calls in turns with"
    return [
        Figure(
            "client",
            "ms",
            ms["client"],
            ms["session"],
            AIM_RATIO,
            note=f"{note} a kept requests.Session that posts the same bytes to the same server",
        ),
        Figure(
            "client beside http.client",
            "ms",
            ms["client"],
            ms["http.client"],
            note="the same beside the standard library's connection, kept as well",
        ),
        Figure(
            "click to DELIVERED",
            "ms",
            ms["click"],
            ms["session"],
            note="Outbox.submit until the row is DELIVERED, three commits to the disk included",
        ),
    ]


def _client_call(client: Client, url: str) -> Callable[[], None]:
    body = encode(MESSAGE, "bench")
    robot = Robot("bench", "bench", endpoint=url)
    credentials = Credentials(ACCESS_TOKEN, SECRET)
    return lambda: _expect(client.send(robot, credentials, body).errcode == "0")


def _session_call(session: requests.Session, url: str) -> Callable[[], None]:
    body = encode(MESSAGE, "bench")
    address = f"{url}?access_token={ACCESS_TOKEN}"

    def call() -> None:
        answer = session.post(address, data=body, headers=HEADERS, timeout=10)
        _expect(answer.json()["errcode"] == 0)

    return call


def _plain_call(connection: HTTPConnection, url: str) -> Callable[[], None]:
    body = encode(MESSAGE, "bench")
    target = f"{urlsplit(url).path}?access_token={ACCESS_TOKEN}"

    def call() -> None:
        connection.request("POST", target, body, HEADERS)
        _expect(json.loads(connection.getresponse().read())["errcode"] == 0)

    return call


def _click(headless: HeadlessProgram) -> Callable[[], None]:
    loop = QEventLoop()

    def on_reported(report: Report) -> None:
        _expect(report.status is Status.DELIVERED)
        loop.quit()

    headless.outbox.reported.connect(on_reported)

    def call() -> None:
        headless.submit(MESSAGE)
        loop.exec()

    return call


def _expect(is_so: bool) -> None:
    if not is_so:
        raise RuntimeError("a message was not taken: what was measured is not the way there")
