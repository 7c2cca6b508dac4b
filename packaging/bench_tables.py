"""2 000 rows over 40 robots: how deaf the window is while they are read, written down and sent."""

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QLabel, QPushButton

from bench_editors import ProgramWindow, program_window, run_for
from bench_event_loop import StallMonitor
from bench_figures import Figure, quantile
from bench_headless import SECRET
from bench_server import serving
from dingcomposer.core.draft import Draft
from dingcomposer.core.limits import PACE_PER_MINUTE
from dingcomposer.core.messages import Kind
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.storage.secrets import CredentialsChange
from dingcomposer.ui.table_send.confirm import TableConfirmDialog
from dingcomposer.ui.table_send.dialog import TableSendDialog

ROWS, ROBOTS = 2_000, 40
MINUTES, QUICK_MINUTES = 2, 1
"""The pace stays as it is: each minute lets 800 rows go."""

LIMIT_S = 60 * MINUTES + 60
AIM_MS = 16.0
SHARE = 0.99
MESSAGE = Draft(
    Kind.MARKDOWN,
    "{{姓名}} 本月",
    "## {{门店}}\n\n**{{姓名}}**：销售额 {{销售额}} 元，完成率 {{完成率}}\n\n> 有问题请在群里说",
)


def measure(*, is_quick: bool) -> list[Figure]:
    """The stalls from the paste to the last message that the pace lets go."""
    wanted = ROBOTS * PACE_PER_MINUTE * (QUICK_MINUTES if is_quick else MINUTES)
    with serving() as url, program_window() as window:
        _add_robots(window, url)
        window.program.session.edit(MESSAGE)
        window.program.window.launchers.table_send.show()
        dialog = window.program.window.findChild(TableSendDialog)
        assert dialog is not None
        run_for(500)
        reading, reading_s = _stalls(lambda: dialog.source.read_words(_words()), _is_ready(dialog))
        sending, sending_s = _stalls(lambda: _send(dialog), lambda: _delivered(window) >= wanted)
    told = f"{ROWS} rows over {ROBOTS} robots"
    share = f"p{SHARE * 100:.0f}"
    return [
        Figure(
            f"stall {share}, rows read",
            "ms",
            quantile(reading, SHARE),
            at_most=AIM_MS,
            note=f"{told}, pasted and checked in {reading_s:.1f} s; the longest {max(reading):.0f}",
        ),
        Figure(
            f"stall {share}, rows sent",
            "ms",
            quantile(sending, SHARE),
            at_most=AIM_MS,
            note=f"{told}: all written down, {wanted} sent in {sending_s:.0f} s;"
            f" the longest {max(sending):.0f}",
        ),
    ]


def _add_robots(window: ProgramWindow, url: str) -> None:
    for number in range(ROBOTS):
        robot = Robot(f"r-{number}", f"门店{number}", stage=Stage.TEST, endpoint=url)
        window.program.robot_profiles.add(robot, CredentialsChange(f"{number:064x}", SECRET))
    run_for(1_000)


def _words() -> str:
    rows = ["门店\t姓名\t销售额\t完成率"]
    rows += [f"门店{at % ROBOTS}\t员工{at}\t{at * 137:,}\t{50 + at % 50}%" for at in range(ROWS)]
    return "\n".join(rows)


def _is_ready(dialog: TableSendDialog) -> Callable[[], bool]:
    summary = dialog.findChild(QLabel, "table_send.summary")
    send = dialog.findChild(QPushButton, "table_send.send")
    assert summary is not None
    assert send is not None
    return lambda: send.isEnabled() and f"{ROWS}" in summary.text().replace(",", "")


def _send(dialog: TableSendDialog) -> None:
    send = dialog.findChild(QPushButton, "table_send.send")
    assert send is not None
    send.click()
    asked = dialog.findChild(TableConfirmDialog)
    assert asked is not None
    asked.accept()


def _delivered(window: ProgramWindow) -> int:
    progress = window.program.window.launchers.table_send.progress
    return 0 if progress is None else progress.summary.delivered


def _stalls(act: Callable[[], None], is_over: Callable[[], bool]) -> tuple[list[float], float]:
    """Every stall from the act to its end, and the seconds between."""
    monitor, loop, begun = StallMonitor(), QEventLoop(), perf_counter()

    def look() -> None:
        if is_over():
            loop.quit()
        elif perf_counter() - begun > LIMIT_S:
            raise RuntimeError("the rows did not get there in time")

    looking = QTimer(interval=100)
    looking.timeout.connect(look)
    monitor.begin()
    act()
    looking.start()
    loop.exec()
    monitor.end()
    return monitor.stalls_ms, perf_counter() - begun
