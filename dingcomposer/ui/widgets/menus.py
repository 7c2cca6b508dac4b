"""Buttons that open a menu: as they were once it is closed."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QPushButton, QToolButton


def settle_after_menu(button: QPushButton | QToolButton) -> None:
    """Let a button go out when its menu closes. Call it once the menu is set.

    Qt sends no leave event to what lies below a popup: pressed and hovered over, the button would
    stay lit until the pointer comes by again.
    """
    menu = button.menu()
    assert menu is not None
    later = QTimer(button, singleShot=True, interval=0)
    later.timeout.connect(lambda: _settle(button))
    menu.aboutToHide.connect(later.start)


def _settle(button: QPushButton | QToolButton) -> None:
    button.setDown(False)
    is_over = button.rect().contains(button.mapFromGlobal(QCursor.pos()))
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, is_over)
    button.update()
