"""The robots as they are now: what is stored, where the sandbox stands, which secrets are there."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, Signal

from dingcomposer.core.robot import Credentials, Robot, Stage, unlike
from dingcomposer.services.bridge import Bridge
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.robots import RobotStore
from dingcomposer.storage.secrets import (
    KEEP,
    NO_CHANGE,
    CredentialsChange,
    Outcome,
    SecretsReason,
    SecretsState,
    SecretStore,
    SecretsUnavailable,
)
from dingcomposer.storage.token_fingerprint import FingerprintOf

SANDBOX_COLOUR = "#0F8B8D"
# As it is stored: where a sandbox listens is news of each run.
_SANDBOX_ENDPOINT = "http://127.0.0.1/robot/send"


class SecretsStatus(StrEnum):
    """What is known of a robot's token and secret."""

    NOT_YET = "not_yet"
    THERE = "there"
    MISSING = "missing"  # nothing is kept for this robot: its webhook must be pasted (again)
    UNREADABLE = "unreadable"  # the keyring did not answer; nothing is ever overwritten for that


class RobotProfiles(QObject):
    """Adds, changes and orders robots, and keeps their secrets apart from the rest. Main thread.

    Every method that changes a robot raises StorageError.

    Signals:
        changed(): a robot, their order, or what is known of a robot's secrets is another one.
        secrets_refused(Robot, SecretsUnavailable): a robot's secrets could not be kept.
        secrets_checked(): it is now known of every robot whether its secrets are there.
        keyring_found(): it is now known where secrets go in this run.
        token_changing(str): the robot of this id is about to get another token.
    """

    changed = Signal()
    secrets_refused = Signal(object, object)
    secrets_checked = Signal()
    keyring_found = Signal()
    token_changing = Signal(str)

    def __init__(
        self,
        store: RobotStore,
        secrets: SecretStore,
        bridge: Bridge,
        fingerprint_of: FingerprintOf,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._secrets = secrets
        self._bridge = bridge
        self._fingerprint_of = fingerprint_of
        self._robots = store.all(include_archived=True)
        self._seen: dict[str, SecretsStatus] = {}
        self._reasons: dict[str, SecretsReason] = {}
        self._endpoints: dict[str, str] = {}
        self._sandbox_fingerprints: dict[str, str] = {}
        self._lost: list[str] = []

    # Reading

    @property
    def robots(self) -> tuple[Robot, ...]:
        """The robots that can be chosen, in the person's order."""
        return tuple(self._now(robot) for robot in self._robots if not robot.is_archived)

    @property
    def archived(self) -> tuple[Robot, ...]:
        """The robots that were put away."""
        return tuple(self._now(robot) for robot in self._robots if robot.is_archived)

    def get(self, robot_id: str | None) -> Robot | None:
        """One robot, archived or not."""
        found = (robot for robot in self._robots if robot.robot_id == robot_id)
        return next((self._now(robot) for robot in found), None)

    def seen(self, robot_id: str) -> SecretsStatus:
        """What is known of a robot's secrets."""
        return self._seen.get(robot_id, SecretsStatus.NOT_YET)

    def reason(self, robot_id: str) -> SecretsReason | None:
        """Why a robot's secrets cannot be read, where that is so."""
        return self._reasons.get(robot_id)

    @property
    def lost(self) -> tuple[Robot, ...]:
        """The robots that had a webhook once, and have none in this run."""
        return tuple(
            robot
            for robot in self.robots
            if robot.robot_id in self._lost and self.seen(robot.robot_id) is SecretsStatus.MISSING
        )

    @property
    def secrets_state(self) -> SecretsState:
        """Where tokens and secrets go in this run."""
        return self._secrets.state

    def names(self, *, besides: str | None = None) -> tuple[str, ...]:
        """The names that are taken, but for one robot's own."""
        return tuple(robot.name for robot in self._robots if robot.robot_id != besides)

    def owners_of(self, access_token: str, *, besides: str) -> tuple[Robot, ...]:
        """The robots that have this very token, or had it last, archived or not; but for one.

        Not the sandbox's: its webhook is there to be tried in a profile of one's own.
        """
        found = self._fingerprint_of(access_token)
        return tuple(
            robot
            for robot in (*self.robots, *self.archived)
            if robot.robot_id != besides
            and not robot.is_sandbox
            and found
            and robot.token_fingerprint == found
        )

    def had_another(self, robot_id: str, access_token: str) -> bool:
        """True where this robot is known to have, or to have had last, another token than this."""
        robot = self.get(robot_id)
        known = robot.token_fingerprint if robot is not None else ""
        return bool(known) and known != self._fingerprint_of(access_token)

    # Changing

    def add(
        self,
        robot: Robot,
        change: CredentialsChange = NO_CHANGE,
        done: Callable[[Outcome], None] | None = None,
    ) -> None:
        """Put a new robot at the end of the list.

        Where credentials come with it, `done` is called, in this thread, with what is kept then,
        or why it could not be.
        """
        self._store.add(robot)
        self._reload()
        self._keep_secrets(robot, change, done)

    def save(
        self,
        robot: Robot,
        change: CredentialsChange = NO_CHANGE,
        done: Callable[[Outcome], None] | None = None,
    ) -> None:
        """Change a robot, and what `change` names of its credentials.

        `done` is as for `add`.
        """
        known = self.get(robot.robot_id)
        if known is not None and robot.is_sandbox:
            # Where a sandbox stands is news of this run only.
            stored = next(one for one in self._robots if one.robot_id == robot.robot_id)
            robot = replace(robot, endpoint=stored.endpoint, token_fingerprint="")
        elif known is not None:
            # Which token it has is learned from the token alone.
            robot = replace(robot, token_fingerprint=known.token_fingerprint)
        self._store.save(robot)
        self._reload()
        self._keep_secrets(robot, change, done)

    def duplicate(self, robot_id: str, name: str) -> Robot | None:
        """A second robot like this one, without its webhook: two robots share no token."""
        model = self.get(robot_id)
        if model is None:
            return None
        twin = replace(
            model,
            robot_id=new_robot_id(),
            name=name,
            colour=self._new_colour(),
            has_token=False,
            has_secret=False,
            has_proxy_password=False,
            token_fingerprint="",
            is_sandbox=False,
            is_twin=False,
            is_archived=False,
        )
        if model.is_sandbox:
            twin = replace(twin, endpoint=Robot("", "").endpoint)
        self.add(twin)
        return twin

    def add_sandbox(self, name: str, model: Robot | None = None) -> Robot:
        """One more robot of the sandbox, with the rules of `model` where there is one.

        Where `model` lists addresses, calls seem to come from the first of them.
        """
        name = self.free_name(name)
        twin = replace(_sandbox(name, is_twin=True), colour=self._new_colour())
        if model is not None:
            callers = (address.partition("/")[0] for address in model.addresses)
            twin = replace(
                twin,
                keywords=model.keywords,
                addresses=model.addresses,
                default_mentions=model.default_mentions,
                expects_signature=model.expects_signature,
                sandbox_pace=model.sandbox_pace,
                sandbox_caller=model.sandbox_caller or next(callers, ""),
            )
        self.add(twin)
        return twin

    def _new_colour(self) -> str:
        """A colour that is clearly apart from those that are there."""
        return unlike([robot.colour for robot in self._robots])

    def free_name(self, name: str) -> str:
        """The name, with a number behind it where another robot has it already."""
        taken = {one.strip().casefold() for one in self.names()}
        free, number = name, 2
        while free.strip().casefold() in taken:
            free = self.tr("{name} ({number})").format(name=name, number=number)
            number += 1
        return free

    def write_again(self) -> None:
        """Write down the robots as they are known here: the file is another one."""
        stored = {robot.robot_id for robot in self._store.all(include_archived=True)}
        for robot in self._robots:
            if robot.robot_id in stored:
                self._store.save(robot)
            else:
                self._store.add(robot)
        self._store.reorder([robot.robot_id for robot in self._robots])
        self._reload()

    def reorder(self, robot_ids: Sequence[str]) -> None:
        """Put the robots into this order."""
        self._store.reorder(robot_ids)
        self._reload()

    def archive(self, robot_id: str, *, is_archived: bool = True) -> None:
        """Take a robot out of the list, or back into it."""
        self._store.archive(robot_id, is_archived=is_archived)
        self._reload()

    def delete(self, robot_id: str) -> None:
        """Forget a robot and its secrets. Its history stays."""
        self._store.delete(robot_id)
        self._secrets.forget(robot_id)
        self._seen.pop(robot_id, None)
        self._endpoints.pop(robot_id, None)
        self._sandbox_fingerprints.pop(robot_id, None)
        self._reload()

    # Secrets

    def check_secrets(self) -> None:
        """Ask the keyring, off this thread, which robots' secrets are there.

        Where there is no robot that could have any, the keyring is left alone: to load it takes
        60 ms of the processor and 10 MiB.
        """
        robots = [robot for robot in self.robots if not robot.is_sandbox]
        waiting = {robot.robot_id for robot in robots}
        if not waiting:
            self.secrets_checked.emit()

        def on_answer(robot: Robot, outcome: Outcome) -> None:
            self._learn(robot.robot_id, outcome)
            if robot.has_token and self.seen(robot.robot_id) is SecretsStatus.MISSING:
                self._lost.append(robot.robot_id)
            waiting.discard(robot.robot_id)
            if not waiting:
                self.secrets_checked.emit()

        for robot in robots:
            self.request_credentials(robot.robot_id, partial(on_answer, robot))

    def find_keyring(self) -> None:
        """Find out where secrets go, if that is not known yet; `keyring_found` follows then."""
        if self._secrets.state is SecretsState.UNKNOWN:
            self._secrets.find(lambda _outcome: self._bridge.post(self.keyring_found.emit))

    def read_again(self) -> None:
        """Read the robots anew: another process may have changed them, or their credentials."""
        before = {robot.robot_id: robot for robot in self._robots}
        try:
            found = self._store.all(include_archived=True)
        except StorageError:
            return  # the pages that need it say so
        if found == self._robots:
            return
        self._robots = found
        for robot in found:
            known = before.get(robot.robot_id)
            if robot.is_sandbox or (known is not None and _same_credentials(known, robot)):
                continue
            if known is not None:
                self.token_changing.emit(robot.robot_id)
            self._secrets.read_anew(robot.robot_id)
            self.request_credentials(robot.robot_id, partial(self._learn, robot.robot_id))
        self.changed.emit()

    def announce_token_change(self, robot_id: str) -> None:
        """A robot is about to get another token, though not through `save`."""
        self.token_changing.emit(robot_id)

    def set_sandbox_url(self, robot_id: str, endpoint: str, credentials: Credentials) -> None:
        """The sandbox is up: its robot lives there, with these credentials, for this run."""
        self._endpoints[robot_id] = endpoint
        self._sandbox_fingerprints[robot_id] = self._fingerprint_of(credentials.access_token)
        self._secrets.hold(robot_id, credentials)
        self._seen[robot_id] = SecretsStatus.THERE
        self.changed.emit()

    def keep_sandbox_secrets(
        self, robot_id: str, credentials: Credentials, done: Callable[[Outcome], None]
    ) -> None:
        """Keep a sandbox robot's token and secret in the keyring, for later runs; then `done`."""
        self._secrets.put(
            robot_id,
            CredentialsChange(credentials.access_token, credentials.secret, None),
            lambda outcome: self._bridge.post(partial(done, outcome)),
        )

    def release_sandbox_secrets(
        self, robot_id: str, credentials: Credentials, done: Callable[[Outcome], None]
    ) -> None:
        """Take them out of the keyring again; they hold for this run."""
        self._secrets.release(
            robot_id, credentials, lambda outcome: self._bridge.post(partial(done, outcome))
        )

    def request_credentials(self, robot_id: str, done: Callable[[Outcome], None]) -> None:
        """Read a robot's credentials; `done` is called with the outcome, in this thread, soon."""
        self._secrets.request(robot_id, lambda outcome: self._bridge.post(partial(done, outcome)))

    def _keep_secrets(
        self,
        robot: Robot,
        change: CredentialsChange,
        done: Callable[[Outcome], None] | None,
    ) -> None:
        if change.is_empty:
            return
        if change.access_token is not KEEP:
            self.token_changing.emit(robot.robot_id)
        if change.proxy_password is KEEP and not robot.has_proxy_password:
            # Nothing is there that would have to be read first.
            change = replace(change, proxy_password=None)

        def on_kept(outcome: Outcome) -> None:
            self._learn(robot.robot_id, outcome)
            if isinstance(outcome, SecretsUnavailable):
                self.secrets_refused.emit(robot, outcome)
            if done is not None:
                done(outcome)

        self._secrets.put(
            robot.robot_id,
            change,
            lambda outcome: self._bridge.post(partial(on_kept, outcome)),
        )

    def _learn(self, robot_id: str, outcome: Outcome) -> None:
        robot = next((one for one in self._robots if one.robot_id == robot_id), None)
        if robot is None:
            return
        if isinstance(outcome, SecretsUnavailable):
            is_gone = outcome.reason is SecretsReason.MISSING
            self._seen[robot_id] = SecretsStatus.MISSING if is_gone else SecretsStatus.UNREADABLE
            self._reasons[robot_id] = outcome.reason
            self.changed.emit()
            return
        has_token, has_secret = bool(outcome.access_token), bool(outcome.secret)
        self._seen[robot_id] = SecretsStatus.THERE if has_token else SecretsStatus.MISSING
        self._reasons.pop(robot_id, None)
        learned = replace(
            robot,
            has_token=has_token,
            has_secret=has_secret,
            has_proxy_password=bool(outcome.proxy_password),
            # A token that is gone leaves its fingerprint: what is pasted next is compared with it.
            token_fingerprint=self._fingerprint_of(outcome.access_token) or robot.token_fingerprint,
        )
        # What is gone from the keyring stays known as once there: each start asks for it again.
        if learned != robot and (has_token or not robot.has_token):
            self._store.save(learned)
        self._reload()

    def _reload(self) -> None:
        self._robots = self._store.all(include_archived=True)
        self.changed.emit()

    def _now(self, robot: Robot) -> Robot:
        """A robot with what only this run knows of it."""
        if robot.is_sandbox:
            is_up = robot.robot_id in self._endpoints
            endpoint = self._endpoints.get(robot.robot_id, robot.endpoint)
            token = self._sandbox_fingerprints.get(robot.robot_id, "")
            return replace(
                robot,
                endpoint=endpoint,
                has_token=is_up,
                has_secret=is_up,
                token_fingerprint=token,
            )
        if self.seen(robot.robot_id) is SecretsStatus.MISSING:
            return replace(robot, has_token=False, has_secret=False)
        return robot


def _same_credentials(before: Robot, robot: Robot) -> bool:
    """Whether what the secret store keeps of a robot is what it kept before, as far as is known."""
    return (
        before.token_fingerprint == robot.token_fingerprint
        and before.has_token == robot.has_token
        and before.has_secret == robot.has_secret
        and before.has_proxy_password == robot.has_proxy_password
    )


def built_in_sandbox(store: RobotStore, name: str) -> str | None:
    """The id of the sandbox's own robot; at the very first start it is made, with this name."""
    known = store.all(include_archived=True)
    if known:
        return next((robot.robot_id for robot in known if robot.is_built_in), None)
    sandbox = _sandbox(name)
    store.add(sandbox)
    return sandbox.robot_id


def _sandbox(name: str, *, is_twin: bool = False) -> Robot:
    return Robot(
        new_robot_id(),
        name,
        SANDBOX_COLOUR,
        Stage.TEST,
        _SANDBOX_ENDPOINT,
        expects_signature=True,
        is_host_confirmed=True,
        is_sandbox=True,
        is_twin=is_twin,
    )


def new_robot_id() -> str:
    """An id that no robot has."""
    from uuid import uuid4  # 3 ms, for the first robot only

    return uuid4().hex
