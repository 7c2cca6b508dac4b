"""What a key costs the main thread in 20 KB of Chinese markdown, and when the preview shows it."""

import sys
from functools import partial
from statistics import median
from time import perf_counter

from PySide6.QtWidgets import QTextBrowser

from bench_busy import Spending
from bench_desk import (
    Desk,
    SimpleDesk,
    at_desk,
    bare_browser,
    go_to,
    long_markdown,
    run_for,
    whole_bubble,
)
from bench_figures import Figure, quantile, unmeasured

PLACES = (0.0, 0.5, 1.0)
ROUNDS, QUICK_ROUNDS = 6, 1
MARKS = "abcdefghij"
PACE_MS = 200
"""The pace of a person: what a key sets off has all come and gone before the next one."""


def measure(*, is_quick: bool) -> list[Figure]:
    """Keys at start, middle and end, in turns with keys in windows that render all."""
    rounds = QUICK_ROUNDS if is_quick else ROUNDS
    mine: list[float] = []
    floor: list[float] = []
    browser: list[float] = []
    shown: list[float] = []
    with at_desk() as harness:
        harness.write(long_markdown())
        length = len(harness.editor.toPlainText())
        whole, bare = whole_bubble(), bare_browser()
        run_for(500)
        spending = Spending()
        for _ in range(rounds):
            for place in PLACES:
                floor += _press_all(whole, spending, place)
                browser += _press_all(bare, spending, place)
                go_to(harness.editor, place)
                run_for(100)
                for mark in MARKS:
                    spent, shown_ms = _press(harness, spending, mark)
                    mine.append(spent)
                    shown.append(shown_ms)
        if len(harness.editor.toPlainText()) - length != len(mine):
            raise RuntimeError("not every key reached the editor")
        harness.settle()
        preview = harness.program.window.preview
        if not any(MARKS in one.toPlainText() for one in preview.findChildren(QTextBrowser)):
            raise RuntimeError("the preview does not show what was typed")
    if sys.platform == "win32":
        # Its clock of a thread's own time ticks 64 times a second only.
        return [unmeasured("a key", "this system counts a thread's time too coarsely")]
    keys = f"{len(mine)} keys at start, middle and end of 20 KB"
    beside = "beside the same card, all of it converted, set and laid out on every key"
    plain = "beside a bare QTextBrowser that is given all of the HTML on every key"
    return [
        Figure(
            "a key, p95",
            "ms",
            quantile(mine, 0.95),
            quantile(floor, 0.95),
            0.2,
            8.0,
            f"all that a key sets off in the main thread; {keys}, {beside}",
        ),
        Figure("a key, median", "ms", median(mine), median(floor), note="the same"),
        Figure(
            "beside a browser, p95", "ms", quantile(mine, 0.95), quantile(browser, 0.95), note=plain
        ),
        Figure("beside a browser, median", "ms", median(mine), median(browser), note=plain),
        Figure(
            "shown in the preview, p95",
            "ms",
            quantile(shown, 0.95),
            at_most=50.0,
            note="from the key until the preview is drawn and nothing is left to do",
        ),
        Figure("shown in the preview, median", "ms", median(shown), note="the same"),
    ]


def _press_all(harness: SimpleDesk, spending: Spending, place: float) -> list[float]:
    go_to(harness.editor, place)
    return [spending.count(partial(harness.press, mark), PACE_MS) for mark in MARKS]


def _press(harness: Desk, spending: Spending, mark: str) -> tuple[float, float]:
    """One key: how long the main thread worked on it, and when the preview showed it, in ms."""
    preview = harness.program.window.preview
    shown_at: list[float] = []

    def on_idle() -> None:
        if not shown_at and preview.is_settled:
            shown_at.append(perf_counter())

    begun = perf_counter()
    spent = spending.count(lambda: harness.press(mark), PACE_MS, on_idle)
    return spent, ((shown_at[0] if shown_at else perf_counter()) - begun) * 1000
