"""Upkeep: a history from before joins the chain and the sums while the program runs."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from pytestqt.qtbot import QtBot

from dingcomposer.core.delivery import SendJob
from dingcomposer.core.messages import Text
from dingcomposer.core.robot import Robot
from dingcomposer.services.history.upkeep import Upkeep
from dingcomposer.storage.database import Database
from dingcomposer.storage.evidence.chain import Chain
from dingcomposer.storage.evidence.verification import verified
from dingcomposer.storage.history import HistoryStore
from dingcomposer.storage.migrations import STEPS

ROWS = 1_200  # some slices of the hashing
NOW = datetime(2026, 8, 22, tzinfo=UTC)


def old_file(path: Path) -> None:
    step = next(at for at, step in enumerate(STEPS) if any("TABLE chain " in one for one in step))
    with closing(Database(path, steps=STEPS[:step])) as before, before.transaction():
        for number in range(ROWS):
            before.run(
                "INSERT INTO sends (msg_uuid, robot_id, robot_name, robot_colour, stage,"
                " is_sandbox, kind, headline, status, created_at, payload)"
                " VALUES (?, 'r', 'R', '', 'test', 0, 'text', 'x', 'delivered', ?, '{}')",
                *(f"old-{number}", number * 1_000_000),
            )


def test_a_history_from_before_joins_while_messages_are_sent(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    old_file(path)
    with closing(Database(path)) as database:
        upkeep = Upkeep(database)
        seen: list[tuple[int, int]] = []
        upkeep.progressed.connect(lambda done, born: seen.append((done, born)))
        with qtbot.waitSignal(upkeep.progressed):
            upkeep.start()
        history = HistoryStore(database)
        history.add(SendJob("new", Robot("r", "R"), Text("x"), NOW))
        history.cancel("new", NOW)
        if not upkeep.is_over:
            with qtbot.waitSignal(upkeep.over, timeout=20_000):
                pass
        assert seen[0] == (0, ROWS)
        assert seen[-1] == (ROWS, ROWS)
        assert len(seen) > 2
        total = database.rows("SELECT sum(sends) FROM daily_sums")[0][0]
        assert total == ROWS + 1
        upkeep.stop()
    found = verified(path)
    assert found.is_whole
    assert (found.sends, found.waiting) == (ROWS + 1, 0)


def test_it_goes_on_where_it_was_ended(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    old_file(path)
    joined = 0
    for _ in range(20):
        with closing(Database(path)) as database:
            upkeep = Upkeep(database)
            with qtbot.waitSignal(upkeep.progressed):
                upkeep.start()
            with qtbot.waitSignals([upkeep.progressed], raising=False, timeout=2_000):
                pass
            upkeep.stop()
            progress = Chain(database).progress()
            assert progress.joined_key >= joined
            joined = progress.joined_key
        assert verified(path).is_whole
        if progress.is_over:
            break
    assert joined == ROWS
