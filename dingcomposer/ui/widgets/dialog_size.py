"""How large a dialog may be: never larger than what is free of its screen."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog

FRAME_PX = 40
"""What the frame of a window takes above and below it, at most."""


def free_size(dialog: QDialog) -> QSize:
    """The largest size at which a dialog, its frame included, is on the screen as a whole."""
    parent = dialog.parentWidget()
    screen = dialog.screen() if parent is None else parent.screen()
    return screen.availableGeometry().size() - QSize(8, FRAME_PX)


def resize_within_screen(dialog: QDialog, wanted: QSize, least: QSize | None = None) -> None:
    """Give a dialog this size, and `least` as its smallest, as far as the screen allows."""
    free = free_size(dialog)
    if least is not None:
        dialog.setMinimumSize(least.boundedTo(free))
    dialog.resize(wanted.boundedTo(free))
    if dialog.isVisible():
        # What grew downwards must not end below the screen.
        room = dialog.screen().availableGeometry()
        frame = dialog.frameGeometry()
        below = frame.bottom() - room.bottom()
        if below > 0:
            dialog.move(dialog.x(), max(room.top(), frame.top() - below))
