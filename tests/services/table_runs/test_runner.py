"""Runs over a table: real engine, real database, sandbox over HTTP."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dingcomposer.core.checks import Problem, ProblemCode, Severity
from dingcomposer.core.delivery import Status
from dingcomposer.core.limits import PACE_PER_MINUTE
from dingcomposer.core.row_messages.filling import RowFinding, RowMessage, RowProblem
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.sandbox.rules import Rules
from dingcomposer.sandbox.server import SandboxServer
from dingcomposer.services.engine import Engine
from dingcomposer.services.table_runs.outcome_copy import note_of, read_note
from dingcomposer.services.table_runs.runner import TableRunProgress, TableRuns, minutes_of
from dingcomposer.storage.planned.table_runs import KEPT, TableRunState
from tests.fakes.table_run_program import HEADINGS, engine_with_robots, rows_of, runs_of

LIMIT_MS = 20_000
ROBOTS = 3


class TableHarness:
    """An engine with robots, each of its own group, and what carries out runs."""

    def __init__(self, data_dir: Path, server: SandboxServer, qtbot: QtBot) -> None:
        self.data_dir, self.server, self.qtbot = data_dir, server, qtbot
        self.groups = [
            server.add_robot(f"群 {number}", Rules(secret_required=True, pace_per_minute=None))
            for number in range(ROBOTS)
        ]
        self.engine: Engine
        self.runs: TableRuns
        self.open()

    def open(self) -> None:
        """Start the program."""
        tokens = tuple(one.access_token for one in self.groups)
        secrets = tuple(one.secret for one in self.groups)
        self.engine = engine_with_robots(self.data_dir, self.server.url, tokens, secrets)
        self.runs = runs_of(self.engine)
        self.told: list[TableRunProgress] = []
        self.runs.changed.connect(self.told.append)

    def close(self) -> None:
        """End it as a person does."""
        self.runs.detach()
        self.engine.stop()
        self.engine.close()

    def begin(self, count: int) -> str:
        return self.runs.begin("表.xlsx", HEADINGS, self.rows(count))

    def rows(self, count: int) -> tuple[RowMessage, ...]:
        return rows_of(self.engine, tuple(f"第 {number} 行" for number in range(count)))

    def wait_until_over(self) -> TableRunProgress:
        def is_over() -> bool:
            progress = self.runs.progress
            return progress is not None and progress.is_over

        self.qtbot.waitUntil(is_over, timeout=LIMIT_MS)
        progress = self.runs.progress
        assert progress is not None
        return progress

    def wait_for(self, count: int) -> None:
        self.qtbot.waitUntil(lambda: len(self.arrived()) >= count, timeout=LIMIT_MS)

    def arrived(self) -> list[str]:
        return [
            json.loads(one.body)["text"]["content"]
            for one in self.server.exchanges()
            if one.is_taken
        ]


@pytest.fixture
def server() -> Iterator[SandboxServer]:
    with SandboxServer(pace_per_minute=None) as server:
        yield server


@pytest.fixture
def table(
    tmp_path: Path, qapp: object, server: SandboxServer, qtbot: QtBot
) -> Iterator[TableHarness]:
    harness = TableHarness(tmp_path, server, qtbot)
    yield harness
    harness.close()


def test_each_row_goes_to_its_robot_once(table: TableHarness) -> None:
    run_id = table.begin(30)
    progress = table.wait_until_over()
    assert (progress.total, progress.summary.delivered, progress.left) == (30, 30, 0)
    assert sorted(table.arrived()) == sorted(f"第 {number} 行" for number in range(30))
    rows = table.runs.store.outcomes(run_id)
    assert {one.status for one in rows} == {Status.DELIVERED}
    assert [one.robot_name for one in rows[:4]] == ["群 0", "群 1", "群 2", "群 0"]
    assert all(table.engine.history.row(one.msg_uuid or "") for one in rows)
    run = table.runs.store.run(run_id)
    assert run is not None
    assert (run.state, run.rows, run.done) == (TableRunState.ENDED, 30, 30)
    assert table.told[-1].state is TableRunState.ENDED


def test_what_is_blocked_or_left_out_is_kept_and_not_sent(table: TableHarness) -> None:
    rows = list(table.rows(6))
    rows[1] = replace(rows[1], findings=(RowFinding(RowProblem.ROBOT_UNKNOWN, "?"),), robot=None)
    run_id = table.runs.begin("表", HEADINGS, rows, frozenset({rows[4].row.number}))
    progress = table.wait_until_over()
    assert progress.total == 4
    assert "第 1 行" not in table.arrived()
    assert "第 4 行" not in table.arrived()
    kept = table.runs.store.outcomes(run_id)
    assert [one.left_out.partition(" ")[0] for one in kept] == [
        "",
        "blocked",
        "",
        "",
        "by_hand",
        "",
    ]
    assert read_note(kept[1].left_out) == RowFinding(RowProblem.ROBOT_UNKNOWN, "?")
    assert kept[1].cells == ("群 1", "第 1 行")


def test_why_a_row_is_kept_back_is_written_down_without_a_secret(table: TableHarness) -> None:
    (row,) = table.rows(1)
    params = (("length", 20_001), ("word", "SEC1"))
    problem = Problem(ProblemCode.EMPTY_FIELD, "text", Severity.BLOCKS, params)
    note = note_of(replace(row, problems=(problem,)), lambda text: text.replace("SEC1", "***"))
    assert "SEC1" not in note
    told = (("length", 20_001), ("word", "***"))
    assert read_note(note) == replace(problem, params=told)
    finding = RowFinding(RowProblem.FIELD_EMPTY, "金额", "金额")
    assert read_note(note_of(replace(row, findings=(finding,), problems=(problem,)))) == finding
    for odd in ("", "by_hand", "blocked", "blocked []", "blocked {", 'blocked {"problem": "x"}'):
        assert read_note(odd) is None


def test_only_a_few_rows_of_a_robot_wait_in_the_outbox(table: TableHarness) -> None:
    table.engine.outbox.pause()
    table.begin(40)
    table.qtbot.waitUntil(
        lambda: len(table.engine.outbox.waiting()) == 2 * ROBOTS, timeout=LIMIT_MS
    )
    table.qtbot.wait(50)  # time enough for more
    assert len(table.engine.outbox.waiting()) == 2 * ROBOTS
    progress = table.runs.progress
    assert progress is not None
    assert (progress.total, progress.left) == (40, 34)
    table.engine.outbox.resume()
    assert table.wait_until_over().summary.delivered == 40


def test_a_stop_takes_back_what_waits_and_it_goes_on_from_there(table: TableHarness) -> None:
    table.engine.outbox.pause()
    run_id = table.begin(20)
    table.qtbot.waitUntil(lambda: bool(table.engine.outbox.waiting()), timeout=LIMIT_MS)
    table.runs.stop()
    assert table.engine.outbox.waiting() == ()
    table.engine.outbox.resume()
    run = table.runs.store.run(run_id)
    assert run is not None
    assert run.state is TableRunState.STOPPED
    assert table.arrived() == []

    assert table.runs.go_on(run_id)
    assert table.wait_until_over().summary.delivered == 20
    assert Counter(table.arrived()) == Counter(f"第 {number} 行" for number in range(20))


def test_what_a_person_takes_out_of_the_queue_stays_out(table: TableHarness) -> None:
    table.engine.outbox.pause()
    run_id = table.begin(9)
    table.qtbot.waitUntil(
        lambda: len(table.engine.outbox.waiting()) == 2 * ROBOTS, timeout=LIMIT_MS
    )
    first = table.runs.store.outcomes(run_id)[0]
    assert first.msg_uuid is not None
    assert table.engine.outbox.cancel(first.msg_uuid)
    table.engine.outbox.resume()
    progress = table.wait_until_over()
    assert (progress.summary.delivered, progress.summary.cancelled) == (8, 1)
    assert "第 0 行" not in table.arrived()
    assert table.runs.store.outcomes(run_id)[0].left_out == "cancelled"
    assert table.runs.store.pending(run_id) == ()


def test_a_closed_program_goes_on_at_the_next_start_when_asked(table: TableHarness) -> None:
    table.engine.outbox.pause()
    run_id = table.begin(12)
    table.qtbot.waitUntil(lambda: bool(table.engine.outbox.waiting()), timeout=LIMIT_MS)
    table.close()
    table.open()
    (left,) = table.runs.store.unfinished()
    assert (left.run_id, left.rows, left.done) == (run_id, 12, 0)
    assert table.arrived() == [], "nothing goes on by itself"
    assert table.runs.go_on(run_id)
    assert table.wait_until_over().summary.delivered == 12
    assert Counter(table.arrived()) == Counter(f"第 {number} 行" for number in range(12))


def test_what_failed_is_sent_once_more_and_what_may_have_arrived_is_not(
    table: TableHarness,
) -> None:
    table.groups[0].faults = (FaultPlan(FaultKind.CLOSE, times=1, is_taken=True),)
    table.groups[1].rules = replace(table.groups[1].rules, keywords=("必须",))
    run_id = table.begin(6)
    progress = table.wait_until_over()
    assert (progress.summary.unknown, progress.failed, progress.summary.delivered) == (1, 2, 3)
    table.groups[1].rules = replace(table.groups[1].rules, keywords=())
    assert table.runs.go_on(run_id, has_failed=True)
    progress = table.wait_until_over()
    assert (progress.summary.unknown, progress.failed, progress.summary.delivered) == (1, 0, 5)
    assert Counter(table.arrived()) == Counter(f"第 {number} 行" for number in range(6))


def test_a_robot_that_is_gone_by_then_is_told_at_its_rows(table: TableHarness) -> None:
    table.engine.outbox.pause()
    run_id = table.begin(9)
    table.qtbot.waitUntil(
        lambda: len(table.engine.outbox.waiting()) == 2 * ROBOTS, timeout=LIMIT_MS
    )
    table.runs.stop()
    table.engine.robot_profiles.archive("r-1")
    table.engine.outbox.resume()
    assert table.runs.go_on(run_id)
    assert table.wait_until_over().summary.delivered == 6
    left_out = [one.left_out for one in table.runs.store.outcomes(run_id)]
    assert left_out == ["", "robot_gone", ""] * 3


def test_a_living_program_keeps_its_run(table: TableHarness) -> None:
    table.engine.outbox.pause()
    run_id = table.begin(6)
    table.qtbot.waitUntil(lambda: bool(table.engine.outbox.waiting()), timeout=LIMIT_MS)
    tokens = tuple(one.access_token for one in table.groups)
    secrets = tuple(one.secret for one in table.groups)
    other = engine_with_robots(table.data_dir, table.server.url, tokens, secrets)
    runs = runs_of(other)
    assert runs.store.unfinished() == ()
    assert not runs.go_on(run_id)
    other.stop()
    other.close()


def test_a_full_disk_stops_the_run_and_nothing_leaves_unwritten(table: TableHarness) -> None:
    table.engine.outbox.pause()
    run_id = table.begin(60)
    table.qtbot.waitUntil(lambda: bool(table.engine.outbox.waiting()), timeout=LIMIT_MS)
    table.engine.database.max_pages = table.engine.database.pages
    with table.qtbot.waitSignal(table.runs.trouble, timeout=LIMIT_MS):
        table.engine.outbox.resume()
    table.engine.database.max_pages = 2**31
    table.qtbot.waitUntil(table.engine.outbox.write_pending, timeout=LIMIT_MS)
    table.qtbot.waitUntil(lambda: table.engine.outbox.is_idle, timeout=LIMIT_MS)
    table.runs.go_on(run_id)
    table.wait_until_over()
    outcomes = Counter(one.status for one in table.runs.store.outcomes(run_id))
    assert max(Counter(table.arrived()).values()) == 1
    assert sum(outcomes.values()) == 60
    assert outcomes[Status.DELIVERED] == len(table.arrived())


def test_what_ended_long_ago_goes_and_the_rest_stays(table: TableHarness) -> None:
    run_id = table.begin(3)
    table.wait_until_over()
    store = table.runs.store
    store.tidy_up(table.runs.now() + KEPT - timedelta(hours=1))
    assert store.run(run_id) is not None
    store.tidy_up(table.runs.now() + KEPT + timedelta(hours=1))
    assert store.run(run_id) is None
    assert table.engine.database.rows("SELECT count(*) FROM table_run_rows")[0][0] == 0


def test_the_pace_says_how_many_minutes_it_takes(table: TableHarness) -> None:
    rows = table.rows(ROBOTS * PACE_PER_MINUTE)
    assert minutes_of(rows, lambda _robot: PACE_PER_MINUTE) == 0
    assert minutes_of(rows, lambda _robot: PACE_PER_MINUTE - 1) == 1
    assert minutes_of(table.rows(ROBOTS * 100), lambda _robot: PACE_PER_MINUTE) == 4
