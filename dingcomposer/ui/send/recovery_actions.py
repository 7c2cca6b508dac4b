"""Recovery actions: what is offered about a send, and what happens when a person takes it."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from dingcomposer.core.checks.keywords import check_keywords
from dingcomposer.core.delivery import Status
from dingcomposer.core.draft import from_message, to_message
from dingcomposer.core.messages import Message
from dingcomposer.core.plain_text import clean
from dingcomposer.core.robot import Robot
from dingcomposer.services import recovery
from dingcomposer.services.outbox import as_sent
from dingcomposer.services.recovery import NOTHING, Offer, RecoveryAction
from dingcomposer.services.settings import RETRY_PLACES
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.history import AttemptRow, SendRow
from dingcomposer.ui import questions
from dingcomposer.ui.context import Context, Navigator
from dingcomposer.ui.send.send_controller import SendController
from dingcomposer.ui.texts.messages import correction_label
from dingcomposer.ui.texts.outcomes import obstacle_sentence, recovery_label, retry_sentence
from dingcomposer.ui.texts.send.broadcast import group_sentence
from dingcomposer.ui.texts.storage import storage_sentence
from dingcomposer.ui.texts.time import full_day_time
from dingcomposer.ui.widgets.outcome_lines import OutcomeLine


class RecoveryActions(QObject):
    """Decides by the history as it stands now, when it offers and again when it acts.

    `now` gives aware UTC; `window` is where questions stand.

    Signals:
        retried(): what was shown of a send is over, it is under way again.
        offers_changed(): a robot is another one by now, and so may be what is offered.
    """

    retried = Signal()
    offers_changed = Signal()

    def __init__(
        self,
        context: Context,
        navigator: Navigator,
        flow: SendController,
        window: QWidget,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(window)
        self._context = context
        self._navigator = navigator
        self._flow = flow
        self._window = window
        self._now = now
        context.robot_profiles.changed.connect(self.offers_changed)

    def offer(self, row: SendRow, attempts: Sequence[AttemptRow]) -> Offer:
        """What can be done about a send as it stands."""
        robot = self._context.robot_profiles.get(row.robot_id)
        recovery_action = recovery.recovery_action(row.status, row.cause, row.fault)
        if recovery_action is RecoveryAction.INSERT_KEYWORD and not (
            robot and _mended(row.message, robot)
        ):
            recovery_action = RecoveryAction.EDIT_KEYWORDS
        if recovery_action is not RecoveryAction.RETRY_SAFELY:
            # Without the robot nothing can be done about it; a message can be opened all the same.
            has_robot = robot is not None or recovery_action is RecoveryAction.EDIT_MESSAGE
            return Offer(recovery_action if has_robot else None)
        bar = recovery.retry_obstacle(row, attempts, robot, self._now())
        if bar is not None or robot is None:
            return Offer(None, obstacle_sentence(bar or recovery.RetryObstacle.ROBOT_GONE))
        now = self._now()
        until = recovery.retry_until(attempts, row, now)
        is_unsure = not recovery.is_honour_known(robot)
        is_set_back = recovery.was_clock_set_back(attempts, row, now)
        return Offer(
            recovery_action,
            retry_sentence(until, is_unsure=is_unsure, is_clock_set_back=is_set_back),
        )

    def offer_for(self, row: SendRow) -> Offer:
        """What can be done about a send; nothing where its attempts cannot be read."""
        try:
            return self.offer(row, self._context.history.attempts(row.msg_uuid))
        except StorageError:
            return NOTHING

    def lines_of(self, rows: Sequence[SendRow]) -> tuple[OutcomeLine, ...]:
        """For each of several groups what came of it, why, and what can be done about it."""
        lines = []
        for row in rows:
            robot = self._context.robot_profiles.get(row.robot_id)
            action = self.offer_for(row).recovery_action
            keywords = () if robot is None else robot.keywords
            label = "" if action is None else recovery_label(action)
            lines.append(
                OutcomeLine(row.msg_uuid, row.status, group_sentence(row, keywords), label)
            )
        return tuple(lines)

    def waits_of(self, msg_uuid: str) -> str:
        """What a send waits for and until when; "" where this program's queue does not hold it."""
        return self._flow.wait_words(msg_uuid)[0]

    def carry_out(self, msg_uuid: str, *, into_draft: bool = False) -> None:
        """Do what is offered for this send, if it still is.

        `into_draft`: the draft is this message, changed since or not, and is what is to be mended.
        """
        history = self._context.history
        try:
            row = history.row(msg_uuid)
            offer = NOTHING if row is None else self.offer(row, history.attempts(msg_uuid))
        except StorageError as error:
            self._navigator.say(storage_sentence(error.fault))
            return
        if row is None or offer.recovery_action is None:
            self._navigator.say(offer.sentence)
            return
        robot = self._context.robot_profiles.get(row.robot_id)
        session = self._context.session
        message = to_message(session.draft) if into_draft else row.message
        if offer.recovery_action is RecoveryAction.EDIT_MESSAGE:
            self._edit(message)
        elif offer.recovery_action is RecoveryAction.INSERT_KEYWORD and robot is not None:
            self._insert_keyword(message, robot)
        elif robot is not None:
            self._help(offer.recovery_action, row, robot)

    def send_again(self, row: SendRow) -> None:
        """Send a message once more as it was, to the same group, as a send of its own: asked once.

        Where it may have been taken, that is said: a safe retry is another thing.
        """
        robot = self._context.robot_profiles.get(row.robot_id)
        if robot is None or robot.is_archived:
            self._navigator.say(
                self.tr("This robot is not there any more. Open the message as a new one.")
            )
            return
        words = (
            self.tr("This group got this message already: {time}.")
            if row.status is Status.DELIVERED
            else self.tr("This group may have got this message already: {time}.")
            if row.may_have_been_taken
            else ""
        )
        told = (words.format(time=full_day_time(row.created_at)),) if words else ()
        if self._flow.submit(as_sent(row.message), robot, told, must_ask=True) is not None:
            self._navigator.say(self.tr("Sent again: {group}").format(group=clean(robot.name)))

    def correct(self, row: SendRow) -> None:
        """Begin a correction of a message that went out: there is no recall, and it says so."""
        from dingcomposer.core.payload.edits import correct

        self._navigator.open_as_new(correct(row.message, correction_label()))
        self._flow.begin_correction(row)
        self._navigator.say(
            self.tr("What was sent stays. Write what is right, then choose the group.")
        )

    def _help(self, recovery_action: RecoveryAction, row: SendRow, robot: Robot) -> None:
        match recovery_action:
            case RecoveryAction.RETRY_SAFELY:
                self._retry(row, robot)
            case RecoveryAction.SEND_AGAIN | RecoveryAction.SEND_AFTER_WAIT:
                wait_s, corrects = self._wait_s(row), row.corrects or ""
                msg_uuid = self._flow.submit(
                    as_sent(row.message), robot, wait_s=wait_s, corrects=corrects
                )
                waits, _ = self._flow.wait_words(msg_uuid) if msg_uuid else ("", "")
                if msg_uuid:
                    sending = self.tr("Sending to {group} …").format(group=clean(robot.name))
                    self._navigator.say(waits or sending)
            case RecoveryAction.CHECK_UP | RecoveryAction.CHECK_CLOCK:
                self._navigator.check_up(robot.robot_id)
            case RecoveryAction.ARCHIVE_ROBOT:
                self._archive(robot)
            case _:
                self._navigator.edit_robot(robot, recovery.ROBOT_FIELDS[recovery_action])

    def _wait_s(self, row: SendRow) -> float:
        """What is left of a ban; a robot that was too fast rests by the sender's own schedule."""
        if row.wait_minutes is None or row.finished_at is None:
            return 0.0
        age_s = (self._now() - row.finished_at).total_seconds()
        return max(row.wait_minutes * 60.0 - max(age_s, 0.0), 0.0)

    def _retry(self, row: SendRow, robot: Robot) -> None:
        settings = self._context.settings
        if not recovery.is_honour_known(robot):
            place = f"{robot.robot_id}@{robot.host}"
            accepted = settings.value(RETRY_PLACES)
            if place not in accepted:
                if not self._accepts_doubt(robot):
                    return
                settings.set(RETRY_PLACES, (*accepted, place))
        if self._flow.retry(row, robot):
            self.retried.emit()
            waits, _ = self._flow.wait_words(row.msg_uuid)
            said = (
                self.tr("To be tried again under the same id: {group}. {waits}")
                if waits
                else self.tr("Trying again under the same id: {group}")
            )
            self._navigator.say(said.format(group=clean(robot.name), waits=waits))

    def _accepts_doubt(self, robot: Robot) -> bool:
        question = questions.Question(
            "retry_host",
            recovery_label(RecoveryAction.RETRY_SAFELY),
            self.tr("It is not known whether this robot's server honours this id."),
            (
                questions.back(),
                questions.Choice("retry", self.tr("Retry all the same"), is_destructive=True),
            ),
            "back",
            self.tr(
                "DingTalk's own servers do not post a message twice under the same id. If this one"
                " does, the group may get it a second time. You are asked once for this robot."
            ),
        )
        return questions.ask(self._window, question) == "retry"

    def _archive(self, robot: Robot) -> None:
        try:
            self._context.robot_profiles.archive(robot.robot_id)
        except StorageError as error:
            self._navigator.say(storage_sentence(error.fault))
            return
        self._navigator.say(self.tr("{group} is archived.").format(group=robot.name))

    def _edit(self, message: Message) -> None:
        """Lead to the message: to the draft where it still is that, else as a new one."""
        session = self._context.session
        if to_message(session.draft) == message:
            self._navigator.write()
        else:
            self._navigator.open_as_new(message)

    def _insert_keyword(self, message: Message, robot: Robot) -> None:
        """Lead to the message, and ask where in it the keyword is to stand."""
        from dingcomposer.core.checks import fixes

        self._edit(message)
        session = self._context.session
        found = check_keywords(message, robot.keywords)
        if not found:
            return
        offers = fixes.keyword_offers(session.draft, found[0])
        if len(offers) > 1:
            from dingcomposer.ui.compose.quick_fixes import ask_for_place

            ask_for_place(found[0], offers, session.edit, self._window)
        else:
            session.edit(fixes.fix(session.draft, found[0]) or session.draft)


def _mended(message: Message, robot: Robot) -> Message | None:
    """The message with a keyword of the robot in it; None where none is known to be missing."""
    from dingcomposer.core.checks import fixes  # not before something was refused

    found = check_keywords(message, robot.keywords)
    draft = fixes.fix(from_message(message), found[0]) if found else None
    return None if draft is None else to_message(draft)
