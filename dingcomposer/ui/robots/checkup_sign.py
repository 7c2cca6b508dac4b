"""The sign of a verdict: each has a shape of its own, so that colour is never the only one."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from dingcomposer.core.checkup.report import StepResult
from dingcomposer.ui import theme
from dingcomposer.ui.widgets.glyphs import paint_glyph

SIDE_PX = 16

_TICK = ((4.6, 8.3), (7.1, 10.7), (11.4, 5.7))
_CROSS = (((5.4, 5.4), (10.6, 10.6)), ((10.6, 5.4), (5.4, 10.6)))


def colour_of(verdict: StepResult) -> str:
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


class CheckupSign(QWidget):
    """A tick, a triangle, a cross, a dash, three dots, or an empty ring."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verdict = StepResult.WAITING
        self.setFixedSize(SIDE_PX, SIDE_PX)

    def set_verdict(self, verdict: StepResult) -> None:
        """Show another sign."""
        self._verdict = verdict
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the colour of the moment."""
        painter = QPainter(self)
        colour = QColor(colour_of(self._verdict))
        if self._verdict is StepResult.WARN:
            paint_glyph(painter, "warns", QPointF(0, 0), colour)
        else:
            self._paint_round(painter, colour)
        painter.end()

    def _paint_round(self, painter: QPainter, colour: QColor) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._verdict in (StepResult.TICK, StepResult.CROSS):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(QRectF(1, 1, 14, 14))
            painter.setPen(_pen(QColor(theme.current().panel)))
        else:
            painter.setPen(_pen(colour))
            painter.drawEllipse(QRectF(1.8, 1.8, 12.4, 12.4))
        match self._verdict:
            case StepResult.TICK:
                _stroke(painter, *_TICK)
            case StepResult.CROSS:
                for stroke in _CROSS:
                    _stroke(painter, *stroke)
            case StepResult.SKIPPED:
                _stroke(painter, (5, 8), (11, 8))
            case StepResult.RUNNING:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour)
                for x in (5.0, 8.0, 11.0):
                    painter.drawEllipse(QPointF(x, 8), 1, 1)


def _stroke(painter: QPainter, *points: tuple[float, float]) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline([QPointF(x, y) for x, y in points])


def _pen(colour: QColor) -> QPen:
    pen = QPen(colour, 1.5)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen
