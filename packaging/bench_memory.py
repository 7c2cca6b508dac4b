"""How much memory a process holds, and whether ten thousand sends leave any behind."""

import os
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from bench_figures import Figure, unmeasured
from bench_headless import HeadlessProgram
from bench_sending import MESSAGE, ROBOTS, wait_for
from bench_server import serving
from dingcomposer.app import SWITCH_INTERVAL_S
from dingcomposer.core.limits import PACE_PER_MINUTE, PACE_WINDOW_S
from dingcomposer.sending.schedule import Schedule

NAME = "memory after 10 000 sends"
MINUTES, QUICK_MINUTES = 10, 2
_STATM = Path("/proc/self/statm")
_MIB = 1024 * 1024


def resident_mib() -> float | None:
    """Resident memory of this process in MiB; None where this system does not say (Windows)."""
    if _STATM.exists():
        pages = int(_STATM.read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / _MIB
    if os.name == "posix":
        command = ["ps", "-o", "rss=", "-p", str(os.getpid())]
        asked = subprocess.run(command, capture_output=True, text=True, check=False)
        return int(asked.stdout) / 1024 if asked.returncode == 0 else None
    return None


class Clock:
    """Monotonic seconds that move when the bench says so."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        """The time as it stands."""
        return self.now_s


def measure(*, is_quick: bool) -> list[Figure]:
    """Resident memory after the sends, beside what it was after the first thousand's warm-up.

    The pace is DingTalk's, minute after minute, on a clock that is handed in.
    """
    minutes = QUICK_MINUTES if is_quick else MINUTES
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    application = QCoreApplication([])
    clock = Clock()
    with serving() as url, tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bench.sqlite3")
        with closing(HeadlessProgram(path, url, schedule=Schedule(), monotonic=clock)) as headless:
            _send_a_minute(headless, clock)  # every library is loaded, every thread runs
            before = resident_mib()
            for _ in range(minutes):
                _send_a_minute(headless, clock)
            after = resident_mib()
    del application
    if before is None or after is None:
        return [unmeasured(NAME, "this system does not say how much memory a process holds")]
    sends = minutes * ROBOTS * PACE_PER_MINUTE
    return [
        Figure(
            f"memory after {sends:,} sends".replace(",", " "),
            "MiB",
            after,
            before,
            1.05,
            note="outbox, sender and history without a window, beside its memory before them",
        )
    ]


def _send_a_minute(headless: HeadlessProgram, clock: Clock) -> None:
    """As many as all robots may take in a minute, and the minute goes by."""
    sends = ROBOTS * PACE_PER_MINUTE
    for number in range(sends):
        headless.submit(MESSAGE, f"r-{number % ROBOTS}")
    wait_for(headless.outbox, sends)
    clock.now_s += PACE_WINDOW_S + 1
    headless.sender.wake()
