"""How long the window is deaf, at worst: while a key is held down, while all is drawn anew."""

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent

from bench_busy import Heartbeat
from bench_desk import Desk, at_desk, go_to, long_markdown, run_for
from bench_figures import Figure

REPEAT_MS = 33
"""How fast a key repeats where nothing else is set."""

HELD_MS, QUICK_HELD_MS = 5_000, 1_500
AIM_MS = 100.0
RENDERS, QUICK_RENDERS = 10, 3
RENDER_AIM_MS = 16.0


def measure(*, is_quick: bool) -> list[Figure]:
    """The longest stall with ordinary text, with 20 KB of `[`, which converters dislike, and
    while a text at rest is drawn anew."""
    held_ms = QUICK_HELD_MS if is_quick else HELD_MS
    with at_desk() as harness:
        render = _redraw(harness, QUICK_RENDERS if is_quick else RENDERS)
        prose = _hold(harness, long_markdown(), "a", Qt.Key.Key_A, held_ms)
        brackets = _hold(harness, "[" * 20_000, "[", Qt.Key.Key_BracketLeft, held_ms)
    note = f"the longest time without an event handled, a key held for {held_ms / 1000:g} s"
    return [
        Figure("stall, 20 KB of prose", "ms", prose, at_most=AIM_MS, note=note),
        Figure("stall, 20 KB of [", "ms", brackets, at_most=AIM_MS, note="the same"),
        Figure(
            "stall, all drawn anew",
            "ms",
            render,
            at_most=RENDER_AIM_MS,
            note="20 KB of prose at rest, the whole page made again, in the other appearance",
        ),
    ]


def _redraw(harness: Desk, count: int) -> float:
    harness.write(long_markdown())
    heart = Heartbeat()
    stalls = []
    for number in range(count):
        run_for(300)
        heart.begin()
        harness.program.window.preview.set_dark(number % 2 == 0)
        harness.settle()
        stalls.append(heart.end())
    return max(stalls)


def _hold(harness: Desk, text: str, mark: str, key: Qt.Key, held_ms: int) -> float:
    harness.write(text)
    go_to(harness.editor, 0.5)
    run_for(300)

    def repeat() -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, mark, autorep=True)
            QCoreApplication.sendEvent(harness.editor, event)

    before = harness.editor.document().characterCount()
    repeating = QTimer(interval=REPEAT_MS, timerType=Qt.TimerType.PreciseTimer)
    repeating.timeout.connect(repeat)
    heart = Heartbeat()
    heart.begin()
    repeating.start()
    run_for(held_ms)
    repeating.stop()
    run_for(500)  # what it has set off
    stall = heart.end()
    if harness.editor.document().characterCount() <= before:
        raise RuntimeError("the key did not reach the editor")
    return stall
