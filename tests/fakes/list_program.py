"""A program that sends to a list with a gap, killed by itself at a step; started anew, it goes on.

    python -m tests.fakes.list_program      (its ListTask comes as JSON on standard input)

It does what a person does after a crash: what may have arrived is retried under its own id, and
the message is sent to those of the list that did not get it. It says "over" and how many steps it
took when all of it is over.
"""

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer

from dingcomposer.core.delivery import BroadcastOrder, Status, has_failed
from dingcomposer.core.messages import Text
from dingcomposer.core.robot import Credentials, Robot
from dingcomposer.sending.sender import Sender
from dingcomposer.services.engine import Engine
from dingcomposer.storage.database import Database
from dingcomposer.storage.history import HistoryStore, NotWaiting
from tests.fakes.scheduled_program import Steps
from tests.fakes.sharing_program import open_engine, say

LOOK_MS = 20


@dataclass(frozen=True, slots=True)
class ListTask:
    """What to send to whom: `robots` are ids with token and secret, in the list's order."""

    data_dir: str
    url: str
    robots: dict[str, tuple[str, str]]
    text: str
    gap_s: float
    stops_at_failure: bool = False
    dies_before: int = 0

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @property
    def order(self) -> BroadcastOrder:
        """How the list is sent to."""
        return BroadcastOrder("所有分店", self.gap_s, self.stops_at_failure)


class ListSender:
    """Sends to a list, or goes on with what another run of this program left behind."""

    def __init__(self, engine: Engine, task: ListTask) -> None:
        self._engine, self._task = engine, task
        self._robots = {
            robot_id: Robot(robot_id, robot_id, endpoint=task.url, has_token=True)
            for robot_id in task.robots
        }

    def begin(self) -> None:
        """Send to all of the list; after a crash, to those that may lack it."""
        rows = self._engine.history.page(limit=1_000)
        if not rows:
            self._send(list(self._robots), "")
            return
        for row in rows:
            if row.may_have_been_taken:
                try:
                    self._engine.outbox.retry(row, self._robots[row.robot_id])
                except NotWaiting:
                    continue
        have = {row.robot_id for row in rows if not has_failed(row.status, row.cause)}
        have |= {row.robot_id for row in rows if row.may_have_been_taken}
        self._send([one for one in self._robots if one not in have], rows[0].group_id or "")

    def _send(self, robot_ids: list[str], group_id: str) -> None:
        if robot_ids:
            robots = [self._robots[one] for one in robot_ids]
            text = Text(self._task.text)
            self._engine.outbox.submit_all(text, robots, group_id, order=self._task.order)


def main() -> None:
    task = ListTask(**json.loads(sys.stdin.read()))
    steps = Steps(task.dies_before)
    for owner, name in (
        (Database, "run"),
        (Database, "insert_all"),
        (Database, "_note"),
        (HistoryStore, "announce"),
        (HistoryStore, "complete"),
        (Sender, "submit_all"),
        (Sender, "wake"),
        (Sender, "_finish"),
    ):
        steps.watch(owner, name)
    application = QCoreApplication([])
    engine = open_engine(Path(task.data_dir))
    for robot_id, (token, secret) in task.robots.items():
        engine.secrets.hold(robot_id, Credentials(token, secret))
    sender = ListSender(engine, task)

    def begin() -> None:
        steps.is_counting = True
        sender.begin()

    def look() -> None:
        rows = engine.history.page(limit=1_000)
        is_over = rows and all(one.status.is_final for one in rows)
        if is_over and engine.outbox.is_idle:
            application.quit()

    QTimer.singleShot(0, begin)
    timer = QTimer(interval=LOOK_MS)
    timer.timeout.connect(look)
    timer.start()
    application.exec()
    steps.is_counting = False
    delivered = sum(one.status is Status.DELIVERED for one in engine.history.page(limit=1_000))
    engine.stop()
    engine.close()
    say(f"over {steps.count} {delivered}")


if __name__ == "__main__":
    main()
