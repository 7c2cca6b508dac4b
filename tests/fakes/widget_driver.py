"""A person in front of any widget of the program: finds what stands in it by name, clicks, reads.

The program's own driver does this for whole windows, as the tour needs it. This one also speaks of
what is hidden, and of a part of the window whose names share a prefix.
"""

from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QToolButton,
    QWidget,
)

from dingcomposer.tour.driver import UiDriver

Found = TypeVar("Found", bound=QWidget)


class WidgetDriver(UiDriver):
    """Drives what stands in `window`; every name is looked for behind `prefix`."""

    def __init__(self, window: QWidget, prefix: str = "") -> None:
        super().__init__(window)
        self._prefix = prefix

    def find(self, name: str) -> QWidget:
        """The one visible widget of this name."""
        return super().find(self._prefix + name)

    def sees(self, name: str) -> bool:
        return super().sees(self._prefix + name)

    def get(self, kind: type[Found], name: str) -> Found:
        """The widget of this kind and name, visible or not."""
        found = self.window.findChild(kind, self._prefix + name)
        assert isinstance(found, kind), name
        return found

    def button(self, name: str) -> QAbstractButton:
        return self.get(QAbstractButton, name)

    def label(self, name: str) -> str:
        """The words of a label, "" where it is not shown."""
        found = self.get(QLabel, name)
        return found.text() if found.isVisibleTo(self.window) else ""

    def text(self, name: str) -> str:
        """What stands in a field of several lines."""
        return self.get(QPlainTextEdit, name).toPlainText()

    def cells(self, name: str) -> list[list[str]]:
        """What each row of a table shows, from the top."""
        model = self.get(QTableView, name).model()
        columns = range(model.columnCount())
        return [
            [str(model.index(row, column).data()) for column in columns]
            for row in range(model.rowCount())
        ]

    def click(self, name: str) -> None:
        """Click a widget that is enabled."""
        assert self.find(name).isEnabled(), name
        self.press(name)

    def press(self, name: str) -> None:
        """Click, enabled or not: a button in its middle, others, as a check box, near the left."""
        widget = self.find(name)
        is_button = isinstance(widget, QPushButton | QToolButton)
        place = widget.rect().center() if is_button else QPoint(10, widget.height() // 2)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)

    def key(self, name: str, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        QTest.keyClick(self.find(name), key, modifier or Qt.KeyboardModifier.NoModifier)

    def replace(self, name: str, text: str) -> None:
        """Write over what stands in a field of one line, as an input method does."""
        line = self.get(QLineEdit, name)
        line.setFocus()
        line.selectAll()
        QTest.keyClick(line, Qt.Key.Key_Delete)
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(line, event)

    def choose(self, name: str, value: object) -> None:
        """Choose in a box with the keys."""
        box = self.get(QComboBox, name)
        while box.currentData() != value:
            before = box.currentIndex()
            QTest.keyClick(box, Qt.Key.Key_Down)
            assert box.currentIndex() != before, "the end of the list"


def choose_in(menu: QMenu | None, name: str) -> None:
    """Choose an entry of a menu by its name."""
    assert isinstance(menu, QMenu), name
    action = menu.findChild(QAction, name)
    assert isinstance(action, QAction), name
    action.trigger()


def choose_in_popup(name: str) -> None:
    """Choose an entry of the menu that is open, and see it closed."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu), name
    choose_in(menu, name)
    menu.close()
