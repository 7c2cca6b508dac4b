"""The commands from outside: how long a process takes for its help, and for a send."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from time import perf_counter
from urllib.parse import urlsplit

from bench_figures import Figure
from bench_headless import ACCESS_TOKEN, SECRET
from bench_server import serving
from bench_start import compiled_into

ROUNDS, QUICK_ROUNDS = 11, 2
AIMS_MS = {"help": 150.0, "send": 250.0}
HELP = (
    *("send", "check", "preview", "history", "templates", "verify", "sandbox", "completion"),
    *("robots", "robots list", "robots lists", "robots export", "robots import"),
    *("templates list", "templates show", "schedule", "schedule list", "schedule show"),
    *("schedule add", "schedule change", "schedule pause", "schedule resume", "schedule remove"),
    *("schedule restore", "schedule run-now", "schedule run-due", "schedule missed"),
    *("schedule days", "schedule entry"),
)


@dataclass(frozen=True, slots=True)
class Took:
    """What a process took, from its start to its end; `cpu_ms` None on Windows."""

    wall_ms: float
    cpu_ms: float | None


def run(arguments: Sequence[str], environ: Mapping[str, str]) -> Took:
    """Run Python with these arguments. Raises RuntimeError where it fails."""
    before, begun = _children_ms(), perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments], env=environ, capture_output=True, check=False, text=True
    )
    wall_ms, after = (perf_counter() - begun) * 1000, _children_ms()
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(arguments)} ended with {done.returncode}: {done.stderr}")
    return Took(wall_ms, None if before is None or after is None else after - before)


def measure(*, is_quick: bool) -> list[Figure]:
    """Each command's help and a send in turns, beside a Python that does nothing."""
    rounds = QUICK_ROUNDS if is_quick else ROUNDS
    bare: list[Took] = []
    helps: dict[str, list[Took]] = {name: [] for name in HELP}
    sends: list[Took] = []
    network_ms: list[float] = []
    with serving() as url, tempfile.TemporaryDirectory() as folder:
        environ = compiled_into(Path(folder, "compiled"), os.environ)
        environ |= {"BENCH_HOOK": f"{url}?access_token={ACCESS_TOKEN}", "BENCH_SECRET": SECRET}
        program = ["-m", "dingcomposer"]
        robot = ["--webhook-env", "BENCH_HOOK", "--secret-env", "BENCH_SECRET"]
        for number in range(rounds + 1):
            is_counted = number > 0  # before, all is compiled, and the data folder is made
            took = run(["-c", "pass"], environ)
            bare += [took] * is_counted
            for name in HELP:
                took = run([*program, *name.split(), "--help"], environ)
                helps[name] += [took] * is_counted
            # A minute is a token's: each send has a data folder that knows of none.
            data_dir = str(Path(folder, f"data-{number // 15}"))
            send = ["--data-dir", data_dir, "send", *robot, "--text", f"发布 {number}"]
            took = run([*program, *send], environ)
            sends += [took] * is_counted
            network_ms += [_posted_ms(url)] * is_counted
    slowest = max(HELP, key=lambda name: median(one.wall_ms for one in helps[name]))
    network = median(network_ms)
    floor = median(one.wall_ms for one in bare)
    times = f"medians of {rounds} fresh processes in turns, beside a Python that does nothing"
    return [
        Figure(
            "help of a command",
            "ms",
            median(one.wall_ms for one in helps[slowest]),
            floor,
            at_most=AIMS_MS["help"],
            note=f"the slowest of {len(HELP)}, {slowest}; {times}",
        ),
        *_processor("help of a command, processor", helps[slowest], bare),
        Figure(
            "send by a command",
            "ms",
            median(one.wall_ms for one in sends) - network,
            floor,
            at_most=AIMS_MS["send"],
            note=f"from start to end, without the {network:.1f} ms that a connection, the request"
            " and its answer take; signed, from a variable, written to the history",
        ),
        *_processor("send by a command, processor", sends, bare),
    ]


def _processor(name: str, took: Sequence[Took], bare: Sequence[Took]) -> list[Figure]:
    known = [one.cpu_ms for one in took if one.cpu_ms is not None]
    known_bare = [one.cpu_ms for one in bare if one.cpu_ms is not None]
    if not known or not known_bare:
        return []
    return [Figure(name, "ms", median(known), median(known_bare), note="what it worked")]


def _posted_ms(url: str) -> float:
    """What connecting, posting and reading the answer takes without anything around it."""
    parts = urlsplit(url)
    begun = perf_counter()
    connection = HTTPConnection(parts.netloc, timeout=10)
    connection.request("POST", parts.path, b"{}", {"Content-Type": "application/json"})
    connection.getresponse().read()
    connection.close()
    return (perf_counter() - begun) * 1000


def _children_ms() -> float | None:
    """What the children that have ended have worked; None where the system does not say it."""
    if sys.platform == "win32":
        return None
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (used.ru_utime + used.ru_stime) * 1000
