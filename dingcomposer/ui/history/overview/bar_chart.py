"""Bar chart: a few values as bars, upright or lying, each of which can be chosen.

By the mouse a click chooses and hovering tells the figure; by the keyboard the arrows walk over the
bars, telling each figure too, and Enter chooses. A screen reader hears each bar's words. No bar is
told by its colour alone.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QHelpEvent,
    QIcon,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from dingcomposer.core.records import dataclass
from dingcomposer.ui import theme
from dingcomposer.ui.widgets.plain_text import plain_tip

ROW_PX = 22
_GAP_PX = 8
_SIGN_PX = 16
_LEAST_BAR_PX = 2.0
_LEAST_COLUMN_PX = 3.0
_AXIS_PX = 16
_MOST_COLUMN_PX = 28.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One value. `words` say all of it; `label` and `figure` are drawn where there is room.

    `colour` is None for the accent's. `choice` is what is told when it is chosen.
    """

    label: str
    figure: str
    value: int
    words: str
    choice: object
    colour: str | None = None
    sign: QIcon | None = None


class BarChart(QWidget):
    """Shows bars. Upright ones stand on a line from left to right, lying ones below each other.

    Signals:
        chosen(object): a person chose the bar with this `choice`.
    """

    chosen = Signal(object)

    def __init__(
        self, name: str, title: str, parent: QWidget | None = None, *, is_upright: bool = False
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._is_upright = is_upright
        self._bars: tuple[Bar, ...] = ()
        self._current = -1
        self._hovered = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        vertical = QSizePolicy.Policy.Expanding if is_upright else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, vertical)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """What is shown."""
        return self._bars

    @property
    def current(self) -> Bar | None:
        """The bar that the keyboard is at."""
        return self._bars[self._current] if 0 <= self._current < len(self._bars) else None

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these instead."""
        if tuple(bars) != self._bars:
            self._bars = tuple(bars)
            self._current = min(self._current, len(self._bars) - 1)
            self._hovered = -1
            self.setAccessibleDescription("\n".join(bar.words for bar in self._bars))
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Lying bars need a row each."""
        if self._is_upright:
            return QSize(240, 4 * ROW_PX)
        return QSize(200, max(len(self._bars), 1) * ROW_PX)

    def minimumSizeHint(self) -> QSize:
        """Words are cut, bars are not."""
        return QSize(120, self.sizeHint().height() if not self._is_upright else 3 * ROW_PX)

    # Keyboard and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Enter and Space choose."""
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Home: -len(self._bars),
            Qt.Key.Key_End: len(self._bars),
        }
        if event.key() in steps and self._bars:
            self._go_to(self._current + steps[Qt.Key(event.key())])
            place = self.mapToGlobal(self._place_of(self._current))
            QToolTip.showText(place, plain_tip(self._bars[self._current].words), self)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if (bar := self.current) is not None:
                self.chosen.emit(bar.choice)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first time, the keyboard stands at the first lying bar, or the newest upright one."""
        super().focusInEvent(event)
        if self._current < 0 and self._bars:
            self._go_to(len(self._bars) - 1 if self._is_upright else 0)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The bar below the mouse is lifted out."""
        self._hover(self._at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """No bar is below the mouse any more."""
        super().leaveEvent(event)
        self._hover(-1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click chooses."""
        at = self._at(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and at >= 0:
            self._current = at
            self.update()
            self.chosen.emit(self._bars[at].choice)

    def event(self, event: QEvent) -> bool:
        """Hovering tells the figure."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self._at(event.pos())
            QToolTip.showText(
                event.globalPos(), plain_tip(self._bars[at].words) if at >= 0 else "", self
            )
            return True
        return super().event(event)

    def _hover(self, at: int) -> None:
        if at != self._hovered:
            self._hovered = at
            cursor = Qt.CursorShape.PointingHandCursor if at >= 0 else Qt.CursorShape.ArrowCursor
            self.setCursor(cursor)
            self.update()

    def _go_to(self, at: int) -> None:
        self._current = min(max(at, 0), len(self._bars) - 1)
        words = self._bars[self._current].words
        self.setAccessibleDescription(words)
        told = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(told)
        self.update()

    def _place_of(self, at: int) -> QPoint:
        """A place in a bar's column or row, from where its words hide no other bar's head."""
        if self._is_upright:
            return QPoint(int((at + 0.5) * self._column_px()), self.height() // 2)
        return QPoint(self.width() // 2, (at + 1) * ROW_PX - 16)  # Qt goes on below the mouse

    def _at(self, place: QPoint) -> int:
        """Which bar is at a place: its whole row or column counts; -1 for none."""
        if not self._bars or not self.rect().contains(place):
            return -1
        px = self._column_px() if self._is_upright else float(ROW_PX)
        at = int((place.x() if self._is_upright else place.y()) / px)
        return at if at < len(self._bars) else -1

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws in the theme that is on."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = max((bar.value for bar in self._bars), default=0) or 1
        for at, bar in enumerate(self._bars):
            if self._is_upright:
                self._draw_column(painter, at, bar, most)
            else:
                self._draw_row(painter, at, bar, most)
        if self._is_upright:
            self._draw_axis(painter)
        painter.end()

    def _column_px(self) -> float:
        return min(max(self.width() / max(len(self._bars), 1), _LEAST_COLUMN_PX), 64.0)

    def _draw_column(self, painter: QPainter, at: int, bar: Bar, most: int) -> None:
        on = theme.current()
        column = self._column_px()
        width = min(max(column - 2, 1.5), _MOST_COLUMN_PX)
        room = self.height() - _AXIS_PX - 4
        height = max(room * bar.value / most, _LEAST_BAR_PX if bar.value else 0.0)
        place = QRectF(
            at * column + (column - width) / 2, self.height() - _AXIS_PX - height, width, height
        )
        self._mark(painter, at, QRectF(at * column, 0, column, self.height() - 1))
        painter.fillRect(place, QColor(bar.colour or on.accent))

    def _draw_axis(self, painter: QPainter) -> None:
        """A line below the columns, and below it as many labels as have room."""
        on = theme.current()
        column = self._column_px()
        base = self.height() - _AXIS_PX
        painter.setPen(QPen(QColor(on.line), 1))
        painter.drawLine(0, base, int(column * len(self._bars)), base)
        painter.setPen(QColor(on.quiet))
        metrics = painter.fontMetrics()
        taken: list[tuple[float, float]] = []
        # A year says more than the months round it.
        for at in sorted(range(len(self._bars)), key=lambda at: len(self._bars[at].label) < 4):
            label = self._bars[at].label
            width = metrics.horizontalAdvance(label)
            left = min(max(at * column + (column - width) / 2, 0), max(self.width() - width, 0))
            right = left + width
            is_free = all(right + _GAP_PX <= a or left >= b + _GAP_PX for a, b in taken)
            if is_free and right <= self.width() + 1:
                painter.drawText(QPoint(int(left), self.height() - 3), label)
                taken.append((left, right))

    def _draw_row(self, painter: QPainter, at: int, bar: Bar, most: int) -> None:
        on = theme.current()
        metrics = painter.fontMetrics()
        top = at * ROW_PX
        self._mark(painter, at, QRectF(0, top, self.width(), ROW_PX))
        left = 4
        if bar.sign is not None:
            bar.sign.paint(painter, left, top + (ROW_PX - _SIGN_PX) // 2, _SIGN_PX, _SIGN_PX)
            left += _SIGN_PX + 6
        figures = max(metrics.horizontalAdvance(one.figure) for one in self._bars)
        right = self.width() - 4
        widest = max(metrics.horizontalAdvance(one.label) for one in self._bars)
        words = min(max((right - left - figures - 2 * _GAP_PX) * 13 // 20, 40), widest)
        bars = right - figures - _GAP_PX - (left + words + _GAP_PX)
        base = top + (ROW_PX + metrics.ascent() - metrics.descent()) // 2
        painter.setPen(QColor(on.text))
        cut = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, words)
        painter.drawText(QPoint(left, base), cut)
        if bars > 0:
            width = max(bars * bar.value / most, _LEAST_BAR_PX)
            place = QRectF(left + words + _GAP_PX, top + 6, width, ROW_PX - 12)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(bar.colour or on.accent))
            painter.drawRoundedRect(place, 2, 2)
        painter.setPen(QColor(on.quiet))
        painter.drawText(QPoint(right - metrics.horizontalAdvance(bar.figure), base), bar.figure)

    def _mark(self, painter: QPainter, at: int, place: QRectF) -> None:
        """What is below the mouse, and where the keyboard is."""
        on = theme.current()
        if at == self._hovered:
            painter.fillRect(place, QColor(on.accent_soft))
        if at == self._current and self.hasFocus():
            painter.setPen(QPen(QColor(on.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place.adjusted(0.75, 0.75, -0.75, -0.75), 4, 4)
