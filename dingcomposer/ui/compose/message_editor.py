"""The field of a message's text, in which a line is a line, and a list goes on by itself.

In markdown, DingTalk draws a line end inside a paragraph as a space. So Enter writes the two spaces
that keep it, and pasting puts them behind pasted lines; a small sign stands where they do. In a
list or a quote Enter begins the next item or line of it, and Tab moves items a level. What was
copied with its looks is pasted as markdown.
"""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QMimeData, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextBlock,
    QTextCursor,
    QTextDocumentFragment,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from dingcomposer.core.limits import LINE_BREAK
from dingcomposer.services.background import Background
from dingcomposer.ui import theme
from dingcomposer.ui.compose import formatting
from dingcomposer.ui.widgets.gutter_editor import GutterEditor

if TYPE_CHECKING:
    # At run time once there is something to highlight.
    # At run time with the first paste of its kind.
    from dingcomposer.ui.compose.rich_paste import RichPaste
    from dingcomposer.ui.compose.source.highlighter import SourceHighlighter

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
        zoom_asked(int): one step larger or smaller, by Ctrl and the wheel.
    """

    tables_chosen = Signal(bool)
    markdown_wanted = Signal(str)
    zoom_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_markdown = self._can_become = False
        self._breaks_lines = self._tables_as_lines = True
        self._rich: RichPaste | None = None
        self._written = _NONE  # the line behind which Enter wrote its spaces last
        self._begun: tuple[int, str] | None = None  # a line, as it was before letters were composed
        self._spaced: tuple[int, str] | None = None  # a line at whose end a space was just typed
        self._background: Background | None = None
        self._highlighter: SourceHighlighter | None = None
        self._people: tuple[str, ...] = ()
        self._mark: tuple[int, str] | None = None  # the mark that Enter wrote last, and where
        self._leaves_by_tab = False
        self._both = ("", "")  # a plain text and its markdown, as a change of kind made them last

    def set_markdown(self, *, is_markdown: bool, can_become: bool = False) -> None:
        """Whether the text is DingTalk's markdown; if not, whether the message may become so."""
        self._can_become = can_become
        if is_markdown != self._is_markdown:
            self._is_markdown = is_markdown
            self.viewport().update()
            if self._highlighter is not None:
                self._highlighter.set_markdown(is_markdown=is_markdown)
            if self._rich is not None:
                self._rich.bar.close_bar()

    def set_line_breaks(self, *, breaks_lines: bool) -> None:
        """Whether Enter and pasting write the two spaces that keep a line."""
        self._breaks_lines = breaks_lines

    def text_of_kind(self, *, is_markdown: bool) -> str:
        """The text as a message of another kind has it, in which each line stays one."""
        shown = self.shown_text
        if not self._breaks_lines or "\n" not in shown or len(shown) > _MOST_CHARACTERS:
            return self.text()
        from dingcomposer.core.dialect.line_breaks import in_markdown, in_plain_text

        plain, marked = self._both
        if is_markdown:
            made = marked if shown == plain else in_markdown(shown)
            self._both = (shown, made)
        else:
            made = plain if shown == marked else in_plain_text(shown)
            self._both = (made, shown)
        return made if made != shown else self.text()

    def highlight_with(self, background: Background) -> None:
        """Highlight the text, from the first letter on; what takes long is read there."""
        self._background = background
        self.textChanged.connect(self._load_highlighter)

    def set_people(self, people: tuple[str, ...]) -> None:
        """Who is mentioned: they stand out in the text."""
        self._people = people
        if self._highlighter is not None:
            self._highlighter.set_people(people)

    def _load_highlighter(self) -> None:
        """Its modules are imported in the background: a start has nothing to highlight."""
        if self._background is not None and self.document().characterCount() > 1:
            self.textChanged.disconnect(self._load_highlighter)
            self._background.run(("highlighter", id(self)), _import_highlighter, None, self._begin)

    def _begin(self, highlighter: "type[SourceHighlighter]") -> None:
        assert self._background is not None
        made = self._highlighter = highlighter(self.document(), self._background)
        made.set_people(self._people)
        made.set_markdown(is_markdown=self._is_markdown)

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of the theme that is on."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._highlighter is not None:
            self._highlighter.follow_theme()

    def drop_begun_mark(self) -> None:
        """Take away the mark of an item that Enter began, where nothing was written in it."""
        text = self.shown_text
        if self._mark is None or self.is_composing:
            return
        number, made = self._mark
        self._mark = None
        line = self.document().findBlockByNumber(number).text()
        if line == made:
            start = len(self._text_to(number)) - len(line)
            self.edit_text(text[:start] + text[start + len(line) :], start, start)

    def set_tables_as_lines(self, *, as_lines: bool) -> None:
        """Whether a pasted table becomes lines, which phones draw, too."""
        self._tables_as_lines = as_lines
        if self._rich is not None:
            self._rich.set_tables_as_lines(as_lines=as_lines)

    @property
    def _keeps_lines(self) -> bool:
        return self._is_markdown and self._breaks_lines

    # --- typing ---------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Tab moves the items of a list a level, and elsewhere leaves the field; after Esc, too."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
            and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            and not self._leaves_by_tab
            and self._move_level(inwards=event.key() == Qt.Key.Key_Tab and not event.modifiers())
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ends a line for the group, too, and goes on with a list or a quote."""
        self._leaves_by_tab = event.key() == Qt.Key.Key_Escape
        if not self._is_markdown or self.is_composing or self._answer_to(event) is not None:
            super().keyPressEvent(event)
            return
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        modifiers = event.modifiers() & ~_KEYPAD
        if is_enter and not modifiers & ~Qt.KeyboardModifier.ShiftModifier:
            self._end_line(is_plain=bool(modifiers))
            return
        before = self._line()
        if (event.text().isprintable() and event.text()) or event.key() == Qt.Key.Key_Backspace:
            self._step_before_spaces()
        super().keyPressEvent(event)
        self._spaced = self._line() if event.text() == " " else None
        self._look_after(before)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl the words become larger or smaller."""
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.zoom_asked.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Who comes back begins anew with the Tab key."""
        super().focusOutEvent(event)
        self._leaves_by_tab = False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """What was composed is looked after as what was typed is, once nothing is composed."""
        before = self._begun or self._line()
        if not self.is_composing and (event.preeditString() or event.commitString()):
            self._step_before_spaces()
        super().inputMethodEvent(event)
        self._begun = before if self.is_composing else None
        self._spaced = self._line() if event.commitString().endswith(" ") else None
        if self._is_markdown and not self.is_composing:
            self._look_after(before)

    def _step_before_spaces(self) -> None:
        """Put the caret before the spaces that end its line: what is written there stays in it."""
        cursor, spaced = self.textCursor(), self._spaced
        self._spaced = None
        block = cursor.block()
        line = block.text()
        is_ended = line.endswith(LINE_BREAK) and bool(line.strip()) and block.next().isValid()
        if not self._keeps_lines or not is_ended or spaced == self._line() or cursor.hasSelection():
            return
        end = block.position() + block.length() - 1 - len(LINE_BREAK)
        if cursor.position() > end:
            cursor.setPosition(end)
            self.setTextCursor(cursor)

    def _line(self) -> tuple[int, str]:
        block = self.textCursor().block()
        return block.blockNumber(), block.text()

    def _end_line(self, *, is_plain: bool) -> None:
        from dingcomposer.core.dialect import list_editing

        start, end = self.selected_range()
        text = self.shown_text[:start] + self.shown_text[end:]
        keeps_lines = self._breaks_lines
        made = list_editing.enter(text, start, keeps_lines=keeps_lines, is_plain=is_plain)
        if made is None:
            self._end_line_of_paragraph()
            return
        self.edit_text(made.text, made.start, made.end)
        self.ensureCursorVisible()
        number = self._line()[0]
        is_broken = self.textCursor().block().previous().text().endswith(LINE_BREAK)
        self._written = number - 1 if is_broken and keeps_lines else _NONE
        self._mark = (number, made.made) if made.made.strip() else None

    def _end_line_of_paragraph(self) -> None:
        if not self._keeps_lines:
            self.textCursor().insertText("\n")
            self.ensureCursorVisible()
            return
        from dingcomposer.core.dialect.line_breaks import line_end

        self._step_before_spaces()
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
        self._drop_mark_typed_again(number, line)
        if not self._keeps_lines:
            return
        line = self._line()[1]
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

    def _drop_mark_typed_again(self, number: int, line: str) -> None:
        """Who writes the mark that Enter wrote already means the same one."""
        if self._mark is None:
            return
        from dingcomposer.core.dialect import list_editing

        place, made = self._mark
        is_again = list_editing.is_mark_typed_again(made, line) if place == number else False
        if is_again is not None:
            self._mark = None
        if is_again:
            bare = list_editing.without_mark(made, line)
            start = len(self._text_to(number)) - len(line)
            caret = self.selected_range()[1] - (len(line) - len(bare))
            text = self.shown_text[:start] + bare + self.shown_text[start + len(line) :]
            self.edit_text(text, caret, caret)

    def _move_level(self, *, inwards: bool) -> bool:
        """Whether the key was for a list, where it moves what it can."""
        if not self._is_markdown or self.is_composing:
            return False
        from dingcomposer.core.dialect import list_editing

        start, end = self.selected_range()
        if not list_editing.is_in_list(self.shown_text, start):
            return False
        made = list_editing.move_level(self.shown_text, start, end, inwards=inwards)
        self.edit_at_once(made.text, made.start, made.end)
        self.ensureCursorVisible()
        return True

    def _text_to(self, number: int) -> str:
        return "\n".join(self.shown_text.split("\n")[: number + 1])

    # --- pasting --------------------------------------------------------------------------------

    def end_paste(self) -> None:
        """The draft is another one, whatever changed it: what was pasted stays as it is."""
        if self._rich is not None:
            self._rich.end()

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
        self._step_before_spaces()
        if not self._pastes_plainly and self._insert_address(source.text()):
            return
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

    def _insert_address(self, words: str) -> bool:
        """Whether it was an address that became a link or a picture."""
        if not self._is_markdown or len(words) > _MOST_CHARACTERS:
            return False
        at = formatting.Selection(self.shown_text, *self.selected_range())
        made = formatting.pasted_address(at, words)
        if made is not None:
            self.edit_text(made.text, made.start, made.end)
        return made is not None

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
        signed = self._signed_lines(event.rect())
        if not signed:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.current().quiet), 1))
        for block in signed:
            end = QTextCursor(block)
            end.setPosition(block.position() + block.length() - 1)
            self._paint_sign(painter, QRectF(self.cursorRect(end)))
        painter.end()

    def _signed_lines(self, area: QRect) -> list[QTextBlock]:
        """The lines within an area of the viewport that two spaces end."""
        found = []
        block = self.line_at(area.top())
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        while block.isValid() and top <= area.bottom():
            words = block.text()
            if words.endswith(LINE_BREAK) and words.strip() and block.next().isValid():
                found.append(block)
            top += self.blockBoundingRect(block).height()
            block = block.next()
        return found

    def _paint_sign(self, painter: QPainter, caret: QRectF) -> None:
        """An arrow that turns back, as on the key."""
        left = min(caret.left() + 2, self.viewport().width() - _SIGN_PX - 1.0)
        y = caret.center().y() + 1
        right = left + _SIGN_PX
        painter.drawPolyline([QPointF(right, y - 5), QPointF(right, y + 1), QPointF(left, y + 1)])
        painter.drawPolyline(
            [QPointF(left + 3, y - 2), QPointF(left, y + 1), QPointF(left + 3, y + 4)]
        )


def _import_highlighter(_nothing: None) -> "type[SourceHighlighter]":
    from dingcomposer.ui.compose.source.highlighter import SourceHighlighter

    return SourceHighlighter


def _is_begun(before: str, now: str) -> bool:
    """True where a line turned into words that can be no mark any more."""
    from dingcomposer.core.dialect.line_breaks import may_be_mark

    return may_be_mark(before) and not may_be_mark(now)
