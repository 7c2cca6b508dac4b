"""Buttons: one that shortens the name in its words, those of dialogs, and those with a menu."""

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCursor, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from dingcomposer.core.plain_text import clean

_MORE_BESIDE_ICON_PX = 4
_ROOM = 42  # padding, icon or arrow beside the words


class ElidedButton(QPushButton):
    """A push button that cuts the name in the middle of its words to the width it gets."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = ("", "", "")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_words(self, before: str, name: str, after: str) -> None:
        """Show `before name after`; spaces are the caller's."""
        name = clean(name)
        self._parts = (before, name, after)
        words = before + name + after
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        """Room for all the words: Qt counts less between them and the icon than is left free."""
        hint = super().sizeHint()
        return hint if self.icon().isNull() else hint + QSize(_MORE_BESIDE_ICON_PX, 0)

    def minimumSizeHint(self) -> QSize:
        """Room for what is never cut, and for four letters of the name."""
        before, name, after = self._parts
        width = self.fontMetrics().horizontalAdvance(before + name[:4] + after)
        return QSize(width + _ROOM, super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button with as much of the name as fits."""
        before, name, after = self._parts
        option = QStyleOptionButton()
        self.initStyleOption(option)
        style = self.style()
        inside = style.subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self).width()
        if not self.icon().isNull():
            inside -= self.iconSize().width() + 6
        if self.menu() is not None:
            inside -= 14
        metrics = self.fontMetrics()
        for_name = inside - metrics.horizontalAdvance(before + after) - 2
        cut = metrics.elidedText(name, Qt.TextElideMode.ElideRight, max(for_name, 0))
        option.text = (before + cut + after).replace("&", "&&")
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.end()


class DialogButton(QPushButton):
    """Named for tests and screen readers. Enter elsewhere in the dialog does not press it."""

    def __init__(self, name: str, label: str, parent: QWidget) -> None:
        super().__init__(label, parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setAutoDefault(False)


class DefaultButton(DialogButton):
    """What a dialog is for: Enter anywhere in the dialog presses it."""

    def __init__(self, name: str, label: str, parent: QWidget) -> None:
        super().__init__(name, label, parent)
        self.setProperty("primary", True)
        self.setDefault(True)


def answer_row(
    parent: QWidget, reason: QLabel, accept: QPushButton, reject: QPushButton
) -> QHBoxLayout:
    """A dialog's last line: the reason why it cannot go on yet, and its two buttons."""
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(reason, 1)
    row.addStretch(0)
    row.addWidget(answer_box(parent, accept, reject), 0, Qt.AlignmentFlag.AlignBottom)
    return row


def answer_box(parent: QWidget, accept: QPushButton, reject: QPushButton) -> QDialogButtonBox:
    """A dialog's last two buttons in the order of the platform, the same in every dialog."""
    box = QDialogButtonBox(parent)
    box.addButton(accept, QDialogButtonBox.ButtonRole.AcceptRole)
    box.addButton(reject, QDialogButtonBox.ButtonRole.RejectRole)
    box.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return box


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


def begin_at_choice(menu: QMenu) -> None:
    """Let a list of choices open at the one that holds, by the mouse as by the keys."""
    later = QTimer(menu, singleShot=True, interval=0)

    def begin() -> None:
        chosen = next((one for one in menu.actions() if one.isChecked()), None)
        if chosen is not None and menu.isVisible():
            menu.setActiveAction(chosen)  # which scrolls to it, too

    later.timeout.connect(begin)
    menu.aboutToShow.connect(later.start)


def _settle(button: QPushButton | QToolButton) -> None:
    button.setDown(False)
    # What the menu's entry opened keeps the pointer from the button, wherever that rests.
    modal = QApplication.activeModalWidget()
    is_free = modal is None or modal is button.window()
    is_over = is_free and button.rect().contains(button.mapFromGlobal(QCursor.pos()))
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, is_over)
    button.update()
