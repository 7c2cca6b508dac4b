"""Checks of what is being written: in the background as soon as the typing rests, or at once."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from dingcomposer.core.checks import check, check_members
from dingcomposer.core.checks.problems import Problem, ProblemCode
from dingcomposer.core.contacts import Contact
from dingcomposer.core.dialect import Lint, lints
from dingcomposer.core.messages import ActionCard, Markdown, Message
from dingcomposer.core.payload import size_bytes
from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import Robot
from dingcomposer.services.background import Background

CHECK_AFTER_MS = 150
ListMembers = Mapping[str, tuple[Robot, ...]]
"""Who is in each list, by what stands for it in a draft."""


@dataclass(frozen=True, slots=True)
class CheckInput:
    """What is checked: a message, its robot, whose names are known, and what is not to be told.

    `members` are the robots of a list, where the message is for one.
    """

    message: Message
    robot: Robot | None
    contacts: tuple[Contact, ...] = ()
    switched_off: frozenset[ProblemCode] = frozenset()
    members: tuple[Robot, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What `core.checks` found, worst first, and how many bytes the message takes as sent.

    `lints` are what the problems of its markdown were told from, each where it stands.
    """

    problems: tuple[Problem, ...] = ()
    size_bytes: int = 0
    lints: tuple[Lint, ...] = ()


def check_input(subject: CheckInput, now: datetime | None = None) -> CheckResult:
    """Pure; any thread. `now` is what the readers' clock says."""
    message = subject.message
    text = message.text if isinstance(message, Markdown | ActionCard) else ""
    found = lints(text) if text else ()  # the reader costs 30 ms, and a start has nothing to read
    hidden = subject.switched_off
    if subject.members:
        problems = check_members(
            message, subject.members, subject.contacts, now=now, switched_off=hidden
        )
    else:
        problems = check(message, subject.robot, subject.contacts, now=now, switched_off=hidden)
    return CheckResult(problems, size_bytes(message), found)


class LiveChecker(QObject):
    """Checks whatever `subject` gives; what was overtaken meanwhile is not reported.

    `now` gives the local time; without it, nothing is known of what is past.

    Signals:
        checked(CheckResult): the newest.
    """

    checked = Signal(object)

    def __init__(
        self,
        subject: Callable[[], CheckInput],
        background: Background,
        parent: QObject | None = None,
        *,
        now: Callable[[], datetime | None] = lambda: None,
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._subject = subject
        self._background = background
        self._is_due = True
        self._asked = 0
        self._rest = QTimer(self, singleShot=True, interval=CHECK_AFTER_MS)
        self._rest.timeout.connect(self._on_rest)

    @property
    def is_due(self) -> bool:
        """True where the newest subject was not checked yet."""
        return self._is_due

    def check_when_idle(self) -> None:
        """The subject is another one; more of it may come at once."""
        self._is_due = True
        self._asked += 1
        self._rest.start()

    def check_now(self) -> None:
        """Check before this returns."""
        self._report(check_input(self._subject(), self._now()))

    def _on_rest(self) -> None:
        work = partial(check_input, now=self._now())
        done = partial(self._on_checked, self._asked)
        self._background.run(id(self), work, self._subject(), done)

    def _on_checked(self, asked: int, result: CheckResult) -> None:
        if self._is_due and asked == self._asked:
            self._report(result)

    def _report(self, result: CheckResult) -> None:
        self._rest.stop()
        self._is_due = False
        self.checked.emit(result)
