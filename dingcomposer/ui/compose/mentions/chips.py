"""Mention chips: people as small labels that can be taken away."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from dingcomposer.ui.widgets.buttons import settle_after_menu
from dingcomposer.ui.widgets.icons import IconButton
from dingcomposer.ui.widgets.layouts import FlowLayout, PlainArea, set_tab_order_after

_ROW_PX = 28
_TWO_ROWS_FROM_PX = 860  # how high the page is
_MOST_LETTERS = 24


class Chip(QFrame):
    """One person: the number or user id, a menu behind it, and a cross.

    Signals:
        removed: take this person away.
        switched: a mobile number is to be a user id, or the other way round.
        inserting: put the mention into the text.
    """

    removed = Signal()
    switched = Signal()
    inserting = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_mobile = True
        self.setProperty("chip", True)
        self.words = QToolButton(self)
        self.words.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.words.setProperty("chipPart", True)
        self._menu = QMenu(self.words)
        self._menu.aboutToShow.connect(self._on_about_to_show)
        self.words.setMenu(self._menu)
        settle_after_menu(self.words)
        self.words.installEventFilter(self)
        self._cross = IconButton("remove", self.tr("Remove"), self)
        self._cross.setProperty("chipPart", True)
        self._cross.setFixedSize(QSize(20, 20))
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cross.clicked.connect(self.removed)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 1, 2, 1)
        row.setSpacing(0)
        row.addWidget(self.words)
        row.addWidget(self._cross)
        self.setFocusProxy(self.words)

    def show_person(
        self, person: str, name: str = "", *, is_mobile: bool, is_in_text: bool
    ) -> None:
        """Show another person, by name where it is known, and quietly whether the text has them."""
        self._is_mobile = is_mobile
        shown = name or person
        shown = shown if len(shown) <= _MOST_LETTERS else shown[: _MOST_LETTERS - 1] + "…"
        is_plain = bool(name) or is_mobile
        words = "@" + shown if is_plain else self.tr("@{person} (user ID)").format(person=shown)
        self.words.setText(words.replace("&", "&&"))
        self.words.setAccessibleName(words)
        tip = (
            self.tr("In the text: will be notified.")
            if is_in_text
            else self.tr("Not in the text yet: may not be notified.")
        )
        tip = f"{person}: {tip}" if name else tip
        self.words.setToolTip(tip)
        self.words.setAccessibleDescription(tip)
        self._cross.setAccessibleName(self.tr("Remove {person}").format(person=person))
        if self.property("missing") != (not is_in_text):
            self.setProperty("missing", not is_in_text)
            self.style().unpolish(self)
            self.style().polish(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Backspace and Delete take the person away."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
        ):
            self.removed.emit()
            return True
        return super().eventFilter(watched, event)

    def _on_about_to_show(self) -> None:
        self._menu.clear()
        self._menu.addAction(self.tr("Put it into the text"), self.inserting.emit)
        switch = self.tr("It is a user ID") if self._is_mobile else self.tr("It is a mobile number")
        self._menu.addAction(switch, self.switched.emit)
        self._menu.addAction(self.tr("Remove"), self.removed.emit)


class ChipBox(PlainArea):
    """The chips in rows, in a room that is always there; beyond it they scroll.

    Tab leads to them from `before`.

    Signals:
        removed(int), switched(int), inserting(int): with the chip's index.
    """

    removed = Signal(int)
    switched = Signal(int)
    inserting = Signal(int)

    def __init__(self, before: QWidget, parent: QWidget | None = None) -> None:
        inside = QWidget()
        super().__init__(inside, parent)
        self._before = before
        self._chips: list[Chip] = []
        self._flow = FlowLayout(inside, gap=4)
        self.set_room(0)

    def set_room(self, height_px: int) -> None:
        """Take one row, or two where the page is so high; who is there makes no difference."""
        rows = 2 if height_px >= _TWO_ROWS_FROM_PX else 1
        self.setFixedHeight(rows * _ROW_PX)

    def chips(self) -> tuple[Chip, ...]:
        """The chips that are shown, in order."""
        return tuple(self._chips)

    def set_count(self, count: int) -> None:
        """Have as many chips as there are people."""
        while len(self._chips) > count:
            chip = self._chips.pop()
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        while len(self._chips) < count:
            self._add(len(self._chips))
            set_tab_order_after(self._before, (chip.words for chip in self._chips))

    def _add(self, number: int) -> None:
        chip = Chip(self._inside)
        chip.setObjectName(f"compose.mentions.chip.{number}")
        chip.removed.connect(lambda: self.removed.emit(number))
        chip.switched.connect(lambda: self.switched.emit(number))
        chip.inserting.connect(lambda: self.inserting.emit(number))
        self._flow.addWidget(chip)
        chip.show()
        self._chips.append(chip)
