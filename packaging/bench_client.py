"""`Client.send` beside a bare `requests.post`, and the whole way from the click to DELIVERED."""

import sys
import tempfile
from contextlib import closing
from pathlib import Path
from statistics import median
from time import perf_counter

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

BLOCK = 25
ROUNDS, QUICK_ROUNDS = 30, 4
MESSAGE = Markdown("值班", "**今晚** 由张三值班，电话 13800000000。\n\n> 告警：磁盘 91%" * 4)
POST = "beside a bare requests.post of the same bytes to the same server"


def measure(*, is_quick: bool) -> list[Figure]:
    """The three taken in turns, in blocks; the medians of all calls."""
    rounds = QUICK_ROUNDS if is_quick else ROUNDS
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    application = QCoreApplication([])
    bare: list[float] = []
    client: list[float] = []
    click: list[float] = []
    with serving() as url, tempfile.TemporaryDirectory() as folder:
        headless = HeadlessProgram(Path(folder, "bench.sqlite3"), url)
        with closing(Client(clock_ms=clock_ms)) as sending, closing(headless):
            for _ in range(rounds + 1):
                bare.append(_post(url))
                client.append(_send(sending, url))
                click.append(_click(headless))
    del application, bare[0], client[0], click[0]  # the first round warms up
    calls = f"median of {rounds} blocks of {BLOCK} calls"
    return [
        Figure(
            "client",
            "ms",
            median(client),
            median(bare),
            0.7,
            note=f"Client.send: sign, post, read the answer; {calls}, {POST}",
        ),
        Figure(
            "click to DELIVERED",
            "ms",
            median(click),
            median(bare),
            note="Outbox.submit until the row is DELIVERED, three commits to the disk included",
        ),
    ]


def _post(url: str) -> float:
    body = encode(MESSAGE, "bench")
    headers = {"Content-Type": "application/json; charset=utf-8"}
    begun = perf_counter()
    for _ in range(BLOCK):
        answer = requests.post(
            f"{url}?access_token={ACCESS_TOKEN}", data=body, headers=headers, timeout=10
        )
        _expect(answer.json()["errcode"] == 0)
    return (perf_counter() - begun) * 1000 / BLOCK


def _send(client: Client, url: str) -> float:
    body = encode(MESSAGE, "bench")
    robot = Robot("bench", "bench", endpoint=url)
    credentials = Credentials(ACCESS_TOKEN, SECRET)
    begun = perf_counter()
    for _ in range(BLOCK):
        _expect(client.send(robot, credentials, body).errcode == "0")
    return (perf_counter() - begun) * 1000 / BLOCK


def _click(headless: HeadlessProgram) -> float:
    loop = QEventLoop()

    def on_reported(report: Report) -> None:
        _expect(report.status is Status.DELIVERED)
        loop.quit()

    headless.outbox.reported.connect(on_reported)
    begun = perf_counter()
    for _ in range(BLOCK):
        headless.submit(MESSAGE)
        loop.exec()
    ms = (perf_counter() - begun) * 1000 / BLOCK
    headless.outbox.reported.disconnect(on_reported)
    return ms


def _expect(is_so: bool) -> None:
    if not is_so:
        raise RuntimeError("a message was not taken: what was measured is not the way there")
