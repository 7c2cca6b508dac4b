"""What the window gives its pages: the program's services, and a way to ask something of it.

No page knows the window that it stands in, nor any other page.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from dingcomposer.core.messages import Message
from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import Robot
from dingcomposer.services.contacts import Contacts
from dingcomposer.services.draft_session import DraftSession
from dingcomposer.services.engine import Engine
from dingcomposer.services.lists.robot_lists import RobotLists
from dingcomposer.services.outbox import Outbox
from dingcomposer.services.rehearsals import RehearsalTracker
from dingcomposer.services.robot_profiles import RobotProfiles
from dingcomposer.services.sandbox_host import SandboxHost
from dingcomposer.services.settings import Settings
from dingcomposer.storage.drafts import DraftStore
from dingcomposer.storage.history import HistoryStore

if TYPE_CHECKING:
    from dingcomposer.services.history.archive import HistoryArchive
    from dingcomposer.services.scheduling.planner import Planner
    from dingcomposer.services.templates import Templates


class Page(StrEnum):
    """The pages of the window."""

    WRITE = "write"
    HISTORY = "history"
    SANDBOX = "sandbox"
    SCHEDULES = "schedules"


@dataclass(frozen=True, slots=True)
class Context:
    """What every page may use. It outlives the window, which is built anew for a language.

    What searches and keeps the history is made when it is first asked for.
    """

    settings: Settings
    session: DraftSession
    robot_profiles: RobotProfiles
    robot_lists: RobotLists
    contacts: Contacts
    outbox: Outbox
    history: HistoryStore
    rehearsal_tracker: RehearsalTracker
    sandbox: SandboxHost
    drafts: DraftStore
    archive: "Callable[[], HistoryArchive]"
    templates: "Callable[[], Templates]"  # made when it is first wanted
    planner: "Callable[[], Planner]"  # the same
    engine: Engine


class Navigator(NamedTuple):
    """What a page may ask of the window that it stands in. Main thread.

    `say` puts a sentence into the status line, `open_link` shows where an address leads before it
    is opened, `write` leads to the draft as it stands, `open_as_new` makes a message the draft,
    for nobody yet. `edit_robot` opens the form of a robot, at a field such as "robot.secret", or an
    empty form for None; `check_up` opens the check-up of the robot of this id;
    `keep_as_template` asks how a message is to be kept as a template; `explain` opens the guide at
    a page or a section such as "cause.keyword".
    """

    say: Callable[[str], None]
    open_link: Callable[[str], None]
    write: Callable[[], None]
    open_as_new: Callable[[Message], None]
    edit_robot: Callable[[Robot | None, str], None]
    check_up: Callable[[str], None]
    keep_as_template: Callable[[Message], None]
    explain: Callable[[str], None]
