"""What proof and overview cost in a large history: a write with its link, the sums, an export."""

import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import bench_archive_data as archive
from bench_figures import Figure, quantile, unmeasured
from bench_memory import resident_mib
from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Report, SendJob, Status
from dingcomposer.core.messages import Text
from dingcomposer.core.robot import Robot
from dingcomposer.services.history.exports import ExportTask, export
from dingcomposer.storage.archive.reader import Reader
from dingcomposer.storage.archive.sums import SumStore
from dingcomposer.storage.database import Database
from dingcomposer.storage.evidence.chain import Chain
from dingcomposer.storage.evidence.verification import hash_unjoined, verified
from dingcomposer.storage.history import HistoryStore
from dingcomposer.ui.history.export.items import export_item, file_of, report_words
from dingcomposer.ui.texts.archive.exports import ExportFormat

ROWS, QUICK_ROWS = 1_000_000, 20_000
EXPORTED, QUICK_EXPORTED = 20_000, 4_000
FORMS = tuple(one for one in ExportFormat if one is not ExportFormat.PDF)
"""Those for any number of sends; a PDF is drawn, for some hundred at most."""
WRITES = 200
CHECKED = 20_000
_NOW = datetime(2026, 11, 30, tzinfo=UTC)


def measure(*, is_quick: bool) -> list[Figure]:
    """Over a history that is made for it, from a seed."""
    rows = QUICK_ROWS if is_quick else ROWS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bench.sqlite3")
        archive.make(path, rows)
        with closing(Database(path)) as database:
            figures = [_overview(database, rows), _writes(database, rows)]
        figures += _exports(path, QUICK_EXPORTED if is_quick else EXPORTED)
        figures.append(_check(Path(folder, "checked.sqlite3")))
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


def _exports(path: Path, rows: int) -> list[Figure]:
    """How much more memory the end of an export takes than its first tenth, form by form."""
    figures = []
    for chosen in FORMS:
        target = path.with_name(f"out.{chosen.value}")
        words = report_words("", rows, None, _NOW)
        task = ExportTask(
            path, target, range(1, rows + 1), file_of(chosen, words), export_item(chosen)
        )
        begun, early, late = time.perf_counter(), None, None
        for done, _total in export(task):
            if early is None and done >= rows // 10:
                early = resident_mib()
            late = resident_mib()
        took_s = time.perf_counter() - begun
        target.unlink()
        name = f"memory while {chosen.value.upper()} is written"
        if early is None or late is None:
            figures.append(unmeasured(name, "this system does not say how much a process holds"))
            continue
        said = f"{_spaced(rows)} sends in {took_s:.0f} s, beside the first tenth"
        figures.append(Figure(name, "MiB", late, early, at_most_ratio=1.1, note=said))
    return figures


def _check(path: Path) -> Figure:
    """Older sends join the chain, and all of it is verified, beside reading the sends alone."""
    archive.make(path, CHECKED)
    with closing(Database(path)) as database:
        database.run("UPDATE chain_state SET born_key = ?", CHECKED)
        chain = Chain(database)
        while not (progress := chain.progress()).is_over:
            with closing(Reader(path)) as reader:
                contents, reached = hash_unjoined(reader, progress.joined_key, progress.born_key)
            chain.join(contents, reached)
    value = _took_ms(lambda: _demand(verified(path).sends == CHECKED))
    with closing(Reader(path)) as reader:
        floor = _took_ms(
            lambda: [reader.rows("SELECT * FROM sends"), reader.rows("SELECT * FROM attempts")]
        )
    return Figure(
        "the chain verified",
        "ms",
        value,
        floor,
        note=f"{_spaced(CHECKED)} sends, beside reading their rows",
    )


def _spaced(count: int) -> str:
    return f"{count:,}".replace(",", " ")


def _demand(holds: bool) -> None:
    if not holds:
        raise AssertionError("the chain that was measured is not whole")


def _took_ms(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def _median_ms(work: Callable[[], object], times: int) -> float:
    return quantile((_took_ms(work) for _ in range(times)), 0.5)
