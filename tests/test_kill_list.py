"""A list with a gap between its groups, killed between any two steps: none twice, none lost.

Each program is a process of its own (`list_program`), killed by itself before a step or by the
test at a random moment; the next one goes on as a person would, until one comes to its end.
"""

import json
import random
import subprocess
import sys
import threading
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dingcomposer.core.delivery import Status
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.sandbox.rules import Rules
from dingcomposer.sandbox.server import SandboxRobot, SandboxServer
from dingcomposer.services.engine import DATABASE_NAME
from dingcomposer.storage.database import Database
from dingcomposer.storage.history import HistoryStore
from tests.fakes.list_program import ListTask

ROOT = Path(__file__).parents[1]
TEXT = "放假通知"
GROUPS = 4
GAP_S = 0.05
LIMIT_S = 60
MOST_STARTS = 60


def groups_of(server: SandboxServer) -> list[SandboxRobot]:
    return [server.add_robot(f"群 {number}", Rules()) for number in range(GROUPS)]


def task(
    folder: Path, server: SandboxServer, groups: list[SandboxRobot], dies_before: int = 0
) -> ListTask:
    robots = {f"r-{number}": (one.access_token, one.secret) for number, one in enumerate(groups)}
    return ListTask(str(folder), server.url, robots, TEXT, GAP_S, dies_before=dies_before)


def start(wanted: ListTask) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.fakes.list_program"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdin is not None
    process.stdin.write(wanted.to_json())
    process.stdin.close()
    process.stdin = None
    return process


def run(wanted: ListTask) -> str:
    """Let a program run until it ends, or dies; what it said."""
    said, complaint = start(wanted).communicate(timeout=LIMIT_S)
    assert complaint == ""
    return said


def texts_in(groups: list[SandboxRobot]) -> list[int]:
    """How many messages stand in each group, whatever their ids."""
    return [sum(1 for _one in group.taken()) for group in groups]


def demand_truth(folder: Path, groups: list[SandboxRobot]) -> None:
    """Each group has the message once, and the history says so of one send for each."""
    assert texts_in(groups) == [1] * GROUPS, "none twice, none lost"
    with closing(Database(folder / DATABASE_NAME)) as database:
        history = HistoryStore(database)
        assert history.recover(datetime.now(UTC) + timedelta(seconds=1)) == ()
        rows = history.page(limit=1_000)
    taken = {one.msg_uuid for group in groups for one in group.taken()}
    assert {one.msg_uuid for one in rows if one.status is Status.DELIVERED} == taken
    for row in rows:
        if row.msg_uuid not in taken:
            assert row.status in (Status.NOT_SENT, Status.CANCELLED), row
    assert len({one.group_id for one in rows}) == 1, "one broadcast, whoever went on with it"


def steps_of(folder: Path) -> int:
    """How many steps it takes where nobody disturbs it."""
    with SandboxServer(pace_per_minute=None) as server:
        groups = groups_of(server)
        said = run(task(folder, server, groups))
        demand_truth(folder, groups)
    word, count, delivered = said.split()
    assert (word, int(delivered)) == ("over", GROUPS)
    return int(count)


@pytest.mark.parametrize("stride", [40, pytest.param(1, marks=pytest.mark.long)])
def test_killed_between_any_two_steps_each_group_gets_it_once(stride: int, tmp_path: Path) -> None:
    count = steps_of(tmp_path / "whole")
    assert count > 40
    died = 0
    for step in range(1, count + 1, stride):
        folder = tmp_path / f"step-{step}"
        with SandboxServer(pace_per_minute=None) as server:
            groups = groups_of(server)
            died += run(task(folder, server, groups, step)) == ""
            between = texts_in(groups)
            assert max(between) <= 1
            assert sorted(between, reverse=True) == between, "in the list's order"
            assert run(task(folder, server, groups)).startswith("over")
            demand_truth(folder, groups)
    assert died > 0


@pytest.mark.parametrize("rounds", [1, pytest.param(25, marks=pytest.mark.long)])
def test_killed_at_random_again_and_again_it_comes_to_its_end(rounds: int, tmp_path: Path) -> None:
    """The sandbox is slow, so that a kill often falls between a request and its answer."""
    kills: Counter[str] = Counter()
    for number in range(rounds):
        chance = random.Random(number)
        folder = tmp_path / f"round-{number}"
        with SandboxServer(pace_per_minute=None, chance=chance.random) as server:
            groups = groups_of(server)
            for group in groups:
                group.faults = (
                    FaultPlan(FaultKind.BUSY, times=None, probability=0.2, is_taken=True),
                    FaultPlan(FaultKind.CLOSE, times=None, probability=0.2, is_taken=True),
                )
            wanted = task(folder, server, groups)
            for number_of_start in range(MOST_STARTS):
                process = start(wanted)
                # Each may run longer than the last: on a slow machine, too, it gets on.
                longest_s = 0.4 + 0.1 * number_of_start
                threading.Event().wait(chance.uniform(0.1, longest_s))
                process.kill()
                said, complaint = process.communicate(timeout=LIMIT_S)
                assert complaint == ""
                kills["over" if said else "killed"] += 1
                if said:
                    break
                assert max(texts_in(groups)) <= 1
            for group in groups:
                group.faults = ()
            assert run(wanted).startswith("over")
            assert texts_in(groups) == [1] * GROUPS, json.dumps(texts_in(groups))
    assert kills["killed"] > 0
