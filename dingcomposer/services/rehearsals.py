"""Which messages a test group got, and which draft each of them was."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal

from dingcomposer.core.delivery import Report, Status
from dingcomposer.core.messages import Message
from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import Robot
from dingcomposer.services.draft_session import DraftSession
from dingcomposer.services.outbox import Outbox
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.rehearsals import Rehearsal, RehearsalStore


@dataclass(frozen=True, slots=True)
class _Watched:
    """A send to a test group that is under way, and the draft that it was made of."""

    message: Message
    robot_name: str
    draft_id: str


class RehearsalTracker(QObject):
    """Finds the rehearsal of a message. It outlives the window.

    Only what was delivered counts: a refused message was seen by nobody.

    Signals:
        trouble(StorageError): a rehearsal could not be written down, so it will not be told.
    """

    trouble = Signal(object)

    def __init__(
        self,
        session: DraftSession,
        store: RehearsalStore,
        outbox: Outbox,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._now = now
        self._session = session
        self._watched: dict[str, _Watched] = {}
        outbox.reported.connect(self._on_reported)

    def watch(self, msg_uuid: str, message: Message, robot: Robot) -> None:
        """The draft is on its way to a test group: remember it once it has arrived."""
        self._watched[msg_uuid] = _Watched(message, robot.name, self._session.draft_id)

    def find(self, message: Message) -> Rehearsal | None:
        """The newest rehearsal of this message, else of this draft in other words, else None.

        Raises StorageError.
        """
        return self._store.find(message) or self._store.of_draft(self._session.draft_id)

    def _on_reported(self, report: Report) -> None:
        if report.msg_uuid not in self._watched or not report.status.is_final:
            return
        watched = self._watched.pop(report.msg_uuid)
        if report.status is not Status.DELIVERED:
            return
        rehearsal = Rehearsal(watched.message, watched.robot_name, self._now())
        try:
            self._store.add(rehearsal, draft_id=watched.draft_id)
        except StorageError as error:
            self.trouble.emit(error)
