"""A scroll area that is as high as what it holds, up to a bound, and scrolls beyond it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class FittedArea(QScrollArea):
    """Shows `inside`, whose layout says how high it is at a width. Call `fit` after changes."""

    def __init__(self, inside: QWidget, most_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most_px = most_px
        inside.setProperty("plain", True)
        self.setProperty("plain", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = inside
        self.setWidget(inside)

    def set_most_px(self, most_px: int) -> None:
        """Bound the height elsewhere."""
        if most_px != self._most_px:
            self._most_px = most_px
            self.fit()

    def fit(self) -> None:
        """Take the height that the content needs at the present width."""
        layout = self._inside.layout()
        if layout is None:
            return
        layout.invalidate()
        width = max(self.viewport().width(), 1)
        needed = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else -1
        if needed < 0:
            needed = layout.totalSizeHint().height()
        self.setFixedHeight(min(needed, self._most_px))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()
