"""Reads a bundle, says what is new, and writes what was chosen: all of it or nothing.

The keyring comes first. Where it refuses one robot's webhook, those before it are taken back, and
nothing else was touched. Then templates are written beside their places, and all the rest in one
transaction of the database, at whose end the templates move in; where that fails, they move out
again and the keyring has what it had.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from dingcomposer.core.bundle import Bundle, BundledRobot, BundleKind
from dingcomposer.core.bundle.comparison import BundleEntry, Here, compare
from dingcomposer.core.bundle.merging import Merge, MergeChoice, merge
from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import Credentials, Robot
from dingcomposer.interchange.bundles.container import BundleError, SealedBundle, read_bundle
from dingcomposer.services.background import Background
from dingcomposer.services.bundles.inventory import (
    Inventory,
    InventoryFound,
    InventoryOutcome,
    UnreadableSecrets,
)
from dingcomposer.services.robot_profiles import new_robot_id
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.planned.schedules import ScheduleConflict
from dingcomposer.storage.robot_lists import RobotListStore
from dingcomposer.storage.robots import RobotStore
from dingcomposer.storage.secrets import (
    CredentialsChange,
    Outcome,
    SecretsState,
    SecretsUnavailable,
)
from dingcomposer.storage.templates.files import StagedTemplates


class RestoreFault(StrEnum):
    """Why nothing was written; `RestoreDone` says more of each."""

    SECRETS = "secrets"  # the keyring did not take, or not give, a robot's webhook
    STORAGE = "storage"
    FILES = "files"  # a template could not be written
    CHANGED = "changed"  # what is here is another by now than when it was looked at


@dataclass(frozen=True, slots=True, repr=False)
class BundleLook:
    """A bundle beside what is here: what is new, the same, different. Nothing was changed yet."""

    bundle: Bundle
    found: InventoryFound
    entries: tuple[BundleEntry, ...]

    @property
    def here(self) -> Here:
        """What is here."""
        return self.found.here


@dataclass(frozen=True, slots=True)
class RestoreDone:
    """What came of it. Without a fault all was written, else nothing was.

    `is_in_memory`: there is no keyring, so that the webhooks are gone when the program ends.
    """

    robots: int = 0
    changed_robots: int = 0
    lists: int = 0
    templates: int = 0
    contacts: int = 0
    schedules: int = 0
    is_in_memory: bool = False
    fault: RestoreFault | None = None
    why: UnreadableSecrets | StorageError | int | None = None


LookOutcome = BundleLook | BundleError | UnreadableSecrets | StorageError


class BundleRestorer(QObject):
    """Looks at bundles and restores them; one at a time. Main thread.

    Signals:
        restored(): robots, lists, templates or contacts are others now.
    """

    restored = Signal()

    def __init__(self, inventory: Inventory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._inventory, self._engine = inventory, inventory.engine
        self._background = Background(self)

    @property
    def inventory(self) -> Inventory:
        """What is here."""
        return self._inventory

    def look(self, sealed: SealedBundle, done: Callable[[LookOutcome], None]) -> None:
        """Open a file and compare it with what is here; `done` gets it in this thread."""
        self._background.run("look", _read, sealed, partial(self._on_opened, done))

    def compare(self, bundle: Bundle, done: Callable[[LookOutcome], None]) -> None:
        """The same for a bundle that does not come out of a file."""
        self._on_opened(done, bundle)

    def choose(self, look: BundleLook, choices: Mapping[BundleKind, MergeChoice]) -> Merge:
        """What these choices would write."""
        return merge(
            look.bundle,
            look.here,
            look.entries,
            choices,
            new_id=new_robot_id,
            fingerprint_of=self._engine.fingerprint_of,
        )

    def restore(
        self, found: InventoryFound, merged: Merge, done: Callable[[RestoreDone], None]
    ) -> None:
        """Write it; `done` is told what came of it. `found` is what it was compared with."""
        _Restoring(self._inventory, found, merged, partial(self._on_over, done)).begin()

    def _on_opened(self, done: Callable[[LookOutcome], None], opened: Bundle | BundleError) -> None:
        if isinstance(opened, BundleError):
            done(opened)
            return
        self._inventory.read(partial(self._on_read, opened, done))

    def _on_read(
        self, bundle: Bundle, done: Callable[[LookOutcome], None], outcome: InventoryOutcome
    ) -> None:
        if not isinstance(outcome, InventoryFound):
            done(outcome)
            return
        entries = compare(bundle, outcome.here, self._engine.fingerprint_of)
        done(BundleLook(bundle, outcome, entries))

    def _on_over(self, done: Callable[[RestoreDone], None], outcome: RestoreDone) -> None:
        if outcome.fault is None:
            self._engine.robot_profiles.read_again()
            self._engine.robot_lists.read_again()
            self.restored.emit()
        done(outcome)


def _read(sealed: SealedBundle) -> Bundle | BundleError:
    try:
        return read_bundle(sealed)
    except BundleError as error:
        return error


class _Restoring:
    """One restore under way: keyring, files, database; or all of it taken back."""

    def __init__(
        self,
        inventory: Inventory,
        found: InventoryFound,
        merged: Merge,
        done: Callable[[RestoreDone], None],
    ) -> None:
        self._inventory, self._engine = inventory, inventory.engine
        self._found, self._merged, self._done = found, merged, done
        self._with_webhook = [one for one in merged.robots if one.credentials is not None]
        self._new_ids = {one.robot.robot_id for one in merged.new_robots}
        self._waiting = 0
        self._trouble: UnreadableSecrets | None = None

    def begin(self) -> None:
        """Give the keyring all webhooks; go on when it has answered for each."""
        self._waiting = len(self._with_webhook)
        if not self._with_webhook:
            self._write()
            return
        for one in self._with_webhook:
            robot_id = one.robot.robot_id
            if robot_id not in self._new_ids:
                self._engine.robot_profiles.announce_token_change(robot_id)
            assert one.credentials is not None
            self._put(robot_id, one.credentials, partial(self._on_kept, one))

    def _put(self, robot_id: str, known: Credentials, done: Callable[[Outcome], None]) -> None:
        change = CredentialsChange(known.access_token, known.secret, known.proxy_password)
        post = self._engine.bridge.post
        self._engine.secrets.put(robot_id, change, lambda outcome: post(partial(done, outcome)))

    def _on_kept(self, one: BundledRobot, outcome: Outcome) -> None:
        self._waiting -= 1
        if isinstance(outcome, SecretsUnavailable) and self._trouble is None:
            self._trouble = UnreadableSecrets(one.robot.name, outcome.reason)
        if self._waiting:
            return
        if self._trouble is None:
            self._write()
        else:
            self._take_back(RestoreDone(fault=RestoreFault.SECRETS, why=self._trouble))

    def _write(self) -> None:
        merged, files = self._merged, self._inventory.templates
        paths: list[Path | None] = [
            None if place is None else self._found.files[place].path
            for _, place in merged.templates
        ]
        templates = [one for one, _ in merged.templates]
        try:
            staged = StagedTemplates(files, list(zip(templates, paths, strict=True)))
        except OSError as error:
            self._take_back(RestoreDone(fault=RestoreFault.FILES, why=error.errno or -1))
            return
        try:
            with self._engine.database.transaction():
                self._write_rows()
                staged.place()
        except (_ChangedMeanwhile, ScheduleConflict):
            staged.undo()
            self._take_back(RestoreDone(fault=RestoreFault.CHANGED))
        except StorageError as error:
            staged.undo()
            self._take_back(RestoreDone(fault=RestoreFault.STORAGE, why=error))
        except OSError as error:
            staged.undo()
            self._take_back(RestoreDone(fault=RestoreFault.FILES, why=error.errno or -1))
        else:
            self._done(self._told())

    def _write_rows(self) -> None:
        database, here, merged = self._engine.database, self._found.here, self._merged
        robots, lists = RobotStore(database), RobotListStore(database)
        known = {one.robot_id: one for one in robots.all(include_archived=True)}
        if (
            set(known) != {one.robot_id for one in here.robots}
            or lists.all() != here.lists
            or self._inventory.contacts.all() != here.contacts
            or self._inventory.schedules.all() != here.schedules
        ):
            raise _ChangedMeanwhile
        for one in merged.new_robots:
            robots.add(one.robot)
        for one in merged.changed_robots:
            robots.save(_as_stored(one, known[one.robot.robot_id]))
        if merged.lists is not None:
            lists.replace(merged.lists)
        if merged.contacts is not None:
            self._inventory.contacts.replace(merged.contacts)
        now, schedules = datetime.now(UTC), self._inventory.schedules
        for schedule in merged.new_schedules:
            schedules.add(schedule, now)
        for schedule in merged.changed_schedules:
            schedules.change(schedule, now)
            schedules.set_paused(schedule.schedule_id, now, is_paused=True)

    def _told(self) -> RestoreDone:
        merged, here = self._merged, self._found.here
        state = self._engine.secrets.state
        return RestoreDone(
            len(merged.new_robots),
            len(merged.changed_robots),
            len(set(merged.lists or here.lists) - set(here.lists)),
            len(merged.templates),
            len(set(merged.contacts or here.contacts) - set(here.contacts)),
            len(merged.new_schedules) + len(merged.changed_schedules),
            is_in_memory=bool(self._with_webhook) and state is SecretsState.MEMORY,
        )

    def _take_back(self, outcome: RestoreDone) -> None:
        """Let the keyring have what it had, then say why nothing was written."""
        self._waiting = len(self._with_webhook)
        if not self._waiting:
            self._done(outcome)
            return
        before = self._found.here.credentials or {}
        post = self._engine.bridge.post

        def on_answer(_outcome: Outcome) -> None:
            self._waiting -= 1
            if not self._waiting:
                self._done(outcome)

        for one in self._with_webhook:
            robot_id = one.robot.robot_id
            kept = before.get(robot_id)
            if robot_id in self._new_ids or kept is None:
                self._engine.secrets.forget(
                    robot_id, lambda answer: post(partial(on_answer, answer))
                )
            else:
                self._put(robot_id, kept, on_answer)


def _as_stored(one: BundledRobot, stored: Robot) -> Robot:
    """A changed robot as it is to be kept: what only the stored one knows stays, and its webhook.

    Where a sandbox stands is news of each run.
    """
    robot = one.robot
    if robot.is_sandbox:
        robot = replace(robot, endpoint=stored.endpoint)
    if one.credentials is not None:
        return robot
    return replace(
        robot,
        has_token=stored.has_token,
        has_secret=stored.has_secret,
        has_proxy_password=stored.has_proxy_password,
        token_fingerprint=stored.token_fingerprint,
    )


class _ChangedMeanwhile(Exception):
    """What is here is another than when it was looked at."""
