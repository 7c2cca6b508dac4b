"""Text box with a gutter, in which lines bear a small mark with words behind it."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
)
from PySide6.QtWidgets import QToolTip, QWidget

from dingcomposer.ui import theme
from dingcomposer.ui.widgets.icons import paint_icon
from dingcomposer.ui.widgets.plain_text import plain_tip
from dingcomposer.ui.widgets.text_fields import TextBox

MARGIN_PX = 14
_ICON_SIDE = 16
_SIGN_PX = 11
_UNMARKED = -1  # the state of a block that never had one


class GutterEditor(TextBox):
    """Shows marks beside lines. A mark stays with its line while others come and go around it.

    `overlay`, where one is set, draws over the words, within the rectangle that is drawn anew.

    Signals:
        marks_moved: a mark stands beside another number than before, or there are other marks.
        caret_moved: the caret stands in another line, or that line has other words.
    """

    marks_moved = Signal()
    caret_moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: list[str] = []
        self._seen: dict[int, str] = {}
        self._caret = (0, "")
        self._has_margin = self._has_numbers = False
        self._own_size = self.font().pointSizeF()
        self.overlay: Callable[[QPainter, QRect], None] | None = None
        self.margin = Gutter(self)
        self.margin.hide()
        self.blockCountChanged.connect(self._on_lines_changed)
        self.cursorPositionChanged.connect(self._on_caret_moved)

    @property
    def marks(self) -> dict[int, str]:
        """The words beside each marked line, from line 0 on."""
        return self._seen

    @property
    def caret_line(self) -> int:
        """The line in which the caret stands, from 0 on."""
        return self.textCursor().blockNumber()

    @property
    def caret_words(self) -> str:
        """What is said about the caret's line; "" for nothing."""
        return self.words_of(self.textCursor().block())

    def line_at(self, y: int) -> QTextBlock:
        """The line at a height of the viewport; the last one below it."""
        # Not by `cursorForPosition`: it counts what is being composed, which is no text yet.
        line = self.firstVisibleBlock()
        bottom = self.blockBoundingGeometry(line).translated(self.contentOffset()).bottom()
        while bottom <= y and line.next().isValid():
            line = line.next()
            bottom += self.blockBoundingRect(line).height()
        return line

    def words_of(self, line: QTextBlock) -> str:
        """What is said about a line of the document; "" for nothing."""
        return self._words[line.userState()] if line.userState() > _UNMARKED else ""

    def set_margin(self, *, has_margin: bool) -> None:
        """Whether there is a margin for marks."""
        self._has_margin = has_margin
        self._show_margin()

    def set_line_numbers(self, *, has_numbers: bool) -> None:
        """Whether the lines are numbered, in the margin."""
        self._has_numbers = has_numbers
        self._show_margin()
        self.margin.update()

    def set_zoom(self, percent: int) -> None:
        """Show the words so many percent of their usual size."""
        font = self.font()
        font.setPointSizeF(self._own_size * percent / 100)
        self.setFont(font)
        self._show_margin()

    @property
    def numbers_px(self) -> int:
        """How wide the line numbers are; room for three digits, so that few lines move nothing."""
        if not self._has_numbers:
            return 0
        digits = max(3, len(str(self.blockCount())))
        return self.fontMetrics().horizontalAdvance("0" * digits) + 6

    def _show_margin(self) -> None:
        is_shown = self._has_margin or self._has_numbers
        width = self.numbers_px + (MARGIN_PX if is_shown else 0)
        if self.margin.isHidden() == is_shown or width != self.viewportMargins().left():
            self.margin.setVisible(is_shown)
            self.setViewportMargins(width, 0, 0, 0)
            self._place_margin()

    def set_marks(self, marks: Mapping[int, str]) -> None:
        """Put marks beside these lines, from 0 on, and take all others away."""
        if not marks and not self._words:
            return
        self._words = list(dict.fromkeys(marks.values()))
        states = {words: number for number, words in enumerate(self._words)}
        line = self.document().begin()
        number = 0
        while line.isValid():
            state = states[marks[number]] if number in marks else _UNMARKED
            if line.userState() != state:
                line.setUserState(state)
            line, number = line.next(), number + 1
        self._on_lines_changed()
        self._on_caret_moved()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words, and what is drawn over them."""
        super().paintEvent(event)
        if self.overlay is not None:
            painter = QPainter(self.viewport())
            self.overlay(painter, event.rect())
            painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the margin at the left edge."""
        super().resizeEvent(event)
        self._place_margin()

    def _place_margin(self) -> None:
        seen = self.viewport().geometry()
        width = self.viewportMargins().left()
        self.margin.setGeometry(seen.left() - width, seen.top(), width, seen.height())

    def _on_lines_changed(self) -> None:
        if self._has_numbers:
            self._show_margin()
            self.margin.update()
        seen: dict[int, str] = {}
        line = self.document().begin() if self._words else QTextBlock()
        number = 0
        while line.isValid():
            if line.userState() > _UNMARKED:
                seen[number] = self._words[line.userState()]
            line, number = line.next(), number + 1
        if seen != self._seen:
            self._seen = seen
            self.margin.update()
            self.marks_moved.emit()

    def _on_caret_moved(self) -> None:
        caret = (self.caret_line, self.caret_words)
        if caret != self._caret:
            if self._has_numbers and caret[0] != self._caret[0]:
                self.margin.update()
            self._caret = caret
            self.setAccessibleDescription(caret[1])
            self.caret_moved.emit()


class Gutter(QWidget):
    """The margin itself: a triangle beside each marked line, a bar where lines say the same.

    Hovering over a mark says its words; a click leads to the line.
    """

    def __init__(self, box: GutterEditor) -> None:
        super().__init__(box)
        self.setObjectName("marks")
        self.setAccessibleName(self.tr("Marks"))
        self._box = box
        box.updateRequest.connect(self._on_update_request)

    def sign_rect(self, line: QTextBlock) -> QRect:
        """Where the sign of a line stands: in the middle beside the first row of its words."""
        row = self._box.cursorRect(QTextCursor(line))
        left = 1 + self._box.numbers_px
        return QRect(left, row.center().y() - _SIGN_PX // 2, _SIGN_PX, _SIGN_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The numbers and the signs of the lines that are in sight."""
        if not self._box.marks and not self._box.numbers_px:
            return
        painter = QPainter(self)
        self._paint_numbers(painter, event.rect())
        line = self._box.line_at(event.rect().top())
        while line.isValid() and self.sign_rect(line).top() <= event.rect().bottom():
            self._paint_sign(painter, line)
            line = line.next()
        if line.isValid():  # its bar begins higher up
            self._paint_sign(painter, line)
        painter.end()

    def _paint_numbers(self, painter: QPainter, dirty: QRect) -> None:
        """Each number beside the first row of its line; that of the caret's line is plainer."""
        width = self._box.numbers_px - 6
        if width <= 0:
            return
        now = theme.current()
        painter.setFont(self._box.font())
        line = self._box.line_at(dirty.top())
        while line.isValid():
            row = self._box.cursorRect(QTextCursor(line))
            if row.top() > dirty.bottom():
                break
            is_here = line.blockNumber() == self._box.caret_line
            painter.setPen(QColor(now.quiet if is_here else now.faint))
            place = QRect(0, row.top(), width, row.height())
            right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(place, right, str(line.blockNumber() + 1))
            line = line.next()

    def _paint_sign(self, painter: QPainter, line: QTextBlock) -> None:
        """A triangle; below one that says the same, a bar that goes on from it."""
        words = self._box.words_of(line)
        if not words:
            return
        colour = QColor(theme.current().warn)
        place = self.sign_rect(line)
        if words == self._box.words_of(line.previous()):
            above = self.sign_rect(line.previous()).bottom() + 2
            bar = QRectF(place.left() - 1 + _SIGN_PX / 2, above, 2, place.bottom() - above + 1)
            painter.fillRect(bar, colour)
            return
        painter.save()
        painter.translate(QPointF(place.topLeft()))
        painter.scale(_SIGN_PX / _ICON_SIDE, _SIGN_PX / _ICON_SIDE)
        paint_icon(painter, "warns", QPointF(0, 0), colour)
        painter.restore()

    def event(self, event: QEvent) -> bool:
        """Says what the mark under the pointer means."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = self._box.words_of(self._box.line_at(event.pos().y()))
            tip = "".join(plain_tip(sentence) for sentence in words.split("\n"))
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click leads to the line."""
        self._box.setTextCursor(QTextCursor(self._box.line_at(event.position().toPoint().y())))
        self._box.setFocus()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The rest of the click; it is not for what lies below."""

    def _on_update_request(self, rect: QRect, dy: int) -> None:
        if dy:
            self.scroll(0, dy)
        elif self._box.marks or self._box.numbers_px:
            self.update(0, rect.top(), self.width(), rect.height())
