"""Shows what came of a send, below the message and in the status bar, and starts what helps."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from dingcomposer.core.delivery import Status
from dingcomposer.services.recovery import NOTHING, Offer, RecoveryAction
from dingcomposer.storage.history import SendRow
from dingcomposer.ui.send.broadcast_controller import BroadcastController, BroadcastResult
from dingcomposer.ui.send.recovery_actions import RecoveryActions
from dingcomposer.ui.send.result_bar import ResultBar
from dingcomposer.ui.send.send_controller import SendController, SendResult
from dingcomposer.ui.texts.outcomes import (
    Words,
    outcome_headline,
    outcome_words,
    summary_sentence,
    unknown_sentence,
)


class ResultPresenter(QObject):
    """Between those who send and the two places where a person reads how it went.

    `say` and `say_result` put a sentence, or how a send went, into the status line.
    """

    def __init__(
        self,
        bar: ResultBar,
        recovery_actions: RecoveryActions,
        *,
        flow: SendController,
        broadcast: BroadcastController,
        say: Callable[[str], None],
        say_result: Callable[[SendResult], None],
    ) -> None:
        super().__init__(bar)
        self._bar = bar
        self._say = say
        self._say_result = say_result
        self._recovery_actions = recovery_actions
        self._broadcast = broadcast
        self._offers_failed = ""
        self._last: SendResult | BroadcastResult | None = None
        # A verdict is of the message that stands above it, and of its group.
        flow.moved_on.connect(bar.hide)
        flow.result_known.connect(self._on_result_known)
        broadcast.result_known.connect(self._on_group_result_known)
        recovery_actions.retried.connect(bar.hide)
        bar.recovery_wanted.connect(self._on_recovery_wanted)
        bar.group_recovery_wanted.connect(self._on_group_recovery_wanted)

    def adopt(self, before: "ResultPresenter") -> None:
        """Show what stood in an earlier window's bar, in this one's language."""
        if before._bar.isHidden():
            return
        match before._last:
            case SendResult():
                self._on_result_known(before._last)
            case BroadcastResult():
                self._on_group_result_known(before._last)

    def show_recovered(self, rows: tuple[SendRow, ...]) -> None:
        """Show the newest of what the last run left over; the history has them all."""
        row = rows[-1]
        headline = outcome_headline(row.status, row.robot_name)
        offer = self._recovery_actions.offer_for(row)
        words = outcome_words(row, is_dingtalk=not row.is_sandbox)
        self._bar.show_result(row.msg_uuid, row.status, headline, words, offer)
        unsent = sum(one.status is Status.NOT_SENT for one in rows)
        if unsent:
            self._say(
                self.tr("%n message(s) from the last run never left; see the history", "", unsent)
            )

    def _on_result_known(self, result: SendResult) -> None:
        self._last = result
        report = result.report
        headline = outcome_headline(report.status, result.robot.name)
        row = result.row
        offer = NOTHING if row is None else self._recovery_actions.offer_for(row)
        is_by_dingtalk = not (result.robot.is_sandbox or result.robot.is_local)
        words = outcome_words(report, is_dingtalk=is_by_dingtalk)
        self._offers_failed = ""
        self._bar.show_result(report.msg_uuid, report.status, headline, words, offer)
        self._say_result(result)

    def _on_group_result_known(self, result: BroadcastResult) -> None:
        self._last = result
        counts = result.summary
        headline = summary_sentence(counts)
        self._offers_failed = result.msg_uuid if result.has_failed else ""
        offer = Offer(RecoveryAction.SEND_TO_FAILED) if result.has_failed else NOTHING
        words = Words(unknown_sentence(counts), "")
        groups = self._recovery_actions.lines_of(result.troubled)
        self._bar.show_result(result.msg_uuid, counts.status, headline, words, offer, groups=groups)
        self._say(headline)

    def _on_recovery_wanted(self, msg_uuid: str) -> None:
        if msg_uuid == self._offers_failed:
            self._broadcast.send_to_failed(msg_uuid)
        else:
            self._recovery_actions.carry_out(msg_uuid)

    def _on_group_recovery_wanted(self, msg_uuid: str) -> None:
        """Help one of several groups, so that the others' results stay where they are."""
        rows = self._last.troubled if isinstance(self._last, BroadcastResult) else ()
        row = next((one for one in rows if one.msg_uuid == msg_uuid), None)
        if row is None:
            return
        if self._recovery_actions.offer_for(row).recovery_action is RecoveryAction.SEND_AGAIN:
            self._broadcast.send_again(row)
        else:
            into_draft = self._broadcast.is_of_draft(row)
            self._recovery_actions.carry_out(msg_uuid, into_draft=into_draft)
