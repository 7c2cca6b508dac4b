"""Tells what came of a send, below the message and in the status line, and does what helps."""

from PySide6.QtCore import QObject

from dingcomposer.services.recovery import NOTHING, Offer, RecoveryAction
from dingcomposer.ui.send.broadcast_controller import BroadcastController, BroadcastResult
from dingcomposer.ui.send.recovery_actions import RecoveryActions
from dingcomposer.ui.send.result_bar import ResultBar
from dingcomposer.ui.send.send_controller import SendController, SendResult
from dingcomposer.ui.texts.outcomes import (
    Words,
    outcome_words,
    status_word,
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
        remedies: RecoveryActions,
        *,
        flow: SendController,
        several: BroadcastController,
    ) -> None:
        super().__init__(bar)
        self._bar = bar
        self._status = status
        self._remedies = remedies
        self._several = several
        self._offers_failed = ""
        self._last: SendResult | BroadcastResult | None = None
        # A verdict is of the message that stands above it, and of its group.
        flow.moved_on.connect(bar.hide)
        flow.verdict_known.connect(self._on_verdict_known)
        several.verdict_known.connect(self._on_group_verdict_known)
        several.said.connect(status.say)
        bar.remedy_wanted.connect(self._on_remedy_wanted)

    def take_over(self, before: "ResultPresenter") -> None:
        """Show what stood in an earlier window's bar, in this one's language."""
        if before._bar.isHidden():
            return
        match before._last:
            case SendResult():
                self._on_verdict_known(before._last)
            case BroadcastResult():
                self._on_group_verdict_known(before._last)

    def _on_verdict_known(self, verdict: SendResult) -> None:
        self._last = verdict
        report = verdict.report
        headline = self.tr("{status}: {group}").format(
            status=status_word(report.status), group=verdict.robot.name
        )
        offer = self._remedies.offer_for(report.msg_uuid)
        words = outcome_words(report)
        self._offers_failed = ""
        self._bar.show_verdict(report.msg_uuid, report.status, headline, words, offer)
        self._status.say_verdict(verdict)

    def _on_group_verdict_known(self, verdict: BroadcastResult) -> None:
        self._last = verdict
        counts = verdict.tally
        headline = summary_sentence(counts)
        self._offers_failed = verdict.msg_uuid if verdict.has_failed else ""
        offer = Offer(RecoveryAction.SEND_TO_FAILED) if verdict.has_failed else NOTHING
        words = Words(unknown_sentence(counts), "")
        self._bar.show_verdict(verdict.msg_uuid, counts.status, headline, words, offer)
        self._status.say(headline)

    def _on_remedy_wanted(self, msg_uuid: str) -> None:
        if msg_uuid == self._offers_failed:
            self._several.send_to_failed(msg_uuid)
        else:
            self._remedies.carry_out(msg_uuid)
