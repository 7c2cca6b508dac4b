"""A run over a table, killed at any moment: no row twice, none lost, no false word."""

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dingcomposer.core.delivery import Status
from dingcomposer.sandbox.rules import Rules
from dingcomposer.sandbox.server import SandboxRobot, SandboxServer
from dingcomposer.services.engine import DATABASE_NAME
from dingcomposer.storage.database import Database
from dingcomposer.storage.planned.table_runs import (
    TableRowOutcome,
    TableRunState,
    TableRunStore,
)
from tests.fakes.table_run_program import TableTask

ROOT = Path(__file__).parents[1]
ROBOTS, ROWS = 4, 60  # no robot more than its minute takes
KILLS = 5
LIMIT_S = 60


@pytest.fixture
def server() -> Iterator[SandboxServer]:
    with SandboxServer(pace_per_minute=None) as server:
        yield server


def run_program(task: TableTask, kill_after: int | None) -> bool:
    """Run it, and kill it once it has said so many lines; whether it came to its end."""
    command = [sys.executable, "-m", "tests.fakes.table_run_program"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(task.to_json())
        program.stdin.close()
        for number, line in enumerate(program.stdout):
            if number == kill_after:
                program.kill()
            if line.strip() == "over":
                return True
    return False


def outcomes(data_dir: Path) -> tuple[TableRunState, tuple[TableRowOutcome, ...]]:
    """The one run as it stands on the disk, and its rows."""
    with closing(Database(data_dir / DATABASE_NAME)) as database:
        store = TableRunStore(database)
        (run,) = store.recent()
        return run.state, store.outcomes(run.run_id)


def carry_out(
    seed: int, data_dir: Path, server: SandboxServer, kills: int
) -> tuple[Counter[str], tuple[TableRowOutcome, ...]]:
    """A run that is killed so often, then goes on to its end; what arrived, and what it says."""
    groups: list[SandboxRobot] = [
        server.add_robot(f"群 {number}", Rules(pace_per_minute=None)) for number in range(ROBOTS)
    ]
    texts = tuple(f"{seed}-{number}" for number in range(ROWS))
    task = TableTask(
        str(data_dir),
        server.url,
        tuple(one.access_token for one in groups),
        tuple(one.secret for one in groups),
        texts,
    )
    chance = random.Random(seed)
    for _ in range(kills):
        if run_program(task, kill_after=chance.randrange(1, 2 * ROWS // kills * 2)):
            break
    else:
        assert run_program(task, None), "it goes on to its end"
    state, rows = outcomes(data_dir)
    assert state is TableRunState.ENDED
    arrived = Counter(
        json.loads(one.body)["text"]["content"] for one in server.exchanges() if one.is_taken
    )
    return arrived, rows


def demand_truth(
    seed: int, arrived: Counter[str], rows: tuple[TableRowOutcome, ...]
) -> Counter[Status | None]:
    """No row twice, none lost; where nobody can know, the row says so."""
    assert len(rows) == ROWS
    assert all(count == 1 for count in arrived.values()), arrived
    for number, row in enumerate(rows):
        text = f"{seed}-{number}"
        match row.status:
            case Status.DELIVERED:
                assert arrived[text] == 1, f"{text} is said to be there, and is not"
            case Status.UNKNOWN:
                pass
            case _:
                pytest.fail(f"{text} stands as {row.status}, {row.left_out!r}")
    return Counter(row.status for row in rows)


@pytest.mark.parametrize("seed", range(1))
def test_killed_again_and_again_it_goes_on_where_it_was(
    seed: int, tmp_path: Path, server: SandboxServer
) -> None:
    arrived, rows = carry_out(seed, tmp_path, server, KILLS)
    counts = demand_truth(seed, arrived, rows)
    assert counts[Status.DELIVERED] >= ROWS - KILLS * ROBOTS


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 120))
def test_killed_a_hundred_times_no_row_goes_twice_or_is_lost(
    seed: int, tmp_path: Path, server: SandboxServer
) -> None:
    arrived, rows = carry_out(seed, tmp_path, server, KILLS)
    demand_truth(seed, arrived, rows)
