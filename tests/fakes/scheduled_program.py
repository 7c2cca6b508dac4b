"""A program that keeps schedules, killed by itself at a step, or by whoever started it.

    python -m tests.fakes.scheduled_program      (its PlannedTask comes as JSON on standard input)

It says "ready" when it begins to look at the clock; "over", and how many steps it took, when all
that it sent is over.
"""

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QTimer

from dingcomposer.core.robot import Credentials
from dingcomposer.core.scheduling.timing import GRACE
from dingcomposer.sending.sender import Sender
from dingcomposer.services.scheduling.planner import Planner
from dingcomposer.storage.database import Database
from tests.fakes.sharing_program import open_engine, say

LOOK_MS = 40


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """What to do: kill itself before the nth step (0: never), and which clock to go by.

    The clock shows `now` at `since` (seconds of the real one) and runs so many times as fast.
    """

    data_dir: str
    robots: dict[str, tuple[str, str]]
    now: str
    since: float = 0.0
    speed: float = 0.0
    dies_before: int = 0
    is_staying: bool = False

    def to_json(self) -> str:
        return json.dumps(asdict(self))


class Steps:
    """Counts the steps, and ends the process before the one that it was told."""

    def __init__(self, dies_before: int) -> None:
        self._dies_before = dies_before
        self.count = 0
        self.is_counting = False

    def tell(self) -> None:
        if not self.is_counting:
            return
        self.count += 1
        if self.count == self._dies_before:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self, owner: type[Any], name: str) -> None:
        """Each call of a method is two steps: its beginning and its end."""
        method: Callable[..., Any] = getattr(owner, name)

        def told(*arguments: Any, **options: Any) -> Any:
            self.tell()
            result = method(*arguments, **options)
            self.tell()
            return result

        setattr(owner, name, told)


def main() -> None:
    task = PlannedTask(**json.loads(sys.stdin.read()))
    steps = Steps(task.dies_before)
    for owner, name in (
        (Database, "run"),
        (Database, "insert_all"),
        (Database, "_note"),
        (Sender, "submit_all"),
        (Sender, "wake"),
    ):
        steps.watch(owner, name)
    application = QCoreApplication([])
    engine = open_engine(Path(task.data_dir))
    for robot_id, (token, secret) in task.robots.items():
        engine.secrets.hold(robot_id, Credentials(token, secret))
    shown = datetime.fromisoformat(task.now)

    def now() -> datetime:
        past = timedelta(seconds=(time.time() - task.since) * task.speed)
        return (shown + past).astimezone(UTC)

    planner = Planner(
        *(engine.database, engine.history, engine.outbox, engine.robot_profiles),
        now=now,
        grace=GRACE,
    )

    def look() -> None:
        steps.is_counting = True
        planner.look()
        if engine.outbox.is_idle and not task.is_staying:
            application.quit()

    timer = QTimer(interval=LOOK_MS)
    timer.timeout.connect(look)
    timer.start()
    say("ready")
    application.exec()
    planner.stop()
    engine.stop()
    steps.is_counting = False
    engine.close()
    say(f"over {steps.count}")


if __name__ == "__main__":
    main()
