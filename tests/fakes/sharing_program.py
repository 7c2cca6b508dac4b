"""One of several programs on one data folder: an engine and its event loop, without a window.

    python -m tests.fakes.sharing_program      (its Task comes as JSON on standard input)

It sends texts to the robots by turns, says each msgUuid once its row is written, and never ends by
itself.
"""

import json
import random
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer

from dingcomposer.core.messages import Text
from dingcomposer.core.robot import Credentials, Robot
from dingcomposer.services.engine import DATABASE_NAME, Engine, EngineOptions
from dingcomposer.storage.database import Database
from dingcomposer.storage.secrets import no_keyring

BUSY_TIMEOUT_MS = 10_000


@dataclass(frozen=True, slots=True)
class Task:
    """What to send: `texts`, each to a robot that `seed` chooses, `every_ms`."""

    data_dir: str
    url: str
    tokens: tuple[str, ...]
    secrets: tuple[str, ...]
    texts: tuple[str, ...]
    every_ms: int
    seed: int

    def to_json(self) -> str:
        return json.dumps(asdict(self))


def open_engine(data_dir: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Engine:
    """An engine on a data folder, with secrets in memory."""
    database = Database(
        data_dir / DATABASE_NAME,
        busy_timeout_ms=BUSY_TIMEOUT_MS,
        may_restore=lambda: False,  # that is for the one window
    )
    options = EngineOptions(find_keyring=no_keyring, retry_waits_s=(0.05, 0.05, 0.05), now=now)
    return Engine(database, options, sandbox_name="Sandbox")


def robots_of(url: str, count: int) -> tuple[Robot, ...]:
    """The robots that all the programs share."""
    return tuple(Robot(f"r-{number}", f"群 {number}", endpoint=url) for number in range(count))


def say(word: str) -> None:
    """Tell whoever started this."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main() -> None:
    task = Task(**json.loads(sys.stdin.read()))
    application = QCoreApplication([])
    engine = open_engine(Path(task.data_dir))
    robots = robots_of(task.url, len(task.tokens))
    for robot, token, secret in zip(robots, task.tokens, task.secrets, strict=True):
        engine.secrets.hold(robot.robot_id, Credentials(token, secret))
    chance = random.Random(task.seed)
    texts = list(task.texts)

    def send_next() -> None:
        if texts:
            msg_uuid = engine.outbox.submit(Text(texts.pop(0)), chance.choice(robots))
            say(msg_uuid)

    timer = QTimer(interval=task.every_ms)
    timer.timeout.connect(send_next)
    timer.start()
    say("ready")
    application.exec()


if __name__ == "__main__":
    main()
