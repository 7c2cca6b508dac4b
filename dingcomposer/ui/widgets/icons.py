"""Icons drawn with lines, in the theme's colours of the moment, sharp at any scale."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from dingcomposer.ui import theme

IconName = Literal[
    "bold", "italic", "heading", "quote", "bullets", "numbers", "link", "picture", "rule",
    "colour", "at", "plus", "up", "down", "copy", "remove", "grip", "blocks", "warns", "hints",
    "aim", "pencil", "eye", "export", "past", "template", "back", "forward", "search",
    "clock",
]  # fmt: skip

_SIDE = 16.0
Draw = Callable[[QPainter], None]


def paint_icon(painter: QPainter, icon_name: IconName, at: QPointF, colour: QColor) -> None:
    """Draw a sign of 16 × 16 logical pixels whose top left corner is `at`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(at)
    pen = QPen(colour, 1.5)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _DRAWINGS[icon_name](painter)
    painter.restore()


def dot_icon(colour: str) -> QIcon:
    """A round dot in a robot's colour, for menus and buttons."""
    pixmap = QPixmap(48, 48)
    pixmap.setDevicePixelRatio(3)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(QRectF(3, 3, 10, 10))
    painter.end()
    return QIcon(pixmap)


class IconButton(QToolButton):
    """A tool button that shows a sign; its tip is its accessible name, too."""

    def __init__(self, icon_name: IconName, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self.setProperty("flat", True)
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A square that a finger hits."""
        return QSize(28, 28)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button, then the sign in its middle."""
        super().paintEvent(event)
        now = theme.current()
        colour = now.quiet if self.isEnabled() else now.line
        if self.isEnabled() and (self.underMouse() or self.hasFocus()):
            colour = now.text
        painter = QPainter(self)
        at = QPointF((self.width() - _SIDE) / 2, (self.height() - _SIDE) / 2)
        paint_icon(painter, self._icon_name, at, QColor(colour))
        painter.end()


class IconLabel(QWidget):
    """A sign in one of the theme's colours, to look at only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name: IconName = "hints"
        self.setFixedSize(round(_SIDE), round(_SIDE))

    def set_icon_name(self, icon_name: IconName) -> None:
        """Show another sign."""
        self._icon_name = icon_name
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the colour of its meaning."""
        now = theme.current()
        colours = {"blocks": now.bad, "warns": now.warn, "hints": now.accent}
        painter = QPainter(self)
        colour = QColor(colours.get(self._icon_name, now.quiet))
        paint_icon(painter, self._icon_name, QPointF(0, 0), colour)
        painter.end()


def _letter(
    text: str, *, size: int = 14, bold: bool = False, italic: bool = False, rise: float = 0
) -> Draw:
    def draw(painter: QPainter) -> None:
        font = QFont(painter.font())
        font.setPixelSize(size)
        font.setBold(bold)
        font.setItalic(italic)
        painter.setFont(font)
        painter.drawText(QRectF(-4, -rise, 24, _SIDE), Qt.AlignmentFlag.AlignCenter, text)

    return draw


def _strokes(*strokes: tuple[tuple[float, float], ...]) -> Draw:
    def draw(painter: QPainter) -> None:
        for stroke in strokes:
            painter.drawPolyline([QPointF(x, y) for x, y in stroke])

    return draw


def _dots(*dots: tuple[float, float], radius: float = 1.2) -> Draw:
    def draw(painter: QPainter) -> None:
        painter.setBrush(painter.pen().color())
        painter.setPen(Qt.PenStyle.NoPen)
        for x, y in dots:
            painter.drawEllipse(QPointF(x, y), radius, radius)

    return draw


def _all(*drawings: Draw) -> Draw:
    def draw(painter: QPainter) -> None:
        for drawing in drawings:
            painter.save()
            drawing(painter)
            painter.restore()

    return draw


def _quote(painter: QPainter) -> None:
    painter.setBrush(painter.pen().color())
    for x in (2.5, 9.0):
        path = QPainterPath(QPointF(x + 3.6, 3.5))
        path.quadTo(QPointF(x, 5), QPointF(x, 9))
        path.lineTo(x, 12)
        path.lineTo(x + 4, 12)
        path.lineTo(x + 4, 8.5)
        path.lineTo(x + 1.8, 8.5)
        path.quadTo(QPointF(x + 2, 6), QPointF(x + 3.6, 3.5))
        painter.fillPath(path, painter.brush())


def _link(painter: QPainter) -> None:
    painter.translate(8, 8)
    painter.rotate(-45)
    for x in (-7.5, 0.5):
        path = QPainterPath()
        path.addRoundedRect(QRectF(x, -2.6, 7, 5.2), 2.6, 2.6)
        painter.drawPath(path)
    painter.drawLine(QPointF(-2.5, 0), QPointF(2.5, 0))


def _picture(painter: QPainter) -> None:
    painter.drawRoundedRect(QRectF(1.5, 2.5, 13, 11), 2, 2)
    painter.drawPolyline(
        [QPointF(x, y) for x, y in ((2, 12), (6, 7.5), (9, 11), (11, 9), (14, 12))]
    )
    painter.drawEllipse(QPointF(10.8, 5.8), 0.8, 0.8)


def _colour(painter: QPainter) -> None:
    _letter("A", size=12, bold=True, rise=2.5)(painter)
    painter.fillRect(QRectF(2, 12.5, 12, 2.5), QColor(theme.current().bad))


def _eye(painter: QPainter) -> None:
    path = QPainterPath(QPointF(1.5, 8))
    path.cubicTo(QPointF(4.5, 2.6), QPointF(11.5, 2.6), QPointF(14.5, 8))
    path.cubicTo(QPointF(11.5, 13.4), QPointF(4.5, 13.4), QPointF(1.5, 8))
    painter.drawPath(path)
    painter.drawEllipse(QPointF(8, 8), 2.1, 2.1)


def _copy(painter: QPainter) -> None:
    painter.drawRoundedRect(QRectF(5.5, 5.5, 8, 8), 1.5, 1.5)
    _strokes(((10.5, 2.5), (3.8, 2.5), (2.5, 3.8), (2.5, 10.5)))(painter)


def _filled(outline: tuple[tuple[float, float], ...] | None, sign: Draw) -> Draw:
    """A filled disc, or a filled outline, with a sign cut out in the window's colour."""

    def draw(painter: QPainter) -> None:
        colour = painter.pen().color()
        painter.setBrush(colour)
        if outline is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(QRectF(1, 1, 14, 14))
        else:
            painter.drawPolygon([QPointF(x, y) for x, y in outline])
        pen = QPen(QColor(theme.current().panel), 1.6)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        sign(painter)

    return draw


_EXCLAMATION = _all(_strokes(((8, 4.6), (8, 8.8))), _dots((8, 11.4), radius=1.0))
_DRAWINGS: dict[IconName, Draw] = {
    "bold": _letter("B", bold=True),
    "italic": _letter("I", italic=True),
    "heading": _letter("H"),
    "quote": _quote,
    "bullets": _all(
        _dots((2.5, 4), (2.5, 8), (2.5, 12)),
        _strokes(((6, 4), (14, 4)), ((6, 8), (14, 8)), ((6, 12), (14, 12))),
    ),
    "numbers": _all(
        _strokes(((1.6, 3), (2.8, 2.2), (2.8, 6.2))),
        _strokes(((1.4, 10.2), (2.4, 9.6), (3.6, 10.4), (1.4, 13.8), (3.8, 13.8))),
        _strokes(((7, 4.5), (14, 4.5)), ((7, 11.8), (14, 11.8))),
    ),
    "link": _link,
    "picture": _picture,
    "rule": _all(
        _strokes(((1.5, 8), (14.5, 8))), _dots((3, 4), (8, 4), (3, 12), (8, 12), radius=0.8)
    ),
    "colour": _colour,
    "at": _letter("@", rise=1),
    "plus": _strokes(((8, 3), (8, 13)), ((3, 8), (13, 8))),
    "up": _strokes(((4, 9.5), (8, 5.5), (12, 9.5))),
    "down": _strokes(((4, 6.5), (8, 10.5), (12, 6.5))),
    "back": _strokes(((9.5, 4), (5.5, 8), (9.5, 12))),
    "forward": _strokes(((6.5, 4), (10.5, 8), (6.5, 12))),
    "search": _all(
        lambda painter: painter.drawEllipse(QRectF(2.5, 2.5, 8, 8)),
        _strokes(((9.4, 9.4), (13.5, 13.5))),
    ),
    "copy": _copy,
    "remove": _strokes(((4.5, 4.5), (11.5, 11.5)), ((11.5, 4.5), (4.5, 11.5))),
    "aim": _all(
        lambda painter: painter.drawEllipse(QRectF(3.5, 3.5, 9, 9)),
        _strokes(((8, 1.2), (8, 4.2)), ((8, 11.8), (8, 14.8))),
        _strokes(((1.2, 8), (4.2, 8)), ((11.8, 8), (14.8, 8))),
        _dots((8, 8), radius=1.3),
    ),
    "pencil": _strokes(
        ((2.8, 13.2), (3.5, 10.2), (11, 2.7), (13.3, 5), (5.8, 12.5), (2.8, 13.2)),
        ((9.4, 4.3), (11.7, 6.6)),
    ),
    "eye": _eye,
    "export": _strokes(
        ((8, 10), (8, 2.2)), ((4.8, 5.2), (8, 2), (11.2, 5.2)),
        ((5, 7.6), (3, 7.6), (3, 13.6), (13, 13.6), (13, 7.6), (11, 7.6)),
    ),
    "clock": _all(
        lambda painter: painter.drawEllipse(QRectF(2.5, 2.5, 11, 11)),
        _strokes(((8, 4.8), (8, 8.2), (10.4, 9.6))),
    ),
    "past": _all(
        lambda painter: painter.drawArc(QRectF(2, 2, 12, 12), 150 * 16, -300 * 16),
        _strokes(((2, 2.4), (2.6, 5.6), (5.8, 5)), ((8, 4.8), (8, 8.2), (10.4, 9.6))),
    ),
    "template": _strokes(
        ((9.6, 2), (3, 2), (3, 14), (13, 14), (13, 5.4), (9.6, 2), (9.6, 5.4), (13, 5.4)),
        ((5.6, 8.2), (10.4, 8.2)), ((5.6, 11), (8.4, 11)),
    ),
    "grip": _dots((6, 4), (6, 8), (6, 12), (10, 4), (10, 8), (10, 12)),
    "blocks": _filled(None, _EXCLAMATION),
    "warns": _filled(((8, 2), (14.4, 13.6), (1.6, 13.6)), _all(
        _strokes(((8, 6.4), (8, 9.4))), _dots((8, 11.8), radius=0.9)
    )),
    "hints": _all(
        lambda painter: painter.drawEllipse(QRectF(1.5, 1.5, 13, 13)),
        _strokes(((8, 7.6), (8, 11.2))), _dots((8, 4.9), radius=1.0),
    ),
}  # fmt: skip
