"""The field into which anything is pasted, and the sentence that says what was in it."""

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from dingcomposer.core.webhook import PastedError, PastedFault, PastedWebhook, parse_pasted
from dingcomposer.ui.robots.form_fields import show_note
from dingcomposer.ui.texts.paste import pasted_fault, pasted_note
from dingcomposer.ui.texts.translate import join_names, join_sentences
from dingcomposer.ui.widgets.text_fields import TextBox


class PasteField(TextBox):
    """Several lines that are taken apart at once when pasted, or on Enter when typed.

    Signals:
        completed: what stands here is to be taken apart.
        left: the keyboard went elsewhere.
    """

    completed = Signal()
    left = Signal()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste or drop, and say so."""
        before = self.text()
        super().insertFromMimeData(source)
        if self.text() != before:
            self.completed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter completes; Shift+Enter breaks the line."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.completed.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the keyboard went elsewhere."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt's own menu: nothing can be undone here, secrets are not kept for it."""
        QPlainTextEdit.contextMenuEvent(self, event)


class PasteBox(QWidget):
    """Takes pastes apart. What was understood leaves the field; what was not stays to be mended.

    Signals:
        found(Pasted): this was in it.
    """

    found = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None, *, lines: int = 2) -> None:
        super().__init__(parent)
        self.field = PasteField(self)
        self.field.setObjectName(name)
        self.field.setAccessibleName(self.tr("Paste anything"))
        self.field.setPlaceholderText(
            self.tr("Paste the webhook, a curl command, a token or the SEC… secret")
        )
        self.field.setFixedHeight(self.field.fontMetrics().lineSpacing() * lines + 18)
        self.field.completed.connect(self.take)
        self.field.left.connect(self.take)
        self.field.paste_refused.connect(self._on_paste_refused)
        self.sentence = QLabel(self)
        self.sentence.setObjectName(f"{name}.sentence")
        show_note(self.sentence, "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.field)
        column.addWidget(self.sentence)
        self.setFocusProxy(self.field)

    def take(self) -> bool:
        """Take apart what stands in the field; True where nothing is left in it."""
        text = self.field.text()
        if not text.strip():
            return True
        try:
            pasted = parse_pasted(text)
        except PastedError as error:
            show_note(self.sentence, pasted_fault(error.fault), "bad")
            # The next paste takes its place.
            self.field.selectAll()
            return False
        self.field.set_text("")
        if not (pasted.endpoint or pasted.access_token or pasted.secret):
            show_note(self.sentence, self.tr("This is a message, not a webhook."), "bad")
            return True
        show_note(self.sentence, self._words(pasted), "quiet")
        self.found.emit(pasted)
        return True

    def _words(self, pasted: PastedWebhook) -> str:
        things = []
        if pasted.endpoint:
            things.append(self.tr("webhook"))
        if pasted.access_token:
            things.append(self.tr("access token"))
        if pasted.secret:
            things.append(self.tr("signing secret"))
        found = self.tr("Found: {things}.").format(things=join_names(things))
        sentences = [found, *map(pasted_note, pasted.notes)]
        if pasted.message_json is not None:
            sentences.append(self.tr("The command's message was left out."))
        return join_sentences(sentences)

    def _on_paste_refused(self) -> None:
        show_note(self.sentence, pasted_fault(PastedFault.TOO_LONG), "bad")
