"""The built-in sandbox: started beside the window, with a group for each sandbox robot."""

import logging
import threading
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from dingcomposer.core.robot import Credentials, Robot
from dingcomposer.services.bridge import Bridge
from dingcomposer.services.robot_profiles import RobotProfiles
from dingcomposer.storage.database import StorageError

if TYPE_CHECKING:
    from dingcomposer.sandbox.rules import Rules
    from dingcomposer.sandbox.server import SandboxRobot, SandboxServer

log = logging.getLogger(__name__)


class SandboxHost(QObject):
    """Owns the sandbox server. Main thread; the server's import and start happen off it.

    Each sandbox robot has a group there, which enforces what its profile says.

    Signals:
        changed(SandboxServer): it listens, or has other groups than before.
        failed(): no port could be had.
        trouble(StorageError): what a person set could not be kept; it holds for this run.
    """

    changed = Signal(object)
    failed = Signal()
    trouble = Signal(object)

    def __init__(
        self, bridge: Bridge, robot_profiles: RobotProfiles, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._robot_profiles = robot_profiles
        self._is_stopped = False
        self._groups: dict[str, SandboxRobot] = {}
        self._profiles: dict[str, Robot] = {}  # as the groups were last told
        self.server: SandboxServer | None = None

    def start(self) -> None:
        """Start the server; `changed` or `failed` follows."""
        robots = self._robots()
        first = robots[0] if robots else Robot("", self.tr("Sandbox"), expects_signature=True)
        threading.Thread(
            target=self._start, args=(first,), name="sandbox-start", daemon=True
        ).start()

    def stop(self) -> None:
        """Stop the server, whatever is unanswered."""
        self._is_stopped = True
        if self.server is not None:
            self.server.stop()

    def keep(self, group: "SandboxRobot") -> None:
        """Keep what a group enforces now in its robot's profile."""
        rules = group.rules
        for robot in self._robots():
            if self._groups.get(robot.robot_id) is group:
                profile = replace(
                    robot,
                    keywords=rules.keywords,
                    addresses=rules.addresses,
                    expects_signature=rules.secret_required,
                    sandbox_pace=rules.pace_per_minute,
                    sandbox_caller=rules.caller,
                )
                try:
                    self._robot_profiles.save(profile)
                except StorageError as error:
                    self.trouble.emit(error)

    def add(self) -> None:
        """One more sandbox robot, with the rules of a new one."""
        try:
            self._robot_profiles.add_sandbox(self.tr("Sandbox"))
        except StorageError as error:
            self.trouble.emit(error)

    # Starting

    def _start(self, first: Robot) -> None:
        from dingcomposer.sandbox.server import SandboxServer

        rules = _rules_of(first)
        server = SandboxServer(
            name=first.name,
            keywords=rules.keywords,
            secret_required=rules.secret_required,
            addresses=rules.addresses,
            pace_per_minute=rules.pace_per_minute,
            on_exchange=self._bridge.on_exchange,
        )
        server.rules = rules
        try:
            server.start()
        except OSError as error:
            log.warning("the sandbox cannot listen: %s", type(error).__name__)
            self._bridge.post(self.failed.emit)
            return
        self._bridge.post(partial(self._on_started, server, first))

    def _on_started(self, server: "SandboxServer", first: Robot) -> None:
        if self._is_stopped:
            server.stop()
            return
        self.server = server
        if self._robot_profiles.get(first.robot_id) is not None:
            self._join(server, first, server.robot)
        self._robot_profiles.changed.connect(self._follow)
        self._follow()
        self.changed.emit(server)

    # The groups

    def _robots(self) -> tuple[Robot, ...]:
        """The sandbox robots, the built-in one first."""
        every = (*self._robot_profiles.robots, *self._robot_profiles.archived)
        own = [robot for robot in every if robot.is_sandbox]
        return tuple(sorted(own, key=lambda robot: robot.is_twin))

    def _follow(self) -> None:
        """Make the groups what the robot profiles say."""
        server = self.server
        if server is None or self._is_stopped:
            return
        robots = {robot.robot_id: robot for robot in self._robots()}
        has_changed = False
        for robot_id in self._groups.keys() - robots.keys():
            server.remove_robot(self._groups.pop(robot_id))
            del self._profiles[robot_id]
            has_changed = True
        for robot_id, robot in robots.items():
            if robot_id not in self._groups:
                self._join(server, robot, server.add_robot(robot.name, _rules_of(robot)))
                has_changed = True
            elif self._report(robot):
                has_changed = True
        if has_changed:
            self.changed.emit(server)

    def _join(self, server: "SandboxServer", robot: Robot, group: "SandboxRobot") -> None:
        self._groups[robot.robot_id] = group
        self._profiles[robot.robot_id] = robot
        credentials = Credentials(group.access_token, group.secret)
        self._robot_profiles.set_sandbox_url(robot.robot_id, server.url, credentials)

    def _report(self, robot: Robot) -> bool:
        """Tell a group what is new in its robot's profile, and no more: it may be set elsewhere."""
        group, before = self._groups[robot.robot_id], self._profiles[robot.robot_id]
        self._profiles[robot.robot_id] = robot
        has_changed = False
        if robot.name != before.name:
            group.name = robot.name
            has_changed = True
        if _rules_of(robot) not in (_rules_of(before), group.rules):
            group.rules = _rules_of(robot)
            has_changed = True
        return has_changed


def _rules_of(robot: Robot) -> "Rules":
    from dingcomposer.sandbox.rules import Rules

    return Rules(
        keywords=robot.keywords,
        secret_required=robot.expects_signature,
        addresses=robot.addresses,
        pace_per_minute=robot.sandbox_pace,
        caller=robot.sandbox_caller,
    )
