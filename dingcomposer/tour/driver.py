"""UI driver: finds widgets by their object names, clicks, types and reads."""

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QTableView,
    QWidget,
)

from dingcomposer.core.messages import kind_of
from dingcomposer.core.payload import from_payload


class StepFailed(Exception):
    """A step did not do what it says."""


class UiDriver:
    """A person at the window: finds widgets by their object names, clicks, types, reads."""

    def __init__(self, window: QWidget) -> None:
        self.window = window

    def find(self, name: str) -> QWidget:
        """The one visible widget of this name. Raises StepFailed where there is not one."""
        found = [
            one for one in self.window.findChildren(QWidget, name) if one.isVisibleTo(self.window)
        ]
        if len(found) != 1:
            raise StepFailed(f"{len(found)} widgets are called {name}")
        return found[0]

    def sees(self, name: str) -> bool:
        """Whether there is a visible widget of this name."""
        return any(one.isVisibleTo(self.window) for one in self.window.findChildren(QWidget, name))

    def read(self, name: str) -> str:
        """The words on a label or button."""
        widget = self.find(name)
        if not isinstance(widget, QLabel | QAbstractButton):
            raise StepFailed(f"{name} has no words")
        return widget.text()

    def read_column(self, name: str, column: int) -> list[str]:
        """What a column of a table shows, from the top."""
        view = self.find(name)
        if not isinstance(view, QTableView) or view.isColumnHidden(column):
            raise StepFailed(f"{name} shows no column {column}")
        model = view.model()
        return [str(model.index(row, column).data()) for row in range(model.rowCount())]

    def click(self, name: str) -> None:
        """Click into the middle of a widget that is enabled."""
        widget = self.find(name)
        if not widget.isEnabled():
            raise StepFailed(f"{name} is disabled")
        self._scroll_to(widget)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def _scroll_to(self, widget: QWidget) -> None:
        """Bring a widget into sight, as a person would before clicking."""
        above = widget.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(widget)
            above = above.parentWidget()

    def click_row(self, name: str, row: int) -> None:
        """Click into a row of a list or table."""
        view = self.find(name)
        if not isinstance(view, QAbstractItemView):
            raise StepFailed(f"{name} is no list")
        model = view.model()
        place = view.visualRect(model.index(row, 0)).center()
        QTest.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(min(place.x(), 90), place.y())
        )

    def double_click_row(self, name: str, row: int) -> None:
        """Click twice into a row of a list or table."""
        self.click_row(name, row)
        view = self.find(name)
        assert isinstance(view, QAbstractItemView)
        place = view.visualRect(view.model().index(row, 0)).center()
        at = QPoint(min(place.x(), 90), place.y())
        QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)

    def has_keyboard(self, name: str) -> bool:
        """Whether a widget of this name, or something in it, takes what is typed."""
        now = QApplication.focusWidget()
        while now is not None and now.objectName() != name:
            now = now.parentWidget()
        return now is not None and now.isVisible()

    def is_in_front(self) -> bool:
        """Whether a window takes the keys; without a window manager ours is brought in front."""
        if QApplication.activeWindow() is None:
            self.window.activateWindow()
            return False
        return True

    def press(self, keys: str) -> None:
        """Press keys together, such as "Ctrl+V", wherever the keyboard is."""
        QTest.keySequence(QApplication.focusWidget() or self.window, QKeySequence(keys))

    def type(self, name: str, text: str) -> None:
        """Write into a field as an input method does; a line's end is the Enter key."""
        field = self.find(name)
        field.setFocus()
        for number, line in enumerate(text.split("\n")):
            if number:
                QTest.keyClick(field, Qt.Key.Key_Return)
            event = QInputMethodEvent()
            event.setCommitString(line)
            QApplication.sendEvent(field, event)

    def _end_list(self, name: str, text: str) -> None:
        """Press Enter once more where the text ends and its last list or quote went on."""
        field = self.find(name)
        if not text.endswith("\n") or not isinstance(field, QPlainTextEdit):
            return
        if field.document().lastBlock().text().strip():
            QTest.keyClick(field, Qt.Key.Key_Return)

    def write(self, payload: dict[str, Any]) -> Iterator[None]:
        """Fill the form of a payload's kind; between two fields the window may follow."""
        kind = kind_of(from_payload(payload).message)
        self.click(f"compose.kind.{kind}")
        yield
        body = payload[payload["msgtype"]]
        for key, field in (
            ("title", "title"),
            ("content", "text"),
            ("text", "text"),
            ("messageUrl", "message_url"),
            ("singleTitle", "jump.title"),
            ("singleURL", "jump.url"),
        ):
            if key in body:
                self.type(f"compose.{field}", body[key])
                self._end_list(f"compose.{field}", body[key])
                yield
        for number, button in enumerate(body.get("btns", ())):
            self.type(f"compose.buttons.{number}.title", button["title"])
            self.type(f"compose.buttons.{number}.url", button["actionURL"])
            yield
        for number, item in enumerate(body.get("links", ())):
            if number:
                self.click("compose.feed.add")
                yield
            self.type(f"compose.feed.{number}.title", item["title"])
            self.type(f"compose.feed.{number}.message_url", item["messageURL"])
            self.type(f"compose.feed.{number}.picture_url", item["picURL"])
            yield
        for mobile in payload.get("at", {}).get("atMobiles", ()):
            self.type("compose.mentions", f"{mobile}\n")
            yield
