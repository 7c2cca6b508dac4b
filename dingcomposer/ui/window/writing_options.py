"""How a message is written: the switches for it, and what of them holds at the next start."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from dingcomposer.services.settings import (
    BREAKS_LINES,
    SHOWS_LINE_NUMBERS,
    ZOOM,
    ZOOMS,
    Settings,
)
from dingcomposer.ui.compose.page import ComposePage


class WritingOptions(QObject):
    """Puts the settings on the page on which messages are written, now and when they change.

    What becomes of pasted tables is not here: who pastes one is asked about it there.
    """

    def __init__(
        self, compose: ComposePage, settings: Settings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._compose, self._settings = compose, settings
        compose.form.text.set_line_breaks(breaks_lines=settings.value(BREAKS_LINES))
        if settings.value(SHOWS_LINE_NUMBERS):
            compose.form.text.set_line_numbers(has_numbers=True)
        if settings.value(ZOOM) != ZOOM.default:
            compose.form.text.set_zoom(settings.value(ZOOM))
        compose.form.text.zoom_asked.connect(self._zoom_by)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the actions for them do."""
        return {
            "line_breaks": self._toggle_line_breaks,
            "line_numbers": self._toggle_line_numbers,
            "zoom.in": partial(self._zoom_by, 1),
            "zoom.out": partial(self._zoom_by, -1),
            "zoom.reset": partial(self._zoom_to, ZOOM.default),
        }

    def _toggle_line_breaks(self) -> None:
        breaks_lines = not self._settings.value(BREAKS_LINES)
        self._settings.set(BREAKS_LINES, breaks_lines)
        self._compose.form.text.set_line_breaks(breaks_lines=breaks_lines)

    def _toggle_line_numbers(self) -> None:
        has_numbers = not self._settings.value(SHOWS_LINE_NUMBERS)
        self._settings.set(SHOWS_LINE_NUMBERS, has_numbers)
        self._compose.form.text.set_line_numbers(has_numbers=has_numbers)

    def _zoom_by(self, steps: int) -> None:
        at = ZOOMS.index(self._settings.value(ZOOM)) + steps
        self._zoom_to(ZOOMS[min(max(at, 0), len(ZOOMS) - 1)])

    def _zoom_to(self, percent: int) -> None:
        self._settings.set(ZOOM, percent)
        self._compose.form.text.set_zoom(percent)
