"""The field into which anything is pasted, and the sentence that says what was in it."""

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from dingcomposer.core.pasting.text_reader import is_message
from dingcomposer.core.webhook import (
    PastedError,
    PastedFault,
    PastedNote,
    PastedWebhook,
    parse_pasted,
)
from dingcomposer.ui.robots.form_fields import Tone, keep_line, show_note
from dingcomposer.ui.texts.pasting.pasted import (
    json_trouble,
    pasted_error,
    pasted_fault,
    pasted_left,
    pasted_note,
)
from dingcomposer.ui.texts.translate import join_names, join_sentences
from dingcomposer.ui.widgets.text_fields import TextBox

_WHOSE = frozenset((PastedNote.WECOM_MESSAGE, PastedNote.FEISHU_MESSAGE))
_AROUND_PX = 18  # a field's frame and margins, above and below its lines
_ODD = frozenset((PastedNote.ODD_TOKEN, PastedNote.ODD_SECRET, PastedNote.ODD_PATH))
OF_MESSAGE = _WHOSE | {
    PastedNote.BODY_NOT_JSON,
    PastedNote.BODY_ELSEWHERE,
    PastedNote.BODY_IS_FORM,
    PastedNote.BODY_ENCODED,
    PastedNote.BODY_UNESCAPED,
    PastedNote.BODY_MENDED,
    PastedNote.BODY_VARIABLES,
    PastedNote.MORE_MESSAGES,
    PastedNote.TOO_MANY_MESSAGES,
}
"""What is odd about the message beside a robot."""


class PasteField(TextBox):
    """Several lines that are taken apart at once when pasted, or on Enter when typed.

    Signals:
        completed: what stands here is to be taken apart.
        left: the keyboard went elsewhere.
        confirmed: Enter was pressed, and nothing was left to be taken apart.
    """

    completed = Signal()
    left = Signal()
    confirmed = Signal()

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
            if not self.text().strip():
                self.confirmed.emit()
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
            self.tr("The webhook, and the SEC… secret if the robot checks signatures")
        )
        line_px = self.field.fontMetrics().lineSpacing()
        self.field.setMinimumHeight(line_px + _AROUND_PX)
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.field.completed.connect(self.take)
        self.field.left.connect(self.take)
        self.field.paste_refused.connect(self._on_paste_refused)
        self.sentence = QLabel(self)
        self.sentence.setObjectName(f"{name}.sentence")
        said_px = keep_line(self.sentence)
        self._show("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.field, 1)
        column.addWidget(self.sentence)
        self.setMinimumHeight(line_px * lines + _AROUND_PX + column.spacing() + said_px)
        self.setFocusProxy(self.field)

    def take(self) -> bool:
        """Take apart what stands in the field; True where nothing is left in it."""
        text = self.field.text()
        if not text.strip():
            return True
        try:
            pasted = parse_pasted(text)
        except PastedError as error:
            self._show(pasted_error(error), "bad")
            # The next paste takes its place.
            self.field.selectAll()
            return False
        self.field.set_text("")
        if not (pasted.endpoint or pasted.access_token or pasted.secret):
            if not is_message(pasted.message_json):
                self._show(pasted_fault(PastedFault.NOT_RECOGNISED), "bad")
                return True
            words = [self.tr("This is a message, not a webhook.")]
            words += [pasted_note(note) for note in pasted.notes if note in _WHOSE]
            self._show(join_sentences(words), "bad")
            return True
        self.show_found(pasted)
        return True

    def show_found(self, pasted: PastedWebhook) -> None:
        """Take what was found, here or elsewhere."""
        is_odd = not _ODD.isdisjoint(pasted.notes)
        self._show(self._words(pasted), "warn" if is_odd else "quiet")
        self.found.emit(pasted)

    def _show(self, words: str, tone: Tone = "quiet") -> None:
        """Say something in the room below, which stays; a longer sentence takes from the field."""
        show_note(self.sentence, words, tone)
        self.sentence.show()

    def _words(self, pasted: PastedWebhook) -> str:
        things = []
        if pasted.endpoint:
            things.append(self.tr("webhook"))
        elif pasted.access_token:
            things.append(self.tr("access token"))
        if pasted.secret:
            things.append(self.tr("signing secret"))
        found = self.tr("Found: {things}.").format(things=join_names(things))
        has_message = pasted.message_json is not None
        # What is odd about a message does not matter where it is left out.
        notes = [one for one in pasted.notes if not (has_message and one in OF_MESSAGE)]
        sentences = [found, *map(pasted_note, notes)]
        if pasted.json_place is not None:
            sentences.append(json_trouble(pasted.json_place))
        if has_message:
            sentences.append(self.tr("The message in it was left out: this is about the robot."))
        if pasted.left:
            sentences.append(pasted_left(pasted.left))
        return join_sentences(sentences)

    def _on_paste_refused(self) -> None:
        self._show(pasted_fault(PastedFault.TOO_LONG), "bad")
