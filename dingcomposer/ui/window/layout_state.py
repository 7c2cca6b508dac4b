"""How the window is left, and comes back: its size, its splitters, the preview's devices."""

from PySide6.QtCore import QByteArray, QEvent, QObject, QSize
from PySide6.QtWidgets import QMainWindow, QPushButton, QSplitter, QWidget

from dingcomposer.services.settings import Settings, layout_of
from dingcomposer.ui.preview.panel import PreviewPanel, View

TITLE_BAR_PX = 32
"""What a window's frame takes above it, at most; its real one is known only once it is shown."""


class LayoutState:
    """Keeps and restores by object name. What was never kept stays as it was laid out."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def keep_window(self, window: QMainWindow) -> None:
        """Remember where the window is, and how large."""
        # What is being entered is taken over now: when the window goes, nothing can be kept.
        if (focused := window.focusWidget()) is not None:
            focused.clearFocus()
        self._settings.set(layout_of("geometry"), window.saveGeometry())

    def restore_window(self, window: QMainWindow, otherwise: QSize) -> None:
        """Put the window where it was, or give it this size; never larger than its screen."""
        if not window.restoreGeometry(self._settings.value(layout_of("geometry"))):
            window.resize(otherwise)
        room = window.screen().availableGeometry().size() - QSize(0, TITLE_BAR_PX)
        window.resize(window.size().boundedTo(room))

    def keep_splitters(self, page: QWidget) -> None:
        """Remember every named splitter in a page, and the page itself if it is one."""
        for splitter in _splitters(page):
            self._settings.set(layout_of(splitter.objectName()), splitter.saveState())

    def restore_splitters(self, page: QWidget) -> bool:
        """Divide a page as it was divided; False where that is not known of all of it."""
        value = self._settings.value
        done = [one.restoreState(value(layout_of(one.objectName()))) for one in _splitters(page)]
        return all(done)

    def keep_view(self, preview: PreviewPanel) -> None:
        """Remember the chosen devices."""
        view = QByteArray(preview.chosen_view.value.encode())
        self._settings.set(layout_of("preview"), view)

    def restore_view(self, preview: PreviewPanel) -> None:
        """Show the devices that were chosen."""
        view = bytes(self._settings.value(layout_of("preview")).data()).decode(errors="replace")
        if view in list(View):
            preview.set_view(View(view))


def _splitters(page: QWidget) -> list[QSplitter]:
    found = page.findChildren(QSplitter)
    if isinstance(page, QSplitter):
        found.insert(0, page)
    return [one for one in found if one.objectName()]


LEAST_WRITING_PX = 428
"""So much is left for the form beside it."""


class SideBySideRoom(QObject):
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


NARROW_BELOW_PX = 860
"""In a window narrower than this there is no room for the preview beside the form."""


class NarrowWriting:
    """Lets form and preview take turns in a narrow window.

    `button` leads to the preview, `form_button` back to the form; they exclude each other.
    """

    def __init__(
        self, form: QWidget, preview: QWidget, *, button: QPushButton, form_button: QPushButton
    ) -> None:
        self._form, self._preview = form, preview
        self._button, self._form_button = button, form_button
        self._is_narrow = False
        self._is_preview = False

    def set_window_width(self, width_px: int) -> None:
        """Follow the window's width."""
        self._is_narrow = width_px < NARROW_BELOW_PX
        self._apply()

    def show_preview(self, *, is_shown: bool) -> None:
        """Show the preview in place of the form, or the form; where both fit, both stay."""
        self._is_preview = is_shown
        self._apply()

    def _apply(self) -> None:
        self._button.setVisible(self._is_narrow)
        if self._is_narrow and self._is_preview:
            self._button.setChecked(True)
        elif self._button.isChecked():
            self._form_button.setChecked(True)
        self._form.setVisible(not self._is_narrow or not self._is_preview)
        self._preview.setVisible(not self._is_narrow or self._is_preview)
