"""A bundle: robots and all that belongs to them, in one file for a colleague or a new computer.

What is in one, and how large it may be. How it stands in a file: `interchange.bundles`.
"""

from enum import StrEnum
from typing import Final

from dingcomposer.core.contacts import Contact
from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import Credentials, Robot
from dingcomposer.core.robot_lists import RobotList
from dingcomposer.core.scheduling.schedule import MessageSchedule
from dingcomposer.core.templates.template import Template

BUNDLE_ENDING: Final = ".dingcomposer"
"""How the name of a bundle's file ends."""

MOST_ROBOTS: Final = 5_000
MOST_LISTS: Final = 1_000
MOST_TEMPLATES: Final = 1_000
MOST_CONTACTS: Final = 200_000
MOST_SCHEDULES: Final = 1_000


class BundleKind(StrEnum):
    """What can be in a bundle, in the order in which it is restored."""

    ROBOTS = "robots"
    LISTS = "lists"
    TEMPLATES = "templates"
    CONTACTS = "contacts"
    SCHEDULES = "schedules"


@dataclass(frozen=True, slots=True, repr=False)
class BundledRobot:
    """A robot as it stands in a bundle; its credentials where the file is sealed. repr hides them.

    `is_built_in` is the sandbox's own: every computer has one, so that it is only named here.
    """

    robot: Robot
    credentials: Credentials | None = None

    def __repr__(self) -> str:
        return f"BundledRobot({self.robot.robot_id})"

    @property
    def is_built_in(self) -> bool:
        """True for the sandbox's own robot."""
        return self.robot.is_built_in


@dataclass(frozen=True, slots=True, repr=False)
class Bundle:
    """What is in a file; a kind that it does not have is empty, and not among `kinds`.

    `made_at` and `program` say when it was written, and by which version. `left_out` are the
    sections that this program does not know, or knows in an earlier version only.
    """

    kinds: tuple[BundleKind, ...]
    robots: tuple[BundledRobot, ...] = ()
    lists: tuple[RobotList, ...] = ()
    templates: tuple[Template, ...] = ()
    contacts: tuple[Contact, ...] = ()
    schedules: tuple[MessageSchedule, ...] = ()
    made_at: str = ""
    program: str = ""
    left_out: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Bundle({', '.join(self.kinds)})"

    @property
    def has_secrets(self) -> bool:
        """Whether a webhook is in it, and so whether it may only be written sealed."""
        return any(one.credentials is not None for one in self.robots)
