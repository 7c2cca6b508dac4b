"""What a status looks like: its colours and its sign, so that colour is never the only one."""

from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from dingcomposer.core.checkup.report import StepResult
from dingcomposer.core.delivery import Status
from dingcomposer.ui import theme
from dingcomposer.ui.widgets.icons import paint_icon

SIGN_PX = 16

_SCALE = 3
_TICK = ((4.6, 8.3), (7.1, 10.7), (11.4, 5.7))
_CROSS = (((5.4, 5.4), (10.6, 10.6)), ((10.6, 5.4), (5.4, 10.6)))
_TRIANGLE = ((8, 1.8), (14.8, 14), (1.2, 14))


def colours_of(status: Status) -> tuple[str, str]:
    """A status's colour for words, and the soft one for behind them, in the theme that is on."""
    on = theme.current()
    match status:
        case Status.DELIVERED:
            return on.good, on.good_soft
        case Status.REFUSED | Status.NOT_SENT:
            return on.bad, on.bad_soft
        case Status.UNKNOWN:
            return on.warn, on.warn_soft
        case Status.QUEUED | Status.SENDING | Status.CANCELLED:
            return on.quiet, on.accent_soft


def sign_icon(status: Status) -> QIcon:
    """The sign of a status in its colour: each has a shape of its own."""
    return _icon(status, colours_of(status)[0], theme.current().panel)


@cache
def _icon(status: Status, colour: str, ground: str) -> QIcon:
    pixmap = QPixmap(SIGN_PX * _SCALE, SIGN_PX * _SCALE)
    pixmap.setDevicePixelRatio(_SCALE)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    is_filled = status in (Status.DELIVERED, Status.REFUSED, Status.UNKNOWN)
    painter.setPen(Qt.PenStyle.NoPen if is_filled else _pen(colour))
    painter.setBrush(QColor(colour) if is_filled else Qt.BrushStyle.NoBrush)
    if status is Status.UNKNOWN:
        painter.drawPolygon([QPointF(x, y) for x, y in _TRIANGLE])
    elif is_filled:
        painter.drawEllipse(QRectF(1, 1, 14, 14))
    else:
        painter.drawEllipse(QRectF(1.8, 1.8, 12.4, 12.4))
    painter.setPen(_pen(ground if is_filled else colour))
    _draw_sign(painter, status)
    painter.end()
    return untinted(pixmap)


def untinted(pixmap: QPixmap) -> QIcon:
    """An icon that keeps its colours in a selected row, where Qt would tint it."""
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)
    return icon


def _draw_sign(painter: QPainter, status: Status) -> None:
    match status:
        case Status.DELIVERED:
            _stroke(painter, *_TICK)
        case Status.REFUSED:
            for stroke in _CROSS:
                _stroke(painter, *stroke)
        case Status.UNKNOWN:
            font = painter.font()
            font.setPixelSize(10)
            font.setBold(True)
            painter.setFont(font)
            painter.drawText(QRectF(0, 3, 16, 12), Qt.AlignmentFlag.AlignCenter, "?")
        case Status.NOT_SENT:
            _stroke(painter, (4.0, 4.0), (12.0, 12.0))
        case Status.QUEUED:
            _stroke(painter, (8, 4.8), (8, 8.2), (10.4, 9.6))
        case Status.SENDING:
            _stroke(painter, (4.8, 8), (11, 8))
            _stroke(painter, (8.6, 5.6), (11.1, 8), (8.6, 10.4))
        case Status.CANCELLED:
            _stroke(painter, (5, 8), (11, 8))


def _stroke(painter: QPainter, *points: tuple[float, float]) -> None:
    painter.drawPolyline([QPointF(x, y) for x, y in points])


def _pen(colour: str) -> QPen:
    pen = QPen(QColor(colour), 1.6)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


SIDE_PX = 16


def step_colour(verdict: StepResult) -> str:
    """A verdict's colour in the theme that is on."""
    now = theme.current()
    match verdict:
        case StepResult.TICK:
            return now.good
        case StepResult.WARN:
            return now.warn
        case StepResult.CROSS:
            return now.bad
        case StepResult.RUNNING:
            return now.accent
        case StepResult.WAITING | StepResult.SKIPPED:
            return now.faint


class CheckupIcon(QWidget):
    """A tick, a triangle, a cross, a dash, three dots, or an empty ring."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verdict = StepResult.WAITING
        self.setFixedSize(SIDE_PX, SIDE_PX)

    def set_result(self, verdict: StepResult) -> None:
        """Show another sign."""
        self._verdict = verdict
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the colour of the moment."""
        painter = QPainter(self)
        colour = QColor(step_colour(self._verdict))
        if self._verdict is StepResult.WARN:
            paint_icon(painter, "warns", QPointF(0, 0), colour)
        else:
            self._paint_round(painter, colour)
        painter.end()

    def _paint_round(self, painter: QPainter, colour: QColor) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._verdict in (StepResult.TICK, StepResult.CROSS):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(QRectF(1, 1, 14, 14))
            painter.setPen(_step_pen(QColor(theme.current().panel)))
        else:
            painter.setPen(_step_pen(colour))
            painter.drawEllipse(QRectF(1.8, 1.8, 12.4, 12.4))
        match self._verdict:
            case StepResult.TICK:
                _step_stroke(painter, *_TICK)
            case StepResult.CROSS:
                for stroke in _CROSS:
                    _step_stroke(painter, *stroke)
            case StepResult.SKIPPED:
                _step_stroke(painter, (5, 8), (11, 8))
            case StepResult.RUNNING:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour)
                for x in (5.0, 8.0, 11.0):
                    painter.drawEllipse(QPointF(x, 8), 1, 1)


def _step_stroke(painter: QPainter, *points: tuple[float, float]) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline([QPointF(x, y) for x, y in points])


def _step_pen(colour: QColor) -> QPen:
    pen = QPen(colour, 1.5)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen
