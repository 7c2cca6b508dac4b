"""A history of a million sends: opened, gone through, searched, written to; and the plain ways.

The rows are drawn from a seed (`bench_archive_data`). Plain are what Qt and SQLite offer without
further ado: `QSqlTableModel`, `OFFSET`, `LIKE '%word%'`, and a table without an index. Set
DINGCOMPOSER_ARCHIVE to a folder to keep the files for the next run.
"""

import os
import random
import sqlite3
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtSql import QSqlDatabase, QSqlTableModel
from PySide6.QtWidgets import QAbstractButton

from bench_archive_data import NEWEST, RARE_WORD, YEARS, make, msg_uuid
from bench_figures import Figure, quantile
from bench_memory import resident_mib
from dingcomposer.app import SWITCH_INTERVAL_S
from dingcomposer.core.delivery import Report, SendJob, Status
from dingcomposer.core.messages import Text
from dingcomposer.core.robot import Robot
from dingcomposer.core.search.query import parse_query
from dingcomposer.runtime import GarbageCollector, make_application
from dingcomposer.services.history.archive import HistoryArchive
from dingcomposer.services.settings import Settings, ThemeName
from dingcomposer.storage.database import Database
from dingcomposer.storage.disk.wal_sync import WalSync
from dingcomposer.storage.history import HistoryStore, SendRow
from dingcomposer.storage.search.index import SearchIndex
from dingcomposer.storage.search.reader import SearchReader, SearchTask
from dingcomposer.ui import theme
from dingcomposer.ui.context import Navigator
from dingcomposer.ui.history.model import SendColumn
from dingcomposer.ui.history.page import HistoryPage
from dingcomposer.ui.preview.bubble.bubble import RenderContext
from dingcomposer.ui.preview.images.store import ImageStore

ROWS, QUICK_ROWS = 1_000_000, 50_000
SEARCHES = (
    *("停", "停机", "系统维护", "维护通知", "数据库", RARE_WORD, "rollback", "depl", "2026", "ops"),
    *("停机 -维护", "状态:被拒绝 停机", "robot:运维 status:refused", "kind:markdown 告警"),
    *(
        "time:2025-03 停机",
        "time:last-month",
        '"停机 更新"',
        "停机 恢复 失败 rollback",
        "的",
        "没有这个",
    ),
)
_MS = 1_000


def measure(*, is_quick: bool) -> list[Figure]:
    """All figures, over files that are made first."""
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    application = make_application([sys.argv[0]])
    theme.apply(application, ThemeName.LIGHT)
    rows = QUICK_ROWS if is_quick else ROWS
    kept = os.environ.get("DINGCOMPOSER_ARCHIVE")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(kept or folder, f"archive-{rows}.sqlite3")
        figures = prepare(path, rows)
        figures += reading(path, rows)
        figures += searching(path)
        figures += writing(path)
    return figures


def prepare(path: Path, rows: int) -> list[Figure]:
    """The files with and without an index; how long each piece of the index held up the window."""
    plain = path.with_suffix(".plain")
    if path.exists() and plain.exists():
        return [_size(path, plain)]
    make(plain, rows)
    with closing(sqlite3.connect(plain)) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)
    slices: list[Taken] = []
    with closing(Database(path)) as database, closing(WalSync(database)):
        index = SearchIndex(database)
        index.prepare()
        while True:
            before = index.state
            slices.append(taken(lambda: index.build_slice(14)))
            if index.state == before:
                break
        is_merging = [True]
        while is_merging[-1]:
            slices.append(taken(lambda: is_merging.append(index.merge_slice())))
    return [
        _size(path, plain),
        stalled("a slice of the index in the main thread", slices, f"{len(slices):,} slices, "),
    ]


def reading(path: Path, rows: int) -> list[Figure]:
    """The page opened and gone through."""
    figures = []
    with opened(path) as (history, archive):
        page = make_page(history, archive)
        collector = GarbageCollector()  # as in the program, once its window is there
        collector.start()

        def open_page() -> None:
            page.show()
            QCoreApplication.processEvents()

        took, _ = timed(open_page)
        plain = plain_open(path.with_suffix(".plain"))
        figures.append(
            Figure("archive: open the page", "ms", took, plain, at_most=100,
                   note="floor: QSqlTableModel")
        )  # fmt: skip
        figures.append(overview(page))
        before = resident_mib() or 0.0
        figures += jumps(page, rows, path)
        figures += dragged(page, "a step of dragging the scroll bar")
        shown = [taken(partial(show_new, page, new_send(history))) for _ in range(21)]
        # The first one has what the jumps left to be painted beside it.
        figures.append(stalled("a new result appears, without a reload", shown[1:]))
        figures += searched_drags(page, archive)
        collector.stop()
        figures.append(
            Figure("archive: memory, from the open page to all of it gone through", "MiB",
                   (resident_mib() or 0.0) - before, at_most=30)
        )  # fmt: skip
        page.deleteLater()
    return figures


def overview(page: HistoryPage) -> Figure:
    """All years in the overview, read from the kept sums and drawn."""
    size = page.size()
    page.resize(1210, 835)  # in a window of 1440 by 900
    choose = page.findChild(QAbstractButton, "history.overview.period.ever")
    assert choose is not None

    def show() -> None:
        choose.click()
        page.grab()

    took = [timed(show)[0] for _ in range(9)]
    page.resize(size)
    QCoreApplication.processEvents()
    return Figure(
        "archive: the overview of all years, drawn", "ms", quantile(took, 0.95), at_most=200,
        note=f"with all of the page; worst {max(took):.1f} ms",
    )  # fmt: skip


def new_send(history: HistoryStore) -> SendRow:
    """A send that was just written down."""
    at = datetime.now(UTC)
    return history.add(SendJob(f"n-{time.time_ns()}", Robot("r", "新"), Text("新"), at))


def show_new(page: HistoryPage, row: SendRow) -> None:
    """It appears, without a reload."""
    page.show_send(row)
    QCoreApplication.processEvents()


def searched_drags(page: HistoryPage, archive: HistoryArchive) -> list[Figure]:
    """The scroll bar dragged over what was found, where each row shows its hits."""
    over: list[bool] = []
    archive.search.found.connect(lambda _number, _keys, is_all: over.append(is_all))
    page.searching.bar.set_text("停机")
    while not any(over):
        QCoreApplication.processEvents()
    hits = page.table.model().rowCount()
    figures = dragged(page, "the same over what was found", f"{hits:,} hits, ")
    page.searching.bar.set_text("")
    return figures


def dragged(page: HistoryPage, name: str, note: str = "") -> list[Figure]:
    """The scroll bar dragged: how long each step holds up the window, and its rows as they come."""
    table, chance = page.table, random.Random(3)
    bar, model = table.verticalScrollBar(), table.model()
    stalls: list[Taken] = []
    waits: list[float] = []
    QCoreApplication.processEvents()  # what the jumps left to be painted
    bar.setSliderDown(True)
    for _ in range(200):
        begun = time.perf_counter()
        place = int(bar.maximum() * chance.random())

        def step(place: int = place) -> None:
            bar.setValue(place)
            table.viewport().repaint()

        stalls.append(taken(step))
        seen = model.index(table.rowAt(table.viewport().height() // 2), SendColumn.TIME)
        while not seen.data():
            stalls.append(taken(QCoreApplication.processEvents))
        stalls.append(taken(table.viewport().repaint))
        waits.append((time.perf_counter() - begun) * _MS)
    bar.setSliderDown(False)
    return [
        stalled(name, [one for one in stalls if one.ms >= 1], note),
        Figure("archive: until the rows are there that it was dragged to, p95", "ms",
               quantile(waits, 0.95), note=f"worst {max(waits):.1f} ms"),
    ]  # fmt: skip


def jumps(page: HistoryPage, rows: int, path: Path) -> list[Figure]:
    """To a day, to a msgUuid and to the oldest, each from anywhere; with what each allocates."""
    chance = random.Random(2)
    model = page.table.model()
    days = timedelta(days=365 * YEARS)
    kinds: dict[str, Callable[[], object]] = {
        "a day": lambda: page.look_at(model.number_before(NEWEST - days * chance.random())),  # type: ignore[attr-defined]
        "a msgUuid": lambda: page.select(msg_uuid(chance.randint(1, rows))),
        "the oldest": lambda: page.look_at(model.rowCount() - 1),
    }
    figures = []
    for name, jump in kinds.items():
        times, most = [], 0.0
        for turn in range(20):
            page.look_at(chance.randrange(rows))
            if turn == 0:
                tracemalloc.start()
            took, _ = timed(partial(gone_to, page, jump))
            if turn == 0:
                most = tracemalloc.get_traced_memory()[1] / 2**20
                tracemalloc.stop()
            else:
                times.append(took)
        floor = plain_offset(path.with_suffix(".plain"), rows) if name == "the oldest" else None
        figures.append(
            Figure(f"archive: go to {name}, p95", "ms", quantile(times, 0.95), floor, at_most=50,
                   note=f"allocates {most:.1f} MiB (aim 5)" + (", floor: OFFSET" if floor else ""))
        )  # fmt: skip
    return figures


def gone_to(page: HistoryPage, jump: Callable[[], object]) -> None:
    """A jump, and what is seen then."""
    jump()
    page.table.viewport().repaint()


def searching(path: Path) -> list[Figure]:
    """Each search to its first page and to its last hit, beside LIKE over the same rows."""
    reader = SearchReader(path)
    firsts, alls, ratios, notes = [], [], [], []
    number = 0
    for question in SEARCHES:
        times, whole, hits = [], 0.0, 0
        for _ in range(5):
            number += 1
            reader.want(number)
            task = SearchTask(number, parse_query(question), (), NEWEST.astimezone())
            begun = time.perf_counter()
            found = reader.begin(task)
            times.append((time.perf_counter() - begun) * _MS)
            hits = 0
            while found is not None:
                hits += len(found.keys)
                found = None if found.is_last else reader.go_on(task)
            whole = (time.perf_counter() - begun) * _MS
        firsts.append(quantile(times, 0.95))
        alls.append(whole)
        if all(not one.is_excluded for one in parse_query(question).terms) and ":" not in question:
            ratios.append(plain_like(path.with_suffix(".plain"), question) / quantile(times, 0.5))
        notes.append(f"{question} {firsts[-1]:.1f} ms ({hits:,})")
    plain = plain_like(path.with_suffix(".plain"), "停机")
    reader.close()
    return [
        Figure("archive: a search to its first page, p95 of all", "ms", quantile(firsts, 0.95),
               plain, at_most=50, note="; ".join(notes)),
        Figure("archive: LIKE takes so many times as long, at least", "x", min(ratios), note=
               f"aim 20; median {quantile(ratios, 0.5):.0f}"),
        Figure("archive: a search counted to its last hit, p95", "ms", quantile(alls, 0.95)),
    ]  # fmt: skip


def writing(path: Path) -> list[Figure]:
    """A send written and finished, with its index, its link in the chain and its sums."""
    with opened(path) as (history, _archive):
        adds, ends = written(history)
    with opened(path.with_suffix(".plain")) as (history, _archive):
        plain_adds, plain_ends = written(history)
    return [
        Figure(
            "archive: write a send with its index, p95", "ms", quantile(adds, 0.95),
            quantile(plain_adds, 0.95), at_most=5, note="floor: without an index",
        ),
        Figure(
            "archive: write its outcome with its index, p95", "ms", quantile(ends, 0.95),
            quantile(plain_ends, 0.95), at_most=5, note="floor: without an index",
        ),
    ]  # fmt: skip


def written(history: HistoryStore) -> tuple[list[float], list[float]]:
    """How long it took to write each send, and each outcome."""
    adds, ends = [], []
    for number in range(200):
        at = datetime.now(UTC)
        job = SendJob(f"w-{time.time_ns()}", Robot("r", "运维群"), Text(f"停机 {number}"), at)
        adds.append(timed(partial(history.add, job))[0])
        history.announce(Report(job.msg_uuid, 1, Status.SENDING, at))
        over = Report(job.msg_uuid, 1, Status.REFUSED, at, errmsg="sign not match")
        ends.append(timed(partial(history.complete, over))[0])
    return adds, ends


def plain_open(path: Path) -> float:
    """What a QSqlTableModel takes to open."""
    opened = QSqlDatabase.addDatabase("QSQLITE", "plain")
    opened.setDatabaseName(str(path))
    opened.open()
    model = QSqlTableModel(None, opened)
    model.setTable("sends")
    model.setSort(0, Qt.SortOrder.DescendingOrder)
    took, _ = timed(model.select)
    model.deleteLater()
    del model
    opened.close()
    return took


def plain_offset(path: Path, rows: int) -> float:
    """The oldest page by OFFSET."""
    query = "SELECT * FROM sends ORDER BY key DESC LIMIT 60 OFFSET ?"
    with closing(sqlite3.connect(path)) as reader:
        return timed(lambda: reader.execute(query, (rows - 60,)).fetchall())[0]


def plain_like(path: Path, words: str) -> float:
    """The same words by LIKE, the newest 60."""
    parts = words.replace('"', "").split()
    where = " AND ".join("payload LIKE ?" for _ in parts)
    query = f"SELECT key FROM sends WHERE {where} ORDER BY key DESC"
    values = [f"%{one}%" for one in parts]
    with closing(sqlite3.connect(path)) as reader:
        return timed(lambda: reader.execute(query, values).fetchall())[0]


@contextmanager
def opened(path: Path) -> Iterator[tuple[HistoryStore, HistoryArchive]]:
    """The history and what searches it."""
    with closing(Database(path)) as database:
        archive = HistoryArchive(database, Settings(path.with_suffix(".ini")))
        wal_sync = WalSync(database)
        try:
            yield HistoryStore(database, wal_sync=wal_sync), archive
        finally:
            archive.close()
            wal_sync.close()


def make_page(history: HistoryStore, archive: HistoryArchive) -> HistoryPage:
    """The page as the window makes it."""
    navigator = Navigator(*([lambda *_: None] * len(Navigator._fields)))
    page = HistoryPage(history, navigator, RenderContext(ImageStore()), archive)
    page.resize(1056, 740)
    return page


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """How many milliseconds it took, and what came of it."""
    begun = time.perf_counter()
    result = work()
    return (time.perf_counter() - begun) * _MS, result


class Taken(NamedTuple):
    """How many milliseconds something took, and how many of them of this thread's processor."""

    ms: float
    cpu_ms: float


def taken(work: Callable[[], object]) -> Taken:
    """How long it held up the window; on a machine that others use too only its own part counts."""
    begun_s = time.thread_time()
    took, _ = timed(work)
    return Taken(took, (time.thread_time() - begun_s) * _MS)


def stalled(name: str, times: Sequence[Taken], note: str = "") -> Figure:
    """How long the window was held up by each of several."""
    worst = max(times)
    return Figure(
        f"archive: {name}, p95", "ms", quantile((one.ms for one in times), 0.95), at_most=16,
        note=f"{note}worst {worst.ms:.1f} ms ({worst.cpu_ms:.1f} of the processor)",
    )  # fmt: skip


def _size(path: Path, plain: Path) -> Figure:
    mib = 2**20
    with_index, without = path.stat().st_size / mib, plain.stat().st_size / mib
    return Figure("archive: the file, beside the one without an index", "MiB", with_index, without,
                  at_most_ratio=2.2)  # fmt: skip
