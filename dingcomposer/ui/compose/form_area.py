"""Where the form scrolls: what has the keyboard stays in sight, and the fields keep their width."""

from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from dingcomposer.ui.compose.form import DraftForm
from dingcomposer.ui.widgets.layouts import CoveredRoom
from dingcomposer.ui.widgets.text_fields import TextField

GUTTER_PX: Final = 12
"""The margin at the right in which the bar stands."""

_BAR_PX: Final = 10
_AROUND_PX: Final = 12


class FormArea(QScrollArea):
    """Shows a form as wide as it is itself, and scrolls where it is higher.

    Problems and results lie over its lowest part: the form ends with so much free room, and what
    has the keyboard is kept above it. Where a result is higher than that, the form gives way, so
    that no field is cut.
    """

    def __init__(self, form: DraftForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self._room = (0, 0)
        self._covered_px = 0
        self._covered = CoveredRoom(self)
        self._covered.changed.connect(self._on_covered)
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

    def set_room(self, height_px: int, *, free_px: int) -> None:
        """How high the page is, and what stays free at the end of the form at least."""
        self._room = (height_px, free_px)
        self._share()

    def watch(self, cover: QWidget) -> None:
        """Give way to a widget of the same parent that comes to lie over the lowest part."""
        self._covered.watch(cover)

    def _on_covered(self, covered_px: int) -> None:
        self._covered_px = covered_px
        self._share()

    def _share(self) -> None:
        height_px, free_px = self._room
        self._form.set_room(height_px, free_px=max(free_px, self._covered_px))

    def follow_focus(self) -> None:
        """As `show_focus`, once all that was just made has its place."""
        # Rows within rows ask for their room one after the other: let all of them have it.
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        self.show_focus()

    def show_focus(self) -> None:
        """Scroll so that what has the keyboard, or its caret, is in sight.

        Nor is it where something may lie over the lowest part: then nothing has to move when that
        comes.
        """
        widget = QApplication.focusWidget()
        if widget is None or not self._form.isAncestorOf(widget):
            return
        bar, seen = self.verticalScrollBar(), self.viewport()
        held = widget.cursorRect() if isinstance(widget, TextField) else widget.rect()
        covered_px = max(self._room[1], self._covered_px)
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
