"""Asks where a missing keyword is to stand, and shows the message as it would be."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.checks.fixes import KeywordOffer, KeywordPlace
from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import Kind
from dingcomposer.ui import theme
from dingcomposer.ui.widgets.layouts import OrderedDialog, resize_within_screen
from dingcomposer.ui.widgets.plain_text import plain_tip


class KeywordDialog(OrderedDialog):
    """Shows one offer at a time, the first at the beginning.

    Signals:
        chosen(KeywordOffer): a person takes this one.
    """

    chosen = Signal(object)

    def __init__(
        self, keyword: str, offers: Sequence[KeywordOffer], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("compose.keyword")
        self.setWindowTitle(self.tr("Insert the keyword"))
        self._keyword = keyword
        words = QLabel(self.tr("Where should “{keyword}” stand?").format(keyword=keyword), self)
        words.setToolTip(plain_tip(words.text()))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(words)
        self._offers: dict[QRadioButton, KeywordOffer] = {}
        self._group = QButtonGroup(self)
        for offer in offers:
            radio = QRadioButton(self._place_words(offer), self)
            radio.setObjectName(f"compose.keyword.{offer.place}")
            radio.setAccessibleName(radio.text())
            self._group.addButton(radio)
            self._offers[radio] = offer
            column.addWidget(radio)
        label = QLabel(self.tr("The message then reads:"), self)
        label.setProperty("quiet", True)
        column.addWidget(label)
        self._result = QPlainTextEdit(self)
        self._result.setObjectName("compose.keyword.result")
        self._result.setAccessibleName(label.text())
        self._result.setReadOnly(True)
        self._result.setTabChangesFocus(True)
        column.addWidget(self._result, 1)
        column.addWidget(self._buttons())
        self._group.buttonClicked.connect(self._show_result)
        first = next(iter(self._offers))
        first.setChecked(True)
        first.setFocus()
        self._show_result()
        resize_within_screen(self, QSize(480, 380))

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(self)
        cancel = box.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setObjectName("compose.keyword.cancel")
        take = QPushButton(self.tr("Insert"), box)
        take.setObjectName("compose.keyword.take")
        take.setProperty("primary", True)
        take.setDefault(True)
        box.addButton(take, QDialogButtonBox.ButtonRole.AcceptRole)
        box.accepted.connect(self._on_taken)
        box.rejected.connect(self.reject)
        return box

    def _place_words(self, offer: KeywordOffer) -> str:
        match offer.place:
            case KeywordPlace.CLOSING_LINE:
                return self.tr("A closing line")
            case KeywordPlace.FIRST_LINE:
                return self.tr("A line at the top")
            case KeywordPlace.TITLE:
                if offer.draft.kind is Kind.FEED_CARD:
                    return self.tr("The first title")
                return self.tr("The title (DingTalk may not count it there)")

    def _offer(self) -> KeywordOffer:
        return next(one for radio, one in self._offers.items() if radio.isChecked())

    def _show_result(self) -> None:
        """The message in words, the keyword marked, at the place where it now stands."""
        offer = self._offer()
        words = _in_words(offer.draft)
        self._result.setPlainText(words)
        is_closing = offer.place is KeywordPlace.CLOSING_LINE
        cursor = self._result.textCursor()
        cursor.movePosition(
            QTextCursor.MoveOperation.End if is_closing else QTextCursor.MoveOperation.Start
        )
        self._result.setTextCursor(cursor)
        document = self._result.document()
        options = type(document).FindFlag.FindBackward if is_closing else type(document).FindFlag(0)
        found = document.find(self._keyword, cursor, options)
        look = QTextCharFormat()
        look.setBackground(QColor(theme.current().accent_soft))
        look.setForeground(QColor(theme.current().accent))
        found.mergeCharFormat(look)
        self._result.ensureCursorVisible()

    def _on_taken(self) -> None:
        self.accept()
        self.chosen.emit(self._offer())


def _in_words(draft: Draft) -> str:
    """A title, a blank line, the text; what the kind has of these."""
    title = "" if draft.kind is Kind.TEXT else draft.title
    return "\n\n".join(filter(None, (title, draft.text)))
