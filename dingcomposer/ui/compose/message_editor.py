"""The field of a message's text, in which a line is a line.

In markdown, DingTalk draws a line end inside a paragraph as a space. So Enter writes the two spaces
that keep it, and pasting puts them behind pasted lines; a small sign stands where they do. What
was copied with its looks is pasted as markdown.
"""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextCursor,
    QTextDocumentFragment,
)
from PySide6.QtWidgets import QWidget

from dingcomposer.core.limits import LINE_BREAK
from dingcomposer.ui import theme
from dingcomposer.ui.compose import formatting
from dingcomposer.ui.widgets.gutter_editor import GutterEditor

if TYPE_CHECKING:
    # At run time with the first paste of its kind.
    from dingcomposer.ui.compose.rich_paste import RichPaste

_MOST_CHARACTERS: Final = 40_000
"""A longer text is pasted as it is: it cannot be sent anyway."""

_SIGN_PX: Final = 7
_NONE: Final = -1
_KEYPAD: Final = Qt.KeyboardModifier.KeypadModifier


class MessageEditor(GutterEditor):
    """Keeps lines apart while `set_markdown` and `set_line_breaks` both say so.

    Signals:
        tables_chosen(bool): a person chose what becomes of pasted tables: lines where True.
        markdown_wanted(str): a person wants this text, in a message in markdown.
    """

    tables_chosen = Signal(bool)
    markdown_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_markdown = self._can_become = False
        self._breaks_lines = self._tables_as_lines = True
        self._rich: RichPaste | None = None
        self._written = _NONE  # the line behind which Enter wrote its spaces last
        self._begun: tuple[int, str] | None = None  # a line, as it was before letters were composed

    def set_markdown(self, *, is_markdown: bool, can_become: bool = False) -> None:
        """Whether the text is DingTalk's markdown; if not, whether the message may become so."""
        self._can_become = can_become
        if is_markdown != self._is_markdown:
            self._is_markdown = is_markdown
            self.viewport().update()
            if self._rich is not None:
                self._rich.bar.close_bar()

    def set_line_breaks(self, *, breaks_lines: bool) -> None:
        """Whether Enter and pasting write the two spaces that keep a line."""
        self._breaks_lines = breaks_lines

    def set_tables_as_lines(self, *, as_lines: bool) -> None:
        """Whether a pasted table becomes lines, which phones draw, too."""
        self._tables_as_lines = as_lines
        if self._rich is not None:
            self._rich.set_tables_as_lines(as_lines=as_lines)

    @property
    def _keeps_lines(self) -> bool:
        return self._is_markdown and self._breaks_lines

    # --- typing ---------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ends a line for the group, too."""
        if not self._keeps_lines or self.is_composing or self._answer_to(event) is not None:
            super().keyPressEvent(event)
            return
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.modifiers() & ~_KEYPAD:
            self._end_line()
            return
        before = self._line()
        super().keyPressEvent(event)
        self._look_after(before)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """What was composed is looked after as what was typed is, once nothing is composed."""
        before = self._begun or self._line()
        super().inputMethodEvent(event)
        self._begun = before if self.is_composing else None
        if self._keeps_lines and not self.is_composing:
            self._look_after(before)

    def _line(self) -> tuple[int, str]:
        block = self.textCursor().block()
        return block.blockNumber(), block.text()

    def _end_line(self) -> None:
        from dingcomposer.core.dialect.line_breaks import line_end

        cursor = self.textCursor()
        number = self._line()[0]
        is_blank = not cursor.hasSelection() and not cursor.block().text()
        cursor.beginEditBlock()
        if is_blank and self._written == number - 1 >= 0:
            self._take_spaces(cursor)
            cursor.insertText("\n")
        else:
            made = line_end(self.shown_text[: self.selected_range()[0]])
            cursor.insertText(made)
            is_written = made.startswith(LINE_BREAK)
            self._written = cursor.blockNumber() - 1 if is_written else _NONE
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _take_spaces(self, cursor: QTextCursor) -> None:
        """Take the spaces that Enter wrote from the line above: it needs none."""
        self._written = _NONE
        above = cursor.block().previous()
        if above.text().endswith(LINE_BREAK):
            spaces = QTextCursor(above)
            spaces.setPosition(above.position() + above.length() - 1)
            keep = QTextCursor.MoveMode.KeepAnchor
            spaces.movePosition(QTextCursor.MoveOperation.PreviousCharacter, keep, len(LINE_BREAK))
            spaces.removeSelectedText()

    def _look_after(self, before: tuple[int, str]) -> None:
        """A line that was begun: is it an item, does it stand below a list, or go on in a quote?"""
        from dingcomposer.core.dialect.line_breaks import (
            begins_block,
            may_be_mark,
            runs_into_block,
            runs_on_in_quote,
        )

        number, line = self._line()
        if number != before[0] or line == before[1] or number == 0:
            return
        if self._written == number - 1:
            if not may_be_mark(line):
                self._written = _NONE
            elif begins_block(self._text_to(number)):
                self._take_spaces(self.textCursor())
            return
        block = self.textCursor().block()
        is_quoted = line.startswith(">")
        marks = "> " if is_quoted else ""
        if not _is_begun(before[1].lstrip(marks), line.lstrip(marks)):
            return
        text = self._text_to(number)
        if is_quoted and runs_on_in_quote(text):
            above = QTextCursor(block.previous())
            above.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            above.insertText(LINE_BREAK)
        elif not is_quoted and runs_into_block(text):
            QTextCursor(block).insertText("\n")
            self.ensureCursorVisible()

    def _text_to(self, number: int) -> str:
        return "\n".join(self.shown_text.split("\n")[: number + 1])

    # --- pasting --------------------------------------------------------------------------------

    @property
    def rich_paste(self) -> "RichPaste":
        """Pastes what has looks, and says what of them is lost."""
        from dingcomposer.ui.compose.rich_paste import RichPaste

        if self._rich is None:
            self._rich = RichPaste(self, as_lines=self._tables_as_lines)
            self._rich.tables_chosen.connect(self._on_tables_chosen)
            self._rich.markdown_wanted.connect(self.markdown_wanted)
        return self._rich

    def _on_tables_chosen(self, as_lines: bool) -> None:
        self._tables_as_lines = as_lines
        self.tables_chosen.emit(as_lines)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Words with their looks, too."""
        return super().canInsertFromMimeData(source) or source.hasHtml()

    def _has_words(self, source: QMimeData) -> bool:
        takes_looks = self._is_markdown or self._can_become
        return super()._has_words(source) or (takes_looks and source.hasHtml())

    def _insert(self, source: QMimeData) -> None:
        is_address = source.hasText() and formatting.is_address(source.text())
        has_looks = source.hasHtml() and not self._pastes_plainly and not is_address
        if has_looks and self._is_markdown and self.rich_paste.insert(source.html(), source.text()):
            return
        if not source.hasText():
            words = QTextDocumentFragment.fromHtml(source.html()).toPlainText()
            words = words.replace("\ufffc", "").strip()
            if not words and source.hasImage():
                self.picture_pasted.emit()
                return
            html, source = source.html(), QMimeData()  # the clipboard's own is not ours to change
            source.setHtml(html)
            source.setText(words)
        place = self.selected_range()
        self._insert_plain(source)
        if has_looks and self._can_become:
            self.rich_paste.offer(source.html(), source.text(), place)
        elif has_looks and self._is_markdown:
            self.rich_paste.tell_loss()

    def _insert_plain(self, source: QMimeData) -> None:
        from dingcomposer.core.dialect.line_breaks import with_line_breaks

        words = source.text()
        is_long = len(words) + len(self.shown_text) > _MOST_CHARACTERS
        if not self._keeps_lines or is_long or not ("\n" in words or "\r" in words):
            super()._insert(source)
            return
        start = self.selected_range()[0]
        self._is_setting = True
        super()._insert(source)
        self._is_setting = False
        self._shown = self._read()
        made, end = with_line_breaks(self._shown, start, self.selected_range()[1])
        self.edit_text(made, end, end)

    # --- drawing --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words, and a small sign behind each line that two spaces end."""
        super().paintEvent(event)
        if not self._is_markdown:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.current().quiet), 1))
        block = self.firstVisibleBlock()
        while block.isValid():
            bounds = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if bounds.top() > event.rect().bottom():
                break
            words = block.text()
            if words.endswith(LINE_BREAK) and words.strip() and block.next().isValid():
                end = QTextCursor(block)
                end.setPosition(block.position() + block.length() - 1)
                self._paint_sign(painter, QRectF(self.cursorRect(end)))
            block = block.next()
        painter.end()

    def _paint_sign(self, painter: QPainter, caret: QRectF) -> None:
        """An arrow that turns back, as on the key."""
        left = min(caret.left() + 2, self.viewport().width() - _SIGN_PX - 1.0)
        y = caret.center().y() + 1
        right = left + _SIGN_PX
        painter.drawPolyline([QPointF(right, y - 5), QPointF(right, y + 1), QPointF(left, y + 1)])
        painter.drawPolyline(
            [QPointF(left + 3, y - 2), QPointF(left, y + 1), QPointF(left + 3, y + 4)]
        )


def _is_begun(before: str, now: str) -> bool:
    """True where a line turned into words that can be no mark any more."""
    from dingcomposer.core.dialect.line_breaks import may_be_mark

    return may_be_mark(before) and not may_be_mark(now)
