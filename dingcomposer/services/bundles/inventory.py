"""All that can stand in a bundle as it is here now, with what the keyring keeps."""

from collections.abc import Callable
from functools import partial

from dingcomposer.core.bundle import Bundle, BundledRobot, BundleKind
from dingcomposer.core.bundle.comparison import Here
from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import Credentials
from dingcomposer.services.engine import Engine
from dingcomposer.storage.contacts import ContactStore
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.planned.schedules import ScheduleStore
from dingcomposer.storage.secrets import Outcome, SecretsReason, SecretsUnavailable
from dingcomposer.storage.templates.files import TemplateFile, TemplateFiles

TEMPLATE_FOLDER = "templates"
"""Where a person's own templates lie, in the data folder."""


@dataclass(frozen=True, slots=True)
class UnreadableSecrets:
    """Why it cannot be said what is here: the keyring did not give what it keeps of a robot."""

    robot_name: str
    reason: SecretsReason


@dataclass(frozen=True, slots=True, repr=False)
class InventoryFound:
    """What is here, and the files of its templates, in the same order."""

    here: Here
    files: tuple[TemplateFile, ...] = ()


InventoryOutcome = InventoryFound | UnreadableSecrets | StorageError


class Inventory:
    """Reads what is here. Main thread."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.contacts = ContactStore(engine.database)
        self.schedules = ScheduleStore(engine.database)
        self.templates = TemplateFiles(engine.database.path.parent / TEMPLATE_FOLDER)

    def removed_schedules(self) -> tuple[str, ...]:
        """The ids of schedules that can still be had back. Raises StorageError."""
        every = self.schedules.all(with_removed=True)
        return tuple(one.schedule_id for one in every if one.removed_at is not None)

    def read(self, done: Callable[[InventoryOutcome], None]) -> None:
        """Read all of it; `done` gets it in this thread, once the keyring has answered."""
        profiles = self.engine.robot_profiles
        robots = (*profiles.robots, *profiles.archived)
        waiting = {one.robot_id: one for one in robots if not one.is_sandbox}
        credentials: dict[str, Credentials] = {}
        troubles: list[UnreadableSecrets] = []

        def finish() -> None:
            if troubles:
                done(troubles[0])
                return
            try:
                files, _ = self.templates.read()
                here = Here(
                    robots,
                    credentials,
                    self.engine.robot_lists.lists,
                    tuple(one.template for one in files),
                    self.contacts.all(),
                    self.schedules.all(),
                    self.removed_schedules(),
                )
            except StorageError as error:
                done(error)
                return
            done(InventoryFound(here, files))

        def on_answer(robot_id: str, outcome: Outcome) -> None:
            robot = waiting.pop(robot_id)
            if not isinstance(outcome, SecretsUnavailable):
                credentials[robot_id] = outcome
            elif outcome.reason is not SecretsReason.MISSING:  # no keyring: nothing is kept there
                troubles.append(UnreadableSecrets(robot.name, outcome.reason))
            if not waiting:
                finish()

        if not waiting:
            finish()
            return
        for robot_id in list(waiting):
            profiles.request_credentials(robot_id, partial(on_answer, robot_id))


def bundle_of(here: Here, kinds: tuple[BundleKind, ...], *, with_secrets: bool) -> Bundle:
    """What is here as a bundle of these kinds; without secrets unless it is to be sealed."""
    known = here.credentials or {}
    robots = tuple(
        BundledRobot(one, _kept(known.get(one.robot_id)) if with_secrets else None)
        for one in here.robots
    )
    return Bundle(
        kinds,
        robots if BundleKind.ROBOTS in kinds else (),
        here.lists if BundleKind.LISTS in kinds else (),
        here.templates if BundleKind.TEMPLATES in kinds else (),
        here.contacts if BundleKind.CONTACTS in kinds else (),
        here.schedules if BundleKind.SCHEDULES in kinds else (),
    )


def _kept(credentials: Credentials | None) -> Credentials | None:
    return credentials if credentials is not None and credentials.access_token else None
