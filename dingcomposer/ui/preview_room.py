"""Room for PC and phone side by side, where the window is wide enough for it."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QSplitter

from dingcomposer.ui.preview.panel import PreviewPanel, View

LEAST_WRITING_PX = 428
"""So much is left for the form beside it."""


class PreviewRoom(QObject):
    """Tells the preview how wide it could be, and makes it so when a person wants both devices."""

    def __init__(self, writing: QSplitter, preview: PreviewPanel) -> None:
        super().__init__(writing)
        self._writing, self._preview = writing, preview
        writing.installEventFilter(self)
        preview.room_wanted.connect(self._on_room_wanted)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's width."""
        if event.type() == QEvent.Type.Resize:
            self._preview.set_room(self._room_px())
            if self._preview.chosen_view is View.BOTH:
                self._preview.set_view(View.BOTH)
        return super().eventFilter(watched, event)

    def _room_px(self) -> int:
        return self._whole_px() - LEAST_WRITING_PX - self._margins_px()

    def _whole_px(self) -> int:
        return self._writing.width() - self._writing.handleWidth()

    def _margins_px(self) -> int:
        """What of the splitter's right side is not the preview itself."""
        return max(0, self._writing.sizes()[1] - self._preview.width())

    def _on_room_wanted(self, width_px: int) -> None:
        right = width_px + self._margins_px()
        self._writing.setSizes([self._whole_px() - right, right])
