"""The kept sums are what a count finds, whatever was done."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Fault, Report, SendJob, Status
from dingcomposer.core.messages import Text
from dingcomposer.core.robot import Robot
from dingcomposer.storage.archive.sums import BEIJING, SumStore, today
from dingcomposer.storage.database import Database
from dingcomposer.storage.evidence.chain import Chain, RemovalReason
from dingcomposer.storage.history import HistoryStore
from dingcomposer.storage.migrations import STEPS

NOW = datetime(2026, 8, 31, 15, 30, tzinfo=UTC)  # half an hour before September in Beijing
ROBOTS = [Robot(f"r-{number}", f"群 {number}") for number in range(4)]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(Database(tmp_path / "history.sqlite3")) as database:
        yield database


def counted(database: Database) -> tuple[Counter[tuple[object, ...]], Counter[tuple[object, ...]]]:
    """The same by counting each row in Python."""
    days: Counter[tuple[object, ...]] = Counter()
    robots: Counter[tuple[object, ...]] = Counter()
    for row in database.rows("SELECT * FROM sends"):
        at = datetime.fromtimestamp(row["created_at"] / 1e6, BEIJING)
        which = row["is_sandbox"], row["stage"], row["status"]
        why = row["cause"] or "", row["fault"] or ""
        days[int(at.strftime("%Y%m%d")), *which, *why] += 1
        robots[int(at.strftime("%Y%m")), row["robot_id"]] += 1
    return days, robots


def kept(database: Database) -> tuple[Counter[tuple[object, ...]], Counter[tuple[object, ...]]]:
    days = {tuple(row)[:-1]: row["sends"] for row in database.rows("SELECT * FROM daily_sums")}
    robots = {tuple(row)[:-1]: row["sends"] for row in database.rows("SELECT * FROM robot_sums")}
    return Counter(days), Counter(robots)


def live(history: HistoryStore, chance: random.Random, count: int, first: int = 0) -> None:
    """Sends with all kinds of ends over three months."""
    for number in range(first, first + count):
        at = NOW + timedelta(hours=chance.randint(-1_000, 1_000))
        uuid = f"u-{number}"
        history.add(SendJob(uuid, chance.choice(ROBOTS), Text("x"), at))
        match chance.randint(0, 4):
            case 0:
                history.cancel(uuid, at)
            case 1:
                continue
            case end:
                history.announce(Report(uuid, 1, Status.SENDING, at))
                status, cause, fault = (
                    (Status.DELIVERED, Cause.DELIVERED, None),
                    (Status.REFUSED, Cause.KEYWORD, None),
                    (Status.UNKNOWN, None, Fault.READ_TIMEOUT),
                )[end - 2]
                history.complete(Report(uuid, 1, status, at, cause=cause, fault=fault))
                if status is Status.UNKNOWN and chance.random() < 0.5:
                    history.queue_again(uuid)


def test_the_sums_are_what_a_count_finds(database: Database) -> None:
    history, chance = HistoryStore(database), random.Random(7)
    live(history, chance, 300)
    assert kept(database) == counted(database)
    history.recover(NOW)
    assert kept(database) == counted(database)
    keys = [row["key"] for row in database.rows("SELECT key FROM sends ORDER BY key")]
    Chain(database).remove(chance.sample(keys, 150), RemovalReason.RETENTION, NOW)
    assert kept(database) == counted(database)
    assert sum(kept(database)[0].values()) == 150


def test_old_sends_are_added_slice_by_slice_while_others_change(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite3"
    step = next(at for at, step in enumerate(STEPS) if any("daily_sums" in one for one in step))
    with closing(Database(path, steps=STEPS[:step])) as before:
        for number in range(50):
            before.run(
                "INSERT INTO sends (msg_uuid, robot_id, robot_name, robot_colour, stage,"
                " is_sandbox, kind, headline, status, created_at, payload)"
                " VALUES (?, 'r', 'R', '', 'test', 0, 'text', 'x', 'queued', ?, '{}')",
                *(f"old-{number}", number * 40_000_000_000),
            )
    with closing(Database(path)) as database:
        sums, history = SumStore(database), HistoryStore(database)
        assert kept(database) == (Counter(), Counter())
        assert not sums.add_slice(20)
        history.cancel("old-3", NOW)  # added by now
        history.cancel("old-40", NOW)  # not yet
        live(history, random.Random(1), 30)
        while not sums.add_slice(20):
            pass
        assert kept(database) == counted(database)
        assert sums.add_slice(20)
        assert kept(database) == counted(database)


def test_a_day_begins_in_beijing(database: Database) -> None:
    history = HistoryStore(database)
    for number, minutes in enumerate((29, 30)):
        at = NOW + timedelta(minutes=minutes)
        history.add(SendJob(f"u-{number}", ROBOTS[0], Text("x"), at))
    august, september = date(2026, 8, 31), date(2026, 9, 1)
    overview = SumStore(database).overview(august, september)
    assert overview.days == ((august, 1), (september, 1))
    assert SumStore(database).overview(september, september).total == 1
    assert today(NOW + timedelta(minutes=30)) == september


def test_the_overview_names_causes_and_robots_by_how_often(database: Database) -> None:
    history = HistoryStore(database)
    live(history, random.Random(3), 200)
    overview = SumStore(database).overview(date(2026, 7, 1), date(2026, 10, 31))
    assert overview.total == 200
    assert overview.is_complete
    rows = database.rows("SELECT * FROM sends")
    assert dict(overview.outcomes) == Counter(Status(row["status"]) for row in rows)
    assert [one.sends for one in overview.robots] == sorted(
        Counter(row["robot_id"] for row in rows).values(), reverse=True
    )
    refused = sum(row["status"] == "refused" for row in rows)
    found = {one.cause: one.sends for one in overview.causes if one.cause}
    assert found == {Cause.KEYWORD: refused}
