"""Where the form scrolls: what has the keyboard stays in sight, and the fields keep their width."""

from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from dingcomposer.ui.widgets.text_fields import TextField

GUTTER_PX: Final = 12
"""The margin at the right in which the bar stands."""

_BAR_PX: Final = 10
_AROUND_PX: Final = 12


class FormArea(QScrollArea):
    """Shows a form as wide as it is itself, and scrolls where it is higher.

    Problems and results lie over its lowest part: the form ends with so much free room, and what
    has the keyboard is kept above it.
    """

    def __init__(self, form: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self.setObjectName("compose.form")
        self.setProperty("plain", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        form.setProperty("plain", True)
        self.setWidget(form)
        # The bar stands in the page's margin: the fields keep their width when it comes.
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        form.setContentsMargins(0, 0, GUTTER_PX, 0)

    def follow_focus(self, *, covered_px: int) -> None:
        """As `show_focus`, once all that was just made has its place."""
        # Rows within rows ask for their room one after the other: let all of them have it.
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        self.show_focus(covered_px=covered_px)

    def show_focus(self, *, covered_px: int) -> None:
        """Scroll so that what has the keyboard, or its caret, is in sight.

        Nor is it where something may lie over the lowest `covered_px`: then nothing has to move
        when that comes.
        """
        widget = QApplication.focusWidget()
        if widget is None or not self._form.isAncestorOf(widget):
            return
        bar, seen = self.verticalScrollBar(), self.viewport()
        held = widget.cursorRect() if isinstance(widget, TextField) else widget.rect()
        place = widget.mapTo(seen, QPoint(0, 0))
        end, caret = seen.height() - _AROUND_PX, place.y() + held.bottom()
        is_seen = place.y() >= _AROUND_PX and place.y() + widget.height() <= end
        if is_seen and caret <= end - covered_px:
            return  # as at most keys
        self.ensureWidgetVisible(widget, 0, _AROUND_PX)
        caret = widget.mapTo(seen, held.bottomLeft()).y()
        bar.setValue(bar.value() + max(0, caret + covered_px - end))

    def _on_range_changed(self, _low: int, high: int) -> None:
        self._form.setContentsMargins(0, 0, GUTTER_PX - (_BAR_PX if high else 0), 0)
