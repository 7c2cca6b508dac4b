"""Header of a bubble: avatar, name and time."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from dingcomposer.ui.preview.bubble import painting
from dingcomposer.ui.preview.bubble import style as dt


class Avatar(QWidget):
    """The sender's rounded square."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preview.avatar")
        self._name = self._colour = ""
        self._is_hidden = False

    def show_sender(self, name: str, colour: str, size_px: int, *, is_hidden: bool = False) -> None:
        """Whose, in which colour ("#RRGGBB"), and how large; a hidden one keeps its room."""
        if (name, colour, is_hidden) != (self._name, self._colour, self._is_hidden):
            self._name, self._colour, self._is_hidden = name, colour, is_hidden
            self.update()
        self.setFixedSize(size_px, size_px)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The square and the initial."""
        if not self._is_hidden:
            painting.avatar(QPainter(self), QRectF(self.rect()), self._name, self._colour)


class HeaderLine(QWidget):
    """Above the card: the name, grey, the small tag, the time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preview.header")
        self._name = ""
        self._clock = ""
        self._look = dt.LIGHT
        self.setFixedHeight(18)

    def show_sender(self, name: str, clock: str, look: dt.Style) -> None:
        """Name, time (may be empty) and colours."""
        if (name, clock, look) != (self._name, self._clock, self._look):
            self._name, self._clock, self._look = name, clock, look
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Name, tag and time in one line; a long name is cut."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = self._look
        tag_font = dt.font(10)
        tag_width = QFontMetricsF(tag_font, self).horizontalAdvance(dt.ROBOT_TAG) + 8
        painter.setFont(dt.font(dt.HEADER_FONT_PX))
        metrics = QFontMetricsF(painter.font(), self)
        clock_width = metrics.horizontalAdvance(self._clock) + 8 if self._clock else 0
        room = self.width() - tag_width - clock_width - 6
        name = metrics.elidedText(" ".join(self._name.split()), Qt.TextElideMode.ElideRight, room)
        painter.setPen(QColor(look.grey))
        middle = Qt.AlignmentFlag.AlignVCenter
        height = float(self.height())
        painter.drawText(QRectF(0, 0, room + 1, height), middle, name)
        left = metrics.horizontalAdvance(name) + 6
        tag = QRectF(left, (height - 15) / 2, tag_width, 15)
        painter.fillPath(painting.rounded(tag, 3), QColor(look.tag))
        painter.drawText(QRectF(tag.right() + 6, 0, clock_width, height), middle, self._clock)
        painter.setFont(tag_font)
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, dt.ROBOT_TAG)
