"""What came of the last send, in words, below what was written."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from dingcomposer.core.delivery import Status
from dingcomposer.services.recovery import NOTHING, Offer
from dingcomposer.ui.texts.outcomes import Words, recovery_label
from dingcomposer.ui.texts.translate import join_sentences
from dingcomposer.ui.widgets.layouts import set_tab_order_by_layout
from dingcomposer.ui.widgets.outcome_lines import OutcomeLine, OutcomeLines
from dingcomposer.ui.widgets.outcome_panel import OutcomePanel
from dingcomposer.ui.widgets.plain_text import announce


class ResultBar(OutcomePanel):
    """A panel without a sign: what happened, what helps, and the button that does it.

    Signals:
        recovery_wanted(str): do what is offered for the send of this msgUuid.
        group_recovery_wanted(str): the same, for one of several groups alone.
        details_wanted(str): open the history at this msgUuid.
        closed(): the person has read it.
        technical_toggled(bool): a person opened the technical details, or closed them.
    """

    recovery_wanted = Signal(str)
    group_recovery_wanted = Signal(str)
    details_wanted = Signal(str)
    closed = Signal()
    technical_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "verdict",
            self.tr("Result of the last send"),
            parent,
            lines=("headline", "words", "own_words", "note"),
            action="remedy",
        )
        self._msg_uuid = self._headline = ""
        self._told: tuple[str, Status] | None = None
        self.action_clicked.connect(self._on_action_clicked)
        self.hide()

    @property
    def msg_uuid(self) -> str:
        """The send that is shown."""
        return self._msg_uuid

    def show_result(
        self,
        msg_uuid: str,
        status: Status,
        headline: str,
        words: Words,
        offer: Offer = NOTHING,
        *,
        groups: Sequence[OutcomeLine] = (),
    ) -> None:
        """Show what came of a send, and what is offered; of several, a line for each group."""
        self._msg_uuid, self._headline = msg_uuid, headline
        is_delivered = status is Status.DELIVERED
        told = "" if is_delivered else join_sentences((words.happened, words.helps))
        self.show_status(status, headline, told, words.own, words.technical)
        self._fold.setVisible(bool(words.technical))
        action = offer.recovery_action
        self._groups.show_lines(groups)
        self.show_action("" if action is None else recovery_label(action), offer.sentence)
        self.show_meaning("" if is_delivered else words.topic or f"verdict.{status}")
        self.show()
        if not self._is_told(msg_uuid, status):
            announce(self, join_sentences((headline, words.happened, words.helps)))

    def _is_told(self, msg_uuid: str, status: Status) -> bool:
        """Whether this was said already: the same verdict comes back with its draft."""
        before, self._told = self._told, (msg_uuid, status)
        return before == self._told

    def show_technical(self, *, is_shown: bool) -> None:
        """Show what only programmers read, or hide it; the fold says which."""
        super().show_technical(is_shown=is_shown)
        self._fold.setChecked(is_shown)
        words = self.tr("Technical details")
        self._fold.setText(f"{'▾' if is_shown else '▸'}  {words}")
        self._fold.setAccessibleName(words)

    def set_outdated(self, *, is_outdated: bool) -> None:
        """Whether the message above is another one by now than the one that this is of."""
        if is_outdated == self.is_quiet:
            return
        headline = self._headline
        if is_outdated:
            headline = self.tr("The message before: {outcome}").format(outcome=headline)
        self.show_headline(headline, is_quiet=is_outdated)

    def _lay_out(self) -> None:
        details = QToolButton(self)
        details.setText(self.tr("Details"))
        details.setObjectName("verdict.details")
        details.setAccessibleName(self.tr("Show this send in the history"))
        details.clicked.connect(self._on_details_clicked)
        close = QToolButton(self)
        close.setText("×")
        close.setObjectName("verdict.close")
        close.setAccessibleName(self.tr("Hide the result"))
        close.setProperty("flat", True)
        close.clicked.connect(self.closed)
        headline, *others = self._labels
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(headline, 1)
        head.addWidget(details, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        # The sentences have the whole width: in a narrow window they are long enough as it is.
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(4)
        column.addLayout(head)
        self._groups = OutcomeLines("verdict.groups", self)
        self._groups.action_clicked.connect(self.group_recovery_wanted)
        for label in others:
            column.addWidget(label)
        column.addWidget(self._groups)
        self._fold = QToolButton(self)
        self._fold.setObjectName("verdict.fold")
        self._fold.setCheckable(True)
        self._fold.setProperty("fold", True)
        self._fold.clicked.connect(self._on_fold_clicked)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._action)
        foot.addWidget(self._meaning)
        foot.addStretch(1)
        foot.addWidget(self._fold)
        column.addLayout(foot)
        column.addWidget(self._technical)
        self._fold.hide()
        set_tab_order_by_layout(self)

    def _on_fold_clicked(self, is_open: bool) -> None:
        self.show_technical(is_shown=is_open)
        self.technical_toggled.emit(is_open)

    def _on_action_clicked(self) -> None:
        self.recovery_wanted.emit(self._msg_uuid)

    def _on_details_clicked(self) -> None:
        self.details_wanted.emit(self._msg_uuid)
