"""Fields for plain text: what stands in them is exactly what was typed or pasted, and nothing else.

Both are `QPlainTextEdit`, the one-line field too, because a `QLineEdit` can neither be read without
loss (PySide drops lone surrogates on the way from Qt to Python, and only a document gives its
characters one by one) nor refuse a paste. Their own undo is off: the form's undo covers them.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QDropEvent,
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTextCursor,
    QTextDocument,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QTextEdit, QWidget

from dingcomposer.core.plain_text import common_start
from dingcomposer.ui.widgets.plain_text import has_endless_word

FIELD_BYTES = 200_000
"""What a field takes by pasting, in UTF-8: ten times what DingTalk takes, and quick to edit."""

PASTE_PLAINLY_KEY = "Ctrl+Shift+V"

# Qt begins a line at each of these; to JSON, to markdown and to the checks none ends a line.
_NO_LINE_ENDS = {"\u2029": "\u2028", "\ufdd0": "\ufffd", "\ufdd1": "\ufffd"}

_DRAGGED: Final = "dragged"
_UNDO_KEYS = ("Ctrl+Z",)
_REDO_KEYS = ("Ctrl+Y", "Ctrl+Shift+Z")


def units(text: str) -> int:
    """Length as Qt counts it, in UTF-16 units."""
    return len(text) if text.isascii() else len(_utf16(text)) // 2


FindPlaces = Callable[[str], Sequence[tuple[int, int]]]
"""Where in a text something stands: from which character to which."""


def mark_places(edit: QTextEdit | QPlainTextEdit, find: FindPlaces | None, ground: str) -> None:
    """Put a colour behind what `find` gives of each paragraph; None takes all marks away."""
    marks: list[QTextEdit.ExtraSelection] = []
    for cursor in cursors_at(edit.document(), find):
        mark = QTextEdit.ExtraSelection()
        mark.cursor = cursor
        mark.format.setBackground(QColor(ground))
        marks.append(mark)
    edit.setExtraSelections(marks)


def cursors_at(document: QTextDocument, find: FindPlaces | None) -> Iterator[QTextCursor]:
    """A cursor over each place that `find` gives of a document's paragraphs, cells among them."""
    block = document.firstBlock()
    while find is not None and block.isValid():
        text = block.text()
        for start, end in find(text):
            cursor = QTextCursor(block)
            cursor.setPosition(block.position() + units(text[:start]))
            cursor.setPosition(block.position() + units(text[:end]), cursor.MoveMode.KeepAnchor)
            yield cursor
        block = block.next()


class TextField(QPlainTextEdit):
    """Plain text that a person edits.

    Signals:
        edited: a person changed the text; read it with `text()`.
        undo_asked, redo_asked: by key or menu; whoever owns the field answers.
        paste_refused(int): so many bytes were too many; nothing was changed.
        picture_pasted(): a picture was pasted or dropped, which no text field takes.
    """

    edited = Signal()
    undo_asked = Signal()
    redo_asked = Signal()
    paste_refused = Signal(int)
    picture_pasted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = self._shown = ""
        self._is_setting = self._is_composing = self._is_pasting = self._is_dragging = False
        self._pastes_plainly = self._is_replacing = False
        self._paste_filter: Callable[[QMimeData], bool] | None = None
        self._keys: dict[str, Callable[[], object]] = {}
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._on_text_changed)
        for key in _UNDO_KEYS:
            self.add_key(key, self.undo_asked.emit)
        for key in _REDO_KEYS:
            self.add_key(key, self.redo_asked.emit)
        self.add_key(PASTE_PLAINLY_KEY, self.paste_plainly)

    def text(self) -> str:
        """What stands in the field; as it was set, until a person changes it."""
        return self._text

    def as_sent(self, shown: str) -> str:
        """What `text` gives where the field shows this."""
        return shown

    @property
    def shown_text(self) -> str:
        """The text as the field has it, every line ended by "\\n"; ranges count in it."""
        return self._shown

    def select(self, start: int, end: int) -> None:
        """Select from `start` to `end` (code points of the shown text); a caret where equal."""
        cursor = self.textCursor()
        cursor.setPosition(units(self._shown[:start]))
        cursor.setPosition(units(self._shown[:end]), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def set_text(self, text: str) -> None:
        """Show a text, changing only what differs, so that caret and scrolling stay near by."""
        if text == self._text:
            return
        if self._is_composing:
            self._is_setting = True
            QGuiApplication.inputMethod().reset()
            self._is_setting = self._is_replacing = False
            self._shown = self._read()
        self._write(text)
        self._text = text

    def edit_text(self, text: str, start: int, end: int) -> None:
        """Change the text as a person would, and select from `start` to `end` (code points)."""
        self._write(text)
        self.select(start, end)
        if self._shown != self._text:
            self._text = self._shown
            self.edited.emit()

    def edit_at_once(self, text: str, start: int, end: int) -> None:
        """As `edit_text`, and a step by itself: a click, however quickly it follows a key."""
        self.paste_as_step(lambda: self.edit_text(text, start, end))

    def selected_range(self) -> tuple[int, int]:
        """Start and end of the selection in code points; equal where there is only a caret."""
        cursor = self.textCursor()
        return self._index(cursor.selectionStart()), self._index(cursor.selectionEnd())

    def paste_plainly(self) -> None:
        """Paste the words alone, whatever they looked like."""
        self._pastes_plainly = True
        self.paste()
        self._pastes_plainly = False

    def paste_as_step(self, change: Callable[[], object]) -> None:
        """Change the text by `change` as a paste does."""
        was_pasting, self._is_pasting = self._is_pasting, True
        try:
            change()
        finally:
            self._is_pasting = was_pasting

    def paste_words(self, words: str) -> None:
        """Paste these words, as if they had been copied."""
        source = QMimeData()
        source.setText(words)
        self.paste_as_step(lambda: self._insert(source))
        self.setFocus()

    def set_paste_filter(self, takes: Callable[[QMimeData], bool]) -> None:
        """`takes` sees each paste and drop first; where it says True, it is not for this field."""
        self._paste_filter = takes

    @property
    def is_composing(self) -> bool:
        """True while an input method shows letters that are not yet text."""
        return self._is_composing

    def step_key(self, path: str) -> str:
        """The key of the step that is `edited` now, for undo: that of the field where it is typed.

        What is pasted is a step by itself, "". Words that are dragged from one field to another are
        gone here and stand there in one step.
        """
        if self._is_dragging:
            return _DRAGGED
        return "" if self._is_pasting else path

    def put_caret(self, anchor: int, position: int) -> None:
        """Select from `anchor` to `position` (UTF-16 units), as far as the text reaches."""
        end = self.document().characterCount() - 1
        cursor = self.textCursor()
        cursor.setPosition(min(max(anchor, 0), end))
        cursor.setPosition(min(max(position, 0), end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def add_key(self, sequence: str, answer: Callable[[], object]) -> None:
        """Call `answer` on a key while the field has the focus, before Qt takes it."""
        self._keys[QKeySequence(sequence).toString()] = answer

    def event(self, event: QEvent) -> bool:
        """Claim the field's own keys before a menu does; keep the ground filled."""
        kind = event.type()
        if (
            kind == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._answer_to(event)
        ):
            event.accept()
            return True
        is_done = super().event(event)
        if kind in (QEvent.Type.Polish, QEvent.Type.StyleChange):
            self._fill_ground()
        return is_done

    def show_fault(self, *, is_faulty: bool) -> None:
        """Mark the field as one that would be refused, or take the mark away."""
        if bool(self.property("fault")) != is_faulty:
            self.setProperty("fault", is_faulty)
            self.style().unpolish(self)
            self.style().polish(self)
            self._fill_ground()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was composed is over, whatever the input method said of it."""
        super().focusOutEvent(event)
        self._end_replacing()

    def _end_replacing(self) -> None:
        if self._is_replacing:
            self._is_replacing = False
            self._on_text_changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the field's own keys; the rest is typing."""
        self._end_replacing()  # a key that comes through is none of an input method's
        answer = self._answer_to(event)
        if answer is None:
            super().keyPressEvent(event)
        else:
            answer()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether something is being composed.

        Qt takes the selection away with its first letter. That is told with the word in its place.
        """
        is_composing, was_replacing = bool(event.preeditString()), self._is_replacing
        if is_composing and not self._is_composing:
            self._is_replacing = self.textCursor().hasSelection()
        if event.commitString() or not is_composing:
            self._is_replacing = False
        self._is_composing = is_composing
        super().inputMethodEvent(event)
        if was_replacing and not self._is_replacing:
            self._on_text_changed()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text; and a picture, to say why it is not taken."""
        return source.hasText() or source.hasImage()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Insert plain text; refuse what is far beyond any message and say how large it is."""
        if self._paste_filter is not None and self._paste_filter(source):
            return
        if not self._has_words(source):
            if source.hasImage():
                self.picture_pasted.emit()
            return
        pasted = len(_utf8(source.text()))
        kept = len(_utf8(self._text)) - len(_utf8(self.textCursor().selectedText()))
        if pasted + kept > FIELD_BYTES:
            self.paste_refused.emit(pasted)
            return
        self.paste_as_step(lambda: self._insert(source))

    def dropEvent(self, event: QDropEvent) -> None:
        """What is dropped comes as a paste does; Qt tells of it only once all is done."""
        with self._dragged():
            self.paste_as_step(lambda: super(TextField, self).dropEvent(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """All of a drag happens in here, up to its end, where the words that were moved go."""
        with self._dragged():
            super().mouseMoveEvent(event)
        left = Qt.MouseButton.LeftButton
        if event.buttons() & left and not QGuiApplication.mouseButtons() & left:
            # WORKAROUND(PySide6 6.11): a drag ends without a release. Qt goes on scrolling to where
            # it led, by moves with the button down, which begin a drag anew: no key does anything.
            place, none = event.position(), Qt.MouseButton.NoButton
            kind, keys = QEvent.Type.MouseButtonRelease, event.modifiers()
            where = (place, event.scenePosition(), event.globalPosition())
            super().mouseReleaseEvent(QMouseEvent(kind, *where, left, none, keys))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The usual menu, whose undo and redo are the form's."""
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asks = {"edit-undo": self.undo_asked, "edit-redo": self.redo_asked}
        for old in menu.actions():
            if old.objectName() in asks:
                new = QAction(old.text().split("\t")[0], menu)
                new.triggered.connect(asks[old.objectName()])
                menu.insertAction(old, new)
                menu.removeAction(old)
        menu.popup(event.globalPos())

    @contextmanager
    def _dragged(self) -> Iterator[None]:
        before, self._is_dragging = self._is_dragging, True
        try:
            yield
        finally:
            self._is_dragging = before

    def _fill_ground(self) -> None:
        # The style sheet paints a ground behind the words, and takes this away; without it each
        # key has everything painted that the field stands in.
        self.viewport().setAutoFillBackground(True)

    def _has_words(self, source: QMimeData) -> bool:
        return source.hasText()

    def _insert(self, source: QMimeData) -> None:
        # Qt inserts by itself: source.text() has lost lone surrogates on its way to Python.
        super().insertFromMimeData(source)

    def _answer_to(self, event: QKeyEvent) -> Callable[[], object] | None:
        return self._keys.get(QKeySequence(event.keyCombination()).toString())

    def _on_text_changed(self) -> None:
        if not self._is_setting and not self._is_replacing:
            self._take()

    def _take(self) -> None:
        # Composing and highlighting change the document, too, and not the text.
        shown = self._read()
        if shown != self._shown:
            self._shown = self._text = shown
            self.edited.emit()

    def _read(self) -> str:
        document = self.document()
        raw = document.toRawText()
        length = document.characterCount() - 1
        # As many letters as units: none of them takes two, and no lone surrogate was lost.
        if len(raw) != length and units(raw) != length:
            halves = "".join(document.characterAt(place) for place in range(length))
            raw = _utf16(halves).decode("utf-16-le", "surrogatepass")
        return raw.replace("\u2029", "\n")

    def _write(self, text: str) -> None:
        old, new = self._shown, text.replace("\r\n", "\n")
        for sign, other in _NO_LINE_ENDS.items():
            new = new.replace(sign, other)
        head = common_start(old, new)
        tail = common_start(old[head:][::-1], new[head:][::-1])
        cursor = self.textCursor()
        cursor.setPosition(units(old[:head]))
        cursor.setPosition(units(old[: len(old) - tail]), QTextCursor.MoveMode.KeepAnchor)
        self._is_setting = True
        cursor.insertText(new[head : len(new) - tail])
        self._is_setting = False
        self.setTextCursor(cursor)
        self._shown = self._read()

    def _index(self, place: int) -> int:
        return len(_utf16(self._shown)[: 2 * place].decode("utf-16-le", "surrogatepass"))


class TextBox(TextField):
    """Several lines of plain text, wrapped at the field's edge."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrapMode(_wrap_mode(""))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)

    def sizeHint(self) -> QSize:
        """A few lines; a layout gives it what else there is."""
        return QSize(super().sizeHint().width(), 6 * self.fontMetrics().lineSpacing())

    def _read(self) -> str:
        text = super()._read()
        mode = _wrap_mode(text)
        if mode is not self.wordWrapMode():
            self.setWordWrapMode(mode)
        return text


class TextLine(TextField):
    """One line of plain text.

    Signals:
        entered: Enter was pressed.
        left: the keyboard focus went elsewhere.
    """

    entered = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(1)
        # Qt scrolls by a line where the height lacks a pixel: the only one would be out of sight.
        self.verticalScrollBar().rangeChanged.connect(self._keep_in_sight)
        self._fit()

    def _keep_in_sight(self, _least: int, most: int) -> None:
        if most:
            self.verticalScrollBar().setRange(0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter enters; up and down belong to whatever the field stands in."""
        key = event.key()
        if self._answer_to(event) is None:
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                event.ignore()
                if not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                    self.entered.emit()
                return
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                event.ignore()
                return
        super().keyPressEvent(event)

    def set_text(self, text: str) -> None:
        """Show a text, from its beginning unless somebody is writing here."""
        if text == self.text():
            return
        super().set_text(text)
        if not self.hasFocus():
            self.moveCursor(QTextCursor.MoveOperation.Start)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select all when the Tab key leads here, as in any one-line field."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Drop the selection and say that the field was left."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)
            self.left.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the form scroll."""
        event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _insert(self, source: QMimeData) -> None:
        text = source.text().strip("\r\n\t ")
        if text == source.text() and "\n" not in text and "\r" not in text:
            super()._insert(source)
        else:
            self.insertPlainText(" ".join(text.split()))

    def _fit(self) -> None:
        margins = round(2 * self.document().documentMargin())
        frame = 12  # border and padding of the style sheet, above and below
        self.setFixedHeight(self.fontMetrics().height() + margins + frame)


def _wrap_mode(text: str) -> QTextOption.WrapMode:
    """A word longer than a line is broken: nothing ever stands outside of the field."""
    modes = QTextOption.WrapMode
    is_endless = has_endless_word(text)
    return modes.WrapAnywhere if is_endless else modes.WrapAtWordBoundaryOrAnywhere


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")
