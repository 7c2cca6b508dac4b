"""The last send's verdict, in words, where the eye is: below what was written."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.delivery import Status
from dingcomposer.services.recovery import NOTHING, Offer
from dingcomposer.ui.preview.richtext.paragraphs import clean
from dingcomposer.ui.texts.outcomes import Words, recovery_label
from dingcomposer.ui.texts.translate import join_sentences
from dingcomposer.ui.widgets.status_icons import colours_of


class ResultBar(QFrame):
    """A quiet strip in the status's colour: what happened, what helps, and the button that does it.

    Signals:
        remedy_wanted(str): do what is offered for the send of this msgUuid.
        details_wanted(str): open the history at this msgUuid.
        dismissed(): a person closed it.
    """

    recovery_wanted = Signal(str)
    details_wanted = Signal(str)
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("verdict")
        self.setAccessibleName(self.tr("Result of the last send"))
        self._status: Status | None = None
        self._msg_uuid = ""
        self._headline = self._label("verdict.headline")
        self._words = self._label("verdict.words")
        self._own = self._label("verdict.own_words")
        self._note = self._label("verdict.note")
        self._recovery_action = QPushButton(self)
        self._recovery_action.setObjectName("verdict.remedy")
        self._recovery_action.clicked.connect(self._on_recovery_clicked)
        details = QToolButton(self)
        details.setText(self.tr("Details"))
        details.setObjectName("verdict.details")
        details.setAccessibleName(self.tr("Show this send in the history"))
        close = QToolButton(self)
        close.setText("×")
        close.setObjectName("verdict.close")
        close.setAccessibleName(self.tr("Hide the result"))
        close.setProperty("flat", True)
        details.clicked.connect(self._on_details_clicked)
        close.clicked.connect(self._on_close_clicked)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._headline, 1)
        head.addWidget(details, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        # The sentences have the whole width: in a narrow window they are long enough as it is.
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(4)
        column.addLayout(head)
        for label in (self._words, self._own, self._note):
            column.addWidget(label)
        column.addWidget(self._recovery_action, 0, Qt.AlignmentFlag.AlignLeft)
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
    ) -> None:
        """Show what came of a send, and what is offered."""
        self._msg_uuid = msg_uuid
        self._status = status
        self._headline.setText(headline)
        sentences = join_sentences((words.happened, words.helps))
        told = "" if status is Status.DELIVERED else sentences
        lines = {self._words: told, self._own: clean(words.own), self._note: offer.sentence}
        for label, line in lines.items():
            label.setText(line)
            label.setVisible(bool(line))
        self._recovery_action.setVisible(offer.recovery_action is not None)
        if offer.recovery_action is not None:
            self._recovery_action.setText(recovery_label(offer.recovery_action))
            self._recovery_action.setAccessibleName(self._recovery_action.text())
            self._recovery_action.setAccessibleDescription(offer.sentence)
        self._paint_status()
        self.show()

    def follow_theme(self) -> None:
        """Take the colours of the theme that is on now."""
        if self._status is not None:
            self._paint_status()

    def _paint_status(self) -> None:
        assert self._status is not None
        strong, soft = colours_of(self._status)
        self.setStyleSheet(
            f"QFrame#verdict {{ background: {soft}; border: none; border-radius: 8px; }}"
            f"QLabel {{ background: transparent; }}"
            f"QLabel#verdict\\.headline {{ color: {strong}; font-weight: 600; }}"
        )

    def _label(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        return label

    def _on_recovery_clicked(self) -> None:
        self.recovery_wanted.emit(self._msg_uuid)

    def _on_details_clicked(self) -> None:
        self.details_wanted.emit(self._msg_uuid)

    def _on_close_clicked(self) -> None:
        self.hide()
        self.dismissed.emit()
