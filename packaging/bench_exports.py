"""A history of a million sends joined to its chain, verified, and carried out in every form.

Each takes minutes; what must not grow is the memory. Set DINGCOMPOSER_ARCHIVE to the folder that
`bench archive` kept its files in to begin with a copy of them.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bench_archive_data import make_or_copy
from bench_figures import Figure, quantile, unmeasured
from bench_memory import resident_mib
from dingcomposer.app import SWITCH_INTERVAL_S
from dingcomposer.services.history.exports import ExportTask, export
from dingcomposer.storage.archive.reader import Reader
from dingcomposer.storage.database import Database
from dingcomposer.storage.evidence.chain import Chain
from dingcomposer.storage.evidence.verification import hash_unjoined, verified
from dingcomposer.ui.history.export.items import export_item, file_of, report_words
from dingcomposer.ui.texts.archive.exports import ExportFormat

ROWS, QUICK_ROWS = 1_000_000, 10_000
FORMS = tuple(one for one in ExportFormat if one is not ExportFormat.PDF)
"""Those for any number of sends; a PDF is drawn, for some hundred at most."""
MOST_MIB = 30
_NOW = datetime(2026, 11, 30, tzinfo=UTC)
_PEAK, _FORGET_PEAK = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def measure(*, is_quick: bool) -> list[Figure]:
    """Over a history that is made for it, from a seed, or copied from one that was kept."""
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    rows = QUICK_ROWS if is_quick else ROWS
    kept = os.environ.get("DINGCOMPOSER_ARCHIVE")
    with tempfile.TemporaryDirectory(dir=kept) as folder:
        path = Path(folder, "exported.sqlite3")
        make_or_copy(path, rows, kept)
        figures = [*_joined(path), *_verified(path)]
        for chosen in FORMS:
            figures += _exported(path, chosen)
    return figures


def _joined(path: Path) -> list[Figure]:
    """What is older than the chain joins it, as `services.history.upkeep` lets it."""
    main_ms: list[float] = []
    begun, begun_cpu = time.perf_counter(), time.process_time()
    with closing(Database(path)) as database, closing(Reader(path)) as reader:
        rows = database.rows("SELECT max(key) FROM sends")[0][0]
        database.run("UPDATE chain_state SET born_key = ?", rows)
        chain = Chain(database)
        while not (progress := chain.progress()).is_over:
            contents, reached = hash_unjoined(reader, progress.joined_key, progress.born_key)
            main_ms.append(_took_ms(lambda: chain.join(contents, reached)))  # noqa: B023
    return [
        Figure(
            "exports: a slice that joins the chain holds up the window, p95", "ms",
            quantile(main_ms, 0.95), at_most=16,
            note=f"{rows:,} sends in {time.perf_counter() - begun:.0f} s without the rests between,"
            f" {time.process_time() - begun_cpu:.0f} s of the processor; worst slice"
            f" {max(main_ms):.0f} ms",
        )
    ]  # fmt: skip


def _verified(path: Path) -> list[Figure]:
    """All of the chain read through, beside reading the rows alone."""
    before = _begin_peak()
    begun, begun_cpu = time.perf_counter(), time.process_time()
    found = verified(path)
    took_s, cpu_s = time.perf_counter() - begun, time.process_time() - begun_cpu
    if not found.is_whole or not found.sends:
        raise AssertionError("the chain that was measured is not whole")
    with closing(Reader(path)) as reader:
        begun = time.perf_counter()
        for table in ("sends", "attempts"):
            for _ in reader.iterate(f"SELECT * FROM {table}"):
                pass
        plain_s = time.perf_counter() - begun
    note = f"{found.sends:,} sends, beside reading their rows; {cpu_s:.0f} s of the processor"
    return [
        Figure("exports: the chain verified", "s", took_s, plain_s, note=note),
        _grown("while the chain is verified", before),
    ]


def _exported(path: Path, chosen: ExportFormat) -> list[Figure]:
    """Everything in one form: how long, and how much more memory than after its first hundred."""
    target = path.with_name(f"out.{chosen.value}")
    task = ExportTask(
        path, target, None, file_of(chosen, report_words("", 0, None, _NOW)), export_item(chosen)
    )
    begun, begun_cpu = time.perf_counter(), time.process_time()
    work = export(task)
    count, before = 0, None
    for done, _total in work:
        if before is None and done >= 100:
            before = _begin_peak()
        count = max(count, done)
    took_s, cpu_s = time.perf_counter() - begun, time.process_time() - begun_cpu
    mib = target.stat().st_size / 2**20
    grown = _grown(f"while {chosen.value.upper()} is written", before)
    target.unlink()
    return [
        Figure(
            f"exports: all sends as {chosen.value.upper()}", "s", took_s,
            note=f"{count:,} sends, {mib:,.0f} MiB, {cpu_s:.0f} s of the processor",
        ),
        grown,
    ]  # fmt: skip


def _begin_peak() -> float | None:
    """What this process holds; from now on its peak counts anew."""
    if _FORGET_PEAK.exists():
        _FORGET_PEAK.write_text("5", encoding="ascii")
    return resident_mib()


def _grown(name: str, before: float | None) -> Figure:
    name = f"exports: memory grows {name}"
    peak = resident_mib()
    if _PEAK.exists():
        lines = _PEAK.read_text(encoding="ascii", errors="replace").splitlines()
        peak = next((int(one.split()[1]) / 1024 for one in lines if one.startswith("VmHWM")), peak)
    if before is None or peak is None:
        return unmeasured(name, "this system does not say how much a process holds")
    return Figure(
        name, "MiB", peak - before, at_most=MOST_MIB, note=f"its peak, above {before:.0f}"
    )


def _took_ms(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000
