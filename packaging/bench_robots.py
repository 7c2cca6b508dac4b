"""One message to 200 groups through the real window: how long, and how deaf it is meanwhile."""

from time import perf_counter

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QWidget

from bench_busy import Heartbeat
from bench_desk import Desk, at_desk, run_for
from bench_figures import Figure, quantile
from bench_office import ACCESS_TOKEN
from bench_server import serving
from dingcomposer.core.delivery import Report, Status
from dingcomposer.core.robot import Robot
from dingcomposer.ui.send import confirm_dialog

ROBOTS, QUICK_ROBOTS = 200, 40
ANSWER_S = 0.2
POOL = 8
"""As many threads as the sender has by itself."""
AIM_RATIO = 1.5
AIM_STALL_MS = 16.0


def measure(*, is_quick: bool) -> list[Figure]:
    """From the confirmed click to the last outcome in the history."""
    count = QUICK_ROBOTS if is_quick else ROBOTS
    with serving(ANSWER_S) as url, at_desk() as harness:
        robots = _add_robots(harness, url, count)
        harness.write("# 今晚停机\n\n18:00 开始，20:00 恢复。")
        heart = Heartbeat()
        heart.begin()
        seconds = _send_all(harness, robots)
        longest_ms = heart.end()
        stall_ms = quantile(heart.stalls, 0.99)
    what = f"{count} robots at once"
    note = f"answers take {ANSWER_S:g} s; the floor is what {POOL} threads must wait"
    return [
        Figure(what, "s", seconds, count * ANSWER_S / POOL, at_most_ratio=AIM_RATIO, note=note),
        Figure(
            f"stall, {what}",
            "ms",
            stall_ms,
            at_most=AIM_STALL_MS,
            note=f"99 of 100 beats; the longest took {longest_ms:.0f} ms",
        ),
    ]


def _add_robots(harness: Desk, url: str, count: int) -> list[Robot]:
    robot_profiles = harness.program.robot_profiles
    for number in range(count):
        name = f"群 {number + 1}"
        robot_profiles.add(Robot(f"bench-{number}", name, endpoint=url), access_token=ACCESS_TOKEN)

    def ready() -> list[Robot]:
        return [one for one in robot_profiles.robots if not one.is_sandbox and one.has_token]

    while len(ready()) < count:
        run_for(50)
    return ready()


def _send_all(harness: Desk, robots: list[Robot]) -> float:
    loop = QEventLoop()
    statuses: list[Status] = []

    def on_reported(report: Report) -> None:
        if not report.status.is_final:
            return
        statuses.append(report.status)
        if len(statuses) == len(robots):
            loop.quit()

    harness.program.outbox.reported.connect(on_reported)
    ask, confirm_dialog.confirm = confirm_dialog.confirm, _agree
    begun = perf_counter()
    harness.program.window.broadcast.send_to(robots)
    loop.exec()
    seconds = perf_counter() - begun
    confirm_dialog.confirm = ask
    if set(statuses) != {Status.DELIVERED}:
        raise RuntimeError(f"not all were delivered: {set(statuses)}")
    return seconds


def _agree(parent: QWidget | None, confirmation: confirm_dialog.Confirmation) -> bool:
    del parent, confirmation
    return True
