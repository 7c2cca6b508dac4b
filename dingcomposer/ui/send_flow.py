"""What happens when a person presses Send: the questions in their order, then the outbox."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from dingcomposer.core.delivery import Report
from dingcomposer.core.draft import to_message
from dingcomposer.core.messages import Message, mentions_of
from dingcomposer.core.problems import Problem, Severity
from dingcomposer.core.robot import Robot
from dingcomposer.storage.database import StorageError
from dingcomposer.ui import asking, confirming
from dingcomposer.ui.compose.session import DraftSession
from dingcomposer.ui.outbox import Outbox
from dingcomposer.ui.roster import Roster
from dingcomposer.ui.wording.keeping import storage_sentence
from dingcomposer.ui.wording.problems import field_label, problem_sentence


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a send, for the eye: the report, and the robot as it was."""

    report: Report
    robot: Robot


class SendFlow(QObject):
    """Takes the draft to the outbox, once every question is answered.

    Signals:
        sending_changed(bool): whether the draft as it stands is under way; then Send rests.
        verdict_known(Verdict): a send of this window's is over, or waits for another try.
    """

    sending_changed = Signal(bool)
    verdict_known = Signal(object)

    def __init__(
        self,
        session: DraftSession,
        roster: Roster,
        outbox: Outbox,
        problems: Callable[[], tuple[Problem, ...]],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._roster = roster
        self._outbox = outbox
        self._problems = problems
        self._window = window
        self._under_way: dict[str, tuple[Robot, Message]] = {}
        self._was_sending = False
        outbox.reported.connect(self._on_reported)
        session.changed.connect(self._look)
        session.target_changed.connect(self._look)

    @property
    def is_sending(self) -> bool:
        """True while this very message is under way to this very robot."""
        message = to_message(self._session.draft)
        return any(
            robot.robot_id == self._session.target_id and message == sent
            for robot, sent in self._under_way.values()
        )

    def send(self) -> str | None:
        """Ask what has to be asked, then send; the msgUuid, or None where nothing was sent."""
        robot = self._roster.get(self._session.target_id)
        if robot is None or self.is_sending:
            return None
        message = to_message(self._session.draft)
        warnings = self._insisted(self._problems())
        if warnings is None:
            return None
        if robot.is_production or mentions_of(message).is_all:
            confirmation = confirming.Confirmation(message, robot, warnings)
            if not confirming.confirm(self._window, confirmation):
                return None
        try:
            msg_uuid = self._outbox.submit(message, robot)
        except StorageError as error:
            self._tell_unwritten(error)
            return None
        self._under_way[msg_uuid] = robot, message
        self._look()
        return msg_uuid

    def _insisted(self, problems: tuple[Problem, ...]) -> tuple[str, ...] | None:
        """The sentences that a person sends in spite of; None where they do not."""
        blocking = [one for one in problems if one.severity is Severity.BLOCKS]
        if not blocking:
            return ()
        sentences = tuple(
            self.tr("{field}: {problem}").format(
                field=field_label(one.field), problem=problem_sentence(one)
            )
            for one in blocking
        )
        back = asking.Choice("back", self.tr("Back to the message"), is_default=True)
        choices: tuple[asking.Choice, ...] = (back,)
        if all(one.can_insist for one in blocking):
            choices = (back, asking.Choice("send", self.tr("Send anyway"), is_destructive=True))
            text = self.tr("DingTalk will refuse this message.")
        else:
            text = self.tr("This message cannot be sent as it is.")
        question = asking.Question(
            "insist", self.tr("Send this message?"), text, choices, "back", "\n".join(sentences)
        )
        return sentences if asking.ask(self._window, question) == "send" else None

    def _tell_unwritten(self, error: StorageError) -> None:
        ok = asking.Choice("ok", self.tr("OK"), is_default=True)
        question = asking.Question(
            "unwritten",
            self.tr("Not sent"),
            self.tr("The history could not be written, so nothing was sent."),
            (ok,),
            "ok",
            storage_sentence(error.fault),
        )
        asking.ask(self._window, question)

    def _on_reported(self, report: Report) -> None:
        if report.msg_uuid not in self._under_way:
            return
        robot, _ = self._under_way[report.msg_uuid]
        if report.status.is_final:
            del self._under_way[report.msg_uuid]
            self._look()
        self.verdict_known.emit(Verdict(report, robot))

    def _look(self) -> None:
        is_sending = self.is_sending
        if is_sending != self._was_sending:
            self._was_sending = is_sending
            self.sending_changed.emit(is_sending)
