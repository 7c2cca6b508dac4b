"""Painting that several parts of a preview share: hairlines, avatars, pictures, placeholders."""

import html
import math

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QTextLayout,
    QTextOption,
)

from dingcomposer.ui.preview.bubble import style as dt
from dingcomposer.ui.preview.images.store import Found
from dingcomposer.ui.texts.images import picture_sentence


def hairline(painter: QPainter, line: QLineF, colour: str) -> None:
    """A line of whole device pixels, crisp at every scale."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    width = max(1, math.floor(painter.device().devicePixelRatioF()))
    pen = QPen(QColor(colour), width)
    pen.setCosmetic(True)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawLine(line)
    painter.restore()


def rounded(rect: QRectF, top: float, bottom: float | None = None) -> QPainterPath:
    """A rectangle with one radius for its upper and one for its lower corners."""
    low = top if bottom is None else bottom
    path = QPainterPath(QPointF(rect.left() + top, rect.top()))
    path.lineTo(rect.right() - top, rect.top())
    path.arcTo(QRectF(rect.right() - 2 * top, rect.top(), 2 * top, 2 * top), 90, -90)
    path.lineTo(rect.right(), rect.bottom() - low)
    path.arcTo(QRectF(rect.right() - 2 * low, rect.bottom() - 2 * low, 2 * low, 2 * low), 0, -90)
    path.lineTo(rect.left() + low, rect.bottom())
    path.arcTo(QRectF(rect.left(), rect.bottom() - 2 * low, 2 * low, 2 * low), 270, -90)
    path.lineTo(rect.left(), rect.top() + top)
    path.arcTo(QRectF(rect.left(), rect.top(), 2 * top, 2 * top), 180, -90)
    path.closeSubpath()
    return path


def bullet(painter: QPainter, middle: QPointF, depth: int, colour: QColor) -> None:
    """What stands before a list item: a dot, a ring, a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1) if depth == 1 else Qt.PenStyle.NoPen)
    painter.setBrush(colour if depth != 1 else Qt.BrushStyle.NoBrush)
    if depth < 2:
        painter.drawEllipse(middle, 2.2, 2.2)
    else:
        painter.drawRect(QRectF(middle.x() - 2, middle.y() - 2, 4, 4))
    painter.restore()


def mark(painter: QPainter, middle: QPointF, look: dt.Style) -> None:
    """A small "!" on a dot: something is to be said about this line."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.mark))
    painter.drawEllipse(middle, 4.5, 4.5)
    painter.setBrush(QColor(look.card))
    painter.drawRect(QRectF(middle.x() - 0.6, middle.y() - 2.8, 1.2, 3.4))
    painter.drawRect(QRectF(middle.x() - 0.6, middle.y() + 1.5, 1.2, 1.2))
    painter.restore()


def avatar(painter: QPainter, rect: QRectF, name: str, colour: str) -> None:
    """A rounded square in the robot's colour with the first letter of its name."""
    fill = QColor(colour) if QColor.isValidColorName(colour) else QColor(dt.LIGHT.chain)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(rounded(rect, rect.width() * dt.AVATAR_RADIUS_PX / 40), fill)
    is_pale = (299 * fill.red() + 587 * fill.green() + 114 * fill.blue()) / 1000 > 186
    painter.setPen(QColor("#1F2329" if is_pale else "#FFFFFF"))
    painter.setFont(dt.font(round(rect.width() * 0.45), is_bold=True))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, _initial(name))


def picture(
    painter: QPainter, path: QPainterPath, found: Found, look: dt.Style, caption: str = ""
) -> None:
    """A picture cropped at its centre to fill the path, or what stands in its place."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    rect = path.boundingRect()
    painter.save()
    if found.image is not None and not found.image.isNull():
        painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        painter.drawImage(rect, found.image, _centre(found.image, rect))
    else:
        painter.fillPath(path, QColor(look.empty))
        fault = picture_sentence(found.fault) if found.fault is not None else ""
        _placeholder(painter, rect, look, [line for line in (fault, caption) if line])
    painter.restore()


def chain(painter: QPainter, rect: QRectF, look: dt.Style) -> None:
    """The blue square with two links of a chain that stands for a link without a picture."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(rounded(rect, 4), QColor(look.chain))
    unit = rect.width() / 48
    pen = QPen(QColor("#FFFFFF"), 2.6 * unit)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.translate(rect.center())
    painter.rotate(-45)
    for side in (-1, 1):
        painter.save()
        painter.scale(side, 1)
        path = QPainterPath(QPointF(2.2 * unit, -5 * unit))
        path.lineTo(7 * unit, -5 * unit)
        path.arcTo(QRectF(2 * unit, -5 * unit, 10 * unit, 10 * unit), 90, -180)
        path.lineTo(2.2 * unit, 5 * unit)
        painter.drawPath(path)
        painter.restore()
    painter.drawLine(QLineF(-4.5 * unit, 0, 4.5 * unit, 0))
    painter.restore()


def lines(
    painter: QPainter,
    rect: QRectF,
    text: str,
    line_px: float,
    *,
    most: int,
    at_bottom: bool = False,
) -> None:
    """At most so many lines of text in the painter's font and pen, newlines kept, the last cut."""
    metrics = QFontMetricsF(painter.font(), painter.device())
    broken = break_lines(painter, rect.width(), text, most)
    top = rect.bottom() - line_px * len(broken) if at_bottom else rect.top()
    for at, line in enumerate(broken):
        baseline = top + at * line_px + (line_px - metrics.height()) / 2 + metrics.ascent()
        painter.drawText(QPointF(rect.left(), baseline), line)


def break_lines(painter: QPainter, width: float, text: str, most: int) -> list[str]:
    """The text in lines of a width, in the painter's font; what is too much ends in "…"."""
    metrics = QFontMetricsF(painter.font(), painter.device())
    found: list[str] = []
    paragraphs = [" ".join(one.split()) for one in text.strip().splitlines()]
    for at, paragraph in enumerate(paragraphs):
        rest = paragraph
        while True:
            is_last = len(found) == most - 1
            if is_last:
                if at + 1 < len(paragraphs) and metrics.horizontalAdvance(rest) <= width:
                    rest += "…"
                found.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width))
                return found
            head = _head(painter, rest, width)
            found.append(rest[:head].rstrip())
            rest = rest[head:].lstrip()
            if not rest:
                break
    return found


def as_tooltip(words: str) -> str:
    """An address, or other words, for a tooltip, which are never taken for markup."""
    lines = html.escape(words[:600]).replace("\n", "<br>")
    return f"<qt>{lines}</qt>" if words else ""


def picture_tooltip(address: str, found: Found) -> str:
    """A picture's address, and why it is not there."""
    fault = picture_sentence(found.fault) if found.fault is not None else ""
    return as_tooltip("\n".join(line for line in (fault, address) if line))


def _head(painter: QPainter, text: str, width: float) -> int:
    """How much of the text fits into one line, by Qt's own rules for breaking."""
    layout = QTextLayout(text[:400], painter.font(), painter.device())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    if line.isValid():
        line.setLineWidth(width)
    layout.endLayout()
    return max(1, line.textLength()) if line.isValid() else len(text)


def _initial(name: str) -> str:
    letters = name.strip()
    # A letter beyond the basic plane may need what follows it (a flag, a joined emoji): it is
    # left to the font; one code point is what DingTalk shows too.
    return letters[:1].upper() or "机"


def _centre(image: QImage, rect: QRectF) -> QRectF:
    """The largest part of the image, around its centre, in the shape of `rect`."""
    scale = max(rect.width() / image.width(), rect.height() / image.height())
    width, height = rect.width() / scale, rect.height() / scale
    return QRectF((image.width() - width) / 2, (image.height() - height) / 2, width, height)


def _placeholder(painter: QPainter, rect: QRectF, look: dt.Style, words: list[str]) -> None:
    """A small drawing of a picture, and lines of words below it where there is room."""
    size = min(44.0, rect.height() * 0.5, rect.width() * 0.5)
    has_words = bool(words) and rect.height() >= 90 and rect.width() >= 90
    shown = words if has_words else []
    frame = QRectF(0, 0, size, size * 0.8)
    frame.moveCenter(rect.center() - QPointF(0, 10 * len(shown)))
    _drawing(painter, frame, look)
    painter.setPen(QColor(look.grey))
    painter.setFont(dt.font(11))
    metrics = QFontMetricsF(painter.font(), painter.device())
    for number, line in enumerate(shown):
        short = metrics.elidedText(line, Qt.TextElideMode.ElideMiddle, rect.width() - 24)
        spot = QRectF(rect.left(), frame.bottom() + 6 + 18 * number, rect.width(), 18)
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, short)


def _drawing(painter: QPainter, frame: QRectF, look: dt.Style) -> None:
    """A frame with hills and a sun."""
    size = frame.width()
    pen = QPen(QColor(look.empty_mark), max(1.4, size / 22))
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(rounded(frame, size / 9))
    sun = QRectF(0, 0, size * 0.16, size * 0.16)
    sun.moveCenter(frame.topLeft() + QPointF(size * 0.27, size * 0.25))
    painter.setBrush(QColor(look.empty_mark))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(sun)
    hills = QPainterPath(frame.bottomLeft() + QPointF(size * 0.08, -size * 0.08))
    for x, y in ((0.34, 0.38), (0.52, 0.22), (0.68, 0.46), (0.92, 0.08)):
        hills.lineTo(frame.bottomLeft() + QPointF(size * x, -size * y))
    hills.closeSubpath()
    painter.drawPath(hills)
