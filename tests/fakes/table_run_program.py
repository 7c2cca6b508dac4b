"""A program that carries out a run over a table, to be killed: an engine, without a window.

    python -m tests.fakes.table_run_program      (its Task comes as JSON on standard input)

It goes on with the run that was left behind, or begins one, says each step, and ends with the run.
"""

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer

from dingcomposer.core.messages import Text
from dingcomposer.core.robot import Credentials, Robot
from dingcomposer.core.row_messages.filling import RowMessage
from dingcomposer.core.row_messages.table import TableRow
from dingcomposer.services.engine import Engine
from dingcomposer.services.table_runs.runner import TableRuns
from dingcomposer.storage.planned.table_runs import TableRunStore
from dingcomposer.storage.robots import RobotStore
from tests.fakes.sharing_program import open_engine

HEADINGS = ("群", "内容")


@dataclass(frozen=True, slots=True)
class TableTask:
    """What to send to how many robots."""

    data_dir: str
    url: str
    access_tokens: tuple[str, ...]
    secrets: tuple[str, ...]
    texts: tuple[str, ...]

    def to_json(self) -> str:
        return json.dumps(asdict(self))


def engine_with_robots(
    data_dir: Path, url: str, tokens: tuple[str, ...], secrets: tuple[str, ...]
) -> Engine:
    """An engine whose robots reach a sandbox; their secrets are in memory."""
    engine = open_engine(data_dir)
    known = {one.robot_id for one in engine.robot_profiles.robots}
    for number, (token, secret) in enumerate(zip(tokens, secrets, strict=True)):
        robot = Robot(
            f"r-{number}",
            f"群 {number}",
            endpoint=url,
            has_token=True,
            token_fingerprint=engine.fingerprint_of(token),
        )
        if robot.robot_id not in known:
            RobotStore(engine.database).add(robot)
        engine.secrets.hold(robot.robot_id, Credentials(token, secret))
    engine.robot_profiles.read_again()
    return engine


def runs_of(engine: Engine) -> TableRuns:
    """What carries out runs, as the program has it."""
    return TableRuns(
        TableRunStore(engine.database, engine.lease),
        engine.outbox,
        engine.robot_profiles.get,
        engine.history.add,
    )


def rows_of(engine: Engine, texts: tuple[str, ...]) -> tuple[RowMessage, ...]:
    """A row for each text, the robots by turns."""
    robots = [one for one in engine.robot_profiles.robots if not one.is_sandbox]
    return tuple(
        RowMessage(
            TableRow(number + 2, (robots[number % len(robots)].name, text)),
            Text(text),
            robots[number % len(robots)],
        )
        for number, text in enumerate(texts)
    )


def say(word: str) -> None:
    """Tell whoever started this."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main() -> None:
    task = TableTask(**json.loads(sys.stdin.read()))
    application = QCoreApplication([])
    engine = engine_with_robots(
        Path(task.data_dir), task.url, tuple(task.access_tokens), tuple(task.secrets)
    )
    runs = runs_of(engine)
    runs.store.tidy_up(runs.now())
    runs.row_changed.connect(lambda position, row: say(f"row {position} {row.status}"))
    runs.ended.connect(lambda _progress: application.quit())

    def start() -> None:
        left = runs.store.unfinished()
        if left:
            runs.go_on(left[0].run_id)
        elif runs.store.recent():
            application.quit()
        else:
            runs.begin("表", HEADINGS, rows_of(engine, tuple(task.texts)))

    QTimer.singleShot(0, start)
    say("ready")
    application.exec()
    runs.detach()
    engine.stop()
    engine.close()
    say("over")


if __name__ == "__main__":
    main()
