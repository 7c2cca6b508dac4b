"""A label that says as much as there is room for, and ends in an ellipsis where there is not."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QStyle


class ElidedLabel(QLabel):
    """One line of plain text. `text()` is the whole of it, whatever is drawn."""

    def minimumSizeHint(self) -> QSize:
        """As narrow as need be: a long sentence does not make the window wider."""
        return QSize(1, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits."""
        del event
        painter = QPainter(self)
        room = self.contentsRect()
        words = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        flags = int(self.alignment() | Qt.TextFlag.TextSingleLine)
        style: QStyle = self.style()
        style.drawItemText(
            painter, room, flags, self.palette(), self.isEnabled(), words, self.foregroundRole()
        )
