"""One message to 200 groups through the real window: how long, and how deaf it is meanwhile."""

from time import perf_counter

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QWidget

from bench_editors import ProgramWindow, program_window, run_for
from bench_event_loop import StallMonitor
from bench_figures import Figure
from bench_server import serving
from dingcomposer.core.delivery import Report, Status
from dingcomposer.core.robot import Robot
from dingcomposer.storage.secrets import CredentialsChange
from dingcomposer.ui.send import confirm_dialog

ROBOTS, QUICK_ROBOTS = 200, 40
ANSWER_S = 0.2
READING_MS = 200
POOL = 8
"""As many threads as the sender has by itself."""
AIM_RATIO = 1.5
AIM_STALL_MS = 16.0


def measure(*, is_quick: bool) -> list[Figure]:
    """From the confirmed click to the last outcome in the history."""
    count = QUICK_ROBOTS if is_quick else ROBOTS
    with serving(ANSWER_S) as url, program_window() as window:
        robots = _add_robots(window, url, count)
        window.write("# 今晚停机\n\n18:00 开始，20:00 恢复。")
        monitor = StallMonitor()
        monitor.begin()
        seconds = _send_all(window, robots)
        longest_ms = monitor.end()
    what = f"{count} robots at once"
    note = f"answers take {ANSWER_S:g} s; the floor is what {POOL} threads must wait"
    return [
        Figure(what, "s", seconds, count * ANSWER_S / POOL, at_most_ratio=AIM_RATIO, note=note),
        Figure(
            f"stall, {what}",
            "ms",
            longest_ms,
            at_most=AIM_STALL_MS,
            note=f"the longest; {monitor.worked_ms:.0f} ms of it the window itself was at work",
        ),
    ]


def _add_robots(window: ProgramWindow, url: str, count: int) -> list[Robot]:
    robot_profiles = window.program.robot_profiles
    for number in range(count):
        name = f"群 {number + 1}"
        # A token of its own, else all of them were one webhook and waited for one pace.
        robot_profiles.add(
            Robot(f"bench-{number}", name, endpoint=url), CredentialsChange(f"{number + 1:064x}")
        )

    def ready() -> list[Robot]:
        return [one for one in robot_profiles.robots if not one.is_sandbox and one.has_token]

    while len(ready()) < count:
        run_for(50)
    return ready()


def _send_all(window: ProgramWindow, robots: list[Robot]) -> float:
    loop = QEventLoop()
    statuses: list[Status] = []

    def on_reported(report: Report) -> None:
        if not report.status.is_final:
            return
        statuses.append(report.status)
        if len(statuses) == len(robots):
            loop.quit()

    window.program.outbox.reported.connect(on_reported)
    agreed_at: list[float] = []

    def agree(parent: QWidget | None, confirmation: confirm_dialog.Confirmation) -> bool:
        del parent, confirmation
        run_for(READING_MS)  # as the question does while it is read
        agreed_at.append(perf_counter())
        return True

    ask, confirm_dialog.confirm = confirm_dialog.confirm, agree
    window.program.window.broadcast.send_to(robots)
    loop.exec()
    seconds = perf_counter() - agreed_at[0]
    confirm_dialog.confirm = ask
    if set(statuses) != {Status.DELIVERED}:
        raise RuntimeError(f"not all were delivered: {set(statuses)}")
    return seconds
