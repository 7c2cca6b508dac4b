"""Buttons that shorten a name, at the sizes they get."""

import pytest
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QColor, QCursor
from PySide6.QtWidgets import QDialog, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dingcomposer.ui.widgets.buttons import ElidedButton, settle_after_menu
from dingcomposer.ui.widgets.icons import dot_icon


def ink(button: ElidedButton, width: int) -> int:
    """How many points of its inside are not of the background, at this width."""
    button.resize(QSize(width, button.sizeHint().height()))
    inside = button.grab().toImage().copy(button.rect().adjusted(4, 4, -4, -4))
    background = inside.pixelColor(0, 0)
    points = ((x, y) for x in range(inside.width()) for y in range(inside.height()))
    return sum(QColor(inside.pixelColor(x, y)) != background for x, y in points)


def test_at_the_size_that_it_asks_for_nothing_of_a_name_is_cut(qtbot: QtBot) -> None:
    button = ElidedButton()
    button.setStyleSheet("QPushButton { padding: 5px 12px; border: 1px solid gray; }")
    qtbot.addWidget(button)
    button.setIcon(dot_icon("#118888"))
    button.set_words("发给收到原消息的", "沙箱 · 测试", "")
    width = button.sizeHint().width()
    assert ink(button, width) == ink(button, width + 40)
    assert ink(button, width - 20) < ink(button, width)


@pytest.mark.parametrize("opens_dialog", [True, False])
def test_a_button_is_lit_after_its_menu_only_where_the_pointer_can_reach_it(
    qtbot: QtBot, opens_dialog: bool
) -> None:
    window = QWidget()
    button = QPushButton("…", window)
    menu = QMenu(button)
    button.setMenu(menu)
    settle_after_menu(button)
    qtbot.addWidget(window)
    window.resize(200, 100)
    window.show()
    QCursor.setPos(button.mapToGlobal(button.rect().center()))
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, not opens_dialog)
    dialog = QDialog(window)
    menu.aboutToHide.emit()
    if opens_dialog:
        button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
        dialog.open()
    later = QTimer(singleShot=True, interval=1)
    with qtbot.waitSignal(later.timeout):
        later.start()
    assert button.testAttribute(Qt.WidgetAttribute.WA_UnderMouse) is not opens_dialog
    dialog.close()
