"""Runs a check-up, or a probe, in a daemon thread of its own, so that it never holds up an exit."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dingcomposer.core.checkup.profile import check_profile
from dingcomposer.core.checkup.report import (
    CheckupStep,
    FindingCode,
    StepFinding,
    StepResult,
    finding,
)
from dingcomposer.core.messages import Message
from dingcomposer.core.robot import Credentials, Robot
from dingcomposer.storage.secrets import SecretsUnavailable

if TYPE_CHECKING:
    # At run time they come with the first check-up: sockets and TLS are not needed before.
    from dingcomposer.dingtalk.client import Client
    from dingcomposer.dingtalk.network import Network

log = logging.getLogger(__name__)

THREAD = "check-up"


@dataclass(frozen=True, slots=True)
class CheckupSources:
    """Where a check-up takes things from; all but `clock_ms` are called in its thread.

    `read_credentials` may wait, and raises SecretsUnavailable.
    """

    read_credentials: Callable[[str], Credentials]
    network: "Callable[[Robot], Network]"
    make_client: "Callable[[], Client]"
    clock_ms: Callable[[], int]


class CheckupRunner:
    """One check-up of a robot. `found` and `over` are called in its thread, `over` always, last."""

    def __init__(
        self,
        robot: Robot,
        message: Message | None,
        sources: CheckupSources,
        *,
        found: Callable[[StepFinding], None],
        over: Callable[[], None],
    ) -> None:
        from dingcomposer.dingtalk.checkup.steps import Checkup

        self._robot = robot
        self._message = message
        self._sources = sources
        self._found = found = _logged(robot, found)
        self._over = over
        self._checkup = Checkup(
            robot, sources.network(robot), found=found, clock_ms=sources.clock_ms
        )

    def start(self) -> None:
        """Begin."""
        threading.Thread(target=self._work, name=THREAD, daemon=True).start()

    def cancel(self) -> None:
        """End it, wherever it is."""
        self._checkup.cancel()

    def _work(self) -> None:
        try:
            credentials, reason = _read(self._sources, self._robot)
            for one in check_profile(self._robot, credentials, self._message, reason):
                self._found(one)
            self._checkup.run(credentials.proxy_password or "" if credentials is not None else "")
        finally:
            self._over()


def start_probe(
    robot: Robot,
    sources: CheckupSources,
    *,
    found: Callable[[StepFinding], None],
    over: Callable[[], None],
) -> None:
    """Ask DingTalk once, in a thread that ends by the robot's time-outs."""

    found = _logged(robot, found)

    def work() -> None:
        from dingcomposer.dingtalk.checkup.probe import probe

        try:
            credentials, reason = _read(sources, robot)
            if credentials is None:
                code = FindingCode.SECRETS_UNREADABLE
                found(finding(CheckupStep.PROBE, StepResult.CROSS, code, {"reason": reason}))
                return
            client = sources.make_client()
            try:
                found(probe(client, robot, credentials))
            finally:
                client.close()
        finally:
            over()

    threading.Thread(target=work, name=THREAD, daemon=True).start()


def _logged(robot: Robot, found: Callable[[StepFinding], None]) -> Callable[[StepFinding], None]:
    """The same, with a line in the log for each finding."""

    def logged(one: StepFinding) -> None:
        log.debug("check-up of %s: %s", robot.robot_id, _describe(one))
        found(one)

    return logged


def _describe(one: StepFinding) -> str:
    # Without a colon: the log would take what stands behind "secret:" for one.
    return f"{one.step.value} is {one.verdict.value}, {one.code.value}"


def _read(sources: CheckupSources, robot: Robot) -> tuple[Credentials | None, str]:
    try:
        return sources.read_credentials(robot.robot_id), ""
    except SecretsUnavailable as error:
        return None, error.reason.value
