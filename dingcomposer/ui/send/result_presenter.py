"""Shows what came of a send, below the message and in the status bar, and starts what helps."""

from PySide6.QtCore import QObject

from dingcomposer.services.recovery import NOTHING, Offer, RecoveryAction
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
from dingcomposer.ui.window.status_bar import StatusBar


class ResultPresenter(QObject):
    """Between those who send and the two places where a person reads how it went."""

    def __init__(
        self,
        bar: ResultBar,
        status: StatusBar,
        recovery_actions: RecoveryActions,
        *,
        flow: SendController,
        broadcast: BroadcastController,
    ) -> None:
        super().__init__(bar)
        self._bar = bar
        self._status = status
        self._recovery_actions = recovery_actions
        self._broadcast = broadcast
        self._offers_failed = ""
        self._last: SendResult | BroadcastResult | None = None
        # A verdict is of the message that stands above it, and of its group.
        flow.moved_on.connect(bar.hide)
        flow.result_known.connect(self._on_result_known)
        broadcast.result_known.connect(self._on_group_result_known)
        broadcast.said.connect(status.say)
        bar.recovery_wanted.connect(self._on_recovery_wanted)

    def adopt(self, before: "ResultPresenter") -> None:
        """Show what stood in an earlier window's bar, in this one's language."""
        if before._bar.isHidden():
            return
        match before._last:
            case SendResult():
                self._on_result_known(before._last)
            case BroadcastResult():
                self._on_group_result_known(before._last)

    def _on_result_known(self, result: SendResult) -> None:
        self._last = result
        report = result.report
        headline = outcome_headline(report.status, result.robot.name)
        row = result.row
        offer = NOTHING if row is None else self._recovery_actions.offer_for(row)
        words = outcome_words(report)
        self._offers_failed = ""
        self._bar.show_result(report.msg_uuid, report.status, headline, words, offer)
        self._status.say_result(result)

    def _on_group_result_known(self, result: BroadcastResult) -> None:
        self._last = result
        counts = result.summary
        headline = summary_sentence(counts)
        self._offers_failed = result.msg_uuid if result.has_failed else ""
        offer = Offer(RecoveryAction.SEND_TO_FAILED) if result.has_failed else NOTHING
        words = Words(unknown_sentence(counts), "")
        self._bar.show_result(result.msg_uuid, counts.status, headline, words, offer)
        self._status.say(headline)

    def _on_recovery_wanted(self, msg_uuid: str) -> None:
        if msg_uuid == self._offers_failed:
            self._broadcast.send_to_failed(msg_uuid)
        else:
            self._recovery_actions.carry_out(msg_uuid)
