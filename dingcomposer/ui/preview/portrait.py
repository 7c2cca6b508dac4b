"""A message as a picture that can be shown around, for whoever must agree before it goes out."""

import math
from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QRegion
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dingcomposer.core.messages import Message, mentions_of
from dingcomposer.ui.preview import dingtalk_look as dt
from dingcomposer.ui.preview.bubble import Bubble, Sender
from dingcomposer.ui.preview.dingtalk_look import Device
from dingcomposer.ui.preview.pictures import Pictures

SCALE = 2.0
_MARGIN_PX = 16
_GAP_PX = 28
_MOST_SIDE_PX = 32_000  # Qt paints no further
_MOST_PIXELS = 60_000_000


def portrait(
    message: Message,
    sender: Sender,
    *,
    devices: tuple[Device, ...] = (Device.PC,),
    look: dt.Look = dt.LIGHT,
    has_frame: bool = True,
    at_names: Mapping[str, str] | None = None,
    pictures: Pictures | None = None,
) -> QImage:
    """The message at twice its size, as these devices show it, side by side.

    With its frame it stands on the chat's ground, with avatar and name; without, it is the card
    alone on nothing. A very long one comes out smaller.
    """
    ground = QWidget()
    row = QHBoxLayout(ground)
    row.setSpacing(_GAP_PX)
    margin = _MARGIN_PX if has_frame else 0
    row.setContentsMargins(margin, margin, margin, margin)
    for device in devices:
        bubble = Bubble(ground, pictures=pictures, has_frame=has_frame)
        bubble.show_message(
            message,
            sender,
            device=device,
            look=look,
            at_names=at_names,
            is_reader_mentioned=bool(mentions_of(message)),
        )
        row.addWidget(bubble, 0, Qt.AlignmentFlag.AlignTop)
    # Qt lays out nothing that is hidden; this counts as shown, but nobody sees it.
    ground.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    ground.show()
    _lay_out(ground)
    scale = _scale_of(ground.size())
    image = QImage(ground.size() * scale, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(scale)
    image.fill(QColor(look.chat) if has_frame else QColor(0, 0, 0, 0))
    painter = QPainter(image)
    ground.render(painter, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    painter.end()
    ground.close()
    ground.deleteLater()
    return image


def _scale_of(size: QSize) -> float:
    """Twice, or as much as a picture can hold: 20 KB of short lines are 100 000 px high."""
    pixels = max(1, size.width() * size.height())
    return min(SCALE, _MOST_SIDE_PX / max(1, size.height()), math.sqrt(_MOST_PIXELS / pixels))


def _lay_out(widget: QWidget) -> None:
    """Lay out a widget that is never shown; each layout asks the one around it by an event."""
    for _ in range(4):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        widget.adjustSize()
