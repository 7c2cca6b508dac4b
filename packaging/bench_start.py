"""Start and close of the program, from outside: from a process's start to its end."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from bench_figures import Figure, unmeasured
from bench_screen import Screen, screen

WINDOW = Path(__file__).with_name("bench_window.py")
ROUNDS, QUICK_ROUNDS = 15, 2
UNCOMPILED_ROUNDS, QUICK_UNCOMPILED_ROUNDS = 5, 1
BARE = "beside a bare window of 60 widgets"
AIMS = {"start": 1.6, "settled": 2.0, "memory": 1.5, "close": 1.5}


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a window, all in ms from its process's start; memory in MiB.

    `moments` are those that `bench_window` tells of. None where the system does not say it.
    """

    moments: Mapping[str, float]
    cpu_ms: float | None
    memory_mib: float | None
    resident_mib: float | None
    close_ms: float


def start_window(
    *arguments: str, environ: Mapping[str, str], options: tuple[str, ...] = ()
) -> tuple[Run, str]:
    """Start a window in a fresh process, let it settle, close it; with it, its standard error.

    Raises RuntimeError where the process fails.
    """
    command = [sys.executable, *options, str(WINDOW), *arguments]
    moments: dict[str, float] = {}
    memory = resident = cpu = None
    with tempfile.TemporaryFile() as errors:
        begun = perf_counter()
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, env=environ
        ) as process:
            assert process.stdout is not None
            assert process.stdin is not None
            for line in process.stdout:
                told = json.loads(line)
                moments[told["moment"]] = (told["at"] - begun) * 1000
                if told["moment"] == "answers":
                    cpu = cpu_ms(process.pid)
                elif told["moment"] == "settled":
                    memory = memory_mib(process.pid, "Pss")
                    resident = memory_mib(process.pid, "Rss")
                    break
            closed_at = perf_counter()
            process.stdin.close()  # what it reads then is the end: that closes it as a byte does
            process.wait()
            close_ms = (perf_counter() - closed_at) * 1000
        errors.seek(0)
        said = errors.read().decode(errors="replace")
    if process.returncode != 0 or "settled" not in moments:
        raise RuntimeError(f"the window {arguments[0]} ended with {process.returncode}: {said}")
    return Run(moments, cpu, memory, resident, close_ms), said


def memory_mib(pid: int, line: str) -> float | None:
    """What another process holds, in MiB, by a line of its `smaps_rollup`.

    "Pss": what it shares with others counts by its share; "Rss": in full. None elsewhere than on
    Linux.
    """
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    found = (one.split()[1] for one in lines if one.startswith(f"{line}:"))
    return next((int(kib) / 1024 for kib in found), None)


def cpu_ms(pid: int) -> float | None:
    """What all threads of another process have worked so far; None where only Linux says it."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e6
    except (OSError, ValueError):
        return None


def compiled_into(folder: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """As where it is installed: compiled once, whatever this shell or checkout is set to."""
    own = {**environ, "PYTHONPYCACHEPREFIX": str(folder)}
    own.pop("PYTHONDONTWRITEBYTECODE", None)
    return own


def measure(*, is_quick: bool) -> list[Figure]:
    """Both windows in turns: compiled, with no data folder yet, and with nothing compiled."""
    rounds = QUICK_ROUNDS if is_quick else ROUNDS
    uncompiled_rounds = QUICK_UNCOMPILED_ROUNDS if is_quick else UNCOMPILED_ROUNDS
    bare: list[Run] = []
    program: list[Run] = []
    first: list[Run] = []
    bare_source: list[Run] = []
    program_source: list[Run] = []
    with screen() as shown, tempfile.TemporaryDirectory() as folder:
        compiled = compiled_into(Path(folder, "compiled"), shown.environ)
        source = {**compiled_into(Path(folder, "empty"), shown.environ)}
        source["PYTHONDONTWRITEBYTECODE"] = "1"
        known = str(Path(folder, "known"))
        # Once each, unmeasured: all is compiled and in the system's cache, the data folder is made.
        start_window("bare", environ=compiled)
        start_window("program", known, environ=compiled)
        for number in range(rounds):
            bare.append(start_window("bare", environ=compiled)[0])
            program.append(start_window("program", known, environ=compiled)[0])
            if number < uncompiled_rounds:
                new = str(Path(folder, f"new-{number}"))
                first.append(start_window("program", new, environ=compiled)[0])
                bare_source.append(start_window("bare", environ=source)[0])
                program_source.append(start_window("program", known, environ=source)[0])
    return [
        *_figures(program, bare, shown),
        _moment("start, the very first", first, bare, "answers", "no data folder yet"),
        _moment(
            "start, nothing compiled",
            program_source,
            bare_source,
            "answers",
            f"both read their sources; medians of {uncompiled_rounds}",
        ),
        _moment("settled, nothing compiled", program_source, bare_source, "settled", "the same"),
    ]


def _figures(program: list[Run], bare: list[Run], shown: Screen) -> list[Figure]:
    times = f"median of {len(program)} fresh processes in turns, {shown.words}, {BARE}"
    return [
        _moment("start", program, bare, "answers", f"until painted and idle; {times}"),
        _maybe(
            "start, processor",
            "ms",
            [run.cpu_ms for run in program],
            [run.cpu_ms for run in bare],
            "what all threads have worked until then",
        ),
        _moment("settled", program, bare, "settled", "until all that follows the picture is done"),
        _maybe(
            "memory",
            "MiB",
            [run.memory_mib for run in program],
            [run.memory_mib for run in bare],
            "once settled; what other processes hold as well counts by its share (PSS), so less"
            " where more of them use Qt",
        ),
        _maybe(
            "memory, resident",
            "MiB",
            [run.resident_mib for run in program],
            [run.resident_mib for run in bare],
            "the same, what is shared counted in full",
        ),
        Figure(
            "close",
            "ms",
            median(run.close_ms for run in program),
            median(run.close_ms for run in bare),
            AIMS["close"],
            note="from the word to close until the process has ended",
        ),
    ]


def _moment(name: str, program: list[Run], bare: list[Run], moment: str, note: str) -> Figure:
    value = median(run.moments[moment] for run in program)
    floor = median(run.moments[moment] for run in bare)
    return Figure(name, "ms", value, floor, AIMS.get(name), note=note)


def _maybe(
    name: str, unit: str, program: list[float | None], bare: list[float | None], note: str
) -> Figure:
    known = [one for one in program if one is not None]
    known_bare = [one for one in bare if one is not None]
    if not known or not known_bare:
        return unmeasured(name, "this system does not say it of another process")
    return Figure(name, unit, median(known), median(known_bare), AIMS.get(name), note=note)
