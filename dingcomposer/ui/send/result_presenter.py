"""Shows what came of a send, below the message and in the status bar, and starts what helps."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from dingcomposer.core.delivery import Status
from dingcomposer.core.draft import Draft
from dingcomposer.core.plain_text import clean
from dingcomposer.core.records import dataclass
from dingcomposer.services.draft_session import DraftSession
from dingcomposer.services.recovery import NOTHING, Offer, RecoveryAction
from dingcomposer.services.settings import SHOWS_TECHNICAL, Settings
from dingcomposer.storage.history import SendRow
from dingcomposer.ui.send.broadcast_controller import BroadcastController, BroadcastResult
from dingcomposer.ui.send.recovery_actions import RecoveryActions
from dingcomposer.ui.send.send_controller import DraftOrigin, SendController, SendResult
from dingcomposer.ui.texts.outcomes import (
    Words,
    outcome_headline,
    outcome_words,
    parts_sentence,
    summary_sentence,
    unknown_sentence,
    waiting_words,
)
from dingcomposer.ui.widgets.plain_text import announce

if TYPE_CHECKING:
    # At run time with the first result.
    from dingcomposer.ui.send.result_bar import ResultBar


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What is known of a draft: for which robot it stood there, and what it said then.

    `show` has a presenter put it into its bar, in the language that is on.
    """

    show: "Callable[[ResultPresenter], None]"
    target_id: str | None
    draft: Draft


class ResultPresenter(QObject):
    """Between those who send and the two places where a person reads how it went.

    A verdict belongs to a draft and its group: it comes back with them. As soon as the next message
    is begun in its draft, it says that it is of the one before.
    The bar is made with the first question or result: `place` gives it its place, and wires it.
    `say` and `say_result` put a sentence, or how a send went, into the status line; while the draft
    is under way it says so there, and what it waits for. `settings` remember whether technical
    details are open.
    """

    def __init__(
        self,
        place: "Callable[[ResultBar], None]",
        session: DraftSession,
        recovery_actions: RecoveryActions,
        *,
        flow: SendController,
        broadcast: BroadcastController,
        say: Callable[[str], None],
        say_result: Callable[[SendResult], None],
        settings: Settings,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._place = place
        self._made_bar: ResultBar | None = None
        self._session = session
        self._flow = flow
        self._settings = settings
        self._verdicts: dict[str, _Verdict] = {}  # by draft
        self._say = say
        self._say_result = say_result
        self._recovery_actions = recovery_actions
        self._broadcast = broadcast
        self._offers_failed = ""
        self._troubled: tuple[SendRow, ...] = ()
        flow.asking.connect(self._on_asking)
        flow.moved_on.connect(self._on_moved_on)
        session.changed.connect(self._on_changed)
        flow.result_known.connect(self._on_result_known)
        flow.sending_changed.connect(self._on_sending_changed)
        flow.wait_changed.connect(self._on_wait_changed)
        broadcast.result_known.connect(self._on_group_result_known)
        recovery_actions.retried.connect(self.dismiss)
        recovery_actions.offers_changed.connect(self._on_offers_changed)

    @property
    def bar(self) -> "ResultBar":
        """Where the result stands."""
        if self._made_bar is None:
            from dingcomposer.ui.send.result_bar import ResultBar

            bar = self._made_bar = ResultBar()
            bar.closed.connect(self.dismiss)
            bar.technical_toggled.connect(self._on_technical_toggled)
            bar.recovery_wanted.connect(self._on_recovery_wanted)
            bar.group_recovery_wanted.connect(self._on_group_recovery_wanted)
            self._place(bar)
        return self._made_bar

    def _on_asking(self) -> None:
        """The bar is made while the question is read: behind the answer there is enough to do."""
        QTimer.singleShot(0, self, lambda: announce(self.bar, ""))  # Qt makes what that takes, too

    def on_parts_result_known(self, result: BroadcastResult) -> None:
        """A message went out in parts: they are told as one."""
        self._keep(lambda one: one._show_parts_result(result), result.origin)
        self._say(parts_sentence(result.summary))

    def _show_parts_result(self, result: BroadcastResult) -> None:
        counts = result.summary
        self._troubled = result.troubled
        self._offers_failed = result.msg_uuid if result.has_failed else ""
        offer = Offer(RecoveryAction.SEND_MISSING_PARTS) if result.has_failed else NOTHING
        lines = self._recovery_actions.lines_of(result.troubled)
        words = Words(unknown_sentence(counts), "")
        headline = parts_sentence(counts)
        self.bar.show_result(result.msg_uuid, counts.status, headline, words, offer, groups=lines)

    def adopt(self, before: "ResultPresenter") -> None:
        """Show what stood in an earlier window's bar, in this one's language."""
        self._verdicts.update(before._verdicts)
        self._on_moved_on()

    def dismiss(self) -> None:
        """The verdict of the draft in the window is over: it was read, or is sent again."""
        self._verdicts.pop(self._session.draft_id, None)
        self._hide_bar()

    def show_recovered(self, rows: tuple[SendRow, ...]) -> None:
        """Show the newest of what the last run left over; the history has them all."""
        self._keep(lambda one: one._show_row(rows[-1]), None)
        unsent = sum(one.status is Status.NOT_SENT for one in rows)
        if unsent:
            self._say(
                self.tr("%n message(s) from the last run never left; see the history", "", unsent)
            )

    def _show_row(self, row: SendRow) -> None:
        headline = outcome_headline(row.status, row.robot_name)
        offer = self._recovery_actions.offer_for(row)
        words = outcome_words(row, is_dingtalk=not row.is_sandbox)
        self.bar.show_result(row.msg_uuid, row.status, headline, words, offer)

    def _on_result_known(self, result: SendResult) -> None:
        self._keep(lambda one: one._show_result(result), result.origin)
        self._say_result(result)

    def _show_result(self, result: SendResult) -> None:
        report = result.report
        headline = outcome_headline(report.status, result.robot.name)
        row = result.row
        offer = NOTHING if row is None else self._recovery_actions.offer_for(row)
        is_by_dingtalk = not (result.robot.is_sandbox or result.robot.is_local)
        words = outcome_words(report, is_dingtalk=is_by_dingtalk)
        if not report.status.is_final:
            waits = self._flow.wait_words(report.msg_uuid)[0]
            words = waiting_words(words, waits, report.retry_at)
        self._offers_failed = ""
        self.bar.show_result(report.msg_uuid, report.status, headline, words, offer)

    def _on_group_result_known(self, result: BroadcastResult) -> None:
        self._keep(lambda one: one._show_group_result(result), result.origin)
        self._say(summary_sentence(result.summary))

    def _show_group_result(self, result: BroadcastResult) -> None:
        self._troubled = result.troubled
        counts = result.summary
        headline = summary_sentence(counts)
        self._offers_failed = result.msg_uuid if result.has_failed else ""
        offer = Offer(RecoveryAction.SEND_TO_FAILED) if result.has_failed else NOTHING
        words = Words(unknown_sentence(counts), "")
        groups = self._recovery_actions.lines_of(result.troubled)
        self.bar.show_result(result.msg_uuid, counts.status, headline, words, offer, groups=groups)

    def _keep(self, show: "Callable[[ResultPresenter], None]", origin: DraftOrigin | None) -> None:
        """This is what is known of a draft from now on; of the one in the window, show it."""
        session = self._session
        is_here = origin is None or origin.draft_id == session.draft_id
        draft = session.draft if origin is None else origin.draft
        draft_id = session.draft_id if origin is None else origin.draft_id
        target_id = session.target_id if origin is None or is_here else origin.target_id
        self._verdicts[draft_id] = _Verdict(show, target_id, draft)
        if is_here:
            self._show(show)
            self._on_changed(session.draft)

    def _on_moved_on(self) -> None:
        """Another draft, or another group: its own verdict, if it has one, and nothing stale."""
        if self._flow.is_sending:
            self._say_sending()
        else:
            self._say("")
        verdict = self._verdicts.get(self._session.draft_id)
        if verdict is None or verdict.target_id != self._session.target_id:
            self._hide_bar()
            return
        self._show(verdict.show)
        self._on_changed(self._session.draft)

    def _show(self, show: "Callable[[ResultPresenter], None]") -> None:
        self.bar.show_technical(is_shown=self._settings.value(SHOWS_TECHNICAL))
        show(self)

    def _hide_bar(self) -> None:
        if self._made_bar is not None:
            self._made_bar.hide()

    def _on_technical_toggled(self, is_open: bool) -> None:
        self._settings.set(SHOWS_TECHNICAL, is_open)

    def _on_sending_changed(self, is_sending: bool) -> None:
        """The draft is under way: what came of it before is over, above and in the status line."""
        if is_sending:
            self.dismiss()
            self._say_sending()

    def _on_wait_changed(self, sentence: str, _label: str) -> None:
        if sentence:
            self._say(sentence)
        elif self._flow.is_sending:
            self._say_sending()

    def _say_sending(self) -> None:
        robot = self._flow.target
        if robot is not None:
            self._say(self.tr("Sending to {group} …").format(group=clean(robot.name)))

    def _on_changed(self, draft: Draft) -> None:
        verdict = self._verdicts.get(self._session.draft_id)
        if verdict is not None:
            self.bar.set_outdated(is_outdated=draft != verdict.draft)

    def _on_offers_changed(self) -> None:
        """No button stays that would do nothing any more."""
        verdict = self._verdicts.get(self._session.draft_id)
        is_shown = self._made_bar is not None and not self._made_bar.isHidden()
        if verdict is not None and is_shown:
            self._show(verdict.show)
            self._on_changed(self._session.draft)

    def _on_recovery_wanted(self, msg_uuid: str) -> None:
        if msg_uuid == self._offers_failed:
            self._broadcast.send_to_failed(msg_uuid)
        else:
            self._recovery_actions.carry_out(msg_uuid)

    def _on_group_recovery_wanted(self, msg_uuid: str) -> None:
        """Help one of several groups, so that the others' results stay where they are."""
        row = next((one for one in self._troubled if one.msg_uuid == msg_uuid), None)
        if row is None:
            return
        if self._recovery_actions.offer_for(row).recovery_action is RecoveryAction.SEND_AGAIN:
            self._broadcast.send_again(row)
        else:
            into_draft = self._broadcast.is_of_draft(row)
            self._recovery_actions.carry_out(msg_uuid, into_draft=into_draft)
