"""Killed between any two steps, or at random beside three others: each run once, or told.

Each program is a process of its own (`scheduled_program`); all send to the groups of a sandbox in
this process, which keeps what arrived.
"""

import json
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dingcomposer.core.delivery import Status
from dingcomposer.core.scheduling.schedule import RunState
from dingcomposer.core.scheduling.timing import next_dues
from dingcomposer.core.scheduling.working_calendar import WorkingCalendar
from dingcomposer.sandbox.server import SandboxServer
from dingcomposer.services.engine import DATABASE_NAME
from dingcomposer.storage.database import Database
from dingcomposer.storage.history import HistoryStore
from dingcomposer.storage.planned.runs import PlannedRun, RunStore
from dingcomposer.storage.planned.schedules import ScheduleStore
from tests.fakes.planned import PlannedProgram
from tests.fakes.scheduled_program import PlannedTask

ROOT = Path(__file__).parents[1]
DUE = "2026-12-01T09:00:00+08:00"
LATER = "2026-12-01T09:00:40+08:00"
TEXT = "早上好"
LIMIT_S = 60
SPEED = 300.0
"""A second is five minutes: a run is due each second, and missed a second later."""
LASTS_S = 8
PROGRAMS = 4
LEAST_TAKEN = 2


@pytest.fixture
def server() -> Iterator[SandboxServer]:
    with SandboxServer(pace_per_minute=None) as server:
        yield server


def prepare(folder: Path, server: SandboxServer, rule: str, robots: int) -> None:
    """A data folder with one schedule to some robots."""
    program = PlannedProgram(folder, server)
    every = [program.robot(f"r-{number}") for number in range(robots)]
    program.add(TEXT, rule=rule, robots=every)
    program.close()


def task(folder: Path, server: SandboxServer, now: str, robots: int = 2) -> PlannedTask:
    known = (server.access_token, server.secret)
    return PlannedTask(str(folder), {f"r-{number}": known for number in range(robots)}, now)


def run(wanted: PlannedTask) -> str:
    """Let a program run to its end, whichever it is; what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.fakes.scheduled_program"],
        cwd=ROOT,
        input=wanted.to_json(),
        capture_output=True,
        text=True,
        check=False,
        timeout=LIMIT_S,
    )
    assert done.stderr == ""
    return done.stdout


def runs_in(folder: Path) -> tuple[PlannedRun, ...]:
    """All runs, with what the history says of their sends, oldest first."""
    with closing(Database(folder / DATABASE_NAME)) as database:
        history = HistoryStore(database)
        history.recover(datetime.now(UTC) + timedelta(seconds=1))
        schedules = ScheduleStore(database)
        store = RunStore(schedules, history)
        (schedule,) = schedules.all()
        return tuple(reversed(store.of_schedule(schedule.schedule_id, 1_000)))


def taken(server: SandboxServer) -> Counter[str]:
    """How often the group got each message, by its msgUuid."""
    return Counter(one.msg_uuid for one in server.exchanges() if one.is_taken)


def demand_truth(runs: tuple[PlannedRun, ...], arrived: Counter[str], robots: int) -> None:
    """No message twice; what arrived may have arrived, what did not is not called delivered."""
    assert max(arrived.values(), default=0) <= 1
    assert len({one.due_at for one in runs}) == len(runs)
    for one in runs:
        if one.state is not RunState.TAKEN:
            assert one.sends == ()
            continue
        assert len(one.sends) == robots, "a run is written whole"
        for send in one.sends:
            assert send.msg_uuid is not None
            if send.msg_uuid in arrived:
                assert send.status in (Status.DELIVERED, Status.UNKNOWN)
            else:
                assert send.status in (Status.NOT_SENT, Status.UNKNOWN, Status.CANCELLED)
    planned = {send.msg_uuid for one in runs for send in one.sends}
    assert set(arrived) <= planned, "nothing arrives that no run accounts for"


def steps_of(folder: Path, server: SandboxServer) -> int:
    """How many steps a run has that nobody disturbs."""
    prepare(folder, server, "FREQ=DAILY", 2)
    said = run(task(folder, server, DUE))
    return int(said.split()[-1])


def killed_at(step: int, folder: Path, server: SandboxServer) -> None:
    """One program dies before a step; another starts half a minute later."""
    prepare(folder, server, "FREQ=DAILY", 2)
    wanted = task(folder, server, DUE)
    said = run(PlannedTask(**{**json.loads(wanted.to_json()), "dies_before": step}))
    assert "over" not in said
    again = run(task(folder, server, LATER))
    assert "over" in again
    runs = runs_in(folder)
    assert [one.state for one in runs] == [RunState.TAKEN], "never lost, never a second one"
    demand_truth(runs, taken(server), 2)


@pytest.mark.parametrize("stride", [12, pytest.param(1, marks=pytest.mark.long)])
def test_killed_between_any_two_steps_a_run_is_sent_once_or_told(
    stride: int, tmp_path: Path
) -> None:
    with SandboxServer(pace_per_minute=None) as server:
        count = steps_of(tmp_path / "whole", server)
    assert count > 20
    for step in range(1, count + 1, stride):
        with SandboxServer(pace_per_minute=None) as server:
            killed_at(step, tmp_path / f"step-{step}", server)


def test_four_programs_at_the_same_moment_send_once(tmp_path: Path, server: SandboxServer) -> None:
    """A window and the system's scheduler, say, all awake when the run is due."""
    prepare(tmp_path, server, "FREQ=DAILY", 1)
    wanted = task(tmp_path, server, DUE, 1)
    said: list[str] = []
    threads = [
        threading.Thread(target=lambda: said.append(run(wanted))) for _number in range(PROGRAMS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(said) == PROGRAMS
    assert list(taken(server).values()) == [1]
    (only,) = runs_in(tmp_path)
    assert [one.status for one in only.sends] == [Status.DELIVERED]


class BesideOthers:
    """A program beside others on one data folder, which stays until it is killed."""

    def __init__(self, wanted: PlannedTask) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fakes.scheduled_program"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert self._process.stdin is not None
        self._process.stdin.write(wanted.to_json())
        self._process.stdin.close()
        self._process.stdin = None

    def kill_after(self, seconds: float) -> str:
        """Kill it so long after it has begun to look at the clock; what it complained of."""
        assert self._process.stdout is not None
        self._process.stdout.readline()
        threading.Event().wait(seconds)
        self._process.kill()
        _, complaint = self._process.communicate(timeout=LIMIT_S)
        return complaint


@pytest.mark.parametrize("seconds", [LASTS_S, pytest.param(60, marks=pytest.mark.long)])
def test_four_programs_killed_at_random_take_each_run_once(
    seconds: int, tmp_path: Path, server: SandboxServer
) -> None:
    """Of what is due each second each is there once: sent, or missed where nobody was alive."""
    minutes = ",".join(str(one) for one in range(0, 60, 5))
    prepare(tmp_path, server, f"FREQ=HOURLY;BYMINUTE={minutes}", 1)
    begin = time.time() + 1
    complaints: list[str] = []
    since = json.loads(task(tmp_path, server, "2026-12-01T08:59:00+08:00", 1).to_json())
    wanted = PlannedTask(**{**since, "since": begin, "speed": SPEED, "is_staying": True})

    def one_after_another(place: int) -> None:
        chance = random.Random(place)
        # A busy machine takes long to start a program: some runs are sent, however long it takes.
        while time.time() < begin + (seconds if len(taken(server)) > LEAST_TAKEN else LIMIT_S):
            complaints.append(BesideOthers(wanted).kill_after(chance.uniform(0.5, 4.0)))

    threads = [threading.Thread(target=one_after_another, args=(n,)) for n in range(PROGRAMS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert "".join(complaints) == ""
    runs = runs_in(tmp_path)
    demand_truth(runs, taken(server), 1)
    assert sum(one.state is RunState.TAKEN for one in runs) > LEAST_TAKEN
    with closing(Database(tmp_path / DATABASE_NAME)) as database:
        (schedule,) = ScheduleStore(database).all()
    start = datetime.fromisoformat("2026-12-01T08:59:00+08:00")
    expected = next_dues(schedule.timing, WorkingCalendar(), start, len(runs))
    counted = [one.due_at for one in runs]
    assert counted == [one.at for one in expected], "each once, and none left out in between"
