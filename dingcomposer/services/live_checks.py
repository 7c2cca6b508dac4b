"""When a message is checked: in the background as soon as the typing rests, or at once."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from dingcomposer.core.checks import check
from dingcomposer.core.checks.problems import Problem
from dingcomposer.core.messages import Message
from dingcomposer.core.payload import size_bytes
from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import Robot
from dingcomposer.services.background import Background, Done

CHECK_AFTER_MS = 150


@dataclass(frozen=True, slots=True)
class CheckInput:
    """What is judged: a message, and the robot that it is for."""

    message: Message
    robot: Robot | None


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What `core.checks` found, worst first, and how many bytes the message takes as sent."""

    problems: tuple[Problem, ...] = ()
    size_bytes: int = 0


def check_input(subject: CheckInput) -> CheckResult:
    """Pure; any thread."""
    return CheckResult(check(subject.message, subject.robot), size_bytes(subject.message))


class LiveChecker(QObject):
    """Judges whatever `subject` gives; what was overtaken meanwhile is not told.

    Signals:
        judged(Judgement): the newest.
    """

    checked = Signal(object)

    def __init__(
        self,
        subject: Callable[[], CheckInput],
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._subject = subject
        self._background = background
        self._is_due = True
        self._rest = QTimer(self, singleShot=True, interval=CHECK_AFTER_MS)
        self._rest.timeout.connect(self._on_rest)
        background.done.connect(self._on_done)

    @property
    def is_due(self) -> bool:
        """True where the newest subject was not judged yet."""
        return self._is_due

    def check_when_idle(self) -> None:
        """The subject is another one; more of it may come at once."""
        self._is_due = True
        self._rest.start()

    def check_now(self) -> None:
        """Judge before this returns."""
        self._report(check_input(self._subject()))

    def _on_rest(self) -> None:
        self._background.request(id(self), self._subject(), check_input)

    def _on_done(self, done: Done) -> None:
        if done.asker == id(self) and self._is_due and done.task == self._subject():
            self._report(done.result)

    def _report(self, result: CheckResult) -> None:
        self._rest.stop()
        self._is_due = False
        self.checked.emit(result)
