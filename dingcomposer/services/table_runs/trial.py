"""A dry run: the message of each row is posted to a sandbox of its own, and nothing leaves.

The sandbox has a robot for each of the table's, with the same keywords and signature, but without
their pace. What it says of a message is what DingTalk is expected to say; nothing of it is kept.
"""

import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from time import time_ns
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Fault, Report, Status
from dingcomposer.core.payload import EncodeError, encode
from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import Credentials, ProxyMode, Robot
from dingcomposer.core.row_messages.filling import RowMessage
from dingcomposer.services.bridge import Bridge

if TYPE_CHECKING:
    from dingcomposer.sandbox.server import SandboxRobot, SandboxServer

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

TOLD_ROWS = 25
"""So many answers are told at a time."""


@dataclass(frozen=True, slots=True)
class TrialAnswer:
    """What the sandbox said to the message of a row; `number` is the row's in its sheet."""

    number: int
    status: Status
    cause: Cause | None = None
    fault: Fault | None = None
    errmsg: str = ""


class TableTrial(QObject):
    """Tries rows in a thread of its own. Main thread.

    Signals:
        answered(tuple[TrialAnswer, ...]): some more rows have their answer.
        ended(bool): all have; False where no sandbox could be started.
    """

    answered = Signal(object)
    ended = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._post = Bridge(self).post
        self._stop: threading.Event | None = None

    @property
    def is_running(self) -> bool:
        """Whether rows are being tried."""
        return self._stop is not None

    def begin(self, rows: Sequence[RowMessage]) -> None:
        """Try these; rows without a robot have no group to be tried in, and are passed over."""
        self.stop()
        stop = self._stop = threading.Event()
        tried = tuple(one for one in rows if one.robot is not None)

        def say(call: Callable[[], None]) -> None:
            if not stop.is_set():
                self._post(lambda: None if stop.is_set() else call())

        threading.Thread(
            target=_try_all,
            args=(
                tried,
                stop,
                lambda answers: say(partial(self.answered.emit, answers)),
                lambda is_done: say(partial(self._on_ended, is_done)),
            ),
            name="table-trial",
            daemon=True,
        ).start()

    def stop(self) -> None:
        """Try no more; nothing is told any longer."""
        if self._stop is not None:
            self._stop.set()
            self._stop = None

    def _on_ended(self, is_done: bool) -> None:
        self._stop = None
        self.ended.emit(is_done)


def _try_all(
    rows: Sequence[RowMessage],
    stop: threading.Event,
    answered: Callable[[tuple[TrialAnswer, ...]], None],
    ended: Callable[[bool], None],
) -> None:
    from dingcomposer.dingtalk.client import Client
    from dingcomposer.sandbox.server import SandboxServer

    server = SandboxServer(kept=1)
    try:
        server.start()
    except OSError:
        ended(False)
        return
    client = Client(clock_ms=lambda: time_ns() // 1_000_000)
    groups: dict[str, SandboxRobot] = {}
    some: list[TrialAnswer] = []
    try:
        for row in rows:
            if stop.is_set():
                return
            some.append(_try(row, server, groups, client.send))
            if len(some) >= TOLD_ROWS:
                answered(tuple(some))
                some.clear()
        if some:
            answered(tuple(some))
    finally:
        client.close()
        server.stop()
    ended(True)


def _try(
    row: RowMessage,
    server: "SandboxServer",
    groups: "dict[str, SandboxRobot]",
    send: Callable[[Robot, Credentials, bytes], object],
) -> TrialAnswer:
    from dingcomposer.dingtalk.errors import DingTalkError
    from dingcomposer.sandbox.rules import Rules
    from dingcomposer.sending.outcomes import outcome_of

    robot, number = row.robot, row.row.number
    assert robot is not None
    if robot.pace_key not in groups:
        # Addresses are left out: those of the office are not this computer's own.
        rules = Rules(robot.keywords, robot.expects_signature, (), None)
        groups[robot.pace_key] = server.add_robot(robot.name, rules)
    group = groups[robot.pace_key]
    double = Robot(robot.robot_id, robot.name, endpoint=server.url, way=ProxyMode.DIRECT)
    try:
        body = encode(row.message, f"trial-{number}")
    except EncodeError:
        return TrialAnswer(number, Status.NOT_SENT, fault=Fault.CANNOT_ENCODE)
    try:
        send(double, Credentials(group.access_token, group.secret), body)
    except DingTalkError as error:
        announced = Report("", 1, Status.SENDING, _EPOCH)
        came = outcome_of(announced, error, may_have_been_taken=False)
        return TrialAnswer(number, came.status, came.cause, came.fault, came.errmsg)
    return TrialAnswer(number, Status.DELIVERED)
