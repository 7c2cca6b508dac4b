"""How long the bundle takes until its window is there, beside the same program from its source."""

import os
import statistics
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from time import perf_counter, sleep

from dev_console import Trouble
from release import bundle
from release.project import NAME, Project, need

ROUNDS = 11
MOST_RATIO = 1.05
"""The bundle's time by the source's, the median of all rounds; 1.05 is what a measurement blurs."""
LIMIT_S = 60.0
XEV_READY_S = 1.0


def compare(project: Project) -> str:
    """Start each in turn on a screen of Xvfb; both medians. Raises Trouble where it is slower."""
    need("Xvfb", "xvfb")
    need("xev", "x11-utils")
    folder = project.work / "bundle" / NAME
    python = bundle.environment(project)
    # The source is compiled at its first start, and the bundle is as it was built: like with like.
    environ = {
        name: value for name, value in project.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }
    starts: dict[str, tuple[Sequence[str | Path], Mapping[str, str]]] = {
        "bundle": ([folder / NAME], environ),
        "source": ([python, "-m", NAME], {**environ, "PYTHONPATH": str(project.source)}),
    }
    times: dict[str, list[float]] = {name: [] for name in starts}
    with tempfile.TemporaryDirectory() as place, _screen() as (display, mapped):
        for number in range(ROUNDS + 1):
            for name in sorted(starts, reverse=number % 2 == 1):
                words, settings = starts[name]
                taken_ms = _start_ms(
                    [*words, "--data-dir", f"{place}/{name}"], {**settings, **display}, mapped
                )
                if number:  # the first one makes the data folder, and fills the disk's cache
                    times[name].append(taken_ms)
    ratio = statistics.median(
        bundled / plain for bundled, plain in zip(times["bundle"], times["source"], strict=True)
    )
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    said = (
        f"{medians['bundle']:.0f} ms until the window, from source {medians['source']:.0f} ms: "
        f"{ratio:.2f} times, the median of {ROUNDS} pairs, load {os.getloadavg()[0]:.1f}"
    )
    if ratio > MOST_RATIO:
        raise Trouble(f"The bundle starts slower than the source: {said}")
    return said


@contextmanager
def _screen() -> Iterator[tuple[Mapping[str, str], SimpleQueue[float]]]:
    """A screen of Xvfb; with it, the moment of each window that comes up on it."""
    xvfb = ("Xvfb", "-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp")
    with subprocess.Popen(
        xvfb, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="ascii"
    ) as server:
        assert server.stdout is not None
        display = {"DISPLAY": f":{server.stdout.readline().strip()}", "QT_QPA_PLATFORM": "xcb"}
        with subprocess.Popen(
            ["stdbuf", "-oL", "xev", "-root", "-event", "substructure"],
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, **display},
        ) as watcher:
            mapped: SimpleQueue[float] = SimpleQueue()

            def listen() -> None:
                assert watcher.stdout is not None
                for line in watcher.stdout:
                    if line.startswith("MapNotify"):
                        mapped.put(perf_counter())

            Thread(target=listen, daemon=True).start()
            sleep(XEV_READY_S)
            try:
                yield display, mapped
            finally:
                watcher.terminate()
                server.terminate()


def _start_ms(
    words: Sequence[str | Path], environ: Mapping[str, str], mapped: SimpleQueue[float]
) -> float:
    """Start the program, end it once its window is there; the time from one to the other."""
    while not mapped.empty():
        mapped.get_nowait()
    begun = perf_counter()
    with subprocess.Popen(
        words, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as program:
        try:
            return (mapped.get(timeout=LIMIT_S) - begun) * 1000
        except Empty:
            raise Trouble(f"{words[0]} showed no window within {LIMIT_S:.0f} s.") from None
        finally:
            program.terminate()
