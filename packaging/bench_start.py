"""From the start of a process to the first picture of its window, and the memory it then holds."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter

from bench_figures import Figure, unmeasured

WINDOW = Path(__file__).with_name("bench_window.py")
ROUNDS, QUICK_ROUNDS = 15, 3
BARE = "beside a bare window of 60 widgets"


@dataclass(slots=True)
class _Starts:
    """What several starts of the same kind showed. `compiled` holds Python's compiled modules."""

    compiled: Path
    ms: list[float] = field(default_factory=list)
    painted_mib: list[float] = field(default_factory=list)
    rested_mib: list[float] = field(default_factory=list)

    def add(self, *arguments: str) -> None:
        """Start the window once more, in a fresh process."""
        begun = perf_counter()
        command = [sys.executable, str(WINDOW), *arguments]
        # As where it is installed: compiled once, whatever this shell or checkout is set to.
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(self.compiled)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, encoding="utf-8", env=environment
        ) as process:
            assert process.stdout is not None
            painted = process.stdout.readline()
            ms = (perf_counter() - begun) * 1000
            rested = process.stdout.readline()
        if process.returncode != 0 or not rested:
            raise RuntimeError(f"the window {arguments[0]} ended with {process.returncode}")
        self.ms.append(ms)
        for line, kept in ((painted, self.painted_mib), (rested, self.rested_mib)):
            mib = json.loads(line)["resident_mib"]
            if mib is not None:
                kept.append(mib)


def measure(*, is_quick: bool) -> list[Figure]:
    """Start to first painted window, with a warm data folder and with none; resident memory."""
    rounds = QUICK_ROUNDS if is_quick else ROUNDS
    with tempfile.TemporaryDirectory() as folder:
        compiled = Path(folder, "compiled")
        bare, warm, first = _Starts(compiled), _Starts(compiled), _Starts(compiled)
        known = str(Path(folder, "known"))
        # Once each, unmeasured: all is compiled and in the system's cache, the data folder is made.
        _Starts(compiled).add("bare")
        _Starts(compiled).add("program", known)
        for number in range(rounds):
            bare.add("bare")
            warm.add("program", known)
            first.add("program", str(Path(folder, f"new-{number}")))
    times = f"median of {rounds} fresh processes"
    return [
        Figure("start", "ms", median(warm.ms), median(bare.ms), 1.3, note=f"{times}, {BARE}"),
        Figure(
            "start, the very first",
            "ms",
            median(first.ms),
            median(bare.ms),
            note="the same without a data folder: database, settings and log are made",
        ),
        _memory("memory", warm.painted_mib, bare.painted_mib, 1.8, f"at the first picture, {BARE}"),
        _memory("memory at rest", warm.rested_mib, bare.rested_mib, None, "1.5 s later"),
    ]


def _memory(
    name: str, program: list[float], bare: list[float], at_most: float | None, note: str
) -> Figure:
    if not program or not bare:
        return unmeasured(name, "this system does not say how much memory a process holds")
    return Figure(name, "MiB", median(program), median(bare), at_most, note=note)
