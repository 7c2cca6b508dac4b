"""What a key costs the main thread in 20 KB of Chinese markdown, and when the preview shows it."""

import sys
from functools import partial
from time import perf_counter

from PySide6.QtWidgets import QTextBrowser

from bench_editors import (
    BareEditor,
    ProgramWindow,
    go_to,
    html_editor,
    inserting_editor,
    long_markdown,
    program_window,
    python_markdown_editor,
    run_for,
)
from bench_event_loop import MainThreadTime
from bench_figures import Figure, quantile, unmeasured

PLACES = (0.0, 0.5, 1.0)
ROUNDS, QUICK_ROUNDS = 5, 1
MARKS = "abcdefghij"
PACE_MS = 200
AIM_MS = 8.0
AIM_RATIO = 0.2
"""The pace of a person: what a key sets off has all come and gone before the next one."""


def measure(*, is_quick: bool) -> list[Figure]:
    """Keys at start, middle and end, in turns with keys in plainer windows."""
    rounds = QUICK_ROUNDS if is_quick else ROUNDS
    mine: list[float] = []
    shown: list[float] = []
    plain: dict[str, list[float]] = {"inserted": [], "html": [], "markdown": []}
    with program_window() as window:
        window.write(long_markdown())
        length = len(window.editor.toPlainText())
        makers = (inserting_editor, html_editor, python_markdown_editor)
        editors = {name: make() for name, make in zip(plain, makers, strict=True)}
        run_for(500)
        main_thread = MainThreadTime()
        for _ in range(rounds):
            for place in PLACES:
                for name, editor in editors.items():
                    plain[name] += _press_all(editor, main_thread, place)
                go_to(window.editor, place)
                run_for(100)
                for mark in MARKS:
                    spent, shown_ms = _press(window, main_thread, mark)
                    mine.append(spent)
                    shown.append(shown_ms)
        if len(window.editor.toPlainText()) - length != len(mine):
            raise RuntimeError("not every key reached the editor")
        window.settle()
        previews = [
            *window.program.window.preview.findChildren(QTextBrowser),
            *(editor.browser for editor in editors.values()),
        ]
        if sum(MARKS in one.toPlainText() for one in previews) <= len(editors):
            raise RuntimeError("not every preview shows what was typed")
    if sys.platform == "win32":
        # Its clock of a thread's own time ticks 64 times a second only.
        return [unmeasured("a key", "this system counts a thread's time too coarsely")]
    return [*_beside(mine, plain), *_shown(shown)]


def _beside(mine: list[float], plain: dict[str, list[float]]) -> list[Figure]:
    keys = f"all that a key sets off in the main thread; {len(mine)} keys in 20 KB"
    floor = "beside the character put into the preview's document, and nothing rendered"
    html = "beside a browser that is given all of the HTML on every key"
    naive = "beside Python-Markdown and setHtml on every key"

    def figure(
        name: str,
        share: float,
        beside: str,
        note: str,
        *,
        at_most_ratio: float | None = None,
        at_most: float | None = None,
    ) -> Figure:
        value, plainer = quantile(mine, share), quantile(plain[beside], share)
        return Figure(name, "ms", value, plainer, at_most_ratio, at_most, note)

    return [
        figure("a key, p95", 0.95, "inserted", f"{keys}, {floor}", at_most=AIM_MS),
        figure("a key, median", 0.5, "inserted", "the same"),
        figure("a key beside a browser, p95", 0.95, "html", html),
        figure("a key beside a browser, median", 0.5, "html", html),
        figure(
            "a key beside Python-Markdown, p95", 0.95, "markdown", naive, at_most_ratio=AIM_RATIO
        ),
        figure("a key beside Python-Markdown, median", 0.5, "markdown", naive),
    ]


def _shown(shown: list[float]) -> list[Figure]:
    return [
        Figure(
            "shown in the preview, p95",
            "ms",
            quantile(shown, 0.95),
            at_most=50.0,
            note="from the key until the preview is drawn and nothing is left to do",
        ),
        Figure("shown in the preview, median", "ms", quantile(shown, 0.5), note="the same"),
    ]


def _press_all(window: BareEditor, main_thread: MainThreadTime, place: float) -> list[float]:
    go_to(window.editor, place)
    return [main_thread.count(partial(window.press, mark), PACE_MS) for mark in MARKS]


def _press(window: ProgramWindow, main_thread: MainThreadTime, mark: str) -> tuple[float, float]:
    """One key: how long the main thread worked on it, and when the preview showed it, in ms."""
    preview = window.program.window.preview
    shown_at: list[float] = []

    def on_idle() -> None:
        if not shown_at and preview.is_settled:
            shown_at.append(perf_counter())

    begun = perf_counter()
    spent = main_thread.count(lambda: window.press(mark), PACE_MS, on_idle)
    return spent, ((shown_at[0] if shown_at else perf_counter()) - begun) * 1000
