"""That a send was one of several at once, how the others fared, and the way to the failed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from dingcomposer.core.delivery import has_failed, summarize
from dingcomposer.services.recovery import RecoveryAction
from dingcomposer.storage.history import SendRow
from dingcomposer.ui.texts.outcomes import recovery_label, summary_sentence


class BroadcastLine(QWidget):
    """Hidden where a send stands alone.

    Signals:
        failed_wanted(str): send to those that failed, of the group of this msgUuid.
    """

    failed_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._msg_uuid = ""
        self._words = QLabel(self)
        self._words.setObjectName("history.together")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._again = QPushButton(recovery_label(RecoveryAction.SEND_TO_FAILED), self)
        self._again.setObjectName("history.failed")
        self._again.setAccessibleName(self._again.text())
        self._again.clicked.connect(lambda: self.failed_wanted.emit(self._msg_uuid))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        row.addWidget(self._again)
        self.hide()

    def show_group(self, row: SendRow, group: Sequence[SendRow]) -> None:
        """Show how the sends fared that this one went out with; none where it stands alone."""
        self._msg_uuid = row.msg_uuid
        counts = summarize(one.status for one in group)
        words = self.tr("Sent to %n group(s) at once: {outcomes}", "", len(group))
        self._words.setText(words.format(outcomes=summary_sentence(counts)))
        failed = any(has_failed(one.status, one.cause) for one in group)
        self._again.setVisible(failed and not counts.waiting)
        self.setVisible(bool(group))
