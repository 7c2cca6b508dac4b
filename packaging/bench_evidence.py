"""What the chain and the overview cost in a large history: a write with its link, and the sums."""

import os
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import bench_archive_data as archive
from bench_figures import Figure, quantile
from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Report, SendJob, Status
from dingcomposer.core.messages import Text
from dingcomposer.core.robot import Robot
from dingcomposer.storage.archive.sums import SumStore
from dingcomposer.storage.database import Database
from dingcomposer.storage.history import HistoryStore

ROWS, QUICK_ROWS = 1_000_000, 20_000
WRITES = 200
_NOW = datetime(2026, 11, 30, tzinfo=UTC)


def measure(*, is_quick: bool) -> list[Figure]:
    """Over a history that is made for it, from a seed, or copied from one that was kept."""
    rows = QUICK_ROWS if is_quick else ROWS
    kept = os.environ.get("DINGCOMPOSER_ARCHIVE")
    with tempfile.TemporaryDirectory(dir=kept) as folder:
        path = Path(folder, "bench.sqlite3")
        archive.make_or_copy(path, rows, kept)
        with closing(Database(path)) as database:
            figures = [_overview(database, rows), _writes(database, rows)]
    return figures


def _overview(database: Database, rows: int) -> Figure:
    """All of three years from the kept sums, beside counting the sends."""
    sums = SumStore(database)
    first = sums.first_day() or date(2026, 1, 1)
    value = _median_ms(lambda: sums.overview(first, _NOW.date()), 9)
    floor = _median_ms(
        lambda: database.rows(
            "SELECT status, cause, fault, count(*) FROM sends GROUP BY status, cause, fault"
        ),
        3,
    )
    return Figure(
        f"overview of {_spaced(rows)} sends",
        "ms",
        value,
        floor,
        at_most=200,
        note="all years at once, beside one count of the outcomes by looking at each send",
    )


def _writes(database: Database, rows: int) -> Figure:
    """A send from its click to its end, in three transactions, with link, sums and index."""
    history = HistoryStore(database)
    times = []
    for number in range(WRITES):
        at = _NOW + timedelta(seconds=number)
        uuid = f"bench-{number}"
        for write in (
            lambda uuid=uuid, at=at: history.add(SendJob(uuid, Robot("r", "R"), Text("x"), at)),
            lambda uuid=uuid, at=at: history.announce(Report(uuid, 1, Status.SENDING, at)),
            lambda uuid=uuid, at=at: history.complete(
                Report(uuid, 1, Status.DELIVERED, at, cause=Cause.DELIVERED)
            ),
        ):
            times.append(_took_ms(write))
    database.run("CREATE TABLE bare (number INTEGER PRIMARY KEY, words TEXT)")
    bare = [
        _took_ms(lambda: database.run("INSERT INTO bare (words) VALUES ('x')"))
        for _ in range(3 * WRITES)
    ]
    return Figure(
        "a write with link, sums and index",
        "ms",
        quantile(times, 0.5),
        quantile(bare, 0.5),
        at_most=5,
        note=f"in a history of {_spaced(rows)} sends, beside a bare row; p95"
        f" {quantile(times, 0.95):.1f} beside {quantile(bare, 0.95):.1f} ms",
    )


def _spaced(count: int) -> str:
    return f"{count:,}".replace(",", " ")


def _took_ms(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def _median_ms(work: Callable[[], object], times: int) -> float:
    return quantile((_took_ms(work) for _ in range(times)), 0.5)
