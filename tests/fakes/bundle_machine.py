"""A computer with a data folder and a keyring of its own, between which bundles are carried."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

from pytestqt.qtbot import QtBot

from dingcomposer.core.bundle import Bundle, BundleKind
from dingcomposer.core.bundle.merging import Merge, MergeChoice, with_confirmed
from dingcomposer.core.contacts import Contact
from dingcomposer.core.robot import Credentials, Robot
from dingcomposer.core.robot_lists import RobotList
from dingcomposer.core.templates.template import Template
from dingcomposer.interchange.bundles.container import SealedBundle, read_content
from dingcomposer.services.bundles.exporting import BundleExport, BundleExporter, ExportDone
from dingcomposer.services.bundles.inventory import Inventory, InventoryFound, bundle_of
from dingcomposer.services.bundles.restoring import (
    BundleLook,
    BundleRestorer,
    LookOutcome,
    RestoreDone,
)
from dingcomposer.services.engine import DATABASE_NAME, Engine, EngineOptions
from dingcomposer.storage.database import Database
from dingcomposer.storage.secrets import CredentialsChange
from tests.fakes.fake_keyring import FakeKeyring

LIMIT_MS = 30_000
ADD_ALL: Mapping[BundleKind, MergeChoice] = dict.fromkeys(BundleKind, MergeChoice.ADD)
_T = TypeVar("_T")


class BundleMachine:
    """An engine on a folder, and what carries bundles out of it and in."""

    def __init__(self, folder: Path, qtbot: QtBot, ring: FakeKeyring | None = None) -> None:
        self.folder, self.qtbot = folder, qtbot
        self.ring = ring or FakeKeyring({})
        self.database = Database(folder / DATABASE_NAME)
        options = EngineOptions(find_keyring=lambda: self.ring)
        self.engine = Engine(self.database, options, sandbox_name="Sandbox")
        self.inventory = Inventory(self.engine)
        self.exporter = BundleExporter(self.inventory)
        self.restorer = BundleRestorer(self.inventory)

    def wait(self, begin: Callable[[Callable[[_T], None]], None]) -> _T:
        told: list[_T] = []
        begin(told.append)
        self.qtbot.waitUntil(lambda: bool(told), timeout=LIMIT_MS)
        return told[0]

    def add(self, robot: Robot, credentials: Credentials | None = None) -> None:
        """A robot, and its webhook where it has one, kept before this returns."""
        if credentials is None:
            self.engine.robot_profiles.add(robot)
            return
        change = CredentialsChange(
            credentials.access_token, credentials.secret, credentials.proxy_password
        )
        kept: list[object] = []
        self.engine.robot_profiles.add(robot, change, kept.append)
        self.qtbot.waitUntil(lambda: bool(kept), timeout=LIMIT_MS)

    def put(
        self,
        lists: tuple[RobotList, ...] = (),
        contacts: tuple[Contact, ...] = (),
        templates: tuple[Template, ...] = (),
    ) -> None:
        self.engine.robot_lists.put(lists)
        self.inventory.contacts.replace(contacts)
        for one in templates:
            self.inventory.templates.save(one)

    def robot(self, name: str) -> Robot:
        profiles = self.engine.robot_profiles
        return next(one for one in (*profiles.robots, *profiles.archived) if one.name == name)

    @property
    def names(self) -> list[str]:
        return [one.name for one in self.engine.robot_profiles.robots if not one.is_sandbox]

    def credentials(self, name: str) -> Credentials:
        """As the keyring holds them now."""
        robot_id = self.robot(name).robot_id
        self.engine.secrets.read_anew(robot_id)
        return self.engine.secrets.read(robot_id)

    def found(self) -> InventoryFound:
        outcome = self.wait(self.inventory.read)
        assert isinstance(outcome, InventoryFound)
        return outcome

    def bundle(self, *, with_secrets: bool = True) -> Bundle:
        return bundle_of(self.found().here, tuple(BundleKind), with_secrets=with_secrets)

    def export(self, path: Path, passphrase: str = "") -> ExportDone:
        task = BundleExport(path, tuple(BundleKind), passphrase)
        done: ExportDone = self.wait(partial(self.exporter.export, task))
        return done

    def look(self, path: Path, passphrase: str = "") -> LookOutcome:
        sealed = SealedBundle(read_content(path), passphrase)
        outcome: LookOutcome = self.wait(partial(self.restorer.look, sealed))
        return outcome

    def looked(self, bundle: Bundle) -> BundleLook:
        outcome: LookOutcome = self.wait(partial(self.restorer.compare, bundle))
        assert isinstance(outcome, BundleLook)
        return outcome

    def choose(
        self, look: BundleLook, choices: Mapping[BundleKind, MergeChoice] = ADD_ALL
    ) -> Merge:
        merged = self.restorer.choose(look, choices)
        return with_confirmed(merged, look.here, frozenset())

    def restore(
        self, look: BundleLook, choices: Mapping[BundleKind, MergeChoice] = ADD_ALL
    ) -> RestoreDone:
        merged = self.choose(look, choices)
        done: RestoreDone = self.wait(partial(self.restorer.restore, look.found, merged))
        return done

    def close(self) -> None:
        self.engine.stop()
        self.engine.close()


@contextmanager
def bundle_machine(
    folder: Path, qtbot: QtBot, ring: FakeKeyring | None = None
) -> Iterator[BundleMachine]:
    """A computer, switched off at the end."""
    folder.mkdir(exist_ok=True)
    machine = BundleMachine(folder, qtbot, ring)
    try:
        yield machine
    finally:
        machine.close()
