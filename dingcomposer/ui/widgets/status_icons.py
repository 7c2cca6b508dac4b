"""Signs of a send's status and of a check-up's step: colours, and a shape for each of them."""

from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from dingcomposer.core.checkup.report import StepResult
from dingcomposer.core.delivery import Status
from dingcomposer.core.records import dataclass
from dingcomposer.ui import theme
from dingcomposer.ui.widgets.icons import paint_icon

SIGN_PX = 16

Outcome = Status | StepResult

_SCALE = 3


@dataclass(frozen=True, slots=True)
class _Sign:
    """Strokes in a ring, or in a filled circle."""

    strokes: tuple[tuple[tuple[float, float], ...], ...] = ()
    is_filled: bool = False


_TICK = _Sign((((4.6, 8.3), (7.1, 10.7), (11.4, 5.7)),), is_filled=True)
_CROSS = _Sign((((5.4, 5.4), (10.6, 10.6)), ((10.6, 5.4), (5.4, 10.6))), is_filled=True)
_DASH = _Sign((((5, 8), (11, 8)),))
_SIGNS: dict[Outcome, _Sign] = {
    Status.QUEUED: _Sign((((8, 4.8), (8, 8.2), (10.4, 9.6)),)),
    Status.SENDING: _Sign((((4.8, 8), (11, 8)), ((8.6, 5.6), (11.1, 8), (8.6, 10.4)))),
    Status.DELIVERED: _TICK,
    Status.REFUSED: _CROSS,
    Status.NOT_SENT: _Sign((((4.0, 4.0), (12.0, 12.0)),)),
    Status.CANCELLED: _DASH,
    StepResult.WAITING: _Sign(),
    StepResult.RUNNING: _Sign(),  # and three dots
    StepResult.TICK: _TICK,
    StepResult.CROSS: _CROSS,
    StepResult.SKIPPED: _DASH,
}
_TRIANGLE = ((8, 1.8), (14.8, 14), (1.2, 14))


def colours_of(outcome: Outcome) -> tuple[str, str]:
    """The colour for words, and the soft one for behind them, in the theme that is on."""
    on = theme.current()
    match outcome:
        case Status.DELIVERED | StepResult.TICK:
            return on.good, on.good_soft
        case Status.REFUSED | Status.NOT_SENT | StepResult.CROSS:
            return on.bad, on.bad_soft
        case Status.UNKNOWN | StepResult.WARN:
            return on.warn, on.warn_soft
        case Status.QUEUED | Status.SENDING | Status.CANCELLED:
            return on.quiet, on.accent_soft
        case StepResult.RUNNING:
            return on.accent, on.accent_soft
        case StepResult.WAITING | StepResult.SKIPPED:
            return on.faint, on.accent_soft


def sign_icon(status: Status) -> QIcon:
    """The sign of a status in its colour: each has a shape of its own."""
    return _icon(status, colours_of(status)[0], theme.current().panel)


@cache
def _icon(status: Status, colour: str, ground: str) -> QIcon:
    pixmap = QPixmap(SIGN_PX * _SCALE, SIGN_PX * _SCALE)
    pixmap.setDevicePixelRatio(_SCALE)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    _paint(painter, status, colour, ground)
    painter.end()
    return untinted(pixmap)


def untinted(pixmap: QPixmap) -> QIcon:
    """An icon that keeps its colours in a selected row, where Qt would tint it."""
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)
    return icon


class CheckupIcon(QWidget):
    """A tick, a triangle, a cross, a dash, three dots, or an empty ring."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._result = StepResult.WAITING
        self.setFixedSize(SIGN_PX, SIGN_PX)

    def set_result(self, result: StepResult) -> None:
        """Show another sign."""
        self._result = result
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the colour of the moment."""
        painter = QPainter(self)
        _paint(painter, self._result, colours_of(self._result)[0], theme.current().panel)
        painter.end()


def _paint(painter: QPainter, outcome: Outcome, colour: str, ground: str) -> None:
    """Draw the sign at (0, 0), 16 logical pixels wide and high."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if outcome is StepResult.WARN:
        paint_icon(painter, "warns", QPointF(0, 0), QColor(colour))
    elif outcome is Status.UNKNOWN:
        _paint_question(painter, colour, ground)
    else:
        _paint_round(painter, _SIGNS[outcome], colour, ground)
        if outcome is StepResult.RUNNING:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            for x in (5.0, 8.0, 11.0):
                painter.drawEllipse(QPointF(x, 8), 1, 1)


def _paint_question(painter: QPainter, colour: str, ground: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawPolygon([QPointF(x, y) for x, y in _TRIANGLE])
    font = painter.font()
    font.setPixelSize(10)
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(_pen(ground))
    painter.drawText(QRectF(0, 3, 16, 12), Qt.AlignmentFlag.AlignCenter, "?")


def _paint_round(painter: QPainter, sign: _Sign, colour: str, ground: str) -> None:
    if sign.is_filled:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawEllipse(QRectF(1, 1, 14, 14))
        painter.setPen(_pen(ground))
        painter.setBrush(Qt.BrushStyle.NoBrush)
    else:
        painter.setPen(_pen(colour))
        painter.drawEllipse(QRectF(1.8, 1.8, 12.4, 12.4))
    for stroke in sign.strokes:
        painter.drawPolyline([QPointF(x, y) for x, y in stroke])


def _pen(colour: str) -> QPen:
    pen = QPen(QColor(colour), 1.6)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen
