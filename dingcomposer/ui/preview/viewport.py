"""Chat viewport: a PC's or a phone's chat, in which one bubble stands and scrolls."""

from PySide6.QtCore import QEvent, QMargins, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from dingcomposer.ui.preview.bubble import painting
from dingcomposer.ui.preview.bubble import style as dt
from dingcomposer.ui.preview.bubble.bubble import Bubble
from dingcomposer.ui.preview.bubble.style import Device

_EDGE_PX = 2
_CORNER_PX = 18
_PHONE_PX = dt.SCREEN_WIDTH_PX + 2 * _EDGE_PX
_SIGHT_PX = 24  # so much around the place that is followed


class ChatViewport(QScrollArea):
    """Scrolls one bubble on the chat's ground. New content never makes it jump."""

    def __init__(self, bubble: Bubble, device: Device, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bubble = bubble
        self.device = device
        self.setObjectName(f"preview.stage.{device}")
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._ground = _Ground()
        column = QVBoxLayout(self._ground)
        # The right edge leaves room for the scroll bar of a panel as wide as the card needs.
        top = 14 if device is Device.PC else 0
        self._margins = QMargins(dt.FRAME_MARGIN_PX[device], top, 2, 20)
        column.setContentsMargins(self._margins)
        column.addWidget(bubble)
        column.addStretch(1)
        self.setWidget(self._ground)
        self.setStyleSheet(
            "QScrollArea { background: transparent; border: none; }"
            "QAbstractScrollArea::corner { background: transparent; border: none; }"
        )
        self._place = 0
        self._fraction: float | None = None
        self._is_restoring = False
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._on_scrolled)
        bar.rangeChanged.connect(self._on_range_changed)

    def set_look(self, look: dt.Style) -> None:
        """Draw the ground in these colours."""
        if look != self._ground.look:
            self._ground.look = look
            self._ground.update()

    @property
    def fraction(self) -> float:
        """How far down the message is scrolled, 0 to 1."""
        bar = self.verticalScrollBar()
        return bar.value() / bar.maximum() if bar.maximum() else 0.0

    def go_to(self, fraction: float) -> None:
        """Scroll so far down, also when more of the message is there later."""
        self._fraction = fraction
        self._on_range_changed(0, self.verticalScrollBar().maximum())

    def follow(self, line: int | None) -> None:
        """Mark a line of the text and bring it into sight, by as little scrolling as it takes."""
        place = self._span(line)
        if place is None:
            return
        top, bottom = place[0] - _SIGHT_PX, place[1] + _SIGHT_PX
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if top < bar.value() or bottom - top > height:
            self._go_to_px(max(0, top))
        elif bottom > bar.value() + height:
            self._go_to_px(bottom - height)

    def viewportEvent(self, event: QEvent) -> bool:
        """In less room than the card's own width it is made narrower: no sideways scrolling."""
        if event.type() == QEvent.Type.Resize:
            margins = self._margins
            self.bubble.set_room(self.viewport().width() - margins.left() - margins.right())
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is followed and was in sight stays in sight when the stage becomes lower."""
        place, top = self._span(self.bubble.line), self.verticalScrollBar().value()
        was_in_sight = place is not None and top <= place[0] <= top + event.oldSize().height()
        super().resizeEvent(event)
        if was_in_sight:
            self.follow(self.bubble.line)

    def _span(self, line: int | None) -> tuple[int, int] | None:
        """Top and bottom of a line of the text on the ground, which marks it, too."""
        place = self.bubble.show_place(line)
        offset = self.bubble.mapTo(self._ground, QPoint(0, 0)).y()
        return None if place is None else (place[0] + offset, place[1] + offset)

    def _go_to_px(self, place: int) -> None:
        """Scroll there; where the message is not as long yet, once it is."""
        self._place, self._fraction = place, None
        self._on_range_changed(0, self.verticalScrollBar().maximum())

    def _on_scrolled(self, value: int) -> None:
        if not self._is_restoring:
            self._place, self._fraction = value, None

    def _on_range_changed(self, _least: int, most: int) -> None:
        """Qt lays out in steps: a range that shrinks for a moment must not lose the place."""
        self._is_restoring = True
        if self._fraction is not None:
            self._place = round(self._fraction * most)
        self.verticalScrollBar().setValue(min(self._place, most))
        self._is_restoring = False


class BubbleArea(QScrollArea):
    """A message alone, no wider than its place; what is higher scrolls."""

    def __init__(self, bubble: Bubble, parent: QWidget) -> None:
        super().__init__(parent)
        self._bubble = bubble
        self.setProperty("ringed", True)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(bubble)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The card follows."""
        super().resizeEvent(event)
        self._bubble.set_room(self.viewport().width())


class PhoneFrame(QWidget):
    """A phone around a viewport: a thin edge with round corners."""

    def __init__(self, stage: ChatViewport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = dt.LIGHT
        row = QVBoxLayout(self)
        row.setContentsMargins(_EDGE_PX, _CORNER_PX, _EDGE_PX, _CORNER_PX)
        row.addWidget(stage)
        # Narrower where there is no room, as the card in it then is.
        self.setMaximumWidth(_PHONE_PX)
        self.setMinimumWidth(200)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        """As wide as a phone."""
        return QSize(_PHONE_PX, 600)

    def set_look(self, look: dt.Style) -> None:
        """Draw in these colours."""
        if look != self._look:
            self._look = look
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The screen's ground and its edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._look.screen_edge), _EDGE_PX))
        painter.setBrush(QColor(self._look.chat))
        half = _EDGE_PX / 2
        rect = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawPath(painting.rounded(rect, _CORNER_PX))


class _Ground(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.look = dt.LIGHT

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self.look.chat))
