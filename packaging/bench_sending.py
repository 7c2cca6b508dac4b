"""A thousand sends over fifty robots through the sender, beside one bare requests session."""

import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from statistics import median
from time import perf_counter, process_time

import requests
from PySide6.QtCore import QCoreApplication, QEventLoop

from bench_figures import Figure
from bench_headless import ACCESS_TOKEN, SECRET, HeadlessProgram, clock_ms
from bench_server import serving
from dingcomposer.app import SWITCH_INTERVAL_S
from dingcomposer.core.delivery import Report, SendJob, Status
from dingcomposer.core.messages import Text
from dingcomposer.core.payload import encode
from dingcomposer.core.robot import Credentials, Robot
from dingcomposer.dingtalk.client import Client
from dingcomposer.sending.permission import Permission
from dingcomposer.sending.sender import Sender
from dingcomposer.services.outbox import Outbox
from dingcomposer.storage.token_fingerprint import fingerprint

ROBOTS = 50
SENDS, QUICK_SENDS = 1_000, 200
ROUNDS, QUICK_ROUNDS = 5, 2
MESSAGE = Text("构建 #128 通过，用时 3 分 20 秒")
LIMIT_S = 120
AIM_RATIO = 1.0


def measure(*, is_quick: bool) -> list[Figure]:
    """All sends of a round, from the first submit to the last report; medians of the rounds."""
    rounds, sends = (QUICK_ROUNDS, QUICK_SENDS) if is_quick else (ROUNDS, SENDS)
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    application = QCoreApplication([])
    bare: list[float] = []
    sender: list[float] = []
    bare_worked: list[float] = []
    sender_worked: list[float] = []
    committed: list[float] = []
    with serving() as url, tempfile.TemporaryDirectory() as folder:
        _post_all(url, sends)  # warms up
        for number in range(rounds):
            worked_s = process_time()
            bare.append(_post_all(url, sends))
            bare_worked.append(process_time() - worked_s)
            worked_s = process_time()
            sender.append(_send_all(url, sends))
            sender_worked.append(process_time() - worked_s)
            committed.append(_commit_all(Path(folder, f"{number}.sqlite3"), url, sends))
    del application
    what = f"{sends} sends over {ROBOTS} robots"
    times = f"median of {rounds} rounds, beside one requests.Session posting them in turn"
    return [
        Figure(
            what,
            "s",
            median(sender),
            median(bare),
            AIM_RATIO,
            note=f"through the sender; {times}",
        ),
        Figure(
            f"{what}, processor",
            "s",
            median(sender_worked),
            median(bare_worked),
            note="what all threads have worked: other programs on this machine do not change it",
        ),
        Figure(
            f"{what}, with history",
            "s",
            median(committed),
            median(bare),
            note="through the outbox, each send with its three commits to the disk",
        ),
    ]


def _post_all(url: str, sends: int) -> float:
    begun = perf_counter()
    with requests.Session() as session:
        for number in range(sends):
            answer = session.post(
                f"{url}?access_token={ACCESS_TOKEN}",
                data=encode(MESSAGE, f"u-{number}"),
                headers={"Content-Type": "application/json; charset=utf-8"},
                timeout=10,
            )
            if answer.json()["errcode"] != 0:
                raise RuntimeError("the floor was not taken")
    return perf_counter() - begun


def _send_all(url: str, sends: int) -> float:
    """With the pace as it is: fifty robots may just take a thousand in one minute."""
    reports: SimpleQueue[Report] = SimpleQueue()

    def allow(_report: Report, permission: Permission) -> None:
        permission.grant()

    begun = perf_counter()
    sender = Sender(
        make_client=lambda: Client(clock_ms=clock_ms),
        read_credentials=lambda _robot_id: Credentials(ACCESS_TOKEN, SECRET),
        fingerprint_of=partial(fingerprint, b"bench"),
        announce=allow,
        report=reports.put,
    )
    now = datetime.now(UTC)
    for number in range(sends):
        robot = Robot(f"r-{number % ROBOTS}", "测试群", endpoint=url)
        sender.submit(SendJob(f"u-{number}", robot, MESSAGE, now))
    statuses = {reports.get(timeout=LIMIT_S).status for _ in range(sends)}
    seconds = perf_counter() - begun
    sender.stop()
    if statuses != {Status.DELIVERED}:
        raise RuntimeError(f"not all were delivered: {statuses}")
    return seconds


def _commit_all(path: Path, url: str, sends: int) -> float:
    with closing(HeadlessProgram(path, url)) as headless:
        begun = perf_counter()
        for number in range(sends):
            headless.submit(MESSAGE, f"r-{number % ROBOTS}")
        wait_for(headless.outbox, sends)
        return perf_counter() - begun


def wait_for(outbox: Outbox, count: int) -> None:
    """Run the event loop until so many sends are delivered. Raises where one is not."""
    loop = QEventLoop()
    statuses: list[Status] = []

    def on_reported(report: Report) -> None:
        statuses.append(report.status)
        if len(statuses) == count:
            loop.quit()

    outbox.reported.connect(on_reported)
    loop.exec()
    outbox.reported.disconnect(on_reported)
    if set(statuses) != {Status.DELIVERED}:
        raise RuntimeError(f"not all were delivered: {set(statuses)}")
