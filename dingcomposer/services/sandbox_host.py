"""The built-in sandbox: started beside the window, with a group for each sandbox robot."""

import errno
import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication, QObject, Signal

from dingcomposer.core.robot import Credentials, Robot
from dingcomposer.services.bridge import Bridge
from dingcomposer.services.robot_profiles import SANDBOX_COLOUR, RobotProfiles
from dingcomposer.services.settings import KEEPS_SANDBOX_TOKEN, SANDBOX_PORT, Settings
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.secrets import Outcome, SecretsState, SecretsUnavailable

if TYPE_CHECKING:
    from dingcomposer.sandbox.rules import Rules
    from dingcomposer.sandbox.server import SandboxRobot, SandboxServer

_EXHAUSTED = (errno.EMFILE, errno.ENFILE)

log = logging.getLogger(__name__)


class SandboxHost(QObject):
    """Owns the sandbox server. Main thread; the server's import and start happen off it.

    Each sandbox robot has a group there, which enforces what its profile says. Port,
    tokens and secrets are new at each start, unless a person wants them to stay: the port is a
    setting, tokens and secrets lie in the keyring.

    Signals:
        changed(SandboxServer): it listens, it listens elsewhere, or has other groups than before.
        failed(str): it cannot listen, and why.
        kept(): `port` or `keeps_token` is another one.
        said(str): a sentence for the status line.
        trouble(StorageError): what a person set could not be kept; it holds for this run.
    """

    changed = Signal(object)
    failed = Signal(str)
    kept = Signal()
    said = Signal(str)
    trouble = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        robot_profiles: RobotProfiles,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._robot_profiles = robot_profiles
        self._settings = settings
        self._is_stopped = False
        self._groups: dict[str, SandboxRobot] = {}
        self._profiles: dict[str, Robot] = {}  # as the groups were last told
        self._kept: dict[str, Credentials] = {}  # as the keyring had them at the start
        self._is_keyring_silent = False  # then nothing in it is written over
        self._move_lock = threading.Lock()
        self._is_begun = False
        self._waiting: list[Callable[[], None]] = []
        self.server: SandboxServer | None = None

    @property
    def port(self) -> int:
        """Where it listens at each start; 0 for a free port."""
        return self._settings.value(SANDBOX_PORT)

    @property
    def keeps_token(self) -> bool:
        """Whether the tokens and secrets of the sandbox robots stay the same."""
        return self._settings.value(KEEPS_SANDBOX_TOKEN)

    def start(self) -> None:
        """Start the server, after asking the keyring if need be; `changed` or `failed` follows."""
        waiting = {robot.robot_id for robot in self._robots()} if self.keeps_token else set()
        if not waiting:
            self._launch()
            return

        def on_answer(robot_id: str, outcome: Outcome) -> None:
            if isinstance(outcome, SecretsUnavailable):
                self._is_keyring_silent = True
            elif outcome.access_token and outcome.secret:
                self._kept[robot_id] = outcome
            waiting.discard(robot_id)
            if not waiting:
                self._launch()

        for robot_id in tuple(waiting):
            self._robot_profiles.request_credentials(robot_id, partial(on_answer, robot_id))

    def when_ready(self, call: Callable[[], None]) -> None:
        """Call back once it listens, or is known not to; at once where that is so by now."""
        if self._is_begun:
            call()
        else:
            self._waiting.append(call)

    def stop(self) -> None:
        """Stop the server, whatever is unanswered."""
        self._is_stopped = True
        if self.server is not None:
            self.server.stop()

    def choose_port(self, port: int) -> None:
        """Listen on this port, now and at each start; 0: on a free one from the next start on."""
        before = self._settings.value(SANDBOX_PORT)
        if port == before:
            return
        self._settings.set(SANDBOX_PORT, port)
        self.kept.emit()
        server = self.server
        if port and server is not None and urlsplit(server.url).port != port:
            arguments = (server, port, before)
            threading.Thread(
                target=self._move, args=arguments, name="sandbox-move", daemon=True
            ).start()

    def keep_token(self, is_wanted: bool) -> None:
        """Let tokens and secrets stay the same at each start, or make new ones from the next on."""
        self._is_keyring_silent = False
        self._settings.set(KEEPS_SANDBOX_TOKEN, is_wanted)
        self.kept.emit()
        for robot_id, group in self._groups.items():
            credentials = Credentials(group.access_token, group.secret)
            if is_wanted:
                self._robot_profiles.keep_sandbox_secrets(
                    robot_id, credentials, self._on_token_kept
                )
            else:
                self._robot_profiles.release_sandbox_secrets(
                    robot_id, credentials, self._on_released
                )

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

    def _launch(self) -> None:
        if self._is_stopped:
            return
        robots = self._robots()
        first = robots[0] if robots else Robot("", self.tr("Sandbox"), expects_signature=True)
        threading.Thread(
            target=self._start, args=(first, self.port), name="sandbox-start", daemon=True
        ).start()

    def _start(self, first: Robot, port: int) -> None:
        from dingcomposer.sandbox.server import SandboxServer

        rules = _rules_of(first)
        server = SandboxServer(
            name=first.name,
            credentials=self._kept.get(first.robot_id),
            port=port,
            on_exchange=self._bridge.on_exchange,
            on_exhausted=lambda: self._bridge.post(self._on_exhausted),
        )
        server.rules = rules
        error = _try_to_listen(server)
        if error is not None and port:
            server.port = 0
            if (second := _try_to_listen(server)) is None:
                self._bridge.post(partial(self._on_port_refused, server, port, error))
            error = second
        if error is not None:
            log.warning("the sandbox cannot listen: %s", type(error).__name__)
            self._bridge.post(partial(self._on_failed, error))
            return
        self._bridge.post(partial(self._on_started, server, first))

    def _on_failed(self, error: OSError) -> None:
        self.failed.emit(
            _no_handles()
            if error.errno in _EXHAUSTED
            else self.tr("No free port was found for the sandbox.")
        )
        self._call_back()

    def _call_back(self) -> None:
        self._is_begun = True
        waiting, self._waiting = self._waiting, []
        for call in waiting:
            call()

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
        self._call_back()
        if self._is_keyring_silent:
            self.said.emit(
                self.tr(
                    "The password store did not answer: the sandbox has a new token in this run."
                )
            )

    def _move(self, server: "SandboxServer", port: int, before: int) -> None:
        """Listen on another port; where that cannot be had, on the old one again."""
        with self._move_lock:
            old = urlsplit(server.url).port or 0
            server.stop()
            server.port = port
            error = _try_to_listen(server)
            if error is not None:
                server.port = old
                if (second := _try_to_listen(server)) is not None:
                    self._bridge.post(partial(self._on_failed, second))
                    return
                self._bridge.post(partial(self._on_move_refused, server, port, before, error))
        if self._is_stopped:
            server.stop()
            return
        self._bridge.post(partial(self._on_moved, server))

    def _on_moved(self, server: "SandboxServer") -> None:
        for robot_id, group in self._groups.items():
            self._put(server, robot_id, group)
        self.changed.emit(server)

    def _on_move_refused(
        self, server: "SandboxServer", port: int, before: int, error: OSError
    ) -> None:
        self._settings.set(SANDBOX_PORT, before)
        self.kept.emit()
        self._on_port_refused(server, port, error)

    def _on_port_refused(self, server: "SandboxServer", port: int, error: OSError) -> None:
        from dingcomposer.sandbox.server import PortTaken

        if isinstance(error, PortTaken):
            words = self.tr(
                "Port {port} is taken by another program; the sandbox listens on {other}."
            )
        else:
            words = self.tr(
                "Port {port} may not be used on this computer; the sandbox listens on {other}."
            )
        self.said.emit(words.format(port=port, other=urlsplit(server.url).port))

    def _on_exhausted(self) -> None:
        self.said.emit(_no_handles())

    def _on_token_kept(self, outcome: Outcome) -> None:
        is_kept = isinstance(outcome, Credentials) and (
            self._robot_profiles.secrets_state is SecretsState.KEYRING
        )
        if self.keeps_token and not is_kept:
            self._settings.set(KEEPS_SANDBOX_TOKEN, False)
            self.kept.emit()
            self.said.emit(
                self.tr(
                    "The password store did not take the sandbox's token: it holds for this run"
                    " only."
                )
            )

    def _on_released(self, outcome: Outcome) -> None:
        if isinstance(outcome, SecretsUnavailable):
            self.said.emit(
                self.tr(
                    "The password store did not answer: the sandbox's old token may still lie"
                    " there."
                )
            )

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
                kept = self._kept.get(robot_id)
                group = server.add_robot(robot.name, _rules_of(robot), kept)
                self._join(server, robot, group)
                has_changed = True
            elif self._report(robot):
                has_changed = True
        if has_changed:
            self.changed.emit(server)

    def colour_of(self, group: int) -> str:
        """The colour of the robot whose group has this number on the server."""
        for robot_id, known in self._groups.items():
            robot = self._robot_profiles.get(robot_id)
            if known.number == group and robot is not None:
                return robot.colour
        return SANDBOX_COLOUR

    def _join(self, server: "SandboxServer", robot: Robot, group: "SandboxRobot") -> None:
        self._groups[robot.robot_id] = group
        self._profiles[robot.robot_id] = robot
        self._put(server, robot.robot_id, group)
        if self.keeps_token and not self._is_keyring_silent and robot.robot_id not in self._kept:
            credentials = Credentials(group.access_token, group.secret)
            self._robot_profiles.keep_sandbox_secrets(
                robot.robot_id, credentials, self._on_token_kept
            )

    def _put(self, server: "SandboxServer", robot_id: str, group: "SandboxRobot") -> None:
        credentials = Credentials(group.access_token, group.secret)
        self._robot_profiles.set_sandbox_url(robot_id, server.url, credentials)

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


def _try_to_listen(server: "SandboxServer") -> OSError | None:
    """Start the server; why that failed, a PortTaken where another program has the port."""
    try:
        server.start()
    except OSError as error:
        return error
    return None


def _no_handles() -> str:
    return QCoreApplication.translate(
        "SandboxHost",
        "The sandbox cannot take connections: this computer has no file handles left for this "
        "program. Close other programs, or start this one anew.",
    )
