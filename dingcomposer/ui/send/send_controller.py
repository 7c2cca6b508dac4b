"""Send controller: the questions in their order, then the outbox."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from dingcomposer.core.checks import check, checked_once
from dingcomposer.core.checks.problems import Problem, ProblemCode, Severity
from dingcomposer.core.delivery import AT_ONCE, BroadcastOrder, Fault, Report, SendJob, Status
from dingcomposer.core.draft import Draft, from_message, to_message
from dingcomposer.core.messages import Message, mentions_of, names_group
from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import Robot
from dingcomposer.services.draft_session import DraftSession
from dingcomposer.services.outbox import EMPTY, Outbox, message_for
from dingcomposer.services.rehearsals import RehearsalTracker
from dingcomposer.services.robot_profiles import RobotProfiles
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.history import NotWaiting, SendRow
from dingcomposer.ui import questions
from dingcomposer.ui.preview.bubble.bubble import RenderContext
from dingcomposer.ui.texts.messages import correction_label, send_question
from dingcomposer.ui.texts.outcomes import explain, status_word
from dingcomposer.ui.texts.problems import field_label, problem_sentence
from dingcomposer.ui.texts.storage import storage_sentence
from dingcomposer.ui.texts.time import ago, wait_label, wait_sentence
from dingcomposer.ui.texts.translate import join_names, join_sentences

if TYPE_CHECKING:
    from dingcomposer.ui.send.confirm_dialog import Confirmation

WAIT_TICK_MS = 1_000
"""How often it is looked at what a message waits for."""
MOST_WARNINGS = 5
"""So many sentences stand in one confirmation."""


@dataclass(frozen=True, slots=True)
class SendResult:
    """What came of a send: the report, the robot as it was, and the row of the history.

    The row is behind where the disk refused the outcome, and None where it refused all of it.
    `origin` is the draft that it was; None for what was sent from elsewhere.
    """

    report: Report
    robot: Robot
    row: SendRow | None
    origin: "DraftOrigin | None" = None


@dataclass(frozen=True, slots=True)
class DraftOrigin:
    """Which draft was sent, what it held then, the robot that it aimed at, and when."""

    draft_id: str
    draft: Draft
    target_id: str | None
    at: datetime


class SendController(QObject):
    """Takes the draft to the outbox, once every question is answered.

    Signals:
        correction_changed(SendRow | None): the draft corrects this send from now on, or none.
        sending_changed(bool): whether the draft as it stands is under way; then Send rests.
        wait_changed(str, str): that the draft waits, for what and until when, as a sentence and as
            the words on a button; both "" while it is on its way, or is not under way at all.
        asking(): a person is about to be asked whether to send.
        moved_on(): another message stands in the window, or the same one for another group.
        result_known(SendResult): a send of this window's is over, or waits for another try. What
            goes to several robots at once has its result as a whole, see `broadcast_controller`.
    """

    correction_changed = Signal(object)
    sending_changed = Signal(bool)
    wait_changed = Signal(str, str)
    asking = Signal()
    moved_on = Signal()
    result_known = Signal(object)

    def __init__(
        self,
        session: DraftSession,
        robot_profiles: RobotProfiles,
        outbox: Outbox,
        rehearsal_tracker: RehearsalTracker,
        *,
        problems: Callable[[], tuple[Problem, ...]],
        render: RenderContext,
        window: QWidget,
        switched_off: Callable[[], frozenset[ProblemCode]] = frozenset,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(window)
        self._session = session
        self._robot_profiles = robot_profiles
        self._outbox = outbox
        self._rehearsal_tracker = rehearsal_tracker
        self._problems = problems
        self._switched_off = switched_off
        self._window = window
        self._render = render
        self._under_way: dict[str, tuple[Robot, Message]] = {}
        self._origins: dict[str, DraftOrigin] = {}
        self._missed: list[DraftOrigin] = []  # of several groups one did not get it
        self._rows: dict[str, SendRow] = {}
        self._together: set[str] = set()
        self._was_sending = False
        self._now = now
        self._told_wait = ("", "")
        self._wait_tick = QTimer(self, interval=WAIT_TICK_MS)
        self._wait_tick.timeout.connect(self._show_wait)
        outbox.queue_changed.connect(self._show_wait)
        self._correction: SendRow | None = None  # what the draft corrects
        outbox.changed.connect(self._on_changed)
        outbox.reported.connect(self._on_reported)
        session.changed.connect(self._refresh)
        session.target_changed.connect(self._refresh)
        session.replaced.connect(self.moved_on)
        session.target_changed.connect(self.moved_on)
        session.undo_changed.connect(self.tell_correction)
        session.replaced.connect(self.tell_correction)

    def adopt(self, before: "SendController") -> None:
        """Follow what an earlier window's flow has under way."""
        self._under_way.update(before._under_way)
        self._rows.update(before._rows)
        self._together.update(before._together)
        self._origins.update(before._origins)
        self._missed += before._missed
        self._refresh()

    def begin_correction(self, sent: SendRow) -> None:
        """The draft as it stands is to become the correction of this send."""
        self._session.set_corrects(sent.msg_uuid)
        self.tell_correction()

    def tell_correction(self) -> None:
        """Tell what the draft corrects, where that is another send than was told before."""
        msg_uuid, known = self._session.corrects, self._correction
        if msg_uuid == ("" if known is None else known.msg_uuid):
            return
        self._correction = None
        if msg_uuid:
            with suppress(StorageError):
                self._correction = self._outbox.sent(msg_uuid)
        if self._correction != known:
            self.correction_changed.emit(self._correction)

    def origin_of(self, msg_uuid: str) -> DraftOrigin | None:
        """The draft that a send under way is of; None for what was sent from elsewhere."""
        return self._origins.get(msg_uuid)

    @property
    def target(self) -> Robot | None:
        """The robot that the draft is for."""
        return self._robot_profiles.get(self._session.target_id)

    @property
    def is_sending(self) -> bool:
        """True while this very message is under way to this very robot."""
        message = to_message(self._session.draft)
        return self._is_under_way(message, self._session.target_id)

    def _is_under_way(self, message: Message, robot_id: str | None) -> bool:
        return any(
            robot.robot_id == robot_id and message == sent
            for robot, sent in self._under_way.values()
        )

    def send(self) -> str | None:
        """Ask what has to be asked, then send; the msgUuid, or None where nothing was sent."""
        robot = self.target
        if robot is None or self.is_sending:
            return None
        message = to_message(self._session.draft)
        problems = self._check(message, robot) if names_group(message) else self._problems()
        warnings = self._insisted(problems)
        if warnings is None:
            return None
        return self.submit(message, robot, warnings, corrects=self._corrected_uuid(message))

    def rehearse(self, robot_id: str) -> str | None:
        """Send the draft to a test group; its target stays what it is. As `send` does."""
        robot = self._robot_profiles.get(robot_id)
        message = to_message(self._session.draft)
        if robot is None or robot.is_production or self._is_under_way(message, robot_id):
            return None
        warnings = self._insisted(self._check(message, robot))
        return None if warnings is None else self.submit(message, robot, warnings)

    def submit(
        self,
        message: Message,
        robot: Robot,
        warnings: tuple[str, ...] = (),
        *,
        wait_s: float = 0.0,
        corrects: str = "",
        must_ask: bool = False,
    ) -> str | None:
        """Send a message to a robot, once what has to be confirmed is; as `send` does.

        `corrects` is the msgUuid of the send that it sets right: a rehearsal sets nothing right.
        `must_ask`: it is confirmed whatever the group is.
        """
        if not self._is_possible(message, (robot,)):
            return None
        try:
            if not self._is_confirmed(message, robot, warnings, must_ask=must_ask):
                return None
            msg_uuid = self._outbox.submit(message, robot, wait_s=wait_s, corrects=corrects)
        except StorageError as error:
            self._show_unwritten(error)
            return None
        self._follow(message, {msg_uuid: robot})
        return msg_uuid

    def submit_all(
        self,
        message: Message,
        robots: Sequence[Robot],
        group_id: str = "",
        corrects: str = "",
        own: Mapping[str, Message] = EMPTY,
        *,
        order: BroadcastOrder = AT_ONCE,
        told: tuple[str, ...] = (),
    ) -> tuple[SendJob, ...]:
        """Send a message to several robots after one confirmation; () where nothing was sent.

        A robot that this very message is under way to is left out. `own` are messages that some
        robots get instead, by their ids. `order` says how they follow each other; the confirmation
        says it, and what is `told`.
        """
        free = [one for one in robots if not self._is_under_way(message, one.robot_id)]
        if not free:
            return ()
        if not self._is_possible(message, free, own):
            return ()
        try:
            from dingcomposer.ui.send import (
                confirm_dialog,  # as it first asks: not on the way to the window
            )

            confirmation = self._confirmation_of(message, free, own, order, told)
            self.asking.emit()
            if not confirm_dialog.confirm(self._window, confirmation):
                return ()
            corrects = corrects or self._corrected_uuid(message)
            jobs = self._outbox.submit_all(
                message, free, group_id, corrects=corrects, own=own, order=order
            )
        except StorageError as error:
            self._show_unwritten(error)
            return ()
        self._together.update(job.msg_uuid for job in jobs)
        self._follow(message, {job.msg_uuid: job.robot for job in jobs})
        return jobs

    def submit_parts(
        self, message: Message, parts: Sequence[Message], robot: Robot, group_id: str = ""
    ) -> tuple[SendJob, ...]:
        """Send the parts of a message one after the other, once what has to be is confirmed.

        With `group_id` they are those of an earlier series that did not arrive, and join it.
        """
        if not all(self._is_possible(part, (robot,)) for part in parts):
            return ()
        warning = self.tr(
            "This is the first of %n part(s), which go out one after the other.", "", len(parts)
        )
        if group_id:
            warning = self.tr("%n part(s) did not arrive: these go out again.", "", len(parts))
        try:
            if not self._is_confirmed(parts[0], robot, (warning,)):
                return ()
            jobs = self._outbox.submit_parts(parts, robot, group_id)
        except StorageError as error:
            self._show_unwritten(error)
            return ()
        self._together.update(job.msg_uuid for job in jobs)
        self._follow(message, {job.msg_uuid: robot for job in jobs})
        for job in jobs[:-1]:
            self._origins.pop(job.msg_uuid, None)  # it is sent with its last part
        return jobs

    def _check(self, message: Message, robot: Robot) -> tuple[Problem, ...]:
        return check(message_for(robot, message), robot, switched_off=self._switched_off())

    def _check_of(
        self, message: Message, own: Mapping[str, Message] = EMPTY
    ) -> Callable[[Robot], tuple[Problem, ...]]:
        """What is wrong with what each robot gets."""
        if not own and not names_group(message):
            return checked_once(message, self._switched_off())
        hidden = self._switched_off()
        return lambda robot: check(message_for(robot, message, own), robot, switched_off=hidden)

    def _is_possible(
        self, message: Message, robots: Sequence[Robot], own: Mapping[str, Message] = EMPTY
    ) -> bool:
        """False, and said why, where something in the message keeps it from one of these groups."""
        check_of = self._check_of(message, own)
        for robot in robots:
            impossible = [one for one in check_of(robot) if not one.can_insist]
            if impossible:
                self._insisted(tuple(impossible))
                return False
        return True

    def _confirmation_of(
        self,
        message: Message,
        robots: Sequence[Robot],
        own: Mapping[str, Message],
        order: BroadcastOrder,
        told: tuple[str, ...],
    ) -> "Confirmation":
        from dingcomposer.ui.send.confirm_dialog import Confirmation

        ordered = sorted(robots, key=lambda one: not one.is_production)
        warnings = [*told, *self._twin_sentences(ordered)]
        check_of = self._check_of(message, own)
        warnings += self._same_sentences(message, ordered).values()
        for one in ordered:
            blocking = [p for p in check_of(one) if p.severity is Severity.BLOCKS]
            if blocking:
                words = self.tr("{group}: {problem}")
                problem = problem_sentence(blocking[0])
                warnings.append(words.format(group=one.name, problem=problem))
        more = len(warnings) - MOST_WARNINGS
        if more > 0:
            warnings[MOST_WARNINGS:] = [self.tr("%n more of these", "", more)]
        draft = self._session.draft
        return Confirmation(
            message_for(ordered[0], message, own),
            ordered[0],
            tuple(warnings),
            self._rehearsal_tracker.find(message),
            draft.mentions if message == to_message(draft) else None,
            tuple(ordered[1:]),
            self._render,
            self._corrected_by(message),
            order,
            has_own_texts=names_group(message) or len(set(map(str, own.values()))) > 1,
        )

    def retry(self, row: SendRow, robot: Robot) -> bool:
        """Send what may have been taken once more, under its msgUuid; False where it was not."""
        try:
            self._outbox.retry(row, robot)
        except StorageError as error:
            self._show_unwritten(error)
            return False
        except NotWaiting:  # its outcome came to be known meanwhile
            return False
        self._follow(row.message, {row.msg_uuid: robot})
        return True

    def _follow(self, message: Message, robots: dict[str, Robot]) -> None:
        """A message is under way to these robots, each by the msgUuid of its send."""
        session = self._session
        is_draft = message == to_message(session.draft)
        session.end_step()  # undo leads back to what was sent
        origin = DraftOrigin(session.draft_id, session.draft, session.target_id, self._now())
        for msg_uuid, robot in robots.items():
            self._under_way[msg_uuid] = robot, message
            if is_draft:
                self._origins[msg_uuid] = origin
        tests = [uuid for uuid, robot in robots.items() if not robot.is_production]
        if tests and is_draft:
            # One test group is rehearsal enough.
            self._rehearsal_tracker.watch(tests[0], message, robots[tests[0]])
        self._refresh()

    def _is_confirmed(
        self, message: Message, robot: Robot, warnings: tuple[str, ...], *, must_ask: bool = False
    ) -> bool:
        same = self._same_sentences(message, (robot,)).get(robot.robot_id, "")
        if must_ask or robot.is_production or mentions_of(message).is_all:
            from dingcomposer.ui.send import confirm_dialog

            told = (*warnings, *filter(None, (same, self._uncorrected_sentence(message))))
            rehearsal = self._rehearsal_tracker.find(message) if robot.is_production else None
            draft = self._session.draft
            listed = draft.mentions if message == to_message(draft) else None
            confirmation = confirm_dialog.Confirmation(
                message_for(robot, message),
                robot,
                told,
                rehearsal,
                listed,
                render=self._render,
                corrected=self._corrected_by(message),
            )
            self.asking.emit()
            return confirm_dialog.confirm(self._window, confirmation)
        uncorrected = self._uncorrected_sentence(message)
        if uncorrected and not self._is_meant(self.tr("Send it uncorrected?"), uncorrected):
            return False
        return not same or self._is_meant(self.tr("The same message again?"), same)

    def _corrected_by(self, message: Message) -> Message | None:
        """The sent message that this one corrects, where it is the draft and was changed."""
        is_draft = message == to_message(self._session.draft)
        return self._correction.message if self._correction is not None and is_draft else None

    def _corrected_uuid(self, message: Message) -> str:
        is_correcting = self._corrected_by(message) is not None
        return self._correction.msg_uuid if self._correction and is_correcting else ""

    def _uncorrected_sentence(self, message: Message) -> str:
        if self._correction is None:
            return ""
        from dingcomposer.core.payload.edits import correct

        begun = correct(self._correction.message, correction_label())
        if message != to_message(from_message(begun)):
            return ""
        return self.tr("Nothing has been corrected yet: only the label was put in front.")

    def _same_sentences(self, message: Message, robots: Sequence[Robot]) -> dict[str, str]:
        """Of each group that has just got, or may have got, the same message: that it has."""
        found = self._outbox.last_same(message, robots)
        return {
            one.robot_id: self._same_sentence(one, *found[one.robot_id])
            for one in robots
            if one.robot_id in found
        }

    def _same_sentence(self, robot: Robot, row: SendRow, minutes: int) -> str:
        if row.status is Status.DELIVERED:
            told = self.tr("The same message went to {group} {when}.")
        elif row.status.is_final:
            told = self.tr("The same message was sent to {group} {when}, and may have arrived.")
        else:
            told = self.tr("The same message is on its way to {group} already.")
        sentence = told.format(group=row.robot_name, when=ago(minutes))
        if row.robot_id == robot.robot_id:
            return sentence
        twin = self.tr("{group} has the same webhook.").format(group=robot.name)
        return join_sentences((sentence, twin))

    def _twin_sentences(self, robots: Sequence[Robot]) -> list[str]:
        """For each group that several of these robots post to: how often it gets the message."""
        sharing: dict[str, list[str]] = {}
        for one in robots:
            sharing.setdefault(one.pace_key, []).append(one.name)
        told = self.tr("{groups} have the same webhook: one group gets the message {count} times.")
        return [
            told.format(groups=join_names(names), count=len(names))
            for names in sharing.values()
            if len(names) > 1
        ]

    def _is_meant(self, title: str, sentence: str) -> bool:
        again = questions.Choice("send", self.tr("Send it again"), is_destructive=True)
        question = questions.Question("same", title, sentence, (questions.back(), again), "back")
        return questions.ask(self._window, question) == "send"

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
        back = questions.Choice("back", self.tr("Back to the message"), is_default=True)
        choices: tuple[questions.Choice, ...] = (back,)
        if all(one.can_insist for one in blocking):
            choices = (back, questions.Choice("send", self.tr("Send anyway"), is_destructive=True))
            text = self.tr("DingTalk will refuse this message.")
            if all(one.code is ProblemCode.PICTURE_UNREACHABLE for one in blocking):
                text = self.tr("The group would not see a picture of this message.")
        else:
            text = self.tr("This message cannot be sent as it is.")
        question = questions.Question(
            "insist", send_question(), text, choices, "back", "\n".join(sentences)
        )
        return sentences if questions.ask(self._window, question) == "send" else None

    def _show_unwritten(self, error: StorageError) -> None:
        question = questions.Question(
            "unwritten",
            status_word(Status.NOT_SENT),
            explain(None, Fault.HISTORY_NOT_WRITTEN).happened,
            (questions.ok(),),
            "ok",
            storage_sentence(error.fault),
        )
        questions.ask(self._window, question)

    def _on_changed(self, row: SendRow) -> None:
        if row.msg_uuid in self._under_way:
            self._rows[row.msg_uuid] = row

    def _on_reported(self, report: Report) -> None:
        if report.msg_uuid not in self._under_way:
            return
        robot, _ = self._under_way[report.msg_uuid]
        row = self._rows.pop(report.msg_uuid, None)
        origin = self._origins.get(report.msg_uuid)
        if report.status.is_final:
            del self._under_way[report.msg_uuid]
            self._origins.pop(report.msg_uuid, None)
            self._refresh()
            if origin is not None:
                self._mark_sent(report, origin, robot)
        if report.msg_uuid not in self._together:
            self.result_known.emit(SendResult(report, robot, row, origin))
        elif report.status.is_final:
            self._together.discard(report.msg_uuid)

    def _mark_sent(self, report: Report, origin: "DraftOrigin", robot: Robot) -> None:
        """A draft is sent once it is delivered, to several groups once to all of them."""
        is_together = report.msg_uuid in self._together
        if report.status is not Status.DELIVERED:
            if is_together:
                self._missed.append(origin)
        elif is_together or robot.robot_id == origin.target_id:  # no rehearsal
            is_whole = origin not in self._missed and origin not in self._origins.values()
            self._session.mark_sent(
                origin.draft_id, origin.draft, origin.at, origin.target_id, is_whole=is_whole
            )
        if origin not in self._origins.values():
            self._missed = [one for one in self._missed if one != origin]

    def _refresh(self) -> None:
        is_sending = self.is_sending
        if is_sending != self._was_sending:
            self._was_sending = is_sending
            self.sending_changed.emit(is_sending)
            if is_sending:
                self._wait_tick.start()
            else:
                self._wait_tick.stop()
        self._show_wait()

    def wait_words(self, msg_uuid: str) -> tuple[str, str]:
        """That this send waits, for what and until when: a sentence, and the words on a button."""
        waiting = next((one for one in self._outbox.waiting() if one.msg_uuid == msg_uuid), None)
        if waiting is None:
            return "", ""
        now, is_paused = self._now(), self._outbox.is_paused
        return (
            wait_sentence(waiting, now, is_paused=is_paused),
            wait_label(waiting, now, is_paused=is_paused),
        )

    def _show_wait(self) -> None:
        """What the draft waits for: as time goes by, or as the queue changes."""
        told = ("", "")
        if self._was_sending:
            message, target = to_message(self._session.draft), self._session.target_id
            mine = (
                uuid
                for uuid, (robot, sent) in self._under_way.items()
                if robot.robot_id == target and sent == message
            )
            told = next((words for words in map(self.wait_words, mine) if words[0]), told)
        if told != self._told_wait:
            self._told_wait = told
            self.wait_changed.emit(*told)
