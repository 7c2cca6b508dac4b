#!/usr/bin/env python3
"""Measures start, typing, sending and memory, each beside a floor in the same run.

    python3 packaging/dev.py bench [--quick] [NAME …]

The machine is noisy, so nothing is told as an absolute: every figure stands beside what the bare
thing costs here and now, taken in turns with it. Every measure runs in a process of its own. What
is over its aim is told last, and the exit status is 1 then.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench_figures import Figure, over_their_aims, table, unmeasured
from bench_start_profile import profile

PROJECT = Path(__file__).resolve().parent.parent
JSON = PROJECT / "bench.json"
MEASURES = {
    "start": "bench_start",
    "typing": "bench_typing",
    "pasting": "bench_pasting",
    "stalls": "bench_stalls",
    "client": "bench_client",
    "sending": "bench_sending",
    "robots": "bench_robots",
    "people": "bench_people",
    "memory": "bench_memory",
    "archive": "bench_archive",
    "evidence": "bench_evidence",
    "exports": "bench_exports",
    "tables": "bench_tables",
}
"""Each a module beside this one, with `measure(*, is_quick) -> list[Figure]`."""

LIMIT_S = 7_200
"""For one measure: a million sends are carried out in four forms."""


def main(arguments: Sequence[str]) -> int:
    """Measure what was asked for, or all; 1 where anything is over its aim or not measured."""
    options = _parser().parse_args(arguments)
    if options.measure:
        measure(options.measure, is_quick=options.quick)
        return 0
    _say_where()
    figures: list[Figure] = []
    names = options.names or list(MEASURES)
    for name in names:
        begun = time.monotonic()
        print(f"==> {name} …", end="", flush=True)
        figures += measure_apart(name, is_quick=options.quick)
        print(f" {time.monotonic() - begun:.0f} s", flush=True)
    if "start" in names:
        print(f"\n{profile(is_quick=options.quick)}")
    print(f"\n{table(figures)}")
    options.json.write_text(
        json.dumps(report(figures, is_quick=options.quick), indent=1, ensure_ascii=False) + "\n",
        encoding="utf-8",
    )
    print(f"\nWritten to {options.json}")
    return verdict(figures)


def verdict(figures: Sequence[Figure]) -> int:
    """Print what is over its aim; the exit status."""
    over = over_their_aims(figures)
    print("\n" + "\n  ".join(["Over their aims:", *over] if over else ["Every aim is met."]))
    return 1 if over else 0


def measure(name: str, *, is_quick: bool) -> None:
    """Measure here, in this process, and print the figures as one line of JSON."""
    carry_out: Callable[..., list[Figure]] = import_module(MEASURES[name]).measure
    figures = carry_out(is_quick=is_quick)
    print(json.dumps([figure.to_dict() for figure in figures]))


def measure_apart(
    name: str, *, is_quick: bool, command: Sequence[str] = (sys.executable, str(Path(__file__)))
) -> list[Figure]:
    """The figures of one measure, from a process of its own; one that says why there are none."""
    words = [*command, "--measure", name, *(["--quick"] if is_quick else [])]
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    except subprocess.TimeoutExpired:
        return [unmeasured(name, f"it took longer than {LIMIT_S} s")]
    lines = done.stdout.splitlines()
    if done.returncode != 0 or not lines:
        reasons = done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"]
        return [unmeasured(name, reasons[-1])]
    return [Figure.from_dict(fields) for fields in json.loads(lines[-1])]


def report(figures: Sequence[Figure], *, is_quick: bool) -> dict[str, Any]:
    """What is written as JSON: the figures, and on what they were taken."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "is_quick": is_quick,
        "system": platform.platform(),
        "processors": os.cpu_count(),
        "python": platform.python_version(),
        "pyside": version("PySide6-Essentials"),
        "screen": screen(),
        "figures": [figure.to_dict() for figure in figures],
    }


def screen() -> str:
    """Which of Qt's platforms the windows are shown on."""
    return os.environ.get("QT_QPA_PLATFORM") or "this system's own"


def _say_where() -> None:
    print(
        f"{platform.platform()}, {os.cpu_count()} processors, Python {platform.python_version()},"
        f" PySide6 {version('PySide6-Essentials')}, screen: {screen()}",
        flush=True,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dev.py bench", description="Measure, as ratios to a floor measured beside."
    )
    parser.add_argument("--quick", action="store_true", help="fewer repetitions: rough figures")
    parser.add_argument(
        "names",
        nargs="*",
        type=_known,
        metavar="NAME",
        help=f"only these: {', '.join(MEASURES)}",
    )
    parser.add_argument("--json", type=Path, default=JSON, help="where the figures are written")
    parser.add_argument("--measure", choices=list(MEASURES), help=argparse.SUPPRESS)
    return parser


def _known(name: str) -> str:
    if name not in MEASURES:
        raise argparse.ArgumentTypeError(f"{name!r} is none of {', '.join(MEASURES)}")
    return name


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
