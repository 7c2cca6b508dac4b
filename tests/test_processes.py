"""Several programs on one data folder, killed at random: one pace, one truth.

Each is an engine with an event loop of its own (`sharing_program`); all send to the same robots of
a sandbox in this process, which notes when each message arrived.
"""

import os
import random
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest
from pytestqt.qtbot import QtBot

from dingcomposer.core.delivery import Status
from dingcomposer.core.limits import PACE_PER_MINUTE, PACE_WINDOW_S
from dingcomposer.core.messages import Text
from dingcomposer.core.robot import Credentials
from dingcomposer.sandbox.rules import Rules
from dingcomposer.sandbox.server import Exchange, SandboxServer
from dingcomposer.services.engine import DATABASE_NAME, Engine
from dingcomposer.storage.database import Database
from dingcomposer.storage.history import HistoryStore
from dingcomposer.ui.context import Page
from dingcomposer.ui.history.model import SendColumn
from tests.fakes.programs import Start
from tests.fakes.sharing_program import Task, open_engine, robots_of

ROOT = Path(__file__).parents[1]
ROBOTS = 3
PROGRAMS = 4
LIMIT_MS = 20_000


@pytest.fixture
def server() -> Iterator[SandboxServer]:
    with SandboxServer(pace_per_minute=None) as server:
        yield server


@pytest.fixture
def engines(tmp_path: Path, qapp: object, server: SandboxServer) -> Iterator[tuple[Engine, Engine]]:
    """Two programs in this process, each with a lease and a database connection of its own."""
    first, second = open_engine(tmp_path), open_engine(tmp_path)
    for engine in (first, second):
        for robot in robots_of(server.url, ROBOTS):
            known = Credentials(server.access_token, server.secret)
            engine.secrets.hold(robot.robot_id, known)
    yield first, second
    for engine in (first, second):
        engine.stop()
        engine.close()


def test_what_one_program_sends_appears_in_the_other(
    engines: tuple[Engine, Engine], server: SandboxServer, qtbot: QtBot
) -> None:
    here, there = engines
    there.outbox.watch_elsewhere()
    seen: list[str] = []
    there.outbox.added.connect(lambda row: seen.extend((row.msg_uuid, row.status)))
    there.outbox.changed.connect(lambda row: seen.append(row.status))
    msg_uuid = here.outbox.submit(Text("你好"), robots_of(server.url, 1)[0])
    qtbot.waitUntil(lambda: Status.DELIVERED in seen, timeout=LIMIT_MS)
    assert seen[0] == msg_uuid

    own = there.outbox.submit(Text("自己的"), robots_of(server.url, 1)[0])
    here.outbox.submit(Text("再来"), robots_of(server.url, 1)[0])
    qtbot.waitUntil(lambda: seen.count(Status.DELIVERED) == 3, timeout=LIMIT_MS)
    assert seen.count(own) == 1, "its own is told once, by itself"


def test_what_a_command_sends_stands_in_the_open_window_within_a_second(
    start: Start, server: SandboxServer, tmp_path: Path
) -> None:
    person = start(data_dir=tmp_path / "shared")
    window = person.program.window
    window.go_to(Page.HISTORY)
    model = window.history.table.model()
    hook = f"{server.url}?access_token={server.access_token}"
    command = [sys.executable, "-m", "dingcomposer", "--data-dir", str(tmp_path / "shared"), "send"]
    environ = {**os.environ, "HOOK": hook, "SIGNING": server.secret}
    late_s = []
    for text in ("第一条", "第二条", "第三条"):
        given = ["--webhook-env", "HOOK", "--secret-env", "SIGNING", "--text", text]
        with subprocess.Popen([*command, *given], env=environ, stderr=subprocess.PIPE) as program:
            person.wait(lambda text=text: model.index(0, SendColumn.TITLE).data() == text)  # type: ignore[misc]
            person.wait(lambda: model.index(0, SendColumn.STATUS).data() == "Delivered")
            seen_at = datetime.now(UTC)
            program.communicate()
        assert program.returncode == 0
        (row,) = person.program.history.page(limit=1)
        assert row.finished_at is not None
        late_s.append((seen_at - row.finished_at).total_seconds())
    assert min(late_s) < 1.0, "but for a machine that is busy with something else"


def test_a_start_leaves_alone_what_a_living_program_sends(
    engines: tuple[Engine, Engine], server: SandboxServer, tmp_path: Path
) -> None:
    here, _ = engines
    here.outbox.pause()
    msg_uuid = here.outbox.submit(Text("等一下"), robots_of(server.url, 1)[0])
    third = open_engine(tmp_path)
    assert third.recovered == ()
    third.stop()
    third.close()
    row = here.history.row(msg_uuid)
    assert row is not None
    assert row.status is Status.QUEUED


def test_two_programs_share_a_tokens_minute(
    engines: tuple[Engine, Engine], server: SandboxServer, qtbot: QtBot
) -> None:
    """Under three names: the pace is the token's."""
    here, there = engines
    robots = robots_of(server.url, ROBOTS)
    for number in range(PACE_PER_MINUTE):
        engine = here if number % 2 else there
        engine.outbox.submit(Text(f"第 {number} 条"), robots[number % ROBOTS])
    for engine in (here, there):
        outbox = engine.outbox
        qtbot.waitUntil(lambda outbox=outbox: bool(outbox.is_idle), timeout=LIMIT_MS)  # type: ignore[misc]
    assert len(server.exchanges()) == PACE_PER_MINUTE

    msg_uuid = there.outbox.submit(Text("一分钟里的第二十一条"), robots[0])
    qtbot.waitUntil(
        lambda: any(one.due_in_s > 1 for one in there.outbox.waiting()), timeout=LIMIT_MS
    )
    (waiting,) = there.outbox.waiting()
    assert waiting.msg_uuid == msg_uuid
    assert waiting.due_in_s <= PACE_WINDOW_S
    assert len(server.exchanges()) == PACE_PER_MINUTE
    row = there.history.row(msg_uuid)
    assert row is not None
    assert (row.status, row.attempts) == (Status.QUEUED, 0)


class SharingProgram:
    """A running program of the test, killed when the test says so."""

    def __init__(self, task: Task) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fakes.sharing_program"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert self._process.stdin is not None
        self._process.stdin.write(task.to_json())
        self._process.stdin.close()
        self.submitted: list[str] = []
        self.complaint = ""
        self._is_ready = threading.Event()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def kill_after(self, seconds: float) -> None:
        """Let it work for so long from its first word on, then kill it."""
        self._is_ready.wait(60)
        threading.Event().wait(seconds)
        self._process.kill()
        self._reader.join()
        self._process.wait()

    def _read(self) -> None:
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        for line in self._process.stdout:
            if line.strip() == "ready":
                self._is_ready.set()
            else:
                self.submitted.append(line.strip())
        self._is_ready.set()
        self.complaint = self._process.stderr.read()
        self._process.stdout.close()
        self._process.stderr.close()


@pytest.mark.parametrize("kills", [8, pytest.param(100, marks=pytest.mark.long)])
def test_four_programs_killed_at_random_send_nothing_twice_and_lose_nothing(
    kills: int, tmp_path: Path
) -> None:
    arrived: list[tuple[float, Exchange]] = []
    with SandboxServer() as server:
        groups = [server.add_robot(f"群 {number}", Rules()) for number in range(ROBOTS)]
        has_begun = threading.Event()

        def note(exchange: Exchange) -> None:
            arrived.append((monotonic(), exchange))
            has_begun.set()

        server.on_exchange = note
        programs: list[SharingProgram] = []
        lock = threading.Lock()
        left = [kills]

        def one_after_another(place: int) -> None:
            chance = random.Random(place)
            while True:
                with lock:
                    if left[0] <= 0:
                        return
                    left[0] -= 1
                    number = left[0]
                task = Task(
                    str(tmp_path),
                    server.url,
                    tuple(one.access_token for one in groups),
                    tuple(one.secret for one in groups),
                    tuple(f"{number} 之 {text}" for text in range(12)),
                    every_ms=chance.choice((5, 40, 150)),
                    seed=number,
                )
                program = SharingProgram(task)
                if place == 0:  # on a busy machine the first words take longer than a life
                    has_begun.wait(60)
                program.kill_after(chance.uniform(0.3, 3.0))
                programs.append(program)

        threads = [threading.Thread(target=one_after_another, args=(n,)) for n in range(PROGRAMS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert "".join(one.complaint for one in programs) == ""
    taken = Counter(exchange.msg_uuid for _, exchange in arrived if exchange.is_taken)
    submitted = {msg_uuid for one in programs for msg_uuid in one.submitted}
    with closing(Database(tmp_path / DATABASE_NAME)) as database:
        history = HistoryStore(database)
        history.recover(datetime.now(UTC) + timedelta(seconds=1))
        rows = {msg_uuid: history.row(msg_uuid) for msg_uuid in submitted | set(taken)}
    assert submitted, "they sent something"
    assert taken, "and some of it arrived"
    assert not [one for one, row in rows.items() if row is None], "what was written is there"
    assert max(taken.values()) == 1, "nothing was posted twice"
    for msg_uuid, row in rows.items():
        assert row is not None
        if msg_uuid in taken:
            assert row.status in (Status.DELIVERED, Status.UNKNOWN), row
        else:
            assert row.status is not Status.DELIVERED, row
    refused = [exchange for _, exchange in arrived if not exchange.is_taken]
    assert [exchange.cause for exchange in refused] == [], "no robot was too fast"
    for group in {exchange.group for _, exchange in arrived}:
        times = sorted(at for at, exchange in arrived if exchange.group == group)
        pairs = zip(times, times[PACE_PER_MINUTE:], strict=False)
        assert all(late - early >= PACE_WINDOW_S for early, late in pairs), group
