"""Where the start's time goes: its phases, and the modules whose import costs most."""

import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench_screen import screen
from bench_start import Run, compiled_into, start_window

ROUNDS, QUICK_ROUNDS = 5, 1
HEAVIEST = 20
PHASES = (
    ("interpreter", "began"),
    ("imports", "imported"),
    ("Qt's application", "building"),
    ("build", "built"),
    ("show and paint", "answers"),
    ("settle", "settled"),
)
"""Each phase ends with a moment of `bench_window`'s."""
_LINE = re.compile(r"import time:\s*(\d+) \|\s*(\d+) \| ( *)(\S+)")


@dataclass(frozen=True, slots=True)
class Imported:
    """One module; `self_ms` without, `all_ms` with what it imports in turn."""

    name: str
    self_ms: float
    all_ms: float


def profile(*, is_quick: bool = False) -> str:
    """The phases of both windows side by side, and the imports of one start, as text."""
    rounds = QUICK_ROUNDS if is_quick else ROUNDS
    bare: list[Run] = []
    program: list[Run] = []
    with screen() as shown, tempfile.TemporaryDirectory() as folder:
        environ = compiled_into(Path(folder, "compiled"), shown.environ)
        data = str(Path(folder, "data"))
        start_window("bare", environ=environ)
        start_window("program", data, environ=environ)
        for _ in range(rounds):
            bare.append(start_window("bare", environ=environ)[0])
            program.append(start_window("program", data, environ=environ)[0])
        said = start_window("program", data, environ=environ, options=("-X", "importtime"))[1]
        said_bare = start_window("bare", environ=environ, options=("-X", "importtime"))[1]
    also_bare = {one.name for one in read_importtime(said_bare)}
    return "\n".join(
        [
            f"Where the start's time goes (ms, medians of {rounds}, {shown.words}):",
            *phase_lines(program, bare),
            "",
            *import_lines(read_importtime(said), also_bare),
        ]
    )


def phase_lines(program: Iterable[Run], bare: Iterable[Run]) -> list[str]:
    """One line for each phase: the program's ms, those of the bare window, the difference."""
    mine, floor = _phases(program), _phases(bare)
    lines = [f"  {'':18}{'program':>9}{'bare':>9}{'more':>9}"]
    for name, _ in PHASES:
        more = mine[name] - floor[name]
        lines.append(f"  {name:18}{mine[name]:9.1f}{floor[name]:9.1f}{more:9.1f}")
    return lines


def read_importtime(said: str) -> list[Imported]:
    """The modules that `-X importtime` tells of, in its order."""
    return [
        Imported(found[4], int(found[1]) / 1000, int(found[2]) / 1000)
        for found in map(_LINE.match, said.splitlines())
        if found
    ]


def import_lines(modules: list[Imported], also_bare: set[str]) -> list[str]:
    """How many modules of whose cost how much, and the heaviest, each by its own time alone."""
    sums: dict[str, list[float]] = defaultdict(list)
    for one in modules:
        sums[_owner(one.name)].append(one.self_ms)
    lines = ["Imports of one start (with -X importtime, which makes them slower), settling too:"]
    for owner, times in sorted(sums.items(), key=lambda item: -sum(item[1])):
        lines.append(f"  {owner:34}{len(times):5} modules {sum(times):8.1f} ms")
    lines += ["", f"The {HEAVIEST} heaviest, without what they import (* the bare window's too):"]
    for one in sorted(modules, key=lambda one: -one.self_ms)[:HEAVIEST]:
        mark = "*" if one.name in also_bare else " "
        lines.append(f"  {mark} {one.name:44}{one.self_ms:8.1f} ms, with them {one.all_ms:8.1f}")
    return lines


def _phases(runs: Iterable[Run]) -> Mapping[str, float]:
    known = list(runs)
    found = {}
    before: str | None = None
    for name, moment in PHASES:
        found[name] = median(
            run.moments[moment] - (run.moments[before] if before else 0.0) for run in known
        )
        before = moment
    return found


def _owner(name: str) -> str:
    top = name.partition(".")[0]
    if top == "dingcomposer":
        return ".".join(name.split(".")[:2])
    if top in sys.stdlib_module_names:
        return "Python's own"
    return "Qt" if top in ("PySide6", "shiboken6") else top
